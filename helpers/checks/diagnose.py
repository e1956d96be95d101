"""From all the calls together: which misconception is it?

Three ways lead to a name for a mistake, and the first that fits is told:

1. a wrong function with a known misconception gives the very same answers;
2. the answers stand in a simple relation to the right ones: transposed, squared,
   off by one, 255 times too large ...;
3. right and wrong answers fall apart along a property of the inputs: right for square
   pictures only, wrong where a cluster is empty ...
"""

import numpy as np

from helpers.checks import clues
from helpers.checks.compare import RANKS, Problem, difference
from helpers.checks.report import show_call
from helpers.checks.trial import OutOfTime, page_variables_used, try_all

# Property of a case -> what to say if it is right for these cases only.
ONLY_RIGHT = {
    "square": (
        "It is right for square pictures only: somewhere height and width are mixed up, or one of "
        "them stands for both."
    ),
    "N = K": (
        "It is right only when there are as many pixels as colors: pixels and colors need an axis "
        "each, or one is mistaken for the other."
    ),
    "K = 3": (
        "It is right for K = 3 only: the 3 of the channels or of an example is written into your "
        "code; take the number of colors from what you are given."
    ),
    "K = 16": "It is right for K = 16 only: the number is written into your code; use K.",
    "power of two": (
        "It is right only where K is a power of two (2, 4, 8, 16 ...): for the others, log2 K has to "
        "be rounded up."
    ),
    "3 channels": (
        "It is right for 3 channels only: the channels are counted by hand somewhere; take their "
        "number from the shape, or let axis=-1 find it."
    ),
    "2 channels": (
        "It is right for 2 channels only, as in the plane; a color has 3: take their number from the "
        "shape, or let axis=-1 find it."
    ),
    "in order": (
        "It is right only where the pixels lie group by group, in the order of their numbers; idx "
        "may come in any order: look up which pixels have number k."
    ),
    "one step": "It is right for max_iters = 1 only: the steps have to be repeated in a loop.",
}

# Property of a case -> what to say if it is wrong for these cases only.
ONLY_WRONG = {
    "tie": "It goes wrong where several colors are equally near: the rule is the lowest number.",
    "empty": ("It goes wrong where a cluster has no pixels: where a number does not occur in idx."),
    "equal": "It goes wrong for equal pictures, where the error is 0.",
    "one color": "It goes wrong for K = 1, a single color.",
    "one pixel": "It goes wrong for a single pixel.",
    "whole numbers": (
        "It goes wrong when the values given are whole numbers: somewhere a result is stored in an "
        "array of integers, which cuts off the decimals."
    ),
    "float32": "It goes wrong for float32, the shorter kind of decimal number.",
    "until the end": "It goes wrong where it may go on to the end: mind when it stops.",
    "more colors than pixels": "It goes wrong when there are more colors than pixels.",
    "square": "It goes wrong for square pictures only.",
}


def diagnose(exercise, function):
    """Find out whether a function is right, and which misconception it shows.

    Parameters
    ----------
    exercise : Exercise
    function : callable

    Returns
    -------
    state : {"right", "almost", "not yet"}
    words : str
        Empty if the function is right.
    """
    cases = exercise.cases()
    trials = try_all(function, [case.arguments for case in cases])
    cases = cases[: len(trials)]
    problems = [
        _problem(exercise, function, case, trial) for case, trial in zip(cases, trials, strict=True)
    ]
    if not any(problems):
        words = exercise.rule(function) if exercise.rule else None
        return ("not yet", words) if words else ("right", "")
    rank = min((p.rank for p in problems if p), key=RANKS.index)
    first = next(p for p in problems if p and p.rank == rank)
    state = "almost" if rank in ("dtype", "changed", "shared") else "not yet"
    used = page_variables_used(function)
    if used and rank not in ("changed", "shared"):
        return state, _about_page_variables(used, exercise) + "\n" + first.words
    if rank in ("shape", "dtype", "nan", "value"):
        name = (
            _known(exercise, cases, trials)
            or _clue(exercise, function, cases, trials, rank)
            or _pattern(cases, problems)
        )
        return state, f"{name}\n{first.words}" if name else _unknown(
            rank, first.words, cases[0].expected
        )
    if rank == "error" and not isinstance(trials[-1].error, OutOfTime):
        name = (
            _known(exercise, cases, trials)
            or _clue(exercise, function, cases, trials, rank)
            or _pattern(cases, problems)
        )
        return state, f"{name}\n{first.words}" if name else first.words
    return state, first.words


