"""What nbgrader reads in a course folder; `tools/build.py --nbgrader` puts it there.

Change it there as you like. It sees to it that a page which comes back broken costs nobody a
grade: it is read as far as it can be, put in order before it is run, and where no machine can
judge, a person is asked. What was put in order is told in one sentence for each page: in the log,
once more when the command ends, and at the top of the student's feedback.
"""

import asyncio
import atexit
import copy
import json
import re
import shutil
import tempfile
import time
import warnings
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbclient.exceptions import CellTimeoutError
from nbconvert.exporters import NotebookExporter
from nbconvert.preprocessors import ClearMetadataPreprocessor
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.api import Gradebook
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    ClearOutput,
    Execute,
    IgnorePattern,
    LimitOutput,
    NbGraderPreprocessor,
    SaveAutoGrades,
)

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# A loop may take long and be right; a page on which nothing ends must end.
CELL_SECONDS, PAGE_SECONDS, LEAST_SECONDS = 300, 900, 10
MOST_SHOWN = 5_000_000  # characters and bytes from one cell; the lessons' own have 0.8 million
TOLD = []  # a sentence for each page that was put in order
OTHER_NAMES = {}  # where a page is looked for -> where it is

# --- Reading -------------------------------------------------------------------------------


def find_page(assignment, notebooks, **_):
    """Take the only page there is, whatever it is called: browsers write "page (1).ipynb"."""
    wanted = str(Path(notebooks[0]).with_name(f"{assignment}.ipynb"))
    if len(notebooks) == 1 and notebooks[0] != wanted:
        OTHER_NAMES[wanted], notebooks[0] = notebooks[0], wanted


class ReadAnyPage(NotebookExporter):
    """Reads a page of any version and encoding; where nothing can be read, an empty one."""

    def from_filename(self, filename, **settings):
        return super().from_filename(OTHER_NAMES.get(filename, filename), **settings)

    def from_file(self, file_stream, resources=None, **settings):
        data = file_stream.buffer.read()
        try:
            page = read_page(data)
        except Exception:  # a file may hold anything
            page = new_notebook()
            kind = "ends in the middle" if data.lstrip()[:1] == b"{" else "is no notebook"
            resources["unreadable"] = kind if data.strip() else "is empty"
        return self.from_notebook_node(page, resources=resources, **settings)


def read_page(data):
    """The page that a file holds, whatever program saved it."""
    text = data.decode(json.detect_encoding(data), errors="replace")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of ids that are there twice: they are given anew
        page = nbformat.reads(text, as_version=4)
    page.metadata, page.nbformat_minor = nbformat.from_dict(METADATA), 5
    page.cells = [like(cell, cell.cell_type) for cell in page.cells]
    return page


def like(cell, cell_type):
    """A cell of this type, with the text, the metadata and the pasted pictures of another."""
    new = new_code_cell if cell_type == "code" else new_markdown_cell
    kept = (
        {"attachments": cell.attachments} if cell_type != "code" and "attachments" in cell else {}
    )
    return new(cell.source, metadata=copy.deepcopy(cell.get("metadata", {})), **kept)


# --- Putting in order ----------------------------------------------------------------------


class PutInOrder(NbGraderPreprocessor):
    """Gives a page the cells and marks that its lesson has, each once, and tells what was amiss."""

    def preprocess(self, page, resources):
        about = resources["nbgrader"]
        if "unreadable" in resources:
            said = [f"the file {resources['unreadable']}: ask for it again, or grade it by hand"]
        else:
            with Gradebook(about["db_url"]) as book:
                wanted = wanted_cells(book.find_notebook(about["notebook"], about["assignment"]))
            said = put_in_order(page, wanted)
        if resources["metadata"]["name"] != about["notebook"]:
            said.insert(0, f"the file was called {resources['metadata']['name']}.ipynb")
        if said:
            tell(self, page, resources, "; ".join(said))
        for number, cell in enumerate(page.cells):
            cell.id = f"cell-{number}"  # a copy bears the id of what it was copied from
        return page, resources


