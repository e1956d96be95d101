"""Answers to to_gray, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong

GRAY_WEIGHTS = np.array([0.299, 0.587, 0.114])


@right
def the_formula(img):
    R, G, B = img[:, :, 0], img[:, :, 1], img[:, :, 2]
    return 0.299 * R + 0.587 * G + 0.114 * B


@right
def matmul_float32(image):
    w = GRAY_WEIGHTS.astype(np.float32)
    return image.astype(np.float32) @ w


@right
def nested_loops(image):
    h, w, _ = image.shape
    gray = np.zeros((h, w))
    for i in range(h):
        for j in range(w):
            total = 0
            for k in range(3):
                total += image[i, j, k] * GRAY_WEIGHTS[k]
            gray[i, j] = total
    return gray


@wrong("Takes the plain mean of the channels and leaves out the weights.")
def plain_mean(image):
    return image.mean(axis=2)


@wrong("Takes the mean of the weighted channels instead of their sum, so everything is three times too dark.")
def mean_of_weighted(image):
    weighted = image * GRAY_WEIGHTS
    return weighted.mean(axis=-1)


@wrong("Adds up over the columns instead of over the channels.")
def axis_one(image):
    return (image * GRAY_WEIGHTS).sum(axis=1)


@wrong("Forgets the axis, so the whole picture becomes one number.")
def sum_everything(image):
    return np.sum(image * GRAY_WEIGHTS)


@wrong("Uses the weights in the order blue, green, red.")
def bgr(image):
    b = image[..., 0]
    g = image[..., 1]
    r = image[..., 2]
    return 0.114 * b + 0.587 * g + 0.299 * r


@wrong("Thinks that the first axis holds the channels.")
def channels_first(image):
    return 0.299 * image[0] + 0.587 * image[1] + 0.114 * image[2]


@wrong("Gives back three equal channels instead of one number for each pixel.")
def three_gray_channels(image):
    g = image @ GRAY_WEIGHTS
    # a picture needs 3 channels
    return np.stack([g, g, g], axis=-1)


@wrong("Multiplies the weights into the picture that was given.")
def weights_into_image(image):
    for c in range(3):
        image[:, :, c] *= GRAY_WEIGHTS[c]
    return image.sum(axis=2)


@wrong("The total is set to 0 only once, so each pixel also contains all pixels before it.")
def total_outside(image):
    rows, columns = image.shape[0], image.shape[1]
    gray = np.zeros((rows, columns))
    total = 0
    for r in range(rows):
        for c in range(columns):
            for channel in range(3):
                total = total + image[r, c, channel] * GRAY_WEIGHTS[channel]
            gray[r, c] = total
    return gray
