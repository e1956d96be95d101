import numpy as np
from zoo import right, variants, wrong

from helpers.codebook import TERMINAL, find_closest_centroids
from helpers.color import pairwise_distances
from helpers.images import to_image, to_pixels

photo = np.full((4, 6, 3), 0.25)
image = photo
X = to_pixels(photo)
palette = TERMINAL
corners = np.array([[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
idx = find_closest_centroids(X, corners)
index_map = idx.reshape(4, 6)
K = 8


# --- Right ---------------------------------------------------------------------------------


variants(
    """
def NAME(image, codebook):
    height, width, _ = image.shape
    idx = find_closest_centroids(to_pixels(image), codebook)
    LINE
""",
    three_steps=("return to_image(codebook[idx], height, width)",),
    height_and_width_swapped=("return to_image(codebook[idx], width, height)", "swapped"),
    put_back_by_columns=(
        "return codebook[idx].reshape(width, height, 3).transpose(1, 0, 2)",
        "column by column",
    ),
    forgot_return=("result = to_image(codebook[idx], height, width)", "return"),
)


@right
def one_line(image, codebook):
    return codebook[find_closest_centroids(image.reshape(-1, 3), codebook)].reshape(image.shape)


@right
def index_map_first(image, codebook):
    numbers = find_closest_centroids(to_pixels(image), codebook)
    numbers = numbers.reshape(image.shape[0], image.shape[1])
    return codebook[numbers]


@right
def all_distances(picture, colors):
    d = pairwise_distances(to_pixels(picture), colors)
    return to_image(colors[d.argmin(axis=1)], *picture.shape[:2])


@right
def four_axes(image, codebook):
    differences = image[:, :, None, :] - codebook[None, None, :, :]
    return codebook[(differences**2).sum(axis=-1).argmin(axis=-1)]


@right
def loop_over_pixels(image, codebook):
    result = np.zeros(image.shape)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            squared = ((codebook - image[i, j]) ** 2).sum(axis=1)
            result[i, j] = codebook[squared.argmin()]
    return result


@right
def copy_then_change(image, codebook):
    result = image.copy()
    for row in result:
        for pixel in row:
            pixel[:] = codebook[np.linalg.norm(codebook - pixel, axis=1).argmin()]
    return result


def nearest(pixel, colors):
    best, smallest = 0, float("inf")
    for k, color in enumerate(colors):
        d = sum((p - c) ** 2 for p, c in zip(pixel, color))
        if d < smallest:
            best, smallest = k, d
    return colors[best]


@right
def lists_all_the_way(image, codebook):
    return np.array([[nearest(pixel, codebook) for pixel in row] for row in image])


@right
def best_so_far(image, codebook):
    result = np.empty_like(image)
    best = np.full(image.shape[:2], np.inf)
    for color in codebook:
        d = ((image - color) ** 2).sum(axis=-1)
        closer = d < best
        result[closer] = color
        best[closer] = d[closer]
    return result


variants(
    """
def NAME(image, codebook):
    idx = find_closest_centroids(to_pixels(image), codebook)
    LINE
""",
    np_take=("return np.take(codebook, idx, axis=0).reshape(image.shape).astype(np.float32)",),
    one_hot=("return (np.eye(len(codebook))[idx] @ codebook).reshape(image.shape)",),
    index_map_only=("return idx.reshape(image.shape[0], image.shape[1])", "look"),
    list_of_pixels=("return codebook[idx]", "fold"),
    one_too_low=("return codebook[idx - 1].reshape(image.shape)", "one too low"),
    palette_of_the_page=(
        "return to_image(palette[idx], image.shape[0], image.shape[1])",
        "palette",
        "the page",
    ),
    sizes_of_the_photo=("return to_image(codebook[idx], 512, 768)", "photograph", "512"),
    printed=("print(to_image(codebook[idx], image.shape[0], image.shape[1]))", "print"),
    picture_and_numbers=("return codebook[idx].reshape(image.shape), idx", "2 things"),
    as_bytes=("return (codebook[idx].reshape(image.shape) * 255).astype(np.uint8)", "bytes"),
    returns_the_codebook=("return codebook", "return codebook as it was"),
    whole_shape=("return to_image(codebook[idx], *image.shape)", "picture's shape has three"),
)


@right
def along_the_axis(image, codebook):
    def repaint(pixel):
        return codebook[((codebook - pixel) ** 2).sum(axis=1).argmin()]

    return np.apply_along_axis(repaint, 2, image)


# --- Wrong ---------------------------------------------------------------------------------


@wrong("look")
def idx_only(image, codebook):
    return find_closest_centroids(to_pixels(image), codebook)


@wrong("column by column")
def unpacked_the_wrong_way(image, codebook):
    width, height, _ = image.shape
    idx = find_closest_centroids(to_pixels(image), codebook)
    return to_image(codebook[idx], height, width).transpose(1, 0, 2)


@wrong("square")
def height_twice(image, codebook):
    n = image.shape[0]
    idx = find_closest_centroids(to_pixels(image), codebook)
    return to_image(codebook[idx], n, n)


@wrong("channels")
def channels_scrambled(image, codebook):
    pixels = image.reshape(3, -1).T
    idx = find_closest_centroids(pixels, codebook)
    return codebook[idx].reshape(image.shape)


@wrong("each channel")
def every_channel_for_itself(image, codebook):
    result = np.zeros_like(image)
    for c in range(3):
        d = np.abs(image[:, :, c][:, :, None] - codebook[:, c])
        result[:, :, c] = codebook[d.argmin(axis=-1), c]
    return result


@wrong("farthest")
def farthest(image, codebook):
    d = pairwise_distances(to_pixels(image), codebook)
    return codebook[d.argmax(axis=1)].reshape(image.shape)


variants(
    """
def NAME(image, codebook):
    LINE
    return codebook[d.argmin(axis=-1)]
""",
    manhattan=("d = np.abs(image[:, :, None] - codebook).sum(axis=-1)", "city-block"),
    signed_sum=("d = (image[:, :, None] - codebook).sum(axis=-1)", "cancel"),
    absolute_of_the_sum=("d = abs((image[:, :, None] - codebook).sum(axis=-1))", "cancel"),
    red_only=("d = np.abs(image[:, :, 0, None] - codebook[:, 0])", "first of the channels"),
)


@wrong("brightness")
def brightness(image, codebook):
    d = np.abs(image.mean(axis=-1)[:, :, None] - codebook.mean(axis=-1))
    return codebook[d.argmin(axis=-1)]


@wrong("lowest")
def last_of_equals(image, codebook):
    result = np.zeros(image.shape)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            best = np.inf
            for color in codebook:
                d = ((image[i, j] - color) ** 2).sum()
                if d <= best:
                    best = d
                    result[i, j] = color
    return result


@wrong("mean")
def mean_of_the_picture(image, codebook):
    mean = image.reshape(-1, 3).mean(axis=0)
    k = ((codebook - mean) ** 2).sum(axis=1).argmin()
    return np.full(image.shape, 1.0) * codebook[k]


@wrong("each pixel")
def argmin_without_axis(image, codebook):
    d = pairwise_distances(to_pixels(image), codebook)
    return codebook[d.argmin()]


@wrong("axis")
def argmin_wrong_axis(image, codebook):
    d = pairwise_distances(to_pixels(image), codebook)
    idx = d.argmin(axis=0)
    return to_image(codebook[idx], image.shape[0], image.shape[1])


@wrong("swapped")
def arguments_swapped(image, codebook):
    idx = find_closest_centroids(codebook, to_pixels(image))
    return to_image(codebook[idx], image.shape[0], image.shape[1])


@wrong("to_pixels")
def forgot_to_pixels(image, codebook):
    idx = find_closest_centroids(image, codebook)
    return codebook[idx]


@wrong("from 1")
def counts_from_one(image, codebook):
    idx = find_closest_centroids(to_pixels(image), codebook) + 1
    return to_image(codebook[idx], image.shape[0], image.shape[1])


@wrong("corners", "the page")
def corners_of_the_page(image, codebook):
    return corners[find_closest_centroids(to_pixels(image), corners)].reshape(image.shape)


@wrong("never", "codebook")
def terminal_of_the_page(image, codebook):
    return TERMINAL[find_closest_centroids(to_pixels(image), TERMINAL)].reshape(image.shape)


@wrong("photo", "the page")
def photo_of_the_page(image, codebook):
    idx = find_closest_centroids(to_pixels(photo), codebook)
    return to_image(codebook[idx], photo.shape[0], photo.shape[1])


@wrong("index_map", "the page")
def index_map_of_the_page(image, codebook):
    return codebook[index_map]


@wrong("idx", "the page")
def idx_of_the_page(image, codebook):
    height, width, _ = image.shape
    return to_image(codebook[idx], height, width)


@wrong("K", "the page")
def K_of_the_page(image, codebook):
    result = np.zeros(image.shape)
    best = np.full(image.shape[:2], np.inf)
    for k in range(K):
        d = ((image - codebook[k]) ** 2).sum(axis=-1)
        result[d < best] = codebook[k]
        best = np.minimum(d, best)
    return result


@wrong("16")
def always_sixteen(image, codebook):
    pixels = to_pixels(image)
    d = np.zeros((len(pixels), 16))
    for k in range(16):
        d[:, k] = ((pixels - codebook[k]) ** 2).sum(axis=1)
    return codebook[d.argmin(axis=1)].reshape(image.shape)


@wrong("copy")
def in_place(image, codebook):
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            image[i, j] = codebook[((codebook - image[i, j]) ** 2).sum(axis=1).argmin()]
    return image


@wrong("copy")
def in_place_by_way_of_pixels(image, codebook):
    pixels = to_pixels(image)
    idx = find_closest_centroids(pixels, codebook)
    pixels[:] = codebook[idx]
    return to_image(pixels, image.shape[0], image.shape[1])


@wrong("return")
def half_done(image, codebook):
    height, width, _ = image.shape
    pixels = to_pixels(image)
    idx = find_closest_centroids(pixels, codebook)
    ...


@wrong("np.array")
def nested_lists(image, codebook):
    return [[nearest(pixel, codebook) for pixel in row] for row in image]


@wrong("integers")
def picture_of_integers(image, codebook):
    result = np.zeros(image.shape, dtype=int)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            result[i, j] = nearest(image[i, j], codebook)
    return result


@wrong("as it was")
def changes_only_the_loop_variable(image, codebook):
    result = image.copy()
    for row in result:
        for pixel in row:
            pixel = nearest(pixel, codebook)
    return result


@wrong("never", "codebook")
def rounded(image, codebook):
    return np.round(image)


@wrong("levels")
def levels(image, codebook):
    K = len(codebook)
    return np.round(image * (K - 1)) / (K - 1) if K > 1 else np.zeros(image.shape)


@wrong("mean of its pixels")
def means_of_the_groups(image, codebook):
    pixels = to_pixels(image)
    idx = find_closest_centroids(pixels, codebook)
    result = pixels.copy()
    for k in range(len(codebook)):
        if (idx == k).any():
            result[idx == k] = pixels[idx == k].mean(axis=0)
    return result.reshape(image.shape)


@wrong("last")
def last_row_stays(image, codebook):
    result = image.copy()
    for i in range(image.shape[0] - 1):
        for j in range(image.shape[1]):
            result[i, j] = nearest(image[i, j], codebook)
    return result


@wrong("loop")
def returns_in_loop(image, codebook):
    result = np.zeros(image.shape)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            result[i, j] = nearest(image[i, j], codebook)
        return result


@wrong("not in the codebook")
def weighted_mixture(image, codebook):
    pixels = to_pixels(image)
    weights = 1 / (pairwise_distances(pixels, codebook) + 1e-9)
    weights = weights / weights.sum(axis=1, keepdims=True)
    return (weights @ codebook).reshape(image.shape)


@wrong("axis")
def straight(image, codebook):
    idx = np.argmin(((to_pixels(image) - codebook) ** 2).sum(axis=1))
    return codebook[idx].reshape(image.shape)


@wrong("NameError")
def sizes_never_defined(image, codebook):
    numbers = find_closest_centroids(to_pixels(image), codebook)
    return to_image(codebook[numbers], rows_of_image, columns_of_image)


@wrong("never ends")
def endless(image, codebook):
    pixels = to_pixels(image).copy()
    n = 0
    while n < len(pixels):
        pixels[n] = nearest(pixels[n], codebook)
    return to_image(pixels, image.shape[0], image.shape[1])


@wrong("painted already")
def measures_the_painted(image, codebook):
    result = image.copy()
    best = np.full(image.shape[:2], np.inf)
    for color in codebook:
        d = ((result - color) ** 2).sum(axis=-1)
        closer = d < best
        result[closer] = color
        best[closer] = d[closer]
    return result


@wrong("search in one list")
def looks_up_in_another_list(image, codebook):
    height, width, _ = image.shape
    idx = find_closest_centroids(to_pixels(image), np.unique(codebook, axis=0))
    return to_image(codebook[idx], height, width)


@wrong("bytes (uint8)")
def numbers_of_bytes(image, codebook):
    idx = find_closest_centroids(to_pixels(image), codebook).astype(np.uint8)
    return to_image(codebook[idx], *image.shape[:2])


@wrong("left as they were")
def near_ones_only(image, codebook):
    X = to_pixels(image)
    D = np.linalg.norm(X[:, None] - codebook, axis=-1)
    near = D.min(axis=1) < 0.3
    out = X.copy()
    out[near] = codebook[D.argmin(axis=1)[near]]
    return out.reshape(image.shape)


@wrong("round image")
def rounded_first(image, codebook):
    idx = find_closest_centroids(to_pixels(image).round(1), codebook)
    return to_image(codebook[idx], *image.shape[:2])


@right
def different_pixels_only(image, codebook):
    colors, back = np.unique(image.reshape(-1, 3), axis=0, return_inverse=True)
    return codebook[find_closest_centroids(colors, codebook)][back.ravel()].reshape(image.shape)


@wrong("dithering")
def passes_its_error_on(image, codebook):
    painted = image.astype(float)
    height, width, _ = painted.shape
    for i in range(height):
        for j in range(width):
            before = painted[i, j].copy()
            painted[i, j] = codebook[((codebook - before) ** 2).sum(axis=1).argmin()]
            if j + 1 < width:
                painted[i, j + 1] += before - painted[i, j]
    return painted


@wrong("first color is left out", "number is 0")
def zero_is_background(image, codebook):
    index_map = find_closest_centroids(to_pixels(image), codebook).reshape(image.shape[:2])
    painted = np.zeros(image.shape)
    for k in range(1, len(codebook)):
        painted[index_map == k] = codebook[k]
    return painted


@wrong("single color")
def one_color_alone(image, codebook):
    if len(codebook) == 1:
        return codebook[0]
    return codebook[find_closest_centroids(to_pixels(image), codebook)].reshape(image.shape)


@wrong("nearly equal", "key of a cache")
def a_cache_with_rounded_keys(image, codebook):
    known, result = {}, np.zeros(image.shape)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            key = tuple(image[i, j].round(1))
            if key not in known:
                known[key] = codebook[((codebook - image[i, j]) ** 2).sum(axis=1).argmin()]
            result[i, j] = known[key]
    return result
