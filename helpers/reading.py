"""The one reader of pictures: files of a closed list of formats, as bytes in sRGB.

What is no picture, or would cost too much, is refused in a sentence before it costs.
"""

import contextlib
import io
import logging
import os
import re
import stat
import threading
import warnings
from pathlib import Path

import numpy as np
from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from helpers import doors

# What people have. Pillow knows more, and hands some (EPS) to programs that run what is in them.
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF", "PPM", "ICO")
OPENED = "JPEG, PNG, GIF, WebP, TIFF, BMP, AVIF, HEIC, PPM and ICO"
HEIC_BRANDS = b"heic heix heim heis hevc hevx hevm hevs mif1 msf1".split()

MAX_BYTES = 200_000_000  # of a file
MAX_PIXELS = 110_000_000  # a phone's 108 megapixels; 2.6 GB as float64
# A file of a few bytes that claims to be a wall: no photo is packed like this, a blank page is.
PIXELS_OF_A_TINY_FILE, PIXELS_PER_BYTE = 20_000_000, 50_000
# Pillow goes through the parts of a file in Python: remarks without end would take minutes.
MAX_PARTS = 400_000

GRAY = ("1", "L", "LA", "La", "I", "F", "I;16", "I;16L", "I;16B", "I;16N")  # modes of Pillow
SPACES = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}  # of a profile -> its mode
# Instead of a profile some files hold two numbers (ITU-T H.273): their primaries, and their curve.
# Those that are not here are sRGB's, or nearly so.
NUMBERED = {"AVIF": rb"colrnclx.(.).(.)", "HEIF": rb"colrnclx.(.).(.)", "PNG": rb"cICP(.)(.)"}
PRIMARIES = {9: "BT.2020", 11: "DCI-P3", 12: "Display P3"}
CURVES = {8: "linear light", 16: "HDR by PQ", 18: "HDR by HLG"}
TURNS = {  # by EXIF orientation (CIPA DC-008, tag 274)
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_BYTES = (bytes, bytearray, memoryview)

_TERMINAL = threading.Lock()  # two who silence it at once would do so for ever
logging.getLogger("PIL").addHandler(logging.NullHandler())  # or it would write to the terminal


def load_image(source, longest_side=None, name=None):
    """Load a picture as an array.

    Parameters
    ----------
    source : path, bytes or binary file
        JPEG, PNG, GIF (its first frame), WebP, TIFF, BMP, AVIF, HEIC, PPM or ICO.
    longest_side : int, 1 or more, optional
        Shrink the picture so that neither side is longer than this many pixels;
        a smaller picture stays as it is.
    name : str, optional
        What errors call the picture, if it has no path.

    Returns
    -------
    image : ndarray, shape (H, W, 3), float64 in [0, 1]
        The bytes of `load_bytes`, divided by 255.

    Raises
    ------
    FileNotFoundError
        No file has that name.
    OSError
        The file may not be read.
    TypeError
        ``source`` is none of the three.
    MemoryError
        There is not enough.
    ValueError
        The file is no picture, is cut short, or is too large: more than ``MAX_BYTES``
        bytes or ``MAX_PIXELS`` pixels; or ``longest_side`` is not a positive whole number.

    Warns
    -----
    UserWarning
        The picture has a color profile that can't be used, and is loaded without it.
    """
    return _load(source, longest_side, name) / 255


def load_bytes(source, longest_side=None, name=None):
    """Load a picture as bytes: an eighth of the memory that `load_image` needs.

    Parameters
    ----------
    source, longest_side, name
        As in `load_image`.

    Returns
    -------
    levels : ndarray, shape (H, W, 3), uint8
        Turned upright by its EXIF orientation, and brought from the color profile that it
        comes with to sRGB. Gray pictures get three equal channels, palettes are looked
        up, CMYK without a profile is converted by Pillow's plain formula, and transparent
        pixels are laid over white. Values of 16 or 32 bits are scaled from 0..65535, gray
        in decimals from 0..1; what lies outside is clipped.

    Raises
    ------
    FileNotFoundError, MemoryError, OSError, TypeError, ValueError
        As in `load_image`.

    Warns
    -----
    UserWarning
        As in `load_image`.
    """
    return _load(source, longest_side, name)


def with_notes(load):
    """Call a function that loads a picture, and keep its warnings as words.

    Parameters
    ----------
    load : callable
        Without arguments.

    Returns
    -------
    result : whatever it returns
    notes : str
        Sentences; mostly none.
    """
    with warnings.catch_warnings(record=True) as notes:
        warnings.simplefilter("always")
        result = load()
    return result, " ".join(str(note.message) for note in notes)


def _load(source, longest_side, name):
    """A picture as bytes, and a warning if its color profile can't be used."""
    if longest_side is not None:
        doors.whole("longest_side", longest_side, 1)
        longest_side = int(longest_side)
    name = doors.printable(str(name or _name_of(source)))
    try:
        levels, unused = _read_and_decode(source, longest_side, name)
    except MemoryError:
        raise MemoryError(
            f"{name} needs more memory than there is; make it smaller with a photo program first."
        ) from None
    if unused:
        warnings.warn(
            f"{name} has a color profile that can't be used here ({unused}), so its colors may "
            "be a little off.",
            stacklevel=3,
        )
    return levels


def _read_and_decode(source, longest_side, name):
    """A picture as bytes, and why its profile was not used, if so."""
    data = _read(source, name)
    if data[:2] in (b"P1", b"P2", b"P3"):  # a PPM in letters: many remarks take Pillow hours
        data = re.sub(rb"#[^\r\n]*", b"", data)
    if data[12:16] == b"VP8X" and len(data) > 20 and data[20] & 2:
        # A WebP that moves: what its first frame does not cover is clear.
        data = data[:20] + bytes([data[20] | 16]) + data[21:]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow has to say is said in one sentence of ours
        try:
            return _decode(data, longest_side, name)
        except ValueError:
            bare = _bare(data)
            if bare == data:
                raise
            levels, unused = _decode(bare, longest_side, name)
            return levels, unused or (b"iCCP" in data and "the file is damaged")


def _name_of(source):
    """What to call a picture: its path, if it has one."""
    path = source if isinstance(source, (str, os.PathLike)) else getattr(source, "name", None)
    return os.fsdecode(path) if isinstance(path, (str, os.PathLike)) else "The file"


def _read(source, name):
    """The bytes of a file, if they are not too many."""
    if isinstance(source, (str, os.PathLike)):
        data = read_path(source, name)
    elif isinstance(source, _BYTES):
        data = source
    elif hasattr(source, "read"):
        with contextlib.suppress(AttributeError, OSError):  # not every stream can be rewound
            source.seek(0)
        data = source.read(MAX_BYTES + 1)
    else:
        kind = type(source).__name__
        raise TypeError(f"A picture is a path, bytes, or an open file; this is of type {kind}.")
    if not isinstance(data, _BYTES):
        raise TypeError(f'{name} has been opened as text; open it with mode "rb".')
    if memoryview(data).nbytes > MAX_BYTES:
        raise ValueError(
            f"{name} has more than {MAX_BYTES // 10**6} million bytes, the most that is read here; "
            "make it smaller with a photo program first."
        )
    return bytes(data)


def read_path(path, name, what="picture", most=MAX_BYTES):
    """The bytes of the file at a path; of a huge one, one more than is allowed.

    Parameters
    ----------
    path : path
    name, what : str
        What errors call the file, and what it should be.
    most : int
        How many bytes are allowed.

    Returns
    -------
    bytes

    Raises
    ------
    FileNotFoundError, OSError, ValueError
        No file is there; it can't be read; it is a folder, a pipe or a device.
    """
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISREG(mode):  # reading a pipe or a device might never end
            with open(path, "rb") as file:
                return file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError, ValueError):  # the last: no file has such a name
        raise FileNotFoundError(
            f"There is no file {name}; check the spelling and the folder ({_where()})."
        ) from None
    except OSError as error:
        raise type(error)(
            f"{name} can't be read ({error.strerror}); copy it to another place and try again."
        ) from None
    if stat.S_ISDIR(mode):
        raise ValueError(f"{name} is a folder; name a {what} file inside it.")
    raise ValueError(f"{name} is a pipe or a device; name a {what} file.")


