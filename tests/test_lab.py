"""What lab.py promises, without a network: a stand-in plays venv, pip, ruff, pytest, JupyterLab."""

import ast
import errno
import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
COURSE_FILES = [
    "lab.py",
    "requirements.txt",
    "requirements-more.txt",
    "requirements-dev.txt",
    "constraints.txt",
    "pyproject.toml",
]
OFFLINE = """\
WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError(
'Failed to establish a new connection: [Errno -3] Temporary failure in name resolution')'
ERROR: Could not find a version that satisfies the requirement numpy (from versions: none)
ERROR: No matching distribution found for numpy
"""
NO_PIN = "ERROR: No matching distribution found for numpy==2.4.6\n"
DISK_FULL = "ERROR: Could not install packages: [Errno 28] No space left on device\n"


class System:
    """Stands in for every program that lab.py starts, and remembers what was started.

    ``replies`` maps a word of the command line to the answers (status, text) that the
    commands with this word get, one after the other; without one, all goes well.
    """

    def __init__(self, lab):
        self.lab = lab
        self.started = []
        self.replies = {}
        self.missing = set()
        self.python_is_gone = False

    def answer(self, command):
        command = [str(word) for word in command]
        self.started.append(command)
        for word, answers in self.replies.items():
            if word in command and answers:
                return answers.pop(0)
        if "venv" in command:
            (self.lab.VENV / "bin").mkdir(parents=True)
        elif "-c" in command and "-P" in command:  # the look for packages
            if self.python_is_gone:
                self.python_is_gone = False
                raise FileNotFoundError(errno.ENOENT, "No such file or directory", command[0])
            return int(bool(self.missing & set(command))), ""
        return 0, ""

    def ran(self, word):
        """The commands started so far that hold this word."""
        return [command for command in self.started if word in command]


@pytest.fixture
def course(tmp_path):
    """A copy of the course in a folder with a space and an accent in its name."""
    folder = tmp_path / "Über die Farben"
    for name in COURSE_FILES:
        folder.mkdir(exist_ok=True)
        shutil.copy(REPOSITORY / name, folder)
    for name in ("helpers/__init__.py", "notebooks/00_start_here.ipynb"):
        (folder / name).parent.mkdir()
        (folder / name).touch()
    return folder


