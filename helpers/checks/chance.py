"""For functions that draw: what every draw must hold; and chance where none belongs."""

import numpy as np

from helpers import call
from helpers.checks import known, where
from helpers.checks.attempt import Finding, finished
from helpers.checks.cases import cases, pixel_tags, sq
from helpers.checks.compare import Problem, kind_difference, numbers
from helpers.checks.exercise import answered, questions
from helpers.checks.report import show, show_call
from helpers.codebook import CUBE_CORNERS

_CHANCE = {"random", "choice", "shuffle", "default_rng", "randint", "rng", "permutation", "sample"}


def where_none_belongs(attempt):
    """Whether the same call gives now this answer, now that, in words."""
    if "rng" in attempt.exercise.parameters:
        return None
    names = {name for code in call.codes(attempt.function) for name in code.co_names}
    if not names & _CHANCE:
        return None
    some = [attempt.cases[n].arguments for n in attempt.failures[:6]]
    trials = call.call(attempt.function, [arguments for arguments in some for _ in range(12)])
    for n in range(0, len(trials), 12):
        one, *others = (trial.got for trial in trials[n : n + 12])
        if one is not None and not all(known.alike(one, other) for other in others):
            return "There is chance in your function: the same call gives now this answer, now that, where it should always give the same."
    return None


# --- K rows of X, drawn with rng -----------------------------------------------------------


def row_cases(answer):
    """Rows that are all different, then as many colors as rows: who draws twice is caught."""
    rng, calls = np.random.default_rng, []
    for n, k, d in ((6, 2, 2), (7, 3, 3), (6, 1, 5), (5, 4, 1), (4, 4, 2), (9, 9, 3), (12, 12, 3)):
        values = rng(n).permutation(n * d) + 1
        calls.append((np.round(values / (n * d + 1), 2).reshape(n, d), k, rng(n)))
    close = np.array([[0.5, 0.2], [0.5003, 0.2003], [0.5006, 0.2006], [0.4997, 0.1997]])
    calls.append((close, 4, rng(4), {"nearly equal colors"}))
    calls.append((CUBE_CORNERS, 8, rng(8), {"shared values"}))
    return cases(answer, calls, lambda X, K, rng: pixel_tags(X, K) - {"N = K"})


DOUBLES = "Two of your colors are the same; the K colors have to differ."


def judge_rows(case, got, call):
    """What is wrong with one draw, if anything: any K rows of X of different colors are right."""
    X, K, _ = case.arguments
    given = f"It was called with {call}\nyou return: {show(got)}"
    if isinstance(got, np.ndarray) and got.dtype.kind in "iu" and X.dtype.kind == "f" and got.size:
        if got.ndim == 1 and (0 <= got).all() and (got < len(X)).all():
            return Problem("type", f"These are row numbers; look them up: X[rows].\n{given}")
        if got.shape == (K, X.shape[1]):
            words = f"The decimals are gone: your array holds integers, and X does not.\n{given}"
            return Problem("type", words)
    problem = kind_difference(np.empty((K, X.shape[1])), got, call, "K rows of X")
    if problem:
        return problem
    if not _are_rows(X, got):
        return Problem("value", f"Not all of your colors are rows of X.\n{given}")
    if _has_doubles(got):
        return Problem("value", f"{DOUBLES}\n{given}")
    return None


def _are_rows(X, got):
    return all(np.isclose(X, row, rtol=1e-6, atol=1e-6).all(axis=-1).any() for row in got)


def _has_doubles(colors):
    return len(np.unique(np.round(colors, 6), axis=0)) < len(colors)


def _comes_twice(X, K, got):
    return got.shape == (K, X.shape[1]) and _are_rows(X, got) and _has_doubles(got)


def wrong_rows(attempt):
    """What the draws that went wrong have in common, in words."""
    if words := where.only_wrong(attempt):
        return words
    calls = {n: (X, K, got * 1.0) for n, ((X, K, _), got) in attempt.came_back.items()}
    for n, (X, K, got) in calls.items():
        if got.shape == (K, X.shape[1]) and not _are_rows(X, got):
            return Finding(answered(_NO_ROWS, [(X, got)]), (n,))
    if len(calls) < min(2, len(attempt.failures)):
        return None
    words = answered(_DRAWS, calls.values())
    return words and Finding(words, tuple(calls))


# What to say of colors that are no rows of X.
_NO_ROWS = questions("X, got", """
Some of your colors, or all of them, are no rows of X, but 0 from first to last. Are all places of the result written to, the first and the last, too?
    not got.any(axis=1).all()
Your colors are not rows of X, but mixed from several: draw whole rows.
    np.isin(np.round(got, 6), np.round(X, 6)).all()
Your colors are not rows of X, only near to them: draw rows, and leave their numbers as they are (no rounding, no bytes).
    np.sqrt(sq(got, X).min(axis=1)).max() < 0.1
Not all of your colors are rows of X: draw rows (their numbers, say), and leave them as they are: don't compute new ones.
    True
""", sq=sq)  # fmt: skip

_DROPPED = "You drop the doubles after drawing, so fewer than K colors are left: find the different colors first, and then draw K of them."

