"""The walk through K-means with a learner's functions, on points that teach, and by hand."""

import re

import numpy as np
import pytest
from exploring import announced, hand, key, seen

from helpers.checks.exercises import EXERCISES
from helpers.explore import own
from helpers.explore.canvas import encode
from helpers.explore.cube import TURN
from helpers.explore.steps import MOST_POINTS, Walk
from helpers.explore.walk import (
    BY_HAND,
    COLORS,
    CORNER,
    COURSE,
    DRAWN,
    PLANE,
    PRESETS,
    TWINS,
    clouds,
    first_centroids,
    run,
)
from helpers.explore.walk_pictures import (
    BOX,
    SIZE,
    curve_picture,
    on_the_sheet,
    picture_of,
    span_of,
)
from helpers.kmeans import compute_centroids


@pytest.fixture(scope="module")
def points():
    """Those of lesson 05."""
    rng = np.random.default_rng(7)
    heaps = np.array([[1.0, 1.0], [4.0, 1.5], [2.0, 4.0]])
    return np.vstack([h + 0.55 * rng.standard_normal((20, 2)) for h in heaps]).round(2)


@pytest.fixture
def explorer(points):
    explorer = Walk(points, np.random.default_rng(3).random((40, 3)))
    yield explorer
    explorer.close()


def words_of(explorer, part="words"):
    return re.sub("<[^>]*>", "", explorer.parts[part].value)


def share(explorer, X):
    """Where rows of X are seen, as shares of the picture's sides."""
    X = np.atleast_2d(X)
    return on_the_sheet(explorer.cloud, X, explorer.parts["turn"].value) / SIZE


def drag(explorer, start, end, *phases):
    for phase, place in (("down", start), *(("move", end) for _ in range(2)), ("up", end)):
        hand(explorer, phase, *place)
        if phase in phases:
            return


# --- A learner's functions -----------------------------------------------------------------


def assign(X, centroids):
    return ((X[:, None] - centroids) ** 2).sum(axis=-1).argmin(axis=1)


def assign_in_a_loop(X, centroids):
    ways = [[sum((x - c) ** 2) for c in centroids] for x in X]
    return [way.index(min(way)) for way in ways]


def move(X, idx, K):
    return np.array([X[idx == k].mean(axis=0) for k in range(K)])


def stale(X, centroids, kept=[]):  # noqa: B006
    kept.append(assign(X, centroids))
    return kept[-2] if len(kept) > 1 else kept[-1]


def raises(X, centroids):
    return centroids[len(centroids)]


def stalls(X, idx, K):
    while True:
        K = K + 1


def spoils(X, centroids):
    idx = assign(X, centroids)
    X[:] = centroids[:] = 0
    return idx


@pytest.mark.parametrize("function", [assign, assign_in_a_loop, spoils])
def test_right_functions_walk_as_the_course_does(points, function):
    start = first_centroids(points, 3, 8)
    steps, trouble = run(points, start, (function, move))
    assert trouble == ""
    for mine, course in zip(steps, run(points, start)[0], strict=True):
        assert mine.kind == course.kind
        assert np.allclose(mine.centroids, course.centroids)
        assert mine.idx is None or np.array_equal(mine.idx, course.idx)


def test_whose_functions_walk_is_told(points, explorer):
    own = Walk(points, None, assign, compute_centroids)
    assert words_of(own, "hint").startswith("This walk runs assign as this page has it.")
    assert words_of(explorer, "hint").startswith("Drag a centroid")


def test_what_stands_in_on_a_page_walks_as_the_courses_own(points):
    stands_in = EXERCISES["find_closest_centroids"].answer
    explorer = Walk(points, None, stands_in, compute_centroids)
    explorer.parts["start"].value = TWINS
    assert words_of(explorer, "hint").startswith("Drag a centroid")
    assert explorer.steps[2].kind == "rescue"


def test_only_the_courses_own_pair_rescues_a_lost_centroid(points):
    start = first_centroids(points, 3, 8, TWINS)
    course, _ = run(points, start)
    own, _ = run(points, start, (assign, compute_centroids))
    assert [step.kind for step in course[:3]] == ["start", "assign", "rescue"]
    assert [step.kind for step in own[:3]] == ["start", "assign", "move"]


