"""Grading: an instructor with nbgrader runs its three commands, and the points are right."""

import contextlib
import html
import json
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from helpers.checks import CHECKS, run
from helpers.checks.exercises import EXERCISES

pytest.importorskip("nbgrader", reason="Grading is tried where nbgrader is installed.")

import breaking  # noqa: E402
import nbformat  # noqa: E402
from grading import (  # noqa: E402
    LIBRARY,
    NOT_TO_BE_READ,
    WRONG,
    answers,
    assert_points,
    grade,
    half,
    mark,
    written,
)
from lessons import ROOT, build  # noqa: E402
from nbgrader.preprocessors import ClearSolutions  # noqa: E402

SOURCES = {source.stem: source for source in build.sources()}
GUIDE = (ROOT / "INSTRUCTOR.md").read_text(encoding="utf-8")

# Submissions to two lessons, and what they deserve: of the lesson's exercises, in their
# order, how many are right; the next one is wrong, and the others are not written.
FIRST, SECOND = "02_broadcasting", "05_kmeans_by_hand"
POINTS = {
    # own_copy: into the course's own page; endless: nobody can say yet
    FIRST: {"all_right": 4, "own_copy": 4, "half": 1, "empty": 0, "endless": 0}
    | {name.split()[0]: points or 0 for name, (_, _, points, _) in breaking.CLASS.items()}
    | {"ida": 1, "lea": 1},  # what was judged before the kernel ended, or said no more
    SECOND: {"all_right": 11, "half": 4, "empty": 0},
}
ENDLESS = {"endless": {"tint": "def tint(image, color):\n    while True:\n        pass"}}
BY_HAND = {
    FIRST: ["endless", *(name for name, row in breaking.CLASS.items() if row[2] is None)],
    SECOND: [],
}


def handed_in(way=lambda page: None):
    """A page with all answers right, broken in this way."""
    page = written(build.edition(SOURCES[FIRST], "student"), answers(SOURCES[FIRST]))
    way(page)
    return page


@pytest.fixture(scope="module")
def courses(tmp_path_factory):
    """Lesson -> a course folder after the whole flow, and what was printed; both at a time."""
    folders = {lesson: tmp_path_factory.mktemp("grading") / "class" for lesson in (FIRST, SECOND)}
    own_copies = [build.edition_path(SOURCES[FIRST], "student"), None]
    broken = {
        student: breaking.FILES[file](json.dumps(handed_in(way)))
        for student, (way, file, _, _) in breaking.CLASS.items()
    }
    settings = own_copies, [ENDLESS, None], [broken, None]
    with ThreadPoolExecutor() as pool:
        printed = pool.map(grade, map(SOURCES.get, folders), folders.values(), *settings)
        return {name: (folders[name], text) for name, text in zip(folders, printed, strict=True)}


# --- The flow ------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("lesson", POINTS)
def test_each_submission_has_the_points_it_deserves(courses, lesson):
    assert_points(courses[lesson][0], lesson, POINTS[lesson], BY_HAND[lesson])


@pytest.mark.slow
def test_the_library_that_a_student_hands_in_beside_the_page_is_left_alone(courses):
    for lesson, (course, printed) in courses.items():
        left = list((course / "submitted").glob(f"*/{lesson}/my_*"))
        assert {path.name for path in left} == set(LIBRARY)
        assert {path.read_text(encoding="utf-8") for path in left} == {NOT_TO_BE_READ}
        assert "this was read" not in printed


@pytest.mark.slow
def test_what_was_put_in_order_is_told_in_a_sentence_each_and_to_the_student(courses):
    course, printed = courses[FIRST]
    told = printed.split("Put in order before grading:")[1].strip().splitlines()
    assert "Traceback" not in printed
    for student, (_, _, _, words) in breaking.CLASS.items():
        student = student.split()[0]
        lines = [line for line in told if line.strip().startswith(student)]
        assert [words in line for line in lines] == ([True] if words else [])
        page = course / "feedback" / student / FIRST / f"{FIRST}.html"
        assert ("Before grading" in page.read_text(encoding="utf-8")) == bool(words)
    assert len(told) == sum(bool(row[3]) for row in breaking.CLASS.values())


