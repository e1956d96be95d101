import numpy as np
from zoo import right, wrong

GRAY_WEIGHTS = np.array([0.299, 0.587, 0.114])
weights = GRAY_WEIGHTS
photo = np.full((4, 6, 3), 0.25)
image = photo
weighted = photo * weights


# --- Right ---------------------------------------------------------------------------------


@right
def weighted_sum(image):
    return (image * GRAY_WEIGHTS).sum(axis=-1)


@right
def matrix_product(image):
    return image @ GRAY_WEIGHTS


@right
def three_channels(image):
    r, g, b = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    return 0.299 * r + 0.587 * g + 0.114 * b


@right
def loop_with_floats(image):
    height, width = image.shape[0], image.shape[1]
    gray = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            r, g, b = image[i, j]
            gray[i, j] = 0.299 * r + 0.587 * g + 0.114 * b
    return gray


@right
def loop_over_channels(picture):
    gray = 0
    for c, weight in enumerate([0.299, 0.587, 0.114]):
        gray = gray + weight * picture[..., c]
    return gray


@right
def nested_lists(image):
    rows = []
    for row in image:
        rows.append([sum(p * w for p, w in zip(pixel, GRAY_WEIGHTS)) for pixel in row])
    return np.array(rows)


@right
def average_with_weights(image):
    return np.average(image, axis=2, weights=weights)


@right
def einsum(image):
    return np.einsum("hwc,c->hw", image, GRAY_WEIGHTS)


@right
def tensordot(image):
    return np.tensordot(image, GRAY_WEIGHTS, axes=([2], [0]))


@right
def dot_of_each_pixel(image):
    def brightness(pixel):
        return np.dot(pixel, [0.299, 0.587, 0.114])

    return np.apply_along_axis(brightness, -1, image)


@right
def flat_and_back(image):
    pixels = image.reshape(-1, 3)
    return pixels.dot(GRAY_WEIGHTS).reshape(image.shape[:2])


@right
def float32_result(image, weights=(0.299, 0.587, 0.114)):
    return np.sum(image.astype(np.float32) * np.float32(weights), axis=2)


@right
def mean_times_three(image):
    return 3 * np.mean(image * GRAY_WEIGHTS, axis=2)


# --- Wrong ---------------------------------------------------------------------------------


@wrong("equal")
def plain_mean(image):
    return image.mean(axis=-1)


@wrong("equal")
def third_of_each(image):
    return (image[:, :, 0] + image[:, :, 1] + image[:, :, 2]) / 3


@wrong("weights")
def plain_sum(image):
    return image.sum(axis=2)


@wrong("average", "sum is wanted")
def weighted_mean(image):
    return (image * GRAY_WEIGHTS).mean(axis=-1)


@wrong("order")
def weights_backward(image):
    return 0.114 * image[..., 0] + 0.587 * image[..., 1] + 0.299 * image[..., 2]


@wrong("order")
def green_and_red_swapped(image):
    return 0.587 * image[..., 0] + 0.299 * image[..., 1] + 0.114 * image[..., 2]


@wrong("standard")
def weights_of_television_today(image):
    return image @ np.array([0.2126, 0.7152, 0.0722])


@wrong("standard")
def weights_of_television_today_short(image):
    return (image * np.array([0.21, 0.72, 0.07])).sum(axis=-1)


@wrong("rounded")
def rounded_weights(image):
    return 0.3 * image[:, :, 0] + 0.59 * image[:, :, 1] + 0.11 * image[:, :, 2]


@wrong("channels")
def down_the_rows(image):
    return (image * GRAY_WEIGHTS).sum(axis=0)


@wrong("channels")
def along_the_columns(image):
    return (image * GRAY_WEIGHTS).sum(axis=1)


@wrong("one number")
def no_axis(image):
    return (image * GRAY_WEIGHTS).sum()


@wrong("nothing is added up")
def not_summed(image):
    return image * GRAY_WEIGHTS


@wrong("keepdims")
def kept_the_axis(image):
    return (image * GRAY_WEIGHTS).sum(axis=-1, keepdims=True)


@wrong("largest")
def brightest_channel(image):
    return image.max(axis=-1)


@wrong("largest")
def lightness(image):
    return (image.max(axis=-1) + image.min(axis=-1)) / 2


@wrong("one channel")
def green_only(image):
    return image[:, :, 1]


@wrong("first of the channels only")
def weighted_red_only(image):
    return 0.299 * image[:, :, 0]


@wrong("last of the channels is left out")
def forgot_blue(image):
    return 0.299 * image[:, :, 0] + 0.587 * image[:, :, 1]


@wrong("blue")
def typed_green_twice(image):
    r, g, b = image[:, :, 0], image[:, :, 1], image[:, :, 2]
    return 0.299 * r + 0.587 * g + 0.114 * g


@wrong("last of the channels is left out", "stop one too early")
def loop_to_two(image):
    gray = np.zeros(image.shape[:2])
    for c in range(2):
        gray += image[:, :, c] * GRAY_WEIGHTS[c]
    return gray


@wrong("last axis")
def rows_for_channels(image):
    return 0.299 * image[0] + 0.587 * image[1] + 0.114 * image[2]


@wrong("swapped")
def transposed(image):
    r, g, b = image.T
    return 0.299 * r + 0.587 * g + 0.114 * b


