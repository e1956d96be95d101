import math
import statistics

import numpy as np
from zoo import right, wrong

photo = np.full((4, 6, 3), 0.25)
painted = photo * 0.5
H, W, K = 4, 6, 16


# --- Right ---------------------------------------------------------------------------------


@right
def one_line(a, b):
    return float(((a - b) ** 2).mean())


@right
def numpy_functions(picture, other):
    return np.mean(np.square(np.subtract(picture, other)))


@right
def three_loops(a, b):
    height, width, channels = a.shape
    total = 0
    for i in range(height):
        for j in range(width):
            for c in range(channels):
                total += (a[i, j, c] - b[i, j, c]) ** 2
    return total / (height * width * channels)


@right
def flat_lists(a, b):
    squares = [(x - y) ** 2 for x, y in zip(a.flatten().tolist(), b.flatten().tolist())]
    return sum(squares) / len(squares)


@right
def norm_squared(a, b):
    return np.linalg.norm(a - b) ** 2 / a.size


@right
def dot_product(a, b):
    d = (a - b).ravel()
    return d @ d / d.size


@right
def with_einsum(a, b):
    d = a - b
    return np.einsum("ijk,ijk->", d, d) / (a.shape[0] * a.shape[1] * 3)


@right
def mean_of_means(a, b):
    red = np.mean((a[:, :, 0] - b[:, :, 0]) ** 2)
    green = np.mean((a[:, :, 1] - b[:, :, 1]) ** 2)
    blue = np.mean((a[:, :, 2] - b[:, :, 2]) ** 2)
    return (red + green + blue) / 3


@right
def float32_result(a, b):
    d = a.astype(np.float32) - b.astype(np.float32)
    return (d * d).mean()


@right
def python_sums(a, b):
    total = sum(sum(sum((a - b) ** 2)))
    return total / np.prod(a.shape)


@right
def standard_library(a, b):
    return statistics.fmean(math.pow(x - y, 2) for x, y in zip(a.flat, b.flat))


@right
def axis_by_axis(a, b):
    return ((a - b) ** 2).mean(axis=2).mean(axis=1).mean(axis=0)


@right
def binomial_formula(a, b):
    return np.mean(a**2) - 2 * np.mean(a * b) + np.mean(b**2)


@right
def absolute_first(a, b):
    return np.average(np.abs(a - b) ** 2)


@right
def while_loop(a, b):
    x, y = a.reshape(-1), b.reshape(-1)
    i, s = 0, 0.0
    while i < len(x):
        s = s + (x[i] - y[i]) * (x[i] - y[i])
        i += 1
    return s / len(x)


@right
def variance_and_shift(a, b):
    d = a - b
    return d.var() + d.mean() ** 2


# --- Wrong ---------------------------------------------------------------------------------


@wrong("cancel")
def signed_mean(a, b):
    return (a - b).mean()


@wrong("cancel")
def signed_loop(a, b):
    total = 0
    for x, y in zip(a.ravel(), b.ravel()):
        total += x - y
    return total / a.size


@wrong("average first and square then")
def square_of_mean(a, b):
    return np.mean(a - b) ** 2


@wrong("average first and square then")
def difference_of_means_squared(a, b):
    return (a.mean() - b.mean()) ** 2


@wrong("absolute values", "squares are wanted")
def mean_absolute(a, b):
    return np.mean(np.abs(a - b))


@wrong("divide")
def sum_only(a, b):
    return float(((a - b) ** 2).sum())


@wrong("divide")
def loop_without_dividing(a, b):
    total = 0
    for x, y in zip(a.ravel(), b.ravel()):
        total += (x - y) ** 2
    return total


@wrong("3 times", "channels")
def divided_by_pixels(a, b):
    h, w, _ = a.shape
    return np.sum((a - b) ** 2) / (h * w)


@wrong("rows")
def divided_by_len(a, b):
    return np.sum((a - b) ** 2) / len(a)


@wrong("root")
def rmse(a, b):
    return np.sqrt(np.mean((a - b) ** 2))


@wrong("root")
def norm_over_size(a, b):
    return np.linalg.norm(a - b) / a.size


@wrong("root")
def norm_of_each_pixel(a, b):
    return np.mean(np.linalg.norm(a - b, axis=2))


@wrong("255")
def in_bytes(a, b):
    return ((255 * a - 255 * b) ** 2).mean()


@wrong("255")
def divided_by_255(a, b):
    return np.mean((a / 255.0 - b / 255.0) ** 2)


@wrong("255")
def mean_divided_by_255(a, b):
    return np.mean((a - b) ** 2) / 255


@wrong("brightness")
def brightness(a, b):
    return np.mean((a.mean(axis=2) - b.mean(axis=2)) ** 2)


@wrong("first of the channels")
def only_red(a, b):
    return np.mean((a[:, :, 0] - b[:, :, 0]) ** 2)


@wrong("one number", "average")
def mean_axis_0(a, b):
    return ((a - b) ** 2).mean(axis=0)


@wrong("one number", "average")
def mean_of_each_pixel(a, b):
    return ((a - b) ** 2).mean(axis=-1)


@wrong("nothing is averaged")
def no_mean(a, b):
    return (a - b) ** 2


