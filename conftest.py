"""Which pages pytest runs: those whose libraries are installed. For the others, a sentence."""

from pathlib import Path

from helpers.needs import lacking

_left_out = {}  # name of a page -> what it lacks


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
    """Say which pages were left out, and how to have them checked as well."""
    for name, missing in sorted(_left_out.items()):
        terminalreporter.write_line(
            f"{name} was left out, in both editions, as {' and '.join(missing)} can't be imported: "
            "python lab.py --more installs what it needs."
        )
