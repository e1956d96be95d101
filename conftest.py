"""Which tests a run has: the slow ones only with --all, and pages only with their libraries."""

from collections import Counter
from pathlib import Path

import pytest

from helpers.needs import asked_for, lacking

STUDENT_EDITION = Path(__file__).resolve().parent / "notebooks"
# Minutes each, of which the worked edition has all but the places to write.
LONG_PAGES = {page for page in STUDENT_EDITION.glob("*.ipynb") if asked_for(page)}


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="the slow tests too: twenty minutes")
    parser.addoption("--weekly", action="store_true", help="and what is asked once a week")
    parser.addoption(
        "--again", action="store_true", help="what failed, if that was in the browser alone"
    )


def browses(item):
    """Whether a test moves a real browser."""
    return "browser" in getattr(item, "fixturenames", ())


def waits_a_week(item):
    """Whether --all leaves it out, too: what is marked so, and students' pages with libraries."""
    return bool(item.get_closest_marker("weekly")) or item.path in LONG_PAGES


@pytest.hookimpl(trylast=True)  # after -k
def pytest_collection_modifyitems(config, items):
    """Leave out, unless all is asked for, what a newcomer's proof in some minutes can't have.

    That is what is marked ``slow``, most of what is marked ``spread(n)``, of which every n-th
    case is kept, the browser, and the student edition, whose cells the worked edition has too.
    """
    failed = config.cache.get("cache/lastfailed", {}) if config.getoption("--again") else ()
    if any(item.nodeid in failed and not browses(item) for item in items):
        items.clear()
    weekly = config.getoption("--weekly")
    whole = weekly or config.getoption("--all")
    # Long files first, then pages, or one worker would end long after the others.
    marks = ("slow", "spread")
    late = [item for item in items if any(map(item.get_closest_marker, marks)) or browses(item)]
    long = {item.path for item in late if whole}
    items.sort(key=lambda item: (item.path not in long, item.path.suffix != ".ipynb"))
    if whole:
        items[:] = [item for item in items if weekly or not waits_a_week(item)]
        return
    kept, left, seen = [], [], Counter()
    for item in items:
        spread = item.get_closest_marker("spread")
        family = item.nodeid.partition("[")[0]
        slow = (
            item.get_closest_marker("slow")
            or item.path.parent == STUDENT_EDITION
            or waits_a_week(item)
            or browses(item)
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
    if not (config.getoption("--all") or config.getoption("--weekly")):
        terminalreporter.write_line(
            "The slow tests were left out: python lab.py test --all has them too."
        )