@pytest.mark.slow
@pytest.mark.parametrize("lesson", POINTS)
def test_what_is_released_holds_no_answer_and_no_hidden_test(courses, lesson):
    path = courses[lesson][0] / "release" / lesson / f"{lesson}.ipynb"
    released = nbformat.read(path, as_version=4)
    text = "\n".join(cell.source for cell in released.cells)
    for trace in ("HIDDEN", "SOLUTION", "require("):
        assert trace not in text
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in released.cells)
    stubs = [cell.source for cell in released.cells if mark(cell).get("solution")]
    assert len(stubs) == len(answers(SOURCES[lesson]))
    assert all(stub.endswith(f"    {build.STUB}") for stub in stubs)
    assert not set(stubs) & set(answers(SOURCES[lesson]).values())


@pytest.mark.slow
@pytest.mark.parametrize("lesson", POINTS)
def test_the_feedback_says_what_the_check_says(courses, lesson):
    def feedback(student):
        path = courses[lesson][0] / "feedback" / student / lesson / f"{lesson}.html"
        return html.unescape(path.read_text(encoding="utf-8"))

    [name] = [name for name in half(SOURCES[lesson]) if name in WRONG]
    space = {}
    exec("import numpy as np\n" + WRONG[name], space)
    message = CHECKS[name](space[name]).message.splitlines()[0]
    assert message in feedback("half")
    assert message not in feedback("all_right")
    assert "Not written yet." in feedback("empty")
    assert "Not written yet." not in feedback("all_right")


# --- The course folder ---------------------------------------------------------------------


def test_nothing_in_a_course_folder_is_replaced_unless_asked(tmp_path, capsys):
    arguments = ["--nbgrader", str(tmp_path), "00"]
    page = tmp_path / "source" / "00_start_here" / "00_start_here.ipynb"
    config = tmp_path / "nbgrader_config.py"
    build.main(arguments)
    built = page.read_bytes()
    page.write_text("mine", encoding="utf-8")
    config.write_text("mine too", encoding="utf-8")
    build.main(["--nbgrader", str(tmp_path), "00", "01"])
    assert page.read_text(encoding="utf-8") == "mine"
    assert config.read_text(encoding="utf-8") == "mine too"
    said = capsys.readouterr().out
    assert str(page) in said and str(config) in said and "--force" in said
    assert (tmp_path / "source" / "01_a_photo_is_an_array").is_dir(), "what is new still comes"
    build.main([*arguments, "--force"])
    assert page.read_bytes() == built


# --- Broken pages --------------------------------------------------------------------------

COURSE = build.COURSE


def wanted_cells():
    """The cells with marks that the lesson has, hidden tests in them, as nbgrader keeps them."""
    page, _ = ClearSolutions(config=build.SETTINGS).preprocess(build.read(SOURCES[FIRST]), {})
    return {mark(cell)["grade_id"]: cell for cell in page.cells if mark(cell)}


def points(page, monkeypatch):
    """The points for a page as it stands: its answers and checks run, from the top."""
    space = {"np": np, "check": run.check}
    monkeypatch.setattr(run, "get_ipython", lambda: SimpleNamespace(user_ns=space))
    monkeypatch.setattr(run, "display", lambda result: None)
    monkeypatch.setattr(run, "_latest", {})
    total, asked = 0, re.compile(rf"^def ({'|'.join(CHECKS)})\(|check\(", re.MULTILINE)
    for cell in page.cells:
        if cell.cell_type == "code" and asked.search(cell.source):
            with contextlib.suppress(AssertionError):
                exec(cell.source, space)
                total += mark(cell).get("points", 0)
    return total


