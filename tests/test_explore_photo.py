"""A photo of one's own: chosen by upload, by path or by name, and kept for the cells below."""

import io

import ipywidgets as widgets
import numpy as np
import pytest
import traitlets
from exploring import seen, upload
from PIL import Image

from helpers import explore, images, plots
from helpers.explore import photo as module
from helpers.explore.photo import Chooser, Photo
from helpers.explore.photos import COURSE


@pytest.fixture
def choice(rng):
    return Photo(np.rint(rng.random((6, 9, 3)) * 255) / 255, "first")


@pytest.fixture
def explorer(choice):
    explorer = Chooser(choice, 40)
    yield explorer
    explorer.close()


@pytest.fixture(autouse=True)
def nothing_chosen_yet(monkeypatch):
    monkeypatch.setattr(module, "_kept", {})


def a_photo(rng, height=20, width=30):
    return np.rint(rng.random((height, width, 3)) * 255) / 255


# --- Choosing -------------------------------------------------------------------------------


def test_an_uploaded_photo_is_the_picture_of_the_page(explorer, choice, rng):
    photo = a_photo(rng)
    upload(explorer, images.encode_png(photo), "My cat.png")
    assert (choice.image == photo).all() and choice.name == "My_cat"
    assert "30 × 20 pixels" in explorer.parts["facts"].value
    assert f"{plots.number_of_colors(photo):,}" in explorer.parts["facts"].value
    assert seen(explorer).shape == (80, 120, 3), "a small one is shown larger"
    assert "Now run the cells below" in explorer.parts["said"].value


class UploadOf7(widgets.widget_description.DescriptionWidget):
    """The upload button as it is in ipywidgets 7: name -> metadata and content."""

    accept, value = traitlets.Unicode(), traitlets.Dict()


def test_an_upload_is_taken_where_ipywidgets_is_older(choice, monkeypatch, rng):
    monkeypatch.setattr(widgets, "FileUpload", UploadOf7)
    explorer = Chooser(choice, 40)
    photo = a_photo(rng)
    content = images.encode_png(photo)
    metadata = {"name": "My cat.png", "type": "image/png", "size": len(content)}
    explorer.parts["upload"].value = {"My cat.png": {"metadata": metadata, "content": content}}
    assert (choice.image == photo).all() and choice.name == "My_cat"
    explorer.close()


def in_pieces(explorer, content, name, size=1000):
    """A file as the page sends it: one message for each piece."""
    for start in range(0, max(len(content), 1), size):
        told = {"file": name, "size": len(content), "start": start}
        explorer.voice._handle_custom_msg(told, [memoryview(content)[start : start + size]])


def test_an_upload_comes_in_pieces(explorer, choice, rng):
    photo = a_photo(rng)
    content = images.encode_png(photo)
    in_pieces(explorer, content[:1500], "half.png")
    assert explorer.voice.said.startswith("half.png is damaged") and choice.name == "first"
    in_pieces(explorer, content, "mine.png")
    assert (choice.image == photo).all() and choice.name == "mine"


def test_an_upload_that_was_broken_off_is_forgotten(explorer, choice, rng):
    content = images.encode_png(a_photo(rng))
    explorer.voice._handle_custom_msg(
        {"file": "a.png", "size": 9999, "start": 0}, [memoryview(content)]
    )
    in_pieces(explorer, content, "b.png")
    assert choice.name == "b"


@pytest.mark.parametrize("content", [b"", b"x"])
def test_an_empty_file_is_told_too(explorer, content):
    in_pieces(explorer, content, "nothing.jpg")
    assert explorer.voice.said.startswith("nothing.jpg is not a picture")


@pytest.mark.parametrize("way", ["upload", "path"])
def test_the_photo_of_an_iphone_can_be_chosen(explorer, choice, tmp_path, way):
    path = tmp_path / "IMG_1.HEIC"
    pytest.importorskip("pillow_heif").from_pillow(Image.new("RGB", (32, 24), "red")).save(path)
    if way == "upload":
        in_pieces(explorer, path.read_bytes(), path.name)
    else:
        explorer.parts["path"].value = str(path)
    assert choice.image.shape == (24, 32, 3) and choice.name == "IMG_1"


