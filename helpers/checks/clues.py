"""Clues that need no list of misconceptions: what the answers and the code give away.

Answers are compared with the right ones moved, scaled, cut or rounded; with the right
answers to another input (whole numbers, bytes, gray, parameters swapped); and entry by
entry, to see where the wrong ones lie. The code is looked at for a return inside a loop
and for sizes that are written into it.
"""

import ast
import builtins
import inspect
import textwrap
import warnings
from itertools import permutations, product

import numpy as np

PHOTO = 512 * 768


def close(a, b):
    """Whether two answers hold the same numbers, as closely as their types can tell.

    Parameters
    ----------
    a, b : ndarray

    Returns
    -------
    bool
    """
    if a.shape != b.shape:
        return False
    finite = np.concatenate([abs(x[np.isfinite(x)].astype(float)) for x in (a, b)])
    near, least = (1e-3, 1e-6) if np.float32 in (a.dtype, b.dtype) else (1e-6, 1e-12)
    atol = max(near * finite.max(initial=0), least)
    return np.allclose(a, b, rtol=10 * near, atol=atol, equal_nan=True)


# --- The code ------------------------------------------------------------------------------


def in_the_code(function):
    """What the learner's code gives away.

    Parameters
    ----------
    function : callable

    Returns
    -------
    str or None
    """
    numbers = _numbers_in(getattr(function, "__code__", None))
    if any(number in (512, 768) or (number > 0 and number % PHOTO == 0) for number in numbers):
        return (
            "The size of the photograph (512 x 768) is written into your code: take height and width "
            "from what you are given, so that it works for a picture of any size."
        )
    if _returns_in_a_loop(function):
        return (
            "There is a return inside the loop: the function ends in the first round. Move it below "
            "the loop, to the left."
        )
    return never_meant(function)


def loops(function):
    """The names that stand in each of a function's loops.

    Parameters
    ----------
    function : callable

    Returns
    -------
    list of set of str
    """
    return [
        {_name(part) for part in ast.walk(loop)}
        for loop in ast.walk(_tree(function))
        if isinstance(loop, (ast.For, ast.While))
    ]


def leaves_a_loop(function):
    """Whether a function can leave a loop before its end.

    Parameters
    ----------
    function : callable

    Returns
    -------
    bool
    """
    return any(
        isinstance(part, (ast.Break, ast.Return))
        for loop in ast.walk(_tree(function))
        if isinstance(loop, (ast.For, ast.While))
        for part in ast.walk(loop)
    )


def counts_what_occurs(function):
    """A call that knows only the numbers that occur, as np.bincount without minlength, or None."""
    for part in ast.walk(_tree(function)):
        if isinstance(part, ast.Call):
            name = _name(part.func)
            told = len(part.args) > 2 or any(k.arg == "minlength" for k in part.keywords)
            if name in ("unique", "set", "Counter", "groupby") or (name == "bincount" and not told):
                return name
    return None


def never_meant(function):
    """What is legal, and never what its writer means, in words.

    Parameters
    ----------
    function : callable

    Returns
    -------
    str or None
    """
    known = getattr(function, "__globals__", {})
    own = getattr(getattr(function, "__code__", None), "co_varnames", ())
    functions = {name for name, value in known.items() if inspect.isfunction(value)} - set(own)
    for part in ast.walk(_tree(function)):
        for name in functions & {getattr(side, "id", None) for side in _compared(part)}:
            return f"{name} is a function, and equals nothing: call it, {name}(...)."
        for words, found in _NEVER_MEANT.items():
            this = found(part)
            if this:
                return words.replace("THIS", ast.unparse(this))
    return None


def _compared(part):
    return [part.left, *part.comparators] if isinstance(part, ast.Compare) else []


def _not_called(part):
    """A method that stands in a question without its parentheses."""
    inner = list(ast.walk(part.test)) if isinstance(part, (ast.If, ast.While, ast.IfExp)) else []
    called = [call.func for call in inner if isinstance(call, ast.Call)]
    return next((a for a in inner if _name(a) in ("any", "all") and a not in called), None)


def _thrown_away(part):
    """A line that computes something and keeps nothing of it."""
    value = getattr(part, "value", None) if isinstance(part, ast.Expr) else None
    if isinstance(value, ast.Call):
        pure = _name(value.func) in _PURE and not any(k.arg == "out" for k in value.keywords)
        return value if pure else None
    return value if isinstance(value, (ast.BinOp, ast.Compare)) else None


_PURE = set(
    "reshape transpose swapaxes ravel flatten squeeze astype copy clip round mean sum sqrt "
    "to_pixels to_image compute_centroids find_closest_centroids".split()
)


def _is_data(part):
    """Whether this holds numbers, and is neither None nor a type."""
    if isinstance(part, ast.Constant):
        return type(part.value) in (int, float)
    return _name(getattr(part, "func", part)) != "type" and not hasattr(builtins, _name(part))


def _slice_to_a_size(part):
    """A slice that ends at the step of its loop, where it should be that long."""
    steps = getattr(getattr(part, "iter", None), "args", ())
    if not isinstance(part, ast.For) or len(steps) < 3:
        return None
    ends = _name(part.target), ast.dump(steps[2])
    slices = (inner for inner in ast.walk(part) if isinstance(inner, ast.Slice) and inner.upper)
    return next((s for s in slices if (_name(s.lower), ast.dump(s.upper)) == ends), None)


# What to say, where THIS is the place -> the place in a part of the code, if it is one.
_NEVER_MEANT = {
    "Nothing is equal to nan, not even nan itself, so THIS finds none: np.isnan asks.": (
        lambda part: {"nan", "NaN"} & {_name(side) for side in _compared(part)} and part
    ),
    "THIS asks whether both are one and the same thing in memory, and even a perfect copy is not: "
    "ask whether they are equal (==; np.array_equal for whole arrays).": lambda part: (
        isinstance(part, ast.Compare)
        and isinstance(part.ops[0], (ast.Is, ast.IsNot))
        and all(map(_is_data, _compared(part)))
        and part
    ),
    "THIS counts all answers, True and False alike, so it never changes: .sum() counts those that "
    "are True, .any() asks for one.": lambda part: (
        isinstance(part, ast.Call)
        and _name(part.func) == "len"
        and part.args
        and _compared(part.args[0])
        and part
    ),
    "THIS without parentheses is the method itself, not its answer, and counts as True always: write "
    "THIS().": _not_called,
    "THIS compares two single answers, True or False (whether all, or any, of the numbers are not 0), and "
    "says nothing of the numbers themselves: ask whether the whole arrays are equal (np.array_equal).": lambda part: (
        {_name(getattr(side, "func", None)) for side in _compared(part)} in ({"all"}, {"any"})
        and part
    ),
    "The result of THIS is thrown away: it changes nothing by itself, but gives back something new. "
    "Give that a name, or return it.": _thrown_away,
    "The second number of a slice is where it ends, not how long it is: THIS is empty from the second "
    "round on.": _slice_to_a_size,
    "Your else belongs to the loop, not to the if: it is indented like the loop, so it runs once, when "
    "the loop is over.": lambda part: (
        isinstance(part, (ast.For, ast.While))
        and part.orelse
        and not any(isinstance(inner, (ast.Break, ast.Return)) for inner in ast.walk(part))
        and part
    ),
}