def _where():
    """The folder that one is in, in words: it may have been deleted, or closed to one."""
    try:
        return f"you are in {Path.cwd()}"
    except OSError:
        return "the one that you are in is gone"


def _decode(data, longest_side, name):
    """A file's bytes as an array (H, W, 3) of uint8, and why its profile was not used, if so."""
    with _opened(data, name) as picture:
        _check_size(picture, len(data), name)
        if _is_preview(picture):
            raise ValueError(
                f"{name} is a camera's raw file, of which only a small preview could be opened "
                "here; save it as JPEG or PNG and try again."
            )
        with _damage_told(name):
            if longest_side is not None:
                picture.draft("RGB", (longest_side, longest_side))  # JPEG: decode fewer pixels
            with _silence() if picture.format == "TIFF" else contextlib.nullcontext():
                picture.load()
        _check_size(picture, len(data), name)  # an ICO's head need not tell the truth
        with _damage_told(name):
            turn, gray, info = _turn(picture), picture.mode in GRAY, picture.info
            numbered = NUMBERED.get(picture.format)
            picture = _flat(picture, data)
            if longest_side is not None:
                picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
            picture, unused = _to_srgb(picture, info, gray)
            if numbered and "icc_profile" not in info:
                unused = _space_by_numbers(numbered, data)
            if turn is not None:
                picture = picture.transpose(turn)
            return np.array(picture), unused


