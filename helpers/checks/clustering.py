"""The functions that lessons 05 and 06 ask for: from `find_closest_centroids` to `psnr`."""

import contextlib
import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from helpers import codebook, compression, kmeans
from helpers.checks import clues
from helpers.checks import wrong_colors as wrong
from helpers.checks.cases import (
    Exercise,
    cases,
    dark_and_bright,
    labeled,
    labeled_tags,
    mistakes,
    nearest_calls,
    picture,
    picture_tags,
    pixel_tags,
    places,
    sq,
    with_gaps,
)
from helpers.checks.clues import close
from helpers.checks.compare import Problem, difference, kind_difference
from helpers.checks.report import show
from helpers.checks.trial import OutOfTime, page_variables_used, try_all

# What an error says -> what it means here. The first that fits is told.
ERRORS = {
    "inhomogeneous": (
        "What you collect in the list differs in length, as the last, shorter block does: np.array can't "
        "stack it. Join it end to end (np.concatenate)."
    ),
    "tuple index out of range": (
        "A shape has fewer numbers than you ask for: are the arguments of a function that you call in "
        "the wrong order?"
    ),
    "boolean index did not match": (
        "There is not one number for each row of X: are the arguments of a function that you call in "
        "the wrong order?"
    ),
    "arrays used as indices must be": (
        "Only integers can look things up: are the parameters, or the arguments of a function that "
        "you call, in the wrong order?"
    ),
    "truth value of an array": (
        "An if has to decide between True and False, once, and there is one for each element of whole "
        "arrays, or of whole pictures: np.array_equal(a, b) or (a == b).all() makes one of them."
    ),
    "out of bounds for uint8": (
        "A byte (uint8) holds 0 to 255 only: turn the levels into int before you compute with them."
    ),
    "Weights sum to zero": (
        "A group without members has no mean: its weights add up to 0. Ask for this case first."
    ),
    "'int' object is not iterable": "To repeat something n times, loop over range(n), not over n.",
    "Generator' object has no attribute": (
        "A generator has names of its own: rng.integers, rng.choice, rng.permutation, rng.random."
    ),
    "Generator' object is not callable": (
        "rng is no function; call one of its methods: rng.integers, rng.choice, rng.permutation."
    ),
}


def _explained(*further, endless=()):
    """What the errors, the answers, and the side effects give away, in this order.

    Of a function that never ended only those of `endless` can say something.
    """

    def explain(function, cases, trials):
        if isinstance(trials[-1].error, OutOfTime):
            return _first(endless, function, cases, trials)
        for text, words in ERRORS.items():
            if any(trial.error is not None and text in str(trial.error) for trial in trials):
                return words
        return _first((_about_one_color, *further, _about_writing), function, cases, trials)

    return explain


def _first(explanations, function, cases, trials):
    return next(filter(None, (e(function, cases, trials) for e in explanations)), None)


def _about_writing(function, cases, trials):
    came_back = [trial for trial in trials if trial.error is None]
    if came_back and all(trial.changed for trial in came_back):
        return (
            "Your function writes into what it is given. Work on a copy, or compute a new array; and "
            "where whole numbers are given, an array of them takes no decimals."
        )
    return None


def _about_one_color(function, cases, trials):
    """Whether the shape is right but for a single color, in words."""
    told = []
    for case, trial in zip(cases, trials, strict=False):
        if trial.error is None:
            e, got = case.expected, trial.got
            e, got = (e[0], got[0]) if isinstance(e, tuple) and isinstance(got, tuple) else (e, got)
            told.append((case, np.shape(e), tuple(np.shape(got))))
    wrong = [call for call in told if call[1] != call[2]]
    if not wrong or len(told) < len(trials) or any("one color" not in c.tags for c, *_ in wrong):
        return None
    _, should, shape = max(wrong, key=lambda call: len(call[1]) and call[1][0])
    returned = f"the shape {shape}" if shape else "one bare number"
    return (
        f"With a single color (K = 1) your result has another shape than with several: {returned}, where "
        f"it should be {should}. An axis stays, even if it holds only one (no squeeze, no row taken out)."
    )


def _about_a_constant(function, cases, trials):
    results = [trial.got for trial in trials if trial.error is None]
    if len(results) > 1 and all(np.ndim(got) == 0 and got == results[0] for got in results):
        return (
            "You return the same number whatever you are given: does it come from the page around "
            "the function? Use the parameters."
        )
    return None


# --- find_closest_centroids ----------------------------------------------------------------

BLOCK = codebook.BLOCK
LONG = 2 * BLOCK + 8


def _closest_cases():
    """The small sets, ties, nearly a tie, many colors, far ones, and two and a half blocks."""
    rng = np.random.default_rng(16)
    near = np.array([[0.0, 0.0]]), np.array([[0.1000004, 0.0], [0.0, 0.1]])
    far = np.array([[-3e5, 4e5], [2e5, 1e5]]), np.array([[0.0, 0.0], [-1.0, 1.0], [1.0, 0.0]])
    many = np.array([[0.0], [0.85], [1.0], [0.5]]), np.arange(301)[:, None] / 300
    X, C = np.round(rng.random((LONG, 2)), 2), np.array([[0.75, 0.5], [0.25, 0.25]])
    calls = [
        *nearest_calls(),
        ((np.full((12, 1), 0.5), np.array([[0.0], [1.0], [1.0]])), {"tie", "1 channels", "K = 3"}),
        (near, {"2 channels", "almost a tie"}),
        (far, {"2 channels", "K = 3"}),
        (many, {"1 channels"}),
        ((np.array([[3, 0], [2, 0], [5, 3]]), np.array([[3.9, 0.0], [2.4, 0.0]])), {"whole X"}),
        ((X, C), {"long", "2 channels"}),
    ]
    return cases(codebook.find_closest_centroids, calls, whole=True)


def _judge_closest(case, got, call):
    """A long list is told by where it goes wrong, not printed."""
    meaning = "one number for each pixel"
    X, C = case.arguments
    if len(C) > 100:
        call = f"X = {show(X)} and {len(C)} centroids, {show(C[:3])[:-1]} ... {show(C[-1:])[1:]}"
    if isinstance(got, list) and got and all(np.ndim(part) == 1 for part in got):
        return Problem(
            "type",
            "You return a list that holds an array, one for each block; it should be one array, with "
            f"{meaning}: join them (np.concatenate).\nIt was called with {call}.",
        )
    if "long" not in case.tags:
        return difference(case.expected, got, call, meaning)
    call = f"X with {len(X)} random rows, centroids = {show(C)}"
    problem = kind_difference(case.expected, got, call, meaning)
    if problem:
        return problem
    wrong = np.flatnonzero(np.asarray(got) != case.expected)
    if not len(wrong):
        return None
    row = wrong[0]
    return Problem(
        "value",
        f"For {call}\n{len(wrong)} of your numbers are wrong; the first is that of row {row}: "
        f"{show(X[row])}\nexpected: {case.expected[row]}\nyou return: {show(got[row])}",
    )


def _answered(cases, trials):
    """Pairs (case, got) of the calls that came back with an array of numbers."""
    return [
        (case, np.asarray(trial.got))
        for case, trial in zip(cases, trials, strict=False)
        if trial.error is None
        and isinstance(trial.got, (np.ndarray, np.generic, int, float))
        and np.asarray(trial.got).dtype.kind in "biuf"
    ]


def _explain_blocks(function, cases, trials):
    """What became of the blocks, if everything is right but the one long list, in words."""
    answered = _answered(cases, trials)
    if len(answered) < len(cases):
        return None
    *small, (case, got) = answered
    e = case.expected
    if got.ndim != 1 or not all(np.array_equal(c.expected, g) for c, g in small):
        return None
    shared = min(len(e), len(got))
    n = next(iter(np.flatnonzero(e[:shared] != got[:shared])), shared)  # so many rows are right
    if n < 100 or (n == len(e) and len(got) == n):
        end = len(e) - (got[::-1] != 0).argmax()  # the rows from here on are all 0
        if len(e) == len(got) and any(_overwritten(e, got, size) for size in range(end, end + 50)):
            return (
                f"From row {end} on everything is 0: the numbers of each block are written over those of "
                "the first. Count their places from where the block begins, not from 0."
            )
        if 0 < len(got) < len(e) and np.array_equal(e[len(e) - len(got) :], got):
            return (
                "You keep only the last block: what the blocks before it gave is overwritten. Each "
                "block has a place of its own in idx."
            )
        return None
    if n == len(got) < len(e):
        return f"Only the first {n} rows come back: the last block, or all but the first, is lost."
    if len(got) > len(e):
        return "Some rows come twice: your blocks overlap."
    left_out = np.flatnonzero(e != got)
    if n > 0.9 * len(e) and not got[n:].any():
        return (
            "The last rows stay 0: the last, shorter block is never reached. (len // size counts the "
            "whole blocks only.)"
        )
    if len(left_out) < 0.01 * len(e):
        return (
            "A row is left out between two blocks: a slice ends before its second number, so a "
            "block that ends at n is followed by one that begins at n."
        )
    if np.array_equal(got[n:], e[: len(e) - n]) or np.array_equal(
        got[n:], np.resize(e[:n], len(e))[n:]
    ):
        return (
            f"From row {n} on the numbers of the first rows come again: does each block begin where "
            "the one before it ended?"
        )
    return (
        f"Only the first block is filled in, up to row {n - 1}: the function returns, the loop ends, or a "
        "slice ends too early."
    )


def _overwritten(expected, got, size):
    """Whether blocks of a size were all written to the places of the first."""
    table = np.zeros_like(expected)
    for start in range(0, len(expected), size):
        block = expected[start : start + size]
        table[: len(block)] = block
    return 100 < size < len(got) and np.array_equal(table, got)


def _explain_numbers(function, cases, trials):
    """What the numbers themselves show, in words."""
    answered = [(c, g) for c, g in _answered(cases, trials) if g.shape == c.expected.shape]
    if not answered:
        return None
    if any((g != np.floor(g)).any() for _, g in answered):
        return "These look like distances; argmin gives the number of the smallest, min itself."
    rows = [(e, g, sq(*c.arguments).min(axis=1)) for c, a in answered for e, g in [(c.expected, a)]]
    expected, got, distance = (np.concatenate(part) for part in zip(*rows, strict=True))
    zeros = [_zeros_from(c.expected, g) for c, g in answered]
    if None not in zeros and 100 < zeros[-1] < len(answered[-1][1]):
        return "The last rows stay 0, and those before are right: a loop, or its blocks, end too early."
    chosen = distance[(got == expected) & (expected > 0)]
    missed = distance[got != expected]
    far = missed.size and chosen.size and missed.min() > chosen.max()
    if far and not got[got != expected].any():
        return (
            "Your search begins with too small a number: colors farther away than that are never "
            "chosen. Begin with a very large number, or with the first color's distance."
        )
    if all((g == sq(*c.arguments).argmin()).all() for c, g in answered if len(g) < BLOCK):
        return (
            "You take one number for all pixels, a place in the whole table of distances: argmin needs "
            "axis=1."
        )
    for case, g in answered:
        K = len(case.arguments[1])
        if ((g < -1) | (g > K)).any():
            return (
                f"There are numbers that no color has ({K - 1} is the largest of {K}): they come from "
                "somewhere else than an argmin along the colors, or from places that are never filled in."
            )
    return None


def _zeros_from(expected, got):
    """The row before which all is right, and from which on all is 0; None if there is none."""
    row = next(iter(np.flatnonzero(got != expected)), len(got))
    return None if got[row:].any() else row


def _first_wins(table):
    return table.argmin(axis=1)


def _second(table):
    order = table.argsort(axis=1, kind="stable")
    return order[:, min(1, table.shape[1] - 1)]


def _running(reset, update):
    """The plain search for the smallest, in which something is forgotten."""

    def chosen(table):
        idx, best = np.zeros(len(table), dtype=int), np.inf
        for n, row in enumerate(table):
            best = np.inf if reset else best
            for k, distance in enumerate(row):
                if distance < best:
                    best, idx[n] = distance if update else best, k
        return idx

    return chosen


def _one_for_all(table):
    n, k = np.unravel_index(table.argmin(), table.shape)
    idx = np.zeros(len(table), dtype=int)
    idx[n] = k
    return idx


def _smaller_than_the_one_before(table):
    idx = np.zeros(len(table), dtype=int)
    for k in range(1, table.shape[1]):
        idx[table[:, k] < table[:, k - 1]] = k
    return idx


def _rounded_distance(digits, root):
    return lambda X, C: np.round(np.sqrt(sq(X, C)) if root else sq(X, C), digits)


def _bytes(values):
    return (np.asarray(values) * 255).astype(np.int64).astype(np.uint8)


def _leave_out(rows):
    """Numbers of which those of some rows stay 0."""

    def left_out(numbers):
        if numbers.ndim != 1:
            return numbers
        numbers = numbers.copy()
        numbers[rows(len(numbers))] = 0
        return numbers

    return left_out


def _closest(X, C, choice, metric, rows):
    return rows(choice(metric(X, C)))


def _d(X, C):
    return np.asarray(X)[:, None] - np.asarray(C)[None]


def _on_a_scale(of):
    """Squared distances after the channels are brought to a common scale."""

    def scaled(X, C):
        scale = of(X, np.concatenate([X, C]))
        return sq(X / np.where(scale, scale, 1), C / np.where(scale, scale, 1))

    return scaled


