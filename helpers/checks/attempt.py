"""A learner's attempt: what came of all the calls, and what is found in it."""

from dataclasses import dataclass

from helpers import call
from helpers.checks.compare import RANKS, numbers


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
        return "Your function ended Python itself, as os._exit or a crash does, or replaced a part of it, so nobody knows its answer."
    line = f"\nThe line is: {trial.error.line}" if trial.error.line else ""
    return f"Your function was still computing after several seconds, and was stopped, so nobody knows its answer: is there a loop that never ends?{line}"


@dataclass(frozen=True)
class Finding:
    """What to say of a learner's attempt."""

    words: str
    about: tuple = ()  # numbers of the cases of which it is true; of all, if none are given
    twin: object = None  # the wrong function that gives the same results on these cases


@dataclass
class Attempt:
    """A learner's function, and what came of all the calls."""

    exercise: object
    function: object
    cases: list
    trials: list
    problems: list  # a `Problem` or None for each case

    @property
    def failures(self):
        """Numbers of the cases in which something is wrong."""
        return [n for n, problem in enumerate(self.problems) if problem]

    @property
    def came_back(self):
        """Of each wrong call that gave numbers, by the number of its case: its arguments, and the numbers."""
        got = {n: numbers(self.trials[n].got) for n in self.failures if not self.trials[n].error}
        return {n: (self.cases[n].arguments, g) for n, g in got.items() if g is not None}

    @property
    def rank(self):
        """The most basic of the problems."""
        return min((self.problems[n].rank for n in self.failures), key=RANKS.index, default="")
