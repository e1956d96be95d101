"""A codebook to change by hand: sixteen pickers, the picture repainted, the error."""

import math

import ipywidgets as widgets
import numpy as np

from helpers import codebook as fixed
from helpers import compression, fast, images
from helpers.color import colors_in_words, from_hex, to_hex
from helpers.compression import decibels
from helpers.doors import as_documented, few_enough
from helpers.explore.base import Explorer
from helpers.explore.controls import (
    captioned,
    color_picker,
    in_columns,
    menu,
    named,
    picture,
    row,
    slider,
    text,
)
from helpers.explore.own import Own, colored, shaped
from helpers.explore.painted import paint
from helpers.explore.photos import Ringed, hex_name, page_share
from helpers.explore.stills import palette_html, sentence_html, still_picture, table_html

LARGEST = 16  # colors that can be changed
PALETTES = {
    "cube corners": fixed.CUBE_CORNERS,
    "handheld": fixed.HANDHELD,
    "terminal": fixed.TERMINAL,
}
RIVALS = {**PALETTES, "web-safe": fixed.WEB_SAFE}
NEW_COLOR = "#808080"  # what a color is before anyone has chosen it
MINE = "your own"
LEVELS = ("red", "green", "blue")
PICKERS = tuple(f"color-{k}" for k in range(LARGEST))
COURSE = (fixed.quantize, compression.mse)  # functions that a learner may bring along
SMALL = 192  # pixels along the longest side, for functions of the learner's


@as_documented
def edit_codebook(
    image, codebook=None, rival="terminal", quantize=fixed.quantize, mse=compression.mse
):
    """Change the colors of a codebook by hand, and try to beat a well-known palette.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    codebook : ndarray, shape (K, 3), values in [0, 1], optional
        Where to start, at most 16 colors, rounded to 8 bits per channel; the terminal's
        colors if not given.
    rival : {"cube corners", "handheld", "terminal", "web-safe"}
        The palette to beat, to begin with.
    quantize, mse : callable
        ``quantize(image, codebook)`` -> image and ``mse(a, b)`` -> number. Those of your own are
        tried at rest, on a copy of 192 pixels; what they do otherwise is shown and told.

    Raises
    ------
    ValueError
        The codebook holds more than 16 colors.
    """
    Editor(image, codebook, rival, (quantize, mse)).present()


