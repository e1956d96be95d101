"""Lesson 04: `quantize`, `mse` and `compression_ratio`."""

import math

import numpy as np

from helpers import codebook, compression, images
from helpers.checks import code, relations
from helpers.checks.cases import cases, dark_and_bright, measured, pair_cases, picture, picture_tags
from helpers.checks.exercise import Exercise


def _quantize_cases():
    corners, rng = codebook.CUBE_CORNERS, np.random.default_rng
    glass = [1, 0.2, 0.6]
    calls = [
        (picture(1, 2), corners[[0, 7]], set()),
        (np.array([[[0.5, 0.5, 0.5]]]), corners[[7, 0]], {"tie"}),
        (picture(2, 3), codebook.TERMINAL, {"K = 16"}),
        (picture(2, 2), codebook.TERMINAL, {"K = 16"}),
        (picture(3, 2), codebook.HANDHELD, set()),
        (picture(3, 3), rng(1).random((3, 3)).round(2), {"K = 3"}),
        (picture(2, 4), np.array([[0.2, 0.5, 0.8]]), {"one color"}),
        (picture(5, 4), codebook.WEB_SAFE, set()),
        (picture(2, 5), rng(5).random((7, 3)).round(3), set()),
        (picture(2, 3).astype(np.float32), codebook.TERMINAL, {"K = 16"}),
        (picture(1, 3) * 0 + 0.5, np.array([[0.6003] * 3, [0.4] * 3]), {"nearly a tie"}),
        (picture(6, 5).round(), corners[::-1], set()),
        (picture(2, 6), corners.astype(int), {"whole C"}),
        (dark_and_bright(4, 2), codebook.HANDHELD, set()),
        (picture(3, 5) * glass, rng(2).random((6, 3)).round(3) * glass, set()),
        (picture(1, 2) / 16, np.linspace(1, 0, 300)[:, None] * [1, 1, 1], set()),
    ]
    return cases(
        codebook.quantize,
        [((image, colors), picture_tags(image) | tags) for image, colors, tags in calls],
    )


def _not_in_the_codebook(answers):
    """Whether colors come back that the codebook does not hold, if nothing says more, in words."""
    if relations.betrayed(answers) or code.never_used(answers):
        return None
    for case, trial in zip(answers.cases, answers.trials, strict=True):
        image, colors = case.arguments
        if np.shape(trial.got) == image.shape and np.asarray(trial.got).dtype.kind in "biuf":
            near = np.isclose(np.reshape(trial.got, (-1, 1, 3)), colors, atol=1e-5).all(axis=-1)
            if not near.any(axis=1).all():
                return "Some of your colors are not in the codebook: take whole colors from it."
    return None


def _pixel_by_pixel(painted):
    """Code for quantize that works on X, the list of pixels, and C, the codebook."""
    return f"X, C = image.reshape(-1, 3), codebook\nreturn ({painted}).reshape(image.shape)"


def _never_painted(number, start):
    return _pixel_by_pixel(
        f"np.where((find(X, C) == {number} % len(C))[:, None], {start}, C[find(X, C)])"
    )


