"""Figures: drawn as asked, and said in words."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image

from helpers import plots

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
        plots.show(None, title, description)


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
    with pytest.raises(ValueError, match="2 pictures came with 1 labels"):
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
    import matplotlib

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
