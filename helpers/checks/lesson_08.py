"""Lesson 08: `count_colors` and `weighted_centroids`."""

import numpy as np

from helpers import kmeans
from helpers.checks.answers import Finding
from helpers.checks.cases import cases, labeled, labeled_tags, picture_tags, with_gaps
from helpers.checks.compare import Problem, close, difference, numbers
from helpers.checks.exercise import Case, Exercise, table
from helpers.checks.known import alike
from helpers.checks.report import show

# --- count_colors --------------------------------------------------------------------------

THREE = "three arrays: colors, counts, inverse"


def _of_levels(rows, height, width):
    return np.array(rows, dtype=float).reshape(height, width, 3) / 255


def _count_cases():
    """Two reds and a black first; then colors that a careless key, or rounding, confuses."""
    rng = np.random.default_rng(8)
    few = rng.integers(0, 256, (5, 3))
    base = [(0, 1, 0), (0, 0, 255), (0, 255, 0), (1, 0, 0), (0, 0, 0), (0, 0, 1)]
    mixed = [(10, 20, 30), (30, 20, 10), (20, 30, 10), (10, 30, 20), (30, 20, 10), (20, 20, 20)]
    near = [(100, 100, 100), (101, 100, 100), (100, 101, 100), (100, 100, 101)]
    bright = [(254, 255, 253), (255, 254, 253), (255, 255, 255), (254, 255, 253)]
    pictures = [
        _of_levels([(255, 0, 0)] * 3 + [(0, 0, 0)] * 2, 1, 5),
        _of_levels([(51, 102, 204)], 1, 1),
        _of_levels(base, 2, 3),
        _of_levels(mixed, 3, 2),
        _of_levels(near, 2, 2),
        _of_levels(bright, 1, 4),
        _of_levels([(1, 12, 3), (11, 2, 3), (1, 1, 23), (1, 12, 3)], 2, 2),  # alike as texts
        _of_levels([(29, 57, 58)] * 9, 3, 3),
        _of_levels(few[rng.integers(0, 5, 12)], 3, 4),
        _of_levels(few[rng.integers(0, 5, 20)], 10, 2),
        _of_levels(few[rng.integers(0, 3, 6)], 2, 3).astype(np.float32),
        _of_levels(rng.integers(0, 256, (15, 3)), 5, 3),
        _of_levels(rng.permutation(256)[:240], 8, 10),
        _of_levels([(0, 1, 0), *((0, 0, b) for b in range(1, 256))], 16, 16),
    ]
    found = []
    for image in pictures:
        colors, counts, inverse = kmeans.count_colors(image)
        expected = colors.astype(float), counts.astype(float), inverse
        found.append(Case((image,), _in_order(expected), frozenset(picture_tags(image))))
    return found


def _in_order(result):
    """The three arrays with the colors sorted by their levels; anything else as it is."""
    if not isinstance(result, (tuple, list)) or len(result) != 3:
        return result
    colors, counts, inverse = map(numbers, result)
    M = 0 if colors is None else len(np.atleast_1d(colors))
    if M == 0 or colors.shape != (M, 3) or not np.isfinite(colors).all() or abs(colors).max() > 1e6:
        return result
    levels = np.rint(colors * 255)
    order = np.lexsort(levels.T[::-1])
    if counts is not None and counts.shape == (M,):
        counts = counts[order].astype(float)
    fits = inverse is not None and inverse.dtype.kind in "iu" and inverse.size
    if fits and 0 <= inverse.min() <= inverse.max() < M:
        inverse = order.argsort()[inverse]
    parts = colors[order], counts, inverse
    return tuple(r if p is None else p for p, r in zip(parts, result, strict=True))