@pytest.mark.spread(5)
@pytest.mark.parametrize("way", breaking.WAYS, ids=lambda way: way.__name__)
def test_a_page_in_order_has_its_marks_once_and_the_points_it_deserves(way, monkeypatch):
    page, wanted = handed_in(way), wanted_cells()
    checks = {name for name in wanted if name.startswith("check_")}
    said = COURSE["put_in_order"](page, wanted)
    assert bool(said) == (way not in breaking.HARMLESS)
    names = [mark(cell)["grade_id"] for cell in page.cells if mark(cell)]
    if way in breaking.BY_HAND:
        assert not names and "grade it by hand" in said[0]
        return
    assert len(names) == len(set(names)) and checks <= set(names) <= set(wanted)
    for cell in page.cells:
        if mark(cell).get("grade"):
            same = wanted[mark(cell)["grade_id"]]
            assert (cell.source, cell.metadata) == (same.source, same.metadata)
    assert points(page, monkeypatch) == breaking.POINTS.get(way, 4)


@pytest.mark.spread(3)
@pytest.mark.parametrize("way", breaking.WAYS, ids=lambda way: way.__name__)
def test_putting_in_order_drops_no_line_that_a_student_wrote(way):
    page = handed_in(way)
    before = "\n".join(cell.source for cell in page.cells)
    COURSE["put_in_order"](page, wanted_cells())
    after = {line for cell in page.cells for line in cell.source.splitlines()}
    released = {line for cell in wanted_cells().values() for line in cell.source.splitlines()}
    assert set(before.splitlines()) <= after | released


@pytest.mark.parametrize("kind", breaking.FILES)
def test_a_page_is_read_whatever_program_saved_it(kind):
    data = breaking.FILES[kind](json.dumps(handed_in()))
    if kind in breaking.UNREADABLE:
        with pytest.raises(Exception):  # noqa: B017 (whatever the file holds)
            COURSE["read_page"](data)
        return
    page = COURSE["read_page"](data)
    assert page.metadata == build.METADATA
    assert [mark(cell) for cell in page.cells] == [mark(cell) for cell in handed_in().cells]
    assert {c.source for c in page.cells if mark(c)} >= set(answers(SOURCES[FIRST]).values())


IGNORED = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["import os\nos._exit(0)", f"{IGNORED}while True:\n    pass"])
def test_where_a_page_can_not_go_on_what_is_left_waits_for_a_person(ending, monkeypatch, tmp_path):
    run = COURSE["RunWhatRuns"]
    limits = {"CELL_SECONDS": 6, "PAGE_SECONDS": 10, "LEAST_SECONDS": 2}
    for name, seconds in limits.items():
        monkeypatch.setitem(run.preprocess.__globals__, name, seconds)
    texts = ["1 + 1", ending, "2 + 2"]
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(text) for text in texts])
    begun = time.monotonic()
    about = {"student": "ann", "notebook": FIRST}
    resources = {"nbgrader": about, "metadata": {"path": str(tmp_path)}}
    monkeypatch.setitem(run.preprocess.__globals__, "TOLD", [])
    page, _ = run().preprocess(page, resources)
    assert time.monotonic() - begun < 60
    told, first, *others = page.cells
    assert "grade by hand" in told.source
    assert first.outputs[0].data["text/plain"] == "2"
    assert all(cell.outputs[-1].ename == "DeadKernelError" for cell in others)


def test_what_a_page_does_to_the_folders_around_it_it_does_to_copies(tmp_path):
    page = tmp_path / "class" / "autograded" / "ann" / FIRST / "page.ipynb"
    page.parent.mkdir(parents=True)
    page.write_text("ann's", encoding="utf-8")
    about = {"path": str(page.parent)}
    with COURSE["elsewhere"](about):
        assert (Path(about["path"]) / "page.ipynb").read_text(encoding="utf-8") == "ann's"
        shutil.rmtree(Path(about["path"]).parents[2])
    assert about == {"path": str(page.parent)}
    assert page.read_text(encoding="utf-8") == "ann's"


@pytest.mark.slow
@pytest.mark.parametrize("way", [breaking.foreign_kernel, breaking.kernel_of_conda])
def test_the_line_for_reading_a_page_runs_it_whatever_kernel_saved_it(way, tmp_path):
    page = build.edition(SOURCES["00_start_here"], "worked")
    page.cells = [nbformat.v4.new_code_cell("print(6 * 7)")]
    way(page)
    line = re.search(r"^jupyter nbconvert .*", GUIDE, re.MULTILINE)[0]
    (tmp_path / line.split()[-1]).write_text(json.dumps(page), encoding="utf-8")
    command = [sys.executable, "-m", *line.split()]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    [html_page] = tmp_path.glob("*.html")
    assert "42" in html_page.read_text(encoding="utf-8")


