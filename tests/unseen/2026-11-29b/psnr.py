"""Answers to psnr, written by people who had not seen the checks."""
import math

import numpy as np
from helpers.compression import mse
from unseen import right, wrong


@right
def minus_ten_log(first, second):
    error = np.mean((first - second) ** 2)
    if error == 0:
        return float("inf")
    return float(-10 * np.log10(error))


@wrong("Uses 255 as the peak though the values go up to 1.")
def peak_255(a, b):
    error = mse(a, b)
    if error == 0:
        return math.inf
    return 10 * math.log10(255 ** 2 / error)


@wrong("Takes the natural logarithm instead of the one to base 10.")
def plain_log(a, b):
    error = mse(a, b)
    return math.inf if error == 0 else 10 * math.log(1 / error)


@wrong("Has no answer for equal pictures: it divides by zero.")
def only_the_formula(a, b):
    return 10 * math.log10(1 / mse(a, b))