@wrong("swapped")
def zeros_the_wrong_way_around(image):
    height, width, _ = image.shape
    gray = np.zeros((width, height))
    for i in range(height):
        for j in range(width):
            gray[j, i] = image[i, j] @ GRAY_WEIGHTS
    return gray


@wrong("three times")
def three_equal_channels(image):
    gray = image @ GRAY_WEIGHTS
    return np.stack([gray, gray, gray], axis=-1)


@wrong("255")
def times_255(image):
    return 255 * (image @ GRAY_WEIGHTS)


@wrong("bytes")
def as_bytes(image):
    return (image @ GRAY_WEIGHTS * 255).astype(np.uint8)


@wrong("255")
def over_255(image):
    return (image / 255 * GRAY_WEIGHTS).sum(axis=-1)


@wrong("integers")
def gray_of_integers(image):
    gray = np.zeros(image.shape[:2], dtype=int)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            gray[i, j] = image[i, j] @ GRAY_WEIGHTS
    return gray


@wrong("integers")
def weights_of_integers(image):
    return image @ GRAY_WEIGHTS.astype(int)


@wrong("copy")
def in_place(image):
    image *= GRAY_WEIGHTS
    return image.sum(axis=-1)


@wrong("copy")
def in_place_channels(image):
    for c in range(3):
        image[:, :, c] = image[:, :, c] * GRAY_WEIGHTS[c]
    return image[:, :, 0] + image[:, :, 1] + image[:, :, 2]


@wrong("np.array")
def list_of_rows(image):
    return [row @ GRAY_WEIGHTS for row in image]


@wrong("np.array")
def list_of_means(image):
    gray = []
    for row in image:
        gray.append([sum(pixel) / 3 for pixel in row])
    return gray


@wrong("print")
def printed(image):
    print((image * GRAY_WEIGHTS).sum(axis=-1))


@wrong("return")
def forgot_return(image):
    gray = image @ GRAY_WEIGHTS


@wrong("return")
def half_done(image):
    r = image[:, :, 0]
    g = image[:, :, 1]
    b = image[:, :, 2]
    # now the weights


@wrong("photo", "the page")
def takes_photo(image):
    return (photo * GRAY_WEIGHTS).sum(axis=-1)


@wrong("never", "image")
def takes_weighted(image):
    return weighted.sum(axis=-1)


@wrong("photograph", "512")
def zeros_of_the_photo(image):
    gray = np.zeros((512, 768))
    for i in range(512):
        for j in range(768):
            gray[i, j] = (image[i, j] * GRAY_WEIGHTS).sum()
    return gray


@wrong("square")
def height_twice(image):
    n = len(image)
    gray = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            gray[i, j] = (image[i, j] * GRAY_WEIGHTS).sum()
    return gray


@wrong("loop")
def returns_in_loop(image):
    for row in image:
        return row @ GRAY_WEIGHTS


@wrong("last")
def last_row_stays_black(image):
    h, w = image.shape[:2]
    gray = np.zeros((h, w))
    for i in range(h - 1):
        for j in range(w):
            gray[i, j] = image[i, j] @ GRAY_WEIGHTS
    return gray


@wrong("fold")
def flat_result(image):
    return image.reshape(-1, 3) @ GRAY_WEIGHTS


@wrong("image @ weights")
def product_the_wrong_way_around(image):
    return GRAY_WEIGHTS @ image


@wrong("channels")
def weights_on_thirds_of_the_picture(image):
    parts = image.reshape(3, -1) * GRAY_WEIGHTS[:, None]
    return parts.sum(axis=0).reshape(image.shape[:2])


@wrong("root")
def length_of_the_color(image):
    return np.sqrt((image**2 * GRAY_WEIGHTS).sum(axis=-1))


@wrong("from 1")
def negative_gray(image):
    return 1 - image @ GRAY_WEIGHTS


@wrong("never ends")
def endless(image):
    gray = np.zeros(image.shape[:2])
    c = 0
    while c < 3:
        gray = gray + image[:, :, c] * GRAY_WEIGHTS[c]
    return gray


@wrong("running sum")
def sum_never_set_back(image):
    gray = np.zeros(image.shape[:2])
    total = 0
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            for c in range(3):
                total += image[i, j, c] * GRAY_WEIGHTS[c]
            gray[i, j] = total
    return gray


@wrong("stretch the result")
def stretched_to_the_ends(image):
    gray = image @ GRAY_WEIGHTS
    span = gray.max() - gray.min()
    return (gray - gray.min()) / span if span > 0 else gray


@wrong("+=")
def overwritten_sum(image):
    gray = np.zeros(image.shape[:2])
    for c in range(3):
        gray = image[:, :, c] * GRAY_WEIGHTS[c]
    return gray


@wrong("gamma")
def gamma_and_back(image):
    linear = image**2.2
    gray = 0.299 * linear[..., 0] + 0.587 * linear[..., 1] + 0.114 * linear[..., 2]
    return gray ** (1 / 2.2)


@wrong("Some of your numbers are right", "equally")
def weighs_only_what_is_green(image):
    weighed = image @ [0.299, 0.587, 0.114]
    return np.where(image[..., 1] > 0.5, weighed, image.mean(axis=-1))


@wrong("above 0.9", "cut off")
def kept_off_the_edges(image):
    return np.clip(image @ [0.299, 0.587, 0.114], 0.1, 0.9)


@wrong("first axis", "a picture into its rows")
def rows_taken_apart(image):
    r, g, b = image
    return 0.299 * r + 0.587 * g + 0.114 * b
