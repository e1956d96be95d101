"""Palette files: what helpers writes, read back from the published formats alone; and read."""

import io
import json
import os
import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL.GimpPaletteFile import GimpPaletteFile

from helpers.codebook import HANDHELD, TERMINAL
from helpers.doors import printable
from helpers.swatches import ENCODERS, encode_palette, load_palette

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
    name, colors, names = read_gpl(encode_palette(".gpl", codebook, "Dusk"))
    assert name == "Dusk"
    assert (np.array(colors) == np.rint(codebook * 255)).all()
    assert names == [hex_of(levels) for levels in colors]


@given(codebook=palettes)
def test_adobe_reads_the_very_colors_and_their_hex_names(codebook):
    group, colors, names = read_ase(encode_palette(".ase", codebook, "Dusk"))
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
    assert encode_palette(".ase", red, "A") == bytes.fromhex(expected)


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


def test_upper_case_of_the_suffix_will_do():
    assert encode_palette(".GPL", HANDHELD, "x") == encode_palette(".gpl", HANDHELD, "x")


@pytest.mark.parametrize("suffix", [".aco", ""])
def test_another_suffix_is_refused(suffix):
    with pytest.raises(ValueError, match=".gpl, .ase, .json"):
        encode_palette(suffix, HANDHELD, "evening")


@pytest.mark.parametrize("suffix", ENCODERS)
def test_a_name_longer_than_any_file_has_room_for_is_refused(suffix):
    with pytest.raises(ValueError, match=r"name has 70,000 letters; give at most 1,000\."):
        encode_palette(suffix, np.eye(3), "x" * 70_000)


# --- Read -----------------------------------------------------------------------------------


@pytest.fixture
def load(tmp_path):
    """Load a palette from these bytes: its colors in 255ths, and their names."""

    def load(suffix, data):
        path = tmp_path / f"mine{suffix}"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        colors, names = load_palette(path)
        assert colors.dtype == np.float64 and (colors * 255 == np.rint(colors * 255)).all()
        return (colors * 255).astype(int).tolist(), names

    return load


names = st.text(max_size=12).map(lambda text: " ".join(text.split()))


@pytest.mark.parametrize("suffix", ENCODERS)
def test_what_is_written_is_read_again_names_and_all(suffix, tmp_path_factory):
    @given(codebook=palettes, data=st.data())
    def holds(codebook, data):
        called = data.draw(st.lists(names, min_size=len(codebook), max_size=len(codebook)))
        path = tmp_path_factory.mktemp("shelf") / f"mine{suffix}"
        path.write_bytes(encode_palette(suffix, codebook, "Dusk", called))
        colors, read = load_palette(path)
        assert np.array_equal(colors, codebook)
        # What can't be printed is written as its number, and so it stays.
        path.write_bytes(encode_palette(suffix, colors, "Dusk", read))
        assert load_palette(path)[1] == read
        assert all(
            one == two
            for one, two in zip(called, read, strict=True)
            if two.isprintable() and "\\" not in two
        )

    holds()


@pytest.mark.parametrize("suffix", ENCODERS)
def test_a_color_without_a_name_is_written_with_its_hex_name_and_read_without(load, suffix):
    data = encode_palette(suffix, np.eye(3), "x", ["Fire red", "", "🖊 blue"])
    assert load(suffix, data) == (
        [[255, 0, 0], [0, 255, 0], [0, 0, 255]], ["Fire red", "", "🖊 blue"]
    )  # fmt: skip
    if suffix != ".json":
        read = (read_gpl if suffix == ".gpl" else read_ase)(data)
        assert read[2] == ["Fire red", "#00ff00", "🖊 blue"]


PENS = """GIMP Palette
Name: My pens
Columns: 4
# 0 0 255 is bought out
255 0 0\tFire red
  0   0  0  Black
250\t250\t240 Cream  white

  # and that is all
0 128 0
0 0 0 Black again
"""
RED_TO_GREEN = [[255, 0, 0], [0, 0, 0], [250, 250, 240], [0, 128, 0]]
CALLED = ["Fire red", "Black", "Cream white", ""]


