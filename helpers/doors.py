"""What came, what was wanted: the checks at the doors that people walk through.

`as_documented` stands over a function, and refuses what its docstring does not promise to
take. The others look at one argument. All raise an error of one sentence: what came, what
was wanted, what to do. It is a `TypeError` where what came is of another kind, such as text
for a number, otherwise a `ValueError`.
"""

import ast
import functools
import inspect
import math
import os
import re
import reprlib
import stat
import sys
import unicodedata
from collections.abc import MappingView
from numbers import Real

import numpy as np


def as_documented(function):
    """Hand a function its arguments only if they are what its docstring says.

    The section Parameters is read once, when the function is made. What these words say
    is what is checked, and a size such as K is the same wherever it stands::

        image : ndarray, shape (H, W, 3), values in [0, 1]
        idx : ndarray, shape (H, W) or (H * W,), integers in 0..K-1
        K : int, 1 or more

    Lists become arrays, 16.0 becomes 16, and None stands for what is optional.

    Parameters
    ----------
    function : callable

    Returns
    -------
    callable
        The same function, behind a door.

    Raises
    ------
    TypeError, ValueError
        When the function is called, and an argument is something else.
    """
    guards = _guards(function)
    names = list(inspect.signature(function).parameters)

    @functools.wraps(function)
    def behind_a_door(*args, **kwargs):
        given = dict(zip(names, args, strict=False))
        if len(args) > len(names) or given.keys() & kwargs.keys():
            return function(*args, **kwargs)  # Python says what is wrong with it
        given |= kwargs
        settled = {}  # by the arguments before: what H or K is, and who holds bytes
        try:
            for name, guard in guards.items():
                if name in given:
                    given[name] = guard(name, given[name], settled)
        except (TypeError, ValueError) as error:
            raise error.with_traceback(None) from None  # how it was found is nobody's business
        return function(**given)

    return behind_a_door


def whole(name, value, smallest, largest=math.inf):
    """Refuse what is no whole number within these bounds; 16.0 is one, True is none.

    Parameters
    ----------
    name : str
        What the argument is called.
    value : object
    smallest, largest : int
        Without a largest, any number from the smallest on will do.

    Returns
    -------
    int
        Python's own, which has room for any product.
    """
    return _number(smallest, largest, True, name, value)


def one_of(words, name, names):
    """Refuse a name that is none of these.

    Parameters
    ----------
    words : str
        The beginning of the sentence, such as ``"The course has no photograph"``.
    name : object
    names : iterable of str
    """
    if not isinstance(name, str) or name not in names:
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


