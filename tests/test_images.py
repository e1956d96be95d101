"""Files become arrays and arrays become files, and a bad file is told kindly."""

import io
import math
import struct
import time
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile, features

from helpers import fast, images, reading
from helpers.codebook import HANDHELD
from helpers.images import (
    encode_indexed_png,
    encode_jpeg,
    encode_png,
    load_bytes,
    load_image,
    load_photo,
    to_bytes,
    to_image,
    to_pixels,
)

TULIPS = Path(__file__).resolve().parent.parent / "data" / "tulips.jpg"
WHITE = (1, 1, 1)


def file_of(picture, file_format, **options):
    """A Pillow picture as the bytes of a file."""
    buffer = io.BytesIO()
    picture.save(buffer, file_format, **options)
    return buffer.getvalue()


def heic_of(picture, **options):
    """A Pillow picture as an iPhone's file; None without the package that writes them."""
    try:
        import pillow_heif
    except ImportError:
        return None
    buffer = io.BytesIO()
    pillow_heif.from_pillow(picture).save(buffer, **options)
    return buffer.getvalue()


def chunk(kind, data):
    """A piece of a PNG file."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width, height, depth, color_type, rows):
    """A PNG file made by hand, chunk by chunk, for what Pillow can't write."""
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, 0)
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def noise(height, width):
    """A picture that no compression makes small."""
    levels = np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(levels)


def assert_is_image(image):
    assert image.ndim == 3 and image.shape[2] == 3
    assert image.dtype == np.float64
    assert image.min() >= 0 and image.max() <= 1  # False for NaN


# --- Whatever the file holds -------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "pixel", "file_format", "expected"),
    [
        ("1", 0, "PNG", (0, 0, 0)),
        ("1", 1, "PNG", WHITE),
        ("L", 51, "PNG", (0.2, 0.2, 0.2)),
        ("L", 51, "GIF", (0.2, 0.2, 0.2)),
        ("LA", (51, 255), "PNG", (0.2, 0.2, 0.2)),
        ("LA", (51, 0), "PNG", WHITE),
        ("LA", (0, 51), "PNG", (0.8, 0.8, 0.8)),
        ("RGB", (51, 102, 255), "PNG", (0.2, 0.4, 1)),
        ("RGB", (51, 102, 255), "BMP", (0.2, 0.4, 1)),
        ("RGB", (51, 102, 255), "TIFF", (0.2, 0.4, 1)),
        ("RGB", (51, 102, 255), "PPM", (0.2, 0.4, 1)),
        ("RGBA", (51, 102, 255, 255), "PNG", (0.2, 0.4, 1)),
        ("RGBA", (51, 102, 255, 0), "PNG", WHITE),
        ("RGBA", (255, 0, 0, 51), "PNG", (1, 0.8, 0.8)),
        ("CMYK", (0, 0, 0, 0), "TIFF", WHITE),
        ("CMYK", (255, 0, 0, 0), "TIFF", (0, 1, 1)),
        ("CMYK", (0, 0, 0, 204), "TIFF", (0.2, 0.2, 0.2)),
        ("I;16", 13107, "PNG", (0.2, 0.2, 0.2)),
        ("I;16", 13107, "TIFF", (0.2, 0.2, 0.2)),
        ("I;16", 65535, "PNG", WHITE),
        ("I", 13107, "TIFF", (0.2, 0.2, 0.2)),
        ("F", 0.2, "TIFF", (0.2, 0.2, 0.2)),
        ("F", 7.0, "TIFF", WHITE),
    ],
)
def test_every_kind_of_pixel_becomes_red_green_blue(mode, pixel, file_format, expected):
    data = file_of(Image.new(mode, (3, 2), pixel), file_format)
    image = load_image(data)
    assert_is_image(image)
    assert image.shape == (2, 3, 3)
    np.testing.assert_allclose(image, np.broadcast_to(expected, (2, 3, 3)), atol=1e-6)


def test_a_jpeg_in_cmyk_keeps_its_colors():
    image = load_image(file_of(Image.new("CMYK", (16, 16), (0, 255, 255, 0)), "JPEG", quality=95))
    np.testing.assert_allclose(image, np.broadcast_to((1, 0, 0), (16, 16, 3)), atol=0.03)