def test_a_centroid_that_becomes_nan_takes_all_points_along_and_is_told(points):
    explorer = Walk(points, None, assign, move)
    explorer.parts["start"].value = TWINS
    explorer.parts["step"].value = 2
    assert "centroid 1 goes to nan, nowhere, for it has no points" in words_of(explorer)
    explorer.parts["step"].value = 3
    assert "Centroid 1 is nan, nowhere, and has 60 points. WCSS was 133.64" in words_of(explorer)
    assert "1 at nan, nowhere" in explorer.voice.names["picture"]
    assert "1 ■ at nan, nowhere: 60 points" in explorer.parts["groups"].value
    assert seen(explorer).shape == (*SIZE[::-1], 3)
    assert re.search("After half-step 8: the walk .* in circles.", words_of(explorer))
    explorer.parts["step"].value = explorer.parts["step"].max
    assert "nan" in explorer.voice.names["curve"]


def test_of_many_centroids_that_are_nowhere_two_are_told_and_the_others_counted(points):
    explorer = Walk(points, None, assign, lambda X, idx, K: np.full((K, 2), np.nan))
    explorer.parts["step"].value = 2
    assert "; and 1 more is such." in words_of(explorer)


def test_a_stale_idx_limps_behind_and_is_told(points):
    explorer = Walk(points, None, stale, move)
    explorer.parts["step"].value = 3
    assert re.search("points? (is|are) not with the nearest centroid", words_of(explorer))
    assert explorer.steps[-1].wcss > run(points, first_centroids(points, 3, 8))[0][-1].wcss


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            lambda X, idx, K: np.zeros((K, 2)),
            r"centroid 0 goes to \(0\.00, 0\.00\), though its poi",
        ),
        (lambda X, idx, K: move(X, idx, K) * 1e9, "centroid 0 goes to .*, though its points have"),
        (lambda X, idx, K: X[:K], "centroid 0 goes to .*, though its points have the mean"),
    ],
)
def test_a_wrong_move_is_told_and_painted(points, wrong, sentence):
    explorer = Walk(points, None, assign, wrong)
    explorer.parts["step"].value = 2
    assert re.search(sentence, words_of(explorer))
    assert "every centroid goes to the mean" not in words_of(explorer)


@pytest.mark.parametrize(
    ("functions", "sentence"),
    [
        ((raises, move), "After half-step 0: raises raises IndexError: index 3 is out of bounds"),
        ((assign, raises), "After half-step 1: raises raises TypeError"),
        ((lambda X, C: None, move), "After half-step 0: your function returns None"),
        ((lambda X, C: X, move), r"returns an array of shape \(60, 2\); wanted is a whole number"),
        ((lambda X, C: assign(X, C) + 1, move), "returns 3 among its numbers"),
        ((assign, lambda X, idx, K: X[:2]), r"After half-step 1: .* shape \(2, 2\); wanted is"),
    ],
)
def test_trouble_is_one_sentence_and_the_explorer_lives_on(points, functions, sentence):
    explorer = Walk(points, None, *functions)
    assert re.search(sentence, words_of(explorer))
    assert re.search(sentence, announced(explorer))
    drag(explorer, *share(explorer, [explorer.steps[0].centroids[0], [2, 2]]))
    assert re.search(sentence, words_of(explorer))
    assert np.allclose(explorer.steps[0].centroids[0], [2, 2])
    assert re.search(sentence, explorer.words())
    explorer.still()


def test_who_stalls_is_stopped_and_no_move_of_the_hand_waits_for_it_again(points, monkeypatch):
    monkeypatch.setattr("helpers.explore.own.LIMIT", 0.3)
    monkeypatch.setattr("helpers.explore.own.ask.__kwdefaults__", {"limit": 0.3, "here": False})
    explorer = Walk(points, None, assign, stalls)
    assert "In this walk your function has not come back after 0.3 seconds" in words_of(explorer)
    called = []
    monkeypatch.setattr(own, "call", lambda function, *_, **__: called.append(function))
    drag(explorer, *share(explorer, [explorer.steps[0].centroids[0], [2, 2]]), "move")
    assert called == []
    assert "WCSS unknown" in words_of(explorer)


@pytest.mark.slow
def test_who_stalls_is_named_where_only_one_is_ones_own(points):
    steps, trouble = run(points, points[:3], (COURSE[0], stalls))
    assert len(steps) == 1
    assert trouble.startswith("In this walk stalls has not come back after 3 seconds of computing")