QUANTIZE = Exercise(
    codebook.quantize,
    ("image", "codebook"),
    "One picture, one palette",
    _quantize_cases,
    "wide, tall and square pictures, ties, palettes of 1 to 216 colors",
    styles=(
        """
height, width, channels = image.shape
X = image.reshape(-1, 3)
idx = ((X[:, None, :] - codebook[None, :, :]) ** 2).sum(axis=-1).argmin(axis=1)
return codebook[idx].reshape(height, width, 3)
""",
        """
painted = np.zeros(image.shape)
for i in range(image.shape[0]):
    for j in range(image.shape[1]):
        smallest = np.inf
        for k in range(len(codebook)):
            distance = ((image[i, j] - codebook[k]) ** 2).sum()
            if distance < smallest:
                smallest = distance
                painted[i, j] = codebook[k]
return painted
""",
        """
height, width, channels = image.shape
idx = find(to_pixels(image), codebook)
return to_image(codebook[idx], height, width)
""",
        """
painted = np.zeros(image.shape)
best = np.full(image.shape[:2], np.inf)
for k in range(len(codebook)):
    distance = ((image - codebook[k]) ** 2).sum(axis=-1)
    nearer = distance < best
    painted[nearer] = codebook[k]
    best[nearer] = distance[nearer]
return painted
""",
    ),
    nouns={"sum": "channels", "argmin": "colors"},
    wrong={
        "You return the numbers of the colors; look each number up in the codebook.": (
            "find(to_pixels(image), codebook).reshape(image.shape[:2])"
        ),
        "You return the numbers of the colors, as a list; look each number up in the codebook, and fold "
        "the list back to a picture.": "find(to_pixels(image), codebook)",
        "You return a list of pixels; fold it back to the shape of the picture.": (
            "codebook[find(to_pixels(image), codebook)]"
        ),
        "You return the picture as it was.": "image",
        "You return the codebook itself; look the number of each pixel up in it.": "codebook",
        "idx has one number for each pixel, not three: look each number up in the codebook (codebook "
        "first, then [idx]) before you fold the list to the shape of the picture.": (
            "to_image(find(to_pixels(image), codebook), *image.shape[:2])",
            "codebook[find(to_pixels(image), codebook).reshape(image.shape)]",
        ),
        "You look the numbers up in the pixels; look them up in the codebook.": _pixel_by_pixel(
            "X[find(X, C)]"
        ),
        "Height and width are swapped, where you fold the list back or where you take them from the "
        "shape: it begins with the height.": (
            "to_image(codebook[idx], height, width) => to_image(codebook[idx], width, height)"
        ),
        "The pixels are put back column by column; they come row by row.": (
            "height, width = image.shape[:2]\nX = codebook[find(to_pixels(image), codebook)]\n"
            "return X.reshape(width, height, 3).swapaxes(0, 1)"
        ),
        "You list the pixels column by column, and fold them row by row: keep one order.": (
            "right(image.swapaxes(0, 1), codebook).reshape(image.shape)"
        ),
        "The channels got mixed when you made the list of pixels: reshape to (-1, 3).": (
            _pixel_by_pixel("C[find(image.reshape(3, -1).T, C)]"),
            _pixel_by_pixel("C[find(image.T.reshape(-1, 3), C)]"),
        ),
        "The channels got mixed when you folded the list back: they are the last axis.": (
            "np.moveaxis(codebook[find(to_pixels(image), codebook)].reshape(3, *image.shape[:2]), 0, -1)"
        ),
        "You take one nearest color for the whole picture; argmin needs an axis, to choose for each "
        "pixel.": (
            "codebook[sq(to_pixels(image), codebook).argmin()]",
            "image * 0 + codebook[sq(to_pixels(image), codebook).argmin() % len(codebook)]",
        ),
        "Pixels and colors are swapped, or argmin looks along the wrong axis: choose among the colors "
        "(axis=1), for each pixel.": (
            _pixel_by_pixel("C[sq(X, C).argmin(axis=0)]"),
            "codebook[sq(to_pixels(image), codebook).argmin(axis=0)]",
            "to_image(codebook[find(codebook, to_pixels(image))], *image.shape[:2])",
            "to_pixels(image)[find(codebook, to_pixels(image))]",
        ),
        "find_closest_centroids takes a list of pixels, not a picture: to_pixels comes first.": (
            "codebook[find(image, codebook)]"
        ),
        "Pixels minus colors goes wrong: each pixel has to meet every color, so they need an axis each.": (
            _pixel_by_pixel("C[((X - C) ** 2).sum(axis=1).argmin()]"),
            "codebook[((image - codebook) ** 2).sum(axis=-1).argmin(axis=-1)]",
        ),
        "You count from 1; the numbers of colors begin with 0.": (
            "to_image(codebook[idx], => to_image(codebook[idx + 1],",
            _pixel_by_pixel("C[(find(X, C) + 1) % len(C)]"),
        ),
        "The numbers are those before the first color: you look up one too low.": (
            "to_image(codebook[idx], => to_image(codebook[idx - 1],"
        ),
        "Your numbers of colors are stored as bytes (uint8), which begin anew at 256: take int.": (
            "to_image(codebook[idx], => to_image(codebook[idx % 256],"
        ),
        "You sort the numbers of the colors; each belongs to its pixel.": (
            "to_image(codebook[idx], => to_image(codebook[np.sort(idx)],"
        ),
        "Every pixel takes the farthest color, not the nearest.": _pixel_by_pixel(
            "C[sq(X, C).argmax(axis=1)]"
        ),
        "Of several equally near colors you take the last (as <= does); the rule is the lowest number.": (
            "right(image, codebook[::-1])"
        ),
        "A distance of 0 counts as nothing yet (as in if not best), so the next color takes its place: "
        "ask whether best is None, or begin with infinity.": """
painted = np.zeros(image.shape)
for i, j in np.ndindex(image.shape[:2]):
    best = 0
    for c in codebook:
        d = ((image[i, j] - c) ** 2).sum()
        if not best or d < best:
            best, painted[i, j] = d, c
return painted
""",
        "You leave out distances of 0: a pixel that equals a color belongs to that color; nothing is "
        "nearer than 0.": _pixel_by_pixel("C[np.where(sq(X, C) == 0, np.inf, sq(X, C)).argmin(axis=1)]"),
        "You take the nearest value in each channel; a color is chosen as a whole.": (
            "np.stack([codebook[abs(image[..., [c]] - codebook[:, c]).argmin(axis=-1), c] "
            "for c in range(3)], axis=-1)"
        ),
        "argmin without an axis, or before the channels are added up, is not the number of a color: add "
        "up the channels first (axis=1).": _pixel_by_pixel(
            "np.array([C[((C - x) ** 2).argmin()] for x in X])"
        ),
        "You measure from what you have painted already: compare with the pixels as they were, and "
        "paint into another array.": (
            "painted = np.zeros(image.shape)\nbest => painted = image * 1.0\nimage = painted\nbest"
        ),
        "You paint each group with the mean of its pixels; paint it with its color of the codebook.": (
            _pixel_by_pixel("np.array([X[find(X, C) == k].mean(axis=0) for k in find(X, C)])")
        ),
        "You round to so many levels in each channel; a color is chosen from the codebook, as a "
        "whole.": tuple(
            f"n = max(len(codebook) - {n}, 1)\nreturn np.round(image * n) / n" for n in (0, 1)
        )
        + ("n = len(codebook) - 1\nreturn np.round(image * n) / n if n else image * 0",),
        "Every pixel takes the same color, that of the first pixel; each chooses for itself.": (
            "image * 0 + right(image, codebook)[0, 0]"
        ),
        "Every pixel takes the color that is nearest to the mean of the picture; each chooses for "
        "itself.": "right(image * 0 + image.mean(axis=(0, 1)), codebook)",
        "You take pixels that are nearly equal for equal, as with a rounded key of a cache: each pixel has its "
        "own nearest color.": tuple(
            "X = image.reshape(-1, 3)\n"
            f"_, first, back = np.unique(X.round({n}), axis=0, return_index=True, return_inverse=True)\n"
            "return right(X[None], codebook)[0][first][back.ravel()].reshape(image.shape)"
            for n in (1, 2, 3)
        ),
        "All pixels of a row, or of a column, take the same color; each pixel chooses for itself.": (
            "image * 0 + right(image, codebook)[:, :1]",
            "image * 0 + right(image, codebook)[:, -1:]",
            "image * 0 + right(image, codebook)[:1]",
            "image * 0 + right(image, codebook)[-1:]",
        ),
        "You search in one list of colors and look up in another (sorted, rounded, or without equal "
        "ones): the numbers belong to the list that was searched.": tuple(
            _pixel_by_pixel(f"C[find(X, {other})]")
            for other in (
                "np.unique(C, axis=0)",
                "np.sort(C, axis=0)",
                "C[C.sum(axis=1).argsort(kind='stable')]",
                "np.round(C)",
                "np.trunc(C)",
                "C[::-1]",
            )
        ),
        "The places of color number 0 are never painted: does your loop begin with 1, or does an if "
        "pass 0 by? Number 0 is a color like the others.": tuple(
            _never_painted(0, start) for start in ("0", "1", "X")
        ),
        "The places of the last color are never painted: does a loop stop one too early?": tuple(
            _never_painted(-1, start) for start in ("0", "1", "X")
        ),
        "You hand the error of a pixel on to the next ones: that is dithering, which comes later. Here each "
        "pixel takes the color that is nearest to itself.": (
            codebook.dither,
            """
X = image.astype(float)
for i, j in np.ndindex(X.shape[:2]):
    old = X[i, j].copy()
    X[i, j] = codebook[((codebook - old) ** 2).sum(axis=1).argmin()]
    if j + 1 < X.shape[1]:
        X[i, j + 1] += old - X[i, j]
return X
""",
        ),
        **measured(_pixel_by_pixel("C[({}).argmin(axis=1)]")),
    },
    meaning="that of the picture",
    axes=("row", "column", "channel"),
    names={
        "find": codebook.find_closest_centroids,
        "to_pixels": images.to_pixels,
        "to_image": images.to_image,
    },
    betrays=(_not_in_the_codebook,),
)

