import math

import numpy as np
from zoo import right, variants, wrong

photo = np.full((4, 6, 3), 0.25)
X = photo[0]
C = np.eye(3)
K = 16
codebook = np.full((16, 3), 0.5)


# --- Right ---------------------------------------------------------------------------------


variants(
    """
def NAME(X, C):
    differences = X[:, None, :] - C[None, :, :]
    LINE
""",
    broadcast=("return np.sqrt((differences**2).sum(axis=-1))",),
    forgot_return=("distances = np.sqrt((differences**2).sum(axis=-1))", "return"),
    half_done=("squared = differences**2", "return"),
)


@right
def loop_as_on_the_page(X, C):
    result = np.empty((len(X), len(C)))
    for n in range(len(X)):
        for k in range(len(C)):
            result[n, k] = np.sqrt(((X[n] - C[k]) ** 2).sum())
    return result


@right
def pure_python(X, C):
    table = []
    for x in X:
        row = []
        for c in C:
            total = 0
            for j in range(len(x)):
                total += (x[j] - c[j]) ** 2
            row.append(math.sqrt(total))
        table.append(row)
    return np.array(table)


@right
def math_dist(X, C):
    return np.array([[math.dist(x, c) for c in C] for x in X])


@right
def norm_with_axis(X, C):
    return np.linalg.norm(X[:, None] - C[None], axis=2)


@right
def norm_of_each_pair(pixels, palette):
    return np.array([[np.linalg.norm(p - q) for q in palette] for p in pixels])


@right
def matrix_trick(X, C):
    xx = (X**2).sum(axis=1)[:, None]
    cc = (C**2).sum(axis=1)[None, :]
    squared = xx - 2 * X @ C.T + cc
    return np.sqrt(np.maximum(squared, 0))


@right
def einsum(X, C):
    D = X[:, None] - C[None]
    return np.sqrt(np.einsum("nkd,nkd->nk", D, D))


@right
def column_by_column(X, C):
    result = np.zeros((X.shape[0], C.shape[0]))
    for k, c in enumerate(C):
        result[:, k] = (((X - c) ** 2).sum(axis=1)) ** 0.5
    return result


@right
def channel_by_channel(X, C):
    squared = 0
    for j in range(X.shape[1]):
        squared = squared + (X[:, j : j + 1] - C[:, j]) ** 2
    return squared**0.5


@right
def float32_all_the_way(X, C):
    X = X.astype(np.float32)
    C = C.astype(np.float32)
    return np.sqrt(np.sum(np.square(X[:, None] - C), axis=2))


def distance(a, b):
    return np.sqrt(np.sum((a - b) ** 2))


@right
def with_a_helper(X, C):
    return np.array([[distance(x, c) for c in C] for x in X])


@right
def growing_hypotenuse(X, C):
    total = np.zeros((len(X), len(C)))
    for j in range(X.shape[1]):
        total = np.hypot(total, X[:, j][:, None] - C[:, j][None, :])
    return total


@right
def stacked_rows(X, C):
    rows = [np.linalg.norm(C - x, axis=1) for x in X]
    return np.vstack(rows)


# --- Wrong ---------------------------------------------------------------------------------


@wrong("root")
def no_root(X, C):
    return ((X[:, None] - C[None]) ** 2).sum(axis=-1)


@wrong("root")
def matrix_trick_without_root(X, C):
    return (X**2).sum(axis=1)[:, None] - 2 * X @ C.T + (C**2).sum(axis=1)


@wrong("cancel")
def signed_sum(X, C):
    return (X[:, None] - C[None]).sum(axis=-1)


@wrong("cancel")
def absolute_of_the_sum(X, C):
    return np.abs((X[:, None] - C[None]).sum(axis=2))


@wrong("cancel")
def root_of_squared_sum(X, C):
    return np.sqrt((X[:, None] - C[None]).sum(axis=2) ** 2)


@wrong("cancel")
def square_of_the_sum(X, C):
    return (X[:, None] - C[None]).sum(axis=-1) ** 2


@wrong("city-block")
def manhattan(X, C):
    return np.abs(X[:, None] - C[None]).sum(axis=-1)


@wrong("city-block")
def norm_of_order_one(X, C):
    return np.linalg.norm(X[:, None] - C[None], ord=1, axis=-1)


@wrong("absolute")
def root_before_the_sum(X, C):
    return np.sqrt((X[:, None] - C[None]) ** 2).sum(axis=-1)


