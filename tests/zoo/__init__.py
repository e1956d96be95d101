"""A zoo of answers, right and wrong, written as beginners write them.

One module for each exercise, named after the function that it asks for. A wrong answer
says which words its diagnosis has to hold.
"""

import importlib
import linecache
import pkgutil
import sys
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


def variants(template, **lines):
    """Answers that differ in one line from each other.

    Parameters
    ----------
    template : str
        A function called NAME, with LINE in the place of that line.
    **lines : tuple of str
        Name of an answer -> its line, and the words that its diagnosis has to hold; none for a
        right answer.
    """
    page = sys._getframe(1).f_globals
    for name, (line, *words) in lines.items():
        code = template.strip("\n").replace("NAME", name).replace("LINE", line)
        file = f"<{page['__name__']}.{name}>"
        linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
        exec(compile(code, file, "exec"), page)
        (wrong(*words) if words else right)(page[name])


def all_answers():
    """Every answer in the zoo, right and wrong."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return _answers
