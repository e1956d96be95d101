#!/usr/bin/env python3
"""Sixteen Colors: set up this folder, then open the lessons or run the tests.

    python lab.py             open the lessons in JupyterLab (installs once: about a minute, 450 MB)
    python lab.py open ...    the same; what follows goes to JupyterLab, such as --no-browser
    python lab.py --more      the same, after installing what lessons 09 to 11 need (scikit-learn,
                              PyTorch, Dask: once, some minutes, about 1 GB more)
    python lab.py progress    show which functions you have right, and which lesson comes next
    python lab.py fresh       list the pages you changed of which the course has a newer version
    python lab.py fresh 03    put the course's lesson 03 beside yours; 03 05b or a name will do too
    python lab.py pages       bring my_lessons up to date, and no more: Jupyter is there already
    python lab.py test ...    prove in five minutes that all works: ruff, then pytest, to which goes
                              what follows, such as -k kmeans, with paths from this folder
    python lab.py test --all  prove everything in twenty minutes: all wrong answers, the browser ...
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
    if tuple(version) < (3, 11):
        return (
            "This is Python {}.{}, and the lessons need 3.11 or newer: install one from "
            "https://www.python.org/downloads/ and start with it, for example: {}"
        ).format(version[0], version[1], EXAMPLE)


if too_old(sys.version_info):
    sys.exit(too_old(sys.version_info))

import difflib
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sysconfig
import threading
import time
import tomllib
from contextlib import contextmanager, suppress
from itertools import chain, count
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
# What is said of it, and the names to import that it brings: who lost one gets .venv anew.
WHAT = {
    "requirements.txt": "JupyterLab and friends: about a minute",
    "requirements-more.txt": "scikit-learn, PyTorch and Dask: some minutes",
    "requirements-dev.txt": "all that the lessons and the tests need: some minutes",
}
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
JUPYTERLAB = [
    "--ServerApp.root_dir=" + str(MINE),  # what git tracks is out of reach there
    "--LabApp.default_url=/lab/tree/" + FIRST_PAGE,
    "--ip=127.0.0.1",  # this machine only, whatever a settings file says; its token stays on
    "--ServerApp.answer_yes=True",  # one Ctrl-C is enough
    "--ContentsManager.pre_save_hook=helpers.saved.leave_stills",
    "--LabApp.log_level=WARN",  # what is left is the address, and any trouble
    "--log-level=WARN",
]
# Other packages, another place to install, other kernels, a figure window no page can show.
OUTSIDE = "PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_CONSTRAINT JUPYTER_PATH MPLBACKEND"

# A failure is told in one sentence: what failed, and what to do about what pip, venv, or the
# system said: the first advice that fits, or the failure's own.
AFRESH = "mend that and {again}, it continues; or delete the folder .venv to start afresh."
SET_UP = ("The set-up of .venv in {root} failed ({line}): ", AFRESH)
OPENING = ("JupyterLab did not run, says .venv/jupyter.log ({line}): ", AFRESH)
PAGES = (
    "Not all of my_lessons could be brought up to date, but nothing of yours changed ({line}): ",
    "mend that, then {again}.",
)
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


class Stop(Exception):
    """A failure, told in one sentence: what came, what was wanted, what to do."""


def say(*words, **how):
    """Print at once, even into a file; who has heard enough, as `head` has, stops nothing."""
    try:
        print(*words, flush=True, **how)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), how.get("file", sys.stdout).fileno())


def sentence(failure, said):
    """Return what to tell the user about what pip, venv, or the system said."""
    pattern = diagnosis(said)
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["without a word"]
    for telling in (pattern, r"^(ERROR|\[[CE] )"):
        lines = [line for line in lines if re.search(telling, line)] or lines
    noise = r"^(ERROR|Error): |^\[\w .*?\] |^.* object at \w+>: |'\)':.*$|[.:]$"
    names = {"root": ROOT, "version": VERSION, "again": AGAIN, "example": EXAMPLE}
    names["line"] = re.sub(noise, "", lines[-1])[:300]
    return (failure[0] + ADVICE.get(pattern, failure[1])).format(**names)


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
        return COMMANDS[command](extra) or 0
    except Stop as stop:
        say(stop, file=sys.stderr)
    except OSError as error:
        say(sentence(PAGES if command in ON_PAGES else SET_UP, str(error)), file=sys.stderr)
    except KeyboardInterrupt:
        say("\nStopped before it was done: {} to finish.".format(AGAIN), file=sys.stderr)
        return 130
    return 1


def meant(words):
    """Return what to say to somebody whose first word is no command."""
    no = "There is no command {}: ".format(words[0])
    pages = [page for word in words for page in find_pages(word)]
    near = difflib.get_close_matches(re.sub(r"\W", "", words[0]).lower(), LINES, 1, 0.75)
    if pages:
        no += "python lab.py opens all lessons, and {} is in the list on the left there; python "
        no += "lab.py fresh {} puts the course's own version of it beside yours."
        return no.format(pages[0], pages[0].partition("_")[0])
    if near:
        return no + "did you mean python lab.py {}?".format(" ".join([LINES[near[0]]] + words[1:]))
    if words[0].startswith("-"):
        return no + "what JupyterLab is to do follows open: python lab.py open " + " ".join(words)
    every = listed(sorted(COMMANDS))
    return no + "the commands are {}; python lab.py --help explains them.".format(every)


def show_version(_):
    """Show which course this is, and on which Python it runs."""
    about = tomllib.loads(read_text("pyproject.toml"))["project"]
    say("Sixteen Colors {}, Python {}".format(about["version"], sys.version.split()[0]))


def open_lessons(extra, level=STUDENT):
    """Open JupyterLab on the student's own first lesson, and stay until it closes."""
    if extra and not extra[0].startswith("-"):
        raise Stop(meant(extra))
    prepare(level)
    bring_pages()
    say("Opening JupyterLab on my_lessons/{}; Ctrl-C here closes it".format(FIRST_PAGE))
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0  # as everyone is in a container
    allowed = ["--allow-root"] if as_root else []
    with suppress(OSError):  # another JupyterLab goes on writing into its own, except on Windows
        LOG.unlink()
    # Nobody else may read it: the address has the key to the student's pages.
    with os.fdopen(os.open(str(LOG), os.O_WRONLY | os.O_CREAT, 0o600), "wb", 0) as log:

        def hear(line):
            with suppress(OSError):  # a full disk stops nothing
                log.write(line.encode("utf-8"))
            for address in re.findall(r"^ +(?:or )?(https?://127\S+)", line):
                say("If no page opens in your browser, give it this address: " + address)

        with suppress(KeyboardInterrupt):  # the usual way to close it
            status = run([PYTHON, "-m", "jupyterlab"] + allowed + JUPYTERLAB + extra, hear)
            if status not in (0, -signal.SIGTERM):
                raise Stop(sentence(OPENING, LOG.read_text(encoding="utf-8", errors="replace")))


