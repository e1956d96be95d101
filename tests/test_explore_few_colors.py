"""Every explorer that takes a picture takes one of few colors, and one of any shape."""

import re

import numpy as np
import pytest
from exploring import FEW_COLORS, WITHOUT_WARNINGS, picture_of, seen, upload

from helpers.explore import distance, edit, k, photo, spaces, steps
from helpers.explore.cloud import Cloud
from helpers.explore.painted import Painted
from helpers.explore.walk import DRAWN, TWINS
from helpers.images import THIN, encode_png, load_image, to_pixels

PLANE = np.array([[0.0, 0.0], [0.0, 1.0], [4.0, 4.0], [5.0, 4.0]])
EXPLORERS = {
    "explore_k": lambda image: k.Colors(image, 16, 64),
    "explore_k up to 256": lambda image: k.Colors(image, 200, 256),
    "compare_spaces": lambda image: spaces.Comparison(image, 16),
    "cloud": lambda image: Cloud(image, to_pixels(image)[:2]),
    "color_distance": lambda image: distance.Distance(image, (340, 405), (470, 600)),
    "edit_codebook": edit.Editor,
    "step_through": lambda image: steps.Walk(PLANE, image),
    "your_photo": lambda image: photo.Chooser(photo.Photo(image, "mine"), 640),
}


@pytest.fixture(params=EXPLORERS)
def make(request):
    explorers = []

    def make(image):
        explorers.append(EXPLORERS[request.param](image))
        return explorers[0]

    yield make
    for explorer in explorers:
        explorer.close()


@pytest.mark.spread(3)
@pytest.mark.parametrize("image", FEW_COLORS.values(), ids=FEW_COLORS)
@WITHOUT_WARNINGS
def test_it_shows_the_picture_and_every_slider_reaches_its_ends(shown, make, image):
    explorer = make(image)
    explorer.finish()
    explorer.present()
    for part in explorer.parts.values():
        if hasattr(part, "step"):
            for value in (part.min, part.max):
                part.value = value
    explorer.finish()
    for name, part in explorer.parts.items():
        if hasattr(part, "format"):
            height, width, _ = seen(explorer, name).shape
            assert max(height, width) <= THIN * min(height, width), f"{name} can be seen"
    said = [explorer.words(), shown[0]["text/plain"], *explorer.voice.names.values()]
    assert not re.search(r"\bnan\b", " ".join(said)), "no number is told that there is not"


@pytest.mark.parametrize("name", ["explore_k", "compare_spaces"])
@pytest.mark.parametrize("K", [1, 17, 40])
def test_the_slider_for_k_ends_at_the_number_of_colors_and_a_sentence_says_so(name, K):
    explorer = EXPLORERS[name](FEW_COLORS[f"{K} colors"])
    slider, sentence = explorer.parts["K"], "said"
    assert (slider.max, slider.value) == (K, min(K, 16))
    colors = "is a single color" if K == 1 else f"are only {K} different colors"
    assert f"In this picture there {colors}: " in explorer.value(sentence)
    explorer.parts["photo"].value = "tulips"
    assert slider.max == 64
    assert explorer.value(sentence) == ""
    explorer.close()


def test_so_it_does_for_a_photo_that_is_uploaded():
    explorer = EXPLORERS["explore_k"](FEW_COLORS["40 colors"])
    upload(explorer, encode_png(FEW_COLORS["1 colors"]))
    assert explorer.parts["K"].max == 1
    assert explorer.value("said").startswith("In this picture there is a single color: ")
    explorer.close()


def test_the_stills_of_a_picture_of_few_colors_end_with_all_of_them():
    frames = k.still_frames(FEW_COLORS["40 colors"], Painted.words)
    assert [label for label, *_ in frames] == "2 3 4 6 8 12 16 24 32 40".split()
    *_, (_, png, words) = frames
    assert np.array_equal(load_image(png), FEW_COLORS["40 colors"])
    assert "MSE 0.00000, PSNR inf dB" in words


def test_a_picture_in_one_color_is_clustered_in_one_step():
    walk = EXPLORERS["step_through"](FEW_COLORS["all black"])
    walk.parts["what"].value = "colors of the picture"
    assert walk.value("K") == 1
    for how in (TWINS, DRAWN):
        walk.parts["start"].value = how
        assert [step.kind for step in walk.steps] == ["start", "assign", "done"]
    walk.close()


def test_a_palette_without_an_error_is_not_beaten():
    editor = edit.Editor(FEW_COLORS["all black"], np.ones((1, 3)))
    assert editor.verdict() == "Not yet: the terminal palette (16 colors) has no error at all."
    editor.parts["color-0"].value = "#000000"
    assert editor.verdict() == "That is as good as the terminal palette (16 colors)."
    editor.close()


@pytest.mark.parametrize(("height", "wide"), [(40, "100%"), (89, "100%"), (320, "31.25%")])
def test_a_very_high_picture_is_shown_narrower_to_fit_a_screen(height, wide):
    for name in ("compare_spaces", "color_distance", "edit_codebook"):
        explorer = EXPLORERS[name](picture_of(3, height, 40))
        (part, *_) = [part for part in explorer.parts.values() if hasattr(part, "format")]
        assert part.layout.width == wide
        explorer.close()
    colors = EXPLORERS["explore_k"](picture_of(3, height, 40))
    colors.parts["layout"].value = "alone"
    assert colors.parts["picture"].layout.width == wide
    colors.close()


def test_an_icon_is_shown_pixel_by_pixel():
    icon = FEW_COLORS["17 colors"]
    chooser = EXPLORERS["your_photo"](icon)
    assert seen(chooser).shape == (90, 120, 3)
    assert np.abs(seen(chooser)[3:90:15, 3:120:15] - icon[::2, ::2]).max() < 0.2, "as a JPEG"
    chooser.close()