# --- The marks in the sources --------------------------------------------------------------


@pytest.mark.parametrize("lesson", SOURCES)
def test_every_exercise_is_marked_and_its_check_is_worth_points(lesson):
    cells = [cell for cell in build.read(SOURCES[lesson]).cells if cell.cell_type == "code"]
    marked = [(mark(cell)["grade_id"], cell) for cell in cells if mark(cell)]
    exercises = [cell for cell in cells if "BEGIN SOLUTION" in cell.source]
    assert len(marked) == 2 * len(exercises)
    assert exercises or lesson in build.WITHOUT_CHECKS
    for cell in exercises:
        name = next(n for n in re.findall(r"^def (\w+)\(", cell.source, re.M) if n in EXERCISES)
        after = cells[cells.index(cell) + 1]
        expected = {"schema_version": 3, "task": False}
        assert mark(cell) == expected | {
            "grade_id": name, "solution": True, "grade": False, "locked": False,
        }  # fmt: skip
        assert mark(after) == expected | {
            "grade_id": f"check_{name}", "solution": False, "grade": True, "locked": True,
            "points": mark(after)["points"],
        }  # fmt: skip
        assert mark(after)["points"] in range(1, 6)
        assert after.source.splitlines() == [
            f'{name} = check("{name}")',
            "### BEGIN HIDDEN TESTS",
            "from helpers.checks import require",
            f'require("{name}")',
            "### END HIDDEN TESTS",
        ]


def test_nbgrader_is_nothing_that_a_student_installs():
    for name in ("requirements.txt", "pyproject.toml"):
        assert "nbgrader" not in (ROOT / name).read_text(encoding="utf-8")
    assert "nbgrader" in (ROOT / "requirements-dev.txt").read_text(encoding="utf-8")


# --- INSTRUCTOR.md -------------------------------------------------------------------------


def test_the_guide_tells_the_points_of_every_exercise():
    told = {name: int(n) for name, n in re.findall(r"`(\w+)` (\d+)\b", GUIDE)}
    marks = [mark(cell) for source in SOURCES.values() for cell in build.read(source).cells]
    points = {m["grade_id"].removeprefix("check_"): m["points"] for m in marks if m.get("grade")}
    assert told == points
    assert f"{sum(points.values())} points" in GUIDE


def mistakes():
    """(function, what students write, what the check says) in the tables of the guide."""
    rows = re.findall(r"^\| `(\w+)` \| `(.+?)` \| “(.+?)” \|$", GUIDE, flags=re.MULTILINE)
    return [pytest.param(*row, id=f"{row[0]}-{n}") for n, row in enumerate(rows)]


@pytest.mark.spread(3)
@pytest.mark.parametrize(("name", "line", "words"), mistakes())
def test_the_check_says_of_each_common_mistake_what_the_guide_says(name, line, words):
    space = {}
    heading = f"def {name}({', '.join(EXERCISES[name].parameters)}):"
    exec("import math\nimport numpy as np\nfrom helpers.codebook import *\n", space)
    exec("from helpers.color import *\nfrom helpers.images import *\n", space)
    exec("from helpers.compression import *\nfrom helpers.kmeans import *\n", space)
    exec(f"{heading}\n    {line}", space)
    result = CHECKS[name](space[name])
    assert not result.passed
    assert words in result.message


def test_every_exercise_has_its_common_mistake_in_the_guide():
    assert {param.values[0] for param in mistakes()} == set(EXERCISES)


def test_the_sessions_in_the_guide_fill_ninety_minutes_each():
    tables = re.findall(r"^\| Clock \|.*?(?=\n\n)", GUIDE, flags=re.MULTILINE | re.DOTALL)
    assert len(tables) == 2
    for table in tables:
        clock = [(int(a), int(b)) for a, b in re.findall(r"^\| (\d+)–(\d+) \|", table, re.M)]
        assert clock[0][0] == 0 and clock[-1][1] == 90
        assert all(end == start for (_, end), (start, _) in zip(clock, clock[1:], strict=False))