def run_tests(extra):
    """Run ruff, which is quick, then the tests; pytest has the last word."""
    if extra and not extra[0].startswith("-") and not (ROOT / extra[0].partition("::")[0]).exists():
        raise Stop(meant(extra))
    prepare(TESTS)
    say("Checking the code's style with ruff, then running the tests, pages in their own kernels")
    style = run([PYTHON, "-m", "ruff", "check", "."])
    workers = min(4, (os.cpu_count() or 1) + 1)  # one more: some wait for a kernel or a browser
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # more would wait for the other workers' cores
    spread = "-n {} --dist loadfile --no-loadscope-reorder".format(workers).split()
    return run([PYTHON, "-m", "pytest"] + spread + extra) or style


def show_progress(_):
    """Show which functions the student has right: the course's own Python knows."""
    if not (os.path.exists(PYTHON) and MINE.is_dir()):
        lacks = "There is no progress to show without .venv and my_lessons: "
        raise Stop(lacks + "python lab.py makes both, and opens the lessons.")
    code = "import sys; from helpers.checks import progress; progress(sys.argv[1])"
    return run([PYTHON, "-P", "-c", code, str(MINE)])


def fresh(words):
    """Put the course's version of each lesson asked for beside the student's own page.

    Without words, list the pages that the student changed and the course has since renewed.
    """
    for word in words:
        if not find_pages(word):
            known = listed([title(page) for page in course_pages() if WORKED not in page])
            raise Stop("There is no lesson {}: the lessons are {}.".format(word, known))
    bring_pages({page for word in words for page in find_pages(word)}, again=not words)


