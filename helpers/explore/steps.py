"""K-means one half-step at a time: assign, move, assign, move ..."""

from typing import NamedTuple

import ipywidgets as widgets
import numpy as np

from helpers import images
from helpers.codebook import find_closest_centroids
from helpers.color import from_hex, to_hex
from helpers.doors import as_documented
from helpers.explore.base import Explorer, pause
from helpers.explore.canvas import (
    GLYPHS,
    INK,
    PALE,
    Canvas,
    draw_scales,
    encode,
    encode_small,
    multiples,
    round_step,
)
from helpers.explore.controls import box, button, menu, named, picture, row, slider, text
from helpers.explore.cube import TILT, TURN, draw_cloud, project, some_of
from helpers.explore.stills import chips, color_chips, linked_stack
from helpers.kmeans import compute_centroids, kmeans_init_centroids, use_every_color, wcss
from helpers.plots import SERIES

SAMPLE = 2500  # pixels that the colors are clustered with
MOST_MOVES = 100
SEED = 8  # the start of lesson 05
SIZE, CURVE_SIZE = (470, 410), (330, 410)  # side by side where a page has room for 800
BOX = (34, 10, 462, 366)  # where the plane lies on its sheet: left, top, right, bottom
CURVE_BOX = (46, 34, 318, 366)
SERIES_COLORS = np.array([from_hex(name) for name in SERIES])


class HalfStep(NamedTuple):
    """Where K-means stands after half a step.

    Attributes
    ----------
    kind : {"start", "assign", "rescue", "move", "done"}
        A rescue gives pixels to centroids that have none; done is a move that moved
        nothing.
    centroids : ndarray, shape (K, d)
    idx : ndarray, shape (N,), or None at the start
    wcss : float, or None at the start
    """

    kind: str
    centroids: np.ndarray
    idx: np.ndarray | None
    wcss: float | None


class Cloud(NamedTuple):
    """What is clustered, what its parts are called, and how many centroids it gets."""

    X: np.ndarray
    what: str
    one: str
    many: str
    center: str
    K: int
    most: int


@as_documented
def step_through(points, pixels=None):
    """Walk through K-means one half-step at a time.

    Parameters
    ----------
    points : ndarray, shape (N, 2)
        Points of a plane.
    pixels : ndarray, shape (M, 3) or (H, W, 3), values in [0, 1], optional
        The colors of a picture; of many, a sample is clustered.

    Raises
    ------
    ValueError
        All points are the same.
    """
    Walk(points, pixels).present()


# --- The explorer --------------------------------------------------------------------------


