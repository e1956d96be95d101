"""Words in a figure, in any script: with the fonts at hand, within the page, beside the lines.

A title may hold the name of a file, and that may hold anything. Matplotlib would draw a box
for a letter that its font lacks, and warn in red; a name too long would leave the page.
"""

import re
import unicodedata
from functools import cache

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Text

FONT = "DejaVu Sans"  # comes with Matplotlib: Latin, Greek, Cyrillic, Arabic, Hebrew ...
OTHER_FONTS = (  # what macOS, Windows and Linux have for Chinese, Japanese, Korean, and signs
    "Hiragino Sans",
    "PingFang SC",
    "Apple SD Gothic Neo",
    "Arial Unicode MS",
    "Yu Gothic",
    "Microsoft YaHei",
    "Malgun Gothic",
    "Segoe UI Symbol",
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "WenQuanYi Micro Hei",
    "IPAexGothic",
)
LONGEST = 1000  # letters of a text: to measure a million takes a minute
SMALLEST = 0.6  # of its size: a line that is still too long for the page loses its end


def fit_words(figure):
    """Make every word of a figure one that can be drawn, and each of its lines one that fits.

    Letters that no font at hand has become an ellipsis.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Its texts are changed in place; those that are fine stay as they are.
    """
    for text in figure.findobj(Text):
        words, look = written(text.get_text())
        text.set(text=words, **look)
    renderer = FigureCanvasAgg(figure).get_renderer()
    for text in figure.texts:
        box = text.get_window_extent(renderer)
        room = figure.bbox.width - 2 * box.x0  # as far from the right as from the left
        if box.width > room:
            share = 0.95 * room / box.width  # its letters are some pixels wide at any resolution
            text.set_fontsize(text.get_fontsize() * max(share, SMALLEST))
            if share < SMALLEST:
                letters = int(len(text.get_text()) * share / SMALLEST) - 1
                text.set_text(text.get_text()[:letters] + "…")


def written(words):
    """Words as they can be written, and the look that a text needs for it.

    Parameters
    ----------
    words : str

    Returns
    -------
    words : str
        With an ellipsis for letters that no font at hand has, one for several in a row.
    look : dict
        Properties of a Matplotlib text: none where its own font has all letters.
    """
    if len(words) > LONGEST:
        words = words[: LONGEST - 1] + "…"
    words, look = unicodedata.normalize("NFC", words), {}
    lacking = set(words) - letters_of(FONT) - {"\n"}
    others = [font for font in OTHER_FONTS if lacking and letters_of(font) & lacking]
    if others:  # which may have no bold face: Matplotlib would warn of that, too
        look = {"fontfamily": [FONT, *others], "fontweight": "normal"}
        lacking = lacking.difference(*map(letters_of, others))
    words = "".join("…" if letter in lacking else letter for letter in words)
    return re.sub("…[…\u200d\ufe0f]+", "…", words), look  # what joins emoji or chooses their look


def label_points(axis, labels):
    """Write beside points, where neither line nor dot nor another label lies.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
        Complete but for these labels, and in its place.
    labels : list of (text, (x, y), look)
        At the lower right of the point; at another corner where less lies below it. Those
        of points without a place, such as a PSNR of inf, stand together at the top.
    """
    beyond = [text for text, place, _ in labels if not np.isfinite(place).all()]
    labels = [label for label in labels if np.isfinite(label[1]).all()]
    if beyond:
        words = written(f"beyond the scale: {', '.join(beyond)}")[0]
        corner = {"transform": axis.transAxes, "ha": "right", "va": "top", "fontsize": 9}
        axis.text(0.99, 0.98, words, **corner)
    renderer = FigureCanvasAgg(axis.figure).get_renderer()
    axis.draw(renderer)
    # From the bottom up, as boxes are measured; the lines of the grid are paler than that.
    ink = np.asarray(renderer.buffer_rgba())[::-1, :, :3].min(axis=-1) < 200
    for text, place, look in labels:
        text, other_font = written(text)
        tried, look = {}, look | other_font
        for x, y in ((5, -4), (-5, 4), (5, 4), (-5, -4)):
            sides = {"ha": "left" if x > 0 else "right", "va": "bottom" if y > 0 else "top"}
            label = axis.annotate(text, place, (x, y), textcoords="offset points", **sides, **look)
            tried[label] = _pixels(label.get_window_extent(renderer))
        best = min(tried, key=lambda label: ink[tried[label]].sum())
        ink[tried[best]] = True
        for label in tried:
            if label is not best:
                label.remove()


def _pixels(box):
    """The rows and columns of a picture that a box covers, both counted from its corner."""
    left, right, low, high = (max(round(edge), 0) for edge in (box.x0, box.x1, box.y0, box.y1))
    return slice(low, high), slice(left, right)


@cache
def letters_of(font):
    """The letters that a font has: none if it is not at hand."""
    try:
        path = findfont(FontProperties(family=font), fallback_to_default=False)
    except ValueError:
        return frozenset()
    return frozenset(map(chr, get_font(path).get_charmap()))