def load(path):
    spec = importlib.util.spec_from_file_location("lab_under_test", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def lab(course):
    return load(course / "lab.py")


@pytest.fixture
def system(lab, monkeypatch):
    system = System(lab)
    monkeypatch.setattr(lab, "run_quietly", system.answer)
    monkeypatch.setattr(lab, "hand_over", lambda command: system.answer(command)[0])
    monkeypatch.setattr(lab, "without_gpu", lambda: False)
    return system


@pytest.fixture
def failure(lab, capsys):
    """Run a command that must fail, and return the one sentence that it says about it."""

    def run(*words):
        assert lab.main(list(words)) != 0
        said = capsys.readouterr().err.strip()
        assert said
        assert "\n" not in said
        assert "Traceback" not in said
        return said

    return run


# Opening the lessons


def test_the_first_start_makes_venv_installs_and_opens_the_first_lesson(lab, system, capsys):
    assert lab.main([]) == 0
    venv, pip, _, jupyter = system.started
    assert venv[1:] == ["-m", "venv", str(lab.VENV)]
    assert pip[:4] == [lab.in_venv("python"), "-m", "pip", "install"]
    assert pip[pip.index("-r") + 1] == "requirements.txt"
    assert pip[pip.index("-c") + 1] == "constraints.txt"
    assert jupyter[:3] == [lab.in_venv("python"), "-m", "jupyterlab"]
    assert "--LabApp.default_url=/lab/tree/00_start_here.ipynb" in jupyter
    said = capsys.readouterr().out
    assert "Making .venv" in said
    assert "Installing JupyterLab and friends: about a minute, once only" in said


def test_no_question_about_news_stands_on_top_of_the_first_lesson(lab, system):
    lab.main([])
    settings = lab.VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    news = json.loads(settings.read_text(encoding="utf-8"))
    assert news["@jupyterlab/apputils-extension:notification"] == {"fetchNews": "false"}


def test_explorers_are_kept_in_a_saved_page(lab, system):
    lab.main([])
    settings = lab.VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    widgets = json.loads(settings.read_text(encoding="utf-8"))
    assert widgets["@jupyter-widgets/jupyterlab-manager:plugin"] == {"saveState": True}


def test_a_second_start_installs_nothing_and_says_so_little(lab, system, capsys):
    lab.main([])
    system.started.clear()
    capsys.readouterr()
    assert lab.main([]) == 0
    look, jupyter = system.started
    assert "pip" not in jupyter
    assert "install" not in look
    assert capsys.readouterr().out.count("\n") == 1


def test_words_after_open_go_to_jupyterlab(lab, system):
    assert lab.main(["open", "--no-browser", "--port=9999"]) == 0
    assert system.started[-1][-2:] == ["--no-browser", "--port=9999"]


def test_jupyterlab_keeps_its_token_and_listens_on_this_machine_only(lab):
    command = lab.jupyter_command()
    assert "--ip=127.0.0.1" in command
    assert not [word for word in command if "token" in word or "password" in word]
    assert "--allow-root" not in command
    assert "--allow-root" in lab.jupyter_command(is_root=True)


def test_control_c_closes_jupyterlab_without_a_word(lab, system, monkeypatch, capsys):
    def interrupted(command):
        raise KeyboardInterrupt

    monkeypatch.setattr(lab, "hand_over", interrupted)
    assert lab.main([]) == 0
    assert capsys.readouterr().err == ""


# What lessons 09 to 11 need


def test_more_installs_more_and_opens_the_lessons(lab, system, capsys):
    assert lab.main(["--more", "--no-browser"]) == 0
    (pip,) = system.ran("install")
    read = [pip[place + 1] for place, word in enumerate(pip) if word == "-r"]
    assert read == ["requirements-more.txt", "requirements.txt"]
    assert pip[pip.index("-c") + 1] == "constraints.txt"
    assert system.started[-1][1:3] == ["-m", "jupyterlab"]
    assert system.started[-1][-1] == "--no-browser"
    assert "scikit-learn, PyTorch and Dask" in capsys.readouterr().out


@pytest.mark.parametrize("first", [[], ["--more"], ["test"]])
def test_more_installs_once_into_the_same_venv(lab, system, first):
    lab.main(first)
    lab.main(["--more"])
    system.started.clear()
    lab.main(["--more"])
    lab.main([])
    assert not system.ran("install")
    assert not system.ran("venv")
    assert {"home", "student", "more"} <= set(lab.read_stamp())


def test_the_checks_bring_along_what_more_would(lab, system):
    lab.main(["test"])
    system.started.clear()
    lab.main(["--more"])
    assert not system.ran("install")


@pytest.mark.parametrize(("words", "asked"), [(["--more"], 1), (["test"], 1), ([], 0)])
def test_without_a_gpu_pytorch_comes_first_from_its_own_index(
    lab, system, monkeypatch, words, asked
):
    monkeypatch.setattr(lab, "without_gpu", lambda: True)
    assert lab.main(words) == 0
    *own, rest = system.ran("install")
    assert len(own) == asked
    for command in own:
        assert command[-1] == "torch"
        assert command[command.index("--index-url") + 1] == lab.TORCH_FOR_CPU
        assert command[command.index("-c") + 1] == "constraints.txt"
        assert "--no-deps" in command  # those come with all the others
    assert "torch" not in rest
    assert "--index-url" not in rest


def test_pytorchs_index_out_of_reach_is_told_and_in_nobodys_way(lab, system, monkeypatch, capsys):
    monkeypatch.setattr(lab, "without_gpu", lambda: True)
    system.replies = {"torch": [(1, OFFLINE)]}
    assert lab.main(["--more"]) == 0
    assert len(system.ran("install")) == 2
    (told,) = [line for line in capsys.readouterr().out.splitlines() if "own index" in line]
    assert "gigabytes" in told
    assert system.started[-1][1:3] == ["-m", "jupyterlab"]


def test_a_pytorch_that_does_not_exist_for_this_python_is_replaced(lab, system, monkeypatch):
    monkeypatch.setattr(lab, "without_gpu", lambda: True)
    system.replies = {"torch": [(1, "ERROR: No matching distribution found for torch==2.13.0\n")]}
    assert lab.main(["--more"]) == 0
    pinned, free, _ = system.ran("install")
    assert "constraints.txt" in pinned
    assert "constraints.txt" not in free
    assert free[free.index("--index-url") + 1] == lab.TORCH_FOR_CPU


@pytest.mark.parametrize(
    ("platform", "program", "without"),
    [
        ("linux", None, True),
        ("linux", "/usr/bin/nvidia-smi", False),
        ("darwin", None, False),
        ("win32", None, False),
    ],
)
def test_where_pytorch_would_bring_gigabytes_in_vain(lab, monkeypatch, platform, program, without):
    monkeypatch.setattr(lab.shutil, "which", lambda name: program)
    assert lab.without_gpu(platform) is without


# Running the checks


def test_test_installs_more_and_runs_ruff_then_pytest(lab, system):
    assert lab.main(["test", "-k", "kmeans"]) == 0
    (pip,) = system.ran("install")
    assert pip[pip.index("-r") + 1] == "requirements-dev.txt"
    ruff, tests = system.started[-2:]
    assert ruff[1:] == ["-m", "ruff", "check", "."]
    assert tests[1:] == ["-m", "pytest", "-k", "kmeans"]


@pytest.mark.parametrize(
    ("ruff", "tests", "status"), [(0, 0, 0), (1, 0, 1), (0, 1, 1), (0, 5, 5), (1, 2, 2)]
)
def test_the_exit_status_is_that_of_the_checks(lab, system, ruff, tests, status):
    system.replies = {"ruff": [(ruff, "")], "pytest": [(tests, "")]}
    assert lab.main(["test"]) == status
    assert system.ran("pytest")


# Help


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["-h"],
        ["help"],
        ["open", "--help"],
        ["--more", "--help"],
        ["fresh", "--help"],
        ["test", "-h"],
        ["test", "--help"],
    ],
)
def test_every_command_prints_the_same_complete_help(lab, system, capsys, words):
    assert lab.main(words) == 0
    said = capsys.readouterr().out
    assert all("lab.py " + command in said for command in lab.COMMANDS)
    assert ".venv" in said
    assert "my_lessons" in said
    assert not system.started
    assert not lab.MINE.exists()


