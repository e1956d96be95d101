"""What answers: is this function right, and if not, why not?

`CHECKS` maps the name of each function that a lesson asks for to a callable: give it
the learner's function, get a `CheckResult`. `check` shows that result in the page and
hands back a function that works, the learner's own or the course's, so that the cells
below run in any case.

A check knows the right answer only through the course's own function, which it runs on
the same small cases. It knows a misconception as a wrong function: a learner whose
answers are those of the wrong function on every case has that misconception.
"""

import contextlib
import copy
import html
import inspect
import io
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from IPython import get_ipython
from IPython.display import display

from helpers import codebook, color, compression, images, kmeans

STAND_IN = "The course's own version stands in below, so you can go on."


@dataclass(frozen=True)
class CheckResult:
    """What a check found.

    Attributes
    ----------
    passed : bool
    message : str
        What to read, in one to three sentences.
    state : {"right", "not yet", "not written"}
    """

    passed: bool
    message: str
    state: str

    @property
    def heading(self):
        """The state as the first words of what is shown."""
        return {"right": "Right.", "not yet": "Not yet.", "not written": "Not written yet."}[
            self.state
        ]

    def __str__(self):
        return f"{self.heading} {self.message}"

    def _repr_mimebundle_(self, include=None, exclude=None):
        edge = {"right": "#009e73", "not yet": "#d55e00", "not written": "#0072b2"}[self.state]
        message = html.escape(self.message).replace("\n", "<br>")
        return {
            "text/plain": str(self),
            "text/html": f'<div role="status" style="border-left: 5px solid {edge}; '
            f'padding: 0.4em 0.8em; margin: 0.2em 0"><strong>{self.heading}</strong> '
            f"{message}</div>",
        }


@dataclass(frozen=True)
class Exercise:
    """A function that a lesson asks for.

    Attributes
    ----------
    answer : callable
        The course's own function.
    reread : str
        The section that teaches it.
    cases : callable
        Without arguments; gives the argument tuples to try, smallest first.
    tried : str
        What the cases cover, in words.
    misconceptions : dict
        Sentence -> the wrong function that gives what this misconception gives.
    agrees : callable, optional
        ``agrees(arguments, got)`` -> None or a sentence, where more than one answer is
        right; without it the learner's answer has to be the course's own.
    """

    answer: Callable
    reread: str
    cases: Callable
    tried: str
    misconceptions: dict = field(default_factory=dict)
    agrees: Callable | None = None


def check(function):
    """Check a function of the lesson, show what came out, and go on with one that works.

    Parameters
    ----------
    function : str or callable
        The function or its name; by name, a function that was never defined is found
        to be missing without an error.

    Returns
    -------
    callable
        The learner's function if it is right, else the course's own.
    """
    if isinstance(function, str):
        name = function
        shell = get_ipython()
        function = shell.user_ns.get(name) if shell else None
    else:
        name = getattr(function, "__name__", str(function))
    if name not in CHECKS:
        raise ValueError(f"There is no check for {name!r}; there is one for {', '.join(CHECKS)}.")
    result = CHECKS[name](function)
    display(result)
    return function if result.passed else EXERCISES[name].answer


def examine(name, function):
    """Try a learner's function on the cases of its exercise.

    Parameters
    ----------
    name : str
    function : callable or None

    Returns
    -------
    CheckResult
    """
    exercise = EXERCISES[name]
    unwritten = _not_written(name, function, exercise)
    if unwritten:
        return CheckResult(False, f"{unwritten} {STAND_IN}", "not written")
    trials = []
    for arguments in exercise.cases():
        trial = _try(function, arguments)
        trials.append(trial)
        if trial.problem:
            break
        trial.problem = _first_difference(exercise, arguments, trial)
    failed = next((trial for trial in trials if trial.problem), None)
    if failed is None:
        return CheckResult(True, f"Tried on {len(trials)} cases: {exercise.tried}.", "right")
    known = None if failed.fatal else _misconception(exercise, trials)
    message = f"{known}\n{failed.problem}" if known else failed.problem
    return CheckResult(False, f"{message}\nReread “{exercise.reread}”. ({STAND_IN})", "not yet")


