"""The numbers of a file mean what its color profile says: they become sRGB, or a note is left.

The profiles are built here by hand (ICC.1:2022), and the oracle is the formula: undo the
curve, three numbers to XYZ by a matrix, XYZ to sRGB by another, and sRGB's own curve.
"""

import io
import struct
import warnings

import numpy as np
import pytest
from PIL import Image, ImageCms, features
from test_images import chunk, file_of, heic_of

from helpers.images import load_bytes, load_image

pytestmark = pytest.mark.skipif(
    not features.check("littlecms2"), reason="This Pillow knows no color profiles."
)

# --- Profiles ----------------------------------------------------------------------------

# The corners of what a color space can show, as CIE x and y, and its white.
D65, D50 = (0.3127, 0.3290), (0.3457, 0.3585)
SPACES = {  # the three corners, the white, the curve's exponent
    "sRGB": (((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)), D65, 2.2),
    "Display P3": (((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), D65, 2.2),
    "Adobe RGB": (((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), D65, 2.19921875),
    "ProPhoto": (((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001)), D50, 1.8),
    "linear": (((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)), D65, 1.0),
}
# How a white is taken for another one, by the sensors of the eye (Bradford).
BRADFORD = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)


def xyz(point):
    """X, Y, Z of a color of brightness 1 at CIE x and y."""
    x, y = point
    return np.array([x / y, 1, (1 - x - y) / y])


def matrix(corners, white):
    """From red, green, blue (linear) to X, Y, Z under D50, as a profile has it."""
    columns = np.stack([xyz(corner) for corner in corners], axis=1)
    columns = columns * np.linalg.solve(columns, xyz(white))
    scale = np.diag((BRADFORD @ xyz(D50)) / (BRADFORD @ xyz(white)))
    return np.linalg.inv(BRADFORD) @ scale @ BRADFORD @ columns


def to_srgb(levels, space):
    """The oracle: bytes in a color space as bytes in sRGB."""
    corners, white, exponent = SPACES[space]
    linear = (levels / 255) ** exponent @ matrix(corners, white).T
    linear = np.clip(linear @ np.linalg.inv(matrix(*SPACES["sRGB"][:2])).T, 0, 1)
    curved = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return curved * 255


def profile(space, kind, tags, connection=b"XYZ "):
    """A profile by hand: a head of 128 bytes, a table of tags, the tags."""
    tags = {**tags, b"wtpt": _xyz_tag(xyz(D50)), b"desc": _text_tag(space)}
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += struct.pack(">4sII", name, start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = start + len(body)
    head = struct.pack(">I4xI4s4s4s12x4s", size, 0x02400000, kind, space, connection, b"acsp")
    head = head.ljust(68, b"\0") + struct.pack(">3i", *_fixed(xyz(D50)))
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _fixed(numbers):
    return [round(number * 65536) for number in numbers]


def _xyz_tag(numbers):
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *_fixed(numbers))


def _curve_tag(exponent):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(exponent * 256))


def _text_tag(words):
    return b"desc\0\0\0\0" + struct.pack(">I", len(words) + 1) + words + bytes(1 + 78)


def rgb_profile(space):
    corners, white, exponent = SPACES[space]
    curves = {name: _curve_tag(exponent) for name in (b"rTRC", b"gTRC", b"bTRC")}
    columns = zip((b"rXYZ", b"gXYZ", b"bXYZ"), matrix(corners, white).T, strict=True)
    return profile(b"RGB ", b"mntr", curves | {name: _xyz_tag(column) for name, column in columns})


def gray_profile(exponent):
    return profile(b"GRAY", b"mntr", {b"kTRC": _curve_tag(exponent)})


INKS = np.array([[153, 103, 108], [140, 173, 123], [217, 128, 188], [0, 128, 128]])  # Lab, in bytes


def cmyk_profile():
    """Four inks, each of a color, on white paper: a table of 2 x 2 x 2 x 2 corners in Lab."""
    corners = []
    for amounts in np.ndindex(2, 2, 2, 2):
        inks = [ink for ink, amount in zip(INKS, amounts, strict=True) if amount]
        inks = inks[-1:] if amounts[3] else inks  # black covers the others
        corners.append(np.mean(inks, axis=0) if inks else [255, 128, 128])
    table = (
        b"mft1\0\0\0\0"
        + bytes([4, 3, 2, 0])
        + struct.pack(">9i", *np.eye(3, dtype=int).ravel() * 65536)
    )
    straight = bytes(range(256))
    table += straight * 4 + np.rint(corners).astype(np.uint8).tobytes() + straight * 3
    tags = {name: table for name in (b"A2B0", b"A2B1", b"A2B2")}
    return profile(b"CMYK", b"prtr", tags, b"Lab ")


