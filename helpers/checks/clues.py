"""Clues that need no list of misconceptions: what the answers and the code give away.

Answers are compared with the right ones moved, scaled, cut or rounded; with the right
answers to another input (whole numbers, bytes, gray, parameters swapped); and entry by
entry, to see where the wrong ones lie. The code is looked at for a return inside a loop
and for sizes that are written into it.
"""

import ast
import inspect
import textwrap
import warnings
from itertools import permutations

import numpy as np

PHOTO = 512 * 768


def close(a, b):
    """Whether two answers hold the same numbers, as closely as their types can tell.

    Parameters
    ----------
    a, b : ndarray

    Returns
    -------
    bool
    """
    if a.shape != b.shape:
        return False
    finite = np.concatenate([abs(x[np.isfinite(x)].astype(float)) for x in (a, b)])
    near, least = (1e-3, 1e-6) if np.float32 in (a.dtype, b.dtype) else (1e-6, 1e-12)
    atol = max(near * finite.max(initial=0), least)
    return np.allclose(a, b, rtol=10 * near, atol=atol, equal_nan=True)


# --- The code ------------------------------------------------------------------------------


def in_the_code(function):
    """What the learner's code gives away.

    Parameters
    ----------
    function : callable

    Returns
    -------
    str or None
    """
    numbers = _numbers_in(getattr(function, "__code__", None))
    if any(number in (512, 768) or (number > 0 and number % PHOTO == 0) for number in numbers):
        return (
            "The size of the photograph (512 x 768) is written into your code: take height and width "
            "from what you are given, so that it works for a picture of any size."
        )
    if _returns_in_a_loop(function):
        return (
            "There is a return inside the loop: the function ends in the first round. Move it below "
            "the loop, to the left."
        )
    return None


def _numbers_in(code):
    """Numbers that stand in the code, also those in tuples and in functions inside it."""
    numbers, constants = set(), list(getattr(code, "co_consts", ()))
    while constants:
        constant = constants.pop()
        if isinstance(constant, (int, float)) and not isinstance(constant, bool):
            numbers.add(constant)
        elif isinstance(constant, (tuple, frozenset)):
            constants += constant
        elif hasattr(constant, "co_consts"):
            constants += constant.co_consts
    return numbers


def _tree(function):
    """The learner's code as a tree; an empty one if it can't be found."""
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, IndentationError):
        return ast.Module(body=[], type_ignores=[])


def _returns_in_a_loop(function):
    loops = [n for n in ast.walk(_tree(function)) if isinstance(n, (ast.For, ast.While))]
    return any(
        isinstance(statement, ast.Return)
        for loop in loops
        if not any(isinstance(part, ast.Continue) for part in ast.walk(loop))
        for statement in loop.body
    )


def sizes_in_the_code(function):
    """Whether a whole shape is written into the code, as in ``reshape(6, 3)``, in words.

    Parameters
    ----------
    function : callable

    Returns
    -------
    str or None
    """
    for call in ast.walk(_tree(function)):
        if not (isinstance(call, ast.Call) and _name(call.func) in _SHAPED):
            continue
        for numbers in (call.args, call.args[1:], *(getattr(a, "elts", ()) for a in call.args)):
            sizes = [part.value for part in numbers if isinstance(part, ast.Constant)]
            if len(sizes) == len(numbers) >= 2 and _is_a_shape(sizes):
                return (
                    f"A size is written into your code, {tuple(sizes)}: take it from what you are "
                    "given, so that it works for any size."
                )
    return None


_SHAPED = {"reshape", "zeros", "empty", "ones", "full", "resize"}


def _name(called):
    return getattr(called, "attr", getattr(called, "id", ""))


def _is_a_shape(sizes):
    """Whether these are sizes of something, and not only axes of 1 and the 3 channels."""
    return all(type(size) is int and size > 0 for size in sizes) and not set(sizes) <= {1, 3}


# --- The shape -----------------------------------------------------------------------------


def in_the_shape(calls, axes):
    """How right numbers got into a wrong shape, in words.

    Parameters
    ----------
    calls : list of (arguments, expected, got)
        Of every call that came back; expected and got are arrays of numbers.
    axes : tuple of str
        What the axes of the right answer are: "pixel", "color" ...

    Returns
    -------
    str or None
    """
    wrong = [call for call in calls if call[1].shape != call[2].shape]
    if not wrong:
        return None
    return _first_that_holds(_SHAPES, wrong, axes)


