"""Answers to kmeans_init_centroids, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def list_then_draw(X, K, rng):
    colors = np.unique(X, axis=0)
    which = rng.choice(len(colors), size=K, replace=False)
    return colors[which]


@right
def walk_in_random_order(data, K, generator):
    chosen = []
    for n in generator.permutation(len(data)):
        color = tuple(data[n])
        if color not in chosen:
            chosen.append(color)
        if len(chosen) == K:
            return np.array(chosen)
    raise ValueError("not enough different colors")


@right
def draw_until_it_is_new(X, K, rng):
    if len(np.unique(X, axis=0)) < K:
        raise ValueError("too few colors")
    centroids = X[[rng.integers(len(X))]]
    while len(centroids) < K:
        new = X[rng.integers(len(X))]
        known = (centroids == new).all(axis=1).any()
        if not known:
            centroids = np.vstack([centroids, new])
    return centroids


@wrong("Draws different rows, but different rows may have the same color.")
def different_rows(X, K, rng):
    return X[rng.choice(len(X), size=K, replace=False)]


@wrong("Writes left = instead of left &= and so remembers only the color drawn last.")
def remembers_only_the_last(X, K, rng):
    centroids = np.zeros((K, X.shape[1]))
    left = np.ones(len(X), dtype=bool)
    for k in range(K):
        centroids[k] = X[rng.choice(np.flatnonzero(left))]
        left = (X != centroids[k]).any(axis=1)
    return centroids


@wrong("Uses all where any is needed and throws out every color that shares one channel.")
def all_channels_differ(X, K, rng):
    centroids = np.zeros((K, X.shape[1]))
    left = np.ones(len(X), dtype=bool)
    for k in range(K):
        centroids[k] = X[rng.choice(np.flatnonzero(left))]
        left &= (X != centroids[k]).all(axis=1)
    return centroids


@wrong("Forgets the axis of np.unique and draws single channel values, which make up new colors.")
def unique_values(X, K, rng):
    values = np.unique(X)
    return rng.choice(values, (K, X.shape[1]))


@wrong("Makes a generator of its own with a fixed seed, so every call draws the same.")
def own_seed(X, K, rng):
    rng = np.random.default_rng(1)
    colors = np.unique(X, axis=0)
    return rng.choice(colors, K, replace=False)


@wrong("Draws with NumPy's global chance instead of rng, so the draw can't be repeated.")
def global_chance(X, K, rng):
    colors = np.unique(X, axis=0)
    order = np.random.permutation(len(colors))
    return colors[order[:K]]


@wrong("Returns the numbers of the rows instead of their colors.")
def row_numbers(X, K, rng):
    left = np.ones(len(X), dtype=bool)
    rows = np.zeros(K, dtype=int)
    for k in range(K):
        rows[k] = rng.choice(np.flatnonzero(left))
        left &= (X != X[rows[k]]).any(axis=1)
    return rows


@wrong("Shuffles the caller's X in place.")
def shuffles_X(X, K, rng):
    rng.shuffle(X)
    centroids = []
    for x in X:
        if not any(np.array_equal(x, c) for c in centroids):
            centroids.append(x.copy())
        if len(centroids) == K:
            break
    return np.array(centroids)


@wrong("Takes the first K different colors and draws nothing at random.")
def first_ones(X, K, rng):
    different = np.unique(X, axis=0)
    return different[:K]
