"""What a function has returned, as plain values: no object of the learner's reaches the checks."""

import contextlib
import inspect
from dataclasses import dataclass

import numpy as np

from helpers.watch import OutOfTime

MOST_NUMBERS = 10**7  # of a result; what is larger is no answer to a small question
MOST_PRINTED = 10_000  # characters


@dataclass(frozen=True)
class Thing:
    """What came back and is neither numbers nor text, nor a list of such."""

    kind: str  # what it is, in a learner's words: "a dict", "a generator"
    array: np.ndarray | None = None  # its numbers, if it is a tensor

    def __repr__(self):
        return self.kind


def plain(value):
    """What a function has returned, without anything of the learner's in it.

    Parameters
    ----------
    value : object

    Returns
    -------
    object
        None, numbers, texts, arrays of numbers, lists and tuples of these; for everything
        else a `Thing` that says what it is.
    """
    try:
        return _plain(value)
    except BaseException as error:  # an object may do anything when it is looked at
        if isinstance(error, OutOfTime):
            raise
        return Thing(_a(type(value).__name__))


def _plain(value):
    if value is None or type(value) in (bool, int, float, complex, bytes):
        return value
    if isinstance(value, str):
        return str(value[:MOST_PRINTED])
    if isinstance(value, np.ndarray):
        return _plain_array(np.asarray(value))
    if isinstance(value, np.generic) and value.dtype.kind in "biufcUS":
        return value
    if isinstance(value, (list, tuple)):
        if len(value) > MOST_NUMBERS:
            return Thing(f"a list of {len(value)} values")
        return (list if isinstance(value, list) else tuple)([plain(part) for part in value])
    if hasattr(value, "detach") and type(value).__module__.startswith("torch"):
        with contextlib.suppress(Exception):  # NumPy knows no bfloat16, and no sparse tensor
            return Thing("a tensor", value.detach().cpu().resolve_neg().numpy().copy())
        return Thing(f"a tensor of {value.dtype} ({value.layout}, on {value.device})")
    if isinstance(value, type):
        return Thing(f"the type {value.__name__}")
    if inspect.iscoroutine(value):
        value.close()  # else Python warns that nobody has waited for it
        return Thing("a coroutine (async def)")
    if value is ...:
        return Thing("three dots")
    if callable(value):
        return Thing("a function (are its parentheses missing?)")
    return Thing(_a(type(value).__name__))


def _plain_array(array):
    holds = f"an array of shape {array.shape}"
    if array.size > MOST_NUMBERS:
        return Thing(holds)
    if array.dtype.kind in "biufcUS":
        return array.copy()
    if any(value is None for value in array.flat):
        why = "is a return missing in a function that you call?"
        return Thing(f"{holds} with None (nothing) in it ({why})")
    return Thing(f"{holds} that holds {array.dtype}, not numbers")


def _a(name):
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def same(a, b):
    """Whether two arguments hold the same numbers; a generator is there to be used."""
    if hasattr(a, "detach") and hasattr(b, "detach"):  # a tensor of PyTorch
        a, b = np.asarray(a.detach()), np.asarray(b.detach())
    if isinstance(a, np.ndarray):
        return (
            isinstance(b, np.ndarray)
            and a.dtype == b.dtype
            and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
        )
    return isinstance(a, np.random.Generator) or a == b


def share_memory(result, argument):
    """Whether a result, or a part of it, is made of the memory of an argument."""
    parts = result if type(result) in (tuple, list) else (result,)
    return isinstance(argument, np.ndarray) and any(
        isinstance(part, np.ndarray) and np.may_share_memory(part, argument) for part in parts
    )


def shape(value):
    """The shape of an array, or of a list of numbers; () of everything else."""
    try:
        return np.shape(value)
    except Exception:  # an object may do anything when it is looked at
        return ()
