"""From all the calls together: which misconception is it?

Several ways lead to a name for a mistake, and the first that fits is told:

1. what the code gives away: a variable of the page, a size that is written into it;
2. a wrong function with a known misconception gives the very same answers;
3. right and wrong answers fall apart along a property of the inputs: right for square
   pictures only, wrong where a cluster is empty ...
4. the answers stand in a simple relation to the right ones: transposed, squared,
   off by one, 255 times too large ...
"""

import contextlib
import difflib
import re
import traceback
import warnings

import numpy as np

from helpers.checks import clues, corners
from helpers.checks.clues import close
from helpers.checks.compare import RANKS, Problem, difference
from helpers.checks.report import show_call
from helpers.checks.trial import OutOfTime, page_variables_used, parameters_never_used, try_all

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
    "3 channels": (
        "It is right for 3 channels only: the channels are counted by hand somewhere; take their "
        "number from the shape, or let axis=-1 find it."
    ),
    "2 channels": (
        "It is right for 2 channels only, as in the plane; a color has 3: take their number from the "
        "shape, or let axis=-1 find it."
    ),
    "one step": "It is right for max_iters = 1 only: the steps have to be repeated in a loop.",
}

# Property of a case -> what to say if it is wrong for these cases only.
ONLY_WRONG = {
    "whole numbers": (
        "It goes wrong when the values given are whole numbers: somewhere a result is stored in an "
        "array of integers, which cuts off the decimals."
    ),
    "whole X": (
        "It goes wrong when the pixels are whole numbers and the colors decimals: something is stored "
        "in, or turned into, an array of integers (of the type of X?), which cuts off the decimals."
    ),
    "whole C": (
        "It goes wrong when the colors are whole numbers and the rest decimals: something is stored in, "
        "or turned into, an array of integers (of the type of the colors?), which cuts off the decimals."
    ),
    "tie": "It goes wrong where several colors are equally near: the rule is the lowest number.",
    "empty": ("It goes wrong where a cluster has no pixels: where a number does not occur in idx."),
    "equal": "It goes wrong for equal pictures, where the error is 0.",
    "one color": "It goes wrong for K = 1, a single color.",
    "N = K": (
        "It goes wrong where there are as many pixels as colors: is that a case of its own in your code? "
        "They are as many by chance only."
    ),
    "one pixel": "It goes wrong for a single pixel.",
    "float32": "It goes wrong for float32, the shorter kind of decimal number.",
    "until the end": "It goes wrong where it may go on to the end: mind when it stops.",
}

# Cases so simple that a wrong answer can be right by accident.
TRIVIAL = {"one pixel", "one color", "one row", "one column", "equal"}

# Cases in which a wrong rule can be right by luck.
LUCKY = {"tie", "empty", "until the end"}


