"""The function that lesson 11 asks for: `add_counts`."""

import numpy as np

from helpers import collection
from helpers.checks.cases import Exercise, cases
from helpers.checks.clues import close
from helpers.checks.report import show
from helpers.checks.trial import try_all

BY_NUMBER = (
    "The rows are right, and their order is not: sort them by the color's number, as in a and b."
)


def _counts(*rows):
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _calls():
    calls = [
        (_counts((3, 10)), _counts((3, 5)), {"same colors"}),
        (_counts((3, 10)), _counts((7, 5)), {"no common color"}),
        (_counts((3, 10), (5, 1)), _counts((3, 2), (4, 7)), set()),
        (_counts((1, 4), (5, 2)), _counts((0, 3), (5, 6), (9, 1)), set()),
        (_counts((6, 1), (8, 2)), _counts((2, 7), (4, 9)), {"no common color"}),
        (_counts((1, 4), (5, 2), (6, 2)), _counts((1, 1), (5, 3), (6, 8)), {"same colors"}),
        (_counts((2, 9), (4, 1), (7, 5)), _counts((4, 1)), set()),
        (_counts((4, 6)), _counts((1, 1), (4, 6), (8, 3)), set()),
        (_counts((0, 5), (65_536, 2)), _counts((255, 1), (65_536, 2), (70_000, 3)), set()),
        (_counts(), _counts((2, 3), (8, 1)), {"no picture"}),
        (_counts((2, 3), (8, 1)), _counts(), {"no picture"}),
        (_counts((7, 2_000_000_000), (9, 1)), _counts((7, 2_000_000_001)), {"many pixels"}),
    ]
    rng = np.random.default_rng(11)
    for M, L in ((9, 12), (30, 20)):
        a, b = (
            np.stack([np.sort(rng.permutation(40)[:n]), rng.integers(1, 99, n)], axis=1)
            for n in (M, L)
        )
        calls.append((a, b, set()))
    return cases(collection.add_counts, [((a, b), tags) for a, b, tags in calls])


# --- Wrong answers, from which misconceptions are made -------------------------------------


def _merged(a, b, combine):
    """Counts with one row for each color, combined from what the two have of it."""
    merged = dict(a.tolist())
    for color, pixels in b.tolist():
        merged[color] = combine(merged[color], pixels) if color in merged else pixels
    return _counts(*sorted(merged.items()))


def _of_colors(a, b, wanted):
    both = collection.add_counts(a, b)
    return both[np.isin(both[:, 0], wanted(a[:, 0], b[:, 0]))]


def _under_one_another(a, b):
    return np.concatenate([a, b])


def _sorted_with_doubles(a, b):
    both = np.concatenate([a, b])
    return both[np.argsort(both[:, 0], kind="stable")]


def _in_order_of_appearance(a, b):
    merged = dict(a.tolist())
    for color, pixels in b.tolist():
        merged[color] = merged.get(color, 0) + pixels
    return _counts(*merged.items())


def _by_pixels(direction):
    def wrong(a, b):
        both = collection.add_counts(a, b)
        return both[np.argsort(direction * both[:, 1], kind="stable")]

    return wrong


def _rows_counted(a, b):
    return np.stack(np.unique(np.concatenate([a, b])[:, 0], return_counts=True), axis=1)


def _by_place(a, b):
    n = min(len(a), len(b))
    return np.stack([a[:n, 0], a[:n, 1] + b[:n, 1]], axis=1)


def _with_zeros(a, b):
    both = collection.add_counts(a, b)
    table = np.zeros(both[:, 0].max() + 1, dtype=np.int64)
    table[both[:, 0]] = both[:, 1]
    return np.stack([np.arange(len(table)), table], axis=1)


def _in_32_bits(a, b):
    both = collection.add_counts(a, b)
    return both.astype(np.int32)


def _fancy_indexing(a, b):
    both = np.concatenate([a, b])
    colors, row = np.unique(both[:, 0], return_inverse=True)
    pixels = np.zeros(len(colors), dtype=np.int64)
    pixels[row] += both[:, 1]
    return np.stack([colors, pixels], axis=1)


