"""The function that lesson 11 asks for: `add_counts`."""

import re
from dataclasses import replace

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
    made = cases(collection.add_counts, [((a, b), tags) for a, b, tags in calls])
    # Unsigned: shown as whole numbers, and decimals that are whole will do.
    return [replace(case, expected=case.expected.astype(np.uint64)) for case in made]


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


def _columns_sorted(a, b):
    both = np.sort(np.concatenate([a, b]), axis=0)
    colors, row = np.unique(both[:, 0], return_inverse=True)
    return np.stack([colors, np.bincount(row, weights=both[:, 1])], axis=1)


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
    "Each column is sorted by itself, which tears the rows apart, so that colors get the pixels of others: "
    "sort whole rows, by argsort of column 0.": (
        _columns_sorted,
        lambda a, b: np.sort(collection.add_counts(a, b), axis=0),
    ),
    "The last row of b, or of a, is left out: does a loop or a slice stop one too early?": (
        lambda a, b: collection.add_counts(a, b[:-1]),
        lambda a, b: collection.add_counts(a[:-1], b),
        lambda a, b: collection.add_counts(a[:-1], b[:-1]),
    ),
    "The first row of b, or of a, is left out: ranges and slices begin with 0.": (
        lambda a, b: collection.add_counts(a, b[1:]),
        lambda a, b: collection.add_counts(a[1:], b),
        lambda a, b: collection.add_counts(a[1:], b[1:]),
    ),
    "Only a comes back.": lambda a, b: a.copy(),
    "Only b comes back.": lambda a, b: b.copy(),
}


def _explain(function, cases, trials):
    """What all answers together give away, in words."""
    wrong = []
    for case, trial in zip(cases, trials, strict=False):
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
    if wrong and all("many pixels" in case.tags for case, _ in wrong):
        return (
            "It goes wrong where a color has billions of pixels: 32 bits, or float32, can't tell such numbers "
            "apart. Use np.int64."
        )
    if "searchsorted" in _names(getattr(function, "__code__", None)) and any(
        "no common color" in case.tags for case, _ in wrong
    ):
        return (
            "np.searchsorted tells where a color would stand, also if it is not there: at that place is "
            "another color, or nothing, behind the last row. Ask whether the color there is the same."
        )
    errors = [trial for trial in trials if trial.error is not None]
    words = next(filter(None, map(_about_error, errors)), None)
    if words:
        return words
    tables = [
        (case, got)
        for case, got in wrong
        if got is not None and got.ndim == 2 and got.shape[1] == 2 and np.isfinite(got).all()
    ]
    if not tables or len(tables) < sum(got is not None and got.size > 0 for _, got in wrong):
        return _about_columns(wrong)
    if all(_same_rows(case.expected, got) for case, got in tables):
        if all(_as_text(got) for _, got in tables):
            return (
                "The color numbers are sorted as texts, in which '10' comes before '9': turn them into "
                "numbers before you sort."
            )
        return BY_NUMBER
    right = [
        (case, np.asarray(trial.got))
        for case, trial in zip(cases, trials, strict=False)
        if not any(case is other for other, _ in wrong)
    ]
    every = tables + right
    return _about_rows([Row(case, got, c) for case, got in every for c in _colors(case, got)])


ERRORS = {
    "all the input array dimensions": (
        "Side by side (hstack, column_stack, axis=1) a and b need as many rows, and put two colors into one "
        "row: put the rows under one another (np.concatenate)."
    ),
    "object too deep": (
        "np.bincount adds one number for each place, and here it gets a table: take one column of it, the "
        "pixels."
    ),
    "list.append": "append adds one thing to a list: put color and pixels into one pair of brackets.",
}


def _names(code):
    """Names that a function looks up, also in what is defined inside it."""
    inner = (_names(c) for c in getattr(code, "co_consts", ()) if hasattr(c, "co_names"))
    return set(getattr(code, "co_names", ())).union(*inner)


def _about_error(trial):
    """Why a function stops, in words, where the error itself says too little."""
    arguments, text = trial.arguments, str(trial.error)
    numbers = [int(n) for n in re.findall(r"\d+", text)]
    rows = [len(part) for part in arguments]
    if trial.line.startswith(("raise", "assert")):
        return "Your own lines refuse a and b: they may have different numbers of rows, and none at all."
    if "out of bounds" in text and numbers[0] > 999:
        return "A table is too short: the numbers of colors go up to 16,777,215."
    if "out of bounds" in text and numbers[0] in rows and min(rows) < max(rows):
        return (
            "a and b have different numbers of rows, and the shorter one has come to its end. What belongs "
            "together is told by the color's number, not by the place of its row."
        )
    if "broadcast" in text and set(numbers) & {
        max(part[:, 0], default=0) + 1 for part in arguments
    }:
        return (
            "Two tables of different lengths can't be added: each ends at its own largest color number. Make "
            "both equally long first (minlength)."
        )
    if "broadcast" in text and min(rows) < max(rows):
        return (
            "Two arrays of different lengths are put together place by place, and a and b have different "
            "numbers of rows. Look for equal colors, and add their pixels."
        )
    return next((words for part, words in ERRORS.items() if part in text), None)


