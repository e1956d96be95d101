"""K-means half a step at a time: exactly the run of helpers.kmeans, seen and told."""

import re

import numpy as np
import pytest
from exploring import announced, seen

from helpers import images
from helpers.color import to_hex
from helpers.explore.steps import Walk, step_through
from helpers.explore.walk import (
    COLORS,
    CORNER,
    DRAWN,
    MOST_MOVES,
    PLANE,
    PRESETS,
    SAMPLE,
    TWINS,
    first_centroids,
    run,
)
from helpers.explore.walk_pictures import (
    CURVE_BOX,
    SERIES_COLORS,
    SIZE,
    curve_picture,
    plane,
)
from helpers.kmeans import kmeans_init_centroids, run_kmeans


@pytest.fixture(scope="module")
def points():
    """Those of lesson 05."""
    rng = np.random.default_rng(7)
    heaps = np.array([[1.0, 1.0], [4.0, 1.5], [2.0, 4.0]])
    return np.vstack([h + 0.55 * rng.standard_normal((20, 2)) for h in heaps]).round(2)


@pytest.fixture(scope="module")
def pixels():
    return images.to_pixels(images.load_image(images.DATA / "tulips.jpg", longest_side=48))


@pytest.fixture
def explorer(points, pixels):
    explorer = Walk(points, pixels)
    yield explorer
    explorer.close()


def painted(explorer):
    return images.to_bytes(seen(explorer))


def words_of(explorer):
    return re.sub("<[^>]*>", "", explorer.parts["words"].value)


# --- The run -------------------------------------------------------------------------------


def nearest_by_hand(x, centroids):
    return min(range(len(centroids)), key=lambda k: ((x - centroids[k]) ** 2).sum())


def wcss_by_hand(X, centroids, idx):
    return sum(((x - centroids[k]) ** 2).sum() for x, k in zip(X, idx, strict=True))


@pytest.mark.parametrize("how", [DRAWN, TWINS, CORNER])
@pytest.mark.parametrize("K", range(2, 7))
def test_the_walk_ends_where_run_kmeans_ends(points, pixels, K, how):
    for X in (points, pixels):
        for seed in range(5):
            start = first_centroids(X, K, seed, how)
            last = run(X, start)[0][-1]
            centroids, idx = run_kmeans(X, start, MOST_MOVES)
            assert np.array_equal(last.centroids, centroids)
            assert np.array_equal(last.idx, idx)


def test_a_walk_that_is_cut_short_ends_where_run_kmeans_is_cut_short(pixels):
    for moves in (0, 1, 2, 5):
        start = first_centroids(pixels, 8, 1)
        steps = run(pixels, start, most_moves=moves)[0]
        centroids, idx = run_kmeans(pixels, start, moves)
        assert np.array_equal(steps[-1].centroids, centroids)
        assert np.array_equal(steps[-1].idx, idx)
        assert sum(step.kind == "move" for step in steps) == moves


def test_each_half_step_is_what_a_plain_loop_does(points):
    steps = run(points, first_centroids(points, 3, 8))[0]
    for before, step in zip(steps, steps[1:], strict=False):
        if step.kind == "assign":
            assert np.array_equal(step.centroids, before.centroids)
            assert step.idx.tolist() == [nearest_by_hand(x, step.centroids) for x in points]
        else:
            assert np.array_equal(step.idx, before.idx)
            for k, centroid in enumerate(step.centroids):
                assert np.allclose(centroid, np.mean(points[step.idx == k], axis=0))
        assert np.isclose(step.wcss, wcss_by_hand(points, step.centroids, step.idx))


def test_the_wcss_never_rises(points, pixels):
    for X in (points, pixels):
        for seed in range(20):
            values = [step.wcss for step in run(X, first_centroids(X, 5, seed))[0][1:]]
            assert all(
                after <= before + 1e-9 for before, after in zip(values, values[1:], strict=False)
            )


def test_the_start_is_that_of_helpers(points):
    expected = kmeans_init_centroids(points, 3, np.random.default_rng(8))
    assert np.array_equal(first_centroids(points, 3, 8), expected)


def test_twins_lead_to_an_empty_centroid_that_goes_to_the_point_served_worst(points):
    steps = run(points, first_centroids(points, 3, 8, TWINS))[0]
    assert [step.kind for step in steps[:4]] == ["start", "assign", "rescue", "move"]
    assert np.bincount(steps[1].idx, minlength=3)[1] == 0
    distances = [min(((x - c) ** 2).sum() for c in steps[1].centroids) for x in points]
    assert np.array_equal(steps[2].centroids[1], points[np.argmax(distances)])
    assert np.bincount(steps[2].idx, minlength=3).min() > 0


def test_a_centroid_can_lose_its_points_on_the_way_with_the_seed_that_the_lesson_names(points):
    steps = run(points, first_centroids(points, 5, 50))[0]
    assert [step.kind for step in steps].index("rescue") == 4


