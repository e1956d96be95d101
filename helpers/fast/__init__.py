"""K-means on the colors of a picture, engineered: the same answers, many times as fast.

A few ideas carry it, all in plain NumPy, each in a room of its own::

    slider     the palettes of one picture, any K in milliseconds
    pictures   a picture in one call, or within so much time
    grids      a coarse grid of color cells finds a palette that needs little polish; most
               cells have one nearest centroid for all of their colors
    bounds     a color whose two nearest centroids differ by more than they have moved since
               need not be looked at, and only colors that change sides move the sums
    starts     where K-means begins, and what becomes of a centroid that loses its colors
    distances  squared distances are one product of matrices, in float32, with a bound on
               what that rounds away; the few that are too close to call are measured as in
               the lessons
    counting   a picture has far fewer colors than pixels: count each color once, weigh it
    dithering  pixels along a falling line do not wait for one another

Lessons 08 and 08b explain them. What other rooms call is reached from here: ``fast.cluster``.
"""

from helpers.fast.bounds import Step, kmeans, steps
from helpers.fast.counting import Counted, count_colors
from helpers.fast.dithering import dither, dither_steps
from helpers.fast.grids import quick_kmeans
from helpers.fast.pictures import cluster, palette_within
from helpers.fast.slider import Answer, Palettes
from helpers.fast.starts import kmeans_plus_plus

__all__ = [
    "Answer",
    "Counted",
    "Palettes",
    "Step",
    "cluster",
    "count_colors",
    "dither",
    "dither_steps",
    "kmeans",
    "kmeans_plus_plus",
    "palette_within",
    "quick_kmeans",
    "steps",
]