@pytest.mark.parametrize(
    "data",
    [
        PENS,
        PENS.replace("\n", "\r\n"),
        PENS.replace("\n", "\r"),
        "\ufeff" + PENS,
        PENS.encode("utf-16"),
        PENS.rstrip(),
        PENS.replace("Name: My pens\nColumns: 4\n", ""),  # as before version 2
        PENS.replace("GIMP Palette", "GIMP Palette  "),
        PENS.replace("Columns: 4", "Channels: RGB"),
    ],
    ids="plain windows mac mark utf-16 no-last-line old spaces channels".split(),
)
def test_a_gimp_palette_is_read_in_whatever_way_it_is_written(load, data):
    assert load(".gpl", data) == (RED_TO_GREEN, CALLED)


def test_the_names_of_an_old_palette_in_latin_1_are_read(load):
    assert load(".gpl", "GIMP Palette\n1 2 3 Grün\n".encode("latin-1")) == ([[1, 2, 3]], ["Grün"])


@given(codebook=palettes)
def test_pillow_reads_the_same_colors_in_a_gimp_palette(codebook):
    levels, _ = GimpPaletteFile(io.BytesIO(encode_palette(".gpl", codebook, "x"))).getpalette()
    assert levels == np.rint(codebook * 255).astype(np.uint8).tobytes()


def ase(*colors, blocks=None):
    """An Adobe Swatch Exchange file: (model, values, name) for a color, text for a group."""
    written = []
    for color in colors:
        group = isinstance(color, str)
        model, values, name = ("", (), color) if group else color
        text = (name + "\0").encode("utf-16-be")
        content = struct.pack(">H", len(text) // 2) + text
        if not group:
            content += struct.pack(f">4s{len(values)}fH", model.encode(), *values, 0)
        kind = 0xC001 if group else 1
        written.append(struct.pack(">HI", kind, len(content)) + content)
        written += [struct.pack(">HI", 0xC002, 0)] if group else []
    count = len(written) if blocks is None else blocks
    return b"ASEF" + struct.pack(">HHI", 1, 0, count) + b"".join(written)


@pytest.mark.parametrize(
    ("model", "values", "expected"),
    [
        ("RGB ", (1, 0.5, 0), [255, 128, 0]),
        ("RGB ", (1.0000001, 0.2, 0), [255, 51, 0]),
        ("Gray", (0.2,), [51, 51, 51]),
        ("GRAY", (1,), [255, 255, 255]),
        ("CMYK", (0, 0.5, 1, 0.2), [204, 102, 0]),
        ("CMYK", (0, 0, 0, 0), [255, 255, 255]),
        # Lab of the corners of sRGB with the white D50, as Photoshop tells it and B. Lindbloom.
        ("LAB ", (1, 0, 0), [255, 255, 255]),
        ("LAB ", (0, 0, 0), [0, 0, 0]),
        ("LAB ", (0.5429, 80.81, 69.89), [255, 0, 0]),
        ("LAB ", (0.8782, -79.29, 80.99), [0, 255, 0]),
        ("LAB ", (0.2957, 68.30, -112.03), [0, 0, 255]),
        ("LAB ", (1, -128, 127), [0, 255, 0]),  # no screen shows it: clipped
    ],
)
def test_adobe_has_four_ways_to_tell_a_color(load, model, values, expected):
    assert load(".ase", ase((model, values, "Ink"))) == ([expected], ["Ink"])


def test_colors_in_groups_and_outside_and_blocks_of_another_kind_are_read(load):
    red, sky = ("RGB ", (1, 0, 0), "Red"), ("RGB ", (0, 1, 1), "Sky 🌤")
    data = ase("Warm", red, "Cold", sky, red)
    assert load(".ase", data) == ([[255, 0, 0], [0, 255, 255]], ["Red", "Sky 🌤"])
    odd = struct.pack(">HI", 0x0BAD, 3) + b"odd"
    data = data[:8] + struct.pack(">I", 8) + odd + data[12:]
    assert load(".ase", data)[1] == ["Red", "Sky 🌤"]


@pytest.mark.parametrize(
    "data",
    [
        '["#ff8800", "336699"]',
        "[[255, 136, 0], [51, 102, 153]]",
        "[[255.0, 136, 0], [51, 102, 153]]",
        "[[1.0, 0.5333, 0], [0.2, 0.4, 0.6]]",
        '["#FF8800", [51, 102, 153]]',
        '{"colors": [{"hex": "#ff8800"}, {"rgb": [51, 102, 153]}], "more": 7}',
        "\ufeff" + '["#ff8800", "336699"]',
        '["#ff8800", "#336699"]'.encode("utf-16"),
    ],
)
def test_json_may_list_colors_in_any_of_three_ways(load, data):
    assert load(".json", data) == ([[255, 136, 0], [51, 102, 153]], ["", ""])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("[[0, 0, 0]]", [0, 0, 0]),  # black in either way
        ("[[1.0, 0, 1]]", [255, 0, 255]),
        ('[{"hex": "#010101", "rgb": [1, 1, 1]}]', [1, 1, 1]),  # as we write it
    ],
)
def test_whether_numbers_are_of_255_or_of_1_is_told_by_the_numbers(load, data, expected):
    assert load(".json", data)[0] == [expected]


