"""Small, odd inputs on which the checks try a learner's function.

Whatever is right only for the pictures and palettes of the pages goes wrong on one of
them: not square, more colors than pixels, K = 1, one channel and five, ties, equal
colors, clusters that do not occur, float32, whole numbers. They come smallest first, and
the first that goes wrong is shown.
"""

import numpy as np

from helpers.checks.exercise import Case, table
from helpers.checks.exercise import sq as sq


def picture(height, width, seed=16):
    """A small picture without two equal values, and never darker than 0.05."""
    size = height * width * 3
    values = 0.05 + 0.9 * np.random.default_rng(seed).permutation(size) / size
    return np.round(values, 3 if size <= 18 else 4).reshape(height, width, 3)


def dark_and_bright(height, width):
    """A picture with channels of 0 and 1 among others, a black pixel, and a white one."""
    image = picture(height, width)
    image = np.where(image < 0.3, 0.0, np.where(image > 0.8, 1.0, image))
    image[0, 0], image[-1, -1] = 0, 1
    return image


def _chosen(**tags):
    """The names of the tags that hold."""
    return {name.replace("_", " ") for name, holds in tags.items() if holds}


def number_tags(array):
    return _chosen(float32=array.dtype == np.float32, whole_numbers=array.dtype.kind == "i")


def picture_tags(image):
    height, width = image.shape[:2]
    square = image.ndim == 3 and height == width
    one = _chosen(one_pixel=height == width == 1, one_row=height == 1, one_column=width == 1)
    shape = _chosen(square=square, higher_than_wide=height > width, wider_than_high=height < width)
    return number_tags(image) | one | shape


def pixel_tags(X, K):
    """Properties of N pixels with d channels, and of K colors."""
    counts = {f"{X.shape[1]} channels", "one color" if K == 1 else f"K = {K}"}
    few = _chosen(one_pixel=len(X) == 1) | ({"N = K"} if len(X) == K else set())
    return number_tags(X) | counts | few


def set_tags(X, C):
    """Properties of pixels and colors that meet."""
    X_is_whole, C_is_whole = X.dtype.kind == "i", C.dtype.kind == "i"
    mixed = _chosen(whole_X=X_is_whole > C_is_whole, whole_C=X_is_whole < C_is_whole)
    return pixel_tags(X, len(C)) | mixed


def nearest_tags(X, C):
    """Properties of pixels that choose among colors."""
    squared = sq(X, C)
    equal = (squared == squared.min(axis=1, keepdims=True)).sum(axis=1)
    return set_tags(X, C) | _chosen(tie=equal.max() > 1)


def cases(answer, calls, tags=lambda *arguments: set(), whole=False):
    """Cases from calls: their arguments and perhaps, at the end, a set of tags of this one alone.

    What the course's own function gives is expected. A picture among the arguments brings its own
    tags. Unless the answer has to consist of whole numbers, any kind of number will do.
    """
    cases = []
    for *arguments, last in calls:
        arguments, own = (arguments, last) if isinstance(last, set) else ([*arguments, last], set())
        arguments = tuple(arguments)
        own |= tags(*arguments)
        own |= next((picture_tags(a) for a in arguments if np.ndim(a) == 3), set())
        expected = answer(*arguments)
        if isinstance(expected, np.ndarray) and not whole:
            expected = expected.astype(float)
        cases.append(Case(arguments, expected, frozenset(own)))
    return cases


def picture_cases(answer, *more, sizes=((1, 1), (2, 3), (3, 2), (1, 4), (3, 3), (4, 1), (2, 2))):
    """One picture after the other, each with the same further arguments."""
    pictures = [*(picture(*size) for size in sizes), picture(2, 3).astype(np.float32)]
    return cases(answer, [(image, *more) for image in pictures])