def bring_pages(asked=(), again=False):
    """Bring ``my_lessons`` up to date; of two starts at once, one waits for the other."""
    with alone():
        hand_out(asked, again)


COMMANDS = {
    "--help": lambda _: say(__doc__.strip()),
    "--more": lambda extra: open_lessons(extra, MORE),
    "--version": show_version,
    "fresh": fresh,
    "open": open_lessons,
    "pages": lambda _: bring_pages(),
    "progress": show_progress,
    "test": run_tests,
}
ON_PAGES = ("fresh", "pages")
# What somebody may mean who types something else: by its letters alone, the words to type.
LINES = {re.sub(r"\W", "", command): command for command in COMMANDS}
LINES.update(all="test --all", testall="test --all", nobrowser="open --no-browser")


# The student's own pages, in my_lessons


# How a page there can stand to the course's, and what a start says about it.
BESIDE = "yours stays as it is, and python lab.py fresh {numbers} puts the course's beside it."
SAID = {
    "absent": "New in my_lessons: {titles}.",
    "gone": "No longer in my_lessons, so handed out again: {titles}.",
    "untouched": "Not changed by you, so brought up to date in my_lessons: {titles}.",
    "newer": "There is a newer version of {titles}: " + BESIDE,
    "unknown": "There may be a newer version of {titles} (which one yours began as is not known): "
    + BESIDE,
    "beside": "The course's version lies beside yours in my_lessons: {titles}.",
    "newest": "In my_lessons the newest version, and not changed by you: {titles}.",
    "not whole": "The course's own {titles} cannot be read (cut short, or two versions in one), so "
    "my_lessons has what it had: mend the folder notebooks with git, or download the course again.",
    "in the way": "In my_lessons, a folder or a broken link has the name of {titles}: rename it, "
    "and the next start puts the lesson there.",
}
HANDED_OUT, LEFT_ALONE = ("absent", "gone", "untouched"), ("newer", "unknown")


def look(page, given):
    """Return how the student's page stands to the course's, the course's bytes, the student's.

    ``given`` is the hash of what was handed out.
    """
    mine, state = MINE / page, "newer" if given else "unknown"
    try:
        new = page_to_hand_out(page)
    except ValueError:
        return "not whole", None, None
    if not os.path.lexists(str(mine)):
        return ("gone" if given else "absent"), new, None
    if not mine.is_file():
        return "in the way", new, None
    old, now = mine.read_bytes(), page_hash(new)
    has = (page_hash(old), page_hash(old, bare=True))  # running a page is not changing it
    if given in has and given != now and not mine.is_symlink():  # who made a link has plans with it
        return "untouched", new, old
    return ("same" if now in has else "touched" if now == given else state), new, old


