import numpy as np
from zoo import right, variants, wrong

from helpers.color import pairwise_distances

BLOCK = 4096
points = np.full((60, 2), 0.5)
start = points[:3]
X = points
K = 3
centroids = start
idx = np.zeros(60, dtype=int)


def squared_distances(X, C):
    return sum((X[:, j, None] - C[:, j]) ** 2 for j in range(X.shape[1]))


# --- Right ---------------------------------------------------------------------------------


@right
def as_on_the_page(X, centroids):
    centroids = np.asarray(centroids, dtype=float)
    idx = np.empty(len(X), dtype=np.int32)
    for start in range(0, len(X), BLOCK):
        block = X[start : start + BLOCK]
        idx[start : start + BLOCK] = squared_distances(block, centroids).argmin(axis=1)
    return idx


@right
def one_line(X, centroids):
    return pairwise_distances(X, centroids).argmin(axis=1)


@right
def broadcasting(X, C):
    d = np.sqrt(((X[:, None, :] - C[None, :, :]) ** 2).sum(axis=2))
    return np.argmin(d, axis=1)


@right
def loop_over_points(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        squared = ((X[n] - centroids) ** 2).sum(axis=1)
        idx[n] = squared.argmin()
    return idx


@right
def three_plain_loops(X, centroids):
    result = []
    for x in X.tolist():
        best, best_k = float("inf"), 0
        for k, c in enumerate(centroids.tolist()):
            total = 0
            for j in range(len(c)):
                total += (x[j] - c[j]) ** 2
            if total < best:
                best, best_k = total, k
        result.append(best_k)
    return np.array(result)


@right
def list_comprehension(X, centroids):
    return np.array([int(np.argmin([np.linalg.norm(x - c) for c in centroids])) for x in X])


@right
def matmul_trick(X, centroids):
    X, C = np.asarray(X, dtype=float), np.asarray(centroids, dtype=float)
    d = (X**2).sum(axis=1)[:, None] - 2 * X @ C.T + (C**2).sum(axis=1)
    return d.argmin(axis=1)


@right
def with_einsum(X, centroids):
    d = X[:, np.newaxis] - centroids
    return np.einsum("nkd,nkd->nk", d, d).argmin(1)


@right
def argsort_first(X, centroids):
    return np.argsort(pairwise_distances(X, centroids), axis=1, kind="stable")[:, 0]


@right
def float32_inside(X, centroids):
    X, C = X.astype(np.float32), np.float32(centroids)
    d = np.zeros((X.shape[0], C.shape[0]), dtype=np.float32)
    for j in range(X.shape[1]):
        d += (X[:, j : j + 1] - C[:, j]) ** 2
    return d.argmin(axis=1).astype(np.int16)


@right
def running_minimum(X, centroids):
    best = np.full(len(X), np.inf)
    idx = np.zeros(len(X), dtype="int64")
    for k in range(len(centroids)):
        d = ((X - centroids[k]) ** 2).sum(axis=1)
        closer = d < best
        idx[closer] = k
        best[closer] = d[closer]
    return idx


@right
def transposed_table(X, centroids):
    table = np.array([np.linalg.norm(X - c, axis=1) for c in centroids])
    return table.argmin(axis=0)


@right
def with_apply_along_axis(X, centroids):
    return np.apply_along_axis(lambda x: ((x - centroids) ** 2).sum(axis=1).argmin(), 1, X)


@right
def norm_with_axis(X, centroids):
    return np.linalg.norm(X[:, None] - centroids, axis=-1).argmin(-1).astype("uint16")


@right
def list_index_min(X, centroids):
    idx = []
    for d in pairwise_distances(X, centroids).tolist():
        idx.append(d.index(min(d)))
    return np.asarray(idx, dtype=np.intp)


@right
def min_with_key(X, centroids):
    def nearest(x):
        return min(range(len(centroids)), key=lambda k: ((x - centroids[k]) ** 2).sum())

    return np.fromiter(map(nearest, X), dtype=int)


@right
def while_loop(points, colors):
    n = 0
    idx = np.empty(points.shape[0], int)
    while n < points.shape[0]:
        idx[n] = np.argmin(np.sum(np.abs(points[n] - colors) ** 2, axis=1))
        n += 1
    return idx


@right
def array_split_and_join(X, centroids):
    parts = np.array_split(X, max(1, len(X) // 500))
    return np.concatenate([pairwise_distances(p, centroids).argmin(axis=1) for p in parts])


# --- Wrong ---------------------------------------------------------------------------------


@wrong("argmin runs along the wrong axis")
def argmin_axis_0(X, centroids):
    return pairwise_distances(X, centroids).argmin(axis=0)


@wrong("the farthest, not the nearest")
def argmax(X, centroids):
    return pairwise_distances(X, centroids).argmax(axis=1)


@wrong("axis=1")
def argmin_of_everything(X, centroids):
    return pairwise_distances(X, centroids).argmin()


@wrong("argmin")
def min_instead_of_argmin(X, centroids):
    return pairwise_distances(X, centroids).min(axis=1)


@wrong("argmin")
def squared_min(X, centroids):
    return ((X[:, None] - centroids) ** 2).sum(axis=-1).min(axis=1)


@wrong("argmin")
def all_distances(X, centroids):
    return pairwise_distances(X, centroids)


@wrong("argmin")
def all_squared_distances(X, centroids):
    d = np.zeros((len(X), len(centroids)))
    for i in range(len(X)):
        for k in range(len(centroids)):
            d[i, k] = ((X[i] - centroids[k]) ** 2).sum()
    return d


@wrong("numbers")
def colors_instead_of_numbers(X, centroids):
    return centroids[pairwise_distances(X, centroids).argmin(axis=1)]


@wrong("from 1")
def from_one(X, centroids):
    return pairwise_distances(X, centroids).argmin(axis=1) + 1


@wrong("from 1")
def from_one_with_a_counter(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n, x in enumerate(X):
        best = np.inf
        k = 1
        for c in centroids:
            if ((x - c) ** 2).sum() < best:
                best = ((x - c) ** 2).sum()
                idx[n] = k
            k += 1
    return idx


@wrong("np.array")
def returns_a_list(X, centroids):
    return [int(((x - centroids) ** 2).sum(axis=1).argmin()) for x in X]


@wrong("column")
def returns_a_column(X, centroids):
    return pairwise_distances(X, centroids).argmin(axis=1, keepdims=True)


variants(
    """
def NAME(X, centroids):
    LINE
    for n in range(len(X)):
        idx[n] = ((X[n] - centroids) ** 2).sum(axis=1).argmin()
    return idx
""",
    fills_a_column=("idx = np.zeros((len(X), 1), dtype=int)", "column"),
    floats=("idx = np.zeros(len(X))", "whole number"),
    index_error=("idx = np.zeros(len(centroids), dtype=int)", "two sizes mixed up"),
    decimals_from_zeros=("idx = np.zeros(len(X))", "only their type"),
)


@wrong("last", "lowest")
def last_of_a_tie(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        best = float("inf")
        for k in range(len(centroids)):
            d = ((X[n] - centroids[k]) ** 2).sum()
            if d <= best:
                best = d
                idx[n] = k
    return idx


@wrong("absolute")
def city_block(X, centroids):
    return np.abs(X[:, None] - centroids).sum(axis=2).argmin(axis=1)


@wrong("largest difference", "their squares", "root of the sum")
def chessboard(X, centroids):
    return np.abs(X[:, None] - centroids).max(axis=2).argmin(axis=1)


@wrong("cancel")
def signed_sum(X, centroids):
    return (X[:, None] - centroids).sum(axis=2).argmin(axis=1)


@wrong("cancel")
def signed_sum_other_way(X, centroids):
    return (centroids[None] - X[:, None]).sum(axis=2).argmin(axis=1)


@wrong("cancel")
def square_of_the_sum(X, centroids):
    return ((X[:, None] - centroids).sum(axis=2) ** 2).argmin(axis=1)


@wrong("cancel")
def absolute_of_the_sum(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        idx[n] = np.argmin([abs(sum(X[n] - c)) for c in centroids])
    return idx


@wrong("brightness")
def brightness(X, centroids):
    return np.abs(X.mean(axis=1)[:, None] - centroids.mean(axis=1)).argmin(axis=1)


@wrong("first of the channels")
def first_channel(X, centroids):
    return np.abs(X[:, :1] - centroids[:, 0]).argmin(axis=1)


@wrong("channel")
def overwritten_channel(X, centroids):
    for j in range(X.shape[1]):
        d = (X[:, j, None] - centroids[:, j]) ** 2
    return d.argmin(axis=1)


@wrong("how far from black", "length of the difference")
def compares_lengths(X, centroids):
    a = np.linalg.norm(X, axis=1)
    b = np.linalg.norm(centroids, axis=1)
    return np.abs(a[:, None] - b).argmin(axis=1)


@wrong("product")
def dot_products(X, centroids):
    return (X @ centroids.T).argmax(axis=1)


@wrong("product", "2")
def matmul_trick_without_two(X, centroids):
    d = (X**2).sum(axis=1)[:, None] - X @ centroids.T + (centroids**2).sum(axis=1)
    return d.argmin(axis=1)


@wrong("3 channels, whatever their number is")
def three_channels_only(X, centroids):
    d = np.zeros((len(X), len(centroids)))
    for j in range(3):
        d += (X[:, j, None] - centroids[:, j]) ** 2
    return d.argmin(axis=1)


@wrong("channels", "shape")
def plane_only(X, centroids):
    dx = X[:, 0][:, None] - centroids[:, 0]
    dy = X[:, 1][:, None] - centroids[:, 1]
    return (dx**2 + dy**2).argmin(axis=1)


@wrong("3 colors, whatever their number is")
def three_colors_only(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        d = [((X[n] - centroids[k]) ** 2).sum() for k in range(3)]
        idx[n] = np.argmin(d)
    return idx


variants(
    """
def NAME(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        best = np.inf
        LINE
            d = ((X[n] - centroids[k]) ** 2).sum()
            if d < best:
                best, idx[n] = d, k
    return idx
""",
    sixteen_colors_only=("for k in range(16):", "You count on 16 colors"),
    first_color_left_out=("for k in range(1, len(centroids)):", "first color"),
    last_color_left_out=("for k in range(len(centroids) - 1):", "last color"),
)


@wrong("page")
def k_of_the_page(X, C):
    d = np.zeros((len(X), K))
    for k in range(K):
        d[:, k] = ((X - C[k]) ** 2).sum(axis=1)
    return d.argmin(axis=1)


@wrong("page")
def points_of_the_page(data, C):
    return pairwise_distances(points, C).argmin(axis=1)


@wrong("page")
def idx_of_the_page(X, C):
    for n in range(len(X)):
        idx[n] = ((X[n] - C) ** 2).sum(axis=1).argmin()
    return idx


@wrong("page")
def start_of_the_page(X, centroids):
    return pairwise_distances(X, start).argmin(axis=1)


@wrong("each pixel", "every color")
def row_with_row(X, centroids):
    return ((X - centroids) ** 2).sum(axis=1).argmin()


@wrong("axis")
def axis_missing(X, centroids):
    return ((X - centroids) ** 2).sum(axis=1).argmin(axis=1)


@wrong("channels")
def sum_over_colors(X, centroids):
    return ((X[:, None] - centroids) ** 2).sum(axis=1).argmin(axis=1)


@wrong("Nothing is added up")
def no_sum(X, centroids):
    return ((X[:, None] - centroids) ** 2).argmin(axis=1)


@wrong("the order of all")
def argsort_only(X, centroids):
    return pairwise_distances(X, centroids).argsort(axis=1)


@wrong("last pixel")
def last_point_left_out(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X) - 1):
        idx[n] = ((X[n] - centroids) ** 2).sum(axis=1).argmin()
    return idx


@wrong("first pixel")
def first_point_left_out(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(1, len(X)):
        idx[n] = ((X[n] - centroids) ** 2).sum(axis=1).argmin()
    return idx


@wrong("anew")
def best_not_reset(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    best = np.inf
    for n in range(len(X)):
        for k in range(len(centroids)):
            d = ((X[n] - centroids[k]) ** 2).sum()
            if d < best:
                best = d
                idx[n] = k
    return idx


@wrong("smallest so far")
def best_never_updated(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        best = np.inf
        for k in range(len(centroids)):
            d = ((X[n] - centroids[k]) ** 2).sum()
            if d < best:
                idx[n] = k
    return idx


@wrong("return", "loop")
def return_in_the_loop(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        idx[n] = ((X[n] - centroids) ** 2).sum(axis=1).argmin()
        return idx


@wrong("Only the last pixel comes back")
def returns_only_the_last(X, centroids):
    for x in X:
        idx = ((x - centroids) ** 2).sum(axis=1).argmin()
    return idx


@wrong("written")
def never_written(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        nearest = ((X[n] - centroids) ** 2).sum(axis=1).argmin()
    return idx


@wrong("decimals")
def truncated(X, centroids):
    X = X.astype(int)
    centroids = centroids.astype(int)
    return pairwise_distances(X, centroids).argmin(axis=1)


@wrong("bytes")
def wraps_around(X, centroids):
    X = (X * 255).astype(np.uint8)
    C = (centroids * 255).astype(np.uint8)
    return ((X[:, None] - C) ** 2).sum(axis=2).argmin(axis=1)


@wrong("copy")
def in_place(X, centroids):
    products = X @ centroids.T
    X **= 2
    centroids **= 2
    d = X.sum(axis=1)[:, None] - 2 * products + centroids.sum(axis=1)
    return d.argmin(axis=1)


@wrong("print")
def printed(X, centroids):
    idx = pairwise_distances(X, centroids).argmin(axis=1)
    print(idx)


@wrong("return")
def forgotten(X, centroids):
    idx = pairwise_distances(X, centroids).argmin(axis=1)


@wrong("never ends")
def endless(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    n = 0
    while n < len(X):
        idx[n] = ((X[n] - centroids) ** 2).sum(axis=1).argmin()
    return idx


@wrong("last")
def blocks_of_four_only_full(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for s in range(0, len(X) - 4, 4):
        idx[s : s + 4] = squared_distances(X[s : s + 4], centroids).argmin(axis=1)
    return idx


@wrong("block")
def full_blocks_only(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for b in range(len(X) // BLOCK):
        block = X[b * BLOCK : (b + 1) * BLOCK]
        idx[b * BLOCK : (b + 1) * BLOCK] = squared_distances(block, centroids).argmin(axis=1)
    return idx


@wrong("block")
def only_the_first_block(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    idx[:BLOCK] = squared_distances(X[:BLOCK], centroids).argmin(axis=1)
    return idx


@wrong("second")
def block_of_two_as_column(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for s in range(0, len(X), 2):
        idx[s] = squared_distances(X[s : s + 2], centroids).argmin(axis=1)[0]
    return idx


@wrong("cancel")
def two_mistakes_signed_and_from_one(X, centroids):
    return (X[:, None] - centroids).sum(axis=2).argmin(axis=1) + 1


@wrong("axis=1")
def two_mistakes_axis_and_l1(X, centroids):
    return np.abs(X[:, None] - centroids).sum(axis=2).argmin(axis=0)


@wrong("argmin")
def two_mistakes_l1_and_min(X, centroids):
    return np.abs(X[:, None] - centroids).sum(axis=2).min(axis=1)


@wrong("very large number")
def threshold(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        best = 0.1
        for k in range(len(centroids)):
            d = ((X[n] - centroids[k]) ** 2).sum()
            if d < best:
                best, idx[n] = d, k
    return idx


@wrong("bool", "whole number")
def true_and_false(X, centroids):
    d = pairwise_distances(X, centroids)
    return d[:, 0] > d[:, -1]


@wrong("smallest so far")
def compares_with_previous_only(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        d = ((X[n] - centroids) ** 2).sum(axis=1)
        for k in range(1, len(d)):
            if d[k] < d[k - 1]:
                idx[n] = k
    return idx


@wrong("not defined")
def undefined_name(X, centroids):
    return distances(X, centroids).argmin(axis=1)


@wrong("three dots")
def stub(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    return ...


@wrong("bytes", "256")
def byte_numbers(X, centroids):
    return squared_distances(X, centroids).argmin(axis=1).astype(np.uint8)


@wrong("round the distances")
def rounded_distances(X, centroids):
    return np.round(pairwise_distances(X, centroids), 3).argmin(axis=1)


@wrong("overwrite one another")
def only_the_last_block(X, centroids):
    for s in range(0, len(X), BLOCK):
        idx = squared_distances(X[s : s + BLOCK], centroids).argmin(axis=1)
    return idx


@wrong("begins where the one before it ended")
def first_rows_in_every_block(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for s in range(0, len(X), BLOCK):
        stop = min(s + BLOCK, len(X))
        idx[s:stop] = squared_distances(X[: stop - s], centroids).argmin(axis=1)
    return idx


@wrong("ends before its second number")
def a_row_between_blocks(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for s in range(0, len(X), BLOCK):
        idx[s : s + BLOCK - 1] = squared_distances(X[s : s + BLOCK - 1], centroids).argmin(axis=1)
    return idx


@wrong("come back", "blocks overlap")
def overlapping_blocks(X, centroids):
    idx = []
    for s in range(0, len(X), BLOCK):
        idx.extend(squared_distances(X[s : s + BLOCK + 1], centroids).argmin(axis=1))
    return np.array(idx)


@wrong("smaller lists or arrays", "np.concatenate")
def list_of_blocks(X, centroids):
    blocks = range(0, len(X), BLOCK)
    return [squared_distances(X[s : s + BLOCK], centroids).argmin(axis=1) for s in blocks]


@wrong("all of them", "equally near")
def places_of_the_minimum(X, centroids):
    d = pairwise_distances(X, centroids)
    return np.where(d == d.min(axis=1, keepdims=True))[1]


@wrong("subtract the mean from X")
def standardized(X, centroids):
    Z = (X - X.mean(axis=0)) / (X.std(axis=0) + 1e-9)
    return pairwise_distances(Z, centroids).argmin(axis=1)


@wrong("very large number")
def begins_with_a_thousand(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n, x in enumerate(X):
        best = 1000
        for k, c in enumerate(centroids):
            d = np.linalg.norm(x - c)
            if d < best:
                best, idx[n] = d, k
    return idx


@wrong("argmin needs axis=1")
def one_argmin_for_each_block(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for start in range(0, len(X), 4096):
        block = X[start : start + 4096]
        idx[start : start + 4096] = ((block[:, None] - centroids) ** 2).sum(axis=2).argmin()
    return idx


@wrong("distance of 0", "passed over")
def never_itself(X, centroids):
    squared = ((X[:, None] - centroids) ** 2).sum(axis=2)
    squared[squared == 0] = np.inf
    return squared.argmin(axis=1)


@wrong("where it ends")
def slices_to_the_size_of_a_block(X, centroids):
    idx, size = np.zeros(len(X), dtype=int), 4096
    for start in range(0, len(X), size):
        block = X[start:size]
        idx[start:size] = ((block[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
    return idx


@wrong("another scale")
def stretches_both_first(X, centroids):
    lo, hi = X.min(axis=0), X.max(axis=0)
    span = np.where(hi > lo, hi - lo, 1)
    Xs, Cs = (X - lo) / span, (np.asarray(centroids) - lo) / span
    return ((Xs[:, None] - Cs) ** 2).sum(axis=-1).argmin(axis=1)