def test_a_second_upload_takes_the_place_of_the_first(explorer, choice, rng):
    upload(explorer, images.encode_png(a_photo(rng)))
    second = a_photo(rng, 7, 8)
    upload(explorer, images.encode_png(second), "b.png")
    assert (choice.image == second).all() and choice.name == "b"


@pytest.mark.parametrize("typed", ["{}", "  {} ", '"{}"', "'{}'"])
def test_a_photo_can_be_named_by_its_path(explorer, choice, rng, tmp_path, typed):
    photo = a_photo(rng)
    path = tmp_path / "last summer.png"
    path.write_bytes(images.encode_png(photo))
    explorer.parts["path"].value = typed.format(path)
    assert (choice.image == photo).all() and choice.name == "last_summer"


@pytest.mark.parametrize("label", COURSE)
def test_each_photograph_of_the_course_can_be_taken(explorer, choice, label):
    explorer.parts["photo"].value = label
    name = COURSE[label]
    assert choice.name == name
    assert (choice.image == images.shrink(images.load_photo(name), 40)).all()


def test_a_large_photo_is_shrunk(explorer, choice, rng):
    upload(explorer, images.encode_png(a_photo(rng, 100, 50)))
    assert choice.image.shape == (40, 20, 3)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("IMG_0042.JPG", "IMG_0042"),
        ("../../etc/passwd.png", "passwd"),
        ("Ferien & Meer (2).png", "Ferien___Meer__2"),
        ("夕方.png", "夕方"),
        ("cafe\u0301.png", "caf\u00e9"),
        ("हिन्दी.png", "हिन्दी"),
        ("x²½.png", "x²½"),
        ("🌷.png", "photo"),
        ("???.png", "photo"),
        ("x" * 200 + ".png", "x" * 50),
    ],
)
def test_the_name_is_one_that_every_system_takes_for_a_file(explorer, choice, rng, name, expected):
    upload(explorer, images.encode_png(a_photo(rng)), name)
    assert choice.name == expected


def test_each_choice_can_be_made_again_after_another(explorer, choice, rng, tmp_path):
    path = tmp_path / "mine.png"
    path.write_bytes(images.encode_png(a_photo(rng)))
    ways = {
        "tulips": lambda: explorer.parts["photo"].set_trait("value", "tulips"),
        "mine": lambda: explorer.parts["path"].set_trait("value", str(path)),
        "sent": lambda: in_pieces(explorer, path.read_bytes(), "sent.png"),
    }
    for name in "tulips mine tulips sent tulips mine sent mine".split():
        ways[name]()
        assert choice.name == name
    explorer.parts["path"].value = mistyped = "nowhere.jpg"
    assert explorer.parts["path"].value == mistyped, "what is refused stays, to be mended"


# --- What goes wrong ------------------------------------------------------------------------


def test_a_file_that_is_no_picture_is_told_and_the_former_picture_stays(explorer, choice):
    before, picture = choice.image.copy(), explorer.parts["picture"].value
    upload(explorer, b"not a picture <b>", "IMG_1 <b>.heic")
    assert "IMG_1 &lt;b&gt;.heic is not a picture" in explorer.parts["said"].value
    assert explorer.voice.said.startswith("IMG_1 <b>.heic is not a picture that can be opened")
    assert (choice.image == before).all() and choice.name == "first"
    assert explorer.parts["picture"].value == picture


@pytest.mark.parametrize("typed", ["nowhere/<i>.jpg", ".", "nul\0l.jpg", "~nobody-at-all/x.jpg"])
def test_a_path_without_a_picture_is_told_and_the_former_picture_stays(explorer, choice, typed):
    explorer.parts["path"].value = typed
    assert explorer.parts["said"].value and "<i>" not in explorer.parts["said"].value
    assert choice.name == "first"


