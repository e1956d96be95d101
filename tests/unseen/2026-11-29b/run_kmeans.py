"""Answers to run_kmeans, written by people who had not seen the checks."""
import numpy as np
from helpers.codebook import find_closest_centroids
from helpers.kmeans import compute_centroids
from unseen import right, wrong


@right
def while_it_moves(X, initial_centroids, max_iters=10):
    c = np.array(initial_centroids, dtype=float)
    steps = 0
    moving = True
    while moving and steps < max_iters:
        new = compute_centroids(X, find_closest_centroids(X, c), len(c))
        moving = not (new == c).all()
        c = new
        steps = steps + 1
    return c, find_closest_centroids(X, c)


@wrong("Returns the assignment to the centroids before the last move.")
def assign_then_move(X, initial_centroids, max_iters=10):
    centroids = initial_centroids.copy()
    for i in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))
    return centroids, idx


@wrong("Stops as soon as any one number stays the same, not when all of them do.")
def stop_if_same(X, initial_centroids, max_iters=10):
    centroids = np.array(initial_centroids, dtype=float)
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if (moved == centroids).any():
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("Does not copy the start and writes the moved centroids into the caller's array.")
def same_array(X, initial_centroids, max_iters=10):
    centroids = initial_centroids
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            break
        for k in range(len(centroids)):
            centroids[k] = moved[k]
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("Counts the steps from 1 and so makes one step too few.")
def from_one(X, initial_centroids, max_iters=10):
    centroids = np.array(initial_centroids, dtype=float)
    idx = find_closest_centroids(X, centroids)
    for step in range(1, max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx
