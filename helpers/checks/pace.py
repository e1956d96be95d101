"""How long the rest of a page would wait for a function that is right.

A loop in a loop can be right and take minutes where a page hands it a photograph. So a function
that is right is timed on a few growing pieces of what its page will ask.
"""

import itertools
import math

import numpy as np

from helpers import call

LONG, MINUTES = 5, 100  # seconds: from here on it is told; from here on the course's own goes on
TIMES = 10  # as long as the course's own, or the machine is slow and not the function
LOOK = 0.5  # seconds of computing that finding out may take
PIECES = (64, 256, 1024, 4096, 16384)  # pixels


def pixels(n):
    """Pixels of about as many colors."""
    return np.random.default_rng(16).integers(0, 256, (n, 3)) / 255


def picture(n):
    """A picture of n pixels."""
    return pixels(n).reshape(n // 16, 16, 3)


def counts(n):
    """The counts of a picture with n colors, for lesson 11."""
    return np.stack([np.random.default_rng(n).permutation(4 * n)[:n], np.arange(n) + 1], axis=1)


def groups(n):
    """The number of a group of sixteen for each pixel."""
    return np.arange(n) % 16


def tensors(*arrays):
    """The arguments of lesson 10."""
    import torch  # whoever has written a right lloyd_step has it

    return tuple(torch.tensor(array) for array in arrays)


PHOTO, SAMPLE, COLORS = 393_216, 24_576, 158_287  # pixels; different colors of the photograph

# What the rest of its page hands a function: (n -> arguments with n pixels, pixels, calls).
ASKED = {
    "negative": (lambda n: (picture(n),), PHOTO, 4),
    "to_pixels": (lambda n: (picture(n),), PHOTO, 2),
    "to_image": (lambda n: (pixels(n), n // 16, 16), PHOTO, 2),
    "to_gray": (lambda n: (picture(n),), PHOTO, 1),
    "quantize": (lambda n: (picture(n), pixels(51)), PHOTO, 10),  # 508 colors in all
    "mse": (lambda n: (picture(n), picture(n)[::-1]), PHOTO, 13),
    "find_closest_centroids": (lambda n: (pixels(n), pixels(16)), SAMPLE, 12),
    "compute_centroids": (lambda n: (pixels(n), groups(n), 16), SAMPLE, 12),
    "wcss": (lambda n: (pixels(n), pixels(16), groups(n)), SAMPLE, 12),
    # Ten starts on the sample and one on the photograph: 22 million pixels to assign.
    "run_kmeans": (lambda n: (pixels(n), pixels(16), 3), PHOTO, 18),
    "psnr": (lambda n: (picture(n), picture(n)[::-1]), PHOTO, 10),
    "kmeans_plus_plus": (lambda n: (pixels(n), 16, np.random.default_rng(n)), SAMPLE, 20),
    "count_colors": (lambda n: (picture(n),), PHOTO, 2),
    "weighted_centroids": (lambda n: (pixels(n), groups(n) + 1, groups(n), 16), COLORS, 318),
    "lloyd_step": (lambda n: tensors(pixels(n), pixels(16)), PHOTO // 8, 200),
    "add_counts": (lambda n: (counts(n), counts(n) + [n, 0]), PHOTO // 2, 10),
}


def wait(name, function):
    """Seconds of computing that the rest of the page would ask of a right function; 0 where nobody can say."""
    if name not in ASKED:
        return 0.0
    arguments, size, calls = ASKED[name]
    twice = [arguments(n) for n in PIECES for _ in range(2)]  # the quicker counts
    trials = call.call(function, twice, limit=LOOK)
    if trials[0].out_of_time:
        return math.inf
    done = [t.seconds for t in itertools.takewhile(lambda trial: trial.error is None, trials)]
    seconds = [min(pair) for pair in zip(done[::2], done[1::2], strict=False)] or done
    if not seconds:
        return 0.0
    # Four times the pixels take four times as long; sixteen, where each looks at all the others.
    growth = [after / max(before, 1e-4) for before, after in itertools.pairwise(seconds)]
    # A slow machine may have come to the second piece only, and then one step has to tell.
    squared = growth[-1:] > [8] and all(step > 5 for step in growth[-2:])
    return calls * seconds[-1] * (size / PIECES[len(seconds) - 1]) ** (2 if squared else 1)


def is_slow(seconds, name, answer):
    """Whether a page would notice: it takes seconds, and a multiple of the course's own answer."""
    return seconds > LONG and seconds > TIMES * wait(name, answer)


def told(seconds):
    """What to say of a function for which the rest of a page would wait so long."""
    if seconds < MINUTES:
        long = f"about {seconds:.0f} seconds"
    elif seconds < 3600:
        long = f"about {seconds / 60:.0f} minutes"
    else:
        long = "more than an hour"
    return f"And slow: the rest of this page would wait for it for {long}. Where a loop runs inside a loop, let NumPy take the inner one; what grows row by row is copied each time."