def _numbers_in(code):
    """Numbers that stand in the code, also those in tuples and in functions inside it."""
    numbers, constants = set(), list(getattr(code, "co_consts", ()))
    while constants:
        constant = constants.pop()
        if isinstance(constant, (int, float)) and not isinstance(constant, bool):
            numbers.add(constant)
        elif isinstance(constant, (tuple, frozenset)):
            constants += constant
        elif hasattr(constant, "co_consts"):
            constants += constant.co_consts
    return numbers


def _tree(function):
    """The learner's code as a tree; an empty one if it can't be found."""
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, IndentationError):
        return ast.Module(body=[], type_ignores=[])


def _returns_in_a_loop(function):
    loops = [n for n in ast.walk(_tree(function)) if isinstance(n, (ast.For, ast.While))]
    return any(
        isinstance(statement, ast.Return)
        for loop in loops
        if not any(isinstance(part, ast.Continue) for part in ast.walk(loop))
        for statement in loop.body
    )


def sizes_in_the_code(function):
    """Whether a whole shape is written into the code, as in ``reshape(6, 3)``, in words.

    Parameters
    ----------
    function : callable

    Returns
    -------
    str or None
    """
    for call in ast.walk(_tree(function)):
        if not (isinstance(call, ast.Call) and _name(call.func) in _SHAPED):
            continue
        for numbers in (call.args, call.args[1:], *(getattr(a, "elts", ()) for a in call.args)):
            sizes = [part.value for part in numbers if isinstance(part, ast.Constant)]
            if len(sizes) == len(numbers) >= 2 and _is_a_shape(sizes):
                return (
                    f"A size is written into your code, {tuple(sizes)}: take it from what you are "
                    "given, so that it works for any size."
                )
    return None


def second_name(function, parameters):
    """Whether a parameter only got a second name where a copy is meant, in words.

    Parameters
    ----------
    function : callable
    parameters : tuple of str

    Returns
    -------
    str
        Empty if not.
    """
    written = set(_written(ast.walk(_tree(function))))
    for part in ast.walk(_tree(function)):
        if isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
            if written & set(parameters) and part.targets[0].id not in written:
                continue  # a parameter is written into under its own name
            value, called = part.value, None
            if isinstance(value, ast.Call):
                called = _name(value.func)
                method = called not in ("asarray", "to_pixels", "to_image")
                value = getattr(value.func, "value", None) if method else value.args[0]
            if isinstance(value, ast.Subscript):
                called, value = called if called not in _NO_COPY else "[...]", value.value
            name = getattr(value, "id", None)
            if name in parameters and part.targets[0].id != name and called in _NO_COPY:
                return (
                    f"{part.targets[0].id} is no copy of {name}, only another name for the same "
                    "numbers (or a part of them): who writes into one writes into the other. "
                    ".copy() makes a copy.\n"
                )
    for name, whole in _written_in_a_loop(function, parameters):
        return (
            f"{name} is no copy, but a part of {whole} itself (a view): who writes into {name} writes "
            f"into {whole}. .copy() makes a copy.\n"
        )
    return ""


def _written_in_a_loop(function, parameters):
    """Names of a loop that stand for parts of a parameter, and are written into."""
    views, parts = {name: name for name in parameters}, list(ast.walk(_tree(function)))
    for loop in parts:
        if isinstance(loop, ast.For):
            over, names = [loop.iter], [loop.target]
            if _name(getattr(loop.iter, "func", None)) in ("enumerate", "zip"):
                over, names = loop.iter.args, getattr(loop.target, "elts", [])
                names = names[len(names) - len(over) :]
            for array, name in zip(over, names, strict=False):
                if _name(array) in views:
                    views[_name(name)] = views[_name(array)]
    for name in _written(parts):
        if name in views.keys() - set(parameters):
            yield name, views[name]


def _written(parts):
    """Names of arrays into which something is written: x[...] = ..., x += ..."""
    for part in parts:
        for target in [*getattr(part, "targets", []), getattr(part, "target", None)]:
            if isinstance(target, ast.Subscript) or isinstance(part, ast.AugAssign):
                yield _name(target.value if isinstance(target, ast.Subscript) else target)


_NO_COPY = {None, "asarray", "to_pixels", "to_image", "reshape", "view", "ravel", "[...]"}
_SHAPED = {"reshape", "zeros", "empty", "ones", "full", "resize"}


def _name(called):
    return getattr(called, "attr", getattr(called, "id", ""))


def _is_a_shape(sizes):
    """Whether these are sizes of something, and not only axes of 1 and the 3 channels."""
    return all(type(size) is int and size > 0 for size in sizes) and not set(sizes) <= {1, 3}


# --- The shape -----------------------------------------------------------------------------


def in_the_shape(exercise, calls):
    """How right numbers got into a wrong shape, in words.

    Parameters
    ----------
    exercise : Exercise
    calls : list of (arguments, expected, got)
        Of every call that came back; expected and got are arrays of numbers.

    Returns
    -------
    str or None
    """
    wrong = [call for call in calls if call[1].shape != call[2].shape]
    if not wrong:
        return None
    return _first_that_holds(_SHAPES, wrong, exercise.axes) or _two_in_one(wrong, exercise.axes)


def _two_in_one(calls, axes):
    """Whether two neighboring axes became one, in words."""
    for n, (one, other) in enumerate(zip(axes, axes[1:], strict=False)):
        if all(
            g.shape == (*e.shape[:n], e.shape[n] * e.shape[n + 1], *e.shape[n + 2 :])
            for _, e, g in calls
        ):
            return (
                f"The {one}s and the {other}s lie along one axis; they need an axis each: fold it."
            )
    return None


def another_size(exercise, calls):
    """Whether an axis is as long as something else that was given, in words.

    Parameters
    ----------
    exercise, calls
        As in `in_the_shape`.

    Returns
    -------
    str or None
    """
    if len(calls) < 3 or any(e.ndim != g.ndim for _, e, g in calls):
        return None
    for axis in range(calls[0][1].ndim):
        told = []
        for part in (1, 2):
            sizes = [call[part].shape[axis] for call in calls]
            given = [_sizes(exercise, call[0]) for call in calls]
            told.append([n for n in given[0] if [s.get(n) for s in given] == sizes])
        right, names = told
        if right and names and not set(right) & set(names) and len(set(sizes)) > 1:
            return f"The length of axis {axis} in your result is {names[-1]}; it should be {right[-1]}."
    return None


def in_the_shape_alone(exercise, calls):
    """What the wrong shapes give away, whatever the numbers are, in words.

    Parameters
    ----------
    exercise, calls
        As in `in_the_shape`.

    Returns
    -------
    str or None
    """
    wrong = [call for call in calls if call[1].shape != call[2].shape]
    if not wrong:
        return None
    return another_size(exercise, wrong) or _first_that_holds(_SHAPES_ALONE, wrong, exercise.axes)


