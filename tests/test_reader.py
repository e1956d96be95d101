"""A picture never runs a program, never costs more than it may, and is told by its name."""

import functools
import io
import os
import struct
import subprocess
import sys
import warnings
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, features
from test_images import chunk, file_of, heic_of, noise, png_of

from helpers import reading
from helpers.images import encode_jpeg, load_bytes, load_image

TESTS = Path(__file__).resolve().parent
needs_heif = pytest.mark.skipif(heic_of(noise(8, 8)) is None, reason="pillow-heif is not installed")


# --- A closed list -------------------------------------------------------------------------

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n%%EOF\n"
DOS_HEAD = b"\xc5\xd0\xd3\xc6" + struct.pack("<6IH", 32, len(EPS), 0, 0, 0, 0, 65535)
OTHERS = {
    "EPS": EPS,
    "EPS with a DOS head": DOS_HEAD + EPS,
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "a web page": b"<!doctype html><title>404</title>",
    "WMF": b"\xd7\xcd\xc6\x9a\0\0" + bytes(80),
    "a movie": b"\0\0\0\x20ftypisom" + bytes(100),
    "a raw photo of a camera": b"\0\0\0\x18ftypcrx " + bytes(100),
}
OTHERS |= {kind: file_of(noise(9, 9), kind) for kind in ("PDF", "TGA", "PCX", "SGI", "DDS", "ICNS")}


@pytest.mark.parametrize("name", ["photo.jpg", "photo.eps", "photo.pdf", "photo"])
@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_on_no_list_is_not_opened(kind, name, tmp_path, monkeypatch):
    for program in ("gs", "gswin64c", "gswin32c", "djpeg", "cjpeg"):
        trap = tmp_path / "bin" / program
        trap.parent.mkdir(exist_ok=True)
        trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/it-ran\n", encoding="utf-8")
        trap.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=os.pathsep)
    monkeypatch.setattr("PIL.EpsImagePlugin.gs_binary", None)
    path = tmp_path / name
    path.write_bytes(OTHERS[kind])
    for source in (path, OTHERS[kind]):
        for longest_side in (None, 8):
            with pytest.raises(ValueError, match=r"JPEG, PNG, GIF, .*HEIC, PPM and ICO\); save it"):
                load_image(source, longest_side, name=name)
    assert not (tmp_path / "it-ran").exists()


def test_pillow_itself_would_have_run_it(tmp_path, monkeypatch):
    """Or the test above would prove nothing."""
    trap = tmp_path / "gs"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/it-ran\n", encoding="utf-8")
    trap.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr("PIL.EpsImagePlugin.gs_binary", None)
    with pytest.raises(OSError):
        Image.open(io.BytesIO(EPS)).load()
    assert (tmp_path / "it-ran").exists() or os.name == "nt"


@pytest.mark.parametrize("file_format", [f for f in reading.FORMATS if f != "AVIF"])
def test_what_people_have_is_opened(file_format):
    image = load_bytes(file_of(Image.new("RGB", (16, 16), (250, 120, 10)), file_format))
    assert np.abs(image.astype(int) - (250, 120, 10)).max() < 8


@pytest.mark.skipif(not features.check("avif"), reason="This Pillow reads no AVIF.")
def test_avif_is_opened():
    image = load_bytes(file_of(noise(20, 30), "AVIF", quality=100, subsampling="4:4:4"))
    assert np.abs(image.astype(int) - np.asarray(noise(20, 30))).max() < 4


# --- HEIC ----------------------------------------------------------------------------------


@needs_heif
def test_heic_is_opened_and_turned_upright(tmp_path):
    scene = Image.new("RGB", (64, 48), "white")
    scene.paste((200, 0, 0), (0, 0, 64, 12))  # its first rows are red
    exif = Image.Exif()
    exif[274] = 6  # ... and are the right side
    path = tmp_path / "IMG_1.HEIC"
    path.write_bytes(heic_of(scene, exif=exif.tobytes(), quality=95))
    for source in (path, path.read_bytes(), io.BytesIO(path.read_bytes())):
        image = load_bytes(source).astype(int)
        assert image.shape == (64, 48, 3)
        assert np.abs(image[:, -8:] - (200, 0, 0)).max() < 20 and image[:, :30].min() > 235
    assert load_bytes(path, longest_side=16).shape == (16, 12, 3)


