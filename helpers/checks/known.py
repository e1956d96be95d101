"""The wrong functions of an exercise, and which of them gives a learner's answers.

Whoever's answers are those of a wrong function on every case has its misconception. First come
the ones that people wrote down, then the course's own answer changed in one place, then the
right result, or what is given, changed as a whole.
"""

import copy
import re
import warnings
from itertools import product

import numpy as np

from helpers.checks.answers import Finding
from helpers.checks.compare import close, numbers
from helpers.checks.mutate import VAGUE, mutants
from helpers.checks.transforms import GIVEN, RESULT, SCALES, STEPS

_lists = {}  # id of an exercise -> its wrong functions, made when they are first needed


def wrong_functions(exercise):
    """All the wrong functions of an exercise: pairs of words and a `Wrong`."""
    if id(exercise) not in _lists:
        found = []
        for words, code in exercise.wrong.items():
            found += [(words, Wrong(make)) for make in _makers(exercise, code)]
        found += [
            (words, Wrong(make, vague=words.startswith(VAGUE))) for words, make in mutants(exercise)
        ]
        found += [(words, Wrong(make, True)) for words, make in _transformed(exercise)]
        _lists[id(exercise)] = found
    return _lists[id(exercise)]


class Wrong:
    """A wrong function, made when it is first called.

    It is `loose` if it may say nothing about a case, and `vague` if its words name little.
    """

    def __init__(self, make, loose=False, vague=False):
        self.make, self.loose, self.vague = make, loose, vague
        self.function, self.answers = None, {}

    def answer(self, number, case):
        """The answer to the case of that number; an error is an answer, too."""
        if number not in self.answers:
            self.answers[number] = self._called(case.arguments)
        return self.answers[number]

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
    """The right function of changed arguments, or with a changed result."""
    right = exercise.quick or exercise.answer
    nouns = {"AXIS": (*exercise.axes, "row")[0], "OTHER": (*exercise.axes, "row", "number")[1]}
    nouns["END"] = exercise.axes[-1] if exercise.axes else "of its numbers"
    for words, code in _codes(RESULT):
        yield (
            re.sub("AXIS|OTHER|END", lambda m: nouns[m[0]], words),
            lambda c=code: _after(exercise, c),
        )
    for words, code in _codes(SCALES):
        words = f"You {words.replace('WHAT', 'the result')} at the end: leave out that step."
        code = re.sub(r"\bA\b", "R", code) + " if R.ndim else None"
        yield words, lambda c=code: _after(exercise, c)
    yield (
        "The parameters are mixed up: the first two have changed places.",
        lambda: lambda *a: right(a[1], a[0], *a[2:]),
    )
    if "rng" in exercise.parameters:
        return  # what is drawn from changed rows looks like changed draws
    some = _places(exercise)
    for table, frame in ((GIVEN, "{}"), (STEPS, "You {} before you compute: leave out that step.")):
        for (words, code), places in product(_codes(table), some):
            names = " and ".join(exercise.parameters[place] for place in places)
            words = frame.format(words.replace("WHAT", names))
            yield words, lambda c=code, places=places: _before(exercise, c, places)


def _codes(table):
    return ((words, code) for words, codes in table.items() for code in codes)


def _places(exercise):
    """Which arguments may be changed: those that hold numbers, and all of these together."""
    numbers = [
        n
        for n, value in enumerate(exercise.cases()[0].arguments)
        if hasattr(value, "ndim") and exercise.parameters[n] not in ("idx", "counts")
    ]
    return ([numbers] if len(numbers) > 1 else []) + [[n] for n in numbers]


def _after(exercise, code):
    right = exercise.quick or exercise.answer
    axes = (*exercise.axes, "", "")
    change = eval(f"lambda R: {code}", {"np": np, "axes": axes[: max(2, len(exercise.axes))]})
    return lambda *arguments: change(np.asarray(right(*arguments)))


def _before(exercise, code, places):
    right, change = exercise.quick or exercise.answer, eval(f"lambda A: {code}", {"np": np})

    def changed(*arguments):
        return right(
            *(
                _like(a, change(np.asarray(a))) if n in places else a
                for n, a in enumerate(arguments)
            )
        )

    return changed


def _like(given, changed):
    """A changed array as what was given: a tensor, where that was one."""
    return given.new_tensor(changed) if hasattr(given, "new_tensor") else changed


# --- Does it fit? --------------------------------------------------------------------------


