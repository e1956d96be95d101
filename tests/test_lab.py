"""What lab.py promises, without a network: a stand-in plays venv, pip, ruff, pytest, JupyterLab."""

import ast
import errno
import importlib.util
import io
import json
import ntpath
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import types
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
LAB = (REPOSITORY / "lab.py").read_bytes().decode("ascii")
REQUIREMENTS = [f"requirements{what}.txt" for what in ("", "-more", "-site", "-dev")]
OFFLINE = """\
WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(
'Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')'
ERROR: Could not find a version that satisfies the requirement numpy (from versions: none)
ERROR: No matching distribution found for numpy
"""
NO_PIN = "ERROR: No matching distribution found for numpy==2.4.6\n"


def load(path):
    """The lab.py of a folder, as a module."""
    spec = importlib.util.spec_from_file_location("lab_under_test", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


LESSONS = ("00_start_here", "03_distance", "05b_a_palette")


@pytest.fixture
def course(tmp_path):
    """A copy of the course in a folder with a space and an accent in its name."""
    folder = tmp_path / "Über die Farben"
    folder.mkdir()
    for name in ("lab.py", *REQUIREMENTS, "constraints.txt", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, folder)
    for name in ("helpers/__init__.py", *(f"notebooks/{name}.ipynb" for name in LESSONS)):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text('{"cells": [{"cell_type": "markdown"}]}', encoding="utf-8")
    return folder


class System:
    """Stands in for every program that lab.py starts, and remembers what was started.

    ``replies`` maps a word of the command line to the answers that the commands with this word
    get, one after the other: (status, text), or an exception. Without one, all goes well.
    """

    def __init__(self, lab, capsys):
        self.lab, self.capsys = lab, capsys
        self.started, self.replies = [], {}

    def answer(self, command):
        self.started.append(command)
        for word, answers in self.replies.items():
            if word in command and answers:
                reply = answers.pop(0)
                if isinstance(reply, tuple):
                    return reply
                raise reply
        if "venv" in command:
            self.lab.VENV.mkdir()
        return 0, ""

    def run(self, command, hear=None):
        status, said = self.answer(command)
        for line in said.splitlines(keepends=True):
            hear(line)
        return status

    def ran(self, word):
        """The commands started so far that hold this word."""
        return [command for command in self.started if word in command]

    def does(self, *words, status=0):
        """Run lab.py afresh, and return what it says; a failure in one sentence."""
        self.started.clear()
        assert self.lab.main(list(words)) == status
        said = self.capsys.readouterr()
        assert "Traceback" not in said.err
        assert said.err.strip().count("\n") == 0
        return said.err.strip() if status else said.out


@pytest.fixture
def system(course, monkeypatch, capsys):
    system = System(load(course / "lab.py"), capsys)
    monkeypatch.setattr(system.lab, "run", system.run)
    monkeypatch.setattr(system.lab.shutil, "which", lambda name: "/usr/bin/" + name)
    return system


@pytest.fixture
def lab(system):
    return system.lab


def read_by(pip):
    """The requirement files that a command of pip reads."""
    return [word[2:] for word in pip if word.startswith("-r")]


# Opening the lessons


def test_the_first_start_makes_venv_installs_and_opens_the_first_lesson(lab, system):
    said = system.does()
    venv, pip, jupyter = (system.started[n] for n in (0, 1, 3))
    assert venv[1:] == ["-m", "venv", str(lab.VENV)]
    assert pip[:4] == [lab.PYTHON, "-m", "pip", "install"]
    assert read_by(pip) == ["requirements.txt"]
    assert pip[pip.index("-c") + 1] == "constraints.txt"
    assert jupyter[:3] == [lab.PYTHON, "-m", "jupyterlab"]
    assert "--LabApp.default_url=/lab/tree/00_start_here.ipynb" in jupyter
    assert "Making .venv" in said
    assert "Installing JupyterLab and friends: about a minute, once only" in said


def test_jupyterlab_asks_nothing_about_news_and_keeps_the_explorers_in_a_saved_page(lab, system):
    system.does()
    settings = lab.VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    assert json.loads(settings.read_text(encoding="utf-8")) == {
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false"},
        "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
    }


def test_a_second_start_installs_nothing_and_says_so_little(system):
    system.does()
    assert system.does().count("\n") == 1
    look, jupyter = system.started
    assert "install" not in look
    assert jupyter[1:3] == ["-m", "jupyterlab"]


def test_words_after_open_go_to_jupyterlab(system):
    system.does("open", "--no-browser", "--port=9999")
    assert system.started[-1][-2:] == ["--no-browser", "--port=9999"]


@pytest.mark.parametrize(("user", "allowed"), [(0, True), (1000, False), (None, False)])
def test_jupyterlab_keeps_its_token_and_listens_on_this_machine_only(
    system, monkeypatch, user, allowed
):
    if user is None:  # Windows has no such thing
        monkeypatch.delattr(os, "geteuid", raising=False)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: user, raising=False)
    system.does()
    command = system.started[-1]
    assert "--ip=127.0.0.1" in command
    assert not [word for word in command if "token" in word or "password" in word]
    assert ("--allow-root" in command) is allowed