# --- What the controls paint ---------------------------------------------------------------


def test_every_position_of_the_slider_paints_every_point_as_a_member_of_its_group(explorer, points):
    steps = run(points, first_centroids(points, 3, 8))[0]
    assert explorer.parts["step"].max == len(steps) - 1 == 18
    groups = [tuple(color) for color in images.to_bytes(SERIES_COLORS[:3])]
    for n, step in enumerate(steps):
        explorer.parts["step"].value = n
        sheet = painted(explorer)
        assert sheet.shape == (*SIZE[::-1], 3)
        colors = [tuple(sheet[y, x]) for x, y in np.rint(plane(points).place(points)).astype(int)]
        if step.idx is None:
            assert sum(color in groups for color in colors) <= 3  # under the centroids' rims
            continue
        own = sum(color == groups[k] for color, k in zip(colors, step.idx, strict=True))
        others = sum(color in groups for color in colors) - own
        # The few that are left lie under a trail, a disk or another point.
        assert own > 45 and others <= 3


def test_every_position_paints_every_centroid_where_it_is(explorer, points):
    steps = run(points, first_centroids(points, 3, 8))[0]
    for n, step in enumerate(steps):
        explorer.parts["step"].value = n
        sheet = painted(explorer).astype(int)
        for k, (x, y) in enumerate(np.rint(plane(points).place(step.centroids)).astype(int)):
            color = images.to_bytes(SERIES_COLORS[k])
            rim = [sheet[y, x - 9], sheet[y, x + 9], sheet[y - 9, x], sheet[y + 9, x]]
            # Another disk may cover a part of the rim.
            assert sum(np.array_equal(painted, color) for painted in rim) >= 2


def test_the_sentence_gives_the_number_of_changed_points_and_the_wcss(explorer, points):
    steps = run(points, first_centroids(points, 3, 8))[0]
    for n in range(1, len(steps)):
        explorer.parts["step"].value = n
        words = words_of(explorer)
        assert words.startswith(f"Half-step {n} of 18, {steps[n].kind}:")
        assert f"{steps[n].wcss:.2f}." in words
        if steps[n].kind == "assign" and n > 1:
            changed = int((steps[n].idx != steps[n - 1].idx).sum())
            assert f"{changed or 'no'} point" in words


def test_the_groups_are_named_with_their_places_and_sizes(explorer, points):
    steps = run(points, first_centroids(points, 3, 8))[0]
    explorer.parts["step"].value = 7
    sizes = np.bincount(steps[7].idx)
    for k, ((x, y), size) in enumerate(zip(steps[7].centroids, sizes, strict=True)):
        assert re.search(
            rf"{k} . at \({x:.2f}, {y:.2f}\): {size} points", explorer.parts["groups"].value
        )
        assert f"{k} at ({x:.2f}, {y:.2f})" in explorer.voice.names["picture"]


def test_the_curve_is_drawn_up_to_the_present_and_not_ahead(points):
    steps = run(points, first_centroids(points, 3, 8))[0]
    left, top, right, _ = CURVE_BOX
    empty = np.asarray(curve_picture(steps, 0))
    for n in range(1, len(steps)):
        sheet = np.asarray(curve_picture(steps, n))
        here = round(left + (right - left) * n / (len(steps) - 1))
        assert not np.array_equal(
            sheet[top:, here - 5 : here + 6], empty[top:, here - 5 : here + 6]
        )
        ahead = here + 75  # beyond the number at the present mark
        assert np.array_equal(sheet[:, ahead:], empty[:, ahead:])


def test_the_curve_in_words_lists_the_wcss_so_far(explorer, points):
    steps = run(points, first_centroids(points, 3, 8))[0]
    explorer.parts["step"].value = 3
    numbers = ", ".join(f"{step.wcss:.2f}" for step in steps[1:4])
    assert explorer.voice.names["curve"].endswith(f"up to half-step 3: {numbers}.")


def test_back_and_forward_go_half_a_step_and_stop_at_the_ends(explorer):
    step, back, forward = (explorer.parts[name] for name in ("step", "back", "forward"))
    assert back.disabled and not forward.disabled
    forward.click()
    forward.click()
    back.click()
    assert step.value == 1
    step.value = step.max
    assert forward.disabled and not back.disabled
    forward.click()
    assert step.value == step.max


def test_play_turns_to_pause_and_a_step_by_hand_pauses(explorer):
    play = explorer.parts["play"]
    play.click()
    assert play.description == "Pause"
    explorer.parts["forward"].click()
    assert play.description == "Play"


def test_another_seed_begins_another_walk(explorer, points):
    explorer.parts["step"].value = 5
    explorer.parts["again"].click()
    assert explorer.parts["seed"].value == 9
    assert explorer.parts["step"].value == 0
    assert explorer.parts["step"].max == len(run(points, first_centroids(points, 3, 9))[0]) - 1
    assert "seed 9 draws 3 of the points" in words_of(explorer)


