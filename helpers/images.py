"""Files <-> arrays. Nothing else in the package touches a file.

An ``image`` is an array of shape (H, W, 3), float64, with values in [0, 1]: red,
green and blue as stored in the file (sRGB), divided by the largest value.
"""

import contextlib
import io
import itertools
import os
import secrets
import shutil
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from helpers import doors

DATA = Path(__file__).resolve().parent.parent / "data"
MAX_PIXELS = 100_000_000  # 2.4 GB as float64; Pillow itself refuses above 179 million
_BYTES = (bytes, bytearray, memoryview)


class _TooLargeError(Exception):
    """A picture has more than MAX_PIXELS pixels."""


def load_image(source, longest_side=None):
    """Load a picture as an array.

    Parameters
    ----------
    source : path, bytes or binary file
        Any picture that Pillow reads: JPEG, PNG, GIF (its first frame), TIFF, WebP ...
    longest_side : int, 1 or more, optional
        Shrink the picture so that neither side is longer than this many pixels;
        a smaller picture stays as it is.

    Returns
    -------
    image : ndarray, shape (H, W, 3), float64 in [0, 1]
        Turned upright by its EXIF orientation. Gray pictures get three equal
        channels, palettes are looked up, CMYK is converted by Pillow's plain formula
        (no color profile), and transparent pixels are laid over white. Gray with 16
        or 32 bits is divided by 65535, gray in decimals is taken as it is, and both
        are clipped to the range; 16-bit color is read with 8 bits, as Pillow does.

    Raises
    ------
    FileNotFoundError
        No file has that name.
    TypeError
        ``source`` is none of the three.
    ValueError
        The file is no picture, is cut short, or has more than ``MAX_PIXELS`` pixels;
        or ``longest_side`` is not a positive whole number.
    """
    if not (isinstance(source, (str, os.PathLike, *_BYTES)) or hasattr(source, "read")):
        kind = type(source).__name__
        raise TypeError(f"A picture is a path, bytes, or an open file; this is of type {kind}.")
    name = str(source) if isinstance(source, (str, os.PathLike)) else "The picture"
    if longest_side is not None:
        doors.whole("longest_side", longest_side, 1)
        longest_side = int(longest_side)
    try:
        with warnings.catch_warnings():
            # Pillow warns above 90 megapixels; the limit that counts here is our own.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(
                io.BytesIO(source) if isinstance(source, _BYTES) else source
            ) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    raise _TooLargeError(f"{picture.width} x {picture.height}")
                if longest_side is not None:
                    picture.draft("RGB", (longest_side, longest_side))  # JPEG: decode fewer pixels
                picture.load()
                return _to_array(ImageOps.exif_transpose(picture), longest_side)
    except FileNotFoundError:
        raise FileNotFoundError(
            f"There is no file {name}; check the spelling and the folder (you are in {Path.cwd()})."
        ) from None
    except (IsADirectoryError, PermissionError):  # the second is what Windows says of a folder
        if not Path(source).is_dir():
            raise
        raise ValueError(f"{name} is a folder; name a picture file inside it.") from None
    except UnidentifiedImageError:
        raise ValueError(
            f"{name} is not a picture that can be read here; save it as JPEG or PNG and try again."
        ) from None
    except (_TooLargeError, Image.DecompressionBombError) as error:
        size = error if isinstance(error, _TooLargeError) else "far too many"
        raise ValueError(
            f"{name} has {size} pixels, and {MAX_PIXELS // 10**6} million is the most that is "
            "loaded here; make it smaller with a photo program first."
        ) from None
    except MemoryError:
        raise
    except Exception as error:
        # Pillow raises nearly anything for a damaged file: OSError, SyntaxError, ValueError,
        # TypeError, RuntimeError, struct.error ...
        raise ValueError(
            f"{name} is damaged or cut short ({error}); download or copy the file again."
        ) from None


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
    doors.known("The course has no photograph", name, names)
    return load_image(DATA / f"{name}.jpg")


