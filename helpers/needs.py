"""What a page needs beyond the basic course: asked for at its top, kindly.

Lessons 09 to 11 use libraries that not everyone has installed. A page that lacks one
says what to type and stops there: no error trace, and no forty cells that fail.
"""

import importlib
import importlib.util
import re
import sys
from pathlib import Path

WITH_LAB = """\
To get {what}: close JupyterLab (Ctrl-C in the terminal in which it runs), and there, in the
folder of the course, type

    python lab.py --more

It installs what lessons 09 to 11 need, once, and opens the lessons again. (In a Python of your
own: pip install -r requirements-more.txt -c constraints.txt; the file says how to do without
gigabytes of GPU packages.) The lessons 00 to 08 and 12 need nothing more."""

WITHOUT_LAB = """\
To get {what}: run

    %pip install {packages}

in a cell of its own, once, then restart the kernel. The lessons 00 to 08 and 12 need nothing
more."""

IN_BROWSER = """\
In a browser this lesson can't run, but you can read it: its worked edition, with all that it
prints and draws, lies in the folder solutions. To run it takes a computer of your own, with the
course on it. The lessons 00 to 08 and 12 run here."""

COURSE = Path(__file__).resolve().parent.parent  # where it is not installed, but unpacked

PACKAGES = {"sklearn": "scikit-learn", "torch": "PyTorch", "distributed": "dask.distributed"}
INSTALLED_AS = {"sklearn": "scikit-learn", "distributed": "'dask[distributed]'"}


class PageStops(Exception):
    """The page can't go on; shown as its own lines, without a trace."""

    def _render_traceback_(self):
        return str(self).splitlines()


def needs(*modules):
    """Go on if these can be imported; else say what to install, and stop the page.

    Parameters
    ----------
    modules : str
        Names as in ``import``, such as ``"sklearn"``.

    Raises
    ------
    PageStops
        One is not installed, or is installed and can't be loaded. "Run All" stops there.
    """
    missing, broken = [], []
    for module in modules:
        name = PACKAGES.get(module, module)
        try:
            importlib.import_module(module)
        except ModuleNotFoundError as error:
            # Itself, or something that it needs in turn: to install it again helps with both.
            known = (error.name or module).partition(".")[0]
            missing.append(name if known == module else f"{name} (it lacks {known})")
        except Exception as error:  # what a half-installed library raises is anybody's guess
            reason = " ".join(str(error).split())[:200] or "no reason given"
            broken.append(f"{name} is installed, but can't be loaded: {reason}")
    if not (missing or broken):
        return
    lines = []
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        yet = "" if _in_a_browser() else " yet"
        lines.append(f"This page needs {_listed(missing)}, which {verb} not installed here{yet}.")
    lines += broken
    if broken:
        lines.append("Delete the folder .venv, if it is the course's own, and install afresh.")
    raise PageStops("\n".join([*lines, "", _how_to_get(modules, len(missing + broken))])) from None


def _in_a_browser():
    return sys.platform == "emscripten"


def _how_to_get(modules, lacking):
    """What to do, where the page runs: in a browser, in the course's folder, or elsewhere."""
    if _in_a_browser():
        return IN_BROWSER
    how = WITH_LAB if (COURSE / "lab.py").is_file() else WITHOUT_LAB
    packages = " ".join(INSTALLED_AS.get(module, module) for module in modules)
    return how.format(what="them" if lacking > 1 else "it", packages=packages)


def asked_for(page):
    """Modules that a page asks for with `needs`.

    Parameters
    ----------
    page : path
        A lesson: a notebook, or its source.

    Returns
    -------
    list of str
    """
    text = Path(page).read_text(encoding="utf-8")
    calls = re.findall(r"needs\(([^)\n]*)\)", text)
    return list(dict.fromkeys(name for call in calls for name in re.findall(r'"(\w+)', call)))


def lacking(page):
    """Those modules that a page asks for, see `asked_for`, and that are not installed."""
    return [name for name in asked_for(page) if importlib.util.find_spec(name) is None]


def _listed(names):
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))
