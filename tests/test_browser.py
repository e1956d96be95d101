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
from browsing import COUNTS, bytes_painted, press
from PIL import Image

from helpers import fast, images
from helpers.compression import mse
from helpers.explore.painted import paint

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
LESSONS = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))

in_lesson_06 = pytest.mark.parametrize("lesson", ["06_sixteen_colors"], indirect=True)


@pytest.mark.parametrize("lesson", LESSONS, indirect=True)
def test_axe_finds_nothing_to_mend_in_what_the_page_holds(lesson):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    ours = {"include": [[".jp-OutputArea-output"], [".jp-MarkdownOutput"]]}
    violations = axe.Axe().run(lesson, context=ours).response["violations"]
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations] == []


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
    assert first == 16
    for key, K in (("ArrowRight", 17), ("ArrowRight", 18), ("ArrowLeft", 17), ("Home", 1)):
        press(slider, key)
        lesson.locator(".sixteen-facts", has_text=re.compile(rf"K = {K}\D")).wait_for(
            timeout=10_000
        )
        assert slider.get_attribute("aria-valuenow") == f"{K}.0"
        expected = paint(palettes, palettes.quick(K).centroids)
        shown = np.asarray(Image.open(io.BytesIO(bytes_painted(picture))).convert("RGB")) / 255
        assert len(np.unique(shown.reshape(-1, 3), axis=0)) == K
        assert mse(shown, photo) <= expected.mse * 1.0001


@in_lesson_06
def test_at_rest_the_slider_tells_a_screen_reader_the_result(lesson):
    slider, K = slider_of(lesson)
    press(slider, "ArrowRight")
    status = lesson.locator(".sixteen-explorer [role=status]", has_text=f"K = {K + 1}: MSE")
    status.wait_for(state="attached", timeout=20_000)
    alt = lesson.locator("img.sixteen-picture").get_attribute("alt")
    assert alt == f"The picture repainted: {status.text_content()}"


@in_lesson_06
def test_a_burst_of_keys_ends_at_the_last_position(lesson):
    slider, K = slider_of(lesson)
    paints = """() => { window.paints = 0;
      document.querySelector("img.sixteen-picture").addEventListener("load", () => paints++); }"""
    lesson.evaluate(paints)
    press(slider, "ArrowRight")
    for _ in range(29):
        slider.press("ArrowRight", delay=0)
    lesson.locator(".sixteen-facts", has_text=f"K = {K + 30}").wait_for(timeout=20_000)
    lesson.wait_for_timeout(1000)
    assert f"K = {K + 30}" in lesson.locator(".sixteen-facts").inner_text()
    assert lesson.evaluate("() => window.paints") <= 33  # none twice, and at rest twice more


def test_without_a_kernel_a_slider_moves_the_stills_of_a_published_page(page, tmp_path):
    """As a page is put on the web: no kernel, and nothing fetched from anywhere."""
    notebook = nbformat.read(NOTEBOOKS / "06_sixteen_colors.ipynb", as_version=4)
    published, _ = nbconvert.HTMLExporter().from_notebook_node(notebook)
    (tmp_path / "page.html").write_text(published, encoding="utf-8")
    page.context.set_offline(True)
    page.goto((tmp_path / "page.html").as_uri())
    slider = page.get_by_role("slider", name="Colors K")
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
    picture.wait_for(timeout=60_000)
    assert picture.evaluate("(img) => img.complete && img.naturalWidth") == 900
    assert "#" in picture.get_attribute("alt")
    page.keyboard.press("End")
    still = page.locator('.jp-OutputArea img[alt^="K = 16: MSE"]')
    still.wait_for(state="attached", timeout=30_000)
    assert "Error displaying widget" not in page.content()


@pytest.mark.parametrize("lesson", ["01_a_photo_is_an_array"], indirect=True)
def test_an_unwritten_exercise_stops_nothing_and_is_answered_kindly(lesson):
    lesson.locator("text=Not written yet.").first.wait_for(state="attached", timeout=30_000)
    counts = lesson.evaluate(COUNTS)
    assert counts == list(range(counts[0], counts[0] + len(counts)))