_LEFT_OUT = {  # what to say -> which numbers count
    "a is 0": "a != 0",
    "b is 0": "b != 0",
    "a or b is 0": "(a != 0) & (b != 0)",
    "a pixel of a is black": "(a != 0).any(axis=-1, keepdims=True)",
    "a pixel of b is black": "(b != 0).any(axis=-1, keepdims=True)",
}

MSE = Exercise(
    compression.mse,
    ("a", "b"),
    "How wrong is it? One number",
    lambda: pair_cases(compression.mse),
    "one pixel, wide, tall and square pictures, equal ones, black against white, float32",
    styles=(
        "((a - b) ** 2).mean()",
        "np.sum((a - b) ** 2) / a.size",
        """
height, width, channels = a.shape
total = 0.0
for i in range(height):
    for j in range(width):
        for c in range(channels):
            total += (a[i, j, c] - b[i, j, c]) ** 2
return total / (height * width * channels)
""",
    ),
    wrong={
        "You average the differences themselves, and they cancel. Square them first.": (
            "(a - b).mean()",
            "(b - a).mean()",
            "(a - b).sum()",
            "(a - b).mean(axis=0)",
            "(a - b).mean(axis=-1)",
        ),
        "You return the differences: square them, and take the mean.": "a - b",
        "You square the mean; take the mean of the squares.": (
            "(a - b).mean() ** 2",
            *(f"((a - b).mean(axis={axis}) ** 2).mean()" for axis in (0, 1, (0, 1))),
        ),
        "You take the absolute value of the mean; take the mean of the squares.": "abs((a - b).mean())",
        "You average absolute differences; the name says squared.": "abs(a - b).mean()",
        "You compare brightness, one number for each pixel; compare all channels.": (
            "((a.mean(axis=-1) - b.mean(axis=-1)) ** 2).mean()"
        ),
        "You subtract the squares; square the differences.": (
            "(a**2 - b**2).mean()",
            "abs(a**2 - b**2).mean()",
            "abs((a**2 - b**2).mean())",
        ),
        "Only b is squared: ** comes before -, so put parentheses around the difference, and square "
        "that.": ("(a - b**2).mean()", "abs(a - b**2).mean()"),
        "You add the pictures; subtract them.": "((a + b) ** 2).mean()",
        "You multiply the pictures; subtract them.": (
            "(a * b).mean()",
            "((a - a.mean()) * (b - b.mean())).mean()",
        ),
        "You square one picture only; square the difference of the two.": ("(a**2).mean()", "(b**2).mean()"),
        "* 2 doubles; the square is ** 2.": ("((a - b) * 2).mean()", "abs((a - b) * 2).mean()"),
        "You count where the pictures differ; look at how much they differ: square the differences.": (
            "(a != b).mean()"
        ),
        "You take a root at the end: that is the RMSE; the MSE has no root.": "np.sqrt(right(a, b))",
        "You take a root: the length of all differences, or of each pixel's; the MSE has no root.": (
            "np.linalg.norm(a - b) / a.size",
            "np.linalg.norm(a - b)",
            "np.linalg.norm(a - b, axis=-1).mean()",
            "np.linalg.norm(a - b) / len(a)",
        ),
        "You square twice; once is enough.": ("right(a, b) ** 2", "((a - b) ** 4).mean()"),
        "You return decibels (the PSNR of lesson 6); the MSE is the mean itself.": (
            "-10 * np.log10(right(a, b))"
        ),
        "You add up, but do not divide: a mean is a sum divided by how many.": "((a - b) ** 2).sum()",
        "You divide by the number of pixels; there are three times as many numbers.": "3 * right(a, b)",
        "You divide by the number of rows only.": "((a - b) ** 2).sum() / a.shape[0]",
        "You divide by the number of columns only.": "((a - b) ** 2).sum() / a.shape[1]",
        "You divide by the number of channels only.": "((a - b) ** 2).sum() / 3",
        "You divide by height + width; a picture has height x width pixels.": (
            "((a - b) ** 2).sum() / (a.shape[0] + a.shape[1])"
        ),
        "You add up the means of the rows, or of the columns; average these, too.": (
            "((a - b) ** 2).mean(axis=(1, 2)).sum()",
            "((a - b) ** 2).mean(axis=(0, 2)).sum()",
        ),
        **{
            f"You divide by the {one} twice; a picture has height x width pixels, so this is right for "
            "square pictures only.": f"((a - b) ** 2).sum() / (3 * a.shape[{n}] ** 2)"
            for n, one in enumerate(("height", "width"))
        },
        "You divide by one too few (N - 1, as in statistics); divide by all of them.": (
            "((a - b) ** 2).sum() / (a.size - 1)"
        ),
        "You divide by 2; the mean needs no factor.": "right(a, b) / 2",
        "You take the variance, which forgets a shift of all values; take the mean square.": (
            "(a - b).var()",
            "(a - b).std()",
        ),
        "You take the median; it should be the mean.": "np.median((a - b) ** 2)",
        "You take the largest squared difference; it should be the mean.": "((a - b) ** 2).max()",
        "You take the smallest squared difference; it should be the mean.": "((a - b) ** 2).min()",
        "You compare the first channel only; compare all three.": "right(a[..., 0], b[..., 0])",
        "You compare the last channel only; compare all three.": "right(a[..., 2], b[..., 2])",
        "You weigh the channels, as for gray; in the MSE they count alike.": (
            "((a - b) ** 2 @ [0.299, 0.587, 0.114]).mean()"
        ),
        "You have one number for each channel; average those too.": "((a - b) ** 2).mean(axis=(0, 1))",
        "You have one number for each pixel; average those too.": "((a - b) ** 2).mean(axis=-1)",
        "You average along the rows only; mean() without an axis averages everything, to one number.": (
            "((a - b) ** 2).mean(axis=0)"
        ),
        "You have a picture of squared differences; take their mean.": "(a - b) ** 2",
        **{
            f"{words} is left out: {why}": f"((a - b) ** 2)[{part}].sum() / a.size"
            for words, part, why in (
                ("The last row", ":-1", "does a loop or a slice stop one too early?"),
                ("The last column", ":, :-1", "does a loop or a slice stop one too early?"),
                ("The last channel", "..., :-1", "does a loop or a slice stop one too early?"),
                ("The first row", "1:", "ranges and slices begin with 0."),
                ("The first column", ":, 1:", "ranges and slices begin with 0."),
            )
        },
        **{
            f"Only the last {one} counts: your sum is overwritten in each round; add to it, with +=.": (
                f"np.sum(((a - b) ** 2)[{part}]) / a.size"
            )
            for one, part in (("row", "-1"), ("pixel", "-1, -1"), ("number", "-1, -1, -1"))
        },
        "You leave out where the pictures are equal; these count, too, with an error of 0.": (
            "np.sum((a - b) ** 2) / max((a != b).sum(), 1)"
        ),
        **{
            f"You leave out where {where}: every place counts. Is there an if or a mask?": tuple(
                f"t, m = (a - b) ** 2, np.broadcast_to({mask}, a.shape)\nreturn (t * m).sum() / {size}"
                for size in ("a.size", "(m.sum() or 1)")
            )
            for where, mask in _LEFT_OUT.items()
        },
        "You divide by the largest value of a picture, or by its size (its own squares); the MSE is the "
        "mean itself.": tuple(
            f"right(a, b) / {of}"
            for of in ("a.max() ** 2", "a.max()", "b.max() ** 2", "np.ptp(a) ** 2", "(a**2).mean()")
        ),
        "You round each squared difference; keep all decimals.": tuple(
            f"np.round((a - b) ** 2, {n}).mean()" for n in range(1, 7)
        ),
    },
    meaning="one number for two pictures",
)


