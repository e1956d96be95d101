"""A palette as a file of other programs: GIMP, Adobe Swatch Exchange, JSON; and back.

Each encoder turns a palette, shape (K, 3), its name, and a label for each color to the bytes
of a file, which `helpers.images` writes. Each decoder turns such bytes back to colors and
their labels. A color without a name is called by its hex name.
"""

import json
import re
import struct
from pathlib import Path
from typing import NamedTuple

import numpy as np

from helpers import doors, reading
from helpers.color import SRGB_TO_XYZ, from_hex, to_hex
from helpers.doors import as_documented
from helpers.images import to_bytes

LONGEST = 1000  # letters of a name; an .ase file has room for some thousands
MOST_BYTES = 1_000_000  # of a palette file; 256 colors need some ten thousand
COLUMNS = 8  # swatches in a row, where a program asks for it
GROUP_START, GROUP_END, COLOR = 0xC001, 0xC002, 0x0001  # kinds of blocks of an .ase file
NORMAL = 2  # neither a global color nor a spot color
MODELS = {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4, b"LAB ": 3}  # numbers of a color in an .ase file

# Adobe's Lab has the white of print, D50. From there to D65, by the method of Bradford:
# B. Lindbloom, http://www.brucelindbloom.com/Eqn_ChromAdapt.html.
D50 = (0.96422, 1.0, 0.82521)
D50_TO_D65 = (
    (0.9555766, -0.0230393, 0.0631636),
    (-0.0282895, 1.0099416, 0.0210077),
    (0.0122982, -0.0204830, 1.3299098),
)


class Palette(NamedTuple):
    """Colors, each once, and what they are called."""

    colors: np.ndarray  # (K, 3) float64 in [0, 1], whole 255ths
    names: list  # of K str, "" for a color without a name


# --- Writing ----------------------------------------------------------------------------------


def encode_gpl(codebook, name, labels):
    """The palette as a GIMP palette, which Inkscape, Krita and Aseprite read, too."""
    # Version 2 of https://developer.gimp.org/core/standards/gpl/, text in UTF-8.
    lines = ["GIMP Palette", f"Name: {name}", f"Columns: {COLUMNS}", "#"]
    for color, label in zip(codebook, labels, strict=True):
        red, green, blue = to_bytes(color)
        lines.append(f"{red:3} {green:3} {blue:3}\t{label}")
    return ("\n".join(lines) + "\n").encode()


def encode_ase(codebook, name, labels):
    """The palette as an Adobe Swatch Exchange file: a group of RGB colors."""
    # Adobe has not published the format; this follows C. Camera, "ASE File Specification",
    # http://iamacamera.org/default.aspx?id=109, and O. Berten's
    # http://www.selapa.net/swatches/colors/fileformats.php#adobe_ase. Numbers are big-endian.
    blocks = [_ase_block(GROUP_START, _ase_text(name))]
    for color, label in zip(codebook, labels, strict=True):
        values = struct.pack(">4s3fH", b"RGB ", *color, NORMAL)
        blocks.append(_ase_block(COLOR, _ase_text(label) + values))
    blocks.append(_ase_block(GROUP_END, b""))
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def encode_json(codebook, name, labels):
    """The palette as JSON: its name, and its colors by hex name and by numbers 0 to 255."""
    lines = []
    for color, label in zip(codebook, labels, strict=True):
        told = {"hex": to_hex(color), "rgb": to_bytes(color).tolist()}
        told |= {"name": label} if label != told["hex"] else {}
        lines.append(f"    {json.dumps(told, ensure_ascii=False)}")
    title, lines = json.dumps(name, ensure_ascii=False), ",\n".join(lines)
    return f'{{\n  "name": {title},\n  "colors": [\n{lines}\n  ]\n}}\n'.encode()


ENCODERS = {".gpl": encode_gpl, ".ase": encode_ase, ".json": encode_json}


@as_documented
def encode_palette(suffix, codebook, name, names=None):
    """The palette as a file of the format that a suffix stands for.

    Parameters
    ----------
    suffix : str
        .gpl, .ase or .json; upper case will do.
    codebook : array-like, shape (K, 3), values in [0, 1]
    name : str
        What the palette is called; line breaks become spaces.
    names : list of K str, optional
        What its colors are called: by their hex names, those for which this says nothing.

    Returns
    -------
    bytes
        Each channel is a whole number of 255ths, as in the hex name.

    Raises
    ------
    ValueError
        The suffix is none of the three, or a name is longer than ``LONGEST``.
    """
    if suffix.lower() not in ENCODERS:
        raise ValueError(
            f"A palette file ends in {', '.join(ENCODERS)}, not in {suffix or 'nothing'}."
        )
    colors = to_bytes(codebook) / 255
    names = names or [""] * len(colors)
    labels = [_one_line(one) or to_hex(color) for color, one in zip(colors, names, strict=True)]
    return ENCODERS[suffix.lower()](colors, _one_line(name), labels)


