"""Lesson 07: `kmeans_plus_plus` and `dither`."""

import contextlib
import math

import numpy as np

from helpers import codebook, kmeans
from helpers.checks import chance
from helpers.checks.attempt import Finding, Unfinished
from helpers.checks.cases import cases, picture, pixel_tags, sq
from helpers.checks.compare import Problem
from helpers.checks.exercise import Exercise, table
from helpers.checks.report import show
from helpers.color import constant

# --- kmeans_plus_plus ----------------------------------------------------------------------


def _start_cases():
    """As for any K rows of X, but for colors that are nearly equal; whole numbers and float32."""
    plain = [c for c in chance.row_cases(kmeans.kmeans_plus_plus) if not c.tags & _CLOSE]
    more = plain[1].arguments[0].astype(np.float32), np.array([[0, 0], [3, 1], [9, 4], [2, 7]])
    calls = [(X, 3, np.random.default_rng(3), pixel_tags(X, 3)) for X in more]
    return plain + cases(kmeans.kmeans_plus_plus, calls)


_CLOSE = {"nearly equal colors", "shared values"}


def _judge_start(case, got, call):
    """Any K different rows of X may be right; the chances are looked at by the rule."""
    X, K, _ = case.arguments
    rows = len(got) - K if isinstance(got, np.ndarray) and got.shape[1:] == X.shape[1:] else 0
    if rows:
        many = {1: "one color too many", -1: "one color too few"}
        words = f"You draw {many.get(rows, f'{len(got)} colors, and K is {K}')}: the first color counts, and K − 1 are drawn after it.\nIt was called with {call}\nyou return: {show(got)}"
        return Problem("shape", words)
    return chance.judge_rows(case, got, call)


# Six pixels, near and far, in one channel or in several, so that every rule shows in how often each
# is drawn.
SIX = constant(
    [[0.1, 0, 0], [0, 0.2, 0], [0.35, 0.35, 0.35], [0, 0.9, 0.1], [0.7, 0.1, 0.7], [0.3, 0.8, 1]]
)
SEEDS = 400
CERTAIN = math.log(1e7)  # so many times as likely as the right rule makes a wrong one certain
FITS, NEVER = 60, 110  # `_misfit` of a rule that may be followed, and of one that is not

# What to say -> the weights of all rows, from S, the squared distances of all rows to those drawn
# so far, shape (N, drawn), in their order; near is the smallest of them.
# Nearly everybody leaves out the rows that are drawn already (only new), some don't.
RULES = table("""
The chance has to grow with the squared distance; you take the distance itself.
    np.sqrt(near)
The distances are squared twice; the chance goes with the square of the distance, once.
    near ** 2
You take the farthest row each time; it has to be drawn at random, with a chance that grows with its squared distance. (A single odd pixel is far from everything.)
    np.arange(len(S)) == near.argmax()
You draw from all rows alike; the chance has to grow with the squared distance to the nearest color drawn so far.
    <1|new> * np.ones(len(S))
You measure the distance to the last color only, and forget the earlier ones; it is the nearest of all the colors drawn so far that counts.
    <1|new> * S[:, -1] ** <0.5|1>
You measure the distance to the first color only; it is the nearest of all the colors drawn so far that counts: bring the chances up to date after each draw.
    <1|new> * S[:, 0] ** <0.5|1>
You add up the distances to all the colors drawn so far (or take their mean, or multiply them); it is the nearest of them that counts: take the smallest.
    <1|new> * <S.sum(axis=1)|np.sqrt(S).sum(axis=1)|np.sqrt(S).sum(axis=1) ** 2>
    S.prod(axis=1) ** <0.5|1>
You take the distance to the farthest of the colors drawn so far; it is the nearest that counts: take the smallest.
    <1|new> * S.max(axis=1) ** <0.5|1>
You measure the distance to the mean of the colors drawn so far; measure to each of them, and take the smallest.
    <1|new> * to_mean ** <0.5|1>
You prefer rows that are near to those drawn already; the chance has to grow with the squared distance.
    <1|new> / (near ** <0.5|1> + 1e-300)
    <1|new> * <near.max() - near|near.sum() - near|np.exp(-near)>
You measure to colors that have not been drawn yet, the rows of the result that are still 0 (black): only those drawn so far count.
    np.minimum(near, (SIX**2).sum(axis=1))
    S.sum(axis=1) + (3 - S.shape[1]) * (SIX**2).sum(axis=1)
The chances belong to other rows than those that you take: is a row number one too large or too small?
    np.roll(near, <1|-1>)
You add up absolute differences, or take the largest; the distance squares each of them before they are added.
    (abs(gaps).<sum|max>(axis=-1) ** <1|2>).min(axis=1)
You compare brightness, sums of channels, or one channel; the distance squares the difference of each channel.
    (<gaps.sum(axis=-1)|gaps[..., 0]> ** 2).min(axis=1)
Your chances don't add up to 1, as it seems, while your random number goes from 0 to 1: rows at the beginning (or the last one) come too often. Divide the squared distances by their sum.
    wheel(near, <-1|0>)
    wheel(np.sqrt(near), -1)
You draw only among the farther rows; every row has a chance, and it grows with the squared distance.
    near * (near > <np.median(near)|near.mean()>)
    near >= np.sort(near)[<-2|-3>]
""")