def test_a_function_that_is_slow_walks_as_far_as_it_comes(points, monkeypatch):
    monkeypatch.setattr("helpers.explore.walk.PATIENCE", 0.0)
    steps, trouble = run(points, first_centroids(points, 3, 8), (assign, move))
    assert len(steps) == 1
    assert trouble.startswith("After half-step 0: the functions took 0.0 seconds")


# --- Points that teach ---------------------------------------------------------------------


@pytest.mark.slow
def test_a_walk_of_a_hundred_moves_leaves_forty_frames_its_ends_among_them(points):
    rng = np.random.default_rng(3)

    def anyhow(X, centroids):
        return rng.integers(len(centroids), size=len(X))

    still = Walk(points, None, anyhow, compute_centroids).still()
    assert still.count("data:image/png") == 1 + 40
    assert "0 of 201: start" in still and "201 of 201: assign" in still


def test_a_place_far_away_is_told_in_few_digits(points):
    explorer = Walk(points, None, assign, lambda X, idx, K: np.full((K, 2), 1e30))
    explorer.parts["step"].value = 2
    assert "centroid 0 goes to (1e+30, 1e+30)" in words_of(explorer)
    assert "WCSS rises from 207.75 to 1.2e+62." in words_of(explorer)


def test_a_group_of_one_has_one_point():
    explorer = Walk(np.array([[0.0, 0.0], [1.0, 0.0], [9.0, 9.0]]), None)
    explorer.parts["K"].value = 2
    explorer.parts["step"].value = 1
    assert re.search(r": 1 point\b", explorer.parts["groups"].value)


def test_the_curve_names_a_rescue_only_where_there_is_one(points):
    start = first_centroids(points, 3, 8, TWINS)
    course, own = (run(points, start, pair)[0] for pair in (COURSE, (assign, compute_centroids)))
    place = slice(0, 20), slice(236, 330)  # where the word stands in the legend
    white = [(np.asarray(curve_picture(steps, 0))[place] == 255).all() for steps in (course, own)]
    assert white == [False, True]


def ends(name):
    """Where K-means ends on some points, from twenty starts."""
    cloud = next(cloud for cloud in clouds(np.eye(2)) if cloud.what == name)
    starts = [first_centroids(cloud.X, cloud.K, seed) for seed in range(20)]
    return [run(cloud.X, start)[0][-1] for start in starts]


def test_no_start_gives_each_ring_a_centroid():
    assert all(set(end.idx[:16]) & set(end.idx[16:]) for end in ends("two rings"))


def test_one_long_heap_is_always_cut_into_three():
    assert all(len(set(end.idx)) == 3 for end in ends("one long heap"))


def test_a_far_point_pulls_at_the_centroid_of_a_heap():
    assert all(end.idx[-1] in end.idx[:-1] for end in ends("a far point"))


def test_of_unequal_heaps_the_smallest_wcss_shares_the_large_one():
    best, *_, worst = sorted(ends("unequal sizes"), key=lambda end: end.wcss)
    assert len(set(best.idx[:70])) == 3 and len(set(best.idx[70:])) == 1
    assert len(set(worst.idx[70:])) == 2


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_chosen_with_its_k_its_start_and_its_question(explorer, name):
    explorer.parts["what"].value = name
    _, K, question, start = PRESETS[name]
    assert (explorer.parts["K"].value, explorer.parts["start"].value) == (K, start)
    assert words_of(explorer).endswith(question)
    explorer.parts["step"].value = explorer.parts["step"].max
    assert "Nothing moves" in words_of(explorer)


def test_a_bad_start_ends_badly(points):
    corner = first_centroids(points, 3, 8, CORNER)
    assert (corner.sum(axis=1) <= np.sort(points.sum(axis=1))[5]).all()
    assert (
        run(points, corner)[0][-1].wcss > 5 * run(points, first_centroids(points, 3, 8))[0][-1].wcss
    )


# --- By hand -------------------------------------------------------------------------------


