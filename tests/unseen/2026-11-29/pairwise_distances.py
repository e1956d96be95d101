"""Answers to pairwise_distances, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def norm_per_pixel(X, C):
    rows = []
    for x in X:
        rows.append(np.linalg.norm(C - x, axis=1))
    return np.array(rows)


@right
def pure_python(pixels, palette):
    def dist(p, q):
        s = 0
        for a, b in zip(p, q):
            s += (a - b) ** 2
        return s ** 0.5

    # a table: one row per pixel
    return [[dist(p, q) for q in palette] for p in pixels]


@right
def channel_after_channel(X, C):
    total = np.zeros((len(X), len(C)))
    for j in range(X.shape[1]):
        column = X[:, j].reshape(-1, 1)
        row = C[:, j].reshape(1, -1)
        total += (column - row) ** 2
    return np.sqrt(total)


@right
def einsum_float32(X, C):
    diff = (X[:, None, :] - C[None, :, :]).astype(np.float32)
    return np.sqrt(np.einsum("nkd,nkd->nk", diff, diff))


@wrong("Forgets the square root at the end.")
def no_root(X, C):
    d = X[:, None, :] - C[None, :, :]
    return (d * d).sum(axis=-1)


@wrong("Sums over the colors instead of over the channels.")
def sums_the_colors(X, C):
    differences = X[:, None, :] - C[None, :, :]
    return np.sqrt((differences**2).sum(axis=1))


@wrong("Takes the root of each square before adding, which gives the sum of the absolute differences.")
def root_before_sum(X, C):
    differences = X[:, None, :] - C[None, :, :]
    return np.sqrt(differences**2).sum(axis=2)


@wrong("Adds the differences before squaring, so a lack and a surplus cancel.")
def sum_before_square(X, C):
    differences = X[:, None, :] - C[None, :, :]
    return np.sqrt(differences.sum(axis=-1) ** 2)


@wrong("Writes ** 1/2, which Python reads as (... ** 1) / 2 and not as a root.")
def power_one_half(X, C):
    diff = X[:, None] - C
    return np.sum(diff ** 2, axis=2) ** 1/2


@wrong("Expands the square of the difference, but forgets the 2 before the mixed product.")
def forgot_the_two(X, C):
    # (x - c)^2 = x^2 - xc + c^2
    xx = (X**2).sum(axis=1)[:, None]
    cc = (C**2).sum(axis=1)[None, :]
    return np.sqrt(xx - X @ C.T + cc)


@wrong("Makes the table with one row for each color and one column for each pixel.")
def colors_as_rows(X, C):
    result = np.zeros((len(C), len(X)))
    for k in range(len(C)):
        for n in range(len(X)):
            result[k, n] = np.linalg.norm(X[n] - C[k])
    return result


@wrong("Writes in 16 as the number of colors.")
def sixteen_columns(X, C):
    distances = np.empty((len(X), 16))
    for n in range(len(X)):
        for k in range(16):
            distances[n, k] = np.sqrt(((X[n] - C[k]) ** 2).sum())
    return distances


@wrong("Calls the function of the page before, which does not exist on this page.")
def from_last_lesson(X, C):
    diffs = all_differences(X, C)  # noqa: F821
    return np.sqrt((diffs**2).sum(axis=-1))
