"""Lesson 08: `count_colors` and `weighted_centroids`."""

from itertools import permutations

import numpy as np

from helpers import kmeans
from helpers.checks.attempt import Finding
from helpers.checks.cases import cases, labeled, labeled_tags, picture_tags, with_gaps
from helpers.checks.compare import Problem, close, difference, numbers
from helpers.checks.exercise import Case, Exercise, answered, questions, table
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
    size = len(got) if isinstance(got, (tuple, list)) else None
    if size == 2:
        missing = "inverse" if np.shape(got[1]) == case.expected[1].shape else "a third"
        words = f"You return two results, and {missing} is missing; it should be {THREE}, separated by commas. (np.unique has return_inverse and return_counts.)"
        return Problem("type", words)
    if size != 3:
        return difference(case.expected, got, call, "colors, counts, inverse")
    in_order = got
    if all(numbers(part) is not None for part in got):
        in_order = tuple(map(np.asarray, map(numbers, _in_order(got))))
    problem = difference(case.expected, in_order, call, "colors, counts, inverse")
    pair = f"For {call}\nexpected, in this or another order: {show(case.expected)}\nyou return: {show(got)}"
    return problem and Problem("value" if problem.rank != "type" else "type", pair, bare=True)


def _in_the_parts(attempt):
    """What of the three arrays is wrong, and how, in words."""
    wrong = []
    for n in attempt.failures:
        case, got = attempt.cases[n], attempt.trials[n].got
        parts = [numbers(part) for part in got] if isinstance(got, (tuple, list)) else []
        if len(parts) != 3 or any(part is None for part in parts):
            return None
        wrong.append((n, case.arguments[0], case.expected, *parts))
    if all(alike(_in_order((a, c, b)), e) for *_, e, a, b, c in wrong):
        return "Counts and inverse are in each other's place: np.unique gives inverse before counts, and the counts are asked for first."
    if all(
        any(alike(_in_order(p), e) for p in [*permutations(parts)][1:]) for _, _, e, *parts in wrong
    ):
        return "Your three arrays are right, and their order is not: colors, counts, inverse."
    # Where every pixel has a color of its own, numbers of pixels and of colors look alike.
    telling = [call for call in wrong if len(call[2][0]) < len(call[2][2])] or wrong
    for some in (telling, wrong[:1]):
        calls = [(*call, *_seen(*call[:3])) for _, *call in some]
        parts = (_COUNTS | _INVERSE) if all(call[-1] is not None for call in calls) else _COLORS
        words = answered(parts, calls)
        if words:
            return Finding(words, tuple(n for n, *_ in some))
    return None


def _levels(colors, scale=255):
    """Colors as tuples of whole numbers."""
    if colors.ndim != 2 or not np.isfinite(colors).all() or abs(colors).max(initial=0) > 1e6:
        return []
    return [tuple(row) for row in np.rint(colors * scale).astype(int).tolist()]


def _seen(image, expected, colors):
    """Levels of the colors, of the right ones, of the pixels; the counts and the inverse that fit."""
    have, want, pixels = _levels(colors), _levels(expected[0]), _levels(image.reshape(-1, 3))
    if sorted(have) != sorted(want):
        return have, set(want), pixels, None, None
    counts = np.array([pixels.count(row) for row in have])
    return have, set(want), pixels, counts, np.array([have.index(pixel) for pixel in pixels])


# What is asked of one call: what it was given and what came back, and what `_seen` says of it.
_SEEN = "image, e, colors, counts, inverse, have, want, pixels, right, row"

