"""Wrong functions for lessons 00 to 04: loops that miss, formulas with a part that is wrong.

`helpers.checks.colors` names the misconceptions one by one. Here are those that need more
than a line; the tables from which `helpers.checks.cases.mistakes` makes a wrong function
for every wrong part, and for every two; and what answers show by themselves.
"""

import math

import numpy as np

from helpers import codebook, color, images
from helpers.checks.cases import mistakes, sq, steps


def idx_of(image, colors):
    return codebook.find_closest_centroids(images.to_pixels(image), colors)


def distances(image, colors):
    return color.pairwise_distances(images.to_pixels(image), colors)


PAIRED_OFF = (
    "You pair off pixels and colors, the first with the first (as zip does): even with as many "
    "pixels as colors that is too few. Each pixel has to meet every color."
)


RESCALED = (
    "You bring pixels and colors to another scale before you measure (by the range, the largest value or "
    "the spread of some of them), which changes the distances: compare the values as they are."
)


def rescaled(finish, axes=(0, None)):
    """Wrong functions that divide pixels and colors by one scale; `finish` gets both, scaled."""

    def scaled(size, axis, source):
        def of(first, colors):
            X = np.atleast_2d(first).reshape(-1, np.shape(colors)[1])
            scale = size({0: X, 1: colors, 2: np.concatenate([X, colors])}[source], axis=axis)
            return finish(X / scale, colors / scale, first, colors) if np.all(scale) else np.nan

        return of

    return tuple(
        scaled(size, axis, source)
        for size in (np.ptp, np.max, np.std)
        for axis in axes
        for source in range(3)
    )


NOT_YET = (
    "A distance of 0 counts as nothing yet (as in if not best), so the next color takes its place: ask "
    "whether best is None, or begin with infinity."
)


def not_yet(squared):
    best, number = 0, 0
    for k, distance in enumerate(squared):
        if not best or distance < best:
            best, number = distance, k
    return number


LEFT_OUT_ZERO = (
    "You leave out distances of 0: a pixel that equals a color belongs to that color; nothing is nearer "
    "than 0."
)


RECYCLED = (
    "You repeat the colors until there are as many as pixels (as np.resize does), so that each pixel "
    "meets one color only. Each pixel has to meet every color."
)


def recycled(table):
    n = np.arange(len(table))
    return table[n, n % table.shape[1]]


def of_pairs(X, C):
    return np.array([np.sqrt(((x - c) ** 2).sum()) for x, c in zip(X, C, strict=False)])


def written_by_color(X, C):
    """Distances in a table with as many rows as pixels, but written into the rows of colors."""
    table = np.zeros((len(X), len(C)))
    for n in range(len(X)):
        for k in range(len(C)):
            table[k, n] = np.sqrt(((X[n] - C[k]) ** 2).sum())
    return table


def numbered(number):
    """Pixels whose places in the list are numbered wrongly: number(row, column, height, width)."""

    def listed(image):
        height, width, channels = image.shape
        pixels = np.zeros((height * width, channels))
        for i, j in np.ndindex(height, width):
            pixels[number(i, j, height, width)] = image[i, j]
        return pixels

    return listed


def rows_for_channels(image, glass):
    tinted = np.zeros(image.shape)
    for c in range(3):
        tinted[c] = image[c] * glass[c]
    return tinted


def filled(number):
    """A picture whose pixels are read from wrong places of the list, as in `numbered`."""
    return lambda X, h, w: np.array(
        [[X[number(i, j, h, w)] for j in range(w)] for i in range(h)], dtype=float
    )


TWICE = "Row by row, the number of a pixel is row times width plus column; as you count, some get the same number."
SAME_NUMBERS = (
    lambda i, j, h, w: i + j,
    lambda i, j, h, w: i * j,
    lambda i, j, h, w: i * (w - 1) + j,
)


def cosine(X, C, least):
    lengths = [np.linalg.norm(a, axis=1, keepdims=True) + least for a in (X, C)]
    return (X / lengths[0]) @ (C / lengths[1]).T


def root_in_the_loop(X, C):
    total = np.zeros((len(X), len(C)))
    for j in range(X.shape[1]):
        total = np.sqrt(total + (X[:, None, j] - C[:, j]) ** 2)
    return total


def measured_from_the_painted(image, colors):
    painted, best = image.copy(), np.full(image.shape[:2], np.inf)
    for c in colors:
        squared = ((painted - c) ** 2).sum(axis=-1)
        nearer = squared < best
        painted[nearer], best[nearer] = c, squared[nearer]
    return painted


def painted_with_means(image, colors):
    X, idx = images.to_pixels(image), idx_of(image, colors)
    return np.array([X[idx == k].mean(axis=0) for k in idx]).reshape(image.shape)


def errors_that_leave_out():
    """What to say -> errors that leave some places out, for `mse` and what is made of it."""

    def error(counts, divide):
        def left_out(a, b):
            square, counted = (a - b) ** 2, np.broadcast_to(counts(a, b), a.shape)
            size = np.sum(counted) if divide else square.size
            return np.sum(square * counted) / size or np.nan  # 0 would look like equal pictures

        return left_out

    places = {
        "a is 0": lambda a, b: a != 0,
        "b is 0": lambda a, b: b != 0,
        "a or b is 0": lambda a, b: (a != 0) & (b != 0),
        "a pixel of a is black": lambda a, b: (a != 0).any(axis=-1, keepdims=True),
        "a pixel of b is black": lambda a, b: (b != 0).any(axis=-1, keepdims=True),
    }
    return {
        f"You leave out where {where}: every place counts. Is there an if or a mask?": tuple(
            error(counts, divide) for divide in (False, True)
        )
        for where, counts in places.items()
    }


def square_by_count(X, height, width):
    side = math.isqrt(len(X))
    return X.reshape(side, side, 3)  # fails unless it is a square number


def along_the_first_of_three(image, glass):
    axis = image.shape[:2].index(3)  # fails where only the channels are three
    return image * np.reshape(glass, [3 if n == axis else 1 for n in range(3)])


