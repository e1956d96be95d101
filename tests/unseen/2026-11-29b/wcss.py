"""Answers to wcss, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def point_by_point(X, centroids, idx):
    total = 0
    for n in range(len(X)):
        own = centroids[idx[n]]
        total += np.sum((X[n] - own) ** 2)
    return float(total)


@wrong("Adds up the distances instead of their squares.")
def norms(X, centroids, idx):
    return float(np.linalg.norm(X - centroids[idx], axis=1).sum())


@wrong("Takes the mean instead of the sum.")
def average(X, centroids, idx):
    own = centroids[idx]
    return float(((X - own) ** 2).mean())


@wrong("Overwrites the total in every round, so only the last group counts.")
def loop_over_k(X, centroids, idx):
    total = 0
    for k in range(len(centroids)):
        group = X[idx == k]
        total = ((group - centroids[k]) ** 2).sum()
    return float(total)
