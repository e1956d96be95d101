"""Pictures: the palette of one, and every pixel's number, in a single call."""

import numpy as np

from helpers.color import srgb_to_lab
from helpers.doors import as_documented
from helpers.fast.bounds import kmeans
from helpers.fast.counting import counted, keys_of, occurring, spread, unpacked
from helpers.fast.distances import Points
from helpers.fast.grids import (
    MANY,
    fine_enough,
    grids_for,
    nearest_by_cells,
    quick_palette,
)
from helpers.fast.starts import check_K, checked, every_color_used, kmeans_plus_plus

LARGE = 2**20  # pixels from which on a sample may be enough
RUNS, POLISH = 4, 10  # of K-means in Lab on coarse cells, and steps on fine ones after them
SAMPLE = 2**13  # pixels for each color of a palette that a sample is enough for


@as_documented
def cluster(image, start, rng=None, quick=False):
    """K-means on a picture: its colors counted, K-means on them, every pixel numbered.

    Parameters
    ----------
    image : ndarray, shape (..., 3), uint8, or float in [0, 1]
        As for `count_colors`.
    start : int, 1 to 4096, or array-like, shape (K, 3), values in [0, 1]
        K, for a start drawn with k-means++ (with ``quick``, the best of several, drawn from
        cells of colors); or the initial centroids themselves.
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
    if not np.ndim(start):
        start = kmeans_plus_plus(colors, counts, start, _generator(rng))
    return found, *kmeans(colors, counts, start)


def _quickly(keys, start, rng):
    """The colors that occur, and quick centroids and idx for them."""
    found, centroids = quick_centroids(keys, start, rng)
    idx = nearest_by_cells(found, centroids)
    if not np.bincount(idx, minlength=len(centroids)).all():
        centroids, idx, _ = every_color_used(Points(unpacked(found)), centroids)
    return found, centroids, idx


def quick_centroids(keys, start, rng=None, found=None):
    """The centroids of `cluster`, quick, for who has the keys of the pixels.

    Of a large picture with many colors, a sample finds them. Among next to as many as there are
    colors, one may be the nearest of none.

    Parameters
    ----------
    keys : ndarray, shape (N,), int32
        As from `keys_of`.
    start, rng
        As in `cluster`.
    found : ndarray, shape (M,), integers, optional
        The keys that occur, each once and sorted, if they are known.

    Returns
    -------
    found : ndarray, shape (M,), integers
    centroids : ndarray, shape (K, 3)

    Raises
    ------
    ValueError
        As in `cluster`.
    """
    K = len(start) if np.ndim(start) else start
    sample, found = _sample(keys, K, found)
    sampled, counts = counted(sample)
    colors = unpacked(sampled)
    if np.ndim(start):
        start = checked(start, colors)
    check_K(K, colors)
    centroids = quick_palette(grids_for(K, sampled, colors, counts), start, _generator(rng))
    return sampled if found is None else found, centroids


def _sample(keys, K, found=None):
    """Keys enough for a palette of K: all, or some if there are very many; then, which occur."""
    size = SAMPLE * max(K, 16)
    if len(keys) > max(LARGE, 2 * size):
        found = occurring(keys) if found is None else found
        if len(found) > MANY:  # at random: regular places could all fall on the lines of a grid
            return keys[np.random.default_rng(0).integers(len(keys), size=size)], found
    return keys, None


def lab_palette(keys, K, rng, found=None):
    """A palette by K-means in Lab: of some runs, the one whose colors are nearest to the eye.

    Parameters
    ----------
    keys, found
        As in `quick_centroids`.
    K : int, 1 to the number of colors that occur
    rng : numpy.random.Generator
        For the draws.

    Returns
    -------
    ndarray, shape (K, 3)
        Centroids in Lab.
    """
    found, counts = counted(_sample(keys, K, found)[0])
    coarse, *finer = fine_enough(grids_for(K, found, unpacked(found), counts), K)
    fine, runs = (finer or [coarse])[-1], []
    points, sizes = srgb_to_lab(coarse.means), coarse.sizes.astype(np.int64)
    for _ in range(RUNS):
        centroids, idx = kmeans(points, sizes, kmeans_plus_plus(points, sizes, K, rng))
        # What an eye sees is the distance; its square gives a few far colors too much weight.
        far = np.sqrt(((points - centroids[idx]) ** 2).sum(axis=1))
        runs.append((float((sizes * far).sum()), centroids))
    _, best = min(runs, key=lambda run: run[0])
    points, sizes = srgb_to_lab(fine.means), fine.sizes.astype(np.int64)
    return kmeans(points, sizes, best, max_iter=POLISH)[0]


def _generator(rng):
    """The one that is given, or one with seed 0."""
    return np.random.default_rng(0) if rng is None else rng
