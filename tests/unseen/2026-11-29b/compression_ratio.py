"""Answers to compression_ratio, written by people who had not seen the checks."""
import math

import numpy as np
from unseen import right, wrong


@right
def double_until_enough(h, w, K):
    bits = 0
    while 2 ** bits < K:
        bits += 1
    before = h * w * 24
    after = h * w * bits + K * 24
    return before / after


@wrong("Leaves out the parentheses below the line, so only the height is divided by.")
def in_one_line(height, width, K):
    bits = math.ceil(math.log2(K))
    return 24 * height * width / height * width * bits + 24 * K


@wrong("Does not round the logarithm up to whole bits.")
def no_ceil(height, width, K):
    before = 24 * height * width
    after = height * width * math.log2(K) + 24 * K
    return before / after


@wrong("Counts the digits of K itself instead of those of K - 1, one bit too many for 2, 4, 8, 16.")
def digits_of_K(height, width, K):
    bits = len(bin(K)) - 2  # without the "0b"
    return 24 * height * width / (height * width * bits + 24 * K)
