"""Two colors, and every number on the way to their distance."""

import contextlib
import html
import math

import ipywidgets as widgets
from PIL import ImageColor

from helpers.color import from_hex, to_hex
from helpers.explore import marks, stage
from helpers.explore.canvas import encode_small, ink_on

CHANNELS = ("red", "green", "blue")
LONGEST = math.sqrt(3)  # from black to white
STILL = 480  # pixels: the longest side of the picture in a still


def color_distance(image, first=(340, 405), second=(470, 600)):
    """Choose two colors, and see every term of their Euclidean distance.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
        Its pixels can be chosen; a color is rounded to 8 bits per channel.
    first, second : tuple of int
        Row and column of the pixels to begin with; beyond the edge, the last is taken.
    """
    explorer = distance_explorer(image, first, second)
    places = [marks.inside(place, image) for place in (first, second)]
    names = [to_hex(image[place]) for place in places]
    centers = [marks.center_of(place, image) for place in places]
    photo = marks.with_rings(marks.as_picture(image), dict(zip("ab", centers, strict=True)))
    photo.thumbnail((STILL, STILL))
    words = f"{origin_words(names, places)} {distance_words(*names)}"
    below = swatches_html(*names) + terms_html(*names)
    stage.present(explorer, stage.still_picture(encode_small(photo), words, below), words)


def distance_explorer(image, first=(340, 405), second=(470, 600)):
    """The explorer of `color_distance`, not yet shown."""
    return Ruler(image, marks.inside(first, image), marks.inside(second, image)).explorer


# --- What is computed ----------------------------------------------------------------------


def terms(first, second):
    """Every number on the way from two colors to their distance.

    Parameters
    ----------
    first, second : str
        Hex names.

    Returns
    -------
    dict
        "a", "b", "difference" and "square", each an ndarray of shape (3,), and the
        numbers "sum" and "distance".
    """
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


def origin_words(names, places):
    """Where the two colors come from."""
    found = []
    for letter, name, place in zip("ab", names, places, strict=True):
        if place is None:
            found.append(f"{letter} is {name}, chosen by hand")
        else:
            found.append(f"{letter} is {name}, the pixel at row {place[0]}, column {place[1]}")
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
    """The formula as a table: a line for each step, a column for each channel.

    Parameters
    ----------
    first, second : str
        Hex names.

    Returns
    -------
    str
    """
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


# --- The controls --------------------------------------------------------------------------


class Ruler:
    """The controls of one explorer, and what they change.

    Attributes
    ----------
    names : dict
        Hex names of the two colors, by letter.
    places : dict
        Row and column of the pixels that they were taken from, or None.
    """

    def __init__(self, image, first, second):
        self.image, self.photo = image, marks.as_picture(image)
        self.places = {"a": first, "b": second}
        self.names = {letter: to_hex(image[place]) for letter, place in self.places.items()}
        self.deaf = False
        self.parts = {
            "picture": widgets.Image(
                format="jpeg", layout=widgets.Layout(width="100%", margin="0")
            ),
            "target": widgets.ToggleButtons(
                options=[("a click takes a", "a"), ("a click takes b", "b")],
                style={"button_width": "10em"},
            ),
            "swatches": widgets.HTML(),
            "terms": widgets.HTML(layout=widgets.Layout(overflow="auto")),
            "trouble": widgets.HTML(),
        }
        for letter in "ab":
            self.parts |= _controls_of(letter, image)
        self.explorer = stage.Explorer(self._rows(), self.parts, _labels())
        self._listen()
        self._show()

    def _rows(self):
        p = self.parts
        photo = widgets.VBox(
            [p["target"], p["picture"]], layout=widgets.Layout(flex="1 1 20em", min_width="0")
        )
        controls = [p[f"{letter}-{part}"] for letter in "ab" for part in CONTROLS]
        panel = widgets.VBox(
            [*controls, p["trouble"], p["swatches"]],
            layout=widgets.Layout(flex="1 1 20em", min_width="0"),
        )
        beside = widgets.Layout(flex_flow="row wrap", grid_gap="0.3em 1.2em")
        return [widgets.Box([photo, panel], layout=beside), p["terms"]]

    def _listen(self):
        for letter in "ab":
            self._when(f"{letter}-color", lambda text, letter=letter: self._name(letter, text))
            for part in ("row", "column"):
                self._when(f"{letter}-{part}", lambda _, letter=letter: self._slide(letter))
        self.explorer.on_click(lambda name, x, y: self._click(x, y))

    def _when(self, name, answer):
        """Answer the moves of a control, save those that the program makes itself."""

        def moved(change):
            if not self.deaf:
                answer(change["new"])

        self.parts[name].observe(moved, names="value")

    @contextlib.contextmanager
    def _quietly(self):
        self.deaf = True
        try:
            yield
        finally:
            self.deaf = False

    def _slide(self, letter):
        self._take(letter, tuple(self.parts[f"{letter}-{part}"].value for part in CONTROLS[1:]))

    def _click(self, x, y):
        self._take(self.parts["target"].value, marks.pixel_at(x, y, self.image))

    def _take(self, letter, place):
        self.places[letter] = place
        self.names[letter] = to_hex(self.image[place])
        self._show()

    def _name(self, letter, text):
        """A color of any name: the picker also takes "red" and "#f00"."""
        try:
            name = "#{:02x}{:02x}{:02x}".format(*ImageColor.getrgb(text)[:3])
        except ValueError:
            self._show(f"{text} is no color here; write # and six hexadecimal digits.")
            return
        self.names[letter], self.places[letter] = name, None
        self._show()

    def _show(self, trouble=""):
        names, places = list(self.names.values()), list(self.places.values())
        with self._quietly():
            for letter in "ab":
                self.parts[f"{letter}-color"].value = self.names[letter]
                if self.places[letter] is not None:
                    for part, value in zip(CONTROLS[1:], self.places[letter], strict=True):
                        self.parts[f"{letter}-{part}"].value = value
        rings = {
            letter: None if place is None else marks.center_of(place, self.image)
            for letter, place in self.places.items()
        }
        self.parts["picture"].value = marks.ringed(self.photo, rings)
        self.parts["swatches"].value = swatches_html(*names)
        self.parts["terms"].value = terms_html(*names)
        origin = origin_words(names, places)
        self.parts[
            "trouble"
        ].value = f'<div style="line-height: 1.4">{html.escape(trouble or origin)}</div>'
        self.explorer.rename(picture=f"The photograph, a ring around each pixel chosen. {origin}")
        self.explorer.when_resting(self._announced(trouble or distance_words(*names)))

    def _announced(self, words):
        self.explorer.say(words)
        yield


CONTROLS = ("color", "row", "column")  # of each of the two colors


def _controls_of(letter, image):
    height, width = image.shape[:2]
    wide, style = widgets.Layout(width="auto"), {"description_width": "6.5em"}
    parts = (
        widgets.ColorPicker(description=f"Color {letter}", style=style, layout=wide),
        widgets.IntSlider(
            0, 0, height - 1, description=f"Row of {letter}", style=style, layout=wide
        ),
        widgets.IntSlider(
            0, 0, width - 1, description=f"Column of {letter}", style=style, layout=wide
        ),
    )
    return {f"{letter}-{part}": widget for part, widget in zip(CONTROLS, parts, strict=True)}


def _labels():
    names = {"picture": "The photograph", "target": "Which color a click on the photograph takes"}
    for letter in "ab":
        names[f"{letter}-color"] = f"Color {letter}"
        names[f"{letter}-row"] = f"Row of the pixel of color {letter}"
        names[f"{letter}-column"] = f"Column of the pixel of color {letter}"
    return names
