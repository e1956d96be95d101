"""Wrong functions by the hundred: the course's answer, changed in one place.

Each family below looks at one node of the code and gives what may stand there instead, with a
sentence about it. A sentence says what the learner's answers look like, never what the line
should be. Where a family is a table, the code below a sentence is what stands there instead.
"""

import ast
from itertools import permutations
from types import SimpleNamespace

import numpy as np

from helpers.checks.exercise import parsed, table

NOUNS = {"i": "row", "j": "column", "c": "channel", "n": "pixel", "k": "color"}
_FUNCTIONS = set("np math torch right range len int float sum enumerate zip print list".split())


def mutants(exercise):
    """The course's answer in each of its styles, changed in one place: pairs of what to say, and what makes it."""
    nouns = {**NOUNS, **exercise.nouns}
    trees = [parsed(style) for style in exercise.styles]
    for family in FAMILIES:
        for tree in trees:
            names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} - _FUNCTIONS
            about = SimpleNamespace(parameters=exercise.parameters, names=names, nouns=nouns)
            for number, node in enumerate(ast.walk(tree)):
                for words, new in family(node, about):
                    yield words, lambda t=tree, n=number, new=new: exercise.build(_with(t, n, new))


# --- Trees ---------------------------------------------------------------------------------


def _copied(part):
    """A copy of a node, or of a list of nodes, by its fields alone.

    All trees share a few nodes (`ast.Load()`), and IPython, where it shows an error, hangs the tree
    of a whole file on them: `copy.deepcopy` would copy that as well, again and again.
    """
    if isinstance(part, list):
        return [_copied(each) for each in part]
    if not isinstance(part, ast.AST) or not (part._fields or part._attributes):
        return part
    names = [name for name in part._fields + part._attributes if hasattr(part, name)]
    return type(part)(**{name: _copied(getattr(part, name)) for name in names})


def _with(tree, number, new):
    """A copy of a tree in which one node, or one list of lines, is another."""
    tree = _copied(tree)
    target = next(node for n, node in enumerate(ast.walk(tree)) if n == number)
    if callable(new):  # it changes the node's own lines
        new(target)
        return tree
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, field, _copied(new))
            elif isinstance(value, list) and any(part is target for part in value):
                value[[part is target for part in value].index(True)] = _copied(new)
    for node in ast.walk(tree):  # an array of a list that is put into itself would fill the memory
        if _called(node) == "append" and ast.dump(node.func.value) == ast.dump(node.args[0]):
            raise ValueError("a list within itself")
    return tree


def _changed(node, **fields):
    """A copy of a node with other fields."""
    node = _copied(node)
    for field, value in fields.items():
        setattr(node, field, value)
    return node


def _code(text, **parts):
    """A node from code, in which a name stands for another node."""
    tree = ast.parse(text, mode="eval").body

    class Put(ast.NodeTransformer):
        def visit_Name(self, node):
            return _copied(parts.get(node.id, node))

    return Put().visit(tree)


def _from(rows, says=str, **parts):
    """Pairs of words and nodes from a table of codes, in which names stand for other nodes."""
    for words, codes in rows.items():
        for code in codes:
            yield says(words), _code(code, **parts)


def _called(node):
    """The name of the function that a call is of, as in X.sum() and np.sum(X); "" if it is none."""
    function = getattr(node, "func", None) if isinstance(node, ast.Call) else None
    return getattr(function, "attr", getattr(function, "id", ""))


def _is_method(call):
    base = getattr(getattr(call.func, "value", None), "id", "")
    return isinstance(call.func, ast.Attribute) and base not in ("np", "math")


def _operand(call):
    """What a call such as X.sum() or np.sqrt(x) is of."""
    return call.func.value if _is_method(call) else call.args[0] if call.args else None


def _of(call, inner):
    """The same call of something else."""
    if _is_method(call):
        return _changed(call, func=_changed(call.func, value=inner))
    return _changed(call, args=[inner, *call.args[1:]])


# --- Operators -----------------------------------------------------------------------------

