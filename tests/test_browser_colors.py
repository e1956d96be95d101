"""The explorers of lessons 02, 03 and 04 in JupyterLab, moved as a person does.

Skipped, with a sentence, where no Chromium or Chrome is found.
"""

import io
import re

import numpy as np
import pytest
from browsing import bytes_painted, press
from exploring import repainted
from PIL import Image

from helpers import images
from helpers.codebook import TERMINAL
from helpers.color import from_hex, to_hex
from helpers.compression import mse
from helpers.explore.distance import distance_words
from helpers.explore.shapes import outcome

PATIENCE = 10_000  # milliseconds
UNNAMED = """
() => [...document.querySelectorAll(
    '.sixteen-explorer :is(input, select, button, [role=slider], img)')]
  .filter((node) => node.checkVisibility())
  .filter((node) => !(node.ariaLabel || node.alt || node.textContent.trim()
    || [...(node.labels ?? [])].some((label) => label.textContent.trim())))
  .map((node) => node.outerHTML)
"""
TOO_WIDE = """
() => [...document.querySelectorAll('.sixteen-explorer')]
  .some((node) => node.scrollWidth > node.clientWidth + 1)
"""


@pytest.fixture(scope="module")
def photo():
    return images.load_photo("tulips")


def said(page, words):
    """Wait until a screen reader is told so."""
    status = page.locator(".sixteen-explorer [role=status]", has_text=words)
    status.wait_for(state="attached", timeout=PATIENCE)
    return status.text_content()


def picture(page):
    png = bytes_painted(page.locator("img.sixteen-picture"))
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")) / 255


def hex_name(page, part):
    return page.locator(f".sixteen-{part} input[type=text]").input_value()


def assert_fits_and_is_named(page):
    assert page.evaluate(UNNAMED) == []
    for width in (1280, 800):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(500)
        assert not page.evaluate(TOO_WIDE), f"wider than its cell at {width} pixels"


def move(page, name, keys):
    handle = page.get_by_role("slider", name=name, exact=True)
    handle.scroll_into_view_if_needed()
    for key in keys:
        press(handle, key)


@pytest.mark.parametrize("lesson", ["04_fixed_codebook"], indirect=True)
def test_a_color_of_lesson_04_changes_by_keyboard_and_by_a_click(lesson, photo):
    page = lesson
    codebook = TERMINAL.copy()
    page.get_by_label("Number of the color to change").select_option("1")
    move(page, "Red of the color, 0 to 255", ["End", "ArrowLeft"])
    codebook[1] = from_hex("#fe00aa")
    expected = repainted(photo, codebook)
    said(page, f"MSE {mse(photo, expected):.5f}")
    assert np.array_equal(picture(page), expected)

    original = page.locator("img.sixteen-original")
    box = original.bounding_box()
    original.click(position={"x": box["width"] * 0.39, "y": box["height"] * 0.08})
    page.wait_for_function(
        "() => document.querySelector('img.sixteen-original').alt.includes('a ring marks it')",
        timeout=PATIENCE,
    )
    row, column = map(
        int, re.search(r"row (\d+), column (\d+)", original.get_attribute("alt")).groups()
    )
    assert abs(row - 0.08 * 512) <= 4 and abs(column - 0.39 * 768) <= 4
    codebook[1] = photo[row, column]
    assert hex_name(page, "color-1") == to_hex(codebook[1])
    expected = repainted(photo, codebook)
    assert "Beaten" in said(page, f"MSE {mse(photo, expected):.5f}")
    assert np.array_equal(picture(page), expected)

    page.get_by_role("button", name="Start over").press("Enter")
    said(page, "as good as the terminal palette")
    assert np.array_equal(picture(page), repainted(photo, TERMINAL))

    field = page.locator(".sixteen-color-0 input[type=text]")
    field.fill("banana")
    field.press("Tab")
    assert "six hexadecimal digits" in field.evaluate("(node) => node.validationMessage")
    assert np.array_equal(picture(page), repainted(photo, TERMINAL)), "the former answer stays"
    field.fill("#0a0a0a")
    field.press("Tab")
    codebook = TERMINAL.copy()
    codebook[0] = from_hex("#0a0a0a")
    said(page, f"MSE {mse(photo, repainted(photo, codebook)):.5f}")
    assert_fits_and_is_named(page)


@pytest.mark.parametrize("lesson", ["03_distance"], indirect=True)
def test_the_colors_of_lesson_03_are_chosen_by_keyboard_and_by_a_click(lesson, photo):
    page = lesson
    move(page, "Row of the pixel of color a", ["ArrowRight", "ArrowRight", "ArrowLeft"])
    second = to_hex(photo[470, 600])
    row = int(page.get_by_role("slider", name="Row of the pixel of color a").get_attribute(
        "aria-valuenow"
    ).split(".")[0])  # fmt: skip
    assert row in (340, 341)
    said(page, distance_words(to_hex(photo[341, 405]), second))

    page.get_by_role("radio", name="a click takes b").or_(
        page.get_by_role("button", name="a click takes b")
    ).press("Enter")
    shown = page.locator("img.sixteen-picture")
    box = shown.bounding_box()
    shown.click(position={"x": box["width"] / 2, "y": box["height"] / 4})
    page.wait_for_function(
        "(name) => document.querySelector('.sixteen-b-color input').value != name",
        arg=second,
        timeout=PATIENCE,
    )
    words = distance_words(to_hex(photo[341, 405]), hex_name(page, "b-color"))
    said(page, words)
    row, column = (
        int(n) for n in re.findall(r"row (\d+), column (\d+)", shown.get_attribute("alt"))[1]
    )
    assert hex_name(page, "b-color") == to_hex(photo[row, column])
    assert abs(row - 128) <= 4 and abs(column - 384) <= 4
    assert_fits_and_is_named(page)


@pytest.mark.parametrize("lesson", ["02_broadcasting"], indirect=True)
def test_the_shapes_of_lesson_02_are_typed_and_pressed(lesson):
    page = lesson
    field = page.get_by_label("Shape of array a")
    field.fill("4, 1")
    page.get_by_label("Shape of array b").fill("1, 5")
    said(page, outcome((4, 1), (1, 5)))
    result = page.locator(".sixteen-table tr").last
    assert re.sub(r"\s+", " ", result.inner_text()).strip() == "result 4 5"

    field.fill("4, one")
    assert "the last pair that could be read" in said(page, "“one” is no size")
    assert re.sub(r"\s+", " ", result.inner_text()).strip() == "result 4 5"

    page.get_by_role("button", name="Example pixels − colors").press("Enter")
    said(page, outcome((4, 3), (2, 3)))
    assert field.input_value() == "4, 3"
    assert_fits_and_is_named(page)
