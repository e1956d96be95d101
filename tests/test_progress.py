"""How far is everyone: the instructor's table over what students handed in."""

import csv
import json
import re
import sys
from pathlib import Path

import nbformat
import pytest

pytest.importorskip("nbgrader", reason="Pages are run as nbgrader runs them.")

from grading import WRONG, answers, written  # noqa: E402
from lessons import ROOT, build  # noqa: E402

sys.path.insert(0, str(ROOT / "tools"))

import progress  # noqa: E402

LESSON = "02_broadcasting"
SOURCE = build.SOURCES / f"{LESSON}.md"
ALL_THREE = ["tint", "to_gray", "all_differences"]


def handed_in(texts, change=lambda page: None):
    """A page of the lesson with these answers in it, as the bytes of a file."""
    page = written(build.edition(SOURCE, "student"), texts)
    change(page)
    return nbformat.writes(page).encode()


def end_the_kernel(page):
    """A cell after the check of `tint` ends the kernel."""
    place = next(n for n, cell in enumerate(page.cells) if "check(" in cell.source)
    page.cells.insert(place + 1, nbformat.v4.new_code_cell("import os\nos._exit(1)"))


def drop_the_checks(page):
    """All checks are deleted, and a file of progress is claimed."""
    page.cells = [cell for cell in page.cells if "= check(" not in cell.source]


def check_twice(page):
    """The check of `tint` was copied: when the second one runs, the course's stands in."""
    place = next(n for n, cell in enumerate(page.cells) if "check(" in cell.source)
    page.cells.insert(place + 1, nbformat.from_dict(page.cells[place] | {"id": "again"}))


def claim(page):
    """Somebody writes into the checks of the page."""
    page.cells.append(nbformat.v4.new_code_cell(
        "from helpers.checks import CheckResult, run\n"
        "run._latest['psnr'] = run._latest['to_gray'] = CheckResult(True, '', 'right')"
    ))  # fmt: skip


@pytest.fixture(scope="module")
def class_of_seven(tmp_path_factory):
    """A folder as nbgrader wants it: what is found in it, and what is said."""
    folder = tmp_path_factory.mktemp("class") / "submitted"
    right = answers(SOURCE)
    for student, data in {
        "ann": handed_in(right),
        "bob": handed_in({"tint": right["tint"], "to_gray": WRONG["to_gray"]}),
        "cas": handed_in(right)[:5000],
        "dot": handed_in(right, end_the_kernel),
        "eve": handed_in(right, drop_the_checks),
        "fay": handed_in({"tint": "def tint(image, color):\n    return image"}, check_twice),
        "gus": handed_in({"to_gray": WRONG["to_gray"]}, claim),
    }.items():
        page = folder / student / LESSON / f"{LESSON}.ipynb"
        page.parent.mkdir(parents=True)
        page.write_bytes(data)
    (page.parent / "my_progress.json").write_text(json.dumps({"psnr": "right"}), encoding="utf-8")
    return progress.progress(folder)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("student", "states"),
    [
        ("ann", dict.fromkeys(ALL_THREE, "right")),
        ("bob", {"tint": "right", "to_gray": "not yet", "all_differences": "not written"}),
        ("cas", {}),
        ("dot", {"tint": "right"}),
        ("eve", dict.fromkeys(ALL_THREE, "right")),
        ("gus", {"tint": "not written", "to_gray": "not yet", "all_differences": "not written"}),
        ("fay", {"tint": "not yet", "to_gray": "not written", "all_differences": "not written"}),
    ],
)
def test_each_student_is_as_far_as_the_checks_say(class_of_seven, student, states):
    found, _ = class_of_seven
    assert found[student] == states


@pytest.mark.slow
def test_a_page_that_cant_be_read_or_run_is_told_in_one_sentence(class_of_seven):
    _, said = class_of_seven
    assert [words.split(":")[0].split(",")[0] for words in said] == ["cas", "dot"]
    assert "no page that can be read" in said[0]
    assert "a cell ended the kernel" in said[1]


# --- Where pages lie ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("ann/02_broadcasting/02_broadcasting.ipynb", "ann"),
        ("ann/02_broadcasting (1).ipynb", "ann"),
        ("Ann Lee_02_broadcasting.ipynb", "Ann Lee"),
        ("02_broadcasting - Ann Lee (2).ipynb", "Ann Lee"),
        ("05b_a_palette_of_its_own_bob.ipynb", "bob"),
        ("05_kmeans_by_hand.ipynb", "Zoë"),
        ("Lee_02_Broadcasting-1.IPYNB", "Lee"),
        ("ann\nbob\udcff/page.ipynb", "ann\\nbob\\udcff"),
    ],
)
def test_a_page_is_that_of_its_folder_or_of_the_name_beside_the_lessons(path, student):
    assert progress.student_of(Path("Zoë", path), Path("Zoë")) == student


