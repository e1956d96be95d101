"""The wheel: the course where `helpers` is installed, far from the folder of the course."""

import json
import os
import subprocess
import sys
import zipfile

import addresses
import numpy as np
import pytest
from lessons import ROOT
from PIL import Image

pytestmark = pytest.mark.slow

PHOTOGRAPHS = ("harbour_dusk", "pencils", "tulips")
PIP = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built with what is installed here: no network is asked."""
    pytest.importorskip("hatchling", reason="hatchling builds the wheel: requirements-dev.txt")
    folder = tmp_path_factory.mktemp("wheel")
    build = [*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(build, check=True)
    [path] = folder.iterdir()
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder with nothing but the installed wheel."""
    folder = tmp_path_factory.mktemp("installed")
    subprocess.run([*PIP, "install", "--no-deps", "--target", folder, wheel], check=True)
    return folder


def run(installed, folder, *words):
    """What a Python says that finds `helpers` nowhere but in the installed wheel."""
    env = {**os.environ, "PYTHONPATH": str(installed)}
    command = [sys.executable, *words]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_the_package_the_photographs_and_nothing_else(wheel):
    files = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "helpers").rglob("*")
        if path.suffix in (".py", ".js")
    }
    files |= {f"helpers/data/{name}.jpg" for name in PHOTOGRAPHS}
    assert wheel.name == addresses.WHEEL_NAME
    names = zipfile.ZipFile(wheel).namelist()
    assert {name for name in names if ".dist-info/" not in name} == files


def test_an_installed_course_loads_its_photographs(installed, tmp_path):
    program = """
import json, helpers
from helpers import images
pixels = {name: images.load_photo(name)[::64, ::64].tolist() for name in %r}
print(json.dumps([helpers.__file__, pixels]))
"""
    where, pixels = json.loads(run(installed, tmp_path, "-c", program % (PHOTOGRAPHS,)))
    assert where == str(installed / "helpers" / "__init__.py")
    for name in PHOTOGRAPHS:
        with Image.open(ROOT / "data" / f"{name}.jpg") as file:
            np.testing.assert_array_equal(pixels[name], np.asarray(file)[::64, ::64] / 255)


def test_an_installed_course_repaints_a_photo_from_the_command_line(installed, tmp_path):
    photo = ROOT / "data" / "tulips.jpg"
    (tmp_path / "tulips.jpg").write_bytes(photo.read_bytes())
    run(installed, tmp_path, "-m", "helpers", "tulips.jpg", "--colors", "4")
    colors = [Image.open(path).getcolors() for path in tmp_path.glob("*.png")]
    assert [len(painted) for painted in colors if painted] == [4]