# What a clue may fail with, if an answer is too odd for it; the tests allow none.
TOO_ODD = (Exception,)


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
    section : str
        What to reread.
    """
    cases = exercise.cases()
    trials = try_all(function, [case.arguments for case in cases])
    if _out_of_time(trials) and trials[1:] and all(map(_came_to_nothing, trials[:-1])):
        trials = trials[:-1]  # it draws, say, and takes its time; that it returns nothing is known
    cases = cases[: len(trials)]
    problems = [_problem(exercise, case, trial) for case, trial in zip(cases, trials, strict=True)]
    section = _section(exercise, cases, problems)
    rank = min((p.rank for p in problems if p), key=RANKS.index, default="")
    if rank in ("", "shared"):  # every answer is right
        words = exercise.rule(function) if exercise.rule else None
        if words and clues.never_meant(function):
            words = f"{clues.never_meant(function)}\n{words}"
        for kind, own_section in exercise.sections.items():
            section = own_section if words and kind in words else section
        if words or not rank:
            return ("not yet", words, section) if words else ("right", "", section)
    first = next(p.words for p in problems if p and p.rank == rank)
    state = "almost" if _numbers_are_right(exercise, cases, trials, rank) else "not yet"
    if rank == "nothing" and any(trial.got is not None for trial in trials):
        return state, _about_nothing_sometimes(exercise, trials), section
    used = page_variables_used(function)
    if used and rank not in ("changed", "shared"):
        return state, _about_page_variables(used, exercise), section
    changed = _about_changes(exercise, function, cases, trials, problems, rank)
    if rank == "changed":
        first = f"{clues.second_name(function, exercise.parameters)}{first}"
    wrong = [trial for trial, problem in zip(trials, problems, strict=True) if problem]
    if rank in ("nan", "value") and not changed and all(trial.changed for trial in wrong):
        changed = clues.second_name(function, exercise.parameters).strip()
    if rank in ("error", "shape", "dtype", "nan", "value") and not _out_of_time(trials):
        name = changed or _name(exercise, function, cases, trials, problems, rank)
        first = f"{name}\n{first}" if name else _unknown(rank, first, cases[0].expected)
    elif _out_of_time(trials) and exercise.explain:
        words = exercise.explain(function, cases, trials)
        first = f"{words}\n{first}" if words else first
    if rank in ("nan", "value") and not changed:
        first += _also_changed(exercise, trials)
    return state, first, section


def _name(exercise, function, cases, trials, problems, rank):
    """The misconception, in words, or None."""
    unused = parameters_never_used(function, len(exercise.parameters))
    if all(isinstance(trial.error, (NameError, ImportError)) for trial in trials):
        missing = isinstance(trials[0].error, ImportError)
        return _never_used(unused) if unused and missing else None  # the name itself says most
    everything = (exercise, cases, trials, problems)

    def cornered(words):
        return words and corners.only(exercise, cases, problems) + words

    ways = (
        lambda: clues.in_the_code(function),
        lambda: _by_chance(exercise, function, cases, problems),
        lambda: _known(*everything),
        lambda: rank == "error" and _fails_unless_square(cases, trials),
        lambda: _made_of_mistakes(*everything, 1),
        lambda: rank in ("error", "shape") and clues.sizes_in_the_code(function),
        lambda: rank == "error" and unused and _never_used(unused),
        lambda: exercise.explain and exercise.explain(function, cases, trials),
        lambda: _clue(_at_which_numbers, *everything, rank),
        lambda: _cut_by_a_type(*everything),
        lambda: cornered(_clue(_exact_clue, *everything, rank)),
        lambda: _known_in_a_corner(*everything, rank),
        lambda: _known_at_some_places(*everything),
        lambda: _made_of_mistakes(*everything, 2),
        lambda: _known_but_for_edges(*everything),
        lambda: unused and _never_used(unused),
        lambda: _only_right(exercise, cases, problems),
        lambda: cornered(_clue(_rough_clue, *everything, rank)),
        lambda: _only_wrong(cases, trials, problems),
        lambda: corners.only(exercise, cases, problems, also_values=True).strip(),
        lambda: rank == "value" and any(problems[:6]) and _right_alone(exercise, function, cases),
        lambda: _by_chance(exercise, function, cases, problems, seeded=True),
    )
    for way in ways:
        with contextlib.suppress(*TOO_ODD):
            words = way()
            if words:
                return words + clues.why_unwritten(function, words)
    return None


def _by_chance(exercise, function, cases, problems, seeded=False):
    """Whether chance has a hand in it, where nothing asks for it, in words."""
    names = set(getattr(getattr(function, "__code__", None), "co_names", ()))
    if exercise.judge and not exercise.whole or "rng" in exercise.parameters:
        return None  # for an empty group, and for a start, chance may decide
    if not names & _CHANCE:
        return None
    if seeded:
        return (
            "There is chance in your function, and nothing asks for it: use all that you are given."
        )
    wrong = [case for case, problem in zip(cases, problems, strict=True) if problem]
    some = [c for c, p in zip(cases, problems, strict=True) if p or "tie" in c.tags][:6]
    trials = try_all(function, [case.arguments for case in some for _ in range(12)])
    for n in range(0, len(trials), 12):
        one, *others = (trial.got for trial in trials[n : n + 12])
        if one is not None and not all(_same_values(one, other) for other in others):
            tie = f" {ONLY_WRONG['tie']}" if all("tie" in case.tags for case in wrong) else ""
            return (
                "There is chance in your function: the same call gives now this answer, now that, where it "
                f"should always give the same.{tie}"
            )
    return None


_CHANCE = {"random", "choice", "shuffle", "default_rng", "randint", "rng", "permutation", "sample"}


def _never_used(names):
    told = "".join(words for name, words in _WHAT_FOR.items() if name in names)
    return f"Your function never uses {' and '.join(names)}.{told}"


# What a parameter is for, if it is easily forgotten.
_WHAT_FOR = {
    "K": " K says how many there have to be, also where some have no pixels.",
    "max_iters": " max_iters says after how many steps it has to stop.",
    "initial_centroids": " initial_centroids is where it has to begin.",
    "rng": " Chance has to come from rng, so that the same seed draws the same.",
}


def _section(exercise, cases, problems):
    """What to reread: a section of its own if only cases of one kind go wrong."""
    wrong = [case for case, problem in zip(cases, problems, strict=True) if problem]
    for tag, section in exercise.sections.items():
        if wrong and all(tag in case.tags for case in wrong):
            return section
    return exercise.reread


def _out_of_time(trials):
    return isinstance(trials[-1].error, OutOfTime)


def _came_to_nothing(trial):
    return trial.got is None and trial.error is None


def _numbers_are_right(exercise, cases, trials, rank):
    """Whether only something about the numbers is left to mend: their type, a side effect."""
    if rank in ("changed", "shared"):
        return True
    if rank != "dtype" or (exercise.judge and not exercise.whole):
        return False
    return all(
        _same_values(np.asarray(case.expected, dtype=float), trial.got)
        for case, trial in zip(cases, trials, strict=True)
    )


def _unknown(rank, words, expected):
    if rank != "value" or not words.startswith(("For ", "In ")):  # it is named already
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


def _problem(exercise, case, trial):
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
            f"Your answer is right, but {changed} has changed after the call: your function writes "
            f"into what it was given. Work on a copy, or compute a new array.\n"
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


def _about_changes(exercise, function, cases, trials, problems, rank):
    """Whether the answers would be right if only the arguments were left alone, in words.

    Whoever writes decimals into an array of integers that was given loses them.
    """
    wrong = [number for number, problem in enumerate(problems) if problem]
    if not any(trials[number].changed for number in wrong) and rank != "error":
        return None
    arguments = [_as_floats(cases[number].arguments) for number in wrong]
    if all(_same_types(cases[n].arguments, a) for n, a in zip(wrong, arguments, strict=True)):
        return None
    again = try_all(function, arguments)
    if not any(trial.changed for trial in again):
        return None
    for number, trial in zip(wrong, again, strict=False):
        problem = _problem(exercise, cases[number], trial)
        if problem and problem.rank not in ("changed", "shared"):
            return None
    places = sorted({place for trial in again for place in trial.changed})
    names = " and ".join(exercise.parameters[place] for place in places)
    return (
        f"Your function writes into {names}, which it was given; here that is an array of integers, "
        "and can't hold decimals. Work on a copy, or compute a new array."
    )


def _as_floats(arguments):
    return tuple(
        a.astype(float) if isinstance(a, np.ndarray) and a.dtype.kind == "i" else a
        for a in arguments
    )


def _same_types(a, b):
    return all(np.asarray(x).dtype == np.asarray(y).dtype for x, y in zip(a, b, strict=True))


def _also_changed(exercise, trials):
    places = sorted({place for trial in trials for place in trial.changed})
    if not places:
        return ""
    names = " and ".join(exercise.parameters[place] for place in places)
    return f"\nYour function also writes into {names}, which it was given: work on a copy."


# --- Errors --------------------------------------------------------------------------------


def _about_nothing_sometimes(exercise, trials):
    empty = next(trial for trial in trials if trial.got is None and trial.error is None)
    return (
        "Your function sometimes returns nothing (None): not every way through it comes to a return.\n"
        f"It was called with {show_call(exercise.parameters, empty.arguments)}."
    )


def _about_error(trial, exercise, call):
    error, line = trial.error, f"\nThe line is: {trial.line}" if trial.line else ""
    if isinstance(error, OutOfTime):
        return (
            "Your function was still running after several seconds, and was stopped: is there a "
            f"loop that never ends?{line}\nIt was called with {call}."
        )
    if isinstance(error, NotImplementedError):
        return "Your function raises NotImplementedError: put your own lines in its place."
    advice = _about_helper(error) or _about_axes(trial, exercise) or _advice(error, exercise, line)
    lines = [f"Your function stops with {type(error).__name__}: {error}{line}", advice]
    return "\n".join([*filter(None, lines), f"It was called with {call}."])


# Part of an error's name or text -> what it usually means here.
ADVICE = {
    "valid indices": (
        "The numbers in the brackets have to be whole numbers: / makes decimals, // and % do not."
    ),
    "ellipsis": "Three dots are left in your code: put something in their place.",
    "could not broadcast input array": (
        "What you store has another shape than its place: the message shows both."
    ),
    "broadcast": "Write the two shapes below each other, aligned at the right: where do they differ?",
    "matmul": (
        "For a product, the last axis of the first has to fit the other: image @ weights, X @ C.T. "
        "Write the two shapes side by side."
    ),
    "not aligned": (
        "For a product, the last axis of the first has to fit the other: image @ weights, X @ C.T. "
        "Write the two shapes side by side."
    ),
    "cannot reshape": (
        "Count the numbers: H x W pixels with 3 channels are H x W x 3. Is a size written into your "
        "code, or are the three channels missing?"
    ),
    "cannot be interpreted as an integer": "A size or a number of rounds has to be a whole number.",
    "inhomogeneous": (
        "Lists of different lengths make no array: is an inner list not begun anew in each round, or "
        "something added to it only sometimes?"
    ),
    "KeyError": (
        "A dictionary knows only what was put into it, and here something else is asked of it: compute it "
        "instead of looking it up, or put it in first."
    ),
    "No module named": (
        "That package does not belong to the course, and is not installed here: NumPy is enough."
    ),
    "truth value of an array": (
        "An array holds many numbers, and an if asks one question: compare single numbers, ask with "
        "np.array_equal whether whole arrays or whole pictures are equal, or choose with np.where."
    ),
    "0-dimensional": "The math functions take one number; np.sqrt, np.log2 ... take whole arrays.",
    "size-1": "The math functions take one number; np.sqrt, np.log2 ... take whole arrays.",
    "only length-1": "The math functions take one number; np.sqrt, np.log2 ... take whole arrays.",
    "attribute 'index'": "An array has no index(...); argmin() gives the place of the smallest.",
    "attribute 'append'": "An array can't grow; begin with a list, and turn it into an array at the end.",
    "'invert'": (
        "~ and bitwise_not turn around the bits of whole numbers; these are decimals from 0 to 1: "
        "subtract instead."
    ),
    "unary ~": "~ turns around the bits of whole numbers; for decimals, subtract instead.",
    "bitwise_xor": "In Python a power is **; ^ means something else.",
    "for ^": "In Python a power is **; ^ means something else.",
    "casting rule": (
        "An array of integers can't hold decimals: write (+=, -=, *=, /=) into an array of floats, or compute "
        "a new one."
    ),
    "out of bounds": (
        "A number is too large for its axis: the last one is the size minus 1. Are two sizes mixed "
        "up, is one written into your code, or is a neighbor asked for that isn't there?"
    ),
    "object is not iterable": "A number is no list: for i in range(number) goes round so many times.",
    "used as indices": (
        "The numbers in the brackets have to be whole numbers: are two parameters mixed up?"
    ),
    "boolean index": "The question in the brackets has to be asked of an array of the same length.",
    "attribute 'rand": "A generator draws with rng.integers, rng.choice, rng.permutation, rng.random.",
    "too many indices": "There are more numbers in the brackets than the array has axes.",
    "read-only": "Your function writes into what it was given; work on a copy.",
    "math domain": "Think of the case in which a number is 0.",
    "ZeroDivisionError": "Think of the case in which a number is 0.",
    "UnboundLocalError": (
        "A name is used before it has got a value. A variable with the name of a function hides that "
        "function: call it something else."
    ),
    "RecursionError": "The function calls itself, and never stops doing so.",
    "IndexError": "A number is too large for its axis: the last one is the size minus 1.",
    "'list' object has no attribute": "A list can't do that; turn it into an array with np.array(...).",
    "not callable": "Are parentheses ( ) where brackets [ ] should be, or is a * missing?",
    "object is not subscriptable": (
        "Are brackets [ ] where parentheses ( ) should be, or is this one number already?"
    ),
    "can't multiply sequence": "A list can't compute; turn it into an array with np.array(...).",
    "list indices": (
        "It may come as a plain list, which takes one whole number in the brackets: turn it into an "
        "array with np.array(...) first."
    ),
    "for /: 'list'": "A list can't compute; turn it into an array with np.array(...).",
    "for -: 'list'": "A list can't compute; turn it into an array with np.array(...).",
    "positional argument": (
        "The function that you call here takes another number of values. A * in front, as in "
        "*image.shape, hands over all of them: a picture's shape has three, height, width and "
        "channels."
    ),
}


def _about_unpacking(line, exercise):
    """What is taken apart where names and values are not equally many, in words."""
    if "shape" in line:
        return (
            "Left of = there have to be as many names as the shape has numbers: a picture's has three "
            "(height, width, channels), that of a list of pixels two."
        )
    if exercise.parameters[0] in ("image", "a"):
        return (
            "Several names at once (left of =, or after for) take an array apart along its first axis: a "
            "picture into its rows, a row into its pixels, and only a single pixel into its channels."
        )
    return (
        "Several names at once (left of =, or after for) take an array apart along its first axis, and "
        "have to be as many as its values: the number of pixels, colors or channels differs from call to "
        "call."
    )


def _advice(error, exercise, line=""):
    """What an error usually means here."""
    if isinstance(error, NameError) and not isinstance(error, UnboundLocalError):
        return _about_name(error, exercise)
    text = f"{type(error).__name__}: {error}"
    if "to unpack" in text:
        return _about_unpacking(line, exercise)
    return next((words for part, words in ADVICE.items() if part in text), "")


# Functions that take lists of rows, of which the first parameters need two axes.
TAKE_ROWS = {
    "all_differences": 2,
    "pairwise_distances": 2,
    "squared_distances": 2,
    "find_closest_centroids": 2,
    "compute_centroids": 1,
    "to_image": 1,
}


def _about_helper(error):
    """What was handed to a function of the course that takes something else, in words."""
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    for frame in frames[2:]:  # after the check and the learner's own function
        name, code = frame.f_code.co_name, frame.f_code
        for parameter in code.co_varnames[: TAKE_ROWS.get(name, 0)]:
            shape = np.shape(frame.f_locals.get(parameter))
            if len(shape) in (1, 3):
                single = "one single row: put it into a list of one row first, with [None, :]"
                picture = "a picture: make a list of its pixels first (to_pixels)"
                return (
                    f"{name} takes a list of rows as its {parameter}, one row for each pixel or "
                    f"color. It got {single if len(shape) == 1 else picture}."
                )
    return None


def _about_axes(trial, exercise):
    """For two shapes that do not fit: how they came from the arguments, in words."""
    if "broadcast together" not in str(trial.error) or exercise.parameters == ("a", "b"):
        return None
    shapes = [
        tuple(int(n) for n in re.findall(r"\d+", text))
        for text in re.findall(r"\(([\d,]*)\)", str(trial.error))
    ]
    given = {
        name: a.shape
        for name, a in zip(exercise.parameters, trial.arguments, strict=True)
        if isinstance(a, np.ndarray) and a.ndim == 2
    }
    if len(given) == 2 and shapes == list(given.values()):
        X, C = given
        return (
            f"{X} and {C} meet as they are, row by row, so that both lists lie along one axis. "
            "Each pixel has to meet every color: pixels and colors need an axis each (None makes one)."
        )
    made = [
        {n for n in range(3) if other == (*shape[:n], 1, *shape[n:])}
        for shape, other in zip(given.values(), shapes, strict=False)
    ]
    if len(made) == 2 and made[0] & made[1] - {2}:
        return (
            f"{' and '.join(given)} got their new axes at the same place, so that pixels and colors still "
            "lie along one axis. They need an axis each: the new axis of the one stands where the other "
            "has its rows."
        )
    for name, shape in given.items():
        for other in shapes:
            if other == (*shape, 1):
                return (
                    f"The new axis of {name} stands at the end, in the place of the channels: shape "
                    f"{other}. The channels have to stay the last axis."
                )
    return None


def _about_name(error, exercise):
    name = getattr(error, "name", None) or ""
    if not name and "'" in str(error):
        name = str(error).split("'")[1]
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    own = [*exercise.parameters, *frames[-1].f_code.co_varnames]
    close_names = difflib.get_close_matches(name, own, 1, 0.6)
    if close_names and close_names[0] not in exercise.parameters:
        return f"There is no {name}. Is it misspelled: did you mean {close_names[0]}?"
    meant = f" Did you mean {close_names[0]}?" if close_names else ""
    return (
        f"{name or 'That name'} is not defined inside the function, and is none of its parameters "
        f"({', '.join(exercise.parameters)}): what the function works on has to come in through "
        f"these.{meant} If it is a function or a value of an earlier cell or lesson: each page "
        "starts fresh, so run or write its definition on this page."
    )


# --- All calls together --------------------------------------------------------------------


def _known(exercise, cases, trials, problems):
    """The misconception whose wrong function answers as the learner's does."""
    calls = _in_order(cases, trials, problems)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for words, wrong in exercise.misconceptions.items():
            for function in wrong if isinstance(wrong, tuple) else (wrong,):
                if _answers_as(exercise, function, calls):
                    return words
    return None