GRAY = 0.299, 0.587, 0.114
SCALED = {
    "You bring the channels to a common scale before you measure, which changes the distances: compare the "
    "values as they are.": (
        _on_a_scale(lambda X, both: np.ptp(X, axis=0)),
        _on_a_scale(lambda X, both: np.ptp(both, axis=0)),
        _on_a_scale(lambda X, both: X.max(axis=0)),
        _on_a_scale(lambda X, both: both.max(axis=0)),
        _on_a_scale(lambda X, both: X.std(axis=0)),
        _on_a_scale(lambda X, both: both.std(axis=0)),
    ),
}

CLOSEST = {
    "choice": {
        "": _first_wins,
        "You take the farthest color: argmin, not argmax.": lambda t: t.argmax(axis=1),
        "You look along the pixels (axis=0); each pixel chooses among the colors (axis=1).": (
            lambda t: t.argmin(axis=0)
        ),
        "You return one number for all pixels: argmin needs axis=1.": lambda t: t.argmin(),
        wrong.LEFT_OUT_ZERO: lambda t: np.where(t == 0, np.inf, t).argmin(axis=1),
        "You return distances; it should be the numbers of the nearest colors (argmin, not min).": (
            lambda t: np.sqrt(t).min(axis=1)
        ),
        "You return squared distances; it should be the numbers of the nearest colors (argmin, not "
        "min).": lambda t: t.min(axis=1),
        "You return the whole table of distances; each pixel chooses its smallest (argmin).": np.sqrt,
        "You return the whole table of squared distances; each pixel chooses its smallest "
        "(argmin).": lambda t: t,
        "You sort the colors and return the whole order; it should be the first of it.": (
            lambda t: t.argsort(axis=1)
        ),
        "You take the first row of the order, which ranks all colors for the first pixel; take the "
        "first column, which holds the nearest color of each pixel.": (
            lambda t: t.argsort(axis=1, kind="stable")[0]
        ),
        "You count from 1; the numbers of colors begin with 0.": lambda t: t.argmin(axis=1) + 1,
        "You mark the nearest color in a table, with 1 or True; it should be the number of its column "
        "(argmin).": lambda t: t == t.min(axis=1, keepdims=True),
        "You take one argmin of the whole table, so only one pixel gets its number: argmin needs "
        "axis=1.": _one_for_all,
        "Where several colors are equally near, you return all of them; take the first of each "
        "pixel's (argmin does).": lambda t: np.nonzero(t == t.min(axis=1, keepdims=True))[1],
        "The smallest distance so far is carried from one pixel to the next: begin anew for each.": (
            _running(reset=False, update=True)
        ),
        "You compare with the start, not with the smallest so far: remember each new smallest.": (
            _running(reset=True, update=False)
        ),
        "You compare each color with the one before only; compare with the smallest so far.": (
            _smaller_than_the_one_before
        ),
        "Of several equally near colors you take the last; the rule is the lowest number.": (
            lambda t: t.shape[1] - 1 - t[:, ::-1].argmin(axis=1)
        ),
    },
    "metric": {
        "": sq,
        "Differences cancel in your sum, and the most negative one wins: square them first.": (
            lambda X, C: _d(X, C).sum(axis=-1)
        ),
        "Differences cancel in your sum: square each of them, then add.": (
            lambda X, C: -_d(X, C).sum(axis=-1)
        ),
        "Differences cancel: you compare one number for each color, its sum or brightness. Square each "
        "difference, and then add.": (lambda X, C: abs(_d(X, C).sum(axis=-1))),
        "You add the colors instead of subtracting them.": (
            lambda X, C: ((X[:, None] + C[None]) ** 2).sum(axis=-1)
        ),
        "You square the values and subtract then; subtract first, then square.": (
            lambda X, C: (X[:, None] ** 2 - C[None] ** 2).sum(axis=-1)
        ),
        "You add absolute values (the city-block distance); the Euclidean one adds squares.": (
            lambda X, C: abs(_d(X, C)).sum(axis=-1)
        ),
        "You compare the largest difference of a channel; add the squares of all.": (
            lambda X, C: abs(_d(X, C)).max(axis=-1)
        ),
        "You add third powers, in which differences cancel; add squares.": (
            lambda X, C: (_d(X, C) ** 3).sum(axis=-1)
        ),
        "Differences below 0, or above 0, count as 0 in your distance: square all of them.": (
            lambda X, C: (np.maximum(_d(X, C), 0) ** 2).sum(axis=-1),
            lambda X, C: (np.minimum(_d(X, C), 0) ** 2).sum(axis=-1),
        ),
        "You compare how far each one is from the origin (its length); compare pixel with color.": (
            lambda X, C: abs(np.linalg.norm(X, axis=1)[:, None] - np.linalg.norm(C, axis=1))
        ),
        "You compare the first channel only; compare all channels.": (
            lambda X, C: abs(_d(X, C)[..., 0])
        ),
        "You compare the last channel only: is the sum over the channels begun anew for each?": (
            lambda X, C: abs(_d(X, C)[..., -1])
        ),
        "You leave out the first channel: ranges and slices begin with 0.": (
            lambda X, C: (_d(X, C)[..., 1:] ** 2).sum(axis=-1)
        ),
        "You compare the first two channels only: take the number of channels from the shape.": (
            lambda X, C: (_d(X, C)[..., :2] ** 2).sum(axis=-1)
        ),
        "You compare products (X @ C.T), which favor bright colors; compare distances.": (
            lambda X, C: -(X @ C.T)
        ),
        "You compare angles (products divided by lengths); compare distances.": (
            lambda X, C: (
                -(X @ C.T)
                / (np.linalg.norm(X, axis=1)[:, None] * np.linalg.norm(C, axis=1) + 1e-12)
            )
        ),
        "In the formula with the product, its factor 2 is missing: (a - b)² is a² - 2ab + b².": (
            lambda X, C: (X**2).sum(axis=1)[:, None] - X @ C.T + (C**2).sum(axis=1),
            lambda X, C: (C**2).sum(axis=1) - X @ C.T,
        ),
        "In the formula with the product, its sign is wrong: (a - b)² is a² - 2ab + b².": (
            lambda X, C: (C**2).sum(axis=1) + 2 * (X @ C.T)
        ),
        "In the formula with the product, the squares of the colors are missing: (a - b)² is "
        "a² - 2ab + b².": lambda X, C: (X**2).sum(axis=1)[:, None] - 2 * X @ C.T,
        "You round the distances, and colors that are not equally near seem to be: keep all decimals.": (
            tuple(_rounded_distance(digits, root) for digits in range(7) for root in (True, False))
        ),
        "You add up along the colors; the channels are the last axis.": (
            lambda X, C: (_d(X, C) ** 2).sum(axis=1)
        ),
        "You add up along the pixels; the channels are the last axis.": (
            lambda X, C: (_d(X, C) ** 2).sum(axis=0)
        ),
        "The squares of the channels are not added up: add along the last axis before you choose.": (
            lambda X, C: _d(X, C) ** 2
        ),
        "Bytes (uint8) have no numbers below 0 or above 255: sums and differences wrap around. Stay "
        "with decimals.": lambda X, C: (_d(_bytes(X), _bytes(C)) ** 2).sum(axis=-1),
    },
    "rows": {
        "": lambda numbers: numbers,
        "Every pixel gets number 0: are your numbers ever written into idx?": (
            _leave_out(lambda n: slice(None))
        ),
        "Only the first pixel gets its number: is there a return inside the loop?": (
            _leave_out(lambda n: slice(1, None))
        ),
        "The last pixel is left out: range(n) stops before n.": _leave_out(lambda n: [n - 1]),
        "The first pixel is left out: ranges and slices begin with 0.": _leave_out(lambda n: [0]),
        "Every second pixel is left out: does your loop, or each block, leave gaps?": (
            _leave_out(lambda n: slice(1, None, 2))
        ),
        "Every pixel gets the number of the last one: each has a place of its own.": (
            lambda numbers: np.full_like(numbers, numbers[-1])
        ),
        "Every pixel gets the number of the first one: each has a place of its own.": (
            lambda numbers: np.full_like(numbers, numbers[0])
        ),
        "You return one number, that of the last pixel; every pixel needs its own.": (
            lambda numbers: numbers[-1]
        ),
        "From some color on your numbers begin again at 0: are they stored as bytes (uint8, int8), which hold "
        "only 256 different ones (use dtype=int), or counted anew in each block of colors?": (
            lambda numbers: numbers.astype(np.uint8),
            lambda numbers: numbers.astype(np.int8),
        ),
        "True and False tell only two colors apart; it should be the number of the color.": (
            lambda numbers: numbers > 0
        ),
    },
}

# --- compute_centroids ---------------------------------------------------------------------


def _judge_centroids(case, got, call):
    """Any finite place is right for a color without pixels."""
    X, idx, K = case.arguments
    problem = kind_difference(case.expected, got, call, "one row for each of the K colors")
    if problem:
        return problem
    got = np.asarray(got, dtype=float)
    empty = np.bincount(idx, minlength=K) == 0
    if not np.isfinite(got[empty]).all():
        which = f"Color {np.flatnonzero(empty)[0]} has no pixels, and "
        if np.isnan(got[empty]).any():
            which += (
                "the mean of nothing is not a number (nan or infinite); ask for this case, and give it "
                "a place that you find sensible."
            )
        else:
            which += (
                "you put it at infinity, which is no color; give it a place with finite numbers."
            )
        return Problem("nan", f"{which}\nFor {call}\nyou return: {show(got)}")
    if difference(case.expected[~empty], got[~empty], call):
        return difference(np.where(empty[:, None], got, case.expected), got, call)
    return None


def _groups():
    """Every number occurs, some don't, and in one group two pixels are equal."""
    equal = np.array([[1.0, 2.0], [4.0, 8.0], [1.0, 2.0], [0.0, 1.0]]), np.array([1, 1, 1, 0]), 2
    black = np.array([[1.0, 0.5, 0.2], [0, 0, 0], [0, 0, 0], [0.4, 0.7, 0.4]])
    black = black, np.array([1, 0, 0, 1]), 2  # neither the first pixel nor the last is black
    below = np.array([[0.5, -0.5], [-0.5, 0.5], [0.3, 0.1]]), np.array([1, 1, 0]), 2
    rng = np.random.default_rng(6)
    large = np.round(rng.random((17, 2)) ** 2, 2), rng.permutation(np.arange(17) % 2), 2
    as_many = np.array([[0.2, 0.7], [0.9, 0.1]]), np.array([1, 0]), 2  # as many pixels as colors
    return [*labeled()[:2], *with_gaps(), equal, black, below, as_many, *labeled()[2:], large]


def _centroid_tags(X, idx, K):
    """As `labeled_tags`, and whether a group adds up to 0 though it has pixels."""
    sums = [X[idx == k].sum() for k in range(K) if (idx == k).any()]
    return labeled_tags(X, idx, K) | ({"black"} if 0 in sums else set())


def about_gaps(answers):
    """What becomes of the others where a group has no pixels, in words.

    Parameters
    ----------
    answers : list of (X, idx, K, expected, got)
        Arrays of numbers, of every call that came back.

    Returns
    -------
    str or None
    """
    left, others, a_part = [], [], []
    for X, idx, K, e, got in answers:
        rows = min(len(got), K) if got.shape[1:] == e.shape[1:] else 0
        fits = np.array([close(e[k], got[k] * 1.0) for k in range(rows)], dtype=bool)
        used = np.bincount(idx, minlength=K) > 0
        if len(got) == K == rows and fits[used].all():
            continue
        if used.all() or not rows:
            return None
        after = got[used.argmin() :]
        left.append(
            fits[: used.argmin()].all() and len(got) <= K and not (after != after[:1]).any()
        )
        others.append(len(got) == K == rows)
        lost = [(X[idx == k], got[k]) for k in np.flatnonzero(used[:rows] & ~fits)]
        a_part += [any(np.isclose(m, mine).all() for m in _means_of_parts(g)) for g, mine in lost]
    if left and all(left):
        return (
            "All that comes after the first group without pixels is missing: is the loop left there "
            "(break, or return)? Skip that one group only, and go on with the next."
        )
    if others and all(others):
        return (
            "Where a group has no pixels, the mean of another one comes out wrong"
            + (": a part of its pixels went to the empty group." if all(a_part) else ".")
            + " A group keeps all of its pixels; only the place of the empty one is free."
        )
    return None


def _means_of_parts(group):
    """The means of all parts of a small group."""
    for n in range(1, len(group) if len(group) < 8 else 1):
        for rows in combinations(range(len(group)), n):
            yield group[list(rows)].mean(axis=0)


def about_groups(answers):
    """What the groups have in common of which the mean is wrong, in words.

    Parameters
    ----------
    answers
        As in `about_gaps`.

    Returns
    -------
    str or None
    """
    answers = [answer for answer in answers if answer[4].ndim == 2]
    words = about_gaps(answers)
    if words:
        return words
    groups = []
    for X, idx, _, e, got in answers:
        if got.shape == e.shape:
            groups += [(X[idx == k], close(e[k], got[k] * 1.0)) for k in set(idx.tolist())]
    wrong = [group for group, fine in groups if not fine]
    for words, holds in GROUPS.items():
        alike = [fine for group, fine in groups if holds(group)]
        if wrong and all(map(holds, wrong)) and sum(alike) <= 0.5 * len(alike):
            return words
    return None


