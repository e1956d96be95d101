"""A page that lacks a library says what to type, and stops there without an error trace."""

import json
import os
import subprocess
import sys

import nbformat
import pytest
from lessons import ROOT, build, code
from nbclient.exceptions import CellExecutionError

from helpers import needs as needs_room
from helpers.needs import PageStops, lacking, needs

PAGES = {"09_scikit_learn": "sklearn", "10_pytorch": "torch"}

# Found before the real ones, in a folder that comes first on the path.
MISSING = 'raise ModuleNotFoundError("No module named {0!r}", name={0!r})\n'
BROKEN = 'raise OSError("[WinError 126] The module could not be found: c10.dll")\n'


@pytest.fixture
def put_in_the_way(tmp_path, monkeypatch):
    """Let the import of a module fail, here and in the processes started from here."""

    def put(module, text=MISSING):
        (tmp_path / f"{module}.py").write_text(text.format(module), encoding="utf-8")
        monkeypatch.delitem(sys.modules, module, raising=False)
        monkeypatch.syspath_prepend(str(tmp_path))
        monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)

    return put


def test_what_is_installed_is_not_spoken_of(capsys):
    assert needs("numpy", "PIL") is None
    assert capsys.readouterr() == ("", "")


def test_what_is_missing_is_named_and_how_to_get_it():
    with pytest.raises(PageStops) as stop:
        needs("numpy", "no_such_library", "nor_this")
    said = str(stop.value)
    assert said.startswith("This page needs no_such_library and nor_this, which are not installed")
    assert "\n    python lab.py --more\n" in said
    assert "requirements-more.txt" in said


def test_where_there_is_no_lab_py_pip_is_told_the_names_of_its_packages(
    put_in_the_way, monkeypatch
):
    monkeypatch.setattr(needs_room, "COURSE", needs_room.COURSE / "helpers")
    put_in_the_way("distributed")
    with pytest.raises(PageStops) as stop:
        needs("distributed", "sklearn")
    assert "\n    %pip install 'dask[distributed]' scikit-learn\n" in str(stop.value)
    assert "lab.py" not in str(stop.value)


def test_in_a_browser_a_computer_is_asked_for_and_nothing_to_type(monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    with pytest.raises(PageStops) as stop:
        needs("no_such_library")
    said = str(stop.value)
    assert said.startswith("This page needs no_such_library, which is not installed here.")
    assert "a computer of your own" in said
    assert "worked edition" in said and "folder solutions" in said
    assert "lab.py" not in said and "pip" not in said


def test_people_read_the_name_of_the_package_not_of_the_module(put_in_the_way):
    put_in_the_way("sklearn")
    with pytest.raises(PageStops, match="This page needs scikit-learn, which is not installed"):
        needs("sklearn")


def test_a_library_that_lacks_another_is_told_so(put_in_the_way):
    put_in_the_way("half_a_library", MISSING.format("its_other_half"))
    with pytest.raises(PageStops, match=r"half_a_library \(it lacks its_other_half\)"):
        needs("half_a_library")


def test_a_library_that_cannot_be_loaded_is_told_from_one_that_is_missing(put_in_the_way):
    put_in_the_way("torch", BROKEN)
    with pytest.raises(PageStops) as stop:
        needs("torch")
    assert "PyTorch is installed, but can't be loaded: [WinError 126]" in str(stop.value)


def test_only_its_own_lines_are_shown():
    stop = PageStops("One line.\nAnother.")
    assert stop._render_traceback_() == ["One line.", "Another."]


def test_what_a_page_asks_for_is_read_from_its_text(tmp_path):
    page = tmp_path / "page.ipynb"
    page.write_text(
        json.dumps({"source": ['needs("numpy", "no_such_library")\n', "more()"]}), encoding="utf-8"
    )
    assert lacking(page) == ["no_such_library"]
    page.write_text("It needs nothing.", encoding="utf-8")
    assert lacking(page) == []


@pytest.mark.parametrize(("name", "module"), PAGES.items())
def test_the_page_stops_before_it_does_anything_without_a_trace(name, module, put_in_the_way):
    put_in_the_way(module)
    notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    for cell in code(notebook):
        cell.update(outputs=[], execution_count=None)
    with pytest.raises(CellExecutionError):
        build.execute(notebook, build.NOTEBOOKS)
    first, *others = [cell for cell in code(notebook) if cell.source != build.FETCH]
    (shown,) = first.outputs
    assert shown.ename == "PageStops"
    text = "\n".join(shown.traceback)
    assert text.startswith("This page needs ")
    assert "python lab.py --more" in text
    assert "Traceback" not in text and "File " not in text and "---->" not in text
    assert all(cell.execution_count is None for cell in others)


@pytest.mark.slow
def test_a_page_that_cannot_run_is_left_out_of_the_run_with_a_sentence(tmp_path):
    cell = nbformat.v4.new_code_cell('from helpers.needs import needs\nneeds("no_such_library")')
    (tmp_path / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), tmp_path / "notebooks" / "page.ipynb")
    (tmp_path / "conftest.py").write_text(
        (ROOT / "conftest.py").read_text(encoding="utf-8"), encoding="utf-8"
    )
    command = [sys.executable, "-m", "pytest", "--nbval", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(
        [*command, "-c", os.devnull, "--rootdir", str(tmp_path)],
        cwd=tmp_path,
        env=dict(os.environ, PYTHONPATH=str(ROOT)),
        capture_output=True,
        encoding="utf-8",
    )
    assert "page.ipynb was left out" in done.stdout, done.stdout + done.stderr
    assert "no_such_library can't be imported" in done.stdout
    assert done.returncode == 5  # nothing was collected
