"""Lesson 05: `find_closest_centroids`, `compute_centroids` and `wcss`."""

import numpy as np

from helpers import codebook, kmeans
from helpers.checks.cases import (
    cases,
    labeled,
    labeled_tags,
    measured,
    nearest_sets,
    nearest_tags,
    places,
    with_gaps,
)
from helpers.checks.exercise import Exercise, questions, table

# --- find_closest_centroids ----------------------------------------------------------------

LONG = 2 * codebook.BLOCK + 8


def _closest_cases():
    """The small sets, ties, nearly a tie, many colors, far ones, and two and a bit blocks."""
    rng = np.random.default_rng(16)
    near = np.array([[0.0, 0.0]]), np.array([[0.1000004, 0.0], [0.0, 0.1]])
    far = np.array([[-3e5, 4e5], [2e5, 1e5]]), np.array([[0.0, 0.0], [-1.0, 1.0], [1.0, 0.0]])
    many = np.array([[0.0], [0.85], [1.0], [0.5]]), np.arange(301)[:, None] / 300
    X, C = np.round(rng.random((LONG, 2)), 2), np.array([[0.75, 0.5], [0.25, 0.25]])
    pairs = [
        *nearest_sets(),
        (np.array([[1.0], [0.5]]), np.array([[0.0], [1.0]])),
        (np.full((12, 1), 0.5), np.array([[0.0], [1.0], [1.0]])),
        near,
        far,
        many,
        (np.array([[3, 0], [2, 0], [5, 3]]), np.array([[3.9, 0.0], [2.4, 0.0]])),
        (X, C),
    ]
    return cases(codebook.find_closest_centroids, pairs, nearest_tags, whole=True)


def _blocks(attempt):
    """What became of the last rows, or of the blocks that the long list is cut into."""
    if attempt.rank == "dtype" or any(t.error or np.ndim(t.got) != 1 for t in attempt.trials):
        return None
    told = [
        (c.expected, np.asarray(t.got)) for c, t in zip(attempt.cases, attempt.trials, strict=True)
    ]
    e, g = told[-1]
    n = _right_at_first(e, g)
    if n > 100 and all(len(e) == len(g) and not g[_right_at_first(e, g) :].any() for e, g in told):
        return "The last rows stay 0 (all of them, where there are few), and those before are right: a loop, or its blocks, end too early. (len // size counts the whole blocks only.)"
    if all(np.array_equal(e, g) for e, g in told[:-1]):
        return f"Only the long list goes wrong: {len(g)} numbers come back for its {len(e)} rows, and the first {n} are right. Do blocks overlap, or overwrite one another? A block begins where the one before it ended (a slice ends before its second number), and has places of its own in idx."
    return None


def _right_at_first(expected, got):
    """How many numbers are right before the first that is wrong."""
    shared = min(len(expected), len(got))
    return next(iter(np.flatnonzero(expected[:shared] != got[:shared])), shared)


