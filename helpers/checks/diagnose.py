"""From all the calls together to one sentence.

A function that hands the work back to the course, or leaves a part of its result unwritten, is told
so first. Then come the ways to a name for a mistake (`WAYS`), in this order:

1. the code says it: a variable of the page, a return inside a loop ...
2. there is chance where none belongs
3. a wrong function gives the very same answers (`known`)
4. what only this exercise knows (its `betrays`)
5. the answers stand in a relation to the right ones (`relations`)
6. a parameter is never used
7. they go wrong for some inputs only (`where`), or in some of their numbers only
8. a size is written in; and what is true, and names little: a step is missing, an axis is gone

What is said is true of the example that is shown, and of every case it speaks of.
"""

import contextlib

import numpy as np

from helpers import call
from helpers.checks import chance, code, errors, known, relations, where
from helpers.checks.answers import Answers, Finding, Unfinished
from helpers.checks.compare import Problem, difference
from helpers.checks.report import show_call


def diagnose(exercise, function):
    """Find out whether a function is right, and which misconception it shows."""
    answers, unfinished = ask(exercise, function)
    section = _section(answers)
    words = code.hands_it_back(exercise, function)
    if words:
        return "not yet", words, section
    words = _left_over(answers)
    if words:
        return "not yet", words, section
    if answers.rank in ("", "shared"):  # every answer is right
        if unfinished:
            return "not judged", unfinished, section
        words = exercise.rule(function) if exercise.rule else None
        if isinstance(words, Unfinished):
            return "not judged", str(words), section
        if words:
            words = "\n".join(
                filter(None, (code.page_variables(answers), code.never_meant(function), words))
            )
            found = next((s for kind, s in exercise.sections.items() if kind in words), section)
            return "not yet", words, found
        if not answers.rank:
            return "right", "", section
    state = "almost" if _numbers_are_right(answers) else "not yet"
    return state, _explained(answers), section


# --- Asking --------------------------------------------------------------------------------


def ask(exercise, function):
    """Call a function on all the cases of an exercise.

    A case for which the time was over is tried again with four times the limit: a busy machine
    must not make a right function wrong. Those after it are left out if that fails, too.
    """
    cases = all_cases(exercise)
    arguments = [case.arguments for case in cases]
    trials = call.call(function, arguments)
    if trials[-1].out_of_time:
        del trials[-1]
        trials += call.call(function, arguments[len(trials) :], 4 * call.LIMIT)
    unfinished = _about_time(trials.pop(), exercise) if trials[-1].out_of_time else None
    cases = cases[: len(trials)]
    problems = [_problem(exercise, c, t) for c, t in zip(cases, trials, strict=True)]
    return Answers(exercise, function, cases, trials, problems), unfinished


_cases = {}  # id of an exercise -> its cases, made when they are first needed


def all_cases(exercise):
    """The cases of an exercise, always the same."""
    if id(exercise) not in _cases:
        _cases[id(exercise)] = exercise.cases()
    return _cases[id(exercise)]


def _about_time(trial, exercise):
    line = f"\nThe line is: {trial.error.line}" if trial.error.line else ""
    return (
        "Your function was still computing after several seconds, and was stopped, so nobody knows its "
        f"answer: is there a loop that never ends?{line}\n"
        f"It was called with {show_call(exercise.parameters, trial.arguments)}."
    )


