import numpy as np
from zoo import right, wrong

photo = np.full((4, 6, 3), 0.25)
X = photo[0, :4]
C = np.array([[1.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
N, K = 4, 2


# --- Right ---------------------------------------------------------------------------------


@right
def broadcast(X, C):
    return X[:, None, :] - C[None, :, :]


@right
def broadcast_short(X, C):
    return X[:, np.newaxis] - C


@right
def loop_as_on_the_page(X, C):
    result = np.empty((len(X), len(C), X.shape[1]))
    for n in range(len(X)):
        for k in range(len(C)):
            result[n, k] = X[n] - C[k]
    return result


@right
def three_loops(pixels, colors):
    N, d = pixels.shape
    K = colors.shape[0]
    out = np.zeros((N, K, d))
    for n in range(N):
        for k in range(K):
            for j in range(d):
                out[n][k][j] = pixels[n][j] - colors[k][j]
    return out


@right
def list_of_arrays(X, C):
    return np.array([x - C for x in X])


@right
def nested_comprehension(X, C):
    return np.array([[[a - b for a, b in zip(x, c)] for c in C] for x in X])


@right
def stacked_along_colors(X, C):
    return np.stack([X - c for c in C], axis=1)


@right
def reshaped(X, C):
    N, d = X.shape
    K, _ = C.shape
    return X.reshape(N, 1, d) - C.reshape(1, K, d)


@right
def repeated_and_tiled(X, C):
    left = np.repeat(X, len(C), axis=0)
    right_side = np.tile(C, (len(X), 1))
    return (left - right_side).reshape(len(X), len(C), -1)


@right
def expand_dims(X, C):
    X = np.expand_dims(X, axis=1)
    C = np.expand_dims(C, axis=0)
    return np.subtract(X, C)


@right
def one_channel_after_the_other(X, C):
    channels = []
    for j in range(X.shape[1]):
        channels.append(np.subtract.outer(X[:, j], C[:, j]))
    return np.moveaxis(np.array(channels), 0, -1)


@right
def float32_result(X, C):
    return (X[:, None] - C[None]).astype(np.float32)


@right
def minus_the_negative(X, C):
    return -(C[None] - X[:, None])


@right
def swapped_and_swapped_back(X, C):
    return (X[None] - C[:, None]).swapaxes(0, 1)


# --- Wrong ---------------------------------------------------------------------------------


@wrong("an axis each")
def straight(X, C):
    return X - C


@wrong("axis (None)", "wrong place")
def both_get_the_same_axis(X, C):
    return X[:, None, :] - C[:, None, :]


@wrong("last axis")
def axes_at_the_end(X, C):
    return X[:, :, None] - C[None, :, :]


@wrong("sign")
def color_minus_pixel(X, C):
    return C[None, :, :] - X[:, None, :]


@wrong("swapped")
def colors_first(X, C):
    return X[None, :, :] - C[:, None, :]


@wrong("swapped")
def colors_first_and_minus(X, C):
    return C[:, None, :] - X[None, :, :]


@wrong("swapped")
def colors_loop_outside(X, C):
    result = []
    for c in C:
        row = []
        for x in X:
            row.append(x - c)
        result.append(row)
    return np.array(result)


@wrong("sign")
def absolute(X, C):
    return np.abs(X[:, None] - C[None])


@wrong("square")
def squares(X, C):
    return (X[:, None] - C[None]) ** 2


@wrong("add")
def sums(X, C):
    return X[:, None] + C[None]


@wrong("added up; they should stay apart")
def summed_over_channels(X, C):
    return (X[:, None] - C[None]).sum(axis=-1)


@wrong("distances")
def distances(X, C):
    return np.sqrt(((X[:, None] - C[None]) ** 2).sum(axis=-1))


@wrong("distances")
def squared_distances(X, C):
    return ((X[:, None] - C[None]) ** 2).sum(axis=-1)


@wrong("first row of C for all")
def first_color_only(X, C):
    result = np.zeros((len(X), len(C), X.shape[1]))
    for n in range(len(X)):
        for k in range(len(C)):
            result[n, k] = X[n] - C[0]
    return result


@wrong("first pixel")
def first_pixel_only(X, C):
    result = np.zeros((len(X), len(C), X.shape[1]))
    for n in range(len(X)):
        for k in range(len(C)):
            result[n, k] = X[0] - C[k]
    return result


@wrong("4, 2")
def sizes_of_the_page(X, C):
    loop = np.empty((4, 2, 3))
    for n in range(4):
        for k in range(2):
            loop[n, k] = X[n] - C[k]
    return loop


@wrong("3 channels")
def always_three_channels(X, C):
    result = np.zeros((len(X), len(C), 3))
    for n in range(len(X)):
        for k in range(len(C)):
            for j in range(3):
                result[n, k, j] = X[n, j] - C[k, j]
    return result


@wrong("3 channels")
def reshaped_to_three(X, C):
    return X.reshape(-1, 1, 3) - C.reshape(1, -1, 3)


@wrong("You count on 16 colors")
def always_sixteen(X, C):
    result = np.zeros((len(X), 16, X.shape[1]))
    for k in range(16):
        result[:, k] = X - C[k]
    return result


@wrong("K and N", "the page")
def sizes_from_the_page(X, C):
    result = np.zeros((N, K, X.shape[1]))
    for n in range(N):
        for k in range(K):
            result[n, k] = X[n] - C[k]
    return result


@wrong("C", "the page")
def colors_from_the_page(X, colors):
    return X[:, None] - C[None]


@wrong("as many pixels as colors")
def zipped(X, C):
    return np.array([[x - c] for x, c in zip(X, C)])


@wrong("as many pixels as colors")
def pixels_for_colors(X, C):
    N = len(X)
    result = np.zeros((N, N, X.shape[1]))
    for i in range(N):
        for j in range(N):
            result[i, j] = X[i] - C[j]
    return result


@wrong("channels")
def outer_of_everything(X, C):
    return np.subtract.outer(X, C)


@wrong("axes come in another order", "pixels, colors, channels")
def channels_in_the_middle(X, C):
    return X[:, :, None] - C.T[None, :, :]


@wrong("axis each")
def one_long_list(X, C):
    result = []
    for x in X:
        for c in C:
            result.append(x - c)
    return np.array(result)


@wrong("np.array")
def list_of_arrays_only(X, C):
    return [x - C for x in X]


@wrong("np.array")
def lists_and_swapped(X, C):
    return [[x - c for x in X] for c in C]


@wrong("print")
def printed(X, C):
    print(X[:, None] - C[None])


@wrong("return")
def forgot_return(X, C):
    differences = X[:, None, :] - C[None, :, :]


@wrong("return")
def shapes_only(X, C):
    N, d = X.shape
    K = C.shape[0]
    result = np.zeros((N, K, d))


@wrong("everything is 0")
def never_filled(X, C):
    N, d = X.shape
    K = C.shape[0]
    result = np.zeros((N, K, d))
    return result


@wrong("loop")
def returns_in_loop(X, C):
    for x in X:
        return x - C


@wrong("loop")
def returns_after_the_first_pixel(X, C):
    result = np.zeros((len(X), len(C), X.shape[1]))
    for n in range(len(X)):
        for k in range(len(C)):
            result[n, k] = X[n] - C[k]
        return result


@wrong("last")
def forgets_the_last_color(X, C):
    result = np.zeros((len(X), len(C), X.shape[1]))
    for n in range(len(X)):
        for k in range(len(C) - 1):
            result[n, k] = X[n] - C[k]
    return result


@wrong("integers")
def result_of_integers(X, C):
    result = np.zeros((len(X), len(C), X.shape[1]), dtype=int)
    for n in range(len(X)):
        for k in range(len(C)):
            result[n, k] = X[n] - C[k]
    return result


@wrong("round")
def rounded(X, C):
    return np.round(X[:, None] - C[None], 1)


@wrong("round")
def rounded_to_two(X, C):
    return np.round(X[:, None] - C[None], 2)


@wrong("copy")
def in_place(X, C):
    C *= -1
    return X[:, None] + C[None]


@wrong("255")
def times_255(X, C):
    return 255 * X[:, None] - 255 * C[None]


@wrong("with each other")
def pixels_with_pixels(X, C):
    return X[:, None] - X[None]


@wrong("one color")
def squeezed(X, C):
    return np.squeeze(X[:, None] - C[None])


@wrong("below 0")
def clipped(X, C):
    return np.clip(X[:, None] - C[None], 0, 1)


@wrong("never ends")
def endless(X, C):
    n = 0
    result = []
    while n < len(X):
        result = [X[n] - c for c in C]
    return np.array(result)


@wrong("IndexError")
def counts_from_one(X, C):
    result = np.zeros((len(X), len(C), X.shape[1]))
    for n in range(1, len(X) + 1):
        for k in range(1, len(C) + 1):
            result[n, k] = X[n] - C[k]
    return result


@wrong("NameError")
def undefined_sizes(X, C):
    result = np.zeros((num_pixels, num_colors, 3))
    return result


@wrong("reshape does not swap axes")
def refilled(X, C):
    return np.array([X - c for c in C]).reshape(len(X), len(C), -1)


@wrong("outer")
def every_number_with_every_number(X, C):
    return np.subtract.outer(X, C)


@wrong("one color only", "repeat")
def recycled_colors(X, C):
    return X - np.resize(C, X.shape)


@wrong("last row of C for all", "overwritten in each round")
def overwritten_for_each_color(X, C):
    out = np.zeros((len(X), len(C), X.shape[1]))
    for n in range(len(X)):
        for k in range(len(C)):
            out[n] = X[n] - C[k]
    return out


@wrong("whole numbers", "integers")
def room_of_the_type_of_X(X, C):
    out = np.zeros((len(X), len(C), X.shape[1]), dtype=X.dtype)
    for n in range(len(X)):
        for k in range(len(C)):
            out[n, k] = X[n] - C[k]
    return out


@wrong("same shape", "pair off")
def shortcut_for_equal_shapes(X, C):
    if X.shape == C.shape:
        return X - C
    return X[:, None, :] - C[None, :, :]


@wrong("its sign is the wrong way around")
def longer_minus_shorter(X, C):
    if len(X) >= len(C):
        return X[:, None] - C[None]
    return C[None] - X[:, None]


@wrong("when the colors are whole numbers", "array of integers")
def type_of_the_colors(X, C):
    differences = np.zeros((len(X), len(C), X.shape[1]), dtype=C.dtype)
    for n, x in enumerate(X):
        differences[n] = x - C
    return differences


@wrong("each pixel", "begun once", "growing")
def inner_list_never_begun_anew(X, C):
    rows, row = [], []
    for x in X:
        for c in C:
            row.append(x - c)
        rows.append(row)
    return np.array(rows)


@wrong("wrong pairs", "np.repeat")
def tile_for_repeat(X, C):
    N, K = len(X), len(C)
    return np.tile(X, (K, 1)).reshape(N, K, -1) - np.tile(C, (N, 1)).reshape(N, K, -1)
