"""K-means on the colors of a picture, engineered: the same answers, many times as fast.

Five ideas carry it, all in plain NumPy:

- a picture has far fewer colors than pixels: count each color once, and weigh it;
- squared distances are one product of matrices, in float32, with a bound on what that
  rounds away; the few that are too close to call are measured as in the lessons;
- a color whose two nearest centroids differ by more than they have moved since need not
  be looked at (Hamerly's bound), and only colors that change sides move the sums;
- a coarse grid of color cells finds a palette that the real colors only have to polish;
- most cells have one nearest centroid for all of their colors.
"""

import math
import time
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from helpers.codebook import find_closest_centroids
from helpers.kmeans import farthest_pixel

PRODUCT = 250_000  # multiplications: beyond 2^18, BLAS wakes its threads
CHUNK = 2**18  # distances at a time: few enough for the cache
ROUNDING = 2.0**-24  # of float32, relative
HUGE = 1e15  # float32 has no room for much larger squares: beyond, every answer is in doubt
BELOW = np.float32(1 - 2**-20)  # to stay on the safe side of a sum of float32
SORTED = 2**20  # up to so many pixels, sorting them beats a table of all 2^24 colors
ENOUGH = 1e-7  # squared moves on coarse cells, together, that need no further step
PAIRS = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2)]  # of channels
FEW = 24  # cells for each color of a palette, to begin with
GOOD = 200  # cells for each color of a palette: they stand well for the colors
WORTH = 2**17  # distances in a step, up to which it pays to move centroids once more
MANY = 120_000  # of so many colors, a sample knows enough
SAMPLE = 2**13  # pixels for each color of a palette that a sample is enough for
EIGHTHS = 8 * 255  # of a level
WORK = 2**21  # distances that a quick answer may spend on each grid of cells
STRIP = 2**14  # pixels at a time where only a pass over memory is made


class Step(NamedTuple):
    """Where K-means stands."""

    centroids: np.ndarray  # (K, d) float64
    idx: np.ndarray  # (M,) int32: number of the nearest centroid of every color
    wcss: float  # sum over the pixels of the squared distance to their centroid


class Running(NamedTuple):
    """The same while K-means runs: the next step changes these arrays."""

    centroids: np.ndarray  # (K, d)
    idx: np.ndarray  # (M,) intp
    sums: np.ndarray  # (1 + d, K): pixels of each cluster, and scale times their sums
    squares: float  # scale^2 times the sum over the pixels of |x|^2
    scale: int  # 255 where the colors are whole levels, else 1


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
        For a K, so many starts are drawn, and the result with the lowest WCSS is kept.

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
    keys = _keys(_rows(image))
    if quick:
        found, centroids = _quick_colors(keys, start, rng, restarts)
        idx = _nearest(found, centroids)
        if not np.bincount(idx, minlength=len(centroids)).all():
            centroids, idx, _ = _every_color_used(_Points(_unpacked(found)), centroids)
    else:
        found, counts = _counted(keys)
        centroids, idx = _best_run(kmeans, _unpacked(found), counts, start, rng, restarts)
    return centroids, _spread(keys, found, idx).reshape(np.shape(image)[:-1])


def _quick_colors(keys, start, rng, restarts):
    """The colors that occur, and quick centroids for them.

    Of a large picture with many colors, a sample is enough to find the centroids. It is
    drawn at random: pixels at regular places could all fall on the lines of a grid.
    """
    K = len(start) if np.ndim(start) else start
    found, sample, size = None, keys, SAMPLE * max(K, 16)
    if len(keys) > max(SORTED, 2 * size):
        found = _occurring(keys)
        if len(found) > MANY:
            sample = keys[np.random.default_rng(0).integers(len(keys), size=size)]
    sampled, counts = _counted(sample)
    colors = _unpacked(sampled)
    grids = _grids(sampled, colors, counts, K)

    def mode(colors, counts, start):
        return _quick_palette(grids, _checked(start, colors)), None

    centroids, _ = _best_run(mode, colors, counts, start, rng, restarts)
    return sampled if found is None else found, centroids