def _about_columns(wrong):
    """What a result without two columns gives away, in words."""
    answers = [(case.expected, got) for case, got in wrong if got is not None]
    if answers and all(close(e[:, 1], np.ravel(got)) for e, got in answers):
        return "Only the pixels come back: each row is a color's number and its pixels."
    if answers and all(got.ndim == 2 and got.shape[1] == 4 for _, got in answers):
        return "a and b stand side by side: their rows have to come under one another."
    return None


class Row:
    """What has become of one color, and what a and b have of it."""

    def __init__(self, case, got, color):
        self.case, self.color = case, color
        self.pixels = got[got[:, 0] == color, 1].tolist()
        self.right = case.expected[case.expected[:, 0] == color, 1].tolist()
        self.parts = [dict(part.tolist()) for part in case.arguments]
        self.a, self.b = (part.get(color, 0) for part in self.parts)
        self.total, self.returned = int(case.expected[:, 1].sum()), got[:, 1]
        self.common = all(color in part for part in self.parts)
        self.known = any(color in part for part in self.parts)
        self.columns = {n for part in self.parts for n in part.values()}

    def after_the_other(self):
        """Whether it lies beyond the last color of one of the two."""
        return self.color > min(max(part, default=-1) for part in self.parts)


# For colors of which something is wrong: in words where that is -> whether a color is there.
WHERE = {
    "the color with the number 0: an if with nothing but a number in it asks whether that is not 0. Black "
    "counts as the others do": lambda row: row.color == 0,
    "colors that have the same number of pixels in both: equal rows are counted once (as by np.unique with "
    "axis=0, or a set of rows), and both count": lambda row: row.common and row.a == row.b,
    "a color whose number also occurs among the pixels: `in` and == look at the whole table; look at column "
    "0 only": lambda row: row.color in row.columns,
    **{
        f"a color that only {'ab'[here]} has, and whose number occurs among the pixels of {'ab'[1 - here]}: `in` "
        "looks at the whole table; look at column 0 only": lambda row, here=here: (
            not row.common
            and row.color in row.parts[here]
            and row.color in row.parts[1 - here].values()
        )
        for here in (1, 0)
    },
    "colors with a single pixel: each color counts, however rare it is": (
        lambda row: 1 in (row.a, row.b)
    ),
    "colors with large numbers: they go up to 16,777,215": lambda row: row.color > 99,
    **{
        f"what lies beyond the last color of {'ab'[1 - here]}, where {'ab'[here]} still goes on: take what is left "
        "of it, too, when the loop is over": lambda row, here=here: (
            row.color in row.parts[here] and row.color > max(row.parts[1 - here], default=-1)
        )
        for here in (1, 0)
    },
    "what lies beyond the last color of the one, if the other still goes on: take what is left of it, too, "
    "when the loop is over": Row.after_the_other,
    "the last color of all: does a loop or a slice stop one too early?": (
        lambda row: row.case.expected[-1:, 0].tolist() == [row.color]
    ),
    "the first color of all: ranges and slices begin with 0": (
        lambda row: row.case.expected[:1, 0].tolist() == [row.color]
    ),
    "colors that both have": lambda row: row.common,
    "colors that only one of the two has": lambda row: not row.common,
}

# What the number of pixels is instead, in words -> that number.
INSTEAD = {
    "The color numbers are added up: the pixels are column 1, both[:, 1].": (
        lambda row: row.color * (row.common + 1)
    ),
    "Where both have a color, its pixels in a are counted twice, and those of b are not: add the two.": (
        lambda row: 2 * row.a if row.common else row.right[0]
    ),
    "Where both have a color, its pixels in b are counted twice, and those of a are not: add the two.": (
        lambda row: 2 * row.b if row.common else row.right[0]
    ),
    "Colors that only b has count twice: they begin with their pixels, and then these are added once more.": (
        lambda row: row.a + row.b * (1 if row.common else 2 if row.b else 1)
    ),
    "Color numbers are added to the pixels: take column 1 only.": (
        lambda row: row.right[0] + row.color * (row.common + 1)
    ),
    "Where a color comes for the first time, its pixels are lost: begin with them, or begin with 0 and add.": (
        lambda row: row.b if row.common else 0
    ),
    "Where both have a color, the pixels of b are added twice.": (
        lambda row: row.a + 2 * row.b if row.common else row.right[0]
    ),
    "The pixels are percent of all: keep their number, since shares of two pictures do not add up.": (
        lambda row: np.round(100 * row.right[0] / row.total)
    ),
    "All pixels count twice.": lambda row: 2 * row.right[0],
    "Each row gets the pixels of all rows: add up those of its own color only.": (
        lambda row: row.total
    ),
    "Each number of pixels is one too large: begin with 0.": lambda row: row.right[0] + 1,
    "Each number of pixels is one too small: the first one counts, too.": (
        lambda row: row.right[0] - 1
    ),
    "Where both have a color, 1 is added, as if rows were counted: add the pixels of b.": (
        lambda row: row.a + 1 if row.common else row.right[0]
    ),
    "Where both have a color, all pixels of b are added: add those of that color only.": (
        lambda row: row.a + sum(row.parts[1].values()) if row.common else row.right[0]
    ),
    "The pixels are shares of all: keep their number, since shares of two pictures do not add up.": (
        lambda row: row.right[0] / row.total
    ),
    "The pixels are divided by 2, as for a mean: counts are added.": lambda row: row.right[0] / 2,
}


