#!/usr/bin/env python3
"""Sixteen Colors: set up this folder, then open the lessons or run the tests.

    python lab.py             open the lessons in JupyterLab (installs once: about a minute, 450 MB)
    python lab.py open ...    the same; what follows goes to JupyterLab, such as --no-browser
    python lab.py --more      the same, after installing what lessons 09 to 11 need (scikit-learn,
                              PyTorch, Dask: once, some minutes, about 1 GB more)
    python lab.py fresh       list the pages you changed of which the course has a newer version
    python lab.py fresh 03    put the course's lesson 03 beside yours; 03 05b or a name will do too
    python lab.py pages       bring my_lessons up to date, and install and open nothing: for a
                              server that has Jupyter, and helpers, already
    python lab.py test ...    prove in five minutes that all works: ruff, then pytest; what follows
                              goes to pytest, such as -k kmeans, with paths from this folder
    python lab.py test --all  prove everything in twenty minutes: also the students' pages, all
                              wrong answers, grading, and the lessons in a browser
    python lab.py --help      show this page
    python lab.py --version   show which course this is, and which Python

You work on your own copies of the lessons, in the folder my_lessons. Each start brings new
lessons in, and newer versions of the pages that you have not changed; what you changed is never
overwritten, and what you deleted is handed out again.

Everything is installed into the folder .venv beside this file. To install anew, delete
.venv and run it again. Ctrl-C in the terminal closes JupyterLab; what that has to report
is in .venv/jupyter.log.
"""

# Even Python 2.7 must be able to read this file, so that it can say what is missing:
# no f-strings here, no type hints, and nothing imported before the version is known.
from __future__ import print_function

import sys

WINDOWS = sys.platform == "win32"
EXAMPLE = "py -3.13 lab.py" if WINDOWS else "python3.13 lab.py"


def too_old(version):
    """Return what to say to a Python of this version (a tuple), or None if it will do."""
    if tuple(version) >= (3, 11):
        return None
    return (
        "This is Python {}.{}, and the lessons need 3.11 or newer: install one from "
        "https://www.python.org/downloads/ and start with it, for example: {}"
    ).format(version[0], version[1], EXAMPLE)


if too_old(sys.version_info):
    sys.exit(too_old(sys.version_info))

import difflib
import errno
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sysconfig
import time
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path

ROOT = Path(os.path.abspath(__file__)).parent
COURSE = ROOT / "notebooks"  # the pages as the course gives them: nobody works there
MINE = ROOT / "my_lessons"  # the student's own copies, which git ignores
RECORD = MINE / ".handed_out.json"  # what was handed out; lost or doubtful, nothing is overwritten
PAGE = re.compile(r"\d\d[a-z]?_.*\.ipynb$")  # 05_kmeans_by_hand.ipynb, then 05b_...
WORKED = "solutions/"  # in the path of each page of the worked edition, seen from its folder
FETCHES = "fetches-the-course"  # the mark of the cell that others need: Colab, above all
FIRST_PAGE = "00_start_here.ipynb"
# In a cell's metadata, what a person writes, where it says more than the course does.
BY_PEOPLE, COURSES = ("tags", "slideshow"), (None, [], {}, ["raises-exception"])

VENV = ROOT / ".venv"
STAMP = VENV / "sixteen-colors.json"  # written last: without it, .venv is half-made
LOG = VENV / "jupyter.log"  # what JupyterLab reports, none of it a student's business
LOCK = ROOT / ".venv.lock"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = str(BIN / ("python.exe" if WINDOWS else "python"))
VERSION = "{}.{}".format(*sys.version_info[:2])
# Which Python .venv is for and where it stands: neither may change.
HOME = " ".join([VERSION, sys.implementation.name, sysconfig.get_platform(), str(ROOT)])

