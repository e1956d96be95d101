"""What all explorers stand on: names, answers, work at rest, a clean exit, a still."""

import asyncio
import contextlib
import gc
import json
import re
import selectors
import threading
import time
import weakref

import ipywidgets as widgets
import numpy as np
import pytest
import traitlets
from exploring import WITHOUT_WARNINGS, announced, click, hand, key
from IPython.core.formatters import DisplayFormatter
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
from helpers.explore.photos import COURSE, THIS_PAGES
from helpers.explore.predict import Prediction
from helpers.explore.shapes import Shapes
from helpers.explore.spaces import Comparison
from helpers.explore.steps import Walk
from helpers.explore.walk_pictures import SIZE

IMAGE = images.load_image(images.DATA / "pencils.jpg", longest_side=24)
EXPLORERS = {
    "align_shapes": lambda: Shapes("4, 1", "5"),
    "cloud": lambda: Cloud(IMAGE, IMAGE[0, :4]),
    "color_distance": lambda: Distance(IMAGE, (1, 2), (3, 4)),
    "compare_spaces": lambda: Comparison(IMAGE, 4),
    "edit_codebook": lambda: Editor(IMAGE),
    "explore_k": lambda: Colors(IMAGE, 4, 8),
    "predict": lambda: Prediction("Which?", ("this", "that"), ""),
    "step_through": lambda: Walk(IMAGE[0, :, :2], IMAGE),
    "your_photo": lambda: Chooser(Photo(IMAGE, "pencils"), 24),
}


@pytest.fixture
def run_for(monkeypatch):
    """Do something, then wait, on a clock that moves only while all wait."""
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])  # asyncio's, and the explorers'

    class Waiting(selectors.DefaultSelector):
        def select(self, timeout=None):
            now[0] += timeout or 0
            return super().select(0)

    def run_for(seconds, start):
        async def run():
            if asyncio.iscoroutine(begun := start()):
                await begun
            await asyncio.sleep(seconds)

        with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(Waiting())) as runner:
            runner.run(run())

    return run_for


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


@WITHOUT_WARNINGS
def test_an_explorer_that_is_refused_its_input_goes_without_a_word():
    with pytest.raises(ValueError, match="17 colors"):
        Editor(IMAGE, np.zeros((17, 3)))
    gc.collect()


def test_as_the_last_line_of_its_cell_it_is_shown_once_and_in_another_again(cell, shown):
    formatter = DisplayFormatter()
    prediction = explore.predict("How many?")
    assert formatter.format(prediction) == ({}, {})
    assert len(shown) == 1
    cell.run_again()
    assert formatter.format(prediction) == ({}, {})
    assert shown[1:] == shown[:1]
    assert prediction.comm is not None, "the first one lives on"


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


def test_hands_and_keys_on_a_picture_are_told_one_by_one_and_answered(monkeypatch):
    explorer, told, sent = Plain(), [], []
    monkeypatch.setattr(explorer.voice, "send", sent.append)
    explorer.when_dragged("picture", lambda *a: told.append(a), lambda *a: told.append(a))
    hand(explorer, "down", 0.25, 0.5)
    hand(explorer, "move", 1.2, 0.5)
    key(explorer, "Shift+ArrowUp")
    assert told[:2] == [("picture", "down", 0.25, 0.5), ("picture", "move", 1.2, 0.5)]
    assert told[2:] == [("picture", "Shift+ArrowUp")]
    assert sent == ["done"] * 3


def test_a_hand_is_answered_though_its_answer_has_failed(monkeypatch):
    explorer, sent = Plain(), []
    monkeypatch.setattr(explorer.voice, "send", sent.append)
    explorer.when_dragged("picture", lambda *a: 1 / 0)
    with contextlib.suppress(ZeroDivisionError):
        hand(explorer, "down", 0, 0)
    assert sent == ["done"]


def test_what_a_hand_holds_has_words():
    explorer = Plain()
    explorer.when_dragged("picture", print, hover=True)
    explorer.hold(picture="centroid 0")
    assert explorer.voice.hands == {"picture": {"holds": "centroid 0", "hover": True}}


# --- What nobody looks at while a hand moves -------------------------------------------------


class Watched(Plain):
    """An explorer that shows where its hand is, and writes down aside what it shows."""

    def __init__(self):
        super().__init__()
        self.at, self.noted = None, []
        self.when_dragged("picture", self.answer)

    def answer(self, _, phase, x, y):
        self.at = x
        if phase != "up":
            self.aside(self.note)

    def note(self):
        self.noted.append(self.at)


def test_under_a_hand_that_moves_what_is_aside_waits_until_it_lets_go():
    explorer = Watched()
    hand(explorer, "down", 0.1, 0)
    assert explorer.noted == [0.1], "a hand that is put down looks at everything"
    for x in (0.2, 0.3, 0.4):
        hand(explorer, "move", x, 0)
    assert explorer.noted == [0.1]
    hand(explorer, "up", 0.4, 0)
    assert explorer.noted == [0.1, 0.4], "of three moves, the newest"
    hand(explorer, "up", 0.5, 0)
    assert explorer.noted == [0.1, 0.4]


