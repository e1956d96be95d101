"""The explorers in a real kernel: cells run again leave nothing behind, and no move is lost."""

import time

import pytest
from jupyter_client.manager import start_new_kernel

SETUP = """
import gc
import threading
import tracemalloc
import numpy as np
from ipywidgets.widgets.widget import _instances
from helpers import explore, images
from helpers.explore.base import Explorer
from helpers.explore.spaces import Comparison
image = images.load_image(images.DATA / "pencils.jpg", longest_side=32)
X = images.to_pixels(image)
points = np.random.default_rng(0).random((12, 2))
tracemalloc.start()

def left():
    gc.collect()
    alive = sum(isinstance(thing, Explorer) for thing in gc.get_objects())
    held = tracemalloc.get_traced_memory()[0]
    print(alive, len(_instances), threading.active_count(), held)
"""
CALLS = {
    "align_shapes": "explore.align_shapes()",
    "cloud": "explore.cloud(X, X[:4])",
    "compare_spaces": "explore.compare_spaces(image)",
    "color_distance": "explore.color_distance(image, (1, 2), (30, 40))",
    "edit_codebook": "explore.edit_codebook(image)",
    "explore_k": "explore.explore_k(image)",
    "predict": "guess = explore.predict('Which?', 'this', 'that')",
    "step_through": "explore.step_through(points, X)",
    "your_photo": "explore.your_photo(longest_side=64)",
}
RUNS, MOST_BYTES = 2, 50_000  # a run: less than any explorer's pictures


class Page:
    """A page's kernel: runs cells, and tells what they print."""

    def __init__(self):
        self.manager, self.client = start_new_kernel(kernel_name="python3")

    def runs(self, code):
        printed = []

        def receive(message):
            content = message["content"]
            assert message["msg_type"] != "error", "\n".join(content["traceback"])
            printed.append(content.get("text", ""))

        self.client.execute_interactive(code, output_hook=receive, timeout=120)
        return "".join(printed)

    def left(self):
        """Explorers, widgets, threads and bytes that there are."""
        return [int(number) for number in self.runs("left()").split()]

    def subshell(self):
        """The name of a thread of its own for moves, as JupyterLab asks for one."""
        request = self.client.session.msg("create_subshell_request", {})
        self.client.control_channel.send(request)
        return self.client.control_channel.get_msg(timeout=120)["content"]["subshell_id"]

    def move(self, widget, value, subshell):
        """Give a widget a value, as the page does, in this thread or in that of the cells."""
        data = {"method": "update", "state": {"value": value}, "buffer_paths": []}
        sent = self.client.session.msg("comm_msg", {"comm_id": widget, "data": data})
        sent["header"]["subshell_id"] = subshell
        self.client.shell_channel.send(sent)

        def answered(heard):
            is_ours = heard["parent_header"].get("msg_id") == sent["header"]["msg_id"]
            return is_ours and heard["content"].get("execution_state") == "idle"

        while not answered(self.client.get_iopub_msg(timeout=120)):
            pass

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def page():
    page = Page()
    page.runs(SETUP)
    page.runs(CALLS["cloud"])  # the first explorer makes what all others share
    yield page
    page.close()


def test_every_explorer_is_tried_here(page):
    assert page.runs("print(*sorted(explore.__all__))").split() == sorted(CALLS)


@pytest.mark.slow
@pytest.mark.parametrize("name", CALLS)
def test_a_cell_that_runs_again_leaves_no_widgets_threads_or_memory(page, name):
    page.runs(CALLS[name])
    *before, bytes_before = page.left()
    for _ in range(RUNS):
        page.runs(CALLS[name])
    *after, bytes_after = page.left()

    assert after == before
    assert bytes_after - bytes_before < RUNS * MOST_BYTES


@pytest.mark.slow
def test_moves_that_come_in_two_threads_are_all_answered(page):
    page.runs("explorer = Comparison(images.load_photo('harbour_dusk'), 40)")
    slider = page.runs("print(explorer.parts['K'].model_id, end='')")
    threads = page.subshell(), None
    for number in range(20):
        page.move(slider, 39 - number, threads[number % 2])
        time.sleep(0.3)  # longer than a rest: the last move's work is being done
        shown = page.runs("print(explorer.value('left-facts'))")
        assert f"K = {39 - number}" in shown, f"after {number} moves"
