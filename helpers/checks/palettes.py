"""The functions that lesson 07 asks for: `kmeans_plus_plus` and `dither`."""

import math
import re

import numpy as np

from helpers import codebook, kmeans
from helpers.checks import clues
from helpers.checks.cases import (
    Exercise,
    cases,
    l1,
    mistakes,
    picture,
    picture_tags,
    pixel_tags,
    sq,
)
from helpers.checks.clustering import what_rows
from helpers.checks.compare import Problem, kind_difference
from helpers.checks.report import show
from helpers.checks.trial import OutOfTime, page_variables_used, try_all

# What an error says -> what it means here. The first that fits is told.
ERRORS = {
    "do not sum to 1": (
        "The chances are not normalized: together they have to be 1. Divide the squared distances by "
        "their sum, and round nothing."
    ),
    "zero-size array": (
        "Distances are measured before any color is drawn: the first color comes first, and the loop goes on with "
        "the second."
    ),
    "float64' object cannot be interpreted": (
        "A decimal number stands where a whole one belongs: rng.choice takes the chances by their name, p=, and "
        "its second argument is how many are drawn."
    ),
    "not non-negative": "A chance can't be negative: square the differences before you add them.",
    "probabilities contain nan": (
        "Some chances are no numbers (nan). Is something divided by a sum that is 0, or are distances "
        "measured to centroids that have not been drawn yet?"
    ),
    "must have same size": (
        "There has to be one chance for each row of X: p needs shape (len(X),), a distance to the "
        "nearest of the centroids drawn so far."
    ),
    "p must be 1-dimensional": (
        "p has two axes; there has to be one chance for each row of X. With K distances for each row, "
        "take the smallest: .min(axis=1)."
    ),
    "larger sample than population": (
        "You draw more rows than there are: draw one row at a time, K of them in all."
    ),
    "fewer non-zero entries": (
        "You draw all the others at once; draw one at a time: each new centroid changes the chances."
    ),
    "Generator' object is not callable": (
        "rng is no function; call one of its methods: rng.integers, rng.choice."
    ),
    "Generator' object has no attribute": (
        "A generator has names of its own: rng.integers, rng.choice, rng.random."
    ),
}


def _about_errors(trials):
    """What the errors of a function mean here, in words."""
    messages = [str(trial.error) for trial in trials if trial.error is not None]
    for text, words in ERRORS.items():
        if any(text.lower() in message.lower() for message in messages):
            return words
    return None


# --- kmeans_plus_plus ----------------------------------------------------------------------


def _start_cases():
    """Rows that are all different, then as many colors as rows: who draws twice is caught."""
    calls = []
    for n, k, d in ((6, 2, 2), (7, 3, 3), (6, 1, 5), (5, 4, 1), (4, 4, 2), (9, 9, 3), (12, 12, 3)):
        X = np.round((np.random.default_rng(n).permutation(n * d) + 1) / (n * d + 1), 2)
        X = X.reshape(n, d)
        calls.append(((X, k, np.random.default_rng(n)), pixel_tags(X, k)))
    whole = np.array([[0, 0], [3, 1], [9, 4], [2, 7]])
    for X in (calls[1][0][0].astype(np.float32), whole):
        calls.append(((X, 3, np.random.default_rng(3)), pixel_tags(X, 3)))
    return cases(kmeans.kmeans_plus_plus, calls)


def _judge_start(case, got, call):
    """Any K different rows of X may be right; the chances are looked at by the rule."""
    (X, K, _), (N, d) = case.arguments, case.arguments[0].shape
    given = f"It was called with {call}\nyou return: {show(got)}"
    if isinstance(got, np.ndarray) and got.dtype.kind in "iu" and X.dtype.kind == "f":
        if got.ndim == 1 and (0 <= got).all() and (got < len(X)).all():
            return Problem("type", f"These are row numbers; look them up: X[rows].\n{given}")
        return Problem(
            "type", f"The decimals are gone: your array holds integers, and X does not.\n{given}"
        )
    rows = len(got) - K if isinstance(got, np.ndarray) and got.ndim == 2 else 0
    if rows:
        many = "one color too many" if rows == 1 else f"{len(got)} colors, and K is {K}"
        many = "one color too few" if rows == -1 else many
        return Problem(
            "type",
            f"You draw {many}: the first color counts, and K − 1 are drawn after it.\n{given}",
        )
    problem = kind_difference(np.empty((K, X.shape[1])), got, call, "K rows of X")
    if K == 1 and np.shape(got) == X.shape[1:]:
        return Problem(
            "type",
            f"With a single color (K = 1) you return a bare row, shape {got.shape}; it should be a table of "
            f"one row, {(1, *got.shape)}.\n{given}",
        )
    if problem:
        return Problem("type", problem.words)
    got = np.asarray(got, dtype=float)
    if (
        d > 1
        and (np.ptp(got, axis=1) == 0).any()
        and np.isin(got[np.ptp(got, axis=1) == 0], range(1, N)).all()
    ):
        return Problem(
            "type",
            f"A number of a row stands in all channels, where the row itself belongs: X[number].\n{given}",
        )
    if not all(np.isclose(X, row, rtol=1e-6, atol=1e-6).all(axis=1).any() for row in got):
        return Problem("type", f"{what_rows(X, got)}\n{given}")
    if len(np.unique(np.round(got, 6), axis=0)) < K:
        return Problem("value", f"A color is drawn twice.\n{given}")
    return None


# Six pixels and how often they are drawn: near and far ones, so that every rule shows.
SIX = np.array([[0.0, 0.1], [0.1, 0.0], [0.3, 0.2], [0.5, 0.9], [0.8, 0.4], [1.0, 0.8]])
SEEDS = 400
CERTAIN = math.log(1e7)  # so many times as likely as the right rule makes a wrong one certain
FITS, NEVER = 60, 110  # `_misfit` of a rule that may be followed, and of one that is not


def _nearest(squared):
    return squared.min(axis=1)


def _share(weights):
    """Weights as chances; where all are 0, every row has the same."""
    total = weights.sum()
    return weights / total if total > 0 else np.full(len(weights), 1 / len(weights))


def _farthest(squared):
    return (np.arange(len(squared)) == squared.min(axis=1).argmax()).astype(float)


def _not_drawn(squared):
    return (squared.min(axis=1) > 0).astype(float)


def _each_way(*readings):
    """Readings of the distances: squared or not, and with rows drawn already left out or not."""
    ways = [lambda squared, read=read: np.sqrt(read(squared)) for read in readings]
    ways = [*readings, *ways]
    return *ways, *(lambda squared, w=way: w(squared) * _not_drawn(squared) for way in ways)