FIND_CLOSEST_CENTROIDS = Exercise(
    codebook.find_closest_centroids,
    ("X", "centroids"),
    "Step one: assign",
    _closest_cases,
    f"ties, near ties, 1, 2, 3 and 5 channels, more colors than pixels, one color, 301 colors, far colors, whole numbers, float32, {LONG:,} rows",
    styles=(
        "np.sqrt(((X[:, None] - centroids) ** 2).sum(axis=-1)).argmin(axis=1)",
        """
idx = np.zeros(len(X), dtype=int)
for n in range(len(X)):
    smallest = np.inf
    for k in range(len(centroids)):
        distance = 0.0
        for c in range(X.shape[1]):
            distance += (X[n, c] - centroids[k, c]) ** 2
        if distance < smallest:
            smallest = distance
            idx[n] = k
return idx
""",
        """
idx = np.zeros(len(X), dtype=int)
for n in range(len(X)):
    squared = ((X[n] - centroids) ** 2).sum(axis=1)
    idx[n] = squared.argmin()
return idx
""",
        "((X**2).sum(axis=1)[:, None] - 2 * X @ centroids.T + (centroids**2).sum(axis=1)).argmin(axis=1)",
    ),
    nouns={"sum": "channels", "argmin": "colors"},
    wrong=table("""
You return the colors; it should be their numbers.
    centroids[right(X, centroids)]
Every pixel gets number 0: are your numbers ever written into idx?
    right(X, centroids) * 0
Where several colors are equally near, you return all of them; take the first of each pixel's (argmin does).
    np.nonzero(sq(X, centroids) == sq(X, centroids).min(axis=1, keepdims=True))[1]
In the formula with the product something is missing, or a sign is wrong: (a - b)² is a² - 2ab + b².
    ((centroids**2).sum(axis=1) <-|+ 2 *> X @ centroids.T).argmin(axis=1)
    - 2 * X =>  - X
From some color on your numbers begin again at 0: are they stored as bytes (uint8, int8), which hold only 256 different ones (use dtype=int), or counted anew in each block of colors?
    right(X, centroids).astype(np.<uint8|int8>)
You take one number for all pixels, a place in the whole table of distances: argmin needs axis=1.
    sq(X, centroids).argmin()
    right(X, centroids) * 0 + sq(X, centroids).argmin()
    np.concatenate([[sq(p, centroids).argmin()] * len(p) for p in np.split(X, range(4096, len(X), 4096))])
You compare with the start, not with the smallest so far: remember each new smallest.
    smallest = distance => pass
You compare each color with the one before only; compare with the smallest so far.
    np.max(np.pad(np.diff(sq(X, centroids)) < 0, ((0, 0), (1, 0))) * np.arange(len(centroids)), axis=1)
Your search begins with too small a number: colors farther away than that are never chosen. Begin with a very large number, or with the first color's distance.
    np.where(<np.sqrt|>(sq(X, centroids)).min(axis=1) < <0.1|0.5|1|2|3|5|10|100|255|999|1e3|9999|1e4|1e5|1e6>, right(X, centroids), 0)
Colors at a distance of 0 are passed over: a pixel that equals a color belongs to it.
    np.where(sq(X, centroids) == 0, np.inf, sq(X, centroids)).argmin(axis=1)
    idx[n] = squared.argmin() => squared[squared == 0] = np.inf; idx[n] = squared.argmin()
You round the distances, or cut off their decimals (integers), and colors that are not equally near seem to be: keep all decimals.
    np.trunc(<np.sqrt|>(sq(X, centroids))).argmin(axis=1)
    np.round(<np.sqrt|>(sq(X, centroids)), <0|1|2|3|4|5|6>).argmin(axis=1)
""")
    | measured("C = centroids\nreturn ({}).argmin(axis=1)"),
    meaning="one number for each pixel",
    axes=("pixel",),
    whole=True,
    betrays=(_blocks,),
)

# --- compute_centroids ---------------------------------------------------------------------


def _groups():
    """Every number occurs, some don't, and in one group two pixels are equal."""
    equal = np.array([[1.0, 2.0], [4.0, 8.0], [1.0, 2.0], [0.0, 1.0]]), np.array([1, 1, 1, 0]), 2
    black = np.array([[1.0, 0.5, 0.2], [0, 0, 0], [0, 0, 0], [0.4, 0.7, 0.4]])
    black = black, np.array([1, 0, 0, 1]), 2  # neither the first pixel nor the last is black
    below = np.array([[0.5, -0.5], [-0.5, 0.5], [0.3, 0.1]]), np.array([1, 1, 0]), 2
    rng = np.random.default_rng(6)
    large = np.round(rng.random((17, 2)) ** 2, 2), rng.permutation(np.arange(17) % 2), 2
    as_many = np.array([[0.2, 0.7], [0.9, 0.1]]), np.array([1, 0]), 2  # as many pixels as colors
    return [*labeled()[:2], *with_gaps(), equal, black, below, as_many, *labeled()[2:], large]