def test_a_dragged_centroid_begins_a_walk_of_its_own(explorer, points):
    explorer.parts["step"].value = 3
    start = explorer.steps[3].centroids.copy()
    start[1] = [3, 3]
    drag(explorer, *share(explorer, [explorer.steps[3].centroids[1], [3, 3]]))
    assert np.allclose(explorer.steps[0].centroids, start)
    assert explorer.parts["start"].value == BY_HAND
    assert explorer.parts["step"].value == 1
    expected = run(points, explorer.steps[0].centroids)[0]
    assert explorer.parts["step"].max == len(expected) - 1
    assert f"WCSS {expected[1].wcss:.2f}." in words_of(explorer)
    explorer.parts["step"].value = 0
    assert "the centroids stand where your hand has put them" in words_of(explorer)


def test_while_the_hand_moves_the_wcss_follows(explorer, points):
    for place in ([3.0, 3.0], [3.5, 2.0]):
        start = explorer.steps[0].centroids.copy()
        way = share(explorer, [start[0], place])
        drag(explorer, *way, "move")
        start[0] = place
        wcss = run(points, start)[0][1].wcss
        assert f"WCSS {wcss:.2f}. Let go" in words_of(explorer)
        hand(explorer, "up", *way[1])


def test_the_curve_follows_when_the_hand_is_still(explorer, points):
    way = share(explorer, [explorer.steps[0].centroids[0], [3, 3]])
    before, scale = explorer.parts["curve"].value, span_of(explorer.steps)
    drag(explorer, *way, "move")
    assert explorer.parts["curve"].value == before
    explorer.finish()
    assert explorer.parts["curve"].value == encode(curve_picture(explorer.steps, 1, scale))
    hand(explorer, "up", *way[1])
    assert explorer.parts["curve"].value == encode(curve_picture(explorer.steps, 1))


def test_a_hand_beside_the_colors_turns_the_cube(explorer):
    explorer.parts["what"].value = COLORS
    hand(explorer, "down", 0.02, 0.02)
    hand(explorer, "move", 0.02 + 40 / SIZE[0], 0.02)
    assert explorer.parts["turn"].value == TURN - 40
    drawn = picture_of(explorer.cloud, explorer.steps, 0, TURN - 40)
    assert np.abs(seen(explorer) - np.asarray(drawn) / 255).mean() < 0.01
    hand(explorer, "up", 0.02 + 40 / SIZE[0], 0.02)
    assert explorer.parts["picture"].value == encode(drawn), "sharp again"


def test_at_rest_the_picture_is_the_one_of_the_slider(explorer):
    drag(explorer, *share(explorer, [explorer.steps[0].centroids[0], [3, 3]]))
    drawn = picture_of(explorer.cloud, explorer.steps, 1, 0, explorer.hand)
    assert explorer.parts["picture"].value == encode(drawn)
    assert explorer.parts["picture"].format == "png"


def test_a_centroid_stays_on_the_sheet(explorer):
    drag(explorer, share(explorer, explorer.steps[0].centroids[0])[0], (1.7, -0.4))
    place = on_the_sheet(explorer.cloud, explorer.steps[0].centroids[:1], 0)[0]
    assert np.allclose(place, (BOX[2], BOX[1]))


def test_a_click_adds_a_point_where_none_is_and_takes_one_away_where_one_is(explorer, points):
    place = share(explorer, [3.0, 4.0])[0]
    hand(explorer, "down", *place)
    hand(explorer, "up", *place)
    assert len(explorer.cloud.X) == 61
    assert np.allclose(explorer.cloud.X[-1], [3, 4])
    hand(explorer, "down", *place)
    hand(explorer, "up", *place)
    assert np.array_equal(explorer.cloud.X, points)
    assert "60 points" in explorer.voice.names["picture"]


def test_of_a_dragged_point_the_end_of_the_walk_follows(explorer, points):
    explorer.parts["step"].value = explorer.parts["step"].max
    row = int(points[:, 0].argmax())
    other = points.copy()
    other[row] = [4.5, 4.0]
    drag(explorer, *share(explorer, [points[row], other[row]]), "move")
    last = run(explorer.cloud.X, first_centroids(points, 3, 8))[0][-1]
    assert np.allclose(explorer.cloud.X, other)
    assert explorer.steps[explorer.parts["step"].value].kind == "done"
    assert np.allclose(explorer.steps[-1].centroids, last.centroids)


