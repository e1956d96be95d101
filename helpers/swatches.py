"""A palette as a file that drawing programs open: GIMP, Adobe Swatch Exchange, JSON.

Each encoder turns a palette, shape (K, 3), and its name to the bytes of a file;
`helpers.images` writes them. Every color carries its hex name.
"""

import json
import struct

from helpers import doors
from helpers.color import to_hex
from helpers.doors import as_documented
from helpers.images import to_bytes

LONGEST = 1000  # letters of a name; an .ase file has room for some thousands
COLUMNS = 8  # swatches in a row, where a program asks for it
GROUP_START, GROUP_END, COLOR = 0xC001, 0xC002, 0x0001  # kinds of blocks of an .ase file
NORMAL = 2  # neither a global color nor a spot color


def encode_gpl(codebook, name):
    """The palette as a GIMP palette, which Inkscape, Krita and Aseprite read, too."""
    # Version 2 of https://developer.gimp.org/core/standards/gpl/, text in UTF-8.
    lines = ["GIMP Palette", f"Name: {_one_line(name)}", f"Columns: {COLUMNS}", "#"]
    for color in _colors(codebook):
        red, green, blue = to_bytes(color)
        lines.append(f"{red:3} {green:3} {blue:3}\t{to_hex(color)}")
    return ("\n".join(lines) + "\n").encode()


def encode_ase(codebook, name):
    """The palette as an Adobe Swatch Exchange file: a group of RGB colors."""
    # Adobe has not published the format; this follows C. Camera, "ASE File Specification",
    # http://iamacamera.org/default.aspx?id=109, and O. Berten's
    # http://www.selapa.net/swatches/colors/fileformats.php#adobe_ase. Numbers are big-endian.
    blocks = [_ase_block(GROUP_START, _ase_text(_one_line(name)))]
    for color in _colors(codebook):
        values = struct.pack(">4s3fH", b"RGB ", *color, NORMAL)
        blocks.append(_ase_block(COLOR, _ase_text(to_hex(color)) + values))
    blocks.append(_ase_block(GROUP_END, b""))
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def encode_json(codebook, name):
    """The palette as JSON: its name, and its colors by hex name and by numbers 0 to 255."""
    colors = [
        {"hex": to_hex(color), "rgb": to_bytes(color).tolist()} for color in _colors(codebook)
    ]
    lines = ",\n".join(f"    {json.dumps(color)}" for color in colors)
    title = json.dumps(_one_line(name), ensure_ascii=False)
    return f'{{\n  "name": {title},\n  "colors": [\n{lines}\n  ]\n}}\n'.encode()


ENCODERS = {".gpl": encode_gpl, ".ase": encode_ase, ".json": encode_json}


@as_documented
def encode_palette(suffix, codebook, name):
    """The palette as a file of the format that a suffix stands for.

    Parameters
    ----------
    suffix : str
        .gpl, .ase or .json; upper case will do.
    codebook : array-like, shape (K, 3), values in [0, 1]
        Each channel is written as a whole number of 255ths.
    name : str
        What the palette is called; line breaks become spaces.

    Returns
    -------
    bytes
        Each channel is a whole number of 255ths, as in the hex name.

    Raises
    ------
    ValueError
        The suffix is none of the three.
    """
    if suffix.lower() not in ENCODERS:
        raise ValueError(
            f"A palette file ends in {', '.join(ENCODERS)}, not in {suffix or 'nothing'}."
        )
    return ENCODERS[suffix.lower()](codebook, name)


def _colors(codebook):
    """The palette with whole numbers of 255ths."""
    return to_bytes(codebook) / 255


def _one_line(text):
    text = doors.printable(" ".join(str(text).split()))
    if len(text) > LONGEST:
        raise ValueError(f"name has {len(text):,} letters; give at most {LONGEST:,}.")
    return text


def _ase_text(text):
    """A length in units of 16 bits, the text in UTF-16, and a zero that counts."""
    encoded = (text + "\0").encode("utf-16-be")
    return struct.pack(">H", len(encoded) // 2) + encoded


def _ase_block(kind, content):
    return struct.pack(">HI", kind, len(content)) + content
