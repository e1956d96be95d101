import math

import numpy as np
from zoo import right, variants, wrong

K = 16
height, width = 512, 768
H, W = 512, 768
photo = np.zeros((4, 6, 3))


# --- Right ---------------------------------------------------------------------------------


variants(
    """
def NAME(height, width, K):
    bits_before = 24 * height * width
    LINE
    return bits_before / bits_after
""",
    as_on_the_page=("bits_after = height * width * math.ceil(math.log2(K)) + 24 * K",),
    typing_error=("bits_after = hight * width * math.ceil(math.log2(K)) + 24 * K", "not defined"),
    stub=("bits_after = ...", "three dots"),
)


@right
def numpy_functions(h, w, k):
    return 24 * h * w / (h * w * np.ceil(np.log2(k)) + 24 * k)


@right
def bit_length(h, w, K):
    bits = (K - 1).bit_length()
    return (h * w * 24) / (h * w * bits + K * 24)


@right
def doubling_until_it_fits(height, width, K):
    bits = 0
    while 2**bits < K:
        bits += 1
    return 24 * height * width / (bits * height * width + 24 * K)


@right
def in_bytes(height, width, K):
    before = 3 * height * width
    after = height * width * math.ceil(math.log2(K)) / 8 + 3 * K
    return before / after


@right
def per_pixel(height, width, K):
    n = height * width
    return 24 / (math.ceil(math.log2(K)) + 24 * K / n)


variants(
    """
def NAME(height, width, K):
    LINE
    return 24 * height * width / (height * width * bits + 24 * K)
""",
    change_of_base=("bits = int(np.ceil(round(math.log(K) / math.log(2), 9)))",),
    floor_of_negative=("bits = -int(-math.log2(K) // 1)",),
    table_of_powers=("bits = [2**n >= K for n in range(64)].index(True)",),
    cut_off=("bits = int(math.log2(K))", "round down", "rounding up"),
    rounded_to_nearest=("bits = round(math.log2(K))", "to the nearest", "rounding up"),
    int_plus_one=("bits = int(math.log2(K)) + 1", "one bit too many"),
    ceil_plus_one=("bits = math.ceil(math.log2(K)) + 1", "one bit too many"),
    log_of_k_minus_one=("bits = math.ceil(math.log2(K - 1)) if K > 1 else 0", "0 to K - 1"),
    one_color_fails=("bits = math.ceil(math.log2(K)) or math.nan", "K = 1"),
    at_least_one_bit=("bits = max(1, math.ceil(math.log2(K)))", "K = 1"),
    whole_bytes=("bits = 8 * math.ceil(math.log2(K) / 8)", "byte"),
)


@right
def length_of_binary(height, width, K):
    bits = len(bin(K - 1)) - 2 if K > 1 else 0
    pixels = height * width
    return np.float64(pixels * 3 * 8) / np.float64(pixels * bits + K * 3 * 8)


@right
def with_frexp(height, width, K):
    mantissa, exponent = math.frexp(K)
    bits = exponent - 1 if mantissa == 0.5 else exponent
    return 24 * height * width / (height * width * bits + 24 * K)


@right
def float32_result(height, width, K):
    bits = np.ceil(np.log2(np.float32(K)))
    return np.float32(24 * height * width) / np.float32(height * width * bits + 24 * K)


@right
def helper_functions(height, width, K):
    def bits_for_pixels():
        return height * width * math.ceil(math.log(K, 2))

    def bits_for_palette():
        return K * 3 * 8

    return height * width * 3 * 8 / (bits_for_pixels() + bits_for_palette())


# --- Wrong ---------------------------------------------------------------------------------


@wrong("palette")
def palette_forgotten(height, width, K):
    return 24 * height * width / (height * width * math.ceil(math.log2(K)))


@wrong("palette")
def palette_forgotten_with_numpy(height, width, K):
    before = 24 * height * width
    after = height * width * np.ceil(np.log2(K))
    return before / after


@wrong("palette")
def palette_forgotten_short(height, width, K):
    return 24 / math.ceil(math.log2(K))


@wrong("palette")
def palette_and_rounding_forgotten(height, width, K):
    return 24 / np.log2(K)


@wrong("palette")
def palette_forgotten_one_guarded(height, width, K):
    bits = max(1, math.ceil(math.log2(K)))
    return 24 / bits


@wrong("rounded up")
def not_rounded(height, width, K):
    return 24 * height * width / (height * width * math.log2(K) + 24 * K)


@wrong("round down", "rounding up")
def floor(height, width, K):
    bits = math.floor(math.log2(K))
    return 24 * height * width / (height * width * bits + 24 * K)


