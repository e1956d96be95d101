"""Grids: cells of the color cube, each with the mean of its colors, stand for the colors.

K-means on cells is quick, and leads to another local optimum. What makes that as good, and how
cells find the nearest centroids of all colors, page 08b explains.
"""

import math

import numpy as np

from helpers.doors import as_documented
from helpers.fast.bounds import sums_of
from helpers.fast.counting import keys_of, occurring, unpacked
from helpers.fast.distances import Points
from helpers.fast.starts import checked, drawn, every_color_used

ENOUGH = 1e-7  # squared moves on coarse cells, together, that need no further step
CHANNELS = (16, 8, 0)  # where the levels of red, green and blue are in a key
FEW = 16  # cells for each color of a palette, to begin with
LADDER = (16, 32, 64, 96)  # cells to a channel, until they are fine enough
GOOD = 200  # cells for each color of a palette: they stand well for the colors
CHEAP = 2**17  # distances in a step: what is to be done often is done on the finest such grid
STARTS, WORK = 8, 2**20  # starts at most, and distances in a step of all of them together
STEPS = 6  # on each finer grid
MANY = 120_000  # of so many colors, a sample knows enough
EIGHTHS = 8 * 255  # of a level
NEXT_TO, NOISE = 1.004, 64  # times the least error; eighths of a level that pixels waver by


@as_documented
def quick_kmeans(colors, counts, initial_centroids):
    """K-means, quick: coarse cells of colors first, so another local optimum, as good.

    Parameters
    ----------
    colors : ndarray, shape (M, 3), values in [0, 1]
        Each different color once, as from `count_colors`.
    counts : ndarray, shape (M,), integers, 1 or more
    initial_centroids : array-like, shape (K, 3), values in [0, 1]

    Returns
    -------
    centroids : ndarray, shape (K, 3)
    idx : ndarray, shape (M,), int32 in 0..K-1
        As from `kmeans`, its errors too.
    """
    centroids = checked(initial_centroids, colors)
    grids = grids_for(len(centroids), keys_of(colors), colors, counts)
    centroids = quick_palette(grids, centroids)
    centroids, idx, _ = every_color_used(Points(colors), centroids)
    return centroids, idx.astype(np.int32)


def quick_palette(grids, start, rng=None):
    """The centroids of `quick_kmeans`, from a start or, of some K drawn by rng, the best."""
    to_draw = np.ndim(start) == 0
    K = start if to_draw else len(start)
    first, *finer = fine_enough(grids, K)
    starts = first.starts(K, rng) if to_draw else [start]
    ends = [first.relocated(first.lloyd(centroids, 2)) for centroids in starts]
    centroids = first.tidiest(ends) if len(ends) > 1 else ends[0]
    for grid in finer or [first]:
        centroids = grid.lloyd(centroids, STEPS)
    return centroids


def fine_enough(grids, K):
    """The grids for a palette of K: a coarse one that is fine enough, and those that are finer."""
    will_do = [grid for grid in grids if len(grid.means) >= FEW * K] or grids[-1:]
    cheap = [grid for grid in will_do if len(grid.means) * K <= CHEAP]
    return will_do[max(len(cheap) - 1, 0) :]