def _made_of_mistakes(exercise, cases, trials, problems, number):
    """As `_known`, for answers of which so many parts are wrong."""
    wrong = [case for case, problem in zip(cases, problems, strict=True) if problem]
    if exercise.mistakes is None or (number > 1 and all(map(_is_special, wrong))):
        return None
    calls = _in_order(cases, trials, problems)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for words, wrong, parts in exercise.mistakes():
            if parts == number and _answers_as(exercise, wrong, calls):
                return words
    return None


def _known_but_for_edges(exercise, cases, trials, problems):
    """As `_known`, for an answer that treats K = 1 or equal pictures in a way of its own."""
    rest = [n for n, case in enumerate(cases) if not case.tags & {"one color", "equal"}]
    some = [[items[n] for n in rest] for items in (cases, trials, problems)]
    if len(rest) == len(cases) or not any(some[2]):
        return None
    return (
        _known(exercise, *some)
        or _made_of_mistakes(exercise, *some, 1)
        or _made_of_mistakes(exercise, *some, 2)
    )


def _known_in_a_corner(exercise, cases, trials, problems, rank):
    """As `_known`, or an exact clue, for an answer that is wrong for some inputs only."""
    if all("empty" in case.tags for case, problem in zip(cases, problems, strict=True) if problem):
        return None
    for words, inside in corners.where(exercise, cases, problems):
        some = [[items[n] for n in inside] for items in (cases, trials, problems)]
        number = sum(problem is not None for problem in some[2])
        several = number > 1
        if rank == "value" and number < (3 if exercise.whole else min(2, len(inside))):
            continue  # such answers are soon the same by accident
        name = (
            (several and _as_it_was(exercise, *some))
            or _known(exercise, *some)
            or _made_of_mistakes(exercise, *some, 1)
            or (several and _clue(_exact_clue, exercise, *some, rank))
        )
        if name:
            return f"It goes wrong only {words}, as far as was tried. {name}"
    return None