class Walk(Explorer):
    """The explorer of `step_through`.

    Attributes
    ----------
    clouds : dict
        What can be clustered, by what the menu calls it; the plane first.
    steps : list of HalfStep
        The run that is shown.
    """

    def __init__(self, points, pixels=None):
        self.clouds = {cloud.what: cloud for cloud in _clouds(points, pixels)}
        parts = _controls(list(self.clouds))
        start = ["what", "K", "seed", "again", "twins"][len(self.clouds) == 1 :]
        rows = [
            row(*(parts[name] for name in start)),
            row(*(parts[name] for name in ("back", "play", "forward", "step"))),
            parts["words"],
            row(parts["picture"], parts["curve"]),
            parts["turn"],
            parts["groups"],
        ]
        super().__init__(rows, parts)
        self.player = self.add_player("step", "play", "Pause", value=0, min=0, max=1, interval=700)
        self.when("what", self.other_cloud)
        self.when("K seed twins", self.restart)
        self.when("again", self.other_seed)
        self.when("step", self.paint)
        self.when("turn", self.paint_points)
        self.when("back", lambda: self.go(-1))
        self.when("forward", lambda: self.go(+1))
        self.other_cloud()

    @property
    def cloud(self):
        """What is clustered."""
        return self.clouds[self.value("what")]

    def other_cloud(self):
        """Points or colors, with the K that suits them."""
        cloud, K = self.cloud, self.parts["K"]
        self.parts["turn"].layout.display = "none" if cloud.X.shape[1] == 2 else None
        with self.quietly(), K.hold_sync(), K.hold_trait_notifications():
            K.min, K.max, K.value = min(2, cloud.most), cloud.most, cloud.K
        self.restart()

    def other_seed(self):
        """The next one."""
        self.put(seed=self.value("seed") + 1)
        self.restart()

    def restart(self):
        """A new run, from its start."""
        pause(self.player)
        K, seed, twins = (self.value(name) for name in ("K", "seed", "twins"))
        self.steps = half_steps(self.cloud.X, first_colors(self.cloud.X, K, seed, twins))
        self.put(step=0)
        self.parts["step"].max = self.player.max = len(self.steps) - 1
        self.paint()

    def go(self, way):
        """One half-step back or forward."""
        pause(self.player)
        n = self.value("step") + way
        self.parts["step"].value = min(max(n, 0), len(self.steps) - 1)

    def paint(self):
        """The half-step that the slider names, in words and pictures."""
        n = self.value("step")
        words = step_words(self.cloud, self.steps, n, self.value("seed"))
        heading, rest = words.split(":", 1)
        self.put(
            curve=encode(curve_picture(self.steps, n)),
            words=f"<p style='margin: 0'><b>{heading}:</b>{rest}</p>",
            groups=group_chips(self.cloud, self.steps[n]),
        )
        self.parts["back"].disabled = n == 0
        self.parts["forward"].disabled = n == len(self.steps) - 1
        self.rename(curve=curve_words(self.steps, n))
        self.paint_points()
        self.say_at_rest(words)

    def paint_points(self):
        """The points alone: a turn changes nothing else."""
        n, turn = self.value("step"), self.value("turn")
        self.put(picture=encode(picture_of(self.cloud, self.steps, n, turn)))
        self.rename(picture=picture_words(self.cloud, self.steps[n]))

    def words(self):
        """Where the walk through the plane ends."""
        plane, steps = self._first_walk()
        last = step_words(plane, steps, len(steps) - 1)
        return f"K-means on {len(plane.X)} points, seed {SEED}, in half-steps. {last}"

    def still(self):
        """Every half-step through the plane, from the first seed."""
        plane, steps = self._first_walk()
        frames = []
        for n, step in enumerate(steps):
            both = picture_of(plane, steps, n, TURN), curve_picture(steps, n)
            label = f"{n} of {len(steps) - 1}: {step.kind}"
            frames.append((label, encode_small(*both, colors=128), step_words(plane, steps, n)))
        # The last frame stands where no script runs: it has the whole curve and all trails.
        return linked_stack("Half-step", frames, len(frames) - 1)

    def _first_walk(self):
        plane = next(iter(self.clouds.values()))
        return plane, half_steps(plane.X, first_colors(plane.X, plane.K, SEED))


def _clouds(points, pixels):
    clouds = [_cloud(points, "points in a plane", "point", "centroid", 3, len(SERIES))]
    if clouds[0].most < 2:
        raise ValueError("There is one point to cluster, or all are the same; give two or more.")
    if pixels is not None:
        colors = some_of(images.to_pixels(pixels), SAMPLE)
        clouds.append(_cloud(colors, "colors of the picture", "pixel", "color", 8, 16))
    return clouds


def _cloud(X, what, one, center, K, most):
    different = len(np.unique(X, axis=0))
    return Cloud(X, what, one, f"{one}s", center, min(K, different), min(most, different))


def _controls(clouds):
    spaced = {"margin": "2px 2px 2px 10px"}  # some room to the control before
    K = slider("K", 3, 2, 6, width=None, flex="1 1 180px", **spaced)
    seed = widgets.BoundedIntText(
        SEED,
        min=0,
        max=9999,
        description="Seed",
        style={"description_width": "initial"},
        layout={"width": "8.5em", **spaced},
    )
    turn = slider("Turn, degrees", TURN, -180, 180, 2, width="100%", max_width="500px")
    return {
        "what": menu("Show", clouds, label="initial", width="auto", flex="0 1 auto"),
        "K": named("K, the number of centroids", K),
        "seed": named("Seed of the start", seed),
        "again": button("Another seed"),
        "twins": box("Start two at the same place", **spaced),
        "back": button("Back"),
        "play": button("Play"),
        "forward": button("Forward"),
        "step": slider("Half-step", 0, 0, 1, width=None, flex="1 1 240px", **spaced),
        "words": text(min_height="3.2em", width="100%", margin="0"),
        "picture": picture(max_width="100%"),
        "curve": picture(max_width="100%"),
        "turn": named("Turn the cube, in degrees", turn),
        "groups": text(),
    }


