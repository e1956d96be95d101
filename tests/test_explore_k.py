"""The slider for K: what it shows is what helpers computes, over its whole range."""

import html
import re

import numpy as np
import pytest
from exploring import announced, palette_in, repainted, seen, upload

from helpers import explore, images
from helpers.codebook import find_closest_centroids
from helpers.compression import compression_ratio, mse, psnr
from helpers.explore import k, own
from helpers.explore.painted import Painted
from helpers.explore.photos import THIS_PAGES, UPLOADED
from helpers.explore.stills import linked_stack
from helpers.kmeans import run_kmeans, wcss


@pytest.fixture(scope="module")
def pencils():
    return images.load_image(images.DATA / "pencils.jpg", longest_side=96)


def shown_palette(explorer):
    return palette_in(explorer.parts["facts"].value)


@pytest.fixture
def explorer(pencils):
    explorer = k.Colors(pencils, 16, 64)
    yield explorer
    explorer.close()


def test_every_position_paints_the_picture_with_the_palette_shown(explorer, pencils):
    for K in (*range(1, 65), 7, 16):
        explorer.parts["K"].value = K
        palette = shown_palette(explorer)
        assert len(palette) == K
        assert np.allclose(seen(explorer), repainted(pencils, palette))


def test_every_position_tells_what_its_picture_costs(explorer, pencils):
    height, width = pencils.shape[:2]
    for K in range(1, 65):
        explorer.parts["K"].value = K
        facts, shown = explorer.parts["facts"].value, seen(explorer)
        size = len(explorer.parts["picture"].value)
        assert f">K = {K}<" in facts
        assert f">{mse(pencils, shown):.7f}<" in facts
        assert f">{psnr(pencils, shown):.2f} dB<" in facts
        assert f">{24 / compression_ratio(height, width, K):.2f} bits per pixel<" in facts
        assert f">{compression_ratio(height, width, K):.1f} times<" in facts
        assert f">{size:,} bytes<" in facts
        assert f">{3 * height * width / size:.1f} times<" in facts


def test_while_it_moves_the_palette_is_as_good_as_that_of_kmeans_run_to_its_end():
    photo = images.load_image(images.DATA / "tulips.jpg", longest_side=240)
    moving, X = k.Colors(photo, 2, 64), images.to_pixels(photo)
    for K in (2, 8, 16, 64):
        moving.parts["K"].value = K
        centroids, idx = run_kmeans(X, shown_palette(moving), max_iters=300)
        assert mse(photo, seen(moving)) <= 1.02 * wcss(X, centroids, idx) / X.size
    moving.close()


def test_at_rest_no_step_of_kmeans_makes_it_better(explorer, pencils):
    X = images.to_pixels(pencils)
    for K in (3, 16, 40):
        explorer.parts["K"].value = K
        explorer.finish()
        assert k.RESTING in explorer.parts["facts"].value
        centroids, idx = run_kmeans(X, shown_palette(explorer), max_iters=300)
        assert mse(pencils, seen(explorer)) <= 1.001 * wcss(X, centroids, idx) / X.size + 4e-6


def test_each_state_is_told_as_it_is(explorer):
    explorer.parts["K"].value = 12
    told = [explorer.parts["facts"].value]
    for _ in explorer._steps:
        told.append(explorer.parts["facts"].value)
    told.append(explorer.parts["facts"].value)
    states = [next(s for s in (k.MOVING, k.PACKING, k.RESTING) if s in facts) for facts in told]
    assert list(dict.fromkeys(states)) == [k.MOVING, k.PACKING, k.RESTING]


def test_at_rest_the_file_is_packed_as_small_as_the_lessons_pack_it(explorer, pencils):
    explorer.finish()
    palette = shown_palette(explorer)
    idx = find_closest_centroids(images.to_pixels(pencils), palette)
    smallest = len(images.encode_indexed_png(idx.reshape(pencils.shape[:2]), palette))
    assert abs(len(explorer.parts["picture"].value) - smallest) <= 0.01 * smallest


def test_at_rest_a_screen_reader_is_told(explorer):
    explorer.parts["K"].value = 12
    assert "K = 12" not in explorer.voice.said
    assert announced(explorer).startswith("K = 12: MSE")
    assert explorer.voice.names["picture"].startswith("The picture repainted: K = 12: MSE")