def _explain_groups(function, cases, trials):
    failed = [case for case, trial in zip(cases, trials, strict=True) if trial.error is not None]
    call = failed and all("empty" in c.tags for c in failed) and clues.counts_what_occurs(function)
    if call:
        knows = (
            "counts only up to the largest number in idx"
            if call == "bincount"
            else ("knows only the numbers that occur in idx")
        )
        return (
            f"It fails where a group has no pixels: {call} {knows}, so you get fewer than K of them."
            + " (minlength can mend that.)" * (call == "bincount")
        )
    answered = [(c.arguments, c.expected, got) for c, got in _answered(cases, trials)]
    return about_groups([(a[0], *a[-2:], e, got) for a, e, got in answered])


GROUPS = {
    "It goes wrong where the numbers of a group are all 0, or add up to 0, as those of black pixels do: "
    "such a group is not empty. Ask how many pixels it has, not what they hold (any, sum).": (
        lambda group: group.sum() == 0
    ),
    "It goes wrong where a group has a single pixel: it is not empty, and its mean is that pixel.": (
        lambda group: len(group) == 1
    ),
}


def _members(X, idx, k, K):
    return X[idx == k]


def _run_of_rows(X, idx, k, K):
    return X[(idx < k).sum() : (idx <= k).sum()]


def _from_first_to_last(X, idx, k, K):
    rows = np.flatnonzero(idx == k)
    return X[rows[0] : rows[-1] + 1] if len(rows) else X[:0]


def _in_order_of_appearance(X, idx, k, K):
    seen = list(dict.fromkeys(idx.tolist()))
    return X[idx == seen[k]] if k < len(seen) else X[:0]


def _kth_that_occurs(X, idx, k, K):
    seen = np.unique(idx)
    return X[idx == seen[k]] if k < len(seen) else X[:0]


ANOTHER_ORDER = _in_order_of_appearance, _kth_that_occurs  # these fill also rows that are free


def _walk(step, first=False):
    """A mean that is built up pixel by pixel, wrongly; it may begin with the first pixel."""

    def walked(X):
        mean = X[0].astype(float) if first else np.zeros(X.shape[1])
        for n, x in enumerate(X[1:] if first else X, 2 if first else 1):
            mean = step(mean, x, n)
        return mean

    return walked


def _only(rows):
    """Rows of which some stay at 0."""

    def kept(centroids, idx):
        centroids = centroids.copy()
        left_out = np.ones(len(centroids), dtype=bool)
        left_out[rows] = False
        centroids[left_out] = 0
        return centroids

    return kept


def _first_rows(n):
    """So many rows, whatever K is; an error, as the learner's, if there are fewer."""

    def filled(centroids, idx):
        centroids[np.arange(min(n, len(centroids) + 1))]
        return _only(slice(n))(centroids, idx)

    return filled


def _sorted_by(order):
    """Rows in another order; where a place is free, nobody knows which."""

    def sort(centroids, idx):
        free = np.isnan(centroids).any()
        return np.full_like(centroids, np.nan) if free else centroids[order(centroids)]

    return sort


def _occurring(centroids, idx):
    return centroids[np.unique(idx)]


def _centroids(X, idx, K, members, statistic, divisor, rows, after):
    """The means, as choices; where a group has no pixels, any place will do."""
    idx = np.asarray(idx).astype(int)
    result = np.full((K, X.shape[1]), np.nan)
    for k in range(K):
        mine = members(X, idx, k, K)
        if len(mine) and ((idx == k).any() or members in ANOTHER_ORDER):
            result[k] = statistic(mine) * (len(mine) / divisor(len(mine), len(X), K))
        elif (idx == k).any():  # a group that was looked for in the wrong place
            result[k] = 0
    return after(rows(result, idx))


