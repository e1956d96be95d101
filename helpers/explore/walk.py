"""The run of K-means in half-steps, as plain data: what it walks on, starts from, and runs with."""

import functools
from typing import NamedTuple

import numpy as np

from helpers import images, watch
from helpers.codebook import find_closest_centroids
from helpers.explore.own import Trouble, answer, ask, called, numbered, shaped, theirs
from helpers.kmeans import compute_centroids, kmeans_init_centroids, use_every_color, wcss
from helpers.plots import SERIES

COURSE = (find_closest_centroids, compute_centroids)
SAMPLE = 2500  # pixels that the colors are clustered with
MOST_MOVES = 100
PATIENCE = 1.5  # seconds of computing after which a learner's walk stops
PLANE, COLORS = "points in a plane", "colors of the picture"
DRAWN, TWINS, CORNER, BY_HAND = STARTS = (
    "drawn by the seed",
    "two at the same place",
    "all in one corner",
    "placed by hand",
)


class HalfStep(NamedTuple):
    """Where K-means stands after half a step; a learner's may hold nan.

    A rescue gives pixels to centroids that have none; done is a move that moved nothing.
    """

    kind: str  # start, assign, rescue, move, done
    centroids: np.ndarray  # (K, d)
    idx: np.ndarray | None  # (N,); None at the start, as the WCSS
    wcss: float | None


class Cloud(NamedTuple):
    """What is clustered, what its parts are called, and how many centroids it gets."""

    X: np.ndarray
    frame: np.ndarray  # the points as they came, between which a plane is drawn
    what: str
    one: str
    center: str
    K: int
    most: int
    question: str = ""
    start: str = DRAWN

    @property
    def many(self):
        """What several are called."""
        return f"{self.one}s"

    @property
    def flat(self):
        """Whether it lies in a plane."""
        return self.frame.shape[1] == 2


def _heaps(rng, *heaps):
    """Points around several places: for each heap their number, the place, and the spread."""
    return np.vstack([place + spread * rng.standard_normal((n, 2)) for n, place, spread in heaps])


def _rings(rng, *rings):
    """Points on several circles: for each their number and the radius."""
    turns = [(2 * np.pi * np.arange(n)[:, None] / n, radius) for n, radius in rings]
    circles = [radius * np.hstack([np.cos(turn), np.sin(turn)]) for turn, radius in turns]
    return np.vstack(circles) + 0.07 * rng.standard_normal((sum(n for n, _ in rings), 2))


PRESETS = {  # points that teach: how they are made, K, what to look for, where to start
    "one long heap": (
        lambda rng: _heaps(rng, (60, (3, 2), (1.6, 0.25))),
        3,
        "Nature made one heap here. What do three centroids make of it?",
        CORNER,
    ),
    "a far point": (
        lambda rng: _heaps(rng, (20, (1, 1), 0.35), (20, (2.8, 1.2), 0.35), (1, (8, 4.5), 0)),
        2,
        "Go to the end, drag the far point nearer, and watch both heaps.",
        DRAWN,
    ),
    "two rings": (
        lambda rng: _rings(rng, (16, 1), (40, 3)),
        2,
        "Can you find a start from which each ring gets a centroid of its own?",
        DRAWN,
    ),
    "unequal sizes": (
        lambda rng: _heaps(rng, (70, (2, 2), 0.75), (8, (5.2, 1.2), 0.15), (8, (5.2, 2.8), 0.15)),
        3,
        "You see three heaps. Which starts find them, and which find a smaller WCSS?",
        DRAWN,
    ),
}


def clouds(points, pixels=None):
    """Everything that can be clustered: the page's points, the presets, a picture's colors."""
    rng = np.random.default_rng(7)
    found = [_cloud(points, PLANE, "point", "centroid", 3, len(SERIES))]
    if found[0].most < 2:
        raise ValueError("There is one point to cluster, or all are the same; give two or more.")
    for name, (make, K, *words) in PRESETS.items():
        found.append(_cloud(make(rng).round(2), name, "point", "centroid", K, len(SERIES), *words))
    if pixels is not None:
        colors = images.some_of(images.to_pixels(pixels), SAMPLE)
        found.append(_cloud(colors, COLORS, "pixel", "color", 8, 16))
    return found


