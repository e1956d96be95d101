"""A sheet to draw on while a slider moves: lines, circles, text, dots by the thousand.

Everything is drawn at twice its size and reduced at the end, which smooths the edges; a
sheet of 500 x 420 is drawn and encoded in about ten milliseconds.
"""

import functools
import io
import math
from pathlib import Path
from typing import NamedTuple

import matplotlib
import numpy as np
from matplotlib.markers import MarkerStyle
from PIL import Image, ImageDraw, ImageFont

from helpers.color import srgb_to_lab
from helpers.images import to_bytes
from helpers.plots import MARKERS

SCALE = 2  # pixels drawn for one pixel shown, along each side
WHITE = 2**32 - 1  # a pixel is four bytes in one number: red, green, blue, and one that is not seen
INK, PALE, GRID = "#333333", "#888888", "#dddddd"
TYPE = Path(matplotlib.get_data_path()) / "fonts" / "ttf"  # the typeface of the figures
FACES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
FONTS = {
    (size, bold): ImageFont.truetype(TYPE / FACES[bold], SCALE * size)
    for size in (11, 12, 13, 15)
    for bold in FACES
}

# The corners of each marker of the figures around (0, 0); the first is a circle of radius 1.
OUTLINES = [
    2 * style.get_transform().transform_path(style.get_path()).to_polygons()[0] * (1, -1)
    for style in map(MarkerStyle, MARKERS)
]
GLYPHS = "●■▲◆✚✖"  # the same markers, to write


class Canvas:
    """A white sheet; places on it are (x, y) in pixels, as shown, from its upper left corner."""

    def __init__(self, width, height):
        self._begin(np.full((SCALE * height, SCALE * width), WHITE, dtype=np.uint32))

    def _begin(self, pixels):
        """Draw on an array, a number for each pixel; Pillow's lines and NumPy's dots share it."""
        self._pixels, size = pixels, pixels.shape[::-1]
        self._sheet = Image.frombuffer("RGBX", size, pixels, "raw", "RGBX", 0, 1)
        self._sheet.readonly = 0  # or Pillow would draw on a copy: the memory is the array's
        self._pen = ImageDraw.Draw(self._sheet)

    def line(self, places, color, width=1.5):
        """Straight lines from place to place, shape (n, 2)."""
        corners = (SCALE * np.asarray(places, dtype=float)).ravel().tolist()
        self._pen.line(corners, fill=color, width=round(SCALE * width), joint="curve")

    def star(self, center, places, color, width=1):
        """Lines from one place to many, shape (n, 2), in one stroke to and fro."""
        stroke = np.stack([np.broadcast_to(center, places.shape), places], axis=1)
        self.line(stroke.reshape(-1, 2), color, width)

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
        corners = SCALE * (np.asarray(place) + radius * OUTLINES[number])
        self._pen.polygon(corners.ravel().tolist(), fill=color)

    def disk(self, place, k, color):
        """Number k on a disk in a color, shape (3,), that stands out from any ground."""
        fill = tuple(int(level) for level in to_bytes(color))
        self.circle(place, 12, "white")
        self.circle(place, 11, fill, rim="black")
        self.text(place, str(k), color=ink_on(color), size=12, bold=True)

    def text(self, place, words, anchor="mm", color=INK, size=13, bold=False, halo=0):
        """Words at a place; the anchor is Pillow's, such as "lm" for left, middle."""
        x, y = np.rint(SCALE * np.asarray(place)).astype(int).tolist()
        for reach, ink in ((halo, "white"), (0, color)) if halo else ((0, color),):
            mask, left, top = _letters(words, anchor, size, bold, reach)
            self._sheet.paste(ink, (x + left, y + top), mask)

    def dots(self, places, colors, radius):
        """Dots by the thousand at places (N, 2) in colors (N, 3), uint8; a later one hides others.

        Dots that reach over the edge are moved inside.
        """
        reach = int(np.ceil(SCALE * radius))
        rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
        inside = rows**2 + columns**2 <= (SCALE * radius) ** 2
        rows, columns = rows[inside], columns[inside]
        height, width = self._pixels.shape
        x, y = np.rint(SCALE * np.asarray(places)).astype(int).T
        x, y = np.clip(x, reach, width - 1 - reach), np.clip(y, reach, height - 1 - reach)
        # One flat list, dot after dot: NumPy assigns in order, so the last one stays.
        spots = ((y[:, None] + rows) * width + x[:, None] + columns).ravel()
        four = np.full((len(colors), 4), 255, dtype=np.uint8)
        four[:, :3] = colors
        self._pixels.ravel()[spots] = np.repeat(four.view(np.uint32), len(rows))

    def picture(self):
        """The sheet at the size at which it is shown, as a Pillow picture."""
        return self._sheet.reduce(SCALE).convert("RGB")

    def copy(self):
        """The same sheet once more, to go on from."""
        canvas = Canvas.__new__(Canvas)
        canvas._begin(self._pixels.copy())
        return canvas


