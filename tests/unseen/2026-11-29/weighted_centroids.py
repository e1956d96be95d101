"""Answers to weighted_centroids, written by people who had not seen the checks."""
import numpy as np
from unseen import right, wrong


@right
def masks(colors, counts, idx, K):
    result = np.zeros((K, colors.shape[1]))
    for k in range(K):
        mine = idx == k
        if mine.any():
            result[k] = np.average(colors[mine], axis=0, weights=counts[mine])
    return result


@right
def add_at(X, n, group, K):
    top = np.zeros((K, X.shape[1]))
    bottom = np.zeros(K)
    np.add.at(top, group, X * n[:, None])
    np.add.at(bottom, group, n)
    bottom[bottom == 0] = 1  # nobody there: 0 / 1
    return top / bottom.reshape(K, 1)


@right
def one_color_after_the_other(colors, counts, idx, K):
    sums = [0 * colors[0] for _ in range(K)]
    sizes = [0] * K
    for color, n, k in zip(colors, counts, idx):
        sums[k] = sums[k] + n * color
        sizes[k] = sizes[k] + n
    rows = [sums[k] / sizes[k] if sizes[k] > 0 else colors[0] for k in range(K)]
    return np.array(rows)


@wrong("Takes the mean of the colors and forgets how many pixels each of them has.")
def mean_of_the_colors(colors, counts, idx, K):
    centroids = np.zeros((K, colors.shape[1]))
    for k in range(K):
        if (idx == k).any():
            centroids[k] = colors[idx == k].mean(axis=0)
    return centroids


@wrong("Divides by the pixels of all groups together instead of those of the group.")
def all_pixels_below(colors, counts, idx, K):
    sums = [np.bincount(idx, weights=counts * channel, minlength=K) for channel in colors.T]
    return np.stack(sums, axis=1) / counts.sum()


@wrong("Has no rule for a group without colors, whose place becomes nan.")
def nan_for_the_lost(colors, counts, idx, K):
    centroids = np.zeros((K, colors.shape[1]))
    for k in range(K):
        n = counts[idx == k][:, None]
        centroids[k] = (n * colors[idx == k]).sum(axis=0) / n.sum()
    return centroids


@wrong("Forgets minlength, so rows are missing when the last groups are empty.")
def no_minlength(colors, counts, idx, K):
    pixels = np.bincount(idx, weights=counts)
    sums = [np.bincount(idx, weights=counts * channel) for channel in colors.T]
    return np.stack(sums, axis=1) / np.maximum(pixels, 1)[:, None]


@wrong("Adds 1 to every size against the division by zero, which pulls all centroids to black.")
def one_more_pixel(colors, counts, idx, K):
    pixels = np.bincount(idx, weights=counts, minlength=K)
    sums = [np.bincount(idx, weights=counts * channel, minlength=K) for channel in colors.T]
    return np.stack(sums, axis=1) / (pixels + 1)[:, None]


@wrong("Leaves one row for each channel: the result has shape (d, K).")
def channels_as_rows(colors, counts, idx, K):
    pixels = np.maximum(np.bincount(idx, weights=counts, minlength=K), 1)
    sums = [np.bincount(idx, weights=counts * channel, minlength=K) for channel in colors.T]
    return np.array(sums) / pixels


@wrong("Writes the three channels in, and fails for points with two coordinates.")
def red_green_blue(colors, counts, idx, K):
    pixels = np.maximum(np.bincount(idx, weights=counts, minlength=K), 1)
    red = np.bincount(idx, weights=counts * colors[:, 0], minlength=K) / pixels
    green = np.bincount(idx, weights=counts * colors[:, 1], minlength=K) / pixels
    blue = np.bincount(idx, weights=counts * colors[:, 2], minlength=K) / pixels
    return np.stack([red, green, blue], axis=1)


@wrong("Multiplies the counts into the caller's own array of colors.")
def weighs_in_place(colors, counts, idx, K):
    colors *= counts[:, None]
    centroids = np.zeros((K, colors.shape[1]))
    for k in range(K):
        if (idx == k).any():
            centroids[k] = colors[idx == k].sum(axis=0) / counts[idx == k].sum()
    return centroids


@wrong("Makes room for whole numbers, which cut the decimals of every centroid off.")
def room_for_whole_numbers(colors, counts, idx, K):
    centroids = np.zeros((K, colors.shape[1]), dtype=int)
    for k in range(K):
        n = counts[idx == k]
        if n.sum() > 0:
            centroids[k] = (n[:, None] * colors[idx == k]).sum(axis=0) / n.sum()
    return centroids