def _judge_count(case, got, call):
    """The colors may come in any order, the counts and numbers with them."""
    if isinstance(got, dict):
        return Problem("type", f"You return a dictionary; it should be {THREE}.")
    if isinstance(got, (tuple, list)) and len(got) == 3:
        if any(numbers(part) is None for part in got):
            problem = difference(case.expected, got, call, "colors, counts, inverse")
        else:
            got_in_order = tuple(map(np.asarray, map(numbers, _in_order(got))))
            problem = difference(case.expected, got_in_order, call, "colors, counts, inverse")
        pair = f"For {call}\nexpected, in this or another order: {show(case.expected)}\nyou return: {show(got)}"
        return problem and Problem("value" if problem.rank != "type" else "type", pair)
    what = f"{len(got)} results" if isinstance(got, (tuple, list)) else None
    problem = difference(case.expected, got, call, "colors, counts, inverse")
    if what == "2 results":
        missing = "inverse" if np.shape(got[1]) == case.expected[1].shape else "a third"
        return Problem(
            "type",
            f"You return two results, and {missing} is missing; it should be {THREE}, separated by "
            "commas. (np.unique has return_inverse and return_counts.)",
        )
    return problem


def _in_the_parts(answers):
    """What of the three arrays is wrong, and how, in words."""
    wrong = []
    for n in answers.wrong:
        case, got = answers.cases[n], answers.trials[n].got
        parts = [numbers(part) for part in got] if isinstance(got, (tuple, list)) else []
        if len(parts) != 3 or any(part is None for part in parts):
            return None
        wrong.append((case.arguments[0], case.expected, *parts))
    # Where every pixel has a color of its own, numbers of pixels and of colors look alike.
    telling = [call for call in wrong if len(call[1][0]) < len(call[1][2])] or wrong
    for some, about in ((telling, ()), (wrong[:1], tuple(answers.wrong[:1]))):
        found = (words for words, holds in _PARTS.items() if all(holds(*c) for c in some))
        words = next(found, None)
        if words:
            return Finding(words, about)
    return None


def _levels(colors, scale=255):
    """Colors as tuples of whole numbers."""
    if colors.ndim != 2 or not np.isfinite(colors).all() or abs(colors).max(initial=0) > 1e6:
        return []
    return [tuple(row) for row in np.rint(colors * scale).astype(int).tolist()]


def _right_counts(image, colors):
    """How many pixels have each of these colors."""
    pixels = _levels(image.reshape(-1, 3))
    return np.array([pixels.count(row) for row in _levels(colors)])


def _counts(test):
    """A question about the counts, and the right ones of the same colors, where the colors are right."""

    def holds(image, expected, colors, counts, inverse):
        if set(_levels(colors)) != set(_levels(expected[0])) or len(colors) != len(expected[0]):
            return False
        right = _right_counts(image, colors)
        return counts.shape == right.shape and bool(test(counts, right, image, colors))

    return holds


def _inverse(test):
    """A question about inverse, and the right one, where the colors are right."""

    def holds(image, expected, colors, counts, inverse):
        rows = _levels(colors)
        if set(rows) != set(_levels(expected[0])) or len(rows) != len(set(rows)):
            return False
        pixels = _levels(image.reshape(-1, 3))
        return bool(test(inverse, np.array([rows.index(pixel) for pixel in pixels]), image, colors))

    return holds


def _first_places(image):
    pixels = _levels(image.reshape(-1, 3))
    return [pixels.index(pixel) for pixel in pixels]


