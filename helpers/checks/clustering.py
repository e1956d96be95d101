"""The functions that lessons 05 and 06 ask for: from `find_closest_centroids` to `psnr`."""

import math

import numpy as np

from helpers import codebook, color, compression, kmeans
from helpers.checks.cases import (
    Exercise,
    brightness,
    cases,
    l1,
    labeled,
    labeled_tags,
    nearest_calls,
    pair_cases,
    pixel_tags,
    places,
    sq,
    start_calls,
    with_gaps,
)
from helpers.checks.compare import Problem, difference, kind_difference
from helpers.checks.report import show
from helpers.checks.trial import try_all

# --- Where more than one answer is right ---------------------------------------------------


def _judge_centroids(case, got, call):
    """Any finite place is right for a color without pixels."""
    X, idx, K = case.arguments
    problem = kind_difference(case.expected, got, call, "one row for each of the K colors")
    if problem:
        return problem
    got = np.asarray(got, dtype=float)
    empty = np.bincount(idx, minlength=K) == 0
    if not np.isfinite(got[empty]).all():
        return Problem(
            "nan",
            f"Color {np.flatnonzero(empty)[0]} has no pixels, and the mean of nothing is not a "
            "number (nan or infinite); ask for this case, and give it a place that you find "
            f"sensible.\nFor {call}\nyou return: {show(got)}",
        )
    if difference(case.expected[~empty], got[~empty], call):
        return difference(np.where(empty[:, None], got, case.expected), got, call)
    return None


def _judge_start(case, got, call):
    """Any K rows with different colors are right."""
    X, K, _ = case.arguments
    problem = kind_difference(np.empty((K, X.shape[1])), got, call, "K rows of X")
    if problem:
        return problem
    got = np.asarray(got, dtype=float)
    given = f"It was called with {call}\nyou return: {show(got)}"
    if not all(np.isclose(X, row, rtol=1e-6, atol=1e-6).all(axis=1).any() for row in got):
        channels = np.isin(np.round(got, 6), np.round(X, 6)).all()
        mixed = ", but mixed from several pixels: draw whole rows" if channels else ""
        return Problem("value", f"Not all of your colors are rows of X{mixed}.\n{given}")
    if len(np.unique(np.round(got, 6), axis=0)) < K:
        if len(np.unique(X, axis=0)) == len(X):
            words = "You draw a row twice: draw without putting back (replace=False)."
        else:
            words = (
                "Your rows may be different rows, but two of them have the same color: the K colors "
                "have to be different."
            )
        return Problem("value", f"{words}\n{given}")
    return None


def _random_as_asked(function):
    """A rule for functions that draw K rows of X with ``rng``: all of the chance is its."""
    X = np.round(np.random.default_rng(2).random((6, 3)), 2)
    seeds = [seed for seed in range(150) for _ in (0, 1)]
    trials = try_all(function, [(X, 2, np.random.default_rng(seed)) for seed in seeds])
    if len(trials) < len(seeds) or any(trial.error for trial in trials):
        return "Your function fails, or takes very long, when it is called many times."
    results = [np.asarray(trial.got, dtype=float) for trial in trials]
    rows = [
        tuple(sorted(int(np.isclose(X, row).all(axis=1).argmax()) for row in result))
        for result in results
    ]
    orders = [tuple(map(tuple, result)) for result in results]
    if len(set(orders)) == 1:
        return (
            "Your colors are the same for every rng: draw them with the rng that you are given "
            "(rng.choice, rng.permutation ...), and set no seed inside the function.\n"
            f"For seeds 0, 1, 2 you return each time: {show(results[0])}"
        )
    differ = [n for n in range(0, len(seeds), 2) if orders[n] != orders[n + 1]]
    if differ:
        n = differ[0]
        return (
            "Your colors are not repeatable: two generators with the same seed have to give the "
            "same colors, so all of the chance has to come from rng, and none from np.random or "
            f"a generator of your own.\nFor seed {seeds[n]} you return {show(results[n])}, and "
            f"then {show(results[n + 1])}"
        )
    missing = set(range(6)) - {row for pair_of_rows in rows for row in pair_of_rows}
    if missing:
        return (
            f"Row {min(missing)} of X is never drawn, in 150 tries with 6 rows: every pixel has "
            "to have a chance."
        )
    if len(set(rows)) < 15:
        return (
            "Some pairs of rows never come together, in 150 tries with 6 rows: draw each row by "
            "itself, not a run of neighbors."
        )
    return None