# The stamp: what .venv holds


def test_the_student_level_and_the_dev_level_are_stamped_apart(lab, system):
    lab.main([])
    assert set(lab.read_stamp()) == {"home", "student"}
    lab.main(["test"])
    assert set(lab.read_stamp()) == {"home", "student", "more", "dev"}
    assert len(system.ran("venv")) == 1
    assert len(system.ran("install")) == 2
    lab.main([])
    lab.main(["test"])
    assert len(system.ran("install")) == 2


@pytest.mark.parametrize(
    ("name", "student_again", "dev_again"),
    [
        ("requirements.txt", True, True),
        ("constraints.txt", True, True),
        ("pyproject.toml", True, True),
        ("requirements-more.txt", False, True),
        ("requirements-dev.txt", False, True),
        ("lab.py", False, False),
    ],
)
def test_a_changed_file_installs_again_into_the_same_venv(
    lab, system, course, name, student_again, dev_again
):
    lab.main(["test"])
    with (course / name).open("a") as file:
        file.write("# changed\n")
    system.started.clear()
    lab.main([])
    assert bool(system.ran("install")) == student_again
    system.started.clear()
    lab.main(["test"])
    assert bool(system.ran("install")) == dev_again
    assert not system.ran("venv")


@pytest.mark.parametrize("stamp", [None, "", "{", "[]", '{"home": "2.7 cpython linux /elsewhere"}'])
def test_a_half_made_or_moved_venv_is_made_afresh(lab, system, capsys, stamp):
    lab.main([])
    (lab.VENV / "left over").touch()
    lab.STAMP.unlink() if stamp is None else lab.STAMP.write_text(stamp)
    system.started.clear()
    assert lab.main([]) == 0
    assert system.ran("venv")
    assert system.ran("install")
    assert not (lab.VENV / "left over").exists()
    assert "making it afresh" in capsys.readouterr().out


