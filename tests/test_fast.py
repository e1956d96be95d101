"""The fast K-means: the answers of the slow one, on every path that gets there sooner."""

import inspect
import itertools
import tracemalloc

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers import codebook, fast, kmeans
from helpers.codebook import find_closest_centroids
from helpers.color import srgb_to_lab
from helpers.fast import counting, distances, dithering, grids, pictures
from helpers.fast.distances import Points
from helpers.fast.starts import drawn
from helpers.images import load_photo, to_bytes, to_pixels
from helpers.kmeans import run_kmeans, wcss

PHOTOS = ["tulips", "harbour_dusk", "pencils"]
LOST_ON_THE_WAY = np.array([[5, 10], [10, 7], [10, 9], [11, 1], [11, 2]]) / 255


@pytest.fixture(scope="module")
def photo():
    """Every third pixel of a photograph: 43,776 pixels."""
    return load_photo("tulips")[::3, ::3]


@st.composite
def small_pictures(draw, smallest=1):
    """Small pictures with few different colors, so that pixels repeat and tie."""
    levels = st.sampled_from([0, 1, 2, 3, 50, 51, 127, 128, 254, 255])
    rows = draw(st.lists(st.tuples(levels, levels, levels), min_size=smallest, max_size=14))
    copies = draw(st.integers(1, 3))
    return np.array([rows] * copies) / 255


@st.composite
def points_and_start(draw):
    """Different points of any number of channels, counts, and centroids, some far away."""
    d = draw(st.sampled_from([1, 2, 3, 5]))
    values = st.sampled_from([0, 0.1, 0.1 + 1e-9, 0.2, 0.25, 1 / 3, 0.5, 0.75, 1, -3.0, 7.0, 1e6])
    row = st.lists(values, min_size=d, max_size=d)
    colors = np.unique(np.array(draw(st.lists(row, min_size=1, max_size=12)), dtype=float), axis=0)
    counts = np.array(draw(st.lists(st.integers(1, 9), min_size=len(colors), max_size=len(colors))))
    K = draw(st.integers(1, len(colors)))
    anywhere = st.lists(st.one_of(values, st.sampled_from([-1e6, 1e100])), min_size=d, max_size=d)
    centroid = st.one_of(st.sampled_from(colors.tolist()), anywhere)
    return colors, counts, np.array(draw(st.lists(centroid, min_size=K, max_size=K)), dtype=float)


def serves_worse(colors, centroids, idx):
    """How much farther each color's centroid is than its nearest."""
    distances = np.sqrt(((colors[:, None] - centroids) ** 2).sum(axis=2))
    return distances[np.arange(len(colors)), idx] - distances.min(axis=1)


# --- Counting --------------------------------------------------------------------------------


@given(small_pictures())
def test_every_color_is_counted_once(image):
    colors, counts, inverse = fast.count_colors(image)
    for one, other in zip(
        (colors, counts, inverse), fast.count_colors(to_bytes(image)), strict=True
    ):
        assert np.array_equal(one, other)
    expected, rows, times = np.unique(
        to_pixels(to_bytes(image)), axis=0, return_inverse=True, return_counts=True
    )
    assert np.array_equal(colors, expected / 255)
    assert np.array_equal(counts, times) and np.array_equal(inverse, rows.ravel())


def test_values_between_levels_are_rounded_as_in_a_file(rng):
    image = rng.random((40, 50, 3))
    colors, _, inverse = fast.count_colors(image)
    assert np.array_equal(colors[inverse], to_pixels(to_bytes(image) / 255))


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((0, 3)),
        np.zeros((4, 4)),
        np.float64(1),
        np.full((2, 2, 3), np.nan),
        np.full((2, 2, 3), 1.5),
        np.full((2, 2, 3), -0.1),
        np.full((2, 2, 3), 255),
        np.zeros((2, 2, 4)),
    ],
)
def test_no_picture_is_refused_in_a_sentence(image):
    with pytest.raises(ValueError, match=r"^image .*; give .*\.$"):
        fast.count_colors(image)


@pytest.mark.parametrize("side", [2, 32, 90, 256])
def test_cells_hold_the_mean_of_their_colors(photo, side):
    colors, counts, _ = fast.count_colors(photo[::3, ::3])
    means, sizes = grids.coarse_cells(counting.keys_of(colors), colors, counts, side)
    cells = np.rint(colors * 255).astype(int) * side // 256
    expected = {}
    for cell, color, count in zip(map(tuple, cells), colors, counts, strict=True):
        expected.setdefault(cell, []).append((color, count))
    assert len(means) == len(expected) and sizes.sum() == counts.sum()
    for cell, mean, size in zip(sorted(expected), means, sizes, strict=True):
        members, times = map(np.array, zip(*expected[cell], strict=True))
        assert size == times.sum()
        assert mean == pytest.approx(times @ members / size, abs=1e-12)


# --- k-means++ -------------------------------------------------------------------------------


@given(points_and_start(), st.integers(0, 9))
def test_a_start_is_made_of_different_colors(case, seed):
    colors, counts, start = case
    assume(len(colors) == len(np.unique(colors.astype(np.float32), axis=0)))
    centroids = fast.kmeans_plus_plus(colors, counts, len(start), np.random.default_rng(seed))
    assert {tuple(c) for c in centroids} <= {tuple(c) for c in colors}
    assert len({tuple(c) for c in centroids}) == len(start)