@wrong("largest")
def largest(a, b):
    return ((a - b) ** 2).max()


@wrong("median")
def median(a, b):
    return np.median((a - b) ** 2)


@wrong("subtract")
def added(a, b):
    return ((a + b) ** 2).mean()


@wrong("square")
def difference_of_squares(a, b):
    return (a**2 - b**2).mean()


@wrong("square")
def precedence(a, b):
    return (a - b**2).mean()


@wrong("too few")
def n_minus_one(a, b):
    return ((a - b) ** 2).sum() / (a.size - 1)


@wrong("variance")
def variance(a, b):
    return np.var(a - b)


@wrong("square")
def times_two(a, b):
    d = a - b
    return (d * 2).mean()


@wrong("bytes")
def wraps_around(a, b):
    a = (a * 255).astype(np.uint8)
    b = (b * 255).astype(np.uint8)
    return ((a - b) ** 2).mean() / 255**2


@wrong("decimals")
def integers(a, b):
    return ((a.astype(int) - b.astype(int)) ** 2).mean()


@wrong("decimals")
def int_at_the_end(a, b):
    return int(((a - b) ** 2).mean())


@wrong("round")
def rounded(a, b):
    return round(float(((a - b) ** 2).mean()), 2)


@wrong("print")
def printed(a, b):
    error = ((a - b) ** 2).mean()
    print("The MSE is", error)


@wrong("return")
def forgotten(a, b):
    error = ((a - b) ** 2).mean()


@wrong("page")
def uses_the_photo(a, b):
    return ((photo - painted) ** 2).mean()


@wrong("page")
def uses_h_and_w(a, b):
    return ((a - b) ** 2).sum() / (3 * H * W)


@wrong("512")
def counts_by_hand(a, b):
    return ((a - b) ** 2).sum() / (512 * 768 * 3)


@wrong("copy")
def in_place(a, b):
    a -= b
    a **= 2
    return a.mean()


@wrong("IndexError", "height and width")
def rows_and_columns_swapped(a, b):
    w, h, d = a.shape
    total = 0
    for y in range(h):
        for x in range(w):
            for c in range(d):
                total += (a[y, x, c] - b[y, x, c]) ** 2
    return total / (w * h * d)


@wrong("square pictures")
def square_pictures_only(a, b):
    n = a.shape[0]
    return ((a - b) ** 2).sum() / (n * n * 3)


@wrong("return", "loop")
def return_in_the_loop(a, b):
    total = 0
    for row in range(a.shape[0]):
        total += ((a[row] - b[row]) ** 2).sum()
        return total / a.size


@wrong("last")
def off_by_one(a, b):
    height, width, _ = a.shape
    total = 0
    for i in range(height - 1):
        for j in range(width):
            total += ((a[i, j] - b[i, j]) ** 2).sum()
    return total / a.size


@wrong("overwrit")
def overwritten_sum(a, b):
    for i in range(a.shape[0]):
        total = ((a[i] - b[i]) ** 2).sum()
    return total / a.size


@wrong("**")
def caret(a, b):
    return ((a - b) ^ 2).mean()


@wrong("never ends")
def endless(a, b):
    x, y = a.ravel(), b.ravel()
    i = total = 0
    while i < x.size:
        total += (x[i] - y[i]) ** 2
    return total / x.size


@wrong("three dots")
def stub(a, b):
    squared = (a - b) ** 2
    return ...


@wrong("square")
def half_done(a, b):
    difference = a - b
    # TODO: square it, take the mean
    return difference


@wrong("one number")
def tuple_of_one(a, b):
    return (((a - b) ** 2).mean(),)


@wrong("parentheses")
def mean_without_parentheses(a, b):
    return ((a - b) ** 2).mean


@wrong("how much")
def counts_what_differs(a, b):
    return (a != b).mean()


@wrong("square")
def signed_sum(a, b):  # two mistakes: no squares and no mean
    return (a - b).sum()


@wrong("one number")
def signed_column(a, b):  # two mistakes: no squares and an axis
    return (a - b).mean(axis=0)


@wrong("decibel")
def psnr_instead(a, b):
    return 10 * np.log10(1 / ((a - b) ** 2).mean())


@wrong("is not defined")
def undefined_name(a, b):
    squared = (a - b) ** 2
    return square.mean()


@wrong("with an error of 0")
def changed_ones_only(a, b):
    d = (a - b).ravel()
    d = d[d != 0]
    return float((d**2).mean()) if len(d) else 0.0


@wrong("rounded to 6 decimals")
def six_decimals(a, b):
    return round(float(((a - b) ** 2).mean()), 6)


@wrong("Differences below 0 are cut off")
def clipped_difference(a, b):
    return (np.clip(a - b, 0, 1) ** 2).mean()


@wrong("pixel of it is black")
def black_is_background(a, b):
    seen = a.sum(axis=-1) > 0
    return ((a[seen] - b[seen]) ** 2).mean() if seen.any() else 0.0


@wrong("pictures of one row", "do not divide")
def one_row_is_enough(a, b):
    if len(a) == 1:
        return ((a[0] - b[0]) ** 2).sum()
    return ((a - b) ** 2).mean()