# --- The run, as helpers.kmeans computes it ------------------------------------------------


def first_colors(X, K, seed, twins=False):
    """K rows of X to start from; twins are two at the same place, if there are two."""
    start = kmeans_init_centroids(X, K, np.random.default_rng(seed))
    if twins and K > 1:
        start[1] = start[0]
    return start


def half_steps(X, start, most_moves=MOST_MOVES):
    """All half-steps of ``helpers.kmeans.run_kmeans(X, start, most_moves)``."""
    steps = [HalfStep("start", start, None, None), *_assigned(X, start)]
    for _ in range(most_moves):
        _, centroids, idx, _ = steps[-1]
        moved = compute_centroids(X, idx, len(centroids))
        kind = "done" if np.array_equal(moved, centroids) else "move"
        steps.append(HalfStep(kind, moved, idx, wcss(X, moved, idx)))
        if kind == "done":
            break
        steps += _assigned(X, moved)
    return steps


def _assigned(X, centroids):
    """The assignment, and the rescue where a centroid has nothing."""
    idx = find_closest_centroids(X, centroids)
    steps = [HalfStep("assign", centroids, idx, wcss(X, centroids, idx))]
    rescued, regrouped = use_every_color(X, centroids, idx)
    if rescued is not centroids:
        steps.append(HalfStep("rescue", rescued, regrouped, wcss(X, rescued, regrouped)))
    return steps


# --- In words ------------------------------------------------------------------------------


def step_words(cloud, steps, n, seed=SEED):
    """What a half-step did, with its numbers: one heading, one to three sentences."""
    step = steps[n]
    heading = f"Half-step {n} of {len(steps) - 1}, {step.kind}:"
    if step.kind == "start":
        return f"{heading} {_start_words(cloud, step, seed)}"
    before = steps[n - 1]
    said = {"assign": _assign_words, "rescue": _rescue_words, "move": _move_words}
    if step.kind == "done":
        sentence = f"every {cloud.center} is the mean of its {cloud.many} already. Nothing moves."
    else:
        sentence = said[step.kind](cloud, before, step)
    words = f"{heading} {sentence} {_wcss_words(before.wcss, step.wcss)}"
    if n == len(steps) - 1 and step.kind != "done":
        words += f" Here the walk stops, after {MOST_MOVES} moves."
    return words


def _start_words(cloud, step, seed):
    words = f"seed {seed} draws {len(step.centroids)} of the {cloud.many}. No groups yet."
    for k, twin in _twins(step.centroids):
        words += f" {cloud.center.capitalize()}s {twin} and {k} are at the same place."
    return words


def _twins(centroids):
    """Pairs (k, the first one at the same place) of centroids that are not the first."""
    first = [int((centroids == c).all(axis=1).argmax()) for c in centroids]
    return [(k, twin) for k, twin in enumerate(first) if twin != k]


def _assign_words(cloud, before, step):
    if before.idx is None:
        words = f"every {cloud.one} goes to its nearest {cloud.center}."
    else:
        changed = int((before.idx != step.idx).sum())
        count = f"{changed or 'no'} {cloud.one if changed == 1 else cloud.many}"
        words = f"{count} {'changes its' if changed == 1 else 'change their'} group."
    for k in np.flatnonzero(_sizes(step) == 0):
        why = ", for ties go to the lower number" if k in dict(_twins(step.centroids)) else ""
        words += f" {cloud.center.capitalize()} {k} gets none{why}: it has no mean to go to."
    return words


def _rescue_words(cloud, before, step):
    sentences = []
    for k in np.flatnonzero((before.centroids != step.centroids).any(axis=1)):
        sentences.append(
            f"the lost {cloud.center} {k} moves to the {cloud.one} that is served worst, "
            f"{_place(step.centroids[k])}, and gets {_sizes(step)[k]} {cloud.many}"
        )
    return "; ".join(sentences) + "."


