"""K-means on the colors of a picture, engineered: the same answers, many times as fast.

Four ideas carry it, all in plain NumPy:

- a picture has far fewer colors than pixels: count each color once, and weigh it;
- colors in whole numbers make whole-numbered distances, so one product of matrices and
  one minimum give the nearest centroid, its number carried in the last digits;
- a color whose two nearest centroids differ by more than they have moved since need not
  be looked at (Hamerly's bound), and only colors that change sides move the sums;
- a coarse grid of color cells finds a palette that the real colors only have to polish.
"""

import time
from collections import deque
from typing import NamedTuple

import numpy as np

from helpers.codebook import find_closest_centroids
from helpers.kmeans import farthest_pixel

BLOCK = 50_000  # distances at a time: few enough for the cache, and for BLAS to use one thread
SORTED = 2**20  # up to so many pixels, sorting them beats a table of all 2^24 colors
ENOUGH = 1e-7  # squared moves on coarse cells, together, that need no further step
PAIRS = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]  # of channels
SAMPLE = 2**20  # pixels that stand for all of a noisy picture, to find its palette
WORK = 2**21  # distances that a quick answer may spend on each grid of cells
STRIP = 2**16  # pixels at a time where only a pass over memory is made


class Step(NamedTuple):
    """Where K-means stands."""

    centroids: np.ndarray  # (K, d) float64
    idx: np.ndarray  # (M,) int32: number of the nearest centroid of every color
    wcss: float  # sum over the pixels of the squared distance to their centroid


class Counted(NamedTuple):
    """The colors of a picture, each once."""

    colors: np.ndarray  # (M, 3) float64 in [0, 1], sorted by red, then green, then blue
    counts: np.ndarray  # (M,) int64: pixels of that color
    inverse: np.ndarray  # (N,) intp: row of `colors` of every pixel, row by row


def cluster(image, start, rng=None, quick=False, restarts=1):
    """K-means on a picture: its colors counted, K-means on them, every pixel numbered.

    Parameters
    ----------
    image : ndarray, shape (..., 3), uint8, or float in [0, 1]
        As for `count_colors`.
    start : int, or array-like, shape (K, 3)
        K, for starts drawn with k-means++; or the initial centroids themselves.
    rng : numpy.random.Generator, optional
        For the draws. Without one, a generator with seed 0.
    quick : bool
        False: `kmeans`, the steps of plain Lloyd. True: `quick_kmeans`, as good, sooner.
    restarts : int
        So many starts are drawn, and the result with the lowest WCSS is kept.

    Returns
    -------
    centroids : ndarray, shape (K, 3)
    idx : ndarray, shape (...), int32 in 0..K-1
        The nearest of these centroids for every pixel, the lowest number of several
        equally near; each number occurs.

    Raises
    ------
    ValueError
        There is no picture, it has fewer than K colors, the centroids are not K finite
        colors, or there are no restarts.
    """
    keys, shape = _keys(image), np.shape(image)[:-1]
    if len(keys) <= SORTED:
        found, counts, inverse = _sorted(keys)
    else:
        found = _occurring(keys)
        if quick and len(found) > SAMPLE // 8:
            return _cluster_by_sample(keys, found, start, rng, restarts, shape)
        found, counts, inverse = _tabled(keys, found)
    colors = _unpacked(found)
    mode = quick_kmeans if quick else kmeans
    centroids, idx = _best_run(mode, colors, counts, start, rng, restarts)
    return centroids, idx[inverse].reshape(shape)


def _cluster_by_sample(keys, found, start, rng, restarts, shape):
    """`cluster` where a picture has so many colors that a sample finds the same palette.

    Chosen at random: pixels at regular places could all fall on the same lines of a grid.
    """
    chosen = keys[np.random.default_rng(0).integers(len(keys), size=SAMPLE)]
    sample, counts = _counted(chosen)
    centroids, _ = _best_run(_quick_palette, _unpacked(sample), counts, start, rng, restarts)
    centroids, idx = _all_nearest_once(_unpacked(found), centroids)
    table = np.empty(2**24, dtype=np.int32)
    table[found] = idx
    return centroids, table[keys].reshape(shape)


