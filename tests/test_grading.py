"""Grading: an instructor with nbgrader runs its three commands, and the points are right."""

import html
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from helpers.checks import CHECKS
from helpers.checks.exercises import EXERCISES

pytest.importorskip("nbgrader", reason="Grading is tried where nbgrader is installed.")

import nbformat  # noqa: E402
from nbgrader.api import Gradebook  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import build  # noqa: E402  (tools/ is no package; a maintainer runs it as a script)

SOURCES = {source.stem: source for source in build.sources()}
GUIDE = (ROOT / "INSTRUCTOR.md").read_text(encoding="utf-8")

# Submissions to two lessons, and what they deserve: of the lesson's exercises, in their
# order, how many are right; the next one is wrong, and the others are not written.
FIRST, SECOND = "02_broadcasting", "05_kmeans_by_hand"
OWN_COPY = "own_copy"  # all right, written into the course's student edition
POINTS = {
    FIRST: {"all_right": 4, OWN_COPY: 4, "half": 1, "empty": 0},
    SECOND: {"all_right": 11, "half": 4, "empty": 0},
}
WRONG = {
    "to_gray": "def to_gray(image):\n    return image.mean(axis=-1)",
    "compute_centroids": "def compute_centroids(X, idx, K):\n"
    "    return np.array([X[idx == k].mean() for k in range(K)])",
}


def mark(cell):
    return cell.metadata.get("nbgrader", {})


def answers(lesson):
    """The worked answers of a lesson: name of the exercise -> source of its cell."""
    worked = build.edition(SOURCES[lesson], "worked")
    return {mark(c)["grade_id"]: c.source for c in worked.cells if mark(c).get("solution")}


def written(notebook, texts):
    """The notebook with these texts in the cells of the exercises they are named for."""
    for cell in notebook.cells:
        if mark(cell).get("grade_id") in texts:
            cell.source = texts[mark(cell)["grade_id"]]
    return notebook


def half(lesson):
    right = answers(lesson)
    names = list(right)
    middle = len(names) // 2
    return {name: right[name] for name in names[:middle]} | {names[middle]: WRONG[names[middle]]}


def in_course(course, *command):
    """Run a command of nbgrader in the course folder, as a person with an active .venv does."""
    settings = dict(
        os.environ,
        PATH=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        JUPYTER_CONFIG_DIR=str(course / "no_config"),
    )
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        cwd=course,
        env=settings,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    assert done.returncode == 0, done.stderr[-3000:]


def grade(lesson, course):
    """Go through the whole flow for one lesson, in a course folder of its own."""
    in_course(course, "generate_assignment", lesson)
    released = course / "release" / lesson / f"{lesson}.ipynb"
    submissions = {
        "all_right": (released, answers(lesson)),
        "half": (released, half(lesson)),
        "empty": (released, {}),
    }
    if lesson == FIRST:
        own = build.edition_path(SOURCES[lesson], "student")
        submissions[OWN_COPY] = (own, answers(lesson))
    for student, (page, texts) in submissions.items():
        handed_in = course / "submitted" / student / lesson / page.name
        handed_in.parent.mkdir(parents=True)
        nbformat.write(written(nbformat.read(page, as_version=4), texts), handed_in)
    in_course(course, "autograde", lesson)
    in_course(course, "generate_feedback", lesson)


@pytest.fixture(scope="module")
def courses(tmp_path_factory):
    """Lesson -> a course folder after the whole flow; both at a time, to save half a minute."""
    folders = {lesson: tmp_path_factory.mktemp("grading") / "class" for lesson in (FIRST, SECOND)}
    for lesson, folder in folders.items():
        assert build.main(["--nbgrader", str(folder), lesson]) == 0
    with ThreadPoolExecutor() as pool:
        list(pool.map(grade, folders, folders.values()))
    return folders


# --- The flow ------------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", POINTS)
def test_each_submission_has_the_points_it_deserves(courses, lesson):
    with Gradebook(f"sqlite:///{courses[lesson] / 'gradebook.db'}", "sixteen_colors") as book:
        submissions = book.assignment_submissions(lesson)
        given = {s.student.id: s.score for s in submissions}
        assert {s.max_score for s in submissions} == {POINTS[lesson]["all_right"]}
        assert not any(s.needs_manual_grade for s in submissions)
    assert given == POINTS[lesson]


@pytest.mark.parametrize("lesson", POINTS)
def test_what_is_released_holds_no_answer_and_no_hidden_test(courses, lesson):
    path = courses[lesson] / "release" / lesson / f"{lesson}.ipynb"
    released = nbformat.read(path, as_version=4)
    text = "\n".join(cell.source for cell in released.cells)
    for trace in ("HIDDEN", "SOLUTION", "require("):
        assert trace not in text
    stubs = [cell.source for cell in released.cells if mark(cell).get("solution")]
    assert len(stubs) == len(answers(lesson))
    assert all(stub.endswith(f"    {build.STUB}") for stub in stubs)
    assert not set(stubs) & set(answers(lesson).values())


@pytest.mark.parametrize("lesson", POINTS)
def test_the_feedback_says_what_the_check_says(courses, lesson):
    def feedback(student):
        path = courses[lesson] / "feedback" / student / lesson / f"{lesson}.html"
        return html.unescape(path.read_text(encoding="utf-8"))

    [name] = [name for name in half(lesson) if name in WRONG]
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
