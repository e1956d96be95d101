"""The explorers of lessons 01 to 04 in JupyterLab, moved as a person does.

Skipped, with a sentence, where no Chromium or Chrome is found.
"""

import io
import re

import numpy as np
import pytest
from browsing import COUNTS, bytes_painted, press, until
from exploring import repainted
from PIL import Image
from well_made import assert_well_made

from helpers import images
from helpers.codebook import TERMINAL
from helpers.color import from_hex, to_hex
from helpers.compression import mse
from helpers.explore.cloud import POINTS, SWEEP, cloud_picture
from helpers.explore.cube import TILT, TURN
from helpers.explore.distance import distance_words
from helpers.explore.shapes import outcome
from helpers.explore.stills import color_chips, palette_html


@pytest.fixture(scope="module")
def photo():
    return images.load_photo("tulips")


def said(page, words):
    """Wait until a screen reader is told so."""
    status = page.locator(".sixteen-explorer [role=status]", has_text=words)
    status.wait_for(state="attached")
    return status.text_content()


def picture(page):
    png = bytes_painted(page.locator("img.sixteen-picture"))
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")) / 255


def hex_name(page, part):
    return page.locator(f".sixteen-{part} input[type=text]").input_value()


def move(page, name, keys):
    handle = page.get_by_role("slider", name=name, exact=True)
    handle.scroll_into_view_if_needed()
    for key in keys:
        press(handle, key)


ROWS = """
(grid) => {
  const tops = [...grid.children].map((swatch) => swatch.offsetTop);
  return [...new Set(tops)].map((top) => tops.filter((other) => other === top).length);
}
"""
CUT = "(grid) => [...grid.children].some((swatch) => swatch.scrollWidth > swatch.clientWidth + 1)"


@pytest.mark.parametrize("write", [palette_html, color_chips])
def test_sixteen_swatches_never_leave_one_over_and_no_name_is_cut(page, rng, write):
    inside = f"<section style='flex-grow: 1'>{write(rng.random((16, 3)))}</section>"
    page.set_content(f"<body style='font: 13px sans-serif'><main style='display: flex'>{inside}")
    found, grid = set(), page.locator("section > div")
    for width in range(330, 1700, 60):
        page.set_viewport_size({"width": width, "height": 600})
        rows = grid.evaluate(ROWS)
        assert rows == rows[:1] * (16 // rows[0]), f"at {width} pixels"
        assert not grid.evaluate(CUT), f"at {width} pixels"
        assert grid.evaluate("(grid) => grid.clientWidth") == width - 16, "as wide as its room"
        found.add(rows[0])
    assert found >= {4, 8}


def drag(page, picture, start, end):
    """A hand goes down on a picture, moves, and lets go; places are shares of the sides."""
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    places = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*places[0])
    page.mouse.down()
    page.mouse.move(*places[1], steps=12)
    page.mouse.up()


@pytest.mark.parametrize("lesson", ["solutions/04_fixed_codebook"], indirect=True)
def test_a_color_of_lesson_04_changes_by_keyboard_and_by_a_click(lesson, photo):
    page = lesson
    codebook = TERMINAL.copy()
    page.get_by_label("Number of the color to change").select_option("1")
    move(page, "Red of the color, 0 to 255", ["End", "ArrowLeft"])
    codebook[1] = from_hex("#fe00aa")
    expected = repainted(photo, codebook)
    said(page, f"MSE {mse(photo, expected):.5f}")
    assert until(lambda: np.array_equal(picture(page), expected))

    original = page.locator("img.sixteen-original")
    box = original.bounding_box()
    original.click(position={"x": box["width"] * 0.39, "y": box["height"] * 0.08})
    page.wait_for_function(
        "() => document.querySelector('img.sixteen-original').alt.includes('a ring marks it')",
    )
    row, column = map(
        int, re.search(r"row (\d+), column (\d+)", original.get_attribute("alt")).groups()
    )
    assert abs(row - 0.08 * 512) <= 4 and abs(column - 0.39 * 768) <= 4
    codebook[1] = photo[row, column]
    assert hex_name(page, "color-1") == to_hex(codebook[1])
    expected = repainted(photo, codebook)
    assert "Beaten" in said(page, f"MSE {mse(photo, expected):.5f}")
    assert until(lambda: np.array_equal(picture(page), expected))

    drag(page, original, (0.5, 0.6), (0.7, 0.9))
    page.wait_for_function(
        "() => /row 4[5-6]., column 53.;/.test(document.querySelector('img.sixteen-original').alt)",
    )
    place = re.search(r"row (\d+), column (\d+)", original.get_attribute("alt")).groups()
    codebook[1] = photo[tuple(map(int, place))]
    error = mse(photo, repainted(photo, codebook))
    said(page, re.compile(rf"MSE {error:.5f}.* Your quantize paints the same\."))

    for key in ("ArrowUp", "Shift+ArrowLeft", "ArrowLeft"):
        original.press(key)
    row, column = int(place[0]) - 1, int(place[1]) - 11
    page.wait_for_selector(
        f"img.sixteen-original[aria-valuetext^='The pixel at row {row}, column {column}, ']",
    )
    original.press("Enter")
    codebook[1] = photo[row, column]
    said(page, f"MSE {mse(photo, repainted(photo, codebook)):.5f}")
    assert hex_name(page, "color-1") == to_hex(codebook[1])

    page.get_by_role("button", name="Start over").press("Enter")
    said(page, "as good as the terminal palette")
    assert until(lambda: np.array_equal(picture(page), repainted(photo, TERMINAL)))

    field = page.locator(".sixteen-color-0 input[type=text]")
    field.fill("banana")
    field.press("Tab")
    assert "six hexadecimal digits" in field.evaluate("(node) => node.validationMessage")
    assert until(lambda: np.array_equal(picture(page), repainted(photo, TERMINAL))), (
        "the former answer stays"
    )
    field.fill("#0a0a0a")
    field.press("Tab")
    codebook = TERMINAL.copy()
    codebook[0] = from_hex("#0a0a0a")
    said(page, f"MSE {mse(photo, repainted(photo, codebook)):.5f}")
    page.set_viewport_size({"width": 800, "height": 900})
    page.wait_for_timeout(500)  # it is laid out anew
    boxes = [page.locator(f"img.sixteen-{name}").bounding_box() for name in ("original", "picture")]
    assert boxes[0]["x"] < boxes[1]["x"]
    assert boxes[0]["y"] == boxes[1]["y"], "though one caption takes two lines"
    assert_well_made(page)


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
    )
    words = distance_words(to_hex(photo[341, 405]), hex_name(page, "b-color"))
    said(page, words)
    row, column = (
        int(n) for n in re.findall(r"row (\d+), column (\d+)", shown.get_attribute("alt"))[1]
    )
    assert hex_name(page, "b-color") == to_hex(photo[row, column])
    assert abs(row - 128) <= 4 and abs(column - 384) <= 4

    drag(page, shown, (0.5, 0.25), (1.2, 0.5))
    page.wait_for_function(
        "() => document.querySelector('img.sixteen-picture').alt.includes('column 767.')",
    )
    for key in ("a", "ArrowDown", "Shift+ArrowRight"):
        shown.press(key)
    page.wait_for_selector(
        "img.sixteen-picture[aria-valuetext*='the pixel at row 342, column 415']"
    )
    said(page, distance_words(to_hex(photo[342, 415]), hex_name(page, "b-color")))
    assert_well_made(page)


