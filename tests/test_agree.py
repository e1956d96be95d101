"""The same answers: of NumPy, scikit-learn and PyTorch, and of the pages and the helpers."""

import ast
import copy
import warnings
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lessons import build, python

from helpers import collection, fast, images, kmeans
from helpers.checks.exercises import EXERCISES
from helpers.checks.lesson_10 import lloyd_step
from helpers.codebook import find_closest_centroids
from helpers.images import load_photo, to_pixels
from helpers.kmeans import compute_centroids, kmeans_init_centroids, kmeans_plus_plus, run_kmeans
from helpers.needs import lacking

PHOTOGRAPHS = ("tulips", "harbour_dusk", "pencils")


def by_scikit_learn(X, start, steps):
    cluster = pytest.importorskip("sklearn.cluster", reason="python lab.py --more installs it")
    model = cluster.KMeans(len(start), init=start, n_init=1, max_iter=steps, tol=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # so few colors that some are equal
        return model.fit(X).cluster_centers_


def by_pytorch(X, start, steps):
    torch = pytest.importorskip("torch", reason="python lab.py --more installs it")
    X, centroids = torch.tensor(X), torch.tensor(start)
    for _ in range(steps):
        centroids = lloyd_step(X, centroids)
    return centroids.numpy()


PEERS = {"scikit-learn": by_scikit_learn, "PyTorch": by_pytorch}
every_peer = pytest.mark.parametrize("peer", PEERS)


def one_step_on(X, start):
    """A start that no pixel lies in the middle of: means have long decimals, pixels have not."""
    return compute_centroids(X, find_closest_centroids(X, start), len(start))


@pytest.mark.spread(4)
@every_peer
@pytest.mark.parametrize("draw", [kmeans_init_centroids, kmeans_plus_plus])
@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photographs_palette_is_the_same(name, draw, peer):
    X = to_pixels(load_photo(name))[::16]
    start = one_step_on(X, draw(X, 16, np.random.default_rng(3)))
    ours, _ = run_kmeans(X, start, max_iters=20)
    assert np.allclose(PEERS[peer](X, start, 20), ours, rtol=0, atol=1e-9)


@every_peer
@given(seed=st.integers(0, 10**6), d=st.integers(1, 5), K=st.integers(1, 9))
def test_points_of_any_number_of_channels_end_in_the_same_places(peer, seed, d, K):
    rng = np.random.default_rng(seed)
    X = rng.random((60, d))
    start = X[rng.choice(60, K, replace=False)]
    ours, _ = run_kmeans(X, start, max_iters=6)
    assert np.allclose(PEERS[peer](X, start, 6), ours, rtol=0, atol=1e-9)


@every_peer
def test_the_engineered_kmeans_agrees_as_well(peer):
    photo = load_photo("tulips")[::8, ::8]
    X = to_pixels(photo)
    start = one_step_on(X, kmeans_plus_plus(X, 8, np.random.default_rng(0)))
    colors, counts, _ = fast.count_colors(photo)
    ours, _ = fast.kmeans(colors, counts, start, tol=0)
    assert np.allclose(PEERS[peer](X, start, 200), ours, rtol=0, atol=1e-9)


def test_in_pytorch_a_centroid_without_pixels_stays_where_it_is():
    torch = pytest.importorskip("torch", reason="python lab.py --more installs it")
    X = torch.tensor([[0.0, 0.0], [1.0, 1.0]])
    moved = lloyd_step(X, torch.tensor([[0.4, 0.4], [9.0, 9.0]]))
    assert torch.equal(moved, torch.tensor([[0.5, 0.5], [9.0, 9.0]]))


def test_the_checks_import_neither_library_before_they_are_used():
    import subprocess
    import sys

    code = "import sys, helpers.checks; print({'torch', 'sklearn', 'dask'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == "set()", done.stdout + done.stderr


# --- The worked pages: what a good student writes gives what the robust version gives ------


def kept_statements(cell):
    """What of a cell defines something without running the page: imports, functions, CONSTANTS."""
    for statement in ast.parse(cell.source).body:
        targets = [t.id for t in getattr(statement, "targets", []) if isinstance(t, ast.Name)]
        if isinstance(statement, (ast.Import, ast.ImportFrom, ast.FunctionDef)) or any(
            name.isupper() and len(name) > 1 for name in targets
        ):
            yield statement


@lru_cache  # at the first test that asks: what lesson 10 imports takes seconds
def worked_functions():
    """Name of each exercise -> the function that stands on its worked page.

    Each page's functions call those of earlier pages, as a student's do at the end.
    """
    functions = {}
    for source in filter(lambda source: not lacking(source), build.sources()):
        cells = python(build.edition(source, "worked"))
        statements = [statement for cell in cells for statement in kept_statements(cell)]
        space = {}
        exec(compile(ast.Module(statements, type_ignores=[]), source.stem, "exec"), space)
        own = {s.name for s in statements if isinstance(s, ast.FunctionDef)} & set(EXERCISES)
        space.update(functions)
        functions |= {name: space[name] for name in own}
    return functions


def worked(name):
    """The function that stands on the worked page of its exercise."""
    if name not in worked_functions():
        pytest.skip(f"the page of {name} needs what python lab.py --more installs")
    return worked_functions()[name]


def arguments(image, K):
    """What each exercise is called with: a picture, K of its colors, and who goes to which."""
    X, few = to_pixels(image), image[:24, :24]
    C = kmeans_init_centroids(X, K, np.random.default_rng(K))
    idx = find_closest_centroids(X, C)
    colors, counts, inverse = kmeans.count_colors(image)
    rows = [collection.count_photo(part) for part in (image[:9], image[9:])]
    return {
        "negative": (image,),
        "to_pixels": (image,),
        "to_image": (X, *image.shape[:2]),
        "tint": (image, C[0]),
        "to_gray": (image,),
        "all_differences": (X[:500], C),
        "pairwise_distances": (X[:500], C),
        "nearest_color": (X[-1], C),
        "quantize": (image, C),
        "mse": (image, C[idx].reshape(image.shape)),
        "compression_ratio": (*image.shape[:2], K),
        "find_closest_centroids": (X, C),
        "compute_centroids": (X, idx, K),
        "wcss": (X, C, idx),
        "run_kmeans": (X, C, 6),
        "psnr": (image, C[idx].reshape(image.shape)),
        "kmeans_plus_plus": (X, K, np.random.default_rng(K)),
        "dither": (few, C),
        "count_colors": (image,),
        "weighted_centroids": (colors, counts, find_closest_centroids(colors, C), K),
        "lloyd_step": (X, C),
        "add_counts": rows,
    }


@lru_cache
def arguments_on(photograph):
    by_name = arguments(load_photo(photograph), 16)
    return by_name | {"quantize_image": (images.DATA / f"{photograph}.jpg", 4)}


def called(function, name, given):
    """A function's answer to its own copy of the arguments, as a tuple of arrays."""
    given = copy.deepcopy(given)
    if name == "lloyd_step":
        given = [pytest.importorskip("torch").tensor(array) for array in given]
    result = function(*given)
    return [np.asarray(part) for part in (result if isinstance(result, tuple) else [result])]


def assert_same_answers(name, given):
    found, expected = (called(f, name, given) for f in (worked(name), EXERCISES[name].answer))
    assert [part.shape for part in found] == [part.shape for part in expected]
    for part, wanted in zip(found, expected, strict=True):
        np.testing.assert_allclose(part, wanted, rtol=1e-12, atol=1e-12)


def test_every_exercise_stands_on_a_worked_page():
    skipped = [source.stem for source in build.sources() if lacking(source)]
    assert skipped or set(worked_functions()) == set(EXERCISES)


@pytest.mark.spread(3)
@pytest.mark.parametrize("name", sorted(set(EXERCISES) - {"kmeans_init_centroids"}))
@pytest.mark.parametrize("photograph", PHOTOGRAPHS)
def test_on_a_photograph_the_pages_function_answers_as_the_helpers_does(name, photograph):
    assert_same_answers(name, arguments_on(photograph)[name])


def never_empties(X, centroids, steps):
    """Whether every color keeps pixels on the way, without a rule for those that don't."""
    for _ in range(steps + 1):
        idx = find_closest_centroids(X, centroids)
        if len(np.unique(idx)) < len(centroids):
            return False
        centroids = compute_centroids(X, idx, len(centroids))
    return True


@pytest.mark.parametrize(
    "name", sorted(set(EXERCISES) - {"kmeans_init_centroids", "quantize_image"})
)
@settings(max_examples=20)
@given(seed=st.integers(0, 10**6), height=st.integers(10, 16), K=st.integers(1, 6))
def test_on_any_picture_the_pages_function_answers_as_the_helpers_does(name, seed, height, K):
    image = np.random.default_rng(seed).integers(0, 256, (height, 7, 3)) / 255
    given = arguments(image, K)[name]
    assume(name != "run_kmeans" or never_empties(*given))
    assert_same_answers(name, given)


@pytest.mark.parametrize("photograph", PHOTOGRAPHS)
def test_the_start_by_colors_and_the_start_by_pixels_are_different_colors_of_the_picture(
    photograph,
):
    X = to_pixels(load_photo(photograph))[::16]
    for draw in (worked("kmeans_init_centroids"), kmeans_init_centroids):
        start = draw(X, 16, np.random.default_rng(1))
        assert start.shape == (16, 3)
        assert len(np.unique(start, axis=0)) == 16
        assert len(np.unique(np.vstack([X, start]), axis=0)) == len(np.unique(X, axis=0))
        assert np.array_equal(start, draw(X, 16, np.random.default_rng(1))), "repeatable"