def _first_that_holds(table, calls, axes):
    for words, holds in table.items():
        if all(holds(e, g) for _, e, g in calls):
            first, second, *_ = (*axes, "row", "number")
            words = words.replace("AXES", ", ".join(axes)).replace("OTHER", second)
            return words.replace("AXIS", first)
    return None


def _as_column(expected, got):
    return (
        got.ndim == expected.ndim + 1
        and got.shape[-1] == 1
        and expected.ndim == 1
        and close(expected, got[..., 0])
    )


_SHAPES = {
    "The numbers are right, but rows and columns (the first two axes) are swapped.": lambda e, g: (
        g.ndim == e.ndim >= 2 and close(np.swapaxes(e, 0, 1), g)
    ),
    "The numbers are right, but the channels come first: they are the last axis.": lambda e, g: (
        g.ndim == e.ndim == 3 and close(np.moveaxis(e, -1, 0), g)
    ),
    "The numbers are right, but the axes come in another order: it should be AXES.": (
        lambda e, g: (
            g.ndim == e.ndim == 3 and any(close(e.transpose(p), g) for p in permutations(range(3)))
        )
    ),
    "The numbers are right, but they come as a column: there is an axis of size 1 too many at the "
    "end. Flatten it with .ravel(), or leave out keepdims=True.": _as_column,
    "The number is right, but it comes as an array that holds one number; take the number out of "
    "it.": lambda e, g: e.ndim == 0 and g.size == 1 and close(e, g.reshape(())),
    "An axis of size 1 is gone (squeeze, or a single row taken): with one pixel or one color it has "
    "to stay.": lambda e, g: (
        g.ndim < e.ndim and g.size == e.size and close(np.squeeze(e), np.squeeze(g))
    ),
    "There is an axis of size 1 too many at the end: leave out keepdims=True, or take the axis away "
    "with [..., 0].": lambda e, g: (
        g.ndim == e.ndim + 1 > 1 and g.shape[-1] == 1 and close(e, g[..., 0])
    ),
    "There is an axis of size 1 too many.": lambda e, g: (
        g.ndim > e.ndim and g.size == e.size and close(np.squeeze(e), np.squeeze(g))
    ),
    "The numbers are right and in the right order, but as a flat list: fold it to the right shape.": (
        lambda e, g: g.ndim == 1 < e.ndim and g.size == e.size and close(e.ravel(), g)
    ),
    "Every number of the one meets every number of the other (as outer does): only the same "
    "channels belong together, and the result has an axis too many.": lambda e, g: (
        g.ndim == 4 and g.shape[1] == g.shape[3] and close(e, np.einsum("njkj->nkj", g))
    ),
    "Only the first AXIS comes back: the others are lost.": lambda e, g: (
        e.ndim > 0 and len(e) > 0 and (close(e[0], g) or (len(e) > 1 and close(e[:1], g)))
    ),
    "Only the last AXIS comes back: does your result begin anew in each round, or is the line that stores "
    "it outside the loop?": lambda e, g: (
        e.ndim > 1 and len(e) > 1 and (close(e[-1], g) or close(e[-1:], g))
    ),
    "Each AXIS holds the numbers of all of them: the inner list is begun once, before the loops, and goes "
    "on growing. Begin it anew for each AXIS.": lambda e, g: (
        g.ndim == e.ndim > 1
        and g[:1].size == e.size
        and all(close(e.ravel(), row.ravel()) for row in g)
    ),
    "Of each AXIS only the last OTHER is left: the line that stores it stands outside the inner loop. Indent "
    "it.": lambda e, g: e.ndim > 1 and (close(e[:, -1], g) or close(e[:, -1:], g)),
    "The result holds what earlier calls have left behind: begin with a new, empty one inside the "
    "function.": lambda e, g: (
        g.ndim == e.ndim > 0 and len(g) > len(e) and close(e, g[len(g) - len(e) :])
    ),
    "Equal AXISs come only once (as from np.unique), or some of them are left out by an if: keep them all.": (
        lambda e, g: (
            (e.ndim == 2 and g.size == 0)
            or g.ndim == e.ndim == 2
            and len(g) < len(e)
            and g.shape[1] == e.shape[1]
            and all((abs(e - row).max(axis=1) < 1e-6).any() for row in g)
            and not (close(e[1:], g) or close(e[:-1], g) or close(e[: len(g)], g))
        )
    ),
    "The last AXIS is missing: does a loop or a slice stop one too early?": lambda e, g: (
        g.ndim == e.ndim > 0 and len(g) == len(e) - 1 and close(e[:-1], g)
    ),
    "The first AXIS is missing: ranges and slices begin with 0.": lambda e, g: (
        g.ndim == e.ndim > 0 and len(g) == len(e) - 1 and close(e[1:], g)
    ),
}

_SHAPES_ALONE = {
    "The numbers are right and in the right order, but not in the right shape: fold them, and look "
    "at the axes again.": lambda e, g: g.size == e.size and close(e.ravel(), g.ravel()),
    "Each row holds more than it should: the numbers that are asked for, and others beside them.": (
        lambda e, g: (
            g.ndim == e.ndim > 0
            and g.shape[:-1] == e.shape[:-1]
            and g.shape[-1] > e.shape[-1] > 0
            and (close(e, g[..., : e.shape[-1]]) or close(e, g[..., -e.shape[-1] :]))
        )
    ),
    "You return True and False, the answers to a question (as from ==, < and so on); it should be "
    "numbers.": lambda e, g: g.dtype.kind == "b",
    "You return one number; it should be a whole array: an axis is missing in a sum, a mean or an "
    "argmin.": lambda e, g: g.ndim == 0 and e.ndim > 0,
    "You return an array; it should be one number: something is left to be added up, averaged or "
    "chosen, along all of its axes.": lambda e, g: e.ndim == 0 and g.ndim > 0,
    "There is an axis too many: something is left to be added up, or chosen, along it.": (
        lambda e, g: g.ndim > e.ndim
    ),
    "An axis is gone that should be there: it was added up, averaged or picked.": (
        lambda e, g: g.ndim < e.ndim
    ),
    "The axes come in another order, and the numbers are not right yet either.": lambda e, g: (
        sorted(g.shape) == sorted(e.shape)
    ),
}

# --- The values ----------------------------------------------------------------------------


def in_the_values(pairs):
    """A simple relation between all answers and the right ones, in words.

    Parameters
    ----------
    pairs : list of (expected, got)
        Arrays of numbers, of every call that came back with the right shape.

    Returns
    -------
    str or None
    """
    with np.errstate(all="ignore"):
        for words, holds in _VALUES.items():
            if all(holds(e, g) for e, g in pairs):
                return words
        return (
            _integers(pairs)
            or _channels(pairs)
            or _late_values(pairs)
            or _rounded(pairs)
            or _factor(pairs)
            or _cut_off(pairs)
        )