def test_a_position_that_is_shown_again_is_told_again(explorer):
    told = []
    for K in (12, 5, 12):
        explorer.parts["K"].value = K
        told.append(announced(explorer))
    assert told[0].startswith("K = 12: MSE") and told[1].startswith("K = 5: MSE")
    assert told[2] == told[0]


def test_a_position_that_has_rested_is_shown_again_without_computing(explorer, monkeypatch):
    explorer.finish()
    best = explorer.parts["picture"].value
    explorer.parts["K"].value = 17
    monkeypatch.setattr(k, "paint", None)
    explorer.parts["K"].value = 16
    assert explorer.parts["picture"].value == best


def test_more_colors_never_look_worse_by_much(explorer, pencils):
    errors = []
    for K in (1, 2, 4, 8, 16, 32, 64):
        explorer.parts["K"].value = K
        errors.append(mse(pencils, seen(explorer)))
    assert errors == sorted(errors, reverse=True)


def test_a_picture_with_fewer_colors_than_K_gets_just_those():
    image = np.zeros((4, 6, 3))
    image[:2, :3, 0] = image[2:, 3:, 2] = 1.0
    few = k.Colors(image, 16, 64)
    assert np.array_equal(seen(few), image)
    assert ">inf dB<" in few.parts["facts"].value
    few.close()


# --- A K-means of one's own ----------------------------------------------------------------


