"""K-means one half-step at a time: assign, move, assign, move ..."""

from typing import NamedTuple

import ipywidgets as widgets
import numpy as np

from helpers import images
from helpers.codebook import find_closest_centroids
from helpers.color import from_hex, to_hex
from helpers.explore import stage
from helpers.explore.canvas import (
    GLYPHS,
    GRID,
    INK,
    PALE,
    Canvas,
    encode,
    encode_small,
    ink_on,
    multiples,
    round_step,
)
from helpers.explore.cloud import (
    TILT,
    TURN,
    as_colors,
    button,
    chips,
    color_chips,
    connect,
    draw_cloud,
    hidden_player,
    project,
    some_of,
)
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


def step_through(points, pixels=None):
    """Walk through K-means one half-step at a time.

    Parameters
    ----------
    points : ndarray, shape (N, 2)
        Points of a plane.
    pixels : ndarray, shape (N, 3) or (H, W, 3), values in [0, 1], optional
        The colors of a picture; of many, a sample is clustered.

    Raises
    ------
    ValueError
        The points are no points of a plane, the pixels no colors, or all are the same.
    """
    explorer = steps_explorer(points, pixels)
    plane = _clouds(points, pixels)[0]
    frames = still_frames(plane)
    words = f"K-means on {len(plane.X)} points, seed {SEED}, in half-steps. {frames[-1][2]}"
    # The last frame stands where no script runs: it has the whole curve and all trails.
    still = stage.linked_stack("Half-step", frames, len(frames) - 1)
    stage.present(explorer, still, words)


def still_frames(cloud):
    """Every half-step from the first seed, as frames for `stage.linked_stack`."""
    steps = half_steps(cloud.X, first_colors(cloud.X, cloud.K, SEED))
    frames = []
    for n, step in enumerate(steps):
        pictures = picture_of(cloud, steps, n, TURN), curve_picture(steps, n)
        label = f"{n} of {len(steps) - 1}: {step.kind}"
        frames.append((label, encode_small(*pictures, colors=128), step_words(cloud, steps, n)))
    return frames


# --- The run, as helpers.kmeans computes it ------------------------------------------------


def first_colors(X, K, seed, twins=False):
    """K rows of X to start from; twins are two at the same place.

    Raises
    ------
    ValueError
        X has fewer than K different rows.
    """
    start = kmeans_init_centroids(X, K, np.random.default_rng(seed))
    if twins:
        start[1] = start[0]
    return start


def half_steps(X, start, most_moves=MOST_MOVES):
    """All half-steps of `helpers.kmeans.run_kmeans`.

    Parameters
    ----------
    X : ndarray, shape (N, d)
    start : ndarray, shape (K, d)
    most_moves : int

    Returns
    -------
    list of HalfStep
        The last one holds what ``run_kmeans(X, start, most_moves)`` returns.

    Raises
    ------
    ValueError
        X has fewer than K different rows.
    """
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


# --- The explorer --------------------------------------------------------------------------


def steps_explorer(points, pixels=None):
    """The live part of `step_through`, whose parameters it takes.

    Returns
    -------
    stage.Explorer
        Its parts are "what", "K", "seed", "again", "twins", "back", "play", "forward",
        "step", "words", "picture", "curve", "turn", "groups".
    """
    clouds = {cloud.what: cloud for cloud in _clouds(points, pixels)}
    parts = _controls(clouds)
    player = hidden_player(value=0, min=0, max=1, interval=700)
    explorer = stage.Explorer(_rows(parts, player, len(clouds) > 1), parts, NAMES)
    run = []  # the half-steps of the run that is shown

    def chosen():
        return clouds[parts["what"].value]

    def restart(_=None):
        cloud, slider = chosen(), parts["step"]
        player.playing = False
        start = first_colors(cloud.X, parts["K"].value, parts["seed"].value, parts["twins"].value)
        run[:] = half_steps(cloud.X, start)
        if slider.value:
            slider.value = 0  # and so it is painted
        else:
            paint()
        slider.max = player.max = len(run) - 1

    def paint(_=None):
        n = parts["step"].value
        words = step_words(chosen(), run, n, parts["seed"].value)
        parts["curve"].value = encode(curve_picture(run, n))
        parts["words"].value = f"<p style='margin: 0'>{_emphasized(words)}</p>"
        parts["groups"].value = group_chips(chosen(), run[n])
        parts["back"].disabled, parts["forward"].disabled = n == 0, n == len(run) - 1
        explorer.rename(curve=curve_words(run, n))
        paint_points()
        explorer.when_resting(_announce(explorer, words))

    def paint_points(_=None):
        cloud, n, turn = chosen(), parts["step"].value, parts["turn"].value
        parts["picture"].value = encode(picture_of(cloud, run, n, turn))
        explorer.rename(picture=picture_words(cloud, run[n]))

    def other_cloud(_=None):
        cloud, K = chosen(), parts["K"]
        parts["turn"].layout.display = "none" if cloud.X.shape[1] == 2 else None
        before = K.value
        with K.hold_trait_notifications():
            K.max, K.value = cloud.most, cloud.K
        if K.value == before:  # otherwise K itself has asked for a restart
            restart()

    def by(way):
        player.playing = False
        parts["step"].value = min(max(parts["step"].value + way, 0), len(run) - 1)

    parts["what"].observe(other_cloud, names="value")
    for name in ("K", "seed", "twins"):
        parts[name].observe(restart, names="value")
    parts["step"].observe(paint, names="value")
    parts["turn"].observe(paint_points, names="value")
    parts["back"].on_click(lambda _: by(-1))
    parts["forward"].on_click(lambda _: by(+1))
    parts["again"].on_click(lambda _: setattr(parts["seed"], "value", parts["seed"].value + 1))
    connect(explorer, player, parts["step"], parts["play"], "Play", "Pause")
    other_cloud()
    return explorer