def _as_it_was(exercise, cases, trials, problems):
    """Whether the first argument comes back, in words."""
    if all(
        _same_values(case.arguments[0], trial.got)
        for case, trial, problem in zip(cases, trials, problems, strict=True)
        if problem
    ):
        return f"There {exercise.parameters[0]} comes back as it was."
    return None


def _known_at_some_places(exercise, cases, trials, problems):
    """As `_known`, for an answer that is wrong in some of its places only, and right elsewhere."""
    if any(isinstance(case.expected, tuple) for case in cases):
        return None
    answers = [trial.got for trial in trials if _as_numbers(trial.got) is not None]
    if exercise.whole or isinstance(cases[0].expected, tuple) or len(answers) < len(cases):
        return None
    calls = [
        (case, np.asarray(case.expected), np.asarray(trial.got, dtype=float))
        for case, trial in zip(cases, trials, strict=True)
        if "float32" not in case.tags
    ]
    values = np.concatenate([e.ravel() for _, e, _ in calls])
    if any(e.shape != g.shape for _, e, g in calls):
        return None
    if len(np.unique(values)) < len(values) / 2:  # of few numbers many are alike by accident
        return None
    made = exercise.mistakes() if exercise.mistakes else ()
    some = list(exercise.misconceptions.items()) + [(w, f) for w, f, number in made if number == 1]
    for words, functions in some:
        for function in functions if isinstance(functions, tuple) else (functions,):
            with np.errstate(all="ignore"), contextlib.suppress(Exception):  # a wrong one may fail
                if _fits_some_places(function, calls):
                    return (
                        f"Some of your numbers are right, and the others look like this: {words} Is "
                        "there an if that treats them in a way of their own?"
                    )
    return None


