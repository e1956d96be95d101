"""Build the site: the worked lessons, to read, and the course running in a browser.

    python tools/site.py                    all of it, in the folder _site
    python tools/site.py --without-lite     only what is read: nothing is fetched for it
    python tools/site.py --pyodide FOLDER   Python for the browser from there, not from its CDN

The saved pages are taken as they are; nothing is run. What this needs is in
requirements-site.txt; where the site is to be published says tools/addresses.py.
"""

import argparse
import base64
import hashlib
import html
import importlib.metadata
import io
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from string import Template

import addresses
import nbformat
from PIL import Image
from sphinx.cmd.build import main as sphinx

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # for the lab.py and the helpers beside it

import lab  # noqa: E402
from helpers.explore.shapes import EXAMPLES  # noqa: E402

SETTINGS = ROOT / "site"
# MathJax 3.2.2, one file, as its makers have published it: whoever ships it must ship this.
MATHJAX = "d4295dc33744836935c1399feece5159577b34c5c8ffb9f1c6324cd82e03a882"
PICTURE = re.compile(r"data:image/(png|jpeg);base64,([\w+/=]+)")
IMG = re.compile(rf'<img src="{PICTURE.pattern}"')
EXPLORER = re.compile(r"^(?:\w+ = )?explore\.(\w+)\(", re.MULTILINE)
HINT = re.compile(r" <em>Run this cell (.*?)</em>")  # in an explorer's still; and what for
# What the theme and myst-nb write, and what a page says in its place.
MENDED = {
    # Where no script runs, code would be black on dark gray.
    'data-theme="auto"': 'data-theme="light"',
    # The words in sight, "Show the answer", are what is read out, too.
    ' aria-label="Toggle hidden content"': "",
    "<title>Sixteen Colors &#8212; Sixteen Colors</title>": "<title>Sixteen Colors</title>",
}


def main(arguments=None):
    """Read the command line, and build what it asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--into", type=Path, default=ROOT / "_site", metavar="FOLDER")
    parser.add_argument("--without-lite", action="store_true", help="only what is read")
    parser.add_argument("--pyodide", type=Path, metavar="FOLDER", help="a complete Pyodide")
    args = parser.parse_args(arguments)

    with tempfile.TemporaryDirectory() as work:
        pages, site = Path(work) / "pages", Path(work) / "site"
        lay_out(pages, site)
        options = ["--quiet", "--fail-on-warning", "--keep-going", "-d", f"{work}/doctrees"]
        options += ["-D", f"html_theme_options.repository_url={addresses.REPOSITORY}"]
        if failed := sphinx([*options, str(pages), str(site)]):
            return failed
        shutil.rmtree(args.into, ignore_errors=True)
        shutil.move(site, args.into)
    for of_the_theme in [*args.into.rglob("*.map"), *args.into.rglob("*-macros.html")]:
        of_the_theme.unlink()  # it is for those who change the theme
    for page in args.into.rglob("*.html"):
        page.write_text(mended(page.read_text(encoding="utf-8")), encoding="utf-8")
    wheel = build_wheel(args.into)
    if not args.without_lite:
        import lite  # it needs JupyterLite, and what is read does not

        try:
            lite.build(args.into / "lite", wheel, args.pyodide)
        except lite.NotBuilt as error:
            sys.exit(str(error))
    return 0


def lay_out(pages, site):
    """Write what Sphinx reads, and into the site the pictures and the pages to download."""
    shutil.copytree(SETTINGS, pages)
    (pages / "static" / "mathjax.js").write_bytes(mathjax())
    (pages / "index.md").write_text(front_page(), encoding="utf-8")
    shutil.copytree(ROOT / "data", pages / "data")
    pictures = site / "lessons" / "pictures"
    pictures.mkdir(parents=True)
    shutil.copy(ROOT / "data" / "tulips.jpg", pictures)  # alive.js takes colors from it
    (pages / "lessons").mkdir()
    for page in lab.course_pages():
        if not page.startswith(lab.WORKED):
            worked, student = (
                nbformat.read(lab.COURSE / folder / page, as_version=4)
                for folder in (lab.WORKED, "")
            )
            nbformat.write(to_read(worked, student, page, pictures), pages / "lessons" / page)
            (site / "lessons" / page).write_bytes(lab.page_to_hand_out(page, elsewhere=True))


def mended(page):
    """A page's HTML without what its readers would stumble over."""
    for written, wanted in MENDED.items():
        page = page.replace(written, wanted)
    return page


