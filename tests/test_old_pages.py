"""Pages that learners have changed are never renewed: what they use has to go on working.

`pages_50729ed` holds the lessons of one day, whole. Every name of `helpers` in them is
still found, each page runs to its last cell in both editions, and what was handed out
with nbgrader then is still graded.
"""

import ast
import hashlib
import pydoc
from pathlib import Path

import pytest
from lessons import build, code, data_of, exercises, figures, python

from helpers import old_names
from helpers.needs import lacking

OLD = {source.stem: source for source in Path(__file__).parent.glob("pages_50729ed/[0-9]*.md")}
every_page = pytest.mark.parametrize("lesson", sorted(OLD))


def test_nobody_has_edited_the_old_pages():
    pages = b"".join(OLD[lesson].read_bytes() for lesson in sorted(OLD))
    assert hashlib.sha256(pages).hexdigest()[:16] == "23c39feed72c01eb"


# --- Names ---------------------------------------------------------------------------------


def names_of_helpers(source):
    """All that a page imports from `helpers`, and all that it calls there, as dotted names."""
    page = ast.parse("\n".join(cell.source for cell in python(build.read(source))))
    imported = {
        name.asname or name.name: f"{node.module}.{name.name}"
        for node in ast.walk(page)
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "helpers"
        for name in node.names
    }
    called = {
        f"{imported[node.value.id]}.{node.attr}"
        for node in ast.walk(page)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in imported
    }
    return sorted({*imported.values(), *called})


@every_page
def test_every_name_that_an_old_page_uses_is_where_it_was(lesson):
    names = names_of_helpers(OLD[lesson])
    assert len(names) > 5
    lost = [name for name in names if pydoc.locate(name) is None]
    assert not lost, "say in helpers/old_names.py where it lives now"


@pytest.mark.parametrize(("old", "new"), old_names.MOVED.items())
def test_an_old_name_is_asked_for_by_an_old_page_and_is_what_the_new_one_is(old, new):
    assert f"helpers.{old}" in {name for page in OLD.values() for name in names_of_helpers(page)}
    room, name = old.rsplit(".", 1)
    assert name not in vars(pydoc.locate(f"helpers.{room}")), "it has not moved: no line is needed"
    assert pydoc.locate(f"helpers.{new}") is not None
    assert pydoc.locate(f"helpers.{old}") is pydoc.locate(f"helpers.{new}")


def test_a_name_that_never_was_is_told_as_python_tells_it():
    from helpers import plots

    with pytest.raises(AttributeError, match="module 'helpers.plots' has no attribute 'pallete'"):
        plots.pallete  # noqa: B018


# --- Runs ----------------------------------------------------------------------------------


def run(source, which):
    """An edition of an old page after "Run All", and what its checks said first."""
    notebook = build.edition(source, which)
    build.execute(notebook, build.NOTEBOOKS, timeout=None)  # on a busy machine, too
    said = [data_of(after, "text/plain")[0] for *_, after in exercises(notebook)]
    return notebook, [words.partition(".")[0] for words in said]


@pytest.mark.weekly
@every_page
def test_an_old_page_runs_to_its_last_cell_in_both_editions(lesson):
    if lacking(OLD[lesson]):
        pytest.skip(f"{lesson} needs {', '.join(lacking(OLD[lesson]))}: python lab.py --more")
    student, not_written = run(OLD[lesson], "student")
    worked, right = run(OLD[lesson], "worked")
    for notebook in (student, worked):
        assert all(cell.execution_count for cell in code(notebook))
        errors = [o.ename for c in code(notebook) for o in c.outputs if o.output_type == "error"]
        assert set(errors) <= {"ValueError"}, "the only kind that is made on purpose there"
    assert figures(student) == figures(worked) != []
    assert len(right) == len(not_written) > 0 or lesson == "12_your_photo"
    assert set(not_written) <= {"Not written yet"} and set(right) <= {"Right"}


@pytest.mark.weekly
def test_what_was_released_with_nbgrader_then_is_still_graded(tmp_path):
    pytest.importorskip("nbgrader", reason="Grading is tried where nbgrader is installed.")
    from grading import assert_points, grade

    lesson = "05_kmeans_by_hand"  # one lesson then, and two today
    grade(OLD[lesson], tmp_path / "class")
    assert_points(tmp_path / "class", lesson, {"all_right": 20, "half": 9, "empty": 0})