def test_upper_case_of_the_suffix_is_read(load):
    assert load(".JSON", '["#000000"]') == ([[0, 0, 0]], [""])


def test_a_name_that_no_terminal_should_show_is_read_as_it_can_be_shown(load):
    data = json.dumps([{"hex": "#000000", "name": "\x1b[31m\nred\ud800" + "x" * 5000}])
    ((name,),) = load(".json", data)[1:]
    assert name.startswith(r"\x1b[31m red\ud800xxx") and len(name) == 1000


# --- What can't be read ---------------------------------------------------------------------

RGB = ("RGB ", (1, 0, 0), "Red")
NOISE = np.random.default_rng(16).bytes(5000)
ODD = [
    (".gpl", "", "is empty"),
    (".gpl", "\n", "its first line is not"),
    (".gpl", NOISE, "is no GIMP palette"),
    (".gpl", "JASC-PAL\n0100\n1\n0 0 0\n", "is no GIMP palette"),
    (".gpl", "0 0 0\n", "is no GIMP palette"),
    (".gpl", "GIMP Palette", "holds no color"),
    (".gpl", "GIMP Palette\nName: none\n#\n\n", "holds no color"),
    (".gpl", "GIMP Palette\n255 0\n", "says 255 0 in line 2"),
    (".gpl", "GIMP Palette\n\n#\n256 0 0\n", "says 256 0 0 in line 4"),
    (".gpl", "GIMP Palette\n-1 0 0\n", "three whole numbers from 0 to 255"),
    (".gpl", "GIMP Palette\n1.5 0 0\n", "three whole numbers"),
    (".gpl", "GIMP Palette\nnan nan nan\n", "three whole numbers"),
    (".gpl", "GIMP Palette\n١ ٢ ٣\n", "three whole numbers"),
    (".gpl", f"GIMP Palette\n{'9' * 5000} 0 0\n", "99..."),
    (".gpl", "GIMP Palette\n1 2 3\nName: late\n", "says Name: late in line 3"),
    (".gpl", "GIMP Palette\nChannels: RGBA\n0 0 0 0\n", "transparent"),
    (".gpl", "GIMP Palette\n" + "0 0 0\n" * 10**6, "larger than a palette"),
    (".ase", "", "is empty"),
    (".ase", "ASE", "does not begin with ASEF"),
    (".ase", NOISE, "does not begin with ASEF"),
    (".ase", b"\x80\x04\x00\x00\xe0\xa5\x01\x00", "does not begin with ASEF"),  # Aseprite's
    (".ase", b"ASEF" + NOISE, "damaged or cut short"),
    (".ase", ase(), "holds no color"),
    (".ase", ase("Empty"), "holds no color"),
    (".ase", ase(RGB, blocks=2**32 - 1), "damaged or cut short"),
    (".ase", ase(("RGB ", (np.nan, 0, 0), "x")), "has the color RGB [NaN, 0.0, 0.0]"),
    (".ase", ase(("RGB ", (np.inf, 0, 0), "x")), "has the color RGB"),
    (".ase", ase(("RGB ", (0, -0.1, 0), "x")), "has the color RGB"),
    (".ase", ase(("RGB ", (0, 255, 0), "x")), "has the color RGB [0.0, 255.0, 0.0]"),
    (".ase", ase(("LAB ", (50, 0, 0), "x")), "has the color LAB"),
    (".ase", ase(("LAB ", (0.5, 0, 200), "x")), "has the color LAB"),
    (".ase", ase(("HSB ", (0, 0, 0), "x")), "has the color HSB"),
    (".ase", ase(("\x1b[3m", (0, 0, 0), "x")), r"has the color \x1b[3M"),
    (".json", "", "is empty"),
    (".json", " ", "is no JSON"),
    (".json", NOISE, "is no JSON"),
    (".json", "[" * 10**5, "is no JSON"),
    (".json", '["#ff8800"', "is no JSON"),
    (".json", "[" + "9" * 5000 + "]", "is no JSON"),
    (".json", "[]", "holds no color"),
    (".json", '{"colors": []}', "holds no color"),
    (".json", "{}", "has no list of colors"),
    (".json", "7", "has no list of colors"),
    (".json", '{"colors": {"red": "#ff0000"}}', "has no list of colors"),
    (".json", '["red"]', 'says red for a color; write "#ff8800" or [255, 136, 0]'),
    (".json", '["#f80"]', "says #f80"),
    (".json", '["#ff8800ff"]', "says #ff8800ff"),
    (".json", '[""]', "says nothing"),
    (".json", "[null]", "says null"),
    (".json", "[[]]", "says []"),
    (".json", "[[1, 2]]", "says [1, 2]"),
    (".json", "[[1, 2, 3, 4]]", "says [1, 2, 3, 4]"),
    (".json", "[1, 2, 3]", "says 1"),
    (".json", "[[NaN, 0, 0]]", "says [NaN, 0, 0]"),
    (".json", "[[1e999, 0, 0]]", "says [Infinity, 0, 0]"),
    (".json", "[[-1, 0, 0]]", "says [-1, 0, 0]"),
    (".json", "[[256, 0, 0]]", "says [256, 0, 0]"),
    (".json", "[[true, false, true]]", "says [true, false, true]"),
    (".json", '[["255", "0", "0"]]', "says"),
    (".json", '[{"name": "red"}]', 'says {"name": "red"}'),
    (".json", '[{"hex": 7}]', 'says {"hex": 7}'),
    (".json", "[" * 300 + "]" * 300, "says [[[["),
    (".json", "[[0, 0, 1], [1, 1, 0]]", "no number but 0 and 1"),
    (".json", "[[0.5, 0, 200]]", "has 0.5 among numbers up to 200"),
    (".json", '[{"hex": "#ff0000", "rgb": [254, 0, 0]}]', "calls one color #ff0000 and ["),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "data", "told"), ODD)
