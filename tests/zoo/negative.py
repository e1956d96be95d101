import numpy as np
from zoo import right, wrong

photo = np.full((4, 6, 3), 0.25)
image = photo


# --- Right ---------------------------------------------------------------------------------


@right
def one_minus(image):
    return 1 - image


@right
def times_minus_one_plus_one(picture):
    result = picture * -1
    result = result + 1
    return result


@right
def copy_then_change(image):
    result = image.copy()
    result *= -1
    result += 1
    return result


@right
def np_subtract_from_ones(image):
    return np.subtract(np.ones_like(image), image)


@right
def distance_to_white(image):
    return np.abs(image - 1.0)


@right
def with_constant_and_clip(image, white=1.0):
    """Turn black to white."""
    result = np.clip(white - image, 0, white)
    return result


@right
def list_comprehension_of_rows(image):
    return np.array([1 - row for row in image])


@right
def pixel_loops_into_zeros(image):
    result = np.zeros(image.shape)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            result[i, j] = 1 - image[i, j]
    return result


@right
def three_loops(image):
    height, width, channels = image.shape
    result = np.empty((height, width, channels))
    for i in range(height):
        for j in range(width):
            for c in range(channels):
                result[i, j, c] = 1 - image[i, j, c]
    return result


def opposite(v):
    return 1 - v


@right
def with_vectorize(image):
    return np.vectorize(opposite)(image)


@right
def flat_loop(image):
    flat = list(image.ravel())
    for i, v in enumerate(flat):
        flat[i] = 1 - v
    return np.array(flat).reshape(image.shape)


@right
def float32_result(image):
    return (1 - image).astype(np.float32)


@right
def by_way_of_255(image):
    in_bytes = image * 255
    return (255 - in_bytes) / 255


@right
def prints_for_debugging(image):
    print("shape", image.shape)
    result = 1.0 - np.asarray(image)
    print(result)
    return result


# --- Wrong ---------------------------------------------------------------------------------


@wrong("below 0")
def just_minus(image):
    return -image


@wrong("below 0")
def times_minus_one(image):
    result = image * -1
    return result


@wrong("255 is white")
def from_255(image):
    return 255 - image


@wrong("bytes")
def as_bytes(image):
    return (255 * (1 - image)).astype(np.uint8)


@wrong("bytes")
def bytes_first(image):
    image = (image * 255).astype(np.uint8)
    return 255 - image


@wrong("sides of a minus")
def minus_one(image):
    return image - 1


@wrong("copy")
def in_place_twice(image):
    image *= -1
    image += 1
    return image


@wrong("copy")
def in_place_slice(image):
    image[:] = 1 - image
    return image


@wrong("copy")
def not_really_a_copy(image):
    result = image
    for i in range(len(result)):
        result[i] = 1 - result[i]
    return result


@wrong("print")
def printed(image):
    print(1 - image)


@wrong("print")
def printed_and_255(image):
    result = 255 - image
    print("negative:", result)


@wrong("return")
def no_return(image):
    result = 1 - image


@wrong("return")
def assigns_to_parameter(image):
    image = 1 - image


@wrong("return")
def in_place_no_return(image):
    image *= -1
    image += 1


@wrong("return")
def half_finished(image):
    height = image.shape[0]
    white = 1.0
    ...


@wrong("np.array")
def as_list(image):
    return (1 - image).tolist()


@wrong("np.array")
def list_of_rows(image):
    result = []
    for row in image:
        result.append(1 - row)
    return result


@wrong("np.array")
def list_and_255(image):
    return [255 - row for row in image]


@wrong("values")
def upside_down(image):
    return image[::-1]


@wrong("values")
def mirrored(image):
    return image[:, ::-1] if image.ndim > 1 else image[::-1]


@wrong("values")
def flipped(image):
    return np.flip(image)


@wrong("channels")
def channels_backward(image):
    return image[..., ::-1]


@wrong("largest")
def from_maximum(image):
    return image.max() - image


@wrong("largest")
def from_maximum_and_minimum(image):
    return image.max() + image.min() - image


@wrong("integers")
def cut_to_integers(image):
    return (1 - image).astype(int)


@wrong("integers")
def cut_before(image):
    return 1 - image.astype(int)


@wrong("integers")
def result_array_of_integers(image):
    result = np.zeros(image.shape, dtype=int)
    result[...] = 1 - image
    return result


@wrong("channel")
def red_only(image):
    result = image.copy()
    result[..., 0] = 1 - result[..., 0]
    return result


