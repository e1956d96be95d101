"""Files <-> arrays, by the one reader and the one writer; nothing else touches a file.

An ``image`` is an array of shape (H, W, 3), float64, with values in [0, 1]: red,
green and blue in sRGB, each a byte of 0..255 divided by 255.
"""

import io
import math
import struct
import threading
import zlib
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile

from helpers import doors
from helpers.doors import as_documented
from helpers.reading import load_bytes as load_bytes
from helpers.reading import load_image as load_image
from helpers.reading import with_notes as with_notes
from helpers.saving import save_files as save_files
from helpers.saving import save_set as save_set

THIN = 16  # a picture thinner than 1 to 16 is shown as thick as that
THIN_SIDE = 1200  # pixels of its longer side: as many as are seen
LONGEST_JPEG = 65_500  # pixels of a side: what the library of all JPEGs writes
SIGNATURE = b"\x89PNG\r\n\x1a\n"
TRIED, STRIPS = 2**18, 3  # pixels, in strips from all over a picture, that show what is small
_ONE_AT_A_TIME = threading.Lock()  # threads share Pillow's settings

# Installed, the photographs are in the package; in the folder of the course, beside it.
_PACKAGE = Path(__file__).resolve().parent
DATA = next(path for path in (_PACKAGE / "data", _PACKAGE.parent / "data") if path.is_dir())


def load_photo(name):
    """Load one of the course's three photographs.

    Parameters
    ----------
    name : {"tulips", "harbour_dusk", "pencils"}

    Returns
    -------
    image : ndarray, shape (512, 768, 3), float64 in [0, 1]

    Raises
    ------
    ValueError
        The course has no photograph of that name.
    """
    names = sorted(path.stem for path in DATA.glob("*.jpg"))
    doors.one_of("The course has no photograph", name, names)
    return load_image(DATA / f"{name}.jpg")


@as_documented
def to_pixels(image):
    """Flatten a picture to a list of pixels, row by row.

    Parameters
    ----------
    image : ndarray, shape (..., 3), numbers of any type

    Returns
    -------
    X : ndarray, shape (N, 3)
        A view where NumPy can give one: the same numbers in another shape.
    """
    return image.reshape(-1, 3)


@as_documented
def to_image(X, height, width):
    """Fold a list of pixels back to a picture: the opposite of `to_pixels`.

    Parameters
    ----------
    X : ndarray, shape (height * width, 3), numbers of any type
    height, width : int, 1 or more

    Returns
    -------
    image : ndarray, shape (height, width, 3)
    """
    return X.reshape(height, width, 3)


def some_of(X, count):
    """All rows of X if they are at most so many, otherwise a sample, the same each time."""
    if len(X) <= count:
        return X
    return X[np.random.default_rng(0).choice(len(X), count, replace=False)]


@as_documented
def shrink(image, longest_side):
    """Make a picture smaller, keeping its proportions.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3) or (H, W), values in [0, 1]
    longest_side : float, 1 or more
        Neither side will be longer; a smaller picture stays as it is.

    Returns
    -------
    ndarray, shape (h, w, 3) or (h, w), float64 in [0, 1]
        Rounded to 8 bits per channel.
    """
    picture = Image.fromarray(to_bytes(image))
    picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    return np.asarray(picture) / 255


