"""Where the course is published: the addresses that its pages, its site and README share.

They are set in one place, ``[project.urls]`` in pyproject.toml: `Homepage` is the site,
`Repository` the code. What stands there before the course is published are placeholders that
nobody can own: ``.example`` is no domain, and no account of GitHub has a ``_`` in its name.
"""

import tomllib
from pathlib import Path

_PROJECT = tomllib.loads(
    (Path(__file__).resolve().parent.parent / "pyproject.toml").read_text(encoding="utf-8")
)["project"]

SITE = _PROJECT["urls"]["Homepage"]
REPOSITORY = _PROJECT["urls"]["Repository"]
STUDENTS = "students"  # the branch with the pages to work on, written by tools/students.py
OWNER_AND_NAME = REPOSITORY.removeprefix("https://github.com/")

# The site has the wheel beside its title page.
WHEEL_NAME = f"{_PROJECT['name'].replace('-', '_')}-{_PROJECT['version']}-py3-none-any.whl"
WHEEL = f"{SITE}/{WHEEL_NAME}"


def to_read(lesson):
    """A lesson on the site; `lesson` is its name, such as ``00_start_here``."""
    return f"{SITE}/lessons/{lesson}.html"


def in_browser(lesson):
    """A lesson opened by the course's own JupyterLite: nothing runs on any server.

    In a workspace of its own: pages left open in other lessons would each start a Python.
    """
    return f"{SITE}/lite/lab/index.html?path={lesson}.ipynb&workspace={lesson}"


def on_colab(lesson):
    """A lesson opened by Colab: the student's page, not run, from its own branch."""
    page = f"{OWNER_AND_NAME}/blob/{STUDENTS}/{lesson}.ipynb"
    return f"https://colab.research.google.com/github/{page}"


def on_binder(lesson):
    """A lesson opened by Binder: the student's own copy, handed out by `.binder/postBuild`."""
    page = f"lab/tree/my_lessons/{lesson}.ipynb"
    return f"https://mybinder.org/v2/gh/{OWNER_AND_NAME}/main?urlpath={page}"
