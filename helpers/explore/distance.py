"""Two colors, and every number on the way to their distance."""

import html
import math

import ipywidgets as widgets

from helpers.color import from_hex
from helpers.doors import as_documented
from helpers.explore.base import Explorer
from helpers.explore.canvas import encode_small, ink_on
from helpers.explore.controls import column, named, picture, row, slider, text, toggles
from helpers.explore.photos import Ringed, hex_name, page_share
from helpers.explore.stills import still_picture

CHANNELS = ("red", "green", "blue")
LONGEST = math.sqrt(3)  # from black to white
STILL = 480  # pixels: the longest side of the picture in a still


@as_documented
def color_distance(image, first=(340, 405), second=(470, 600)):
    """Choose two colors, and see every term of their Euclidean distance.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
        Its pixels can be chosen; a color is rounded to 8 bits per channel.
    first, second : tuple of 2 int
        Row and column of the pixels to begin with; beyond the edge, the last is taken.
    """
    Distance(image, first, second).present()


class Distance(Explorer):
    """The explorer of `color_distance`: for each color a picker and the place of a pixel.

    Attributes
    ----------
    colors : dict
        Hex names of the two colors, by letter.
    places : dict
        Row and column of the pixels that they were taken from, or None.
    """

    def __init__(self, image, first, second):
        self.photo = Ringed(image)
        self.places = {"a": self.photo.nearest(*first), "b": self.photo.nearest(*second)}
        self.colors = {letter: self.photo.color(place) for letter, place in self.places.items()}
        parts = {
            "picture": picture("jpeg", width=page_share(image)),
            "target": named(
                "Which color a click on the photograph takes",
                toggles([("a click takes a", "a"), ("a click takes b", "b")], "10em"),
            ),
            "swatches": text(),
            "terms": text(overflow="auto"),
            "trouble": text(),
        }
        controls = _controls_of("a", image) | _controls_of("b", image)
        parts |= controls
        photo = column(parts["target"], parts["picture"], width="20em")
        panel = column(*controls.values(), parts["trouble"], parts["swatches"], width="20em")
        super().__init__([row(photo, panel, grid_gap="0.3em 1.2em"), parts["terms"]], parts)
        for letter in "ab":
            self.when(f"{letter}-color", lambda letter=letter: self.take_color(letter))
            self.when(f"{letter}-row {letter}-column", lambda letter=letter: self.slide(letter))
        self.when_clicked(self.click)
        self.show()

    def slide(self, letter):
        """Two sliders choose the pixel."""
        self.take_pixel(letter, (self.value(f"{letter}-row"), self.value(f"{letter}-column")))

    def click(self, _, x, y):
        """A click on the photograph chooses it."""
        self.take_pixel(self.value("target"), self.photo.clicked(x, y))

    def take_pixel(self, letter, place):
        """The color of a pixel."""
        self.places[letter], self.colors[letter] = place, self.photo.color(place)
        self.show()

    def take_color(self, letter):
        """A color chosen by hand."""
        try:
            name = hex_name(self.value(f"{letter}-color"))
        except ValueError as error:
            self.show(str(error))
            return
        self.places[letter], self.colors[letter] = None, name
        self.show()

    def show(self, trouble=""):
        """The two colors everywhere: controls, rings, swatches, table and words."""
        for letter, place in self.places.items():
            self.put(**{f"{letter}-color": self.colors[letter]})
            if place is not None:
                self.put(**{f"{letter}-row": place[0], f"{letter}-column": place[1]})
        origin = origin_words(self.colors, self.places)
        self.put(
            picture=self.photo.encode(self.places),
            swatches=swatches_html(*self.colors.values()),
            terms=terms_html(*self.colors.values()),
            trouble=f'<div style="line-height: 1.4">{html.escape(trouble or origin)}</div>',
        )
        self.rename(picture=f"The photograph, a ring around each pixel chosen. {origin}")
        self.say_at_rest(trouble or distance_words(*self.colors.values()))

    def words(self):
        """Both colors, where they come from, and their distance."""
        origin = origin_words(self.colors, self.places)
        return f"{origin} {distance_words(*self.colors.values())}"

    def still(self):
        """The photograph with its rings, the swatches and the table."""
        drawn = self.photo.draw(self.places)
        drawn.thumbnail((STILL, STILL))
        below = swatches_html(*self.colors.values()) + terms_html(*self.colors.values())
        return still_picture(encode_small(drawn), self.words(), below)


def _controls_of(letter, image):
    height, width, _ = image.shape
    picker = widgets.ColorPicker(
        description=f"Color {letter}",
        style={"description_width": "6.5em"},
        layout={"width": "auto"},
    )

    def place(what, count):
        control = slider(f"{what} of {letter}", 0, 0, count - 1, label="6.5em")
        return named(f"{what} of the pixel of color {letter}", control)

    return {
        f"{letter}-color": named(f"Color {letter}", picker),
        f"{letter}-row": place("Row", height),
        f"{letter}-column": place("Column", width),
    }


