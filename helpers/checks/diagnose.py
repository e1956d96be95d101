"""From all the calls together to one sentence.

A function that hands the work back to the course, or leaves a part of its result unwritten, is told
so first. Then come the ways to a name for a mistake (`WAYS`), in this order:

1. the code says it: a variable of the page, a return inside a loop ...
2. there is chance where none belongs
3. a wrong function gives the very same answers (`known`)
4. what only this exercise knows (its `betrays`)
5. the answers stand in a relation to the right ones (`relations`)
6. a parameter is never used
7. they go wrong for some inputs only (`where`)
8. a size is written in; and what is true, and names little: an axis is gone

What is said is true of the example that is shown, and of every case it speaks of.
"""

import contextlib
from dataclasses import replace
from functools import cache

import numpy as np

from helpers import call
from helpers.checks import chance, code, errors, known, relations, where
from helpers.checks.attempt import Attempt, Finding, Unfinished, no_answer, patiently
from helpers.checks.compare import Problem, difference
from helpers.checks.report import show_call


def diagnose(exercise, function):
    """Find out whether a function is right, and which misconception it shows."""
    attempt, unfinished = ask(exercise, function)
    section = _section(attempt)
    words = code.hands_it_back(exercise, function) or _left_over(attempt)
    if words:
        return "not yet", words, section
    if attempt.rank in ("", "shared"):  # every answer is right
        if unfinished:
            return "not judged", unfinished, section
        try:
            words = exercise.rule(function) if exercise.rule else None
        except Unfinished as over:
            return "not judged", str(over), section
        if words:
            found = next((s for kind, s in exercise.sections.items() if kind in words), section)
            told = code.page_variables(attempt), code.never_meant(function), words
            return "not yet", "\n".join(filter(None, told)), found
        if not attempt.rank:
            return "right", "", section
    state = "almost" if _numbers_are_right(attempt) else "not yet"
    return state, _explained(attempt), section


# --- Asking --------------------------------------------------------------------------------


def ask(exercise, function):
    """Call a function on all the cases of an exercise; those after one that is still computing are left out."""
    cases = all_cases(exercise)
    trials = patiently(function, [case.arguments for case in cases])
    unfinished = _about_time(trials.pop(), exercise) if trials[-1].out_of_time else None
    cases = cases[: len(trials)]
    problems = [_problem(exercise, c, t) for c, t in zip(cases, trials, strict=True)]
    return Attempt(exercise, function, cases, trials, problems), unfinished


@cache
def all_cases(exercise):
    """The cases of an exercise, made when they are first needed, and always the same."""
    return exercise.cases()


def _about_time(trial, exercise):
    called = show_call(exercise.parameters, trial.arguments)
    return f"{no_answer(trial)}\nIt was called with {called}."


def _left_over(attempt):
    """Whether a part of the result is what np.empty found in the memory, in words."""
    names = {name for code in call.codes(attempt.function) for name in code.co_names}
    if not any("empty" in name for name in names):
        return None
    library = "torch" if "torch" in names else "np"
    arguments = [case.arguments for case in attempt.cases]
    one, again, other = (
        call.call(attempt.function, arguments, fill=fill) for fill in (0.4375, 0.4375, -7.25)
    )
    for case, a, same, b in zip(attempt.cases, one, again, other, strict=False):
        if a.error or same.error or b.error or not known.alike(a.got, same.got):
            continue  # an error, or chance: the memory is not what makes the difference
        if not known.alike(a.got, b.got):
            return (
                f"A part of your result is never written: {library}.empty hands out whatever the memory held, so it is now this, now that. Begin with {library}.zeros, or write into every place.\n"
                f"It was called with {show_call(attempt.exercise.parameters, case.arguments)}."
            )
    return None


def _problem(exercise, case, trial):
    """What is wrong with one call, as a `Problem`; None if nothing is."""
    shown = show_call(exercise.parameters, trial.arguments)
    changed = " and ".join(exercise.parameters[place] for place in trial.changed)
    if trial.error is not None:
        return Problem("error", errors.about(trial, exercise, shown))
    if trial.got is None:
        return Problem("nothing", _about_nothing(trial, changed))
    if exercise.judge:
        problem = exercise.judge(case, trial.got, shown)
    else:
        free = exercise.free(*case.arguments) if exercise.free else None
        problem = difference(case.expected, trial.got, shown, exercise.meaning, free)
    if problem:
        return problem
    shared = () if exercise.may_share else trial.shared
    if changed:
        words = f"{changed} has changed after the call: your function writes into what it was given. Work on a copy, or compute a new array."
    elif shared:
        names = " and ".join(exercise.parameters[place] for place in shared)
        words = f"it is a part of {names} itself (a view, or the same array under another name): whoever changes one changes both. Hand back a copy."
    else:
        return None
    words = f"Your answer is right, but {words}\nIt was called with {shown}."
    return Problem("changed" if changed else "shared", words)


def _about_nothing(trial, changed):
    if trial.printed.strip():
        return "Your function prints its answer, or shows it, and returns nothing (None): nobody can go on with it. End with return instead of print."
    if changed:
        return f"Your function changes {changed} and returns nothing (None). Compute a new array, and hand it back with return. (What works in place, as .sort() and .resize() do, gives nothing back itself.)"
    return "Your function returns nothing (None). Did you forget the return?"