def test_control_c_closes_jupyterlab_without_a_word(system):
    system.replies = {"jupyterlab": [(0, ""), KeyboardInterrupt()]}  # the look for it comes first
    system.does()


# What lessons 09 to 11 need


def test_more_installs_more_and_opens_the_lessons(system):
    assert "scikit-learn, PyTorch and Dask" in system.does("--more", "--no-browser")
    (pip,) = system.ran("install")
    assert read_by(pip) == ["requirements.txt", "requirements-more.txt"]
    assert pip[pip.index("-c") + 1] == "constraints.txt"
    assert system.started[-1][1:3] == ["-m", "jupyterlab"]
    assert system.started[-1][-1] == "--no-browser"


@pytest.mark.parametrize(("words", "asked"), [(["--more"], 1), (["test"], 1), ([], 0)])
@pytest.mark.parametrize(
    ("platform", "program", "without"),
    [
        ("linux", None, True),
        ("linux", "/usr/bin/nvidia-smi", False),
        ("darwin", None, False),
        ("win32", None, False),
    ],
)
def test_where_pytorch_would_bring_gigabytes_in_vain_its_own_index_comes_first(
    lab, system, monkeypatch, words, asked, platform, program, without
):
    monkeypatch.setattr(lab.shutil, "which", lambda name: program)
    monkeypatch.setattr(sys, "platform", platform)
    system.does(*words)
    *own, rest = system.ran("install")
    assert len(own) == asked * without
    for command in own:
        assert command[-1] == "torch"
        assert command[command.index("--index-url") + 1] == "https://download.pytorch.org/whl/cpu"
        assert command[command.index("-c") + 1] == "constraints.txt"
        assert "--no-deps" in command  # those come with all the others
    assert "torch" not in rest
    assert "--index-url" not in rest


@pytest.fixture
def without_gpu(lab, monkeypatch):
    monkeypatch.setattr(lab.shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "platform", "linux")


def test_pytorchs_index_out_of_reach_is_told_and_in_nobodys_way(system, without_gpu):
    system.replies = {"torch": [(1, OFFLINE)]}
    (told,) = [line for line in system.does("--more").splitlines() if "own index" in line]
    assert "gigabytes" in told
    assert len(system.ran("install")) == 2
    assert system.started[-1][1:3] == ["-m", "jupyterlab"]


def test_a_pytorch_that_does_not_exist_for_this_python_is_replaced(system, without_gpu):
    system.replies = {"torch": [(1, "ERROR: No matching distribution found for torch==2.13.0\n")]}
    system.does("--more")
    pinned, free, _ = system.ran("install")
    assert "constraints.txt" in pinned
    assert "constraints.txt" not in free
    assert "--index-url" in free


# Running the tests


def test_test_installs_all_and_runs_ruff_then_pytest_which_gets_what_follows(system):
    system.does("test", "--all", "-k", "kmeans")
    (pip,) = system.ran("install")
    assert read_by(pip) == REQUIREMENTS
    ruff, tests = system.started[-2:]
    assert ruff[1:] == ["-m", "ruff", "check", "."]
    assert tests[1:3] == ["-m", "pytest"]
    assert tests[-3:] == ["--all", "-k", "kmeans"], "the last word is the caller's"


@pytest.mark.parametrize(
    ("ruff", "tests", "status"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (0, 5, 5), (1, 2, 2)]
)
def test_the_exit_status_is_that_of_the_checks(system, ruff, tests, status):
    system.replies = {"ruff": [(ruff, "")], "pytest": [(tests, "")]}
    system.does("test", status=status)
    assert system.ran("pytest")


# How far am I?