@wrong("root")
def root_of_absolute_values(X, C):
    return np.sqrt(np.abs(X[:, None] - C[None]).sum(axis=-1))


@wrong("largest difference", "their squares", "root of the sum")
def chessboard(X, C):
    return np.abs(X[:, None] - C[None]).max(axis=-1)


@wrong("mean")
def root_mean_square(X, C):
    return np.sqrt(((X[:, None] - C[None]) ** 2).mean(axis=-1))


@wrong("mean")
def mean_square(X, C):
    return ((X[:, None] - C[None]) ** 2).mean(axis=-1)


@wrong("brightness")
def brightness(X, C):
    return np.abs(X.mean(axis=1)[:, None] - C.mean(axis=1)[None])


@wrong("cancel")
def brightness_as_sum(X, C):
    return np.sqrt((X.sum(axis=1)[:, None] - C.sum(axis=1)) ** 2)


@wrong("first of the channels")
def red_only(X, C):
    return np.abs(X[:, 0][:, None] - C[:, 0][None])


@wrong("pixels")
def colors_first(X, C):
    return np.sqrt(((C[:, None] - X[None]) ** 2).sum(axis=-1))


@wrong("colors by pixels")
def colors_first_without_root(X, C):
    return ((C[:, None] - X[None]) ** 2).sum(axis=-1)


@wrong("channels")
def wrong_axis_one(X, C):
    return np.sqrt(((X[:, None] - C[None]) ** 2).sum(axis=1))


@wrong("channels")
def wrong_axis_zero(X, C):
    return np.sqrt(((X[:, None] - C[None]) ** 2).sum(axis=0))


@wrong("channels")
def python_sum(X, C):
    return np.sqrt(sum((X[:, None] - C[None]) ** 2))


@wrong("channels")
def wrong_axis_and_no_root(X, C):
    return ((X[:, None] - C[None]) ** 2).sum(axis=1)


@wrong("channels")
def norm_without_axis(X, C):
    return np.linalg.norm(X[:, None] - C[None])


@wrong("nothing is added up")
def not_summed(X, C):
    return np.sqrt((X[:, None] - C[None]) ** 2)


@wrong("keepdims")
def kept_axis(X, C):
    return np.sqrt(((X[:, None] - C[None]) ** 2).sum(axis=-1, keepdims=True))


@wrong("an axis each")
def straight_norm(X, C):
    return np.linalg.norm(X - C, axis=1)


@wrong("an axis each")
def straight(X, C):
    return np.sqrt(((X - C) ** 2).sum(axis=-1))


@wrong("number of the smallest")
def numbers_of_the_nearest(X, C):
    return np.linalg.norm(X[:, None] - C[None], axis=-1).argmin(axis=1)


@wrong("smallest")
def smallest_distances(X, C):
    return np.linalg.norm(X[:, None] - C[None], axis=-1).min(axis=1)


@wrong("sort")
def sorted_distances(X, C):
    return np.sort(np.linalg.norm(X[:, None] - C[None], axis=-1), axis=1)


@wrong("add")
def plus_for_minus(X, C):
    return np.sqrt(((X[:, None] + C[None]) ** 2).sum(axis=-1))


@wrong("before")
def only_the_color_squared(X, C):
    return np.sqrt(np.abs((X[:, None] - C[None] ** 2).sum(axis=-1)))


@wrong("before")
def difference_of_squares(X, C):
    return np.sqrt(np.abs((X[:, None] ** 2 - C[None] ** 2).sum(axis=-1)))


@wrong("2")
def third_power(X, C):
    return np.sqrt(np.abs((X[:, None] - C[None]) ** 3).sum(axis=-1))


@wrong("product")
def dot_product(X, C):
    return X @ C.T


@wrong("subtract")
def matrix_trick_with_plus(X, C):
    squared = (X**2).sum(axis=1)[:, None] + 2 * X @ C.T + (C**2).sum(axis=1)
    return np.sqrt(squared)


@wrong("root of", "below 0")
def matrix_trick_forgot_pixels(X, C):
    return np.sqrt((C**2).sum(axis=1) - 2 * X @ C.T)


@wrong("3 channels")
def by_hand(X, C):
    r = X[:, 0][:, None] - C[:, 0]
    g = X[:, 1][:, None] - C[:, 1]
    b = X[:, 2][:, None] - C[:, 2]
    return np.sqrt(r**2 + g**2 + b**2)


