#!/usr/bin/env python3
"""Sixteen Colors: set up this folder, then open the lessons or run the checks.

    python lab.py             open the lessons in JupyterLab (installs once, about a minute)
    python lab.py open ...    the same; what follows goes to JupyterLab, such as --no-browser
    python lab.py --more      the same, after installing what lessons 09 to 11 need (scikit-learn,
                              PyTorch, Dask: once, some minutes, about 1 GB more)
    python lab.py fresh       list the pages you changed of which the course has a newer version
    python lab.py fresh 03    put the course's lesson 03 beside yours; 03 05 or a name will do too
    python lab.py test ...    run every check: ruff, then pytest; what follows goes to pytest,
                              such as -k kmeans, with paths counted from this folder
    python lab.py --help      show this page

You work on your own copies of the lessons, in the folder my_lessons. Each start brings new
lessons in, and newer versions of the pages that you have not changed; what you changed is never
overwritten, and what you deleted is handed out again.

Everything is installed into the folder .venv beside this file. To install anew, delete
.venv and run it again. Ctrl-C in the terminal closes JupyterLab.
"""

# Even Python 2.7 must be able to read this file, so that it can say what is missing:
# no f-strings here, no type hints, and nothing imported before the version is known.
from __future__ import print_function

import sys

EXAMPLE = "py -3.13 lab.py" if sys.platform == "win32" else "python3.13 lab.py"


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

import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sysconfig
from functools import partial
from itertools import count
from pathlib import Path

ROOT = Path(os.path.abspath(__file__)).parent
VENV = ROOT / ".venv"
STAMP = VENV / "sixteen-colors.json"  # written last: without it, .venv is half-made
FIRST_PAGE = "00_start_here.ipynb"
COURSE = ROOT / "notebooks"  # the pages as the course gives them: nobody works there
MINE = ROOT / "my_lessons"  # the student's own copies, which git ignores
RECORD = MINE / ".handed_out.json"  # what was handed out; lost or doubtful, nothing is overwritten
VERSION = "{}.{}".format(*sys.version_info[:2])

# The files that say what a level installs, the one for pip first; a change in any installs again.
STUDENT = ["requirements.txt", "constraints.txt", "pyproject.toml"]
MORE = ["requirements-more.txt"] + STUDENT
LEVELS = {"student": STUDENT, "more": MORE, "dev": ["requirements-dev.txt"] + MORE}
# What a level has in it: whoever installs it has these as well.
INCLUDED = {"student": ["student"], "more": ["student", "more"], "dev": ["student", "more", "dev"]}

# On Linux the plain package of PyTorch brings gigabytes that only an NVIDIA GPU can use; its
# own index has the same version for the CPU.
TORCH_FOR_CPU = "https://download.pytorch.org/whl/cpu"

# What pip, venv, or the system may say, and the sentence told instead: the first that fits.
NO_SUCH_VERSION = r"No matching distribution|ResolutionImpossible|conflicting dependencies"
TROUBLES = [
    (
        r"No space left|not enough space|quota exceeded|Errno 28\b|WinError 112\b",
        "The disk is full ({line}), and .venv needs about 1 GB: free some space, then {again}.",
    ),
    (
        r"Permission denied|Access is denied|Read-only file|not permitted|WinError (5|32)\b",
        "The folder .venv can't be written in {root} ({line}): close JupyterLab and whatever else "
        "uses it, or move the course to a folder that is yours, then {again}.",
    ),
    (
        r"NewConnectionError|NameResolution|name resolution|getaddrinfo|[Cc]onnection (refused|"
        r"reset|broken|aborted)|ProxyError|SSLError|[Tt]imed out|Network is unreachable",
        "The packages could not be fetched from the network ({line}): check the connection, then "
        "{again}; it continues with what has already come.",
    ),
    (
        NO_SUCH_VERSION,
        "A package is not made for this Python {version} ({line}): start with another one, "
        "from 3.11 on, for example: {example}",
    ),
    (
        r"",
        "The set-up of .venv failed ({line}): mend that and {again}, it continues; or delete the "
        "folder .venv to start afresh.",
    ),
]
AGAIN = "run the same command again"