def test_progress_is_what_the_courses_own_python_finds_in_the_folder_of_the_pages(lab, system):
    Path(lab.PYTHON).parent.mkdir(parents=True)
    Path(lab.PYTHON).touch()
    lab.MINE.mkdir()
    (lab.MINE / "my_progress.json").write_text('{"negative": {}}', encoding="utf-8")
    system.does("progress")
    ((python, *words),) = system.started
    assert python == lab.PYTHON and "-P" in words  # a random.py of somebody's is not Python's
    env = os.environ | {"PYTHONPATH": str(REPOSITORY)}  # .venv has helpers installed
    said = subprocess.run(
        [sys.executable, *words], capture_output=True, env=env, encoding="utf-8"
    ).stdout
    assert "[x] negative" in said and "[ ] to_pixels" in said
    assert said.endswith("1 of 24 functions are yours; next: to_pixels, in lesson 01.\n")


@pytest.mark.parametrize("there", [".venv", "my_lessons", None])
def test_progress_before_the_first_start_is_one_sentence(lab, system, course, there):
    if there == "my_lessons":
        lab.MINE.mkdir()
    elif there:
        lab.BIN.mkdir(parents=True)
        Path(lab.PYTHON).touch()
    said = system.does("progress", status=1)
    assert "no progress" in said and "python lab.py makes both" in said
    assert not system.started and not lab.LOCK.exists()


# Help


@pytest.mark.parametrize(
    "words", ["--help", "-h", "help", "open --help", "--more --help", "fresh --help", "test -h"]
)
def test_every_command_prints_the_same_complete_help(lab, system, words):
    said = system.does(*words.split())
    assert all("lab.py " + command in said for command in [*lab.COMMANDS, "test --all"])
    assert ".venv" in said
    assert "my_lessons" in said
    assert not system.started
    assert not lab.MINE.exists()


# The stamp: what .venv holds


@pytest.mark.parametrize("first", [[], ["--more"], ["test"]])
def test_each_level_is_installed_once_into_the_same_venv(system, first):
    levels = [[], ["--more"], ["test"]]
    system.does(*first)
    for number, words in enumerate(levels):
        system.does(*words)
        assert bool(system.ran("install")) == (number > levels.index(first))
        assert not system.ran("venv")
    for words in levels:
        system.does(*words)
        assert not system.ran("install")


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("requirements.txt", [True, True, True]),
        ("constraints.txt", [True, True, True]),
        ("pyproject.toml", [True, True, True]),
        ("requirements-more.txt", [False, True, True]),
        ("requirements-site.txt", [False, False, True]),
        ("requirements-dev.txt", [False, False, True]),
        ("lab.py", [False, False, False]),
    ],
)
def test_a_changed_file_installs_again_into_the_same_venv(system, course, name, again):
    system.does("test")
    with (course / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    for words, expected in zip(([], ["--more"], ["test"]), again, strict=True):
        system.does(*words)
        assert bool(system.ran("install")) == expected
        assert not system.ran("venv")


def leave(text):
    return lambda lab, system: lab.STAMP.write_text(text, encoding="utf-8")


SPOILED = {
    "half made": lambda lab, system: lab.STAMP.unlink(),
    "empty stamp": leave(""),
    "broken stamp": leave("{"),
    "a stamp that is none": leave("[]"),
    "moved": leave('{"home": "2.7 cpython linux /elsewhere"}'),
    "another Python": lambda lab, system: setattr(lab, "HOME", lab.HOME + "9"),
    "its Python is gone": lambda lab, system: system.replies.update(
        pip=[FileNotFoundError(errno.ENOENT, "No such file or directory", lab.PYTHON)]
    ),
    "it lost JupyterLab": lambda lab, system: system.replies.update(jupyterlab=[(1, "")]),
    "it lost NumPy": lambda lab, system: system.replies.update(numpy=[(1, "")]),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_venv_that_is_not_sound_is_made_afresh(lab, system, how):
    system.does()
    (lab.VENV / "left over").touch()
    SPOILED[how](lab, system)
    assert "making it afresh" in system.does()
    assert system.ran("venv")
    assert system.ran("install")
    assert not (lab.VENV / "left over").exists()


def test_a_package_is_missed_and_so_is_one_of_which_only_the_folder_is_left(course):
    lab = load(course / "lab.py")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(lab.VENV)], check=True)
    packages = next(lab.VENV.glob("[Ll]ib/**/site-packages"))
    for name in ["pip", *lab.BRINGS["requirements.txt"].split()]:
        (packages / name).mkdir()
        (packages / name / "__init__.py").touch()
    stamp = {"home": lab.HOME, "requirements.txt": "..."}
    assert lab.works(stamp)
    (packages / "numpy" / "__init__.py").unlink()
    assert not lab.works(stamp)
    (packages / "numpy").rmdir()
    assert not lab.works(stamp)


