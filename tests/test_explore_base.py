"""What all explorers stand on: names, answers, work at rest, a clean exit, a still."""

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
import traitlets
from exploring import click
from ipywidgets.widgets.widget import _instances

from helpers import explore, images
from helpers.color import srgb_to_lab
from helpers.explore import base, stills
from helpers.explore.cloud import Cloud
from helpers.explore.controls import button, named, picture, row, slider
from helpers.explore.distance import Distance
from helpers.explore.edit import Editor
from helpers.explore.k import Colors
from helpers.explore.photo import Chooser, Photo
from helpers.explore.photos import COURSE, THIS_PAGES, photo_called, photo_menu
from helpers.explore.shapes import Shapes
from helpers.explore.spaces import Comparison
from helpers.explore.steps import Walk

IMAGE = images.load_image(images.DATA / "pencils.jpg", longest_side=24)
EXPLORERS = {
    "align_shapes": lambda: Shapes("4, 1", "5"),
    "cloud": lambda: Cloud(IMAGE, IMAGE[0, :4]),
    "color_distance": lambda: Distance(IMAGE, (1, 2), (3, 4)),
    "compare_spaces": lambda: Comparison(IMAGE, 4),
    "edit_codebook": lambda: Editor(IMAGE),
    "explore_k": lambda: Colors(IMAGE, 4, 8),
    "step_through": lambda: Walk(IMAGE[0, :, :2], IMAGE),
    "your_photo": lambda: Chooser(Photo(IMAGE, "pencils"), 24),
}


class Plain(base.Explorer):
    """The least that an explorer can be."""

    def __init__(self):
        parts = {
            "K": named("Number of colors", slider("K", 0, 0, 100)),
            "go": button("Go"),
            "picture": named("Tulips", picture()),
        }
        super().__init__([row(parts["K"], parts["go"]), parts["picture"]], parts)

    def words(self):
        return "16 colors"

    def still(self):
        return "<p>still</p>"


@pytest.fixture
def cell(monkeypatch, shown):
    """A page on which a cell runs, and a way to run it again."""

    class Cell:
        number = 0

        def run_again(self):
            self.number += 1

        def get_parent(self):
            return {"metadata": {"cellId": "a-cell"}, "header": {"msg_id": self.number}}

    cell = Cell()
    monkeypatch.setattr(base, "get_ipython", lambda: cell)
    monkeypatch.setattr(base, "_explorers", {})
    return cell


# --- Every explorer -------------------------------------------------------------------------


def test_every_explorer_is_tried_here():
    assert sorted(EXPLORERS) == sorted(explore.__all__)


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_part_has_a_name_or_is_text_itself(name):
    explorer = EXPLORERS[name]()
    for part, widget in explorer.parts.items():
        assert f"sixteen-{part}" in widget._dom_classes
        told = explorer.voice.names.get(part) or getattr(widget, "description", "")
        assert len(told) > 1 or type(widget) is widgets.HTML, part
    explorer.close()


@pytest.mark.spread(3)
@pytest.mark.parametrize("name", EXPLORERS)
def test_a_closed_explorer_is_held_by_nothing_and_leaves_no_widget(name):
    before = set(_instances)
    explorer = EXPLORERS[name]()
    explorer.finish()
    gone = weakref.ref(explorer)
    explorer.close()
    assert set(_instances) == before
    del explorer
    gc.collect()
    assert gone() is None


@pytest.mark.filterwarnings("error")
def test_an_explorer_that_is_refused_its_input_goes_without_a_word():
    with pytest.raises(ValueError, match="17 colors"):
        Editor(IMAGE, np.zeros((17, 3)))
    gc.collect()


# --- Names ----------------------------------------------------------------------------------


def test_each_part_can_be_found_and_has_a_name():
    explorer = Plain()
    assert "sixteen-K" in explorer.parts["K"]._dom_classes
    assert explorer.voice.names == {"K": "Number of colors", "picture": "Tulips"}


def test_a_new_name_for_one_part_leaves_the_others():
    explorer = Plain()
    explorer.rename(picture="Tulips in 16 colors")
    assert explorer.voice.names == {"K": "Number of colors", "picture": "Tulips in 16 colors"}


def test_a_click_tells_the_part_and_the_place():
    explorer, clicks = Plain(), []
    explorer.when_clicked(lambda name, x, y: clicks.append((name, x, y)))
    click(explorer, "picture", 0.25, 0.5)
    assert clicks == [("picture", 0.25, 0.5)]


# --- Answers --------------------------------------------------------------------------------


def test_a_person_who_moves_or_presses_a_part_is_answered():
    explorer, answers = Plain(), []
    explorer.when("K go", lambda: answers.append(explorer.value("K")))
    explorer.parts["K"].value = 3
    explorer.parts["go"].click()
    assert answers == [3, 3]


def test_what_the_program_moves_is_not_answered():
    explorer, answers = Plain(), []
    explorer.when("K", lambda: answers.append(explorer.value("K")))
    explorer.put(K=5)
    with explorer.quietly():
        explorer.put(K=6)
        explorer.parts["K"].value = 7
    assert answers == []
    explorer.parts["K"].value = 8
    assert answers == [8]


def test_a_button_starts_and_stops_what_moves_a_slider():
    explorer = Plain()
    player = explorer.add_player("K", "go", "Stop", value=0, max=9)
    for words, playing in (("Stop", True), ("Go", False)):
        explorer.parts["go"].click()
        assert (explorer.parts["go"].description, player.playing) == (words, playing)
    assert player.layout.display == "none", "its own buttons have no names"


