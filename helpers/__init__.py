"""The small tested package behind the lessons: one room per idea.

Arrows point one way, from the top of this list to the bottom::

    __main__     a photo with a few colors, from the command line; `repaint` does it
    diploma      all of a learner's functions in a file that runs without the course (`alone`)
    explore      what moves: sliders, steppers, pickers
    checks       what answers: is this function right, and if not, why not
    mine         the learner's own library and progress; `excerpts`: a function with all it needs
    call         one call of somebody's function: copies in, plain values out (`plain`), and a
                 watch on the time (`watch`)
    poster       a page to hang on a wall
    plots        what shows: side by side, palette strip, color cloud, curves; its words in any
                 script (`lettering`)
    compression  what it costs: bits, bytes on disk, mse, psnr
    collection   more photographs than memory holds: counted, added up
    swatches     palettes as files of drawing programs
    fast         the same K-means, engineered
    kmeans       K-means as taught, and k-means++
    codebook     fixed palettes, nearest color, quantize
    color        distances, gray, tint, hex names, sRGB <-> Lab
    images       files <-> arrays, by the one reader (`reading`) and the one writer (`saving`)
    timing       how many times as fast: ratios, not seconds
    needs        what a page needs beyond the basic course, asked for kindly
    doors        what came, what was wanted: the checks of arguments
    in_browser   what the kernel of a notebook in a browser leaves out
    saved        what a page keeps of its explorers when it is saved
    old_names    where names live now that older pages look for elsewhere

Names that every room shares: ``image`` is (H, W, 3) float64 in [0, 1]; its pixels
are ``X``, (N, 3); a palette is ``codebook`` or ``centroids``, (K, 3); an assignment
is ``idx``, (N,), whole numbers in 0..K-1. Below ``@as_documented``, what a docstring says
of an argument is checked.
"""

import logging
import sys

# In the first cell of a first run Matplotlib would say, in red, that it makes a list of the fonts.
logging.getLogger("matplotlib.font_manager").addFilter(
    lambda record: "building the font cache" not in record.getMessage()
)

__version__ = "0.1.0"

if sys.platform == "emscripten":  # a Python in a browser
    from IPython import get_ipython

    from helpers import in_browser

    if hasattr(get_ipython(), "kernel"):
        in_browser.complete(get_ipython())