# What to say -> whether it holds of one call: image, expected, colors, counts, inverse.
_PARTS = {
    "Your three arrays are right, and their order is not: colors, counts, inverse.": (
        lambda image, e, a, b, c: any(
            alike(_in_order(order), e)
            for order in ((a, c, b), (b, a, c), (b, c, a), (c, a, b), (c, b, a))
        )
    ),
    "There are no colors at all in your result: is a row, a column or a pixel of the picture left out?": (
        lambda image, e, colors, *_: not colors.size
    ),
    "With a single color, your colors have shape (3,); it should be a table of one row, (1, 3).": (
        lambda image, e, colors, *_: len(e[0]) == 1 and colors.shape == (3,)
    ),
    "You list the different values of single channels; a color is a row of three (axis=0, or one key for each "
    "row).": lambda image, e, colors, *_: colors.ndim == 1 and np.isin(colors, image).all(),
    "Your colors are one number each: if these are keys, take them apart again, into red, green and blue; if they "
    "are grays, keep the channels apart: shape (M, 3).": lambda image, e, colors, *_: colors.ndim == 1,
    "Your colors have three axes, as if whole rows of the picture were compared: make a table of pixels first, "
    "image.reshape(-1, 3).": lambda image, e, colors, *_: colors.ndim == 3,
    "Your colors go from 0 to 255; here white is 1: divide by 255.": (
        lambda image, e, colors, *_: set(_levels(colors, 1)) == set(_levels(e[0]))
    ),
    "Red and blue are swapped: red is what was multiplied by 65536.": (
        lambda image, e, colors, *_: {row[::-1] for row in _levels(colors)} == set(_levels(e[0]))
    ),
    "You list a color for each pixel, or for each run of equal neighbors; each different color should be "
    "there once, wherever its pixels are.": lambda image, e, colors, *_: (
        set(_levels(colors)) == set(_levels(e[0])) and len(colors) > len(e[0])
    ),
    "A color is there more than once; each different color should be there once. (If you take keys apart: // "
    "65536 is red, // 256 % 256 green, % 256 blue.)": lambda image, e, colors, *_: (
        0 < len(set(_levels(colors))) < len(colors)
    ),
    "Black is missing, the color with the key 0: an if with a number alone asks whether it is not 0.": (
        lambda image, e, colors, *_: set(_levels(e[0])) - set(_levels(colors)) == {(0, 0, 0)}
    ),
    "Your colors are grays, one brightness for all channels: pixels of different colors share it.": (
        lambda image, e, colors, *_: colors.ndim == 2 and not np.ptp(colors, axis=1).any()
    ),
    "Colors are missing: do different ones get the same key, or are they rounded until they are the same? "
    "(Three channels of 256 levels need 65536, 256 and 1.)": lambda image, e, colors, *_: (
        set(_levels(colors)) < set(_levels(e[0]))
    ),
    "Your colors are not quite those of the picture: they lie between its 256 levels. Are they rounded, "
    "averaged, or divided with / where // cuts off?": lambda image, e, colors, *_: (
        colors.ndim == 2 and abs(colors * 255 - np.rint(colors * 255)).max(initial=0) > 0.02
    ),
    "Some of your colors do not occur in the picture: is a key taken apart with the numbers that it was "
    "made with? (Or do different colors get the same key?)": lambda image, e, colors, *_: bool(
        set(_levels(colors)) - set(_levels(e[0]))
    ),
    "np.bincount counts every key that there could be, most of them 0 times: keep the counts that are not "
    "0, or count inverse in place of the keys.": lambda image, e, colors, counts, *_: (
        counts.ndim == 1 and counts.size > image.size and np.count_nonzero(counts) == len(e[0])
    ),
    "Your counts are added up along the way (cumsum): count each color by itself.": _counts(
        lambda counts, right, *_: np.array_equal(counts, right.cumsum())
    ),
    "Your counts are shares of the picture; count the pixels themselves.": _counts(
        lambda counts, right, *_: (
            close(counts, right / right.sum()) or close(counts, 100 * right / right.sum())
        )
    ),
    "Each of your counts is one too small: the first pixel of a color counts, too.": _counts(
        lambda counts, right, *_: np.array_equal(counts, right - 1)
    ),
    "Each of your counts is one too large: begin with 0, or with 1 and without the first.": _counts(
        lambda counts, right, *_: np.array_equal(counts, right + 1)
    ),
    "You count values, three for each pixel; count pixels.": _counts(
        lambda counts, right, *_: np.array_equal(counts, 3 * right)
    ),
    "Your counts are numbers of colors; count how many pixels have each.": _counts(
        lambda counts, right, *_: np.array_equal(counts, np.arange(len(counts)))
    ),
    "In place of the counts you return where each color comes first (return_index): ask for "
    "return_counts.": _counts(
        lambda counts, right, image, colors: (
            counts.tolist() == [_levels(image.reshape(-1, 3)).index(row) for row in _levels(colors)]
        )
    ),
    "You count the pixels that share any channel with a color; they are equal only if all three channels "
    "are (.all(axis=1)).": _counts(
        lambda counts, right, image, colors: np.array_equal(
            counts, np.isclose(image.reshape(-1, 1, 3), colors).any(axis=-1).sum(axis=0)
        )
    ),
    "Your counts are right, but stand in another order than your colors: count k belongs to color k.": (
        _counts(
            lambda counts, right, *_: (
                np.array_equal(np.sort(counts), np.sort(right))
                and not np.array_equal(counts, right)
            )
        )
    ),
    "Some of your counts are wrong: how many pixels have color k?": _counts(
        lambda counts, right, *_: not np.array_equal(counts, right)
    ),
    "In place of inverse you return the pixels: inverse has one number for each, the row of its color.": (
        _inverse(lambda inverse, right, image, *_: close(inverse, image.reshape(-1, 3)))
    ),
    "Your inverse is empty: is anything ever put into it?": _inverse(lambda inverse, *_: not inverse.size),
    "Your inverse is folded like the picture; it should be flat, one number for each pixel, row by row "
    "(.ravel()).": _inverse(
        lambda inverse, right, *_: inverse.shape != right.shape and inverse.size == right.size
    ),
    "Your third result has one number for each color, where it first occurs, perhaps (return_index); "
    "inverse has one for each pixel: the row of its color (return_inverse).": _inverse(
        lambda inverse, right, image, colors: inverse.shape == (len(colors),) != right.shape
    ),
    "Your inverse counts the colors from 1; the first row is number 0.": _inverse(
        lambda inverse, right, *_: np.array_equal(inverse, right + 1)
    ),
    "Your inverse holds decimals; row numbers have to be whole (int), or they can't look anything up.": (
        _inverse(
            lambda inverse, right, *_: inverse.dtype.kind == "f" and np.array_equal(inverse, right)
        )
    ),
    "Your inverse holds the keys themselves; it should hold the row of each key among the different ones "
    "(np.searchsorted finds it, or return_inverse).": _inverse(
        lambda inverse, right, image, *_: np.array_equal(
            inverse, np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
        )
    ),
    "Your inverse tells for each pixel where its color comes first in the picture; it should be the row of "
    "that color in your colors.": _inverse(
        lambda inverse, right, image, *_: inverse.tolist() == _first_places(image)
    ),
    "Your inverse only numbers the pixels, 0, 1, 2 ...; it should be the row of each pixel's color.": (
        _inverse(lambda inverse, right, *_: np.array_equal(inverse, np.arange(len(right))))
    ),
    "Your inverse tells how many pixels have the same color; it should be the row of that color in your "
    "colors.": _inverse(
        lambda inverse, right, image, colors: np.array_equal(
            inverse, _right_counts(image, colors)[right]
        )
    ),
    "Your inverse holds the places of the pixels in sorted order (argsort); it should hold for each pixel "
    "the row of its color (return_inverse).": _inverse(
        lambda inverse, right, *_: np.array_equal(np.sort(inverse.ravel()), np.arange(len(right)))
    ),
    "Your colors and counts are right, and inverse is not: its numbers come column by column; go row by "
    "row, as reshape does.": _inverse(
        lambda inverse, right, image, *_: np.array_equal(
            inverse, right.reshape(image.shape[:2]).T.ravel()
        )
    ),
    "Your colors and counts are right, and inverse is not: colors[inverse] has to give the pixels again. "
    "Its numbers are those of the rows in another order: were the rows sorted after it was made?": (
        _inverse(
            lambda inverse, right, *_: (
                inverse.shape == right.shape
                and len(set(zip(inverse.tolist(), right.tolist(), strict=True)))
                == len(set(inverse.tolist()))
                == len(set(right.tolist()))
            )
        )
    ),
    "Your colors and counts are right, and inverse is not: colors[inverse] has to give the pixels again.": (
        _inverse(lambda inverse, right, *_: inverse.shape == right.shape)
    ),
}

