"""The diploma: a learner's own functions paint a photo where the course can't be imported."""

import subprocess
import sys

import numpy as np
import pytest

from helpers import alone, diploma, images, mine

OWN = {
    "to_pixels": "def to_pixels(image):\n    return image.reshape(-1, 3)  # mine",
    "find_closest_centroids": (
        "def squared_distances(X, C):\n    return ((X[:, None] - C) ** 2).sum(axis=-1)\n\n\n"
        "def find_closest_centroids(X, centroids):\n"
        "    return squared_distances(X, centroids).argmin(axis=1)"
    ),
    "quantize": (
        "def quantize(image, codebook):\n"
        "    X = images.to_pixels(image)\n"
        "    painted = codebook[nearest(X, codebook)]\n"
        "    return painted.reshape(image.shape)"
    ),
}
HEAD = (
    '"""Mine."""\n\nimport math\n\nimport numpy as np\n\nfrom helpers import images\n'
    "from helpers.kmeans import find_closest_centroids as nearest\n"
)


@pytest.fixture(scope="module")
def photo():
    return images.shrink(images.load_photo("pencils"), 48)


def write_library(folder, codes):
    blocks = {name: (diploma.LESSON_OF[name], code) for name, code in codes.items()}
    text = mine.joined(HEAD, blocks)
    (folder / mine.LIBRARY).write_text(text, encoding="utf-8")


def everything():
    """A complete library: the course's own functions, written by hand as it were."""
    text, _ = diploma.complete(None)
    codes = {}
    for part in text.partition("# --- A photo")[0].split("# --- lesson ")[1:]:
        codes[part.split()[1]] = part.partition("\n")[2].strip()
    return codes


def assert_in_16_colors(picture, photo):
    assert picture.shape == photo.shape
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) == 16


def test_without_a_library_all_of_it_is_the_courses(photo, tmp_path, monkeypatch, capsys):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.chdir(tmp_path)
    path = diploma.write()
    assert "yours: 0, the course's: 22" in capsys.readouterr().out
    picture, said = diploma.run(path, photo)
    assert_in_16_colors(picture, photo)
    assert said.startswith("K = 16: ")
    assert [*tmp_path.iterdir()] == []


def test_a_half_empty_library_is_completed_and_says_whose_each_is(folder, photo, capsys):
    write_library(folder, OWN)
    path = diploma.write()
    assert path == folder / "my_diploma.py"
    said = capsys.readouterr().out
    assert "yours: 3, the course's: 19" in said
    assert "Not written yet: negative, to_image, tint" in said
    text = path.read_text(encoding="utf-8")
    assert "3 of these functions are mine" in text
    assert "# --- lesson 01: to_pixels (mine)" in text and "# mine" in text
    assert "# --- lesson 05: compute_centroids (the course's)" in text
    assert "helpers" not in text
    assert_in_16_colors(diploma.run(path, photo)[0], photo)


def test_a_complete_library_needs_nothing_of_the_course(folder, photo, capsys):
    write_library(folder, everything())
    path = diploma.write()
    assert "yours: 22, the course's: 0" in capsys.readouterr().out
    assert "the course's)" not in path.read_text(encoding="utf-8")
    assert_in_16_colors(diploma.run(path, photo)[0], photo)


def test_what_is_not_right_any_more_is_the_courses(folder, photo, capsys):
    write_library(folder, OWN | {"to_pixels": "def to_pixels(image):\n    return image"})
    path = diploma.write()
    assert "Not right any more: to_pixels" in capsys.readouterr().out
    assert_in_16_colors(diploma.run(path, photo)[0], photo)