def _run_cases():
    X = np.array([[0.0, 0.0], [0.0, 1.0], [4.0, 4.0], [4.0, 5.0], [9.0, 0.0]])
    # From its first three rows, these points take six steps, and no cluster is ever empty.
    Y = np.array([[3, 9], [0, 8], [2, 9], [8, 4], [8, 1], [8, 5], [6, 9], [7, 8]]) / 10
    Z = np.round(np.random.default_rng(4).random((24, 3)), 2)
    W = np.array([[0, 0], [1, 0], [10, 9], [9, 9], [5, 0], [4, 1]])
    settled = np.array([[0.0, 0.5], [4.0, 4.5], [9.0, 0.0]])
    calls = [((X, X[[0, 2]], 1), {"one step"})]
    for max_iters, tags in ((1, {"one step"}), (2, set()), (3, set()), (60, {"until the end"})):
        calls.append(((Y, Y[:3], max_iters), tags))
    calls.append(((Z, Z[:4], 2), set()))
    calls.append(((Z[:, :1], Z[:1, :1], 5), {"until the end"}))
    calls.append(((W, W[[0, 2, 3]], 20), {"until the end"}))
    calls.append(((X, settled, 5), {"until the end"}))
    return cases(kmeans.run_kmeans, [(c, t | pixel_tags(c[0], len(c[1]))) for c, t in calls])


def _judge_run(case, got, call):
    return difference(case.expected, got, call, "centroids, idx")


def _run_never_loses_a_color(function):
    """A rule: with a start that leaves a color without pixels, everything stays finite."""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [4.0, 4.0], [4.0, 5.0]])
    start = np.array([[0.0, 0.0], [4.0, 4.0], [99.0, 99.0]])
    (trial,) = try_all(function, [(X, start, 10)])
    call = f"X = {show(X)}, initial_centroids = {show(start)}, max_iters = 10"
    if trial.error is not None:
        return (
            "It fails when a color of the start has no pixels: "
            f"{type(trial.error).__name__}: {trial.error}\nIt was called with {call}."
        )
    centroids, idx = trial.got
    if not np.isfinite(np.asarray(centroids, dtype=float)).all():
        return (
            "A color of the start that has no pixels turns to nan: mind the empty cluster, as in "
            f"compute_centroids.\nFor {call}\nyou return: {show(np.asarray(centroids))}"
        )
    return None


# --- Wrong functions with a name -----------------------------------------------------------


def _group_means(X, idx, K):
    return np.array([X[idx == k].mean(axis=0) for k in range(K)])


def _lloyd(X, start, steps, stale=False):
    centroids = np.array(start, dtype=float)
    idx = codebook.find_closest_centroids(X, centroids)
    for _ in range(steps):
        before = idx
        centroids = kmeans.compute_centroids(X, idx, len(centroids))
        idx = codebook.find_closest_centroids(X, centroids)
        if stale:
            idx, fresh = before, idx
            if _ < steps - 1:
                idx = fresh
    return centroids, idx


def _decibels(a, b, peak=1.0, factor=10, log=np.log10):
    error = ((a - b) ** 2).mean()
    return math.inf if error == 0 else factor * log(peak**2 / error)


# --- The exercises, in the order of the lessons --------------------------------------------