@needs_heif
def test_heic_from_a_phone_has_its_colors():
    from test_color_profiles import rgb_profile, to_srgb

    plain = Image.new("RGB", (64, 64), (230, 80, 40))
    levels = load_bytes(heic_of(plain, quality=100, chroma=444))
    data = heic_of(plain, quality=100, chroma=444, icc_profile=rgb_profile("Display P3"))
    assert np.abs(load_bytes(data) - to_srgb(levels, "Display P3")).max() <= 3


@needs_heif
def test_half_a_heic_is_told_to_be_damaged():
    data = heic_of(noise(64, 64))
    with pytest.raises(ValueError, match="^IMG_1.HEIC is damaged or cut short"):
        load_image(data[: len(data) // 2], name="IMG_1.HEIC")


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"hevc"])
def test_heic_without_the_package_is_told_how_to_get_it(brand, monkeypatch):
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    told = "^IMG_1.HEIC is a HEIC .* as JPEG and try again, or, outside a browser, .*pillow-heif"
    with pytest.raises(ValueError, match=told):
        load_image(b"\0\0\0\x18ftyp" + brand + bytes(200), name="IMG_1.HEIC")


def test_pillow_heif_is_imported_for_a_heic_only():
    code = (
        "import sys; from helpers import images; images.load_photo('tulips');"
        "assert 'pillow_heif' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# --- What it may cost ----------------------------------------------------------------------

GIF = b"GIF89a" + struct.pack("<HH", 9000, 9000) + b"\x80\0\0" + b"\0\0\0\xff\xff\xff"
GIF += b",\0\0\0\0\1\0\1\0\0\2\2\x44\1\0;"
RIFF = b"RIFF\xff\xff\xff\xffWEBPVP8X\x0a\0\0\0\x10\0\0\0" + (16382).to_bytes(3, "little") * 2


@functools.cache
def bomb(width, height):
    """A PNG of a few kilobytes that is whole, and all one color."""
    row, packer = b"\0" * (1 + 3 * width), zlib.compressobj(1)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [chunk(b"IHDR", head), chunk(b"IDAT", body), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def ico_of(png):
    """An icon that calls itself small, and holds any PNG."""
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, 16, 16, 0, 0, 1, 32, len(png), 22) + png


def jpeg_head(width, height, progressive=False):
    data = file_of(noise(16, 16), "JPEG", progressive=progressive)
    at = data.index(b"\xff\xc2" if progressive else b"\xff\xc0")
    return data[: at + 5] + struct.pack(">HH", height, width) + data[at + 9 :]


def tiff_head(width, height):
    data = file_of(noise(2, 2), "TIFF")
    for tag, size in ((256, width), (257, height), (278, height)):
        at = data.find(struct.pack("<HHI", tag, 4, 1))
        data = data[: at + 8] + struct.pack("<I", size) + data[at + 12 :]
    return data


PARTS = {  # where parts without end go into a small file of a format, and what such a part is
    "JPEG": (lambda data: 2, b"\xff\xfe\0\2"),
    "PNG": (lambda data: 33, chunk(b"IDAT", b"")),
    "GIF": (lambda data: data.index(b",\0\0\0\0"), b"!\xfe\0"),
    "PPM": (lambda data: 3, b"#\n"),
}


def in_parts(kind, size):
    """A file that is whole, but for so many bytes of parts that hold nothing."""
    data, (place, part) = file_of(noise(16, 24), kind), PARTS[kind]
    at = place(data)
    return data[:at] + part * (size // len(part)) + data[at:]


COSTLY = {
    "a GIF of 40 bytes": lambda: GIF,
    "a GIF that claims everything": lambda: GIF[:6] + b"\xff" * 4 + GIF[10:],
    "a PNG of 3600 megapixels": lambda: png_of(60_000, 60_000, 1, 0, [b""]),
    "a PNG of 109 megapixels, cut short": lambda: png_of(10_900, 10_000, 8, 2, [bytes(10**6)]),
    "a PNG of 180 megapixels that is whole": lambda: bomb(18_000, 10_000),
    "an ICO that holds one": lambda: ico_of(bomb(12_000, 10_000)),
    "a JPEG head of 65,000 by 65,000": lambda: jpeg_head(65_000, 65_000),
    "a progressive one": lambda: jpeg_head(65_000, 65_000, True),
    "a progressive one of 100 megapixels": lambda: jpeg_head(10_000, 10_000, True),
    "a TIFF head": lambda: tiff_head(60_000, 60_000),
    "a BMP head": lambda: (
        b"BM" + struct.pack("<IIIIiiHH", 99, 0, 54, 40, 50_000, 50_000, 1, 24) + bytes(99)
    ),
    "a PPM head": lambda: b"P6 60000 60000 255\n" + bytes(99),
    "a plain PPM head": lambda: b"P3 10000 10000 255\n" + b"1 " * 99,
    "a plain PPM of remarks": lambda: b"P3 2 2 255\n" + b"#\n" * 2_000_000,
    "a WebP head": lambda: RIFF + b"VP8 " + bytes(99),
    **{f"{kind} of parts": lambda kind=kind: in_parts(kind, 20_000_000) for kind in PARTS},
}
COST = """
import resource, sys, time
from helpers import images
before = time.process_time()
source = sys.argv[1]
try:
    levels = images.load_bytes(source, *map(int, sys.argv[2:]))
    print("loaded", levels.shape)
except ValueError as error:
    print(error)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if sys.platform == "linux":  # there that is at least what the parent had
    words = open("/proc/self/status").read().split()
    memory = 1024 * int(words[words.index("VmHWM:") + 1])
print(time.process_time() - before, memory)
"""


def cost_of(path, *words, code=COST):
    """What was said of a file, the seconds of the processor, and the gigabytes it took."""
    pytest.importorskip("resource")  # Windows has none
    command = [sys.executable, "-c", code, str(path), *map(str, words)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    assert done.returncode == 0 and not done.stderr, done.stderr
    said, numbers = done.stdout.splitlines()
    seconds, memory = map(float, numbers.split())
    return said, seconds, memory / 1e9


@pytest.mark.spread(5)
@pytest.mark.parametrize("longest_side", [(), (640,)], ids=["whole", "shrunk"])
@pytest.mark.parametrize("kind", COSTLY)
def test_what_is_refused_costs_little(kind, longest_side, tmp_path):
    path = tmp_path / "wall"
    path.write_bytes(COSTLY[kind]())
    said, seconds, gigabytes = cost_of(path, *longest_side)
    assert said.startswith(str(path)) and said.endswith((".",))
    assert any(advice in said for advice in ("make it smaller", "again")), said
    assert seconds < 2 and gigabytes < 1


@pytest.mark.spread(3)
@pytest.mark.parametrize("head", [RIFF, b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"BM", b""])
def test_a_file_of_3_gigabytes_is_not_read(head, tmp_path):
    path = tmp_path / "film.webp"
    with open(path, "wb") as file:  # the disk holds only its head
        file.write(head)
        file.truncate(3_000_000_000)
    said, seconds, gigabytes = cost_of(path)
    assert "film.webp has more than 200 million bytes" in said
    assert seconds < 2 and gigabytes < 1


def test_too_many_bytes_are_refused_wherever_they_come_from(monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 1000)
    data = encode_jpeg(np.zeros((4, 4, 3))).ljust(1001, b"\0")
    for source in (data, bytearray(data), memoryview(data), io.BytesIO(data)):
        with pytest.raises(ValueError, match="The file has more than .* make it smaller"):
            load_image(source)
    assert load_image(data[:1000]).shape == (4, 4, 3)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="There are no pipes with names here.")
@pytest.mark.parametrize("kind", ["pipe", "device", "socket"])
def test_a_file_that_might_never_end_is_not_opened(kind, tmp_path):
    path = tmp_path / "holiday.jpg"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        import socket

        with socket.socket(socket.AF_UNIX) as door:
            door.bind(str(path))
    with pytest.raises(ValueError, match="holiday.jpg is a pipe or a device; name a picture file"):
        load_image(path)


@pytest.mark.slow
@pytest.mark.parametrize(("width", "height"), [(6000, 4000), (8064, 6048)], ids=["24 MP", "48 MP"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_phones_largest_photo_loads_in_half_a_gigabyte_or_whole(
    width, height, progressive, tmp_path
):
    path = tmp_path / "photo.jpg"
    wide = Image.fromarray(np.asarray(noise(64, 64))).resize((width, height))
    wide.save(path, quality=90, progressive=progressive)
    said, _, gigabytes = cost_of(path, 768)
    assert said == f"loaded ({768 * height // width}, 768, 3)" and gigabytes < 0.6
    said, _, gigabytes = cost_of(path)
    assert said == f"loaded ({height}, {width}, 3)" and gigabytes < 1
    said, _, gigabytes = cost_of(path, code=COST.replace("load_bytes", "load_image"))
    assert said == f"loaded ({height}, {width}, 3)" and gigabytes < 1.5


# --- Rubbish beside a good picture ---------------------------------------------------------

ONE_TAG = b"Exif\0\0II*\0\x08\0\0\0\1\0"
RUBBISH = {
    "one byte": b"x",
    "no head": b"Exif\0\0" + bytes(range(40)),
    "a directory beyond the end": b"Exif\0\0II*\0\xff\xff\xff\x7f",
    "a directory of itself": b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\1" * 40,
    "an orientation of 99": ONE_TAG + struct.pack("<HHIII", 274, 3, 1, 99, 0),
    "an orientation that is a text": ONE_TAG + struct.pack("<HHI4sI", 274, 2, 4, b"abc", 0),
    "an orientation of no numbers": ONE_TAG + struct.pack("<HHIII", 274, 3, 0, 1, 0),
}


def avif_of(picture, exif):
    """An AVIF with EXIF data of any kind, which Pillow would refuse to write."""
    if not features.check("avif"):
        pytest.skip("This Pillow reads no AVIF.")
    good = Image.Exif()
    good[271] = "A camera" * 20
    data = file_of(picture, "AVIF", exif=good)
    words = good.tobytes().removeprefix(b"Exif\0\0")
    assert data.count(words) == 1
    return data.replace(words, exif.ljust(len(words), b"\0"))


@pytest.mark.parametrize("rubbish", RUBBISH)
@pytest.mark.parametrize("file_format", ["PNG", "WEBP", "JPEG", "HEIC", "AVIF"])
def test_rubbish_in_exif_refuses_no_picture(file_format, rubbish):
    picture, exif = noise(16, 24), RUBBISH[rubbish]
    if file_format == "HEIC":
        data = heic_of(picture, exif=exif) or pytest.skip("pillow-heif is not installed")
    elif file_format == "AVIF":
        data = avif_of(picture, exif.removeprefix(b"Exif\0\0"))
    else:
        data = file_of(picture, file_format, exif=exif)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert load_bytes(data).shape == (16, 24, 3)


@pytest.mark.parametrize("kind", PARTS)
def test_some_thousands_of_parts_refuse_no_picture(kind):
    data = file_of(noise(16, 24), kind)
    assert (load_bytes(in_parts(kind, 100_000)) == load_bytes(data)).all()


REMARKS = b"iCCP gAMA cHRM sRGB tEXt zTXt iTXt pHYs tIME bKGD sBIT acTL fcTL eXIf cICP hIST".split()
WORDS = {
    "none": b"",
    "one": b"\0",
    "three": b"\x80\xf1]",
    "thirty": bytes(range(100, 130)),
    "three million": b"a\0\0" + zlib.compress(bytes(3_000_000)),
}


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("remark", REMARKS)
@pytest.mark.parametrize("at", ["before the pixels", "after the pixels"])
def test_a_bad_remark_refuses_no_png(remark, words, at):
    whole = file_of(noise(16, 24), "PNG")
    where = 33 if at == "before the pixels" else -12
    data = whole[:where] + chunk(remark, WORDS[words]) + whole[where:]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore" if remark == b"iCCP" else "error")
        assert (load_bytes(data) == np.asarray(noise(16, 24))).all()
    if remark == b"iCCP" and where == 33:
        with pytest.warns(UserWarning, match="has a color profile that can't be used here"):
            load_bytes(data)


def test_an_orientation_counts_with_rubbish_behind_it():
    tags = struct.pack("<HHII", 274, 3, 1, 6) + struct.pack("<HHII", 271, 2, 65535, 2**32 - 1)
    exif = b"Exif\0\0II*\0\x08\0\0\0\2\0" + tags + bytes(4)
    for file_format in ("PNG", "WEBP", "JPEG"):
        data = file_of(noise(16, 24), file_format, exif=exif)
        assert load_bytes(data).shape == (24, 16, 3)


# --- Depths and signs ----------------------------------------------------------------------


def png_with_a_clear_color(depth, color_type, channels, clear):
    bits = "".join(format(level, f"0{depth}b") for level in channels * 3)
    bits = bits.ljust(-(-len(bits) // 8) * 8, "0")
    row = int(bits, 2).to_bytes(len(bits) // 8, "big")
    whole = png_of(3, 2, depth, color_type, [row, row])
    return whole[:33] + chunk(b"tRNS", struct.pack(f">{len(clear)}H", *clear)) + whole[33:]


@pytest.mark.parametrize(
    ("depth", "color_type", "channels"),
    [
        (1, 0, (1,)),
        (2, 0, (2,)),
        (4, 0, (9,)),
        (8, 0, (77,)),
        (16, 0, (0x3344,)),
        (8, 2, (7, 8, 9)),
        (16, 2, (0x1122, 0x3344, 0x5566)),
    ],
)
def test_the_transparent_color_of_a_png_is_white_at_every_depth(depth, color_type, channels):
    levels = load_bytes(png_with_a_clear_color(depth, color_type, channels, channels))
    assert (levels == 255).all()
    other = tuple(level ^ 1 << depth - 1 for level in channels)
    levels = load_bytes(png_with_a_clear_color(depth, color_type, channels, other))
    expected = [round(level * 255 / (2**depth - 1)) for level in channels]
    assert np.abs(levels.astype(int) - expected).max() <= 1


@pytest.mark.parametrize("dtype", ["u1", "u2", "f4"])
@pytest.mark.parametrize("white", [0, 1])
def test_zero_is_black_or_white_as_the_tiff_says(dtype, white):
    largest = {"u1": 255, "u2": 65535, "f4": 1}[dtype]
    stored = np.array([[0, largest / 5, largest]]).astype(dtype)
    data = file_of(Image.fromarray(stored), "TIFF", tiffinfo={262: 1})
    at = data.find(struct.pack("<HHI", 262, 3, 1)) + 8
    data = data[:at] + struct.pack("<H", white) + data[at + 2 :]
    shown = [0, 51, 255] if white else [255, 204, 0]
    assert load_bytes(data)[0, :, 0].tolist() == shown


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_the_remarks_of_a_plain_ppm_are_passed_over(end):
    lines = (
        b"P3",
        b"# by hand",
        b"2 1",
        b"#",
        b"255 # levels",
        b"7 90 200",
        b"# 1 2 3",
        b"9 # 8",
        b"8 7",
    )
    assert load_bytes(end.join(lines)).tolist() == [[[7, 90, 200], [9, 8, 7]]]


def two_sizes(kind):
    """A TIFF that calls its picture a preview or not, and names another beside it or not."""
    subifds = {330: 8} if "beside" in kind else {}
    return file_of(noise(2, 3), "TIFF", tiffinfo={254: int("preview" in kind)} | subifds)


def test_the_preview_of_a_cameras_raw_file_is_not_taken_for_the_photo():
    with pytest.raises(ValueError, match="^DSC_1.NEF is a camera's raw file, .* as JPEG or PNG"):
        load_image(two_sizes("a preview beside the photo"), name="DSC_1.NEF")


@pytest.mark.parametrize("kind", ["a preview alone", "a photo beside others", "a photo"])
def test_other_tiffs_of_several_sizes_are_opened(kind):
    assert load_image(two_sizes(kind)).shape == (2, 3, 3)


def test_a_scan_of_12_bits_has_all_its_light():
    data = file_of(Image.fromarray(np.full((2, 2), 0xFFFF, np.uint16)), "TIFF")
    at = data.find(struct.pack("<HHI", 258, 3, 1)) + 8
    assert (load_bytes(data[:at] + struct.pack("<H", 12) + data[at + 2 :]) == 255).all()


@pytest.mark.parametrize("full_color", [False, True])
@pytest.mark.parametrize("quality", [1, 90, 95, 100])
@pytest.mark.parametrize(("height", "width"), [(1, 1), (16, 2000), (400, 400)])
def test_noise_becomes_a_jpeg(quality, full_color, height, width, capfd):
    image = np.asarray(noise(height, width)) / 255
    data = encode_jpeg(image, quality, full_color)
    assert load_image(data).shape == (height, width, 3)
    assert encode_jpeg(image[..., 0], quality)
    assert capfd.readouterr().err == ""


# --- Names ---------------------------------------------------------------------------------


def test_bytes_are_called_as_they_are_asked_to_be():
    with pytest.raises(ValueError, match="^IMG_1.heic is not a picture"):
        load_image(b"Dear diary", name="IMG_1.heic")
    with pytest.raises(ValueError, match="^The file is not a picture"):
        load_image(b"Dear diary")


def test_an_open_file_is_called_by_its_own_name(tmp_path):
    path = tmp_path / "diary.jpg"
    path.write_bytes(b"Dear diary")
    with path.open("rb") as file, pytest.raises(ValueError, match="diary.jpg is not a picture"):
        load_image(file)
    with (
        path.open(encoding="utf-8") as file,
        pytest.raises(TypeError, match='diary.jpg .* open it with mode "rb"'),
    ):
        load_image(file)


@pytest.mark.parametrize(
    "name", ["caf\udce9.jpg", "a\nb.jpg", "\x1b[2Jx.jpg", "\ud800.jpg", "a\0b.jpg"]
)
def test_a_name_that_cant_be_printed_is_told_all_the_same(name, tmp_path):
    for source in (str(tmp_path / name), tmp_path / name):
        with pytest.raises(FileNotFoundError, match="There is no file .*jpg; check") as told:
            load_image(source)
        assert str(told.value).isprintable() and str(told.value).encode()
    with pytest.raises(ValueError, match="jpg is not a picture") as told:
        load_image(b"Dear diary", name=name)
    assert str(told.value).isprintable() and str(told.value).encode()


@pytest.mark.skipif(os.name == "nt" or sys.platform == "darwin", reason="names are Unicode here")
def test_a_name_that_is_no_utf8_opens(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.png"
    with open(path, "wb") as file:
        file.write(file_of(noise(4, 5), "PNG"))
    assert load_image(os.fsdecode(path)).shape == (4, 5, 3)


@pytest.mark.parametrize("name", ["", "x" * 300 + ".jpg", "a/b/c.jpg"])
def test_a_path_that_leads_nowhere_is_told_in_a_sentence(name):
    with pytest.raises(OSError, match="There is no file|can't be read") as told:
        load_image(name)
    assert "[Errno" not in str(told.value)


@pytest.mark.parametrize("source", [None, 7, np.zeros((3, 3, 3)), [b"x"], object()])
def test_what_holds_no_file_is_told_by_its_type(source):
    with pytest.raises(TypeError, match="A picture is a path, bytes, or an open file; this is of"):
        load_image(source)


# --- Thousands of damaged files ------------------------------------------------------------


def fuzz(count, seed):
    command = [sys.executable, "fuzz_pictures.py", str(count), str(seed)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=TESTS, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    assert done.stderr == "", "nothing is written past Python either"


def test_a_hundred_damaged_files_load_or_are_told_clearly():
    fuzz(100, 1)


@pytest.mark.slow
@pytest.mark.parametrize("files", [600, pytest.param(4000, marks=pytest.mark.weekly)])
def test_many_damaged_files_load_or_are_told_clearly(files):
    fuzz(files, 0)
