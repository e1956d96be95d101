"""Lesson 06: `psnr`."""

import math

import numpy as np

from helpers import call, compression
from helpers.checks import errors
from helpers.checks.answers import Finding
from helpers.checks.cases import cases, dark_and_bright, picture, picture_tags
from helpers.checks.exercise import Exercise, table
from helpers.checks.known import numbers
from helpers.checks.report import show


def _unequal_pairs():
    """Two pictures of one shape, none like another, the second one darker."""
    first = np.array([[[0.0, 0.5, 1.0]]])
    calls = [(first, np.array([[[0.0, 0.5, 0.6]]])), (picture(1, 2) * 0.7, picture(1, 2, seed=3))]
    for size in ((2, 1), (2, 2), (1, 4), (2, 3)):
        calls.append((picture(*size), np.round(picture(*size, seed=3) * 0.7, 2)))
    calls.append((calls[1][0].astype(np.float32), calls[1][1].astype(np.float32)))
    calls.append((np.zeros((1, 2, 3)), np.ones((1, 2, 3))))
    calls.append((dark_and_bright(2, 3), np.round(picture(2, 3, seed=3) * 0.7, 2)))
    calls.append((picture(3, 2), dark_and_bright(3, 2)))
    calls.append((picture(1, 2) * 0.02, 1 - picture(1, 2) * 0.02))  # few decibels: no rounding
    calls.append((np.zeros((1, 1, 3)), np.array([[[0.01, 0.02, 0.02]]])))
    # Nearly equal: not inf, and not cut off; float32 can tell all of them apart.
    calls += [(np.zeros((1, 2, 3)), np.full((1, 2, 3), small)) for small in (1e-4, 1e-6)]
    calls.append((np.full((1, 1, 3), 0.5), np.full((1, 1, 3), 0.5 + 2**-18)))
    mixed = np.array([[[0.25, 0.5, 0.75], [0.5, 0.25, 0.5]]])  # backward: differences add up to 0
    calls.append((mixed, mixed[:, ::-1].copy()))
    return [((a, b), picture_tags(a)) for a, b in calls]


def _equal_pictures(function):
    """A rule: for equal pictures the error is 0, and the PSNR infinite."""
    a = np.round(np.random.default_rng(3).random((1, 2, 3)), 2)
    for other, which in ((a, ""), (np.zeros((2, 1, 3)), " (black ones)")):
        (trial,) = call.call(function, [(other, other.copy())])
        got = numbers(trial.got)
        if trial.error is not None:
            found = f"your function stops with {trial.error.name}: {trial.error.text}"
            found += f"\nThe line is: {trial.error.line}" if trial.error.line else ""
            found += f"\n{errors.meaning(trial.error, PSNR)}" if trial.error.name == "NameError" else ""
        elif got is not None and got.shape == () and got == math.inf:
            continue
        else:
            found = f"you return: {show(trial.got)}" + " (a text)" * isinstance(trial.got, str)
        return (
            f"Equal pictures{which} go wrong, and everything else is right. Their error is 0; one "
            "divided by 0 does not exist, and 0 has no logarithm, so ask for this case first: equal "
            f"pictures have an infinite PSNR (inf).\nFor a = {show(other)}, and b the same, {found}"
        )
    return None


def _read(answers):
    """The right and the returned decibels; None unless every answer is one number."""
    got = [numbers(trial.got) for trial in answers.trials]
    if any(g is None or g.shape for g in got):
        return None
    return np.array([case.expected for case in answers.cases]), np.array(got, dtype=float)


