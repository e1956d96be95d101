"""For functions that draw: what every draw must hold; and chance where none belongs."""

import contextlib

import numpy as np

from helpers import call
from helpers.checks import known
from helpers.checks.answers import Finding, Unfinished
from helpers.checks.cases import cases, pixel_tags, sq
from helpers.checks.compare import Problem, kind_difference
from helpers.checks.report import show, show_call
from helpers.checks.transforms import STEPS

_CHANCE = {"random", "choice", "shuffle", "default_rng", "randint", "rng", "permutation", "sample"}


def where_none_belongs(answers):
    """Whether the same call gives now this answer, now that, in words.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    str or None
    """
    if "rng" in answers.exercise.parameters:
        return None
    names = {name for code in call.codes(answers.function) for name in code.co_names}
    if not names & _CHANCE:
        return None
    some = [answers.cases[n].arguments for n in answers.wrong[:6]]
    trials = call.call(answers.function, [arguments for arguments in some for _ in range(12)])
    for n in range(0, len(trials), 12):
        one, *others = (trial.got for trial in trials[n : n + 12])
        if one is not None and not all(known.alike(one, other) for other in others):
            return (
                "There is chance in your function: the same call gives now this answer, now that, where it "
                "should always give the same."
            )
    return None


# --- K rows of X, drawn with rng -----------------------------------------------------------

CORNERS = np.array([[r, g, b] for r in (0.0, 1.0) for g in (0.0, 1.0) for b in (0.0, 1.0)])


def row_cases(answer):
    """Rows that are all different, then as many colors as rows: who draws twice is caught.

    Parameters
    ----------
    answer : callable
        ``answer(X, K, rng)``

    Returns
    -------
    list of Case
    """
    calls = []
    for n, k, d in ((6, 2, 2), (7, 3, 3), (6, 1, 5), (5, 4, 1), (4, 4, 2), (9, 9, 3), (12, 12, 3)):
        values = np.random.default_rng(n).permutation(n * d) + 1
        calls.append((np.round(values / (n * d + 1), 2).reshape(n, d), k, set()))
    close = np.array([[0.5, 0.2], [0.5003, 0.2003], [0.5006, 0.2006], [0.4997, 0.1997]])
    calls += [(close, 4, {"nearly equal colors"}), (CORNERS, 8, {"shared values"})]
    return cases(
        answer,
        [
            ((X, k, np.random.default_rng(len(X))), tags | pixel_tags(X, k) - {"N = K"})
            for X, k, tags in calls
        ],
    )


def judge_rows(case, got, call):
    """What is wrong with one draw, if anything: any K rows of X of different colors are right.

    Parameters
    ----------
    case : Case
    got : object
    call : str
        The arguments, in words.

    Returns
    -------
    Problem or None
    """
    X, K, _ = case.arguments
    given = f"It was called with {call}\nyou return: {show(got)}"
    if isinstance(got, np.ndarray) and got.dtype.kind in "iu" and X.dtype.kind == "f" and got.size:
        if got.ndim == 1 and (0 <= got).all() and (got < len(X)).all():
            return Problem("type", f"These are row numbers; look them up: X[rows].\n{given}")
        if got.shape == (K, X.shape[1]):
            return Problem(
                "type", f"The decimals are gone: your array holds integers, and X does not.\n{given}"
            )
    problem = kind_difference(np.empty((K, X.shape[1])), got, call, "K rows of X")
    if problem:
        return problem
    if not _are_rows(X, got):
        return Problem("value", f"Not all of your colors are rows of X.\n{given}")
    if _has_doubles(got):
        return Problem("value", f"Two of your colors are the same; the K colors have to differ.\n{given}")
    return None


def _are_rows(X, got):
    return all(np.isclose(X, row, rtol=1e-6, atol=1e-6).all(axis=-1).any() for row in got)


def _has_doubles(colors):
    return len(np.unique(np.round(colors, 6), axis=0)) < len(colors)


