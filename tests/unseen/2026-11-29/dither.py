"""Answers to dither, written by people who had not seen the checks."""
import numpy as np
from helpers.color import nearest_color
from unseen import right, wrong

FLOYD_STEINBERG = ((0, 1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1))  # down, right, sixteenths


@right
def four_ifs(image, codebook):
    work = image.astype(float)  # astype makes a new array
    h, w = work.shape[:2]
    for y in range(h):
        for x in range(w):
            old = work[y, x].copy()
            new = codebook[nearest_color(old, codebook)]
            work[y, x] = new
            err = old - new
            if x + 1 < w:
                work[y, x + 1] += err * 7 / 16
            if y + 1 < h and x > 0:
                work[y + 1, x - 1] += err * 3 / 16
            if y + 1 < h:
                work[y + 1, x] += err * 5 / 16
            if y + 1 < h and x + 1 < w:
                work[y + 1, x + 1] += err * 1 / 16
    return work


@right
def with_a_frame(picture, colors):
    # a frame of one pixel left, right and below catches what falls over the edge
    height, width, d = picture.shape
    framed = np.zeros((height + 1, width + 2, d))
    framed[:height, 1 : width + 1] = picture
    for i in range(height):
        for j in range(1, width + 1):
            value = np.array(framed[i, j])
            best = ((value - colors) ** 2).sum(axis=1).argmin()
            framed[i, j] = colors[best]
            error = value - colors[best]
            framed[i, j + 1] += error * (7 / 16)
            framed[i + 1, j - 1] += error * (3 / 16)
            framed[i + 1, j] += error * (5 / 16)
            framed[i + 1, j + 1] += error * (1 / 16)
    return framed[:height, 1 : width + 1]


@right
def two_pictures(image, codebook):
    todo = np.array(image, dtype=float)
    result = np.zeros_like(todo)

    def hand_on(i, j, amount):
        if 0 <= i < todo.shape[0] and 0 <= j < todo.shape[1]:
            todo[i, j] = todo[i, j] + amount

    for i in range(len(todo)):
        for j in range(len(todo[0])):
            result[i, j] = codebook[nearest_color(todo[i, j], codebook)]
            error = todo[i, j] - result[i, j]
            for down, right_, share in FLOYD_STEINBERG:
                hand_on(i + down, j + right_, error * share / 16)
    return result


@right
def number_by_number(image, codebook):
    values = [[[float(v) for v in pixel] for pixel in row] for row in image]
    height, width = len(values), len(values[0])
    for i in range(height):
        for j in range(width):
            wanted = values[i][j]
            color = [float(v) for v in codebook[nearest_color(wanted, codebook)]]
            values[i][j] = color
            for down, across, share in FLOYD_STEINBERG:
                r, c = i + down, j + across
                if r >= height or c < 0 or c >= width:
                    continue
                for n in range(len(color)):
                    values[r][c][n] += (wanted[n] - color[n]) * share / 16
    return np.array(values)


@wrong("Keeps no copy of the value, so after painting over it the error is always zero.")
def no_copy_of_the_value(image, codebook):
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


@wrong("Gives the picture a second name instead of copying it, and so paints over the caller's.")
def second_name(image, codebook):
    painted = image
    height, width, _ = painted.shape
    for i in range(height):
        for j in range(width):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right_, share in FLOYD_STEINBERG:
                if i + down < height and 0 <= j + right_ < width:
                    painted[i + down, j + right_] += error * share / 16
    return painted


@wrong("Does not stop at the left edge: column -1 is the last one and gets the error.")
def left_edge(image, codebook):
    painted = np.array(image, dtype=float)
    height, width, _ = painted.shape
    for i in range(height):
        for j in range(width):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right_, share in FLOYD_STEINBERG:
                if i + down < height and j + right_ < width:
                    painted[i + down, j + right_] += error * share / 16
    return painted


@wrong("Takes the width from the rows and the height from the columns, which fits squares only.")
def width_first(image, codebook):
    painted = np.array(image, dtype=float)
    width, height, _ = painted.shape
    for i in range(height):
        for j in range(width):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right_, share in FLOYD_STEINBERG:
                if i + down < height and 0 <= j + right_ < width:
                    painted[i + down, j + right_] += error * share / 16
    return painted


@wrong("Measures the error from the original pixel, so what was handed on is lost after one pixel.")
def error_of_the_original(image, codebook):
    painted = np.array(image, dtype=float)
    height, width, _ = painted.shape
    for i in range(height):
        for j in range(width):
            painted[i, j] = codebook[nearest_color(painted[i, j], codebook)]
            error = image[i, j] - painted[i, j]
            for down, right_, share in FLOYD_STEINBERG:
                if i + down < height and 0 <= j + right_ < width:
                    painted[i + down, j + right_] += error * share / 16
    return painted


@wrong("Rounds each channel to 0 or 1 as in the row of black and white, and ignores the codebook.")
def rounded_channels(image, codebook):
    painted = np.array(image, dtype=float)
    height, width, _ = painted.shape
    for i in range(height):
        for j in range(width):
            wanted = painted[i, j].copy()
            painted[i, j] = wanted > 0.5
            error = wanted - painted[i, j]
            for down, right_, share in FLOYD_STEINBERG:
                if i + down < height and 0 <= j + right_ < width:
                    painted[i + down, j + right_] += error * share / 16
    return painted


@wrong("Mirrors the lower row of the table: 1/16 goes to the left and 3/16 to the right.")
def mirrored_table(image, codebook):
    out = np.array(image, dtype=float)
    h, w, _ = out.shape
    for i in range(h):
        for j in range(w):
            wanted = out[i, j].copy()
            out[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - out[i, j]
            if j < w - 1:
                out[i, j + 1] += 7 / 16 * error
            if i < h - 1:
                if j > 0:
                    out[i + 1, j - 1] += 1 / 16 * error
                out[i + 1, j] += 5 / 16 * error
                if j < w - 1:
                    out[i + 1, j + 1] += 3 / 16 * error
    return out


@wrong("Clips the values on the way to [0, 1] and so throws errors away.")
def clipped(image, codebook):
    painted = np.array(image, dtype=float)
    height, width, _ = painted.shape
    for i in range(height):
        for j in range(width):
            wanted = np.clip(painted[i, j], 0, 1)  # a color can't be below 0 or above 1
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right_, share in FLOYD_STEINBERG:
                if i + down < height and 0 <= j + right_ < width:
                    painted[i + down, j + right_] += error * share / 16
    return painted


@wrong("The return stands inside the outer loop, so only the first row is painted.")
def returned_too_early(image, codebook):
    painted = np.array(image, dtype=float)
    height, width, _ = painted.shape
    for i in range(height):
        for j in range(width):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right_, share in FLOYD_STEINBERG:
                if i + down < height and 0 <= j + right_ < width:
                    painted[i + down, j + right_] += error * share / 16
        return painted