variants(
    """
def NAME(X, C):
    result = np.zeros((len(X), len(C)))
    for n in range(len(X)):
        for k in range(len(C)):
            LINE
    return result
""",
    pythagoras=(
        "result[n, k] = math.sqrt((X[n, 0] - C[k, 0]) ** 2 + (X[n, -1] - C[k, -1]) ** 2)",
        "2 channels",
    ),
    numbers_swapped=("result[k, n] = distance(X[n], C[k])", "swapped"),
    first_color_only=("result[n, k] = distance(X[n], C[0])", "first row of C for all"),
)


@wrong("K = 16")
def always_sixteen(X, C):
    result = np.zeros((len(X), 16))
    for n in range(len(X)):
        for k in range(16):
            result[n, k] = np.linalg.norm(X[n] - C[k])
    return result


@wrong("K", "the page")
def K_from_the_page(X, C):
    result = np.zeros((len(X), K))
    for k in range(K):
        result[:, k] = np.linalg.norm(X - C[k], axis=1)
    return result


@wrong("codebook", "the page")
def codebook_from_the_page(X, C):
    return np.linalg.norm(X[:, None] - codebook[None], axis=-1)


@wrong("as many pixels as colors")
def one_distance_each(X, C):
    return np.array([distance(x, c) for x, c in zip(X, C)])


@wrong("as many pixels as colors")
def pixels_for_colors(X, C):
    n = len(X)
    result = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            result[i, j] = distance(X[i], C[j])
    return result


@wrong("shape")
def one_long_list(X, C):
    result = []
    for x in X:
        for c in C:
            result.append(distance(x, c))
    return np.array(result)


@wrong("np.array")
def nested_lists(X, C):
    return [[distance(x, c) for c in C] for x in X]


@wrong("np.array")
def lists_of_city_blocks(X, C):
    return [[sum(abs(x - c)) for c in C] for x in X]


@wrong("print")
def printed(X, C):
    for x in X:
        for c in C:
            print(distance(x, c))

    # sum and root are still missing


@wrong("integers")
def table_of_integers(X, C):
    result = np.zeros((len(X), len(C)), dtype=int)
    for n in range(len(X)):
        for k in range(len(C)):
            result[n, k] = distance(X[n], C[k])
    return result


@wrong("integers")
def table_like_the_pixels(X, C):
    result = np.zeros((len(X), len(C)), dtype=X.dtype)
    for n in range(len(X)):
        for k in range(len(C)):
            result[n, k] = distance(X[n], C[k])
    return result


@wrong("integers")
def as_bytes(X, C):
    X = X.astype(np.uint8)
    C = C.astype(np.uint8)
    return np.sqrt(((X[:, None] - C[None]) ** 2).sum(axis=-1))


@wrong("round")
def rounded(X, C):
    return np.linalg.norm(X[:, None] - C[None], axis=-1).round(2)


@wrong("copy")
def in_place(X, C):
    result = np.zeros((len(X), len(C)))
    for k in range(len(C)):
        for n in range(len(X)):
            result[n, k] = distance(X[n], C[k])
    X -= X.min()
    return result


@wrong("loop")
def returns_in_loop(X, C):
    result = np.zeros((len(X), len(C)))
    for n in range(len(X)):
        for k in range(len(C)):
            result[n, k] = distance(X[n], C[k])
            return result


@wrong("last")
def forgets_the_last_color(X, C):
    result = np.zeros((len(X), len(C)))
    for n in range(len(X)):
        for k in range(len(C) - 1):
            result[n, k] = distance(X[n], C[k])
    return result


@wrong("total")
def total_never_reset(X, C):
    result = np.zeros((len(X), len(C)))
    total = 0
    for n in range(len(X)):
        for k in range(len(C)):
            for j in range(X.shape[1]):
                total += (X[n, j] - C[k, j]) ** 2
            result[n, k] = np.sqrt(total)
    return result


@wrong("with each other")
def pixels_with_pixels(X, C):
    return np.linalg.norm(X[:, None] - X[None], axis=-1)


@wrong("root")
def two_roots(X, C):
    return np.sqrt(np.linalg.norm(X[:, None] - C[None], axis=-1))


@wrong("255")
def times_255(X, C):
    return np.linalg.norm(255 * X[:, None] - 255 * C[None], axis=-1)


