"""Two colors, and every number on the way to their distance."""

import math

from helpers.color import from_hex, pairwise_distances
from helpers.doors import as_documented
from helpers.explore.base import Explorer
from helpers.explore.canvas import encode_small
from helpers.explore.controls import (
    color_picker,
    column,
    named,
    picture,
    row,
    slider,
    text,
    toggles,
)
from helpers.explore.own import Own, shaped
from helpers.explore.photos import Ringed, hex_name, page_share
from helpers.explore.stills import on_colors, sentence_html, still_picture, table_html

CHANNELS = ("red", "green", "blue")
LONGEST = math.sqrt(3)  # from black to white
STILL = 480  # pixels: the longest side of the picture in a still


@as_documented
def color_distance(
    image, first=(340, 405), second=(470, 600), pairwise_distances=pairwise_distances
):
    """Choose two colors, and see every term of their Euclidean distance.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
        Its pixels can be chosen; a color is rounded to 8 bits per channel.
    first, second : tuple of 2 int
        Row and column of the pixels to begin with; beyond the edge, the last is taken.
    pairwise_distances : callable
        ``pairwise_distances(X, C)`` -> array, shape (N, K). What one of your own says of the two
        colors stands below the table.
    """
    Distance(image, first, second, pairwise_distances).present()


class Distance(Explorer):
    """The explorer of `color_distance`: by letter, hex names in `colors` and pixels in `places`."""

    def __init__(self, image, first, second, function=pairwise_distances):
        self.photo = Ringed(image)
        self.places = {"a": self.photo.nearest(*first), "b": self.photo.nearest(*second)}
        self.colors = {letter: self.photo.color(place) for letter, place in self.places.items()}
        self.function = Own(function)
        parts = {
            "picture": picture("jpeg", width=page_share(image)),
            "target": named(
                "Which color the photograph gives",
                toggles([("a click takes a", "a"), ("a click takes b", "b")], "10em"),
            ),
            "swatches": text(),
            "terms": text(overflow="auto"),
            "yours": text(),
            "trouble": text(),
        }
        controls = _controls_of("a", image) | _controls_of("b", image)
        parts |= controls
        photo = column(parts["target"], parts["picture"], width="20em")
        panel = column(*controls.values(), parts["trouble"], parts["swatches"], width="20em")
        both = row(photo, panel, grid_gap="0.3em 1.2em")
        super().__init__([both, "terms", "yours"], parts)
        for letter in "ab":
            self.when(f"{letter}-color", lambda letter=letter: self.take_color(letter))
            self.when(
                f"{letter}-row {letter}-column", lambda letter=letter: self.take_pixel(letter)
            )
        self.when("target", self.show)
        places = "a-row a-column b-row b-column"
        self.when_dragged("picture", self.point, self.press, late=places)
        self.show()

    def point(self, _, phase, x, y):
        """A hand on the photograph takes the ring along."""
        if phase != "up":
            self.take_pixel(self.value("target"), self.photo.clicked(x, y))

    def press(self, _, key):
        """Arrows move the ring, and its letter chooses which."""
        letter = self.value("target")
        if key in self.places:
            self.parts["target"].value = key
        elif place := self.photo.stepped(self.at(letter), key):
            self.take_pixel(letter, place)

    def at(self, letter):
        """The row and the column on the sliders."""
        return self.value(f"{letter}-row"), self.value(f"{letter}-column")

    def take_pixel(self, letter, place=None):
        """The color of a pixel: that of the sliders, if no other is given."""
        self.places[letter] = place = place or self.at(letter)
        self.colors[letter] = self.photo.color(place)
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
        self.draw("picture", self.photo.draw(self.places), photo=True)
        self.put(
            swatches=swatches_html(*self.colors.values()),
            terms=terms_html(*self.colors.values()),
            trouble=sentence_html(trouble or origin_words(self.colors, self.places)),
            yours="",
        )
        self.trouble = trouble
        self.aside(self.tell)

    def tell(self):
        """The names of what is seen, and the distance in words."""
        origin, target = origin_words(self.colors, self.places), self.value("target")
        self.rename(picture=f"The photograph, a ring around each pixel chosen. {origin}")
        where = origin_words({target: self.colors[target]}, {target: self.places[target]})
        self.hold(picture=f"{where} Arrow keys move its ring; the keys a and b choose the ring.")
        self.say_at_rest(self.trouble or distance_words(*self.colors.values()), self.theirs)

    def theirs(self):
        """What the learner's own function says, shown as well."""
        first, second = map(from_hex, self.colors.values())
        distance = terms(*self.colors.values())["distance"]

        def judge(table):
            name, what = self.function.name, "a row for each row of X, a column for each of C"
            ((mine,),) = shaped(self.function.function, table, (1, 1), what)
            if math.isclose(mine, distance, abs_tol=1e-6):
                return f"Your {name} says {mine:.4f}, too."
            return f"Your {name} says {mine:.4f}; the root of the sum is {distance:.4f}."

        if news := self.function.news(judge, first[None], second[None]):
            self.put(yours=sentence_html(news, bold=True))
        return news

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
    picker = color_picker(f"Color {letter}", f"Color {letter}", label="6.5em")
    places = {
        f"{letter}-{way.lower()}": named(
            f"{way} of the pixel of color {letter}",
            slider(f"{way} of {letter}", 0, 0, count - 1, label="6.5em"),
        )
        for way, count in zip(("Row", "Column"), image.shape, strict=False)
    }
    return {f"{letter}-color": picker, **places}


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
        where = Ringed.words(place) if place else "chosen by hand"
        found.append(f"{letter} is {colors[letter]}, {where}")
    return "; ".join(found) + "."


# --- How it is written ---------------------------------------------------------------------


def swatches_html(first, second):
    """The two colors side by side without a gap, each with its letter and name."""
    texts = [f"a = {first}", f"b = {second}"]
    look = "line-height: 3.9; font-weight: bold; max-width: 44em"
    return on_colors([from_hex(first), from_hex(second)], texts, look, 8, 2)


def terms_html(first, second):
    """The formula as a table: a line for each step, a column for each channel."""
    t = terms(first, second)
    root = f"√{t['sum']:.4f} = <b>{t['distance']:.4f}</b>"
    rows = [
        _row("channel", CHANNELS),
        _row("a", [f"{x:.3f}" for x in t["a"]]),
        _row("b", [f"{x:.3f}" for x in t["b"]]),
        _row("a − b", [_signed(x) for x in t["difference"]]),
        _row("(a − b)²", [f"{x:.4f}" for x in t["square"]], sign="+", end=f"= {t['sum']:.4f}"),
        _row("share", _shares(t)),
        ["distance", root],
    ]
    cell = "padding: 0.15em 0.22em; text-align: right; white-space: nowrap; background: none"
    table = table_html(rows, cell, "margin: 0.4em 0; font-size: 110%")
    return (
        '<div style="overflow-x: auto; line-height: 1.5; font-variant-numeric: tabular-nums">'
        f"{table}{_formula(t)}{_scale(t['distance'])}</div>"
    )


def _row(name, values, sign="", end=""):
    """A sign stands between the values, as in a sum."""
    red, green, blue = values
    return [name, red, sign, green, sign, blue, end]


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
