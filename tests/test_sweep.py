"""Every public function, held to what its docstring promises of each argument.

Variants that mean the same give the same: another type, another order in memory, a list for
an array. Variants that mean nothing give an error of ours: bytes for values in [0, 1], a
shape that NumPy would stretch, True for a number. And whatever is given is only read.
"""

import inspect
import re
import sys
import traceback
from pathlib import Path

import numpy as np
import pytest

import helpers
import helpers.checks  # noqa: F401, for the arrays of its rooms
from helpers import (
    codebook,
    collection,
    color,
    compression,
    doors,
    explore,
    fast,
    images,
    kmeans,
    plots,
    poster,
    reading,
    saving,
    swatches,
    timing,
)

TAUGHT = (images, color, codebook, kmeans, compression)
ROOMS = (*TAUGHT, collection, explore, fast, plots, poster, reading, saving, swatches, timing)
N, K, D = 35, 4, 3


def fractions(*shape):
    """Numbers in [0, 1] that every type of float holds exactly."""
    return np.random.default_rng(sum(shape)).integers(0, 257, shape) / 256


IMAGE, X, C = fractions(5, 7, 3), fractions(N, D), fractions(K, D)
IDX = np.arange(N) % K
COUNTED = np.array([[3, 1], [7, 2]])
SLIDER = fast.Palettes(IMAGE, largest=2)
FIGURE = plots.hero_figure(IMAGE, IMAGE, C, "A figure")

# What each function is called with; a generator is made afresh from its seed.
RNG = "a generator"
CALLS = {
    images.load_photo: ["pencils"],
    images.to_pixels: [IMAGE],
    images.to_image: [X, 5, 7],
    images.shrink: [IMAGE, 4],
    images.to_bytes: [IMAGE],
    images.encode_png: [IMAGE],
    images.encode_jpeg: [IMAGE, 80],
    images.encode_indexed_png: [IDX.reshape(5, 7), C, 1],
    color.negative: [IMAGE],
    color.to_gray: [IMAGE],
    color.tint: [IMAGE, C[0]],
    color.all_differences: [X, C],
    color.pairwise_distances: [X, C],
    color.squared_distances: [X, C],
    color.nearest_color: [X[0], C],
    color.to_hex: [C[0]],
    color.from_hex: ["#336699"],
    color.number_of_colors: [IMAGE],
    color.colors_in_words: [1200],
    color.keys: [IMAGE],
    color.srgb_to_lab: [IMAGE],
    color.lab_to_srgb: [64 * IMAGE],
    color.color_difference: [X, X[::-1]],
    codebook.find_closest_centroids: [X, C],
    codebook.quantize: [IMAGE, C],
    codebook.dither: [IMAGE, C],
    kmeans.farthest_pixel: [X, C],
    kmeans.compute_centroids: [X, IDX, K],
    kmeans.kmeans_init_centroids: [X, K, RNG],
    kmeans.kmeans_plus_plus: [X, K, RNG],
    kmeans.run_kmeans: [X, C, 3],
    kmeans.use_every_color: [X, C, IDX],
    kmeans.wcss: [X, C, IDX],
    kmeans.count_colors: [IMAGE],
    kmeans.weighted_centroids: [X, IDX + 1, IDX, K],
    compression.mse: [IMAGE, IMAGE[::-1]],
    compression.psnr: [IMAGE, IMAGE[::-1]],
    compression.decibels: [0.01],
    compression.bits_on_paper: [500, 700, 16],
    compression.compression_ratio: [500, 700, 16],
    compression.entropy: [IDX],
    compression.bytes_on_disk: [IMAGE, IDX, C],
    collection.picture: [3],
    collection.count_photo: [IMAGE, 5],
    collection.add_counts: [COUNTED, COUNTED + 4],
    collection.colors_of: [COUNTED, 5],
    collection.count_batch: [[], 5],
    collection.batches: [[1, 2, 3], 2],
    fast.count_colors: [IMAGE],
    fast.cluster: [IMAGE, C, RNG],
    fast.kmeans: [X, IDX + 1, C, 0.5, 7],
    fast.steps: [X, IDX + 1, C, 0.5, 7],
    fast.quick_kmeans: [X, IDX + 1, C],
    fast.kmeans_plus_plus: [X, IDX + 1, K, RNG],
    fast.dither: [IMAGE, C],
    fast.dither_steps: [IMAGE, C, 100],
    SLIDER.choose: [K],
    SLIDER.quick: [K],
    SLIDER.paint: [C],
    SLIDER.refine: [C, 0.5],
    swatches.encode_palette: [".gpl", C, "four colors", ["a", "b", "c", "d"]],
    timing.times_as_fast: [int, int, 2],
    # Only what they refuse is looked at: the rest takes long, and has tests of its own.
    plots.show: [FIGURE, "A title", "A sentence."],
    plots.side_by_side: [[IMAGE, IMAGE[..., 0]], ["one", "two"], "A title", 2],
    plots.palette: [C, "A title", IDX, ["a", "b", "c", "d"]],
    plots.color_cloud: [X, "A title", C],
    plots.points: [X[:, :2], "A title", IDX, C[:, :2], C[:, 1:]],
    plots.error_map: [IMAGE, IMAGE[::-1], "A title"],
    plots.index_map: [IDX.reshape(5, 7), "A title", K],
    plots.curves: [{"PSNR": ([1, 2], [3, 4])}, "A title", "K", "dB"],
    plots.strips: [{"PSNR": [3, 4]}, "A title", "dB"],
    plots.shapes: [(2, 3), (3,), ("a", "b"), "A title"],
    plots.hero: [IMAGE, IMAGE, C, "A title"],
    plots.hero_figure: [IMAGE, IMAGE, C, "A title"],
    plots.encode_figure: [FIGURE, "png", 20],
    poster.poster: [IMAGE, IMAGE, C, [(4, 2, 20)], (4, 2, 20), "A title", "Facts"],
    poster.poster_figure: [IMAGE, IMAGE, C, [(4, 2, 20)], (4, 2, 20), "A title", "Facts"],
    explore.align_shapes: ["2, 3", "3"],
    explore.cloud: [X, C],
    explore.color_distance: [IMAGE, (1, 2), (3, 4)],
    explore.compare_spaces: [IMAGE, K],
    explore.edit_codebook: [IMAGE, C, "terminal"],
    explore.explore_k: [IMAGE, K, 5],
    explore.step_through: [X[:, :2], X],
    explore.your_photo: ["tulips", 20],
}
TAKES_LONG = {f for f in CALLS if f.__module__.split(".")[1] in ("plots", "poster", "explore")}
ELSEWHERE = {  # files have tests of their own; what draws into a figure is given one
    *(images.load_image, images.load_bytes, images.with_notes, reading.read_path),
    *(images.save_files, images.save_set, saving.alone_in),
    *(*swatches.ENCODERS.values(), *swatches.DECODERS.values(), swatches.load_palette),
    *(images.in_sight, images.some_of, plots.height_of),
    *(plots.draw_picture, plots.draw_swatches),
    *(color.constant, collection.nothing, explore.predict),
}
# These give back what they were given where they can, and say so.
VIEWS = {images.to_pixels, images.to_image, kmeans.use_every_color}