def test_every_package_that_the_pages_import_is_looked_for():
    sources = (REPOSITORY / "notebooks" / "source").glob("*.md")
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    imported = set(re.findall(r"^ *(?:import|from) (\w+)", text, re.MULTILINE))
    brought = " ".join(load(REPOSITORY / "lab.py").BRINGS.values()).split()
    assert imported - sys.stdlib_module_names <= {*brought, "IPython"}


def test_a_file_or_a_broken_link_named_venv_is_in_nobodys_way(lab, system):
    lab.VENV.write_text("not a folder", encoding="utf-8")
    system.does()
    shutil.rmtree(lab.VENV)
    try:
        lab.VENV.symlink_to(lab.ROOT / "nowhere")
    except OSError:
        pytest.skip("this system makes no links")
    system.does()


def test_the_stamp_is_written_only_once_all_is_installed(lab, system):
    system.does()
    with (lab.ROOT / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    system.replies = {"install": [KeyboardInterrupt()]}
    system.lab.main([])
    assert not lab.STAMP.exists()
    assert "run the same command again" in system.capsys.readouterr().err


def test_after_pip_failed_in_good_order_the_next_start_continues(lab, system):
    system.replies = {"install": [(1, OFFLINE)]}
    system.does(status=1)
    system.does()
    assert not system.ran("venv")
    assert system.ran("install")


# Failures: one sentence each, with what came, what was wanted, what to do


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13, "final", 0)])
def test_python_too_old(lab, version):
    said = lab.too_old(version)
    assert "This is Python {}.{}, ".format(*version) in said
    assert "3.11 or newer" in said
    assert "python.org" in said
    assert "\n" not in said


def test_python_new_enough(lab):
    assert lab.too_old((3, 11, 0)) is None
    assert lab.too_old((3, 14, 2)) is None


DISK, OURS, NETWORK = "free some space", "close JupyterLab", "check the connection to the network"


@pytest.mark.parametrize(
    ("step", "text", "cause", "advice"),
    [
        ("venv", "Error: [Errno 28] No space left on device\n", "No space left", DISK),
        ("install", "ERROR: failed: [Errno 28] No space left on device\n", "No space left", DISK),
        ("install", "OSError: [WinError 112] Zu wenig Speicherplatz\n", "Speicherplatz", DISK),
        ("venv", "Error: [Errno 13] Permission denied: '.venv'\n", "Permission denied", OURS),
        ("venv", "PermissionError: [WinError 32] Der Prozess kann nicht\n", "Prozess", OURS),
        ("venv", "Error: [Errno 30] Read-only file system: '.venv'\n", "Read-only", OURS),
        ("venv", "/usr/bin/python3: No module named venv\n", "venv", "sudo apt install python3."),
        (
            "venv",
            "The virtual environment was not created successfully because ensurepip is not\n"
            "available.  On Debian/Ubuntu systems, you need to install the python3-venv\n"
            "package using the following command.\n\n    apt install python3.11-venv\n\n"
            "You may need to use sudo with that command.\n",
            "apt install python3.11-venv",
            "sudo apt install python3.",
        ),
        (
            "install",
            "ERROR: Could not install packages due to an OSError: [Errno 2] No such file or "
            "directory: 'C:\\\\Users\\\\...'\n"
            "HINT: This error might have occurred since this system does not have Windows Long "
            "Path support enabled.\n",
            "Long Path support",
            "C:\\colors",
        ),
        ("venv", "", "without a word", "run the same command again"),
        ("install", OFFLINE, "Temporary failure in name resolution", NETWORK),
        (
            "install",
            "Collecting numpy\nERROR: The {moon} is full.\nHINT: wait\n",
            "(The {moon} is full)",
            "run the same command again",
        ),
    ],
)
def test_what_venv_and_pip_say_becomes_one_sentence(lab, system, step, text, cause, advice):
    system.replies = {step: [(1, text)]}
    said = system.does(status=1)
    assert said.startswith(f"The set-up of .venv in {lab.ROOT} failed")
    assert cause in said
    assert advice in said
    assert len(system.ran(step)) == 1


def test_venv_cannot_be_removed(lab, system, monkeypatch):
    def refuse(path):
        raise PermissionError(errno.EACCES, "Zugriff verweigert", path)

    lab.VENV.mkdir()
    monkeypatch.setattr(lab.shutil, "rmtree", refuse)
    assert OURS in system.does(status=1)


