"""Answers to compression_ratio, written by people who had not seen the checks."""
import math
import numpy as np
from unseen import right, wrong

before = 24 * 512 * 768
numbers, colors = 512 * 768 * 4, 24 * 16


@right
def with_numpy(h, w, k):
    bits = np.ceil(np.log2(k))
    return 24 * h * w / (h * w * bits + 24 * k)


@right
def doubling(height, width, K):
    # how often must I double 1 until I have enough numbers?
    bits = 0
    how_many = 1
    while how_many < K:
        how_many *= 2
        bits += 1
    original = height * width * 24
    new = height * width * bits + K * 24
    return original / new


@right
def bit_length(height, width, K):
    largest = int(K) - 1           # the largest number to send
    bits = largest.bit_length()
    return 24 * height * width / (height * width * bits + 24 * K)


@right
def shortened_fraction(height, width, K):
    """both sides divided by H*W"""
    per_pixel = math.ceil(math.log2(K))
    codebook_share = 24 * K / (height * width)
    return 24 / (per_pixel + codebook_share)


@wrong("Does not round the logarithm up to whole bits.")
def no_ceil(height, width, K):
    bits_after = height * width * math.log2(K) + 24 * K
    return 24 * height * width / bits_after


@wrong("Forgets that the codebook has to be sent too.")
def no_codebook(height, width, K):
    bits_before = 24 * height * width
    bits_after = height * width * math.ceil(math.log2(K))
    return bits_before / bits_after


@wrong("Leaves out the parentheses below the line of the fraction.")
def no_parentheses(height, width, K):
    return 24 * height * width / height * width * math.ceil(math.log2(K)) + 24 * K


@wrong("Takes the logarithm of the largest number, K - 1, instead of how many numbers there are.")
def log_of_the_largest(height, width, K):
    bits = math.ceil(math.log2(K - 1))      # numbers go from 0 to K - 1
    return 24 * height * width / (height * width * bits + 24 * K)


@wrong("Divides the wrong way around, after by before.")
def upside_down(height, width, K):
    old = 24 * height * width
    new = height * width * math.ceil(math.log2(K)) + 24 * K
    return new / old


@wrong("Thinks that K colors take K bits for each pixel.")
def K_bits(height, width, K):
    before = 24 * height * width
    after = height * width * K + 24 * K
    return before / after


@wrong("Uses the page's number of bits before, which belongs to the tulips, whatever the size.")
def before_of_the_page(height, width, K):
    after = height * width * math.ceil(math.log2(K)) + 24 * K
    return before / after


@wrong("Gives every pixel at least one bit, although one single color needs none.")
def at_least_one_bit(height, width, K):
    bits = max(1, math.ceil(math.log2(K)))
    return (24 * height * width) / (height * width * bits + 24 * K)


@wrong("Divides with //, which throws the decimals of the ratio away.")
def whole_ratio(height, width, K):
    bits_before = 24 * height * width
    bits_after = height * width * math.ceil(math.log2(K)) + 24 * K
    return bits_before // bits_after
