"""The functions that lessons 00 to 04 ask for: from `negative` to `compression_ratio`."""

import math

import numpy as np

from helpers import codebook, color, compression, images
from helpers.checks import wrong_colors as wrong
from helpers.checks.cases import (
    Exercise,
    brightness,
    cases,
    dark_and_bright,
    l1,
    nearest_calls,
    pair_cases,
    picture,
    picture_cases,
    picture_tags,
    set_cases,
    sq,
)

# --- The exercises, in the order of the lessons --------------------------------------------

EXERCISES = {
    "negative": Exercise(
        color.negative,
        ("image",),
        "Your turn: negative",
        lambda: (
            cases(color.negative, [((np.array([[[0.0, 0.25, 1.0]]]),), {"one pixel"})])
            + picture_cases(color.negative)
            + cases(
                color.negative,
                [
                    ((a,), picture_tags(a))
                    for a in (
                        dark_and_bright(3, 2),
                        picture(2, 4) / 3,
                        1 - picture(2, 4) / 3,
                        np.zeros((1, 2, 3)),
                    )
                ],
            )
        ),
        "one pixel, wide, tall and square pictures, float32",
        {
            "You return the picture as it was.": lambda image: image.copy(),
            "Bytes (uint8) have no numbers below 0: -v begins anew at 256, so 0 stays 0. Stay with decimals, "
            "where white is 1.": tuple(
                lambda image, f=f, r=r: -(r(image * 255).astype(np.uint8)) / f
                for f in (1, 255, 256)
                for r in (np.trunc, np.rint)
            ),
            "Everything is 0: is your answer never written into the result, or is -v cut off at 0? How "
            "far is v from 1?": (lambda image: np.clip(-image, 0, 1)),
            "You divide 1 by the values; the opposite of v is a difference.": tuple(
                lambda image, e=e: 1 / (image + e) for e in (0, *10.0 ** np.arange(-12, -1))
            ),
            "You turn the picture around; turn its values.": (
                lambda image: image[::-1],
                lambda image: image[:, ::-1],
                lambda image: image[::-1, ::-1],
                lambda image: image[::-1, ::-1, ::-1],
                lambda image: image.swapaxes(0, 1),
            ),
            "You swap the channels; change their values.": lambda image: image[..., ::-1].copy(),
            "You subtract from the largest value that occurs; white is 1 in every picture.": (
                lambda image: image.max() - image,
                lambda image: image.max(axis=(0, 1)) - image,
                lambda image: image.max(axis=1, keepdims=True) - image,
                lambda image: image.max(axis=0) - image,
                lambda image: image.max(axis=-1, keepdims=True) - image,
            ),
            "You mirror the values between the smallest and the largest that occur; the mirror stands "
            "between 0 and 1 in every picture.": tuple(
                lambda image, axis=axis: (
                    image.max(axis, keepdims=True) + image.min(axis, keepdims=True) - image
                )
                for axis in (None, (0, 1), 0, 1, -1)
            ),
            "You keep one channel only; each of the three has its negative.": tuple(
                lambda image, j=j: 1 - image[..., j] for j in range(3)
            ),
            "You mix the channels to one; each of the three has its negative.": (
                lambda image: 1 - image.mean(axis=-1),
                lambda image: 1 - image.sum(axis=-1),
                lambda image: 1 - image.sum(axis=-1, keepdims=True),
                lambda image: 1 - image.mean(axis=-1, keepdims=True),
                lambda image: 1 - color.to_gray(image),
            ),
            "You square the values; the opposite of v is 1 - v.": (
                lambda image: image**2,
                lambda image: 1 - image**2,
            ),
        },
        "that of the picture",
        axes=("row", "column", "channel"),
        mistakes=wrong.negative_mistakes,
    ),
    "to_pixels": Exercise(
        images.to_pixels,
        ("image",),
        "A picture becomes a list",
        lambda: (
            picture_cases(images.to_pixels)
            + cases(
                images.to_pixels,
                [
                    ((np.arange(24).reshape(2, 4, 3),), {"whole numbers"}),
                    ((np.round(picture(5, 6)[..., :1] * [1, 1, 0]),), set()),  # many equal ones
                ],
            )
        ),
        "wide, tall and square pictures, one row, one column, one pixel",
        {
            "The numbers are all there, but the channels got mixed: keep the last axis last.": (
                lambda image: image.reshape(3, -1).T,
                lambda image: image.T.reshape(-1, 3),
                lambda image: image.transpose(2, 0, 1).reshape(-1, 3),
            ),
            "The pixels come column by column; they should come row by row, as NumPy stores them.": (
                lambda image: image.transpose(1, 0, 2).reshape(-1, 3)
            ),
            "The pixels come backward; they should come row by row from the top.": (
                lambda image: image.reshape(-1, 3)[::-1],
                lambda image: image[::-1].reshape(-1, 3),
                lambda image: image[:, ::-1].reshape(-1, 3),
            ),
            "You have one row for each channel; it should be one row for each pixel.": (
                lambda image: image.reshape(-1, 3).T
            ),
            "You have one row for each channel, and mixed channels at that; it should be one row for "
            "each pixel.": lambda image: image.reshape(3, -1),
            "The rows of the picture lie next to each other; they should lie below each other.": (
                lambda image: np.hstack(image)
            ),
            "You average or add whole rows or columns, so there are fewer pixels than before; keep "
            "every pixel.": (
                lambda image: image.mean(axis=0),
                lambda image: image.mean(axis=1),
                lambda image: image.sum(axis=0),
                lambda image: image.sum(axis=1),
            ),
            "Only the first row of the picture is left; take all of them.": (
                lambda image: image[0]
            ),
            "Only the first column of the picture is left; take all of them.": (
                lambda image: image[:, 0]
            ),
            "Of each row of the picture only the last pixel is left: the line that stores it (append, say) "
            "stands outside the inner loop. Indent it.": lambda image: image[:, -1],
            "Only the last row of the picture is left: is your result begun anew in each round, or is a "
            "line outside of its loop?": lambda image: image[-1],
            "Only the last pixel is left: is your result begun anew in each round, or is a line outside "
            "of its loop?": (lambda image: image[-1, -1], lambda image: image[-1:, -1]),
            "The three channels are missing: there are height x width pixels with 3 numbers each.": (
                lambda image: image.reshape(image.shape[0], image.shape[1])
            ),
            "There are H x W pixels; you count only one of the two.": (
                lambda image: image.reshape(image.shape[0], 3),
                lambda image: image.reshape(image.shape[1], 3),
            ),
            "image.size counts all the numbers, three for each pixel; there are H x W pixels.": (
                lambda image: image.reshape(image.size, 3)
            ),
            "Row by row, the number of a pixel is row times width plus column; you take the height "
            "(right for square pictures only).": wrong.numbered(lambda i, j, h, w: i * h + j),
            wrong.TWICE: tuple(map(wrong.numbered, wrong.SAME_NUMBERS)),
            "You have one row for each row of the picture, with its pixels side by side; each pixel "
            "needs its own row of 3.": lambda image: image.reshape(len(image), -1),
            "You return the picture as it was; forget the grid, and make a list of pixels.": (
                lambda image: image
            ),
            "You keep one channel only; each pixel has three.": (
                lambda image: image[:, :, 0].reshape(-1, 1),
                *(lambda image, j=j: image[:, :, j].ravel() for j in range(3)),
                *(lambda image, j=j: image[:, :, j] for j in range(3)),
            ),
            "You average the channels; each pixel keeps its three numbers.": (
                lambda image: image.mean(axis=2).ravel(),
                lambda image: image.mean(axis=2),
                lambda image: image.sum(axis=2).ravel(),
                lambda image: image.mean(axis=2).reshape(-1, 1),
            ),
        },
        "one row for each pixel, one column for each channel",
        may_share=True,
        axes=("pixel", "channel"),
    ),
    "to_image": Exercise(
        images.to_image,
        ("X", "height", "width"),
        "A picture becomes a list",
        lambda: cases(
            images.to_image,
            [
                ((image.reshape(-1, 3), *image.shape[:2]), picture_tags(image))
                for image in [
                    *(
                        picture(*size)
                        for size in ((2, 3), (3, 2), (1, 4), (3, 3), (4, 1), (1, 2), (2, 8), (2, 2))
                    ),
                    np.round(picture(5, 6)[..., :1] * [1, 1, 0]),
                    picture(2, 3).astype(np.float32),
                ]
            ],
        ),
        "wide, tall and square pictures, one row, one column",
        {
            "Height and width are swapped: rows come first.": (
                lambda X, height, width: X.reshape(width, height, 3)
            ),
            "You make a square (the root of the number of pixels); take the height and width that are "
            "given.": wrong.square_by_count,
            "The picture is filled column by column; the pixels come row by row.": (
                lambda X, height, width: X.reshape(width, height, 3).transpose(1, 0, 2)
            ),
            "The channels got mixed: you read X as all reds, then all greens, then all blues, but each row "
            "of X is one pixel, with its three numbers together.": (
                lambda X, height, width: X.reshape(3, height, width).transpose(1, 2, 0),
                lambda X, height, width: X.reshape(3, width, height).transpose(2, 1, 0),
            ),
            "The channels got mixed: X.T has all reds in a row, so a reshape puts three reds into one pixel. "
            "Each row of X is a pixel already.": (
                lambda X, height, width: X.T.reshape(height, width, 3),
                lambda X, height, width: X.T.reshape(width, height, 3).transpose(1, 0, 2),
                lambda X, height, width: X.T.reshape(width, height, 3),
            ),
            "The three channels are missing: a picture has height x width x 3 numbers.": (
                lambda X, height, width: X.reshape(height, width)
            ),
            "The three channels are missing, and height and width are swapped: a picture has height x "
            "width x 3 numbers.": lambda X, height, width: X.reshape(width, height),
            "You keep one channel only; a pixel has three.": tuple(
                lambda X, height, width, j=j: X[:, j].reshape(height, width) for j in range(3)
            ),
            "You mix the channels to one; a pixel keeps its three.": (
                lambda X, height, width: X.mean(axis=1).reshape(height, width),
                lambda X, height, width: X.sum(axis=1).reshape(height, width),
            ),
            "The number of a pixel is row times width plus column; you take the height (right for "
            "square pictures only).": wrong.filled(lambda i, j, h, w: i * h + j),
            wrong.TWICE: tuple(map(wrong.filled, wrong.SAME_NUMBERS)),
            "The first row of pixels comes again and again: the number of a pixel depends on its row, "
            "too.": lambda X, height, width: np.array([X[:width]] * height),
            "The channels come first; they are the last axis, and stay it.": (
                lambda X, height, width: X.reshape(3, height, width)
            ),
            "You return the list as it was; give it the shape of a picture.": (
                lambda X, height, width: X
            ),
        },
        "height, width, channels",
        may_share=True,
        axes=("row", "column", "channel"),
    ),
    "tint": Exercise(
        color.tint,
        ("image", "color"),
        "Colored glass",
        lambda: (
            picture_cases(color.tint, np.array([1.0, 0.5, 0.0]))
            + picture_cases(color.tint, np.array([0.2, 0.4, 0.6]), sizes=((2, 2), (3, 4)))
            + cases(
                color.tint,
                [
                    ((picture(2, 3), [0.9, 0.1, 0.5]), set()),
                    ((picture(1, 2), np.array([1, 0, 1])), {"whole color"}),
                    ((picture(2, 2), np.zeros(3)), {"square"}),
                    ((dark_and_bright(3, 2), np.array([0.2, 0.4, 0.6])), set()),
                ],
            )
        ),
        "wide, tall and square pictures, three colors of glass, the glass as an array and a list",
        {
            "You add the color and cut at 1; glass multiplies: it can only take light away.": (
                lambda image, glass: np.clip(image + np.asarray(glass), 0, 1)
            ),
            "Your picture becomes one flat color: multiply, don't replace.": (
                lambda image, glass: np.broadcast_to(np.asarray(glass), image.shape).copy()
            ),
            "You multiply all channels with one number; each channel has its own.": (
                lambda image, glass: image * np.mean(glass),
                lambda image, glass: image * np.sum(glass),
                lambda image, glass: image * np.max(glass),
                lambda image, glass: image * np.prod(glass),
                lambda image, glass: image * np.linalg.norm(glass),
            ),
            "You subtract the color; glass multiplies.": (
                lambda image, glass: image - np.asarray(glass),
                lambda image, glass: np.clip(image - np.asarray(glass), 0, 1),
                lambda image, glass: np.asarray(glass) - image,
            ),
            "You take the power (**); glass multiplies (*).": (
                lambda image, glass: image ** np.asarray(glass)
            ),
            "You take the darker of the two; glass multiplies.": (
                lambda image, glass: np.minimum(image, glass)
            ),
            "You take the brighter of the two; glass multiplies.": (
                lambda image, glass: np.maximum(image, glass)
            ),
            "The channels got mixed: a reshape to three rows does not give the three channels.": (
                lambda image, glass: (image.reshape(3, -1) * np.asarray(glass)[:, None]).reshape(
                    image.shape
                )
            ),
            "Your color lies along the rows or columns of the picture; the channels are the last axis, "
            "and there a color fits as it is.": (
                lambda image, glass: image * np.asarray(glass)[:, None],
                lambda image, glass: image * np.asarray(glass)[:, None, None],
                wrong.rows_for_channels,
                wrong.along_the_first_of_three,
            ),
            "You return the picture as it was.": lambda image, glass: image.copy(),
            "You add the channels up, as @ and sum do; * multiplies them one by one, and the result is "
            "a picture with three channels.": (
                lambda image, glass: (image * np.asarray(glass)).sum(axis=-1),
                lambda image, glass: (image * np.asarray(glass)).mean(axis=-1),
            ),
        },
        "that of the picture",
        axes=("row", "column", "channel"),
        mistakes=wrong.tint_mistakes,
    ),
    "to_gray": Exercise(
        color.to_gray,
        ("image",),
        "Gray is a weighted sum",
        lambda: (
            cases(color.to_gray, [((np.array([[[1.0, 0.0, 0.0]]]),), {"one pixel"})])
            + picture_cases(color.to_gray)
            + cases(color.to_gray, [((dark_and_bright(3, 2),), set())])
        ),
        "pure red, wide, tall and square pictures, one row, one column, float32",
        {
            "You weigh the channels equally; the eye does not: use the weights.": (
                lambda image: image.mean(axis=-1),
                lambda image: image.mean(axis=-1, keepdims=True),
                lambda image: 255 * image.mean(axis=-1),
            ),
            "You add the channels without their weights.": lambda image: image.sum(axis=-1),
            "You weigh the channels, and then take a mean: the weights add up to 1 already, so add.": (
                lambda image: (image * color.GRAY_WEIGHTS).mean(axis=-1)
            ),
            "The weights come in the wrong order, or the channels are read as blue, green, red: red "
            "comes first, with 0.299; blue last, with 0.114.": (
                lambda image: image @ color.GRAY_WEIGHTS[::-1]
            ),
            "The weights come in the wrong order: red 0.299, green 0.587, blue 0.114.": (
                *(
                    lambda image, p=p: image @ color.GRAY_WEIGHTS[list(p)]
                    for p in wrong.OTHER_ORDERS
                ),
            ),
            "These are the weights of another standard (0.2126, 0.7152, 0.0722); take the ones of the "
            "page.": (
                lambda image: image @ np.array([0.2126, 0.7152, 0.0722]),
                lambda image: image @ np.array([0.21, 0.72, 0.07]),
                lambda image: image @ np.array([0.213, 0.715, 0.072]),
            ),
            "You add up along the rows of the picture; the channels are the last axis.": (
                lambda image: (image * color.GRAY_WEIGHTS).sum(axis=0)
            ),
            "You add up along the columns of the picture; the channels are the last axis.": (
                lambda image: (image * color.GRAY_WEIGHTS).sum(axis=1)
            ),
            "You add everything up to one number; add along the channels only.": (
                lambda image: (image * color.GRAY_WEIGHTS).sum()
            ),
            "You weigh the channels, but do not add them up.": (
                lambda image: image * color.GRAY_WEIGHTS
            ),
            "You take the largest channel; gray is a weighted sum of all three.": (
                lambda image: image.max(axis=-1)
            ),
            "You take the middle of the largest and the smallest channel; gray is a weighted sum of "
            "all three.": lambda image: (image.max(axis=-1) + image.min(axis=-1)) / 2,
            "You take one channel; gray is a weighted sum of all three.": tuple(
                lambda image, j=j: image[..., j] for j in range(3)
            ),
            "You bend the values with a power (a square, a root, a gamma), before the sum or after it; "
            "gray is a weighted sum of the values as they are.": (
                *(
                    lambda image, p=p: color.to_gray(image**p) ** (1 / p)
                    for p in (2, 2.2, 2.4, 0.5, 1 / 2.2)
                ),
                lambda image: np.sqrt(((image * color.GRAY_WEIGHTS) ** 2).sum(axis=-1)),
                lambda image: image**2 @ color.GRAY_WEIGHTS,
                lambda image: np.sqrt(color.to_gray(image)),
                lambda image: np.linalg.norm(image, axis=-1),
                lambda image: np.linalg.norm(image, axis=-1) / np.sqrt(3),
            ),
            "The picture's rows are taken for its channels; the channels are the last axis.": (
                lambda image: 0.299 * image[0] + 0.587 * image[1] + 0.114 * image[2],
                lambda image: 0.299 * image[:, 0] + 0.587 * image[:, 1] + 0.114 * image[:, 2],
            ),
            "The channels got mixed: a reshape to three rows does not give the three channels.": (
                lambda image: (
                    (image.reshape(3, -1) * color.GRAY_WEIGHTS[:, None])
                    .sum(axis=0)
                    .reshape(image.shape[:2])
                ),
                lambda image: (
                    image.reshape(3, *image.shape[:2]) * color.GRAY_WEIGHTS[:, None, None]
                ).sum(axis=0),
            ),
            "You give each pixel its gray three times; it should be one number for each pixel.": (
                lambda image: np.repeat(color.to_gray(image)[..., None], 3, axis=-1)
            ),
        },
        "one number for each pixel",
        axes=("row", "column"),
        sign=wrong.weights_used,
    ),
    "all_differences": Exercise(
        color.all_differences,
        ("X", "C"),
        "Every pixel, every color",
        lambda: set_cases(color.all_differences),
        "1, 2, 3 and 5 channels, more colors than pixels, one color, whole numbers, float32",
        {
            "Pixels and colors are swapped, and the sign with them.": (
                lambda X, C: C[:, None] - X[None]
            ),
            "You multiply; it should be the difference.": lambda X, C: X[:, None] * C[None],
            "You subtract the mean of all colors; each pixel has to meet every color.": (
                lambda X, C: X[:, None] - C.mean(axis=0),
                lambda X, C: X - C.mean(axis=0),
            ),
            "You add up the channels; keep them: the result has three axes.": (
                lambda X, C: (X[:, None] - C[None]).sum(axis=-1),
                lambda X, C: (X[:, None] - C[None]).mean(axis=-1),
                lambda X, C: abs(X[:, None] - C[None]).sum(axis=-1),
                lambda X, C: (X[:, None] - C[None]).sum(axis=-1, keepdims=True),
            ),
            "These are distances already; it should be the differences of the channels.": (
                color.pairwise_distances,
                sq,
            ),
            "You compare each pixel with the first color only.": (
                lambda X, C: np.repeat(X[:, None] - C[:1][None], len(C), axis=1)
            ),
            "You take the first pixel for all of them.": (
                lambda X, C: np.repeat(X[:1][:, None] - C[None], len(X), axis=0)
            ),
            wrong.PAIRED_OFF: (
                lambda X, C: np.array([[x - c] for x, c in zip(X, C, strict=False)]),
                lambda X, C: np.array([x - c for x, c in zip(X, C, strict=False)]),
            ),
            wrong.RESCALED: wrong.rescaled(lambda X, C, *_: X[:, None] - C),
            "You compare the pixels with each other; compare them with the colors.": (
                lambda X, C: X[:, None] - X[None]
            ),
            "You compute with bytes (uint8), which have no numbers below 0: stay with decimals.": tuple(
                lambda X, C, f=f: (
                    ((X * 255).astype(np.uint8)[:, None] - (C * 255).astype(np.uint8)) / f
                )
                for f in (1, 255)
            ),
            "You compare the colors with each other; compare the pixels with them.": (
                lambda X, C: C[:, None] - C[None]
            ),
        },
        "pixels, colors, channels",
        axes=("pixel", "color", "channel"),
        mistakes=wrong.difference_mistakes,
    ),
    "pairwise_distances": Exercise(
        color.pairwise_distances,
        ("X", "C"),
        "Squares never cancel",
        lambda: set_cases(color.pairwise_distances),
        "1, 2, 3 and 5 channels, more colors than pixels, one color, whole numbers, float32",
        {
            "Your differences are not squared: a negative sum has no square root (nan), and others "
            "cancel. Square each difference before you add (** 2).": (
                lambda X, C: np.sqrt((X[:, None] - C[None]).sum(axis=-1)),
                lambda X, C: np.sqrt((C[None] - X[:, None]).sum(axis=-1)),
            ),
            "Your differences cancel: what red loses, green gains. Square each one before you add; "
            "you square, or take the absolute value of, the sum.": (
                lambda X, C: abs((X[:, None] - C[None]).sum(axis=-1))
            ),
            "You add absolute values (the city-block distance), or take the root of each square, which "
            "is the same: first add the squares, then take the root of the sum.": l1,
            "You take the root too early: first add the squares, then take the root of the sum.": (
                lambda X, C: np.sqrt(l1(X, C))
            ),
            "You compare brightness, one number for each color; compare all channels.": brightness,
            "You compare the first channel only; compare all channels.": (
                lambda X, C: abs(X[:, :1] - C[:, 0][None]),
                lambda X, C: (X[:, :1] - C[:, 0][None]) ** 2,
                lambda X, C: X[:, :1] - C[:, 0][None],
            ),
            "You compare the last channel only: is the sum over the channels begun anew for each?": (
                lambda X, C: abs(X[:, -1:] - C[:, -1][None]),
                lambda X, C: (X[:, -1:] - C[:, -1][None]) ** 2,
            ),
            "You square the values before you subtract: first the difference, then ** 2.": (
                lambda X, C: np.sqrt(abs((X[:, None] ** 2 - C[None] ** 2).sum(axis=-1))),
                lambda X, C: np.sqrt((X[:, None] ** 2 - C[None] ** 2).sum(axis=-1)),
                lambda X, C: (X[:, None] ** 2 - C[None] ** 2).sum(axis=-1),
                lambda X, C: np.sqrt(abs((X[:, None] - C[None] ** 2).sum(axis=-1))),
                lambda X, C: np.sqrt((X[:, None] - C[None] ** 2).sum(axis=-1)),
                lambda X, C: (X[:, None] - C[None] ** 2).sum(axis=-1),
                lambda X, C: np.sqrt((X[:, None] ** 2).sum(axis=-1) - (C**2).sum(axis=-1)),
            ),
            "You multiply pixels and colors (a product, as X @ C.T); distances begin with differences.": (
                lambda X, C: X @ C.T,
                lambda X, C: np.sqrt(abs(X @ C.T)),
                lambda X, C: np.sqrt(((X[:, None] * C[None]) ** 2).sum(axis=-1)),
            ),
            "In the long formula a term is missing, and the root of a number below 0 is nan: the "
            "squares of X and of C both belong in it.": (
                lambda X, C: np.sqrt((C**2).sum(axis=1) - 2 * X @ C.T),
                lambda X, C: np.sqrt((X**2).sum(axis=1)[:, None] - 2 * X @ C.T),
                lambda X, C: np.sqrt(np.maximum((C**2).sum(axis=1) - 2 * X @ C.T, 0)),
            ),
            "You subtract lengths; the distance is the length of the difference.": (
                lambda X, C: np.linalg.norm(X, axis=1)[:, None] - np.linalg.norm(C, axis=1),
                lambda X, C: abs(np.linalg.norm(X, axis=1)[:, None] - np.linalg.norm(C, axis=1)),
            ),
            "You take the angle between the colors (the cosine), which knows no dark and light; the "
            "distance is the length of the difference.": tuple(
                lambda X, C, e=e, f=f: f(wrong.cosine(X, C, e))
                for e in (0, 1e-12, 1e-8)
                for f in (lambda c: 1 - c, lambda c: c, np.arccos)
            ),
            "The power is 2, and so is the root; you take a higher one.": tuple(
                lambda X, C, p=p: (abs(X[:, None] - C) ** p).sum(axis=-1) ** (1 / p) for p in (3, 4)
            ),
            "You measure to the mean of all colors; each pixel has to meet every color.": (
                lambda X, C: np.sqrt(np.repeat(sq(X, C.mean(axis=0)[None]), len(C), axis=1))
            ),
            "You take the root inside the loop over the channels, again and again: take it once, when "
            "all squares are added.": wrong.root_in_the_loop,
            "In the long formula the product is missing: x x - 2 x c + c c.": (
                lambda X, C: np.sqrt((X**2).sum(axis=1)[:, None] + (C**2).sum(axis=1))
            ),
            "Your running total goes on from one pair to the next: set it to 0 for each pair.": (
                lambda X, C: np.sqrt(sq(X, C).ravel().cumsum().reshape(len(X), len(C))),
                lambda X, C: sq(X, C).ravel().cumsum().reshape(len(X), len(C)),
                lambda X, C: np.sqrt(sq(X, C).cumsum(axis=1)),
                lambda X, C: np.sqrt(sq(X, C).cumsum(axis=0)),
            ),
            wrong.PAIRED_OFF: (
                lambda X, C: wrong.of_pairs(X, C),
                lambda X, C: wrong.of_pairs(X, C) ** 2,
                lambda X, C: wrong.of_pairs(X, C)[:, None],
            ),
            "Rows and columns of your table are swapped: pixels go along the first axis, colors along "
            "the second.": wrong.written_by_color,
            "You compare each pixel with the first color only.": (
                lambda X, C: np.sqrt(np.repeat(sq(X, C[:1]), len(C), axis=1)),
                lambda X, C: np.repeat(sq(X, C[:1]), len(C), axis=1),
            ),
            "You take the first pixel for all of them.": (
                lambda X, C: np.sqrt(np.repeat(sq(X[:1], C), len(X), axis=0))
            ),
            "You compare the pixels with each other; compare them with the colors.": (
                lambda X, C: np.sqrt(sq(X, X))
            ),
            "You compare the colors with each other; compare the pixels with them.": (
                lambda X, C: np.sqrt(sq(C, C))
            ),
            wrong.RESCALED: wrong.rescaled(lambda X, C, *_: np.sqrt(sq(X, C))),
            "You do not add the channels up: the result has an axis too many.": (
                lambda X, C: X[:, None] - C[None],
                lambda X, C: abs(X[:, None] - C[None]),
                lambda X, C: (X[:, None] - C[None]) ** 2,
            ),
        },
        "pixels, colors",
        axes=("pixel", "color"),
        mistakes=wrong.distance_mistakes,
        sign=wrong.what_the_root_is_of,
    ),
    "nearest_color": Exercise(
        color.nearest_color,
        ("x", "C"),
        "The nearest of many",
        lambda: cases(
            color.nearest_color,
            [
                *(((x, C), tags) for (X, C), tags in nearest_calls() for x in X),
                ((np.array([0.5, 0.5]), np.array([[0.5, 0.60003], [0.5, 0.6]])), {"nearly a tie"}),
                ((np.array([2.0, 1.5]), np.arange(300.0)[::-1, None] * [1, 1]), set()),
                ((np.array([0.5, 0.5]), np.array([[0.5, 0.508], [0.5, 0.505]])), {"nearly a tie"}),
                ((np.array([1.9, 0.2]), np.array([[1, 0], [2, 0]])), {"whole C"}),
                ((np.array([1, 0]), np.array([[1.6, 0.9], [0.6, 0.2]])), {"whole X"}),
            ],
            whole=True,
        ),
        "ties, 1, 2, 3 and 5 channels, one color, whole numbers, float32",
        {
            "This is the farthest color, not the nearest.": (
                lambda x, C: int(sq(x[None], C).argmax()),
                lambda x, C: int(sq(x[None], C)[0].argsort()[-1]),
                lambda x, C: len(C) - 1 - int(sq(x[None], C)[0][::-1].argmax()),
            ),
            "You return the places of all equally near colors (as np.where does); it should be one "
            "number, the lowest.": lambda x, C: np.flatnonzero(
                sq(x[None], C)[0] == sq(x[None], C).min()
            ),
            "You compare how long the two are (how far from black); measure from the pixel to the color: "
            "first the difference, then its length.": lambda x, C: int(
                abs(np.linalg.norm(C, axis=1) - np.linalg.norm(x)).argmin()
            ),
            "You take the smallest angle (the cosine), which knows no dark and light; compare "
            "distances.": lambda x, C: int(wrong.cosine(x[None], C, 1e-12).argmax()),
            "You look for the same color, or nearly the same, and take the first of all if there is none: "
            "keep the smallest distance, however large.": tuple(
                lambda x, C, t=t: int(abs(C - x).max(axis=1).__le__(t).argmax())
                for t in (0, 1e-6, 0.001, 0.01, 0.05, 0.1)
            ),
            "You compute in bytes (uint8), which begin anew at 256: stay with decimals.": lambda x, C: (
                int(((np.rint(C * 255) - np.rint(x * 255)) ** 2).sum(axis=1).__mod__(256).argmin())
            ),
            wrong.RESCALED: wrong.rescaled(lambda X, C, *_: int(sq(X, C).argmin()), axes=(0,)),
            "You return the color; it should be its number.": (
                lambda x, C: C[sq(x[None], C).argmin()].copy(),
                lambda x, C: C[sq(x[None], C).argmin()][0],
            ),
            "Differences cancel in your sum: square them, or the most negative sum wins.": (
                lambda x, C: int((C - x).sum(axis=1).argmin())
            ),
            "Differences cancel in your sum (or you compare brightness, which is the same): square each "
            "one before you add.": (
                lambda x, C: int(abs((C - x).sum(axis=1)).argmin()),
                lambda x, C: int(brightness(x[None], C).argmin()),
            ),
            "You return all squared distances; choose the smallest, and return its place (argmin).": (
                lambda x, C: sq(x[None], C)[0]
            ),
            "You look for the smallest single difference: add up the channels of each color first.": (
                lambda x, C: int(((C - x) ** 2).argmin())
            ),
            "You always return the first color: is it one number of which you take the argmin (a sum "
            "without axis), or is nothing ever smaller?": lambda x, C: 0,
            "You always return the last color: is there a question (if) before you keep it, and do you "
            "keep the smallest distance as well?": (lambda x, C: len(C) - 1),
            "You sort the colors by distance and return the whole order; it should be the first.": (
                lambda x, C: sq(x[None], C)[0].argsort()
            ),
            "You compare with the distance of the first color only: keep the smallest so far.": (
                lambda x, C: wrong.last_nearer_than_first(x, C),
                lambda x, C: wrong.first_nearer_than_first(x, C),
            ),
            "You stop where the distance grows for the first time; a nearer color may come later: go "
            "through all of them.": wrong.before_it_grows,
            "You compare each color with the one before: keep the smallest so far.": (
                lambda x, C: wrong.last_nearer_than_the_one_before(x, C)
            ),
            "The smallest distance that you start with, such as 1, is too small for some colors. Start "
            "with infinity (np.inf).": tuple(
                lambda x, C, p=p, n=n: wrong.below(x, C, p, n)
                for p in (1, 2)
                for n in (1, 2, 3, 0.5)
            ),
            "You multiply pixel and color (a product, as C @ x), which favors bright colors; compare "
            "distances.": (
                lambda x, C: int((C @ x).argmax()),
                lambda x, C: int((C @ x).argmin()),
            ),
            "You find the darkest color: the pixel cancels out where you square before you subtract, or "
            "is made tiny, as / 255 does. First the difference, then ** 2.": (
                lambda x, C: int((C**2 - x**2).sum(axis=1).argmin())
            ),
            "You square the values before you subtract: first the difference, then ** 2.": (
                lambda x, C: int(abs((C**2 - x**2).sum(axis=1)).argmin()),
                lambda x, C: int((x - C**2).sum(axis=1).argmin()),
            ),
            "argmin needs one number for each color: add up the channels first, with axis=1.": (
                lambda x, C: ((C - x) ** 2).argmin(axis=0),
                lambda x, C: ((C - x) ** 2).argmin(axis=1),
                lambda x, C: abs(C - x).argmin(axis=0),
                lambda x, C: abs(C - x).argmin(axis=1),
            ),
        },
        "the number of a color",
        whole=True,
        mistakes=wrong.nearest_mistakes,
    ),
    "quantize": Exercise(
        codebook.quantize,
        ("image", "codebook"),
        "One picture, one palette",
        lambda: cases(
            codebook.quantize,
            [
                ((image, colors), picture_tags(image) | tags)
                for image, colors, tags in (
                    (picture(1, 2), codebook.CUBE_CORNERS[[0, 7]], set()),
                    (np.array([[[0.5, 0.5, 0.5]]]), codebook.CUBE_CORNERS[[7, 0]], {"tie"}),
                    (picture(2, 3), codebook.TERMINAL, {"K = 16"}),
                    (picture(2, 2), codebook.TERMINAL, {"K = 16"}),
                    (picture(3, 2), codebook.HANDHELD, set()),
                    (picture(3, 3), np.random.default_rng(1).random((3, 3)).round(2), {"K = 3"}),
                    (picture(2, 4), np.array([[0.2, 0.5, 0.8]]), {"one color"}),
                    (picture(5, 4), codebook.WEB_SAFE, set()),
                    (picture(2, 5), np.random.default_rng(5).random((7, 3)).round(3), set()),
                    (picture(2, 3).astype(np.float32), codebook.TERMINAL, {"K = 16"}),
                    (
                        picture(1, 3) * 0 + 0.5,
                        np.array([[0.6003] * 3, [0.4] * 3]),
                        {"nearly a tie"},
                    ),
                    (picture(6, 5).round(), codebook.CUBE_CORNERS[::-1], set()),
                    (picture(2, 6), codebook.CUBE_CORNERS.astype(int), {"whole C"}),
                    (dark_and_bright(4, 2), codebook.HANDHELD, set()),
                    (
                        picture(3, 5) * [1, 0.2, 0.6],
                        np.random.default_rng(2).random((6, 3)).round(3) * [1, 0.2, 0.6],
                        set(),
                    ),
                    (picture(1, 2) / 16, np.linspace(1, 0, 300)[:, None] * [1, 1, 1], set()),
                )
            ],
        ),
        "wide, tall and square pictures, ties, palettes of 1 to 216 colors",
        {
            "You return the numbers of the colors; look each number up in the codebook.": (
                lambda image, colors: wrong.idx_of(image, colors).reshape(image.shape[:2])
            ),
            "You return the numbers of the colors, as a list; look each number up in the codebook, "
            "and fold the list back to a picture.": wrong.idx_of,
            "You return the picture as it was.": lambda image, colors: image.copy(),
            "idx has one number for each pixel, not three: look each number up in the codebook (codebook "
            "first, then [idx]) before you fold the list to the shape of the picture.": (
                lambda image, colors: images.to_image(
                    wrong.idx_of(image, colors), *image.shape[:2]
                ),
                lambda image, colors: colors[wrong.idx_of(image, colors).reshape(image.shape)],
            ),
            "You look the numbers up in the pixels; look them up in the codebook.": (
                lambda image, colors: images.to_image(
                    images.to_pixels(image)[wrong.idx_of(image, colors)], *image.shape[:2]
                ),
                lambda image, colors: images.to_pixels(image)[wrong.idx_of(image, colors)].reshape(
                    image.shape
                ),
            ),
            "The channels got mixed when you folded the list back: they are the last axis.": (
                lambda image, colors: (
                    colors[wrong.idx_of(image, colors)]
                    .reshape(3, *image.shape[:2])
                    .transpose(1, 2, 0)
                )
            ),
            "You return the codebook itself; look the number of each pixel up in it.": (
                lambda image, colors: colors.copy()
            ),
            "You take one nearest color for the whole picture; argmin needs an axis, to choose for "
            "each pixel.": (
                lambda image, colors: colors[wrong.distances(image, colors).argmin()],
                lambda image, colors: np.full(
                    image.shape, colors[wrong.distances(image, colors).argmin() % len(colors)]
                ),
            ),
            "Pixels and colors are swapped, or argmin looks along the wrong axis: choose among the colors "
            "(axis=1), for each pixel.": (
                lambda image, colors: colors[wrong.distances(image, colors).argmin(axis=0)].reshape(
                    image.shape
                ),
                lambda image, colors: colors[wrong.distances(image, colors).argmin(axis=0)],
                lambda image, colors: images.to_image(
                    colors[wrong.distances(image, colors).argmin(axis=0)], *image.shape[:2]
                ),
                lambda image, colors: images.to_pixels(image)[
                    wrong.distances(image, colors).argmin(axis=0)
                ],
            ),
            "find_closest_centroids takes a list of pixels, not a picture: to_pixels comes first.": (
                lambda image, colors: colors[codebook.find_closest_centroids(image, colors)],
            ),
            "You count from 1; the numbers of colors begin with 0.": (
                lambda image, colors: images.to_image(
                    colors[wrong.idx_of(image, colors) + 1], *image.shape[:2]
                ),
                lambda image, colors: colors[
                    (wrong.idx_of(image, colors) + 1) % len(colors)
                ].reshape(image.shape),
            ),
            "Pixels minus colors goes wrong: each pixel has to meet every color, so they need an axis "
            "each.": (
                lambda image, colors: colors[
                    ((images.to_pixels(image) - colors) ** 2).sum(axis=1).argmin()
                ].reshape(image.shape),
                lambda image, colors: colors[((image - colors) ** 2).sum(axis=-1).argmin(axis=-1)],
            ),
            "The channels got mixed when you made the list of pixels: reshape to (-1, 3).": (
                lambda image, colors: colors[
                    codebook.find_closest_centroids(image.reshape(3, -1).T, colors)
                ].reshape(image.shape),
                lambda image, colors: colors[
                    codebook.find_closest_centroids(image.T.reshape(-1, 3), colors)
                ].reshape(image.shape),
            ),
            "You take the nearest value in each channel; a color is chosen as a whole.": (
                lambda image, colors: np.stack(
                    [
                        colors[abs(image[..., j, None] - colors[:, j]).argmin(axis=-1), j]
                        for j in range(3)
                    ],
                    axis=-1,
                )
            ),
            "You compare brightness only; compare all channels.": (
                lambda image, colors: colors[
                    brightness(images.to_pixels(image), colors).argmin(axis=1)
                ].reshape(image.shape),
                lambda image, colors: colors[
                    abs(color.to_gray(image)[..., None] - colors @ color.GRAY_WEIGHTS).argmin(
                        axis=-1
                    )
                ],
            ),
            "You measure from what you have painted already: compare with the pixels as they were, and "
            "paint into another array.": wrong.measured_from_the_painted,
            "You paint each group with the mean of its pixels; paint it with its color of the "
            "codebook.": wrong.painted_with_means,
            "argmin without an axis, or before the channels are added up, is not the number of a color: "
            "add up the channels first (axis=1).": (
                lambda image, colors: np.array(
                    [colors[((colors - x) ** 2).argmin()] for x in image.reshape(-1, 3)]
                ).reshape(image.shape)
            ),
            "You round to so many levels in each channel; a color is chosen from the codebook, as a "
            "whole.": tuple(
                lambda image, colors, d=d: np.round(image * (len(colors) - d)) / (len(colors) - d)
                for d in (0, 1)
            ),
            wrong.RESCALED: wrong.rescaled(
                lambda X, C, image, colors: colors[sq(X, C).argmin(axis=1)].reshape(image.shape),
                axes=(0,),
            ),
            "Every pixel takes the same color; each chooses for itself.": (
                lambda image, colors: np.broadcast_to(colors[0], image.shape).copy()
            ),
            "Every pixel takes the color that is nearest to the mean of the picture; each chooses "
            "for itself.": lambda image, colors: np.broadcast_to(
                colors[color.nearest_color(image.reshape(-1, 3).mean(axis=0), colors)],
                image.shape,
            ).copy(),
            "Differences cancel in your sum: square each one before you add, not the sum.": (
                lambda image, colors: colors[
                    abs((images.to_pixels(image)[:, None] - colors[None]).sum(axis=-1)).argmin(
                        axis=1
                    )
                ].reshape(image.shape)
            ),
        },
        "that of the picture",
        axes=("row", "column", "channel"),
        mistakes=wrong.quantize_mistakes,
        sign=wrong.in_the_painted,
    ),
    "mse": Exercise(
        compression.mse,
        ("a", "b"),
        "How wrong is it? One number",
        lambda: pair_cases(compression.mse),
        "one pixel, wide, tall and square pictures, equal ones, black against white, float32",
        {
            "You average the differences themselves, and they cancel. Square them first.": (
                lambda a, b: (a - b).mean(),
                lambda a, b: (b - a).mean(),
                lambda a, b: (a - b).sum(),
                lambda a, b: (a - b).mean(axis=0),
                lambda a, b: (a - b).mean(axis=-1),
            ),
            "You return the differences: square them, and take the mean.": lambda a, b: a - b,
            "You square the mean; take the mean of the squares.": (
                lambda a, b: (a - b).mean() ** 2,
                *(
                    lambda a, b, axis=axis: ((a - b).mean(axis=axis) ** 2).mean()
                    for axis in (0, 1, (0, 1))
                ),
            ),
            "You take the absolute value of the mean; take the mean of the squares.": (
                lambda a, b: abs((a - b).mean())
            ),
            "You compare brightness, one number for each pixel; compare all channels.": (
                lambda a, b: ((a.mean(axis=-1) - b.mean(axis=-1)) ** 2).mean()
            ),
            "You average along the rows only; mean() without an axis averages everything.": (
                lambda a, b: ((a - b) ** 2).mean(axis=0)
            ),
            "You subtract the squares; square the differences.": (
                lambda a, b: (a**2 - b**2).mean(),
                lambda a, b: abs(a**2 - b**2).mean(),
                lambda a, b: abs((a**2 - b**2).mean()),
            ),
            "Only b is squared: ** comes before -, so put parentheses around the difference, and "
            "square that.": (
                lambda a, b: (a - b**2).mean(),
                lambda a, b: abs(a - b**2).mean(),
            ),
            "* 2 doubles; the square is ** 2.": (
                lambda a, b: ((a - b) * 2).mean(),
                lambda a, b: abs((a - b) * 2).mean(),
            ),
            "You count where the pictures differ; look at how much they differ: square the "
            "differences.": lambda a, b: (a != b).mean(),
            "You take a root: the length of all differences, or of each pixel's; the MSE has no root.": (
                lambda a, b: np.linalg.norm(a - b) / a.size,
                lambda a, b: np.linalg.norm(a - b),
                lambda a, b: np.linalg.norm(a - b, axis=-1).mean(),
                lambda a, b: np.sqrt(((a - b) ** 2).sum()) / len(a),
            ),
            "You multiply the pictures; subtract them.": (
                lambda a, b: (a * b).mean(),
                lambda a, b: ((a - a.mean()) * (b - b.mean())).mean(),
            ),
            "You square one picture only; square the difference of the two.": (
                lambda a, b: (a**2).mean(),
                lambda a, b: (b**2).mean(),
            ),
            "You divide by one too few (N - 1, as in statistics); divide by all of them.": (
                lambda a, b: ((a - b) ** 2).sum() / (a.size - 1)
            ),
            "You take the variance, which forgets a shift of all values; take the mean square.": (
                lambda a, b: (a - b).var(),
                lambda a, b: (a - b).std(),
            ),
            **wrong.errors_that_leave_out(),
            "You divide by the largest value of a picture, or by its size (its own squares); the MSE is "
            "the mean itself.": tuple(
                lambda a, b, of=of: ((a - b) ** 2).mean() / of(a, b)
                for of in (
                    lambda a, b: a.max() ** 2,
                    lambda a, b: a.max(),
                    lambda a, b: b.max() ** 2,
                    lambda a, b: max(a.max(), b.max()) ** 2,
                    lambda a, b: np.ptp(a) ** 2,
                    lambda a, b: (a**2).mean(),
                )
            ),
        },
        "one number for two pictures",
        mistakes=wrong.mse_mistakes,
    ),
    "compression_ratio": Exercise(
        compression.compression_ratio,
        ("height", "width", "K"),
        "What it saves, on paper",
        lambda: cases(
            compression.compression_ratio,
            [
                ((2, 3, 2), set()),
                ((4, 4, 1), {"one color", "square"}),
                ((10, 20, 5), set()),
                ((6, 7, 3), {"K = 3"}),
                ((512, 768, 16), {"K = 16"}),
                ((5, 7, 16), {"K = 16"}),
                ((100, 50, 216), set()),
                ((50, 50, 9), {"square"}),
                ((1, 8, 256), set()),
                ((300, 200, 257), set()),
                ((3, 4, 64), set()),
                ((30, 40, 1), {"one color"}),
            ],
        ),
        "K = 1, 2, 3, 5, 9, 16, 216, 256 and 257, small and large pictures",
        {
            "You compute for K = 16 whatever K is: use the parameter.": (
                lambda h, w, K: compression.compression_ratio(h, w, 16)
            ),
            "You take fewer colors where there are fewer pixels than K; all K are sent in the palette.": (
                lambda h, w, K: compression.compression_ratio(h, w, min(K, h * w))
            ),
            "The palette is missing, and log2 K is not rounded up.": (
                lambda h, w, K: 24 * h * w / (h * w * np.log2(K))
            ),
            "A fraction needs parentheses around what is below the line: / and * go from left to right.": (
                lambda h, w, K: 24 * h * w / h * w * np.ceil(np.log2(K)) + 24 * K,
                lambda h, w, K: 24 * h * w / h * w * np.ceil(np.log2(K)),
                lambda h, w, K: 24 * h * w / h * w * np.log2(K) + 24 * K,
                lambda h, w, K: 24 * h * w / (h * w) * np.ceil(np.log2(K)) + 24 * K,
            ),
            "log2 K is not rounded up for each pixel: math.ceil belongs around the logarithm, not "
            "around K or the sum.": (
                lambda h, w, K: 24 * h * w / (math.ceil(h * w * math.log2(K)) + 24 * K)
            ),
        },
        "one number",
        mistakes=wrong.ratio_mistakes,
        explain=wrong.explain_ratio,
    ),
}