def test_a_disk_as_good_as_full_is_told_whatever_venv_says(lab, system, monkeypatch):
    class usage:
        free = 1e6

    monkeypatch.setattr(lab.shutil, "disk_usage", lambda path: usage)
    system.replies = {"venv": [(1, "Error: ensurepip returned non-zero exit status 1\n")]}
    assert DISK in system.does(status=1)


def test_a_version_that_does_not_exist_for_this_python_is_replaced(lab, system):
    system.replies = {"install": [(1, NO_PIN)]}
    (told,) = [line for line in system.does().splitlines() if "newest allowed" in line]
    assert f"Python {lab.VERSION}" in told
    pinned, free = system.ran("install")
    assert "constraints.txt" in pinned
    assert "constraints.txt" not in free


def test_no_version_at_all_for_this_python(lab, system):
    system.replies = {"install": [(1, NO_PIN), (1, "ERROR: No matching distribution for numpy\n")]}
    said = system.does(status=1)
    assert f"not made for this Python {lab.VERSION}" in said
    assert said.endswith("lab.py")


def test_jupyterlab_missing_after_the_installation(system):
    system.replies = {"jupyterlab": [(1, "")]}
    said = system.does(status=1)
    assert "JupyterLab, NumPy or another package is missing" in said
    assert "delete the folder .venv" in said


@pytest.mark.parametrize(
    ("log", "told", "advice"),
    [
        ("", "without a word", "says .venv/jupyter.log"),
        (
            "[W 2026-11-29 13:05:05.956 ServerApp] Kernel is running over TCP\n"
            "[C 2026-11-29 13:05:06.002 ServerApp] Bad config encountered: port='x'\n",
            "(Bad config encountered: port='x')",
            "delete the folder .venv",
        ),
        ("OSError: [Errno 28] No space left on device\n", "No space left", "free some space"),
    ],
)
def test_jupyterlab_ended_badly(system, log, told, advice):
    system.replies = {"jupyterlab": [(0, ""), (3, log)]}
    said = system.does(status=1)
    assert said.startswith("JupyterLab did not run")
    assert told in said
    assert advice in said


def test_ended_from_outside_it_did_not_end_badly(system):
    system.replies = {"jupyterlab": [(0, ""), (-signal.SIGTERM, "")]}
    system.does()


@pytest.mark.parametrize("name", ["notebooks/00_start_here.ipynb", "requirements.txt"])
def test_a_file_of_the_course_is_missing(system, course, name):
    (course / name).unlink()
    said = system.does(status=1)
    assert name in said
    assert str(course) in said
    assert "clone or download" in said
    assert not system.started


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Test", "did you mean python lab.py test?"),
        ("tset --all", "did you mean python lab.py test --all?"),
        ("test-all", "did you mean python lab.py test --all?"),
        ("--all", "did you mean python lab.py test --all?"),
        ("tests -k kmeans", "did you mean python lab.py test -k kmeans?"),
        ("more", "did you mean python lab.py --more?"),
        ("-more", "did you mean python lab.py --more?"),
        ("--Help", "did you mean python lab.py --help?"),
        ("version", "did you mean python lab.py --version?"),
        ("OPEN", "did you mean python lab.py open?"),
        ("refresh 03", "python lab.py fresh 03 puts"),
        ("--no-browser", "did you mean python lab.py open --no-browser?"),
        ("no-browser --port=9", "did you mean python lab.py open --no-browser --port=9?"),
        ("--port=9 --no-browser", "follows open: python lab.py open --port=9 --no-browser"),
        ("03", "03_distance.ipynb is in the list on the left there; python lab.py fresh 03"),
        ("3", "03_distance.ipynb is in the list"),
        ("lesson 03", "03_distance.ipynb is in the list"),
        ("lesson03", "03_distance.ipynb is in the list"),
        ("05B", "05b_a_palette.ipynb is in the list on the left there; python lab.py fresh 05b"),
        ("my_lessons/03_distance.ipynb", "03_distance.ipynb is in the list"),
        ("open 03", "03_distance.ipynb is in the list"),
        ("--more 03_distance", "03_distance.ipynb is in the list"),
        ("99", "the commands are"),
        (
            "install",
            "--help, --more, --version, fresh, open, pages, progress and test; python",
        ),
        ("run the tests", "the commands are"),
        ("test all", "did you mean python lab.py test --all?"),
        ("test kmeans", "the commands are"),
        ("", "the commands are"),
        ("{moon}", "the commands are"),
    ],
)
def test_other_words_are_told_what_was_meant_before_anything_happens(lab, system, words, meant):
    said = system.does(*words.split() or [""], status=1)
    assert meant in said
    assert words.split()[-1:] == [] or words.split()[0] in said or words.split()[1] in said
    assert not system.started
    assert not lab.MINE.exists()
    assert not lab.LOCK.exists()


