"""Answers to `quantize_image` of lesson 09, with scikit-learn where they need it."""

import matplotlib.image
import numpy as np
from PIL import Image
from zoo import right, variants, wrong

from helpers import images, kmeans

photo = np.full((4, 6, 3), 0.25)


def KMeans(*arguments, **settings):
    from sklearn.cluster import KMeans

    return KMeans(*arguments, **settings)


# --- Right ---------------------------------------------------------------------------------


variants(
    """
def NAME(image_path, num_clusters):
    image = images.load_image(image_path)
    LINE
    return model.cluster_centers_[model.labels_].reshape(image.shape)
""",
    as_on_the_page=(
        "model = KMeans(num_clusters, n_init=1, random_state=0).fit(image.reshape(-1, 3))",
    ),
    never_fitted=("model = KMeans(num_clusters)", "has not seen the pixels"),
    calls_the_labels_a_model=(
        "model = KMeans(num_clusters, random_state=0).fit_predict(image.reshape(-1, 3))",
        "fit_predict returns the labels",
    ),
)


@right
def pillow_and_fit_predict(path, n):
    data = np.asarray(Image.open(path)) / 255.0
    h, w, c = data.shape
    km = KMeans(n_clusters=n, n_init=10)
    labels = km.fit_predict(data.reshape(h * w, c))
    out = np.zeros((h * w, c))
    for k in range(n):
        out[labels == k] = km.cluster_centers_[k]
    return out.reshape(h, w, c)


@right
def matplotlib_reads_it(image_path, num_clusters):
    image = matplotlib.image.imread(str(image_path))[:, :, :3]
    image = image / 255 if image.dtype == np.uint8 else image
    X = np.reshape(image, (-1, image.shape[-1]))
    model = KMeans(n_clusters=num_clusters, random_state=42).fit(X)
    return np.take(model.cluster_centers_, model.predict(X), axis=0).reshape(image.shape)


@right
def in_bytes_and_rounded(image_path, num_clusters):
    image = images.to_bytes(images.load_image(image_path))
    model = KMeans(num_clusters, random_state=1).fit(image.reshape((-1, 3)))
    centers = np.rint(model.cluster_centers_).astype(np.uint8)
    return centers[model.labels_].reshape(image.shape) / 255


@right
def float32(image_path, num_clusters):
    image = images.load_image(image_path).astype(np.float32)
    model = KMeans(num_clusters, random_state=0, algorithm="elkan").fit(images.to_pixels(image))
    return images.to_image(model.cluster_centers_[model.labels_], *image.shape[:2])


@right
def with_ones_own(image_path, num_clusters):
    image = images.load_image(image_path)
    X = images.to_pixels(image)
    start = kmeans.kmeans_plus_plus(X, num_clusters, np.random.default_rng(1))
    centroids, idx = kmeans.run_kmeans(X, start, 50)
    return centroids[idx].reshape(image.shape)


@right
def a_start_of_ones_own(image_path, num_clusters):
    image = images.load_image(image_path)
    X = images.to_pixels(image)
    start = kmeans.kmeans_plus_plus(X, num_clusters, np.random.default_rng(0))
    model = KMeans(num_clusters, init=start, n_init=1, tol=0).fit(X)
    height, width, _ = image.shape
    return np.array(
        [
            [model.cluster_centers_[model.labels_[i * width + j]] for j in range(width)]
            for i in range(height)
        ]
    )


# --- Wrong ---------------------------------------------------------------------------------


def fitted(image_path, K):
    image = images.load_image(image_path)
    return image, KMeans(K, random_state=0).fit(image.reshape(-1, 3))


variants(
    """
def NAME(image_path, num_clusters):
    image, model = fitted(image_path, num_clusters)
    LINE
""",
    labels_as_picture=("return model.labels_.reshape(image.shape[:2])", "numbers of the colors"),
    labels_alone=("return model.labels_", "numbers of the colors", "not even folded"),
    pixels_left_in_a_row=("return model.cluster_centers_[model.labels_]", "an axis each: fold it"),
    transposed=(
        "return model.cluster_centers_[model.labels_].reshape(image.shape).swapaxes(0, 1)",
        "width",
    ),
    channels_first=(
        "return model.cluster_centers_[model.labels_].reshape(3, *image.shape[:2])",
        "channels come last",
    ),
    blue_first=(
        "return model.cluster_centers_[model.labels_].reshape(image.shape)[:, :, ::-1]",
        "red and blue",
    ),
    untouched=("return image", "as it was"),
    whole_numbers=(
        "return model.cluster_centers_[model.labels_].astype(int).reshape(image.shape)",
        "cut to integers",
    ),
    sorted_labels=(
        "return model.cluster_centers_[np.sort(model.labels_)].reshape(image.shape)",
        "the labels sorted",
    ),
    looked_up_backward=(
        "return model.labels_[model.cluster_centers_].reshape(image.shape)",
        "labels",
    ),
    labels_in_the_pictures_shape=(
        "return model.labels_.reshape(image.shape)",
        "three numbers for each pixel",
    ),
    picture_and_palette=(
        "return model.cluster_centers_[model.labels_].reshape(image.shape), model.cluster_centers_",
        "2 things",
    ),
)


@wrong("palette")
def centers_alone(image_path, num_clusters):
    image, model = fitted(image_path, num_clusters)
    order = np.argsort(model.cluster_centers_[:, 0])
    return model.cluster_centers_[order]