def test_a_hand_that_is_still_sees_it_too(run_for):
    explorer = Watched()

    async def moves():
        for x in (0.2, 0.3, 0.4):
            hand(explorer, "move", x, 0)
            await asyncio.sleep(base.STILL / 2)
            assert explorer.noted == []

    run_for(base.STILL, moves)
    assert explorer.noted == [0.4]


def test_of_a_late_part_python_knows_at_once_and_the_page_when_the_hand_is_still(monkeypatch):
    explorer, sent = Plain(), []
    explorer.when_dragged("picture", lambda _, phase, x, y: explorer.put(K=round(x)), late="K")
    monkeypatch.setattr(explorer.parts["K"], "_send", lambda told, **_: sent.append(told["state"]))
    for x in (20, 30, 40):
        hand(explorer, "move", x, 0)
        assert explorer.value("K") == x
    assert sent == []
    explorer.finish()
    assert sent == [{"value": 40}]
    hand(explorer, "move", 50, 0)
    hand(explorer, "up", 60, 0)
    assert sent[-1] == {"value": 60}


def test_no_hand_moves_for_long_before_it_sees_it(run_for):
    explorer, pause = Watched(), base.STILL / 2  # it never is still

    async def moves():
        for x in range(100):
            hand(explorer, "move", x, 0)
            await asyncio.sleep(pause)

    run_for(0, moves)
    assert explorer.noted[0] * pause == pytest.approx(base.LATE, abs=2 * pause)


def test_what_is_aside_may_ask_for_other_work_at_rest(run_for):
    explorer = Plain()
    explorer.when_dragged("picture", lambda *_: explorer.aside(tell))

    def tell():
        explorer.say_at_rest("the hand is still")

    run_for(base.STILL + base.REST + 0.2, lambda: hand(explorer, "move", 0.5, 0.5))
    assert explorer.voice.said == "the hand is still"


def test_an_answer_that_fails_ends_the_move_all_the_same():
    explorer = Plain()
    explorer.when_dragged("picture", lambda *_: 1 / 0)
    with contextlib.suppress(ZeroDivisionError):
        hand(explorer, "move", 0.5, 0.5)
    assert not explorer.moving


HANDS = {  # what a hand takes on which picture, and where it goes
    "cloud": ("picture", (0.5, 0.5), (0.6, 0.55)),
    "color_distance": ("picture", (0.1, 0.1), (0.7, 0.8)),
    "edit_codebook": ("original", (0.1, 0.1), (0.7, 0.8)),
    "step_through": ("picture", None, (0.5, 0.4)),
}


def seen_and_told(explorer):
    """All that an explorer shows and says."""
    kept = ("value", "format", "disabled", "description", "max", "options")
    parts = {
        name: [getattr(part, trait, None) for trait in kept]
        for name, part in explorer.parts.items()
    }
    return parts, explorer.voice.names, explorer.voice.hands, explorer.voice.said


def test_every_explorer_with_hands_is_tried_here():
    with_hands = [name for name, make in EXPLORERS.items() if make().voice.hands]
    assert sorted(with_hands) == sorted(HANDS)


@pytest.mark.parametrize("name", HANDS)
def test_nothing_is_left_behind_by_a_hand_that_never_was_still(name):
    part, start, end = HANDS[name]
    swift, slow = EXPLORERS[name](), EXPLORERS[name]()
    start = start or swift.on_the_sheet(swift.steps[0].centroids)[0] / SIZE
    for explorer in (swift, slow):
        explorer.finish()
        hand(explorer, "down", *start, part)
        told = seen_and_told(explorer)[1:]
        for way in np.linspace(start, end, 5)[1:]:
            hand(explorer, "move", *way, part)
            if explorer is slow:
                explorer.finish()
            else:
                assert seen_and_told(explorer)[1:] == told, "nobody hears it"
        hand(explorer, "up", *end, part)
        assert seen_and_told(explorer)[1:] != told
    *seen, _ = seen_and_told(swift)
    assert [*seen, announced(swift)] == [*seen_and_told(slow)[:3], announced(slow)]


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
    for explorer in (Colors(IMAGE, 4, 8), Comparison(IMAGE, 4)):
        shown = []
        explorer.show_photo = lambda image, shown=shown: shown.append(image) or ""
        assert explorer.parts["photo"].options == (THIS_PAGES, *COURSE)
        for choice in (name, THIS_PAGES):
            explorer.parts["photo"].value = choice
        assert np.array_equal(shown[0], images.load_photo(COURSE[name]))
        assert shown[1] is IMAGE
        explorer.close()