def _move_words(cloud, before, step):
    ways = np.sqrt(((step.centroids - before.centroids) ** 2).sum(axis=1))
    return (
        f"every {cloud.center} goes to the mean of its {cloud.many}; the longest way, "
        f"{ways.max():.3f}, is that of {cloud.center} {ways.argmax()}."
    )


def _wcss_words(before, now):
    if before is None:
        return f"WCSS {now:.2f}."
    if f"{before:.2f}" == f"{now:.2f}":
        return f"WCSS stays at {now:.2f}."
    return f"WCSS falls from {before:.2f} to {now:.2f}."


def _place(x):
    """A color by its hex name, a point by its coordinates."""
    return to_hex(x) if len(x) == 3 else f"({x[0]:.2f}, {x[1]:.2f})"


def _sizes(step):
    return np.bincount(step.idx, minlength=len(step.centroids))


def picture_words(cloud, step):
    """What the picture shows, for those who do not see it."""
    where = "a plane" if cloud.X.shape[1] == 2 else "the cube of red, green and blue"
    places = ", ".join(f"{k} at {_place(c)}" for k, c in enumerate(step.centroids))
    return f"{len(cloud.X):,} {cloud.many} in {where}. {cloud.center.capitalize()}s: {places}."


def curve_words(steps, n):
    """The WCSS so far, in numbers."""
    values = [f"{step.wcss:.2f}" for step in steps[1 : n + 1]]
    if not values:
        return "The curve of the WCSS, still empty."
    if len(values) > 8:
        values = [*values[:4], "and so on", *values[-3:]]
    return f"The curve of the WCSS up to half-step {n}: {', '.join(values)}."


def group_chips(cloud, step):
    """How many points each centroid has, as colored labels."""
    if cloud.X.shape[1] == 3:
        shares = None if step.idx is None else _sizes(step) / len(cloud.X)
        return color_chips(step.centroids, shares)
    texts = []
    for k, place in enumerate(step.centroids):
        count = "" if step.idx is None else f": {_sizes(step)[k]} points"
        texts.append(f"{k} {GLYPHS[k]} at {_place(place)}{count}")
    return chips(SERIES_COLORS[: len(texts)], texts)


# --- In pictures ---------------------------------------------------------------------------


def picture_of(cloud, steps, n, turn):
    """The points, the centroids, and their trails up to half-step n, as a Pillow picture.

    The cube is turned by so many degrees, a plane is not.
    """
    if cloud.X.shape[1] == 2:
        return _plane_picture(cloud, steps, n)
    step = steps[n]
    colors = None if step.idx is None else step.centroids[step.idx]
    canvas = draw_cloud(cloud.X, turn, TILT, colors, SIZE)

    def place(X):
        return project(X, turn, TILT, *SIZE)[0]

    _draw_trails(canvas, steps[: n + 1], place, ["black"] * len(step.centroids))
    places, near = project(step.centroids, turn, TILT, *SIZE)
    for k in near.argsort():
        canvas.disk(places[k], k, step.centroids[k])
    return canvas.picture()


def _plane_picture(cloud, steps, n):
    canvas, step = Canvas(*SIZE), steps[n]
    place = plane_places(cloud.X)
    _draw_plane(canvas, cloud.X, place)
    dots = place(cloud.X)
    if step.idx is None:
        for dot in dots:
            canvas.circle(dot, 4, PALE)
    else:
        ends = place(step.centroids)
        for dot, k in zip(dots, step.idx, strict=True):
            canvas.line([dot, ends[k]], _paler(SERIES_COLORS[k]), 1)
        for row in _changed(steps, n):
            canvas.circle(dots[row], 9, None, rim="black")
        for dot, k in zip(dots, step.idx, strict=True):
            canvas.marker(dot, k, 4.5, SERIES[k])
    _draw_trails(canvas, steps[: n + 1], place, SERIES)
    for k, end in enumerate(place(step.centroids)):
        canvas.circle(end, 11, "white", rim=SERIES[k], rim_width=3)
        canvas.text(end, str(k), color="black", size=12, bold=True)
    return canvas.picture()


def _changed(steps, n):
    """Rows of the points that have changed their group in this half-step."""
    before, now = steps[n - 1].idx, steps[n].idx
    return [] if before is None else np.flatnonzero(before != now)


