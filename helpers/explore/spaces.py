"""RGB or Lab, random start or k-means++, dithered or not: two ways, side by side."""

from typing import NamedTuple

import numpy as np

from helpers import fast, images, kmeans
from helpers.codebook import find_closest_centroids
from helpers.color import colors_in_words, lab_to_srgb, srgb_to_lab
from helpers.doors import as_documented, one_of
from helpers.explore.controls import column, menu, named, picture, row, slider, text
from helpers.explore.painted import encoded
from helpers.explore.photos import PhotoExplorer, page_share, photo_parts
from helpers.explore.stills import facts_html, palette_html, still_picture

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
LINES = 150  # of a dithered picture at a time: about 10 milliseconds
SHOWN = 5  # each of so many first steps of K-means is painted, and every fifth after them
COARSE = "the start, on a coarse grid; no step of K-means yet"


class Way(NamedTuple):
    """How one of the two pictures is painted."""

    space: str  # one of SPACES
    start: str  # one of STARTS
    painting: str  # one of PAINTINGS


DEFAULT = (Way("RGB", "k-means++", "nearest color"), Way("RGB", "k-means++", "dithered"))


@as_documented
def compare_spaces(image, K=16, ways=None):
    """Two pictures with equally many colors, each found and painted in its own way.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    K : int, 1 to 64
        Where the slider begins.
    ways : tuple of 2 tuple of 3 str, optional
        What the two sides begin with, such as ``("Lab", "k-means++", "dithered")``: color
        space, start and painting. If not given, they differ in the painting alone.
    """
    ways = [Way(*way) for way in ways or DEFAULT]
    for name, choices in CHOICES.items():
        for way in ways:
            one_of(f"The {name} is", getattr(way, name), choices)
    explorer = Comparison(image, K, ways)
    explorer.finish()
    explorer.present()


class Comparison(PhotoExplorer):
    """The explorer of `compare_spaces`.

    By side, `said` is what it has come to, in words, and `work` its way and its start until then.
    """

    def __init__(self, image, K, ways=DEFAULT):
        self.said, self.work = {}, {}
        parts = {
            "K": named("Number of colors K", slider("Colors K", K, 1, LARGEST, label="")),
            "seed": named(
                "Seed of the start",
                slider("Seed", 0, 0, SEEDS - 1, label="", width=None, flex="1 1 16em"),
            ),
            **photo_parts(),
        }
        sides = []
        for side, way in zip(SIDES, ways, strict=True):
            of_side = _parts_of(side, way)
            *choices, shown, facts = of_side.values()
            sides.append(column(row(*choices), shown, facts, width="15em"))
            parts |= of_side
        both = row(*sides, grid_gap="0.5em 1em")
        super().__init__(["K", "seed photo", "said", both], parts)
        self.when("K seed", lambda: self.begin(SIDES))
        for side in SIDES:
            choices = " ".join(f"{side}-{name}" for name in CHOICES)
            self.when(choices, lambda side=side: self.begin([side]))
        self.offer(image)

    def way(self, side):
        """What has been chosen for a side."""
        return Way(*(self.value(f"{side}-{name}") for name in CHOICES))

    def show_photo(self, image):
        """Another picture, and whether it has fewer colors than the slider."""
        self.photo = Photo(image)
        few = self.end_at(LARGEST, self.photo.largest)
        for side in SIDES:
            self.parts[f"{side}-picture"].layout.width = page_share(self.photo.image)
        self.begin(SIDES)
        return few

    def begin(self, sides):
        """Show the start of these sides at once, and leave the rest for a rest.

        A side that was not ready goes on as well: its work begins anew.
        """
        K, seed = self.value("K"), self.value("seed")
        for side in sides:
            way = self.way(side)
            start = self.photo.start(way, seed, K)
            self.show(side, self.photo.coarsely(way.space, start), COARSE)
            self.work[side] = way, start
        self.when_resting(self.improve())

    def improve(self):
        """Let both sides take their steps by turns, then announce what came out."""
        running = {side: self.steps_of(side, *self.work[side]) for side in sorted(self.work)}
        while running:
            for side, steps in list(running.items()):
                if next(steps, "ready") == "ready":
                    del running[side], self.work[side]
                yield
        self.say(self.words())

    def steps_of(self, side, way, start):
        """K-means to its end, then the dithering, if it was asked for."""
        photo = self.photo
        points = getattr(photo.fine, way.space)
        for number, step in enumerate(fast.steps(points, photo.fine.counts, start)):
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
        self.said[side] = side_words(side, way, painted, number)

    def show(self, side, painted, state):
        """Put a picture and its numbers on a side."""
        facts = {
            "Colors": f"K = {painted.K}",
            "MSE": f"{painted.mse:.5f}",
            "Mean color difference": f"{painted.difference:.2f}",
        }
        below = facts_html(facts, state) + palette_html(painted.codebook)
        self.put(**{f"{side}-picture": painted.shown, f"{side}-facts": below})
        words = side_words(side, self.way(side), painted)
        self.rename(**{f"{side}-picture": f"{words} ({state})"})

    def words(self):
        """What both sides have come to."""
        return " ".join(self.said[side] for side in SIDES)

    def still(self):
        """Both sides."""
        cells = ""
        for side in SIDES:
            figure = still_picture(self.value(f"{side}-picture"), self.said[side])
            cells += f'<div style="flex: 1 1 18em; min-width: 0">{figure}</div>'
        return f'<div style="display: flex; flex-wrap: wrap; gap: 0 1em">{cells}</div>'