CENTROIDS = {
    "members": {
        "": _members,
        "Every color gets all pixels; take those of its group only (idx == k).": (
            lambda X, idx, k, K: X
        ),
        "You index with idx itself (X[idx]); look for the pixels whose number is k (idx == k).": (
            lambda X, idx, k, K: X[idx]
        ),
        "You take the pixel with the number k (X[k]); take the pixels whose idx is k.": (
            lambda X, idx, k, K: X[k : k + 1]
        ),
        "You take the group of pixel k (idx == idx[k]); take the pixels whose idx is k.": (
            lambda X, idx, k, K: X[idx == idx[k % len(idx)]]
        ),
        "You count the groups from 1; the numbers of colors begin with 0.": (
            lambda X, idx, k, K: X[idx == k + 1]
        ),
        "Each color gets the pixels of the color before: the numbers begin with 0.": (
            lambda X, idx, k, K: X[idx == k - 1]
        ),
        "Each color gets the pixels of all others; take those of its group (idx == k).": (
            lambda X, idx, k, K: X[idx != k]
        ),
        "Each color gets the pixels of the groups before it, too: set the sum and the count back to 0 "
        "for each color (or is there idx <= k where idx == k belongs?).": (
            lambda X, idx, k, K: X[idx <= k]
        ),
        "Each color gets the pixels of the groups after it, too: take its own only (idx == k).": (
            lambda X, idx, k, K: X[idx >= k]
        ),
        "The pixels of a group are not in one run: idx may come in any order, so look up which pixels "
        "have number k.": _run_of_rows,
        "You take all rows from the first to the last pixel of a group: idx may come in any order, so "
        "pixels of other groups lie between.": _from_first_to_last,
        "You cut the pixels into K equal parts, in their order; the groups are told by idx.": (
            lambda X, idx, k, K: np.array_split(X, K)[k]
        ),
        "Your rows come in the order in which the numbers appear; row k belongs to number k.": (
            _in_order_of_appearance
        ),
        "Your rows belong to the numbers that occur, one after the other; row k belongs to number "
        "k, even if numbers below it do not occur.": _kth_that_occurs,
        "The last pixel of X is left out: does a loop stop one too early?": (
            lambda X, idx, k, K: X[:-1][idx[:-1] == k]
        ),
        "The first pixel of X is left out: ranges and slices begin with 0.": (
            lambda X, idx, k, K: X[1:][idx[1:] == k]
        ),
        "Equal pixels count once; each pixel counts.": (
            lambda X, idx, k, K: np.unique(X[idx == k], axis=0)
        ),
    },
    "statistic": {
        "": lambda g: g.mean(axis=0),
        "You average the channels too, to one number; each channel has its own mean (axis=0).": (
            lambda g: np.full(g.shape[1], g.mean())
        ),
        "You add the channels up, to one number; each channel has its own mean (axis=0).": (
            lambda g: np.full(g.shape[1], g.sum() / len(g))
        ),
        "You average along the channels (axis=1); each channel has its own mean, along the pixels "
        "(axis=0).": (
            lambda g: g.mean(axis=1),
            lambda g: np.resize(g.mean(axis=1), g.shape[1]),
        ),
        "That is the median; K-means moves to the mean.": (
            lambda g: np.median(g, axis=0),
            lambda g: np.sort(g, axis=0)[(len(g) - 1) // 2],
        ),
        "That is the middle between the smallest and the largest value; K-means moves to the mean of "
        "all.": lambda g: (g.min(axis=0) + g.max(axis=0)) / 2,
        "You take the largest value of each channel; K-means moves to the mean.": (
            lambda g: g.max(axis=0)
        ),
        "You take the smallest value of each channel; K-means moves to the mean.": (
            lambda g: g.min(axis=0)
        ),
        "You take the first pixel of each group; it should be the mean of all its pixels.": (
            lambda g: g[0]
        ),
        "You take the last pixel of each group: a loop overwrites instead of adding up.": (
            lambda g: g[-1]
        ),
        "You take one pixel of each group, the one nearest to the mean; it should be the mean itself.": (
            lambda g: g[sq(g, g.mean(axis=0)[None])[:, 0].argmin()]
        ),
        "You halve again with each pixel, so the last ones weigh more than the first: add up, then "
        "divide by how many.": (
            _walk(lambda mean, x, n: (mean + x) / 2),
            _walk(lambda mean, x, n: (mean + x) / 2, first=True),
        ),
        "You divide in every round of the loop: add up all pixels of the group first, and divide once, "
        "when the loop is over.": (
            _walk(lambda total, x, n: (total + x) / n),
            _walk(lambda total, x, n: total + x / n),
        ),
        "Each pixel overwrites the one before instead of being added (+= with a list of numbers counts "
        "a number that comes twice only once).": lambda g: g[-1] / len(g),
        "The sums are stored as integers, which cuts off their decimals: begin with 0.0, or np.zeros.": (
            lambda g: np.trunc(g.sum(axis=0)) / len(g)
        ),
        "Values that are 0 are left out of your mean; black counts, too.": (
            lambda g: g.sum(axis=0) / np.maximum((g != 0).sum(axis=0), 1)
        ),
    },
    "divisor": {
        "": lambda n, N, K: n,
        "You add the pixels up, but do not divide by how many there are.": lambda n, N, K: 1,
        "You divide by the number of all pixels; divide by those of the group.": lambda n, N, K: N,
        "You divide by K; divide by the number of pixels in the group.": lambda n, N, K: K,
        "You divide by one too many (count + 1): for a group with pixels, divide by their number.": (
            lambda n, N, K: n + 1
        ),
        "You divide by one too few (count - 1); divide by the number of pixels in the group.": (
            lambda n, N, K: max(n - 1, 1)
        ),
        "You divide by 2, the two of an example; divide by the number in the group.": (
            lambda n, N, K: 2
        ),
    },
    "rows": {
        "": lambda c, idx: c,
        "You have rows only for numbers that occur: go through all K (range(K)), not the numbers in "
        "idx.": _occurring,
        "You go up to the largest number in idx; there are K colors, even if the last ones have no "
        "pixels (np.bincount has minlength for this).": lambda c, idx: c[: idx.max() + 1],
        "The first color is left out: range(1, K) begins with the second. (Or an if takes its number, 0, for "
        "no number.)": _only(slice(1, None)),
        "The last color is left out: range(K - 1) stops too early.": _only(slice(None, -1)),
        "Only the first color is filled in: is there a return inside the loop?": _only(slice(1)),
        "Only the last color is filled in: a loop overwrites the others.": _only(slice(-1, None)),
        "Every row is the same, that of the last color: each has a place of its own.": (
            lambda c, idx: np.tile(np.nan_to_num(c[-1]), (len(c), 1))
        ),
        "You return the last color only; it should be one row for each of the K.": (
            lambda c, idx: np.nan_to_num(c[-1])
        ),
        "The first three colors only are filled in: K = 3 is written into your code; go through all K.": (
            _first_rows(3),
            _only(slice(3)),
        ),
        "Your rows are sorted; row k belongs to number k.": (
            _sorted_by(lambda c: np.lexsort(c.T[::-1])),
            _sorted_by(lambda c: c.sum(axis=1).argsort()),
            _sorted_by(lambda c: c[:, 0].argsort()),
        ),
        "The first axis is always 16: that number is written into your code; use K.": (
            lambda c, idx: _first_axis(c, 16)
        ),
        "You give each pixel its centroid; it should be one row for each of the K colors.": (
            lambda c, idx: c[idx]
        ),
        "The first axis is always 3: that number is written into your code; use K.": (
            lambda c, idx: _first_axis(c, 3)
        ),
    },
    "after": {
        "": lambda c: c,
        "You have one number for each color; each channel has its own mean (axis=0).": (
            lambda c: c.mean(axis=1)
        ),
        "The decimals are gone: the result is stored as integers, or cut off by a division (//).": (
            np.trunc
        ),
    },
}


def _first_axis(centroids, n):
    fixed = np.full((n, centroids.shape[1]), np.nan)
    fixed[: len(centroids)] = centroids[:n]
    return fixed


# --- wcss ----------------------------------------------------------------------------------


def _squared_sum(X, C, idx, own, points, each, collect, after):
    """The sum of squares, as choices: `own` gives points, centroids, and numbers, row by row."""
    x, c, k = own(np.asarray(X, dtype=float), np.asarray(C, dtype=float), np.asarray(idx, int))
    kept = points(k, len(C))
    return after(collect(each(x[kept], c[kept]), k[kept], len(C)))


def _all_pairs(X, C, idx):
    return np.repeat(X, len(C), axis=0), np.tile(C, (len(X), 1)), np.repeat(idx, len(C))


def _without_idx(X, C, idx):
    shape = (X - C).shape  # fails, as it does for the learner, if N is not K
    return np.broadcast_to(X, shape), np.broadcast_to(C, shape), np.resize(idx, shape[0])


def _own_means(X, C, idx):
    return X, np.array([X[idx == k].mean(axis=0) for k in idx]), idx


def _each_group(function):
    """Collect within each group, then add these up."""

    def collect(values, k, K):
        return sum(function(values[k == group]) for group in np.unique(k))

    return collect


def _gaps(X, C, idx, k):
    """What the differences of a group add up to, channel by channel."""
    return (X[idx == k] - C[k]).sum(axis=0)


def _explain_sum(function, cases, trials):
    """What the errors tell, or a nan where a group has no pixels, in words."""
    wrong = [
        (c.tags, g) for c, g in _answered(cases, trials) if not close(np.asarray(c.expected), g)
    ]
    if wrong and all("empty" in tags and np.isnan(g).all() for tags, g in wrong):
        return (
            "The mean of a group without pixels is nan, not a number (0 divided by 0), and nan stays nan "
            "in every sum, even times 0: add up the squares, or skip such groups."
        )
    for trial in trials:
        if "broadcast" in str(trial.error) and ("+=" in trial.line or "sum(" in trial.line):
            return (
                "You add up tables of different sizes, one for each group: make one number of each "
                "group's squares first, by adding them all up."
            )
    return None


def _of_all(function):
    """Collect all squares, or those of each point once they are added up."""
    return lambda s, k, K: function(s), lambda s, k, K: function(s.sum(axis=1))


def _one_for_each_group(values, k, K):
    return np.array([values[k == group].sum() for group in range(K)])


WCSS = {
    "own": {
        "": lambda X, C, idx: (X, C[idx], idx),
        "You add up the distances to all centroids; each point has only its own, centroids[idx].": (
            _all_pairs
        ),
        "You subtract row from row; each point has its own centroid: centroids[idx].": _without_idx,
        "Where X and centroids have the same shape, you subtract row from row and forget idx; they are as "
        "many by chance only: take centroids[idx] always.": lambda X, C, idx: (
            X,
            C if X.shape == C.shape else C[idx],
            idx,
        ),
        "You look up the pixels with idx; look up the centroids: each point has its own centroid.": (
            lambda X, C, idx: _without_idx(X[idx], C, idx)
        ),
        "You use idx on the pixels, too; each pixel is compared with its own centroid, as it is.": (
            lambda X, C, idx: (X[idx], C[idx], idx)
        ),
        "You take the nearest centroid of each point; take the one that idx names.": (
            lambda X, C, idx: (X, C[sq(X, C).argmin(axis=1)], idx)
        ),
        "You take the first centroid for all; each point has its own centroid, centroids[idx].": (
            lambda X, C, idx: (X, C[np.zeros_like(idx)], idx)
        ),
        "You take the last centroid for all; each point has its own centroid, centroids[idx].": (
            lambda X, C, idx: (X, C[np.full_like(idx, -1)], idx)
        ),
        "You count the centroids from 1; their numbers begin with 0.": (
            lambda X, C, idx: (X, C[idx - 1], idx)
        ),
        "You measure from the mean of each group; measure from the centroids that you are given.": (
            _own_means
        ),
        "You measure from the mean of all points; each point has its own centroid.": (
            lambda X, C, idx: (X, np.tile(X.mean(axis=0), (len(X), 1)), idx)
        ),
        "You measure how far the centroids are from the mean of all points; measure how far each point is "
        "from its centroid.": (
            lambda X, C, idx: (np.tile(X.mean(axis=0), (len(X), 1)), C[idx], idx)
        ),
        "You bring the values to another scale first (divided by the largest, or stretched): take them as they "
        "are.": tuple(
            lambda X, C, idx, of=of: (X / of(X), C[idx] / of(X), idx)
            for of in (np.max, np.ptp, lambda X: X.max(axis=0), lambda X: np.ptp(X, axis=0))
        ),
        "You measure from 0; each point is compared with its own centroid.": (
            lambda X, C, idx: (X, 0 * X, idx)
        ),
        "You pair groups and centroids as they come; where a number does not occur in idx, they "
        "belong no longer together.": lambda X, C, idx: (
            X,
            C[np.searchsorted(np.unique(idx), idx)],
            idx,
        ),
    },
    "points": {
        "": lambda k, K: slice(None),
        "You count the first group only: is there a return inside the loop?": lambda k, K: k == 0,
        "You count one group only: a loop overwrites the sum instead of adding to it.": (
            lambda k, K: k == K - 1
        ),
        "You count the first point only: is there a return inside the loop?": (
            lambda k, K: slice(0, 1)
        ),
        "You count the last point only: a loop overwrites the sum instead of adding to it.": (
            lambda k, K: slice(-1, None)
        ),
        "The last group is left out: range(K - 1) stops too early.": lambda k, K: k < K - 1,
        "The first group is left out: range(1, K) begins with the second. (Or an if takes its number, 0, for "
        "no number.)": lambda k, K: k > 0,
        "The last point is left out: does a loop or a slice stop one too early?": (
            lambda k, K: slice(None, -1)
        ),
        "The first point is left out: ranges and slices begin with 0.": (
            lambda k, K: slice(1, None)
        ),
        "You count as many groups as there are numbers in idx; go through all K centroids: numbers may "
        "be missing in between.": lambda k, K: k < len(np.unique(k)),
        "You go up to the largest number in idx, and leave it out.": lambda k, K: k < k.max(),
        "A group of a single point is left out: its distance from the centroid counts, too.": (
            lambda k, K: np.bincount(k, minlength=K)[k] > 1
        ),
        "The groups after the first one without pixels are left out: is the loop left there (break, or "
        "return)? Skip that one only.": lambda k, K: (
            k < min({*range(K)} - {*k.tolist()}, default=K)
        ),
        **{
            f"You count the first {n} groups only: K = {n} is written into your code; go through all "
            "centroids.": (lambda k, K, n=n: k < n)
            for n in (2, 3)
        },
    },
    "each": {
        "": lambda x, c: (x - c) ** 2,
        "You add the differences themselves, and they cancel: square them first.": (
            lambda x, c: x - c
        ),
        "You add the differences themselves (centroid minus point), and they cancel: square them "
        "first.": lambda x, c: c - x,
        "You square the values and subtract then; subtract first, then square.": (
            lambda x, c: x**2 - c**2
        ),
        "You square the centroids alone: a parenthesis is in the wrong place, for the whole difference is "
        "squared.": lambda x, c: x - c**2,
        "You add point and centroid; subtract them.": lambda x, c: (x + c) ** 2,
        "You add absolute differences; the name says squares.": lambda x, c: abs(x - c),
        "You add distances; they have to be squared: leave out the root.": (
            lambda x, c: np.sqrt(((x - c) ** 2).sum(axis=1))
        ),
        "You square the sum of each point; square each difference before you add.": (
            lambda x, c: (x - c).sum(axis=1) ** 2
        ),
        "You double the differences (* 2); to square is ** 2.": lambda x, c: (x - c) * 2,
        "You take the third power; to square is ** 2.": lambda x, c: abs(x - c) ** 3,
        "You square twice; leave out one of the two.": lambda x, c: (x - c) ** 4,
        "You compare the first channel only; add up all channels.": (
            lambda x, c: (x[:, 0] - c[:, 0]) ** 2
        ),
        "You compare the last channel only; add up all channels.": (
            lambda x, c: (x[:, -1] - c[:, -1]) ** 2
        ),
        "You compare the first and the last channel only; add up all channels.": (
            lambda x, c: (x[:, 0] - c[:, 0]) ** 2 + (x[:, -1] - c[:, -1]) ** 2
        ),
        "You compare the first two channels only; add up all channels.": (
            lambda x, c: (x - c)[:, :2] ** 2
        ),
        "You average the channels of each point; add them up.": (
            lambda x, c: ((x - c) ** 2).mean(axis=1)
        ),
        "You compare brightness, one number for each point; add up all channels.": (
            lambda x, c: (x.mean(axis=1) - c.mean(axis=1)) ** 2
        ),
        "You take the largest channel of each point; add up all channels.": (
            lambda x, c: ((x - c) ** 2).max(axis=1)
        ),
        "Bytes (uint8) have no numbers below 0 or above 255: differences and squares wrap around. Stay "
        "with decimals.": lambda x, c: (_bytes(x) - _bytes(c)) ** 2 / 255**2,
    },
    "collect": {
        "": lambda s, k, K: s.sum(),
        "You have one number for each point; add them up.": (
            lambda s, k, K: s.sum(axis=1) if s.ndim > 1 else s
        ),
        "You have one number for each channel; add them up.": lambda s, k, K: s.sum(axis=0),
        "You have one number for each group; add them up.": _one_for_each_group,
        "You have a table with a number for each channel of each point; add everything up.": (
            lambda s, k, K: s
        ),
        "You divide at the end; the sum of squares is a sum.": lambda s, k, K: s.mean(),
        "You divide by the number of points; the sum of squares is a sum.": (
            lambda s, k, K: s.sum() / len(s)
        ),
        "You divide by K; the sum of squares is a sum.": lambda s, k, K: s.sum() / K,
        "You average within each group before you add; add up all squares.": (
            _each_group(lambda s: s.sum() / len(s))
        ),
        "You average within each group, and the groups then; add up all squares.": (
            lambda s, k, K: _each_group(lambda g: g.sum() / len(g))(s, k, K) / K
        ),
        "You take a root for each group; the sum of squares stays squared.": (
            _each_group(lambda s: np.sqrt(s.sum()))
        ),
        "You cut what is larger than 1 to 1; every square counts as it is.": (
            lambda s, k, K: np.minimum(s, 1).sum(),
            lambda s, k, K: np.minimum(s.sum(axis=1) if s.ndim > 1 else s, 1).sum(),
        ),
        "You take the largest of all; add them up.": _of_all(np.max),
        "You add the squares as integers, one point after the other: keep the decimals.": (
            lambda s, k, K: np.trunc(s.sum(axis=1) if s.ndim > 1 else s).sum()
        ),
        "You add the squares of each group as integers: keep the decimals.": (
            _each_group(lambda s: np.trunc(s.sum()))
        ),
    },
    "after": {
        "": lambda m: m,
        "You take a root at the end; the sum of squares stays squared.": np.sqrt,
        "You square the sum; each difference is squared before it is added.": lambda m: m**2,
        "You return half of it: leave out the factor 1/2.": lambda m: m / 2,
        "You return twice the sum: each point counts once.": lambda m: m * 2,
    },
}


def _wcss_cases():
    """With a centroid far from all, as many points as centroids, and numbers that do not occur."""
    calls = []
    for X, idx, K in [*labeled()[:2], *with_gaps(), *labeled()[2:]]:
        calls.append(((X, places(K, X.shape[1]), idx), labeled_tags(X, idx, K)))
    X, idx = np.array([[0.2, 0.7], [0.9, 0.1]]), np.array([1, 0])  # as many points as centroids
    calls.append(((X, places(2, 2), idx), labeled_tags(X, idx, 2)))
    X, idx, K = labeled()[2]  # points near their centroids: a small sum, and no rounding
    near = kmeans.compute_centroids(X, idx, K)[idx] + (X - 0.5) * 0.02
    calls.append(((near, kmeans.compute_centroids(X, idx, K), idx), labeled_tags(X, idx, K)))
    return cases(kmeans.wcss, calls)


# --- psnr ----------------------------------------------------------------------------------


def _decibels(a, b, logarithm, error, peak, factor, after):
    """The PSNR, as choices."""
    return after(factor * logarithm(peak(a, b), error(a, b)))


def _rounded_error(digits):
    return lambda a, b: np.round(((a - b) ** 2).mean(), digits)


PSNR = {
    "logarithm": {
        "": lambda peak, e: np.log10(peak**2 / e),
        "You return the error, the MSE; put it on the scale of decibels.": lambda peak, e: e / 10,
        "You return one divided by the error (times 10); the logarithm is missing.": (
            lambda peak, e: peak**2 / e
        ),
        "You return one divided by the error; the logarithm is missing.": (
            lambda peak, e: peak**2 / e / 10
        ),
        "The fraction is missing: one divided by the error, then the logarithm.": (
            lambda peak, e: e
        ),
        "The logarithm has the wrong base, e: decibels need base 10.": (
            lambda peak, e: np.log(peak**2 / e)
        ),
        "The logarithm has the wrong base, 2: decibels need base 10.": (
            lambda peak, e: np.log2(peak**2 / e)
        ),
        "You take the logarithm of 1 + ..., and the wrong base at that: leave out the 1 +.": (
            lambda peak, e: np.log1p(peak**2 / e)
        ),
        "You take the logarithm of 1 + ...: leave out the 1 +.": (
            lambda peak, e: np.log10(1 + peak**2 / e)
        ),
        "The sign is the wrong way around: a smaller error means more decibels.": (
            lambda peak, e: np.log10(e / peak**2)
        ),
        "You take the logarithm of the peak alone, and divide after that: a parenthesis closes too "
        "early, for the whole fraction belongs into it.": lambda peak, e: np.log10(peak**2) / e,
    },
    "error": {
        "": lambda a, b: ((a - b) ** 2).mean(),
        **wrong.errors_that_leave_out(),
        "You cut differences below 0 off (clip, maximum, or an if): the square of each counts.": (
            lambda a, b: (np.maximum(a - b, 0) ** 2).mean(),
            lambda a, b: (np.maximum(b - a, 0) ** 2).mean(),
        ),
        "You round the error, or call small ones 0, and the pictures seem equal: keep all decimals, and "
        "ask whether it is exactly 0.": (tuple(_rounded_error(digits) for digits in range(1, 11))),
        "The differences cancel in your error: square them before you take the mean.": (
            lambda a, b: (a - b).mean() ** 2
        ),
        "The differences cancel in your error: take the MSE, with squares.": (
            lambda a, b: (a - b).mean()
        ),
        "You use absolute differences; the error in the formula is the MSE, with squares.": (
            lambda a, b: abs(a - b).mean()
        ),
        "You add the pictures; the error is in their difference.": (
            lambda a, b: ((a + b) ** 2).mean()
        ),
        "You add the squares up, but do not divide: the error in the formula is the mean.": (
            lambda a, b: ((a - b) ** 2).sum()
        ),
        "You divide by the number of pixels; the mean is over all channels, three times as many "
        "numbers.": lambda a, b: ((a - b) ** 2).sum(axis=-1).mean(),
        "You compare the first channel only; compare all three.": (
            lambda a, b: ((a - b)[..., 0] ** 2).mean()
        ),
        "You take the largest error of all; the error in the formula is the mean.": (
            lambda a, b: ((a - b) ** 2).max()
        ),
        "You take the variance; the error in the formula is the MSE.": lambda a, b: (a - b).var(),
        "You compare with the mean of the first picture (a signal-to-noise ratio); the peak is 1.": (
            lambda a, b: ((a - b) ** 2).mean() / (a**2).mean()
        ),
        "You multiply with 255 first; here the peak is 1, and so is white.": (
            lambda a, b: ((255 * a - 255 * b) ** 2).mean()
        ),
        "Bytes (uint8) have no numbers below 0 or above 255: differences and squares wrap around. Stay "
        "with decimals.": lambda a, b: ((_bytes(a) - _bytes(b)) ** 2).mean(),
        "Bytes (uint8) have no numbers below 0: differences wrap around. Stay with decimals.": (
            lambda a, b: ((_bytes(a) - _bytes(b)).astype(float) ** 2).mean()
        ),
        "You take an error for each pixel; the error in the formula is one for whole pictures.": (
            lambda a, b: ((a - b) ** 2).mean(axis=-1)
        ),
        "You take an error for each channel; the error in the formula is one for whole pictures.": (
            lambda a, b: ((a - b) ** 2).mean(axis=(0, 1))
        ),
        "You take an error for each value; the error in the formula is one number, the mean.": (
            lambda a, b: (a - b) ** 2
        ),
    },
    "peak": {
        "": lambda a, b: 1.0,
        "255 is the peak of bytes; the peak of these pictures is 1.": lambda a, b: 255,
        "The peak is squared in the formula, and it is 1 here; 255 is that of bytes.": (
            lambda a, b: math.sqrt(255)
        ),
        "You take the largest value of the picture as the peak; the peak is 1, the largest value that "
        "there can be.": lambda a, b: a.max(),
        "You take the largest value of the second picture as the peak; the peak is 1, the largest "
        "value that there can be.": lambda a, b: b.max(),
        "You take the largest value of both pictures as the peak; the peak is 1, the largest value "
        "that there can be.": lambda a, b: max(a.max(), b.max()),
        "You take the largest difference as the peak; the peak is 1, the largest value that there can "
        "be.": lambda a, b: abs(a - b).max(),
        "You take the range of the picture as the peak; the peak is 1, the largest value that there "
        "can be.": lambda a, b: a.max() - a.min(),
        "You take the range of the second picture as the peak; the peak is 1, the largest value that "
        "there can be.": lambda a, b: b.max() - b.min(),
        "You take the range of both pictures as the peak; the peak is 1, the largest value that there "
        "can be.": lambda a, b: max(a.max(), b.max()) - min(a.min(), b.min()),
    },
    "factor": {
        "": 10,
        "The factor is 10 for the squared error; 20 belongs to its root.": 20,
        "You take the root of the error with the factor 10; with the root, the factor is 20.": 5,
        "The factor 10 is missing: without it these are bels, not decibels.": 1,
        "The factor is 10, not 2.": 2,
    },
    "after": {
        "": lambda p: p,
    },
}


def _unequal_pairs():
    """Two pictures of one shape, none like another, the second one darker."""
    first = np.array([[[0.0, 0.5, 1.0]]])
    calls = [(first, np.array([[[0.0, 0.5, 0.6]]])), (picture(1, 2) * 0.7, picture(1, 2, seed=3))]
    for size in ((2, 1), (2, 2), (1, 4), (2, 3)):
        calls.append((picture(*size), np.round(picture(*size, seed=3) * 0.7, 2)))
    calls.append((calls[1][0].astype(np.float32), calls[1][1].astype(np.float32)))
    calls.append((np.zeros((1, 2, 3)), np.ones((1, 2, 3))))
    calls.append((dark_and_bright(2, 3), np.round(picture(2, 3, seed=3) * 0.7, 2)))
    calls.append((picture(3, 2), dark_and_bright(3, 2)))
    calls.append((picture(1, 2) * 0.02, 1 - picture(1, 2) * 0.02))  # few decibels: no rounding
    calls.append((np.zeros((1, 1, 3)), np.array([[[0.01, 0.02, 0.02]]])))
    # Nearly equal: not inf, and not cut off; float32 can tell all of them apart.
    calls += [(np.zeros((1, 2, 3)), np.full((1, 2, 3), small)) for small in (1e-4, 1e-6)]
    calls.append((np.full((1, 1, 3), 0.5), np.full((1, 1, 3), 0.5 + 2**-18)))
    mixed = np.array([[[0.25, 0.5, 0.75], [0.5, 0.25, 0.5]]])  # backward: differences add up to 0
    calls.append((mixed, mixed[:, ::-1].copy()))
    return [((a, b), picture_tags(a)) for a, b in calls]


def _explain_decibels(function, cases, trials):
    """What the decibels give away, read against the right ones, in words."""
    answered = [(c, float(g)) for c, g in _answered(cases, trials) if np.ndim(g) == 0]
    if len(answered) < len(cases):
        return None
    expected, got = (
        np.array(part) for part in zip(*((c.expected, g) for c, g in answered), strict=True)
    )
    wrong = ~np.isclose(got, expected, rtol=1e-4, atol=2e-3)
    if wrong.any() and (got[wrong] == np.inf).all():
        some_agree = np.array([(c.arguments[0] == c.arguments[1]).any() for c, _ in answered])
        if all(
            (c.arguments[0] - c.arguments[1]).sum() == 0
            for (c, _), w in zip(answered, wrong, strict=True)
            if w
        ):
            return (
                "You return inf where the differences add up to 0, though none of them is: they cancel. "
                "Pictures are equal if all of their values are."
            )
        if np.array_equal(some_agree, wrong):
            return (
                "You return inf as soon as one value of the two pictures agrees; they are equal only if "
                "all of their values are."
            )
        far = [abs(c.arguments[0] - c.arguments[1]).max() for (c, _) in answered]
        if max(np.array(far)[wrong]) > 0.1:
            return (
                "You return inf for pictures that are not equal: do you compare only a part of them, or "
                "only one number (a sum, a mean)? They are equal if all of their values are."
            )
        return (
            "You return inf for pictures that are only nearly equal (a tolerance, as in np.isclose, or "
            "rounding?): inf belongs to those that are exactly equal, where the error is 0."
        )
    if wrong.any() and not wrong.all():
        cut = got[wrong][0]
        if (got[wrong] == cut).all() and expected[wrong].min() >= cut >= got.max():
            return (
                f"Everything above {show(cut)} dB is cut off: decibels go on, as the error gets smaller, "
                "and only equal pictures have none left (inf). A small number in place of the error cuts "
                "them off, too."
            )
    added = np.median((10 ** (-got / 10) - 10 ** (-expected / 10))[expected > 70])
    with_added = -10 * np.log10(10 ** (-expected / 10) + max(added, 1e-300))
    if wrong.any() and np.allclose(got, with_added, rtol=1e-3, atol=0.01):
        return (
            f"You add a small number (about {added:.0e}) to the error, so as not to divide by 0: that "
            "changes the result where the error is small, and equal pictures get no inf. Leave it out, "
            "and ask for equal pictures first."
        )
    for what, axis in {"pixel": -1, "channel": (0, 1), "row": (1, 2), "column": (0, 2)}.items():
        errors = [((c.arguments[0] - c.arguments[1]) ** 2).mean(axis=axis) for c, _ in answered]
        told = [n for n, e in enumerate(errors) if e.all() and e.size > 1]
        for how, collect in {"take their mean": np.mean, "add them up": np.sum}.items():
            together = [collect(-10 * np.log10(errors[n])) for n in told]
            if wrong[told].any() and np.allclose(together, got[told], rtol=1e-4):
                return (
                    f"You compute decibels for each {what} and {how}; one error for whole pictures comes "
                    "first, then one logarithm."
                )
    return None


def _equal_pictures_have_no_error(function):
    """A rule: for equal pictures the error is 0, and the PSNR infinite."""
    a = np.round(np.random.default_rng(3).random((1, 2, 3)), 2)
    for other, which in ((a, ""), (np.zeros((2, 1, 3)), " (black ones)")):
        (trial,) = try_all(function, [(other, other.copy())])
        if trial.error is not None:
            found = f"your function stops with {type(trial.error).__name__}: {trial.error}"
            found += f"\nThe line is: {trial.line}" if trial.line else ""
        elif trial.got is None:
            found = "your function returns nothing (None)"
        else:
            found = f"you return: {show(trial.got)}"
            got = np.asarray(trial.got)
            if got.dtype.kind in "biuf" and got.shape == () and got == math.inf:
                continue
        return (
            f"Equal pictures{which} go wrong, and everything else is right. Their error is 0; one "
            "divided by 0 does not exist, and 0 has no logarithm, so ask for this case first: equal "
            f"pictures have an infinite PSNR (inf).\nFor a = {show(other)}, and b the same, {found}"
        )
    return None


# --- kmeans_init_centroids -----------------------------------------------------------------


CORNERS = np.array([[r, g, b] for r in (0.0, 1.0) for g in (0.0, 1.0) for b in (0.0, 1.0)])


def _start_cases():
    """Rows that are all different, then as many colors as rows: who draws twice is caught."""
    calls = []
    for n, k, d in ((6, 2, 2), (7, 3, 3), (6, 1, 5), (5, 4, 1), (4, 4, 2), (9, 9, 3), (12, 12, 3)):
        X = np.round((np.random.default_rng(n).permutation(n * d) + 1) / (n * d + 1), 2).reshape(
            n, d
        )
        calls.append(((X, k, np.random.default_rng(n)), pixel_tags(X, k)))
    close = np.array([[0.5, 0.2], [0.5003, 0.2003], [0.5006, 0.2006], [0.4997, 0.1997]])
    for X, tag in ((close, "nearly equal colors"), (CORNERS, "shared values")):
        calls.append(((X, len(X), np.random.default_rng(5)), pixel_tags(X, len(X)) | {tag}))
    calls = [
        (c, t - {"N = K"} | ({"all of them"} if c[1] == len(c[0]) else set())) for c, t in calls
    ]
    return cases(kmeans.kmeans_init_centroids, calls)


def _judge_start(case, got, call):
    """Any K different rows of X are right."""
    X, K, _ = case.arguments
    given = f"It was called with {call}\nyou return: {show(got)}"
    if isinstance(got, np.ndarray) and got.dtype.kind in "iu" and X.dtype.kind == "f":
        if got.ndim == 1 and (0 <= got).all() and (got < len(X)).all():
            return Problem("type", f"These are row numbers; look them up: X[rows].\n{given}")
        return Problem(
            "type", f"The decimals are gone: your array holds integers, and X does not.\n{given}"
        )
    problem = kind_difference(np.empty((K, X.shape[1])), got, call, "K rows of X")
    if problem:
        return problem
    got = np.asarray(got, dtype=float)
    if not _are_rows(X, got):
        return Problem("value", f"{what_rows(X, got)}\n{given}")
    if _has_doubles(got):
        return Problem(
            "value", f"The rows of X are all different, and some of yours are not.\n{given}"
        )
    return None


def _has_doubles(colors):
    return len(np.unique(np.round(colors, 6), axis=0)) < len(colors)


DROPPED = (
    "You drop the doubles after drawing, so fewer than K colors are left: find the different colors "
    "first, and then draw K of them."
)


def _explain_start(function, cases, trials):
    """What the colors drawn give away, in words."""
    wrong = []
    for case, trial in zip(cases, trials, strict=False):
        if trial.error is not None or _judge_start(case, trial.got, ""):
            wrong.append((case, trial.got, trial.error))
    if not wrong:
        return None
    if all("shared values" in case.tags for case, *_ in wrong):
        return (
            "It goes wrong where colors share the value of a channel, or have the same sum: two colors are "
            "different if any channel differs, not only if all of them do, whatever else agrees."
        )
    if all("nearly equal colors" in case.tags for case, *_ in wrong):
        return (
            "It goes wrong where colors are nearly equal: do you round them, or call them equal too "
            "soon? Compare and return them as they are."
        )
    came_back = [(case, np.asarray(got)) for case, got, error in wrong if error is None]
    full = all("all of them" in case.tags for case, *_ in wrong)
    if full and all(
        np.shape(got) == (len(c.arguments[0]) - 1, *c.arguments[0].shape[1:])
        for c, got in came_back
    ):
        return (
            "One color can never be drawn, the last or the first, so they run out when K is as large as "
            "their number: numbers begin with 0, and the upper end of a range is left out already (in "
            "rng.integers, rng.choice and rng.permutation, too), so there is no 1 to add or take away."
        )
    if came_back and all(
        got.ndim == 1 and np.isin(got, c.arguments[0]).all() for c, got in came_back
    ):
        return (
            "You draw single numbers, not colors: a color is a whole row of X (np.unique takes rows only "
            "with axis=0)."
        )
    if came_back and all(
        got.shape == (len(c.arguments[0]), c.arguments[1]) for c, got in came_back
    ):
        return "You draw K columns, the channels; a color is a row: draw along the first axis (axis=0)."
    for case, got in came_back:
        X, K, _ = case.arguments
        words = what_rows(X, got) if got.shape == (K, X.shape[1]) and not _are_rows(X, got) else ""
        if words.startswith("You "):  # a step before the draw
            return words
    if any("larger sample than population" in str(error) for *_, error in wrong):
        return "You draw more rows than there are (with replace=False): draw K of the len(X) rows."
    if len(came_back) < len(wrong):
        return None
    if all(got.shape[1:] == case.arguments[0].shape[1:] for case, got in came_back):
        if any(len(got) < case.arguments[1] for case, got in came_back):
            return (
                NEIGHBORS if all(_neighbors(c.arguments[0], g) for c, g in came_back) else DROPPED
            )
        if all(len(got) == case.arguments[1] and _has_doubles(got) for case, got in came_back):
            return _about_doubles(function)
    return None


NEIGHBORS = (
    "You take a run of neighbors that begins at a random place, and near the end too few are left: draw "
    "each color by itself."
)


def _neighbors(X, rows):
    """Whether rows stand one after the other in X, as it is or sorted."""
    return len(rows) == 0 or any(
        np.array_equal(Y[i : i + len(rows)], rows)
        for Y in (X, np.unique(X, axis=0))
        for i in range(len(Y))
    )


AGAIN = (
    "one more draw, or a few, can give a double again. Go on until all K differ from each other, or draw "
    "from the different colors."
)


def _about_doubles(function):
    """Why a color comes twice although no two rows are equal, in words."""
    X = np.round(np.random.default_rng(2).random((4, 3)), 2)
    calls = [(X, K, np.random.default_rng(seed)) for K in (2, 4) for seed in range(100)]
    trials = try_all(function, calls)
    results = [np.asarray(trial.got) for trial in trials if trial.error is None]
    if len(results) < len(calls) or any(result.ndim != 2 for result in results):
        return None
    if not any((r[1:] == r[:-1]).all(axis=1).any() for r in results):
        return (
            "You compare each new color only with the one drawn just before it, so an earlier one can "
            "come again: what was excluded once has to stay excluded (&= keeps it, = forgets it)."
        )
    if sum(map(_has_doubles, results[:100])) < 15:  # by chance it would be a quarter
        return f"You look for doubles, and still one comes back: {AGAIN}"
    return "You draw a row twice: draw without putting back (replace=False)."


def _are_rows(X, got):
    return all(np.isclose(X, row, rtol=1e-6, atol=1e-6).all(axis=1).any() for row in got)


def what_rows(X, got):
    """Why these are no rows of X, in words.

    Parameters
    ----------
    X, got : ndarray

    Returns
    -------
    str
    """
    if not np.isfinite(got).all():
        return "Your colors are not rows of X: some are no numbers (nan)."
    if (got == 0).all():
        return "Your colors are all 0, not rows of X: is a row of X ever written into the result?"
    if (got == 0).all(axis=1).any():
        return (
            "Not all of your colors are rows of X: some are 0 from first to last. Are all places of the "
            "result written to, the first and the last, too?"
        )
    with np.errstate(all="ignore"):
        for words, step in clues.steps():
            with contextlib.suppress(ValueError, IndexError):
                if _are_rows(step(X.astype(float)), got):
                    return (
                        f"You {words.replace('WHAT', 'the colors')}, so they are no rows of X any more: "
                        "draw rows, and leave their numbers as they are."
                    )
    if np.isin(np.round(got, 6), np.round(X, 6)).all():
        return "Your colors are not rows of X, but mixed from several: draw whole rows."
    if np.isclose(got, X.mean(axis=0)).all():
        return "Your colors are the mean of X; they should be rows of X, drawn at random."
    if not np.isin(np.round(got, 6), np.round(X, 6)).any():
        near = np.sqrt(sq(got, X).min(axis=1)).max() < 0.1
        return (
            f"Your colors are not rows of X, {'only near to them' if near else 'but new ones'}: none of their "
            "numbers occurs in X. Draw rows (their numbers, say), and leave them as they are."
        )
    return "Not all of your colors are rows of X: draw rows, and leave their numbers as they are."


def _random_as_asked(function):
    """A rule for functions that draw K rows of X with ``rng``: all of the chance is its."""
    X = np.round(np.random.default_rng(2).random((6, 3)), 2)
    seeds = [seed for seed in range(60) for _ in (0, 1)]
    trials = try_all(function, [(X, 2, np.random.default_rng(seed)) for seed in seeds])
    if len(trials) < len(seeds) or any(trial.error for trial in trials):
        return "Your function fails, or takes very long, when it is called many times."
    results = [np.asarray(trial.got, dtype=float) for trial in trials]
    words = _about_chance(X, seeds, results)
    used = page_variables_used(function)
    if words and used:
        return (
            f"Your function uses {' and '.join(used)} from the page around it; all that it needs has "
            f"to come in through its parameters (X, K, rng).\n{words}"
        )
    single = [
        t.got for t in try_all(function, [(X, 1, np.random.default_rng(n)) for n in range(30)])
    ]
    if not words and len(single) == 30 and not np.ptp(single, axis=0).any():
        return f"For K = 1 you return the same color each time, {show(single[0])}: leave it to chance, too."
    return words or _about_equal_colors(function)


def _about_chance(X, seeds, results):
    """What many draws of two of six rows give away, in words."""
    rows = [{int(np.isclose(X, r).all(axis=1).argmax()) for r in result} for result in results]
    orders = [tuple(map(tuple, result)) for result in results]
    six = f"X has six rows, K = 2, and {len(set(seeds))} seeds were tried."
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
    if len(set(map(frozenset, rows))) == 1:
        return (
            "You take the same colors each time, only in another order: draw among all rows, not among the "
            f"first K.\n{six}"
        )
    always, never = set.intersection(*rows), set(range(6)) - set.union(*rows)
    if always:
        return f"Row {min(always)} of X is drawn every time; leave it to chance, too.\n{six}"
    if never:
        return f"Row {min(never)} of X is never drawn: every pixel has to have a chance.\n{six}"
    if len(set(map(frozenset, rows))) < 8:
        return (
            "Most pairs of rows never come together: draw each row by itself, not a run of "
            f"neighbors.\n{six}"
        )
    return None


def _about_equal_colors(function):
    """Whether two of the colors drawn are the same where many rows are, in words."""
    white, red, blue = [1.0, 1.0, 1.0], [0.8, 0.0, 0.0], [0.0, 0.0, 0.8]
    for X, K in (
        ([white] * 3 + [red], 2),
        ([white] * 9 + [red], 2),
        ([white] * 4 + [red, blue], 3),
    ):
        X = np.array(X)
        calls = [(X, K, np.random.default_rng(seed)) for seed in range(100 if len(X) == 4 else 30)]
        trials = try_all(function, calls)
        call = f"It was called with X = {show(X)}, K = {K}"
        doubles = []
        for trial in trials:
            if trial.error is not None:
                return (
                    "It fails where rows of X are equal: "
                    f"{type(trial.error).__name__}: {trial.error}\nThe line is: {trial.line}\n{call}."
                )
            got = np.asarray(trial.got)
            if got.shape != (K, 3):
                return (
                    f"Where rows of X are equal, your result has shape {got.shape}; it should be K rows, "
                    f"{(K, 3)}. {DROPPED if len(got) < K else ''}\n{call}\nyou return: {show(got)}"
                )
            doubles += [got] if _has_doubles(got) else []
        if not doubles:
            continue
        if len(doubles) < 0.36 * len(trials) or len(X) > 4:  # by chance it would be half of them
            words = f"Where rows of X are equal, two of your colors are sometimes still the same: {AGAIN}"
        else:
            words = (
                "Your rows may be different rows, but two of them have the same color: the K colors "
                "have to be different."
            )
        return f"{words}\n{call}\nyou return: {show(doubles[0])}"
    return None


# --- run_kmeans ----------------------------------------------------------------------------


def _run_cases():
    X = np.array([[0.0, 0.0], [0.0, 1.0], [4.0, 4.0], [4.0, 5.0], [9.0, 0.0]])
    # From its first three rows, these points take six steps, and no cluster is ever empty.
    Y = np.array([[3, 9], [0, 8], [2, 9], [8, 4], [8, 1], [8, 5], [6, 9], [7, 8]]) / 10
    # Here a step changes groups of 3 and 4 into others of 3 and 4, and more steps follow.
    V = np.array([[7, 7], [9, 3], [3, 3], [5, 2], [0, 3], [5, 4], [2, 3]]) / 10
    Z = np.round(np.random.default_rng(4).random((10, 3)), 1)
    # What counts happens in the third digit, beside a large cluster that never moves: whoever stops
    # where little moves, or where the WCSS falls slowly, stops too early.
    slow = np.concatenate([Y * 0.001 + [0, 0.5], [[0.5, 0.0], [0.5, 1.0]]])
    # Mirrored, each move to the left meets one to the right: their sum is 0 in every step.
    half = np.array([[0.1], [0.2], [0.4], [0.7], [1.1], [1.6], [2.2]])
    mirrored = np.concatenate([half, -half])
    # Beside two pixels that are far away, each fall of the WCSS is small; the moves are not.
    far = np.concatenate([10 * Y, [[-900.0, 900.0], [900.0, 900.0]]])
    settled = np.array([[0.0, 0.5], [4.0, 4.5], [9.0, 0.0]])
    calls = [((X, X[[0, 2]], 1), {"one step"})]
    for max_iters, tags in ((1, {"one step"}), (2, set()), (60, {"until the end"})):
        calls.append(((Y, Y[:3], max_iters), tags))
    calls.append(((Y, Y[[0, 3, 5]], 2), set()))  # another start, and all else as above
    calls.append(((10 * Y, 10 * Y[:3], 3), set()))  # far too large for a tolerance to stop
    calls.append(((V, V[:2], 20), {"until the end"}))
    calls.append(((slow, np.concatenate([slow[:3], [[0.5, 0.5]]]), 20), {"until the end", "slow"}))
    calls.append(((far, np.concatenate([far[:3], [[0.0, 900.0]]]), 20), {"until the end", "slow"}))
    calls.append(((mirrored, mirrored[[0, 1, 7, 8]], 20), {"until the end", "mirrored"}))
    calls.append(((Z, Z[[9, 3, 5, 7]], 2), set()))
    calls.append(((Y[:, :1], Y[:1, :1], 5), {"until the end"}))
    calls.append(((X, settled, 5), {"until the end"}))
    return cases(kmeans.run_kmeans, [(c, t | pixel_tags(c[0], len(c[1]))) for c, t in calls])


def _judge_run(case, got, call):
    X = case.arguments[0]
    if isinstance(got, (tuple, list)) and len(got) == 2:
        idx = got[1]
        if isinstance(idx, np.ndarray) and idx.shape == X.shape and X.shape[1] > 1:
            return Problem(
                "type",
                "Your idx holds a color for each row of X, as in a picture; it should be numbers, one "
                f"for each row.\nIt was called with {call}.",
            )
    return difference(case.expected, got, call, "centroids, idx")


def _run_never_loses_a_color(function):
    """A rule: a start with a lost color, and one of whole numbers, give K finite centroids."""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [4.0, 4.0], [4.0, 5.0]])
    lost = np.array([[0.0, 0.0], [4.0, 4.0], [99.0, 99.0]])
    W = np.array([[0, 0], [1, 0], [10, 9], [9, 9], [5, 0], [4, 1]])
    lost_words = _whole_run(
        function, X, lost, "a color of the start has no pixels", "as in compute_centroids"
    )
    return lost_words or _whole_numbers(function, W, W[[0, 2, 3]])


