"""Answers to count_colors, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def whole_rows(image):
    X = image.reshape(-1, 3)
    colors, inverse, counts = np.unique(X, axis=0, return_inverse=True, return_counts=True)
    return colors, counts, inverse.ravel()


@right
def base_thousand(picture):
    # base 1000 instead of 256: then I can read the keys
    levels = np.rint(picture * 255).astype(np.int64).reshape(-1, 3)
    r, g, b = levels[:, 0], levels[:, 1], levels[:, 2]
    keys = r * 1_000_000 + g * 1000 + b
    different, inverse = np.unique(keys, return_inverse=True)
    counts = np.bincount(inverse)
    red = different // 1_000_000
    green = different // 1000 % 1000
    blue = different % 1000
    return np.column_stack([red, green, blue]) / 255, counts, inverse


@right
def dictionary(image):
    place = {}
    colors, counts, inverse = [], [], []
    for row in image:
        for pixel in row:
            key = tuple(pixel)
            if key not in place:
                place[key] = len(colors)
                colors.append(pixel)
                counts.append(0)
            counts[place[key]] += 1
            inverse.append(place[key])
    return np.array(colors), np.array(counts), np.array(inverse)


@wrong("Keeps the levels as bytes, which have no room for the key.")
def keys_in_bytes(image):
    levels = np.rint(image.reshape(-1, 3) * 255).astype(np.uint8)
    keys = levels[:, 0] * 65536 + levels[:, 1] * 256 + levels[:, 2]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    colors = np.stack([keys // 65536, keys // 256 % 256, keys % 256], axis=1) / 255
    return colors, counts, inverse


@wrong("Returns the inverse before the counts, in the order of np.unique.")
def order_of_unique(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    colors = np.stack([keys // 65536, keys // 256 % 256, keys % 256], axis=1) / 255
    return colors, inverse, counts


@wrong("Counts in base 255, in which the level 255 is no digit and different colors share a key.")
def base_255(image):
    levels = np.rint(image.reshape(-1, 3) * 255).astype(int)
    keys = levels @ [255**2, 255, 1]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    colors = np.stack([keys // 255**2, keys // 255 % 255, keys % 255], axis=1) / 255
    return colors, counts, inverse


@wrong("Adds the channels up for a key, so that red, green and blue become one color.")
def sum_as_key(image):
    X = image.reshape(-1, 3)
    keys = np.rint(X * 255).astype(int).sum(axis=1)
    _, first, inverse, counts = np.unique(keys, return_index=True, return_inverse=True,
                                          return_counts=True)
    return X[first], counts, inverse


@wrong("Forgets to divide by 255, so the colors are levels from 0 to 255.")
def levels_returned(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    colors = np.stack([keys // 65536, keys // 256 % 256, keys % 256], axis=1)
    return colors, counts, inverse


@wrong("Makes the list of pixels with reshape(3, -1).T, which mixes channels of different pixels.")
def torn_pixels(image):
    X = image.reshape(3, -1).T
    keys = np.rint(X * 255).astype(int) @ [65536, 256, 1]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    colors = np.stack([keys // 65536, keys // 256 % 256, keys % 256], axis=1) / 255
    return colors, counts, inverse


@wrong("Returns for each color its first pixel instead of, for each pixel, the row of its color.")
def index_not_inverse(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
    keys, inverse, counts = np.unique(keys, return_index=True, return_counts=True)
    colors = np.stack([keys // 65536, keys // 256 % 256, keys % 256], axis=1) / 255
    return colors, counts, inverse


@wrong("Stacks the channels under one another: the colors have shape (3, M).")
def stacked_flat(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    colors = np.stack([keys // 65536, keys // 256 % 256, keys % 256]) / 255
    return colors, counts, inverse


@wrong("Looks at the first row of the picture only.")
def first_row(image):
    pixels = image[0]
    keys = np.rint(pixels * 255).astype(int) @ [65536, 256, 1]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    colors = np.stack([keys // 65536, keys // 256 % 256, keys % 256], axis=1) / 255
    return colors, counts, inverse
