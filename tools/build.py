"""Build both editions of the lessons from their sources.

    python tools/build.py             every lesson that is not up to date
    python tools/build.py 04 05       these lessons, and 05b with 05
    python tools/build.py --all       every lesson, up to date or not
    python tools/build.py --check     say which are not up to date, and build nothing
    python tools/build.py --nbgrader FOLDER [05 ...]
                                      a course folder for nbgrader, to grade with (INSTRUCTOR.md)

A source is ``notebooks/source/NN_name.md`` (MyST Markdown, read by jupytext); a letter may
follow the number, as in 05b, which comes after 05. From it come ``notebooks/NN_name.ipynb``
for students, answers cleared, and ``notebooks/solutions/NN_name.ipynb`` with the answers;
both are run, top to bottom, and saved with their outputs. nbgrader's own preprocessors
clear the answers and the hidden tests; its marks on the cells stay, so that what a student
hands in can be graded. Answers to the open problems at a page's end stand in cells with the
tag ``on-your-own``, which nbgrader does not know: students get the first line, a comment.
"""

import argparse
import hashlib
import os
import runpy
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import jupytext
import nbformat
from addresses import WHEEL
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError
from nbformat.v4 import new_code_cell
from nbgrader.preprocessors import ClearHiddenTests, ClearSolutions
from tqdm import tqdm
from traitlets.config import Config

from helpers import images

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
SOURCES = NOTEBOOKS / "source"
EDITIONS = {"student": NOTEBOOKS, "worked": NOTEBOOKS / "solutions"}

# Without a check: an appendix that asks nothing, and a project that people read.
WITHOUT_CHECKS = ("08b_the_engine_room", "12_your_photo")

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# The settings of a course folder say how answers are cleared; they run no nbgrader here.
COURSE_CONFIG = ROOT / "tools" / "nbgrader_config.py"
COURSE = runpy.run_path(str(COURSE_CONFIG), {"get_config": Config})
METADATA, STUB = COURSE["METADATA"], COURSE["c"].ClearSolutions.code_stub["python"]
SETTINGS = Config(
    ClearSolutions={"code_stub": {"python": STUB}, "enforce_metadata": False},
    ClearHiddenTests={"enforce_metadata": False},
)
MARKERS = ("### BEGIN SOLUTION", "### END SOLUTION")
OPEN = "on-your-own"  # the tag of a cell that answers an open problem
CELL_SECONDS = 120  # no cell of a page may take longer

# Under the title of every page, folded: where `helpers` is missing, as on Colab, it fetches it,
# and leaves the other packages as they are. `lab.py` and the site know it by its tags.
FETCH = f"""\
# @title For Colab only: fetch the course
try:
    import helpers
except ImportError:
    %pip install -q --no-deps {WHEEL}"""
FOLDED = {
    "cellView": "form",
    "jupyter": {"source_hidden": True},
    "tags": ["fetches-the-course", "remove-cell"],
}


def sources():
    """The lessons' sources, in the order of the course."""
    return sorted(SOURCES.glob("[0-9][0-9]*_*.md"))


def edition_path(source, edition):
    """Where an edition of this lesson is kept."""
    return EDITIONS[edition] / f"{source.stem}.ipynb"


def edition(source, which):
    """An edition of a lesson as it is before it has run.

    Parameters
    ----------
    source : Path
    which : {"student", "worked"}

    Returns
    -------
    nbformat.NotebookNode
    """
    notebook = read(source)
    notebook, _ = ClearHiddenTests(config=SETTINGS).preprocess(notebook, {})
    if which == "student":
        notebook, _ = ClearSolutions(config=SETTINGS).preprocess(notebook, {})
        leave_open(notebook)
    for cell in notebook.cells:
        cell.source = "\n".join(
            line for line in cell.source.splitlines() if line.strip() not in MARKERS
        )
    give_ids(notebook)
    return notebook


def read(source):
    """A source as a notebook: with answers, hidden tests, and the marks around them.

    The cell that fetches the course is put under the title here.
    """
    notebook = jupytext.read(source)
    notebook.metadata = nbformat.from_dict(METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    title = next(n for n, cell in enumerate(notebook.cells) if cell.source.startswith("# "))
    notebook.cells.insert(title + 1, new_code_cell(FETCH, metadata=nbformat.from_dict(FOLDED)))
    return notebook


def leave_open(notebook):
    """Take the answers to open problems away, in place; nbgrader never knows of them."""
    for cell in notebook.cells:
        if OPEN in cell.metadata.get("tags", []):
            cell.source = cell.source.splitlines()[0]


def give_ids(notebook):
    """Ids made from the cells' own text: the same from build to build.

    A cell keeps its id when cells before it come or go, so that the difference of two
    builds shows what has changed and nothing else.
    """
    seen = {}
    for cell in notebook.cells:
        name = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:8]
        seen[name] = seen.get(name, 0) + 1
        cell.id = name if seen[name] == 1 else f"{name}-{seen[name]}"