def _too_often_infinite(answers):
    """For which unequal pictures inf comes back, in words."""
    read = _read(answers)
    if read is None or not (read[1][answers.wrong] == math.inf).all():
        return None
    wrong = [answers.cases[n].arguments for n in answers.wrong]
    if all((a - b).sum() == 0 for a, b in wrong):
        return (
            "You return inf where the differences add up to 0, though none of them is: they cancel. "
            "Pictures are equal if all of their values are."
        )
    if all((a == b).any() for a, b in wrong):
        return (
            "You return inf as soon as one value of the two pictures agrees; they are equal only if "
            "all of their values are."
        )
    if max(abs(a - b).max() for a, b in wrong) > 0.1:
        return (
            "You return inf for pictures that are not equal: do you compare only a part of them, or "
            "only one number (a sum, a mean)? They are equal if all of their values are."
        )
    return (
        "You return inf for pictures that are only nearly equal (a tolerance, as in np.isclose, or "
        "rounding?): inf belongs to those that are exactly equal, where the error is 0."
    )


def _kept_from_infinity(answers):
    """A small number in place of 0, added or as the least, in words."""
    read = _read(answers)
    if read is None:
        return None
    right, got = read
    wrong = got[answers.wrong]
    if (wrong == wrong[0]).all() and right[answers.wrong].min() >= wrong[0] >= got.max():
        return (
            f"Everything above {show(wrong[0])} dB is cut off: decibels go on, as the error gets smaller, "
            "and only equal pictures have none left (inf). A small number in place of the error cuts "
            "them off, too."
        )
    about = tuple(sorted(answers.wrong, key=lambda n: -right[n]))  # the smallest error first
    added = np.median((10 ** (-got / 10) - 10 ** (-right / 10))[right > 70])
    with_added = -10 * np.log10(10 ** (-right / 10) + max(added, 1e-300))
    changed = not np.allclose(got, right, rtol=1e-3, atol=0.01)  # as rounding does not
    if changed and np.allclose(got, with_added, rtol=1e-3, atol=0.01):
        words = (
            f"You add a small number (about {added:.0e}) to the error, so as not to divide by 0: that "
            "changes the result where the error is small, and equal pictures get no inf. Leave it out, "
            "and ask for equal pictures first."
        )
        return Finding(words, about)
    return None


# What to say, and the error of which decibels are taken.
_ERRORS = table("""
The differences cancel in your error: square them before you take the mean.
    <(a - b).mean() ** 2|abs((a - b).mean())|(a - b).mean()>
You use absolute differences; the error in the formula is the MSE, with squares.
    abs(a - b).mean()<| ** 2>
You add the squares up, but do not divide: the error in the formula is the mean.
    ((a - b) ** 2).sum()
You divide by the number of pixels; the mean is over all channels, three times as many numbers.
    ((a - b) ** 2).sum(axis=-1).mean()
You compare brightness, one number for each pixel: compare all three channels.
    (((a - b) @ [<1 / 3, 1 / 3, 1 / 3|0.299, 0.587, 0.114>]) ** 2).mean()
You compare the first channel only; compare all three.
    ((a - b)[..., 0] ** 2).mean()
You take the largest error of all; the error in the formula is the mean.
    ((a - b) ** 2).max()
You take the variance; the error in the formula is the MSE.
    (a - b).<var|std>()
You take the root of the error with the factor 10; with the root, the factor is 20.
    np.sqrt(((a - b) ** 2).mean())
You multiply with 255 first; here the peak is 1, and so is white.
    ((255 * a - 255 * b) ** 2).mean()
Bytes (uint8) have no numbers below 0 or above 255: differences and squares wrap around. Stay with decimals.
    (((a * 255).astype(np.uint8) - (b * 255).astype(np.uint8))<|.astype(float)> ** 2).mean() / <1|255**2>
You take one error for each pixel or channel; the error in the formula is one number for whole pictures.
    ((a - b) ** 2).mean(axis=<-1|(0, 1)|0>)
    (a - b) ** 2
You round the error, and small ones become 0: keep all decimals, and ask whether it is exactly 0.
    np.round(((a - b) ** 2).mean(), <1|2|3|4|5|6|7|8|9|10>)
""")

