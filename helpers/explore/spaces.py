"""RGB or Lab, random start or k-means++, dithered or not: two ways, side by side."""

from typing import NamedTuple

import ipywidgets as widgets
import numpy as np

from helpers import fast, images, kmeans
from helpers.codebook import find_closest_centroids
from helpers.color import lab_to_srgb, srgb_to_lab
from helpers.explore import stage

THIS_PAGES = "this page's picture"
PHOTOS = {"tulips": "tulips", "harbor at dusk": "harbour_dusk", "pencils": "pencils"}
SIDES = ("left", "right")
SPACES = ("RGB", "Lab")
STARTS = {
    "random start": kmeans.kmeans_init_centroids,
    "k-means++": kmeans.kmeans_plus_plus,
}
PAINTINGS = ("nearest color", "dithered")
CHOICES = {"space": SPACES, "start": tuple(STARTS), "painting": PAINTINGS}
LARGEST = 64
SEEDS = 20
CELL_BITS = 5  # while it moves, colors that share the first 5 bits of each channel are one
LINES = 150  # of a dithered picture at a time: about 20 milliseconds
SHOWN = 5  # each of so many first steps of K-means is painted, and every fifth after them


class Way(NamedTuple):
    """How one of the two pictures is painted."""

    space: str  # one of SPACES
    start: str  # one of STARTS
    painting: str  # one of PAINTINGS


class Painted(NamedTuple):
    """A picture in K colors, and how far it is from the photograph."""

    png: bytes
    codebook: np.ndarray  # (K, 3), each channel a whole number of 255ths
    mse: float
    difference: float  # mean color difference


def compare_spaces(image, K=16, ways=None):
    """Two pictures with equally many colors, each found and painted in its own way.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    K : int, 1 to 64
        Where the slider begins.
    ways : pair of `Way`, optional
        What the two sides begin with; if not given, they differ in the painting alone.
    """
    comparison = Comparison(image, K, ways or DEFAULT)
    comparison.explorer.finish()
    both = " ".join(comparison.said[side] for side in SIDES)
    stage.present(comparison.explorer, still(comparison), both)


def spaces_explorer(image, K=16, ways=None):
    """The live part of `compare_spaces`.

    Returns
    -------
    stage.Explorer
        Its parts are "K", "seed", "photo", and for each of ``SIDES``, "left-space",
        "left-start", "left-painting", "left-picture", "left-facts".
    """
    return Comparison(image, K, ways or DEFAULT).explorer


DEFAULT = (Way("RGB", "k-means++", "nearest color"), Way("RGB", "k-means++", "dithered"))


# --- What is computed ----------------------------------------------------------------------


