"""A codebook to change by hand: sixteen pickers, the picture repainted, the error."""

import contextlib
import html
import math

import ipywidgets as widgets
import numpy as np
from PIL import ImageColor

from helpers import codebook as fixed
from helpers import images
from helpers.color import from_hex, squared_distances, to_hex
from helpers.compression import bits_on_paper
from helpers.explore import marks, stage
from helpers.fast import count_colors

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
PARTS = {  # the other controls and pictures, and what they are called
    "start": "Palette to start from",
    "K": "Number of colors K",
    "current": "Number of the color to change",
    "way": "Change the color by its levels, or by a pixel of the photograph",
    "row": "Row of the pixel whose color is taken",
    "column": "Column of the pixel whose color is taken",
    "original": "The photograph",
    "picture": "The picture repainted",
    "rival": "Palette to beat",
    "back": "Back to my best",
    "reset": "Start over, and forget the best",
    "facts": "The errors of the palettes",
}


def edit_codebook(image, codebook=None, rival="terminal"):
    """Change the colors of a codebook by hand, and try to beat a well-known palette.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    codebook : ndarray, shape (K, 3), values in [0, 1], K <= 16, optional
        Where to start, rounded to 8 bits per channel; the terminal's colors if not given.
    rival : {"cube corners", "handheld", "terminal", "web-safe"}
        The palette to beat, to begin with.

    Raises
    ------
    ValueError
        The codebook does not hold 1 to 16 colors, or no palette is called like the rival.
    """
    editor = Editor(image, _palettes(codebook), rival)
    idx, colors = editor.painted()
    words, png = editor.words(), images.encode_indexed_png(idx, colors)
    still = stage.still_picture(png, words, stage.palette_html(colors))
    stage.present(editor.explorer, still, words)


def edit_explorer(image, codebook=None, rival="terminal"):
    """The explorer of `edit_codebook`, not yet shown."""
    return Editor(image, _palettes(codebook), rival).explorer


def _palettes(codebook):
    """The palettes to start from, by name; the one to begin with is the last."""
    if codebook is None:
        return PALETTES
    codebook = np.asarray(codebook, dtype=float)
    if codebook.ndim != 2 or codebook.shape[1] != 3 or not 1 <= len(codebook) <= LARGEST:
        raise ValueError(
            f"The codebook has shape {codebook.shape}; give (K, 3), with K from 1 to {LARGEST}."
        )
    return {**PALETTES, MINE: codebook}


# --- What is computed ----------------------------------------------------------------------


class Repainter:
    """A picture to be repainted while the colors of a codebook change one by one.

    A picture has far fewer colors than pixels, so each of its colors is looked at once.
    The squared distances to all colors of the codebook are kept; when one of these
    changes, only its own distances are computed again.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    """

    def __init__(self, image):
        X = images.to_pixels(image)
        colors, counts, inverse = count_colors(image)
        if not np.array_equal(colors[inverse], X):  # finer than 8 bits: each pixel for itself
            colors, counts, inverse = X, np.ones(len(X)), np.arange(len(X))
        self._colors, self._counts, self._inverse = colors, counts, inverse
        self._shape, self._size = image.shape[:2], image.size
        self._squared = np.empty((LARGEST, len(colors)))

    def change(self, k, color):
        """Give number k of the codebook another color, shape (3,)."""
        self._squared[k] = squared_distances(self._colors, color[None, :])[:, 0]

    def paint(self, K):
        """Find the nearest of the first K colors for every pixel.

        Returns
        -------
        idx : ndarray, shape (H, W), uint8
            Of several equally near, the lowest number.
        counts : ndarray, shape (K,)
            Pixels of each color.
        mse : float
            Of the repainted picture.
        """
        nearest = self._squared[0].copy()
        idx = np.zeros(len(nearest), dtype=np.uint8)
        for k in range(1, K):
            nearer = self._squared[k] < nearest  # not <=: a tie stays with the lower number
            # As k grows, a maximum is an assignment, and twice as fast as one by a mask.
            np.maximum(idx, nearer * np.uint8(k), out=idx)
            np.minimum(nearest, self._squared[k], out=nearest)
        counts = np.bincount(idx, weights=self._counts, minlength=K)
        error = float((self._counts * nearest).sum()) / self._size
        return idx[self._inverse].reshape(self._shape), counts, error


