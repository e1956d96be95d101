"""K-means as the lessons teach it: assign, update, repeat.

Everything works for pixels of any number of channels d, changes no argument, and
draws randomness only from the ``rng`` that it is given.
"""

import numpy as np

from helpers import doors
from helpers.codebook import BLOCK, find_closest_centroids
from helpers.color import keys, squared_distances
from helpers.doors import as_documented


@as_documented
def farthest_pixel(X, centroids):
    """The pixel that the centroids serve worst, and how badly.

    Parameters
    ----------
    X : ndarray, shape (N, d)
    centroids : ndarray, shape (K, d)

    Returns
    -------
    row : int in 0..N-1
        The lowest of several that are equally far.
    squared_distance : float
        From that pixel to its nearest centroid; 0 if every pixel is a centroid.
    """
    nearest = _to_the_nearest(X, centroids)
    row = int(nearest.argmax())
    return row, float(nearest[row])


def _to_the_nearest(X, centroids):
    """Squared distance of every pixel to its nearest centroid, a block of pixels at a time."""
    blocks = (X[start : start + BLOCK] for start in range(0, len(X), BLOCK))
    return np.concatenate([squared_distances(block, centroids).min(axis=1) for block in blocks])


@as_documented
def compute_centroids(X, idx, K):
    """Move every color to the mean of its pixels.

    Parameters
    ----------
    X : ndarray, shape (N, d)
    idx : ndarray, shape (N,), integers in 0..K-1
    K : int, 1 to 4096

    Returns
    -------
    centroids : ndarray, shape (K, d), float64
        A color without pixels goes to the pixel that the others serve worst, so there
        is never a NaN.
    """
    centroids = np.empty((K, X.shape[1]))
    pixels = np.bincount(idx, minlength=K)
    used, lost = np.flatnonzero(pixels), np.flatnonzero(pixels == 0)
    for k in used:  # a channel at a time: a cluster may be almost the whole picture
        centroids[k] = [channel[idx == k].mean(dtype=float) for channel in X.T]
    if len(lost):
        nearest = _to_the_nearest(X, centroids[used])
    for k in lost:
        centroids[k] = X[nearest.argmax()]
        nearest = np.minimum(nearest, squared_distances(X, centroids[k : k + 1])[:, 0])
    return centroids


@as_documented
def kmeans_init_centroids(X, K, rng):
    """Draw K pixels of different colors, at random, to start from.

    Parameters
    ----------
    X : ndarray, shape (N, d)
    K : int, 1 to 4096
    rng : numpy.random.Generator

    Returns
    -------
    centroids : ndarray, shape (K, d)
        Distinct rows of X, copied. A color that fills more of the picture is drawn
        more often.

    Raises
    ------
    ValueError
        X has fewer than K different colors.
    """
    centroids = []
    left = np.ones(len(X), dtype=bool)  # pixels whose color has not been drawn yet
    for k in range(K):
        if not left.any():
            raise doors.too_few_colors(K, k)
        centroids.append(X[rng.choice(np.flatnonzero(left))])
        left &= (X != centroids[k]).any(axis=1)
    return np.array(centroids, dtype=float)


@as_documented
def run_kmeans(X, initial_centroids, max_iters=10):
    """Assign and update until nothing moves, or max_iters times: S. P. Lloyd, "Least squares
    quantization in PCM", IEEE Transactions on Information Theory 28 (1982).

    Parameters
    ----------
    X : ndarray, shape (N, d)
    initial_centroids : array-like, shape (K, d)
    max_iters : int, 0 or more

    Returns
    -------
    centroids : ndarray, shape (K, d)
    idx : ndarray, shape (N,), integers in 0..K-1
        The nearest of these centroids for every pixel; each number occurs, for a color
        that loses its pixels, even at the start, is moved at once.

    Raises
    ------
    ValueError
        X has fewer than K different colors.
    """
    centroids = np.array(initial_centroids, dtype=float)  # a copy: the caller keeps its own
    centroids, idx = use_every_color(X, centroids, find_closest_centroids(X, centroids))
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            break
        centroids, idx = use_every_color(X, moved, find_closest_centroids(X, moved))
    return centroids, idx