def in_the_shape_alone(calls, axes):
    """What the wrong shapes give away, whatever the numbers are, in words.

    Parameters
    ----------
    calls, axes
        As in `in_the_shape`.

    Returns
    -------
    str or None
    """
    wrong = [call for call in calls if call[1].shape != call[2].shape]
    if not wrong:
        return None
    words = _first_that_holds(_SHAPES_ALONE, wrong, axes)
    if not words and all(_another_axis_gone(*call) for call in wrong):
        words = (
            "The axis that you add up, average or pick along is the wrong one: look at which one "
            "disappears."
        )
    return words


def _first_that_holds(table, calls, axes):
    for words, holds in table.items():
        if all(holds(e, g) for _, e, g in calls):
            return words.replace("AXES", ", ".join(axes)).replace("AXIS", (*axes, "row")[0])
    return None


def _another_axis_gone(arguments, expected, got):
    """Whether the shape is that of all pixels, colors and channels without some other axis."""
    shapes = [np.shape(a) for a in arguments if isinstance(a, np.ndarray)]
    numbers = [a for a in arguments if type(a) is int]
    everything = shapes[0] if shapes else ()
    if len(everything) == 2:
        others = [len(a) for a in arguments[1:] if np.ndim(a) == 2] + numbers
        everything = (everything[0], *others[:1], everything[1])
    sizes = iter(everything)
    return got.ndim == expected.ndim and all(size in sizes for size in got.shape)


def _as_column(expected, got):
    return (
        got.ndim == expected.ndim + 1
        and got.shape[-1] == 1
        and expected.ndim == 1
        and close(expected, got[..., 0])
    )


_SHAPES = {
    "The numbers are right, but rows and columns (the first two axes) are swapped.": lambda e, g: (
        g.ndim == e.ndim >= 2 and close(np.swapaxes(e, 0, 1), g)
    ),
    "The numbers are right, but the channels come first: they are the last axis.": lambda e, g: (
        g.ndim == e.ndim == 3 and close(np.moveaxis(e, -1, 0), g)
    ),
    "The numbers are right, but the axes come in another order: it should be AXES.": (
        lambda e, g: (
            g.ndim == e.ndim == 3 and any(close(e.transpose(p), g) for p in permutations(range(3)))
        )
    ),
    "The numbers are right, but they come as a column: there is an axis of size 1 too many at the "
    "end. Flatten it with .ravel(), or leave out keepdims=True.": _as_column,
    "The number is right, but it comes as an array that holds one number; take the number out of "
    "it.": lambda e, g: e.ndim == 0 and g.size == 1 and close(e, g.reshape(())),
    "An axis of size 1 is gone (squeeze, or a single row taken): with one pixel or one color it has "
    "to stay.": lambda e, g: (
        g.ndim < e.ndim and g.size == e.size and close(np.squeeze(e), np.squeeze(g))
    ),
    "There is an axis of size 1 too many at the end: leave out keepdims=True, or take the axis away "
    "with [..., 0].": lambda e, g: (
        g.ndim == e.ndim + 1 > 1 and g.shape[-1] == 1 and close(e, g[..., 0])
    ),
    "There is an axis of size 1 too many.": lambda e, g: (
        g.ndim > e.ndim and g.size == e.size and close(np.squeeze(e), np.squeeze(g))
    ),
    "The numbers are right and in the right order, but as a flat list: fold it to the right shape.": (
        lambda e, g: g.ndim == 1 < e.ndim and g.size == e.size and close(e.ravel(), g)
    ),
    "The numbers are right and in the right order, but not in the right shape: fold them, and look "
    "at the axes again.": lambda e, g: g.size == e.size and close(e.ravel(), g.ravel()),
    "Only the first AXIS comes back: the others are lost.": lambda e, g: (
        e.ndim > 0 and len(e) > 0 and (close(e[0], g) or (len(e) > 1 and close(e[:1], g)))
    ),
    "The result holds what earlier calls have left behind: begin with a new, empty one inside the "
    "function.": lambda e, g: (
        g.ndim == e.ndim > 0 and len(g) > len(e) and close(e, g[len(g) - len(e) :])
    ),
    "The last AXIS is missing: does a loop or a slice stop one too early?": lambda e, g: (
        g.ndim == e.ndim > 0 and len(g) == len(e) - 1 and close(e[:-1], g)
    ),
    "The first AXIS is missing: ranges and slices begin with 0.": lambda e, g: (
        g.ndim == e.ndim > 0 and len(g) == len(e) - 1 and close(e[1:], g)
    ),
}

