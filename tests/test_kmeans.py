"""K-means: assign, move, repeat, and lose neither a color nor a promise on the way."""

import math
import re
import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import codebook, fast, kmeans
from helpers.codebook import BLOCK, find_closest_centroids
from helpers.kmeans import (
    compute_centroids,
    farthest_pixel,
    kmeans_init_centroids,
    kmeans_plus_plus,
    run_kmeans,
    use_every_color,
    wcss,
    weighted_centroids,
)

# Fractions whose means are rounded, quarters that tie, and neighbors that are hard to part.
VALUES = [0, 0.1, 0.1 + 1e-9, 0.2, 0.25, 0.3, 0.5, 0.7, 0.75, 1 / 3, 0.9, 1]
FAR = [-1e6, -3.0, 7.0, 1e6, 1e100]

STARTS = [kmeans_init_centroids, kmeans_plus_plus]
both_starts = pytest.mark.parametrize("start", STARTS)


def distinct(X):
    """The different rows of X."""
    return {tuple(x) for x in X.tolist()}


def blobs(rng, centers, size, spread):
    """Points around each center, size of them."""
    centers = np.asarray(centers, dtype=float)
    return np.concatenate([rng.normal(c, spread, (size, len(c))) for c in centers])


@st.composite
def pixels(draw, smallest=1, channels=(1, 2, 3, 5)):
    """X with few different values, so that pixels repeat and tie."""
    d = draw(st.sampled_from(channels))
    row = st.lists(st.sampled_from(VALUES), min_size=d, max_size=d)
    rows = draw(st.lists(row, min_size=smallest, max_size=12))
    copies = draw(st.integers(1, 3))
    return np.array(rows * copies, dtype=float)


@st.composite
def pixels_and_start(draw):
    """X and up to as many initial centroids as X has colors: good, equal, or far away."""
    X = draw(pixels())
    K = draw(st.integers(1, len(distinct(X))))
    anywhere = st.lists(st.sampled_from(VALUES + FAR), min_size=X.shape[1], max_size=X.shape[1])
    centroid = st.one_of(st.sampled_from(X.tolist()), anywhere)
    return X, np.array(draw(st.lists(centroid, min_size=K, max_size=K)), dtype=float)


# --- The mean of each cluster ------------------------------------------------------------


@given(pixels(), st.data())
def test_a_color_moves_to_the_mean_of_its_pixels(X, data):
    N, d = X.shape
    K = data.draw(st.integers(1, 5))
    idx = np.array(data.draw(st.lists(st.integers(0, K - 1), min_size=N, max_size=N)))
    centroids = compute_centroids(X, idx, K)
    assert centroids.shape == (K, d) and centroids.dtype == np.float64
    for k in range(K):
        members = [x for x, number in zip(X.tolist(), idx, strict=True) if number == k]
        for j in range(d):
            if members:
                mean = math.fsum(x[j] for x in members) / len(members)
                assert centroids[k, j] == pytest.approx(mean, abs=1e-12)


def test_the_means_of_known_points():
    X = np.array([[0.0, 0.0], [2.0, 4.0], [6.0, 6.0]])
    assert compute_centroids(X, np.array([0, 0, 1]), 2).tolist() == [[1, 2], [6, 6]]
    assert compute_centroids(X, np.array([1, 1, 0]), 2).tolist() == [[6, 6], [1, 2]]


def test_a_color_without_pixels_goes_to_the_pixel_that_is_served_worst():
    X = np.array([[0.0], [1.0], [2.0], [9.0]])
    # The mean of all is 3: 9 is farthest from it; then 0 is, from 3 and 9.
    assert compute_centroids(X, np.zeros(4, dtype=int), 3).tolist() == [[3], [9], [0]]
    assert compute_centroids(X, np.full(4, 1), 3).tolist() == [[9], [3], [0]]


@given(pixels(), st.data())
def test_a_color_without_pixels_is_a_pixel_and_never_nan(X, data):
    K = data.draw(st.integers(1, 6))
    idx = np.array(data.draw(st.lists(st.integers(0, K - 1), min_size=len(X), max_size=len(X))))
    centroids = compute_centroids(X, idx, K)
    assert np.isfinite(centroids).all()
    for k in set(range(K)) - set(idx.tolist()):
        assert tuple(centroids[k]) in distinct(X)


@pytest.mark.parametrize("used", [1, 3])
def test_each_lost_color_goes_where_those_before_it_serve_worst(used, rng):
    X = rng.integers(0, 9, (60, 3)) / 8  # with ties
    centroids = compute_centroids(X, np.arange(60) % used, 12)
    for k in range(used, 12):
        row, _ = farthest_pixel(X, centroids[:k])
        assert (centroids[k] == X[row]).all()


