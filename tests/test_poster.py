"""The poster: all its parts, none over another, in files that say the same as the page."""

import io
import re
import zlib

import numpy as np
import pytest
from matplotlib.colors import to_hex as matplotlib_hex
from matplotlib.patches import Rectangle
from PIL import Image

from helpers import plots, poster
from helpers.codebook import TERMINAL, quantize
from helpers.color import number_of_colors

CURVE = [(2, 0.1, 18.0), (4, 0.2, 22.0), (16, 0.5, 30.0)]
CHOSEN = (8, 0.3, 27.5)
SHAPES = {"landscape": (40, 60), "square": (50, 50), "portrait": (60, 40), "panorama": (10, 90)}


def picture(shape):
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    return np.stack([rows / shape[0], columns / shape[1], rows * 0 + 0.5], axis=-1)


def a_poster(shape=(40, 60), codebook=TERMINAL):
    image = picture(shape)
    painted = quantize(image, codebook)
    return poster.poster_figure(image, painted, codebook, CURVE, CHOSEN, "Dusk", "27.5 dB"), image


def texts(axis):
    return [text.get_text() for text in axis.texts]


def rooms(figure):
    """The axes of a poster by what is in them."""
    pictures = [axis for axis in figure.axes if axis.images]
    chart = [axis for axis in figure.axes if axis.lines]
    palette = [axis for axis in figure.axes if axis.patches and not axis.images]
    assert len(pictures) == 2 and len(chart) == len(palette) == 1 and len(figure.axes) == 4
    return pictures, chart[0], palette[0]


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_both_pictures_are_on_it_undistorted_and_say_how_many_colors_they_have(shape):
    figure, image = a_poster(shape)
    pictures, *_ = rooms(figure)
    shown = {axis.get_title(loc="left"): axis.images[0].get_array() for axis in pictures}
    painted = quantize(image, TERMINAL)
    assert np.array_equal(shown[f"{number_of_colors(image):,} colors"], image)
    assert np.array_equal(shown[f"{number_of_colors(painted):,} colors"], painted)
    for axis in pictures:
        box = axis.get_window_extent()
        assert np.isclose(box.height / box.width, shape[0] / shape[1], rtol=0.01)


@pytest.mark.spread(3)
@pytest.mark.parametrize(
    ("shape", "K"),
    [("landscape", 1), ("square", 8), ("portrait", 9), ("panorama", 16), ("landscape", 64)]
    + [("portrait", 65), ("panorama", 256), ("portrait", 256)],
)
def test_nothing_lies_over_anything_else_or_off_the_page(shape, K):
    codebook = np.random.default_rng(K).random((K, 3))
    figure, _ = a_poster(SHAPES[shape], codebook)
    figure.canvas.draw()
    _, _, palette = rooms(figure)
    boxes = [axis.get_tightbbox() for axis in figure.axes]
    boxes += [text.get_window_extent() for text in figure.texts]
    page = figure.bbox
    for n, box in enumerate(boxes):
        assert box.x0 >= page.x0 and box.x1 <= page.x1 and box.y0 >= page.y0 and box.y1 <= page.y1
        for other in boxes[:n]:
            apart_x = box.x1 <= other.x0 + 1 or other.x1 <= box.x0 + 1
            assert apart_x or box.y1 <= other.y0 + 1 or other.y1 <= box.y0 + 1
    names = [text.get_window_extent() for text in palette.texts]
    for name, following in zip(names, names[1:], strict=False):
        assert name.x1 <= following.x0 or following.y1 <= name.y0, "names don't run together"