_SHAPES_ALONE = {
    "You return one number; it should be a whole array: an axis is missing in a sum, a mean or an "
    "argmin.": lambda e, g: g.ndim == 0 and e.ndim > 0,
    "You return an array; it should be one number: something is left to be added up, averaged or "
    "chosen, along all of its axes.": lambda e, g: e.ndim == 0 and g.ndim > 0,
    "There is an axis too many: something is left to be added up, or chosen, along it.": (
        lambda e, g: g.ndim > e.ndim
    ),
    "An axis is gone that should be there: it was added up, averaged or picked.": (
        lambda e, g: g.ndim < e.ndim
    ),
    "The axes come in another order, and the numbers are not right yet either.": lambda e, g: (
        sorted(g.shape) == sorted(e.shape)
    ),
}

# --- The values ----------------------------------------------------------------------------


def in_the_values(pairs):
    """A simple relation between all answers and the right ones, in words.

    Parameters
    ----------
    pairs : list of (expected, got)
        Arrays of numbers, of every call that came back with the right shape.

    Returns
    -------
    str or None
    """
    with np.errstate(all="ignore"):
        for words, holds in _VALUES.items():
            if all(holds(e, g) for e, g in pairs):
                return words
        return _integers(pairs) or _rounded(pairs) or _late_values(pairs) or _factor(pairs)


def _constant(g, value=None):
    return g.size > 0 and (g == (g.flat[0] if value is None else value)).all()


def _permuted_channels(e, g):
    return (
        e.ndim > 0
        and e.shape[-1] == 3
        and any(
            close(e[..., list(p)], g)
            for p in ((2, 1, 0), (1, 0, 2), (0, 2, 1), (1, 2, 0), (2, 0, 1))
        )
    )


def _bytes(e, g):
    return (
        e.ndim > 0 and (abs(g - 255 * e) < 1.001).all() and close(g.astype(float), np.rint(g * 1.0))
    )


def _integers(pairs):
    """Whether all answers are integers where decimals are right, in words."""
    if not all(g.dtype.kind in "biu" for _, g in pairs):
        return None
    if all(close(e, np.rint(e)) for e, _ in pairs):
        return None
    if all(e.ndim == 0 for e, _ in pairs):
        return "The decimals are gone: your result is an integer, a whole number."
    return (
        "Your result is an array of integers, which can't hold decimals: they are cut off. Begin "
        "with np.zeros(...), which holds decimals, and leave out dtype=int and .astype(int)."
    )


def _rounded(pairs):
    """Whether all answers are the right ones, rounded or cut, in words."""
    for decimals in range(6):
        power = 10.0**decimals
        ways = (
            lambda e, d=decimals: np.round(e, d),
            lambda e, p=power: np.trunc(e * p) / p,
            lambda e, p=power: np.ceil(e * p) / p,
        )
        for way in ways:
            if all(np.allclose(way(e), g, rtol=1e-7, atol=1e-6 / power) for e, g in pairs):
                kept = f"rounded to {decimals} decimal{'s' if decimals != 1 else ''}"
                return (
                    f"Your numbers are {kept if decimals else 'rounded to whole numbers'}: keep all "
                    "decimals, and round only what you print."
                )
    return None


def _late_values(pairs):
    for words, holds in _LATE_VALUES.items():
        if all(holds(e, g) for e, g in pairs):
            return words
    return None


_VALUES = {
    "Everything is 0: is your answer ever written into the result, or is something cut to integers "
    "on the way?": lambda e, g: g.dtype.kind == "f" and g.ndim > 0 and _constant(g, 0),
    "Everything is nan, which is not a number: a division 0 / 0, or a root of something below 0.": (
        lambda e, g: g.size > 0 and g.dtype.kind == "f" and np.isnan(g).all()
    ),
    "The sign is the wrong way around.": lambda e, g: close(e, -(g * 1.0)),
    "These are the squares of the right numbers: a root is missing.": lambda e, g: close(e**2, g),
    "These are the roots of the right numbers: there is a root too many.": (
        lambda e, g: close(np.sqrt(e), g)
    ),
    "Your fraction is upside down.": lambda e, g: e.ndim == 0 and close(e * g, np.ones(())),
    "The sign is lost: these are the absolute values of the right numbers.": (
        lambda e, g: close(abs(e), g)
    ),
    "You subtract the right numbers from 1.": lambda e, g: close(1 - e, g),
    "Values below 0 are cut off: a difference may be below 0.": lambda e, g: (
        close(np.maximum(e, 0), g) or close(np.clip(e, 0, 1), g)
    ),
    "Your numbers are bytes, from 0 to 255; they should go from 0 to 1.": _bytes,
}

