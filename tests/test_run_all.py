"""Whatever a student has written, "Run All" reaches the last cell, and every figure appears.

Nothing written and everything right are what the two kept editions show (test_pages.py);
here, everything is wrong: the exercises of a page in three ways by turns. And whoever goes back
to a prediction afterwards and compares again reads the same.
"""

import copy
import itertools
import re

import nbformat
import pytest
from lessons import build, code, figures, long_ones_weekly, names_defined

from helpers.checks.exercises import EXERCISES
from helpers.needs import lacking

WRONG = itertools.cycle(
    [
        "def {name}({parameters}:\n    retrun 0",  # a typo: the function is never defined
        "def {name}({parameters}):\n    return undefined_name[0]",
        "def {name}({parameters}):\n    {first}[...] = 0\n    return {first}",  # wrong, in place
    ]
)

ASKING = [source for source in build.sources() if source.stem not in build.WITHOUT_CHECKS]


def spoil(notebook):
    """Put a wrong answer into every exercise; give back the names of the exercises."""
    names = []
    for cell in code(notebook):
        for name in names_defined(cell)[:1]:
            parameters = EXERCISES[name].parameters
            cell.source = next(WRONG).format(
                name=name, parameters=", ".join(parameters), first=parameters[0]
            )
            names.append(name)
    return names


def compared_again(notebook):
    """Copies of the cells that compare a prediction, to run once more at the end: new and old."""
    pairs = [(copy.deepcopy(c), c) for c in code(notebook) if ".compare(" in c.source]
    for again, _ in pairs:
        again.id += "-again"
    return pairs


def printed(cell):
    """What a cell has printed, without what a stopwatch has measured."""
    text = "".join(output.get("text", "") for output in cell.outputs)
    return re.sub(r"[\d.,]+(?= times as fast)", "so many", text)


@pytest.mark.slow
@pytest.mark.parametrize("source", long_ones_weekly(ASKING))
def test_run_all_reaches_the_end_with_every_figure(source):
    if lacking(source):
        pytest.skip(f"{source.stem} needs {', '.join(lacking(source))}: python lab.py --more")
    notebook = build.edition(source, "student")
    names = spoil(notebook)
    assert names
    pairs = compared_again(notebook)
    notebook.cells += [again for again, _ in pairs]
    build.execute(notebook, build.NOTEBOOKS, timeout=None)
    for again, first in pairs:
        notebook.cells.remove(again)
        assert printed(again) == printed(first), "a page that has run to its end answers otherwise"
    assert code(notebook)[-1].execution_count is not None
    kept = nbformat.read(build.edition_path(source, "worked"), as_version=4)
    kept.cells = [c for c in kept.cells if build.OPEN not in c.metadata.get("tags", [])]
    assert figures(notebook) == figures(kept)
    said = [
        output.data["text/plain"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if cell.source in [f'{name} = check("{name}")' for name in names]
    ]
    assert len(said) == len(names)
    assert all("stands in below" in words and not words.startswith("Right") for words in said)
