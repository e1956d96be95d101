"""A codebook to change by hand: sixteen pickers, the picture repainted, the error."""

import math

import ipywidgets as widgets
import numpy as np

from helpers import codebook as fixed
from helpers import fast, images
from helpers.color import from_hex, to_hex
from helpers.compression import bits_on_paper
from helpers.doors import as_documented
from helpers.explore.base import Explorer
from helpers.explore.controls import column, menu, named, picture, row, slider, text, toggles
from helpers.explore.painted import decibels, paint
from helpers.explore.photos import Ringed, hex_name, page_share
from helpers.explore.stills import palette_html, sentence_html, still_picture
from helpers.plots import in_sight

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


@as_documented
def edit_codebook(image, codebook=None, rival="terminal"):
    """Change the colors of a codebook by hand, and try to beat a well-known palette.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    codebook : ndarray, shape (K, 3), values in [0, 1], optional
        Where to start, at most 16 colors, rounded to 8 bits per channel; the terminal's
        colors if not given.
    rival : {"cube corners", "handheld", "terminal", "web-safe"}
        The palette to beat, to begin with.

    Raises
    ------
    ValueError
        The codebook holds more than 16 colors.
    """
    Editor(image, codebook, rival).present()


class Editor(Explorer):
    """The explorer of `edit_codebook`.

    Attributes
    ----------
    colors : list of str
        Hex names of all 16 colors; the first K of them paint.
    painted : Painted
        The picture as it is shown.
    best : Painted or None
        The best that was made by hand.
    place : (int, int) or None
        Row and column of the pixel whose color was taken last.
    """

    def __init__(self, image, codebook=None, rival="terminal"):
        self.palettes = _palettes(codebook)
        self.photo, self.counted = Ringed(image), fast.Palettes(image, largest=1)
        self.rivals = {name: self.counted.paint(C).mse for name, C in RIVALS.items()}
        self.best = self.place = None
        parts = _controls(*image.shape[:2], list(self.palettes), rival)
        for name in ("original", "picture"):
            parts[name].layout.width = page_share(image)
        self.ways = {
            "levels": widgets.VBox([parts[name] for name in LEVELS]),
            "pixel": widgets.VBox([parts["row"], parts["column"]]),
        }
        super().__init__(_rows(parts, self.ways), parts)
        self.when("start", self.load_start)
        self.when("K", self.resize)
        self.when("current", self.choose)
        self.when("way", self.show_way)
        self.when("rival", self.tell)
        for k, name in enumerate(PICKERS):
            self.when(name, lambda k=k: self.pick(k))
        self.when(" ".join(LEVELS), self.mix)
        self.when("row column", lambda: self.take((self.value("row"), self.value("column"))))
        self.when("back", lambda: self.load(self.best.codebook))
        self.when("reset", self.start_over)
        self.when_clicked(lambda _, x, y: self.take(self.photo.clicked(x, y)))
        self.show_way()
        self.load_start()

    # What a move of a control does

    def load(self, codebook):
        """Paint with these colors; they do not count as made by hand."""
        self.colors = [to_hex(color) for color in codebook]
        self.colors += [NEW_COLOR] * (LARGEST - len(codebook))
        self.put(K=len(codebook))
        self.show_place(None)
        self.paint(by_hand=False)

    def load_start(self):
        """The palette that the menu names."""
        self.load(self.palettes[self.value("start")])

    def start_over(self):
        """The same, and nothing is remembered."""
        self.best = None
        self.load_start()

    def resize(self):
        """More colors or fewer."""
        self.show_place(None)
        self.paint()

    def pick(self, k):
        """Number k gets the color of its picker."""
        self.put(current=k)
        try:
            name = hex_name(self.value(PICKERS[k]))
        except ValueError as error:
            self.show_colors()
            self.tell(str(error))
            return
        self.change(name, None)

    def mix(self):
        """The chosen color gets the levels of the three sliders."""
        self.change("#{:02x}{:02x}{:02x}".format(*map(self.value, LEVELS)), None)

    def take(self, place):
        """The chosen color becomes that of a pixel."""
        self.change(self.photo.color(place), place)

    def change(self, name, place):
        """Give the chosen color another name, which comes from a pixel or from nowhere."""
        self.colors[self.value("current")] = name
        self.paint()
        self.show_place(place)

    def choose(self):
        """Another color is to be changed."""
        self.show_place(None)
        self.show_colors()

    # What is to be seen then

    def paint(self, by_hand=True):
        """The picture, and everything that follows from it."""
        codebook = np.array([from_hex(name) for name in self.colors[: self.value("K")]])
        self.painted = paint(self.counted, codebook)
        self.counts = np.bincount(self.painted.idx.ravel(), minlength=LARGEST)
        if by_hand and (self.best is None or self.painted.mse < self.best.mse):
            self.best = self.painted
        self.put(picture=self.painted.shown)
        self.show_colors()
        self.tell()

    def show_way(self):
        """Only the sliders of the chosen way."""
        for way, sliders in self.ways.items():
            sliders.layout.display = "" if way == self.value("way") else "none"

    def show_place(self, place):
        """A ring where the color was taken from, as long as it is that color."""
        if place == self.place and self.value("original"):
            return
        self.place, k = place, self.value("current")
        self.put(original=self.photo.encode({str(k): place}))
        words = "The photograph."
        if place is not None:
            self.put(row=place[0], column=place[1])
            words += f" Color {k}, {self.photo.color(place)}, is that of the pixel at row "
            words += f"{place[0]}, column {place[1]}; a ring marks it."
        self.rename(original=words)

    def show_colors(self):
        """The numbers of the colors that there are, their pickers, shares and levels."""
        numbers, current = tuple(range(self.value("K"))), self.parts["current"]
        if current.options != numbers:
            with self.quietly():
                chosen = min(current.value, numbers[-1])
                current.options = numbers
                current.value = chosen
        self.put(**dict(zip(PICKERS, self.colors, strict=True)))
        for k, name in enumerate(PICKERS):
            mark = "▸ " if k == current.value else ""
            self.parts[name].description = f"{mark}{k} · {self.share(k)}"
            self.parts[name].layout.display = "" if k in numbers else "none"
        levels = bytes.fromhex(self.colors[current.value][1:])
        self.put(**dict(zip(LEVELS, levels, strict=True)))

    def share(self, k):
        """The part of the picture that a color paints, in a word."""
        share = self.counts[k] / self.counts.sum()
        if share == 0:
            return "idle"
        return "<1%" if share < 0.005 else f"{share:.0%}"

    def tell(self, trouble=""):
        """The table below the pictures, and what a screen reader says at rest."""
        self.parts["back"].disabled = self.best is None
        rival = self.value("rival")
        rows = [
            ("now", self.painted.mse, self.painted.K),
            (f"to beat: {rival}", self.rivals[rival], len(RIVALS[rival])),
            ("your best", *((self.best.mse, self.best.K) if self.best else (None, None))),
        ]
        verdict = sentence_html(trouble or self.verdict(), bold=True)
        self.put(facts=_table(rows, *self.painted.idx.shape) + verdict)
        most = sorted(range(self.painted.K), key=lambda k: -self.counts[k])[:3]
        shares = ", ".join(f"{self.colors[k]} {self.share(k)}" for k in most)
        self.rename(picture=f"The picture repainted. {self.words()} Most of it: {shares}.")
        self.say_at_rest(trouble or self.words())

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
        K, mse, psnr = self.painted.K, self.painted.mse, self.painted.psnr
        colors = "color" if K == 1 else "colors"
        return f"{K} {colors}: MSE {mse:.5f}, PSNR {psnr:.2f} dB. {self.verdict()}"

    def still(self):
        """The picture repainted, packed as small as it gets, and its palette."""
        png = images.encode_indexed_png(in_sight(self.painted.idx), self.painted.codebook)
        return still_picture(png, self.words(), palette_html(self.painted.codebook))


