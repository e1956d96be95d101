"""Answers to all_differences, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def one_pixel_at_a_time(X, C):
    # x - C has shape (K, d)
    return np.array([x - C for x in X])


@wrong("Subtracts the pixel from the color instead of the color from the pixel.")
def color_minus_pixel(X, C):
    return C[None, :, :] - X[:, None, :]


@wrong("Puts the new axes the other way round, so the result is (K, N, d).")
def swapped_axes(X, C):
    return X[None, :, :] - C[:, None, :]


@wrong("Copies the page's loop with its 4 pixels, 2 colors and 3 channels.")
def the_loop(X, C):
    loop = np.empty((4, 2, 3))
    for n in range(4):
        for k in range(2):
            loop[n, k] = X[n] - C[k]
    return loop
