"""Lesson 10: `lloyd_step`. PyTorch is imported when the function is first checked."""

import importlib

import numpy as np

from helpers.checks.cases import framed, measured, pixel_tags, sq
from helpers.checks.compare import Problem, difference, kind
from helpers.checks.exercise import Case, Exercise, table
from helpers.plain import Thing


class _Library:
    """Stands for a library, and imports it when something of it is first asked for."""

    def __init__(self, name):
        self._name = name

    def __getattr__(self, attribute):
        return getattr(importlib.import_module(self._name), attribute)


torch = _Library("torch")


def lloyd_step(X, centroids):
    """Assign every pixel to its nearest centroid, and move every centroid to their mean.

    Parameters
    ----------
    X : Tensor, shape (N, d)
    centroids : Tensor, shape (K, d)
        Of the type and on the device of X.

    Returns
    -------
    Tensor, shape (K, d)
        A centroid without pixels stays where it is.
    """
    idx = torch.cdist(X, centroids).argmin(dim=1)
    sums = torch.zeros_like(centroids).index_add(0, idx, X)
    sizes = torch.bincount(idx, minlength=len(centroids))[:, None]
    return torch.where(sizes > 0, sums / sizes.clamp(min=1), centroids)


def _step_sets():
    """Pixels and centroids, smallest first, and no pixel midway between two."""
    two = np.array([[0.0, 0.0], [2.0, 4.0], [6.0, 6.0]]), np.array([[1.0, 1.0], [5.0, 4.0]])
    sets = [two]
    sizes = (
        (4, 2, 3),
        (5, 1, 3),
        (7, 3, 2),
        (3, 3, 3),
        (9, 4, 5),
        (40, 16, 3),
        (45, 18, 3),
        (6, 2, 1),
    )
    for n, k, d in sizes:
        rng = np.random.default_rng(n)
        X = np.round(rng.random((n, d)), 3)
        rows = rng.choice(n, k, replace=False)
        sets.append((X, np.round(X[rows] + 0.02 * rng.random((k, d)), 4)))
    # Equal pixels, a 0, and a pixel that is a centroid; then one that is almost midway.
    X = np.array([[0.0, 0.5], [0.0, 0.5], [0.3, 0.1], [0.9, 0.8], [0.2, 0.9], [0.45, 0.5]])
    sets.append((X, np.array([[0.0, 0.5], [0.9, 0.9]])))
    sets.append((X[1:], np.array([[0.9, 0.5], [4e-7, 0.5]])))
    sets.append((X[1:] * 900 - 300, np.array([[-290.0, 140.0], [500.0, 400.0]])))  # no colors
    sets.append((two[0], np.array([[9.0, 9.0], [1.0, 1.0], [5.0, 4.0]])))
    sets.append((sets[1][0], np.vstack([sets[1][1], [[7.0, 7.0, 7.0]]])))
    return sorted(sets, key=lambda pair: pair[0].size * len(pair[1]))


def _sizes(X, centroids):
    """How many pixels are nearest to each centroid."""
    nearest = sq(np.asarray(X), np.asarray(centroids)).argmin(axis=1)
    return np.bincount(nearest, minlength=len(centroids))


def _step_cases():
    cases = []
    for X, centroids in _step_sets():
        tags = pixel_tags(X, len(centroids))
        tags |= {"empty"} if 0 in _sizes(X, centroids) else set()
        arguments = torch.tensor(X), torch.tensor(centroids)
        cases.append(Case(arguments, lloyd_step(*arguments).numpy(), frozenset(tags)))
    return cases


def _judge_step(case, got, call):
    """A tensor of means; where a centroid has no pixels, any finite place will do."""
    K, d = case.expected.shape
    if not isinstance(got, Thing) or got.array is None:
        there = "one tensor" if isinstance(got, (tuple, list)) else "a tensor"
        words = (
            f"You return {kind(got)}; it should be {there} of shape ({K}, {d}), of the type of X."
        )
        return Problem("type", words)
    if got.array.dtype == np.float16:
        words = "Your tensor is float16, which keeps only three digits: stay with the type of X."
        return Problem("dtype", words)
    empty = _sizes(*case.arguments) == 0
    problem = difference(case.expected, got.array, call, "one row for each centroid", empty)
    if problem and problem.rank == "nan":
        at_empty = got.array.shape == (K, d) and np.isfinite(got.array[~empty]).all()
        where = "a centroid without pixels" if at_empty else "your result"
        words = f"There is no number (nan, or infinite) in {where}: 0 pixels can't be averaged. Decide what becomes of it; to leave it where it is will do.\n{problem.words}"
        return Problem("nan", words)
    return problem


def _choosing(code, means="X[idx == k].mean(dim=0)"):
    """A whole step in which the numbers of the nearest centroids are these."""
    return f"""
idx = {code}
moved = centroids.clone()
for k in range(len(centroids)):
    if (idx == k).any():
        moved[k] = {means}
return moved
"""


_NEAREST = "torch.cdist(X, centroids).argmin(dim=1)"

