"""Photographs in explorers: to choose one, and to point at their pixels."""

import html

import ipywidgets as widgets
from PIL import Image, ImageColor, ImageDraw

from helpers import images
from helpers.color import to_hex
from helpers.explore.base import ARROWS, Explorer, arrow
from helpers.explore.canvas import FONTS
from helpers.explore.controls import menu, named, text

COURSE = {"tulips": "tulips", "harbor at dusk": "harbour_dusk", "pencils": "pencils"}
THIS_PAGES, UPLOADED = "this page's picture", "your own photo"
LONGEST_SIDE = 768  # of an upload, and of what is drawn with rings: so that both move as fast
RADIUS = 11  # of a ring, in pixels of the photograph
TALL = 2.5  # times as high as wide: a picture still higher is shown narrower, to fit a screen
SMALLEST = 120  # a shorter one is shown larger: of an icon every pixel, of a ring all


# --- To choose one -------------------------------------------------------------------------


def photo_parts(upload=False):
    """A menu of photographs, an upload button if asked for, and a place for what is told."""
    parts = {
        "photo": named("Picture to repaint", menu("Picture", [THIS_PAGES, *COURSE], width="20em"))
    }
    if upload:
        parts["upload"] = upload_button(UPLOADED.capitalize())
    return parts | {"said": text()}


def upload_button(words):
    """A button that takes a picture from the learner's machine."""
    upload = widgets.FileUpload(accept="image/*", description=words, layout={"width": "auto"})
    return named("Upload a photo of your own", upload)


class PhotoExplorer(Explorer):
    """The base of explorers that show a photograph of one's choice, each by its `show_photo`."""

    def offer(self, image):
        """Answer those who choose a photograph, the page's own for a beginning."""
        self.own = {THIS_PAGES: image}
        self.when("photo", self.take_photo)
        if "upload" in self.parts:
            self.when_uploaded(self.take_upload)
        self.take_photo()

    def take_photo(self, notes=""):
        """The picture that the menu names, and notes on how it was read."""
        name = self.value("photo")
        image = self.own[name] if name in self.own else images.load_photo(COURSE[name])
        self.put(said=html.escape(f"{notes} {self.show_photo(image)}".strip()))

    def take_upload(self, name, content):
        """A picture from the learner's machine, which the menu then offers as well."""
        if found := self.opened(lambda: images.load_image(content, LONGEST_SIDE, name)):
            self.own[UPLOADED], notes = found
            with self.quietly():
                self.parts["photo"].options = [THIS_PAGES, *COURSE, UPLOADED]
                self.parts["photo"].value = UPLOADED
            self.take_photo(notes)

    def opened(self, load):
        """A picture and notes on how it was read; or None, and why is told."""
        try:
            return images.with_notes(load)
        except (OSError, ValueError, MemoryError, RuntimeError) as error:  # the last: ~nobody/x.jpg
            self.tell(str(error))
            return None

    def tell(self, news):
        """Write a sentence below the controls, and announce it."""
        self.put(said=html.escape(news))
        self.say(news)

    def end_at(self, largest, colors):
        """Let the slider for K end there, or at the number of a picture's colors: then say so."""
        with self.quietly():
            self.parts["K"].max = min(largest, colors)  # which takes the value along
        if colors >= largest:
            return ""
        many = "is a single color" if colors == 1 else f"are only {colors} different colors"
        return f"In this picture there {many}: that is where the slider for K ends."


def page_share(image, percent=100):
    """How wide to show a picture, as CSS: so much of its room, or less if it is very high."""
    height, width = images.in_sight(image).shape[:2]
    return f"{percent * min(1, TALL * width / height):.4g}%"


# --- To take a color from ------------------------------------------------------------------


def hex_name(text):
    """The hex name of a color of any name: a picker also takes "red" and "#f00"."""
    try:
        return "#{:02x}{:02x}{:02x}".format(*ImageColor.getrgb(text)[:3])
    except ValueError:
        sentence = f"{text} is no color here; write # and six hexadecimal digits."
        raise ValueError(sentence) from None


class Ringed:
    """A photograph with rings around some of its pixels, each named by row and column."""

    def __init__(self, image):
        self.image = image
        self._photo = Image.fromarray(images.to_bytes(images.in_sight(image, SMALLEST)))
        self._photo.thumbnail((LONGEST_SIDE, LONGEST_SIDE))

    def color(self, place):
        """The hex name of a pixel."""
        return to_hex(self.image[place])

    def nearest(self, row, column):
        """The pixel at a row and column; beyond the edge, the last one."""
        height, width = self.image.shape[:2]
        return min(max(int(row), 0), height - 1), min(max(int(column), 0), width - 1)

    def clicked(self, x, y):
        """The pixel at shares x and y of the width and the height, each 0 to 1."""
        height, width = self.image.shape[:2]
        return self.nearest(y * height, x * width)

    @staticmethod
    def words(place):
        """Where a pixel is."""
        return f"the pixel at row {place[0]}, column {place[1]}"

    def stepped(self, place, key):
        """Where an arrow key leads, with Shift ten pixels far; None for another key."""
        way = arrow(key, near=1, far=10)
        return way and self.nearest(place[0] + way[1], place[1] + way[0])

    def draw(self, rings, cross=None):
        """A Pillow picture with a ring, if any, and a letter at each place: letter -> place."""
        height, width = self.image.shape[:2]
        drawn = self._photo.copy()
        pen = ImageDraw.Draw(drawn)

        def on_sheet(place):
            return (place[1] + 0.5) / width * drawn.width, (place[0] + 0.5) / height * drawn.height

        for letter, place in rings.items():
            if place is not None:
                _draw_ring(pen, *on_sheet(place), letter, drawn.width)
        if cross is not None:
            _draw_cross(pen, *on_sheet(cross))
        return drawn


def _draw_cross(pen, x, y):
    for color, line, end in (("black", 5, 1), ("white", 3, 0)):
        for dx, dy in ARROWS.values():  # four arms, and the pixel in their middle is left in sight
            ends = [(x + far * dx, y + far * dy) for far in (4 - end, 15 + end)]
            pen.line(ends, fill=color, width=line)


def _draw_ring(pen, x, y, letter, width):
    # White between two black lines is seen on any color.
    for radius, color, line in ((RADIUS + 3, "black", 7), (RADIUS + 2, "white", 4)):
        pen.circle((x, y), radius, outline=color, width=line)
    at_right = x < width - 60
    pen.text(
        (x + 20 if at_right else x - 20, y),
        letter,
        font=FONTS[13, True],
        fill="white",
        stroke_width=3,
        stroke_fill="black",
        anchor="lm" if at_right else "rm",
    )
