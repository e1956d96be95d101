"""The course in a browser: the pages that are put there, its Python, and a reader who uses it.

Pyodide's core comes from npm; it has no NumPy, so it shows that the kernel starts, that nothing is
asked from outside, and that widgets are heard. Who has a complete Pyodide names its folder in
SIXTEEN_PYODIDE: then every lesson that needs no library runs in it to its last cell.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import addresses
import nbformat
import npm
import pytest
from browsing import (
    COUNTS,
    open_page,
    press,
    run_all,
    served,
    until,
    wait_until_connected,
    wait_until_idle,
)
from lessons import ROOT

lite = pytest.importorskip("lite", reason="requirements-site.txt is not installed")
pytest.importorskip("jupyterlite_pyodide_kernel", reason="requirements-site.txt is not installed")

PYODIDE = os.environ.get("SIXTEEN_PYODIDE")
ANSWER = "def negative(image):\n    return 1 - image  # mine"
NOTEBOOK = "jupyterapp.shell.currentWidget.content"
FROM_TOP_TO_END = 600  # seconds that a lesson may take: Pyodide computes several times as long
LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))


def page_of(name):
    return (ROOT / "notebooks" / "solutions" / f"{name}.ipynb").read_text(encoding="utf-8")


# --- The pages ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    lite.write_pages(folder, "here")
    return {
        path.relative_to(folder).with_suffix("").as_posix(): nbformat.read(path, as_version=4)
        for path in folder.rglob("*.ipynb")
    }


def code(page):
    return [cell for cell in page.cells if cell.cell_type == "code"]


def test_every_lesson_is_there_in_both_editions(pages):
    assert sorted(pages) == sorted([*LESSONS, *(f"solutions/{name}" for name in LESSONS)])


def test_a_page_is_the_courses_own_but_for_what_its_place_asks(pages):
    for name in ("05_kmeans_by_hand", "solutions/05_kmeans_by_hand"):
        kept = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
        theirs = [c.source for c in kept.cells if "%pip" not in c.source]
        assert [cell.source for cell in pages[name].cells] == theirs
    assert any(cell.outputs for cell in code(pages["solutions/05_kmeans_by_hand"]))


def test_no_page_to_work_on_gives_a_prediction_away(pages):
    for name, page in pages.items():
        if not name.startswith("solutions/"):
            assert not any(cell.outputs or cell.execution_count for cell in code(page)), name
            assert "widgets" not in page.metadata


def test_lesson_00_says_what_a_browser_keeps_and_loses(pages):
    for name in ("00_start_here", "solutions/00_start_here"):
        told = pages[name].cells[1].source
        assert "kept in this browser" in told and "File → Download" in told
        assert "Close the tab" in told and "Kernel → Restart Kernel" in told
        assert "Python comes from here" in told


# --- Its Python -----------------------------------------------------------------------------


def test_the_pyodide_is_the_one_that_the_kernel_is_made_for():
    from jupyterlite_pyodide_kernel.constants import PYODIDE_CDN_URL, PYODIDE_VERSION

    assert lite.PYODIDE.version == PYODIDE_VERSION
    assert f"{PYODIDE_CDN_URL}/" == lite.CDN


def test_security_names_where_a_browser_gets_its_python():
    assert lite.CDN.split("/")[2] in (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_who_is_needed_brings_along_whom_they_need():
    known = {
        "a": {"depends": ["B_x", "unknown"]},
        "b-x": {"depends": ["c"]},
        "c": {"depends": ["a"]},
        "d": {"depends": []},
    }
    assert sorted(lite.needed(known, ["a", "unknown"])) == ["a", "b-x", "c"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    pytest.importorskip("hatchling", reason="requirements-site.txt is not installed")
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", folder, ROOT], check=True)
    return next(folder.glob("*.whl"))


@pytest.mark.slow
def test_what_the_course_has_is_served_and_all_else_is_pyodides_own(tmp_path, wheel):
    try:
        upstream = json.loads((npm.folder_of(lite.PYODIDE) / lite.LOCK).read_text("utf-8"))
        lite.write_python(tmp_path / "python", [wheel], None)
    except (npm.NotFetched, lite.NotBuilt) as error:
        pytest.skip(str(error))
    folder = tmp_path / "python"
    packages = json.loads((folder / lite.LOCK).read_text("utf-8"))["packages"]
    ours = {name: p for name, p in packages.items() if not p["file_name"].startswith(lite.CDN)}
    for name, package in packages.items():
        if name in ours:
            served = (folder / package["file_name"]).read_bytes()
            assert package["sha256"] == hashlib.sha256(served).hexdigest()
        else:
            theirs = upstream["packages"][name]
            assert package["file_name"] == lite.CDN + theirs["file_name"]
            assert package["sha256"] == theirs["sha256"]
        assert set(package["depends"]) <= set(packages)
    assert {"sixteen-colors", "ipywidgets", "anywidget"} <= set(ours)
    assert set(upstream["packages"]) <= set(packages)


@pytest.mark.slow
def test_helpers_are_in_the_lock_file_with_what_they_need(wheel):
    entry = lite.entry_of(wheel)
    assert (entry["name"], entry["imports"]) == ("sixteen-colors", ["helpers"])
    assert {"numpy", "matplotlib", "pillow", "ipywidgets", "anywidget"} <= set(entry["depends"])
    assert entry["file_name"].endswith(wheel.name)


# --- A reader -------------------------------------------------------------------------------


def built(folder, wheel, pyodide):
    """The folder of an edition; where PyPI can't be reached, the test is skipped."""
    try:
        lite.build(folder, wheel, pyodide)
    except lite.NotBuilt as error:
        if "pip download failed" not in str(error):
            raise
        pytest.skip(str(error))
    return folder