REPLACED = (
    "Where both have a color, the second number of pixels replaces the first: add the two. (With "
    "pixels[row] += ... a row that comes twice is written twice, not added twice; np.bincount or "
    "np.add.at add.)"
)

MISCONCEPTIONS = {
    "The rows of both stand under one another, but a color that both have comes twice: it gets one "
    "row, with the pixels of both added.": (_under_one_another, _sorted_with_doubles),
    "Rows are compared whole, color and pixels together, so that a color with two different numbers "
    "of pixels comes twice, and equal rows are counted once: look for equal colors, both[:, 0], and "
    "add their pixels.": lambda a, b: np.unique(np.concatenate([a, b]), axis=0),
    REPLACED: (lambda a, b: _merged(a, b, lambda x, y: y), _fancy_indexing),
    "Where both have a color, the pixels of b are forgotten: add the two.": (
        lambda a, b: _merged(a, b, lambda x, y: x)
    ),
    "Where both have a color, the larger number of pixels is kept: add the two.": (
        lambda a, b: _merged(a, b, max)
    ),
    "Where both have a color, the pixels are averaged: add them.": (
        lambda a, b: _merged(a, b, lambda x, y: (x + y) // 2)
    ),
    "Where both have a color, the pixels are multiplied: add them.": (
        lambda a, b: _merged(a, b, lambda x, y: x * y)
    ),
    "Where both have a color, the pixels are subtracted: add them.": (
        lambda a, b: _merged(a, b, lambda x, y: x - y),
        lambda a, b: _merged(a, b, lambda x, y: y - x),
        lambda a, b: _merged(a, b, lambda x, y: abs(x - y)),
    ),
    "Only colors that both have are left; those of one picture alone count, too.": (
        lambda a, b: _of_colors(a, b, np.intersect1d)
    ),
    "Colors that only b has are lost.": lambda a, b: _of_colors(a, b, lambda x, y: x),
    "Colors that only a has are lost.": lambda a, b: _of_colors(a, b, lambda x, y: y),
    "Colors that both have are lost: there the pixels of both are added.": (
        lambda a, b: _of_colors(a, b, np.setxor1d)
    ),
    "The color numbers are added as well: a + b adds row to row, whatever their colors are. Look for "
    "equal colors, and add their pixels only.": lambda a, b: a + b,
    "Rows are added by their place, the first to the first and so on; what belongs together is told "
    "by the color's number in column 0.": _by_place,
    "You count rows, 1 or 2 of each color; add up their pixels, column 1.": _rows_counted,
    "The two columns are swapped: the color's number comes first, then the pixels.": (
        lambda a, b: collection.add_counts(a, b)[:, ::-1],
        lambda a, b: collection.add_counts(a[:, ::-1], b[:, ::-1]),
    ),
    BY_NUMBER: (_in_order_of_appearance, _by_pixels(1), _by_pixels(-1)),
    "The rows are sorted from the largest color number to the smallest; the smallest comes first.": (
        lambda a, b: collection.add_counts(a, b)[::-1]
    ),
    "There are rows for colors that do not occur, with 0 pixels: keep those that do (np.flatnonzero "
    "finds them).": _with_zeros,
    "Only the color numbers come back: each row is a color's number and its pixels.": (
        lambda a, b: np.union1d(a[:, 0], b[:, 0])
    ),
    "Only the pixels come back: each row is a color's number and its pixels.": (
        lambda a, b: collection.add_counts(a, b)[:, 1]
    ),
    "The result has two rows; it should have two columns: np.stack(..., axis=1), or .T at the end.": (
        lambda a, b: collection.add_counts(a, b).T
    ),
    "The pixels are kept in 32 bits, which end at two billion: use np.int64.": _in_32_bits,
    "Only a comes back.": lambda a, b: a.copy(),
    "Only b comes back.": lambda a, b: b.copy(),
}


def _explain(function, cases, trials):
    """What all answers together give away, in words."""
    wrong = []
    for case, trial in zip(cases, trials, strict=True):
        if trial.error is not None:
            wrong.append((case, None))
            continue
        try:
            got = np.asarray(trial.got)
        except ValueError:  # rows of different lengths
            return None
        if got.dtype.kind not in "biuf" or not close(np.asarray(case.expected), got):
            wrong.append((case, got))
    if wrong and all("no picture" in case.tags for case, _ in wrong):
        return (
            "It goes wrong where a or b has no rows at all, shape (0, 2): no picture has been counted "
            "yet, and the result is the other one."
        )
    if any(isinstance(trial.error, IndexError) for trial in trials):
        return "A table is too short: the numbers of colors go up to 16,777,215."
    if wrong and all("many pixels" in case.tags for case, _ in wrong):
        return (
            "It goes wrong where a color has billions of pixels: 32 bits, or float32, can't tell such numbers "
            "apart. Use np.int64."
        )
    tables = [(case, got) for case, got in wrong if got is not None and np.shape(got)[1:] == (2,)]
    if wrong and len(tables) == len(wrong):
        words = _about_rows(tables)
        if words:
            return words
    if wrong and all(
        got is not None and got.shape == case.expected.shape and _same_rows(case.expected, got)
        for case, got in wrong
    ):
        if all(_as_text(got) for _, got in wrong):
            return (
                "The color numbers are sorted as texts, in which '10' comes before '9': turn them into "
                "numbers before you sort."
            )
        return BY_NUMBER
    return None


def _exact(function):
    """A rule: no pixel gets lost where there are billions."""
    a, b = _counts((7, 2_000_000_000)), _counts((7, 2_000_000_001))
    (trial,) = try_all(function, [(a, b)])
    pixels = int(np.asarray(trial.got)[0, 1])
    if pixels == 4_000_000_001:
        return None
    return (
        "Large numbers of pixels are rounded: float32 keeps only seven digits. Use np.int64.\n"
        f"For a = {show(a)}, b = {show(b)}\nexpected: 4000000001 pixels\nyou return: {pixels}"
    )


def _as_text(got):
    names = [str(color) for color in got[:, 0].tolist()]
    return names == sorted(names)


def _about_rows(tables):
    """Which rows are lost, or wrong, in words; None if it is their order."""
    lost, added, changed = [], [], []
    for case, got in tables:
        a, b = (set(part[:, 0].tolist()) for part in case.arguments)
        mine, right = dict(got.tolist()), dict(case.expected.tolist())
        end = min(max(a, default=-1), max(b, default=-1))
        lost += [(color, color > end, color in a & b) for color in right if color not in mine]
        added += [color for color in mine if color not in right]
        changed += [c in a & b for c in right if c in mine and mine[c] != right[c]]
    if added or not (lost or changed):
        return None
    if changed:
        common = all(changed) and not lost
        return (
            "The pixels of colors that both have are wrong: add the two numbers."
            if common
            else None
        )
    colors = [color for color, *_ in lost]
    if set(colors) == {0}:
        return (
            "The color with the number 0 is lost: an if with nothing but a number in it asks whether that is "
            "not 0. Black counts as the others do."
        )
    if len(lost) > len(tables) and all(after for _, after, _ in lost):
        return (
            "What lies beyond the last color of the one is lost, if the other still goes on: take what is "
            "left of it, too, when the loop is over."
        )
    if min(colors) > 99:
        return f"Colors with large numbers are lost, such as {min(colors):.0f}: they go up to 16,777,215."
    return f"A color is lost, the number {colors[0]:.0f}: each one of a, and of b, has its row in the result."


def _same_rows(expected, got):
    return sorted(expected.tolist()) == sorted(got.tolist())


EXERCISES = {
    "add_counts": Exercise(
        collection.add_counts,
        ("a", "b"),
        "Counts add up",
        _calls,
        "colors in common, all, some and none, in any order, one row and many, no picture yet, four "
        "billion pixels",
        misconceptions=MISCONCEPTIONS,
        meaning="a row for each color: its number, its pixels",
        may_share=True,
        axes=("row", "column"),
        rule=_exact,
        explain=_explain,
    ),
}
