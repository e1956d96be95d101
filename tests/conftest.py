"""What the tests share: how hypothesis searches, pictures to search with, and a browser."""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from browsing import BROWSER, PATIENCE, jupyterlab, run_all
from hypothesis import settings

from helpers import mine, watch

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
NO_BROWSER = "no Chromium found: install it to try the lessons in a browser"


def pytest_configure(config):
    """The same examples on every machine: a test that fails tells of a change, not of luck."""
    examples = 60 if config.getoption("--all") or config.getoption("--weekly") else 20
    settings.register_profile(
        "lab", deadline=None, derandomize=True, database=None, max_examples=examples
    )
    settings.load_profile("lab")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Skip a test that makes a link where Windows lets only administrators make them."""
    try:
        return (yield)
    except OSError as error:
        if getattr(error, "winerror", None) == 1314:  # a required privilege is not held
            pytest.skip("Windows lets only some make links")
        raise


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """In each file the browser comes last: while it lives, no other event loop can start.

    The check of lesson 10 hands tensors to a learner's function: it needs PyTorch.
    """
    place = {item.path: n for n, item in reversed(list(enumerate(items)))}
    items.sort(key=lambda item: (place[item.path], "browser" in getattr(item, "fixturenames", ())))
    if importlib.util.find_spec("torch") is not None:
        return
    for item in items:
        if "lloyd_step" in item.name and item.path.name == "test_checks.py":
            item.add_marker(pytest.mark.skip(reason="it needs PyTorch: python lab.py --more"))


@pytest.fixture
def rng():
    return np.random.default_rng(16)


@pytest.fixture
def git(monkeypatch):
    """Run git, as somebody with no settings; returns what it says."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A Teacher")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "teacher@example.org")

    def git(folder, *words):
        asked = subprocess.run(["git", *words], cwd=folder, capture_output=True, encoding="utf-8")
        assert asked.returncode == 0, asked.stderr
        return asked.stdout

    return git


@pytest.fixture
def no_threads(monkeypatch):
    """No thread can start, and no process be copied, as in a browser."""
    if not hasattr(sys, "monitoring"):
        pytest.skip("before Python 3.12 nobody can be stopped where no thread can start")

    def cant_start(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(watch, "can_copy", lambda: False)
    monkeypatch.setattr(threading.Thread, "start", cant_start)


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


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A person's folder my_lessons, in which a lesson is open."""
    folder = tmp_path / "my_lessons"
    folder.mkdir()
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / "05_kmeans_by_hand.ipynb"))
    monkeypatch.setattr(mine, "_BEGAN_IN", os.path.realpath(folder))
    monkeypatch.setattr(mine, "_modules", {})
    return folder


@pytest.fixture(scope="module")  # closed before the next file, whose tests may run a page
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if BROWSER is None:
        pytest.skip(NO_BROWSER)
    with sync_api.sync_playwright() as p:
        chromium = p.chromium.launch(
            executable_path=BROWSER,
            args=["--no-sandbox"],
            ignore_default_args=["--hide-scrollbars"],  # they take room, as on most machines
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A JupyterLab on a copy of the lessons: the address of a page, or of a copy of it, by name.

    Two open pages of one file ask what to do with each other's changes, and hear no other key.
    """
    if BROWSER is None:
        pytest.skip(NO_BROWSER)
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(NOTEBOOKS, folder / "notebooks")
    with jupyterlab(folder) as address_of:

        def address(page, copy=None):
            if copy:
                pages = folder / "notebooks"
                shutil.copy(pages / f"{page}.ipynb", pages / f"{copy}.ipynb")
            return address_of(f"notebooks/{copy or page}")

        yield address


@contextlib.contextmanager
def new_page(browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE * 1000)
    yield page
    page.close()


@pytest.fixture
def page(browser):
    """A page of the browser, with nothing on it."""
    with new_page(browser) as page:
        yield page


@pytest.fixture(scope="module")
def lesson(request, lab, browser):
    """A lesson in JupyterLab, run from the top once for all tests that name it as parameter."""
    with new_page(browser) as page:
        run_all(page, lab(request.param))
        yield page