_UNIQUE = "np.unique({}, axis={}, return_inverse=True, return_counts=True)"


def _read(pixels, axis=0):
    """The three arrays of something that is no table of the picture's pixels."""
    return f"colors, inverse, counts = {_UNIQUE.format(pixels, axis)}\nreturn colors, counts, inverse.ravel()"


def _numbers(made="[65536, 256, 1]", red="65536", base="256", scale="255", end="255"):
    """An edit: other numbers in the keys, or where they are taken apart."""
    return (
        f"* 255).astype(int) @ [65536, 256, 1] => * {scale}).astype(int) @ {made} ;; "
        f"keys // 65536, keys // 256 % 256, keys % 256], axis=1) / 255 => "
        f"keys // {red}, keys // {base} % {base}, keys % {base}], axis=1) / {end}"
    )


COUNT_COLORS = Exercise(
    kmeans.count_colors,
    ("image",),
    "Count each color once",
    _count_cases,
    "one pixel, one color, wide, tall and square pictures, colors next to each other, colors that "
    "share their values, float32",
    styles=(
        """
keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
colors = np.stack([keys // 65536, keys // 256 % 256, keys % 256], axis=1) / 255
return colors, counts, inverse
""",
        _read("image.reshape(-1, 3)"),
        """
rows, counts, inverse = {}, [], []
for pixel in image.reshape(-1, 3).tolist():
    key = tuple(pixel)
    if key not in rows:
        rows[key] = len(rows)
        counts.append(0)
    counts[rows[key]] += 1
    inverse.append(rows[key])
return np.array(list(rows)), np.array(counts), np.array(inverse)
""",
    ),
    wrong=table("""
In green there is still the red: keys // 256 is red and green together, % 256 leaves the green.
    keys // 256 % 256 => keys // 256
In green there is still the blue: keys % 65536 is green and blue together, // 256 leaves the green.
    keys // 256 % 256 => keys % 65536
Keys are divided with /, which makes decimals: the levels are whole numbers, by //.
    keys // 65536, keys // 256 % 256 => keys / 65536, keys / 256 % 256
    keys // 256 % 256 => keys / 256 % 256
You look at the first row of the picture only; take the pixels of all rows.
    right(image[:1])
You look at the first column of the picture only; take the pixels of all columns.
    right(image[:, :1])
The last row of image is left out: does a loop or a slice stop one too early?
    right(image[:-1])
The last column of the picture is left out: range leaves out its end already.
    right(image[:, :-1])
The first pixel is left out: ranges and slices begin with 0.
    right(image.reshape(1, -1, 3)[:, 1:])
The last pixel is left out: does a loop or a slice stop one too early?
    right(image.reshape(1, -1, 3)[:, :-1])
Your colors stand in columns: rows and columns are swapped. One row for each color (axis=1 in np.stack, or .T).
    axis=1) / 255 => axis=0) / 255
All of your counts are 1; count how many pixels have each color.
    counts[rows[key]] += 1 => counts[rows[key]] = 1
""")
    | {
        **{
            f"A channel has 256 levels, 0 to 255, so that keys need 65536, 256 and 1: with {n} in place of "
            "256 different colors get the same key, or come back as others.": _numbers(
                f"[{n**2}, {n}, 1]", f"{n**2}", f"{n}"
            )
            for n in (255, 1, 2, 8, 10, 16, 64, 100, 128, 200, 250, 254)
        },
        **{
            f"Keys are made with the powers of {one} and taken apart with those of {other}: these have to be "
            "the same.": _numbers(f"[{one**2}, {one}, 1]", f"{other**2}", f"{other}")
            for one, other in (
                (256, 255),
                (255, 256),
                (1000, 256),
                (256, 1000),
                (257, 256),
                (256, 257),
            )
        },
        **{
            f"You multiply by {n}, and the levels go from 0 to 255: multiply by 255, and round.": (
                _numbers(scale=f"{n}"),
                f"np.rint(image.reshape(-1, 3) * 255) => np.trunc(image.reshape(-1, 3) * {n})",
            )
            for n in (256, 254, 100)
        },
        (
            "The levels are multiplied by 256 and divided by 256, but they go from 0 to 255: it is 255 both "
            "times."
        ): (_numbers(scale="256", end="256")),
        (
            "You divide the levels by 256; white is level 255, so that this makes it darker than 1: divide by "
            "255."
        ): (_numbers(end="256")),
        "The colors are not multiplied by 255 before they are whole numbers: almost all become 0.": (
            (
                _numbers(scale="1"),
                _numbers(scale="1", end="1"),
                "np.rint(image.reshape(-1, 3) * 255) => image.reshape(-1, 3)",
            )
        ),
        **{
            f"The keys are kept in {bits} bits, which is too few, so that they wrap around: a key goes up to "
            "16,777,215. Turn the levels into int before you multiply or shift them.": (
                f"@ [65536, 256, 1] => @ np.array([65536, 256, 1]) % 2**{bits}"
            )
            for bits in (8, 16)
        },
        "Colors that occur only once are missing: each different color is listed, however rare.": (
            "colors, counts, inverse = right(image)\nreturn colors[counts > 1], counts[counts > 1], inverse"
        ),
        (
            "np.unique with axis=0 compares whole rows of the picture: make a table of pixels first, "
            "image.reshape(-1, 3)."
        ): (_read("image")),
        "np.unique with axis=1 compares the columns of a table, its channels: pixels are its rows, axis=0.": (
            _read("image.reshape(-1, 3)", 1)
        ),
        (
            "The numbers are read one after the other into three long rows (reshape(3, -1)), so that channels of "
            "different pixels come together: reshape(-1, 3) keeps the three of each pixel."
        ): (_read("image.reshape(3, -1).T")),
        (
            "The picture is turned, with its channels in front, before it is folded, so that rows of three mix "
            "different pixels: leave the channels as the last axis."
        ): (
            (
                _read("image.T.reshape(-1, 3)"),
                _read("image.transpose(2, 0, 1).reshape(-1, 3)"),
            )
        ),
        "You divide by the largest level of this picture; white is level 255: divide by 255.": (
            "colors, counts, inverse = right(image)\nreturn colors / (colors.max() or 1), counts, inverse"
        ),
        "You round the colors: leave them as they are.": (
            tuple(_read(f"np.round(image.reshape(-1, 3), {digits})") for digits in range(5))
        ),
        (
            "You list the different values of single channels; a color is a row of three (axis=0, or one key for "
            "each row)."
        ): (_read("image.reshape(-1, 3)", None)),
    },
    meaning="colors, counts, inverse",
    canonical=_in_order,
    judge=_judge_count,
    betrays=(_in_the_parts,),
)