def test_all_can_be_as_it_was(explorer, points):
    first = explorer.parts["picture"].value
    hand(explorer, "down", 0.5, 0.5)
    hand(explorer, "up", 0.5, 0.5)
    assert explorer.parts["picture"].value != first
    explorer.parts["again"].click()
    explorer.parts["over"].click()
    assert explorer.parts["picture"].value == first


def test_neither_too_few_points_nor_too_many(points):
    few = Walk(points[[0, 1, 20, 21, 40, 41]])
    row = next(
        n for n, x in enumerate(few.cloud.X) if x.tolist() not in few.steps[0].centroids.tolist()
    )
    place = share(few, few.cloud.X[row])[0]
    hand(few, "down", *place)
    hand(few, "up", *place)
    assert len(few.cloud.X) == 6
    assert "At least 6 different points" in words_of(few, "hint")
    many = Walk(np.random.default_rng(0).random((MOST_POINTS, 2)))
    key(many, "p", " ")
    assert len(many.cloud.X) == MOST_POINTS
    assert f"{MOST_POINTS} points are enough" in words_of(many, "hint")


def test_a_point_that_is_looked_at_tells_its_distances(explorer, points):
    before = explorer.parts["picture"].value
    x, centroids = points[45], explorer.steps[0].centroids
    hand(explorer, "hover", *share(explorer, x)[0])
    for k, c in enumerate(centroids):
        assert f"{np.hypot(*(x - c)):.2f} to centroid {k}" in words_of(explorer, "hint")
    assert explorer.parts["picture"].value != before
    hand(explorer, "leave", -0.1, 0.5)
    assert explorer.parts["picture"].value == before
    assert "Drag a centroid" in words_of(explorer, "hint")


def test_keys_do_all_that_a_hand_does(explorer, points):
    start = explorer.steps[0].centroids.copy()
    key(explorer, "2")
    assert explorer.voice.hands["picture"]["holds"].startswith("centroid 2 at (-0.38, 0.70)")
    key(explorer, "ArrowUp", "ArrowUp")
    moved = explorer.steps[0].centroids
    assert np.array_equal(moved[:2], start[:2])
    assert moved[2, 1] > start[2, 1] and moved[2, 0] == pytest.approx(start[2, 0])
    key(explorer, "n")
    assert explorer.voice.hands["picture"]["holds"].startswith("the pen at ")
    key(explorer, "n", "Shift+ArrowRight")
    assert explorer.steps[0].centroids[0, 0] > start[0, 0]
    key(explorer, "P", "Shift+ArrowRight", "ArrowDown", "Enter")
    assert len(explorer.cloud.X) == 61
    key(explorer, "Delete")
    assert np.array_equal(explorer.cloud.X, points)
    key(explorer, "Escape", "9", "Home")
    assert np.array_equal(explorer.cloud.X, points)


def test_a_centroid_that_is_nowhere_comes_back_by_key(points):
    explorer = Walk(points, None, assign, move)
    explorer.parts["start"].value = TWINS
    explorer.parts["step"].value = 2
    key(explorer, "1", "ArrowUp")
    assert np.isfinite(explorer.steps[0].centroids).all()


def test_in_the_cube_a_color_is_dragged_as_near_as_it_was_and_the_space_around_turns(explorer):
    explorer.parts["what"].value = COLORS
    before = explorer.steps[0].centroids[3].copy()
    start = share(explorer, before)[0]
    drag(explorer, start, start + (0.02, -0.03))
    k = int(np.abs(explorer.steps[0].centroids - before).sum(axis=1).argmin())
    assert np.allclose(share(explorer, explorer.steps[0].centroids[k])[0], start + (0.02, -0.03))
    turn, X = explorer.parts["turn"].value, explorer.cloud.X
    drag(explorer, (0.02, 0.95), (0.12, 0.95))
    assert explorer.parts["turn"].value != turn
    assert explorer.cloud.X is X


def test_another_k_draws_a_start_again(explorer, points):
    drag(explorer, *share(explorer, [explorer.steps[0].centroids[0], [3, 3]]))
    explorer.parts["K"].value = 4
    assert explorer.parts["start"].value == DRAWN
    assert np.array_equal(explorer.steps[0].centroids, first_centroids(points, 4, 8))
    explorer.parts["what"].value = COLORS
    explorer.parts["what"].value = PLANE
    assert explorer.parts["K"].value == 3
