"""A collection of photographs too large for memory: made by number, counted, added up.

The counts of a picture are one array of shape (M, 2), whole numbers: a row for each
different color, first the color's number, then how many pixels have it, sorted by the
color's number. With ``bits`` bits for each channel, red r, green g and blue b have the
number ``r * 4**bits + g * 2**bits + b``. That is all that K-means needs to know of a
picture, and the counts of two pictures add up: workers count, and only counts travel.

NumPy, `helpers.images` and what it imports are all that a worker needs.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np

from helpers import images
from helpers.doors import as_documented

SHAPE = (512, 768)  # of every picture of the collection: 0.4 million pixels
PHOTOGRAPHS = ("tulips", "harbour_dusk", "pencils")
FINE = 16  # steps of light and noise between two levels of 8 bits
NOISE = 4 * FINE  # from the darkest noise to the brightest
STRIP = 16  # rows at a time


class Batch(NamedTuple):
    """What a worker sends back about its share of a collection."""

    counts: np.ndarray  # (M, 2) int64: of all its pictures together
    pictures: int  # how many were counted
    broken: list  # pairs of str: the name of each that can't be read, and why


@lru_cache(maxsize=1)
def _photographs():
    return [images.to_bytes(images.load_photo(name)) for name in PHOTOGRAPHS]


@as_documented
def picture(number):
    """Make a picture of the collection: a part of a photograph, in another light, with noise.

    Parameters
    ----------
    number : int, 0 or more
        The same number gives the same picture, on every machine.

    Returns
    -------
    photo : ndarray, shape (512, 768, 3), uint8
    """
    rng = np.random.default_rng([16, number])
    photograph = _photographs()[rng.integers(len(PHOTOGRAPHS))]
    height = int(rng.integers(SHAPE[0] // 2, SHAPE[0] + 1))
    width = height * SHAPE[1] // SHAPE[0]
    rows = np.arange(SHAPE[0]) * height // SHAPE[0] + rng.integers(SHAPE[0] - height + 1)
    columns = np.arange(SHAPE[1]) * width // SHAPE[1] + rng.integers(SHAPE[1] - width + 1)
    columns = columns[:: rng.choice([-1, 1])]
    exposure = rng.uniform(0.7, 1.15) * rng.uniform(0.93, 1.07, 3)  # of each channel
    curve = np.linspace(0, 1, 256) ** rng.uniform(0.8, 1.25)
    light = np.rint(np.minimum(np.outer(exposure, curve), 1) * 255 * FINE).astype(np.int16)
    photo = np.empty((*SHAPE, 3), dtype=np.uint8)
    for top in range(0, SHAPE[0], STRIP):  # small arrays: fetching memory takes time, too
        part = photograph.take(rows[top : top + STRIP], axis=0).take(columns, axis=1)
        noise = np.frombuffer(rng.bytes(part.size), dtype=np.uint8).reshape(part.shape) % NOISE
        for channel in range(3):
            levels = light[channel].take(part[:, :, channel])
            levels += noise[:, :, channel]
            levels = np.clip(levels - NOISE // 2, 0, 255 * FINE) // FINE
            photo[top : top + STRIP, :, channel] = levels
    return photo


@as_documented
def count_photo(photo, bits=8):
    """Count the colors of one picture.

    Parameters
    ----------
    photo : ndarray, shape (H, W, 3), uint8, or float in [0, 1]
        A float picture is rounded to 8 bits first, as `helpers.images.to_bytes` does.
    bits : int, 1 to 8
        Of each channel's 8 bits, the first so many are looked at: with 5, eight levels
        count as one, and no picture has more than 32,768 colors.

    Returns
    -------
    counts : ndarray, shape (M, 2), int64
    """
    if photo.dtype != np.uint8:
        photo = images.to_bytes(photo)
    levels = photo >> np.uint8(8 - bits)
    number = levels[:, :, 0].astype(np.uint32)
    for channel in (1, 2):
        number <<= np.uint32(bits)
        number |= levels[:, :, channel]
    if 8**bits <= number.size:  # a table of all colors is quicker than sorting the pixels
        table = np.bincount(number.ravel())
        colors = np.flatnonzero(table)
        pixels = table[colors]
    else:
        colors, pixels = np.unique(number, return_counts=True)
    return np.stack([colors, pixels], axis=1).astype(np.int64)


@as_documented
def add_counts(a, b):
    """Put the counts of two pictures, or of two heaps of pictures, together.

    Parameters
    ----------
    a : ndarray, shape (M, 2), possibly none, integers, 0 or more
    b : ndarray, shape (L, 2), possibly none, integers, 0 or more
        Each color at most once. No picture at all has shape (0, 2).

    Returns
    -------
    counts : ndarray, shape (between max(M, L) and M + L, 2), int64
        Exact while no color has more than 2^53 pixels.
    """
    both = np.concatenate([a, b])
    colors, row = np.unique(both[:, 0], return_inverse=True)
    pixels = np.bincount(row, weights=both[:, 1])
    return np.stack([colors, pixels.astype(np.int64)], axis=1)


def nothing():
    """The counts of no picture: what adding up begins with.

    Returns
    -------
    counts : ndarray, shape (0, 2), int64
    """
    return np.zeros((0, 2), dtype=np.int64)


@as_documented
def colors_of(counts, bits=8):
    """The colors that were counted, for `helpers.fast.kmeans`.

    Parameters
    ----------
    counts : ndarray, shape (M, 2), possibly none, integers, 0 or more
    bits : int, 1 to 8
        As they were counted.

    Returns
    -------
    colors : ndarray, shape (M, 3), float64 in [0, 1]
        With 8 bits the colors themselves; with fewer, the middle of the levels that count
        as one.
    pixels : ndarray, shape (M,), int64

    Raises
    ------
    ValueError
        A color's number is too large for these bits.
    """
    number, pixels = counts.astype(np.int64).T
    if len(counts) and number.max() >= 8**bits:
        raise ValueError(f"These colors were not counted with {bits} bits: {number.max()}.")
    levels = np.stack([number >> 2 * bits, number >> bits, number], axis=1) & (2**bits - 1)
    width = 2 ** (8 - bits)
    return (levels * width + (width - 1) / 2) / 255, pixels


@as_documented
def count_batch(sources, bits=8, load=picture):
    """Count some pictures of a collection, one after the other: a worker's share.

    Parameters
    ----------
    sources : iterable
        Numbers of pictures; or paths, with ``load=helpers.images.load_image``.
    bits : int, 1 to 8
    load : callable
        ``load(source)`` gives a picture, or raises `ValueError` or `OSError` if it can't.

    Returns
    -------
    Batch
        A picture that can't be read is skipped and reported. Memory holds one picture.
    """
    counts, pictures, broken = nothing(), 0, []
    for source in sources:
        try:
            photo = load(source)
        except (ValueError, OSError) as error:
            broken.append((str(source), str(error)))
            continue
        counts = add_counts(counts, count_photo(photo, bits))
        pictures += 1
    return Batch(counts, pictures, broken)


@as_documented
def batches(sources, size=25):
    """Cut a collection into shares.

    Parameters
    ----------
    sources : sequence
    size : int, 1 or more
        Pictures in each share; the last may have fewer.

    Returns
    -------
    list of sequence
    """
    return [sources[start : start + size] for start in range(0, len(sources), size)]
