"""Bounds: Lloyd's steps, exact, with the work skipped that can change nothing.

A color is looked at again only when the centroids may have used up the margin between its
two nearest: G. Hamerly, "Making k-means even faster", SDM 2010 (lesson 08). And only a color
that changes sides changes sums (08b).
"""

from typing import NamedTuple

import numpy as np

from helpers.doors import as_documented
from helpers.fast.distances import Points
from helpers.fast.starts import checked, every_color_used

BELOW = np.float32(1 - 2**-20)  # to stay on the safe side of a sum of float32


class Step(NamedTuple):
    """Where K-means stands."""

    centroids: np.ndarray  # (K, d) float64
    idx: np.ndarray  # (M,) int32: number of the nearest centroid of every color
    wcss: float  # sum over the pixels of the squared distance to their centroid


@as_documented
def kmeans(colors, counts, initial_centroids, tol=1e-4, max_iter=300):
    """K-means, exact: the assignments of plain Lloyd steps, with most work skipped.

    Parameters
    ----------
    colors : ndarray, shape (M, d)
        Each different color once, as from `count_colors`.
    counts : ndarray, shape (M,), integers, 1 or more
    initial_centroids : array-like, shape (K, d)
    tol : float, 0 or more
        Stop when the squared moves of all centroids together are at most ``tol`` times
        the mean variance of the channels, as scikit-learn does. 0: until nothing moves.
    max_iter : int, 0 or more

    Returns
    -------
    centroids : ndarray, shape (K, d)
    idx : ndarray, shape (M,), int32 in 0..K-1
        The nearest of these centroids for every color, the lowest number of several
        equally near; each number occurs. ``idx[inverse]`` is that of the pixels.

    Raises
    ------
    ValueError
        There are fewer than K colors.
    """
    *_, last = _runs(colors, counts, initial_centroids, tol, max_iter)
    return last.centroids, last.idx.astype(np.int32)


@as_documented
def steps(colors, counts, initial_centroids, tol=1e-4, max_iter=300):
    """The steps of `kmeans`, one at a time: stop whenever there is no time for more.

    Parameters
    ----------
    colors : ndarray, shape (M, d)
    counts : ndarray, shape (M,), integers, 1 or more
    initial_centroids : array-like, shape (K, d)
    tol : float, 0 or more
    max_iter : int, 0 or more
        All as in `kmeans`, its errors too.

    Yields
    ------
    Step
        First that of the initial centroids, then one after every move.
    """
    for now in _runs(colors, counts, initial_centroids, tol, max_iter):
        yield Step(now.centroids.copy(), now.idx.astype(np.int32), now.wcss())


def _runs(colors, counts, initial_centroids, tol, max_iter):
    """The same run again and again, each time a step further."""
    run = _Run(colors.astype(float, copy=False), counts, initial_centroids)
    limit = tol * run.variance() / run.scale**2
    yield run
    for _ in range(max_iter):
        moved = run.step()
        yield run
        if moved <= limit:
            return


class _Run:
    """K-means on its way."""

    def __init__(self, colors, counts, initial_centroids):
        self.centroids = checked(initial_centroids, colors)
        self.points = Points(colors)
        exact, self.scale = _exact(colors)
        self.weighted = np.vstack([counts, counts * exact])
        squares = zip(self.weighted[1:], exact, strict=True)
        self.squares = sum(float((w * x).sum()) for w, x in squares)  # of n |x|^2
        self._assign_all()

    def _assign_all(self):
        """Look at every color, and add up everything."""
        self.centroids, self.idx, self.ends = every_color_used(self.points, self.centroids)
        self.sums = sums_of(self.weighted, self.idx, len(self.centroids))  # times the scale
        self.used = np.zeros(len(self.centroids))  # what moves took from the margins so far

    def step(self):
        """Move the centroids: the sum of their squared moves, 0 if no color changes sides."""
        moved = (self.sums[1:] / (self.sums[0] * self.scale)).T
        shift = np.sqrt(((moved - self.centroids) ** 2).sum(axis=1))
        self.centroids = moved
        self.used += (shift + shift.max()) * (1 + 1e-12)  # what the nearest of the others may gain
        spent = np.minimum(self.used, 1e30).astype(np.float32)  # half the bytes to look up
        rows = np.flatnonzero(spent.take(self.idx) >= self.ends)
        own = self.idx.take(rows)
        margin, doubtful, now = self.points.look(moved, rows, own)
        was, own[doubtful] = own[doubtful], now
        self.ends[rows] = margin + (spent * BELOW).take(own)
        changed = now != was
        self._change(rows[doubtful[changed]], was[changed], now[changed])
        if not self.sums[0].all():
            self._assign_all()
            return np.inf
        return (shift**2).sum() if changed.any() else 0

    def _change(self, rows, was, now):
        """Let some colors change sides."""
        K = len(self.centroids)
        self.idx[rows] = now
        if self.scale == 1:
            self.sums = sums_of(self.weighted, self.idx, K)
        else:  # sums of whole numbers stay exact, however often they change
            part = self.weighted.take(rows, axis=1)
            self.sums += sums_of(part, now, K) - sums_of(part, was, K)

    def variance(self):
        """Mean over the channels of the variance of the pixels, times scale^2."""
        pixels, *totals = self.sums.sum(axis=1)
        squared_means = sum((total / pixels) ** 2 for total in totals)
        return max(self.squares / pixels - squared_means, 0) / len(totals)

    def wcss(self):
        """The sum of n |x - c|^2, which is that of n |x|^2 - 2 n x.c + n |c|^2."""
        c = self.scale * self.centroids
        wcss = self.squares - 2 * (self.sums[1:].T * c).sum() + self.sums[0] @ (c * c).sum(axis=1)
        return max(float(wcss), 0.0) / self.scale**2


def _exact(colors):
    """Channels of colors as whole levels, and 255; of other points as they are, and 1."""
    levels = np.empty(colors.shape[::-1])
    for row, channel in zip(levels, colors.T, strict=True):
        np.rint(channel * 255, out=row)
        if row.min() < 0 or row.max() > 255 or not np.array_equal(row / 255, channel):
            return colors.T, 1
    return levels, 255


def sums_of(weighted, idx, K):
    """Pixels and sums of each cluster, shape (1 + d, K)."""
    return np.stack([np.bincount(idx, weights=row, minlength=K) for row in weighted])
