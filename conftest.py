"""Which tests a run has, and which of them one worker does: see the two hooks on top."""

from collections import Counter
from pathlib import Path

import pytest

from helpers.needs import lacking

STUDENT_EDITION = Path(__file__).resolve().parent / "notebooks"


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="the slow tests too: twenty minutes")


def pytest_itemcollected(item):
    """Keep a page, and a file of tests, with one of several workers (pytest-xdist).

    The cells of a page share a kernel, and a file its fixtures. What takes long or has many cases
    goes to whoever is free, unless it shares a browser.
    """
    long = item.get_closest_marker("slow") or item.get_closest_marker("spread")
    if not long or uses_browser(item):
        item.add_marker(pytest.mark.xdist_group(f"{item.path.parent.name}/{item.path.name}"))


def uses_browser(item):
    return "browser" in getattr(item, "fixturenames", ())


@pytest.hookimpl(trylast=True)  # after -k
def pytest_collection_modifyitems(config, items):
    """Leave out, unless all is asked for, what a newcomer's proof in some minutes can't have.

    That is what is marked ``slow``, most of what is marked ``spread(n)``, of which every n-th
    case is kept, the browser, and the student edition, whose cells the worked edition has too.
    """
    if config.getoption("--all"):
        return
    kept, left, seen = [], [], Counter()
    for item in items:
        spread = item.get_closest_marker("spread")
        family = item.nodeid.partition("[")[0]
        slow = (
            item.get_closest_marker("slow")
            or item.path.parent == STUDENT_EDITION
            or uses_browser(item)
        )
        if slow or (spread and seen[family] % spread.args[0]):
            left.append(item)
        else:
            kept.append(item)
        seen[family] += 1
    config.hook.pytest_deselected(items=left)
    items[:] = kept


def pytest_ignore_collect(collection_path):
    """Leave out a page that would stop at its first cell, which asks for a library."""
    page = Path(collection_path)
    return True if page.suffix == ".ipynb" and page.is_file() and lacking(page) else None


def pytest_terminal_summary(terminalreporter, config):
    """Say what was left out, and how to have it checked as well."""
    for page in sorted(STUDENT_EDITION.glob("*.ipynb")):
        if missing := lacking(page):
            terminalreporter.write_line(
                f"{page.name} was left out, in both editions, as {' and '.join(missing)} can't be "
                "imported: python lab.py --more installs what it needs."
            )
    if not config.getoption("--all"):
        terminalreporter.write_line(
            "The slow tests were left out: python lab.py test --all has them too."
        )
