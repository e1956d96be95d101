"""Lesson 03: `pairwise_distances` and `nearest_color`."""

import numpy as np

from helpers import color
from helpers.checks.cases import cases, nearest_calls, set_cases
from helpers.checks.exercise import Exercise

PAIRWISE_DISTANCES = Exercise(
    color.pairwise_distances,
    ("X", "C"),
    "Squares never cancel",
    lambda: set_cases(color.pairwise_distances),
    "1, 2, 3 and 5 channels, more colors than pixels, one color, whole numbers, float32",
    styles=(
        "np.sqrt(((X[:, None, :] - C[None, :, :]) ** 2).sum(axis=-1))",
        """
table = np.zeros((len(X), len(C)))
for n in range(len(X)):
    for k in range(len(C)):
        total = 0.0
        for c in range(X.shape[1]):
            total += (X[n, c] - C[k, c]) ** 2
        table[n, k] = np.sqrt(total)
return table
""",
        "np.sqrt(np.maximum((X**2).sum(axis=1)[:, None] - 2 * (X @ C.T) + (C**2).sum(axis=1), 0))",
        "np.linalg.norm(X[:, None] - C[None], axis=-1)",
    ),
    nouns={"sum": "channels", "norm": "channels"},
    wrong={
        "You stop before the square root.": "right(X, C) ** 2",
        "Your differences are not squared: a negative sum has no square root (nan), and others "
        "cancel. Square each difference before you add (** 2).": (
            "np.sqrt((X[:, None] - C[None]).sum(axis=-1))",
            "np.sqrt((C[None] - X[:, None]).sum(axis=-1))",
        ),
        "Your differences cancel: what red loses, green gains. Square each one before you add; you "
        "square, or take the absolute value of, the sum.": (
            "abs((X[:, None] - C[None]).sum(axis=-1))",
            "(X[:, None] - C[None]).sum(axis=-1)",
            "(X[:, None] - C[None]).sum(axis=-1) ** 2",
        ),
        "You add absolute values (the city-block distance), or take the root of each square, which is "
        "the same: first add the squares, then take the root of the sum.": (
            "abs(X[:, None] - C[None]).sum(axis=-1)",
            "np.sqrt(abs(X[:, None] - C[None]).sum(axis=-1))",
        ),
        "You take the largest difference of the channels only; all of them count.": (
            "abs(X[:, None] - C[None]).max(axis=-1)"
        ),
        "You compare brightness, one number for each color; compare all channels.": (
            "abs(X.mean(axis=1)[:, None] - C.mean(axis=1))",
            "abs(X.sum(axis=1)[:, None] - C.sum(axis=1))",
        ),
        "You compare the first channel only; compare all channels.": (
            "abs(X[:, :1] - C[:, 0])",
            "(X[:, :1] - C[:, 0]) ** 2",
            "X[:, :1] - C[:, 0]",
        ),
        "You compare the last channel only: is the sum over the channels begun anew for each?": (
            "abs(X[:, -1:] - C[:, -1])",
            "(X[:, -1:] - C[:, -1]) ** 2",
        ),
        "You square the values before you subtract: first the difference, then ** 2.": (
            "np.sqrt(abs((X[:, None] ** 2 - C**2).sum(axis=-1)))",
            "np.sqrt((X[:, None] ** 2 - C**2).sum(axis=-1))",
            "np.sqrt(abs((X[:, None] - C**2).sum(axis=-1)))",
            "np.sqrt((X[:, None] - C**2).sum(axis=-1))",
        ),
        "You multiply pixels and colors (a product, as X @ C.T); distances begin with differences.": (
            "X @ C.T",
            "np.sqrt(abs(X @ C.T))",
        ),
        "In the long formula a term is missing, and the root of a number below 0 is nan: the squares "
        "of X and of C both belong in it.": (
            "np.sqrt((C**2).sum(axis=1) - 2 * X @ C.T)",
            "np.sqrt((X**2).sum(axis=1)[:, None] - 2 * X @ C.T)",
        ),
        "You subtract lengths; the distance is the length of the difference.": (
            "np.linalg.norm(X, axis=1)[:, None] - np.linalg.norm(C, axis=1)",
            "abs(np.linalg.norm(X, axis=1)[:, None] - np.linalg.norm(C, axis=1))",
        ),
        "You take the angle between the colors (the cosine), which knows no dark and light; the "
        "distance is the length of the difference.": tuple(
            frame.format(f"(X @ C.T / (np.outer(*(np.linalg.norm(A, axis=1) for A in (X, C))) + {e}))")
            for e in (0, 1e-12, 1e-8)
            for frame in ("{}", "1 - {}", "np.arccos({})")
        ),
        "Your running total goes on from one pair to the next: set it to 0 for each pair.": (
            "np.sqrt((right(X, C) ** 2).cumsum().reshape(len(X), len(C)))",
            "np.sqrt((right(X, C) ** 2).cumsum(axis=1))",
        ),
        "You take the mean over the channels; the distance is a sum.": "(.sum( => .mean(",
        "You compare each pixel with the color of the same number only; each one has to meet all.": (
            "np.sqrt(((X - C) ** 2).sum(axis=1))",
            "np.sqrt(np.array([((x - c) ** 2).sum() for x, c in zip(X, C)]))",
        ),
        "You compare the pixels with each other; compare them with the colors.": "right(X, X)",
        "You compare the colors with each other; compare the pixels with them.": "right(C, C)",
    },
    meaning="one row for each pixel, one column for each color",
    axes=("pixel", "color"),
)

