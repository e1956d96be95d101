"""A sheet to draw on while a slider moves: lines, circles, text, dots by the thousand.

Everything is drawn at twice its size and reduced at the end, which smooths the edges; a
sheet of 500 x 420 is drawn and encoded in about ten milliseconds.
"""

import io
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from helpers.color import srgb_to_lab
from helpers.images import to_bytes

SCALE = 2  # pixels drawn for one pixel shown, along each side
INK, PALE, GRID = "#333333", "#888888", "#dddddd"
TYPE = Path(matplotlib.get_data_path()) / "fonts" / "ttf"  # the typeface of the figures
FACES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
FONTS = {
    (size, bold): ImageFont.truetype(TYPE / FACES[bold], SCALE * size)
    for size in (11, 12, 13, 15)
    for bold in FACES
}

# The corners of each marker of `plots.MARKERS` around (0, 0); the first is a circle.
_SQUARE = [(-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)]
_TRIANGLE = [(0, -1.1), (1.05, 0.85), (-1.05, 0.85)]
_DIAMOND = [(0, -1.25), (1.05, 0), (0, 1.25), (-1.05, 0)]
_PLUS = [(-0.4, -1.1), (0.4, -1.1), (0.4, -0.4), (1.1, -0.4), (1.1, 0.4), (0.4, 0.4)]
_PLUS += [(-x, -y) for x, y in _PLUS]
_CROSS = [((x - y) * 0.8, (x + y) * 0.8) for x, y in _PLUS]
OUTLINES = (None, _SQUARE, _TRIANGLE, _DIAMOND, _PLUS, _CROSS)
GLYPHS = "●■▲◆✚✖"  # the same markers, to write


class Canvas:
    """A white sheet; places on it are (x, y) in pixels, as shown, from its upper left corner."""

    def __init__(self, width, height):
        # Four bytes a pixel: NumPy takes such a sheet over, and gives it back, most quickly.
        self._sheet = Image.new("RGBA", (SCALE * width, SCALE * height), "white")
        self._pen = ImageDraw.Draw(self._sheet)

    def line(self, places, color, width=1.5):
        """Straight lines from place to place, shape (n, 2)."""
        corners = [tuple(place) for place in SCALE * np.asarray(places, dtype=float)]
        self._pen.line(corners, fill=color, width=round(SCALE * width), joint="curve")

    def dashes(self, start, end, color, width=1.5):
        """A dashed line."""
        start, end = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
        count = max(1, int(np.hypot(*(end - start)) / 8))
        for n in range(count):
            ends = [start + (end - start) * (n + part) / count for part in (0.0, 0.55)]
            self.line(ends, color, width)

    def circle(self, place, radius, color, rim=None, rim_width=1.5):
        """A disk with a rim; either may have no color."""
        self._pen.circle(
            tuple(SCALE * np.asarray(place, dtype=float)),
            SCALE * radius,
            fill=color,
            outline=rim,
            width=round(SCALE * rim_width),
        )

    def marker(self, place, number, radius, color):
        """The marker of a group: as in the figures, each group has a shape of its own."""
        outline = OUTLINES[number]
        if outline is None:
            self.circle(place, radius, color)
        else:
            corners = SCALE * (np.asarray(place) + radius * np.asarray(outline))
            self._pen.polygon([tuple(corner) for corner in corners], fill=color)

    def disk(self, place, k, color):
        """Number k on a disk in a color, shape (3,), that stands out from any ground."""
        fill = tuple(int(level) for level in to_bytes(color))
        self.circle(place, 12, "white")
        self.circle(place, 11, fill, rim="black")
        self.text(place, str(k), color=ink_on(color), size=12, bold=True)

    def text(self, place, words, anchor="mm", color=INK, size=13, bold=False, halo=0):
        """Words at a place; the anchor is Pillow's, such as "lm" for left, middle."""
        self._pen.text(
            tuple(SCALE * np.asarray(place, dtype=float)),
            words,
            fill=color,
            font=FONTS[size, bold],
            anchor=anchor,
            stroke_width=SCALE * halo,
            stroke_fill="white",
        )

    def dots(self, places, colors, radius):
        """Dots by the thousand at places (N, 2) in colors (N, 3), uint8; a later one hides others.

        Dots that reach over the edge are moved inside.
        """
        sheet = np.array(self._sheet)
        reach = int(np.ceil(SCALE * radius))
        rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
        inside = rows**2 + columns**2 <= (SCALE * radius) ** 2
        rows, columns = rows[inside], columns[inside]
        height, width, _ = sheet.shape
        x, y = np.rint(SCALE * np.asarray(places)).astype(int).T
        x, y = np.clip(x, reach, width - 1 - reach), np.clip(y, reach, height - 1 - reach)
        # One flat list, dot after dot: NumPy assigns in order, so the last one stays. The
        # four bytes of a pixel (the fourth: not transparent) are assigned as one number.
        spots = ((y[:, None] + rows) * width + x[:, None] + columns).ravel()
        four = np.full((len(colors), 4), 255, dtype=np.uint8)
        four[:, :3] = colors
        sheet.view(np.uint32).ravel()[spots] = np.repeat(four.view(np.uint32), len(rows))
        self._sheet = Image.fromarray(sheet)
        self._pen = ImageDraw.Draw(self._sheet)

    def picture(self):
        """The sheet at the size at which it is shown, as a Pillow picture."""
        return self._sheet.reduce(SCALE).convert("RGB")


def encode(picture):
    """A Pillow picture as a PNG file, quickly: for a picture that moves."""
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def encode_small(*pictures, colors=256):
    """Pillow pictures of one height, side by side, as one small PNG file: for a still."""
    width, height = sum(picture.width for picture in pictures), pictures[0].height
    row = Image.new("RGB", (width, height))
    left = 0
    for picture in pictures:
        row.paste(picture, (left, 0))
        left += picture.width
    buffer = io.BytesIO()
    row.quantize(colors, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def ink_on(color):
    """Black or white, whichever is easier to read on a color."""
    # The one with more contrast: at least 4.5 to 1 (WCAG 2.2).
    return "black" if srgb_to_lab(color)[0] > 49.5 else "white"


def round_step(low, high, about=5):
    """The step of a scale from low to high: 1, 2 or 5 times a power of ten."""
    rough = (high - low) / about
    power = 10.0 ** np.floor(np.log10(rough))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)


def multiples(step, low, high):
    """All multiples of a step from low to high, to be written beside a scale."""
    first, last = np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9)
    return np.arange(first, last + 1) * step + 0.0  # the sum turns a -0 into 0


def draw_scales(canvas, box, place, xs, ys, title, columns=True):
    """A grid in a box at the values xs (if columns) and ys, all written beside it.

    ``place`` puts points, shape (N, 2), on the sheet.
    """
    left, top, right, bottom = box
    for value, (x, _) in zip(xs, place([(x, 0) for x in xs]), strict=True):
        if columns:
            canvas.line([(x, top), (x, bottom)], GRID, 1)
        canvas.text((x, bottom + 5), f"{value:g}", "mt", size=12)
    for value, (_, y) in zip(ys, place([(0, y) for y in ys]), strict=True):
        canvas.line([(left, y), (right, y)], GRID, 1)
        canvas.text((left - 7, y), f"{value:g}", "rm", size=12)
    canvas.text(((left + right) / 2, bottom + 36), title, size=12)