def _clean(text):
    return doors.printable(" ".join(str(text).split()))


def _one_line(text):
    text = _clean(text)
    if len(text) > LONGEST:
        raise ValueError(f"name has {len(text):,} letters; give at most {LONGEST:,}.")
    return text


def _ase_text(text):
    """A length in units of 16 bits, the text in UTF-16, and a zero that counts."""
    encoded = (text + "\0").encode("utf-16-be")
    return struct.pack(">H", len(encoded) // 2) + encoded


def _ase_block(kind, content):
    return struct.pack(">HI", kind, len(content)) + content


# --- Reading ----------------------------------------------------------------------------------

# What is wrong with a file is raised as the end of a sentence that begins with its name.
AGAIN = "download or copy the file again"


def decode_gpl(data):
    """The colors of a GIMP palette, and their names."""
    magic, *lines = re.split("\r\n?|\n", _text(data))
    if magic.strip() != "GIMP Palette":
        raise ValueError('is no GIMP palette: its first line is not "GIMP Palette"; ' + AGAIN)
    found = []
    for number, line in enumerate(map(str.strip, lines), start=2):
        head = None if found else re.match(r"(\w+):(.*)", line)
        if head and head[1] == "Channels" and head[2].strip() != "RGB":  # as Aseprite says it
            raise ValueError("has transparent colors; make them opaque and save it again")
        if head or not line or line.startswith("#"):
            continue
        color = re.fullmatch(r"([0-9]+)\s+([0-9]+)\s+([0-9]+)(?:\s+(.*))?", line, re.DOTALL)
        if not color or any(len(n.lstrip("0")) > 3 or int(n) > 255 for n in color.groups()[:3]):
            raise ValueError(
                f"says {_short(line)} in line {number}; "
                "begin it with three whole numbers from 0 to 255, as in 255 136 0 Orange"
            )
        found.append(([int(level) / 255 for level in color.groups()[:3]], color[4] or ""))
    return found


def decode_ase(data):
    """The colors of an Adobe Swatch Exchange file, of all its groups, and their names."""
    if not data.startswith(b"ASEF"):
        raise ValueError("is no Adobe Swatch Exchange file: it does not begin with ASEF; " + AGAIN)
    found = []
    try:
        (blocks,), place = struct.unpack_from(">I", data, 8), 12
        for _ in range(blocks):
            kind, length = struct.unpack_from(">HI", data, place)
            block = struct.unpack_from(f"{length}s", data, place + 6)[0]
            place += 6 + length
            if kind == COLOR:
                end = 2 + 2 * struct.unpack_from(">H", block)[0]
                name = block[2:end].decode("utf-16-be", "replace").partition("\0")[0]
                (model,) = struct.unpack_from("4s", block, end)
                count = MODELS.get(model.upper(), 0)
                values = struct.unpack_from(f">{count}f", block, end + 4)
                found.append((_from_model(model.upper(), values), name))
    except struct.error:
        raise ValueError("is damaged or cut short; " + AGAIN) from None
    return found


def _from_model(model, values):
    """A color of an .ase file in sRGB: 0 to 1, only a and b of Lab -128 to 128."""
    x = np.round(values, 4)  # they have 7 digits, and 1.0000001 is 1
    beyond = (x < 0) | (x > 1)
    if model == b"LAB ":
        beyond[1:] = np.abs(x[1:]) > 128
    if model not in MODELS or beyond.any() or not np.isfinite(x).all():
        model = doors.printable(model.decode("latin-1").strip())
        raise ValueError(f"has the color {model} {_short(list(values))}, which is none; {AGAIN}")
    if model == b"CMYK":  # the plain formula, as for pictures without a profile
        return (1 - x[:3]) * (1 - x[3])
    if model == b"LAB ":
        return _from_lab_of_print(100 * x[0], *x[1:])
    return np.broadcast_to(x, 3)


def _from_lab_of_print(L, a, b):
    """Lab with the white D50 in sRGB, clipped: as `lab_to_srgb` otherwise."""
    f = np.array([(L + 16) / 116 + a / 500, (L + 16) / 116, (L + 16) / 116 - b / 200])
    ratio = np.where(f**3 > 216 / 24389, f**3, (116 * f - 16) * 27 / 24389)
    linear = np.linalg.solve(SRGB_TO_XYZ, np.array(D50_TO_D65) @ (ratio * D50)).clip(0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


def decode_json(data):
    """The colors of a JSON file, and their names.

    A list, or an object with a list called ``colors``, of "#rrggbb", of [red, green, blue], or
    of objects that hold these as ``hex`` and ``rgb``, and a ``name``. Numbers are whole, 0 to
    255; or fractions, 0 to 1, at least one of them written as such (0.5, 1.0).
    """
    try:
        told = json.loads(data)
    except (ValueError, RecursionError) as error:
        told = isinstance(error, json.JSONDecodeError)
        reason = f" ({error.msg}, line {error.lineno})" if told else ""
        raise ValueError(f"is no JSON{reason}; mend it, or {AGAIN}") from None
    told = told.get("colors") if isinstance(told, dict) else told
    if not isinstance(told, list):
        raise ValueError('has no list of colors; write ["#ff8800", "#336699"], for instance')
    items = [_item(one) for one in told]
    white = _white([one["rgb"] for one in items if "hex" not in one])
    return [
        (
            from_hex(one["hex"]) if "hex" in one else np.array(one["rgb"]) / white,
            one.get("name") if isinstance(one.get("name"), str) else "",
        )
        for one in items
    ]


def _item(one):
    """A color of a JSON file as an object with a good ``hex`` or three numbers as ``rgb``."""
    item = one if isinstance(one, dict) else {"hex" if isinstance(one, str) else "rgb": one}
    name, levels = item.get("hex"), item.get("rgb")
    good = isinstance(levels, list) and len(levels) == 3
    good = good and all(type(level) in (int, float) and 0 <= level <= 255 for level in levels)
    if "hex" in item:
        good = isinstance(name, str) and re.fullmatch("#?[0-9a-fA-F]{6}", name)
        if good and levels not in (None, to_bytes(from_hex(name)).tolist()):
            raise ValueError(
                f"calls one color {name} and {_short(levels)}; leave out what is wrong"
            )
    if not good:
        raise ValueError(f'says {_short(one)} for a color; write "#ff8800" or [255, 136, 0]')
    return item


def _white(rows):
    """What the numbers of a JSON file call white, 255 or 1, if they say it."""
    numbers = [number for row in rows for number in row]
    if max(numbers, default=0) > 1:
        if parts := [number for number in numbers if number % 1]:
            raise ValueError(
                f"has {parts[0]} among numbers up to {max(numbers)}; "
                "write whole ones, 0 to 255, or fractions, 0 to 1"
            )
        return 255
    fractions = any(isinstance(number, float) for number in numbers)
    if any(numbers) and not fractions:
        raise ValueError("has no number but 0 and 1, of 255 or of 1; for white write 255, or 1.0")
    return 1 if fractions else 255


DECODERS = {".gpl": decode_gpl, ".ase": decode_ase, ".json": decode_json}


def load_palette(path):
    """Load the palette of a file that GIMP, one of Adobe's programs or yours has written.

    Parameters
    ----------
    path : path
        It ends in .gpl, .ase or .json; upper case will do.

    Returns
    -------
    Palette
        In the order of the file. A color that is there twice is kept once, under its first
        name. CMYK is converted by the plain formula, as for pictures; Adobe's Lab by way of
        Bradford, and clipped. What a JSON file may hold, `decode_json` says.

    Raises
    ------
    FileNotFoundError, OSError, ValueError
        No file is there; it can't be read; it is no such palette, damaged, or holds no color.
    """
    file = doors.printable(str(path))
    suffix = Path(path).suffix.lower()
    if suffix not in DECODERS:
        raise ValueError(f"{file} is no palette file; they end in {', '.join(DECODERS)}.")
    data = reading.read_path(path, file, "palette", MOST_BYTES)
    try:
        if len(data) > MOST_BYTES:
            raise ValueError("is larger than a palette is; name another file")
        found = DECODERS[suffix](data) if data else []
        if not found:
            raise ValueError(f"{'holds no color' if data else 'is empty'}; name another file")
    except ValueError as error:
        raise ValueError(f"{file} {error}.") from None
    first = {}
    levels = to_bytes(np.array([color for color, _ in found]))
    for color, (_, name) in zip(map(tuple, levels.tolist()), found, strict=True):
        first.setdefault(color, _clean(name)[:LONGEST])
    colors = np.array(list(first)) / 255
    names = [
        "" if name == to_hex(color) else name
        for color, name in zip(colors, first.values(), strict=True)
    ]
    return Palette(colors, names)


def _text(data):
    """The text of a file: UTF-8 or what Windows writes, with a mark at its beginning or not."""
    try:
        return data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:  # the names of an old palette; its numbers are the same
        return data.decode("latin-1")


def _short(value):
    """What stands in a file, short enough for a sentence."""
    text = value if isinstance(value, str) else json.dumps(value)
    return doors.printable(text if len(text) <= 40 else text[:37] + "...") or "nothing"
