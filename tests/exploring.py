"""What the tests of the explorers share: what is seen, what is said, what is sent."""

import io
from datetime import datetime

import numpy as np
import pytest
from PIL import Image

from helpers.color import from_hex

# What others leave open may be swept up at any moment, here too: that is theirs to answer for.
# (Before Python 3.11.8 such an error, told amid an ast.parse, made that fail as well.)
WITHOUT_WARNINGS = pytest.mark.filterwarnings(
    "error", "ignore::DeprecationWarning", "ignore::ResourceWarning"
)


def seen(explorer, part="picture"):
    """The picture that a part shows, in [0, 1]."""
    png = explorer.parts[part].value
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")) / 255


def palette_in(html):
    """The colors of the swatches in some HTML, shape (K, 3)."""
    return np.array([from_hex(part[:7]) for part in html.split("background: ")[1:]])


def repainted(image, palette):
    """A picture in its nearest colors, in whole numbers, where ties are ties: the lowest wins."""
    levels, colors = (np.rint(a * 255).astype(int) for a in (image, palette))
    squared = ((levels[:, :, None] - colors) ** 2).sum(axis=-1)
    return palette[squared.argmin(axis=-1)]


def announced(explorer):
    """What a screen reader is told when nothing has moved for a moment."""
    explorer.finish()
    return explorer.voice.said


def click(explorer, part, x, y):
    """A click on a picture, as the page tells it: shares of the width and the height."""
    explorer.voice._handle_custom_msg({"name": part, "x": x, "y": y}, [])


def hand(explorer, phase, x, y, part="picture"):
    """What a hand does on a picture, as the page tells it: "down", "move", "up", "hover"."""
    explorer.voice._handle_custom_msg({"hand": part, "phase": phase, "x": x, "y": y}, [])


def key(explorer, *keys, part="picture"):
    """Keys on a picture that hands can move, one after the other."""
    for name in keys:
        explorer.voice._handle_custom_msg({"hand": part, "key": name, "repeat": False}, [])


def upload(explorer, content, name="x.png"):
    """A file from the learner's machine."""
    file = {"name": name, "type": "", "size": len(content), "content": memoryview(content)}
    explorer.parts["upload"].value = [{**file, "last_modified": datetime.now()}]


def picture_of(colors, height, width):
    """A picture in which so many colors occur, each of them."""
    rng = np.random.default_rng(colors)
    palette = rng.permutation(4096)[:colors, None] // (256, 16, 1) % 16 / 15
    idx = np.arange(height * width) % colors
    return palette[rng.permutation(idx)].reshape(height, width, 3)


FEW_COLORS = {  # and odd shapes
    f"{K} colors": picture_of(K, 12, 16) for K in (1, 2, 3, 17, 40)
} | {
    "all black": np.zeros((12, 16, 3)),
    "all white": np.ones((12, 16, 3)),
    "two grays that are nearly one": np.array([[[0.0] * 3, [1 / 255] * 3]]),
    "1 x 1": picture_of(1, 1, 1),
    "1 x 2": picture_of(2, 1, 2),
    "1 x 300": picture_of(300, 1, 300),
    "300 x 1": picture_of(300, 300, 1),
    "300 x 1 in one color": picture_of(1, 300, 1),
}
