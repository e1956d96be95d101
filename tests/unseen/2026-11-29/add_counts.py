"""Answers to add_counts, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def dictionary(a, b):
    total = {}
    for counts in (a, b):
        for color, pixels in counts.tolist():
            total[color] = total.get(color, 0) + pixels
    return np.array(sorted(total.items()), dtype=np.int64).reshape(-1, 2)


@right
def union_and_places(first, second):
    colors = np.union1d(first[:, 0], second[:, 0]).astype(np.int64)
    out = np.zeros((len(colors), 2), dtype=np.int64)
    out[:, 0] = colors
    for part in (first, second):
        place = np.searchsorted(colors, part[:, 0])
        np.add.at(out[:, 1], place, part[:, 1].astype(np.int64))
    return out


@right
def zipper(a, b):
    # both are sorted, so always take the smaller number
    i, j, rows = 0, 0, []
    while i < len(a) or j < len(b):
        if j == len(b) or (i < len(a) and a[i, 0] < b[j, 0]):
            rows.append([a[i, 0], a[i, 1]])
            i += 1
        elif i == len(a) or b[j, 0] < a[i, 0]:
            rows.append([b[j, 0], b[j, 1]])
            j += 1
        else:
            rows.append([a[i, 0], a[i, 1] + b[j, 1]])
            i += 1
            j += 1
    return np.array(rows, dtype=int).reshape(len(rows), 2)


@wrong("Overwrites the pixels of a color that is in both instead of adding them.")
def overwrites(a, b):
    counts = {}
    for color, pixels in a:
        counts[color] = pixels
    for color, pixels in b:
        counts[color] = pixels
    return np.array(sorted(counts.items()), dtype=np.int64).reshape(-1, 2)


@wrong("Stops when one of the two is used up and forgets the remaining rows of the other.")
def forgets_the_rest(a, b):
    i, j = 0, 0
    rows = []
    while i < len(a) and j < len(b):
        if a[i, 0] == b[j, 0]:
            rows.append([a[i, 0], a[i, 1] + b[j, 1]])
            i += 1
            j += 1
        elif a[i, 0] < b[j, 0]:
            rows.append([a[i, 0], a[i, 1]])
            i += 1
        else:
            rows.append([b[j, 0], b[j, 1]])
            j += 1
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


@wrong("Adds the pixels into the caller's own array a.")
def writes_into_a(a, b):
    new_rows = []
    for color, pixels in b:
        found = np.flatnonzero(a[:, 0] == color)
        if len(found) > 0:
            a[found[0], 1] += pixels
        else:
            new_rows.append([color, pixels])
    new_rows = np.array(new_rows, dtype=np.int64).reshape(-1, 2)
    both = np.concatenate([a, new_rows])
    return both[both[:, 0].argsort()]


@wrong("Forgets to sort: colors that are only in b stand at the end.")
def not_sorted(a, b):
    total = dict(a.tolist())
    for color, pixels in b.tolist():
        if color in total:
            total[color] += pixels
        else:
            total[color] = pixels
    return np.array(list(total.items()), dtype=np.int64).reshape(-1, 2)


@wrong("Counts the rows of each color, one or two, instead of adding up their pixels.")
def counts_rows(a, b):
    both = np.concatenate([a, b])
    colors, pixels = np.unique(both[:, 0], return_counts=True)
    return np.stack([colors, pixels], axis=1)


@wrong("Has a row for every number up to the largest, also for colors that do not occur.")
def row_for_every_number(a, b):
    both = np.concatenate([a, b])
    pixels = np.bincount(both[:, 0], weights=both[:, 1]).astype(np.int64)
    colors = np.arange(len(pixels))
    return np.stack([colors, pixels], axis=1)


@wrong("Puts the two side by side instead of under one another.")
def side_by_side(a, b):
    both = np.hstack([a, b])
    colors, row = np.unique(both[:, 0], return_inverse=True)
    pixels = np.bincount(row, weights=both[:, 1])
    return np.stack([colors, pixels.astype(np.int64)], axis=1)


@wrong("Returns the colors and the pixels as two rows instead of two columns.")
def two_rows(a, b):
    both = np.concatenate([a, b])
    colors, row = np.unique(both[:, 0], return_inverse=True)
    pixels = np.bincount(row, weights=both[:, 1])
    return np.stack([colors, pixels.astype(np.int64)])


@wrong("Looks for equal rows, color and pixels together, so one color keeps two rows.")
def equal_rows(a, b):
    both = np.concatenate([a, b])
    rows, times = np.unique(both, axis=0, return_counts=True)
    rows[:, 1] = rows[:, 1] * times
    return rows
