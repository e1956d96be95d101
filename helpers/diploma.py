"""The course's last file: all of a learner's functions, which paint a photo without the course."""

import ast
import contextlib
import functools
import importlib
import inspect
import io
import subprocess
import sys
import tempfile
import textwrap
import traceback
from pathlib import Path

from helpers import alone, images, mine, saving
from helpers.checks import CHECKS
from helpers.checks.exercises import EXERCISES, LESSON_OF
from helpers.excerpts import CannotExcerpt, excerpt, renamed
from helpers.needs import PageStops

STEM = "my_diploma"
LIMIT = 180  # seconds
WIDTH = 88
HEAD = '''"""Sixteen colors, chosen by a photo itself, in NumPy: {mine} of these functions are mine.

What I have not written is the course's, and marked so. It needs NumPy and Pillow, and nothing of
the course:

    python {name} photo.jpg painted.png
"""
'''
MAIN = """

# --- A photo in few colors ------------------------------------------------------------


def main(path, target, K=16, max_iters=10):
    with Image.open(path) as file:
        photo = np.asarray(file.convert("RGB")) / 255
    height, width, _ = photo.shape
    X = to_pixels(photo)
    K = min(int(K), len(np.unique(X, axis=0)))
    start = kmeans_plus_plus(X, K, np.random.default_rng(0))
    centroids, idx = run_kmeans(X, start, int(max_iters))
    painted = to_image(np.asarray(centroids)[idx], height, width)
    Image.fromarray(np.rint(painted * 255).astype(np.uint8)).save(target)
    ratio = compression_ratio(height, width, K)
    print(f"K = {K}: {psnr(photo, painted):.2f} dB, {ratio:.2f} times smaller on paper")


if __name__ == "__main__":
    main(*sys.argv[1:])
"""
LEFT_OUT = {  # what its check finds now -> why a function of the library is left out
    "almost": "Not right any more",
    "not yet": "Not right any more",
    "not written": "Nothing of mine in its part",
    "not judged": "Can't be judged, for it does not come to its end",
}
NAMES = [name for name in EXERCISES if mine.file_of(LESSON_OF[name]) == mine.LIBRARY]


@functools.cache
def _scratch():
    """A temporary folder that goes with this Python."""
    return tempfile.TemporaryDirectory()


class NotAlone(PageStops):
    """The file does not run without the course; the text says why."""


def write():
    """Write the file `my_diploma.py` beside the page, and say whose its functions are.

    One that is there is never replaced: the next one gets a number.

    Returns
    -------
    Path
        In a temporary folder where nobody works on a page of their own.
    """
    page = mine.page()
    folder = page.parent if page else Path(_scratch().name)
    text, why = complete(folder if page else None)
    (path,) = saving.save_set(folder, STEM, {".py": text.encode()})
    lent = [name for name in why if why[name]]
    print(f"{path.name}: yours: {len(why) - len(lent)}, the course's: {len(lent)}")
    for reason in dict.fromkeys(filter(None, why.values())):
        names = ", ".join(name for name in lent if why[name] == reason)
        print(textwrap.fill(f"{reason}: {names}", WIDTH, subsequent_indent="    "))
    return path


def run(path, photo):
    """Run the file in a fresh Python that has nothing but NumPy and Pillow.

    Parameters
    ----------
    path : path
    photo : ndarray, shape (H, W, 3), values in [0, 1]
        A small one: functions that loop over pixels take their time.

    Returns
    -------
    painted : ndarray, shape (H, W, 3)
    said : str
        What the file prints.

    Raises
    ------
    NotAlone
    """
    with tempfile.TemporaryDirectory() as folder:
        given, target = Path(folder, "photo.png"), Path(folder, "painted.png")
        given.write_bytes(images.encode_png(photo))
        said = _run(str(path), str(given), str(target))
        return images.load_image(target), said.strip()


def _run(*words):
    if sys.platform == "emscripten":  # a browser starts no second Python
        said = io.StringIO()
        try:
            with contextlib.redirect_stdout(said):
                alone.run(*words)
        except Exception:
            raise NotAlone(_last_line(traceback.format_exc())) from None
        return said.getvalue()
    command = [sys.executable, "-I", alone.__file__, *words]
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=LIMIT)
    except subprocess.TimeoutExpired:
        raise NotAlone(
            f"It was still computing after {LIMIT} seconds: take a smaller photo."
        ) from None
    if done.returncode:
        raise NotAlone(_last_line(done.stderr))
    return done.stdout


def _last_line(text):
    return "It does not run without the course: " + text.strip().splitlines()[-1]


# --- The file ------------------------------------------------------------------------------


