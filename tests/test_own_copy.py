"""Nothing a student wrote is ever lost: what lab.py promises about the folder my_lessons.

JupyterLab and .venv are left out; everything else is the real lab.py on real files.
"""

import contextlib
import errno
import hashlib
import json
import os
import random
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from test_lab import load

REPOSITORY = Path(__file__).resolve().parent.parent
REAL = sorted((REPOSITORY / "notebooks").glob("[0-9][0-9]*_*.ipynb"))
PAGES = [f"{name}.ipynb" for name in ("00_start_here", "01_a_photo", "02_tint", "03_distance")]
START, PHOTO, TINT, DISTANCE = PAGES
WORKED, FIRST = "solutions/" + DISTANCE, "first version"
BESIDE_03 = "yours stays as it is, and python lab.py fresh 03 puts the course's beside it."
NEWER_03 = f"There is a newer version of 03_distance: {BESIDE_03}"
WELCOME = "Your own lessons are in my_lessons: what you write there is never overwritten."
GONE_03 = "No longer in my_lessons, so handed out again: 03_distance."
NOTHING_NEWER = "No page that you changed has a newer version."
# What a learner's right answers make, and how far they are.
LIBRARY = ["my_colors.py", "my_colors_more.py", "my_colors_old.py", "my_progress.json"]


