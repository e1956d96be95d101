"""Wrong functions by the hundred: the course's answer, changed in one place.

Each family below looks at one node of the code and gives what may stand there instead, with a
sentence about it. A sentence says what the learner's answers look like, never what the line
should be.
"""

import ast
import copy
from itertools import product

import numpy as np

from helpers.checks.exercise import parsed

# Of what is true and names little: other ways come first.
VAGUE = (
    "A step is missing",
    "A variable stands where another",
    "Something is used as a whole",
    "There is a ",
    "Two lines stand in the wrong order",
    "You use ",
)

NOUNS = {"i": "row", "j": "column", "c": "channel", "n": "pixel", "k": "color"}


def mutants(exercise):
    """The course's answer in each of its styles, changed in one place.

    Parameters
    ----------
    exercise : Exercise

    Yields
    ------
    words : str
        What to say of answers that are those of this function.
    make : callable
        Without arguments; makes the function.
    """
    nouns = {**NOUNS, **exercise.nouns}
    trees = [parsed(style) for style in exercise.styles]
    for family in FAMILIES:
        for tree in trees:
            names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} - _FUNCTIONS
            about = About(exercise.parameters, names, nouns)
            for number, node in enumerate(ast.walk(tree)):
                for words, new in family(node, about):
                    yield words, lambda t=tree, n=number, new=new: exercise.build(_with(t, n, new))


_FUNCTIONS = set("np math torch right range len int float sum enumerate zip print list".split())


class About:
    """What the sentences need to know: parameters, variables, and nouns."""

    def __init__(self, parameters, names, nouns):
        self.parameters, self.names, self.nouns = parameters, names, nouns

    def noun(self, name, otherwise="one"):
        return self.nouns.get(name, otherwise)


def _with(tree, number, new):
    """A copy of a tree in which one node, or one list of lines, is another."""
    tree = copy.deepcopy(tree)
    target = next(node for n, node in enumerate(ast.walk(tree)) if n == number)
    if callable(new):  # it changes the node's own lines
        new(target)
        return tree
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, field, copy.deepcopy(new))
            elif isinstance(value, list) and any(part is target for part in value):
                value[[part is target for part in value].index(True)] = copy.deepcopy(new)
    return _no_endless_list(tree)


def _no_endless_list(tree):
    """Refuse a list that is put into itself: an array of it would fill the memory."""
    for node in ast.walk(tree):
        if _called(node) == "append" and ast.dump(node.func.value) == ast.dump(node.args[0]):
            raise ValueError("a list within itself")
    return tree


def _changed(node, **fields):
    """A copy of a node with other fields."""
    node = copy.deepcopy(node)
    for field, value in fields.items():
        setattr(node, field, value)
    return node


def _code(text, **parts):
    """A node from code, in which a name stands for another node."""
    tree = ast.parse(text, mode="eval").body

    class Put(ast.NodeTransformer):
        def visit_Name(self, node):
            return copy.deepcopy(parts.get(node.id, node))

    return Put().visit(tree)


def _called(node):
    """The name of the function that a call is of, as in X.sum() and np.sum(X); "" if it is none."""
    function = getattr(node, "func", None) if isinstance(node, ast.Call) else None
    return getattr(function, "attr", getattr(function, "id", ""))


def _operand(call):
    """What a call such as X.sum() or np.sqrt(x) is of."""
    method = isinstance(call.func, ast.Attribute) and not (
        isinstance(call.func.value, ast.Name) and call.func.value.id in ("np", "math")
    )
    return call.func.value if method else call.args[0] if call.args else None


# --- Operators -----------------------------------------------------------------------------

_DO = {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide"}
_INSTEAD = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult, ast.Div),
    ast.Mult: (ast.Div, ast.Add, ast.Sub),
    ast.Div: (ast.Mult, ast.Sub, ast.Add),
}