# --- Explaining ----------------------------------------------------------------------------

WAYS = (
    code.gives_away,
    chance.where_none_belongs,
    known.best_fit,
    lambda attempt: next(filter(None, (way(attempt) for way in attempt.exercise.betrays)), None),
    relations.betrayed,
    code.never_used,
    where.goes_wrong,
    code.sizes,
    relations.in_the_shape,
)


def _explained(attempt):
    """The name of the mistake, if there is one, above the example that shows it."""
    rank, problems = attempt.rank, attempt.problems
    first = next(problem for problem in problems if problem and problem.rank == rank)
    if rank == "nothing":
        if all(trial.got is None for trial in attempt.trials):
            return first.words
        empty = next(t for t in attempt.trials if t.got is None and t.error is None)
        called = show_call(attempt.exercise.parameters, empty.arguments)
        return f"Your function sometimes returns nothing (None): not every way through it comes to a return.\nIt was called with {called}."
    if rank == "type":
        finding = _in_a_list(attempt)
        return f"{finding.words}\n{first.words}" if finding else first.words
    if rank in ("changed", "shared"):
        second = code.second_name(attempt)
        return f"{second}\n{first.words}" if second else first.words
    page = code.page_variables(attempt) or code.given_away(attempt)
    if page:  # the numbers were made with decoys, or there are none, and say nothing
        return page
    finding = find(attempt)
    if finding is None:
        return _unknown(first, attempt) + _also_changed(attempt)
    shown = next((problems[n] for n in finding.about if problems[n]), first)
    return f"{finding.words}\n{shown.words}{_also_changed(attempt)}"


def _in_a_list(attempt):
    """What is wrong with the numbers in a list that should be no list, if they are not right either."""
    exercise = attempt.exercise
    with contextlib.suppress(*FORGIVEN):
        arrays = [
            replace(t, got=known.numbers(t.got), shared=[], changed=[]) for t in attempt.trials
        ]
        problems = [_problem(exercise, c, t) for c, t in zip(attempt.cases, arrays, strict=True)]
        wrong = next(filter(None, problems), None)
        found = wrong and known.best_fit(attempt)
        if found or wrong is None or not exercise.judge or wrong.rank in ("nothing", "shape"):
            return found
        words, *_ = wrong.words.split("\n")
        return None if words in attempt.problems[attempt.failures[0]].words else Finding(words)


# Errors of a way that are forgiven, and the next way is tried: an answer may be too odd for one.
# The tests forgive none.
FORGIVEN = (Exception,)


def find(attempt):
    """The first way that leads to a name for the mistake."""
    if all(t.error is not None and t.error.name in _SAY_IT_ALL for t in attempt.trials):
        return None
    for way in WAYS:
        found = None
        with contextlib.suppress(*FORGIVEN):
            found = way(attempt)
        if found:
            return found if isinstance(found, Finding) else Finding(found)
    return None


# Errors whose own words, with their meaning, tell all there is.
_SAY_IT_ALL = {"NameError", "ImportError", "ModuleNotFoundError", "Refused", "SystemExit"}


def _unknown(first, attempt):
    """The example, and, if it comes bare, the little that is known above it."""
    if not first.bare:
        return first.words
    expected = attempt.cases[0].expected
    if not isinstance(expected, tuple) and np.ndim(expected) == 0:
        return f"The number is not the right one.\n{first.words}"
    return f"The shape is right, and some of the numbers are not.\n{first.words}"


def _also_changed(attempt):
    places = sorted({place for trial in attempt.trials for place in trial.changed})
    if not places:
        return ""
    names = " and ".join(attempt.exercise.parameters[place] for place in places)
    second = code.second_name(attempt) or ""
    return f"\nYour function also writes into {names}, which it was given: work on a copy. {second}".rstrip()


def _numbers_are_right(attempt):
    """Whether only something about the numbers is left to mend: their type, a side effect."""
    if attempt.rank in ("changed", "shared"):
        return True
    if attempt.rank != "dtype" or (attempt.exercise.judge and not attempt.exercise.whole):
        return False
    return all(
        known.alike(case.expected, trial.got)
        for case, trial in zip(attempt.cases, attempt.trials, strict=True)
    )


def _section(attempt):
    """What to reread: a section of its own if only cases of one kind go wrong, or the shapes do."""
    wrong, sections = [attempt.cases[n] for n in attempt.failures], attempt.exercise.sections
    for tag, section in sections.items():
        if wrong and all(tag in case.tags for case in wrong):
            return section
    return sections.get("shape" if _is_about_shapes(attempt) else None, attempt.exercise.reread)


def _is_about_shapes(attempt):
    """Whether shapes go wrong, in what comes back or on the way."""
    if attempt.rank != "error":
        return attempt.rank == "shape"
    text = next(attempt.trials[n].error.text for n in attempt.failures if attempt.trials[n].error)
    return any(word in text for word in ("broadcast", "shape", "dimension", "axis"))
