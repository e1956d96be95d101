"""The lessons in JupyterLab, in a real browser, moved by keyboard.

Skipped, with a sentence, where no Chromium or Chrome is found.
"""

import base64
import io
import re
from pathlib import Path

import nbconvert
import nbformat
import numpy as np
import pytest
from browsing import bytes_painted, open_page, press, run_all, until, wait_until_idle
from lessons import long_ones_weekly
from PIL import Image
from well_made import assert_well_made

from conftest import new_page
from helpers import fast, images
from helpers.compression import mse
from helpers.explore.painted import paint

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
# The tests that move the explorers of 01 to 05 and 07 look at these pages, too.
LESSONS = [
    path.stem
    for path in sorted(NOTEBOOKS.glob("*.ipynb"))
    if path.stem[:3] not in ("01_", "02_", "03_", "04_", "05_", "07_")
]

in_lesson_06 = pytest.mark.parametrize("lesson", ["06_sixteen_colors"], indirect=True)


@pytest.mark.parametrize("lesson", long_ones_weekly(LESSONS), indirect=True)
def test_a_page_is_well_made(lesson):
    assert_well_made(lesson)


def slider_of(page):
    """The slider of lesson 06, and the K at which it stands."""
    slider = page.get_by_role("slider", name="Number of colors K")
    slider.scroll_into_view_if_needed()
    return slider, int(float(slider.get_attribute("aria-valuenow")))


@in_lesson_06
def test_the_slider_of_lesson_06_repaints_the_photograph_by_keyboard(lesson):
    slider, first = slider_of(lesson)
    photo = images.load_photo("tulips")
    palettes = fast.Palettes(photo)
    picture = lesson.locator("img.sixteen-picture")

    def painted():
        return np.asarray(Image.open(io.BytesIO(bytes_painted(picture))).convert("RGB")) / 255

    assert first == 16
    for key, K in (("ArrowRight", 17), ("ArrowRight", 18), ("ArrowLeft", 17), ("Home", 1)):
        press(slider, key)
        lesson.locator(".sixteen-facts", has_text=re.compile(rf"K = {K}\D")).wait_for()
        assert slider.get_attribute("aria-valuenow") == f"{K}.0"
        expected = paint(palettes, palettes.quick(K).centroids)
        assert until(lambda K=K: len(np.unique(painted().reshape(-1, 3), axis=0)) == K)
        assert mse(painted(), photo) <= expected.mse * 1.0001


@in_lesson_06
def test_at_rest_the_slider_tells_a_screen_reader_the_result(lesson):
    slider, K = slider_of(lesson)
    press(slider, "ArrowRight")
    status = lesson.locator(".sixteen-explorer [role=status]", has_text=f"K = {K + 1}: MSE")
    status.wait_for(state="attached")
    alt = lesson.locator("img.sixteen-picture").get_attribute("alt")
    assert alt == f"The picture repainted: {status.text_content()}"


@in_lesson_06
def test_what_is_typed_beside_the_slider_counts_however_the_box_is_left(lesson):
    slider, _ = slider_of(lesson)
    box = lesson.locator(".sixteen-K .widget-readout")
    leave = {
        "Tab": lambda: lesson.keyboard.press("Tab"),
        "Enter": lambda: lesson.keyboard.press("Enter"),
        "a click elsewhere": lambda: lesson.locator(".sixteen-facts").click(),
    }
    for K, way in enumerate(leave, 30):
        box.click()
        lesson.keyboard.press("Control+A")
        lesson.keyboard.type(str(K))
        leave[way]()
        lesson.locator(".sixteen-facts", has_text=f"K = {K}").wait_for()
        assert slider.get_attribute("aria-valuenow") == f"{K}.0", way
    box.click()
    lesson.keyboard.press("Control+A")
    lesson.keyboard.type("many")
    lesson.keyboard.press("Tab")
    assert box.inner_text() == "32"  # what is no number is taken back


@in_lesson_06
def test_a_burst_of_keys_ends_at_the_last_position(lesson):
    slider, K = slider_of(lesson)
    paints = """() => { window.paints = 0;
      document.querySelector("img.sixteen-picture").addEventListener("load", () => paints++); }"""
    lesson.evaluate(paints)
    press(slider, "ArrowRight")
    for _ in range(29):
        slider.press("ArrowRight", delay=0)
    lesson.locator(".sixteen-facts", has_text=f"K = {K + 30}").wait_for()
    lesson.wait_for_timeout(1000)
    assert f"K = {K + 30}" in lesson.locator(".sixteen-facts").inner_text()
    assert lesson.evaluate("() => window.paints") <= 33  # none twice, and at rest twice more


@in_lesson_06
def test_home_and_end_overtake_no_key_that_is_still_on_its_way(lesson):
    slider, _ = slider_of(lesson)
    for last, K in (("Home", 1), ("End", 64)) * 3:
        for key in ("PageUp", "PageDown", "PageUp", "PageDown", last):
            slider.press(key, delay=0)
        told = lesson.locator(".sixteen-explorer [role=status]", has_text=f"K = {K}: MSE")
        told.wait_for(state="attached")
        wait_until_idle(lesson)
        lesson.wait_for_timeout(1000)
        assert slider.get_attribute("aria-valuenow") == f"{K}.0"
        assert f"K = {K}" in lesson.locator(".sixteen-facts").inner_text()