@contextlib.contextmanager
def _damage_told(name):
    """Turn what Pillow raises for a damaged file, which is nearly anything, into a sentence."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        reason = doors.printable(str(error)) or type(error).__name__
        raise ValueError(
            f"{name} is damaged or cut short ({reason}); download or copy the file again."
        ) from None


@contextlib.contextmanager
def _silence():
    """Nothing for the terminal: libtiff writes there what it thinks of a file, past Python."""
    with _TERMINAL, open(os.devnull, "wb") as nowhere:
        terminal = os.dup(2)
        os.dup2(nowhere.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(terminal, 2)
            os.close(terminal)


class _InParts(io.BytesIO):
    """A file that lets itself be read in many parts, but not in any number."""

    parts = 0

    def read(self, size=-1):
        self.parts += 1
        if self.parts > MAX_PARTS:
            raise ValueError("it is cut into far too many parts")
        return super().read(size)


def _opened(data, name):
    """A file's bytes as a Pillow picture that is not decoded yet."""
    with _damage_told(name):
        try:
            return Image.open(_InParts(data), formats=FORMATS)
        except Image.DecompressionBombError:
            error = _too_large(name, "far too many")
        except UnidentifiedImageError:
            error = ValueError(
                f"{name} is not a picture that can be opened here ({OPENED}); "
                "save it as JPEG or PNG and try again."
            )
        if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
            try:
                from pillow_heif import HeifImageFile

                return HeifImageFile(io.BytesIO(data))
            except ImportError:
                error = ValueError(
                    f"{name} is a HEIC picture, which nothing here can open: save it as JPEG and "
                    "try again, or, outside a browser, install pillow-heif."
                )
    raise error


def _bare(data):
    """A PNG or AVIF without its remarks: Pillow refuses a good picture for a bad one beside it."""
    if data[4:8] == b"ftyp":
        return data.replace(b"Exif", b"free")  # a kind that no reader knows; nothing moves
    if not data.startswith(b"\x89PNG"):
        return data
    kept, at = [data[:8]], 8
    for _ in range(MAX_PARTS):
        if at >= len(data):
            break
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        if kind[:1].isupper() or kind in (b"tRNS", b"eXIf"):  # upper: what no reader may skip
            kept.append(data[at:end])
        at = end
    return b"".join(kept)


def _check_size(picture, size, name):
    """Refuse a picture of more pixels than are loaded here, before they cost anything."""
    pixels, words = picture.width * picture.height, f"{picture.width} x {picture.height}"
    if pixels > MAX_PIXELS:
        raise _too_large(name, words)
    if pixels > PIXELS_OF_A_TINY_FILE + PIXELS_PER_BYTE * size:
        raise ValueError(
            f"{name} claims to have {words} pixels, which {size} bytes can't hold; "
            "download or copy the file again."
        )


def _is_preview(picture):
    """Whether it calls itself a smaller copy of what stands elsewhere in the file (DNG, NEF)."""
    tags = getattr(picture, "tag_v2", {})
    return 330 in tags and tags.get(254) == 1  # SubIFDs, NewSubfileType (TIFF 6.0; DNG 1.4)


def _too_large(name, pixels):
    """The error to raise where a picture has too many pixels."""
    return ValueError(
        f"{name} has {pixels} pixels, and {MAX_PIXELS // 10**6} million is the most that is "
        "loaded here; make it smaller with a photo program first."
    )