@wrong("width")
def width_first(image_path, num_clusters):
    image, model = fitted(image_path, num_clusters)
    height, width, _ = image.shape
    return model.cluster_centers_[model.labels_].reshape(width, height, 3)


@wrong("255 is white in a file")
def in_bytes(image_path, num_clusters):
    image = np.asarray(Image.open(image_path))
    model = KMeans(num_clusters, random_state=0).fit(image.reshape(-1, 3))
    return model.cluster_centers_[model.labels_].reshape(image.shape)


@wrong("0 to 255")
def in_whole_bytes(image_path, num_clusters):
    image = np.asarray(Image.open(image_path))
    model = KMeans(num_clusters, random_state=0).fit(image.reshape(-1, 3))
    return model.cluster_centers_[model.labels_].astype(np.uint8).reshape(image.shape)


@wrong("1/255 of the right one")
def divided_twice(image_path, num_clusters):
    image = images.load_image(image_path) / 255
    model = KMeans(num_clusters, random_state=0, tol=0).fit(image.reshape(-1, 3))
    return model.cluster_centers_[model.labels_].reshape(image.shape)


@wrong("as it was")
def pixels_folded_back(image_path, num_clusters):
    image, model = fitted(image_path, num_clusters)
    pixels = image.reshape(-1, 3)
    return pixels.reshape(image.shape)


variants(
    """
def NAME(image_path, num_clusters):
    LINE
    return model.cluster_centers_[model.labels_].reshape(image.shape)
""",
    a_fixed_number=("image, model = fitted(image_path, 1)", "whatever num_clusters is"),
    always_two=("image, model = fitted(image_path, 2)", "whatever num_clusters is"),
    always_sixteen=("image, model = fitted(image_path, 16)", "num_clusters"),
    one_too_many=("image, model = fitted(image_path, num_clusters + 1)", "asked for 2 clusters"),
)


@wrong("a row of three for each pixel")
def never_flattened(image_path, num_clusters):
    image = images.load_image(image_path)
    model = KMeans(num_clusters).fit(image)
    return model.cluster_centers_[model.labels_]


@wrong("A path is a text")
def never_loaded(image_path, num_clusters):
    model = KMeans(num_clusters).fit(image_path.reshape(-1, 3))
    return model.cluster_centers_[model.labels_].reshape(image_path.shape)


@wrong("for images.load_image")
def loads_a_photo_of_the_course(image_path, num_clusters):
    image = images.load_photo(image_path)
    model = KMeans(num_clusters).fit(image.reshape(-1, 3))
    return model.cluster_centers_[model.labels_].reshape(image.shape)


@wrong("page around it")
def the_picture_of_the_page(image_path, num_clusters):
    model = KMeans(num_clusters, random_state=0).fit(photo.reshape(-1, 3) + 0.1)
    return model.cluster_centers_[model.labels_].reshape(photo.shape)


@wrong("gray")
def gray(image_path, num_clusters):
    image, model = fitted(image_path, num_clusters)
    painted = model.cluster_centers_[model.labels_].reshape(image.shape)
    return np.stack([painted.mean(axis=-1)] * 3, axis=-1)


@wrong("return")
def shown_and_not_returned(image_path, num_clusters):
    image, model = fitted(image_path, num_clusters)
    painted = model.cluster_centers_[model.labels_].reshape(image.shape)
    print(painted)


@wrong("each other's places")
def sorts_the_centers(image_path, num_clusters):
    image = images.load_image(image_path)
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(image.reshape(-1, 3))
    centers = model.cluster_centers_[model.cluster_centers_.sum(axis=1).argsort()]
    return centers[model.labels_].reshape(image.shape)


@wrong("median")
def median_of_each_cluster(image_path, num_clusters):
    image = images.load_image(image_path)
    pixels = image.reshape(-1, 3)
    labels = KMeans(n_clusters=num_clusters, random_state=0).fit(pixels).labels_
    out = np.zeros_like(pixels)
    for k in range(num_clusters):
        out[labels == k] = np.median(pixels[labels == k], axis=0)
    return out.reshape(image.shape)


@wrong("0 to 255")
def matplotlib_reads_only_png_as_decimals(image_path, num_clusters):
    image = matplotlib.image.imread(str(image_path))
    X = image.reshape(-1, 3)
    model = KMeans(n_clusters=num_clusters, random_state=42).fit(X)
    return model.cluster_centers_[model.labels_].reshape(image.shape)


@wrong("picture of another size")
def a_small_one_is_quicker(image_path, num_clusters):
    image = images.load_image(image_path, longest_side=300)
    X = image.reshape(-1, 3)
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(X)
    return model.cluster_centers_[model.labels_].reshape(image.shape)


@wrong("(3, 3)", "which has 6 pixels")
def every_second_pixel(image_path, num_clusters):
    image = images.load_image(image_path)
    pixels = image.reshape(-1, 3)
    model = KMeans(num_clusters, random_state=0).fit(pixels[::2])
    return model.cluster_centers_[model.predict(pixels)].reshape(image.shape)


@wrong("farthest color")
def the_farthest(image_path, num_clusters):
    image, model = fitted(image_path, num_clusters)
    numbers = model.transform(image.reshape(-1, 3)).argmax(axis=1)
    return model.cluster_centers_[numbers].reshape(image.shape)


@wrong("stopped early")
def one_step(image_path, num_clusters):
    image = images.load_image(image_path)
    pixels = image.reshape(-1, 3)
    model = KMeans(num_clusters, init=pixels[:num_clusters], n_init=1, max_iter=1).fit(pixels)
    return model.cluster_centers_[model.labels_].reshape(image.shape)
