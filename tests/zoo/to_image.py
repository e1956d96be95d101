import numpy as np
from zoo import right, wrong

photo = np.full((4, 6, 3), 0.25)
X = photo.reshape(-1, 3)
H, W = 4, 6
image = photo


# --- Right ---------------------------------------------------------------------------------


@right
def reshape_three(X, height, width):
    return X.reshape(height, width, 3)


@right
def reshape_tuple(pixels, h, w):
    return np.reshape(pixels, (h, w, pixels.shape[1]))


@right
def height_minus_one(X, height, width):
    return X.reshape(height, -1, 3)


@right
def width_minus_one(X, height, width):
    return X.reshape(-1, width, 3)


@right
def channels_minus_one(X, height=512, width=768):
    image = X.reshape(height, width, -1)
    return image


@right
def loop_with_formula(X, height, width):
    image = np.zeros((height, width, 3))
    for row in range(height):
        for column in range(width):
            image[row, column] = X[row * width + column]
    return image


@right
def loop_with_counter(X, height, width):
    result = np.empty((height, width, X.shape[-1]), X.dtype)
    n = 0
    for i in range(height):
        for j in range(width):
            for c in range(3):
                result[i, j, c] = X[n, c]
            n = n + 1
    return result


@right
def loop_with_divmod(X, height, width):
    image = np.zeros((height, width, 3))
    for n, pixel in enumerate(X):
        i, j = divmod(n, width)
        image[i, j] = pixel
    return image


@right
def list_of_slices(X, height, width):
    return np.array([X[i * width : (i + 1) * width] for i in range(height)])


@right
def plain_lists(X, height, width):
    picture = []
    pixels = iter(X.tolist())
    for _ in range(height):
        row = []
        for _ in range(width):
            row.append(next(pixels))
        picture.append(row)
    return np.array(picture)


@right
def split_and_stack(X, height, width):
    return np.stack(np.split(X, height))


@right
def channels_one_by_one(X, height, width):
    return np.dstack([X[:, c].reshape(height, width) for c in range(3)])


@right
def transposed_channels(X, height, width):
    return X.T.reshape(3, height, width).transpose(1, 2, 0)


@right
def copy_then_shape(X, height, width):
    image = X.copy()
    image.shape = (height, width, 3)
    return image


@right
def float32_copy(X, height, width):
    return np.array(X, dtype=np.float32).reshape([height, width, 3]).copy()


# --- Wrong ---------------------------------------------------------------------------------


@wrong("swapped")
def width_first(X, height, width):
    return X.reshape(width, height, 3)


@wrong("parameters come in another order")
def parameters_in_another_order(X, width, height):
    return X.reshape(height, width, 3)


@wrong("column by column")
def filled_by_columns(X, height, width):
    image = np.zeros((height, width, 3))
    n = 0
    for column in range(width):
        for row in range(height):
            image[row, column] = X[n]
            n += 1
    return image


@wrong("column by column")
def fortran_order(X, height, width):
    return X.reshape((height, width, 3), order="F")


@wrong("column by column")
def swapped_then_transposed(X, height, width):
    return X.reshape(width, height, 3).swapaxes(0, 1)


@wrong("swapped")
def right_then_transposed(X, height, width):
    image = X.reshape(height, width, 3)
    return image.transpose(1, 0, 2)


@wrong("channels")
def channels_first(X, height, width):
    return X.reshape(3, height, width)


@wrong("channels")
def clean_channels_first(X, height, width):
    return X.T.reshape(3, height, width)


@wrong("channels")
def transposed_then_reshaped(X, height, width):
    return X.T.reshape(height, width, 3)


@wrong("channels")
def channels_mixed(X, height, width):
    return X.reshape(3, height, width).transpose(1, 2, 0)


@wrong("photograph", "512")
def sizes_of_the_photo(X, height, width):
    return X.reshape(512, 768, 3)


@wrong("photograph", "512")
def zeros_of_the_photo(X, height, width):
    image = np.zeros((512, 768, 3))
    for i in range(height):
        for j in range(width):
            image[i, j] = X[i * width + j]
    return image


@wrong("never uses height and width")
def sizes_of_tiny(X, height, width):
    return X.reshape(2, 3, 3)


@wrong("photo", "the page")
def shape_of_photo(X, height, width):
    return X.reshape(photo.shape)


@wrong("H and W", "the page")
def takes_sizes_of_the_page(X, height, width):
    return X.reshape(H, W, 3)


@wrong("channels are missing")
def without_channels(X, height, width):
    return X.reshape(height, width)


@wrong("never uses width")
def height_twice(X, height, width):
    return X.reshape(height, height, 3)


@wrong("never uses height and width")
def root_of_the_length(X, height, width):
    n = int(np.sqrt(len(X)))
    return X.reshape(n, n, 3)


@wrong("square")
def formula_with_height(X, height, width):
    image = np.zeros((height, width, 3))
    for i in range(height):
        for j in range(width):
            image[i, j] = X[i * height + j]
    return image


