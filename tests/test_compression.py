"""What a palette costs and what it saves."""

import io
import math
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image

from helpers import images
from helpers.codebook import TERMINAL, find_closest_centroids
from helpers.compression import (
    bits_on_paper,
    bytes_on_disk,
    compression_ratio,
    entropy,
    mse,
    psnr,
)

BLACK, WHITE = np.zeros((2, 3, 3)), np.ones((2, 3, 3))
KS = [1, 2, 3, 4, 5, 8, 9, 15, 16, 17, 64, 216, 255, 256, 257, 1000, 65536, 65537]

levels = st.floats(0, 1, allow_subnormal=False)
pictures = arrays(float, (2, 3, 3), elements=levels)


# --- Errors ------------------------------------------------------------------------------


@given(pictures, pictures)
def test_the_mse_is_the_mean_of_a_loop(a, b):
    squares = [(x - y) ** 2 for x, y in zip(a.ravel().tolist(), b.ravel().tolist(), strict=True)]
    assert mse(a, b) == pytest.approx(math.fsum(squares) / 18, abs=1e-15)
    assert mse(a, b) == mse(b, a)


def test_the_mse_of_known_pictures():
    assert mse(BLACK, BLACK) == 0
    assert mse(BLACK, WHITE) == 1 and type(mse(BLACK, WHITE)) is float
    assert mse(BLACK, BLACK + 0.5) == 0.25
    one_channel_off = BLACK.copy()
    one_channel_off[1, 2, 0] = 0.6
    assert mse(BLACK, one_channel_off) == pytest.approx(0.36 / 18)


@pytest.mark.parametrize("error", [1, 0.5, 0.1, 0.01, 1 / 255, 1e-9])
def test_the_psnr_is_ten_times_the_logarithm_of_one_over_the_mse(error):
    expected = 10 * math.log10(1 / error**2)
    assert psnr(BLACK, BLACK + error) == pytest.approx(expected, abs=1e-9)


def test_the_psnr_of_known_pictures():
    # One level of 255 off everywhere is 48.13 dB: 20 log10(255).
    assert psnr(BLACK, BLACK + 1 / 255) == pytest.approx(48.1308, abs=1e-4)
    assert psnr(BLACK, BLACK + 0.1) == pytest.approx(20)


def test_the_psnr_of_black_and_white_is_zero_and_prints_without_a_minus():
    assert str(psnr(BLACK, WHITE)) == "0.0"


@given(pictures)
def test_the_psnr_of_equal_pictures_is_infinite(image):
    assert psnr(image, image.copy()) == math.inf


# --- On paper ----------------------------------------------------------------------------


def whole_bits(K):
    """The fewest bits that tell K colors apart, by counting."""
    bits = 0
    while 2**bits < K:
        bits += 1
    return bits


@pytest.mark.parametrize("K", KS)
@pytest.mark.parametrize(("height", "width"), [(1, 1), (2, 3), (512, 768), (3000, 4000)])
def test_bits_on_paper_and_the_ratio_are_those_of_the_formula(height, width, K):
    bits = height * width * whole_bits(K) + 24 * K
    assert bits_on_paper(height, width, K) == bits
    assert type(bits_on_paper(height, width, K)) is int
    assert compression_ratio(height, width, K) == float(Fraction(24 * height * width, bits))


def test_sixteen_colors_make_a_photo_almost_six_times_smaller():
    assert compression_ratio(512, 768, 16) == pytest.approx(24 / 4, rel=0.001)
    assert compression_ratio(512, 768, 16) < 6


# --- Entropy -----------------------------------------------------------------------------


@pytest.mark.parametrize("K", [1, 2, 3, 5, 16, 256])
def test_colors_that_are_equally_frequent_take_log2_k_bits(K):
    assert entropy(np.tile(np.arange(K), 7)) == pytest.approx(math.log2(K), abs=1e-12)


@pytest.mark.parametrize("number", [0, 1, 15])
def test_a_single_color_takes_no_bits_and_prints_without_a_minus(number):
    assert str(entropy(np.full((4, 6), number))) == "0.0"


def test_the_entropy_of_a_half_and_two_quarters_is_one_and_a_half():
    assert entropy(np.array([[0, 0], [7, 2]])) == 1.5


@given(st.lists(st.integers(0, 20), min_size=1, max_size=60))
def test_the_entropy_is_that_of_a_loop_and_lies_between_zero_and_log2_k(numbers):
    N = len(numbers)
    counts = Counter(numbers).values()
    bits = entropy(np.array(numbers))
    assert bits == pytest.approx(sum(n / N * math.log2(N / n) for n in counts), abs=1e-12)
    assert 0 <= bits <= math.log2(len(counts)) + 1e-12


# --- On disk -----------------------------------------------------------------------------


@pytest.fixture
def repainted():
    """A picture, its assignment to the colors of the terminal, and these."""
    image = images.load_photo("pencils")[100:160, 100:190]
    return image, find_closest_centroids(images.to_pixels(image), TERMINAL), TERMINAL


def test_each_size_is_that_of_a_file_which_holds_the_picture(repainted, tmp_path):
    image, idx, codebook = repainted
    sizes = bytes_on_disk(image, idx, codebook)
    idx = idx.reshape(image.shape[:2])
    (tmp_path / "24-bit PNG").write_bytes(images.encode_png(image))
    (tmp_path / "JPEG").write_bytes(images.encode_jpeg(image, quality=90))
    (tmp_path / "indexed PNG").write_bytes(images.encode_indexed_png(idx, codebook))
    assert sizes == {path.name: path.stat().st_size for path in tmp_path.iterdir()}

    def pixels(name):
        with Image.open(tmp_path / name) as written:
            return np.asarray(written.convert("RGB"))

    assert (pixels("24-bit PNG") == np.rint(image * 255)).all()
    assert (pixels("indexed PNG") == np.rint(codebook[idx] * 255)).all()
    assert np.abs(pixels("JPEG") / 255 - image).mean() < 0.02


def test_the_files_are_of_the_kinds_that_their_names_say(repainted):
    image, idx, codebook = repainted
    png, jpeg = images.encode_png(image), images.encode_jpeg(image)
    indexed = images.encode_indexed_png(idx.reshape(image.shape[:2]), codebook)
    # PNG specification, 11.2.2: bit depth and color type (2 is RGB, 3 is indexed).
    assert (png[24], png[25]) == (8, 2)
    assert (indexed[24], indexed[25]) == (4, 3)
    with Image.open(io.BytesIO(jpeg)) as written:
        assert (written.format, written.size) == ("JPEG", (90, 60))


def test_the_index_map_may_be_flat_or_folded(repainted):
    image, idx, codebook = repainted
    folded = idx.reshape(image.shape[:2])
    assert bytes_on_disk(image, idx, codebook) == bytes_on_disk(image, folded, codebook)


def test_of_a_picture_too_long_for_a_jpeg_there_is_none():
    wide = np.zeros((1, images.LONGEST_JPEG + 1, 3))
    sizes = bytes_on_disk(wide, np.zeros(wide.shape[:2], dtype=int), wide[0, :1])
    assert list(sizes) == ["24-bit PNG", "indexed PNG"]
    with pytest.raises(ValueError, match="^No side of a JPEG has more than 65,500 .* 65,501; make"):
        images.encode_jpeg(wide)
    assert images.encode_jpeg(wide[:, 1:])


def test_more_colors_than_a_png_holds_are_refused(picture):
    with pytest.raises(ValueError, match="257"):
        bytes_on_disk(picture, np.zeros((5, 7), dtype=int), np.zeros((257, 3)))