def _colors(case, got):
    return dict.fromkeys([*case.expected[:, 0].tolist(), *got[:, 0].tolist()])


def _about_rows(rows):
    """Which rows are lost, double or wrong, and where, in words; None if it is their order."""
    strange = [row for row in rows if not row.known]
    if strange:
        return _about_strange(strange, rows)
    double = [row for row in rows if len(row.pixels) > 1]
    lost = [row for row in rows if not row.pixels]
    if double:
        again = all(
            row.common and len(row.pixels) == 2 and set(row.pixels) <= {row.a + row.b, row.a, row.b}
            for row in double
        )
        if again and all(row.a + row.b in row.pixels for row in double):
            return (
                "A color that both have gets its row, with the pixels added, and then one of the two rows "
                "once more: where the colors are equal, both rows are done with, so go on in a and in b."
            )
        row = double[0]
        return (
            f"The color {row.color:.0f} has {len(row.pixels)} rows: each color gets one, with all its "
            "pixels. (Is a row put in for each round of an inner loop, or before the last one was compared?)"
        )
    changed = [row for row in rows if row.pixels and not close_to(row.pixels[0], row.right[0])]
    if not lost and not changed:
        return None
    for words, instead in INSTEAD.items() if changed and not lost else ():
        if all(close_to(row.pixels[0], instead(row)) for row in rows):
            return words
    bad = lost + changed
    found = {}
    for words, holds in WHERE.items():
        there = [row for row in rows if holds(row)]
        if all(map(holds, bad)) and (len(bad) > 1 or len(there) < 3) and len(there) < len(rows):
            found[words] = len(bad) / len(there)
    where = max(found, key=found.get, default=None)
    where = where if where and found[where] > 0.6 and ":" in where else None
    if where:
        what = "It goes wrong for" if lost and changed else "The pixels are wrong for"
        return f"{what} {where}." if changed else f"Lost in your result: {where}."
    if lost and changed:
        return (
            f"A color is lost, the number {lost[0].color:.0f}, and pixels are wrong: "
            f"{_what_it_has(changed[0])}"
        )
    if lost:
        return (
            f"A color is lost, the number {lost[0].color:.0f}: each one of a, and of b, has its row in the "
            "result."
        )
    common = all(row.common for row in changed)
    if common and all(row.pixels[0] in (row.a, row.b) for row in changed):
        return "Where both have a color, one of the two numbers of pixels is left: add them."
    only = " of colors that both have" if common else ""
    return f"The color numbers are right, and the pixels{only} are not: {_what_it_has(changed[0])}"


def _what_it_has(row):
    return (
        f"the color {row.color:.0f} has {row.a} pixels in a and {row.b} in b: in your result it has "
        f"{row.pixels[0]:.9g}. Whatever else is in the two, its pixels are these two numbers added."
    )


def _about_strange(strange, rows):
    """Where color numbers come from that neither a nor b has, in words."""
    numbers = {row.color for row in strange}
    if numbers == {0} and not any(any(row.pixels) for row in strange):
        return (
            "There are rows of zeros that nobody filled: a color that both have takes only one row, so cut "
            "off the rest, or begin with a list."
        )
    if all(row.total in row.pixels for row in strange):
        return "There is a row too many, with the sum of all pixels: only colors have rows."
    if all(row.color in row.columns for row in strange):
        return (
            "Numbers of pixels stand among the color numbers: the whole table was taken where its column 0 "
            "was meant, both[:, 0]."
        )
    if all(
        row.color in [x + y for x, y in zip(*row.parts, strict=False)]
        or row.color / 2 in row.parts[0].keys() & row.parts[1].keys()
        for row in strange
    ):
        return (
            "The color numbers are added as well, as if whole rows were added: look for equal colors, and add "
            "their pixels only."
        )
    lost = {row.color for row in rows if not row.pixels}
    if all(
        any(color % 2**bits == n % 2**bits for color in lost for bits in (8, 16)) for n in numbers
    ):
        return "Color numbers are cut to 8 or 16 bits: they go up to 16,777,215, so keep them in np.int64."
    return f"There are color numbers that neither a nor b has, such as {strange[0].color:.9g}."


def close_to(x, y):
    """Whether two numbers are the same, but for rounding."""
    return abs(x - y) <= 1e-9 * abs(y)


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
