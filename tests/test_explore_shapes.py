"""Two shapes under each other: NumPy's own rule decides who is right."""

import itertools
import re

import ipywidgets as widgets
import numpy as np
import pytest
from exploring import announced
from hypothesis import given
from hypothesis import strategies as st

from helpers.explore.shapes import (
    EXAMPLES,
    Shapes,
    advice,
    align,
    align_shapes,
    fits,
    new_axis_that_helps,
    outcome,
    parse,
    table_html,
)

SIZES = st.sampled_from([0, 1, 1, 2, 3, 7])
SHAPES = st.lists(SIZES, max_size=4).map(tuple)


def numpys(a, b):
    """What NumPy makes of two shapes; None where it refuses."""
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        return None


@pytest.fixture
def explorer():
    explorer = Shapes("512, 768, 3", "3")
    yield explorer
    explorer.close()


def answer(explorer):
    return explorer.parts["answer"].value


def table(explorer):
    return explorer.parts["table"].value


def boxes(html):
    """The words in the cells of every row, as a list of lists."""
    rows = re.findall(r"<tr>(.*?)</tr>", html)
    return [
        [re.sub("<.*?>", "", cell) for cell in re.findall("<t[hd].*?</t[hd]>", row)] for row in rows
    ]


# --- The rule ------------------------------------------------------------------------------


@given(SHAPES, SHAPES)
def test_the_result_is_that_of_numpy(a, b):
    result = tuple(axis.size for axis in align(a, b))
    assert fits(a, b) == (numpys(a, b) is not None)
    if fits(a, b):
        assert result == numpys(a, b)
        assert f"the result has shape {result}," in outcome(a, b)
    else:
        assert "do not fit" in outcome(a, b)


@given(SHAPES, SHAPES)
def test_what_is_said_to_fail_is_what_fails(a, b):
    for axis in align(a, b):
        alone = numpys((1 if axis.a is None else axis.a,), (1 if axis.b is None else axis.b,))
        assert (axis.size is None) == (alone is None)
        said = f"at axis −{-axis.number}, {axis.a} meets {axis.b}" in outcome(a, b)
        assert said == (alone is None)


@given(SHAPES, SHAPES)
def test_an_axis_is_marked_as_stretched_exactly_where_numpy_strides_over_it_with_0(a, b):
    result = numpys(a, b)
    if result is None or 0 in result:
        return
    rows = boxes(table_html(a, b))
    for row, shape in ((1, a), (2, b)):
        strides = np.broadcast_to(np.empty(shape), result).strides
        padded = (None,) * (len(result) - len(shape)) + shape
        for cell, stride, before, after in zip(
            rows[row][1:], strides, padded, result, strict=False
        ):
            stretched = before is None or (stride == 0 and before != after)
            assert ("→" in cell) == stretched
            assert not stretched or cell.endswith(f"→ {after}")


@given(SHAPES, SHAPES)
def test_new_axes_that_are_said_to_help_do_help(a, b):
    if fits(a, b):
        return
    found = new_axis_that_helps(a, b)
    if found is None:
        assert "more than two" in advice(a, b)
        return
    name, index, shape = found
    array, other = (a, b) if name == "a" else (b, a)
    longer = eval(f"np.empty({array})[{index}]", {"np": np})
    assert longer.shape == shape
    assert numpys(shape, other) is not None
    assert f"{name}[{index}] has shape {shape}" in advice(a, b)


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ((512, 768, 3), (3,), "the result has shape (512, 768, 3), because b is stretched along "
         "axes −3 and −2."),
        ((4, 1), (1, 5), "the result has shape (4, 5), because a is stretched along axis −1 and b "
         "is stretched along axis −2."),
        ((2, 3), (2, 3), "the result has shape (2, 3), because all sizes are equal."),
        ((), (), "the result has shape (), because both are single numbers."),
        ((4, 3), (2, 3), "do not fit: at axis −2, 4 meets 2, and neither is 1."),
    ],
)  # fmt: skip
def test_the_sentence_says_what_and_why(a, b, said):
    assert outcome(a, b) == f"{a} and {b} {'' if 'do not' in said else 'fit: '}{said}"


