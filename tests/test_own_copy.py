"""Nothing a student wrote is ever lost: what lab.py promises about the folder my_lessons.

JupyterLab and .venv are left out; everything else is the real lab.py on real files.
"""

import errno
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest
from test_lab import load

REPOSITORY = Path(__file__).resolve().parent.parent
REAL = sorted((REPOSITORY / "notebooks").glob("[0-9][0-9]*_*.ipynb"))
PAGES = [f"{name}.ipynb" for name in ("00_start_here", "01_a_photo", "02_tint", "03_distance")]
START, PHOTO, TINT, DISTANCE = PAGES
BESIDE_03 = "yours stays as it is, and python lab.py fresh 03 puts the course's beside it."
NEWER_03 = f"There is a newer version of 03_distance: {BESIDE_03}"
NOTHING_NEWER = "No page that you changed has a newer version."


def page(text):
    """A page as small as they come, in the bytes that git gives."""
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [text]}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode()


class Student:
    """A student's machine: the course in a folder, and what was said since it was last asked."""

    def __init__(self, folder, monkeypatch, capsys):
        self.lab, self.capsys, self.opened = load(folder / "lab.py"), capsys, []
        monkeypatch.setattr(self.lab, "prepare", lambda level: None)
        monkeypatch.setattr(self.lab, "hand_over", lambda command: self.opened.append(command))
        self.course = folder / "notebooks"
        self.mine = folder / "my_lessons"

    def types(self, *words, status=0):
        """Run ``python lab.py words``, and return the lines that it says about the lessons."""
        assert self.lab.main(list(words)) == status
        said = self.capsys.readouterr()
        lines = (said.out + said.err).splitlines()
        assert not [line for line in lines if "Traceback" in line]
        assert not list(self.mine.glob("**/.*.part"))
        return [line for line in lines if not line.startswith("Opening JupyterLab")]

    def starts(self, status=0):
        return self.types(status=status)

    def has(self):
        """The names in my_lessons, without the hidden ones."""
        return sorted(path.name for path in self.mine.iterdir() if path.name[0] != ".")

    def reads(self, name):
        return (self.mine / name).read_bytes()

    def writes(self, name, text="my answer"):
        (self.mine / name).write_bytes(page(text))
        return page(text)

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
    for name in PAGES:
        newcomer.gets(name, text=f"{name}, first version")
    (newcomer.course / "source" / "03_distance.md").write_text("the source")
    return newcomer


@pytest.fixture
def student(newcomer):
    """A student who has started once."""
    newcomer.starts()
    newcomer.opened.clear()
    return newcomer


# The student's own copy


def test_the_first_start_hands_out_every_page_of_the_student_edition(newcomer):
    assert newcomer.starts() == [
        "Your own lessons are in my_lessons: what you write there is never overwritten."
    ]
    assert newcomer.has() == PAGES
    for name in PAGES:
        assert newcomer.reads(name) == (newcomer.course / name).read_bytes()
    (command,) = newcomer.opened
    assert "--LabApp.default_url=/lab/tree/00_start_here.ipynb" in command
    assert f"--ServerApp.root_dir={newcomer.mine}" in command  # what git tracks is out of reach


def test_worked_pages_are_handed_out_too_and_renewed_without_a_word(student):
    for text in ("the answer", "a better answer"):
        given = student.gets("solutions/" + DISTANCE, text=text)
        assert student.starts() == []
        assert student.reads("solutions/" + DISTANCE) == given


def test_a_worked_page_that_a_student_changed_is_left_alone_and_the_newer_one_told(student):
    worked = "solutions/" + DISTANCE
    student.gets(worked, text="the answer")
    student.starts()
    mine = student.writes(worked, "my remarks")
    newer = student.gets(worked, text="a better answer")
    (said,) = student.starts()
    assert "python lab.py fresh solutions/03" in said
    assert student.reads(worked) == mine
    assert student.types("fresh", "solutions/03") == [
        "The course's version lies beside yours: my_lessons/solutions/03_distance (new).ipynb"
    ]
    assert student.reads("solutions/03_distance (new).ipynb") == newer
    assert student.types("fresh", "03") == [
        "Your my_lessons/03_distance.ipynb is the newest version, just as it came."
    ]


def test_a_second_start_says_nothing_and_writes_nothing(student):
    before = {path: path.stat().st_mtime_ns for path in student.mine.iterdir()}
    assert student.starts() == []
    assert {path: path.stat().st_mtime_ns for path in student.mine.iterdir()} == before