def _fits_some_places(function, calls):
    wrong = 0
    for case, e, g in calls:
        other = np.asarray(function(*case.arguments))
        right = np.isclose(e, g, rtol=1e-5, atol=1e-7)
        if (
            close(other, np.asarray(case.arguments[0]) * 1.0)
            or other.size > 1
            and not np.ptp(other)
        ):
            return False
        if other.shape != e.shape or not (right | np.isclose(other, g, rtol=1e-5)).all():
            return False
        wrong += (~right).sum()
    return wrong > 3


def _cut_by_a_type(exercise, cases, trials, problems):
    """Whether decimals are cut off wherever an argument holds whole numbers, in words."""
    names = set(exercise.parameters) - {"idx", "counts"}  # these always do
    if any(isinstance(case.expected, tuple) for case in cases):
        return None
    for case, trial, problem in zip(cases, trials, problems, strict=True):
        if problem:
            got, expected = _as_numbers(trial.got), np.asarray(case.expected)
            given = zip(exercise.parameters, case.arguments, strict=True)
            names &= {n for n, a in given if np.ndim(a) and np.asarray(a).dtype.kind == "i"}
            if got is None or not expected.ndim or not close(np.trunc(expected), got * 1.0):
                return None
    if not names or len(names) == len(exercise.parameters):
        return None
    listed = " and ".join(name for name in exercise.parameters if name in names)
    return (
        f"It goes wrong when {listed} holds whole numbers: somewhere a result is stored in an array of "
        f"integers (of the type of {listed}?), which cuts off the decimals."
    )


