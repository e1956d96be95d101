"""What a palette costs and what it saves: bits on paper, bytes on disk, mse, psnr."""

import math

import numpy as np

from helpers import images
from helpers.doors import as_documented


@as_documented
def mse(a, b):
    """Mean squared error: the mean over all pixels and channels of (a - b)^2.

    Parameters
    ----------
    a, b : ndarray of the same shape, values in [0, 1]

    Returns
    -------
    float, 0 (equal) to 1
    """
    return float(((a - b) ** 2).mean())


@as_documented
def psnr(a, b):
    """Peak signal-to-noise ratio: the error on the scale on which engineers read it.

    Parameters
    ----------
    a, b : ndarray of the same shape, values in [0, 1]

    Returns
    -------
    float
        In decibels: higher is better, ``inf`` for equal pictures. 10 log10(peak^2 / mse),
        and the peak of our pictures is 1 (ITU-T Recommendation J.247).
    """
    return decibels(mse(a, b))


@as_documented
def decibels(error):
    """The `psnr` that belongs to an error.

    Parameters
    ----------
    error : float, 0 or more
        A mean squared error.

    Returns
    -------
    float
    """
    return math.inf if error == 0 else 10 * math.log10(1 / error)


@as_documented
def bits_on_paper(height, width, K):
    """Bits that a picture of K colors takes: an index per pixel, and the palette.

    Parameters
    ----------
    height, width : int, 1 or more
    K : int, 1 to 16777216
        As many as 24 bits can tell apart.

    Returns
    -------
    int
        height x width x ceil(log2 K) + 24 K.
    """
    return height * width * math.ceil(math.log2(K)) + 24 * K


@as_documented
def compression_ratio(height, width, K):
    """How many times smaller K colors make a 24-bit picture, on paper.

    Parameters
    ----------
    height, width : int, 1 or more
    K : int, 1 to 16777216
        As many as 24 bits can tell apart.

    Returns
    -------
    float
        24 HW / (HW ceil(log2 K) + 24 K).
    """
    return 24 * height * width / bits_on_paper(height, width, K)


@as_documented
def entropy(idx):
    """Bits per pixel that no code for these numbers can beat, one pixel at a time.

    Parameters
    ----------
    idx : ndarray of any shape, integers, 0 or more

    Returns
    -------
    float, 0 to log2 K
        - sum of p_k log2 p_k, p_k being the share of pixels with number k: C. E. Shannon,
        "A mathematical theory of communication", 1948.
    """
    _, counts = np.unique(idx, return_counts=True)
    share = counts / idx.size
    return float(-(share * np.log2(share)).sum()) + 0.0  # + 0.0 turns -0.0 to 0.0


@as_documented
def bytes_on_disk(image, idx, codebook):
    """Sizes of files really made of a picture and of its repainted version.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
        The picture before.
    idx : ndarray, shape (H, W) or (H * W,), integers in 0..K-1
    codebook : ndarray, shape (K, 3), values in [0, 1], K <= 256

    Returns
    -------
    dict
        Bytes by name: "24-bit PNG" and "JPEG" (quality 90) of the picture before,
        "indexed PNG" of the picture after. No JPEG of a picture that is too long for one.
    """
    sizes = {"24-bit PNG": len(images.encode_png(image))}
    if max(image.shape[:2]) <= images.LONGEST_JPEG:
        sizes["JPEG"] = len(images.encode_jpeg(image))
    indexed = images.encode_indexed_png(np.reshape(idx, image.shape[:2]), codebook)
    return sizes | {"indexed PNG": len(indexed)}
