"""Answers to find_closest_centroids, written by people who had not seen the checks."""
import math
import numpy as np
from unseen import right, wrong
from helpers import kmeans
from helpers.color import pairwise_distances

# from the page
rng = np.random.default_rng(7)
heaps = np.array([[1.0, 1.0], [4.0, 1.5], [2.0, 4.0]])
points = np.vstack([heap + 0.55 * rng.standard_normal((20, 2)) for heap in heaps]).round(2)
start = kmeans.kmeans_init_centroids(points, 3, np.random.default_rng(8))


def squared_distances(X, C):
    return sum((X[:, j, None] - C[:, j]) ** 2 for j in range(X.shape[1]))


BLOCK = 4096


@right
def one_line(X, centroids):
    return np.argmin(pairwise_distances(X, centroids), axis=1)


@right
def list_of_numbers(X, centroids):
    result = []
    for x in X:
        d = np.linalg.norm(centroids - x, axis=1)
        result.append(d.argmin())
    return np.array(result)


@right
def one_centroid_after_the_other(data, C):
    # keep the best distance so far for every point
    best = np.full(len(data), np.inf)
    winner = np.zeros(len(data), dtype=int)
    for k in range(len(C)):
        d = ((data - C[k]) ** 2).sum(axis=1)
        closer = d < best
        winner[closer] = k
        best[closer] = d[closer]
    return winner


@right
def blocks_then_join(X, centroids):
    size = 1000
    pieces = []
    i = 0
    while i < len(X):
        pieces.append(squared_distances(X[i:i + size], centroids).argmin(axis=1))
        i += size
    return np.concatenate(pieces)


@wrong("Runs argmin along the points, so each centroid picks its nearest point.")
def wrong_axis(X, centroids):
    return pairwise_distances(X, centroids).argmin(axis=0)


@wrong("Compares with <=, so that ties go to the highest number.")
def last_of_equals(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        smallest = math.inf
        for k in range(len(centroids)):
            d = ((X[n] - centroids[k]) ** 2).sum()
            if d <= smallest:
                smallest = d
                idx[n] = k
    return idx


@wrong("Returns the nearest centroids themselves instead of their numbers.")
def the_colors(X, centroids):
    idx = pairwise_distances(X, centroids).argmin(axis=1)
    return centroids[idx]


@wrong("Adds up absolute differences, which is another distance and has other nearest centroids.")
def city_blocks(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        d = np.abs(X[n] - centroids).sum(axis=1)
        idx[n] = d.argmin()
    return idx


@wrong("Writes in three channels, although points may have any number of coordinates.")
def three_channels(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for start in range(0, len(X), BLOCK):
        block = X[start : start + BLOCK]
        d = 0
        for j in range(3):
            d = d + (block[:, j, None] - centroids[:, j]) ** 2
        idx[start : start + BLOCK] = d.argmin(axis=1)
    return idx


@wrong("Counts only full blocks, so the rows after the last full block stay 0.")
def full_blocks(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    blocks = len(X) // BLOCK
    for b in range(blocks):
        begin = b * BLOCK
        end = begin + BLOCK
        idx[begin:end] = squared_distances(X[begin:end], centroids).argmin(axis=1)
    return idx


@wrong("Cuts out the block but then measures all of X, which fits only as long as there is a single block.")
def forgot_the_block(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for start in range(0, len(X), BLOCK):
        block = X[start : start + BLOCK]
        idx[start : start + BLOCK] = squared_distances(X, centroids).argmin(axis=1)
    return idx


@wrong("Makes room with np.zeros without a dtype, so the numbers are decimals and can't be used to look up.")
def decimals(X, centroids):
    idx = np.zeros(len(X))
    for n in range(len(X)):
        squared = ((X[n] - centroids) ** 2).sum(axis=1)
        idx[n] = squared.argmin()
    return idx


@wrong("Measures the distance to the page's start instead of the centroids it was given.")
def distance_to_start(X, centroids):
    idx = np.zeros(len(X), dtype=int)
    for n in range(len(X)):
        squared = ((X[n] - start) ** 2).sum(axis=1)
        idx[n] = squared.argmin()
    return idx
