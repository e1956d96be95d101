"""Lesson 04: `quantize`, `mse` and `compression_ratio`."""

import numpy as np

from helpers import codebook, compression, images
from helpers.checks.cases import (
    cases,
    dark_and_bright,
    framed,
    measured,
    nearest_tags,
    picture,
    picture_tags,
)
from helpers.checks.exercise import Exercise, table


def _quantize_cases():
    """Pictures and palettes of 1 to 300 colors."""
    corners, rng = codebook.CUBE_CORNERS, np.random.default_rng
    glass = [1, 0.2, 0.6]
    calls = [
        (picture(1, 2), corners[[0, 7]]),
        (np.array([[[0.5, 0.5, 0.5]]]), corners[[7, 0]]),
        (picture(2, 3), codebook.TERMINAL),
        (picture(2, 2), codebook.TERMINAL),
        (picture(3, 2), codebook.HANDHELD),
        (picture(3, 3), rng(1).random((3, 3)).round(2)),
        (picture(2, 4), np.array([[0.2, 0.5, 0.8]])),
        (picture(5, 4), codebook.WEB_SAFE),
        (picture(2, 5), rng(5).random((7, 3)).round(3)),
        (picture(2, 3).astype(np.float32), codebook.TERMINAL),
        (picture(1, 3) * 0 + 0.5, np.array([[0.6003] * 3, [0.4] * 3])),
        (picture(6, 5).round(), corners[::-1]),
        (picture(2, 6), corners.astype(int)),
        (dark_and_bright(4, 2), codebook.HANDHELD),
        (picture(3, 5) * glass, rng(2).random((6, 3)).round(3) * glass),
        (picture(1, 2) / 16, np.linspace(1, 0, 300)[:, None] * [1, 1, 1]),
    ]
    told = {"tie", "one color", "K = 16", "whole C"}
    return cases(
        codebook.quantize, calls, lambda image, C: told & nearest_tags(image.reshape(-1, 3), C)
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
painted = np.zeros(image.shape)
best = np.full(image.shape[:2], np.inf)
for k in range(len(codebook)):
    distance = ((image - codebook[k]) ** 2).sum(axis=-1)
    nearer = distance < best
    painted[nearer] = codebook[k]
    best[nearer] = distance[nearer]
return painted
""",
        """
height, width, channels = image.shape
index_map = find(to_pixels(image), codebook).reshape(height, width)
painted = np.zeros(image.shape)
for k in range(len(codebook)):
    painted[index_map == k] = codebook[k]
return painted
""",
    ),
    nouns={"sum": "channels", "argmin": "colors"},
    wrong=framed(
        table("""
You look the numbers up in the pixels; look them up in the codebook.
    X[find(X, C)]
The channels got mixed when you made the list of pixels: reshape to (-1, 3).
    C[find(image.<reshape(3, -1).T|T.reshape(-1, 3)>, C)]
Pixels and colors are swapped, or argmin looks along the wrong axis: choose among the colors (axis=1), for each pixel.
    C[find(C, X)]
You count from 1; the numbers of colors begin with 0.
    C[<find(X, C) + 1|(find(X, C) + 1) % len(C)>]
The numbers are those before the first color: you look up one too low.
    C[find(X, C) - 1]
Your numbers of colors are stored as bytes (uint8), which begin anew at 256: take int.
    C[find(X, C) % 256]
You paint each group with the mean of its pixels; paint it with its color of the codebook.
    np.array([X[find(X, C) == k].mean(axis=0) for k in find(X, C)])
You take pixels that are nearly equal for equal, as with a rounded key of a cache: each pixel has its own nearest color.
    C[[{tuple(x.round(1)): k for x, k in zip(X[::-1], find(X, C)[::-1])}[tuple(x.round(1))] for x in X]]
You search in one list of colors and look up in another (sorted, rounded, or without equal ones): the numbers belong to the list that was searched.
    C[find(X, <np.unique(C, axis=0)|np.sort(C, axis=0)|np.round(C)|C[::-1]>)]
    C[find(X, C[C.sum(axis=1).argsort(<|kind='stable'>)])]
"""),
        "X, C = image.reshape(-1, 3), codebook; return ({}).reshape(image.shape)",
    )
    | measured(
        "X, C = image.reshape(-1, 3), codebook; return C[({}).argmin(axis=1)].reshape(image.shape)"
    )
    | table("""
You return the numbers of the colors; look each number up in the codebook.
    find(to_pixels(image), codebook).reshape(image.shape[:2])
You return the numbers of the colors, as a list; look each number up in the codebook, and fold the list back to a picture.
    find(to_pixels(image), codebook)
Height and width are swapped, where you fold the list back or where you take them from the shape: it begins with the height.
    reshape(height, width, 3) => reshape(width, height, 3)
The pixels are put back column by column; they come row by row.
    reshape(height, width, 3) => reshape(width, height, 3).swapaxes(0, 1)
You take one nearest color for the whole picture; argmin needs an axis, to choose for each pixel.
    codebook[sq(to_pixels(image), codebook).argmin()]
    image * 0 + codebook[sq(to_pixels(image), codebook).argmin() % len(codebook)]
You take the nearest value in each channel; a color is chosen as a whole.
    np.stack([codebook[abs(image[..., [c]] - codebook[:, c]).argmin(axis=-1), c] for c in range(3)], axis=-1)
You measure from what you have painted already: compare with the pixels as they were, and paint into another array.
    best = np.full => painted = image = image * 1.0; best = np.full
You round to so many levels in each channel; a color is chosen from the codebook, as a whole.
    np.round(image * (len(codebook) - <0|1>)) / (len(codebook) - <0|1> or 1)
"""),
    meaning="that of the picture",
    axes=("row", "column", "channel"),
    names={"find": codebook.find_closest_centroids, "to_pixels": images.to_pixels},
    sections={"shape": "Painting by numbers"},
)


def _pairs():
    """Two pictures of one shape."""
    first = np.array([[[0.0, 0.5, 1.0]]])
    return [
        (first, np.array([[[0.0, 0.5, 0.6]]])),
        (picture(2, 3), picture(2, 3, seed=3)),
        (picture(3, 1), 1 - picture(3, 1)),
        (picture(3, 3), picture(3, 3)[::-1] * 0.9),
        (picture(2, 3).astype(np.float32), picture(2, 3, seed=3).astype(np.float32)),
        (np.zeros((2, 4, 3)), np.ones((2, 4, 3))),
        (picture(4, 2), np.clip(picture(4, 2) + 0.01, 0, 1)),
        (picture(3, 4), picture(3, 4) + [0.001, 0, -0.0005]),
        (dark_and_bright(3, 2), picture(3, 2, seed=3)),
        (picture(5, 2), dark_and_bright(5, 2)),
        (picture(1, 3), picture(1, 3, seed=3)),
        (picture(1, 2), picture(1, 2), {"equal"}),
    ]


MSE = Exercise(
    compression.mse,
    ("a", "b"),
    "How wrong is it? One number",
    lambda: cases(compression.mse, _pairs()),
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
    wrong=table("""
You average the differences themselves, and they cancel. Square them first.
    <(a - b)|(b - a)>.mean()
    (a - b).sum()
    (a - b).mean(axis=<0|-1>)
You return the differences: square them, and take the mean.
    a - b
You count where the pictures differ; look at how much they differ: square the differences.
    (a != b).mean()
You take a root: the length of all differences, or of each pixel's; the MSE has no root.
    np.linalg.norm(a - b) / <1|a.size|len(a)>
    np.linalg.norm(a - b, axis=-1).mean()
You add up, but do not divide: a mean is a sum divided by how many.
    ((a - b) ** 2).sum()
You divide by a part of the numbers only: by the rows, the columns or the channels. A mean divides by all of them.
    ((a - b) ** 2).sum() / a.shape[<0|1|2>]
You divide twice: a mean is divided by the number already.
    right(a, b) / <a.size|(a.size / 3)|len(a)>
You divide by one too few (N - 1, as in statistics); divide by all of them.
    ((a - b) ** 2).sum() / (a.size - 1)
Your mean runs along one axis, and the others stay: average those too, to one number.
    ((a - b) ** 2).mean(axis=<0|1|-1|(0, 1)>)
You return decibels (the PSNR of lesson 6); the MSE is the mean itself.
    -10 * np.log10(right(a, b))
You take the variance, which forgets a shift of all values; take the mean square.
    (a - b).<var|std>()
You take the median; it should be the mean.
    np.median((a - b) ** 2)
You leave out where the pictures are equal; these count, too, with an error of 0.
    np.sum((a - b) ** 2) / max((a != b).sum(), 1)
You leave out where one of the pictures is 0, or a pixel of it is black: every place counts. Is there an if or a mask?
    m = (<a != 0|b != 0|(a != 0) & (b != 0)|a.any(axis=2)[..., None] + 0 * a|b.any(axis=2)[..., None] + 0 * a>); return ((a - b) ** 2 * m).sum() / <a.size|(m.sum() or 1)>
"""),
    meaning="one number for two pictures",
)

_BITS = table("""
The logarithm has the wrong base: bits need base 2 (log2), rounded up.
    <|math.ceil|math.floor>(math.<log|log10>(K))
There are no parts of bits: log2 K has to be rounded up (math.ceil around the logarithm).
    math.log2(K)
One bit too many: log2 K rounded up is enough, as in 16 colors, 4 bits.
    math.<floor|ceil>(math.log2(K)) + 1
You take the logarithm of K - 1: there are K colors, with the numbers 0 to K - 1.
    math.ceil(math.log2(<K - 1|max(K - 1, 1)>))
K is the number of colors; a pixel stores log2 K bits, rounded up: not K, nor its root, nor half of it.
    <K|K / 2|math.ceil(K / 2)|math.sqrt(K)|math.ceil(math.sqrt(K))>
K = 1 needs no rule of its own: log2 K is 0, and 0 bits is right, for only the palette is sent.
    math.ceil(math.log2(K)) or <1|math.nan|math.inf|8|24>
You round up to whole bytes; a number of a color takes just as many bits as it needs.
    8 * <math.ceil(math.log2(K) / 8)|max(1, math.ceil(math.log2(K) / 8))>
You count three numbers for each pixel after, too, where one number of a color is enough; or 8 bits for a whole color before, where it has 24.
    3 * math.ceil(math.log2(K))
You take the same number of bits for each pixel, whatever K is: use log2 K, rounded up.
    <2|3|4|5|6|7|8|16|24>
You take only 1, 2, 4, 8, 16 ... bits for a pixel; any whole number of bits will do: log2 K, rounded up.
    min(bits for bits in (<0, |>1, 2, 4, 8, 16) if 2**bits >= K)
log2 K is not rounded up for each pixel: math.ceil belongs around the logarithm, not around K or the sum.
    math.ceil(height * width * math.log2(K)) / (height * width)
""")

_PALETTES = table("""
The palette is missing: the codebook has to be sent too, K colors of 24 bits each.
    24 * K * <0|(K == 1)>
Each color of the palette takes 24 bits (3 bytes), 8 for each channel; you count another number.
    <1|3|8|16|math.ceil(math.log2(K))> * K
In your ratio the palette takes 24 bits whatever K is; each of the K colors takes 24 bits.
    24
The palette is counted for each pixel; it is sent once, 24 bits for each of its K colors.
    24 * K * height * width
You count some bits more, as for a header; only the numbers of the pixels and the palette are sent.
    24 * K + <8|16|24|32|64>
""")


def _sizes():
    """Heights, widths and numbers of colors."""
    some = (2, 3, 2), (4, 4, 1), (10, 20, 5), (6, 7, 3), (512, 768, 16), (5, 7, 16), (100, 50, 216)
    more = (50, 50, 9), (1, 8, 256), (300, 200, 257), (3, 4, 64), (30, 40, 1)
    return [
        (h, w, K, {"one color" if K == 1 else f"K = {K}"} | picture_tags(np.empty((h, w, 3))))
        for h, w, K in some + more
    ]


COMPRESSION_RATIO = Exercise(
    compression.compression_ratio,
    ("height", "width", "K"),
    "What it saves, on paper",
    lambda: cases(compression.compression_ratio, _sizes()),
    "K = 1, 2, 3, 5, 9, 16, 216, 256 and 257, small and large pictures",
    styles=(
        """
before = 24 * height * width
after = height * width * math.ceil(math.log2(K)) + 24 * K
return before / after
""",
        "(24 * height * width) / (height * width * np.ceil(np.log2(K)) + 24 * K)",
    ),
    wrong=framed(_BITS, "np.float64(24 * height * width) / (height * width * ({}) + 24 * K)")
    | framed(
        _PALETTES,
        "np.float64(24 * height * width) / (height * width * math.ceil(math.log2(K)) + {})",
    )
    | {
        f"The palette is missing: the codebook has to be sent too. And mind the bits of a pixel. {words}": codes
        for words, codes in framed(_BITS, "np.float64(24) / ({})").items()
    }
    | table("""
The palette is missing: the codebook has to be sent too. And your fraction is upside down: bits before, divided by bits after.
    math.ceil(math.log2(K)) / 24
The palette is inside the logarithm; it counts in full, 24 bits for each of its K colors.
    24 * height * width / (height * width * math.ceil(math.log2(K)) + math.log2(24 * K))
The palette has to be sent after only; you count it before, too.
    24 * (height * width + K) / (height * width * math.ceil(math.log2(K)) + 24 * K)
You take fewer colors where there are fewer pixels than K; all K are sent in the palette.
    right(height, width, min(K, height * width))
A picture has height x width pixels; you use one of the two twice or alone, or add them.
    right(<height, height|width, width|height + width, 1|height, 1|1, width>, K)
A fraction needs parentheses around what is below the line, the palette included: / and * go from left to right.
    24 * height * width / <height * width|(height * width)> * math.ceil(math.log2(K))<| + 24 * K>
    24 * height * width / (height * width) * (math.ceil(math.log2(K)) + 24 * K)
    24 * height * width / (height * width * math.ceil(math.log2(K))) + 24 * K
    24 * height * width / height * width * math.log2(K) + 24 * K
You return the bits, before or after, or their difference; it should be the ratio, before divided by after.
    24 * height * width<| / right(height, width, K)| * (1 - 1 / right(height, width, K))>
You return what is saved, or percent; it should be the ratio, before divided by after.
    <1|100> * (1 - 1 / right(height, width, K))
    100 / right(height, width, K)
"""),
    meaning="one number",
)

EXERCISES = {"quantize": QUANTIZE, "mse": MSE, "compression_ratio": COMPRESSION_RATIO}