def _wheel(parts, rest=-1, length=1):
    """A wheel of length 1 for parts that add up to something else; one row gets the rest."""
    chances = np.diff(np.minimum(np.cumsum(parts), length), prepend=0)
    chances[rest] += length - chances.sum()
    return chances


def _best_of(tries, chances, worth):
    """The chances of the row of the largest worth among some drawn with these chances."""

    def best(squared):
        order = np.argsort(worth(squared))
        ends = np.cumsum(_share(chances(squared))[order]) ** tries
        return np.diff(ends, prepend=0)[order.argsort()]

    return best


def _gain(squared):
    """What is left of all distances if a row is drawn, with its sign turned."""
    return -np.minimum(_nearest(squared)[:, None], sq(SIX, SIX)).sum(axis=0)


def _to_the_mean(squared):
    drawn = SIX[squared.argmin(axis=0)]
    return ((SIX - drawn.mean(axis=0)) ** 2).sum(axis=1)


# How rows may be drawn -> weights from the squared distances of all rows to those drawn
# so far, shape (N, drawn), in their order; the first is the right rule.
RULES = {
    "": _nearest,
    "The chance has to grow with the squared distance; you take the distance itself.": (
        lambda squared: np.sqrt(_nearest(squared))
    ),
    "The distances are squared twice; the chance goes with the square of the distance, once.": (
        lambda squared: _nearest(squared) ** 2
    ),
    "You take the farthest row each time; it has to be drawn at random, with a chance that grows with "
    "its squared distance. (A single odd pixel is far from everything.)": _farthest,
    "You draw from all rows alike; the chance has to grow with the squared distance to the nearest "
    "color drawn so far.": (lambda squared: np.ones(len(squared))),
    "You draw from all rows that are left alike; the chance has to grow with the squared distance to "
    "the nearest color drawn so far.": _not_drawn,
    "You measure the distance to the last color only, and forget the earlier ones; it is the nearest of "
    "all the colors drawn so far that counts.": (*_each_way(lambda squared: squared[:, -1]),),
    "You measure the distance to the first color only; it is the nearest of all the colors drawn so "
    "far that counts: bring the chances up to date after each draw.": (
        *_each_way(lambda squared: squared[:, 0]),
    ),
    "You add up the distances to all the colors drawn so far (or take their mean); it is the nearest "
    "of them that counts: take the smallest.": (
        *_each_way(
            lambda squared: squared.sum(axis=1), lambda squared: np.sqrt(squared).sum(axis=1) ** 2
        ),
    ),
    "You take the distance to the farthest of the colors drawn so far; it is the nearest that counts: "
    "take the smallest.": _each_way(lambda squared: squared.max(axis=1)),
    "You multiply the distances to all the colors drawn so far; it is the nearest of them that counts: "
    "take the smallest.": (lambda squared: squared.prod(axis=1), lambda s: np.sqrt(s.prod(axis=1))),
    "You measure the distance to the mean of the colors drawn so far; measure to each of them, and take "
    "the smallest.": _each_way(_to_the_mean),
    "Your chances don't add up to 1, as it seems, while your random number goes from 0 to 1: rows at the "
    "beginning (or the last one) come too often. Divide the squared distances by their sum.": (
        *(
            lambda squared, power=power, rest=rest: _wheel(_nearest(squared) ** power, rest)
            for power in (1, 0.5)
            for rest in (-1, 0)
        ),
        lambda squared: _wheel(_nearest(squared), length=_nearest(squared).max()),
    ),
    "You compare the random number with each chance by itself; it has to be compared with their running "
    "sums (np.cumsum), or left to rng.choice.": lambda squared: _wheel(
        np.diff(np.maximum.accumulate(_share(_nearest(squared))), prepend=0), rest=0
    ),
    "A row that is drawn already has a chance with you, as if something were added to the distances: they are "
    "the squared distances, and 0 stays 0.": tuple(
        lambda squared, more=more: _nearest(squared) + more for more in (0.01, 0.1, 0.5, 1)
    ),
    "You draw several rows each time, as it seems, and keep the best of them, so some rows come more often "
    "than their chance: draw a single one.": tuple(
        _best_of(tries, chances, worth)
        for tries in (2, 3, 4, 5, 10)
        for chances in (_nearest, lambda squared: np.ones(len(squared)))
        for worth in (_gain, _nearest)
    ),
    "The chances belong to other rows than those that you take: is a row number one too large or too "
    "small?": (
        lambda squared: np.roll(_nearest(squared), 1),
        lambda squared: np.roll(_nearest(squared), -1),
    ),
    "You prefer rows that are near to those drawn already; the chance has to grow with the squared "
    "distance.": (
        lambda squared: _not_drawn(squared) / (_nearest(squared) + 1e-300),
        lambda squared: _not_drawn(squared) / (np.sqrt(_nearest(squared)) + 1e-300),
        lambda squared: _nearest(squared).max() - _nearest(squared),
        lambda squared: _nearest(squared).sum() - _nearest(squared),
        lambda squared: np.exp(-_nearest(squared)),
    ),
    "You measure to colors that have not been drawn yet, the rows of the result that are still 0 (black): "
    "only those drawn so far count.": lambda squared: np.minimum(
        _nearest(squared), (SIX**2).sum(axis=1)
    ),
    "The chances have another rule (exp, or a logarithm?): they are the squared distances themselves, "
    "divided by their sum.": (
        lambda squared: np.exp(_nearest(squared)),
        lambda squared: np.exp(np.sqrt(_nearest(squared))),
        lambda squared: np.log1p(_nearest(squared)),
    ),
    "You draw only among the farther rows; every row has a chance, and it grows with the squared "
    "distance.": (
        lambda squared: _nearest(squared) * (_nearest(squared) > np.median(_nearest(squared))),
        lambda squared: _nearest(squared) * (_nearest(squared) > np.mean(_nearest(squared))),
        *(
            lambda squared, n=n, p=p: (
                _nearest(squared) ** p * (_nearest(squared) >= np.sort(_nearest(squared))[-n])
            )
            for n in (2, 3)
            for p in (0, 1)
        ),
    ),
}


