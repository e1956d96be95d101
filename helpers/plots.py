"""What shows: every figure of the course, in one look.

Each function draws one figure, with a finding as its title, and hands it to `show`,
which puts the picture into the page together with a description in words. The words
are made from the very numbers that are drawn, so a test of the page's text is a test
of its figures too.
"""

import base64
import html
import io
import math

import matplotlib
import numpy as np
from IPython.display import display
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from helpers import color as colors
from helpers import images, lettering, old_names
from helpers.doors import as_documented, few_enough, whole
from helpers.images import THIN, in_sight

STYLE = {
    # First Matplotlib's own settings, whatever a learner's matplotlibrc or page says: a file
    # with "image.origin: lower" would turn every picture upside down.
    **{name: value for name, value in matplotlib.rcParamsDefault.items() if name != "backend"},
    "figure.dpi": 100,
    "figure.facecolor": "white",
    "font.family": lettering.FONT,
    "font.size": 10.5,
    "axes.titlesize": 10.5,
    "axes.titlepad": 6,
    "axes.edgecolor": "#888888",
    "axes.labelcolor": "#333333",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#dddddd",
    "lines.linewidth": 2,
    "lines.markersize": 6,
    "xtick.color": "#333333",
    "ytick.color": "#333333",
    "legend.frameon": False,
}
PLAIN = STYLE | {"text.parse_math": False}  # where a dollar sign begins no formula: in names

# Okabe and Ito's colors, told apart with any kind of color vision (Color Universal
# Design, 2008), and a marker for each, so that nothing is told by color alone.
SERIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00")
MARKERS = ("o", "s", "^", "D", "P", "X")

WIDTH = 9.0  # inches: 900 pixels, the width of a page of text
MAP_WIDTH = 7.6  # inches, for a picture with a scale beside it
SCALE_HEIGHT = 2.4  # inches, for its words
TALLEST = 18.0  # inches, for the pictures of a figure one below the other: two screens
MOST_COLORS = 256  # swatches in a figure: as many as an indexed file holds
CLOUD_POINTS = 5000  # more points than this hide one another

__getattr__ = old_names.of(__name__)


@as_documented
@matplotlib.rc_context(STYLE)
def show(figure, title, description, details=""):
    """Put a figure into the page: picture, alternative text, and the text in sight.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    title : str
        What the figure shows: a finding, as a sentence.
    description : str
        What is to be seen, for everyone: it stands below the picture.
    details : str, optional
        What the eye reads off the picture, for those who can't: colors, places, values.

    Raises
    ------
    ValueError
        The title or the description is missing.
    """
    if not title.strip() or not description.strip():
        raise ValueError("A figure needs a title and a description; give both as sentences.")
    mime, data = _smallest_encoding(figure)
    encoded = base64.b64encode(data).decode("ascii")
    words = f"{title}. {description} {details}".strip()
    # JupyterLab reads out the `alt` of an HTML picture only; viewers that strip HTML find the
    # plain picture in the same output, and the words in its plain text.
    page = (
        f'<figure style="margin: 0.5em 0"><img src="data:{mime};base64,{encoded}" '
        f'alt="{html.escape(words)}" style="max-width: 100%">'
        f'<figcaption aria-hidden="true" style="font-size: 85%; opacity: 0.8">'
        f"{html.escape(description)}</figcaption></figure>"
    )
    display({mime: encoded, "text/html": page, "text/plain": f"[Figure] {words}"}, raw=True)


@as_documented
@matplotlib.rc_context(PLAIN)
def side_by_side(pictures, labels, title, columns=None, description=None):
    """Pictures in a row, each under its label.

    Parameters
    ----------
    pictures : list of n ndarray, shape (H, W, 3) or (H, W), values in [0, 1]
        Two axes are drawn as gray.
    labels : list of n str
    title : str
    columns : int, 1 to 64, optional
        Pictures per row; all of them if not given.
    description : str, optional
        What is to be seen; the labels if not given.
    """
    columns = columns or len(pictures)
    rows = math.ceil(len(pictures) / columns)
    height = max(height_of(picture, WIDTH / columns) for picture in pictures)
    words = 0.45 if any(in_sight(picture) is not picture for picture in pictures) else 0.15
    figure, axes = _figure(title, min(rows * (height + words), TALLEST), rows, columns)
    axes = np.ravel(axes)
    for axis in axes[len(pictures) :]:
        axis.remove()
    for axis, picture, label in zip(axes, pictures, labels, strict=False):
        draw_picture(axis, picture)
        axis.set_title(label)
    if description is None:
        places = "Above and below" if columns == 1 < len(pictures) else "From left to right"
        description = f"{places}: {', '.join(labels)}." if len(labels) > 1 else f"{labels[0]}."
    means = ", ".join(
        f"gray {picture.mean():.2f}" if picture.ndim == 2 else colors.to_hex(picture.mean((0, 1)))
        for picture in pictures
    )
    height, width = pictures[0].shape[:2]
    show(figure, title, description, f"({width} x {height} pixels, on average {means}.)")


