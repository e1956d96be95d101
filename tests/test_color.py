"""Colors as points: distances, gray, tint, names, and Lab."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.color import (
    all_differences,
    color_difference,
    from_hex,
    keys,
    lab_to_srgb,
    nearest_color,
    negative,
    number_of_colors,
    pairwise_distances,
    squared_distances,
    srgb_to_lab,
    tint,
    to_gray,
    to_hex,
)

levels = st.floats(0, 1, allow_subnormal=False)
colors = arrays(float, (4, 3), elements=levels)


@st.composite
def points_and_colors(draw):
    """X and C with 1 to 5 channels."""
    d = draw(st.integers(1, 5))
    values = st.floats(-10, 10, allow_subnormal=False)
    X = draw(arrays(float, (draw(st.integers(1, 6)), d), elements=values))
    C = draw(arrays(float, (draw(st.integers(1, 6)), d), elements=values))
    return X, C


# --- Gray, tint, negative ----------------------------------------------------------------


def test_gray_weighs_red_green_and_blue_as_bt_601_says():
    # ITU-R Recommendation BT.601, section 2.5.1: E'Y = 0.299 E'R + 0.587 E'G + 0.114 E'B
    image = np.array([[[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[1, 1, 1], [0, 0, 0], [0.5, 0.5, 0.5]]])
    np.testing.assert_allclose(to_gray(image), [[0.299, 0.587, 0.114], [1, 0, 0.5]])


def test_tint_multiplies_each_channel_by_that_of_the_glass(picture):
    tinted = tint(picture, [1, 0.5, 0])
    assert tinted.shape == picture.shape
    for row in range(5):
        for column in range(7):
            r, g, b = picture[row, column]
            assert tinted[row, column].tolist() == [r, 0.5 * g, 0]


def test_the_negative_of_black_is_white_and_back():
    assert negative(np.array([0, 0.25, 1])).tolist() == [1, 0.75, 0]


# --- Distances ---------------------------------------------------------------------------


@given(points_and_colors())
def test_distances_are_those_of_a_loop_over_every_pair(pair):
    X, C = pair
    distances = pairwise_distances(X, C)
    assert distances.shape == (len(X), len(C))
    for n, x in enumerate(X):
        for k, c in enumerate(C):
            assert distances[n, k] == pytest.approx(math.dist(x, c), abs=1e-12)


def test_a_difference_is_pixel_minus_color():
    X, C = np.array([[5.0, 7.0]]), np.array([[1.0, 1.0], [6.0, 9.0]])
    assert all_differences(X, C).tolist() == [[[4, 6], [-1, -2]]]


@given(points_and_colors())
def test_squared_distances_are_the_squares_of_the_distances(pair):
    X, C = pair
    np.testing.assert_allclose(
        squared_distances(X, C), pairwise_distances(X, C) ** 2, rtol=1e-12, atol=1e-24
    )


# --- The nearest color -------------------------------------------------------------------


@given(points_and_colors())
def test_no_color_is_nearer_than_the_nearest(pair):
    X, C = pair
    for x in X:
        distances = [math.dist(x, c) for c in C]
        assert distances[nearest_color(x, C)] == pytest.approx(min(distances), abs=1e-12)


def test_a_tie_goes_to_the_lowest_number():
    assert nearest_color([0.5, 0.5], [[1, 1], [0, 0], [1, 0]]) == 0
    assert nearest_color([0.5, 0.5], [[9, 9], [0, 0], [1, 1]]) == 1
    assert type(nearest_color([0.0], [[1.0], [0.25]])) is int


def test_the_nearest_color_of_bytes_does_not_wrap_around():
    black, white, almost_black = [0, 0, 0], [255, 255, 255], [2, 2, 2]
    C = np.array([white, almost_black], dtype=np.uint8)
    assert nearest_color(np.array(black, dtype=np.uint8), C) == 1


# --- Names -------------------------------------------------------------------------------


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_every_name_leads_to_its_color_and_back(levels):
    name = "#" + bytes(levels).hex()
    np.testing.assert_array_equal(from_hex(name), np.array(levels) / 255)
    assert to_hex(from_hex(name)) == name


def test_names_are_those_of_the_web():
    # CSS Color Module Level 4, section 6.1, "Named Colors"
    assert to_hex((0, 0, 0)) == "#000000"
    assert to_hex((1, 0.5, 0)) == "#ff8000"
    np.testing.assert_array_equal(from_hex("#663399"), np.array([102, 51, 153]) / 255)  # rebecca
    np.testing.assert_array_equal(from_hex("#FFA500"), from_hex("#ffa500"))  # orange


def test_a_name_is_that_of_the_nearest_level():
    assert to_hex((99.6 / 255, 100.4 / 255, 100 / 255)) == "#646464"


def test_a_rounding_error_beyond_the_range_leaves_a_name_of_six_digits():
    assert to_hex((1 + 1e-9, -1e-9, 1 + 1e-12)) == "#ff00ff"


@pytest.mark.parametrize("name", ["", "#", "red", "#fff", "#ff88001", "#gggggg", "# 12345"])
def test_a_name_that_is_no_color_is_refused(name):
    with pytest.raises(ValueError, match=r"no color.*six hexadecimal digits"):
        from_hex(name)


def test_distinct_colors_are_counted_on_256_levels():
    assert number_of_colors(np.array([[[1, 0, 0], [0, 0, 1], [1, 0, 0], [1 - 1e-9, 0, 0]]])) == 2


@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=9))
def test_keys_are_equal_for_equal_colors_alone(colors):
    assert len(set(keys(np.array(colors) / 255).tolist())) == len(set(colors))


# --- Lab ---------------------------------------------------------------------------------

# CIE Lab of the eight corners of the sRGB cube, white D65, from B. Lindbloom's "CIE Color
# Calculator" (brucelindbloom.com); the same table is in the tests of scikit-image,
# skimage/color/tests/test_colorconv.py.
LINDBLOOM = {
    (1, 1, 1): (100, 0, 0),
    (1, 1, 0): (97.1393, -21.5537, 94.4780),
    (0, 1, 1): (91.1132, -48.0875, -14.1312),
    (0, 1, 0): (87.7347, -86.1827, 83.1793),
    (1, 0, 1): (60.3242, 98.2343, -60.8249),
    (1, 0, 0): (53.2408, 80.0925, 67.2032),
    (0, 0, 1): (32.2970, 79.1875, -107.8602),
    (0, 0, 0): (0, 0, 0),
}


@pytest.mark.parametrize(("rgb", "lab"), LINDBLOOM.items())
def test_lab_agrees_with_lindbloom(rgb, lab):
    np.testing.assert_allclose(srgb_to_lab(rgb), lab, atol=0.002)
    np.testing.assert_allclose(lab_to_srgb(lab), rgb, atol=0.002)


@given(colors)
def test_lab_leads_back_to_the_same_color(rgb):
    np.testing.assert_allclose(lab_to_srgb(srgb_to_lab(rgb)), rgb, atol=1e-6)


@given(levels)
def test_a_gray_has_neither_red_nor_blue_in_lab(level):
    lightness, a, b = srgb_to_lab([level] * 3)
    assert abs(a) < 1e-9 and abs(b) < 1e-9
    assert -1e-9 <= lightness <= 100 + 1e-9


@pytest.mark.parametrize("shape", [(3,), (5, 3), (2, 4, 3)])
def test_lab_takes_one_color_a_list_and_a_picture(shape, rng):
    rgb = rng.random(shape)
    lab = srgb_to_lab(rgb)
    assert lab.shape == lab_to_srgb(lab).shape == shape
    for position in np.ndindex(shape[:-1]):
        np.testing.assert_allclose(lab[position], srgb_to_lab(rgb[position]))


@given(arrays(float, (4, 3), elements=st.floats(-200, 200, allow_subnormal=False)))
def test_a_lab_color_that_no_screen_shows_is_clipped(lab):
    rgb = lab_to_srgb(lab)
    assert (rgb >= 0).all() and (rgb <= 1).all()  # False for NaN


def test_black_and_white_differ_by_a_hundred():
    assert color_difference((0, 0, 0), (1, 1, 1)) == pytest.approx(100)


@given(colors, colors)
def test_a_color_difference_is_a_distance_in_lab(a, b):
    differences = color_difference(a, b)
    for difference, one, other in zip(differences, a, b, strict=True):
        expected = math.dist(srgb_to_lab(one), srgb_to_lab(other))
        assert difference == pytest.approx(expected, abs=1e-9)
