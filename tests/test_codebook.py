"""Palettes that someone else chose, and the nearest color of every pixel."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from helpers.codebook import (
    BLOCK,
    CUBE_CORNERS,
    HANDHELD,
    TERMINAL,
    WEB_SAFE,
    dither,
    find_closest_centroids,
    quantize,
)
from helpers.color import to_hex


def nearest_by_loop(X, C):
    """The lowest number of the nearest color, pair by pair in Python's own numbers."""
    numbers = []
    for x in X.tolist():
        distances = []
        for c in C:
            distance = 0
            for a, b in zip(x, c, strict=True):
                distance += (a - b) * (a - b)
            distances.append(distance)
        numbers.append(distances.index(min(distances)))
    return numbers


@st.composite
def pixels_and_centroids(draw, values):
    """X and centroids with 1 to 5 channels, more centroids than pixels at times."""
    d = draw(st.sampled_from([1, 2, 3, 5]))
    X = draw(arrays(float, (draw(st.integers(1, 8)), d), elements=values))
    return X, draw(arrays(float, (draw(st.integers(1, 12)), d), elements=values))


# Quarters are exact in binary: distances are too, and ties are as frequent as can be.
quarters = st.integers(-4, 4).map(lambda n: n / 4)


# --- The palettes ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("palette", "size"), [(CUBE_CORNERS, 8), (HANDHELD, 4), (TERMINAL, 16), (WEB_SAFE, 216)]
)
def test_a_palette_has_its_number_of_different_colors(palette, size):
    assert palette.shape == (size, 3) and palette.dtype == np.float64
    assert palette.min() >= 0 and palette.max() <= 1
    assert len({to_hex(color) for color in palette}) == size


def test_the_corners_of_the_cube_are_all_of_zeros_and_ones():
    assert {tuple(color) for color in CUBE_CORNERS} == {
        (r, g, b) for r in (0, 1) for g in (0, 1) for b in (0, 1)
    }


def test_the_handheld_goes_from_dark_green_to_light_green():
    assert [to_hex(color) for color in HANDHELD] == ["#0f380f", "#306230", "#8bac0f", "#9bbc0f"]


def test_the_terminal_has_the_sixteen_colors_of_a_cga_display():
    # IBM's formula: two thirds for each bit of color, one third more for the bright ones;
    # only number 6, a dark yellow, has its green halved to make brown.
    for number, color in enumerate(TERMINAL):
        bright, red, green, blue = (number >> bit & 1 for bit in (3, 2, 1, 0))
        expected = [170 * bit + 85 * bright for bit in (red, green, blue)]
        if number == 6:
            expected[1] = 85
        assert np.rint(color * 255).tolist() == expected


def test_the_web_safe_colors_are_six_levels_of_each_channel():
    levels = ("00", "33", "66", "99", "cc", "ff")
    expected = {f"#{r}{g}{b}" for r in levels for g in levels for b in levels}
    assert {to_hex(color) for color in WEB_SAFE} == expected


# --- The nearest color of every pixel ----------------------------------------------------


@given(
    st.one_of(
        pixels_and_centroids(quarters),
        pixels_and_centroids(st.floats(-1, 1, allow_subnormal=False)),
    )
)
def test_the_nearest_is_that_of_a_loop_and_a_tie_goes_to_the_lowest_number(pair):
    X, C = pair
    idx = find_closest_centroids(X, C)
    assert idx.tolist() == nearest_by_loop(X, C.tolist())
    assert np.issubdtype(idx.dtype, np.integer)


@pytest.mark.parametrize("dtype", [np.float32, np.float64, np.int64, np.int16, np.uint8])
def test_pixels_of_any_type_are_compared_without_wrapping_around(dtype):
    rng = np.random.default_rng(0)
    X, C = rng.integers(0, 256, (50, 3)), rng.integers(0, 256, (9, 3))
    expected = nearest_by_loop(X, C.tolist())
    assert find_closest_centroids(X.astype(dtype), C.astype(dtype)).tolist() == expected
    assert find_closest_centroids(X.astype(dtype), C.astype(float)).tolist() == expected


@pytest.mark.parametrize("N", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, 2 * BLOCK + 1])
def test_blocks_leave_no_pixel_out(N):
    rng = np.random.default_rng(N)
    X, C = rng.random((N, 2)), rng.random((3, 2))
    idx = find_closest_centroids(X, C)
    assert idx.shape == (N,)
    assert idx.tolist() == nearest_by_loop(X, C.tolist())


# --- Repainting --------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(1, 1, 3), (2, 5, 3), (5, 2, 3), (1, 9, 3)])
@pytest.mark.parametrize("codebook", [CUBE_CORNERS, HANDHELD, TERMINAL, WEB_SAFE, TERMINAL[:1]])
def test_every_pixel_takes_a_color_of_the_codebook_and_none_is_nearer(shape, codebook):
    image = np.random.default_rng(1).random(shape)
    quantized = quantize(image, codebook)
    assert quantized.shape == shape
    palette = {tuple(color) for color in codebook}
    for before, after in zip(image.reshape(-1, 3), quantized.reshape(-1, 3), strict=True):
        assert tuple(after) in palette
        errors = [np.linalg.norm(before - color) for color in codebook]
        assert np.linalg.norm(before - after) == pytest.approx(min(errors), abs=1e-12)


