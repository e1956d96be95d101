"""The sheet that explorers draw on, beside Pillow's own pen."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from helpers.explore.canvas import FONTS, INK, SCALE, Canvas

SIZE = (120, 40)


@pytest.mark.parametrize("halo", [0, 2])
@pytest.mark.parametrize("anchor", ["mm", "lm", "rb", "mt"])
@pytest.mark.parametrize("place", [(60, 20), (2, 3), (119.5, 38.5)])
def test_letters_are_those_that_pillow_writes(place, anchor, halo):
    plain = Image.new("RGBX", [SCALE * side for side in SIZE], "#cfe2ff")
    canvas = Canvas(*SIZE)
    canvas._sheet.paste("#cfe2ff", (0, 0, *plain.size))
    ImageDraw.Draw(plain).text(
        [SCALE * part for part in place],
        "Wäg 1",
        fill=INK,
        font=FONTS[13, True],
        anchor=anchor,
        stroke_width=SCALE * halo,
        stroke_fill="white",
    )
    for _ in range(2):  # the second time it is remembered
        canvas.text(place, "Wäg 1", anchor, bold=True, halo=halo)
        assert np.array_equal(canvas.picture(), plain.reduce(SCALE).convert("RGB"))
        canvas = Canvas(*SIZE)
        canvas._sheet.paste("#cfe2ff", (0, 0, *plain.size))


def test_the_same_words_may_have_any_color():
    for color in ("#b00020", "#00701a"):
        canvas = Canvas(*SIZE)
        canvas.text((60, 20), "M", color=color, size=15, bold=True)
        found = {tuple(pixel) for row in np.asarray(canvas.picture()) for pixel in row}
        assert tuple(bytes.fromhex(color[1:])) in found
