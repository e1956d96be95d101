"""A zoo of answers, right and wrong, written as beginners write them.

One module for each exercise, named after the function that it asks for. A wrong answer
says which words its diagnosis has to hold.
"""

import importlib
import pkgutil
from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """An answer to an exercise.

    Attributes
    ----------
    exercise : str
        Name of the function that is asked for.
    function : callable
    words : tuple of str
        What the diagnosis has to say, in any case of letters; empty for a right answer.
    """

    exercise: str
    function: object
    words: tuple

    @property
    def name(self):
        return f"{self.exercise}:{self.function.__name__}"


_answers = []


def right(function):
    """Mark a right answer: it must not be rejected."""
    _answers.append(Answer(function.__module__.rpartition(".")[2], function, ()))
    return function


def wrong(*words):
    """Mark a wrong answer: it must be caught, with these words in the diagnosis."""

    def mark(function):
        _answers.append(Answer(function.__module__.rpartition(".")[2], function, words))
        return function

    return mark


def all_answers():
    """Every answer in the zoo, right and wrong."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return _answers
