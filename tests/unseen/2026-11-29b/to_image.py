"""Answers to to_image, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def slice_the_rows(X, height, width):
    rows = []
    for i in range(height):
        rows.append(X[i * width : (i + 1) * width])
    return np.array(rows)


@wrong("Puts the width before the height.")
def width_and_height(X, height, width):
    return X.reshape(width, height, 3)


@wrong("Believes that reshape changes the array itself, and returns it as it was.")
def reshape_then_return(X, height, width):
    X.reshape(height, width, 3)
    return X


@wrong("Counts the start of a row in heights instead of widths, which is right for squares only.")
def fill_in(X, height, width):
    image = np.zeros((height, width, 3))
    for i in range(height):
        for j in range(width):
            image[i, j] = X[i * height + j]
    return image
