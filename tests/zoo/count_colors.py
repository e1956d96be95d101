from collections import Counter

import numpy as np
from zoo import right, variants, wrong

photo = np.full((4, 6, 3), 0.2)
image = photo
X = photo.reshape(-1, 3)


# --- Right ---------------------------------------------------------------------------------


@right
def as_on_the_page(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    colors = np.stack([keys // 65536, keys // 256 % 256, keys % 256], axis=1) / 255
    return colors, counts, inverse


@right
def unique_rows(image):
    colors, inverse, counts = np.unique(
        image.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    return colors, counts, inverse.ravel()


@right
def dictionary_in_order_of_appearance(image):
    numbers, counts, inverse = {}, [], []
    for x in image.reshape(-1, 3).tolist():
        if tuple(x) not in numbers:
            numbers[tuple(x)] = len(numbers)
            counts.append(0)
        counts[numbers[tuple(x)]] += 1
        inverse.append(numbers[tuple(x)])
    return np.array(list(numbers)), np.array(counts), np.array(inverse)


@right
def lists(image):
    pixels = [tuple(x) for x in image.reshape(-1, 3).tolist()]
    colors = sorted(set(pixels))
    counted = Counter(pixels)
    return (
        [list(c) for c in colors],
        [counted[c] for c in colors],
        [colors.index(p) for p in pixels],
    )


@right
def bincount_of_inverse(image):
    colors, inverse = np.unique(image.reshape(-1, 3), axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    return colors, np.bincount(inverse), inverse


@right
def most_frequent_first(image):
    colors, inverse, counts = np.unique(
        image.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    order = np.argsort(-counts)
    rank = np.empty(len(order), dtype=int)
    rank[order] = np.arange(len(order))
    return colors[order], counts[order], rank[inverse.ravel()]


@right
def colors_from_the_first_places(image):
    X = image.reshape(-1, 3)
    keys = np.rint(X * 255) @ np.array([65536.0, 256.0, 1.0])
    _, first, inverse, counts = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    return X[first], counts, inverse


@right
def shifts(image):
    r, g, b = np.rint(image.reshape(-1, 3).T * 255).astype(np.int32)
    keys = (r << 16) | (g << 8) | b
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    colors = np.array([keys >> 16, (keys >> 8) & 255, keys & 255]).T / 255
    return colors, counts.astype(float), inverse


@right
def blue_first(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [1, 256, 65536]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return np.stack([keys % 256, keys // 256 % 256, keys // 65536], axis=1) / 255, counts, inverse


@right
def searchsorted(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
    found = np.unique(keys)
    inverse = np.searchsorted(found, keys)
    colors = np.stack([found // 65536, found // 256 % 256, found % 256], axis=1) / 255
    return colors, np.bincount(inverse), inverse


@right
def base_1000(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [1000000, 1000, 1]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return (
        np.stack([keys // 1000000, keys // 1000 % 1000, keys % 1000], axis=1) / 255,
        counts,
        inverse,
    )


# --- Wrong ---------------------------------------------------------------------------------


def _unique(image):
    colors, inverse, counts = np.unique(
        image.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True
    )
    return colors, inverse.ravel(), counts


@wrong("each other's place")
def order_of_np_unique(image):
    return np.unique(image.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)


@wrong("inverse is missing")
def without_inverse(image):
    return np.unique(image.reshape(-1, 3), axis=0, return_counts=True)


@wrong("two results")
def without_counts(image):
    return np.unique(image.reshape(-1, 3), axis=0, return_inverse=True)


@wrong("one number")
def how_many(image):
    return len(np.unique(image.reshape(-1, 3), axis=0))


@wrong("it should be 3 results")
def colors_only(image):
    return np.unique(image.reshape(-1, 3), axis=0)


@wrong("You return a Counter")
def a_dictionary(image):
    return Counter(tuple(x) for x in image.reshape(-1, 3).tolist())


@wrong("takes all the numbers together")
def without_axis(image):
    colors, inverse, counts = np.unique(image, return_inverse=True, return_counts=True)
    return colors, counts, inverse.ravel()


variants(
    """
def NAME(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    LINE
""",
    keys_for_colors=("return keys, counts, inverse", "keys"),
    levels_for_colors=(
        "return np.stack([keys // 65536, keys // 256 % 256, keys % 256], axis=1), counts, inverse",
        "divide by 255",
    ),
    stacked_along_rows=(
        "return np.stack([keys // 65536, keys // 256 % 256, keys % 256]) / 255, counts, inverse",
        "rows and columns are swapped",
    ),
    another_base_back=(
        "return np.stack([keys // 65536, keys // 256, keys % 256], axis=1) % 255 / 255, counts, inverse",
        "more than once",
        "apart",
    ),
    backward=(
        "return np.stack([keys % 256, keys // 256 % 256, keys // 65536], axis=1) / 255, counts, inverse",
        "Red and blue",
    ),
)


@wrong("same key")
def base_255(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [255 * 255, 255, 1]
    _, first, inverse, counts = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    return image.reshape(-1, 3)[first], counts, inverse


@wrong("same key")
def sum_as_key(image):
    X = image.reshape(-1, 3)
    keys = np.rint(X * 255).sum(axis=1)
    _, first, inverse, counts = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    return X[first], counts, inverse


@wrong("Colors are missing")
def two_decimals(image):
    X = image.reshape(-1, 3)
    _, first, inverse, counts = np.unique(
        np.round(X, 1), axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    return X[first], counts, inverse.ravel()


@wrong("round the colors")
def rounded_colors(image):
    X = np.round(image.reshape(-1, 3), 2)
    colors, inverse, counts = np.unique(X, axis=0, return_inverse=True, return_counts=True)
    return colors, counts, inverse.ravel()


@wrong("color for each pixel")
def every_pixel(image):
    X = image.reshape(-1, 3)
    return X.copy(), np.ones(len(X), dtype=int), np.arange(len(X))


@wrong("shares")
def shares(image):
    colors, inverse, counts = _unique(image)
    return colors, counts / counts.sum(), inverse


variants(
    """
def NAME(image):
    colors, inverse, counts = _unique(image)
    LINE
""",
    counts_sorted=("return colors, np.sort(counts)[::-1], inverse", "another order"),
    begins_too_late=("return colors, counts - 1, inverse", "one too small"),
    counts_values=(
        "return colors, np.array([(image == c).sum() for c in colors]) * 0 + counts * 3, inverse",
        "three for each pixel",
    ),
    inverse_as_a_picture=(
        "return colors, counts, inverse.reshape(image.shape[:2])",
        "row by row (.ravel())",
    ),
    inverse_from_one=("return colors, counts, inverse + 1", "from 1"),
    counts_first=("return counts, colors, inverse", "their order is not"),
)


@wrong("All of your counts are 1")
def ones(image):
    colors, inverse, counts = _unique(image)
    return colors, np.ones_like(counts), inverse


@wrong("return_index")
def first_places(image):
    colors, first, counts = np.unique(
        image.reshape(-1, 3), axis=0, return_index=True, return_counts=True
    )
    return colors, counts, first


@wrong("have to be whole")
def inverse_of_decimals(image):
    colors, inverse, counts = _unique(image)
    numbers = np.zeros(len(inverse))
    for k, c in enumerate(colors):
        numbers[(image.reshape(-1, 3) == c).all(axis=1)] = k
    return colors, counts, numbers


variants(
    """
def NAME(image):
    LINE
    return colors, counts, inverse
""",
    columns_first=(
        "colors, inverse, counts = _unique(image.transpose(1, 0, 2))",
        "rows and columns",
        "swapped",
    ),
    unique_rows_of_the_picture=(
        "colors, inverse, counts = np.unique(image, axis=0, return_inverse=True, return_counts=True)",
        "whole rows of the picture",
    ),
    three_long_rows=("colors, inverse, counts = _unique(image.reshape(3, -1).T)", "reshape(3, -1)"),
)


@wrong("inverse is not")
def order_of_colors_only(image):
    colors, inverse, counts = _unique(image)
    order = np.argsort(-counts, kind="stable")
    return colors[order], counts[order], inverse


@wrong("page")
def of_the_page(image):
    return np.unique(photo.reshape(-1, 3), axis=0, return_inverse=True, return_counts=True)


@wrong("print")
def printed(image):
    print(_unique(image))


@wrong("copy")
def in_place(image):
    image *= 255
    levels = np.rint(image)
    image[...] = 0
    image = levels / 255
    return _unique(image)[0], _unique(image)[2], _unique(image)[1]


@wrong("return")
def forgotten(image):
    colors, inverse, counts = _unique(image)


@wrong("not defined")
def undefined(image):
    return np.unique(to_pixels(image), axis=0)


@wrong("Colors are missing")
def keys_of_base_hundred(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [10000, 100, 1]
    _, first, inverse, counts = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    return image.reshape(-1, 3)[first], counts, inverse


@wrong("Black is missing")
def black_is_skipped(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
    counts = {}
    for key in keys:
        if key:
            counts[key] = counts.get(key, 0) + 1
    names = np.array(sorted(counts))
    colors = np.stack([names // 65536, names // 256 % 256, names % 256], axis=1) / 255
    return colors, np.array([counts[k] for k in names]), np.searchsorted(names, keys)


@wrong("keys need 65536, 256 and 1")
def base_255_both_ways(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [255**2, 255, 1]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    return np.stack([keys // 255**2, keys // 255 % 255, keys % 255], axis=1) / 255, counts, inverse


@wrong("too few bits")
def shifted_bytes(image):
    r, g, b = np.rint(image.reshape(-1, 3) * 255).astype(np.uint8).T
    keys, inverse, counts = np.unique(
        (r << 16) | (g << 8) | b, return_inverse=True, return_counts=True
    )
    keys = keys.astype(int)
    return np.stack([keys >> 16, keys >> 8 & 255, keys & 255], axis=1) / 255, counts, inverse


@wrong("argsort")
def sorted_places(image):
    X = image.reshape(-1, 3)
    colors, counts = np.unique(X, axis=0, return_counts=True)
    return colors, counts, np.lexsort(X.T[::-1])


@wrong("keys themselves")
def inverse_of_keys(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
    colors, _, counts = _unique(image)
    return colors, counts, keys


@wrong("last row of image is left out")
def last_row_left_out(image):
    colors, found, numbers = [], [], []
    for row in image[:-1].tolist():
        for pixel in row:
            if pixel not in colors:
                colors.append(pixel)
            numbers.append(colors.index(pixel))
    return np.array(colors), np.array([numbers.count(k) for k in range(len(colors))]), numbers