@as_documented
def use_every_color(X, centroids, idx):
    """Give pixels to colors that have none, and leave everything else as it is.

    Each goes to the pixel that all the colors serve worst, so the WCSS falls.

    Parameters
    ----------
    X : ndarray, shape (N, d)
    centroids : ndarray, shape (K, d)
    idx : ndarray, shape (N,), integers in 0..K-1

    Returns
    -------
    centroids, idx
        The same arrays if every color had pixels, new ones otherwise.

    Raises
    ------
    ValueError
        X has fewer than K different colors.
    """
    K = len(centroids)
    while lost := [k for k in range(K) if not (idx == k).any()]:
        row, squared_distance = farthest_pixel(X, centroids)
        if squared_distance == 0:
            raise doors.too_few_colors(K, K - len(lost))
        centroids = centroids.copy()
        centroids[lost[0]] = X[row]
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@as_documented
def wcss(X, centroids, idx):
    """Within-cluster sum of squares: what K-means makes small.

    Parameters
    ----------
    X : ndarray, shape (N, d)
    centroids : ndarray, shape (K, d)
    idx : ndarray, shape (N,), integers in 0..K-1

    Returns
    -------
    float, 0 or more
        The sum over k, and over the pixels x of cluster k, of |x - c_k|^2. Divided by
        N x d it is the mean squared error.
    """
    return float(sum(((X[idx == k] - c) ** 2).sum() for k, c in enumerate(centroids)))


@as_documented
def kmeans_plus_plus(X, K, rng):
    """Draw K pixels to start from, each with a chance that grows with its distance.

    Parameters
    ----------
    X : ndarray, shape (N, d)
    K : int, 1 to 4096
    rng : numpy.random.Generator

    Returns
    -------
    centroids : ndarray, shape (K, d)
        Distinct rows of X, copied. The chance of each is proportional to the squared distance
        to the nearest color drawn so far: D. Arthur and S. Vassilvitskii, "k-means++: the
        advantages of careful seeding", SODA 2007.

    Raises
    ------
    ValueError
        X has fewer than K different colors.
    """
    centroids = [X[rng.integers(len(X))]]
    nearest = squared_distances(X, np.array(centroids))[:, 0]
    for k in range(1, K):
        if not nearest.any():
            raise doors.too_few_colors(K, k)
        centroids.append(X[rng.choice(len(X), p=nearest / nearest.sum())])
        nearest = np.minimum(nearest, squared_distances(X, np.array(centroids[-1:]))[:, 0])
    return np.array(centroids, dtype=float)


@as_documented
def count_colors(image):
    """List the different colors of a picture, and how many pixels have each.

    `helpers.fast.count_colors` gives the same, sooner.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
        Rounded to 8 bits per channel, which loses nothing of a picture from a file.

    Returns
    -------
    colors : ndarray, shape (M, 3)
        Each different color once, sorted by red, then green, then blue.
    counts : ndarray, shape (M,), integers
        Pixels of that color.
    inverse : ndarray, shape (N,), integers in 0..M-1
        Row of ``colors`` of every pixel: ``colors[inverse]`` are the pixels again.
    """
    key, inverse, counts = np.unique(keys(image), return_inverse=True, return_counts=True)
    colors = np.stack([key // 65536, key // 256 % 256, key % 256], axis=1) / 255
    return colors, counts, inverse


@as_documented
def weighted_centroids(colors, counts, idx, K):
    """Move every centroid to the mean of its pixels, which come as colors with counts.

    Parameters
    ----------
    colors : ndarray, shape (M, d)
    counts : ndarray, shape (M,), integers, 1 or more
        Pixels of each color.
    idx : ndarray, shape (M,), integers in 0..K-1
    K : int, 1 to 16777216

    Returns
    -------
    centroids : ndarray, shape (K, d), float64
        A centroid without colors goes to 0, so there is never a NaN.
    """
    pixels = np.bincount(idx, weights=counts, minlength=K)
    sums = [np.bincount(idx, weights=counts * channel, minlength=K) for channel in colors.T]
    return np.stack(sums, axis=1) / np.maximum(pixels, 1)[:, None]