NEAREST_COLOR = Exercise(
    color.nearest_color,
    ("x", "C"),
    "The nearest of many",
    lambda: cases(
        color.nearest_color,
        [
            *(((x, C), tags) for (X, C), tags in nearest_calls() for x in X),
            ((np.array([0.5, 0.5]), np.array([[0.5, 0.60003], [0.5, 0.6]])), {"nearly a tie"}),
            ((np.array([2.0, 1.5]), np.arange(300.0)[::-1, None] * [1, 1]), set()),
            ((np.array([0.5, 0.5]), np.array([[0.5, 0.508], [0.5, 0.505]])), {"nearly a tie"}),
            ((np.array([1.9, 0.2]), np.array([[1, 0], [2, 0]])), {"whole C"}),
            ((np.array([1, 0]), np.array([[1.6, 0.9], [0.6, 0.2]])), {"whole X"}),
        ],
        whole=True,
    ),
    "ties, 1, 2, 3 and 5 channels, one color, whole numbers, float32",
    styles=(
        "int(((C - x) ** 2).sum(axis=1).argmin())",
        """
smallest = np.inf
nearest = 0
for k in range(len(C)):
    distance = ((C[k] - x) ** 2).sum()
    if distance < smallest:
        smallest = distance
        nearest = k
return nearest
""",
        "int(np.sqrt(sum((C[:, c] - x[c]) ** 2 for c in range(len(x)))).argmin())",
    ),
    nouns={"sum": "channels", "argmin": "colors"},
    wrong={
        "You return the places of all equally near colors (as np.where does); it should be one "
        "number, the lowest.": "np.flatnonzero(sq(x[None], C)[0] == sq(x[None], C).min())",
        "Differences cancel in your sum (or you compare brightness, which is the same): square each "
        "one before you add.": (
            "int(abs((C - x).sum(axis=1)).argmin())",
            "int((C - x).sum(axis=1).argmin())",
            "int(abs(C.mean(axis=1) - x.mean()).argmin())",
        ),
        "You return the color; it should be its number.": "C[right(x, C)]",
        "You return the distance; it should be the number of the color.": (
            "np.sqrt(sq(x[None], C).min())",
            "sq(x[None], C).min()",
        ),
        "You return all distances; choose the smallest, and return its place (argmin).": (
            "sq(x[None], C)[0]",
            "np.sqrt(sq(x[None], C)[0])",
        ),
        "You compare how long the two are (how far from black); measure from the pixel to the color: "
        "first the difference, then its length.": (
            "int(abs(np.linalg.norm(C, axis=1) - np.linalg.norm(x)).argmin())"
        ),
        "You look for the smallest single difference: add up the channels of each color first.": (
            "int(((C - x) ** 2).argmin())",
            "int(((C - x) ** 2).min(axis=1).argmin())",
        ),
        "Of several equally near colors you take the last (as <= does); the rule is the lowest number.": (
            "len(C) - 1 - int(sq(x[None], C)[0][::-1].argmin())"
        ),
        "You count from 1; the numbers of colors begin with 0.": "right(x, C) + 1",
    },
    meaning="one number",
    whole=True,
)

EXERCISES = {"pairwise_distances": PAIRWISE_DISTANCES, "nearest_color": NEAREST_COLOR}