def sets():
    """Pixels and colors: pairs (X, C), smallest first."""
    black_white = np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    pairs = [
        (black_white[:1], black_white),
        (np.array([[0.5, 0.2, 0.2]]), np.array([[0.2, 0.5, 0.2]])),
        (np.array([[1, 0, 4]]), np.array([[0, 2, 5], [3, 0, 4]])),
    ]
    rng = np.random.default_rng(16)
    for n, k, d in ((3, 2, 2), (2, 4, 3), (4, 1, 3), (3, 3, 3), (5, 3, 5), (4, 2, 1), (6, 16, 3)):
        digits = 3 if n * k < 9 else 5
        pairs.append((np.round(rng.random((n, d)), digits), np.round(rng.random((k, d)), digits)))
    pairs.append((pairs[4][0].astype(np.float32), pairs[4][1].astype(np.float32)))
    pairs.append((np.array([[4, 1], [0, 0], [2, 7]]), np.array([[1, 0], [5, 5]])))
    # One large difference against three middling ones: squares and third powers disagree.
    pairs.append((np.array([[0.5, 0.5, 0.5]]), np.array([[0.8, 0.8, 0.8], [0.98, 0.5, 0.5]])))
    return pairs


def set_cases(answer):
    """Also pixels that are colors: formulas that round go wrong where a distance is 0."""
    many = np.random.default_rng(4).random((40, 3))
    few = np.array([[0.0, 0.0, 0.0], [0.2, 0.2, 0.2], [0.9, 0.1, 0.4]])
    mixed = np.array([[1, 0], [4, 2]]), np.array([[0.5, 0.25], [1.75, 2.5], [4.0, 0.5]])
    more = [(few[[1, 1, 2, 0]], few[[1, 2, 2, 0, 0]]), (many, many.copy())]
    pairs = [*sets(), *more, mixed, mixed[::-1]]
    return cases(answer, pairs, set_tags)


def nearest_sets():
    """The sets, and pixels exactly between colors, with values that every formula has exactly."""
    doubled = np.array([[0.0, 0.0], [0.5, 1.0], [0.5, 1.0], [0.0, 0.0]])
    ties = [
        (np.array([[0.5, 0.5, 0.5]]), np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]])),
        (np.array([[0.5, 0.75], [0.0, 0.25]]), doubled),
        (np.array([[2, 2], [0, 0], [4, 0]]), np.array([[0, 0], [4, 4], [4, 0], [0, 4]])),
    ]
    return ties[:1] + sets() + ties[1:]


def labeled():
    """Pixels, assignment, K, where every number occurs: triples (X, idx, K)."""
    rng = np.random.default_rng(16)
    triples = [
        (np.array([[0.0, 0.0], [2.0, 4.0], [6.0, 6.0]]), np.array([0, 0, 1]), 2),
        (np.array([[0, 0], [1, 4], [6, 5], [2, 2]]), np.array([1, 0, 1, 0]), 2),
    ]
    for n, k, d in ((7, 3, 3), (5, 1, 3), (9, 4, 5), (6, 2, 1), (3, 3, 3), (40, 16, 3)):
        idx = rng.permutation(np.arange(n) % k)
        triples.append((np.round(rng.random((n, d)), 3), idx, k))
    triples.append((triples[2][0].astype(np.float32), triples[2][1].astype(np.int32), 3))
    triples.append((triples[4][0], triples[4][1].astype(np.uint8), 4))
    return triples


def labeled_tags(X, idx, K):
    return pixel_tags(X, K) | _chosen(empty=len(np.unique(idx)) < K)


def with_gaps():
    """Assignments in which a number does not occur: at the end, in the middle, at 0."""
    X = np.array([[0.0, 0.0], [2.0, 4.0], [6.0, 6.0]])
    Y = np.round(np.random.default_rng(5).random((6, 3)), 3)
    gaps = (X, [0, 0, 1], 3), (X, [2, 0, 2], 3), (Y, [3, 1, 3, 1, 1, 3], 5)
    return [(X, np.array(idx), K) for X, idx, K in gaps]


def places(K, d):
    """K centroids that are the mean of nothing."""
    return np.round(np.random.default_rng(9).random((K, d)) * 3, 3)


