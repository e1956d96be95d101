"""Answers by writers who had not seen the checks: whole sets, never edited after their first score.

Each folder is named after the day on which its set was written and holds one file for each
exercise. A wrong answer says in a sentence which misconception it has; whether a message names
it, people judge: `score.md` beside each set has what they found.
"""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
SETS = sorted(folder.name for folder in FOLDER.iterdir() if (folder / "score.md").exists())


@dataclass(frozen=True)
class Answer:
    """An answer to an exercise.

    Attributes
    ----------
    exercise : str
        Name of the function that is asked for.
    function : callable
    misconception : str
        In a sentence; empty for a right answer.
    """

    exercise: str
    function: object
    misconception: str = ""

    @property
    def name(self):
        return f"{self.exercise}:{self.function.__name__}"


_read = []


def right(function):
    """Mark a right answer."""
    _read.append((function, ""))
    return function


def wrong(misconception):
    """Mark a wrong answer, with its misconception in a sentence."""

    def mark(function):
        _read.append((function, misconception))
        return function

    return mark


def answers(day):
    """All the answers of a set.

    Parameters
    ----------
    day : str
        One of ``SETS``.

    Returns
    -------
    list of Answer
    """
    found = []
    for path in sorted((FOLDER / day).glob("*.py")):
        spec = importlib.util.spec_from_file_location(f"unseen_{day}_{path.stem}", path)
        _read.clear()
        spec.loader.exec_module(importlib.util.module_from_spec(spec))
        found += [Answer(path.stem, function, words) for function, words in _read]
    return found
