"""What the learner's own code gives away, without running it."""

import ast
import builtins
import inspect
import sys
import textwrap

from helpers import call
from helpers.checks.report import show
from helpers.plain import plain

PHOTO = 512 * 768


def gives_away(attempt):
    """A mistake that stands in the code, whatever its answers are, in words."""
    return (
        page_variables(attempt)
        or _photo(attempt.function)
        or never_meant(attempt.function)
        or given_anew(attempt)
        or never_used(attempt, all_of_them=True)
    )


def tree_of(function):
    """The learner's code as a tree; an empty one if it can't be found."""
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, IndentationError):
        return ast.Module(body=[], type_ignores=[])


def _name(node):
    return getattr(node, "attr", getattr(node, "id", ""))


# --- Whose work is it? ---------------------------------------------------------------------


def hands_it_back(exercise, function):
    """Whether the learner's code uses the very function of the course that it should be, in words."""
    function = getattr(function, "func", function)  # functools.partial
    names = {name for code in call.codes(function) for name in code.co_names}
    known = [space[n] for space in call.namespaces(function) for n in names if n in space]
    known += [sys.modules[n] for n in names if n.startswith("helpers") and n in sys.modules]
    for _ in range(2):  # helpers, its rooms, and what is in them
        rooms = [m for m in known if inspect.ismodule(m) and m.__name__.startswith("helpers")]
        known += [getattr(room, name, None) for room in rooms for name in names]
    if not any(value is exercise.answer for value in (function, *known)):
        return None
    return f"Your function calls the course's own {exercise.answer.__name__}, which hands the work back to the course. Write the steps yourself; your own functions of earlier lessons are welcome."


# --- Sizes and names -----------------------------------------------------------------------


def page_variables(attempt):
    """Variables of the page that stand in for parameters, in words."""
    used = call.page_variables_used(attempt.function)
    if not used:
        return None
    own = getattr(attempt.function, "__code__", None)
    listed = ", ".join(own.co_varnames[: own.co_argcount] if own else attempt.exercise.parameters)
    return f"Your function uses {' and '.join(used)} from the page around it. Everything that it needs has to come in through its parameters ({listed}), or it works here and nowhere else."


def given_away(attempt):
    """A name that the code counts on, and that the page has given to something else, in words."""
    page, asked = call.namespaces(attempt.function)[0], {}
    for node in ast.walk(tree_of(attempt.function)):
        if isinstance(node, ast.Call):
            asked[_name(node.func) * isinstance(node.func, ast.Name)] = callable
        if isinstance(node, ast.Attribute) and _name(node.value) in _MODULES:
            asked[node.value.id] = inspect.ismodule
    own = getattr(getattr(attempt.function, "__code__", None), "co_varnames", ())
    lost = (n for n, fits in asked.items() if n in page and n not in own and not fits(page[n]))
    for name in lost if attempt.rank == "error" else ():
        again = "run the cell that defines it again"
        if hasattr(builtins, name):
            again = f"call that something else, and run del {name}"
        again = _MODULES.get(name, again)
        return f"On this page {name} is {show(plain(page[name]))} by now: some cell has given the name away. To get it back, {again}."
    return None


_MODULES = {
    "np": "run import numpy as np",
    "numpy": "run import numpy",
    "math": "run import math",
}


def _photo(function):
    constants = (constant for code in call.codes(function) for constant in code.co_consts)
    numbers = (n for c in constants for n in (c if isinstance(c, tuple) else (c,)))
    if any(
        type(n) in (int, float) and n > 0 and (n in (512, 768) or n % PHOTO == 0) for n in numbers
    ):
        return "The size of the photograph (512 x 768) is written into your code: take height and width from what you are given, so that it works for a picture of any size."
    return None


