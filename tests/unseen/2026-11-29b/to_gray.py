"""Answers to to_gray, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong

GRAY_WEIGHTS = np.array([0.299, 0.587, 0.114])


@right
def like_the_formula(image):
    R = image[:, :, 0]
    G = image[:, :, 1]
    B = image[:, :, 2]
    gray = 0.299 * R + 0.587 * G + 0.114 * B
    return gray


@wrong("Sums over the columns instead of the channels.")
def sum_axis_one(image):
    return (image * GRAY_WEIGHTS).sum(axis=1)


@wrong("Takes the mean of the weighted channels, so everything is a third as bright.")
def weighted_mean(image):
    weighted = image * GRAY_WEIGHTS
    return weighted.mean(axis=-1)


@wrong("Takes the channels in the order blue, green, red.")
def bgr(image):
    b, g, r = image[..., 0], image[..., 1], image[..., 2]
    return 0.299 * r + 0.587 * g + 0.114 * b
