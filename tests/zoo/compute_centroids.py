import numpy as np
from zoo import right, variants, wrong

from helpers.kmeans import farthest_pixel

points = np.full((60, 2), 0.5)
X = points
K = 3
idx = np.zeros(60, dtype=int)
centroids = points[:3].copy()
start = centroids


# --- Right ---------------------------------------------------------------------------------


@right
def as_on_the_page(X, idx, K):
    centroids = np.empty((K, X.shape[1]))
    used = [k for k in range(K) if (idx == k).any()]
    for k in used:
        centroids[k] = X[idx == k].mean(axis=0)
    for k in sorted(set(range(K)) - set(used)):
        row, _ = farthest_pixel(X, centroids[used])
        centroids[k] = X[row]
        used.append(k)
    return centroids


variants(
    """
def NAME(X, idx, K):
    LINE
    for k in range(K):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
    return centroids
""",
    zeros_for_empty=("centroids = np.zeros((K, X.shape[1]))",),
    inf_for_empty=("centroids = np.full((K, X.shape[1]), np.inf)", "no pixels"),
    zeros_like_x=("centroids = np.zeros((K, X.shape[1]), dtype=X.dtype)", "integers"),
    copies_rows_of_x=("centroids = np.resize(X, (K, X.shape[1]))", "integers"),
    integer_result=("centroids = np.zeros((K, X.shape[1]), dtype=int)", "decimals"),
    three_channels_only=("centroids = np.zeros((K, 3))", "channels", "shape"),
)


@right
def random_pixel_for_empty(X, idx, K):
    rng = np.random.default_rng()
    rows = []
    for k in range(K):
        group = X[idx == k]
        if len(group) > 0:
            rows.append(np.mean(group, axis=0))
        else:
            rows.append(X[rng.integers(len(X))])
    return np.array(rows)


@right
def mean_of_all_for_empty(X, idx, K):
    return np.stack([X[idx == k].mean(0) if k in idx else X.mean(0) for k in range(K)])


@right
def old_global_random(X, idx, K):
    result = []
    for k in range(K):
        mine = X[np.where(idx == k)[0]]
        result.append(mine.mean(axis=0) if mine.size else X[np.random.randint(len(X))])
    return np.vstack(result)


@right
def pure_python(X, idx, K):
    d = len(X[0])
    sums = [[0.0] * d for _ in range(K)]
    counts = [0] * K
    for x, k in zip(X.tolist(), idx.tolist()):
        counts[k] += 1
        for j in range(d):
            sums[k][j] += x[j]
    return np.array([[s / max(n, 1) for s in row] for row, n in zip(sums, counts)])


@right
def with_add_at(X, idx, K):
    sums = np.zeros((K, X.shape[1]))
    np.add.at(sums, idx, X)
    counts = np.bincount(idx, minlength=K)
    return sums / np.maximum(counts, 1)[:, None]


@right
def with_bincount_weights(X, idx, K):
    counts = np.bincount(idx, minlength=K).clip(1)
    channels = [np.bincount(idx, weights=X[:, j], minlength=K) / counts for j in range(X.shape[1])]
    return np.column_stack(channels)


@right
def one_hot_matmul(X, idx, K):
    one_hot = np.eye(K)[idx]
    counts = one_hot.sum(axis=0)
    counts[counts == 0] = 1
    return one_hot.T @ X / counts[:, None]


@right
def masked_einsum(X, idx, K):
    mask = (idx[:, None] == np.arange(K)).astype(float)
    return np.einsum("nk,nd->kd", mask, X) / np.maximum(mask.sum(0), 1)[:, None]


@right
def float32_result(X, idx, K):
    centroids = np.full((K, X.shape[1]), 0.5, dtype=np.float32)
    for k in np.unique(idx):
        centroids[k] = X[idx == k].mean(axis=0)
    return centroids


@right
def nan_to_num(X, idx, K):
    with np.errstate(all="ignore"):
        means = np.array([X[idx == k].sum(axis=0) / (idx == k).sum() for k in range(K)])
    return np.nan_to_num(means)


