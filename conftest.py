"""Which tests a run has: the slow ones only with --all, and pages only with their libraries."""

from collections import Counter
from pathlib import Path

import pytest

from helpers.needs import lacking

STUDENT_EDITION = Path(__file__).resolve().parent / "notebooks"
_left_out = {}  # name of a page -> what it lacks
_left_for_all = []  # the tests that a short run leaves out


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="the slow tests too: half an hour")


@pytest.hookimpl(trylast=True)  # after -k
def pytest_collection_modifyitems(config, items):
    """Leave out, unless all is asked for, what a newcomer's proof in some minutes can't have.

    That is what is marked ``slow``, most of what is marked ``spread(n)``, of which every n-th
    case is kept, the browser, and the student edition, whose cells the worked edition has too.
    """
    if config.getoption("--all"):
        return
    kept, seen = [], Counter()
    for item in items:
        spread = item.get_closest_marker("spread")
        family = item.nodeid.partition("[")[0]
        slow = (
            item.get_closest_marker("slow")
            or item.path.parent == STUDENT_EDITION
            or "browser" in getattr(item, "fixturenames", ())
        )
        if slow or (spread and seen[family] % spread.args[0]):
            _left_for_all.append(item)
        else:
            kept.append(item)
        seen[family] += 1
    config.hook.pytest_deselected(items=_left_for_all)
    items[:] = kept


def pytest_ignore_collect(collection_path, config):
    """Leave out a page that would stop at its first cell, which asks for a library."""
    page = Path(collection_path)
    if page.suffix != ".ipynb" or not page.is_file():
        return None
    missing = lacking(page)
    if not missing:
        return None
    _left_out[page.name] = missing
    return True


def pytest_terminal_summary(terminalreporter):
    """Say what was left out, and how to have it checked as well."""
    for name, missing in sorted(_left_out.items()):
        terminalreporter.write_line(
            f"{name} was left out, in both editions, as {' and '.join(missing)} can't be imported: "
            "python lab.py --more installs what it needs."
        )
    if _left_for_all:
        terminalreporter.write_line(
            f"Slow tests left out: {len(_left_for_all)}; python lab.py test --all has them too."
        )