@as_documented
@matplotlib.rc_context(PLAIN)
def palette(codebook, title, idx=None, labels=None):
    """The colors of a palette as labeled swatches.

    Parameters
    ----------
    codebook : ndarray, shape (K, 3) or (3,), values in [0, 1]
    title : str
    idx : ndarray of any shape, integers in 0..K-1, optional
        The assignment; then each swatch says what share of the pixels it paints.
    labels : list of K str, optional
        Names to write instead of the numbers of the colors.
    """
    codebook = np.atleast_2d(codebook)
    few_enough(codebook, MOST_COLORS)
    K = len(codebook)
    if labels is not None and len(labels) != K:
        raise ValueError(f"labels has length {len(labels)}; give one for each color, here {K}.")
    names, under = labels or list(map(str, range(K))), list(map(colors.to_hex, codebook))
    what, room, high = "hex name", 0.95, 0.6
    if idx is not None:
        shares = np.bincount(np.ravel(idx), minlength=K) / np.size(idx)
        under = [f"{name}\n{share:.1%}" for name, share in zip(under, shares, strict=True)]
        what, room, high = "hex name and share of the pixels", 1.15, 0.56
    columns = min(K, 8)
    figure, axis = _figure(title, room * math.ceil(K / columns))
    draw_swatches(axis, codebook, columns, under, (0.03, 0.02, 0.94, high), high + 0.07, 9)
    for k, color in enumerate(codebook):
        row, column = divmod(k, columns)
        ink = "black" if color @ colors.GRAY_WEIGHTS > 0.5 else "white"
        axis.text(column + 0.5, row + 0.3, names[k], ha="center", va="center", color=ink)
    told = ", ".join(f"{name} {text}" for name, text in zip(names, under, strict=True))
    description = f"One color with its {what}." if K == 1 else f"{K} colors, each with its {what}."
    show(figure, title, description, told.replace("\n", " ") + ".")


@as_documented
@matplotlib.rc_context(PLAIN)
def color_cloud(X, title, centroids=None):
    """Pixels as points in the cube of red, green and blue, each in its own color.

    Parameters
    ----------
    X : ndarray, shape (N, 3), values in [0, 1]
        Of many pixels, a sample of ``CLOUD_POINTS`` is drawn, the same each time.
    title : str
    centroids : ndarray, shape (K, 3), values in [0, 1], optional
        Drawn large, with a dark rim.
    """
    if centroids is not None:
        few_enough(centroids, MOST_COLORS)
    sample = images.some_of(X, CLOUD_POINTS)
    words = f"{len(X)} pixels"
    if len(sample) < len(X):
        words = f"{CLOUD_POINTS:,} of {len(X):,} pixels"
    figure, _ = _figure(title, 4.6, rows=0)
    axis = figure.add_subplot(projection="3d", computed_zorder=False)
    axis.scatter(*sample.T, c=sample.clip(0, 1), s=4, depthshade=False, zorder=1)
    words = f"A cube with the axes red, green and blue, and in it {words}, each in its own color."
    details = f"Their mean is ({', '.join(f'{value:.2f}' for value in X.mean(axis=0))})."
    if centroids is not None:
        look = {"s": 110, "edgecolor": "black", "depthshade": False, "zorder": 2}
        axis.scatter(*centroids.T, c=centroids.clip(0, 1), **look)
        words += f" The {len(centroids)} points with a dark rim are the centroids."
        details += f" The centroids are {', '.join(map(colors.to_hex, centroids))}."
    for letter, name in zip("xyz", ("red", "green", "blue"), strict=True):
        ticks = (0, 0.2, 0.4, 0.6, 0.8, 1)
        axis.set(**{f"{letter}label": name, f"{letter}lim": (0, 1), f"{letter}ticks": ticks})
    axis.view_init(elev=20, azim=-62)
    axis.set_box_aspect((1, 1, 0.9), zoom=1.1)
    show(figure, title, words, details)


