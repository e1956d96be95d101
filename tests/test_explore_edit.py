"""A codebook changed by hand: the picture and its error are those of `quantize`, always."""

import html

import numpy as np
import pytest
from exploring import announced, click, hand, key, repainted, seen

from helpers import images
from helpers.codebook import CUBE_CORNERS, TERMINAL, WEB_SAFE, quantize
from helpers.color import from_hex, to_hex
from helpers.compression import bits_on_paper, mse, psnr
from helpers.explore import own
from helpers.explore.edit import MINE, PALETTES, RIVALS, Editor, edit_codebook
from helpers.explore.photos import SMALLEST
from helpers.images import in_sight


@pytest.fixture(scope="module")
def pencils():
    return images.load_image(images.DATA / "pencils.jpg", longest_side=48)


@pytest.fixture
def explorer(pencils):
    explorer = Editor(pencils)
    yield explorer
    explorer.close()


def names(explorer):
    """The hex names in sight: those of the first K pickers."""
    pickers = [explorer.parts[f"color-{k}"] for k in range(16)]
    return [picker.value for picker in pickers if picker.layout.display != "none"]


def codebook(explorer):
    return np.array([from_hex(name) for name in names(explorer)])


def facts(explorer):
    return explorer.parts["facts"].value


def assert_all_agrees(explorer, image):
    """Picture, numbers, and alternative text are those of the colors in sight."""
    expected = repainted(image, codebook(explorer))
    error = mse(image, expected)
    assert np.array_equal(seen(explorer), expected)
    for words in (facts(explorer), explorer.voice.names["picture"]):
        assert f"{error:.5f}" in words
        assert f"{psnr(image, expected):.2f} dB" in words


# --- The computation -----------------------------------------------------------------------


def test_ties_go_to_the_lowest_number():
    explorer = Editor(np.full((2, 2, 3), 128 / 255), np.array([[0.0] * 3, [1.0] * 3]))
    for name in ("color-1", "color-0"):
        explorer.parts[name].value = "#405060"
    assert explorer.parts["color-0"].description.endswith("100%")
    explorer.close()


def test_a_picture_finer_than_8_bits_counts_as_a_file_stores_it(rng):
    fine = rng.random((9, 11, 3))
    explorer = Editor(fine)
    assert_all_agrees(explorer, images.to_bytes(fine) / 255)
    explorer.close()


def test_the_whole_photograph_is_as_far_off_as_quantize_says():
    photo = images.load_photo("tulips")
    explorer, expected = Editor(photo), quantize(photo, TERMINAL)
    assert mse(photo, seen(explorer)) == pytest.approx(mse(photo, expected))
    assert (seen(explorer) == expected).all(axis=-1).mean() > 0.999  # the others are ties
    explorer.close()


@pytest.mark.parametrize("name", RIVALS)
def test_the_error_to_beat_is_that_of_quantize(explorer, pencils, name):
    expected = quantize(pencils, RIVALS[name])
    assert explorer.rivals[name] == pytest.approx(mse(pencils, expected))
    explorer.parts["rival"].value = name
    assert f"{psnr(pencils, expected):.2f} dB" in facts(explorer).split("to beat")[1]


# --- The controls --------------------------------------------------------------------------


@pytest.mark.parametrize("name", PALETTES)
def test_a_well_known_palette_is_loaded_whole(explorer, pencils, name):
    explorer.parts["start"].value = name
    assert names(explorer) == [to_hex(color) for color in PALETTES[name]]
    assert explorer.parts["K"].value == len(PALETTES[name])
    assert_all_agrees(explorer, pencils)


@pytest.mark.parametrize("k", range(16))
def test_every_picker_repaints_the_picture(explorer, pencils, k):
    explorer.parts[f"color-{k}"].value = "#c08040"
    assert names(explorer)[k] == "#c08040"
    assert explorer.parts["current"].value == k
    assert_all_agrees(explorer, pencils)


def test_every_level_of_every_channel_repaints_the_picture(explorer, pencils):
    explorer.parts["current"].value = 5
    for n, channel in enumerate(("red", "green", "blue")):
        for level in (0, 1, 127, 128, 254, 255, 64):
            explorer.parts[channel].value = level
            assert bytes.fromhex(names(explorer)[5][1:])[n] == level
            assert_all_agrees(explorer, pencils)
    assert names(explorer)[5] == "#404040"


