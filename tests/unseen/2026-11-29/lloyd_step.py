"""Answers to lloyd_step, written by people who had not seen the checks."""
import numpy as np
import torch
from helpers import images, kmeans
from unseen import right, wrong

# the page's own tensors
device = torch.device("cpu")
kind = torch.float64
sample = images.to_pixels(images.load_photo("tulips"))[::8]
random_start = kmeans.kmeans_init_centroids(sample, 16, np.random.default_rng(2))
start = kmeans.compute_centroids(
    sample, kmeans.find_closest_centroids(sample, random_start), 16)
C = torch.tensor(start, dtype=kind, device=device)


@right
def group_by_group(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    new = centroids.clone()
    for k in range(len(centroids)):
        mine = X[idx == k]
        if len(mine) > 0:
            new[k] = mine.mean(dim=0)
    return new


@right
def one_hot_product(points, C):
    K = C.shape[0]
    squared = ((points[:, None, :] - C[None, :, :]) ** 2).sum(dim=2)
    nearest = squared.argmin(dim=1)
    member = torch.nn.functional.one_hot(nearest, K).to(points.dtype)  # (N, K)
    sizes = member.sum(dim=0).unsqueeze(1)
    return (member.T @ points) / torch.clamp(sizes, min=1)


@right
def index_add_in_place(X, centroids):
    idx = torch.argmin(torch.cdist(X, centroids), dim=1)
    sums = torch.zeros_like(centroids)
    sums.index_add_(0, idx, X)
    sizes = torch.zeros_like(centroids[:, :1])
    sizes.index_add_(0, idx, torch.ones_like(X[:, :1]))
    empty = (sizes == 0).ravel()
    sizes[empty] = 1
    means = sums / sizes
    means[empty] = X[0]  # any pixel will do
    return means


@right
def list_of_means(X, centroids):
    def nearest(x):
        return int(((centroids - x) ** 2).sum(dim=1).argmin())

    groups = [[] for _ in centroids]
    for x in X:
        groups[nearest(x)].append(x)
    means = []
    for group, old in zip(groups, centroids):
        if group:
            means.append(sum(group) / len(group))
        else:
            means.append(old)
    return torch.stack(means)


@wrong("Adds with a repeated index, which writes only one pixel into each sum.")
def repeated_index(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums = torch.zeros_like(centroids)
    sums[idx] += X
    sizes = torch.bincount(idx, minlength=len(centroids))[:, None]
    return torch.where(sizes > 0, sums / sizes.clamp(min=1), centroids)


@wrong("Throws the result of index_add away, which leaves the sums at zero.")
def sums_not_kept(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums = torch.zeros_like(centroids)
    sums.index_add(0, idx, X)
    sizes = torch.bincount(idx, minlength=len(centroids))[:, None]
    return torch.where(sizes > 0, sums / sizes.clamp(min=1), centroids)


@wrong("Makes the sums with torch.zeros in float32, which fails for pixels in float64.")
def plain_zeros(X, centroids):
    K, d = centroids.shape
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums = torch.zeros(K, d).index_add(0, idx, X)
    sizes = torch.bincount(idx, minlength=K)[:, None]
    return torch.where(sizes > 0, sums / sizes.clamp(min=1), centroids)


@wrong("Looks along the wrong dimension: the nearest pixel of each centroid, not the other way.")
def dim_zero(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=0)
    sums = torch.zeros_like(centroids).index_add(0, idx, X)
    sizes = torch.bincount(idx, minlength=len(centroids))[:, None]
    return torch.where(sizes > 0, sums / sizes.clamp(min=1), centroids)


@wrong("Has no rule for a centroid without pixels, which becomes nan.")
def nan_for_the_lost(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    return torch.stack([X[idx == k].mean(dim=0) for k in range(len(centroids))])


@wrong("Writes the means into the caller's centroids.")
def moves_the_old_ones(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    for k in range(len(centroids)):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(dim=0)
    return centroids


@wrong("Measures the distances to the page's C and not to the centroids it was given.")
def the_pages_C(X, centroids):
    idx = torch.cdist(X, C).argmin(dim=1)
    sums = torch.zeros_like(C).index_add(0, idx, X)
    sizes = torch.bincount(idx, minlength=len(C))[:, None]
    return torch.where(sizes > 0, sums / sizes.clamp(min=1), C)


@wrong("Divides by sizes of shape (K,), which fall on the channels instead of the rows.")
def sizes_lie_flat(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums = torch.zeros_like(centroids).index_add(0, idx, X)
    sizes = torch.bincount(idx, minlength=len(centroids))
    return sums / sizes.clamp(min=1)


@wrong("Goes on until nothing moves, though one step was asked for.")
def until_it_stops(X, centroids):
    while True:
        idx = torch.cdist(X, centroids).argmin(dim=1)
        sums = torch.zeros_like(centroids).index_add(0, idx, X)
        sizes = torch.bincount(idx, minlength=len(centroids))[:, None]
        moved = torch.where(sizes > 0, sums / sizes.clamp(min=1), centroids)
        if torch.equal(moved, centroids):
            return moved
        centroids = moved