def _unknown(rank, words, expected):
    if rank != "value":
        return words
    if not isinstance(expected, tuple) and np.ndim(expected) == 0:
        return f"The number is not the right one.\n{words}"
    return f"The shape is right, and some of the numbers are not.\n{words}"


def _about_page_variables(names, exercise):
    listed = " and ".join(names)
    return (
        f"Your function uses {listed} from the page around it. Everything that it needs has to come "
        f"in through its parameters ({', '.join(exercise.parameters)}), or it works here and nowhere "
        "else."
    )


# --- One call ------------------------------------------------------------------------------


def _problem(exercise, function, case, trial):
    """What is wrong with one call, as a `Problem`; None if nothing is."""
    call = show_call(exercise.parameters, trial.arguments)
    changed = " and ".join(exercise.parameters[place] for place in trial.changed)
    if trial.error is not None:
        return Problem("error", _about_error(trial, exercise, call))
    if trial.got is None:
        return Problem("nothing", _about_nothing(trial, changed))
    if exercise.judge:
        problem = exercise.judge(case, trial.got, call)
    else:
        problem = difference(case.expected, trial.got, call, exercise.meaning)
    if problem:
        return problem
    if changed:
        return Problem(
            "changed",
            f"Your answer is right, but {changed} is another one after the call: your function "
            f"writes into what it was given. Work on a copy, or compute a new array.\n"
            f"It was called with {call}.",
        )
    if trial.shared and not exercise.may_share:
        names = " and ".join(exercise.parameters[place] for place in trial.shared)
        return Problem(
            "shared",
            f"Your answer is right, but it is a part of {names} itself (a view, or the same array "
            f"under another name): whoever changes one changes both. Hand back a copy.\n"
            f"It was called with {call}.",
        )
    return None


def _about_nothing(trial, changed):
    if trial.printed.strip():
        return (
            "Your function prints its answer, and returns nothing (None): nobody can go on with "
            "it. End with return instead of print."
        )
    if changed:
        return (
            f"Your function changes {changed} and returns nothing (None). Compute a new array, and "
            "hand it back with return."
        )
    return "Your function returns nothing (None). Did you forget the return?"


def _about_error(trial, exercise, call):
    error, line = trial.error, f"\nThe line is: {trial.line}" if trial.line else ""
    if isinstance(error, OutOfTime):
        return (
            "Your function was still running after several seconds, and was stopped: is there a "
            f"loop that never ends?{line}\nIt was called with {call}."
        )
    if isinstance(error, NotImplementedError):
        return "Your function raises NotImplementedError: put your own lines in its place."
    return (
        f"Your function stops with {type(error).__name__}: {error}{line}\n"
        f"{_advice(error, exercise)}It was called with {call}."
    )


def _advice(error, exercise):
    """What an error usually means here."""
    text = str(error)
    if "broadcast" in text or "matmul" in text or "not aligned" in text:
        return "Write the two shapes below each other, aligned at the right: where do they differ? "
    if isinstance(error, UnboundLocalError):
        return "A name is used before it has got a value in every case. "
    if isinstance(error, NameError):
        return (
            "That name is not defined inside the function, and is none of its parameters "
            f"({', '.join(exercise.parameters)}). "
        )
    if isinstance(error, IndexError):
        return "A number is too large for its axis: the last one is the size minus 1. "
    if isinstance(error, RecursionError):
        return "The function calls itself, and never stops doing so. "
    if isinstance(error, ZeroDivisionError) or "math domain" in text:
        return "Think of the case in which a number is 0. "
    if isinstance(error, AttributeError) and "'list'" in text:
        return "A list can't do that; turn it into an array with np.array(...). "
    if isinstance(error, (SystemExit, KeyboardInterrupt)):
        return "A function hands back its answer with return; it must not end the program. "
    if "read-only" in text:
        return "Your function writes into what it was given; work on a copy. "
    return ""


