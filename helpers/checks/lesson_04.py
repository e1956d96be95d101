"""Lesson 04: `quantize`, `mse` and `compression_ratio`."""

import numpy as np

from helpers import codebook, compression, images
from helpers.checks import code, relations
from helpers.checks.cases import cases, dark_and_bright, measured, picture, picture_tags
from helpers.checks.exercise import Exercise, table


def _quantize_cases():
    corners, rng = codebook.CUBE_CORNERS, np.random.default_rng
    glass = [1, 0.2, 0.6]
    calls = [
        (picture(1, 2), corners[[0, 7]], set()),
        (np.array([[[0.5, 0.5, 0.5]]]), corners[[7, 0]], {"tie"}),
        (picture(2, 3), codebook.TERMINAL, {"K = 16"}),
        (picture(2, 2), codebook.TERMINAL, {"K = 16"}),
        (picture(3, 2), codebook.HANDHELD, set()),
        (picture(3, 3), rng(1).random((3, 3)).round(2), set()),
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
    wrong=table("""
You return the numbers of the colors; look each number up in the codebook.
    find(to_pixels(image), codebook).reshape(image.shape[:2])
You return the numbers of the colors, as a list; look each number up in the codebook, and fold the list back to a picture.
    find(to_pixels(image), codebook)
You return a list of pixels; fold it back to the shape of the picture.
    codebook[find(to_pixels(image), codebook)]
idx has one number for each pixel, not three: look each number up in the codebook (codebook first, then [idx]) before you fold the list to the shape of the picture.
    to_image(find(to_pixels(image), codebook), *image.shape[:2])
    codebook[find(to_pixels(image), codebook).reshape(image.shape)]
Height and width are swapped, where you fold the list back or where you take them from the shape: it begins with the height.
    reshape(height, width, 3) => reshape(width, height, 3)
The pixels are put back column by column; they come row by row.
    reshape(height, width, 3) => reshape(width, height, 3).swapaxes(0, 1)
You take one nearest color for the whole picture; argmin needs an axis, to choose for each pixel.
    codebook[sq(to_pixels(image), codebook).argmin()]
    image * 0 + codebook[sq(to_pixels(image), codebook).argmin() % len(codebook)]
find_closest_centroids takes a list of pixels, not a picture: to_pixels comes first.
    codebook[find(image, codebook)]
Of several equally near colors you take the last (as <= does); the rule is the lowest number.
    right(image, codebook[::-1])
You take the nearest value in each channel; a color is chosen as a whole.
    np.stack([codebook[abs(image[..., [c]] - codebook[:, c]).argmin(axis=-1), c] for c in range(3)], axis=-1)
Every pixel takes the color that is nearest to the mean of the picture; each chooses for itself.
    right(image * 0 + image.mean(axis=(0, 1)), codebook)
""")
    | {
        "You look the numbers up in the pixels; look them up in the codebook.": (
            (
                _pixel_by_pixel("X[find(X, C)]"),
                "image[find(to_pixels(image), codebook)]",
            )
        ),
        (
            "You paint with the numbers of the colors, as if they were grays; look each number up in the "
            "codebook."
        ): (
            tuple(
                _pixel_by_pixel(f"np.repeat(find(X, C)[:, None] / {n}, 3, axis=1)")
                for n in ("1", "len(C)", "max(len(C) - 1, 1)")
            )
        ),
        "The channels got mixed when you made the list of pixels: reshape to (-1, 3).": (
            (
                _pixel_by_pixel("C[find(image.reshape(3, -1).T, C)]"),
                _pixel_by_pixel("C[find(image.T.reshape(-1, 3), C)]"),
            )
        ),
        (
            "Pixels and colors are swapped, or argmin looks along the wrong axis: choose among the colors "
            "(axis=1), for each pixel."
        ): (
            (
                _pixel_by_pixel("C[find(C, X)]"),
                "codebook[find(codebook, to_pixels(image))]",
                "to_pixels(image)[find(codebook, to_pixels(image))]",
            )
        ),
        "Pixels minus colors goes wrong: each pixel has to meet every color, so they need an axis each.": (
            (
                _pixel_by_pixel("C[((X - C) ** 2).sum(axis=1).argmin()]"),
                "codebook[((image - codebook) ** 2).sum(axis=-1).argmin(axis=-1)]",
            )
        ),
        "You count from 1; the numbers of colors begin with 0.": (
            (
                _pixel_by_pixel("C[find(X, C) + 1]"),
                _pixel_by_pixel("C[(find(X, C) + 1) % len(C)]"),
            )
        ),
        "The numbers are those before the first color: you look up one too low.": (
            _pixel_by_pixel("C[find(X, C) - 1]")
        ),
        "Your numbers of colors are stored as bytes (uint8), which begin anew at 256: take int.": (
            _pixel_by_pixel("C[find(X, C) % 256]")
        ),
        (
            "argmin without an axis, or before the channels are added up, is not the number of a color: add "
            "up the channels first (axis=1)."
        ): (
            (
                _pixel_by_pixel("np.array([C[((C - x) ** 2).argmin()] for x in X])"),
                "codebook[((image[:, :, None] - codebook) ** 2).argmin(axis=2)]",
            )
        ),
        (
            "You measure from what you have painted already: compare with the pixels as they were, and "
            "paint into another array."
        ): ("painted = np.zeros(image.shape)\nbest => painted = image = image * 1.0\nbest"),
        "You paint each group with the mean of its pixels; paint it with its color of the codebook.": (
            _pixel_by_pixel("np.array([X[find(X, C) == k].mean(axis=0) for k in find(X, C)])")
        ),
        (
            "You round to so many levels in each channel; a color is chosen from the codebook, as a "
            "whole."
        ): (
            tuple(
                f"n = len(codebook) - {n}\nreturn np.round(image * n) / n if n else image * 0"
                for n in (0, 1)
            )
        ),
        (
            "You take pixels that are nearly equal for equal, as with a rounded key of a cache: each pixel has "
            "its own nearest color."
        ): (
            """
X = image.reshape(-1, 3)
_, first, back = np.unique(X.round(1), axis=0, return_index=True, return_inverse=True)
return right(X[None], codebook)[0][first][back.ravel()].reshape(image.shape)
"""
        ),
        (
            "You search in one list of colors and look up in another (sorted, rounded, or without equal "
            "ones): the numbers belong to the list that was searched."
        ): (
            tuple(
                _pixel_by_pixel(f"C[find(X, {other})]")
                for other in (
                    "np.unique(C, axis=0)",
                    "np.sort(C, axis=0)",
                    "C[C.sum(axis=1).argsort(kind='stable')]",
                    "C[C.sum(axis=1).argsort()]",
                    "np.round(C)",
                    "C[::-1]",
                )
            )
        ),
        (
            "You hand the error of a pixel on to the next ones: that is dithering, which comes later. Here each "
            "pixel takes the color that is nearest to itself."
        ): (
            (
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
            )
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

def _pairs():
    """Two pictures of one shape."""
    first = np.array([[[0.0, 0.5, 1.0]]])
    pairs = [
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
    ]
    equal = (picture(1, 2), picture(1, 2)), {"equal"}
    return [*(((a, b), picture_tags(a)) for a, b in pairs), equal]


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
    (a - b).mean()
    (b - a).mean()
    (a - b).sum()
    (a - b).mean(axis=0)
    (a - b).mean(axis=-1)
You return the differences: square them, and take the mean.
    a - b
You average absolute differences; the name says squared.
    abs(a - b).mean()
You subtract the squares; square the differences.
    abs(a**2 - b**2).mean()
    abs((a**2 - b**2).mean())
You multiply the pictures; subtract them.
    (a * b).mean()
You count where the pictures differ; look at how much they differ: square the differences.
    (a != b).mean()
You take a root: the length of all differences, or of each pixel's; the MSE has no root.
    np.linalg.norm(a - b) / a.size
    np.linalg.norm(a - b)
    np.linalg.norm(a - b, axis=-1).mean()
    np.linalg.norm(a - b) / len(a)
You add up, but do not divide: a mean is a sum divided by how many.
    ((a - b) ** 2).sum()
You square twice; once is enough.
    right(a, b) ** 2
    ((a - b) ** 4).mean()
You return decibels (the PSNR of lesson 6); the MSE is the mean itself.
    -10 * np.log10(right(a, b))
You divide by one too few (N - 1, as in statistics); divide by all of them.
    ((a - b) ** 2).sum() / (a.size - 1)
You take the variance, which forgets a shift of all values; take the mean square.
    (a - b).var()
    (a - b).std()
You take the median; it should be the mean.
    np.median((a - b) ** 2)
You take the largest difference, squared or not; it should be the mean of the squares.
    ((a - b) ** 2).max()
    abs(a - b).max()
You leave out where the pictures are equal; these count, too, with an error of 0.
    np.sum((a - b) ** 2) / max((a != b).sum(), 1)
""")
    | {
        "You square the mean; take the mean of the squares.": (
            (
                "(a - b).mean() ** 2",
                *(f"((a - b).mean(axis={axis}) ** 2).mean()" for axis in (0, 1, (0, 1))),
            )
        ),
        **{
            f"You divide by the number of {name} only.": f"((a - b) ** 2).sum() / a.shape[{axis}]"
            for axis, name in enumerate(("rows", "columns", "channels"))
        },
        "You divide twice: a mean is divided by the number already.": (
            tuple(f"right(a, b) / {n}" for n in ("a.size", "(a.size / 3)", "len(a)"))
        ),
        "Your mean runs along one axis, and the others stay: average those too, to one number.": (
            tuple(f"((a - b) ** 2).mean(axis={axis})" for axis in (0, 1, -1, (0, 1)))
        ),
        **{
            f"You leave out where {where}: every place counts. Is there an if or a mask?": tuple(
                f"t, m = (a - b) ** 2, np.broadcast_to({mask}, a.shape)\nreturn (t * m).sum() / {size}"
                for size in ("a.size", "(m.sum() or 1)")
            )
            for where, mask in (
                ("a is 0", "a != 0"),
                ("b is 0", "b != 0"),
                ("a or b is 0", "(a != 0) & (b != 0)"),
                ("a pixel of a is black", "(a != 0).any(axis=-1, keepdims=True)"),
                ("a pixel of b is black", "(b != 0).any(axis=-1, keepdims=True)"),
            )
        },
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
    "The logarithm has the wrong base: bits need base 2 (log2), rounded up.": tuple(
        frame.format(log)
        for log in ("math.log(K)", "math.log10(K)")
        for frame in ("{}", "math.ceil({})", "math.floor({})")
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
    "One bit too few: log2 K rounded up is needed; leave out the - 1.": (
        "math.ceil(math.log2(K)) - 1",
    ),
    "You take the logarithm of K - 1: there are K colors, with the numbers 0 to K - 1.": (
        "math.ceil(math.log2(max(K - 1, 1)))",
        "math.ceil(math.log2(K - 1))",
    ),
    "A pixel stores log2 K bits, not the root of K.": ("math.ceil(math.sqrt(K))", "math.sqrt(K)"),
    "You take half of K; each bit halves the number of colors, so it takes log2 K bits.": (
        "K / 2",
    ),
    "For K = 1 log2 K is 0, and 0 bits is right: only the palette is sent.": (
        "max(1, math.ceil(math.log2(K)))",
    ),
    "You round up to whole bytes; a number of a color takes just as many bits as it needs.": (
        "8 * math.ceil(math.log2(K) / 8)",
        "8 * max(1, math.ceil(math.log2(K) / 8))",
    ),
    "You count three numbers for each pixel after, too, where one number of a color is enough; or 8 bits "
    "for a whole color before, where it has 24.": ("3 * math.ceil(math.log2(K))",),
}


def _of_one_color(answers):
    """What to say where only K = 1 goes wrong."""
    if any(answers.cases[n].arguments[2] != 1 for n in answers.wrong):
        return None
    failed = any("math domain" in str(answers.trials[n].error) for n in answers.wrong)
    return (
        "There you take the logarithm of 0 (of K - 1, perhaps), and 0 has none. "
        * failed
        + "K = 1 needs no rule of its own: log2 of 1 is 0, so the pixels take 0 bits, and the palette, one "
        "color of 24 bits, is still sent."
    )


def _a_table(answers):
    """Whether it fails but for some powers of 2, in words."""
    right = {
        case.arguments[2] for case, p in zip(answers.cases, answers.problems, strict=True) if not p
    }
    failed = all(answers.trials[n].error is not None for n in answers.wrong)
    if not failed or not right or any(K & (K - 1) for K in right):
        return None
    return (
        f"It is right for K = {', '.join(map(str, sorted(right)))} only, as far as was tried: K may be any whole "
        "number. Is there a table, or an if for each K that you thought of? Compute log2 K, and round it up."
    )


def _bits_counted(answers):
    """With how many bits for a pixel, or for the palette, the ratios come out, in words."""
    calls = [
        (*case.arguments, trial.got, problem)
        for case, trial, problem in zip(
            answers.cases, answers.trials, answers.problems, strict=True
        )
        if isinstance(trial.got, (int, float)) and trial.got
    ]
    wrong = [call for call in calls if call[-1]]
    if len(wrong) < 3 or len({got for *_, got, _ in wrong}) == 1:
        return None
    height, width, K, got = np.array([call[:4] for call in calls], dtype=float).T
    is_wrong = np.array([call[-1] is not None for call in calls])
    n, first = height * width, is_wrong.argmax()
    bits = (24 * n / got - 24 * K) / n
    if np.allclose(bits, bits.round(), atol=1e-6) and bits.min() > -0.5:
        bits = bits.round().astype(int)
        if len(set(bits)) == 1:
            return f"You take {bits[0]} bits for each pixel whatever K is: use log2 K, rounded up."
        depths = set(bits) <= {0, 1, 2, 4, 8, 16, 24, 32, 64}
        return (
            f"Your ratio is that of {bits[first]} bits for each pixel, where K = {K[first]:.0f}"
            + ": you take only 1, 2, 4, 8, 16 ... bits. Any whole number of bits will do" * depths
            + "; the fewest that tell K colors apart are enough."
        )
    palette = 24 * n / got - n * np.ceil(np.log2(K))
    if not np.allclose(palette, palette.round(), atol=1e-6) or palette.min() < -0.5:
        return None
    if not palette[is_wrong].round().any():
        return _NO_PALETTE
    for what, value in {
        "In your ratio each color of the palette counts {:g}; it takes 24 bits (3 bytes), 8 for each channel.": palette
        / K,
        "In your ratio the palette takes {:g} bits whatever K is; each of the K colors takes 24 bits.": palette,
        "You add {:g} bits more; only the numbers of the pixels and the palette are sent.": palette
        - 24 * K,
    }.items():
        if np.allclose(value, value[0], atol=1e-4):
            return what.format(round(value[0]))
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
        _NO_PALETTE: _ratio(palette="0"),
        **{
            f"{_NO_PALETTE} And mind the bits of a pixel. {words}": sum(
                (_ratio(b, "0") for b in some), ()
            )
            for words, some in _BITS.items()
        },
        f"{_NO_PALETTE} And your fraction is upside down: bits before, divided by bits after.": (
            "math.ceil(math.log2(K)) / 24"
        ),
        "Each color of the palette takes 24 bits; you count as many as for a pixel.": (
            _ratio(palette="K * math.ceil(math.log2(K))")
        ),
        "The palette is counted for each pixel; it is sent once, 24 bits for each of its K colors.": (
            _ratio(palette="24 * K * n")
        ),
        "The palette is inside the logarithm; it counts in full, 24 bits for each of its K colors.": (
            _ratio(palette="math.log2(24 * K)")
        ),
        "The palette has to be sent after only; you count it before, too.": _ratio(
            before="24 * (n + K)"
        ),
        "Bits and bytes are mixed: a color has 24 bits, or 3 bytes, before and in the palette, and what a "
        "pixel takes after, log2 K rounded up, are bits.": _ratio(palette="3 * K", before="3 * n"),
        "You take fewer colors where there are fewer pixels than K; all K are sent in the palette.": (
            "right(height, width, min(K, height * width))"
        ),
        **{
            f"You {what}; a picture has height x width pixels.": f"right({pixels}, K)"
            for what, pixels in (
                ("use the height twice", "height, height"),
                ("use the width twice", "width, width"),
                ("add height and width", "height + width, 1"),
                ("count the height only", "height, 1"),
                ("count the width only", "1, width"),
            )
        },
        "A fraction needs parentheses around what is below the line, the palette included: / and * go "
        "from left to right.": tuple(
            f"24 * height * width / {below}"
            for below in (
                "height * width * math.ceil(math.log2(K)) + 24 * K",
                "height * width * math.ceil(math.log2(K))",
                "height * width * math.log2(K) + 24 * K",
                "(height * width) * math.ceil(math.log2(K)) + 24 * K",
                "(height * width * math.ceil(math.log2(K))) + 24 * K",
                "(height * width) * (math.ceil(math.log2(K)) + 24 * K)",
            )
        ),
        "log2 K is not rounded up for each pixel: math.ceil belongs around the logarithm, not around K or "
        "the sum.": _ratio("math.ceil(n * math.log2(K)) / n"),
        **{
            f"You return {what}; it should be the ratio, before divided by after.": result
            for what, result in {
                "the bits after": "24 * height * width / right(height, width, K)",
                "the bits before": "24 * height * width",
                "the difference": "24 * height * width * (1 - 1 / right(height, width, K))",
                "what is saved": "1 - 1 / right(height, width, K)",
                "percent of what is saved": "100 * (1 - 1 / right(height, width, K))",
                "percent, after divided by before": "100 / right(height, width, K)",
                "the bits for each pixel": "24 / right(height, width, K)",
            }.items()
        },
        "You round the ratio up; it keeps its decimals, and log2 K is rounded up instead.": (
            "math.ceil(right(height, width, K))",
            "math.ceil(24 * height * width / (height * width * math.log2(K) + 24 * K))",
        ),
    },
    meaning="one number",
    betrays=(_of_one_color, _a_table, _bits_counted),
)

EXERCISES = {"quantize": QUANTIZE, "mse": MSE, "compression_ratio": COMPRESSION_RATIO}