class Editor(Explorer):
    """The explorer of `edit_codebook`.

    Its `colors` are hex names, of which the first K paint; `best` is what was best of all that
    was made by hand, `place` the pixel whose color was taken last, `cross` where the keys are,
    `drawn` what is to be seen of both on the photograph.
    """

    def __init__(self, image, codebook=None, rival="terminal", functions=COURSE):
        self.palettes = PALETTES
        if codebook is not None:
            few_enough(codebook, LARGEST)
            self.palettes = {**PALETTES, MINE: codebook}
        self.photo, self.counted = Ringed(image), fast.Palettes(image, largest=1)
        self.small = images.shrink(image, SMALL)
        self.quantize, self.mse = map(Own, functions)
        self.rivals = {name: self.counted.paint(C).mse for name, C in RIVALS.items()}
        self.best = self.place = self.cross = self.drawn = None
        parts = _controls(image, list(self.palettes), rival)
        pickers = in_columns([parts[name] for name in PICKERS], 13.4)
        pictures = row(
            captioned(parts["original"], "Photograph: point at a color to take it"),
            captioned(parts["picture"], "Repainted"),
            align_items="flex-end",  # a caption may take two lines, and the pictures stay level
        )
        changes = ["start K", pickers, "current", *LEVELS]
        super().__init__([*changes, pictures, "facts", "rival back reset"], parts)
        self.when("start", self.load_start)
        self.when("K", self.paint)
        self.when("current", self.show_colors)
        self.when("rival", self.tell)
        for k, name in enumerate(PICKERS):
            self.when(name, lambda k=k: self.pick(k))
        self.when(" ".join(LEVELS), self.mix)
        self.when("back", lambda: self.load(self.best.codebook))
        self.when("reset", self.start_over)
        self.when_clicked(self.click)
        self.when_dragged("original", self.point, self.press)
        self.load_start()

    # What a move of a control does

    def load(self, codebook):
        """Paint with these colors; they do not count as made by hand."""
        self.colors = [to_hex(color) for color in codebook]
        self.colors += [NEW_COLOR] * (LARGEST - len(codebook))
        self.put(K=len(codebook))
        self.paint(by_hand=False)

    def load_start(self):
        """The palette that the menu names."""
        self.load(self.palettes[self.value("start")])

    def start_over(self):
        """The same, and nothing is remembered."""
        self.best = None
        self.load_start()

    def pick(self, k):
        """Number k gets the color of its picker."""
        self.put(current=k)
        try:
            name = hex_name(self.value(PICKERS[k]))
        except ValueError as error:
            self.show_colors()
            self.tell(str(error))
            return
        self.change(name)

    def mix(self):
        """The chosen color gets the levels of the three sliders."""
        self.change("#{:02x}{:02x}{:02x}".format(*map(self.value, LEVELS)))

    def click(self, name, x, y):
        """A click on the repainted picture takes the color that the photograph has there."""
        if name == "picture":
            self.take(self.photo.clicked(x, y))

    def point(self, _, phase, x, y):
        """A hand on the photograph takes the color below it, as long as it is down."""
        if phase != "up":
            self.take(self.photo.clicked(x, y))

    def press(self, _, key):
        """Arrows move a cross over the photograph, and Enter takes the color below it."""
        begin = self.cross or self.place or self.photo.clicked(0.5, 0.5)
        if key == "Enter":
            self.take(begin)
        elif cross := self.photo.stepped(begin, key):
            self.cross = cross
            self.show_place()

    def take(self, place):
        """The chosen color becomes that of a pixel, unless it has just been taken."""
        name = self.photo.color(place)
        if (place, name) != (self.place, self.colors[self.value("current")]):
            self.change(name, place)

    def change(self, name, place=None):
        """Give the chosen color another name, which comes from a pixel or from nowhere."""
        self.colors[self.value("current")] = name
        self.place, self.cross = place, None
        self.paint()

    # What is to be seen then

    def paint(self, by_hand=True):
        """The picture, and everything that follows from it."""
        codebook = np.array([from_hex(name) for name in self.colors[: self.value("K")]])
        self.painted = paint(self.counted, codebook)
        if by_hand and (self.best is None or self.painted.mse < self.best.mse):
            self.best = self.painted
        self.put(picture=self.painted.shown)
        if self.moving:
            self.put(**{PICKERS[self.value("current")]: self.colors[self.value("current")]})
            self.draw_place()
            self.write()
        self.aside(self.show_all)

    def show_all(self):
        """What stands around the picture, and what is told."""
        self.show_colors()
        self.tell()

    def show_place(self):
        """What `draw_place` draws, in words."""
        words = "The photograph."
        for k, place in self.draw_place().items():
            where = self.photo.words(place)
            words += f" Color {k}, {self.photo.color(place)}, is that of {where}; a ring marks it."
        hold = "Arrow keys move a cross, and Enter takes the color below it."
        if self.cross:
            color = self.photo.color(self.cross)
            hold = f"T{self.photo.words(self.cross)[1:]}, {color}. Enter takes it."
        self.rename(original=words)
        self.hold(original=hold)

    def draw_place(self):
        """A ring where the chosen color was taken from, as long as it is that color; the cross."""
        k, rings = self.value("current"), {}
        if self.place and self.photo.color(self.place) == self.colors[k]:
            rings = {str(k): self.place}
        if self.drawn != (rings, self.cross):
            self.drawn = rings, self.cross
            self.draw("original", self.photo.draw(*self.drawn), photo=True)
        return rings

    def show_colors(self):
        """The numbers of the colors that there are, their pickers, shares and levels."""
        numbers, current = tuple(range(self.value("K"))), self.parts["current"]
        if current.options != numbers:
            with self.quietly():
                chosen = min(current.value, numbers[-1])
                current.options = numbers
                current.value = chosen
        self.put(**dict(zip(PICKERS, self.colors, strict=True)))
        shares = self.painted.shares() + ["idle"] * LARGEST
        for k, name in enumerate(PICKERS):
            mark = "▸ " if k == current.value else ""
            self.parts[name].description = f"{mark}{k} · {shares[k]}"
            self.parts[name].layout.display = "" if k in numbers else "none"
        levels = bytes.fromhex(self.colors[current.value][1:])
        self.put(**dict(zip(LEVELS, levels, strict=True)))
        self.show_place()

    def tell(self, trouble=""):
        """The table below the pictures, and what a screen reader says at rest."""
        self.parts["back"].disabled = self.best is None
        self.write(trouble)
        self.rename(picture=f"The picture repainted. {self.words()} {self.painted.most()}")
        self.say_at_rest(trouble or self.words(), lambda: self.theirs(trouble))

    def write(self, trouble="", news=""):
        """The errors of the palettes, the verdict, and what the learner's functions did."""
        rival = self.value("rival")
        rows = [
            ("now", self.painted.mse, self.painted.K),
            (f"to beat: {rival}", self.rivals[rival], len(RIVALS[rival])),
            ("your best", *((self.best.mse, self.best.K) if self.best else (None, None))),
        ]
        verdict = sentence_html(trouble or self.verdict(), bold=True)
        self.put(facts=_table(rows, *self.painted.idx.shape) + verdict + sentence_html(news))

    def theirs(self, trouble):
        """What the learner's functions make of it, in words; a picture that differs is shown."""
        image, codebook = self.small, self.painted.codebook
        expected = fixed.quantize(image, codebook)

        def judge_picture(mine):
            mine = colored(self.quantize.function, mine, image.shape, "a picture")
            # Of two colors equally near either will do, as long as it is one of the palette's.
            apart = [((picture - image) ** 2).sum(axis=-1) for picture in (mine, expected)]
            palettes = np.isclose(mine, fixed.quantize(mine, codebook)).all(axis=-1)
            wrong = 1 - (np.isclose(*apart, rtol=0) & palettes).mean()
            if not wrong:
                return "Your quantize paints the same."
            self.put(picture=images.encode_png(images.in_sight(mine)))
            told = f"This is what your quantize paints: {_percent(wrong)} of the pixels differ."
            return f"{told} The numbers above are the course's."

        def judge_error(mine):
            mine = float(shaped(self.mse.function, mine, (), "a number"))
            error = compression.mse(image, expected)
            if math.isclose(mine, error, rel_tol=1e-6, abs_tol=1e-12):
                return "Your mse says the same."
            return f"Your mse says {mine:.5f} of a small copy, the course's {error:.5f}."

        painted = self.quantize.news(judge_picture, image, codebook)
        news = f"{painted} {self.mse.news(judge_error, image, expected)}".strip()
        self.write(trouble, news)
        return news

    def verdict(self):
        """Whether the palette to beat is beaten."""
        name, error = self.value("rival"), self.painted.mse
        rival, K = self.rivals[name], len(RIVALS[name])
        called = f"the {name} palette ({K} colors)"
        if math.isclose(error, rival, rel_tol=1e-9):  # the sums differ in their last digits
            return f"That is as good as {called}."
        if error < rival:
            return f"Beaten: your error is {_percent(1 - error / rival)} below {called}."
        if rival == 0:
            return f"Not yet: {called} has no error at all."
        if error < 2 * rival:
            return f"Not yet: your error is {_percent(error / rival - 1)} above {called}."
        return f"Not yet: your error is {error / rival:.1f} times that of {called}."

    def words(self):
        """The error and the verdict."""
        K, mse = self.painted.K, self.painted.mse
        return f"{colors_in_words(K)}: MSE {mse:.5f}, PSNR {decibels(mse):.2f} dB. {self.verdict()}"

    def still(self):
        """The picture repainted, packed as small as it gets, and its palette."""
        png = images.encode_indexed_png(images.in_sight(self.painted.idx), self.painted.codebook)
        return still_picture(png, self.words(), palette_html(self.painted.codebook))


