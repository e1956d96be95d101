"""Answers to quantize, written by people who had not seen the checks."""
import numpy as np
from helpers import codebook as fixed
from helpers.codebook import find_closest_centroids
from helpers.images import to_image, to_pixels
from unseen import right, wrong

corners = fixed.CUBE_CORNERS


@right
def each_row_of_the_picture(picture, colors):
    result = np.zeros(picture.shape)
    for r in range(len(picture)):
        numbers = find_closest_centroids(picture[r], colors)
        result[r] = colors[numbers]
    return result


@wrong("Takes the width for the height when it folds the list back.")
def width_first(image, codebook):
    width, height, _ = image.shape
    idx = find_closest_centroids(to_pixels(image), codebook)
    return to_image(codebook[idx], height, width)


@wrong("Returns the list of painted pixels without folding it back to a picture.")
def list_of_colors(image, codebook):
    X = to_pixels(image)
    idx = find_closest_centroids(X, codebook)
    return codebook[idx]


@wrong("Looks the numbers up in the page's eight corners instead of the codebook it was given.")
def with_corners(image, codebook):
    h, w, _ = image.shape
    idx = find_closest_centroids(to_pixels(image), corners)
    painted = corners[idx]
    return to_image(painted, h, w)
