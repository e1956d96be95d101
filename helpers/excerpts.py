"""A function's source, with the imports, constants and functions around it that it needs."""

import ast
import builtins
import dis
import inspect
import re
import types
from dataclasses import dataclass

HANDED_OUT = ("check", "mine")  # a name that one of these gives is not defined by that line


class CannotExcerpt(Exception):
    """A function can't be taken out of its page; the text says why, in half a sentence."""


@dataclass(frozen=True)
class Excerpt:
    """What a function consists of, and what it needs beside it.

    Attributes
    ----------
    imports : dict
        By the name that it binds, a line such as ``import numpy as np``.
    pieces : dict
        By name, the source of constants and functions, each after those that it needs; the
        function itself comes last.
    others : set of str
        Names of functions that it needs and that stand elsewhere.
    """

    imports: dict
    pieces: dict
    others: set


def excerpt(name, texts, elsewhere=(), namespace=None):
    """Take a function out of a page, or out of a module, with all that it needs.

    Parameters
    ----------
    name : str
    texts : list of str
        Source code, in the order in which it ran; of what is defined twice, the last counts.
    elsewhere : container of str
        Functions that need not be taken along.
    namespace : dict, optional
        Where the code ran: it knows the names of which no line says where they came from.

    Returns
    -------
    Excerpt

    Raises
    ------
    CannotExcerpt
        Nothing in the texts defines the function, or something that it needs.
    """
    found, namespace = definitions(texts), namespace or {}
    result, seen = Excerpt({}, {}, set()), set()

    def take(this):
        if this in seen or (this not in found and this not in namespace and _is_built_in(this)):
            return
        seen.add(this)
        line = _import_line(this, found.get(this), namespace)
        if this in elsewhere and this != name:
            result.others.add(this)
        elif line:
            result.imports[this] = line
        elif this not in found:
            raise CannotExcerpt(f"no line tells where {this} comes from")
        else:
            _, source = found[this]
            for needed in sorted(looked_up(source)):
                take(needed)
            if source not in result.pieces.values():
                result.pieces[this] = source

    take(name)
    return result


def definitions(texts):
    """Where each name of some source code comes from: name -> (statement, its source)."""
    found = {}
    for text in texts:
        try:
            tree = ast.parse(text)
        except SyntaxError:  # a cell that never ran
            continue
        for node in tree.body:
            for name in _bound(node):
                found[name] = node, _source(text, node)
    return found


def looked_up(source):
    """The names that some code looks up outside of itself."""
    names, waiting = set(), [compile(source, "<excerpt>", "exec")]
    while waiting:
        code = waiting.pop()
        waiting += [part for part in code.co_consts if isinstance(part, types.CodeType)]
        for step in dis.get_instructions(code):
            if step.opname in ("LOAD_NAME", "LOAD_GLOBAL") and not step.argval.startswith("__"):
                names.add(step.argval)
    return names


def renamed(text, old, new):
    """Source code in which a name, such as ``f`` or ``room.f``, is another.

    Also where the name stands in words: a name in an f-string is code.
    """
    return re.sub(rf"(?<![\w.]){re.escape(old)}(?!\w)", new, text)


def _bound(node):
    """The names that a statement defines."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [alias.asname or alias.name.partition(".")[0] for alias in node.names]
    if isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        giver = getattr(getattr(node.value, "func", None), "id", "")
        parts = [] if giver in HANDED_OUT else getattr(node, "targets", None) or [node.target]
    else:
        parts = [node]
    inner = [part for target in parts for part in ast.walk(target)]
    return {n.id for n in inner if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def _source(text, node):
    """The lines of a statement, with the comment right above it, without marks of solutions."""
    lines = text.splitlines()
    first = min([node.lineno, *(d.lineno for d in getattr(node, "decorator_list", []))]) - 1
    while first and lines[first - 1].startswith("#"):
        first -= 1
    kept = [line for line in lines[first : node.end_lineno] if not line.strip().startswith("###")]
    return "\n".join(kept)


def _import_line(name, definition, namespace):
    """The line that imports a name; None for one that is defined where it is used."""
    node, _ = definition or (None, "")
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        alias = next(a for a in node.names if name in (a.asname, a.name.partition(".")[0]))
        words = f"import {alias.name}" + (f" as {alias.asname}" if alias.asname else "")
        return words if isinstance(node, ast.Import) else f"from {node.module} {words}"
    value = namespace.get(name)
    if node is not None or value is None:
        return None
    if inspect.ismodule(value):
        as_name = "" if value.__name__ == name else f" as {name}"
        return f"import {value.__name__}{as_name}"
    room, own = getattr(value, "__module__", None), getattr(value, "__name__", None)
    if room in (None, "__main__", "builtins") or own is None:
        return None
    return f"from {room} import {own}" + ("" if own == name else f" as {name}")


def _is_built_in(name):
    return hasattr(builtins, name)
