"""The walk through K-means and the cloud of colors, in JupyterLab, moved by keyboard."""

import io
import re

import numpy as np
from browsing import bytes_painted, run_all
from PIL import Image

from helpers import images
from helpers.explore.cloud import POINTS, TILT, TURN, cloud_picture, some_of
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


def test_k_means_is_walked_through_by_keyboard(lab, page):
    run_all(page, lab("05_kmeans_by_hand"))
    handle = page.get_by_role("slider", name="Half-step", exact=True)
    handle.scroll_into_view_if_needed()
    steps = half_steps(lesson_points(), first_colors(lesson_points(), 3, 8))
    for key, n in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", 18)):
        handle.press(key)
        wait_for_half_step(page, n)
        assert f"{steps[n].wcss:.2f}." in page.locator(".sixteen-words").inner_text()
        told = f"{steps[n].wcss:.2f}"
        page.locator(f'img.sixteen-curve[alt*="{told}"]').wait_for(timeout=10_000)
    page.locator(".sixteen-explorer [role=status]", has_text="Nothing moves").wait_for(
        state="attached", timeout=5_000
    )

    page.get_by_role("button", name="Play", exact=True).focus()
    page.keyboard.press("Space")  # from the end it begins again
    wait_for_half_step(page, 2)
    page.get_by_role("button", name="Pause", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Play", exact=True).wait_for(timeout=5_000)

    page.get_by_role("button", name="Another seed").focus()
    page.keyboard.press("Space")
    wait_for_half_step(page, 0)
    assert "seed 9" in page.locator(".sixteen-words").inner_text()


def test_the_cloud_is_turned_by_keyboard(lab, page):
    run_all(page, lab("01_a_photo_is_an_array"))
    points = some_of(images.to_pixels(images.load_photo("tulips")), POINTS)
    handle = page.get_by_role("slider", name="Turn the cube, in degrees")
    handle.scroll_into_view_if_needed()
    handle.focus()
    picture = page.locator("img.sixteen-picture")
    for key, turn in (("ArrowRight", TURN + 1), ("ArrowLeft", TURN), ("Home", -180)):
        page.keyboard.press(key)
        page.wait_for_function(
            "(words) => document.querySelector('img.sixteen-picture').alt.includes(words)",
            arg=f"Turned to {turn} and tilted to {TILT} degrees",
            timeout=10_000,
        )
        page.wait_for_timeout(300)
        seen = np.asarray(Image.open(io.BytesIO(bytes_painted(picture))))
        assert np.array_equal(seen, np.asarray(cloud_picture(points, None, turn, TILT)))

    page.get_by_role("button", name="Spin").focus()
    page.keyboard.press("Space")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Stop").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Spin").wait_for(timeout=5_000)
    turned = int(re.search(r"Turned to (-?\d+)", picture.get_attribute("alt")).group(1))
    assert turned > -170
