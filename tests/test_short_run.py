"""Without --all, a run is a newcomer's proof: what is slow waits, and a line says so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

pytestmark = pytest.mark.slow  # each starts a pytest of its own
ROOT = Path(__file__).resolve().parent.parent
TESTS = """
import pytest

@pytest.fixture
def browser():
    pass

def test_quick():
    pass

@pytest.mark.slow
def test_slow():
    pass

@pytest.mark.weekly
def test_weekly():
    pass

def test_in_a_browser(browser):
    pass

@pytest.mark.spread(3)
@pytest.mark.parametrize("n", range(7))
def test_family(n):
    pass
"""
WORKED, LONG = [f"notebooks/solutions/{name}.ipynb::Cell 0" for name in ("page", "long")]
SHORT = ["test_quick", "test_family[0]", "test_family[3]", "test_family[6]"]


@pytest.fixture
def collected(tmp_path):
    """The tests of a small course that a run with these words would have, and what it says."""
    (tmp_path / "notebooks" / "solutions").mkdir(parents=True)
    for name, code in (("page", "1 + 1"), ("long", 'needs("numpy")')):
        page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
        for folder in ("notebooks", "notebooks/solutions"):
            nbformat.write(page, tmp_path / folder / f"{name}.ipynb")
    (tmp_path / "test_it.py").write_text(TESTS, encoding="utf-8")
    (tmp_path / "conftest.py").write_text(
        (ROOT / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nmarkers =\n    slow: x\n    weekly: x\n    spread(n): x\n", encoding="utf-8"
    )

    def collect(*words):
        command = "-m pytest --strict-markers --nbval --collect-only -q -p no:cacheprovider"
        done = subprocess.run(
            [sys.executable, *command.split(), *words],
            cwd=tmp_path,
            env=dict(os.environ, PYTHONPATH=str(ROOT)),
            capture_output=True,
            encoding="utf-8",
        )
        lines = done.stdout.splitlines()
        return {line.removeprefix("test_it.py::") for line in lines if "::" in line}, done.stdout

    return collect


def test_the_slow_the_browser_and_the_student_edition_wait_and_a_family_is_spread(collected):
    tests, said = collected()
    assert tests == {*SHORT, WORKED, LONG}
    assert "left out: python lab.py test --all has them too." in said


def test_all_has_everything(collected):
    tests, said = collected("--all")
    assert tests == {"test_quick", "test_slow", "test_in_a_browser", WORKED, LONG} | {
        WORKED.replace("solutions/", ""),
        *(f"test_family[{n}]" for n in range(7)),
    }
    assert "left out" not in said
    assert collected("--weekly")[0] == tests | {"test_weekly", LONG.replace("solutions/", "")}


FAILING = """
import pathlib, pytest

@pytest.fixture
def browser():
    pass

def test_too_slow_at_first(browser):
    tried = pathlib.Path("tried")
    assert tried.exists() or tried.touch()

def test_wrong():
    assert not pathlib.Path("wrong").exists()
"""


@pytest.mark.parametrize("wrong", [False, True])
def test_what_failed_has_another_try_if_that_was_in_the_browser_alone(tmp_path, wrong):
    (tmp_path / "test_it.py").write_text(FAILING, encoding="utf-8")
    shutil.copy(ROOT / "conftest.py", tmp_path)
    if wrong:
        (tmp_path / "wrong").touch()
    again = "--again --last-failed --last-failed-no-failures=none".split()
    for words, status in (([], 1), (again, 5 * wrong)):
        command = [sys.executable, "-m", "pytest", "--all", *words]
        env = dict(os.environ, PYTHONPATH=str(ROOT))
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8")
        assert done.returncode == status, done.stdout


def test_words_that_go_to_pytest_still_choose(collected):
    tests, said = collected("-k", "quick or slow")
    assert tests == {"test_quick"}
    assert collected("-k", "4")[0] == {"test_family[4]"}
