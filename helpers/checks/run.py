"""Check a learner's function, show what came out, and go on with one that works."""

import contextlib
import dataclasses
import difflib
import dis
import inspect
from collections.abc import Callable

from IPython import get_ipython
from IPython.display import display

from helpers import call
from helpers.checks import diagnose, own, pace
from helpers.checks.exercises import EXERCISES
from helpers.checks.report import CheckResult, show
from helpers.plain import plain

STAND_IN = "(The course's own version stands in below, so you can go on.)"
SO_LONG = "(Yours counts. So that you need not wait, the course's own version goes on below.)"
NEXT = (
    "Change your function, run its cell, and check again; if that cell shows an error, or its def "
    "has another name, mend that first."
)

MANY = 3  # failed checks after which a way out is offered

_latest = {}  # name of an exercise -> the result of its latest check on this page
_tries = {}  # name of an exercise -> the versions of it that a check has found wrong on this page


def check(function):
    """Check a function of the lesson, show what came out, and go on with one that works.

    Parameters
    ----------
    function : str or callable
        The function or its name; by name, a function that was never defined is found
        to be missing without an error.

    Returns
    -------
    callable
        The learner's function if it is right and quick enough for the page, else the course's
        own.

    Raises
    ------
    ValueError
        No lesson asks for a function of that name.
    """
    name = function if isinstance(function, str) else getattr(function, "__name__", str(function))
    _known(name)
    shell = get_ipython()
    if isinstance(function, str):
        function = shell.user_ns.get(name) if shell else None
    answer = EXERCISES[name].answer
    if _is_judged(name) and _is_the_courses_own(function, answer):
        return _told(answer, _again(_latest[name]), "" if _latest[name].passed else _way_out(name))
    result = _latest[name] = CHECKS[name](function)
    if not result.passed:
        _count(name, function)
        return _told(answer, result, STAND_IN, _way_out(name))
    kept = own.kept(name, shell, lambda f: CHECKS[name](f).passed) if shell else ""
    seconds = pace.wait(name, function)
    if not pace.is_slow(seconds, name, answer):
        return _told(function, result, kept)
    if seconds <= pace.MINUTES:
        return _told(function, result, pace.told(seconds), kept)
    return _told(answer, result, pace.told(seconds), SO_LONG, kept)


def mine(name):
    """Take a function of an earlier lesson: the learner's own if there is one, and say whose it is.

    Parameters
    ----------
    name : str

    Returns
    -------
    callable
        The learner's version from their library if it is right and quick enough for a page, else
        the course's. Only pages in ``my_lessons`` have a library.

    Raises
    ------
    ValueError
        No lesson asks for a function of that name.
    """
    _known(name)
    function, whose = own.own_or_course(name, CHECKS[name])
    print(f"{name}: {whose}{'' if whose.endswith('?') else '.'}")
    return function


def _known(name):
    if name not in CHECKS:
        meant = difflib.get_close_matches(str(name), CHECKS, n=1, cutoff=0.8)
        there = f": is {meant[0]} meant?" if meant else f"; there is one for {', '.join(CHECKS)}."
        raise ValueError(f"There is no check for {name!r}{there}")


def _is_judged(name):
    """Whether a function of the learner's has been checked, in whose place the course's may stand."""
    return name in _latest and _latest[name].state != "not written"


def _again(result):
    """A result once more, in short, where nobody has changed anything since."""
    if result.passed:
        return dataclasses.replace(result, message=f"Nothing new since the last check.\n{SO_LONG}")
    found = result.message.partition("\n")[0]
    words = f"Nothing new since the last check, which found:\n{found}\n{NEXT}"
    return dataclasses.replace(result, message=words)


def _count(name, function):
    """Count a failed check, if it was the first of what the learner has written there now."""
    version, versions = None, _tries.setdefault(name, [])
    with contextlib.suppress(*diagnose.FORGIVEN):  # a function may be anything
        version = call.codes(function)
    if _is_judged(name) and (not version or version not in versions):
        versions.append(version)


def _way_out(name):
    return own.way_out(name) if len(_tries.get(name, ())) >= MANY else ""


def _told(function, result, *lines):
    """Show a result with further lines, and give back what the page goes on with."""
    message = "\n".join(filter(None, [result.message, *lines]))
    display(dataclasses.replace(result, message=message))
    return function


class NotJudged(AssertionError):
    """Raised in grading where no check has found out: a person has to grade this."""


