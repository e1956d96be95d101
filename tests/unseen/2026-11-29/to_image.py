"""Answers to to_image, written by people who had not seen the checks."""
import numpy as np
from helpers import images
from unseen import right, wrong

photo = images.load_photo("tulips")


@right
def rows_and_the_rest(pixels, h, w):
    # NumPy can find out the width by itself
    return pixels.reshape(h, -1, 3)


@right
def cut_into_rows(X, height, width):
    rows = []
    for r in range(height):
        rows.append(X[r * width:(r + 1) * width])
    return np.array(rows)


@right
def divmod_places(X, height, width):
    picture = np.empty((height, width, 3))
    for n, pixel in enumerate(X):
        r, c = divmod(n, width)
        picture[r, c, :] = pixel
    return picture


@wrong("Puts the width before the height.")
def width_first(X, height, width):
    return X.reshape(width, height, 3)


@wrong("Transposes the list first, so each pixel gets numbers from three different pixels.")
def transposed_first(X, height, width):
    return X.T.reshape(height, width, 3)


@wrong("Fills the picture column by column instead of row by row.")
def columns_first(X, height, width):
    image = np.zeros((height, width, 3))
    i = 0
    for column in range(width):
        for row in range(height):
            image[row, column] = X[i]
            i += 1
    return image


@wrong("Always takes the size of the page's photograph and ignores height and width.")
def shape_of_photo(X, height, width):
    return X.reshape(photo.shape)


@wrong("Forgets the three channels, so the numbers do not fit into the shape.")
def no_channels(X, height, width):
    return X.reshape(height, width)


@wrong("Thinks that resize returns the picture, but it returns nothing (and changes X).")
def resize_returns(X, height, width):
    X = X.resize((height, width, 3))
    return X


@wrong("Takes one pixel too few for each row, as if the end of a slice were included.")
def slice_too_short(X, height, width):
    image = []
    for r in range(height):
        start = r * width
        image.append(X[start:start + width - 1])
    return np.array(image)


@wrong("The counter is set back to 0 for every row, so all rows are copies of the first one.")
def counter_reset(X, height, width):
    result = np.zeros((height, width, 3))
    for y in range(height):
        i = 0
        for x in range(width):
            result[y, x] = X[i]
            i = i + 1
    return result


@wrong("Turns the values into bytes, although the picture should keep its decimals.")
def as_bytes(X, height, width):
    img = X.reshape(height, width, 3)
    return np.rint(img * 255).astype(np.uint8)
