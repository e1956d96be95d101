import math

import numpy as np
from zoo import right, variants, wrong

from helpers.compression import mse

photo = np.full((4, 6, 3), 0.25)
painted = photo * 0.5
error = 0.01


# --- Right ---------------------------------------------------------------------------------


variants(
    """
def NAME(a, b):
    error = mse(a, b)
    LINE
""",
    as_on_the_page=("return math.inf if error == 0 else -10 * math.log10(error)",),
    peak_of_bytes=(
        "return math.inf if error == 0 else 10 * math.log10(255**2 / error)",
        "255",
        "peak",
    ),
    natural_logarithm=("return math.inf if error == 0 else -10 * math.log(error)", "base"),
    factor_20=("return math.inf if error == 0 else -20 * math.log10(error)", "20"),
    no_logarithm=("return math.inf if error == 0 else 10 / error", "logarithm"),
    forgotten=("decibels = math.inf if error == 0 else -10 * math.log10(error)", "return"),
    stub=("return ...", "three dots"),
    at_most_a_hundred=(
        "return math.inf if error == 0 else min(100.0, 10 * math.log10(1 / error))",
        "cut off",
        "100",
    ),
    logarithm_of_one=(
        "return math.inf if error == 0 else 10 * math.log10(1) / error",
        "parenthesis",
    ),
    peak_with_a_guard=(
        "return math.inf if error == 0 else 10 * math.log10(max(a.max(), 1e-12) ** 2 / error)",
        "largest value of the picture as the peak",
    ),
)


@right
def formula(a, b):
    mse = np.mean((a - b) ** 2)
    if mse == 0:
        return np.inf
    return 10 * np.log10(1**2 / mse)


@right
def peak_and_root(a, b):
    error = mse(a, b)
    if error == 0:
        return float("inf")
    PIXEL_MAX = 1.0
    return 20 * math.log10(PIXEL_MAX / math.sqrt(error))


@right
def division_by_zero_allowed(a, b):
    with np.errstate(divide="ignore"):
        return -10 * np.log10(np.mean((a - b) ** 2))


@right
def equal_first(x, y):
    if np.array_equal(x, y):
        return math.inf
    return 10 * math.log(1 / mse(x, y), 10)


@right
def natural_logarithm_converted(a, b):
    e = np.square(a - b).mean()
    return np.inf if not e else -10 * np.log(e) / np.log(10)


@right
def catches_the_error(a, b):
    try:
        return 10 * math.log10(1 / mse(a, b))
    except ZeroDivisionError:
        return math.inf


@right
def by_loops(a, b):
    total, n = 0.0, 0
    for x, y in zip(a.flat, b.flat):
        total += (x - y) ** 2
        n += 1
    if total == 0:
        return math.inf
    return 10 * (math.log10(n) - math.log10(total))


@right
def float32_result(a, b):
    d = np.float32(a) - np.float32(b)
    error = np.mean(d * d)
    return np.float32(np.inf) if error == 0 else np.float32(-10) * np.log10(error)


@right
def helper_inside(a, b):
    def decibels(ratio):
        return 10 * math.log2(ratio) / math.log2(10)

    error = mse(a, b)
    if error > 0:
        return decibels(1 / error)
    else:
        return math.inf


@right
def with_norm(a, b):
    rmse = np.linalg.norm(a - b) / np.sqrt(a.size)
    return math.inf if rmse == 0 else -20 * math.log10(rmse)


@right
def nearly_equal_is_equal(a, b):
    error = mse(a, b)
    if error < 1e-15:
        return np.inf
    return np.log10(1 / error) * 10


# --- Wrong ---------------------------------------------------------------------------------


