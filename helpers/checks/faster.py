"""The functions that lesson 08 asks for: `count_colors` and `weighted_centroids`."""

import contextlib
import re
from itertools import permutations

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
        _of_levels([(1, 12, 3), (11, 2, 3), (1, 1, 23), (1, 12, 3)], 2, 2),  # alike as texts
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
    words = _about_the_number_of_results(case.arguments[0], case.expected, got)
    if words is None and _is_right(case.arguments[0], case.expected, got):
        return None
    returned = f"\nyou return: {show(got)}" if isinstance(got, tuple) else ""
    pair = f"For {call}\nexpected, in this or another order: {show(case.expected)}{returned}"
    return Problem("type", f"{words}\n{pair}") if words else Problem("value", pair)


def _is_right(image, expected, got):
    """Whether these are the different colors, their counts, and the row of each pixel's color."""
    try:
        colors, counts, inverse = map(np.asarray, got)
    except ValueError:  # lists of different lengths
        return False
    M, N = len(expected[0]), image.size // 3
    if (colors.shape, counts.shape, inverse.shape) != ((M, 3), (M,), (N,)):
        return False
    kinds = colors.dtype.kind + counts.dtype.kind
    if set(kinds) - set("biuf") or inverse.dtype.kind not in "iu" or not np.isfinite(colors).all():
        return False
    fits = 0 <= inverse.min() <= inverse.max() < M and np.abs(colors * 255).max() < 300
    return bool(
        fits
        and np.abs(colors * 255 - np.rint(colors * 255)).max() < 0.02
        and _rows(colors[inverse]) == _rows(image.reshape(-1, 3))
        and np.allclose(counts, np.bincount(inverse, minlength=M))
    )


def _explain_count(function, cases, trials):
    """What is wrong, in words: what fits all answers, or what the first wrong one shows."""
    answers = [
        (case.arguments[0], case.expected, trial.got)
        for case, trial in zip(cases, trials, strict=False)
        if trial.error is None and isinstance(trial.got, (tuple, list)) and len(trial.got) == 3
    ]
    wrong = [answer for answer in answers if not _is_right(*answer)]
    if wrong and len(answers) > len(cases) / 2:
        with contextlib.suppress(ValueError):  # lists of different lengths
            words = _about_all([(image, *map(np.asarray, got)) for image, _, got in answers])
            if words:
                return words
    told = EMPTY
    for answer in wrong:
        told = _about_count(*answer)
        if told != EMPTY:
            return told and told + _about_two(answer[0], answer[2][2], told)
    return told if wrong else None


def _about_all(answers):
    """What fits the colors of all answers, and is not right for some, in words."""
    if any(colors.dtype.kind not in "biuf" for _, colors, *_ in answers):
        return None
    right = [np.unique(image.reshape(-1, 3), axis=0) for image, *_ in answers]
    if all(
        c.ndim == 2 and clues.close(_sorted(c), _sorted(r))
        for (_, c, *_), r in zip(answers, right, strict=True)
    ):
        return None
    ways = READ | {words: lambda p, part=part: _of_part(part(p)) for words, part in PARTS.items()}
    ways |= {
        words: tuple(
            lambda p, numbers=numbers: _made_and_taken_apart(p, **numbers)
            for numbers in (some if isinstance(some, tuple) else (some,))
        )
        for words, some in KEYS.items()
    }
    for words, some in ways.items():
        for read in some if isinstance(some, tuple) else (some,):
            if all(_same_table(read(image), colors) for image, colors, *_ in answers):
                return words
    return None


def _of_part(part):
    return _sorted(part.reshape(-1, 3)) if part.size else np.empty((0, 3))


def _same_table(a, b):
    if a.ndim == b.ndim == 2 and len(b):
        return a.shape[1] == b.shape[1] and clues.close(_sorted(a * 1.0), _sorted(b * 1.0))
    return a.size == b.size and (not a.size or (a.shape == b.shape and clues.close(a, b)))