def view(words):
    """The two angles that are told."""
    return map(int, re.search(r"Turned to (-?\d+) and tilted to (-?\d+)", words).groups())


@pytest.mark.parametrize("lesson", ["01_a_photo_is_an_array"], indirect=True)
def test_the_cloud_of_lesson_01_is_turned_by_a_hand_and_by_keys(lesson, photo):
    page, shown = lesson, lesson.locator("img.sixteen-picture")
    drag(page, shown, (0.3, 0.5), (0.5, 0.6))
    turned, tilted = TURN - round(0.2 * SWEEP), TILT + round(0.1 * SWEEP)
    words = said(page, f"Turned to {turned}")
    assert abs(int(re.search(r"tilted to (-?\d+) degrees", words)[1]) - tilted) <= 1
    shown.press("ArrowRight")
    words = said(page, f"Turned to {turned - 3} and")
    turn, tilt = view(words)
    expected = cloud_picture(images.some_of(images.to_pixels(photo), POINTS), None, turn, tilt)
    assert until(lambda: np.array_equal(picture(page), np.asarray(expected) / 255))
    assert_well_made(page)


@pytest.mark.parametrize("lesson", ["01_a_photo_is_an_array"], indirect=True)
def test_an_unwritten_exercise_stops_nothing_and_is_answered_kindly(lesson):
    lesson.locator("text=Not written yet.").first.wait_for(state="attached")
    counts = lesson.evaluate(COUNTS)
    assert counts == list(range(counts[0], counts[0] + len(counts)))


@pytest.mark.parametrize("lesson", ["01_a_photo_is_an_array"], indirect=True)
def test_the_cloud_is_turned_by_keyboard(lesson, photo):
    page = lesson
    points = images.some_of(images.to_pixels(photo), POINTS)
    handle = page.get_by_role("slider", name="Turn the cube, in degrees")
    handle.scroll_into_view_if_needed()
    shown = page.locator("img.sixteen-picture")
    first, tilt = view(shown.get_attribute("alt"))
    for key, turn in (("ArrowRight", first + 1), ("ArrowLeft", first), ("Home", -180)):
        press(handle, key)
        page.wait_for_function(
            "(words) => document.querySelector('img.sixteen-picture').alt.includes(words)",
            arg=f"Turned to {turn} and tilted to {tilt} degrees",
        )
        expected = np.asarray(cloud_picture(points, None, turn, tilt)) / 255
        assert until(lambda expected=expected: np.array_equal(picture(page), expected))

    page.get_by_role("button", name="Spin").press("Space")
    page.wait_for_function(
        "() => !document.querySelector('img.sixteen-picture').alt.includes('to -180')",
    )
    page.get_by_role("button", name="Stop").press("Space")
    page.get_by_role("button", name="Spin").wait_for()
    turned = [None, shown.get_attribute("alt")]
    while turned[-1] != turned[-2] and len(turned) < 20:  # a turn that was under way arrives
        page.wait_for_timeout(1000)
        turned.append(shown.get_attribute("alt"))
    assert turned[-1] == turned[-2]


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
    assert_well_made(page)