# JupyterLab's settings in .venv: no question about news on top of the first lesson, and the
# explorers are kept in a saved page, so that they are there, as they were left, when it opens.
SETTINGS = """{
"@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
"@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": true}
}
"""
say = partial(print, flush=True)  # at once, even into a file


class Stop(Exception):
    """A failure, told in one sentence: what came, what was wanted, what to do."""


def main(argv):
    """Do what the words after ``lab.py`` ask for, and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # an old Windows terminal lacks some letters
            stream.reconfigure(errors="replace")
    command, extra = (argv[0], argv[1:]) if argv else ("open", [])
    try:
        if command in ("-h", "--help", "help") or extra[:1] in (["-h"], ["--help"]):
            say(__doc__.strip())
            return 0
        if command not in COMMANDS:
            raise Stop(
                "There is no command {}: the commands are {}, and python lab.py --help says "
                "what they do.".format(command, listed(sorted(COMMANDS)))
            )
        return COMMANDS[command](extra)
    except Stop as stop:
        say(stop, file=sys.stderr)
    except OSError as error:
        say(sentence(str(error)), file=sys.stderr)
    except KeyboardInterrupt:
        say("\nStopped before it was done: {} to finish.".format(AGAIN), file=sys.stderr)
        return 130
    return 1


def open_lessons(extra):
    """Open JupyterLab on the student's own first lesson, and stay until it closes."""
    prepare("student", "Installing JupyterLab and friends: about a minute, once only")
    hand_out()
    say("Opening JupyterLab on my_lessons/{}; Ctrl-C here closes it".format(FIRST_PAGE))
    # In a container everyone is root, where JupyterLab would otherwise refuse to start.
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    try:
        status = hand_over(jupyter_command(is_root) + extra)
    except KeyboardInterrupt:  # the usual way to close it
        return 0
    if status:
        raise Stop(
            "JupyterLab ended with status {}: its own last lines, above, say why; if they don't "
            "help, delete the folder .venv, then {}.".format(status, AGAIN)
        )
    return 0


def open_more(extra):
    """Install what lessons 09 to 11 need, and open the lessons."""
    prepare("more", "Installing scikit-learn, PyTorch and Dask: some minutes, once only")
    return open_lessons(extra)


def run_checks(extra):
    """Run every check, the quick one first; pytest has the last word."""
    prepare(
        "dev", "Installing all the lessons need, and the maintainers' tools: minutes, once only"
    )
    say("Checking the code's style with ruff")
    style = hand_over([in_venv("python"), "-m", "ruff", "check", "."])
    say("Running the tests, and every page of both editions")
    return hand_over([in_venv("python"), "-m", "pytest"] + extra) or style


def fresh(words):
    """Put the course's version of each lesson asked for beside the student's own page.

    Without words, list the pages that the student changed and the course has since renewed.
    """
    chosen = {page for word in words for page in find_pages(word)}
    record, found = read_record(), {}
    try:
        for page in sorted(chosen) if words else course_pages():
            how, new, old = look(page, record)
            found.setdefault(how, []).append(title(page))
            if words:
                say(put_fresh(name_of(page), how, new, old))
                record[name_of(page)] = {"handed_out": page_hash(new)}
        if words:
            write_record(record)
    except OSError as error:
        raise Stop(page_trouble(error))  # noqa: B904  (Python 2.7 can't read `from`)
    if not words:
        told = [tell_newer(how, found[how]) for how in LEFT_ALONE if how in found]
        say("\n".join(told) or "No page that you changed has a newer version.")
    return 0


COMMANDS = {"--more": open_more, "fresh": fresh, "open": open_lessons, "test": run_checks}


def jupyter_command(is_root=False):
    """Return the command line that opens JupyterLab; its token stays on."""
    return (
        [in_venv("python"), "-m", "jupyterlab"]
        + ["--allow-root"] * is_root
        + [
            "--ServerApp.root_dir=" + str(MINE),  # what git tracks is out of reach there
            "--LabApp.default_url=/lab/tree/" + FIRST_PAGE,
            "--ip=127.0.0.1",  # this machine only, whatever a settings file says
            "--ServerApp.answer_yes=True",  # one Ctrl-C is enough
            "--LabApp.log_level=WARN",  # what is left is the address, and any trouble
            "--log-level=WARN",
        ]
    )


