import numpy as np
from zoo import right, wrong

photo = np.full((4, 6, 3), 0.25)
tiny = np.arange(18).reshape(2, 3, 3)
X = photo.reshape(-1, 3)
H, W = 4, 6
height, width = 4, 6


# --- Right ---------------------------------------------------------------------------------


@right
def reshape_minus_one(image):
    return image.reshape(-1, 3)


@right
def reshape_with_sizes(image):
    height, width, channels = image.shape
    return np.reshape(image, (height * width, channels))


@right
def product_of_sizes(img):
    n = img.shape[0] * img.shape[1]
    return img.reshape(n, 3)


@right
def appended_pixel_by_pixel(image):
    pixels = []
    for row in image:
        for pixel in row:
            pixels.append(pixel)
    return np.array(pixels)


@right
def plain_lists(image):
    result = []
    for i in range(len(image)):
        for j in range(len(image[0])):
            r, g, b = image[i][j]
            result.append([r, g, b])
    return np.array(result)


@right
def comprehension(image):
    return np.array([pixel for row in image for pixel in row])


@right
def concatenated_rows(image):
    return np.concatenate(list(image), axis=0)


@right
def stacked_rows(image):
    return np.vstack([row for row in image])


@right
def filled_with_counter(image):
    height, width = image.shape[:2]
    result = np.zeros((height * width, 3))
    n = 0
    for i in range(height):
        for j in range(width):
            result[n] = image[i, j]
            n += 1
    return result


@right
def filled_with_formula(image):
    h, w, c = image.shape
    result = np.empty((h * w, c), dtype=image.dtype)
    for i in range(h):
        for j in range(w):
            result[i * w + j, :] = image[i, j, :]
    return result


@right
def channels_as_columns(image):
    r = image[:, :, 0].flatten()
    g = image[:, :, 1].flatten()
    b = image[:, :, 2].flatten()
    return np.stack([r, g, b], axis=1)


@right
def channels_in_rows_then_transposed(image):
    return np.array([image[..., c].ravel() for c in range(3)]).T


@right
def flatten_then_split(image):
    flat = image.flatten()
    return np.column_stack([flat[0::3], flat[1::3], flat[2::3]])


@right
def moved_axis(image):
    return np.moveaxis(image, -1, 0).reshape(3, -1).T


@right
def copied_float32(image):
    return image.reshape((-1, image.shape[-1])).astype(np.float32).copy()


@right
def shape_of_a_copy(image):
    result = image.copy()
    result.shape = (-1, 3)
    return result


# --- Wrong ---------------------------------------------------------------------------------


@wrong("channels")
def three_rows_then_transposed(image):
    return image.reshape(3, -1).T


@wrong("channels")
def transposed_then_reshaped(image):
    return image.T.reshape(-1, 3)


@wrong("each pixel")
def three_rows(image):
    return image.reshape(3, -1)


@wrong("each pixel")
def three_clean_rows(image):
    return np.array([image[:, :, 0].ravel(), image[:, :, 1].ravel(), image[:, :, 2].ravel()])


@wrong("column by column")
def width_first(image):
    return image.transpose(1, 0, 2).reshape(-1, 3)


@wrong("column by column")
def loops_in_the_wrong_order(image):
    pixels = []
    for j in range(image.shape[1]):
        for i in range(image.shape[0]):
            pixels.append(image[i, j])
    return np.array(pixels)


@wrong("column by column")
def fortran_order(image):
    return image.reshape((-1, 3), order="F")


@wrong("column by column")
def transposed_channels(image):
    return image.T.reshape(3, -1).T


@wrong("row")
def flattened(image):
    return image.flatten()


@wrong("row")
def only_minus_one(image):
    return image.reshape(-1)


@wrong("row")
def appended_flat(image):
    pixels = np.array([])
    for row in image:
        for pixel in row:
            pixels = np.append(pixels, pixel)
    return pixels


@wrong("each pixel")
def column_of_numbers(image):
    return image.reshape(-1, 1)


@wrong("as it was")
def untouched(image):
    return image


@wrong("thrown away")
def reshape_result_thrown_away(image):
    image.reshape(-1, 3)
    return image


@wrong("photograph", "393216")
def number_of_the_photo(image):
    return image.reshape(393216, 3)


@wrong("photograph", "512")
def sizes_of_the_photo(image):
    pixels = np.zeros((512 * 768, 3))
    n = 0
    for i in range(512):
        for j in range(768):
            pixels[n] = image[i, j]
            n += 1
    return pixels


@wrong("any size")
def sizes_of_tiny(image):
    return image.reshape(6, 3)


@wrong("photo", "the page")
def takes_photo(image):
    return photo.reshape(-1, 3)


@wrong("H and W", "the page")
def takes_sizes_of_the_page(image):
    return image.reshape(H * W, 3)


@wrong("square")
def height_twice(image):
    return image.reshape(image.shape[0] * image.shape[0], 3)


@wrong("square")
def height_for_width_in_the_loop(image):
    n = image.shape[0]
    pixels = []
    for i in range(n):
        for j in range(n):
            pixels.append(image[i, j])
    return np.array(pixels)


@wrong("square")
def formula_with_height(image):
    h, w, c = image.shape
    result = np.zeros((h * w, c))
    for i in range(h):
        for j in range(w):
            result[i * h + j] = image[i, j]
    return result


@wrong("H x W")
def only_the_height(image):
    return image.reshape(len(image), 3)


