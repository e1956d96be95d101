"""What the tests of pages share: a page's cells, exercises and figures."""

import re
import sys
from pathlib import Path

import pytest

from helpers.checks import CHECKS
from helpers.needs import asked_for

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import build  # noqa: E402, F401  (tools/ is no package; a maintainer runs it as a script)


def long_ones_weekly(pages):
    """Pages as parameters; of those of other libraries, each takes a minute, and waits a week."""
    stems = [Path(page).stem for page in pages]
    late = [asked_for(ROOT / "notebooks" / f"{stem}.ipynb") for stem in stems]
    return [
        pytest.param(page, id=stem, marks=[pytest.mark.weekly] if waits else [])
        for page, stem, waits in zip(pages, stems, late, strict=True)
    ]


def code(notebook):
    """The cells with code, in their order."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def python(notebook):
    """Those of them that any Python runs: the one that fetches the course asks IPython to."""
    return [cell for cell in code(notebook) if "%pip" not in cell.source]


def data_of(cell, *mimes):
    """What the outputs of a cell hold of these kinds."""
    return [o.data[mime] for o in cell.outputs for mime in mimes if mime in o.get("data", {})]


def figures(notebook):
    """The words of every figure and explorer that a page shows."""
    texts = [text for cell in code(notebook) for text in data_of(cell, "text/plain")]
    return [text for text in texts if text.startswith(("[Figure]", "[Explorer]"))]


def names_defined(cell):
    """The exercises that a cell answers, or has room for."""
    return [n for n in re.findall(r"^def (\w+)\(", cell.source, re.MULTILINE) if n in CHECKS]


def exercises(notebook):
    """(name, markdown before, cell, next code cell) of each exercise of a page."""
    found = []
    words = ""
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown":
            words += cell.source
        elif names := names_defined(cell):
            after = next(c for c in notebook.cells[number + 1 :] if c.cell_type == "code")
            found.append((names[0], words, cell, after))
            words = ""
    return found
