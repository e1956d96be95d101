"""Answers to find_closest_centroids, written by people who had not seen the checks."""
import numpy as np
from helpers.color import pairwise_distances
from unseen import right, wrong

BLOCK = 4096


def squared_distances(X, C):
    return sum((X[:, j, None] - C[:, j]) ** 2 for j in range(X.shape[1]))


@right
def each_point_asks(points, centers):
    centers = np.array(centers, dtype=float)
    answer = []
    for p in points:
        d = ((centers - p) ** 2).sum(axis=1)
        answer.append(int(d.argmin()))
    return np.array(answer)


@wrong("Makes room with np.zeros without dtype=int, so the numbers come back as decimals.")
def zeros_for_idx(X, centroids):
    idx = np.zeros(len(X))
    for start in range(0, len(X), BLOCK):
        block = X[start : start + BLOCK]
        idx[start : start + BLOCK] = squared_distances(block, centroids).argmin(axis=1)
    return idx


@wrong("Returns inside the loop over the blocks, so only the first block is assigned.")
def blocks(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for start in range(0, len(X), BLOCK):
        block = X[start : start + BLOCK]
        idx[start : start + BLOCK] = squared_distances(block, centroids).argmin(axis=1)
        return idx


@wrong("Takes min instead of argmin and so returns the distances, not whose they are.")
def smallest_distance(X, centroids):
    distances = pairwise_distances(X, centroids)
    return distances.min(axis=1)
