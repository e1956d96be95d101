"""What answers betray without any list: how they stand to the right ones, and where they are wrong."""

from itertools import product

import numpy as np

from helpers.checks.attempt import Finding
from helpers.checks.compare import close, numbers
from helpers.checks.exercise import questions


def betrayed(attempt):
    """The first relation between all answers and the right ones that holds, in words."""
    exercise = attempt.exercise
    calls = []
    for case, trial in zip(attempt.cases, attempt.trials, strict=True):
        got = None if trial.error is not None else numbers(exercise.settled(case, trial.got))
        if got is None or isinstance(case.expected, tuple):
            return None
        calls.append((case, numbers(exercise.settled(case, case.expected)), got))
    plain = [c for c in calls if not c[0].tags & {"whole numbers", "float32"}]
    with np.errstate(all="ignore"):
        for some in (plain, calls):
            pairs = [(e, g) for _, e, g in some]
            if attempt.rank != "dtype" and all(
                e.shape == g.shape and close(e, g) for e, g in pairs
            ):
                continue
            if any(e.shape != g.shape for e, g in pairs):
                words = (
                    _of_a_single_one(some)
                    or _in_the_shapes(pairs, exercise.axes, _SHAPES)
                    or _along_one_axis(pairs, exercise.axes)
                    or _size_written_in(some, exercise)
                )
            elif exercise.whole:
                words = _in_the_numbers(pairs)
            elif exercise.judge and not exercise.free:
                words = None
            else:
                words = (
                    _in_the_values(pairs)
                    or _where_a_0_was_given(some, exercise)
                    or _in_the_places(pairs, exercise.axes)
                )
            words = words or _in_what_was_given(some, exercise)
            if words:
                # What is said of wrong shapes is said of these alone.
                spoken_of = [c for c, e, g in some if e.shape != g.shape] or [c for c, *_ in some]
                kept = tuple(
                    n for n, case in enumerate(attempt.cases) if any(case is c for c in spoken_of)
                )
                return Finding(words, kept)
    return None


# --- Shapes --------------------------------------------------------------------------------


def _of_a_single_one(calls):
    """Whether only the results for a single color, or pixel, have another shape, in words."""
    for tag in ("one color", "one pixel"):
        if all((e.shape == g.shape) == (tag not in case.tags) for case, e, g in calls):
            return (
                f"With {tag.replace('one', 'a single')} your result has another shape than with several: an "
                "axis stays, even if it holds only one (no squeeze, no row taken out)."
            )
    return None


def in_the_shape(attempt):
    """What the wrong shapes show at least, in words."""
    pairs = [
        (numbers(case.expected), numbers(trial.got))
        for case, trial in zip(attempt.cases, attempt.trials, strict=True)
    ]
    if any(e is None or g is None for e, g in pairs):
        return None
    return _in_the_shapes(pairs, attempt.exercise.axes, _SHAPES_AT_LEAST)


def _in_the_shapes(pairs, axes, table):
    """What all the wrong shapes have in common, in words."""
    wrong = [(e, g) for e, g in pairs if e.shape != g.shape]
    first, second, *_ = (*axes, "row", "number")
    for words, holds in table.items() if wrong else ():
        if all(holds(e, g) for e, g in wrong):
            return words.replace("OTHER", second).replace("AXIS", first)
    return None


def _along_one_axis(pairs, axes):
    """Which two axes have become one, in words."""
    wrong = [(e, g) for e, g in pairs if e.shape != g.shape]
    for n, (one, other) in enumerate(zip(axes, axes[1:], strict=False)):
        if len(axes) > 2 and all(
            g.shape == (*e.shape[:n], e.shape[n] * e.shape[n + 1], *e.shape[n + 2 :])
            for e, g in wrong
        ):
            return (
                f"The {one}s and the {other}s lie along one axis; they need an axis each: fold it."
            )
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

# --- Numbers of colors ---------------------------------------------------------------------


def _in_the_numbers(pairs):
    """What whole numbers betray, in words."""
    if len(pairs) > 2 and len({float(g) for _, g in pairs if g.ndim == 0}) == 1:
        return f"You return {pairs[0][1]} whatever you are given."
    if any((np.isfinite(g) & (g != np.floor(g))).any() for _, g in pairs):
        return (
            "These look like distances, not like numbers of colors: argmin gives the number of the "
            "smallest, min gives the smallest itself."
        )
    found = (words for words, holds in _NUMBERS.items() if all(holds(e, g) for e, g in pairs))
    return next(found, None)


_NUMBERS = questions("e, g", """
Your numbers are right, and only their type is not: they are decimals (0.0, 1.0 ...), which can't look anything up. np.zeros and np.empty make decimals unless you ask for dtype=int.
    g.dtype.kind == "f" and np.array_equal(e, g)
You count from 1; the numbers of colors begin with 0.
    np.array_equal(e + 1, g)
You return the same number for all.
    g.size > 1 and (g == g.flat[0]).all()
""")  # fmt: skip