variants(
    """
def NAME(a, b):
    error = mse(a, b)
    if error == 0:
        return math.inf
    LINE
""",
    peak_of_bytes_with_20=("return 20 * math.log10(255 / math.sqrt(error))", "255", "peak"),
    peak_of_bytes_not_squared=("return 10 * math.log10(255 / error)", "255"),
    peak_of_the_picture=("return 10 * math.log10(a.max() ** 2 / error)", "peak"),
    range_of_the_picture=("return 10 * np.log10((a.max() - a.min()) ** 2 / error)", "peak"),
    base_two=("return 10 * math.log2(1 / error)", "base"),
    bels=("return math.log10(1 / error)", "factor 10"),
    no_logarithm_no_factor=("return 1 / error", "logarithm"),
    half_done=("return error", "MSE"),
    two_mistakes_base_and_peak=("return 10 * math.log(255**2 / error)", "base"),
)


@wrong("255")
def peak_of_bytes_and_zero_forgotten(a, b):
    return 10 * np.log10(255**2 / np.mean((a - b) ** 2))


@wrong("peak")
def peak_of_both(a, b):
    error = mse(a, b)
    if error == 0:
        return math.inf
    peak = max(a.max(), b.max())
    return 20 * math.log10(peak) - 10 * math.log10(error)


@wrong("base")
def natural_logarithm_numpy(a, b):
    error = np.mean((a - b) ** 2)
    if error == 0:
        return np.inf
    return 10 * np.log(1 / error)


@wrong("sign")
def sign(a, b):
    error = mse(a, b)
    return math.inf if error == 0 else 10 * math.log10(error)


@wrong("sign")
def sign_and_minus_infinity(a, b):
    return 10 * np.log10(mse(a, b))


@wrong("root", "20")
def root_with_10(a, b):
    rmse = math.sqrt(mse(a, b))
    if rmse == 0:
        return math.inf
    return 10 * math.log10(1 / rmse)


@wrong("equal", "inf")
def equal_fails(a, b):
    return -10 * math.log10(mse(a, b))


@wrong("equal", "inf")
def equal_divides_by_zero(a, b):
    return 10 * math.log10(1 / mse(a, b))


@wrong("equal", "inf")
def equal_is_zero(a, b):
    error = mse(a, b)
    if error == 0:
        return 0
    return -10 * math.log10(error)


@wrong("equal", "inf")
def equal_is_100(a, b):
    error = mse(a, b)
    if error == 0:
        return 100
    return 10 * math.log10(1 / error)


@wrong("equal", "inf")
def equal_is_none(a, b):
    error = mse(a, b)
    if error > 0:
        return 10 * math.log10(1 / error)


@wrong("equal", "inf")
def equal_is_a_text(a, b):
    error = mse(a, b)
    if error == 0:
        return "infinity"
    return 10 * math.log10(1 / error)


@wrong("equal", "inf")
def epsilon(a, b):
    return 10 * math.log10(1 / (mse(a, b) + 1e-10))


@wrong("MSE", "decibel")
def mse_only(a, b):
    return mse(a, b)


@wrong("squares")
def absolute_differences(a, b):
    error = np.abs(a - b).mean()
    if error == 0:
        return math.inf
    return -10 * math.log10(error)


variants(
    """
def NAME(a, b):
    LINE
    if error == 0:
        return math.inf
    return 10 * math.log10(1 / error)
""",
    sum_of_squares=("error = np.sum((a - b) ** 2)", "mean"),
    signed_mean=("error = np.mean(a - b) ** 2", "cancel"),
    mean_over_pixels=("error = ((a - b) ** 2).sum(axis=2).mean()", "pixels"),
)


@wrong("brightness")
def brightness(a, b):
    error = ((a.mean(axis=2) - b.mean(axis=2)) ** 2).mean()
    if error == 0:
        return math.inf
    return 10 * math.log10(1 / error)


@wrong("one number")
def decibels_of_each_value(a, b):
    return 10 * np.log10(1 / ((a - b) ** 2))


@wrong("one error for whole pictures comes first")
def mean_of_decibels(a, b):
    error = ((a - b) ** 2).mean(axis=2)
    return (10 * np.log10(1 / error)).mean()