_POWER = table("""
The square is missing: nothing is squared.
    base
You double where you should square: * 2 doubles a number, ** 2 squares it.
    base * 2
You take another power, where a square is wanted: ** 2.
    base ** <3|4>
You take absolute values, where squares are wanted: ** 2.
    abs(base)
Differences below 0 are cut off before they are squared; they count as well.
    np.maximum(base, 0) ** 2
You square twos the wrong way around: 2 ** x is a power of 2, x ** 2 is a square.
    2 ** base
""")
_SQUARED_DIFFERENCE = table("""
You compute with bytes (uint8), which hold nothing below 0 or above 255: differences and squares begin anew at 256, so 10 - 20 is 246. Stay with decimals.
    ((np.<trunc|rint>(one * 255) - np.<trunc|rint>(other * 255)) % 256) ** 2< / 255**2|>
    ((np.<trunc|rint>(one * 255) - np.<trunc|rint>(other * 255)) % 256) ** 2 % 256< / 255**2|>
You square first and subtract then: subtract first, and square the difference.
    one ** 2 - other ** 2
Only what you subtract is squared (** comes before -): the difference needs parentheses.
    one - other ** 2
""")


def power(node, about):
    """Another power, squares before the difference, no square at all."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow)):
        return
    base = node.left
    yield from _from(_POWER, base=base)
    if isinstance(base, ast.BinOp) and isinstance(base.op, ast.Sub):
        yield from _from(_SQUARED_DIFFERENCE, one=base.left, other=base.right)


def square_after(node, about):
    """The sum is squared in place of its parts."""
    operand = _operand(node) if _called(node) in ("sum", "mean") else None
    if isinstance(operand, ast.BinOp) and isinstance(operand.op, ast.Pow):
        does = "add" if _called(node) == "sum" else "average"
        words = f"You {does} first and square then, so differences cancel: square each one first, then {does}."
        yield words, _code("inner ** 2", inner=_of(node, operand.left))


_DO = {ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide"}
_SWAPPED = {
    ast.Sub: "The two sides of a minus have changed places: the sign is the wrong way around.",
    ast.Div: "Your fraction is upside down: what is divided, and by what, have changed places.",
}
_OTHER_OPERATOR = {
    (right, other): f"You {_DO[other]}, where you should {_DO[right]}."
    for right, other in permutations(_DO, 2)
    if {right, other} != {ast.Add, ast.Div}
}
_OTHER_OPERATOR[ast.Div, ast.FloorDiv] = (
    "The decimals are cut off, as by //, int(...) or an array of integers: a division with decimals is /, and np.zeros(...) makes an array that holds them."
)


def operator(node, about):
    """Another operator, sides swapped."""
    if not isinstance(node, ast.BinOp):
        return
    if type(node.op) in _SWAPPED:
        yield _SWAPPED[type(node.op)], _changed(node, left=node.right, right=node.left)
    for (right, other), words in _OTHER_OPERATOR.items():
        if isinstance(node.op, right):
            yield words, _changed(node, op=other())


_AROUND = "Your comparison is the wrong way around."
_EQUAL = "An equal one counts as better (<= in place of <), so the last of several wins: the lowest number should."
_COMPARED = {
    ast.Lt: {ast.Gt: _AROUND, ast.GtE: _AROUND, ast.LtE: _EQUAL},
    ast.Gt: {ast.Lt: _AROUND, ast.GtE: "0, or an equal one, counts as more (>= in place of >)."},
    ast.Eq: {ast.NotEq: "You take all the others: == and != are mixed up."},
}


def comparison(node, about):
    """Another comparison."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1:
        for other, words in _COMPARED.get(type(node.ops[0]), {}).items():
            yield words, _changed(node, ops=[other()])


# --- Functions and their arguments ---------------------------------------------------------

_CALLED = {"max": "largest", "min": "smallest", "mean": "mean", "sum": "sum", "prod": "product"}
_INSTEAD = table("""
You take the largest, where the smallest is wanted: the farthest, not the nearest.
    argmin argmax
You return the smallest value itself; its number is wanted (argmin).
    argmin min
You return the order of all; only the number of the smallest is wanted.
    argmin argsort
You add up, where the mean is wanted: a division by their number is missing.
    mean sum
You average, where the sum is wanted.
    sum mean
You round down, where rounding up is wanted.
    ceil <floor|trunc>
You round to the nearest, where rounding up is wanted.
    ceil round
The square root is missing: these are the squares of the right numbers.
    sqrt -
Nothing is rounded, and it should be.
    <ceil|rint> -
You take another logarithm, or a root: mind the base, 2 or 10.
    <log2|log10> <log|log2|log10|log1p|sqrt>
The logarithm is missing.
    <log2|log10> -
Nothing is averaged, and it should be.
    mean -
Nothing is added up, and it should be.
    sum -
You return all the distances; the number of the smallest is wanted (argmin).
    argmin -
What guards against 0 or below is missing.
    maximum -
""")
_FOR = {tuple(pair.split()): words for words, pairs in _INSTEAD.items() for pair in pairs} | {
    (right, other): f"You take the {_CALLED[other]}, where the {_CALLED[right]} is wanted."
    for right in ("mean", "sum")
    for other in ("max", "min", "prod")
}


