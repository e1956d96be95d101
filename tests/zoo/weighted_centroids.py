import numpy as np
from zoo import right, wrong

K = 3
counts = np.ones(60, dtype=int)
colors = np.full((60, 2), 0.5)
idx = np.zeros(60, dtype=int)


# --- Right ---------------------------------------------------------------------------------


@right
def as_on_the_page(colors, counts, idx, K):
    pixels = np.bincount(idx, weights=counts, minlength=K)
    sums = [np.bincount(idx, weights=counts * channel, minlength=K) for channel in colors.T]
    return np.stack(sums, axis=1) / np.maximum(pixels, 1)[:, None]


@right
def masks(colors, counts, idx, K):
    centroids = np.zeros((K, colors.shape[1]))
    for k in range(K):
        mine = idx == k
        if mine.any():
            centroids[k] = (counts[mine, None] * colors[mine]).sum(axis=0) / counts[mine].sum()
    return centroids


@right
def with_average(colors, counts, idx, K):
    rows = []
    for k in range(K):
        mine = idx == k
        rows.append(
            np.average(colors[mine], axis=0, weights=counts[mine]) if mine.any() else colors[0]
        )
    return np.array(rows)


@right
def loop(colors, counts, idx, K):
    sums, n = np.zeros((K, colors.shape[1])), np.zeros(K)
    for color, count, k in zip(colors, counts, idx):
        sums[k] += count * color
        n[k] += count
    n[n == 0] = 1
    return sums / n[:, None]


@right
def matrix_product(colors, counts, idx, K):
    weights = (idx == np.arange(K)[:, None]) * counts
    n = weights.sum(axis=1, keepdims=True)
    return weights @ colors / np.where(n == 0, 1, n)


@right
def add_at(colors, counts, idx, K):
    sums, n = np.zeros((K, colors.shape[1])), np.zeros((K, 1))
    np.add.at(sums, idx, counts[:, None] * colors)
    np.add.at(n, idx, counts[:, None])
    return np.divide(sums, n, out=np.full_like(sums, 0.5), where=n > 0)


@right
def repeat_the_pixels(colors, counts, idx, K):
    X, numbers = np.repeat(colors, counts, axis=0), np.repeat(idx, counts)
    return np.array(
        [X[numbers == k].mean(axis=0) if (numbers == k).any() else X[0] for k in range(K)]
    )


@right
def einsum(colors, counts, idx, K):
    one = np.eye(K)[idx]
    n = counts @ one
    return np.einsum("mk,m,mj->kj", one, counts, colors) / np.maximum(n, 1)[:, None]


@right
def nan_to_num(colors, counts, idx, K):
    n = np.bincount(idx, counts, K)
    sums = np.array([np.bincount(idx, counts * c, K) for c in colors.T]).T
    with np.errstate(all="ignore"):
        return np.nan_to_num(sums / n[:, None])


# --- Wrong ---------------------------------------------------------------------------------


def _sums(colors, weights, idx, K):
    return np.stack([np.bincount(idx, weights * c, K) for c in colors.T], axis=1)


@wrong("counts once", "counts is not used")
def unweighted(colors, counts, idx, K):
    n = np.maximum(np.bincount(idx, minlength=K), 1)
    return _sums(colors, np.ones(len(idx)), idx, K) / n[:, None]


@wrong("counts once")
def unweighted_masks(colors, counts, idx, K):
    return np.array(
        [colors[idx == k].mean(axis=0) if (idx == k).any() else colors[0] for k in range(K)]
    )


@wrong("what you divide by is not")
def divided_by_colors(colors, counts, idx, K):
    n = np.maximum(np.bincount(idx, minlength=K), 1)
    return _sums(colors, counts, idx, K) / n[:, None]


@wrong("what you divide by is not")
def mean_of_weighted(colors, counts, idx, K):
    return np.array(
        [
            (counts[idx == k, None] * colors[idx == k]).mean(axis=0)
            if (idx == k).any()
            else colors[0]
            for k in range(K)
        ]
    )


