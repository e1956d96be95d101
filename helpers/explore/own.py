"""A learner's own functions in an explorer: plain answers, or one sentence about what went wrong.

`ask` calls a function as `helpers.call` does: on copies, with a time limit. What comes back is
looked at by `shaped` and `numbered`. Each raises `Trouble`, whose text the explorer shows.
"""

import copy

import numpy as np

from helpers.call import call
from helpers.plain import Thing, plain

LIMIT = 3.0  # seconds of computing
SOON = 1.0  # for what is asked whenever the hands rest
NAMELESS = "your function"  # a lambda


class Trouble(Exception):
    """What a learner's function did that can't be shown, to go on within a sentence, or as one."""

    @property
    def sentence(self):
        """As a sentence of its own; a name begins as it is written in the code."""
        words = str(self)
        return words[0].upper() + words[1:] if words.startswith(NAMELESS) else words


class Late(Trouble):
    """It has not come back, or has ended Python."""


def ask(function, *arguments, limit=LIMIT, here=False):
    """What a learner's function makes of copies of the arguments, as plain data, or `Trouble`.

    It gets ``limit`` seconds of computing, and runs ``here`` as in `helpers.call.call`: for a
    hand that moves. What wraps it says so by ``__wrapped__``, so that its lines can be told.
    """
    (trial,) = call(function, [arguments], limit, here=here)
    if trial.out_of_time:
        raise Late(_out_of_time(function, trial.error.name, trial.error.line, limit))
    if trial.error is not None:
        raise Trouble(_raised(function, trial.error.name, trial.error.text))
    return trial.got


def answer(function, *arguments):
    """The same without any guard: for work that is asked for its answer as a whole."""
    try:
        return plain(function(*copy.deepcopy(arguments)))
    except Trouble:
        raise
    except (Exception, SystemExit) as error:
        raise Trouble(_raised(function, type(error).__name__, str(error))) from None


def shaped(function, got, shape, what):
    """An answer as an array of numbers of this shape; ``what`` says what was wanted."""
    wanted = f"wanted is {what}, of shape {shape}" if shape else f"wanted is {what}"
    if got is None:
        raise Trouble(f"{called(function)} returns None: is a return missing? ({wanted}.)")
    try:
        array = np.asarray(got)
    except ValueError:  # rows of different lengths
        array = np.asarray(None)
    if isinstance(got, Thing) or array.dtype.kind not in "biuf":
        came = got if isinstance(got, Thing) else f"a {type(got).__name__}"
        raise Trouble(f"{called(function)} returns {came}, no numbers; {wanted}.")
    if array.shape != shape:
        came = f"an array of shape {array.shape}" if array.shape else f"the number {array}"
        raise Trouble(f"{called(function)} returns {came}; {wanted}.")
    return array


def colored(function, got, shape, what):
    """An answer as an array of this shape with values in [0, 1]."""
    array = shaped(function, got, shape, what)
    low, high = array.min(initial=1), array.max(initial=0)
    if not 0 <= low <= high <= 1:  # nan is neither
        values = f"values from {low:.4g} to {high:.4g}"
        raise Trouble(f"{called(function)} returns {values}; wanted is {what}, from 0 to 1.")
    return array


def numbered(function, got, N, K):
    """An answer as whole numbers from 0 to K - 1, one for each of N rows."""
    array = shaped(function, got, (N,), f"a whole number from 0 to {K - 1} for each row")
    for odd in array[(array % 1 != 0) | (array < 0) | (array >= K)][:1]:
        raise Trouble(
            f"{called(function)} returns {odd:g} among its numbers; "
            f"wanted are whole numbers from 0 to {K - 1}."
        )
    return array.astype(int)


class Own:
    """A function that an explorer was given; `is_theirs` tells whether it is a learner's.

    Its `name` is what follows "your". For one that has not come back nobody waits a second time.
    """

    def __init__(self, function):
        self.function, self._over = function, None
        self.name = called(function).removeprefix("your ")
        self.is_theirs = bool(theirs(function))

    def __call__(self, *arguments):
        """What it makes of copies, as `ask` does, or `Trouble`."""
        if self._over is None:
            try:
                return ask(self.function, *arguments, limit=SOON)
            except Late as late:
                self._over = Trouble(f"{late} Below, the course's own goes on.")
        raise self._over

    def news(self, judge, *arguments):
        """What ``judge`` says of what it gives back, or the trouble; of the course's, nothing."""
        try:
            return judge(self(*arguments)) if self.is_theirs else ""
        except Trouble as trouble:
            return trouble.sentence


def theirs(*functions):
    """Those of some functions that are a learner's, and not the course's own."""
    rooms = [(function, getattr(function, "__module__", None) or "") for function in functions]
    return [function for function, room in rooms if not room.startswith("helpers.")]


def called(function):
    """What a function is called in a sentence."""
    name = getattr(function, "__name__", "")
    return name if name.isidentifier() else NAMELESS


def _raised(function, error, words):
    said = " ".join(words.split())
    return f"{called(function)} raises {error}" + (f": {said.rstrip('.')}." if said else ".")


def _out_of_time(function, how, line, limit):
    if how == "Ended":
        return f"{called(function)} ends Python, or asks for more memory than there is."
    at = f"; it was at the line: {line.strip()}" if line else "."
    return f"{called(function)} has not come back after {limit:g} seconds of computing{at}"
