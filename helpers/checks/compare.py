"""Is this answer right, and if not, what kind of wrong is it?

An answer can be wrong in several ways at once. They are looked at in the order in which
a learner has to mend them: no answer, no array, the wrong shape, the wrong kind of
number, not a number, the wrong value.
"""

from dataclasses import dataclass, replace

import numpy as np

from helpers.checks.report import show
from helpers.plain import Thing

RANKS = ("error", "nothing", "type", "shape", "dtype", "nan", "value", "changed", "shared", "rule")


@dataclass(frozen=True)
class Problem:
    """What is wrong with one answer: one of the ranks, a sentence or three lines, or the bare example."""

    rank: str
    words: str
    bare: bool = False


def difference(expected, got, call, meaning="", free=None):
    """Compare an answer with the expected one: a `Problem`, or None.

    `call` is the call in words, and `free` marks the rows that may be anything finite.
    """
    if isinstance(expected, tuple):
        return _tuple_difference(expected, got, call, meaning)
    problem = kind_difference(expected, got, call, meaning)
    if problem:
        return problem
    got = np.asarray(got)
    expected = np.asarray(expected)
    finite = np.isfinite(expected)
    if (~np.isfinite(got) & finite).any():
        strange = "not a number (nan)" if np.isnan(got).any() else "infinite"
        return Problem("nan", f"Your result is {strange} somewhere.\n{pair(call, expected, got)}")
    if free is not None:
        expected = np.where(free[:, None], got, expected)
    if not np.allclose(got, expected, **_tolerance(got, expected)):
        return Problem("value", pair(call, expected, got), bare=True)
    return None


def kind_difference(expected, got, call, meaning=""):
    """Compare the type, the shape and the kind of number; leave the values."""
    expected = np.asarray(expected)
    meaning = f" ({meaning})" if meaning else ""
    right = f"an array of shape {expected.shape}{meaning}" if expected.ndim else "one number"
    if expected.ndim and not isinstance(got, np.ndarray):
        a_number = isinstance(got, (int, float, np.generic)) and not isinstance(got, np.str_)
        called = f"\nIt was called with {call}." * a_number
        return Problem(
            "shape" if a_number else "type",
            f"You return {kind(got)}; it should be {right}.{_advice_for_type(got, expected)}{called}",
        )
    if not expected.ndim and not isinstance(got, (np.ndarray, np.generic, int, float)):
        left = " Is something left to be added up, averaged or chosen?" * isinstance(got, list)
        return Problem("type", f"You return {kind(got)}; it should be {right}.{left}")
    if isinstance(got, int) and np.asarray(got).dtype == object:
        return Problem("type", f"You return {kind(got)}, which is larger than any array can hold.")
    got = np.asarray(got)
    if got.dtype.kind not in "biuf":
        wanted = "real numbers" if got.dtype.kind == "c" else "numbers"
        return Problem(
            "type",
            f"You return {kind(got)} of type {got.dtype}; it should hold {wanted}."
            + " Is it made of a dictionary, or of rows of different lengths?"
            * (got.dtype == object),
        )
    if got.shape != expected.shape:
        words = f"Your result has shape {got.shape}; it should be {expected.shape}{meaning}.\nIt was called with {call}."
        return Problem("shape", words)
    if expected.dtype.kind == "i" and got.dtype.kind not in "iu":
        words = f"Your result holds numbers of type {got.dtype}; a number of a color has to be a whole number (int).\n{pair(call, expected, got)}"
        return Problem("dtype", words)
    return None


def _tuple_difference(expected, got, call, meaning):
    if not isinstance(got, (tuple, list)) or len(got) != len(expected):
        several = isinstance(got, (tuple, list))
        many = f"{len(got)} result{'s' * (len(got) != 1)}" if several else kind(got)
        words = f"You return {many}; it should be {len(expected)} results, separated by a comma: {meaning}."
        return Problem("type", words)
    names = meaning.split(", ")
    for part, (e, g) in enumerate(zip(expected, got, strict=True)):
        problem = difference(e, g, call)
        if problem:
            return replace(problem, words=f"In {names[part]}: {problem.words}")
    return None