# What to say of one call that went wrong: of X, K and what was returned.
_DRAWS = questions("X, K, got", f"""
One color can never be drawn, the last or the first, so they run out when K is as large as their number: numbers begin with 0, and the upper end of a range is left out already (in rng.integers, rng.choice and rng.permutation, too), so there is no 1 to add or take away.
    len(X) == K and got.shape == (K - 1, X.shape[1]) and are_rows(X, got)
You return one row too few: is there a - 1, or does a slice or a range begin with 1?
    got.shape == (K - 1, X.shape[1]) and are_rows(X, got)
You draw single numbers, not colors: a color is a whole row of X (np.unique takes rows only with axis=0).
    got.ndim == 1 and got.size and np.isin(got, X).all()
You take a run of neighbors that begins at a random place, and near the end too few are left: draw each color by itself.
    got.ndim == 2 and len(got) < K and np.array_equal(X[len(X) - len(got) :], got)
    got.ndim == 2 and len(got) < K and np.array_equal(np.unique(X, axis=0)[len(X) - len(got) :], got)
{_DROPPED}
    got.shape[1:] == X.shape[1:] and len(got) < K and are_rows(X, got)
You compare each new color only with the one drawn just before it, so an earlier one can come again: what was excluded once has to stay excluded (&= keeps it, = forgets it).
    comes_twice(X, K, got) and not (got[1:] == got[:-1]).all(axis=1).any()
You draw a row twice: draw without putting back (replace=False). If you look for doubles: the next draw can be one, too, so go on until all K differ.
    comes_twice(X, K, got)
""", are_rows=_are_rows, comes_twice=_comes_twice)  # fmt: skip


def rows_by_chance(function):
    """A rule for functions that draw K rows of X: all of the chance is that of ``rng``."""
    X = np.round(np.random.default_rng(2).random((6, 3)), 2)
    seeds = [seed for seed in range(60) for _ in (0, 1)]
    rows, failure = drawn(function, X, 2, seeds)
    if failure:
        return failure
    words = _about_seeds(X, seeds, rows)
    single, failure = drawn(function, X, 1, range(30))
    if not (words or failure) and not np.ptp(single, axis=0).any():
        words = f"For K = 1 you return the same color each time, {show(single[0])}: leave it to chance, too."
    return words or failure or _about_equal_colors(function)


def failed(error):
    """An error in words, with its line."""
    return f"{error.name}: {error.text}" + (f"\nThe line is: {error.line}" if error.line else "")


def drawn(function, X, K, seeds, where="With some seeds"):
    """What is drawn with each seed; and what to say if that is never an answer."""
    found = []
    for trial in finished(function, [(X, K, np.random.default_rng(seed)) for seed in seeds]):
        got, when = numbers(trial.got), show_call(("X", "K", "rng"), trial.arguments)
        short = got is not None and got.shape[1:] == X.shape[1:] and len(got) < K
        words = None
        if trial.error is not None:
            words = f"{where} your function fails: {failed(trial.error)}"
        elif got is None or got.shape != (K, X.shape[1]) or not _are_rows(X, got):
            words = _DROPPED if short else f"{where} you do not return K rows of X."
            words += f"\nyou return: {show(trial.got)}"
        if words:
            return [], f"{words}\nIt was called with {when}."
        found.append(got.astype(float))
    return found, None


def about_repeating(results, seeds):
    """Whether all of the chance comes from rng, in words."""
    if all(np.array_equal(result, results[0]) for result in results):
        return (
            "Your colors are the same for every rng: draw them with the rng that you are given (rng.choice, rng.permutation ...), and set no seed inside the function.\n"
            f"For seeds 0, 1, 2 you return each time: {show(results[0])}"
        )
    first = {}
    for seed, result in zip(seeds, results, strict=True):
        before = first.setdefault(seed, result)
        if not np.array_equal(before, result):
            return f"Your colors are not repeatable: two generators with the same seed have to give the same colors, so all of the chance has to come from rng, and none from np.random or a generator of your own.\nFor seed {seed} you return {show(before)}, and then {show(result)}"
    return None


def _about_seeds(X, seeds, drawn):
    """What many draws of two of six rows give away, in words."""
    words = about_repeating(drawn, seeds)
    rows = [{int(np.isclose(X, r).all(axis=1).argmax()) for r in result} for result in drawn]
    always, never = set.intersection(*rows), set(range(6)) - set.union(*rows)
    if not words and always:
        words = f"Row {min(always)} of X is drawn every time; leave it to chance, too."
    elif not words and never:
        words = f"Row {min(never)} of X is never drawn: every pixel has to have a chance."
    elif not words and len(set(map(frozenset, rows))) < 8:
        words = "Most pairs of rows never come together: draw each row by itself, not a run of neighbors."
    return words and f"{words}\nX has six rows, K = 2, and {len(set(seeds))} seeds were tried."


def _about_equal_colors(function):
    """Whether two of the colors drawn are the same where many rows are, in words."""
    white, red, blue = [1.0, 1.0, 1.0], [0.8, 0.0, 0.0], [0.0, 0.0, 0.8]
    for rows, K in (
        ([white] * 3 + [red], 2),
        ([white] * 9 + [red], 2),
        ([white] * 4 + [red, blue], 3),
    ):
        X = np.array(rows)
        found, failure = drawn(function, X, K, range(60), "Where rows of X are equal,")
        doubles = next((got for got in found if _has_doubles(got)), None)
        if doubles is not None:
            return (
                "Two of your K colors can be the same color, as different rows of X can be equal: draw from the different colors. If you look for doubles: the next draw, or the next few, can give a double again, so go on until all K differ from each other.\n"
                f"It was called with X = {show(X)}, K = {K}\nyou return: {show(doubles)}"
            )
        if failure:
            return failure
    return None