def mathjax():
    """The bytes of MathJax, from the package that ships it; refused if they are others."""
    package = importlib.metadata.distribution("sphinx-mathjax-offline")
    data = next(file for file in package.files if file.name == "tex-svg.js").read_binary()
    if hashlib.sha256(data).hexdigest() != MATHJAX:
        sys.exit("sphinx-mathjax-offline ships another MathJax than 3.2.2: install its 0.0.2.")
    return data


def front_page():
    """The title page: site/index.md with the README's sentence, picture and lessons."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    sentence, picture = readme.split("\n\n")[1:3]
    lessons = re.search(r"^## The lessons\n\n((?:\|.*\n)+)", readme, re.MULTILINE)[1]
    page = Template((SETTINGS / "index.md").read_text(encoding="utf-8"))
    return page.substitute(
        sentence=sentence,
        picture=picture,
        lessons=lessons.replace("](notebooks/", "](lessons/"),
        repository=addresses.REPOSITORY,
    )


def to_read(worked, student, page, pictures):
    """A worked page as the site shows it: answers folded, pictures as files, ways to do it."""
    ways = ways_to_do(worked, page)
    title, _, rest = worked.cells[0].source.partition("\n")
    links = "".join(link(words, to) for words, to in ways.items())
    words = "<span>Every cell below has been run already. To write and run them yourself:</span>"
    nav = f'<nav class="ways" aria-label="Do this lesson yourself">{words}{links}</nav>'
    worked.cells[0].source = f"{title}\n\n{nav}\n{rest}"
    run = link("Run this lesson", next(iter(ways.values())))
    for cell, asked in zip(worked.cells, student.cells, strict=True):
        if cell.cell_type != "code":
            continue
        if cell.source != asked.source:
            cell.metadata.tags = [*cell.metadata.get("tags", []), "hide-input"]
        for data in (output.data for output in cell.outputs if "data" in output):
            if "text/html" in data:
                data["text/html"] = as_files(data["text/html"], pictures)
                # What comes with words comes without them too, for viewers that strip HTML.
                for mime in ("image/png", "image/jpeg"):
                    data.pop(mime, None)
        if explorer := EXPLORER.search(cell.source):
            shown = cell.outputs[-1].data
            shown["text/html"] = alive(explorer[1], shown["text/html"], run)
    return worked


def ways_to_do(notebook, page):
    """The ways to do a lesson: name -> address. Not every library runs in a browser."""
    lesson = page.removesuffix(".ipynb")
    ways = {
        "Run it in your browser": addresses.in_browser(lesson).replace(addresses.SITE, ".."),
        "Binder": addresses.on_binder(lesson),
        "Colab": addresses.on_colab(lesson),
        "Download": page,
    }
    if any("needs(" in cell.source for cell in notebook.cells if cell.cell_type == "code"):
        del ways["Run it in your browser"]
    return ways


def link(words, to):
    """A link; what is to be downloaded is saved, not shown."""
    return f'<a href="{html.escape(to)}"{" download" if words == "Download" else ""}>{words}</a>'


def alive(explorer, still, run):
    """The still of an explorer, marked so that alive.js finds it; below it what to do.

    There it stays when a slider writes new words below its picture.
    """
    examples = html.escape(json.dumps(EXAMPLES)) if explorer == "align_shapes" else ""
    hints = "".join(f'<p class="hint">{run} {what}</p>' for what in HINT.findall(still)[:1])
    still = HINT.sub("", still)
    return f'<div data-explorer="{explorer}" data-examples="{examples}">{still}{hints}</div>'


def as_files(text, folder):
    """HTML whose pictures are files in a folder: the same picture is one file."""

    def keep(match):
        kind, encoded = match.groups()
        data = base64.b64decode(encoded)
        path = folder / f"{hashlib.sha256(data).hexdigest()[:16]}.{kind}"
        path.write_bytes(data)
        return f"{folder.name}/{path.name}"

    def keep_sized(match):  # the page does not jump when the picture comes
        width, height = Image.open(io.BytesIO(base64.b64decode(match[2]))).size
        return f'<img src="{keep(match)}" width="{width}" height="{height}" loading="lazy"'

    return PICTURE.sub(keep, IMG.sub(keep_sized, text))


def build_wheel(folder):
    """Build the package `helpers`, which Colab takes from the site; return its path."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "wheel"]
    options = ["--no-deps", "--no-build-isolation", f"--wheel-dir={folder}", str(ROOT)]
    subprocess.run([*pip, *options], check=True)
    return folder / addresses.WHEEL_NAME


if __name__ == "__main__":
    sys.exit(main())