def test_the_chance_is_count_times_squared_distance():
    colors, counts = np.array([[0.0], [1.0], [3.0]]), np.array([100, 1, 2])
    rng, drawn = np.random.default_rng(0), np.zeros((3, 3))
    for _ in range(20_000):
        first, second = fast.kmeans_plus_plus(colors, counts, 2, rng)[:, 0]
        drawn[[0, 1, 3].index(first), [0, 1, 3].index(second)] += 1
    chance = np.array([[0, 1 * 1, 2 * 9], [100 * 1, 0, 2 * 4], [100 * 9, 1 * 4, 0]], dtype=float)
    chance *= (counts / counts.sum() / chance.sum(axis=1))[:, None]
    assert np.abs(drawn / 20_000 - chance).max() < 0.01


def test_with_several_tries_hardly_a_heap_of_colors_goes_without_a_start():
    """Forty heaps, far apart, a few of them nearly everywhere: single draws miss some."""
    rng = np.random.default_rng(0)
    heaps = np.stack(np.unravel_index(rng.permutation(125)[:40], (5, 5, 5)), axis=1) / 4
    colors = (heaps[:, None] + rng.normal(0, 0.003, (40, 20, 3))).reshape(-1, 3)
    counts = np.repeat(1 + (1000 * rng.pareto(1, 40)).astype(int), 20)
    missed, squared_to = {}, Points(colors).squared_to
    for tries in (1, 6):
        starts = [drawn(counts, 40, rng, squared_to, tries) for _ in range(20)]
        begun = [{tuple(np.rint(4 * color)) for color in colors[start]} for start in starts]
        missed[tries] = np.mean([40 - len(heaps) for heaps in begun])
    assert missed[6] < 1 < missed[1], missed


# --- The exact mode --------------------------------------------------------------------------


@given(small_pictures(), st.data())
def test_every_color_has_its_nearest_centroid_and_ties_go_to_the_lowest(image, data):
    colors, counts, _ = fast.count_colors(image)
    K = data.draw(st.integers(1, len(colors)))
    start = colors[data.draw(st.lists(st.integers(0, len(colors) - 1), min_size=K, max_size=K))]
    *_, last = fast.steps(colors, counts, start, 0)
    assert (np.bincount(last.idx, minlength=K) > 0).all()
    assert serves_worse(colors, last.centroids, last.idx) == pytest.approx(0, abs=1e-12)
    assert last.wcss == pytest.approx(
        counts @ ((colors - last.centroids[last.idx]) ** 2).sum(axis=1), abs=1e-9
    )
    first = next(fast.steps(colors, counts, colors[:K], 0))
    assert np.array_equal(first.idx, find_closest_centroids(colors, colors[:K]))


@given(points_and_start())
def test_points_of_any_kind_end_where_a_lloyd_step_leaves_them(case):
    colors, counts, start = case
    centroids, idx = fast.kmeans(colors, counts, start, tol=0)
    scale = max(1, np.abs(colors).max())
    assert (np.bincount(idx, minlength=len(start)) > 0).all()
    assert serves_worse(colors, centroids, idx).max() <= 1e-9 * scale
    for k, centroid in enumerate(centroids):
        mean = counts[idx == k] @ colors[idx == k] / counts[idx == k].sum()
        assert centroid == pytest.approx(mean, rel=1e-9, abs=1e-9 * scale)


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("K", [1, 2, 16, 40])
def test_step_by_step_it_is_the_k_means_of_the_lessons(name, K):
    image = load_photo(name)[::4, ::4]
    colors, counts, inverse = fast.count_colors(image)
    start = fast.kmeans_plus_plus(colors, counts, K, np.random.default_rng(K))
    for max_iter in (0, 1, 9):
        centroids, idx = fast.kmeans(colors, counts, start, tol=0, max_iter=max_iter)
        expected, expected_idx = run_kmeans(to_pixels(image), start, max_iter)
        assert centroids == pytest.approx(expected, abs=1e-12)
        assert np.array_equal(idx[inverse], expected_idx)


def test_bounds_skip_most_colors(photo, monkeypatch):
    looked_at = []
    look = Points.look

    def watched(self, centroids, rows, idx):
        looked_at.append(len(rows))
        return look(self, centroids, rows, idx)

    monkeypatch.setattr(Points, "look", watched)
    colors, counts, _ = fast.count_colors(photo)
    fast.kmeans(colors, counts, fast.kmeans_plus_plus(colors, counts, 16, np.random.default_rng(1)))
    assert len(looked_at) > 10 and np.mean(looked_at) < 0.6 * len(colors)


@given(points_and_start(), st.booleans())
def test_a_margin_is_never_more_than_the_distances_are_apart(case, few):
    colors, _, centroids = case
    points = Points(colors)
    before = np.zeros(len(colors), dtype=np.intp)
    rows = np.arange(len(colors))
    looked, doubtful, now = points.look(centroids, rows, before)
    nearest = before.copy()
    nearest[doubtful] = now
    with pytest.MonkeyPatch.context() as patched:
        if few and len(centroids) > 1:  # in blocks all the same
            patched.setattr(distances, "MANY", 2)
            patched.setattr(distances, "WORTH", 2)
        at_once = points.nearest_and_margin(centroids)
    for idx, margin in [at_once, (nearest, looked)]:
        assert np.array_equal(idx, find_closest_centroids(colors, centroids))
        apart = np.sqrt(((colors[:, None] - centroids) ** 2).sum(axis=2))
        own = apart[rows, idx]
        apart[rows, idx] = np.inf
        assert (margin <= np.maximum(apart.min(axis=1) - own, 0) * (1 + 1e-12)).all()
        assert (margin >= 0).all()


