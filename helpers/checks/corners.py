"""Where an answer goes wrong: for which inputs, and at which of their numbers.

Many an answer is right almost always: an if, a shortcut or a loop treats some inputs in a
way of its own. What goes wrong there is often a misconception that has a name already.
"""

import math
from types import SimpleNamespace

import numpy as np

from helpers.checks.clues import close


def facts(arguments):
    """What the corners ask about one call: sizes, types and values of its arguments."""
    arrays = [np.asarray(a) for a in arguments if np.ndim(a)] or [np.empty(0)]
    first, second = arrays[0], arrays[1] if len(arrays) > 1 else None
    numbers = [a for a in arguments if isinstance(a, int)]
    height, width = (first.shape if first.ndim == 3 else [*numbers, 0, 0])[:2]
    tables = first.ndim < 3 and second is not None and second.ndim == 2
    return SimpleNamespace(
        first=first,
        second=second,
        picture=first.ndim == 3 or len(numbers) > 1,
        height=height,
        width=width,
        pixels=height * width,
        N=(len(first) if first.ndim > 1 else 1) if tables else 0,
        K=len(second) if second is not None and second.ndim == 2 else 0,
        both=second is not None and second.shape == first.shape,
        types="".join(a.dtype.kind for a in arrays) if tables else "",
    )


# In words, ONE and OTHER being the first two parameters -> whether it holds, from the facts.
CORNERS = {
    "for a single pixel": lambda f: f.pixels == 1 or (f.first.ndim == 2 and len(f.first) == 1),
    "for a single color": lambda f: f.K == 1,
    "for pixels with a single channel": lambda f: f.K > 0 and f.first.shape[-1] == 1,
    "for square pictures": lambda f: f.picture and f.height == f.width,
    "for pictures of one row": lambda f: f.picture and f.height == 1,
    "for pictures of one column": lambda f: f.picture and f.width == 1,
    "for pictures of one row or one column": lambda f: f.picture and 1 in (f.height, f.width),
    "for pictures of 3 rows": lambda f: f.picture and f.height == 3,
    "for pictures of 3 columns": lambda f: f.picture and f.width == 3,
    "for pictures of 3 rows or 3 columns": lambda f: f.picture and 3 in (f.height, f.width),
    "for pictures that are wider than high": lambda f: f.width > f.height,
    "for pictures that are higher than wide": lambda f: f.width < f.height,
    "where the pixels could fill a square (1, 4, 9 ... of them)": (
        lambda f: f.picture and math.isqrt(f.pixels) ** 2 == f.pixels
    ),
    "where ONE and OTHER have the same shape": lambda f: f.both and f.N > 0,
    "where there are as many pixels as colors": lambda f: f.N == f.K > 0,
    "where there are more colors than pixels": lambda f: 0 < f.N < f.K,
    "where there are more pixels than colors": lambda f: f.N > f.K > 0,
    "where ONE holds whole numbers and OTHER does not": lambda f: f.types == "if",
    "where OTHER holds whole numbers and ONE does not": lambda f: f.types == "fi",
    "where a pixel equals a color": lambda f: (
        f.K > 0 and (f.first.reshape(-1, 1, f.second.shape[1]) == f.second).all(axis=-1).any()
    ),
    "where ONE and OTHER are equal": lambda f: f.both and not f.K and (f.first == f.second).all(),
    "where ONE holds a 0": lambda f: f.first.size > 0 and not f.first.all(),
    "where OTHER holds a 0": lambda f: f.second is not None and not f.second.all(),
    "where ONE holds a 1": lambda f: (f.first == 1).any(),
    "where OTHER holds a 1": lambda f: f.second is not None and (f.second == 1).any(),
    "where ONE holds nothing but 0": lambda f: f.first.size > 0 and not f.first.any(),
    "where OTHER holds nothing but 0": lambda f: f.second is not None and not f.second.any(),
}


def where(exercise, cases, problems):
    """Corners in which all the wrong calls lie, and not all of the right ones.

    Yields
    ------
    words : str
    inside : list of int
        The places of the cases in that corner, the smallest corner first.
    """
    wrong = {n for n, problem in enumerate(problems) if problem}
    known = [facts(case.arguments) for case in cases]
    found = []
    for words, holds in CORNERS.items():
        inside = [n for n, f in enumerate(known) if holds(f)]
        if wrong and wrong <= set(inside) and len(inside) < len(cases):
            one, other, *_ = (*exercise.parameters, "")
            found.append((words.replace("ONE", one).replace("OTHER", other), inside))
    yield from sorted(found, key=lambda corner: len(corner[1]))
    for words, of in {"largest value": np.max, "smallest value": np.min, "mean": np.mean}.items():
        values = np.array([of(f.first) if f.first.size else 0.0 for f in known])
        for side, sign in {"high": 1, "low": -1}.items():
            edge = min((sign * values[n] for n in wrong), default=0)
            inside = np.flatnonzero(sign * values >= edge).tolist()
            if len(wrong) > 1 and len(inside) < len(cases):
                yield f"where the {words} of {exercise.parameters[0]} is {side}", inside


