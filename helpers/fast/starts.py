"""Starts: where K-means begins, and where a centroid goes that has lost its colors."""

import numpy as np

from helpers.doors import as_documented, too_few_colors
from helpers.kmeans import farthest_pixel


@as_documented
def kmeans_plus_plus(colors, counts, K, rng):
    """Draw K colors to start from: `helpers.kmeans.kmeans_plus_plus` for counted colors.

    Parameters
    ----------
    colors : ndarray, shape (M, d)
        Different from one another.
    counts : ndarray, shape (M,), integers, 1 or more
    K : int, 1 to 4096
    rng : numpy.random.Generator

    Returns
    -------
    centroids : ndarray, shape (K, d)
        Distinct rows of colors, copied. The chance to be drawn is proportional to the count
        times the squared distance to the nearest color taken so far.

    Raises
    ------
    ValueError
        There are fewer than K colors.
    """
    check_K(K, colors)
    channels = np.ascontiguousarray(colors.T)

    def squared_to(rows):
        return sum((channel - channel[rows, None]) ** 2 for channel in channels)

    return colors[drawn(counts, K, rng, squared_to)]


def drawn(counts, K, rng, squared_to, tries=1):
    """Rows of K colors, drawn by what tells the squared distances of all to those of some rows."""
    # Of several draws for a place, the one that leaves the smallest WCSS is taken. Bad starts are
    # rare then: D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful seeding",
    # SODA 2007.
    chances = counts = np.array(counts, dtype=float)
    nearest, taken = np.inf, []
    for k in range(K):
        if not chances.any():  # the rest are colors that were taken
            raise too_few_colors(K, k)
        summed = np.cumsum(chances)
        rows = np.searchsorted(summed, rng.random(tries) * summed[-1], side="right")
        nearer = np.minimum(nearest, squared_to(rows))
        best = (nearer @ counts).argmin()
        taken.append(rows[best])
        nearest = nearer[best]
        chances = counts * nearest
    return taken


def check_K(K, colors):
    """Refuse a K that these colors can't serve."""
    if not 1 <= K <= len(colors):
        raise too_few_colors(K, len(colors))


def checked(initial_centroids, colors):
    """Initial centroids as an array of their own, after a look at how many they are."""
    check_K(len(initial_centroids), colors)
    return np.array(initial_centroids, dtype=float)


def every_color_used(points, centroids):
    """Centroids, idx and margins, lost colors moved as in `helpers.kmeans.use_every_color`."""
    while True:
        idx, margin = points.nearest_and_margin(centroids)
        lost = np.flatnonzero(np.bincount(idx, minlength=len(centroids)) == 0)
        if not len(lost):
            return centroids, idx, margin
        row, squared = farthest_pixel(points.colors, centroids)
        if squared == 0:
            K = len(centroids)
            raise too_few_colors(K, K - len(lost))
        centroids = centroids.copy()
        centroids[lost[0]] = points.colors[row]
