"""What all explorers stand on: names, work at rest, a clean exit, a still without a kernel."""

import asyncio
import gc
import json
import re
import threading
import time
import weakref

import ipywidgets as widgets
import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances

from helpers.color import srgb_to_lab
from helpers.explore import stage


def an_explorer():
    parts = {"K": widgets.IntSlider(), "picture": widgets.Image()}
    rows = [stage.row(parts["K"]), parts["picture"]]
    return stage.Explorer(rows, parts, {"K": "Number of colors", "picture": "Tulips"})


@pytest.fixture
def cell(monkeypatch):
    """A page on which a cell runs: what it shows, and a way to run it again."""

    class Cell:
        shown, number = [], 0

        def run_again(self):
            self.number += 1

        def get_parent(self):
            return {"metadata": {"cellId": "a-cell"}, "header": {"msg_id": self.number}}

    cell = Cell()
    monkeypatch.setattr(stage, "get_ipython", lambda: cell)
    monkeypatch.setattr(stage, "display", lambda bundle, raw: cell.shown.append(bundle))
    monkeypatch.setattr(stage, "_explorers", {})
    return cell


# --- Names ----------------------------------------------------------------------------------


def test_each_part_can_be_found_and_has_a_name():
    explorer = an_explorer()
    assert "sixteen-K" in explorer.parts["K"]._dom_classes
    assert explorer._voice.names == {"K": "Number of colors", "picture": "Tulips"}


def test_a_new_name_for_one_part_leaves_the_others():
    explorer = an_explorer()
    explorer.rename(picture="Tulips in 16 colors")
    assert explorer._voice.names == {"K": "Number of colors", "picture": "Tulips in 16 colors"}


def test_a_click_tells_the_part_and_the_place():
    explorer, clicks = an_explorer(), []
    explorer.on_click(lambda name, x, y: clicks.append((name, x, y)))
    explorer._voice._handle_custom_msg({"name": "picture", "x": 0.25, "y": 0.5}, [])
    assert clicks == [("picture", 0.25, 0.5)]


# --- Work at rest ---------------------------------------------------------------------------


def run_for(seconds, start):
    async def run():
        start()
        await asyncio.sleep(seconds)

    asyncio.run(run())


def test_work_waits_until_nothing_moves_and_is_then_done_to_its_end():
    explorer, done = an_explorer(), []

    def work():
        for step in range(3):
            done.append((step, time.perf_counter()))
            yield

    began = time.perf_counter()
    run_for(stage.REST + 0.3, lambda: explorer.when_resting(work()))
    assert [step for step, _ in done] == [0, 1, 2]
    assert done[0][1] - began >= stage.REST


def test_work_for_a_position_that_was_left_is_dropped():
    explorer, done = an_explorer(), []

    def work(name):
        done.append(name)
        yield

    def move_three_times():
        for name in "abc":
            explorer.when_resting(work(name))

    run_for(stage.REST + 0.3, move_three_times)
    assert done == ["c"]


def test_a_move_in_the_middle_of_the_work_ends_it():
    explorer, done = an_explorer(), []

    def work():
        while True:
            done.append("step")
            yield 0.01

    async def run():
        explorer.when_resting(work())
        await asyncio.sleep(stage.REST + 0.2)
        explorer.drop_work()
        steps = len(done)
        await asyncio.sleep(0.2)
        return steps

    steps = asyncio.run(run())
    assert 2 < len(done) == steps


def test_between_two_steps_others_get_their_turn():
    explorer, order = an_explorer(), []

    def work():
        asyncio.get_running_loop().call_soon(order.append, "a key")
        order.append("step 1")
        yield
        order.append("step 2")

    run_for(stage.REST + 0.3, lambda: explorer.when_resting(work()))
    assert order == ["step 1", "a key", "step 2"]


def test_without_an_event_loop_the_work_waits_for_finish():
    explorer, done = an_explorer(), []

    def work():
        done.append("all of it")
        yield

    explorer.when_resting(work())
    assert done == []
    explorer.finish()
    explorer.finish()
    assert done == ["all of it"]


# --- A clean exit ---------------------------------------------------------------------------


def test_running_a_cell_again_closes_what_it_showed_before(cell):
    for _ in range(3):
        cell.run_again()
        first, second = an_explorer(), an_explorer()
        stage.present(first, "", "")
        stage.present(second, "", "")
        assert first.comm is not None and second.comm is not None
    cell.run_again()
    stage.present(an_explorer(), "", "")
    assert first.comm is None and second.comm is None


@pytest.mark.slow
def test_two_hundred_runs_leave_nothing_behind(cell):
    def run():
        cell.run_again()
        explorer = an_explorer()
        explorer.when_resting(iter(()))
        stage.present(explorer, "", "")
        return weakref.ref(explorer)

    run()
    widgets_before, threads_before = len(_instances), threading.active_count()
    explorers = [run() for _ in range(200)]
    gc.collect()
    assert len(_instances) == widgets_before
    assert threading.active_count() == threads_before
    assert sum(explorer() is not None for explorer in explorers) == 1


def test_closing_drops_the_work():
    explorer, done = an_explorer(), []

    def start():
        explorer.when_resting(iter(lambda: done.append("too late"), 1))
        explorer.close()

    run_for(stage.REST + 0.2, start)
    assert done == []


# --- Without a kernel -----------------------------------------------------------------------


def test_the_output_holds_the_view_a_still_and_words(cell):
    explorer = an_explorer()
    stage.present(explorer, "<p>still</p>", "16 colors")
    (bundle,) = cell.shown
    assert bundle[stage.WIDGET_VIEW]["model_id"] == explorer.model_id
    assert bundle["text/html"] == "<p>still</p>"
    assert bundle["text/plain"] == "[Explorer] 16 colors"


def test_a_still_says_what_it_shows():
    still = stage.still_picture(b"bytes", 'Red "and" blue', "<p>palette</p>")
    assert 'alt="Red &quot;and&quot; blue"' in still
    assert "<figcaption>Red &quot;and&quot; blue" in still
    assert still.endswith("<p>palette</p>")


def test_a_linked_stack_shows_its_first_frame_and_carries_them_all():
    frames = [("2", b"two", "two </script> colors"), ("4", b"four", "four colors")]
    stack = stage.linked_stack("Colors K", frames, 1)
    picture, script = stack.split("<script>")
    assert 'alt="four colors"' in picture
    assert script.count("</script>") == 1  # the one at the end
    data = re.search(r'\("Colors K", 1, (\[.*\]), document', script).group(1)
    assert [words for _, _, words in json.loads(data)] == ["two </script> colors", "four colors"]


# --- Palettes -------------------------------------------------------------------------------


def relative_luminance(color):
    """As WCAG 2.2 defines it."""
    linear = np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)
    return linear @ (0.2126, 0.7152, 0.0722)


def test_every_hex_name_can_be_read_on_its_color(rng):
    colors = rng.random((300, 3))
    names = stage.palette_html(colors).split("</span>")[:-1]
    for color, name in zip(colors, names, strict=True):
        shown = np.rint(color * 255) / 255
        ink = 0.0 if "color: #000" in name else 1.0
        light, dark = sorted([relative_luminance(shown), ink], reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, srgb_to_lab(color)