# What may mean nothing, and is let in: at most ten kinds of rows, each with its reason.
EXCEPTIONS = {
    ".*-0 to 255, the others in .*": "where only distances are taken, any points will do: "
    "colors in Lab, the plane of lesson 05. Bytes (uint8) are refused beside such others.",
    "(find_closest_centroids-centroids|squared_distances-C)-(NaN|.*infinite)": "lesson 05 shows "
    "what a centroid that is nan does",
}


def public(room):
    """The functions of a room that are its own, or that it offers, and not private."""
    functions = dict(inspect.getmembers(room, inspect.isfunction))
    own = [name for name, f in functions.items() if f.__module__ == room.__name__]
    return {functions[n] for n in getattr(room, "__all__", own) if n[0] != "_" and n in functions}


def promises(function):
    """What the docstring says of each argument: its name and the words after the colon."""
    section = inspect.getdoc(function).split("----------\n")[1].split("\n\n")[0]
    lines = re.findall(r"^(\w[\w, ]*?)(?: : (.+))?$", section, flags=re.MULTILINE)
    told = [(name, words) for names, words in lines for name in names.split(", ")]
    if not any(words for _, words in told):  # "As in ..."
        other = re.search(r"As in `(\w+)`", section).group(1)
        return promises(inspect.getmodule(function).__dict__[other])
    return told


def sizes(words):
    """The sizes of the first shape that a docstring promises, such as ["N", "3"]."""
    found = re.search(r"shape \(([^)]*?),?\)", words)
    return found.group(1).split(", ") if found else ["..."]


def call(function, arguments, by_name=False):
    """The answer, as a list of arrays; what it was given can't be written to."""
    arguments = [np.random.default_rng(0) if a is RNG else a for a in arguments]
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            argument.flags.writeable = False
    if by_name:
        names = list(inspect.signature(function).parameters)[: len(arguments)]
        answer = function(**dict(zip(names, arguments, strict=True)))
    else:
        answer = function(*arguments)
    if isinstance(answer, dict):
        answer = answer.values()
    if inspect.isgenerator(answer):
        answer = [part for step in answer for part in step]
    return (
        list(answer)
        if not isinstance(answer, (str, bytes, np.ndarray)) and np.iterable(answer)
        else [answer]
    )


