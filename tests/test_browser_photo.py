"""Lesson 12 in JupyterLab: a photo is uploaded by keyboard, and the page is about it.

Skipped, with a sentence, where no Chromium or Chrome is found.
"""

import io

import numpy as np
from browsing import COUNTS, bytes_painted, open_page, wait_until_idle
from PIL import Image

from helpers import images

PATIENCE = 20_000  # milliseconds


def run_cells(page, count):
    """Run at least so many cells from the top by Shift and Enter, one after the other."""
    page.locator(".jp-Notebook .jp-Cell").first.click()
    page.keyboard.press("Escape")
    while page.evaluate(f"({COUNTS}).filter(Boolean).length") < count:
        page.keyboard.press("Shift+Enter")
        page.wait_for_timeout(150)
    wait_until_idle(page)


def choose_a_photo(page, address):
    """Open lesson 12 and run it as far as its first explorer; return that."""
    open_page(page, address)
    page.wait_for_function(
        "() => jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.connectionStatus"
        " == 'connected'",
        timeout=60_000,
    )
    page.get_by_role("menuitem", name="Edit", exact=True).click()
    page.get_by_role("menuitem", name="Clear Outputs of All Cells", exact=True).click()
    run_cells(page, 8)
    explorer = page.locator(".sixteen-explorer").first
    explorer.locator("img.sixteen-picture").wait_for(timeout=PATIENCE)
    return explorer


def says(explorer, words):
    explorer.locator(".sixteen-said", has_text=words).wait_for(timeout=PATIENCE)


def test_an_uploaded_photo_is_shown_named_and_used_below(lab, page, rng):
    photo = np.rint(rng.random((40, 60, 3)) * 255) / 255
    explorer = choose_a_photo(page, lab("12_your_photo"))
    explorer.get_by_role("button", name="Upload a photo of your own").focus()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(
        {"name": "my cat.png", "mimeType": "image/png", "buffer": images.encode_png(photo)}
    )
    says(explorer, "my_cat, 60 by 40 pixels")
    picture = explorer.locator("img.sixteen-picture")
    assert picture.get_attribute("alt").startswith("The picture for this page: my_cat, 60 by 40")
    assert Image.open(io.BytesIO(bytes_painted(picture))).size == (60, 40)

    # The next cell prints what it has been given.
    cell = page.locator(".jp-CodeCell", has_text="photo, name = choice.image").first
    cell.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Shift+Enter")
    cell.get_by_text("my_cat: 60 × 40 pixels").wait_for(timeout=PATIENCE)


def test_the_path_and_the_photographs_of_the_course_work_by_keyboard(lab, page):
    explorer = choose_a_photo(page, lab("12_your_photo"))
    explorer.get_by_role("textbox", name="Path of a photo").focus()
    page.keyboard.type("nowhere.jpg")
    page.keyboard.press("Enter")
    says(explorer, "There is no file nowhere.jpg")
    explorer.get_by_role("combobox", name="A photograph of the course").focus()
    page.keyboard.type("pen")
    says(explorer, "pencils, 640 by 427")
    for width in (1280, 800):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(300)
        assert explorer.evaluate("(node) => node.scrollWidth <= node.clientWidth + 1")