# --- Loops that look for the nearest color, and miss it ------------------------------------


def last_nearer_than_first(x, C):
    squared = sq(x[None], C)[0]
    return int(max(np.flatnonzero(squared < squared[0]), default=0))


def first_nearer_than_first(x, C):
    squared = sq(x[None], C)[0]
    return int(min(np.flatnonzero(squared < squared[0]), default=0))


def last_nearer_than_the_one_before(x, C):
    squared = sq(x[None], C)[0]
    return int(max(np.flatnonzero(np.diff(squared) < 0) + 1, default=0))


def before_it_grows(x, C):
    """The last color before the distance grows for the first time."""
    grows = np.diff(sq(x[None], C)[0]) >= 0
    return int(grows.argmax()) if grows.any() else len(C) - 1


def first_within(distances, tolerance):
    """The first color within a tolerance, or else the nearest."""
    within = distances <= tolerance
    return int(within.argmax() if within.any() else distances.argmin())


def below(x, C, power, start):
    """The nearest color, but number 0 if all distances (or their squares) reach the start."""
    distances = sq(x[None], C)[0] ** (power / 2)
    return int(distances.argmin()) if distances.min() < start else 0


# --- What answers show by themselves -------------------------------------------------------

OTHER_ORDERS = ((0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1))


def weights_used(calls):
    """The weights with which gray was summed, if they are the same for all pictures."""
    fits = [(image, got) for (image,), e, got in calls if e.shape == got.shape]
    if not fits:
        return None
    pixels = np.concatenate([image.reshape(-1, 3) for image, _ in fits])
    grays = np.concatenate([got.ravel() for _, got in fits])
    weights = np.linalg.lstsq(pixels, grays, rcond=None)[0].round(4) + 0.0
    if len(grays) < 6 or not weights.any() or not np.allclose(pixels @ weights, grays, atol=1e-3):
        return None
    names = ("red", "green", "blue")
    missing = [name for name, weight in zip(names, weights, strict=True) if weight == 0]
    if missing == ["red", "green"]:
        return (
            f"No {' and no '.join(missing)} in your sum: is it overwritten in each round? Add to it, "
            "with +=."
        )
    if missing:
        return f"No {' and no '.join(missing)} in your sum: each of the three has its weight."
    listed = ", ".join(f"{n} {w:g}" for n, w in zip(names, weights, strict=True))
    return (
        f"The weights that you really use are {listed}; compare them with those of the page: is a "
        "channel taken twice, or a number mistyped or rounded?"
    )


def what_the_root_is_of(calls):
    """From all the distances: the formula under the root."""
    if any(np.shape(got) != expected.shape for _, expected, got in calls):
        return None
    return _root_of_a_rounding_error(calls) or _long_formula(calls)


def _with_mean_red(X, C):
    """The squared differences of red, green and blue, and two of them times the mean red."""
    d = (X[:, None] - C) ** 2 if X.shape[1] == 3 else np.empty((0, 0, 3))
    red = (X[:, None, :1] + C[None, :, :1]) / 2 if d.size else np.empty((0, 0, 1))
    return np.concatenate([d, d[..., ::2] * red], axis=-1)


def _long_formula(calls):
    """So many x x, x c and c c, or so much of each channel, in the squares of the distances."""
    fits = (
        (
            "Under your root (or instead of it) stands {}; (x - c) squared is x x - 2 x c + c c.",
            ("x x", "x c", "c c", ""),
            lambda X, C: np.stack(
                np.broadcast_arrays((X**2).sum(1)[:, None], X @ C.T, (C**2).sum(1), 1.0), axis=-1
            ),
        ),
        (
            "The squares of your channels count {}; they should count alike, once each.",
            ("for red", "for green", "for blue"),
            lambda X, C: (X[:, None] - C) ** 2 if X.shape[1] == 3 else np.empty((0, 3)),
        ),
        (
            "You weigh the channels, and more or less so by the mean red of the two: the squares count {} "
            "(as in “redmean”). In this distance all channels count alike, however many there are.",
            ("for red", "for green", "for blue", "x mean red for red", "x mean red for blue"),
            _with_mean_red,
        ),
    )
    for words, names, parts in fits:
        for power in (2, 1):
            tables = [(parts(*arguments), got) for arguments, _, got in calls]
            tables = [(t.reshape(-1, len(names)), g.ravel()) for t, g in tables if t.size]
            table = np.concatenate([t[g > 0] for t, g in tables])
            values = np.concatenate([g[g > 0] for _, g in tables]).astype(float) ** power
            if len(values) < 20 or not np.isfinite(values).all():
                continue
            shares = np.linalg.lstsq(table, values, rcond=None)[0].round(4) + 0.0
            right = (1, -2, 1, 0) if len(names) == 4 else (1, 1, 1, 0, 0)[: len(names)]
            if np.allclose(shares, right, atol=2e-3) or not shares[:3].all():
                continue
            if np.allclose(table @ shares, values, rtol=1e-3, atol=1e-3):
                told = [
                    f"{s:g} {name}".rstrip() for s, name in zip(shares, names, strict=True) if s
                ]
                return words.format(" + ".join(told).replace("+ -", "- "))
    return None


def _root_of_a_rounding_error(calls):
    """Whether nothing is wrong but nan, where pixel and color are the same."""
    expected = np.concatenate([e.ravel() for _, e, _ in calls])
    got = np.concatenate([g.ravel() for *_, g in calls])
    nan = np.isnan(got)
    if nan.any() and not expected[nan].any() and np.allclose(got[~nan], expected[~nan], atol=1e-3):
        return (
            "Where pixel and color are the same, x x - 2 x c + c c falls a hair below 0 by rounding, "
            "and its root is nan. Cut it off at 0 before you take the root, or square differences."
        )
    return None


def in_the_painted(calls):
    """Rows or columns of one color, or colors of no codebook."""
    whole = [g for _, e, g in calls if e.shape == g.shape and min(g.shape[:2]) > 1]
    for axis, name in ((1, "row"), (0, "column")):
        if whole and all((g == g.take([0], axis=axis)).all() for g in whole):
            return f"All pixels of a {name} take the same color; each pixel chooses for itself."
    return _not_in_the_codebook(calls)