def page(text, **shown):
    """A page as small as they come, in the bytes that git gives."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [text]}
    code = {"cell_type": "code", "execution_count": None, "id": "b", "metadata": {}, "outputs": []}
    cells = [cell, {**code, **shown, "source": ["1 + 1"]}]
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


class Student:
    """A student's machine: the course in a folder, and all that the student wrote.

    After every command, what the student wrote has to be there as it was, to the byte.
    """

    def __init__(self, folder, monkeypatch, capsys):
        self.lab, self.capsys = load(folder / "lab.py"), capsys
        self.opened, self.wrote = [], {}
        monkeypatch.setattr(self.lab, "prepare", lambda level: None)
        monkeypatch.setattr(self.lab, "run", lambda command, hear: self.opened.append(command) or 0)
        self.lab.VENV.mkdir()
        self.course = folder / "notebooks"
        self.mine = folder / "my_lessons"

    def types(self, *words, status=0):
        """Run ``python lab.py words``, and return the lines that it says about the lessons."""
        assert self.lab.main(list(words)) == status
        said = self.capsys.readouterr()
        lines = (said.out + said.err).splitlines()
        assert not [line for line in lines if "Traceback" in line]
        assert not list(self.mine.glob("**/.*.part"))
        assert {name: self.reads(name) for name in self.wrote} == self.wrote
        return [line for line in lines if not line.startswith("Opening JupyterLab")]

    def starts(self, status=0):
        return self.types(status=status)

    def has(self):
        """The names in my_lessons, without the hidden ones."""
        return sorted(path.name for path in self.mine.iterdir() if path.name[0] != ".")

    def reads(self, name):
        return (self.mine / name).read_bytes()

    def writes(self, *names, text="my answer"):
        for name in names:
            (self.mine / name).write_bytes(page(text))
            self.wrote[name] = page(text)

    def deletes(self, name):
        (self.mine / name).unlink()
        self.wrote.pop(name, None)

    def renames(self, name, new_name):
        os.replace(self.mine / name, self.mine / new_name)
        self.wrote.pop(name, None)
        self.keeps(new_name)

    def keeps(self, name):
        """This page has to stay as it is now."""
        self.wrote[name] = self.reads(name)

    def gets(self, *names, text="second version"):
        """The course changes these pages, as after a pull."""
        for name in names:
            (self.course / name).write_bytes(page(text))
        return page(text)


@pytest.fixture
def newcomer(tmp_path, monkeypatch, capsys):
    """A student who has the course, and has not started yet."""
    folder = tmp_path / "Über die Farben"
    for name in ("notebooks/solutions", "notebooks/source"):
        (folder / name).mkdir(parents=True)
    shutil.copy(REPOSITORY / "lab.py", folder)
    newcomer = Student(folder, monkeypatch, capsys)
    newcomer.gets(*PAGES, text=FIRST)
    (newcomer.course / "source" / "03_distance.md").write_text("the source", encoding="utf-8")
    return newcomer


@pytest.fixture
def student(newcomer):
    """A student who has started once."""
    newcomer.starts()
    newcomer.opened.clear()
    return newcomer


# The student's own copy


def test_the_first_start_hands_out_every_page_of_the_student_edition(newcomer):
    assert newcomer.starts() == [WELCOME]
    assert newcomer.has() == PAGES
    for name in PAGES:
        assert newcomer.reads(name) == (newcomer.course / name).read_bytes()
    (command,) = newcomer.opened
    assert "--LabApp.default_url=/lab/tree/00_start_here.ipynb" in command
    assert f"--ServerApp.root_dir={newcomer.mine}" in command  # what git tracks is out of reach


def test_on_a_server_the_pages_are_brought_and_nothing_else_is_done(newcomer, monkeypatch):
    monkeypatch.delattr(newcomer.lab, "prepare")  # .venv has no part in it
    assert newcomer.types("pages") == [WELCOME]
    assert newcomer.has() == PAGES and newcomer.opened == []
    assert newcomer.types("pages") == []


HISTORIES = {
    "nothing": (lambda s: None, []),
    "new lessons": (
        lambda s: s.gets("07_better.ipynb", "08_faster.ipynb"),
        ["New in my_lessons: 07_better and 08_faster."],
    ),
    "a new worked page": (lambda s: s.gets(WORKED), []),
    "a newer worked page": (lambda s: (s.gets(WORKED), s.starts(), s.gets(WORKED, text="3")), []),
    "a newer page": (
        lambda s: s.gets(DISTANCE),
        ["Not changed by you, so brought up to date in my_lessons: 03_distance."],
    ),
    "a changed page": (lambda s: s.writes(DISTANCE), []),
    "a newer version of it": (lambda s: (s.writes(DISTANCE), s.gets(DISTANCE)), [NEWER_03]),
    "the version after that": (
        lambda s: (s.writes(DISTANCE), s.gets(DISTANCE), s.starts(), s.gets(DISTANCE, text="3")),
        [NEWER_03],
    ),
    "back to the version that was handed out": (
        lambda s: (s.writes(DISTANCE), s.gets(DISTANCE), s.starts(), s.gets(DISTANCE, text=FIRST)),
        [],
    ),
    "newer versions of several, in one sentence with one command": (
        lambda s: (s.writes(PHOTO, TINT, DISTANCE), s.gets(PHOTO, TINT, DISTANCE)),
        [
            "There is a newer version of 01_a_photo, 02_tint and 03_distance: yours stays as it "
            "is, and python lab.py fresh 01 02 03 puts the course's beside it."
        ],
    ),
    "a newer version of a changed worked page": (
        lambda s: (s.gets(WORKED), s.starts(), s.writes(WORKED), s.gets(WORKED, text="3")),
        [NEWER_03.replace("of 03", "of solutions/03").replace("fresh 03", "fresh solutions/03")],
    ),
    "a page deleted": (lambda s: (s.writes(DISTANCE), s.deletes(DISTANCE)), [GONE_03]),
    "all deleted": (lambda s: shutil.rmtree(s.mine), [WELCOME]),
    "a page renamed": (
        lambda s: (s.writes(DISTANCE), s.renames(DISTANCE, "03_mine.ipynb"), s.gets(DISTANCE)),
        [GONE_03],
    ),
    "an untouched page left the course": (
        lambda s: (s.keeps(DISTANCE), (s.course / DISTANCE).rename(s.course / "03_far.ipynb")),
        ["New in my_lessons: 03_far."],
    ),
    "a changed page left the course": (
        lambda s: (s.writes(DISTANCE), (s.course / DISTANCE).rename(s.course / "03_far.ipynb")),
        ["New in my_lessons: 03_far."],
    ),
}


@pytest.mark.parametrize("what", HISTORIES)
def test_what_a_start_brings_and_says_and_that_the_next_one_is_silent(student, what):
    happens, said = HISTORIES[what]
    happens(student)
    assert student.starts() == said
    for name in set(student.lab.course_pages()) - set(student.wrote):
        assert student.reads(name) == (student.course / name).read_bytes()
    before = {path: path.stat().st_mtime_ns for path in student.mine.rglob("*")}
    assert student.starts() == []
    assert {path: path.stat().st_mtime_ns for path in student.mine.rglob("*")} == before


def test_only_lessons_are_handed_out(newcomer):
    for name in ("._03_distance.ipynb", "Untitled.ipynb", "3_distance.ipynb"):
        newcomer.gets(name)
    newcomer.starts()
    assert newcomer.has() == PAGES


def test_git_ignores_my_lessons_even_where_it_is_a_link_and_a_learners_library_anywhere():
    lines = (REPOSITORY / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "/my_lessons" in lines  # with a slash at the end, git would look for a folder only
    assert set(LIBRARY) <= set(lines)


@pytest.fixture
def real_pages(newcomer):
    """The real lessons of the student edition, in place of the small ones."""
    for path in newcomer.course.glob("*.ipynb"):
        path.unlink()
    for path in REAL:
        shutil.copy(path, newcomer.course)
    newcomer.starts()
    return newcomer


def test_a_real_page_is_handed_out_as_if_nobody_had_run_it(real_pages):
    for path in REAL:
        given, mine = json.loads(path.read_bytes()), json.loads(real_pages.reads(path.name))
        sources = ["".join(cell["source"]) for cell in given["cells"]]
        assert "import helpers" in sources.pop(1), "what fetches the course is not needed here"
        assert ["".join(cell["source"]) for cell in mine["cells"]] == sources
        assert {**mine, "cells": None} == {**given, "cells": None}
        code = [cell for cell in mine["cells"] if cell["cell_type"] == "code"]
        assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


def test_what_explorers_showed_is_not_handed_out(student):
    shown = json.loads(page("second version"))
    shown["metadata"] = {"kernelspec": {"name": "python3"}, "widgets": {"state": {"K": 8}}}
    (student.course / DISTANCE).write_text(json.dumps(shown), encoding="utf-8")
    student.starts()
    assert json.loads(student.reads(DISTANCE))["metadata"] == {"kernelspec": {"name": "python3"}}


def test_a_page_that_is_to_run_elsewhere_fetches_the_course(real_pages):
    for path in REAL:
        cells, elsewhere = (
            json.loads(real_pages.lab.page_to_hand_out(path.name, anywhere))["cells"]
            for anywhere in (False, True)
        )
        assert "import helpers" in "".join(elsewhere.pop(1)["source"])
        assert elsewhere == cells


def test_the_real_lessons_are_handed_out_once_and_stay_untouched(real_pages):
    assert real_pages.starts() == []
    newer = REAL[0].read_text(encoding="utf-8").replace("Predict", "Foretell")
    (real_pages.course / REAL[0].name).write_text(newer, encoding="utf-8")
    assert real_pages.starts() == [
        f"Not changed by you, so brought up to date in my_lessons: {REAL[0].stem}."
    ]


def test_a_worked_page_is_handed_out_with_all_that_it_shows(student):
    worked = REPOSITORY / "notebooks" / "solutions" / "03_distance.ipynb"
    shutil.copy(worked, student.course / "solutions")
    student.starts()
    assert student.reads("solutions/03_distance.ipynb") == worked.read_bytes()


# A lesson that becomes two: 03_distance keeps the first half, 03b_... has the rest


@pytest.fixture
def split(student):
    student.writes(DISTANCE)
    student.gets(DISTANCE, text="the first half")
    student.gets("03b_more_distance.ipynb", text="the second half")
    student.gets("04_last.ipynb", text="what comes next")
    student.said = student.starts()
    return student


def test_a_changed_page_stays_whole_while_its_second_half_is_handed_out(split):
    assert split.said == ["New in my_lessons: 03b_more_distance and 04_last.", NEWER_03]
    assert split.reads("03b_more_distance.ipynb") == page("the second half")
    assert split.lab.course_pages() == [*PAGES, "03b_more_distance.ipynb", "04_last.ipynb"]


@pytest.mark.parametrize("word", ["03b", "3b", "03B", "more_distance", "03b_more_distance.ipynb"])
def test_a_number_with_a_letter_is_another_lesson(split, word):
    split.writes("03b_more_distance.ipynb")
    split.types("fresh", word)
    assert split.reads("03b_more_distance (new).ipynb") == page("the second half")
    assert "03_distance (new).ipynb" not in split.has()
    split.types("fresh", "03")
    assert split.reads("03_distance (new).ipynb") == page("the first half")


def test_both_halves_are_told_in_their_order_with_the_words_to_type(split):
    split.writes("03b_more_distance.ipynb")
    split.gets(DISTANCE, "03b_more_distance.ipynb", text="third version")
    (said,) = split.starts()
    assert "03_distance and 03b_more_distance: " in said
    assert "python lab.py fresh 03 03b puts" in said


# A page that was touched


OUTPUT = {"output_type": "stream", "name": "stdout", "text": ["0.5099"]}


def ran(notebook):
    notebook["cells"][1].update(execution_count=1, outputs=[OUTPUT])


def answered(notebook):
    ran(notebook)
    notebook["cells"][1]["source"] = ["1 + 2"]


def opened(notebook):
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.13.0"}
    notebook["cells"][0]["metadata"] = {"editable": True}


def folded(notebook):
    notebook["cells"][0]["metadata"] = {"jupyter": {"source_hidden": True}, "tags": []}


def tagged(notebook):
    notebook["cells"][0]["metadata"] = {"tags": ["ask about this"]}


def made_slides(notebook):
    notebook["cells"][0]["metadata"] = {"slideshow": {"slide_type": "slide"}}


def with_odd_notes(notebook):
    notebook["cells"][0]["metadata"] = ["tags"]


@pytest.mark.parametrize(
    ("deed", "touches"),
    [
        (answered, True),
        (ran, False),
        (tagged, True),
        (made_slides, True),
        (opened, False),
        (folded, False),
        (with_odd_notes, False),
    ],
)
def test_what_people_do_to_a_page_touches_it_and_what_jupyterlab_does_by_itself_does_not(
    student, deed, touches
):
    notebook = json.loads(student.reads(DISTANCE))
    deed(notebook)
    saved = json.dumps(notebook, indent=1).encode()
    (student.mine / DISTANCE).write_bytes(saved)
    newer = student.gets(DISTANCE)
    student.starts()
    assert student.reads(DISTANCE) == (saved if touches else newer)


def test_what_a_page_shows_stays_until_there_is_a_newer_one(student):
    (student.mine / DISTANCE).write_bytes(page(FIRST, execution_count=1, outputs=[OUTPUT]))
    student.keeps(DISTANCE)
    assert student.starts() == []


def older(student, shown):
    """A page and a record as older editions of lab.py left them: an opening figure was there."""
    figure = {"output_type": "display_data", "data": {"image/png": "iVBO"}, "metadata": {}}
    handed_out = page(FIRST, outputs=[figure])
    cells = json.loads(handed_out)["cells"]
    for cell, note in [(c, n) for c in cells for n in ("id", "metadata", "execution_count")]:
        cell.pop(note, None)
    sealed(student, {DISTANCE: {"handed_out": sha256(cells)}})
    (student.mine / DISTANCE).write_bytes(page(FIRST, outputs=[figure, *shown]))


@pytest.mark.parametrize("text", [FIRST, "second version"])
def test_a_page_that_an_older_edition_handed_out_with_its_figure_is_renewed(student, text):
    older(student, [])
    newer = student.gets(DISTANCE, text=text)
    assert student.starts() == [
        "Not changed by you, so brought up to date in my_lessons: 03_distance."
    ]
    assert student.reads(DISTANCE) == newer


def test_such_a_page_that_was_run_is_kept_and_known_again(student):
    older(student, [OUTPUT])
    student.keeps(DISTANCE)
    assert student.starts() == []
    student.wrote.clear()
    newer = student.gets(DISTANCE)
    student.starts()
    assert student.reads(DISTANCE) == newer


# The library that a learner's right answers make, and how far they are


def test_the_students_library_is_no_page_and_nobodys_business(student):
    student.writes(*LIBRARY, text="mine")
    student.gets(*LIBRARY, text="not the course's to give")
    assert student.starts() == []
    student.types("fresh", "0", "1", "2", "3")
    assert not set(LIBRARY) & set(student.lab.course_pages())


# python lab.py fresh


def test_fresh_without_words_lists_what_is_newer_as_often_as_it_is_asked(student):
    assert student.types("fresh") == [NOTHING_NEWER]
    student.writes(DISTANCE)
    student.gets(DISTANCE)
    assert student.starts() == student.types("fresh") == student.types("fresh") == [NEWER_03]
    assert student.has() == PAGES


@pytest.mark.parametrize(
    ("page", "word", "fresh"),
    [
        (DISTANCE, "03", "03_distance (new).ipynb"),
        (WORKED, "solutions/03", "solutions/03_distance (new).ipynb"),
    ],
)
def test_fresh_puts_the_newer_version_beside_and_then_nothing_is_told_until_the_next(
    student, page, word, fresh
):
    student.gets(page)
    student.starts()
    student.writes(page)
    newer = student.gets(page, text="third version")
    name = fresh.removesuffix(".ipynb")
    beside = [f"The course's version lies beside yours in my_lessons: {name}."]
    assert student.types("fresh", word) == student.types("fresh", word) == beside
    assert student.reads(fresh) == newer
    student.keeps(fresh)
    assert student.starts() == []
    assert student.types("fresh") == [NOTHING_NEWER]
    student.gets(page, text="fourth version")
    assert f"fresh {word} puts" in student.starts()[0]


def test_the_new_page_sorts_beside_the_old_one(student):
    student.writes(PHOTO)
    student.types("fresh", "1")
    for order in (sorted, lambda names: sorted(names, key=str.casefold)):
        assert ("01_a_photo (new).ipynb", PHOTO) in pairwise(order(student.has()))


def test_fresh_never_overwrites_a_file_but_counts_on(student):
    student.writes(DISTANCE, "03_distance (new).ipynb")
    (student.mine / "03_distance (new 2).ipynb").mkdir()
    newer = student.gets(DISTANCE)
    (said,) = student.types("fresh", "03")
    assert said.endswith("my_lessons: 03_distance (new 3).")
    assert student.reads("03_distance (new 3).ipynb") == newer


def test_a_student_who_wants_to_begin_again_gets_a_fresh_page_of_the_same_version(student):
    student.writes(DISTANCE, text="all wrong")
    student.types("fresh", "03")
    assert student.reads("03_distance (new).ipynb") == (student.course / DISTANCE).read_bytes()
    assert student.starts() == []


def test_a_new_page_renamed_over_the_old_one_is_kept_up_to_date_again(student):
    student.writes(DISTANCE)
    student.gets(DISTANCE)
    student.types("fresh", "03")
    student.deletes(DISTANCE)
    os.replace(student.mine / "03_distance (new).ipynb", student.mine / DISTANCE)
    newest = student.gets(DISTANCE, text="third version")
    student.starts()
    assert student.reads(DISTANCE) == newest


@pytest.mark.parametrize(
    "word",
    "3 03 distance 03_distance 03_distance.ipynb 03_DISTANCE my_lessons/03_distance.ipynb "
    r"my_lessons\03_distance.ipynb".split(),
)
def test_a_lesson_is_asked_for_by_number_or_name(student, word):
    student.writes(DISTANCE)
    student.types("fresh", word)
    assert "03_distance (new).ipynb" in student.has()


def test_several_lessons_at_once_each_one_once(student):
    student.writes(PHOTO, DISTANCE)
    (said,) = student.types("fresh", "03", "01", "distance")
    assert said.endswith(": 01_a_photo (new) and 03_distance (new).")
    assert set(student.has()) - set(PAGES) == {"01_a_photo (new).ipynb", "03_distance (new).ipynb"}


@pytest.mark.parametrize(
    "word", ["13", "03b", "distances", "", "--all", "../lab", "\N{SUPERSCRIPT TWO}"]
)
def test_a_lesson_that_does_not_exist(student, word):
    (said,) = student.types("fresh", "03", word, status=1)
    assert said.startswith(f"There is no lesson {word}: the lessons are 00_start_here, ")
    assert student.has() == PAGES


def test_fresh_of_a_page_that_was_not_changed_or_is_not_there_puts_it_in_its_place(newcomer):
    newest = ["In my_lessons the newest version, and not changed by you: 01_a_photo."]
    assert newcomer.types("fresh", "01") == [WELCOME]
    assert newcomer.types("fresh", "01") == newest
    newer = newcomer.gets(PHOTO)
    assert newcomer.types("fresh", "01") == [
        "Not changed by you, so brought up to date in my_lessons: 01_a_photo."
    ]
    assert newcomer.has() == PAGES
    assert newcomer.reads(PHOTO) == newer
    assert not newcomer.opened
    assert newcomer.starts() == []


def test_a_worked_page_that_was_asked_for_is_told(student):
    student.gets(WORKED)
    assert student.types("fresh", "solutions/03") == ["New in my_lessons: solutions/03_distance."]


def test_files_of_the_students_own_are_nobodys_business(student):
    student.writes("notes.txt", "Untitled.ipynb", "my photo.jpg")
    student.gets(*PAGES)
    student.starts()
    student.types("fresh", "0", "1", "2", "3")


# Line endings


def test_other_line_endings_are_no_change(student):
    before = {name: student.reads(name) for name in PAGES}
    windows = {name: content.replace(b"\n", b"\r\n") for name, content in before.items()}
    for name in PAGES:  # the course is checked out again, with other line endings
        (student.course / name).write_bytes(windows[name])
    assert student.starts() == []
    assert {name: student.reads(name) for name in PAGES} == before
    newer = page("second version").replace(b"\n", b"\r\n")
    (student.course / DISTANCE).write_bytes(newer)
    student.starts()
    assert student.reads(DISTANCE) == newer.replace(b"\r\n", b"\n")
    student.lab.RECORD.unlink()
    (student.mine / PHOTO).write_bytes(windows[PHOTO])
    assert student.starts() == []


# The record


def sha256(data):
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def sealed(student, pages):
    """Write a record as every edition has written it: pages, their hashes, a seal over both."""
    record = {"pages": pages, "seal": sha256(pages)}
    student.lab.RECORD.write_text(json.dumps(record), encoding="utf-8")


def damaged(student, how):
    """Damage the record in one of the ways that records are damaged."""
    record = student.lab.RECORD
    if how == "lost":
        record.unlink()
    elif how == "a folder":
        record.unlink()
        record.mkdir()
    elif how == "cut short":
        record.write_bytes(record.read_bytes()[:-20])
    elif how == "hand-edited":  # the student's own page passes for one that was handed out
        seal = (re.findall('"seal": ".*"', record.read_text(encoding="utf-8")) or ['"seal": ""'])[0]
        pages = {
            name: {"handed_out": hashlib.sha256(student.reads(name)).hexdigest()}
            for name in student.has()
        }
        record.write_text(f'{{"pages": {json.dumps(pages)}, {seal}}}', encoding="utf-8")
    else:
        record.write_bytes(how)


DAMAGES = ["lost", "a folder", "cut short", "hand-edited", b"", b"[]", b"{}", b"null", b"\xff\xfe"]
DAMAGES += [b'{"pages": [], "seal": ""}', b"[" * 100_000, b'{"pages": {"a": 1}, "seal": 1}']


@pytest.mark.parametrize("how", DAMAGES, ids=[str(how)[:30] for how in DAMAGES])
def test_a_lost_broken_or_hand_edited_record_never_leads_to_overwriting(student, how):
    student.writes(DISTANCE)
    newer = student.gets(PHOTO, DISTANCE)
    student.keeps(PHOTO)  # not touched, but nobody can know that now
    damaged(student, how)
    assert student.starts()[0] == (
        "There may be a newer version of 01_a_photo and 03_distance (which one yours began as is "
        "not known): yours stays as it is, and python lab.py fresh 01 03 puts the course's beside "
        "it."
    )
    if how != "a folder":
        assert student.starts() == []
        student.types("fresh", "01")
        assert student.reads("01_a_photo (new).ipynb") == newer


def test_after_the_record_is_lost_pages_like_the_courses_are_kept_up_to_date(student):
    student.lab.RECORD.unlink()
    assert student.starts() == []
    newer = student.gets(DISTANCE)
    student.starts()
    assert student.reads(DISTANCE) == newer


def test_the_record_of_the_first_edition_of_the_course_is_still_understood(student):
    code = {"cell_type": "code", "outputs": [], "source": ["1 + 1"]}
    given = sha256([{"cell_type": "markdown", "source": [FIRST]}, code])
    sealed(student, {DISTANCE: {"handed_out": given}})
    newer = student.gets(DISTANCE)
    student.starts()
    assert student.reads(DISTANCE) == newer


def test_pages_that_were_there_before_lab_py_are_the_students_own(newcomer):
    newcomer.mine.mkdir()
    newcomer.writes(DISTANCE)
    said = newcomer.starts()
    assert said[0] == "New in my_lessons: 00_start_here, 01_a_photo and 02_tint."


# A page of the course that is none


BROKEN = {
    "cut short": page("second version")[:60],
    "empty": b"",
    "two versions, by git": b"<<<<<<< HEAD\n" + page("a") + b"=======\n" + page("b"),
    "another JSON": b'{"cells": [{"outputs": [1]}]}',
    "half a letter": json.dumps(
        {"cells": [{"cell_type": "code", "outputs": ["\ud800"], "source": "\ud800"}]}
    ).encode(),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_page_that_git_or_a_download_left_broken_is_handed_out_to_nobody(student, how):
    student.keeps(DISTANCE)  # not touched, and better than what the course has now
    (student.course / DISTANCE).write_bytes(BROKEN[how])
    newer = student.gets(PHOTO)
    said, brought = sorted(student.starts(), reverse=True)
    assert "01_a_photo" in brought
    assert said.startswith("The course's own 03_distance cannot be read")
    assert student.reads(PHOTO) == newer
    assert student.types("fresh", "03") == [said]
    assert student.has() == PAGES
    student.wrote.clear()
    newer = student.gets(DISTANCE)
    student.starts()
    assert student.reads(DISTANCE) == newer


def test_of_two_starts_at_once_one_hands_out_and_the_other_waits(newcomer, monkeypatch):
    put = newcomer.lab.put

    def put_alone(*arguments):
        with open(newcomer.lab.LOCK, "ab") as file:
            assert not newcomer.lab.locked(file)
        put(*arguments)

    monkeypatch.setattr(newcomer.lab, "put", put_alone)
    assert newcomer.starts() == [WELCOME]


# Folders, links, a full disk, a file that another program holds


def link(path, target):
    try:
        path.symlink_to(target)
    except OSError:
        pytest.skip("this system makes no links")


def test_a_link_is_left_as_it_is_even_if_its_page_was_not_touched(student, tmp_path):
    elsewhere = tmp_path / "elsewhere.ipynb"
    os.replace(student.mine / DISTANCE, elsewhere)
    link(student.mine / DISTANCE, elsewhere)
    student.keeps(DISTANCE)
    assert student.starts() == []
    newer = student.gets(DISTANCE)
    assert student.starts() == [NEWER_03]
    student.types("fresh", "03")
    assert student.reads("03_distance (new).ipynb") == newer
    assert (student.mine / DISTANCE).is_symlink()


def test_a_folder_with_the_name_of_a_worked_page_is_told_too(student):
    student.gets("solutions/" + DISTANCE)
    (student.mine / "solutions" / DISTANCE).mkdir(parents=True)
    (said,) = student.starts()
    assert "has the name of solutions/03_distance: rename it" in said


@pytest.mark.parametrize("what", ["a folder", "a broken link"])
def test_a_folder_or_a_broken_link_with_the_name_of_a_page(student, what):
    (student.mine / DISTANCE).unlink()
    if what == "a folder":
        (student.mine / DISTANCE).mkdir()
        (student.mine / DISTANCE / "mine").touch()
    else:
        link(student.mine / DISTANCE, student.mine / "nowhere")
    assert student.starts() == [
        "In my_lessons, a folder or a broken link has the name of 03_distance: rename it, and the "
        "next start puts the lesson there."
    ]
    assert student.opened
    os.replace(student.mine / DISTANCE, student.mine / "renamed")
    assert student.starts() == ["No longer in my_lessons, so handed out again: 03_distance."]
    assert what != "a folder" or (student.mine / "renamed" / "mine").exists()


def test_my_lessons_may_be_a_link_to_a_folder_elsewhere(newcomer, tmp_path):
    (tmp_path / "cloud").mkdir()
    link(newcomer.mine, tmp_path / "cloud")
    newcomer.starts()
    assert newcomer.has() == PAGES
    assert newcomer.mine.is_symlink()


@pytest.mark.parametrize("words", [[], ["fresh", "03"], ["fresh", "solutions/03"]])
def test_a_file_named_my_lessons(newcomer, words):
    newcomer.gets("solutions/" + DISTANCE)
    newcomer.mine.write_bytes(b"mine")
    (said,) = newcomer.types(*words, status=1)
    assert "my_lessons" in said
    assert "it should be a folder, so rename what has its name" in said
    assert newcomer.mine.read_bytes() == b"mine"
    assert not newcomer.opened


def refusing(error):
    def refuse(*arguments):
        raise error

    return refuse


REFUSALS = [
    (OSError(errno.ENOSPC, "Kein Platz"), "free some space"),
    (PermissionError(errno.EACCES, "Zugriff verweigert"), "whatever else has files open there"),
    (OSError(errno.EROFS, "Read-only file system"), "a folder that is yours"),
    (OSError(errno.EIO, "Input/output error"), "mend that"),
]


@pytest.mark.parametrize("step", ["open", "os.fsync", "os.replace"])
@pytest.mark.parametrize(("error", "advice"), REFUSALS, ids=[str(e) for e, _ in REFUSALS])
def test_what_cannot_be_written_is_told_in_one_sentence_and_nothing_is_lost(
    student, monkeypatch, step, error, advice
):
    student.writes(DISTANCE)
    newer = student.gets(PHOTO)
    before = {path.name: path.read_bytes() for path in student.mine.iterdir()}
    with monkeypatch.context() as patch:
        place = student.lab if step == "open" else os
        patch.setattr(place, step.removeprefix("os."), refusing(error), raising=False)
        patch.setattr(student.lab, "alone", contextlib.nullcontext)  # it opens a file, too
        for words, status in ([], 0), (["fresh", "03"], 1):
            (said,) = student.types(*words, status=status)
            assert said.startswith("Not all of my_lessons could be brought up to date")
            assert error.strerror in said
            assert "nothing of yours changed" in said
            assert advice in said
            assert "run the same command again" in said
    assert {path.name: path.read_bytes() for path in student.mine.iterdir()} == before
    assert student.opened  # a student can still work on what is there
    student.starts()
    assert student.reads(PHOTO) == newer


def test_without_a_first_page_nothing_is_opened(newcomer, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refusing(OSError(errno.ENOSPC, "No space left on device")))
        (said,) = newcomer.starts(status=1)
    assert "free some space" in said
    assert not newcomer.opened
    newcomer.starts()
    assert newcomer.has() == PAGES


def failing_for(name, error):
    """An os.replace that fails for one page."""
    replace = os.replace

    def held(old, new):
        if Path(new).name == name:
            raise error
        replace(old, new)

    return held


def test_one_page_held_by_another_program_does_not_hold_up_the_others(student, monkeypatch):
    newer = student.gets(*PAGES)
    with monkeypatch.context() as patch:
        in_use = PermissionError(errno.EACCES, "The file is in use", TINT)
        patch.setattr(os, "replace", failing_for(TINT, in_use))
        said = student.starts()
    assert len(said) == 2
    assert "00_start_here, 01_a_photo and 03_distance" in said[0]
    assert TINT in said[1]
    assert student.starts() == ["Not changed by you, so brought up to date in my_lessons: 02_tint."]
    assert {student.reads(name) for name in PAGES} == {newer}


def test_a_start_that_is_stopped_half_way_is_finished_by_the_next(student, monkeypatch):
    newer = student.gets(*PAGES)
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing_for(TINT, KeyboardInterrupt()))
        student.starts(status=130)
    student.starts()
    assert {student.reads(name) for name in PAGES} == {newer}
    newest = student.gets(*PAGES, text="third version")
    student.starts()
    assert {student.reads(name) for name in PAGES} == {newest}


def test_a_page_saved_at_the_very_moment_it_would_be_replaced_is_kept(student, monkeypatch):
    student.gets(DISTANCE)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda file: student.writes(DISTANCE, text="saved just now"))
        (said,) = student.starts()
    assert "saved by another program just now" in said
    assert student.starts() == [NEWER_03]


# Whole histories


@pytest.mark.parametrize("seed", range(40))
def test_in_any_history_nothing_that_the_student_wrote_is_lost(student, monkeypatch, seed):
    monkeypatch.setattr(os, "fsync", lambda file: None)
    chance = random.Random(seed)
    deeds = "write write course course delete rename start fresh".split()
    deeds += ["damage"] * (seed % 2)
    sound = True  # is the record as lab.py left it?
    for step in range(40):
        name = chance.choice(PAGES)
        deed = chance.choice(deeds)
        if deed == "write" and (student.mine / name).exists():
            student.writes(name, text=f"step {step}")
        elif deed == "course":
            student.gets(name, text=f"version {chance.randrange(3)}")
        elif deed == "delete" and (student.mine / name).exists():
            student.deletes(name)
        elif deed == "rename" and (student.mine / name).exists():
            student.renames(name, f"mine {step}.ipynb")
        elif deed == "damage" and student.lab.RECORD.exists():
            damaged(student, chance.choice(["lost", "cut short", "hand-edited", b"{}"]))
            sound = False
        elif deed == "fresh":
            student.types("fresh", name[:2])
        elif deed == "start":
            student.starts()
            assert set(PAGES) <= set(student.has())
            for other in set(PAGES) - set(student.wrote):
                if sound:
                    assert student.reads(other) == (student.course / other).read_bytes()


# git pull


@pytest.mark.parametrize("line_endings", ["the same", "those of Windows"])
def test_pulling_the_course_never_conflicts(git, tmp_path, monkeypatch, capsys, line_endings):
    upstream, folder = tmp_path / "upstream", tmp_path / "student"
    (upstream / "notebooks").mkdir(parents=True)
    for name in ("lab.py", ".gitignore"):
        shutil.copy(REPOSITORY / name, upstream)
    for name in PAGES:
        (upstream / "notebooks" / name).write_bytes(page(f"{name}, first version"))
    git(upstream, "init", "--quiet")
    git(upstream, "add", ".")
    git(upstream, "commit", "--quiet", "-m", "The course")
    windows = ["-c", "core.autocrlf=true"] if line_endings != "the same" else []
    git(tmp_path, "clone", "--quiet", *windows, "upstream", "student")

    student = Student(folder, monkeypatch, capsys)
    student.starts()
    assert (b"\r\n" in (folder / "notebooks" / DISTANCE).read_bytes()) == bool(windows)
    student.writes(DISTANCE, *LIBRARY)
    assert git(folder, "status", "--porcelain") == ""

    for name in (PHOTO, DISTANCE):
        (upstream / "notebooks" / name).write_bytes(page("second version"))
    git(upstream, "commit", "--quiet", "-a", "-m", "Better pages")
    git(folder, "pull", "--quiet", "--ff-only")
    assert student.starts() == [
        "Not changed by you, so brought up to date in my_lessons: 01_a_photo.",
        NEWER_03,
    ]
    assert student.starts() == []
    student.types("fresh", "03")
    newer = page("second version")
    assert student.reads("03_distance (new).ipynb") == student.reads(PHOTO) == newer
    assert git(folder, "status", "--porcelain") == ""
    git(folder, "pull", "--quiet", "--ff-only")
    assert student.starts() == []