def _parts_of(side, way):
    """Three choices, a picture and its numbers, for one side."""
    parts = {
        f"{side}-{name}": named(
            f"{side.capitalize()}: {'color space' if name == 'space' else name}",
            menu("", options, getattr(way, name), width="auto", flex="1 1 7.5em"),
        )
        for name, options in CHOICES.items()
    }
    parts[f"{side}-picture"] = picture(width="100%")
    parts[f"{side}-facts"] = text()
    return parts


def side_words(side, way, painted, steps=None):
    """What one side shows, after so many steps of K-means, in one sentence."""
    after = "" if steps is None else f", after {steps} steps of K-means"
    return (
        f"{side.capitalize()}: {colors_in_words(painted.K)}, {way.space}, {way.start}, "
        f"{way.painting}: MSE {painted.mse:.5f}, mean color difference "
        f"{painted.difference:.2f}{after}."
    )


# --- What is computed ----------------------------------------------------------------------


class Points(NamedTuple):
    """The different colors of a picture, or what stands for many of them, in both spaces."""

    RGB: np.ndarray  # (M, 3)
    Lab: np.ndarray  # (M, 3)
    counts: np.ndarray  # (M,), pixels of each
    of_pixel: np.ndarray  # (N,), which of them a pixel belongs to


class Photo:
    """A photograph, its colors in both spaces, and the starts drawn from it.

    `fine` has every color, `coarse` cells of them for answers while a slider moves; starts have
    at most `largest` colors.
    """

    def __init__(self, image):
        self.image = images.to_bytes(image) / 255
        colors, counts, inverse = fast.count_colors(self.image)
        self.fine = Points(colors, srgb_to_lab(colors), counts, inverse)
        self.coarse = _merged(self.fine)
        sample = images.to_pixels(self.image)[::16]  # as in the lesson
        enough = len(sample) >= 32 * LARGEST and len(np.unique(sample, axis=0)) >= LARGEST
        self.sample = sample if enough else colors
        self.largest = min(LARGEST, len(colors))
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
        idx = find_closest_centroids(getattr(self.coarse, space), centroids)
        return self._painted(self.coarse, as_palette(space, centroids), idx)

    def exactly(self, space, centroids, idx):
        """Paint each color with its centroid, as K-means has assigned them."""
        return self._painted(self.fine, as_palette(space, centroids), idx)

    def dithered(self, codebook, idx):
        """Paint each pixel for itself: idx has shape (H, W)."""
        fine, N = self.fine, idx.size
        pixels = Points(fine.RGB[fine.of_pixel], fine.Lab[fine.of_pixel], np.ones(N), np.arange(N))
        return self._painted(pixels, codebook, idx.ravel())

    def _painted(self, points, codebook, idx):
        squared = ((points.RGB - codebook[idx]) ** 2).sum(axis=1)
        apart = np.sqrt(((points.Lab - srgb_to_lab(codebook)[idx]) ** 2).sum(axis=1))
        total = points.counts.sum()
        mse, difference = points.counts @ squared / (3 * total), points.counts @ apart / total
        shown = idx[points.of_pixel].reshape(self.image.shape[:2])
        return encoded(shown, codebook, float(mse))._replace(difference=float(difference))


def _merged(points):
    """Colors that share the first `CELL_BITS` bits of each channel become their mean."""
    _, _, cells = fast.count_colors(images.to_bytes(points.RGB) >> (8 - CELL_BITS))
    sizes = np.bincount(cells, weights=points.counts)
    sums = [np.bincount(cells, weights=points.counts * channel) for channel in points.RGB.T]
    means = (np.stack(sums) / sizes).T
    return Points(means, srgb_to_lab(means), sizes, cells[points.of_pixel])


def as_palette(space, centroids):
    """Centroids of either space as colors that a file can store: whole numbers of 255ths."""
    return images.to_bytes(centroids if space == "RGB" else lab_to_srgb(centroids)) / 255