def sizes(attempt):
    """A whole shape that is written into the code, as in reshape(6, 3), in words."""
    for node in ast.walk(tree_of(attempt.function)):
        if not (isinstance(node, ast.Call) and _name(node.func) in _SHAPED):
            continue
        for numbers in (node.args, node.args[1:], *(getattr(a, "elts", ()) for a in node.args)):
            shape = [part.value for part in numbers if isinstance(part, ast.Constant)]
            whole = all(type(size) is int and size > 0 for size in shape)
            if len(shape) == len(numbers) >= 2 and whole and not set(shape) <= {1, 3}:
                return f"A size is written into your code, {tuple(shape)}: take it from what you are given, so that it works for any size."
    return None


_SHAPED = {"reshape", "zeros", "empty", "ones", "full", "resize"}

# What a parameter is for, if it is easily forgotten.
_WHAT_FOR = {
    "idx": " idx says to which color each pixel belongs.",
    "K": " K says how many there have to be, also where some have no pixels.",
    "max_iters": " max_iters says after how many steps it has to stop.",
    "initial_centroids": " initial_centroids is where it has to begin.",
    "rng": " Chance has to come from rng, so that the same seed draws the same.",
}


def never_used(attempt, all_of_them=False):
    """Parameters that the function never reads, in words."""
    code = getattr(attempt.function, "__code__", None)
    if code is None or inspect.ismethod(attempt.function):
        return None
    own = code.co_varnames[: code.co_argcount][: len(attempt.exercise.parameters)]
    tree = tree_of(attempt.function)
    read = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    read |= {
        n.target.id for n in ast.walk(tree) if isinstance(n, ast.AugAssign) and _name(n.target)
    }
    unused = [name for name in own if name not in read] if tree.body else []
    if not unused or (all_of_them and len(unused) < len(own)):
        return None
    told = [_WHAT_FOR.get(name, "") for name in unused if "X" in attempt.exercise.parameters]
    return f"Your function never uses {' and '.join(unused)}." + "".join(told)


def given_anew(attempt):
    """A parameter that gets another value before anybody has read it, in words."""
    code = getattr(attempt.function, "__code__", None)
    own = {*(code.co_varnames[: code.co_argcount] if code else ())}
    read = {"rng"}  # a generator of one's own has a sentence of its own
    for line in getattr(next(iter(tree_of(attempt.function).body), None), "body", ()):
        names = {node.id for node in ast.walk(line) if isinstance(node, ast.Name)}
        new = getattr(line.targets[0], "id", "") if isinstance(line, ast.Assign) else ""
        loaded = {_name(n) for n in ast.walk(getattr(line, "value", line))}
        if new in own and new not in read and not loaded & own:
            return f"{new} gets another value in your function ({ast.unparse(line)}) before it is used: what your function is called with is lost. Delete that line."
        read |= names
    return None


# --- Copies --------------------------------------------------------------------------------


def second_name(attempt):
    """Whether a parameter only got a second name where a copy is meant, in words."""
    for node in ast.walk(tree_of(attempt.function)):
        if not (isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)):
            continue
        value, how = node.value, ""
        if isinstance(value, ast.Call) and _name(value.func) in _NO_COPY:
            inner = getattr(value.func, "value", None)
            value = value.args[0] if _name(inner) in ("np", "") and value.args else inner
        if isinstance(value, ast.Subscript):
            value, how = value.value, " (or a part of them)"
        name = getattr(value, "id", None)
        if name in attempt.exercise.parameters and node.targets[0].id != name:
            return f"{node.targets[0].id} is no copy of {name}, only another name for the same numbers{how}: who writes into one writes into the other. .copy() makes a copy."
    return None


_NO_COPY = {"asarray", "to_pixels", "to_image", "reshape", "view", "ravel", "array_split"}


# --- What nobody means ---------------------------------------------------------------------