def _in_order(cases, trials, problems):
    """The calls, those first that tell wrong functions apart most quickly: short, come back, wrong."""
    calls = list(zip(cases, trials, problems, strict=True))
    return sorted(calls, key=lambda c: (_is_long(c[0]), c[1].error is not None, c[2] is None))


def _answers_as(exercise, wrong, calls):
    """Whether a wrong function gives the learner's answers, on every call.

    A call that failed fits one that fails as well; and if at least half of all came back,
    it counts neither for nor against.
    """
    lenient = sum(trial.error is not None for _, trial, _ in calls) <= len(calls) / 2
    seen, same, broken = False, 0, 0
    for case, trial, problem in calls:
        failed = trial.error is not None
        try:
            other = wrong(*case.arguments)
        except Exception as error:
            if not failed or (not lenient and str(error) != str(trial.error)):
                return False
            seen, same = True, same + 1
            continue
        if failed:
            if not lenient:
                return False
        elif exercise.judge and "empty" in case.tags and np.isnan(other).all():
            continue  # it says nothing about this case
        elif not _same_values(other, trial.got, anything=exercise.judge is not None):
            if (
                exercise.judge
                or not isinstance(other, float | np.ndarray)
                or np.all(other > -np.inf)
            ):
                return False
            broken += 1  # it breaks down here (0 / 0), and a learner may have seen to that
        else:
            told = not exercise.judge or not _same_values(other, case.expected, anything=True)
            seen, same = seen or (problem is not None and told), same + 1
    return seen and same > broken