def tell(preprocessor, page, resources, words):
    """Tell in the log and on the page what became of it."""
    about = resources["nbgrader"]
    TOLD.append(f"{about['student']}, {about['notebook']}: {words}.")
    preprocessor.log.warning(TOLD[-1])
    page.cells.insert(0, new_markdown_cell(f"**Before grading:** {words}."))


@atexit.register
def tell_again():
    """Say it all at the end, when the log has scrolled away."""
    if TOLD:
        print("\nPut in order before grading:", *TOLD, sep="\n  ")


def wanted_cells(notebook):
    """Name -> the cell with marks that a lesson has, from nbgrader's database."""
    points = {cell.name: cell.max_score for cell in notebook.grade_cells + notebook.task_cells}
    grades, solutions, tasks = (
        {cell.name for cell in cells}
        for cells in (notebook.grade_cells, notebook.solution_cells, notebook.task_cells)
    )
    wanted = {}
    for cell in notebook.source_cells:
        marks = {
            "schema_version": 3,
            "grade_id": cell.name,
            "grade": cell.name in grades,
            "solution": cell.name in solutions,
            "task": cell.name in tasks,
            "locked": cell.locked,
            "cell_type": cell.cell_type,
            "checksum": cell.checksum,
        }
        if cell.name in points:
            marks["points"] = points[cell.name]
        wanted[cell.name] = like(
            nbformat.from_dict({"source": cell.source, "metadata": {"nbgrader": marks}}),
            cell.cell_type,
        )
    return wanted


def put_in_order(page, wanted):
    """Give a page the cells and marks that its lesson has, in place.

    Of several answers to an exercise the last one before its check counts, as it does when the
    page runs. Nothing that a student has written is dropped.

    Parameters
    ----------
    page : NotebookNode
    wanted : dict
        As `wanted_cells` gives it.

    Returns
    -------
    list of str
        What was amiss, and what was done.
    """
    marks = [cell.metadata.pop("nbgrader", None) for cell in page.cells]
    names = [str(mark.get("grade_id")) if isinstance(mark, dict) else "None" for mark in marks]
    marked = {name: [] for name in wanted}
    for cell, name in zip(page.cells, names, strict=True):
        marked.get(name, []).append(cell)
    written = [
        n for n, c in wanted.items() if c.metadata.nbgrader.solution or c.metadata.nbgrader.task
    ]
    if not any(marked.values()) and not any(defines(c, n) for c in page.cells for n in written):
        return ["nothing of this lesson is on the page: ask for the right one, or grade it by hand"]
    said = []
    if any(name not in (*wanted, "None") for name in names):
        said.append("marks of another page were taken off")
    checks = {
        name: one_check(page, cell, marked[name], said)
        for name, cell in wanted.items()
        if name not in written
    }
    for name in written:
        cells = possible_answers(page, name, marked)
        answer = one_answer(page, wanted[name], cells, checks.get(f"check_{name}"), said)
        if answer is not None and f"check_{name}" in checks:
            check_after(page, answer, checks[f"check_{name}"], said)
    return said


def one_check(page, wanted, cells, said):
    """Leave one check, as the lesson has it, and return it; what was written into it stays."""
    name = wanted.metadata.nbgrader.grade_id
    known = wanted.source.splitlines()
    released = re.sub(r"(?s)### BEGIN HIDDEN.*?### END HIDDEN TESTS", "", wanted.source).strip()
    if not cells:
        said.append(f"{name} was gone: it is back")
    if len(cells) > 1:
        said.append(f"{name} was there {len(cells)} times: it is there once")
    if any(c.cell_type != wanted.cell_type or c.source.strip() != released for c in cells):
        said.append(f"{name} was changed: it is as it was, and what was added stands before it")
    check = like(wanted, wanted.cell_type)
    page.cells.insert(place(page, cells[-1]) + 1 if cells else len(page.cells), check)
    for cell in cells:
        lines = [line for line in cell.source.splitlines() if line not in known]
        added = "\n".join(line for line in lines if "= check(" not in line)
        cell.source = added
        if not added.strip():
            del page.cells[place(page, cell)]
    return check