@as_documented
@matplotlib.rc_context(PLAIN)
def points(X, title, idx=None, centroids=None, before=None):
    """Points of a plane, their clusters, and where the centroids went.

    Parameters
    ----------
    X : ndarray, shape (N, 2)
    title : str
    idx : ndarray, shape (N,), integers in 0..5, optional
        Drawn as colors and markers.
    centroids : ndarray, shape (K, 2), optional
    before : ndarray, shape (K, 2), optional
        Where the centroids were; an arrow leads from there.
    """
    if before is not None and centroids is None:
        raise ValueError("before tells where centroids were; give centroids as well.")
    if centroids is not None:
        whole("The number of centroids", len(centroids), 1, len(SERIES))
    figure, axis = _figure(title, 4.2)
    axis.set_aspect("equal")
    axis.set(xlabel="first coordinate", ylabel="second coordinate")
    words, details = f"{len(X)} points in a plane", ""
    if idx is None:
        axis.scatter(*X.T, s=30, color="#777777")
    else:
        for k in np.unique(idx):
            axis.scatter(*X[idx == k].T, s=34, color=SERIES[k], marker=MARKERS[k], alpha=0.75)
        sizes = np.bincount(idx, minlength=0 if centroids is None else len(centroids))
        words += "; the marker tells the group"
        details = "Points per group: " + ", ".join(f"{k}: {n}" for k, n in enumerate(sizes)) + ". "
    if before is not None:
        for start, end in zip(before, centroids, strict=True):
            arrow = {"arrowstyle": "->", "color": "black", "linewidth": 1.5, "shrinkB": 11}
            axis.annotate("", xy=end, xytext=start, arrowprops=arrow)
    if centroids is not None:
        axis.margins(0.08)  # the circles are larger than the points
        for k, (x, y) in enumerate(centroids):
            axis.plot(x, y, "o", ms=17, mfc="white", mec=SERIES[k], mew=3)
            axis.text(x, y, str(k), ha="center", va="center_baseline", fontweight="bold")
        places = ", ".join(f"{k} at ({x:.2f}, {y:.2f})" for k, (x, y) in enumerate(centroids))
        words += "; the numbered circles are the centroids"
        details += f"Centroids: {places}."
    if before is not None:
        words += ", with arrows from where they were"
    show(figure, title, words + ".", details.strip())


@as_documented
@matplotlib.rc_context(PLAIN)
def error_map(before, after, title):
    """Where a repainted picture differs from the original: a distance for each pixel.

    Parameters
    ----------
    before, after : ndarray, shape (H, W, 3), values in [0, 1]
    title : str
    """
    distance = np.sqrt(((before - after) ** 2).sum(axis=-1))
    figure = _map(distance, title, "distance to the original color", cmap="magma", vmin=0)
    row, column = np.unravel_index(distance.argmax(), distance.shape)
    words = "A map of distances: dark where the two pictures agree, bright where they differ."
    largest = f"largest {distance.max():.3f} at row {row}, column {column}"
    show(figure, title, words, f"Mean {distance.mean():.3f}, {largest}.")


@as_documented
@matplotlib.rc_context(PLAIN)
def index_map(idx, title, K):
    """The numbers of the colors as levels of gray: what an indexed file stores.

    Parameters
    ----------
    idx : ndarray, shape (H, W), integers in 0..K-1
    title : str
    K : int, 1 or more
    """
    levels = matplotlib.colormaps["gray"].resampled(min(K, 256))  # of gray, there are no more
    look = {"cmap": levels, "vmin": -0.5, "vmax": K - 0.5, "interpolation": "nearest"}
    ticks = np.unique(np.linspace(0, K - 1, min(K, 16)).round().astype(int))
    figure = _map(idx, title, "number of the color", ticks, **look)
    numbers, counts = np.unique(idx, return_counts=True)
    grays = f"grays from {idx.min()} (black) to {idx.max()} (white)"
    most = f"The most frequent is {numbers[counts.argmax()]}, in {counts.max() / idx.size:.1%}"
    show(figure, title, f"The picture as numbers, drawn as {grays}.", f"{most} of the pixels.")


