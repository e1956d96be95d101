"""Answers to to_pixels, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def multiply_sizes(image):
    h, w, c = image.shape
    n = h * w
    return np.reshape(image, (n, c))


@right
def stack_the_rows(img):
    # every img[i] is already a list of pixels, put them below each other
    return np.concatenate(img, axis=0)


@right
def fill_a_table(image):
    H = image.shape[0]
    W = image.shape[1]
    pixels = np.zeros((H * W, 3))
    i = 0
    for r in range(H):
        for c in range(W):
            pixels[i] = image[r, c]
            i += 1
    return pixels


@right
def channels_side_by_side(image):
    red = image[:, :, 0].ravel()
    green = image[:, :, 1].ravel()
    blue = image[:, :, 2].ravel()
    return np.stack([red, green, blue], axis=1)


@wrong("Thinks that reshape changes the array itself, and returns it unchanged.")
def reshape_not_kept(image):
    image.reshape(-1, 3)
    return image


@wrong("Sets the shape of the picture that was given, so the caller's picture is no longer a picture.")
def set_shape(image):
    image.shape = (-1, 3)
    return image


@wrong("Swaps the two sizes: three rows instead of three columns.")
def three_rows(image):
    return image.reshape(3, -1)


@wrong("Writes in the number of pixels of the tulips, so no other size works.")
def size_of_tulips(image):
    return image.reshape(393216, 3)


@wrong("Goes through the picture column by column instead of row by row.")
def column_by_column(image):
    pixels = []
    height, width, _ = image.shape
    for x in range(width):
        for y in range(height):
            pixels.append(image[y, x])
    return np.array(pixels)


@wrong("Flattens everything into single numbers, so the pixels are lost.")
def flat(image):
    return image.flatten()


@wrong("The append stands after the inner loop, so only the last pixel of each row is kept.")
def append_outside(image):
    pixels = []
    for row in image:
        for pixel in row:
            p = pixel
        pixels.append(p)
    return np.array(pixels)


@wrong("Counts the place in the list with the height instead of the width, which is right for squares only.")
def place_by_height(image):
    h, w = image.shape[:2]
    result = np.zeros((h * w, 3))
    for row in range(h):
        for col in range(w):
            result[row * h + col] = image[row, col]
    return result


@wrong("Fills a table of whole numbers, which cuts off all decimals.")
def whole_numbers(image):
    h, w, d = image.shape
    result = np.zeros((h * w, d), dtype=int)
    n = 0
    for row in image:
        for pixel in row:
            result[n] = pixel
            n = n + 1
    return result