# --- The controls --------------------------------------------------------------------------

LOW = {"width": "auto", "min_width": "17em", "flex": "1 1 17em"}


def _controls(image, palettes, rival):
    shown = {"width": page_share(image)}
    return {
        "start": named("Palette to start from", menu("Start from", palettes, palettes[-1], **LOW)),
        "K": named("Number of colors K", slider("Colors K", 1, 1, LARGEST, label="", **LOW)),
        "current": named("Number of the color to change", menu("Color", [0], width="auto")),
        "original": picture("jpeg", **shown),
        "picture": picture(**shown),
        "rival": named("Palette to beat", menu("To beat", list(RIVALS), rival, **LOW)),
        "back": widgets.Button(description="Back to my best", disabled=True),
        "reset": named(
            "Start over, and forget the best",
            widgets.Button(description="Start over", tooltip="The best is forgotten, too"),
        ),
        "facts": named("The errors of the palettes", text(width="100%", margin="0.4em 0 0")),
        **{
            name: named(
                f"{name.capitalize()} of the color, 0 to 255",
                slider(name.capitalize(), 0, 0, 255, label="5em"),
            )
            for name in LEVELS
        },
        **{name: color_picker(f"Color {k}", label="4.8em") for k, name in enumerate(PICKERS)},
    }


# --- In words ------------------------------------------------------------------------------


def _percent(share):
    return "less than 1 %" if share < 0.01 else f"{100 * share:.0f} %"


def _table(rows, height, width):
    """Rows of (name, mse, K) as an HTML table."""
    written = [("palette", "MSE", "PSNR", "colors", "bytes on paper")]
    for name, error, K in rows:
        values = ("–",) * 4
        if error is not None:
            size = math.ceil(compression.bits_on_paper(height, width, K) / 8)
            values = (f"{error:.5f}", f"{decibels(error):.2f} dB", str(K), f"{size:,}")
        written.append((name, *values))
    cell = "padding: 0.1em 1em 0.1em 0; text-align: right"
    return table_html(written, cell, "font-variant-numeric: tabular-nums")
