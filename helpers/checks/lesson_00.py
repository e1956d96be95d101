"""Lesson 00: `negative`."""

import numpy as np

from helpers import color
from helpers.checks.cases import cases, dark_and_bright, picture, picture_cases
from helpers.checks.exercise import Exercise, table

PICTURES = (dark_and_bright(3, 2), picture(2, 4) / 3, 1 - picture(2, 4) / 3, np.zeros((1, 2, 3)))

NEGATIVE = Exercise(
    color.negative,
    ("image",),
    "Your turn: negative",
    lambda: (
        cases(color.negative, [(np.array([[[0.0, 0.25, 1.0]]]),)])
        + picture_cases(color.negative)
        + cases(color.negative, [(image,) for image in PICTURES])
    ),
    "one pixel, wide, tall and square pictures, float32",
    styles=(
        """
result = np.zeros(image.shape)
for i in range(image.shape[0]):
    for j in range(image.shape[1]):
        for c in range(image.shape[2]):
            result[i, j, c] = 1 - image[i, j, c]
return result
""",
        "image * -1 + 1",
    ),
    wrong=table("""
You return the picture as it was.
    image.copy()
-v is below 0, and a channel lives between 0 and 1: how far is v from 1?
    -image
255 is white in a file, but here white is 1.
    <255 - image|255 * (1 - image)|(255 - image) / 255|image - 255>
You turn the picture around; turn its values.
    image[<::-1|:, ::-1|::-1, ::-1>]
    np.flip(image)
    image.swapaxes(0, 1)
You swap the channels; change their values.
    image[..., ::-1].copy()
Bytes (uint8) have no numbers below 0: -v begins anew at 256, so 0 stays 0. Stay with decimals, where white is 1.
    -(np.<trunc|rint>(image * 255).astype(np.uint8)) / <1|255|256>
You subtract from the largest value that occurs; white is 1 in every picture.
    image.max(axis=<None|(0, 1)|0|1|-1>, keepdims=True) - image
You mirror the values between the smallest and the largest that occur; the mirror stands between 0 and 1 in every picture.
    image.max(axis=<None|(0, 1)|-1>, keepdims=True) + image.min(axis=<None|(0, 1)|-1>, keepdims=True) - image
You keep one channel only; each of the three has its negative.
    1 - image[..., <0|1|2>]
You change only some of the channels (is the result begun anew in each round?); each of the three has its negative.
    abs(<[1, 0, 0]|[0, 1, 0]|[0, 0, 1]|[1, 1, 0]|[1, 0, 1]|[0, 1, 1]> - image)
"""),
    meaning="that of the picture",
    axes=("row", "column", "channel"),
)

EXERCISES = {"negative": NEGATIVE}
