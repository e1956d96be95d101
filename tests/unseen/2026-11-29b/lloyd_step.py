"""Answers to lloyd_step, written by people who had not seen the checks."""
import numpy as np
import torch
from unseen import right, wrong


@right
def group_by_group(X, centroids):
    nearest = torch.cdist(X, centroids).argmin(dim=1)
    moved = centroids.clone()
    for k in range(len(centroids)):
        group = X[nearest == k]
        if len(group) > 0:
            moved[k] = group.mean(dim=0)
    return moved


@wrong("Adds with sums[idx] += X, which keeps only one pixel for each centroid.")
def plus_equals(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums = torch.zeros_like(centroids)
    sums[idx] += X
    sizes = torch.bincount(idx, minlength=len(centroids))[:, None]
    return torch.where(sizes > 0, sums / sizes.clamp(min=1), centroids)


@wrong("Divides by the size of an empty group, which gives nan.")
def sums_by_sizes(X, centroids):
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums = torch.zeros_like(centroids).index_add(0, idx, X)
    sizes = torch.bincount(idx, minlength=len(centroids))
    return sums / sizes[:, None]


@wrong("Makes the sums with torch.zeros, which are float32 and do not take float64 pixels.")
def new_zeros(X, centroids):
    K, d = centroids.shape
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums = torch.zeros(K, d).index_add(0, idx, X)
    sizes = torch.bincount(idx, minlength=K)[:, None]
    return torch.where(sizes > 0, sums / sizes.clamp(min=1), centroids)
