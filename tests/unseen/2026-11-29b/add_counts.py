"""Answers to add_counts, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def dictionary(a, b):
    total = {}
    for color, n in list(a) + list(b):
        total[int(color)] = total.get(int(color), 0) + int(n)
    rows = [[color, total[color]] for color in sorted(total)]
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


@wrong("Puts the rows together and sorts them, but does not add up the rows of the same color.")
def put_together_and_sort(a, b):
    both = np.concatenate([a, b])
    order = np.argsort(both[:, 0], kind="stable")
    return both[order]


@wrong("Leaves out the weights, so it counts rows instead of pixels.")
def bincount_rows(a, b):
    both = np.concatenate([a, b])
    colors, row = np.unique(both[:, 0], return_inverse=True)
    pixels = np.bincount(row)
    return np.stack([colors, pixels], axis=1)


@wrong("Does not sort: the new colors of b come after all those of a.")
def dict_without_sorting(a, b):
    counts = {}
    for color, n in a.tolist():
        counts[color] = n
    for color, n in b.tolist():
        if color in counts:
            counts[color] += n
        else:
            counts[color] = n
    return np.array(list(counts.items()), dtype=np.int64).reshape(-1, 2)
