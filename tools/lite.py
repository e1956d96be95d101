"""The course as it runs in a browser: JupyterLite, the lessons, and a Python that has `helpers`.

`tools/site.py` builds it with the rest of the site. Which packages a page may import, Pyodide
reads in its lock file. Ours names `helpers` and what it needs as well, so the pages are those of
the course, unchanged.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from importlib.metadata import PathDistribution
from pathlib import Path
from string import Template

import nbformat
import npm
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # for the lab.py beside it

import lab  # noqa: E402

WORDS = ROOT / "site" / "lite" / "in_your_browser.md"  # lesson 00 says them after its title
NARROW = ROOT / "site" / "lite" / "narrow.html"  # what JupyterLab's page gets for small screens
# The version for which jupyterlite-pyodide-kernel is made; a test holds the two together.
PYODIDE = npm.Package(
    "pyodide",
    "314.0.6",
    "sha512-BKDTJyIqFxC4BExLqeRS3f5xvXZIjOt8C3zGLN/Cc7tFxSwvKVhVkchQQ2AGLOtR4YrVOIFxbV8poyDOOmWwxQ==",
)
CDN = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE.version}/full/"
# What starts with Python, while a reader still reads: the kernel's own packages, and the course.
AT_ONCE = "micropip piplite ipykernel comm pyodide-kernel jedi ipython sixteen-colors".split()
# What these need and Pyodide does not have; from PyPI, in the versions of constraints.txt.
FROM_PYPI = "ipywidgets anywidget psygnal comm typing-extensions".split()
# What shows widgets, and starts the kernel. The rest of what is installed here stays out.
WIDGETS = ("@jupyter-widgets/jupyterlab-manager", "anywidget")
KERNEL = "@jupyterlite/pyodide-kernel-extension"
# What JupyterLab writes into a page when it opens: there already, the page does not change.
METADATA = {
    "kernelspec": {"name": "python", "display_name": "Python (Pyodide)", "language": "python"},
    "language_info": {
        "codemirror_mode": {"name": "python", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3.8",  # so says the kernel, whatever it runs
    },
}
# A reader's wishes beside those of lab.py. Each kernel takes about 400 MB: a closed page lets its
# go. A browser may drop a page without a word when memory is short: what is written is saved soon.
WISHES = {
    "@jupyterlab/notebook-extension:tracker": {"kernelShutdown": True},
    "@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 10},
}
PURE = "-none-any.whl"
LOCK = "pyodide-lock.json"
CORE = "pyodide.mjs pyodide.asm.mjs pyodide.asm.js pyodide.asm.wasm python_stdlib.zip".split()
BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix"}


class NotBuilt(Exception):
    """The edition could not be built; its text says what failed."""


def build(target, wheel, pyodide=None):
    """Build the edition that runs in a browser.

    Parameters
    ----------
    target : Path
        A folder; what it held is replaced.
    wheel : Path
        The package `helpers`.
    pyodide : Path, optional
        A folder with Pyodide and its packages, which are then served from here. Packages that
        it lacks can't be imported, unless they are pure Python: those come from PyPI.
        Without it, the browser fetches Pyodide from its CDN.
    """
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        write_pages(scratch / "pages", "this site" if pyodide else CDN.split("/")[2])
        write_settings(scratch, target, pyodide)
        run("jupyterlite_core", "build", folder=scratch)
        page = target / "lab" / "index.html"
        before, end, after = page.read_text(encoding="utf-8").rpartition("</body>")
        narrow = NARROW.read_text(encoding="utf-8")
        page.write_text(f"{before}{narrow}{end}{after}", encoding="utf-8")
        kernel = target / "extensions" / KERNEL / "static" / "pypi"
        write_python(target / "static" / "pyodide", [wheel, *kernel.glob("*.whl")], pyodide)


# --- The pages ------------------------------------------------------------------------------


def write_pages(folder, source):
    """Write both editions as they are handed out; 00 says where its Python comes from."""
    for page in lab.course_pages():
        notebook = nbformat.reads(lab.page_to_hand_out(page).decode("utf-8"), as_version=4)
        tagged = [cell.metadata.get("tags", []) for cell in notebook.cells]
        kept = zip(notebook.cells, tagged, strict=True)
        notebook.cells = [cell for cell, tags in kept if lab.FETCHES not in tags]
        if page.endswith("00_start_here.ipynb"):
            words = Template(WORDS.read_text(encoding="utf-8")).substitute(source=source).strip()
            told = nbformat.v4.new_markdown_cell(words, id="in-your-browser")
            notebook.cells.insert(1, told)
        notebook.metadata.update(METADATA)
        path = folder / page
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)


def write_settings(folder, target, pyodide):
    """Write what JupyterLite is told when it is built, when it starts, and as a reader's wishes."""
    extensions = Path(sysconfig.get_path("data")) / "share" / "jupyter" / "labextensions"
    building = {
        "apps": ["lab"],
        "contents": ["pages"],
        "output_dir": str(target.resolve()),
        "federated_extensions": [str(extensions / name) for name in (*WIDGETS, KERNEL)],
        "ignore_sys_prefix": ["federated_extensions"],
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }
    python = {
        "pyodideUrl": f"{'./static/pyodide/' if pyodide else CDN}pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"lockFileURL": f"./static/pyodide/{LOCK}", "packages": AT_ONCE},
    }
    starting = {
        "appName": "Sixteen Colors",
        "exposeAppInBrowser": True,  # as the tests need it
        "litePluginSettings": {f"{KERNEL}:kernel": python},
    }
    files = {
        "jupyter_lite_config.json": {"LiteBuildConfig": building},
        "jupyter-lite.json": {"jupyter-lite-schema-version": 0, "jupyter-config-data": starting},
        "overrides.json": lab.SETTINGS | WISHES,
    }
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")