@pytest.mark.parametrize(("brightness", "expected"), [(0, 0), (51, 0.2), (255, 1)])
def test_a_file_in_brightness_and_chroma_keeps_its_colors(brightness, expected):
    data = file_of(Image.new("YCbCr", (3, 2), (brightness, 128, 128)), "TIFF")
    try:
        Image.open(io.BytesIO(data)).load()
    except OSError:
        pytest.skip("This Pillow cannot read the YCbCr that it writes.")
    assert (load_image(data) == expected).all()


@pytest.mark.skipif(not features.check("littlecms2"), reason="This Pillow converts no Lab.")
def test_a_file_in_lab_keeps_its_colors():
    image = load_image(file_of(Image.new("LAB", (2, 2), (255, 128, 128)), "TIFF"))
    np.testing.assert_allclose(image, np.ones((2, 2, 3)), atol=0.01)


def test_the_colors_of_a_palette_are_looked_up():
    indexed = Image.new("P", (2, 1))
    indexed.putpalette([255, 0, 0, 0, 0, 51])
    indexed.putpixel((1, 0), 1)
    assert load_image(file_of(indexed, "PNG")).tolist() == [[[1, 0, 0], [0, 0, 0.2]]]


@pytest.mark.parametrize("file_format", ["PNG", "GIF"])
def test_the_transparent_color_of_a_palette_becomes_white(file_format):
    indexed = Image.new("P", (2, 1))
    indexed.putpalette([255, 0, 0, 0, 0, 51])
    indexed.putpixel((1, 0), 1)
    image = load_image(file_of(indexed, file_format, transparency=0))
    assert image.tolist() == [[[1, 1, 1], [0, 0, 0.2]]]


def test_a_half_transparent_color_of_a_palette_lies_over_white():
    indexed = Image.new("P", (2, 1))
    indexed.putpalette([255, 0, 0, 0, 0, 0])
    indexed.putpixel((1, 0), 1)
    image = load_image(file_of(indexed, "PNG", transparency=bytes([0, 51])))
    np.testing.assert_allclose(image, [[[1, 1, 1], [0.8, 0.8, 0.8]]])


@pytest.mark.parametrize(("mode", "pixel"), [("RGB", (9, 8, 7)), ("L", 9), ("1", 0)])
def test_the_one_transparent_color_of_a_png_becomes_white(mode, pixel):
    data = file_of(Image.new(mode, (2, 2), pixel), "PNG", transparency=pixel)
    assert (load_image(data) == 1).all()


@pytest.mark.parametrize(
    ("color_type", "channels", "expected"),
    [
        (0, (0x8000,), (0.5, 0.5, 0.5)),
        (2, (0x3333, 0x8000, 0xFFFF), (0.2, 0.5, 1)),
        (4, (0x3333, 0xFFFF), (0.2, 0.2, 0.2)),
        (6, (0x3333, 0x8000, 0xFFFF, 0xFFFF), (0.2, 0.5, 1)),
        (6, (0x3333, 0x8000, 0xFFFF, 0), WHITE),
    ],
    ids=["gray", "RGB", "gray and alpha", "RGBA", "transparent"],
)
def test_a_png_of_16_bits_is_read_to_a_256th(color_type, channels, expected):
    row = struct.pack(f">{len(channels)}H", *channels) * 3
    image = load_image(png_of(3, 2, 16, color_type, [row, row]))
    assert_is_image(image)
    np.testing.assert_allclose(image, np.broadcast_to(expected, (2, 3, 3)), atol=1 / 256)


def test_gray_of_16_bits_is_rounded_to_the_nearest_byte():
    levels = np.array([[0, 128, 129, 385, 386, 65535]], dtype=np.uint16)
    image = load_bytes(file_of(Image.fromarray(levels), "PNG"))
    assert image[0, :, 0].tolist() == [0, 0, 1, 1, 2, 255]


def test_nan_in_a_file_of_floats_is_refused():
    values = np.array([[np.nan, 0.5]], dtype=np.float32)
    with pytest.raises(ValueError, match="not numbers"):
        load_image(file_of(Image.fromarray(values), "TIFF"))


def test_the_first_frame_of_an_animation_is_loaded():
    red, blue = Image.new("RGB", (2, 2), "red"), Image.new("RGB", (2, 2), "blue")
    image = load_image(file_of(red, "GIF", save_all=True, append_images=[blue]))
    assert (image == (1, 0, 0)).all()


