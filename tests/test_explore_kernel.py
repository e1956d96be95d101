"""The explorers in a real kernel: running a cell again and again leaves nothing behind."""

import psutil
import pytest
from jupyter_client.manager import start_new_kernel

SETUP = """
import threading
import numpy as np
from ipywidgets.widgets.widget import _instances
from helpers import explore, images
image = images.load_image(images.DATA / "pencils.jpg", longest_side=64)
X = images.to_pixels(image)
points = np.random.default_rng(0).random((60, 2)) * 5
"""
CALLS = {
    "align_shapes": "explore.align_shapes()",
    "cloud": "explore.cloud(X, X[:4])",
    "compare_spaces": "explore.compare_spaces(image)",
    "color_distance": "explore.color_distance(image, (1, 2), (30, 40))",
    "edit_codebook": "explore.edit_codebook(image)",
    "explore_k": "explore.explore_k(image)",
    "step_through": "explore.step_through(points, X)",
    "your_photo": "explore.your_photo()",
}
RUNS, MOST_MEGABYTES = 12, 6


class Page:
    """A page's kernel: runs cells, tells what they print and how much memory it has."""

    def __init__(self):
        self.manager, self.client = start_new_kernel(kernel_name="python3")
        self.process = psutil.Process(self.manager.provisioner.pid)

    def runs(self, code):
        printed = []

        def receive(message):
            content = message["content"]
            assert message["msg_type"] != "error", "\n".join(content["traceback"])
            printed.append(content.get("text", ""))

        self.client.execute_interactive(code, output_hook=receive, timeout=120)
        return "".join(printed)

    def megabytes(self):
        return self.process.memory_info().rss / 1e6

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def page():
    page = Page()
    page.runs(SETUP)
    yield page
    page.close()


def test_every_explorer_is_tried_here(page):
    assert page.runs("print(*sorted(explore.__all__))").split() == sorted(CALLS)


@pytest.mark.slow
@pytest.mark.parametrize("name", CALLS)
def test_a_cell_that_runs_again_leaves_no_widgets_threads_or_memory(page, name):
    def left():
        return page.runs("print(len(_instances), threading.active_count())")

    for _ in range(5):
        page.runs(CALLS[name])
    widgets_and_threads, megabytes = left(), page.megabytes()
    for _ in range(RUNS):
        page.runs(CALLS[name])
    assert left() == widgets_and_threads
    assert page.megabytes() - megabytes < MOST_MEGABYTES