def _clouds(points, pixels):
    points = np.asarray(points, dtype=float)
    if points.ndim != 2 or points.shape[1] != 2 or not np.isfinite(points).all():
        raise ValueError(f"Points are finite numbers of shape (N, 2); these have {points.shape}.")
    clouds = [_cloud(points, "points in a plane", "point", "centroid", 3, len(SERIES))]
    if pixels is not None:
        colors = some_of(as_colors(pixels), SAMPLE)
        clouds.append(_cloud(colors, "colors of the picture", "pixel", "color", 8, 16))
    return clouds


def _cloud(X, what, one, center, K, most):
    different = len(np.unique(X, axis=0))
    if different < 2:
        raise ValueError(f"There is one {one} to cluster, or all are the same; give two or more.")
    return Cloud(X, what, one, f"{one}s", center, min(K, different), min(most, different))


def _spaced(flex=None, width=None):
    """The layout of a control with some room to the one before it."""
    return widgets.Layout(flex=flex, width=width, margin="2px 2px 2px 10px")


def _controls(clouds):
    own = {"style": {"description_width": "initial"}}
    narrow = widgets.Layout(width="auto", flex="0 1 auto")
    slider = widgets.IntSlider(
        value=0, min=0, max=1, description="Half-step", layout=_spaced("1 1 240px"), **own
    )
    parts = {
        "what": widgets.Dropdown(options=list(clouds), description="Show", layout=narrow, **own),
        "K": widgets.IntSlider(
            value=3, min=2, max=6, description="K", layout=_spaced("1 1 180px"), **own
        ),
        "seed": widgets.BoundedIntText(
            value=SEED, min=0, max=9999, description="Seed", layout=_spaced(width="8.5em"), **own
        ),
        "again": button("Another seed"),
        "twins": widgets.Checkbox(
            description="Start two at the same place", indent=False, layout=_spaced(width="auto")
        ),
        "back": button("Back"),
        "play": button("Play"),
        "forward": button("Forward"),
        "step": slider,
        "words": widgets.HTML(layout={"min_height": "3.2em", "width": "100%"}),
        "picture": widgets.Image(format="png", layout={"max_width": "100%"}),
        "curve": widgets.Image(format="png", layout={"max_width": "100%"}),
        "turn": widgets.IntSlider(
            value=TURN,
            min=-180,
            max=180,
            step=2,
            description="Turn, degrees",
            layout={"width": "100%", "max_width": "500px"},
            **own,
        ),
        "groups": widgets.HTML(),
    }
    return parts


def _rows(parts, player, several):
    first = [parts["what"]] if several else []
    return [
        stage.row(*first, parts["K"], parts["seed"], parts["again"], parts["twins"]),
        stage.row(parts["back"], parts["play"], parts["forward"], parts["step"], player),
        parts["words"],
        stage.row(parts["picture"], parts["curve"]),
        parts["turn"],
        parts["groups"],
    ]


NAMES = {
    "what": "Show",
    "K": "K, the number of centroids",
    "seed": "Seed of the start",
    "step": "Half-step",
    "turn": "Turn the cube, in degrees",
}


def _announce(explorer, words):
    yield
    explorer.say(words)


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


