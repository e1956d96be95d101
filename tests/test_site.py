"""The site as its readers have it: built by its command, and visited page by page in Chromium."""

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import numpy as np
import pytest
from browsing import served

from conftest import new_page
from helpers.explore import distance, shapes
from helpers.images import load_photo

ROOT = Path(__file__).resolve().parent.parent
LESSONS = [path.stem for path in sorted((ROOT / "notebooks" / "solutions").glob("*.ipynb"))]
PAGES = ["index", *(f"lessons/{name}" for name in LESSONS)]
NEED_A_COMPUTER = ("09_scikit_learn", "10_pytorch", "11_a_thousand_photos")
MB = 1_000_000

pytestmark = pytest.mark.slow
pytest.importorskip("myst_nb", reason="requirements-site.txt is not installed")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the site, built by the command that a maintainer types."""
    folder = tmp_path_factory.mktemp("site") / "_site"
    command = [sys.executable, "tools/site.py", "--without-lite", "--into", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def address(site):
    """Where a server of one's own has the site."""
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def reader(browser, address):
    """A browser's page, and all that went wrong while it was used, in words."""
    with new_page(browser) as page:
        page.trouble = trouble = []
        page.on("request", lambda r: r.url.startswith((address, "data:")) or trouble.append(r.url))
        page.on("response", lambda r: r.status < 400 or trouble.append(f"{r.status}: {r.url}"))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        yield page


def visit(page, address, name, width=1280, theme="light"):
    """Open a page of the site, in a window of that width, with all its pictures and formulas."""
    page.trouble.clear()
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    page.goto(f"{address}{name}.html")
    page.evaluate("document.querySelectorAll('img').forEach(img => { img.loading = 'eager' })")
    page.wait_for_function("[...document.images].every(img => img.complete)")
    page.evaluate("window.MathJax?.startup.promise")
    # The theme's colors fade into each other when the look changes.
    page.wait_for_function(
        "document.getAnimations().every(fade => ['finished', 'idle'].includes(fade.playState))"
    )


# --- What is in the folder ----------------------------------------------------------------------


def test_every_lesson_is_there_to_read_and_to_download_within_30_megabytes(site):
    assert sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) < 30 * MB
    for name in LESSONS:
        assert (site / "lessons" / f"{name}.html").is_file()
        assert (site / "lessons" / f"{name}.ipynb").is_file()
        page = json.loads((site / "lessons" / f"{name}.ipynb").read_bytes())
        assert not any(cell.get("outputs") for cell in page["cells"]), "it is a page to work on"
    assert len(list(site.glob("sixteen_colors-*.whl"))) == 1


def test_pictures_are_files_and_no_page_is_there_twice(site):
    for page in site.rglob("*.html"):
        assert "data:image/png;base64" not in page.read_text(encoding="utf-8")
    assert not list(site.rglob("_sources/**/*.*"))