class Photo:
    """A photograph, its colors in both spaces, and the starts drawn from it.

    Attributes
    ----------
    image : ndarray, shape (H, W, 3), each channel a whole number of 255ths
    points : dict
        The different colors, shape (M, 3), by space.
    counts : ndarray, shape (M,)
    inverse : ndarray, shape (N,)
        Which of the colors each pixel has.
    """

    def __init__(self, image):
        self.image = images.to_bytes(image) / 255
        colors, self.counts, self.inverse = fast.count_colors(self.image)
        self.points = {"RGB": colors, "Lab": srgb_to_lab(colors)}
        # Coarse cells of colors, for answers while a slider moves.
        levels = (np.rint(colors * 255).astype(int) >> (8 - CELL_BITS)) @ (65536, 256, 1)
        _, self.cells = np.unique(levels, return_inverse=True)
        self.cell_of_pixel = self.cells[self.inverse]
        self.sizes = np.bincount(self.cells, weights=self.counts)
        sums = [np.bincount(self.cells, weights=self.counts * c) for c in colors.T]
        means = (np.stack(sums) / self.sizes).T
        self.means = {"RGB": means, "Lab": srgb_to_lab(means)}
        sample = images.to_pixels(self.image)[::16]  # as in the lesson
        self.sample = sample if len(sample) >= 32 * LARGEST else colors
        self.largest = min(LARGEST, len(np.unique(self.sample, axis=0)))
        self._starts = {}

    def start(self, way, seed, K):
        """K centroids to begin with, in the space of this way.

        Both kinds of start draw one color after the other: the first K of many are those
        that would be drawn for K.
        """
        key = (way.space, way.start, seed)
        if len(self._starts.get(key, ())) < K:
            enough = next(n for n in (16, 32, LARGEST) if n >= K)
            sample = self.sample if way.space == "RGB" else srgb_to_lab(self.sample)
            rng = np.random.default_rng(seed)
            self._starts[key] = STARTS[way.start](sample, min(enough, self.largest), rng)
        return self._starts[key][:K]

    def coarsely(self, space, centroids):
        """Paint each cell with the color nearest to its mean: quick, and nearly right."""
        idx = find_closest_centroids(self.means[space], centroids)
        codebook = as_palette(space, centroids)
        error, difference = self._distances("means", codebook, idx, self.sizes)
        return self._painted(idx[self.cell_of_pixel], codebook, error, difference)

    def exactly(self, space, centroids, idx):
        """Paint each color with its centroid, as K-means has assigned them."""
        codebook = as_palette(space, centroids)
        error, difference = self._distances("points", codebook, idx, self.counts)
        return self._painted(idx[self.inverse], codebook, error, difference)

    def dithered(self, codebook, idx):
        """The picture as it has been dithered: idx has shape (H, W)."""
        painted = codebook[idx.ravel()]
        error = float(((images.to_pixels(self.image) - painted) ** 2).mean())
        apart = self.points["Lab"][self.inverse] - srgb_to_lab(codebook)[idx.ravel()]
        return self._painted(idx, codebook, error, float(np.sqrt((apart**2).sum(axis=1)).mean()))

    def _distances(self, which, codebook, idx, counts):
        """Mean squared error and mean color difference of weighted colors."""
        points = getattr(self, which)
        squared = ((points["RGB"] - codebook[idx]) ** 2).sum(axis=1)
        apart = np.sqrt(((points["Lab"] - srgb_to_lab(codebook)[idx]) ** 2).sum(axis=1))
        total = counts.sum()
        return float(counts @ squared) / (3 * total), float(counts @ apart) / total

    def _painted(self, idx, codebook, mse, difference):
        idx = idx.reshape(self.image.shape[:2])
        png = images.encode_indexed_png(idx, codebook, compress_level=1)
        return Painted(png, codebook, mse, difference)


def as_palette(space, centroids):
    """Centroids as colors that a file can store.

    Parameters
    ----------
    space : {"RGB", "Lab"}
    centroids : ndarray, shape (K, 3)

    Returns
    -------
    ndarray, shape (K, 3), values in [0, 1], whole numbers of 255ths
    """
    return images.to_bytes(centroids if space == "RGB" else lab_to_srgb(centroids)) / 255


# --- The controls --------------------------------------------------------------------------