@pytest.fixture(scope="module")
def with_core(tmp_path_factory, wheel):
    """The address of an edition that has Pyodide's core alone."""
    try:
        core = npm.folder_of(lite.PYODIDE)
    except npm.NotFetched as error:
        pytest.skip(str(error))
    with served(built(tmp_path_factory.mktemp("core") / "lite", wheel, core)) as address:
        yield address


@pytest.fixture(scope="module")
def complete(tmp_path_factory, wheel):
    """The address of an edition that has all of Pyodide."""
    if not PYODIDE:
        pytest.skip("SIXTEEN_PYODIDE names no folder with a complete Pyodide")
    target = tmp_path_factory.mktemp("complete") / "lite"
    with served(built(target, wheel, Path(PYODIDE))) as address:
        yield address


def sources(page):
    return page.evaluate(f"{NOTEBOOK}.model.toJSON().cells.map(cell => cell.source)")


def outputs(page):
    shown = page.evaluate(f"{NOTEBOOK}.model.toJSON().cells.map(cell => cell.outputs ?? [])")
    return [str(cell) for cell in shown]


def lesson(address, name):
    return addresses.in_browser(name).replace(f"{addresses.SITE}/lite/", address)


def outside(page, address):
    """What the page asks of others than the address, from now on."""
    asked = []
    ours = (address, "data:", "blob:")
    page.context.on("request", lambda r: None if r.url.startswith(ours) else asked.append(r.url))
    return asked


# A slider of ipywidgets, heard by Python, which answers through an anywidget: as explorers do.
ROUND_TRIP = '''
import anywidget, ipywidgets, traitlets
class Answer(anywidget.AnyWidget):
    _esm = """export default { render({ model, el }) {
        const show = () => { el.textContent = model.get("words"); };
        model.on("change:words", show);
        show();
    } };"""
    words = traitlets.Unicode("no key yet").tag(sync=True)
slider, answer = ipywidgets.IntSlider(4, description="K"), Answer()
slider.observe(lambda change: answer.set_trait("words", f"{change['new']} squared is "
               f"{change['new'] ** 2}"), "value")
ipywidgets.VBox([slider, answer])
'''


@pytest.mark.slow
def test_a_kernel_starts_runs_code_and_hears_a_widget_and_nothing_comes_from_outside(
    with_core, page
):
    asked = outside(page, with_core)
    open_page(page, lesson(with_core, "00_start_here"))
    wait_until_connected(page)
    page.evaluate(
        f"""code => {{
            const cells = [...{NOTEBOOK}.model.cells], first = cells.find(c => c.type == "code");
            first.sharedModel.setSource(code);
            {NOTEBOOK}.activeCellIndex = cells.indexOf(first);
            return jupyterapp.commands.execute("notebook:run-cell");
        }}""",
        ROUND_TRIP,
    )
    page.get_by_text("no key yet", exact=True).wait_for()
    press(page.get_by_role("slider"), "ArrowRight")
    page.get_by_text("5 squared is 25", exact=True).wait_for()
    assert asked == []


def open_lessons(page):
    """The pages that are open, and how many kernels run."""
    pages = "[...jupyterapp.shell.widgets('main')].map(tab => tab.context?.path)"
    kernels = "[...jupyterapp.serviceManager.kernels.running()].length"
    return page.evaluate(pages), page.evaluate(kernels)


@pytest.mark.slow
def test_a_page_is_the_courses_until_it_is_changed_and_then_it_is_saved_by_itself(with_core, page):
    changed = "jupyterapp.shell.currentWidget.context.model.dirty"
    open_page(page, lesson(with_core, "00_start_here"))
    wait_until_connected(page)
    assert not page.evaluate(changed)
    page.evaluate(f"answer => {NOTEBOOK}.model.cells.get(2).sharedModel.setSource(answer)", ANSWER)
    assert page.evaluate(changed)
    page.wait_for_function(f"() => !{changed}")
    open_page(page, lesson(with_core, "00_start_here"))
    assert ANSWER in sources(page)


@pytest.mark.slow
def test_only_the_lesson_that_was_asked_for_has_a_kernel(with_core, page):
    for name in ("00_start_here", "01_a_photo_is_an_array"):  # 00 is left open
        open_page(page, lesson(with_core, name))
        wait_until_connected(page)
        assert open_lessons(page) == ([f"{name}.ipynb"], 1)
    page.evaluate("jupyterapp.commands.execute('application:close')")
    page.wait_for_function("() => [...jupyterapp.serviceManager.kernels.running()].length == 0")