def _log_likelihood(draws, weigh):
    """How likely these draws are if the second and the third row follow a rule.

    A draw that the rule excludes counts as one in 10,000.
    """
    squared, total = sq(SIX, SIX), 0.0
    chances = {}
    for rows in draws:
        for number in (1, 2):
            drawn = rows[:number]
            if drawn not in chances:
                chances[drawn] = _share(weigh(squared[:, drawn]))
            total += math.log(max(chances[drawn][rows[number]], 1e-4))
    return total


def _about_draws(function):
    """What many draws of three of six rows give away, in words."""
    seeds = [seed for seed in range(SEEDS)] + [0, 1, 2, 3]
    trials = try_all(function, [(SIX, 3, np.random.default_rng(seed)) for seed in seeds])
    if len(trials) < len(seeds) or any(trial.error for trial in trials):
        return "Your function fails, or takes very long, when it is called many times."
    results = [np.asarray(trial.got, dtype=float) for trial in trials]
    if any(result.shape != (3, 2) for result in results):
        return None
    draws = [tuple(int(abs(SIX - row).sum(axis=1).argmin()) for row in r) for r in results]
    words = _about_repeating(draws, results)
    used = page_variables_used(function)
    if words and used:
        return (
            f"Your function uses {' and '.join(used)} from the page around it; all that it needs has "
            f"to come in through its parameters (X, K, rng).\n{words}"
        )
    return words or _about_first(draws) or _about_chances(draws) or _about_distance(function)


# Three pixels as far from the first one as each other, and how far they are by other distances.
ROUND = 0.5 + np.array([[0] * 5, [0.4] * 5, [0.9, 0, 0, 0, 0], [0.4, -0.4, 0.4, -0.4, 0.4]])
DISTANCES_OF_ROUND = {
    "": lambda gaps: (gaps**2).sum(axis=1),
    "You add up absolute differences; the distance squares each of them before they are added.": (
        lambda gaps: abs(gaps).sum(axis=1) ** 2
    ),
    "You compare brightness, or sums of channels; the distance squares the difference of each channel.": (
        lambda gaps: gaps.sum(axis=1) ** 2
    ),
    "You take the largest difference of a channel; add up the squares of all.": (
        lambda gaps: abs(gaps).max(axis=1) ** 2
    ),
    "You compare the first channel only; add up the squares of all.": lambda gaps: gaps[:, 0] ** 2,
    "You compare the first three channels only; add up the squares of all.": (
        lambda gaps: (gaps[:, :3] ** 2).sum(axis=1)
    ),
}


def _about_distance(function):
    """Whether another distance makes the chances, in words."""
    trials = try_all(function, [(ROUND, 2, np.random.default_rng(seed)) for seed in range(SEEDS)])
    draws = [[int(sq(row[None], ROUND).argmin()) for row in trial.got] for trial in trials]
    counts = np.zeros((4, 4))
    np.add.at(counts, tuple(np.transpose(draws)), 1)
    misfits = {}
    for words, distance in DISTANCES_OF_ROUND.items():
        chances = np.array([_share(distance(ROUND - row)) for row in ROUND])
        expected = np.maximum(counts.sum(axis=1, keepdims=True) * chances, 0.1)
        misfits[words] = ((counts - expected) ** 2 / expected).sum()
    if misfits[""] < 55:  # 8 degrees of freedom
        return None
    words = min(misfits, key=misfits.get)
    return (
        f"{words or 'The distance is another one: add up the squared differences of all channels.'}\n"
        f"For X = {show(ROUND)}, K = 2, after row 0 the others are equally likely, nearly; yours came "
        f"{counts[0, 1:].astype(int).tolist()} times."
    )


def _about_repeating(draws, results):
    """Whether all of the chance comes from rng, in words."""
    if len(set(draws)) == 1:
        return (
            "Your colors are the same for every rng: draw them with the rng that you are given, and "
            f"set no seed inside the function.\nFor seeds 0, 1, 2 you return each time: {show(results[0])}"
        )
    for seed, again in enumerate(draws[SEEDS:]):
        if again != draws[seed]:
            return (
                "Your colors are not repeatable: two generators with the same seed have to give the "
                "same colors, so all of the chance has to come from rng, and none from np.random or a "
                f"generator of your own.\nFor seed {seed} you return {show(results[seed])}, and then "
                f"{show(results[SEEDS + seed])}"
            )
    return None


def _about_first(draws):
    """Whether the first row is any row with the same chance, in words."""
    counts = np.bincount([rows[0] for rows in draws[:SEEDS]], minlength=len(SIX))
    tried = f"X has six rows, K = 3, and {SEEDS} seeds were tried."
    if counts.max() == SEEDS:
        return (
            f"The first color is always row {counts.argmax()} of X; it has to be drawn at random, too."
            f"\n{tried}"
        )
    backward = [rows[::-1] for rows in draws]
    if _misfit(draws, _nearest) > 3 * NEVER and _misfit(backward, _nearest) < FITS:
        return (
            "Your colors come back in the wrong order: the one that was drawn first, with the same chance for "
            f"every row, has to be the first.\n{tried}"
        )
    pairs = {pair for rows in draws for pair in zip(rows, rows[1:], strict=False)}
    if (
        len(pairs) > 9 and sum(pair[::-1] in pairs for pair in pairs) <= 2
    ):  # of two rows, sums agree
        return (
            "Your colors come sorted, or in the order of X: hand them back in the order in which they are "
            f"drawn, the one that came first at the top.\n{tried}"
        )
    if not counts.all():
        return (
            f"Row {counts.argmin()} of X never comes first: for the first color, every row has to have "
            f"the same chance. (rng.integers(n) goes from 0 to n − 1.)\n{tried}"
        )
    expected = SEEDS / len(SIX)
    # 6 rows have 5 degrees of freedom: above 40, once in 6 million.
    if ((counts - expected) ** 2 / expected).sum() > 40:
        return (
            "For the first color, every row has to have the same chance; yours came first "
            f"{', '.join(map(str, counts))} times.\n{tried}"
        )
    return None


def _about_chances(draws):
    """Which rule the second and the third row follow, in words; None for the right one."""
    scores = [
        (_log_likelihood(draws[:SEEDS], weigh), weigh, words)
        for words, some in RULES.items()
        for weigh in (some if isinstance(some, tuple) else (some,))
    ]
    right, weigh_right, _ = scores[0]
    best, weigh, words = max(scores, key=lambda score: score[0])
    named = best > right + CERTAIN and _misfit(draws[:SEEDS], weigh) < FITS
    named = named and _third_fits(draws[:SEEDS], weigh)
    if not named and best <= right + CERTAIN and _misfit(draws[:SEEDS], weigh_right) < NEVER:
        return None
    general = (
        "The colors after the first are not drawn as often as they should be: the chance has to be the "
        "squared distance to the nearest color drawn so far, divided by the sum."
    )
    return f"{words if named else general}\n{_first_surprise(draws)}"