def _best_run(mode, colors, counts, start, rng, restarts):
    """What a mode gives: for the start that is given, or the best for some that are drawn."""
    if np.ndim(start):
        return mode(colors, counts, start)
    if restarts < 1:
        raise ValueError(f"restarts = {restarts}: K-means has to start at least once.")
    rng = np.random.default_rng(0) if rng is None else rng
    starts = [kmeans_plus_plus(colors, counts, start, rng) for _ in range(restarts)]
    runs = [mode(colors, counts, start) for start in starts]
    if restarts == 1:
        return runs[0]

    def wcss(run):
        centroids, idx = _nearest_once(colors, run[0])
        return counts @ ((colors - centroids[idx]) ** 2).sum(axis=1)

    return min(runs, key=wcss)


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

    Raises
    ------
    ValueError
        The picture is empty, is not made of triples, or holds values that are neither
        bytes nor numbers in [0, 1].
    """
    keys = _keys(image)
    if len(keys) <= SORTED:
        found, counts, inverse = _sorted(keys)
    else:
        found, counts, inverse = _tabled(keys, _occurring(keys))
    return Counted(_unpacked(found), counts, inverse)


def _keys(image):
    """Every pixel as one number, 65536 red + 256 green + blue, shape (N,), int64."""
    X = _rows(image)
    keys = np.empty(len(X), dtype=np.int64)
    for start in range(0, len(X), STRIP):
        strip = X[start : start + STRIP]
        red, green, blue = _levels(strip).T
        keys[start : start + STRIP] = red * 65536.0 + green * 256.0 + blue
    return keys


def _rows(image):
    """The pixels of a picture, shape (N, 3)."""
    image = np.asarray(image)
    if image.ndim == 0 or image.shape[-1] != 3 or image.size == 0:
        raise ValueError(f"A picture has shape (height, width, 3); this has {image.shape}.")
    if image.dtype != np.uint8 and image.dtype.kind != "f":
        raise ValueError(f"A picture holds uint8 or float values, not {image.dtype}.")
    return image.reshape(-1, 3)


def _levels(strip):
    """A strip of a picture in whole numbers, 0 to 255."""
    if strip.dtype == np.uint8:
        return strip
    if not (strip.min() >= 0 and strip.max() <= 1):  # "not": NaN is refused, too
        raise ValueError("A picture's values are in [0, 1]; some of these are not.")
    return np.rint(strip * 255.0)


def _sorted(keys):
    """Distinct keys, counts and inverse, by sorting key and place as one number."""
    N = len(keys)
    packed = (keys << 32) | np.arange(N)
    packed.sort()
    keys = (packed >> 32).astype(np.int32)
    is_first = np.empty(N, dtype=bool)
    is_first[0] = True
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
    first = np.flatnonzero(is_first)
    inverse = np.empty(N, dtype=np.intp)
    inverse[packed & (2**32 - 1)] = np.cumsum(is_first) - 1
    return keys[first], np.diff(first, append=N), inverse


def _counted(keys):
    """Distinct keys and counts alone, in a third of the time."""
    keys = np.sort(keys.astype(np.int32))
    first = np.flatnonzero(np.diff(keys, prepend=~keys[0]))
    return keys[first], np.diff(first, append=len(keys))


def _occurring(keys):
    """Distinct keys alone, by a table of all 2^24 colors."""
    occurs = np.zeros(2**24, dtype=bool)
    occurs[keys] = True
    return np.flatnonzero(occurs)


def _tabled(keys, found):
    """As `_sorted`, by a table of all 2^24 colors, which pays for pictures of megapixels."""
    rank = np.empty(2**24, dtype=np.int32)
    rank[found] = np.arange(len(found), dtype=np.int32)
    inverse = rank[keys].astype(np.intp)
    return found, np.bincount(inverse), inverse


def _unpacked(keys):
    """Keys as colors in [0, 1], shape (M, 3)."""
    channels = np.stack([keys >> 16, (keys >> 8) & 255, keys & 255]) / 255.0
    return channels.T  # each channel lies in one piece, which is how all of this reads them


def count_strips(strips):
    """Count the colors of a picture that comes in strips, too large to be had at once.

    Parameters
    ----------
    strips : iterable of ndarray, each as the image of `count_colors`

    Returns
    -------
    colors : ndarray, shape (M, 3)
    counts : ndarray, shape (M,)
        As from `count_colors`. Memory holds a strip and a table of the 2^24 colors there
        are (128 MB), however many pixels pass by.
    """
    table = np.zeros(2**24, dtype=np.int64)
    for strip in strips:
        keys, counts = _counted(_keys(strip))
        table[keys] += counts
    found = np.flatnonzero(table)
    return _unpacked(found), table[found]


def paint_strips(strips, colors, idx):
    """Number of the centroid of every pixel, strip by strip.

    Parameters
    ----------
    strips : iterable of ndarray
        Those given to `count_strips`, once more.
    colors : ndarray, shape (M, 3)
        From `count_strips`.
    idx : ndarray, shape (M,), integers
        Number of the centroid of every color, from `kmeans` or `quick_kmeans`.

    Yields
    ------
    ndarray, shape of the strip without its channels, dtype of idx
    """
    table = np.zeros(2**24, dtype=idx.dtype)
    table[_keys(colors)] = idx
    for strip in strips:
        yield table[_keys(strip)].reshape(strip.shape[:-1])


def coarse_cells(colors, counts, bits=5):
    """Merge the colors that lie in one cell of a grid over the color cube.

    Parameters
    ----------
    colors : ndarray, shape (M, 3), values in [0, 1]
    counts : ndarray, shape (M,)
    bits : int, 1 to 8
        A channel has 2^bits cells: 5 makes cells of 8 x 8 x 8 colors.

    Returns
    -------
    means : ndarray, shape (C, 3)
        The mean color of every cell that holds a color: C <= M of them.
    sizes : ndarray, shape (C,)
        The pixels of each.
    """
    side = (colors.T * (2**bits * 255 / 256 + 1e-9)).astype(np.intp)
    cell = (side[0] << 2 * bits) | (side[1] << bits) | side[2]
    sizes = np.bincount(cell, weights=counts)
    used = np.flatnonzero(sizes)
    sums = [np.bincount(cell, weights=counts * channel)[used] for channel in colors.T]
    return (np.stack(sums) / sizes[used]).T, sizes[used]


def kmeans_plus_plus(colors, counts, K, rng):
    """Draw K colors to start from: `helpers.kmeans.kmeans_plus_plus` for counted colors.

    Parameters
    ----------
    colors : ndarray, shape (M, d)
        Different from one another.
    counts : ndarray, shape (M,), positive
    K : int, 1 or more
    rng : numpy.random.Generator

    Returns
    -------
    centroids : ndarray, shape (K, d)
        Distinct rows of colors, copied.

    Raises
    ------
    ValueError
        There are fewer than K colors.

    Notes
    -----
    The chance is proportional to count times squared distance to the nearest color drawn
    so far: D. Arthur and S. Vassilvitskii, "k-means++: the advantages of careful
    seeding", SODA 2007.
    """
    _check_K(K, colors)
    channels = np.ascontiguousarray(colors.T)
    chances = np.array(counts, dtype=float)
    nearest, drawn = np.inf, []
    for _ in range(K):
        summed = np.cumsum(chances)
        drawn.append(int(np.searchsorted(summed, rng.random() * summed[-1], side="right")))
        squared = sum((channel - channel[drawn[-1]]) ** 2 for channel in channels)
        nearest = np.minimum(nearest, squared)
        chances = counts * nearest
    return colors[drawn]


def _check_K(K, colors):
    if not 1 <= K <= len(colors):
        raise ValueError(f"K = {K}, but the picture has only {len(colors)} different colors.")


class _Lattice:
    """Points in whole numbers, ready for the distances to any few centroids.

    A picture's colors stand on it exactly: a level is `1 / unit` steps. The distance of
    point x to centroid c is |x|^2 - 2 x.c + |c|^2, a product of two matrices; multiplied
    by a power of two that leaves room for k in the last digits, so that the minimum over
    the centroids also says which it was, and ties go to the lowest. All of it stays
    below 2^52, where float64 counts without rounding.
    """

    def __init__(self, colors, K):
        M, d = colors.shape
        self.colors, self.bits = colors, int(K - 1).bit_length()
        levels = np.rint(colors.T * 255)
        self.whole = bool((np.abs(colors.T * 255 - levels) < 1e-9).all())
        # Sums of levels are whole numbers: they stay exact, however often they change.
        self.exact, self.scale = (levels, 255) if self.whole else (colors.T, 1)
        self.low = np.zeros(d) if self.whole else colors.min(axis=0)
        extent = 1.0 if self.whole else float(np.ptp(colors, axis=0).max()) or 1.0
        fine = (51 - 18 - self.bits - int(d - 1).bit_length()) // 2
        self.unit = extent / (255 * 2**fine)
        self.reach = 2 * 255 * 2**fine
        self.tolerance = 2 * (np.sqrt(d) + 1)  # of a difference of distances, in steps
        self.points = np.empty((d + 2, M))
        np.rint((colors - self.low).T * (1 / self.unit), out=self.points[:d])
        self.points[d] = (self.points[:d] ** 2).sum(axis=0)
        self.points[d + 1] = 1

    def nearest(self, centroids, rows=None):
        """Number of the nearest centroid of each point, and the squared steps to it."""
        return self._search(centroids, rows, second=False)[:2]

    def nearest_two(self, centroids, rows=None):
        """The same, and the squared steps to the second nearest."""
        return self._search(centroids, rows, second=True)

    def nearest_and_margin(self, centroids, rows=None):
        """Number of the nearest centroid, and at least how many steps farther the next is.

        Where the steps are too coarse to tell, the margin is not positive, and the number
        is found as the lessons find it.
        """
        idx, squared, margin = self._search(centroids, rows, second=True)
        margin = np.sqrt(margin, out=margin)
        margin -= np.sqrt(squared, out=squared) + self.tolerance
        close = np.flatnonzero(~(margin > 0))
        if len(close):
            colors = self.colors[close if rows is None else rows[close]]
            idx[close] = find_closest_centroids(colors, centroids)
        return idx, margin

    def _search(self, centroids, rows, second):
        K, n = len(centroids), len(self.colors) if rows is None else len(rows)
        steps = np.rint((centroids - self.low) / self.unit)
        if np.abs(steps).max() > self.reach:  # whole numbers would overflow: leave all to settle
            return np.zeros(n, dtype=np.intp), np.zeros(n), np.zeros(n)
        factors = np.column_stack([-2 * steps, np.ones(K), (steps**2).sum(axis=1)])
        factors *= 2.0**self.bits
        factors[:, -1] += np.arange(K)
        found, next_found = np.empty(n), np.empty(n if second else 0)
        block = max(BLOCK // K, 1)
        room, column = np.empty(K * min(block, n)), np.arange(min(block, n))
        digits = 2**self.bits - 1
        for start in range(0, n, block):
            part = slice(start, min(start + block, n))
            size = part.stop - start
            points = self.points[:, part if rows is None else rows[part]]
            distances = np.matmul(factors, points, out=room[: K * size].reshape(K, size))
            distances.min(axis=0, out=found[part])
            if second:
                distances[found[part].astype(np.intp) & digits, column[:size]] = np.inf
                distances.min(axis=0, out=next_found[part])
        idx = found.astype(np.intp) & digits
        found *= 0.5**self.bits  # what k adds is less than one squared step
        next_found *= 0.5**self.bits
        return idx, found, next_found

    def snapped(self, centroids):
        """The nearest centroids that stand on the lattice themselves."""
        return np.rint((centroids - self.low) / self.unit) * self.unit + self.low


def kmeans(colors, counts, initial_centroids, tol=1e-4, max_iter=300):
    """K-means, exact: the assignments of plain Lloyd steps, with most work skipped.

    Parameters
    ----------
    colors : ndarray, shape (M, d)
        Each different color once, as from `count_colors`.
    counts : ndarray, shape (M,), positive whole numbers
    initial_centroids : array-like, shape (K, d)
    tol : float
        Stop when the squared moves of all centroids together are at most ``tol`` times
        the mean variance of the channels, as scikit-learn does. 0: until nothing moves.
    max_iter : int

    Returns
    -------
    centroids : ndarray, shape (K, d)
    idx : ndarray, shape (M,), int32 in 0..K-1
        The nearest of these centroids for every color, the lowest number of several
        equally near; each number occurs. ``idx[inverse]`` is that of the pixels.

    Raises
    ------
    ValueError
        There are fewer than K colors, or the centroids are not K finite colors.

    Notes
    -----
    A color is looked at again only when the centroids may have used up the margin between
    its two nearest: G. Hamerly, "Making k-means even faster", SDM 2010.
    """
    last = deque(steps(colors, counts, initial_centroids, tol, max_iter), maxlen=1).pop()
    return last.centroids, last.idx


def steps(colors, counts, initial_centroids, tol=1e-4, max_iter=300):
    """The steps of `kmeans`, one at a time: stop whenever there is no time for more.

    Parameters
    ----------
    colors, counts, initial_centroids, tol, max_iter
        As in `kmeans`.

    Yields
    ------
    Step
        First that of the initial centroids, then one after every move. The arrays are
        the caller's own.

    Raises
    ------
    ValueError
        As in `kmeans`, before the first step.
    """
    colors, counts = np.asarray(colors, dtype=float), np.asarray(counts)
    centroids = _checked(initial_centroids, colors)
    K, lattice = len(centroids), _Lattice(colors, len(centroids))
    weighted = np.vstack([counts, counts * lattice.exact])
    limit = tol * _variance(colors, counts)
    squares = sum(float((counts * channel**2).sum()) for channel in colors.T)
    used = np.zeros(K)  # what the moves so far took from the margins of each cluster
    centroids, idx, ends = _every_color_used(lattice, centroids)
    sums = _sums(weighted, idx, K)
    total, rows = np.inf, idx
    for _ in range(max_iter):
        yield _step(lattice, centroids, idx, sums, squares)
        if len(rows) == 0 or total <= limit:
            return
        moved = (sums[1:] / (sums[0] * lattice.scale)).T
        shift = np.sqrt(((moved - centroids) ** 2).sum(axis=1))
        centroids, total = moved, (shift**2).sum()
        used += _approach(shift / lattice.unit)
        rows = np.flatnonzero(used[idx] >= ends)
        now, margin = lattice.nearest_and_margin(centroids, rows)
        ends[rows] = margin + used[now]
        changed = now != idx[rows]
        rows, was, now = rows[changed], idx[rows[changed]], now[changed]
        idx[rows] = now
        if lattice.whole:
            part = weighted[:, rows]
            sums += _sums(part, now, K) - _sums(part, was, K)
        else:
            sums = _sums(weighted, idx, K)
        if not sums[0].all():
            centroids, idx, ends = _every_color_used(lattice, centroids)
            ends += used[idx]
            sums, total = _sums(weighted, idx, K), np.inf
    yield _step(lattice, centroids, idx, sums, squares)


def _step(lattice, centroids, idx, sums, squares):
    """What `steps` yields; the WCSS is the sum of n |c|^2 - 2 c.s + |x|^2."""
    own = sums[0] @ (centroids**2).sum(axis=1)
    cross = (sums[1:].T * centroids).sum() / lattice.scale
    return Step(centroids.copy(), idx.astype(np.int32), max(own - 2 * cross + squares, 0.0))


def _checked(initial_centroids, colors):
    """The initial centroids as an array of their own."""
    centroids = np.array(initial_centroids, dtype=float)
    if centroids.ndim != 2 or centroids.shape[1] != colors.shape[1]:
        raise ValueError(
            f"Initial centroids have shape (K, {colors.shape[1]}); these have {centroids.shape}."
        )
    if not np.isfinite(centroids).all():
        raise ValueError("The initial centroids hold NaN or infinite values.")
    _check_K(len(centroids), colors)
    return centroids


def _variance(colors, counts):
    """Mean over the channels of the variance of the pixels."""
    N, variances = counts.sum(), []
    for channel in colors.T:
        mean = (counts * channel).sum() / N
        variances.append((counts * (channel - mean) ** 2).sum() / N)
    return float(np.mean(variances))


def _sums(weighted, idx, K):
    """Pixels and sums of each cluster, shape (1 + d, K)."""
    return np.stack([np.bincount(idx, weights=row, minlength=K) for row in weighted])


def _approach(shift):
    """How much nearer another centroid may have come than one's own, by these moves."""
    order = np.argsort(shift)
    others = np.full(len(shift), shift[order[-1]])
    others[order[-1]] = shift[order[-2]] if len(shift) > 1 else 0
    return (shift + others) * (1 + 1e-12)