@as_documented
@matplotlib.rc_context(PLAIN)
def curves(series, title, xlabel, ylabel, labels=None):
    """Lines of measured values.

    Parameters
    ----------
    series : dict of tuple of 2 ndarray, shape (n,), numbers of any type
        Pairs (x, y), equally long, by name.
    title, xlabel, ylabel : str
    labels : dict of list of str, optional
        What to write beside each point of a line, by the name of the line.
    """
    whole("The number of lines", len(series), 1, len(SERIES))
    for name, (x, y) in series.items():
        parts = {"x": x, "y": y}
        if name in (labels or {}):
            parts["labels"] = labels[name]
        if len({len(part) for part in parts.values()}) > 1:
            told = ", ".join(f"{len(part)} {what}" for what, part in parts.items())
            raise ValueError(f"The line {name!r} has {told}; give equally many.")
    figure, axis = _figure(title, 4.2)
    words, written = [], []
    for (name, (x, y)), color, marker in zip(series.items(), SERIES, MARKERS, strict=False):
        axis.plot(x, y, color=color, marker=marker, label=name)
        texts = (labels or {}).get(name, [""] * len(x))
        written += [(t, (u, v), {"color": color}) for t, u, v in zip(texts, x, y, strict=True) if t]
        values = (
            f"{text} {v:.4g} at {u:.4g}".strip() for u, v, text in zip(x, y, texts, strict=True)
        )
        words.append(f"{name}: {', '.join(values)}.")
    axis.set(xlabel=xlabel, ylabel=ylabel)
    axis.margins(0.07, 0.1 if labels else None)
    if len(series) > 1:
        axis.legend()
    if labels:
        lettering.fit_words(figure)
        figure.draw_without_rendering()  # which settles where the axes are
        lettering.label_points(axis, written)
    show(figure, title, f"{ylabel} (upward) over {xlabel} (to the right).", " ".join(words))


@as_documented
@matplotlib.rc_context(PLAIN)
def strips(series, title, xlabel):
    """Many runs of the same kind: a dot for each run, a row for each kind.

    Parameters
    ----------
    series : dict of ndarray, shape (n,), numbers of any type
        The values of the runs, in their order, by the name of their kind.
    title, xlabel : str
    """
    whole("The number of rows", len(series), 1, len(SERIES))
    series = {str(name): values for name, values in series.items()}
    figure, axis = _figure(title, 0.75 * len(series) + 0.7)
    words = []
    for row, (name, values) in enumerate(series.items()):
        # Each a little lower than the one before: runs that come out alike stay apart.
        rows = row + 0.5 * (np.arange(len(values)) + 0.5) / len(values) - 0.25
        axis.scatter(values, rows, color=SERIES[row], marker=MARKERS[row], s=34, alpha=0.75)
        middle = float(np.median(values))
        axis.plot([middle] * 2, [row - 0.36, row + 0.36], color="black", zorder=3)
        told = f"from {min(values):.4g} to {max(values):.4g}, half of them below {middle:.4g}"
        words.append(f"{name}: {len(values)} runs {told}.")
    axis.set(xlabel=xlabel, ylim=(len(series) - 0.45, -0.55))
    _, look = lettering.written("".join(series))
    axis.set_yticks(range(len(series)), [lettering.written(name)[0] for name in series], **look)
    axis.grid(False, axis="y")
    rows = "A row" if len(series) == 1 else f"{len(series)} rows"
    what = f"{rows} of dots, one for each run, over {xlabel} (to the right); the bar is the median."
    show(figure, title, what, " ".join(words))