# How a page in my_lessons can stand to the course's, and what a start says about it.
HAND_OUT = {
    "absent": "New in my_lessons: {}.",
    "gone": "No longer in my_lessons, so handed out again: {}.",
    "untouched": "Not changed by you, so brought up to date in my_lessons: {}.",
}
LEFT_ALONE = {
    "newer": "There is a newer version of {}",
    "unknown": "There may be a newer version of {} (which one yours began as is not known)",
}
IN_THE_WAY = (
    "In my_lessons, a folder or a broken link has the name of {}: rename it, and the next start "
    "puts the lesson there."
)
WELCOME = "Your own lessons are in my_lessons: what you write there is never overwritten."


def hand_out():
    """Bring ``my_lessons`` up to date, and say what changed; no page is lost by it."""
    try:
        make_mine()
    except OSError as error:
        raise Stop(page_trouble(error))  # noqa: B904  (Python 2.7 can't read `from`)
    record, found, trouble = read_record(), {}, None
    for page in course_pages():
        try:
            how, new, old = look(page, record)
            if how in HAND_OUT:
                put(MINE / name_of(page), new, old)
        except OSError as error:  # this page must wait, the others need not
            trouble = error
            continue
        if how in HAND_OUT or how == "same":
            record[name_of(page)] = {"handed_out": page_hash(new)}
        elif how in LEFT_ALONE:
            entry = record.setdefault(name_of(page), {})
            if entry.get("told") == page_hash(new):  # once for each new version is enough
                continue
            entry["told"] = page_hash(new)
        if how in HAND_OUT and page.parent != COURSE:  # worked pages come and go without a word
            continue
        found.setdefault(how, []).append(title(page))
    if set(found) == {"absent"}:
        say(WELCOME)
    else:
        for how in HAND_OUT:
            if how in found:
                say(HAND_OUT[how].format(listed(found[how])))
    for how in LEFT_ALONE:
        if how in found:
            say(tell_newer(how, found[how]))
    if "in the way" in found:
        say(IN_THE_WAY.format(listed(found["in the way"])), file=sys.stderr)
    try:
        if record != read_record():
            write_record(record)
    except OSError as error:
        trouble = error
    if trouble and not (MINE / FIRST_PAGE).exists():
        raise Stop(page_trouble(trouble))
    if trouble:
        say(page_trouble(trouble), file=sys.stderr)


def look(page, record):
    """Return how the student's page stands to the course's, the course's bytes, the student's."""
    mine, new = MINE / name_of(page), page_to_hand_out(page)
    given = record.get(name_of(page), {}).get("handed_out")
    if not os.path.lexists(str(mine)):
        return ("gone" if given else "absent"), new, None
    if not mine.is_file():
        return "in the way", new, None
    old = mine.read_bytes()
    if page_hash(old) == page_hash(new):
        return "same", new, old
    if page_hash(old) == given and not mine.is_symlink():  # who made a link has plans with it
        return "untouched", new, old
    if given == page_hash(new):
        return "touched", new, old
    return ("newer" if given else "unknown"), new, old


