"""Slider: the palettes of one picture, counted once, then any K in milliseconds."""

from typing import NamedTuple

import numpy as np

from helpers.doors import as_documented, whole
from helpers.fast.bounds import steps
from helpers.fast.counting import count_colors, keys_of
from helpers.fast.distances import Points
from helpers.fast.grids import grids_for
from helpers.fast.starts import check_K, every_color_used

WORK = 2**21  # distances that a quick answer may spend on each grid of cells


class Answer(NamedTuple):
    """A palette and the picture painted with it."""

    centroids: np.ndarray  # (K, 3) float64 in [0, 1]
    idx: np.ndarray  # (H, W) int32: number of the nearest centroid of every pixel
    mse: float  # mean squared error over all pixels and channels


class Palettes:
    """The palettes of one picture for a slider: count once, then any K in milliseconds.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3)
        As for `count_colors`.
    largest : int, 1 to 512
        The largest K to get ready for; a larger one takes longer when first asked for.
    """

    def __init__(self, image, largest=64):
        largest = whole("largest", largest, 1, 512)
        self.shape = np.shape(image)[:-1]
        self.colors, self.counts, self.inverse = count_colors(image)
        # The same grids for every K: its palette must not depend on the largest.
        *_, self.cells, self.fine = grids_for(64, keys_of(self.colors), self.colors, self.counts)
        self.points = Points(np.rint(self.colors * 255))  # whole levels: ties stay ties
        self._starts = [None, (self.counts @ self.colors / self.counts.sum())[None]]
        self._grow(min(largest, len(self.colors)))

    def _grow(self, K):
        """Start each palette from the one before, its worst color split into two."""
        while len(self._starts) <= K:
            centroids = self._starts[-1]
            idx = self.cells.nearest(centroids)
            means, saved, step = self.cells.halved(centroids, idx)
            k = int(saved.argmax())
            grown = np.vstack([means, means[k] + step[k]])
            grown[k] -= step[k]
            grown = self.cells.lloyd(grown, 1)
            # A few colors are soon moved, and one that is badly placed costs most among them.
            moved = len(grown) <= 16 or len(grown) % 4 == 0
            self._starts.append(self.cells.relocated(grown) if moved else grown)

    @as_documented
    def choose(self, K):
        """A palette of K colors, about as good as K-means run to its end.

        Parameters
        ----------
        K : int, 1 to 512

        Returns
        -------
        ndarray, shape (K, 3)
            The same for the same picture and K, whatever was asked before. The colors of
            the picture have not been asked for their nearest: some may go unused, seldom.

        Raises
        ------
        ValueError
            The picture has fewer than K different colors.
        """
        check_K(K, self.colors)
        self._grow(K)
        centroids = self._starts[K]
        for cells in (self.cells, self.fine):
            centroids = cells.lloyd(centroids, WORK // (K * len(cells.means)) + 1)
        return centroids.copy()

    @as_documented
    def quick(self, K):
        """The palette of `choose`, each color with a use, and the picture painted with it.

        Parameters
        ----------
        K : int, 1 to 512

        Returns
        -------
        Answer
        """
        levels, idx, _ = every_color_used(self.points, 255 * self.choose(K))
        return self._painted(levels / 255, idx)

    @as_documented
    def paint(self, codebook):
        """Paint the picture with any palette, such as one that is rounded to 8 bits.

        Parameters
        ----------
        codebook : ndarray, shape (K, 3), values in [0, 1]
            A color that no pixel is nearest to stays where it is.

        Returns
        -------
        Answer
        """
        return self._painted(codebook.copy(), self.points.nearest_and_margin(255 * codebook)[0])

    @as_documented
    def refine(self, centroids, tol=1e-5):
        """Exact steps from a palette on, each better than the one before.

        Parameters
        ----------
        centroids : ndarray, shape (K, 3), values in [0, 1]
        tol : float, 0 or more
            As in `kmeans`.

        Yields
        ------
        Answer
            One per step, until it no longer pays; stop whenever there is no time for more.
        """
        for step in steps(self.colors, self.counts, centroids, tol):
            yield self._answer(*step)

    def _painted(self, centroids, idx):
        """The answer for centroids and the number of each color's nearest."""
        squared = np.zeros(len(idx))
        for levels, channel in zip(self.points.colors.T, 255 * centroids.T, strict=True):
            apart = levels - channel[idx]
            squared += apart * apart
        wcss = (self.counts * squared).sum() / 255**2
        return self._answer(centroids, idx.astype(np.int32), wcss)

    def _answer(self, centroids, idx, wcss):
        """Colors' numbers spread over the picture; N pixels of 3 channels share the WCSS."""
        mse = float(wcss) / (3 * len(self.inverse))
        return Answer(centroids, idx[self.inverse].reshape(self.shape), mse)
