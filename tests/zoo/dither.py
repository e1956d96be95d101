import numpy as np
from zoo import right, wrong

from helpers.codebook import TERMINAL, find_closest_centroids, quantize
from helpers.color import nearest_color, pairwise_distances

photo = np.full((4, 6, 3), 0.25)
image = photo
sky = photo
palette = TERMINAL
height, width = 4, 6


# --- Right ---------------------------------------------------------------------------------


@right
def as_on_the_page(image, codebook):
    painted = np.array(image, dtype=float)
    height, width, _ = painted.shape
    for i in range(height):
        for j in range(width):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right, share in ((0, 1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1)):
                if i + down < height and 0 <= j + right < width:
                    painted[i + down, j + right] += error * share / 16
    return painted


@right
def four_ifs(image, codebook):
    left = image.astype(float)
    result = np.zeros(image.shape)
    H, W = image.shape[:2]
    for y in range(H):
        for x in range(W):
            old = left[y, x]
            new = codebook[((codebook - old) ** 2).sum(axis=1).argmin()]
            result[y, x] = new
            err = old - new
            if x + 1 < W:
                left[y, x + 1] += err * 7 / 16
            if y + 1 < H:
                if x > 0:
                    left[y + 1, x - 1] += err * 3 / 16
                left[y + 1, x] += err * 5 / 16
                if x + 1 < W:
                    left[y + 1, x + 1] += err * 1 / 16
    return result


@right
def with_a_margin(image, codebook):
    H, W, _ = image.shape
    padded = np.zeros((H + 1, W + 2, 3))
    padded[:H, 1 : W + 1] = image
    for i in range(H):
        for j in range(1, W + 1):
            old = padded[i, j].copy()
            k = np.linalg.norm(codebook - old, axis=1).argmin()
            padded[i, j] = codebook[k]
            error = old - codebook[k]
            padded[i, j + 1] += error * 0.4375
            padded[i + 1, j - 1] += error * 0.1875
            padded[i + 1, j] += error * 0.3125
            padded[i + 1, j + 1] += error * 0.0625
    return padded[:H, 1 : W + 1].copy()


@right
def row_by_row_with_two_buffers(image, codebook):
    result = np.empty(image.shape)
    carried = np.zeros((image.shape[1] + 2, 3))
    for i, row in enumerate(image):
        below = np.zeros_like(carried)
        ahead = np.zeros(3)
        for j, pixel in enumerate(row):
            value = pixel + carried[j + 1] + ahead
            color = codebook[pairwise_distances(value[None], codebook)[0].argmin()]
            error = (value - color) / 16
            below[j] += 3 * error
            below[j + 1] += 5 * error
            below[j + 2] += error
            ahead = 7 * error
            result[i, j] = color
        carried = below
    return result


@right
def in_plain_numbers(image, codebook):
    values = [[list(map(float, p)) for p in row] for row in image]
    colors = codebook.tolist()
    H, W = len(values), len(values[0])
    for i in range(H):
        for j in range(W):
            value = values[i][j]
            color = min(colors, key=lambda c: sum((a - b) ** 2 for a, b in zip(value, c)))
            values[i][j] = color
            for d, r, s in ((0, 1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1)):
                if 0 <= i + d < H and 0 <= j + r < W:
                    for n in range(3):
                        values[i + d][j + r][n] += (value[n] - color[n]) * s / 16
    return np.array(values)


@right
def index_errors_caught(image, codebook):
    painted = image.astype(float)
    for i, j in np.ndindex(image.shape[:2]):
        value = painted[i, j] + 0
        painted[i, j] = codebook[nearest_color(value, codebook)]
        error = value - painted[i, j]
        for down, right, share in [(0, 1, 7 / 16), (1, -1, 3 / 16), (1, 0, 5 / 16), (1, 1, 1 / 16)]:
            if j + right < 0:
                continue
            try:
                painted[i + down, j + right] += share * error
            except IndexError:
                pass
    return painted


@right
def in_float32(image, codebook):
    painted = image.astype(np.float32)
    H, W, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right, share in ((0, 1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1)):
                if i + down < H and 0 <= j + right < W:
                    painted[i + down, j + right] += error * share / 16
    return painted