def error_of(image, codebook):
    """Mean squared error of a picture that is repainted with a codebook of any length.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    codebook : ndarray, shape (K, 3)

    Returns
    -------
    float
    """
    colors, counts, _ = count_colors(image)
    nearest = codebook[fixed.find_closest_centroids(colors, codebook)]
    return float((counts * ((colors - nearest) ** 2).sum(axis=1)).sum()) / image.size


def decibels(error):
    """The PSNR that belongs to a mean squared error, as `helpers.compression.psnr`."""
    return math.inf if error == 0 else 10 * math.log10(1 / error)


# --- What is shown -------------------------------------------------------------------------


class Editor:
    """The controls of one explorer, and what they change.

    Attributes
    ----------
    names : list of str
        Hex names of all 16 colors; the first K of them paint.
    best : tuple or None
        (mse, names) of the best codebook that was made by hand.
    """

    def __init__(self, image, palettes, rival):
        if rival not in RIVALS:
            raise ValueError(f"No palette is called {rival!r}; choose one of {', '.join(RIVALS)}.")
        self.image, self.palettes = image, palettes
        self.rivals = {name: (error_of(image, C), len(C)) for name, C in RIVALS.items()}
        self.repainter = Repainter(image)
        self.photo = marks.as_picture(image)
        self.names, self.best, self.place, self.deaf = [None] * LARGEST, None, None, False
        self._make_controls(list(palettes)[-1], rival)
        self.explorer = stage.Explorer(self._rows(), self._parts(), self._labels())
        self._listen()
        self._show_place(None)
        self.load(self._start_names())

    # The controls, their places and their names

    def _make_controls(self, start, rival):
        wide = widgets.Layout(width="100%", margin="0")
        line, stretched = {"description_width": "5em"}, widgets.Layout(width="auto")
        low = widgets.Layout(width="auto", min_width="17em", flex="1 1 17em")
        self.start = widgets.Dropdown(
            options=list(self.palettes), value=start, description="Start from", layout=low
        )
        self.K = widgets.IntSlider(1, 1, LARGEST, description="Colors K", layout=low)
        self.pickers = [
            widgets.ColorPicker(
                value=NEW_COLOR,
                style={"description_width": "4.8em"},
                layout=widgets.Layout(width="auto"),
            )
            for _ in range(LARGEST)
        ]
        self.current = widgets.Dropdown(options=[0], value=0, description="Color", layout=low)
        self.way = widgets.ToggleButtons(
            options=[("red, green, blue", "levels"), ("a pixel of the photo", "pixel")],
            style={"button_width": "13em"},
        )
        self.levels = [
            widgets.IntSlider(0, 0, 255, description=name, style=line, layout=stretched)
            for name in map(str.capitalize, LEVELS)
        ]
        height, width = self.image.shape[:2]
        self.row = widgets.IntSlider(
            0, 0, height - 1, description="Row", style=line, layout=stretched
        )
        self.column = widgets.IntSlider(
            0, 0, width - 1, description="Column", style=line, layout=stretched
        )
        self.original = widgets.Image(format="jpeg", layout=wide)
        self.picture = widgets.Image(format="png", layout=wide)
        self.rival = widgets.Dropdown(
            options=list(RIVALS), value=rival, description="To beat", layout=low
        )
        self.back = widgets.Button(description="Back to my best", disabled=True)
        self.reset = widgets.Button(description="Start over", tooltip="The best is forgotten, too")
        self.facts = widgets.HTML(layout=wide)

    def _rows(self):
        self.grid = widgets.GridBox(
            self.pickers,
            layout=widgets.Layout(
                grid_template_columns="repeat(auto-fill, minmax(13.4em, 1fr))", width="100%"
            ),
        )
        self.by_levels = widgets.VBox(self.levels)
        self.by_pixel = widgets.VBox([self.row, self.column])
        self.by_pixel.layout.display = "none"
        return [
            _in_line(self.start, self.K),
            self.grid,
            _in_line(self.current, self.way),
            self.by_levels,
            self.by_pixel,
            _in_line(
                _captioned(self.original, "Photograph: a click takes a color"),
                _captioned(self.picture, "Repainted"),
            ),
            self.facts,
            _in_line(self.rival, self.back, self.reset),
        ]

    def _parts(self):
        parts = {name: getattr(self, name) for name in PARTS}
        parts |= {slider.description.lower(): slider for slider in self.levels}
        return parts | {f"color-{k}": picker for k, picker in enumerate(self.pickers)}

    def _labels(self):
        names = {name: f"{name.capitalize()} of the color, 0 to 255" for name in LEVELS}
        names |= {f"color-{k}": f"Color {k}" for k in range(LARGEST)}
        return names | PARTS

    # What a move of a control does

    def _listen(self):
        self._when(self.start, lambda _: self.load(self._start_names()))
        self._when(self.K, lambda _: self._resize())
        self._when(self.current, lambda _: self._choose())
        self._when(self.way, lambda _: self._show_way())
        self._when(self.rival, lambda _: self._tell())
        for k, picker in enumerate(self.pickers):
            self._when(picker, lambda name, k=k: self._pick(k, name))
        for slider in self.levels:
            self._when(slider, lambda _: self._mix())
        for slider in (self.row, self.column):
            self._when(slider, lambda _: self._take((self.row.value, self.column.value)))
        self.back.on_click(lambda _: self.load(list(self.best[1])))
        self.reset.on_click(lambda _: self._start_over())
        self.explorer.on_click(lambda name, x, y: self._take(marks.pixel_at(x, y, self.image)))

    def _when(self, control, answer):
        """Answer the moves of a control, save those that the program makes itself."""

        def moved(change):
            if not self.deaf:
                answer(change["new"])

        control.observe(moved, names="value")

    @contextlib.contextmanager
    def _quietly(self):
        self.deaf = True
        try:
            yield
        finally:
            self.deaf = False

    def load(self, names):
        """Paint with these colors; they do not count as made by hand."""
        with self._quietly():
            self.K.value = len(names)
        for k, name in enumerate(names + [NEW_COLOR] * (LARGEST - len(names))):
            self._set(k, name)
        self._show_place(None)
        self._paint(by_hand=False)

    def _start_names(self):
        return [to_hex(color) for color in self.palettes[self.start.value]]

    def _start_over(self):
        self.best = None
        self.load(self._start_names())

    def _resize(self):
        self._show_place(None)
        self._paint(by_hand=True)

    def _pick(self, k, text):
        """A color of any name: the picker also takes "red" and "#f00"."""
        with self._quietly():
            self.current.value = k
        try:
            name = "#{:02x}{:02x}{:02x}".format(*ImageColor.getrgb(text)[:3])
        except ValueError:
            self._set(k, self.names[k])
            self._tell(f"{text} is no color here; write # and six hexadecimal digits.")
            return
        self._change(k, name, None)

    def _mix(self):
        levels = [slider.value for slider in self.levels]
        self._change(self.current.value, "#{:02x}{:02x}{:02x}".format(*levels), None)

    def _take(self, place):
        self._change(self.current.value, to_hex(self.image[place]), place)

    def _change(self, k, name, place):
        self._set(k, name)
        self._show_place(place)
        self._paint(by_hand=True)

    def _choose(self):
        self._show_place(None)
        self._show_levels()
        self._show_shares()

    # What is to be seen then

    def _set(self, k, name):
        if name != self.names[k]:
            self.names[k] = name
            self.repainter.change(k, from_hex(name))
        with self._quietly():
            self.pickers[k].value = name

    def _show_way(self):
        self.by_levels.layout.display = "" if self.way.value == "levels" else "none"
        self.by_pixel.layout.display = "" if self.way.value == "pixel" else "none"

    def _show_levels(self):
        with self._quietly():
            for slider, level in zip(
                self.levels, bytes.fromhex(self.names[self.current.value][1:]), strict=True
            ):
                slider.value = level

    def _show_place(self, place):
        """A ring where the color was taken from, as long as it is that color."""
        if place == self.place and self.original.value:
            return
        self.place = place
        ring = None if place is None else marks.center_of(place, self.image)
        self.original.value = marks.ringed(self.photo, {str(self.current.value): ring})
        words = "The photograph."
        if place is not None:
            with self._quietly():
                self.row.value, self.column.value = place
            name = to_hex(self.image[place])
            words += f" Color {self.current.value}, {name}, is that of the pixel at row {place[0]}"
            words += f", column {place[1]}; a ring marks it."
        self.explorer.rename(original=words)

    def _show_shares(self):
        for k, picker in enumerate(self.pickers):
            mark = "▸ " if k == self.current.value else ""
            picker.description = f"{mark}{k} · {_share(self.counts, k)}"
            picker.layout.display = "" if k < self.K.value else "none"

    def painted(self):
        """The index map, shape (H, W), and the codebook, shape (K, 3)."""
        return self.idx, np.array([from_hex(name) for name in self.names[: self.K.value]])

    def words(self):
        """What is to be seen, in numbers."""
        K = self.K.value
        return (
            f"{K} {'color' if K == 1 else 'colors'}: MSE {self.error:.5f}, "
            f"PSNR {decibels(self.error):.2f} dB. {self._verdict()}"
        )

    def _paint(self, by_hand):
        self.idx, self.counts, self.error = self.repainter.paint(self.K.value)
        _, codebook = self.painted()
        self.picture.value = images.encode_indexed_png(self.idx, codebook, compress_level=1)
        if by_hand and (self.best is None or self.error < self.best[0]):
            self.best = self.error, tuple(self.names[: self.K.value])
        self._show_numbers()
        self._show_levels()
        self._show_shares()
        self._tell()

    def _show_numbers(self):
        """Offer the numbers of the colors that there are."""
        numbers = tuple(range(self.K.value))
        if self.current.options != numbers:
            with self._quietly():
                chosen = min(self.current.value, numbers[-1])
                self.current.options = numbers
                self.current.value = chosen

    def _tell(self, trouble=""):
        """The table below the pictures, and what a screen reader says at rest."""
        self.back.disabled = self.best is None
        height, width = self.image.shape[:2]
        error, K = self.rivals[self.rival.value]
        rows = [("now", self.error, self.K.value), (f"to beat: {self.rival.value}", error, K)]
        if self.best is None:
            rows.append(("your best", None, None))
        else:
            rows.append(("your best", self.best[0], len(self.best[1])))
        self.facts.value = _table(rows, height, width) + _sentence(trouble or self._verdict())
        most = sorted(range(self.K.value), key=lambda k: -self.counts[k])[:3]
        shares = ", ".join(f"{self.names[k]} {_share(self.counts, k)}" for k in most)
        self.explorer.rename(picture=f"The picture repainted. {self.words()} Most of it: {shares}.")
        self.explorer.when_resting(self._announced(trouble or self.words()))

    def _announced(self, words):
        self.explorer.say(words)
        yield

    def _verdict(self):
        error, K = self.rivals[self.rival.value]
        rival = f"the {self.rival.value} palette ({K} colors)"
        if math.isclose(self.error, error, rel_tol=1e-9):  # the sums differ in their last digits
            return f"That is as good as {rival}."
        if self.error < error:
            return f"Beaten: your error is {_percent(1 - self.error / error)} below {rival}."
        if self.error < 2 * error:
            return f"Not yet: your error is {_percent(self.error / error - 1)} above {rival}."
        return f"Not yet: your error is {self.error / error:.1f} times that of {rival}."


def _in_line(*parts):
    """Side by side, or below each other where the page is narrow."""
    layout = widgets.Layout(flex_flow="row wrap", align_items="flex-end", grid_gap="0.2em 1em")
    return widgets.Box(parts, layout=layout)


def _captioned(picture, words):
    caption = widgets.HTML(f'<div style="line-height: 1.4">{words}</div>')
    layout = widgets.Layout(flex="1 1 11em", min_width="0", overflow="hidden")
    return widgets.VBox([caption, picture], layout=layout)


def _share(counts, k):
    share = counts[k] / counts.sum() if k < len(counts) else 0
    if share == 0:
        return "idle"
    return "<1%" if share < 0.005 else f"{share:.0%}"


def _percent(share):
    return "less than 1 %" if share < 0.01 else f"{100 * share:.0f} %"


def _sentence(words):
    return f'<div style="line-height: 1.5; font-weight: bold">{html.escape(words)}</div>'


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
        lines.append(
            line
            + "".join(f'<td style="{cell}; white-space: nowrap">{value}</td>' for value in values)
        )
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table style="line-height: 1.4; border-collapse: collapse">{body}</table>'