def _misfit(draws, weigh):
    """How badly a rule fits the draws of the second row: the G statistic.

    It is about 20, for a rule that is followed; each of the six first rows has 4 degrees
    of freedom.
    """
    squared = sq(SIX, SIX)
    table = np.zeros((len(SIX), len(SIX)))
    for rows in draws:
        table[rows[0], rows[1]] += 1
    chances = np.array([_share(weigh(squared[:, [first]])) for first in range(len(SIX))])
    expected = np.maximum(table.sum(axis=1, keepdims=True) * chances, 1e-3)
    seen = table > 0
    return 2 * (table[seen] * np.log(table[seen] / expected[seen])).sum()


def _third_fits(draws, weigh):
    """Whether the third rows, too, come about as often as a rule says, likely and rare ones."""
    squared = sq(SIX, SIX)
    chances = np.array([_share(weigh(squared[:, rows[:2]])) for rows in draws])
    logs, third = np.log(np.maximum(chances, 1e-4)), np.array([rows[2] for rows in draws])
    mean = (chances * logs).sum(axis=1)
    spread = np.sqrt(((chances * logs**2).sum(axis=1) - mean**2).clip(min=0).sum()) + 0.5
    surprise = logs[np.arange(len(draws)), third].sum() - mean.sum()
    off = np.bincount(third, minlength=len(SIX)) - chances.sum(axis=0)
    far = abs(off) / np.sqrt((chances * (1 - chances)).sum(axis=0) + 0.5)
    return abs(surprise) < 6 * spread and far.max() < 6


def _first_surprise(draws):
    """How often each row follows the first most frequent row, and how often it should."""
    counts = np.bincount([rows[0] for rows in draws[:SEEDS]], minlength=len(SIX))
    first = int(counts.argmax())
    seconds = np.bincount(
        [rows[1] for rows in draws[:SEEDS] if rows[0] == first], minlength=len(SIX)
    )
    chances = _share(sq(SIX, SIX)[:, first])
    return (
        f"X = {show(SIX)}, K = 3: after row {first}, the rows 0 to 5 should come next with the chances "
        f"{show(chances, 2)}; of {counts[first]} times, yours came {seconds.tolist()} times."
    )


def _random_as_asked(function):
    """A rule for functions that draw K different rows of X: are they drawn as asked?"""
    return _about_draws(function) or _about_equal_colors(function)


def _about_equal_colors(function):
    """Whether two of the colors drawn are the same where many rows are, in words."""
    X = np.array([[1.0, 1.0, 1.0]] * 3 + [[0.8, 0.0, 0.0]])
    for trial in try_all(function, [(X, 2, np.random.default_rng(seed)) for seed in range(12)]):
        call = f"It was called with X = {show(X)}, K = 2"
        if trial.error is not None:
            return (
                "It fails where rows of X are equal: "
                f"{type(trial.error).__name__}: {trial.error}\nThe line is: {trial.line}\n{call}."
            )
        got = np.asarray(trial.got)
        if got.shape != (2, 3):
            return (
                f"Where rows of X are equal, your result has shape {got.shape}; it should be K rows, "
                f"(2, 3).\n{call}\nyou return: {show(got)}"
            )
        if (got[0] == got[1]).all():
            return (
                "Where rows of X are equal, you draw the same color twice: a row whose color is drawn "
                f"already has distance 0, and so no chance.\n{call}\nyou return: {show(got)}"
            )
    X = np.array([[1.0, 1.0, 1.0]] * 7 + [[0.8, 0.0, 0.0]])
    trials = try_all(function, [(X, 1, np.random.default_rng(seed)) for seed in range(100)])
    rare = sum(bool((np.asarray(trial.got) != 1).any()) for trial in trials)
    if not rare:
        return "For K = 1 the same row comes each time: draw it at random, too."
    if rare > 31:  # one of eight is 12 or 13 of them, more or less
        return (
            "Equal rows count only once with you (np.unique?), and every row of X has a chance of its own: "
            "a color that many pixels have comes first more often.\nFor X of seven white rows and a red "
            f"one, and K = 1, red comes {rare} times out of 100."
        )
    return None


def _explain_start(function, cases, trials):
    """What the errors give away, or the draws where a color comes twice."""
    if isinstance(trials[-1].error, OutOfTime):
        return None
    if any(trial.error is not None for trial in trials):
        return _about_errors(trials)
    return _about_draws(function) or (
        "A row that is drawn already has to have the chance 0: its distance to the nearest of the "
        "colors drawn so far is 0."
    )


# --- dither --------------------------------------------------------------------------------


BLACK_WHITE = codebook.CUBE_CORNERS[[0, 7]]
GRAYS = np.array([[0.1] * 3, [0.45] * 3, [0.95] * 3])
FEW = np.array(
    [[0.1, 0.2, 0.7], [0.9, 0.7, 0.2], [0.3, 0.9, 0.4], [0.8, 0.1, 0.6], [0.5, 0.5, 0.5]]
)


def _on_the_brink():
    """A row in which every value, with its error, is just beside the middle of two grays."""
    grays, values, error = np.array([0.12371, 0.45719, 0.94833]), [], 0.0
    for n in range(24):
        wanted = (grays[:-1] + grays[1:])[n % 2] / 2 + (1e-5 if n % 3 else -1e-5)
        values.append(wanted - error)
        error = 7 / 16 * (wanted - grays[abs(grays - wanted).argmin()])
    return np.repeat(values, 3).reshape(1, -1, 3), np.repeat(grays, 3).reshape(-1, 3)