@right
def numbers_first_then_colors(image, codebook):
    left, idx = image.copy().astype(float), np.zeros(image.shape[:2], dtype=int)
    H, W = idx.shape
    for i in range(H):
        for j in range(W):
            idx[i, j] = find_closest_centroids(left[i, j][None], codebook)[0]
            error = left[i, j] - codebook[idx[i, j]]
            if j < W - 1:
                left[i, j + 1] += 7 / 16 * error
            if i < H - 1:
                left[i + 1, j] += 5 / 16 * error
            if i < H - 1 and j > 0:
                left[i + 1, j - 1] += 3 / 16 * error
            if i < H - 1 and j < W - 1:
                left[i + 1, j + 1] += 1 / 16 * error
    return codebook[idx]


# --- Wrong ---------------------------------------------------------------------------------

STEINBERG = ((0, 1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1))


def diffuse(image, codebook, shares=STEINBERG, order=None, divisor=16):
    """Dither with other shares, or in another order."""
    painted = np.array(image, dtype=float)
    H, W, _ = painted.shape
    for i, j in order(H, W) if order else np.ndindex(H, W):
        wanted = painted[i, j].copy()
        painted[i, j] = codebook[nearest_color(wanted, codebook)]
        error = wanted - painted[i, j]
        for down, right, share in shares:
            if 0 <= i + down < H and 0 <= j + right < W:
                painted[i + down, j + right] += error * share / divisor
    return painted


@wrong("quantize")
def quantized(image, codebook):
    return quantize(image, codebook)


@wrong("quantize", "copy")
def value_not_copied(image, codebook):
    painted = image.astype(float)
    H, W, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = painted[i, j]
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    painted[i + down, j + right] += error * share / 16
    return painted