@right
def try_and_except(X, idx, K):
    out = []
    for k in range(K):
        members = [x for x, i in zip(X, idx) if i == k]
        try:
            out.append(sum(members) / len(members))
        except ZeroDivisionError:
            out.append(np.ones(X.shape[1]))
    return np.array(out, dtype=float)


@right
def first_row_for_empty_while(X, idx, K):
    k = 0
    centroids = np.empty((K, X.shape[1]))
    while k < K:
        members = np.flatnonzero(idx == k)
        centroids[k] = np.average(X[members], axis=0) if members.size else X[0]
        k += 1
    return centroids


@right
def running_mean(X, idx, K):
    means = np.zeros((K, X.shape[1]))
    n = np.zeros(K)
    for x, k in zip(X, idx):
        n[k] += 1
        means[k] += (x - means[k]) / n[k]
    return means


@right
def dictionary(X, idx, K):
    groups = {k: [] for k in range(K)}
    for i, k in enumerate(idx):
        groups[int(k)].append(X[i])
    return np.array([np.mean(g, axis=0) if g else np.zeros(X.shape[1]) for g in groups.values()])


@right
def far_away_for_empty(X, idx, K):
    centroids = np.ones((K, X.shape[1])) * 1e6
    for k in set(idx.tolist()):
        centroids[k, :] = X[idx == k, :].sum(axis=0) / np.count_nonzero(idx == k)
    return centroids


@right
def counts_pixels_of_each_group(X, idx, K):
    counts = np.bincount(idx, minlength=K)
    sums = np.stack([np.bincount(idx, weights=x, minlength=K) for x in X.T], axis=1)
    return np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], X[:1])


# --- Wrong ---------------------------------------------------------------------------------


@wrong("no pixels")
def nan_for_empty(X, idx, K):
    return np.array([X[idx == k].mean(axis=0) for k in range(K)])


@wrong("no pixels")
def nan_from_add_at(X, idx, K):
    sums = np.zeros((K, X.shape[1]))
    np.add.at(sums, idx, X)
    return sums / np.bincount(idx, minlength=K)[:, None]


@wrong("no pixels")
def leftover_memory(X, idx, K):
    centroids = np.empty((K, X.shape[1]))
    centroids[:] = np.nan
    for k in range(K):
        if np.sum(idx == k) > 0:
            centroids[k] = X[idx == k].mean(axis=0)
    return centroids


@wrong("no pixels")
def empty_fails(X, idx, K):
    rows = []
    for k in range(K):
        members = [x for x, i in zip(X, idx) if i == k]
        rows.append(sum(members) / len(members))
    return np.array(rows)


@wrong("range(K)")
def rows_for_numbers_that_occur(X, idx, K):
    return np.array([X[idx == k].mean(axis=0) for k in np.unique(idx)])


@wrong("range(K)")
def empty_skipped(X, idx, K):
    rows = []
    for k in range(K):
        if (idx == k).any():
            rows.append(X[idx == k].mean(axis=0))
    return np.array(rows)


@wrong("largest")
def up_to_the_largest(X, idx, K):
    rows = []
    for k in range(idx.max() + 1):
        rows.append(X[idx == k].mean(axis=0) if (idx == k).any() else np.zeros(X.shape[1]))
    return np.array(rows)


@wrong("minlength")
def bincount_without_minlength(X, idx, K):
    counts = np.bincount(idx)
    sums = np.array([np.bincount(idx, X[:, j]) for j in range(X.shape[1])]).T
    return sums / np.maximum(counts, 1)[:, None]


@wrong("axis=0")
def mean_without_axis(X, idx, K):
    return np.array([X[idx == k].mean() if (idx == k).any() else 0.0 for k in range(K)])