def _constant(g, value=None):
    return g.size > 0 and (g == (g.flat[0] if value is None else value)).all()


def _channels(pairs):
    """Whether channels stand in the places of others, in words."""
    if any(e.ndim < 2 or e.shape[-1] != 3 or e.shape != g.shape for e, g in pairs):
        return None
    taken = [
        [k for k in range(3) if all(close(e[..., k], g[..., j]) for e, g in pairs)]
        for j in range(3)
    ]
    if not all(taken):
        return None
    if len({k[0] for k in taken}) == 3:
        which = "Red and blue are swapped: the" if taken[0] == [2] and taken[1] == [1] else "The"
        return f"{which} channels come in another order; red, green, blue it has to be."
    j = next(j for j in range(3) if j not in taken[j])
    names = ("red", "green", "blue")
    return (
        f"The {names[j]} of your result is computed from the {names[taken[j][0]]} (a number "
        "copied, and not changed?): each channel comes from its own."
    )


def _bytes(e, g):
    return (
        e.ndim > 0 and (abs(g - 255 * e) < 1.001).all() and close(g.astype(float), np.rint(g * 1.0))
    )


def _in_steps(e, g, steps):
    """Whether these are the right numbers up to a step, and whole numbers of steps."""
    g = g.astype(float)
    return (abs(g - e) < 1.01 / steps).all() and np.allclose(
        g * steps, np.rint(g * steps), atol=1e-4
    )


def _integers(pairs):
    """Whether all answers are integers where decimals are right, in words."""
    if not all(g.dtype.kind in "biu" for _, g in pairs):
        return None
    if all(close(e, np.rint(e)) for e, _ in pairs):
        return None
    if all(g.dtype.kind == "b" for _, g in pairs):
        return (
            "Your result is True or False, the answer to a question (as from >, ==, logical_not); "
            "it should be numbers."
        )
    if all(e.ndim == 0 for e, _ in pairs):
        return "The decimals are gone: your result is an integer, a whole number."
    cuts = (np.trunc, np.floor, np.rint, np.ceil)
    if not any(all(close(cut(e * f), g * 1.0) for e, g in pairs) for cut in cuts for f in (1, 255)):
        return (
            "Your result holds whole numbers (integers), where decimals are right: do you count, or is "
            "something cut to integers on the way?"
        )
    return (
        "Your result is an array of integers, which can't hold decimals: they are cut off. Begin "
        "with np.zeros(...), which holds decimals, and leave out dtype=int and .astype(int)."
    )


def _rounded(pairs):
    """Whether all answers are the right ones, rounded or cut, in words."""
    for decimals in range(9):
        power = 10.0**decimals
        ways = (
            lambda e, d=decimals: np.round(e, d),
            lambda e, p=power: np.trunc(e * p) / p,
            lambda e, p=power: np.ceil(e * p) / p,
        )
        for way in ways:
            if all(np.allclose(way(e), g, rtol=1e-7, atol=1e-6 / power) for e, g in pairs):
                kept = f"rounded to {decimals} decimal{'s' if decimals != 1 else ''}"
                return (
                    f"Your numbers are {kept if decimals else 'rounded to whole numbers'}: keep all "
                    "decimals, and round only what you print."
                )
    return None


def _cut_off(pairs):
    """Whether all answers are the right ones, cut off at some value, in words."""
    if not all(g.size for _, g in pairs):
        return None
    if any(g.ndim == 0 for _, g in pairs) and sum(not close(e, g) for e, g in pairs) < 2:
        return None  # one number may be equal to another by accident
    edges = min(g.min() for _, g in pairs), max(g.max() for _, g in pairs)
    if not all(close(np.clip(e, *edges), g) for e, g in pairs):
        return None
    low, high = (any((sign * e < sign * g - 1e-3).any() for e, g in pairs) for sign in (1, -1))
    told = [f"below {edges[0]:.4g}"] * low + [f"above {edges[1]:.4g}"] * high
    return f"Everything {' and '.join(told)} is cut off (clip?): keep the values as they are."


def _late_values(pairs):
    for words, holds in _LATE_VALUES.items():
        if all(holds(e, g) for e, g in pairs):
            return words
    return None


_VALUES = {
    "Everything is 0: is your answer ever written into the result, or is something cut to integers "
    "on the way?": lambda e, g: g.dtype.kind == "f" and g.ndim > 0 and _constant(g, 0),
    "Everything is nan, which is not a number: a division 0 / 0, or a root of something below 0.": (
        lambda e, g: g.size > 0 and g.dtype.kind == "f" and np.isnan(g).all()
    ),
    "The sign is the wrong way around.": lambda e, g: close(e, -(g * 1.0)),
    "These are the squares of the right numbers: a root is missing.": lambda e, g: close(e**2, g),
    "These are the roots of the right numbers: there is a root too many.": (
        lambda e, g: close(np.sqrt(e), g)
    ),
    "Your fraction is upside down.": lambda e, g: e.ndim == 0 and close(e * g, np.ones(())),
    "The sign is lost: these are the absolute values of the right numbers.": (
        lambda e, g: close(abs(e), g)
    ),
    "You subtract the right numbers from 1.": lambda e, g: close(1 - e, g),
    "Values below 0 are cut off: a difference may be below 0.": lambda e, g: close(
        np.maximum(e, 0), g
    ),
    "Values below 0 and above 1 are cut off; here they may occur.": lambda e, g: close(
        np.clip(e, 0, 1), g
    ),
    "Your numbers are bytes, from 0 to 255; they should go from 0 to 1.": _bytes,
    "On the way through bytes the decimals are lost: your numbers are cut to steps of 1/255. Compute "
    "with the decimals themselves.": lambda e, g: _in_steps(e, g, 255),
    "Your numbers are cut to steps of 1/256, as bytes: compute with the decimals themselves.": (
        lambda e, g: _in_steps(e, g, 256)
    ),
}

_LATE_VALUES = {
    "Your numbers are only 0 and 1, black and white (as from a threshold, or from rounding): keep "
    "the values between.": lambda e, g: (
        close(e, g)
        or (
            g.ndim > 0
            and g.dtype.kind == "f"
            and np.isin(g, (0, 1)).all()
            and (abs(e - 0.5) <= 0.5).all()
            and not np.isin(e, (0, 1)).all()
        )
    ),
    "It is upside down: the rows come from the bottom.": lambda e, g: (
        e.ndim > 1 and close(e[::-1], g)
    ),
    "It is mirrored: the columns come from the right.": lambda e, g: (
        e.ndim > 1 and close(e[:, ::-1], g)
    ),
    "It comes backward: the last is first.": lambda e, g: (
        e.ndim > 0 and e.size > 1 and close(e.reshape(-1, e.shape[-1])[::-1].reshape(e.shape), g)
    ),
    "Black rows (all 0) are left out, and those after them move up: is there an if that asks for the "
    "numbers alone? 0 counts like any other value.": lambda e, g: (
        e.ndim == 2 and close(np.concatenate([e[(some := e.any(axis=1))], e[~some]]), g)
    ),
    "Every pixel is the same, a mixture of all or one of them: each has its own.": lambda e, g: (
        e.ndim == 3 and np.allclose(g, g[0, 0])
    ),
    "The right values are there, but listed in another order of the axes, as when an outer and an "
    "inner loop change places (or order='F'), and then folded as if they came in the right one. A "
    "reshape does not swap axes: it only fills row after row.": lambda e, g: any(
        close(e.transpose(p).reshape(e.shape), g) for p in permutations(range(e.ndim))
    ),
    "Your running sum goes on from one place to the next: set it back to 0 for each.": lambda e, g: (
        any(close(np.cumsum(e, axis=axis).reshape(e.shape), g) for axis in (None, *range(e.ndim)))
    ),
    "The right values are there, but each stands one place too early: a counter goes up before it is "
    "used; the first number is 0.": lambda e, g: _moved(e, g, -1),
    "The right values are there, but each stands one place too late: a counter begins below 0, or "
    "goes up too late.": lambda e, g: _moved(e, g, 1),
}