def test_only_lessons_are_handed_out(newcomer):
    for name in ("._03_distance.ipynb", "Untitled.ipynb", "3_distance.ipynb"):
        newcomer.gets(name)
    newcomer.starts()
    assert newcomer.has() == PAGES


def test_git_ignores_my_lessons_even_where_it_is_a_link():
    lines = (REPOSITORY / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "/my_lessons" in lines  # with a slash at the end, git would look for a folder only


@pytest.fixture
def real_pages(newcomer):
    """The real lessons of the student edition, in place of the small ones."""
    for path in newcomer.course.glob("*.ipynb"):
        path.unlink()
    for path in REAL:
        shutil.copy(path, newcomer.course)
    newcomer.starts()
    return newcomer


def test_a_real_page_is_handed_out_with_its_opening_figure_and_no_answer_to_a_prediction(
    real_pages,
):
    for path in REAL:
        given, mine = json.loads(path.read_bytes()), json.loads(real_pages.reads(path.name))
        assert [c["source"] for c in mine["cells"]] == [c["source"] for c in given["cells"]]
        assert {**mine, "cells": None} == {**given, "cells": None}
        (opening,) = [n for n, cell in enumerate(mine["cells"]) if cell.get("outputs")]
        html = "".join(mine["cells"][opening]["outputs"][-1]["data"]["text/html"])
        # JupyterLab's sanitizer lets this through on a page that was never run.
        assert html.count("<img") == html.count('src="data:image/') == 1
        predict = [n for n, c in enumerate(mine["cells"]) if "**Predict" in "".join(c["source"])]
        assert all(opening < n for n in predict)
        assert all(c.get("execution_count") is None for c in mine["cells"][opening + 1 :])


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


# New lessons, and newer versions of pages that nobody touched


def test_a_new_lesson_is_brought_in(student):
    new = student.gets("07_better.ipynb", "08_faster.ipynb", text="a new lesson")
    assert student.starts() == ["New in my_lessons: 07_better and 08_faster."]
    assert student.reads("07_better.ipynb") == new
    assert student.starts() == []


def test_a_newer_version_replaces_a_page_that_was_not_touched_and_one_line_says_so(student):
    for version in ("second version", "third version"):
        newer = student.gets(DISTANCE, text=version)
        assert student.starts() == [
            "Not changed by you, so brought up to date in my_lessons: 03_distance."
        ]
        assert student.reads(DISTANCE) == newer
    assert student.has() == PAGES


# A lesson that becomes two: 03_distance keeps the first half, 03b_... has the rest


@pytest.fixture
def split(student):
    student.wrote = student.writes(DISTANCE)
    student.gets(DISTANCE, text="the first half")
    student.gets("03b_more_distance.ipynb", text="the second half")
    student.gets("04_last.ipynb", text="what comes next")
    student.said = student.starts()
    return student


def test_a_changed_page_stays_whole_while_its_second_half_is_handed_out(split):
    assert split.said == ["New in my_lessons: 03b_more_distance and 04_last.", NEWER_03]
    assert split.reads(DISTANCE) == split.wrote
    assert split.reads("03b_more_distance.ipynb") == page("the second half")
    assert split.lab.course_pages() == [*PAGES, "03b_more_distance.ipynb", "04_last.ipynb"]


@pytest.mark.parametrize("word", ["03b", "3b", "03B", "more_distance", "03b_more_distance.ipynb"])
def test_a_number_with_a_letter_is_another_lesson(split, word):
    split.writes("03b_more_distance.ipynb", "mine too")
    split.types("fresh", word)
    assert split.reads("03b_more_distance (new).ipynb") == page("the second half")
    assert "03_distance (new).ipynb" not in split.has()
    split.types("fresh", "03")
    assert split.reads("03_distance (new).ipynb") == page("the first half")
    assert split.reads(DISTANCE) == split.wrote


def test_both_halves_are_told_in_their_order_with_the_words_to_type(split):
    split.writes("03b_more_distance.ipynb")
    split.gets(DISTANCE, "03b_more_distance.ipynb", text="third version")
    (said,) = split.starts()
    assert "03_distance and 03b_more_distance: " in said
    assert "python lab.py fresh 03 03b puts" in said


# A page that was touched


def test_a_touched_page_is_never_overwritten_and_each_newer_version_is_told_once(student):
    wrote = student.writes(DISTANCE)
    assert student.starts() == []
    for version in ("second version", "third version"):
        student.gets(DISTANCE, text=version)
        assert student.starts() == [NEWER_03]
        assert student.starts() == student.starts() == []
    assert student.reads(DISTANCE) == wrote
    assert student.has() == PAGES


def ran(notebook):
    output = {"output_type": "stream", "name": "stdout", "text": ["0.5099"]}
    notebook["cells"][0].update(cell_type="code", execution_count=1, outputs=[output])


def opened(notebook):
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.13.0"}
    notebook["cells"][0]["metadata"] = {"editable": True}


@pytest.mark.parametrize(("deed", "touches"), [(ran, True), (opened, False)])
def test_running_a_page_and_saving_it_is_touching_it_and_opening_it_is_not(student, deed, touches):
    notebook = json.loads(student.reads(DISTANCE))
    deed(notebook)
    saved = json.dumps(notebook, indent=1).encode()
    (student.mine / DISTANCE).write_bytes(saved)
    newer = student.gets(DISTANCE)
    student.starts()
    assert student.reads(DISTANCE) == (saved if touches else newer)


def test_several_newer_versions_make_one_sentence_with_one_command(student):
    for name in (PHOTO, TINT, DISTANCE):
        student.writes(name)
        student.gets(name)
    (said,) = student.starts()
    assert "01_a_photo, 02_tint and 03_distance" in said
    assert "python lab.py fresh 01 02 03 " in said


def test_a_course_that_goes_back_to_what_was_handed_out_has_nothing_newer(student):
    first = (student.course / DISTANCE).read_bytes()
    student.writes(DISTANCE)
    student.gets(DISTANCE)
    student.starts()
    (student.course / DISTANCE).write_bytes(first)
    assert student.starts() == []
    assert student.types("fresh") == [NOTHING_NEWER]


# python lab.py fresh


def test_fresh_without_words_lists_what_is_newer_as_often_as_it_is_asked(student):
    assert student.types("fresh") == [NOTHING_NEWER]
    student.writes(DISTANCE)
    student.gets(DISTANCE)
    assert student.starts() == student.types("fresh") == student.types("fresh") == [NEWER_03]
    assert student.has() == PAGES


def test_fresh_puts_the_newer_version_beside_and_then_nothing_is_told_until_the_next(student):
    wrote = student.writes(DISTANCE)
    newer = student.gets(DISTANCE)
    assert student.types("fresh", "03") == [
        "The course's version lies beside yours: my_lessons/03_distance (new).ipynb"
    ]
    assert student.types("fresh", "03") == [
        "It lies beside yours already: my_lessons/03_distance (new).ipynb"
    ]
    assert student.reads(DISTANCE) == wrote
    assert student.reads("03_distance (new).ipynb") == newer
    assert len(student.has()) == len(PAGES) + 1
    assert student.starts() == []
    assert student.types("fresh") == [NOTHING_NEWER]
    student.gets(DISTANCE, text="third version")
    assert student.starts() == [NEWER_03]
    assert student.reads("03_distance (new).ipynb") == newer


def test_the_new_page_sorts_beside_the_old_one(student):
    student.writes(PHOTO)
    student.types("fresh", "1")
    for order in (sorted, lambda names: sorted(names, key=str.casefold)):
        assert ("01_a_photo (new).ipynb", PHOTO) in pairwise(order(student.has()))


def test_fresh_never_overwrites_a_file_but_counts_on(student):
    wrote = [student.writes(DISTANCE), student.writes("03_distance (new).ipynb", "mine too")]
    (student.mine / "03_distance (new 2).ipynb").mkdir()
    newer = student.gets(DISTANCE)
    (said,) = student.types("fresh", "03")
    assert said.endswith("my_lessons/03_distance (new 3).ipynb")
    assert student.reads("03_distance (new 3).ipynb") == newer
    assert [student.reads(DISTANCE), student.reads("03_distance (new).ipynb")] == wrote


def test_a_student_who_wants_to_begin_again_gets_a_fresh_page_of_the_same_version(student):
    wrote = student.writes(DISTANCE, "all wrong")
    student.types("fresh", "03")
    assert student.reads("03_distance (new).ipynb") == (student.course / DISTANCE).read_bytes()
    assert student.reads(DISTANCE) == wrote
    assert student.starts() == []


def test_a_new_page_renamed_over_the_old_one_is_kept_up_to_date_again(student):
    student.writes(DISTANCE)
    student.gets(DISTANCE)
    student.types("fresh", "03")
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
    for name in (PHOTO, DISTANCE):
        student.writes(name)
    assert len(student.types("fresh", "03", "01", "distance")) == 2
    assert set(student.has()) - set(PAGES) == {"01_a_photo (new).ipynb", "03_distance (new).ipynb"}


@pytest.mark.parametrize(
    "word", ["13", "03b", "distances", "", "--all", "../lab", "\N{SUPERSCRIPT TWO}"]
)
def test_a_lesson_that_does_not_exist(student, word):
    (said,) = student.types("fresh", "03", word, status=1)
    assert said.startswith(f"There is no lesson {word}: the lessons are 00_start_here, ")
    assert student.has() == PAGES


def test_fresh_of_a_page_that_was_not_touched_or_is_not_there_puts_it_in_its_place(newcomer):
    put, same = (
        "The course's version is now in my_lessons/01_a_photo.ipynb.",
        "Your my_lessons/01_a_photo.ipynb is the newest version, just as it came.",
    )
    assert newcomer.types("fresh", "01") == [put]
    assert newcomer.types("fresh", "01") == [same]
    newer = newcomer.gets(PHOTO)
    assert newcomer.types("fresh", "01") == [put]
    assert newcomer.has() == [PHOTO]
    assert newcomer.reads(PHOTO) == newer
    assert not newcomer.opened
    assert newcomer.starts() == ["New in my_lessons: 00_start_here, 02_tint and 03_distance."]


# Deleted, renamed, removed


def test_a_deleted_page_is_handed_out_again_and_one_line_says_so(student):
    student.writes(DISTANCE)
    (student.mine / DISTANCE).unlink()
    assert student.starts() == ["No longer in my_lessons, so handed out again: 03_distance."]
    assert student.reads(DISTANCE) == (student.course / DISTANCE).read_bytes()
    assert student.starts() == []


def test_a_deleted_folder_is_a_new_beginning(student):
    shutil.rmtree(student.mine)
    (said,) = student.starts()
    assert said.startswith("Your own lessons are in my_lessons")
    assert student.has() == PAGES


def test_a_renamed_page_is_the_students_own(student):
    wrote = student.writes(DISTANCE)
    os.replace(student.mine / DISTANCE, student.mine / "03_mine.ipynb")
    assert student.starts() == ["No longer in my_lessons, so handed out again: 03_distance."]
    student.gets(DISTANCE)
    student.starts()
    student.types("fresh", "03")
    assert student.reads("03_mine.ipynb") == wrote


@pytest.mark.parametrize("touched", [True, False])
def test_a_page_that_left_the_course_stays(student, touched):
    kept = student.writes(DISTANCE) if touched else student.reads(DISTANCE)
    os.replace(student.course / DISTANCE, student.course / "03_how_far.ipynb")
    assert student.starts() == ["New in my_lessons: 03_how_far."]
    assert student.reads(DISTANCE) == kept
    assert student.starts() == []


def test_files_of_the_students_own_are_nobodys_business(student):
    own = ("notes.txt", "Untitled.ipynb", "my photo.jpg")
    for name in own:
        (student.mine / name).write_bytes(b"mine")
    student.gets(*PAGES)
    student.starts()
    student.types("fresh", "0", "1", "2", "3")
    assert {student.reads(name) for name in own} == {b"mine"}


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
    assert student.reads(DISTANCE) == newer  # what git gave, to the byte
    student.lab.RECORD.unlink()
    (student.mine / PHOTO).write_bytes(windows[PHOTO])
    assert student.starts() == []


# The record


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
        seal = (re.findall('"seal": ".*"', record.read_text()) or ['"seal": ""'])[0]
        pages = {
            name: {"handed_out": hashlib.sha256(student.reads(name)).hexdigest()}
            for name in student.has()
        }
        record.write_text(f'{{"pages": {json.dumps(pages)}, {seal}}}')
    else:
        record.write_bytes(how)


DAMAGES = ["lost", "a folder", "cut short", "hand-edited", b"", b"[]", b"{}", b"null", b"\xff\xfe"]
DAMAGES += [b'{"pages": [], "seal": ""}', b"[" * 100_000, b'{"pages": {"a": 1}, "seal": 1}']


@pytest.mark.parametrize("how", DAMAGES, ids=[str(how)[:30] for how in DAMAGES])
def test_a_lost_broken_or_hand_edited_record_never_leads_to_overwriting(student, how):
    wrote = student.writes(DISTANCE)
    newer = student.gets(PHOTO, DISTANCE)  # one not touched, but nobody can know that now
    old = student.reads(PHOTO)
    damaged(student, how)
    assert student.starts()[0] == (
        "There may be a newer version of 01_a_photo and 03_distance (which one yours began as is "
        "not known): yours stays as it is, and python lab.py fresh 01 03 puts the course's beside "
        "it."
    )
    assert student.reads(DISTANCE) == wrote
    assert student.reads(PHOTO) == old
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
    """It is written as it was then: pages, their hashes, and a seal over both."""
    cells = [{"cell_type": "markdown", "source": ["03_distance.ipynb, first version"]}]
    given = hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()
    pages = {DISTANCE: {"handed_out": given}}
    seal = hashlib.sha256(json.dumps(pages, sort_keys=True).encode()).hexdigest()
    student.lab.RECORD.write_text(json.dumps({"pages": pages, "seal": seal}))
    newer = student.gets(DISTANCE)
    student.starts()
    assert student.reads(DISTANCE) == newer


def test_pages_that_were_there_before_lab_py_are_the_students_own(newcomer):
    newcomer.mine.mkdir()
    wrote = newcomer.writes(DISTANCE)
    said = newcomer.starts()
    assert said[0] == "New in my_lessons: 00_start_here, 01_a_photo and 02_tint."
    assert newcomer.reads(DISTANCE) == wrote


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
    kept = elsewhere.read_bytes()
    assert student.starts() == []
    newer = student.gets(DISTANCE)
    assert student.starts() == [NEWER_03]
    assert student.starts() == []
    student.types("fresh", "03")
    assert student.reads("03_distance (new).ipynb") == newer
    assert (student.mine / DISTANCE).is_symlink()
    assert elsewhere.read_bytes() == kept


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
    wrote = student.writes(DISTANCE)
    newer = student.gets(PHOTO)
    before = {path.name: path.read_bytes() for path in student.mine.iterdir()}
    with monkeypatch.context() as patch:
        place = student.lab if step == "open" else os
        patch.setattr(place, step.removeprefix("os."), refusing(error), raising=False)
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
    assert student.reads(DISTANCE) == wrote


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
        patch.setattr(os, "fsync", lambda file: student.writes(DISTANCE, "saved just now"))
        (said,) = student.starts()
    assert "saved by another program just now" in said
    assert student.reads(DISTANCE) == page("saved just now")
    assert student.starts() == [NEWER_03]


# Whole histories


@pytest.mark.parametrize("seed", range(40))
def test_in_any_history_nothing_that_the_student_wrote_is_lost(student, monkeypatch, seed):
    monkeypatch.setattr(os, "fsync", lambda file: None)
    chance = random.Random(seed)
    deeds = "write write course course delete rename start fresh".split()
    deeds += ["damage"] * (seed % 2)
    wrote = {}  # what the student wrote and has not deleted, by name
    sound = True  # is the record as lab.py left it?
    for step in range(40):
        name = chance.choice(PAGES)
        deed = chance.choice(deeds)
        if deed == "write" and (student.mine / name).exists():
            wrote[name] = student.writes(name, f"step {step}")
        elif deed == "course":
            student.gets(name, text=f"version {chance.randrange(3)}")
        elif deed == "delete":
            (student.mine / name).unlink(missing_ok=True)
            wrote.pop(name, None)
        elif deed == "rename" and (student.mine / name).exists():
            other = f"mine {step}.ipynb"
            wrote[other] = student.reads(name)
            os.replace(student.mine / name, student.mine / other)
            wrote.pop(name, None)
        elif deed == "damage" and student.lab.RECORD.exists():
            damaged(student, chance.choice(["lost", "cut short", "hand-edited", b"{}"]))
            sound = False
        elif deed == "fresh":
            student.types("fresh", name[:2])
        elif deed == "start":
            student.starts()
            assert set(PAGES) <= set(student.has())
            for other in PAGES:
                if sound and other not in wrote:
                    assert student.reads(other) == (student.course / other).read_bytes()
        for other, text in wrote.items():
            assert student.reads(other) == text


# git pull


@pytest.fixture
def git(monkeypatch):
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "A Teacher")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "teacher@example.org")

    def git(folder, *words):
        asked = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True)
        assert asked.returncode == 0, asked.stderr
        return asked.stdout

    return git


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
    assert (b"\r\n" in student.reads(DISTANCE)) == bool(windows)
    wrote = student.writes(DISTANCE)
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
    newer = (folder / "notebooks" / DISTANCE).read_bytes()
    assert student.reads("03_distance (new).ipynb") == student.reads(PHOTO) == newer
    assert student.reads(DISTANCE) == wrote
    assert git(folder, "status", "--porcelain") == ""
    git(folder, "pull", "--quiet", "--ff-only")
    assert student.starts() == []
