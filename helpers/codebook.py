"""Palettes that someone else chose, and repainting a picture with a palette.

In vector quantization a palette is called a codebook, and each of its colors a code
word: the picture is sent as the numbers of code words.
"""

import numpy as np

from helpers.color import constant, from_hex, squared_distances
from helpers.doors import as_documented
from helpers.images import to_image, to_pixels


def _grid(levels):
    """Every color whose channels are all among the levels, red changing slowest."""
    return constant([[float(c) for c in (r, g, b)] for r in levels for g in levels for b in levels])


# The eight corners of the RGB cube: black, blue, green, cyan, red, magenta, yellow, white.
CUBE_CORNERS = _grid([0, 1])

# The four shades of a handheld game console of 1989, as its emulators draw them.
HANDHELD = constant([from_hex(name) for name in ("#0f380f", "#306230", "#8bac0f", "#9bbc0f")])

# The sixteen text colors of the IBM CGA and VGA displays, still those of a terminal.
TERMINAL = constant(
    [
        from_hex(name)
        for name in (
            "#000000 #0000aa #00aa00 #00aaaa #aa0000 #aa00aa #aa5500 #aaaaaa "
            "#555555 #5555ff #55ff55 #55ffff #ff5555 #ff55ff #ffff55 #ffffff"
        ).split()
    ]
)

# The 216 "web-safe" colors of the 1990s: six levels per channel, 0 to 255 in steps of 51.
WEB_SAFE = _grid(np.arange(6) / 5)

BLOCK = 4096  # pixels at a time: their distances to 64 colors stay in the processor's cache


@as_documented
def find_closest_centroids(X, centroids):
    """Number of the nearest color, for every pixel.

    Parameters
    ----------
    X : ndarray, shape (N, d), possibly none
    centroids : array-like, shape (K, d), nan included

    Returns
    -------
    idx : ndarray, shape (N,), int32 in 0..K-1
        The lowest number where several colors are equally near; a centroid that is nan (not
        a number) takes all pixels, as lesson 05 shows.
    """
    # In blocks, so that memory does not grow with N x K; the root would not change the smallest.
    idx = np.empty(len(X), dtype=np.int32)
    for start in range(0, len(X), BLOCK):
        block = X[start : start + BLOCK]
        idx[start : start + BLOCK] = squared_distances(block, centroids).argmin(axis=1)
    return idx


# Where the error of a painted pixel goes: rows down, columns to the right, sixteenths.
FLOYD_STEINBERG = ((0, 1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1))


@as_documented
def quantize(image, codebook):
    """Repaint a picture: every pixel takes the nearest color of the codebook.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    codebook : ndarray, shape (K, 3), values in [0, 1]

    Returns
    -------
    ndarray, shape (H, W, 3)
        A new picture, with at most K different colors.
    """
    height, width, _ = image.shape
    idx = find_closest_centroids(to_pixels(image), codebook)
    return to_image(codebook[idx], height, width)


@as_documented
def dither(image, codebook):
    """Repaint a picture so that small areas keep their mean color: no bands.

    From left to right and from top to bottom, every pixel takes the nearest color, and
    hands its error on to the neighbors that are not painted yet; what would fall over the
    edge is lost: R. W. Floyd and L. Steinberg, "An adaptive algorithm for spatial
    greyscale", Proceedings of the Society for Information Display 17 (1976).

    Parameters
    ----------
    image : ndarray, shape (H, W, d), values in [0, 1]
    codebook : ndarray, shape (K, d), values in [0, 1]

    Returns
    -------
    ndarray, shape (H, W, d)
        A new picture, with at most K different colors.
    """
    painted = np.array(image, dtype=float)  # a copy, in which the errors travel
    height, width, _ = painted.shape
    for i in range(height):
        for j in range(width):
            wanted = painted[i, j].copy()
            nearest = ((codebook - wanted) ** 2).sum(axis=1).argmin()  # nearest_color, no door
            painted[i, j] = codebook[nearest]
            error = wanted - painted[i, j]
            for down, right, share in FLOYD_STEINBERG:
                if i + down < height and 0 <= j + right < width:
                    painted[i + down, j + right] += error * share / 16
    return painted
