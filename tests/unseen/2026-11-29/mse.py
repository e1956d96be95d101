"""Answers to mse, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def numpy_functions(first, second):
    error = np.subtract(first, second)
    return np.mean(np.square(error))


@right
def add_and_count(a, b):
    total = 0
    count = 0
    for row_a, row_b in zip(a, b):
        for pixel_a, pixel_b in zip(row_a, row_b):
            for channel in range(3):
                error = float(pixel_a[channel]) - float(pixel_b[channel])
                total = total + error ** 2
                count = count + 1
    return total / count


@right
def dot_product(a, b):
    d = (a - b).reshape(-1)
    return float(d @ d) / d.size


@wrong("Takes the absolute differences and forgets to square.")
def absolute(a, b):
    return float(abs(a - b).mean())


@wrong("Takes the mean first and squares afterwards, so that differences cancel.")
def mean_then_square(a, b):
    difference = (a - b).mean()
    return float(difference ** 2)


@wrong("Takes the square root at the end, which gives the RMSE.")
def with_root(a, b):
    return float(np.sqrt(((a - b) ** 2).mean()))


@wrong("Divides by the number of pixels and forgets the three channels.")
def per_pixel(a, b):
    H, W, _ = a.shape
    return float(((a - b) ** 2).sum() / (H * W))


@wrong("Squares each picture and then subtracts, as if that were the square of the difference.")
def squares_subtracted(a, b):
    return float((a**2 - b**2).mean())


@wrong("Averages along the channels only and returns a whole map of errors.")
def error_for_each_pixel(a, b):
    error = (a - b) ** 2
    return error.mean(axis=2)


@wrong("Rounds the result to four digits because the example shows four.")
def rounded(a, b):
    return round(float(((a - b) ** 2).mean()), 4)


@wrong("Subtracts in place and so changes the picture of the caller.")
def in_place(a, b):
    a -= b
    a **= 2
    return float(a.mean())


@wrong("Returns inside the loop, after the first row of the picture.")
def return_too_early(a, b):
    total = 0.0
    for row in range(a.shape[0]):
        total += ((a[row] - b[row]) ** 2).sum()
        return total / a.size