def test_why_a_function_is_left_out_is_told_as_it_is(folder, monkeypatch, capsys):
    monkeypatch.setattr(mine.call, "LIMIT", 0.2)
    write_library(
        folder,
        {
            "negative": "",
            "to_image": "from helpers.images import to_image",
            "tint": "def tint(image, color):\n    pass",
            "mse": "def mse(a, b):\n    while True:\n        pass",
        },
    )
    mine.record(folder, "psnr", kept="before")
    diploma.write()
    said = capsys.readouterr().out
    assert "my_colors.py has a part negative that defines no negative: mend it: negative" in said
    assert "Nothing of mine in its part: to_image, tint\n" in said
    assert "Can't be judged, for it does not come to its end: mse\n" in said
    assert "my_colors.py no longer has yours: psnr\n" in said


def test_a_heading_that_was_written_by_hand_stands_there_once(folder, capsys):
    text = "# --- lesson 01: to_pixels\ndef to_pixels(image):\n    return image.reshape(-1, 3)\n"
    (folder / mine.LIBRARY).write_text(text, encoding="utf-8")
    path = diploma.write()
    assert "yours: 1, the course's: 21" in capsys.readouterr().out
    assert path.read_text(encoding="utf-8").count("# --- lesson 01: to_pixels") == 1


def test_a_library_that_does_not_run_is_left_out(folder, photo, capsys):
    write_library(folder, {"to_pixels": "def to_pixels(image)"})
    path = diploma.write()
    assert "my_colors.py does not run (line" in capsys.readouterr().out
    assert_in_16_colors(diploma.run(path, photo)[0], photo)


def test_a_diploma_is_never_replaced(folder):
    first = diploma.write()
    again = diploma.write()
    assert again == first
    write_library(folder, OWN)
    assert diploma.write().name == "my_diploma-2.py"


def test_it_runs_as_its_first_lines_say(folder, tmp_path, photo):
    write_library(folder, OWN)
    path = diploma.write()
    (tmp_path / "photo.png").write_bytes(images.encode_png(photo))
    done = subprocess.run(
        [sys.executable, path, "photo.png", "painted.png", "4"], cwd=tmp_path, capture_output=True
    )
    assert done.returncode == 0
    assert done.stdout.startswith(b"K = 4: ")
    colors = np.unique(images.load_image(tmp_path / "painted.png").reshape(-1, 3), axis=0)
    assert len(colors) == 4


@pytest.mark.parametrize("room", ["helpers", "helpers.kmeans", "matplotlib", "IPython", "torch"])
def test_nothing_but_numpy_and_pillow_can_be_imported(tmp_path, photo, room):
    path = tmp_path / "cheats.py"
    path.write_text(f"import {room}", encoding="utf-8")
    with pytest.raises(diploma.NotAlone, match="only NumPy and Pillow can"):
        diploma.run(path, photo)


def test_in_a_browser_it_runs_here_and_the_course_is_back_afterwards(folder, photo, monkeypatch):
    path = diploma.write()
    monkeypatch.setattr(diploma.sys, "platform", "emscripten")
    assert_in_16_colors(diploma.run(path, photo)[0], photo)
    cheats = folder / "cheats.py"
    cheats.write_text("from helpers import kmeans", encoding="utf-8")
    with pytest.raises(diploma.NotAlone, match="only NumPy and Pillow can"):
        diploma.run(cheats, photo)
    assert sys.modules["helpers.alone"] is alone
    assert not any(isinstance(finder, alone.Only) for finder in sys.meta_path)


def test_what_never_ends_is_stopped_and_told(tmp_path, photo, monkeypatch):
    monkeypatch.setattr(diploma, "LIMIT", 0.5)
    path = tmp_path / "endless.py"
    path.write_text("while True:\n    pass", encoding="utf-8")
    with pytest.raises(diploma.NotAlone, match="still computing after"):
        diploma.run(path, photo)


def test_names_of_the_learner_win_over_those_of_the_course(folder):
    text = "# squared_distances as well\n"
    write_library(folder, OWN | {"find_closest_centroids": text + OWN["find_closest_centroids"]})
    written = diploma.write().read_text(encoding="utf-8")
    assert written.count("def squared_distances(") == 1
    assert "def squared_distances_of_color(" in written