def _palettes(codebook):
    """The palettes to start from, by name; the one to begin with is the last."""
    if codebook is None:
        return PALETTES
    if len(codebook) > LARGEST:
        raise ValueError(f"The codebook has {len(codebook)} colors; give 1 to {LARGEST}.")
    return {**PALETTES, MINE: codebook}


# --- The controls and their places ---------------------------------------------------------

LOW = {"width": "auto", "min_width": "17em", "flex": "1 1 17em"}


def _controls(height, width, palettes, rival):
    levels = toggles([("red, green, blue", "levels"), ("a pixel of the photo", "pixel")], "13em")
    by_pixel = {
        "row": slider("Row", 0, 0, height - 1, label="5em"),
        "column": slider("Column", 0, 0, width - 1, label="5em"),
    }
    parts = {
        "start": named("Palette to start from", menu("Start from", palettes, palettes[-1], **LOW)),
        "K": named("Number of colors K", slider("Colors K", 1, 1, LARGEST, label="", **LOW)),
        "current": named("Number of the color to change", menu("Color", [0], **LOW)),
        "way": named("Change the color by its levels, or by a pixel of the photograph", levels),
        **{
            name: named(f"{name.capitalize()} of the pixel whose color is taken", control)
            for name, control in by_pixel.items()
        },
        "original": picture("jpeg", width="100%"),
        "picture": picture(width="100%"),
        "rival": named("Palette to beat", menu("To beat", list(RIVALS), rival, **LOW)),
        "back": widgets.Button(description="Back to my best", disabled=True),
        "reset": named(
            "Start over, and forget the best",
            widgets.Button(description="Start over", tooltip="The best is forgotten, too"),
        ),
        "facts": named("The errors of the palettes", text(width="100%", margin="0")),
    }
    for name in LEVELS:
        control = slider(name.capitalize(), 0, 0, 255, label="5em")
        parts[name] = named(f"{name.capitalize()} of the color, 0 to 255", control)
    for k, name in enumerate(PICKERS):
        label, layout = {"description_width": "4.8em"}, {"width": "auto"}
        picker = widgets.ColorPicker(value=NEW_COLOR, style=label, layout=layout)
        parts[name] = named(f"Color {k}", picker)
    return parts