def test_a_file_to_test_is_one_of_the_course(system, course):
    (course / "tests").mkdir()
    (course / "tests" / "test_it.py").touch()
    system.does("test", "tests/test_it.py::test_that")
    assert system.started[-1][-1] == "tests/test_it.py::test_that"


def test_version_tells_the_course_and_the_python(system):
    said = system.does("--version")
    assert said == f"Sixteen Colors 0.1.0, Python {sys.version.split()[0]}\n"


def test_control_c_while_installing(system):
    system.replies = {"venv": [KeyboardInterrupt()]}
    assert "run the same command again" in system.does(status=130)


# Two at once


HOLD = """
import importlib.util, sys, time
spec = importlib.util.spec_from_file_location("lab", sys.argv[1])
lab = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lab)
with lab.alone():
    print("has it", flush=True)
    lab.ask([sys.executable, "-c", "import time; time.sleep(" + sys.argv[2] + ")"])
"""


@pytest.fixture
def holder(lab):
    """Somebody who sets up .venv in another process, for so many seconds."""
    started = []

    def hold(seconds):
        command = [sys.executable, "-c", HOLD, str(lab.ROOT / "lab.py"), str(seconds)]
        child = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")
        started.append(child)
        assert child.stdout.readline() == "has it\n"
        return child

    yield hold
    for child in started:
        child.kill()
        child.communicate()


WAITS = "Another lab.py is at work here: this one waits, then goes on by itself\n"


@pytest.mark.slow
def test_a_second_start_waits_until_the_first_has_set_up_and_goes_on(system, holder):
    first = holder(3)
    assert system.does().startswith(WAITS)
    assert first.wait(30) == 0
    assert system.ran("jupyterlab")


@pytest.mark.slow
def test_a_first_one_that_was_killed_is_in_nobodys_way_once_its_pip_has_ended(system, holder):
    first = holder(3)
    time.sleep(0.2)
    first.kill()
    first.wait()
    said = system.does()
    assert os.name == "nt" or said.startswith(WAITS)  # Windows frees the lock at once
    assert WAITS not in system.does()


def test_waiting_can_be_left_and_spoils_nothing(lab, system, holder, monkeypatch):
    holder(2)
    monkeypatch.setattr(lab.time, "sleep", refusing(KeyboardInterrupt()))
    assert "Stopped before it was done" in system.does(status=130)
    assert not system.started


def refusing(error):
    def refuse(*arguments):
        raise error

    return refuse


@pytest.mark.parametrize(
    ("error", "waits"),
    [
        (BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), True),
        (PermissionError(errno.EACCES, "Permission denied"), True),
        (OSError(errno.ENOLCK, "No locks available"), False),
    ],
)
@pytest.mark.parametrize("windows", [False, True])
def test_a_folder_without_locks_is_set_up_without_one(lab, monkeypatch, error, waits, windows):
    system = types.SimpleNamespace(
        flock=refusing(error), locking=refusing(error), LOCK_EX=2, LOCK_NB=4, LK_NBLCK=2
    )
    monkeypatch.setattr(lab, "WINDOWS", windows)
    monkeypatch.setitem(sys.modules, "msvcrt" if windows else "fcntl", system)
    with open(lab.LOCK, "ab") as file:
        assert lab.locked(file) is not waits


# The terminal


LOGGED = """\
[W 2026-11-29 13:05:05.956 ServerApp] The websocket_ping_timeout (90000) is too long.
[C 2026-11-29 13:05:05.956 ServerApp]

    To access the server, open this file in a browser:
        file:///run/jpserver-29649-open.html
    Or copy and paste one of these URLs:
        http://localhost:8888/lab/tree/00_start_here.ipynb?token=c1d4
        http://127.0.0.1:8888/lab/tree/00_start_here.ipynb?token=c1d4
"""


@pytest.fixture
def jupyterlab(course, monkeypatch, capfd, sigterm):
    """Opens the lessons, with a real program in the place of JupyterLab; returns what is said."""
    lab = load(course / "lab.py")
    lab.VENV.mkdir()
    run = lab.run
    monkeypatch.setattr(lab, "prepare", lambda level: None)
    monkeypatch.setattr(lab, "bring_pages", lambda: None)

    def opened(code, status=0):
        code = f"import sys\nsay = sys.stderr.write\n{code}"
        monkeypatch.setattr(lab, "run", lambda _, hear: run([sys.executable, "-c", code], hear))
        assert lab.main([]) == status
        said = capfd.readouterr()
        assert bool(said.err) == bool(status)
        return said.out.splitlines()[1:], said.err

    opened.log = lab.LOG
    return opened


