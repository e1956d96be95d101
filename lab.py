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

WANTED = (3, 11)


def python_problem(version):
    """Return what to say to a Python of this version (a tuple), or None if it will do."""
    if tuple(version) >= WANTED:
        return None
    return (
        "This is Python {}.{}, and the lessons need 3.11 or newer: install a newer one from "
        "https://www.python.org/downloads/ and start with it, for example: python3.13 lab.py"
    ).format(*version[:2])


if python_problem(sys.version_info):
    sys.exit(python_problem(sys.version_info))

import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sysconfig
from pathlib import Path

ROOT = Path(os.path.abspath(__file__)).parent
VENV = ROOT / ".venv"
STAMP = VENV / "sixteen-colors.json"  # written last, so without it .venv is half-made
FIRST_PAGE = "notebooks/00_start_here.ipynb"

# A change in one of a level's files installs that level again.
STUDENT_FILES = ["requirements.txt", "constraints.txt", "pyproject.toml"]
LEVELS = {"student": STUDENT_FILES, "dev": ["requirements-dev.txt"] + STUDENT_FILES}
STAGES = {
    "student": "Installing JupyterLab and friends: about a minute, once only",
    "dev": "Installing JupyterLab and the maintainers' tools: about two minutes, once only",
}

# What pip or the system may say, and the sentence it becomes; the first that fits is told.
TROUBLES = [
    (
        r"No space left|not enough space|quota exceeded|Errno 28\b|WinError 112\b",
        "The disk is full ({line}), and .venv needs about 1 GB: free some space, then run the "
        "same command again.",
    ),
    (
        r"Permission denied|Access is denied|Read-only file system|Operation not permitted|"
        r"Errno (1|13|30)\b|WinError (5|32)\b",
        "The folder .venv can't be written in {root} ({line}): close JupyterLab and every "
        "terminal that uses it, or move the course to a folder that is yours, then run the "
        "same command again.",
    ),
    (
        r"NewConnectionError|NameResolutionError|name resolution|getaddrinfo|ConnectionError|"
        r"Connection (refused|reset|broken|aborted)|connection broken|ProxyError|SSLError|"
        r"Timeout(Error)?\b|timed out|Network is unreachable|IncompleteRead",
        "The packages could not be fetched from the network ({line}): check the connection, "
        "then run the same command again, and it continues with what has already come.",
    ),
]
# What pip says where a version named in constraints.txt does not exist for this Python.
NO_SUCH_VERSION = r"No matching distribution|ResolutionImpossible|conflicting dependencies"


class Stop(Exception):
    """A failure, told in one sentence: what came, what was wanted, what to do."""