@wrong("sums are not weighted")
def sums_without_counts(colors, counts, idx, K):
    n = np.maximum(np.bincount(idx, counts, K), 1)
    return _sums(colors, np.ones(len(idx)), idx, K) / n[:, None]


@wrong("all pixels of the picture")
def divided_by_all(colors, counts, idx, K):
    return _sums(colors, counts, idx, K) / counts.sum()


@wrong("do not divide")
def not_divided(colors, counts, idx, K):
    return _sums(colors, counts, idx, K)


@wrong("mean of nothing", "nan")
def nan_where_empty(colors, counts, idx, K):
    return _sums(colors, counts, idx, K) / np.bincount(idx, counts, K)[:, None]


@wrong("minlength")
def without_minlength(colors, counts, idx, K):
    n = np.maximum(np.bincount(idx, counts), 1)
    return np.stack([np.bincount(idx, counts * c) for c in colors.T], axis=1) / n[:, None]


@wrong("swapped")
def transposed(colors, counts, idx, K):
    return (_sums(colors, counts, idx, K) / np.maximum(np.bincount(idx, counts, K), 1)[:, None]).T


@wrong("a little more than the pixels")
def one_more(colors, counts, idx, K):
    return _sums(colors, counts, idx, K) / (np.bincount(idx, counts, K) + 1)[:, None]


@wrong("a square")
def counts_squared(colors, counts, idx, K):
    w = counts**2
    return _sums(colors, w, idx, K) / np.maximum(np.bincount(idx, w, K), 1)[:, None]


@wrong("twice")
def counts_twice(colors, counts, idx, K):
    return (
        _sums(counts[:, None] * colors, counts, idx, K)
        / np.maximum(np.bincount(idx, counts, K), 1)[:, None]
    )


@wrong("where you should multiply")
def counts_divide(colors, counts, idx, K):
    w = 1 / counts
    return (
        _sums(colors, w, idx, K)
        / np.where(np.bincount(idx, minlength=K) > 0, np.bincount(idx, w, K), 1)[:, None]
    )


@wrong("most frequent")
def most_frequent(colors, counts, idx, K):
    rows = np.zeros((K, colors.shape[1]))
    for k in range(K):
        if (idx == k).any():
            rows[k] = colors[idx == k][counts[idx == k].argmax()]
    return rows


@wrong("each channel has its own mean")
def one_number(colors, counts, idx, K):
    rows = np.zeros((K, colors.shape[1]))
    for k in range(K):
        if (idx == k).any():
            w = counts[idx == k, None] * np.ones(colors.shape[1])
            rows[k] = np.average(colors[idx == k], weights=w)
    return rows


@wrong("+=")
def fancy_adding(colors, counts, idx, K):
    sums, n = np.zeros((K, colors.shape[1])), np.bincount(idx, counts, K)
    sums[idx] += counts[:, None] * colors
    return sums / np.maximum(n, 1)[:, None]


@wrong("centroid")
def one_for_each_color(colors, counts, idx, K):
    c = _sums(colors, counts, idx, K) / np.maximum(np.bincount(idx, counts, K), 1)[:, None]
    return c[idx]


@wrong("first group is left out")
def from_one(colors, counts, idx, K):
    rows = np.zeros((K, colors.shape[1]))
    for k in range(1, K):
        if (idx == k).any():
            rows[k] = np.average(colors[idx == k], axis=0, weights=counts[idx == k])
    return rows


@wrong("loop")
def return_in_the_loop(colors, counts, idx, K):
    rows = np.zeros((K, colors.shape[1]))
    for k in range(K):
        if (idx == k).any():
            rows[k] = np.average(colors[idx == k], axis=0, weights=counts[idx == k])
        return rows


@wrong("broadcast")
def counts_without_axis(colors, counts, idx, K):
    rows = np.zeros((K, colors.shape[1]))
    for k in range(K):
        rows[k] = (counts[idx == k] * colors[idx == k]).sum(axis=0) / counts[idx == k].sum()
    return rows


