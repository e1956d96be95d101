"""Colors as points: distances between them, gray, tint, hex names, and Lab.

A color is three numbers in [0, 1]: red, green, blue, as stored in a picture file
(sRGB). Lab is the space in which equal distances look about equally different.

Below `as_documented`, what is not as a docstring says is refused, here and in every room.
"""

import numpy as np

from helpers.doors import as_documented


def constant(numbers):
    """An array that pages share, and that nobody can change in place.

    Parameters
    ----------
    numbers : array-like

    Returns
    -------
    ndarray, read-only
    """
    array = np.array(numbers)
    array.flags.writeable = False
    return array


GRAY_WEIGHTS = constant([0.299, 0.587, 0.114])

# Linear sRGB -> XYZ for the white point D65: IEC 61966-2-1.
SRGB_TO_XYZ = constant(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = constant(SRGB_TO_XYZ.sum(axis=1))  # XYZ of (1, 1, 1), so that every gray has a = b = 0


@as_documented
def negative(image):
    """Turn every value to its opposite: 0 to 1, 1 to 0.

    Parameters
    ----------
    image : ndarray of any shape, values in [0, 1]

    Returns
    -------
    ndarray of the same shape
    """
    return 1 - image


@as_documented
def to_gray(image):
    """Brightness of each pixel, weighted as the eye weighs red, green and blue.

    Parameters
    ----------
    image : ndarray, shape (..., 3), values in [0, 1]

    Returns
    -------
    gray : ndarray, shape (...), values in [0, 1]
        0.299 R + 0.587 G + 0.114 B: ITU-R Recommendation BT.601.
    """
    return (image * GRAY_WEIGHTS).sum(axis=-1)


@as_documented
def tint(image, color):
    """Look at a picture through colored glass: each channel times that of the glass.

    Parameters
    ----------
    image : ndarray, shape (..., 3), values in [0, 1]
    color : array-like, shape (3,) or (..., 3), values in [0, 1]
        One for all pixels, or one for each.

    Returns
    -------
    ndarray, shape (..., 3)
    """
    return image * color


@as_documented
def all_differences(X, C):
    """Every pixel minus every color, channel by channel.

    Parameters
    ----------
    X : ndarray, shape (N, d)
    C : ndarray, shape (K, d)

    Returns
    -------
    ndarray, shape (N, K, d)
    """
    return X[:, None, :] - C[None, :, :]


@as_documented
def pairwise_distances(X, C):
    """Euclidean distance of every pixel to every color.

    Parameters
    ----------
    X : ndarray, shape (N, d)
    C : ndarray, shape (K, d)

    Returns
    -------
    ndarray, shape (N, K), 0 or more
        sqrt of the sum over j of (x_j - c_j)^2. All N x K x d differences are in memory
        at once; `helpers.codebook.find_closest_centroids` works in blocks.
    """
    return np.sqrt((all_differences(X, C) ** 2).sum(axis=-1))


@as_documented
def squared_distances(X, C):
    """Squared Euclidean distance of every pixel to every color, a channel at a time.

    Parameters
    ----------
    X : ndarray, shape (N, d), possibly none
    C : array-like, shape (K, d), nan included

    Returns
    -------
    ndarray, shape (N, K), 0 or more
        The squares of `pairwise_distances`, several times as fast, with 1/d of its
        memory.
    """
    return sum((X[:, j, None] - C[:, j]) ** 2 for j in range(X.shape[1]))


@as_documented
def nearest_color(x, C):
    """Number of the color that is nearest to one pixel.

    Parameters
    ----------
    x : array-like, shape (d,)
    C : array-like, shape (K, d)

    Returns
    -------
    int in 0..K-1
        The lowest of several that are equally near.
    """
    squared = ((C - x) ** 2).sum(axis=1)
    return int(squared.argmin())


@as_documented
def to_hex(color):
    """Name of a color as on the web: ``#`` and two hexadecimal digits per channel.

    Parameters
    ----------
    color : array-like, shape (3,), values in [0, 1]

    Returns
    -------
    str
    """
    levels = np.rint(color * 255).astype(int)
    return "#" + "".join(f"{level:02x}" for level in levels)


@as_documented
def from_hex(name):
    """Color of a hex name: the opposite of `to_hex`.

    Parameters
    ----------
    name : str
        ``#rrggbb`` or ``rrggbb``.

    Returns
    -------
    ndarray, shape (3,), values in [0, 1]

    Raises
    ------
    ValueError
        The name is not of that form.
    """
    digits = name.removeprefix("#")
    if len(digits) != 6 or not set(digits.lower()) <= set("0123456789abcdef"):
        raise ValueError(
            f"{name!r} is no color; write # and six hexadecimal digits, as in #ff8800."
        )
    return np.frombuffer(bytes.fromhex(digits), dtype=np.uint8) / 255


@as_documented
def number_of_colors(image):
    """Number of different colors of a picture, to the nearest of 256 levels a channel.

    Parameters
    ----------
    image : ndarray, shape (..., 3), values in [0, 1]

    Returns
    -------
    int
    """
    return len(np.unique(keys(image)))


@as_documented
def colors_in_words(count):
    """A number of colors with its noun: "1 color", "1,200 colors".

    Parameters
    ----------
    count : int, 0 or more

    Returns
    -------
    str
    """
    return f"{count:,} color{'' if count == 1 else 's'}"


@as_documented
def keys(image):
    """One whole number for each pixel: equal for equal colors, on 256 levels a channel.

    Parameters
    ----------
    image : array-like, shape (..., 3), values in [0, 1]
        As float64, in which halves between two levels are what they are in `to_bytes`.

    Returns
    -------
    ndarray, shape (N,), integers
        65536 r + 256 g + b, where r, g and b are 0 to 255.
    """
    return np.rint(image.reshape(-1, 3) * 255).astype(np.int64) @ [65536, 256, 1]


@as_documented
def srgb_to_lab(rgb):
    """Convert sRGB colors to CIE Lab.

    Parameters
    ----------
    rgb : array-like, shape (..., 3), values in [0, 1]

    Returns
    -------
    lab : ndarray, shape (..., 3)
        L in 0 (black) .. 100 (white); a from green (-) to red (+), b from blue (-)
        to yellow (+), both about -110 .. 110 for colors that a screen can show.
    """
    # The sRGB curve is that of IEC 61966-2-1, Lab with white D65 that of CIE 15:2004.
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    ratio = linear @ SRGB_TO_XYZ.T / WHITE
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


@as_documented
def lab_to_srgb(lab):
    """Convert CIE Lab colors to sRGB: the opposite of `srgb_to_lab`.

    Parameters
    ----------
    lab : array-like, shape (..., 3)

    Returns
    -------
    rgb : ndarray, shape (..., 3), values in [0, 1]
        Colors that no screen can show are clipped to the nearest value per channel.
    """
    L, a, b = np.moveaxis(lab, -1, 0)
    y = (L + 16) / 116
    f = np.stack([y + a / 500, y, y - b / 200], axis=-1)
    ratio = np.where(f**3 > 216 / 24389, f**3, (116 * f - 16) * 27 / 24389)
    linear = np.clip(ratio * WHITE @ np.linalg.inv(SRGB_TO_XYZ).T, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)


@as_documented
def color_difference(rgb_a, rgb_b):
    """How different two colors look: their distance in Lab.

    Parameters
    ----------
    rgb_a : array-like, shape (..., 3), values in [0, 1]
    rgb_b : array-like, shape (..., 3) or (3,), values in [0, 1]
        For each color of the first another, or one for all.

    Returns
    -------
    ndarray, shape (...)
        Delta E*ab of CIE 1976 (CIE 15:2004). About 2.3 is the smallest difference that is
        just noticed (M. Mahy and others, "Evaluation of uniform color spaces", Color
        Research & Application 19, 1994).
    """
    return np.sqrt(((srgb_to_lab(rgb_a) - srgb_to_lab(rgb_b)) ** 2).sum(axis=-1))
