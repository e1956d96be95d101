"""The walk through K-means in JupyterLab, moved by keyboard and by hands."""

import io
import re

import numpy as np
import pytest
from browsing import bytes_painted, press, until
from PIL import Image
from well_made import assert_well_made

from helpers.explore.walk import BY_HAND, first_centroids, run
from helpers.explore.walk_pictures import SIZE, plane


def lesson_points():
    rng = np.random.default_rng(7)
    heaps = np.array([[1.0, 1.0], [4.0, 1.5], [2.0, 4.0]])
    return np.vstack([h + 0.55 * rng.standard_normal((20, 2)) for h in heaps]).round(2)


def wait_for_half_step(page, number):
    page.wait_for_function(
        "(words) => document.querySelector('.sixteen-words')?.innerText.startsWith(words)",
        arg=f"Half-step {number} of",
    )


def wait_for_picture(picture, expected):
    """Wait until these pixels are painted."""

    def painted():
        return np.asarray(Image.open(io.BytesIO(bytes_painted(picture))))

    assert until(lambda: np.array_equal(painted(), expected))


@pytest.mark.parametrize("lesson", ["05_kmeans_by_hand"], indirect=True)
def test_k_means_is_walked_through_by_keyboard(lesson):
    page = lesson
    handle = page.get_by_role("slider", name="Half-step", exact=True)
    handle.scroll_into_view_if_needed()
    steps = run(lesson_points(), first_centroids(lesson_points(), 3, 8))[0]
    for key, n in (("ArrowRight", 1), ("ArrowRight", 2), ("ArrowLeft", 1), ("End", 18)):
        press(handle, key)
        wait_for_half_step(page, n)
        assert f"{steps[n].wcss:.2f}." in page.locator(".sixteen-words").inner_text()
        told = f"{steps[n].wcss:.2f}"
        page.locator(f'img.sixteen-curve[alt*="{told}"]').wait_for()
    page.locator(".sixteen-explorer [role=status]", has_text="Nothing moves").wait_for(
        state="attached"
    )

    # From the end it begins again.
    page.get_by_role("button", name="Play", exact=True).press("Space")
    begun = re.compile(r"Half-step ([1-9]|1[0-7]) of")
    page.locator(".sixteen-words", has_text=begun).wait_for()
    page.get_by_role("button", name="Pause", exact=True).press("Space")
    page.get_by_role("button", name="Play", exact=True).wait_for()

    page.get_by_role("button", name="Another seed").press("Space")
    page.locator(".sixteen-words", has_text="Half-step 0 of").filter(has_text="seed 9").wait_for()


def begin_by_hand(page):
    """The picture of lesson 05's walk as it was in the beginning, and the places on it."""
    page.get_by_role("button", name="All as it was").click()
    wait_for_half_step(page, 0)
    picture = page.locator("img.sixteen-picture")
    picture.scroll_into_view_if_needed()
    place = plane(lesson_points()).place

    def on_the_page(x):
        box, share = picture.bounding_box(), place(x) / SIZE
        return box["x"] + share[0] * box["width"], box["y"] + share[1] * box["height"]

    return picture, on_the_page


def wait_for_centroid(page, k, x):
    """Wait until the picture's words say that centroid k is there, as exactly as pixels are."""
    page.wait_for_function(
        """([k, x, y]) => {
          const { alt } = document.querySelector("img.sixteen-picture");
          const told = alt.match(new RegExp(`${k} at \\\\(([-.0-9]+), ([-.0-9]+)\\\\)`));
          return told && Math.abs(told[1] - x) < 0.03 && Math.abs(told[2] - y) < 0.03;
        }""",
        arg=[k, *map(float, x)],
    )


class Finger:
    """Moves as Playwright's mouse does, but by touch."""

    def __init__(self, page):
        self.cdp, self.at = page.context.new_cdp_session(page), None

    def tell(self, kind, *places):
        points = [{"x": x, "y": y} for x, y in places]
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def move(self, x, y):
        if self.at:
            self.tell("touchMove", (x, y))
        self.at = (x, y)

    def down(self):
        self.tell("touchStart", self.at)

    def up(self):
        self.tell("touchEnd")


SCROLLED = "document.querySelector('.jp-WindowedPanel-outer').scrollTop"
in_lesson_05 = pytest.mark.parametrize("lesson", ["05_kmeans_by_hand"], indirect=True)