# What to say, and the new place of a group: g its pixels, c the old centroid.
_PLACES = table("""
The old centroid is counted as one more pixel: start the sums from 0 (torch.zeros_like), and divide by the number of pixels.
    (g.sum(dim=0) + c) / <(len(g) + 1)|len(g)>
You divide by N / K, as if all groups had the same size; divide each sum by the number of pixels in its own group.
    g.sum(dim=0) / <(len(X) / len(centroids))|max(len(X) // len(centroids), 1)>
You divide by the number of all pixels; divide each sum by the number of pixels in its own group.
    g.sum(dim=0) / len(X)
You divide by K; divide each sum by the number of pixels in its own group.
    g.sum(dim=0) / len(centroids)
You divide by one too many; divide each sum by the number of pixels in its own group, and ask about groups without pixels in another way (clamp(min=1)).
    g.sum(dim=0) / (len(g) + 1)
Each group keeps only one of its pixels: sums[idx] += X adds once for each number, however often it occurs (index_add adds them all).
    g[-1] / len(g)
    g[-1]
You take the median of each group; it should be the mean.
    g.median(dim=0).values
    g.quantile(0.5, dim=0)
""")

# What to say, and what comes back: idx are the numbers of the nearest, moved is the right answer.
_RESULTS = table("""
You return the centroids as they were: the second step moves them to the means.
    centroids.clone()
You return the numbers of the nearest centroids; that is the first step, and the second goes on to the means.
    idx
You return the table of distances; each pixel chooses its nearest (argmin), and then the means are taken.
    torch.cdist(X, centroids)
    torch.cdist(X, centroids) ** 2
You return the sizes of the groups; they divide the sums.
    torch.bincount(idx, minlength=len(centroids))<|[:, None]>
You return one color for each pixel; it should be one for each centroid.
    <moved|centroids>[idx]
You take two steps; it is one step that is asked for.
    right(X, moved)
You go on until nothing moves, or for many steps; it is one step that is asked for.
    steps(right, X, centroids, <100|3|4|5|10>)
You move each centroid to the pixel nearest to it; ask the other way round: each pixel has a nearest centroid, and the mean of its pixels is where that goes.
    X[torch.cdist(centroids, X).argmin(dim=1)]
Each centroid gets all pixels: it moves to the mean of those alone whose nearest centroid it is.
    X.mean(dim=0).repeat(len(centroids), 1)
You go only half of the way to the mean; the centroid moves all of it.
    (moved + centroids) / 2
""")


def _steps(right, X, centroids, number):
    """So many steps in place of one."""
    for _ in range(number):
        centroids = right(X, centroids)
    return centroids


# --- Errors --------------------------------------------------------------------------------

# What errors of PyTorch mean here, and parts of their texts.
_ERRORS = table("""
A new tensor holds float32 unless you ask for more, and X holds float64: make it like what you are given (torch.zeros_like(centroids), or dtype=X.dtype).
    same scalar type
    to have the same dtype
    expected scalar type
There has to be one number for each pixel: argmin(dim=1) gives it; dim=0 gives one for each centroid.
    umber of indices (
    The shape of the mask
A number of a color is looked up that no color has: does each pixel choose among the centroids (dim=1)?
    index out of range
What you store has another shape than its place, which holds one number for each channel: the mean of a group along dim=0.
    expanded size of the tensor
A number is too large for its axis: X is (N, d), and centroids is (K, d). Does each loop, and each number, go with its own size?
    out of bounds for dimension
The rows that you stack differ in length: each has to be the mean of a group along dim=0.
    expects each tensor to be equal size
min(dim=1) gives two things at once, the values and their numbers (indices), and == compares the pair as a whole: take .indices, or argmin(dim=1).
    'bool' object has no attribute
Leave the tensors as they are: NumPy's functions make arrays of them.
    can't convert np.ndarray
PyTorch's functions take tensors; what NumPy's functions return has to be made one (torch.as_tensor), or better be left to PyTorch.
    must be Tensor, not
Two shapes don't fit. To divide (K, d) by K sizes, write the sizes as (K, 1): sizes[:, None]. And there have to be K of them, whatever K is, also where the last centroids have no pixels (minlength).
    must match the size of tensor b
""")


LLOYD_STEP = Exercise(
    lloyd_step,
    ("X", "centroids"),
    "Two steps as tensors",
    _step_cases,
    "14 cases: 1 to 5 channels, 1 to 18 centroids, some of them without pixels",
    styles=(
        _choosing(_NEAREST),
        _choosing("((X[:, None] - centroids) ** 2).sum(dim=2).argmin(dim=1)"),
        """
idx = torch.cdist(X, centroids).argmin(dim=1)
sums = torch.zeros_like(centroids).index_add(0, idx, X)
sizes = torch.bincount(idx, minlength=len(centroids))[:, None]
return torch.where(sizes > 0, sums / sizes.clamp(min=1), centroids)
""",
    ),
    nouns={"k": "centroid", "argmin": "centroids", "sum": "channels", "mean": "pixels"},
    wrong=framed(_PLACES, _choosing(_NEAREST, "(lambda g, c: {})(X[idx == k], centroids[k])"))
    | framed(_RESULTS, f"idx, moved = {_NEAREST}, right(X, centroids)\nreturn {{}}")
    | measured(
        _choosing("torch.as_tensor((lambda X, C: {})(X.numpy(), centroids.numpy()).argmin(axis=1))")
    ),
    meaning="one row for each centroid",
    axes=("centroid", "channel"),
    free=lambda X, centroids: _sizes(X, centroids) == 0,
    judge=_judge_step,
    errors=_ERRORS,
    names={"torch": torch, "steps": _steps},
)

EXERCISES = {"lloyd_step": LLOYD_STEP}