def _emphasized(words):
    heading, rest = words.split(":", 1)
    return f"<b>{heading}:</b>{rest}"


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
        return chips(*color_chips(step.centroids, shares))
    texts = []
    for k, place in enumerate(step.centroids):
        count = "" if step.idx is None else f": {_sizes(step)[k]} points"
        texts.append(f"{k} {GLYPHS[k]} at {_place(place)}{count}")
    return chips(SERIES_COLORS[: len(texts)], texts)


# --- In pictures ---------------------------------------------------------------------------


def picture_of(cloud, steps, n, turn):
    """The points, the centroids, and their trails up to a half-step.

    Parameters
    ----------
    cloud : Cloud
    steps : list of HalfStep
    n : int
    turn : float, degrees
        Of the cube; a plane is not turned.

    Returns
    -------
    PIL.Image.Image
    """
    if cloud.X.shape[1] == 2:
        return _plane_picture(cloud, steps, n)
    step = steps[n]
    colors = None if step.idx is None else step.centroids[step.idx]
    canvas = draw_cloud(cloud.X, turn, TILT, colors, SIZE)

    def place(X):
        return project(X, turn, TILT, *SIZE)[0]

    _draw_trails(canvas, steps[: n + 1], place, ["black"] * len(step.centroids))
    _, near = project(step.centroids, turn, TILT, *SIZE)
    for k in near.argsort():
        color = step.centroids[k]
        canvas.circle(place(color[None])[0], 12, "white")
        _draw_disk(canvas, place(color[None])[0], k, _levels(color), "black", ink_on(color))
    return canvas.picture()


def _plane_picture(cloud, steps, n):
    canvas, step = Canvas(*SIZE), steps[n]
    place = plane_places(cloud.X)
    _draw_scales(canvas, cloud.X, place)
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
        _draw_disk(canvas, end, k, "white", SERIES[k], "black", rim_width=3)
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


def _draw_scales(canvas, X, place):
    """Both coordinates with a grid at round values, as far as the box reaches."""
    left, top, right, bottom = BOX
    origin, one = place([[0, 0], [1, 1]])
    zoom = one - origin
    lows = (np.array([left, bottom]) - origin) / zoom
    highs = (np.array([right, top]) - origin) / zoom
    step = round_step(lows[1], highs[1], about=6)
    for value in multiples(step, lows[0], highs[0]):
        x = origin[0] + zoom[0] * value
        canvas.line([(x, top), (x, bottom)], GRID, 1)
        canvas.text((x, bottom + 5), f"{value:g}", "mt", size=12)
    for value in multiples(step, lows[1], highs[1]):
        y = origin[1] + zoom[1] * value
        canvas.line([(left, y), (right, y)], GRID, 1)
        canvas.text((left - 7, y), f"{value:g}", "rm", size=12)
    canvas.text(((left + right) / 2, bottom + 36), "first coordinate (second: upward)", size=12)


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


def _draw_disk(canvas, place, k, color, rim, ink, rim_width=1.5):
    canvas.circle(place, 11, color, rim=rim, rim_width=rim_width)
    canvas.text(place, str(k), color=ink, size=12, bold=True)


def _levels(color):
    return tuple(int(level) for level in images.to_bytes(color))


def _paler(color):
    return _levels(0.35 * color + 0.65)


def curve_picture(steps, n):
    """The WCSS of every half-step up to the present one.

    The scales are those of the whole run, so that the curve grows in its frame.

    Returns
    -------
    PIL.Image.Image
    """
    canvas = Canvas(*CURVE_SIZE)
    left, top, right, bottom = CURVE_BOX
    most = max(step.wcss for step in steps[1:]) or 1.0
    last = len(steps) - 1

    def place(step, value):
        return left + (right - left) * step / last, bottom - (bottom - top) * value / (1.08 * most)

    canvas.text((8, 10), "WCSS", "lm", bold=True)
    for value in multiples(round_step(0, 1.08 * most), 0, 1.08 * most):
        y = place(0, value)[1]
        canvas.line([(left, y), (right, y)], GRID, 1)
        canvas.text((left - 7, y), f"{value:g}", "rm", size=12)
    for value in multiples(max(1, round_step(0, last)), 0, last):
        canvas.text((place(value, 0)[0], bottom + 5), f"{value:g}", "mt", size=12)
    canvas.line([(left, bottom), (right, bottom)], PALE, 1)
    canvas.text(((left + right) / 2, bottom + 36), "half-step", size=12)
    _draw_legend(canvas)
    spots = [place(i, steps[i].wcss) for i in range(1, n + 1)]
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