def _dither_cases():
    """Pictures on which no choice is close, smallest first; a tie; whole numbers; float32."""
    gray = np.full((1, 1, 3), 0.5)
    ramp = np.linspace(0.1, 0.9, 6).round(2)[None, :, None] * np.ones(3)
    calls = [
        ((picture(1, 2), BLACK_WHITE), picture_tags(picture(1, 2))),
        ((gray, BLACK_WHITE[::-1]), picture_tags(gray) | {"tie"}),
        ((ramp, BLACK_WHITE), picture_tags(ramp)),
        ((ramp.transpose(1, 0, 2), BLACK_WHITE), picture_tags(ramp.transpose(1, 0, 2))),
    ]
    for height, width, seed, colors in (
        (2, 2, 1, GRAYS),
        (2, 3, 2, BLACK_WHITE),
        (3, 2, 9, FEW),
        (3, 3, 8, codebook.CUBE_CORNERS),
        (3, 5, 16, FEW),
        (6, 4, 6, codebook.CUBE_CORNERS),
        (5, 7, 5, FEW),
        (8, 9, 244, FEW),
    ):
        image = picture(height, width, seed)
        calls.append(((image, colors), picture_tags(image)))
    bright = 0.8 + picture(4, 5, 31) / 5  # brighter than any color: the error piles up
    calls.append(((bright, 0.7 * FEW), picture_tags(bright)))
    single = picture(2, 4, 9)
    calls.append(((single, GRAYS[1:2]), picture_tags(single) | {"one color"}))
    calls.append((_on_the_brink(), {"one row"}))
    narrow = picture(3, 4, 10).astype(np.float32)
    calls.append(((narrow, FEW), picture_tags(narrow)))
    whole = np.indices((3, 4)).sum(axis=0)[:, :, None] * np.array([1, 0, 1]) % 2
    calls.append(((whole, FEW), picture_tags(whole)))
    return cases(codebook.dither, calls)


def _steinberg(mirrored=False):
    return [(d, -r if mirrored else r, s / 16) for d, r, s in codebook.FLOYD_STEINBERG]


def _recipe(*shares):
    """Shares by place: right, below left, below, below right."""
    return [
        (d, r, s)
        for (d, r, _), s in zip(codebook.FLOYD_STEINBERG, shares, strict=True)
        if s is not None
    ]


def _fractions(whole, first, *below):
    """Shares of one of the many recipes: to the right, and rows of five below."""
    rows = ["00" + first, *below]
    return [
        (d, r - 2, int(s) / whole)
        for d, row in enumerate(rows)
        for r, s in enumerate(row)
        if s > "0"
    ]


SHARES = {
    "right": _steinberg(),
    "Your result is that of quantize: no error reaches the neighbors in time. Is it added to them, is "
    "their color chosen for the value with the error in it, and is the error measured before the pixel "
    "is painted over (keep a copy of its value)? (And mind that 7 // 16 is 0.)": [],
    "All of the error goes to the right neighbor; it is shared out among four: 7/16 to the right, "
    "3/16 below left, 5/16 below, 1/16 below right.": _recipe(1, None, None, None),
    "All of the error goes to the pixel below; it is shared out among four: 7/16 to the right, "
    "3/16 below left, 5/16 below, 1/16 below right.": _recipe(None, None, 1, None),
    "The right neighbor gets 7/16, and nobody gets the other nine: three pixels of the row below "
    "share them. (What is handed up, or down while you go from bottom to top, comes to pixels that are "
    "painted already.)": _recipe(7 / 16, None, None, None),
    "The error is shared out in halves, to the right and down; there are four neighbors, with 7, 3, "
    "5 and 1 sixteenths.": _recipe(1 / 2, None, 1 / 2, None),
    "The four neighbors get equal parts; they should get 7 (right), 3 (below left), 5 (below) and 1 "
    "(below right) sixteenths.": _recipe(*[1 / 4] * 4),
    "The shares below left and below right are swapped: 3/16 go to the left, 1/16 to the right.": (
        _recipe(7 / 16, 1 / 16, 5 / 16, 3 / 16)
    ),
    "The shares below left and below are swapped: 3/16 go below left, 5/16 straight down.": _recipe(
        7 / 16, 5 / 16, 3 / 16, 1 / 16
    ),
    "The shares right and below are swapped: 7/16 go to the right, 5/16 straight down.": _recipe(
        5 / 16, 3 / 16, 7 / 16, 1 / 16
    ),
    "The weights are not the ones of this page: 7/16 to the right, 3/16 below left, 5/16 below, 1/16 "
    "below right, in this order.": (
        _recipe(7 / 16, 5 / 16, 1 / 16, 3 / 16),
        _recipe(7 / 16, 1 / 16, 3 / 16, 5 / 16),
        _recipe(5 / 16, 7 / 16, 3 / 16, 1 / 16),
        _recipe(3 / 16, 7 / 16, 5 / 16, 1 / 16),
        _recipe(3 / 16, 5 / 16, 7 / 16, 1 / 16),
        _recipe(1 / 16, 3 / 16, 5 / 16, 7 / 16),
        _recipe(1 / 16, 5 / 16, 3 / 16, 7 / 16),
        _recipe(7 / 16, 3 / 16, 1 / 16, 5 / 16),
        _recipe(3 / 8, None, 3 / 8, 1 / 4),
        _fractions(48, "075", "35753", "13531"),
        _fractions(42, "084", "24842", "12421"),
        _fractions(32, "084", "24842"),
        _fractions(32, "053", "24542", "02320"),
        _fractions(16, "043", "12321"),
        _fractions(4, "020", "01100"),
        [(0, 1, 1 / 8), (0, 2, 1 / 8), (1, -1, 1 / 8), (1, 0, 1 / 8), (1, 1, 1 / 8), (2, 0, 1 / 8)],
    ),
    "The shares don't add up to one: divide the weights 7, 3, 5 and 1 by 16.": (
        _recipe(7, 3, 5, 1),
        _recipe(7 / 15, 3 / 15, 5 / 15, 1 / 15),
        _recipe(7 / 8, 3 / 8, 5 / 8, 1 / 8),
        _recipe(7 / 10, 3 / 10, 5 / 10, 1 / 10),
        _recipe(7 / 32, 3 / 32, 5 / 32, 1 / 32),
        _recipe(0.7, 0.3, 0.5, 0.1),
        _recipe(1, 1, 1, 1),
    ),
    "One of the four neighbors gets nothing: below left. (If you go column by column, it is painted "
    "already: go row by row.)": _recipe(7 / 16, None, 5 / 16, 1 / 16),
    "One of the four neighbors gets nothing: below right.": _recipe(7 / 16, 3 / 16, 5 / 16, None),
    "One of the four neighbors gets nothing: below.": _recipe(7 / 16, 3 / 16, None, 1 / 16),
    "One of the four neighbors gets nothing: right. (What is handed to the left, [i, j − 1], comes to a "
    "pixel that is painted already; and if you go from right to left, the right one is.)": _recipe(
        None, 3 / 16, 5 / 16, 1 / 16
    ),
    "The error goes to the left, to a pixel that is painted already, and the row below is mirrored; of "
    "its own row, only the right neighbor is still to be painted.": _steinberg(mirrored=True),
    "Some of the error goes to the left, [i, j − 1], to a pixel that is painted already; of its own "
    "row, only the right neighbor is still to be painted.": [(0, -1, 7 / 16), *_steinberg()[1:]],
    "Some of the error goes up, to pixels that are painted already; it goes to the row below.": [
        (-d, r, s) for d, r, s in _steinberg()
    ],
    "Rows and columns are swapped: [i + 1, j] is the pixel below, [i, j + 1] the one to the right.": [
        (r, d, s) for d, r, s in _steinberg()
    ],
}