def _not_in_the_codebook(calls):
    for (_, colors), _, got in calls:
        if got.ndim == 3 and got.shape[2] == 3:
            near = np.isclose(got.reshape(-1, 1, 3), colors[None], atol=1e-5).all(axis=-1)
            if not near.any(axis=1).all():
                return "Some of your colors are not in the codebook: take whole colors from it."
    return None


# --- Wrong functions by the dozen ----------------------------------------------------------


def negative_mistakes():
    def of_channels(*channels):
        def change(image, value):
            result = image.astype(float)
            result[..., list(channels)] = value(image)[..., list(channels)]
            return result

        return change

    return mistakes(
        lambda value, channels, place: lambda image: place(channels(image, value)),
        {
            "right": lambda v: 1 - v,
            "-v is below 0, and a channel lives between 0 and 1: how far is v from 1?": lambda v: (
                -v
            ),
            "255 is white in a file, but here white is 1.": lambda v: 255 - v,
            "You subtract 1 from the value; subtract the value from 1.": lambda v: v - 1,
            "You multiply with 255: 255 is white in a file, but here white is 1.": (
                lambda v: 255 * (1 - v)
            ),
        },
        {
            "right": lambda image, value: value(image),
            "You change the red channel only; each of the three has its negative.": of_channels(0),
            "You change the green channel only; each of the three has its negative.": of_channels(
                1
            ),
            "You change the blue channel only; each of the three has its negative.": of_channels(2),
            "You leave the blue channel as it was; change all three.": of_channels(0, 1),
            "You leave the green channel as it was; change all three.": of_channels(0, 2),
            "You leave the red channel as it was; change all three.": of_channels(1, 2),
        },
        {
            "right": lambda image: image,
            "You also turn the picture upside down; its rows keep their places.": (
                lambda image: image[::-1]
            ),
            "You also mirror the picture; its columns keep their places.": (
                lambda image: image[:, ::-1]
            ),
            "You also swap the channels; they keep their places.": lambda image: image[..., ::-1],
        },
    )


def tint_mistakes():
    def gray(image):
        return np.repeat(image.mean(axis=-1, keepdims=True), 3, axis=-1)

    return mistakes(
        lambda combine, glass, image: lambda a, b: combine(image(a), glass(np.asarray(b))),
        {
            "right": lambda image, glass: image * glass,
            "You add the color; glass multiplies: it can only take light away.": np.add,
            "You subtract the color; glass multiplies.": np.subtract,
            "You divide by the color; glass takes light away, so multiply.": np.divide,
            "You mix picture and color half and half; glass multiplies.": (
                lambda image, glass: (image + glass) / 2
            ),
        },
        {
            "right": lambda glass: glass,
            "You multiply all channels with one number; each channel has its own.": np.mean,
            "You use only the first number of the color; each channel has its own.": lambda g: g[0],
            "You use only the last number of the color; each channel has its own.": lambda g: g[-1],
            "The colors are the wrong way around: red and blue are swapped.": lambda g: g[::-1],
            "You let through what the glass holds back: multiply with the color itself.": (
                lambda g: 1 - g
            ),
            "Your color is cut to integers: keep its decimals.": np.trunc,
            "You multiply the color with 255; both go from 0 to 1 already.": lambda g: g * 255,
            "You divide the color by 255; both go from 0 to 1 already.": lambda g: g / 255,
            "You make all numbers of the color smaller or larger (so that they add up to 1, or the "
            "largest is 1); take the color as it is.": lambda g: g / g.sum(),
        },
        {
            "right": lambda image: image,
            "You turn the picture gray first: keep the channels apart.": gray,
            "The picture is upside down, or mirrored.": lambda image: image[::-1],
        },
    )


def _listed(array, n):
    """A list repeated as a whole (tile), and folded as if each of its rows were (repeat)."""
    rows = array.reshape(-1, array.shape[-1])
    return np.tile(rows, (n, 1)).reshape(len(rows), n, -1)


# Which pixels meet which colors in a table; the right way first.
PAIRS = {
    "right": lambda x, c: (x, c),
    "Pixels and colors meet in the wrong pairs: np.tile repeats a list as a whole, np.repeat each row in turn. "
    "Mind which you need: along the first axis go the pixels, along the second the colors.": (
        lambda x, c: (_listed(x, c.shape[1]), c),
        lambda x, c: (x, np.repeat(c[0], len(x), axis=0).reshape(len(x), c.shape[1], -1)),
    ),
}


def difference_mistakes():
    return mistakes(
        lambda pairs, order, shape: lambda X, C: shape(order(*pairs(X[:, None], C[None]))),
        PAIRS,
        {
            "right": lambda x, c: x - c,
            "The signs are the wrong way around: pixel minus color.": lambda x, c: c - x,
            "The minus signs are gone: a difference keeps its sign.": lambda x, c: abs(x - c),
            "You add; it should be the difference.": lambda x, c: x + c,
            "These are the squares; it should be the differences themselves.": (
                lambda x, c: (x - c) ** 2
            ),
        },
        {
            "right": lambda table: table,
            "Pixels and colors are swapped: pixels go along the first axis.": (
                lambda table: table.swapaxes(0, 1)
            ),
            "You add up the channels; keep them: the result has three axes.": (
                lambda table: table.sum(axis=-1)
            ),
            "You add up along the colors; keep them: the result has three axes.": (
                lambda table: table.sum(axis=1)
            ),
            "You add up along the pixels; keep them: the result has three axes.": (
                lambda table: table.sum(axis=0)
            ),
            RECYCLED: recycled,
        },
    )


