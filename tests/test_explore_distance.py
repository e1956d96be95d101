"""Two colors and their distance: every number is the one that NumPy gives."""

import html
import itertools
import re

import numpy as np
import pytest
from exploring import announced, hand, key, seen

from helpers import images
from helpers.color import from_hex, pairwise_distances, to_hex
from helpers.explore.distance import Distance, color_distance, distance_words, terms
from helpers.explore.photos import Ringed


@pytest.fixture(scope="module")
def pencils():
    return images.load_image(images.DATA / "pencils.jpg", longest_side=120)


@pytest.fixture
def explorer(pencils):
    explorer = Distance(pencils, (10, 20), (60, 90))
    yield explorer
    explorer.close()


def names(explorer):
    return [explorer.parts[f"{letter}-color"].value for letter in "ab"]


def changed(explorer, image):
    """The pixels that are not as in the photograph."""
    return np.abs(seen(explorer) - image).sum(axis=-1) > 0.8


def assert_all_agrees(explorer):
    """Table, swatches and announcement tell the distance of the two colors in sight."""
    first, second = names(explorer)
    a, b = from_hex(first), from_hex(second)
    table = explorer.parts["terms"].value
    numbers = [f"{x:.3f}" for x in [*a, *b, *abs(a - b)]]
    numbers += [f"{x:.4f}" for x in (a - b) ** 2]
    numbers += [f"= {((a - b) ** 2).sum():.4f}", f"√{((a - b) ** 2).sum():.4f}"]
    numbers += [f"<b>{np.linalg.norm(a - b):.4f}</b>"]
    for number in numbers:
        assert number in table, number
    assert f"a = {first}" in explorer.parts["swatches"].value
    assert f"b = {second}" in explorer.parts["swatches"].value
    assert announced(explorer) == distance_words(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    list(itertools.product(["#000000", "#ffffff", "#54246e", "#37472a", "#ff0000"], repeat=2)),
)
def test_the_terms_are_those_of_the_distance(first, second):
    t = terms(first, second)
    a, b = from_hex(first), from_hex(second)
    assert np.array_equal(t["difference"], a - b)
    assert np.array_equal(t["square"], (a - b) ** 2)
    assert t["sum"] == pytest.approx(((a - b) ** 2).sum())
    assert t["distance"] == pytest.approx(pairwise_distances(a[None], b[None])[0, 0])


def test_the_pixels_to_begin_with_are_measured(explorer, pencils):
    assert names(explorer) == [to_hex(pencils[10, 20]), to_hex(pencils[60, 90])]
    assert_all_agrees(explorer)


@pytest.mark.parametrize("letter", ["a", "b"])
def test_the_sliders_reach_every_row_and_column(explorer, pencils, letter):
    row, column = (explorer.parts[f"{letter}-{part}"] for part in ("row", "column"))
    assert (row.min, row.max, column.min, column.max) == (
        0,
        pencils.shape[0] - 1,
        0,
        pencils.shape[1] - 1,
    )
    for y in range(row.max + 1):
        row.value = y
        assert names(explorer)["ab".index(letter)] == to_hex(pencils[y, column.value])
        assert_all_agrees(explorer)
    for x in range(column.max + 1):
        column.value = x
        assert names(explorer)["ab".index(letter)] == to_hex(pencils[row.value, x])
        assert_all_agrees(explorer)


@pytest.mark.parametrize("letter", ["a", "b"])
def test_the_pickers_change_a_color(explorer, letter):
    for name in ("#000000", "#ffffff", "#123456"):
        explorer.parts[f"{letter}-color"].value = name
        assert_all_agrees(explorer)
    assert f"{letter} is #123456, chosen by hand" in explorer.parts["trouble"].value


@pytest.mark.parametrize("letter", ["a", "b"])
def test_a_click_takes_the_pixel_for_the_chosen_color(explorer, pencils, letter):
    height, width = pencils.shape[:2]
    explorer.parts["target"].value = letter
    other = names(explorer)["ba".index(letter)]
    for row, column in ((0, 0), (33, 77), (height - 1, width - 1)):
        x, y = (column + 0.5) / width, (row + 0.5) / height
        hand(explorer, "down", x, y)
        hand(explorer, "up", x, y)
        assert names(explorer)["ab".index(letter)] == to_hex(pencils[row, column])
        assert explorer.parts[f"{letter}-row"].value == row
        assert explorer.parts[f"{letter}-column"].value == column
        assert_all_agrees(explorer)
    assert names(explorer)["ba".index(letter)] == other


@pytest.mark.parametrize("letter", ["a", "b"])
def test_a_hand_takes_the_ring_along_to_the_edge_and_not_beyond(explorer, pencils, letter):
    explorer.parts["target"].value = letter
    for phase, x, y in (
        ("down", 0.5, 0.5),
        ("move", 0.6, 0.5),
        ("move", 1.7, -2),
        ("up", 0.1, 0.1),
    ):
        hand(explorer, phase, x, y)
        assert_all_agrees(explorer)
    assert names(explorer)["ab".index(letter)] == to_hex(pencils[0, -1])
    assert explorer.voice.hands["picture"]["holds"].startswith(f"{letter} is ")