@pytest.mark.parametrize("K", [1, 16, 200])
def test_the_palette_stands_there_color_by_color_each_over_its_hex_name(K):
    codebook = np.random.default_rng(K).integers(0, 256, (K, 3)) / 255
    figure, _ = a_poster(codebook=codebook)
    *_, palette = rooms(figure)
    swatches = [patch for patch in palette.patches if isinstance(patch, Rectangle)]
    names = [matplotlib_hex(color) for color in codebook]
    assert [matplotlib_hex(patch.get_facecolor()) for patch in swatches] == names
    assert texts(palette) == names
    for swatch, name in zip(swatches, palette.texts, strict=True):
        x, y = name.get_position()
        assert np.isclose(x, swatch.get_x() + swatch.get_width() / 2)
        assert swatch.get_y() + swatch.get_height() <= y <= swatch.get_y() + 1


def test_the_chart_shows_the_curve_and_what_was_chosen():
    figure, _ = a_poster()
    _, chart, _ = rooms(figure)
    points = {line.get_label(): line.get_xydata().tolist() for line in chart.lines}
    assert points == {
        "other numbers of colors": [[0.1, 18.0], [0.2, 22.0], [0.5, 30.0]],
        "this picture": [[0.3, 27.5]],
    }
    assert len({line.get_marker() for line in chart.lines}) == 2, "not told by color alone"
    assert texts(chart) == ["2", "4", "16"]
    assert (chart.get_xlabel(), chart.get_ylabel()) == ("bits per pixel", "PSNR in dB")


CURVES = {
    "rising": CURVE,
    # Lesson 12: a file of 20 colors is smaller than one of 16.
    "the harbor": [(2, 0.09, 18.4), (12, 0.41, 28.9), (16, 0.51, 30.2), (20, 0.48, 31.2),
                   (24, 0.54, 32.0), (64, 0.83, 36.1)],
    "falling": [(2, 0.1, 30.0), (4, 0.2, 26.0), (8, 0.3, 22.0)],
    "one point": [(5, 0.3, 30.0)],
}  # fmt: skip


@pytest.mark.parametrize("curve", CURVES.values(), ids=CURVES)
def test_no_number_in_the_chart_lies_on_the_curve_on_a_dot_or_on_another(curve):
    image = picture((40, 60))
    figure = poster.poster_figure(image, image, TERMINAL, curve, curve[-1], "Dusk", "")
    figure.canvas.draw()
    _, chart, _ = rooms(figure)
    assert texts(chart) == [str(K) for K, *_ in curve]
    lie_free(chart)


def lie_free(chart):
    """Assert that the labels of a chart lie beside its lines and beside one another."""
    boxes = [label.get_window_extent() for label in chart.texts]
    for n, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:n])
        for line in chart.lines:
            points = chart.transData.transform(line.get_xydata())
            steps = np.linspace(0, 1, 500)[:, None]
            ways = [a + steps * (b - a) for a, b in zip(points, points[1:], strict=False)]
            assert not any(box.contains(*place) for way in [points, *ways] for place in way)


def test_numbers_beside_a_curve_on_a_page_lie_free_as_well(monkeypatch):
    figures = []
    monkeypatch.setattr(plots, "show", lambda figure, *words: figures.append(figure))
    K, bits, quality = zip(*CURVES["the harbor"], strict=True)
    series = {"harbor": (bits, quality), "pencils": (bits[:3], [20, 25, 30])}
    labels = {"harbor": [f"K = {k}" for k in K]}
    plots.curves(series, "Two curves", xlabel="bits", ylabel="PSNR", labels=labels)
    figures[0].canvas.draw()
    (chart,) = figures[0].axes
    assert texts(chart) == labels["harbor"]
    lie_free(chart)


@pytest.mark.parametrize(
    ("curve", "sentence"),
    [
        ([(2, 1, "high")], "curve[0] is (2, 1, 'high'); give an array of numbers."),
        ([(2, 1, 20), ("2", "1", "20")], "curve[1] is ('2', '1', '20'); give an array of numbers."),
        ([(2, 1, 20), (4, 2)], "curve[1] has shape (2,); give (3,)."),
        ([(2, 1, None)], "curve[0] is (2, 1, None); give an array of numbers."),
        ([2, 1, 20], "curve[0] has shape (); give (3,)."),
        ("2, 1, 20", "curve is '2, 1, 20'; give a list."),
    ],
)
def test_a_curve_of_something_else_is_refused_in_a_sentence(curve, sentence):
    image = np.zeros((4, 4, 3))
    with pytest.raises((TypeError, ValueError)) as error:
        poster.poster(image, image, TERMINAL, curve, (16, 4, 20), "Dusk", "")
    assert str(error.value) == sentence


