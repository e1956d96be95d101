"""A picture repainted with colors of its own, and what that costs."""

import math
from typing import NamedTuple

import numpy as np

from helpers import images
from helpers.compression import bits_on_paper


class Painted(NamedTuple):
    """A repainted picture and what it costs."""

    K: int
    png: bytes
    codebook: np.ndarray  # (K, 3), each channel a whole number of 255ths
    mse: float
    psnr: float  # dB
    bits: int  # on paper
    pixels: int


def paint(palettes, centroids, compress_level=1):
    """Give every pixel its nearest color, and weigh the result.

    Parameters
    ----------
    palettes : fast.Palettes
        Of the picture.
    centroids : ndarray, shape (K, 3), values in [0, 1]
        Rounded to 8 bits, as a file stores them, so that all numbers are the file's.
    compress_level : int, 0 (fastest) to 9 (smallest file)

    Returns
    -------
    Painted
    """
    codebook = images.to_bytes(centroids) / 255
    answer = palettes.paint(codebook)
    return Painted(
        K=len(codebook),
        png=images.encode_indexed_png(answer.idx, codebook, compress_level),
        codebook=codebook,
        mse=answer.mse,
        psnr=math.inf if answer.mse == 0 else -10 * math.log10(answer.mse),
        bits=bits_on_paper(*answer.idx.shape, len(codebook)),
        pixels=answer.idx.size,
    )


def words(painted):
    """What a repainted picture costs, in one sentence.

    Parameters
    ----------
    painted : Painted

    Returns
    -------
    str
    """
    raw = 3 * painted.pixels
    return (
        f"K = {painted.K}: MSE {painted.mse:.5f}, PSNR {painted.psnr:.2f} dB; on paper "
        f"{painted.bits / painted.pixels:.2f} bits per pixel, {painted.bits // 8:,} bytes, "
        f"{8 * raw / painted.bits:.1f} times smaller than 24 bits per pixel; as an indexed PNG "
        f"{len(painted.png):,} bytes, {raw / len(painted.png):.1f} times smaller."
    )