_LATE_VALUES = {
    "Your numbers are cut to 0 and 1, as black and white: keep the values between.": lambda e, g: (
        np.isin(g, (0, 1)).all() and ((e >= 0) & (e <= 1)).all() and not np.isin(e, (0, 1)).all()
    ),
    "The channels come in another order: red, green, blue it has to be.": _permuted_channels,
    "It is upside down: the rows come from the bottom.": lambda e, g: (
        e.ndim > 1 and close(e[::-1], g)
    ),
    "It is mirrored: the columns come from the right.": lambda e, g: (
        e.ndim > 1 and close(e[:, ::-1], g)
    ),
    "It comes backward: the last is first.": lambda e, g: (
        e.ndim > 0 and e.size > 1 and close(e.reshape(-1, e.shape[-1])[::-1].reshape(e.shape), g)
    ),
    "Every pixel is the same, a mixture of all or one of them: each has its own.": lambda e, g: (
        e.ndim == 3 and np.allclose(g, g[0, 0])
    ),
    "The right values are there, but not in the right places.": lambda e, g: (
        e.ndim > 0 and close(np.sort(e, axis=None), np.sort(g, axis=None))
    ),
}

_FACTORS = {
    255: "Your numbers are 255 times too large: 255 is white in a file, but here white is 1.",
    1 / 255: "Your numbers are 255 times too small: these values go from 0 to 1 already.",
    255**2: "Your numbers are 255 x 255 times too large: here white is 1, not 255.",
    255**-2: "Your numbers are 255 x 255 times too small: these values go from 0 to 1 already.",
    3: "Your numbers are 3 times too large: is a division by the number of channels missing?",
    1 / 3: "Your numbers are 3 times too small: is there a division by the channels too many?",
    8: "Your numbers are 8 times too large: a byte has 8 bits; mind which of the two you count.",
    1
    / 8: "Your numbers are 8 times too small: a byte has 8 bits; mind which of the two you count.",
    2: "Your numbers are twice the right ones.",
    0.5: "Your numbers are half the right ones.",
    100: "Your numbers are 100 times too large: the answer is no percentage.",
    10: "Your numbers are 10 times too large.",
    0.1: "Your numbers are 10 times too small.",
}


def _factor(pairs):
    """One factor between all answers and the right ones, in words."""
    if any(g[e == 0].any() for e, g in pairs):
        return None
    ratios = [np.ravel((g / e)[(e != 0) & np.isfinite(e)]) for e, g in pairs]
    ratios = np.concatenate(ratios or [np.empty(0)])
    for factor, words in _FACTORS.items():
        if ratios.size and np.allclose(ratios, factor, rtol=1e-3):
            return words
    return None


# --- The answer to another input -----------------------------------------------------------


def in_the_input(exercise, calls):
    """Whether the answers are the right ones for another input, in words.

    An input that makes no sense for some calls says nothing about these; three others,
    and one that went wrong, have to be left.

    Parameters
    ----------
    exercise : Exercise
    calls : list of (arguments, expected, got)

    Returns
    -------
    str or None
    """
    inputs = _INPUTS | (_NUMBERS_OF if exercise.whole else {})
    for words, other in inputs.items():
        shift = 1 if "first color is left out" in words and exercise.whole else 0
        agree = [_agrees(exercise, call, other, shift) for call in calls]
        wrong = [not close(e, g) for _, e, g in calls]
        fits = [wrong for wrong, fit in zip(wrong, agree, strict=True) if fit]
        if False not in agree and len(fits) >= min(3, len(calls)) and any(fits):
            return words
    return None


def _agrees(exercise, call, other, shift):
    """Whether an answer is the right one to another input; None if that makes no sense."""
    arguments, _, got = call
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer = np.asarray(exercise.answer(*other(arguments)), dtype=float)
        return close(answer + shift, got)
    except (ValueError, TypeError, IndexError, AttributeError, ArithmeticError):
        return None


def _each(change):
    """The same change of every array of decimals among the arguments."""

    def changed(arguments):
        return tuple(
            change(a) if isinstance(a, np.ndarray) and a.dtype.kind == "f" else a for a in arguments
        )

    return changed


def _first(change):
    def changed(arguments):
        return (change(arguments[0]), *arguments[1:])

    return changed


def _second(change):
    def changed(arguments):
        return (arguments[0], change(np.asarray(arguments[1])), *arguments[2:])

    return changed


def _gray(array):
    return np.repeat(array.mean(axis=-1, keepdims=True), array.shape[-1], axis=-1)


def _only(channel):
    return _each(lambda a: np.repeat(a[..., [channel]], a.shape[-1], axis=-1))


