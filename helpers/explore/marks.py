"""A photograph with rings on it, encoded again each time that a ring moves."""

import io

from PIL import Image, ImageDraw

from helpers.explore.canvas import FONTS
from helpers.images import to_bytes

RADIUS = 11  # of a ring, in pixels of the photograph
LARGEST = 768  # a longer photograph is drawn smaller, so that a ring is drawn as fast


def as_picture(image):
    """A photograph for `ringed` to draw on.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]

    Returns
    -------
    PIL.Image.Image
        With no side longer than `LARGEST`.
    """
    picture = Image.fromarray(to_bytes(image))
    picture.thumbnail((LARGEST, LARGEST))
    return picture


def ringed(picture, rings):
    """The photograph with a ring and a letter at each place; the place itself stays visible.

    Parameters
    ----------
    picture : PIL.Image.Image
    rings : dict
        Places (x, y) as shares of the width and the height, by the letter to write there;
        None where there is no ring.

    Returns
    -------
    bytes
        A JPEG file: of a photograph, it is encoded several times as fast as a PNG.
    """
    return encode_jpeg(with_rings(picture, rings))


def with_rings(picture, rings):
    """As `ringed`, not yet encoded: for a still."""
    drawn = picture.copy()
    pen = ImageDraw.Draw(drawn)
    for letter, place in rings.items():
        if place is not None:
            _ring(pen, place[0] * picture.width, place[1] * picture.height, letter, picture.width)
    return drawn


def encode_jpeg(picture):
    """A Pillow picture as a JPEG file, quickly."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def _ring(pen, x, y, letter, width):
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


def center_of(place, image):
    """Where a pixel lies, as shares of the width and the height.

    Parameters
    ----------
    place : tuple of int
        Row and column.
    image : ndarray, shape (H, W, 3)

    Returns
    -------
    tuple of float
    """
    height, width = image.shape[:2]
    return (place[1] + 0.5) / width, (place[0] + 0.5) / height


def pixel_at(x, y, image):
    """The opposite of `center_of`: row and column of the pixel at a place.

    Parameters
    ----------
    x, y : float
        Shares of the width and the height; beyond the edge, the last pixel is meant.
    image : ndarray, shape (H, W, 3)

    Returns
    -------
    tuple of int
    """
    height, width = image.shape[:2]
    return inside((y * height, x * width), image)


def inside(place, image):
    """The pixel of the picture that is nearest to a row and column."""
    height, width = image.shape[:2]
    row, column = place
    return min(max(int(row), 0), height - 1), min(max(int(column), 0), width - 1)