# --- What is computed ----------------------------------------------------------------------


def terms(first, second):
    """Every number on the way from two colors, by their hex names, to their distance."""
    a, b = from_hex(first), from_hex(second)
    square = (a - b) ** 2
    total = float(square.sum())
    return {
        "a": a,
        "b": b,
        "difference": a - b,
        "square": square,
        "sum": total,
        "distance": math.sqrt(total),
    }


def distance_words(first, second):
    """The distance in words and numbers, for those who do not see the table."""
    t = terms(first, second)
    if first == second:
        return f"Both colors are {first}: all differences are 0, and the distance is 0."
    squares = ", ".join(f"{c} {x:.4f}" for c, x in zip(CHANNELS, t["square"], strict=True))
    return (
        f"From {first} to {second}: squared differences {squares}; "
        f"their sum {t['sum']:.4f}; its root, the distance, {t['distance']:.4f}."
    )


def origin_words(colors, places):
    """Where the two colors come from: both by letter, as in `Distance`."""
    found = []
    for letter, place in places.items():
        where = "chosen by hand"
        if place is not None:
            where = f"the pixel at row {place[0]}, column {place[1]}"
        found.append(f"{letter} is {colors[letter]}, {where}")
    return "; ".join(found) + "."


# --- How it is written ---------------------------------------------------------------------


def swatches_html(first, second):
    """The two colors side by side without a gap, each with its letter and name."""
    halves = "".join(
        f'<div style="flex: 1 1 0; padding: 1.3em 0; text-align: center; font-weight: bold; '
        f'background: {name}; color: {ink_on(from_hex(name))}">{letter} = {name}</div>'
        for letter, name in (("a", first), ("b", second))
    )
    return f'<div style="display: flex; max-width: 44em; line-height: 1.3">{halves}</div>'


def terms_html(first, second):
    """The formula as a table: a line for each step, a column for each channel."""
    t = terms(first, second)
    root = f"√{t['sum']:.4f} = <b>{t['distance']:.4f}</b>"
    lines = [
        _line("channel", CHANNELS, kind="th"),
        _line("a", [f"{x:.3f}" for x in t["a"]]),
        _line("b", [f"{x:.3f}" for x in t["b"]]),
        _line("a − b", [_signed(x) for x in t["difference"]]),
        _line("(a − b)²", [f"{x:.4f}" for x in t["square"]], sign="+", end=f"= {t['sum']:.4f}"),
        _line("share", _shares(t)),
        f'{_cell("distance", "th", "left")}<td colspan="6" style="{CELL}">{root}</td>',
    ]
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    return (
        '<div style="overflow-x: auto; line-height: 1.5; font-variant-numeric: tabular-nums">'
        '<table style="border-collapse: collapse; margin: 0.4em 0; font-size: 110%">'
        f"{table}</table>{_formula(t)}{_scale(t['distance'])}</div>"
    )


CELL = "padding: 0.15em 0.22em; text-align: right; white-space: nowrap; background: none"


def _line(name, values, sign="", end="", kind="td"):
    """Cells of one row; a sign stands between the values, as in a sum."""
    cells = [_cell(name, "th", "left")]
    for n, value in enumerate(values):
        cells += [_cell(sign if n else ""), _cell(value, kind)]
    return "".join([*cells[:1], *cells[2:], _cell(end)])  # no sign before the first


def _cell(words, kind="td", align="right"):
    return f'<{kind} style="{CELL}; text-align: {align}">{words}</{kind}>'


def _signed(x):
    """A difference with its sign, and a 0 without one."""
    return "0.000" if x == 0 else f"{'+' if x > 0 else '−'}{abs(x):.3f}"


def _shares(t):
    if t["sum"] == 0:
        return ["–"] * 3
    return [_share_html(x / t["sum"]) for x in t["square"]]


def _share_html(share):
    """A share as a number over a bar."""
    inner = f"height: 0.35em; width: {100 * share:.1f}%; background: currentColor"
    bar = f'<div style="{inner}; margin-left: auto"></div>'
    return f'{100 * share:.0f} %<div style="width: 3.2em; margin-left: auto">{bar}</div>'


def _formula(t):
    terms_ = " + ".join(
        f"({a:.3f} − {b:.3f})<sup>2</sup>" for a, b in zip(t["a"], t["b"], strict=True)
    )
    return f'<div style="margin: 0.3em 0.22em">d(a, b) = √( {terms_} ) = {t["distance"]:.4f}</div>'


def _scale(distance):
    """Where the distance lies between none and that of black and white."""
    share = 100 * distance / LONGEST
    words = f"That is {share:.0f} % of the longest distance, √3 = 1.7321, from black to white."
    bar = "max-width: 44em; height: 0.8em; border: 1px solid currentColor; box-sizing: border-box"
    return (
        f'<div style="margin: 0.3em 0.22em">{words}'
        f'<div aria-hidden="true" style="{bar}"><div style="width: {share:.1f}%; height: 100%; '
        'background: currentColor; opacity: 0.55"></div></div></div>'
    )