@pytest.fixture(scope="module")
def notebook_7(lab, browser):
    """Lesson 06 run in Notebook 7, to which a button of JupyterLab's toolbar leads."""
    with new_page(browser) as page:
        page.goto(re.sub("/lab/.*/tree/", "/notebooks/", lab("06_sixteen_colors", copy="06_again")))
        wait_until_idle(page)

        def runs():
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            page.wait_for_timeout(1000)
            return page.get_by_text("[*]:").count()

        # Before its kernel is connected Jupyter drops what is to run, and here nothing tells.
        assert until(runs)
        page.get_by_role("slider", name="Number of colors K").wait_for()
        wait_until_idle(page)
        yield page


CELLS = "[...document.querySelectorAll('.jp-Cell')].map(cell => cell.className)"
OWN_KEYS = [("Home", 1), ("ArrowRight", 2), ("ArrowUp", 3), ("ArrowLeft", 2), ("ArrowDown", 1)]
OWN_KEYS += [("PageUp", 6), ("PageDown", 1), ("End", 64)]
OTHERS_KEYS = "a b c x v z m y r 1 j k d d Delete Backspace Shift+M Shift+ArrowDown Space Enter"
OTHERS_KEYS = (
    OTHERS_KEYS.split() + "Control+Shift+ArrowDown Control+Shift+M Control+Backspace".split()
)


@pytest.mark.parametrize("place", ["lesson", "notebook_7"])
@in_lesson_06
def test_a_slider_has_its_keys_for_itself_and_no_key_edits_the_page(lesson, place, request):
    page = request.getfixturevalue(place)
    slider, _ = slider_of(page)
    for key, K in OWN_KEYS:
        press(slider, key)
        assert slider.get_attribute("aria-valuenow") == f"{K}.0"
    before = page.evaluate(CELLS)
    for key in OTHERS_KEYS:
        page.keyboard.press(key)
        assert slider.evaluate("handle => handle === document.activeElement"), key
    assert page.evaluate(CELLS) == before


def test_shift_enter_on_a_slider_still_runs_its_cell(notebook_7):
    slider, _ = slider_of(notebook_7)
    press(slider, "Home")
    notebook_7.keyboard.press("Shift+Enter")
    notebook_7.wait_for_function("() => document.querySelector('[aria-valuenow=\"16.0\"]')")


LOST = ".sixteen-explorer [role=status]:has-text('from the top to this cell')"
DEEDS = {"restarted": "session.kernel.restart()", "shut down": "shutdown()"}


@pytest.mark.parametrize("deed", DEEDS)
def test_an_explorer_that_lost_its_python_says_so_and_leaves_a_still(lab, browser, deed):
    """Then, when the page is opened again, and when it is opened once more."""
    with new_page(browser) as page:
        run_all(page, lab("03_distance"))
        slider = page.locator(".sixteen-explorer:has(img) input").first  # no box for a guess
        slider.wait_for(state="attached")
        slider.press("ArrowRight")
        page.wait_for_timeout(5000)
        assert page.locator(LOST).count() == 0
        save(page)
        page.evaluate(f"jupyterapp.shell.currentWidget.sessionContext.{DEEDS[deed]}")
        slider.press("ArrowRight")
        page.locator(LOST).first.wait_for(state="attached")
        open_page(page, lab("03_distance"))
        page.locator(LOST).first.wait_for(state="attached")
        save(page)
        open_page(page, lab("03_distance"))
        still = page.locator(".jp-OutputArea figure", has_text="Run this cell to move it.")
        still.first.wait_for(state="attached")
        assert "Error displaying widget" not in page.content()


def save(page):
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")


def test_without_a_kernel_a_slider_moves_the_stills_of_a_published_page(page, tmp_path):
    """As a page is put on the web: no kernel, and nothing fetched from anywhere."""
    notebook = nbformat.read(NOTEBOOKS / "06_sixteen_colors.ipynb", as_version=4)
    published, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
    (tmp_path / "page.html").write_text(published, encoding="utf-8")
    page.context.set_offline(True)
    page.goto((tmp_path / "page.html").as_uri())
    slider = page.get_by_role("slider", name="Colors K")
    assert slider.get_attribute("data-lm-suppress-shortcuts"), "in Jupyter it has its keys, too"
    picture = page.locator('img[alt^="K = "]')
    for key, K in (("ArrowRight", 24), ("Home", 2), ("End", 64)):
        slider.press(key)
        assert picture.get_attribute("alt").startswith(f"K = {K}: MSE")
        encoded = picture.get_attribute("src").partition(",")[2]
        shown = Image.open(io.BytesIO(base64.b64decode(encoded))).convert("RGB")
        assert len(shown.getcolors()) == K


def test_a_saved_page_shows_its_pictures_and_words_before_anything_has_run(lab, page):
    page.goto(lab("00_start_here"))
    picture = page.locator('.jp-OutputArea img[alt^="Sixteen colors keep the petals"]')
    picture.wait_for()
    assert picture.evaluate("(img) => img.complete && img.naturalWidth") == 900
    assert "#" in picture.get_attribute("alt")
    page.keyboard.press("End")
    still = page.locator('.jp-OutputArea img[alt^="K = 16. Most of it: #"]')
    still.wait_for(state="attached")
    assert "Error displaying widget" not in page.content()