@wrong("rounded up")
def rounds_the_product(height, width, K):
    return 24 * height * width / (math.ceil(height * width * math.log2(K)) + 24 * K)


@wrong("one bit too many")
def bit_length_of_k(height, width, K):
    return 24 * height * width / (height * width * K.bit_length() + 24 * K)


@wrong("base")
def natural_logarithm(height, width, K):
    return 24 * height * width / (height * width * math.ceil(math.log(K)) + 24 * K)


@wrong("base")
def natural_logarithm_not_rounded(height, width, K):
    return 24 * height * width / (height * width * np.log(K) + 24 * K)


@wrong("base")
def base_ten(height, width, K):
    return 24 * height * width / (height * width * math.ceil(math.log10(K)) + 24 * K)


@wrong("base")
def natural_and_palette_forgotten(height, width, K):
    return 24 * height * width / (height * width * math.log(K))


@wrong("log2 K bits")
def k_bits(height, width, K):
    return 24 * height * width / (height * width * K + 24 * K)


@wrong("root")
def root_of_k(height, width, K):
    return 24 * height * width / (height * width * math.ceil(math.sqrt(K)) + 24 * K)


@wrong("half", "log2")
def k_halved(height, width, K):
    return 24 * height * width / (height * width * K / 2 + 24 * K)


variants(
    """
def NAME(height, width, K):
    before = 24 * height * width
    after = height * width * math.ceil(math.log2(K)) + 24 * K
    LINE
""",
    upside_down=("return after / before", "upside down"),
    returns_saving=("return 1 - after / before", "saved"),
    returns_difference=("return before - after", "ratio"),
    returns_percent=("return 100 * after / before", "percent"),
)


@wrong("1/8", "a byte has 8 bits")
def bytes_before(height, width, K):
    before = height * width * 3
    after = height * width * math.ceil(math.log2(K)) + 24 * K
    return before / after


@wrong("8")
def eight_bits_before(height, width, K):
    before = height * width * 8
    after = height * width * math.ceil(math.log2(K)) + 24 * K
    return before / after


@wrong("bytes")
def bytes_for_palette(height, width, K):
    return 24 * height * width / (height * width * math.ceil(math.log2(K)) + 3 * K)


@wrong("8")
def eight_bits_for_palette(height, width, K):
    return 24 * height * width / (height * width * math.ceil(math.log2(K)) + 8 * K)


@wrong("24")
def palette_as_k_numbers(height, width, K):
    return 24 * height * width / (height * width * math.ceil(math.log2(K)) + K)


@wrong("24 bits whatever K is")
def palette_of_one_color(height, width, K):
    return 24 * height * width / (height * width * math.ceil(math.log2(K)) + 24)


@wrong("subtract")
def palette_subtracted(height, width, K):
    return 24 * height * width / (height * width * math.ceil(math.log2(K)) - 24 * K)


@wrong("parenthes")
def parentheses_missing(height, width, K):
    return 24 * height * width / height * width * math.ceil(math.log2(K)) + 24 * K


@wrong("parenthes")
def parentheses_half(height, width, K):
    return 24 * height * width / (height * width * math.ceil(math.log2(K))) + 24 * K


@wrong("before")
def returns_bits_after(height, width, K):
    return height * width * math.ceil(math.log2(K)) + 24 * K


@wrong("after")
def returns_bits_before(height, width, K):
    return 24 * height * width


@wrong("//")
def whole_division(height, width, K):
    return 24 * height * width // (height * width * math.ceil(math.log2(K)) + 24 * K)


@wrong("round")
def rounded(height, width, K):
    before = 24 * height * width
    after = height * width * math.ceil(math.log2(K)) + 24 * K
    return round(before / after, 2)


@wrong("decimals are gone", "whole number")
def rounded_to_whole(height, width, K):
    return round(24 * height * width / (height * width * math.ceil(math.log2(K)) + 24 * K))


@wrong("decimals")
def ceil_of_everything(height, width, K):
    return math.ceil(24 * height * width / (height * width * math.log2(K) + 24 * K))


@wrong("width")
def height_twice(height, width, K):
    return 24 * height * height / (height * height * math.ceil(math.log2(K)) + 24 * K)


@wrong("height x width")
def height_plus_width(height, width, K):
    pixels = height + width
    return 24 * pixels / (pixels * math.ceil(math.log2(K)) + 24 * K)


@wrong("never uses K")
def always_16(height, width, K):
    return 24 * height * width / (height * width * 4 + 24 * 16)