def _wheel(parts, rest):
    """A wheel of length 1 for parts that add up to something else; one row gets the rest."""
    chances = np.diff(np.minimum(np.cumsum(parts), 1), prepend=0)
    chances[rest] += 1 - chances.sum()
    return chances


def _chances(code, drawn):
    """The chance of each of the six rows by a rule, if these rows are drawn; none for those."""
    gaps = SIX[:, None] - SIX[list(drawn)]
    S = (gaps**2).sum(axis=-1)
    to_mean = ((SIX - SIX[list(drawn)].mean(axis=0)) ** 2).sum(axis=1)
    near = S.min(axis=1)
    names = {"S": S, "near": near, "new": near > 0, "gaps": gaps, "to_mean": to_mean}
    weights = np.asarray(eval(code, {"np": np, "SIX": SIX, "wheel": _wheel}, names), dtype=float)
    return weights / weights.sum() if weights.sum() > 0 else np.full(len(SIX), 1 / len(SIX))


def _fit(code, draws):
    """How likely draws are by a rule (log), and how badly the second rows fit it (G statistic).

    A draw that the rule excludes counts as one in 10,000. The second is about 20 for a rule that is
    followed: each of the six first rows has 4 degrees of freedom.
    """
    table, chances, likely = np.zeros((6, 6)), {}, 0.0
    for rows in draws:
        table[rows[0], rows[1]] += 1
        for number in (1, 2):
            drawn = rows[:number]
            if drawn not in chances:
                chances[drawn] = _chances(code, drawn)
            likely += math.log(max(chances[drawn][rows[number]], 1e-4))
    share = np.array([chances.get((n,), np.full(6, 1 / 6)) for n in range(6)])
    expected = np.maximum(table.sum(axis=1, keepdims=True) * share, 1e-3)
    seen = table > 0
    return likely, 2 * (table[seen] * np.log(table[seen] / expected[seen])).sum()


def _far_is_likely(function):
    """A rule: the first row is any, the others come with chances that are squared distances."""
    seeds = [*range(SEEDS), 0, 1, 2, 3]
    results, failure = chance.drawn(function, SIX, 3, seeds)
    if failure:
        return failure
    draws = [tuple(sq(result, SIX).argmin(axis=1).tolist()) for result in results[:SEEDS]]
    words = _about_first(draws)
    words = words and f"{words}\nX has six rows, K = 3, and {SEEDS} seeds were tried."
    return chance.about_repeating(results, seeds) or words or _about_others(draws)


