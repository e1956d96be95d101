"""Answers to quantize, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong
from helpers import codebook as fixed
from helpers.color import pairwise_distances
from helpers.codebook import find_closest_centroids
from helpers.images import to_image, to_pixels

corners = fixed.CUBE_CORNERS


@right
def three_steps(image, codebook):
    # pixels -> numbers -> colors
    pixels = to_pixels(image)
    numbers = find_closest_centroids(pixels, codebook)
    colors = codebook[numbers]
    h = image.shape[0]
    w = image.shape[1]
    return to_image(colors, h, w)


@right
def every_pixel_alone(image, codebook):
    H, W, _ = image.shape
    result = np.zeros((H, W, 3))
    for i in range(H):
        for j in range(W):
            squared = ((codebook - image[i, j]) ** 2).sum(axis=1)
            result[i, j] = codebook[squared.argmin()]
    return result


@right
def map_first(picture, colors):
    index_map = find_closest_centroids(picture.reshape(-1, 3), colors).reshape(picture.shape[:2])
    return colors[index_map]


@right
def row_by_row(image, codebook):
    def paint_row(row):
        d = pairwise_distances(row, codebook)      # (W, K)
        return codebook[d.argmin(axis=1)]

    new_rows = []
    for row in image:
        new_rows.append(paint_row(row))
    return np.stack(new_rows)


@wrong("Returns the index map and forgets to look up the colors.")
def numbers_only(image, codebook):
    height, width, _ = image.shape
    idx = find_closest_centroids(to_pixels(image), codebook)
    return idx.reshape(height, width)


@wrong("Reads the shape as width first, so only square pictures are folded back correctly.")
def width_first(image, codebook):
    width, height, _ = image.shape
    idx = find_closest_centroids(to_pixels(image), codebook)
    return to_image(codebook[idx], height, width)


@wrong("Writes in the size of the tulips instead of taking that of the image.")
def size_of_the_tulips(image, codebook):
    X = to_pixels(image)
    idx = find_closest_centroids(X, codebook)
    return to_image(codebook[idx], 512, 768)


@wrong("Looks the numbers up in the page's eight corners instead of the codebook it was given.")
def painted_with_corners(image, codebook):
    height, width, _ = image.shape
    idx = find_closest_centroids(to_pixels(image), codebook)
    painted = corners[idx]
    return to_image(painted, height, width)


@wrong("Hands the picture itself to find_closest_centroids, which wants a list of pixels.")
def forgot_to_pixels(image, codebook):
    height, width, _ = image.shape
    idx = find_closest_centroids(image, codebook)
    return to_image(codebook[idx], height, width)


@wrong("Swaps the two arguments of find_closest_centroids and so asks each color for its nearest pixel.")
def swapped(image, codebook):
    pixels = to_pixels(image)
    idx = find_closest_centroids(codebook, pixels)
    return to_image(pixels[idx], image.shape[0], image.shape[1])


@wrong("Takes the nearest value in each channel by itself, which mixes colors that are not in the codebook.")
def channel_by_channel(image, codebook):
    result = np.zeros(image.shape)
    for c in range(3):
        values = codebook[:, c]
        d = abs(image[:, :, c][:, :, None] - values)
        result[:, :, c] = values[d.argmin(axis=2)]
    return result


@wrong("Paints into the image it was given instead of making a new picture.")
def paints_over(image, codebook):
    height, width, _ = image.shape
    idx = find_closest_centroids(to_pixels(image), codebook).reshape(height, width)
    for k in range(len(codebook)):
        image[idx == k] = codebook[k]
    return image


@wrong("Makes room for whole numbers, so that the colors lose everything after the decimal point.")
def whole_numbers(image, codebook):
    height, width, _ = image.shape
    idx = find_closest_centroids(to_pixels(image), codebook)
    result = np.zeros((height * width, 3), dtype=int)
    for n in range(height * width):
        result[n] = codebook[idx[n]]
    return to_image(result, height, width)