def plain(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        idx = ((X[:, None] - centroids) ** 2).sum(axis=2).argmin(axis=1)
        for j in range(len(centroids)):
            if (idx == j).any():
                centroids[j] = X[idx == j].mean(axis=0)
    return centroids, idx


def goes_nowhere(X, initial_centroids, max_iters):
    return np.zeros_like(initial_centroids), np.zeros(len(X), dtype=int)


def loses_its_colors(X, initial_centroids, max_iters):
    return initial_centroids * np.nan, np.zeros(len(X), dtype=int)


def forgets_return(X, initial_centroids, max_iters):
    run_kmeans(X, initial_centroids, max_iters)


def forgets_idx(X, initial_centroids, max_iters):
    return plain(X, initial_centroids, max_iters)[0]


def never_ends(X, initial_centroids, max_iters):
    while True:
        pass


def at_rest(pencils, function, K=8):
    explorer = k.Colors(pencils, K, 64, kmeans=function)
    said, facts, shown = announced(explorer), explorer.parts["facts"].value, seen(explorer)
    assert np.allclose(shown, repainted(pencils, shown_palette(explorer)))
    explorer.close()
    return said, facts, shown


def test_at_rest_the_palette_is_that_of_a_kmeans_of_ones_own(pencils):
    said, facts, shown = at_rest(pencils, plain)
    assert "at rest: your plain on a sample" in facts and said.endswith("smaller.")
    assert mse(pencils, shown) < 1.5 * mse(pencils, at_rest(pencils, run_kmeans)[2])
    assert not at_rest(pencils, goes_nowhere)[2].any()


@pytest.mark.parametrize(
    ("function", "told"),
    [
        (loses_its_colors, "returns values from nan to nan; wanted is a color for each centroid"),
        (forgets_idx, "returns something else; wanted are centroids and idx."),
        (forgets_return, "returns None; wanted are centroids and idx."),
        (never_ends, "has not come back after 0.2 seconds of computing"),
    ],
)
def test_where_it_gives_no_palette_one_sentence_says_why_and_the_courses_goes_on(
    pencils, monkeypatch, function, told
):
    monkeypatch.setattr(own, "SOON", 0.2)
    said, facts, shown = at_rest(pencils, function)
    assert f"{function.__name__} {told}" in said
    assert told in html.unescape(facts) and k.RESTING in facts
    assert np.array_equal(shown, at_rest(pencils, run_kmeans)[2])


def test_of_many_colors_and_of_a_sample_with_few_it_is_not_asked(pencils):
    assert "From 33 colors on the course's K-means goes on alone." in at_rest(pencils, plain, 33)[0]
    image = np.zeros((90, 90, 3))
    image[0, :3] = np.eye(3)
    assert "too few colors: the course's ran." in at_rest(image, plain, 4)[0]


# --- Only the palette ----------------------------------------------------------------------


def test_the_first_page_shows_k_and_the_palette_and_no_abbreviation(pencils, shown):
    explore.explore_k(pencils, 16, show="palette")
    first = k.Colors(pencils, 16, 64, show="palette")
    first.parts["K"].value = 5
    assert len(shown_palette(first)) == 5 and ">K = 5<" in first.parts["facts"].value
    told = [first.parts["facts"].value, announced(first), first.parts["facts"].value]
    told += [*first.voice.names.values(), *shown[0].values()]
    assert told[1].startswith("K = 5. Most of it: #")
    words = " ".join(re.sub('base64,[^"]*', "", str(one)) for one in told)
    assert not re.search("MSE|PSNR|WCSS|bits|bytes|PNG|dB", words)
    assert shown[0]["text/html"].count("data:image/png;base64,") == 1 + len(k.STACK)
    first.close()


# --- Another picture ------------------------------------------------------------------------


def test_a_photograph_of_the_course_can_be_chosen(explorer):
    explorer.parts["photo"].value = "pencils"
    photo = images.load_photo("pencils")
    assert np.allclose(seen(explorer), repainted(photo, shown_palette(explorer)))
    explorer.parts["photo"].value = THIS_PAGES
    assert seen(explorer).shape == (64, 96, 3)


def test_a_photo_of_ones_own_can_be_uploaded(explorer, rng):
    photo = np.rint(rng.random((30, 50, 3)) * 255) / 255
    upload(explorer, images.encode_png(photo))
    assert explorer.parts["photo"].value == UPLOADED
    assert np.allclose(seen(explorer), repainted(photo, shown_palette(explorer)))
    second = np.rint(rng.random((20, 20, 3)) * 255) / 255
    upload(explorer, images.encode_png(second))
    assert seen(explorer).shape == (20, 20, 3)


def test_a_large_photo_is_shrunk_so_that_it_moves_as_fast_as_the_others(explorer, rng):
    upload(explorer, images.encode_png(rng.random((600, 1200, 3))))
    assert seen(explorer).shape == (384, 768, 3)


def test_a_file_that_is_no_picture_is_answered_in_a_sentence_and_changes_nothing(explorer):
    before = explorer.parts["picture"].value
    upload(explorer, b"not a picture <b>", "IMG_1.heic")
    assert "IMG_1.heic is not a picture that can be opened here" in explorer.parts["said"].value
    assert explorer.parts["picture"].value == before
    assert explorer.parts["photo"].value == THIS_PAGES


def test_where_a_page_has_its_own_upload_there_is_no_second_one(pencils):
    without = k.Colors(pencils, 3, 64, upload=False)
    assert "upload" not in {*without.parts, *without.voice.names}
    without.parts["photo"].value = "pencils"
    photo = images.load_photo("pencils")
    assert np.allclose(seen(without), repainted(photo, shown_palette(without)))
    without.close()


# --- The layout, and the page without a kernel ----------------------------------------------


def test_the_original_can_be_put_away(explorer):
    original, picture = explorer.parts["original"], explorer.parts["picture"]
    explorer.parts["layout"].value = "alone"
    assert original.layout.display == "none" and picture.layout.width == "100%"
    explorer.parts["layout"].value = "beside the original"
    assert original.layout.display is None and picture.layout.width == "50%"


def test_without_a_kernel_a_slider_moves_stills_of_eleven_K(pencils, shown):
    explore.explore_k(pencils, K=16)
    (bundle,) = shown
    still = bundle["text/html"]
    assert still.count("data:image/png;base64,") == 1 + len(k.STACK)
    assert all(f"K = {K}: MSE" in still for K in k.STACK)
    assert 'alt="K = 16: MSE' in still
    assert bundle["text/plain"].startswith("[Explorer] K = 16: MSE")


def test_the_stills_of_a_photograph_stay_below_a_megabyte_and_a_half(monkeypatch):
    frames = k.still_frames(images.load_photo("tulips"), Painted.words)
    assert len(linked_stack("Colors K", frames, 0)) < 1.5e6
