"""What a page keeps of its explorers when JupyterLab saves it."""

import copy

import pytest

from helpers.saved import STATE, VIEW, leave_stills


def page(data, kept=None):
    """A page with one output, and what JupyterLab saves of widgets, as the contents API has it."""
    widgets = {} if kept is None else {"widgets": {STATE: {"state": dict.fromkeys(kept, {})}}}
    cells = [
        {"cell_type": "markdown", "source": "# A page"},
        {"cell_type": "code", "outputs": [{"output_type": "stream", "text": "1"}, {"data": data}]},
    ]
    return {"type": "notebook", "content": {"cells": cells, "metadata": widgets}}


def explorer(name="k"):
    return {VIEW: {"model_id": name}, "text/html": "<figure>", "text/plain": "[Explorer] K = 16"}


@pytest.mark.parametrize("kept", [None, [], ["another"]])
def test_an_explorer_that_cannot_be_shown_again_leaves_its_still(kept):
    model = page(explorer(), kept)
    leave_stills(model=model, path="page.ipynb", contents_manager=None)
    still = {"text/html": "<figure>", "text/plain": "[Explorer] K = 16"}
    assert model == page(still, kept)


@pytest.mark.parametrize(
    "model",
    [
        page(explorer(), ["k"]),
        page({VIEW: {"model_id": "k"}, "text/plain": "IntSlider()"}),  # without it, nothing is left
        page({"image/png": ""}),
        {"type": "file", "content": "text"},
        {"type": "directory", "content": None},
    ],
)
def test_everything_else_is_saved_as_it_is(model):
    before = copy.deepcopy(model)
    leave_stills(model=model)
    assert model == before
