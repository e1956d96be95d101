"""Answers to mse, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def add_and_divide(a, b):
    total = 0.0
    for x, y in zip(a.flatten(), b.flatten()):
        total = total + (float(x) - float(y)) ** 2
    return total / a.size


@wrong("Takes the root at the end, which makes it the root mean squared error.")
def with_root(a, b):
    error = a - b
    return float(np.sqrt((error ** 2).mean()))


@wrong("Takes the mean before it squares, so errors cancel.")
def mean_then_square(a, b):
    return float((a - b).mean() ** 2)


@wrong("Divides by the number of pixels and forgets that each has three channels.")
def per_pixel(a, b):
    h, w, c = a.shape
    s = ((a - b) ** 2).sum()
    return float(s / (h * w))
