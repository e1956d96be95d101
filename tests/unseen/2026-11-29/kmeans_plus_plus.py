"""Answers to kmeans_plus_plus, written by people who had not seen the checks."""
import numpy as np
from helpers.color import squared_distances
from unseen import right, wrong


@right
def all_distances_each_time(X, K, rng):
    chosen = [X[rng.integers(len(X))]]
    while len(chosen) < K:
        # (N, how many so far), the nearest of them for each pixel
        d = squared_distances(X, np.array(chosen)).min(axis=1)
        chosen.append(X[rng.choice(len(X), p=d / d.sum())])
    return np.array(chosen)


@right
def broadcasting(points, number, rng):
    C = rng.choice(points)[None, :]
    for _ in range(number - 1):
        diff = points[:, None, :] - C[None, :, :]
        d2 = (diff**2).sum(axis=2).min(axis=1)
        new = rng.choice(points, p=d2 / d2.sum())
        C = np.vstack([C, new])
    return C


@right
def wheel_of_fortune(X, K, rng):
    centroids = np.zeros((K, X.shape[1]))
    centroids[0] = X[rng.integers(0, len(X))]
    nearest = np.full(len(X), np.inf)
    for k in range(1, K):
        nearest = np.minimum(nearest, ((X - centroids[k - 1]) ** 2).sum(axis=1))
        wheel = np.cumsum(nearest)
        spin = rng.random() * wheel[-1]
        centroids[k] = X[np.searchsorted(wheel, spin, side="right")]
    return centroids


@right
def plain_loops(X, K, rng):
    def squared(x, c):
        return sum((float(p) - float(q)) ** 2 for p, q in zip(x, c))

    drawn = [X[rng.integers(len(X))]]
    weights = [squared(x, drawn[0]) for x in X]
    for _ in range(1, K):
        total = sum(weights)
        row = rng.choice(len(X), p=[w / total for w in weights])
        drawn.append(X[row])
        for n in range(len(X)):
            weights[n] = min(weights[n], squared(X[n], X[row]))
    return np.stack(drawn)


@wrong("Draws in proportion to the distance, not to its square.")
def plain_distance(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    nearest = np.sqrt(squared_distances(X, centroids[:1])[:, 0])
    for k in range(1, K):
        centroids[k] = X[rng.choice(len(X), p=nearest / nearest.sum())]
        distance = np.sqrt(squared_distances(X, centroids[k : k + 1])[:, 0])
        nearest = np.minimum(nearest, distance)
    return centroids


@wrong("Takes the farthest pixel instead of drawing one by chance.")
def farthest(X, K, rng):
    centroids = [X[rng.integers(len(X))]]
    for k in range(1, K):
        nearest = squared_distances(X, np.array(centroids)).min(axis=1)
        centroids.append(X[nearest.argmax()])
    return np.array(centroids)


@wrong("Looks only at the color drawn last and forgets the ones before it.")
def only_the_last(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    for k in range(1, K):
        d = squared_distances(X, centroids[k - 1 : k])[:, 0]
        centroids[k] = X[rng.choice(len(X), p=d / d.sum())]
    return centroids


@wrong("Adds up the distances to all colors drawn so far instead of taking the nearest.")
def far_from_all_together(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    for k in range(1, K):
        d = squared_distances(X, centroids[:k]).sum(axis=1)
        centroids[k] = X[rng.choice(len(X), p=d / d.sum())]
    return centroids


@wrong("Never draws the last row first, because integers already leaves its end out.")
def minus_one(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    # rows go from 0 to len(X) - 1
    centroids[0] = X[rng.integers(0, len(X) - 1)]
    nearest = squared_distances(X, centroids[:1])[:, 0]
    for k in range(1, K):
        centroids[k] = X[rng.choice(len(X), p=nearest / nearest.sum())]
        nearest = np.minimum(nearest, squared_distances(X, centroids[k : k + 1])[:, 0])
    return centroids


@wrong("Makes a generator of its own, so the caller's rng and its seed have no effect.")
def own_generator(X, K, rng):
    rng = np.random.default_rng(0)  # so that it can be repeated
    centroids = np.empty((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    nearest = squared_distances(X, centroids[:1])[:, 0]
    for k in range(1, K):
        centroids[k] = X[rng.choice(len(X), p=nearest / nearest.sum())]
        nearest = np.minimum(nearest, squared_distances(X, centroids[k : k + 1])[:, 0])
    return centroids


@wrong("The update stands after the loop, so only the distance to the first color counts.")
def update_outside(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    nearest = squared_distances(X, centroids[:1])[:, 0]
    for k in range(1, K):
        centroids[k] = X[rng.choice(len(X), p=nearest / nearest.sum())]
    nearest = np.minimum(nearest, squared_distances(X, centroids[K - 1 : K])[:, 0])
    return centroids


@wrong("Writes three channels in, so the result has three columns for points of any dimension.")
def always_three(X, K, rng):
    centroids = np.zeros((K, 3))
    centroids[0] = X[rng.integers(len(X))]
    nearest = squared_distances(X, centroids[:1])[:, 0]
    for k in range(1, K):
        centroids[k] = X[rng.choice(len(X), p=nearest / nearest.sum())]
        nearest = np.minimum(nearest, squared_distances(X, centroids[k : k + 1])[:, 0])
    return centroids


@wrong("Hands the squared distances over as chances without making them add up to 1.")
def not_divided(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    nearest = squared_distances(X, centroids[:1])[:, 0]
    for k in range(1, K):
        centroids[k] = X[rng.choice(len(X), p=nearest)]
        nearest = np.minimum(nearest, squared_distances(X, centroids[k : k + 1])[:, 0])
    return centroids
