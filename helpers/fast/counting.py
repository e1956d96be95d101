"""Counting: a picture as its different colors, each once, with the number of its pixels.

Every color is a whole number, its key: 65536 red + 256 green + blue. Equal keys stand side
by side once they are sorted.
"""

from typing import NamedTuple

import numpy as np

from helpers.doors import as_documented

STRIP = 2**14  # pixels at a time: few enough for the cache


class Counted(NamedTuple):
    """The colors of a picture, each once."""

    colors: np.ndarray  # (M, 3) float64 in [0, 1], sorted by red, then green, then blue
    counts: np.ndarray  # (M,) int64: pixels of that color
    inverse: np.ndarray  # (N,) intp: row of `colors` of every pixel, row by row


@as_documented
def count_colors(image):
    """List the different colors of a picture, and how often each occurs.

    Parameters
    ----------
    image : ndarray, shape (..., 3), uint8, or float in [0, 1]
        A float picture is rounded to 8 bits per channel, as `helpers.images.to_bytes`
        does: nothing is lost of a picture loaded from a file of 8 bits.

    Returns
    -------
    Counted
        ``colors[inverse]`` are the pixels again.
    """
    keys = keys_of(image)
    N = len(keys)
    packed = (keys.astype(np.int64) << 32) | np.arange(N)  # a key and its place in one number
    packed.sort()
    keys = packed >> 32
    is_first = np.append(True, keys[1:] != keys[:-1])
    first = np.flatnonzero(is_first)
    inverse = np.empty(N, dtype=np.intp)
    inverse[packed & (2**32 - 1)] = np.cumsum(is_first) - 1
    return Counted(unpacked(keys[first]), np.diff(first, append=N), inverse)


def keys_of(image):
    """The key of every pixel, (N,) int32."""
    X = np.asarray(image).reshape(-1, 3)
    keys = np.empty(len(X), dtype=np.int32)
    for start in range(0, len(X), STRIP):
        levels = X[start : start + STRIP]
        if levels.dtype != np.uint8:
            levels = np.rint(np.multiply(levels, 255, dtype=np.float64))
        keys[start : start + STRIP] = levels @ [65536.0, 256.0, 1.0]
    return keys


def counted(keys):
    """Distinct keys and their counts alone."""
    keys = np.sort(keys)
    first = np.append(0, np.flatnonzero(keys[1:] != keys[:-1]) + 1)
    return keys[first], np.diff(first, append=len(keys))


def occurring(numbers, among=2**24):
    """Which of the numbers from 0 to among - 1 occur, by a table of them all."""
    occurs = np.zeros(among, dtype=bool)
    occurs[numbers] = True
    return np.flatnonzero(occurs)


def spread(values, found, keys):
    """The values of colors, one for each pixel: `found` are the colors' keys."""
    table = np.empty(2**24, dtype=values.dtype)
    table[found] = values
    return table[keys]


def unpacked(keys, bits=8):
    """Keys as levels in [0, 1], shape (M, 3)."""
    levels = np.stack([keys >> 2 * bits, keys >> bits, keys]) & (2**bits - 1)
    return (levels / (2**bits - 1)).T  # each channel in one piece: so they are read
