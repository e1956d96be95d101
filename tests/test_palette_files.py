"""Palette files: what helpers writes, read back from the published formats alone."""

import json
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.codebook import HANDHELD, TERMINAL
from helpers.swatches import ENCODERS, encode_ase, encode_gpl, encode_palette

AWKWARD = ["Dusk", "Prüfung № 5 – 夕方", "𝒢lyphs 🎨", "two\nlines\r\n# of text", "  ", ""]
palettes = st.lists(
    st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=256, unique=True
).map(lambda levels: np.array(levels) / 255)


def hex_of(levels):
    return "#" + bytes(int(level) for level in levels).hex()


def read_gpl(data):
    """Name, colors and their names, as https://developer.gimp.org/core/standards/gpl/ says."""
    assert b"\r" not in data and data.endswith(b"\n")
    magic, name, columns, *body = data.decode("utf-8").split("\n")[:-1]
    assert magic == "GIMP Palette"
    assert name.startswith("Name: ") and columns.startswith("Columns: ")
    assert 0 <= int(columns.removeprefix("Columns: ")) <= 255
    colors, names = [], []
    for line in body:
        if line.startswith("#") or line == "":
            continue
        red, green, blue, *rest = line.split(maxsplit=3)
        colors.append([int(red), int(green), int(blue)])
        names.append(rest[0].strip() if rest else "")
    return name.removeprefix("Name: ").strip(), colors, names


def read_ase(data):
    """Name of the group, colors and their names, as C. Camera describes the format.

    http://iamacamera.org/default.aspx?id=109: "ASEF", the version 1.0, the number of
    blocks; a block is a type (2 bytes), a length (4 bytes), and so many bytes. Texts are
    UTF-16, big-endian, with their length in characters of 2 bytes, the final 0 included.
    """
    place = 0

    def take(layout):
        nonlocal place
        values = struct.unpack_from(">" + layout, data, place)
        place += struct.calcsize(">" + layout)
        return values

    def text():
        nonlocal place
        (length,) = take("H")
        raw = data[place : place + 2 * length]
        assert raw[-2:] == b"\0\0" and len(raw) == 2 * length
        place += 2 * length
        return raw[:-2].decode("utf-16-be")

    magic, major, minor, blocks = take("4sHHI")
    assert (magic, major, minor) == (b"ASEF", 1, 0)
    group, colors, names, kinds = None, [], [], []
    for _ in range(blocks):
        kind, length = take("HI")
        end = place + length
        kinds.append(kind)
        if kind == 0xC001:
            group = text()
        elif kind == 0x0001:
            names.append(text())
            (model,) = take("4s")
            assert model == b"RGB "
            colors.append(take("3f"))
            assert take("H") in [(0,), (1,), (2,)]
        assert place == end, "a block is as long as it says"
    assert place == len(data), "nothing is left over"
    assert kinds[0] == 0xC001 and kinds[-1] == 0xC002 and set(kinds[1:-1]) == {1}
    return group, colors, names


# --- Each format, read back -----------------------------------------------------------------


@given(codebook=palettes)
def test_gimp_reads_the_very_colors_and_their_hex_names(codebook):
    name, colors, names = read_gpl(encode_gpl(codebook, "Dusk"))
    assert name == "Dusk"
    assert (np.array(colors) == np.rint(codebook * 255)).all()
    assert names == [hex_of(levels) for levels in colors]


@given(codebook=palettes)
def test_adobe_reads_the_very_colors_and_their_hex_names(codebook):
    group, colors, names = read_ase(encode_ase(codebook, "Dusk"))
    assert group == "Dusk"
    assert np.array_equal(np.array(colors, dtype=np.float32), codebook.astype(np.float32))
    assert names == [hex_of(np.rint(np.array(color) * 255).astype(int)) for color in colors]


def test_an_ase_file_is_this_to_the_byte():
    red = np.array([[1.0, 0.0, 0.0]])
    expected = (
        "41534546 00010000 00000003"  # ASEF, 1.0, three blocks
        "c001 00000006 0002 0041 0000"  # a group called A
        "0001 00000024 0008 0023 0066 0066 0030 0030 0030 0030 0000"  # a color, #ff0000
        "52474220 3f800000 00000000 00000000 0002"  # RGB, 1.0, 0.0, 0.0, normal
        "c002 00000000"  # the end of the group
    )
    assert encode_ase(red, "A") == bytes.fromhex(expected)


@given(codebook=palettes)
def test_json_holds_the_colors_by_hex_name_and_by_number(codebook):
    told = json.loads(encode_palette(".json", codebook, "Dusk"))
    levels = np.rint(codebook * 255).astype(int).tolist()
    assert told == {
        "name": "Dusk",
        "colors": [{"hex": hex_of(row), "rgb": row} for row in levels],
    }


@pytest.mark.parametrize("name", AWKWARD)
def test_a_name_in_any_script_survives_on_one_line(name):
    expected = " ".join(name.split())
    assert read_gpl(encode_palette(".gpl", TERMINAL, name))[0] == expected
    assert read_ase(encode_palette(".ase", TERMINAL, name))[0] == expected
    assert json.loads(encode_palette(".json", TERMINAL, name))["name"] == expected
    assert len(read_gpl(encode_palette(".gpl", TERMINAL, name))[1]) == 16


@pytest.mark.parametrize("suffix", ENCODERS)
def test_colors_between_two_levels_are_rounded_alike_in_color_and_name(suffix):
    between = np.array([[0.5, 0.0019, 0.9999]])
    data = encode_palette(suffix, between, "x")
    assert data == encode_palette(suffix, np.array([[128, 0, 255]]) / 255, "x")


@pytest.mark.parametrize("suffix", ENCODERS)
@pytest.mark.parametrize("bad", [np.zeros((0, 3)), np.zeros(3), np.zeros((4, 4))])
def test_what_is_no_palette_is_refused(suffix, bad):
    with pytest.raises(ValueError, match="codebook (has shape|is empty)"):
        encode_palette(suffix, bad, "x")


@pytest.mark.parametrize("suffix", ENCODERS)
def test_a_color_that_is_no_number_is_refused(suffix):
    with pytest.raises(ValueError, match="NaN or infinite"):
        encode_palette(suffix, np.array([[0.5, np.nan, 0.5]]), "x")


# --- Files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".gpl", ".ase", ".json", ".GPL"])
def test_the_format_is_that_of_the_suffix(suffix):
    expected = ENCODERS[suffix.lower()](HANDHELD, "evening")
    assert encode_palette(suffix, HANDHELD, "evening") == expected


@pytest.mark.parametrize("suffix", [".aco", ""])
def test_another_suffix_is_refused(suffix):
    with pytest.raises(ValueError, match=".gpl, .ase, .json"):
        encode_palette(suffix, HANDHELD, "evening")


@pytest.mark.parametrize("suffix", ENCODERS)
def test_a_name_longer_than_any_file_has_room_for_is_refused(suffix):
    with pytest.raises(ValueError, match=r"name has 70,000 letters; give at most 1,000\."):
        encode_palette(suffix, np.eye(3), "x" * 70_000)