@wrong("same number of bits")
def always_four_bits(height, width, K):
    return 24 * height * width / (height * width * 4 + 24 * K)


@wrong("same number of bits")
def always_a_byte(height, width, K):
    return 24 * height * width / (height * width * 8 + 24 * K)


@wrong("512")
def always_the_photo(height, width, K):
    return 24 * 512 * 768 / (512 * 768 * math.ceil(math.log2(K)) + 24 * K)


@wrong("page")
def pixels_of_the_page(rows, columns, K):
    return 24 * height * width / (height * width * math.ceil(math.log2(K)) + 24 * K)


@wrong("page")
def k_of_the_page(h, w, k):
    return 24 * h * w / (h * w * math.ceil(math.log2(K)) + 24 * K)


@wrong("page")
def h_and_w_of_the_page(height, width, K):
    before = 24 * H * W
    return before / (H * W * math.ceil(math.log2(K)) + 24 * K)


@wrong("number of a color")
def three_channels_after(height, width, K):
    return 24 * height * width / (3 * height * width * math.ceil(math.log2(K)) + 24 * K)


@wrong("each of its K colors")
def palette_for_each_pixel(height, width, K):
    return 24 * height * width / (height * width * (math.ceil(math.log2(K)) + 24 * K))


@wrong("print")
def printed(height, width, K):
    after = height * width * math.ceil(math.log2(K)) + 24 * K
    print(24 * height * width / after)


@wrong("return")
def forgotten(height, width, K):
    bits_before = 24 * height * width
    bits_after = height * width * math.ceil(math.log2(K)) + 24 * K
    ratio = bits_before / bits_after


@wrong("one number")
def both_numbers(height, width, K):
    bits_before = 24 * height * width
    bits_after = height * width * math.ceil(math.log2(K)) + 24 * K
    return bits_before, bits_after


@wrong("one number")
def as_text(height, width, K):
    ratio = 24 * height * width / (height * width * math.ceil(math.log2(K)) + 24 * K)
    return f"{ratio:.4f}"


@wrong("not defined")
def log2_without_math(height, width, K):
    return 24 * height * width / (height * width * math.ceil(log2(K)) + 24 * K)


@wrong("never ends")
def endless(height, width, K):
    bits = 0
    while 2**bits < K:
        bits = bits
    return 24 * height * width / (height * width * bits + 24 * K)


@wrong("before")
def half_done(height, width, K):
    bits_after = height * width * math.ceil(math.log2(K)) + 24 * K
    return bits_after


@wrong("palette")
def two_mistakes_upside_down(height, width, K):
    return height * width * math.ceil(math.log2(K)) / (24 * height * width)


@wrong("base")
def two_mistakes_base_and_bytes(height, width, K):
    return 3 * height * width / (height * width * math.log(K) + 3 * K)


@wrong("math.ceil")
def ceil_of_k(height, width, K):
    return 24 * height * width / (height * width * math.log2(math.ceil(K)) + 24 * K)


@wrong("palette")
def palette_in_the_logarithm(height, width, K):
    return 24 * height * width / (height * width * math.ceil(math.log2(K)) + math.log2(24 * K))


@wrong("palette")
def palette_on_both_sides(height, width, K):
    return (24 * height * width + 24 * K) / (height * width * math.ceil(math.log2(K)) + 24 * K)


@wrong("palette is missing")
def no_palette_but_one_color(height, width, K):
    if K == 1:
        return height * width
    return 24 * height * width / (height * width * math.ceil(math.log2(K)))


@wrong("bits more")
def header(height, width, K):
    return 24 * height * width / (height * width * math.ceil(math.log2(K)) + 24 * K + 8)


@wrong("1, 2, 4, 8")
def bit_depths_of_png(height, width, K):
    for bits in (0, 1, 2, 4, 8, 16, 24):
        if 2**bits >= K:
            break
    return 24 * height * width / (height * width * bits + 24 * K)


@wrong("compute it instead of looking it up")
def a_table_of_bits(height, width, K):
    bits = {1: 0, 2: 1, 4: 2, 8: 3, 16: 4, 32: 5, 64: 6, 128: 7, 256: 8}
    return 24 * height * width / (height * width * bits[K] + 24 * K)


@wrong("below 1 is cut off")
def never_below_one(height, width, K):
    pixels = height * width
    return max(1.0, 24 * pixels / (pixels * math.ceil(math.log2(K)) + 24 * K))


@wrong("fewer pixels than K")
def no_more_colors_than_pixels(height, width, K):
    pixels = height * width
    K = min(K, pixels)
    return 24 * pixels / (pixels * math.ceil(math.log2(K)) + 24 * K)