def never_meant(function):
    """What is legal, and never what its writer means, in words."""
    own = getattr(getattr(function, "__code__", None), "co_varnames", ())
    known = {n: v for names in call.namespaces(function) for n, v in names.items()}
    functions = {name for name, value in known.items() if inspect.isfunction(value)} - set(own)
    for node in ast.walk(tree_of(function)):
        sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        for name in functions & {getattr(side, "id", None) for side in sides}:
            return f"{name} is a function, and equals nothing: call it, {name}(...)."
        for words, found in _NEVER_MEANT.items():
            this = found(node, sides)
            if this:
                return words.replace("THIS", ast.unparse(this))
    return None


def _same_thing(node, sides):
    """A question whether two arrays or numbers are one and the same thing in memory."""
    return (
        sides
        and isinstance(node.ops[0], (ast.Is, ast.IsNot))
        and all(map(_is_data, sides))
        and node
    )


def _is_data(node):
    """Whether this holds numbers, and is neither None nor a type."""
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    return _name(getattr(node, "func", node)) != "type" and not hasattr(builtins, _name(node))


def _counted(node, sides):
    """The length of the answers to a question."""
    asked = isinstance(node, ast.Call) and _name(node.func) == "len" and node.args
    return asked and isinstance(node.args[0], ast.Compare) and node


def _not_called(node, sides):
    """A method that stands in a question without its parentheses."""
    inner = list(ast.walk(node.test)) if isinstance(node, (ast.If, ast.While, ast.IfExp)) else []
    called = [part.func for part in inner if isinstance(part, ast.Call)]
    return next((a for a in inner if _name(a) in ("any", "all") and a not in called), None)


def _thrown_away(node, sides):
    """A line that computes something and keeps nothing of it."""
    value = getattr(node, "value", None) if isinstance(node, ast.Expr) else None
    if isinstance(value, ast.Call):
        pure = _name(value.func) in _PURE and not any(k.arg == "out" for k in value.keywords)
        return value if pure else None
    return value if isinstance(value, (ast.BinOp, ast.Compare)) else None


_PURE = set(
    "reshape transpose swapaxes ravel flatten squeeze astype copy clip round mean sum sqrt to_pixels to_image compute_centroids find_closest_centroids".split()
)


def _always(node, sides):
    """An else of a loop that nothing ever leaves."""
    here = isinstance(node, _LOOP) and node.orelse
    return here and not _holds(node, ast.Break, ast.Return) and node


def _returns(node, sides):
    """A return in a loop that ends it in its first round."""
    here = isinstance(node, _LOOP) and any(isinstance(line, ast.Return) for line in node.body)
    return here and not _holds(node, ast.Continue) and node


_LOOP = ast.For, ast.While


def _holds(node, *kinds):
    return any(isinstance(part, kinds) for part in ast.walk(node))


# What to say, where THIS is the place -> the place in a node of the code, if it is one.
_NEVER_MEANT = {
    "There is a return inside the loop: the function ends in the first round. Move it below the loop, to the left.": _returns,
    "Nothing is equal to nan, not even nan itself, so THIS finds none: np.isnan asks.": (
        lambda node, sides: {"nan", "NaN"} & {*map(_name, sides)} and node
    ),
    "THIS asks whether both are one and the same thing in memory, and even a perfect copy is not: ask whether they are equal (==; np.array_equal for whole arrays).": _same_thing,
    "THIS counts all answers, True and False alike, so it never changes: .sum() counts those that are True, .any() asks for one.": _counted,
    "THIS without parentheses is the method itself, not its answer, and counts as True always: write THIS().": _not_called,
    "THIS compares two single answers, True or False (whether all, or any, of the numbers are not 0), and says nothing of the numbers themselves: ask whether the whole arrays are equal (np.array_equal).": (
        lambda node, sides: (
            {_name(getattr(side, "func", None)) for side in sides} in ({"all"}, {"any"}) and node
        )
    ),
    "The result of THIS is thrown away: it changes nothing by itself, but gives back something new. Give that a name, or return it.": _thrown_away,
    "Your else belongs to the loop, not to the if: it is indented like the loop, so it runs once, when the loop is over.": _always,
}