@as_documented
@matplotlib.rc_context(PLAIN)
def shapes(a, b, names, title):
    """Two shapes, right-aligned, and how broadcasting stretches them.

    Parameters
    ----------
    a, b : tuple of int, 0 or more
    names : tuple of 2 str
        What the two arrays are called.
    title : str
    """
    axes_count = max(len(a), len(b))
    padded = [(None,) * (axes_count - len(shape)) + tuple(shape) for shape in (a, b)]
    fits = [x in (1, None) or y in (1, None) or x == y for x, y in zip(*padded, strict=True)]
    result = [y if x in (1, None) else x for x, y in zip(*padded, strict=True)]
    figure, axis = _figure(title, 2.5)
    axis.set(xlim=(-1.2, axes_count + 1.9), ylim=(3.1, -0.25))
    axis.axis("off")
    for row, (name, shape) in enumerate(zip(names, padded, strict=True)):
        axis.text(-0.1, row + 0.5, name, ha="right", va="center")
        for column, size in enumerate(shape):
            stretched = size in (1, None) and result[column] != 1
            text = {None: "–"}.get(size, str(size)) + (f" → {result[column]}" if stretched else "")
            _box(axis, column, row, text, "#e8f1f8" if stretched else "white", stretched)
    axis.text(-0.1, 2.6, "result", ha="right", va="center", fontweight="bold")
    for column, (size, fit) in enumerate(zip(result, fits, strict=True)):
        good = "#dff0e6" if all(fits) else "white"
        _box(axis, column, 2.1, str(size) if fit else "error", good if fit else "#f8dcd2", False)
    notes = ["dashed: stretched"] if any(s in (1, None) for shape in padded for s in shape) else []
    notes += ["–: no such axis"] if len(a) != len(b) else []
    note = "\n".join(notes) if all(fits) else "error: two sizes,\nand neither is 1"
    axis.text(axes_count + 0.15, 2.6, note, va="center", fontsize=9, color="#333333")
    outcome = f"the result has shape {tuple(result)}" if all(fits) else "they don't fit"
    show(figure, title, f"Shape {a} under shape {b}, aligned at the right: {outcome}.")


def hero(image, quantized, codebook, title, labels=None):
    """The course in one picture: original, sixteen colors, and the palette between.

    Parameters
    ----------
    image, quantized, codebook, title, labels
        As in `hero_figure`.
    """
    figure = hero_figure(image, quantized, codebook, title, labels)  # its door comes first
    below = f"Below, its {colors.colors_in_words(len(codebook))}."
    names = f"They are {', '.join(map(colors.to_hex, codebook))}."
    words = f"Left, the photograph. Right, the same repainted. {below}"
    show(figure, title, words, names)


@as_documented
@matplotlib.rc_context(PLAIN)
def hero_figure(image, quantized, codebook, title, labels=None):
    """The figure of `hero`, for the README and the command line, too.

    Parameters
    ----------
    image, quantized : ndarray, shape (H, W, 3), values in [0, 1]
    codebook : ndarray, shape (K, 3), values in [0, 1]
    title : str
    labels : tuple of 2 str, optional
        What to write over the pictures; how many colors they have, if not given.

    Returns
    -------
    matplotlib.figure.Figure
    """
    few_enough(codebook, MOST_COLORS)
    columns = min(len(codebook), 16)
    rows = math.ceil(len(codebook) / columns)
    height = height_of(image, WIDTH / 2)
    figure, _ = _figure(title, height + 0.3 + 0.5 * rows, rows=0)
    grid = figure.add_gridspec(2, 2, height_ratios=(height, 0.5 * rows))
    labels = labels or [
        colors.colors_in_words(colors.number_of_colors(picture)) for picture in (image, quantized)
    ]
    for column, (picture, label) in enumerate(zip((image, quantized), labels, strict=True)):
        axis = figure.add_subplot(grid[0, column])
        draw_picture(axis, picture)
        axis.set_title(label)
    names = [colors.to_hex(color) for color in codebook]
    axis = figure.add_subplot(grid[1, :])
    draw_swatches(axis, codebook, columns, names, (0, 0, 1, 0.65), 0.8, 7.5, edge="none")
    return figure


def draw_swatches(axis, codebook, columns, texts, box, below, fontsize, edge="#888888"):
    """Draw colors in rows, each over a text.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    codebook : ndarray, shape (K, 3), values in [0, 1]
    columns : int
    texts : list of K str
    box, below : (left, top, width, height), and float
        Where the swatch lies, and its text begins, in a color's room of 1 x 1.
    fontsize : float, points
    edge : color of the line around a swatch
    """
    few_enough(codebook, MOST_COLORS)
    axis.set(xlim=(0, columns), ylim=(math.ceil(len(codebook) / columns), 0))
    axis.axis("off")
    left, top, width, height = box
    for k, (color, text) in enumerate(zip(codebook, texts, strict=True)):
        row, column = divmod(k, columns)
        place = (column + left, row + top)
        axis.add_patch(Rectangle(place, width, height, fc=color.clip(0, 1), ec=edge))
        axis.text(column + 0.5, row + below, text, ha="center", va="top", fontsize=fontsize)


