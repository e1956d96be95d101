"""A question before a cell that surprises, and what was said beside what came out."""

import html
import math
import re

import ipywidgets as widgets

from helpers.explore.base import Explorer
from helpers.explore.controls import named, text, toggles
from helpers.explore.stills import sentence_html, still_figure

# A number, and perhaps what it counts.
NUMBER = re.compile(r"([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)(?:[^\d.,]\D*)?", re.IGNORECASE)


def predict(question, *choices, unit=""):
    """Ask for a prediction: one click, or one number typed into a box.

    Parameters
    ----------
    question : str
    *choices : str
        What there is to choose from; without any, a number is asked for.
    unit : str
        What the number counts or is measured in, as in ``"MB"`` or ``"%"``.

    Returns
    -------
    Prediction
        The cell that shows what is so calls its `compare`.
    """
    prediction = Prediction(question, choices, unit)
    prediction.present()
    return prediction


class Prediction(Explorer):
    """The question of `predict`; one that nobody has answered says only what is so."""

    def __init__(self, question, choices, unit):
        self.question, self.choices, self.unit = question, choices, unit
        if choices:
            # Nothing is chosen, from the beginning: a browser's Python can't say None later.
            answer = toggles(choices, value=None)
        else:
            answer = widgets.Text(placeholder=f"your guess{unit and ', in '}{unit}")
        parts = {"guess": named(question, answer), "told": text()}
        super().__init__(["guess", "told"], parts)
        self.when("guess", self.show)

    def show(self):
        """Say that the guess has been taken, or why it can't be."""
        given, unread = self.value("guess"), self.guess is None
        words = "Taken: run the next cell, and compare."
        if given and unread:
            words = f"{given!r} is not a number: type digits, as in 2500 or 0.3."
        self.put(told=sentence_html(words if given else ""))
        self.say(words if given else "")

    @property
    def guess(self):
        """What was chosen or typed, as a number if one is asked for; None if nothing."""
        given = self.value("guess")
        return given if self.choices else _number(given)

    def words(self):
        """The question, and what there is to choose from."""
        return " / ".join([self.question, *self.choices])

    def still(self):
        """The question, to think about where no kernel runs."""
        choices = html.escape(" / ".join(self.choices) or "a number")
        return still_figure(
            f"<div>{choices}</div>", self.question, "Run this cell to say what you think."
        )

    def compare(self, so):
        """Print what was said beside what is so.

        Parameters
        ----------
        so : str, int or float
            A number; or one of the choices, or its place among them, counted from 0: what
            `argmin` gives, or what a condition gives where there are two (False, True).
        """
        if self.choices and not isinstance(so, str):
            so = dict(enumerate(self.choices)).get(int(so), so)
        if self.choices and so not in self.choices:
            raise ValueError(f"{so!r} is none of the choices: {', '.join(self.choices)}.")
        guess, unit = self.guess, self.unit and f" {self.unit}"
        if guess is None:
            print(f"It is {_written(so)}{unit}.")
        elif self.choices:
            print(
                f"You said {guess}, and that is right."
                if guess == so
                else f"You said {guess}; it is {so}."
            )
        else:
            print(f"You said {_written(guess)}{unit}; it is {_written(so)}{unit}.")


def _number(given):
    """The number in what somebody has typed, with separators or a unit or without; or None."""
    plain = re.sub(r"(?<!\b0)(?<=\d)[ ,_'\u2009\u202f](?=\d{3}\b)", "", given or "").replace(
        ",", "."
    )
    found = NUMBER.fullmatch(plain.strip())
    return float(found[1]) if found and math.isfinite(float(found[1])) else None


def _written(value):
    """A number as it is written in prose, and words as they are."""
    if isinstance(value, str):
        return value
    whole = math.isfinite(value) and (value == round(value) or abs(value) >= 1000)
    return f"{value:,.0f}" if whole else f"{value:.4g}"
