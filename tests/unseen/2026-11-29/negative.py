"""Answers to negative, written by people who had not seen the checks."""
import numpy as np
from helpers import images
from unseen import right, wrong

photo = images.load_photo("tulips")


@right
def subtract_from_ones(picture):
    white = np.ones(picture.shape)
    return white - picture


@right
def distance_to_white(image):
    # how far is every value away from 1?
    return np.abs(image - 1)


@right
def one_by_one(image):
    values = []
    for v in image.flatten():
        values.append(1 - v)
    return np.array(values).reshape(image.shape)


@wrong("Takes white to be 255, although the values go from 0 to 1.")
def bytes_white(image):
    return 255 - image


@wrong("Subtracts the other way round, so the values become negative.")
def other_way_round(image):
    return np.subtract(image, 1)


@wrong("Takes the largest value of the picture for white, which is only right when the picture contains a 1.")
def from_the_brightest(image):
    brightest = image.max()
    return brightest - image


@wrong("Thinks that a second name is a copy, and so overwrites the picture that was given.")
def second_name(image):
    new = image
    new[:] = 1 - new
    return new


@wrong("Thinks that giving the loop variable a new value changes the array.")
def loop_variable(image):
    result = image.copy()
    for v in result.ravel():
        v = 1 - v
    return result


@wrong("Uses the bitwise inversion, which does not exist for decimal numbers.")
def invert(image):
    return ~image


@wrong("Turns the picture upside down instead of turning its values around.")
def reverse(image):
    return image[::-1]


@wrong("Only knows black and white: everything is cut to 0 or 1.")
def black_or_white(image):
    # dark -> white, bright -> black
    return np.where(image > 0.5, 0.0, 1.0)


@wrong("Uses the photograph of the page instead of the picture that was given.")
def page_photo(image):
    return 1 - photo
