import numpy as np
from zoo import right, wrong

photo = np.full((4, 6, 3), 0.25)
small = photo[:2]
orange = np.array([1.0, 0.5, 0.0])
image = photo
color = orange


# --- Right ---------------------------------------------------------------------------------


@right
def broadcast(image, color):
    return image * color


@right
def broadcast_the_other_way(image, color):
    return np.asarray(color) * image


@right
def with_np_multiply(picture, glass):
    glass = np.array(glass)
    return np.multiply(picture, glass[None, None, :])


@right
def loop_as_on_the_page(image, color):
    result = np.empty_like(image)
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            for channel in range(3):
                result[row, column, channel] = image[row, column, channel] * color[channel]
    return result


@right
def channel_by_channel(image, color):
    result = image.copy()
    result[:, :, 0] *= color[0]
    result[:, :, 1] *= color[1]
    result[:, :, 2] *= color[2]
    return result


@right
def stacked_channels(image, color):
    r, g, b = color
    return np.stack([image[..., 0] * r, image[..., 1] * g, image[..., 2] * b], axis=-1)


@right
def lists_all_the_way(image, color):
    picture = []
    for row in image.tolist():
        new_row = []
        for pixel in row:
            new_row.append([p * c for p, c in zip(pixel, color)])
        picture.append(new_row)
    return np.array(picture)


@right
def along_the_axis(image, color):
    return np.apply_along_axis(lambda pixel: pixel * np.asarray(color), 2, image)


@right
def with_einsum(image, color):
    return np.einsum("ijk,k->ijk", image, color)


@right
def with_diagonal_matrix(image, color):
    return image @ np.diag(color)


@right
def flat_and_back(image, color):
    return (image.reshape(-1, 3) * color).reshape(image.shape)


@right
def float32_result(image, color=(1, 1, 1)):
    return (image * np.asarray(color)).astype("float32")


@right
def full_picture_of_glass(image, color):
    glass = np.ones(image.shape)
    glass[:, :] = color
    return image * glass


@right
def comprehension(image, color):
    return np.array([[pixel * np.array(color) for pixel in row] for row in image])


# --- Wrong ---------------------------------------------------------------------------------


@wrong("multipl")
def added(image, color):
    return image + color


@wrong("multipl")
def added_and_clipped(image, color):
    return np.clip(image + np.array(color), 0, 1)


@wrong("half")
def half_and_half(image, color):
    return 0.5 * image + 0.5 * np.asarray(color)


@wrong("flat")
def flat_color(image, color):
    result = image.copy()
    result[:, :] = color
    return result


@wrong("subtract")
def subtracted(image, color):
    return image - np.array(color)


@wrong("divide")
def divided(image, color):
    return image / color


@wrong("copy")
def in_place(image, color):
    image *= color
    return image


@wrong("copy")
def in_place_channels(image, color):
    for c in range(3):
        image[:, :, c] = image[:, :, c] * color[c]
    return image


@wrong("copy")
def in_place_second_name(image, color):
    result = image
    result[...] = result * np.asarray(color)
    return result


@wrong("return")
def in_place_no_return(image, color):
    image *= color


@wrong("return")
def forgot_return(image, color):
    tinted = image * color


@wrong("print")
def printed(image, color):
    print(image * color)


@wrong("print")
def printed_sum(image, color):
    print(image + color)


@wrong("channels")
def tempting_line(image, color):
    return (image.reshape(3, -1) * np.asarray(color)[:, None]).reshape(image.shape)


@wrong("change only some of the channels")
def only_red(image, color):
    result = image.copy()
    result[:, :, 0] = image[:, :, 0] * color[0]
    return result


@wrong("first number")
def first_number_only(image, color):
    return image * color[0]


@wrong("one number")
def mean_of_the_color(image, color):
    return image * np.mean(color)


@wrong("one number")
def sum_of_the_color(image, color):
    return image * sum(color)


@wrong("added up; they should stay apart")
def matrix_product(image, color):
    return image @ np.array(color)


@wrong("added up; they should stay apart")
def summed(image, color):
    return (image * np.array(color)).sum(axis=-1)


@wrong("last channel")
def loop_to_two(image, color):
    result = image.copy()
    for c in range(2):
        result[:, :, c] *= color[c]
    return result


@wrong("list")
def only_for_arrays(image, color):
    return image * color.reshape(1, 1, 3)


