"""Answers to run_kmeans, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong
from helpers.kmeans import compute_centroids, find_closest_centroids, use_every_color


@right
def from_the_hints(X, initial_centroids, max_iters=10):
    centroids = np.array(initial_centroids, dtype=float)
    idx = find_closest_centroids(X, centroids)
    for step in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@right
def always_to_the_end(X, initial_centroids, max_iters=10):
    # when nothing moves any more, the other rounds do nothing
    C = np.array(initial_centroids, dtype=float)
    C, groups = use_every_color(X, C, find_closest_centroids(X, C))
    for i in range(max_iters):
        C = compute_centroids(X, groups, len(initial_centroids))
        C, groups = use_every_color(X, C, find_closest_centroids(X, C))
    return C, groups


@right
def while_something_moves(X, initial_centroids, max_iters=10):
    def one_round(C):
        groups = find_closest_centroids(X, C)
        return compute_centroids(X, groups, C.shape[0])

    old = np.array(initial_centroids, dtype=float)
    new = one_round(old)
    rounds = 1
    while rounds < max_iters and (new != old).any():
        old = new
        new = one_round(old)
        rounds += 1
    return new, find_closest_centroids(X, new)


@wrong("Returns the assignment from before the last move.")
def stale_groups(X, initial_centroids, max_iters=10):
    centroids = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            break
        centroids = moved
    return centroids, idx


@wrong("Does not copy the start and writes the new centroids into the caller's array.")
def no_copy(X, initial_centroids, max_iters=10):
    centroids = initial_centroids
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            break
        centroids[:] = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("Assigns to the initial centroids in every round, so it never gets beyond the first step.")
def always_from_the_start(X, initial_centroids, max_iters=10):
    centroids = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        idx = find_closest_centroids(X, initial_centroids)
        centroids = compute_centroids(X, idx, len(centroids))
    idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("Starts the range at 1 and so makes one move too few.")
def one_move_too_few(X, initial_centroids, max_iters=10):
    centroids = np.array(initial_centroids, dtype=float)
    idx = find_closest_centroids(X, centroids)
    for i in range(1, max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("Goes on until nothing moves and never looks at max_iters.")
def never_stops_early(X, initial_centroids, max_iters=10):
    centroids = np.array(initial_centroids, dtype=float)
    idx = find_closest_centroids(X, centroids)
    while True:
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            return centroids, idx
        centroids = moved
        idx = find_closest_centroids(X, centroids)


@wrong("Takes the number of channels for K, which is right only if both are the same.")
def K_from_the_wrong_axis(X, initial_centroids, max_iters=10):
    centroids = np.array(initial_centroids, dtype=float)
    K = centroids.shape[1]
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, K)
        if np.array_equal(moved, centroids):
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("Compares after the assignment of the variable, so it always stops after one move.")
def compares_too_late(X, initial_centroids, max_iters=10):
    centroids = np.array(initial_centroids, dtype=float)
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        centroids = moved
        idx = find_closest_centroids(X, centroids)
        if np.array_equal(moved, centroids):
            break
    return centroids, idx


@wrong("Stops as soon as any one coordinate has not moved.")
def any_has_stopped(X, initial_centroids, max_iters=10):
    centroids = np.array(initial_centroids, dtype=float)
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if (moved == centroids).any():
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("Returns the two results in the wrong order.")
def groups_first(X, initial_centroids, max_iters=10):
    centroids = np.array(initial_centroids, dtype=float)
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return idx, centroids
