"""Answers to compute_centroids, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def sum_and_count(X, idx, K):
    sums = np.zeros((K, X.shape[1]))
    n = [0] * K
    for x, k in zip(X, idx):
        sums[k] += x
        n[k] += 1
    for k in range(K):
        if n[k] > 0:
            sums[k] = sums[k] / n[k]
        else:
            sums[k] = X[0]  # nobody wants it, so take the first point
    return sums


@wrong("Has no rule for an empty group, whose mean is nan.")
def just_the_means(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        centroids[k] = X[idx == k].mean(axis=0)
    return centroids


@wrong("Leaves empty groups out, so there are fewer than K rows and later groups move up.")
def groups_that_exist(X, idx, K):
    centroids = []
    for k in np.unique(idx):
        centroids.append(X[idx == k].mean(axis=0))
    return np.array(centroids)


@wrong("Writes three channels in, so points in a plane do not fit.")
def three_channels(X, idx, K):
    centroids = np.zeros((K, 3))
    for k in range(K):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
        else:
            centroids[k] = X[0]
    return centroids


@wrong("Forgets axis=0, so every channel of a centroid gets the same mean of all numbers.")
def mean_of_group(X, idx, K):
    centroids = np.empty((K, X.shape[1]))
    for k in range(K):
        group = X[idx == k]
        if len(group) == 0:
            centroids[k] = X[0]
        else:
            centroids[k] = group.mean()
    return centroids