EXERCISES = {
    "find_closest_centroids": Exercise(
        codebook.find_closest_centroids,
        ("X", "centroids"),
        "Step one: assign",
        lambda: cases(codebook.find_closest_centroids, nearest_calls(), whole=True),
        "ties, 1, 2, 3 and 5 channels, more colors than pixels, one color, whole numbers, float32",
        {
            "You take the farthest color: argmin, not argmax.": lambda X, C: sq(X, C).argmax(
                axis=1
            ),
            "You look along the pixels (axis=0); each pixel chooses among the colors (axis=1).": (
                lambda X, C: sq(X, C).argmin(axis=0)
            ),
            "You return distances; wanted are the numbers of the nearest colors (argmin, not min).": (
                lambda X, C: np.sqrt(sq(X, C)).min(axis=1)
            ),
            "You return squared distances; wanted are the numbers of the nearest colors (argmin, not "
            "min).": lambda X, C: sq(X, C).min(axis=1),
            "You return the whole table of distances; each pixel chooses its smallest (argmin).": (
                color.pairwise_distances
            ),
            "You return the whole table of squared distances; each pixel chooses its smallest "
            "(argmin).": sq,
            "You return the colors; wanted are their numbers.": (
                lambda X, C: C[sq(X, C).argmin(axis=1)]
            ),
            "You return one number for all pixels: argmin needs axis=1.": (
                lambda X, C: sq(X, C).argmin()
            ),
            "You count from 1; the numbers of colors begin with 0.": (
                lambda X, C: sq(X, C).argmin(axis=1) + 1
            ),
            "Of several equally near colors you take the last; the rule is the lowest number.": (
                lambda X, C: len(C) - 1 - sq(X, C)[:, ::-1].argmin(axis=1)
            ),
            "Differences cancel in your sum, and the most negative one wins: square them first.": (
                lambda X, C: (X[:, None] - C[None]).sum(axis=-1).argmin(axis=1)
            ),
            "Differences cancel in your sum: square each of them, then add.": (
                lambda X, C: (C[None] - X[:, None]).sum(axis=-1).argmin(axis=1)
            ),
            "Differences cancel in your sum: square each one before you add, not the sum.": (
                lambda X, C: abs((X[:, None] - C[None]).sum(axis=-1)).argmin(axis=1)
            ),
            "You add absolute values (the city-block distance); the Euclidean one adds squares.": (
                lambda X, C: l1(X, C).argmin(axis=1)
            ),
            "You compare the largest difference of a channel; add the squares of all.": (
                lambda X, C: abs(X[:, None] - C[None]).max(axis=-1).argmin(axis=1)
            ),
            "You compare brightness, one number for each color; compare all channels.": (
                lambda X, C: brightness(X, C).argmin(axis=1)
            ),
            "You compare the first channel only; compare all channels.": (
                lambda X, C: abs(X[:, :1] - C[:, 0][None]).argmin(axis=1)
            ),
            "You compare the last channel only: is the sum over the channels begun anew for each?": (
                lambda X, C: abs(X[:, -1:] - C[:, -1][None]).argmin(axis=1)
            ),
            "You compare products (X @ C.T), which favor bright colors; compare distances.": (
                lambda X, C: (X @ C.T).argmax(axis=1)
            ),
            "You compare products (X @ C.T) and take the smallest; compare distances.": (
                lambda X, C: (X @ C.T).argmin(axis=1)
            ),
            "You sort the colors and return the whole order; wanted is the first of it.": (
                lambda X, C: sq(X, C).argsort(axis=1)
            ),
            "Every pixel gets number 0: are your numbers ever written into idx?": (
                lambda X, C: np.zeros(len(X), dtype=int)
            ),
            "The last pixel is left out: range(n) stops before n.": (
                lambda X, C: np.append(sq(X[:-1], C).argmin(axis=1), 0)
            ),
            "The first color is never chosen: range(1, K) begins with the second.": (
                lambda X, C: (
                    1 + sq(X, C[1:]).argmin(axis=1) if len(C) > 1 else np.zeros(len(X), dtype=int)
                )
            ),
            "The last color is never chosen: range(K - 1) stops too early.": (
                lambda X, C: (
                    sq(X, C[:-1]).argmin(axis=1) if len(C) > 1 else np.zeros(len(X), dtype=int)
                )
            ),
        },
        "one number for each pixel",
        axes=("pixel",),
        whole=True,
    ),
    "compute_centroids": Exercise(
        kmeans.compute_centroids,
        ("X", "idx", "K"),
        "Step two: move",
        lambda: cases(
            kmeans.compute_centroids,
            [(t, labeled_tags(*t)) for t in [*labeled()[:2], *with_gaps(), *labeled()[2:]]],
        ),
        "1, 2, 3 and 5 channels, K = 1, numbers in any order, clusters without pixels, whole "
        "numbers, float32",
        {
            "You add the pixels up, but do not divide by how many there are.": (
                lambda X, idx, K: np.array([X[idx == k].sum(axis=0) for k in range(K)])
            ),
            "You divide by the number of all pixels; divide by those of the group.": (
                lambda X, idx, K: np.array([X[idx == k].sum(axis=0) / len(X) for k in range(K)])
            ),
            "You divide by K; divide by the number of pixels in the group.": (
                lambda X, idx, K: np.array([X[idx == k].sum(axis=0) / K for k in range(K)])
            ),
            "You divide by one too many (count + 1): for a group with pixels, divide by their number.": (
                lambda X, idx, K: np.array(
                    [X[idx == k].sum(axis=0) / ((idx == k).sum() + 1) for k in range(K)]
                )
            ),
            "You average the channels too, to one number; each channel has its own mean (axis=0).": (
                lambda X, idx, K: np.array(
                    [
                        np.full(X.shape[1], X[idx == k].mean()) if (idx == k).any() else X[0]
                        for k in range(K)
                    ]
                )
            ),
            "You have one number for each color; each channel has its own mean (axis=0).": (
                lambda X, idx, K: np.array([X[idx == k].mean() for k in range(K)])
            ),
            "That is the median; K-means moves to the mean.": (
                lambda X, idx, K: np.array(
                    [np.median(X[idx == k], axis=0) if (idx == k).any() else X[0] for k in range(K)]
                )
            ),
            "You take the first pixel of each group; wanted is the mean of all its pixels.": (
                lambda X, idx, K: np.array(
                    [X[idx == k][0] if (idx == k).any() else X[0] for k in range(K)]
                )
            ),
            "You take the last pixel of each group: a loop overwrites instead of adding up.": (
                lambda X, idx, K: np.array(
                    [X[idx == k][-1] if (idx == k).any() else X[0] for k in range(K)]
                )
            ),
            "Every color gets the mean of all pixels; take the pixels of the group only (idx == k).": (
                lambda X, idx, K: np.tile(X.mean(axis=0), (K, 1))
            ),
            "You have rows only for numbers that occur: go through all K (range(K)), not the numbers "
            "in idx.": lambda X, idx, K: np.array(
                [X[idx == k].mean(axis=0) for k in np.unique(idx)]
            ),
            "You go up to the largest number in idx; there are K colors, even if the last ones have "
            "no pixels.": lambda X, idx, K: np.array(
                [
                    X[idx == k].mean(axis=0) if (idx == k).any() else X[0]
                    for k in range(idx.max() + 1)
                ]
            ),
            "You count the groups from 1; the numbers of colors begin with 0.": (
                lambda X, idx, K: np.array(
                    [
                        X[idx == k].mean(axis=0) if (idx == k).any() else np.zeros(X.shape[1])
                        for k in range(1, K + 1)
                    ]
                )
            ),
            "You take the pixel with the number k (X[k]); take the pixels whose idx is k.": (
                lambda X, idx, K: np.array([X[k] for k in range(K)])
            ),
            "The decimals are gone: the result is stored as integers.": (
                lambda X, idx, K: np.trunc(kmeans.compute_centroids(X, idx, K))
            ),
            "You leave the colors where they begin, at 0: is the mean ever written into the result?": (
                lambda X, idx, K: np.zeros((K, X.shape[1]))
            ),
            "The last color is left out: range(K - 1) stops too early.": (
                lambda X, idx, K: np.vstack(
                    [kmeans.compute_centroids(X, idx, K)[:-1], np.zeros((1, X.shape[1]))]
                )
            ),
            "Rows and columns are swapped: one row for each color, one column for each channel.": (
                lambda X, idx, K: kmeans.compute_centroids(X, idx, K).T
            ),
        },
        "one row for each color, one column for each channel",
        judge=_judge_centroids,
        axes=("color", "channel"),
    ),
    "wcss": Exercise(
        kmeans.wcss,
        ("X", "centroids", "idx"),
        "Is it getting better?",
        lambda: cases(
            kmeans.wcss,
            [
                ((X, places(K, X.shape[1]), idx), labeled_tags(X, idx, K))
                for X, idx, K in [*labeled()[:2], *with_gaps(), *labeled()[2:]]
            ],
        ),
        "1, 2, 3 and 5 channels, K = 1, numbers in any order, centroids that are no means, clusters "
        "without pixels",
        {
            "You divide at the end; the sum of squares is a sum.": (
                lambda X, C, idx: ((X - C[idx]) ** 2).mean()
            ),
            "You divide by the number of points; the sum of squares is a sum.": (
                lambda X, C, idx: ((X - C[idx]) ** 2).sum() / len(X)
            ),
            "You divide by K; the sum of squares is a sum.": (
                lambda X, C, idx: ((X - C[idx]) ** 2).sum() / len(C)
            ),
            "You add distances; they have to be squared: leave out the root.": (
                lambda X, C, idx: np.sqrt(((X - C[idx]) ** 2).sum(axis=1)).sum()
            ),
            "You take a root at the end; the sum of squares stays squared.": (
                lambda X, C, idx: np.sqrt(((X - C[idx]) ** 2).sum())
            ),
            "You add absolute differences; the name says squares.": (
                lambda X, C, idx: abs(X - C[idx]).sum()
            ),
            "You add the differences themselves, and they cancel: square them first.": (
                lambda X, C, idx: (X - C[idx]).sum()
            ),
            "You square the sum; add up the squares.": lambda X, C, idx: (X - C[idx]).sum() ** 2,
            "You square the sum of each point; square each difference before you add.": (
                lambda X, C, idx: ((X - C[idx]).sum(axis=1) ** 2).sum()
            ),
            "You add up the distances to all centroids; each point has only its own, C[idx].": (
                lambda X, C, idx: sq(X, C).sum()
            ),
            "You take the nearest centroid of each point; take the one that idx names.": (
                lambda X, C, idx: sq(X, C).min(axis=1).sum()
            ),
            "You measure from the mean of each group; measure from the centroids that you are given.": (
                lambda X, C, idx: sum(
                    ((X[idx == k] - X[idx == k].mean(axis=0)) ** 2).sum() for k in np.unique(idx)
                )
            ),
            "You measure from the mean of all points; each point has its own centroid.": (
                lambda X, C, idx: ((X - X.mean(axis=0)) ** 2).sum()
            ),
            "You average within each group before you add; add up all squares.": (
                lambda X, C, idx: sum(
                    ((X[idx == k] - C[k]) ** 2).sum(axis=1).mean() for k in np.unique(idx)
                )
            ),
            "You add up one group only: a loop overwrites the sum instead of adding to it.": (
                lambda X, C, idx: ((X[idx == len(C) - 1] - C[-1]) ** 2).sum()
            ),
            "You return in the middle of the loop: only the first group is counted.": (
                lambda X, C, idx: ((X[idx == 0] - C[0]) ** 2).sum()
            ),
            "You have one number for each point; add them up.": (
                lambda X, C, idx: ((X - C[idx]) ** 2).sum(axis=1)
            ),
            "You have one number for each channel; add them up.": (
                lambda X, C, idx: ((X - C[idx]) ** 2).sum(axis=0)
            ),
            "You have one number for each group; add them up.": (
                lambda X, C, idx: np.array(
                    [((X[idx == k] - C[k]) ** 2).sum() for k in range(len(C))]
                )
            ),
            "You have a table of squares; add everything up.": lambda X, C, idx: (X - C[idx]) ** 2,
            "Half of the sum of squares is missing: leave out the factor 1/2.": (
                lambda X, C, idx: ((X - C[idx]) ** 2).sum() / 2
            ),
            "You compare the first channel only; add up all channels.": (
                lambda X, C, idx: ((X[:, 0] - C[idx][:, 0]) ** 2).sum()
            ),
            "You take the largest square of all; add them up.": (
                lambda X, C, idx: ((X - C[idx]) ** 2).max()
            ),
            "The decimals are gone: somewhere the sum becomes an integer.": (
                lambda X, C, idx: int(((X - C[idx]) ** 2).sum())
            ),
        },
        "one number",
    ),
    "kmeans_init_centroids": Exercise(
        kmeans.kmeans_init_centroids,
        ("X", "K", "rng"),
        "A random start",
        lambda: cases(kmeans.kmeans_init_centroids, start_calls()),
        "equal pixels, as many colors as pixels, one color, 2, 3 and 5 channels, 150 seeds",
        {},
        "K rows of X",
        judge=_judge_start,
        rule=_random_as_asked,
    ),
    "run_kmeans": Exercise(
        kmeans.run_kmeans,
        ("X", "initial_centroids", "max_iters"),
        "Assign, move, repeat",
        _run_cases,
        "1, 2, 3 and many steps, K = 1, 1, 2 and 3 channels, whole numbers, a start that is the end, "
        "a start with a lost color",
        {
            "The colors never move: keep what compute_centroids returns.": (
                lambda X, start, n: (
                    np.array(start, dtype=float),
                    codebook.find_closest_centroids(X, start),
                )
            ),
            "The colors move, but the assignment stays that of the start: assign in every step.": (
                lambda X, start, n: (
                    _lloyd(X, start, 1)[0],
                    codebook.find_closest_centroids(X, start),
                )
            ),
            "Your assignment is one step behind: assign once more after the last move.": (
                lambda X, start, n: _lloyd(X, start, n, stale=True)
            ),
            "You make one step, whatever max_iters is: repeat both steps in a loop.": (
                lambda X, start, n: _lloyd(X, start, 1)
            ),
            "You make one step too few: range(max_iters) makes max_iters steps.": (
                lambda X, start, n: _lloyd(X, start, n - 1)
            ),
            "You make one step too many: range(max_iters) makes max_iters steps.": (
                lambda X, start, n: _lloyd(X, start, n + 1)
            ),
            "You do not keep to max_iters: make that many steps, or fewer if nothing moves.": (
                lambda X, start, n: _lloyd(X, start, 100)
            ),
            "The two results are in the wrong order: centroids first, then idx.": (
                lambda X, start, n: _lloyd(X, start, n)[::-1]
            ),
            "You return the start; return the centroids after the last move.": (
                lambda X, start, n: (np.array(start, dtype=float), _lloyd(X, start, n)[1])
            ),
            "You draw a start of your own (the first K rows of X); begin with initial_centroids.": (
                lambda X, start, n: _lloyd(X, X[: len(start)], n)
            ),
            "The decimals of the centroids are gone: they are stored as integers.": (
                lambda X, start, n: (np.trunc(_lloyd(X, start, n)[0]), _lloyd(X, start, n)[1])
            ),
        },
        "centroids, idx",
        judge=_judge_run,
        rule=_run_never_loses_a_color,
    ),
    "psnr": Exercise(
        compression.psnr,
        ("a", "b"),
        "Decibels",
        lambda: pair_cases(compression.psnr),
        "one pixel, wide, tall and square pictures, equal ones, black against white, float32",
        {
            "255 is the peak of bytes; the peak of these pictures is 1.": (
                lambda a, b: _decibels(a, b, peak=255)
            ),
            "The peak is squared: 255 is that of bytes, and here it is 1.": (
                lambda a, b: _decibels(a, b, peak=math.sqrt(255))
            ),
            "You take the largest value of the picture as the peak; the peak is 1, the largest value "
            "that there can be.": lambda a, b: _decibels(a, b, peak=a.max()),
            "You take the largest value of the second picture as the peak; the peak is 1, the largest "
            "value that there can be.": lambda a, b: _decibels(a, b, peak=b.max()),
            "The logarithm has the wrong base: decibels need base 10.": (
                lambda a, b: _decibels(a, b, log=np.log)
            ),
            "The logarithm has base 2: decibels need base 10.": (
                lambda a, b: _decibels(a, b, log=np.log2)
            ),
            "The sign is the wrong way around: a smaller error means more decibels.": (
                lambda a, b: -_decibels(a, b)
            ),
            "The sign is the wrong way around: a smaller error means more decibels (and equal "
            "pictures have inf).": (
                lambda a, b: math.inf if _decibels(a, b) == math.inf else -_decibels(a, b)
            ),
            "The factor is 10 for the squared error; 20 belongs to its root.": (
                lambda a, b: _decibels(a, b, factor=20)
            ),
            "The factor 10 is missing: without it these are bels, not decibels.": (
                lambda a, b: _decibels(a, b, factor=1)
            ),
            "You take the root of the error with the factor 10; with the root, the factor is 20.": (
                lambda a, b: _decibels(a, b, factor=5)
            ),
            "You return the MSE; put it on the scale of decibels.": lambda a, b: (
                (a - b) ** 2
            ).mean(),
            "You return one divided by the MSE; the logarithm is missing.": (
                lambda a, b: math.inf if (a == b).all() else 1 / ((a - b) ** 2).mean()
            ),
            "You use absolute differences; the error in the formula is the MSE, with squares.": (
                lambda a, b: math.inf if (a == b).all() else -10 * np.log10(abs(a - b).mean())
            ),
            "You add the squares up, but do not divide: the error in the formula is the mean.": (
                lambda a, b: math.inf if (a == b).all() else -10 * np.log10(((a - b) ** 2).sum())
            ),
            "Equal pictures have an infinite PSNR (inf); you return 0.": (
                lambda a, b: 0 if (a == b).all() else _decibels(a, b)
            ),
            "Equal pictures have an infinite PSNR (inf); you return 100.": (
                lambda a, b: 100 if (a == b).all() else _decibels(a, b)
            ),
        },
        "one number for two pictures",
    ),
}
