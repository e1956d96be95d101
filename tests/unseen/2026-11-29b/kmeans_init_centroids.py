"""Answers to kmeans_init_centroids, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def shuffle_and_skip(X, K, rng):
    seen = set()
    rows = []
    for i in rng.permutation(len(X)):
        color = tuple(X[i])
        if color not in seen:
            seen.add(color)
            rows.append(X[i])
        if len(rows) == K:
            return np.array(rows)
    raise ValueError("not enough colors")


@wrong("Draws K different rows, which may have the same color.")
def different_rows(X, K, rng):
    rows = rng.choice(len(X), size=K, replace=False)
    return X[rows]


@wrong("Makes a generator of its own instead of using the one it was given.")
def my_own_seed(X, K, rng):
    rng = np.random.default_rng(7)
    colors = np.unique(X, axis=0)
    return rng.choice(colors, K, replace=False)


@wrong("Forgets replace=False, so a color can be drawn twice.")
def from_unique(X, K, rng):
    colors = np.unique(X, axis=0)
    return colors[rng.choice(len(colors), K)]


@wrong("Takes the first K different colors, with no chance in it.")
def first_ones(X, K, rng):
    colors = np.unique(X, axis=0)
    return colors[:K]
