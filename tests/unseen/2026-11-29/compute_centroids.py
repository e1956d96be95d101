"""Answers to compute_centroids, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong
from helpers.kmeans import farthest_pixel

# from the page
rng = np.random.default_rng(7)
heaps = np.array([[1.0, 1.0], [4.0, 1.5], [2.0, 4.0]])
points = np.vstack([heap + 0.55 * rng.standard_normal((20, 2)) for heap in heaps]).round(2)


@right
def list_of_means(X, idx, K):
    centroids = []
    for k in range(K):
        group = X[idx == k]
        if len(group) > 0:
            centroids.append(group.mean(axis=0))
        else:
            centroids.append(X[0])      # nobody there, take any point
    return centroids


@right
def table_times_points(X, idx, K):
    member = (idx[:, None] == np.arange(K)).astype(float)     # (N, K), one 1 in each row
    sums = member.T @ X
    counts = member.sum(axis=0)
    counts[counts == 0] = 1      # 0 / 1 = 0 and not nan
    return sums / counts[:, None]


@right
def add_at(data, labels, K):
    total = np.zeros((K, data.shape[1]))
    np.add.at(total, labels, data)
    n = np.bincount(labels, minlength=K)
    return total / np.maximum(n, 1)[:, None]


@right
def small_floats(X, idx, K):
    overall = X.mean(axis=0)
    result = np.zeros((K, X.shape[1]), dtype=np.float32)
    for k in range(K):
        mine = idx == k
        if mine.any():
            for j in range(X.shape[1]):
                result[k, j] = np.average(X[mine, j])
        else:
            result[k] = overall
    return result


@wrong("Has no rule for a group without points, which becomes nan.")
def nothing_for_empty(X, idx, K):
    return np.array([X[idx == k].mean(axis=0) for k in range(K)])


@wrong("Compares with nan by ==, which is never true, so that empty groups stay nan.")
def equals_nan(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        mean = X[idx == k].mean(axis=0)
        if mean[0] == np.nan:
            mean = X[k]
        centroids[k] = mean
    return centroids


@wrong("Takes the mean without an axis and so mixes all the channels in one number.")
def no_axis(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean()
        else:
            centroids[k] = X[0]
    return centroids


@wrong("Goes through the groups that occur, not through all K, so rows are missing when one is empty.")
def only_groups_that_occur(X, idx, K):
    rows = []
    for k in np.unique(idx):
        rows.append(X[idx == k].mean(axis=0))
    return np.array(rows)


@wrong("Makes room for whole numbers, so that the means lose their decimals.")
def integers(X, idx, K):
    centroids = np.zeros((K, X.shape[1]), dtype=int)
    for k in range(K):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
        else:
            centroids[k] = X[0]
    return centroids


@wrong("Divides the sum of each group by the number of all points.")
def divided_by_all(X, idx, K):
    N, d = X.shape
    centroids = np.zeros((K, d))
    for n in range(N):
        centroids[idx[n]] += X[n]
    return centroids / N


@wrong("Picks the group out of the page's points instead of X.")
def from_points(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        if (idx == k).any():
            centroids[k] = points[idx == k].mean(axis=0)
        else:
            centroids[k] = points[0]
    return centroids


@wrong("Averages the mean so far with each new point half and half, which gives later points more weight.")
def halfway(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    seen = [False] * K
    for x, k in zip(X, idx):
        if seen[k]:
            centroids[k] = (centroids[k] + x) / 2
        else:
            centroids[k] = x
            seen[k] = True
    return centroids


@wrong("Notes the new owner of a point in the caller's idx and so changes an argument.")
def changes_idx(X, idx, K):
    centroids = np.zeros((K, X.shape[1]))
    used = []
    for k in range(K):
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
            used.append(k)
    for k in range(K):
        if k not in used:
            row, squared = farthest_pixel(X, centroids[used])
            centroids[k] = X[row]
            idx[row] = k        # this point belongs to k now
            used.append(k)
    return centroids