def _what_rows(X, got):
    """Why these are no rows of X, in words."""
    if not np.isfinite(got).all():
        return "Your colors are not rows of X: some are no numbers (nan)."
    if not got.any():
        return "Your colors are all 0, not rows of X: is a row of X ever written into the result?"
    if not got.any(axis=1).all():
        return (
            "Not all of your colors are rows of X: some are 0 from first to last. Are all places of the "
            "result written to, the first and the last, too?"
        )
    for words, codes in STEPS.items():
        for code in codes if isinstance(codes, tuple) else (codes,):
            with contextlib.suppress(Exception), np.errstate(all="ignore"):
                if _are_rows(eval(f"lambda A: {code}", {"np": np})(X.astype(float)), got):
                    return (
                        f"You {words.replace('WHAT', 'the colors')}, so they are no rows of X any more: "
                        "draw rows, and leave their numbers as they are."
                    )
    means = np.isclose(got, X.mean(axis=0)).all(axis=1)
    if means.any():
        which = "Your colors are" if means.all() else "One of your colors is"
        return f"{which} the mean of X; all of them should be rows of X, drawn at random."
    if got.shape == got.T.shape and _are_rows(X, got.T):
        return "Your colors are rows of X, but rows and columns are swapped: one color is one row."
    from_x = np.isin(np.round(got, 6), np.round(X, 6))
    if from_x.all():
        return "Your colors are not rows of X, but mixed from several: draw whole rows."
    if not from_x.any():
        near = np.sqrt(sq(got, X).min(axis=1)).max() < 0.1
        return (
            f"Your colors are not rows of X, {'only near to them' if near else 'but new ones'}: none of "
            "their numbers occurs in X. Draw rows (their numbers, say), and leave them as they are."
        )
    return "Draw rows of X, and leave their numbers as they are: don't compute new ones."


def wrong_rows(answers):
    """What the draws that went wrong have in common, in words.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    str, Finding or None
    """
    for tag, words in _WRONG_FOR.items():
        if all(tag in answers.cases[n].tags for n in answers.wrong):
            return words
    calls, new = [], {}
    for n in answers.wrong:
        (X, K, _), trial = answers.cases[n].arguments, answers.trials[n]
        got = None if trial.error else known.numbers(trial.got)
        if got is not None:
            calls.append((X, K, got))
            if got.shape == (K, X.shape[1]) and answers.problems[n].rank == "type":
                new[n] = "You cut off the decimals: leave out dtype=int and .astype(int)."
            elif got.shape == (K, X.shape[1]) and not _are_rows(X, got):
                new[n] = _what_rows(X, got * 1.0)
    if new:
        n = next((n for n in new if new[n].startswith("You ")), min(new))
        return Finding(new[n], (n,))
    if len(calls) < min(2, len(answers.wrong)):
        return None
    back = tuple(n for n in answers.wrong if not answers.trials[n].error)
    found = (words for words, holds in _DRAWS.items() if all(holds(*c) for c in calls))
    return next((Finding(words, back) for words in found), None)


_WRONG_FOR = {
    "shared values": (
        "It goes wrong where colors share the value of a channel, or have the same sum: two colors are "
        "different if any channel differs, not only if all of them do, whatever else agrees."
    ),
    "nearly equal colors": (
        "It goes wrong where colors are nearly equal: do you round them, or call them equal too soon? "
        "Compare and return them as they are."
    ),
}

_DROPPED = (
    "You drop the doubles after drawing, so fewer than K colors are left: find the different colors first, "
    "and then draw K of them."
)

