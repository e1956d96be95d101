"""Dithering: many pixels at a time, and still the very picture of the lessons' loop.

Pixel (i, j) waits for its left neighbor and for three pixels of the row above, the last of
them (i - 1, j + 1). So all pixels with the same j + 2 i can be painted together: a line
that falls by one row on every two columns.
"""

import numpy as np

from helpers.codebook import FLOYD_STEINBERG
from helpers.color import squared_distances
from helpers.doors import as_documented

# A pixel gets two errors of the same line, from above right and from its left. The loop adds
# that of the row above first; it comes first here, too, so that no sum differs in a bit.
SHARES = sorted(FLOYD_STEINBERG, key=lambda share: share[0] == 0)
REACH = 1 + max(right + 2 * down for down, right, _ in SHARES)  # lines that a pixel changes


@as_documented
def dither(image, codebook):
    """`helpers.codebook.dither`, many times as fast.

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
    return codebook[idx]


@as_documented
def dither_steps(image, codebook, lines=150):
    """The same as numbers of colors, in steps: stop whenever there is no time for more.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    codebook : ndarray, shape (K, 3), values in [0, 1]
    lines : int, 1 or more
        How many falling lines to paint in a step.

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
    # A line and those that its errors reach are kept, in turns: a place for each row. What
    # is handed over an edge falls on places that are never read.
    kept = np.zeros((REACH, height + 1, 3))
    number = width + 2 * (height - 1)

    def along(line):
        """The rows that a line crosses, from first to last - 1, and where its pixels stand."""
        first, last = max(0, (line - width) // 2 + 1), min(height, line // 2 + 1)
        begin, step = line + first * (width - 2), max(width - 2, 1)
        return first, last, slice(begin, begin + (last - first - 1) * step + 1, step)

    def enter(line):
        first, last, places = along(line)
        kept[line % REACH, first:last] = pixels[places]

    for line in range(REACH - 1):
        enter(line)
    for line in range(number):
        enter(line + REACH - 1)  # the errors of this line are the first to reach it
        first, last, places = along(line)
        wanted = kept[line % REACH, first:last]
        numbers[places] = nearest = squared_distances(wanted, codebook).argmin(axis=1)
        error = wanted - codebook[nearest]
        for down, right, share in SHARES:
            target = kept[(line + right + 2 * down) % REACH, first + down : last + down]
            target += error * share / 16
        if (line + 1) % lines == 0 or line == number - 1:
            yield (line + 1) / number, idx
