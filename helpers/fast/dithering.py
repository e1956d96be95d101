"""Dithering: many pixels at a time, and still the very picture of the lessons' loop.

Pixel (i, j) waits for its left neighbor and for three pixels of the row above, the last of
them (i - 1, j + 1). So all pixels with the same j + 2 i can be painted together: a line
that falls by one row on every two columns.
"""

import numpy as np

from helpers.codebook import FLOYD_STEINBERG
from helpers.color import squared_distances

# In the loop over pixels, the one below left is reached from the row above, so before the
# one at the right: errors are added in the same order, and are the same to the last bit.
SHARES = sorted(FLOYD_STEINBERG, key=lambda share: share[0] == 0)
REACH = 1 + max(right + 2 * down for down, right, _ in SHARES)  # lines that a pixel changes


def dither(image, codebook):
    """`helpers.codebook.dither`, some forty times as fast.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    codebook : ndarray, shape (K, 3), values in [0, 1]

    Returns
    -------
    ndarray, shape (H, W, 3)
        Equal to that of the lessons' loop, to the last bit.
    """
    *_, (_, idx) = dither_steps(image, codebook)
    return np.asarray(codebook, dtype=float)[idx]


def dither_steps(image, codebook, lines=150):
    """The same as numbers of colors, in steps: stop whenever there is no time for more.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    codebook : ndarray, shape (K, 3), values in [0, 1]
    lines : int
        How many falling lines to paint in a step.

    Yields
    ------
    share : float
        How much has been painted, 0 to 1.
    idx : ndarray, shape (H, W), int32
        Numbers of the colors; complete when the share is 1. The same array each time.
    """
    height, width, _ = image.shape
    codebook = np.asarray(codebook, dtype=float)
    idx = np.zeros((height, width), dtype=np.int32)
    # Row i of line l is pixel (i, l - 2 i). A line and those that its errors reach are kept,
    # in turns; what is handed over an edge falls on places that are never read.
    kept = np.zeros((REACH, height + 1, 3))
    number = width + 2 * (height - 1)

    def rows_of(line):
        return max(0, (line - width) // 2 + 1), min(height, line // 2 + 1)

    def fetch(line):
        first, last = rows_of(line)
        rows = np.arange(first, last)
        kept[line % REACH, first:last] = image[rows, line - 2 * rows]

    for line in range(REACH - 1):
        fetch(line)
    for line in range(number):
        fetch(line + REACH - 1)
        first, last = rows_of(line)
        wanted = kept[line % REACH, first:last]
        nearest = squared_distances(wanted, codebook).argmin(axis=1)
        error = wanted - codebook[nearest]
        rows = np.arange(first, last)
        idx[rows, line - 2 * rows] = nearest
        for down, right, share in SHARES:
            target = kept[(line + right + 2 * down) % REACH, first + down : last + down]
            target += error * share / 16
        if (line + 1) % lines == 0 or line == number - 1:
            yield (line + 1) / number, idx