def hand_out(asked=(), again=False):
    """Bring ``my_lessons`` up to date, and say what changed; no page is lost by it.

    Of pages ``asked`` for, the course's version is put beside those that the student changed;
    which of those have a newer version is said once, or ``again``.
    """
    kept, found, trouble = read_json(RECORD), {}, []
    believed = kept.get("seal") == hash_of(kept.get("pages"))  # nobody else has changed it
    record = kept["pages"] if believed else {}
    for page in course_pages():
        entry, name = record.get(page, {}), title(page)
        try:
            state, new, old = look(page, entry.get("handed_out"))
            if state in HANDED_OUT:
                put(MINE / page, new, old)
            elif page in asked and state == "same":
                state = "newest"
            elif page in asked and old is not None:
                state, name = "beside", put_beside(page, new)
        except OSError as error:  # this page must wait, the others need not
            trouble.append(error)
            continue
        if state in LEFT_ALONE:
            if entry.get("told") == page_hash(new) and not again:
                continue
            record[page] = dict(entry, told=page_hash(new))
        elif new and state not in ("in the way", "touched"):
            record[page] = {"handed_out": page_hash(new)}
        if state not in HANDED_OUT or WORKED not in page or page in asked:  # those come silently
            found.setdefault(state, []).append(name)
    if set(found) == {"absent"}:
        found = {}
        say("Your own lessons are in my_lessons: what you write there is never overwritten.")
    for state in filter(found.get, SAID):
        numbers = " ".join(name.partition("_")[0] for name in found[state])
        say(SAID[state].format(titles=listed(found[state]), numbers=numbers))
    if again and not found.keys() & set(LEFT_ALONE):
        say("No page that you changed has a newer version.")
    try:
        write_json(RECORD, {"pages": record, "seal": hash_of(record)})
    except OSError as error:
        trouble.append(error)
    if trouble and (asked or not (MINE / FIRST_PAGE).exists()):
        raise Stop(sentence(PAGES, str(trouble[0])))
    for error in trouble[:1]:
        say(sentence(PAGES, str(error)), file=sys.stderr)


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


def put_beside(page, new):
    """Put the course's version of a page beside the student's, and return its title."""
    for mark in chain([" (new)"], map(" (new {})".format, count(2))):
        path = MINE / (title(page) + mark + ".ipynb")
        if not os.path.lexists(str(path)):
            put(path, new, None)
        elif not path.is_file() or page_hash(path.read_bytes(), True) != page_hash(new, True):
            continue
        return title(page) + mark


def course_pages():
    """Return the course's pages, as paths in its folder: the students', then the worked ones."""
    pages = [(folder, path) for folder in ("", WORKED) for path in (COURSE / folder).glob("*")]
    return sorted(folder + path.name for folder, path in pages if PAGE.match(path.name))


def title(page):
    """Return a page's name as people say it."""
    return page[: -len(".ipynb")]


def find_pages(word):
    """Return the course's pages that a number or a name means: 3, 05b, solutions/03 ..."""
    asked = re.sub(r"^.*[/\\]|^lesson\W*|\.ipynb$", "", word.lower())
    found = []
    for page in course_pages():
        known = title(page).rpartition("/")[2].lower()
        number, _, name = known.partition("_")
        same_folder = (WORKED in page) == (WORKED.strip("/") in word)
        if same_folder and asked in (number, re.sub("^0", "", number), name, known):
            found.append(page)
    return found


def page_to_hand_out(page, elsewhere=False):
    """Return a page's bytes as students get it: not run, so that no prediction is given away.

    The cell that fetches the course goes, for it is here, unless the page is to run elsewhere.
    A worked page is there to compare with: it keeps all that it has.
    """
    content = (COURSE / page).read_bytes()
    notebook = read_page(content)
    if not notebook:
        raise ValueError("This is no page: git or a download left it so.")
    if WORKED in page:
        return content
    cells = map(not_run, notebook["cells"])
    notebook["cells"] = [c for c in cells if elsewhere or FETCHES not in str(c.get("metadata"))]
    notebook.get("metadata", {}).pop("widgets", None)  # what its explorers showed
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def not_run(cell):
    """Return a cell as it is before it has run."""
    return dict(cell, execution_count=None, outputs=[]) if cell["cell_type"] == "code" else cell


def read_page(content):
    """Return a page as JSON has it; None if it is no notebook."""
    try:
        notebook = json.loads(content.decode("utf-8"))
        return notebook if all([cell["cell_type"] for cell in notebook["cells"]]) else None
    except (ValueError, LookupError, TypeError, RecursionError):
        return None