# --- Variants that mean the same ---------------------------------------------------------------


def same(value, words, _):
    """Variants of an argument that mean the same, by what they are."""
    if isinstance(value, (int, float)):
        kinds = (np.int16, np.int64, float, np.float32, np.array)
        return {kind.__name__: kind(value) for kind in kinds if value % 1 == 0}
    if not isinstance(value, np.ndarray):
        return {}
    types = ("uint8", "int16", "int64", "uint64", "float")
    if value.dtype.kind == "f":
        types = ("float16", "float32", "longdouble", ">f8")
    return {
        **{kind: value.astype(kind) for kind in types},
        "list": value.tolist(),
        "every second": np.repeat(value, 2, axis=-1)[..., ::2],
        "backwards": np.ascontiguousarray(value[::-1])[::-1],
        "by columns": np.asfortranarray(value),
    }


# --- Variants that mean nothing ----------------------------------------------------------------


class Thing:
    """Something that is no number at all."""


def nothing(value, words, promised):
    """Variants of an argument that mean nothing, by what is wrong."""
    wrong = {"a thing": Thing()} if words and "path" not in words else {}
    if value is RNG:
        wrong |= {"a seed": 0, "the old generator": np.random.RandomState(0), "a module": np.random}
    elif isinstance(value, str):
        wrong |= {"a number": 3, "bytes": value.encode()} if "path" not in words else {}
    elif isinstance(value, (int, float)):
        wrong |= no_number(words)
    elif isinstance(value, np.ndarray):
        wrong |= no_array(value, words, promised) | other_shapes(value, words, promised)
    elif words.startswith("list of n ndarray"):
        wrong |= {what: [value[0], v] for what, v in no_array(value[1], words, promised).items()}
    if re.match(r"(list|tuple) of (n|K|\d) ", words):
        wrong |= {"one more": value + value[:1], "one less": value[:-1]}
    if words and "optional" not in words and "path" not in words:
        wrong["None"] = None
    return wrong


def no_number(words):
    smallest, largest = re.search(r"(\d)(?: \(.*?\))? (?:or more|to (\d+))", words).groups()
    wrong = {"True": True, "True of NumPy": np.True_, "text": "5", "complex": 5j, "a list": [5, 6]}
    wrong |= {"NaN": np.nan, "infinite": np.inf, "too small": int(smallest) - 1}
    wrong |= {"a fraction": float(smallest) + 0.5} if words.startswith("int") else {}
    return wrong | ({"too large": int(largest) + 1} if largest else {})


def no_array(value, words, promised):
    """Arrays of the same shape that hold no such numbers, and what is no array."""
    wrong = {
        "complex": value + 0j,
        "objects": np.where(value == value.flat[0], None, value.astype(object)),
        "texts": value.astype(str),
        "True and False": value > value.mean(),
        "masked": np.ma.masked_less(value, value.mean()),
        "rows of different lengths": [[0.1, 0.2, 0.3], [0.1]],
        "text": "#336699",
        "a dictionary": {0: value},
    }
    if "of any type" in words:
        return {what: wrong[what] for what in ("rows of different lengths", "text", "a dictionary")}
    if "possibly none" not in words:
        wrong["empty"] = value[:0]
    if value.dtype.kind == "f":
        changes = {"NaN": np.nan, "infinite": np.inf, "minus infinite": -np.inf}
        if "[0, 1]" in words:
            changes |= {"a value below": -0.1, "a value beyond": 1.1}
            wrong["0 to 255"] = value * 255
            wrong["0 to 255, whole"] = (value * 255).astype(int)
            if "uint8" not in words:
                wrong["bytes"] = (value * 255).astype(np.uint8)
        elif len(sizes(words)) > 1 and promised.count(sizes(words)[-1]) > 1:
            wrong["0 to 255, the others in [0, 1]"] = value * 255
            wrong["bytes, the others in [0, 1]"] = (value * 255).astype(np.uint8)
    else:
        value = value.astype(float)
        changes = {"NaN": np.nan, "below 0": -1, "infinite": np.inf}
        changes |= {"a fraction": 0.5} if "integers" in words else {}
        last = re.search(r"0\.\.(\S+?)[,.]?(?: |$)", words)
        changes |= {"beyond K": 300} if last else {}
    for what, number in changes.items():
        wrong[what] = value.copy()
        wrong[what].flat[-1] = number
        if number % 1 == 0 and "0..K-1" in words:
            wrong[what] = wrong[what].astype(int)
    return wrong


