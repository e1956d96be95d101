"""How far is everyone? A row for each student, a column for each exercise.

    python tools/progress.py ../class/submitted              a table
    python tools/progress.py handed_in --csv progress.csv    and a spreadsheet

The folder holds what students handed in: ``STUDENT/LESSON/page.ipynb`` as nbgrader wants it,
``STUDENT/page.ipynb``, or all pages in one heap, ``STUDENT_page.ipynb``. Each page is run as it
is when nbgrader grades it, and its checks are asked what they found; no file in which a student
keeps an account is read. A page that can't be read or run to its end is told in one sentence,
and the others go on. It runs what students wrote: see SECURITY.md.
"""

import argparse
import ast
import csv
import io
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from build import COURSE, sources
from tqdm import tqdm

from helpers import doors, images
from helpers.checks import CHECKS

# What a check finds, from the best to the worst, and its sign in the table.
SIGNS = {"right": "x", "almost": "~", "not yet": "-", "not judged": "?", "not written": "."}
STATES = list(SIGNS)
ALL = list(CHECKS)
# What lies in a folder and nobody has written: saved before, packed along by a Mac, worked out.
NOT_THEIRS = re.compile(r"\.|__MACOSX$|solutions$")
# In the kernel of a page: what the latest check of each function found.
FOUND = "{n: r.state for n, r in __import__('sys').modules['helpers.checks.run']._latest.items()}"
# A check that was deleted is made up for; what has been checked may be the course's by now.
CHECK = """
from helpers.checks import run as _run
_run._latest[{0!r}] = _run.CHECKS[{0!r}](globals().get({0!r}))
"""


class RunAndAsk(COURSE["RunWhatRuns"]):
    """Runs a page as in grading, and asks what its checks find, each fresh from the course."""

    def preprocess(self, page, resources, **settings):
        self.states = {}
        return super().preprocess(page, resources, **settings)

    def preprocess_cell(self, cell, resources, index):
        if "check(" in cell.source:
            cell.metadata["nbgrader"] = {"grade": True}
        done = super().preprocess_cell(cell, resources, index)
        if index == len(self.nb.cells) - 1:
            text = "\n".join(c.source for c in self.nb.cells if c.cell_type == "code")
            written = set(re.findall(r"^def (\w+)\(", text, re.MULTILINE)) & CHECKS.keys()
            self.run_unseen(COURSE["COURSES_OWN"])
            for name in written - self.states.keys():
                self.run_unseen(CHECK.format(name))
            self.run_unseen(COURSE["PAGES_OWN"])
        return done

    def run_unseen(self, code):
        if code == COURSE["PAGES_OWN"]:  # the course's own checks are still there
            self.ask()
        super().run_unseen(code)

    def ask(self):
        """Add what the kernel's checks have found so far."""
        asked = self.kc.execute("", silent=True, user_expressions={"found": FOUND})
        answer = self.wait_for_reply(asked)["content"]["user_expressions"]["found"]
        if answer["status"] == "ok":
            found = ast.literal_eval(answer["data"]["text/plain"])
            for name, state in found.items():
                # Where it was checked before, the course's version may stand in its place by now.
                if state in SIGNS and (state != "not written" or name not in self.states):
                    self.states[name] = state


def student_of(path, folder):
    """Whose page this is: the folder it lies in, or what its name has beside the lesson's."""
    first, *rest = path.relative_to(folder).parts
    if rest:
        return _in_letters(first)
    lessons = "|".join(source.stem for source in sources())
    name = re.sub(rf"({lessons})(-\d+)?|\(\d+\)", "", path.stem, flags=re.IGNORECASE)
    return _in_letters(name.strip(" _-.,") or folder.resolve().name)


