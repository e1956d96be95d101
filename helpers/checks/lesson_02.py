"""Lesson 02: `tint`, `to_gray` and `all_differences`."""

import numpy as np

from helpers import color
from helpers.checks.cases import (
    WRONG_PAIRS,
    cases,
    dark_and_bright,
    picture,
    picture_cases,
    set_cases,
)
from helpers.checks.exercise import Exercise, table
from helpers.color import constant

BLUISH = constant([0.2, 0.4, 0.6])

TINT = Exercise(
    color.tint,
    ("image", "color"),
    "Colored glass",
    lambda: (
        picture_cases(color.tint, np.array([1.0, 0.5, 0.0]))
        + picture_cases(color.tint, BLUISH, sizes=((2, 2), (3, 4)))
        + cases(
            color.tint,
            [
                (picture(2, 3), [0.9, 0.1, 0.5]),
                (picture(1, 2), np.array([1, 0, 1]), {"whole C"}),
                (picture(2, 2), np.zeros(3)),
                (dark_and_bright(3, 2), BLUISH),
            ],
        )
    ),
    "wide, tall and square pictures, three colors of glass, the glass as an array and a list",
    styles=(
        "image * np.asarray(color)",
        """
result = image.copy()
for c in range(3):
    result[:, :, c] = image[:, :, c] * color[c]
return result
""",
        """
result = np.zeros(image.shape)
for i in range(image.shape[0]):
    for j in range(image.shape[1]):
        for c in range(3):
            result[i, j, c] = image[i, j, c] * color[c]
return result
""",
    ),
    wrong=table("""
You add the color; glass multiplies: it can only take light away.
    image + np.asarray(color)
    np.clip(image + np.asarray(color), 0, 1)
You mix picture and color half and half; glass multiplies.
    (image + np.asarray(color)) / 2
Your picture becomes one flat color: multiply, don't replace.
    0 * image + np.asarray(color)
You use only the first number of the color; each channel has its own.
    image * color[0]
You multiply all channels with one number; each channel has its own.
    image * np.<mean|sum|max|min|prod|linalg.norm>(color)
You take the power (**), or the darker or the brighter of the two; glass multiplies (*).
    np.<power|minimum|maximum>(image, color)
Half of the light goes past the glass (0.5 x image is in your result): multiply all of it.
    (image + image * color) / 2
The channels got mixed: a reshape to three rows does not give the three channels.
    (image.reshape(3, -1) * np.asarray(color)[:, None]).reshape(image.shape)
You change only some of the channels (is the result begun anew in each round?); each of the three is multiplied with its own number.
    image * np.where(<[1, 0, 0]|[0, 1, 0]|[0, 0, 1]|[1, 0, 1]|[0, 1, 1]>, color, 1)
Your color lies along the rows or columns of the picture; the channels are the last axis, and there a color fits as it is.
    image * np.asarray(color)[:, None<|, None>]
    image[:, :, c] => image[c]
    result[:, :, c] = image[:, :, c] => result[c] = image[c]
    image * np.reshape(color, np.roll([1, 1, 3], image.shape.index(3) - 2))
"""),
    nouns={"sum": "channels"},
    meaning="that of the picture",
    axes=("row", "column", "channel"),
    sections={"shape": "The rule"},
)