def test_a_venv_whose_python_is_gone_is_made_afresh(lab, system):
    lab.main([])
    system.python_is_gone = True
    assert lab.main([]) == 0
    assert len(system.ran("venv")) == 2


def test_a_venv_of_another_python_is_made_afresh(lab, system, monkeypatch):
    lab.main([])
    monkeypatch.setattr(lab, "VERSION", "3.99")
    lab.main([])
    assert len(system.ran("venv")) == 2


def test_a_venv_that_lost_jupyterlab_is_made_afresh(lab, system):
    lab.main([])
    system.replies = {"jupyterlab": [(1, "")]}  # the look for it fails, once
    assert lab.main([]) == 0
    assert len(system.ran("venv")) == 2


def test_a_file_or_a_broken_link_named_venv_is_in_nobodys_way(lab, system):
    lab.VENV.write_text("not a folder")
    assert lab.main([]) == 0
    shutil.rmtree(lab.VENV)
    try:
        lab.VENV.symlink_to(lab.ROOT / "nowhere")
    except OSError:
        pytest.skip("this system makes no links")
    assert lab.main([]) == 0


def test_the_stamp_is_written_only_once_all_is_installed(lab, system, monkeypatch):
    def killed(command):
        if "install" in command:
            assert not lab.STAMP.exists()
            raise KeyboardInterrupt
        return system.answer(command)

    monkeypatch.setattr(lab, "run_quietly", killed)
    assert lab.main([]) == 130
    assert not lab.STAMP.exists()


def test_after_pip_failed_in_good_order_the_next_start_continues(lab, system):
    system.replies = {"install": [(1, OFFLINE)]}
    assert lab.main([]) == 1
    assert set(lab.read_stamp()) == {"home"}
    assert lab.main([]) == 0
    assert len(system.ran("venv")) == 1


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


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_no_venv_module(lab, system, failure, monkeypatch, module):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        lab.importlib.util, "find_spec", lambda name: None if name == module else find(name)
    )
    said = failure()
    assert module in said
    assert f"sudo apt install python{lab.VERSION}-venv" in said


def test_no_network(lab, system, failure):
    system.replies = {"install": [(1, OFFLINE)]}
    said = failure()
    assert "Temporary failure in name resolution" in said
    assert "check the connection" in said
    assert "it continues" in said
    assert len(system.ran("install")) == 1  # without a network, other versions won't come either


def test_pip_failed_in_some_other_way(system, failure):
    system.replies = {"install": [(1, "Collecting numpy\nERROR: The moon is full.\nHINT: wait\n")]}
    said = failure()
    assert "(The moon is full)" in said
    assert "run the same command again" in said


def test_a_version_that_does_not_exist_for_this_python_is_replaced(lab, system, capsys):
    system.replies = {"install": [(1, NO_PIN)]}
    assert lab.main([]) == 0
    pinned, free = system.ran("install")
    assert "constraints.txt" in pinned
    assert "constraints.txt" not in free
    (told,) = [line for line in capsys.readouterr().out.splitlines() if "newest allowed" in line]
    assert f"Python {lab.VERSION}" in told


def test_no_version_at_all_for_this_python(lab, system, failure):
    system.replies = {"install": [(1, NO_PIN), (1, "ERROR: No matching distribution for numpy\n")]}
    said = failure()
    assert f"not made for this Python {lab.VERSION}" in said


@pytest.mark.parametrize("stage", ["venv", "install"])
@pytest.mark.parametrize("text", [DISK_FULL, "OSError: [WinError 112] Zu wenig Speicherplatz\n"])
def test_disk_full(system, failure, stage, text):
    system.replies = {stage: [(1, text)]}
    said = failure()
    assert said.startswith("The disk is full")
    assert "free some space" in said


