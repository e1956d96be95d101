"""The functions that lesson 08 asks for: `count_colors` and `weighted_centroids`."""

import contextlib

import numpy as np

from helpers import kmeans
from helpers.checks import clues
from helpers.checks.cases import (
    Case,
    Exercise,
    cases,
    labeled,
    labeled_tags,
    picture_tags,
    with_gaps,
)
from helpers.checks.clustering import (
    CENTROIDS,
    _explain_groups,
    _explained,
    _judge_centroids,
    _of_choices,
)
from helpers.checks.compare import Problem, kind
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
        _of_levels([(29, 57, 58)] * 9, 3, 3),
        _of_levels(few[rng.integers(0, 5, 12)], 3, 4),
        _of_levels(few[rng.integers(0, 5, 20)], 10, 2),
        _of_levels(few[rng.integers(0, 3, 6)], 2, 3).astype(np.float32),
        _of_levels(rng.integers(0, 256, (15, 3)), 5, 3),
        _of_levels(rng.permutation(256)[:240], 8, 10),
        _of_levels([(0, 1, 0), *((0, 0, b) for b in range(1, 256))], 16, 16),
    ]
    return cases(
        kmeans.count_colors, [((image,), picture_tags(image)) for image in pictures], whole=True
    )


def _judge_count(case, got, call):
    """The colors may come in any order, the counts and numbers with them."""
    words = _about_count(case.arguments[0], case.expected, got)
    if words is None:
        return None
    returned = f"\nyou return: {show(got)}" if isinstance(got, tuple) else ""
    return Problem(
        "type",
        f"{words}\nFor {call}\nexpected, in this or another order: {show(case.expected)}{returned}",
    )


def _about_count(image, expected, got):
    """What is wrong with three arrays, in words; None if nothing is."""
    words = _about_the_number_of_results(image, expected, got)
    if words:
        return words
    parts = []
    for name, given in zip(("colors", "counts", "inverse"), got, strict=True):
        try:
            part = np.asarray(given)
        except ValueError:  # lists of different lengths
            part = np.array(None)
        if part.dtype.kind not in "biuf":
            return (
                f"Your {name} should be an array of numbers; you return {kind(given)}, no numbers."
            )
        parts.append(part)
    lines = {"row": image[0], "column": image[:, 0]}
    for name, line in lines.items():
        if parts[2].size == len(line) < image.size // 3 and np.isin(parts[0], line).all():
            return (
                f"You look at the first {name} of the picture only; take the pixels of all {name}s."
            )
    return (
        _about_colors(image, expected[0], parts[0])
        or _about_counts(image, expected, *parts)
        or _about_inverse(image, *parts)
    )


def _about_the_number_of_results(image, expected, got):
    M = len(expected[0])
    if isinstance(got, dict):
        return f"You return a dictionary; it should be {THREE}. Take its keys and its values apart."
    if isinstance(got, (tuple, list)) and len(got) == 3:
        return None
    if isinstance(got, (tuple, list)) and len(got) == 2:
        second = got[1] if isinstance(got[1], (list, np.ndarray)) else []
        missing = "inverse" if len(second) == M and np.sum(second) != 0 else "a third"
        return (
            f"You return two results, and {missing} is missing; it should be {THREE}, separated by "
            "commas. (np.unique has return_inverse and return_counts.)"
        )
    if isinstance(got, (int, np.integer)) and not isinstance(got, bool):
        return f"You return one number, how many there are of something; it should be {THREE}."
    if isinstance(got, (tuple, list)):
        return f"You return {len(got)} results; it should be {THREE}."
    return f"You return {kind(got)}; it should be {THREE}, separated by commas."


def _rows(colors, scale=255):
    """Colors as tuples of whole numbers."""
    return [tuple(row) for row in np.rint(colors * scale).astype(int).tolist()]