# --- All calls together --------------------------------------------------------------------


def _known(exercise, cases, trials):
    """The misconception whose wrong function answers as the learner's does.

    Calls that failed count neither for nor against, if at least half of all came back.
    """
    came_back = [number for number, trial in enumerate(trials) if trial.error is None]
    if len(came_back) < len(trials) / 2:
        return None
    arguments = [cases[number].arguments for number in came_back]
    for words, wrong in exercise.misconceptions.items():
        others = try_all(wrong, arguments)
        if len(others) == len(came_back) and all(
            other.error is None and _same_values(trials[number].got, other.got)
            for number, other in zip(came_back, others, strict=True)
        ):
            return words
    return None


def _same_values(a, b):
    if isinstance(a, (tuple, list)) and isinstance(b, (tuple, list)):
        return len(a) == len(b) and all(map(_same_values, a, b))
    a, b = _as_numbers(a), _as_numbers(b)
    return (
        a is not None
        and b is not None
        and a.shape == b.shape
        and np.allclose(a, b, rtol=1e-4, atol=2e-5, equal_nan=True)
    )


def _as_numbers(value):
    try:
        array = np.asarray(value)
    except ValueError:  # lists of different lengths
        return None
    return array.astype(float) if array.dtype.kind in "biuf" else None


def _clue(exercise, function, cases, trials, rank):
    """What the code and the answers give away, in words."""
    words = clues.in_the_code(function)
    if words or rank == "error":
        return words
    calls = [
        (case, _as_numbers(trial.got))
        for case, trial in zip(cases, trials, strict=True)
        if trial.error is None
    ]
    if any(got is None or isinstance(case.expected, tuple) for case, got in calls):
        return None
    pairs = [(np.asarray(case.expected, dtype=float), got) for case, got in calls]
    if rank == "shape":
        return clues.in_the_shape(pairs, exercise.axes)
    if exercise.judge:
        return None
    if exercise.whole:
        return _about_numbers(pairs)
    same_shape = [(e, g) for e, g in pairs if e.shape == g.shape]
    arguments = [(case.arguments, got) for case, got in calls]
    return (
        clues.in_the_values(same_shape)
        or clues.in_the_input(exercise, arguments)
        or clues.in_the_places(same_shape, exercise.axes)
    )


def _about_numbers(pairs):
    """What the numbers of colors give away, in words."""
    for words, holds in _NUMBERS.items():
        if all(e.shape == g.shape and holds(e, g) for e, g in pairs):
            return words
    return None


_NUMBERS = {
    "You count from 1; the numbers of colors begin with 0.": lambda e, g: np.array_equal(e + 1, g),
    "Each of your numbers is one too small.": lambda e, g: np.array_equal(e - 1, g),
    "You return the same number for every pixel; each chooses for itself.": lambda e, g: (
        g.ndim > 0 and (g.size == 0 or (g == g.flat[0]).all())
    ),
}


def _pattern(cases, problems):
    """A property of the inputs that tells right from wrong, in words."""
    wrong = {number for number, problem in enumerate(problems) if problem}
    right = set(range(len(problems))) - wrong
    for tag, words in ONLY_RIGHT.items():
        tagged = {number for number, case in enumerate(cases) if tag in case.tags}
        if right and right <= tagged and len(right) >= 0.6 * len(tagged):
            return words
    for tag, words in ONLY_WRONG.items():
        tagged = {number for number, case in enumerate(cases) if tag in case.tags}
        if wrong and wrong <= tagged and len(tagged) < len(cases) / 2:
            return words
    return None