ADDRESS = (
    "If no page opens in your browser, give it this address: "
    "http://127.0.0.1:8888/lab/tree/00_start_here.ipynb?token=c1d4"
)


def test_the_terminal_has_the_address_and_the_log_all_else(jupyterlab):
    assert jupyterlab(f"say({LOGGED!r}); print('too')") == ([ADDRESS], "")
    assert sorted(jupyterlab.log.read_text(encoding="utf-8").split()) == sorted(
        [*LOGGED.split(), "too"]
    )
    mode = jupyterlab.log.stat().st_mode
    assert os.name == "nt" or mode & 0o077 == 0, "it has the key"
    assert "`.venv/jupyter.log`" in (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_the_last_words_of_a_jupyterlab_that_fails_are_told(jupyterlab):
    (said, told) = jupyterlab("say('no widgets here'); sys.exit(9)", status=1)
    assert said == []
    assert told.startswith("JupyterLab did not run, says .venv/jupyter.log (no widgets here): ")


def test_of_two_jupyterlabs_each_has_its_own_log(jupyterlab):
    with open(jupyterlab.log, "ab") as first:
        first.write(b"the first one\n")
        jupyterlab(f"say({LOGGED!r})")
        first.write(b"goes on\n")
    if os.name != "nt":
        assert jupyterlab.log.read_text(encoding="utf-8") == LOGGED


def test_a_full_disk_does_not_stop_jupyterlab(jupyterlab, monkeypatch):
    class Full(io.BytesIO):
        def write(self, line):
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fdopen", lambda *_: Full())
    assert jupyterlab(f"say('x' * 1_000_000); say({chr(10) + LOGGED!r})") == ([ADDRESS], "")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="what a program leaves behind there holds no pipe")
def test_what_jupyterlab_leaves_behind_is_not_waited_for(jupyterlab):
    start = time.monotonic()
    jupyterlab("import subprocess\nsubprocess.Popen(['sleep', '60'])")
    assert time.monotonic() - start < 30


@pytest.mark.parametrize("words", [["--help"], ["tset"]])
@pytest.mark.parametrize("close", ["stdout", "stderr"])
def test_who_reads_no_further_is_told_nothing_else(course, words, close):
    reader, writer = os.pipe()
    os.close(reader)
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, close: writer}
    asked = subprocess.run([sys.executable, str(course / "lab.py"), *words], **how)
    os.close(writer)
    assert asked.returncode == (words == ["tset"])
    for said in (asked.stdout or b"", asked.stderr or b""):
        assert not re.search(b".venv in|Traceback|Exception ignored|Broken", said)


@pytest.mark.skipif(os.name == "nt", reason="a shell of Windows can't close them")
def test_a_terminal_that_is_closed_stops_nothing(course):
    command = f'"{sys.executable}" lab.py --version >&- 2>&-'
    assert subprocess.run(command, shell=True, cwd=course).returncode == 0


# What it takes


def test_how_much_is_installed_is_said_alike_everywhere():
    for name in ("lab.py", "README.md", "INSTRUCTOR.md"):
        assert "450 MB" in (REPOSITORY / name).read_text(encoding="utf-8")
    for name in ("lab.py", "README.md"):
        assert "about 1 GB more" in (REPOSITORY / name).read_text(encoding="utf-8")


# Linux, macOS, Windows


@pytest.mark.parametrize(
    ("platform", "python", "example"),
    [
        ("linux", "bin/python", "python3.13 lab.py"),
        ("darwin", "bin/python", "python3.13 lab.py"),
        ("win32", "Scripts/python.exe", "py -3.13 lab.py"),
    ],
)
def test_each_system_has_its_own_names(course, monkeypatch, platform, python, example):
    monkeypatch.setattr(sys, "platform", platform)
    lab = load(course / "lab.py")
    assert Path(lab.PYTHON) == lab.VENV / python
    assert lab.BIN == Path(lab.PYTHON).parent
    assert lab.too_old((3, 9)).endswith(example)


def test_windows_does_not_mind_how_a_folder_is_written(lab, system, monkeypatch):
    system.does()
    monkeypatch.setattr(lab, "HOME", lab.HOME.swapcase())
    monkeypatch.setattr(lab.os.path, "normcase", ntpath.normcase)
    system.does()
    assert not system.ran("venv")