def _ratio(bits="math.ceil(math.log2(K))", palette="24 * K", before="24 * n"):
    """Code for the ratio; by 0 Python divides with an error, and NumPy without."""
    return tuple(
        f"n = height * width\nreturn {number}({before}) / (n * ({bits}) + {palette})"
        for number in ("", "np.float64")
    )


_NO_PALETTE = "The palette is missing: the codebook has to be sent too, K colors of 24 bits each."

_BITS = {  # what to say -> the bits of a pixel
    "K is the number of colors; a pixel stores log2 K bits, rounded up, not K.": ("K",),
    "The logarithm has the wrong base: bits need base 2 (log2), rounded up.": (
        "math.log(K)",
        "math.ceil(math.log(K))",
        "math.floor(math.log(K))",
        "math.log10(K)",
        "math.ceil(math.log10(K))",
    ),
    "There are no parts of bits: log2 K has to be rounded up (math.ceil around the logarithm).": (
        "math.log2(K)",
    ),
    "log2 K has to be rounded up, not down: 5 colors do not fit into 2 bits.": (
        "math.floor(math.log2(K))",
    ),
    "log2 K has to be rounded up, not to the nearest.": ("round(math.log2(K))",),
    "One bit too many: log2 K rounded up is enough, as in 16 colors, 4 bits.": (
        "math.floor(math.log2(K)) + 1",
        "math.ceil(math.log2(K)) + 1",
    ),
    "One bit too few: log2 K rounded up is needed; leave out the - 1.": ("math.ceil(math.log2(K)) - 1",),
    "bin(K) begins with 0b, and writes the number K itself; the numbers go from 0 to K - 1, and take "
    "log2 K bits, rounded up.": ("len(bin(K))",),
    "You take the logarithm of K - 1: there are K colors, with the numbers 0 to K - 1.": (
        "math.ceil(math.log2(max(K - 1, 1)))",
        "math.ceil(math.log2(K - 1))",
    ),
    "A pixel stores log2 K bits, not the root of K.": ("math.ceil(math.sqrt(K))", "math.sqrt(K)"),
    "You take half of K; each bit halves the number of colors, so it takes log2 K bits.": ("K / 2",),
    "For K = 1 log2 K is 0, and 0 bits is right: only the palette is sent.": (
        "max(1, math.ceil(math.log2(K)))",
    ),
    "You round up to whole bytes; a number of a color takes just as many bits as it needs.": (
        "8 * math.ceil(math.log2(K) / 8)",
        "8 * max(1, math.ceil(math.log2(K) / 8))",
    ),
    "You count three numbers for each pixel after, too, where one number of a color is enough; or 8 bits "
    "for a whole color before, where it has 24.": ("3 * math.ceil(math.log2(K))",),
    "You count 24 bits for each pixel after, too: one number of a color takes log2 K bits.": ("24",),
    "The picture after has log2 K bits for each pixel, rounded up; you multiply with 8 or 24.": (
        "24 * math.ceil(math.log2(K))",
        "8 * math.ceil(math.log2(K))",
    ),
    "Bits and bytes are mixed: you divide the bits for each pixel by 8.": ("math.ceil(math.log2(K)) / 8",),
    **{
        f"You take {n} bits for each pixel whatever K is: use log2 K, rounded up.": (f"{n}",)
        for n in (2, 4, 8)
    },
    "You take 1 bit for each pixel whatever K is (or the logarithm of 2 to the base K): use log2 K, "
    "rounded up.": ("1",),
    "The pixels are missing: after, each has a number of log2 K bits, rounded up.": ("0",),
}