def _rows(parts, ways):
    fill = "repeat(auto-fill, minmax(13.4em, 1fr))"
    pickers = [parts[name] for name in PICKERS]
    grid = widgets.GridBox(pickers, layout={"grid_template_columns": fill, "width": "100%"})

    def in_line(*names):
        children = [parts[name] for name in names]
        return row(*children, align_items="flex-end", grid_gap="0.2em 1em")

    return [
        in_line("start", "K"),
        grid,
        in_line("current", "way"),
        *ways.values(),
        row(
            _captioned(parts["original"], "Photograph: a click takes a color"),
            _captioned(parts["picture"], "Repainted"),
            grid_gap="0.2em 1em",
        ),
        parts["facts"],
        in_line("rival", "back", "reset"),
    ]


def _captioned(picture, words):
    caption = text()
    caption.value = f'<div style="line-height: 1.4">{words}</div>'
    return column(caption, picture, width="11em")


# --- In words ------------------------------------------------------------------------------


def _percent(share):
    return "less than 1 %" if share < 0.01 else f"{100 * share:.0f} %"


def _table(rows, height, width):
    """Rows of (name, mse, K) as an HTML table."""
    cell = "padding: 0.1em 1em 0.1em 0; text-align: right; font-variant-numeric: tabular-nums"
    heads = ("palette", "MSE", "PSNR", "colors", "bytes on paper")
    lines = ["".join(f'<th scope="col" style="{cell}">{head}</th>' for head in heads)]
    for name, error, K in rows:
        values = ("–",) * 4
        if error is not None:
            size = math.ceil(bits_on_paper(height, width, K) / 8)
            values = (f"{error:.5f}", f"{decibels(error):.2f} dB", str(K), f"{size:,}")
        line = f'<th scope="row" style="{cell}; text-align: left">{name}</th>'
        line += "".join(f'<td style="{cell}; white-space: nowrap">{value}</td>' for value in values)
        lines.append(line)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table style="line-height: 1.4; border-collapse: collapse">{body}</table>'
