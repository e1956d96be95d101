"""Words in figures: any script, any length, and never a box or a warning."""

import logging

import numpy as np
import pytest
from exploring import WITHOUT_WARNINGS
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers import lettering, plots, poster

# The only other font that is at hand on every machine comes with Matplotlib, too, and has
# one letter of Japanese.
ONE_LETTER = "の"

NAMES = {  # the name of a file -> what a figure writes where no font has more
    "IMG_1.heic": "IMG_1.heic",
    "$x$.jpg": "$x$.jpg",
    "$x_1^2.jpg": "$x_1^2.jpg",
    r"\frac{a}_b": r"\frac{a}_b",
    "Ελλάδα, Москва": "Ελλάδα, Москва",
    "العربية": "العربية",
    "写真.jpg": "….jpg",
    "旅行_2_京都.jpg": "…_2_….jpg",
    "हिन्दी": "…",
    "\u1112\u1161\u11ab.png": "….png",  # Korean, as macOS spells it
    "cafe\u0301": "caf\u00e9",
    "🌷 tulips": "… tulips",
    "👩\u200d🌾👍\ufe0f!": "…!",
    "bell\x07.png": "bell….png",
    "caf\udce9.png": "caf….png",  # no UTF-8
    "two\nlines": "two\nlines",
}


pytestmark = WITHOUT_WARNINGS


@pytest.fixture(autouse=True)
def no_complaint(caplog):
    """Of a font that there is not, Matplotlib complains in the log."""
    yield
    assert not caplog.records


@pytest.fixture
def bare(monkeypatch):
    """A machine with no fonts but Matplotlib's."""
    monkeypatch.setattr(lettering, "OTHER_FONTS", ())


def drawn_title(title):
    """What stands over a figure, once it has been drawn."""
    figure, _ = plots._figure(title, 1)
    plots.encode_figure(figure, "png", dpi=40)
    return figure.texts[0]


@pytest.mark.parametrize(("name", "written"), NAMES.items(), ids=map(ascii, NAMES))
def test_a_figure_writes_what_its_fonts_can_write(bare, name, written):
    assert drawn_title(name).get_text() == written


@pytest.mark.slow
def test_every_word_of_a_figure_is_looked_at(bare, monkeypatch):
    monkeypatch.setattr(plots, "display", lambda bundle, raw: None)
    image, name = np.ones((2, 3, 3)), r"写真 $\frac{"  # which is no formula
    plots.side_by_side([image], [name], title=name)
    plots.palette(image[0], title=name, labels=[name] * 3)
    plots.curves({name: ([1], [1]), "b": ([1], [2])}, name, name, name, labels={name: [name]})
    plots.strips({name: [1, 2]}, name, name)
    plots.shapes((1,), (2,), (name, name), name)
    parts = (image, image, image[0], [(1, 0.1, 20.0)], (1, 0.1, 20.0), name, name)
    for kind in ("png", "pdf"):
        assert plots.encode_figure(poster.poster_figure(*parts), kind)


def test_a_letter_is_written_with_another_font_that_has_it(monkeypatch):
    monkeypatch.setattr(lettering, "OTHER_FONTS", ("No Such Font", "STIXGeneral"))
    title = drawn_title(f"{ONE_LETTER}写真")
    assert title.get_text() == f"{ONE_LETTER}…"
    assert title.get_fontfamily() == [lettering.FONT, "STIXGeneral"]


def test_which_letters_a_font_has():
    assert {"a", "é", "Ж", "…"} <= lettering.letters_of(lettering.FONT)
    assert ONE_LETTER not in lettering.letters_of(lettering.FONT)
    assert ONE_LETTER in lettering.letters_of("STIXGeneral")
    assert lettering.letters_of("No Such Font") == frozenset()


def test_what_can_be_written_stays_as_it_is():
    figure = Figure()
    text = figure.text(0.1, 0.5, "Dusk", fontsize=20, fontweight="bold", fontfamily="DejaVu Serif")
    before = text.properties()
    lettering.fit_words(figure)
    after = text.properties()
    for name in ("text", "fontsize", "fontweight", "fontfamily", "position"):
        assert after[name] == before[name]


@pytest.mark.parametrize("length", [10, 80, 110, 255])
@pytest.mark.parametrize("dpi", [100, 150, 200])
def test_a_title_of_any_length_stays_on_the_page(length, dpi):
    words = "m" * length
    figure, _ = plots._figure(words, 1)
    lettering.fit_words(figure)
    figure.set_dpi(dpi)
    (title,) = figure.texts
    box, page = title.get_window_extent(FigureCanvasAgg(figure).get_renderer()), figure.bbox
    assert box.x0 >= page.x0 and box.x1 <= page.x1
    assert length == 10 or box.width > 0.85 * page.width, "no smaller than need be"
    assert title.get_fontsize() >= lettering.SMALLEST * 13, "and not too small to be read"
    written = title.get_text()
    assert written == words or written == words[: len(written) - 1] + "…"


def test_words_that_fit_are_left_alone_however_often_a_figure_becomes_a_file():
    figure, _ = plots._figure("m" * 110, 1)
    files = [plots.encode_figure(figure, kind, dpi=200) for kind in ("png", "pdf", "png", "pdf")]
    assert files[:2] == files[2:]


def test_a_text_without_end_is_cut_before_it_is_measured():
    words, _ = lettering.written("x" * 10**6)
    assert len(words) == lettering.LONGEST and words.endswith("x…")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Matplotlib is building the font cache; this may take a moment.", False),
        ("findfont: Font family 'Nowhere' not found.", True),
    ],
)
def test_a_first_run_says_nothing_in_red_of_its_list_of_fonts(words, told, caplog):
    logging.getLogger("matplotlib.font_manager").warning(words)
    assert bool(caplog.records) == told
