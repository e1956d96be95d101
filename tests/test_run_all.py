"""Whatever a student has written, "Run All" reaches the last cell, and every figure appears.

Nothing written and everything right are what the two kept editions show (test_pages.py);
here, everything is wrong: the exercises of a page in three ways by turns.
"""

import itertools
import re
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from helpers.checks.exercises import EXERCISES
from helpers.needs import lacking

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import build  # noqa: E402

WRONG = itertools.cycle(
    [
        "def {name}({parameters}:\n    retrun 0",  # a typo: the function is never defined
        "def {name}({parameters}):\n    return undefined_name[0]",
        "def {name}({parameters}):\n    {first}[...] = 0\n    return {first}",  # wrong, in place
    ]
)


def figures(notebook):
    texts = [
        output.data.get("text/plain", "")
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    return [text for text in texts if text.startswith(("[Figure]", "[Explorer]"))]


def spoil(notebook):
    """Put a wrong answer into every exercise; give back the names of the exercises."""
    names = []
    for cell in notebook.cells:
        defined = re.search(r"^def (\w+)\(", cell.source, flags=re.MULTILINE)
        if cell.cell_type == "code" and defined and defined.group(1) in EXERCISES:
            name = defined.group(1)
            parameters = EXERCISES[name].parameters
            cell.source = next(WRONG).format(
                name=name, parameters=", ".join(parameters), first=parameters[0]
            )
            names.append(name)
    return names


@pytest.mark.parametrize("source", build.sources(), ids=lambda source: source.stem)
def test_run_all_reaches_the_end_with_every_figure(source):
    if lacking(source):
        pytest.skip(f"{source.stem} needs {', '.join(lacking(source))}: python lab.py --more")
    notebook = build.edition(source, "student")
    names = spoil(notebook)
    assert names or source.stem in build.WITHOUT_CHECKS
    NotebookClient(
        notebook, kernel_name="python3", resources={"metadata": {"path": str(build.NOTEBOOKS)}}
    ).execute()
    last = [cell for cell in notebook.cells if cell.cell_type == "code"][-1]
    assert last.execution_count is not None
    kept = nbformat.read(build.edition_path(source, "worked"), as_version=4)
    assert figures(notebook) == figures(kept)
    said = [
        output.data["text/plain"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if cell.source in [f'{name} = check("{name}")' for name in names]
    ]
    assert len(said) == len(names)
    assert all("stands in below" in words and not words.startswith("Right") for words in said)