# What each level installs: the last file is what it adds to the level before.
STUDENT = ["requirements.txt"]
MORE = STUDENT + ["requirements-more.txt"]
TESTS = MORE + ["requirements-site.txt", "requirements-dev.txt"]
SHARED = ["constraints.txt", "pyproject.toml"]
WHAT = {
    "requirements.txt": "JupyterLab and friends: about a minute",
    "requirements-more.txt": "scikit-learn, PyTorch and Dask: some minutes",
    "requirements-dev.txt": "all that the lessons and the tests need: some minutes",
}
# What each file brings, by the names to import: whoever lost one gets .venv anew.
BRINGS = {
    "requirements.txt": "jupyterlab ipykernel ipywidgets anywidget numpy matplotlib PIL helpers",
    "requirements-more.txt": "sklearn torch dask",
    "requirements-dev.txt": "xdist hypothesis jupytext nbgrader",
}
# Finished wheels only: a pin too old for this Python is then refused at once, not compiled.
PINNED = ["-c", "constraints.txt", "--only-binary=:all:"]
# On Linux the plain package of PyTorch brings gigabytes that only an NVIDIA GPU can use; its
# own index has the same version for the CPU.
TORCH_FOR_CPU = ["--index-url", "https://download.pytorch.org/whl/cpu"]
TORCH_FOR_CPU += ["--retries=1", "--timeout=15", "--no-deps", "torch"]
# JupyterLab asks no question about news on top of the first lesson, and keeps the explorers in
# a saved page, so that they are there, as they were left, when it opens.
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}

# A failure is told in one sentence: what failed, and what to do about what pip, venv, or the
# system said; the first advice that fits, or the one at the end.
SET_UP = "The set-up of .venv in {root} failed ({line}): "
OPENING = "JupyterLab did not run ({line}): "
PAGES = "Not all of my_lessons could be brought up to date, but nothing of yours changed ({line}): "
AGAIN = "run the same command again"
DISK_FULL = r"No space left|not enough space|quota exceeded|Errno 28\b|WinError 112\b"
NO_SUCH_VERSION = r"No matching distribution|ResolutionImpossible|conflicting dependencies"
ADVICE = {
    DISK_FULL: "the disk is full, so free some space (.venv takes about 450 MB, with --more "
    "1.5 GB), then {again}.",
    r"No module named '?(venv|ensurepip)|apt install python\S*-venv": "on Debian or Ubuntu type "
    "sudo apt install python{version}-venv, elsewhere install Python from "
    "https://www.python.org/downloads/, then {again}.",
    r"Long Path support|WinError 206\b": "the name of the folder is too long for Windows, so move "
    "the course to a shorter one, such as C:\\colors, then {again}.",
    r"Permission denied|Access is denied|Read-only file|not permitted|Errno (1|13|30)\b|"
    r"WinError (5|32)\b": "close JupyterLab and whatever else has files open there (OneDrive, "
    "too), or move the course to a folder that is yours, then {again}.",
    r"(Errno (17|20)|WinError (183|267))\b.*my_lessons\W*(solutions)?'$": "it should be a folder, "
    "so rename what has its name, then {again}.",
    r"NewConnectionError|NameResolution|name resolution|getaddrinfo|[Cc]onnection (refused|reset|"
    r"broken|aborted)|ProxyError|SSLError|[Tt]imed out|Network is unreachable": "check the "
    "connection to the network, then {again}; it continues with what has already come.",
    NO_SUCH_VERSION: "a package is not made for this Python {version}, so start with another one, "
    "from 3.11 on, for example: {example}",
}
OTHERWISE = {
    SET_UP: "mend that and {again}, it continues; or delete the folder .venv to start afresh.",
    OPENING: "mend that and {again}; if it is no help, read {log}, or delete the folder .venv to "
    "start afresh.",
    PAGES: "mend that, then {again}.",
}


class Stop(Exception):
    """A failure, told in one sentence: what came, what was wanted, what to do."""