def _whole_run(function, X, start, when, advice):
    (trial,) = try_all(function, [(X, start, 10)])
    call = f"X = {show(X)}, initial_centroids = {show(start)}, max_iters = 10"
    if trial.error is not None:
        return (
            f"It fails when {when}: {type(trial.error).__name__}: {trial.error}\n"
            f"It was called with {call}."
        )
    words = _incomplete(trial.got, X, start)
    return (
        words
        and f"When {when}, {words} Mind the empty cluster, {advice}.\nFor {call}\nyou return: {show(trial.got)}"
    )


def _incomplete(got, X, start):
    """What centroids and idx lack, in words."""
    centroids, idx = (np.asarray(part, dtype=float) for part in got)
    if len(centroids) != len(start):
        return f"you return {len(centroids)} centroids; it should be K = {len(start)} again."
    if not np.isfinite(centroids).all():
        return "it turns to nan, not a number."
    if idx.shape != (len(X),):
        return f"idx has shape {idx.shape}; it should be {(len(X),)}."
    squared = sq(X, centroids)
    if not np.isin(idx, range(len(centroids))).all():
        return "there are numbers in idx that no centroid has."
    if (squared[np.arange(len(X)), idx.astype(int)] > squared.min(axis=1) + 1e-3).any():
        return "idx is not the nearest of the centroids that you return."
    return None


