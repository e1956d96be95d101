"""The functions that lessons 09 and 10 ask for: `quantize_image` and `lloyd_step`.

Neither scikit-learn nor PyTorch is imported before one of these functions is checked, so
that the other lessons do without them.
"""

import atexit
import contextlib
import functools
import importlib
import re
import shutil
import tempfile
from pathlib import Path

import numpy as np

from helpers import images
from helpers.checks import clues
from helpers.checks.cases import Case, Exercise, mistakes, pixel_tags, sq
from helpers.checks.clustering import (
    CENTROIDS,
    CLOSEST,
    SCALED,
    _about_one_color,
    _centroids,
    about_groups,
    way_gone,
)
from helpers.checks.compare import Problem, kind, kind_difference, pair
from helpers.checks.trial import try_all


class _Library:
    """Stands for a library, and imports it when something of it is first asked for."""

    def __init__(self, name):
        self._name = name

    def __getattr__(self, attribute):
        return getattr(importlib.import_module(self._name), attribute)


torch = _Library("torch")


def KMeans(*arguments, **settings):
    """scikit-learn's own, imported when it is first needed."""
    return importlib.import_module("sklearn.cluster").KMeans(*arguments, **settings)


# --- quantize_image ------------------------------------------------------------------------


def quantize_image(image_path, num_clusters):
    """Repaint a picture file with its own palette, by scikit-learn.

    Parameters
    ----------
    image_path : path
    num_clusters : int

    Returns
    -------
    ndarray, shape (H, W, 3), values in [0, 1]
        With ``num_clusters`` different colors.
    """
    image = images.load_image(image_path)
    pixels = image.reshape(-1, 3)
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(pixels)
    return model.cluster_centers_[model.labels_].reshape(image.shape)


class PicturePath(str):
    """The path of a picture, shown by its name alone: the folder has a name of chance."""

    def __repr__(self):
        return repr(Path(self).name)


# Far apart, so that there is no doubt which pixels belong together.
APART = np.array([[20, 30, 200], [240, 220, 40], [200, 40, 60], [30, 160, 50]])
SIZES = [(1, 3, 1), (2, 3, 2), (3, 2, 2), (1, 6, 3), (3, 3, 3), (6, 4, 4), (5, 8, 3)]