def possible_answers(page, name, marked):
    """The cells that bear an answer's mark, or define its function; not those of another one."""
    others = [other for other in marked if other != name]

    def is_one(cell):
        if cell.cell_type == "code" and defines(cell, name):
            return True
        return is_in(cell, marked[name]) and not any(defines(cell, other) for other in others)

    return [cell for cell in page.cells if is_one(cell)]


def one_answer(page, wanted, cells, check, said):
    """Leave one cell with the marks of an answer, and return it; None where there is none."""
    name = wanted.metadata.nbgrader.grade_id
    if not cells:
        by_hand = ": grade it by hand" if "points" in wanted.metadata.nbgrader else ""
        said.append(f"the cell of {name} is gone{by_hand}")
        return None
    empty = [cell for cell in cells if cell.source.strip() == wanted.source.strip()]
    before = page.cells[: place(page, check)] if check is not None else []
    best = max(  # of several that are alike in this, the last one
        reversed(cells), key=lambda c: (not is_in(c, empty), defines(c, name), is_in(c, before))
    )
    page.cells = [cell for cell in page.cells if cell is best or not is_in(cell, empty)]
    if len(cells) > 1:
        said.append(f"{name} has {len(cells)} cells: the last one written before its check counts")
    if best.cell_type != wanted.cell_type:
        said.append(f"the cell of {name} was {best.cell_type}: it is {wanted.cell_type} again")
        again = like(best, wanted.cell_type)
        best.clear()
        best.update(again)
    best.metadata.nbgrader = copy.deepcopy(wanted.metadata.nbgrader)
    return best


def check_after(page, answer, check, said):
    """Move a check that stands before its answer, so that it finds one."""
    if place(page, answer) > place(page, check):
        said.append(
            f"{check.metadata.nbgrader.grade_id} stood before its answer: it comes after it"
        )
        del page.cells[place(page, check)]
        page.cells.insert(place(page, answer) + 1, check)


def defines(cell, name):
    """Whether a function of this name is defined in a cell."""
    return re.search(rf"^def {re.escape(name)}\(", cell.source, re.MULTILINE) is not None


def place(page, cell):
    """Where a cell stands; two cells with the same text are not the same cell."""
    return next(n for n, other in enumerate(page.cells) if other is cell)


def is_in(cell, cells):
    return any(cell is other for other in cells)


# --- Running and grading -------------------------------------------------------------------


# Run before and after each check. By accident or not, the page may have changed a part of the
# course's checks, or hold files of its own with the names of the course's: the check that gives
# points comes fresh from the course, and the page then goes on with what it had.
COURSES_OWN = """
import sys as _sys
_pages_own = _sys.path[:], globals().get("check"), {
    name: _sys.modules.pop(name) for name in list(_sys.modules) if name.split(".")[0] == "helpers"
}
_sys.path[:] = [folder for folder in _sys.path if folder]
if _pages_own[1]:  # a page without its imports is a person's to judge
    from helpers.checks import check
"""
PAGES_OWN = """
_sys.path[:], check, _ = _pages_own
_sys.modules.update(_)
"""