def _left_over(answers):
    """Whether a part of the result is what np.empty found in the memory, in words."""
    names = {name for code in call.codes(answers.function) for name in code.co_names}
    if not any("empty" in name for name in names):
        return None
    library = "torch" if "torch" in names else "np"
    arguments = [case.arguments for case in answers.cases]
    one, again, other = (
        call.call(answers.function, arguments, fill=fill) for fill in (0.4375, 0.4375, -7.25)
    )
    for case, a, same, b in zip(answers.cases, one, again, other, strict=False):
        if a.error or same.error or b.error or not known.alike(a.got, same.got):
            continue  # an error, or chance: the memory is not what makes the difference
        if not known.alike(a.got, b.got):
            return (
                f"A part of your result is never written: {library}.empty hands out whatever the memory held, so it "
                f"is now this, now that. Begin with {library}.zeros, or write into every place.\n"
                f"It was called with {show_call(answers.exercise.parameters, case.arguments)}."
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
        problem = difference(
            case.expected, exercise.as_free(case, trial.got), shown, exercise.meaning
        )
    if problem:
        return problem
    if changed:
        return Problem(
            "changed",
            f"Your answer is right, but {changed} has changed after the call: your function writes "
            f"into what it was given. Work on a copy, or compute a new array.\n"
            f"It was called with {shown}.",
        )
    if trial.shared and not exercise.may_share:
        names = " and ".join(exercise.parameters[place] for place in trial.shared)
        return Problem(
            "shared",
            f"Your answer is right, but it is a part of {names} itself (a view, or the same array "
            f"under another name): whoever changes one changes both. Hand back a copy.\n"
            f"It was called with {shown}.",
        )
    return None


def _about_nothing(trial, changed):
    if trial.printed.strip():
        return (
            "Your function prints its answer, or shows it, and returns nothing (None): nobody can "
            "go on with it. End with return instead of print."
        )
    if changed:
        return (
            f"Your function changes {changed} and returns nothing (None). Compute a new array, and "
            "hand it back with return. (What works in place, as .sort() and .resize() do, gives "
            "nothing back itself.)"
        )
    return "Your function returns nothing (None). Did you forget the return?"


# --- Explaining ----------------------------------------------------------------------------

WAYS = (
    code.gives_away,
    chance.where_none_belongs,
    known.name,
    lambda answers: next(filter(None, (way(answers) for way in answers.exercise.betrays)), None),
    relations.betrayed,
    code.never_used,
    where.goes_wrong,
    known.mixed,
    code.sizes,
    relations.in_the_shape,
    lambda answers: known.name(answers, vague=True),
)


def _explained(answers):
    """The name of the mistake, if there is one, above the example that shows it."""
    rank, problems = answers.rank, answers.problems
    some_nothing = rank == "nothing" and any(trial.got is not None for trial in answers.trials)
    if some_nothing:
        empty = next(t for t in answers.trials if t.got is None and t.error is None)
        return (
            "Your function sometimes returns nothing (None): not every way through it comes to a return.\n"
            f"It was called with {show_call(answers.exercise.parameters, empty.arguments)}."
        )
    first = next(problem.words for problem in problems if problem and problem.rank == rank)
    if rank == "nothing":
        return first
    if rank == "type":
        finding = _in_a_list(answers)
        return f"{finding.words}\n{first}" if finding else first
    if rank in ("changed", "shared"):
        second = code.second_name(answers)
        return f"{second}\n{first}" if second else first
    page = code.page_variables(answers)
    if page:  # the numbers were made with decoys, and say nothing
        return page
    finding = find(answers)
    if finding is None:
        return _unknown(rank, first, answers) + _also_changed(answers)
    shown = next((problems[n].words for n in finding.about if problems[n]), first)
    return f"{finding.words}\n{shown}{_also_changed(answers)}"


def _in_a_list(answers):
    """What is wrong with the numbers in a list that should be no list, if they are not right either."""
    pairs = zip(answers.cases, answers.trials, strict=True)
    with contextlib.suppress(*TOO_ODD):
        if not all(_list_is_right(answers.exercise, c, known.numbers(t.got)) for c, t in pairs):
            return known.name(answers) or _judged_list(answers)
    return None


def _judged_list(answers):
    """What is wrong with the first list, as an array, by the judge, if he says more than that it is one."""
    n = answers.wrong[0]
    got, judge = known.numbers(answers.trials[n].got), answers.exercise.judge
    problem = judge(answers.cases[n], got, "") if judge and got is not None else None
    if problem is None or problem.rank == "shape":
        return None
    words = problem.words.split("\n")[0]
    return None if answers.problems[n].words.startswith(words) else Finding(words)


def _list_is_right(exercise, case, array):
    """Whether a list would be right as an array."""
    if exercise.judge and array is not None and exercise.judge(case, array, "") is None:
        return True
    return known.alike_in(exercise, case, case.expected, array)


# What a way may fail with if an answer is too odd for it; the tests allow none.
TOO_ODD = (Exception,)


def find(answers):
    """The first way that leads to a name for the mistake."""
    if all(t.error is not None and t.error.name in _SAY_IT_ALL for t in answers.trials):
        return None
    for way in WAYS:
        found = None
        with contextlib.suppress(*TOO_ODD):
            found = way(answers)
        if found:
            return found if isinstance(found, Finding) else Finding(found)
    return None


# Errors whose own words, with their meaning, tell all there is.
_SAY_IT_ALL = {"NameError", "ImportError", "ModuleNotFoundError", "Refused", "SystemExit"}


def _unknown(rank, words, answers):
    if rank != "value" or not words.startswith(("For ", "In ")):  # it is named already
        return words
    expected = answers.cases[0].expected
    if not isinstance(expected, tuple) and np.ndim(expected) == 0:
        return f"The number is not the right one.\n{words}"
    return f"The shape is right, and some of the numbers are not.\n{words}"


def _also_changed(answers):
    places = sorted({place for trial in answers.trials for place in trial.changed})
    if not places:
        return ""
    names = " and ".join(answers.exercise.parameters[place] for place in places)
    second = code.second_name(answers)
    return f"\nYour function also writes into {names}, which it was given: work on a copy." + (
        f" {second}" if second else ""
    )


def _numbers_are_right(answers):
    """Whether only something about the numbers is left to mend: their type, a side effect."""
    if answers.rank in ("changed", "shared"):
        return True
    if answers.rank != "dtype" or (answers.exercise.judge and not answers.exercise.whole):
        return False
    return all(
        known.alike(case.expected, trial.got)
        for case, trial in zip(answers.cases, answers.trials, strict=True)
    )


def _section(answers):
    """What to reread: a section of its own if only cases of one kind go wrong."""
    wrong = [answers.cases[n] for n in answers.wrong]
    for tag, section in answers.exercise.sections.items():
        if wrong and all(tag in case.tags for case in wrong):
            return section
    return answers.exercise.reread