def test_what_is_no_palette_is_told_in_one_sentence(load, suffix, data, told):
    with pytest.raises(ValueError) as error:
        load(suffix, data)
    said = str(error.value)
    assert told in said and f"mine{suffix} " in said and said.endswith(".")
    assert printable(said) == said and len(said.partition("mine.")[2]) < 200


@pytest.mark.parametrize("suffix", ENCODERS)
def test_cut_short_anywhere_a_file_is_told_or_gives_the_colors_before(load, suffix):
    whole = encode_palette(suffix, TERMINAL, "x", ["A name 🖊"] * 16)
    colors, _ = load(suffix, whole)
    for end in range(len(whole)):
        try:
            read, _ = load(suffix, whole[:end])
        except ValueError as error:
            assert str(error).endswith(".")
        else:  # only text without an end can be read; its last number may have lost a digit
            assert suffix == ".gpl" or end == len(whole.rstrip())
            assert read[:-1] == colors[: len(read) - 1]


@pytest.mark.parametrize("suffix", ENCODERS)
def test_a_damaged_file_is_read_or_told(load, suffix):
    whole = np.frombuffer(encode_palette(suffix, TERMINAL, "x"), dtype=np.uint8)
    rng = np.random.default_rng(16)
    for _ in range(500):
        data = whole.copy()
        data[rng.integers(len(data), size=rng.integers(1, 4))] = rng.integers(256)
        try:
            colors, called = load(suffix, data.tobytes())
        except ValueError as error:
            assert str(error).endswith(".") and printable(str(error)) == str(error)
        else:
            assert len(colors) == len(called) <= 17 and 0 <= np.min(colors) <= np.max(colors) <= 255


def test_a_file_that_is_not_there_or_no_file_is_told(tmp_path):
    (tmp_path / "folder.gpl").mkdir()
    with pytest.raises(FileNotFoundError, match="There is no file .*nowhere.gpl; check"):
        load_palette(tmp_path / "nowhere.gpl")
    with pytest.raises(ValueError, match="folder.gpl is a folder; name a palette file inside it"):
        load_palette(tmp_path / "folder.gpl")
    with pytest.raises(ValueError, match="mine.aco is no palette file; they end in .gpl, .ase"):
        load_palette(tmp_path / "mine.aco")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(ValueError, match="is a pipe or a device; name a palette file"):
        load_palette(tmp_path / "pipe.json")
