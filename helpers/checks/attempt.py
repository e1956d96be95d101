"""A learner's attempt: what came of all the calls, and what is found in it."""

from dataclasses import dataclass

from helpers import call
from helpers.checks.compare import RANKS


def patiently(function, calls):
    """Try all the calls; the one for which the time was over again, with four times the limit, and the rest.

    A busy machine must not make a right function wrong.
    """
    trials = call.call(function, calls)
    if trials[-1].out_of_time:
        del trials[-1]
        trials += call.call(function, calls[len(trials) :], 4 * call.LIMIT)
    return trials


class Unfinished(Exception):
    """The time was over before there was a result: nobody knows whether it is right. With what to say."""


def finished(function, calls):
    """All the calls, tried; `Unfinished` if the time was over for one of them."""
    trials = patiently(function, calls)
    if trials[-1].out_of_time:
        raise Unfinished(no_answer(trials[-1]))
    return trials


def no_answer(trial):
    """What to say of a call for which the time was over, or that ended Python."""
    if trial.error.name == "Ended":
        return (
            "Your function ended Python itself, as os._exit or a crash does, or replaced a part of it, "
            "so nobody knows its answer."
        )
    line = f"\nThe line is: {trial.error.line}" if trial.error.line else ""
    return (
        "Your function was still computing after several seconds, and was stopped, so nobody knows its "
        f"answer: is there a loop that never ends?{line}"
    )


@dataclass(frozen=True)
class Finding:
    """What to say of a learner's attempt.

    Attributes
    ----------
    words : str
    about : tuple of int
        Numbers of the cases of which it is true; of all, if none are given.
    twin : WrongFunction or None
        The wrong function that gives the same results on these cases.
    """

    words: str
    about: tuple = ()
    twin: object = None


class Vague(str):
    """What is true, and names little: other ways come first."""


@dataclass
class Attempt:
    """A learner's function, and what came of all the calls.

    Attributes
    ----------
    exercise : Exercise
    function : callable
    cases : list of Case
    trials : list of Trial
    problems : list of (Problem or None)
    """

    exercise: object
    function: object
    cases: list
    trials: list
    problems: list

    @property
    def failures(self):
        """Numbers of the cases in which something is wrong."""
        return [n for n, problem in enumerate(self.problems) if problem]

    @property
    def rank(self):
        """The most basic of the problems."""
        return min((self.problems[n].rank for n in self.failures), key=RANKS.index, default="")
