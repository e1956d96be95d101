"""The learner's own library: functions that a check has found right, kept beside the pages.

It lives where a person works on pages of their own, in the folder ``my_lessons``:

- ``my_colors.py`` has the functions, in the order of the lessons; those that need PyTorch or
  scikit-learn are in ``my_colors_more.py``;
- ``my_colors_old.py`` has every version that a newer one has replaced;
- ``my_progress.json`` says which functions were found right, and when.

Whatever runs pages without a person (a build, a test, grading) has no library, and neither has
the worked edition: only the server behind JupyterLab tells a kernel which page it is for.
"""

import ast
import contextlib
import datetime
import hashlib
import json
import linecache
import os
import re
import sys
import traceback
import types
from pathlib import Path

from helpers import call
from helpers.excerpts import CannotExcerpt, definitions, excerpt, renamed
from helpers.saving import alone_in, save_files

FOLDER = "my_lessons"
LIBRARY, MORE, OLD = "my_colors.py", "my_colors_more.py", "my_colors_old.py"
PROGRESS = "my_progress.json"
MARK = "# --- lesson {}: {} "
MARKED = re.compile(r"^# --- lesson (\w+): (\w+) *-* *\n", re.MULTILINE)
WIDTH = 88
HEAD = '''"""{}

It is mine: I can change what stands here. Later pages of the course use it as it is, as long
as it is right. Versions that a newer one has replaced are in my_colors_old.py.
"""
'''
TITLES = {
    LIBRARY: "My colors: what I wrote in the course Sixteen Colors, and its checks found right.",
    MORE: "My colors, with scikit-learn and PyTorch: what I wrote in lessons 09 and 10.",
    OLD: "My colors, earlier: what a newer version has replaced.",
}
NEEDS_MORE = ("09", "10")
LIMITS = {LIBRARY: 2, MORE: 60}  # seconds of computing; to import PyTorch takes many


try:
    _BEGAN_IN = os.path.realpath(os.curdir)  # the folder of the page, until somebody leaves it
except OSError:  # somebody has deleted it
    _BEGAN_IN = None


class NotKept(Exception):
    """A function can't be kept, or a library can't be used; the text says why, and what to do."""


def page():
    """The page that a person has open here, if it is one of their own.

    Returns
    -------
    Path or None
        None where nobody works on a page of their own: there is no library then.
    """
    if sys.platform == "emscripten":  # in a browser each lesson has a Python of its own
        here = Path.cwd() / "page.ipynb"
        return None if here.parent.name == "solutions" else here
    opened = os.environ.get("JPY_SESSION_NAME") or _of_vs_code()  # only a server sets it
    here = Path(opened) if opened else None
    if here is None or here.parent.name != FOLDER:
        return None
    # What a page's own Python has started inherits the name, and runs elsewhere: it is nobody's.
    return here if os.path.realpath(here.parent) == _BEGAN_IN else None


def _of_vs_code():
    with contextlib.suppress(ImportError):
        from IPython import get_ipython

        return getattr(get_ipython(), "user_ns", {}).get("__vsc_ipynb_file__")


# --- What was found right ------------------------------------------------------------------


def progress(folder):
    """What was found right in a folder of pages: name of a function -> when, and what was kept."""
    try:
        found = json.loads((folder / PROGRESS).read_text(encoding="utf-8"))
        return {name: about for name, about in found.items() if isinstance(about, dict)}
    except (OSError, ValueError, AttributeError):  # none yet, or somebody wrote into it
        return {}


def record(folder, name, **about):
    """Write down that a function was found right."""
    found = progress(folder)
    about = {"on": str(datetime.date.today())} | found.get(name, {}) | about
    if about != found.get(name):
        text = json.dumps(found | {name: about}, indent=1, sort_keys=True)
        save_files({folder / PROGRESS: text.encode()}, overwrite=True)


# --- The library as a file -----------------------------------------------------------------


def file_of(lesson):
    """The file that keeps the functions of a lesson."""
    return MORE if lesson in NEEDS_MORE else LIBRARY