# What to say, and the peak.
_PEAKS = table("""
255 is the peak of bytes; the peak of these pictures is 1.
    <255|np.sqrt(255)|256>
You take the largest value of the picture as the peak; the peak is 1, the largest value that there can be.
    <a.max()|b.max()|max(a.max(), b.max())|max(a.max(), 1e-12)>
    np.sqrt(a.max())
You take the range of the picture, from its smallest value to its largest, as the peak; the peak is 1, the largest value that there can be.
    np.ptp(<a|b>)
    max(a.max(), b.max()) - min(a.min(), b.min())
You take the largest difference as the peak; the peak is 1, the largest value that there can be.
    abs(a - b).max()
""")

# What to say, and the formula, in which E is the error.
_FORMULAS = table("""
The sign is the wrong way around: a smaller error means more decibels.
    10 * np.log10(E)
The logarithm has the wrong base, e: decibels need base 10.
    -10 * np.log(E)
The logarithm has the wrong base, 2: decibels need base 10.
    -10 * np.log2(E)
The logarithm has the wrong base, and the peak of bytes is 255; here it is 1.
    10 * np.<log|log2>(255**2 / E)
Your decibels are twice the right ones: the factor is 10 for the MSE, as it is (20 belongs to its root, and the MSE is not squared again).
    -20 * np.log10(E)
The factor 10 is missing: without it these are bels, not decibels.
    -np.log10(E)
You take the root of the error with the factor 10; with the root, the factor is 20.
    -5 * np.log10(E)
You return the error, the MSE; put it on the scale of decibels.
    E
You return the root of the MSE; put the MSE on the scale of decibels.
    np.sqrt(E)
You divide by the error; the logarithm is missing.
    <1|10|20> / E
You take the logarithm of 1 + ...: leave out the 1 +.
    10 * np.log1p(1 / E)
    10 * np.log10(1 + 1 / E)
You take the logarithm of the peak alone, and divide after that: a parenthesis closes too early, for the whole fraction belongs into it.
    10 * np.log10(<1|255>) / E
You subtract the error from 1; decibels are a logarithm of one divided by the error.
    1 - E
You return inf for pictures that are not equal, and it belongs to equal ones only: is your condition the other way around, or do you compare a picture with itself?
    E * 0 + np.inf
""")

_EACH = {  # whose decibels -> the axes of one error
    "pixel": "-1",
    "channel": "(0, 1)",
    "row": "(1, 2)",
    "column": "(0, 2)",
    "value": "()",
}


def _framed(wrong, frame):
    """Wrong functions, each code put into a frame where it says CODE."""
    return {w: tuple(frame.replace("CODE", code) for code in codes) for w, codes in wrong.items()}


PSNR = Exercise(
    compression.psnr,
    ("a", "b"),
    "Decibels",
    lambda: cases(compression.psnr, _unequal_pairs()),
    "one pixel, wide, tall and square pictures, equal ones, nearly equal ones, black against "
    "white, float32",
    styles=(
        "np.inf if (a == b).all() else 10 * np.log10(1 / ((a - b) ** 2).mean())",
        "20 * np.log10(1 / np.sqrt(((a - b) ** 2).mean()))",
    ),
    nouns={"mean": "all the numbers"},
    wrong={
        **_framed(_FORMULAS, "E = ((a - b) ** 2).mean()\nreturn CODE"),
        **_framed(_PEAKS, "10 * np.log10((CODE) ** 2 / ((a - b) ** 2).mean())"),
        **_framed(_ERRORS, "-10 * np.log10(CODE)"),
        **{
            f"You compute decibels for each {what} and collect them; one error for whole pictures comes "
            "first, then one logarithm.": tuple(
                f"(-10 * np.log10(((a - b) ** 2).mean(axis={axis}))).{way}()" for way in ("mean", "sum")
            )
            for what, axis in _EACH.items()
        },
    },
    meaning="one number for two pictures",
    rule=_equal_pictures,
    betrays=(_too_often_infinite, _kept_from_infinity),
)

EXERCISES = {"psnr": PSNR}