@wrong("rows")
def color_as_a_column(image, color):
    return image * np.array(color)[:, None]


@wrong("rows")
def color_for_rows(image, color):
    return image * np.array(color).reshape(3, 1, 1)


@wrong("fold")
def left_as_pixels(image, color):
    return image.reshape(-1, 3) * color


@wrong("np.array")
def nested_lists(image, color):
    return [[[p * c for p, c in zip(pixel, color)] for pixel in row] for row in image]


@wrong("np.array")
def list_of_channels(image, color):
    return [image[:, :, c] * color[c] for c in range(3)]


@wrong("red and blue")
def color_backward(image, color):
    return image * np.array(color)[::-1]


@wrong("photo", "the page")
def takes_photo(image, color):
    return photo * color


@wrong("orange", "the page")
def takes_orange(image, color):
    return image * orange


@wrong("never", "color")
def orange_by_hand(image, color):
    return image * np.array([1.0, 0.5, 0.0])


@wrong("photograph", "512")
def zeros_of_the_photo(image, color):
    result = np.zeros((512, 768, 3))
    for i in range(512):
        for j in range(768):
            result[i, j] = image[i, j] * color
    return result


@wrong("square")
def height_twice(image, color):
    n = image.shape[0]
    result = np.zeros(image.shape)
    for i in range(n):
        for j in range(n):
            result[i, j] = image[i, j] * np.array(color)
    return result


@wrong("bytes")
def as_bytes(image, color):
    return (image * np.array(color) * 255).astype(np.uint8)


@wrong("255")
def color_over_255(image, color):
    return image * (np.array(color) / 255)


@wrong("integers")
def color_cut_to_integers(image, color):
    return image * np.array(color, dtype=int)


@wrong("integers")
def result_of_integers(image, color):
    result = np.zeros(image.shape, dtype=int)
    result[:] = image * np.asarray(color)
    return result


@wrong("as it was")
def loop_that_changes_nothing(image, color):
    result = image.copy()
    for row in result:
        for pixel in row:
            pixel = pixel * color
    return result


@wrong("loop")
def returns_in_loop(image, color):
    result = np.zeros(image.shape)
    for i in range(image.shape[0]):
        for j in range(image.shape[1]):
            result[i, j] = image[i, j] * np.asarray(color)
        return result


@wrong("last")
def off_by_one(image, color):
    result = np.zeros(image.shape)
    for i in range(image.shape[0]):
        for j in range(image.shape[1] - 1):
            result[i, j] = image[i, j] * np.asarray(color)
    return result


@wrong("subtract color from 1")
def complement(image, color):
    return image * (1 - np.array(color))


@wrong("power")
def power(image, color):
    return image ** np.array(color)


@wrong("swapped")
def height_and_width_swapped(image, color):
    h, w, _ = image.shape
    result = np.zeros((w, h, 3))
    for i in range(h):
        for j in range(w):
            result[j, i] = image[i, j] * np.asarray(color)
    return result


@wrong("gray")
def gray_first(image, color):
    gray = image.mean(axis=-1)
    return gray[:, :, None] * np.asarray(color)


@wrong("darker")
def smaller_of_the_two(image, color):
    return np.minimum(image, color)


@wrong("divide color by the largest")
def brightest_glass(image, color):
    c = np.asarray(color, dtype=float)
    return image * (c / c.max())


@wrong("divide the result by the largest")
def brightens_again(image, color):
    tinted = image * np.asarray(color)
    return tinted / tinted.max()


@wrong("0.5 x image")
def half_through(image, color):
    return 0.5 * image + 0.5 * image * np.asarray(color)


@wrong("one channel for all")
def reads_red_each_time(image, color):
    result = np.zeros(image.shape)
    for c in range(3):
        result[:, :, c] = image[:, :, 0] * color[c]
    return result


@wrong("plain list")
def none_in_a_list(image, color):
    return image * color[None, None, :]


@wrong("where color is 0", "does an if ask whether a number is anything but 0")
def zero_means_no_filter(image, color):
    tinted = image.copy()
    for channel, share in enumerate(color):
        if share:
            tinted[:, :, channel] *= share
    return tinted


@wrong("rows or columns of the picture", "the channels are the last axis")
def first_axis_of_three(image, color):
    axis = image.shape.index(3)
    return image * np.reshape(color, [3 if n == axis else 1 for n in range(3)])