def test_keys_choose_a_ring_and_move_it(explorer, pencils):
    key(explorer, "ArrowDown", "Shift+ArrowRight", "b", "ArrowLeft", "Shift+ArrowUp", "q")
    assert explorer.places == {"a": (11, 30), "b": (50, 89)}
    assert names(explorer) == [to_hex(pencils[11, 30]), to_hex(pencils[50, 89])]
    assert explorer.parts["target"].value == "b"
    assert_all_agrees(explorer)


def test_equal_colors_have_no_distance_and_no_shares(explorer):
    explorer.parts["a-color"].value = explorer.parts["b-color"].value = "#336699"
    assert "<b>0.0000</b>" in explorer.parts["terms"].value
    assert "NaN" not in explorer.parts["terms"].value and "nan" not in explorer.parts["terms"].value
    assert_all_agrees(explorer)


def test_the_longest_distance_is_said_to_be_all_of_it(explorer):
    explorer.parts["a-color"].value, explorer.parts["b-color"].value = "#000000", "#ffffff"
    assert "<b>1.7321</b>" in explorer.parts["terms"].value
    assert "That is 100 % of the longest distance" in explorer.parts["terms"].value


@pytest.mark.parametrize(("text", "name"), [("red", "#ff0000"), ("#0F0", "#00ff00")])
def test_a_color_may_be_named_in_any_way_a_browser_knows(explorer, text, name):
    explorer.parts["a-color"].value = text
    assert names(explorer)[0] == name
    assert_all_agrees(explorer)


def test_a_color_that_is_none_is_answered_in_a_sentence_and_changes_nothing(explorer):
    before, table = names(explorer), explorer.parts["terms"].value
    explorer.parts["a-color"].value = "rgba(1, 2, 3, 0.5)"
    assert "is no color here; write # and six hexadecimal digits." in (
        explorer.parts["trouble"].value
    )
    assert (names(explorer), explorer.parts["terms"].value) == (before, table)


# --- A distance of one's own ----------------------------------------------------------------


def told(function):
    """What stands below the table, and what is announced."""
    explorer = Distance(np.array([[[0.0, 0, 0], [0.4, 0, 0.2]]]), (0, 0), (0, 1), function)
    said, written = announced(explorer), explorer.parts["yours"].value
    explorer.close()
    assert written == "" or html.unescape(re.sub("<.*?>", "", written)) in said
    return said


def test_a_distance_of_ones_own_is_tried():
    def euclid(X, C):
        return np.sqrt(((X[:, None] - C) ** 2).sum(axis=-1))

    def manhattan(X, C):
        return np.abs(X[:, None] - C).sum(axis=-1)

    def flat(X, C):
        return np.linalg.norm(X - C)

    def by_name(X, C):
        return distanse(X, C)  # noqa: F821

    assert told(euclid).endswith(" Your euclid says 0.4472, too.")
    assert told(manhattan).endswith("Your manhattan says 0.6000; the root of the sum is 0.4472.")
    assert "flat returns the number 0.44" in told(flat)
    assert "by_name raises NameError: name 'distanse' is not defined" in told(by_name)
    assert told(pairwise_distances).endswith(" 0.4472.")


# --- Rings ---------------------------------------------------------------------------------


def test_a_ring_stands_where_the_pixel_is_and_leaves_it_in_sight(explorer, pencils):
    ringed = changed(explorer, pencils)
    for row, column in ((10, 20), (60, 90)):
        near = ringed[row - 9 : row + 10, max(column - 14, 0) : column + 15]
        assert near.sum() > 50
    explorer.parts["a-color"].value = explorer.parts["b-color"].value = "#123456"
    assert changed(explorer, pencils).sum() < ringed.sum() / 10


@pytest.mark.parametrize("place", [(0, 0), (3, 119), (40, 60)])
def test_a_place_comes_back_from_its_share_of_the_sides(pencils, place):
    (row, column), (height, width, _) = place, pencils.shape
    assert Ringed(pencils).clicked((column + 0.5) / width, (row + 0.5) / height) == place


def test_places_beyond_the_edge_are_taken_at_the_edge(pencils):
    height, width = pencils.shape[:2]
    assert Ringed(pencils).clicked(1.0, 1.0) == (height - 1, width - 1)
    assert Ringed(pencils).clicked(-0.1, -0.1) == (0, 0)
    explorer = Distance(pencils, (9999, 9999), (-5, 3))
    assert names(explorer) == [to_hex(pencils[-1, -1]), to_hex(pencils[0, 3])]
    explorer.close()


# --- Beginning and end ---------------------------------------------------------------------


def test_the_picture_says_where_the_rings_are(explorer):
    alt = explorer.voice.names["picture"]
    assert "row 10, column 20" in alt and "row 60, column 90" in alt


def test_without_a_kernel_the_page_shows_the_picture_and_every_term(pencils, shown):
    color_distance(pencils, (10, 20), (60, 90))
    (bundle,) = shown
    words = distance_words(to_hex(pencils[10, 20]), to_hex(pencils[60, 90]))
    assert words in bundle["text/plain"]
    assert '<img src="data:image/png;base64,' in bundle["text/html"]
    assert "(a − b)²" in bundle["text/html"]