def power(node, about):
    """Another power, squares before the difference, no square at all."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)):
        return
    base = node.left
    yield "The square is missing: nothing is squared.", base
    yield "You double where you should square: * 2 doubles a number, ** 2 squares it.", _code(
        "base * 2", base=base
    )
    for n in (3, 4):
        yield f"You take the power {n}, where a square is wanted: ** 2.", _code(
            f"base ** {n}", base=base
        )
    yield "You take absolute values, where squares are wanted: ** 2.", _code("abs(base)", base=base)
    yield "You take the root, where a square is wanted: ** 2.", _code("abs(base) ** .5", base=base)
    yield "Differences below 0 are cut off before they are squared; they count as well.", _code(
        "np.maximum(base, 0) ** 2", base=base
    )
    yield (
        "You square twos the wrong way around: 2 ** x is a power of 2, x ** 2 is a square.",
        _code("2 ** base", base=base),
    )
    if isinstance(base, ast.BinOp) and isinstance(base.op, ast.Sub):
        for cut, begin_anew, back in product(("trunc", "rint"), ("", " % 256"), ("", " / 255**2")):
            yield (
                "You compute with bytes (uint8), which hold nothing below 0 or above 255: differences and squares "
                "begin anew at 256, so 10 - 20 is 246. Stay with decimals.",
                _code(
                    f"((np.{cut}(one * 255) - np.{cut}(other * 255)) % 256) ** 2{begin_anew}{back}",
                    one=base.left,
                    other=base.right,
                ),
            )
        yield (
            "You square first and subtract then: subtract first, and square the difference.",
            _code("one ** 2 - other ** 2", one=base.left, other=base.right),
        )
        yield (
            "Only what you subtract is squared (** comes before -): the difference needs parentheses.",
            _code("one - other ** 2", one=base.left, other=base.right),
        )


def square_after(node, about):
    """The sum is squared, or made positive, in place of its parts."""
    operand = _operand(node) if _called(node) in ("sum", "mean") else None
    if isinstance(operand, ast.BinOp) and isinstance(operand.op, ast.Pow):
        inner = copy.deepcopy(node)
        if operand is node.args[0] if node.args else False:
            inner.args[0] = operand.left
        else:
            inner.func.value = operand.left
        does = "add" if _called(node) == "sum" else "average"
        yield (
            f"You {does} first and square then, so differences cancel: square each one first, then {does}.",
            _code("inner ** 2", inner=inner),
        )
        yield (
            f"You {does} the differences and make the result positive; they cancel before that. Square each "
            "one first.",
            _code("abs(inner)", inner=inner),
        )


def operator(node, about):
    """Another operator, sides swapped."""
    if not isinstance(node, ast.BinOp):
        return
    if isinstance(node.op, (ast.Sub, ast.Div)):
        words = {
            ast.Sub: "The two sides of a minus have changed places: the sign is the wrong way around.",
            ast.Div: "Your fraction is upside down: what is divided, and by what, have changed places.",
        }
        yield words[type(node.op)], _changed(node, left=node.right, right=node.left)
    for other in _INSTEAD.get(type(node.op), ()):
        yield (
            f"You {_DO[other]}, where you should {_DO[type(node.op)]}.",
            _changed(node, op=other()),
        )
    if isinstance(node.op, ast.Div):
        yield (
            "The decimals are cut off, as by //, int(...) or an array of integers: a division with decimals is /, "
            "and np.zeros(...) makes an array that holds them.",
            _changed(node, op=ast.FloorDiv()),
        )
        yield "You take the remainder (%), where you should divide (/).", _changed(
            node, op=ast.Mod()
        )
    if isinstance(node.op, ast.FloorDiv):
        yield "/ makes decimals; here a whole number is wanted: //.", _changed(node, op=ast.Div())
    if isinstance(node.op, ast.MatMult):
        yield "* multiplies number by number; here a product of matrices is wanted.", _changed(
            node, op=ast.Mult()
        )


def term_missing(node, about):
    """One side of an operation is left out."""
    if not isinstance(node, ast.BinOp) or isinstance(node.op, ast.Pow):
        return
    for kept, lost in ((node.left, node.right), (node.right, node.left)):
        named = {n.id for n in ast.walk(lost) if isinstance(n, ast.Name)}
        only = [p for p in about.parameters if p in named]
        what = f" ({' and '.join(only)})" if len(only) == 1 else ""
        verb = _DO.get(type(node.op), "combine").replace("subtract", "subtract")
        yield f"A step is missing: there is something left to {verb}{what}.", kept


def comparison(node, about):
    """Another comparison."""
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return
    for other, words in _COMPARED.get(type(node.ops[0]), {}).items():
        yield words, _changed(node, ops=[other()])


_AROUND = "Your comparison is the wrong way around."
_EQUAL = "An equal one counts as better (<= in place of <), so the last of several equal ones wins."
_COMPARED = {
    ast.Lt: {ast.Gt: _AROUND, ast.LtE: _EQUAL, ast.GtE: _AROUND},
    ast.Gt: {ast.Lt: _AROUND, ast.GtE: "0, or an equal one, counts as more (>= in place of >)."},
    ast.GtE: {ast.Gt: "The very first is left out: > in place of >=.", ast.Lt: _AROUND},
    ast.LtE: {ast.Lt: "The last one is left out: < in place of <=.", ast.Gt: _AROUND},
    ast.Eq: {
        ast.NotEq: "You take all the others: == and != are mixed up.",
        ast.LtE: "You take all up to this one (<=), where only equal ones are wanted (==).",
        ast.GtE: "You take all from this one on (>=), where only equal ones are wanted (==).",
        ast.Lt: "You take all below this one (<), where only equal ones are wanted (==).",
    },
}

# --- Functions and their arguments ---------------------------------------------------------

_LOGARITHMS = "You take {0}, where another logarithm is wanted: mind the base, 2 or 10."
_FOR = {  # the right function -> the one in its place -> what to say
    "argmin": {
        "argmax": "You take the largest, where the smallest is wanted: the farthest, not the nearest.",
        "min": "You return the smallest value itself; its number is wanted (argmin).",
        "argsort": "You return the order of all; only the number of the smallest is wanted.",
    },
    "mean": {
        "sum": "You add up, where the mean is wanted: a division by their number is missing.",
        "max": "You take the largest, where the mean is wanted.",
        "min": "You take the smallest, where the mean is wanted.",
        "var": "You take the variance, where the mean is wanted.",
        "std": "You take the standard deviation, where the mean is wanted.",
        "prod": "You multiply all, where the mean is wanted.",
    },
    "sum": {
        "mean": "You average, where the sum is wanted.",
        "max": "You take the largest, where the sum is wanted.",
        "min": "You take the smallest, where the sum is wanted.",
        "prod": "You multiply all, where the sum is wanted.",
        "std": "You take the standard deviation, where the sum is wanted.",
    },
    "sqrt": {
        "abs": "You take the absolute value, where the root is wanted: it is missing.",
        "square": "You square, where the root is wanted.",
        "exp": "You take exp, where the root is wanted.",
        "cbrt": "You take the third root, where the square root is wanted.",
    },
    "ceil": {
        "floor": "You round down, where rounding up is wanted.",
        "round": "You round to the nearest, where rounding up is wanted.",
        "trunc": "You cut off the decimals, where rounding up is wanted.",
    },
    "log2": {n: _LOGARITHMS.format(n) for n in ("log", "log10", "log1p")}
    | {"sqrt": "You take the root, where a logarithm is wanted."},
    "log10": {n: _LOGARITHMS.format(n) for n in ("log", "log2", "log1p")}
    | {"sqrt": "You take the root, where a logarithm is wanted."},
    "maximum": {"minimum": "maximum and minimum are mixed up."},
    "minimum": {
        "maximum": "You keep the larger one, where the smaller is wanted.",
        "add": "You add the two, where the smaller is wanted.",
    },
    "round": {"trunc": "You cut off the decimals, where rounding is wanted."},
    "rint": {
        "trunc": "You cut off the decimals, where rounding is wanted: 0.1 * 255 may be 25.499.",
        "floor": "You cut off the decimals, where rounding is wanted: 0.1 * 255 may be 25.499.",
        "ceil": "You round up, where rounding to the nearest is wanted.",
    },
}
_MISSING = {
    "sqrt": "The square root is missing: these are the squares of the right numbers.",
    "ceil": "Nothing is rounded up, and it should be.",
    "log2": "The logarithm is missing.",
    "log10": "The logarithm is missing.",
    "mean": "Nothing is averaged, and it should be.",
    "sum": "Nothing is added up, and it should be.",
    "argmin": "You return all the distances; the number of the smallest is wanted (argmin).",
    "rint": "Nothing is rounded, and it should be.",
    "maximum": "What guards against 0 or below is missing.",
}


def function(node, about):
    """Another function, or none."""
    name = _called(node)
    if not name:
        return
    for other, words in _FOR.get(name, {}).items():
        field = "attr" if isinstance(node.func, ast.Attribute) else "id"
        if isinstance(node.func, ast.Attribute) and hasattr(np, other):
            yield words, _changed(node, func=_changed(node.func, **{field: other}))
    if name == "sqrt":
        yield (
            "You halve, where the root is wanted: ** 1/2 is the power 1, halved; the root is ** 0.5, or np.sqrt.",
            _code("of / 2", of=_operand(node)),
        )
    if name in _MISSING and _operand(node) is not None:
        yield _MISSING[name], _operand(node)


def axis(node, about):
    """A sum, a mean, an argmin along another axis."""
    for place, keyword in enumerate(getattr(node, "keywords", ())):
        if keyword.arg not in ("axis", "dim"):
            continue
        name = _called(node)
        along = about.nouns.get(name)
        name = "sum (or norm)" if name == "sum" and "norm" in about.nouns else name
        right = f": it should run along the {along}" if along else ": it should run along another"
        other = _changed(node)
        del other.keywords[place]
        yield f"Your {name} has no axis, so it takes all the numbers together{right}.", other
        other = _changed(node)
        other.keywords.append(ast.keyword("keepdims", ast.Constant(True)))
        yield "There is an axis of size 1 too many: leave out keepdims=True.", other
        for value in (0, 1, 2, -1, (0, 1)):
            other = _changed(node)
            other.keywords[place].value = ast.Constant(value)
            kept = _changed(other)
            kept.keywords.append(ast.keyword("keepdims", ast.Constant(True)))
            for new in (other, kept):
                yield f"Your {name} runs along the wrong axis, as with {keyword.arg}={value}{right}.", new


def keyword(node, about):
    """A keyword is missing."""
    for place, given in enumerate(getattr(node, "keywords", ())):
        if given.arg not in (None, "axis", "dim", "dtype"):
            other = _changed(node)
            del other.keywords[place]
            yield f"It comes out as if {given.arg}= were missing.", other


def arguments(node, about):
    """Arguments in another order."""
    if not isinstance(node, ast.Call) or _called(node) in ("range", "zeros", "full"):
        return
    if len(node.args) == 2:
        names = [getattr(part, "id", "") for part in node.args]
        words = f"The two arguments of {_called(node)} have changed places."
        if all(names):  # a loop may mix them up as well
            words = f"{names[0]} and {names[1]} have changed places."
        yield words, _changed(node, args=node.args[::-1])
    if len(node.args) == 3:
        for order in ((1, 0, 2), (0, 2, 1), (2, 1, 0), (2, 0, 1), (1, 2, 0)):
            yield f"The three arguments of {_called(node)} come in another order.", _changed(
                node, args=[node.args[n] for n in order]
            )


def part_only(node, about):
    """A sum, a mean, an argmin over a part of the channels; rounded parts."""
    if _called(node) not in ("sum", "mean", "argmin", "argmax") or _operand(node) is None:
        return
    of = _operand(node)
    along = about.nouns.get(_called(node), "channels")

    def put(inner):
        new = copy.deepcopy(node)
        if node.args and node.args[0] is of:
            new.args[0] = inner
        else:
            new.func.value = inner
        return new

    for index, words in {
        "[..., :1]": f"You look at the first of the {along} only.",
        "[..., -1:]": f"You look at the last of the {along} only.",
        "[..., :-1]": f"The last of the {along} is left out: does a loop or a slice stop one too early?",
        "[..., 1:]": f"The first of the {along} is left out: loops and slices begin with 0.",
        "[..., :2]": f"You look at the first two of the {along} only.",
        "[..., :3]": f"You look at the first three of the {along} only, whatever their number.",
    }.items():
        yield words, put(_code(f"of{index}", of=of))
    yield f"You return the first of the {along}, where all of them count.", _code("of[..., 0]", of=of)
    for digits in range(5):
        yield "You round on the way: keep all decimals, and round only what you print.", put(
            _code(f"np.round(of, {digits})", of=of)
        )


# --- Loops and places ----------------------------------------------------------------------


def loop(node, about):
    """A range that is too short, too long, begun late, in steps."""
    if not isinstance(node, (ast.For, ast.comprehension)) or _called(node.iter) != "range":
        return
    noun = about.noun(getattr(node.target, "id", ""), "round")
    given = node.iter.args
    start, stop = ([ast.Constant(0)] + given)[-2:] if len(given) < 3 else given[:2]
    early = f"The last {noun} is left out: range, and <, leave out the end already, so take no 1 away."
    for code, words in {
        "range(start, stop - 1)": early,
        "range(start + 1, stop)": f"The first {noun} is left out: its number is 0.",
        "range(start + 1, stop + 1)": f"The numbers of a {noun} begin with 0, and yours begin with 1.",
        "range(start, stop + 1)": f"Your loop goes on for one {noun} too many.",
        "range(start, stop, 2)": f"Every second {noun} is left out: a loop or a slice goes in steps of 2.",
        "range(start, stop)[:1]": f"Only the first {noun} counts: does the loop end in its first round, or does "
        "a round spoil what the next ones need?",
        "range(start, stop)[-1:]": f"Only the last {noun} is looked at: is something overwritten in each round, "
        "or a line outside of its loop?",
        "range(3)": f"You count on 3 {noun}s, whatever their number is (range(3), or 0, 1, 2 by hand): take "
        "their number from what you are given.",
        "range(16)": f"You count on 16 {noun}s, whatever their number is (range(16)): take their number from what you "
        "are given.",
        "range(start, stop)[::-1]": f"The {noun}s are taken backward, the last one first.",
    }.items():
        yield words, _changed(node, iter=_code(code, start=start, stop=stop))
    inner = node.body[0] if isinstance(node, ast.For) else None
    if isinstance(inner, ast.For) and _called(inner.iter) == "range" and len(inner.iter.args) == 1:
        other = about.noun(getattr(inner.target, "id", ""), "round")
        for code, words in {
            "range(0, stop - 1)": f"The last {noun} and the last {other} are left out: range, and <, leave out "
            "the end already, so take no 1 away.",
            "range(1, stop)": f"The first {noun} and the first {other} are left out: ranges begin with 0.",
        }.items():
            both = _changed(node, iter=_code(code, stop=stop))
            both.body[0].iter = _code(code, stop=inner.iter.args[0])
            yield words, both


def lines(node, about):
    """Lines missing, swapped, inside or outside of a loop, begun anew or once."""
    body = getattr(node, "body", None)
    if not isinstance(body, list):
        return
    for n, line in enumerate(body):
        if isinstance(line, ast.For):
            noun = about.noun(getattr(line.target, "id", ""), "round")
            yield (
                f"A line stands outside the loop, so it counts for the last {noun} only: indent it.",
                lambda node, n=n: node.body.insert(n + 1, node.body[n].body.pop())
                if len(node.body[n].body) > 1
                else None,
            )
            if n + 1 < len(body):
                yield (
                    f"A line stands inside the loop, so it comes with each {noun}, and it should come once, "
                    "after the loop. Is it indented too far?",
                    lambda node, n=n: node.body[n].body.append(node.body.pop(n + 1)),
                )
            if n > 0:
                yield (
                    f"What you collect is begun anew for each {noun}: begin it once, before the loop.",
                    lambda node, n=n: node.body[n].body.insert(0, node.body.pop(n - 1)),
                )
            for m, inner in enumerate(line.body[:-1]):
                if not isinstance(inner, ast.Assign):
                    break
                yield (
                    f"What should begin anew for each {noun} is begun only once, before the loop.",
                    lambda node, n=n, m=m: node.body.insert(n, node.body[n].body.pop(m)),
                )
        if isinstance(line, ast.If):
            yield (
                "A question is missing, or is always answered with yes: an if has no effect.",
                lambda node, n=n: node.body.__setitem__(slice(n, n + 1), node.body[n].body),
            )
            if len(body) > 1:
                yield (
                    "What an if should do is never done.",
                    lambda node, n=n: node.body.__setitem__(slice(n, n + 1), node.body[n].orelse),
                )
        if isinstance(line, ast.AugAssign):
            yield (
                "You overwrite what you collect in each round (=, or nothing carried on), where something "
                "should be added to it (+=).",
                lambda node, n=n: node.body.__setitem__(
                    n, ast.Assign([node.body[n].target], node.body[n].value)
                ),
            )
        if isinstance(line, (ast.Assign, ast.AugAssign)) and len(body) > 1 and n + 1 < len(body):
            yield (
                "Two lines stand in the wrong order: something is used before it is brought up to date.",
                lambda node, n=n: node.body.__setitem__(
                    slice(n, n + 2), [node.body[n + 1], node.body[n]]
                ),
            )
        if isinstance(line, ast.AugAssign) and isinstance(line.value, ast.Constant):
            yield (
                "A counter never goes up, so that one place is used again and again.",
                lambda node, n=n: node.body.pop(n),
            )
        if len(body) > 1 and not isinstance(line, ast.Return):
            yield (
                f"A step is missing: {_about_line(line, about)}.",
                lambda node, n=n: node.body.pop(n),
            )


def _about_line(line, about):
    if isinstance(line, ast.AugAssign):
        return "something is never added up"
    target = line.targets[0] if isinstance(line, ast.Assign) else None
    if isinstance(target, ast.Subscript):
        return "something is never written into the result"
    if isinstance(line, ast.For):
        return "a whole loop"
    if isinstance(target, ast.Name):
        return "something is not brought up to date"
    return "a line"


def index(node, about):
    """An index missing, swapped, moved by one."""
    if not isinstance(node, ast.Subscript):
        return
    base = getattr(node.value, "id", "")
    if base in about.parameters and isinstance(node.ctx, ast.Load):
        yield f"You use all of {base}, where a part of it is wanted.", node.value
    elif not isinstance(node.slice, ast.Tuple) and isinstance(node.ctx, ast.Load):
        yield "Something is used as a whole, where a part of it is wanted.", node.value
    if isinstance(node.slice, ast.Tuple) and len(node.slice.elts) > 1:
        parts = [getattr(part, "id", "") for part in node.slice.elts[:2]]
        swapped = [node.slice.elts[1], node.slice.elts[0], *node.slice.elts[2:]]
        first, second = (about.noun(part, "") for part in parts)
        if first and second:
            yield (
                f"In the brackets {first} and {second} are swapped: the {first} comes first.",
                _changed(node, slice=_changed(node.slice, elts=swapped)),
            )
        elif any(isinstance(e, ast.Constant) and e.value is None for e in swapped[:2]):
            yield (
                "A new axis (None) is missing, or stands in the wrong place: the axes don't meet as they should.",
                _changed(node, slice=_changed(node.slice, elts=swapped)),
            )


_MIXED_UP = (
    "Height and width are mixed up, or one of them stands for both: that is right for square pictures only."
)


def size(node, about):
    """Another number of a shape."""
    if not (isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "shape"):
        return
    if not isinstance(node.slice, ast.Constant):
        return
    base = getattr(node.value.value, "id", "it")
    place = node.slice.value
    for other in {0, 1, 2} - {place}:
        picture = base not in ("X", "x", "C") and {place, other} == {0, 1}
        yield (
            _MIXED_UP if picture else f"You take axis {other} of the shape of {base}, where axis {place} belongs.",
            _changed(node, slice=ast.Constant(other)),
        )


def another_name(node, about):
    """Another variable, where one is read."""
    if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)):
        return
    if node.id not in about.names:
        return
    for other in sorted(about.names - {node.id}):
        known = {node.id, other} <= {*about.parameters, *about.nouns, "height", "width", "channels"}
        words = "A variable stands where another one belongs."
        if known:
            one, two = (
                f"the number of the {about.nouns[n]}" if n in about.nouns else n
                for n in (other, node.id)
            )
            words = f"You use {one}, where {two} belongs."
        if {node.id, other} == {"height", "width"}:
            words = _MIXED_UP
        yield words, _changed(node, id=other)


def number(node, about):
    """Another number."""
    if not (isinstance(node, ast.Constant) and type(node.value) in (int, float)):
        return
    some = {node.value + 1, node.value - 1, 0, 1, 2, 3, 8, 10, 20, 100, 255} - {node.value}
    for value in sorted(some):
        yield f"There is a {value:g}, where another number belongs.", ast.Constant(value)


FAMILIES = (
    power,
    square_after,
    axis,
    function,
    part_only,
    loop,
    operator,
    arguments,
    size,
    index,
    comparison,
    lines,
    keyword,
    term_missing,
    another_name,
    number,
)