@dataclass
class _Trial:
    """One call of a learner's function."""

    arguments: tuple
    got: object = None
    problem: str | None = None
    fatal: bool = False  # it failed in a way that leaves no answer to compare


def _not_written(name, function, exercise):
    if function is None:
        return f"There is no function {name} yet: write it in the cell above and run that cell."
    if function is exercise.answer:
        return (
            "This is the course's own version: write yours in the cell above, run it, check again."
        )
    if not callable(function):
        return f"{name} is {_show(function)}, not a function: begin the cell with def {name}."
    code = getattr(function, "__code__", None)
    if code is not None and code.co_code in _EMPTY_BODIES:
        return "Replace the three dots in the cell above, run it, and check again."
    return None


def _empty(): ...


def _empty_with_docstring():
    """Nothing but words."""


_EMPTY_BODIES = {_empty.__code__.co_code, _empty_with_docstring.__code__.co_code}


def _try(function, arguments):
    """Call a learner's function on copies, and look at how it went."""
    trial = _Trial(arguments)
    given = copy.deepcopy(arguments)
    printed = io.StringIO()
    trial.fatal = True
    try:
        with contextlib.redirect_stdout(printed), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the answer says more than NumPy's warning
            trial.got = function(*given)
    except NotImplementedError:
        trial.problem = "Your function raises NotImplementedError: replace that line by your own."
    except Exception as error:
        trial.problem = _explain_error(function, error, arguments)
    else:
        if trial.got is None and printed.getvalue():
            trial.problem = "Your function prints its answer; end with return instead of print."
        elif trial.got is None:
            trial.problem = "Your function returns nothing (None). Did you forget the return?"
        elif not _same(arguments, given):
            trial.problem = (
                "Your function changes what it was given; work on a copy, or compute a new array."
            )
        else:
            trial.fatal = False
    return trial


def _explain_error(function, error, arguments):
    """The learner's own line that failed, and what Python says of it."""
    name = getattr(function, "__name__", "")
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.name == name]
    line = f"\nThe line is: {frames[-1].line}" if frames and frames[-1].line else ""
    return (
        f"Your function stops with {type(error).__name__}: {error}.{line}\n"
        f"It was called with {_show_arguments(function, arguments)}."
    )


def _first_difference(exercise, arguments, trial):
    """What is wrong with an answer, in a sentence; None if nothing is."""
    if exercise.agrees:
        return exercise.agrees(arguments, trial.got)
    expected = exercise.answer(*copy.deepcopy(arguments))
    return _difference(expected, trial.got, _show_arguments(exercise.answer, arguments))


def _difference(expected, got, shown):
    """Compare an answer with the expected one: type, then shape, then values."""
    problem = _shape_difference(expected, got, shown)
    if problem:
        return problem
    if isinstance(expected, tuple):
        parts = (_difference(e, g, shown) for e, g in zip(expected, got, strict=True))
        return next((part for part in parts if part), None)
    expected, got = np.asarray(expected), np.asarray(got)
    if expected.dtype.kind == "i" and got.dtype.kind not in "iu":
        return f"Your result holds {got.dtype} values; wanted are whole numbers (integers)."
    if not np.allclose(got, expected, rtol=1e-5, atol=1e-6, equal_nan=True):
        return f"For {shown}\nexpected: {_show(expected)}\nyou return: {_show(got)}"
    return None


def _shape_difference(expected, got, shown):
    """Compare the type and the shape of an answer with those of the expected one."""
    if isinstance(expected, tuple):
        if isinstance(got, (tuple, list)) and len(got) == len(expected):
            return None
        return f"Your function returns {_kind(got)}; wanted are {len(expected)} values."
    try:
        numeric = np.asarray(got).dtype.kind in "biuf" and not isinstance(got, tuple)
    except ValueError:  # lists of different lengths
        numeric = False
    if not numeric:
        return f"Your function returns {_kind(got)}; wanted is {_kind(expected)}."
    if np.shape(got) != np.shape(expected):
        return (
            f"Your result has shape {np.shape(got)}; wanted is {np.shape(expected)}. "
            f"It was called with {shown}."
        )
    return None


