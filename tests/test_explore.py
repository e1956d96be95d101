"""Explorers: what they show is what helpers computes, over the whole range."""

import io

import numpy as np
import pytest
from PIL import Image

from helpers import explore, images
from helpers.codebook import quantize
from helpers.color import from_hex
from helpers.compression import compression_ratio, mse, psnr


@pytest.fixture(scope="module")
def pencils():
    return images.load_image(images.DATA / "pencils.jpg", longest_side=96)


def painted(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")) / 255


def test_every_position_of_the_slider_paints_k_colors_and_says_what_they_cost(pencils):
    view = explore.k_view(pencils, 16, 64)
    slider, picture, facts = view.children
    for K in range(1, 65):
        slider.value = K
        shown = painted(picture.value)
        colors = np.unique(shown.reshape(-1, 3), axis=0)
        assert shown.shape == pencils.shape
        assert len(colors) <= K
        assert f"K = {K}: MSE {mse(pencils, shown):.5f}" in facts.value
        assert f"PSNR {psnr(pencils, shown):.2f} dB" in facts.value
        height, width = pencils.shape[:2]
        assert f"{compression_ratio(height, width, K):.1f} times smaller" in facts.value


def test_the_palette_is_written_in_hex_names_and_paints_the_picture(pencils):
    png, _, swatches = explore.k_colors(pencils, 8)
    names = [part[:7] for part in swatches.split("background: ")[1:]]
    assert len(names) == 8
    palette = np.array([from_hex(name) for name in names])
    again = quantize(pencils, palette)
    assert np.allclose(again, painted(png))


def test_more_colors_never_look_worse_by_much(pencils):
    errors = [mse(pencils, painted(explore.k_colors(pencils, K)[0])) for K in (2, 4, 8, 16, 32, 64)]
    assert errors == sorted(errors, reverse=True)


def test_a_position_seen_before_is_not_computed_again(pencils, monkeypatch):
    calls = []
    real = explore.k_colors
    monkeypatch.setattr(explore, "k_colors", lambda *a: calls.append(a) or real(*a))
    slider = explore.k_view(pencils, 4, 8).children[0]
    for K in (5, 4, 5, 4):
        slider.value = K
    assert [K for _, K in calls] == [4, 5]


def test_without_a_kernel_the_output_still_shows_the_answer(pencils, monkeypatch):
    bundles = []
    monkeypatch.setattr(explore, "display", lambda bundle, raw: bundles.append(bundle))
    explore.explore_k(pencils, K=5)
    (bundle,) = bundles
    assert set(bundle) == {explore.WIDGET_VIEW, "text/html", "text/plain"}
    assert '<img src="data:image/png;base64,' in bundle["text/html"]
    assert 'alt="The picture repainted. K = 5: MSE' in bundle["text/html"]
    assert bundle["text/plain"].startswith("[Explorer] K = 5: MSE")