def complete(folder):
    """The text of the file, and whose each of its functions is.

    Parameters
    ----------
    folder : Path or None
        The learner's, with the library.

    Returns
    -------
    text : str
    whose : dict
    """
    own = folder and folder / mine.LIBRARY
    text = mine.read(own) if own else ""
    why = {name: _why_not(name, text, own) for name in NAMES}
    book = Book()
    for name in NAMES:  # what is the learner's keeps its names
        if not why[name]:
            book.add(name, mine.run(text, own), mine.MARKED.sub("", text))
    for name in NAMES:
        if why[name]:
            book.add(name, importlib.import_module(EXERCISES[name].answer.__module__))
    head = HEAD.format(mine=list(why.values()).count(""), name=f"{STEM}.py")
    imports = {*book.imports, "import sys", "import numpy as np", "from PIL import Image"}
    pages = [mine.with_imports(head, imports).rstrip()]
    for name in NAMES:
        whose = "the course's" if why[name] else "mine"
        mark = f"# --- lesson {LESSON_OF[name]}: {name} ({whose}) ".ljust(mine.WIDTH, "-")
        pages.append("\n\n\n".join([mark, *(code.strip() for code in book.chapters[name])]))
    return "\n\n\n".join(pages) + MAIN, why


def _why_not(name, text, path):
    """Why a function of the file is not the learner's; empty if it is."""
    if name not in mine.parts(text)[1]:
        return (path and mine.missed(name, LESSON_OF[name], text, path)) or "Not written yet"
    try:
        result = CHECKS[name](mine.defined(name, text, path))
        if result.passed:
            excerpt(name, [text], NAMES, vars(mine.run(text, path)))
    except (mine.NotKept, CannotExcerpt) as error:
        return str(error)
    return "" if result.passed else LEFT_OUT[result.state]


class Book:
    """Functions that stand alone: what they need of the course is written in.

    Attributes
    ----------
    imports : set of str
        Lines, of Python's own modules and NumPy.
    chapters : dict
        Name of a function of the lessons -> source code: what it needs, and itself.
    """

    def __init__(self):
        self.imports, self.chapters = set(), {}
        self._names = {}  # (module, name there) of all that is written in -> its name here

    def add(self, name, module, text=None):
        """Write in a function of a lesson: the learner's from their library, or the course's."""
        self.chapters[name] = []
        self._write(name, module, text or _plain(module), self.chapters[name])

    def _write(self, name, module, text, chapter):
        taken, new = excerpt(name, [text], NAMES, vars(module)), {}
        for alias, line in taken.imports.items():
            value = vars(module)[alias]
            if not line.split()[1].startswith("helpers"):
                self.imports.add(line)
            elif inspect.ismodule(value):
                for there in _attributes(alias, taken.pieces.values()):
                    new[f"{alias}.{there}"] = self._take(value, there, chapter)
            else:
                home, there = line.split()[1::2][:2]
                new[alias] = self._take(importlib.import_module(home), there, chapter)
        for piece, code in taken.pieces.items():
            if (module.__name__, piece) not in self._names:
                new[piece] = self._names[module.__name__, piece] = self._free(piece, module)
                chapter.append(code)
            new[piece] = self._names[module.__name__, piece]
        for place, code in enumerate(chapter):
            for old, here in new.items():
                code = renamed(code, old, here) if old != here else code
            chapter[place] = code

    def _take(self, module, name, chapter):
        """Write in what a module of the course calls so, and give its name here."""
        if name in NAMES:
            return name
        home = getattr(getattr(module, name), "__module__", None)
        if home and home != module.__name__:
            module = importlib.import_module(home)
        if (module.__name__, name) not in self._names:
            self._write(name, module, _plain(module), chapter)
        return self._names[module.__name__, name]

    def _free(self, name, module):
        """A name that nothing else here has."""
        taken = {here for _, here in self._names.items()} | set(NAMES) - {name}
        room = module.__name__.rpartition(".")[2]
        return name if name in NAMES or name not in taken else f"{name}_of_{room}"


def _attributes(name, codes):
    """What is looked up in a module of that name."""
    nodes = [node for code in codes for node in ast.walk(ast.parse(code))]
    found = [n for n in nodes if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name)]
    return sorted({node.attr for node in found if node.value.id == name})


def _plain(module):
    """The source of a room of the course, without doors, with the first lines of docstrings."""
    lines = inspect.getsource(module).splitlines()
    for node in ast.walk(ast.parse("\n".join(lines))):
        for part in getattr(node, "decorator_list", []):
            if "as_documented" in ast.unparse(part):
                lines[part.lineno - 1] = None
        words = ast.get_docstring(node) if isinstance(node, ast.FunctionDef) else None
        if words and "\n" in words:
            first, last = node.body[0].lineno, node.body[0].end_lineno
            lines[first - 1] += '"""'
            lines[first:last] = [None] * (last - first)
    return "\n".join(line for line in lines if line is not None)