def _every_color_used(lattice, centroids):
    """Centroids, idx and margins, lost colors moved as in `helpers.kmeans.use_every_color`."""
    while True:
        idx, margin = lattice.nearest_and_margin(centroids)
        lost = np.flatnonzero(np.bincount(idx, minlength=len(centroids)) == 0)
        if not len(lost):
            return centroids, idx, margin
        row, _ = farthest_pixel(lattice.colors, centroids)
        centroids = centroids.copy()
        centroids[lost[0]] = lattice.colors[row]


def quick_kmeans(colors, counts, initial_centroids):
    """K-means, quick: coarse cells of colors first, so another local optimum, as good.

    Parameters
    ----------
    colors : ndarray, shape (M, 3), values in [0, 1]
        Each different color once, as from `count_colors`.
    counts : ndarray, shape (M,), positive whole numbers
    initial_centroids : array-like, shape (K, 3)

    Returns
    -------
    centroids : ndarray, shape (K, 3)
    idx : ndarray, shape (M,), int32 in 0..K-1
        As from `kmeans`.

    Raises
    ------
    ValueError
        As in `kmeans`.
    """
    centroids, _ = _quick_palette(colors, counts, initial_centroids)
    return _all_nearest_once(colors, centroids)


def _quick_palette(colors, counts, initial_centroids):
    """The centroids of `quick_kmeans`, before any color is asked for its nearest."""
    centroids = _checked(initial_centroids, colors)
    coarse, fine = _grids(colors, counts)
    cells = coarse if len(coarse.means) >= 24 * len(centroids) else fine
    return fine.lloyd(cells.relocated(cells.lloyd(centroids, 3)), 6), None