# --- weighted_centroids --------------------------------------------------------------------


def _weighted_cases():
    """The groups of `compute_centroids`, their rows with counts that are all but equal."""
    first = np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]), np.array([3, 1]), np.array([0, 0]), 1
    calls = [(first, {"one color", "3 channels"})]
    rng = np.random.default_rng(80)
    for X, idx, K in [*labeled()[:2], *with_gaps(), *labeled()[2:]]:
        counts = rng.integers(1, 30, len(X))
        calls.append(((X, counts, idx, K), labeled_tags(X, idx, K)))
    many = calls[1][0][0], np.array([70_000, 300, 41]), np.array([0, 0, 1]), 2
    calls.append((many, {"many pixels"}))
    return cases(kmeans.weighted_centroids, calls)


def _meets_the_channels(answers):
    """A table and a row of numbers that meet from the wrong side, in words."""
    for case, trial in zip(answers.cases, answers.trials, strict=True):
        if trial.error is not None and "broadcast together" in trial.error.text:
            N, d = case.arguments[0].shape
            if any(f"({n},{d})" in trial.error.text for n in (N, case.arguments[3])):
                return (
                    "A table and a row of numbers don't fit: shapes are compared from the right, so the numbers "
                    "meet the channels. To give each row of the table its own number, make them a column: "
                    "counts[:, None], sizes[:, None]."
                )
    return None


