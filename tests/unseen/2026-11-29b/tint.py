"""Answers to tint, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def channel_by_channel(image, color):
    r = image[:, :, 0] * color[0]
    g = image[:, :, 1] * color[1]
    b = image[:, :, 2] * color[2]
    return np.stack([r, g, b], axis=-1)


@wrong("Mixes picture and color half and half instead of multiplying them.")
def mix(image, color):
    return (image + np.array(color)) / 2


@wrong("Multiplies in place and so changes the picture it was given.")
def times_equals(image, color):
    image *= np.asarray(color)
    return image


@wrong("Takes the matrix product, which adds the channels up.")
def at_sign(image, color):
    color = np.asarray(color)
    return image @ color