def _about_two(image, inverse, told):
    """Two different colors that count as one, in words, where the colors are wrong."""
    pixels, seen = _rows(image.reshape(-1, 3)), {}
    if told.startswith(SURE) or np.shape(inverse) != (len(pixels),):
        return ""
    for row, k in zip(pixels, np.asarray(inverse).tolist(), strict=True):
        if seen.setdefault(k, row) != row:
            return f" The levels {seen[k]} and {row} have the same number in your inverse."
    return ""


EMPTY = "There are no colors at all in your result: is a row, a column or a pixel of the picture left out?"
SURE = (
    "Your colors and counts are right",
    "Your counts",
    "Each of your",
    "Your inverse",
    "All of your",
)


def _made_and_taken_apart(
    image, scale=255, made=256, apart=256, end=255, kind=int, green=None, whole=np.rint
):
    """The colors of a picture by way of keys, one number each, as a sorted table."""
    keys = whole(image.reshape(-1, 3) * scale).astype(int) @ [made**2, made, 1]
    keys = keys.astype(kind).astype(int)
    middle = keys // apart % apart if green is None else green(keys)
    return _sorted(np.stack([keys // apart**2, middle, keys % apart], axis=1) / end)


def _sorted(colors):
    return np.unique(np.round(colors, 6), axis=0)


ANOTHER_BASE = (
    "A channel has 256 levels, 0 to 255, so that keys need 65536, 256 and 1: with NUMBER in place of 256 "
    "different colors get the same key, or come back as others."
)
# What went wrong on the way through keys, in words -> the numbers that were used instead.
KEYS = {
    **{
        ANOTHER_BASE.replace("NUMBER", str(n)): {"made": n, "apart": n}
        for n in (255, 1, 2, 8, 10, 16, 64, 100, 128, 200, 250, 254)
    },
    **{
        f"Keys are made with the powers of {one} and taken apart with those of {other}: these have to be the same.": {
            "made": one,
            "apart": other,
        }
        for one, other in ((256, 255), (255, 256), (1000, 256), (256, 1000), (257, 256), (256, 257))
    },
    **{
        f"You multiply by {n}, and the levels go from 0 to 255: multiply by 255, and round.": (
            {"scale": n},
            {"scale": n, "whole": np.trunc},
        )
        for n in (256, 254, 100)
    },
    "The levels are multiplied by 256 and divided by 256, but they go from 0 to 255: it is 255 both times.": {
        "scale": 256,
        "end": 256,
    },
    "You divide the levels by 256; white is level 255, so that this makes it darker than 1: divide by 255.": {
        "end": 256
    },
    "The colors are not multiplied by 255 before they are whole numbers: almost all become 0.": (
        {"scale": 1},
        {"scale": 1, "whole": np.trunc},
        {"scale": 1, "whole": np.trunc, "end": 1},
    ),
    **{
        f"The keys are kept in {bits} bits, which is too few, so that they wrap around: a key goes up to "
        "16,777,215. Turn the levels into int before you multiply or shift them.": {"kind": kind}
        for bits, kind in ((8, np.uint8), (16, np.uint16))
    },
    "In green there is still the red: keys // 256 is red and green together, % 256 leaves the green.": {
        "green": lambda keys: keys // 256
    },
    "In green there is still the blue: keys % 65536 is green and blue together, // 256 leaves the green.": {
        "green": lambda keys: keys % 65536
    },
    "Keys are divided with /, which makes decimals: the levels are whole numbers, by //.": {
        "green": lambda keys: keys / 256 % 256
    },
}


# Parts of a picture that may be left out, in words -> the rest.
PARTS = {
    "You look at the first row of the picture only; take the pixels of all rows.": lambda p: p[:1],
    "You look at the first column of the picture only; take the pixels of all columns.": (
        lambda p: p[:, :1]
    ),
    "The last row of the picture is left out: range leaves out its end already.": lambda p: p[:-1],
    "The last column of the picture is left out: range leaves out its end already.": (
        lambda p: p[:, :-1]
    ),
    "The first row of the picture is left out: ranges and slices begin with 0.": lambda p: p[1:],
    "The first column of the picture is left out: ranges and slices begin with 0.": (
        lambda p: p[:, 1:]
    ),
    "The first pixel is left out: ranges and slices begin with 0.": (
        lambda p: p.reshape(-1, 3)[1:]
    ),
    "The last pixel is left out: does a loop or a slice stop one too early?": (
        lambda p: p.reshape(-1, 3)[:-1]
    ),
}


def _several_times(image):
    rows, counts = np.unique(image.reshape(-1, 3), axis=0, return_counts=True)
    return rows[counts > 1]


# Ways to read a picture that are no table of its pixels, in words -> what is read.
READ = {
    "Colors that occur only once are missing: each different color is listed, however rare.": (
        _several_times
    ),
    "np.unique with axis=0 compares whole rows of the picture: make a table of pixels first, "
    "image.reshape(-1, 3).": lambda p: np.unique(p, axis=0),
    "np.unique with axis=1 compares whole columns of the picture: make a table of pixels first, "
    "image.reshape(-1, 3).": lambda p: np.unique(p, axis=1),
    "np.unique with axis=2 compares whole channels of the picture: make a table of pixels first, "
    "image.reshape(-1, 3), and compare its rows.": lambda p: np.unique(p, axis=2),
    "np.unique with axis=1 compares the columns of a table, its channels: pixels are its rows, axis=0.": (
        lambda p: np.unique(p.reshape(-1, 3), axis=1)
    ),
    "The numbers are read one after the other into three long rows (reshape(3, -1)), so that channels of "
    "different pixels come together: reshape(-1, 3) keeps the three of each pixel.": (
        lambda p: np.unique(p.reshape(3, -1).T, axis=0)
    ),
    "The picture is turned, with its channels in front, before it is folded, so that rows of three mix "
    "different pixels: leave the channels as the last axis.": (
        lambda p: np.unique(p.T.reshape(-1, 3), axis=0),
        lambda p: np.unique(p.transpose(2, 0, 1).reshape(-1, 3), axis=0),
    ),
}


def _about_count(image, expected, got):
    """What is wrong with three arrays, in words; None if nothing is."""
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
    words = _about_parts(image, expected, *parts)
    if words:
        for order in permutations(parts):
            if _is_right(image, expected, order):
                if order[0] is parts[0]:
                    return (
                        "Counts and inverse are in each other's place: np.unique gives inverse before counts, and "
                        "the counts are asked for first."
                    )
                return (
                    "Your three arrays are right, and their order is not: colors, counts, inverse."
                )
    return words


def _about_parts(image, expected, colors, counts, inverse):
    if not colors.size:
        return EMPTY
    return (
        _about_colors(image, expected[0], colors)
        or _about_counts(image, expected, colors, counts, inverse)
        or _about_inverse(image, colors, counts, inverse)
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
    if right.max() < 1 and set(_rows(colors * right.max())) == wanted:
        return "You divide by the largest level of this picture; white is level 255: divide by 255."
    if np.abs(colors * 255 - np.rint(colors * 255)).max() > 0.02:
        return (
            "Your colors are not quite those of the picture: they lie between its 256 levels. Are they "
            "rounded, averaged, or divided with / where // cuts off?"
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
        if len(rows) in (8, 10, 16, 256):
            return f"There are never more than {len(rows)} colors: list all, as many as there are."
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
    if counts.ndim == 1 and counts.size > max(M, N) and np.count_nonzero(counts) == M:
        return (
            "np.bincount counts every key that there could be, most of them 0 times: keep the counts that are "
            "not 0, or count inverse in place of the keys."
        )
    if not counts.ndim:
        return f"Your counts are one number; it should be {M}, one for each color."
    if counts.shape != (M,):
        return f"Your counts have shape {counts.shape}; it should be ({M},), one for each color."
    if np.allclose(counts, right):
        return None
    if np.array_equal(counts, right.cumsum()):
        return "Your counts are added up along the way (cumsum): count each color by itself."
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
    if inverse.shape == (N, 3) and _rows(inverse) == pixels:
        return "In place of inverse you return the pixels: inverse has one number for each, the row of its color."
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
    rows = _rows(colors)
    first = [pixels.index(row) for row in pixels]
    fits = (
        [rows[k] for k in inverse.clip(0, M - 1)] == pixels
        and 0 <= inverse.min()
        and inverse.max() < M
    )
    for words, numbers in {
        "Your inverse holds the keys themselves; it should hold the row of each key among the different "
        "ones (np.searchsorted finds it, or return_inverse).": (np.array(pixels) @ [65536, 256, 1]),
        "Your inverse tells for each pixel where its color comes first in the picture; it should be the row of "
        "that color in your colors.": first,
        "Your inverse tells how many pixels have the same color; it should be the row of that color in your "
        "colors.": [counts[rows.index(row)] for row in pixels],
        "Your inverse only numbers the pixels, 0, 1, 2 ...; it should be the row of each pixel's color.": (
            np.arange(N)
        ),
    }.items():
        if np.array_equal(inverse, numbers) and M < N and not fits:
            return words
    if M < N and np.array_equal(np.sort(inverse), np.arange(N)):
        return (
            "Your inverse holds the places of the pixels in sorted order (argsort); it should hold for each pixel "
            "the row of its color (return_inverse)."
        )
    if inverse.min() < 0 or inverse.max() >= M:
        if np.array_equal(inverse.min(), 1) and inverse.max() == M:
            return "Your inverse counts the colors from 1; the first row is number 0."
        return f"Your inverse has numbers that no row of your colors has (0 to {M - 1})."
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
    many = calls[1][0][0], np.array([70_000, 300, 41]), np.array([0, 0, 1]), 2
    calls.append((many, {"many pixels"}))
    return cases(kmeans.weighted_centroids, calls)


WEIGHTED_ERRORS = {
    "object too deep": (
        "np.bincount adds up one number for each color, and here it gets a table: one channel at a time "
        "(colors.T gives them one by one)."
    ),
    "Axis must be specified": (
        "There is one weight for each row, and np.average has to be told so: axis=0."
    ),
    "boolean index": (
        "The question in the brackets has one answer for each of the colors, as idx has, and what you look up "
        "has another number of rows. (If colors are repeated, idx has to be repeated in the same way.)"
    ),
}


def _about_weighted_errors(function, cases, trials):
    """What does not fit, in words, above all a table and one number for each of its rows."""
    for case, trial in zip(cases, trials, strict=False):
        text, (colors, counts, _, K) = str(trial.error), case.arguments
        shapes = [
            tuple(map(int, re.findall(r"\d+", s))) for s in re.findall(r"\(([\d, ]*)\)", text)
        ]
        if "broadcast together" in text and len(shapes) == 2:
            shapes.sort(key=len)
            if len(shapes[0]) == 1 and shapes[0] == shapes[1][:1] and len(shapes[1]) == 2:
                return (
                    f"A table of shape {shapes[1]} and a row of numbers of shape {shapes[0]} don't fit: shapes "
                    "are compared from the right, so the numbers meet the channels. To give each row of the "
                    "table its own number, make them a column: counts[:, None], sizes[:, None]."
                )
            if set(shapes) == {counts.shape, colors.shape[1:]}:
                return (
                    "A single color has a number for each channel, and counts one for each color: a loop over "
                    "colors gives its rows. A whole channel is a column (colors.T gives them one by one)."
                )
            rows = sorted((shape[0] for shape in shapes), key=lambda n: n != K)
            if rows[0] == K != rows[1] and len(shapes[0]) == len(shapes[1]) == 2:
                return (
                    f"There are {K} groups, and one of the two tables has {rows[1]} rows: np.bincount makes "
                    "as many places as minlength and the largest number ask for, and the numbers, idx, come first."
                )
        for part, words in WEIGHTED_ERRORS.items():
            if trial.error is not None and part in text:
                return words
    return None


# What the sums of a group are divided by, in words -> that number.
DIVISORS = {
    "You divide by the pixels of the groups before it, too: begin each group's count with 0.": (
        lambda n, counts, K, k, before, lit: before
    ),
    "You divide group k by counts[k], the pixels of color k: divide by those of all colors of the group, "
    "added up.": lambda n, counts, K, k, before, lit: counts[k % len(counts)],
    "You divide by the largest of all counts; divide by the pixels of the group.": (
        lambda n, counts, K, k, before, lit: counts.max()
    ),
    "You divide by the mean of all counts; divide by the pixels of the group.": (
        lambda n, counts, K, k, before, lit: counts.mean()
    ),
    "Black pixels are not counted in what you divide by: they are dark, and still there.": (
        lambda n, counts, K, k, before, lit: lit
    ),
    "You divide by 3, as for a mean of channels; divide by the pixels of the group.": (
        lambda n, counts, K, k, before, lit: 3
    ),
}


def _about_divisors(function, cases, trials):
    """What the weighted sums are divided by, in words, if every group is such a quotient."""
    told, torn, more = [], [], []
    for case, trial in zip(cases, trials, strict=False):
        colors, counts, idx, K = case.arguments
        got = np.asarray(trial.got)
        if trial.error is not None or got.shape != case.expected.shape or "float32" in case.tags:
            continue
        one_hot = (idx == np.arange(K)[:, None]) * counts
        n, sums = one_hot.sum(axis=1), one_hot @ colors.astype(float)
        with np.errstate(all="ignore"):
            by = np.where(sums != 0, sums / got, np.nan)
            torn.append(clues.close(got * 1.0, sums.T.reshape(K, -1) / np.maximum(n, 1)[:, None]))
        for k in np.flatnonzero(np.isfinite(by).any(axis=1)):
            row = by[k][np.isfinite(by[k])]
            lit = one_hot[k] @ colors.any(axis=1)
            more.append(got[k] * n[k] - sums[k])
            told.append((row[0], n[k], counts, K, k, n[: k + 1].sum(), lit, np.ptp(row)))
    if torn and all(torn):
        return (
            "Your sums are right, one row for each channel, but reshape tears them apart: it reads them row by "
            "row. To make rows of the columns, .T (or np.stack with axis=1)."
        )
    if more and np.ptp(np.concatenate(more)) < 1e-6 < abs(more[0][0]):
        return f"Your sums are all {more[0][0]:.4g} too large: begin with 0 (np.zeros)."
    if not told or any(row[-1] > 1e-6 * abs(row[0]) for row in told):
        return _about_a_pair(cases, trials)
    for words, number in DIVISORS.items():
        if all(np.isclose(row[0], number(*row[1:-1])) for row in told):
            return words
    shares = np.array([row[0] / row[1] for row in told])
    more = np.array([row[0] - row[1] for row in told])
    if np.allclose(shares, shares[0]):
        return None  # all are too large, or too small: a clue of its own
    if np.allclose(more, more[0], atol=1e-7):
        side = "more" if more[0] > 0 else "less"
        return (
            f"You divide by {abs(more[0]):.4g} {side} than the pixels of the group, which moves every mean: divide "
            "by the pixels themselves, and ask about empty groups in another way (np.maximum)."
        )
    by, n, _, _, k, *_ = next(row for row in told if not np.isclose(row[0], row[1]))
    return (
        "Your sums are right, each color times its count, and what they are divided by is not always: in the "
        f"first example that goes wrong it is {by:.4g} for group {k}, which has {n} pixels."
    )


def _about_a_pair(cases, trials):
    """How the first group of two colors is weighed, in words, if its mean lies between them."""
    for case, trial in zip(cases, trials, strict=False):
        colors, counts, idx, K = case.arguments
        got = np.asarray(trial.got)
        if trial.error is not None or got.shape != case.expected.shape:
            continue
        for k in range(K):
            (one, *others), n = colors[idx == k] if (idx == k).any() else [None], counts[idx == k]
            if len(others) != 1 or clues.close(case.expected[k], got[k] * 1.0):
                continue
            way = others[0] - one * 1.0
            share = (got[k] - one) @ way / max(way @ way, 1e-12)
            if any(clues.close(np.round(case.expected[k], d), got[k] * 1.0) for d in range(5)):
                return None
            if 0 < share < 1 and np.allclose(one + share * way, got[k]):
                a, b = n.sum() * (1 - share), n.sum() * share
                return (
                    f"The two colors of group {k} have {n[0]} and {n[1]} pixels, and you weigh them as if they had "
                    f"{a:.4g} and {b:.4g}: each color has to weigh as much as it has pixels."
                )
    return None


def _about_many(function, cases, trials):
    """Whether it goes wrong where counts are large, in words."""
    wrong = [
        case
        for case, trial in zip(cases, trials, strict=False)
        if trial.error is not None or _judge_weighted(case, trial.got, "")
    ]
    if wrong and all("many pixels" in case.tags for case in wrong):
        return (
            "It goes wrong where counts are large: a picture has thousands of pixels of one color, too many "
            "for 8 or 16 bits. Leave the counts as they are."
        )
    return None


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


def _first_of(*ways):
    return lambda *everything: next(filter(None, (way(*everything) for way in ways)), None)


def _walk(step):
    """A mean that is built up color by color, wrongly."""

    def walked(g, n, table, K):
        mean, total = np.zeros(g.shape[1]), 0.0
        for x, w in zip(g, n[:, 0], strict=True):
            total += w
            mean = step(mean, x, w, total)
        return mean

    return walked


# Means of the wrong kind, of all pixels of a group.
OTHER_MEANS = {
    "You average squares, and take their root; a mean is the values themselves, added and divided.": (
        lambda X: np.sqrt((X**2).mean(axis=0))
    ),
    **{
        words: of
        for words, of in CENTROIDS["statistic"].items()
        if words.startswith(("That is the m", "You take the l", "You take the s"))
        and "pixel" not in words
    },
}


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
        "The counts are sorted, and so belong to other colors: leave them in the order of the colors.": (
            lambda table, idx, k: np.column_stack([table[:, :-1], np.sort(table[:, -1])])[idx == k],
            lambda table, idx, k: np.column_stack([table[:, :-1], np.sort(table[:, -1])[::-1]])[
                idx == k
            ],
        ),
        "You look up colors by the numbers of groups (colors[idx]): color n belongs to idx[n] as it stands.": (
            lambda table, idx, k: table[idx[idx == k]]
        ),
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
        **{
            words: tuple(
                lambda g, n, table, K, f=f, r=r: f(np.repeat(g, n[:, 0].astype(int) if r else 1, 0))
                for f in (some if isinstance(some, tuple) else (some,))
                for r in (1, 0)
            )
            for words, some in OTHER_MEANS.items()
        },
        "You divide in every round of the loop: add up the whole group first, and divide once, when the loop "
        "is over.": (
            _walk(lambda mean, x, w, total: (mean + w * x) / total),
            _walk(lambda mean, x, w, total: mean + w * x / total),
        ),
        "The mean is moved toward each color by the same weight: a color moves it as often as it has pixels.": (
            _walk(lambda mean, x, w, total: mean + (x - mean) / total)
        ),
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
        explain=_first_of(_explained(), _explain_count),
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
        explain=_first_of(
            _about_many, _about_weighted_errors, _explained(_explain_groups), _about_divisors
        ),
        axes=("color", "channel"),
    ),
}
