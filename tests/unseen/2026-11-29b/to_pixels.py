"""Answers to to_pixels, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def collect_in_a_list(image):
    pixels = []
    for row in image:
        for pixel in row:
            pixels.append(pixel)
    return np.array(pixels)


@wrong("Flattens everything to one long row of numbers instead of one row for each pixel.")
def flat(image):
    return image.flatten()


@wrong("Writes in the size of the page's photograph, so no other picture works.")
def with_the_size(image):
    X = image.reshape(512 * 768, 3)
    return X


@wrong("Goes through the picture column by column instead of row by row.")
def two_loops(image):
    h, w, c = image.shape
    pixels = []
    for x in range(w):
        for y in range(h):
            pixels.append(image[y, x])
    return np.array(pixels)