def say(*words, **how):
    """Print at once, even into a file; who has heard enough, as `head` has, stops nothing."""
    try:
        print(*words, flush=True, **how)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), how.get("file", sys.stdout).fileno())


@contextmanager
def told(what):
    """Turn an error of the system into the sentence that begins with what failed."""
    try:
        yield
    except OSError as error:
        raise Stop(sentence(what, str(error)))  # noqa: B904  (Python 2.7 can't read `from`)


def sentence(what, said):
    """Return what to tell the user about what pip, venv, or the system said."""
    pattern = diagnosis(said)
    advice = ADVICE.get(pattern, OTHERWISE[what])
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["without a word"]
    lines = [line for line in lines if re.search(pattern, line)] or lines
    lines = [line for line in lines if re.match(r"ERROR|\[[CE] ", line)] or lines
    noise = r"^(ERROR|Error): |^\[\w .*?\] |^.* object at \w+>: |'\)':.*$|[.:]$"
    line = re.sub(noise, "", lines[-1])[:300]
    names = {"root": ROOT, "line": line, "version": VERSION, "again": AGAIN, "example": EXAMPLE}
    return (what + advice).format(log=LOG.relative_to(ROOT).as_posix(), **names)


def diagnosis(said):
    """Return the pattern in ``ADVICE`` that fits what was said; an empty one if none does."""
    if shutil.disk_usage(str(ROOT)).free < 50e6:  # venv keeps this reason to itself
        return DISK_FULL
    return next((pattern for pattern in ADVICE if re.search(pattern, said)), "")


def listed(names):
    """Return names as a person lists them: one, two and three."""
    return " and ".join(filter(None, [", ".join(names[:-1]), "".join(names[-1:])]))


# The commands