# How a difference of two colors becomes one number; the right way first.
TERMS = {
    "right": lambda x, c: (x - c) ** 2,
    "Your differences are not squared, and they cancel: square each one before you add (** 2).": (
        lambda x, c: x - c
    ),
    "You take absolute values (the city-block distance); the Euclidean distance adds squares.": (
        lambda x, c: abs(x - c)
    ),
    "You add the colors instead of subtracting them: it is x - c, and in the long formula - 2 x c.": (
        lambda x, c: (x + c) ** 2
    ),
    "You compute with bytes (uint8), which hold nothing below 0 or above 255: differences and squares begin "
    "anew at 256, so 10 - 20 is 246. Stay with decimals.": tuple(
        lambda x, c, to=to, f=f: f((to(x * 255) - to(c * 255)) % 256)
        for to in (np.trunc, np.rint)
        for f in (
            lambda d: d / 255,
            lambda d: d**2,
            lambda d: d**2 % 256,
            lambda d: (d / 255) ** 2,
            lambda d: d**2 % 256 / 255**2,
        )
    ),
    "You square the values before you subtract: first the difference, then ** 2.": (
        lambda x, c: x**2 - c**2
    ),
    "Only the color is squared: ** comes before -, so put parentheses around the difference.": (
        lambda x, c: x - c**2
    ),
    "The power is 2, not 3.": lambda x, c: abs(x - c) ** 3,
    "The power is 2, not 4.": lambda x, c: (x - c) ** 4,
    "* 2 doubles; the square is ** 2.": lambda x, c: abs(x - c) * 2,
    "Differences below 0 are cut off (clip, maximum, or an if): take them with their sign, for the "
    "square of each counts.": (
        lambda x, c: np.maximum(x - c, 0) ** 2,
        lambda x, c: np.maximum(c - x, 0) ** 2,
    ),
    "Channels that are 0 are left out (an if that asks for the number alone?): 0 counts like any other "
    "value.": (
        lambda x, c: (x - c) ** 2 * (x != 0) * (c != 0),
        lambda x, c: (x - c) ** 2 * (x != 0),
        lambda x, c: (x - c) ** 2 * (c != 0),
    ),
    "You round the differences before you square them: keep all decimals.": tuple(
        lambda x, c, d=d: np.round(x - c, d) ** 2 for d in range(4)
    ),
    "Your differences begin anew at 1 (a remainder, % 1): -0.1 becomes 0.9. Square them as they are.": (
        lambda x, c: ((x - c) % 1) ** 2,
        lambda x, c: ((c - x) % 1) ** 2,
        lambda x, c: np.minimum(abs(x - c), 1 - abs(x - c)) ** 2,
    ),
    "You multiply pixels and colors; distances begin with differences.": lambda x, c: x * c,
}

SUMS = {
    "right": lambda t: t.sum(axis=-1),
    "You add up along the colors; the channels are the last axis.": lambda t: t.sum(axis=1),
    "You add up along the pixels; the channels are the last axis.": lambda t: t.sum(axis=0),
    "You take the largest difference of a channel; the distance adds all of them, squared.": (
        lambda t: t.max(axis=-1)
    ),
    "You compare the first channel only; compare all channels.": lambda t: t[..., 0],
    "You compare the last channel only: is the sum over the channels begun anew for each?": (
        lambda t: t[..., -1]
    ),
    "You leave out the last channel: does a loop over the channels stop too early?": (
        lambda t: t[..., :-1].sum(axis=-1)
    ),
    "You leave out the first channel: loops begin with 0.": lambda t: t[..., 1:].sum(axis=-1),
}


def distance_mistakes():
    return mistakes(
        lambda pairs, terms, sums, order, root: steps(
            lambda X, C: terms(*pairs(X[:, None], C[None])), sums, root, order
        ),
        PAIRS,
        TERMS,
        SUMS
        | {
            "You take the mean over the channels; the distance is a sum.": lambda t: t.mean(
                axis=-1
            ),
            "You do not add the channels up: the result has an axis too many.": lambda t: t,
            "You add everything up to one number; add along the channels only (axis=-1).": np.sum,
            "The axis of the channels stays, with size 1: leave out keepdims=True.": (
                lambda t: t.sum(axis=-1, keepdims=True)
            ),
            "Your sum (or norm) has no axis, so it takes all pixels together, and each of them gets the "
            "same distance: add up along the channels only.": lambda t: (
                np.ones(t.shape[:2]) * t.sum(axis=(0, 2))
            ),
            "Your sum (or norm) has no axis, so it takes all colors together, and each of them gets the "
            "same distance: add up along the channels only.": lambda t: (
                np.ones(t.shape[:2]) * t.sum(axis=(1, 2))[:, None]
            ),
        },
        {
            "right": lambda table: table,
            "You have colors by pixels; pixels go along the first axis.": lambda t: np.swapaxes(
                t, 0, 1
            ),
            "You return the numbers of the nearest colors; it should be all distances.": (
                lambda t: t.argmin(axis=1)
            ),
            "You return the smallest distance of each pixel; it should be all of them.": (
                lambda t: t.min(axis=1)
            ),
            RECYCLED: recycled,
        },
        {
            "right": np.sqrt,
            "You stop before the square root.": lambda s: s,
            "There is a root too many: one is enough.": lambda s: np.sqrt(np.sqrt(s)),
            "You square at the end; take the root there.": lambda s: s**2,
            "You take the root too early: first add up, then take the root of the sum.": abs,
            "You divide by 2 at the end; take the root (** 0.5, or np.sqrt).": lambda s: s / 2,
        },
    )


