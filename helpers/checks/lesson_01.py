"""Lesson 01: `to_pixels` and `to_image`."""

import numpy as np

from helpers import images
from helpers.checks.cases import cases, picture, picture_cases, picture_tags
from helpers.checks.exercise import Exercise, table

MANY_EQUAL = np.round(picture(5, 6)[..., :1] * [1, 1, 0])

TWICE = (
    "Row by row, the number of a pixel is row times width plus column; as you count, some get the same "
    "number."
)
SWAPPED = "Row and column are swapped in the number of a pixel: it is row times width plus column."
TAKES_THE_HEIGHT = (
    "Row by row, the number of a pixel is row times width plus column; you take the height (right for "
    "square pictures only)."
)

TO_PIXELS = Exercise(
    images.to_pixels,
    ("image",),
    "A picture becomes a list",
    lambda: (
        picture_cases(images.to_pixels)
        + cases(
            images.to_pixels,
            [((np.arange(24).reshape(2, 4, 3),), {"whole numbers"}), ((MANY_EQUAL,), set())],
        )
    ),
    "wide, tall and square pictures, one row, one column, one pixel",
    styles=(
        "image.reshape(-1, 3)",
        """
pixels = []
for i in range(image.shape[0]):
    for j in range(image.shape[1]):
        pixels.append(image[i, j])
return np.array(pixels)
""",
        """
height, width, channels = image.shape
pixels = np.zeros((height * width, channels))
n = 0
for i in range(height):
    for j in range(width):
        pixels[n] = image[i, j]
        n += 1
return pixels
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
    wrong=table("""
The numbers are all there, but the channels got mixed: keep the last axis last.
    image.reshape(3, -1).T
    image.T.reshape(-1, 3)
    image.transpose(2, 0, 1).reshape(-1, 3)
The pixels come column by column; they should come row by row, as NumPy stores them.
    image.transpose(1, 0, 2).reshape(-1, 3)
The pixels come backward; they should come row by row from the top.
    image.reshape(-1, 3)[::-1]
    image[::-1].reshape(-1, 3)
    image[:, ::-1].reshape(-1, 3)
You have one row for each channel; it should be one row for each pixel.
    image.reshape(-1, 3).T
You have one row for each channel, and mixed channels at that; it should be one row for each pixel.
    image.reshape(3, -1)
The rows of the picture lie next to each other; they should lie below each other.
    np.hstack(image)
The three channels are missing: there are height x width pixels with 3 numbers each.
    image.reshape(image.shape[0], image.shape[1])
There are H x W pixels; you count only one of the two.
    image.reshape(image.shape[0], 3)
    image.reshape(image.shape[1], 3)
You add height and width; there are H x W pixels.
    image.reshape(sum(image.shape[:2]), 3)
image.size counts all the numbers, three for each pixel; there are H x W pixels.
    image.reshape(image.size, 3)
You have one row for each row of the picture, with its pixels side by side; each pixel needs its own row of 3.
    image.reshape(len(image), -1)
Each number stands in a row of its own; a pixel is three numbers together: one row for each pixel.
    image.reshape(-1, 1)
You return the picture as it was; forget the grid, and make a list of pixels.
    image
You return each pixel's place, its row and column, beside its numbers: that is more than it should be.
    np.array([[i, j, *image[i, j]] for i, j in np.ndindex(image.shape[:2])])
""")
    | {
        (
            "You average or add whole rows or columns, so there are fewer pixels than before; keep every "
            "pixel."
        ): (tuple(f"image.{how}(axis={axis})" for how in ("mean", "sum") for axis in (0, 1))),
        TAKES_THE_HEIGHT: ("i * width + j => i * height + j"),
        SWAPPED: ("i * width + j => j * width + i"),
        TWICE: (tuple(f"i * width + j => {n}" for n in ("i + j", "i * j", "i * (width - 1) + j"))),
        "You keep one channel only; each pixel has three.": (
            tuple(
                f"image[..., {c}]{fold}"
                for c in range(3)
                for fold in ("", ".ravel()", ".reshape(-1, 1)")
            )
        ),
        "You mix the channels to one; each pixel keeps its three numbers.": (
            tuple(
                f"image.{how}(axis=2){fold}"
                for how in ("mean", "sum")
                for fold in ("", ".ravel()", ".reshape(-1, 1)")
            )
        ),
    },
    meaning="one row for each pixel, one column for each channel",
    axes=("pixel", "channel"),
    may_share=True,
)

TO_IMAGE = Exercise(
    images.to_image,
    ("X", "height", "width"),
    "A picture becomes a list",
    lambda: cases(
        images.to_image,
        [
            ((image.reshape(-1, 3), *image.shape[:2]), picture_tags(image))
            for image in (
                *(
                    picture(*size)
                    for size in ((2, 3), (3, 2), (1, 4), (3, 3), (4, 1), (1, 2), (2, 8), (2, 2))
                ),
                MANY_EQUAL,
                picture(2, 3).astype(np.float32),
            )
        ],
    ),
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
        """
image = np.zeros((height, width, 3))
n = 0
for i in range(height):
    for j in range(width):
        image[i, j] = X[n]
        n += 1
return image
""",
        """
rows = []
for i in range(height):
    rows.append(X[i * width : (i + 1) * width])
return np.array(rows)
""",
    ),
    wrong=table("""
Height and width are swapped: rows come first.
    X.reshape(width, height, 3)
The picture is filled column by column; the pixels come row by row.
    X.reshape(width, height, 3).transpose(1, 0, 2)
The channels got mixed: you read X as all reds, then all greens, then all blues, but each row of X is one pixel, with its three numbers together.
    X.reshape(3, height, width).transpose(1, 2, 0)
    X.reshape(3, width, height).transpose(2, 1, 0)
The channels got mixed: X.T has all reds in a row, so a reshape puts three reds into one pixel. Each row of X is a pixel already.
    X.T.reshape(height, width, 3)
    X.T.reshape(width, height, 3).transpose(1, 0, 2)
    X.T.reshape(width, height, 3)
The three channels are missing: a picture has height x width x 3 numbers.
    X.reshape(height, width)
    X.reshape(width, height)
You mix the channels to one; a pixel keeps its three.
    X.mean(axis=1).reshape(height, width)
    X.sum(axis=1).reshape(height, width)
The first row of pixels comes again and again: the number of a pixel depends on its row, too.
    i * width + j => j
Every pixel is the first one of X: its number has to go up with each, or to depend on its row and column.
    X[np.zeros((height, width), int)]
The channels come first; they are the last axis, and stay it.
    X.reshape(3, height, width)
    X.reshape(width, height, 3).T
You return the list as it was; give it the shape of a picture.
    X
""")
    | {
        (
            "You make a square (the root of the number of pixels); take the height and width that are "
            "given."
        ): ("n = math.isqrt(len(X))\nreturn X.reshape(n, n, 3)"),
        "You keep one channel only; a pixel has three.": (
            tuple(f"X[:, {c}].reshape(height, width)" for c in range(3))
        ),
        TAKES_THE_HEIGHT: ("i * width + j => i * height + j"),
        SWAPPED: ("i * width + j => j * width + i"),
        TWICE: (tuple(f"i * width + j => {n}" for n in ("i + j", "i * j", "i * (width - 1) + j"))),
    },
    meaning="height, width, channels",
    axes=("row", "column", "channel"),
    may_share=True,
)

EXERCISES = {"to_pixels": TO_PIXELS, "to_image": TO_IMAGE}