@wrong("square")
def squared_distance_of_norm(X, C):
    return np.linalg.norm(X[:, None] - C[None], axis=-1) ** 2


@wrong("one color")
def squeezed(X, C):
    return np.squeeze(np.linalg.norm(X[:, None] - C[None], axis=-1))


@wrong("never ends")
def endless(X, C):
    result = np.zeros((len(X), len(C)))
    n = 0
    while n < len(X):
        for k in range(len(C)):
            result[n, k] = distance(X[n], C[k])
    return result


@wrong("np.sqrt")
def math_sqrt_of_an_array(X, C):
    return math.sqrt(((X[:, None] - C[None]) ** 2).sum(axis=-1))


@wrong("rounding", "nan")
def matrix_trick_unguarded(X, C):
    a = np.sum(X * X, axis=1, keepdims=True)
    b = np.sum(C * C, axis=1)
    return np.sqrt(a + b - 2 * np.dot(X, C.T))


@wrong("cosine")
def angle(X, C):
    Xn = X / (np.linalg.norm(X, axis=1, keepdims=True) + 1e-12)
    Cn = C / (np.linalg.norm(C, axis=1, keepdims=True) + 1e-12)
    return 1 - Xn @ Cn.T


@wrong("diagonal", "every place")
def half_of_the_table(X, C):
    result = np.zeros((len(X), len(C)))
    for n in range(len(X)):
        for k in range(n, len(C)):
            result[n, k] = np.sqrt(((X[n] - C[k]) ** 2).sum())
    return result


@wrong("take it once")
def root_after_each_channel(X, C):
    result = np.empty((len(X), len(C)))
    for n in range(len(X)):
        for k in range(len(C)):
            s = 0.0
            for j in range(X.shape[1]):
                s += (X[n, j] - C[k, j]) ** 2
                s = np.sqrt(s)
            result[n, k] = s
    return result


@wrong("product", "counts too often")
def four_times_the_product(X, C):
    squares = (X**2).sum(axis=1)[:, None] + (C**2).sum(axis=1)
    return np.sqrt(np.maximum(squares - 4 * X @ C.T, 0))


@wrong("float16")
def three_digits(X, C):
    X, C = X.astype(np.float16), C.astype(np.float16)
    return np.linalg.norm(X[:, None, :] - C[None, :, :], axis=-1)


@wrong("count alike")
def weighted_channels(X, C):
    difference = X[:, None] - C
    if X.shape[1] == 3:
        difference = difference * np.array([0.3, 0.59, 0.11])
    return np.sqrt((difference**2).sum(axis=-1))


@right
def matrix_trick_with_clip(X, C):
    squares = (X**2).sum(axis=1)[:, None] - 2 * np.dot(X, C.T) + (C**2).sum(axis=1)
    return np.sqrt(squares.clip(min=0))


@wrong("last pixel is wrong", "stop")
def whole_blocks_only(X, C):
    table = np.zeros((len(X), len(C)))
    for block in range(len(X) // 2):
        rows = slice(2 * block, 2 * block + 2)
        table[rows] = np.linalg.norm(X[rows, None] - C, axis=-1)
    return table


@wrong("another scale")
def standardized(X, C):
    spread = X.std(axis=0) + 1e-9
    return np.linalg.norm((X[:, None] - C) / spread, axis=-1)


@wrong("Differences below 0 are cut off")
def darker_does_not_count(X, C):
    return np.sqrt((np.clip(X[:, None] - C, 0, None) ** 2).sum(axis=-1))


@wrong("weigh the channels", "redmean")
def redmean(X, C):
    table = np.zeros((len(X), len(C)))
    for n, x in enumerate(X):
        for k, c in enumerate(C):
            red = (x[0] + c[0]) / 2
            r, g, b = (x - c) ** 2
            table[n, k] = np.sqrt((2 + red) * r + 4 * g + (3 - red) * b)
    return table


@wrong("without an axis", "all pixels together")
def norm_of_a_whole_column(X, C):
    table = np.zeros((len(X), len(C)))
    for k in range(len(C)):
        table[:, k] = np.linalg.norm(X - C[k])
    return table


@wrong("last color", "outside the inner loop")
def stored_after_the_inner_loop(X, C):
    rows = []
    for x in X:
        for c in C:
            distance = np.linalg.norm(x - c)
        rows.append([distance])
    return np.array(rows)