# Tables of distances, from X and C, that are wrong: for everything that measures.
WRONG_DISTANCES = table("""
Your differences are not squared, and they cancel: what red loses, green gains. Square each one before you add (** 2).
    (X[:, None] - C).sum(axis=-1)
    (C - X[:, None]).sum(axis=-1)
Differences cancel in your sum (or you compare brightness, which is the same): square each one before you add.
    abs((X[:, None] - C).sum(axis=-1))
    (X[:, None] - C).sum(axis=-1) ** 2
    abs(X.mean(axis=1)[:, None] - C.mean(axis=1))
You add absolute values (the city-block distance), or take the root of each square, which is the same: first add the squares, then take the root of the sum.
    abs(X[:, None] - C).sum(axis=-1)
You take the largest difference of the channels alone (the chessboard distance); all of them count: add up their squares, then take the root of the sum.
    abs(X[:, None] - C).max(axis=-1)
You square the values before you subtract: first the difference, then ** 2.
    <abs|>((X[:, None]<| ** 2> - C**2).sum(axis=-1))
You multiply pixels and colors (a product, as X @ C.T); distances begin with differences.
    <|-|abs>(X @ C.T)
You compare how long the two are (how far from black); the distance is the length of the difference: subtract first.
    abs(np.linalg.norm(X, axis=1)[:, None] - np.linalg.norm(C, axis=1))
You take the angle between the colors (the cosine), which knows no dark and light; the distance is the length of the difference.
    <|1 - |-|np.arccos>(X @ C.T / ((np.linalg.norm(X, axis=1) + <0|1e-12|1e-8>)[:, None] * (np.linalg.norm(C, axis=1) + <0|1e-12|1e-8>)))
You weigh the channels (as for gray, or as redmean does); in this distance all of them count alike, once each.
    ((X[:, None] - C) ** 2 * np.array([<0.3, 0.59, 0.11|0.299, 0.587, 0.114|0.2126, 0.7152, 0.0722|3, 6, 1>]) ** <1|2>).sum(axis=-1)
    ((X[:, None] - C) ** 2 * (np.array([<0.3, 0.59, 0.11|0.299, 0.587, 0.114|0.2126, 0.7152, 0.0722|3, 6, 1>]) if X.shape[1] == 3 else 1) ** <1|2>).sum(axis=-1)
    ((X[:, None] - C) ** 2 * np.stack([2 + (red := (X[:, None, 0] + C[:, 0]) / 2), 4 + 0 * red, 3 - red + 0 * X[0, 2]], axis=-1)).sum(axis=-1)
Channels that are 0 are left out (an if that asks for the number alone?): 0 counts like any other value.
    ((X[:, None] - C) ** 2 * <(X[:, None] != 0)|(C != 0)|(X[:, None] != 0) * (C != 0)>).sum(axis=-1)
You bring pixels and colors to another scale before you measure (by the range, the largest value or the spread of some of them), which changes the distances: compare the values as they are.
    (lambda s: sq(X / s, C / s))(np.<ptp|max|std>(<X|C|np.concatenate([X, C])>, axis=0) + <0|1e-9>)
""")


# Differences of rows, from X and C, that do not meet as they should.
WRONG_PAIRS = table("""
You pair off pixels and colors, the first with the first (as zip does): even with as many pixels as colors that is too few. Each pixel has to meet every color.
    np.array([<x - c|[x - c]> for x, c in zip(X, C)])
You compare the pixels with each other, or the colors with each other; compare pixels with colors.
    <X[:, None] - X|C[:, None] - C>
""")


def framed(wrong, *frames):
    """Wrong functions made of a table of parts, each put for the {} of all the frames."""
    return {
        words: tuple(frame.format(code) for frame in frames for code in codes)
        for words, codes in wrong.items()
    }


def measured(*frames):
    """Wrong functions made of wrong tables of distances, each put into all the frames."""
    return framed(WRONG_DISTANCES, *frames)
