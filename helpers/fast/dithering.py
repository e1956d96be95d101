"""Dithering: many pixels at a time, and still the very picture of the lessons' loop.

Pixel (i, j) waits for its left neighbor and for three pixels of the row above, the last of
them (i - 1, j + 1). So all pixels with the same j + 2 i can be painted together: a line
that falls by one row on every two columns.

The nearest color of each comes from a product in float32, as in `distances`; where two colors
are so close that rounding could have decided, the lessons' arithmetic does.
"""

import numpy as np

from helpers.codebook import FLOYD_STEINBERG
from helpers.color import constant
from helpers.doors import as_documented
from helpers.fast.distances import PRODUCT, ROUNDING
from helpers.images import to_bytes

# A pixel gets two errors of the same line, from above right and from its left. The loop adds
# that of the row above first; it comes first here, too, so that no sum differs in a bit.
SHARES = sorted(FLOYD_STEINBERG, key=lambda share: share[0] == 0)
SIXTEENTHS = constant([[[float(share)]] for *_, share in SHARES])
REACH = 1 + max(right + 2 * down for down, right, _ in SHARES)  # lines that a pixel changes
MIDDLE = 0.5  # of a channel: from here numbers are small, and round less


@as_documented
def dither(image, codebook):
    """`helpers.codebook.dither`, many times as fast.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), uint8, or float in [0, 1]
    codebook : ndarray, shape (K, 3), values in [0, 1]

    Returns
    -------
    ndarray, shape (H, W, 3)
        Equal to that of the lessons' loop, to the last bit; of a picture in bytes, in bytes.
    """
    *_, (_, idx) = dither_steps(image, codebook)
    colors = to_bytes(codebook) if image.dtype == np.uint8 else codebook
    painted = np.empty(image.shape, dtype=colors.dtype)
    for numbers, row in zip(idx, painted, strict=True):  # at once, NumPy would copy the numbers
        row[:] = colors[numbers]
    return painted


@as_documented
def dither_steps(image, codebook, lines=150, clip=False):
    """The same as numbers of colors, in steps: stop whenever there is no time for more.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), uint8, or float in [0, 1]
    codebook : ndarray, shape (K, 3), values in [0, 1]
    lines : int, 1 or more
        How many falling lines to paint in a step.
    clip : bool
        Whether what a pixel wants is cut to [0, 1] before its color is looked for, as in an
        open problem of lesson 07. Where no mixture reaches, errors then don't pile up.

    Yields
    ------
    share : float
        How much has been painted, 0 to 1.
    idx : ndarray, shape (H, W), int32
        Numbers of the colors; complete when the share is 1. The same array each time.
    """
    height, width, _ = image.shape
    idx = np.zeros((height, width), dtype=np.int32)
    pixels, numbers = image.reshape(-1, 3), idx.reshape(-1)
    palette = _Palette(codebook)
    # A line and those that its errors reach are kept, in turns: a column for each row. What
    # is handed over an edge falls on places that are never read.
    kept = np.zeros((REACH, 3, height + 1))
    white = 255.0 if image.dtype == np.uint8 else 1.0
    number = width + 2 * (height - 1)

    def along(line):
        """The rows that a line crosses, from first to last - 1, and where its pixels stand."""
        first, last = max(0, (line - width) // 2 + 1), min(height, line // 2 + 1)
        begin, step = line + first * (width - 2), max(width - 2, 1)
        return first, last, slice(begin, begin + (last - first - 1) * step + 1, step)

    def enter(line):
        first, last, places = along(line)
        np.divide(pixels[places].T, white, out=kept[line % REACH, :, first:last])

    for line in range(REACH - 1):
        enter(line)
    for line in range(number):
        enter(line + REACH - 1)  # the errors of this line are the first to reach it
        first, last, places = along(line)
        wanted = kept[line % REACH, :, first:last]
        if clip:
            np.clip(wanted, 0, 1, out=wanted)
        numbers[places] = nearest = palette.nearest(wanted)
        parts = (wanted - palette.colors.take(nearest, axis=1)) * SIXTEENTHS
        parts *= 1 / 16
        for (down, right, _), part in zip(SHARES, parts, strict=True):
            target = kept[(line + right + 2 * down) % REACH, :, first + down : last + down]
            target += part
        if (line + 1) % lines == 0 or line == number - 1:
            yield (line + 1) / number, idx


class _Palette:
    """A palette's colors, ready to be compared with many wanted values."""

    def __init__(self, codebook):
        K = len(codebook)
        self.colors = np.ascontiguousarray(codebook.T, dtype=float)
        # |x - c|^2 without |x|^2, which changes no order: x times -2 c, and 1 times |c|^2.
        c = self.colors - MIDDLE
        self.factors = np.vstack([-2 * c, (c * c).sum(axis=0)]).astype(np.float32)
        self.slope = 2 * float(np.abs(c).sum(axis=0).max())
        self.height = float((c * c).sum(axis=0).max())
        self.most = max(PRODUCT // (4 * K), 1)  # values at a time
        self.rows = np.ones((4, self.most), dtype=np.float32)
        self.scores = np.empty((self.most, K), dtype=np.float32)
        self.firsts = K * np.arange(self.most)

    def nearest(self, wanted):
        """Number of the nearest color for each column of (3, n), the lowest of equally near."""
        found = np.empty(wanted.shape[1], dtype=np.intp)
        for start in range(0, len(found), self.most):
            part = slice(start, start + self.most)
            self._find(wanted[:, part], found[part])
        return found

    def _find(self, wanted, found):
        n = len(found)
        rows, scores = self.rows[:, :n], self.scores[:n]
        rows[:3] = wanted
        rows[:3] -= MIDDLE
        np.matmul(rows.T, self.factors, out=scores).argmin(axis=1, out=found)
        flat, firsts = scores.reshape(-1), self.firsts[:n]
        places = found + firsts
        own = flat.take(places)
        flat[places] = np.inf
        gap = flat.take(scores.argmin(axis=1) + firsts)  # to the second: sooner than `min`
        gap -= own
        close = (~(gap > self._rounding(np.abs(rows).max()))).nonzero()[0]  # NaN is, too
        if len(close):
            found[close] = self._compared(wanted[:, close])

    def _rounding(self, reach):
        """How close two scores may be, so that rounding decides: theirs, or the loop's squares'."""
        # Of two scores, each rounds nine times on its way at most; of two squared distances in
        # float64 (to 2^-53, about ROUNDING squared), each six times.
        reach = float(reach)
        scores, squares = reach * self.slope + self.height, (reach + self.slope) ** 2
        return 20 * ROUNDING * scores + 4 * ROUNDING**2 * squares

    def _compared(self, wanted):
        """The same by the arithmetic of the loop: all squared distances."""
        red, green, blue = (wanted[:, :, None] - self.colors[:, None]) ** 2
        return (red + green + blue).argmin(axis=1)