def in_sight(picture, at_least=1):
    """A picture in a shape that can be seen: the same one, unless it is very thin or small.

    Parameters
    ----------
    picture : ndarray, shape (H, W, ...)
        Anything with a value for each pixel.
    at_least : int
        Pixels that its longer side should have.

    Returns
    -------
    ndarray, shape (h, w, ...)
        No thinner than 1 to ``THIN``. All values are the picture's own: pixels are
        repeated, and of more than ``THIN_SIDE`` in a thin line some are left out.
    """
    longest = max(picture.shape[:2])
    if at_least <= longest <= THIN * min(picture.shape[:2]):
        return picture
    new = min(max(longest, at_least), THIN_SIDE)
    for axis, size in enumerate(picture.shape[:2]):
        count = max(round(size * new / longest), math.ceil(new / THIN))
        picture = picture.take(np.arange(count) * size // count, axis)
    return picture


@as_documented
def to_bytes(image):
    """Turn values in [0, 1] to bytes in 0..255, rounding to the nearest.

    Cutting off decimals instead would darken the picture by half a step on average.

    Parameters
    ----------
    image : array-like of any shape, values in [0, 1]

    Returns
    -------
    ndarray of the same shape, uint8
    """
    return np.rint(image * 255).astype(np.uint8)


@as_documented
def encode_png(image):
    """The picture as a 24-bit PNG file.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3) or (H, W), values in [0, 1]
        With two axes, it is gray, and the file has 8 bits per pixel.

    Returns
    -------
    bytes
    """
    return _encoded(Image.fromarray(to_bytes(image)), "PNG", optimize=True)


@as_documented
def encode_jpeg(image, quality=90, full_color=False):
    """The picture as a JPEG file.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3) or (H, W), values in [0, 1]
    quality : int, 1 (smallest) to 100
        Above 95 the file grows much, and the picture hardly gains.
    full_color : bool
        Keep the color of every pixel, where a JPEG usually keeps that of one in four.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        A side is longer than ``LONGEST_JPEG``.
    """
    if max(image.shape[:2]) > LONGEST_JPEG:
        raise ValueError(
            f"No side of a JPEG has more than {LONGEST_JPEG:,} pixels, and this picture has "
            f"{max(image.shape[:2]):,}; make it smaller, or use encode_png."
        )
    subsampling = 0 if full_color else -1  # -1: as Pillow does by itself
    picture = Image.fromarray(to_bytes(image))
    # Pillow has room for a byte or two per pixel, and pure noise can need ten.
    with _ONE_AT_A_TIME:
        room = ImageFile.MAXBLOCK
        ImageFile.MAXBLOCK = room + 10 * picture.width * picture.height
        try:
            options = {"quality": quality, "subsampling": subsampling, "optimize": True}
            return _encoded(picture, "JPEG", **options)
        finally:
            ImageFile.MAXBLOCK = room


@as_documented
def encode_indexed_png(idx, codebook, compress_level=9, compress=None):
    """The picture as an indexed PNG file: a palette and one small index per pixel.

    Parameters
    ----------
    idx : ndarray, shape (H, W), integers in 0..K-1
    codebook : ndarray, shape (K, 3), values in [0, 1], 1 <= K <= 256
    compress_level : int, 0 (none, fastest) to 9 (smallest)
    compress : callable, optional
        ``compress(data)`` gives bytes as they come from zlib; `deflate.zlib_compress` does so.
        Without one Pillow compresses, and only then ``compress_level`` counts.

    Returns
    -------
    bytes
        1, 2, 4 or 8 bits per pixel: the fewest that PNG offers for K colors (PNG
        specification, section 11.2.1), or 8 if that promises the smaller file (a large one
        with ``compress`` by a twentieth: it takes twice the time). At the levels 0 and 1 the
        fewest.

    Raises
    ------
    ValueError
        K is over 256.
    """
    K = len(codebook)
    if K > 256:
        raise ValueError(f"An indexed PNG holds 1 to 256 colors, and this palette has {K}.")
    idx, palette = idx.astype(np.uint8), to_bytes(codebook).tobytes()
    fewest = next(bits for bits in (1, 2, 4, 8) if 2**bits >= K)
    # Filters tell each byte by its neighbors; in bytes a pattern is found wherever it begins.
    plain = [(fewest, False), (8, False)]
    ways = plain if compress else [(fewest, fewest < 8), *plain]
    settings = palette, compress_level, compress
    way = ways[0]
    if fewest < 8 and compress_level > 1:
        tried, weight = (TRIED // 4, 1.05) if compress and idx.size > TRIED else (TRIED, 1)
        rows = tried // STRIPS // idx.shape[1] + 1
        parts = np.array_split(idx, STRIPS)
        few = np.concatenate([part[max(len(part) - rows, 0) // 2 :][:rows] for part in parts])
        sizes = [len(_indexed_png(few, *way, *settings)) for way in ways]
        way = ways[np.argmin([sizes[0], *(weight * size for size in sizes[1:])])]
    return _indexed_png(idx, *way, *settings)


def _indexed_png(idx, bits, filtered, palette, compress_level, compress):
    """An indexed PNG with so many bits for each pixel, its rows filtered by Pillow or plain."""
    (height, width), own = idx.shape, palette
    ours = struct.pack(">IIB", width, height, bits) + b"\x03\0\0\0"
    if compress:
        rows = np.pad(_packed(idx, bits), ((0, 0), (1, 0)))  # a 0 before each: plain
        data = compress(rows.tobytes())
        parts = (b"IHDR", ours), (b"PLTE", palette), (b"IDAT", data), (b"IEND", b"")
        return SIGNATURE + b"".join(_chunk(*part) for part in parts)
    if not filtered:  # to Pillow a byte is a pixel, and where it is one, rows stay plain
        idx, own = _packed(idx, bits), bytes(3 * 256)
    picture = Image.fromarray(idx)
    picture.putpalette(own)
    data = _encoded(picture, "PNG", bits=bits if filtered else 8, compress_level=compress_level)
    if not filtered:
        head = struct.pack(">II", picture.width, height) + b"\x08\x03\0\0\0"
        data = data.replace(_chunk(b"IHDR", head), _chunk(b"IHDR", ours), 1)
        data = data.replace(_chunk(b"PLTE", own), _chunk(b"PLTE", palette), 1)
    return data


def _packed(idx, bits):
    """Rows of bytes that hold so many bits of each pixel, the first one highest."""
    per = 8 // bits
    whole = np.pad(idx, ((0, 0), (0, -idx.shape[1] % per)))
    return sum(whole[:, place::per] << (8 - bits * (place + 1)) for place in range(per))


def _chunk(name, content):
    """A part of a PNG file: length, name, content, and a sum to check it by."""
    named = name + content
    return struct.pack(">I", len(content)) + named + struct.pack(">I", zlib.crc32(named))


def _encoded(picture, file_format, **options):
    """A Pillow picture as the bytes of a file."""
    buffer = io.BytesIO()
    picture.save(buffer, file_format, **options)
    return buffer.getvalue()
