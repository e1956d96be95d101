"""Lesson 12 on photos that nobody had in mind: of few colors, of odd shapes, with odd names."""

import contextlib
import io
import re

import pytest
from exploring import FEW_COLORS, WITHOUT_WARNINGS
from lessons import build, code, python

from helpers import images, plots
from helpers.color import number_of_colors
from helpers.explore import base, photo

(SOURCE,) = build.NOTEBOOKS.glob("source/12_*.md")
CELLS = [cell.source for cell in python(build.read(SOURCE))]
CHOICE = '"harbour_dusk"'  # what the page begins with
NAMES = ["写真", "$x$_\\frac", "🌷", "cafe\u0301", "العربية", "x" * 200]


def test_the_page_names_its_first_photo_once():
    assert sum(cell.count(CHOICE) for cell in CELLS) == 1


def run_page(path):
    """Run all cells of the page with another photo, and return what they show, in words."""
    said = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(said):
        for room in (plots, base):
            patch.setattr(room, "display", lambda bundle, raw: print(bundle["text/plain"]))
        patch.setattr(photo, "_kept", {})
        names = {}
        for cell in CELLS:
            exec(cell.replace(CHOICE, repr(path)), names)
    return said.getvalue()


def assert_complete(said, K):
    assert f"K = {K}" in said
    assert not re.search(r"\bnan\b", said)
    assert not re.search(r"\b1 colors\b", said)
    assert "\nTrue\n" in said, "the picture in the file is the picture"
    assert len(re.findall(r"^my_poster/", said, re.MULTILINE)) == 6


@pytest.mark.slow
@WITHOUT_WARNINGS
@pytest.mark.parametrize("image", FEW_COLORS.values(), ids=FEW_COLORS)
def test_the_page_reaches_its_end_with_any_picture(tmp_path, monkeypatch, image):
    monkeypatch.chdir(tmp_path)
    images.save_files({"mine.png": images.encode_png(image)})
    assert_complete(run_page("mine.png"), min(20, number_of_colors(image)))


@pytest.mark.slow
@WITHOUT_WARNINGS
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_and_with_a_file_of_any_name(tmp_path, monkeypatch, caplog, name):
    monkeypatch.chdir(tmp_path)
    images.save_files({f"{name}.png": images.encode_png(FEW_COLORS["40 colors"])})
    assert_complete(run_page(f"{name}.png"), 20)
    assert not caplog.records


@pytest.mark.slow
@pytest.mark.parametrize("K", [1, 40])
def test_the_page_in_a_kernel(tmp_path, K):
    images.save_files({tmp_path / "mine.png": images.encode_png(FEW_COLORS[f"{K} colors"])})
    page = build.edition(SOURCE, "student")
    for cell in code(page):
        cell.source = cell.source.replace(CHOICE, '"mine.png"')
    build.execute(page, tmp_path, timeout=None)
    outputs = [output for cell in code(page) for output in cell.outputs]
    assert all(cell.execution_count for cell in code(page))
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]