def _cloud(X, what, one, center, K, most, *words):
    count = different(X)
    return Cloud(X, X, what, one, center, min(K, count), min(most, count), *words)


def different(X):
    """How many different rows there are."""
    return len(np.unique(X, axis=0))


def first_centroids(X, K, seed, how=DRAWN):
    """K rows of X to start from; twins are two at the same place, if there are two."""
    if how == CORNER:
        rows = np.unique(X, axis=0)
        return rows[((rows - X.min(axis=0)) ** 2).sum(axis=1).argsort(kind="stable")[:K]]
    start = kmeans_init_centroids(X, K, np.random.default_rng(seed))
    if how == TWINS and K > 1:
        start[1] = start[0]
    return start


def run(X, start, functions=COURSE, most_moves=MOST_MOVES, here=False):
    """All half-steps with somebody's (assign, move), and a sentence if they end in trouble.

    ``here`` is for functions that have come back before: see `helpers.explore.own.ask`.
    """
    own = theirs(*functions)
    if not own:
        return list(_walk(X, start, most_moves, *functions)), ""
    work = functools.partial(_until_trouble, functions=functions, most_moves=most_moves)
    work.__wrapped__ = own[0]
    work.__name__ = called(own[0]) if len(own) == 1 else ""  # of two, nobody knows which
    try:
        steps, trouble = ask(work, X, start, here=here)
    except Trouble as stopped:
        return [HalfStep("start", start, None, None)], f"In this walk {stopped}"
    return [HalfStep(*step) for step in steps], trouble


def _until_trouble(X, start, functions, most_moves):
    steps, been, end = [], set(), watch.thread_clock() + PATIENCE
    try:
        for step in _walk(X, start, most_moves, *functions):
            steps.append(tuple(step))
            where = step.centroids.tobytes()
            if step.kind == "move" and where in been:
                raise Trouble("the walk comes back to where it has been, and goes in circles.")
            been |= {where} if step.kind == "move" else set()
            if watch.thread_clock() > end and step.kind != "done":
                raise Trouble(f"the functions took {PATIENCE} seconds so far, and the walk stops.")
    except Trouble as trouble:
        return steps, f"After half-step {len(steps) - 1}: {trouble}"
    return steps, ""


def _walk(X, start, most_moves, assign, move):
    """Half-step after half-step; only the course's own K-means is rescued from empty groups."""
    K = len(start)

    def assigned(centroids):
        idx = numbered(assign, answer(assign, X, centroids), len(X), K)
        yield HalfStep("assign", centroids, idx, _wcss(X, centroids, idx))
        if not theirs(assign, move):
            rescued, regrouped = use_every_color(X, centroids, idx)
            if rescued is not centroids:
                yield HalfStep("rescue", rescued, regrouped, wcss(X, rescued, regrouped))

    yield HalfStep("start", start, None, None)
    yield from (step := list(assigned(start)))
    for _ in range(most_moves):
        _, centroids, idx, _ = step[-1]
        moved = shaped(move, answer(move, X, idx, K), start.shape, "a row for each centroid")
        moved = moved.astype(float)
        done = np.array_equal(moved, centroids, equal_nan=True)
        yield HalfStep("done" if done else "move", moved, idx, _wcss(X, moved, idx))
        if done:
            return
        yield from (step := list(assigned(moved)))


def _wcss(X, centroids, idx):
    """The WCSS; nan if points belong to a centroid that is nowhere."""
    if np.isfinite(centroids).all():
        return wcss(X, centroids, idx)
    return float(((X - centroids[idx]) ** 2).sum())
