"""The wrong functions of an exercise, and which of them gives a learner's answers.

Whoever's answers are those of a wrong function on every case has its misconception. First come
the ones that people wrote down, then the course's own answer changed in one place, then the
right result, or what is given, changed as a whole.
"""

import copy
import re
import warnings
from functools import cache
from itertools import product

import numpy as np

from helpers.checks.attempt import Finding
from helpers.checks.compare import close, numbers
from helpers.checks.mutate import mutants
from helpers.checks.transforms import GIVEN, RESULT


@cache
def wrong_functions(exercise):
    """All the wrong functions of an exercise: pairs of words and a `WrongFunction`."""
    written = ((w, make) for w, code in exercise.wrong.items() for make in _makers(exercise, code))
    found = [(words, WrongFunction(make)) for words, make in [*written, *mutants(exercise)]]
    return found + [
        (words, WrongFunction(make, loose=True)) for words, make in _transformed(exercise)
    ]


class WrongFunction:
    """A wrong function, made when it is first called; `loose` if it may say nothing about a case."""

    def __init__(self, make, loose=False):
        self.make, self.loose, self.function, self.results = make, loose, None, {}

    def result(self, number, case):
        """The result for the case of that number; an error is a result, too."""
        if number not in self.results:
            self.results[number] = self._called(case.arguments)
        return self.results[number]

    def _called(self, arguments):
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                self.function = self.function or self.make()
                return self.function(*copy.deepcopy(arguments))
            except Exception as error:  # not every change of a line makes sense
                return error


def _makers(exercise, code):
    """What makes the functions that are written down for one sentence."""
    for one in code if isinstance(code, tuple) else (code,):
        if callable(one):
            yield lambda one=one: one
        elif " => " in one:
            edits = [edit.split(" => ") for edit in one.split(" ;; ")]
            for style in exercise.styles:
                if edits[0][0] in style:
                    yield lambda style=style, edits=edits: exercise.build(_edited(style, edits))
        else:
            yield lambda one=one: exercise.build(one)


def _edited(text, edits):
    for old, new in edits:
        text = text.replace(old, new)
    return text


def _transformed(exercise):
    """The right function with a changed result, or of changed arguments."""
    right, names, axes = exercise.right, exercise.parameters, exercise.axes
    nouns = {"AXIS": (*axes, "row")[0], "OTHER": (*axes, "row", "number")[1]}
    nouns["END"] = axes[-1] if axes else "of its numbers"
    for words, change in _changes(RESULT, (*axes, "", "")[: max(2, len(axes))]):
        yield (
            re.sub("AXIS|OTHER|END", lambda m: nouns[m[0]], words),
            lambda change=change: lambda *given: change(np.asarray(right(*given))),
        )
    yield (
        "The parameters are mixed up: the first two have changed places.",
        lambda: lambda a, b, *more: right(b, a, *more),
    )
    if "rng" in names:
        return  # what is drawn from changed rows looks like changed draws
    first = exercise.cases()[0].arguments
    some = [
        n for n, a in enumerate(first) if hasattr(a, "ndim") and names[n] not in ("idx", "counts")
    ]
    for (words, change), places in product(
        _changes(GIVEN), [some] * (len(some) > 1) + [[n] for n in some]
    ):

        def changed(*given, change=change, places=places):
            like = (
                _like(a, change(np.asarray(a))) if n in places else a for n, a in enumerate(given)
            )
            return right(*like)

        words = words.replace("WHAT", " and ".join(names[n] for n in places))
        yield words, lambda changed=changed: changed


def _changes(table, axes=()):
    """Pairs of words and a function of an array from a table of codes."""
    for words, codes in table.items():
        for code in codes:
            yield words, eval(f"lambda A: {code}", {"np": np, "axes": axes})


def _like(given, changed):
    """A changed array as what was given: a tensor, where that was one."""
    return given.new_tensor(changed) if hasattr(given, "new_tensor") else changed


# --- Does it fit? --------------------------------------------------------------------------