def _in_letters(name):
    """A name as a terminal can show it in one line, whatever its bytes are."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


def handed_in(folder):
    """The pages in a folder, and the students who have a folder there and no page in it."""
    paths = [path.relative_to(folder) for path in folder.rglob("*")]
    paths = [path for path in paths if not any(map(NOT_THEIRS.match, path.parts))]
    pages = [p for p in paths if p.suffix.lower() == ".ipynb" and not (folder / p).is_dir()]
    with_pages = {page.parts[0] for page in pages}
    folders = [p.name for p in paths if len(p.parts) == 1 and (folder / p).is_dir()]
    without = [_in_letters(name) for name in folders if name not in with_pages]
    return [folder / page for page in sorted(pages)], sorted(without)


def examined(path, student):
    """Name of an exercise -> what its check found on a page; and what has to be said."""
    try:
        page = COURSE["read_page"](path.read_bytes())
    except Exception:  # a file may hold anything
        return {}, [f"{student}, {path.name}: this is no page that can be read: ask for it again."]
    for number, cell in enumerate(page.cells):
        cell.id = f"cell-{number}"  # a copy bears the id of what it was copied from
    runner = RunAndAsk()
    runner.log.setLevel("ERROR")  # of what it warns, a sentence tells at the end
    about = {"student": student, "notebook": path.name}
    try:
        runner.preprocess(page, {"metadata": {"path": str(path.parent)}, "nbgrader": about})
    except Exception as error:  # no kernel, no room on the disk: the other pages go on
        reason = " ".join(str(error).split())[:200]
        return runner.states, [f"{student}, {path.name}: it can't be run here ({reason})."]
    return runner.states, []


def progress(folder, jobs=2):
    """Student -> name of an exercise -> state, the best of all pages; and sentences."""
    pages, without = handed_in(folder)
    students = [student_of(page, folder) for page in pages]
    found = {student: {} for student in sorted([*students, *without])} if pages else {}
    said = [f"{student}: there is a folder, and no page (.ipynb) in it." for student in without]
    with ThreadPoolExecutor(jobs) as pool:
        results = tqdm(pool.map(examined, pages, students), total=len(pages), unit="page")
        for student, (states, sentences) in zip(students, results, strict=True):
            for name, state in states.items():
                best = min(state, found[student].get(name, state), key=STATES.index)
                found[student][name] = best
            said += sentences
    said += COURSE["TOLD"]  # where a cell ended the kernel, or showed too much
    COURSE["TOLD"].clear()
    return found, said


def table(found):
    """The table in letters, with a key."""
    wide = max([len(student) for student in found], default=0)
    lines = [f"{'':{wide}} " + "".join(f"{n:3}" for n in range(1, len(ALL) + 1)) + "  right"]
    for student, states in found.items():
        signs = "".join(f"{SIGNS.get(states.get(name), ''):>3}" for name in ALL)
        right = list(states.values()).count("right")
        lines.append(f"{student:{wide}} {signs}  {right:2} of {len(ALL)}")
    key = ", ".join(f"{sign} {state}" for state, sign in SIGNS.items())
    names = ", ".join(f"{n} {name}" for n, name in enumerate(ALL, 1))
    return "\n".join([*lines, "", f"{key}, nothing: not on a page that came.", f"{names}."])


def spreadsheet(found):
    """The table as the bytes of a file of comma-separated values, which any spreadsheet opens."""
    file = io.StringIO(newline="")
    rows = csv.writer(file)
    rows.writerow(["student", *ALL, "right"])
    for student, states in found.items():
        right = list(states.values()).count("right")
        # A spreadsheet takes what begins so for a formula, and runs it.
        student = f"'{student}" if student.startswith(("=", "+", "-", "@")) else student
        rows.writerow([student, *(states.get(name, "") for name in ALL), right])
    return file.getvalue().encode("utf-8-sig")


def main(arguments=None):
    """Run the pages, print the table, and write the spreadsheet if one is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="what students handed in")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write a spreadsheet, too")
    parser.add_argument("--jobs", type=int, default=2, help="pages at a time (default: 2)")
    asked = parser.parse_args(arguments)
    if asked.jobs < 1:
        parser.error(f"--jobs {asked.jobs} would run no page: take 1 or more")
    if not asked.folder.is_dir():
        parser.error(f"there is no folder {asked.folder}; name the one with what was handed in")
    if asked.csv:
        try:  # before the pages have run for minutes
            doors.place(asked.csv, overwrite=True)
        except (OSError, ValueError) as error:
            parser.error(str(error))
    found, said = progress(asked.folder, asked.jobs)
    if not found:
        parser.error(f"{asked.folder} holds no page (.ipynb); name the folder with those handed in")
    print(table(found))
    for sentence in said:
        print(sentence)
    if asked.csv:
        images.save_files({asked.csv: spreadsheet(found)}, overwrite=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
