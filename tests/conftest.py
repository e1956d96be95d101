"""What the tests share: how hypothesis searches, pictures to search with, and a browser."""

import importlib.util
import shutil
from pathlib import Path

import numpy as np
import pytest
from browsing import BROWSER, jupyterlab
from hypothesis import settings

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
NO_BROWSER = "no Chromium found: install it to try the lessons in a browser"

# The same examples on every machine: a check that fails tells of a change, not of luck.
settings.register_profile("lab", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("lab")


def pytest_collection_modifyitems(items):
    """The check of lesson 10 hands tensors to a learner's function: it needs PyTorch."""
    if importlib.util.find_spec("torch") is not None:
        return
    for item in items:
        if "lloyd_step" in item.name and item.path.name == "test_checks.py":
            item.add_marker(pytest.mark.skip(reason="it needs PyTorch: python lab.py --more"))


@pytest.fixture
def rng():
    return np.random.default_rng(16)


@pytest.fixture
def shown(monkeypatch):
    """What the explorers of a test leave in the page, one bundle after the other."""
    from helpers.explore import base

    bundles = []
    monkeypatch.setattr(base, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


@pytest.fixture
def picture(rng):
    """A small picture, not square, that no function may write to."""
    image = rng.random((5, 7, 3))
    image.flags.writeable = False
    return image


@pytest.fixture(scope="module")  # while a browser lives, no other event loop can start
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if BROWSER is None:
        pytest.skip(NO_BROWSER)
    with sync_api.sync_playwright() as p:
        chromium = p.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield page
    page.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A JupyterLab on a copy of the lessons: the address of a page by its name."""
    if BROWSER is None:
        pytest.skip(NO_BROWSER)
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(NOTEBOOKS, folder / "notebooks")
    with jupyterlab(folder) as address_of:
        yield lambda page: address_of(f"notebooks/{page}")
