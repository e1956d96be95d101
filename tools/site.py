"""Build the site: the worked lessons, to read, and the course running in a browser.

    python tools/site.py                  all of it, in the folder _site
    python tools/site.py --without-lite   only what is read
    python tools/site.py --pyodide FOLDER Python for the browser from there, not from its CDN

The saved pages are taken as they are: nothing is run, and nothing is fetched. What it needs
is in requirements-site.txt; the addresses are those of `[project.urls]` in pyproject.toml.
"""

import argparse
import base64
import hashlib
import html
import importlib.metadata
import io
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from string import Template

import nbformat
from PIL import Image
from sphinx.cmd.build import main as sphinx

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "site"
STUDENT = ROOT / "notebooks"
WORKED = STUDENT / "solutions"
WORK = ROOT / "build" / "site"  # what Sphinx reads
SITE = ROOT / "_site"
# MathJax 3.2.2, one file, as its makers have published it: whoever ships it must ship this.
MATHJAX = "d4295dc33744836935c1399feece5159577b34c5c8ffb9f1c6324cd82e03a882"
NEEDS_A_COMPUTER = ("09", "10", "11")  # their libraries don't run in a browser
PICTURE = re.compile(r"data:image/(png|jpeg);base64,([\w+/=]+)")
TAG = re.compile(rf'<img src="{PICTURE.pattern}"')
RUN = re.compile(r"<em>Run this cell[^<]*</em>")


def addresses():
    """Where the site and the repository are: the one setting of both."""
    with open(ROOT / "pyproject.toml", "rb") as file:
        return tomllib.load(file)["project"]["urls"]


def ways(name, repository):
    """The ways to do a lesson, as links: name in words -> address."""
    owner = "/".join(repository.split("/")[-2:])
    links = {
        "Run it in your browser": f"../lite/lab/index.html?path={name}",
        "Binder": f"https://mybinder.org/v2/gh/{owner}/main?urlpath=lab/tree/notebooks/{name}",
        "Colab": f"https://colab.research.google.com/github/{owner}/blob/main/notebooks/{name}",
        "Download": name,
    }
    if name.startswith(NEEDS_A_COMPUTER):
        del links["Run it in your browser"]
    return links


def public(worked, student, name, repository):
    """A worked page as the site shows it: answers folded, pictures as files, ways to run it."""
    links = ways(name, repository)
    anchors = "".join(f'<a href="{html.escape(to)}">{words}</a>' for words, to in links.items())
    title, _, rest = worked.cells[0].source.partition("\n")
    nav = f'<nav class="ways" aria-label="Do this lesson yourself">{anchors}</nav>'
    worked.cells[0].source = f"{title}\n\n{nav}\n{rest}"
    first = next(iter(links.items()))
    move = f'<em>To move it, <a href="{html.escape(first[1])}">run this lesson</a>.</em>'
    for cell, asked in zip(worked.cells, student.cells, strict=True):
        if cell.source != asked.source and cell.cell_type == "code":
            cell.metadata.tags = [*cell.metadata.get("tags", []), "hide-input"]
        explorer = re.search(r"^(?:\w+ = )?explore\.(\w+)\(", cell.source, re.MULTILINE)
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            if "<img" not in data.get("text/html", ""):
                continue
            for mime in ("image/png", "image/jpeg"):
                data.pop(mime, None)  # the same picture, for viewers that strip HTML
            data["text/html"] = as_files(data["text/html"])
        if explorer:
            shown = cell.outputs[-1].data
            shown["text/html"] = (
                f'<div data-explorer="{explorer[1]}">{RUN.sub(move, shown["text/html"])}</div>'
            )
    return worked


def as_files(text):
    """HTML whose pictures are files in the folder beside it; the same picture is one file."""

    def keep(kind, encoded):
        data = base64.b64decode(encoded)
        path = SITE / "lessons" / "pictures" / f"{hashlib.sha256(data).hexdigest()[:16]}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return f"pictures/{path.name}", data

    def sized(match):
        source, data = keep(*match.groups())
        width, height = Image.open(io.BytesIO(data)).size
        return f'<img src="{source}" width="{width}" height="{height}" loading="lazy"'

    return PICTURE.sub(lambda match: keep(*match.groups())[0], TAG.sub(sized, text))


def to_download(student):
    """A student's page without its outputs, as `lab.py` hands it out."""
    for cell in student.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return student


def front_page(repository):
    """The title page: site/index.md with the README's sentence, picture and lessons."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    parts = {
        "first": "\n\n".join(readme.split("\n\n")[1:3]),
        "lessons": re.search(r"^## The lessons\n(.*?)\n\n[^|]", readme, re.M | re.S)[1],
    }
    page = Template((SETTINGS / "index.md").read_text(encoding="utf-8")).substitute(parts)
    page = page.replace("](notebooks/", "](lessons/")
    return re.sub(r"\]\((\w+\.md)\)", rf"]({repository}/blob/main/\1)", page)


def lay_out():
    """Write what Sphinx reads, and beside its pages the pictures and the pages to download."""
    for folder in (SITE, WORK):
        shutil.rmtree(folder, ignore_errors=True)
    for folder in (SITE / "lessons", WORK / "lessons", WORK / "data", WORK / "static"):
        folder.mkdir(parents=True)
    repository = addresses()["Repository"]
    (WORK / "index.md").write_text(front_page(repository), encoding="utf-8")
    shutil.copy(ROOT / "data" / "sixteen_colors.png", WORK / "data")
    (WORK / "static" / "mathjax.js").write_bytes(mathjax())
    for path in sorted(WORKED.glob("*.ipynb")):
        worked, student = (nbformat.read(f / path.name, 4) for f in (WORKED, STUDENT))
        page = public(worked, student, path.name, repository)
        nbformat.write(page, WORK / "lessons" / path.name)
        nbformat.write(to_download(student), SITE / "lessons" / path.name)


def mathjax():
    """The bytes of MathJax, from the package that ships it; refused if they are others."""
    package = importlib.metadata.distribution("sphinx-mathjax-offline")
    data = next(f for f in package.files if f.name == "tex-svg.js").read_binary()
    if hashlib.sha256(data).hexdigest() != MATHJAX:
        sys.exit("sphinx-mathjax-offline ships another MathJax than 3.2.2; install 0.0.2 of it.")
    return data


def wheel():
    """Build the package `helpers`, for those who install it from the site; where it is."""
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*build, "--wheel-dir", str(SITE), str(ROOT)], check=True)
    return next(SITE.glob("*.whl"))


def main(arguments=None):
    """Read the command line, and build what it asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--without-lite", action="store_true", help="only what is read")
    parser.add_argument("--pyodide", type=Path, metavar="FOLDER", help="a complete Pyodide")
    args = parser.parse_args(arguments)

    lay_out()
    options = ["-D", f"html_theme_options.repository_url={addresses()['Repository']}"]
    options += ["--quiet", "--fail-on-warning", "--keep-going", "-c", str(SETTINGS)]
    if failed := sphinx([*options, "-d", str(WORK / "doctrees"), str(WORK), str(SITE)]):
        return failed
    package = wheel()
    if not args.without_lite:
        import lite  # it needs JupyterLite, which the rest does without

        lite.build(SITE / "lite", package, args.pyodide)
    return 0


if __name__ == "__main__":
    sys.exit(main())