def _whole_numbers(function, X, start):
    (trial,) = try_all(function, [(X, start, 20)])
    call = f"X = {show(X)}, initial_centroids = {show(start)}, max_iters = 20"
    if trial.error is not None:
        return (
            "It fails when the start consists of whole numbers: "
            f"{type(trial.error).__name__}: {trial.error}\nIt was called with {call}."
        )
    expected = kmeans.run_kmeans(X, start, 20)
    problem = difference(expected, trial.got, call, "centroids, idx")
    return problem and (
        "It goes wrong when the start consists of whole numbers: a copy of it holds integers, and "
        f"the means that you write into it lose their decimals. Copy it as float.\n{problem.words}"
    )


def _lloyd(X, start, steps, move=None, begin=None):
    """Centroids and numbers after so many steps."""
    move = move or (lambda old, new: new)
    centroids = np.array(start if begin is None else begin, dtype=float)
    idx = codebook.find_closest_centroids(X, centroids)
    for _ in range(steps):
        centroids = move(centroids, kmeans.compute_centroids(X, idx, len(centroids)))
        idx = codebook.find_closest_centroids(X, centroids)
    return centroids, idx


def _labels(X, start, steps):
    return _lloyd(X, start, max(steps, 0))[1]


def _to_the_median(X, start, n):
    centroids = np.array(start, dtype=float)
    for _ in range(n):
        idx = codebook.find_closest_centroids(X, centroids)
        centroids = np.array([np.median(X[idx == k], axis=0) for k in range(len(centroids))])
    return centroids, codebook.find_closest_centroids(X, centroids)