@wrong("row and column are swapped")
def row_and_column_mixed_up(X, height, width):
    image = np.zeros((height, width, 3))
    for i in range(height):
        for j in range(width):
            image[j, i] = X[i * width + j]
    return image


@wrong("thrown away")
def untouched(X, height, width):
    X.reshape(height, width, 3)
    return X


@wrong("np.array")
def list_of_rows(X, height, width):
    image = []
    for i in range(height):
        image.append(X[i * width : i * width + width])
    return image


@wrong("np.array")
def nested_lists_column_first(X, height, width):
    return [[list(X[j * height + i]) for j in range(width)] for i in range(height)]


@wrong("3 things")
def returns_three_things(X, height, width):
    return X, height, width


@wrong("print")
def printed(X, height, width):
    print(X.reshape(height, width, 3))


@wrong("print")
def printed_and_swapped(X, height, width):
    print(X.reshape(width, height, 3))


@wrong("return")
def forgot_return(X, height, width):
    image = X.reshape(height, width, 3)


@wrong("return")
def resize_in_place(X, height, width):
    return X.resize((height, width, 3))


@wrong("after the call")
def sets_the_shape(X, height, width):
    X.shape = (height, width, 3)
    return X


@wrong("upside down")
def on_its_head(X, height, width):
    return X.reshape(height, width, 3)[::-1]


@wrong("mirrored")
def mirrored(X, height, width):
    return X.reshape(height, width, 3)[:, ::-1]


@wrong("backward")
def from_the_end(X, height, width):
    return X[::-1].reshape(height, width, 3)


@wrong("red and blue are swapped")
def swapped_red_and_blue(X, height, width):
    return X[:, [2, 1, 0]].reshape(height, width, 3)


@wrong("bytes")
def to_bytes(X, height, width):
    return (X.reshape(height, width, 3) * 255).astype(np.uint8)


@wrong("integers")
def array_of_bytes(X, height, width):
    image = np.zeros((height, width, 3), dtype=np.uint8)
    for i in range(height):
        for j in range(width):
            image[i, j] = X[i * width + j]
    return image


@wrong("channel")
def gray_picture(X, height, width):
    return X.mean(axis=1).reshape(height, width)


@wrong("channel")
def red_only(X, height, width):
    return X[:, 0].reshape(height, width)


@wrong("first")
def starts_at_one(X, height, width):
    image = np.zeros((height, width, 3))
    for i in range(1, height):
        for j in range(width):
            image[i, j] = X[i * width + j]
    return image


@wrong("last")
def ends_too_early(X, height, width):
    image = np.zeros((height, width, 3))
    for i in range(height):
        for j in range(width - 1):
            image[i, j] = X[i * width + j]
    return image


@wrong("loop")
def returns_in_loop(X, height, width):
    image = np.zeros((height, width, 3))
    for i in range(height):
        for j in range(width):
            image[i, j] = X[i * width + j]
        return image


@wrong("is a number missing")
def forgot_to_count(X, height, width):
    image = np.zeros((height, width, 3))
    n = 0
    for i in range(height):
        for j in range(width):
            image[i, j] = X[n]
    return image


@wrong("first row")
def first_row_again_and_again(X, height, width):
    image = np.zeros((height, width, 3))
    for i in range(height):
        for j in range(width):
            image[i, j] = X[j]
    return image


@wrong("everything is 0")
def never_filled(X, height, width):
    image = np.zeros((height, width, 3))
    return image


@wrong("size minus 1")
def counts_from_one(X, height, width):
    image = np.zeros((height, width, 3))
    n = 1
    for i in range(height):
        for j in range(width):
            image[i, j] = X[n]
            n += 1
    return image


@wrong("never ends")
def endless(X, height, width):
    image = np.zeros((height, width, 3))
    i = 0
    while i < height:
        image[i] = X[i * width : (i + 1) * width]
    return image


@wrong("first row of X for all")
def one_pixel_repeated(X, height, width):
    return np.tile(X[0], (height, width, 1))


@wrong("size 1")
def extra_axis(X, height, width):
    return X.reshape(1, height, width, 3)


@wrong("one place too early")
def counts_before_it_looks(X, height, width):
    out = np.zeros((height, width, 3))
    k = 0
    for i in range(height):
        for j in range(width):
            k = k + 1
            out[i, j] = X[k % len(X)]
    return out


@wrong("a slice stop one too early")
def forgets_the_last_pixel(X, height, width):
    out = np.zeros((height, width, 3))
    for n in range(len(X) - 1):
        out[n // width, n % width] = X[n]
    return out


@wrong("// and % do not")
def divides_for_the_row(X, height, width):
    out = np.zeros((height, width, 3))
    for n in range(len(X)):
        out[n / width, n % width] = X[n]
    return out


@wrong("arguments of reshape", "another order")
def channels_in_the_middle(X, height, width):
    return X.reshape(height, 3, width)


@wrong("columns and the channels lie along one axis")
def without_an_axis_for_the_channels(X, height, width):
    return X.reshape(height, -1)


@wrong("higher than wide", "rows come first")
def long_side_second(X, height, width):
    return X.reshape(min(height, width), max(height, width), 3)
