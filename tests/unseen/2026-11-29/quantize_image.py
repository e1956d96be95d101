"""Answers to quantize_image, written by people who had not seen the checks."""
import numpy as np
from PIL import Image
from sklearn.cluster import KMeans
from helpers import images, plots
from unseen import right, wrong

path = images.DATA / "tulips.jpg"


@right
def fit_then_predict(image_path, num_clusters):
    image = images.load_image(image_path)
    X = images.to_pixels(image)
    km = KMeans(num_clusters, random_state=0, n_init=3)
    km.fit(X)
    numbers = km.predict(X)
    return km.cluster_centers_[numbers].reshape(image.shape)


@right
def group_by_group(image_path, num_clusters):
    picture = images.load_image(image_path)
    h, w, c = picture.shape
    flat = picture.reshape(h * w, c)
    model = KMeans(n_clusters=num_clusters, random_state=1).fit(flat)
    painted = np.zeros(picture.shape)
    label_map = model.labels_.reshape(h, w)
    for k in range(num_clusters):
        painted[label_map == k] = model.cluster_centers_[k]
    return painted


@right
def with_pillow_and_float32(file, how_many):
    image = np.asarray(Image.open(file).convert("RGB")) / 255
    rows = image.reshape(-1, 3).astype(np.float32)
    kmeans = KMeans(n_clusters=how_many, random_state=0).fit(rows)
    out = kmeans.cluster_centers_.take(kmeans.labels_, axis=0)
    return np.clip(out, 0, 1).reshape(image.shape)


@wrong("Returns the map of the numbers and does not look their colors up.")
def index_map(image_path, num_clusters):
    image = images.load_image(image_path)
    height, width, _ = image.shape
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(image.reshape(-1, 3))
    return model.labels_.reshape(height, width)


@wrong("Works with bytes, so the values go from 0 to 255 and not from 0 to 1.")
def bytes_from_pillow(image_path, num_clusters):
    image = np.asarray(Image.open(image_path).convert("RGB"))
    pixels = image.reshape(-1, 3)
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(pixels)
    return model.cluster_centers_[model.labels_].reshape(image.shape)


@wrong("Loads the picture at the top of the page instead of the one it is asked for.")
def path_of_the_page(image_path, num_clusters):
    image = images.load_image(path)
    pixels = image.reshape(-1, 3)
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(pixels)
    return model.cluster_centers_[model.labels_].reshape(image.shape)


@wrong("Makes the table with reshape(3, -1).T, whose rows mix channels of different pixels.")
def torn_pixels(image_path, num_clusters):
    image = images.load_image(image_path)
    pixels = image.reshape(3, -1).T
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(pixels)
    return model.cluster_centers_[model.labels_].T.reshape(image.shape)


@wrong("Folds the picture back with width before height, which fits squares only.")
def width_then_height(image_path, num_clusters):
    image = images.load_image(image_path)
    width, height = Image.open(image_path).size
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(image.reshape(-1, 3))
    return model.cluster_centers_[model.labels_].reshape(width, height, 3)


@wrong("Shows the picture and returns nothing.")
def shows_it(image_path, num_clusters):
    image = images.load_image(image_path)
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(image.reshape(-1, 3))
    painted = model.cluster_centers_[model.labels_].reshape(image.shape)
    plots.side_by_side([image, painted], ["before", "after"], title="Quantized")


@wrong("Fits to every 16th pixel, whose labels are too few to paint the whole picture.")
def labels_of_a_sample(image_path, num_clusters):
    image = images.load_image(image_path)
    pixels = image.reshape(-1, 3)
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(pixels[::16])
    return model.cluster_centers_[model.labels_].reshape(image.shape)


@wrong("Always makes sixteen colors, whatever num_clusters says.")
def sixteen(image_path, num_clusters):
    image = images.load_image(image_path)
    pixels = image.reshape(-1, 3)
    model = KMeans(16, random_state=0).fit(pixels)
    return model.cluster_centers_[model.labels_].reshape(image.shape)


@wrong("Paints into an array of bytes, which cuts all colors between 0 and 1 down to 0.")
def room_for_bytes(image_path, num_clusters):
    image = images.load_image(image_path)
    pixels = image.reshape(-1, 3)
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(pixels)
    painted = np.zeros(pixels.shape, dtype=np.uint8)
    for k, center in enumerate(model.cluster_centers_):
        painted[model.labels_ == k] = center
    return painted.reshape(image.shape)