def _spread(keys, found, idx):
    """The numbers of colors, spread over their pixels."""
    table = np.empty(2**24, dtype=np.min_scalar_type(int(idx.max())))
    table[found] = idx
    return table[keys].astype(np.int32)


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
        idx, _ = _Points(colors).nearest_and_margin(run[0])
        return (counts * ((colors - run[0][idx]) ** 2).sum(axis=1)).sum()

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
    keys = _keys(_rows(image))
    if len(keys) <= SORTED:
        return _sorted(keys)
    found, counts = _counted(keys)
    row = np.empty(2**24, dtype=np.int32)
    row[found] = np.arange(len(found))
    return Counted(_unpacked(found), counts, row[keys].astype(np.intp))


def _keys(X):
    """The color of every pixel as one number, 65536 red + 256 green + blue, (N,) int32."""
    keys = np.empty(len(X), dtype=np.int32)
    for start in range(0, len(X), STRIP):
        levels = _levels(X[start : start + STRIP])
        strip = levels[:, 0] * 65536.0
        strip += levels[:, 1] * 256.0
        strip += levels[:, 2]
        keys[start : start + STRIP] = strip
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
    levels = np.multiply(strip, 255, dtype=np.float64)
    return np.rint(levels, out=levels)


def _sorted(keys):
    """`count_colors` by sorting key and place as one number."""
    N = len(keys)
    packed = (keys.astype(np.int64) << 32) | np.arange(N)
    packed.sort()
    keys = (packed >> 32).astype(np.int32)
    is_first = np.empty(N, dtype=bool)
    is_first[0] = True
    np.not_equal(keys[1:], keys[:-1], out=is_first[1:])
    first = np.flatnonzero(is_first)
    inverse = np.empty(N, dtype=np.intp)
    inverse[packed & (2**32 - 1)] = np.cumsum(is_first) - 1
    return Counted(_unpacked(keys[first]), np.diff(first, append=N), inverse)


def _counted(keys):
    """Distinct keys and counts alone."""
    keys = np.sort(keys)
    first = np.append(0, np.flatnonzero(keys[1:] != keys[:-1]) + 1)
    return keys[first], np.diff(first, append=len(keys))


def _occurring(keys):
    """Distinct keys alone, by a table of all 2^24 colors."""
    occurs = np.zeros(2**24, dtype=bool)
    occurs[keys] = True
    return np.flatnonzero(occurs)


def _unpacked(keys, bits=8):
    """Keys as levels in [0, 1], shape (M, 3)."""
    levels = np.stack([keys >> 2 * bits, keys >> bits, keys]) & (2**bits - 1)
    return (levels / (2**bits - 1)).T  # each channel in one piece: so they are read


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
        keys, counts = _counted(_keys(_rows(strip)))
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
        yield table[_keys(_rows(strip))].reshape(strip.shape[:-1])


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
    return _merged(_cells(_keys(colors), bits), colors, counts, bits)


def _cells(keys, bits):
    """The cell of each color: of each channel's 8 binary digits, the first ones."""
    cut, digits = 8 - bits, 2**bits - 1
    cells = (keys >> cut) & digits
    cells |= ((keys >> 8 + cut) & digits) << bits
    cells |= (keys >> 16 + cut) << 2 * bits
    return cells


def _merged(cells, colors, counts, bits):
    """Mean and size of every cell that holds a color."""
    row = np.zeros(8**bits, dtype=np.intp)
    row[cells] = 1
    used = np.flatnonzero(row)
    row[used] = np.arange(len(used))
    cells = row[cells]
    sizes = np.bincount(cells, weights=counts)
    sums = [np.bincount(cells, weights=counts * channel) for channel in colors.T]
    return (np.stack(sums) / sizes).T, sizes


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