_COLORS = questions(_SEEN, """
There are no colors at all in your result: is a row, a column or a pixel of the picture left out?
    not colors.size
With a single color, your colors have shape (3,); it should be a table of one row, (1, 3).
    len(want) == 1 and colors.shape == (3,)
You list the different values of single channels; a color is a row of three (axis=0, or one key for each row).
    colors.ndim == 1 and np.isin(colors, image).all()
Your colors are one number each: if these are keys, take them apart again, into red, green and blue; if they are grays, keep the channels apart: shape (M, 3).
    colors.ndim == 1
Your colors have three axes, as if whole rows of the picture were compared: make a table of pixels first, image.reshape(-1, 3).
    colors.ndim == 3
Your colors go from 0 to 255; here white is 1: divide by 255.
    set(levels(colors, 1)) == want
Red and blue are swapped: red is what was multiplied by 65536.
    {row[::-1] for row in have} == want
You list a color for each pixel, or for each run of equal neighbors; each different color should be there once, wherever its pixels are.
    set(have) == want
A color is there more than once; each different color should be there once. (If you take keys apart: // 65536 is red, // 256 % 256 green, % 256 blue.)
    0 < len(set(have)) < len(colors)
Black is missing, the color with the key 0: an if with a number alone asks whether it is not 0.
    want - set(have) == {(0, 0, 0)}
Colors are missing: do different ones get the same key, or are they rounded until they are the same? (Three channels of 256 levels need 65536, 256 and 1.)
    set(have) < want
Some of your colors do not occur in the picture: are they rounded or averaged, do different ones get the same key, or is a key taken apart with other numbers than it was made with (or with / where // cuts off)?
    set(have) - want
""", levels=_levels)  # fmt: skip

_COUNTS = questions(_SEEN, """
np.bincount counts every key that there could be, most of them 0 times: keep the counts that are not 0, or count inverse in place of the keys.
    counts.ndim == 1 and counts.size > image.size and np.count_nonzero(counts) == len(want)
Your counts are shares of the picture; count the pixels themselves.
    close(counts, right / right.sum())
    close(counts, 100 * right / right.sum())
Each of your counts is one too small: the first pixel of a color counts, too.
    np.array_equal(counts, right - 1)
You count values, three for each pixel; count pixels.
    np.array_equal(counts, 3 * right)
In place of the counts you return where each color comes first (return_index): ask for return_counts.
    counts.tolist() == [pixels.index(color) for color in have]
Your counts are right, but stand in another order than your colors: count k belongs to color k.
    np.array_equal(np.sort(counts), np.sort(right)) and not np.array_equal(counts, right)
Some of your counts are wrong: how many pixels have color k?
    not np.array_equal(counts, right)
""", close=close)  # fmt: skip

_INVERSE = questions(_SEEN, """
Your inverse is empty: is anything ever put into it?
    not inverse.size
Your inverse is folded like the picture; it should be flat, one number for each pixel, row by row (.ravel()).
    inverse.shape != row.shape and inverse.size == row.size
Your third result has one number for each color, where it first occurs, perhaps (return_index); inverse has one for each pixel: the row of its color (return_inverse).
    inverse.shape == (len(colors),) != row.shape
Your inverse counts the colors from 1; the first row is number 0.
    np.array_equal(inverse, row + 1)
Your inverse holds decimals; row numbers have to be whole (int), or they can't look anything up.
    inverse.dtype.kind == "f" and np.array_equal(inverse, row)
Your inverse holds the keys themselves; it should hold the row of each key among the different ones (np.searchsorted finds it, or return_inverse).
    np.array_equal(inverse, np.array(pixels) @ [65536, 256, 1])
Your inverse holds the places of the pixels in sorted order (argsort), or only numbers them; it should hold for each pixel the row of its color (return_inverse).
    np.array_equal(np.sort(inverse.ravel()), np.arange(len(row)))
Your colors and counts are right, and inverse is not: colors[inverse] has to give the pixels again. Its numbers are those of the rows in another order: were the rows sorted after it was made?
    inverse.shape == row.shape and len({*zip(inverse.tolist(), row.tolist())}) == len({*inverse.tolist()}) == len({*row.tolist()})
Your colors and counts are right, and inverse is not: colors[inverse] has to give the pixels again.
    inverse.shape == row.shape
""")  # fmt: skip


def _read(pixels):
    """The three arrays of something that is no table of the picture's pixels."""
    return (
        f"colors, inverse, counts = np.unique({pixels}, axis=0, return_inverse=True, return_counts=True)\n"
        "return colors, counts, inverse.ravel()"
    )


