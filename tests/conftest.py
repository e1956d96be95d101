"""What the tests share: how hypothesis searches, and pictures to search with."""

import numpy as np
import pytest
from hypothesis import settings

# The same examples on every machine: a check that fails tells of a change, not of luck.
settings.register_profile("lab", deadline=None, derandomize=True, database=None, max_examples=60)
settings.load_profile("lab")


@pytest.fixture
def rng():
    return np.random.default_rng(16)


@pytest.fixture
def picture(rng):
    """A small picture, not square, that no function may write to."""
    image = rng.random((5, 7, 3))
    image.flags.writeable = False
    return image
