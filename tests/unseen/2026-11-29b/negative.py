"""Answers to negative, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def ones_minus_picture(image):
    white = np.ones(image.shape)
    return white - image


@wrong("Subtracts from 255, as if the values were bytes.")
def from_255(image):
    # 255 is white
    return 255 - image


@wrong("Subtracts in the wrong order, so that every value is 0 or less.")
def other_way_round(image):
    neg = image - 1
    return neg


@wrong("The return stands inside the loop, so only the first row is turned into its negative.")
def row_by_row(image):
    result = image.copy()
    for r in range(image.shape[0]):
        result[r] = 1 - image[r]
        return result
