"""Run a file in a Python in which nothing but NumPy and Pillow can be imported.

As a script it is the first thing that a fresh Python runs; where no second Python can be started
(in a browser) `run` does the same in a namespace of its own.
"""

import runpy
import sys
from importlib.abc import MetaPathFinder

ALLOWED = {"numpy", "PIL", *sys.stdlib_module_names}


class Only(MetaPathFinder):
    """Finds nothing, and refuses what is not allowed."""

    def find_spec(self, name, path=None, target=None):
        """Refuse a module that is neither Python's own, nor NumPy's, nor Pillow's."""
        if name.partition(".")[0] not in ALLOWED:
            raise ImportError(f"{name} can't be imported here: only NumPy and Pillow can.")


def run(file, *words):
    """Run a file with these words after its name.

    Parameters
    ----------
    file : str
    *words : str
    """
    hidden = {n: m for n, m in sys.modules.items() if n.partition(".")[0] == "helpers"}
    guard, before = Only(), sys.argv
    sys.meta_path.insert(0, guard)
    sys.argv = [file, *words]
    for name in hidden:
        del sys.modules[name]
    try:
        runpy.run_path(file, run_name="__main__")
    finally:
        sys.meta_path.remove(guard)
        sys.argv = before
        sys.modules.update(hidden)


if __name__ == "__main__":
    run(*sys.argv[1:])
