"""The cube of red, green and blue, with colors as points in it, from any side."""

import numpy as np

from helpers import images
from helpers.codebook import CUBE_CORNERS as CORNERS
from helpers.explore.canvas import GRID, INK, PALE, Canvas

WIDTH, HEIGHT = 640, 500
CAMERA = 3.5  # its distance from the middle of the cube, in sides of the cube
CUBE = 0.56  # a side of the cube, in heights of the sheet: it fits at every turn
TURN, TILT = -62, 20  # where the figures of the lessons are seen from
DOT = 1.8  # radius of a point, in pixels
AXES = (("red", "#b00020"), ("green", "#00701a"), ("blue", "#0035c0"))
EDGES = [  # pairs of corners that differ in one channel
    (a, b) for b in range(8) for a in range(b) if (CORNERS[a] != CORNERS[b]).sum() == 1
]
AXIS_ENDS = (4, 2, 1)  # rows of CORNERS: all red, all green, all blue


def project(X, turn, tilt, width=WIDTH, height=HEIGHT):
    """Where points of the cube, (N, 3), are seen on a sheet, (N, 2), and how near, (N,).

    The camera looks at the middle of the cube. It stands turned around the blue axis and
    tilted above the plane of red and green, in degrees; what is nearer to it is larger.
    """
    right, up, near = _directions(turn, tilt) @ (np.asarray(X, dtype=float) - 0.5).T
    zoom = CUBE * min(width, height) * CAMERA / (CAMERA - near)
    return np.stack([width / 2 + zoom * right, height / 2 - zoom * up], axis=-1), near


def _directions(turn, tilt):
    """Which way it is to the right, upward and toward the camera, as rows."""
    angles = np.radians([turn, tilt])
    (sin_turn, sin_tilt), (cos_turn, cos_tilt) = np.sin(angles), np.cos(angles)
    right = [-sin_turn, cos_turn, 0]
    up = [-cos_turn * sin_tilt, -sin_turn * sin_tilt, cos_tilt]
    near = [cos_turn * cos_tilt, sin_turn * cos_tilt, sin_tilt]
    return np.array([right, up, near])


def carried(x, way, turn, tilt, size=(WIDTH, HEIGHT)):
    """The color that is seen so far, in pixels to the right and down, from x, and as near."""
    right, up, near = _directions(turn, tilt)
    zoom = CUBE * min(size) * CAMERA / (CAMERA - (x - 0.5) @ near)
    return np.clip(x + (way[0] * right - way[1] * up) / zoom, 0, 1)


def draw_cloud(points, turn, tilt, colors=None, size=(WIDTH, HEIGHT)):
    """A sheet with the cube and its points, in their own colors if no others are given.

    Far things come first, near things over them.
    """
    canvas = Canvas(*size)
    corners, near = project(CORNERS, turn, tilt, *size)
    nearest = near.argmax()
    front = [edge for edge in EDGES if nearest in edge]
    for edge in set(EDGES) - set(front):
        _draw_edge(canvas, corners, edge, PALE)
    places, depth = project(points, turn, tilt, *size)
    order = depth.argsort()
    colors = images.to_bytes(points if colors is None else colors)
    canvas.dots(places[order], colors[order], DOT)
    for edge in front:
        _draw_edge(canvas, corners, edge, GRID)
    _name_corners(canvas, turn, tilt, size)
    return canvas


def _draw_edge(canvas, corners, edge, color):
    """The three edges that leave black are the axes, in the colors that they stand for."""
    black, other = edge
    if black == 0:
        canvas.line(corners[list(edge)], AXES[AXIS_ENDS.index(other)][1], 2)
    else:
        canvas.line(corners[list(edge)], color, 1)


def _name_corners(canvas, turn, tilt, size):
    beyond = np.vstack([1.09 * np.eye(3), np.full((1, 3), -0.04), np.full((1, 3), 1.05)])
    places, _ = project(beyond, turn, tilt, *size)
    for (name, color), place in zip(AXES, places, strict=False):
        canvas.text(place, f"{name} 1", color=color, bold=True, halo=2)
    canvas.text(places[3], "black 0", color=INK, size=12, halo=2)
    canvas.text(places[4], "white", color=INK, size=12, halo=2)


def view_words(turn, tilt):
    """Which way the three axes point on the sheet."""
    (origin, *ends), (near, *nears) = project(np.vstack([np.zeros(3), np.eye(3)]), turn, tilt)
    ways = []
    for (name, _), end, depth in zip(AXES, ends, nears, strict=True):
        x, y = (end - origin) / (CUBE * HEIGHT)
        reach = {"right": x, "left": -x, "down": y, "up": -y}
        reach |= {"toward you": depth - near, "away from you": near - depth}
        ways.append(f"{name} {max(reach, key=reach.get)}")
    return f"Turned to {turn} and tilted to {tilt} degrees: {', '.join(ways)}."
