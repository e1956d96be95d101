"""Machines that are not the learner's own: their settings, and the addresses that lead to them."""

import json
import re
from urllib.parse import unquote

import addresses
import pytest
from lessons import ROOT, build

LESSONS = [source.stem for source in build.sources()]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def addresses_in(name):
    """Every address that a text gives, as a browser reads it."""
    return [unquote(found) for found in re.findall(r"https://[^\s<>()\"'`]+", text(name))]


# --- Binder, Codespaces ----------------------------------------------------------------------


def test_binder_takes_one_python_and_the_exact_versions_and_nothing_else():
    # As soon as there is a folder .binder, Binder reads nothing beside it.
    assert sorted(path.name for path in (ROOT / ".binder").iterdir()) == [
        "postBuild",
        "runtime.txt",
    ]
    assert re.fullmatch(r"python-3\.1[1-4]\n", text(".binder/runtime.txt"))
    commands = [line for line in text(".binder/postBuild").splitlines() if "python " in line]
    assert commands == [
        "python -m pip install --no-cache-dir -r requirements.txt -c constraints.txt",
        "python lab.py pages",
    ]


def test_a_dev_container_is_set_up_as_binder_is_with_the_same_python():
    settings = re.sub(r"^//.*$", "", text(".devcontainer/devcontainer.json"), flags=re.MULTILINE)
    container = json.loads(settings)
    assert container["postCreateCommand"] == "bash .binder/postBuild"
    assert container["image"].rpartition(":")[2] == text(".binder/runtime.txt")[7:].strip()
    (opened,) = container["customizations"]["codespaces"]["openFiles"]
    assert (ROOT / opened.replace("my_lessons", "notebooks")).is_file()


# --- Addresses -------------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", LESSONS)
def test_an_address_leads_to_a_page_that_is_there(lesson):
    for of in (addresses.on_colab, addresses.on_binder):
        folder, name = of(lesson).rsplit("/", 2)[1:]
        assert folder in ("notebooks", "my_lessons")
        assert (ROOT / "notebooks" / name).is_file()


@pytest.mark.parametrize("name", ["README.md", "INSTRUCTOR.md", "SECURITY.md"])
def test_a_text_gives_the_addresses_that_are_set(name):
    stale = [
        found
        for found in addresses_in(name)
        if re.search(r"sixteen.colors", found)
        and not found.startswith(addresses.SITE)
        and addresses.OWNER_AND_NAME not in found
    ]
    assert not stale, "put in what [project.urls] in pyproject.toml says"


def test_the_readme_says_where_to_read_it_where_to_run_it_and_how_to_install_it():
    first_screen = text("README.md").partition("\n## ")[0]
    for way in ("- **Read it:**", "- **Run it in your browser:**", "- **Install it:**"):
        assert way in first_screen
    first = LESSONS[0]
    for address in (
        addresses.SITE,
        addresses.in_browser(first),
        addresses.on_binder(first),
        addresses.on_colab(first),
    ):
        assert f"({address})" in first_screen


def test_the_instructors_guide_names_the_wheel():
    assert addresses.WHEEL in addresses_in("INSTRUCTOR.md")