TO_GRAY = Exercise(
    color.to_gray,
    ("image",),
    "Gray is a weighted sum",
    lambda: (
        cases(color.to_gray, [(np.array([[[1.0, 0.0, 0.0]]]),)])
        + picture_cases(color.to_gray)
        + cases(color.to_gray, [(dark_and_bright(3, 2),)])
    ),
    "pure red, wide, tall and square pictures, one row, one column, float32",
    styles=(
        "(image * weights).sum(axis=-1)",
        "0.299 * image[:, :, 0] + 0.587 * image[:, :, 1] + 0.114 * image[:, :, 2]",
        """
gray = np.zeros(image.shape[:2])
for i in range(image.shape[0]):
    for j in range(image.shape[1]):
        total = 0
        for c in range(3):
            total += image[i, j, c] * weights[c]
        gray[i, j] = total
return gray
""",
    ),
    wrong=table("""
You weigh the channels equally; the eye does not: use the weights.
    <|255 * >image.mean(axis=-1)
    image.mean(axis=-1, keepdims=True)
You add the channels without their weights.
    image.sum(axis=-1)
You take one channel, the largest, the smallest or the middle one, or the middle of the largest and the smallest; gray is a weighted sum of all three.
    <np.max(image, axis=-1)|np.min(image, axis=-1)|np.median(image, axis=-1)|(image.max(axis=-1) + image.min(axis=-1)) / 2>
    image[..., <0|1|2>]
No red and no green in your sum, only the weighted blue: is the sum overwritten in each round? Add to it, with +=.
    0.114 * image[..., 2]
The picture's rows are taken for its channels; the channels are the last axis.
    0.299 * image[<|:, >0] + 0.587 * image[<|:, >1] + 0.114 * image[<|:, >2]
The channels got mixed: a reshape to three rows does not give the three channels.
    (weights @ image.reshape(3, -1)).reshape(image.shape[:2])
You give each pixel its gray three times; it should be one number for each pixel.
    np.repeat(right(image)[..., None], 3, axis=-1)
The weights come in the wrong order, or the channels are read in another: red 0.299, green 0.587, blue 0.114.
    image[..., <[2, 1, 0]|[1, 0, 2]|[0, 2, 1]|[1, 2, 0]|[2, 0, 1]>] @ weights
A channel is taken twice, and another not at all: red 0.299, green 0.587, blue 0.114.
    image[..., <[0, 0, 2]|[0, 1, 1]|[1, 1, 2]|[0, 1, 0]|[0, 2, 2]|[2, 1, 2]>] @ weights
Your weights are rounded or mistyped: red 0.299, green 0.587, blue 0.114.
    image @ [<0.3, 0.59, 0.11|0.3, 0.6, 0.1|0.299, 0.587, 0.144|0.299, 0.578, 0.114|0.229, 0.587, 0.114|0.29, 0.58, 0.11>]
These are the weights of another standard (0.2126, 0.7152, 0.0722); take the ones of the page.
    image @ [<0.2126, 0.7152, 0.0722|0.21, 0.72, 0.07|0.213, 0.715, 0.072>]
You bend the values with a power (a square, a root, a gamma), before the sum or after it; gray is a weighted sum of the values as they are.
    right(image ** <2|2.2|2.4|0.5>) ** (1 / <2|2.2|2.4|0.5>)
    np.sqrt(((image * weights) ** 2).sum(axis=-1))
    image**2 @ weights
    np.sqrt(right(image))
    np.linalg.norm(image, axis=-1) / np.sqrt(<1|3>)
"""),
    nouns={"sum": "channels"},
    meaning="one number for each pixel",
    axes=("row", "column"),
    names={"weights": np.array([0.299, 0.587, 0.114])},
)

ALL_DIFFERENCES = Exercise(
    color.all_differences,
    ("X", "C"),
    "Every pixel, every color",
    lambda: set_cases(color.all_differences),
    "1, 2, 3 and 5 channels, more colors than pixels, one color, whole numbers, float32",
    styles=(
        "X[:, None, :] - C[None, :, :]",
        """
result = np.zeros((len(X), len(C), X.shape[1]))
for n in range(len(X)):
    for k in range(len(C)):
        for c in range(X.shape[1]):
            result[n, k, c] = X[n, c] - C[k, c]
return result
""",
        "np.array([[X[n] - C[k] for k in range(len(C))] for n in range(len(X))])",
    ),
    wrong=WRONG_PAIRS
    | table("""
These are the squares; it should be the differences themselves.
    right(X, C) ** 2
Pixels and colors are swapped, and the sign with them.
    C[:, None] - X[None]
These are distances already, or their squares; it should be the differences of the channels.
    <|np.sqrt>(sq(X, C))
You repeat the colors until there are as many as pixels (as np.resize does), so that each pixel meets one color only. Each pixel has to meet every color.
    X - np.resize(C, X.shape)
Pixels and colors meet in the wrong pairs: np.tile repeats a list as a whole, np.repeat each row in turn. Mind which you need: along the first axis go the pixels, along the second the colors.
    np.tile(X, (len(C), 1)).reshape(len(X), len(C), -1) - C
    X[:, None] - np.repeat(C, len(X), axis=0).reshape(len(X), len(C), -1)
"""),
    nouns={"sum": "channels"},
    meaning="pixels, colors, channels",
    axes=("pixel", "color", "channel"),
)

EXERCISES = {"tint": TINT, "to_gray": TO_GRAY, "all_differences": ALL_DIFFERENCES}