def _is_special(case):
    """Whether a wrong rule shows itself in such a call, and no mixture of mistakes does."""
    return "empty" in case.tags or _is_long(case)


def _is_long(case):
    """Whether a call takes so long that the others are tried first."""
    return np.asarray(case.arguments[0]).size > 1000


def _same_values(a, b, anything=False):
    """Whether two answers are the same; a nan in the first may stand for anything."""
    if isinstance(a, tuple) and isinstance(b, (tuple, list)):
        return len(a) == len(b) and all(
            _same_values(x, y, anything) for x, y in zip(a, b, strict=True)
        )
    a, b = _as_numbers(a), _as_numbers(b)
    if a is not None and b is not None and a.dtype.kind in "biu" and b.dtype.kind in "biu":
        return np.array_equal(a, b)
    if anything and a is not None and b is not None and a.shape == b.shape and a.dtype.kind == "f":
        told = ~np.isnan(a)
        return bool(told.any()) and close(a[told], b[told])
    return a is not None and b is not None and (a.size == b.size == 0 or close(a, b))


def _as_numbers(value):
    try:
        array = np.asarray(value)
    except ValueError:  # lists of different lengths
        return None
    return array if array.dtype.kind in "biuf" else None


def _clue(of, exercise, cases, trials, problems, rank):
    """What the answers give away, in words: a clue of one kind."""
    calls = [
        (case, _as_numbers(trial.got), problem)
        for case, trial, problem in zip(cases, trials, problems, strict=True)
        if trial.error is None
    ]
    if rank == "error":  # what came back may tell, if it is most
        others = [problem.rank for *_, problem in calls if problem]
        if len(calls) < len(cases) / 2 or not others:
            return None
        rank = min(others, key=RANKS.index)
        if others.count(rank) < 2:  # one call alone may be of that shape by accident
            return None
    if any(got is None or isinstance(case.expected, tuple) for case, got, _ in calls):
        return None
    if exercise.judge:  # of an empty cluster nothing is to be learned
        calls = [call for call in calls if "empty" not in call[0].tags]
    plain = [call for call in calls if not call[0].tags & {"whole numbers", "float32"}]
    for some in (plain, calls):
        if any(problem for *_, problem in some):
            triples = [(case.arguments, np.asarray(case.expected), got) for case, got, _ in some]
            words = of(exercise, triples, rank)
            if words:
                return words
    return None


def _exact_clue(exercise, calls, rank):
    """A relation to the right answers that holds for all numbers."""
    if exercise.judge and not exercise.axes:
        return None  # any answer may be right
    if rank == "shape":
        return clues.in_the_shape(exercise, calls) or clues.in_the_input(exercise, calls)
    if exercise.whole:
        return _about_numbers(calls) or clues.in_the_input(exercise, calls)
    pairs = [(e, g) for _, e, g in calls if e.shape == g.shape]
    return (
        clues.in_the_values(pairs)
        or clues.in_the_steps(pairs)
        or clues.in_the_input(exercise, calls)
        or (exercise.axes and clues.in_the_blocks(pairs, exercise.axes[0]))
        or (not exercise.judge and clues.in_a_pattern(pairs, exercise.axes))
    )


def _at_which_numbers(exercise, calls, rank):
    if exercise.judge or exercise.whole or rank not in ("nan", "value"):
        return None
    return corners.at_which_numbers(exercise, calls)


