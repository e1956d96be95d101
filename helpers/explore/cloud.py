"""The colors of a picture as points in a cube, to be turned."""

import ipywidgets as widgets
import numpy as np

from helpers import images
from helpers.codebook import find_closest_centroids
from helpers.color import to_hex
from helpers.explore import stage
from helpers.explore.canvas import GRID, INK, PALE, Canvas, encode, encode_small, ink_on

POINTS = 5000  # more points than this hide one another
WIDTH, HEIGHT = 640, 500
CAMERA = 3.5  # its distance from the middle of the cube, in sides of the cube
CUBE = 0.56  # a side of the cube, in heights of the sheet: it fits at every turn
TURN, TILT = -62, 20  # where the figures of the lessons are seen from
DOT = 1.8  # radius of a point, in pixels
NAMED = 8  # more centroids than this have no room for their hex names in the cube
AXES = (("red", "#b00020"), ("green", "#00701a"), ("blue", "#0035c0"))
CORNERS = np.array([[r, g, b] for r in (0, 1) for g in (0, 1) for b in (0, 1)], dtype=float)
EDGES = [  # pairs of corners that differ in one channel
    (a, b) for b in range(8) for a in range(b) if (CORNERS[a] != CORNERS[b]).sum() == 1
]
AXIS_ENDS = (4, 2, 1)  # rows of CORNERS: all red, all green, all blue
VIEWS = {  # by a short name: what its button says, turn, tilt
    "first": ("First view", TURN, TILT),
    "blue": ("Down the blue axis", -90, 90),
    "grays": ("Along the grays", 45, 35),
}


def cloud(X, centroids=None):
    """Turn the cloud of a picture's colors.

    Parameters
    ----------
    X : ndarray, shape (N, 3) or (H, W, 3), values in [0, 1]
        Of many pixels, a sample is drawn, the same each time.
    centroids : ndarray, shape (K, 3), values in [0, 1], optional
        Drawn large, numbered, with their hex names.

    Raises
    ------
    ValueError
        X or the centroids are no colors.
    """
    explorer = cloud_explorer(X, centroids)
    X, centroids = as_colors(X), None if centroids is None else as_colors(centroids)
    points = some_of(X, POINTS)
    picture = cloud_picture(points, centroids, TURN, TILT)
    below = "" if centroids is None else chips(*color_chips(centroids))
    words = cloud_words(X, centroids)
    stage.present(explorer, stage.still_picture(encode_small(picture), words, below), words)


def cloud_explorer(X, centroids=None):
    """The live part of `cloud`, whose parameters it takes.

    Returns
    -------
    stage.Explorer
        Its parts are "turn", "tilt", "spin", "first", "blue", "grays" (buttons),
        "picture", "names", and with centroids "repaint".
    """
    X = as_colors(X)
    points, own = some_of(X, POINTS), None
    parts, player = _controls(), _player()
    rows = [
        stage.row(parts["turn"], parts["tilt"]),
        stage.row(parts["spin"], *(parts[view] for view in VIEWS), player),
    ]
    if centroids is not None:
        centroids = as_colors(centroids)
        own = centroids[find_closest_centroids(points, centroids)]
        parts["repaint"] = widgets.Checkbox(
            description="Paint every pixel with its nearest centroid",
            indent=False,
            layout={"width": "auto"},
        )
        parts["names"].value = chips(*color_chips(centroids))
        rows += [parts["repaint"]]
    rows += [parts["picture"], parts["names"]]
    names = {"turn": "Turn the cube, in degrees", "tilt": "Tilt the cube, in degrees"}
    explorer = stage.Explorer(rows, parts, names)
    about = cloud_words(X, centroids)

    def paint(_=None):
        turn, tilt = parts["turn"].value, parts["tilt"].value
        repainted = "repaint" in parts and parts["repaint"].value
        colors = own if repainted else points
        parts["picture"].value = encode(cloud_picture(points, centroids, turn, tilt, colors))
        seen = view_words(turn, tilt)
        painted = " Every pixel is painted with its nearest centroid." if repainted else ""
        explorer.rename(picture=f"{about}{painted} {seen}")
        explorer.when_resting(_announce(explorer, seen))

    def look(view):
        player.playing = False
        sliders = parts["turn"], parts["tilt"]
        for slider in sliders:  # one picture for both, not one for each
            slider.unobserve(paint, names="value")
        for slider, value in zip(sliders, VIEWS[view][1:], strict=True):
            slider.value = value
            slider.observe(paint, names="value")
        paint()

    for name in ("turn", "tilt", "repaint"):
        if name in parts:
            parts[name].observe(paint, names="value")
    for view in VIEWS:
        parts[view].on_click(lambda _, view=view: look(view))
    connect(explorer, player, parts["turn"], parts["spin"], "Spin", "Stop")
    paint()
    return explorer


def _announce(explorer, words):
    yield
    explorer.say(words)


def _controls():
    parts = {
        name: widgets.IntSlider(
            value=value,
            min=-reach,
            max=reach,
            description=f"{name.capitalize()}, degrees",
            style={"description_width": "initial"},
            layout={"flex": "1 1 260px", "width": "auto"},
        )
        for name, value, reach in (("turn", TURN, 180), ("tilt", TILT, 90))
    }
    parts["spin"] = button("Spin")
    parts |= {view: button(words) for view, (words, *_) in VIEWS.items()}
    own_size = {"max_width": "100%", "align_self": "flex-start"}
    parts["picture"] = widgets.Image(format="png", layout=own_size)
    parts["names"] = widgets.HTML()
    return parts


def _player():
    player = hidden_player(value=TURN, min=-180, max=180, step=2, interval=50)
    player.repeat = True
    return player