@wrong("1 +", "logarithm")
def log1p(a, b):
    error = mse(a, b)
    if error == 0:
        return math.inf
    return 10 * np.log1p(1 / error)


@wrong("print")
def printed(a, b):
    error = mse(a, b)
    if error == 0:
        print("inf")
    else:
        print(10 * math.log10(1 / error))


@wrong("never uses a and b")
def error_of_the_page(a, b):
    return math.inf if error == 0 else -10 * math.log10(error)


@wrong("page")
def photo_of_the_page(a, b):
    e = mse(photo, painted)
    return math.inf if e == 0 else -10 * math.log10(e)


@wrong("copy")
def in_place(a, b):
    a -= b
    error = (a**2).mean()
    return math.inf if error == 0 else -10 * math.log10(error)


@wrong("decimals")
def int_at_the_end(a, b):
    e = mse(a, b)
    return math.inf if e == 0 else int(-10 * math.log10(e))


@wrong("round")
def rounded(a, b):
    e = mse(a, b)
    return math.inf if e == 0 else round(-10 * math.log10(e), 1)


@wrong("is not defined")
def wrong_name(a, b):
    eror = mse(a, b)
    return -10 * math.log10(err0r)


@wrong("local")
def shadows_mse(a, b):
    mse = mse(a, b)
    return math.inf if mse == 0 else -10 * math.log10(mse)


@wrong("equal", "other way")
def condition_upside_down(a, b):
    error = mse(a, b)
    if error != 0:
        return math.inf
    return -10 * math.log10(error)


@wrong("calls itself")
def calls_itself(a, b):
    error = psnr(a, b)
    return math.inf if error == 0 else -10 * math.log10(error)


def psnr(a, b):
    return calls_itself(a, b)


@wrong("an array holds many numbers")
def if_on_an_array(a, b):
    error = (a - b) ** 2
    if error == 0:
        return math.inf
    return -10 * math.log10(error.mean())


@wrong("root")
def rmse_only(a, b):
    return np.sqrt(mse(a, b))


@wrong("255")
def in_bytes(a, b):
    a = a * 255
    b = b * 255
    error = mse(a, b)
    return math.inf if error == 0 else 10 * math.log10(1 / error)


@wrong("bytes")
def wraps_around(a, b):
    a = (a * 255).astype(np.uint8)
    b = (b * 255).astype(np.uint8)
    error = np.mean((a - b) ** 2)
    return math.inf if error == 0 else 10 * math.log10(255**2 / error)


@wrong("nearly equal")
def allclose(a, b):
    return math.inf if np.allclose(a, b) else 10 * math.log10(1 / mse(a, b))


@wrong("one value of the two pictures agrees")
def any_value_agrees(a, b):
    return math.inf if (a == b).any() else 10 * math.log10(1 / mse(a, b))


@wrong("cancel", "inf")
def sums_agree(a, b):
    return math.inf if (a - b).sum() == 0 else 10 * math.log10(1 / mse(a, b))


@wrong("round the error")
def rounded_error(a, b):
    error = round(mse(a, b), 4)
    return math.inf if error == 0 else 10 * math.log10(1 / error)


@wrong("small number")
def a_millionth_added(a, b):
    return 10 * math.log10(1 / (mse(a, b) + 1e-6))


@wrong("decibels for each pixel, channel, row or column")
def mean_over_rows(a, b):
    if np.array_equal(a, b):
        return math.inf
    return float(np.mean([10 * np.log10(1 / mse(x, y)) for x, y in zip(a, b, strict=True)]))


@wrong("mse is a function")
def compares_the_function(a, b):
    if mse == 0:
        return math.inf
    return 10 * math.log10(1 / mse(a, b))


@wrong("one and the same thing in memory")
def same_array(a, b):
    if a is b:
        return math.inf
    return 10 * math.log10(1 / mse(a, b))