def _assigned_once(X, start, n):
    idx = _labels(X, start, 0)
    return kmeans.compute_centroids(X, idx, len(start)), idx


def _to_a_pixel(X):
    return lambda old, new: X[codebook.find_closest_centroids(new, X)].astype(float)


def _sorted_rows(centroids):
    return centroids[np.lexsort(centroids.T[::-1])]


def _one_by_one(X, start, n):
    """Each color moves by itself, and the pixels are assigned anew at once."""
    centroids = np.array(start, dtype=float)
    idx = codebook.find_closest_centroids(X, centroids)
    for k in list(range(len(start))) * n:
        if (idx == k).any():
            centroids[k] = X[idx == k].mean(axis=0)
        idx = codebook.find_closest_centroids(X, centroids)
    return centroids, idx


RUN = {
    "You assign anew after each single color has moved; move all K first, and assign once then.": (
        _one_by_one
    ),
    "The colors move, but the assignment stays that of the start: assign in every step, and to the colors "
    "where they are by then, not to initial_centroids.": (_assigned_once),
    "Your idx is that of the start: return the assignment to the centroids that you return.": (
        lambda X, start, n: (_lloyd(X, start, n)[0], _labels(X, start, 0))
    ),
    "Your assignment is one step behind: assign once more after the last move.": (
        lambda X, start, n: (_lloyd(X, start, n)[0], _labels(X, start, n - 1))
    ),
    "You do not keep to max_iters: make that many steps, or fewer if nothing moves.": (
        lambda X, start, n: _lloyd(X, start, 60)
    ),
    "The two results are in the wrong order: centroids first, then idx.": (
        lambda X, start, n: _lloyd(X, start, n)[::-1]
    ),
    "You return the start; return the centroids after the last move.": (
        lambda X, start, n: (np.array(start, dtype=float), _labels(X, start, n))
    ),
    "You draw a start of your own (the first K rows of X); begin with initial_centroids.": (
        lambda X, start, n: _lloyd(X, X[: len(start)], n)
    ),
    "You begin with zeros; begin with initial_centroids.": (
        lambda X, start, n: _lloyd(X, start, n, begin=np.zeros_like(start))
    ),
    "The decimals of the centroids are gone: they are stored as integers.": (
        lambda X, start, n: _lloyd(X, start, n, lambda old, new: np.trunc(new), np.trunc(start))
    ),
    "The decimals of the centroids are gone at the end: keep them.": (
        lambda X, start, n: (np.trunc(_lloyd(X, start, n)[0]), _labels(X, start, n))
    ),
    "You round the centroids; keep all of their decimals.": tuple(
        lambda X, start, n, d=d: _lloyd(X, start, n, lambda old, new: np.round(new, d))
        for d in range(5)
    ),
    "You cut the centroids to 0 and 1; leave them as they are.": (
        lambda X, start, n: _lloyd(X, start, n, lambda old, new: np.clip(new, 0, 1))
    ),
    "The first centroid never moves: ranges and slices begin with 0.": (
        lambda X, start, n: _lloyd(X, start, n, lambda old, new: np.vstack([old[:1], new[1:]]))
    ),
    "The last centroid never moves: does a loop or a slice stop one too early?": (
        lambda X, start, n: _lloyd(X, start, n, lambda old, new: np.vstack([new[:-1], old[-1:]]))
    ),
    "You move each centroid to the median of its points; K-means moves to the mean.": _to_the_median,
    "You move each centroid to a pixel, one of the rows of X; go to the mean itself.": (
        lambda X, start, n: _lloyd(X, start, n, _to_a_pixel(X))
    ),
    "You count from 1 in idx; the numbers of centroids begin with 0.": (
        lambda X, start, n: (_lloyd(X, start, n)[0], _labels(X, start, n) + 1)
    ),
    "Your centroids come in another order: centroid k stays in row k, so do not sort them.": (
        lambda X, start, n: (
            _sorted_rows(_lloyd(X, start, n)[0]),
            codebook.find_closest_centroids(X, _sorted_rows(_lloyd(X, start, n)[0])),
        )
    ),
    "The decimals of initial_centroids are cut off before you begin: copy them as decimals (float).": (
        lambda X, start, n: _lloyd(X, start, n, begin=np.trunc(start))
    ),
    "You return all the steps, one after the other; it should be the centroids of the last one.": (
        lambda X, start, n: (
            np.array([_lloyd(X, start, m)[0] for m in range(n + 1)]),
            _labels(X, start, n),
        ),
        lambda X, start, n: (
            np.array([_lloyd(X, start, m)[0] for m in range(1, n + 1)]),
            _labels(X, start, n),
        ),
    ),
    "You give each row of X its centroid; it should be K centroids and one number for each row.": (
        lambda X, start, n: (
            _lloyd(X, start, n)[0][_labels(X, start, n)],
            _labels(X, start, n),
        )
    ),
}


@dataclass(frozen=True)
class _Reading:
    """What one call gives away: after how many steps are its centroids those returned?

    Attributes
    ----------
    asked : int
        Steps that it should have made.
    limit, end : int
        ``max_iters``, and how many steps it takes until nothing moves.
    steps : int or None
    behind : bool
        Whether idx is one step behind.
    permuted : bool
        Whether the right centroids come in another order.
    history : list of ndarray
        The centroids after 0, 1, 2 ... steps.
    """

    asked: int
    limit: int
    end: int
    steps: int | None
    right_idx: bool
    permuted: bool
    history: list


READINGS = {
    "Your centroids come in another order: centroid k stays in row k, so do not sort them.": (
        lambda r: r.permuted
    ),
    "ZERO": lambda r: r.steps == 0,
    "ONE": lambda r: r.steps == min(1, r.end),
    "You go on to the end whatever max_iters is: make that many steps, or fewer if nothing moves.": (
        lambda r: r.steps == r.end
    ),
    "You return the result of one step too few: range(max_iters) makes max_iters steps; and is it the "
    "last result that you return?": (lambda r: r.steps == min(r.limit - 1, r.end)),
    "You make one step too many: range(max_iters) makes max_iters steps.": (
        lambda r: r.steps == min(r.limit + 1, r.end)
    ),
    "Your centroids are right, and your idx is not: it should be the assignment to the centroids "
    "that you return.": lambda r: r.steps == r.asked and not r.right_idx,
    "Your centroids are right, and your idx is not always: it should be the assignment to the "
    "centroids that you return.": lambda r: r.steps == r.asked,
    "EARLY": lambda r: r.steps is not None and r.steps <= r.asked,
    "You make more steps than max_iters: make that many, or fewer if nothing moves.": (
        lambda r: r.steps is not None and r.steps >= r.asked
    ),
    "The number of your steps is not max_iters: make that many, or fewer if nothing moves.": (
        lambda r: r.steps is not None
    ),
}


def _same(got, expected):
    got, expected = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    return got.shape == expected.shape and np.allclose(got, expected, rtol=1e-5, atol=3e-6)


TOLERANCES = (0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 5e-4, 2e-4, 1e-4, 1e-5)
TINY = 1e-10


def _below(measure):
    """Rules to stop: a measure of the last step is below a tolerance, one for each tolerance."""
    return tuple(lambda *step, t=t: measure(*step) < t for t in TOLERANCES)


def _error(X, centroids, idx):
    return ((X - centroids[idx]) ** 2).sum()


# What a wrong rule to stop asks -> rule(old, new, idx, idx_new, X): is a step the last? If the first
# one fits, it is told, whatever else fits.
STOPS = {
    "small changes count as none for you (a tolerance, rounding before you compare, or a WCSS that falls "
    "by little)": (
        *(
            rule
            for measure in (
                lambda old, new, a, b, X: abs(new - old).max(),
                lambda old, new, a, b, X: abs(new - old).sum(),
                lambda old, new, a, b, X: abs(new - old).mean(),
                lambda old, new, a, b, X: np.linalg.norm(new - old),
                lambda old, new, a, b, X: np.linalg.norm(new - old, axis=1).max(),
                lambda old, new, a, b, X: np.linalg.norm(new - old, axis=1).mean(),
                lambda old, new, a, b, X: ((new - old) ** 2).sum(),
                lambda old, new, a, b, X: ((new - old) ** 2).mean(),
                lambda old, new, a, b, X: _error(X, old, a) - _error(X, new, b),
            )
            for rule in _below(measure)
        ),
        *(
            lambda old, new, a, b, X, d=d: np.array_equal(np.round(old, d), np.round(new, d))
            for d in range(6)
        ),
    ),
    "you compare with the size of the whole (a share of the WCSS, or a relative tolerance), and beside large "
    "numbers the moves seem small": tuple(
        rule
        for measure in (
            lambda old, new, a, b, X: 1 - _error(X, new, b) / (_error(X, old, a) + TINY),
            lambda old, new, a, b, X: abs(new - old).max() / (abs(old).max() + TINY),
            lambda old, new, a, b, X: np.linalg.norm(new - old) / (np.linalg.norm(old) + TINY),
            lambda old, new, a, b, X: (abs(new - old) / (abs(old) + TINY)).max(),
        )
        for rule in _below(measure)[3:]
    ),
    "you add up the moves with their signs (or compare sums), so those to lower values, or opposite ones, "
    "count as none": (
        lambda old, new, a, b, X: (new - old).sum() < TINY,
        lambda old, new, a, b, X: abs((new - old).sum()) < TINY,
        *_below(lambda old, new, a, b, X: (new - old).sum()),
        *_below(lambda old, new, a, b, X: abs((new - old).sum())),
    ),
    "you look for the largest move with its sign, so that moves to lower values count as none": (
        lambda old, new, a, b, X: (new - old).max() < TINY,
        *_below(lambda old, new, a, b, X: (new - old).max()),
    ),
    "one color that stays is enough for you, and the others may still move": (
        lambda old, new, a, b, X: np.isclose(old, new, atol=TINY).all(axis=1).any(),
        lambda old, new, a, b, X: (old == new).all(axis=1).any(),
    ),
    "one number that stays is enough for you, and the others may still change": (
        lambda old, new, a, b, X: np.isclose(old, new, rtol=0, atol=TINY).any(),
        lambda old, new, a, b, X: (old == new).any(),
    ),
    "you ask about the first color only": lambda old, new, a, b, X: np.allclose(old[0], new[0]),
    "you ask about the last color only": lambda old, new, a, b, X: np.allclose(old[-1], new[-1]),
    "you ask about the first channel only": lambda old, new, a, b, X: np.allclose(
        old[:, 0], new[:, 0]
    ),
    "one pixel that keeps its number is enough for you": lambda old, new, a, b, X: (a == b).any(),
    "you ask about the first pixel only": lambda old, new, a, b, X: a[0] == b[0],
    "you compare how many pixels each color has, or add up the numbers in idx: other pixels can give the same": (
        lambda old, new, a, b, X: (
            np.bincount(a, minlength=9) == np.bincount(b, minlength=9)
        ).all(),
        lambda old, new, a, b, X: a.sum() == b.sum(),
    ),
    "you stop where only few pixels change their color": _below(
        lambda old, new, a, b, X: (a != b).mean()
    ),
}


def _which_stop(calls):
    """By which wrong rule a function stops, if one or two of them fit all its answers, in words."""
    for kept in (0, 1):  # the last move is kept, or it is not
        fits = []
        for words, rules in STOPS.items():
            for rule in rules if isinstance(rules, tuple) else (rules,):
                if all(_steps_by(rule, kept, *call) == call[1].steps for call in calls):
                    fits.append(words)
                    break
            if fits and words == next(iter(STOPS)):
                return words
        if fits:
            return " (or ".join(fits) + ")" * (len(fits) - 1) if len(fits) < 3 else None
    return None


def _steps_by(rule, kept, arguments, reading):
    """How many steps it takes until a rule says stop."""
    X, history = arguments[0], reading.history
    for m in range(1, reading.asked + 1):
        a, b = (codebook.find_closest_centroids(X, history[n]) for n in (m - 1, m))
        if rule(history[m - 1], history[m], a, b, X):
            return m - kept
    return reading.asked


