"""The explorer of lesson 07 in JupyterLab, moved by keyboard.

Skipped, with a sentence, where no Chromium or Chrome is found.
"""

import io

import numpy as np
import pytest
from browsing import bytes_painted, press, until
from PIL import Image
from well_made import assert_well_made

from helpers import images
from helpers.compression import mse
from helpers.explore.spaces import Comparison, Way


def error(photo, page, side):
    """The error of the picture that is painted, as it should be told."""
    png = bytes_painted(page.locator(f"img.sixteen-{side}-picture"))
    painted = np.asarray(Image.open(io.BytesIO(png)).convert("RGB")) / 255
    return f"MSE {mse(photo, painted):.5f}"


def expected(photo, K, *ways):
    """What the explorer says and paints when it is driven from Python."""
    comparison = Comparison(photo, K, ways)
    comparison.finish()
    said = [comparison.said[side] for side in ("left", "right")]
    comparison.close()
    return said


def wait_for(page, words):
    status = page.locator(".sixteen-explorer [role=status]", has_text=words)
    status.wait_for(state="attached")


@pytest.mark.parametrize("lesson", ["07_better_palettes"], indirect=True)
def test_both_sides_of_lesson_07_are_chosen_and_moved_by_keyboard(lesson):
    page = lesson
    dusk = images.load_photo("harbour_dusk")
    handle = page.get_by_role("slider", name="Number of colors K", exact=True)
    handle.scroll_into_view_if_needed()
    for _ in range(3):
        press(handle, "ArrowLeft")
    K = int(float(handle.get_attribute("aria-valuenow")))
    assert K <= 13
    plain, dithered = Way("RGB", "k-means++", "nearest color"), Way("RGB", "k-means++", "dithered")
    left, right = expected(dusk, K, plain, dithered)
    wait_for(page, f"{left} {right}")
    assert until(lambda: error(dusk, page, "left") in left)
    assert until(lambda: error(dusk, page, "right") in right)

    page.get_by_label("Left: color space").select_option("Lab")
    page.get_by_label("Left: start").press("ArrowUp")  # from k-means++ to a random start
    left, _ = expected(dusk, K, Way("Lab", "random start", "nearest color"), dithered)
    wait_for(page, f"{left} {right}")
    assert until(lambda: error(dusk, page, "left") in left)
    alt = page.locator("img.sixteen-left-picture").get_attribute("alt")
    assert alt.startswith(f"Left: {K} colors, Lab, random start, nearest color: MSE")
    assert_well_made(page)
