"""Pictures: the palette of one in a single call, or within so much time."""

import time

import numpy as np

from helpers.doors import as_documented
from helpers.fast.bounds import kmeans, steps
from helpers.fast.counting import SORTED, counted, keys_of, occurring, pixels_of, spread, unpacked
from helpers.fast.distances import Points
from helpers.fast.grids import MANY, Cells, coarse_cells, grids_for, nearest_by_cells, quick_palette
from helpers.fast.starts import every_color_used, given_or_drawn, kmeans_plus_plus

SAMPLE = 2**13  # pixels for each color of a palette that a sample is enough for


@as_documented
def cluster(image, start, rng=None, quick=False):
    """K-means on a picture: its colors counted, K-means on them, every pixel numbered.

    Parameters
    ----------
    image : ndarray, shape (..., 3), uint8, or float in [0, 1]
        As for `count_colors`.
    start : int, 1 to 4096, or array-like, shape (K, 3), values in [0, 1]
        K, for a start drawn with k-means++; or the initial centroids themselves.
    rng : numpy.random.Generator, optional
        For the draws. Without one, a generator with seed 0.
    quick : bool
        False: `kmeans`, the steps of plain Lloyd. True: `quick_kmeans`, as good, sooner.

    Returns
    -------
    centroids : ndarray, shape (K, 3)
    idx : ndarray, shape (...), int32 in 0..K-1
        The nearest of these centroids for every pixel, the lowest number of several
        equally near; each number occurs.

    Raises
    ------
    ValueError
        The picture has fewer than K colors, or the centroids are not K finite colors.
    """
    keys = keys_of(image)
    found, centroids, idx = (_quickly if quick else _exactly)(keys, start, rng)
    idx = idx.astype(np.min_scalar_type(int(idx.max())))  # a smaller table is a quicker one
    return centroids, spread(idx, found, keys).astype(np.int32).reshape(np.shape(image)[:-1])


def _exactly(keys, start, rng):
    """The colors that occur, and centroids and idx for them."""
    found, counts = counted(keys)
    colors = unpacked(found)
    return found, *kmeans(colors, counts, given_or_drawn(start, colors, counts, rng))


def _quickly(keys, start, rng):
    """The same, quick: of a large picture with many colors, a sample is enough to find the
    centroids. It is drawn at random: pixels at regular places could all fall on the lines
    of a grid."""
    K = len(start) if np.ndim(start) else start
    found, sample, size = None, keys, SAMPLE * max(K, 16)
    if len(keys) > max(SORTED, 2 * size):
        found = occurring(keys)
        if len(found) > MANY:
            sample = keys[np.random.default_rng(0).integers(len(keys), size=size)]
    sampled, counts = counted(sample)
    colors = unpacked(sampled)
    centroids = given_or_drawn(start, colors, counts, rng)
    centroids = quick_palette(grids_for(K, sampled, colors, counts), centroids)
    found = sampled if found is None else found
    idx = nearest_by_cells(found, centroids)
    if not np.bincount(idx, minlength=K).all():
        centroids, idx, _ = every_color_used(Points(unpacked(found)), centroids)
    return found, centroids, idx


@as_documented
def palette_within(image, K, seconds, rng=None):
    """The best palette of K colors that there is time for.

    Parameters
    ----------
    image : ndarray, shape (..., 3), uint8, or float in [0, 1]
        As for `count_colors`.
    K : int, 1 to 4096
    seconds : float, 0 or more
        Stop when the next, longer attempt would not be done by then. The first one is
        always made: of a photograph some thousand pixels, less than 10 milliseconds for
        64 colors.
    rng : numpy.random.Generator, optional
        For the draws. Without one, a generator with seed 0.

    Returns
    -------
    ndarray, shape (K, 3)
        How good it is depends on the machine, as always where a clock decides.

    Raises
    ------
    ValueError
        The picture has fewer than K colors.
    """
    rng = np.random.default_rng(0) if rng is None else rng
    begun = time.perf_counter()
    ended, last = begun, 0.0
    for palette in _better_and_better(pixels_of(image), K, rng):  # noqa: B007, the last one
        now = time.perf_counter()
        ended, last = now, now - ended
        if now + 3 * last > begun + seconds:  # that long the next may take
            break
    return palette


def _better_and_better(X, K, rng):
    """Palettes for pixels, each of more of them, or with more steps, than the last."""
    centroids = None
    for pixels in (2**13, 2**16):
        if pixels > len(X) // 2:
            break
        found, counts = counted(keys_of(X[rng.integers(len(X), size=pixels)]))
        cells = Cells(*coarse_cells(found, unpacked(found), counts, 5))
        if len(cells.means) < 2 * K:
            continue
        if centroids is None:
            centroids = cells.lloyd(kmeans_plus_plus(cells.means, cells.sizes, K, rng), 4)
            yield centroids
        centroids = cells.relocated(cells.lloyd(centroids, 2))
        yield centroids
    found, counts = counted(keys_of(X))
    colors = unpacked(found)
    if centroids is None:
        centroids = kmeans_plus_plus(colors, counts, K, rng)
    centroids = quick_palette(grids_for(K, found, colors, counts), centroids)
    yield centroids
    for step in steps(colors, counts, centroids, 1e-6):
        yield step.centroids
