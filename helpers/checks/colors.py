"""The functions that lessons 00 to 04 ask for: from `negative` to `compression_ratio`."""

import math

import numpy as np

from helpers import codebook, color, compression, images
from helpers.checks.cases import (
    Exercise,
    brightness,
    cases,
    l1,
    nearest_calls,
    pair_cases,
    picture,
    picture_cases,
    picture_tags,
    set_cases,
    sq,
)

# --- Wrong functions with a name -----------------------------------------------------------


def _idx_of(image, colors):
    return codebook.find_closest_centroids(images.to_pixels(image), colors)


def _log_ratio(bits):
    """A wrong compression ratio from wrong bits per pixel."""
    return lambda h, w, K: 24 * h * w / (h * w * bits(K) + 24 * K)


# --- The exercises, in the order of the lessons --------------------------------------------

EXERCISES = {
    "negative": Exercise(
        color.negative,
        ("image",),
        "Your turn: negative",
        lambda: (
            cases(color.negative, [((np.array([[[0.0, 0.25, 1.0]]]),), {"one pixel"})])
            + picture_cases(color.negative)
        ),
        "one pixel, wide, tall and square pictures, float32",
        {
            "You return the picture as it was.": lambda image: image.copy(),
            "-v is below 0, and a channel lives between 0 and 1: how far is v from 1?": (
                lambda image: -image
            ),
            "255 is white in a file, but here white is 1.": lambda image: 255 - image,
            "You subtract 1 from the value; subtract the value from 1.": lambda image: image - 1,
            "You divide; the opposite of v is a difference.": lambda image: 1 / (image + 1e-300),
            "You turn the picture around; turn its values.": lambda image: image[::-1].copy(),
            "You swap the channels; change their values.": lambda image: image[..., ::-1].copy(),
            "You subtract from the largest value that occurs; white is 1 in every picture.": (
                lambda image: image.max() - image
            ),
        },
        "that of the picture",
        axes=("row", "column", "channel"),
    ),
    "to_pixels": Exercise(
        images.to_pixels,
        ("image",),
        "A picture becomes a list",
        lambda: (
            picture_cases(images.to_pixels)
            + cases(images.to_pixels, [((np.arange(24).reshape(2, 4, 3),), {"whole numbers"})])
        ),
        "wide, tall and square pictures, one row, one column, one pixel",
        {
            "The numbers are all there, but the channels got mixed: keep the last axis last.": (
                lambda image: image.reshape(3, -1).T
            ),
            "The pixels come column by column; wanted is row by row, as NumPy stores them.": (
                lambda image: image.transpose(1, 0, 2).reshape(-1, 3)
            ),
            "Red and blue are swapped; leave the channels in their order.": (
                lambda image: image.reshape(-1, 3)[:, ::-1]
            ),
            "You sort the pixels or drop those that occur twice; keep every pixel in its order.": (
                lambda image: np.unique(image.reshape(-1, 3), axis=0)
            ),
            "The pixels come backward; wanted is row by row from the top.": (
                lambda image: image.reshape(-1, 3)[::-1]
            ),
            "You have one row for each channel; wanted is one row for each pixel.": (
                lambda image: image.reshape(-1, 3).T
            ),
            "You have one row for each channel, and mixed channels at that; wanted is one row for "
            "each pixel.": lambda image: image.reshape(3, -1),
            "Everything is in one long row; each pixel needs its own row of 3.": (
                lambda image: image.ravel()
            ),
            "You return the picture as it was; forget the grid, and make a list of pixels.": (
                lambda image: image
            ),
            "You keep one channel only; each pixel has three.": (
                lambda image: image[:, :, 0].reshape(-1, 1)
            ),
            "You average the channels; each pixel keeps its three numbers.": (
                lambda image: image.mean(axis=2).ravel()
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
                    *(picture(*size) for size in ((2, 3), (3, 2), (1, 4), (3, 3), (4, 1))),
                    picture(2, 3).astype(np.float32),
                ]
            ],
        ),
        "wide, tall and square pictures, one row, one column",
        {
            "Height and width are swapped: rows come first.": (
                lambda X, height, width: X.reshape(width, height, 3)
            ),
            "The picture is filled column by column; the pixels come row by row.": (
                lambda X, height, width: X.reshape(width, height, 3).transpose(1, 0, 2)
            ),
            "The channels got mixed: they are the last axis, and stay it.": (
                lambda X, height, width: X.reshape(3, height, width).transpose(1, 2, 0)
            ),
            "The channels come first; they are the last axis, and stay it.": (
                lambda X, height, width: X.reshape(3, height, width)
            ),
            "The channels come first; they are the last axis of a picture.": (
                lambda X, height, width: X.T.reshape(3, height, width)
            ),
            "You return the list as it was; give it the shape of a picture.": (
                lambda X, height, width: X
            ),
            "The picture stands on its head: the first row of pixels is the top one.": (
                lambda X, height, width: X.reshape(height, width, 3)[::-1]
            ),
            "Red and blue are swapped; leave the channels in their order.": (
                lambda X, height, width: X.reshape(height, width, 3)[:, :, ::-1]
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
            + cases(color.tint, [((picture(2, 3), [0.9, 0.1, 0.5]), set())])
        ),
        "wide, tall and square pictures, three colors of glass, the glass as an array and a list",
        {
            "You add the color; glass multiplies: it can only take light away.": (
                lambda image, glass: image + np.asarray(glass)
            ),
            "You add the color and cut at 1; glass multiplies: it can only take light away.": (
                lambda image, glass: np.clip(image + np.asarray(glass), 0, 1)
            ),
            "Your picture becomes one flat color: multiply, don't replace.": (
                lambda image, glass: np.broadcast_to(np.asarray(glass), image.shape).copy()
            ),
            "You mix picture and color half and half; glass multiplies.": (
                lambda image, glass: (image + np.asarray(glass)) / 2
            ),
            "You multiply all channels with one number; each channel has its own.": (
                lambda image, glass: image * np.mean(glass)
            ),
            "You use only the first number of the color; each channel has its own.": (
                lambda image, glass: image * np.asarray(glass)[0]
            ),
            "The colors are the wrong way around: red and blue are swapped.": (
                lambda image, glass: image * np.asarray(glass)[::-1]
            ),
            "You divide by the color; glass takes light away, so multiply.": (
                lambda image, glass: image / (np.asarray(glass) + 1e-300)
            ),
            "You subtract the color; glass multiplies.": (
                lambda image, glass: image - np.asarray(glass)
            ),
            "You return the picture as it was.": lambda image, glass: image.copy(),
            "You let through what the glass holds back: multiply with the color itself.": (
                lambda image, glass: image * (1 - np.asarray(glass))
            ),
            "You add the channels up; the result is a picture with three channels.": (
                lambda image, glass: (image * np.asarray(glass)).sum(axis=-1)
            ),
            "You divide by 255; both picture and color go from 0 to 1 already.": (
                lambda image, glass: image * np.asarray(glass) / 255
            ),
        },
        "that of the picture",
        axes=("row", "column", "channel"),
    ),
    "to_gray": Exercise(
        color.to_gray,
        ("image",),
        "Gray is a weighted sum",
        lambda: (
            cases(color.to_gray, [((np.array([[[1.0, 0.0, 0.0]]]),), {"one pixel"})])
            + picture_cases(color.to_gray)
        ),
        "pure red, wide, tall and square pictures, one row, one column, float32",
        {
            "You weigh the channels equally; the eye does not: use the weights.": (
                lambda image: image.mean(axis=-1)
            ),
            "You add the channels without their weights.": lambda image: image.sum(axis=-1),
            "You weigh the channels, and then take a mean: the weights add up to 1 already, so add.": (
                lambda image: (image * color.GRAY_WEIGHTS).mean(axis=-1)
            ),
            "The weights come in the wrong order: red 0.299, green 0.587, blue 0.114.": (
                lambda image: (image * color.GRAY_WEIGHTS[::-1]).sum(axis=-1)
            ),
            "These are the weights of another standard (0.2126, 0.7152, 0.0722); take the ones of the "
            "page.": lambda image: image @ np.array([0.2126, 0.7152, 0.0722]),
            "Your weights are rounded (0.3, 0.59, 0.11); take 0.299, 0.587, 0.114.": (
                lambda image: image @ np.array([0.3, 0.59, 0.11])
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
            "You take one channel; gray is a weighted sum of all three.": lambda image: image[
                ..., 1
            ],
            "You keep only the red channel; gray is a weighted sum of all three.": (
                lambda image: image[..., 0]
            ),
            "You give each pixel its gray three times; wanted is one number for each pixel.": (
                lambda image: np.repeat(color.to_gray(image)[..., None], 3, axis=-1)
            ),
            "You multiply with 255; gray goes from 0 to 1, as the picture does.": (
                lambda image: 255 * color.to_gray(image)
            ),
        },
        "one number for each pixel",
        axes=("row", "column"),
    ),
    "all_differences": Exercise(
        color.all_differences,
        ("X", "C"),
        "Every pixel, every color",
        lambda: set_cases(color.all_differences),
        "1, 2, 3 and 5 channels, more colors than pixels, one color, whole numbers, float32",
        {
            "The signs are the wrong way around: pixel minus color.": (
                lambda X, C: C[None] - X[:, None]
            ),
            "Pixels and colors are swapped: pixels go along the first axis.": (
                lambda X, C: X[None] - C[:, None]
            ),
            "Pixels and colors are swapped, and the sign with them.": (
                lambda X, C: C[:, None] - X[None]
            ),
            "The minus signs are gone: a difference keeps its sign.": (
                lambda X, C: abs(X[:, None] - C[None])
            ),
            "You add; wanted is the difference.": lambda X, C: X[:, None] + C[None],
            "These are the squares; wanted are the differences themselves.": (
                lambda X, C: (X[:, None] - C[None]) ** 2
            ),
            "You add up the channels; keep them: the result has three axes.": (
                lambda X, C: (X[:, None] - C[None]).sum(axis=-1)
            ),
            "These are distances already; wanted are the differences of the channels.": (
                color.pairwise_distances
            ),
            "You compare each pixel with the first color only.": (
                lambda X, C: np.repeat(X[:, None] - C[:1][None], len(C), axis=1)
            ),
        },
        "pixels, colors, channels",
        axes=("pixel", "color", "channel"),
    ),
    "pairwise_distances": Exercise(
        color.pairwise_distances,
        ("X", "C"),
        "Squares never cancel",
        lambda: set_cases(color.pairwise_distances),
        "1, 2, 3 and 5 channels, more colors than pixels, one color, whole numbers, float32",
        {
            "You stop before the square root.": sq,
            "Your differences cancel: what red loses, green gains. Square them before you add.": (
                lambda X, C: (X[:, None] - C[None]).sum(axis=-1)
            ),
            "Your differences cancel: what red loses, green gains. Square each one before you add; "
            "you square, or take the absolute value of, the sum.": (
                lambda X, C: abs((X[:, None] - C[None]).sum(axis=-1))
            ),
            "Your differences cancel before you square: square each one, then add.": (
                lambda X, C: (X[:, None] - C[None]).sum(axis=-1) ** 2
            ),
            "You add absolute values (the city-block distance); the Euclidean one adds squares.": l1,
            "You take the root too early: first add the squares, then take the root of the sum.": (
                lambda X, C: np.sqrt(l1(X, C))
            ),
            "You take the largest difference of a channel; the distance adds all of them, squared.": (
                lambda X, C: abs(X[:, None] - C[None]).max(axis=-1)
            ),
            "You take the mean over the channels; the distance is a sum.": (
                lambda X, C: np.sqrt(((X[:, None] - C[None]) ** 2).mean(axis=-1))
            ),
            "You take the mean over the channels, and no root; the distance is the root of a sum.": (
                lambda X, C: ((X[:, None] - C[None]) ** 2).mean(axis=-1)
            ),
            "You add the colors instead of subtracting them.": (
                lambda X, C: np.sqrt(((X[:, None] + C[None]) ** 2).sum(axis=-1))
            ),
            "You compare brightness, one number for each color; compare all channels.": brightness,
            "You compare the first channel only; compare all channels.": (
                lambda X, C: abs(X[:, :1] - C[:, 0][None])
            ),
            "You have colors by pixels; pixels go along the first axis.": (
                lambda X, C: np.sqrt(sq(C, X))
            ),
            "You add up along the colors; the channels are the last axis.": (
                lambda X, C: np.sqrt(((X[:, None] - C[None]) ** 2).sum(axis=1))
            ),
            "You add up along the pixels; the channels are the last axis.": (
                lambda X, C: np.sqrt(((X[:, None] - C[None]) ** 2).sum(axis=0))
            ),
            "You do not add the channels up: the result has an axis too many.": (
                lambda X, C: np.sqrt((X[:, None] - C[None]) ** 2)
            ),
            "You add everything up to one number; add along the channels only (axis=-1).": (
                lambda X, C: np.sqrt(((X[:, None] - C[None]) ** 2).sum())
            ),
            "You return the numbers of the nearest colors; wanted are all distances.": (
                lambda X, C: sq(X, C).argmin(axis=1)
            ),
            "You return the smallest distance of each pixel; wanted are all of them.": (
                lambda X, C: np.sqrt(sq(X, C)).min(axis=1)
            ),
        },
        "pixels, colors",
        axes=("pixel", "color"),
    ),
    "nearest_color": Exercise(
        color.nearest_color,
        ("x", "C"),
        "The nearest of many",
        lambda: cases(
            color.nearest_color,
            [((x, C), tags) for (X, C), tags in nearest_calls() for x in X],
            whole=True,
        ),
        "ties, 1, 2, 3 and 5 channels, one color, whole numbers, float32",
        {
            "This is the farthest color, not the nearest.": lambda x, C: int(
                sq(x[None], C).argmax()
            ),
            "Of several equally near colors you take the last; the rule is the lowest number.": (
                lambda x, C: len(C) - 1 - int(sq(x[None], C)[0][::-1].argmin())
            ),
            "You return the distance; wanted is the number of the color.": (
                lambda x, C: float(np.sqrt(sq(x[None], C)).min())
            ),
            "You return the squared distance; wanted is the number of the color.": (
                lambda x, C: float(sq(x[None], C).min())
            ),
            "You return the color; wanted is its number.": (
                lambda x, C: C[sq(x[None], C).argmin()].copy()
            ),
            "Differences cancel in your sum: square them, or the most negative sum wins.": (
                lambda x, C: int((C - x).sum(axis=1).argmin())
            ),
            "Differences cancel in your sum: square each one before you add.": (
                lambda x, C: int(abs((C - x).sum(axis=1)).argmin())
            ),
            "The differences are pixel minus color, and they cancel: square them before you add.": (
                lambda x, C: int((x - C).sum(axis=1).argmin())
            ),
            "You add absolute values (the city-block distance); the Euclidean one adds squares.": (
                lambda x, C: int(l1(x[None], C).argmin())
            ),
            "You compare the largest difference of a channel; add the squares of all.": (
                lambda x, C: int(abs(C - x).max(axis=1).argmin())
            ),
            "You compare the first channel only; compare all channels.": (
                lambda x, C: int(abs(C - x)[:, 0].argmin())
            ),
            "You compare brightness only; compare all channels.": (
                lambda x, C: int(brightness(x[None], C).argmin())
            ),
            "You count from 1; the numbers of colors begin with 0.": (
                lambda x, C: int(sq(x[None], C).argmin()) + 1
            ),
            "You return all distances; choose the smallest, and return its place (argmin).": (
                lambda x, C: np.sqrt(sq(x[None], C))[0]
            ),
            "You return all squared distances; choose the smallest, and return its place (argmin).": (
                lambda x, C: sq(x[None], C)[0]
            ),
            "You look for the smallest single difference: add up the channels of each color first.": (
                lambda x, C: int(((C - x) ** 2).argmin())
            ),
            "You add up along the colors; add along the channels, axis=1.": (
                lambda x, C: int(((C - x) ** 2).sum(axis=0).argmin())
            ),
            "You always return the first color.": lambda x, C: 0,
            "You sort the colors by distance and return the whole order; wanted is the first.": (
                lambda x, C: sq(x[None], C)[0].argsort()
            ),
        },
        "the number of a color",
        whole=True,
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
                    (picture(3, 2), codebook.HANDHELD, set()),
                    (picture(3, 3), np.random.default_rng(1).random((3, 3)).round(2), {"K = 3"}),
                    (picture(2, 4), np.array([[0.2, 0.5, 0.8]]), {"one color"}),
                    (picture(5, 4), codebook.WEB_SAFE, set()),
                    (picture(2, 3).astype(np.float32), codebook.TERMINAL, {"K = 16"}),
                )
            ],
        ),
        "wide, tall and square pictures, ties, palettes of 1 to 216 colors",
        {
            "You return the numbers of the colors; look each number up in the codebook.": (
                lambda image, colors: _idx_of(image, colors).reshape(image.shape[:2])
            ),
            "You return the numbers of the colors, as a list; look each number up in the codebook, "
            "and fold the list back to a picture.": _idx_of,
            "You return a list of pixels; fold it back to the shape of the picture.": (
                lambda image, colors: colors[_idx_of(image, colors)]
            ),
            "Every pixel takes the farthest color, not the nearest.": (
                lambda image, colors: colors[
                    sq(images.to_pixels(image), colors).argmax(axis=1)
                ].reshape(image.shape)
            ),
            "You return the picture as it was.": lambda image, colors: image.copy(),
            "Height and width are swapped when you fold the list back.": (
                lambda image, colors: colors[_idx_of(image, colors)].reshape(
                    image.shape[1], image.shape[0], 3
                )
            ),
            "The pixels are put back column by column; they come row by row.": (
                lambda image, colors: (
                    colors[_idx_of(image, colors)]
                    .reshape(image.shape[1], image.shape[0], 3)
                    .transpose(1, 0, 2)
                )
            ),
            "The channels got mixed when you made the list of pixels: reshape to (-1, 3).": (
                lambda image, colors: colors[
                    codebook.find_closest_centroids(image.reshape(3, -1).T, colors)
                ].reshape(image.shape)
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
                ].reshape(image.shape)
            ),
            "You add absolute values (the city-block distance); the Euclidean one adds squares.": (
                lambda image, colors: colors[
                    l1(images.to_pixels(image), colors).argmin(axis=1)
                ].reshape(image.shape)
            ),
            "Every pixel takes the same color; each chooses for itself.": (
                lambda image, colors: np.broadcast_to(colors[0], image.shape).copy()
            ),
            "Every pixel takes the color that is nearest to the mean of the picture; each chooses "
            "for itself.": lambda image, colors: np.broadcast_to(
                colors[color.nearest_color(image.reshape(-1, 3).mean(axis=0), colors)],
                image.shape,
            ).copy(),
            "The numbers are those before the first color: you look up one too low.": (
                lambda image, colors: colors[_idx_of(image, colors) - 1].reshape(image.shape)
            ),
            "Differences cancel in your sum: square each one before you add.": (
                lambda image, colors: colors[
                    (images.to_pixels(image)[:, None] - colors[None]).sum(axis=-1).argmin(axis=1)
                ].reshape(image.shape)
            ),
            "Differences cancel in your sum: square each one before you add, not the sum.": (
                lambda image, colors: colors[
                    abs((images.to_pixels(image)[:, None] - colors[None]).sum(axis=-1)).argmin(
                        axis=1
                    )
                ].reshape(image.shape)
            ),
            "Of several equally near colors you take the last; the rule is the lowest number.": (
                lambda image, colors: colors[::-1][_idx_of(image, colors[::-1])].reshape(
                    image.shape
                )
            ),
        },
        "that of the picture",
        axes=("row", "column", "channel"),
    ),
    "mse": Exercise(
        compression.mse,
        ("a", "b"),
        "How wrong is it? One number",
        lambda: pair_cases(compression.mse),
        "one pixel, wide, tall and square pictures, equal ones, black against white, float32",
        {
            "You average the differences themselves, and they cancel. Square them first.": (
                lambda a, b: (a - b).mean()
            ),
            "You square the mean; take the mean of the squares.": lambda a, b: (a - b).mean() ** 2,
            "You take the absolute value of the mean; take the mean of the squares.": (
                lambda a, b: abs((a - b).mean())
            ),
            "You average absolute differences; the name says squared.": (
                lambda a, b: abs(a - b).mean()
            ),
            "You add up, but do not divide: a mean is a sum divided by how many.": (
                lambda a, b: ((a - b) ** 2).sum()
            ),
            "You divide by the number of pixels; there are three times as many numbers.": (
                lambda a, b: ((a - b) ** 2).sum(axis=-1).mean()
            ),
            "You divide by the number of rows only.": lambda a, b: ((a - b) ** 2).sum() / len(a),
            "You take a root at the end: that is the RMSE; the MSE has no root.": (
                lambda a, b: np.sqrt(((a - b) ** 2).mean())
            ),
            "You multiply with 255 squared; here white is 1.": (
                lambda a, b: ((a * 255 - b * 255) ** 2).mean()
            ),
            "You divide by 255 squared; these pictures go from 0 to 1 already.": (
                lambda a, b: ((a / 255 - b / 255) ** 2).mean()
            ),
            "You compare brightness, one number for each pixel; compare all channels.": (
                lambda a, b: ((a.mean(axis=-1) - b.mean(axis=-1)) ** 2).mean()
            ),
            "You compare the first channel only; compare all three.": (
                lambda a, b: ((a[..., 0] - b[..., 0]) ** 2).mean()
            ),
            "You take the largest squared difference; wanted is the mean.": (
                lambda a, b: ((a - b) ** 2).max()
            ),
            "You take the median; wanted is the mean.": lambda a, b: np.median((a - b) ** 2),
            "You have one number for each channel; average those too.": (
                lambda a, b: ((a - b) ** 2).mean(axis=(0, 1))
            ),
            "You have one number for each pixel; average those too.": (
                lambda a, b: ((a - b) ** 2).mean(axis=-1)
            ),
            "You average along the rows only; mean() without an axis averages everything.": (
                lambda a, b: ((a - b) ** 2).mean(axis=0)
            ),
            "You have a picture of squared differences; take their mean.": lambda a, b: (
                (a - b) ** 2
            ),
            "You add the pictures instead of subtracting them.": lambda a, b: ((a + b) ** 2).mean(),
            "You subtract the squares; square the differences.": lambda a, b: (a**2 - b**2).mean(),
            "You divide by one too few (N - 1, as in statistics); divide by all of them.": (
                lambda a, b: ((a - b) ** 2).sum() / (a.size - 1)
            ),
            "You take the variance, which forgets a shift of all values; take the mean square.": (
                lambda a, b: (a - b).var()
            ),
        },
        "one number for two pictures",
    ),
    "compression_ratio": Exercise(
        compression.compression_ratio,
        ("height", "width", "K"),
        "What it saves, on paper",
        lambda: cases(
            compression.compression_ratio,
            [
                ((2, 3, 2), {"power of two"}),
                ((4, 4, 1), {"one color", "square", "power of two"}),
                ((10, 20, 5), set()),
                ((6, 7, 3), {"K = 3"}),
                ((512, 768, 16), {"K = 16", "power of two"}),
                ((100, 50, 216), set()),
                ((50, 50, 9), {"square"}),
                ((1, 8, 256), {"power of two"}),
                ((300, 200, 257), set()),
            ],
        ),
        "K = 1, 2, 3, 5, 9, 16, 216, 256 and 257, small and large pictures",
        {
            "The palette is missing: the codebook has to be sent too, K colors of 24 bits each.": (
                lambda h, w, K: 24 * h * w / (h * w * np.ceil(np.log2(K)))
            ),
            "The palette is missing, and log2 K is not rounded up.": (
                lambda h, w, K: 24 * h * w / (h * w * np.log2(K))
            ),
            "There are no parts of bits: log2 K has to be rounded up.": _log_ratio(np.log2),
            "log2 K has to be rounded up, not down: 5 colors do not fit into 2 bits.": _log_ratio(
                lambda K: np.floor(np.log2(K))
            ),
            "log2 K has to be rounded up, not to the nearest.": _log_ratio(
                lambda K: np.round(np.log2(K))
            ),
            "One bit too many: log2 K rounded up is enough, there are K numbers from 0 to K - 1.": (
                _log_ratio(lambda K: np.floor(np.log2(K)) + 1)
            ),
            "The logarithm has the wrong base: bits need base 2 (and rounding up).": _log_ratio(
                np.log
            ),
            "The logarithm has the wrong base: bits need base 2.": _log_ratio(
                lambda K: np.ceil(np.log(K))
            ),
            "The logarithm has the wrong base: bits need base 2, not 10.": _log_ratio(
                lambda K: np.ceil(np.log10(K))
            ),
            "The logarithm has base 10: bits need base 2 (and rounding up).": _log_ratio(np.log10),
            "K is the number of colors; a pixel stores log2 K bits, not K.": _log_ratio(
                lambda K: K
            ),
            "A pixel stores log2 K bits, not the root of K.": _log_ratio(np.sqrt),
            "Your fraction is upside down: bits before, divided by bits after.": (
                lambda h, w, K: (h * w * np.ceil(np.log2(K)) + 24 * K) / (24 * h * w)
            ),
            "Bits and bytes are mixed: the picture before has 24 bits for each pixel, not 3.": (
                lambda h, w, K: 3 * h * w / (h * w * np.ceil(np.log2(K)) + 24 * K)
            ),
            "The picture before has 24 bits for each pixel, 8 for each of its 3 channels; you count "
            "8.": lambda h, w, K: 8 * h * w / (h * w * np.ceil(np.log2(K)) + 24 * K),
            "Bits and bytes are mixed: each color of the palette takes 24 bits, not 3.": (
                lambda h, w, K: 24 * h * w / (h * w * np.ceil(np.log2(K)) + 3 * K)
            ),
            "Each color of the palette takes 24 bits, 8 for each of its 3 channels; you count 8.": (
                lambda h, w, K: 24 * h * w / (h * w * np.ceil(np.log2(K)) + 8 * K)
            ),
            "The palette counts once for each of its K colors; you count one color.": (
                lambda h, w, K: 24 * h * w / (h * w * np.ceil(np.log2(K)) + 24)
            ),
            "The palette's bits are subtracted; they have to be sent too, so add them.": (
                lambda h, w, K: 24 * h * w / (h * w * np.ceil(np.log2(K)) - 24 * K)
            ),
            "A parenthesis is missing: divide by the whole sum, palette included.": (
                lambda h, w, K: 24 * h * w / (h * w * np.ceil(np.log2(K))) + 24 * K
            ),
            "You count the bits of one channel for each pixel three times after, too: one number of "
            "a color is enough for a pixel.": (
                lambda h, w, K: 24 * h * w / (3 * h * w * np.ceil(np.log2(K)) + 24 * K)
            ),
            "You return the bits after; wanted is the ratio, before divided by after.": (
                lambda h, w, K: h * w * np.ceil(np.log2(K)) + 24 * K
            ),
            "You return what is saved; wanted is the ratio, before divided by after.": (
                lambda h, w, K: 1 - (h * w * np.ceil(np.log2(K)) + 24 * K) / (24 * h * w)
            ),
            "You divide without a remainder (//): the ratio keeps its decimals.": (
                lambda h, w, K: 24 * h * w // (h * w * math.ceil(math.log2(K)) + 24 * K)
            ),
            "You round the ratio to a whole number; keep its decimals.": (
                lambda h, w, K: round(compression.compression_ratio(h, w, K))
            ),
            "You round the ratio; keep all of its decimals.": (
                lambda h, w, K: round(compression.compression_ratio(h, w, K), 2)
            ),
            "You use the height twice; a picture has height x width pixels.": (
                lambda h, w, K: 24 * h * h / (h * h * np.ceil(np.log2(K)) + 24 * K)
            ),
            "You add height and width; a picture has height x width pixels.": (
                lambda h, w, K: 24 * (h + w) / ((h + w) * np.ceil(np.log2(K)) + 24 * K)
            ),
            "You compute for K = 16 whatever K is: use the parameter.": (
                lambda h, w, K: compression.compression_ratio(h, w, 16)
            ),
            "You take 4 bits for each pixel whatever K is: use log2 K, rounded up.": _log_ratio(
                lambda K: 4
            ),
            "You take 8 bits for each pixel whatever K is: use log2 K, rounded up.": _log_ratio(
                lambda K: 8
            ),
        },
        "one number",
    ),
}
