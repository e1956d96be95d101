"""What the learner's own code gives away, without running it."""

import ast
import builtins
import inspect
import sys
import textwrap

from helpers import call

PHOTO = 512 * 768


def gives_away(attempt):
    """A mistake that stands in the code, whatever its answers are, in words."""
    function, tree = attempt.function, tree_of(attempt.function)
    return (
        page_variables(attempt)
        or _photo(function)
        or _return_in_a_loop(tree)
        or never_meant(function)
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


def _loops(tree):
    return [node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While))]


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
    return (
        f"Your function calls the course's own {exercise.answer.__name__}, which hands the work back to "
        "the course. Write the steps yourself; your own functions of earlier lessons are welcome."
    )


# --- Sizes and names -----------------------------------------------------------------------


def page_variables(attempt):
    """Variables of the page that stand in for parameters, in words."""
    used = call.page_variables_used(attempt.function)
    if not used:
        return None
    own = getattr(attempt.function, "__code__", None)
    listed = ", ".join(own.co_varnames[: own.co_argcount] if own else attempt.exercise.parameters)
    return (
        f"Your function uses {' and '.join(used)} from the page around it. Everything that it needs has "
        f"to come in through its parameters ({listed}), or it works here and nowhere else."
    )


def _photo(function):
    numbers = {
        number
        for code in call.codes(function)
        for constant in code.co_consts
        for number in (constant if isinstance(constant, tuple) else (constant,))
        if isinstance(number, (int, float)) and not isinstance(number, bool)
    }
    if any(number in (512, 768) or (number > 0 and number % PHOTO == 0) for number in numbers):
        return (
            "The size of the photograph (512 x 768) is written into your code: take height and width "
            "from what you are given, so that it works for a picture of any size."
        )
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
                return (
                    f"A size is written into your code, {tuple(shape)}: take it from what you are "
                    "given, so that it works for any size."
                )
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


# --- Copies --------------------------------------------------------------------------------


def second_name(attempt):
    """Whether a parameter only got a second name where a copy is meant, in words."""
    tree = tree_of(attempt.function)
    for node in ast.walk(tree):
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
            return (
                f"{node.targets[0].id} is no copy of {name}, only another name for the same "
                f"numbers{how}: who writes into one writes into the other. .copy() makes a copy."
            )
    return None


_NO_COPY = {"asarray", "to_pixels", "to_image", "reshape", "view", "ravel", "array_split"}


# --- What nobody means ---------------------------------------------------------------------


def _return_in_a_loop(tree):
    for loop in _loops(tree):
        if any(isinstance(part, ast.Continue) for part in ast.walk(loop)):
            continue
        if any(isinstance(statement, ast.Return) for statement in loop.body):
            return (
                "There is a return inside the loop: the function ends in the first round. Move it below "
                "the loop, to the left."
            )
    return None


def never_meant(function):
    """What is legal, and never what its writer means, in words."""
    tree = tree_of(function)
    own = getattr(getattr(function, "__code__", None), "co_varnames", ())
    known = {n: v for names in call.namespaces(function) for n, v in names.items()}
    functions = {name for name, value in known.items() if inspect.isfunction(value)} - set(own)
    for node in ast.walk(tree):
        for name in functions & {getattr(side, "id", None) for side in _compared(node)}:
            return f"{name} is a function, and equals nothing: call it, {name}(...)."
        for words, found in _NEVER_MEANT.items():
            this = found(node)
            if this:
                return words.replace("THIS", ast.unparse(this))
    return None


def _compared(node):
    return [node.left, *node.comparators] if isinstance(node, ast.Compare) else []


def _not_called(node):
    """A method that stands in a question without its parentheses."""
    inner = list(ast.walk(node.test)) if isinstance(node, (ast.If, ast.While, ast.IfExp)) else []
    called = [part.func for part in inner if isinstance(part, ast.Call)]
    return next((a for a in inner if _name(a) in ("any", "all") and a not in called), None)


def _thrown_away(node):
    """A line that computes something and keeps nothing of it."""
    value = getattr(node, "value", None) if isinstance(node, ast.Expr) else None
    if isinstance(value, ast.Call):
        pure = _name(value.func) in _PURE and not any(k.arg == "out" for k in value.keywords)
        return value if pure else None
    return value if isinstance(value, (ast.BinOp, ast.Compare)) else None


_PURE = set(
    "reshape transpose swapaxes ravel flatten squeeze astype copy clip round mean sum sqrt "
    "to_pixels to_image compute_centroids find_closest_centroids".split()
)


def _is_data(node):
    """Whether this holds numbers, and is neither None nor a type."""
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    return _name(getattr(node, "func", node)) != "type" and not hasattr(builtins, _name(node))


def _one_row_repeated(node):
    """A list of lists that is made with *: its rows are one and the same."""
    value = node.value if isinstance(node, ast.Assign) else None
    rows = value.left if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult) else None
    inner = rows.elts[0] if isinstance(rows, ast.List) and rows.elts else None
    is_list = isinstance(inner, ast.List) or isinstance(getattr(inner, "left", None), ast.List)
    return value if is_list else None


# What to say, where THIS is the place -> the place in a node of the code, if it is one.
_NEVER_MEANT = {
    "Nothing is equal to nan, not even nan itself, so THIS finds none: np.isnan asks.": (
        lambda node: {"nan", "NaN"} & {_name(side) for side in _compared(node)} and node
    ),
    "THIS asks whether both are one and the same thing in memory, and even a perfect copy is not: "
    "ask whether they are equal (==; np.array_equal for whole arrays).": lambda node: (
        isinstance(node, ast.Compare)
        and isinstance(node.ops[0], (ast.Is, ast.IsNot))
        and all(map(_is_data, _compared(node)))
        and node
    ),
    "THIS counts all answers, True and False alike, so it never changes: .sum() counts those that "
    "are True, .any() asks for one.": lambda node: (
        isinstance(node, ast.Call)
        and _name(node.func) == "len"
        and node.args
        and _compared(node.args[0])
        and node
    ),
    "THIS without parentheses is the method itself, not its answer, and counts as True always: write "
    "THIS().": _not_called,
    "THIS compares two single answers, True or False (whether all, or any, of the numbers are not 0), and "
    "says nothing of the numbers themselves: ask whether the whole arrays are equal (np.array_equal).": (
        lambda node: (
            {_name(getattr(side, "func", None)) for side in _compared(node)} in ({"all"}, {"any"})
            and node
        )
    ),
    "The result of THIS is thrown away: it changes nothing by itself, but gives back something new. "
    "Give that a name, or return it.": _thrown_away,
    "THIS repeats one and the same inner list: who writes into one row writes into all. Make a new one for "
    "each row, or begin with np.zeros.": _one_row_repeated,
    "Your else belongs to the loop, not to the if: it is indented like the loop, so it runs once, when "
    "the loop is over.": lambda node: (
        isinstance(node, (ast.For, ast.While))
        and node.orelse
        and not any(isinstance(inner, (ast.Break, ast.Return)) for inner in ast.walk(node))
        and node
    ),
}
