"""Lesson 01: `to_pixels` and `to_image`."""

import numpy as np

from helpers import images
from helpers.checks.cases import cases, picture, picture_cases, picture_tags
from helpers.checks.exercise import Exercise, table
from helpers.color import constant

MANY_EQUAL = constant(np.round(picture(5, 6)[..., :1] * [1, 1, 0]))

NUMBERED = table("""
Row by row, the number of a pixel is row times width plus column; as you count, some get the same number, or row and column are swapped.
    i * width + j => <i + j|i * j|i * (width - 1) + j|j * width + i>
""")

TO_PIXELS = Exercise(
    images.to_pixels,
    ("image",),
    "A picture becomes a list",
    lambda: (
        picture_cases(images.to_pixels)
        + cases(images.to_pixels, [(np.arange(24).reshape(2, 4, 3),), (MANY_EQUAL,)])
    ),
    "wide, tall and square pictures, one row, one column, one pixel",
    styles=(
        """
pixels = []
for i in range(image.shape[0]):
    for j in range(image.shape[1]):
        pixels.append(image[i, j])
return np.array(pixels)
""",
        """
height, width, channels = image.shape
pixels = np.zeros((height * width, 3))
for i in range(height):
    for j in range(width):
        pixels[i * width + j] = image[i, j]
return pixels
""",
    ),
    wrong=NUMBERED
    | table("""
The numbers are all there, but the channels got mixed: keep the last axis last.
    image.reshape(3, -1).T
    image.T.reshape(-1, 3)
    image.transpose(2, 0, 1).reshape(-1, 3)
The pixels come column by column; they should come row by row, as NumPy stores them.
    image.transpose(1, 0, 2).reshape(-1, 3)
You have one row for each channel; it should be one row for each pixel, with its three numbers together.
    image.reshape(<-1, 3).T|3, -1)>
The rows of the picture lie next to each other; they should lie below each other.
    np.hstack(image)
You have one row for each row of the picture, with its pixels side by side; each pixel needs its own row of 3.
    image.reshape(len(image), -1)
You keep one channel only; each pixel has three.
    image[..., <0|1|2>]<|.ravel()|.reshape(-1, 1)>
"""),
    meaning="one row for each pixel, one column for each channel",
    axes=("pixel", "channel"),
    may_share=True,
)


def _lists():
    """Lists of pixels, each with the height and the width of its picture."""
    sizes = ((2, 3), (3, 2), (1, 4), (3, 3), (4, 1), (1, 2), (2, 8), (2, 2))
    pictures = [*(picture(*size) for size in sizes), MANY_EQUAL, picture(2, 3).astype(np.float32)]
    return [(image.reshape(-1, 3), *image.shape[:2], picture_tags(image)) for image in pictures]


TO_IMAGE = Exercise(
    images.to_image,
    ("X", "height", "width"),
    "A picture becomes a list",
    lambda: cases(images.to_image, _lists()),
    "wide, tall and square pictures, one row, one column",
    styles=(
        "X.reshape(height, width, 3)",
        """
image = np.zeros((height, width, 3))
for i in range(height):
    for j in range(width):
        image[i, j] = X[i * width + j]
return image
""",
    ),
    wrong=NUMBERED
    | table("""
Height and width are swapped: rows come first.
    X.reshape(width, height, 3)
The picture is filled column by column; the pixels come row by row.
    X.reshape(width, height, 3).transpose(1, 0, 2)
The channels got mixed: all reds do not come in a row, as in X.T or as if X were cut in three; each row of X is one pixel, with its three numbers together.
    X.reshape(3, <height, width).transpose(1, 2, 0)|width, height).transpose(2, 1, 0)>
    X.T.reshape(height, width, 3)
    X.T.reshape(width, height, 3)<|.transpose(1, 0, 2)>
The three channels are missing: a picture has height x width x 3 numbers.
    X.reshape(<height, width|width, height>)
You keep one channel only; a pixel has three.
    X[:, <0|1|2>].reshape(height, width)
"""),
    meaning="height, width, channels",
    axes=("row", "column", "channel"),
    may_share=True,
)

EXERCISES = {"to_pixels": TO_PIXELS, "to_image": TO_IMAGE}