def test_title_and_facts_stand_above_and_below():
    figure, _ = a_poster()
    assert [text.get_text() for text in figure.texts] == ["Dusk", "27.5 dB"]
    title, facts = (text.get_window_extent() for text in figure.texts)
    assert all(title.y0 > axis.bbox.y1 and facts.y1 < axis.bbox.y0 for axis in figure.axes)


def test_on_a_page_it_is_told_in_words(monkeypatch):
    bundles = []
    monkeypatch.setattr(plots, "display", lambda bundle, raw: bundles.append(bundle))
    image = picture((40, 60))
    painted = quantize(image, TERMINAL)
    poster.poster(image, painted, TERMINAL[:8], CURVE, CHOSEN, "Dusk", "8 colors, 27.5 dB")
    words = bundles[0]["text/plain"]
    assert words.startswith("[Figure] Dusk. A poster: the picture in 8 colors, the original")
    assert "8 colors, 27.5 dB. Chosen: K = 8, 0.3 bits per pixel and 27.5 dB" in words
    assert "K = 2 0.1 and 18, K = 4 0.2 and 22, K = 16 0.5 and 30" in words
    assert words.endswith("#000000, #0000aa, #00aa00, #00aaaa, #aa0000, #aa00aa, #aa5500, #aaaaaa.")


# --- Files ----------------------------------------------------------------------------------


def test_a_png_is_as_large_as_the_poster_in_dots():
    figure, _ = a_poster()
    written = Image.open(io.BytesIO(plots.encode_figure(figure, "png", dpi=50)))
    assert np.allclose(written.size, figure.get_size_inches() * 50, atol=1)


def test_a_pdf_is_one_page_with_two_pictures_and_the_fonts_in_it():
    figure, _ = a_poster()
    data = plots.encode_figure(figure, "pdf")
    assert data.startswith(b"%PDF-1.") and data.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type /Page\b", data)) == 1
    assert len(re.findall(rb"/Subtype /Image\b", data)) == 2
    assert b"/FontFile" in data or b"/CharProcs" in data
    width, height = figure.get_size_inches() * 72  # a PDF measures in points
    box = re.search(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", data).groups()
    assert np.allclose([float(side) for side in box], [width, height], atol=0.1)
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, flags=re.DOTALL)
    assert any(b"BT" in zlib.decompressobj().decompress(stream) for stream in streams)


@pytest.mark.slow
@pytest.mark.parametrize("file_format", ["png", "pdf"])
def test_the_same_poster_is_the_same_file_whenever_it_is_made(file_format):
    first, second = (plots.encode_figure(a_poster()[0], file_format) for _ in range(2))
    assert first == second
    assert b"CreationDate" not in first


def test_a_poster_leaves_no_figure_open():
    from matplotlib import pyplot

    a_poster()
    assert pyplot.get_fignums() == []


@pytest.mark.parametrize(("K", "rows"), [(1, 1), (16, 1), (17, 2), (256, 16)])
def test_a_hero_has_room_for_any_number_of_colors(K, rows):
    image, codebook = picture((40, 60)), np.random.default_rng(0).random((K, 3))
    figure = plots.hero_figure(image, image, codebook, "Many", labels=["before", "after"])
    *pictures, palette = figure.axes
    assert [axis.get_title() for axis in pictures] == ["before", "after"]
    names = [text.get_position() for text in palette.texts]
    assert len(names) == len(set(names)) == K
    assert len({y for _, y in names}) == rows
