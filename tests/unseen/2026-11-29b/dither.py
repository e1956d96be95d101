"""Answers to dither, written by people who had not seen the checks."""
import numpy as np
from helpers.color import nearest_color
from unseen import right, wrong

FLOYD_STEINBERG = ((0, 1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1))  # down, right, sixteenths


@right
def four_ifs(image, codebook):
    h, w = image.shape[0], image.shape[1]
    todo = image.astype(float)  # astype makes a copy
    out = np.zeros((h, w, 3))
    for y in range(h):
        for x in range(w):
            k = nearest_color(todo[y, x], codebook)
            out[y, x] = codebook[k]
            err = todo[y, x] - out[y, x]
            if x + 1 < w:
                todo[y, x + 1] += err * 7 / 16
            if y + 1 < h:
                if x > 0:
                    todo[y + 1, x - 1] += err * 3 / 16
                todo[y + 1, x] += err * 5 / 16
                if x + 1 < w:
                    todo[y + 1, x + 1] += err * 1 / 16
    return out


@wrong("Does not copy the value before it paints over it, so every error is 0.")
def without_copy(image, codebook):
    painted = np.array(image, dtype=float)
    height, width, _ = painted.shape
    for i in range(height):
        for j in range(width):
            wanted = painted[i, j]
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right_, share in FLOYD_STEINBERG:
                if i + down < height and 0 <= j + right_ < width:
                    painted[i + down, j + right_] += error * share / 16
    return painted


@wrong("Does not look out for the left edge, where column -1 is the last column.")
def try_and_pass(image, codebook):
    painted = np.array(image, dtype=float)
    height, width, _ = painted.shape
    for i in range(height):
        for j in range(width):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, across, share in FLOYD_STEINBERG:
                try:
                    painted[i + down, j + across] += error * share / 16
                except IndexError:
                    pass  # outside the picture
    return painted


@wrong("Cuts the values to 0 to 1 on the way, so a part of the errors is lost.")
def with_clip(image, codebook):
    painted = image.astype(float).copy()
    height, width, _ = painted.shape
    for i in range(height):
        for j in range(width):
            wanted = np.clip(painted[i, j], 0, 1)
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, across, share in FLOYD_STEINBERG:
                if i + down < height and 0 <= j + across < width:
                    painted[i + down, j + across] += error * share / 16
    return painted


@wrong("Goes from top to bottom first and then to the right, so some errors come too late.")
def columns_first(image, codebook):
    painted = np.array(image, dtype=float)
    height, width, _ = painted.shape
    for j in range(width):
        for i in range(height):
            wanted = painted[i, j].copy()
            new = codebook[nearest_color(wanted, codebook)]
            error = wanted - new
            painted[i, j] = new
            for down, across, share in FLOYD_STEINBERG:
                if i + down < height and 0 <= j + across < width:
                    painted[i + down, j + across] += error * share / 16
    return painted
