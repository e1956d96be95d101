"""The rooms of `helpers`: all of them are in its list, and nothing imports upward in it."""

import ast
import re
from pathlib import Path

import pytest

import helpers

FOLDER = Path(helpers.__file__).parent
FILES = sorted(path for path in FOLDER.rglob("*.py") if path != FOLDER / "__init__.py")
LINES = re.findall(r"^    (\w+|  +)(?: +)(.+)$", helpers.__doc__, re.MULTILINE)


def floors():
    """Each room's place from the top; a room that another's words name lives on its floor."""
    found, floor = {}, 0
    for room, words in LINES:
        floor += bool(room.strip())
        found |= dict.fromkeys([room, *re.findall(r"`(\w+)`", words)], floor)
    return found


FLOORS = floors()


def room_of(path):
    return path.relative_to(FOLDER).parts[0].removesuffix(".py")


def imported(path):
    """The rooms that a file imports, in functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "helpers":
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers."):
            yield node.module.split(".")[1]
        elif isinstance(node, ast.Import):
            yield from (n.name.split(".")[1] for n in node.names if n.name.startswith("helpers."))


def test_the_list_names_every_room():
    assert {room_of(path) for path in FILES} == {name for name in FLOORS if name.strip()}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_nothing_imports_upward(path):
    assert [name for name in imported(path) if FLOORS[name] < FLOORS[room_of(path)]] == []
