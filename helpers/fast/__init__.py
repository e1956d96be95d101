"""K-means on the colors of a picture, engineered: the same answers, many times as fast.

A few ideas carry it, all in plain NumPy, each in a room of its own. Lessons 08 and 08b
explain them::

    slider     the palettes of one picture, any K in milliseconds
    pictures   a picture in one call
    grids      a coarse grid first, and one question for a cell (08b)
    bounds     who need not be looked at (08), and only who moves counts (08b)
    starts     where K-means begins, and what becomes of a centroid that loses its colors
    distances  one product, half the digits, and numbers carried along (08b)
    counting   each color once, with the number of its pixels (08)
    dithering  pixels along a falling line do not wait for one another
"""

from helpers.fast.bounds import Step, kmeans, steps
from helpers.fast.counting import Counted, count_colors
from helpers.fast.dithering import dither, dither_steps
from helpers.fast.grids import quick_kmeans
from helpers.fast.pictures import cluster
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
    "quick_kmeans",
    "steps",
]
