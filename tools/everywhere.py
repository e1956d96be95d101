"""Run every page of both editions with other packages, or another Python, than the saved ones.

    python3.13 tools/everywhere.py pinned    the exact versions of constraints.txt, strictly
    python3.11 tools/everywhere.py oldest    each package at the lower bound of requirements.txt
    python3.14 tools/everywhere.py newest    each package at the newest version allowed there
    python3.13 tools/everywhere.py colab     what Colab has, and `helpers` from the wheel

The Python that runs it is the Python that is tried, in an environment of its own, made in a
temporary folder and removed in the end (--env FOLDER keeps it, and takes it up again). What the
oldest need in turn is the newest that goes with them. Every cell has to run and to print what is
saved. With other packages than the pinned ones, what tests/nbval_sanitize_versions.cfg names may
differ as well: sizes of encoded pictures, and nothing else. What follows goes to pytest, such as
-k 06_. Lessons 09 to 11 are left out, as their libraries are missing from this environment.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements.txt"
BASE_RULES = ROOT / "tests" / "nbval_sanitize.cfg"
VERSION_RULES = ROOT / "tests" / "nbval_sanitize_versions.cfg"
# Colab's own versions, in the middle of 2026. A page there adds `helpers` and changes none.
COLAB = [
    *("ipykernel==6.17.1", "ipython==7.34.0", "ipywidgets==7.7.1", "anywidget==0.9.*"),
    *("numpy==2.1.*", "matplotlib==3.10.*", "pillow==11.3.*"),
]


def lower_bounds(requirements):
    """Return the oldest version that each line of a requirements file allows, as constraints."""
    return re.findall(r"^([\w-]+)(?:\[\w+\])?>=([\d.]+)", requirements, re.MULTILINE)


def installs(choice, folder):
    """Return what tells pip what to install, once or in turn; a file goes into ``folder``."""
    if choice == "colab":
        return [[*COLAB, "nbval"], ["--no-deps", ROOT]]
    if choice == "newest":
        versions = ["--upgrade", "--upgrade-strategy=eager"]
    elif choice == "pinned":
        versions = ["-c", "constraints.txt"]
    else:
        path = folder / "oldest.txt"
        bounds = lower_bounds(REQUIREMENTS.read_text(encoding="utf-8"))
        pins = "".join(f"{name}=={version}\n" for name, version in bounds)
        path.write_text(pins, encoding="utf-8")
        versions = ["-c", str(path)]
    return [[*versions, "-r", REQUIREMENTS]]


def rules(choice, folder):
    """Return the file of what nbval may overlook: nbval takes one file only."""
    if choice == "pinned":
        return BASE_RULES
    path = folder / "rules.cfg"
    texts = [file.read_text(encoding="utf-8") for file in (BASE_RULES, VERSION_RULES)]
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def run(command):
    """Run a command in the course's folder, undisturbed by the settings of whoever types it."""
    strange = ("PYTHONPATH", "PYTHONHOME", "PIP_CONSTRAINT", "JUPYTER_PATH", "MPLBACKEND")
    env = {name: value for name, value in os.environ.items() if name not in strange}
    env.update(PYTHONUTF8="1", PYTHONNOUSERSITE="1", PIP_DISABLE_PIP_VERSION_CHECK="1")
    return subprocess.run(command, cwd=ROOT, env=env).returncode


def main(arguments=None):
    """Make the environment, show what is in it, and run the pages; the status is pytest's."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("choice", choices=["pinned", "oldest", "newest", "colab"])
    parser.add_argument("--env", type=Path, metavar="FOLDER", help="keep the environment here")
    args, extra = parser.parse_known_args(arguments)

    with tempfile.TemporaryDirectory(prefix="everywhere-") as folder:
        folder = Path(folder)
        home = (args.env or folder / "env").resolve()
        if run([sys.executable, "-m", "venv", home]):
            return "This Python makes no environment: its own lines say why."
        python = str(home / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
        pip = [python, "-m", "pip", "--quiet"]
        if any(run([*pip, "install", *words]) for words in installs(args.choice, folder)):
            return "pip could not install this choice of packages: its own lines say why."
        run([*pip, "freeze"])
        sanitize = f"--nbval-sanitize-with={rules(args.choice, folder)}"
        return run([python, "-m", "pytest", "--all", "-q", sanitize, "notebooks", *extra])


if __name__ == "__main__":
    sys.exit(main())
