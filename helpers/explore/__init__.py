"""What moves: sliders for K, and what they let you see.

Each explorer is one function and one class in a file of its own; it shows live controls,
and leaves a still of its answer in the page for whoever reads it without a running kernel.
What they share stands below them:

    base      the class of all explorers: names, answers to moves, work at rest, a clean exit
    own       a learner's own functions: what they answer, or one sentence
    controls  sliders, menus, buttons, rows
    photos    photographs to choose, and to take colors from
    painted   a picture in a few colors, and what that costs
    cube      the cube of colors, from any side
    stills    what stands in a page, as HTML
    canvas    a sheet to draw on while a slider moves
"""

from helpers.explore.cloud import cloud
from helpers.explore.distance import color_distance
from helpers.explore.edit import edit_codebook
from helpers.explore.k import explore_k
from helpers.explore.photo import your_photo
from helpers.explore.predict import predict
from helpers.explore.shapes import align_shapes
from helpers.explore.spaces import compare_spaces
from helpers.explore.steps import step_through

__all__ = [
    "align_shapes",
    "cloud",
    "color_distance",
    "compare_spaces",
    "edit_codebook",
    "explore_k",
    "predict",
    "step_through",
    "your_photo",
]
