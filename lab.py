#!/usr/bin/env python3
"""Sixteen Colors: set up this folder, then open the lessons or run the checks.

    python lab.py             open the lessons in JupyterLab (installs once, about a minute)
    python lab.py open ...    the same; what follows goes to JupyterLab, such as --no-browser
    python lab.py test ...    run every check: ruff, then pytest; what follows goes to pytest,
                              such as -k kmeans, with paths counted from this folder
    python lab.py --help      show this page

Everything is installed into the folder .venv beside this file. To start afresh, delete
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
from pathlib import Path

ROOT = Path(os.path.abspath(__file__)).parent
VENV = ROOT / ".venv"
STAMP = VENV / "sixteen-colors.json"  # written last: without it, .venv is half-made
FIRST_PAGE = "notebooks/00_start_here.ipynb"
VERSION = "{}.{}".format(*sys.version_info[:2])

# The files that say what a level installs, the one for pip first; a change in any installs again.
STUDENT = ["requirements.txt", "constraints.txt", "pyproject.toml"]
LEVELS = {"student": STUDENT, "dev": ["requirements-dev.txt"] + STUDENT}

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
            known = " and ".join(sorted(COMMANDS))
            raise Stop(
                "There is no command {}: the commands are {}, and python lab.py --help says "
                "what they do.".format(command, known)
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
    """Open JupyterLab on the first lesson, and stay until it closes."""
    prepare("student", "Installing JupyterLab and friends: about a minute, once only")
    say("Opening JupyterLab on {}; Ctrl-C here closes it".format(FIRST_PAGE))
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


def run_checks(extra):
    """Run every check, the quick one first; pytest has the last word."""
    prepare("dev", "Installing JupyterLab and the maintainers' tools: about two minutes, once only")
    say("Checking the code's style with ruff")
    style = hand_over([in_venv("python"), "-m", "ruff", "check", "."])
    say("Running the tests, and every page of both editions")
    return hand_over([in_venv("python"), "-m", "pytest"] + extra) or style


COMMANDS = {"open": open_lessons, "test": run_checks}


def jupyter_command(is_root=False):
    """Return the command line that opens JupyterLab; its token stays on."""
    return [in_venv("python"), "-m", "jupyterlab"] + ["--allow-root"] * is_root + [
        "--ServerApp.root_dir=" + str(ROOT),
        "--LabApp.default_url=/lab/tree/" + FIRST_PAGE,
        "--LabApp.news_url=None",  # no question about news on top of the first lesson
        "--ip=127.0.0.1",  # this machine only, whatever a settings file says
        "--ServerApp.answer_yes=True",  # one Ctrl-C is enough
        "--LabApp.log_level=WARN",  # what is left is the address, and any trouble
        "--log-level=WARN",
    ]


def prepare(level, stage):
    """Make ``.venv`` ready for ``level``; where it is ready already, do nothing."""
    needed = LEVELS[level] + ["helpers/__init__.py", FIRST_PAGE]
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
    pip = [in_venv("python"), "-m", "pip", "install", "--progress-bar=off", "-r", LEVELS[level][0]]
    # Finished wheels only: a pin too old for this Python is then refused at once, not compiled.
    status, said = run_quietly(pip + ["-c", "constraints.txt", "--only-binary=:all:"])
    if status and diagnosis(said)[0] == NO_SUCH_VERSION:
        say(
            "Some exact versions in constraints.txt don't exist for this Python {}: installing "
            "the newest allowed ones instead".format(VERSION)
        )
        status, said = run_quietly(pip + ["--prefer-binary"])
    if status:
        write_stamp({"home": home()})  # pip cleaned up after itself: no need to begin again
        raise Stop(sentence(said))
    stamp = {"home": home(), "student": fingerprint("student"), level: fingerprint(level)}
    if not works(stamp):
        raise Stop(
            "pip reported no error, yet JupyterLab or helpers is missing from .venv: delete the "
            "folder .venv, then {}.".format(AGAIN)
        )
    write_stamp(stamp)


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
    return template.format(
        line=line, root=ROOT, version=VERSION, again=AGAIN, example=EXAMPLE
    )


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
        command, cwd=str(ROOT), env=environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
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
