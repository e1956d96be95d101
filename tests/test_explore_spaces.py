"""Two ways to a palette, side by side: what is shown is what helpers computes."""

import re
from itertools import product

import numpy as np
import pytest
from exploring import announced, palette_in, seen

from helpers import explore, fast, images
from helpers.codebook import TERMINAL, dither, find_closest_centroids
from helpers.color import color_difference, lab_to_srgb, srgb_to_lab
from helpers.compression import mse
from helpers.explore import spaces
from helpers.explore.photos import THIS_PAGES
from helpers.explore.spaces import PAINTINGS, SPACES, STARTS, Comparison, Photo, Way
from helpers.kmeans import run_kmeans, wcss

WAYS = [Way(*choice) for choice in product(SPACES, STARTS, PAINTINGS)]


@pytest.fixture(scope="module")
def dusk():
    return images.load_image(images.DATA / "harbour_dusk.jpg", longest_side=120)


@pytest.fixture
def explorer(dusk):
    explorer = Comparison(dusk, 16)
    yield explorer
    explorer.close()


def painted(explorer, side):
    return seen(explorer, f"{side}-picture")


def shown_palette(explorer, side):
    return palette_in(explorer.parts[f"{side}-facts"].value)


def choose(explorer, side, way):
    for name, value in zip(spaces.CHOICES, way, strict=True):
        explorer.parts[f"{side}-{name}"].value = value


# --- What is shown -------------------------------------------------------------------------


@pytest.mark.spread(3)
@pytest.mark.parametrize("way", WAYS, ids=" ".join)
@pytest.mark.parametrize("side", spaces.SIDES)
def test_at_rest_a_side_shows_kmeans_run_to_its_end_in_its_own_way(explorer, dusk, side, way):
    choose(explorer, side, way)
    explorer.finish()
    photo = Photo(dusk)
    start = photo.start(way, 0, 16)
    points = getattr(photo.fine, way.space)
    centroids, idx = fast.kmeans(points, photo.fine.counts, start)
    palette = images.to_bytes(centroids if way.space == "RGB" else lab_to_srgb(centroids)) / 255
    if way.painting == "dithered":
        expected = dither(dusk, palette)
    else:
        expected = palette[idx][photo.fine.of_pixel].reshape(dusk.shape)
    assert np.array_equal(shown_palette(explorer, side), palette)
    assert np.allclose(painted(explorer, side), expected)
    facts = explorer.parts[f"{side}-facts"].value
    assert ">K = 16<" in facts and "ready: " in facts
    assert f">{mse(dusk, expected):.5f}<" in facts
    assert f">{color_difference(dusk, expected).mean():.2f}<" in facts


def test_the_end_of_kmeans_is_one_that_plain_kmeans_hardly_makes_better(explorer, dusk):
    # It stops where scikit-learn does by default: when a step moves next to nothing.
    explorer.finish()
    X = images.to_pixels(dusk)
    centroids, idx = run_kmeans(X, shown_palette(explorer, "left"), max_iters=100)
    assert mse(dusk, painted(explorer, "left")) <= 1.05 * wcss(X, centroids, idx) / X.size


@pytest.mark.parametrize("way", WAYS[::2], ids=" ".join)
def test_while_it_moves_the_start_is_shown_coarsely_and_nearly_right(explorer, dusk, way):
    choose(explorer, "right", way)
    for K in range(1, spaces.LARGEST + 1, 7):
        explorer.parts["K"].value = K
        start = Photo(dusk).start(way, 0, K)
        palette = shown_palette(explorer, "right")
        assert np.array_equal(palette, spaces.as_palette(way.space, start))
        points = images.to_pixels(dusk)
        points = points if way.space == "RGB" else srgb_to_lab(points)
        exact = palette[find_closest_centroids(points, start)].reshape(dusk.shape)
        assert color_difference(painted(explorer, "right"), exact).mean() < 3
        facts = explorer.parts["right-facts"].value
        assert f">K = {K}<" in facts and "no step of K-means yet" in facts


def test_a_start_of_lab_is_drawn_in_lab_and_each_start_by_its_own_rule(dusk):
    photo = Photo(dusk)
    starts = {way[:2]: photo.start(way, 3, 8) for way in WAYS}
    for (space, start), centroids in starts.items():
        sample = photo.sample if space == "RGB" else srgb_to_lab(photo.sample)
        expected = STARTS[start](sample, 8, np.random.default_rng(3))
        assert np.array_equal(centroids, expected)


def test_a_start_for_fewer_colors_is_the_beginning_of_that_for_more(dusk):
    for way in WAYS[::2]:
        photo, other = Photo(dusk), Photo(dusk)
        few, many = photo.start(way, 5, 10), other.start(way, 5, 40)
        assert np.array_equal(few, many[:10])
        assert np.array_equal(photo.start(way, 5, 40), many)


def test_another_seed_is_another_start_and_the_same_seed_the_same(explorer):
    first = shown_palette(explorer, "left")
    explorer.parts["seed"].value = 1
    assert not np.array_equal(shown_palette(explorer, "left"), first)
    explorer.parts["seed"].value = 0
    assert np.array_equal(shown_palette(explorer, "left"), first)