# What to say -> whether it holds of one call that went wrong: of X, K and what was returned.
_DRAWS = {
    "With a single color (K = 1) you return the row itself; it should be a table of one row: an axis stays, "
    "even if it holds only one.": lambda X, K, got: K == 1 and got.shape == X.shape[1:],
    "You take rows by their place, from the second one on (slices begin with 0, and end before their second "
    "number), and nothing is left to chance: draw rows with rng.": (
        lambda X, K, got: np.array_equal(got, X[1:K])
    ),
    "One color can never be drawn, the last or the first, so they run out when K is as large as their "
    "number: numbers begin with 0, and the upper end of a range is left out already (in rng.integers, "
    "rng.choice and rng.permutation, too), so there is no 1 to add or take away.": (
        lambda X, K, got: len(X) == K and got.shape == (K - 1, X.shape[1]) and _are_rows(X, got)
    ),
    "You return one row too few: is there a - 1, or does a slice or a range begin with 1?": (
        lambda X, K, got: got.shape == (K - 1, X.shape[1]) and _are_rows(X, got)
    ),
    "You return one row too many: is there a + 1, or does a loop go on for one round too many?": (
        lambda X, K, got: got.shape == (K + 1, X.shape[1]) and _are_rows(X, got)
    ),
    "You draw single numbers, not colors: a color is a whole row of X (np.unique takes rows only with "
    "axis=0).": lambda X, K, got: (
        got.ndim == 1 and got.size and np.isin(got, X).all()
    ),
    "You draw K columns, the channels; a color is a row: draw along the first axis (axis=0).": (
        lambda X, K, got: got.shape == (len(X), K)
    ),
    "You take a run of neighbors that begins at a random place, and near the end too few are left: draw "
    "each color by itself.": lambda X, K, got: (
        got.ndim == 2 and len(got) < K and (_ends(X, got) or _ends(np.unique(X, axis=0), got))
    ),
    _DROPPED: lambda X, K, got: (
        got.shape[1:] == X.shape[1:] and len(got) < K and _are_rows(X, got)
    ),
    "You compare each new color only with the one drawn just before it, so an earlier one can come "
    "again: what was excluded once has to stay excluded (&= keeps it, = forgets it).": (
        lambda X, K, got: _comes_twice(X, K, got) and not (got[1:] == got[:-1]).all(axis=1).any()
    ),
    "You draw a row twice: draw without putting back (replace=False). If you look for doubles: the next "
    "draw can be one, too, so go on until all K differ.": lambda X, K, got: _comes_twice(X, K, got),
}


def _ends(X, got):
    """Whether these are the last rows, or none."""
    return np.array_equal(X[len(X) - len(got) :], got)


def _comes_twice(X, K, got):
    return got.shape == (K, X.shape[1]) and _are_rows(X, got) and _has_doubles(got)


def rows_by_chance(function):
    """A rule for functions that draw K rows of X: all of the chance is that of ``rng``.

    Parameters
    ----------
    function : callable

    Returns
    -------
    str or None
        What is wrong, in words.
    """
    X = np.round(np.random.default_rng(2).random((6, 3)), 2)
    seeds = [seed for seed in range(60) for _ in (0, 1)]
    drawn, failure = _drawn(function, X, 2, seeds)
    if failure:
        return failure
    words = _about_seeds(X, seeds, drawn)
    single, failure = _drawn(function, X, 1, range(30))
    if not (words or failure) and not np.ptp(single, axis=0).any():
        words = f"For K = 1 you return the same color each time, {show(single[0])}: leave it to chance, too."
    return words or failure or _about_equal_colors(function)


def patiently(function, calls):
    """Call a function for a rule, again with four times the limit if the time was over.

    Parameters
    ----------
    function : callable
    calls : list of tuple

    Returns
    -------
    list of Trial
    """
    trials = call.call(function, calls)
    return call.call(function, calls, 4 * call.LIMIT) if trials[-1].out_of_time else trials