def function(node, about):
    """Another function, or none (-)."""
    name, of = _called(node), _operand(node) if _called(node) else None
    squares = isinstance(of, ast.BinOp) and isinstance(of.op, ast.Pow)
    for (right, other), words in _FOR.items():
        if squares and other in _CALLED and other != "mean":
            words = words.replace("where the sum is", "where the sum of the squares is")
        if right == name and other == "-" and of is not None:
            yield words, of
        elif right == name and isinstance(node.func, ast.Attribute) and hasattr(np, other):
            yield words, _changed(node, func=_changed(node.func, attr=other))
    if name == "sqrt":
        words = "You halve, where the root is wanted: ** 1/2 is the power 1, halved; the root is ** 0.5, or np.sqrt."
        yield words, _code("of / 2", of=of)


def axis(node, about):
    """A sum, a mean, an argmin along another axis."""
    for place, keyword in enumerate(getattr(node, "keywords", ())):
        if keyword.arg not in ("axis", "dim"):
            continue
        name = _called(node)
        along = about.nouns.get(name)
        name = "sum (or norm)" if name == "sum" and "norm" in about.nouns else name
        right = f": it should run along the {along}" if along else ": it should run along another"
        keep = ast.keyword("keepdims", ast.Constant(True))
        rest = [other for n, other in enumerate(node.keywords) if n != place]
        words = f"Your {name} has no axis, so it takes all the numbers together{right}."
        yield words, _changed(node, keywords=rest)
        words = "There is an axis of size 1 too many, as in a column: leave out keepdims=True, or flatten it with .ravel()."
        yield words, _changed(node, keywords=[*node.keywords, keep])
        for value in (0, 1, 2, -1, (0, 1)):
            words = f"Your {name} runs along the wrong axis, as with {keyword.arg}={value}{right}."
            given = [*rest, ast.keyword(keyword.arg, ast.Constant(value))]
            yield words, _changed(node, keywords=given)
            yield words, _changed(node, keywords=[*given, keep])


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
            words = f"The three arguments of {_called(node)} come in another order."
            yield words, _changed(node, args=[node.args[n] for n in order])


_PARTS = table("""
You look at the first of the ALONG only.
    of[..., :1]
You look at the last of the ALONG only.
    of[..., -1:]
The last of the ALONG is left out: does a loop or a slice stop one too early?
    of[..., :-1]
You look at the first two of the ALONG only.
    of[..., :2]
You round on the way: keep all decimals, and round only what you print.
    np.round(of, <0|1|2|3>)
""")


def part_only(node, about):
    """A sum, a mean, an argmin over a part of the channels; rounded parts."""
    of = _operand(node) if _called(node) in ("sum", "mean", "argmin", "argmax") else None
    if of is None:
        return
    along = about.nouns.get(_called(node), "channels")
    for words, inner in _from(_PARTS, lambda w: w.replace("ALONG", along), of=of):
        yield words, _of(node, inner)
    yield (
        f"You return the first of the {along}, where all of them count.",
        _code("of[..., 0]", of=of),
    )


# --- Loops and places ----------------------------------------------------------------------

_RANGES = table("""
The last ONE is left out: range, and <, leave out the end already, so take no 1 away.
    range(start, stop - 1)
The first ONE is left out: its number is 0.
    range(start + 1, stop)
The numbers of a ONE begin with 0, and yours begin with 1.
    range(start + 1, stop + 1)
Your loop goes on for one ONE too many.
    range(start, stop + 1)
Every second ONE is left out: a loop or a slice goes in steps of 2.
    range(start, stop, 2)
Only the first ONE counts: does the loop end in its first round, or does a round spoil what the next ones need?
    range(start, stop)[:1]
Only the last ONE is looked at: is something overwritten in each round, or a line outside of its loop?
    range(start, stop)[-1:]
You count on 3 ONEs, whatever their number is (range(3), or 0, 1, 2 by hand): take their number from what you are given.
    range(3)
You count on 16 ONEs, whatever their number is (range(16)): take their number from what you are given.
    range(16)
The ONEs are taken backward, the last one first.
    range(start, stop)[::-1]
""")
_TWO_RANGES = table("""
The last ONE and the last OTHER are left out: range, and <, leave out the end already, so take no 1 away.
    range(0, stop - 1)
The first ONE and the first OTHER are left out: ranges begin with 0.
    range(1, stop)
""")