CLIPPED = (
    "You clip the values to 0..1: that throws away error that has been handed on, and the mean color "
    "shifts. Leave them as they are."
)

CHOICES = {
    "right": lambda value: value,
    CLIPPED: lambda value: np.clip(value, 0, 1),
    "The values are cut to whole numbers before the color is chosen; leave the decimals.": (
        np.floor,
        np.rint,
    ),
}

DISTANCES = {
    "right": sq,
    "You add up absolute differences to find the nearest color; square them.": l1,
    "You compare brightness alone; the nearest color is that with the smallest Euclidean "
    "distance.": lambda X, C: abs(X.mean(axis=1)[:, None] - C.mean(axis=1)),
    "A tie should go to the lowest number of a color, as with argmin.": (
        lambda X, C: np.where(np.isclose(sq(X, C), sq(X, C).min()), -np.arange(len(C)), 1.0)
    ),
    "Not the nearest color is taken, but the farthest.": lambda X, C: -sq(X, C),
}

ERRORS_OF_A_PIXEL = {
    "right": lambda original, value, color, before: value - color,
    "You measure the error from the original pixel; measure it from the value so far: what the "
    "neighbors handed on is lost otherwise.": lambda original, value, color, before: (
        original - color
    ),
    "The sign of the error is turned around: it is what was wanted minus what was painted.": (
        lambda original, value, color, before: color - value,
        lambda original, value, color, before: color - original,
    ),
    "The error has lost its sign; a neighbor has to be brighter after a pixel that came out too dark, "
    "and darker after one too bright.": (
        lambda original, value, color, before: abs(value - color),
        lambda original, value, color, before: (value - color) ** 2,
    ),
    "Only some of the errors are handed on, those above 0 (or below): both count, and keep their sign.": (
        lambda original, value, color, before: np.maximum(value - color, 0),
        lambda original, value, color, before: np.minimum(value - color, 0),
    ),
    "The errors of all pixels so far are added up, and handed on again and again: each pixel hands on its own "
    "only, so measure it anew.": (lambda original, value, color, before: value - color + before),
    "You round the error (or cut its decimals off); hand all of it on.": tuple(
        lambda original, value, color, before, d=d: np.round(value - color, d) for d in range(4)
    ),
    "The error of the three channels is averaged, or one is taken for all; each channel has an error of its "
    "own.": (
        lambda original, value, color, before: np.full(3, (value - color).mean()),
        lambda original, value, color, before: np.full(3, (value - color).sum()),
        lambda original, value, color, before: np.full(3, np.linalg.norm(value - color)),
        *(
            lambda original, value, color, before, c=c: np.full(3, (value - color)[c])
            for c in range(3)
        ),
    ),
    "You hand on a part of the error only, or more than all of it: the sixteenths share out all of it.": tuple(
        lambda original, value, color, before, part=part: part * (value - color)
        for part in (0.5, 0.75, 0.8, 0.9, 0.95, 2)
    ),
}

ORDERS = {
    "right": lambda height, width: [(i, j, False) for i in range(height) for j in range(width)],
    "You go column by column; go row by row: from left to right, and from top to bottom.": (
        lambda height, width: [(i, j, False) for j in range(width) for i in range(height)]
    ),
    "You go from right to left; go from left to right.": (
        lambda height, width: [(i, j, False) for i in range(height) for j in range(width)[::-1]],
        lambda height, width: [(i, j, True) for i in range(height) for j in range(width)[::-1]],
    ),
    "You go from bottom to top; go from top to bottom.": (
        lambda height, width: [(i, j, False) for i in range(height)[::-1] for j in range(width)]
    ),
    "Every second row goes from right to left. That is a good idea, and not what is asked here: go "
    "from left to right in every row.": (
        lambda height, width: [
            (i, j, i % 2 == 1) for i in range(height) for j in range(width)[:: 1 - i % 2 * 2]
        ],
        lambda height, width: [
            (i, j, False) for i in range(height) for j in range(width)[:: 1 - i % 2 * 2]
        ],
    ),
    "Some pixels at the edges are left out: every pixel is painted, and only the neighbors that don't "
    "exist get nothing.": (
        lambda height, width: [(i, j, False) for i in range(height - 1) for j in range(width - 1)],
        lambda height, width: [(i, j, False) for i in range(height - 1) for j in range(width)],
        lambda height, width: [(i, j, False) for i in range(height) for j in range(width - 1)],
        lambda height, width: [(i, j, False) for i in range(height) for j in range(1, width)],
        lambda height, width: [(i, j, False) for i in range(1, height) for j in range(width)],
        lambda height, width: [
            (i, j, False) for i in range(height - 1) for j in range(1, width - 1)
        ],
        lambda height, width: [(i, j, False) for i in range(height) for j in range(1, width - 1)],
    ),
}


def _drop(i, j, height, width, neighbors):
    return [(i + d, j + r, s) for d, r, s in neighbors if _inside(i + d, j + r, height, width)]


def _inside(i, j, height, width):
    return 0 <= i < height and 0 <= j < width


def _wrap(i, j, height, width, neighbors):
    return [((i + d) % height, (j + r) % width, s) for d, r, s in neighbors]


def _wrap_left(i, j, height, width, neighbors):
    """A column of -1 is the last one; nothing else is wrapped."""
    places = [(i + d, (j + r) % width if j + r < 0 else j + r, s) for d, r, s in neighbors]
    return [place for place in places if _inside(*place[:2], height, width)]


def _next_row(i, j, height, width, neighbors):
    """As in a list of pixels, where the last of a row and the first of the next are neighbors."""
    places = [(i + d) * width + j + r for d, r, _ in neighbors]
    return [
        (*divmod(place, width), s)
        for place, (_, _, s) in zip(places, neighbors, strict=True)
        if 0 <= place < height * width
    ]


def _shared_anew(i, j, height, width, neighbors):
    kept = _drop(i, j, height, width, neighbors)
    total = sum(s for *_, s in kept) or 1
    return [(row, column, s / total) for row, column, s in kept]