# --- Values --------------------------------------------------------------------------------


def _in_the_values(pairs):
    """A simple relation between all answers and the right ones, in words."""
    if any(g.size == 0 for _, g in pairs):
        return None
    firsts = {float(g.flat[0]) for _, g in pairs}
    if len(pairs) > 1 and len(firsts) == 1 and all((g == g.flat[0]).all() for _, g in pairs):
        return (
            f"You return {firsts.pop():g} whatever you are given: does it come from the page around the "
            "function, or is your answer never written into the result?"
        )
    if all(g.dtype == np.float16 for _, g in pairs):
        return "Your result is float16, which keeps only three digits: stay with the type that you are given."
    ways = (_integers, _rounded, _factor, _cut_off)
    return next(filter(None, (way(pairs) for way in ways)), None)


def _integers(pairs):
    """Whether all answers are integers where decimals are right, in words."""
    if not all(g.dtype.kind in "biu" for _, g in pairs):
        return None
    if all(close(e, np.rint(e)) for e, _ in pairs):
        return None
    if all(g.dtype.kind == "b" for _, g in pairs):
        return "Your result is True or False, the answer to a question; it should be numbers."
    if all(e.ndim == 0 for e, _ in pairs):
        return "The decimals are gone: your result is an integer, a whole number."
    if all((abs(g - 255.0 * e) <= 1).all() for e, g in pairs):
        return "Your numbers are bytes, from 0 to 255; they should go from 0 to 1."
    return (
        "Your result holds whole numbers (integers), where decimals are right. Begin with np.zeros(...), "
        "which holds decimals, and leave out dtype=int and .astype(int)."
    )


def _rounded(pairs):
    """Whether all answers are the right ones, rounded or cut, in words."""
    for decimals in range(9):
        power = 10.0**decimals
        for way in (
            lambda e, d=decimals: np.round(e, d),
            lambda e, p=power: np.trunc(e * p) / p,
            lambda e, p=power: np.ceil(e * p) / p,
        ):
            if all(np.allclose(way(e), g, rtol=1e-7, atol=1e-6 / power) for e, g in pairs):
                kept = (
                    f"{decimals} decimal{'s' if decimals != 1 else ''}"
                    if decimals
                    else "whole numbers"
                )
                return f"Your numbers are rounded to {kept}: keep all decimals, and round only what you print."
    return None