def put(path, content, old):
    """Write a file whole or not at all, and only while ``old`` (None: nothing) is still there."""
    part = path.with_name(".{}.{}.part".format(path.name, os.getpid()))
    if path.parent != MINE and not path.parent.is_dir():
        path.parent.mkdir()
    try:
        with open(str(part), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if (path.read_bytes() if os.path.lexists(str(path)) else None) != old:
            raise OSError("{} was saved by another program just now".format(path.name))
        os.replace(str(part), str(path))
    finally:
        if part.exists():
            part.unlink()


def put_fresh(name, how, new, old):
    """Put the course's version of a page where the student finds it, and return what to say."""
    make_mine()
    path = MINE / name
    if how == "same":
        return "Your my_lessons/{} is the newest version, just as it came.".format(name)
    if how in HAND_OUT:
        put(path, new, old)
        return "The course's version is now in my_lessons/{}.".format(name)
    for n in count(1):
        mark = " (new {})".format(n) if n > 1 else " (new)"
        beside = path.with_name(path.stem + mark + path.suffix)
        if not os.path.lexists(str(beside)):
            put(beside, new, None)
            return "The course's version lies beside yours: " + shown(beside)
        if beside.is_file() and page_hash(beside.read_bytes()) == page_hash(new):
            return "It lies beside yours already: " + shown(beside)


def tell_newer(how, names):
    """Return the sentence about changed pages that have a newer version, and how to get it."""
    newer = LEFT_ALONE[how].format(listed(names))
    numbers = " ".join(name.partition("_")[0] for name in names)
    advice = "{}: yours stays as it is, and python lab.py fresh {} puts the course's beside it."
    return advice.format(newer, numbers)


def page_trouble(error):
    """Return what to tell when a page, or the record, could not be read or written."""
    line = re.sub(r"[.:]$", "", str(error))
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        todo = "the disk is full, so free some space"
    elif isinstance(error, FileExistsError):
        todo = "it should be a folder, so rename what has its name"
    elif isinstance(error, PermissionError) or error.errno == errno.EROFS:
        todo = "close what else has the file open, or move the course to a folder that is yours"
    else:
        todo = "mend that"
    return (
        "Not all of my_lessons could be brought up to date ({}), and nothing of yours has changed: "
        "{}, then {}."
    ).format(line, todo, AGAIN)


def course_pages():
    """Return the paths of the course's pages: the student edition, then the worked one."""
    return [
        path
        for folder in (COURSE, COURSE / "solutions")
        for path in sorted(folder.glob("[0-9][0-9]_*.ipynb"))
    ]


def name_of(page):
    """Return where a page of the course lies, seen from its folder, and so in my_lessons."""
    return page.relative_to(COURSE).as_posix()


def title(page):
    """Return a page's name as it is told: without its ending."""
    return name_of(page)[: -len(".ipynb")]


def shown(path):
    """Return the path of a student's page as it is told."""
    return path.relative_to(ROOT).as_posix()


def find_pages(word):
    """Return the course's pages that a number or a name means: `03`, `solutions/03` ..."""
    folder = COURSE / "solutions" if "solutions" in word else COURSE
    name = re.sub(r"^.*[/\\]|\.ipynb$", "", word).lower()
    pages = [
        page
        for page in course_pages()
        if page.parent == folder
        and (
            name in (page.stem.lower(), page.stem[3:].lower())
            or name.isdecimal()
            and int(name) == int(page.stem[:2])
        )
    ]
    if not pages:
        known = listed([page.stem for page in course_pages() if page.parent == COURSE])
        raise Stop("There is no lesson {}: the lessons are {}.".format(word, known))
    return pages


def page_to_hand_out(page):
    """Return a page's bytes, without the outputs that tell what a reader is to predict.

    The figure that opens the page stays, and a worked page keeps all that it shows.
    """
    content = page.read_bytes()
    if page.parent != COURSE:
        return content
    try:
        notebook, opening, cleared = json.loads(content.decode("utf-8")), "to come", False
        for cell in notebook["cells"]:
            if cell["cell_type"] != "code":
                opening = "over" if opening == "shown" else opening
                continue
            if opening == "over":
                cleared = cleared or bool(cell["outputs"])
                cell.update(outputs=[], execution_count=None)
            elif cell["outputs"]:
                opening = "shown"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return content
    if not cleared:
        return content
    return (json.dumps(notebook, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def make_mine():
    """Make the folder ``my_lessons``, if it isn't there."""
    if not MINE.is_dir():
        MINE.mkdir()


def page_hash(content):
    """Return a hash of what a page says: of its cells and what they show.

    Opening a page is not changing it: JupyterLab then writes down which Python it runs on.
    And git on Windows may have given the file other line endings.
    """
    try:
        cells = json.loads(content.decode("utf-8"))["cells"]
        for cell in cells:
            for note in ("metadata", "execution_count", "id"):
                cell.pop(note, None)
        content = json.dumps(cells, sort_keys=True).encode("ascii")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        content = content.replace(b"\r\n", b"\n")  # a page that is none: its bytes have to do
    return hashlib.sha256(content).hexdigest()


def seal(pages):
    """Return a hash of the record: one that a person or another program changed isn't believed."""
    return hashlib.sha256(json.dumps(pages, sort_keys=True).encode("ascii")).hexdigest()


def read_record():
    """Return what was handed out, by page; an empty dict if that can't be known for certain."""
    try:
        kept = json.loads(RECORD.read_text(encoding="utf-8"))
        return kept["pages"] if kept["seal"] == seal(kept["pages"]) else {}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def write_record(pages):
    """Write down what was handed out."""
    text = json.dumps({"pages": pages, "seal": seal(pages)}, indent=1)
    put(RECORD, text.encode("ascii"), RECORD.read_bytes() if RECORD.exists() else None)


def listed(names):
    """Return names as a person lists them: one, two and three."""
    return " and ".join(filter(None, [", ".join(names[:-1]), "".join(names[-1:])]))


def prepare(level, stage):
    """Make ``.venv`` ready for ``level``; where it is ready already, do nothing."""
    needed = LEVELS[level] + ["helpers/__init__.py", "notebooks/" + FIRST_PAGE]
    missing = [name for name in needed if not (ROOT / name).is_file()]
    if missing:
        raise Stop(
            "This copy of the course is not whole, for {} should be in {}: clone or download it "
            "again, and start lab.py there.".format(" and ".join(missing), ROOT)
        )
    stamp = read_stamp()
    if stamp.get("home") != home() or not works(stamp):
        make_venv()
        stamp = {}
    if stamp.get(level) != fingerprint(level):
        say(stage)
        install(level)


def make_venv():
    """Make ``.venv`` anew, in place of whatever was there."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Stop(
                "This Python {0} came without its {1} module, which makes .venv: on Debian or "
                "Ubuntu type sudo apt install python{0}-venv, elsewhere install Python from "
                "https://www.python.org/downloads/, then {2}.".format(VERSION, module, AGAIN)
            )
    if os.path.lexists(str(VENV)):
        say("The .venv here is unfinished, was moved, or is another Python's: making it afresh")
        if VENV.is_dir() and not VENV.is_symlink():
            if STAMP.exists():
                STAMP.unlink()  # first, in case the rest can't be removed
            shutil.rmtree(str(VENV))
        else:
            VENV.unlink()
    say("Making .venv, a Python of the course's own: a few seconds")
    # From an activated .venv, sys.executable would be the Python that was just removed.
    python = getattr(sys, "_base_executable", None) or sys.executable
    status, said = run_quietly([python, "-m", "venv", str(VENV)])
    if status:
        raise Stop(sentence(said))


def install(level):
    """Install a level's packages, and stamp ``.venv`` once they are all there."""
    if STAMP.exists():
        STAMP.unlink()
    pip = [in_venv("python"), "-m", "pip", "install", "--progress-bar=off"]
    # Finished wheels only: a pin too old for this Python is then refused at once, not compiled.
    pinned = ["-c", "constraints.txt", "--only-binary=:all:"]
    if "more" in INCLUDED[level] and without_gpu():
        install_torch_for_cpu(pip, pinned)
    pip += ["-r", LEVELS[level][0]]
    if level == "more":  # the other two hold, or include, what a student installs
        pip += ["-r", "requirements.txt"]
    status, said = run_quietly(pip + pinned)
    if status and diagnosis(said)[0] == NO_SUCH_VERSION:
        say(
            "Some exact versions in constraints.txt don't exist for this Python {}: installing "
            "the newest allowed ones instead".format(VERSION)
        )
        status, said = run_quietly(pip + ["--prefer-binary"])
    if status:
        write_stamp({"home": home()})  # pip cleaned up after itself: no need to begin again
        raise Stop(sentence(said))
    settings = VENV / "share" / "jupyter" / "lab" / "settings"
    settings.mkdir(parents=True, exist_ok=True)
    (settings / "overrides.json").write_text(SETTINGS, encoding="ascii")
    stamp = {"home": home()}
    stamp.update((name, fingerprint(name)) for name in INCLUDED[level])
    if not works(stamp):
        raise Stop(
            "pip reported no error, yet JupyterLab or helpers is missing from .venv: delete the "
            "folder .venv, then {}.".format(AGAIN)
        )
    write_stamp(stamp)


def without_gpu(platform=sys.platform):
    """Tell whether PyTorch's plain package would bring gigabytes that are of no use here."""
    return platform.startswith("linux") and shutil.which("nvidia-smi") is None


def install_torch_for_cpu(pip, pinned):
    """Take PyTorch for the CPU from its own index; if that fails, say what comes instead."""
    index = ["--index-url", TORCH_FOR_CPU, "--retries=1", "--timeout=15", "--no-deps", "torch"]
    status, said = run_quietly(pip + pinned + index)
    if status and diagnosis(said)[0] == NO_SUCH_VERSION:
        status, said = run_quietly(pip + ["--prefer-binary"] + index)
    if status:
        say(
            "PyTorch's own index, which has it for the CPU alone, gave none: taking it from where "
            "the others come from; on Linux it may bring gigabytes for GPUs along"
        )


def works(stamp):
    """Tell whether the Python in ``.venv`` runs and finds what the stamp promises."""
    names = ["pip"] + (["jupyterlab", "helpers"] if "student" in stamp else [])
    look = "import sys, importlib.util as u; sys.exit(not all(map(u.find_spec, sys.argv[1:])))"
    try:
        return run_quietly([in_venv("python"), "-P", "-c", look] + names)[0] == 0
    except OSError:  # no such file, or a link to a Python that is gone
        return False


def diagnosis(said):
    """Return the entry of ``TROUBLES`` that fits what was said."""
    if shutil.disk_usage(str(ROOT)).free < 50e6:  # venv keeps this reason to itself
        return TROUBLES[0]
    return next(entry for entry in TROUBLES if re.search(entry[0], said))


def sentence(said):
    """Return what to tell the user about what pip, venv, or the system said."""
    pattern, template = diagnosis(said)
    lines = [line.strip() for line in said.splitlines() if line.strip()] or ["without a word"]
    lines = [line for line in lines if re.search(pattern, line)] or lines
    lines = [line for line in lines if line.startswith("ERROR")] or lines
    line = re.sub(r"^(ERROR|Error): |^.* object at \w+>: |'\)':.*$|[.:]$", "", lines[-1])[:300]
    return template.format(line=line, root=ROOT, version=VERSION, again=AGAIN, example=EXAMPLE)


def in_venv(program="", system=os.name):
    """Return the path of a program in ``.venv``, or of its folder: Windows has its own names."""
    folder = VENV / ("Scripts" if system == "nt" else "bin")
    return str(folder / (program + ".exe" if program and system == "nt" else program))


def home():
    """Return which Python ``.venv`` is for and where it stands: neither may change."""
    return " ".join([VERSION, sys.implementation.name, sysconfig.get_platform(), str(ROOT)])


def fingerprint(level):
    """Return a hash of the files that say what a level installs."""
    texts = [(ROOT / name).read_bytes() for name in LEVELS[level]]
    return hashlib.sha256(b"\0".join(texts)).hexdigest()


def read_stamp():
    """Return what ``.venv`` is known to hold; an empty dict where it is half-made."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(stamp):
    """Write down what ``.venv`` holds."""
    STAMP.write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def environment(system=os.name):
    """Return the variables for a child process: nothing from outside gets into ``.venv``."""
    # Other packages, another place to install, other kernels, a figure window no page can show.
    outside = "PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX PIP_CONSTRAINT JUPYTER_PATH MPLBACKEND"
    env = {name: value for name, value in os.environ.items() if name not in outside.split()}
    env.update(
        VIRTUAL_ENV=str(VENV),
        PATH=os.pathsep.join([in_venv(system=system), env.get("PATH", os.defpath)]),
        PYTHONNOUSERSITE="1",
        PYTHONUTF8="1",  # or Windows misreads the path to helpers, if there is an accent in it
        PIP_USER="0",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        JUPYTER_PREFER_ENV_PATH="1",
    )
    return env


def run_quietly(command):
    """Run a command, on a terminal show its newest line, return (status, all that it said)."""
    said = []
    child = subprocess.Popen(
        command,
        cwd=str(ROOT),
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    with child:
        for line in child.stdout:
            said.append(line)
            if sys.stdout.isatty():
                say("\r  {:<76.76}".format(line.strip()), end="")
    if said and sys.stdout.isatty():
        say("\r" + " " * 78, end="\r")
    return child.returncode, "".join(said)


def hand_over(command):
    """Give the terminal to a command until it ends, and return its status."""
    child = subprocess.Popen(command, cwd=str(ROOT), env=environment())
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
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