def test_a_picture_too_large_for_memory_is_told_and_the_former_picture_stays(
    explorer, choice, monkeypatch
):
    def too_large(*_, **__):
        raise MemoryError

    monkeypatch.setattr(Image, "open", too_large)
    upload(explorer, b"x", "wall.png")
    assert explorer.voice.said.startswith("wall.png needs more memory than there is; make it")
    assert choice.name == "first"


def test_a_color_profile_that_cant_be_used_is_told_beside_the_photo(explorer, choice, rng):
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(buffer, "PNG", icc_profile=b"no profile")
    upload(explorer, buffer.getvalue(), "sun.png")
    said = explorer.parts["said"].value
    assert said.startswith("sun.png has a color profile that can&#x27;t be used")
    assert said.endswith("sun, 30 by 20 pixels, in 1 color. Now run the cells below.")
    upload(explorer, images.encode_png(a_photo(rng)), "rain.png")
    assert explorer.parts["said"].value.startswith("rain, 30 by 20")


def test_a_cleared_path_changes_nothing(explorer, choice, tmp_path):
    explorer.parts["path"].value = "nowhere.jpg"
    said = explorer.parts["said"].value
    explorer.parts["path"].value = " "
    assert explorer.parts["said"].value == said and choice.name == "first"


# --- Words, and the page --------------------------------------------------------------------


def test_the_name_of_the_picture_follows_the_choice(explorer, rng):
    upload(explorer, images.encode_png(a_photo(rng)), "My cat.png")
    assert "My_cat, 30 by 20 pixels" in explorer.voice.names["picture"]
    assert explorer.voice.said.startswith("My_cat, 30 by 20 pixels")


def test_without_an_upload_the_page_has_the_courses_photograph(shown):
    choice = explore.your_photo("pencils", longest_side=60)
    assert (choice.image == images.shrink(images.load_photo("pencils"), 60)).all()
    assert choice.name == "pencils"
    (bundle,) = shown
    assert bundle["text/plain"].startswith("[Explorer] pencils, 60 by 40 pixels")
    assert 'alt="pencils, 60 by 40 pixels' in bundle["text/html"]


def test_a_page_may_begin_with_a_path(shown, tmp_path, rng):
    photo = a_photo(rng)
    (tmp_path / "mine.png").write_bytes(images.encode_png(photo))
    choice = explore.your_photo(tmp_path / "mine.png")
    assert (choice.image == photo).all() and choice.name == "mine"
    with pytest.raises(FileNotFoundError, match="no file nowhere.jpg"):
        explore.your_photo("nowhere.jpg")


def test_a_file_that_has_changed_is_loaded_again_and_one_that_is_gone_is_kept(shown, tmp_path, rng):
    path = tmp_path / "mine.png"
    for photo in (a_photo(rng), a_photo(rng, 8, 9)):
        path.write_bytes(images.encode_png(photo))
        assert (explore.your_photo(path).image == photo).all()
    path.unlink()
    for _ in range(2):
        assert (explore.your_photo(path).image == photo).all()


@pytest.mark.parametrize("photo", [None, 7, b"x", io.BytesIO(), np.zeros((2, 2, 3))])
def test_what_is_no_path_is_told(photo):
    with pytest.raises(TypeError, match="^photo is .*; give a path"):
        explore.your_photo(photo)


def test_running_the_cell_again_keeps_what_was_chosen(shown, rng):
    choice = explore.your_photo("pencils", longest_side=60)
    choice.image, choice.name = a_photo(rng), "mine"
    again = explore.your_photo("pencils", longest_side=60)
    assert again.name == "mine" and (again.image == choice.image).all()
    assert "mine, 30 by 20 pixels" in shown[-1]["text/plain"]
    assert explore.your_photo("tulips", longest_side=60).name == "tulips"
    assert len(module._kept) == 1, "one picture is kept, not one for each that was asked for"


def test_a_picture_in_place_of_a_path_is_refused_in_a_sentence():
    with pytest.raises(TypeError, match="give a path, as text"):
        explore.your_photo(np.zeros((2, 2, 3)))