def require(name):
    """Raise an error unless the latest check of a function on this page found it right.

    For grading: in a hidden test, after the check.

    Parameters
    ----------
    name : str

    Raises
    ------
    AssertionError
        With the message of the check; `NotJudged`, which asks for a grade by hand, if there was
        no check, or no time to find out.
    """
    result = _latest.get(name)
    if result is None:
        raise NotJudged(  # the page may have a function check of its own
            f"{name} has not been checked on this page: a person has to grade it."
        )
    if not result.passed:
        raise (NotJudged if result.state == "not judged" else AssertionError)(str(result))


def examine(name, function):
    """Try a learner's function, or whatever bears its name, on the cases of its exercise."""
    exercise = EXERCISES[name]
    if words := _not_written(name, function, exercise):
        return CheckResult(False, words, "not written")
    if words := _not_callable_as_asked(name, function, exercise):
        return CheckResult(False, words, "not yet")
    try:
        state, words, section = diagnose.diagnose(exercise, function)
    except diagnose.FORGIVEN as error:
        return CheckResult(
            False,
            f"The check itself stumbled over what your function returns ({type(error).__name__}: "
            f"{error}), so nobody knows whether it is right: print its result, and look at its type.",
            "not judged",
        )
    if state == "right":
        return CheckResult(True, f"Tried on {exercise.tried}.", state)
    return CheckResult(False, f"{words}\nReread “{section}”.", state)


def _not_written(name, function, exercise):
    if function is None:
        return (
            f"There is no function {name} yet. Run the cell above; if it shows an error, or its def "
            "has another name, mend that first."
        )
    if _is_the_courses_own(function, exercise.answer):
        return (
            f"Nothing new to check: the name {name} still stands for the course's own version. Run "
            "the cell with your function first; if that cell shows an error, or its def has another "
            "name, mend that first."
        )
    code = getattr(function, "__code__", None)
    if code is not None and (_is_empty(code) or _only_raises(code)):
        return "Put your own lines in the cell above, run that cell, and check again."
    return None


def _is_the_courses_own(function, answer):
    """Whether this is the course's answer, or its twin: grading imports the checks anew."""
    return function is answer or (
        inspect.isfunction(function)
        and (function.__module__, function.__name__) == (answer.__module__, answer.__name__)
    )


def _is_empty(code):
    """Whether a function's body is nothing but dots, `pass`, or words: it loads None, returns it."""
    steps = [step for step in dis.get_instructions(code) if step.opname not in ("RESUME", "NOP")]
    return all(step.argval is None for step in steps)


def _only_raises(code):
    """Whether a function does nothing but raise NotImplementedError."""
    steps = list(dis.get_instructions(code))
    stores = any(step.opname.startswith("STORE") for step in steps)
    named = any("NotImplementedError" in str(step.argval) for step in steps)
    return named and not stores and steps[-1].opname == "RAISE_VARARGS"


def _not_callable_as_asked(name, function, exercise):
    wanted = exercise.parameters
    begin = f"begin with def {name}({', '.join(wanted)}):"
    if inspect.isclass(function):
        return f"{name} is a class; a function is wanted: {begin}"
    if inspect.iscoroutinefunction(function):
        return f"{name} is an async function, which computes nothing when it is called: {begin}"
    if not callable(function):
        return f"{name} is {show(plain(function))}, not a function: {begin}"
    try:
        taken = inspect.signature(function)
        names = list(taken.parameters)
        taken.bind(*wanted)
    except ValueError:  # some built-in functions have no signature
        return None
    except TypeError:
        bare = [p.replace(annotation=p.empty, default=p.empty) for p in taken.parameters.values()]
        return (
            f"Your function takes {inspect.Signature(bare)}; it should take ({', '.join(wanted)}), in this "
            f"order: {begin}"
        )
    if names[: len(wanted)] != list(wanted) and set(names[: len(wanted)]) == set(wanted):
        return (
            f"Your parameters come in another order, ({', '.join(names)}): it is called with "
            f"({', '.join(wanted)}), so {begin}"
        )
    return None


def _checker(name):
    def run(function):
        return examine(name, function)

    run.__name__ = f"check_{name}"
    run.__doc__ = f"Check a function {name}."
    return run


CHECKS: dict[str, Callable[[Callable], CheckResult]] = {name: _checker(name) for name in EXERCISES}