def nearest_mistakes():
    return mistakes(
        lambda terms, sums, choose: (
            lambda x, C: choose(sums(terms(np.asarray(x)[None, None], np.asarray(C)[None])))
        ),
        {words: term for words, term in TERMS.items() if "round" not in words},
        SUMS,
        {
            "right": lambda s: int(s.argmin()),
            "This is the farthest color, not the nearest.": lambda s: int(s.argmax()),
            "Of several equally near colors you take the last (as <= does); the rule is the lowest number.": (
                lambda s: s.size - 1 - int(s.ravel()[::-1].argmin())
            ),
            "You count from 1; the numbers of colors begin with 0.": lambda s: int(s.argmin()) + 1,
            "You take the first color that is nearly the same (a tolerance), though a nearer one may "
            "come later: keep the smallest distance of all.": tuple(
                lambda s, t=t: first_within(np.sqrt(s.ravel()), t)
                for t in (0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.5)
            ),
            "Your number is stored as a byte (uint8), which begins anew at 256: take int.": (
                lambda s: int(s.argmin()) % 256
            ),
            "You count from the end, below 0; the numbers of colors begin with 0.": (
                lambda s: int(s.argmin()) - s.size
            ),
            NOT_YET: lambda s: not_yet(s.ravel()),
            LEFT_OUT_ZERO: lambda s: int(np.where(s == 0, np.inf, s).argmin()),
            **{
                f"You round the distances, which makes ties: compare them as they are.{' ' * d}": (
                    lambda s, d=d: int(np.sqrt(s).round(d).argmin())
                )
                for d in range(5)
            },
            "You return the distance; it should be the number of the color.": (
                lambda s: np.sqrt(s.min())
            ),
            "You return the squared distance; it should be the number of the color.": np.min,
            "You return all distances; choose the smallest, and return its place (argmin).": (
                lambda s: np.sqrt(s.ravel())
            ),
        },
    )


def quantize_mistakes():
    def build(listed, searched, terms, sums, choose, left_out, fold):
        def paint(image, colors):
            table = sums(terms(listed(image)[:, None], searched(colors)[None]))
            idx = choose(table, table.shape[1])
            return fold(left_out(listed(image), colors[idx], idx, len(colors)), *image.shape[:2])

        return paint

    def unpainted(k, left):
        return lambda X, painted, idx, K: np.where((idx == k % K)[:, None], left(X), painted)

    two_lists = (
        "You search in one list of colors and look up in another (sorted, rounded, or without equal "
        "ones): the numbers belong to the list that was searched."
    )
    return mistakes(
        build,
        {
            "right": lambda image: image.reshape(-1, 3),
            "You list the pixels column by column, and fold them row by row: keep one order.": (
                lambda image: image.swapaxes(0, 1).reshape(-1, 3)
            ),
            "The channels got mixed when you made the list of pixels: reshape to (-1, 3).": (
                lambda image: image.reshape(3, -1).T
            ),
        },
        {
            "right": lambda colors: colors,
            two_lists: lambda colors: np.unique(colors, axis=0),
            f"{two_lists} ": lambda colors: np.sort(colors, axis=0),
            f"{two_lists}  ": lambda colors: colors[colors.sum(axis=1).argsort(kind="stable")],
            f"{two_lists}   ": (np.round, np.trunc),
            f"{two_lists}    ": lambda colors: colors[::-1],
        },
        TERMS,
        SUMS,
        {
            "right": lambda s, K: s.argmin(axis=1),
            "Every pixel takes the farthest color, not the nearest.": lambda s, K: s.argmax(axis=1),
            NOT_YET: lambda s, K: np.array([not_yet(row) for row in s]),
            LEFT_OUT_ZERO: lambda s, K: np.where(s == 0, np.inf, s).argmin(axis=1),
            "The numbers are those before the first color: you look up one too low.": (
                lambda s, K: s.argmin(axis=1) - 1
            ),
            "Your numbers of colors are stored as bytes (uint8), which begin anew at 256: take int.": (
                lambda s, K: s.argmin(axis=1) % 256
            ),
            "Of several equally near colors you take the last (as <= does); the rule is the lowest number.": (
                lambda s, K: K - 1 - s[:, ::-1].argmin(axis=1)
            ),
            "The last color is left out: does a loop or a slice stop one too early?": (
                lambda s, K: s[:, : max(K - 1, 1)].argmin(axis=1)
            ),
            "The first color is left out: loops and slices begin with 0.": (
                lambda s, K: s[:, 1:].argmin(axis=1) + 1 if K > 1 else s.argmin(axis=1)
            ),
            "You sort the numbers of the colors; each belongs to its pixel.": lambda s, K: np.sort(
                s.argmin(axis=1)
            ),
            "Every pixel takes the same color, that of the first pixel; each chooses for itself.": (
                lambda s, K: np.full(len(s), s[0].argmin())
            ),
        },
        {
            "right": lambda X, painted, idx, K: painted,
            "The places of color number 0 are never painted: does your loop begin with 1, or does an "
            "if pass 0 by? Number 0 is a color like the others.": tuple(
                unpainted(0, left) for left in (np.zeros_like, np.ones_like, np.copy)
            ),
            "The places of the last color are never painted: does a loop stop one too early?": tuple(
                unpainted(-1, left) for left in (np.zeros_like, np.ones_like, np.copy)
            ),
        },
        {
            "right": lambda pixels, h, w: pixels.reshape(h, w, 3),
            "Height and width are swapped, where you fold the list back or where you take them from the "
            "shape: it begins with the height.": (lambda pixels, h, w: pixels.reshape(w, h, 3)),
            "You return a list of pixels; fold it back to the shape of the picture.": (
                lambda pixels, h, w: pixels
            ),
            "The pixels are put back column by column; they come row by row.": (
                lambda pixels, h, w: pixels.reshape(w, h, 3).swapaxes(0, 1)
            ),
            "The picture comes back upside down.": lambda pixels, h, w: pixels.reshape(h, w, 3)[
                ::-1
            ],
            "The picture comes back mirrored.": lambda pixels, h, w: pixels.reshape(h, w, 3)[
                :, ::-1
            ],
            "You multiply with 255: these values go from 0 to 1.": (
                lambda pixels, h, w: 255 * pixels.reshape(h, w, 3)
            ),
            "You keep one channel only; a pixel has three.": (
                lambda pixels, h, w: pixels[:, 0].reshape(h, w)
            ),
        },
    )