@pytest.mark.parametrize(
    "text",
    [
        "Error: [Errno 13] Permission denied: '.venv'\n",
        "PermissionError: [WinError 32] Der Prozess kann nicht zugreifen\n",
        "Error: [Errno 30] Read-only file system: '.venv'\n",
    ],
)
def test_venv_cannot_be_written(lab, system, failure, text):
    system.replies = {"venv": [(1, text)]}
    said = failure()
    assert f"The folder .venv can't be written in {lab.ROOT}" in said
    assert "close JupyterLab" in said


def test_venv_cannot_be_removed(lab, system, failure, monkeypatch):
    def refuse(path):
        raise PermissionError(errno.EACCES, "Permission denied", path)

    lab.VENV.mkdir()
    monkeypatch.setattr(lab.shutil, "rmtree", refuse)
    assert "The folder .venv can't be written" in failure()


def test_venv_failed_without_a_word(system, failure):
    system.replies = {"venv": [(1, "")]}
    assert "(without a word)" in failure()


def test_jupyterlab_missing_after_the_installation(system, failure):
    system.missing = {"jupyterlab"}
    said = failure()
    assert "JupyterLab or helpers is missing" in said
    assert "delete the folder .venv" in said


def test_jupyterlab_ended_badly(lab, system, failure, monkeypatch):
    monkeypatch.setattr(lab, "hand_over", lambda command: 3)
    assert "JupyterLab ended with status 3" in failure()


@pytest.mark.parametrize("name", ["notebooks/00_start_here.ipynb", "requirements.txt"])
def test_a_file_of_the_course_is_missing(lab, system, failure, course, name):
    (course / name).unlink()
    said = failure()
    assert name in said
    assert str(course) in said
    assert "clone or download" in said
    assert not system.started


@pytest.mark.parametrize("word", ["tset", "--no-browser", ""])
def test_an_unknown_command(system, failure, word):
    said = failure(word)
    assert word in said
    assert "fresh, open and test" in said
    assert "--help" in said
    assert not system.started


def test_control_c_while_installing(lab, system, monkeypatch, capsys):
    def interrupted(command):
        raise KeyboardInterrupt

    monkeypatch.setattr(lab, "run_quietly", interrupted)
    assert lab.main([]) == 130
    assert "run the same command again" in capsys.readouterr().err


# Linux, macOS, Windows


@pytest.mark.parametrize(
    ("system", "python"),
    [("posix", ("bin", "python")), ("nt", ("Scripts", "python.exe"))],
)
def test_each_system_has_its_own_names_inside_venv(lab, system, python):
    assert lab.in_venv("python", system) == str(lab.VENV.joinpath(*python))
    assert lab.in_venv(system=system) == str(lab.VENV / python[0])