def to_pixels(image):
    """Flatten a picture to a list of pixels, row by row.

    Parameters
    ----------
    image : ndarray, shape (..., 3)

    Returns
    -------
    X : ndarray, shape (N, 3)
        A view where NumPy can give one: the same numbers in another shape.

    Raises
    ------
    ValueError
        The last axis is not red, green and blue.
    """
    doors.shaped("A picture", image, "...", 3)
    return image.reshape(-1, 3)


def to_image(X, height, width):
    """Fold a list of pixels back to a picture: the opposite of `to_pixels`.

    Parameters
    ----------
    X : ndarray, shape (..., 3)
        As many pixels as height times width.
    height, width : int

    Returns
    -------
    image : ndarray, shape (height, width, 3)
    """
    return X.reshape(height, width, 3)


def shrink(image, longest_side):
    """Make a picture smaller, keeping its proportions.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3) or (H, W), values in [0, 1]
    longest_side : number, 1 or more
        Neither side will be longer; a smaller picture stays as it is.

    Returns
    -------
    ndarray, shape (h, w, 3) or (h, w), float64 in [0, 1]
        Rounded to 8 bits per channel.

    Raises
    ------
    ValueError
        It is no picture, or holds NaN.
    """
    picture = _picture_of(image)
    picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    return np.asarray(picture) / 255


def to_bytes(image):
    """Turn values in [0, 1] to bytes in 0..255, rounding to the nearest.

    Cutting off decimals instead would darken the picture by half a step on average.

    Parameters
    ----------
    image : ndarray of any shape, values in [0, 1]
        Values outside are clipped to the range.

    Returns
    -------
    ndarray of the same shape, uint8

    Raises
    ------
    ValueError
        A value is not a number (NaN or infinite).
    """
    image = np.asarray(image)
    doors.finite("The picture", image)
    return np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8)