def execute(notebook, folder, timeout=CELL_SECONDS):
    """Run a notebook in place, from the top, as a person in that folder would.

    No cell may take longer than ``timeout`` seconds; None sets no limit.
    """
    NotebookClient(
        notebook,
        timeout=timeout,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    ).execute()
    notebook.metadata.pop("widgets", None)  # the state of views that are not kept
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            # A saved widget without its kernel shows an error; the still picture beside
            # it in the same output shows the answer.
            output.get("data", {}).pop(WIDGET_VIEW, None)
            if "traceback" in output:
                output.traceback = [
                    line.replace(f"{ROOT}{os.sep}", "") for line in output.traceback
                ]


def is_current(source, which):
    """Whether the kept edition is what the source builds, outputs aside, and has run."""
    try:
        kept = nbformat.read(edition_path(source, which), as_version=4)
        ran = all(cell.execution_count for cell in code_cells(kept))
    except Exception:  # there is none, or it is no page: cut short, merged by git, something else
        return False
    return ran and without_outputs(kept) == without_outputs(edition(source, which))


def code_cells(notebook):
    """The cells with code in them."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def without_outputs(notebook):
    """What of a notebook its source decides: cells, their ids and metadata."""
    return [(cell.id, cell.cell_type, cell.source, cell.metadata) for cell in notebook.cells]


def build(source, which):
    """Build, run and keep one edition of one lesson."""
    notebook = edition(source, which)
    path = edition_path(source, which)
    path.parent.mkdir(exist_ok=True)
    execute(notebook, path.parent)
    nbformat.validate(notebook)
    images.save_files({path: as_file(notebook)}, overwrite=True)


def as_file(notebook):
    """A notebook as the bytes of its file."""
    return f"{nbformat.writes(notebook)}\n".encode()


def write_course(folder, chosen, force=False):
    """Write a course folder from which nbgrader makes and grades assignments.

    Parameters
    ----------
    folder : Path
    chosen : list of Path
        Sources; each becomes an assignment with the name of its lesson.
    force : bool
        Replace files that are there already and differ.

    Returns
    -------
    list of Path
        Files that are there already, differ, and were left alone.
    """
    files = {folder / COURSE_CONFIG.name: COURSE_CONFIG.read_bytes()}
    for source in chosen:
        notebook = read(source)
        leave_open(notebook)
        give_ids(notebook)
        nbformat.validate(notebook)
        files[folder / "source" / source.stem / f"{source.stem}.ipynb"] = as_file(notebook)
    left_alone = []
    for path, data in files.items():
        there = path.read_bytes() if path.is_file() else None
        if there not in (None, data) and not force:
            left_alone.append(path)
        elif there != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            images.save_files({path: data}, overwrite=force)
    return left_alone


def main(arguments=None):
    """Read the command line, build what it asks for, and say what went wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("lessons", nargs="*", help="numbers of lessons; all if none is named")
    parser.add_argument("--all", action="store_true", help="also those that are up to date")
    parser.add_argument("--check", action="store_true", help="build nothing; exit with 1 if stale")
    parser.add_argument("--jobs", type=int, default=2, help="pages at a time (default: 2)")
    parser.add_argument(
        "--nbgrader", type=Path, metavar="FOLDER", help="write a course folder, build nothing else"
    )
    parser.add_argument("--force", action="store_true", help="replace files in the course folder")
    args = parser.parse_args(arguments)

    chosen = [
        path for path in sources() if not args.lessons or path.name.startswith(tuple(args.lessons))
    ]
    if not chosen:
        parser.error(f"no lesson begins with {' or '.join(args.lessons) or 'a number'}")
    if args.nbgrader:
        try:
            left_alone = write_course(args.nbgrader, chosen, args.force)
        except OSError as error:
            print(f"The course folder was not written: {error}", file=sys.stderr)
            return 1
        for path in left_alone:
            print(f"{path} is there already and differs: left alone (--force replaces it)")
        return 0
    pages = [
        (source, which)
        for source in chosen
        for which in EDITIONS
        if args.all or not is_current(source, which)
    ]
    if args.check:
        for source, which in pages:
            print(f"{source.name}: the {which} edition is not what the source builds")
        return 1 if pages else 0

    failures = 0
    with ThreadPoolExecutor(args.jobs) as pool:
        jobs = {pool.submit(build, *page): page for page in pages}
        for job in tqdm(as_completed(jobs), total=len(jobs), unit="page", disable=not jobs):
            source, which = jobs[job]
            try:
                job.result()
            except (CellExecutionError, CellTimeoutError, OSError) as error:
                failures += 1
                tqdm.write(f"{source.name}, {which} edition, was not built:\n{error}", sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