def _moved(e, g, by):
    """Whether all have moved on, as rows of the last axis or as single numbers."""
    return e.ndim > 0 and any(
        close(np.roll(e.reshape(-1, *rest), by, axis=0).reshape(e.shape), g)
        for rest in (e.shape[-1:], ())
    )


_FACTORS = {
    255: "Your numbers are 255 times too large: 255 is white in a file, but here white is 1.",
    1 / 255: "Your numbers are 255 times too small: these values go from 0 to 1 already.",
    255**2: "Your numbers are 255 x 255 times too large: here white is 1, not 255.",
    255**-2: "Your numbers are 255 x 255 times too small: these values go from 0 to 1 already.",
    3: "Your numbers are 3 times too large: is a division by the number of channels missing?",
    3**-0.5: "You divide by the root of 3, which makes the largest distance of two colors 1: a "
    "division too many.",
    1 / 3: "Your numbers are 3 times too small: is there a division by the channels too many?",
    8: "Your numbers are 8 times too large: a byte has 8 bits; mind which of the two you count.",
    1
    / 8: "Your numbers are 8 times too small: a byte has 8 bits; mind which of the two you count.",
    100: "Your numbers are 100 times too large: the answer is no percentage.",
}


def _factor(pairs):
    """One factor between all answers and the right ones, in words."""
    if any(g[e == 0].any() for e, g in pairs):
        return None
    ratios = [np.ravel((g / e)[(e != 0) & np.isfinite(e)]) for e, g in pairs]
    ratios = np.concatenate(ratios or [np.empty(0)])
    for factor, words in _FACTORS.items():
        if ratios.size and np.allclose(ratios, factor, rtol=1e-3):
            return words
    if ratios.size > 1 and ratios[0] and np.allclose(ratios, ratios[0], rtol=1e-4):
        return (
            f"Each of your numbers is {ratios[0]:.4g} times the right one: is there a factor or a "
            "division too many, or is one missing?"
        )
    return None


# --- A step too many -----------------------------------------------------------------------

# What is done -> the step, of which an array goes through one or the other.
STEPS = {
    "stretch WHAT, so that the smallest becomes 0 and the largest 1": (
        lambda a: (a - a.min()) / (np.ptp(a) or 1),
        lambda a: (a - a.min(axis=(0, 1))) / np.ptp(a, axis=(0, 1)),
        lambda a: (a - a.min(axis=0)) / np.ptp(a, axis=0),
        lambda a: (a - a.min(axis=0)) / (np.ptp(a, axis=0) + 1e-12),
    ),
    "divide WHAT by the largest value (so that the largest is 1)": (
        lambda a: a / (a.max() or 1),
        lambda a: a / a.max(axis=(0, 1)),
        lambda a: a / a.max(axis=-1, keepdims=True),
        lambda a: a / a.max(axis=0),
    ),
    "divide WHAT by the sum (so that they add up to 1)": (
        lambda a: a / a.sum(),
        lambda a: a / a.sum(axis=-1, keepdims=True),
        lambda a: a / a.sum(axis=0),
    ),
    "divide WHAT by the length (the norm)": (
        lambda a: a / (np.linalg.norm(a) or 1),
        lambda a: a / np.maximum(np.linalg.norm(a, axis=-1, keepdims=True), 1e-12),
    ),
    "subtract the mean from WHAT": (
        lambda a: a - a.mean(),
        lambda a: a - a.mean(axis=0),
        lambda a: a - a.mean(axis=(0, 1)),
        lambda a: (a - a.mean(axis=0)) / a.std(axis=0),
        lambda a: (a - a.mean(axis=0)) / (a.std(axis=0) + 1e-12),
        lambda a: (a - a.mean()) / a.std(),
    ),
    "sort WHAT (so that nothing stays in its place)": (
        lambda a: np.sort(a, axis=-1),
        lambda a: np.sort(a, axis=None).reshape(a.shape),
        lambda a: a[np.lexsort(a.T[::-1])],
        lambda a: a[a.sum(axis=-1).argsort(kind="stable")],
    ),
    "sort each column of WHAT by itself (so that its rows are torn apart)": (
        lambda a: np.sort(a, axis=0)
    ),
    "keep equal rows of WHAT only once (np.unique sorts them, too)": lambda a: np.unique(a, axis=0),
    "round WHAT": tuple(lambda a, d=d: np.round(a, d) for d in range(5)),
    "go through bytes with WHAT, which leaves steps of 1/255": (
        lambda a: np.trunc(a * 255) / 255,
        lambda a: np.rint(a * 255) / 255,
        lambda a: np.trunc(a * 256) / 256,
    ),
    "cut off the decimals of WHAT (whole numbers, integers)": (np.trunc, np.floor, np.ceil),
    "cut WHAT to 0 and 1": lambda a: np.clip(a, 0, 1),
    "square WHAT": lambda a: a**2,
    "take the root of WHAT": np.sqrt,
    "bend WHAT with a power of 2.2 (gamma)": (lambda a: a**2.2, lambda a: a ** (1 / 2.2)),
    "take the remainder of WHAT (% 1), which turns 1 into 0": lambda a: a % 1,
    "subtract WHAT from 1": lambda a: 1 - a,
    "take the logarithm of WHAT": (np.log, np.log1p, np.log2, np.log10),
    "take the absolute values of WHAT": abs,
    "divide WHAT by 255": lambda a: a / 255,
    "divide 1 by WHAT": lambda a: 1 / a,
    "turn WHAT into float16 (which keeps only three digits)": lambda a: a.astype(np.float16),
    "turn WHAT into bytes (uint8, which begin anew at 256)": (
        lambda a: (a * 255).astype(np.uint8),
        lambda a: np.rint(a * 255).astype(np.uint8),
        lambda a: a.astype(np.uint8),
    ),
}


def _first_alike(array, key):
    """Each row replaced by the first one that has the same key."""
    rows = array.reshape(-1, array.shape[-1])
    _, first, of = np.unique(key(rows), axis=0, return_index=True, return_inverse=True)
    return rows[first[of.ravel()]].reshape(array.shape)