_PALETTE = {  # what to say -> the bits of the palette
    _NO_PALETTE: "0",
    "Bits and bytes are mixed: each color of the palette takes 24 bits, not 3.": "3 * K",
    "Each color of the palette takes 24 bits, 8 for each of its 3 channels; you count 8.": "8 * K",
    "Each color of the palette takes 24 bits, 8 for each of its 3 channels; you count 1.": "K",
    "Each color of the palette takes 24 bits; you count as many as for a pixel.": (
        "K * math.ceil(math.log2(K))"
    ),
    "Each color of the palette takes 24 bits, 8 for each channel; you count the bits of a pixel.": (
        "3 * K * math.ceil(math.log2(K))"
    ),
    "The palette has K colors of 24 bits; you count one color.": "24",
    "The palette has K colors of 24 bits; you count 16 colors whatever K is.": "24 * 16",
    "The palette is counted for each pixel; it is sent once, 24 bits for each of its K colors.": (
        "24 * K * n"
    ),
    "The palette is inside the logarithm; it counts in full, 24 bits for each of its K colors.": (
        "np.log2(24 * K)"
    ),
    "The palette's bits are subtracted; they have to be sent too, so add them.": "-24 * K",
    "The palette has K colors; you count as many as the bits can number (2 to the power of bits).": (
        "24 * 2 ** math.ceil(math.log2(K))"
    ),
    "The palette has K colors; you count K - 1.": "24 * (K - 1)",
    **{
        f"You add {n} bits more; only the numbers of the pixels and the palette are sent.": f"24 * K + {n}"
        for n in (1, 8, 24, 32, 64)
    },
}


