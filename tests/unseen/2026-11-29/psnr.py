"""Answers to psnr, written by people who had not seen the checks."""
import math

import numpy as np
from helpers.compression import mse
from unseen import right, wrong


@right
def if_and_else(a, b):
    m = mse(a, b)
    if m == 0:
        return math.inf
    else:
        return 10 * math.log10(1 / m)


@right
def all_in_numpy(first, second):
    diff = first - second
    mean_sq = np.mean(diff * diff)
    with np.errstate(divide="ignore"):
        # log10(0) is -inf, so equal pictures come out as +inf
        return -10 * np.log10(mean_sq)


@right
def try_it(a, b):
    peak = 1.0
    try:
        return 10 * math.log10(peak**2 / mse(a, b))
    except ZeroDivisionError:
        return float("inf")


@right
def with_a_loop_and_a_root(a, b):
    # without mse, to be sure that I understand it
    total = 0.0
    n = 0
    for x, y in zip(a.ravel(), b.ravel()):
        total += (float(x) - float(y)) ** 2
        n += 1
    rmse = math.sqrt(total / n)
    if rmse > 0:
        return 20 * math.log10(1 / rmse)
    return math.inf


@wrong("Takes 255 for the peak, though the values go from 0 to 1.")
def peak_of_bytes(a, b):
    error = mse(a, b)
    if error == 0:
        return math.inf
    return 10 * math.log10(255**2 / error)


@wrong("Takes the natural logarithm instead of the one to base 10.")
def natural_logarithm(a, b):
    error = mse(a, b)
    return math.inf if error == 0 else 10 * math.log(1 / error)


@wrong("Forgets the case of equal pictures and divides by zero there.")
def formula_only(a, b):
    error = mse(a, b)
    return 10 * math.log10(1**2 / error)


@wrong("Returns 0 for equal pictures: no error, so no decibels.")
def nothing_for_equal(a, b):
    error = mse(a, b)
    if error == 0:
        return 0.0
    return 10 * math.log10(1 / error)


@wrong("Takes two pictures for equal as soon as any of their values are equal.")
def any_equal(a, b):
    if (a == b).any():
        return math.inf
    error = mse(a, b)
    return 10 * math.log10(1 / error)


@wrong("Averages the decibels of the three channels instead of the errors.")
def channel_by_channel(a, b):
    results = []
    for c in range(a.shape[-1]):
        error = mse(a[..., c], b[..., c])
        if error == 0:
            results.append(math.inf)
        else:
            results.append(10 * math.log10(1 / error))
    return sum(results) / len(results)


@wrong("Subtracts the pictures as bytes, where a negative difference wraps around.")
def as_bytes(a, b):
    a8 = np.rint(a * 255).astype(np.uint8)
    b8 = np.rint(b * 255).astype(np.uint8)
    diff = a8 - b8
    error = (diff.astype(float) ** 2).mean()
    if error == 0:
        return math.inf
    return 10 * math.log10(255**2 / error)


@wrong("Takes the largest value of this picture for the peak, not the largest possible one.")
def brightest_of_this_picture(a, b):
    error = mse(a, b)
    if error == 0:
        return math.inf
    peak = a.max()
    return 10 * math.log10(peak**2 / error)


@wrong("Puts 20 before the logarithm of the MSE, which belongs to its root.")
def twenty(a, b):
    error = mse(a, b)
    return math.inf if error == 0 else 20 * math.log10(1 / error)