def _rough_clue(exercise, calls, rank):
    """Where something is wrong, or of what kind it is."""
    if rank == "shape":
        return clues.in_the_shape_alone(exercise, calls)
    if exercise.judge or exercise.whole:
        return None
    pairs = [(e, g) for _, e, g in calls if e.shape == g.shape]
    several = sum(not close(e, g) for e, g in pairs) > 1
    return (
        (several and clues.in_the_places(pairs, exercise.axes))
        or clues.in_a_mixture(exercise, calls)
        or clues.in_the_wrong_entries(calls)
        or (exercise.sign(calls) if exercise.sign else None)
    )


def _about_numbers(calls):
    """What the numbers of colors give away, in words."""
    for words, holds in _NUMBERS.items():
        if all(e.shape == g.shape and holds(e, g) for _, e, g in calls):
            return words
    return None


_NUMBERS = {
    "Your numbers are right, and only their type is not: they are decimals (0.0, 1.0 ...), which can't "
    "look anything up. np.zeros and np.empty make decimals unless you ask for dtype=int.": (
        lambda e, g: g.dtype.kind == "f" and np.array_equal(e, g)
    ),
    "You count from 1; the numbers of colors begin with 0.": lambda e, g: np.array_equal(e + 1, g),
    "Each of your numbers is one too small.": lambda e, g: np.array_equal(e - 1, g),
}


def _fails_unless_square(cases, trials):
    """Whether all pictures are out of bounds that are not square, in words."""
    square = ["square" in case.tags or "one pixel" in case.tags for case in cases]
    came_back = [trial.error is None for trial in trials]
    errors = [trial.error for trial in trials if trial.error is not None]
    if square == came_back and any(square) and all(isinstance(e, IndexError) for e in errors):
        return (
            "It fails unless the picture is square: height and width, or row and column, are mixed up. The "
            "row comes first, in the brackets as in the shape: image[row, column]."
        )
    return None


def _right_alone(exercise, function, cases):
    """Whether each pixel comes out right alone, and only among others does not, in words."""
    if exercise.axes[:2] != ("row", "column"):
        return None
    calls = [
        (image[i : i + 1, j : j + 1], *others)
        for image, *others in (case.arguments for case in cases[:6])
        if np.ndim(image) == 3
        for i in range(len(image))
        for j in range(image.shape[1])
    ]
    answers = [np.asarray(exercise.answer(*call)) for call in calls]
    both = np.concatenate([np.ravel(cases[n].expected) for n in range(6)])
    if not close(np.concatenate([np.ravel(a) for a in answers]), both):
        return None  # here something has to be passed on
    for expected, trial in zip(answers, try_all(function, calls), strict=True):
        if trial.error is not None or not _same_values(expected, trial.got):
            return None
    return (
        "Each pixel comes out right when it is alone, and not always among others: something is passed "
        "on from one pixel to the next (its error, as in dithering, or a number that is not begun "
        "anew), or depends on the size of the picture. Each pixel has to come out as if it were alone."
    )


def _only_right(exercise, cases, problems):
    """A property of the inputs without which nothing is right, in words."""
    hard = [n for n, case in enumerate(cases) if not case.tags & TRIVIAL]
    right = {n for n in hard if not problems[n]}
    luck = 0.4 if exercise.whole else 0  # one of few numbers is soon right by accident
    fits = {}
    for tag, words in ONLY_RIGHT.items():
        tagged = {n for n in hard if tag in cases[n].tags}
        others = len(hard) - len(tagged)
        enough = 2 if exercise.whole and tag == "N = K" else 1  # one is soon right by luck
        if (
            len(tagged) >= enough
            and tagged <= right
            and others > 1
            and len(right - tagged) <= luck * others
        ):
            fits[words] = len(right - tagged)
    return min(fits, key=fits.get) if fits else None


def _only_wrong(cases, trials, problems):
    """A property of the inputs with which alone something is wrong, in words."""
    wrong = {number for number, problem in enumerate(problems) if problem}
    fits = {}
    for tag, words in ONLY_WRONG.items():
        tagged = {number for number, case in enumerate(cases) if _has(tag, case, trials[number])}
        enough = len(wrong) >= (1 if tag in LUCKY else 0.5 * len(tagged))
        if wrong and wrong <= tagged and enough and len(tagged) < len(cases) / 2:
            fits[words] = len(tagged - wrong)
    return min(fits, key=fits.get) if fits else None


def _has(tag, case, trial):
    """Whether a case has a property; integers are to blame only where decimals are gone."""
    if tag == "whole numbers" and tag in case.tags and not isinstance(case.expected, tuple):
        got = _as_numbers(trial.got)
        expected = np.asarray(case.expected)
        return got is not None and got.shape == expected.shape and close(np.trunc(expected), got)
    return tag in case.tags