def test_a_choice_on_one_side_leaves_the_other(explorer):
    explorer.finish()
    before = explorer.parts["left-picture"].value, explorer.parts["left-facts"].value
    choose(explorer, "right", Way("Lab", "random start", "nearest color"))
    explorer.finish()
    assert before == (explorer.parts["left-picture"].value, explorer.parts["left-facts"].value)


def test_a_side_that_was_not_ready_goes_on_when_the_other_is_changed(explorer):
    explorer.parts["K"].value = 9
    explorer.parts["right-space"].value = "Lab"
    explorer.finish()
    for side in spaces.SIDES:
        facts = explorer.parts[f"{side}-facts"].value
        assert ">K = 9<" in facts and "ready" in facts


def test_both_sides_go_on_by_turns_and_say_how_far_they_are(explorer):
    steps, states = explorer._steps, {side: [] for side in spaces.SIDES}
    for _ in steps:
        for side, told in states.items():
            state = re.search(r"1.35em\">([^<]*)<", explorer.parts[f"{side}-facts"].value).group(1)
            if not told or told[-1] != state:
                told.append(state)
    assert [told[:3] for told in states.values()] == [
        [f"K-means: step {n} …" for n in range(3)],
        ["the start, on a coarse grid; no step of K-means yet", *states["left"][:2]],
    ]
    assert any(state.startswith("dithering") for state in states["right"])
    assert not any(state.startswith("dithering") for state in states["left"])
    assert all(told[-1].startswith("ready: ") for told in states.values())


def test_at_rest_a_screen_reader_is_told_both_results(explorer):
    explorer.parts["K"].value = 5
    assert "5 colors" not in explorer.voice.said
    said = announced(explorer)
    assert said.startswith("Left: 5 colors, RGB, k-means++, nearest color: MSE 0.")
    assert " Right: 5 colors, RGB, k-means++, dithered: MSE 0." in said
    assert explorer.voice.names["left-picture"].startswith("Left: 5 colors, RGB, k-means++")


# --- Other pictures ------------------------------------------------------------------------


def test_a_photograph_of_the_course_can_be_chosen(explorer):
    explorer.parts["K"].value = 4
    explorer.parts["photo"].value = "pencils"
    explorer.finish()
    photo = images.load_photo("pencils")
    shown = painted(explorer, "left")
    assert shown.shape == photo.shape
    assert f">{mse(photo, shown):.5f}<" in explorer.parts["left-facts"].value
    explorer.parts["photo"].value = THIS_PAGES
    assert painted(explorer, "left").shape == (80, 120, 3)


def test_a_picture_with_fewer_colors_than_k_gets_all_of_them():
    image = np.zeros((4, 6, 3))
    image[:2, :3, 0] = image[2:, 3:, 2] = 1.0
    few = Comparison(image, 16)
    for way in WAYS:
        choose(few, "left", way)
        few.finish()
        assert np.array_equal(painted(few, "left"), image)
        assert ">K = 3<" in few.parts["left-facts"].value
    few.close()


def test_a_single_pixel_is_a_picture():
    explorer = Comparison(np.full((1, 1, 3), 0.2), 2)
    explorer.finish()
    assert painted(explorer, "right").tolist() == [[[0.2] * 3]]
    explorer.close()


def test_no_step_at_rest_takes_longer_than_it_may():
    # Counted in work, not in seconds: a step of K-means, or 150 lines of dithering.
    photo = images.load_photo("tulips")
    height, width, _ = photo.shape
    steps = list(fast.dither_steps(photo[::4, ::4], TERMINAL, spaces.LINES))
    assert len(steps) == -(-(width // 4 + 2 * (height // 4 - 1)) // spaces.LINES)


# --- The page without a kernel -------------------------------------------------------------


def test_the_page_without_a_kernel_shows_both_sides_ready(dusk, shown):
    explore.compare_spaces(dusk, K=6)
    (bundle,) = shown
    assert bundle["text/html"].count("data:image/png;base64,") == 2
    assert bundle["text/html"].count("6 colors, RGB, k-means++, dithered") == 2
    assert bundle["text/plain"].startswith("[Explorer] Left: 6 colors, RGB, k-means++, nearest")


def test_the_still_of_a_photograph_is_small():
    explorer = Comparison(images.load_photo("harbour_dusk"), 16)
    explorer.finish()
    assert len(explorer.still()) < 600_000
    explorer.close()


def test_ways_are_three_words_each():
    image = np.random.default_rng(0).random((4, 5, 3))
    dithered = ("RGB", "k-means++", "dithered")
    with pytest.raises(ValueError, match="The space is 'lab'; choose one of RGB, Lab"):
        explore.compare_spaces(image, 2, (("lab", *dithered[1:]), dithered))
    with pytest.raises(TypeError, match=r"ways\[0\] is 'RGB'; give a list"):
        explore.compare_spaces(image, 2, ("RGB", "Lab"))
    explore.compare_spaces(image, 2, (("Lab", *dithered[1:]), dithered))