def _misconception(exercise, trials):
    """The sentence of the wrong function that answers as the learner's does."""
    for sentence, wrong in exercise.misconceptions.items():
        answers = [_try(wrong, trial.arguments) for trial in trials]
        if all(
            not a.fatal and _same_answer(a.got, t.got) for a, t in zip(answers, trials, strict=True)
        ):
            return sentence
    return None


def _same_answer(a, b):
    return _difference(a, b, "") is None


def _same(a, b):
    """Whether two structures of arrays hold the same numbers."""
    if isinstance(a, (tuple, list)):
        return len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, np.ndarray):
        return a.dtype == b.dtype and np.array_equal(a, b)
    return isinstance(a, np.random.Generator) or a == b


def _kind(value):
    if isinstance(value, tuple):
        return f"{len(value)} values"
    if isinstance(value, np.ndarray) and value.ndim:
        return f"an array of shape {value.shape}"
    if np.isscalar(value) or isinstance(value, np.ndarray):
        return "a number" if not isinstance(value, str) else "a text"
    return f"a {type(value).__name__}"


def _show(value):
    """A value as a learner would type it, short."""
    if isinstance(value, np.ndarray):
        # + 0.0 turns -0.0, which says nothing to a learner, to 0.0
        value = (np.round(value, 4) + 0.0).tolist() if value.dtype.kind == "f" else value.tolist()
    elif isinstance(value, (float, np.floating)):
        value = round(float(value), 4)
    elif isinstance(value, np.integer):
        value = int(value)
    elif isinstance(value, np.random.Generator):
        return "a fresh generator"
    text = str(value)
    return text if len(text) <= 160 else text[:150] + " ..."


def _show_arguments(function, arguments):
    names = list(inspect.signature(function).parameters)
    return ", ".join(
        f"{name} = {_show(value)}" for name, value in zip(names, arguments, strict=False)
    )


# --- The cases ---------------------------------------------------------------------------
# Small and odd on purpose: not square, more colors than pixels, K = 1, one and five
# channels, ties, equal colors, clusters that don't occur, float32.


def _rng():
    return np.random.default_rng(16)


def _picture(height=2, width=3):
    return np.round(_rng().random((height, width, 3)), 2)


def _sets():
    """Pixels and colors: (X, C) pairs."""
    rng = _rng()
    black_white = np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    reddish, greenish = np.array([[0.5, 0.2, 0.2]]), np.array([[0.2, 0.5, 0.2]])
    pairs = [(black_white[:1], black_white), (reddish, greenish)]
    for n, k, d in ((3, 2, 2), (2, 5, 3), (4, 1, 3), (5, 4, 5), (3, 3, 3)):
        pairs.append((np.round(rng.random((n, d)), 2), np.round(rng.random((k, d)), 2)))
    pairs.append((pairs[3][0].astype(np.float32), pairs[3][1].astype(np.float32)))
    return pairs


def _tie():
    return np.array([[0.5, 0.5, 0.5]]), np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]])


def _labeled():
    """Pixels, assignment, K, with every cluster used: (X, idx, K)."""
    rng = _rng()
    yield np.array([[0.0, 0.0], [2.0, 4.0], [6.0, 6.0]]), np.array([0, 0, 1]), 2
    for n, k, d in ((7, 3, 3), (6, 2, 2), (5, 1, 3), (9, 4, 5)):
        idx = rng.permutation(np.arange(n) % k)
        yield np.round(rng.random((n, d)), 2), idx, k


