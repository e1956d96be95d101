"""The explorers in a real kernel: running a cell again and again leaves nothing behind."""

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
