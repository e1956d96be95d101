"""Lesson 09: `quantize_image`. scikit-learn is imported when the function is first checked."""

import atexit
import contextlib
import functools
import importlib
import shutil
import tempfile
from pathlib import Path

import numpy as np

from helpers import call, images
from helpers.checks.attempt import Finding
from helpers.checks.cases import framed, picture_tags, sq
from helpers.checks.compare import Problem, kind_difference, pair
from helpers.checks.exercise import Case, Exercise, answered, questions, table
from helpers.color import constant


def KMeans(*arguments, **settings):
    """scikit-learn's own, imported when it is first needed."""
    return importlib.import_module("sklearn.cluster").KMeans(*arguments, **settings)


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


PicturePath.__name__ = "str"  # errors say what it is


# Far apart, so that there is no doubt which pixels belong together.
APART = constant([[20, 30, 200], [240, 220, 40], [200, 40, 60], [30, 160, 50]])
SIZES = [(1, 3, 1), (2, 3, 2), (3, 2, 2), (1, 6, 3), (3, 3, 3), (6, 4, 4), (5, 8, 3)]


@functools.cache
def _scenes():
    """Small pictures by the path of their file: path -> (image, idx, K), smallest first."""
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
    idx = np.stack([np.arange(1300) // 650, np.full(1300, 2)])  # the first pixels are not all
    path = folder / "2_by_1300.png"
    path.write_bytes(images.encode_png(APART[idx] / 255))
    scenes[PicturePath(path)] = (APART[idx] / 255, idx, 3)
    return scenes


def _seen(path):
    return _scenes()[path][0]


def _means(path, step=lambda image: image):
    """The mean of each cluster of a picture, after a step."""
    image, idx, K = _scenes()[path]
    image = step(image)
    return np.array([image[idx == k].mean(axis=0) for k in range(K)])


def _painted(path, step=lambda image: image):
    return _means(path, step)[_scenes()[path][1]]


@functools.cache
def _sklearn_is_ready():
    """Its first import and its first fit take seconds, which are not the learner's."""
    with contextlib.suppress(ImportError):
        KMeans(1).fit(np.eye(3))


def _quantize_cases():
    _sklearn_is_ready()
    found = []
    for path, (image, _, K) in _scenes().items():
        tags = picture_tags(image) | ({f"K = {K}"} if K > 1 else {"one color"})
        found.append(Case((path, K), _painted(path), frozenset(tags)))
    return found


def _judge_quantized(case, got, call):
    """Any answer of K-means is right: K colors, each the mean of the pixels nearest to it."""
    problem = kind_difference(case.expected, got, call, "height, width, channels")
    if problem:
        return problem
    image, _, K = _scenes()[case.arguments[0]]
    got = np.asarray(got, dtype=float)
    if not np.isfinite(got).all():
        return Problem("nan", f"Your picture holds values that are not numbers (nan).\n{call}")
    wrong = Problem("value", pair(call, case.expected, got), bare=True)
    if got.max() > 1.01 or got.min() < -0.01:
        return wrong
    colors, idx = np.unique(np.round(got, 5).reshape(-1, 3), axis=0, return_inverse=True)
    if len(colors) != K:
        return wrong
    X, idx = image.reshape(-1, 3), idx.ravel()
    means = np.array([X[idx == k].mean(axis=0) for k in range(K)])
    squared = sq(X, colors)
    nearest = np.sqrt(squared[np.arange(len(X)), idx]) - np.sqrt(squared.min(axis=1))
    return wrong if abs(means - colors).max() > 0.003 or nearest.max() > 0.01 else None


# --- What KMeans is given ------------------------------------------------------------------


def _given_to_kmeans(attempt):
    """What scikit-learn's fit is given in each wrong call: the number of the case, the model, the table."""
    cluster, given = importlib.import_module("sklearn.cluster"), []

    def spied(fit):
        def spy(self, X, y=None, sample_weight=None):
            given.append((n, self, np.array(X)))
            return fit(self, X, y, sample_weight)

        return spy

    kinds = cluster.KMeans, cluster.MiniBatchKMeans, cluster.BisectingKMeans
    fits = {kind: kind.fit for kind in kinds}
    try:
        for kind, fit in fits.items():
            kind.fit = spied(fit)
        for n in attempt.failures:
            call.call(attempt.function, [attempt.cases[n].arguments])
    finally:
        for kind, fit in fits.items():
            kind.fit = fit
    return given


def _about_kmeans(attempt):
    """Whether KMeans is given another number, other pixels, or other settings, in words."""
    fits = _given_to_kmeans(attempt)
    asked = [(m.get_params()["n_clusters"], attempt.cases[n].arguments[1], n) for n, m, _ in fits]
    for number, K, n in asked:
        if number != K:
            always = len({number for number, *_ in asked}) == 1
            default = " (as many as it takes if it is told nothing)" * (number == 8)
            where = "whatever num_clusters is" if always else f"where num_clusters is {K}"
            return Finding(
                f"KMeans is asked for {number} cluster{'s' * (number != 1)}{default} {where}: give num_clusters to it, as it is, as n_clusters.",
                () if always else (n,),
            )
    # A picture of one row tells least: its row is all of it.
    fits.sort(key=lambda fit: "one row" in attempt.cases[fit[0]].tags)
    for n, model, X in fits:
        path, name, settings = (
            attempt.cases[n].arguments[0],
            type(model).__name__,
            model.get_params(),
        )
        pixels = _seen(path).reshape(-1, 3)
        words = answered(_GIVEN, [(X, pixels, name, settings)])
        if words:
            given = f"KMeans is given a table of shape {X.shape} for {path!r}, which has {len(pixels)} pixels"
            early = f"(max_iter={settings['max_iter']}, tol={settings['tol']})"
            told = words.replace("GIVEN", given).replace("MODEL", name).replace("SETTINGS", early)
            return Finding(told, (n,))
    return None


# What to say, and whether it holds of one call of fit.
_GIVEN = questions("X, pixels, name, settings", """
GIVEN: single numbers, and each channel, or the brightness, is clustered by itself. A pixel is a row of three: reshape(-1, 3).
    X.ndim == 2 and X.shape[1] == 1 and X.size in (pixels.size, len(pixels))
GIVEN: K-means has to see all of them. Are some left out (a slice, a sample, np.unique, one row, a smaller picture)?
    X.ndim == 2 and X.shape[1] == 3 and len(X) != len(pixels)
GIVEN: it should be a row of three for each pixel, reshape(-1, 3).
    X.shape != pixels.shape
You use MODEL, which is not as exact: KMeans is asked for.
    name != "KMeans"
KMeans is stopped early SETTINGS: let it go on until nothing moves.
    settings["max_iter"] <= 5 or settings["tol"] > 0.01
GIVEN, and not with the numbers that these have: they are mixed from several, come in another order, or on another scale. Give it the pixels as they are, or turn back what was done when you paint.
    not np.allclose(X, pixels, atol=1e-5)
""")  # fmt: skip


# --- What is returned ----------------------------------------------------------------------

# What to say, and whether it holds of one call that came back.
_SHAPES = questions("path, K, image, idx, got", """
You return the numbers of the colors; look the colors up: centers[labels].
    got.shape == idx.shape and got.dtype.kind in "iu"
You return the numbers of the colors, and not even folded to a picture; look the colors up, centers[labels], and give them the picture's shape.
    got.shape == (idx.size,)
You return one number for each pixel, a gray; a color has three: keep the channels apart.
    got.shape == idx.shape
You return the palette; each pixel has to be painted with the color of its number: centers[labels].
    got.shape == (K, 3)
Your values go from 0 to 255; a picture of this course holds 0 to 1. (matplotlib's imread gives 0 to 255 for a JPEG, and 0 to 1 for a PNG: images.load_image does not.)
    got.shape == image.shape and got.max() > 2 and abs(got / 255 - painted(path)).max() < 0.2
Your picture has a fourth channel (RGBA: how opaque each pixel is); a picture of this course has three.
    got.shape == (*idx.shape, 4)
Your function returns a picture of another size than that of the file (longest_side, resize, thumbnail, a step in a slice?). Take it at its full size.
    got.ndim == 3 and got.shape[2:] == (3,) and sorted(got.shape) != sorted(image.shape)
""", painted=_painted)  # fmt: skip


def _came_back(attempt):
    """Of each wrong call that came back, by its number: path, K, picture, labels, what was returned."""
    calls = attempt.came_back.items()
    return {n: (path, K, *_scenes()[path][:2], got) for n, ((path, K), got) in calls}


def _in_its_shape(attempt):
    """What is returned in place of a picture, in words: scikit-learn numbers as it likes."""
    calls = _came_back(attempt)
    words = answered(_SHAPES, calls.values())
    return words and Finding(words, tuple(calls))


def _painted_otherwise(attempt):
    """What each cluster is painted with, in words."""
    calls = {}
    for n, (_, K, image, idx, got) in _came_back(attempt).items():
        if got.shape != image.shape:
            return None
        several = len(np.unique(np.round(got, 4).reshape(-1, 3), axis=0))
        groups, painted = ([a[idx == k] for k in range(K)] for a in (image, got))
        words = answered(_COLORS, [(several, K, painted)])
        if words:
            return Finding(words.replace("SEVERAL", str(several)).replace("ASKED", str(K)), (n,))
        right = [X.mean(axis=0) for X in groups]
        calls[n] = [some[0] for some in painted], right, groups
    return answered(_PAINTS, calls.values()) if len(calls) == len(attempt.failures) else None


# What to say, and whether it holds of one call: its colors, how many were wanted, those of each cluster.
_COLORS = questions("several, K, painted", """
Your picture has another number of different colors than it should, SEVERAL, where num_clusters is ASKED: is each pixel painted with the center of its cluster, and with nothing else?
    several != K
The number of colors is right, and pixels of one cluster have several of them: are the pixels moved or mixed (reshape(-1, 3) on the way in, reshape(image.shape) on the way out), or are the labels sorted, or otherwise not in the order of the pixels?
    any(np.ptp(some, axis=0).max() > 1e-6 for some in painted)
""")  # fmt: skip

# The same of all calls: the color of each cluster, the right ones, their pixels.
_PAINTS = questions("colors, right, groups", """
You paint each cluster with one of its pixels; its center is the mean of all of them, cluster_centers_.
    all(np.isclose(X, c, atol=1e-5).all(axis=1).any() for c, X in zip(colors, groups))
You paint each cluster with the median of its pixels; its center is their mean.
    np.allclose(colors, [np.median(X, axis=0) for X in groups], atol=1e-5)
The colors are right, and in each other's places: label k belongs to center k. Are the centers sorted, the labels shifted, or the two from different models?
    np.allclose(np.sort(colors, axis=0), np.sort(right, axis=0), atol=1e-4)
The number of colors is right, and they are not the ones that K-means comes to with all pixels as they are: did it see a part of them, or changed ones, or was it stopped early (max_iter, n_init)?
    True
""")  # fmt: skip


# What errors mean here, and parts of their texts.
_ERRORS = table("""
KMeans wants a table with a row for each pixel, (N, 3), and is given a picture with three axes: reshape it first.
    Found array with dim 3
KMeans wants a table with a row for each pixel, (N, 3): reshape the picture to (-1, 3), no less.
    Expected 2D array
What you call the model is an array: fit_predict returns the labels (and fit_transform distances), and not the model. Make the model first, by KMeans(...) or its .fit(...), which returns the model.
    ndarray' object has no attribute 'cluster_centers_
What has to be the model is an array: fit_predict returns the labels themselves, not the model, and so does predict.
    ndarray' object has no attribute 'labels_
KMeans(...) is given the number of clusters, n_clusters, and its settings; the pixels come later, in .fit(pixels).
    parameter of KMeans must be
Leave PyTorch out: KMeans takes NumPy's arrays.
    Tensor' object
A method without its parentheses is not called: .fit(pixels).
    method' object has no attribute
    function' object has no attribute
What the model has found bears a name with an underscore at its end: cluster_centers_, labels_.
    no attribute 'cluster_centers'
    no attribute 'labels'
    no attribute 'centers
The model has not seen the pixels yet: .fit(pixels) comes first, and what it found bears a name with an underscore at its end.
    no attribute 'cluster_centers_'
    no attribute 'labels_'
A path is a text: the picture behind it has to be loaded first (images.load_image).
    no attribute 'reshape'
    no attribute 'shape'
The numbers don't fit into that shape: the result has the picture's own, image.shape, and three numbers for each pixel, which centers[labels] has and labels alone have not.
    cannot reshape
images.load_photo knows the course's own three; a path is for images.load_image.
    no photograph
The numbers of colors look up the centers, not the other way round: centers[labels].
    only integer
    must be of integer
""")

# What to say, and the picture that comes back.
_PICTURES = table("""
You fold the pixels to (width, height, 3); a picture is (height, width, 3).
    right_one.reshape(image.shape[1], -1, 3)
You fold the pixels to (3, height, width); the channels come last.
    right_one.reshape(3, *image.shape[:2])
You return the photograph as it was: paint each pixel with its center, centers[labels].
    image
Each pixel gets the farthest color of the palette; take the nearest (argmin, or labels_).
    means(image_path)[sq(image.reshape(-1, 3), means(image_path)).argmax(axis=1)].reshape(image.shape)
Your picture is gray: the mean of the channels is taken somewhere; a color has three.
    painted(image_path, lambda a: np.repeat((a @ [<1/3, 1/3, 1/3|.299, .587, .114|.2126, .7152, .0722>])[..., None], 3, -1))
""")

QUANTIZE_IMAGE = Exercise(
    quantize_image,
    ("image_path", "num_clusters"),
    "From a path to a picture",
    _quantize_cases,
    f"{len(SIZES) + 2} picture files, from 1 × 3 to 2 × 1300 pixels, with 1 to 4 clusters",
    wrong=framed(_PICTURES, "image, right_one = seen(image_path), painted(image_path)\nreturn {}"),
    meaning="height, width, channels",
    axes=("row", "column", "channel"),
    quick=lambda image_path, num_clusters: _painted(image_path),
    judge=_judge_quantized,
    betrays=(_in_its_shape, _about_kmeans, _painted_otherwise),
    errors=_ERRORS,
    names={"painted": _painted, "seen": _seen, "means": _means},
)

EXERCISES = {"quantize_image": QUANTIZE_IMAGE}