def _channels_cut(array):
    if array.shape[-1] == 1:
        raise ValueError
    return np.ascontiguousarray(array[..., :-1])


def _cut_short(array):
    if len(array) == 1:
        raise ValueError
    return array[:-1]


def _begun_late(array):
    if len(array) == 1:
        raise ValueError
    return array[1:]


_INPUTS = {
    "The parameters are mixed up: the first two have changed places.": lambda a: (
        a[1],
        a[0],
        *a[2:],
    ),
    "The values are cut to whole numbers (integers) before you compute: keep their decimals.": _each(
        np.trunc
    ),
    "The first of the values given is cut to whole numbers (integers): keep its decimals.": _first(
        np.trunc
    ),
    "The second of the values given is cut to whole numbers (integers): keep its decimals.": _second(
        np.trunc
    ),
    "You compute with bytes, 0 to 255; these values go from 0 to 1.": _each(
        lambda a: np.trunc(a * 255)
    ),
    "You compute with bytes, 0 to 255: these values go from 0 to 1.": _each(
        lambda a: np.rint(a * 255)
    ),
    "You divide by 255 first; these values go from 0 to 1 already.": _each(lambda a: a / 255),
    "You divide the second of the values given by 255; they go from 0 to 1 already.": _second(
        lambda a: a / 255
    ),
    "You compute with gray, one brightness for all channels: keep the channels apart.": _each(
        _gray
    ),
    "You turn the picture gray first: keep the channels apart.": _first(_gray),
    "You use the first channel for all: keep the channels apart.": _only(0),
    "You use the last channel for all: keep the channels apart.": _only(-1),
    "The channels come in another order: red, green, blue it has to be.": _first(
        lambda a: a[..., ::-1].copy()
    ),
    "The picture is mirrored: its columns come from the right.": _first(lambda a: a[:, ::-1]),
    "The picture is upside down: its rows come from the bottom.": _first(lambda a: a[::-1]),
    "You leave out the last channel: does a loop over the channels stop too early?": _each(
        _channels_cut
    ),
}

_NUMBERS_OF = {
    "The last color is left out: does a loop or a slice stop one too early?": _second(_cut_short),
    "The first color is left out: loops and slices begin with 0.": _second(_begun_late),
    "You compare with the first color only.": _second(lambda a: np.repeat(a[:1], len(a), axis=0)),
}

# --- Where the wrong entries lie -----------------------------------------------------------


def in_the_places(pairs, axes):
    """Where the wrong entries lie, in words.

    Parameters
    ----------
    pairs : list of (expected, got)
        Arrays of numbers, of every call that came back with the right shape.
    axes : tuple of str
        What the axes are: "row", "column", "channel" ...

    Returns
    -------
    str or None
    """
    masks = [
        ~np.isclose(e, g, rtol=1e-4, atol=2e-3 if g.dtype == np.float32 else 1e-5, equal_nan=True)
        for e, g in pairs
    ]
    masks = [mask for mask in masks if mask.ndim == len(axes)]
    wrong = [mask for mask in masks if mask.any()]
    if not wrong or not axes:
        return None
    for axis, name in enumerate(axes):
        places = [np.flatnonzero(mask.any(axis=_others(mask, axis))) for mask in wrong]
        sizes = [mask.shape[axis] for mask in wrong]
        if max(sizes) == 1:
            continue
        if all((p == n - 1).all() for p, n in zip(places, sizes, strict=True)):
            return f"Only the last {name} is wrong: does a loop or a slice stop one too early?"
        if all((p == 0).all() for p in places):
            return f"Only the first {name} is wrong: ranges and slices begin with 0."
        if name == "channel":
            right = set.intersection(
                *(set(range(n)) - set(p.tolist()) for p, n in zip(places, sizes, strict=True))
            )
            if right and min(sizes) == 3:
                listed = " and ".join(str(channel) for channel in sorted(right))
                return f"Only channel {listed} is right: what happens to the other channels?"
        if all(0 not in p for p in places) and all(
            mask.any() for mask in masks if mask.shape[axis] > 1
        ):
            return (
                f"Only the first {name} is right: the others are left out, or the first is taken "
                "for all."
            )
        if all(n - 1 not in p for p, n in zip(places, sizes, strict=True)) and all(
            mask.any() for mask in masks if mask.shape[axis] > 1
        ):
            return (
                f"Only the last {name} is right: something is overwritten, or carried on from one "
                f"{name} to the next."
            )
    return None


def _others(mask, axis):
    return tuple(other for other in range(mask.ndim) if other != axis)