def _all_or_nothing(i, j, height, width, neighbors):
    kept = _drop(i, j, height, width, neighbors)
    return kept if len(kept) == len(neighbors) else []


def _no_row_below(i, j, height, width, neighbors):
    kept = _drop(i, j, height, width, neighbors)
    inside = 0 < j < width - 1
    return [place for place in kept if inside or place[0] == i]


def _at_the_edge(i, j, height, width, neighbors):
    """Neighbors outside are replaced by the nearest pixel of the picture."""
    return [(min(i + d, height - 1), min(max(j + r, 0), width - 1), s) for d, r, s in neighbors]


def _nothing(there):
    """Neighbors of which some get nothing."""

    def kept(i, j, height, width, neighbors):
        inside = _drop(i, j, height, width, neighbors)
        return [place for place in inside if not there(i, j, *place[:2], height, width)]

    return kept


EDGES = {
    "right": _drop,
    "At the edge the error wraps around to the other side: j − 1 is −1 in the first column, and an "
    "index of −1 is the last. Hand on only what falls inside the picture.": (
        _wrap,
        _wrap_left,
        _next_row,
    ),
    "At the edge you share the error out among the neighbors that are left; what would fall outside "
    "is lost here: each neighbor gets its own sixteenths.": _shared_anew,
    "At the edge no error is handed on at all; each neighbor that lies inside the picture gets its "
    "share.": _all_or_nothing,
    "In the first and the last column nothing goes to the row below: is the loop left (break) at a neighbor "
    "outside? Skip that one only.": _no_row_below,
    **{
        f"No error is handed {where}: is an if, or a range, one too strict there (as 0 < in place of 0 <=)? "
        "Every neighbor inside the picture gets its share.": _nothing(there)
        for where, there in {
            "to the first column": lambda i, j, row, column, height, width: column == 0,
            "to the last column": lambda i, j, row, column, height, width: column == width - 1,
            "to the last row": lambda i, j, row, column, height, width: row == height - 1,
            "on in the last row": lambda i, j, row, column, height, width: i == height - 1,
            "on in the first column": lambda i, j, row, column, height, width: j == 0,
            "on in the last column": lambda i, j, row, column, height, width: j == width - 1,
        }.items()
    },
    "At the edge the shares of missing neighbors go to other pixels; what would fall outside is "
    "lost.": _at_the_edge,
}

STORED = {
    "right": lambda value, more: value + more,
    CLIPPED: lambda value, more: np.clip(value + more, 0, 1),
    "What is handed on takes the place of the neighbor's value (=); it has to be added to it (+=).": (
        lambda value, more: more
    ),
    "What is handed on is multiplied with the neighbor's value; it has to be added to it.": (
        lambda value, more: value * more
    ),
    "The shares are cut to whole numbers (//, or int): they are small, so hand them on with all decimals.": (
        lambda value, more: value + np.floor(more),
        lambda value, more: value + np.trunc(more),
        lambda value, more: value + np.rint(more),
    ),
    "The values on the way are kept as bytes (uint8), in steps of 1/255: the small errors are lost there, "
    "and what is above 1 or below 0. Keep decimals.": (
        lambda value, more: np.trunc(np.clip(value + more, 0, 1) * 255) / 255,
        lambda value, more: np.rint(np.clip(value + more, 0, 1) * 255) / 255,
        lambda value, more: np.rint((value + more) * 255) / 255,
        lambda value, more: np.trunc((value + more) * 255) % 256 / 255,
        lambda value, more: np.rint((value + more) * 255) % 256 / 255,
    ),
}

RESULTS = {
    "right": lambda image, painted, values: painted,
    "You return the values with the errors in them, not the colors chosen: each pixel becomes a color "
    "of the codebook.": lambda image, painted, values: values,
    "Your picture comes back with height and width exchanged.": (
        lambda image, painted, values: painted.transpose(1, 0, 2)
    ),
    "You return the original, and not the repainted picture.": (
        lambda image, painted, values: np.array(image, dtype=float)
    ),
}

BEGINNINGS = {
    "right": lambda image: np.array(image, dtype=float),
    "Where whole numbers are given, your array holds integers, and what is written into it loses its "
    "decimals: begin with an array of floats, image.astype(float).": np.copy,
    "The picture and the colors are not on one scale: you multiply or divide the picture by 255, and the colors "
    "stay. Leave both as they are.": (lambda image: image * 255.0, lambda image: image / 255),
    "You begin with bytes, in steps of 1/255; keep the decimals of the picture.": (
        lambda image: np.trunc(image * 255.0) / 255,
        lambda image: np.rint(image * 255.0) / 255,
    ),
}


def _diffusion(shares, choice, metric, error_of, order, edge, store, begin, result=None):
    """A function like `dither`, made of parts that may be wrong.

    With a result, the values and the painted picture are two arrays; without, they are
    one, in which an error that comes too late spoils a color.
    """

    def dither(image, colors):
        values = begin(image)
        height, width, _ = image.shape
        painted = values.copy() if result else values
        mirrored, error = [(d, -r, s) for d, r, s in shares], 0.0
        for i, j, turned in order(height, width):
            value = choice(values[i, j].astype(float))
            painted[i, j] = colors[metric(value[None], colors)[0].argmin()]
            error = error_of(image[i, j], value, painted[i, j], error)
            for row, column, share in edge(i, j, height, width, mirrored if turned else shares):
                values[row, column] = store(values[row, column], error * share)
        return result(image, painted, values) if result else painted

    return dither


def _dither_mistakes():
    parts = (SHARES, CHOICES, DISTANCES, ERRORS_OF_A_PIXEL, ORDERS, EDGES, STORED, BEGINNINGS)
    yield from mistakes(_diffusion, *parts, most=1)
    yield from mistakes(_diffusion, *parts, RESULTS, most=1)


def _about_edges(trials):
    """Whether a pixel is asked for that lies one step beyond the picture, in words."""
    errors = [str(trial.error) for trial in trials if isinstance(trial.error, IndexError)]
    found = [re.search(r"index (\d+) is .* axis ([01]) with size (\d+)", text) for text in errors]
    if not all(found) or any(place[1] != place[3] for place in found):
        return None
    beyond = {"0": "below the last row", "1": "to the right of the last column"}
    where = " or ".join(words for axis, words in beyond.items() if axis in {p[2] for p in found})
    return (
        f"A pixel is asked for that lies outside the picture, {where}: hand the error on only to neighbors "
        "that lie inside, and drop what would fall over the edge."
    )


