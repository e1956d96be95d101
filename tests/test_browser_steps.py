"""The walk through K-means and the cloud of colors, in JupyterLab, moved by keyboard."""

import io
import time

import numpy as np
import pytest
from browsing import bytes_painted, press
from PIL import Image

from helpers import images
from helpers.explore.cloud import POINTS, cloud_picture
from helpers.explore.cube import TILT, TURN, some_of
from helpers.explore.steps import first_colors, half_steps


def lesson_points():
    rng = np.random.default_rng(7)
    heaps = np.array([[1.0, 1.0], [4.0, 1.5], [2.0, 4.0]])
    return np.vstack([h + 0.55 * rng.standard_normal((20, 2)) for h in heaps]).round(2)


def wait_for_half_step(page, number):
    page.wait_for_function(
        "(words) => document.querySelector('.sixteen-words')?.innerText.startsWith(words)",
        arg=f"Half-step {number} of",
        timeout=10_000,
    )


def wait_for_picture(picture, expected):
    """Wait until these pixels are painted: the words come a moment before the picture."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        seen = np.asarray(Image.open(io.BytesIO(bytes_painted(picture))))
        if np.array_equal(seen, expected):
            return
    assert np.array_equal(seen, expected)


@pytest.mark.parametrize("lesson", ["05_kmeans_by_hand"], indirect=True)
def test_k_means_is_walked_through_by_keyboard(lesson):
    page = lesson
    handle = page.get_by_role("slider", name="Half-step", exact=True)
    handle.scroll_into_view_if_needed()
    steps = half_steps(lesson_points(), first_colors(lesson_points(), 3, 8))
    for key, n in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", 18)):
        press(handle, key)
        wait_for_half_step(page, n)
        assert f"{steps[n].wcss:.2f}." in page.locator(".sixteen-words").inner_text()
        told = f"{steps[n].wcss:.2f}"
        page.locator(f'img.sixteen-curve[alt*="{told}"]').wait_for(timeout=10_000)
    page.locator(".sixteen-explorer [role=status]", has_text="Nothing moves").wait_for(
        state="attached", timeout=20_000
    )

    # From the end it begins again.
    page.get_by_role("button", name="Play", exact=True).press("Space")
    wait_for_half_step(page, 2)
    page.get_by_role("button", name="Pause", exact=True).press("Space")
    page.get_by_role("button", name="Play", exact=True).wait_for(timeout=20_000)

    page.get_by_role("button", name="Another seed").press("Space")
    wait_for_half_step(page, 0)
    assert "seed 9" in page.locator(".sixteen-words").inner_text()


@pytest.mark.parametrize("lesson", ["01_a_photo_is_an_array"], indirect=True)
def test_the_cloud_is_turned_by_keyboard(lesson):
    page = lesson
    points = some_of(images.to_pixels(images.load_photo("tulips")), POINTS)
    handle = page.get_by_role("slider", name="Turn the cube, in degrees")
    handle.scroll_into_view_if_needed()
    picture = page.locator("img.sixteen-picture")
    for key, turn in (("ArrowRight", TURN + 1), ("ArrowLeft", TURN), ("Home", -180)):
        press(handle, key)
        page.wait_for_function(
            "(words) => document.querySelector('img.sixteen-picture').alt.includes(words)",
            arg=f"Turned to {turn} and tilted to {TILT} degrees",
            timeout=10_000,
        )
        expected = np.asarray(cloud_picture(points, None, turn, TILT))
        wait_for_picture(picture, expected)

    page.get_by_role("button", name="Spin").press("Space")
    page.wait_for_function(
        "() => !document.querySelector('img.sixteen-picture').alt.includes('to -180')",
        timeout=20_000,
    )
    page.get_by_role("button", name="Stop").press("Space")
    page.get_by_role("button", name="Spin").wait_for(timeout=20_000)
    page.wait_for_timeout(1000)  # a turn that was under way arrives
    rests = picture.get_attribute("alt")
    page.wait_for_timeout(1000)
    assert picture.get_attribute("alt") == rests