COUNT_COLORS = Exercise(
    kmeans.count_colors,
    ("image",),
    "Count each color once",
    _count_cases,
    "one pixel, one color, wide, tall and square pictures, colors next to each other, colors that share their values, float32",
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
A channel has 256 levels, 0 to 255, so that keys need 65536, 256 and 1, where they are made and where they are taken apart: with other numbers different colors get the same key, or come back as others.
    65536 => <1|2|10|16|100|128|200|250|254|255> ** 2 ;; 256 => <1|2|10|16|100|128|200|250|254|255>
    [65536, 256, 1] => [<255|257|1000> ** 2, <255|257|1000>, 1]
    keys // 65536, keys // 256 % 256, keys % 256 => keys // <255|257|1000> ** 2, keys // <255|257|1000> % <255|257|1000>, keys % <255|257|1000>
The levels go from 0 to 255: multiply by 255, and round, and divide by 255.
    255).astype => <256|254|100>).astype
    np.rint(image.reshape(-1, 3) * 255) => np.trunc(image.reshape(-1, 3) * <256|254|100>)
    255).astype => 256).astype ;; / 255 => / 256
    / 255 => / 256
The keys are kept in too few bits (8, or 16), so that they wrap around: a key goes up to 16,777,215. Turn the levels into int before you multiply or shift them.
    @ [65536, 256, 1] => @ np.array([65536, 256, 1]) % 2**<8|16>
A part of the picture is left out: go through all rows, all columns and all pixels. (Ranges and slices begin with 0, and leave out their end.)
    right(image<[:1]|[:, :1]>)
    right(image.reshape(1, -1, 3)[:, <1:|:-1>])
Your colors stand in columns: rows and columns are swapped. One row for each color (axis=1 in np.stack, or .T).
    axis=1) / 255 => axis=0) / 255
All of your counts are 1; count how many pixels have each color.
    counts[rows[key]] += 1 => counts[rows[key]] = 1
The numbers are read one after the other into three long rows (reshape(3, -1)), so that channels of different pixels come together: reshape(-1, 3) keeps the three of each pixel.
    image.reshape(-1, 3) => image.reshape(3, -1).T
"""),
    meaning="colors, counts, inverse",
    canonical=_in_order,
    judge=_judge_count,
    betrays=(_in_the_parts,),
)

# --- weighted_centroids --------------------------------------------------------------------


def _weighted_cases():
    """The groups of `compute_centroids`, their rows with counts that are all but equal."""
    calls = [(np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]), np.array([3, 1]), np.array([0, 0]), 1)]
    rng = np.random.default_rng(80)
    for X, idx, K in [*labeled()[:2], *with_gaps(), *labeled()[2:]]:
        counts = rng.integers(1, 30, len(X)).astype(int)  # as np.unique counts
        calls.append((X, counts, idx, K))
    many = np.array([70_000, 300, 41])
    calls.append((calls[1][0], many, np.array([0, 0, 1]), 2, {"many pixels"}))
    return cases(
        kmeans.weighted_centroids, calls, lambda X, counts, idx, K: labeled_tags(X, idx, K)
    )


_MEAN = "(n * g).sum(axis=0) / n.sum()"

WEIGHTED_CENTROIDS = Exercise(
    kmeans.weighted_centroids,
    ("colors", "counts", "idx", "K"),
    "Sums are enough",
    _weighted_cases,
    "1, 2, 3 and 5 channels, K = 1, numbers in any order, groups without colors, whole numbers, float32",
    styles=(
        f"""