def _alike(attempt):
    """What the groups, or the calls, have in common of which the means are wrong."""
    groups = []
    for case, trial in zip(attempt.cases, attempt.trials, strict=True):
        X, idx, _ = case.arguments
        if trial.error or np.shape(trial.got) != case.expected.shape:
            return None
        fine = np.isclose(case.expected, trial.got, atol=1e-4).all(axis=1)
        groups += [(fine[k], X[idx == k], "empty" in case.tags) for k in np.unique(idx)]
    for words, holds in _GROUPS.items():
        alike = [fine for fine, *group in groups if holds(*group)]
        others = [fine for fine, *group in groups if not holds(*group)]
        if all(others) and not all(alike) and sum(alike) <= 0.6 * len(alike):
            return words
    return None


_GROUPS = questions("group, gaps", """
It goes wrong where the numbers of a group are all 0, or add up to 0, as those of black pixels do: such a group is not empty. Ask how many pixels it has, not what they hold (any, sum).
    group.sum() == 0
It goes wrong where a group has a single pixel: it is not empty, and its mean is that pixel.
    len(group) == 1
Where a group has no pixels, the mean of another one comes out wrong: does a part of its pixels go to the empty one? A group keeps all of its pixels; only the place of the empty one is free.
    gaps
""")  # fmt: skip