def main(argv):
    """Do what the words after ``lab.py`` ask for, and return the exit status."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        if hasattr(stream, "reconfigure"):  # an old Windows terminal lacks some letters
            stream.reconfigure(errors="replace")
    command, extra = (argv[0], argv[1:]) if argv else ("open", [])
    if command in ("-h", "help") or extra[:1] in (["-h"], ["--help"]):
        command = "--help"
    try:
        if command not in COMMANDS:
            raise Stop(meant(argv))
        with told(SET_UP):
            return COMMANDS[command](extra)
    except Stop as stop:
        say(stop, file=sys.stderr)
    except KeyboardInterrupt:
        say("\nStopped before it was done: {} to finish.".format(AGAIN), file=sys.stderr)
        return 130
    return 1


def meant(words):
    """Return what to say to somebody whose first word is no command."""
    first, no = words[0], "There is no command {}: ".format(words[0])
    pages = [page for word in words for page in find_pages(word)]
    near = difflib.get_close_matches(re.sub(r"\W", "", first).lower(), LINES, 1, 0.75)
    if pages:
        return no + (
            "python lab.py opens all lessons, and {} is in the list on the left there; "
            "python lab.py fresh {} puts the course's own version of it beside yours."
        ).format(pages[0], pages[0].partition("_")[0])
    if near:
        return no + "did you mean python lab.py {}?".format(" ".join([LINES[near[0]]] + words[1:]))
    if first.startswith("-"):
        return no + "what JupyterLab is to do follows open: python lab.py open " + " ".join(words)
    return no + "the commands are {}; python lab.py --help explains them.".format(
        listed(sorted(COMMANDS))
    )


def show_help(_):
    """Show the page at the top of this file."""
    say(__doc__.strip())
    return 0


def show_version(_):
    """Show which course this is, and on which Python it runs."""
    found = re.search(r'^version = "(.*)"', read_text("pyproject.toml"), re.M)
    say("Sixteen Colors {}, Python {}".format(found.group(1), sys.version.split()[0]))
    return 0


def open_lessons(extra, level=STUDENT):
    """Open JupyterLab on the student's own first lesson, and stay until it closes."""
    if extra and not extra[0].startswith("-"):
        raise Stop(meant(extra))
    prepare(level)
    with alone():  # of two starts at once, each finds the pages as the other has left them
        hand_out()
    say("Opening JupyterLab on my_lessons/{}; Ctrl-C here closes it".format(FIRST_PAGE))
    command = [PYTHON, "-m", "jupyterlab"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # as everyone is in a container
        command += ["--allow-root"]
    command += [
        "--ServerApp.root_dir=" + str(MINE),  # what git tracks is out of reach there
        "--LabApp.default_url=/lab/tree/" + FIRST_PAGE,
        "--ip=127.0.0.1",  # this machine only, whatever a settings file says; its token stays on
        "--ServerApp.answer_yes=True",  # one Ctrl-C is enough
        "--ContentsManager.pre_save_hook=helpers.saved.leave_stills",
        "--LabApp.log_level=WARN",  # what is left is the address, and any trouble
        "--log-level=WARN",
    ]
    try:
        status = hand_over(command + extra, log=LOG)
    except KeyboardInterrupt:  # the usual way to close it
        return 0
    if status not in (0, -signal.SIGTERM):
        raise Stop(sentence(OPENING, LOG.read_text(encoding="utf-8", errors="replace")))
    return 0


def run_tests(extra):
    """Run ruff, which is quick, then the tests; pytest has the last word."""
    if extra and not extra[0].startswith("-") and not (ROOT / extra[0].partition("::")[0]).exists():
        raise Stop(
            "There is no file {} to test here: python lab.py test --all proves everything, and "
            "-k WORD chooses tests by their names.".format(extra[0])
        )
    prepare(TESTS)
    say("Checking the code's style with ruff")
    style = hand_over([PYTHON, "-m", "ruff", "check", "."])
    say("Running the tests, and the pages in kernels of their own")
    workers = min(4, (os.cpu_count() or 1) + 1)  # one more: some wait for a kernel or a browser
    spread = "-n {} --dist loadfile --no-loadscope-reorder".format(workers).split()
    return hand_over([PYTHON, "-m", "pytest"] + spread + extra) or style


def fresh(words):
    """Put the course's version of each lesson asked for beside the student's own page.

    Without words, list the pages that the student changed and the course has since renewed.
    """
    asked = sorted({page for word in words for page in find_pages(word) or no_lesson(word)})
    record, found = read_record(), {}
    with told(PAGES):
        for page in asked:
            say(put_fresh(page, record))
        if asked:
            write_record(record)
            return 0
        for page in course_pages():
            found.setdefault(look(page, record)[0], []).append(page)
    if not found.keys() & LEFT_ALONE:
        say("No page that you changed has a newer version.")
    tell(found, LEFT_ALONE)
    return 0


def bring_pages(_):
    """Bring ``my_lessons`` up to date where the course's own ``.venv`` is not wanted."""
    with alone():
        hand_out()
    return 0


COMMANDS = {
    "--help": show_help,
    "--more": partial(open_lessons, level=MORE),
    "--version": show_version,
    "fresh": fresh,
    "open": open_lessons,
    "pages": bring_pages,
    "test": run_tests,
}
# What somebody may mean who types something else: by its letters alone, the words to type.
LINES = {re.sub(r"\W", "", command): command for command in COMMANDS}
LINES.update(all="test --all", testall="test --all", nobrowser="open --no-browser")


# The student's own pages, in my_lessons


# How a page there can stand to the course's, and what a start says about it.
WELCOME = "Your own lessons are in my_lessons: what you write there is never overwritten."
BESIDE = "yours stays as it is, and python lab.py fresh {numbers} puts the course's beside it."
SAID = {
    "absent": "New in my_lessons: {titles}.",
    "gone": "No longer in my_lessons, so handed out again: {titles}.",
    "untouched": "Not changed by you, so brought up to date in my_lessons: {titles}.",
    "newer": "There is a newer version of {titles}: " + BESIDE,
    "unknown": "There may be a newer version of {titles} (which one yours began as is not known): "
    + BESIDE,
    "not whole": "The course's own {titles} cannot be read (cut short, or two versions in one), so "
    "my_lessons has what it had: mend the folder notebooks with git, or download the course again.",
    "in the way": "In my_lessons, a folder or a broken link has the name of {titles}: rename it, "
    "and the next start puts the lesson there.",
}
HANDED_OUT, LEFT_ALONE = ("absent", "gone", "untouched"), ("newer", "unknown")


def look(page, record):
    """Return how the student's page stands to the course's, the course's bytes, the student's."""
    mine, given = MINE / page, record.get(page, {}).get("handed_out")
    try:
        new = page_to_hand_out(page)
    except ValueError:
        return "not whole", None, None
    if not os.path.lexists(str(mine)):
        return ("gone" if given else "absent"), new, None
    if not mine.is_file():
        return "in the way", new, None
    old = mine.read_bytes()
    if page_hash(old) == page_hash(new):
        return "same", new, old
    if page_hash(old) == given and not mine.is_symlink():  # who made a link has plans with it
        return "untouched", new, old
    if page_hash(new) == given:
        return "touched", new, old
    return ("newer" if given else "unknown"), new, old


def hand_out():
    """Bring ``my_lessons`` up to date, and say what changed; no page is lost by it."""
    record, found, trouble = read_record(), {}, None
    for page in course_pages():
        try:
            state, new, old = look(page, record)
            if state in HANDED_OUT:
                put(MINE / page, new, old)
        except OSError as error:  # this page must wait, the others need not
            trouble = trouble or error
            continue
        if state in HANDED_OUT or state == "same":
            record[page] = {"handed_out": page_hash(new)}
        elif state in LEFT_ALONE:
            entry = record.setdefault(page, {})
            if entry.get("told") == page_hash(new):  # once for each new version is enough
                continue
            entry["told"] = page_hash(new)
        if state not in HANDED_OUT or WORKED not in page:  # worked pages come without a word
            found.setdefault(state, []).append(page)
    if set(found) == {"absent"}:
        say(WELCOME)
    else:
        tell(found, SAID)
    try:
        write_record(record)
    except OSError as error:
        trouble = trouble or error
    if trouble and not (MINE / FIRST_PAGE).exists():
        raise Stop(sentence(PAGES, str(trouble)))
    if trouble:
        say(sentence(PAGES, str(trouble)), file=sys.stderr)


def tell(found, states):
    """Say of each of these states which pages were found in it."""
    for state in states:
        pages = found.get(state, [])
        titles = listed([page[: -len(".ipynb")] for page in pages])
        numbers = " ".join(page.partition("_")[0] for page in pages)
        if pages:
            say(SAID[state].format(titles=titles, numbers=numbers))


def put(path, content, old):
    """Write a file whole or not at all, and only while ``old`` (None: nothing) is still there."""
    part = path.with_name(".{}.{}.part".format(path.name, os.getpid()))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(str(part), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if (path.read_bytes() if os.path.lexists(str(path)) else None) != old:
            raise OSError("{} was saved by another program just now".format(path.name))
        os.replace(str(part), str(path))
    finally:
        part.unlink(missing_ok=True)


def put_fresh(page, record):
    """Put the course's version of a page where the student finds it, and return what to say."""
    state, new, old = look(page, record)
    if state == "not whole":
        return SAID[state].format(titles=page[: -len(".ipynb")])
    record[page] = {"handed_out": page_hash(new)}
    if state == "same":
        return "Your my_lessons/{} is the newest version, just as it came.".format(page)
    if state in HANDED_OUT:
        put(MINE / page, new, old)
        return "The course's version is now in my_lessons/{}.".format(page)
    for n in count(1):
        mark = " (new)" if n == 1 else " (new {})".format(n)
        path = MINE / page.replace(".ipynb", mark + ".ipynb")
        shown = path.relative_to(ROOT).as_posix()
        if not os.path.lexists(str(path)):
            put(path, new, None)
            return "The course's version lies beside yours: " + shown
        if path.is_file() and page_hash(path.read_bytes()) == page_hash(new):
            return "It lies beside yours already: " + shown


def course_pages():
    """Return the course's pages, as paths in its folder: the students', then the worked ones."""
    return [
        folder + path.name
        for folder in ("", WORKED)
        for path in sorted((COURSE / folder).glob("*.ipynb"))
        if PAGE.match(path.name)
    ]


def find_pages(word):
    """Return the course's pages that a number or a name means: 3, 05b, solutions/03 ..."""
    asked = re.sub(r"^.*[/\\]|^lesson\W*|\.ipynb$", "", word.lower())
    found = []
    for page in course_pages():
        known = re.sub(r"^.*/|\.ipynb$", "", page).lower()
        number, _, name = known.partition("_")
        same_folder = (WORKED in page) == (WORKED.strip("/") in word)
        if same_folder and asked in (number, re.sub("^0", "", number), name, known):
            found.append(page)
    return found


def no_lesson(word):
    """Refuse a word that means no lesson."""
    known = [page[: -len(".ipynb")] for page in course_pages() if WORKED not in page]
    raise Stop("There is no lesson {}: the lessons are {}.".format(word, listed(known)))


def page_to_hand_out(page, elsewhere=False):
    """Return a page's bytes, without the outputs that tell what a reader is to predict.

    The figure that opens the page stays. The cell that fetches the course goes, for it is here,
    unless the page is to run elsewhere. A worked page keeps all that it has.
    """
    content = (COURSE / page).read_bytes()
    cells = cells_of(content)
    if not all(cell.get("cell_type") for cell in cells or [{}]):
        raise ValueError("This is no page: git or a download left it so.")
    shown = [n for n, cell in enumerate(cells) if cell.get("outputs")]
    if WORKED in page or not shown:
        return content
    prose = [n for n, cell in enumerate(cells) if cell["cell_type"] != "code" and n > shown[0]]
    for n, cell in enumerate(cells):
        if cell["cell_type"] == "code":
            cell["execution_count"] = None  # nobody has run it here
            cell["outputs"] = [] if prose and n > prose[0] else cell.get("outputs", [])
    cells = [cell for cell in cells if elsewhere or FETCHES not in str(cell.get("metadata"))]
    notebook = dict(json.loads(content.decode("utf-8")), cells=cells)
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def cells_of(content):
    """Return the cells of a page; none of one that is no notebook."""
    try:
        cells = json.loads(content.decode("utf-8"))["cells"]
        return [dict(cell) for cell in cells]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []


def page_hash(content):
    """Return a hash of what a page says: of its cells, what they show, and how people marked them.

    Opening a page is not changing it: JupyterLab then writes down which Python it runs on, and
    how cells are folded. And git on Windows may have given the file other line endings.
    """
    cells = cells_of(content)
    for cell in cells:
        marks = cell.get("metadata")
        for note in ("metadata", "execution_count", "id"):
            cell.pop(note, None)
        if isinstance(marks, dict):
            cell.update((note, marks[note]) for note in BY_PEOPLE if marks.get(note) not in COURSES)
    if not cells:  # its bytes have to do
        return hashlib.sha256(content).hexdigest()
    return hash_of(cells)


def hash_of(data):
    """Return a hash of numbers, texts, and lists and dicts of them."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode("ascii")).hexdigest()


def read_record():
    """Return what was handed out, by page; one that somebody else changed isn't believed."""
    kept = read_json(RECORD)
    return kept["pages"] if kept.get("seal") == hash_of(kept.get("pages")) else {}


def write_record(pages):
    """Write down what was handed out, if that is news."""
    if pages != read_record():
        write_json(RECORD, {"pages": pages, "seal": hash_of(pages)})


def read_json(path):
    """Return the dict that a file holds; an empty one if it holds none."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def write_json(path, data):
    """Write a dict into a file, whole or not at all."""
    old = path.read_bytes() if path.exists() else None
    put(path, json.dumps(data, indent=1).encode("ascii"), old)


# The Python of the course's own, in .venv


def prepare(level):
    """Make ``.venv`` ready for ``level``; where it is ready already, do nothing."""
    needed = level + SHARED + ["helpers/__init__.py", "notebooks/" + FIRST_PAGE]
    missing = [name for name in needed if not (ROOT / name).is_file()]
    if missing:
        raise Stop(
            "This copy of the course is not whole, for {} should be in {}: clone or download it "
            "again, and start lab.py there.".format(listed(missing), ROOT)
        )
    with alone():
        stamp = read_json(STAMP)
        # Windows doesn't mind whether a folder is typed in capitals.
        same = os.path.normcase(str(stamp.get("home"))) == os.path.normcase(HOME)
        if not same or not works(stamp):
            make_venv()
            stamp = {}
        if not fingerprints(level).items() <= stamp.items():
            install(level)


@contextmanager
def alone():
    """Let one start at a time work on ``.venv``; another waits, and finds it ready."""
    with open(str(LOCK), "ab") as file:
        os.set_inheritable(file.fileno(), True)  # a pip that outlives lab.py holds it, too
        waits = False
        while not locked(file):
            if not waits:
                say("Another lab.py is at work here: this one waits, then goes on by itself")
            waits = True
            time.sleep(0.3)
        yield


def locked(file):
    """Tell whether a lock is ours now; the system frees it when we end, however that happens."""
    try:
        if WINDOWS:
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:  # some network folders know no locks: then we go on without
        return error.errno not in (errno.EACCES, errno.EAGAIN)
    return True


def works(stamp):
    """Tell whether the Python in ``.venv`` runs and finds what the stamp promises."""
    names = " ".join(["pip"] + [BRINGS[name] for name in sorted(BRINGS) if name in stamp]).split()
    # Of a folder that lost its files, there is a spec without an origin.
    find = (
        "import sys; from importlib.util import find_spec as find; "
        "sys.exit(not all(getattr(find(name), 'origin', None) for name in sys.argv[1:]))"
    )
    try:
        return run_quietly([PYTHON, "-P", "-c", find] + names)[0] == 0
    except OSError:  # no such file, or a link to a Python that is gone
        return False


def make_venv():
    """Make ``.venv`` anew, in place of whatever was there."""
    if os.path.lexists(str(VENV)):
        say("The .venv here is not whole, was moved, or is another Python's: making it afresh")
        if VENV.is_dir() and not VENV.is_symlink():
            STAMP.unlink(missing_ok=True)  # first, in case the rest can't be removed
            shutil.rmtree(str(VENV))
        else:
            VENV.unlink()
    say("Making .venv, a Python of the course's own: a few seconds")
    # From an activated .venv, sys.executable would be the Python that was just removed.
    python = getattr(sys, "_base_executable", None) or sys.executable
    status, said = run_quietly([python, "-m", "venv", str(VENV)])
    if status:
        raise Stop(sentence(SET_UP, said))


def install(level):
    """Install a level's packages, and stamp ``.venv`` once they are all there."""
    STAMP.unlink(missing_ok=True)
    say("Installing {}, once only".format(WHAT[level[-1]]))
    for_gpu = not sys.platform.startswith("linux") or shutil.which("nvidia-smi")
    if level != STUDENT and not for_gpu and pip_install(TORCH_FOR_CPU)[0]:
        say(
            "PyTorch's own index, which has it for the CPU alone, gave none: taking it from where "
            "the others come from; on Linux it may bring gigabytes for GPUs along"
        )
    status, said = pip_install(["-r" + name for name in level])
    if status:  # pip cleaned up after itself: no need to begin .venv again
        write_json(STAMP, {"home": HOME})
        raise Stop(sentence(SET_UP, said))
    stamp = dict(fingerprints(level), home=HOME)
    if not works(stamp):
        raise Stop(
            "pip reported no error, yet JupyterLab, NumPy or another package is missing from "
            ".venv: delete the folder .venv, then {}.".format(AGAIN)
        )
    write_json(VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json", SETTINGS)
    write_json(STAMP, stamp)


def pip_install(words):
    """Install the exact versions or, where one isn't made for this Python, the newest allowed."""
    pip = [PYTHON, "-m", "pip", "install", "--progress-bar=off"]
    status, said = run_quietly(pip + PINNED + words)
    if status and diagnosis(said) == NO_SUCH_VERSION:
        say(
            "Some exact versions in constraints.txt don't exist for this Python {}: installing "
            "the newest allowed ones instead".format(VERSION)
        )
        status, said = run_quietly(pip + ["--prefer-binary"] + words)
    return status, said


def fingerprints(level):
    """Return the files that say what a level installs, and a hash that changes with each."""
    texts = {name: read_text(name) for name in level + SHARED}
    return {name: hash_of([texts[name]] + [texts[other] for other in SHARED]) for name in level}


def read_text(name):
    """Return what a file of the course holds."""
    return (ROOT / name).read_text(encoding="utf-8")


# Other programs


def start(command, **how):
    """Start a program in the course's folder; nothing from outside gets into ``.venv``."""
    # Other packages, another place to install, other kernels, a figure window no page can show.
    outside = "PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_CONSTRAINT JUPYTER_PATH MPLBACKEND"
    env = {name: value for name, value in os.environ.items() if name not in outside.split()}
    env["VIRTUAL_ENV"] = str(VENV)
    env["PATH"] = os.pathsep.join([str(BIN), env.get("PATH", os.defpath)])
    env["PYTHONUTF8"] = "1"  # or Windows misreads the path to helpers, if an accent is in it
    env.update(PYTHONNOUSERSITE="1", JUPYTER_PREFER_ENV_PATH="1")
    env.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    return subprocess.Popen(command, cwd=str(ROOT), env=env, close_fds=False, **how)


def run_quietly(command):
    """Run a command, on a terminal show its newest line, return (status, all that it said)."""
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    said, shown = [], sys.stdout and sys.stdout.isatty()
    with start(command, encoding="utf-8", errors="replace", **pipes) as child:
        for line in child.stdout:
            said.append(line)
            if shown:
                say("\r  {:<76.76}".format(line.strip()), end="")
    if said and shown:
        say("\r" + " " * 78, end="\r")
    return child.returncode, "".join(said)


def hand_over(command, log=None):
    """Give the terminal to a command until it ends, and return its status.

    With a log, what it reports goes into that file, and only its address to the terminal.
    """
    if log is None:
        return wait_for(start(command))
    with suppress(OSError):  # another JupyterLab goes on writing into its own, except on Windows
        log.unlink()
    # Nobody else may read it: the address has the key to the student's pages.
    how = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
    with os.fdopen(os.open(str(log), how, 0o600), "wb") as file, open(str(log), "rb") as reader:
        return wait_for(start(command, stderr=file), reader)


def wait_for(child, log=None):
    """Wait until a program ends, and return its status; say the address that it logs, if any."""
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        for _ in range(300 if log else 0):
            log.seek(0)
            text = log.read().decode("utf-8", errors="replace")
            found = re.findall(r"^ +(?:or )?(https?://\S+)", text, re.M)
            if found:
                say("If no page opens in your browser, give it this address: " + found[-1])
            if found or child.poll() is not None:
                break
            time.sleep(0.2)
        return child.wait()
    except KeyboardInterrupt:  # the child got the same Ctrl-C, and may be tidying up
        try:
            child.wait(timeout=15)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            child.terminate()
            child.wait()
        raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