def _agrees_compute_centroids(arguments, got):
    X, idx, K = arguments
    expected = kmeans.compute_centroids(X, idx, K)
    shown = _show_arguments(kmeans.compute_centroids, arguments)
    problem = _shape_difference(expected, got, shown)
    if problem:
        return problem
    got = np.asarray(got, dtype=float)
    empty = np.bincount(idx, minlength=K) == 0
    if not np.isfinite(got[empty]).all():
        return (
            f"Color {np.flatnonzero(empty)[0]} has no pixels, and the mean of nothing is NaN; give "
            f"it a place that you find sensible. For {shown}\nyou return: {_show(got)}"
        )
    return _difference(expected[~empty], got[~empty], shown)


def _agrees_init(arguments, got):
    X, K, _ = arguments
    problem = _shape_difference(
        np.empty((K, X.shape[1])), got, _show_arguments(kmeans.kmeans_init_centroids, arguments)
    )
    if problem:
        return problem
    got = np.asarray(got, dtype=float)
    if not all((X == row).all(axis=1).any() for row in got):
        return f"Some of your colors are not pixels of X. X = {_show(X)}, you return: {_show(got)}"
    if len(np.unique(got, axis=0)) < K:
        return (
            "Two of your colors are equal; draw pixels of different colors. "
            f"X = {_show(X)}, you return: {_show(got)}"
        )
    return None


def _agrees_run(arguments, got):
    X, initial, max_iters = arguments
    shown = _show_arguments(kmeans.run_kmeans, arguments)
    return _difference(kmeans.run_kmeans(X, initial, max_iters), got, shown)


def _init_cases():
    X = np.array([[0.1, 0.2, 0.3], [0.1, 0.2, 0.3], [0.1, 0.2, 0.3], [0.9, 0.8, 0.7]])
    for seed in range(4):
        yield X, 2, np.random.default_rng(seed)
    yield np.round(_rng().random((9, 2)), 2), 9, np.random.default_rng(1)
    yield np.round(_rng().random((6, 5)), 2), 1, np.random.default_rng(2)


def _run_cases():
    X = np.array([[0.0, 0.0], [0.0, 1.0], [4.0, 4.0], [4.0, 5.0], [9.0, 0.0]])
    yield X, X[[0, 2]], 1
    yield X, X[[0, 1, 2]], 10
    Y = np.round(_rng().random((30, 3)), 2)
    for max_iters in (1, 2, 3, 50):
        yield Y, Y[:4], max_iters


def _pairs():
    a = np.array([[[0.0, 0.5, 1.0]]])
    yield a, np.array([[[0.0, 0.5, 0.6]]])
    yield _picture(), _picture()[::-1].copy()
    yield _picture(3, 1), 1 - _picture(3, 1)
    yield a, a.copy()


def _with_axis(axis):
    return lambda X, C: np.sqrt(((X[:, None] - C[None]) ** 2).sum(axis=axis))