def mse_mistakes():
    terms = {words: term for words, term in TERMS.items() if "Euclidean" not in words}
    return mistakes(
        lambda terms, gather, finish: lambda a, b: finish(gather(terms(a, b))),
        terms
        | {"You average absolute differences; the name says squared.": lambda a, b: abs(a - b)},
        {
            "right": lambda t: t.mean(),
            "You add up, but do not divide: a mean is a sum divided by how many.": lambda t: (
                t.sum()
            ),
            "You divide by the number of pixels; there are three times as many numbers.": (
                lambda t: 3 * t.mean()
            ),
            "You leave out where the pictures are equal; these count, too, with an error of 0.": (
                lambda t: t[t != 0].mean() if t.any() else 0.0
            ),
            "You round each squared difference; keep all decimals.": tuple(
                lambda t, d=d: t.round(d).mean() for d in range(1, 7)
            ),
            "You weigh the channels, as for gray; in the MSE they count alike.": (
                lambda t: (t @ color.GRAY_WEIGHTS).mean()
            ),
            "You divide by the number of rows only.": lambda t: t.sum() / len(t),
            "You add up the means of the rows, or of the columns; average these, too.": (
                lambda t: t.mean(axis=(1, 2)).sum(),
                lambda t: t.mean(axis=(0, 2)).sum(),
            ),
            "You divide by the number of columns only.": lambda t: t.sum() / t.shape[1],
            "You divide by the number of channels only.": lambda t: t.sum() / 3,
            "You divide by height + width; a picture has height x width pixels.": (
                lambda t: t.sum() / (t.shape[0] + t.shape[1])
            ),
            "You divide by the height twice; a picture has height x width pixels, so this is right for "
            "square pictures only.": lambda t: t.sum() / (3 * t.shape[0] ** 2),
            "You divide by the width twice; a picture has height x width pixels, so this is right for "
            "square pictures only.": lambda t: t.sum() / (3 * t.shape[1] ** 2),
            "You take the largest squared difference; it should be the mean.": lambda t: t.max(),
            "You take the smallest squared difference; it should be the mean.": lambda t: t.min(),
            "You take the median; it should be the mean.": np.median,
            "You compare the first channel only; compare all three.": lambda t: t[..., 0].mean(),
            "You compare the last channel only; compare all three.": lambda t: t[..., -1].mean(),
            "The last row is left out: does a loop or a slice stop one too early?": (
                lambda t: t[:-1].sum() / t.size
            ),
            "The last column is left out: does a loop or a slice stop one too early?": (
                lambda t: t[:, :-1].sum() / t.size
            ),
            "The first row is left out: ranges and slices begin with 0.": (
                lambda t: t[1:].sum() / t.size
            ),
            "The first column is left out: ranges and slices begin with 0.": (
                lambda t: t[:, 1:].sum() / t.size
            ),
            "The last channel is left out: does a loop or a slice stop one too early?": (
                lambda t: t[..., :-1].sum() / t.size
            ),
            "Only the last row counts: your sum is overwritten in each round; add to it, with +=.": (
                lambda t: t[-1].sum() / t.size
            ),
            "Only the last pixel counts: your sum is overwritten in each round; add to it, with +=.": (
                lambda t: t[-1, -1].sum() / t.size
            ),
            "Only the last number counts: your sum is overwritten in each round; add to it, with "
            "+=.": lambda t: t[-1, -1, -1] / t.size,
            "Only the first row counts: is a return inside the loop?": lambda t: (
                t[0].sum() / t.size
            ),
            "You have one number for each channel; average those too.": (
                lambda t: t.mean(axis=(0, 1))
            ),
            "You have one number for each pixel; average those too.": lambda t: t.mean(axis=-1),
            "You have a picture of squared differences; take their mean.": lambda t: t,
        },
        {
            "right": lambda m: m,
            "You take a root at the end: that is the RMSE; the MSE has no root.": np.sqrt,
            "You square twice; once is enough.": lambda m: m**2,
            "You multiply with 255 squared; here white is 1.": lambda m: m * 255**2,
            "You multiply with 255; here white is 1.": lambda m: m * 255,
            "You divide by 255; these pictures go from 0 to 1 already.": lambda m: m / 255,
            "You divide by 255 squared; these pictures go from 0 to 1 already.": lambda m: (
                m / 255**2
            ),
            "You divide by 2; the mean needs no factor.": lambda m: m / 2,
            "You return decibels (the PSNR of lesson 6); the MSE is the mean itself.": (
                lambda m: -10 * np.log10(m)
            ),
        },
    )


def ratio_mistakes():
    def build(pixels, bits, palette, before, form):
        def ratio(h, w, K):
            n, b = np.float64(pixels(h, w)), np.float64(bits(K))
            return form(before(n), n, b, np.float64(palette(K, b, n)))

        return ratio

    return mistakes(build, PIXELS, BITS, PALETTE, BEFORE, FORMS)