@functools.cache
def _scenes():
    """Small pictures by the path of their file: path -> (image, idx), smallest first."""
    folder = Path(tempfile.mkdtemp(prefix="sixteen-colors-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    scenes = {}
    for height, width, K in SIZES:
        rng = np.random.default_rng(height * 10 + width)
        idx = rng.permutation(np.arange(height * width) % K).reshape(height, width)
        levels = APART[idx] + rng.integers(-9, 10, (height, width, 3))
        path = folder / f"{height}_by_{width}.png"
        path.write_bytes(images.encode_png(levels / 255))
        scenes[PicturePath(path)] = (levels / 255, idx, K)
    # Whoever shrinks pictures, or reads files of one kind only, has to meet others.
    idx = np.arange(32)[None].repeat(16, axis=0) // 16
    path = folder / "16_by_32.jpg"
    path.write_bytes(images.encode_jpeg(APART[idx] / 255, quality=95))
    scenes[PicturePath(path)] = (images.load_image(path), idx, 2)
    idx = np.arange(1300)[None].repeat(2, axis=0) // 433 % 3
    path = folder / "2_by_1300.png"
    path.write_bytes(images.encode_png(APART[idx] / 255))
    scenes[PicturePath(path)] = (APART[idx] / 255, idx, 3)
    return scenes


def _painted(path, wanted=None):
    image, idx, K = _scenes()[path]
    means = np.array([image[idx == k].mean(axis=0) for k in range(K)])
    return means[idx]


@functools.cache
def _sklearn_is_ready():
    """Its first import and its first fit take seconds, which are not the learner's."""
    with contextlib.suppress(ImportError):
        KMeans(1).fit(np.eye(3))


def _quantize_cases():
    _sklearn_is_ready()
    return [
        Case(
            (path, K),
            _painted(path),
            frozenset({f"K = {K}"} if K > 1 else {"one color"}) | _size_tags(image),
        )
        for path, (image, _, K) in _scenes().items()
    ]


def _size_tags(image):
    height, width, _ = image.shape
    return ({"square"} if height == width else set()) | ({"one row"} if height == 1 else set())


def _judge_quantized(case, got, call):
    """Any answer of K-means is right: K colors, each the mean of the pixels nearest to it."""
    problem = kind_difference(case.expected, got, call, "height, width, channels")
    if problem:
        return problem
    image, _, K = _scenes()[case.arguments[0]]
    got = np.asarray(got, dtype=float)
    if not np.isfinite(got).all():
        return Problem("nan", f"Your picture holds values that are not numbers (nan).\n{call}")
    wrong = Problem("value", pair(call, case.expected, got))
    if got.max() > 1.01 or got.min() < -0.01:
        return wrong
    colors, idx = np.unique(np.round(got, 5).reshape(-1, 3), axis=0, return_inverse=True)
    if len(colors) != K:
        return wrong
    X, idx = image.reshape(-1, 3), idx.ravel()
    means = np.array([X[idx == k].mean(axis=0) for k in range(K)])
    squared = sq(X, colors)
    nearest = np.sqrt(squared[np.arange(len(X)), idx]) - np.sqrt(squared.min(axis=1))
    if abs(means - colors).max() > 0.003 or nearest.max() > 0.01:
        return wrong
    return None


def _turned(change):
    """A wrong function: what is right, changed."""
    return lambda image_path, num_clusters: change(_painted(image_path))


def _seen(change):
    """A wrong function of the picture and its numbers of colors."""
    return lambda image_path, num_clusters: change(*_scenes()[image_path][:2])


def _means(image, idx):
    return np.array([image[idx == k].mean(axis=0) for k in range(idx.max() + 1)])


QUANTIZE_ERRORS = {
    "Found array with dim 3": (
        "KMeans wants a table with a row for each pixel, (N, 3), and is given a picture with three axes: "
        "reshape it first."
    ),
    "Expected 2D array": (
        "KMeans wants a table with a row for each pixel, (N, 3): reshape the picture to (−1, 3), no less."
    ),
    "ndarray' object has no attribute 'cluster_centers_": (
        "What you call the model is an array: fit_predict returns the labels (and fit_transform distances), and "
        "not the model. Make the model first, by KMeans(...) or its .fit(...), which returns the model."
    ),
    "ndarray' object has no attribute 'labels_": (
        "What has to be the model is an array: fit_predict returns the labels themselves, not the model, and "
        "so does predict."
    ),
    "parameter of KMeans must be": (
        "KMeans(...) is given the number of clusters, n_clusters, and its settings; the pixels come later, in "
        ".fit(pixels)."
    ),
    "Tensor' object": "Leave PyTorch out: KMeans takes NumPy's arrays.",
    **dict.fromkeys(
        ("method' object has no attribute", "function' object has no attribute"),
        "A method without its parentheses is not called: .fit(pixels).",
    ),
    **dict.fromkeys(
        ("no attribute 'cluster_centers_'", "no attribute 'labels_'"),
        "The model has not seen the pixels yet: .fit(pixels) comes first, and what it found bears a name with "
        "an underscore at its end.",
    ),
    **dict.fromkeys(
        ("no attribute 'reshape'", "no attribute 'shape'"),
        "A path is a text: the picture behind it has to be loaded first (images.load_image).",
    ),
    "cannot reshape": (
        "The numbers don't fit into that shape: the result has the picture's own, image.shape, and three "
        "numbers for each pixel, which centers[labels] has and labels alone have not."
    ),
    "no photograph": "images.load_photo knows the course's own three; a path is for images.load_image.",
    **dict.fromkeys(
        ("only integer", "must be of integer"),
        "The numbers of colors look up the centers, not the other way round: centers[labels].",
    ),
}


NUMBERS = "You return the numbers of the colors; look the colors up: centers[labels]."
NUMBERS_IN_A_ROW = (
    "You return the numbers of the colors, and not even folded to a picture; look the colors up, "
    "centers[labels], and give them the picture's shape."
)
PALETTE = (
    "You return the palette; each pixel has to be painted with the color of its number: "
    "centers[labels]."
)
BYTES = "Your values go from 0 to 255; a picture of this course holds 0 to 1."


def _about_shapes(cases, trials):
    """What is returned in place of a picture, in words: scikit-learn numbers as it likes."""
    pairs = [
        (case, np.asarray(trial.got))
        for case, trial in zip(cases, trials, strict=False)
        if trial.error is None and isinstance(trial.got, np.ndarray)
    ]
    if not pairs:
        return None
    if all(got.shape == case.expected.shape[:2] and got.dtype.kind == "i" for case, got in pairs):
        return NUMBERS
    if all(got.shape == case.expected.shape[:2] for case, got in pairs):
        return "You return one number for each pixel, a gray; a color has three: keep the channels apart."
    rows = [case.expected.shape[0] * case.expected.shape[1] for case, _ in pairs]
    if all(got.shape == (n,) for n, (_, got) in zip(rows, pairs, strict=True)):
        return NUMBERS_IN_A_ROW
    if all(got.shape == (case.arguments[1], 3) for case, got in pairs):
        return PALETTE
    same = all(got.shape == case.expected.shape for case, got in pairs)
    large = [(case, got) for case, got in pairs if got.size and got.max() > 2]
    bytes_in = [case.arguments[0] for case, _ in large]
    if same and large and all(abs(got / 255 - case.expected).max() < 0.2 for case, got in large):
        only = "" if len(bytes_in) == len(pairs) else f"For {Path(bytes_in[0]).name}: "
        jpeg = " (matplotlib's imread gives 0 to 255 for a JPEG, and 0 to 1 for a PNG: images.load_image does not.)"
        return only + BYTES + (jpeg if only and bytes_in[0].endswith("jpg") else "")
    sizes = [(case.expected.shape, got.shape) for case, got in pairs if got.ndim == 3]
    other = [(e, g) for e, g in sizes if e != g and sorted(e) != sorted(g)]
    if len(sizes) == len(pairs) and other and all(g[2] == 3 for _, g in sizes):
        (height, width, _), (small, narrow, _) = other[-1]
        verb = "shrinks" if small * narrow < height * width else "resizes"
        return (
            f"Your function {verb} the picture: a file of {height} × {width} pixels comes back with {small} × "
            f"{narrow} (longest_side, resize, thumbnail, a step in a slice?). Take it at its full size."
        )
    return None


def _given_to_kmeans(function, cases):
    """What scikit-learn's fit is given in each call: lists of (model, table, weights)."""
    cluster, calls = importlib.import_module("sklearn.cluster"), []
    kinds = (cluster.KMeans, cluster.MiniBatchKMeans, cluster.BisectingKMeans)
    fits = {kind: kind.fit for kind in kinds}

    def spied(fit):
        def spy(self, X, y=None, sample_weight=None):
            calls[-1].append((self, np.array(X), sample_weight))
            return fit(self, X, y, sample_weight)

        return spy

    try:
        for kind, fit in fits.items():
            kind.fit = spied(fit)
        for case in cases:
            calls.append([])
            try_all(function, [case.arguments])
    finally:
        for kind, fit in fits.items():
            kind.fit = fit
    return list(zip(cases, calls, strict=True))


def _about_fits(fits):
    """Whether KMeans is given another number, or another table, in words."""
    asked = [
        (model.get_params()["n_clusters"], case.arguments[1])
        for case, calls in fits
        for model, *_ in calls
    ]
    if any(n != K for n, K in asked):
        if len({n for n, _ in asked}) == 1:
            default = " (which it takes if it is told nothing)" if asked[0][0] == 8 else ""
            return (
                f"KMeans is asked for {asked[0][0]} cluster{'s' * (asked[0][0] != 1)}{default} whatever "
                "num_clusters is: give num_clusters to it as n_clusters."
            )
        n, K = next((n, K) for n, K in asked if n != K)
        return (
            f"KMeans is asked for {n} cluster{'s' * (n != 1)} where num_clusters is {K}: hand num_clusters on "
            "as it is, as n_clusters."
        )
    for case, calls in fits[1:]:
        image, (height, width, _) = _scenes()[case.arguments[0]][0], case.expected.shape
        name, size, shapes = case.arguments[0], height * width, [X.shape for _, X, _ in calls]
        if not shapes or shapes[0] == (size, 3):
            continue
        X = calls[0][1]
        given = (
            f"KMeans is given a table of shape {X.shape} for {name!r}, which has {size} pixels: "
        )
        if len(shapes) > 1 and X.shape == (width, 3):
            return (
                f"{given}one row of the picture each time. Give it the pixels of all rows at once."
            )
        if X.ndim == 2 and X.shape[1] == 1 and len(X) in (size, 3 * size):
            return (
                f"{given}single numbers, and each channel, or the brightness, is clustered by itself. A pixel is "
                "a row of three: reshape(−1, 3)."
            )
        if X.ndim == 2 and X.shape[1] == 3:
            if len(X) == len(np.unique(image.reshape(-1, 3), axis=0)):
                return f"{given}each color once (np.unique?). K-means has to see all pixels: each counts."
            if 3 * len(X) == 4 * size:
                return f"{given}more rows than pixels. Has the picture a fourth channel (RGBA)?"
            return (
                f"{given}K-means has to see all of them. Are some left out (a slice, a sample, a smaller "
                "picture)?"
            )
        if X.ndim == 2:
            return (
                f"{given}it should be a row of three for each pixel, {(size, 3)}: reshape(−1, 3)."
            )
    return None


def _about_places(cases, trials):
    """Whether the palette is right, and the pixels have one another's colors, in words."""
    found = []
    for case, trial, (_, n) in _with(cases, trials):
        if not n:
            return None
        image, idx, _ = _scenes()[case.arguments[0]]
        colors, got = _means(image, idx), trial.got.reshape(-1, 3)
        squared, others = sq(got, colors), sq(image.reshape(-1, 3), colors)
        if squared.min(axis=1).max() > 1e-6:
            return None
        found.append((idx.ravel(), squared.argmin(axis=1), others.argmax(axis=1)))
    if found and all((label == farthest).all() for _, label, farthest in found):
        return "Each pixel gets the farthest color of the palette; take the nearest (argmin, or labels_)."
    apart = [set(zip(idx.tolist(), label.tolist(), strict=True)) for idx, label, _ in found]
    if found and all(
        len(pairs) == len(set(idx.tolist())) for pairs, (idx, *_) in zip(apart, found, strict=True)
    ):
        return PLACES
    return None


def _about_settings(fits):
    """Whether it is another model, one with weights, or stopped early, in words."""
    for _, calls in fits:
        for model, _, weights in calls:
            name, settings = type(model).__name__, model.get_params()
            if name != "KMeans":
                return f"You use {name}, which is not as exact: KMeans is asked for."
            if weights is not None:
                return "KMeans is given weights (sample_weight): each pixel counts the same."
            if settings["max_iter"] <= 5 or settings["tol"] > 0.01:
                return (
                    f"KMeans is stopped early (max_iter={settings['max_iter']}, tol={settings['tol']}): let it "
                    "go on until nothing moves."
                )
    return None


def _about_values(fits):
    """Whether KMeans sees other numbers than the picture's, in words."""
    for case, calls in fits:
        X = _scenes()[case.arguments[0]][0].reshape(-1, 3)
        for _, table, _ in calls:
            if table.shape != X.shape or np.allclose(table, X, atol=1e-5):
                continue
            how = f"they go from {table.min():.3g} to {table.max():.3g}, and these from {X.min():.3g} to {X.max():.3g}."
            if np.allclose(np.sort(table, axis=None), np.sort(X, axis=None), atol=1e-5):
                rows = np.allclose(table[np.lexsort(table.T)], X[np.lexsort(X.T)], atol=1e-5)
                how = (
                    "the pixels are in another order."
                    if rows
                    else "its rows are no pixels, but mixed from several."
                )
            return (
                f"KMeans is not given the picture's own pixels, for {case.arguments[0]!r}: {how} Give it the "
                "pixels as they are, or turn back what was done when you paint."
            )
    return None


def _explain_quantized(function, cases, trials):
    words = _about_one_color(function, cases, trials) or _about_shapes(cases, trials)
    if words:
        return words
    fits = _given_to_kmeans(function, cases)
    words = _about_fits(fits)
    if words:
        return words
    for text, words in QUANTIZE_ERRORS.items():
        if any(trial.error is not None and text in str(trial.error) for trial in trials):
            return words
    counts = [
        (case.arguments[1], _number_of_colors(case, trial.got))
        for case, trial in zip(cases, trials, strict=False)
        if trial.error is None
    ]
    words = _about_places(cases, trials) or _about_settings(fits)
    if words:
        return words
    wrong = next(((K, n) for K, n in counts if n and n != K), None)
    if wrong:
        return (
            f"Your picture has {wrong[1]} different color{'s' * (wrong[1] > 1)} where num_clusters is {wrong[0]}: "
            "is each pixel painted with the center of its cluster, and with nothing else?"
        )
    pairs = [(c.expected, t.got) for c, t, (_, n) in _with(cases, trials) if n]
    if len(pairs) < len(cases):
        return None
    return (
        clues.in_the_values(pairs)
        or clues.in_the_steps(pairs)
        or _about_clusters(
            [(*_scenes()[c.arguments[0]][:2], t.got) for c, t, _ in _with(cases, trials)], fits
        )
    )


def _about_clusters(pictures, fits):
    """What each cluster is painted with, in words, or whether the clusters are other ones."""
    pixels = [
        (image.reshape(-1, 3), idx.ravel(), got.reshape(-1, 3)) for image, idx, got in pictures
    ]
    for words, step in (*clues.steps(), *GRAYS):
        with contextlib.suppress(ValueError, IndexError), np.errstate(all="ignore"):
            if all(np.allclose(_means(step(x), k)[k], got, atol=1e-5) for x, k, got in pixels):
                return f"You {words.replace('WHAT', 'the picture')} first: take its values as they are."
    told = set()
    for image, idx, got in pictures:
        right, colors, X = _means(image, idx), [], image.reshape(-1, 3)
        for k in range(len(right)):
            mine, members = got[idx == k], image[idx == k]
            if np.ptp(mine, axis=0).max() > 1e-6:
                mixed = MIXED if _not_nearest(X, got.reshape(-1, 3)) else OTHER_PIXELS
                return _about_values(fits) or mixed
            colors.append(mine[0])
            told |= {words for words, holds in _PAINTS.items() if not holds(mine[0], members)}
        if not np.allclose(np.sort(colors, axis=0), np.sort(right, axis=0), atol=1e-4):
            told |= {PLACES}
    named = [words for words in (*_PAINTS, PLACES) if words not in told]
    return named[0] if named else _about_values(fits) or OTHER_PIXELS


GRAYS = tuple(
    (
        "turn WHAT gray, so that its channels are all the same,",
        lambda a, w=w: (a @ w)[:, None] * np.ones(3),
    )
    for w in ([1 / 3] * 3, [0.299, 0.587, 0.114], [0.2126, 0.7152, 0.0722])
)
MIXED = (
    "The number of colors is right, and the pixels are not where they were, or are mixed from several: "
    "reshape(−1, 3) on the way in, and reshape(image.shape) on the way out."
)
OTHER_PIXELS = (
    "The number of colors is right, and they are not the ones that K-means comes to with all pixels as they "
    "are: did it see a part of them, or changed ones, or was it stopped early (max_iter, n_init)?"
)
PLACES = (
    "The colors are right, and in each other's places: label k belongs to center k. Are the centers sorted, "
    "the labels shifted, or the two from different models?"
)
# What a cluster is painted with -> whether it is, from the color and the pixels.
_PAINTS = {
    "You paint each cluster with one of its pixels; its center is the mean of all of them, "
    "cluster_centers_.": lambda color, X: np.isclose(X, color, atol=1e-5).all(axis=1).any(),
    "You paint each cluster with the median of its pixels; its center is their mean.": (
        lambda color, X: np.allclose(color, np.median(X, axis=0), atol=1e-5)
    ),
    "A cluster stays black, and the others are right: a loop begins at 1, or ends too early.": (
        lambda color, X: not color.any() or np.allclose(color, X.mean(axis=0), atol=1e-4)
    ),
}


def _not_nearest(X, painted):
    """Whether a pixel is painted with a color that is not the nearest of those in the picture."""
    squared = sq(X, np.unique(np.round(painted, 6), axis=0))
    return (((X - painted) ** 2).sum(axis=1) > squared.min(axis=1) + 1e-4).any()


def _with(cases, trials):
    return [
        (case, trial, (case.arguments[1], _number_of_colors(case, trial.got)))
        for case, trial in zip(cases, trials, strict=False)
        if trial.error is None
    ]


def _number_of_colors(case, got):
    if not isinstance(got, np.ndarray) or got.dtype.kind != "f":
        return 0
    if case is not None and got.shape != case.expected.shape:
        return 0
    return len(np.unique(np.round(got, 4).reshape(-1, 3), axis=0))


QUANTIZE = Exercise(
    answer=quantize_image,
    parameters=("image_path", "num_clusters"),
    reread="From a path to a picture",
    cases=_quantize_cases,
    tried=f"{len(SIZES) + 2} picture files, from 1 × 3 to 2 × 1300 pixels, with 1 to 4 clusters",
    misconceptions={
        NUMBERS: _seen(lambda image, idx: idx),
        NUMBERS_IN_A_ROW: _seen(lambda image, idx: idx.ravel()),
        "You return the list of pixels; fold it back to the picture's shape (reshape).": _turned(
            lambda right: right.reshape(-1, 3)
        ),
        PALETTE: _seen(_means),
        "Height and width are exchanged: rows come first.": _turned(
            lambda right: right.transpose(1, 0, 2)
        ),
        "You fold the pixels to (width, height, 3); a picture is (height, width, 3).": _turned(
            lambda right: right.reshape(right.shape[1], right.shape[0], 3)
        ),
        "You fold the pixels to (3, height, width); the channels come last.": _turned(
            lambda right: right.reshape(3, right.shape[0], right.shape[1])
        ),
        "The channels come first in your picture; they come last.": _turned(
            lambda right: right.transpose(2, 0, 1)
        ),
        BYTES: (
            _turned(lambda right: right * 255),
            _turned(lambda right: np.rint(right * 255).astype(np.uint8)),
            _turned(lambda right: (right * 255).astype(np.uint8)),
        ),
        "Your values are divided by 255 once too often: load_image gives 0 to 1.": _turned(
            lambda right: right / 255
        ),
        "Red and blue are exchanged: the channels are red, green, blue.": _turned(
            lambda right: right[..., ::-1]
        ),
        "You return the photograph as it was: paint each pixel with its center, centers[labels].": (
            _seen(lambda image, idx: image)
        ),
        "Your picture is gray: the mean of the channels is taken somewhere; a color has three.": (
            _turned(lambda right: right.mean(axis=-1, keepdims=True).repeat(3, axis=-1))
        ),
        "You return one number for each pixel, its brightness; a color has three.": _turned(
            lambda right: right.mean(axis=-1)
        ),
        "The decimals are gone: values in [0, 1] become 0 or 1 as whole numbers.": (
            _turned(np.rint),
            _turned(lambda right: right.astype(int)),
            _turned(lambda right: np.rint(right).astype(int)),
        ),
        "Your picture is its own error, photograph minus painting; return the painting.": _seen(
            lambda image, idx: image - _means(image, idx)[idx]
        ),
        "The labels are sorted, so the colors lie in order and the picture is gone: labels[n] belongs "
        "to pixel n.": _seen(
            lambda image, idx: _means(image, idx)[np.sort(idx.ravel())].reshape(image.shape)
        ),
    },
    meaning="height, width, channels",
    judge=_judge_quantized,
    explain=_explain_quantized,
)


# --- lloyd_step ----------------------------------------------------------------------------


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
    for n, k, d in ((4, 2, 3), (5, 1, 3), (7, 3, 2), (3, 3, 3), (9, 4, 5), (40, 16, 3), (6, 2, 1)):
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
    return sets


def _moved(X, centroids):
    """Sums and sizes of the pixels nearest to each centroid, shape (K, d) and (K, 1)."""
    nearest = np.eye(len(centroids))[sq(X, centroids).argmin(axis=1)]
    return nearest.T @ X, nearest.sum(axis=0)[:, None]


def _mean_or_stay(X, centroids):
    sums, sizes = _moved(X, centroids)
    return np.where(sizes > 0, sums / np.maximum(sizes, 1), centroids)


def _step_cases():
    cases = []
    for X, centroids in _step_sets():
        empty = (_moved(X, centroids)[1] == 0).any()
        tags = pixel_tags(X, len(centroids)) | ({"empty"} if empty else set())
        arguments = torch.tensor(X), torch.tensor(centroids)
        cases.append(Case(arguments, _mean_or_stay(X, centroids), frozenset(tags)))
    return cases


def _judge_step(case, got, call):
    """A tensor of means; where a centroid has no pixels, any finite place will do."""
    K, d = case.expected.shape
    if not hasattr(got, "detach"):
        there = "one tensor" if isinstance(got, tuple | list) else "a tensor"
        return Problem("type", f"You return {kind(got)}; it should be {there} of shape ({K}, {d}).")
    got = np.asarray(got.detach())
    problem = kind_difference(case.expected, got, call, "one row for each centroid")
    if problem:
        return problem
    X, centroids = (np.asarray(argument) for argument in case.arguments)
    used = (_moved(X, centroids)[1] > 0).ravel()
    if not np.isfinite(got).all():
        where = "a centroid without pixels" if np.isfinite(got[used]).all() else "your result"
        return Problem(
            "nan",
            f"There is no number (nan, or infinite) in {where}: 0 pixels can't be averaged. Decide what "
            f"becomes of it; to leave it where it is will do.\n{pair(call, case.expected, got)}",
        )
    scale = abs(case.expected).max()
    if not np.allclose(got[used], case.expected[used], rtol=1e-4, atol=1e-4 * scale):
        return Problem("value", pair(call, case.expected, got))
    return None


# Choices of which the words don't fit here, or which make no difference here.
NOT_IN_A_STEP = (
    "You return",
    "You mark",
    "You sort",
    "Where several",
    "You take the first row",
    "You take one argmin",
    "You count",
    "Each of your",
    "Of several",
)


def _tensor(change):
    """A wrong function, written for arrays."""
    return lambda X, centroids: torch.as_tensor(
        np.ascontiguousarray(change(np.asarray(X), np.asarray(centroids)))
    )


def _steps(number):
    """So many steps, or fewer if nothing moves any more."""

    def go(X, centroids):
        for _ in range(number):
            before, centroids = centroids, _mean_or_stay(X, centroids)
            if np.array_equal(before, centroids):
                break
        return centroids

    return _tensor(go)


def _last_of_each(X, centroids):
    """What is left if a number that comes twice is added only once: the last pixel of each group."""
    idx = sq(X, centroids).argmin(axis=1)
    rows = [X[idx == k] for k in range(len(centroids))]
    return np.array([x[-1] if len(x) else c for x, c in zip(rows, centroids, strict=True)])


def _some_stay(which):
    """A step in which some centroids stay where they are, by their numbers and those in use."""

    def stay(X, centroids):
        used = _moved(X, centroids)[1][:, 0] > 0
        some = which(np.arange(len(centroids)), used)[:, None]
        return np.where(some, centroids, _mean_or_stay(X, centroids))

    return _tensor(stay)


def _one_by_one(step):
    """Pixel after pixel, its nearest centroid moves at once."""

    def move(X, centroids):
        new, sizes = centroids.astype(float), np.zeros(len(centroids))
        for x in X:
            k = sq(x[None], new)[0].argmin()
            sizes[k] += 1
            new[k] += (x - new[k]) * step(sizes[k])
        return new

    return _tensor(move)


# Both steps as choices; of those of the first, some can't be told by the means.
STEP = {
    "choice": {
        words: choice
        for words, choice in CLOSEST["choice"].items()
        if not words.startswith(NOT_IN_A_STEP)
    },
    "metric": {
        words: metric
        for words, metric in CLOSEST["metric"].items()
        if not words.startswith(NOT_IN_A_STEP)
    }
    | SCALED,
    **CENTROIDS,
}


def _step_mistakes():
    def build(choice, metric, *parts):
        def step(X, C):
            means = _centroids(X, choice(metric(X, C)), len(C), *parts)
            lost = np.isnan(means) & (_moved(X, C)[1] > 0) if means.shape == C.shape else False
            return np.where(lost, C, means) if np.any(lost) else means

        return _tensor(step)

    for words, wrong, number in mistakes(build, *STEP.values(), most=1):
        yield words.replace("axis", "dim"), wrong, number


STEP_ERRORS = {
    **dict.fromkeys(
        ("same scalar type", "to have the same dtype", "expected scalar type"),
        "A new tensor holds float32 unless you ask for more, and X holds float64: make it like what you are "
        "given (torch.zeros_like(centroids), or dtype=X.dtype).",
    ),
    **dict.fromkeys(
        ("umber of indices (", "The shape of the mask"),
        "There has to be one number for each pixel: argmin(dim=1) gives it; dim=0 gives one for each centroid.",
    ),
    "index out of range": (
        "A number of a color is looked up that no color has: does each pixel choose among the centroids "
        "(dim=1)?"
    ),
    "expanded size of the tensor": (
        "What you store has another shape than its place, which holds one number for each channel: the mean of a "
        "group along dim=0."
    ),
    "out of bounds for dimension": (
        "A number is too large for its axis: X is (N, d), and centroids is (K, d). Does each loop, and each number, "
        "go with its own size?"
    ),
    "expects each tensor to be equal size": (
        "The rows that you stack differ in length: each has to be the mean of a group along dim=0."
    ),
    "can't convert np.ndarray": "Leave the tensors as they are: NumPy's functions make arrays of them.",
    "must be Tensor, not": (
        "PyTorch's functions take tensors; what NumPy's functions return has to be made one "
        "(torch.as_tensor), or better be left to PyTorch."
    ),
}


def _about_sizes(cases, trials):
    """What two tensors are that do not fit, by their sizes, in words."""
    told = []
    for case, trial in zip(cases, trials, strict=False):
        found = re.search(r"a \((\d+)\) must .* b \((\d+)\) at .* (\d)", str(trial.error or ""))
        if found:
            *sizes, dim = map(int, found.groups())
            X, C = map(np.asarray, case.arguments)
            occurring = int(sq(X, C).argmin(axis=1).max()) + 1
            told.append((set(sizes), dim, len(X), *C.shape, occurring))
    if not told:
        return None
    if all(sizes == {K, n} and n < K for sizes, _, _, K, _, n in told):
        return (
            "Where the last centroids have no pixels, you have fewer sizes than centroids: bincount stops at the "
            "largest number that occurs, unless it is told how many there are (minlength)."
        )
    if all(sizes == {N, K} for sizes, _, N, K, *_ in told):
        return (
            "Pixels and centroids meet row by row, N of the one and K of the other: each pixel has to meet "
            "every centroid (torch.cdist), and what is summed up has K rows."
        )
    others = {tuple(sizes - {K}) for sizes, _, _, K, *_ in told}
    if len(told) > 3 and len(others) == 1 and len(min(others)) == 1:
        return (
            f"A tensor of yours has size {min(others)[0]} in every call, so a number is written into your code: "
            "take it from what you are given (len(centroids), X.shape)."
        )
    if all(sizes == {K, d} and not dim for sizes, dim, _, K, d, _ in told):
        return "There are d numbers, one for each channel, where one for each centroid belongs: K of them."
    if all(sizes == {K, d} for sizes, _, _, K, d, _ in told):
        return "Two shapes don't fit. To divide (K, d) by K sizes, write the sizes as (K, 1): sizes[:, None]."
    return "Two shapes don't fit: look at the shapes of both tensors in the line below; the sizes need (K, 1)."


def _explain_step(function, cases, trials):
    words = _about_sizes(cases, trials)
    if words:
        return words
    for text, words in STEP_ERRORS.items():
        if any(trial.error is not None and text in str(trial.error) for trial in trials):
            return words
    answers, moves = [], []
    for case, trial in zip(cases, trials, strict=False):
        if hasattr(trial.got, "detach"):
            X, centroids = map(np.asarray, case.arguments)
            idx, got = sq(X, centroids).argmin(axis=1), np.asarray(trial.got.detach())
            answers.append((X, idx, len(centroids), case.expected, got))
            moves += [] if "empty" in case.tags else [(centroids, case.expected, got)]
    given = [
        (*map(np.asarray, case.arguments), got)
        for case, (*_, got) in zip(cases, answers, strict=False)
    ]
    for what, both in (
        (("X", False), ("X and centroids", True)) if len(answers) == len(cases) else ()
    ):
        for words, step in clues.steps():
            with contextlib.suppress(ValueError, IndexError), np.errstate(all="ignore"):
                if all(
                    np.allclose(_mean_or_stay(step(X), step(C) if both else C), got) or not X.size
                    for X, C, got in given[-4:-2] + given
                ):
                    return f"You {words.replace('WHAT', what)} before you compute: take the values as they are."
    return (
        _about_one_color(function, cases, trials)
        or about_groups(answers)
        or (len(answers) == len(cases) and way_gone(moves))
        or None
    )


LLOYD_STEP = Exercise(
    answer=lloyd_step,
    parameters=("X", "centroids"),
    reread="Two steps as tensors",
    cases=_step_cases,
    tried="13 cases: 1 to 5 channels, 1 to 16 centroids, some of them without pixels",
    misconceptions={
        "You return the pixels themselves; it should be the mean of each group.": _tensor(
            lambda X, C: X
        ),
        "The first centroid stays where it was: range(1, K) begins with the second.": _some_stay(
            lambda k, used: k == 0
        ),
        "The last centroid stays where it was: range(K - 1) stops too early.": _some_stay(
            lambda k, used: k == len(k) - 1
        ),
        "All centroids after the first one without pixels stay where they were: is the loop left there "
        "(break, or return)? Skip that one only.": _some_stay(
            lambda k, used: np.logical_or.accumulate(~used)
        ),
        "You return the centroids as they were: the second step moves them to the means.": _tensor(
            lambda X, C: C
        ),
        "You return the numbers of the nearest centroids; that is the first step, and the second goes "
        "on to the means.": _tensor(lambda X, C: sq(X, C).argmin(axis=1)),
        "You return the table of distances; each pixel chooses its nearest (argmin), and then the means "
        "are taken.": (
            _tensor(lambda X, C: np.sqrt(sq(X, C))),
            _tensor(sq),
        ),
        "You return the sums; divide each by the number of its pixels.": _tensor(
            lambda X, C: np.where(_moved(X, C)[1] > 0, _moved(X, C)[0], C)
        ),
        "The old centroid is counted as one more pixel: start the sums from 0 (torch.zeros_like), and "
        "divide by the number of pixels.": (
            _tensor(lambda X, C: (_moved(X, C)[0] + C) / (_moved(X, C)[1] + 1)),
            _tensor(lambda X, C: (_moved(X, C)[0] + C) / np.maximum(_moved(X, C)[1], 1)),
        ),
        "You return the sizes of the groups; they divide the sums.": (
            _tensor(lambda X, C: _moved(X, C)[1].ravel()),
            _tensor(lambda X, C: _moved(X, C)[1].ravel().astype(int)),
        ),
        "You return one color for each pixel; it should be one for each centroid.": (
            _tensor(lambda X, C: _mean_or_stay(X, C)[sq(X, C).argmin(axis=1)]),
            _tensor(lambda X, C: C[sq(X, C).argmin(axis=1)]),
        ),
        "You take two steps; it is one step that is asked for.": _steps(2),
        "You go on until nothing moves, or for many steps; it is one step that is asked for.": tuple(
            _steps(n) for n in (100, 3, 4, 5, 10)
        ),
        "You move each centroid to the pixel nearest to it; ask the other way round: each pixel has a nearest "
        "centroid, and the mean of its pixels is where that goes.": _tensor(
            lambda X, C: X[sq(C, X).argmin(axis=1)]
        ),
        "You divide by N / K, as if all groups had the same size; divide each sum by the number of pixels in "
        "its own group.": (
            _tensor(lambda X, C: _moved(X, C)[0] / (len(X) / len(C))),
            _tensor(lambda X, C: _moved(X, C)[0] / max(len(X) // len(C), 1)),
        ),
        "A centroid moves as soon as it gets a pixel, so later pixels meet others; all pixels choose first, and "
        "then all centroids move.": (
            _one_by_one(lambda n: 1 / n),
            _one_by_one(lambda n: 1 / (n + 1)),
            _one_by_one(lambda n: 0.5),
        ),
        "You return how far the centroids move, and not where they come to.": (
            _tensor(lambda X, C: _mean_or_stay(X, C) - C),
            _tensor(lambda X, C: C - _mean_or_stay(X, C)),
            _tensor(lambda X, C: abs(C - _mean_or_stay(X, C))),
        ),
        "Each group keeps only one of its pixels: sums[idx] += X adds once for each number, however "
        "often it occurs (index_add adds them all).": (
            _tensor(lambda X, C: _last_of_each(X, C) / np.maximum(_moved(X, C)[1], 1)),
            _tensor(_last_of_each),
        ),
    },
    mistakes=_step_mistakes,
    meaning="one row for each centroid",
    axes=("color", "channel"),
    judge=_judge_step,
    explain=_explain_step,
)

EXERCISES = {"quantize_image": QUANTIZE, "lloyd_step": LLOYD_STEP}