def loop(node, about):
    """A range that is too short, too long, begun late, in steps."""
    if not isinstance(node, (ast.For, ast.comprehension)) or _called(node.iter) != "range":
        return
    noun = about.nouns.get(getattr(node.target, "id", ""), "round")
    given = node.iter.args
    start, stop = ([ast.Constant(0)] + given)[-2:] if len(given) < 3 else given[:2]
    for words, new in _from(_RANGES, lambda w: w.replace("ONE", noun), start=start, stop=stop):
        if "16" not in words or noun != "step":  # it may end before the 16th
            yield words, _changed(node, iter=new)
    inner = node.body[0] if isinstance(node, ast.For) else None
    if isinstance(inner, ast.For) and _called(inner.iter) == "range" and len(inner.iter.args) == 1:
        other = about.nouns.get(getattr(inner.target, "id", ""), "round")
        for words, (code,) in _TWO_RANGES.items():
            both = _changed(node, iter=_code(code, stop=stop))
            both.body[0].iter = _code(code, stop=inner.iter.args[0])
            yield words.replace("ONE", noun).replace("OTHER", other), both


def lines(node, about):
    """Lines missing, swapped, inside or outside of a loop, begun anew or once."""
    body = getattr(node, "body", None)
    for n, line in enumerate(body if isinstance(body, list) else ()):
        if isinstance(line, ast.For):
            noun = about.nouns.get(getattr(line.target, "id", ""), "round")
            yield from _around_a_loop(n, line, n + 1 == len(body), noun)
        if isinstance(line, ast.AugAssign):
            yield (
                "You overwrite what you collect in each round (=, or nothing carried on), where something should be added to it (+=).",
                _replace(n, lambda old: [ast.Assign([old.target], old.value)]),
            )
        if isinstance(line, ast.AugAssign) and isinstance(line.value, ast.Constant):
            yield "A counter never goes up, so that one place is used again and again.", _replace(n)


def _replace(n, new=lambda old: []):
    """What puts other lines into the place of the one with the number n."""
    return lambda node: node.body.__setitem__(slice(n, n + 1), new(node.body[n]))


def _around_a_loop(n, loop, last, noun):
    """Lines that should stand inside of a loop, or outside of it."""
    if len(loop.body) > 1:
        yield (
            f"A line stands outside the loop, so it counts for the last {noun} only: indent it.",
            lambda node: node.body.insert(n + 1, node.body[n].body.pop()),
        )
    if not last:
        yield (
            f"A line stands inside the loop, so it comes with each {noun}, and it should come once, after the loop. Is it indented too far?",
            lambda node: node.body[n].body.append(node.body.pop(n + 1)),
        )
    if n > 0:
        yield (
            f"What you collect is begun anew for each {noun}: begin it once, before the loop.",
            lambda node: node.body[n].body.insert(0, node.body.pop(n - 1)),
        )
    for m, inner in enumerate(loop.body[:-1]):
        if not isinstance(inner, ast.Assign):
            break
        yield (
            f"What should begin anew for each {noun} is begun only once, before the loop.",
            lambda node, m=m: node.body.insert(n, node.body[n].body.pop(m)),
        )


def index(node, about):
    """Two indices swapped."""
    if not (isinstance(node, ast.Subscript) and len(getattr(node.slice, "elts", ())) > 1):
        return
    one, other, *rest = node.slice.elts
    swapped = _changed(node, slice=_changed(node.slice, elts=[other, one, *rest]))
    first, second = (about.nouns.get(getattr(part, "id", ""), "") for part in (one, other))
    if first and second:
        yield f"In the brackets {first} and {second} are swapped: the {first} comes first.", swapped
    elif None in (getattr(one, "value", 0), getattr(other, "value", 0)):
        yield (
            "A new axis (None) is missing, or stands in the wrong place: the axes don't meet as they should.",
            swapped,
        )


def size(node, about):
    """The width for the height, or the other way round."""
    words = "Height and width are mixed up, or one of them stands for both: that is right for square pictures only."
    sides = {"height": "width", "width": "height"}
    name = getattr(node, "id", "")
    if name in sides and isinstance(node.ctx, ast.Load) and sides[name] in about.names:
        yield words, _changed(node, id=sides[name])
    of = getattr(node, "value", None)
    if isinstance(node, ast.Subscript) and getattr(of, "attr", "") == "shape":
        place = getattr(node.slice, "value", None)
        if place in (0, 1) and getattr(of.value, "id", "it") not in ("X", "x", "C"):
            yield words, _changed(node, slice=ast.Constant(1 - place))


FAMILIES = (
    power, square_after, axis, function, part_only, comparison, loop, operator, arguments, size, index,
    lines,
)  # fmt: skip