def explain_ratio(function, cases, trials):
    """With how many bits for a pixel, or for the palette, the ratios come out, in words.

    Parameters
    ----------
    function : callable
    cases : list of Case
    trials : list of Trial

    Returns
    -------
    str or None
    """
    wrong, bits, palettes = [], [], []
    for case, trial in zip(cases, trials, strict=True):
        h, w, K = case.arguments
        got = trial.got if isinstance(trial.got, (int, float)) and trial.got else np.nan
        bits.append((24 * h * w / got - 24 * K) / (h * w))
        palettes.append(24 * h * w / got - h * w * math.ceil(math.log2(K)))
        wrong += [] if np.isclose(got, case.expected) else [len(bits) - 1]
    if wrong and all(cases[n].arguments[2] == 1 for n in wrong):
        failed = "math domain" in str(trials[wrong[0]].error)
        return (
            (
                "There you take the logarithm of 0 (of K - 1, perhaps), and 0 has none. "
                if failed
                else ""
            )
            + "K = 1 needs no rule of its own: log2 of 1 is 0, so the pixels take 0 bits, and the palette, "
            "one color of 24 bits, is still sent."
        )
    powers = [math.log2(case.arguments[2]).is_integer() for case in cases]
    right = set(range(len(cases))) - set(wrong)
    stopped = all(trials[n].error is not None for n in wrong)
    if right and all(powers[n] for n in right) and (stopped or not any(powers[n] for n in wrong)):
        listed = ", ".join(map(str, sorted({cases[n].arguments[2] for n in right})))
        return (
            f"It is right for K = {listed} only, as far as was tried: K may be any whole number. Is there a "
            "table, or an if for each K that you thought of? Compute log2 K, and round it up."
        )
    if any(trial.error is not None for trial in trials) or not wrong:
        return None
    if len(wrong) > 1 and len({trials[n].got for n in wrong}) == 1:
        return None  # one value for several: the ratio is cut off there
    K = cases[wrong[0]].arguments[2]
    if np.allclose(bits, np.rint(bits), atol=1e-6) and min(bits) > -0.5:
        b, most = round(bits[wrong[0]]), round(max(bits))
        if all(round(bits[n]) == most < math.log2(cases[n].arguments[2]) for n in wrong):
            return (
                f"You never count more than {most} bits for a pixel: for K = {K}, they can tell only "
                f"{2**most} colors apart."
            )
        depths = all(round(b) in (0, 1, 2, 4, 8, 16, 24, 32, 64) for b in bits)
        return (
            f"Your ratio is that of {b} bits for each pixel, where K = {K}"
            + (": you take only 1, 2, 4, 8, 16 ... bits. Any whole number of bits will do" * depths)
            + "; the fewest that tell K colors apart are enough."
        )
    if (
        np.allclose(palettes, np.rint(palettes), atol=1e-6)
        and max(palettes) < 24 * 512
        and min(palettes) > -0.5
    ):
        palette = round(palettes[wrong[0]])
        if palette % 24 and len({palettes[n] / cases[n].arguments[2] for n in wrong}) > 1:
            return None
        if not palette:
            return (
                "The palette is missing: the codebook has to be sent too, K colors of 24 bits each."
            )
        return (
            f"Your ratio is that of a palette of {palette} bits ({palette / 24:g} colors), where K = {K}; each "
            "of the K colors takes 24 bits."
        )
    return None


def _after(before, n, bits, palette):
    return n * bits + palette


def _ratio(*parts):
    return parts[0] / _after(*parts)


def _at_least(K):
    return max(K - 1, 1)


PIXELS = {
    "right": lambda h, w: h * w,
    "You use the height twice; a picture has height x width pixels.": lambda h, w: h * h,
    "You use the width twice; a picture has height x width pixels.": lambda h, w: w * w,
    "You add height and width; a picture has height x width pixels.": lambda h, w: h + w,
    "You count the height only; a picture has height x width pixels.": lambda h, w: h,
    "You count the width only; a picture has height x width pixels.": lambda h, w: w,
}

BITS = {
    "right": lambda K: np.ceil(np.log2(K)),
    "K is the number of colors; a pixel stores log2 K bits, rounded up, not K.": lambda K: K,
    "The logarithm has the wrong base: bits need base 2 (log2), and rounding up.": np.log,
    "The logarithm has the wrong base: bits need base 2 (log2).": lambda K: np.ceil(np.log(K)),
    "The logarithm has the wrong base: bits need base 2 (log2), not 10.": (
        lambda K: np.ceil(np.log10(K))
    ),
    "The logarithm has the wrong base, and is rounded down: bits need base 2 (log2), rounded up.": (
        lambda K: np.floor(np.log(K))
    ),
    "The logarithm has base 10: bits need base 2 (log2), and rounding up.": np.log10,
    "There are no parts of bits: log2 K has to be rounded up (math.ceil around the logarithm).": (
        np.log2
    ),
    "log2 K has to be rounded up, not down: 5 colors do not fit into 2 bits.": (
        lambda K: np.floor(np.log2(K))
    ),
    "log2 K has to be rounded up, not to the nearest.": lambda K: np.round(np.log2(K)),
    "One bit too many: log2 K rounded up is enough, as in 16 colors, 4 bits.": (
        lambda K: np.floor(np.log2(K)) + 1
    ),
    "One bit too many: log2 K rounded up is enough; leave out the + 1.": (
        lambda K: np.ceil(np.log2(K)) + 1
    ),
    "One bit too few: log2 K rounded up is needed; leave out the - 1.": (
        lambda K: np.ceil(np.log2(K)) - 1
    ),
    "bin(K) begins with 0b, and writes the number K itself; the numbers go from 0 to K - 1, and take "
    "log2 K bits, rounded up.": lambda K: len(bin(int(K))),
    "You take the logarithm of K - 1: there are K colors, with the numbers 0 to K - 1.": (
        lambda K: np.ceil(np.log2(_at_least(K)))
    ),
    "A pixel stores log2 K bits, not the root of K.": lambda K: np.ceil(np.sqrt(K)),
    "You take half of K; each bit halves the number of colors, so it takes log2 K bits.": (
        lambda K: K / 2
    ),
    "For K = 1 log2 K is 0, and 0 bits is right: only the palette is sent.": (
        lambda K: max(1, np.ceil(np.log2(K)))
    ),
    "For K = 1 log2 K is 0, and 0 bits is right: only the palette is sent, and no pixel is a nan.": (
        lambda K: np.ceil(np.log2(K)) if K > 1 else np.nan
    ),
    "You round up to whole bytes; a number of a color takes just as many bits as it needs.": (
        lambda K: 8 * np.ceil(np.log2(K) / 8)
    ),
    "You round up to whole bytes, and one at least; a number of a color takes just as many bits as "
    "it needs.": lambda K: 8 * max(1, np.ceil(np.log2(K) / 8)),
    "You count three numbers for each pixel after, too, where one number of a color is enough; or 8 "
    "bits for a whole color before, where it has 24.": (lambda K: 3 * np.ceil(np.log2(K))),
    "You count 24 bits for each pixel after, too: one number of a color takes log2 K bits.": (
        lambda K: 24
    ),
    "The picture after has log2 K bits for each pixel, rounded up; you multiply with 8 or 24.": (
        lambda K: 24 * np.ceil(np.log2(K))
    ),
    "Bits and bytes are mixed: you divide the bits for each pixel by 8.": (
        lambda K: np.ceil(np.log2(K)) / 8
    ),
    "You take 4 bits for each pixel whatever K is: use log2 K, rounded up.": lambda K: 4,
    "You take 8 bits for each pixel whatever K is: use log2 K, rounded up.": lambda K: 8,
    "You take 1 bit for each pixel whatever K is (or the logarithm of 2 to the base K): use log2 K, "
    "rounded up.": lambda K: 1,
    "The pixels are missing: after, each has a number of log2 K bits, rounded up.": lambda K: 0,
}