def _all_nearest_once(colors, centroids):
    """As `_nearest_once`, lost colors moved."""
    centroids, idx = _nearest_once(colors, centroids)
    if not np.bincount(idx, minlength=len(centroids)).all():
        centroids, *_ = _every_color_used(_Lattice(colors, len(centroids)), centroids)
        centroids, idx = _nearest_once(colors, centroids)
    return centroids, idx


def _nearest_once(colors, centroids):
    """Centroids put on the lattice, where all is exact, and the nearest of every color.

    Colors that are looked at only once are made ready a strip at a time: a lattice of all
    would leave the cache before it is used.
    """
    idx = np.empty(len(colors), dtype=np.int32)
    for start in range(0, len(colors), STRIP):
        lattice = _Lattice(colors[start : start + STRIP], len(centroids))
        if not lattice.whole:
            raise ValueError(
                "The quick K-means takes colors of 8 bits, as count_colors gives them."
            )
        centroids = lattice.snapped(centroids)
        idx[start : start + STRIP], _ = lattice.nearest(centroids)
    return centroids, idx


def _painted(lattice, centroids):
    """Centroids put on the lattice, where all is exact; idx; and squared distances."""
    centroids = lattice.snapped(centroids)
    idx, squared = lattice.nearest(centroids)
    if not np.bincount(idx, minlength=len(centroids)).all():
        centroids = lattice.snapped(_every_color_used(lattice, centroids)[0])
        idx, squared = lattice.nearest(centroids)
    return centroids, idx, squared * lattice.unit**2