def test_every_k_and_both_starts_can_be_walked_to_the_end(explorer, points):
    for how in (DRAWN, TWINS, CORNER):
        explorer.parts["start"].value = how
        for K in range(2, 7):
            explorer.parts["K"].value = K
            last = run(points, first_centroids(points, K, 8, how))[0][-1]
            explorer.parts["step"].value = explorer.parts["step"].max
            assert "Nothing moves" in words_of(explorer)
            assert f"stays at {last.wcss:.2f}" in words_of(explorer)


def test_the_empty_centroid_is_told_in_words(explorer, points):
    explorer.parts["start"].value = TWINS
    assert "Centroids 0 and 1 are at the same place." in words_of(explorer)
    explorer.parts["step"].value = 1
    assert "Centroid 1 gets none, for ties go to the lower number" in words_of(explorer)
    explorer.parts["step"].value = 2
    x, y = run(points, first_centroids(points, 3, 8, TWINS))[0][2].centroids[1]
    assert f"moves to the point that is served worst, ({x:.2f}, {y:.2f})" in words_of(explorer)


def test_at_rest_the_half_step_is_announced(explorer):
    explorer.parts["step"].value = 4
    assert announced(explorer) == words_of(explorer)


# --- The colors of a picture ---------------------------------------------------------------


def test_the_colors_are_painted_with_their_centroids(explorer, pixels):
    explorer.parts["what"].value = COLORS
    steps = run(pixels, first_centroids(pixels, 8, 8))[0]
    assert explorer.parts["step"].max == len(steps) - 1
    for n in (1, 2, 7, len(steps) - 1):
        explorer.parts["step"].value = n
        sheet = painted(explorer)
        shares = np.bincount(steps[n].idx, minlength=8) / len(pixels)
        for color, share in zip(steps[n].centroids, shares, strict=True):
            assert (sheet == images.to_bytes(color)).all(axis=-1).sum() > 20
            assert f"{to_hex(color)} · {share:.1%}" in explorer.parts["groups"].value


def test_a_turn_repaints_the_cube_and_leaves_the_curve(explorer):
    explorer.parts["what"].value = COLORS
    explorer.parts["step"].value = 3
    picture, curve = explorer.parts["picture"].value, explorer.parts["curve"].value
    explorer.parts["turn"].value += 30
    assert explorer.parts["picture"].value != picture
    assert explorer.parts["curve"].value == curve


def test_there_and_back_again_the_picture_is_the_same(explorer):
    first = explorer.parts["picture"].value
    assert explorer.parts["turn"].layout.display == "none"
    explorer.parts["what"].value = COLORS
    assert explorer.parts["K"].max == 16 and explorer.parts["K"].value == 8
    assert explorer.parts["turn"].layout.display is None
    explorer.parts["K"].value = 16
    explorer.parts["step"].value = 9
    explorer.parts["what"].value = PLANE
    assert explorer.parts["K"].max == 6 and explorer.parts["K"].value == 3
    assert explorer.parts["picture"].value == first


def test_of_a_large_picture_a_sample_is_clustered(points, rng):
    explorer = Walk(points, rng.random((60, 70, 3)))
    explorer.parts["what"].value = COLORS
    assert f"{SAMPLE:,} pixels" in explorer.voice.names["picture"]


def test_without_a_picture_there_is_nothing_to_choose(points):
    assert list(Walk(points).parts["what"].options) == [PLANE, *PRESETS]


def test_k_never_grows_beyond_the_number_of_different_colors(points):
    few = np.repeat([[0.0, 0, 0], [1, 0, 0], [1, 1, 1]], 50, axis=0)
    explorer = Walk(points, few)
    explorer.parts["what"].value = COLORS
    assert explorer.parts["K"].max == 3
    for K in (2, 3):
        explorer.parts["K"].value = K
        explorer.parts["step"].value = explorer.parts["step"].max
        assert "Nothing moves" in words_of(explorer)


@pytest.mark.parametrize(
    ("bad_points", "bad_pixels", "sentence"),
    [
        (np.zeros((5, 3)), None, "shape"),
        (np.array([[0, 1], [np.nan, 2]]), None, "finite"),
        (np.ones((5, 2)), None, "all are the same"),
        (np.eye(2), np.full((5, 3), 200), "divide by 255"),
    ],
)
def test_what_cannot_be_clustered_is_answered_by_one_sentence(bad_points, bad_pixels, sentence):
    with pytest.raises(ValueError, match=sentence):
        step_through(bad_points, bad_pixels)


# --- Without a kernel ----------------------------------------------------------------------


@pytest.mark.slow
def test_the_still_is_a_stack_of_all_half_steps(points, shown):
    step_through(points)
    still, words = shown[0]["text/html"], shown[0]["text/plain"]
    for n in range(19):
        assert f"Half-step {n} of 18, " in still
    assert len(still) < 1_500_000
    assert words.endswith("Nothing moves. WCSS stays at 25.24.")
