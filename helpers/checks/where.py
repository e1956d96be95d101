"""Where an answer goes wrong: for which inputs alone, or for which inputs not."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from helpers.checks import known
from helpers.checks.exercise import keyed

# Property of a case: what to say if it is right for these cases only.
ONLY_RIGHT = keyed("""
square: It is right for square pictures only: somewhere height and width are mixed up, or one of them stands for both.
N = K: It is right only when there are as many pixels as colors: pixels and colors need an axis each, or one is mistaken for the other.
K = 3: It is right for K = 3 only: the 3 of the channels or of an example is written into your code; take the number of colors from what you are given.
K = 16: It is right for K = 16 only: is the number, or a palette of 16, written into your code? Take it from what you are given.
3 channels: It is right for 3 channels only: the channels are counted by hand somewhere; take their number from the shape, or let axis=-1 find it.
2 channels: It is right for 2 channels only, as in the plane; a color has 3: take their number from the shape, or let axis=-1 find it.
one step: It is right for max_iters = 1 only: the steps have to be repeated in a loop.
""")

# Property of a case: what to say if it is wrong for these cases only.
ONLY_WRONG = keyed("""
tie: It goes wrong where several colors are equally near: the rule is the lowest number.
empty: It goes wrong where a cluster has no pixels: where a number does not occur in idx.
one color: It goes wrong for K = 1, a single color.
whole numbers: It goes wrong when the values given are whole numbers: is a result stored in an array of integers, which cuts off the decimals?
whole X: It goes wrong when the pixels are whole numbers and the colors decimals: is something stored in an array of integers (of the type of X), which cuts off the decimals?
whole C: It goes wrong when the colors are whole numbers and the rest decimals: is something stored in an array of integers (of the type of the colors), which cuts off the decimals?
until the end: It goes wrong where it may go on to the end: mind when it stops.
shared values: It goes wrong where colors share the value of a channel, or have the same sum: two colors are different if any channel differs, not only if all of them do, whatever else agrees.
nearly equal colors: It goes wrong where colors are nearly equal: do you round them, or call them equal too soon? Compare and return them as they are.
no picture: It goes wrong where a or b has no rows at all, shape (0, 2): no picture has been counted yet, and the result is the other one.
billions: It goes wrong where a color has billions of pixels: 32 bits, or float32, can't tell such numbers apart. Use np.int64.
""")

# Cases so simple that a wrong answer can be right by accident.
TRIVIAL = {"one pixel", "one color", "one row", "one column", "equal"}

# In words, ONE and OTHER being the first two parameters -> whether it holds, from the facts.
CORNERS = {
    "for a single pixel": lambda f: f.pixels == 1 or (f.first.ndim == 2 and len(f.first) == 1),
    "for a single color": lambda f: f.K == 1,
    "for pixels with a single channel": lambda f: f.K > 0 and f.first.shape[-1] == 1,
    "for square pictures": lambda f: f.picture and f.height == f.width,
    "for pictures of one row": lambda f: f.picture and f.height == 1,
    "for pictures of one column": lambda f: f.picture and f.width == 1,
    "for pictures of 3 rows": lambda f: f.picture and f.height == 3,
    "for pictures that are wider than high": lambda f: f.width > f.height,
    "for pictures that are higher than wide": lambda f: f.width < f.height,
    "where ONE and OTHER have the same shape": lambda f: f.both and f.N > 0,
    "where there are as many pixels as colors": lambda f: f.N == f.K > 0,
    "where there are more colors than pixels": lambda f: 0 < f.N < f.K,
    "where there are more pixels than colors": lambda f: f.N > f.K > 0,
    "where ONE holds whole numbers": lambda f: f.types[:1] == "i",
    "where OTHER holds whole numbers": lambda f: f.types[1:2] == "i",
    "where a pixel equals a color": lambda f: (
        f.K > 0 and (f.first.reshape(-1, 1, f.second.shape[1]) == f.second).all(axis=-1).any()
    ),
    "where ONE and OTHER are equal": lambda f: f.both and not f.K and (f.first == f.second).all(),
    "where ONE holds a 0": lambda f: f.first.size > 0 and not f.first.all(),
    "where OTHER holds a 0": lambda f: f.second is not None and not f.second.all(),
    "where ONE holds a value above 0.5": lambda f: (f.first > 0.5).any(),
    "where ONE holds a 1": lambda f: (f.first == 1).any(),
}


def facts(arguments):
    """What the corners ask about one call: sizes, types and values of its arguments."""
    arrays = [np.asarray(a) for a in arguments if np.ndim(a)] or [np.empty(0)]
    first, second = arrays[0], arrays[1] if len(arrays) > 1 else None
    whole = [a for a in arguments if isinstance(a, int)]
    height, width = (first.shape if first.ndim == 3 else [*whole, 0, 0])[:2]
    tables = first.ndim < 3 and second is not None and second.ndim == 2
    return SimpleNamespace(
        first=first,
        second=second,
        picture=first.ndim == 3 or len(whole) > 1,
        height=height,
        width=width,
        pixels=height * width,
        N=(len(first) if first.ndim > 1 else 1) if tables else 0,
        K=len(second) if second is not None and second.ndim == 2 else 0,
        both=second is not None and second.shape == first.shape,
        types="".join(a.dtype.kind for a in arrays),
    )


def goes_wrong(attempt):
    """The inputs for which alone an answer is right, or wrong."""
    return _only_right(attempt) or only_wrong(attempt) or _in_a_corner(attempt)


def _only_right(attempt):
    """A property of the inputs without which nothing is right, in words."""
    hard = [n for n, case in enumerate(attempt.cases) if not case.tags & TRIVIAL]
    right = {n for n in hard if attempt.problems[n] is None}
    luck = 0.4 if attempt.exercise.whole else 0  # one of few numbers is soon right by accident
    fits = {}
    for tag, words in ONLY_RIGHT.items():
        tagged = {n for n in hard if tag in attempt.cases[n].tags}
        others = len(hard) - len(tagged)
        enough = 2 if attempt.exercise.whole and tag == "N = K" else 1
        lucky = len(right - tagged)
        if len(tagged) >= enough and tagged <= right and others > 1 and lucky <= luck * others:
            fits[words] = lucky
    return min(fits, key=fits.get) if fits else None


def only_wrong(attempt):
    """A property of the inputs with which alone something is wrong, in words."""
    wrong, fits = set(attempt.failures), {}
    for tag, words in ONLY_WRONG.items():
        tagged = {n for n, case in enumerate(attempt.cases) if tag in case.tags}
        if wrong and wrong <= tagged and len(tagged) < len(attempt.cases) / 2:
            fits[words] = len(tagged - wrong)
    if fits and min(fits.values()) <= len(wrong):
        return min(fits, key=fits.get)
    return None


def _in_a_corner(attempt):
    """A corner in which all that is wrong lies, and what it looks like there, in words."""
    wrong, exercise = set(attempt.failures), attempt.exercise
    some = [facts(case.arguments) for case in attempt.cases]
    corners = []
    for words, holds in CORNERS.items():
        inside = [n for n, f in enumerate(some) if holds(f)]
        if wrong and wrong <= set(inside) and len(inside) < len(some):
            one, other, *_ = (*exercise.parameters, "")
            corners.append((words.replace("ONE", one).replace("OTHER", other), inside))
    corners.sort(key=lambda corner: len(corner[1]))
    for words, inside in corners:
        if len(wrong) > (2 if exercise.whole else 1) or len(inside) == len(wrong) == 1:
            found = known.name(attempt, inside)
            if found:
                words = f"It goes wrong only {words}, as far as was tried. {found.words}"
                return replace(found, words=words)
    for words, inside in corners:
        told = len(wrong) > 1 or "single" in words
        if told and set(inside) == wrong and len(wrong) <= 2 / 3 * len(some):
            return f"It goes wrong only {words}, as far as was tried."
    return None
