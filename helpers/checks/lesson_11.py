"""Lesson 11: `add_counts`."""

import numpy as np

from helpers import collection
from helpers.checks import where
from helpers.checks.attempt import Finding, finished
from helpers.checks.cases import cases, framed
from helpers.checks.compare import numbers
from helpers.checks.exercise import Exercise, table
from helpers.checks.report import show


def _counts(*rows):
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def _right(a, b):
    """Unsigned: shown as whole numbers, and decimals that are whole will do."""
    return collection.add_counts(a, b).astype(np.uint64)


def _count_cases():
    calls = [
        (_counts((3, 10)), _counts((3, 5)), {"same colors"}),
        (_counts((3, 10)), _counts((7, 5)), {"no common color"}),
        (_counts((3, 10), (5, 1)), _counts((3, 2), (4, 7))),
        (_counts((1, 4), (5, 2)), _counts((0, 3), (5, 6), (9, 1))),
        (_counts((6, 1), (8, 2)), _counts((2, 7), (4, 9)), {"no common color"}),
        (_counts((1, 4), (5, 2), (6, 2)), _counts((1, 1), (5, 3), (6, 8)), {"same colors"}),
        (_counts((2, 9), (4, 1), (7, 5)), _counts((4, 1))),
        (_counts((4, 6)), _counts((1, 1), (4, 6), (8, 3))),
        (_counts((0, 5), (65_536, 2)), _counts((255, 1), (65_536, 2), (70_000, 3))),
        (_counts(), _counts((2, 3), (8, 1)), {"no picture"}),
        (_counts((2, 3), (8, 1)), _counts(), {"no picture"}),
        (_counts((7, 2_000_000_000), (9, 1)), _counts((7, 2_000_000_001)), {"billions"}),
    ]
    rng = np.random.default_rng(11)
    for sizes in ((9, 12), (30, 20)):
        calls.append(
            tuple(
                np.stack([np.sort(rng.permutation(40)[:n]), rng.integers(1, 99, n)], axis=1)
                for n in sizes
            )
        )
    return cases(_right, calls, whole=True)


def _each(a, b, pixels):
    """One row for each color: what the number c, x pixels in a, y in b and all pixels give; None is no row."""
    x, y, all_pixels = dict(a.tolist()), dict(b.tolist()), int(a[:, 1].sum() + b[:, 1].sum())
    rows = [(c, pixels(c, x.get(c, 0), y.get(c, 0), all_pixels)) for c in sorted({*x, *y})]
    return np.array([row for row in rows if row[1] is not None]).reshape(-1, 2)


# What to say, and the pixels of color c, from x pixels in a and y in b; no row if they are None.
_PIXELS = table("""
Where both have a color, the second number of pixels replaces the first: add the two. (With pixels[row] += ... a row that comes twice is written twice, not added twice; np.bincount or np.add.at add.)
    y or x
Lost in your result: what lies beyond the last color of the one, where the other still goes on. Take what is left of it, too, when the loop is over.
    x + y if c <= <min(last(a), last(b))|last(a)|last(b)> else None
A color that only b has goes wrong if its number also occurs among the pixels of a: `in` looks at the whole table; look at column 0 only.
    None if not x and c in a else x + y
A color that only a has goes wrong if its number also occurs among the pixels of b: `in` looks at the whole table; look at column 0 only.
    None if not y and c in b else x + y
The color numbers are added up: the pixels are column 1, both[:, 1].
    c * ((x > 0) + (y > 0))
You count rows, 1 or 2 of each color; add up their pixels, column 1.
    (x > 0) + (y > 0)
Where both have as many pixels of a color, they count once: equal rows are counted once (as by np.unique with axis=0, or a set of rows), and both count.
    x if x == y else x + y
""")

# What to say, and the rows that come back: w, the right ones, or both, those of a and then of b, changed.
_ROWS = table("""
The rows of both stand under one another, but a color that both have comes twice: it gets one row, with the pixels of both added.
    both
    by_color(both)
    under(b, a)
Rows are compared whole, color and pixels together, so that a color with two different numbers of pixels comes twice, and equal rows are counted once: look for equal colors, both[:, 0], and add their pixels.
    np.unique(both, axis=0)
The color numbers are added as well: a + b adds row to row, whatever their colors are. Look for equal colors, and add their pixels only.
    a + b
    a[:least] + b[:least]
Rows are added by their place, the first to the first and so on; what belongs together is told by the color's number in column 0.
    a[:least] + b[:least] * [0, 1]
    a + b * [0, 1]
    under(a[:least] + b[:least] * [0, 1], a[least:])
The two columns are swapped: the color's number comes first, then the pixels.
    w[:, ::-1]
    right(a[:, ::-1], b[:, ::-1])
The rows are sorted from the largest color number to the smallest; the smallest comes first.
    w[::-1]
Only the color numbers come back: each row is a color's number and its pixels.
    w[:, 0]
Only the pixels come back: each row is a color's number and its pixels.
    w[:, <1|1:>]
np.searchsorted tells where a color would stand, also if it is not there: at that place is another color, or nothing, behind the last row. Ask whether the color there is the same.
    np.stack([w[:, 0], at(a, w[:, 0])[:, 1] + at(b, w[:, 0])[:, 1]], axis=1)
    np.stack([w[:, 0], near(a, w[:, 0])[:, 1] + near(b, w[:, 0])[:, 1]], axis=1)
    a + at(b, a[:, 0]) * [0, 1]
    b + at(a, b[:, 0]) * [0, 1]
The result has two rows; it should have two columns: np.stack(..., axis=1), or .T at the end.
    w.T
The pixels are kept in 32 bits, which end at two billion: use np.int64.
    w.astype(np.int32)
There are rows of zeros that nobody filled: a color that both have takes only one row, so cut off the rest, or begin with a list.
    under(w, 0 * both[len(w):])
    under(0 * both[len(w):], w)
""")


