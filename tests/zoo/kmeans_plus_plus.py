import random

import numpy as np
from zoo import right, wrong

from helpers.color import pairwise_distances, squared_distances
from helpers.kmeans import kmeans_init_centroids

sample = np.round(np.random.default_rng(1).random((40, 3)), 2)
X = sample
K = 4
rng = np.random.default_rng(7)
start = X[:4]


# --- Right ---------------------------------------------------------------------------------


@right
def as_on_the_page(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    nearest = squared_distances(X, centroids[:1])[:, 0]
    for k in range(1, K):
        if not nearest.any():
            raise ValueError(f"K = {K}, but the picture has only {k} different colors.")
        centroids[k] = X[rng.choice(len(X), p=nearest / nearest.sum())]
        nearest = np.minimum(nearest, squared_distances(X, centroids[k : k + 1])[:, 0])
    return centroids


@right
def grows_a_list(X, K, rng):
    centroids = [X[rng.integers(0, len(X))]]
    while len(centroids) < K:
        squared = np.array([min(((x - c) ** 2).sum() for c in centroids) for x in X])
        centroids.append(X[rng.choice(len(X), p=squared / squared.sum())])
    return np.array(centroids)


@right
def stacks_rows(X, K, rng):
    centroids = X[[rng.choice(len(X))]]
    for _ in range(K - 1):
        squared = (pairwise_distances(X, centroids) ** 2).min(axis=1)
        row = rng.choice(len(X), p=squared / squared.sum())
        centroids = np.vstack([centroids, X[row]])
    return centroids


@right
def chooses_a_row_itself(X, K, rng):
    centroids = np.zeros((K, X.shape[1]))
    centroids[0] = rng.choice(X)
    for k in range(1, K):
        d = ((X[:, None] - centroids[None, :k]) ** 2).sum(axis=2).min(axis=1)
        centroids[k] = rng.choice(X, p=d / d.sum())
    return centroids


@right
def by_running_sums(X, K, rng):
    rows = [int(rng.random() * len(X))]
    nearest = np.full(len(X), np.inf)
    while len(rows) < K:
        nearest = np.minimum(nearest, ((X - X[rows[-1]]) ** 2).sum(axis=1))
        sums = np.cumsum(nearest)
        rows.append(int(np.searchsorted(sums, rng.random() * sums[-1], side="right")))
    return X[rows].astype(float)


@right
def by_a_loop(X, K, rng):
    chosen = [list(map(float, X[int(rng.integers(len(X)))]))]
    for _ in range(1, K):
        chances = []
        for x in X:
            smallest = None
            for c in chosen:
                d = sum((float(a) - b) ** 2 for a, b in zip(x, c))
                if smallest is None or d < smallest:
                    smallest = d
            chances.append(smallest)
        ticket = rng.random() * sum(chances)
        for n, chance in enumerate(chances):
            ticket -= chance
            if ticket < 0:
                break
        chosen.append(list(map(float, X[n])))
    return np.array(chosen)


@right
def first_by_permutation(X, K, rng):
    centroids = X[rng.permutation(len(X))[:1]].astype(float)
    while len(centroids) < K:
        squared = squared_distances(X, centroids).min(axis=1)
        weights = squared / np.sum(squared)
        centroids = np.concatenate([centroids, X[rng.choice(np.arange(len(X)), 1, p=weights)]])
    return centroids


@right
def float32_result(X, K, rng):
    centroids = np.empty((K, X.shape[1]), dtype=np.float32)
    rows = [rng.integers(len(X))]
    for k in range(1, K):
        squared = squared_distances(X, np.asarray(X[rows], dtype=float)).min(axis=1)
        rows.append(rng.choice(len(X), p=squared / squared.sum()))
    centroids[:] = X[rows]
    return centroids


# --- Wrong: the chances --------------------------------------------------------------------


def plus_plus(X, K, rng, chance):
    """Draw with a chance from the squared distances to all drawn so far, shape (N, drawn)."""
    centroids = X[[rng.integers(len(X))]].astype(float)
    while len(centroids) < K:
        weights = chance(squared_distances(X, centroids))
        row = rng.choice(len(X), p=weights / weights.sum())
        centroids = np.vstack([centroids, X[row]])
    return centroids


@wrong("squared distance", "distance itself")
def not_squared(X, K, rng):
    centroids = [X[rng.integers(len(X))]]
    for _ in range(K - 1):
        d = pairwise_distances(X, np.array(centroids)).min(axis=1)
        centroids.append(X[rng.choice(len(X), p=d / d.sum())])
    return np.array(centroids)


@wrong("squared twice")
def squared_twice(X, K, rng):
    return plus_plus(X, K, rng, lambda squared: squared.min(axis=1) ** 2)


@wrong("normalized")
def not_normalized(X, K, rng):
    centroids = [X[rng.integers(len(X))]]
    for _ in range(K - 1):
        squared = squared_distances(X, np.array(centroids)).min(axis=1)
        centroids.append(X[rng.choice(len(X), p=squared)])
    return np.array(centroids)


@wrong("normalized")
def divided_by_the_largest(X, K, rng):
    centroids = [X[rng.integers(len(X))]]
    for _ in range(K - 1):
        squared = squared_distances(X, np.array(centroids)).min(axis=1)
        centroids.append(X[rng.choice(len(X), p=squared / squared.max())])
    return np.array(centroids)


@wrong("farthest")
def takes_the_farthest(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    for k in range(1, K):
        centroids[k] = X[squared_distances(X, centroids[:k]).min(axis=1).argmax()]
    return centroids


@wrong("last color only")
def to_the_last_only(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    for k in range(1, K):
        squared = ((X - centroids[k - 1]) ** 2).sum(axis=1)
        centroids[k] = X[rng.choice(len(X), p=squared / squared.sum())]
    return centroids


@wrong("last color only")
def to_the_last_only_not_squared(X, K, rng):
    centroids = [X[rng.integers(len(X))]]
    for _ in range(K - 1):
        d = np.linalg.norm(X - centroids[-1], axis=1)
        centroids.append(X[rng.choice(len(X), p=d / d.sum())])
    return np.array(centroids)


@wrong("first color only")
def to_the_first_only(X, K, rng):
    first = X[rng.integers(len(X))]
    squared = ((X - first) ** 2).sum(axis=1)
    rows = [rng.choice(len(X), p=squared / squared.sum()) for _ in range(K - 1)]
    return np.vstack([[first], X[rows]]) if rows else first[None].copy()


@wrong("add up")
def sum_of_distances(X, K, rng):
    return plus_plus(X, K, rng, lambda squared: squared.sum(axis=1))


@wrong("add up")
def mean_of_distances(X, K, rng):
    return plus_plus(X, K, rng, lambda squared: squared.mean(axis=1))


@wrong("farthest of the colors drawn")
def max_instead_of_min(X, K, rng):
    return plus_plus(X, K, rng, lambda squared: squared.max(axis=1))


@wrong("alike")
def uniform(X, K, rng):
    return X[rng.choice(len(X), K)]


@wrong("alike")
def uniform_without_putting_back(X, K, rng):
    return X[rng.choice(len(X), K, replace=False)]


@wrong("alike")
def the_start_of_lesson_05(X, K, rng):
    return kmeans_init_centroids(X, K, rng)


@wrong("alike")
def chances_computed_and_not_used(X, K, rng):
    centroids = X[[rng.integers(len(X))]]
    for _ in range(K - 1):
        squared = squared_distances(X, centroids).min(axis=1)
        p = squared / squared.sum()
        centroids = np.vstack([centroids, X[rng.choice(len(X))]])
    return centroids


@wrong("near to those drawn")
def near_is_likely(X, K, rng):
    return plus_plus(X, K, rng, lambda squared: squared.min(axis=1).max() - squared.min(axis=1))


@wrong("other rows")
def one_row_too_far(X, K, rng):
    rows = [int(rng.integers(len(X)))]
    while len(rows) < K:
        sums = np.cumsum(squared_distances(X, X[rows]).min(axis=1))
        rows.append(int(np.searchsorted(sums, rng.random() * sums[-1]) + 1) % len(X))
    return X[rows]


@wrong("among the farther")
def from_the_farther_half(X, K, rng):
    def chance(squared):
        nearest = squared.min(axis=1)
        return np.where(nearest > np.median(nearest), nearest, 0)

    return plus_plus(X, K, rng, chance)


@wrong("first color only")
def chances_never_brought_up_to_date(X, K, rng):
    first = rng.integers(len(X))
    squared = ((X - X[first]) ** 2).sum(axis=1)
    others = rng.choice(len(X), K - 1, replace=False, p=squared / squared.sum())
    return X[[first, *others]]


@wrong("don't add up to 1")
def a_wheel_of_length_one(X, K, rng):
    rows = [int(rng.integers(len(X)))]
    while len(rows) < K:
        sums = np.cumsum(squared_distances(X, X[rows]).min(axis=1))
        rows.append(min(int(np.searchsorted(sums, rng.random())), len(X) - 1))
    return X[rows]


@wrong("mean of the colors drawn")
def to_the_mean_of_those_drawn(X, K, rng):
    centroids = X[[rng.integers(len(X))]].astype(float)
    while len(centroids) < K:
        squared = ((X - centroids.mean(axis=0)) ** 2).sum(axis=1)
        row = rng.choice(len(X), p=squared / squared.sum())
        centroids = np.vstack([centroids, X[row]])
    return centroids


@wrong("several rows each time")
def best_of_three_tries(X, K, rng):
    centroids = X[[rng.integers(len(X))]].astype(float)
    while len(centroids) < K:
        squared = squared_distances(X, centroids).min(axis=1)
        rows = rng.choice(len(X), 3, p=squared / squared.sum())
        left = [np.minimum(squared, ((X - X[row]) ** 2).sum(axis=1)).sum() for row in rows]
        centroids = np.vstack([centroids, X[rows[np.argmin(left)]]])
    return centroids


# --- Wrong: the first ----------------------------------------------------------------------


@wrong("first color is always row 0")
def first_row_first(X, K, rng):
    centroids = X[:1].astype(float)
    while len(centroids) < K:
        squared = squared_distances(X, centroids).min(axis=1)
        centroids = np.vstack([centroids, X[rng.choice(len(X), p=squared / squared.sum())]])
    return centroids


@wrong("first color is always row 2")
def nearest_to_the_mean_first(X, K, rng):
    centroids = X[[((X - X.mean(axis=0)) ** 2).sum(axis=1).argmin()]].astype(float)
    while len(centroids) < K:
        squared = squared_distances(X, centroids).min(axis=1)
        centroids = np.vstack([centroids, X[rng.choice(len(X), p=squared / squared.sum())]])
    return centroids


@wrong("never comes first")
def never_the_last_row_first(X, K, rng):
    centroids = X[[rng.integers(len(X) - 1)]].astype(float)
    while len(centroids) < K:
        squared = squared_distances(X, centroids).min(axis=1)
        centroids = np.vstack([centroids, X[rng.choice(len(X), p=squared / squared.sum())]])
    return centroids


@wrong("rows of X")
def the_mean_first(X, K, rng):
    centroids = X.mean(axis=0)[None]
    while len(centroids) < K:
        squared = squared_distances(X, centroids).min(axis=1)
        centroids = np.vstack([centroids, X[rng.choice(len(X), p=squared / squared.sum())]])
    return centroids


# --- Wrong: where the chance comes from ----------------------------------------------------


@wrong("repeatable")
def np_random(X, K, rng):
    centroids = X[[np.random.randint(len(X))]]
    while len(centroids) < K:
        squared = squared_distances(X, centroids).min(axis=1)
        row = np.random.choice(len(X), p=squared / squared.sum())
        centroids = np.vstack([centroids, X[row]])
    return centroids


@wrong("repeatable")
def half_of_the_chance(X, K, rng):
    centroids = X[[rng.integers(len(X))]]
    while len(centroids) < K:
        squared = squared_distances(X, centroids).min(axis=1)
        centroids = np.vstack([centroids, X[random.choices(range(len(X)), squared)[0]]])
    return centroids


@wrong("every rng")
def own_seed(X, K, rng):
    return plus_plus(X, K, np.random.default_rng(0), lambda squared: squared.min(axis=1))


@wrong("page")
def rng_of_the_page(X, K, generator):
    centroids = X[[rng.integers(len(X))]]
    while len(centroids) < K:
        squared = squared_distances(X, centroids).min(axis=1)
        centroids = np.vstack([centroids, X[rng.choice(len(X), p=squared / squared.sum())]])
    return centroids


# --- Wrong: what comes back ----------------------------------------------------------------


@wrong("one color too many")
def one_too_many(X, K, rng):
    centroids = X[[rng.integers(len(X))]]
    for _ in range(K):
        squared = squared_distances(X, centroids).min(axis=1)
        squared = squared + (squared.sum() == 0)
        centroids = np.vstack([centroids, X[rng.choice(len(X), p=squared / squared.sum())]])
    return centroids


@wrong("one color too few")
def one_too_few(X, K, rng):
    centroids = X[[rng.integers(len(X))]]
    for _ in range(1, K - 1):
        squared = squared_distances(X, centroids).min(axis=1)
        centroids = np.vstack([centroids, X[rng.choice(len(X), p=squared / squared.sum())]])
    return centroids


@wrong("0 from first to last")
def the_last_stays_zero(X, K, rng):
    centroids = np.zeros((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    for k in range(1, K - 1):
        squared = squared_distances(X, centroids[:k]).min(axis=1)
        centroids[k] = X[rng.choice(len(X), p=squared / squared.sum())]
    return centroids


@wrong("not been drawn yet", "still 0")
def distances_to_zeros(X, K, rng):
    centroids = np.zeros((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    for k in range(1, K):
        squared = squared_distances(X, centroids).sum(axis=1)
        centroids[k] = X[rng.choice(len(X), p=squared / squared.sum())]
    return centroids


@wrong("row numbers")
def row_numbers(X, K, rng):
    rows = [rng.integers(len(X))]
    while len(rows) < K:
        squared = squared_distances(X, X[rows]).min(axis=1)
        rows.append(rng.choice(len(X), p=squared / squared.sum()))
    return np.array(rows)


@wrong("np.array")
def a_list(X, K, rng):
    centroids = [X[rng.integers(len(X))]]
    while len(centroids) < K:
        squared = squared_distances(X, np.array(centroids)).min(axis=1)
        centroids.append(X[rng.choice(len(X), p=squared / squared.sum())])
    return centroids


@wrong("X has changed")
def works_in_x(X, K, rng):
    rows = [rng.integers(len(X))]
    while len(rows) < K:
        squared = squared_distances(X, X[rows]).min(axis=1)
        rows.append(rng.choice(len(X), p=squared / squared.sum()))
    centroids = X[rows]
    X[:K] = centroids
    return centroids


@wrong("print")
def printed(X, K, rng):
    print(plus_plus(X, K, rng, lambda squared: squared.min(axis=1)))


@wrong("return")
def forgotten(X, K, rng):
    centroids = plus_plus(X, K, rng, lambda squared: squared.min(axis=1))


# --- Wrong: errors -------------------------------------------------------------------------


@wrong("one chance for each row")
def two_axes_of_chances(X, K, rng):
    centroids = X[[rng.integers(len(X))]]
    while len(centroids) < K:
        squared = squared_distances(X, centroids)
        centroids = np.vstack([centroids, X[rng.choice(len(X), p=squared / squared.sum())]])
    return centroids


@wrong("one chance for each row")
def smallest_along_the_wrong_axis(X, K, rng):
    centroids = X[[rng.integers(len(X))]]
    while len(centroids) < K:
        squared = squared_distances(X, centroids).min(axis=0)
        centroids = np.vstack([centroids, X[rng.choice(len(X), p=squared / squared.sum())]])
    return centroids


@wrong("rng.integers")
def old_names(X, K, rng):
    centroids = [X[rng.randint(len(X))]]
    while len(centroids) < K:
        squared = squared_distances(X, np.array(centroids)).min(axis=1)
        centroids.append(X[rng.choice(len(X), p=squared / squared.sum())])
    return np.array(centroids)


@wrong("numbers (nan)")
def divided_before_there_is_a_distance(X, K, rng):
    centroids = np.full((K, X.shape[1]), np.nan)
    centroids[0] = X[rng.integers(len(X))]
    for k in range(1, K):
        squared = squared_distances(X, centroids).min(axis=1)
        centroids[k] = X[rng.choice(len(X), p=squared / squared.sum())]
    return centroids


@wrong("never ends")
def endless(X, K, rng):
    centroids = X[[rng.integers(len(X))]]
    while len(centroids) < K:
        squared = squared_distances(X, centroids).min(axis=1)
        row = rng.choice(len(X), p=squared / squared.sum())
        np.vstack([centroids, X[row]])
    return centroids


@wrong("absolute differences")
def absolute_differences(X, K, rng):
    centroids = [X[rng.integers(len(X))]]
    while len(centroids) < K:
        d = np.min([np.abs(X - c).sum(axis=1) for c in centroids], axis=0) ** 2
        centroids.append(X[rng.choice(len(X), p=d / d.sum())])
    return np.array(centroids)


@wrong("Equal rows count only once")
def equal_rows_once(X, K, rng):
    X = np.unique(X, axis=0)
    centroids = np.empty((K, X.shape[1]))
    centroids[0] = X[rng.integers(len(X))]
    nearest = squared_distances(X, centroids[:1])[:, 0]
    for k in range(1, K):
        centroids[k] = X[rng.choice(len(X), p=nearest / nearest.sum())]
        nearest = np.minimum(nearest, squared_distances(X, centroids[k : k + 1])[:, 0])
    return centroids