# --- Work at rest ---------------------------------------------------------------------------


def test_work_waits_until_nothing_moves_and_is_then_done_to_its_end(run_for):
    explorer, done = Plain(), []

    def work():
        for step in range(3):
            done.append((step, time.monotonic()))
            yield

    began = time.monotonic()
    run_for(base.REST + 0.3, lambda: explorer.when_resting(work()))
    assert [step for step, _ in done] == [0, 1, 2]
    assert done[0][1] - began >= base.REST


def test_work_for_a_position_that_was_left_is_dropped(run_for):
    explorer, done = Plain(), []

    def work(name):
        done.append(name)
        yield

    def move_three_times():
        for name in "abc":
            explorer.when_resting(work(name))

    run_for(base.REST + 0.3, move_three_times)
    assert done == ["c"]


def test_a_move_in_the_middle_of_the_work_ends_it(run_for):
    explorer, done = Plain(), []

    def work():
        while True:
            done.append("step")
            yield 0.01

    async def moved():
        explorer.when_resting(work())
        await asyncio.sleep(base.REST + 0.095)
        explorer.drop_work()

    run_for(0.2, moved)
    assert len(done) == 10


def test_between_two_steps_others_get_their_turn(run_for):
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


# --- Moves from another thread, as JupyterLab sends them ---------------------------------------


def in_a_cell(move):
    """Let another thread do something while a cell with an explorer runs, then answer.

    Gives back what was answered while the cell ran, and after it: who answered, and to what.
    """
    answered = []

    def answer(*what):
        answered.append((threading.current_thread() is threading.main_thread(), *what))

    async def page():
        explorer = Plain()
        explorer.when("K", lambda: answer("K", explorer.value("K")))
        explorer.when("go", lambda: answer("go"))
        explorer.when_clicked(lambda *where: answer(*where))
        mover = threading.Thread(target=move, args=[explorer])
        mover.start()
        mover.join()
        during = list(answered)
        await asyncio.sleep(0.05)
        return during, answered[len(during) :]

    return asyncio.run(page())


def test_moves_are_answered_where_cells_run_between_two_of_them_and_the_newest_once():
    def move(explorer):
        for K in (12, 13, 14):
            explorer.parts["K"].value = K

    assert in_a_cell(move) == ([], [(True, "K", 14)])


def test_each_press_and_each_click_is_answered_in_their_order():
    def move(explorer):
        for x in (0.25, 0.5):
            explorer.parts["go"].click()
            click(explorer, "picture", x, 0.75)

    once = [(True, "go"), (True, "picture", 0.25, 0.75), (True, "go"), (True, "picture", 0.5, 0.75)]
    assert in_a_cell(move) == ([], once)


def test_a_move_amid_the_programs_own_is_answered_after_it():
    def move(explorer):
        with explorer.quietly():
            explorer.parts["K"].value = 14

    assert in_a_cell(move) == ([], [(True, "K", 14)])


def test_a_move_that_has_waited_while_its_cell_ran_again_is_dropped():
    def move(explorer):
        explorer.parts["K"].value = 14
        click(explorer, "picture", 0.25, 0.75)
        explorer.close()

    assert in_a_cell(move) == ([], [])


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


def test_closing_drops_the_work(run_for):
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


def test_a_table_names_its_columns_and_rows_and_a_short_row_takes_the_line():
    table = stills.table_html([["", "b", ""], ["x", "1", "2"], ["y", "3"]], "color: red", "")
    rows = [row.split("<t")[1:] for row in table.split("<tr>")[1:]]
    kinds = [[cell.split(" ")[0].split(">")[0] for cell in row] for row in rows]
    assert kinds == [["d", "h", "d"], ["h", "d", "d"], ["h", "d"]], "no head without words"
    words = [cell.split(">")[1].split("<")[0] for cell in rows[0] + rows[2]]
    assert words == ["", "b", "", "y", "3"]
    assert 'scope="col"' in rows[0][1] and 'scope="row"' in rows[1][0]
    assert 'colspan="2"' in rows[2][1]


def test_rows_are_widgets_or_names_of_parts_and_what_is_no_part_is_left_out():
    class InRows(base.Explorer):
        def __init__(self):
            parts = {name: button(name) for name in ("one", "two", "alone")}
            super().__init__(["one no two", "nobody", "alone", row()], parts)

    explorer = InRows()
    both, alone, empty, voice = explorer.children
    assert both.children == (explorer.parts["one"], explorer.parts["two"])
    assert (alone, empty.children, voice) == (explorer.parts["alone"], (), explorer.voice)
    explorer.close()


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
    voice, sent = Plain().voice, []
    monkeypatch.setattr(voice, "send", sent.append)
    voice._handle_custom_msg({"name": "picture", "x": 0, "y": 0}, [])
    assert sent == []
    voice._handle_custom_msg({"asked": True}, [])
    assert sent == ["here"]
