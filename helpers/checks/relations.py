"""What answers betray without any list: how they stand to the right ones, and where they are wrong."""

from itertools import product

import numpy as np

from helpers.checks.attempt import Finding
from helpers.checks.compare import close, numbers
from helpers.checks.exercise import answered, questions


def betrayed(attempt):
    """The first relation between all answers and the right ones that holds, in words."""
    exercise, calls = attempt.exercise, []
    for n, (case, trial) in enumerate(zip(attempt.cases, attempt.trials, strict=True)):
        got = None if trial.error is not None else numbers(exercise.settled(case, trial.got))
        if got is None or isinstance(case.expected, tuple):
            return None
        calls.append((n, case, numbers(exercise.settled(case, case.expected)), got))
    plain = [c for c in calls if not c[1].tags & {"whole numbers", "float32"}]
    with np.errstate(all="ignore"):
        for some in (plain, calls):
            if attempt.rank != "dtype" and all(close(e, g) for *_, e, g in some):
                continue
            misshapen = [n for n, _, e, g in some if e.shape != g.shape]
            words = _relation(some, exercise, misshapen)
            if words:  # what is said of wrong shapes is said of these alone
                return Finding(words, tuple(misshapen or [n for n, *_ in some]))
    return None


def _relation(calls, exercise, misshapen):
    """What holds between the expected and the returned of all these calls, in words."""
    pairs, axes = [(e, g) for *_, e, g in calls], exercise.axes
    words = _as_it_was(calls, exercise) or _constant(pairs)
    if words:
        return words
    if misshapen:
        single = _of_a_single_one(calls) or _in_the_shapes(pairs, axes, _SHAPES)
        return single or _along_one_axis(pairs, axes) or _size_written_in(calls, exercise)
    if exercise.whole:
        return _in_the_numbers(pairs)
    if exercise.judge and not exercise.free:
        return None
    values = _in_the_values(pairs) or _in_the_places(pairs, axes)
    return values or _in_what_stands(calls, exercise)


def _as_it_was(calls, exercise):
    """Whether the answers are what was given, in words."""
    for place, parameter in enumerate(exercise.parameters):
        given = ((numbers(case.arguments[place]), g) for _, case, _, g in calls)
        if all(a is not None and close(a, g) for a, g in given):
            return f"You return {parameter} as it was."
    return None


def _constant(pairs):
    """Whether all answers hold one and the same number, in words."""
    values = {value for _, g in pairs for value in np.unique(g).tolist()}
    if len(pairs) < 2 or len(values) != 1 or not all(g.size for _, g in pairs):
        return None
    value = values.pop()
    shown = value if isinstance(value, bool) else f"{value:g}"
    return f"You return {shown} whatever you are given: does it come from the page around the function, or is your answer never written into the result?"


# --- Shapes --------------------------------------------------------------------------------


def _of_a_single_one(calls):
    """Whether only the results for a single color, or pixel, have another shape, in words."""
    for tag in ("one color", "one pixel"):
        if all((e.shape == g.shape) == (tag not in case.tags) for _, case, e, g in calls):
            return f"With {tag.replace('one', 'a single')} your result has another shape than with several: an axis stays, even if it holds only one (no squeeze, no row taken out)."
    return None


def in_the_shape(attempt):
    """What the wrong shapes show at least, in words."""
    both = zip(attempt.cases, attempt.trials, strict=True)
    pairs = [(numbers(case.expected), numbers(trial.got)) for case, trial in both]
    if any(e is None or g is None for e, g in pairs):
        return None
    return _in_the_shapes(pairs, attempt.exercise.axes, _SHAPES_AT_LEAST)


def _in_the_shapes(pairs, axes, table):
    """What all the wrong shapes have in common, in words."""
    first, second, *_ = (*axes, "row", "number")
    words = answered(table, [(e, g) for e, g in pairs if e.shape != g.shape])
    return words and words.replace("OTHER", second).replace("AXIS", first)