def button(name):
    """A button as wide as its name."""
    return widgets.Button(description=name, layout={"width": "auto"})


def hidden_player(**numbers):
    """What moves a slider by itself; its own buttons have no names, so they don't show."""
    return widgets.Play(**numbers, layout={"display": "none"})


def connect(explorer, player, slider, button, go, stop):
    """Let a button with a name start and stop a player, and the player move a slider.

    The slider follows in the page itself, so that Python can never fall behind.
    """

    def rename(_):
        button.description = stop if player.playing else go

    def press(_):
        player.playing = not player.playing

    button.on_click(press)
    player.observe(rename, names="playing")
    explorer.links.append(widgets.jslink((player, "value"), (slider, "value")))


def as_colors(X):
    """Colors as a list of pixels, shape (N, 3); a ValueError says what is wrong with them."""
    X = np.asarray(X, dtype=float)
    if X.ndim < 2 or X.shape[-1] != 3 or not X.size:
        raise ValueError(f"Colors have shape (N, 3); these have {X.shape}.")
    if not (X.min() >= 0 and X.max() <= 1):  # not true of NaN either
        raise ValueError("Colors lie between 0 and 1; divide bytes by 255 first.")
    return images.to_pixels(X)


def some_of(X, count):
    """All rows of X if they are at most so many, otherwise a sample, the same each time."""
    if len(X) <= count:
        return X
    return X[np.random.default_rng(0).choice(len(X), count, replace=False)]


def project(X, turn, tilt, width=WIDTH, height=HEIGHT):
    """Where points of the color cube are seen on a sheet, and how near they are.

    Parameters
    ----------
    X : ndarray, shape (N, 3), values in [0, 1]
    turn, tilt : float, degrees
        Where the camera stands: around the blue axis, and above the plane of red and
        green; it looks at the middle of the cube.
    width, height : int

    Returns
    -------
    places : ndarray, shape (N, 2)
        x to the right and y downward, in pixels.
    near : ndarray, shape (N,)
        Larger is nearer to the camera.
    """
    turn, tilt = np.radians([turn, tilt])
    red, green, blue = (np.asarray(X, dtype=float) - 0.5).T
    right = green * np.cos(turn) - red * np.sin(turn)
    toward = red * np.cos(turn) + green * np.sin(turn)
    up = blue * np.cos(tilt) - toward * np.sin(tilt)
    near = toward * np.cos(tilt) + blue * np.sin(tilt)
    zoom = CUBE * min(width, height) * CAMERA / (CAMERA - near)  # what is near looks larger
    return np.stack([width / 2 + zoom * right, height / 2 - zoom * up], axis=-1), near


def cloud_picture(points, centroids, turn, tilt, colors=None, size=(WIDTH, HEIGHT)):
    """The cube with its points and centroids.

    Parameters
    ----------
    points : ndarray, shape (N, 3), values in [0, 1]
    centroids : ndarray, shape (K, 3), or None
    turn, tilt : float, degrees
    colors : ndarray, shape (N, 3), optional
        What the points are painted with; their own colors if not given.
    size : (int, int)
        Width and height in pixels.

    Returns
    -------
    PIL.Image.Image
    """
    canvas = draw_cloud(points, turn, tilt, colors, size)
    if centroids is not None:
        draw_centroids(canvas, centroids, turn, tilt, size)
    return canvas.picture()


def draw_cloud(points, turn, tilt, colors=None, size=(WIDTH, HEIGHT)):
    """A sheet with the cube and its points: far things first, near things over them."""
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


def draw_centroids(canvas, centroids, turn, tilt, size):
    """Numbered disks in their own colors; few of them also have room for their names."""
    places, near = project(centroids, turn, tilt, *size)
    for k in near.argsort():
        canvas.circle(places[k], 12, "white")
        fill = tuple(int(level) for level in images.to_bytes(centroids[k]))
        canvas.circle(places[k], 11, fill, rim="black")
        canvas.text(places[k], str(k), color=ink_on(centroids[k]), size=12, bold=True)
        if len(centroids) <= NAMED:
            canvas.text(places[k] + (15, 0), to_hex(centroids[k]), "lm", size=12, halo=2)


def cloud_words(X, centroids):
    """What the cloud holds, in numbers."""
    drawn = min(len(X), POINTS)
    count = f"{drawn:,} of {len(X):,} pixels" if drawn < len(X) else f"{len(X):,} pixels"
    words = f"The cube of red, green and blue, and in it {count} as points, each in its own color."
    words += f" Their mean is {to_hex(X.mean(axis=0))}."
    if centroids is not None:
        names = ", ".join(f"{k} {to_hex(color)}" for k, color in enumerate(centroids))
        words += f" The numbered disks are the {len(centroids)} centroids: {names}."
    return words


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


def color_chips(centroids, shares=None):
    """Number and hex name of each centroid, and its share if given: (colors, texts)."""
    texts = [f"{k} · {to_hex(color)}" for k, color in enumerate(centroids)]
    if shares is not None:
        texts = [f"{text} · {share:.1%}" for text, share in zip(texts, shares, strict=True)]
    return centroids, texts


def chips(colors, texts):
    """Colored labels in a row, as HTML."""
    found = []
    for color, text in zip(colors, texts, strict=True):
        found.append(
            f'<span style="display: inline-block; padding: 0.25em 0.6em; margin: 0 3px 3px 0; '
            f'background: {to_hex(color)}; color: {ink_on(color)}">{text}</span>'
        )
    return f'<div style="line-height: 1.3; font-size: 90%">{"".join(found)}</div>'