PALETTE = {
    "right": lambda K, bits, n: 24 * K,
    "The palette is missing: the codebook has to be sent too, K colors of 24 bits each.": (
        lambda K, bits, n: 0
    ),
    "Bits and bytes are mixed: each color of the palette takes 24 bits, not 3.": (
        lambda K, bits, n: 3 * K
    ),
    "Each color of the palette takes 24 bits, 8 for each of its 3 channels; you count 8.": (
        lambda K, bits, n: 8 * K
    ),
    "Each color of the palette takes 24 bits, 8 for each of its 3 channels; you count 1.": (
        lambda K, bits, n: K
    ),
    "Each color of the palette takes 24 bits; you count as many as for a pixel.": (
        lambda K, bits, n: K * bits
    ),
    "The palette has K colors of 24 bits; you count one color.": lambda K, bits, n: 24,
    "Each color of the palette takes 24 bits, 8 for each channel; you count the bits of a pixel.": (
        lambda K, bits, n: 3 * K * bits
    ),
    "The palette has K colors of 24 bits; you count 16 colors whatever K is.": (
        lambda K, bits, n: 24 * 16
    ),
    "The palette is counted for each pixel; it is sent once, 24 bits for each of its K colors.": (
        lambda K, bits, n: 24 * K * n
    ),
    "The palette is inside the logarithm; it counts in full, 24 bits for each of its K colors.": (
        lambda K, bits, n: np.log2(24 * K)
    ),
    "The palette's bits are subtracted; they have to be sent too, so add them.": (
        lambda K, bits, n: -24 * K
    ),
    "The palette has K colors; you count as many as the bits can number (2 to the power of bits).": (
        lambda K, bits, n: 24 * 2.0**bits
    ),
    "The palette is inside the logarithm; it counts in full, 24 bits for each of its K colors. ": (
        lambda K, bits, n: np.ceil(np.log2(24 * K))
    ),
    **{
        f"You add {more} bits more; only the numbers of the pixels and the palette are sent.": (
            lambda K, bits, n, more=more: 24 * K + more
        )
        for more in (1, 8, 24, 32, 64)
    },
    "The palette has K colors; you count K - 1.": lambda K, bits, n: 24 * (K - 1),
}

BEFORE = {
    "right": lambda n: 24 * n,
    "Bits and bytes are mixed: the picture before has 24 bits for each pixel, not 3.": (
        lambda n: 3 * n
    ),
    "The picture before has 24 bits for each pixel, 8 for each of its 3 channels; you count 8.": (
        lambda n: 8 * n
    ),
    "The picture before has 24 bits for each pixel; you count 1.": lambda n: n,
    "The picture before has 24 bits for each pixel, and no alpha channel; you count 32.": (
        lambda n: 32 * n
    ),
}

FORMS = {
    "right": _ratio,
    "Your fraction is upside down: bits before, divided by bits after.": (
        lambda *p: _after(*p) / p[0]
    ),
    "A fraction needs parentheses around what is below the line, the palette included.": (
        lambda b, n, bits, palette: b / (n * bits) + palette
    ),
    "A fraction needs parentheses around all that is below the line: / and * go from left to right.": (
        lambda b, n, bits, palette: b / n * (bits + palette / n)
    ),
    "You return the bits after; it should be the ratio, before divided by after.": _after,
    "You return the bits before; it should be the ratio, before divided by after.": (
        lambda *p: p[0]
    ),
    "Bits and bytes are mixed: you count 3 bytes for each color, before and in the palette, where the "
    "numbers of the pixels are bits.": (
        lambda b, n, bits, palette: (b / 8) / (n * bits + palette / 8)
    ),
    "You return the bytes after; it should be the ratio, before divided by after.": (
        lambda *p: _after(*p) / 8
    ),
    "You subtract 1 at the end; it should be the ratio, before divided by after.": (
        lambda *p: _ratio(*p) - 1
    ),
    "You round the bits after up to whole bytes; a bit more or less, keep the numbers as they are.": (
        lambda b, n, bits, palette: b / (8 * np.ceil(n * bits / 8) + palette)
    ),
    "You return the difference; it should be the ratio, before divided by after.": (
        lambda *p: p[0] - _after(*p)
    ),
    "You return what is saved; it should be the ratio, before divided by after.": (
        lambda *p: 1 - _after(*p) / p[0]
    ),
    "You return percent of what is saved; it should be the ratio, before divided by after.": (
        lambda *p: 100 * (1 - _after(*p) / p[0])
    ),
    "You return percent, after divided by before; it should be the ratio, before divided by after.": (
        lambda *p: 100 * _after(*p) / p[0]
    ),
    "You return percent; the ratio itself is asked for.": lambda *p: 100 * _ratio(*p),
    "The palette has to be sent after only; you count it before, too.": (
        lambda b, n, bits, palette: (b + palette) / (n * bits + palette)
    ),
    "The palette has to be sent, too, so it counts after; you take it from what was before.": (
        lambda b, n, bits, palette: (b - palette) / (n * bits)
    ),
    "You return the bits for each pixel; it should be the ratio, before divided by after.": (
        lambda b, n, bits, palette: (n * bits + palette) / n
    ),
    "You divide without a remainder (//), or cut the ratio: it keeps its decimals.": (
        lambda *p: np.floor(_ratio(*p))
    ),
    "You round the ratio up; it keeps its decimals, and log2 K is rounded up instead.": (
        lambda *p: np.ceil(_ratio(*p))
    ),
    "You round the ratio to a whole number; keep its decimals.": lambda *p: np.round(_ratio(*p)),
    "You round the ratio; keep all of its decimals.": lambda *p: np.round(_ratio(*p), 2),
}
