"""Photographs in explorers: the course's and the learner's own, and rings on their pixels."""

import io

import ipywidgets as widgets
from PIL import Image, ImageColor, ImageDraw

from helpers import images
from helpers.color import to_hex
from helpers.explore.canvas import FONTS
from helpers.explore.controls import menu, named
from helpers.plots import in_sight

COURSE = {"tulips": "tulips", "harbor at dusk": "harbour_dusk", "pencils": "pencils"}
THIS_PAGES = "this page's picture"
RADIUS = 11  # of a ring, in pixels of the photograph
LARGEST = 768  # a longer photograph is drawn smaller, so that a ring is drawn as fast
TALL = 2.5  # times as high as wide: a picture still higher is shown narrower, to fit a screen
SMALLEST = 120  # a shorter one is shown larger: of an icon every pixel, of a ring all


# --- To choose one -------------------------------------------------------------------------


def photo_menu():
    """A control that offers the page's picture and those of the course."""
    return named("Picture to repaint", menu("Picture", [THIS_PAGES, *COURSE], width="20em"))


def photo_called(name, own):
    """The picture of that name in such a menu: one of one's own, or of the course."""
    return own[name] if name in own else images.load_photo(COURSE[name])


def page_share(image, percent=100):
    """How wide to show a picture, as CSS: so much of its room, or less if it is very high."""
    height, width = in_sight(image).shape[:2]
    return f"{percent * min(1, TALL * width / height):.4g}%"


def end_at(slider, largest, colors):
    """Let a slider for K end at its largest K, or earlier: at the number of a picture's colors.

    Then the sentence that says so is returned, otherwise an empty one.
    """
    slider.max = min(largest, colors)  # which takes the value along
    if colors >= largest:
        return ""
    many = "is a single color" if colors == 1 else f"are only {colors} different colors"
    return f"In this picture there {many}: that is where the slider for K ends."


def upload_button(words):
    """A button that takes a picture from the learner's machine."""
    upload = widgets.FileUpload(accept="image/*", description=words, layout={"width": "auto"})
    return named("Upload a photo of your own", upload)


def hex_name(text):
    """The hex name of a color of any name: a picker also takes "red" and "#f00"."""
    try:
        return "#{:02x}{:02x}{:02x}".format(*ImageColor.getrgb(text)[:3])
    except ValueError:
        sentence = f"{text} is no color here; write # and six hexadecimal digits."
        raise ValueError(sentence) from None


# --- To take a color from ------------------------------------------------------------------


class Ringed:
    """A photograph with rings around some of its pixels, each named by row and column."""

    def __init__(self, image):
        self.image = image
        self._photo = Image.fromarray(images.to_bytes(in_sight(image, SMALLEST)))
        self._photo.thumbnail((LARGEST, LARGEST))

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

    def draw(self, rings):
        """A Pillow picture with a ring, if any, and a letter at each place: letter -> place."""
        height, width = self.image.shape[:2]
        drawn = self._photo.copy()
        pen = ImageDraw.Draw(drawn)
        for letter, place in rings.items():
            if place is not None:
                y, x = (place[0] + 0.5) / height, (place[1] + 0.5) / width
                _draw_ring(pen, x * drawn.width, y * drawn.height, letter, drawn.width)
        return drawn

    def encode(self, rings):
        """As `draw`, as a JPEG file: of a photograph, several times as fast as a PNG."""
        buffer = io.BytesIO()
        self.draw(rings).save(buffer, "JPEG", quality=90)
        return buffer.getvalue()


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