variants(
    """
def NAME(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        if (idx == k).any():
            LINE
    return centroids
""",
    mean_without_axis_in_place=("centroids[k] = X[idx == k].mean()", "axis=0"),
    mean_axis_1=("centroids[k] = X[idx == k].mean(axis=1)", "axis=1", "along the pixels"),
    first_pixel=("centroids[k] = X[idx == k][0]", "first pixel"),
    whole_division=("centroids[k] = X[idx == k].sum(axis=0) // (idx == k).sum()", "decimals"),
)


@wrong("list")
def mean_axis_1_list(X, idx, K):
    return [X[idx == k].mean(axis=1) for k in range(K)]


@wrong("a division by their number is missing")
def sums(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for n in range(len(X)):
        centroids[idx[n]] += X[n]
    return centroids


@wrong("all pixels")
def divided_by_n(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for n in range(len(X)):
        centroids[idx[n]] += X[n]
    return centroids / len(X)


@wrong("divide by K")
def divided_by_k(X, idx, K):
    return np.array([X[idx == k].sum(axis=0) for k in range(K)]) / K


variants(
    """
def NAME(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        group = X[idx == k]
        LINE
    return centroids
""",
    count_plus_one=("centroids[k] = group.sum(axis=0) / (len(group) + 1)", "one too many"),
    half_done=("# TODO: the mean", "written"),
    asks_whether_the_values_are_not_0=(
        "centroids[k] = group.mean(axis=0) if group.any() else X[-1]",
        "add up to 0",
        "not empty",
    ),
)


@wrong("one too many")
def counts_begin_at_one(X, idx, K):
    sums, counts = np.zeros((K, X.shape[1])), np.ones(K)
    for x, k in zip(X, idx):
        sums[k] += x
        counts[k] += 1
    return sums / counts[:, None]


@wrong("median")
def median(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        if (idx == k).any():
            centroids[k] = np.median(X[idx == k], axis=0)
    return centroids


@wrong("overwrit")
def last_pixel(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for n in range(len(X)):
        centroids[idx[n]] = X[n]
    return centroids


@wrong("overwrit", "twice")
def fancy_plus_equals(X, idx, K):
    sums = np.zeros((K, X.shape[1]))
    sums[idx] += X
    return sums / np.maximum(np.bincount(idx, minlength=K), 1)[:, None]


@wrong("all pixels")
def mean_of_all(X, idx, K):
    return np.tile(X.mean(axis=0), (K, 1))


variants(
    """
def NAME(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        LINE
    return centroids
""",
    picks_row_k=("centroids[k] = X[k]", "X[k]"),
    indexes_with_idx=("centroids[k] = X[idx].mean(axis=0)", "idx == k"),
    picks_row_idx_k=("centroids[k] = X[idx == idx[k % len(idx)]].mean(axis=0)", "idx[k]"),
    never_written=("mean = X[idx == k].mean(axis=0)", "written"),
    counts_every_answer=(
        "centroids[k] = X[idx == k].mean(axis=0) if len(idx == k) > 0 else X[0]",
        "len(",
        ".sum()",
    ),
)


@wrong("from 1")
def from_one(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(1, K + 1):
        if (idx == k).any():
            centroids[k - 1] = X[idx == k].mean(axis=0)
    return centroids


variants(
    """
def NAME(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    LINE
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
    return centroids
""",
    first_group_left_out=("for k in range(1, K):", "first color"),
    last_group_left_out=("for k in range(K - 1):", "last color"),
    three_rounds=("for k in range(3):", "3 colors, whatever their number is"),
)


@wrong("round")
def rounded(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
    return centroids.round(2)


@wrong("in any order")
def contiguous_groups(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    first = 0
    for k in range(K):
        n = (idx == k).sum()
        if n:
            centroids[k] = X[first : first + n].mean(axis=0)
        first += n
    return centroids


@wrong("in any order")
def reduceat_on_unsorted(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        rows = np.flatnonzero(idx == k)
        if len(rows):
            centroids[k] = X[rows[0] : rows[-1] + 1].mean(axis=0)
    return centroids


@wrong("order")
def equal_parts(X, idx, K):
    return np.array([part.mean(axis=0) for part in np.array_split(X, K)])


@wrong("order")
def order_of_appearance(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    seen = []
    for k in idx.tolist():
        if k not in seen:
            seen.append(k)
    for row, k in enumerate(seen):
        centroids[row] = X[idx == k].mean(axis=0)
    return centroids


@wrong("channels", "shape")
def two_channels_only(X, idx, K):
    centroids = np.zeros((K, 2))
    for k in range(K):
        if (idx == k).any():
            centroids[k, 0] = X[idx == k, 0].mean()
            centroids[k, 1] = X[idx == k, 1].mean()
    return centroids


@wrong("3 places whatever you are given", "written into your code")
def three_colors_only(X, idx, K):
    centroids = np.zeros((3, X.shape[1]))
    for k in range(3):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
    return centroids


@wrong("16 places whatever you are given", "written into your code")
def sixteen_colors_only(X, idx, K):
    centroids = np.zeros((16, X.shape[1]))
    for k in range(16):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
    return centroids


@wrong("page")
def k_of_the_page(X, idx, number):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
    return centroids


@wrong("page")
def idx_of_the_page(X, labels, K):
    C = np.zeros((K, X.shape[1]))
    for k in range(K):
        if (idx == k).any():
            C[k] = X[idx == k].mean(axis=0)
    return C


@wrong("page")
def points_of_the_page(X, idx, K):
    return np.array([points[idx == k].mean(axis=0) for k in range(K)])


@wrong("page")
def centroids_of_the_page(X, idx, K):
    for k in range(K):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
    return centroids


@wrong("copy")
def in_place_on_x(X, idx, K):
    centroids = X[:K]
    means = [X[idx == k].mean(axis=0) if (idx == k).any() else X[0] for k in range(K)]
    for k in range(min(K, len(X))):
        centroids[k] = means[k]
    return np.array(means)


@wrong("copy", "idx")
def sorts_in_place(X, idx, K):
    order = idx.argsort(kind="stable")
    X = X[order]
    idx.sort()
    return np.array([X[idx == k].mean(axis=0) if (idx == k).any() else X[0] * 0 for k in range(K)])


@wrong("colors and channels", "swapped")
def transposed(X, idx, K):
    centroids = np.zeros((X.shape[1], K))
    for k in range(K):
        if (idx == k).any():
            centroids[:, k] = X[idx == k].mean(axis=0)
    return centroids


@wrong("np.array")
def returns_a_list(X, idx, K):
    return [X[idx == k].mean(axis=0) if (idx == k).any() else X[0] for k in range(K)]


@wrong("dict", "should be an array")
def returns_a_dictionary(X, idx, K):
    return {k: X[idx == k].mean(axis=0) for k in range(K)}


@wrong("return", "loop")
def return_in_the_loop(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
        return centroids


@wrong("one row")
def returns_only_the_last(X, idx, K):
    for k in range(K):
        centroid = X[idx == k].mean(axis=0)
    return centroid


@wrong("print")
def printed(X, idx, K):
    for k in range(K):
        if (idx == k).any():
            print(X[idx == k].mean(axis=0))


@wrong("return")
def forgotten(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)


@wrong("never ends")
def endless(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    k = 0
    while k < K:
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
            k += 1
    return centroids


@wrong("middle")
def middle_of_the_box(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        g = X[idx == k]
        if len(g):
            centroids[k] = (g.min(axis=0) + g.max(axis=0)) / 2
    return centroids


@wrong("all pixels")
def mean_over_masked_zeros(X, idx, K):
    return np.array([(X * (idx == k)[:, None]).mean(axis=0) for k in range(K)])


@wrong("axis")
def two_mistakes_sum_and_axis(X, idx, K):
    return np.array([X[idx == k].sum() for k in range(K)])


@wrong("idx == k")
def boolean_of_all(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        if k in idx:
            centroids[k] = X.mean(axis=0)
    return centroids


@wrong("weigh")
def mean_of_means(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for n in range(len(X)):
        centroids[idx[n]] = (centroids[idx[n]] + X[n]) / 2
    return centroids


@wrong("not defined")
def undefined_name(X, idx, K):
    for k in range(K):
        cents[k] = X[idx == k].mean(axis=0)
    return cents


@wrong("three dots")
def stub(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        group = X[idx == k]
    return ...


@wrong("black")
def black_counts_as_empty(X, idx, K):
    groups = [X[idx == k] for k in range(K)]
    return np.array([g.mean(axis=0) if g.any() else X.mean(axis=0) for g in groups])


@wrong("single pixel")
def needs_two_pixels(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        if (idx == k).sum() > 1:
            centroids[k] = X[idx == k].mean(axis=0)
    return centroids


@wrong("infinity")
def empty_at_infinity(X, idx, K):
    centroids = np.full((K, X.shape[1]), np.inf)
    for k in np.unique(idx):
        centroids[k] = X[idx == k].mean(axis=0)
    return centroids


@wrong("np.isnan")
def equal_to_nan(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        c = X[idx == k].mean(axis=0)
        centroids[k] = X[0] if (c == np.nan).any() else c
    return centroids


@wrong("else belongs to the loop")
def else_of_the_loop(X, idx, K):
    centroids = np.full((K, X.shape[1]), np.nan)
    for k in range(K):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
    else:
        centroids[k] = X[0]
    return centroids


@wrong("group is no copy of X")
def empties_x(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        group = X
        group[idx != k] = 0
        centroids[k] = group.sum(axis=0) / max((idx == k).sum(), 1)
    return centroids


@wrong("every round")
def divides_in_the_loop(X, idx, K):
    sums, counts = np.zeros((K, X.shape[1])), np.zeros(K)
    for x, k in zip(X, idx, strict=True):
        counts[k] += 1
        sums[k] = (sums[k] + x) / counts[k]
    return sums


@wrong("back to 0")
def sum_goes_on(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    total, count = np.zeros(X.shape[1]), 0
    for k in range(K):
        for n in np.flatnonzero(idx == k):
            total, count = total + X[n], count + 1
        if count:
            centroids[k] = total / count
    return centroids


@wrong("sorted")
def sorted_with_a_row_for_the_empty(X, idx, K):
    groups = [X[idx == k] for k in range(K)]
    rows = [tuple(g.mean(axis=0)) if len(g) else tuple(X[0]) for g in groups]
    return np.array(sorted(rows))


@wrong("without parentheses")
def any_not_called(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        if (idx == k).any:
            centroids[k] = X[idx == k].mean(axis=0)
        else:
            centroids[k] = X[0]
    return centroids


@wrong("NameError", "did you mean centroids")
def misspelled(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
    return centroid  # noqa: F821


@wrong("after the first group without")
def leaves_at_the_empty_one(X, idx, K):
    rows = []
    for k in range(K):
        if not np.any(idx == k):
            break
        rows.append(X[idx == k].mean(axis=0))
    return np.array(rows)


@wrong("a part of its pixels go")
def half_of_the_largest_for_the_empty(X, idx, K):
    idx = idx.copy()
    for k in range(K):
        if not (idx == k).any():
            big = np.flatnonzero(idx == np.bincount(idx).argmax())
            idx[big[: len(big) // 2]] = k
    return np.array([X[idx == k].mean(axis=0) for k in range(K)])


@wrong("With a single color")
def a_row_for_one_color(X, idx, K):
    if K == 1:
        return X.mean(axis=0)
    return np.array([X[idx == k].mean(axis=0) if (idx == k).any() else X[0] for k in range(K)])


@wrong("up to the largest number", "minlength")
def counts_that_are_too_few(X, idx, K):
    sums = np.zeros((K, X.shape[1]))
    np.add.at(sums, idx, X)
    return sums / np.maximum(np.bincount(idx), 1)[:, None]