def _about_first(draws):
    """Whether the first row is any row with the same chance, in words."""
    counts = np.bincount([rows[0] for rows in draws], minlength=len(SIX))
    if counts.max() == SEEDS:
        return f"The first color is always row {counts.argmax()} of X; it has to be drawn at random, too."
    if not counts.all():
        return f"Row {counts.argmin()} of X never comes first: for the first color, every row has to have the same chance. (rng.integers(n) goes from 0 to n − 1.)"
    expected = SEEDS / len(SIX)
    # 6 rows have 5 degrees of freedom: above 40, once in 6 million.
    if ((counts - expected) ** 2 / expected).sum() > 40:
        times = ", ".join(map(str, counts))
        return f"For the first color, every row has to have the same chance; yours came first {times} times."
    return None


def _about_others(draws):
    """Which rule the second and the third row follow, in words; None for the right one."""
    right, misfit = _fit("near", draws)
    fits = [(*_fit(code, draws), words) for words, codes in RULES.items() for code in codes]
    best, misfit_of_best, words = max(fits)
    if best <= right + CERTAIN and misfit < NEVER:
        return None
    if best <= right + CERTAIN or misfit_of_best > FITS:
        words = "The colors after the first are not drawn as often as they should be: the chance has to be the squared distance to the nearest color drawn so far, divided by the sum."
    counts = np.bincount([rows[0] for rows in draws], minlength=len(SIX))
    first = int(counts.argmax())
    seconds = np.bincount([rows[1] for rows in draws if rows[0] == first], minlength=len(SIX))
    return f"{words}\nX = {show(SIX)}, K = 3: after row {first}, the rows 0 to 5 should come next with the chances {show(_chances('near', (first,)), 2)}; of {counts[first]} times, yours came {seconds.tolist()} times."


def _equal_rows(function):
    """A rule: equal rows are drawn once, and each has a chance of its own to come first."""
    white, red = [1.0, 1.0, 1.0], [0.8, 0.0, 0.0]
    X, where = np.array([white] * 3 + [red]), "Where rows of X are equal,"
    drawn, failure = chance.drawn(function, X, 2, range(12), where)
    if failure:
        return failure
    if any((got[0] == got[1]).all() for got in drawn):
        return f"{where} you do not return K rows of different colors: a row whose color is drawn already has distance 0, and so no chance.\nIt was called with X = {show(X)}, K = 2"
    drawn, failure = chance.drawn(function, np.array([white] * 7 + [red]), 1, range(100), where)
    rare = sum((got != 1).any() for got in drawn)
    if not rare:
        return failure or "For K = 1 the same row comes each time: draw it at random, too."
    if rare > 31:  # one of eight is 12 or 13 of them, more or less
        return f"Equal rows count only once with you (np.unique?), and every row of X has a chance of its own: a color that many pixels have comes first more often.\nFor X of seven white rows and a red one, and K = 1, red comes {rare} times out of 100."
    return None


def _wrong_draws(attempt):
    """What draws that went wrong show: no rows of X, or chances of another rule, in words."""
    twice = [n for n in attempt.failures if chance.DOUBLES in attempt.problems[n].words]
    if len(twice) < len(attempt.failures):
        return chance.wrong_rows(attempt)
    with contextlib.suppress(Unfinished):
        words = _far_is_likely(attempt.function)
        if words:
            return words
    return "A row that is drawn already has to have the chance 0: its distance to the nearest of the colors drawn so far is 0."


KMEANS_PLUS_PLUS = Exercise(
    kmeans.kmeans_plus_plus,
    ("X", "K", "rng"),
    "Far is likely",
    _start_cases,
    f"as many colors as pixels, one color, 1, 2, 3 and 5 channels, whole numbers, float32, equal pixels, and on the chances of {SEEDS} seeds",
    meaning="K rows of X",
    judge=_judge_start,
    rule=lambda function: _far_is_likely(function) or _equal_rows(function),
    betrays=(_wrong_draws,),
)

# --- dither --------------------------------------------------------------------------------

BLACK_WHITE = constant(codebook.CUBE_CORNERS[[0, 7]])
GRAYS = constant([[0.1] * 3, [0.45] * 3, [0.95] * 3])
FEW = constant(
    [[0.1, 0.2, 0.7], [0.9, 0.7, 0.2], [0.3, 0.9, 0.4], [0.8, 0.1, 0.6], [0.5, 0.5, 0.5]]
)