class RunWhatRuns(Execute):
    """Runs a page cell by cell, and to its end even if a cell ends the kernel or never ends."""

    def preprocess(self, page, resources, **settings):
        end = time.monotonic() + PAGE_SECONDS
        self.timeout_func = lambda cell: int(
            max(LEAST_SECONDS, min(CELL_SECONDS, end - time.monotonic()))
        )
        self.stopped = []  # cells that showed too much
        try:
            with elsewhere(resources["metadata"]):
                page, resources = super().preprocess(page, resources, **settings)
        except (CellTimeoutError, RuntimeError):
            cells = [cell for cell in page.cells if cell.cell_type == "code"]
            started = [cell for cell in cells if cell.execution_count]
            dead = new_output("error", ename="DeadKernelError", evalue="", traceback=[])
            for cell in cells:
                if not cell.execution_count or cell is started[-1]:
                    cell.outputs.append(dead)
            words = "a cell ended the kernel, or did not end: grade by hand what comes after it"
            tell(self, page, resources, words)
        if self.stopped:
            words = f"a cell showed more than {MOST_SHOWN:,} characters, and was stopped"
            tell(self, page, resources, words)
        return page, resources

    def preprocess_cell(self, cell, resources, index):
        self.shown = 0
        if cell.cell_type != "code" or not cell.metadata.get("nbgrader", {}).get("grade"):
            return super().preprocess_cell(cell, resources, index)
        self.run_unseen(COURSES_OWN)
        done = super().preprocess_cell(cell, resources, index)
        self.run_unseen(PAGES_OWN)
        return done

    def run_unseen(self, code):
        """Run code of ours on the page, which shows nothing of it."""
        self.wait_for_reply(self.kc.execute(code, silent=True))

    def process_message(self, message, cell, index):
        """Take what a cell shows; at too much of it, stop the cell and take no more."""
        if message["msg_type"] not in ("status", "error"):
            self.shown += len(str(message["content"])) + sum(map(len, message["buffers"]))
            if self.shown > MOST_SHOWN:
                if not any(cell is stopped for stopped in self.stopped):
                    self.stopped.append(cell)
                    self.stopping = asyncio.ensure_future(self.km.interrupt_kernel())
                return None
        return super().process_message(message, cell, index)


@contextmanager
def elsewhere(about):
    """Let a page run among copies of its files: what it does to folders, it does to no other's."""
    here = about["path"]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as aside:
        about["path"] = str(Path(aside, "class", "autograded", "student", "lesson"))  # .. and ../..
        shutil.copytree(here, about["path"])
        try:
            yield
        finally:
            about["path"] = here


class AskForAGrade(SaveAutoGrades):
    """Saves the points, and asks for a grade by hand where a check could not judge.

    A check that finds an answer wrong ends in an AssertionError. Any other error says nothing of
    the answer: there was no time, the kernel had ended, `check` was never imported ... Nor does
    silence: points are for what the check has called right.
    """

    def preprocess_cell(self, cell, resources, index):
        marks, outputs = cell.metadata.get("nbgrader", {}), cell.get("outputs")
        if outputs and marks.get("grade"):  # a warning is no reason to give no points
            cell.outputs = [output for output in outputs if output.output_type == "error"]
        cell, resources = super().preprocess_cell(cell, resources, index)
        if outputs is not None and marks.get("grade"):
            right = any(said_right(output) for output in outputs)
            if any(output.ename != "AssertionError" for output in cell.outputs) or not (
                right or cell.outputs
            ):
                grade = self.gradebook.find_grade(
                    marks["grade_id"], self.notebook_id, self.assignment_id, self.student_id
                )
                grade.auto_score, grade.needs_manual_grade = None, True
                self.gradebook.db.commit()
            cell.outputs = outputs
        return cell, resources


def said_right(output):
    """Whether this is what a check shows of a right answer."""
    return output.get("data", {}).get("text/plain", "").startswith("Right.")


c = get_config()  # noqa: F821 (nbgrader hands it out)
c.CourseDirectory.course_id = "sixteen_colors"
c.ClearSolutions.code_stub = {"python": "...  # your code here"}
c.Autograde.pre_convert_hook = find_page
c.Autograde.exporter_class = ReadAnyPage
c.Autograde.sanitize_preprocessors = [ClearOutput, PutInOrder, CheckCellMetadata]
c.Autograde.autograde_preprocessors = [
    RunWhatRuns,
    IgnorePattern,
    ClearMetadataPreprocessor,
    LimitOutput,
    AskForAGrade,
    AssignLatePenalties,
    CheckCellMetadata,
]
