"""Ways in which pages of lesson 02 come back broken: name -> what is done to the page.

Every function changes a page with all answers right; ``POINTS`` says what it still deserves, of 4
points, and ``BY_HAND`` which of them a person has to grade.
"""

import copy

import nbformat
from grading import mark
from lessons import build

LESSON = "02_broadcasting"


def cell(page, name):
    """The first cell with this mark, and where it stands."""
    return next((n, c) for n, c in enumerate(page.cells) if mark(c).get("grade_id") == name)


def empty(name):
    """What the cell of an exercise holds before anything is written."""
    [source] = [s for s in build.sources() if s.stem == LESSON]
    return cell(build.edition(source, "student"), name)[1].source


def copied_below(page):
    at, tint = cell(page, "tint")
    page.cells.insert(at + 1, copy.deepcopy(tint))


def tried_first(page):
    at, tint = cell(page, "tint")
    page.cells.insert(at, copy.deepcopy(tint))
    page.cells[at].source = "def tint(image, color):\n    return image + color"


def empty_copy_below(page):
    at, tint = cell(page, "tint")
    page.cells.insert(at + 1, copy.deepcopy(tint))
    page.cells[at + 1].source = empty("tint")


def split_in_two(page):
    at, tint = cell(page, "tint")
    page.cells.insert(at, copy.deepcopy(tint))
    page.cells[at].source = "from helpers import color as mixer"


def check_copied(page):
    at, check = cell(page, "check_tint")
    page.cells.insert(at + 1, copy.deepcopy(check))


def exercise_copied_and_mended(page):
    at, check = cell(page, "check_tint")
    page.cells[at + 1 : at + 1] = [copy.deepcopy(cell(page, "tint")[1]), copy.deepcopy(check)]
    cell(page, "tint")[1].source = "def tint(image, color):\n    return image + color"


def answer_gone(page):
    del page.cells[cell(page, "tint")[0]]


def imports_gone(page):
    """With them, the function check: nobody can judge."""
    del page.cells[next(n for n, c in enumerate(page.cells) if "import check" in c.source)]


def check_gone(page):
    del page.cells[cell(page, "check_tint")[0]]


def both_gone(page):
    answer_gone(page)
    check_gone(page)


def answer_is_text(page):
    at, tint = cell(page, "tint")
    page.cells[at] = nbformat.v4.new_markdown_cell(tint.source, metadata=tint.metadata)


def answer_is_raw(page):
    at, tint = cell(page, "tint")
    page.cells[at] = nbformat.v4.new_raw_cell(tint.source, metadata=tint.metadata)


def check_is_text(page):
    at, check = cell(page, "check_tint")
    page.cells[at] = nbformat.v4.new_markdown_cell(check.source, metadata=check.metadata)


def answer_at_the_end(page):
    page.cells.append(page.cells.pop(cell(page, "tint")[0]))


def written_elsewhere(page):
    """In a cell of their own, and the empty one stays where it was."""
    at, tint = cell(page, "tint")
    page.cells.insert(at, nbformat.v4.new_code_cell(tint.source))
    tint.source = empty("tint")


def written_into_the_check(page):
    _, check = cell(page, "check_tint")
    _, tint = cell(page, "tint")
    check.source = f"{tint.source}\n{check.source}"
    tint.source = empty("tint")


def answered_in_another_cell(page):
    """Two answers in the cell of the first, and the second cell as it was."""
    _, tint = cell(page, "tint")
    _, gray = cell(page, "to_gray")
    tint.source += f"\n\n\n{gray.source}"
    gray.source = empty("to_gray")


def cell_taken_for_another(page):
    """The first exercise's cell was copied, and the second function written into the copy."""
    at, gray = cell(page, "to_gray")
    page.cells.insert(at, copy.deepcopy(cell(page, "tint")[1]))
    page.cells[at].source = gray.source
    gray.source = empty("to_gray")


def check_says_right(page):
    _, check = cell(page, "check_tint")
    check.source = "print('right')"
    cell(page, "tint")[1].source = "def tint(image, color):\n    return image"


def more_points(page):
    mark(cell(page, "check_tint")[1])["points"] = 100


def no_marks(page):
    for each in page.cells:
        each.metadata.pop("nbgrader", None)


def odd_marks(page):
    mark(cell(page, "to_gray")[1]).pop("schema_version")
    mark(cell(page, "tint")[1])["schema_version"] = 99
    page.cells[0].metadata["nbgrader"] = {"grade_id": ["tint"]}
    page.cells[1].metadata["nbgrader"] = "mine"
    page.cells[2].metadata["nbgrader"] = {"grade_id": "tint2", "grade": True, "points": 5}


def cells_alike(page):
    for each in page.cells:
        each.id = "same"


def unlocked(page):
    for each in page.cells:
        if mark(each):
            mark(each)["locked"] = False


def foreign_kernel(page):
    page.metadata = {"kernelspec": {"name": "ir", "language": "R", "display_name": "R"}}


def kernel_of_conda(page):
    page.metadata["kernelspec"]["name"] = "conda-env-x-py"


def nothing_left(page):
    page.cells = []


def another_lesson(page):
    page.cells = build.edition(build.SOURCES / "03_distance.md", "student").cells