def test_as_many_colors_as_a_door_lets_in_are_soon_moved(rng):
    # In a second; looking at all centroids for each lost one would take an hour.
    X = np.repeat(rng.random((5000, 3)), 2, axis=0)
    all_lost = compute_centroids(X, np.zeros(len(X), dtype=int), 4096)
    assert len(np.unique(all_lost, axis=0)) == 4096
    spread = compute_centroids(X, np.arange(len(X)) % 4096, 4096)
    assert np.allclose(spread[4000], X[[4000, 8096]].mean(axis=0))


@pytest.mark.parametrize("K", [4097, 10**9, 10**30])
def test_more_colors_than_anyone_looks_at_are_refused_before_they_cost(K, rng):
    X, words = np.zeros((9, 3)), f"K is {K}; give 1 to 4096, a whole number."
    for call in (
        lambda: compute_centroids(X, np.zeros(9, dtype=int), K),
        lambda: kmeans_init_centroids(X, K, rng),
        lambda: kmeans_plus_plus(X, K, rng),
        lambda: fast.kmeans_plus_plus(X, np.ones(9, dtype=int), K, rng),
    ):
        with pytest.raises(ValueError, match=re.escape(words)):
            call()
    with pytest.raises(ValueError, match=f"largest is {K}; give 1 to 512, a whole number"):
        fast.Palettes(X[None], K)


@pytest.mark.slow
def test_a_mean_of_weighted_colors_costs_little_so_there_may_be_as_many_as_there_are_colors():
    colors, counts = np.eye(3), np.array([1, 2, 3])
    means = weighted_centroids(colors, counts, np.array([0, 1, 2**24 - 1]), 2**24)
    assert (means[[0, 1, -1]] == colors).all()
    with pytest.raises(ValueError, match="K is 16777217; give 1 to 16777216, a whole number"):
        weighted_centroids(colors, counts, np.array([0, 0, 0]), 2**24 + 1)


def test_the_mean_of_many_narrow_numbers_is_as_exact_as_that_of_wide_ones():
    # In float32 the running sum of 400,000 times 0.7 has steps of 0.03.
    X = np.full((400_000, 3), 0.7, dtype=np.float32)
    centroids = compute_centroids(X, np.zeros(len(X), dtype=int), 1)
    np.testing.assert_allclose(centroids, X[:1], rtol=1e-6)


def test_the_mean_of_bytes_does_not_wrap_around():
    X = np.full((1000, 3), 250, dtype=np.uint8)
    assert compute_centroids(X, np.zeros(len(X), dtype=int), 1).tolist() == [[250, 250, 250]]


# --- The pixel that is served worst ------------------------------------------------------


@given(pixels_and_start())
def test_the_farthest_pixel_is_that_of_a_loop_and_the_first_of_a_tie(case):
    X, centroids = case
    row, squared_distance = farthest_pixel(X, centroids)
    nearest = [min(math.dist(x, c) for c in centroids) for x in X]
    assert math.sqrt(squared_distance) == pytest.approx(max(nearest), rel=1e-9, abs=1e-12)
    assert nearest[row] == pytest.approx(max(nearest), rel=1e-9, abs=1e-12)
    assert not (X[:row] == X[row]).all(axis=1).any()