centroids = np.zeros((K, colors.shape[1]))
for k in range(K):
    g, n = colors[idx == k], counts[idx == k][:, None]
    if len(g) > 0:
        centroids[k] = {_MEAN}
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
    wrong=table(
        """
Every centroid gets all the colors; take those of its group only.
    np.tile((colors * counts[:, None]).sum(axis=0) / counts.sum(), (K, 1))
You count the groups from 1; the numbers of centroids begin with 0.
    idx == k => idx == k + 1
Each centroid gets the colors of the groups before it, too: begin each with sums of 0.
    [idx == k] => [idx <= k]
A group has no colors: the mean of nothing is no number (nan, infinity, or an error). Ask for this case, and give it a place that you find sensible.
    np.array([np.average(colors[idx == k], axis=0, weights=counts[idx == k]) for k in range(K)])
    np.array([(colors[idx == k] * counts[idx == k][:, None]).sum(axis=0) / counts[idx == k].sum() for k in range(K)])
You go up to the largest number in idx; there are K groups, even if the last ones have no colors (np.bincount has minlength for this).
    right(colors, counts, idx, idx.max() + 1)
Your sums are right, one row for each channel, but reshape tears them apart: it reads them row by row. To make rows of the columns, .T (or np.stack with axis=1).
    np.stack(sums, axis=1) => np.array(sums).reshape(K, -1)
It goes wrong where counts are large: a picture has thousands of pixels of one color, too many for 8 or 16 bits. Leave the counts as they are.
    right(colors, counts.astype(np.<uint8|int8|uint16|int16>), idx, K)
Each color counts once; it has to count as often as it has pixels: counts is not used, or has no effect.
    MEAN => g.mean(axis=0)
    np.array([colors[idx == k].mean(axis=0) for k in range(K)])
Your sums are weighted, and what you divide by is not: divide by the pixels of the group (its counts added up), not by the number of its colors.
    MEAN => (n * g).sum(axis=0) / len(g)
You divide by the pixels of the group, and your sums are not weighted: each color times its count first, then add.
    MEAN => g.sum(axis=0) / n.sum()
You divide by all pixels of the picture, or by the number of all colors; divide by the pixels of the group.
    MEAN => (n * g).sum(axis=0) / <counts.sum()|len(colors)>
You add up, and do not divide; a mean is a sum (of each color times its count) divided by the pixels of the group.
    MEAN => <(n * g)|g>.sum(axis=0)
You divide by K; divide by the pixels of the group.
    MEAN => (n * g).sum(axis=0) / K
You divide group k by counts[k], the pixels of color k: divide by those of all colors of the group, added up.
    MEAN => (n * g).sum(axis=0) / counts[k % len(counts)]
The counts are changed on the way (a square, a root, a logarithm), or those of 1 are left out: a color weighs just as much as it has pixels.
    MEAN => (<n**2|np.sqrt(n)|np.log(n)|np.log1p(n)|np.log2(n)|n * (n != 1)> * g).sum(axis=0) / max((<n**2|np.sqrt(n)|np.log(n)|np.log1p(n)|np.log2(n)|n * (n != 1)>).sum(), 1e-9)
You multiply by the counts twice, and divide by them once.
    MEAN => (n**2 * g).sum(axis=0) / n.sum()
You divide by the counts where you should multiply: a color with many pixels weighs more.
    MEAN => (g / n).sum(axis=0)< / (1 / n).sum()| / n.sum()|>
The sums are stored as integers, which cuts off their decimals: begin with 0.0, or np.zeros.
    MEAN => np.trunc((n * g).sum(axis=0)) / n.sum()
You average the channels, too, to one number; each channel has its own mean.
    MEAN => (n * g).sum() / n.sum() / g.shape[1]
You take the most frequent color of each group; it should be the mean of all its pixels.
    MEAN => g[n.argmax()]
You take the median of each group; it should be the mean.
    MEAN => np.median(<g|np.repeat(g, n[:, 0], axis=0)>, axis=0)
You take the first or the last color of each group, as where a loop overwrites instead of adding up; it should be the mean of all its pixels.
    MEAN => g[<0|-1>]
You divide by a little more than the pixels of the group, which moves every mean: divide by the pixels themselves, and ask about empty groups in another way (np.maximum).
    MEAN => (n * g).sum(axis=0) / (n.sum() + <1|0.5|0.1|0.01|1e-3|1e-4>)
""".replace("MEAN", _MEAN)
    ),
    meaning="one row for each centroid, one column for each channel",
    axes=("color", "channel"),
    free=lambda colors, counts, idx, K: np.bincount(idx, minlength=K) == 0,
)

EXERCISES = {"count_colors": COUNT_COLORS, "weighted_centroids": WEIGHTED_CENTROIDS}
