"""Answers to tint, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong

orange = np.array([1.0, 0.5, 0.0])


@right
def three_channels(image, color):
    red = image[:, :, 0] * color[0]
    green = image[:, :, 1] * color[1]
    blue = image[:, :, 2] * color[2]
    return np.dstack([red, green, blue])


@right
def copy_then_multiply(picture, glass):
    out = picture.copy()
    for c in range(3):
        out[..., c] = picture[..., c] * glass[c]
    return out


@right
def diagonal_matrix(image, color):
    # each channel only goes into itself
    M = np.diag(color)
    return image @ M


@right
def pixel_by_pixel(image, color):
    def through_glass(pixel):
        return [pixel[0] * color[0], pixel[1] * color[1], pixel[2] * color[2]]

    result = []
    for row in image:
        result.append([through_glass(p) for p in row])
    return np.array(result)


@wrong("Uses the orange of the page instead of the color that was given.")
def always_orange(image, color):
    return image * orange


@wrong("Writes the product into the picture that was given.")
def times_equals(image, color):
    image *= color
    return image


@wrong("Takes the matrix product, which also adds up the channels.")
def matrix_product(image, color):
    return image @ np.array(color)


@wrong("Counts on an array: a plain list has no reshape.")
def reshape_the_color(image, color):
    return image * color.reshape(1, 1, 3)


@wrong("Gives the color a new axis at the wrong side, so its three numbers meet the columns of the picture.")
def new_axis_right(image, color):
    color = np.array(color)
    return image * color[:, None]


@wrong("Mixes picture and color half and half, as with paint, instead of multiplying.")
def mix_paint(image, color):
    return (image + np.asarray(color)) / 2


@wrong("Takes the color as an upper limit for each channel instead of as a share.")
def at_most(image, color):
    # the glass doesn't let more light through than color
    return np.minimum(image, color)


@wrong("Stops one channel too early, so blue is left as it was.")
def forgets_blue(image, color):
    result = image.copy()
    for channel in range(0, 2):
        result[:, :, channel] = image[:, :, channel] * color[channel]
    return result


@wrong("Swaps the numbers of rows and columns in the loops, which is right for squares only.")
def swapped_ranges(image, color):
    result = np.empty_like(image)
    for row in range(image.shape[1]):
        for column in range(image.shape[0]):
            for channel in range(3):
                result[row, column, channel] = image[row, column, channel] * color[channel]
    return result