def _about_colors(image, right, colors):
    M, pixels = len(right), image.reshape(-1, 3)
    if M == 1 and colors.shape == (3,):
        return "With a single color, your colors have shape (3,); it should be a table of one row, (1, 3)."
    if colors.ndim == 1:
        if np.isin(np.round(colors, 6), np.round(image, 6)).all():
            return (
                "You list the different values of single channels; a color is a row of three (axis=0, "
                "or one key for each row)."
            )
        return (
            "Your colors are one number each: keys, I think. Take them apart again, into red, green "
            "and blue: shape (M, 3)."
        )
    if colors.ndim != 2 or colors.shape[1] != 3:
        if colors.shape == (3, M):
            return (
                "Your colors stand in columns: rows and columns are swapped. One row for each color "
                "(axis=1 in np.stack, or .T)."
            )
        return f"Your colors have shape {colors.shape}; it should be {right.shape}, a row for each."
    if not np.isfinite(colors).all():
        return "Some of your colors are no numbers (nan or infinite)."
    wanted = set(_rows(right))
    if right.any() and colors.max() > 1.001:
        if wanted == set(_rows(colors, 1)):
            return "Your colors go from 0 to 255; here white is 1: divide by 255."
        return "Some of your colors are larger than 1; here white is 1."
    if np.abs(colors * 255 - np.rint(colors * 255)).max() > 0.02:
        return (
            "Your colors are not quite those of the picture: they lie between its 256 levels. Are they "
            "rounded, or averaged?"
        )
    rows = _rows(colors)
    if len(set(rows)) < len(rows):
        often = _rows(pixels)
        doubles = {row for row in rows if rows.count(row) > 1}
        if (
            set(rows) == wanted
            and len(doubles) == 1
            and {row for row in often if often.count(row) > 1} > doubles
        ):
            return (
                f"Only one color, {doubles.pop()} in 255ths, comes more than once. Does it have the number 0? "
                "An if, or an or, with nothing but a number asks whether that is not 0."
            )
        if len(rows) == len(pixels):
            return (
                "You list a color for each pixel, or for each run of equal neighbors; each different color "
                "should be there once, wherever its pixels are."
            )
        return (
            "A color is there more than once; each different color should be there once. (If you take "
            "keys apart: // 65536 is red, // 256 % 256 green, % 256 blue.)"
        )
    if set(rows) == wanted:
        return None
    if {row[::-1] for row in rows} == wanted:
        return "Red and blue are swapped: red is what was multiplied by 65536."
    if wanted - set(rows) == {(0, 0, 0)}:
        return "Black is missing, the color with the key 0: an if with a number alone asks whether it is not 0."
    if not np.ptp(colors, axis=1).any() and np.ptp(right, axis=1).any():
        return "Your colors are grays, one brightness for all channels: pixels of different colors share it."
    for words, step in clues.steps():
        with contextlib.suppress(ValueError, IndexError), np.errstate(all="ignore"):
            other = np.round(np.unique(np.round(step(pixels.astype(float)), 9), axis=0), 5)
            mine, theirs = (np.unique(np.round(c, 5), axis=0) for c in (colors, right))
            if np.array_equal(mine, other) and not np.array_equal(mine, theirs):
                return f"You {words.replace('WHAT', 'the colors')}: leave them as they are."
    if set(rows) < wanted:
        return (
            "Colors are missing: do different ones get the same key, or are they rounded until they are "
            "the same? (Three channels of 256 levels need 65536, 256 and 1.)"
        )
    return (
        "Some of your colors do not occur in the picture: is a key taken apart with the numbers that it "
        "was made with? (Or do different colors get the same key?)"
    )


def _about_counts(image, expected, colors, counts, inverse):
    N, M = image.size // 3, len(colors)
    lookup = dict(zip(_rows(expected[0]), expected[1].tolist(), strict=True))
    right = np.array([lookup[row] for row in _rows(colors)])
    if inverse.shape == (M,) and np.array_equal(inverse, right) and counts.size == N and N != M:
        return (
            "Counts and inverse are in each other's place: np.unique gives inverse before counts, and "
            "the counts are asked for first."
        )
    if counts.shape != (M,):
        return f"Your counts have shape {counts.shape}; it should be ({M},), one for each color."
    if np.allclose(counts, right):
        return None
    if np.array_equal(np.sort(inverse, axis=None), np.sort(right)) and N != M:
        return (
            "Counts and inverse are in each other's place: np.unique gives inverse before counts, and "
            "the counts are asked for first."
        )
    if np.allclose(counts, right / N) or np.allclose(counts, right / N * 100):
        return "Your counts are shares of the picture; count the pixels themselves."
    if np.allclose(np.sort(counts), np.sort(right)):
        return (
            "Your counts are right, but stand in another order than your colors: count k belongs to "
            "color k."
        )
    if np.allclose(counts, right - 1):
        return "Each of your counts is one too small: the first pixel of a color counts, too."
    if np.allclose(counts, right + 1):
        return (
            "Each of your counts is one too large: begin with 0, or with 1 and without the first."
        )
    if np.allclose(counts, right * 3):
        return "You count values, three for each pixel; count pixels."
    if np.allclose(counts, 1):
        return "All of your counts are 1; count how many pixels have each color."
    keys = _rows(image.reshape(-1, 3))
    if np.array_equal(counts, [keys.index(row) for row in _rows(colors)]):
        return (
            "In place of the counts you return where each color comes first (return_index): ask for "
            "return_counts."
        )
    same = np.isclose(image.reshape(-1, 1, 3), colors).any(axis=-1)
    if np.array_equal(counts, same.sum(axis=0)):
        return (
            "You count the pixels that share any channel with a color; they are equal only if all three "
            "channels are (.all(axis=1))."
        )
    if np.array_equal(counts, np.arange(M)):
        return "Your counts are numbers of colors; count how many pixels have each."
    return "Some of your counts are wrong: how many pixels have color k?"