def small_frame(file_format, **options):
    """A file whose canvas of 6 by 4 is larger than its first frame: 2 by 2, red, at (2, 2)."""
    red = Image.new("RGB", (2, 2), "red")
    if file_format == "GIF":
        picture = Image.frombytes("P", (2, 2), bytes([1, 1, 1, 1]))
        picture.putpalette([0, 0, 255, 255, 0, 0])  # blue, which is not to be seen, and red
        data = file_of(picture, "GIF", optimize=False, **options)
        frame = data.index(b",\0\0\0\0")
        places = struct.pack("<HH", 2, 2)
        canvas = struct.pack("<HH", 6, 4)
        return data[:6] + canvas + data[10 : frame + 1] + places + data[frame + 5 :]
    inner = file_of(red, "WEBP", lossless=True)[12:]
    (moves, whole, at, size, wait) = (n.to_bytes(3, "little") for n in (2, 5, 1, 1, 100))
    parts = {
        b"VP8X": moves[:1] + bytes(3) + whole + (3).to_bytes(3, "little"),
        b"ANIM": b"\xff\0\0\xff\0\0",  # a background of blue, which browsers leave out, too
        b"ANMF": at * 2 + size * 2 + wait + b"\0" + inner,
    }
    body = b"WEBP" + b"".join(n + struct.pack("<I", len(d)) + d for n, d in parts.items())
    return b"RIFF" + struct.pack("<I", len(body)) + body


@pytest.mark.parametrize(
    ("file_format", "options"), [("GIF", {}), ("GIF", {"transparency": 0}), ("WEBP", {})]
)
@pytest.mark.parametrize("longest_side", [None, 6])
def test_what_the_first_frame_does_not_cover_is_white(file_format, options, longest_side):
    image = load_image(small_frame(file_format, **options), longest_side)
    expected = np.ones((4, 6, 3))
    expected[2:, 2:4] = (1, 0, 0)  # as Chromium paints it on a white page
    assert (image == expected).all()


# --- Upright -----------------------------------------------------------------------------

# What a camera stores for the upright picture abc/def, by EXIF orientation: the tag says
# which side of the scene the first stored row is, and which the first stored column
# (CIPA DC-008, "Exif", tag 274). 6, for example: row 0 is the right side, from the top.
STORED = {
    1: "abc/def",
    2: "cba/fed",
    3: "fed/cba",
    4: "def/abc",
    5: "ad/be/cf",
    6: "cf/be/ad",
    7: "fc/eb/da",
    8: "da/eb/fc",
}


def levels_of(letters):
    """Letters as levels of gray: a is 0, b is 40, c is 80 ..."""
    rows = [[40 * (ord(letter) - ord("a")) for letter in row] for row in letters.split("/")]
    return np.array(rows, dtype=np.uint8)


@pytest.mark.parametrize("orientation", STORED)
@pytest.mark.parametrize("file_format", ["PNG", "TIFF"])
def test_a_picture_is_turned_upright(orientation, file_format):
    stored = Image.fromarray(levels_of(STORED[orientation]))
    exif = Image.Exif()
    exif[274] = orientation
    image = load_image(file_of(stored, file_format, exif=exif))
    assert (to_bytes(image)[:, :, 0] == levels_of("abc/def")).all()


def test_a_photo_taken_sideways_is_turned_and_then_made_small():
    exif = Image.Exif()
    exif[274] = 6
    sideways = Image.new("RGB", (300, 200), "black")
    sideways.paste((255, 255, 255), (0, 0, 300, 100))  # its first rows are the right side
    image = load_image(file_of(sideways, "JPEG", exif=exif), longest_side=30)
    assert image.shape == (30, 20, 3)
    assert image[:, :8].max() < 0.1 and image[:, 12:].min() > 0.9


# --- From wherever -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["path", "str", "bytes", "bytearray", "memoryview", "BytesIO"])
def test_a_picture_comes_from_a_path_or_from_memory(kind, tmp_path):
    data = file_of(noise(4, 5), "PNG")
    path = tmp_path / "noise.png"
    path.write_bytes(data)
    source = {
        "path": path,
        "str": str(path),
        "bytes": data,
        "bytearray": bytearray(data),
        "memoryview": memoryview(data),
        "BytesIO": io.BytesIO(data),
    }[kind]
    assert (to_bytes(load_image(source)) == np.asarray(noise(4, 5))).all()


def test_an_open_file_is_read_and_stays_open(tmp_path):
    path = tmp_path / "noise.png"
    path.write_bytes(file_of(noise(4, 5), "PNG"))
    with path.open("rb") as file:
        assert load_image(file).shape == (4, 5, 3)
        assert not file.closed


