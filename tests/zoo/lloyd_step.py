"""Answers to `lloyd_step` of lesson 10, in PyTorch."""

import numpy as np
from zoo import right, wrong

try:
    import torch
except ModuleNotFoundError:  # the tests of these answers are skipped then (tests/conftest.py)
    torch = None

X = None if torch is None else torch.full((5, 3), 0.3, dtype=torch.float64)


# --- Right ---------------------------------------------------------------------------------


@right
def as_on_the_page(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums = torch.zeros_like(centroids).index_add_(0, idx, X)
    sizes = torch.bincount(idx, minlength=len(centroids))[:, None]
    return torch.where(sizes > 0, sums / sizes.clamp(min=1), centroids)


@right
def a_loop_over_the_groups(X, centroids):
    squared = ((X[:, None] - centroids[None]) ** 2).sum(-1)
    idx = squared.min(dim=1).indices
    new = centroids.clone()
    for k in range(len(centroids)):
        if (idx == k).any():
            new[k] = X[idx == k].mean(dim=0)
    return new


@right
def one_hot_and_a_product(X, C):
    idx = torch.argmin(torch.cdist(X, C, p=2), 1)
    hot = torch.nn.functional.one_hot(idx, len(C)).to(X.dtype)
    return (hot.T @ X) / hot.sum(0).clamp(min=1).unsqueeze(1)


@right
def stacked(X, centroids):
    idx = torch.cdist(X, centroids).argmin(axis=1)
    rows = []
    for k, old in enumerate(centroids):
        mine = X[idx == k]
        rows.append(mine.mean(axis=0) if len(mine) else old)
    return torch.stack(rows)


@right
def matmul_expanded(X, centroids):
    squared = (X**2).sum(1, keepdim=True) - 2 * X @ centroids.T + (centroids**2).sum(1)
    idx = squared.argmin(1)
    sums = torch.zeros(len(centroids), X.shape[1], dtype=X.dtype, device=X.device)
    sums.scatter_add_(0, idx[:, None].expand_as(X), X)
    sizes = X.new_zeros(len(centroids)).index_add_(0, idx, X.new_ones(len(X)))
    means = sums / sizes[:, None]
    return torch.where(torch.isnan(means), centroids, means)


@right
def in_single_precision(X, centroids):
    X, centroids = X.float(), centroids.float()
    idx = torch.cdist(X, centroids).argmin(1)
    return torch.zeros_like(centroids).index_reduce_(0, idx, X, "mean", include_self=False)


@right
def loops_everywhere(X, centroids):
    K, d = centroids.shape
    sums, sizes = torch.zeros(K, d, dtype=X.dtype), torch.zeros(K)
    for x in X:
        k = int(((centroids - x) ** 2).sum(dim=1).argmin())
        sums[k] += x
        sizes[k] += 1
    for k in range(K):
        sums[k] = sums[k] / sizes[k] if sizes[k] else centroids[k]
    return sums


# --- Wrong ---------------------------------------------------------------------------------


def parts(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums = torch.zeros_like(centroids).index_add_(0, idx, X)
    return idx, sums, torch.bincount(idx, minlength=len(centroids))[:, None]


@wrong("as they were")
def nothing_moves(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    return centroids.clone()


@wrong("first step")
def the_numbers(X, centroids):
    return torch.cdist(X, centroids).argmin(dim=1)


@wrong("table of distances")
def the_distances(X, centroids):
    return torch.cdist(X, centroids)


@wrong("a division by their number is missing")
def the_sums(X, centroids):
    return parts(X, centroids)[1]


@wrong("number of all pixels")
def divided_by_all(X, centroids):
    return parts(X, centroids)[1] / len(X)


@wrong("divide by K")
def divided_by_K(X, centroids):
    return parts(X, centroids)[1] / len(centroids)


@wrong("one too many")
def plus_one(X, centroids):
    idx, sums, sizes = parts(X, centroids)
    return sums / (sizes + 1)


@wrong("nan", "0 pixels")
def nothing_for_the_empty(X, centroids):
    idx, sums, sizes = parts(X, centroids)
    return sums / sizes


@wrong("nan", "0 pixels")
def mean_of_nothing(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    return torch.stack([X[idx == k].mean(dim=0) for k in range(len(centroids))])


@wrong("one more pixel")
def begins_with_the_old_ones(X, centroids):
    idx, sums, sizes = parts(X, centroids)
    return centroids.clone().index_add_(0, idx, X) / (sizes + 1)


@wrong("farthest")
def the_farthest(X, centroids):
    idx = torch.cdist(X, centroids).argmax(dim=1)
    hot = torch.nn.functional.one_hot(idx, len(centroids)).to(X.dtype)
    sizes = hot.sum(0)[:, None]
    return torch.where(sizes > 0, hot.T @ X / sizes.clamp(min=1), centroids)


@wrong("absolute values")
def city_blocks(X, centroids):
    idx = torch.cdist(X, centroids, p=1).argmin(dim=1)
    hot = torch.nn.functional.one_hot(idx, len(centroids)).to(X.dtype)
    sizes = hot.sum(0)[:, None]
    return torch.where(sizes > 0, hot.T @ X / sizes.clamp(min=1), centroids)


@wrong("median")
def the_median(X, centroids):
    idx, new = torch.cdist(X, centroids).argmin(dim=1), centroids.clone()
    for k in range(len(centroids)):
        if (idx == k).any():
            new[k] = X[idx == k].median(dim=0).values
    return new


@wrong("mean has no axis")
def mean_without_dim(X, centroids):
    idx, new = torch.cdist(X, centroids).argmin(dim=1), centroids.clone()
    for k in range(len(centroids)):
        if (idx == k).any():
            new[k] = X[idx == k].mean()
    return new


@wrong("sizes")
def the_sizes(X, centroids):
    return parts(X, centroids)[2].ravel()


@wrong("one color for each pixel")
def painted(X, centroids):
    idx, sums, sizes = parts(X, centroids)
    return (sums / sizes.clamp(min=1))[idx]


@wrong("two steps")
def twice(X, centroids):
    return as_on_the_page(X, as_on_the_page(X, centroids))


@wrong("gets all pixels")
def everyones_mean(X, centroids):
    return X.mean(dim=0).repeat(len(centroids), 1)


@wrong("adds once")
def added_once(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums, sizes = torch.zeros_like(centroids), torch.bincount(idx, minlength=len(centroids))
    for n, k in enumerate(idx.tolist()):  # what sums[idx] += X comes to
        sums[k] = X[n]
    return torch.where(sizes[:, None] > 0, sums / sizes.clamp(min=1)[:, None], centroids)


@wrong("float32 unless you ask")
def in_another_type(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums = torch.zeros(centroids.shape).index_add_(0, idx, X)
    return sums / torch.bincount(idx, minlength=len(centroids)).clamp(min=1)[:, None]


@wrong("argmin runs along the wrong axis", "dim=0")
def along_the_pixels(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=0)
    sums = torch.zeros_like(centroids).index_add_(0, idx, X)
    sizes = torch.bincount(idx, minlength=len(centroids))[:, None]
    return torch.where(sizes > 0, sums / sizes.clamp(min=1), centroids)


@wrong("sizes[:, None]")
def sizes_in_a_row(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums = torch.zeros_like(centroids).index_add_(0, idx, X)
    return sums / torch.bincount(idx, minlength=len(centroids)).clamp(min=1)


@wrong("it should be a tensor")
def back_to_numpy(X, centroids):
    return as_on_the_page(X, centroids).numpy()


@wrong("2 things", "one tensor")
def centroids_and_numbers(X, centroids):
    return as_on_the_page(X, centroids), parts(X, centroids)[0]


@wrong("centroids has changed")
def in_place(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    for k in range(len(centroids)):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(dim=0)
    return centroids


@wrong("return")
def not_returned(X, centroids):
    moved = as_on_the_page(X, centroids)


@wrong("half of the way")
def halfway(X, centroids):
    return centroids.lerp(as_on_the_page(X, centroids), 0.5)


@wrong("another scale")
def stretches_first(X, centroids):
    lo, hi = X.min(dim=0).values, X.max(dim=0).values
    span = (hi - lo).clamp(min=1e-9)
    idx = torch.cdist((X - lo) / span, (centroids - lo) / span).argmin(dim=1)
    sums = torch.zeros_like(centroids).index_add(0, idx, X)
    sizes = torch.bincount(idx, minlength=len(centroids))[:, None]
    return torch.where(sizes > 0, sums / sizes.clamp(min=1), centroids)


@wrong("minlength")
def fewer_sizes_than_centroids(X, centroids):
    idx, sums, _ = parts(X, centroids)
    return sums / torch.bincount(idx).clamp(min=1)[:, None]


@wrong("size 16 in every call")
def sixteen_sizes(X, centroids):
    idx, sums, _ = parts(X, centroids)
    return sums / torch.bincount(idx, minlength=16).clamp(min=1)[:, None]


@wrong("pixel nearest to it")
def to_the_nearest_pixel(X, centroids):
    return X[torch.cdist(centroids, X).argmin(dim=1)]


@wrong("until nothing moves")
def to_the_end(X, centroids):
    for _ in range(4):
        centroids = as_on_the_page(X, centroids)
    return centroids


@wrong("N / K")
def as_if_all_groups_were_equal(X, centroids):
    return parts(X, centroids)[1] / (len(X) / len(centroids))


@wrong("as soon as it gets a pixel")
def one_after_the_other(X, centroids):
    new, sizes = centroids.clone(), torch.zeros(len(centroids))
    for x in X:
        k = ((new - x) ** 2).sum(dim=1).argmin()
        sizes[k] += 1
        new[k] += (x - new[k]) / sizes[k]
    return new