# --- What stops, and single rows -----------------------------------------------------------

# What errors mean here, and parts of their texts.
_ERRORS = table("""
Side by side (hstack, column_stack, axis=1) a and b need as many rows, and put two colors into one row: put the rows under one another (np.concatenate).
    all the input array dimensions
a and b may have different numbers of rows, and no two rows belong together by their place: look for equal colors, and add their pixels.
    broadcast
    out of bounds
np.bincount adds one number for each place, and here it gets a table: take one column of it, the pixels.
    object too deep
""")


def _in_another_order(attempt):
    """Whether all rows are right, but for their order, in words."""
    same = [
        got.ndim == 2 and sorted(_right(*given).tolist()) == sorted(got.tolist())
        for given, got in attempt.came_back.values()
    ]
    return (
        "The rows are right, and their order is not: sort them by the color's number, as in a and b."
        * (all(same) and len(same) == len(attempt.failures))
    )


def _one_color(attempt):
    """What has become of one color, in words."""
    for n, ((a, b), got) in attempt.came_back.items():
        if got.ndim != 2 or got.shape[1] != 2 or not np.isfinite(got).all():
            continue
        x, y = dict(a.tolist()), dict(b.tolist())
        colors = got[:, 0].tolist()
        strange = [c for c in colors if c not in x and c not in y]
        if strange:
            return Finding(
                f"There are color numbers that neither a nor b has, such as {strange[0]:.9g}.", (n,)
            )
        for c in sorted({*x, *y}):
            has, right = got[got[:, 0] == c, 1].tolist(), x.get(c, 0) + y.get(c, 0)
            if len(has) == 1 and np.isclose(has[0], right):
                continue
            came = "no row in your result: it is lost."
            if len(has) == 1:
                came = f"{has[0]:.9g} in your result. Whatever else is in the two, its pixels are these two numbers added."
            elif has:
                came = f"{len(has)} rows in your result: each color gets one, with all its pixels. (Is a row put in for each round of an inner loop?)"
            given = f"The color {c} has {x.get(c, 0)} pixels in a and {y.get(c, 0)} in b"
            return Finding(f"{given}, and {came}", (n,))
    return None


def _exact(function):
    """A rule: no pixel gets lost where there are billions."""
    a, b = _counts((7, 2_000_000_000)), _counts((7, 2_000_000_001))
    (trial,) = finished(function, [(a, b)])
    got = numbers(trial.got)
    if got is None or got.shape != (1, 2) or float(got[0, 1]) == 4_000_000_001:
        return None
    return (
        "Large numbers of pixels are rounded: float32 keeps only seven digits. Use np.int64.\n"
        f"For a = {show(a)}, b = {show(b)}\nexpected: 4000000001 pixels\nyou return: {show(trial.got)}"
    )


ADD_COUNTS = Exercise(
    collection.add_counts,
    ("a", "b"),
    "Counts add up",
    _count_cases,
    "colors in common, all, some and none, in any order, one row and many, no picture yet, four billion pixels",
    styles=(
        """
both = np.concatenate([a, b])
colors, row = np.unique(both[:, 0], return_inverse=True)
pixels = np.bincount(row, weights=both[:, 1])
return np.stack([colors, pixels], axis=1)
""",
        """
pixels = dict(a.tolist())
for color, number in b.tolist():
    if color in pixels:
        pixels[color] = pixels[color] + number
    else:
        pixels[color] = number
return np.array(sorted(pixels.items()))
""",
    ),
    wrong=framed(_PIXELS, "each(a, b, lambda c, x, y, pixels: {})")
    | framed(_ROWS, "both, w, least = under(a, b), right(a, b), min(len(a), len(b))\nreturn {}"),
    meaning="a row for each color: its number, its pixels",
    axes=("row", "column"),
    may_share=True,
    rule=_exact,
    errors=_ERRORS,
    betrays=(where.only_wrong, _in_another_order, _one_color),
    names={
        "each": _each,
        "by_color": lambda rows: rows[np.argsort(rows[:, 0], kind="stable")],
        "under": lambda a, b: np.concatenate([a, b]),
        "last": lambda a: a[:, 0].max(initial=-1),
        "at": lambda a, colors: a[np.searchsorted(a[:, 0], colors)],
        "near": lambda a, colors: a[np.searchsorted(a[:, 0], colors).clip(max=len(a) - 1)],
    },
)

EXERCISES = {"add_counts": ADD_COUNTS}