def _turn(picture):
    """How to turn a picture upright: one of Pillow's transpositions, or None."""
    try:
        return TURNS.get(picture.getexif().get(ExifTags.Base.Orientation))
    except Exception:  # rubbish in the EXIF data; the picture may be as good as any
        return None


def _flat(picture, data):
    """The picture in 8 bits, nothing transparent: in RGB, or in CMYK or Lab as it came."""
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        picture = _gray_of_8_bits(picture)
    if picture.mode in ("CMYK", "LAB"):
        return picture
    clear = picture.info.get("transparency")
    if clear is not None and picture.format == "PNG" and picture.mode in ("L", "RGB"):
        # Pillow leaves the transparent color as the file has it, in 1 to 16 bits.
        bits = data[24]
        scaled = (
            np.mod(clear, 2**bits) * 255 // (2**bits - 1) if bits < 16 else np.array(clear) >> 8
        )
        picture.info["transparency"] = tuple(scaled) if picture.mode == "RGB" else int(scaled)
    if clear is not None or picture.mode in ("LA", "PA", "RGBA", "La", "RGBa"):
        picture = picture.convert("LA" if picture.mode == "La" else "RGBA").convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    elif picture.format == "GIF" and picture.dispose_extent != (0, 0, *picture.size):
        # Of a canvas larger than its first frame, the rest is transparent, as in a browser.
        drawn = picture.dispose_extent
        white = Image.new("RGB", picture.size, "white")
        white.paste(picture.convert("RGB").crop(drawn), drawn)
        return white
    return picture.convert("RGB")


def _gray_of_8_bits(picture):
    """Gray with more than 8 bits; Pillow would cut it to 8 by clipping, not by scaling."""
    tags = getattr(picture, "tag_v2", {})
    largest = 1 if picture.mode == "F" else 4095 if tags.get(258) == (12,) else 65535
    gray = np.asarray(picture)
    clear = gray == picture.info.get("transparency")
    gray = np.clip(gray.astype(np.float32) / np.float32(largest), 0, 1)
    if np.isnan(gray).any():
        raise ValueError("some of its values are not numbers")
    if tags.get(262) == 0:  # TIFF: 0 is white, which Pillow minds in 8 bits only
        gray = 1 - gray
    gray[clear] = 1
    return Image.fromarray(np.rint(gray * 255).astype(np.uint8))


def _to_srgb(picture, info, gray):
    """A picture in RGB, CMYK or Lab brought to sRGB; and why not by its profile, if so."""
    if "icc_profile" not in info:
        return picture.convert("RGB"), None
    try:
        # None is a profile that Pillow has found broken: empty, it is so here, too.
        profile = ImageCms.ImageCmsProfile(io.BytesIO(info["icc_profile"]))
        space = profile.profile.xcolor_space.strip()
        if space == "GRAY" and gray:
            picture = picture.getchannel(0)
        if picture.mode != SPACES.get(space):
            raise ValueError(f"it is one for {doors.printable(space)}")
        change = ImageCms.buildTransform(
            profile, ImageCms.createProfile("sRGB"), picture.mode, "RGB", ImageCms.Intent.PERCEPTUAL
        )
        probe = _every_color(picture.mode)
        difference = np.subtract(
            ImageCms.applyTransform(probe, change), probe.convert("RGB"), dtype=int
        )
        if np.abs(difference).max() <= 1:  # it is sRGB itself, as it mostly is
            return picture.convert("RGB"), None
        return ImageCms.applyTransform(picture, change), None
    except MemoryError:
        raise
    except Exception as error:
        return picture.convert("RGB"), doors.printable(str(error)) or type(error).__name__


def _space_by_numbers(pattern, data):
    """Why the two numbers that name a file's color space can't be used; None if it is sRGB."""
    found = re.search(pattern, data[:100_000], re.DOTALL)  # before any pixels
    if not found:
        return None
    primaries, curve = PRIMARIES.get(found[1][0]), CURVES.get(found[2][0])
    names = " in ".join(filter(None, (primaries, curve)))
    return names and f"it is given by number: {names}"


def _every_color(mode):
    """A small picture of colors from all over the range of a mode."""
    levels = np.arange(0, 256, 17, dtype=np.uint8)
    grid = Image.fromarray(
        np.stack(np.meshgrid(levels, levels, levels), axis=-1).reshape(-1, 16, 3)
    )
    return grid if mode == "RGB" else grid.getchannel(0).convert(mode)