@wrong("three")
def two_sizes(image):
    height, width = image.shape
    return image.reshape(height * width, 3)


@wrong("each pixel")
def one_line_for_each_row(image):
    return image.reshape(image.shape[0], -1)


@wrong("next to")
def side_by_side(image):
    return np.hstack(image)


@wrong("np.array")
def list_of_pixels(image):
    pixels = []
    for row in image:
        for pixel in row:
            pixels.append(list(pixel))
    return pixels


@wrong("np.array")
def list_of_tuples_column_first(image):
    return [tuple(image[i, j]) for j in range(image.shape[1]) for i in range(image.shape[0])]


@wrong("print")
def printed(image):
    print(image.reshape(-1, 3))


@wrong("return")
def forgot_return(image):
    pixels = image.reshape(-1, 3)


@wrong("return")
def forgot_return_of_loop(image):
    pixels = []
    for row in image:
        for pixel in row:
            pixels.append(pixel)
    pixels = np.array(pixels)


@wrong("after the call")
def sets_the_shape(image):
    image.shape = (-1, 3)
    return image


@wrong("loop")
def returns_first_row(image):
    for row in image:
        return row


@wrong("loop")
def returns_after_the_first_row(image):
    pixels = []
    for row in image:
        for pixel in row:
            pixels.append(pixel)
        return np.array(pixels)


@wrong("last row")
def loses_the_last_row(image):
    pixels = []
    for i in range(image.shape[0] - 1):
        for j in range(image.shape[1]):
            pixels.append(image[i, j])
    return np.array(pixels)


@wrong("last")
def last_pixel_stays_empty(image):
    height, width, _ = image.shape
    result = np.zeros((height * width, 3))
    flat = image.reshape(-1, 3)
    for n in range(height * width - 1):
        result[n] = flat[n]
    return result


@wrong("earlier")
def remembers_old_pixels(image, pixels=[]):
    for row in image:
        for pixel in row:
            pixels.append(pixel)
    return np.array(pixels)


@wrong("only once")
def only_different_colors(image):
    return np.unique(image.reshape(-1, 3), axis=0)


@wrong("sort")
def sorted_pixels(image):
    return np.array(sorted(image.reshape(-1, 3).tolist()))


@wrong("one channel")
def red_only(image):
    return image[:, :, 0].reshape(-1, 1)


@wrong("averaged; they should stay apart")
def gray_pixels(image):
    return image.mean(axis=-1).ravel()


@wrong("fewer")
def mean_of_rows(image):
    return image.mean(axis=0)


@wrong("bytes")
def to_bytes(image):
    return (image * 255).astype(np.uint8).reshape(-1, 3)


@wrong("255")
def scaled_down(image):
    return image.reshape(-1, 3) / 255


@wrong("integers")
def cut_to_integers(image):
    h, w, c = image.shape
    result = np.zeros((h * w, c), dtype=int)
    result[:] = image.reshape(-1, 3)
    return result


@wrong("red and blue are swapped")
def swapped_red_and_blue(image):
    return image[:, :, ::-1].reshape(-1, 3)


@wrong("backward")
def from_the_bottom(image):
    return image.reshape(-1, 3)[::-1]


@wrong("never ends")
def endless(image):
    pixels = []
    i = 0
    while i < image.shape[0]:
        for j in range(image.shape[1]):
            pixels = [image[i, j]]
    return np.array(pixels)


@wrong("as it was")
def list_of_rows_not_flattened(image):
    pixels = []
    for row in image:
        pixels.append(row)
    return np.array(pixels)


@wrong("only once")
def drops_equal_ones(image):
    pixels = []
    for row in image:
        for pixel in row:
            if not any((pixel == other).all() for other in pixels):
                pixels.append(pixel)
    return np.array(pixels)


@wrong("one row for each row of the picture")
def keeps_the_rows(image):
    return image.reshape(image.shape[0], -1)


@wrong("more than it should")
def with_places(image):
    height, width, _ = image.shape
    return np.array([[i, j, *image[i, j]] for i in range(height) for j in range(width)])


@wrong("axis 1 of your result", "axis 1 of image (its columns)")
def width_for_channels(image):
    return image.reshape(-1, image.shape[1])


@wrong("row and column", "mixed up")
def column_before_row(image):
    height, width, channels = image.shape
    pixels = np.zeros((height * width, channels))
    for y in range(height):
        for x in range(width):
            pixels[y * width + x] = image[x][y]
    return pixels


@wrong("3 rows", "the channels got mixed")
def guesses_where_the_channels_are(image):
    if image.shape[0] == 3:
        image = image.transpose(1, 2, 0)
    return image.reshape(-1, 3)


@wrong("nothing but 0 are left out", "move up")
def black_counts_as_nothing(image):
    pixels, n = np.zeros((image.size // 3, 3)), 0
    for pixel in image.reshape(-1, 3):
        if pixel.any():
            pixels[n] = pixel
            n += 1
    return pixels


@wrong("only the last column is looked at", "a line outside of its loop")
def appended_after_the_inner_loop(image):
    pixels = []
    for row in image:
        for pixel in row:
            last = pixel
        pixels.append(last)
    return np.array(pixels)


@wrong("row times width plus column", "the same number")
def row_plus_column(image):
    height, width, channels = image.shape
    pixels = np.zeros((height * width, channels))
    for i in range(height):
        for j in range(width):
            pixels[i + j] = image[i, j]
    return pixels
