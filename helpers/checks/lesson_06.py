"""Lesson 06: `psnr`."""

import math

import numpy as np

from helpers import compression
from helpers.checks import errors
from helpers.checks.attempt import finished
from helpers.checks.cases import cases, dark_and_bright, framed, picture
from helpers.checks.compare import numbers
from helpers.checks.exercise import Exercise, table
from helpers.checks.report import show


def _unequal_pairs():
    """Two pictures of one shape, none like another, the second one darker."""
    first, black = np.array([[[0.0, 0.5, 1.0]]]), np.zeros((1, 2, 3))
    mixed = np.array([[[0.25, 0.5, 0.75], [0.5, 0.25, 0.5]]])  # backward: differences add up to 0
    third = picture(1, 2) * 0.7, picture(1, 2, seed=3)
    return [
        (first, np.array([[[0.0, 0.5, 0.6]]])),
        third,
        *((picture(h, w), 0.7 * picture(h, w, 3)) for h, w in ((2, 1), (2, 2), (1, 4), (2, 3))),
        (third[0].astype(np.float32), third[1].astype(np.float32)),
        (dark_and_bright(2, 3), 0.7 * picture(2, 3, seed=3)),
        (picture(3, 2), dark_and_bright(3, 2)),
        (picture(1, 2) * 0.02, 1 - picture(1, 2) * 0.02),  # few decibels: no rounding
        (np.zeros((1, 1, 3)), np.array([[[0.01, 0.02, 0.02]]])),
        # Nearly equal: not inf, and not cut off; float32 can tell all of them apart.
        (black, black + 1e-4),
        (black, black + 1e-6),
        (np.full((1, 1, 3), 0.5), np.full((1, 1, 3), 0.5 + 2**-18)),
        (mixed, mixed[:, ::-1].copy()),
        (black, np.ones((1, 2, 3))),
    ]


def _equal_pictures(function):
    """A rule: for equal pictures the error is 0, and the PSNR infinite."""
    for a, which in ((picture(1, 2), ""), (np.zeros((2, 1, 3)), " (black ones)")):
        (trial,) = finished(function, [(a, a.copy())])
        got, shown = numbers(trial.got), f"a = {show(a)}, and b the same"
        if trial.error is not None:
            found = errors.about(trial, PSNR, shown)
        elif got is None or got.shape or got != math.inf:
            found = f"For {shown}, you return: {show(trial.got)}"
            found += " (a text)" * isinstance(trial.got, str)
        else:
            continue
        return f"Equal pictures{which} go wrong, and everything else is right. Their error is 0; one divided by 0 does not exist, and 0 has no logarithm, so ask for this case first: equal pictures have an infinite PSNR (inf).\n{found}"
    return None


# The error of which decibels are taken.
_ERRORS = table("""
You divide by the number of pixels; the mean is over all channels, three times as many numbers.
    ((a - b) ** 2).sum(axis=-1).mean()
You take the root of the error with the factor 10; with the root, the factor is 20.
    np.sqrt(((a - b) ** 2).mean())
You take one error for each pixel or channel; the error in the formula is one number for whole pictures.
    ((a - b) ** 2).mean(axis=<-1|(0, 1)|0>)
    (a - b) ** 2
You round the error, and small ones become 0: keep all decimals, and ask whether it is exactly 0.
    np.round(((a - b) ** 2).mean(), <1|2|3|4|5|6|7|8|9|10>)
""")

# The peak, divided by the root of E, the error.
_PEAKS = table("""
255 is the peak of bytes; the peak of these pictures is 1.
    <255|np.sqrt(255)|256>
You take the largest value of the picture as the peak; the peak is 1, the largest value that there can be.
    <a.max()|b.max()|max(a.max(), b.max())|max(a.max(), 1e-12)|np.sqrt(a.max())>
You take the range of the picture, from its smallest value to its largest, as the peak; the peak is 1, the largest value that there can be.
    np.ptp(<a|b|[a, b]>)
""")

# What comes back, in which E is the error.
_FORMULAS = table("""
The sign is the wrong way around: a smaller error means more decibels.
    10 * np.log10(E)
The logarithm has the wrong base (log is that of e, log2 that of 2): decibels need base 10.
    -10 * np.<log|log2>(E)
The logarithm has the wrong base, and the peak of bytes is 255; here it is 1.
    10 * np.<log|log2>(255**2 / E)
Your decibels are twice the right ones: the factor is 10 for the MSE, as it is (20 belongs to its root, and the MSE is not squared again).
    -20 * np.log10(E)
The factor 10 is missing: without it these are bels, not decibels.
    -np.log10(E)
You take the root of the error with the factor 10; with the root, the factor is 20.
    -5 * np.log10(E)
You return the error, the MSE, or its root; put the MSE on the scale of decibels.
    <E|np.sqrt(E)>
You divide by the error; the logarithm is missing.
    <1|10|20> / E
You take the logarithm of 1 + ...: leave out the 1 +.
    10 * <np.log10(1 + 1 / E)|np.log1p(1 / E)>
You take the logarithm of the peak alone, and divide after that: a parenthesis closes too early, for the whole fraction belongs into it.
    10 * np.log10(<1|255>) / E
You return inf for pictures that are not equal, and it belongs to equal ones only: is your condition the other way around, or do you compare a picture with itself?
    E * 0 + np.inf
You return inf where the differences add up to 0, though none of them is: they cancel. Pictures are equal if all of their values are.
    np.inf if (a - b).sum() == 0 else right(a, b)
You return inf as soon as one value of the two pictures agrees; they are equal only if all of their values are.
    np.inf if (a == b).any() else right(a, b)
You return inf for pictures that are only nearly equal (a tolerance, as in np.isclose, or rounding?): inf belongs to those that are exactly equal, where the error is 0.
    np.inf if np.less(E, <5e-12|1e-9|1e-6|1e-3>) else right(a, b)
    np.inf if np.allclose(a, b, <1e-5|0>, <1e-8|1e-5|1e-3>) else right(a, b)
You add a small number to the error, so as not to divide by 0: that changes the result, most where the error is small, and equal pictures get no inf. Leave it out, and ask for equal pictures first.
    -10 * np.log10(E + <1e-15|1e-14|1e-13|1e-12|1e-11|1e-10|1e-9|1e-8|1e-7|1e-6|1e-5|1e-4|1e-3>)
You compute decibels for each pixel, channel, row or column and collect them; one error for whole pictures comes first, then one logarithm.
    (-10 * np.log10(((a - b) ** 2).mean(axis=<-1|(0, 1)|(1, 2)|(0, 2)|()>))).<mean|sum>()
""")

PSNR = Exercise(
    compression.psnr,
    ("a", "b"),
    "Decibels",
    lambda: cases(compression.psnr, _unequal_pairs()),
    "one pixel, wide, tall and square pictures, equal ones, nearly equal ones, black against white, float32",
    styles=(
        "np.inf if (a == b).all() else 10 * np.log10(1 / ((a - b) ** 2).mean())",
        "20 * np.log10(1 / np.sqrt(((a - b) ** 2).mean()))",
    ),
    nouns={"mean": "all the numbers"},
    wrong=framed(_FORMULAS, "E = ((a - b) ** 2).mean(); return {}")
    | framed(_PEAKS, "20 * np.log10(({}) / ((a - b) ** 2).mean() ** 0.5)")
    | framed(_ERRORS, "-10 * np.log10({})"),
    meaning="one number for two pictures",
    rule=_equal_pictures,
)

EXERCISES = {"psnr": PSNR}
