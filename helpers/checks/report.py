"""What a check found, and how it shows itself."""

import html
from dataclasses import dataclass

import numpy as np

# State -> the heading, and the color of the edge.
STATES = {
    "right": ("Right.", "#009e73"),
    "almost": ("Almost.", "#e69f00"),
    "not yet": ("Not yet.", "#d55e00"),
    "not written": ("Not written yet.", "#0072b2"),
    "not judged": ("Not judged.", "#0072b2"),
}


@dataclass(frozen=True)
class CheckResult:
    """What a check found.

    Attributes
    ----------
    passed : bool
    message : str
        What to read: the misconception, the smallest example, where to reread.
    state : {"right", "almost", "not yet", "not written", "not judged"}
        Almost: the numbers are right, and something about them is not. Not judged: the time was
        over before there was an answer, so a person has to look.
    """

    passed: bool
    message: str
    state: str

    def __str__(self):
        return f"{STATES[self.state][0]} {self.message}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        message = html.escape(self.message).replace("\n", "<br>")
        heading, edge = STATES[self.state]
        return {
            "text/plain": str(self),
            "text/html": f'<div role="status" style="border-left: 5px solid {edge}; '
            f'padding: 0.4em 0.8em; margin: 0.2em 0"><strong>{heading}</strong> '
            f"{message}</div>",
        }


def show(value, digits=4):
    """A value as a learner would type it, short; small numbers get decimals until digits show."""
    if isinstance(value, np.random.Generator):
        return "a generator"
    if isinstance(value, tuple):
        text = ", ".join(show(part, digits) for part in value)
        return f"({text},)" if len(value) == 1 else f"({text})"
    if isinstance(value, (np.ndarray, np.generic)):
        value = value[(slice(90),) * value.ndim]  # more than is shown; millions take seconds
        if value.dtype.kind == "f":
            value = _rounded(value, digits)
        text = str(value.tolist())
    elif isinstance(value, float):
        text = str(_rounded(value, digits).tolist())
    else:
        try:
            text = repr(value)
        except Exception:
            text = f"a {type(value).__name__}"
    return text if len(text) <= 240 else text[:230] + " ..."


def _rounded(value, digits):
    """Numbers with few digits; + 0.0 turns -0.0, which says nothing here, to 0.0."""
    value = np.asarray(value, dtype=float)
    finite = abs(value[np.isfinite(value)])
    smallest = finite[finite > 1e-15].min(initial=1)
    return np.round(value, max(digits, digits - int(np.floor(np.log10(smallest))) - 1)) + 0.0


def show_call(names, arguments):
    """The arguments of a call, by name."""
    for digits in (4, 6, 9):  # enough of them for different arguments to look different
        texts = [show(value, digits) for value in arguments]
        arrays = [
            (t, a) for t, a in zip(texts, arguments, strict=True) if isinstance(a, np.ndarray)
        ]
        if len({t for t, _ in arrays}) == len({str(a.tolist()) for _, a in arrays}):
            break
    return ", ".join(f"{name} = {text}" for name, text in zip(names, texts, strict=False))
