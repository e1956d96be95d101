"""Clues that need no list of misconceptions: what the answers and the code give away.

Answers are compared with the right ones moved, scaled, cut or rounded; with the right
answers to another input (whole numbers, bytes, gray, parameters swapped); and entry by
entry, to see where the wrong ones lie. The code is looked at for a return inside a loop
and for sizes of the page's pictures.
"""

import ast
import inspect
import textwrap
import warnings

import numpy as np

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
    sizes = {512, 768, 393216, 24576, 1179648} & _numbers_in(getattr(function, "__code__", None))
    if sizes:
        listed = " and ".join(map(str, sorted(sizes)))
        return (
            f"The size of the photograph ({listed}) is written into your code: take height and width "
            "from what you are given, so that it works for a picture of any size."
        )
    if _returns_in_a_loop(function):
        return (
            "There is a return inside the loop: the function ends in the first round. Move it below "
            "the loop, to the left."
        )
    return None


def _numbers_in(code):
    if code is None:
        return set()
    numbers = set()
    for constant in code.co_consts:
        if isinstance(constant, int) and not isinstance(constant, bool):
            numbers.add(constant)
        elif isinstance(constant, tuple):
            numbers |= {part for part in constant if type(part) is int}
    return numbers


def _returns_in_a_loop(function):
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, IndentationError):
        return False
    return any(
        isinstance(statement, ast.Return)
        for loop in ast.walk(tree)
        if isinstance(loop, (ast.For, ast.While))
        for statement in loop.body
    )


# --- The shape -----------------------------------------------------------------------------


def in_the_shape(pairs, axes):
    """What the shapes of all answers give away.

    Parameters
    ----------
    pairs : list of (expected, got)
        Arrays of numbers, of every call that came back.
    axes : tuple of str
        What the axes of the right answer are: "pixel", "color" ...

    Returns
    -------
    str or None
    """
    wrong = [(e, g) for e, g in pairs if e.shape != g.shape]
    for words, holds in _SHAPES.items():
        if wrong and all(holds(e, g) for e, g in wrong):
            return words.replace("AXIS", axes[0] if axes else "row")
    return None


def _close(a, b):
    return a.shape == b.shape and np.allclose(a, b, rtol=1e-4, atol=1e-5, equal_nan=True)


def _as_column(expected, got):
    return (
        got.ndim == expected.ndim + 1
        and got.shape[-1] == 1
        and expected.ndim > 0
        and _close(expected, got[..., 0])
    )