@pytest.mark.parametrize("system", ["posix", "nt"])
def test_nothing_from_outside_gets_into_venv(lab, monkeypatch, system):
    outside = ["PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "JUPYTER_PATH", "MPLBACKEND"]
    for name in outside:
        monkeypatch.setenv(name, "elsewhere")
    monkeypatch.setenv("PATH", "the usual")
    monkeypatch.setenv("KEPT", "as it is")
    env = lab.environment(system)
    assert not set(outside) & set(env)
    assert env["PATH"] == lab.in_venv(system=system) + os.pathsep + "the usual"
    assert env["VIRTUAL_ENV"] == str(lab.VENV)
    assert env["PYTHONNOUSERSITE"] == "1"
    assert env["PIP_DISABLE_PIP_VERSION_CHECK"] == "1"
    assert env["KEPT"] == "as it is"


@pytest.mark.parametrize(
    ("platform", "example"),
    [("linux", "python3.13 lab.py"), ("darwin", "python3.13 lab.py"), ("win32", "py -3.13 lab.py")],
)
def test_advice_names_the_python_command_of_the_system(course, monkeypatch, platform, example):
    monkeypatch.setattr(sys, "platform", platform)
    assert load(course / "lab.py").too_old((3, 9)).endswith(example)


def test_windows_has_no_root_user(lab, system, monkeypatch):
    monkeypatch.delattr(os, "geteuid", raising=False)
    assert lab.main([]) == 0
    assert "--allow-root" not in system.started[-1]


def test_venv_is_made_by_the_python_below_an_activated_venv(lab, system, monkeypatch):
    monkeypatch.setattr(sys, "_base_executable", "/the/python/below", raising=False)
    lab.main([])
    assert system.ran("venv")[0][0] == "/the/python/below"


def test_no_program_is_started_through_a_shell_or_in_place_of_this_one():
    tree = ast.parse((REPOSITORY / "lab.py").read_text(encoding="utf-8"))
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    keywords = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    assert not attributes & {"system", "popen", "fork", "execv", "execve", "execvp", "execvpe"}
    assert "shell" not in keywords


# The file itself


def test_lab_py_parses_under_old_grammars_and_holds_plain_ascii():
    source = (REPOSITORY / "lab.py").read_bytes().decode("ascii")
    tree = ast.parse(source, feature_version=(3, 6))
    # Python 2.7 knows neither of these; f-strings came with 3.6.
    modern = (ast.JoinedStr, ast.AnnAssign, ast.AsyncFunctionDef, ast.Nonlocal)
    assert not [node for node in ast.walk(tree) if isinstance(node, modern)]


def test_lab_py_uses_the_standard_library_only():
    tree = ast.parse((REPOSITORY / "lab.py").read_text(encoding="utf-8"))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert imported <= sys.stdlib_module_names


def test_every_program_that_is_started_is_given_as_a_list_in_the_course_folder(lab, course):
    status, said = lab.run_quietly([sys.executable, "-c", "import os; print(os.getcwd()); exit(7)"])
    assert status == 7
    assert Path(said.strip()).resolve() == course.resolve()


def test_a_program_that_is_given_the_terminal_hands_back_its_status(lab):
    before = signal.getsignal(signal.SIGTERM)
    try:
        assert lab.hand_over([sys.executable, "-c", "exit(9)"]) == 9
    finally:
        signal.signal(signal.SIGTERM, before)


def test_lab_py_runs_from_any_folder(course, tmp_path):
    (course / "notebooks" / "00_start_here.ipynb").unlink()
    asked = subprocess.run(
        [sys.executable, str(course / "lab.py")], cwd=tmp_path, capture_output=True, text=True
    )
    assert asked.returncode == 1
    assert asked.stderr.startswith("This copy of the course is not whole")
    assert asked.stderr.count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no way to send one program a Ctrl-C")
def test_a_child_that_ignores_control_c_is_ended_all_the_same(lab, monkeypatch):
    child_code = "import signal, time; signal.signal(signal.SIGINT, signal.SIG_IGN); time.sleep(60)"
    waits = []

    class Child(subprocess.Popen):
        def wait(self, timeout=None):
            waits.append(timeout)
            if len(waits) == 1:
                raise KeyboardInterrupt
            return super().wait(0.05 if timeout == 15 else timeout)

    monkeypatch.setattr(lab.subprocess, "Popen", Child)
    before = signal.getsignal(signal.SIGTERM)
    start = time.monotonic()
    try:
        with pytest.raises(KeyboardInterrupt):
            lab.hand_over([sys.executable, "-c", child_code])
    finally:
        signal.signal(signal.SIGTERM, before)
    assert time.monotonic() - start < 10


# The requirement files


def requirement_lines(name):
    lines = (REPOSITORY / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith(("#", "-"))]


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-more.txt", "requirements-dev.txt"]
)
def test_every_requirement_has_both_bounds_and_an_exact_version(name):
    pinned = {line.split("==")[0].lower() for line in requirement_lines("constraints.txt")}
    for line in requirement_lines(name):
        assert ">=" in line
        assert "<" in line
        assert line.split(">=")[0].split("[")[0] in pinned


def test_the_stamp_is_readable_json(lab, system):
    lab.main([])
    assert json.loads(lab.STAMP.read_text(encoding="utf-8"))["home"] == lab.home()