def of_an_old_release(page):
    old = build.read(build.ROOT / "tests" / "pages_50729ed" / f"{LESSON}.md")
    answers = {mark(c)["grade_id"]: c.source for c in page.cells if mark(c).get("solution")}
    for each in old.cells:
        if mark(each).get("solution"):
            each.source = answers[mark(each)["grade_id"]]
    no_marks(old)
    page.cells = old.cells


# What needs no word; what a person has to grade; and of the others, which don't deserve all points.
HARMLESS = (imports_gone, more_points, cells_alike, unlocked, foreign_kernel, kernel_of_conda)
BY_HAND = (nothing_left, another_lesson)
POINTS = {answer_gone: 3, both_gone: 3, check_says_right: 3}
NO_WAYS = {"cell", "empty", "mark"}
WAYS = [way for name, way in list(globals().items()) if callable(way) and name not in NO_WAYS]

# --- Files ---------------------------------------------------------------------------------


def ends_the_kernel(page):
    page.cells.insert(cell(page, "to_gray")[0], nbformat.v4.new_code_cell("import os\nos._exit(1)"))


def silences_the_page(page):
    text = "get_ipython().input_transformers_cleanup.append(lambda lines: [])"
    page.cells.insert(cell(page, "to_gray")[0], nbformat.v4.new_code_cell(text))


def has_a_check_of_its_own(page):
    text = "def check(number):\n    print(number)"
    page.cells.insert(cell(page, "tint")[0], nbformat.v4.new_code_cell(text))


def changes_the_checks(page):
    """As somebody may who looks for a way to pass, or tries things out."""
    text = """
import helpers.checks.run as run
from helpers.checks import CHECKS, CheckResult

run.require = run._not_written = lambda *given: None
run.examine = lambda name, function: CheckResult(True, "Tried on nothing.", "right")
CHECKS.update((name, lambda function: run.examine("", function)) for name in CHECKS)
CheckResult.passed = property(lambda result: True)
open("helpers.py", "w").close()
"""
    page.cells.insert(cell(page, "tint")[0], nbformat.v4.new_code_cell(text))
    cell(page, "to_gray")[1].source = "from helpers.color import to_gray"


def removes_the_folders_around(page):
    text = """
import shutil
for folder in (".", "..", "../..", "../../.."):
    shutil.rmtree(folder, ignore_errors=True)
"""
    page.cells.insert(cell(page, "to_gray")[0], nbformat.v4.new_code_cell(text))


def prints_without_end(page):
    text = "while True:\n    print('red', 'green', 'blue')"
    page.cells.insert(cell(page, "to_gray")[0], nbformat.v4.new_code_cell(text))


def in_format_3(text):
    return nbformat.writes(nbformat.reads(text, as_version=4), version=3).encode()


FILES = {
    "as_it_is": str.encode,
    "with_a_mark": lambda text: text.encode("utf-8-sig"),
    "utf_16": lambda text: text.encode("utf-16"),
    "ansi": lambda text: text.encode("cp1252", errors="replace"),
    "format_3": in_format_3,
    "format_4_0": lambda text: text.replace('"nbformat_minor": 5', '"nbformat_minor": 0').encode(),
    "cut_off": lambda text: text.encode()[:9000],
    "no_bytes": lambda text: b"",
    "spaces": lambda text: b"  \n",
    "a_web_page": lambda text: b"<!DOCTYPE html><html></html>",
    "a_list": lambda text: b"[]",
    "an_object": lambda text: b"{}",
    "bytes": lambda text: bytes(range(256)),
}
UNREADABLE = ("cut_off", "no_bytes", "spaces", "a_web_page", "a_list", "an_object", "bytes")

# A class: student -> what became of the page, how the file was saved, the points that it deserves,
# how much of the points a person has to give, and a part of the sentence about it.
CLASS = {
    "ann": (copied_below, "as_it_is", 4, "tint has 2 cells"),
    "bob": (check_gone, "as_it_is", 4, "check_tint was gone"),
    "cem": (answer_is_text, "format_3", 4, "tint was markdown"),
    "dora": (foreign_kernel, "with_a_mark", 4, None),
    "eve": (of_an_old_release, "as_it_is", 4, "check_tint was gone"),
    "finn": (cells_alike, "cut_off", None, "ends in the middle"),
    "gus": (cells_alike, "no_bytes", None, "is empty"),
    "hal": (another_lesson, "as_it_is", None, "nothing of this lesson"),
    "gwen (1)": (cells_alike, "as_it_is", 4, "the file was called"),
    "ida": (ends_the_kernel, "as_it_is", None, "ended the kernel"),
    "kim": (imports_gone, "as_it_is", None, None),
    "lea": (silences_the_page, "as_it_is", None, None),
    "max": (has_a_check_of_its_own, "as_it_is", 4, None),
    "jo": (exercise_copied_and_mended, "as_it_is", 4, "check_tint was there 2 times"),
    "ned": (prints_without_end, "as_it_is", 4, "was stopped"),
    "oli": (changes_the_checks, "as_it_is", 3, None),
    "zoe": (removes_the_folders_around, "as_it_is", 4, None),
}