@functools.lru_cache(maxsize=256)
def _letters(words, anchor, size, bold, reach):
    """Where words cover a sheet, and its corner as seen from their anchor: it takes a while."""
    how = {"font": FONTS[size, bold], "anchor": anchor, "stroke_width": SCALE * reach}
    left, top, right, bottom = ImageDraw.Draw(Image.new("L", (1, 1))).textbbox((0, 0), words, **how)
    left, top = math.floor(left), math.floor(top)
    mask = Image.new("L", (math.ceil(right) - left, math.ceil(bottom) - top))
    ImageDraw.Draw(mask).text((-left, -top), words, fill=255, stroke_fill=255, **how)
    return mask, left, top


def encode(picture):
    """A Pillow picture as a PNG file, quickly: for a picture that moves."""
    return _file(picture, "PNG", compress_level=1)


def encode_quickly(picture):
    """A Pillow picture as a JPEG file, in a tenth of the time: while a hand moves."""
    return _file(picture, "JPEG", quality=90)


def encode_small(*pictures, colors=256):
    """Pillow pictures of one height, side by side, as one small PNG file: for a still."""
    side_by_side = Image.fromarray(np.hstack(pictures))
    return _file(side_by_side.quantize(colors, dither=Image.Dither.NONE), "PNG", optimize=True)


def _file(picture, kind, **options):
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
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


class Scales(NamedTuple):
    """Two scales along a box of a sheet, from the values at its lower left to its upper right."""

    box: tuple  # left, top, right, bottom
    low: tuple
    high: tuple

    def place(self, points):
        """Where points, shape (..., 2), stand on the sheet."""
        left, top, right, bottom = self.box
        share = (np.asarray(points) - self.low) / np.subtract(self.high, self.low)
        return (left, bottom) + share * (right - left, top - bottom)

    def point(self, place):
        """The opposite: the point that stands at a place, or nearest to it in the box."""
        left, top, right, bottom = self.box
        inside = np.clip(place, (left, top), (right, bottom))
        share = (inside - (left, bottom)) / (right - left, top - bottom)
        return self.low + share * np.subtract(self.high, self.low)

    def draw(self, canvas, steps, title, columns=True):
        """A line across the box, and a number beside it, at all multiples of each scale's step."""
        left, top, right, bottom = self.box
        xs, ys = map(multiples, steps, self.low, self.high)
        for x in xs:
            across, _ = self.place((x, 0))
            if columns:
                canvas.line([(across, top), (across, bottom)], GRID, 1)
            canvas.text((across, bottom + 5), f"{x:g}", "mt", size=12)
        for y in ys:
            _, down = self.place((0, y))
            canvas.line([(left, down), (right, down)], GRID, 1)
            canvas.text((left - 7, down), f"{y:g}", "rm", size=12)
        canvas.text(((left + right) / 2, bottom + 36), title, size=12)