@pytest.mark.parametrize("K", [2, 16, 100, 256])
def test_margins_of_a_photograph_are_close_to_the_truth(photo, K):
    colors = fast.count_colors(photo).colors
    centroids = colors[np.random.default_rng(K).choice(len(colors), K, replace=False)] + 1e-4
    idx, margin = Points(colors).nearest_and_margin(centroids)
    distances = np.sqrt(((colors[:, None] - centroids) ** 2).sum(axis=2))
    assert np.array_equal(idx, distances.argmin(axis=1))
    two = np.partition(distances, 1, axis=1)
    assert (margin <= two[:, 1] - two[:, 0]).all()
    assert np.quantile(two[:, 1] - two[:, 0] - margin, 0.99) < 0.1 / 255  # of a level


@pytest.mark.parametrize("d", [1, 2, 3, 5])
@pytest.mark.parametrize("scale", [1e-20, 1, 1e6, 1e17])
def test_a_centroid_is_not_asked_only_where_it_can_t_be_near(rng, monkeypatch, scale, d):
    X = rng.normal(size=(3000, d)) * scale
    C = np.vstack([X[::50], X[:50:3], X[-1:] * 50])  # some are there twice, one is far
    asked = []
    near = Points._near
    monkeypatch.setattr(distances, "MANY", 2)
    monkeypatch.setattr(distances, "WORTH", 1)

    def watched(self, factors):
        for block, these in near(self, factors):
            asked.append(len(these))
            yield block, these

    monkeypatch.setattr(Points, "_near", watched)
    idx, _ = Points(X).nearest_and_margin(C)
    assert np.array_equal(idx, find_closest_centroids(X, C))
    if scale in (1, 1e6) and d < 5:  # others have no room in float32, or nothing but rounding
        assert len(asked) > 4 and np.mean(asked) < 0.8 * len(C)


@pytest.mark.parametrize(("product", "chunk"), [(1, 1), (450, 20), (4_999, 777)])
def test_the_size_of_the_pieces_changes_no_answer(photo, monkeypatch, product, chunk):
    colors, counts, _ = fast.count_colors(photo[::9, ::9])
    start = fast.kmeans_plus_plus(colors, counts, 9, np.random.default_rng(0))
    expected = list(fast.steps(colors, counts, start))
    monkeypatch.setattr(distances, "PRODUCT", product)
    monkeypatch.setattr(distances, "CHUNK", chunk)
    found = list(fast.steps(colors, counts, start))
    assert len(found) == len(expected) > 5
    assert all(np.array_equal(a.idx, b.idx) for a, b in zip(found, expected, strict=True))


@pytest.mark.parametrize("d", [1, 2, 4])
@pytest.mark.parametrize("scale", [1e-20, 1e-12, 1, 1e6, 1e17, 1e100])
def test_points_of_any_size_agree_with_the_lessons(rng, scale, d):
    X = rng.normal(size=(200, d)) * scale
    centroids, idx = fast.kmeans(X, np.ones(200, dtype=int), X[:7], tol=0, max_iter=30)
    expected, expected_idx = run_kmeans(X, X[:7], 30)
    assert centroids == pytest.approx(expected, rel=1e-12, abs=1e-12 * scale)
    assert np.array_equal(idx, expected_idx)


def test_centroids_beyond_the_reach_of_float32_are_told_apart():
    far = np.array([[1e16, 0], [9e14, 9e14]])
    corners = np.array([[0.0, 0.0], [1.0, 1.0]])
    assert Points(corners).nearest_and_margin(far)[0].tolist() == [1, 1]


@pytest.mark.parametrize("mode", [fast.kmeans, fast.quick_kmeans])
def test_colors_that_repeat_are_refused_where_K_needs_more(mode):
    colors = np.array([[0.5, 0.5, 0.5], [0.5, 0.5, 0.5], [0.7, 0.7, 0.7]])
    with pytest.raises(ValueError, match="only 2 different"):
        mode(colors, np.ones(3, dtype=int), colors)


@pytest.mark.parametrize("kind", ["float16", "float32", "longdouble", ">f4"])
@pytest.mark.parametrize("quick", [False, True])
def test_pictures_of_any_kind_of_decimals_are_clustered_alike(photo, kind, quick):
    picture = photo[::9, ::9]
    centroids, idx = fast.cluster(picture, 5, quick=quick)
    same, same_idx = fast.cluster(picture.astype(kind), 5, quick=quick)
    assert np.array_equal(centroids, same) and np.array_equal(idx, same_idx)


@pytest.mark.parametrize("K", [1, 3, 16, 300])
def test_cells_with_one_nearest_centroid_change_no_answer(K):
    keys, _ = counting.counted(counting.keys_of(load_photo("pencils")))
    colors = counting.unpacked(keys)
    centroids = np.random.default_rng(K).random((K, 3)) * 0.5
    assert np.array_equal(
        grids.nearest_by_cells(keys, centroids), find_closest_centroids(colors, centroids)
    )