def _along_one_axis(pairs, axes):
    """Which two axes have become one, in words."""
    for n in range(len(axes) - 1) if len(axes) > 2 else ():
        if all(
            e.shape == g.shape
            or g.shape == (*e.shape[:n], e.shape[n] * e.shape[n + 1], *e.shape[n + 2 :])
            for e, g in pairs
        ):
            return f"The {axes[n]}s and the {axes[n + 1]}s lie along one axis; they need an axis each: fold it."
    return None


def _size_written_in(calls, exercise):
    """Whether an axis has the same length whatever is given, or that of something else, in words."""
    if any(e.ndim != g.ndim for *_, e, g in calls):
        return None
    for axis in range(calls[0][2].ndim):
        right = [e.shape[axis] for _, _, e, _ in calls]
        lengths = [g.shape[axis] for *_, g in calls]
        if len({*lengths}) == 1 < len({*right}) and len(calls) > 2:
            return f"Axis {axis} of your result has {lengths[0]} places whatever you are given: is the number written into your code, or your result that of something on the page? Take the size from what you are given."
        for place, part in product(range(len(exercise.parameters)), range(3)):
            shapes = [np.shape(case.arguments[place]) for _, case, *_ in calls]
            sizes = [shape[part] if part < len(shape) else None for shape in shapes]
            if sizes == lengths != right and len({*lengths}) > 1:
                name = exercise.parameters[place]
                if len(shapes[0]) == 3:
                    name += f" (its {('rows', 'columns', 'channels')[part]})"
                return f"Axis {axis} of your result is as long as axis {part} of {name}, and should not be."
    return None


_SHAPES = questions("e, g", """
Your result is empty: is anything ever put into it?
    g.size == 0 < e.size
The result holds what earlier calls have left behind: begin with a new, empty one inside the function.
    g.ndim == e.ndim > 0 and len(g) > len(e) and g[: -len(e)].any() and close(e, g[-len(e) :])
Each AXIS holds the numbers of all of them: the inner list is begun once, before the loops, and goes on growing. Begin it anew for each AXIS.
    g.ndim == e.ndim > 1 and len(g) == len(e) and g[:1].size == e.size and all(close(e.ravel(), row.ravel()) for row in g)
Some AXISs are left out, as by an if, or come only once: keep them all.
    g.ndim == e.ndim == 2 and g.shape[1] == e.shape[1] and len(g) < len(e) and all((abs(e - row).max(axis=1) < 1e-6).any() for row in g)
Every number of the one meets every number of the other (as outer does): only the same channels belong together, and the result has an axis too many.
    g.ndim == 4 and g.shape[1] == g.shape[3] and close(e, np.einsum("njkj->nkj", g))
""", close=close)  # fmt: skip

_SHAPES_AT_LEAST = questions("e, g", """
The numbers are right and in the right order, but not in the right shape: fold them, and look at the axes again.
    g.size == e.size and close(e.ravel(), g.ravel())
You return True and False, the answers to a question (as from ==, < and so on); it should be numbers.
    g.dtype.kind == "b"
The channels have an axis of their own, as in a picture; they should be gone: there is something left to do along that axis.
    e.ndim < 3 and g.ndim == e.ndim + 1 and g.shape[:-1] == e.shape and g.shape[-1] == 3
You return one number; it should be a whole array: is an axis missing in a sum, a mean or an argmin?
    g.ndim == 0 and e.ndim > 0
You return an array; it should be one number: something is left to be added up, averaged or chosen, along all of its axes.
    e.ndim == 0 and g.ndim > 0 and g.size > 1
There is an axis too many: is there a [None] too many, or is something left to be added up, or chosen, along it?
    g.ndim > e.ndim
An axis is gone that should be there: is something added up, averaged, picked or joined along it?
    g.ndim < e.ndim
""", close=close)  # fmt: skip

# --- Values --------------------------------------------------------------------------------


def _in_the_numbers(pairs):
    """What numbers of colors betray, in words."""
    if any((np.isfinite(g) & (g != np.floor(g))).any() for _, g in pairs):
        return "These look like distances, not like numbers of colors: argmin gives the number of the smallest, min gives the smallest itself."
    return answered(_NUMBERS, pairs)


