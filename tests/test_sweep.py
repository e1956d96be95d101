"""Every public function of the bottom rooms, held to the shapes that its docstring promises.

Variants that mean the same give the same: another type, another order in memory, a list
where one may come, names for the arguments. Variants that mean nothing give an error, never
an answer: an axis too many or too few, another size, a number that is none. And whatever is
given is only read.
"""

import inspect
import re

import numpy as np
import pytest

from helpers import codebook, color, compression, images, kmeans

ROOMS = (images, color, codebook, kmeans, compression)
N, K, D = 35, 4, 3


def fractions(*shape):
    """Numbers in [0, 1] that float32 holds exactly, so that both types mean the same."""
    return np.random.default_rng(sum(shape)).integers(0, 257, shape) / 256


IMAGE, X, C = fractions(5, 7, 3), fractions(N, D), fractions(K, D)
IDX = np.arange(N) % K

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
    color.keys: [IMAGE],
    color.srgb_to_lab: [IMAGE],
    color.lab_to_srgb: [100 * IMAGE],
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
    compression.bits_on_paper: [5, 7, K],
    compression.compression_ratio: [5, 7, K],
    compression.entropy: [IDX],
    compression.bytes_on_disk: [IMAGE, IDX, C],
}
WITH_FILES = {images.load_image, images.load_bytes, images.with_notes}
WITH_FILES |= {images.save_files, images.save_set}  # in test_images.py, test_reader.py
# These give back what they were given where they can, and say so.
VIEWS = {images.to_pixels, images.to_image, kmeans.use_every_color}
# More than a docstring promises, and it means something: a pixel as a single row.
TOLERATED = {"nearest_color-x-an axis more"}


def public(room):
    """The functions of a room that are its own and not private."""
    functions = inspect.getmembers(room, inspect.isfunction)
    return {f for name, f in functions if f.__module__ == room.__name__ and name[0] != "_"}


def promises(function):
    """What the docstring says of each parameter: name -> the words after its colon."""
    section = inspect.getdoc(function).split("----------\n")[1].split("\n\n")[0]
    lines = re.findall(r"^([\w, ]+) : (.+)$", section, flags=re.MULTILINE)
    told = {name: words for names, words in lines for name in names.split(", ")}
    return [(n, name, told[name]) for n, name in enumerate(told) if n < len(CALLS[function])]


def sizes(words):
    """The sizes of a shape that a docstring promises, such as ["N", "3"]; [] if it is free."""
    found = re.search(r"shape \((?!\.)([^)]*?),?\)(?! or)", words)
    return found.group(1).split(", ") if found else []


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
        answer = tuple(answer.values())
    return list(answer) if isinstance(answer, tuple) else [answer]


def same(value, words, _):
    """Variants of an argument that mean the same, by what they are."""
    if isinstance(value, int):
        return {"int64": np.int64(value)}
    if not isinstance(value, np.ndarray):
        return {}
    types = ("uint8", "int16", "int64") if value.dtype.kind == "i" else ("float32",)
    return {
        **{kind: value.astype(kind) for kind in types},
        **({"list": value.tolist()} if "array-like" in words else {}),
        "every second": np.repeat(value, 2, axis=-1)[..., ::2],
        "backwards": np.ascontiguousarray(value[::-1])[::-1],
        "by columns": np.asfortranarray(value),
    }


def nothing(value, words, promised):
    """Variants of an argument that break what the docstring promises, by what is wrong."""
    smallest = re.search(r"int, (\d)", words)
    if isinstance(value, int) and smallest:
        too_few = int(smallest.group(1)) - 1
        return {"too few": too_few, "a fraction": value + 0.5, "a text": str(value)}
    if not isinstance(value, np.ndarray) or not sizes(words):
        return {}
    variants = {"an axis more": value[None], "an axis less": value[0]}
    for axis, size in enumerate(sizes(words)):
        if size.isdigit() or promised.count(size) > 1 or " * " in size:
            variants[f"{size} + 1"] = np.concatenate([value, value.take([0], axis)], axis)
    return variants


def table(variants):
    """A row for each function with one argument changed."""
    rows = []
    for function, arguments in CALLS.items():
        promised = [size for *_, words in promises(function) for size in sizes(words)]
        for n, name, words in promises(function):
            for what, variant in variants(arguments[n], words, promised).items():
                row = f"{function.__name__}-{name}-{what}"
                changed = [*arguments[:n], variant, *arguments[n + 1 :]]
                rows += [pytest.param(function, changed, id=row)] * (row not in TOLERATED)
    return rows


def test_every_public_function_is_swept():
    assert set().union(*map(public, ROOMS)) == {*CALLS, *WITH_FILES}


@pytest.mark.parametrize(("function", "arguments"), table(same))
def test_what_means_the_same_gives_the_same(function, arguments):
    for ours, theirs in zip(
        call(function, arguments), call(function, CALLS[function]), strict=True
    ):
        if isinstance(ours, (str, bytes)):
            assert ours == theirs
        else:
            np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(("function", "arguments"), table(nothing))
def test_what_means_nothing_gives_an_error(function, arguments):
    with pytest.raises((ValueError, TypeError, IndexError)):
        call(function, arguments)


@pytest.mark.parametrize("function", CALLS, ids=lambda f: f.__name__)
def test_arguments_have_names_and_are_only_read(function):
    arguments = CALLS[function]
    before = [np.copy(a) for a in arguments]
    first, by_name = call(function, arguments), call(function, arguments, by_name=True)
    for ours, theirs in zip(first, by_name, strict=True):
        assert np.array_equal(ours, theirs)
        if isinstance(ours, np.ndarray) and function not in VIEWS:
            ours[...] = 7  # what comes back is the caller's own
    assert all(np.array_equal(a, b) for a, b in zip(arguments, before, strict=True))


REFUSE_NAN = [
    (images.to_bytes, 0),
    (images.encode_png, 0),
    (images.encode_jpeg, 0),
    (images.encode_indexed_png, 1),
    (images.shrink, 0),
    (color.to_hex, 0),
    (color.number_of_colors, 0),
    (codebook.quantize, 0),
    (codebook.quantize, 1),
    (codebook.dither, 0),
    (codebook.dither, 1),
    (kmeans.kmeans_init_centroids, 0),
    (kmeans.kmeans_plus_plus, 0),
    (kmeans.run_kmeans, 0),
    (kmeans.run_kmeans, 1),
    (kmeans.count_colors, 0),
]


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize(("function", "n"), REFUSE_NAN)
def test_what_is_no_number_never_becomes_a_color(function, n, bad):
    arguments = [np.copy(a) if isinstance(a, np.ndarray) else a for a in CALLS[function]]
    arguments[n].flat[-1] = bad
    with pytest.raises(ValueError, match="holds"):
        call(function, arguments)


@pytest.mark.parametrize("K", [-1, K, 300])
def test_a_number_that_no_color_has_is_refused(K):
    idx = np.append(IDX[:-1], K)
    for refuse in (
        lambda: kmeans.compute_centroids(X, idx, len(C)),
        lambda: kmeans.wcss(X, C, idx),
        lambda: kmeans.use_every_color(X, C, idx),
        lambda: kmeans.weighted_centroids(X, IDX + 1, idx, len(C)),
        lambda: images.encode_indexed_png(idx.reshape(5, 7), C),
    ):
        with pytest.raises(ValueError, match=f"{K}.*4 colors have the numbers 0 to 3"):
            refuse()
