"""A walk through K-means in pictures: the plane or the cube, the trails, the curve of the WCSS."""

import functools
from typing import NamedTuple

import numpy as np

from helpers import images
from helpers.color import constant, from_hex
from helpers.explore.canvas import INK, PALE, Canvas, Scales, round_step
from helpers.explore.cube import TILT, carried, draw_cloud, project
from helpers.plots import SERIES

SIZE, CURVE_SIZE = (470, 410), (330, 410)  # side by side where a page has room for 800
BOX = (34, 10, 462, 366)  # where the plane lies on its sheet: left, top, right, bottom
MIDDLE = [(BOX[0] + BOX[2]) / 2, (BOX[1] + BOX[3]) / 2]
CURVE_BOX = (46, 34, 318, 366)
SERIES_COLORS = constant([from_hex(name) for name in SERIES])
PALER = [tuple(map(int, images.to_bytes(0.35 * color + 0.65))) for color in SERIES_COLORS]
PEN = "pen"
FURTHEST = 5000  # pixels beyond which nothing is drawn: a learner's centroid may be anywhere
KINDS = {"assign": 0, "move": 1, "rescue": 3}  # number of the marker


class Hand(NamedTuple):
    """What a hand does on the picture."""

    held: int | str | None = None  # a centroid, or `PEN`, which makes points
    pen: np.ndarray = constant(MIDDLE)  # where on the sheet it is
    over: int | None = None  # the point whose distances are shown
    refused: str = ""  # why nothing happens


NO_HAND = Hand()


# --- Where things are seen -----------------------------------------------------------------


def on_the_sheet(cloud, X, turn):
    """Places on the sheet, shape (N, 2); nan for what is nowhere, or too far away."""
    with np.errstate(all="ignore"):
        places = plane(cloud.frame).place(X) if cloud.flat else project(X, turn, TILT, *SIZE)[0]
    return np.where(np.abs(places) < FURTHEST, places, np.nan)


def seen_at(cloud, place, x, turn):
    """The point or the color that is seen at a place of the sheet, as near to the eye as x."""
    if cloud.flat:
        return plane(cloud.frame).point(place)
    x = np.where(np.isfinite(x), x, 0.5)
    return carried(x, place - on_the_sheet(cloud, x[None], turn)[0], turn, TILT, SIZE)


def visible(places):
    """Which rows are somewhere."""
    return np.isfinite(places).all(axis=1)


def shown_colors(centroids):
    """Colors to paint with: gray for a centroid that is nowhere, the nearest for no color."""
    return np.clip(np.where(np.isfinite(centroids), centroids, 0.5), 0, 1)


def plane(frame):
    """The scales of a plane in which these points, shape (N, 2), fill the sheet."""
    left, top, right, bottom = BOX
    low, high, sides = frame.min(axis=0), frame.max(axis=0), np.array([right - left, bottom - top])
    reach = (np.maximum(high - low, 1e-9) / sides).max() / 0.92 * sides / 2
    middle = (low + high) / 2
    return Scales(BOX, tuple(middle - reach), tuple(middle + reach))


# --- The points ----------------------------------------------------------------------------


def picture_of(cloud, steps, n, turn, hand=NO_HAND):
    """The points, the centroids, and their trails up to half-step n, as a Pillow picture.

    The cube is turned by so many degrees, a plane is not.
    """
    step = steps[n]
    places = on_the_sheet(cloud, step.centroids, turn)
    if cloud.flat:
        canvas, colors, order = _draw_points(cloud, steps, n, places), SERIES, range(len(places))
    else:
        painted = None if step.idx is None else shown_colors(step.centroids)[step.idx]
        canvas = draw_cloud(cloud.X, turn, TILT, painted, SIZE)
        colors = ["black"] * len(places)
        order = project(step.centroids, turn, TILT)[1].argsort()  # the nearest one last
    _draw_trails(canvas, steps[: n + 1], lambda X: on_the_sheet(cloud, X, turn), colors)
    if hand.over is not None:
        _draw_distances(canvas, cloud.X[hand.over], step.centroids, plane(cloud.frame).place)
    for k in order:
        if visible(places)[k]:
            _draw_centroid(canvas, places[k], k, None if cloud.flat else step.centroids[k])
            if k == hand.held:
                canvas.circle(places[k], 16, None, rim=INK, rim_width=2.5)
    if hand.held == PEN:
        for way in ((11, 0), (0, 11)):
            canvas.line([hand.pen - way, hand.pen + way], INK, 2)
    return canvas.picture()


def _draw_points(cloud, steps, n, ends):
    """The plane with its points, each tied to its centroid; a ring around what has changed."""
    scales, step = plane(cloud.frame), steps[n]
    canvas, dots = _empty_plane(scales).copy(), scales.place(cloud.X)
    if step.idx is None:
        for dot in dots:
            canvas.circle(dot, 4, PALE)
        return canvas
    for k in np.flatnonzero(visible(ends)):
        if (step.idx == k).any():
            canvas.star(ends[k], dots[step.idx == k], PALER[k])
    before = steps[n - 1].idx
    for row in [] if before is None else np.flatnonzero(before != step.idx):
        canvas.circle(dots[row], 9, None, rim="black")
    for dot, k in zip(dots, step.idx, strict=True):
        canvas.marker(dot, k, 4.5, SERIES[k])
    return canvas