class Comparison:
    """The controls of one explorer, and what they change.

    Attributes
    ----------
    explorer : stage.Explorer
    photo : Photo
    said : dict
        What each side has come to, in words.
    work : dict
        The way and the start of each side that is not ready.
    """

    def __init__(self, image, K, ways):
        self.photos = {THIS_PAGES: Photo(image)}
        self.photo = self.photos[THIS_PAGES]
        self.parts = {
            "K": widgets.IntSlider(
                value=K, min=1, max=LARGEST, description="Colors K", layout={"width": "auto"}
            ),
            "seed": widgets.IntSlider(
                value=0, min=0, max=SEEDS - 1, description="Seed", layout={"flex": "1 1 16em"}
            ),
            "photo": widgets.Dropdown(
                options=[THIS_PAGES, *PHOTOS], description="Picture", layout={"width": "20em"}
            ),
        }
        for side, way in zip(SIDES, ways, strict=True):
            self.parts |= _parts_of(side, way)
        sides = [_panel(self.parts, side) for side in SIDES]
        both = widgets.HBox(sides, layout={"flex_flow": "row wrap", "grid_gap": "0.5em 1em"})
        rows = [self.parts["K"], stage.row(self.parts["seed"], self.parts["photo"]), both]
        self.explorer = stage.Explorer(rows, self.parts, _names())
        self.said, self.work = {}, {}
        for name in ("K", "seed"):
            self.parts[name].observe(lambda change: self.begin(SIDES), names="value")
        self.parts["photo"].observe(lambda change: self.take(change["new"]), names="value")
        for side in SIDES:
            for name in CHOICES:
                self.parts[f"{side}-{name}"].observe(
                    lambda change, side=side: self.begin([side]), names="value"
                )
        self.begin(SIDES)

    def way(self, side):
        """What has been chosen for a side."""
        return Way(*(self.parts[f"{side}-{name}"].value for name in CHOICES))

    def take(self, name):
        """Paint another photograph."""
        if name not in self.photos:
            self.photos[name] = Photo(images.load_photo(PHOTOS[name]))
        self.photo = self.photos[name]
        self.begin(SIDES)

    def begin(self, sides):
        """Show the start of these sides at once, and leave the rest for a rest.

        A side that was not ready goes on as well: its work begins anew.
        """
        for side in sides:
            way, K = self.way(side), min(self.parts["K"].value, self.photo.largest)
            start = self.photo.start(way, self.parts["seed"].value, K)
            state = "the start, on a coarse grid; no step of K-means yet"
            self.show(side, self.photo.coarsely(way.space, start), state)
            self.work[side] = way, start
        self.explorer.when_resting(self.improve())

    def improve(self):
        """Let both sides take their steps by turns, then announce what came out."""
        running = {side: self.steps_of(side, *self.work[side]) for side in sorted(self.work)}
        while running:
            for side, steps in list(running.items()):
                if next(steps, "ready") == "ready":
                    del running[side], self.work[side]
                yield
        self.explorer.say(" ".join(self.said[side] for side in SIDES))

    def steps_of(self, side, way, start):
        """K-means to its end, then the dithering, if it was asked for."""
        photo = self.photo
        for number, step in enumerate(fast.steps(photo.points[way.space], photo.counts, start)):
            if number <= SHOWN or number % SHOWN == 0:
                painted = photo.exactly(way.space, step.centroids, step.idx)
                self.show(side, painted, f"K-means: step {number} …")
            yield
        painted = photo.exactly(way.space, step.centroids, step.idx)
        if way.painting == "dithered":
            for share, idx in fast.dither_steps(photo.image, painted.codebook, LINES):
                self.show(side, painted, f"dithering: {share:.0%} …")
                yield
                if share == 1:
                    painted = photo.dithered(painted.codebook, idx)
        self.show(side, painted, f"ready: {number} steps of K-means")
        self.said[side] = words(side, way, painted, number)

    def show(self, side, painted, state):
        """Put a picture and its numbers on a side."""
        facts = {
            "Colors": f"K = {len(painted.codebook)}",
            "MSE": f"{painted.mse:.5f}",
            "Mean color difference": f"{painted.difference:.2f}",
        }
        if self.parts[f"{side}-picture"].value != painted.png:
            self.parts[f"{side}-picture"].value = painted.png
        self.parts[f"{side}-facts"].value = stage.facts_html(facts, state) + stage.palette_html(
            painted.codebook
        )
        self.explorer.rename(
            **{f"{side}-picture": f"{words(side, self.way(side), painted)} ({state})"}
        )


def words(side, way, painted, steps=None):
    """What one side shows, in one sentence.

    Parameters
    ----------
    side : {"left", "right"}
    way : Way
    painted : Painted
    steps : int, optional
        That K-means has taken.

    Returns
    -------
    str
    """
    after = "" if steps is None else f", after {steps} steps of K-means"
    return (
        f"{side.capitalize()}: {len(painted.codebook)} colors, {way.space}, {way.start}, "
        f"{way.painting}: MSE {painted.mse:.5f}, mean color difference "
        f"{painted.difference:.2f}{after}."
    )


def still(comparison):
    """Both sides as HTML that needs no kernel."""
    parts = comparison.parts
    figures = [
        stage.still_picture(parts[f"{side}-picture"].value, comparison.said[side]) for side in SIDES
    ]
    cells = "".join(
        f'<div style="flex: 1 1 18em; min-width: 0">{figure}</div>' for figure in figures
    )
    return f'<div style="display: flex; flex-wrap: wrap; gap: 0 1em">{cells}</div>'


def _parts_of(side, way):
    """Three choices, a picture and its numbers, for one side."""
    parts = {
        f"{side}-{name}": widgets.Dropdown(
            options=options, value=getattr(way, name), layout={"width": "auto", "flex": "1 1 7.5em"}
        )
        for name, options in CHOICES.items()
    }
    parts[f"{side}-picture"] = widgets.Image(format="png", layout={"width": "100%", "margin": "0"})
    parts[f"{side}-facts"] = widgets.HTML()
    return parts


def _panel(parts, side):
    choices = stage.row(*(parts[f"{side}-{name}"] for name in CHOICES))
    children = [choices, parts[f"{side}-picture"], parts[f"{side}-facts"]]
    return widgets.VBox(children, layout={"flex": "1 1 15em", "min_width": "0"})


def _names():
    names = {"K": "Number of colors K", "seed": "Seed of the start", "photo": "Picture to repaint"}
    for side in SIDES:
        for name, what in (("space", "color space"), ("start", "start"), ("painting", "painting")):
            names[f"{side}-{name}"] = f"{side.capitalize()}: {what}"
    return names