@pytest.mark.parametrize("finger", [False, True])
@in_lesson_05
def test_a_centroid_is_dragged_and_the_walk_begins_there(lesson, finger):
    page = lesson
    _, on_the_page = begin_by_hand(page)
    start, hand = first_centroids(lesson_points(), 3, 8), Finger(page) if finger else page.mouse
    hand.move(*on_the_page(start[0]))
    hand.down()
    scrolled = page.evaluate(SCROLLED)
    for share in np.linspace(0, 1, 60):  # faster than Python answers
        hand.move(*on_the_page((1 - share) * start[0] + share * np.array([3.0, 3.0])))
    page.locator(".sixteen-words", has_text="Let go").wait_for()
    hand.up()
    wait_for_half_step(page, 1)
    wait_for_centroid(page, 0, (3, 3))
    wait_for_centroid(page, 1, start[1])
    begun = page.locator(".sixteen-start select option:checked").inner_text()
    assert begun.replace("\xa0", " ") == BY_HAND
    assert scrolled == page.evaluate(SCROLLED)


@in_lesson_05
def test_a_finger_beside_the_picture_scrolls_the_page(lesson):
    begin_by_hand(lesson)
    finger, hint = Finger(lesson), lesson.locator(".sixteen-hint")
    hint.scroll_into_view_if_needed()
    x, y = hint.bounding_box()["x"] + 200, hint.bounding_box()["y"] + 20
    scrolled = lesson.evaluate(SCROLLED)
    finger.move(x, y)
    finger.down()
    for n in range(20):
        finger.move(x, y - 10 * n)
    finger.up()
    lesson.wait_for_function(f"before => {SCROLLED} > before", arg=scrolled)


@in_lesson_05
def test_points_are_added_and_taken_away_by_clicks(lesson):
    picture, on_the_page = begin_by_hand(lesson)
    for count in (61, 60):
        lesson.mouse.click(*on_the_page([3.0, 4.5]))
        lesson.locator(f'img.sixteen-picture[alt^="{count} points"]').wait_for()


@in_lesson_05
def test_lines_to_all_centroids_appear_under_the_mouse(lesson):
    picture, on_the_page = begin_by_hand(lesson)
    x, centroids = lesson_points()[20], first_centroids(lesson_points(), 3, 8)
    lesson.mouse.move(*on_the_page(x))
    told = ", ".join(f"{np.hypot(*(x - c)):.2f} to centroid {k}" for k, c in enumerate(centroids))
    lesson.locator(".sixteen-hint", has_text=told).wait_for()
    lesson.mouse.move(5, 5)
    lesson.locator(".sixteen-hint", has_text="Drag a centroid").wait_for()


@in_lesson_05
def test_keys_move_a_centroid_and_add_a_point_and_no_key_edits_the_page(lesson):
    page = lesson
    picture, _ = begin_by_hand(page)
    before = page.evaluate("document.querySelectorAll('.jp-Cell').length")
    picture.focus()
    page.keyboard.press("2")
    page.keyboard.press("Shift+ArrowRight")
    place = plane(lesson_points()).place
    start = first_centroids(lesson_points(), 3, 8)
    one = (place([1, 0]) - place([0, 0]))[0]  # pixels of the sheet
    wait_for_centroid(page, 2, start[2] + (25 / one, 0))
    assert "centroid 2 at" in picture.get_attribute("aria-valuetext")
    for key, count in (("p", 60), ("Enter", 61), ("Delete", 60), ("d", 60), ("d", 60)):
        page.keyboard.press(key)
        page.locator(f'img.sixteen-picture[alt^="{count} points"]').wait_for()
    assert picture.evaluate("img => img === document.activeElement")
    assert page.evaluate("document.querySelectorAll('.jp-Cell').length") == before


@in_lesson_05
def test_the_keys_home_and_end_know_a_range_that_has_changed(lesson):
    begin_by_hand(lesson)
    lesson.locator(".sixteen-what select").select_option("one long heap")
    wait_for_half_step(lesson, 0)
    lesson.locator(".sixteen-words", has_text="0 of 36").wait_for()
    handle = lesson.get_by_role("slider", name="Half-step", exact=True)
    for key, n in (("End", 36), ("Home", 0)):
        handle.press(key)
        wait_for_half_step(lesson, n)
    lesson.get_by_role("slider", name="K, the number of centroids").press("End")
    lesson.locator(".sixteen-words", has_text="6 points of one corner").wait_for()


@in_lesson_05
def test_its_controls_stand_in_two_rows_and_nothing_scrolls_but_the_page(lesson):
    begin_by_hand(lesson)
    for part in ("what", "back"):
        row = lesson.locator(f".sixteen-explorer > div:has(> .sixteen-{part})")
        assert row.evaluate("(node) => node.offsetHeight") < 45, f"the row of {part} is wrapped"
    bars = "(node) => [node.offsetWidth - node.clientWidth, node.offsetHeight - node.clientHeight]"
    explorer = lesson.locator(".sixteen-explorer:has(.sixteen-step)")
    assert explorer.evaluate(bars) == [0, 0]
    assert_well_made(lesson)