def encode_png(image):
    """The picture as a 24-bit PNG file.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3) or (H, W), values in [0, 1]
        With two axes, it is gray, and the file has 8 bits per pixel.

    Returns
    -------
    bytes

    Raises
    ------
    ValueError
        It is no picture, or holds NaN.
    """
    return _encoded(_picture_of(image), "PNG", optimize=True)


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
        As in `encode_png`, or the quality is out of range.
    OSError
        Pillow has room for a byte per pixel, and pure noise can need more.
    """
    doors.whole("quality", quality, 1, 100)
    subsampling = 0 if full_color else -1  # -1: as Pillow does by itself
    options = {"quality": int(quality), "subsampling": subsampling, "optimize": True}
    return _encoded(_picture_of(image), "JPEG", **options)


def encode_indexed_png(idx, codebook, compress_level=9):
    """The picture as an indexed PNG file: a palette and one small index per pixel.

    Parameters
    ----------
    idx : ndarray, shape (H, W), integers in 0..K-1
    codebook : ndarray, shape (K, 3), values in [0, 1], 1 <= K <= 256
    compress_level : int, 0 (none, fastest) to 9 (smallest)

    Returns
    -------
    bytes
        1, 2, 4 or 8 bits per pixel: the fewest that PNG offers for K colors (PNG
        specification, section 11.2.1).

    Raises
    ------
    ValueError
        K is over 256, or an index has no color in the codebook.
    """
    idx, K = np.asarray(idx), len(codebook)
    if not 1 <= K <= 256:
        raise ValueError(f"An indexed PNG holds 1 to 256 colors, and this palette has {K}.")
    doors.shaped("A palette", codebook, "K", 3)
    doors.shaped("An index map", idx, "height", "width")
    if idx.dtype.kind not in "biu":
        raise ValueError(f"idx holds {idx.dtype} values; give whole numbers.")
    doors.numbers(idx, K)
    doors.whole("compress_level", compress_level, 0, 9)
    picture = Image.fromarray(idx.astype(np.uint8))
    picture.putpalette(to_bytes(codebook).tobytes())
    bits = next(bits for bits in (1, 2, 4, 8) if K <= 2**bits)
    return _encoded(picture, "PNG", bits=bits, compress_level=compress_level)


def save_files(files, overwrite=False):
    """Write files: all of them, or none.

    What is promised, and where it ends:

    - Whoever looks at a name finds what was there before, or the new file, whole; at any
      moment, and also when the program is killed or the power fails. (On a disk without hard
      links, as many memory sticks are, a new name may for a moment be an empty file.)
    - If one file can't be written, the others are taken back, and what was there before
      is there again. (Only a program that is killed half-way leaves some files old and some
      new, and perhaps others called ``.unfinished-`` and so on, which may be deleted.)
    - Without ``overwrite`` no file is ever replaced, not even one that another program
      writes at the same moment.
    - Of two programs that write the same names with this function at the same time, the
      second waits for the first, so that files of both are never mixed. (Not on Windows,
      where a folder can't be locked: there, each file is whole, and the set may be mixed.)

    Parameters
    ----------
    files : dict
        What to write, bytes, by path.
    overwrite : bool
        Replace files that are already there. What is no ordinary file (a folder, a link, a
        device) is never replaced; a folder on the way may be a link.

    Raises
    ------
    FileExistsError
        A file is there and ``overwrite`` is False, or something that is no ordinary file.
    FileNotFoundError
        A folder to write into does not exist.
    IsADirectoryError
        A folder has the name of a file.
    OSError
        The disk is full, the place may not be written, or the file is open in a program that
        lets nobody replace it (on Windows, most programs).
    TypeError
        What is to be written is not bytes.
    ValueError
        Two of the paths are one file.
    """
    for path, data in files.items():
        if not isinstance(data, _BYTES):
            kind = type(data).__name__
            raise TypeError(f"{path} is to hold bytes, and this is of type {kind}; encode it.")
        doors.place(Path(path), overwrite)
    if len({os.path.realpath(path) for path in files}) < len(files):
        raise ValueError(f"Of {', '.join(map(str, files))}, two are one file; name each once.")
    files = {Path(path): data for path, data in files.items()}
    # Each file is written beside its place, under a name that nobody has, and then takes its
    # place in one step. Until all have done so, what was there keeps a second name.
    new = {path: _unused_name(path) for path in files}
    old = {path: _unused_name(path) for path in files}
    ours, rescued = {}, []
    try:
        for path, data in files.items():
            ours[path] = _write(new[path], data, path)
        with _alone_in({path.parent for path in files}):
            try:
                for path in files:
                    if overwrite:
                        _keep(path, old[path])
                        os.replace(new[path], path)
                    else:
                        _take_free_place(new[path], path)
            except BaseException:
                back = {each: _take_back(each, ours[each], old[each]) for each in files}
                rescued = [str(old[each]) for each in files if not back[each]]
                raise
            _remove(old.values())
    except OSError as error:
        raise doors.unwritable(path, error, rescued) from None
    finally:
        _remove(new.values())


def _unused_name(path):
    """A name beside a file that nothing has."""
    return path.with_name(f".unfinished-{secrets.token_hex(8)}")


def _write(place, data, path):
    """Write a new file, down to the disk, that has the permissions of the one at ``path``."""
    with open(place, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
        with contextlib.suppress(OSError):  # nothing is there, or nothing can be permitted
            shutil.copymode(path, place)
        return os.fstat(file.fileno())


@contextlib.contextmanager
def _alone_in(folders):
    """Make others that come here wait; the system lets them in, too, if we are killed."""
    with contextlib.ExitStack() as locks:
        # Always in the same order: two programs can't wait for each other.
        for folder in sorted({os.path.realpath(folder) for folder in folders}):
            with contextlib.suppress(ImportError, OSError):  # not on Windows, nor on every disk
                import fcntl

                handle = os.open(folder, os.O_RDONLY)
                locks.callback(os.close, handle)
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _keep(path, old):
    """Give the file that is there, if one is, a second name."""
    with contextlib.suppress(FileNotFoundError):
        try:
            os.link(path, old)
        except OSError:  # a memory stick knows no second names
            shutil.copy2(path, old)


def _take_free_place(new, path):
    """Move a finished file to its place, or raise FileExistsError if anything is there."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:  # no second names: an empty file keeps the place for a moment
        path.touch(exist_ok=False)
        try:
            os.replace(new, path)
        except BaseException:
            path.unlink()
            raise


def _take_back(path, ours, old):
    """Undo what was done at a path, unless somebody else has been there since.

    False says that what was there before could not be put back, and is kept as ``old``.
    """
    try:
        if os.path.lexists(path) and os.path.samestat(os.lstat(path), ours):
            if old.exists():
                os.replace(old, path)
            else:
                path.unlink()
    except OSError:
        return not old.exists()
    _remove([old])
    return True


def _remove(paths):
    """Remove files that nobody needs any more; those that are not there, or can't, stay so."""
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink()


def save_set(folder, stem, contents):
    """Write files that belong together, and never replace a file.

    Parameters
    ----------
    folder : path
    stem : str
        What their names begin with.
    contents : dict
        What to write, bytes, by the end of the name.

    Returns
    -------
    list of Path
        ``stem`` and each end; or, where one of these names is taken, ``stem-2``,
        ``stem-3`` ... A set that is there already is not written again. When two programs
        save a set at the same time, each gets a number of its own.

    Raises
    ------
    ValueError
        ``stem`` leads to another folder.
    FileNotFoundError, OSError, TypeError
        As in `save_files`.
    """
    if Path(stem).name != stem:
        raise ValueError(f"{stem!r} is no beginning of a file's name; leave out the folder.")
    for number in itertools.count(1):
        begin = stem if number == 1 else f"{stem}-{number}"
        files = {Path(folder) / (begin + end): data for end, data in contents.items()}
        with contextlib.suppress(FileExistsError, IsADirectoryError):
            save_files(files)
            return list(files)
        if all(_holds(path, data) for path, data in files.items()):
            return list(files)


def _holds(path, data):
    """Whether a file is there, with these very bytes."""
    try:
        return path.is_file() and path.read_bytes() == data
    except OSError:  # it may not be read
        return False


def _to_array(picture, longest_side):
    """A Pillow picture of any mode as (H, W, 3) float64 in [0, 1]."""
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        return _gray_to_array(picture, longest_side)
    if "transparency" in picture.info or picture.mode in ("LA", "PA", "RGBA", "La", "RGBa"):
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture)
    picture = picture.convert("RGB")
    if longest_side is not None:
        picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    return np.asarray(picture) / 255


def _gray_to_array(picture, longest_side):
    """Gray with more than 8 bits; Pillow would cut it to 8 by clipping, not by scaling."""
    largest = 1.0 if picture.mode == "F" else 65535.0
    picture = Image.fromarray(np.asarray(picture, dtype=np.float32) / np.float32(largest))
    if longest_side is not None:
        picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    gray = np.clip(np.asarray(picture, dtype=float), 0, 1)
    if np.isnan(gray).any():
        raise ValueError("some of its values are not numbers")
    return np.repeat(gray[:, :, None], 3, axis=2)


def _picture_of(image):
    """An array as a Pillow picture, after a look at whether it is one."""
    if np.ndim(image) != 2:
        doors.shaped("A picture", image, "height", "width", 3)
    return Image.fromarray(to_bytes(image))


def _encoded(picture, file_format, **options):
    """A Pillow picture as the bytes of a file."""
    buffer = io.BytesIO()
    picture.save(buffer, file_format, **options)
    return buffer.getvalue()