def _many_pixels(answers):
    if all("many pixels" in answers.cases[n].tags for n in answers.wrong):
        return (
            "It goes wrong where counts are large: a picture has thousands of pixels of one color, too many "
            "for 8 or 16 bits. Leave the counts as they are."
        )
    return None


def _mean(code):
    """A whole function of this mean of a group: g its colors, n its counts as a column."""
    return f"""
centroids = np.zeros((K, colors.shape[1]))
for k in range(K):
    g, n = colors[idx == k], counts[idx == k][:, None]
    if len(g) > 0:
        centroids[k] = {code}
return centroids
"""


WEIGHTED_CENTROIDS = Exercise(
    kmeans.weighted_centroids,
    ("colors", "counts", "idx", "K"),
    "Sums are enough",
    _weighted_cases,
    "1, 2, 3 and 5 channels, K = 1, numbers in any order, groups without colors, whole numbers, "
    "float32",
    styles=(
        """
centroids = np.zeros((K, colors.shape[1]))
for k in range(K):
    if (idx == k).any():
        centroids[k] = (colors[idx == k] * counts[idx == k][:, None]).sum(axis=0) / counts[idx == k].sum()
return centroids
""",
        """
sums = np.zeros((K, colors.shape[1]))
pixels = np.zeros(K)
for n in range(len(colors)):
    sums[idx[n]] += colors[n] * counts[n]
    pixels[idx[n]] += counts[n]
return sums / np.maximum(pixels, 1)[:, None]
""",
        """
pixels = np.bincount(idx, weights=counts, minlength=K)
sums = [np.bincount(idx, weights=counts * channel, minlength=K) for channel in colors.T]
return np.stack(sums, axis=1) / np.maximum(pixels, 1)[:, None]
""",
    ),
    nouns={"sum": "colors of the group", "n": "color", "k": "group"},
    wrong=table("""
You return one row for each color; it should be one for each centroid: leave out [idx].
    right(colors, counts, idx, K)[idx]
Every centroid gets all the colors; take those of its group only.
    np.tile((colors * counts[:, None]).sum(axis=0) / counts.sum(), (K, 1))
You count the groups from 1; the numbers of centroids begin with 0.
    idx == k => idx == k + 1
Each centroid gets the colors of all other groups; take those of its own (idx == k).
    idx == k => idx != k
Each centroid gets the colors of the groups before it, too: begin each with sums of 0.
    [idx == k] => [idx <= k]
The counts are sorted, and so belong to other colors: leave them in the order of the colors.
    right(colors, np.sort(counts), idx, K)
    right(colors, np.sort(counts)[::-1], idx, K)
A group has no colors: the mean of nothing is no number (nan, infinity, or an error). Ask for this case, and give it a place that you find sensible.
    np.array([np.average(colors[idx == k], axis=0, weights=counts[idx == k]) for k in range(K)])
    np.array([(colors[idx == k] * counts[idx == k][:, None]).sum(axis=0) / counts[idx == k].sum() for k in range(K)])
You go up to the largest number in idx; there are K groups, even if the last ones have no colors (np.bincount has minlength for this).
    right(colors, counts, idx, idx.max() + 1)
Your sums are right, one row for each channel, but reshape tears them apart: it reads them row by row. To make rows of the columns, .T (or np.stack with axis=1).
    np.stack(sums, axis=1) => np.array(sums).reshape(K, -1)
""")
    | {
        (
            "Each color counts once; it has to count as often as it has pixels: counts is not used, or has no "
            "effect."
        ): (_mean("g.mean(axis=0)")),
        (
            "Your sums are weighted, and what you divide by is not: divide by the pixels of the group (its counts "
            "added up), not by the number of its colors."
        ): (_mean("(n * g).sum(axis=0) / len(g)")),
        (
            "You divide by the pixels of the group, and your sums are not weighted: each color times its count "
            "first, then add."
        ): (_mean("g.sum(axis=0) / n.sum()")),
        "You divide by all pixels of the picture; divide by those of the group.": (
            _mean("(n * g).sum(axis=0) / counts.sum()")
        ),
        "You divide by the number of all colors; divide by the pixels of the group.": (
            _mean("(n * g).sum(axis=0) / len(colors)")
        ),
        "You add up, and do not divide; a mean is a sum divided by the pixels of the group.": (
            _mean("(n * g).sum(axis=0)")
        ),
        (
            "Your sums are neither weighted nor divided: each color times its count, added up, divided by the "
            "pixels of the group."
        ): (_mean("g.sum(axis=0)")),
        "You divide by K; divide by the pixels of the group.": (_mean("(n * g).sum(axis=0) / K")),
        (
            "You divide group k by counts[k], the pixels of color k: divide by those of all colors of the group, "
            "added up."
        ): (_mean("(n * g).sum(axis=0) / counts[k % len(counts)]")),
        (
            "The counts are changed on the way (a square, a root, a logarithm), or those of 1 are left out: a "
            "color weighs just as much as it has pixels."
        ): (
            tuple(
                _mean(f"({w} * g).sum(axis=0) / max(({w}).sum(), 1e-9)")
                for w in (
                    "n**2",
                    "np.sqrt(n)",
                    "np.log(n)",
                    "np.log1p(n)",
                    "np.log2(n)",
                    "(n * (n > 1))",
                )
            )
        ),
        "You multiply by the counts twice, and divide by them once.": (
            _mean("(n**2 * g).sum(axis=0) / n.sum()")
        ),
        "You divide by the counts where you should multiply: a color with many pixels weighs more.": (
            tuple(
                _mean(f"(g / n).sum(axis=0){more}")
                for more in (" / (1 / n).sum()", " / n.sum()", "")
            )
        ),
        "The sums are stored as integers, which cuts off their decimals: begin with 0.0, or np.zeros.": (
            _mean("np.trunc((n * g).sum(axis=0)) / n.sum()")
        ),
        "You average the channels, too, to one number; each channel has its own mean.": (
            _mean("(n * g).sum() / n.sum() / g.shape[1]")
        ),
        "You add the channels up, to one number; each channel has its own mean.": (
            _mean("(n * g).sum() / n.sum()")
        ),
        "You take the most frequent color of each group; it should be the mean of all its pixels.": (
            _mean("g[n.argmax()]")
        ),
        "You take the median of each group; it should be the mean.": (
            (
                _mean("np.median(g, axis=0)"),
                _mean("np.median(np.repeat(g, n[:, 0], axis=0), axis=0)"),
            )
        ),
        "You take the first color of each group; it should be the mean of all its pixels.": (
            _mean("g[0]")
        ),
        "You take the last color of each group: a loop overwrites instead of adding up.": (
            _mean("g[-1]")
        ),
        (
            "You keep the last color of each group only, times its count: add (+=), don't overwrite. (+= with a "
            "list of numbers counts a number that comes twice only once: np.add.at or np.bincount count each.)"
        ): (_mean("(n * g)[-1] / n.sum()")),
        (
            "You divide by a little more than the pixels of the group, which moves every mean: divide by the pixels "
            "themselves, and ask about empty groups in another way (np.maximum)."
        ): (
            tuple(
                _mean(f"(n * g).sum(axis=0) / (n.sum() + {more})")
                for more in (1, 0.5, 0.1, 0.01, 1e-3, 1e-4)
            )
        ),
        "You return how many pixels a group has; it should be their mean.": (_mean("n.sum()")),
        "You have rows only for numbers that occur: go through all K (range(K)), not the numbers in idx.": (
            "C = right(colors, counts, idx, K)\nreturn C[np.unique(idx)]"
        ),
    },
    meaning="one row for each centroid, one column for each channel",
    axes=("color", "channel"),
    free=lambda colors, counts, idx, K: np.bincount(idx, minlength=K) == 0,
    betrays=(_many_pixels, _meets_the_channels),
)

EXERCISES = {"count_colors": COUNT_COLORS, "weighted_centroids": WEIGHTED_CENTROIDS}
