"""What an exercise is: the course's answer, the cases, and its wrong functions, as data."""

import ast
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from helpers.checks.compare import numbers


@dataclass(frozen=True)
class Case:
    """One call to try."""

    arguments: tuple
    expected: object  # what the course's own function gives
    tags: frozenset = frozenset()  # what the arguments are: keys of the tables in `where`

    @property
    def is_long(self):
        """Whether a call takes so long that the others are tried first."""
        return max(np.asarray(a).size for a in self.arguments) > 1000


@dataclass(frozen=True, eq=False)
class Exercise:
    """A function that a lesson asks for.

    Code stands in strings: an expression, or lines that end with a return. It knows the
    parameters by their names, `np`, `math`, the course's function as `right`, all squared distances
    as `sq(X, C)`, and what `names` adds.
    """

    answer: Callable  # the course's own function
    parameters: tuple
    reread: str  # the section that teaches it
    cases: Callable  # without arguments; gives the list of `Case`, smallest first
    tried: str  # what the cases cover, in words
    styles: tuple = ()  # the course's answer as code; each of one to four is mutated in every place
    # What to say -> the wrong function of whom it is said: code; "a => b", which is each style with
    # b in the place of a, several such edits with " ;; " between; a callable; or a tuple of such.
    wrong: dict = field(default_factory=dict)
    # What a function of the styles runs along, and what the name of a loop stands for, for the
    # sentences about mutants: {"sum": "channels", "i": "row"}.
    nouns: dict = field(default_factory=dict)
    meaning: str = ""  # what the shape of the result means
    axes: tuple = ()  # what the axes of the result are
    whole: bool = False  # whether the result consists of numbers of colors
    may_share: bool = False  # whether the result may be a view of what was given
    quick: Callable | None = None  # the same answers, where the course's function takes its time
    free: Callable | None = None  # (*arguments) -> mask of the rows that may be anything finite
    canonical: Callable | None = None  # (result) -> its parts in one order, where any will do
    judge: Callable | None = None  # (case, got, call) -> `Problem`, where several answers are right
    rule: Callable | None = None  # (function) -> words, for what no single call can show
    betrays: tuple = ()  # (attempt) -> words or `Finding`: what only these answers betray
    errors: dict = field(default_factory=dict)  # as in `errors.MEANS`, for this exercise
    # A property of a case, or a word in what the rule says, or "shape" -> the section to reread
    # when only such cases go wrong, or the rule says so, or shapes do not fit.
    sections: dict = field(default_factory=dict)
    names: dict = field(default_factory=dict)  # further names that the code in strings may use

    @property
    def right(self):
        """What gives the right results, quickly."""
        return self.quick or self.answer

    def settled(self, case, result):
        """A result as it is compared: its parts in one order, and 0 in rows that may be anything finite."""
        if self.canonical is not None:
            return self.canonical(result)
        rows = None if self.free is None or result is None else numbers(result)
        mask = None if rows is None else self.free(*case.arguments)
        if rows is None or rows.shape[:1] != mask.shape or not np.isfinite(rows[mask]).all():
            return result
        rows = rows.copy()
        rows[mask] = 0
        return rows

    def build(self, code):
        """A function made from code: text, or a tree of lines."""
        tree = parsed(code) if isinstance(code, str) else code
        names = {"np": np, "math": math, "right": self.right, "sq": sq, **self.names}
        return _built(tree, self.parameters, names)


def table(text):
    """Wrong functions from a table of lines: a sentence, and below it, indented, each code for it."""
    wrong, sentence = {}, ""
    for line in filter(str.strip, text.splitlines()):
        if line.startswith("    "):
            wrong[sentence] += _spread(line.strip())
        else:
            sentence = line.strip()
            wrong[sentence] = ()
    return wrong


def keyed(text):
    """What to say for a key, from lines of a key, a colon, and a sentence."""
    return dict(line.split(": ", 1) for line in text.strip().splitlines())


def _spread(code):
    """The codes for which one with <a|b> stands."""
    choice = re.search(r"<([^<>]*\|[^<>]*)>", code)
    if not choice:
        return (code,)
    parts = choice[1].split("|")
    return sum((_spread(code.replace(choice[0], part)) for part in parts), ())


def questions(parameters, text, **names):
    """Sentences and whether they hold, from a table of lines as in `table`: any of the codes does."""
    names["np"] = np
    return {
        words: eval(f"lambda {parameters}: any(({', '.join(codes)},))", names)
        for words, codes in table(text).items()
    }


def answered(table, calls):
    """The first sentence of a table of `questions` that holds of all the calls; None if there is none."""
    calls = [*calls]
    return next((w for w, holds in table.items() if calls and all(holds(*c) for c in calls)), None)


def sq(X, C):
    """All squared distances: one row for each of X, one column for each of C."""
    return ((np.asarray(X)[:, None] - np.asarray(C)[None]) ** 2).sum(axis=-1)


@cache
def parsed(code):
    """Code as the tree of a function's lines; an expression is what is returned."""
    try:
        return ast.Module([ast.Return(ast.parse(code.strip(), mode="eval").body)], [])
    except SyntaxError:
        return ast.parse(code)


def _built(tree, parameters, names):
    """A function with these parameters and lines."""
    arguments = ast.arguments([], [ast.arg(name) for name in parameters], None, [], [], None, [])
    settings = {"type_params": []} if "type_params" in ast.FunctionDef._fields else {}
    function = ast.FunctionDef("wrong", arguments, tree.body, [], None, None, **settings)
    module = ast.fix_missing_locations(ast.Module([function], []))
    exec(compile(module, "<wrong>", "exec"), names)
    return names["wrong"]