@pytest.mark.parametrize("K", [16, 64])
def test_it_stops_where_scikit_learn_stops(photo, K):
    cluster = pytest.importorskip("sklearn.cluster", reason="scikit-learn is not installed")
    colors, counts, inverse = fast.count_colors(photo)
    start = fast.kmeans_plus_plus(colors, counts, K, np.random.default_rng(3))
    start += np.random.default_rng(0).normal(0, 1e-6, start.shape)  # no ties to break
    steps = list(fast.steps(colors, counts, start))
    theirs = cluster.KMeans(K, init=start, n_init=1, algorithm="lloyd").fit(to_pixels(photo))
    assert len(steps) - 1 in (theirs.n_iter_, theirs.n_iter_ - 1)
    assert steps[-1].wcss == pytest.approx(theirs.inertia_, rel=1e-6)
    assert np.mean(steps[-1].idx[inverse] != theirs.labels_) < 1e-4


def test_the_wcss_never_rises(photo):
    colors, counts, inverse = fast.count_colors(photo)
    found = list(fast.steps(colors, counts, colors[:: len(colors) // 7][:7], 0, 20))
    values = [step.wcss for step in found]
    assert all(a >= b for a, b in itertools.pairwise(values))
    last = found[-1]
    assert values[-1] == pytest.approx(wcss(to_pixels(photo), last.centroids, last.idx[inverse]))
    assert not np.shares_memory(found[0].idx, last.idx)


@pytest.mark.parametrize(
    ("colors", "counts", "start"),
    [
        ([[0.0], [0.1], [0.9], [1.0]], [1, 1, 1, 1], [[0.0], [50.0], [60.0]]),
        (LOST_ON_THE_WAY, [1, 1, 2, 3, 3], LOST_ON_THE_WAY[[0, 3, 4]]),
    ],
    ids=["at the start", "on the way"],
)
def test_a_lost_color_goes_where_it_helps_most(colors, counts, start):
    colors = np.array(colors)
    centroids, idx = fast.kmeans(colors, counts, start, tol=0)
    X = colors.repeat(counts, axis=0)
    expected, expected_idx = run_kmeans(X, start, 300)
    assert centroids == pytest.approx(expected, abs=1e-12)
    assert np.array_equal(idx.repeat(counts), expected_idx)


@pytest.mark.parametrize("quick", [False, True])
def test_a_color_that_was_left_without_pixels_is_put_to_use(rng, quick):
    image = rng.integers(0, 256, (5, 8, 3), dtype=np.uint8)
    colors = fast.count_colors(image).colors
    start = np.vstack([colors[:5], colors[:1], colors[:1], colors[:1]])
    centroids, idx = fast.cluster(image, start, quick=quick)
    assert (np.bincount(idx.ravel(), minlength=8) > 0).all()
    assert np.array_equal(idx.ravel(), find_closest_centroids(to_pixels(image) / 255, centroids))


@pytest.mark.parametrize("mode", [fast.kmeans, fast.quick_kmeans])
@pytest.mark.parametrize(
    ("start", "words"),
    [
        (np.zeros((4, 3)), "K = 4, but the picture has only 3"),
        (np.zeros((0, 3)), "empty"),
        (np.zeros((2, 2)), r"give \(K, (3|d\), where d is 3)"),
        (np.zeros(3), r"give \(K, [d3]\)"),
        (np.full((2, 3), np.nan), "NaN"),
    ],
)
def test_a_bad_start_is_refused_in_a_sentence(mode, start, words):
    with pytest.raises(ValueError, match=words):
        mode(np.eye(3), np.ones(3, dtype=int), start)


# --- The quick mode and the slider -----------------------------------------------------------


@given(small_pictures(), st.data())
def test_quick_gives_every_color_a_use_and_every_pixel_its_nearest(image, data):
    colors, counts, _ = fast.count_colors(image)
    K = data.draw(st.integers(1, len(colors)))
    start = colors[data.draw(st.lists(st.integers(0, len(colors) - 1), min_size=K, max_size=K))]
    answer = fast.Palettes(image, largest=2).quick(K)
    for X, centroids, idx in [
        (colors, *fast.quick_kmeans(colors, counts, start)),
        (to_pixels(image), answer.centroids, answer.idx.ravel()),
    ]:
        assert (np.bincount(idx, minlength=K) > 0).all()
        assert serves_worse(X, centroids, idx).max() <= 1e-12
        assert centroids.min() >= -1e-6 and centroids.max() <= 1 + 1e-6


@pytest.mark.spread(3)
@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("K", [4, 16, 64])
def test_quick_is_as_good_as_k_means_to_the_end(name, K):
    image = load_photo(name)
    counted = fast.count_colors(image)
    quick, exact = [], []
    for seed in range(3):
        rng = np.random.default_rng(seed)
        start = fast.kmeans_plus_plus(counted.colors, counted.counts, K, rng)
        for mode, results in ((fast.quick_kmeans, quick), (fast.kmeans, exact)):
            centroids, idx = mode(counted.colors, counted.counts, start)
            squared = ((counted.colors - centroids[idx]) ** 2).sum(axis=1)
            results.append(counted.counts @ squared)
    assert np.mean(quick) <= 1.001 * np.mean(exact)
    answer = fast.Palettes(image).quick(K)
    assert answer.mse * image.size <= 1.02 * np.mean(exact)


@pytest.mark.parametrize("K", [1, 2, 33, pytest.param(300, marks=pytest.mark.slow)])
def test_an_answer_is_the_picture_repainted(photo, K):
    palettes = fast.Palettes(photo)
    answer = palettes.quick(K)
    assert answer.idx.shape == photo.shape[:2] and answer.centroids.shape == (K, 3)
    assert answer.mse == pytest.approx(((answer.centroids[answer.idx] - photo) ** 2).mean())
    assert answer.mse == pytest.approx(palettes.paint(answer.centroids).mse, rel=1e-12)


def test_the_slider_forgets_where_it_has_been(photo):
    one, other = fast.Palettes(photo), fast.Palettes(photo, largest=5)
    there = [one.quick(K) for K in (40, 7, 23)]
    back = [other.quick(K) for K in (23, 7, 40)][::-1]
    for a, b in zip(there, back, strict=True):
        assert np.array_equal(a.centroids, b.centroids) and np.array_equal(a.idx, b.idx)
    chosen = one.choose(23)
    one.choose(23)[:] = 0
    assert np.array_equal(one.choose(23), chosen)


def test_refining_only_gets_better_and_ends_where_k_means_ends(photo):
    palettes = fast.Palettes(photo)
    quick = palettes.quick(24)
    answers = list(palettes.refine(quick.centroids, tol=0))
    errors = [quick.mse] + [answer.mse for answer in answers]
    assert all(a >= b - 1e-15 for a, b in itertools.pairwise(errors))
    end = answers[-1]
    assert end.mse == pytest.approx(((end.centroids[end.idx] - photo) ** 2).mean())
    means = [photo[end.idx == k].mean(axis=0) for k in range(24)]
    assert end.centroids == pytest.approx(np.array(means), abs=1e-12)


def test_asking_for_more_colors_than_there_are_is_refused():
    palettes = fast.Palettes(np.eye(3)[None])
    assert sorted(palettes.quick(3).idx.ravel()) == [0, 1, 2]
    for K in (0, 4):
        with pytest.raises(ValueError, match=f"K (=|is) {K}"):
            palettes.quick(K)


def test_quick_takes_any_colors_between_0_and_1(rng):
    colors = rng.random((500, 3))
    centroids, idx = fast.quick_kmeans(colors, np.ones(500, dtype=int), colors[:7])
    assert np.array_equal(idx, find_closest_centroids(colors, centroids))
    with pytest.raises(ValueError, match=r"in \[0, 1\]"):
        fast.quick_kmeans(colors + 0.5, np.ones(500, dtype=int), colors[:7])


@pytest.mark.parametrize(("shared", "kept"), [(230, "tidy"), (232, "torn")])
def test_of_palettes_with_next_to_the_least_error_the_tidiest_is_kept(shared, kept):
    """One has a border amid a heap of grays and the least error; the other has more by so much."""
    levels = np.array([40, *range(96, 105), 210, 250])
    sizes = np.array([1, *[100] * 9, 3000, 3000])  # the last two share a color: most of the error
    cells = grids.Cells(np.repeat(levels[:, None] / 255, 3, axis=1), sizes)
    grays = {"tidy": [40, 100, shared], "torn": [98, 103, 230]}
    palettes = {name: np.repeat(np.array(g)[:, None] / 255, 3, axis=1) for name, g in grays.items()}
    errors = {name: sizes @ ((levels[:, None] - g) ** 2).min(axis=1) for name, g in grays.items()}
    assert errors["torn"] < errors["tidy"]
    assert (errors["tidy"] < 1.004 * errors["torn"]) == (kept == "tidy")
    for order in (palettes, reversed(palettes)):
        assert cells.tidiest([palettes[name] for name in order]) is palettes[kept]


# --- A picture in one call -------------------------------------------------------------------


@pytest.mark.parametrize("quick", [False, True])
def test_a_picture_is_clustered_by_its_colors(photo, quick):
    colors, counts, inverse = fast.count_colors(photo)
    start = fast.kmeans_plus_plus(colors, counts, 16, np.random.default_rng(3))
    centroids, idx = (fast.quick_kmeans if quick else fast.kmeans)(colors, counts, start)
    found = fast.cluster(photo, start, quick=quick)
    assert np.array_equal(found[0], centroids)
    assert np.array_equal(found[1], idx[inverse].reshape(photo.shape[:2]))
    if not quick:
        drawn = fast.cluster(photo, 16, np.random.default_rng(3))
        assert np.array_equal(drawn[0], centroids)


def of_one_color_and_few_others(rng):
    """Snow: nearly white all over, a dark tree, a red coat; little of the color cube is used."""
    picture = np.full((150, 200, 3), (0.93, 0.95, 0.98)) * (1 - 0.05 * rng.random((150, 200, 1)))
    picture[:, 60:64], picture[80:90, 150:155] = 0.15, (0.8, 0.1, 0.12)
    return picture + rng.normal(0, 0.012, picture.shape)


def of_clusters_apart(rng):
    """Twenty colors, a few of them nearly everywhere: a bad start stays a bad one."""
    share = rng.pareto(1, 20) + 0.02
    which = rng.choice(20, (150, 200), p=share / share.sum())
    return rng.random((20, 3))[which] + rng.normal(0, 0.03, (150, 200, 3))


def in_the_dark(rng):
    """A black room, and a lamp."""
    lamp = rng.random((150, 200, 1)) ** 40 * (1, 0.9, 0.5)
    return 0.04 * rng.random((150, 200, 1)) + lamp + rng.normal(0, 0.006, (150, 200, 3))


@pytest.mark.spread(3)
@pytest.mark.parametrize("K", [2, 4, 8, 16, 64])
@pytest.mark.parametrize("make", [of_one_color_and_few_others, of_clusters_apart, in_the_dark])
def test_every_single_quick_run_is_as_good_as_the_mean_of_full_ones(make, K):
    picture = to_bytes(np.clip(make(np.random.default_rng(5)), 0, 1))
    runs = {True: [], False: []}
    for quick, seed in itertools.product(runs, range(5)):
        centroids, idx = fast.cluster(picture, K, np.random.default_rng(seed), quick=quick)
        runs[quick].append(((picture / 255 - centroids[idx]) ** 2).sum())
    assert max(runs[True]) <= 1.02 * np.mean(runs[False])
    assert np.mean(runs[True]) <= 1.001 * np.mean(runs[False])


def test_cells_are_narrow_where_a_picture_has_its_pixels():
    fog = np.random.default_rng(0).integers(150, 182, (100, 100, 3), dtype=np.uint8)
    fog[0, :2] = [[0, 0, 0], [255, 255, 255]]
    keys, counts = counting.counted(counting.keys_of(fog))
    rulers = grids._rulers(keys, counts)
    for ruler in rulers:
        assert (np.diff(ruler) >= 0).all() and 0 <= ruler[0] and ruler[-1] <= 255
        assert ruler[181] - ruler[150] > 200  # an eighth of the levels has most of the ruler
    coarse = grids.grids_for(16, keys, counting.unpacked(keys), counts)[0]
    assert len(coarse.means) > 2000  # of 4096, where the cube's own cells hold ten


@pytest.mark.slow
def test_a_sample_of_a_noisy_picture_finds_as_good_a_palette(rng):
    photo = to_bytes(load_photo("tulips")).repeat(2, axis=0).repeat(2, axis=1)
    noisy = np.clip(photo + np.rint(rng.normal(0, 4, photo.shape)), 0, 255).astype(np.uint8)
    colors, counts, inverse = fast.count_colors(noisy)
    assert len(inverse) > pictures.LARGE and len(colors) > grids.MANY
    losses = []
    for _ in range(3):
        start = fast.kmeans_plus_plus(colors, counts, 16, rng)
        centroids, idx = fast.quick_kmeans(colors, counts, start)
        sampled, numbers = fast.cluster(noisy, start, quick=True)
        both = (centroids, idx[inverse]), (sampled, numbers.ravel())
        losses.append([((to_pixels(noisy) / 255 - c[k]) ** 2).sum() for c, k in both])
    of_colors, of_sample = np.mean(losses, axis=0)
    assert of_sample < 1.01 * of_colors  # a single start is off by 1 % either way
    assert numbers.shape == noisy.shape[:2] and numbers.dtype == np.int32
    assert serves_worse(colors, sampled, numbers.ravel()[_first(inverse)]).max() <= 1e-12
    again = fast.cluster(noisy, start, quick=True)
    assert np.array_equal(again[0], sampled) and np.array_equal(again[1], numbers)
    # Who has the keys, and may know which occur, gets the centroids alone.
    keys = counting.keys_of(noisy)
    for known in (None, counting.occurring(keys)):
        found, again = pictures.quick_centroids(keys, start, found=known)
        assert np.array_equal(counting.unpacked(found), colors) and np.array_equal(again, sampled)


def _first(inverse):
    """The place of the first pixel of every color."""
    return np.unique(inverse, return_index=True)[1]


def test_a_large_drawing_is_clustered_by_all_its_colors():
    """A color of a single pixel is not missed where a sample could miss it."""
    drawing = np.zeros((1100, 1000, 3), dtype=np.uint8)
    drawing[7, 7] = 255
    centroids, idx = fast.cluster(drawing, 2, quick=True)
    assert sorted(centroids.tolist()) == [[0, 0, 0], [1, 1, 1]]
    assert (idx == idx[7, 7]).sum() == 1


def test_a_call_that_asks_for_nothing_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="K = 4, but the picture has only 1"):
        fast.cluster(np.zeros((2, 2, 3)), 4)
    with pytest.raises(ValueError, match=r"image has shape \(2, 2\); give \(\.\.\., 3\)"):
        fast.cluster(np.zeros((2, 2)), 1)


@pytest.mark.spread(3)
@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("K", [1, 16, 64])
def test_a_palette_in_lab_is_nearer_than_those_of_k_means_in_lab_on_all_colors(name, K):
    picture = to_bytes(load_photo(name)[::2, ::2])
    colors, counts, _ = fast.count_colors(picture)
    points, far = srgb_to_lab(colors), {"ours": [], "all": []}
    for seed in range(3):
        rng = np.random.default_rng(seed)
        ours = pictures.lab_palette(counting.keys_of(picture), K, rng)
        start = fast.kmeans_plus_plus(points, counts, K, rng)
        every = fast.kmeans(points, counts, start)[0]
        for which, centroids in (("ours", ours), ("all", every)):
            apart = points - centroids[find_closest_centroids(points, centroids)]
            far[which].append(counts @ np.sqrt((apart**2).sum(axis=1)) / counts.sum())
    assert np.mean(far["ours"]) <= 1.01 * np.mean(far["all"])  # cells are a little coarser
    assert max(far["ours"]) <= 1.02 * np.mean(far["all"])


# --- Promises of all -------------------------------------------------------------------------


def test_nothing_is_changed_and_the_same_comes_out_again(photo):
    image = photo.copy()
    image.flags.writeable = False
    counted = fast.count_colors(image)
    start = fast.kmeans_plus_plus(counted.colors, counted.counts, 12, np.random.default_rng(0))
    for array in (*counted, start):
        array.flags.writeable = False
    for mode in (fast.kmeans, fast.quick_kmeans):
        one, two = (mode(counted.colors, counted.counts, start) for _ in range(2))
        assert np.array_equal(one[0], two[0]) and np.array_equal(one[1], two[1])
        assert one[0].flags.writeable and one[1].dtype == np.int32


# --- Painting with a palette that someone else chose ----------------------------------------


@pytest.mark.parametrize("K", [1, 5, 16, 300])
def test_painting_with_any_palette_takes_the_nearest_color_of_every_pixel(photo, K):
    levels = np.random.default_rng(K).integers(0, 256, (K, 3))
    answer = fast.Palettes(photo, 2).paint(levels / 255)
    pixels = np.rint(np.asarray(photo) * (1 if photo.dtype == np.uint8 else 255)).astype(int)
    squared = ((pixels[:, :, None] - levels) ** 2).sum(axis=-1)
    assert np.array_equal(answer.idx, squared.argmin(axis=-1))  # ties to the lowest number
    assert answer.mse == pytest.approx(squared.min(axis=-1).mean() / 3 / 255**2, rel=1e-12)


def test_a_picture_painted_with_its_own_colors_has_no_error_at_all(photo):
    palettes = fast.Palettes(photo[::3, ::3], 2)
    assert palettes.paint(palettes.colors).mse == 0


# --- Dithering -------------------------------------------------------------------------------

SIDES = st.integers(1, 12)


def dither_clipped(image, palette):
    """The loop of lesson 07's open problem: what is wanted is clipped."""
    painted = np.array(image, dtype=float)
    height, width, _ = painted.shape
    for i, j in np.ndindex(height, width):
        wanted = np.clip(painted[i, j], 0, 1)
        painted[i, j] = palette[((palette - wanted) ** 2).sum(axis=1).argmin()]
        error = wanted - painted[i, j]
        for down, right, share in ((0, 1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1)):
            if i + down < height and 0 <= j + right < width:
                painted[i + down, j + right] += error * share / 16
    return painted


@pytest.mark.parametrize("huge", [0, 1e16])
@given(SIDES, SIDES, st.integers(1, 9), st.integers(1, 40), st.integers(0, 9999))
def test_dithering_by_lines_is_that_of_the_loop_to_the_last_bit(
    huge, height, width, K, lines, seed
):
    rng = np.random.default_rng(seed)
    # Tenths tie often, and their sums are rounded; next to huge numbers, so roughly that the
    # order of adding shows.
    image, palette = rng.integers(0, 11, (height, width, 3)) / 10, rng.integers(0, 6, (K, 3)) / 5
    image += huge * rng.integers(0, 2, image.shape)
    loop, by_lines = map(inspect.unwrap, (codebook.dither, fast.dither_steps))  # without doors
    expected = loop(image, palette)
    for array in (image, palette):
        array.flags.writeable = False
    if not huge:
        assert np.array_equal(fast.dither(image, palette), expected)
    done = list(by_lines(image, palette, lines))
    shares, idx = [share for share, _ in done], done[-1][1]
    assert shares == sorted(set(shares)) and shares[-1] == 1
    assert len(shares) == -(-(width + 2 * (height - 1)) // lines)
    assert np.array_equal(palette[idx], expected)


@given(SIDES, SIDES, st.integers(0, 9999), st.sampled_from([1e-3, 1e-7, 1e-9, 1e-12, 1e-16]))
def test_colors_however_close_are_told_apart_as_by_the_loop(height, width, seed, apart):
    rng = np.random.default_rng(seed)
    palette = rng.integers(0, 3, (20, 3)) / 2
    palette = np.clip(palette + apart * rng.integers(-2, 3, palette.shape), 0, 1)
    image = rng.integers(0, 5, (height, width, 3)) / 4
    for colors in (palette, 0.5 + apart * palette):
        assert np.array_equal(fast.dither(image, colors), codebook.dither(image, colors))


@pytest.mark.parametrize(
    "shape", [(1, 300), (300, 1), (2, 2), (2, 150), (150, 2), (5, 90), (90, 5)]
)
@pytest.mark.parametrize("K", [1, 2, 16, 256, 700])
def test_a_picture_of_any_shape_is_dithered_as_by_the_loop(shape, K):
    rng = np.random.default_rng(K)
    levels, palette = rng.integers(0, 256, (*shape, 3), dtype=np.uint8), rng.random((K, 3))
    expected = codebook.dither(levels / 255, palette)
    assert np.array_equal(fast.dither(levels / 255, palette), expected)
    assert np.array_equal(fast.dither(levels, palette), to_bytes(expected))


@pytest.mark.spread(3)
@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("K", [3, 16, 64, 256])
def test_a_piece_of_a_photograph_is_dithered_as_by_the_loop(name, K):
    piece = load_photo(name)[130:360:4, 200:700:7]
    own = kmeans.kmeans_init_centroids(to_pixels(piece), K, np.random.default_rng(K))
    for palette in (own, to_bytes(own) / 255, 0.45 + own / 10):  # one far from most colors
        assert np.array_equal(fast.dither(piece, palette), codebook.dither(piece, palette))


@pytest.mark.parametrize("name", PHOTOS)
@pytest.mark.parametrize("palette", [codebook.TERMINAL, codebook.HANDHELD], ids=["many", "few"])
def test_clipped_it_is_dithered_as_by_the_loop_that_clips(name, palette):
    piece = to_bytes(load_photo(name)[::9, ::8])
    *_, (share, idx) = fast.dither_steps(piece, palette, clip=True)
    assert share == 1 and np.array_equal(palette[idx], dither_clipped(piece / 255, palette))
    assert not np.array_equal(palette[idx], fast.dither(piece / 255, palette))


@pytest.mark.parametrize("palette", [codebook.CUBE_CORNERS, codebook.TERMINAL])
def test_a_photograph_is_dithered_as_by_the_loop(palette):
    dusk = load_photo("harbour_dusk")[::6, ::6]
    for picture in (dusk, dusk[:, ::-1], dusk.astype(np.float32)):
        assert np.array_equal(fast.dither(picture, palette), codebook.dither(picture, palette))


@pytest.mark.parametrize("apart", [1, 1e-3, 1e-6])
@pytest.mark.parametrize("K", [2, 16, 256])
def test_values_between_two_colors_go_to_the_one_that_the_loop_takes(K, apart):
    rng = np.random.default_rng(K)
    palette = 0.3 + apart * (rng.random((K, 3)) - 0.3)
    # Halfway from a color to another, seen from near and from far, or next to it.
    one, other = palette[rng.integers(0, K, (2, 4000))]
    across, sideways = other - one, rng.random((4000, 3)) - 0.5
    size = np.maximum((across**2).sum(axis=1, keepdims=True), 1e-30)
    sideways -= across * (sideways * across).sum(axis=1, keepdims=True) / size
    wanted = (one + other) / 2 + sideways * rng.choice([0, 1e-2, 1, 9], (4000, 1))
    wanted += across * rng.choice([0, 1e-16, 1e-9, 1e-7, 1e-6, 1e-5], (4000, 1))
    expected = codebook.find_closest_centroids(wanted, palette)
    found = dithering._Palette(palette).nearest(np.ascontiguousarray(wanted.T))
    assert np.array_equal(found, expected)


def test_a_picture_in_bytes_is_dithered_in_bytes_and_stays_as_it_is():
    image = to_bytes(load_photo("tulips")[::3, ::3])
    image.flags.writeable = False
    palette = np.random.default_rng(0).random((16, 3))
    painted = fast.dither(image, palette)
    assert painted.dtype == np.uint8
    assert np.array_equal(painted, to_bytes(fast.dither(image / 255, palette)))
    (*_, (_, of_bytes)), (*_, (_, idx)) = (
        fast.dither_steps(picture, palette) for picture in (image, image / 255)
    )
    assert np.array_equal(of_bytes, idx)


def test_few_pixels_of_a_photograph_need_the_distances_of_the_loop(monkeypatch):
    # What makes dithering fast, counted in work, not in seconds.
    asked, compared = [], dithering._Palette._compared
    monkeypatch.setattr(
        dithering._Palette,
        "_compared",
        lambda self, wanted: asked.append(wanted.shape[1]) or compared(self, wanted),
    )
    dusk = load_photo("harbour_dusk")[::2, ::2]
    own = kmeans.kmeans_init_centroids(to_pixels(dusk), 256, np.random.default_rng(0))
    fast.dither(dusk, own)
    assert 0 < sum(asked) < 0.03 * dusk[..., 0].size


def test_dithering_takes_little_memory_beside_the_picture():
    image = np.random.default_rng(0).integers(0, 256, (500, 2000, 3), dtype=np.uint8)
    tracemalloc.start()
    fast.dither(image, codebook.TERMINAL)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 9e6  # bytes of a megapixel: 4 for a number, 3 for a color


def test_a_color_that_comes_twice_is_one_color():
    colors, counts = np.array([[0.1], [0.1], [0.2]]), [1, 1, 1]
    for seed in range(9):
        rng = np.random.default_rng(seed)
        assert sorted(fast.kmeans_plus_plus(colors, counts, 2, rng).ravel()) == [0.1, 0.2]
        with pytest.raises(ValueError, match="K = 3, but the picture has only 2 different"):
            fast.kmeans_plus_plus(colors, counts, 3, rng)


def test_halves_between_two_levels_are_counted_alike_in_any_type():
    halves = np.repeat((np.arange(255, dtype=np.float32) + 0.5) / 255, 3).reshape(1, -1, 3)
    for ours, theirs in zip(fast.count_colors(halves), kmeans.count_colors(halves), strict=True):
        assert np.array_equal(ours, theirs)