def _about_inverse(image, colors, counts, inverse):
    N, M = image.size // 3, len(colors)
    pixels = _rows(image.reshape(-1, 3))
    if inverse.shape != (N,):
        if inverse.size == N:
            return (
                f"Your inverse has shape {inverse.shape}; it should be ({N},), one number for each "
                "pixel, row by row (.ravel())."
            )
        if inverse.shape == (M,):
            return (
                "Your third result has one number for each color, where it first occurs, perhaps "
                "(return_index); inverse has one for each pixel: the row of its color (return_inverse)."
            )
        return f"Your inverse has shape {inverse.shape}; it should be ({N},), one for each pixel."
    if inverse.dtype.kind not in "iu":
        return (
            f"Your inverse holds numbers of type {inverse.dtype}; row numbers have to be whole (int), "
            "or they can't look anything up."
        )
    if inverse.min() < 0 or inverse.max() >= M:
        if np.array_equal(inverse.min(), 1) and inverse.max() == M:
            return "Your inverse counts the colors from 1; the first row is number 0."
        return f"Your inverse has numbers that no row of your colors has (0 to {M - 1})."
    rows = _rows(colors)
    own = [rows[k] for k in inverse]
    if own == pixels:
        return None
    first = next(n for n in range(N) if own[n] != pixels[n])
    by_columns = _rows(image.transpose(1, 0, 2).reshape(-1, 3))
    how = ""
    partner = dict(zip(own, pixels, strict=True))
    if len(set(zip(own, pixels, strict=True))) == len(set(own)) == len(set(partner.values())):
        how = " Its numbers are those of the rows in another order: were the rows sorted after it was made?"
    if own == by_columns:
        how = " They come column by column; go row by row, as reshape does."
    return (
        "Your colors and counts are right, and inverse is not: colors[inverse] has to give the pixels "
        f"again.{how} For pixel {first} it gives another color."
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
    return cases(kmeans.weighted_centroids, calls)


def _judge_weighted(case, got, call):
    """Any finite place is right for a group without colors."""
    X, _, idx, K = case.arguments
    return _judge_centroids(Case((X, idx, K), case.expected, case.tags), got, call)


def _weighted(colors, counts, idx, K, members, mean, rows, after):
    """The weighted means, as choices; where a group has no colors, any place will do."""
    idx, table = np.asarray(idx).astype(int), np.column_stack([colors, counts]).astype(float)
    result = np.full((K, table.shape[1] - 1), np.nan)
    for k in range(K):
        mine = members(table, idx, k)
        if (idx == k).any():
            result[k] = mean(mine[:, :-1], mine[:, -1:], table, K) if len(mine) else 0
    return after(rows(result, idx))


WEIGHTED = {
    "members": {
        "": lambda table, idx, k: table[idx == k],
        "Every centroid gets all the colors; take those of its group only.": (
            lambda table, idx, k: table
        ),
        "You count the groups from 1; the numbers of centroids begin with 0.": (
            lambda table, idx, k: table[idx == k + 1]
        ),
        "Each centroid gets the colors of all other groups; take those of its own (idx == k).": (
            lambda table, idx, k: table[idx != k]
        ),
        "Each centroid gets the colors of the groups before it, too: begin each with sums of 0.": (
            lambda table, idx, k: table[idx <= k]
        ),
        "You index with idx itself; look for the rows whose number is k (idx == k).": (
            lambda table, idx, k: table[idx]
        ),
        "The first color of each group is left out.": lambda table, idx, k: table[idx == k][1:],
        "The last color of all is left out: does a loop stop one too early?": (
            lambda table, idx, k: table[:-1][idx[:-1] == k]
        ),
    },
    "mean": {
        "": lambda g, n, table, K: (n * g).sum(axis=0) / n.sum(),
        "Each color counts once; it has to count as often as it has pixels: counts is not used, or has "
        "no effect.": lambda g, n, table, K: g.mean(axis=0),
        "Your sums are weighted, and what you divide by is not: divide by the pixels of the group "
        "(its counts added up), not by the number of its colors.": (
            lambda g, n, table, K: (n * g).sum(axis=0) / len(g)
        ),
        "You divide by the pixels of the group, and your sums are not weighted: each color times its "
        "count first, then add.": lambda g, n, table, K: g.sum(axis=0) / n.sum(),
        "You divide by all pixels of the picture; divide by those of the group.": (
            lambda g, n, table, K: (n * g).sum(axis=0) / table[:, -1].sum()
        ),
        "You divide by the number of all colors; divide by the pixels of the group.": (
            lambda g, n, table, K: (n * g).sum(axis=0) / len(table)
        ),
        "You add up, and do not divide; a mean is a sum divided by the pixels of the group.": (
            lambda g, n, table, K: (n * g).sum(axis=0)
        ),
        "Your sums are neither weighted nor divided: each color times its count, added up, divided by "
        "the pixels of the group.": lambda g, n, table, K: g.sum(axis=0),
        "You divide by K; divide by the pixels of the group.": (
            lambda g, n, table, K: (n * g).sum(axis=0) / K
        ),
        "The counts are changed on the way (a square, a root, a logarithm), or those of 1 are left out: a color "
        "weighs just as much as it has pixels.": tuple(
            lambda g, n, table, K, w=w: (w(n) * g).sum(axis=0) / max(w(n).sum(), 1e-9)
            for w in (np.square, np.sqrt, np.log, np.log1p, np.log2, lambda n: n * (n > 1))
        ),
        "You multiply by the counts twice, and divide by them once.": (
            lambda g, n, table, K: (n**2 * g).sum(axis=0) / n.sum()
        ),
        "You divide by the counts where you should multiply: a color with many pixels weighs more.": (
            lambda g, n, table, K: (g / n).sum(axis=0) / (1 / n).sum(),
            lambda g, n, table, K: (g / n).sum(axis=0) / n.sum(),
            lambda g, n, table, K: (g / n).sum(axis=0),
        ),
        "The sums are stored as integers, which cuts off their decimals: begin with 0.0, or np.zeros.": (
            lambda g, n, table, K: np.trunc((n * g).sum(axis=0)) / n.sum()
        ),
        "You average the channels, too, to one number; each channel has its own mean.": (
            lambda g, n, table, K: np.full(g.shape[1], (n * g).sum() / n.sum() / g.shape[1])
        ),
        "You add the channels up, to one number; each channel has its own mean.": (
            lambda g, n, table, K: np.full(g.shape[1], (n * g).sum() / n.sum())
        ),
        "You take the most frequent color of each group; it should be the mean of all its pixels.": (
            lambda g, n, table, K: g[n.argmax()]
        ),
        "You take the first color of each group; it should be the mean of all its pixels.": (
            lambda g, n, table, K: g[0]
        ),
        "You take the last color of each group: a loop overwrites instead of adding up.": (
            lambda g, n, table, K: g[-1]
        ),
        "You keep the last color of each group only, times its count: add (+=), don't overwrite. (+= "
        "with a list of numbers counts a number that comes twice only once: np.add.at or np.bincount "
        "count each.)": lambda g, n, table, K: (n * g)[-1] / n[-1] * n[-1] / n.sum(),
        "You divide by one too many; divide by the pixels of the group, and ask about empty groups in "
        "another way (np.maximum).": lambda g, n, table, K: (n * g).sum(axis=0) / (n.sum() + 1),
        "You return how many pixels a group has; it should be their mean.": (
            lambda g, n, table, K: np.full(g.shape[1], n.sum())
        ),
    },
    "rows": CENTROIDS["rows"],
    "after": CENTROIDS["after"],
}


EXERCISES = {
    "count_colors": Exercise(
        kmeans.count_colors,
        ("image",),
        "Count each color once",
        _count_cases,
        "one pixel, one color, wide, tall and square pictures, colors next to each other, colors that "
        "share their values, float32",
        meaning="colors, counts, inverse",
        judge=_judge_count,
        explain=_explained(),
    ),
    "weighted_centroids": Exercise(
        kmeans.weighted_centroids,
        ("colors", "counts", "idx", "K"),
        "Sums are enough",
        _weighted_cases,
        "1, 2, 3 and 5 channels, K = 1, numbers in any order, groups without colors, whole numbers, "
        "float32",
        mistakes=_of_choices(_weighted, WEIGHTED),
        meaning="one row for each centroid, one column for each channel",
        judge=_judge_weighted,
        explain=_explained(_explain_groups),
        axes=("color", "channel"),
    ),
}