def _grids(colors, counts):
    """A coarse and a fine grid of cells: some thousand, and some ten thousand."""
    for bits in (6, 7, 8):
        means, sizes = coarse_cells(colors, counts, bits)
        if len(means) >= 12_000:
            break
    # A mean lies in its own cell, so merging fine cells is the same as merging colors.
    return _Cells(*coarse_cells(means, sizes, bits - 1)), _Cells(means, sizes)


class _Cells:
    """A coarse grid of a picture's colors, ready for K-means."""

    def __init__(self, means, sizes):
        self.means, self.sizes = means, sizes
        self.lattice = _Lattice(self.means, 256)
        channels = self.means.T
        self.moments = np.vstack(
            [self.sizes, self.sizes * channels]
            + [self.sizes * channels[a] * channels[b] for a, b in PAIRS]
        )

    def lloyd(self, centroids, steps, stretch=1.8):
        """Steps of Lloyd's, each made longer, which below twice as long never does harm.

        For a given assignment the WCSS is a parabola in each centroid with its bottom at
        the mean: anywhere nearer to the mean than now is lower. A centroid that has no
        cell stays where it is.
        """
        for step in range(steps):
            idx, _ = self.lattice.nearest(centroids)
            sums = _sums(self.moments[:4], idx, len(centroids))
            means = sums[1:] / np.maximum(sums[0], 1e-300)
            moves = np.where(sums[0] > 0, means - centroids.T, 0).T
            if (moves**2).sum() < ENOUGH:
                break
            centroids = centroids + moves * (stretch if step < steps - 1 else 1)
        return centroids

    def halved(self, centroids, idx):
        """Means, what to split each cluster into two would save, and the step to a half.

        Seen as a normal distribution with variance v along its longest axis, a cluster of
        n pixels has halves with means sqrt(2 v / pi) away, and loses 2 n v / pi.
        """
        K, sums = len(centroids), _sums(self.moments, idx, len(centroids))
        size = np.maximum(sums[0], 1e-300)
        means = np.where(sums[0] > 0, sums[1:4] / size, centroids.T).T
        spread = np.empty((K, 3, 3))
        for (a, b), row in zip(PAIRS, sums[4:], strict=True):
            spread[:, a, b] = spread[:, b, a] = row / size - means[:, a] * means[:, b]
        variances, axes = np.linalg.eigh(spread)
        saved = 2 / np.pi * np.maximum(variances[:, 2], 0)
        axis = axes[:, :, 2] * np.where(axes[:, :, 2].sum(axis=1) < 0, -1, 1)[:, None]
        return means, saved * sums[0], np.sqrt(saved)[:, None] * axis

    def relocated(self, centroids, caution=(0.8, 0.6, 0.4)):
        """Move centroids from where they matter least to where two would serve better.

        Each round moves as many as promise to save ``caution`` times what they cost, both
        being rough guesses, and is taken back if it did not help.
        """
        K, best = len(centroids), np.inf
        kept = centroids
        for share in (*caution, None):
            idx, squared, next_squared = self.lattice.nearest_two(centroids)
            if self.sizes @ squared < best:
                best, kept = self.sizes @ squared, centroids
                means, saved, step = self.halved(centroids, idx)
                lost = np.bincount(idx, weights=self.sizes * (next_squared - squared), minlength=K)
                lost *= self.lattice.unit**2
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
            centroids = self.lloyd(moved, 4)
        return kept