def few_enough(codebook, most):
    """Refuse more colors than have room in a figure or an explorer.

    Parameters
    ----------
    codebook : ndarray, shape (K, 3)
    most : int
    """
    if len(codebook) > most:
        raise ValueError(
            f"This palette has {len(codebook):,} colors, and {most} have room here; "
            f"take some of them, such as palette[:{most}]."
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
    FileExistsError, FileNotFoundError, IsADirectoryError, OSError, ValueError
    """
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        if not path.parent.is_dir():
            raise FileNotFoundError(f"There is no folder {path.parent}; make it first.") from None
        return
    except OSError as error:
        raise unwritable(path, error) from None
    except ValueError:  # a zero byte, half a letter
        name = printable(str(path))
        raise ValueError(f"No file can have the name {name}; choose another name.") from None
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


# --- What a docstring says -----------------------------------------------------------------


def _guards(function):
    """Who lets each argument in: name -> a function of name, value and what is settled.

    In the order in which sizes become known: K may be a number, or that of an array's rows.
    """
    section = (inspect.getdoc(function) or "").partition("Parameters\n----------\n")[2]
    lines = re.findall(r"^([\w, ]+) : (.+)$", section.split("\n\n")[0], flags=re.MULTILINE)
    told = [(name, words) for names, words in lines for name in names.split(", ")]
    told.sort(key=lambda one: 2 * ("0..K-1" in one[1]) - one[1].startswith("int"))
    return {name: guard for name, words in told if (guard := _guard_for(words))}


def _guard_for(words):
    """The guard for an argument that is described by these words; None: anything may come in."""
    if words.endswith(", optional"):
        guard = _guard_for(words.removesuffix(", optional"))
        return guard and (
            lambda name, value, settled: value if value is None else guard(name, value, settled)
        )
    one, is_either, many = words.partition(", or array-like")
    if is_either:
        one, many = _guard_for(one), _guard_for("array-like" + many)
        return lambda name, value, settled: (
            many if hasattr(value, "__len__") and getattr(value, "shape", None) != () else one
        )(name, value, settled)
    if words.startswith("dict of "):
        return functools.partial(_each_value, _guard_for(words.removeprefix("dict of ")))
    if several := re.match(r"(?:list|tuple) of (?:(\w|\d+) )?(.+)", words):
        return functools.partial(_each, several[1], _guard_for(several[2]))
    if words.startswith(("ndarray", "array-like")):
        return _Array(words).admit
    if words.startswith(("int", "float", "number")):
        return functools.partial(_number, *_bounds(words), words.startswith("int"))
    if words.startswith("{") and words.endswith("}"):
        names = ast.literal_eval("[" + words[1:].replace("}", "]"))
        return lambda name, value, settled: one_of(f"{name} is", value, names) or value
    found = [kind for pattern, *kind in KINDS if re.match(pattern, words)]
    return functools.partial(_kind, *found[0]) if found else None


def _each(size, guard, name, values, settled):
    """How many there are, and each by itself: pictures in a list may differ in size."""
    values = _kind(_is_list, "a list", name, values)
    kind = tuple if isinstance(values, tuple) else list
    as_list = f"; one alone as a list: [{name}]" if isinstance(values, np.ndarray) else ""
    if guard:
        values = kind(guard(f"{name}[{n}]", value, {}) for n, value in enumerate(values))
    if size:
        wanted = int(size) if size.isdigit() else settled.setdefault(size, max(len(values), 1))
        if len(values) != wanted:
            other = settled.get(f"{size} is that of", "")
            raise ValueError(f"{name} has length {len(values)}; give length {wanted}{other}.")
        settled.setdefault(f"{size} is that of", f", as many as {name} has{as_list}")
    return values


def _each_value(guard, name, values, settled):
    """What a dictionary holds, each by itself."""
    values = _kind(_named("builtins", "dict"), "a dictionary", name, values)
    return {key: guard(f"{name}[{key!r}]", value, {}) for key, value in values.items()}


def _is_list(value):
    return np.iterable(value) and not isinstance(value, (str, bytes, dict))


def _named(library, *names):
    """A test whether a value is of a library's class of such a name, which need not be imported
    here; PyTorch, too, has generators."""
    return lambda value: any(
        kind.__name__ in names and kind.__module__.split(".")[0] in (library, "builtins")
        for kind in type(value).__mro__
    )


KINDS = [  # what else is looked at: how its words begin, the test, and what to do
    (
        r"numpy\.random\.Generator",
        _named("numpy", "Generator"),
        "a generator: np.random.default_rng(0)",
    ),
    (r"matplotlib\.figure\.Figure", _named("matplotlib", "Figure"), "a figure of Matplotlib's"),
    (r"sequence", lambda value: _is_list(value) and hasattr(value, "__getitem__"), "a list"),
    (r"list|tuple|iterable", _is_list, "a list"),
    (r"(\{.*\} or )?path$", lambda value: isinstance(value, (str, os.PathLike)), "a path, as text"),
    (r"bool", _named("numpy", "bool", "bool_"), "True or False"),
    (r"str", _named("builtins", "str"), "text, in quotation marks"),
    (r"dict", _named("builtins", "dict"), "a dictionary"),
    (r"callable", callable, "a function, without parentheses"),
]


def _bounds(words):
    """The smallest and the largest number that words such as "int, 1 to 100" allow."""
    low, _, high = re.search(r"(-?\d+)(?: \([^)]*\))? (or more|to (\d+))|$", words).groups()
    return int(low) if low else -math.inf, int(high) if high else math.inf


def _number(smallest, largest, is_whole, name, value, settled=None):
    if getattr(value, "shape", None) == () and hasattr(value, "item"):
        value = value.item()  # of NumPy's or PyTorch's: as one of Python's own
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    if not (
        is_number
        and smallest <= value <= largest
        and -math.inf < value < math.inf
        and (is_whole or abs(value) <= sys.float_info.max)  # a whole number may be larger
        and (not is_whole or value % 1 == 0)
    ):
        wanted = "a whole number" if is_whole else "a number"
        if smallest > -math.inf:
            limits = f"{smallest} or more" if largest == math.inf else f"{smallest} to {largest}"
            wanted = f"{limits}, {wanted}"
        kind = ValueError if is_number else TypeError
        raise kind(f"{name} is {_short(value)}; give {wanted}.")
    value = int(value) if is_whole else value
    if settled is not None:
        settled[name] = value
    return value


def _kind(test, wanted, name, value, settled=None):
    if not test(value):
        raise TypeError(f"{name} is {_short(value)}; give {wanted}.")
    return value


def _short(value):
    """What came, in a few words."""
    try:
        words = " ".join(reprlib.repr(value).split())
    except Exception:  # of somebody else's making, or a number of thousands of digits
        words = ""
    return words if 0 < len(words) <= 40 else f"of type {type(value).__name__}"


# --- Arrays --------------------------------------------------------------------------------

FLOATS = (np.dtype(float), np.dtype(np.float32))
_least, _most = np.minimum.reduce, np.maximum.reduce  # of few numbers, sooner than min and max
# Whole numbers that stay as they come, the last of them being what the others become. NumPy
# looks up and counts (`np.bincount`) with numbers of the machine's width: 32 bits in a browser.
COUNTS = (np.dtype(np.int32), np.dtype(np.int64))
PLACES = (np.dtype(np.int32), np.dtype(np.intp))
# The bits of floats from 0 on, read as whole numbers, are in the order of the floats; those
# of negative, infinite and NaN ones come after those of 1. So the largest tells of them all.
ONE = {kind: kind.type(1).view(f"u{kind.itemsize}") for kind in FLOATS}


class _Array:
    """What words such as "ndarray, shape (H, W, 3), values in [0, 1]" promise."""

    def __init__(self, words):
        told = re.search(r"shape ((?:\([^)]*\)(?: or )?)+)|$", words).group(1) or ""
        told = re.findall(r"\(([^)]*)\)", told) or ["..."] * ("the same shape" in words)
        self.shapes = [tuple(filter(None, re.split(r",\s*", shape))) for shape in told]
        self.is_double = words.startswith("array-like")
        self.may_be_empty = "possibly none" in words
        self.may_be_bytes = "uint8" in words
        self.may_be_anything = "of any type" in words
        self.may_be_nan = "nan" in words
        self.is_whole = "integers" in words
        self.is_share = "[0, 1]" in words
        self.smallest, _ = _bounds(words)
        self.last = re.search(r"0\.\.(K-1|\d+)|$", words).group(1)

    def admit(self, name, value, settled):
        """The array, if it is as promised; what it settles is noted."""
        array = value if type(value) is np.ndarray else _as_array(name, value)
        kind = array.dtype
        # What is no array can't be divided by 255, nor indexed, before it is made one.
        it = name if isinstance(value, np.ndarray) else f"np.array({name})"
        if kind.kind not in "iuf":
            way = f": {it}.astype(float)" if kind.kind == "b" else ""
            raise TypeError(f"{name} holds {kind} values; give real numbers{way}.")
        if 0 in array.shape and not self.may_be_empty:
            raise ValueError(f"{name} is empty, of shape {array.shape}; give some numbers.")
        if self.shapes:
            self._check_shape(name, it, array.shape, settled)
        if self.may_be_anything:
            return array
        if self.is_whole:
            return self._whole(name, array, settled)
        if kind in FLOATS:
            self._check_values(name, it, array, settled)
            return array.astype(float, copy=False) if self.is_double else array
        if kind == np.uint8 and self.is_share:
            if self.may_be_bytes:
                return array
            raise ValueError(
                f"{name} holds bytes (uint8), 0 to 255; give values in [0, 1]: {it} / 255."
            )
        if kind == np.uint8 and array.max(initial=0) > 1:
            _unmixed(settled, bytes=name)
        array = array.astype(float)
        self._check_values(name, it, array, {} if kind.kind in "iu" else settled)
        return array

    def _check_shape(self, name, it, shape, settled):
        for wanted in self.shapes:
            found = _fitted(shape, wanted, settled)
            if found is not None:
                settled.update(found)
                return
        front = list(map(str, settled.get("...", ["..."])))
        told = [
            front + [*wanted[1:]] if wanted[0] == "..." else [*wanted] for wanted in self.shapes
        ]
        texts = [", ".join(axes) + "," * (len(axes) == 1) for axes in told]
        words = " or ".join(dict.fromkeys(f"({text})" for text in texts))
        names = dict.fromkeys(re.findall(r"[A-Za-z]\w*", " ".join(texts)))
        where = " and ".join(f"{word} is {settled[word]}" for word in names if word in settled)
        where = where and f", where {where}"
        raise ValueError(
            f"{name} has shape {shape}; give {words}{where}{self._hint(it, shape, settled)}."
        )

    def _hint(self, it, shape, settled):
        """What to do about the shapes that come most often."""
        wanted, axes, last = self.shapes[0], len(shape), shape[-1:]
        stacked = f"np.stack([{it}] * 3, axis=-1)"
        if wanted[-1] == "3" and last == (1,) and axes > 1:
            return f"; give gray three channels: np.repeat({it}, 3, axis=-1)"
        if wanted == ("H", "W", "3"):
            if axes == 2 and last == (3,):
                return f"; fold a list of pixels to a picture: to_image({it}, height, width)"
            if axes == 2:
                return f"; give gray three channels: {stacked}"
            if axes == 3 and shape[0] == 3:
                return f"; move the channels to the end: np.moveaxis({it}, 0, -1)"
        if wanted[-1] == "3" and last == (4,) and (axes == len(wanted) or wanted[0] == "..."):
            return f"; leave transparency out: {it}[..., :3]"
        if len(wanted) == 2 and wanted[0] != "..." and wanted[1] in ("2", "3", "d"):
            d = settled.get("d") if wanted[1] == "d" else int(wanted[1])
            if axes == 1 and d in (None, *last):
                return f"; as a list: {it}[None]"
            if axes == 1 and wanted[1] == "3":
                return f"; grays as colors: {stacked}"
            if axes == 3 and last == (3,) and d in (None, 3):
                return f"; make a list of pixels: to_pixels({it})"
        return ""

    def _whole(self, name, array, settled):
        kinds = PLACES if self.last else COUNTS
        if array.dtype.kind == "f" and not (np.isfinite(array).all() and (array % 1 == 0).all()):
            raise ValueError(f"{name} holds fractions, NaN or infinite values; give whole numbers.")
        if not array.size:
            return array.astype(kinds[-1])
        low, high = _least(array, axis=None), _most(array, axis=None)
        if self.last:
            K = settled.get("K", 1) if self.last == "K-1" else int(self.last) + 1
            if not 0 <= low <= high < K:
                raise ValueError(
                    f"{name} holds {low} to {high}, but {K} colors have the numbers 0 to {K - 1}."
                )
        if not self.smallest <= low <= high < 2**63:
            raise ValueError(f"{name} holds {low} to {high}; give {self.smallest} or more.")
        return array if array.dtype in kinds else array.astype(kinds[-1])

    def _check_values(self, name, it, array, settled):
        """Floats are finite, and in [0, 1] where that is promised."""
        if not array.size:
            return
        if self.is_share:
            one = ONE[array.dtype]
            if _most(array.view(one.dtype), axis=None) <= one:
                return
        low, high = _least(array, axis=None), _most(array, axis=None)
        if not (self.may_be_nan or math.isfinite(low) and math.isfinite(high)):
            raise ValueError(f"{name} holds NaN or infinite values; give finite numbers.")
        if low < self.smallest:
            raise ValueError(f"{name} holds {low}; give {self.smallest} or more.")
        if self.is_share and (low < -1e-3 or high > 1 + 1e-3):  # a quarter of a level is none
            mend = ""  # other points, such as colors in Lab
            if -1 <= low and high <= 2:
                mend = f": np.clip({it}, 0, 1)"
            elif 0 <= low and high <= 65535:  # bytes, or the levels of 16 bits
                most = 255 if high <= 255 else 65535
                mend = f": divide by {most}: {it} / {most}"
            raise ValueError(
                f"{name} holds values {low:.4g} to {high:.4g}; give values in [0, 1]{mend}."
            )
        if 0 <= low <= high <= 1:
            _unmixed(settled, shares=name)


def _unmixed(settled, **name):
    """Refuse bytes beside values in [0, 1], where each by itself would do."""
    settled |= name
    if "bytes" in settled and "shares" in settled:
        raise ValueError(
            f"{settled['bytes']} holds bytes (uint8), 0 to 255, and {settled['shares']} values in "
            f"[0, 1]; divide the bytes by 255: {settled['bytes']} / 255."
        )


def _as_array(name, value):
    """A list, a tuple, a tensor ... as an array."""
    rows = set(map(type, value)) if isinstance(value, (list, tuple)) else ()
    if isinstance(value, np.ma.MaskedArray) or np.ma.MaskedArray in rows:
        it = f"np.ma.array({name})" if rows else name
        raise TypeError(f"{name} is a masked array; fill what is missing: {it}.filled(0).")
    if isinstance(value, MappingView):
        value = list(value)  # the keys or the values of a dictionary, which have an order
    try:
        array = np.asarray(value)
    except Exception:  # lists of different lengths, a tensor on a GPU ...
        array = np.asarray(None)
    if array.dtype.kind in "OSUV":
        raise TypeError(f"{name} is {_short(value)}; give an array of numbers.")
    return array


def _fitted(shape, wanted, settled):
    """What the words for sizes stand for if this is the shape, or None if it can't be."""
    found = {}
    if wanted[0] == "...":
        axes = len(shape) - len(wanted) + 1
        if axes < 0 or settled.get("...", shape[:axes]) != shape[:axes]:
            return None
        found["..."] = shape[:axes]
        shape, wanted = shape[axes:], wanted[1:]
    if len(shape) != len(wanted):
        return None
    for n, size in zip(shape, wanted, strict=True):
        if size.isdigit():
            expected = int(size)
        elif " * " in size:
            expected = math.prod(settled.get(word, 1) for word in size.split(" * "))
        else:
            expected = found.get(size, settled.get(size, n))
        if n != expected:
            return None
        found[size] = n
    return found