_NUMBERS = questions("e, g", """
Your numbers are right, and only their type is not: they are decimals (0.0, 1.0 ...), which can't look anything up. np.zeros and np.empty make decimals unless you ask for dtype=int.
    g.dtype.kind == "f" and np.array_equal(e, g)
You count from 1; the numbers of colors begin with 0.
    np.array_equal(e + 1, g)
You return the same number for all.
    g.size > 1 and (g == g.flat[0]).all()
""")  # fmt: skip


def _in_the_values(pairs):
    """A simple relation between all answers and the right ones, in words."""
    if any(g.size == 0 for _, g in pairs):
        return None
    if all(g.dtype == np.float16 for _, g in pairs):
        return "Your result is float16, which keeps only three digits: stay with the type that you are given."
    whole = all(g.dtype.kind in "biu" for _, g in pairs)
    if whole and not all(close(e, np.rint(e)) for e, _ in pairs):
        return answered(_INTEGERS, pairs)
    return _rounded(pairs) or _factor(pairs) or _cut_off(pairs)


# Said of integers where decimals are right.
_INTEGERS = questions("e, g", """
Your result is True or False, the answer to a question; it should be numbers.
    g.dtype.kind == "b"
The decimals are gone: your result is an integer, a whole number.
    e.ndim == 0
Your numbers are bytes, from 0 to 255; they should go from 0 to 1.
    (abs(g - 255.0 * e) <= 1).all()
Your result holds whole numbers (integers), where decimals are right. Begin with np.zeros(...), which holds decimals, and leave out dtype=int and .astype(int).
    True
""")  # fmt: skip


def _rounded(pairs):
    """Whether all answers are the right ones, rounded or cut, in words."""
    for decimals, way in product(range(9), (np.round, np.trunc, np.ceil)):
        power = 10.0**decimals
        near = {"rtol": 1e-7, "atol": 1e-6 / power}
        if all(np.allclose(way(e * power) / power, g, **near) for e, g in pairs):
            kept = f"{decimals} decimal{'s' * (decimals != 1)}" if decimals else "whole numbers"
            return f"Your numbers are rounded to {kept}: keep all decimals, and round only what you print."
    return None


# Those of 255 and 1/255 are among the transforms.
_FACTORS = {
    255**2: "here white is 1, not 255.",
    255**-2: "these values go from 0 to 1 already.",
    3: "is a division by the number of channels missing?",
    1 / 3: "is a factor 3 missing, for the channels, or is there a division by them too many?",
    8: "a byte has 8 bits; mind which of the two you count.",
    1 / 8: "a byte has 8 bits; mind which of the two you count.",
    2: "is something counted twice?",
    1 / 2: "is there a division too many?",
}


def _factor(pairs):
    """One factor between all answers and the right ones, in words."""
    ratios = np.concatenate([np.ravel((g / e)[(e != 0) & np.isfinite(e)]) for e, g in pairs])
    one = ratios[0] if ratios.size > 1 and not any(g[e == 0].any() for e, g in pairs) else 0
    if not one or np.isclose(one, 1, rtol=0.01) or not np.allclose(ratios, one, rtol=1e-3):
        return None
    why = next((w for f, w in _FACTORS.items() if np.isclose(one, f, rtol=1e-3)), None)
    why = why or "is there a factor or a division too many, or is one missing?"
    part = abs(one) < 0.5 and np.isclose(1 / one, np.rint(1 / one), rtol=1e-3)
    times = f"1/{1 / one:.0f}" if part else f"{one:.4g}"
    return f"Each of your numbers is {times} times the right one: {why}"


def _cut_off(pairs):
    """Whether all answers are the right ones, cut off at some value, in words."""
    if any(g.ndim == 0 for _, g in pairs) and sum(not close(e, g) for e, g in pairs) < 2:
        return None  # one number may be equal to another by accident
    edges = min(g.min() for _, g in pairs), max(g.max() for _, g in pairs)
    if not all(close(np.clip(e, *edges), g) for e, g in pairs):
        return None
    low, high = (any((sign * e < sign * g - 1e-3).any() for e, g in pairs) for sign in (1, -1))
    told = [f"below {edges[0]:.4g}"] * low + [f"above {edges[1]:.4g}"] * high
    return f"Everything {' and '.join(told)} is cut off (clip?): keep the values as they are."