@as_documented
@matplotlib.rc_context(STYLE)
def encode_figure(figure, file_format, dpi=150):
    """A figure as the bytes of a file: the same bytes for a figure that is made anew.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    file_format : {"png", "pdf"}
    dpi : int, 10 to 600
        Dots per inch, of a PNG and of the pictures in a PDF.

    Returns
    -------
    bytes
    """
    buffer = io.BytesIO()
    # Without the hour at which it was made, which a PDF would tell.
    metadata = {"CreationDate": None} if file_format == "pdf" else None
    lettering.fit_words(figure)
    figure.savefig(buffer, format=file_format, dpi=dpi, metadata=metadata)
    return buffer.getvalue()


def _figure(title, height, rows=1, columns=1):
    """A figure with its title at the left, and its axes: one, a grid, or none for 0 rows."""
    figure = Figure(figsize=(WIDTH, height + 0.45), layout="constrained")
    figure.suptitle(title, x=0.012, ha="left", fontsize=13, fontweight="bold")
    return figure, figure.subplots(rows, columns) if rows else None


def _map(values, title, label, ticks=None, **look):
    """A figure of one value per pixel, with the scale of the values beside it."""
    figure, axis = _figure(title, max(height_of(values, MAP_WIDTH), SCALE_HEIGHT))
    drawn = draw_picture(axis, values, **look)
    figure.colorbar(drawn, ax=axis, label=label, ticks=ticks, shrink=0.9)
    return figure


def height_of(picture, width):
    """Inches that a picture is high when it is so wide, within what can be seen.

    Parameters
    ----------
    picture : ndarray, shape (H, W, ...)
    width : float, inches

    Returns
    -------
    float
        At most ``TALLEST``: then the picture becomes narrower instead.
    """
    aspect = picture.shape[0] / picture.shape[1]
    return min(width * min(max(aspect, 1 / THIN), THIN), TALLEST)


def draw_picture(axis, picture, **look):
    """Draw a picture in a thin frame, and a very thin one thicker, with a word that says so.

    Parameters
    ----------
    axis : matplotlib.axes.Axes
    picture : ndarray, shape (H, W, 3) or (H, W), values in [0, 1]
        Two axes are drawn as gray.
    **look
        Of ``imshow``, for two axes that mean something else.

    Returns
    -------
    matplotlib.image.AxesImage
    """
    shown = in_sight(picture)
    if shown is not picture:
        axis.set_xlabel("drawn thicker than it is", fontsize=8)
    if not look:
        shown = shown.clip(0, 1)  # a rounding error beyond, for which Matplotlib would warn
    axis.set(xticks=[], yticks=[])
    axis.grid(False)
    axis.spines[:].set(visible=True, color="#bbbbbb", linewidth=0.6)  # so a white one ends
    return axis.imshow(shown, **(look or {"cmap": "gray", "vmin": 0, "vmax": 1}))


def _box(axis, column, row, text, color, dashed):
    """A size of a shape, in its box."""
    look = {"fc": color, "ec": "#333333", "ls": "--" if dashed else "-"}
    axis.add_patch(Rectangle((column + 0.04, row + 0.06), 0.92, 0.82, **look))
    axis.text(column + 0.5, row + 0.48, text, ha="center", va="center", fontsize=12)


def _smallest_encoding(figure):
    """The figure as PNG (lines and flat colors) or JPEG (photographs), the smaller: mime, data."""
    lettering.fit_words(figure)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = np.asarray(canvas.buffer_rgba())[:, :, :3] / np.float32(255)
    png = images.encode_png(picture)
    try:
        jpeg = images.encode_jpeg(picture, full_color=True)
    except OSError:  # pure noise
        return "image/png", png
    return ("image/png", png) if len(png) <= len(jpeg) else ("image/jpeg", jpeg)
