"""A photo of one's own for the cells below: by upload, by path, or one of the course's."""

import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import ipywidgets as widgets
import numpy as np

from helpers import images
from helpers.color import colors_in_words, number_of_colors
from helpers.doors import as_documented
from helpers.explore.controls import menu, named, picture, text
from helpers.explore.photos import COURSE, SMALLEST, PhotoExplorer, upload_button
from helpers.explore.stills import facts_html, still_picture

STILL_SIDE = 480  # pixels of the picture that stands in a page without a kernel

NOTHING = {"path": "", "photo": "or take one of the course's"}  # what a part holds if not chosen

_kept = {}  # what was asked for -> what was chosen, and the age of the file that was named


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

    def words(self):
        """Name, size and number of colors."""
        height, width, _ = self.image.shape
        colors = colors_in_words(number_of_colors(self.image))
        return f"{self.name}, {width} by {height} pixels, in {colors}."


@as_documented
def your_photo(photo="tulips", longest_side=768):
    """Choose a picture: upload one, name a file, or take one of the course's.

    Running the cell again keeps what was chosen in it, unless the file that it names has changed.

    Parameters
    ----------
    photo : {"tulips", "harbour_dusk", "pencils"} or path
        What to begin with.
    longest_side : int, 1 or more
        A larger picture is shrunk to so many pixels.

    Returns
    -------
    Photo
        Its ``image`` and ``name`` are those of the choice, whenever they are asked for.

    Raises
    ------
    FileNotFoundError, MemoryError, TypeError, ValueError
        As in `helpers.images.load_image`.
    """
    asked, age = (str(photo), longest_side), _age(photo)
    choice, known = _kept.get(asked, (None, None))
    if choice is None or age not in (None, known):
        choice = Photo(_load(photo, longest_side), _file_name(photo))
    _kept.clear()  # one picture is kept, not one for each that was ever asked for
    _kept[asked] = choice, age or known
    Chooser(choice, longest_side).present()
    return choice


def _age(photo):
    """What becomes another when a file does; None if there is no file."""
    try:
        state = os.stat(photo)
    except (OSError, ValueError):
        return None
    return state.st_mtime_ns, state.st_size


def _load(photo, longest_side, name=None):
    """A picture of the course's, or of a file, its path or its content."""
    if isinstance(photo, str) and photo in COURSE.values():
        return images.shrink(images.load_photo(photo), longest_side)
    photo = photo.expanduser() if isinstance(photo, Path) else photo
    return images.load_image(photo, longest_side, name)


class Chooser(PhotoExplorer):
    """The explorer of `your_photo`: every choice that succeeds changes its `Photo`."""

    def __init__(self, choice, longest_side):
        self.choice, self.longest_side = choice, longest_side
        parts = {
            "upload": upload_button("Upload a photo"),
            "path": named(
                "Path of a photo on the machine that runs this page",
                widgets.Text(
                    placeholder="or type its path, and press Enter",
                    continuous_update=False,
                    layout={"width": "20em"},
                ),
            ),
            "photo": named(
                "A photograph of the course",
                menu("", [NOTHING["photo"], *COURSE], width="16em"),
            ),
            "said": text(),
            "picture": picture("jpeg", align_self="flex-start"),
            "facts": text(),
        }
        super().__init__(["upload path photo", "said", "picture", "facts"], parts)
        self.when_uploaded(self.take_upload)
        self.when("path", self.take_path)
        self.when("photo", self.take_photo)
        self.show()

    def take_upload(self, name, content):
        """A picture from the learner's machine."""
        self.take("upload", content, name)

    def take_path(self):
        """A picture on the machine that runs this page."""
        path = self.value("path").strip().strip("\"'")  # quoted, as a file manager copies it
        if self.value("path").strip():
            self.take("path", Path(path))

    def take_photo(self):
        """One of the course's."""
        if self.value("photo") in COURSE:
            self.take("photo", COURSE[self.value("photo")])

    def take(self, part, photo, name=None):
        """Show another picture, chosen by this part, or say why that is not possible."""
        if found := self.opened(lambda: _load(photo, self.longest_side, name)):
            (self.choice.image, notes), self.choice.name = found, _file_name(name or photo)
            self.show()
            # A part tells only of a change: what still stood in it could not be chosen again.
            self.put(**{other: empty for other, empty in NOTHING.items() if other != part})
            self.tell(f"{notes} {self.words()} Now run the cells below.".strip())

    def show(self):
        """The picture that is chosen, and what there is to say about it."""
        height, width, _ = self.choice.image.shape
        facts = {
            "Name": self.choice.name,
            "Size": f"{width} × {height} pixels",
            "Different colors": f"{number_of_colors(self.choice.image):,}",
        }
        self.put(
            picture=images.encode_jpeg(images.in_sight(self.choice.image, SMALLEST)),
            facts=facts_html(facts),
        )
        self.rename(picture=f"The picture for this page: {self.words()}")

    def words(self):
        """The choice."""
        return self.choice.words()

    def still(self):
        """The picture, small."""
        small = images.shrink(images.in_sight(self.choice.image, SMALLEST), STILL_SIDE)
        return still_picture(images.encode_png(small), self.words(), what="choose a photo of yours")


def _file_name(path):
    """A name that every system takes for a file: letters and their marks, digits, - and _."""
    # macOS keeps an accent as a letter of its own.
    letters = unicodedata.normalize("NFC", Path(path).stem)
    name = "".join(
        letter if unicodedata.category(letter)[0] in "LMN" or letter in "-_" else "_"
        for letter in letters
    )
    return name[:50].strip("_") or "photo"