def plane_places(X):
    """A function from points of the plane to their places on the sheet, both (N, 2)."""
    left, top, right, bottom = BOX
    low, high = X.min(axis=0), X.max(axis=0)
    spans = np.maximum(high - low, 1e-9)
    zoom = 0.92 * min((right - left) / spans[0], (bottom - top) / spans[1])
    middle = np.array([(left + right) / 2, (top + bottom) / 2])

    def place(points):
        return middle + zoom * (np.asarray(points) - (low + high) / 2) * (1, -1)

    return place


def _draw_plane(canvas, X, place):
    """Both coordinates with a grid at round values, as far as the box reaches."""
    left, top, right, bottom = BOX
    origin, one = place([[0, 0], [1, 1]])
    lows = (np.array([left, bottom]) - origin) / (one - origin)
    highs = (np.array([right, top]) - origin) / (one - origin)
    step = round_step(lows[1], highs[1], about=6)
    xs, ys = (multiples(step, low, high) for low, high in zip(lows, highs, strict=True))
    draw_scales(canvas, BOX, place, xs, ys, "first coordinate (second: upward)")


def _draw_trails(canvas, steps, place, colors):
    """Where each centroid has been; the way of a rescued one is dashed."""
    for k, color in enumerate(colors[: len(steps[0].centroids)]):
        spots = place(np.array([step.centroids[k] for step in steps]))
        for step, before, now in zip(steps[1:], spots, spots[1:], strict=False):
            if step.kind == "rescue" and (before != now).any():
                canvas.dashes(before, now, color, 2)
            elif (before != now).any():
                canvas.line([before, now], "white", 4)
                canvas.line([before, now], color, 2)
        for spot in spots[:-1]:
            canvas.circle(spot, 3.5, "white", rim=color)


def _paler(color):
    return tuple(int(level) for level in images.to_bytes(0.35 * color + 0.65))


def curve_picture(steps, n):
    """The WCSS of every half-step up to the present one, as a Pillow picture.

    The scales are those of the whole run, so that the curve grows in its frame.
    """
    canvas = Canvas(*CURVE_SIZE)
    left, top, right, bottom = CURVE_BOX
    last, most = len(steps) - 1, 1.08 * (max(step.wcss for step in steps[1:]) or 1.0)

    def place(points):
        share = np.asarray(points) / (last, most)
        return np.array([left, bottom]) + share * (right - left, top - bottom)

    xs = multiples(max(1, round_step(0, last)), 0, last)
    ys = multiples(round_step(0, most), 0, most)
    canvas.text((8, 10), "WCSS", "lm", bold=True)
    draw_scales(canvas, CURVE_BOX, place, xs, ys, "half-step", columns=False)
    canvas.line([(left, bottom), (right, bottom)], PALE, 1)
    _draw_legend(canvas)
    spots = [place([i, steps[i].wcss]) for i in range(1, n + 1)]
    if len(spots) > 1:
        canvas.line(spots, INK, 1.5)
    size = 4.5 if last <= 40 else 2.5
    for spot, step in zip(spots, steps[1:], strict=False):
        _draw_kind(canvas, spot, step.kind, size)
    if spots:
        (x, y), value = spots[-1], f"{steps[n].wcss:.2f}"
        _draw_kind(canvas, spots[-1], steps[n].kind, 7)
        if x < (left + right) / 2:
            canvas.text((x, y - 10), value, "lb", size=15, bold=True, halo=2)
        elif y < bottom - 30:  # below the curve, which has come from above
            canvas.text((x - 7, y + 7), value, "rt", size=15, bold=True, halo=2)
        else:
            canvas.text((x, y - 10), value, "rb", size=15, bold=True, halo=2)
    return canvas.picture()


KINDS = {"assign": 0, "move": 1, "rescue": 3}  # number of the marker


def _draw_kind(canvas, spot, kind, radius):
    number = KINDS.get(kind, 1)
    canvas.marker(spot, number, radius, SERIES[number])


def _draw_legend(canvas):
    for x, kind in zip((88, 168, 246), KINDS, strict=True):
        _draw_kind(canvas, (x, 10), kind, 5)
        canvas.text((x + 10, 10), kind, "lm", size=12)