def test_a_terminal_of_windows_that_lacks_letters_gets_a_question_mark(course):
    env = os.environ | {"PYTHONIOENCODING": "cp1252:strict"}
    command = [sys.executable, str(course / "lab.py"), "fresh", "Лекция"]
    asked = subprocess.run(command, capture_output=True, env=env)
    assert asked.returncode == 1
    assert asked.stderr.decode("cp1252").startswith("There is no lesson ??????: ")


def test_a_program_runs_in_the_course_folder_and_nothing_from_outside_gets_into_venv(
    course, monkeypatch
):
    outside = ["PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "JUPYTER_PATH", "MPLBACKEND"]
    for name in outside:
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("KEPT", "as it is")
    lab = load(course / "lab.py")
    code = "import json, os; print(json.dumps([os.getcwd(), dict(os.environ)])); exit(7)"
    status, said = lab.ask([sys.executable, "-c", code])
    folder, env = json.loads(said)
    assert status == 7
    assert Path(folder).resolve() == course.resolve()
    assert not set(outside) & set(env)
    assert env["PATH"] == str(lab.BIN) + os.pathsep + os.environ["PATH"]
    assert env["VIRTUAL_ENV"] == str(lab.VENV)
    assert env["PYTHONNOUSERSITE"] == "1"
    assert env["PIP_DISABLE_PIP_VERSION_CHECK"] == "1"
    assert env["KEPT"] == "as it is"


def test_venv_is_made_by_the_python_below_an_activated_venv(system, monkeypatch):
    monkeypatch.setattr(sys, "_base_executable", "/the/python/below", raising=False)
    system.does()
    assert system.ran("venv")[0][0] == "/the/python/below"


@pytest.fixture
def sigterm():
    """Leave the signal's handler as it was."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def test_a_program_that_is_given_the_terminal_hands_back_its_status(course, sigterm):
    assert load(course / "lab.py").run([sys.executable, "-c", "exit(9)"]) == 9


@pytest.mark.skipif(os.name == "nt", reason="Windows has no way to send one program a Ctrl-C")
def test_a_child_that_ignores_control_c_is_ended_all_the_same(course, monkeypatch, sigterm):
    lab = load(course / "lab.py")
    child_code = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)"
    waits = []

    class Child(subprocess.Popen):
        def wait(self, timeout=None):
            waits.append(timeout)
            if len(waits) == 1:
                raise KeyboardInterrupt
            return super().wait(0.05 if timeout == 15 else timeout)

    monkeypatch.setattr(lab.subprocess, "Popen", Child)
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        lab.run([sys.executable, "-c", child_code])
    assert time.monotonic() - start < 50


# The file itself


def test_lab_py_parses_under_old_grammars():
    nodes = list(ast.walk(ast.parse(LAB, feature_version=(3, 6))))

    def of(*kinds):
        return [node for node in nodes if isinstance(node, kinds)]

    # Python 2.7 knows none of these; f-strings came with 3.6.
    assert not of(ast.JoinedStr, ast.AnnAssign, ast.AsyncFunctionDef, ast.Nonlocal, ast.YieldFrom)
    assert set(of(ast.Starred)) <= {argument for call in of(ast.Call) for argument in call.args}
    assert not [node for node in of(ast.Dict) if None in node.keys]
    assert not [node for node in of(ast.Raise) if node.cause]
    assert not [node for node in of(ast.arg) if node.annotation]
    assert not [f for f in of(ast.FunctionDef) if f.returns or f.args.kwonlyargs]


def test_lab_py_uses_the_standard_library_only():
    nodes = list(ast.walk(ast.parse(LAB)))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom)]
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_no_program_is_started_through_a_shell_or_in_place_of_this_one():
    tree = ast.parse(LAB)
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    keywords = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    assert not attributes & {"system", "popen", "fork", "execv", "execve", "execvp", "execvpe"}
    assert "shell" not in keywords


def test_lab_py_runs_from_any_folder(course, tmp_path):
    (course / "notebooks" / "00_start_here.ipynb").unlink()
    asked = subprocess.run(
        [sys.executable, "-X", "utf8", str(course / "lab.py")],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
    )
    assert asked.returncode == 1
    assert asked.stderr.startswith("This copy of the course is not whole")
    assert asked.stderr.count("\n") == 1


# The requirement files


def requirement_lines(name):
    lines = (REPOSITORY / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_requirement_has_both_bounds_and_an_exact_version(name):
    pinned = {line.split("==")[0].lower() for line in requirement_lines("constraints.txt")}
    for line in requirement_lines(name):
        assert ">=" in line
        assert "<" in line
        assert line.split(">=")[0].split("[")[0] in pinned
