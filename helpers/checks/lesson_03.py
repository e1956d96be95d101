"""Lesson 03: `pairwise_distances` and `nearest_color`."""

import numpy as np

from helpers import color
from helpers.checks.cases import (
    WRONG_PAIRS,
    cases,
    framed,
    measured,
    nearest_sets,
    nearest_tags,
    set_cases,
)
from helpers.checks.exercise import Exercise, table

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
    wrong=table("""
You take the root too early: first add the squares, then take the root of the sum.
    np.sqrt(abs(X[:, None] - C).sum(axis=-1))
Where pixel and color are the same, x x - 2 x c + c c falls a hair below 0 by rounding, and its root is nan. Cut it off at 0 before you take the root, or square differences.
    np.sqrt((X**2).sum(axis=1)[:, None] <- 2 * (X @ C.T) + (C**2).sum(axis=1)|+ (C**2).sum(axis=1) - 2 * X @ C.T>)
In the long formula a term is missing, and the root of a number below 0 is nan: the squares of X and of C both belong in it.
    np.sqrt(<(C**2).sum(axis=1)|(X**2).sum(axis=1)[:, None]> - 2 * X @ C.T)
In the long formula the product is missing, or it counts too often or too little: (x - c) squared is x x - 2 x c + c c.
    2 * (X @ C.T) => <0|1|3|4> * (X @ C.T)
You take the mean over the channels; the distance is a sum.
    .sum(axis=-1) => .mean(axis=-1)
    ((X[:, None] - C) ** 2).mean(axis=-1)
Your running total goes on from one pair to the next: set it to 0 for each pair.
    <|np.sqrt>(sq(X, C).cumsum().reshape(len(X), len(C)))
The power is 2, and the root is the square root; you take a higher one.
    (abs(X[:, None] - C) ** <3|4>).sum(axis=-1) ** (1 / <2|3|4>)
You take the root inside the loop over the channels, again and again: take it once, when all squares are added.
    total += (X[n, c] - C[k, c]) ** 2 => total = (total + (X[n, c] - C[k, c]) ** 2) ** 0.5 ;; np.sqrt(total) => total
""")
    | framed(WRONG_PAIRS, "(({}) ** 2).sum(axis=-1)", "np.sqrt((({}) ** 2).sum(axis=-1))")
    | measured("{}", "np.sqrt({})", "({}) ** 2"),
    meaning="one row for each pixel, one column for each color",
    axes=("pixel", "color"),
    sections={"shape": "All pixels, all colors"},
)

NEAREST_COLOR = Exercise(
    color.nearest_color,
    ("x", "C"),
    "The nearest of many",
    lambda: cases(
        color.nearest_color,
        [
            *((x, C) for X, C in nearest_sets() for x in X),
            (np.array([0.5, 0.5]), np.array([[0.5, 0.60003], [0.5, 0.6]]), {"nearly a tie"}),
            (np.array([2.0, 1.5]), np.arange(300.0)[::-1, None] * [1, 1]),
            (np.array([0.5, 0.5]), np.array([[0.5, 0.508], [0.5, 0.505]]), {"nearly a tie"}),
            (np.array([1.9, 0.2]), np.array([[1, 0], [2, 0]])),
            (np.array([1, 0]), np.array([[1.6, 0.9], [0.6, 0.2]])),
        ],
        lambda x, C: nearest_tags(x[None], C) - {"one pixel", "N = K"},
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
    nouns={"sum": "channels", "norm": "channels", "argmin": "colors"},
    wrong=table("""
You return the places of all equally near colors (as np.where does); it should be one number, the lowest.
    np.flatnonzero(d(x, C) == d(x, C).min())
You return the color; it should be its number.
    C[right(x, C)]<|[0]>
You return all distances; choose the smallest, and return its place (argmin).
    d(x, C)<|[None]> ** <0.5|1>
You sort the colors by distance and return the whole order; it should be the first.
    d(x, C).argsort()
argmin needs one number for each color: add up the channels first, with axis=1.
    <((C - x) ** 2)|abs(C - x)>.argmin(axis=<0|1>)
You look for the smallest single difference: add up the channels of each color first.
    int(((C - x) ** 2)<|.min(axis=1)>.argmin())
You always return the first color: is it one number of which you take the argmin (a sum without axis), is nothing ever smaller, or are the distances sorted before you look?
    0
Keep the smallest distance so far: you compare with that of the first color, or of the color before, or you count how often a nearer one comes.
    int(<max|min>(np.flatnonzero(np.less(d(x, C), d(x, C)[0])), default=0))
    int(max(np.flatnonzero(np.diff(d(x, C)) < 0) + 1, default=0))
    int((np.diff(np.minimum.accumulate(d(x, C))) < 0).sum())
You stop where the distance grows for the first time; a nearer color may come later: go through all of them.
    int(np.append(np.diff(d(x, C)) >= 0, True).argmax())
You look at the first 16 of C only: the number is written into your code.
    int(d(x, C)[:16].argmin())
You look for the same color, or nearly the same (a tolerance), and take the first of these, or the first of all: keep the smallest distance, however large.
    int(np.less_equal(abs(C - x).max(axis=1), <0|1e-6|0.001|0.01|0.05|0.1>).argmax())
The smallest distance that you start with, such as 1, is too small for some colors. Start with infinity (np.inf).
    int(d(x, C).argmin()) if np.less(d(x, C).min(), <0.25|0.5|1|2|3|4|9>) else 0
A distance of 0 counts as nothing yet (as in if not best), so the next color takes its place: ask whether best is None, or begin with infinity.
    smallest = np.inf => smallest = 0 ;; if distance < smallest => if not smallest or distance < smallest
""")
    | measured("X = x[None]\nreturn int(({}).argmin())"),
    meaning="one number",
    whole=True,
    names={"d": lambda x, C: ((C - x) ** 2).sum(axis=1)},
)

EXERCISES = {"pairwise_distances": PAIRWISE_DISTANCES, "nearest_color": NEAREST_COLOR}