def only(exercise, cases, problems, also_values=False):
    """The corner in which everything is wrong, and outside of which all is right, in words."""
    wrong = [n for n, problem in enumerate(problems) if problem]
    for words, inside in where(exercise, cases, problems):
        told = len(wrong) > 1 or "single" in words
        told = told and (also_values or words.split()[-1] not in ("high", "low"))
        if told and inside == wrong and len(wrong) <= 2 / 3 * len(cases):
            return f"It goes wrong only {words}, as far as was tried. "
    return ""


# --- At which numbers ----------------------------------------------------------------------

# What may stand there -> the numbers, from the one that was given (or None) and the right one.
_STANDS = {
    "what was given stays": lambda given, e: given,
    "0 comes back": lambda given, e: np.zeros(e.shape),
    "1 comes back": lambda given, e: np.ones(e.shape),
    "the sign is the wrong way around": lambda given, e: -e,
    "nan comes back, which is not a number": lambda given, e: np.full(e.shape, np.nan),
}


def _of_pixels(mask, e):
    """What holds for a pixel holds for each of its channels."""
    return mask if mask.ndim == e.ndim else mask[..., None]


# Where -> which places, from the facts of the call and the right result.
_PLACES = {
    "ONE is 0": lambda f, e: f.first == 0,
    "ONE is 1": lambda f, e: f.first == 1,
    "OTHER is 0 in all of its channels": lambda f, e: (f.second == 0).all(-1),
    "a pixel is black (0 in all its channels)": lambda f, e: _of_pixels((f.first == 0).all(-1), e),
    "a channel of the pixel is 0": lambda f, e: _of_pixels((f.first == 0).any(-1), e),
    "a pixel is black (0 in all of its channels)": lambda f, e: (e == 0).all(-1, keepdims=True),
    "OTHER is 0": lambda f, e: f.second == 0,
    "OTHER is 1": lambda f, e: f.second == 1,
    "ONE is high": lambda f, e, edge: f.first >= edge,
    "ONE is low": lambda f, e, edge: f.first <= edge,
    "OTHER is high": lambda f, e, edge: f.second >= edge,
    "OTHER is low": lambda f, e, edge: f.second <= edge,
    "the right result is 0": lambda f, e: e == 0,
    "the right result is 1": lambda f, e: e == 1,
    "pixel and color are the same": lambda f, e: f.N > 0 and e == 0,
}


def at_which_numbers(exercise, calls):
    """At which numbers something else stands, and what, in words.

    Parameters
    ----------
    exercise : Exercise
    calls : list of (arguments, expected, got)

    Returns
    -------
    str or None
    """
    one, other, *_ = (*exercise.parameters, "")
    calls = [
        (facts(a), e, g * 1.0)
        for a, e, g in calls
        if e.shape == g.shape and e.ndim and g.dtype.kind == "f"
    ]
    masks = [~np.isclose(e, g, rtol=1e-4, atol=1e-5, equal_nan=True) for _, e, g in calls]
    wrong = sum(mask.sum() for mask in masks)
    if not 2 <= wrong <= 0.8 * sum(map(np.size, masks)) or not any(np.ptp(g) for *_, g in calls):
        return None
    alike = [f.first.shape == e.shape for f, e, _ in calls]
    given = [f.first[m] for (f, *_), m, same in zip(calls, masks, alike, strict=True) if same]
    given = np.concatenate([*given, [] if any(map(len, given)) else [0.0]])
    edges = {"ONE is high": given.min(), "ONE is low": given.max()}
    if exercise.parameters[1:] == ("color",):
        given = [f.second[m.any(axis=(0, 1))] for (f, *_), m in zip(calls, masks, strict=True)]
        given = np.concatenate(given)
        edges |= {"OTHER is high": given.min(), "OTHER is low": given.max()}
    for place, holds in _PLACES.items():
        edge = [edges[place]] if place in edges else []
        for what, stands in _STANDS.items():
            if all(_stands(holds, stands, *call, *edge) for call in calls):
                asks = " An if with nothing but a number in it asks whether that is not 0."
                turns = " Or a remainder? % 1 turns 1 into 0."
                ones = all(
                    (e[mask] == 1).all() for (_, e, _), mask in zip(calls, masks, strict=True)
                )
                place = place.replace("ONE", one).replace("OTHER", other)
                return (
                    f"Where {place}, {what}; the rest is right. Is there an if or a mask that passes these "
                    f"places by?{asks if place.endswith('is 0') else ''}{turns if ones and place[-4:] in ('is 0', 'is 1') else ''}"
                )
    return None


def _stands(holds, stands, f, e, g, *edge):
    """Whether an answer is the right one, but for what stands in some places."""
    try:
        given = f.first if f.first.shape == e.shape else np.full(e.shape, np.inf)
        return close(np.where(holds(f, e, *edge), stands(given, e), e), g)
    except (ValueError, TypeError, AttributeError, np.exceptions.AxisError):
        return False
