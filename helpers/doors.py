"""What came, what was wanted: the checks at the doors that people walk through.

Each function looks at one argument, changes nothing, and raises a `ValueError` of one
sentence if the argument means nothing: what was wanted, what came, what to do.
"""

import os
import stat
import unicodedata

import numpy as np


def whole(name, value, smallest, largest=None):
    """Refuse what is no whole number within these bounds; 16.0 is one.

    Parameters
    ----------
    name : str
        What the argument is called.
    value : object
    smallest, largest : int
        Without a largest, any number from the smallest on will do.
    """
    is_whole = isinstance(value, (int, float, np.number)) and value % 1 == 0
    if not (is_whole and smallest <= value and (largest is None or value <= largest)):
        limits = f"{smallest} or more" if largest is None else f"{smallest} to {largest}"
        raise ValueError(f"{name} is {value}; give {limits}, a whole number.")


def known(words, name, names):
    """Refuse a name that is none of these.

    Parameters
    ----------
    words : str
        The beginning of the sentence, such as ``"The course has no photograph"``.
    name : object
    names : iterable of str
    """
    if name not in names:
        raise ValueError(f"{words} {name!r}; choose one of {', '.join(names)}.")


def too_few_colors(K, have):
    """The error to raise where a picture has not enough different colors.

    Parameters
    ----------
    K, have : int
        How many are wanted, and how many there are.

    Returns
    -------
    ValueError
    """
    return ValueError(f"K = {K}, but the picture has only {have} different colors.")


def shaped(what, array, *sizes):
    """Refuse an array of another shape.

    Parameters
    ----------
    what : str
        A noun for the array, such as ``"A picture"``.
    array : array-like
    *sizes : int or str
        One for each axis: a whole number for that size, a word for any size; ``"..."`` in
        front stands for any axes.
    """
    shape = np.shape(array)
    wanted, came = sizes, shape
    if sizes[0] == "...":
        wanted, came = sizes[1:], shape[1 - len(sizes) :]
    fits = [isinstance(size, str) or size == n for size, n in zip(wanted, came, strict=False)]
    if len(came) != len(wanted) or not all(fits):
        raise ValueError(f"{what} has shape ({', '.join(map(str, sizes))}); this has {shape}.")


def finite(what, array):
    """Refuse an array that holds NaN or infinite values.

    Parameters
    ----------
    what : str
        A noun for the array.
    array : array-like of numbers
    """
    if not np.isfinite(array).all():
        raise ValueError(f"{what} holds NaN or infinite values; give finite numbers.")


def fractions(what, array):
    """Refuse an array with values outside [0, 1], or NaN.

    Parameters
    ----------
    what : str
        A noun for the array.
    array : ndarray of numbers
    """
    # A rounding error beyond is none; a comparison with NaN is never true.
    if array.size and not (array.min() >= -1e-6 and array.max() <= 1 + 1e-6):
        raise ValueError(
            f"{what} holds values in [0, 1], and this {array.min():.4g} to "
            f"{array.max():.4g}; divide bytes by 255 first."
        )


def numbers(idx, K):
    """Refuse an assignment to colors that there are not.

    Parameters
    ----------
    idx : ndarray
    K : int
        The colors have the numbers 0 to K - 1.
    """
    if idx.size and not 0 <= idx.min() <= idx.max() < K:
        raise ValueError(
            f"idx holds {idx.min()} to {idx.max()}, but {K} colors have the numbers 0 to {K - 1}."
        )


def printable(text):
    """What can't be printed, such as the odd bytes of a file's name, told by its number.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Of one line.
    """
    # Python counts the narrow spaces of macOS and the joiners of emoji as not printable, too.
    return "".join(
        letter
        if letter.isprintable() or unicodedata.category(letter) in ("Zs", "Cf")
        else letter.encode("unicode_escape").decode()
        for letter in text
    )


def place(path, overwrite=False):
    """Refuse a path at which no file can be written, or at which something is already.

    Parameters
    ----------
    path : Path
    overwrite : bool
        Whether an ordinary file that is there may be replaced.

    Raises
    ------
    FileExistsError, FileNotFoundError, IsADirectoryError, OSError
    """
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        if not path.parent.is_dir():
            raise FileNotFoundError(f"There is no folder {path.parent}; make it first.") from None
        return
    except OSError as error:
        raise unwritable(path, error) from None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(f"{path} is a folder; choose another name for the file.")
    if stat.S_ISLNK(mode):
        raise FileExistsError(f"{path} is a link, which is never replaced; name a file.")
    if not stat.S_ISREG(mode):
        raise FileExistsError(f"{path} is no ordinary file; choose another name.")
    if not overwrite:
        raise unwritable(path, FileExistsError())


def unwritable(path, error, rescued=()):
    """The error to raise where a file can't be written: the same kind, in one sentence.

    Parameters
    ----------
    path : Path
    error : OSError
        What the system says.
    rescued : iterable of str
        Files that hold what could not be put back.

    Returns
    -------
    OSError
    """
    if isinstance(error, FileExistsError):
        return FileExistsError(
            f"{path} is already there; choose another name, or pass overwrite=True."
        )
    advice = "choose another name or folder"
    if isinstance(error, PermissionError):
        advice = "close it if another program has it open, or choose another folder"
    kept = f" What was there is kept as {', '.join(rescued)}." if rescued else ""
    return type(error)(f"{path} can't be written ({error.strerror or error}); {advice}.{kept}")