def palette_within(image, K, seconds, rng=None):
    """The best palette of K colors that there is time for.

    Parameters
    ----------
    image : ndarray, shape (..., 3), uint8, or float in [0, 1]
        As for `count_colors`.
    K : int, 1 or more
    seconds : float
        Stop when the next, longer attempt would not be done by then. The first one is
        always made: some thousand pixels, less than 10 milliseconds for 64 colors.
    rng : numpy.random.Generator, optional
        For the draws. Without one, a generator with seed 0.

    Returns
    -------
    ndarray, shape (K, 3)
        How good it is depends on the machine, as always where a clock decides.

    Raises
    ------
    ValueError
        There is no picture, or it has fewer than K colors.
    """
    rng = np.random.default_rng(0) if rng is None else rng
    begun = time.perf_counter()
    ended, last = begun, 0.0
    for palette in _better_and_better(_rows(image), K, rng):  # noqa: B007, the last one
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
        found, counts = _counted(_keys(X[rng.integers(len(X), size=pixels)]))
        cells = _Cells(*coarse_cells(_unpacked(found), counts, 5))
        if len(cells.means) < 2 * K:
            continue
        if centroids is None:
            centroids = cells.lloyd(kmeans_plus_plus(cells.means, cells.sizes, K, rng), 4)
            yield centroids
        centroids = cells.relocated(cells.lloyd(centroids, 2))
        yield centroids
    colors, counts, _ = count_colors(X)
    if centroids is None:
        centroids = kmeans_plus_plus(colors, counts, K, rng)
    centroids = _quick_palette(colors, counts, centroids)[0]
    yield centroids
    for step in steps(colors, counts, centroids, 1e-6):
        yield step.centroids


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
    largest : int
        The largest K to get ready for; a larger one takes longer when first asked for.

    Raises
    ------
    ValueError
        As in `count_colors`.
    """

    def __init__(self, image, largest=64):
        self.shape = np.shape(image)[:-1]
        self.colors, self.counts, self.inverse = count_colors(image)
        self.cells, self.fine = _grids(self.colors, self.counts)
        self.lattice = _Lattice(self.colors, 256)
        self._starts = [None, (self.counts @ self.colors / self.counts.sum())[None]]
        self._grow(min(largest, len(self.colors)))

    def _grow(self, K):
        """Start each palette from the one before, its worst color split into two."""
        while len(self._starts) <= K:
            centroids = self._starts[-1]
            idx, _ = self.cells.lattice.nearest(centroids)
            means, saved, step = self.cells.halved(centroids, idx)
            k = int(saved.argmax())
            grown = np.vstack([means, means[k] + step[k]])
            grown[k] -= step[k]
            grown = self.cells.lloyd(grown, 1)
            # A few colors are soon moved, and one that is badly placed costs most among them.
            moved = len(grown) <= 16 or len(grown) % 4 == 0
            self._starts.append(self.cells.relocated(grown) if moved else grown)

    def quick(self, K):
        """A palette of K colors, about as good as K-means run to its end.

        Parameters
        ----------
        K : int, 1 or more

        Returns
        -------
        Answer
            The same for the same picture and K, whatever was asked before.

        Raises
        ------
        ValueError
            The picture has fewer than K different colors.
        """
        _check_K(K, self.colors)
        self._grow(K)
        centroids = self._starts[K]
        for cells in (self.cells, self.fine):
            centroids = cells.lloyd(centroids, WORK // (K * len(cells.means)) + 1)
        lattice = self.lattice if K <= 256 else _Lattice(self.colors, K)
        centroids, idx, squared = _painted(lattice, centroids)
        return self._answer(centroids, idx.astype(np.int32), self.counts @ squared)

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
        lattice = self.lattice if len(codebook) <= 256 else _Lattice(self.colors, len(codebook))
        idx, squared = lattice.nearest(codebook)
        wcss = self.counts @ np.floor(squared) * lattice.unit**2
        return self._answer(codebook, idx.astype(np.int32), wcss)

    def refine(self, answer, tol=1e-5):
        """Exact steps from an answer on, each better than the one before.

        Parameters
        ----------
        answer : Answer
            Of this picture.
        tol : float
            As in `kmeans`.

        Yields
        ------
        Answer
            One per step, until it no longer pays; stop whenever there is no time for more.
        """
        for step in steps(self.colors, self.counts, answer.centroids, tol):
            yield self._answer(*step)

    def _answer(self, centroids, idx, wcss):
        """Colors' numbers spread over the picture; N pixels of 3 channels share the WCSS."""
        mse = float(wcss) / (3 * len(self.inverse))
        return Answer(centroids, idx[self.inverse].reshape(self.shape), mse)