def test_a_pixel_between_two_colors_takes_the_first():
    middle = np.full((1, 1, 3), 0.5)
    assert quantize(middle, np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 0.0]])).tolist() == [[[1, 1, 1]]]
    assert quantize(middle, np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])).tolist() == [[[0, 0, 0]]]


def test_repainting_twice_is_repainting_once(picture):
    once = quantize(picture, TERMINAL)
    assert (quantize(once, TERMINAL) == once).all()


# --- Dithering ---------------------------------------------------------------------------


BLACK_WHITE = CUBE_CORNERS[[0, 7]]


def dither_by_loop(image, codebook):
    """Floyd and Steinberg in Python's own numbers: what each pixel is given, then its color."""
    height, width = len(image), len(image[0])
    given = [[[0.0] * 3 for _ in range(width)] for _ in range(height)]
    painted = [[None] * width for _ in range(height)]
    for i in range(height):
        for j in range(width):
            value = [x + e for x, e in zip(image[i][j], given[i][j], strict=True)]
            painted[i][j] = codebook[nearest_by_loop(np.array([value]), codebook)[0]]
            error = [x - c for x, c in zip(value, painted[i][j], strict=True)]
            shares = {(i, j + 1): 7, (i + 1, j - 1): 3, (i + 1, j): 5, (i + 1, j + 1): 1}
            for (row, column), share in shares.items():
                if row < height and column in range(width):
                    for n in range(3):
                        given[row][column][n] += error[n] * share / 16
    return painted


@pytest.mark.parametrize("shape", [(1, 1, 3), (1, 9, 3), (9, 1, 3), (2, 2, 3), (6, 11, 3)])
@pytest.mark.parametrize("codebook", [CUBE_CORNERS, HANDHELD, TERMINAL, TERMINAL[:1]])
def test_dithering_is_that_of_a_loop(shape, codebook):
    image = np.random.default_rng(sum(shape)).random(shape)
    assert dither(image, codebook).tolist() == dither_by_loop(image.tolist(), codebook.tolist())


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([0.5, 0.5, 0.5, 0.5], [0, 1, 0, 1]),  # 0.5, 0.71875, 0.377, 0.665
        ([0.25, 0.25, 0.25, 0.25], [0, 0, 0, 0]),  # 0.25, 0.359, 0.407, 0.428
        ([0.3, 0.3, 0.3, 0.3], [0, 0, 0, 1]),  # 0.3, 0.431, 0.489, 0.514
        ([0, 1, 0, 1], [0, 1, 0, 1]),
    ],
)
def test_a_row_of_grays_between_black_and_white(row, expected):
    image = np.array(row, dtype=float)[None, :, None] * np.ones(3)
    assert dither(image, BLACK_WHITE)[0].tolist() == [[level] * 3 for level in expected]


def test_four_gray_pixels_by_hand():
    # 0.4 is black, error 0.4; 0.4 + 7/16 * 0.4 = 0.575 is white, error -0.425;
    # 0.4 + 5/16 * 0.4 - 3/16 * 0.425 = 0.4453 is black;
    # 0.4 + 1/16 * 0.4 - 5/16 * 0.425 + 7/16 * 0.4453 = 0.487 is black.
    painted = dither(np.full((2, 2, 3), 0.4), BLACK_WHITE)
    assert painted[:, :, 0].tolist() == [[0, 1], [0, 0]]
    assert (painted == painted[:, :, :1]).all()


@pytest.mark.parametrize("level", [0.1, 0.25, 0.5, 0.8])
def test_a_flat_area_keeps_its_mean_color(level):
    flat = np.full((48, 48, 3), level) * [1, 0.9, 0.6]
    painted = dither(flat, CUBE_CORNERS)
    assert np.abs(painted.mean(axis=(0, 1)) - flat[0, 0]).max() < 0.02
    assert np.abs(quantize(flat, CUBE_CORNERS).mean(axis=(0, 1)) - flat[0, 0]).max() > 0.09


def test_a_picture_of_codebook_colors_stays_as_it_is(rng):
    image = TERMINAL[rng.integers(16, size=(5, 8))]
    assert (dither(image, TERMINAL) == image).all()


def test_dithering_looks_like_that_of_pillow():
    # Pillow counts in whole bytes and clips them, so single pixels differ, areas do not.
    ramp = np.linspace(0, 1, 64)[None, :, None] * np.ones((48, 1, 3))
    theirs = Image.fromarray(np.rint(ramp * 255).astype(np.uint8)).convert("L").convert("1")
    ours = dither(ramp, BLACK_WHITE)[:, :, 0]

    def areas(picture):
        return picture.reshape(6, 8, 8, 8).mean(axis=(1, 3))

    assert np.abs(areas(ours) - areas(np.asarray(theirs) * 1.0)).max() < 0.1
    assert np.abs(areas(ours) - areas(ramp[:, :, 0])).max() < 0.05
    assert np.abs(areas(quantize(ramp, BLACK_WHITE)[:, :, 0]) - areas(ramp[:, :, 0])).max() > 0.4


def test_black_and_white_in_whole_numbers_hand_on_their_errors_too():
    image = np.indices((4, 6)).sum(axis=0)[:, :, None] % 2 * np.ones(3, dtype=int)
    assert (dither(image, HANDHELD) == dither(image.astype(float), HANDHELD)).all()