class PlayOf7(widgets.BoundedIntText):
    """A player as it is in ipywidgets 7: whether it plays is said by another name."""

    _playing = traitlets.Bool().tag(sync=True)


def test_where_ipywidgets_is_older_the_button_starts_and_stops_it_too(monkeypatch):
    monkeypatch.setattr(widgets, "Play", PlayOf7)
    monkeypatch.setattr(base, "PLAYING", "_playing")
    explorer = Plain()
    player = explorer.add_player("K", "go", "Stop", value=0, max=9)
    explorer.parts["go"].click()
    assert (explorer.parts["go"].description, player._playing) == ("Stop", True)
    base.pause(player)
    assert (explorer.parts["go"].description, player._playing) == ("Go", False)


@pytest.mark.parametrize("name", COURSE)
def test_a_menu_of_pictures_has_the_pages_own_and_every_photograph_of_the_course(name):
    own = {THIS_PAGES: IMAGE}
    assert photo_menu().options == (THIS_PAGES, *COURSE)
    assert photo_called(THIS_PAGES, own) is IMAGE
    assert np.array_equal(photo_called(name, own), images.load_photo(COURSE[name]))


# --- Work at rest ---------------------------------------------------------------------------


def run_for(seconds, start):
    async def run():
        start()
        await asyncio.sleep(seconds)

    asyncio.run(run())


def test_work_waits_until_nothing_moves_and_is_then_done_to_its_end():
    explorer, done = Plain(), []

    def work():
        for step in range(3):
            done.append((step, time.perf_counter()))
            yield

    began = time.perf_counter()
    run_for(base.REST + 0.3, lambda: explorer.when_resting(work()))
    assert [step for step, _ in done] == [0, 1, 2]
    assert done[0][1] - began >= base.REST


def test_work_for_a_position_that_was_left_is_dropped():
    explorer, done = Plain(), []

    def work(name):
        done.append(name)
        yield

    def move_three_times():
        for name in "abc":
            explorer.when_resting(work(name))

    run_for(base.REST + 0.3, move_three_times)
    assert done == ["c"]


def test_a_move_in_the_middle_of_the_work_ends_it():
    explorer, done = Plain(), []

    def work():
        while True:
            done.append("step")
            yield 0.01

    async def run():
        explorer.when_resting(work())
        await asyncio.sleep(base.REST + 0.2)
        explorer.drop_work()
        steps = len(done)
        await asyncio.sleep(0.2)
        return steps

    steps = asyncio.run(run())
    assert 2 < len(done) == steps


def test_between_two_steps_others_get_their_turn():
    explorer, order = Plain(), []

    def work():
        asyncio.get_running_loop().call_soon(order.append, "a key")
        order.append("step 1")
        yield
        order.append("step 2")

    run_for(base.REST + 0.3, lambda: explorer.when_resting(work()))
    assert order == ["step 1", "a key", "step 2"]


def test_without_an_event_loop_the_work_waits_for_finish():
    explorer, done = Plain(), []

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
        first, second = Plain(), Plain()
        first.present()
        second.present()
        assert first.comm is not None and second.comm is not None
    cell.run_again()
    Plain().present()
    assert first.comm is None and second.comm is None


@pytest.mark.slow
def test_runs_of_a_cell_leave_nothing_behind(cell):
    def run():
        cell.run_again()
        explorer = Plain()
        explorer.say_at_rest("here")
        explorer.present()
        return weakref.ref(explorer)

    run()
    widgets_before, threads_before = len(_instances), threading.active_count()
    explorers = [run() for _ in range(5)]
    gc.collect()
    assert len(_instances) == widgets_before
    assert threading.active_count() == threads_before
    assert sum(explorer() is not None for explorer in explorers) == 1


def test_closing_drops_the_work():
    explorer, done = Plain(), []

    def start():
        explorer.when_resting(iter(lambda: done.append("too late"), 1))
        explorer.close()

    run_for(base.REST + 0.2, start)
    assert done == []


# --- Without a kernel -----------------------------------------------------------------------


def test_the_output_holds_the_view_a_still_and_words(cell, shown):
    explorer = Plain()
    explorer.present()
    (bundle,) = shown
    assert bundle[base.WIDGET_VIEW]["model_id"] == explorer.model_id
    assert bundle["text/html"] == "<p>still</p>"
    assert bundle["text/plain"] == "[Explorer] 16 colors"


def test_a_still_says_what_it_shows():
    still = stills.still_picture(b"bytes", 'Red "and" blue', "<p>palette</p>")
    assert 'alt="Red &quot;and&quot; blue"' in still
    assert "<figcaption>Red &quot;and&quot; blue" in still
    assert still.endswith("<p>palette</p>")


def test_a_linked_stack_shows_its_first_frame_and_carries_them_all():
    frames = [("2", b"two", "two </script> colors"), ("4", b"four", "four colors")]
    stack = stills.linked_stack("Colors K", frames, 1)
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
    names = stills.palette_html(colors).split("</span>")[:-1]
    for color, name in zip(colors, names, strict=True):
        shown = np.rint(color * 255) / 255
        ink = 0.0 if "color: black" in name else 1.0
        light, dark = sorted([relative_luminance(shown), ink], reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, srgb_to_lab(color)


def test_whoever_asks_whether_python_is_there_is_answered(monkeypatch):
    voice, sent = base.Voice(), []
    monkeypatch.setattr(voice, "send", sent.append)
    voice._handle_custom_msg({"name": "picture", "x": 0, "y": 0}, [])
    assert sent == []
    voice._handle_custom_msg({"asked": True}, [])
    assert sent == ["here"]