# --- Places --------------------------------------------------------------------------------


def _off(e, g):
    """Which entries are wrong."""
    return ~np.isclose(e, g, rtol=1e-4, atol=1e-5, equal_nan=True)


def _in_the_places(pairs, axes):
    """Where the wrong entries lie, in words."""
    masks = [mask for mask in (_off(e, g) for e, g in pairs) if mask.any()]
    for axis, noun in enumerate(axes if masks else ()):
        others = tuple(n for n in range(len(axes)) if n != axis)
        places = [(m.shape[axis], np.flatnonzero(m.any(axis=others)).tolist()) for m in masks]
        if max(places)[0] == 1:
            continue
        (size, wrong), *_ = places
        if noun == "channel" and len(wrong) < size == 3 and places == places[:1] * len(places):
            names = [("red", "green", "blue")[c] for c in wrong]
            verb = "is" if len(names) == 1 else "are"
            return f"Only {' and '.join(names)} {verb} wrong: look at the lines, the indices and the numbers that belong there."
        several = [place for place in places if place[0] > 1]
        words = answered(_ALONG, several) if 2 * len(masks) > len(pairs) else None
        if words:
            return words.replace("AXIS", noun)
        if len(several) > 2 and all(
            (g == g.take([0], axis=axis)).all() for e, g in pairs if e.shape[axis] > 1
        ):
            return f"Your result is the same for every {noun}: is the number of the {noun} missing in your line, or does a sum, a mean or a norm without an axis take all {noun}s together?"
    return None


# Of n places along an axis, those that are wrong.
_ALONG = questions("n, wrong", """
Only the last AXIS is wrong: does a loop or a slice stop one too early?
    wrong == [n - 1]
Only the first AXIS is wrong: ranges and slices begin with 0.
    wrong == [0]
Only the first AXIS is right: the others are left out, or the first is taken for all.
    wrong == [*range(1, n)]
Only the last AXIS is right: is something overwritten, or carried on from one AXIS to the next?
    wrong == [*range(n - 1)]
""")  # fmt: skip


def _in_what_stands(calls, exercise):
    """What stands, or was given, in the places that are wrong, in words."""
    masks = [_off(e, g) for *_, e, g in calls]
    if sum(mask.sum() for mask in masks) < 2 or all(mask.all() for mask in masks):
        return None
    given = {
        parameter: [np.asarray(numbers(case.arguments[place])) for _, case, *_ in calls]
        for place, parameter in enumerate(exercise.parameters)
    }
    pairs = [(e, g) for *_, e, g in calls]
    for words, holds in _STANDS.items():
        for parameter, some in given.items():
            asked = zip(pairs, masks, some, strict=True)
            if all(holds(e, g, off, a) for (e, g), off, a in asked):
                return words.replace("GIVEN", parameter)
    return None


_STANDS = questions("e, g, off, a", """
It goes wrong where GIVEN is 0, and only there: does an if ask whether a number is anything but 0? 0 counts like any other.
    e.shape[e.ndim - a.ndim :] == a.shape and (off <= (a == 0)).all()
Where your result is wrong, it is 0: is there an if, a mask or a loop that passes these places by?
    np.isclose(g[off], 0).all()
Where your result is wrong, it is 1: is there an if, a mask or a loop that passes these places by?
    np.isclose(g[off], 1).all()
Where your result is wrong, it is nan, which is not a number: 0 is divided by 0 there, or the root of something below 0 is taken (rounding can push a 0 a hair below it).
    np.isnan(g[off]).all()
Where your result is wrong, its sign is the wrong way around.
    np.isclose(g[off], -e[off]).all()
Where your result is wrong, it is what was given: these places are left as they were. Is there an if, or a loop, that passes them by?
    a.shape == e.shape and np.allclose(g[off], a[off])
""")  # fmt: skip