@pytest.mark.parametrize(
    ("a", "b", "said"),
    [
        ((512, 768, 3), (3,), "1,179,648 numbers: 9.4 MB"),
        ((), (), "1 number: 8 bytes"),
        ((0, 3), (3,), "0 numbers: 0 bytes"),
        ((393_216, 1, 3), (216, 3), "254,803,968 numbers: 2.0 GB"),
    ],
)
def test_the_cost_of_the_result_is_told(a, b, said):
    assert advice(a, b) == f"The result holds {said} as float64."


# --- What is typed -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("512, 768, 3", (512, 768, 3)),
        ("(512, 768, 3)", (512, 768, 3)),
        ("512 768 3", (512, 768, 3)),
        (" 3 ", (3,)),
        ("(3,)", (3,)),
        ("3,", (3,)),
        ("", ()),
        ("()", ()),
        ("0", (0,)),
        ("007", (7,)),
        ("0" * 5000 + "7", (7,)),
        ("1, 1, 1, 1, 1, 1, 1, 1", (1,) * 8),
        ("1000000000", (10**9,)),
    ],
)
def test_a_shape_may_be_written_in_several_ways(text, shape):
    assert parse(text) == shape


@given(SHAPES)
def test_a_shape_as_python_writes_it_is_read(shape):
    assert parse(str(shape)) == shape


BAD = {
    "3,,4": "a comma too many",
    ",": "a comma too many",
    "-1, 3": "-1 is negative",
    "3.5": "“3.5” is no size",
    "three": "“three” is no size",
    "(3": "“(3” is no size",
    "٣": "is no size",
    "<b>": "is no size",
    "1 " * 9: "These are 9 axes, and 8 have room",
    "1000000001": "more than 1,000,000,000",
    "9" * 5000: "more than 1,000,000,000",
}


@pytest.mark.parametrize(("text", "said"), BAD.items(), ids=range(len(BAD)))
@pytest.mark.parametrize("name", ["a", "b"])
def test_what_is_no_shape_is_answered_in_a_sentence_and_the_former_answer_stays(
    explorer, name, text, said
):
    before = table(explorer)
    explorer.parts[name].value = text
    assert f"Shape {name}: " in announced(explorer)
    assert said in announced(explorer)
    assert table(explorer) == before
    assert "<b>" not in answer(explorer), "what was typed is no HTML"


# --- The controls --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("a", "b"),
    list(itertools.product(["3", "1", "4, 1", "4, 3", "2, 4, 3", "", "0"], repeat=2)),
)
def test_typing_shows_what_numpy_makes_of_it(explorer, a, b):
    explorer.parts["a"].value, explorer.parts["b"].value = a, b
    result = numpys(parse(a), parse(b))
    last = boxes(table(explorer))[-1]
    if result is None:
        assert "✗ error" in last
    elif result:
        assert last == ["result", *map(str, result)]
    assert outcome(parse(a), parse(b)) in announced(explorer)
    assert ("do not fit" in answer(explorer)) == (result is None)


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_at_a_press(explorer, name):
    (button,) = (part for part in explorer.parts.values() if part.description == name)
    button.click()
    a, b = EXAMPLES[name]
    assert (explorer.parts["a"].value, explorer.parts["b"].value) == (a, b)
    assert outcome(parse(a), parse(b)) in announced(explorer)


def test_the_examples_stand_in_columns_and_none_alone_below_six(explorer):
    (grid,) = (row for row in explorer.children if isinstance(row, widgets.GridBox))
    assert [button.description for button in grid.children] == list(EXAMPLES)
    assert len(EXAMPLES) % 4 != 1


def test_the_shapes_are_aligned_at_the_right():
    rows = boxes(table_html((512, 768, 3), (3,)))
    assert rows[0] == ["axis", "−3", "−2", "−1"]
    assert rows[1] == ["a", "512", "768", "3"]
    assert rows[2] == ["b", "– → 512", "– → 768", "3"]
    assert rows[3] == ["", "↔ b stretched", "↔ b stretched", "= equal"]
    assert rows[4] == ["result", "512", "768", "3"]


def test_without_a_kernel_the_page_shows_the_table_and_the_sentence(shown):
    align_shapes("4, 1", "1, 5")
    (bundle,) = shown
    assert bundle["text/plain"] == f"[Explorer] {outcome((4, 1), (1, 5))}"
    assert outcome((4, 1), (1, 5)) in bundle["text/html"]
    assert "1 → 5" in bundle["text/html"]


def test_a_start_that_is_no_shape_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="“x” is no size"):
        align_shapes("x", "3")
