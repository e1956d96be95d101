"""Lesson 12 in JupyterLab: a photo is uploaded by keyboard, and the page is about it.

Skipped, with a sentence, where no Chromium or Chrome is found.
"""

import io

import numpy as np
import pytest
from browsing import COUNTS, bytes_painted, open_page, wait_until_connected, wait_until_idle
from PIL import Image

from helpers import images

NEXT = "photo, name = choice.image"  # in the cell that comes after the explorer
SOURCES = COUNTS.replace("cell.execution_count", "cell.source")


def run_above(page, words):
    """Run every cell above the code cell that holds these words, by the menu."""
    page.locator(".jp-CodeCell", has_text=words).first.locator(".jp-InputArea-editor").click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Above Selected Cell", exact=True).click()
    above = page.evaluate(f"(words) => ({SOURCES}).findIndex(text => text.includes(words))", words)
    page.wait_for_function(f"() => ({COUNTS})[{above - 1}]")
    wait_until_idle(page)


def ask_for_a_file(page, button):
    """Press a button by keyboard until the browser asks for a file.

    While JupyterLab is still laying out the cells, it may take the focus away between the key
    and its release.
    """
    asked = []
    page.on("filechooser", lambda chooser: asked.append(chooser))
    for _ in range(10):
        button.press("Space")
        page.wait_for_timeout(1000)
        if asked:
            return asked[0]
    raise AssertionError("ten presses of the button, and the browser asked for no file")


def choose_a_photo(page, address):
    """Open lesson 12 and run it down to its first explorer; return that."""
    open_page(page, address)
    wait_until_connected(page)
    page.get_by_role("menuitem", name="Edit", exact=True).click()
    page.get_by_role("menuitem", name="Clear Outputs of All Cells", exact=True).click()
    run_above(page, NEXT)
    explorer = page.locator(".sixteen-explorer").first
    explorer.locator("img.sixteen-picture").wait_for()
    return explorer


def says(explorer, words):
    explorer.locator(".sixteen-said", has_text=words).wait_for()


def test_an_uploaded_photo_is_shown_named_and_used_below(lab, page, rng):
    photo = np.rint(rng.random((40, 60, 3)) * 255) / 255
    explorer = choose_a_photo(page, lab("12_your_photo"))
    button = explorer.get_by_role("button", name="Upload a photo of your own")
    ask_for_a_file(page, button).set_files(
        {"name": "my cat.png", "mimeType": "image/png", "buffer": images.encode_png(photo)}
    )
    says(explorer, "my_cat, 60 by 40 pixels")
    picture = explorer.locator("img.sixteen-picture")
    assert picture.get_attribute("alt").startswith("The picture for this page: my_cat, 60 by 40")
    assert Image.open(io.BytesIO(bytes_painted(picture))).size == (120, 80)

    # The next cell prints what it has been given.
    cell = page.locator(".jp-CodeCell", has_text=NEXT).first
    cell.locator(".cm-content").press("Shift+Enter")
    cell.get_by_text("my_cat: 60 × 40 pixels").wait_for()


@pytest.mark.slow
def test_a_phones_photo_of_15_megabytes_arrives_and_the_button_stays_alive(
    lab, page, rng, tmp_path
):
    photo = tmp_path / "IMG_1.jpg"
    levels = rng.integers(0, 256, (2400, 3200, 3), dtype=np.uint8)
    Image.fromarray(levels).save(photo, quality=93, subsampling=0)
    assert photo.stat().st_size > 15e6
    explorer = choose_a_photo(page, lab("12_your_photo"))
    button = explorer.get_by_role("button", name="Upload a photo of your own")
    ask_for_a_file(page, button).set_files(photo)
    says(explorer, "IMG_1, 640 by 480 pixels")
    diary = {"name": "diary.heic", "mimeType": "image/heic", "buffer": b"Dear diary"}
    for _ in range(2):  # the same file again, too
        with page.expect_file_chooser() as chooser:
            button.click()
        chooser.value.set_files(diary)
        says(explorer, "diary.heic is not a picture")
        # Not by typing t, then p: within a second a browser takes them for one word, "tp".
        menu = explorer.get_by_role("combobox", name="A photograph of the course")
        menu.select_option("tulips")
        says(explorer, "tulips, ")
        menu.select_option("pencils")
        says(explorer, "pencils, ")


def test_the_path_and_the_photographs_of_the_course_work_by_keyboard(lab, page):
    explorer = choose_a_photo(page, lab("12_your_photo"))
    path = explorer.get_by_role("textbox", name="Path of a photo")
    path.press_sequentially("nowhere.jpg")
    path.press("Enter")
    says(explorer, "There is no file nowhere.jpg")
    explorer.get_by_role("combobox", name="A photograph of the course").press_sequentially("pen")
    says(explorer, "pencils, 640 by 427")
    for width in (1280, 800):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)  # it is laid out anew
        fits = "(node) => node.scrollWidth <= node.clientWidth + 1"
        page.wait_for_function(fits, arg=explorer.element_handle())