def test_a_file_is_free_again_after_loading(tmp_path):
    path = tmp_path / "noise.png"
    path.write_bytes(file_of(noise(4, 5), "PNG"))
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        load_image(path)
    path.unlink()  # Windows refuses while the file is open


@pytest.mark.parametrize("name", ["tulips", "harbour_dusk", "pencils"])
def test_the_photographs_of_the_course_load(name):
    image = load_photo(name)
    assert_is_image(image)
    assert image.shape == (512, 768, 3)


def test_an_unknown_photograph_is_told_together_with_the_known_ones():
    with pytest.raises(ValueError, match="'tulps'.*harbour_dusk, pencils, tulips"):
        load_photo("tulps")


# --- Made smaller ------------------------------------------------------------------------


@pytest.mark.parametrize("longest_side", [1, 2, 7, 100, 383, 384, 500, 767, 768])
def test_the_longest_side_is_as_asked_and_the_ratio_is_kept(longest_side):
    height, width, _ = load_image(TULIPS, longest_side).shape
    assert width == longest_side
    assert abs(height - 512 / 768 * width) <= 1


@pytest.mark.parametrize("longest_side", [768, 769, 10_000])
def test_a_picture_is_never_enlarged(longest_side):
    assert (load_image(TULIPS, longest_side) == load_image(TULIPS)).all()


def test_a_thin_picture_keeps_one_pixel():
    assert load_image(file_of(noise(1, 400), "PNG"), 20).shape == (1, 20, 3)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16", "I", "F"])
def test_every_kind_of_picture_can_be_made_smaller(mode):
    image = load_image(file_of(Image.new(mode, (40, 30)), "TIFF"), 20)
    assert_is_image(image)
    assert image.shape == (15, 20, 3)


def test_a_smaller_jpeg_shows_the_same_scene():
    # Mean of each block of 8 x 8 pixels: what one pixel of the small picture should be.
    blocks = load_image(TULIPS).reshape(64, 8, 96, 8, 3).mean(axis=(1, 3))
    small = load_image(TULIPS, 96)
    assert np.abs(small - blocks).mean() < 0.02


@pytest.mark.parametrize("longest_side", [0, -3, 2.5, float("nan"), float("inf"), "big"])
def test_a_longest_side_that_is_no_whole_number_is_refused(longest_side):
    with pytest.raises((TypeError, ValueError), match="longest_side"):
        load_image(TULIPS, longest_side)


# --- Files that are none -----------------------------------------------------------------


def test_a_missing_file_is_told_by_its_name(tmp_path):
    with pytest.raises(FileNotFoundError, match="no file .*tulps.jpg; check the spelling"):
        load_image(tmp_path / "tulps.jpg")


def test_a_folder_is_told_by_its_name(tmp_path):
    with pytest.raises(ValueError, match="holiday.* is a folder; name a picture file"):
        folder = tmp_path / "holiday"
        folder.mkdir()
        load_image(folder)


@pytest.mark.parametrize("content", [b"", b"\n", b"Dear diary, today", b"\xff\xd8", bytes(1000)])
def test_a_file_that_is_no_picture_is_told_by_its_name(content, tmp_path):
    path = tmp_path / "diary.jpg"
    path.write_bytes(content)
    with pytest.raises(ValueError, match="diary.jpg is not a picture.*save it as JPEG or PNG"):
        load_image(path)


def samples():
    """A small file of each format, by name."""
    picture = noise(24, 31)
    exif = Image.Exif()
    exif[274] = 6
    files = {
        "JPEG": file_of(picture, "JPEG", exif=exif),
        "progressive JPEG": file_of(picture, "JPEG", progressive=True),
        "CMYK JPEG": file_of(picture.convert("CMYK"), "JPEG"),
        "PNG": file_of(picture, "PNG", exif=exif),
        "indexed PNG": file_of(picture.quantize(16), "PNG"),
        "GIF": file_of(picture, "GIF"),
        "TIFF": file_of(picture, "TIFF"),
        "BMP": file_of(picture, "BMP"),
        "PPM": file_of(picture, "PPM"),
    }
    if features.check("webp"):
        files["WebP"] = file_of(picture, "WEBP")
        files["lossless WebP"] = file_of(picture, "WEBP", lossless=True, exif=exif)
    if features.check("avif"):
        files["AVIF"] = file_of(picture, "AVIF", exif=exif)
    if features.check("libtiff"):
        files["LZW TIFF"] = file_of(picture, "TIFF", compression="tiff_lzw")
        files["JPEG TIFF"] = file_of(picture, "TIFF", compression="jpeg")
    return files