def _of_one_color(answers):
    """What to say where only K = 1 goes wrong."""
    wrong = answers.wrong
    if any(answers.cases[n].arguments[2] != 1 for n in wrong):
        return None
    failed = any("math domain" in str(answers.trials[n].error) for n in wrong)
    return (
        "There you take the logarithm of 0 (of K - 1, perhaps), and 0 has none. " * failed
        + "K = 1 needs no rule of its own: log2 of 1 is 0, so the pixels take 0 bits, and the palette, one "
        "color of 24 bits, is still sent."
    )


def _a_table(answers):
    """Whether it is right for some powers of 2 alone, in words."""
    powers = [math.log2(case.arguments[2]).is_integer() for case in answers.cases]
    right = set(range(len(powers))) - set(answers.wrong)
    stopped = all(answers.trials[n].error is not None for n in answers.wrong)
    if not right or not all(powers[n] for n in right):
        return None
    if not stopped and any(powers[n] for n in answers.wrong):
        return None
    listed = ", ".join(map(str, sorted({answers.cases[n].arguments[2] for n in right})))
    return (
        f"It is right for K = {listed} only, as far as was tried: K may be any whole number. Is there a "
        "table, or an if for each K that you thought of? Compute log2 K, and round it up."
    )


def _bits_counted(answers):
    """With how many bits for a pixel, or for the palette, the ratios come out, in words."""
    got = [t.got if isinstance(t.got, (int, float)) else 0 for t in answers.trials]
    if not all(got) or len(answers.wrong) < 2 or len({got[n] for n in answers.wrong}) == 1:
        return None
    h, w, K = np.array([case.arguments for case in answers.cases]).T
    first = answers.wrong[0]
    bits, palette = (24 * h * w / got - 24 * K) / (h * w), 24 * h * w / got - h * w * np.ceil(np.log2(K))
    if np.allclose(bits, bits.round(), atol=1e-6) and bits.min() > -0.5:
        depths = set(bits.round().astype(int)) <= {0, 1, 2, 4, 8, 16, 24, 32, 64}
        return (
            f"Your ratio is that of {bits[first]:.0f} bits for each pixel, where K = {K[first]}"
            + ": you take only 1, 2, 4, 8, 16 ... bits. Any whole number of bits will do" * depths
            + "; the fewest that tell K colors apart are enough."
        )
    if not palette[answers.wrong].round(6).any():
        return _NO_PALETTE
    if np.allclose(palette, palette.round(), atol=1e-6) and -0.5 < palette.min() <= palette.max() < 24 * 512:
        return (
            f"Your ratio is that of a palette of {palette[first]:.0f} bits, where K = {K[first]}; each of the K "
            "colors takes 24 bits."
        )
    return None


