"""Functions that are right, and slow: it is told, and no page waits for minutes."""

import contextlib
import time
from collections import Counter

import matplotlib.pyplot as plt
import numpy as np
import pytest
from grading import answers
from lessons import build, python

from helpers.checks import pace, run
from helpers.checks.exercises import EXERCISES

# Right answers, and whether the page goes on with the learner's own: what it takes would be
# minutes only where it is False.
LOOPS = {
    "one line": (
        "find_closest_centroids",
        True,
        "return ((X[:, None] - centroids) ** 2).sum(axis=-1).argmin(axis=1)",
    ),
    "a loop over the pixels": (
        "find_closest_centroids",
        True,
        """
idx = np.zeros(len(X), dtype=int)
for n in range(len(X)):
    idx[n] = ((X[n] - centroids) ** 2).sum(axis=1).argmin()
return idx
""",
    ),
    "a loop in a loop": (
        "find_closest_centroids",
        True,
        """
idx = []
for x in X:
    far = [((x - c) ** 2).sum() for c in centroids]
    idx.append(far.index(min(far)))
return np.array(idx)
""",
    ),
    "a palette by a loop over the pixels": (
        "quantize",
        True,
        """
painted = np.zeros(image.shape)
for i in range(image.shape[0]):
    for j in range(image.shape[1]):
        painted[i, j] = codebook[((image[i, j] - codebook) ** 2).sum(axis=1).argmin()]
return painted
""",
    ),
    "a palette by a loop in a loop": (
        "quantize",
        False,
        """
painted = np.zeros(image.shape)
for i in range(image.shape[0]):
    for j in range(image.shape[1]):
        far = [np.linalg.norm(image[i, j] - c) for c in codebook]
        painted[i, j] = codebook[far.index(min(far))]
return painted
""",
    ),
    "K-means all in loops": (
        "run_kmeans",
        False,
        """
centroids = np.array(initial_centroids, dtype=float)
def assign():
    far = [[((x - c) ** 2).sum() for c in centroids] for x in X]
    return np.array([row.index(min(row)) for row in far])
idx = assign()
for _ in range(max_iters):
    moved = centroids.copy()
    for k in range(len(centroids)):
        if (idx == k).any():
            moved[k] = X[idx == k].mean(axis=0)
        else:
            moved[k] = X[((X[:, None] - centroids) ** 2).sum(axis=-1).min(axis=1).argmax()]
    if np.array_equal(moved, centroids):
        break
    centroids = moved
    idx = assign()
return centroids, idx
""",
    ),
    "a list that grows": (
        "to_pixels",
        True,
        "return np.array([pixel for row in image for pixel in row])",
    ),
    "an array that is made anew": (
        "to_pixels",
        False,
        """
pixels = []
for row in image:
    for pixel in row:
        pixels = np.array([*pixels, pixel])
return pixels
""",
    ),
    "a search in a list": (
        "count_colors",
        False,
        """
colors, counts, inverse = [], [], []
for pixel in image.reshape(-1, 3).tolist():
    if pixel not in colors:
        colors.append(pixel)
        counts.append(0)
    inverse.append(colors.index(pixel))
    counts[inverse[-1]] += 1
return np.array(colors), np.array(counts), np.array(inverse)
""",
    ),
    "a dictionary": (
        "add_counts",
        True,
        """
total = {}
for color, pixels in [*a.tolist(), *b.tolist()]:
    total[color] = total.get(color, 0) + pixels
return np.array(sorted(total.items()), dtype=np.int64).reshape(-1, 2)
""",
    ),
    "all distances one by one, where the page asks for few": (
        "pairwise_distances",
        True,
        "return np.array([[np.sqrt(((x - c) ** 2).sum()) for c in C] for x in X])",
    ),
    "pixel by pixel, where nothing else is possible": ("dither", True, None),
}


NAMES = """
import importlib.util
import math
import numpy as np
from helpers.codebook import find_closest_centroids
from helpers.color import nearest_color, pairwise_distances, squared_distances
from helpers.compression import mse
from helpers.images import to_image, to_pixels
from helpers.kmeans import compute_centroids
if importlib.util.find_spec("torch"):
    import torch
FLOYD_STEINBERG = ((0, 1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1))
GRAY_WEIGHTS = np.array([0.299, 0.587, 0.114])
"""


@pytest.fixture
def told(monkeypatch):
    """What a page shows of a check."""
    shown = []
    monkeypatch.setattr(run, "display", shown.append)
    return shown


def learned(name, code):
    """The function that a learner has written: these lines, or those of the worked page."""
    space = {}
    exec(NAMES, space)
    if code is None:
        [text] = [found[name] for found in map(answers, build.sources()) if name in found]
    else:
        lines = code.strip().splitlines()
        text = "\n    ".join([f"def {name}({', '.join(EXERCISES[name].parameters)}):", *lines])
    exec(text, space)
    return space[name]