def heap(folder, monkeypatch, states):
    """A folder of these pages, of which each is found to have these states."""
    for name in states:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("{}", encoding="utf-8")
    monkeypatch.setattr(
        progress, "examined", lambda path, _: (states[str(path.relative_to(folder))], [])
    )


@pytest.mark.parametrize(
    "path",
    [
        "bob/my_lessons/solutions/02_broadcasting.ipynb",
        "bob/.ipynb_checkpoints/02_broadcasting-checkpoint.ipynb",
        "bob/._02_broadcasting.ipynb",
        "bob/a_folder.ipynb/notes.txt",
        "bob/02_broadcasting.docx",
    ],
)
def test_what_nobody_has_written_is_no_page_and_who_has_none_is_told(tmp_path, path):
    for name in (path, "ann/02_broadcasting.ipynb", "cas/1.IPYNB", "__MACOSX/ann/1.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("no page", encoding="utf-8")
    found, said = progress.progress(tmp_path)
    assert found == {"ann": {}, "bob": {}, "cas": {}}
    assert said[0] == "bob: there is a folder, and no page (.ipynb) in it."
    assert [words.partition(",")[0] for words in said[1:]] == ["ann", "cas"]


def test_of_several_pages_the_best_state_counts(tmp_path, monkeypatch):
    pages = {
        "ann_02_broadcasting.ipynb": {"tint": "right", "to_gray": "not yet"},
        "ann_02_broadcasting (1).ipynb": {"tint": "not written", "to_gray": "almost"},
        "ann_03_distance.ipynb": {"nearest_color": "not judged"},
    }
    heap(tmp_path, monkeypatch, pages)
    found, _ = progress.progress(tmp_path)
    assert found == {"ann": {"tint": "right", "to_gray": "almost", "nearest_color": "not judged"}}


# --- What is shown --------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_student_and_a_column_for_each_exercise(
    tmp_path, monkeypatch, capsys
):
    heap(tmp_path, monkeypatch, {"bob/a.ipynb": {"negative": "almost"}, "ann/b.ipynb": {
        "negative": "right", "add_counts": "right"}})  # fmt: skip
    assert progress.main([str(tmp_path), "--csv", str(tmp_path / "all.csv")]) == 0
    head, ann, bob, _, key, names = capsys.readouterr().out.splitlines()
    assert head.split() == [*(str(n) for n in range(1, 25)), "right"]
    assert re.fullmatch(r"ann +x +x +2 of 24", ann) and ann.index("x") == head.index("1")
    assert ann.rindex("x") == head.index("24") + 1
    assert re.fullmatch(r"bob +~ +0 of 24", bob)
    assert "x right" in key and names.startswith("1 negative, 2 to_pixels")
    with open(tmp_path / "all.csv", newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["student"] for row in rows] == ["ann", "bob"]
    assert (rows[0]["add_counts"], rows[0]["tint"], rows[0]["right"]) == ("right", "", "2")
    assert len(rows[0]) == 26


def test_no_name_is_a_formula_in_the_spreadsheet():
    rows = progress.spreadsheet({"=1+1": {}, "ann": {}}).decode("utf-8-sig").splitlines()
    assert [row.partition(",")[0] for row in rows] == ["student", "'=1+1", "ann"]


def test_no_pages_at_a_time_is_refused_in_a_sentence(tmp_path, capsys):
    with pytest.raises(SystemExit):
        progress.main([str(tmp_path), "--jobs", "0"])
    assert "take 1 or more" in capsys.readouterr().err


def test_a_spreadsheet_that_cant_be_written_is_told_before_a_page_is_run(tmp_path, capsys):
    (tmp_path / "ann.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(SystemExit):
        progress.main([str(tmp_path), "--csv", str(tmp_path / "no" / "all.csv")])
    assert "There is no folder" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["nowhere", "."])
def test_a_folder_without_pages_is_told_in_a_sentence(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        progress.main([folder])
    assert re.search(
        r"error: (there is no folder|\. holds no page).*; name the", capsys.readouterr().err
    )