@wrong("channel")
def keeps_red(image):
    return 1 - image[..., 0]


@wrong("averaged; they should stay apart")
def gray_negative(image):
    return 1 - image.mean(axis=-1)


@wrong("loop")
def returns_in_loop(image):
    for row in image:
        return 1 - row


@wrong("loop")
def returns_in_loop_after_first_row(image):
    result = np.zeros(image.shape)
    for i in range(len(image)):
        result[i] = 1 - image[i]
        return result


@wrong("first")
def starts_at_one(image):
    result = image.copy()
    for i in range(1, len(image)):
        result[i] = 1 - image[i]
    return result


@wrong("last")
def ends_too_early(image):
    result = np.zeros_like(image)
    for i in range(len(image) - 1):
        result[i] = 1 - image[i]
    return result


@wrong("512")
def ones_of_the_photo(image):
    return np.ones((512, 768, 3)) - image


@wrong("photo", "the page")
def takes_photo(image):
    return 1 - photo


@wrong("divide")
def one_over(image):
    return 1 / image


@wrong("never ends")
def endless(image):
    result = image.copy()
    i = 0
    while i < len(result):
        result[i] = 1 - result[i]
    return result


@wrong("truth value", "where")
def asks_the_array(image):
    if image > 0.5:
        return 0
    else:
        return 1


@wrong("TypeError")
def bitwise(image):
    return ~image


@wrong("'img' is not defined", "mean image")
def misspelled(image):
    return 1 - img


@wrong("as it was")
def unchanged(image):
    result = image.copy()
    for value in result.ravel():
        value = 1 - value
    return result


@wrong("parentheses")
def forgot_parentheses(image):
    result = 1 - image
    return result.copy


@wrong("everything is 0")
def never_filled(image):
    result = np.zeros(image.shape)
    for row in image:
        row = 1 - row
    return result


@wrong("round")
def rounded(image):
    return np.round(1 - image, 1)


@wrong("only 0 and 1", "threshold")
def threshold(image):
    return np.where(image > 0.5, 0.0, 1.0)


@wrong("steps of 1/255")
def through_cut_bytes(image):
    img = (image * 255).astype(np.uint8)
    return (255 - img) / 255


@wrong("True or False")
def logical(image):
    return np.logical_not(image)


@wrong("bits of whole numbers")
def bitwise(image):
    return np.bitwise_not(image)


@wrong("last row and the last column")
def one_too_few_in_both_loops(image):
    out = np.zeros_like(image)
    for r in range(len(image) - 1):
        for c in range(len(image[0]) - 1):
            out[r, c] = 1 - image[r, c]
    return out


@wrong("result is no copy of image", "has changed")
def second_name(image):
    result = image
    for row in range(len(result)):
        result[row] = 1 - result[row]
    return result


@wrong("left as they were")
def bright_pixels_only(image):
    out = image.copy()
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            if image[i, j].mean() > 0.5:
                out[i, j] = 1 - image[i, j]
    return out


@wrong("bend image with a power")
def gamma_first(image):
    return 1 - image**2.2


@wrong("Only blue is wrong")
def a_number_copied(image):
    red = 1 - image[:, :, 0]
    green = 1 - image[:, :, 1]
    blue = 1 - image[:, :, 0]
    return np.dstack([red, green, blue])


@wrong("where image is 0", "does an if ask whether a number is anything but 0")
def zero_means_nothing_there(image):
    return np.array([[[1 - v if v else v for v in pixel] for pixel in row] for row in image])


@wrong("mirror the values")
def mirrored_in_its_own_range(image):
    return image.max() + image.min() - image


@wrong("image has changed after the call")
def pixels_are_views(image):
    for row in image:
        for pixel in row:
            pixel[:] = 1 - pixel
    return image


@wrong("bytes (uint8)", "begins anew at 256")
def bytes_below_zero(image):
    return -(image * 255).astype(np.uint8) / 255


@wrong("where image holds a value above 0.5", "subtract from the largest value", "every picture")
def guesses_the_white(image):
    white = image.max() if image.max() > 0.5 else 1
    return white - image


@wrong("these places are left as they were", "a loop, that passes them by")
def steps_of_four(image):
    numbers = image.flatten()
    for i in range(0, len(numbers), 4):
        numbers[i : i + 3] = 1 - numbers[i : i + 3]
    return numbers.reshape(image.shape)


@wrong("every second column is left out", "steps of 2")
def every_second_column(image):
    result = np.zeros(image.shape)
    result[:, ::2] = 1 - image[:, ::2]
    return result