COMPUTE_CENTROIDS = Exercise(
    kmeans.compute_centroids,
    ("X", "idx", "K"),
    "Step two: move",
    lambda: cases(kmeans.compute_centroids, _groups(), labeled_tags),
    "1, 2, 3 and 5 channels, K = 1, numbers in any order, clusters without pixels, black pixels, whole numbers, float32",
    styles=(
        """
centroids = np.zeros((K, X.shape[1]))
for k in range(K):
    if (idx == k).any():
        centroids[k] = X[idx == k].mean(axis=0)
return centroids
""",
        """
rows = []
for k in range(K):
    group = X[idx == k]
    if len(group) > 0:
        rows.append(group.mean(axis=0))
    else:
        rows.append(X[0])
return np.array(rows)
""",
        """
sums = np.zeros((K, X.shape[1]))
counts = np.zeros(K)
for n in range(len(X)):
    sums[idx[n]] += X[n]
    counts[idx[n]] += 1
return sums / np.maximum(counts, 1)[:, None]
""",
    ),
    nouns={"mean": "pixels", "sum": "pixels"},
    wrong=table("""
A color has no pixels: the mean of nothing is no number (nan, infinity, or an error). Ask for this case, and give it a place that you find sensible.
    np.array([X[idx == k].mean(axis=0) for k in range(K)])
    np.array([sum(list(X[idx == k])) / len(list(X[idx == k])) for k in range(K)])
    rows.append(X[0]) => rows.append(X[0] * 0 + np.inf)
You have rows only for numbers that occur, and there are K colors: go through all of range(K), and give the others a place, too.
    np.array([X[idx == k].mean(axis=0) for k in np.unique(idx)])
You go up to the largest number in idx; there are K colors, even if the last ones have no pixels (np.bincount has minlength for this).
    right(X, idx, idx.max() + 1)
    np.array([np.bincount(idx, x) for x in X.T]).T / np.maximum(np.bincount(idx), 1)[:, None]
    counts = np.zeros(K) => counts = np.zeros(idx.max() + 1)
All that comes after the first group without pixels is missing: is the loop left there (break, or return)? Skip that one group only, and go on with the next.
    range(K) => range((np.bincount(idx, minlength=K + 1) == 0).argmax())
Your rows come in the order in which the numbers appear, or one after the other for those that do; row k belongs to number k, even if numbers below it do not occur.
    np.vstack([right(X, idx, K)[<list(dict.fromkeys(idx.tolist()))|np.unique(idx)>], np.zeros((K, X.shape[1]))])[:K]
Your rows are sorted; row k belongs to number k.
    np.array(rows) => np.array(sorted(map(list, rows), key=<list|sum|min>))
Every color stays at 0: is a mean ever written into the result?
    np.zeros((K, X.shape[1]))
Every color gets all pixels; take those of its group only (idx == k).
    np.tile(X<|[idx]>.mean(axis=0), (K, 1))
You take the pixel with the number k (X[k]); take the pixels whose idx is k.
    X[:K]
    np.array([X[k] for k in range(K)])
You take the group of pixel k (idx == idx[k]); take the pixels whose idx is k.
    np.array([X[idx == idx[k % len(idx)]].mean(axis=0) for k in range(K)])
You count the groups from 1; the numbers of colors begin with 0.
    idx == k => idx == k + 1
Each color gets the pixels of the groups before it, too: set the sum and the count back to 0 for each color (or is there idx <= k where idx == k belongs?).
    [idx == k] => [idx <= k]
The pixels of a group are not in one run: idx may come in any order, so look up which pixels have number k.
    X[idx == k] => X[(idx < k).sum() : (idx <= k).sum()]
You take all rows from the first to the last pixel of a group: idx may come in any order, so pixels of other groups lie between.
    X[idx == k] => X[(idx == k).argmax() : len(X) - (idx == k)[::-1].argmax()]
You cut the pixels into K equal parts, in their order; the groups are told by idx.
    np.array([part.mean(axis=0) for part in np.array_split(X, K)])
You average, or add up, the channels too, to one number; each channel has its own mean (axis=0).
    group.mean(axis=0) => group.<mean|sum>()
    .mean(axis=0) => .mean()
    np.array([X[idx == k].<mean|sum>() for k in range(K)])
    np.array([X[idx == k].mean() if (idx == k).any() else 0.0 for k in range(K)])
You take the median, or the middle between the smallest and the largest value; K-means moves to the mean.
    group.mean(axis=0) => <np.median(group, axis=0)|np.sort(group, axis=0)[len(group) // 2]|(group.min(axis=0) + group.max(axis=0)) / 2>
You take the first pixel of each group; it should be the mean of all its pixels.
    group.mean(axis=0) => group[0]
You take the last pixel of each group: a loop overwrites instead of adding up.
    group.mean(axis=0) => group[-1]
Each pixel overwrites the one before instead of being added (+= with a list of numbers counts a number that comes twice only once).
    group.mean(axis=0) => group[-1] / len(group)
You halve again with each pixel, so the last ones weigh more than the first: add up, then divide by how many.
    sums[idx[n]] += X[n] => sums[idx[n]] = (sums[idx[n]] + X[n]) / 2 ;; counts[idx[n]] += 1 => pass
You divide in every round of the loop: add up all pixels of the group first, and divide once, when the loop is over.
    sums[idx[n]] += X[n] => sums[idx[n]] = (sums[idx[n]] + X[n]) / (counts[idx[n]] + 1) ;; / np.maximum(counts, 1)[:, None] => / 1
    sums[idx[n]] += X[n] => sums[idx[n]] += X[n] / (counts[idx[n]] + 1) ;; / np.maximum(counts, 1)[:, None] => / 1
You divide by the number of all pixels; divide by those of the group.
    group.mean(axis=0) => group.sum(axis=0) / len(X)
You divide by K; divide by the number of pixels in the group.
    group.mean(axis=0) => group.sum(axis=0) / K
You divide by one too many, or one too few (count + 1, count - 1); divide by the number of pixels in the group.
    group.mean(axis=0) => group.sum(axis=0) / <(len(group) + 1)|(len(group) - 1)|max(len(group) - 1, 1)>
"""),
    meaning="one row for each color, one column for each channel",
    axes=("color", "channel"),
    free=lambda X, idx, K: np.bincount(idx, minlength=K) == 0,
    betrays=(_alike,),
    sections={"empty": "A color that nobody wants"},
)


# --- wcss ----------------------------------------------------------------------------------


def _wcss_cases():
    """With a centroid far from all, as many points as centroids, and numbers that do not occur."""
    groups = [*labeled()[:2], *with_gaps(), *labeled()[2:]]
    groups.append((np.array([[0.2, 0.7], [0.9, 0.1]]), np.array([1, 0]), 2))  # N = K
    calls = [(X, places(K, X.shape[1]), idx) for X, idx, K in groups]
    X, idx, K = labeled()[2]  # points near their centroids: a small sum, and no rounding
    means = kmeans.compute_centroids(X, idx, K)
    calls.append((means[idx] + (X - 0.5) * 0.02, means, idx))
    return cases(kmeans.wcss, calls, lambda X, C, idx: labeled_tags(X, idx, len(C)))