@pytest.mark.parametrize("K", range(1, 17))
def test_any_number_of_colors_can_be_used(explorer, pencils, K):
    explorer.parts["K"].value = 2 if K == 1 else 1
    explorer.parts["K"].value = K
    assert len(names(explorer)) == K
    assert explorer.parts["current"].options == tuple(range(K))
    assert f"{-(-bits_on_paper(*pencils.shape[:2], K) // 8):,}" in facts(explorer)
    assert_all_agrees(explorer, pencils)


def test_a_random_walk_of_changes_never_leaves_an_old_color_behind(explorer, pencils, rng):
    for _ in range(60):
        part = rng.choice(["K", "color", "red", "Enter", "Shift+ArrowLeft"])
        if part == "K":
            explorer.parts["K"].value = int(rng.integers(1, 17))
        elif part == "color":
            k = int(rng.integers(explorer.parts["K"].value))
            explorer.parts[f"color-{k}"].value = to_hex(rng.random(3))
        elif part == "red":
            explorer.parts["red"].value = int(rng.integers(256))
        else:
            key(explorer, part, part="original")
        assert_all_agrees(explorer, pencils)


def test_a_click_on_either_picture_takes_the_color_of_the_photograph(explorer, pencils):
    height, width = pencils.shape[:2]
    for name, row, column in (("original", 0, 0), ("picture", height - 1, width - 1)):
        x, y = (column + 0.5) / width, (row + 0.5) / height
        if name == "picture":
            click(explorer, name, x, y)
        else:
            hand(explorer, "down", x, y, name)
        assert names(explorer)[0] == to_hex(pencils[row, column])
        alt = explorer.voice.names["original"]
        pixel = (
            f"{to_hex(pencils[row, column])}, is that of the pixel at row {row}, column {column};"
        )
        assert f"Color 0, {pixel}" in alt
    click(explorer, "picture", 1.0, 1.0)  # the rim
    assert names(explorer)[0] == to_hex(pencils[-1, -1])
    explorer.parts["red"].value = (explorer.parts["red"].value + 9) % 256
    assert explorer.voice.names["original"] == "The photograph."


def test_a_hand_that_is_down_on_the_photograph_takes_color_after_color(explorer, pencils):
    height, width = pencils.shape[:2]
    for phase, row, column in (("down", 3, 4), ("move", 9, 30), ("move", 11, 31)):
        hand(explorer, phase, (column + 0.5) / width, (row + 0.5) / height, "original")
        assert names(explorer)[0] == to_hex(pencils[row, column])
        expected = repainted(pencils, codebook(explorer))
        assert np.array_equal(seen(explorer), expected)
        assert f"{mse(pencils, expected):.5f}" in facts(explorer)
    before = seen(explorer, "original")
    hand(explorer, "up", 0.9, 0.9, "original")  # and what is told follows
    assert_all_agrees(explorer, pencils)
    levels = [explorer.parts[level].value for level in ("red", "green", "blue")]
    assert levels == images.to_bytes(pencils[11, 31]).tolist()
    assert names(explorer)[0] == to_hex(pencils[11, 31])
    assert np.array_equal(seen(explorer, "original"), before)


def test_arrows_move_a_cross_and_enter_takes_the_color_below_it(explorer, pencils):
    height, width = pencils.shape[:2]
    first = names(explorer)
    row, column = height // 2, width // 2
    for press, down, right in (
        ("ArrowUp", -1, 0),
        ("Shift+ArrowLeft", 0, -10),
        ("ArrowDown", 1, 0),
    ):
        row, column = row + down, column + right
        key(explorer, press, part="original")
        assert (
            f"The pixel at row {row}, column {column}, {to_hex(pencils[row, column])}."
            in (explorer.voice.hands["original"]["holds"])
        )
    assert names(explorer) == first, "nothing is taken yet"
    assert np.abs(seen(explorer, "original") - pencils_shown(pencils)).max() > 0.5, "a cross"
    key(explorer, "Enter", part="original")
    assert names(explorer)[0] == to_hex(pencils[row, column])
    assert explorer.place == (row, column)
    key(explorer, *["Shift+ArrowUp"] * 9, "Enter", part="original")
    assert explorer.place == (0, column), "at the edge it stops"
    assert_all_agrees(explorer, pencils)