def parts(text):
    """A library's head, and its blocks: name -> (lesson, code)."""
    head, *rest = MARKED.split(text)
    blocks = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    return head, {name: (lesson, code) for lesson, name, code in blocks}


def joined(head, blocks):
    """The text of a library."""
    text = head.rstrip() + "\n"
    for name, (lesson, code) in blocks.items():
        mark = MARK.format(lesson, name).ljust(WIDTH, "-")
        text += f"\n\n{mark}\n\n{code.strip()}\n"
    return text


def with_imports(head, new):
    """A head that imports all that these lines do, in the usual order."""
    nodes = [n for n in ast.parse(head).body if isinstance(n, (ast.Import, ast.ImportFrom))]
    taken = {number for node in nodes for number in range(node.lineno, node.end_lineno + 1)}
    lines = head.splitlines()
    rest = "\n".join(line for n, line in enumerate(lines, 1) if n not in taken).rstrip()
    groups = [[], [], []]  # Python's own, installed, the course's
    for line in sorted({*map(ast.unparse, nodes), *new}, key=lambda line: (line[0] == "f", line)):
        library = line.split()[1].partition(".")[0]
        place = 2 if library == "helpers" else library not in sys.stdlib_module_names
        groups[place].append(line)
    return "\n\n".join([rest, *("\n".join(group) for group in groups if group)]) + "\n"


def keep(name, lesson, courses, verify, found):
    """Keep a function of the page in the learner's library.

    Parameters
    ----------
    name : str
    lesson : str
        Its number, such as ``"05b"``.
    courses : dict
        All functions, as the lessons ask for them: name -> the course's module that has it.
    verify : callable
        ``verify(function)`` -> whether it is right.
    found : tuple of (list of str, dict)
        Source code that the page has run, and its variables.

    Returns
    -------
    bool
        Whether the library has changed.

    Raises
    ------
    NotKept
        With a sentence to show.
    """
    folder = page().parent
    try:
        taken = excerpt(name, found[0], elsewhere=courses, namespace=found[1])
    except CannotExcerpt as error:
        raise NotKept(f"it can't stand alone: {error}") from None
    if name not in taken.pieces:
        raise NotKept("it is not defined on this page")
    mark = hashlib.sha256("\n".join(taken.pieces.values()).encode()).hexdigest()[:16]
    path = folder / file_of(lesson)
    with alone_in({folder}):
        text = read(path)
        run(text, path)  # what does not run now is left as it is
        head, blocks = parts(text or HEAD.format(TITLES[path.name]))
        if name in blocks and progress(folder).get(name, {}).get("kept") == mark:
            return False  # what stands there now is newer: the learner may have changed it
        code = "\n\n\n".join(_without_clashes(taken.pieces, lesson, name, blocks).values())
        imports = [*taken.imports.values()]
        others = taken.others - blocks.keys()  # until there is a version of the learner's
        imports += [f"from {courses[other]} import {other}" for other in others]
        files, before = {}, blocks.get(name)
        if before and before[1].strip() != code.strip():
            files[folder / OLD] = _with_the_old(folder / OLD, name, before).encode()
        blocks[name] = lesson, code
        blocks = {n: blocks[n] for n in sorted(blocks, key=lambda n: _place(n, list(courses)))}
        head = with_imports(_without_import_of(name, head), imports)
        text = joined(head, blocks)
        try:
            right = verify(vars(run(text, path))[name])
        except Exception as error:
            raise NotKept(
                f"outside of this page it fails ({type(error).__name__}: {error})"
            ) from None
        if not right:
            raise NotKept("outside of this page it gives other results")
        save_files({**files, path: text.encode()}, overwrite=True)
        record(folder, name, kept=mark)
    return True


def read(path):
    """The text of a library; an empty one if there is none."""
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        raise NotKept(
            f"{path.name} can't be read ({error}): mend it, or give it another name"
        ) from None


_modules = {}  # path -> (text, module or what to say): a library runs once, until it changes


