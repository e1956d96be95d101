"""Distances: the nearest of a few centroids for many points, by one product of matrices.

The squared distance of point x to centroid c is |x|^2 - 2 x.c + |c|^2, in float32, some at a
time, each with its number in its last digits, as page 08b explains. How much that rounds, is
known: where two distances are closer, the lessons' function decides. Among very many, a centroid
is asked only where it may be near: in no block of points that is farther than two others are.
"""

import math
from functools import cached_property, lru_cache

import numpy as np

from helpers.codebook import find_closest_centroids
from helpers.color import squared_distances

PRODUCT = 250_000  # multiplications in a product: beyond 2^18, BLAS wakes its threads
CHUNK = 2**18  # distances at a time: few enough for the cache
ROUNDING = 2.0**-24  # of float32, relative
SIDES, MANY, WORTH = 5, 128, 2**23  # blocks to an axis, for so many centroids and distances
HUGE = 1e15  # float32 has no room for much larger squares: beyond, every answer is in doubt


class Points:
    """Points in float32, ready for the distances to any few centroids."""

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
        for part, near, squared in self._asked(factors):
            idx[part] = near.take(_number_of_nearest(squared))
        return idx

    def nearest_two(self, centroids):
        """The same, and the squared distances to the nearest and to the second nearest."""
        factors, *_ = self._factors(centroids)
        return _own_and_others(self._asked(factors), len(self.rows))

    def nearest_and_margin(self, centroids, which=None):
        """The nearest centroid, exactly, and how much farther the others are at least."""
        factors, error, slip = self._factors(centroids)
        many = len(self.rows if which is None else which)
        idx, own, others = _own_and_others(self._asked(factors, which), many)
        hidden = 2.0 ** (int(len(centroids) - 1).bit_length() - 23)  # by the numbers carried
        own *= 1 + hidden
        others *= 1 - hidden
        margin = _apart(own, others, error, slip)
        close = np.flatnonzero(~(margin > 0))  # "not": NaN is doubtful, too
        if len(close):
            colors = self.colors[close if which is None else which[close]]
            idx[close], margin[close] = find_closest_centroids(colors, centroids), 0
        return idx, margin

    def squared_to(self, which):
        """Squared distances of all points to some of them, but for the rounding, (n, M)."""
        factors, columns = self._sides
        return _product(factors.take(which, axis=0), columns)

    @cached_property
    def _sides(self):
        """Both sides of the product of all points with all."""
        return self._factors(self.colors)[0], np.ascontiguousarray(self.rows.T)

    def look(self, centroids, which, idx):
        """Margins of points that were nearest to idx, where in which they may not be, and now."""
        factors, error, slip = self._factors(centroids)
        _, own, others = _own_and_others(self._asked(factors, which), len(which), idx)
        margin = _apart(own, others, error, slip)
        doubtful = np.flatnonzero(~(margin > 0))
        now, margin[doubtful] = self.nearest_and_margin(centroids, which[doubtful])
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

    def _asked(self, factors, which=None):
        """Squared distances, some at a time: of which points, to which centroids; (B, K, b)."""
        K, rows = len(factors), self.rows if which is None else self.rows.take(which, axis=0)
        if which is None and K >= MANY and K * len(rows) >= WORTH and self.reach < HUGE:
            for block, near in self._near(factors):
                for part, squared in _products(factors[near], rows.take(block, axis=0)):
                    yield block[part], near, squared
        else:
            for part, squared in _products(factors, rows):
                yield part, np.arange(K), squared

    def _near(self, factors):
        """Blocks of points, and which centroids may be one of the two nearest to any of them."""
        blocks, middles, radii = self._blocks
        far = np.sqrt(squared_distances(middles, factors[:, : middles.shape[1]] / -2))
        limit = np.partition(far, 1, axis=1)[:, 1] + 2 * radii
        limit += 32 * ROUNDING * (self.reach + far.max())
        for block, too_far in zip(blocks, far > limit[:, None], strict=True):
            yield block, np.flatnonzero(~too_far)

    @cached_property
    def _blocks(self):
        """Blocks of points that are close together; their middles, and how far they reach."""
        channels = self.rows[:, : self.colors.shape[1]]
        few = channels[:: max(len(channels) // 4096, 1)]
        cuts = np.quantile(few, np.arange(1, SIDES) / SIDES, axis=0)  # as many on either side
        number = np.zeros(len(channels), dtype=np.int16)
        for channel, cut in zip(channels.T[:3], cuts.T, strict=False):
            number = SIDES * number + np.searchsorted(cut, channel).astype(np.int16)
        order = np.argsort(number, kind="stable")
        first = np.flatnonzero(np.diff(number[order], prepend=-1))
        least, most = (f.reduceat(channels[order], first) for f in (np.minimum, np.maximum))
        radii = np.sqrt(((most - least) ** 2).sum(axis=1)) / 2
        return np.split(order, first[1:]), (least + most) / 2, radii


def _products(factors, rows):
    """Squared distances, some at a time: which points, and B products of K x b, (B, K, b)."""
    (K, d), n, start = factors.shape, len(rows), 0
    most = max(PRODUCT // (K * d), 1)
    room = np.empty(K * min(max(CHUNK // (K * most), 1) * most, n), dtype=np.float32)
    while start < n:
        size = min(len(room) // K, n - start)
        b = min(most, size)
        size -= size % b
        part = slice(start, start + size)
        squared = room[: K * size].reshape(-1, K, b)
        _product(factors, rows[part].reshape(-1, b, d).transpose(0, 2, 1), squared)
        yield part, squared
        start += size


def _product(factors, columns, out=None):
    """The product of matrices, without a warning of invalid values."""
    # BLAS gave one for finite numbers, once, and none when it was asked again; what really is not
    # a number shows in the margins, which leave it to the lessons' function.
    with np.errstate(invalid="ignore"):
        return np.matmul(factors, columns, out=out)


def _own_and_others(asked, many, idx=None):
    """Each point's own centroid (idx, or the nearest), and squared distances to it and others."""
    found = np.empty(many, dtype=np.intp) if idx is None else idx
    own, others = np.empty((2, many), dtype=np.float32)
    for part, near, squared in asked:
        k = _number_of_nearest(squared) if idx is None else idx[part]
        at = k * squared.shape[2]
        at += _first_places(*squared.shape)
        flat = squared.reshape(-1)
        own[part] = flat.take(at, mode="clip")
        flat[at] = np.inf
        others[part] = squared.min(axis=1).ravel()
        if idx is None:
            found[part] = near.take(k)
    return found, own, others


@lru_cache(maxsize=4)
def _first_places(B, K, b):
    """Where in (B, K, b) distances the first one of each of the B b points stands."""
    return (K * b * np.arange(B)[:, None] + np.arange(b)).ravel()


def _number_of_nearest(squared):
    """Which of K distances is the smallest, (B x b,): each carries its number, into `min`."""
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
