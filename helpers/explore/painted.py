"""A picture repainted with a few colors, and what that costs."""

from typing import NamedTuple

import numpy as np

from helpers import images
from helpers.color import to_hex
from helpers.compression import bits_on_paper, decibels


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
    def bits(self):
        """On paper."""
        return bits_on_paper(*self.idx.shape, self.K)

    @property
    def shown(self):
        """The file as a page shows it: that of a very thin picture would be a line."""
        idx = images.in_sight(self.idx)
        return self.png if idx is self.idx else images.encode_indexed_png(idx, self.codebook, 1)

    def costs(self):
        """What it costs: by a short name, a number in words."""
        raw, size = 3 * self.idx.size, len(self.png)
        return {
            "Colors": f"K = {self.K}",
            "MSE": f"{self.mse:.7f}",
            "PSNR": f"{decibels(self.mse):.2f} dB",
            "On paper": f"{self.bits / self.idx.size:.2f} bits per pixel",
            "Smaller on paper": f"{8 * raw / self.bits:.1f} times",
            "Indexed PNG": f"{size:,} bytes",
            "Smaller on disk": f"{raw / size:.1f} times",
        }

    def words(self):
        """What it costs, in one sentence."""
        told = self.costs()
        return (
            f"{told['Colors']}: MSE {self.mse:.5f}, PSNR {told['PSNR']}; on paper "
            f"{told['On paper']}, {self.bits // 8:,} bytes, {told['Smaller on paper']} smaller "
            f"than 24 bits per pixel; as an indexed PNG {told['Indexed PNG']}, "
            f"{told['Smaller on disk']} smaller."
        )

    def shares(self):
        """The part of the picture that each color paints, in a word."""
        shares = np.bincount(self.idx.ravel(), minlength=self.K) / self.idx.size
        rounded = ["<1%" if share < 0.005 else f"{share:.0%}" for share in shares]
        return [words if share else "idle" for words, share in zip(rounded, shares, strict=True)]

    def most(self):
        """The three colors that paint most of it, in a sentence."""
        counts = np.bincount(self.idx.ravel(), minlength=self.K)
        shares, first = self.shares(), np.argsort(-counts, kind="stable")[:3]
        return f"Most of it: {', '.join(f'{to_hex(self.codebook[k])} {shares[k]}' for k in first)}."


def paint(palettes, centroids, compress_level=1):
    """Give every pixel of a `fast.Palettes` the nearest of these colors, rounded to 8 bits."""
    codebook = images.to_bytes(centroids) / 255
    answer = palettes.paint(codebook)
    return encoded(answer.idx, codebook, answer.mse, compress_level)


def encoded(idx, codebook, mse, compress_level=1):
    """A `Painted` of what has been computed, its picture encoded."""
    png = images.encode_indexed_png(idx, codebook, compress_level)
    return Painted(idx, codebook, mse, png)