@wrong("decimals")
def whole(colors, counts, idx, K):
    rows = np.zeros((K, colors.shape[1]), dtype=int)
    for k in range(K):
        if (idx == k).any():
            rows[k] = np.average(colors[idx == k], axis=0, weights=counts[idx == k])
    return rows


@wrong("page")
def of_the_page(colors, n, idx, k):
    return _sums(colors, counts, idx, K) / np.maximum(np.bincount(idx, counts, K), 1)[:, None]


@wrong("3 groups, whatever their number")
def three(colors, counts, idx, K):
    rows = np.zeros((K, colors.shape[1]))
    for k in range(3):
        if (idx == k).any():
            rows[k] = np.average(colors[idx == k], axis=0, weights=counts[idx == k])
    return rows


@wrong("copy")
def in_place(colors, counts, idx, K):
    colors *= counts[:, None]
    n = np.maximum(np.bincount(idx, counts, K), 1)
    return _sums(colors, np.ones(len(idx)), idx, K) / n[:, None]


@wrong("return")
def forgotten(colors, counts, idx, K):
    _sums(colors, counts, idx, K)


@wrong("list")
def channels_in_a_list(colors, counts, idx, K):
    n = np.maximum(np.bincount(idx, counts, K), 1)
    return [np.bincount(idx, counts * c, K) / n for c in colors.T]


@wrong("a logarithm")
def logarithm_of_counts(colors, counts, idx, K):
    w = np.log1p(counts)
    n = np.bincount(idx, weights=w, minlength=K)
    sums = np.stack([np.bincount(idx, weights=w * c, minlength=K) for c in colors.T], axis=1)
    return sums / np.where(n > 0, n, 1)[:, None]


@wrong("new axis (None) is missing")
def without_none(colors, counts, idx, K):
    pixels = np.bincount(idx, weights=counts, minlength=K)
    sums = [np.bincount(idx, weights=counts * channel, minlength=K) for channel in colors.T]
    return np.stack(sums, axis=1) / np.maximum(pixels, 1)


@wrong("counts[k]")
def counts_by_the_number_of_the_group(colors, counts, idx, K):
    result = np.zeros((K, colors.shape[1]))
    for m, k in enumerate(idx):
        result[k] += counts[m] * colors[m]
    return np.array([result[k] / counts[k] for k in range(K)])


@wrong("a little more than the pixels")
def a_little_more(colors, counts, idx, K):
    pixels = np.bincount(idx, weights=counts, minlength=K)[:, None]
    sums = [np.bincount(idx, weights=counts * channel, minlength=K) for channel in colors.T]
    return np.stack(sums, axis=1) / (pixels + 0.01)


@wrong("median")
def median_of_pixels(colors, counts, idx, K):
    result = np.zeros((K, colors.shape[1]))
    for k in set(idx):
        mine = idx == k
        result[k] = np.median(np.repeat(colors[mine], counts[mine], axis=0), axis=0)
    return result


@wrong("counts are large")
def counts_in_bytes(colors, counts, idx, K):
    counts = counts.astype(np.uint8)
    result = np.zeros((K, colors.shape[1]))
    for k in set(idx):
        mine = idx == k
        result[k] = np.average(colors[mine], axis=0, weights=counts[mine])
    return result


@wrong("reshape tears them apart")
def reshaped_sums(colors, counts, idx, K):
    pixels = np.bincount(idx, weights=counts, minlength=K)
    sums = [np.bincount(idx, weights=counts * channel, minlength=K) for channel in colors.T]
    return np.reshape(sums, (K, -1)) / np.maximum(pixels, 1)[:, None]


@wrong("colors has changed")
def weighted_in_place(colors, counts, idx, K):
    colors *= counts[:, None]
    result = np.zeros((K, colors.shape[1]))
    for k in range(K):
        n = counts[idx == k].sum()
        result[k] = colors[idx == k].sum(axis=0) / max(n, 1)
    return result