def best_fit(attempt):
    """What to say of the first wrong function that gives the learner's results."""
    order = _in_order(attempt)
    best, found = 0, None
    trials = [attempt.trials[n] for n in order]
    all_failed = all(attempt.trials[n].error is not None for n in order if attempt.problems[n])
    if not all_failed and all(trial.error is not None or _is_nan(trial.got) for trial in trials):
        return None  # there are many ways to nothing but nan
    for words, suspect in wrong_functions(attempt.exercise):
        if all_failed and words not in attempt.exercise.wrong:
            continue  # where nothing but errors is wrong, one is soon like another: it says more itself
        fit = _fit(attempt, suspect, order)
        if fit > best:
            hidden = {n for n in order if suspect.loose and _hides_free(attempt, n)}
            best, found = fit, Finding(words, tuple(sorted({*order} - hidden)), suspect)
        if best == 2:
            break
    return found


def _is_nan(value):
    array = numbers(value)
    return array is not None and array.size > 0 and np.isnan(array).all()


def _in_order(attempt):
    """Those cases first that tell wrong functions apart most quickly: short, come back, wrong."""
    return sorted(
        range(len(attempt.cases)),
        key=lambda n: (
            attempt.cases[n].is_long,
            attempt.trials[n].error is not None,
            attempt.problems[n] is None,
        ),
    )


def _fit(attempt, suspect, order):
    """How well a wrong function gives the learner's results: 2; 1 if it fails otherwise; 0 if it does not."""
    exercise, same = attempt.exercise, {}
    strict = suspect.loose or all(attempt.trials[n].error is not None for n in order)
    for n in order:
        same[n] = _same(attempt, suspect, n, strict)
        if same[n] == 0:
            return 0
    same = {n: how for n, how in same.items() if how is not None}
    shown = sum(_is_wrong(attempt, suspect, n) for n in same)
    # Few numbers are soon alike by accident, and so are two results of one that may be silent.
    least = 2 if exercise.whole and suspect.loose else 1
    enough = min(3, len(order)) if suspect.loose else 1
    if len(same) < enough or shown < max(1, min(least, len(attempt.failures))):
        return 0
    return min(same.values())


def _same(attempt, suspect, n, strict):
    """Whether both give the same for a case: 2; 1 if both fail, not alike; 0 if not; None says nothing."""
    trial, theirs = attempt.trials[n], suspect.result(n, attempt.cases[n])
    silent = isinstance(theirs, Exception) or theirs is None
    if trial.error is not None:
        if isinstance(theirs, Exception):
            return 2 if str(theirs) == trial.error.text else int(not strict)
        # Where math raises an error, NumPy goes on with inf or nan.
        return int(trial.error.text.startswith(_OF_MATH) and _not_finite(theirs))
    if suspect.loose and (silent or _hides_free(attempt, n)):
        return None
    return 0 if silent else 2 * alike_in(attempt.exercise, attempt.cases[n], theirs, trial.got)


def _is_wrong(attempt, suspect, n):
    """Whether a case that went wrong for the learner goes wrong for the wrong function, too."""
    case = attempt.cases[n]
    if attempt.problems[n] is None or attempt.trials[n].error is not None:
        return attempt.problems[n] is not None
    return not alike_in(attempt.exercise, case, suspect.result(n, case), case.expected)


def _hides_free(attempt, n):
    """Whether some rows may be anything, and this result does not show which they are."""
    exercise, case = attempt.exercise, attempt.cases[n]
    if (
        exercise.free is None
        or getattr(attempt.trials[n].got, "shape", None) == case.expected.shape
    ):
        return False
    return exercise.free(*case.arguments).any()


_OF_MATH = (
    "math ",
    "expected a positive",
    "float division",
    "division by zero",
    "cannot convert float",
)


def _not_finite(value):
    return isinstance(value, (float, np.floating)) and not np.isfinite(value)


def alike_in(exercise, case, one, other):
    """Whether two answers to a case are the same, but for rows that may be anything."""
    return alike(exercise.settled(case, one), exercise.settled(case, other))


def alike(a, b):
    """Whether two answers hold the same numbers, in the same shape."""
    if isinstance(a, tuple) or isinstance(b, tuple):
        several = all(isinstance(some, (tuple, list)) for some in (a, b)) and len(a) == len(b)
        return several and all(map(alike, a, b))
    a, b = numbers(a), numbers(b)
    if a is None or b is None:
        return False
    if a.size == b.size == 0:
        return True  # an empty list has no columns
    kinds = a.dtype.kind + b.dtype.kind
    if a.shape != b.shape or kinds.count("b") == 1:
        return False
    return np.array_equal(a, b) if set(kinds) <= set("biu") else close(a, b)