def _drawn(function, X, K, seeds, where="With some seeds"):
    """What is drawn with each seed; and what to say if that is never an answer."""
    drawn = []
    for trial in patiently(function, [(X, K, np.random.default_rng(seed)) for seed in seeds]):
        shown = show_call(("X", "K", "rng"), trial.arguments)
        when = f"\nIt was called with {shown}."
        if trial.error is not None:
            failure = f"{trial.error.name}: {trial.error.text}"
            line = f"\nThe line is: {trial.error.line}" if trial.error.line else ""
            if trial.out_of_time:
                words = "Your function takes very long when it is called many times, and was stopped."
                return [], Unfinished(f"{words}{line}{when}")
            return [], f"{where} your function fails: {failure}{line}{when}"
        got = known.numbers(trial.got)
        if got is None or got.shape != (K, X.shape[1]) or not _are_rows(X, got):
            short = got is not None and got.shape[1:] == X.shape[1:] and len(got) < K
            words = _DROPPED if short else f"{where} you do not return K rows of X."
            return [], f"{words}{when}\nyou return: {show(trial.got)}"
        drawn.append(np.asarray(got, dtype=float))
    return drawn, None


def about_repeating(draws, results, seeds):
    """Whether all of the chance comes from rng, in words.

    Parameters
    ----------
    draws : list of tuple
        What was drawn with each seed.
    results : list of ndarray
        The same, to be shown.
    seeds : sequence of int
        Some of them twice.

    Returns
    -------
    str or None
    """
    if len(set(draws)) == 1:
        return (
            "Your colors are the same for every rng: draw them with the rng that you are given "
            "(rng.choice, rng.permutation ...), and set no seed inside the function.\n"
            f"For seeds 0, 1, 2 you return each time: {show(results[0])}"
        )
    first = {}
    for n, seed in enumerate(seeds):
        m = first.setdefault(seed, n)
        if draws[m] != draws[n]:
            return (
                "Your colors are not repeatable: two generators with the same seed have to give the same "
                "colors, so all of the chance has to come from rng, and none from np.random or a generator "
                f"of your own.\nFor seed {seed} you return {show(results[m])}, and then {show(results[n])}"
            )
    return None


def _about_seeds(X, seeds, drawn):
    """What many draws of two of six rows give away, in words."""
    rows = [{int(np.isclose(X, r).all(axis=1).argmax()) for r in result} for result in drawn]
    orders = [tuple(map(tuple, result)) for result in drawn]
    six = f"X has six rows, K = 2, and {len(set(seeds))} seeds were tried."
    words = about_repeating(orders, drawn, seeds)
    if words:
        return words
    pairs = len(set(map(frozenset, rows)))
    if pairs == 1:
        return (
            "You take the same colors each time, only in another order: draw among all rows, not among the "
            f"first K.\n{six}"
        )
    always, never = set.intersection(*rows), set(range(6)) - set.union(*rows)
    if always:
        return f"Row {min(always)} of X is drawn every time; leave it to chance, too.\n{six}"
    if never:
        return f"Row {min(never)} of X is never drawn: every pixel has to have a chance.\n{six}"
    if pairs < 8:
        return (
            f"Most pairs of rows never come together: draw each row by itself, not a run of neighbors.\n{six}"
        )
    return None


def _about_equal_colors(function):
    """Whether two of the colors drawn are the same where many rows are, in words."""
    white, red, blue = [1.0, 1.0, 1.0], [0.8, 0.0, 0.0], [0.0, 0.0, 0.8]
    for rows, K in (([white] * 3 + [red], 2), ([white] * 9 + [red], 2), ([white] * 4 + [red, blue], 3)):
        X = np.array(rows)
        seeds = range(100 if len(X) == 4 else 30)
        drawn, failure = _drawn(function, X, K, seeds, "Where rows of X are equal,")
        if failure:
            return failure
        doubles = [got for got in drawn if _has_doubles(got)]
        if not doubles:
            continue
        if len(doubles) < 0.36 * len(drawn) or len(X) > 4:  # by chance it would be half of them
            words = (
                "Where rows of X are equal, two of your colors are sometimes still the same: one more draw, "
                "or a few, can give a double again. Go on until all K differ from each other, or draw from "
                "the different colors."
            )
        else:
            words = (
                "Your rows may be different rows, but two of them have the same color: the K colors have to "
                "be different."
            )
        return f"{words}\nIt was called with X = {show(X)}, K = {K}\nyou return: {show(doubles[0])}"
    return None