_FACTORS = {
    255: "255 is white in a file, but here white is 1.",
    1 / 255: "these values go from 0 to 1 already.",
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
    if any(g[e == 0].any() for e, g in pairs):
        return None
    ratios = np.concatenate([np.ravel((g / e)[(e != 0) & np.isfinite(e)]) for e, g in pairs])
    if ratios.size < 2 or not ratios[0] or not np.allclose(ratios, ratios[0], rtol=1e-3):
        return None
    if np.isclose(ratios[0], 1, rtol=0.01):
        return None
    why = next((w for f, w in _FACTORS.items() if np.isclose(ratios[0], f, rtol=1e-3)), None)
    why = why or "is there a factor or a division too many, or is one missing?"
    times = f"{ratios[0]:.4g}"
    if abs(ratios[0]) < 0.5 and np.isclose(1 / ratios[0], np.rint(1 / ratios[0]), rtol=1e-3):
        times = f"1/{1 / ratios[0]:.0f}"
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


def _off(e, g):
    """Which entries are wrong."""
    return ~np.isclose(e, g, rtol=1e-4, atol=1e-5, equal_nan=True)


# --- Places --------------------------------------------------------------------------------


def _in_the_places(pairs, axes):
    """Where the wrong entries lie, in words."""
    pairs = [(e, g) for e, g in pairs if e.ndim == len(axes)]
    masks = [_off(e, g) for e, g in pairs]
    wrong = [(pair, mask) for pair, mask in zip(pairs, masks, strict=True) if mask.any()]
    masks = [mask for _, mask in wrong]
    if not masks or not axes:
        return None
    for axis, noun in enumerate(axes):
        sizes = [mask.shape[axis] for mask in masks]
        others = tuple(n for n in range(len(axes)) if n != axis)
        places = [np.flatnonzero(mask.any(axis=others)).tolist() for mask in masks]
        if max(sizes) == 1:
            continue
        words = _which_channels(places, sizes) if noun == "channel" else None
        if words:
            return words
        for words, holds in _ALONG.items() if 2 * len(masks) > len(pairs) else ():
            if all(holds(n, p) for p, n in zip(places, sizes, strict=True) if n > 1):
                return words.replace("AXIS", noun)
        if sum(n > 1 for n in sizes) > 2 and all(
            (g == g.take([0], axis=axis)).all() for e, g in pairs if e.shape[axis] > 1
        ):
            return (
                f"Your result is the same for every {noun}: is the number of the {noun} missing in your "
                f"line, or does a sum, a mean or a norm without an axis take all {noun}s together?"
            )
    return _what_stands(pairs)


def _which_channels(places, sizes):
    """Which of red, green and blue are wrong, if it is the same everywhere, in words."""
    wrong = places[0]
    if set(sizes) != {3} or any(p != wrong for p in places) or len(places) < 2 or len(wrong) == 3:
        return None
    names = [("red", "green", "blue")[c] for c in wrong]
    return (
        f"Only {' and '.join(names)} {'is' if len(names) == 1 else 'are'} wrong: look at the lines, the indices "
        "and the numbers that belong there."
    )


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


def _what_stands(pairs):
    """What stands in the places that are wrong, in words."""
    calls = [(e, g, _off(e, g)) for e, g in pairs]
    if sum(mask.sum() for *_, mask in calls) < 2 or all(mask.all() for *_, mask in calls):
        return None
    for value in (0, 1):
        if all(np.isclose(g[mask], value).all() for _, g, mask in calls):
            return (
                f"Where your result is wrong, it is {value}: is there an if, a mask or a loop that passes "
                "these places by?"
            )
    if all(np.isnan(g[mask]).all() for _, g, mask in calls):
        return (
            "Where your result is wrong, it is nan, which is not a number: 0 is divided by 0 there, or the "
            "root of something below 0 is taken (rounding can push a 0 a hair below it)."
        )
    if all(np.isclose(g[mask], -e[mask]).all() for e, g, mask in calls):
        return "Where your result is wrong, its sign is the wrong way around."
    return None


# --- What was given ------------------------------------------------------------------------


def _in_what_was_given(calls, exercise):
    """Whether the answers are a part of what was given, or a mixture with it, in words."""
    for place, parameter in enumerate(exercise.parameters):
        given = [numbers(case.arguments[place]) for case, *_ in calls]
        if any(a is None for a in given):
            continue
        if all(close(a, g) for a, (*_, g) in zip(given, calls, strict=True)):
            return f"You return {parameter} as it was."
    if exercise.whole or (exercise.judge and not exercise.free):
        return None
    return _left_as_given(calls)


def _where_a_0_was_given(calls, exercise):
    """Whether the wrong entries are those where a 0 was given, in words."""
    for place, parameter in enumerate(exercise.parameters):
        masks = []
        for case, e, g in calls:
            a = numbers(case.arguments[place])
            if a is None or e.shape != g.shape or e.shape[e.ndim - a.ndim :] != a.shape:
                break
            wrong = _off(e, g)
            masks.append((wrong, np.broadcast_to(a == 0, e.shape)))
        if len(masks) < len(calls) or not all((zero | ~wrong).all() for wrong, zero in masks):
            continue
        if sum(wrong.sum() for wrong, _ in masks) > 1 and not all(z.all() for _, z in masks):
            return (
                f"It goes wrong where {parameter} is 0, and only there: does an if ask whether a number "
                "is anything but 0? 0 counts like any other."
            )
    return None


def _left_as_given(calls):
    """Whether wrong entries are what was given there, in words."""
    shares = []
    for case, e, g in calls:
        a = numbers(case.arguments[0])
        if e.shape != g.shape or a is None or a.shape != e.shape:
            return None
        mask = _off(e, g)
        if not np.allclose(g[mask], a[mask]):
            return None
        shares.append((mask.sum(), mask.size))
    if sum(n for n, _ in shares) < 2 or all(n == m for n, m in shares):
        return None
    return (
        "Where your result is wrong, it is what was given: these places are left as they were. Is "
        "there an if, or a loop, that passes them by?"
    )


def _size_written_in(calls, exercise):
    """Whether an axis has the same length whatever is given, or that of something else, in words."""
    if any(e.ndim != g.ndim for _, e, g in calls):
        return None
    for axis in range(calls[0][1].ndim):
        lengths = {g.shape[axis] for *_, g in calls}
        right = {e.shape[axis] for _, e, _ in calls}
        if len(lengths) == 1 < len(right) and len(calls) > 2:
            return (
                f"Axis {axis} of your result has {lengths.pop()} places whatever you are given: is the "
                "number written into your code, or your result that of something on the page? Take the "
                "size from what you are given."
            )
        for place, part in product(range(len(exercise.parameters)), range(3)):
            sizes = [np.shape(case.arguments[place])[part : part + 1] for case, *_ in calls]
            same = all(s == (g.shape[axis],) for s, (*_, g) in zip(sizes, calls, strict=True))
            fits = all(s == (e.shape[axis],) for s, (_, e, _) in zip(sizes, calls, strict=True))
            if same and not fits and len(lengths) > 1:
                name = exercise.parameters[place]
                if np.ndim(calls[0][0].arguments[place]) == 3:
                    name += f" (its {('rows', 'columns', 'channels')[part]})"
                return f"Axis {axis} of your result is as long as axis {part} of {name}, and should not be."
    return None