SAMPLES = samples()


def assert_loads_or_is_told_clearly(path):
    """Either a good array, or one ValueError that names the file and what to do."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's remarks on damaged files
            image = load_image(path)
    except ValueError as error:
        assert type(error) is ValueError
        assert str(path) in str(error)
        assert any(advice in str(error) for advice in ("again", "make it smaller"))
    else:
        assert_is_image(image)


@pytest.mark.parametrize("file_format", SAMPLES)
def test_a_file_that_was_cut_short_loads_or_is_told_clearly(file_format, tmp_path):
    data = SAMPLES[file_format]
    path = tmp_path / "cut"
    for length in [*range(64), *range(64, len(data), len(data) // 50), len(data) - 1]:
        path.write_bytes(data[:length])
        assert_loads_or_is_told_clearly(path)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "GIF", "BMP", "PPM", "WebP", "TIFF"])
def test_half_a_file_is_told_to_be_damaged_or_cut_short(file_format, tmp_path):
    if file_format not in SAMPLES:
        pytest.skip(f"This Pillow reads no {file_format}.")
    path = tmp_path / "half"
    path.write_bytes(SAMPLES[file_format][: len(SAMPLES[file_format]) // 2])
    with pytest.raises(ValueError, match="half is damaged or cut short .*copy the file again"):
        load_image(path)


@pytest.mark.parametrize("file_format", SAMPLES)
def test_a_file_with_changed_bytes_loads_or_is_told_clearly(file_format, tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_PIXELS", 10**6)  # a changed size costs no time here
    rng = np.random.default_rng(1)
    path = tmp_path / "changed"
    for _ in range(150):
        data = np.frombuffer(SAMPLES[file_format], dtype=np.uint8).copy()
        where = rng.integers(0, rng.choice([40, 200, len(data)]), size=rng.integers(1, 5))
        data[np.minimum(where, len(data) - 1)] = rng.choice([0, 255, rng.integers(256)])
        path.write_bytes(data.tobytes())
        assert_loads_or_is_told_clearly(path)


def test_a_damaged_png_costs_about_what_the_whole_one_costs(tmp_path):
    whole, cut, seconds = tmp_path / "whole", tmp_path / "cut", {}
    whole.write_bytes(SAMPLES["PNG"])
    cut.write_bytes(SAMPLES["PNG"][:-40])
    for path in (whole, cut) * 5:
        before = time.perf_counter()
        assert_loads_or_is_told_clearly(path)
        seconds[path] = min(seconds.get(path, 9), time.perf_counter() - before)
    assert seconds[cut] < 20 * seconds[whole]


# --- Files that are too large ------------------------------------------------------------


def header_of(width, height):
    """A PNG that claims to be a black and white picture of this size, and is almost empty."""
    return png_of(width, height, 1, 0, [b""])


def test_a_picture_of_3600_megapixels_is_refused_by_its_name(tmp_path):
    path = tmp_path / "wall.png"
    path.write_bytes(header_of(60_000, 60_000))
    with pytest.raises(ValueError, match="wall.png has .* pixels, .*million.*make it smaller"):
        load_image(path)


def test_the_limit_is_told_by_the_size_of_the_picture(monkeypatch):
    monkeypatch.setattr(reading, "MAX_PIXELS", 19)
    with pytest.raises(ValueError, match="5 x 4 pixels"):
        load_image(file_of(noise(4, 5), "PNG"))
    monkeypatch.setattr(reading, "MAX_PIXELS", 20)
    assert load_image(file_of(noise(4, 5), "PNG")).shape == (4, 5, 3)


def test_a_picture_below_the_limit_is_not_called_too_large():
    # It is cut short, and that is what has to be said of it.
    with pytest.raises(ValueError, match="cut short"):
        load_image(header_of(2_000, 10_000))


def test_a_file_of_a_few_bytes_claims_no_wall():
    with pytest.raises(ValueError, match="claims to have 10000 x 10000 pixels, which 66 bytes can"):
        load_image(header_of(10_000, 10_000))


def test_a_blank_page_is_no_claim():
    page = file_of(Image.new("1", (4960, 7016), 1), "TIFF", compression="group4")
    assert (load_bytes(page, longest_side=70) == 255).all()


def test_what_is_noted_while_a_picture_is_loaded_is_given_back_in_words():
    data = file_of(noise(4, 5), "PNG")
    image, notes = images.with_notes(lambda: load_image(data))
    assert image.shape == (4, 5, 3) and notes == ""
    data = file_of(noise(4, 5), "PNG", icc_profile=b"no profile")
    for _ in range(2):  # a second time, too
        _, notes = images.with_notes(lambda: load_image(data, name="sun.png"))
        assert notes.startswith("sun.png has a color profile") and notes.endswith(".")


@pytest.mark.parametrize("longest_side", [None, 3])
def test_bytes_are_what_the_picture_holds_before_it_is_divided(longest_side):
    data = file_of(noise(4, 5), "PNG")
    levels = load_bytes(data, longest_side)
    assert levels.dtype == np.uint8 and levels.flags.writeable
    assert (load_image(data, longest_side) == levels / 255).all()


def test_the_limits_of_pillow_warn_nobody_and_are_told_as_our_own(monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 12)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load_image(file_of(noise(4, 5), "PNG")).shape == (4, 5, 3)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 4)
    with pytest.raises(ValueError, match="make it smaller"):
        load_image(file_of(noise(4, 5), "PNG"))


# --- Pixels and bytes --------------------------------------------------------------------


def test_pixels_come_row_by_row():
    image = np.arange(18).reshape(2, 3, 3)
    X = to_pixels(image)
    assert X.shape == (6, 3)
    for row in range(2):
        for column in range(3):
            assert (X[row * 3 + column] == image[row, column]).all()


@given(height=st.integers(1, 9), width=st.integers(1, 9))
def test_pixels_fold_back_to_the_same_picture(height, width):
    image = np.random.default_rng(0).random((height, width, 3))
    assert (to_image(to_pixels(image), height, width) == image).all()


def test_every_byte_survives_the_way_to_a_fraction_and_back():
    levels = np.arange(256)
    assert (to_bytes(levels / 255) == levels).all()


def test_bytes_are_rounded_and_not_cut():
    levels = np.arange(255)
    assert (to_bytes((levels + 0.4) / 255) == levels).all()
    assert (to_bytes((levels + 0.6) / 255) == levels + 1).all()


def test_a_rounding_error_beyond_the_range_is_none():
    assert to_bytes([-1e-9, 1 + 1e-9]).tolist() == [0, 255]


def test_a_24_bit_png_holds_the_very_pixels(picture):
    written = np.asarray(Image.open(io.BytesIO(encode_png(picture))))
    assert (written == np.floor(picture * 255 + 0.5)).all()


def test_a_jpeg_of_higher_quality_is_larger_and_nearer_to_the_picture():
    image = load_image(TULIPS, 100)
    rough, fine = encode_jpeg(image, quality=10), encode_jpeg(image, quality=95)
    assert len(rough) < len(fine)
    errors = [np.abs(load_image(data) - image).mean() for data in (rough, fine)]
    assert errors[1] < errors[0] < 0.1


# --- Indexed PNG -------------------------------------------------------------------------


def some_map(K, height=6, width=11):
    """Colors, and an index map that uses the first and the last of them."""
    rng = np.random.default_rng(K)
    idx = rng.integers(0, K, (height, width))
    idx[0, 0], idx[-1, -1] = 0, K - 1
    return idx, rng.random((K, 3))


@pytest.mark.parametrize("compress_level", [1, 9])
def test_an_indexed_png_has_the_very_colors_and_the_fewest_bits_or_a_byte(compress_level):
    for K in range(1, 257):
        idx, codebook = some_map(K)
        data = encode_indexed_png(idx, codebook, compress_level)
        # PNG specification, 11.2.2: byte 24 of a file is the bit depth, byte 25 the color type.
        fewest = min(bits for bits in (1, 2, 4, 8) if 2**bits >= K)
        assert data[24] in ((fewest, 8) if compress_level > 1 else (fewest,))
        assert data[25] == 3
        with Image.open(io.BytesIO(data)) as written:
            assert (np.asarray(written) == idx).all()
            assert (np.asarray(written.convert("RGB")) == np.rint(codebook * 255)[idx]).all()
            assert len(written.getpalette()) == 3 * K


def by_pillow(idx, codebook, colors=1):
    """The file that Pillow makes of it, with bits for at least so many colors."""
    picture = Image.fromarray(idx.astype(np.uint8))
    picture.putpalette(to_bytes(codebook).tobytes() + bytes(3 * max(colors - len(codebook), 0)))
    return file_of(picture, "PNG", compress_level=9)


@pytest.mark.spread(3)
@pytest.mark.parametrize("K", [2, 4, 16, 64])
def test_an_indexed_png_is_about_as_small_as_pillow_makes_it_in_bits_or_in_bytes(K):
    for name in ("tulips", "harbour_dusk", "pencils"):
        codebook, idx = fast.cluster(images.load_photo(name), K, quick=True)
        least = min(len(by_pillow(idx, codebook, colors)) for colors in (1, 17))
        assert len(encode_indexed_png(idx, codebook)) <= 1.01 * least


@pytest.mark.parametrize(
    ("rows", "compress"), [(60, None), (60, zlib.compress), (999, zlib.compress)]
)
def test_a_pattern_that_begins_anywhere_makes_a_smaller_file_in_bytes(rows, compress):
    rng = np.random.default_rng(0)
    words = rng.integers(0, 16, (40, 15))  # every second one begins in the middle of a byte
    idx, codebook = words[rng.integers(0, 40, (rows, 20))].reshape(rows, 300), rng.random((16, 3))
    data = encode_indexed_png(idx, codebook, compress=compress)
    assert data[24] == 8 and len(data) < len(by_pillow(idx, codebook))


def test_what_packs_harder_spends_its_time_on_bytes_only_where_they_pay():
    def pack(rows):
        return zlib.compress(rows, 9)

    for name in ("tulips", "harbour_dusk", "pencils"):
        codebook, idx = fast.cluster(images.load_photo(name), 16, quick=True)
        data = encode_indexed_png(idx, codebook, compress=pack)
        in_bytes = pack(np.pad(idx.astype(np.uint8), ((0, 0), (1, 0))).tobytes())
        assert data[24] == 4 and len(data) < 1.05 * len(in_bytes)


def test_flat_areas_make_a_smaller_file_in_bits_that_no_filter_has_changed():
    codebook, idx = fast.cluster(images.load_photo("harbour_dusk"), 4, quick=True)
    data = encode_indexed_png(idx, codebook)
    assert data[24] == 2
    assert len(data) < 0.9 * min(len(by_pillow(idx, codebook, colors)) for colors in (1, 17))


@pytest.mark.parametrize("K", [1, 2, 3, 4, 5, 16, 17, 256])
def test_any_compressor_that_zlib_can_read_makes_a_whole_file(K):
    idx, codebook = some_map(K)
    rows = []
    data = encode_indexed_png(idx, codebook, compress=lambda d: rows.append(d) or zlib.compress(d))
    assert data[24] in (min(bits for bits in (1, 2, 4, 8) if 2**bits >= K), 8)
    length = math.ceil(data[24] * idx.shape[1] / 8)
    assert not any(rows[-1][:: length + 1]), "plain rows: as they are, no filter (0)"
    with Image.open(io.BytesIO(data)) as written:
        written.verify()  # the sums of its parts, too
    with Image.open(io.BytesIO(data)) as written:
        assert (np.asarray(written) == idx).all()
        assert written.getpalette() == to_bytes(codebook).ravel().tolist()


@pytest.mark.parametrize("K", [257, 1000])
def test_a_palette_that_no_png_can_hold_is_refused(K):
    with pytest.raises(ValueError, match=f"1 to 256 colors.* {K}"):
        encode_indexed_png(np.zeros((2, 2), dtype=int), np.zeros((K, 3)))


@pytest.mark.parametrize(
    ("idx", "words"),
    [
        (np.array([[0.7, 1.2]]), "idx holds fractions.*; give whole numbers"),
        (np.zeros(4, dtype=int), r"idx has shape \(4,\); give \(H, W\)"),
    ],
)
def test_what_is_no_index_map_is_refused(idx, words):
    with pytest.raises(ValueError, match=words):
        encode_indexed_png(idx, HANDHELD)


def test_threads_leave_pillow_its_settings(monkeypatch):
    room, image = ImageFile.MAXBLOCK, np.zeros((9, 9))
    monkeypatch.setattr(images, "_encoded", lambda *_, **__: time.sleep(0.02))
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(images.encode_jpeg, [image] * 3))
    assert ImageFile.MAXBLOCK == room