@pytest.mark.slow
def test_on_a_slow_phone_the_lesson_has_the_room_until_its_reader_opens_the_list(with_core, page):
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.set_viewport_size({"width": 390, "height": 800})
    open_page(page, lesson(with_core, "00_start_here"))
    wait_until_connected(page)
    assert until(lambda: page.locator(".jp-Notebook").bounding_box()["width"] > 300)
    page.keyboard.press("Control+Shift+F")
    page.locator(".jp-FileBrowser").wait_for(state="visible")
    time.sleep(1)
    assert page.locator(".jp-FileBrowser").is_visible()


@pytest.mark.slow
def test_lesson_00_is_done_by_a_reader_and_what_they_wrote_is_there_the_next_time(complete, page):
    asked = outside(page, complete)
    open_page(page, lesson(complete, "00_start_here"))
    page.evaluate(
        f"""answer => {{
            const cells = [...{NOTEBOOK}.model.cells];
            const mine = cells.find(cell => cell.sharedModel.source.startsWith("def negative("));
            mine.sharedModel.setSource(answer);
            return jupyterapp.commands.execute("docmanager:save");
        }}""",
        ANSWER,
    )
    run_all(page, lesson(complete, "00_start_here"), FROM_TOP_TO_END)
    counts = page.evaluate(COUNTS)
    assert counts == list(range(1, len(counts) + 1))
    assert ANSWER in sources(page)
    assert sum("Right." in shown for shown in outputs(page)) == 1
    slider = page.get_by_role("slider", name="Number of colors K")
    slider.scroll_into_view_if_needed()
    press(slider, "ArrowRight")
    page.locator(".sixteen-facts", has_text=re.compile(r"K = 17\D")).wait_for()
    assert asked == []


ALONE = [name for name in LESSONS if "needs(" not in page_of(name)]  # they need no library


@pytest.mark.slow
@pytest.mark.parametrize("name", ALONE)
def test_a_worked_lesson_runs_to_its_last_cell_and_finds_its_answers_right(complete, page, name):
    run_all(page, lesson(complete, f"solutions/{name}"), FROM_TOP_TO_END)
    counts = page.evaluate(COUNTS)
    assert counts == list(range(1, len(counts) + 1))
    kept = nbformat.reads(page_of(name), as_version=4)
    right = sum("Right." in str(cell.outputs) for cell in code(kept))
    assert sum("Right." in shown for shown in outputs(page)) == right


ANSWERS = {  # lesson 05's, as a learner may write them
    "find_closest_centroids": """def find_closest_centroids(X, centroids):
    return pairwise_distances(X, centroids).argmin(axis=1)""",
    "wcss": """def wcss(X, centroids, idx):
    return float(((X - centroids[idx]) ** 2).sum())""",
}


def cell_with(page, text):
    return next(n for n, source in enumerate(sources(page)) if text in source)


def run_cell(page, number):
    """Run one cell, and give what it shows."""
    page.evaluate(
        f"""number => {{
            {NOTEBOOK}.deselectAll();
            {NOTEBOOK}.activeCellIndex = number;
            return jupyterapp.commands.execute("notebook:run-cell");
        }}""",
        number,
    )
    wait_until_idle(page)
    return outputs(page)[number]


@pytest.mark.slow
def test_what_a_reader_wrote_is_theirs_on_the_next_page(complete, page):
    open_page(page, lesson(complete, "05_kmeans_by_hand"))
    wait_until_connected(page)
    for name, answer in ANSWERS.items():
        written = [cell_with(page, f"def {name}("), answer]
        page.evaluate(
            f"([n, s]) => {NOTEBOOK}.model.cells.get(n).sharedModel.setSource(s)", written
        )
    page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    run_all(page, lesson(complete, "05_kmeans_by_hand"), FROM_TOP_TO_END)
    assert sum("Kept in my_colors.py" in shown for shown in outputs(page)) == len(ANSWERS)

    open_page(page, lesson(complete, "05b_a_palette_of_its_own"))
    wait_until_connected(page)
    run_cell(page, cell_with(page, "import numpy as np"))
    takes = cell_with(page, 'wcss = mine("wcss")')
    assert "find_closest_centroids: yours, from lesson 05" in run_cell(page, takes)


@pytest.mark.slow
def test_a_click_on_the_first_choice_is_a_prediction(complete, page):
    open_page(page, lesson(complete, "05_kmeans_by_hand"))
    wait_until_connected(page)
    run_cell(page, cell_with(page, "import numpy as np"))
    run_cell(page, cell_with(page, "guess_gain = explore.predict("))
    choice = page.get_by_role("button", name="smaller every time", exact=True)
    assert "mod-active" not in choice.get_attribute("class")
    choice.click()
    page.get_by_text("Taken: run the next cell").first.wait_for()
