"""The cloud of colors: every point where geometry puts it, near ones over far ones."""

import numpy as np
import pytest
from exploring import announced, hand, key, seen

from helpers import images
from helpers.color import to_hex
from helpers.explore.cloud import POINTS, VIEWS, Cloud, cloud, cloud_picture
from helpers.explore.cube import CAMERA, CORNERS, CUBE, HEIGHT, WIDTH, project

TURNS, TILTS = range(-180, 181, 30), range(-90, 91, 30)


@pytest.fixture(scope="module")
def pixels():
    return images.to_pixels(images.load_image(images.DATA / "tulips.jpg", longest_side=96))


@pytest.fixture
def explorer(pixels):
    explorer = Cloud(pixels)
    yield explorer
    explorer.close()


def painted(explorer):
    return images.to_bytes(seen(explorer))


def around(sheet, place, reach=2):
    """The pixels painted at a place and next to it, as a set of colors."""
    x, y = np.rint(place).astype(int)
    part = sheet[y - reach : y + reach + 1, x - reach : x + reach + 1]
    return {tuple(int(level) for level in color) for color in part.reshape(-1, 3)}


def seen_by_rotation(x, turn, tilt):
    """The place of one point, by the textbook: two rotations, then perspective."""
    a, b = np.radians([turn, tilt])
    around_blue = np.array([[np.cos(a), np.sin(a), 0], [-np.sin(a), np.cos(a), 0], [0, 0, 1]])
    upward = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    near, right, up = upward @ around_blue @ (np.asarray(x) - 0.5)
    zoom = CUBE * HEIGHT * CAMERA / (CAMERA - near)
    return [WIDTH / 2 + zoom * right, HEIGHT / 2 - zoom * up], near


def test_a_point_is_seen_where_two_rotations_and_perspective_put_it(rng):
    for x, turn, tilt in zip(rng.random((50, 3)), *rng.uniform(-90, 90, (2, 50)), strict=True):
        places, near = project(x[None], turn, tilt)
        place, expected_near = seen_by_rotation(x, turn, tilt)
        assert np.allclose(places[0], place)
        assert np.isclose(near[0], expected_near)


def test_the_cube_fits_on_its_sheet_at_every_turn_and_tilt():
    for turn in TURNS:
        for tilt in TILTS:
            places, _ = project(CORNERS, turn, tilt)
            assert (places > 0).all() and (places < (WIDTH, HEIGHT)).all()


@pytest.mark.slow
def test_at_every_position_of_the_sliders_a_point_is_painted_in_its_own_color_at_its_place():
    color = np.array([[200, 90, 140]]) / 255
    explorer = Cloud(np.vstack([color, color]))
    hidden = 0
    for turn in TURNS:
        explorer.parts["turn"].value = turn
        for tilt in TILTS:
            explorer.parts["tilt"].value = tilt
            sheet = painted(explorer)
            place, _ = seen_by_rotation(color[0], turn, tilt)
            hidden += (200, 90, 140) not in around(sheet, place)
    assert hidden <= 2  # of 91 views: behind an axis or the name of a corner


def test_of_two_points_in_one_line_of_sight_the_nearer_one_is_seen():
    reddish, bluish = np.array([[0.7, 0.5, 0.5], [0.3, 0.5, 0.5]])
    for turn, front, behind in ((0, reddish, bluish), (180, bluish, reddish)):
        for points in ([reddish, bluish], [bluish, reddish]):
            sheet = np.asarray(cloud_picture(np.array(points), None, turn, 0))
            colors = around(sheet, (WIDTH / 2, HEIGHT / 2))
            assert tuple(images.to_bytes(front)) in colors
            assert tuple(images.to_bytes(behind)) not in colors


def test_the_points_are_the_pixels_or_a_sample_of_them_that_is_always_the_same(pixels):
    few = images.some_of(pixels, POINTS)
    assert len(few) == POINTS < len(pixels)
    assert np.array_equal(few, images.some_of(pixels, POINTS))
    assert {tuple(x) for x in few} <= {tuple(x) for x in pixels}
    assert np.array_equal(images.some_of(pixels[:10], POINTS), pixels[:10])


def test_the_alternative_text_says_how_many_pixels_and_which_way_the_axes_point(explorer, pixels):
    explorer.parts["turn"].value, explorer.parts["tilt"].value = -90, 0
    words = explorer.voice.names["picture"]
    assert f"5,000 of {len(pixels):,} pixels" in words
    assert to_hex(pixels.mean(axis=0)) in words
    assert "red right, green away from you, blue up" in words
    explorer.parts["turn"].value = 90
    assert "red left, green toward you, blue up" in explorer.voice.names["picture"]


def test_at_rest_the_view_is_announced(explorer):
    explorer.parts["tilt"].value = 90
    assert "90 degrees" not in explorer.voice.said
    assert "tilted to 90 degrees" in announced(explorer)


def test_a_button_takes_you_to_each_view(explorer, pixels):
    for view, (words, turn, tilt) in VIEWS.items():
        assert explorer.parts[view].description == words
        explorer.parts[view].click()
        assert (explorer.parts["turn"].value, explorer.parts["tilt"].value) == (turn, tilt)
        expected = np.asarray(cloud_picture(images.some_of(pixels, POINTS), None, turn, tilt))
        assert np.array_equal(painted(explorer), expected)


def place_of(explorer, x):
    """Where a color is seen, in shares of the sides."""
    places, _ = project(np.array([x]), explorer.value("turn"), explorer.value("tilt"))
    return places[0] / (WIDTH, HEIGHT)


