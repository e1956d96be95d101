"""Answers to kmeans_plus_plus, written by people who had not seen the checks."""
import numpy as np
from helpers.color import squared_distances
from unseen import right, wrong


@right
def whole_table_each_time(X, K, rng):
    chosen = [rng.integers(len(X))]
    while len(chosen) < K:
        table = squared_distances(X, X[chosen])
        D2 = table.min(axis=1)
        chance = D2 / D2.sum()
        chosen.append(rng.choice(len(X), p=chance))
    return X[chosen]


@wrong("Always takes the farthest pixel instead of drawing one.")
def farthest(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    nearest = squared_distances(X, centroids[:1])[:, 0]
    for k in range(1, K):
        centroids[k] = X[nearest.argmax()]
        nearest = np.minimum(nearest, squared_distances(X, centroids[k : k + 1])[:, 0])
    return centroids


@wrong("Looks only at the distance to the color drawn last and forgets the ones before it.")
def last_one(X, K, rng):
    centroids = np.zeros((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    for k in range(1, K):
        dist = squared_distances(X, centroids[k - 1 : k])[:, 0]
        p = dist / dist.sum()
        centroids[k] = X[rng.choice(len(X), p=p)]
    return centroids


@wrong("Draws in proportion to the distance, not to its square.")
def by_distance(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    nearest = np.sqrt(squared_distances(X, centroids[:1])[:, 0])
    for k in range(1, K):
        centroids[k] = X[rng.choice(len(X), p=nearest / nearest.sum())]
        new = np.sqrt(squared_distances(X, centroids[k : k + 1])[:, 0])
        nearest = np.minimum(nearest, new)
    return centroids