EXERCISES = {
    "negative": Exercise(
        color.negative,
        "Your turn: negative",
        lambda: [(np.array([0.0, 0.25, 1.0]),), (_picture(),), (np.array([[0.5, 1.0]]),)],
        "single colors, a row, a whole picture",
        {
            "-v is below 0; a channel lives between 0 and 1.": lambda image: -image,
            "255 is white in a file, but here white is 1.": lambda image: 255 - image,
        },
    ),
    "to_pixels": Exercise(
        images.to_pixels,
        "A picture becomes a list",
        lambda: [(_picture(2, 3),), (_picture(3, 2),), (_picture(1, 4),), (_picture(4, 4),)],
        "wide, tall, one row, square",
        {
            "The numbers are all there, but the channels got mixed: keep the last axis last.": (
                lambda image: image.reshape(3, -1).T
            ),
            "The pixels come column by column; NumPy's own order is row by row.": (
                lambda image: image.transpose(1, 0, 2).reshape(-1, 3)
            ),
        },
    ),
    "to_image": Exercise(
        images.to_image,
        "A picture becomes a list",
        lambda: [
            (_picture(h, w).reshape(-1, 3), h, w) for h, w in ((2, 3), (3, 2), (1, 4), (2, 2))
        ],
        "wide, tall, one row, square",
        {
            "Height and width are swapped: rows come first.": (
                lambda X, height, width: X.reshape(width, height, 3)
            )
        },
    ),
    "to_gray": Exercise(
        color.to_gray,
        "Gray is a weighted sum",
        lambda: [(_picture(1, 1),), (_picture(2, 3),), (_picture(3, 3),)],
        "one pixel, a wide picture, a square one",
        {
            "You weigh the channels equally; the eye does not: use the weights.": (
                lambda image: image.mean(axis=-1)
            ),
            "You add the rows; the channels are the last axis.": (
                lambda image: (image * color.GRAY_WEIGHTS).sum(axis=0)
            ),
        },
    ),
    "tint": Exercise(
        color.tint,
        "Colored glass",
        lambda: [
            (_picture(1, 1), np.array([1.0, 0.5, 0.0])),
            (_picture(2, 3), np.array([0.2, 0.4, 0.6])),
            (_picture(3, 3), np.array([1.0, 1.0, 1.0])),
        ],
        "one pixel, a wide picture, clear glass",
        {
            "You add the color; glass multiplies: it can only take light away.": (
                lambda image, tinge: image + tinge
            ),
            "Your picture becomes one flat color: multiply, don't replace.": (
                lambda image, tinge: np.broadcast_to(tinge, image.shape)
            ),
        },
    ),
    "all_differences": Exercise(
        color.all_differences,
        "Every pixel, every color",
        _sets,
        "2, 3 and 5 channels, more colors than pixels, one color, float32",
        {
            "The signs are the other way around: pixel minus color.": (
                lambda X, C: C[None] - X[:, None]
            ),
            "Pixels and colors are swapped: pixels go along the first axis.": (
                lambda X, C: X[None] - C[:, None]
            ),
            "The minus signs are gone: a difference keeps its sign.": (
                lambda X, C: abs(X[:, None] - C[None])
            ),
        },
    ),
    "pairwise_distances": Exercise(
        color.pairwise_distances,
        "Squares never cancel",
        _sets,
        "2, 3 and 5 channels, more colors than pixels, one color, float32",
        {
            "You stop before the square root.": (
                lambda X, C: ((X[:, None] - C[None]) ** 2).sum(axis=-1)
            ),
            "Your differences cancel: what red loses, green gains. Square them first.": (
                lambda X, C: (X[:, None] - C[None]).sum(axis=-1)
            ),
            "You add absolute values (city-block distance); the Euclidean one adds squares.": (
                lambda X, C: abs(X[:, None] - C[None]).sum(axis=-1)
            ),
            "You take the mean over the channels; the distance is a sum.": (
                lambda X, C: np.sqrt(((X[:, None] - C[None]) ** 2).mean(axis=-1))
            ),
            "You have colors by pixels; pixels go along the first axis.": (
                lambda X, C: np.sqrt(((C[:, None] - X[None]) ** 2).sum(axis=-1))
            ),
            "You add up along the colors; the channels are the last axis.": _with_axis(1),
        },
    ),
    "nearest_color": Exercise(
        color.nearest_color,
        "The nearest of many",
        lambda: [(_tie()[0][0], _tie()[1])] + [(X[0], C) for X, C in _sets()],
        "a tie, 2, 3 and 5 channels, one color, float32",
        {
            "This is the farthest color, not the nearest.": (
                lambda x, C: int(((C - x) ** 2).sum(axis=1).argmax())
            ),
            "Of several equally near colors you take the last; the rule is: the lowest number.": (
                lambda x, C: len(C) - 1 - int(((C - x) ** 2).sum(axis=1)[::-1].argmin())
            ),
            "You return the distance; wanted is the number of the color.": (
                lambda x, C: float(np.sqrt(((C - x) ** 2).sum(axis=1)).min())
            ),
        },
    ),
    "quantize": Exercise(
        codebook.quantize,
        "One picture, one palette",
        lambda: [
            (_picture(1, 2), codebook.CUBE_CORNERS[[0, 7]]),
            (_picture(2, 3), codebook.TERMINAL),
            (_picture(3, 2), codebook.HANDHELD),
            (_picture(3, 3), _sets()[3][1]),
            (_picture(2, 4), np.array([[0.5, 0.5, 0.5]])),
        ],
        "wide, tall and square pictures, 1 to 16 colors",
        {
            "You return the numbers of the colors; look each number up in the codebook.": (
                lambda image, colors: codebook.find_closest_centroids(
                    images.to_pixels(image), colors
                ).reshape(image.shape[:2])
            ),
            "You return a list of pixels; fold it back to the shape of the picture.": (
                lambda image, colors: colors[
                    codebook.find_closest_centroids(images.to_pixels(image), colors)
                ]
            ),
        },
    ),
    "mse": Exercise(
        compression.mse,
        "How wrong is it? One number",
        _pairs,
        "one pixel, wide and tall pictures, equal pictures",
        {
            "You average the differences themselves; they cancel. Square them first.": (
                lambda a, b: (a - b).mean()
            ),
            "You average absolute differences; the name says squared.": (
                lambda a, b: abs(a - b).mean()
            ),
            "You add up but do not divide: a mean is a sum divided by how many.": (
                lambda a, b: ((a - b) ** 2).sum()
            ),
            "You divide by the pixels; divide by pixels times channels.": (
                lambda a, b: ((a - b) ** 2).sum(axis=-1).mean()
            ),
            "You take a root at the end; that is the RMSE.": (
                lambda a, b: np.sqrt(((a - b) ** 2).mean())
            ),
        },
    ),
    "compression_ratio": Exercise(
        compression.compression_ratio,
        "What it saves, on paper",
        lambda: [
            (2, 3, 2),
            (512, 768, 16),
            (100, 50, 216),
            (4, 4, 1),
            (10, 20, 5),
            (1, 8, 256),
        ],
        "K = 1, 2, 5, 16, 216 and 256, small and large pictures",
        {
            "The palette is missing: 24 bits for each of its K colors.": (
                lambda h, w, K: 24 * h * w / (h * w * np.ceil(np.log2(K)))
            ),
            "log2 K bits can't be cut in pieces: round up.": (
                lambda h, w, K: 24 * h * w / (h * w * np.log2(K) + 24 * K)
            ),
            "The logarithm has the wrong base: bits need base 2.": (
                lambda h, w, K: 24 * h * w / (h * w * np.ceil(np.log(K)) + 24 * K)
            ),
            "K is the number of colors; a pixel stores log2 K bits, not K.": (
                lambda h, w, K: 24 * h * w / (h * w * K + 24 * K)
            ),
            "Your ratio is upside down: before divided by after.": (
                lambda h, w, K: (h * w * np.ceil(np.log2(K)) + 24 * K) / (24 * h * w)
            ),
        },
    ),
    "find_closest_centroids": Exercise(
        codebook.find_closest_centroids,
        "Step one: assign",
        lambda: [_tie()] + _sets(),
        "a tie, 2, 3 and 5 channels, more colors than pixels, one color, float32",
        {
            "You take the farthest color: argmin, not argmax.": (
                lambda X, C: color.squared_distances(X, C).argmax(axis=1)
            ),
            "You look along the pixels; each pixel chooses among the colors.": (
                lambda X, C: color.squared_distances(X, C).argmin(axis=0)
            ),
            "You return distances; wanted are the numbers of the nearest colors.": (
                lambda X, C: color.pairwise_distances(X, C).min(axis=1)
            ),
            "You count from 1; Python and NumPy count from 0.": (
                lambda X, C: color.squared_distances(X, C).argmin(axis=1) + 1
            ),
        },
    ),
    "compute_centroids": Exercise(
        kmeans.compute_centroids,
        "Step two: move",
        lambda: [
            *_labeled(),
            (np.array([[0.0, 0.0], [2.0, 4.0], [6.0, 6.0]]), np.array([0, 0, 2]), 4),
        ],
        "2, 3 and 5 channels, K = 1, labels in any order, clusters without pixels",
        {
            "You add the pixels up but do not divide by how many there are.": (
                lambda X, idx, K: np.array([X[idx == k].sum(axis=0) for k in range(K)])
            ),
            "You average everything to one number; each channel has its own mean (axis=0).": (
                lambda X, idx, K: np.array([[X[idx == k].mean()] * X.shape[1] for k in range(K)])
            ),
            "That is the median; K-means moves to the mean.": (
                lambda X, idx, K: np.array([np.median(X[idx == k], axis=0) for k in range(K)])
            ),
        },
        _agrees_compute_centroids,
    ),
    "kmeans_init_centroids": Exercise(
        kmeans.kmeans_init_centroids,
        "A random start",
        _init_cases,
        "equal pixels, as many colors as pixels, one color, 2 and 5 channels",
        {},
        _agrees_init,
    ),
    "run_kmeans": Exercise(
        kmeans.run_kmeans,
        "Assign, move, repeat",
        _run_cases,
        "1, 2, 3 and many steps, 2 and 3 channels",
        {
            "The colors never move: keep what compute_centroids returns.": (
                lambda X, start, n: (start, codebook.find_closest_centroids(X, start))
            ),
            "Your assignment is one step behind: assign once more after the last move.": (
                lambda X, start, n: _stale(X, start, n)
            ),
            "You make one step too few.": lambda X, start, n: kmeans.run_kmeans(X, start, n - 1),
        },
        _agrees_run,
    ),
    "wcss": Exercise(
        kmeans.wcss,
        "Is it getting better?",
        lambda: [(X, kmeans.compute_centroids(X, idx, K), idx) for X, idx, K in _labeled()],
        "2, 3 and 5 channels, K = 1, labels in any order",
        {
            "You divide at the end; the sum of squares is a sum.": (
                lambda X, C, idx: ((X - C[idx]) ** 2).mean()
            ),
            "You add distances; square them: the root comes too early.": (
                lambda X, C, idx: np.sqrt(((X - C[idx]) ** 2).sum(axis=1)).sum()
            ),
            "You take a root at the end; the sum of squares stays squared.": (
                lambda X, C, idx: np.sqrt(((X - C[idx]) ** 2).sum())
            ),
        },
    ),
    "psnr": Exercise(
        compression.psnr,
        "Decibels",
        _pairs,
        "one pixel, wide and tall pictures, equal pictures",
        {
            "255 is the peak of bytes; the peak of our pictures is 1.": (
                lambda a, b: (
                    np.inf if (a == b).all() else 10 * np.log10(255**2 / compression.mse(a, b))
                )
            ),
            "The logarithm has the wrong base: decibels need base 10.": (
                lambda a, b: np.inf if (a == b).all() else -10 * np.log(compression.mse(a, b))
            ),
            "The sign is the wrong way around: a smaller error is more decibels.": (
                lambda a, b: -np.inf if (a == b).all() else 10 * np.log10(compression.mse(a, b))
            ),
            "The factor is 10 for the squared error (20 is for its root).": (
                lambda a, b: np.inf if (a == b).all() else -20 * np.log10(compression.mse(a, b))
            ),
        },
    ),
}


def _stale(X, initial, max_iters):
    centroids = np.array(initial, dtype=float)
    for _ in range(max_iters):
        idx = codebook.find_closest_centroids(X, centroids)
        centroids = kmeans.compute_centroids(X, idx, len(centroids))
    return centroids, idx


def _checker(name):
    def run(function):
        return examine(name, function)

    run.__doc__ = f"Check a function {name}."
    return run


CHECKS: dict[str, Callable[[Callable], CheckResult]] = {name: _checker(name) for name in EXERCISES}