def _on_the_brink():
    """A row in which every value, with its error, is just beside the middle of two grays."""
    grays, values, error = np.array([0.12371, 0.45719, 0.94833]), [], 0.0
    for n in range(24):
        wanted = (grays[:-1] + grays[1:])[n % 2] / 2 + (1e-5 if n % 3 else -1e-5)
        values.append(wanted - error)
        error = 7 / 16 * (wanted - grays[abs(grays - wanted).argmin()])
    return np.repeat(values, 3).reshape(1, -1, 3), np.repeat(grays, 3).reshape(-1, 3)


def _dither_cases():
    """Pictures on which no choice is close, smallest first; a tie; float32."""
    ramp = np.linspace(0.1, 0.9, 6).round(2)[None, :, None] * np.ones(3)
    calls = [
        (picture(1, 2), BLACK_WHITE),
        (np.full((1, 1, 3), 0.5), BLACK_WHITE[::-1], {"tie"}),
        (ramp, BLACK_WHITE),
        (ramp.transpose(1, 0, 2), BLACK_WHITE),
        (picture(2, 2, 1), GRAYS),
        (picture(2, 3, 2), BLACK_WHITE),
        (picture(3, 2, 9), FEW),
        (picture(3, 3, 8), codebook.CUBE_CORNERS),
        (picture(3, 5, 16), FEW),
        (picture(6, 4, 6), codebook.CUBE_CORNERS),
        (picture(5, 7, 5), FEW),
        (picture(8, 9, 244), FEW),
        (0.8 + picture(4, 5, 31) / 5, 0.7 * FEW),  # brighter than any color: errors pile up
        (picture(2, 4, 9), GRAYS[1:2], {"one color"}),
        _on_the_brink(),
        (picture(3, 4, 10).astype(np.float32), FEW),
    ]
    return cases(codebook.dither, calls)


def _first_wrong_pixel(attempt):
    """Where the first wrong pixel lies, in words."""
    firsts = []
    for n, (_, got) in attempt.came_back.items():
        expected = attempt.cases[n].expected
        if got.shape != expected.shape:
            return None
        wrong = ~np.isclose(expected, got * 1.0, atol=1e-4).all(axis=-1)
        firsts.append((wrong.size, n, *wrong.shape, *np.argwhere(wrong)[0].tolist()))
    if len(firsts) < len(attempt.failures) or any(i == j == 0 for *_, i, j in firsts):
        return None
    _, n, height, width, i, j = min(firsts)
    return Finding(
        f"In a picture of {height} x {width} pixels, all is right up to the pixel [{i}, {j}]: follow with a pencil which errors should reach it, from the left and from the row above, and which do.",
        (n,),
    )


_INSIDE = "i + down < height and 0 <= j + across < width"
_ADD = "values[i + down, j + across] += error * share / 16"
_ERROR = "error = wanted - painted[i, j]"
_PAGE = "7/16 to the right, 3/16 below left, 5/16 below, 1/16 below right"
_STYLE = f"""
values = np.array(image, dtype=float)
painted = PAINTED
height, width, _ = image.shape
for i in range(height):
    for j in range(width):
        wanted = values[i, j].copy()
        painted[i, j] = codebook[((codebook - wanted) ** 2).sum(axis=1).argmin()]
        {_ERROR}
        for down, across, share in zip((0, 1, 1, 1), (1, -1, 0, 1), (7, 3, 5, 1)):
            if {_INSIDE}:
                {_ADD}
return painted
"""

