"""Answers to all_differences, written by people who had not seen the checks."""
import numpy as np
from helpers import images
from unseen import right, wrong

photo = images.load_photo("tulips")
X = photo[385, 545:549]
C = np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 1.0]])


@right
def one_pixel_at_a_time(pixels, colors):
    # x - colors is (K, d)
    return np.array([x - colors for x in pixels])


@right
def repeat_and_tile(X, C):
    N, d = X.shape
    K = C.shape[0]
    big_X = np.repeat(X, K, axis=0)
    big_C = np.tile(C, (N, 1))
    return (big_X - big_C).reshape(N, K, d)


@right
def one_color_at_a_time(X, C):
    diffs = []
    for color in C:
        diffs.append(X - color)
    return np.stack(diffs, axis=1)


@right
def expand_dims(A, B):
    return np.expand_dims(A, 1) - B


@wrong("Subtracts the arrays as they are, so NumPy does not know that every pixel should meet every color.")
def just_minus(X, C):
    return X - C


@wrong("Takes color minus pixel, so all signs are wrong.")
def color_minus_pixel(X, C):
    return C[None, :, :] - X[:, None, :]


@wrong("Puts the new axes the wrong way round: colors come first in the result.")
def colors_first(X, C):
    return X[None, :, :] - C[:, None, :]


@wrong("Puts the new axis at the end, so that the channels come before the colors in the result.")
def axis_at_the_end(X, C):
    return X[:, :, None] - C.T[None, :, :]


@wrong("Uses the pixels and colors of the page instead of its own parameters.")
def page_variables(pixels, colors):
    return X[:, None, :] - C[None, :, :]


@wrong("Makes room for one number per pair, but a difference has one for each channel.")
def table_too_small(X, C):
    result = np.zeros((len(X), len(C)))
    for n in range(len(X)):
        for k in range(len(C)):
            result[n, k] = X[n] - C[k]
    return result


@wrong("Returns a flat list of all pairs, without an axis for pixels and one for colors.")
def list_of_pairs(X, C):
    out = []
    for x in X:
        for c in C:
            out.append(x - c)
    return np.array(out)


@wrong("The return stands inside the loop, so only the first pixel is compared.")
def return_too_early(X, C):
    result = np.zeros((X.shape[0], C.shape[0], X.shape[1]))
    for n in range(X.shape[0]):
        for k in range(C.shape[0]):
            result[n, k] = X[n] - C[k]
        return result


@wrong("Takes absolute values, so the sign of the difference is lost.")
def no_signs(X, C):
    return np.abs(X[:, None] - C[None])