def _why_zero(function, wrong, calls):
    loops, leaves = clues.loops(function), clues.leaves_a_loop(function)
    if loops and leaves:
        return (
            "The colors never move: you leave the loop before a move is kept. Is your question the wrong "
            "way around? Stop when nothing moves."
        )
    return "The colors never move: keep what compute_centroids returns."


def _why_one(function, wrong, calls):
    loops = clues.loops(function)
    inside = set().union(*loops)
    assigns = {"find_closest_centroids", "argmin", "pairwise_distances", "squared_distances"}
    if not loops:
        return "You make one step, whatever max_iters is: repeat both steps in a loop."
    if inside & assigns and "initial_centroids" not in inside and clues.leaves_a_loop(function):
        return (
            "You stop after one step, for two things stay equal that should not. Are the old centroids "
            "overwritten before you compare, or only a second name for the new ones (old = centroids copies "
            "nothing; .copy() does)? Or do the new ones never take the place of the old?"
        )
    return (
        "You make one step, whatever max_iters is: repeat both steps in the loop, to assign and to move, "
        "and go on from where the last step ended, not from initial_centroids or the first idx."
    )


def _why_early(function, wrong, calls):
    if all("one color" in case.tags for case in wrong):
        return (
            "With a single color (K = 1) you stop before the first move: do you compare with an idx full "
            "of zeros, to begin with? Here that is the real one, and nothing seems to change."
        )
    words = _which_stop(calls)
    if words:
        return f"You stop while something still moves: {words}. Go on until nothing moves at all."
    return (
        "You stop while something still moves, if only a little (a tolerance, a WCSS that falls slowly, one "
        "number or one color of several that stays, sums or sizes of groups that agree?): go on until "
        "nothing moves at all, or max_iters is reached."
    )


WHY = {"ZERO": _why_zero, "ONE": _why_one, "EARLY": _why_early}


def _read(case, got):
    X, start, limit = case.arguments
    history = [np.array(start, dtype=float)]
    while len(history) < 30:
        idx = codebook.find_closest_centroids(X, history[-1])
        history.append(kmeans.compute_centroids(X, idx, len(start)))
        if np.allclose(history[-1], history[-2]):
            break
    end = len(history) - 2
    matching = [m for m, centroids in enumerate(history) if _same(got[0], centroids)]
    expected = case.expected[0]
    same_rows = np.shape(got[0]) == expected.shape and _same(
        _sorted_rows(np.asarray(got[0], dtype=float)), _sorted_rows(expected)
    )
    return _Reading(
        min(limit, end),
        limit,
        end,
        matching[0] if matching else None,
        _same(got[1], case.expected[1]),
        same_rows,
        history,
    )


def _explain_run(function, cases, trials):
    """How many steps were made, read off the centroids."""
    came_back = [(c, t.got) for c, t in zip(cases, trials, strict=True) if t.error is None]
    if not came_back or any(
        not isinstance(got, (tuple, list))
        or len(got) != 2
        or not all(isinstance(part, np.ndarray) and part.dtype.kind in "biuf" for part in got)
        for _, got in came_back
    ):
        return None
    words = (
        _about_a_scale(came_back)
        or _about_the_start(function, came_back)
        or _about_the_way(came_back)
        or _about_a_step(came_back)
    )
    tables = [(c.arguments, c.expected[0], got[0]) for c, got in came_back]
    tables = [call for call in tables if call[1].shape != call[2].shape]
    words = words or clues.another_size(EXERCISES["run_kmeans"], tables)
    if words:
        return words
    readings = [_read(case, got) for case, got in came_back]
    wrong = [c for (c, _), r in zip(came_back, readings, strict=True) if r.steps != r.asked]
    if len(readings) < len(cases) / 2 or all(r.steps == r.asked and r.right_idx for r in readings):
        return None
    wrong_order = any(r.permuted and r.steps is None for r in readings)
    for words, holds in READINGS.items():
        if "another order" in words and not wrong_order:
            continue
        if all(map(holds, readings)):
            calls = list(zip((c.arguments for c, _ in came_back), readings, strict=True))
            return WHY[words](function, wrong, calls) if words in WHY else words
    return None


def _about_a_step(answered):
    """Whether X, the start, or both went through a step before, in words."""
    if all(_same(got[0], case.expected[0]) for case, got in answered):
        return None
    for chosen, names in (
        ((0, 1), "X and initial_centroids"),
        ((0,), "X"),
        ((1,), "initial_centroids"),
    ):
        for words, step in clues.steps():
            with contextlib.suppress(ValueError, IndexError), np.errstate(all="ignore"):
                for case, got in answered:
                    given = [np.asarray(a, dtype=float) for a in case.arguments[:2]]
                    given = [step(a) if n in chosen else a for n, a in enumerate(given)]
                    if not _same(got[0], _lloyd(*given, case.arguments[2])[0]):
                        break
                else:
                    what = words.replace("WHAT", names)
                    return f"You {what} before you begin: take the values as they are."
    return None


def _no_shift(X, axis):
    return 0


# A scale that X gives to itself and to the start: what is subtracted, and by what it is divided.
_SCALES = tuple(
    (lambda X, a=axis, f=low: f(X, axis=a), lambda X, a=axis, f=size: f(X, axis=a))
    for axis in (0, None)
    for low, size in ((np.min, np.ptp), (_no_shift, np.max), (np.mean, np.std))
)


def _about_a_scale(answered):
    """Whether X and the start are brought to one scale, and perhaps back again, in words."""
    for low, size in _SCALES:
        for back in (False, True):
            for case, got in answered:
                X, start, n = case.arguments
                zero, one = low(X), size(X)
                one = np.where(one, one, 1)
                centroids = _lloyd((X - zero) / one, (start - zero) / one, n)[0]
                if not _same(got[0], centroids * one + zero if back else centroids):
                    break
            else:
                if all(_same(got[0], case.expected[0]) for case, got in answered):
                    continue
                kept = "" if back else ", and return the centroids in that scale"
                return (
                    "You bring X and initial_centroids to another scale before you begin (by the range, the "
                    f"largest value or the spread of X){kept}: take the values as they are."
                )
    return None


def _about_the_way(answered):
    return way_gone(
        (case.arguments[1], case.expected[0], got[0])
        for case, got in answered
        if "one step" in case.tags
    )


def way_gone(steps):
    """Whether the centroids go a part of the way only, or too far, in words.

    Parameters
    ----------
    steps : iterable of (start, expected, got)

    Returns
    -------
    str or None
    """
    parts = []
    for start, expected, got in steps:
        way = expected - start
        if np.shape(got) == start.shape and way.any():
            part = ((got - start) * way).sum() / (way**2).sum()
            parts.append(part if _same(got, start + part * way) else 0)
    if not parts or parts[0] < 0.001 or not np.allclose(parts, parts[0], rtol=1e-3):
        return None
    if abs(parts[0] - 1) < 0.001:
        return None
    part = "half" if round(parts[0], 2) == 0.5 else f"{parts[0]:.3g}"
    return f"You move each centroid {part} of the way to the mean, not all of it and no more: go to the new place."


def _about_the_start(function, answered):
    """Whether it makes no difference with which centroids the function begins, in words."""
    case, got = max(answered, key=lambda pair: len(pair[0].arguments[0]))
    again = try_all(function, [case.arguments] * 8)
    if any(t.error is None and not _same(t.got[0], got[0]) for t in again):
        return (
            "The same call gives another result each time: there is no chance in K-means once the start is "
            "given. Begin with initial_centroids."
        )
    for (a, got), (b, other) in combinations(answered, 2):
        (X, start, n), (Y, another, m) = a.arguments, b.arguments
        alike = np.array_equal(X, Y) and n == m and start.shape == another.shape
        if alike and _same(got[0], other[0]) and not _same(a.expected[0], b.expected[0]):
            return (
                "It makes no difference which initial_centroids you are given: do you draw a start of "
                "your own? Begin with these."
            )
    return None


# --- The exercises, in the order of the lessons --------------------------------------------


def _of_choices(formula, choices):
    """Wrong functions by the dozen: a formula of which one choice, or two, are wrong."""

    def build(*parts):
        return lambda *arguments: formula(*arguments, *parts)

    return lambda: mistakes(build, *choices.values())


EXERCISES = {
    "find_closest_centroids": Exercise(
        codebook.find_closest_centroids,
        ("X", "centroids"),
        "Step one: assign",
        _closest_cases,
        "ties, near ties, 1, 2, 3 and 5 channels, more colors than pixels, one color, 301 colors, far "
        "colors, whole numbers, float32, "
        f"{LONG:,} rows",
        {
            "You return the colors; it should be their numbers.": (
                lambda X, C: C[sq(X, C).argmin(axis=1)]
            ),
            "You weigh the channels, as for a gray; in a distance all count the same.": tuple(
                lambda X, C, p=power: sq(
                    *(a * np.power(GRAY, p) if a.shape[1] == 3 else a for a in (X, C))
                ).argmin(axis=1)
                for power in (0.5, 1)
            ),
            **{
                words: tuple(lambda X, C, m=metric: m(X, C).argmin(axis=1) for metric in metrics)
                for words, metrics in SCALED.items()
            },
            "Each row of X meets one row of centroids only; each pixel has to meet every color.": (
                lambda X, C: ((X - C) ** 2).sum(axis=1).argmin()
            ),
        },
        mistakes=_of_choices(_closest, CLOSEST),
        meaning="one number for each pixel",
        judge=_judge_closest,
        axes=("pixel",),
        whole=True,
        explain=_explained(_explain_blocks, _explain_numbers),
    ),
    "compute_centroids": Exercise(
        kmeans.compute_centroids,
        ("X", "idx", "K"),
        "Step two: move",
        lambda: cases(
            kmeans.compute_centroids,
            [(t, _centroid_tags(*t)) for t in _groups()],
        ),
        "1, 2, 3 and 5 channels, K = 1, numbers in any order, clusters without pixels, black "
        "pixels, whole numbers, float32",
        mistakes=_of_choices(_centroids, CENTROIDS),
        meaning="one row for each color, one column for each channel",
        judge=_judge_centroids,
        explain=_explained(_explain_groups),
        axes=("color", "channel"),
        sections={"empty": "A color that nobody wants"},
    ),
    "wcss": Exercise(
        kmeans.wcss,
        ("X", "centroids", "idx"),
        "Is it getting better?",
        _wcss_cases,
        "1, 2, 3 and 5 channels, K = 1, numbers in any order, centroids that are no means, clusters "
        "without pixels",
        {
            "You take the absolute value of the sum; square each difference before you add.": (
                lambda X, C, idx: abs((X - C[idx]).sum())
            ),
            "You add the differences of a group before you square them, and they cancel: square each "
            "one first, then add.": (
                lambda X, C, idx: sum((_gaps(X, C, idx, k) ** 2).sum() for k in range(len(C))),
                lambda X, C, idx: sum(_gaps(X, C, idx, k).sum() ** 2 for k in range(len(C))),
                lambda X, C, idx: ((X - C[idx]).sum(axis=0) ** 2).sum(),
            ),
            "You add the distances and square the sum; square each distance before you add.": (
                lambda X, C, idx: np.sqrt(((X - C[idx]) ** 2).sum(axis=1)).sum() ** 2
            ),
        },
        mistakes=_of_choices(_squared_sum, WCSS),
        meaning="one number",
        explain=_explained(_about_a_constant, _explain_sum),
    ),
    "kmeans_init_centroids": Exercise(
        kmeans.kmeans_init_centroids,
        ("X", "K", "rng"),
        "A random start",
        _start_cases,
        "equal pixels, as many colors as pixels, nearly equal colors, colors that share values, one "
        "color, 1, 2, 3 and 5 channels, 60 seeds",
        {},
        "K rows of X",
        judge=_judge_start,
        rule=_random_as_asked,
        explain=_explained(_explain_start, endless=(_explain_start,)),
    ),
    "run_kmeans": Exercise(
        kmeans.run_kmeans,
        ("X", "initial_centroids", "max_iters"),
        "Assign, move, repeat",
        _run_cases,
        "1, 2, 3 and many steps, small ones, some that cancel, K = 1, 1, 2 and 3 channels, whole "
        "numbers, a start that is the end, a start with a lost color",
        RUN,
        "centroids, idx",
        judge=_judge_run,
        rule=_run_never_loses_a_color,
        explain=_explained(_explain_run),
        sections={"empty": "A color that nobody wants"},
    ),
    "psnr": Exercise(
        compression.psnr,
        ("a", "b"),
        "Decibels",
        lambda: cases(compression.psnr, _unequal_pairs()),
        "one pixel, wide, tall and square pictures, equal ones, nearly equal ones, black against "
        "white, float32",
        {
            "You return the root of the MSE; put the MSE on the scale of decibels.": (
                lambda a, b: np.sqrt(((a - b) ** 2).mean())
            ),
            "Your condition is the other way around: inf belongs to equal pictures only.": (
                lambda a, b: math.inf
            ),
        },
        mistakes=_of_choices(_decibels, PSNR),
        meaning="one number for two pictures",
        rule=_equal_pictures_have_no_error,
        explain=_explained(_about_a_constant, _explain_decibels),
    ),
}