DITHER = Exercise(
    codebook.dither,
    ("image", "codebook"),
    "Bands, and how to hide them",
    _dither_cases,
    "one pixel, one row, one column, wide, tall and square pictures, 1, 2, 3, 5 and 8 colors, a tie, colors out of reach, float32",
    styles=(
        _STYLE.replace("PAINTED", "values"),
        _STYLE.replace("PAINTED", "np.zeros(image.shape)"),
    ),
    nouns={"sum": "channels", "argmin": "colors"},
    wrong=table(f"""
Your result is that of quantize: no error reaches the neighbors in time. Is it added to them, is their color chosen for the value with the error in it, and is the error measured before the pixel is painted over (keep a copy of its value)? (And mind that 7 // 16 is 0.)
    quantize(image, codebook)
You compare brightness alone; the nearest color is that with the smallest Euclidean distance.
    ((codebook - wanted) ** 2).sum(axis=1) => abs(codebook.mean(axis=1) - wanted.mean())
Each channel chooses by itself, so that colors come out that the codebook does not have: choose one color for all three, by the squares of the three differences, added up.
    codebook[((codebook - wanted) ** 2).sum(axis=1).argmin()] => [codebook[abs(codebook[:, c] - wanted[c]).argmin(), c] for c in range(3)]
You measure the error from the original pixel; measure it from the value so far: what the neighbors handed on is lost otherwise.
    error = wanted => error = image[i, j]
The sign of the error is turned around, or lost: it is what was wanted minus what was painted, and may be above 0 or below.
    {_ERROR} => error = <painted[i, j] - wanted|painted[i, j] - image[i, j]|abs(wanted - painted[i, j])|(wanted - painted[i, j]) ** 2>
    {_ERROR} => error = np.<maximum|minimum>(wanted - painted[i, j], 0)
You round the error (or cut its decimals off); hand all of it on.
    {_ERROR} => error = np.round(wanted - painted[i, j], <0|1|2|3>)
The error of the three channels is averaged, or one is taken for all; each channel has an error of its own.
    {_ERROR} => error = (wanted - painted[i, j])<.mean()|.sum()|[0]|[1]|[2]>
All errors are measured first, and handed on at once; a pixel's error depends on what was handed to it, so go pixel by pixel: choose, measure, hand on.
    painted = np.zeros(image.shape) => painted = values * 0 ;; wanted = values[i, j].copy() => wanted = image[i, j] * 1.0 ;; return painted => return quantize(values, codebook)
What is handed on takes the place of the neighbor's value (=); it has to be added to it (+=).
    across] += error => across] = error
You clip the values to 0..1: that throws away error that has been handed on, and the mean color shifts. Leave them as they are.
    {_ADD} => values[i + down, j + across] = np.clip(values[i + down, j + across] + error * share / 16, 0, 1)
    wanted = values[i, j].copy() => wanted = np.clip(values[i, j], 0, 1)
You return the values with the errors in them, not the colors chosen: each pixel becomes a color of the codebook.
    return painted => return values
You return the numbers of the colors; paint each pixel with its color, codebook[number].
    return painted => return ((painted[:, :, None] - codebook) ** 2).sum(axis=-1).argmin(axis=-1)
You paint the number of the color, in all channels, and not the color: nearest_color gives a number, and the codebook has the color of that number.
    painted[i, j] = codebook[ => painted[i, j] = ( ;; .argmin()] => .argmin())
All of the error goes to one neighbor; it is shared out among four: {_PAGE}.
    (7, 3, 5, 1) => (<16, 0, 0, 0|0, 0, 16, 0>)
The error is shared out in equal parts; there are four neighbors with weights of their own: {_PAGE}.
    (7, 3, 5, 1) => (<8, 0, 8, 0|4, 4, 4, 4>)
Weights are swapped among the neighbors: it is {_PAGE}.
    (7, 3, 5, 1) => (<7, 1, 5, 3|7, 5, 3, 1|5, 3, 7, 1|7, 5, 1, 3|7, 1, 3, 5|5, 7, 3, 1|3, 7, 5, 1|3, 5, 7, 1|1, 3, 5, 7|1, 5, 3, 7|7, 3, 1, 5>)
The weights are not the ones of this page: {_PAGE}.
    (7, 3, 5, 1) => (6, 0, 6, 4)
    (0, 1, 1, 1), (1, -1, 0, 1), (7, 3, 5, 1) => (0, 0, 1, 1, 1, 2), (1, 2, -1, 0, 1, 0), (2, 2, 2, 2, 2, 2)
The shares don't add up to one: divide the weights 7, 3, 5 and 1 by 16.
    share / 16 => share / <1|8|10|15|20|32>
    (7, 3, 5, 1) => (16, 16, 16, 16)
Some of the four neighbors get nothing: it is {_PAGE}. (What goes to the left or up comes to pixels that are painted already, and so does what goes below left if you go column by column.)
    (7, 3, 5, 1) => (<7, 0, 5, 1|7, 3, 5, 0|7, 3, 0, 1|0, 3, 5, 1|7, 0, 0, 0>)
Some of the error goes to the left, [i, j − 1], to a pixel that is painted already; of its own row, only the right neighbor is still to be painted.
    (1, -1, 0, 1) => (-1, -1, 0, 1)
The error goes to the left, to a pixel that is painted already, and the row below is mirrored; of its own row, only the right neighbor is still to be painted.
    (1, -1, 0, 1) => (-1, 1, 0, -1)
Some of the error goes up, to pixels that are painted already; it goes to the row below.
    (0, 1, 1, 1) => (0, -1, -1, -1) ;; if i => if 0 <= i
Rows and columns are swapped: [i + 1, j] is the pixel below, [i, j + 1] the one to the right.
    (0, 1, 1, 1), (1, -1, 0, 1) => (1, -1, 0, 1), (0, 1, 1, 1) ;; if i => if 0 <= i
You go column by column; go row by row: from left to right, and from top to bottom.
    i in range(height) => COLUMNS ;; j in range(width) => i in range(height) ;; COLUMNS => j in range(width)
Every second row goes from right to left. That is a good idea, and not what is asked here: go from left to right in every row.
    j in range(width) => j in range(width)[:: 1 - i % 2 * 2]
    j in range(width) => j in range(width)[:: 1 - i % 2 * 2] ;; zip((0, 1, 1, 1), (1, -1, 0, 1) => zip((0, 1, 1, 1), np.array((1, -1, 0, 1)) * (1 - i % 2 * 2)
Some pixels at the edges are left out: every pixel is painted, and only the neighbors that don't exist get nothing.
    range(height) => range(<height - 1|1, height>) ;; range(width) => range(<width|width - 1|1, width|1, width - 1>)
    range(width) => range(<width - 1|1, width|1, width - 1>)
At the edge the error wraps around to the other side: j − 1 is −1 in the first column, and an index of −1 is the last. Hand on only what falls inside the picture.
    if {_INSIDE} => if i + down < height and j + across < width
    if {_INSIDE} => if True ;; {_ADD} => values[(i + down) % height, (j + across) % width] += error * share / 16
At an edge no error is handed to neighbors that lie inside the picture, or not to all of them: is an if, or a range, one too strict there (as 0 < in place of 0 <=), or the loop left (break) at a neighbor outside?
    if {_INSIDE} => if {_INSIDE} and j + across > 0
    if {_INSIDE} => if {_INSIDE} and j + across < width - 1
    if {_INSIDE} => if {_INSIDE} and i + down < height - 1
    if {_INSIDE} => if {_INSIDE} and i < height - 1
    if {_INSIDE} => if {_INSIDE} and j > 0
    if {_INSIDE} => if {_INSIDE} and j < width - 1
    if {_INSIDE} => if {_INSIDE} and (down == 0 or 0 < j < width - 1)
    if {_INSIDE} => if {_INSIDE} and i + 1 < height and 0 < j < width - 1
The picture is moved by one pixel: is a margin that you put around it cut off at the wrong side?
    np.pad(right(image, codebook), 1)[<:-2|2:>, <1:-1|:-2|2:>, 1:-1]
    np.pad(right(image, codebook), 1)[1:-1, <:-2|2:>, 1:-1]
"""),
    meaning="a picture of the same size",
    axes=("row", "column", "channel"),
    betrays=(_first_wrong_pixel,),
    names={"quantize": codebook.quantize},
)


EXERCISES = {"kmeans_plus_plus": KMEANS_PLUS_PLUS, "dither": DITHER}