def pencils_shown(pencils):
    """The photograph as large as it is shown, without rings and crosses."""
    return in_sight(pencils, SMALLEST)


# --- The learner's own functions ------------------------------------------------------------


def by_broadcast(image, codebook):
    pixels = image.reshape(-1, 1, 3)
    return codebook[((pixels - codebook) ** 2).sum(axis=2).argmin(axis=1)].reshape(image.shape)


def by_product(image, codebook):  # other roundings: of colors equally near, it may take another
    X = image.reshape(-1, 3)
    apart = (X**2).sum(1)[:, None] - 2 * X @ codebook.T + (codebook**2).sum(1)
    return codebook[apart.argmin(axis=1)].reshape(image.shape)


def farthest(image, codebook):
    pixels = image.reshape(-1, 1, 3)
    return codebook[((pixels - codebook) ** 2).sum(axis=2).argmax(axis=1)].reshape(image.shape)


def itself(image, codebook):
    return image


def by_index(image, codebook):
    return codebook[image]


def without_end(image, codebook):
    while True:
        pass


def total(a, b):
    return ((a - b) ** 2).sum()


def mean(a, b):
    return ((a - b) ** 2).mean()


def news(explorer):
    """What is announced of the learner's functions, which stands below the table, too."""
    said = announced(explorer).partition(explorer.words())[2].strip()
    assert said in html.unescape(facts(explorer))
    return said


@pytest.mark.parametrize("quantize", [by_broadcast, by_product])
def test_a_quantize_that_is_right_paints_the_same(pencils, quantize):
    explorer = Editor(pencils, functions=(quantize, mean))
    for name in ("cube corners", "handheld", "terminal"):
        explorer.parts["start"].value = name
        assert news(explorer) == "Your quantize paints the same. Your mse says the same."
        assert_all_agrees(explorer, pencils)
    explorer.close()


def test_what_a_wrong_quantize_paints_is_seen_until_something_moves(pencils):
    explorer = Editor(pencils, functions=(farthest, mse))
    assert "This is what your quantize paints: 100 % of the pixels differ." in news(explorer)
    assert np.allclose(seen(explorer), farthest(pencils, codebook(explorer)))
    explorer.parts["color-3"].value = "#123456"
    assert_all_agrees(explorer, pencils)
    assert "your quantize" not in facts(explorer)
    explorer.close()
    explorer = Editor(pencils, functions=(itself, mse))
    assert " of the pixels differ. The numbers above are the course's." in news(explorer)
    assert np.allclose(seen(explorer), pencils)
    explorer.close()


def test_a_quantize_that_stops_or_never_ends_says_so_and_the_explorer_lives_on(
    pencils, monkeypatch
):
    monkeypatch.setattr(own, "SOON", 0.2)
    for function, sentence in (
        (by_index, "by_index raises IndexError: arrays used as indices must be"),
        (without_end, "without_end has not come back after 0.2 seconds of computing"),
    ):
        explorer = Editor(pencils, functions=(function, mse))
        for color in ("#ff0000", "#00ff00"):
            explorer.parts["color-2"].value = color
            assert sentence in news(explorer)
            assert_all_agrees(explorer, pencils)
        explorer.close()


def test_a_wrong_mse_is_told_beside_the_right_one(pencils):
    explorer = Editor(pencils, functions=(quantize, total))
    expected = quantize(pencils, codebook(explorer))
    right, wrong = mse(pencils, expected), total(pencils, expected)
    assert news(explorer) == (
        f"Your mse says {wrong:.5f} of a small copy, the course's {right:.5f}."
    )
    explorer.close()


def test_the_shares_in_sight_are_those_of_the_pixels(explorer, pencils):
    squared = ((pencils[:, :, None] - codebook(explorer)) ** 2).sum(axis=-1)
    counts = np.bincount(squared.argmin(axis=-1).ravel(), minlength=16)
    for k, count in enumerate(counts):
        described = explorer.parts[f"color-{k}"].description.split(" · ")
        share = count / counts.sum()
        expected = "<1%" if share < 0.005 else f"{share:.0%}"
        assert described == ["▸ 0" if k == 0 else str(k), expected if count else "idle"]


# --- The challenge -------------------------------------------------------------------------