WCSS = Exercise(
    kmeans.wcss,
    ("X", "centroids", "idx"),
    "Is it getting better?",
    _wcss_cases,
    "1, 2, 3 and 5 channels, K = 1, numbers in any order, centroids that are no means, clusters without pixels",
    styles=(
        "((X - centroids[idx]) ** 2).sum()",
        """
total = 0.0
for n in range(len(X)):
    for c in range(X.shape[1]):
        total += (X[n, c] - centroids[idx[n], c]) ** 2
return total
""",
        """
total = 0.0
for k in range(len(centroids)):
    total += ((X[idx == k] - centroids[k]) ** 2).sum()
return total
""",
        """
total = 0.0
for n in range(len(X)):
    total += ((X[n] - centroids[idx[n]]) ** 2).sum()
return total
""",
    ),
    nouns={"k": "group", "n": "point"},
    wrong=table("""
You add up the distances to all centroids; each point has only its own, centroids[idx].
    sq(X, centroids).sum()
You subtract row from row; each point has its own centroid: centroids[idx].
    ((X - centroids) ** 2).sum()
You look up the pixels with idx; look up the centroids: each point has its own centroid.
    ((X[idx] - centroids) ** 2).sum()
You use idx on the pixels, too; each pixel is compared with its own centroid, as it is.
    ((X[idx] - centroids[idx]) ** 2).sum()
You take the nearest centroid of each point; take the one that idx names.
    sq(X, centroids).min(axis=1).sum()
You measure from the mean of each group; measure from the centroids that you are given.
    sum(((X[idx == k] - X[idx == k].mean(axis=0)) ** 2).sum() for k in np.unique(idx))
You measure from the mean of all points; each point has its own centroid.
    ((X - X.mean(axis=0)) ** 2).sum()
You count the groups from 1; their numbers begin with 0.
    idx == k => idx == k + 1
    ((X - centroids[idx - 1]) ** 2).sum()
You count the first 2 groups only, as if K were always 2; go through all centroids.
    ((X - centroids[idx]) ** 2)[idx < 2].sum()
    range(len(centroids)) => range(2)
The mean of a group without pixels is nan, not a number (0 divided by 0), and nan stays nan in every sum, even times 0: add up the squares, or skip such groups.
    right(X, centroids, idx) if len(np.unique(idx)) == len(centroids) else np.nan
You average within each group before you add; add up all squares.
    sum(((X[idx == k] - centroids[k]) ** 2)<.sum(axis=1)|>.mean() for k in <np.unique(idx)|range(len(centroids))>)< / len(centroids)|>
You add up tables of different sizes, one for each group: make one number of each group's squares first, by adding them all up.
    [k]) ** 2).sum() => [k]) ** 2)
You add the differences themselves, and they cancel: square them first.
    <(X - centroids[idx]).sum()|(centroids[idx] - X).sum()|abs((X - centroids[idx]).sum())|(X - centroids[idx]).mean()>
You add up first (the differences of a group, or the distances), and square the sum then; square each one first, then add.
    sum(((X[idx == k] - c).sum(<axis=0|>) ** 2).sum() for k, c in enumerate(centroids))
    ((X - centroids[idx]).sum(axis=0) ** 2).sum()
    np.linalg.norm(X - centroids[idx], axis=1).sum() ** 2
You take a root (of the squares of each point, or of each group); the sum of squares stays squared: leave out the root.
    np.linalg.norm(X - centroids[idx], axis=1).<sum|mean>()
    sum(np.linalg.norm(X[idx == k] - c) for k, c in enumerate(centroids))
You have a number for each point, for each channel or for each group, or a table of such; add them up to one.
    ((X - centroids[idx]) ** 2)<.sum(axis=1)|.sum(axis=0)|>
    np.array([((X[idx == k] - c) ** 2).sum() for k, c in enumerate(centroids)])
You divide by the number of points, or by K; the sum of squares is a sum.
    ((X - centroids[idx]) ** 2).sum() / len(<X|centroids>)
"""),
    meaning="one number",
)

EXERCISES = {
    "find_closest_centroids": FIND_CLOSEST_CENTROIDS,
    "compute_centroids": COMPUTE_CENTROIDS,
    "wcss": WCSS,
}