@pytest.mark.spread(3)
@pytest.mark.parametrize("case", LOOPS)
def test_right_and_slow_keeps_its_points_and_the_page_waits_no_minutes(case, told):
    name, theirs, code = LOOPS[case]
    function = learned(name, code)
    goes_on = run.check(function)
    assert told[0].passed and told[0].state == "right"
    run.require(name)
    assert goes_on is (function if theirs else EXERCISES[name].answer)
    if not theirs:
        assert "And slow" in told[0].message and run.SO_LONG in told[0].message


@pytest.mark.spread(3)
@pytest.mark.parametrize("case", [case for case, (_, theirs, _) in LOOPS.items() if not theirs])
def test_a_machine_ten_times_as_slow_finds_it_out_too(case, monkeypatch):
    name, _, code = LOOPS[case]
    monkeypatch.setattr(pace, "LOOK", pace.LOOK / 10)
    function = learned(name, code)  # what else runs can hold one of three looks up, or two
    assert any(pace.wait(name, function) > pace.MINUTES for _ in range(3))


def test_what_takes_seconds_is_told_and_stays_the_learners(told, monkeypatch):
    name, _, code = LOOPS["a loop in a loop"]
    function = learned(name, code)
    monkeypatch.setattr(pace, "LONG", 0.5)  # on a quick machine, too
    assert run.check(function) is function
    assert "And slow" in told[0].message and "seconds" in told[0].message
    assert run.SO_LONG not in told[0].message


def test_on_a_slow_machine_a_good_answer_is_not_to_blame(told, monkeypatch):
    name, _, code = LOOPS["one line"]
    monkeypatch.setattr(pace, "LONG", 0)
    monkeypatch.setattr(pace, "MINUTES", 0)
    function = learned(name, code)
    assert run.check(function) is function
    assert "And slow" not in told[0].message


@pytest.mark.spread(3)
@pytest.mark.parametrize("name", pace.ASKED)
def test_what_the_worked_pages_answer_is_not_slow(name):
    if name == "lloyd_step":
        pytest.importorskip("torch")
    function = learned(name, None)
    assert not pace.is_slow(pace.wait(name, function), name, EXERCISES[name].answer)


@pytest.mark.slow
@pytest.mark.parametrize("case", ["a loop in a loop", "a palette by a loop over the pixels"])
def test_the_wait_is_about_what_it_really_takes(case, monkeypatch):
    """Against one call at full size; that size is what a few seconds allow."""
    name, _, code = LOOPS[case]
    function = learned(name, code)
    arguments, size = pace.ASKED[name][0], 24_576
    monkeypatch.setitem(pace.ASKED, name, (arguments, size, 1))
    really, told = [], []
    for _ in range(3):  # the least of each: what others do at the same time slows both
        given, begun = arguments(size), time.thread_time()
        function(*given)
        really.append(time.thread_time() - begun)
        told.append(pace.wait(name, function))
    assert min(told) == pytest.approx(min(really), rel=0.6)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(5.2, "about 5 seconds"), (99, "about 99 seconds"), (600, "about 10 minutes")]
    + [(5000, "more than an hour"), (np.inf, "more than an hour")],
)
def test_the_time_is_said_in_words(seconds, words):
    assert words in pace.told(seconds)


# --- What pages ask ------------------------------------------------------------------------

PAGES = {  # lesson -> the exercises whose pixels are counted; those of 10 and 11 need libraries
    source.stem: names
    for source in build.sources()
    if source.name < "09" and (names := pace.ASKED.keys() & answers(source).keys())
}


@pytest.mark.weekly
@pytest.mark.parametrize("lesson", PAGES)
def test_the_table_says_about_what_the_rest_of_the_page_asks(lesson, monkeypatch, shown):
    """The worked page runs from the top, and what comes to each function is counted."""
    monkeypatch.chdir(build.NOTEBOOKS)
    asked, space = Counter(), {"__name__": "__main__"}

    def check(name):
        answer = space[name]

        def counting(*arguments, **settings):
            asked[name] += np.prod(np.shape(arguments[0])[:-1])
            return answer(*arguments, **settings)

        return counting

    monkeypatch.setattr("helpers.checks.check", check)
    [source] = [source for source in build.sources() if source.stem == lesson]
    for cell in python(build.edition(source, "worked")):
        expected = Exception if "raises-exception" in cell.metadata.get("tags", []) else ()
        with contextlib.suppress(expected):
            exec(cell.source, space)
    plt.close("all")
    for name in PAGES[lesson] - {"run_kmeans"}:  # how often it goes through its pixels is not seen
        _, size, calls = pace.ASKED[name]
        assert asked[name] / 1.5 <= size * calls <= 1.5 * asked[name]