@pytest.mark.parametrize("N", [BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK + 1])
def test_the_farthest_pixel_is_found_in_every_block(N):
    X = np.zeros((N, 2))
    for row in (0, N // 2, N - 1):
        X[row] = 3.0
        assert farthest_pixel(X, np.zeros((1, 2))) == (row, 18.0)
        X[row] = 0.0


def test_of_equally_far_pixels_in_different_blocks_the_first_is_taken():
    X = np.zeros((3 * BLOCK, 2))
    X[[BLOCK + 5, 2 * BLOCK + 1]] = 3.0
    assert farthest_pixel(X, np.zeros((1, 2))) == (BLOCK + 5, 18.0)


# --- Within-cluster sum of squares -------------------------------------------------------


@given(pixels_and_start())
def test_the_wcss_is_the_sum_of_a_loop(case):
    X, centroids = case
    centroids = np.clip(centroids, -10, 10)
    idx = find_closest_centroids(X, centroids)
    expected = math.fsum(math.dist(x, centroids[k]) ** 2 for x, k in zip(X, idx, strict=True))
    assert wcss(X, centroids, idx) == pytest.approx(expected, rel=1e-9, abs=1e-12)
    assert type(wcss(X, centroids, idx)) is float


def test_the_wcss_of_known_points():
    X = np.array([[0.0, 0.0], [2.0, 4.0], [6.0, 6.0]])
    assert wcss(X, np.array([[1.0, 2.0], [6.0, 6.0]]), np.array([0, 0, 1])) == 10


def test_a_color_without_pixels_adds_nothing_to_the_wcss():
    X = np.array([[1.0], [3.0]])
    assert wcss(X, np.array([[9.0], [2.0]]), np.array([1, 1])) == 2


# --- The whole algorithm, against a loop and against scikit-learn ------------------------


def step_by_loop(X, centroids):
    """One step of Lloyd's algorithm in plain Python; None if a color gets no pixels."""
    members = [[] for _ in centroids]
    for x in X:
        distances = [math.dist(x, c) for c in centroids]
        members[distances.index(min(distances))].append(x)
    if not all(members):
        return None
    return [np.mean(cluster, axis=0).tolist() for cluster in members]


@pytest.mark.parametrize("d", [1, 2, 3, 5])
@pytest.mark.parametrize("K", [1, 2, 7])
def test_each_step_is_that_of_a_loop(d, K):
    rng = np.random.default_rng(10 * d + K)
    X = rng.random((60, d))
    expected = X[:K].tolist()
    for steps in range(1, 31):
        expected = step_by_loop(X.tolist(), expected)
        assert expected is not None, "choose another seed: a color lost its pixels"
        centroids, _ = run_kmeans(X, X[:K], max_iters=steps)
        np.testing.assert_allclose(centroids, expected, atol=1e-12)


def test_separated_blobs_are_found(rng):
    centers = [[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]]
    X = blobs(rng, centers, 50, 0.02)
    centroids, idx = run_kmeans(X, X[[0, 50, 100]])
    np.testing.assert_allclose(centroids, centers, atol=0.02)
    assert idx.tolist() == [0] * 50 + [1] * 50 + [2] * 50


# --- Promises that hold for any picture and any start ------------------------------------


@given(pixels_and_start(), st.integers(0, 8))
def test_every_color_is_used_and_is_a_number(case, max_iters):
    X, start = case
    K = len(start)
    centroids, idx = run_kmeans(X, start, max_iters)
    assert centroids.shape == start.shape and idx.shape == (len(X),)
    assert np.isfinite(centroids).all()
    assert set(idx.tolist()) == set(range(K))
    assert len(distinct(centroids)) == K


@given(pixels_and_start(), st.integers(0, 8))
def test_every_pixel_has_the_nearest_of_the_returned_colors(case, max_iters):
    X, start = case
    centroids, idx = run_kmeans(X, start, max_iters)
    assert np.issubdtype(idx.dtype, np.integer)
    for x, k in zip(X, idx, strict=True):
        distances = [math.dist(x, c) for c in centroids]
        assert distances[k] == pytest.approx(min(distances), rel=1e-9, abs=1e-12)


@given(pixels_and_start())
def test_one_more_step_never_makes_the_wcss_rise(case):
    X, start = case
    errors = [wcss(X, *run_kmeans(X, start, max_iters)) for max_iters in range(7)]
    for before, after in zip(errors, errors[1:], strict=False):
        assert after <= before + 1e-12 * (1 + before)


def test_a_repaired_start_is_never_better_than_what_follows():
    # Both initial colors lie on the left; one of them gets no pixel and has to move.
    X = np.array([[2.0], [8.0], [8.0], [0.0]])
    start = np.array([[-14.0], [-27.0]])
    assert wcss(X, *run_kmeans(X, start, 1)) <= wcss(X, *run_kmeans(X, start, 0))


@given(pixels())
def test_as_many_colors_as_the_picture_has_leave_no_error(X):
    K = len(distinct(X))
    centroids, idx = run_kmeans(X, np.zeros((K, X.shape[1])), max_iters=5)
    assert len(set(idx.tolist())) == K
    assert wcss(X, centroids, idx) < 1e-12


@given(pixels(), st.integers(1, 3), st.integers(0, 8))
def test_more_colors_than_the_picture_has_are_refused_with_both_numbers(X, more, max_iters):
    have = len(distinct(X))
    want = have + more
    start = np.resize(X, (want, X.shape[1]))
    with pytest.raises(ValueError, match=rf"K = {want}\b.* {have} "):
        run_kmeans(X, start, max_iters)


@pytest.mark.parametrize("value", [0.1, 0.7, 1 / 3, 0.5])
@pytest.mark.parametrize("N", [3, 1000, BLOCK + 1])
def test_a_picture_of_one_color_refuses_two_at_once(value, N, monkeypatch):
    # The mean of many times 0.1 is not 0.1: nothing may chase it back and forth.
    moves = count_moves(monkeypatch, at_most=20)
    X = np.full((N, 3), value)
    with pytest.raises(ValueError, match=r"K = 2\b.* 1 "):
        run_kmeans(X, np.array([[value] * 3, [0.9, 0.9, 0.9]]), max_iters=10**9)
    assert len(moves) <= 20


@pytest.mark.parametrize("value", [0.1, 0.7, 1 / 3])
def test_a_picture_of_one_color_keeps_it(value, monkeypatch):
    count_moves(monkeypatch, at_most=20)
    X = np.full((1000, 3), value)
    centroids, idx = run_kmeans(X, np.zeros((1, 3)), max_iters=10**9)
    np.testing.assert_allclose(centroids, X[:1])
    assert (idx == 0).all()


def count_moves(monkeypatch, at_most):
    """A list that grows with every call of compute_centroids, and stops a run without end."""
    moves = []

    def counted(*arguments):
        moves.append(1)
        assert len(moves) <= at_most, "K-means does not come to an end"
        return compute_centroids(*arguments)

    monkeypatch.setattr(kmeans, "compute_centroids", counted)
    return moves


def test_it_stops_when_nothing_moves(monkeypatch):
    moves = count_moves(monkeypatch, at_most=5)
    X = np.array([[0.0], [1.0], [10.0], [11.0]])
    centroids, _ = run_kmeans(X, np.array([[0.0], [11.0]]), max_iters=10**9)
    assert centroids.tolist() == [[0.5], [10.5]]
    assert len(moves) == 2  # one that moves, one that finds nothing left to move


@pytest.mark.parametrize("max_iters", [0, 1, 4])
def test_it_takes_no_more_steps_than_asked(max_iters, monkeypatch, rng):
    moves = count_moves(monkeypatch, at_most=max_iters)
    X = rng.random((200, 2))
    run_kmeans(X, X[:9], max_iters)
    assert len(moves) == max_iters


def test_without_a_step_the_initial_colors_stay(rng):
    X = rng.random((20, 3))
    centroids, idx = run_kmeans(X, X[:4], max_iters=0)
    assert (centroids == X[:4]).all()
    assert idx[:4].tolist() == [0, 1, 2, 3]


def test_a_lost_color_moves_in_a_copy_of_the_initial_colors(rng):
    X = rng.random((30, 3))
    start = np.concatenate([X[:3], [[1e6] * 3]])
    before = X.copy(), start.copy()
    X.flags.writeable = start.flags.writeable = False
    run_kmeans(X, start, 0)
    assert (X == before[0]).all() and (start == before[1]).all()


def test_colors_that_all_have_pixels_are_left_as_they_are(rng):
    X = rng.random((9, 3))
    centroids, idx = use_every_color(X, X[:3], find_closest_centroids(X, X[:3]))
    assert (centroids == X[:3]).all()
    assert (idx == find_closest_centroids(X, X[:3])).all()


@pytest.mark.parametrize("dtype", [np.float32, np.int64, np.uint8])
def test_pixels_of_any_type_come_to_the_same_colors(dtype, rng):
    X = rng.integers(0, 256, (80, 3)).astype(dtype)
    centroids, idx = run_kmeans(X, X[:5])
    expected_centroids, expected_idx = run_kmeans(X.astype(float), X[:5].astype(float))
    np.testing.assert_allclose(centroids, expected_centroids, rtol=1e-6)
    assert (idx == expected_idx).all()


# --- Where to start ----------------------------------------------------------------------


@both_starts
@given(X=pixels(), data=st.data())
def test_a_start_is_k_different_pixels(start, X, data):
    K = data.draw(st.integers(1, len(distinct(X))))
    centroids = start(X, K, np.random.default_rng(data.draw(st.integers(0, 99))))
    assert centroids.shape == (K, X.shape[1])
    assert len(distinct(centroids)) == K
    assert distinct(centroids) <= distinct(X)


@both_starts
@given(X=pixels(), more=st.integers(1, 3))
def test_a_start_with_more_colors_than_there_are_is_refused_with_both_numbers(start, X, more):
    have = len(distinct(X))
    with pytest.raises(ValueError, match=rf"K = {have + more}\b.* {have} "):
        start(X, have + more, np.random.default_rng(0))


@both_starts
def test_a_seed_decides_everything(start, rng):
    X = rng.random((500, 3))
    one, same, other = (start(X, 5, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert (one == same).all()
    assert not (one == other).all()


@both_starts
def test_a_generator_goes_on_from_start_to_start(start, rng):
    X = rng.random((500, 3))
    generator = np.random.default_rng(1)
    assert not (start(X, 5, generator) == start(X, 5, generator)).all()


@both_starts
def test_numpys_global_randomness_is_neither_used_nor_moved(start, rng):
    X = rng.random((50, 3))
    np.random.seed(1)
    before = np.random.get_state()
    one = start(X, 5, np.random.default_rng(3))
    run_kmeans(X, one)
    after = np.random.get_state()
    assert (before[1] == after[1]).all() and before[2:] == after[2:]
    np.random.seed(2)
    assert (start(X, 5, np.random.default_rng(3)) == one).all()


@both_starts
@pytest.mark.parametrize("dtype", [np.float32, np.uint8])
def test_a_start_from_pixels_of_any_type_is_some_of_these_pixels(start, dtype, rng):
    X = rng.integers(0, 256, (40, 3)).astype(dtype)
    assert distinct(start(X, 10, rng)) <= distinct(X)


def shares(draws):
    """How often each value was drawn, as a share."""
    values, counts = np.unique(draws, return_counts=True)
    return dict(zip(values.tolist(), (counts / len(draws)).tolist(), strict=True))


# In what follows a share of 3000 draws has a standard deviation of at most 0.01.
@both_starts
def test_the_first_color_is_drawn_as_often_as_it_fills_the_picture(start):
    X = np.array([0.0] * 60 + [0.5] * 30 + [1.0] * 10)[:, None]
    rng = np.random.default_rng(0)
    drawn = shares([start(X, 1, rng)[0, 0] for _ in range(3000)])
    assert drawn == pytest.approx({0.0: 0.6, 0.5: 0.3, 1.0: 0.1}, abs=0.04)


def test_the_second_color_is_drawn_as_often_as_it_fills_the_rest():
    X = np.array([0.0] * 60 + [0.5] * 30 + [1.0] * 10)[:, None]
    rng = np.random.default_rng(0)
    pairs = [kmeans_init_centroids(X, 2, rng)[:, 0] for _ in range(3000)]
    drawn = shares([second for first, second in pairs if first == 0])
    assert drawn == pytest.approx({0.5: 0.75, 1.0: 0.25}, abs=0.05)


def test_plus_plus_draws_the_second_color_by_its_squared_distance():
    X = np.array([[0.0], [1.0], [3.0]])
    rng = np.random.default_rng(0)
    pairs = [kmeans_plus_plus(X, 2, rng)[:, 0] for _ in range(3000)]
    after_0 = shares([second for first, second in pairs if first == 0])
    assert after_0 == pytest.approx({1.0: 1 / 10, 3.0: 9 / 10}, abs=0.05)
    after_1 = shares([second for first, second in pairs if first == 1])
    assert after_1 == pytest.approx({0.0: 1 / 5, 3.0: 4 / 5}, abs=0.05)


def test_plus_plus_spreads_better_than_random_on_separated_blobs():
    centers = [[x, y] for x in (0.1, 0.5, 0.9) for y in (0.2, 0.8)]
    X = blobs(np.random.default_rng(0), centers, 30, 0.02)

    def error(start, seed):
        centroids = start(X, 6, np.random.default_rng(seed))
        return wcss(X, centroids, find_closest_centroids(X, centroids))

    random, spread = (np.mean([error(start, seed) for seed in range(60)]) for start in STARTS)
    assert spread < random / 2


# --- Memory ------------------------------------------------------------------------------

PYTHON = 60e6  # bytes of the interpreter and NumPy, before any picture


def most_memory(pixels):
    """The most bytes in use while a start is drawn, and while K-means takes a step from it.

    Two thirds of the pixels are white, as in the photo of a thing on a table: so large a
    cluster must not be copied in one piece either.
    """
    rng, peaks = np.random.default_rng(0), []
    tracemalloc.start()
    X = rng.random((pixels, 3))
    X[: 2 * pixels // 3] = 1
    start = kmeans_init_centroids(X, 64, rng)
    peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.reset_peak()
    run_kmeans(X, start, max_iters=1)
    peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    return peaks


def test_twelve_megapixels_and_64_colors_stay_under_500_megabytes(monkeypatch):
    """Every array grows with the pixels or not at all: two sizes tell the rest.

    Small blocks, which must not hide behind their own size what grows with the pixels.
    """
    for room in (codebook, kmeans):
        monkeypatch.setattr(room, "BLOCK", 256)
    few, many = 50_000, 100_000
    for at_few, at_many in zip(most_memory(few), most_memory(many), strict=True):
        a_pixel = (at_many - at_few) / (many - few)
        assert at_few + (12_000_000 - few) * a_pixel + PYTHON < 500e6