def say(text):
    """Print one line at once, even where the output is a file or a pipe."""
    print(text, flush=True)


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
                "There is no command {!r}; the commands are {}, and python lab.py --help says "
                "what they do.".format(command, " and ".join(sorted(COMMANDS)))
            )
        return COMMANDS[command](extra)
    except Stop as stop:
        print(stop, file=sys.stderr)
    except OSError as error:
        print(trouble(str(error)) or unknown_trouble(error), file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped before it was done: run the same command again.", file=sys.stderr)
        return 130
    return 1


def open_lessons(extra):
    """Open JupyterLab on the first lesson, and stay until it closes."""
    prepare("student")
    say("Opening {} in JupyterLab; Ctrl-C here closes it.".format(FIRST_PAGE))
    status = hand_over(jupyter_command(extra, os.name != "nt" and os.geteuid() == 0))
    if status:
        raise Stop(
            "JupyterLab ended with status {}, and its last lines above say why: mend that, or "
            "delete the folder .venv, and run it again.".format(status)
        )
    return 0


def run_checks(extra):
    """Run every check, the quick one first; pytest has the last word."""
    prepare("dev")
    say("Checking the style with ruff")
    style = hand_over([venv_python(), "-m", "ruff", "check", "."])
    say("Running the tests and every page of both editions")
    return hand_over([venv_python(), "-m", "pytest"] + extra) or style


COMMANDS = {"open": open_lessons, "test": run_checks}


def jupyter_command(extra, is_root):
    """Return the command line that opens JupyterLab; its token stays on."""
    options = [
        "--ServerApp.root_dir=" + str(ROOT),
        "--ip=127.0.0.1",  # this machine only, whatever a settings file says
        "--ServerApp.answer_yes=True",  # one Ctrl-C is enough
        "--log-level=WARN",  # leaves the address to open, and trouble
    ]
    if is_root:  # as in most containers, where JupyterLab would refuse to start
        options.append("--allow-root")
    return [venv_python(), "-m", "jupyterlab", FIRST_PAGE] + options + extra


def prepare(level):
    """Make ``.venv`` ready for ``level``; where it is ready already, do nothing."""
    needed = LEVELS[level] + ["helpers/__init__.py", FIRST_PAGE]
    missing = [name for name in needed if not (ROOT / name).is_file()]
    if missing:
        raise Stop(
            "This copy of the course is not whole, for {} should be in {}: clone or download "
            "it again, and run lab.py there.".format(", ".join(missing), ROOT)
        )
    stamp = read_stamp()
    if stamp.get("home") != home() or not works(stamp):
        make_venv()
        stamp = {"home": home()}
        write_stamp(stamp)
    if stamp.get(level) != fingerprint(level):
        say(STAGES[level])
        STAMP.unlink()
        install(level)


def make_venv():
    """Make ``.venv`` anew, in place of whatever was there."""
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Stop(
                "This Python {0} came without its {1} module, which makes .venv: on Debian and "
                "Ubuntu, sudo apt install python{0}-venv adds it, elsewhere install Python from "
                "https://www.python.org/downloads/, then run the same command again.".format(
                    short_version(), module
                )
            )
    if os.path.lexists(str(VENV)):
        say("The .venv here is unfinished, moved, or another Python's: making it afresh")
        remove(VENV)
    say("Making .venv, a Python of the course's own: a few seconds")
    # Started from an activated .venv, this Python would be among what is made afresh.
    python = getattr(sys, "_base_executable", None) or sys.executable
    status, said = run_quietly([python, "-m", "venv", str(VENV)])
    if status:
        raise Stop(trouble(said) or unknown_trouble(error_line(said)))


def remove(path):
    """Remove a file, a link, or a folder; the stamp goes first."""
    if path.is_dir() and not path.is_symlink():
        if STAMP.exists():
            STAMP.unlink()
        shutil.rmtree(str(path))
    else:
        path.unlink()


def install(level):
    """Install a level's packages, and stamp ``.venv`` once they are all there."""
    pip = [venv_python(), "-m", "pip", "install", "--progress-bar=off", "-r", LEVELS[level][0]]
    # Finished wheels only, so that a pin too old for this Python is refused, not compiled.
    status, said = run_quietly(pip + ["-c", "constraints.txt", "--only-binary=:all:"])
    if status and not trouble(said) and re.search(NO_SUCH_VERSION, said):
        say(
            "Some exact version in constraints.txt is not made for this Python {}: installing "
            "the newest allowed ones instead".format(short_version())
        )
        status, said = run_quietly(pip + ["--prefer-binary"])
    stamp = {"home": home()}
    if status:
        write_stamp(stamp)  # pip ended in good order, so the next start goes on from here
        raise Stop(trouble(said) or unknown_trouble(error_line(said)))
    stamp.update({done: fingerprint(done) for done in ("student", level)})
    if not works(stamp):
        raise Stop(
            "pip reported no error, but JupyterLab or helpers is still missing from .venv: "
            "delete the folder .venv and run the same command again."
        )
    write_stamp(stamp)


def trouble(said):
    """Return the sentence for a trouble that is known by what was said, or None."""
    for pattern, sentence in TROUBLES:
        if re.search(pattern, said):
            return sentence.format(line=error_line(said, pattern), root=ROOT)
    return None


def unknown_trouble(line):
    """Return the sentence for any other failure."""
    return (
        "The set-up of .venv failed with: {}; mend that and run the same command again, and it "
        "continues, or delete the folder .venv to start afresh.".format(line)
    )


def error_line(said, pattern="$"):
    """Return the last line marked as an error that fits, or the last that fits at all."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    lines = [line for line in lines if re.search(pattern, line)] or lines or ["no word of why"]
    errors = [line for line in lines if re.match(r"ERROR|Error|error|\w+Error", line)]
    line = (errors or lines)[-1].rstrip(".")
    return re.sub(r"^ERROR:\s*", "", line)[:300]


def venv_folder(system=os.name):
    """Return the folder of programs inside ``.venv``; Windows has a name of its own for it."""
    return VENV / ("Scripts" if system == "nt" else "bin")


def venv_python(system=os.name):
    """Return the path of the Python inside ``.venv``."""
    return str(venv_folder(system) / ("python.exe" if system == "nt" else "python"))


def short_version():
    """Return the running Python's version as Debian names it, such as 3.13."""
    return "{}.{}".format(*sys.version_info[:2])


def home():
    """Return which Python ``.venv`` is for and where it stands: neither may change."""
    parts = [short_version(), sys.implementation.name, sysconfig.get_platform(), str(ROOT)]
    return " ".join(parts)


def fingerprint(level):
    """Return a hash of all the files that say what a level installs."""
    digest = hashlib.sha256()
    for name in LEVELS[level]:
        digest.update((ROOT / name).read_bytes() + b"\0")
    return digest.hexdigest()


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


def works(stamp):
    """Tell whether the Python in ``.venv`` runs and finds what the stamp promises."""
    names = ["pip"] + (["jupyterlab", "helpers"] if "student" in stamp else [])
    look = "import sys, importlib.util as u; sys.exit(not all(map(u.find_spec, sys.argv[1:])))"
    try:
        return run_quietly([venv_python(), "-c", look] + names)[0] == 0
    except OSError:  # no such file, or a link to a Python that is gone
        return False


def environment(system=os.name):
    """Return the variables for a child process: nothing from outside gets into ``.venv``."""
    env = dict(os.environ)
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_CONSTRAINT"):
        env.pop(name, None)
    # Other kernels, and a figure window that a page can't show, stay out too.
    for name in ("JUPYTER_PATH", "MPLBACKEND"):
        env.pop(name, None)
    env.update(
        VIRTUAL_ENV=str(VENV),
        PATH=os.pathsep.join([str(venv_folder(system)), env.get("PATH", os.defpath)]),
        PYTHONNOUSERSITE="1",
        PYTHONUTF8="1",  # else Python 3.11 on Windows misreads a path such as C:\Users\Zoe
        PIP_USER="0",
        PIP_DISABLE_PIP_VERSION_CHECK="1",
        JUPYTER_PREFER_ENV_PATH="1",
    )
    return env


def run_quietly(command):
    """Run a command, show only its newest line, and return (status, all that it said)."""
    said = []
    with subprocess.Popen(
        command, cwd=str(ROOT), env=environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    ) as child:
        for line in child.stdout:
            said.append(line)
            show_newest("  " + line.strip())
    show_newest("")
    return child.returncode, "".join(said)


def show_newest(line):
    """On a terminal, show ``line`` in place of the last one; elsewhere, nothing."""
    if sys.stdout.isatty():
        print("\r{:<78}\r{}".format("", line[:78]), end="", flush=True)


def hand_over(command):
    """Give the terminal to a command until it ends, and return its status."""
    child = subprocess.Popen(command, cwd=str(ROOT), env=environment())
    before = signal.signal(signal.SIGTERM, lambda *ignored: child.terminate())
    try:
        return child.wait()
    except KeyboardInterrupt:  # the child got the same Ctrl-C, and is tidying up
        try:
            child.wait(timeout=15)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            child.terminate()
            child.wait()
        return 0 if command[2] == "jupyterlab" else 130
    finally:
        signal.signal(signal.SIGTERM, before)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
