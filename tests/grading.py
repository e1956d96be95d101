"""What the tests of grading share: submissions, nbgrader's commands, and what they give."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
from lessons import build
from nbgrader.api import Gradebook

WRONG = {
    "to_gray": "def to_gray(image):\n    return image.mean(axis=-1)",
    "compute_centroids": "def compute_centroids(X, idx, K):\n"
    "    return np.array([X[idx == k].mean() for k in range(K)])",
    "wcss": "def wcss(X, centroids, idx):\n    return ((X - centroids[idx]) ** 2).mean()",
}

LIBRARY = ("my_colors.py", "my_colors_more.py", "my_colors_old.py", "my_progress.json")
NOT_TO_BE_READ = "raise SystemExit('this was read')"


def mark(cell):
    """What nbgrader knows of a cell."""
    return cell.metadata.get("nbgrader", {})


def answers(source):
    """The worked answers of a lesson: name of the exercise -> source of its cell."""
    worked = build.edition(source, "worked")
    return {mark(c)["grade_id"]: c.source for c in worked.cells if mark(c).get("solution")}


def half(source):
    """The first half of the answers, and a wrong one to the next exercise."""
    right = answers(source)
    names = list(right)
    middle = len(names) // 2
    return {name: right[name] for name in names[:middle]} | {names[middle]: WRONG[names[middle]]}


def written(notebook, texts):
    """The notebook with these texts in the cells of the exercises they are named for."""
    for cell in notebook.cells:
        if mark(cell).get("grade_id") in texts:
            cell.source = texts[mark(cell)["grade_id"]]
    return notebook


def in_course(course, *command):
    """Run a command of nbgrader in the course folder, as a person with an active .venv does.

    Returns what it prints.
    """
    settings = dict(
        os.environ,
        PATH=os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        JUPYTER_CONFIG_DIR=str(course / "no_config"),
    )
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        cwd=course,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    assert done.returncode == 0, done.stdout[-3000:]
    return done.stdout


def grade(source, course, own_copy=None, more=None, files=None):
    """Go through the whole flow for one lesson, in a course folder of its own.

    Students hand in everything right, half of it, and nothing; with ``own_copy``, a page
    that was not released by nbgrader, one more student hands that in, all right. ``more`` are
    further students, name -> what they write; ``files`` as well, name -> the bytes they hand in.

    Returns what nbgrader prints while it grades.
    """
    lesson = source.stem
    assert build.write_course(course, [source]) == []
    in_course(course, "generate_assignment", lesson)
    released = course / "release" / lesson / f"{lesson}.ipynb"
    submissions = {
        "all_right": (released, answers(source)),
        "half": (released, half(source)),
        "empty": (released, {}),
        **{student: (released, texts) for student, texts in (more or {}).items()},
    }
    if own_copy:
        submissions["own_copy"] = (own_copy, answers(source))
    for student, (page, texts) in submissions.items():
        handed_in = course / "submitted" / student / lesson / page.name
        handed_in.parent.mkdir(parents=True)
        nbformat.write(written(nbformat.read(page, as_version=4), texts), handed_in)
        for name in LIBRARY:  # a student's own files come along, and are nobody's business
            (handed_in.parent / name).write_text(NOT_TO_BE_READ, encoding="utf-8")
    for student, data in (files or {}).items():
        student, _, number = student.partition(" ")  # "ann (1)" has downloaded it twice
        name = f"{lesson} {number}.ipynb" if number else f"{lesson}.ipynb"
        handed_in = course / "submitted" / student / lesson / name
        handed_in.parent.mkdir(parents=True)
        handed_in.write_bytes(data)
    printed = in_course(course, "autograde", lesson)
    in_course(course, "generate_feedback", lesson)
    return printed


def assert_points(course, lesson, points, by_hand=()):
    """Each submission has the points it deserves; a person is asked to grade some of them only."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}", "sixteen_colors") as book:
        submissions = book.assignment_submissions(lesson)
        assert {s.student.id: s.score for s in submissions} == points
        assert {s.max_score for s in submissions} == {points["all_right"]}
        assert {s.student.id for s in submissions if s.needs_manual_grade} == set(by_hand)