COMPRESSION_RATIO = Exercise(
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
    styles=(
        """
before = 24 * height * width
after = height * width * math.ceil(math.log2(K)) + 24 * K
return before / after
""",
        "(24 * height * width) / (height * width * np.ceil(np.log2(K)) + 24 * K)",
    ),
    wrong={
        **{words: sum(map(_ratio, some), ()) for words, some in _BITS.items()},
        **{words: _ratio(palette=palette) for words, palette in _PALETTE.items()},
        **{
            f"{_NO_PALETTE} And mind the bits of a pixel. {words}": sum((_ratio(b, "0") for b in some), ())
            for words, some in _BITS.items()
            if "K" in some[0]  # without K it would be the same number always
        },
        f"{_NO_PALETTE} And your fraction is upside down: bits before, divided by bits after.": (
            "math.ceil(math.log2(K)) / 24"
        ),
        "The logarithm has the wrong base, and bits and bytes are mixed: a byte has 8 bits, and bits need "
        "base 2 (log2), rounded up.": _ratio("np.log(K)", "3 * K", "3 * n"),
        "You compute for K = 16 whatever K is: use the parameter.": "right(height, width, 16)",
        "You take fewer colors where there are fewer pixels than K; all K are sent in the palette.": (
            "right(height, width, min(K, height * width))"
        ),
        "You use the height twice; a picture has height x width pixels.": "right(height, height, K)",
        "You use the width twice; a picture has height x width pixels.": "right(width, width, K)",
        "You add height and width; a picture has height x width pixels.": "right(height + width, 1, K)",
        "You count the height only; a picture has height x width pixels.": "right(height, 1, K)",
        "You count the width only; a picture has height x width pixels.": "right(1, width, K)",
        **{
            words: _ratio(before=before)
            for words, before in {
                "Bits and bytes are mixed: the picture before has 24 bits for each pixel, not 3.": "3 * n",
                "The picture before has 24 bits for each pixel, 8 for each of its 3 channels; you count 8.": (
                    "8 * n"
                ),
                "The picture before has 24 bits for each pixel; you count 1.": "n",
                "The picture before has 24 bits for each pixel, and no alpha channel; you count 32.": (
                    "32 * n"
                ),
                "The palette has to be sent after only; you count it before, too.": "24 * n + 24 * K",
            }.items()
        },
        "Your fraction is upside down: bits before, divided by bits after.": "1 / right(height, width, K)",
        "A fraction needs parentheses around what is below the line, the palette included: / and * go "
        "from left to right.": (
            "24 * height * width / height * width * math.ceil(math.log2(K)) + 24 * K",
            "24 * height * width / height * width * math.ceil(math.log2(K))",
            "24 * height * width / height * width * math.log2(K) + 24 * K",
            "24 * height * width / (height * width) * math.ceil(math.log2(K)) + 24 * K",
            "24 * height * width / (height * width * math.ceil(math.log2(K))) + 24 * K",
            "24 * height * width / (height * width) * (math.ceil(math.log2(K)) + 24 * K)",
        ),
        "log2 K is not rounded up for each pixel: math.ceil belongs around the logarithm, not around K or "
        "the sum.": "24 * height * width / (math.ceil(height * width * math.log2(K)) + 24 * K)",
        "You return the bits after; it should be the ratio, before divided by after.": (
            "24 * height * width / right(height, width, K)"
        ),
        "You return the bits before; it should be the ratio, before divided by after.": (
            "24 * height * width"
        ),
        "You return the difference; it should be the ratio, before divided by after.": (
            "n = 24 * height * width\nreturn n - n / right(height, width, K)"
        ),
        "You return what is saved; it should be the ratio, before divided by after.": (
            "1 - 1 / right(height, width, K)"
        ),
        "You return percent of what is saved; it should be the ratio, before divided by after.": (
            "100 * (1 - 1 / right(height, width, K))"
        ),
        "You return percent, after divided by before; it should be the ratio, before divided by after.": (
            "100 / right(height, width, K)"
        ),
        "You return percent; the ratio itself is asked for.": "100 * right(height, width, K)",
        "You subtract 1 at the end; it should be the ratio, before divided by after.": (
            "right(height, width, K) - 1"
        ),
        "You return the bits for each pixel; it should be the ratio, before divided by after.": (
            "24 / right(height, width, K)"
        ),
        "You divide without a remainder (//), or cut the ratio: it keeps its decimals.": (
            "right(height, width, K) // 1"
        ),
        "You round the ratio up; it keeps its decimals, and log2 K is rounded up instead.": (
            "math.ceil(right(height, width, K))",
            "math.ceil(24 * height * width / (height * width * math.log2(K) + 24 * K))",
        ),
        "You round the ratio to a whole number; keep its decimals.": "round(right(height, width, K))",
        "You round the ratio; keep all of its decimals.": tuple(
            f"round(right(height, width, K), {n})" for n in range(1, 5)
        ),
        "Bits and bytes are mixed: you count 3 bytes for each color, before and in the palette, where the "
        "numbers of the pixels are bits.": _ratio(palette="3 * K", before="3 * n"),
    },
    meaning="one number",
    betrays=(_of_one_color, _a_table, _bits_counted),
)

EXERCISES = {"quantize": QUANTIZE, "mse": MSE, "compression_ratio": COMPRESSION_RATIO}