def test_a_hand_turns_the_cube_and_what_is_near_goes_along(explorer, pixels):
    for start, end in (
        ((0.4, 0.5), (0.5, 0.5)),
        ((0.5, 0.5), (0.5, 0.6)),
        ((0.5, 0.6), (0.42, 0.5)),
    ):
        explorer.look(0, 0)  # red comes toward the camera
        near = place_of(explorer, [0.9, 0.5, 0.5])
        hand(explorer, "down", *start)
        hand(explorer, "move", *end)
        went, hand_went = place_of(explorer, [0.9, 0.5, 0.5]) - near, np.subtract(end, start)
        assert (np.sign(np.round(went, 3)) == np.sign(hand_went)).all()
        hand(explorer, "up", 0, 0)
        turn, tilt = explorer.value("turn"), explorer.value("tilt")
        expected = cloud_picture(images.some_of(pixels, POINTS), None, turn, tilt)
        assert np.array_equal(painted(explorer), np.asarray(expected))


def test_a_long_drag_goes_round_and_round_but_never_over_the_top(explorer):
    hand(explorer, "down", 0, 0)
    for x in np.arange(0, 6, 0.5):
        hand(explorer, "move", x, x)
        assert -180 <= explorer.value("turn") <= 180 and -90 <= explorer.value("tilt") <= 90
    assert explorer.value("tilt") == 90


def test_the_arrow_keys_turn_it_too_and_a_spin_stops(explorer):
    explorer.parts["spin"].click()
    turn, tilt = explorer.value("turn"), explorer.value("tilt")
    key(explorer, "ArrowLeft", "Shift+ArrowDown", "x")
    assert (explorer.value("turn"), explorer.value("tilt")) == (turn + 3, tilt + 15)
    assert not explorer.player.playing
    assert f"tilted to {tilt + 15} degrees" in explorer.voice.hands["picture"]["holds"]


def test_along_the_grays_black_and_white_are_seen_at_one_spot():
    _, turn, tilt = VIEWS["grays"]
    (black, white), _ = project(np.array([[0.0, 0, 0], [1, 1, 1]]), turn, tilt)
    assert np.hypot(*(black - white)) < 3


def test_spin_starts_and_stops_the_player(explorer):
    spin, player = explorer.parts["spin"], explorer.player
    assert (spin.description, player.playing) == ("Spin", False)
    spin.click()
    assert (spin.description, player.playing) == ("Stop", True)
    spin.click()
    assert (spin.description, player.playing) == ("Spin", False)


def test_to_choose_a_view_stops_the_spin(explorer):
    explorer.parts["spin"].click()
    explorer.parts["grays"].click()
    assert not explorer.player.playing


def test_centroids_carry_their_numbers_and_hex_names(pixels):
    centroids = pixels[:: len(pixels) // 4]
    explorer = Cloud(pixels, centroids)
    for k, color in enumerate(centroids):
        assert f"{k} · {to_hex(color)}" in explorer.parts["names"].value
        assert f"{k} {to_hex(color)}" in explorer.voice.names["picture"]
    sheet = painted(explorer)
    for color in centroids:
        assert (sheet == images.to_bytes(color)).all(axis=-1).sum() > 50


def test_painted_with_the_nearest_centroid_no_other_color_is_left(rng):
    pixels = rng.random((300, 3))
    centroids = np.array([[0.1, 0.2, 0.9], [0.9, 0.8, 0.2], [0.3, 0.9, 0.5]])
    explorer = Cloud(pixels, centroids)
    explorer.parts["repaint"].value = True
    sheet = painted(explorer)
    places, _ = project(pixels, explorer.parts["turn"].value, explorer.parts["tilt"].value)
    names = [tuple(int(level) for level in images.to_bytes(c)) for c in centroids]
    found = 0
    for x, place in zip(pixels, places, strict=True):
        nearest = min(range(3), key=lambda k, x=x: sum((x - centroids[k]) ** 2))
        found += names[nearest] in around(sheet, place, reach=1)
        assert tuple(images.to_bytes(x)) not in around(sheet, place, reach=1)
    assert found > 270  # the others lie behind nearer points and disks


@pytest.mark.parametrize(
    ("X", "sentence"),
    [
        (np.zeros((4, 2)), "shape"),
        (np.zeros(3), "shape"),
        (np.zeros((0, 3)), "empty"),
        (np.full((4, 3), 255), "divide by 255"),
        (np.full((4, 3), np.nan), "NaN"),
    ],
)
def test_what_is_no_color_is_answered_by_one_sentence(X, sentence):
    with pytest.raises(ValueError, match=sentence):
        cloud(X)
    with pytest.raises(ValueError, match=sentence):
        cloud(np.zeros((4, 3)), X)


def test_a_whole_picture_will_do(picture):
    assert "35 pixels" in Cloud(picture).voice.names["picture"]


def test_without_a_kernel_the_page_shows_a_picture_with_its_words(pixels, shown):
    cloud(pixels, pixels[:3])
    still, words = shown[0]["text/html"], shown[0]["text/plain"]
    assert still.count("<img ") == 1 and to_hex(pixels[1]) in still
    assert words.startswith("[Explorer] The cube of red, green and blue, and in it 5,000 of")
    assert len(still) < 300_000


def test_a_palette_without_room_is_refused():
    with pytest.raises(ValueError, match="This palette has 300 colors"):
        cloud(np.eye(3), np.ones((300, 3)))