# How nearly equal pixels may become one: the key of a cache, say.
_KEYS = (
    *(lambda rows, d=d: np.round(rows, d) for d in range(4)),
    *(lambda rows, n=n: np.trunc(rows * n) for n in (1, 10, 16, 32, 100, 255, 256)),
    lambda rows: np.rint(rows * 255),
    lambda rows: rows[:, :1],
    lambda rows: np.round(rows.sum(axis=1, keepdims=True), 3),
)


def steps():
    """Pairs of words, with WHAT for an array, and a step that an array may go through."""
    for words, steps in STEPS.items():
        for step in steps if isinstance(steps, tuple) else (steps,):
            yield words, step


def in_the_steps(pairs):
    """Whether the answers are the right ones after one step too many, in words.

    Parameters
    ----------
    pairs : list of (expected, got)
        Arrays of numbers, of every call that came back with the right shape.

    Returns
    -------
    str or None
    """
    pairs = sorted(pairs, key=lambda pair: close(*pair))
    for words, step in steps() if all(e.ndim for e, _ in pairs) else ():
        try:
            with np.errstate(all="ignore"):
                if all(
                    close(np.asarray(step(e), dtype=float), g)
                    or (not np.ptp(e) and (close(e, g) or np.isnan(g).all()))
                    for e, g in pairs
                ):
                    return f"You {words.replace('WHAT', 'the result')}: leave out that step."
        except (ValueError, IndexError, TypeError, np.exceptions.AxisError):
            continue
    return None


def in_a_mixture(exercise, calls):
    """Whether every answer is so much of the right one, and so much of what was given, in words.

    Parameters
    ----------
    exercise : Exercise
    calls : list of (arguments, expected, got)

    Returns
    -------
    str or None
    """
    rows, values = [], []
    names = ["the right result", *exercise.parameters, "1"]
    for arguments, e, g in calls:
        fits = (e.shape, e.shape[-1:])
        parts = [a if np.ndim(a) and np.shape(a) in fits else 0 for a in arguments]
        parts = [np.broadcast_to(np.asarray(a, dtype=float), e.shape) for a in parts]
        if e.shape == g.shape:
            rows.append(np.stack([p.ravel() for p in (e, *parts, np.ones(e.shape))], axis=1))
            values.append(np.ravel(g))
    table, values = np.concatenate(rows), np.concatenate(values).astype(float)
    if len(values) < 12 or not np.isfinite(values).all():
        return None
    shares = np.linalg.lstsq(table, values, rcond=None)[0].round(4) + 0.0
    shares[abs(shares) < 0.002] = 0
    if shares.tolist().count(0) == len(shares) - shares[0] or not np.allclose(
        table @ shares, values, atol=2e-3
    ):
        return None
    told = [f"{s:g} x {name}" for s, name in zip(shares, names, strict=True) if s]
    return (
        f"Your result is {' + '.join(told).replace('+ -', '- ')}: something is added or mixed in."
    )


def in_the_wrong_entries(calls):
    """What stands in the places that are wrong, in words.

    Parameters
    ----------
    calls : list of (arguments, expected, got)

    Returns
    -------
    str or None
    """
    calls = [(a, e, g) for a, e, g in calls if e.shape == g.shape and e.ndim > 0]
    masks = [~np.isclose(e, g, rtol=1e-4, atol=1e-5, equal_nan=True) for _, e, g in calls]
    if not any(mask.any() for mask in masks):
        return None
    wrong = np.concatenate([g[m] for (*_, g), m in zip(calls, masks, strict=True)])
    firsts = [a[0] if np.shape(a[0]) == e.shape else np.full(e.shape, np.nan) for a, e, _ in calls]
    given = np.concatenate([f[m] for f, m in zip(firsts, masks, strict=True)])
    rhythm = _rhythm([(f, e, g) for f, (_, e, g) in zip(firsts, calls, strict=True)])
    if rhythm:
        return rhythm
    if np.allclose(wrong, given):
        return (
            "Where your result is wrong, it is what was given: these places are left as they were. Is "
            "there an if, or a loop, that passes them by?"
        )
    if not wrong.any():
        return (
            "Where your result is wrong, it is 0: these places are never written, or written with "
            "0. Is there an if, or a loop, that passes them by?"
        )
    return None


def _rhythm(triples):
    """Whether only every second number is right, or every third pixel ..., in words."""
    ordinals = dict(zip(range(2, 7), ("second", "third", "fourth", "fifth", "sixth"), strict=True))
    shown = [triple for triple in triples if not close(*triple[1:])]
    for stays, stand in (("stays as it was", lambda f, e: f), ("is 0", lambda f, e: 0 * e)):
        for step, start, unit in product(ordinals, range(6), _UNITS):
            for only, words in ((False, "Every {} {} {}"), (True, "Only every {} {} is right")):
                if start < step and all(
                    close(np.where((_UNITS[unit](e) % step == start) ^ only, stand(f, e), e), g)
                    for f, e, g in shown + triples
                ):
                    four = " A pixel has 3 numbers here, no fourth." * (
                        step == 4 and unit == "number"
                    )
                    told = words.format(ordinals[step], unit, stays)
                    return f"{told}{'' if unit in ('row', 'column') else ', counted row by row'}: does a loop go in steps of {step}?{four}"
    return None


# What may be counted in an array: where each of its numbers stands.
_UNITS = {
    "number": lambda e: np.arange(e.size).reshape(e.shape),
    "pixel": lambda e: np.arange(e.size).reshape(e.shape) // (3 if e.ndim == 3 else 1),
    "row": lambda e: np.indices(e.shape)[0],
    "column": lambda e: np.indices(e.shape)[min(1, e.ndim - 1)],
}