def _advice_for_type(got, expected):
    if isinstance(got, list):
        return _advice_for_list(got, expected)
    if isinstance(got, tuple):
        more = " (np.where gives several, too: take the one that you want, [0] or [1].)"
        return " Return that one, and nothing beside it." + more * (len(got) > 1)
    return _ADVICE.get(kind(got), "")


_NOT_YET = " Nothing is computed yet: make a list of it, and an array with np.array(...)."
_ADVICE = {
    "a matrix": " In one, * is another product: return a plain array, np.asarray(...) of it.",
    "a masked array": " Numbers hide in one: return a plain array, .filled(0) or .data of it.",
    **dict.fromkeys(("a map", "a generator", "a zip", "a filter"), _NOT_YET),
}


def _advice_for_list(got, expected):
    """How a list becomes the array that is wanted, in words."""
    if not got:
        return " It is empty: is anything ever put into it?"
    try:
        np.asarray(got)
        parts = {np.ndim(part) for part in got}
    except ValueError:
        return " Its parts have different lengths, so no array can be made of them: is one of them a single number, or empty, as the mean of nothing is?"
    if parts == {expected.ndim} == {1}:
        return " It holds smaller lists or arrays: join these end to end to one (np.concatenate)."
    return " Turn it into an array with np.array(...)."


def _tolerance(got, expected):
    """How far a right answer may be off: float32 computes with seven digits.

    A distance of 0 may come out as the root of a rounding error of the large ones.
    """
    scale = abs(expected[np.isfinite(expected)]).max(initial=0) or 0.1
    if got.dtype == np.float32:
        return {"rtol": 1e-4, "atol": 2e-3 * scale}
    return {"rtol": 1e-5, "atol": 1e-6 * scale}


def pair(call, expected, got):
    """Expected beside got, for one call."""
    for digits in (4, 6, 9, 16):  # enough of them for the two to look different
        texts = show(expected, digits), show(got, digits)
        if texts[0] != texts[1]:
            break
    where = _first_difference(expected, got) if " ..." in "".join(texts) else ""
    return f"For {call}\nexpected: {texts[0]}\nyou return: {texts[1]}{where}"


def _first_difference(expected, got):
    """For arrays too long to be shown whole: one place in which they differ, in words."""
    expected, got = np.asarray(expected), np.asarray(got)
    if expected.shape != got.shape or not expected.ndim:
        return ""
    places = np.argwhere(~np.isclose(expected, got, rtol=1e-4, atol=1e-6, equal_nan=True))
    if not len(places):
        return ""
    place = tuple(places[0].tolist())
    listed = ", ".join(map(str, place))
    return f"\nThe first difference is at [{listed}]: {show(expected[place])} expected, {show(got[place])} returned."


def kind(value):
    """What a value is, in a learner's words."""
    if value is None:
        return "nothing"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, bool):
        return "True or False"
    if isinstance(value, (int, float, np.generic)):
        return f"one number ({show(value)})"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, tuple):
        if len(value) == 1:
            return "1 thing (a tuple: a comma makes one, and np.where gives one)"
        return f"{len(value)} things (a tuple: a comma makes one)"
    if isinstance(value, Thing):
        return value.kind
    return f"a {type(value).__name__}"


def numbers(value):
    """A value as an array of numbers, or None if it is none."""
    if getattr(value, "array", None) is not None:  # a tensor
        value = value.array
    if hasattr(value, "detach"):
        value = value.detach().numpy()
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, OverflowError):  # lists of different lengths
        return None
    return array if array.dtype.kind in "biuf" else None


def close(a, b):
    """Whether two arrays hold the same numbers, as closely as their types can tell."""
    if a.shape != b.shape:
        return False
    near, least = (1e-3, 1e-6) if np.float32 in (a.dtype, b.dtype) else (1e-6, 1e-12)
    a, b = a.astype(float), b.astype(float)
    finite = np.concatenate([abs(x[np.isfinite(x)]) for x in (a, b)])
    atol = max(near * finite.max(initial=0), least)
    with np.errstate(all="ignore"):
        return np.allclose(a, b, rtol=10 * near, atol=atol, equal_nan=True)