def _about_shift(pairs):
    """Whether the right picture comes back moved, or with a margin, in words."""
    more = {tuple(np.subtract(got.shape, c.expected.shape)[:2].tolist()) for c, got in pairs}
    rows, columns = next(iter(more))
    if len(more) == 1 and (rows or columns):
        size = "larger" if rows + columns > 0 else "smaller"
        return (
            f"Your picture is always {size} than image, {abs(rows)} in height and {abs(columns)} in width: is "
            "a margin cut off as it was put on?"
        )
    if more != {(0, 0)}:
        return None
    for i, j in ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1)):
        parts = [
            (_part(c.expected, -i, -j), _part(got, i, j))
            for c, got in pairs
            if min(got.shape[:2]) > 1
        ]
        if all(np.allclose(e, g * 1.0, atol=1e-4) for e, g in parts):
            way = [("down", "up")[i < 0]] * abs(i) + [("to the right", "to the left")[j < 0]] * abs(
                j
            )
            return (
                f"Your picture is the right one, moved by one pixel {' and '.join(way)}: is a margin cut off at "
                "the wrong side, or does a number of a row or column begin at 1?"
            )
    return None


def _part(array, i, j):
    """Without the first (or, below 0, the last) row and column."""
    rows, columns = (slice(max(n, 0), min(n, 0) or None) for n in (i, j))
    return array[rows, columns]


def _explain_painting(function, cases, trials):
    """What the errors tell, or where the first wrong pixels lie, in words."""
    pairs = [(c, np.asarray(t.got)) for c, t in zip(cases, trials, strict=False) if t.error is None]
    if pairs and all(got.ndim == 2 and got.dtype.kind == "i" for _, got in pairs):
        return "You return the numbers of the colors; paint each pixel with its color, codebook[number]."
    if len(pairs) > 1 and all(
        got.ndim == 3
        and np.isin(got, range(len(c.arguments[1]))).all()
        and not np.ptp(got, axis=2).any()
        for c, got in pairs
    ):
        return (
            "You paint the number of the color, in all channels, and not the color: nearest_color gives a "
            "number, and the codebook has the color of that number."
        )
    errors = [t for t in trials if t.error is not None]
    if errors and all("casting rule" in str(t.error) for t in errors):
        return (
            "Where whole numbers are given, a copy (image.copy(), np.zeros_like(image)) holds whole numbers "
            "again, and += can't put decimals into it: make room for decimals when you copy."
        )
    if errors and any(isinstance(t.error, IndexError) for t in errors):
        return _about_edges(trials) or _about_errors(trials)
    if len(pairs) == len(cases) and all(got.ndim == 3 for _, got in pairs):
        words = _about_shift(pairs)
        if words:
            return words
    if len(pairs) < len(cases) or any(got.shape != c.expected.shape for c, got in pairs):
        return _about_errors(trials)
    levels = [(c.expected * 255, got * 255.0) for c, got in pairs]
    if all(np.allclose(g, np.rint(g), atol=1e-3) for _, g in levels) and not all(
        np.allclose(e, np.rint(e), atol=1e-3) for e, _ in levels
    ):
        return (
            "All your numbers are whole steps of 1/255, as in bytes, and the codebook's are not: keep decimals "
            "on the way. (In uint8, what is below 0 or above 255 begins anew at the other end.)"
        )
    firsts = []
    for case, got in pairs:
        wrong = np.argwhere(~np.isclose(case.expected, got * 1.0, atol=1e-4).all(axis=-1))
        if len(wrong):
            firsts.append((*wrong[0].tolist(), *got.shape[:2]))
    if any(i == j == 0 for i, j, *_ in firsts):
        plain = [
            (c.arguments, c.expected, got)
            for c, got in pairs
            if not c.tags & {"whole numbers", "float32"}
        ]
        with np.errstate(all="ignore"):
            words = clues.in_the_values([call[1:] for call in plain])
            words = words or clues.in_the_input(EXERCISES["dither"], plain)
        return words or (
            "The first pixel, [0, 0], is wrong already, and no error has reached it yet: is something added to "
            "its value, is its color chosen by another rule, or is it painted over later?"
        )
    i, j, height, width = min(firsts, key=lambda first: first[2] * first[3])
    lie = {
        "in the first column": all(j == 0 for _, j, *_ in firsts),
        "in the last column": all(j == width - 1 for _, j, _, width in firsts),
        "in the first row": all(i == 0 for i, *_ in firsts),
        "in the last row": all(i == height - 1 for i, _, height, _ in firsts),
    }
    where = " and ".join(words for words, all_do in lie.items() if all_do)
    where = f" The first wrong pixel always lies {where}." if where else ""
    return (
        f"In a picture of {height} x {width} pixels, all is right up to the pixel [{i}, {j}]: follow with a "
        f"pencil which errors should reach it, from the left and from the row above, and which do.{where}"
    )


def _all_at_once(image, colors):
    """Errors of all pixels measured first, as in a line of NumPy, and then handed on."""
    height, width, _ = image.shape
    values = image.astype(float)
    for (i, j), error in zip(
        np.ndindex(height, width),
        (image - codebook.quantize(image, colors)).reshape(-1, 3),
        strict=True,
    ):
        for row, column, share in _drop(i, j, height, width, _steinberg()):
            values[row, column] += error * share
    return codebook.quantize(values, colors)


EXERCISES = {
    "kmeans_plus_plus": Exercise(
        kmeans.kmeans_plus_plus,
        ("X", "K", "rng"),
        "Far is likely",
        _start_cases,
        "as many colors as pixels, one color, 1, 2, 3 and 5 channels, whole numbers, float32, equal "
        f"pixels, and on the chances of {SEEDS} seeds",
        meaning="K rows of X",
        judge=_judge_start,
        rule=_random_as_asked,
        explain=_explain_start,
    ),
    "dither": Exercise(
        codebook.dither,
        ("image", "codebook"),
        "Bands, and how to hide them",
        _dither_cases,
        "one pixel, one row, one column, wide, tall and square pictures, 1, 2, 3, 5 and 8 colors, a "
        "tie, colors out of reach, whole numbers, float32",
        misconceptions={
            "All errors are measured first, and handed on at once; a pixel's error depends on what was handed to it, "
            "so go pixel by pixel: choose, measure, hand on.": _all_at_once,
        },
        mistakes=_dither_mistakes,
        meaning="a picture of the same size",
        axes=("row", "column", "channel"),
        explain=_explain_painting,
    ),
}
