"""A learner's answers to all the cases, and what is found in them."""

from dataclasses import dataclass

from helpers.checks.compare import RANKS


@dataclass(frozen=True)
class Finding:
    """What to say of a learner's answers.

    Attributes
    ----------
    words : str
    about : tuple of int
        Numbers of the cases of which it is true; of all, if none are given.
    wrong : callable or None
        The wrong function that gives the same answers on these cases.
    """

    words: str
    about: tuple = ()
    wrong: object = None


class Unfinished(str):
    """What to say where the time was over before there was an answer: nobody knows whether it is right."""


@dataclass
class Answers:
    """A function, and what came of all the calls.

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
    def wrong(self):
        """Numbers of the cases that went wrong."""
        return [n for n, problem in enumerate(self.problems) if problem]

    @property
    def rank(self):
        """The most basic of the problems."""
        return min((self.problems[n].rank for n in self.wrong), key=RANKS.index, default="")