class _Points:
    """Points in float32, ready for the distances to any few centroids.

    The squared distance of point x to centroid c is |x|^2 - 2 x.c + |c|^2, a product of
    two matrices. float32 takes half the time of float64, and rounds. How much, is known:
    where two distances are closer than that, the lessons' function decides.
    """

    def __init__(self, colors, center=None):
        M, d = colors.shape
        self.colors = colors
        if center is None:  # in the middle: small numbers round less
            center = (colors.min(axis=0) + colors.max(axis=0)) / 2
        self.center = center
        self.rows = np.ones((M, d + 2), dtype=np.float32)  # each in one piece: quick to take
        squared = np.zeros(M, dtype=np.float32)
        with np.errstate(over="ignore"):
            for j in range(d):
                channel = np.float32(colors[:, j] - center[j])
                self.rows[:, j] = channel
                squared += channel * channel
        self.rows[:, d] = squared
        self.reach = math.sqrt(squared.max())
        if not self.reach < HUGE:
            self.rows[:, : d + 1] = 0

    def nearest(self, centroids):
        """Number of the nearest centroid of each point, but for the rounding."""
        factors, *_ = self._factors(centroids)
        idx = np.empty(len(self.rows), dtype=np.intp)
        for part, squared, _ in self._products(factors, None):
            idx[part] = _number_of_nearest(squared)
        return idx

    def nearest_two(self, centroids):
        """The same, and the squared distances to the nearest and to the second nearest, but
        for the last digits."""
        factors, *_ = self._factors(centroids)
        return self._own_and_others(factors, None, None)

    def nearest_and_margin(self, centroids):
        """Number of the nearest centroid, and at least how much farther the others are.

        Where that is less than the rounding, the margin is 0, and the number is found as
        the lessons find it.
        """
        return self._sure(centroids, None, *self._factors(centroids))

    def _sure(self, centroids, rows, factors, error, slip):
        """As `nearest_and_margin`, for some points."""
        idx, own, others = self._own_and_others(factors, rows, None)
        hidden = 2.0 ** (int(len(centroids) - 1).bit_length() - 23)  # by the numbers carried
        own *= 1 + hidden
        others *= 1 - hidden
        margin = _apart(own, others, error, slip)
        close = np.flatnonzero(~(margin > 0))  # "not": NaN is doubtful, too
        if len(close):
            colors = self.colors[close if rows is None else rows[close]]
            idx[close], margin[close] = find_closest_centroids(colors, centroids), 0
        return idx, margin

    def look(self, centroids, rows, idx):
        """Are the centroids that some points were nearest to the nearest still?

        Parameters
        ----------
        centroids : ndarray, shape (K, d)
        rows : ndarray, shape (n,)
            Which points.
        idx : ndarray, shape (n,)
            Number of the centroid that each was nearest to.

        Returns
        -------
        margin : ndarray, shape (n,)
            At least how much farther than the nearest the other centroids are.
        doubtful : ndarray, shape (m,), in 0..n-1
            Where the answer is not a clear yes.
        now : ndarray, shape (m,)
            Number of the nearest there.
        """
        known = self._factors(centroids)
        _, own, others = self._own_and_others(known[0], rows, idx)
        margin = _apart(own, others, *known[1:])
        doubtful = np.flatnonzero(~(margin > 0))
        now, margin[doubtful] = self._sure(centroids, rows[doubtful], *known)
        return margin, doubtful, now

    def _factors(self, centroids):
        """The centroids' side of the product; how far off a squared distance and a root are."""
        c = centroids - self.center
        squared = (c * c).sum(axis=1)
        reach = self.reach + math.sqrt(squared.max())
        K, d = c.shape
        # The product rounds d + 2 times, what goes into it d + 2 times, no more; and the
        # smallest numbers of all have fewer digits.
        error, slip = (2 * d + 6) * ROUNDING * reach**2 + 1e-36, 8 * ROUNDING * reach
        if not reach < HUGE:
            c, error = np.clip(c, -HUGE, HUGE), np.inf
            squared = (c * c).sum(axis=1)
        factors = np.ones((K, d + 2), dtype=np.float32)
        np.multiply(c, -2, out=factors[:, :d], casting="same_kind")
        factors[:, d + 1] = squared
        return factors, error, slip

    def _products(self, factors, rows):
        """Squared distances, some at a time: which points, the distances (B, K, b), and where
        in these each point's first one stands.

        A product of K x b is small enough for BLAS to use one thread, and B of them for the
        cache to hold.
        """
        K, d = factors.shape
        n = len(self.rows) if rows is None else len(rows)
        most, start = max(PRODUCT // (K * d), 1), 0
        room = np.empty(K * min(max(CHUNK // (K * most), 1) * most, n), dtype=np.float32)
        while start < n:
            size = min(len(room) // K, n - start)
            b = min(most, size)
            size -= size % b
            part = slice(start, start + size)
            points = self.rows[part] if rows is None else self.rows.take(rows[part], axis=0)
            squared = room[: K * size].reshape(-1, K, b)
            np.matmul(factors, points.reshape(-1, b, d).transpose(0, 2, 1), out=squared)
            yield part, squared, _first_places(*squared.shape)
            start += size

    def _own_and_others(self, factors, rows, idx):
        """Each point's own centroid, the nearest if idx is None; and squared distances: to
        it, and to the nearest of the others."""
        n = len(self.rows) if rows is None else len(rows)
        found = np.empty(n, dtype=np.intp) if idx is None else idx
        own, others = np.empty((2, n), dtype=np.float32)
        for part, squared, first in self._products(factors, rows):
            if idx is None:
                found[part] = _number_of_nearest(squared)
            at = found[part] * squared.shape[2]
            at += first
            flat = squared.reshape(-1)
            flat.take(at, out=own[part], mode="clip")
            flat[at] = np.inf
            squared.min(axis=1, out=others[part].reshape(len(squared), -1))
        return found, own, others


@lru_cache(maxsize=4)
def _first_places(B, K, b):
    """Where in (B, K, b) distances the first one of each of the B b points stands."""
    return (K * b * np.arange(B)[:, None] + np.arange(b)).ravel()


def _number_of_nearest(squared):
    """Which of K distances is the smallest, shape (B x b,), for distances (B, K, b).

    `argmin` is many times slower than `min`. So each distance is made to carry its number
    k, in place of its last binary digits.
    """
    K = squared.shape[1]
    digits = 2 ** int(K - 1).bit_length() - 1
    bits = squared.view(np.int32)
    bits &= ~digits
    bits |= np.arange(K, dtype=np.int32)[:, None]
    smallest = squared.min(axis=1).view(np.int32).ravel()
    return np.minimum(smallest & digits, K - 1)  # what is not a number may carry anything


def _apart(own, others, error, slip):
    """At least how much farther than their own the other centroids are; NaN if not farther."""
    with np.errstate(invalid="ignore", over="ignore"):
        own += error
        others -= error
        margin = np.sqrt(others, out=others)
        margin -= np.sqrt(own, out=own)
        margin -= slip
    return margin


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
    *_, last = _lloyd_steps(colors, counts, initial_centroids, tol, max_iter)
    return last.centroids, last.idx.astype(np.int32)


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
    for now in _lloyd_steps(colors, counts, initial_centroids, tol, max_iter):
        yield Step(now.centroids.copy(), now.idx.astype(np.int32), _wcss(now))


def _lloyd_steps(colors, counts, initial_centroids, tol, max_iter):
    """The steps of `steps`, in arrays that the next step changes."""
    colors, counts = np.asarray(colors, dtype=float), np.asarray(counts)
    centroids = _checked(initial_centroids, colors)
    K, points = len(centroids), _Points(colors)
    exact, scale = _exact(colors)
    weighted = np.vstack([counts, counts * exact])
    squares = sum(float((w * x).sum()) for w, x in zip(weighted[1:], exact, strict=True))
    used = np.zeros(K)  # what the moves so far took from the margins of each cluster
    centroids, idx, ends = _every_color_used(points, centroids)
    sums = _sums(weighted, idx, K)
    limit = tol * _variance(squares, sums) / scale**2
    total, rows = np.inf, idx
    for _ in range(max_iter):
        yield Running(centroids, idx, sums, squares, scale)
        if len(rows) == 0 or total <= limit:
            return
        moved = (sums[1:] / (sums[0] * scale)).T
        shift = np.sqrt(((moved - centroids) ** 2).sum(axis=1))
        centroids, total = moved, (shift**2).sum()
        used += _approach(shift)
        spent = np.minimum(used, 1e30).astype(np.float32)  # half the bytes to look up
        rows = np.flatnonzero(spent.take(idx) >= ends)
        own = idx.take(rows)
        margin, doubtful, now = points.look(centroids, rows, own)
        was, own[doubtful] = own[doubtful], now
        ends[rows] = margin + (spent * BELOW).take(own)
        changed = now != was
        rows, was, now = rows[doubtful[changed]], was[changed], now[changed]
        idx[rows] = now
        if scale == 1:
            sums = _sums(weighted, idx, K)
        else:  # sums of whole numbers stay exact, however often they change
            part = weighted.take(rows, axis=1)
            sums += _sums(part, now, K) - _sums(part, was, K)
        if not sums[0].all():
            centroids, idx, ends = _every_color_used(points, centroids)
            ends += (spent * BELOW)[idx]
            sums, total = _sums(weighted, idx, K), np.inf
    yield Running(centroids, idx, sums, squares, scale)


def _exact(colors):
    """Channels of colors as whole levels, and 255; of other points as they are, and 1."""
    levels = np.empty(colors.shape[::-1])
    for row, channel in zip(levels, colors.T, strict=True):
        np.rint(channel * 255, out=row)
        if row.min() < 0 or row.max() > 255 or not np.array_equal(row / 255, channel):
            return colors.T, 1
    return levels, 255


def _variance(squares, sums):
    """Mean over the channels of the variance of the pixels."""
    pixels, *totals = sums.sum(axis=1)
    return max(squares / pixels - sum((total / pixels) ** 2 for total in totals), 0) / len(totals)


def _wcss(now):
    """The sum of n |x - c|^2, which is that of n |x|^2 - 2 n x.c + n |c|^2."""
    c = now.scale * now.centroids
    wcss = now.squares - 2 * (now.sums[1:].T * c).sum() + now.sums[0] @ (c * c).sum(axis=1)
    return max(float(wcss), 0.0) / now.scale**2


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


def _sums(weighted, idx, K):
    """Pixels and sums of each cluster, shape (1 + d, K)."""
    return np.stack([np.bincount(idx, weights=row, minlength=K) for row in weighted])


def _approach(shift):
    """How much nearer another centroid may have come than one's own, by these moves."""
    order = np.argsort(shift)
    others = np.full(len(shift), shift[order[-1]])
    others[order[-1]] = shift[order[-2]] if len(shift) > 1 else 0
    return (shift + others) * (1 + 1e-12)


def _every_color_used(points, centroids):
    """Centroids, idx and margins, lost colors moved as in `helpers.kmeans.use_every_color`."""
    while True:
        idx, margin = points.nearest_and_margin(centroids)
        lost = np.flatnonzero(np.bincount(idx, minlength=len(centroids)) == 0)
        if not len(lost):
            return centroids, idx, margin
        row, squared = farthest_pixel(points.colors, centroids)
        if squared == 0:
            K = len(centroids)
            raise ValueError(f"K = {K}, but there are only {K - len(lost)} different colors.")
        centroids = centroids.copy()
        centroids[lost[0]] = points.colors[row]


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
    centroids = _checked(initial_centroids, colors)
    grids = _grids(_keys(colors), colors, counts, len(centroids))
    centroids = _quick_palette(grids, centroids)
    centroids, idx, _ = _every_color_used(_Points(colors), centroids)
    return centroids, idx.astype(np.int32)


def _quick_palette(grids, centroids):
    """The centroids of `quick_kmeans`, before any color is asked for its nearest."""
    K = len(centroids)
    first, *finer = [grid for grid in grids if len(grid.means) >= FEW * K] or grids[-1:]
    centroids = first.relocated(first.lloyd(centroids, 2))
    for grid in finer:
        if len(grid.means) * K < WORTH:
            centroids = grid.relocated(centroids, caution=(0.5,))
    return grids[-1].lloyd(centroids, 2)


def _nearest(keys, centroids, bits=6):
    """The nearest of the centroids for every color, given by its key.

    Where all colors of a cell have the same, that is found once for the cell: T. Kanungo
    and others, "An efficient k-means clustering algorithm: analysis and implementation",
    IEEE Transactions on Pattern Analysis and Machine Intelligence 24 (2002).
    """
    cell, side, levels = _cells(keys, bits), 256 >> bits, 255 * centroids
    nearest = np.full(8**bits, -1, dtype=np.int32)
    nearest[cell] = 0
    cells = np.flatnonzero(nearest == 0)
    corners = _unpacked(cells, bits) * (256 - side)
    number, margin = _Points(corners + (side - 1) / 2).nearest_and_margin(levels)
    nearest[cells] = np.where(margin > math.sqrt(3) * (side - 1), number, -1)  # corner to corner
    idx = nearest[cell]
    mixed = np.flatnonzero(idx < 0)
    if len(mixed):
        colors = np.rint(_unpacked(keys[mixed]) * 255)
        idx[mixed], _ = _Points(colors).nearest_and_margin(levels)
    return idx


def _grids(keys, colors, counts, K):
    """Grids of cells, from a coarse one to one that stands well for the colors, for K."""
    for bits in (4, 5, 6):
        cells = _cells(keys, bits)
        occurs = np.zeros(8**bits, dtype=bool)
        occurs[cells] = True
        if occurs.sum() >= GOOD * K:
            break
    else:
        bits = 8 if len(colors) <= MANY else 7
        cells = _cells(keys, bits)
    grids = [(colors, counts) if bits == 8 else _merged(cells, colors, counts, bits)]
    for coarser in range(min(bits - 1, 6), 3, -1):
        # A mean lies in its own cell, so merging cells is the same as merging their colors.
        grids.insert(0, coarse_cells(*grids[0], coarser))
    return [_Cells(*grid) for grid in grids]


def _eighths(colors):
    """Colors in whole eighths of a level, those outside of the color cube moved to its side."""
    return np.clip(np.rint(EIGHTHS * colors), 0, EIGHTHS)


class _Cells:
    """A coarse grid of a picture's colors, ready for K-means."""

    def __init__(self, means, sizes):
        self.means, self.sizes = means, sizes
        # In eighths of a level all products are whole numbers below 2^24, which float32
        # does not round: the same palette on every machine.
        self.points = _Points(_eighths(means), center=np.full(3, EIGHTHS // 2))
        self.weighted = np.vstack([self.sizes, self.sizes * self.means.T])

    def nearest(self, centroids):
        """Number of the nearest centroid of each cell."""
        return self.points.nearest(_eighths(centroids))

    def lloyd(self, centroids, steps, stretch=1.8):
        """Steps of Lloyd's, all but the last made longer: below twice, that never does harm.

        For a given assignment the WCSS is a parabola in each centroid with its bottom at
        the mean: anywhere nearer to the mean than now is lower. A centroid that has no
        cell stays where it is.
        """
        for step in range(steps):
            idx = self.nearest(centroids)
            sums = _sums(self.weighted, idx, len(centroids))
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
        K, channels = len(centroids), self.means.T
        squares = [self.weighted[1 + a] * channels[b] for a, b in PAIRS]
        sums = _sums([*self.weighted, *squares], idx, K)
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


def palette_within(image, K, seconds, rng=None):
    """The best palette of K colors that there is time for.

    Parameters
    ----------
    image : ndarray, shape (..., 3), uint8, or float in [0, 1]
        As for `count_colors`.
    K : int, 1 or more
    seconds : float
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
        cells = _Cells(*_merged(_cells(found, 5), _unpacked(found), counts, 5))
        if len(cells.means) < 2 * K:
            continue
        if centroids is None:
            centroids = cells.lloyd(kmeans_plus_plus(cells.means, cells.sizes, K, rng), 4)
            yield centroids
        centroids = cells.relocated(cells.lloyd(centroids, 2))
        yield centroids
    found, counts = _counted(_keys(X))
    colors = _unpacked(found)
    if centroids is None:
        centroids = kmeans_plus_plus(colors, counts, K, rng)
    centroids = _quick_palette(_grids(found, colors, counts, K), centroids)
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
        # The same grids for every K: its palette must not depend on the largest.
        *_, self.cells, self.fine = _grids(_keys(self.colors), self.colors, self.counts, 64)
        self.points = _Points(np.rint(self.colors * 255))  # whole levels: ties stay ties
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

    def choose(self, K):
        """A palette of K colors, about as good as K-means run to its end.

        Parameters
        ----------
        K : int, 1 or more

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
        _check_K(K, self.colors)
        self._grow(K)
        centroids = self._starts[K]
        for cells in (self.cells, self.fine):
            centroids = cells.lloyd(centroids, WORK // (K * len(cells.means)) + 1)
        return centroids.copy()

    def quick(self, K):
        """The palette of `choose`, each color with a use, and the picture painted with it.

        Parameters
        ----------
        K : int, 1 or more

        Returns
        -------
        Answer

        Raises
        ------
        ValueError
            As in `choose`.
        """
        levels, idx, _ = _every_color_used(self.points, 255 * self.choose(K))
        return self._painted(levels / 255, idx)

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
        codebook = np.asarray(codebook, dtype=float)
        return self._painted(codebook, self.points.nearest_and_margin(255 * codebook)[0])

    def refine(self, centroids, tol=1e-5):
        """Exact steps from a palette on, each better than the one before.

        Parameters
        ----------
        centroids : ndarray, shape (K, 3)
        tol : float
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
