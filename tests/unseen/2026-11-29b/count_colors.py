"""Answers to count_colors, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def with_a_dictionary(image):
    levels = np.rint(image.reshape(-1, 3) * 255).astype(int)
    place = {}
    counts = []
    inverse = []
    for pixel in levels.tolist():
        color = tuple(pixel)
        if color not in place:
            place[color] = len(place)
            counts.append(0)
        counts[place[color]] += 1
        inverse.append(place[color])
    return np.array(list(place)) / 255, np.array(counts), np.array(inverse)


@wrong("Takes what np.unique gives in the wrong order, so counts and inverse are mixed up.")
def unpacked(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
    keys, counts, inverse = np.unique(keys, return_counts=True, return_inverse=True)
    colors = np.stack([keys // 65536, keys // 256 % 256, keys % 256], axis=1) / 255
    return colors, counts, inverse


@wrong("Forgets to divide by 255, so the colors come back as levels.")
def levels_only(image):
    keys = np.rint(image.reshape(-1, 3) * 255).astype(int) @ [65536, 256, 1]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    r = keys // 65536
    g = keys // 256 % 256
    b = keys % 256
    return np.stack([r, g, b], axis=1), counts, inverse


@wrong("Takes 255 as the base of the key, so different colors can have the same key.")
def base_255(image):
    levels = np.rint(image.reshape(-1, 3) * 255).astype(int)
    keys = levels[:, 0] * 255 * 255 + levels[:, 1] * 255 + levels[:, 2]
    keys, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
    colors = np.stack([keys // (255 * 255), keys // 255 % 255, keys % 255], axis=1) / 255
    return colors, counts, inverse