def run(text, path):
    """A library as a module."""
    if _modules.get(path, (None,))[0] != text:
        module = types.ModuleType(path.stem)
        module.__file__ = str(path)
        linecache.cache[str(path)] = len(text), None, text.splitlines(keepends=True), str(path)
        _modules[path] = text, module
        call.LIBRARIES[:] = [vars(m) for _, m in _modules.values() if not isinstance(m, str)]
        if words := _loaded(text, module, LIMITS[path.name]):
            _modules[path] = text, f"{path.name} {words}: mend it, or give it another name"
    found = _modules[path][1]
    if isinstance(found, str):
        raise NotKept(found)
    return found


def _loaded(text, module, limit):
    """Let a library define what it has; gives back what went wrong, in words, or nothing."""

    def load():
        try:
            exec(compile(text, module.__file__, "exec"), vars(module))
        except (Exception, SystemExit) as error:  # somebody's exit() ends no page
            steps = traceback.extract_tb(error.__traceback__)
            lines = [step.lineno for step in steps if step.filename == module.__file__]
            line = getattr(error, "lineno", None) or (lines and lines[0])
            words = f"{type(error).__name__}: {getattr(error, 'msg', error)}"
            return f"does not run ({f'line {line}: ' if line else ''}{words})"

    # First where it can harm nobody, if there is such a place; then for good.
    for here in (False, True):
        (trial,) = call.call(load, [()], limit, here=here)
        if trial.error and trial.error.name == "Ended":
            return "ends Python itself"
        if trial.out_of_time:
            at = f" (the line is “{trial.error.line}”)" if trial.error.line else ""
            return f"does not come to its end{at}"
        if trial.error or trial.got:
            return trial.got or f"does not run ({trial.error.name})"
    return None


def _place(name, order):
    return order.index(name) if name in order else len(order)


def _without_import_of(name, head):
    return re.sub(rf"^from helpers\.[\w.]+ import {name}\n", "", head, flags=re.MULTILINE)


def _with_the_old(path, name, block):
    """The text of the file of old versions, with one more."""
    lesson, code = block
    text = read(path) or HEAD.format(TITLES[OLD])
    mark = MARK.format(lesson, name).ljust(WIDTH, "-")
    return f"{text.rstrip()}\n\n\n{mark}\n# replaced on {datetime.date.today()}\n\n{code.strip()}\n"


def _without_clashes(pieces, lesson, name, blocks):
    """The pieces of a function, without those that the library has, and with free names."""
    others = [code for other, (_, code) in blocks.items() if other != name]
    defined, pieces = definitions(others), dict(pieces)
    for piece in [piece for piece in pieces if piece != name and piece in defined]:
        if defined[piece][1].strip() == pieces[piece].strip():
            del pieces[piece]
        else:
            new = f"{piece}_{lesson}"
            pieces = {new if p == piece else p: renamed(t, piece, new) for p, t in pieces.items()}
    return pieces


# --- What a page takes from it -------------------------------------------------------------


def find(name, lesson):
    """The learner's own version of a function.

    Parameters
    ----------
    name, lesson : str

    Returns
    -------
    callable or None
        None where there is none.

    Raises
    ------
    NotKept
        The library can't be read, does not run, or no longer defines the function; or it was
        found right, and there is none.
    """
    here = page()
    path = here and here.parent / file_of(lesson)
    text = read(path) if path else ""
    if name not in parts(text)[1]:
        if path and (words := missed(name, lesson, text, path)):
            raise NotKept(words)
        return None
    return defined(name, text, path)


def defined(name, text, path):
    """What a library calls so; `NotKept` if it does not run, or nothing in it is called so."""
    module = run(text, path)
    if not hasattr(module, name):
        raise NotKept(f"{path.name} has a part {name} that defines no {name}: mend it")
    return getattr(module, name)


def missed(name, lesson, text, path):
    """Why a library has no part of that name though one was found right; empty if none was."""
    about = progress(path.parent).get(name)
    if about is None:
        return ""
    if "kept" not in about:
        return f"{path.name} could not keep yours, which was right"
    if not text.strip():
        return f"{path.name}, which had yours, is gone or empty"
    if name in definitions([text]):
        mark = MARK.format(lesson, name).strip()
        return f"{path.name} has lost the line {mark} above it: write it there again"
    return f"{path.name} no longer has yours"