def test_a_palette_that_was_only_loaded_is_nobodys_best(explorer):
    for name in PALETTES:
        explorer.parts["start"].value = name
    assert explorer.parts["back"].disabled
    assert "your best</th><td" in facts(explorer).replace(" ", "").replace("yourbest", "your best")


def test_the_palette_itself_is_as_good_as_itself(explorer):
    assert "as good as the terminal palette" in facts(explorer)


def test_the_best_is_kept_while_worse_colors_are_tried_and_can_be_had_back(explorer, pencils):
    explorer.parts["color-1"].value = to_hex(pencils.mean(axis=(0, 1)))
    best, error = names(explorer), mse(pencils, seen(explorer))
    for k in range(8):
        explorer.parts[f"color-{k}"].value = "#00ff00"
    assert mse(pencils, seen(explorer)) > error
    assert f"{error:.5f}" in facts(explorer).split("your best")[1]
    explorer.parts["back"].click()
    assert names(explorer) == best
    assert_all_agrees(explorer, pencils)


def test_starting_over_brings_the_palette_back_and_forgets_the_best(explorer, pencils):
    explorer.parts["color-2"].value = to_hex(pencils[10, 10])
    assert not explorer.parts["back"].disabled
    explorer.parts["reset"].click()
    assert names(explorer) == [to_hex(color) for color in TERMINAL]
    assert explorer.parts["back"].disabled


@pytest.mark.parametrize("name", RIVALS)
def test_the_verdict_follows_from_the_two_errors(explorer, pencils, name):
    explorer.parts["rival"].value = name
    rival = mse(pencils, quantize(pencils, RIVALS[name]))
    for color in ("#000000", "#808080", to_hex(pencils.mean(axis=(0, 1)))):
        for K in (1, 3, 16):
            explorer.parts["K"].value = K
            explorer.parts["color-0"].value = color
            error = mse(pencils, seen(explorer))
            assert ("Beaten" in facts(explorer)) == (error < rival * (1 - 1e-9))
            assert ("Not yet" in facts(explorer)) == (error > rival * (1 + 1e-9))
            assert announced(explorer) in explorer.voice.names["picture"]


# --- Bad input -----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["red", "#f00", "#FF0000"])
def test_a_color_may_be_named_in_any_way_a_browser_knows(explorer, text):
    explorer.parts["color-4"].value = text
    assert names(explorer)[4] == "#ff0000"


def test_a_color_that_is_none_is_answered_in_a_sentence_and_changes_nothing(explorer, pencils):
    before = seen(explorer)
    explorer.parts["color-4"].value = "rgba(1, 2, 3, 0.5)"
    assert "is no color here; write # and six hexadecimal digits." in facts(explorer)
    assert names(explorer)[4] == to_hex(TERMINAL[4])
    assert np.array_equal(seen(explorer), before)


@pytest.mark.parametrize("wrong", [WEB_SAFE, CUBE_CORNERS[:0], np.zeros(3), np.zeros((2, 4))])
def test_a_codebook_that_has_no_place_is_refused_in_a_sentence(pencils, wrong):
    with pytest.raises(ValueError, match="^(codebook (has|is)|This palette has 216 colors)"):
        edit_codebook(pencils, wrong)


def test_an_unknown_rival_is_refused_in_a_sentence(pencils):
    with pytest.raises(ValueError, match="rival is 'sepia'; choose one of"):
        edit_codebook(pencils, rival="sepia")


# --- Beginning and end ---------------------------------------------------------------------


def test_it_starts_from_a_codebook_of_ones_own(pencils, rng):
    own = rng.random((5, 3))
    explorer = Editor(pencils, own)
    assert explorer.parts["start"].value == MINE
    assert names(explorer) == [to_hex(color) for color in own]
    assert_all_agrees(explorer, pencils)
    explorer.close()


def test_without_a_kernel_the_page_shows_the_picture_its_colors_and_its_error(pencils, shown):
    edit_codebook(pencils)
    (bundle,) = shown
    error = mse(pencils, quantize(pencils, TERMINAL))
    assert bundle["text/plain"].startswith(f"[Explorer] 16 colors: MSE {error:.5f}, PSNR ")
    assert all(to_hex(color) in bundle["text/html"] for color in TERMINAL)
    assert '<img src="data:image/png;base64,' in bundle["text/html"]
