"""tools/build.py: what it writes is whole, and what it finds may be anything."""

import errno
import os
import sys

import addresses
import nbformat
import pytest
from IPython.core.interactiveshell import InteractiveShell
from lessons import build

SOURCE = build.sources()[0]


@pytest.fixture
def page(tmp_path, monkeypatch):
    """Where the student edition of lesson 00 is kept: in a folder of the test's own, not run."""

    def as_if_run(notebook, *_):
        for number, cell in enumerate(build.code_cells(notebook), 1):
            cell.execution_count = number

    for which in build.EDITIONS:
        (tmp_path / which).mkdir()
        monkeypatch.setitem(build.EDITIONS, which, tmp_path / which)
    monkeypatch.setattr(build, "execute", as_if_run)
    return build.edition_path(SOURCE, "student")


def everything_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_what_is_built_is_current(page):
    assert not build.is_current(SOURCE, "student")
    build.build(SOURCE, "student")
    assert build.is_current(SOURCE, "student")
    assert b"\r" not in page.read_bytes() and page.read_bytes().endswith(b"}\n")
    nbformat.validate(nbformat.read(page, as_version=4))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-2],
        lambda data: b"<<<<<<< HEAD\n" + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: b"\xff" + data,
        lambda data: b"[]",
        lambda data: b"{}",
        lambda data: b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{}]}',
        lambda data: data.replace(b'"nbformat": 4', b'"nbformat": 99'),
    ],
)
def test_a_page_of_which_half_is_left_is_built_again(page, spoil, capsys):
    build.build(SOURCE, "student")
    whole = page.read_bytes()
    page.write_bytes(spoil(whole))
    assert build.main(["--check", "00"]) == 1
    assert f"{SOURCE.name}: the student edition is not" in capsys.readouterr().out
    assert build.main(["00"]) == 0
    assert page.read_bytes() == whole and build.main(["--check", "00"]) == 0


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_build_that_is_stopped_leaves_the_page_as_it_was(page, step, monkeypatch, tmp_path):
    def stop(*_):
        raise KeyboardInterrupt

    page.write_bytes(b"the page of yesterday")
    before = everything_in(tmp_path)
    monkeypatch.setattr(os, step, stop)
    with pytest.raises(KeyboardInterrupt):
        build.build(SOURCE, "student")
    assert page.read_bytes() == b"the page of yesterday" and everything_in(tmp_path) == before


def test_a_page_that_cannot_be_replaced_is_told_and_the_others_are_built(page, monkeypatch, capsys):
    page.write_bytes(b"the page of yesterday")
    really = os.replace

    def open_elsewhere(new, old):
        if old == page:
            raise PermissionError(errno.EACCES, "Access is denied")
        really(new, old)

    monkeypatch.setattr(os, "replace", open_elsewhere)
    assert build.main(["00"]) == 1
    assert "close it if another program has it open" in capsys.readouterr().err
    assert page.read_bytes() == b"the page of yesterday"
    assert build.is_current(SOURCE, "worked") and not build.is_current(SOURCE, "student")


# --- Answers to open problems --------------------------------------------------------------


def test_of_an_answer_to_an_open_problem_students_get_the_first_line(tmp_path):
    source = tmp_path / SOURCE.name
    cell = f"```{{code-cell}} ipython3\n:tags: [{build.OPEN}]\n\n# 9. A try\nprint(42)\n```"
    source.write_text(f"{SOURCE.read_text(encoding='utf-8')}\n{cell}\n", encoding="utf-8")
    build.write_course(tmp_path / "class", [source])
    released = nbformat.read(next((tmp_path / "class").rglob("*.ipynb")), as_version=4)
    for cell in released.cells[-1], build.edition(source, "student").cells[-1]:
        assert cell.source == "# 9. A try" and "nbgrader" not in cell.metadata
    assert build.edition(source, "worked").cells[-1].source == "# 9. A try\nprint(42)"


# --- The cell that fetches the course ------------------------------------------------------


def test_the_course_is_fetched_where_it_is_missing_and_nowhere_else(monkeypatch, capsys):
    shell, asked = InteractiveShell(), []
    shell.register_magic_function(asked.append, magic_name="pip")
    assert shell.run_cell(build.FETCH).success and asked == []
    monkeypatch.setitem(sys.modules, "helpers", None)  # as if it were not installed
    assert shell.run_cell(build.FETCH).success
    assert asked == [f"install -q --no-deps {addresses.WHEEL}"]
    assert capsys.readouterr() == ("", "")


# --- A course folder -----------------------------------------------------------------------


@pytest.mark.parametrize("mine", [b"mine", b"\xff\xfe", b""])
def test_whatever_is_in_a_course_folder_is_left_alone(mine, tmp_path, capsys):
    (tmp_path / "nbgrader_config.py").write_bytes(mine)
    assert build.main(["--nbgrader", str(tmp_path), "00"]) == 0
    assert (tmp_path / "nbgrader_config.py").read_bytes() == mine
    assert "nbgrader_config.py is there already and differs" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["file", "file/class", "class"])
def test_a_course_folder_that_cannot_be_is_told(name, tmp_path, capsys):
    (tmp_path / "file").write_bytes(b"mine")
    (tmp_path / "class" / "nbgrader_config.py").mkdir(parents=True)
    before = everything_in(tmp_path)
    for force in ([], ["--force"]):
        assert build.main(["--nbgrader", str(tmp_path / name), "00", *force]) == 1
        told = capsys.readouterr().err
        assert told.startswith("The course folder was not written: ") and str(tmp_path) in told
        assert told.count("\n") == 1
    assert everything_in(tmp_path) == before and (tmp_path / "file").read_bytes() == b"mine"
