"""The lessons in JupyterLab, in a real browser, moved by keyboard.

Skipped, with a sentence, where no Chromium or Chrome is found.
"""

import io
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from PIL import Image

from helpers import explore, images

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

ROOT = Path(__file__).resolve().parent.parent
BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
COUNTS = (  # the numbers of the code cells, null where one has not run yet
    "jupyterapp.shell.currentWidget.content.model.toJSON().cells"
    ".filter(cell => cell.cell_type == 'code').map(cell => cell.execution_count)"
)
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium found: install it to try the explorers in a browser"
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab of its own, on a copy of the lessons: the address of a page by its name.

    Each page opens in a workspace of its own, so that no test sees another's tabs.
    """
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    arguments = f"--no-browser --allow-root --port={port} --ServerApp.port_retries=0".split()
    settings = ["--IdentityProvider.token=a-token-for-tests", f"--ServerApp.root_dir={folder}"]
    settings += ["--LabApp.news_url=None", "--ip=127.0.0.1", "--expose-app-in-browser"]
    with open(folder / "log", "wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *arguments, *settings], stdout=log, stderr=log
        )
    try:
        wait_for(address + "/api?token=a-token-for-tests", server, folder / "log")
        yield (
            lambda page: (
                f"{address}/lab/workspaces/for-{page}/tree/notebooks/{page}.ipynb"
                "?token=a-token-for-tests"
            )
        )
    finally:
        server.terminate()
        server.wait(30)


def wait_for(address, server, log):
    for _ in range(300):
        try:
            urllib.request.urlopen(address).close()
            return
        except OSError:
            assert server.poll() is None, log.read_text(errors="replace")
            time.sleep(0.2)
    raise AssertionError("JupyterLab did not answer within a minute")


@pytest.fixture(scope="module")
def browser():
    with playwright.sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


def run_all(page, address):
    """Open a lesson and run it from the top, as a person does, by the menu."""
    page.goto(address)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=60_000)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(
        "() => document.querySelector('.jp-Notebook-ExecutionIndicator')?.dataset.status == 'busy'",
        timeout=20_000,
    )
    # Idle is not enough: the kernel is idle between two cells as well. JupyterLab takes a
    # cell's number away when it is to run, and gives it a new one when it has run.
    page.wait_for_function(f"() => ({COUNTS}).every(count => count)", timeout=120_000)
    page.wait_for_selector('.jp-Notebook-ExecutionIndicator[data-status="idle"]', timeout=60_000)


def bytes_painted(page, picture):
    """The encoded picture that an image widget is showing right now."""
    encoded = picture.evaluate(
        "async (img) => Array.from(new Uint8Array(await (await fetch(img.src)).arrayBuffer()))"
    )
    return bytes(encoded)


def test_the_slider_of_lesson_06_repaints_the_photograph_by_keyboard(lab, page):
    run_all(page, lab("06_sixteen_colors"))
    handle = page.locator(".noUi-handle")
    handle.scroll_into_view_if_needed()
    handle.focus()
    picture = page.locator(".widget-image")
    photo = images.load_photo("tulips")
    for key, K in (("ArrowRight", 17), ("ArrowRight", 18), ("ArrowLeft", 17), ("Home", 1)):
        page.keyboard.press(key)
        page.wait_for_function(
            "(words) => document.body.innerText.includes(words)",
            arg=f"K = {K}: MSE",
            timeout=10_000,
        )
        painted = bytes_painted(page, picture)
        assert painted == explore.k_colors(photo, K)[0]
        assert Image.open(io.BytesIO(painted)).size == (768, 512)


def test_a_saved_page_shows_its_pictures_and_words_before_anything_has_run(lab, page):
    page.goto(lab("00_start_here"))
    picture = page.locator('.jp-OutputArea img[alt^="Sixteen colors keep the petals"]')
    picture.wait_for(timeout=60_000)
    assert picture.evaluate("(img) => img.complete && img.naturalWidth") == 900
    assert "#" in picture.get_attribute("alt")
    page.keyboard.press("End")
    still = page.locator('.jp-OutputArea img[alt^="The picture repainted. K = 16"]')
    still.wait_for(state="attached", timeout=30_000)
    assert "Error displaying widget" not in page.content()


def test_an_unwritten_exercise_stops_nothing_and_is_answered_kindly(lab, page):
    run_all(page, lab("01_a_photo_is_an_array"))
    page.locator("text=Not written yet.").first.wait_for(state="attached", timeout=30_000)
    counts = page.evaluate(COUNTS)
    assert counts == list(range(1, len(counts) + 1))