_SHAPES = {
    "The numbers are right, but rows and columns (the first two axes) are swapped.": lambda e, g: (
        g.ndim == e.ndim >= 2 and _close(np.swapaxes(e, 0, 1), g)
    ),
    "The numbers are right, but they come as a column: there is an axis of size 1 too many at the "
    "end. Flatten it with .ravel(), or leave out keepdims=True.": _as_column,
    "The number is right, but it comes as an array that holds one number; take the number out of "
    "it.": lambda e, g: e.ndim == 0 and g.size == 1 and _close(e, g.reshape(())),
    "An axis of size 1 is gone (squeeze, or a single row taken): with one pixel or one color it has "
    "to stay.": lambda e, g: (
        g.ndim < e.ndim and g.size == e.size and _close(np.squeeze(e), np.squeeze(g))
    ),
    "There is an axis of size 1 too many.": lambda e, g: (
        g.ndim > e.ndim and g.size == e.size and _close(np.squeeze(e), np.squeeze(g))
    ),
    "The numbers are right and in the right order, but as a flat list: fold it to the right shape.": (
        lambda e, g: g.ndim == 1 < e.ndim and g.size == e.size and _close(e.ravel(), g)
    ),
    "The numbers are right and in the right order, but not in the right shape: look at the axes "
    "again.": lambda e, g: g.size == e.size and _close(e.ravel(), g.ravel()),
    "Only the first AXIS comes back: the others are lost.": lambda e, g: (
        e.ndim > 0 and len(e) > 0 and (_close(e[0], g) or (len(e) > 1 and _close(e[:1], g)))
    ),
    "The result holds what earlier calls have left behind: begin with a new, empty one inside the "
    "function.": lambda e, g: (
        g.ndim == e.ndim > 0 and len(g) > len(e) and _close(e, g[len(g) - len(e) :])
    ),
    "The last AXIS is missing: does a loop or a slice stop one too early?": lambda e, g: (
        g.ndim == e.ndim > 0 and len(g) == len(e) - 1 and _close(e[:-1], g)
    ),
    "The first AXIS is missing: ranges and slices begin with 0.": lambda e, g: (
        g.ndim == e.ndim > 0 and len(g) == len(e) - 1 and _close(e[1:], g)
    ),
    "You return one number; wanted is a whole array: an axis is missing in a sum, a mean or an "
    "argmin.": lambda e, g: g.ndim == 0 and e.ndim > 0,
    "You return an array; wanted is one number: something is left to be added up, averaged or "
    "chosen, along all of its axes.": lambda e, g: e.ndim == 0 and g.ndim > 0,
    "There is an axis too many: something is left to be added up, or chosen, along it.": (
        lambda e, g: g.ndim > e.ndim
    ),
    "An axis is gone that should be there: it was added up, averaged or picked.": (
        lambda e, g: g.ndim < e.ndim
    ),
    "The axis that you add up, average or pick along is the wrong one: look at which one disappears.": (
        lambda e, g: g.ndim == e.ndim and g.shape != e.shape
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
        return _factor(pairs)


def _constant(g, value=None):
    return g.size > 0 and (g == (g.flat[0] if value is None else value)).all()


def _permuted_channels(e, g):
    return (
        e.ndim > 0
        and e.shape[-1] == 3
        and any(
            _close(e[..., list(p)], g)
            for p in ((2, 1, 0), (1, 0, 2), (0, 2, 1), (1, 2, 0), (2, 0, 1))
        )
    )


_VALUES = {
    "Everything is 0: is your answer ever written into the result?": lambda e, g: _constant(g, 0),
    "The sign is the wrong way around.": lambda e, g: _close(e, -g),
    "These are the squares of the right numbers: a root is missing.": lambda e, g: _close(e**2, g),
    "These are the roots of the right numbers: there is a root too many.": (
        lambda e, g: _close(np.sqrt(e), g)
    ),
    "Your fraction is upside down.": lambda e, g: e.ndim == 0 and _close(e * g, np.ones(())),
    "These are the absolute values of the right numbers: the sign is lost.": (
        lambda e, g: _close(abs(e), g)
    ),
    "You subtract the right numbers from 1.": lambda e, g: _close(1 - e, g),
    "Values below 0 are cut off: a difference may be below 0.": (
        lambda e, g: _close(np.maximum(e, 0), g)
    ),
    "The decimals are gone: somewhere the numbers are cut or rounded to integers.": lambda e, g: (
        _close(np.trunc(e), g) or _close(np.rint(e), g) or _close(np.floor(e), g)
    ),
    "Your numbers are rounded to one decimal: keep them all, and round only what you print.": (
        lambda e, g: np.allclose(np.round(e, 1), g, atol=1e-9)
    ),
    "Your numbers are rounded to two decimals: keep them all, and round only what you print.": (
        lambda e, g: np.allclose(np.round(e, 2), g, atol=1e-9)
    ),
    "Your numbers are rounded to three decimals: keep them all, and round only what you print.": (
        lambda e, g: np.allclose(np.round(e, 3), g, atol=1e-9)
    ),
    "Your numbers are cut to 0 and 1, as black and white: keep the values between.": lambda e, g: (
        np.isin(g, (0, 1)).all() and ((e >= 0) & (e <= 1)).all() and not np.isin(e, (0, 1)).all()
    ),
    "Your numbers are bytes, from 0 to 255; wanted are values from 0 to 1.": lambda e, g: (
        e.ndim > 0 and (np.allclose(np.rint(e * 255), g) or np.allclose(np.trunc(e * 255), g))
    ),
    "The channels come in another order: red, green, blue it has to be.": _permuted_channels,
    "It is upside down: the rows come from the bottom.": lambda e, g: (
        e.ndim > 1 and _close(e[::-1], g)
    ),
    "It is mirrored: the columns come from the right.": lambda e, g: (
        e.ndim > 1 and _close(e[:, ::-1], g)
    ),
    "It comes backward: the last is first.": lambda e, g: (
        e.ndim > 0 and e.size > 1 and _close(e.reshape(-1, e.shape[-1])[::-1].reshape(e.shape), g)
    ),
    "Every pixel is the same, a mixture of all or one of them: each has its own.": lambda e, g: (
        e.ndim == 3 and np.allclose(g, g[0, 0]) and g.shape[:2] != (1, 1)
    ),
    "The right values are there, but not in the right places.": lambda e, g: (
        e.ndim > 0 and _close(np.sort(e, axis=None), np.sort(g, axis=None))
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
    100: "Your numbers are 100 times too large: wanted are no percentages.",
    10: "Your numbers are 10 times too large.",
    0.1: "Your numbers are 10 times too small.",
}


def _factor(pairs):
    """One factor between all answers and the right ones, in words."""
    ratios = [(g / e)[(e != 0) & np.isfinite(e)] for e, g in pairs]
    ratios = np.concatenate([np.ravel(part) for part in ratios] or [np.empty(0)])
    for factor, words in _FACTORS.items():
        if ratios.size and np.allclose(ratios, factor, rtol=1e-3):
            return words
    return None


# --- The answer to another input -----------------------------------------------------------


def in_the_input(exercise, calls):
    """Whether the answers are the right ones for another input, in words.

    Parameters
    ----------
    exercise : Exercise
    calls : list of (arguments, got)

    Returns
    -------
    str or None
    """
    for words, other in _INPUTS.items():
        try:
            with np.errstate(all="ignore"), warnings.catch_warnings():
                warnings.simplefilter("ignore")
                changed = [other(arguments) for arguments, _ in calls]
                answers = [exercise.answer(*arguments) for arguments in changed]
                if all(
                    _close(np.asarray(answer, dtype=float), got)
                    for answer, (_, got) in zip(answers, calls, strict=True)
                ):
                    return words
        except (ValueError, TypeError, IndexError, AttributeError, ArithmeticError):
            continue  # this input makes no sense for this function
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
        return (arguments[0], change(arguments[1]), *arguments[2:])

    return changed


def _gray(array):
    return np.repeat(array.mean(axis=-1, keepdims=True), array.shape[-1], axis=-1)


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
        lambda a: np.trunc(a)
    ),
    "You compute with bytes, 0 to 255; these values go from 0 to 1.": _each(
        lambda a: np.rint(a * 255)
    ),
    "You divide by 255 first; these values go from 0 to 1 already.": _each(lambda a: a / 255),
    "You compute with gray, one brightness for all channels: keep the channels apart.": _each(
        _gray
    ),
    "You turn the picture gray first: keep the channels apart.": _first(_gray),
    "You use one channel (the first) for all: keep the channels apart.": _each(
        lambda a: np.repeat(a[..., :1], a.shape[-1], axis=-1)
    ),
    "The channels come in another order: red, green, blue it has to be.": _first(
        lambda a: a[..., ::-1].copy()
    ),
    "You leave out the last channel: does a loop over the channels stop too early?": _each(
        lambda a: np.ascontiguousarray(a[..., :-1])
    ),
    "You leave out the last color: does a loop stop one too early?": _second(lambda a: a[:-1]),
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
    masks = [~np.isclose(e, g, rtol=1e-4, atol=1e-5, equal_nan=True) for e, g in pairs]
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
