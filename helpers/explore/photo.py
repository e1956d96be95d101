"""A photo of one's own for the cells below: by upload, by path, or one of the course's."""

import html
from dataclasses import dataclass
from pathlib import Path

import ipywidgets as widgets
import numpy as np

from helpers import images
from helpers.explore import stage
from helpers.plots import number_of_colors

PHOTOS = {"tulips": "tulips", "harbor at dusk": "harbour_dusk", "pencils": "pencils"}
STILL_SIDE = 480  # pixels of the picture that stands in a page without a kernel

_kept = {}  # what was asked for -> what was chosen, so that running a page again keeps it


@dataclass
class Photo:
    """The picture that is chosen right now; the explorer changes it.

    Attributes
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    name : str
        For the names of files that are made of it: letters, digits, ``-`` and ``_``.
    """

    image: np.ndarray
    name: str


def your_photo(photo="tulips", longest_side=768):
    """Choose a picture: upload one, name a file, or take one of the course's.

    Running the cell again keeps what was chosen in it.

    Parameters
    ----------
    photo : {"tulips", "harbour_dusk", "pencils"} or path
        What to begin with.
    longest_side : int
        A larger picture is shrunk to so many pixels.

    Returns
    -------
    Photo
        Its ``image`` and ``name`` are those of the choice, whenever they are asked for.

    Raises
    ------
    FileNotFoundError, ValueError
        As in `helpers.images.load_image`.
    """
    asked = (str(photo), longest_side)
    choice = _kept.get(asked) or _first_choice(photo, longest_side)
    _kept.clear()  # one picture is kept, not one for each that was ever asked for
    _kept[asked] = choice
    explorer = photo_explorer(choice, longest_side)
    small = images.encode_png(images.shrink(choice.image, STILL_SIDE))
    stage.present(explorer, stage.still_picture(small, _words(choice)), _words(choice))
    return choice


def _first_choice(photo, longest_side):
    if photo in PHOTOS.values():
        return Photo(images.shrink(images.load_photo(photo), longest_side), photo)
    return Photo(images.load_image(photo, longest_side), _file_name(Path(photo).stem))


def photo_explorer(choice, longest_side):
    """The live part of `your_photo`.

    Parameters
    ----------
    choice : Photo
        Shown first, and changed by every choice that succeeds.
    longest_side : int

    Returns
    -------
    stage.Explorer
        Its parts are "upload", "path", "photo", "picture", "facts", "said".
    """
    parts = {
        "upload": widgets.FileUpload(
            accept="image/*", description="Upload a photo", layout={"width": "auto"}
        ),
        "path": widgets.Text(
            placeholder="or type its path, and press Enter",
            continuous_update=False,
            layout={"width": "20em"},
        ),
        "photo": widgets.Dropdown(
            options=["or take one of the course's", *PHOTOS], layout={"width": "16em"}
        ),
        "said": widgets.HTML(),
        # No larger than it is, and no wider than the page: there is a margin of 2 px around it.
        "picture": widgets.Image(
            format="jpeg", layout={"max_width": "calc(100% - 4px)", "align_self": "flex-start"}
        ),
        "facts": widgets.HTML(),
    }
    rows = [
        stage.row(parts["upload"], parts["path"], parts["photo"]),
        parts["said"],
        parts["picture"],
        parts["facts"],
    ]
    names = {
        "upload": "Upload a photo of your own",
        "path": "Path of a photo on the machine that runs this page",
        "photo": "A photograph of the course",
    }
    explorer = stage.Explorer(rows, parts, names)
    _make_it_choose(explorer, choice, longest_side)
    return explorer


def _make_it_choose(explorer, choice, longest_side):
    parts = explorer.parts

    def show():
        parts["picture"].value = images.encode_jpeg(choice.image)
        height, width, _ = choice.image.shape
        facts = {
            "Name": choice.name,
            "Size": f"{width} × {height} pixels",
            "Different colors": f"{number_of_colors(choice.image):,}",
        }
        parts["facts"].value = stage.facts_html(facts)
        explorer.rename(picture=f"The picture for this page: {_words(choice)}")

    def take(load, name):
        """Show another picture, or say in a sentence why that is not possible."""
        try:
            choice.image = load()
        except (OSError, ValueError, RuntimeError) as error:  # the last: a ~nobody in a path
            parts["said"].value = html.escape(str(error))
            explorer.say(str(error))
            return
        choice.name = name
        show()
        news = f"{_words(choice)} Now run the cells below."
        parts["said"].value = html.escape(news)
        explorer.say(news)

    def take_upload(files):
        if files:
            content, name = bytes(files[0]["content"]), Path(files[0]["name"]).stem
            take(lambda: images.load_image(content, longest_side), _file_name(name))

    def take_path(text):
        path = Path(text.strip().strip("\"'"))  # quoted, as a file manager copies it
        if text.strip():
            name = _file_name(path.stem)
            take(lambda: images.load_image(path.expanduser(), longest_side), name)

    def take_photo(label):
        if label in PHOTOS:
            name = PHOTOS[label]
            take(lambda: images.shrink(images.load_photo(name), longest_side), name)

    parts["upload"].observe(lambda change: take_upload(change["new"]), names="value")
    parts["path"].observe(lambda change: take_path(change["new"]), names="value")
    parts["photo"].observe(lambda change: take_photo(change["new"]), names="value")
    show()


def _file_name(text):
    """A name that every system takes for a file: letters, digits, - and _."""
    name = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in text)
    return name[:60].strip("_") or "photo"


def _words(choice):
    height, width, _ = choice.image.shape
    return (
        f"{choice.name}, {width} by {height} pixels, "
        f"{number_of_colors(choice.image):,} different colors."
    )