@functools.lru_cache(maxsize=8)
def _empty_plane(scales):
    """Both coordinates with a grid at round values, as far as the box reaches."""
    canvas, step = Canvas(*SIZE), round_step(scales.low[1], scales.high[1], about=6)
    scales.draw(canvas, (step, step), "first coordinate (second: upward)")
    return canvas


def _draw_centroid(canvas, place, k, color):
    if color is None:
        canvas.circle(place, 11, "white", rim=SERIES[k], rim_width=3)
        canvas.text(place, str(k), color="black", size=12, bold=True)
    else:
        canvas.disk(place, k, shown_colors(color))


def _draw_trails(canvas, steps, place, colors):
    """Where each centroid has been; the way of a rescued one is dashed."""
    for k, color in enumerate(colors[: len(steps[0].centroids)]):
        spots = place(np.array([step.centroids[k] for step in steps]))
        for step, before, now in zip(steps[1:], spots, spots[1:], strict=False):
            if not (np.isfinite([before, now]).all() and (before != now).any()):
                continue
            if step.kind == "rescue":
                canvas.dashes(before, now, color, 2)
            else:
                canvas.line([before, now], "white", 4)
                canvas.line([before, now], color, 2)
        for spot in spots[:-1][visible(spots[:-1])]:
            canvas.circle(spot, 3.5, "white", rim=color)


def _draw_distances(canvas, x, centroids, place):
    """Lines from a point to every centroid, with their lengths; the shortest stands out."""
    ways = np.sqrt(((centroids - x) ** 2).sum(axis=1))
    start, ends = place(x), place(centroids)
    canvas.circle(start, 9, None, rim=INK, rim_width=2)
    seen = visible(ends)
    for k in np.flatnonzero(seen):
        canvas.line([start, ends[k]], SERIES[k], 3 if ways[k] == ways[seen].min() else 1.5)
    for k in np.flatnonzero(seen):
        nearest = bool(ways[k] == ways[seen].min())
        canvas.text((start + ends[k]) / 2, f"{ways[k]:.2f}", size=13, bold=nearest, halo=2)


# --- The curve -----------------------------------------------------------------------------


def span_of(steps):
    """How far the scales of a run's curve reach: half-steps, and WCSS."""
    values = [step.wcss for step in steps[1:] if np.isfinite(step.wcss)]
    return max(len(steps) - 1, 1), 1.08 * (max(values, default=0) or 1.0)


def curve_picture(steps, n, span=None):
    """The WCSS of every half-step up to the present one, as a Pillow picture.

    The scales are those of the whole run, so that the curve grows in its frame, unless
    another span is given.
    """
    left, top, right, bottom = CURVE_BOX
    last, most = span or span_of(steps)
    scales = Scales(CURVE_BOX, (0, 0), (last, most))
    canvas = _empty_curve(scales, any(step.kind == "rescue" for step in steps)).copy()
    shown = [(i, steps[i]) for i in range(1, n + 1) if np.isfinite(steps[i].wcss)]
    spots = [scales.place([i, min(step.wcss, most)]) for i, step in shown]
    if len(spots) > 1:
        canvas.line(spots, INK, 1.5)
    size = 4.5 if last <= 40 else 2.5
    for spot, (_, step) in zip(spots, shown, strict=True):
        _draw_kind(canvas, spot, step.kind, size)
    if n and not np.isfinite(steps[n].wcss):
        canvas.text(scales.place([n, most / 2]), "nan", "mb", size=15, bold=True, halo=2)
    elif spots:
        x, y = spots[-1]
        _draw_kind(canvas, spots[-1], steps[n].kind, 7)
        if x < (left + right) / 2:
            spot, anchor = (x + 9, max(y - 6, top + 18)), "lb"
        elif y < bottom - 30:  # below the curve, which has come from above
            spot, anchor = (x - 7, y + 7), "rt"
        else:
            spot, anchor = (x, y - 10), "rb"
        canvas.text(spot, f"{steps[n].wcss:.2f}", anchor, size=15, bold=True, halo=2)
    return canvas.picture()


@functools.lru_cache(maxsize=8)
def _empty_curve(scales, rescued):
    """The scales and the legend; what never happens in this walk is not in it."""
    canvas, (left, _, right, bottom) = Canvas(*CURVE_SIZE), scales.box
    last, most = scales.high
    canvas.text((8, 10), "WCSS", "lm", bold=True)
    steps = max(1, round_step(0, last)), round_step(0, most)
    scales.draw(canvas, steps, "half-step", columns=False)
    canvas.line([(left, bottom), (right, bottom)], PALE, 1)
    for x, kind in zip((88, 168, 246), KINDS if rescued else ("assign", "move"), strict=False):
        _draw_kind(canvas, (x, 10), kind, 5)
        canvas.text((x + 10, 10), kind, "lm", size=12)
    return canvas


def _draw_kind(canvas, spot, kind, radius):
    number = KINDS.get(kind, 1)
    canvas.marker(spot, number, radius, SERIES[number])