def page_hash(content, bare=False):
    """Return a hash of what a page says: its cells, what they show unless it is to be ``bare``
    (as records of older editions have it), and how people marked them.

    Opening a page is not changing it: JupyterLab then writes down which Python it runs on, and
    how cells are folded. And git on Windows may have given the file other line endings.
    """
    said, notebook = [], read_page(content)
    if not notebook:  # its bytes have to do
        return hashlib.sha256(content).hexdigest()
    for cell in notebook["cells"]:
        cell = dict(not_run(cell) if bare else cell)
        _, _, marks = [cell.pop(note, None) for note in ("id", "execution_count", "metadata")]
        if isinstance(marks, dict):
            cell.update((note, marks[note]) for note in BY_PEOPLE if marks.get(note) not in COURSES)
        said.append(cell)
    return hash_of(said)


def hash_of(data):
    """Return a hash of numbers, texts, and lists and dicts of them."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode("ascii")).hexdigest()


def read_json(path):
    """Return the dict that a file holds; an empty one if it holds none."""
    with suppress(OSError, ValueError, RecursionError):
        kept = json.loads(read_text(path))
        return kept if isinstance(kept, dict) else {}
    return {}


def write_json(path, data):
    """Write a dict into a file, whole or not at all, if that is news."""
    if data != read_json(path):
        old = path.read_bytes() if path.exists() else None
        put(path, json.dumps(data, indent=1).encode("ascii"), old)


def read_text(name):
    """Return what a file of the course holds."""
    return (ROOT / name).read_text(encoding="utf-8")


# The Python of the course's own, in .venv


def prepare(level):
    """Make ``.venv`` ready for ``level``; where it is ready already, do nothing."""
    files = level + ["constraints.txt", "pyproject.toml"]
    needed = files + ["helpers/__init__.py", "notebooks/" + FIRST_PAGE]
    missing = listed([name for name in needed if not (ROOT / name).is_file()])
    if missing:
        lacks = "This copy of the course is not whole, for {} should be in {}: clone or download "
        raise Stop((lacks + "it again, and start lab.py there.").format(missing, ROOT))
    wanted = {name: hash_of(read_text(name)) for name in files}
    with alone():
        stamp = read_json(STAMP)
        # Windows doesn't mind whether a folder is typed in capitals.
        same = os.path.normcase(str(stamp.get("home"))) == os.path.normcase(HOME)
        if not same or not works(stamp):
            make_venv()
            stamp = {}
        if not wanted.items() <= stamp.items():
            install(level, dict(wanted, home=HOME))


@contextmanager
def alone():
    """Let one start at a time work here; another waits, and finds all as the first has left it."""
    with open(str(LOCK), "ab") as file:
        os.set_inheritable(file.fileno(), True)  # a pip that outlives lab.py holds it, too
        if not locked(file):
            say("Another lab.py is at work here: this one waits, then goes on by itself")
            while not locked(file):
                time.sleep(0.3)
        yield


def locked(file):
    """Tell whether a lock is ours now; the system frees it when we end, however that happens."""
    try:
        if WINDOWS:
            import msvcrt as system

            file.seek(0)
            system.locking(file.fileno(), system.LK_NBLCK, 1)
        else:
            import fcntl as system

            system.flock(file, system.LOCK_EX | system.LOCK_NB)
    except OSError as error:  # some network folders know no locks: then we go on without
        return not isinstance(error, (PermissionError, BlockingIOError))
    return True


def works(stamp):
    """Tell whether the Python in ``.venv`` runs and finds what the stamp promises."""
    names = " ".join(["pip"] + [BRINGS[name] for name in sorted(BRINGS) if name in stamp]).split()
    # Of a folder that lost its files, there is a spec without an origin.
    find = "import sys; from importlib.util import find_spec as find; "
    find += "sys.exit(not all(getattr(find(name), 'origin', None) for name in sys.argv[1:]))"
    return ask([PYTHON, "-P", "-c", find] + names)[0] == 0


def make_venv():
    """Make ``.venv`` anew, in place of whatever was there."""
    if os.path.lexists(str(VENV)):
        say("The .venv here is not whole, was moved, or is another Python's: making it afresh")
        whole = VENV.is_dir() and not VENV.is_symlink()
        if whole:
            STAMP.unlink(missing_ok=True)  # first, in case the rest can't be removed
        (shutil.rmtree if whole else os.unlink)(str(VENV))
    say("Making .venv, a Python of the course's own: a few seconds")
    # From an activated .venv, sys.executable would be the Python that was just removed.
    python = getattr(sys, "_base_executable", None) or sys.executable
    status, said = ask([python, "-m", "venv", str(VENV)])
    if status:
        raise Stop(sentence(SET_UP, said))


def install(level, stamp):
    """Install a level's packages, and stamp ``.venv`` once they are all there."""
    STAMP.unlink(missing_ok=True)
    say("Installing {}, once only".format(WHAT[level[-1]]))
    for_gpu = not sys.platform.startswith("linux") or shutil.which("nvidia-smi")
    if level != STUDENT and not for_gpu and pip_install(TORCH_FOR_CPU)[0]:
        say("PyTorch's own index gave none for the CPU: the usual one may bring gigabytes for GPUs")
    status, said = pip_install(["-r" + name for name in level])
    if status:  # pip cleaned up after itself: no need to begin .venv again
        write_json(STAMP, {"home": HOME})
    elif not works(stamp):
        said = "pip reported no error, yet JupyterLab, NumPy or another package is missing"
    else:
        write_json(VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json", SETTINGS)
        return write_json(STAMP, stamp)
    raise Stop(sentence(SET_UP, said))


def pip_install(words):
    """Install the exact versions or, where one isn't made for this Python, the newest allowed."""
    pip = [PYTHON, "-m", "pip", "install", "--progress-bar=off"]
    status, said = ask(pip + PINNED + words)
    if status and diagnosis(said) == NO_SUCH_VERSION:
        lacks = "Some exact versions in constraints.txt don't exist for this Python {}: "
        say((lacks + "installing the newest allowed ones instead").format(VERSION))
        status, said = ask(pip + ["--prefer-binary"] + words)
    return status, said


# Other programs


def ask(command):
    """Run a program, on a terminal show its newest line, return (status, all that it said)."""
    said, shown = [], sys.stdout and sys.stdout.isatty()

    def hear(line):
        said.append(line)
        if shown:
            say("\r  {:<76.76}".format(line.strip()), end="")

    try:
        status = run(command, hear)
    except OSError as error:  # no such program, or a link to one that is gone
        return 1, str(error)
    if said and shown:
        say("\r" + " " * 78, end="\r")
    return status, "".join(said)


def run(command, hear=None):
    """Run a program to its end, and return its status; nothing from outside gets into ``.venv``.

    Each line that it says goes to ``hear``; without that, the terminal is the program's.
    """
    env = {name: value for name, value in os.environ.items() if name not in OUTSIDE.split()}
    env.update(VIRTUAL_ENV=str(VENV), PATH=str(BIN) + os.pathsep + env.get("PATH", os.defpath))
    env["PYTHONUTF8"] = "1"  # or Windows misreads the path to helpers, if an accent is in it
    env.update(PYTHONNOUSERSITE="1", JUPYTER_PREFER_ENV_PATH="1")
    env.update(PIP_USER="0", PIP_DISABLE_PIP_VERSION_CHECK="1")
    how = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    how = dict(how, encoding="utf-8", errors="replace") if hear else {}
    child = subprocess.Popen(command, cwd=str(ROOT), env=env, close_fds=False, **how)
    # A thread listens: a kernel that outlives JupyterLab may hold the pipe, and none waits for it.
    lines = child.stdout or ()
    ear = threading.Thread(target=lambda: [hear(line) for line in lines], daemon=True)
    ear.start()
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        child.wait()
    except KeyboardInterrupt:  # the child got the same Ctrl-C, and may be tidying up
        with suppress(KeyboardInterrupt, subprocess.TimeoutExpired):
            child.wait(timeout=15)
        child.terminate()
        child.wait()
        raise
    ear.join(timeout=5)
    return child.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