def lab_profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def quiet(data, **options):
    """The picture, if nothing is said about it."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return load_bytes(data, **options)


@pytest.fixture
def levels(rng):
    """Every corner of the cube, and colors between."""
    corners = np.array(list(np.ndindex(2, 2, 2))) * 255
    return (
        np.concatenate([corners, rng.integers(0, 256, (56, 3))]).reshape(8, 8, 3).astype(np.uint8)
    )


# --- Applied -------------------------------------------------------------------------------


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "WEBP", "AVIF"])
def test_the_numbers_of_a_file_mean_what_its_profile_says(space, file_format, levels):
    options = {} if file_format in ("PNG", "TIFF") else {"lossless": True}
    if file_format == "AVIF":
        options = {"quality": 100, "subsampling": "4:4:4"}
    data = file_of(Image.fromarray(levels), file_format, icc_profile=rgb_profile(space), **options)
    plain = quiet(file_of(Image.fromarray(levels), file_format, **options))
    expected = to_srgb(plain, space)
    assert np.abs(quiet(data) - expected).max() <= 2.5
    if space not in ("sRGB", "linear"):
        assert np.abs(plain - expected).max() > 25, "without the profile it would be far off"


def test_a_jpeg_of_a_phone_is_converted_and_shrunk(levels):
    photo = Image.fromarray(levels).resize((640, 640), Image.Resampling.NEAREST)
    data = file_of(photo, "JPEG", quality=98, subsampling=0, icc_profile=rgb_profile("Display P3"))
    small = quiet(data, longest_side=80).reshape(8, 10, 8, 10, 3)[:, 4:6, :, 4:6].mean((1, 3))
    assert np.abs(small - to_srgb(levels, "Display P3")).max() < 12
    assert (load_image(data) == load_bytes(data) / 255).all()


@pytest.mark.parametrize("mode", ["P", "RGBA", "L"])
def test_what_becomes_red_green_and_blue_is_converted_too(mode, levels):
    picture = Image.fromarray(levels).convert(mode)
    expected = to_srgb(np.array(picture.convert("RGB")), "Adobe RGB")
    data = file_of(picture, "PNG", icc_profile=rgb_profile("Adobe RGB"))
    assert np.abs(quiet(data) - expected).max() <= 2.5


def test_the_transparent_pixels_of_any_color_space_lie_over_white():
    clear = Image.new("RGBA", (3, 2), (0, 255, 0, 0))
    assert (quiet(file_of(clear, "PNG", icc_profile=rgb_profile("ProPhoto"))) >= 254).all()


@pytest.mark.parametrize("mode", ["L", "I;16", "LA"])
@pytest.mark.parametrize("exponent", [1.0, 1.8, 2.2])
def test_gray_has_a_curve_of_its_own(mode, exponent):
    gray = np.arange(256, dtype=np.uint8).reshape(16, 16)
    picture = Image.fromarray(gray.astype(np.uint16) * 257) if mode == "I;16" else None
    picture = picture or Image.fromarray(gray).convert(mode)
    linear = (gray[..., None] / 255) ** exponent
    curved = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    got = quiet(file_of(picture, "PNG", icc_profile=gray_profile(exponent)))
    assert np.abs(got - curved * 255)[gray >= 8].max() <= 2


@pytest.mark.parametrize("file_format", ["JPEG", "TIFF"])
@pytest.mark.parametrize("ink", range(4))
def test_inks_have_the_colors_that_their_profile_gives_them(file_format, ink):
    amounts = [0, 0, 0, 0]
    amounts[ink] = 255
    picture = Image.new("CMYK", (16, 16), tuple(amounts))
    options = {"quality": 98} if file_format == "JPEG" else {}
    data = file_of(picture, file_format, icc_profile=cmyk_profile(), **options)
    lightness, a, b = INKS[ink] * (100 / 255, 1, 1) - (0, 128, 128)
    assert np.abs(quiet(data)[8, 8] - lab_to_srgb_bytes(lightness, a, b)).max() <= 4
    paper = file_of(Image.new("CMYK", (16, 16)), file_format, icc_profile=cmyk_profile())
    assert (quiet(paper) >= 253).all()


def lab_to_srgb_bytes(lightness, a, b):
    """By the formula of CIE 15, under D50."""
    y = (lightness + 16) / 116
    cubes = np.array([y + a / 500, y, y - b / 200])
    linear = np.where(cubes > 6 / 29, cubes**3, 3 * (6 / 29) ** 2 * (cubes - 4 / 29)) * xyz(D50)
    linear = np.clip(np.linalg.inv(matrix(*SPACES["sRGB"][:2])) @ linear, 0, 1)
    return 255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def test_lab_with_a_profile_is_lab():
    picture = Image.new("LAB", (4, 4), (140, 150, 100))
    data = file_of(picture, "TIFF", icc_profile=lab_profile())
    expected = lab_to_srgb_bytes(140 / 2.55, 150 - 128, 100 - 128)
    assert np.abs(quiet(data)[0, 0] - expected).max() <= 3


# --- Left as it is -------------------------------------------------------------------------


def test_srgb_under_any_name_changes_no_byte(levels):
    built_in = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = file_of(Image.fromarray(levels), "PNG", icc_profile=built_in)
    assert (quiet(data) == levels).all()


def test_a_profile_that_calls_itself_srgb_is_not_believed(levels):
    liar = rgb_profile("Adobe RGB").replace(b"RGB \0", b"sRGB\0")
    data = file_of(Image.fromarray(levels), "PNG", icc_profile=liar)
    assert np.abs(quiet(data) - to_srgb(levels, "Adobe RGB")).max() <= 2.5


BROKEN = {
    "empty": b"\0" * 128,
    "words": b"not a profile at all",
    "cut short": rgb_profile("Adobe RGB")[:300],
    "without curves": profile(b"RGB ", b"mntr", {}),
    "of an unknown space": profile(b"7CLR", b"prtr", {}),
    "for a scanner of inks": cmyk_profile(),
    "for gray": gray_profile(2.2),
    "with a matrix of zeros": rgb_profile("Adobe RGB")[:128] + bytes(400),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_profile_that_cant_be_used_is_left_out_with_a_note(broken, levels):
    data = file_of(Image.fromarray(levels), "PNG", icc_profile=BROKEN[broken])
    with pytest.warns(UserWarning, match="^sun.png has a color profile that can't be used") as told:
        image = load_image(data, name="sun.png")
    assert (np.rint(image * 255) == levels).all()
    assert len(told) == 1 and str(told[0].message).isprintable()
    assert told[0].filename == __file__, "it is told where the picture is loaded"


def numbered(kind, primaries, curve):
    """A file that says by numbers (ITU-T H.273) what its colors mean, and holds no profile."""
    picture = Image.new("RGB", (64, 64), (230, 80, 40))
    if kind == "HEIC":
        data = heic_of(picture, quality=100) or pytest.skip("pillow-heif is not installed")
    else:
        data = file_of(picture, kind)
    if kind == "PNG":
        part = chunk(b"cICP", bytes([primaries, curve, 0, 1]))
        return data[:33] + part + data[33:]  # after the head
    at = data.index(b"colrnclx") + 8
    return data[:at] + struct.pack(">HH", primaries, curve) + data[at + 4 :]


@pytest.mark.parametrize("kind", ["AVIF", "HEIC", "PNG"])
@pytest.mark.parametrize(
    ("primaries", "curve", "said"),
    [(12, 13, "Display P3"), (9, 16, "BT.2020 in HDR by PQ"), (1, 18, "HDR by HLG")],
)
def test_a_color_space_that_is_given_by_numbers_is_told(kind, primaries, curve, said):
    data = numbered(kind, primaries, curve)
    with pytest.warns(UserWarning, match=rf"^sun has .* \(it is given by number: {said}\)"):
        levels = load_bytes(data, name="sun")
    assert np.abs(levels.astype(int) - (230, 80, 40)).max() < 4


@pytest.mark.parametrize("kind", ["AVIF", "HEIC", "PNG"])
@pytest.mark.parametrize(("primaries", "curve"), [(1, 13), (1, 1), (2, 2), (6, 6)])
def test_of_srgb_by_numbers_nothing_is_said(kind, primaries, curve):
    quiet(numbered(kind, primaries, curve))


def test_an_rgb_profile_on_inks_is_left_out_with_a_note():
    picture = Image.new("CMYK", (4, 4), (0, 255, 255, 0))
    with pytest.warns(UserWarning, match="one for RGB"):
        image = load_image(file_of(picture, "TIFF", icc_profile=rgb_profile("Display P3")))
    assert (image == (1, 0, 0)).all()


@pytest.mark.slow
def test_random_profiles_never_refuse_a_picture(levels, rng):
    whole = [rgb_profile("Display P3"), gray_profile(2.2), cmyk_profile(), lab_profile()]
    for number in range(200):
        broken = np.frombuffer(whole[number % 4], np.uint8).copy()
        broken[rng.integers(0, len(broken), rng.integers(1, 9))] = rng.integers(256)
        mode = ("RGB", "L", "CMYK", "LAB")[number % 4]
        data = io.BytesIO()
        Image.new(mode, (4, 4)).save(data, "TIFF", icc_profile=broken.tobytes())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            assert load_image(data).shape == (4, 4, 3)