class Links(HTMLParser):
    """Where a page leads, and the places in it that can be led to."""

    def __init__(self, path):
        super().__init__()
        self.links, self.places = [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.places.add(attributes.get("id"))
        self.links += [attributes[key] for key in ("href", "src") if attributes.get(key)]


def test_no_link_within_the_site_is_broken(site):
    pages = {path.relative_to(site).as_posix(): Links(path) for path in site.rglob("*.html")}
    broken, found = [], 0
    for name, page in pages.items():
        for link in page.links:
            to = urlsplit(urljoin(f"http://here/{name}", link))
            path = unquote(to.path).lstrip("/") or name
            if to.netloc != "here" or path.startswith("lite/"):
                continue
            found += 1
            there = (site / path).is_file()
            lacks = to.fragment and path in pages and to.fragment not in pages[path].places
            if not there or lacks:
                broken.append(f"{name}: {link}")
    assert found > 1000
    assert not broken


# --- What a reader sees ---------------------------------------------------------------------------


LONG_LINES = ["lessons/02_broadcasting", "lessons/06_sixteen_colors"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nobody_else_and_fits_a_phone(reader, address, name):
    visit(reader, address, name, width=390)
    assert not reader.trouble
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
    for picture in reader.locator("article img").all():
        assert len(picture.get_attribute("alt")) > 20
        assert picture.evaluate("img => img.naturalWidth") > 0
    # Code and tables may be scrolled; what is said in a sentence, and a formula, are in sight.
    hidden = "found => found.map(one => one.scrollWidth - one.clientWidth)"
    in_sight = ".traceback pre, .stream .sentence, div.math mjx-container, .prev-next-area a"
    assert not any(reader.locator(in_sight).evaluate_all(hidden))
    right = "found => Math.max(0, ...found.map(one => one.getBoundingClientRect().right))"
    assert reader.locator("article :not(pre) > code").evaluate_all(right) <= 376


@pytest.mark.parametrize("name", LONG_LINES)
def test_on_a_laptop_no_line_of_code_is_cut(reader, address, name):
    visit(reader, address, name, width=1280)
    code = reader.locator(".cell_input pre")
    assert code.count() > 5
    hidden = "found => found.map(one => one.scrollWidth - one.clientWidth)"
    assert not any(code.evaluate_all(hidden))


LOOKS = [(1280, "light"), (390, "dark")]
FEW = ["lessons/02_broadcasting", "lessons/03_distance"]  # with all that a page can have
REST = [pytest.param(name, marks=pytest.mark.weekly) for name in PAGES if name not in FEW]


@pytest.mark.parametrize(("width", "theme"), LOOKS)
@pytest.mark.parametrize("name", [*FEW, *REST])
def test_axe_finds_nothing_to_mend(reader, address, name, width, theme):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    visit(reader, address, name, width, theme)
    violations = axe.Axe().run(reader).response["violations"]
    assert not [
        f"{found['id']}: {node['html'][:200]}" for found in violations for node in found["nodes"]
    ]


def test_the_dark_theme_leaves_the_colors_of_pictures_alone(reader, address):
    for name in ("index", "lessons/03_distance"):
        visit(reader, address, name, theme="dark")
        assert reader.evaluate("document.documentElement.dataset.theme") == "dark"
        for picture in reader.locator("article img").all():
            assert picture.evaluate("img => getComputedStyle(img).filter") == "none"


@pytest.mark.parametrize("name", LESSONS)
def test_every_lesson_can_be_done_and_leads_to_the_next(reader, address, name):
    reader.goto(f"{address}lessons/{name}.html")
    ways = reader.get_by_role("navigation", name="Do this lesson yourself").get_by_role("link")
    assert reader.get_by_text("Every cell below has been run already.").is_visible()
    words = ways.all_inner_texts()
    assert words[-3:] == ["Binder", "Colab", "Download"]
    assert ("Run it in your browser" in words) == (name not in NEED_A_COMPUTER)
    if name != LESSONS[-1]:
        following = LESSONS[LESSONS.index(name) + 1]
        assert reader.locator("a.right-next").get_attribute("href") == f"{following}.html"


def test_an_answer_is_folded_until_a_reader_asks_for_it(reader, address):
    visit(reader, address, "lessons/03_distance")
    answer = reader.get_by_text("def pairwise_distances(X, C)")
    assert not answer.is_visible()
    summary = reader.locator("summary", has_text="Show the answer").first
    assert summary.get_attribute("aria-label") is None  # what is seen is read out
    summary.press("Enter")
    assert answer.is_visible()


def test_a_formula_is_drawn_and_can_be_read_out(reader, address):
    visit(reader, address, "lessons/03_distance")
    formula = reader.locator("mjx-container").first
    assert formula.bounding_box()["height"] > 20
    assert formula.locator("math").count() == 1


def test_what_is_searched_for_is_found(reader, address):
    reader.goto(f"{address}search.html?q=dithering")
    reader.locator("#search-results a", has_text="07 · Better palettes").wait_for()
    excerpts = reader.locator("#search-results .context")
    excerpts.first.wait_for()
    for other in ("System Settings", "Run it in your browser"):
        assert not any(other in words for words in excerpts.all_inner_texts())


def test_every_page_has_a_title_of_its_own(site):
    titles = [
        re.search("<title>(.*)</title>", (site / f"{name}.html").read_text(encoding="utf-8"))[1]
        for name in PAGES
    ]
    assert titles[0] == "Sixteen Colors"
    assert titles[4] == "03 · Distance &#8212; Sixteen Colors"
    assert len(set(titles)) == len(PAGES)


def test_on_a_phone_the_menu_leads_to_another_lesson(reader, address):
    visit(reader, address, "lessons/03_distance", width=390)
    reader.get_by_role("button", name="Toggle primary sidebar").press("Enter")
    reader.get_by_role("link", name="07 · Better palettes").click()
    reader.get_by_role("heading", name="07 · Better palettes").wait_for()


def test_on_a_phone_the_contents_lead_to_a_place_and_leave_it_in_sight(reader, address):
    visit(reader, address, "lessons/03_distance", width=390)
    contents = reader.locator("#pst-secondary-sidebar-modal")
    for place in ("The nearest of many", "Recap"):
        reader.get_by_role("button", name="Toggle secondary sidebar").click()
        contents.get_by_role("link", name=place).click()
        contents.wait_for(state="hidden")
        heading = reader.get_by_role("heading", name=place)
        in_sight = "one => one.getBoundingClientRect().top < 300"
        reader.wait_for_function(in_sight, arg=heading.element_handle())


def test_without_scripts_code_is_read_on_a_light_ground(browser, address):
    page = browser.new_page(java_script_enabled=False, color_scheme="dark")
    page.goto(f"{address}lessons/03_distance.html")
    ground = page.locator("div.cell pre").first.evaluate("one => getComputedStyle(one).background")
    page.close()
    red, green, blue = map(int, re.findall(r"\d+", ground)[:3])
    assert min(red, green, blue) > 200


def test_on_paper_the_dark_page_is_light_and_code_is_whole(reader, address):
    visit(reader, address, "lessons/03_distance", theme="dark")
    theme = "document.documentElement.dataset.theme"
    reader.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert reader.evaluate(theme) == "light"
    reader.emulate_media(media="print")
    hidden = "found => found.map(one => one.scrollWidth - one.clientWidth)"
    cells = reader.locator("div.cell_input pre:visible")
    assert cells.count() > 20
    assert not any(cells.evaluate_all(hidden))
    reader.emulate_media(media="screen")
    reader.evaluate("dispatchEvent(new Event('afterprint'))")
    assert reader.evaluate(theme) == "dark"


# --- What moves without Python --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "slider"),
    [
        ("00_start_here", "Colors K"),
        ("05_kmeans_by_hand", "Half-step"),
        ("06_sixteen_colors", "Colors K"),
        ("12_your_photo", "Colors K"),
    ],
)
def test_a_stack_of_pictures_moves_by_key(reader, address, name, slider):
    visit(reader, address, f"lessons/{name}")
    handle = reader.get_by_role("slider", name=slider)
    figure = reader.locator("figure", has=handle)
    seen = []
    for key in ("Home", "ArrowRight", "End"):
        handle.press(key)
        picture = figure.locator("img")
        reader.wait_for_function("img => img.complete", arg=picture.element_handle())
        words = figure.locator("figcaption").inner_text()
        assert picture.get_attribute("alt") == words
        assert picture.evaluate("img => img.naturalWidth") > 0
        seen.append((handle.get_attribute("aria-valuetext"), picture.get_attribute("src"), words))
    assert not reader.trouble
    assert len(set(seen)) == 3


@pytest.mark.parametrize("name", LESSONS)
def test_what_does_not_move_says_what_to_do(reader, address, name):
    visit(reader, address, f"lessons/{name}")
    assert reader.get_by_text("Run this cell").count() == 0
    for explorer in reader.locator("[data-explorer]").all():
        asks = explorer.get_by_role("link", name="Run this lesson").count()
        # The others move in part, or not at all.
        whole = explorer.get_attribute("data-explorer") in ("align_shapes", "color_distance")
        assert asks == (0 if whole else 1)
        assert explorer.locator("input").count() > 0 or asks


PAIRS = [*shapes.EXAMPLES.values(), ("()", "()"), ("5", "5"), ("1", "1, 1"), ("0, 3", "1")]


def test_shapes_are_aligned_as_numpy_aligns_them(reader, address, rng):
    visit(reader, address, "lessons/02_broadcasting")
    explorer = reader.locator("[data-explorer=align_shapes]")
    some = [", ".join(map(str, rng.choice([0, 1, 2, 3], rng.integers(4)))) for _ in range(60)]
    for a, b in [*PAIRS, *zip(some[::2], some[1::2], strict=True)]:
        explorer.get_by_label("Shape of a").fill(a)
        explorer.get_by_label("Shape of b").fill(b)
        a, b = shapes.parse(a), shapes.parse(b)
        words = explorer.locator("[aria-live]").inner_text()
        assert words == shapes.outcome(a, b)
        results = explorer.locator("tr", has_text="result").locator("td").all_inner_texts()
        try:
            assert tuple(map(int, results)) == np.broadcast_shapes(a, b)
        except ValueError:
            assert "✗ error" in results
            with pytest.raises(ValueError):
                np.broadcast_shapes(a, b)


def test_a_shape_that_is_none_is_said_to_be_none(reader, address):
    visit(reader, address, "lessons/02_broadcasting")
    explorer = reader.locator("[data-explorer=align_shapes]")
    for wrong in ("three", "-1", "2.5", "<b>"):
        explorer.get_by_label("Shape of a").fill(f"4, {wrong}")
        assert f"“{wrong}” is no size" in explorer.locator("[aria-live]").inner_text()
    explorer.get_by_role("button", name="column and row").press("Enter")
    assert "fit: the result has shape (4, 5)" in explorer.locator("[aria-live]").inner_text()


def test_every_number_of_a_distance_follows_the_colors(reader, address):
    visit(reader, address, "lessons/03_distance")
    explorer = reader.locator("[data-explorer=color_distance]")
    for a, b in (("#ff0000", "#00ff00"), ("#123456", "#123456"), ("#000000", "#ffffff")):
        explorer.get_by_label("Color a").fill(a)
        explorer.get_by_label("Color b").fill(b)
        words = explorer.locator("[aria-live]").inner_text()
        assert words == (
            f"a is {a}, chosen by hand; b is {b}, chosen by hand. {distance.distance_words(a, b)}"
        )
        numbers = re.sub("<[^>]+>", "", distance.terms_html(a, b))
        assert explorer.locator("table").locator("..").text_content() == numbers


def test_a_click_on_the_photograph_takes_the_color_of_that_pixel(reader, address):
    visit(reader, address, "lessons/03_distance")
    explorer = reader.locator("[data-explorer=color_distance]")
    photo = explorer.get_by_role("img")
    box = photo.bounding_box()
    explorer.get_by_label("a click takes b").check()
    photo.click(position={"x": box["width"] / 2, "y": box["height"] / 4})
    row, column = pixel_taken(explorer, "b")
    assert (abs(row - 128) <= 2) and (abs(column - 384) <= 2)
    assert explorer.get_by_label("Row of b").input_value() == str(row)


def test_the_arrow_keys_take_the_color_of_another_pixel(reader, address):
    visit(reader, address, "lessons/03_distance")
    explorer = reader.locator("[data-explorer=color_distance]")
    row, column = pixel_taken(explorer, "a")
    explorer.get_by_label("Row of a").press("ArrowRight")
    explorer.get_by_label("Column of a").press("ArrowLeft")
    assert pixel_taken(explorer, "a") == (row + 1, column - 1)
    explorer.get_by_label("Row of a").press("Home")
    explorer.get_by_label("Column of a").press("End")
    assert pixel_taken(explorer, "a") == (0, 767)


def pixel_taken(explorer, letter):
    """Row and column that are said of one of the colors; it is the photograph's color there."""
    words = explorer.locator("[aria-live]").inner_text()
    said = re.search(rf"{letter} is #\w+, the pixel at row (\d+), column (\d+)", words)
    row, column = map(int, said.groups())
    taken = explorer.get_by_label(f"Color {letter}").input_value()
    levels = np.array([int(taken[n : n + 2], 16) for n in (1, 3, 5)])
    # Two decoders of JPEG may differ by a level or two.
    assert abs(levels - load_photo("tulips")[row, column] * 255).max() < 3
    return row, column
