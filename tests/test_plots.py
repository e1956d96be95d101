"""Figures: drawn as asked, and said in words."""

import base64
import io
import os
import re
import subprocess
import sys

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from helpers import images, plots, poster

RED, BLUE = np.array([1.0, 0.0, 0.0]), np.array([0.0, 0.0, 1.0])


@pytest.fixture
def shown(monkeypatch):
    """What the figures of a test put into the page: a list of MIME bundles."""
    bundles = []
    monkeypatch.setattr(plots, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


def picture_of(bundle):
    mime = next(mime for mime in bundle if mime.startswith("image/"))
    return np.asarray(Image.open(io.BytesIO(base64.b64decode(bundle[mime]))).convert("RGB"))


def share(picture, color, tolerance=12):
    """Share of a picture's pixels that have about this color."""
    near = np.abs(picture.astype(float) - np.asarray(color) * 255).max(axis=-1) <= tolerance
    return near.mean()


def flat(color, height=20, width=30):
    return np.ones((height, width, 1)) * color


def test_one_output_holds_the_picture_twice_and_the_words_twice(shown):
    plots.side_by_side([flat(RED)], ["all red"], title="Red is red")
    (bundle,) = shown
    mime = next(mime for mime in bundle if mime.startswith("image/"))
    assert set(bundle) == {mime, "text/html", "text/plain"}
    assert bundle[mime] in bundle["text/html"]
    assert bundle["text/plain"].startswith("[Figure] Red is red. all red. (30 x 20 pixels")


def test_the_words_are_found_by_a_screen_reader_and_by_the_eye(shown):
    plots.side_by_side([flat(RED)], ['a "red" <field>'], title="Quotes & brackets survive")
    page = shown[0]["text/html"]
    alt = re.search(r'alt="([^"]*)"', page).group(1)
    assert alt.startswith("Quotes &amp; brackets survive. a &quot;red&quot; &lt;field&gt;.")
    assert alt.endswith("on average #ff0000.)"), "details are for those who can't see"
    assert (
        "a &quot;red&quot; &lt;field&gt;" in re.search(r"<figcaption.*</figcaption>", page).group()
    )


@pytest.mark.parametrize(("title", "description"), [("", "words"), ("A finding", " ")])
def test_a_figure_without_words_is_refused(title, description):
    with pytest.raises(ValueError, match="needs a title and a description"):
        plots.show(Figure(), title, description)


def test_pictures_stand_side_by_side_in_their_order(shown):
    plots.side_by_side([flat(RED), flat(BLUE)], ["red", "blue"], title="Two flat pictures")
    picture = picture_of(shown[0])
    left, right = np.array_split(picture, 2, axis=1)
    assert share(left, RED) > 0.5 and share(left, BLUE) == 0
    assert share(right, BLUE) > 0.5 and share(right, RED) == 0
    words = "From left to right: red, blue. (30 x 20 pixels, on average #ff0000, #0000ff.)"
    assert shown[0]["text/plain"].endswith(words)


def test_a_gray_picture_is_drawn_from_black_0_to_white_1_whatever_it_holds(shown):
    plots.side_by_side(
        [np.full((20, 30), 0.5)], ["middle"], title="Middle gray stays in the middle"
    )
    assert share(picture_of(shown[0]), [0.5, 0.5, 0.5], tolerance=4) > 0.5
    assert "on average gray 0.50" in shown[0]["text/plain"]


def test_pictures_and_labels_have_to_be_as_many():
    with pytest.raises(ValueError, match="labels has length 1; give length 2"):
        plots.side_by_side([flat(RED), flat(BLUE)], ["red"], title="One label is missing")


def test_a_palette_shows_each_color_with_number_hex_name_and_share(shown):
    plots.palette(np.array([RED, BLUE]), title="Two colors", idx=np.array([0, 0, 0, 1]))
    picture = picture_of(shown[0])
    assert share(picture, RED) > 0.1 and share(picture, BLUE) > 0.1
    assert shown[0]["text/plain"].endswith("pixels. 0 #ff0000 75.0%, 1 #0000ff 25.0%.")


def test_a_single_color_is_a_palette_too(shown):
    plots.palette(RED, title="One color", labels=["petal"])
    assert shown[0]["text/plain"].endswith("One color with its hex name. petal #ff0000.")


def test_a_large_cloud_is_drawn_by_the_same_sample_each_time(shown):
    X = np.random.default_rng(0).random((3 * plots.CLOUD_POINTS, 3))
    for _ in range(2):
        plots.color_cloud(X, title="A cube full of colors", centroids=np.array([RED]))
    assert shown[0] == shown[1]
    assert "5,000 of 15,000 pixels" in shown[0]["text/plain"]
    assert shown[0]["text/plain"].endswith("The centroids are #ff0000.")


def test_points_are_counted_per_cluster_and_centroids_placed(shown):
    X = np.array([[0.0, 0.0], [0.0, 1.0], [4.0, 4.0]])
    C = np.array([[0.0, 0.5], [4.0, 4.0], [9.0, 9.0]])
    plots.points(X, title="Three points", idx=np.array([0, 0, 1]), centroids=C, before=C - 1)
    words = shown[0]["text/plain"]
    assert "Points per group: 0: 2, 1: 1, 2: 0." in words
    assert "2 at (9.00, 9.00)" in words


def test_an_error_map_finds_the_largest_distance(shown):
    before = flat(BLUE)
    after = before.copy()
    after[7, 11] = RED
    plots.error_map(before, after, title="One pixel is wrong")
    assert "largest 1.414 at row 7, column 11" in shown[0]["text/plain"]


def test_an_index_map_of_countless_colors_costs_no_more_than_one_of_few(shown):
    plots.index_map(np.array([[5, 10**9 - 1, 5]]), title="Three", K=10**9)
    assert "The most frequent is 5, in 66.7% of the pixels." in shown[-1]["text/plain"]


def test_an_index_map_goes_from_black_for_0_to_white_for_the_last_number(shown):
    idx = np.zeros((20, 30), dtype=int)
    idx[:, 15:] = 3
    plots.index_map(idx, title="Half 0, half 3", K=4)
    left, right = np.array_split(picture_of(shown[0])[60:-60], 2, axis=1)
    assert share(left, [0, 0, 0]) > 0.5
    assert share(right, [0, 0, 0]) < 0.1
    assert "from 0 (black) to 3 (white)" in shown[0]["text/plain"]


def test_a_curve_says_all_its_values_and_labels(shown):
    plots.curves(
        {"up": ([1, 2, 4], [1, 2, 3]), "down": ([1, 2], [3, 2])},
        labels={"down": ["first", "second"]},
        title="Up and down",
        xlabel="K",
        ylabel="MSE",
    )
    words = "up: 1 at 1, 2 at 2, 3 at 4. down: first 3 at 1, second 2 at 2."
    assert shown[0]["text/plain"].endswith("MSE (upward) over K (to the right). " + words)


@pytest.mark.parametrize(
    ("a", "b", "outcome"),
    [
        ((512, 768, 3), (3,), "the result has shape (512, 768, 3)"),
        ((4, 1, 3), (1, 2, 3), "the result has shape (4, 2, 3)"),
        ((4, 3), (4,), "they don't fit"),
        ((0, 1), (5,), "the result has shape (0, 5)"),
        ((), (2,), "the result has shape (2,)"),
    ],
)
def test_shapes_are_drawn_as_numpy_broadcasts_them(shown, a, b, outcome):
    plots.shapes(a, b, names=("one", "two"), title="Two shapes")
    try:
        assert outcome == f"the result has shape {np.broadcast_shapes(a, b)}"
    except ValueError:
        assert outcome == "they don't fit"
    assert shown[0]["text/plain"].endswith(f"aligned at the right: {outcome}.")


def test_flat_drawings_are_kept_exact_and_photographs_small(shown):
    plots.shapes((2, 3), (3,), names=("one", "two"), title="Flat colors")
    noise = np.random.default_rng(0).random((200, 300, 3))
    plots.side_by_side([noise], ["noise"], title="Grain")
    assert "image/png" in shown[0]
    assert "image/jpeg" in shown[1]


def test_pure_noise_is_drawn_as_well(shown, rng):
    """It takes more bytes as JPEG than Pillow has room for when it looks for the smallest."""
    noise = rng.integers(0, 2, (250, 600, 3)).astype(float)
    plots.side_by_side([noise], ["noise"], title="Noise")
    assert picture_of(shown[0]).std() > 50


def test_drawing_leaves_the_settings_of_matplotlib_alone(shown):
    before = dict(matplotlib.rcParams)
    plots.palette(RED, title="One color")
    assert dict(matplotlib.rcParams) == before


def test_strips_draw_a_row_of_dots_for_each_kind_and_say_where_they_lie(shown):
    plots.strips(
        {"random": [0.2, 0.5, 0.3, 0.4], "better": [0.1, 0.2, 0.15]},
        title="Better starts end lower",
        xlabel="MSE",
    )
    words = shown[0]["text/plain"]
    assert "2 rows of dots, one for each run, over MSE" in words
    assert "random: 4 runs from 0.2 to 0.5, half of them below 0.35." in words
    assert words.endswith("better: 3 runs from 0.1 to 0.2, half of them below 0.15.")
    upper, lower = np.array_split(picture_of(shown[0])[40:-60], 2)
    first, second = (np.array([int(c[n : n + 2], 16) for n in (1, 3, 5)]) for c in plots.SERIES[:2])
    paler = [(255 + 3 * color) / 4 / 255 for color in (first, second)]
    assert share(upper, paler[0]) > 0 and share(upper, paler[1]) == 0
    assert share(lower, paler[1]) > 0 and share(lower, paler[0]) == 0


def test_runs_that_come_out_alike_are_dots_apart(shown):
    plots.strips({"one": [0.3, 0.3]}, title="Two of one value", xlabel="MSE")
    plots.strips({"one": [0.3, 0.3, 0.3, 0.3]}, title="Two of one value", xlabel="MSE")
    assert shown[0]["text/plain"].split(". ")[1].startswith("A row of dots")
    few, many = (np.any(picture_of(b) < 120, axis=-1).sum() for b in shown)
    assert many > few


# --- Whatever the settings, the shape, the names -------------------------------------------

HOSTILE = {  # what a matplotlibrc, or plt.style.use on a page, may have set
    "image.origin": "lower", "image.cmap": "jet", "image.interpolation": "bicubic",
    "image.aspect": "auto", "savefig.bbox": "tight", "savefig.facecolor": "pink",
    "savefig.transparent": "True", "figure.dpi": "50", "figure.facecolor": "black",
    "figure.autolayout": "True", "axes.facecolor": "black", "axes.grid": "False",
    "axes.titlelocation": "right", "axes.titlecolor": "red", "axes.labelsize": "30",
    "axes.prop_cycle": "cycler('color', ['red'])", "axes.xmargin": "0.5", "text.color": "white",
    "text.usetex": "True", "text.antialiased": "False", "font.family": "Comic Sans MS",
    "font.size": "30", "lines.marker": "x", "lines.linestyle": "--", "path.sketch": "1, 100, 2",
    "pdf.compression": "0", "pdf.fonttype": "42", "xtick.direction": "in", "axes3d.grid": "False",
    "axes.spines.left": "False",
}  # fmt: skip


def every_figure():
    """Draw each kind of figure once: by name, what it puts into the page or a file."""
    bundles, image = [], np.linspace(0, 1, 20 * 30 * 3).reshape(20, 30, 3)
    X, C = images.to_pixels(image), image[0, :16]
    curve = {"a": ([1, 2, 3], [1, 2, 4]), "b": ([1, 2], [3, 1])}
    parts = (image, image, C, [(2, 0.1, 18.0), (4, 0.2, 20.0)], (4, 0.2, 20.0), "Dusk", "facts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plots, "display", lambda bundle, raw: bundles.append(bundle))
        plots.side_by_side([image, image[..., 0]], ["a", "b"], "Two")
        plots.hero(image, image, C, "Hero")
        plots.palette(C, "Palette", idx=np.arange(16))
        plots.color_cloud(X, "Cloud", C[:4])
        plots.points(X[:, :2], "Points", np.arange(len(X)) % 3, X[:3, :2], X[3:6, :2])
        plots.error_map(image, image[::-1], "Errors")
        plots.index_map((image[..., 0] * 15).astype(int), "Numbers", 16)
        plots.curves(curve, "Curves", "x", "y", labels={"a": ["1", "2", "3"]})
        plots.strips({"a": [1, 2, 3]}, "Strips", "x")
        plots.shapes((3, 1), (2,), ("a", "b"), "Shapes")
        poster.poster(*parts)
        with matplotlib.rc_context(plots.STYLE):  # a page's own figure, as in lesson 08
            figure = Figure(figsize=(4, 3))
            figure.subplots().barh(["a"], [100]).patches[0].axes.set(xscale="log")
        plots.show(figure, "Bars", "A bar.")
    files = [plots.encode_figure(poster.poster_figure(*parts), kind) for kind in ("png", "pdf")]
    return {bundle["text/plain"]: bundle for bundle in bundles} | dict(enumerate(files))


@pytest.mark.parametrize("dpi", [1, 9, 601, 20_000])
def test_a_resolution_that_no_letters_or_no_memory_can_have_is_told(dpi):
    with pytest.raises(ValueError, match=f"^dpi is {dpi}; give 10 to 600, a whole number"):
        plots.encode_figure(Figure(), "png", dpi)


def test_the_lowest_resolution_has_room_for_the_smallest_letters():
    figure = Figure()
    figure.text(0.1, 0.5, "x" * 200, fontsize=6)
    assert plots.encode_figure(figure, "png", 10)


def test_settings_of_the_learner_change_no_byte_of_a_figure(shown):
    image = np.linspace(0, 1, 20 * 30 * 3).reshape(20, 30, 3)
    for settings in ({}, HOSTILE):
        with matplotlib.rc_context(settings):
            plots.side_by_side([image, image[..., 0]], ["a", "b"], "Two")
    assert shown[0] == shown[1]


@pytest.mark.slow
def test_nor_does_a_file_of_settings_in_any_kind_of_figure(tmp_path):
    settings = tmp_path / "matplotlibrc"
    lines = [f"{name}: {value}" for name, value in HOSTILE.items()]
    settings.write_text("\n".join([*lines, "backend: Cairo", "toolbar: None"]), encoding="utf-8")
    program = "import test_plots; print(hash(repr(test_plots.every_figure())))"
    run = [sys.executable, "-W", "error::UserWarning", "-c", program]
    env = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": os.pathsep.join(sys.path)}
    env.pop("MATPLOTLIBRC", None)
    said = [
        subprocess.run(run, env=env | more, check=True, capture_output=True, encoding="utf-8")
        for more in ({"HOME": str(tmp_path)}, {"MATPLOTLIBRC": str(settings)})
    ]
    assert said[0].stdout == said[1].stdout
    assert said[1].stderr == ""


LONG = 20_000
THIN = {"a row": (1, 1200), "a column": (1200, 1), "a long row": (1, LONG),
        "a long column": (LONG, 1), "one pixel": (1, 1), "a panorama": (20, 600)}  # fmt: skip


@pytest.mark.parametrize("shape", THIN.values(), ids=THIN)
def test_no_shape_of_a_picture_makes_a_figure_huge(monkeypatch, shape):
    figures, image = [], np.ones((*shape, 1)) * RED
    monkeypatch.setattr(plots, "show", lambda figure, *words: figures.append(figure))
    monkeypatch.setattr(poster, "show", plots.show)
    plots.side_by_side([image, image], ["one", "two"], title="Thin")
    plots.side_by_side([image[..., 0]] * 3, ["a", "b", "c"], title="Thin", columns=1)
    plots.hero(image, image, RED[None], title="Thin")
    plots.error_map(image, image * 0, title="Thin")
    plots.index_map(np.zeros(shape, dtype=int), title="Thin", K=2)
    poster.poster(image, image, RED[None], [(1, 0.1, 20.0)], (1, 0.1, 20.0), "Thin", "")
    sizes = [figure.get_size_inches() for figure in figures]
    assert len(sizes) == 6
    assert all(width == plots.WIDTH and 0.8 <= height <= 26 for width, height in sizes)
    for figure in figures:
        (picture, *_) = [axis for axis in figure.axes if axis.images]
        assert picture.images[0].get_size()[0] * picture.images[0].get_size()[1] <= 10**6
        thin = max(shape) > images.THIN * min(shape)
        assert picture.get_xlabel() == ("drawn thicker than it is" if thin else "")


@pytest.mark.slow
@pytest.mark.parametrize("shape", THIN.values(), ids=THIN)
def test_a_picture_of_any_shape_is_seen(shown, shape):
    image = np.ones((*shape, 1)) * RED
    plots.side_by_side([image, image], ["one", "two"], title="Thin")
    plots.side_by_side([image] * 4, list("abcd"), title="Thin", columns=2)
    plots.hero(image, image, RED[None], title="Thin")
    poster.poster(image, image, RED[None], [(1, 0.1, 20.0)], (1, 0.1, 20.0), "Thin", "")
    for bundle in shown:
        red = np.abs(picture_of(bundle) - RED * 255).max(axis=-1) < 12
        assert min(red.any(axis=1).sum(), red.any(axis=0).sum()) >= 20, "thick enough"
        assert red.sum() > 9000
    height, width = shape
    assert f"({width} x {height} pixels" in shown[0]["text/plain"], "the true size is said"


@pytest.mark.parametrize("shape", [(1, 1), (3, 48), (40, 60), (600, 300)])
def test_a_picture_that_can_be_seen_is_drawn_as_it_is(shape):
    picture = np.zeros(shape)
    assert images.in_sight(picture) is picture


@pytest.mark.parametrize("shape", [(1, 17), (300, 1), (1, LONG), (2, 100)])
def test_a_thin_picture_gets_thicker_and_keeps_its_values_in_their_order(shape, rng):
    picture = rng.integers(0, 9, shape)
    thick = images.in_sight(picture)
    assert max(thick.shape) <= min(max(shape), images.THIN_SIDE)
    assert max(thick.shape) <= images.THIN * min(thick.shape)
    rows, columns = (np.arange(n) * size // n for n, size in zip(thick.shape, shape, strict=True))
    assert np.array_equal(thick, picture[np.ix_(rows, columns)])
    assert set(rows) == set(range(shape[0])) or shape[0] == LONG


def test_more_colors_than_a_figure_has_room_for_are_refused_in_a_sentence():
    with pytest.raises(ValueError, match="has 5,000 colors, and 256 have room here"):
        plots.palette(np.zeros((5000, 3)), title="Too many")


LINES = {"xlabel": "x", "ylabel": "y", "title": "Lines"}


@pytest.mark.parametrize(
    ("draw", "sentence"),
    [
        (lambda: plots.curves({"a": ([1, 2], [1, 2, 3])}, **LINES),
         "The line 'a' has 2 x, 3 y; give equally many."),
        (lambda: plots.curves({"a": ([1, 2], [1, 2])}, labels={"a": ["one"]}, **LINES),
         "The line 'a' has 2 x, 2 y, 1 labels; give equally many."),
        (lambda: plots.curves({"a": ([1, 2], ["3", "4"])}, **LINES),
         "series['a'][1] is ['3', '4']; give an array of numbers."),
        (lambda: plots.strips({"a": []}, "Strips", "x"),
         "series['a'] is empty, of shape (0,); give some numbers."),
        (lambda: plots.points(np.eye(2), "Points", before=np.eye(2)),
         "before tells where centroids were; give centroids as well."),
        (lambda: plots.palette(RED, "One", labels=["a", "b"]),
         "labels has length 2; give one for each color, here 1."),
        (lambda: plots.color_cloud(np.eye(3), "Mixed up", np.ones((300, 3))),
         "This palette has 300 colors, and 256 have room here; take some of them, such as "
         "palette[:256]."),
        # Each of these would take minutes and gigabytes.
        (lambda: plots.side_by_side([flat(RED)], ["red"], "Wide", columns=768),
         "columns is 768; give 1 to 64, a whole number."),
        (lambda: plots.encode_figure(Figure(), "png", 10**5),
         "dpi is 100000; give 10 to 600, a whole number."),
    ],
)  # fmt: skip
def test_what_cant_be_drawn_is_said_in_a_sentence(draw, sentence):
    with pytest.raises((TypeError, ValueError)) as error:
        draw()
    assert str(error.value) == sentence


def test_numbers_can_be_names(shown):
    plots.strips({16: [1, 2], 32: range(3)}, "Strips", "x")
    plots.curves({16: ([1, 2], [3, 4])}, **LINES)
    assert "16: 2 runs from 1 to 2" in shown[0]["text/plain"]
    assert "16: 3 at 1, 4 at 2" in shown[1]["text/plain"]


@pytest.mark.parametrize("color", [1 + 1e-7, -1e-7], ids=str)
def test_a_rounding_error_beyond_black_or_white_is_drawn(shown, caplog, color):
    C = np.full((4, 3), color)
    plots.palette(C, "A palette")
    plots.color_cloud(C, "A cloud", C)
    plots.hero(C[None], C[None], C, "All of it")
    assert len(shown) == 3 and not caplog.records
