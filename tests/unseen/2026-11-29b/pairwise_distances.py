"""Answers to pairwise_distances, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def one_column_per_color(X, C):
    columns = []
    for c in C:
        columns.append(np.linalg.norm(X - c, axis=1))
    return np.column_stack(columns)


@wrong("Forgets the square root.")
def squares(X, C):
    diff = X[:, None, :] - C[None, :, :]
    return (diff ** 2).sum(axis=-1)


@wrong("Sums over the axis of the colors instead of the channels.")
def middle_axis(X, C):
    diff = X[:, None, :] - C[None, :, :]
    return np.sqrt((diff ** 2).sum(axis=1))


@wrong("Fills a table of whole numbers, which cuts off the decimals of the distances.")
def table_of_zeros(X, C):
    N, K = len(X), len(C)
    table = np.zeros((N, K), dtype=int)
    for n in range(N):
        for k in range(K):
            d = X[n] - C[k]
            table[n, k] = np.sqrt((d * d).sum())
    return table