def name(answers, inside=None, vague=False):
    """What to say of the first wrong function that gives the learner's answers."""
    numbers = _in_order(answers, range(len(answers.cases)) if inside is None else inside)
    best, found = 0, None
    trials = [answers.trials[n] for n in numbers]
    all_failed = all(answers.trials[n].error is not None for n in numbers if answers.problems[n])
    if not all_failed and all(trial.error is not None or _is_nan(trial.got) for trial in trials):
        return None  # there are many ways to nothing but nan
    for words, wrong in wrong_functions(answers.exercise):
        if wrong.vague != vague or (all_failed and words not in answers.exercise.wrong):
            continue  # where nothing but errors is wrong, one is soon like another: it says more itself
        fit = _fits(answers, wrong, numbers)
        if fit > best:
            hidden = {n for n in numbers if wrong.loose and _hides_free(answers, n)}
            best, found = fit, Finding(words, tuple(sorted({*numbers} - hidden)), wrong)
        if best == 2:
            break
    return found


def _is_nan(value):
    array = numbers(value)
    return array is not None and array.size > 0 and np.isnan(array).all()


def mixed(answers):
    """What to say of a wrong function that gives those of the learner's numbers that are wrong."""
    calls = []
    for n in _in_order(answers, range(len(answers.cases))):
        e, g = (numbers(value) for value in (answers.cases[n].expected, answers.trials[n].got))
        if g is None or e is None or e.shape != g.shape or not e.ndim or answers.exercise.judge:
            return None
        calls.append((n, e, g, ~np.isclose(e, g, equal_nan=True)))
    for words, wrong in wrong_functions(answers.exercise):
        if wrong.loose or wrong.vague:
            continue
        told = kept = 0
        for n, e, g, bad in calls:
            other = numbers(wrong.answer(n, answers.cases[n]))
            if other is None or other.shape != g.shape or not np.allclose(other[bad], g[bad]):
                break
            told, kept = told + bad.sum(), kept + (~bad & ~np.isclose(other, e)).sum()
        else:
            if told > 2 and kept > 2:
                return f"Some of your numbers are right. Where they are not: {words}"
    return None


def _hides_free(answers, n):
    return answers.exercise.hides_free(answers.cases[n], answers.trials[n].got)


def _in_order(answers, numbers):
    """Those cases first that tell wrong functions apart most quickly: short, come back, wrong."""
    return sorted(
        numbers,
        key=lambda n: (
            answers.cases[n].is_long,
            answers.trials[n].error is not None,
            answers.problems[n] is None,
        ),
    )


def _fits(answers, wrong, numbers):
    """How well a wrong function gives the learner's answers on these cases; 0 if it does not.

    A call that failed fits one that fails as well, 1; better with the same words, 2, and where all
    failed, only so.
    """
    exercise, shown, same, reasons = answers.exercise, 0, 0, 2
    failed = [n for n in numbers if answers.trials[n].error is not None]
    all_failed = len(failed) == len(numbers)
    for n in numbers:
        case, trial = answers.cases[n], answers.trials[n]
        other = wrong.answer(n, case)
        if trial.error is not None:
            same_error = str(other) == trial.error.text
            fits = isinstance(other, Exception) and (same_error or not (all_failed or wrong.loose))
            # Where math raises an error, NumPy goes on with inf or nan.
            fits = fits or (trial.error.text.startswith(_OF_MATH) and _not_finite(other))
            reasons = reasons if same_error else 1
        elif wrong.loose and _hides_free(answers, n):
            continue
        elif isinstance(other, Exception) or other is None:
            if wrong.loose:
                continue
            fits = False
        else:
            fits = alike_in(exercise, case, other, trial.got)
        if not fits:
            return 0
        same += 1
        told = answers.problems[n] is not None
        if told and trial.error is None:
            told = not alike_in(exercise, case, other, case.expected)
        shown += told
    least = 2 if exercise.whole and wrong.loose else 1  # few numbers are soon alike by accident
    enough = min(3, len(numbers)) if wrong.loose else 1
    told = shown >= min(least, len(answers.wrong)) and shown > 0 and same >= enough
    return reasons if told else 0


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
    return alike(exercise.freed(case, one), exercise.freed(case, other))


def alike(a, b):
    """Whether two answers hold the same numbers, in the same shape."""
    if isinstance(a, tuple) or isinstance(b, tuple):
        return (
            isinstance(a, (tuple, list))
            and isinstance(b, (tuple, list))
            and len(a) == len(b)
            and all(alike(x, y) for x, y in zip(a, b, strict=True))
        )
    a, b = numbers(a), numbers(b)
    if a is not None and b is not None and a.size == b.size == 0:
        return True  # an empty list has no columns
    if a is None or b is None or a.shape != b.shape:
        return False
    if (a.dtype.kind == "b") != (b.dtype.kind == "b"):
        return False
    if a.dtype.kind in "biu" and b.dtype.kind in "biu":
        return np.array_equal(a, b)
    return close(a, b)
