"""A picture repainted with a few colors, and what that costs."""

import math
from typing import NamedTuple

import numpy as np

from helpers import images
from helpers.compression import bits_on_paper
from helpers.plots import in_sight


class Painted(NamedTuple):
    """A picture painted with a palette: as a file stores it, so all numbers are the file's."""

    idx: np.ndarray  # (H, W), numbers of the palette's colors
    codebook: np.ndarray  # (K, 3), each channel a whole number of 255ths
    mse: float
    png: bytes
    difference: float | None = None  # mean color difference, where an explorer tells it

    @property
    def K(self):
        """How many colors the palette has."""
        return len(self.codebook)

    @property
    def psnr(self):
        """In dB."""
        return decibels(self.mse)

    @property
    def bits(self):
        """On paper."""
        return bits_on_paper(*self.idx.shape, self.K)

    @property
    def shown(self):
        """The file as a page shows it: that of a very thin picture would be a line."""
        idx = in_sight(self.idx)
        return self.png if idx is self.idx else images.encode_indexed_png(idx, self.codebook, 1)

    def words(self):
        """What it costs, in one sentence."""
        raw = 3 * self.idx.size
        return (
            f"K = {self.K}: MSE {self.mse:.5f}, PSNR {self.psnr:.2f} dB; on paper "
            f"{self.bits / self.idx.size:.2f} bits per pixel, {self.bits // 8:,} bytes, "
            f"{8 * raw / self.bits:.1f} times smaller than 24 bits per pixel; as an indexed PNG "
            f"{len(self.png):,} bytes, {raw / len(self.png):.1f} times smaller."
        )


def paint(palettes, centroids, compress_level=1):
    """Give every pixel of a `fast.Palettes` the nearest of these colors, rounded to 8 bits."""
    codebook = images.to_bytes(centroids) / 255
    answer = palettes.paint(codebook)
    return encoded(answer.idx, codebook, answer.mse, compress_level)


def encoded(idx, codebook, mse, compress_level=1):
    """A `Painted` of what has been computed, its picture encoded."""
    png = images.encode_indexed_png(idx, codebook, compress_level)
    return Painted(idx, codebook, mse, png)


def decibels(mse):
    """The PSNR that belongs to a mean squared error, as `helpers.compression.psnr`."""
    return math.inf if mse == 0 else 10 * math.log10(1 / mse)