# --- Its Python -----------------------------------------------------------------------------


def write_python(folder, wheels, pyodide):
    """Write the lock file, and beside it the packages that come from here."""
    folder.mkdir(parents=True)
    try:
        given = pyodide or npm.folder_of(PYODIDE)
        lock = json.loads((given / LOCK).read_text(encoding="utf-8"))
    except (npm.NotFetched, OSError) as error:
        raise NotBuilt(f"There is no Pyodide to build with: {error}") from None
    known = lock["packages"]
    versions = {name: pinned()[name] for name in FROM_PYPI if name not in known}
    if pyodide:
        known, pure = copy_pyodide(pyodide, folder, known)
        versions |= pure
    else:
        for package in known.values():
            package["file_name"] = CDN + package["file_name"]
    ours = folder / "ours"
    ours.mkdir()
    fetch_wheels(ours, versions, lock["info"]["python"])
    for wheel in wheels:
        shutil.copy(wheel, ours)
    known |= {entry["name"]: entry for entry in map(entry_of, sorted(ours.glob("*.whl")))}
    for package in known.values():
        named = map(canonicalize_name, package["depends"])
        package["depends"] = [name for name in named if name in known]
    lock["packages"] = known
    (folder / LOCK).write_text(json.dumps(lock), encoding="utf-8")


def copy_pyodide(source, folder, known):
    """Copy Pyodide and what the course needs of its packages.

    Returns
    -------
    here : dict
        The lock file's entries of the packages that were copied.
    pure : dict
        Names and versions of those that are not there and that PyPI has, as they are pure Python.
    """
    for name in CORE:
        if (source / name).is_file():  # its releases have not all the same
            shutil.copy(source / name, folder)
    here, pure = {}, {}
    for name in needed(known, AT_ONCE + FROM_PYPI + ["numpy", "matplotlib", "pillow"]):
        package = known[name]
        if (source / package["file_name"]).is_file():
            shutil.copy(source / package["file_name"], folder)
            here[name] = package
        elif package["file_name"].endswith(PURE):
            pure[name] = package["version"]
    return here, pure


def needed(known, names):
    """Names of packages, with those that they need in turn; without those that are not known."""
    found, left = [], list(names)
    while left:
        name = canonicalize_name(left.pop())
        if name in known and name not in found:
            found.append(name)
            left += known[name]["depends"]
    return found


def pinned():
    """The versions of constraints.txt, by the packages' names."""
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = (line.partition(";")[0].split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): version.strip() for name, version in pins}


def fetch_wheels(folder, versions, python):
    """Fetch wheels of pure Python from PyPI, in exactly these versions."""
    exact = [f"{name}=={version}" for name, version in versions.items()]
    options = f"--only-binary=:all: --platform=any --implementation=py --python-version={python}"
    run("pip", "download", "--quiet", "--no-deps", *options.split(), *exact, folder=folder)


def run(module, *words, folder):
    """Run a program of this Python's in a folder; what it says is heard if it fails."""
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8")
    if done.returncode:
        raise NotBuilt(f"{module} {words[0]} failed, and said:\n{done.stderr.strip()[-1000:]}")


def entry_of(wheel):
    """The entry that a lock file has for a wheel of ours."""
    files = zipfile.Path(wheel)
    about = PathDistribution(next(f for f in files.iterdir() if f.name.endswith(".dist-info")))
    requirements = [Requirement(line) for line in about.requires or ()]
    modules = [f.name for f in files.iterdir() if (f / "__init__.py").is_file()]
    scripts = [f.name.removesuffix(".py") for f in files.iterdir() if f.name.endswith(".py")]
    return {
        "name": canonicalize_name(about.name),
        "version": about.version,
        "file_name": f"ours/{wheel.name}",
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": modules + scripts,
        "depends": [
            canonicalize_name(r.name)
            for r in requirements
            if r.marker is None or r.marker.evaluate({**BROWSER, "extra": ""})
        ],
    }