@wrong("quantize", "value with the error in it")
def chosen_for_the_original(image, codebook):
    left, result = image.astype(float), np.zeros(image.shape)
    H, W, _ = image.shape
    for i in range(H):
        for j in range(W):
            result[i, j] = codebook[nearest_color(image[i, j], codebook)]
            error = left[i, j] - result[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    left[i + down, j + right] += error * share / 16
    return result


@wrong("from the original")
def error_from_the_original(image, codebook):
    painted = image.astype(float)
    H, W, _ = image.shape
    for i in range(H):
        for j in range(W):
            painted[i, j] = codebook[nearest_color(painted[i, j], codebook)]
            error = image[i, j] - painted[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    painted[i + down, j + right] += error * share / 16
    return painted


@wrong("sign")
def sign_turned(image, codebook):
    return diffuse(image, codebook, divisor=-16)


@wrong("goes to one neighbor; it is shared out among four")
def only_right(image, codebook):
    return diffuse(image, codebook, ((0, 1, 16),))


@wrong("equal parts")
def halves(image, codebook):
    return diffuse(image, codebook, ((0, 1, 8), (1, 0, 8)))


@wrong("equal parts")
def quarters(image, codebook):
    return diffuse(image, codebook, tuple((d, r, 4) for d, r, _ in STEINBERG))


@wrong("by 16")
def not_divided(image, codebook):
    return diffuse(image, codebook, divisor=1)


@wrong("by 16")
def divided_by_fifteen(image, codebook):
    return diffuse(image, codebook, divisor=15)


@wrong("swapped", "below left", "below right")
def three_and_one_swapped(image, codebook):
    return diffuse(image, codebook, ((0, 1, 7), (1, -1, 1), (1, 0, 5), (1, 1, 3)))


@wrong("swapped", "below left")
def three_and_five_swapped(image, codebook):
    return diffuse(image, codebook, ((0, 1, 7), (1, -1, 5), (1, 0, 3), (1, 1, 1)))


@wrong("weights")
def weights_in_another_order(image, codebook):
    return diffuse(image, codebook, ((0, 1, 1), (1, -1, 3), (1, 0, 5), (1, 1, 7)))


@wrong("weights")
def those_of_atkinson(image, codebook):
    places = ((0, 1), (0, 2), (1, -1), (1, 0), (1, 1), (2, 0))
    return diffuse(image, codebook, tuple((d, r, 2) for d, r in places))


@wrong("nothing", "below left")
def three_neighbors(image, codebook):
    return diffuse(image, codebook, ((0, 1, 7), (1, 0, 5), (1, 1, 1)))


@wrong("[i, j − 1]")
def to_the_left(image, codebook):
    return diffuse(image, codebook, ((0, -1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1)))


@wrong("mirrored")
def everything_mirrored(image, codebook):
    return diffuse(image, codebook, tuple((d, -r, s) for d, r, s in STEINBERG))


@wrong("up")
def upwards(image, codebook):
    return diffuse(image, codebook, tuple((-d, r, s) for d, r, s in STEINBERG))


@wrong("swapped", "[i, j + 1]")
def transposed_neighbors(image, codebook):
    return diffuse(image, codebook, tuple((r, d, s) for d, r, s in STEINBERG))


@wrong("column by column")
def columns_first(image, codebook):
    return diffuse(image, codebook, order=lambda H, W: [(i, j) for j in range(W) for i in range(H)])


@wrong("second row")
def serpentine(image, codebook):
    painted = np.array(image, dtype=float)
    H, W, _ = painted.shape
    for i in range(H):
        way = 1 if i % 2 == 0 else -1
        for j in range(W)[::way]:
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + way * right < W:
                    painted[i + down, j + way * right] += error * share / 16
    return painted


@wrong("clip")
def clipped_before_choosing(image, codebook):
    painted = np.array(image, dtype=float)
    H, W, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = np.clip(painted[i, j], 0, 1)
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    painted[i + down, j + right] += error * share / 16
    return painted


@wrong("clip")
def clipped_when_handed_on(image, codebook):
    painted = np.array(image, dtype=float)
    H, W, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    new = painted[i + down, j + right] + error * share / 16
                    painted[i + down, j + right] = np.clip(new, 0, 1)
    return painted


@wrong("wraps around")
def index_minus_one(image, codebook):
    painted = np.array(image, dtype=float)
    H, W, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and j + right < W:
                    painted[i + down, j + right] += error * share / 16
    return painted


@wrong("wraps around")
def modulo(image, codebook):
    painted = np.array(image, dtype=float)
    H, W, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right, share in STEINBERG:
                painted[(i + down) % H, (j + right) % W] += error * share / 16
    return painted


@wrong("edges are left out")
def edges_left_out(image, codebook):
    painted = np.array(image, dtype=float)
    H, W, _ = painted.shape
    for i in range(H - 1):
        for j in range(1, W - 1):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right, share in STEINBERG:
                painted[i + down, j + right] += error * share / 16
    return painted


@wrong("no error is handed")
def nothing_handed_on_at_the_edge(image, codebook):
    painted = np.array(image, dtype=float)
    H, W, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            if i < H - 1 and 0 < j < W - 1:
                for down, right, share in STEINBERG:
                    painted[i + down, j + right] += error * share / 16
    return painted


@wrong("too large for its axis")
def beyond_the_edge(image, codebook):
    painted = np.array(image, dtype=float)
    H, W, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            painted[i, j + 1] += error * 7 / 16
            painted[i + 1, j] += error * 9 / 16
    return painted


@right
def keeps_the_type(image, codebook):
    painted = image.copy()
    H, W, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = painted[i, j].astype(float)
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    painted[i + down, j + right] = painted[i + down, j + right] + error * share / 16
    return painted


@wrong("brightness")
def by_brightness(image, codebook):
    painted = np.array(image, dtype=float)
    H, W, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[abs(codebook.mean(axis=1) - wanted.mean()).argmin()]
            error = wanted - painted[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    painted[i + down, j + right] += error * share / 16
    return painted


@wrong("averaged")
def one_error_for_all_channels(image, codebook):
    painted = np.array(image, dtype=float)
    H, W, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = (wanted - painted[i, j]).mean()
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    painted[i + down, j + right] += error * share / 16
    return painted


@wrong("image has changed")
def in_place(image, codebook):
    H, W, _ = image.shape
    result = np.zeros((H, W, 3))
    image[...] = image
    for i in range(H):
        for j in range(W):
            wanted = image[i, j].astype(float)
            result[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - result[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W and image.dtype.kind == "f":
                    image[i + down, j + right] += error * share / 16
    return diffuse(image, codebook) if image.dtype.kind == "i" else result


@wrong("copy")
def in_place_throughout(image, codebook):
    H, W, _ = image.shape
    for i in range(H):
        for j in range(W):
            wanted = image[i, j].copy()
            image[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - image[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    image[i + down, j + right] += error * share / 16
    return image


@wrong("errors in them")
def returns_the_values(image, codebook):
    left = np.array(image, dtype=float)
    H, W, _ = left.shape
    for i in range(H):
        for j in range(W):
            error = left[i, j] - codebook[nearest_color(left[i, j], codebook)]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    left[i + down, j + right] += error * share / 16
    return left


@wrong("shape")
def returns_numbers(image, codebook):
    left, idx = np.array(image, dtype=float), np.zeros(image.shape[:2], dtype=int)
    H, W = idx.shape
    for i in range(H):
        for j in range(W):
            idx[i, j] = nearest_color(left[i, j], codebook)
            error = left[i, j] - codebook[idx[i, j]]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    left[i + down, j + right] += error * share / 16
    return idx


@wrong("rows and columns", "swapped")
def turned(image, codebook):
    return diffuse(image, codebook).transpose(1, 0, 2)


@wrong("page")
def sizes_of_the_page(image, codebook):
    painted = np.array(image, dtype=float)
    for i in range(height):
        for j in range(width):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
    return painted


@wrong("square")
def height_and_width_mixed_up(image, codebook):
    painted = np.array(image, dtype=float)
    W, H, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    painted[i + down, j + right] += error * share / 16
    return painted


@wrong("return")
def forgotten(image, codebook):
    painted = diffuse(image, codebook)


@wrong("loop")
def return_in_the_loop(image, codebook):
    painted = np.array(image, dtype=float)
    H, W, _ = painted.shape
    for i in range(H):
        for j in range(W):
            wanted = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(wanted, codebook)]
            error = wanted - painted[i, j]
            for down, right, share in STEINBERG:
                if i + down < H and 0 <= j + right < W:
                    painted[i + down, j + right] += error * share / 16
        return painted


@wrong("no error is handed", "one too strict")
def first_column_gets_nothing(image, codebook):
    painted = np.array(image, dtype=float)
    height, width = painted.shape[:2]
    for i in range(height):
        for j in range(width):
            old = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(old, codebook)]
            err = old - painted[i, j]
            for di, dj, s in ((0, 1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1)):
                if i + di < height and 0 < j + dj < width:
                    painted[i + di, j + dj] += err * s / 16
    return painted


@wrong("too large for its axis", "a neighbor")
def asks_for_the_row_only(image, codebook):
    painted = np.array(image, dtype=float)
    height, width = painted.shape[:2]
    for i, j in np.ndindex(height, width):
        old = painted[i, j].copy()
        painted[i, j] = codebook[nearest_color(old, codebook)]
        for down, right, share in STEINBERG:
            if i + down < height and j + right >= 0:
                painted[i + down, j + right] += (old - painted[i, j]) * share / 16
    return painted


@right
def a_copy_of_whole_numbers(image, codebook):
    painted = image.copy()
    height, width = painted.shape[:2]
    for i, j in np.ndindex(height, width):
        old = painted[i, j].copy()
        painted[i, j] = codebook[nearest_color(old, codebook)]
        for down, right, share in STEINBERG:
            if i + down < height and 0 <= j + right < width:
                painted[i + down, j + right] += (old - painted[i, j]) * share / 16
    return painted


@wrong("number of the color")
def paints_the_number(image, codebook):
    painted = np.array(image, dtype=float)
    height, width = painted.shape[:2]
    for i, j in np.ndindex(height, width):
        old = painted[i, j].copy()
        painted[i, j] = nearest_color(old, codebook)
        for down, right, share in STEINBERG:
            if i + down < height and 0 <= j + right < width:
                painted[i + down, j + right] += (old - painted[i, j]) * share / 16
    return painted


@wrong("added to it (+=)")
def replaces_the_neighbor(image, codebook):
    painted = np.array(image, dtype=float)
    height, width = painted.shape[:2]
    for i, j in np.ndindex(height, width):
        old = painted[i, j].copy()
        painted[i, j] = codebook[nearest_color(old, codebook)]
        for down, right, share in STEINBERG:
            if i + down < height and 0 <= j + right < width:
                painted[i + down, j + right] = (old - painted[i, j]) * share / 16
    return painted


@wrong("moved by one pixel")
def margin_cut_at_the_wrong_side(image, codebook):
    return np.pad(diffuse(image, codebook), ((0, 0), (1, 0), (0, 0)))[:, :-1]


@wrong("measured first")
def all_at_once(image, codebook):
    left, errors = image.astype(float), image - quantize(image, codebook)
    left[:, 1:] += errors[:, :-1] * 7 / 16
    left[1:, :-1] += errors[:-1, 1:] * 3 / 16
    left[1:] += errors[:-1] * 5 / 16
    left[1:, 1:] += errors[:-1, :-1] / 16
    return quantize(left, codebook)


@wrong("round the error")
def rounds_the_error(image, codebook):
    painted = np.array(image, dtype=float)
    height, width = painted.shape[:2]
    for i in range(height):
        for j in range(width):
            old = painted[i, j].copy()
            painted[i, j] = codebook[nearest_color(old, codebook)]
            err = np.round(old - painted[i, j], 1)
            for di, dj, s in ((0, 1, 7), (1, -1, 3), (1, 0, 5), (1, 1, 1)):
                if i + di < height and 0 <= j + dj < width:
                    painted[i + di, j + dj] += err * s / 16
    return painted
