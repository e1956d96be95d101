"""Machines that are not the learner's own: their settings, and the addresses that lead to them."""

import json
import re
import shutil
import subprocess
import sys
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
        assert folder in (addresses.STUDENTS, "my_lessons"), "not where predictions are given away"
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


def test_the_instructors_guide_names_the_wheel_and_brings_a_hub_the_pages_that_are_not_run():
    found = addresses_in("INSTRUCTOR.md")
    assert addresses.WHEEL in found
    (hub,) = [address for address in found if "/git-pull?" in address]
    pages = f"branch={addresses.STUDENTS}&targetPath=my_lessons&urlpath=lab/tree/my_lessons/"
    assert hub.endswith(f"?repo={addresses.REPOSITORY}&{pages}{LESSONS[0]}.ipynb")


# --- The branch with the students' pages -----------------------------------------------------

OUTPUT = {"output_type": "stream", "name": "stdout", "text": ["5.999"]}
WIDGETS = {"widgets": {"state": "K = 6"}}


def page(text, metadata=WIDGETS, **ran):
    """A small page; which cell fetches the course is known by its tag."""
    code = {"cell_type": "code", "execution_count": None, "outputs": [], "metadata": {}}
    fetch = {**code, "metadata": {"tags": ["fetches-the-course"]}, "source": ["%pip"], **ran}
    cells = [fetch, {**code, "source": [text], **ran}]
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4}, indent=1)


@pytest.fixture
def upstream(git, tmp_path):
    """A course in a repository, and one on a server to push to: folder, command, server."""
    folder, server = tmp_path / "course", tmp_path / "server.git"
    for name in ("lab.py", "pyproject.toml", "tools/students.py", "tools/addresses.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    (folder / "notebooks" / "solutions").mkdir(parents=True)
    git(tmp_path, "init", "--quiet", "--bare", str(server))
    git(tmp_path, "init", "--quiet", str(folder))
    git(folder, "remote", "add", "origin", str(server))

    def publish(text):
        """Change the course's only lesson, and publish it; returns what is said."""
        for place in ("", "solutions/"):
            path = folder / "notebooks" / place / "00_start_here.ipynb"
            path.write_text(page(text, execution_count=1, outputs=[OUTPUT]), encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--allow-empty", "-m", text)
        command = [sys.executable, "tools/students.py", "--push"]
        done = subprocess.run(
            command, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8", check=True
        )
        return done.stdout

    return publish, server


def test_the_branch_has_the_pages_as_if_nobody_had_run_them_and_they_fetch_the_course(
    git, upstream, tmp_path
):
    publish, server = upstream
    publish("one")
    git(tmp_path, "clone", "--quiet", "-b", addresses.STUDENTS, str(server), "student")
    student = tmp_path / "student"
    assert (student / "00_start_here.ipynb").read_text(encoding="utf-8") == (
        page("one", metadata={}) + "\n"
    )
    worked = (student / "solutions" / "00_start_here.ipynb").read_text(encoding="utf-8")
    assert worked == page("one", execution_count=1, outputs=[OUTPUT]), "to compare with"
    assert sorted(path.name for path in student.iterdir() if path.name != ".git") == [
        "00_start_here.ipynb",
        "README.md",
        "solutions",
    ]


def test_what_a_student_wrote_can_be_merged_with_what_is_published_next(git, upstream, tmp_path):
    publish, server = upstream
    publish("one")
    git(tmp_path, "clone", "--quiet", "-b", addresses.STUDENTS, str(server), "student")
    student = tmp_path / "student"
    (student / "my_colors.py").write_text("mine", encoding="utf-8")
    (student / "README.md").write_text("my notes", encoding="utf-8")
    git(student, "commit", "--quiet", "-a", "-m", "as nbgitpuller does")
    assert "already" in publish("one")
    publish("two")
    git(student, "fetch", "--quiet", "origin")
    git(student, "merge", "--quiet", "-Xours", f"origin/{addresses.STUDENTS}")
    assert '"two"' in (student / "00_start_here.ipynb").read_text(encoding="utf-8")
    assert (student / "README.md").read_text(encoding="utf-8") == "my notes"
    assert (student / "my_colors.py").read_text(encoding="utf-8") == "mine"
    assert git(student, "log", "--format=%s", f"origin/{addresses.STUDENTS}").count("\n") == 2


@pytest.mark.parametrize("word", ["--help", "--psuh"])
def test_another_word_than_push_publishes_nothing_and_shows_what_there_is(upstream, git, word):
    _, server = upstream
    command = [sys.executable, "tools/students.py", word]
    done = subprocess.run(
        command, cwd=server.parent / "course", stdout=subprocess.PIPE, encoding="utf-8"
    )
    assert (done.returncode == 0) == (word == "--help")
    assert "tools/students.py --push    and push it" in done.stdout
    assert git(server, "branch", "--all") == ""