def in_the_blocks(pairs, name):
    """Whether the last, shorter block is left out, or all are written over the first, in words.

    Parameters
    ----------
    pairs : list of (expected, got)
    name : str
        What the first axis is.

    Returns
    -------
    str or None
    """

    def whole_only(e, size):
        return np.concatenate([(some := e[: len(e) // size * size]), 0 * e[len(some) :]])

    def overwritten(e, size):
        starts = range(0, len(e), size)
        rows = [next(e[s + i] for s in reversed(starts) if s + i < len(e)) for i in range(size)]
        return np.concatenate([np.reshape(rows, (size, *e.shape[1:])), 0 * e[size:]])

    longest = max((len(e) for e, g in pairs if not close(e, g)), default=0)
    for size in range(2, min(longest, 64)):
        if all(close(whole_only(e, size), g) for e, g in pairs):
            return (
                f"The last {name}s stay 0: the last, shorter block is never reached (your blocks seem to "
                f"have {size} {name}s). Counting whole blocks, as len // size does, forgets the rest."
            )
        if all(close(overwritten(e, size) if len(e) > size else e, g) for e, g in pairs):
            return (
                f"From {name} {size} on everything is 0: the numbers of each block are written over those "
                "of the first. Count their places from where the block begins, not from 0."
            )
    return None


def why_unwritten(function, words):
    """For places that are never written: what in the code may be the reason, in words."""
    if not any(text in words for text in ("passes them by", "is 0: is your answer")):
        return ""
    if any(isinstance(part, ast.FloorDiv) for part in ast.walk(_tree(function))):
        return " (// cuts off: len // size counts whole blocks, and forgets a shorter one.)"
    if leaves_a_loop(function):
        return " (break and return leave a whole loop; continue passes by one round.)"
    return ""


def _sizes(exercise, arguments):
    """What can be counted in the arguments: in words -> how many."""
    sizes = {}
    for name, a in zip(exercise.parameters, arguments, strict=True):
        if isinstance(a, np.ndarray):
            sizes |= {f"the number of values in {name}": a.size, f"len({name})": len(a)}
            kinds = ("rows", "columns", "channels") if a.ndim == 3 else ("rows", "channels")
            sizes |= {
                f"the number of {kind} in {name}": n
                for kind, n in zip(kinds, a.shape, strict=False)
            }
            sizes |= (
                {f"the number of pixels in {name}": a.size // a.shape[-1]} if a.ndim == 3 else {}
            )
        elif isinstance(a, (int, float)):
            sizes[name] = a
    return sizes


# --- The answer to another input -----------------------------------------------------------


def in_the_input(exercise, calls):
    """Whether the answers are the right ones for another input, in words.

    An input that makes no sense for some calls says nothing about these; three others,
    and one that went wrong, have to be left.

    Parameters
    ----------
    exercise : Exercise
    calls : list of (arguments, expected, got)

    Returns
    -------
    str or None
    """
    calls = sorted(calls, key=lambda call: close(call[1], call[2]))
    number_wrong = sum(not close(e, g) for _, e, g in calls)
    for words, other in _inputs(exercise, calls[0][0]):
        shift = 1 if "first color is left out" in words and exercise.whole else 0
        fits, wrong_fits = 0, 0
        for number, call in enumerate(calls):
            agrees = _agrees(exercise, call, other, shift)
            if agrees is False:
                break
            fits += agrees is True
            wrong_fits += agrees is True and number < number_wrong
        else:
            enough = 2 if exercise.whole and "the first" not in words else 1  # by accident?
            if wrong_fits >= enough and fits >= min(3, len(calls)):
                return words
    return None


def _inputs(exercise, arguments):
    """Words and changes of the arguments: those with words of their own, then all steps."""
    yield from (_INPUTS | (_NUMBERS_OF if exercise.whole else {})).items()
    for key in _KEYS if exercise.parameters[0] in ("X", "image") else ():
        yield (
            "Pixels that are nearly equal get the same answer from you, that of the first of them: is the "
            "key of a cache rounded, or does it look at a part of the pixel only? Each pixel counts as it is.",
            _first(lambda a, key=key: _first_alike(a, key)),
        )
    names = exercise.parameters
    places = [n for n, a in enumerate(arguments) if np.ndim(a) and names[n] != "idx"]
    if places and places[-1] == 1 and np.ndim(arguments[1]) == 2:
        for m in (1, 2, 3, 4, 8, 10, 16, 32, 64, 100, 128, 200, 255, 256):
            yield (
                f"You look at the first {m} of {exercise.parameters[1]} only, whatever their number is.",
                _at([1], lambda a, m=m: a[:m]),
            )
    for some in ([places] if len(places) > 1 else []) + [[place] for place in places]:
        names = " and ".join(exercise.parameters[place] for place in some)
        for words, step in steps():
            what = words.replace("WHAT", names)
            yield f"You {what} before you compute: take the values as they are.", _at(some, step)


def _at(places, step):
    def changed(arguments):
        return tuple(
            _like(a, step(np.asarray(a))) if place in places else a
            for place, a in enumerate(arguments)
        )

    return changed


def _like(given, changed):
    """A changed array as what was given: a tensor, where that was one."""
    return given.new_tensor(changed) if hasattr(given, "new_tensor") else changed


def _agrees(exercise, call, other, shift):
    """Whether an answer is the right one to another input; None if that makes no sense."""
    arguments, _, got = call
    try:
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answer = np.asarray(exercise.answer(*other(arguments)), dtype=float)
        return close(answer + shift, got)
    except (ValueError, TypeError, IndexError, AttributeError, ArithmeticError):
        return None


def _each(change):
    """The same change of every array of decimals among the arguments."""

    def changed(arguments):
        return tuple(
            change(a) if isinstance(a, np.ndarray) and a.dtype.kind == "f" else a for a in arguments
        )

    return changed


def _first(change):
    def changed(arguments):
        return (change(arguments[0]), *arguments[1:])

    return changed


def _second(change):
    def changed(arguments):
        return (arguments[0], change(np.asarray(arguments[1])), *arguments[2:])

    return changed


def _gray(array):
    return np.repeat(array.mean(axis=-1, keepdims=True), array.shape[-1], axis=-1)


def _weighted(array):
    return np.repeat((array @ [0.299, 0.587, 0.114])[..., None], 3, axis=-1)


def _one_channel(channel):
    return lambda a: np.repeat(a[..., [channel]], a.shape[-1], axis=-1)


def _only(channel):
    return _each(_one_channel(channel))


def _channels_cut(array):
    if array.shape[-1] == 1:
        raise ValueError
    return np.ascontiguousarray(array[..., :-1])


def _cut_short(array):
    if len(array) == 1:
        raise ValueError
    return array[:-1]


def _without(picture, axis, place):
    """A picture without its first or last row or column, if it has several."""
    if picture.ndim != 3 or picture.shape[axis] == 1:
        raise ValueError
    return np.delete(picture, place, axis)


def _begun_late(array):
    if len(array) == 1:
        raise ValueError
    return array[1:]


_INPUTS = {
    "The parameters are mixed up: the first two have changed places.": lambda a: (
        a[1],
        a[0],
        *a[2:],
    ),
    "You compute with bytes, 0 to 255; these values go from 0 to 1.": _each(
        lambda a: np.trunc(a * 255)
    ),
    "You compute with bytes, 0 to 255: these values go from 0 to 1.": _each(
        lambda a: np.rint(a * 255)
    ),
    "You compute with gray, one brightness for all channels: keep the channels apart.": _each(
        _gray
    ),
    "You turn the picture gray first: keep the channels apart.": _first(_gray),
    "You compare brightness only (gray, with its weights); compare all channels.": _each(_weighted),
    "You turn the picture gray first (with its weights): keep the channels apart.": _first(
        _weighted
    ),
    "You use the first channel for all: keep the channels apart.": _only(0),
    "You use the last channel for all: keep the channels apart.": _only(-1),
    **{
        f"You read channel {j} of the picture for all three: each channel comes from its own.": (
            _first(_one_channel(j))
        )
        for j in range(3)
    },
    "Red and blue are swapped: the channels come in another order; red, green, blue it has to be.": _first(
        lambda a: a[..., ::-1].copy()
    ),
    "You take the first axis for the channels, and move it to the end; the channels are the last axis "
    "already.": _first(lambda a: np.ascontiguousarray(a.transpose(1, 2, 0))),
    "You leave out the last channel: does a loop over the channels stop too early?": _each(
        _channels_cut
    ),
    **{
        f"You look at the first {n} channels only, whatever their number is.": _each(
            lambda a, n=n: np.ascontiguousarray(a[..., :n])
        )
        for n in (3,)
    },
}

_INPUTS |= {
    f"The {which} {name} of the picture is missing: {why}": _first(
        lambda a, axis=axis, place=place: _without(a, axis, place)
    )
    for axis, name in enumerate(("row", "column"))
    for which, place, why in (
        ("last", -1, "does a loop or a slice stop one too early?"),
        ("first", 0, "loops and slices begin with 0."),
    )
}

_NUMBERS_OF = {
    "The last color is left out: does a loop or a slice stop one too early?": _second(_cut_short),
    "The first color is left out: loops and slices begin with 0.": _second(_begun_late),
    "You compare with the first color only.": _second(lambda a: np.repeat(a[:1], len(a), axis=0)),
}

# --- Where the wrong entries lie -----------------------------------------------------------


def in_the_places(pairs, axes):
    """Where the wrong entries lie, in words.

    Parameters
    ----------
    pairs : list of (expected, got)
        Arrays of numbers, of every call that came back with the right shape.
    axes : tuple of str
        What the axes are: "row", "column", "channel" ...

    Returns
    -------
    str or None
    """
    masks = _wrong_entries(pairs, axes)
    wrong = [mask for mask in masks if mask.any()]
    if not wrong or not axes:
        return None
    for axis, name in enumerate(axes):
        places = [np.flatnonzero(mask.any(axis=_others(mask, axis))) for mask in wrong]
        sizes = [mask.shape[axis] for mask in wrong]
        if max(sizes) == 1:
            continue
        if all((p == n - 1).all() for p, n in zip(places, sizes, strict=True)):
            return f"Only the last {name} is wrong: does a loop or a slice stop one too early?"
        if all((p == 0).all() for p in places):
            return f"Only the first {name} is wrong: ranges and slices begin with 0."
        if name == "channel":
            right = set.intersection(
                *(set(range(n)) - set(p.tolist()) for p, n in zip(places, sizes, strict=True))
            )
            if right and min(sizes) == 3:
                listed = " and ".join(str(channel) for channel in sorted(right))
                return f"Only channel {listed} is right: what happens to the other channels?"
        if all(p.tolist() == list(range(1, n)) for p, n in zip(places, sizes, strict=True)) and all(
            mask.any() for mask in masks if mask.shape[axis] > 1
        ):
            return (
                f"Only the first {name} is right: the others are left out, or the first is taken "
                "for all."
            )
        if all(
            p.tolist() == list(range(n - 1)) for p, n in zip(places, sizes, strict=True)
        ) and all(mask.any() for mask in masks if mask.shape[axis] > 1):
            return (
                f"Only the last {name} is right: something is overwritten, or carried on from one "
                f"{name} to the next."
            )
    return None


def _wrong_entries(pairs, axes):
    masks = [
        ~np.isclose(e, g, rtol=1e-4, atol=2e-3 if g.dtype == np.float32 else 1e-5, equal_nan=True)
        for e, g in pairs
    ]
    return [mask for mask in masks if mask.ndim == len(axes)]


def _others(mask, axis):
    return tuple(other for other in range(mask.ndim) if other != axis)


def in_a_pattern(pairs, axes):
    """A rule for the row and column of the entries that are wrong, in words.

    Parameters
    ----------
    pairs, axes
        As in `in_the_places`.

    Returns
    -------
    str or None
    """
    for axis, name in enumerate(axes):
        some = [g for e, g in pairs if e.ndim == len(axes) > 1 and e.shape[axis] > 1]
        if len(some) > 2 and all((g == g.take([0], axis=axis)).all() for g in some):
            return (
                f"Your result is the same for every {name}: is the number of the {name} missing in "
                "your line, another one in its place, or the result overwritten? Or does a sum, a mean or a "
                f"norm without an axis take all {name}s together?"
            )
    masks = [mask for mask in _wrong_entries(pairs, axes) if mask.ndim > 1 and mask.any()]
    grids = [mask.any(axis=tuple(range(2, mask.ndim))) for mask in masks]
    both = [n for n, grid in enumerate(grids) if min(grid.shape) > 1]
    if len(both) < 3 or not any(not grids[n].all() for n in both):
        return None
    best, told = 0.85, None
    for words, rule in _RULES.items():
        expected = [rule(*np.indices(grid.shape), *grid.shape) for grid in grids]
        if all((grid <= e).all() for grid, e in zip(grids, expected, strict=True)):
            share = sum(grids[n].sum() for n in both) / max(sum(expected[n].sum() for n in both), 1)
            best, told = (share, words) if share > best else (best, told)
    return told and told.replace("ONE", axes[0]).replace("OTHER", axes[1])


# In a table of n rows and m columns: which entries (i, j) are wrong.
_RULES = {
    "Only the places on one side of the diagonal are right: a loop begins where the other one is, as "
    "if the table were the same on both sides. Its rows are ONEs and its columns OTHERs: every place "
    "has to be computed.": lambda i, j, n, m: i > j,
    "Only the places above the diagonal are right, as if the table were the same on both sides. Its "
    "rows are ONEs and its columns OTHERs: every place has to be computed.": (
        lambda i, j, n, m: i >= j
    ),
    "Only the places below the diagonal are right, and on it, as if the table were the same on both "
    "sides. Its rows are ONEs and its columns OTHERs: every place has to be computed.": (
        lambda i, j, n, m: i < j
    ),
    "Only the places below the diagonal are right, as if the table were the same on both sides. Its "
    "rows are ONEs and its columns OTHERs: every place has to be computed.": (
        lambda i, j, n, m: i <= j
    ),
    "Only the diagonal is right: each ONE meets only the OTHER of the same number.": (
        lambda i, j, n, m: i != j
    ),
    "Only the diagonal is wrong: do you leave out where both numbers are equal? Your ONEs and OTHERs "
    "are different things.": lambda i, j, n, m: i == j,
    "Only the very last place is wrong: does a loop or a slice stop one too early?": (
        lambda i, j, n, m: (i == n - 1) & (j == m - 1)
    ),
    "Only the very first place is wrong: ranges and slices begin with 0.": (
        lambda i, j, n, m: (i == 0) & (j == 0)
    ),
    "The last ONE and the last OTHER are wrong: range leaves out its end already, so there is no - 1 "
    "to take away.": lambda i, j, n, m: (i == n - 1) | (j == m - 1),
    "The first ONE and the first OTHER are wrong: ranges and slices begin with 0.": (
        lambda i, j, n, m: (i == 0) | (j == 0)
    ),
    "Only a square part is right: both loops go round equally often (to the smaller number?). One "
    "has to go through all ONEs, the other through all OTHERs.": (
        lambda i, j, n, m: (i >= m) | (j >= n)
    ),
}