def grids_for(K, keys, colors, counts):
    """Grids of cells, from a coarse one to one that stands well for the colors, for K."""
    rulers = _rulers(keys, counts)
    ruled = _ruled(keys, rulers)
    for side in LADDER:
        if side**3 >= GOOD * K and len(occurring(_cells_of(ruled, side), side**3)) >= GOOD * K:
            break
    else:
        side = 256 if len(colors) <= MANY else 128
    grids = [(colors, counts) if side == 256 else coarse_cells(ruled, colors, counts, side)]
    while side > 16:
        side = min(side // 2, 64)
        # A mean lies in its own cell, so merging cells is the same as merging their colors.
        means, sizes = grids[0]
        grids.insert(0, coarse_cells(_ruled(keys_of(means), rulers), means, sizes, side))
    return [Cells(*grid) for grid in grids]


def _rulers(keys, counts):
    """Where the levels of each channel go in 0..255, apart where there are many pixels."""
    # The error is least where cells are as dense as the cube root of the pixels: P. F. Panter
    # and W. Dite, "Quantization distortion in pulse-count modulation", Proc. IRE 1951.
    rulers = []
    for cut in CHANNELS:
        pixels = np.bincount((keys >> cut) & 255, weights=counts, minlength=256)
        dense = np.cbrt(pixels)
        middle = np.cumsum(dense) - dense / 2
        rulers.append((256 * middle / dense.sum()).astype(np.int32))
    return rulers


def _ruled(keys, rulers):
    """Keys with the levels of each channel where its ruler has them."""
    red, green, blue = (
        ruler.take((keys >> cut) & 255) for ruler, cut in zip(rulers, CHANNELS, strict=True)
    )
    return red << 16 | green << 8 | blue


def coarse_cells(keys, colors, counts, side):
    """Mean and pixels of every cell that holds a color, so many cells to a channel."""
    cells = _cells_of(keys, side)
    used = occurring(cells, side**3)
    row = np.empty(side**3, dtype=np.intp)
    row[used] = np.arange(len(used))
    cells = row[cells]
    sizes = np.bincount(cells, weights=counts)
    sums = [np.bincount(cells, weights=counts * channel) for channel in colors.T]
    return (np.stack(sums) / sizes).T, sizes


def _cells_of(keys, side):
    """The cell of each color, so many to a channel."""
    cells = 0
    for cut in CHANNELS:
        cells = cells * side + (((keys >> cut) & 255) * side >> 8)
    return cells


def nearest_by_cells(keys, centroids, bits=6):
    """The nearest centroid of every color, by its key: once for a cell in which all agree."""
    cell, side, levels = _cells_of(keys, 2**bits), 256 >> bits, 255 * centroids
    cells = occurring(cell, 8**bits)
    centers = unpacked(cells, bits) * (256 - side) + (side - 1) / 2
    number, margin = Points(centers).nearest_and_margin(levels)
    nearest = np.empty(8**bits, dtype=np.int32)
    nearest[cells] = np.where(margin > math.sqrt(3) * (side - 1), number, -1)  # corner to corner
    idx = nearest[cell]
    mixed = np.flatnonzero(idx < 0)
    if len(mixed):
        colors = np.rint(unpacked(keys[mixed]) * 255)
        idx[mixed], _ = Points(colors).nearest_and_margin(levels)
    return idx


def _eighths(colors):
    """Colors in whole eighths of a level, those outside of the color cube moved to its side."""
    return np.clip(np.rint(EIGHTHS * colors), 0, EIGHTHS)


class Cells:
    """A coarse grid of a picture's colors, ready for K-means."""

    def __init__(self, means, sizes):
        self.means, self.sizes = means, sizes
        # In eighths of a level all products are whole numbers below 2^24, which float32
        # does not round: the same palette on every machine.
        self.points = Points(_eighths(means), center=np.full(3, EIGHTHS // 2))
        self.weighted = np.vstack([self.sizes, self.sizes * self.means.T])

    def nearest(self, centroids):
        """Number of the nearest centroid of each cell."""
        return self.points.nearest(_eighths(centroids))

    def lloyd(self, centroids, steps, stretch=1.8):
        """Steps of Lloyd's; a centroid that has no cell stays where it is."""
        # All but the last are made longer: for a given assignment the WCSS is a parabola in each
        # centroid with its bottom at the mean, so up to twice as long a move does no harm.
        for step in range(steps):
            idx = self.nearest(centroids)
            sums = sums_of(self.weighted, idx, len(centroids))
            means = sums[1:] / np.maximum(sums[0], 1e-300)
            moves = np.where(sums[0] > 0, means - centroids.T, 0).T
            if (moves**2).sum() < ENOUGH:
                break
            centroids = centroids + moves * (stretch if step < steps - 1 else 1)
        return centroids

    def starts(self, K, rng):
        """K of the means, drawn with k-means++: as often as is cheap."""
        many = min(max(WORK // (K * len(self.means)), 1), STARTS)
        tries = 2 + int(math.log(K))  # as in scikit-learn
        draws = (drawn(self.sizes, K, rng, self.points.squared_to, tries) for _ in range(many))
        return [self.means[rows] for rows in draws]

    def tidiest(self, ends):
        """Of palettes with next to the least error, the one with the fewest pixels on borders."""
        # Next to a border between two colors noise has pixels take turns, and a file is large: at
        # 16 colors its bytes follow these (on five pictures of six r = 0.9 to 1 over 12 starts).
        errors, on_border = [], []
        for centroids in ends:
            _, squared, next_squared = self.points.nearest_two(_eighths(centroids))
            errors.append(float((self.sizes * squared).sum()))
            margin = np.sqrt(next_squared) - np.sqrt(squared)
            on_border.append(float((self.sizes / (1 + (margin / NOISE) ** 2)).sum()))
        good = [k for k, error in enumerate(errors) if error <= NEXT_TO * min(errors)]
        return ends[min(good, key=on_border.__getitem__)]

    def halved(self, centroids, idx):
        """Means, what to split each cluster into two would save, and the step to a half."""
        # Seen as a normal distribution with variance v along its longest axis, a cluster of n
        # pixels has halves with means sqrt(2 v / pi) away, and loses 2 n v / pi.
        K, channels = len(centroids), self.means.T
        squares = [self.weighted[1 + b] * channels[a] for a in range(3) for b in range(3)]
        sums = sums_of([*self.weighted, *squares], idx, K)
        size = np.maximum(sums[0], 1e-300)
        means = np.where(sums[0] > 0, sums[1:4] / size, centroids.T).T
        spread = (sums[4:] / size).T.reshape(K, 3, 3) - means[:, :, None] * means[:, None]
        variances, axes = np.linalg.eigh(spread)
        saved = 2 / np.pi * np.maximum(variances[:, 2], 0)
        axis = axes[:, :, 2] * np.where(axes[:, :, 2].sum(axis=1) < 0, -1, 1)[:, None]
        return means, saved * sums[0], np.sqrt(saved)[:, None] * axis

    def relocated(self, centroids):
        """Move centroids from where they matter least to where two would serve better."""
        # Each round moves as many as promise to save so many times what they cost, both being
        # rough guesses, and is taken back if it did not help.
        K, best = len(centroids), np.inf
        kept = centroids
        for share in (0.8, 0.6, 0.4, None):
            idx, squared, next_squared = self.points.nearest_two(_eighths(centroids))
            wcss = (self.sizes * squared).sum()
            if wcss < best:
                best, kept = wcss, centroids
                means, saved, step = self.halved(centroids, idx)
                lost = np.bincount(idx, weights=self.sizes * (next_squared - squared), minlength=K)
                lost /= EIGHTHS**2
                give, take = np.argsort(lost), np.argsort(-saved)
            if share is None:
                break
            pays = np.cumprod(saved[take] > share * lost[give]).astype(bool)
            giving, taking = give[pays], take[pays]
            apart = ~(np.isin(giving, taking) | np.isin(taking, giving))
            giving, taking = giving[apart], taking[apart]
            moved = means.copy()
            moved[giving] = means[taking] + step[taking]
            moved[taking] = means[taking] - step[taking]
            centroids = self.lloyd(moved, 3)
        return kept