def other_shapes(value, words, promised):
    """The same numbers in shapes that are not promised; NumPy would stretch some of them."""
    wrong = {}
    wanted = sizes(words)
    if wanted[0] == "..." and len(wanted) == 2:
        wrong = {"gray": value[..., 0], "no axis": value.flat[0]}
    elif wanted[0] != "...":
        wrong = {"an axis more": value[None], "an axis less": value[0], "a number": value.flat[0]}
        if re.search(r"\) or \(", words):
            wrong = {"two axes more": value[None, None], "a number": value.flat[0]}
    for axis in range(value.ndim):
        size = (
            wanted[axis] if wanted[0] != "..." else wanted[-1] if axis == value.ndim - 1 else "..."
        )
        if size.isdigit() or promised.count(size) > 1 or " * " in size:
            first = value.take([0], axis)
            wrong[f"{size} + 1, axis {axis}"] = np.concatenate([value, first], axis)
            wrong[f"{size} - 1, axis {axis}"] = value.take(range(value.shape[axis] - 1), axis)
            wrong[f"1 for {size}, axis {axis}"] = first
    return wrong


def table(variants, functions=CALLS):
    """A row for each function with one argument changed."""
    rows = []
    for function in functions:
        arguments = CALLS[function]
        told = promises(function)
        promised = [s for _, words in told for s in sizes(words) * ("shape (" in words)]
        promised += [name for name, words in told if words.startswith("int")]
        promised += ["..."] * ("of the same shape" in str(told)) * 2
        for n, (name, words) in enumerate(told[: len(arguments)]):
            for what, variant in variants(arguments[n], words, promised).items():
                row = f"{function.__name__}-{name}-{what}"
                changed = [*arguments[:n], variant, *arguments[n + 1 :]]
                rows.append(pytest.param(function, changed, id=row))
    return rows


def outcome(function, arguments):
    """What becomes of a call: "an answer", "our error", or "an error of somebody else"."""
    try:
        call(function, arguments)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        ours = Path(last.filename).is_relative_to(Path(helpers.__file__).parent)
        is_sentence = isinstance(error, (TypeError, ValueError)) and str(error).endswith(".")
        return "our error" if ours and is_sentence else f"not ours: {type(error).__name__}: {error}"
    return "an answer"


# --- The sweep ---------------------------------------------------------------------------------


def test_every_public_function_is_swept():
    assert set().union(*map(public, ROOMS)) <= {*CALLS, *ELSEWHERE}


@pytest.mark.spread(3)
@pytest.mark.parametrize(
    ("function", "arguments"), table(same, [f for f in CALLS if f not in TAKES_LONG])
)
def test_what_means_the_same_gives_the_same(function, arguments):
    if function is timing.times_as_fast:
        return
    for ours, theirs in zip(
        call(function, arguments), call(function, CALLS[function]), strict=True
    ):
        if isinstance(ours, (str, bytes)):
            assert ours == theirs
        else:
            np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


@pytest.mark.spread(7)
@pytest.mark.parametrize(("function", "arguments"), table(nothing))
def test_what_means_nothing_gives_an_error_of_ours(function, arguments, request):
    is_let_in = any(re.fullmatch(row, request.node.callspec.id) for row in EXCEPTIONS)
    assert outcome(function, arguments) == ("an answer" if is_let_in else "our error")


def test_the_exceptions_are_few_and_each_is_one():
    rows = [row.id for row in table(nothing)]
    assert len(EXCEPTIONS) <= 10
    for kind in EXCEPTIONS:
        assert any(re.fullmatch(kind, row) for row in rows), kind


def test_every_promise_is_understood():
    told = {words for function in CALLS for _, words in promises(function)}
    assert not {words for words in told if not doors._guard_for(words)}


@pytest.mark.parametrize(
    "function", [f for f in CALLS if f not in TAKES_LONG], ids=lambda f: f.__name__
)
def test_arguments_have_names_and_are_only_read(function):
    arguments = CALLS[function]
    before = [np.copy(a) for a in arguments]
    first, by_name = call(function, arguments), call(function, arguments, by_name=True)
    for ours, theirs in zip(first, by_name, strict=True):
        assert np.array_equal(ours, theirs) or function is timing.times_as_fast
        if isinstance(ours, np.ndarray) and function not in VIEWS:
            ours[...] = 7  # what comes back is the caller's own
    assert all(np.array_equal(a, b) for a, b in zip(arguments, before, strict=True))


def test_no_array_that_rooms_share_can_be_changed_in_place():
    rooms = [m for name, m in sys.modules.items() if name.partition(".")[0] == "helpers"]
    shared = {
        f"{room.__name__}.{name}": value
        for room in rooms
        for name, value in vars(room).items()
        if isinstance(value, np.ndarray)
    }
    assert (
        "helpers.codebook.TERMINAL" in shared
        and "helpers.explore.walk_pictures.SERIES_COLORS" in shared
    )
    for name, array in shared.items():
        assert not array.flags.writeable, name
    with pytest.raises(ValueError, match="read-only"):
        codebook.TERMINAL[0] = 1
