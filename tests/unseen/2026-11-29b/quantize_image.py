"""Answers to quantize_image, written by people who had not seen the checks."""
import numpy as np
from PIL import Image
from sklearn.cluster import KMeans
from helpers import images, plots
from unseen import right, wrong


@right
def fit_predict(path, n):
    img = images.load_image(path)
    h, w, c = img.shape
    km = KMeans(n_clusters=n, n_init=5, random_state=1)
    numbers = km.fit_predict(img.reshape(h * w, c))
    palette = km.cluster_centers_
    return palette[numbers].reshape(h, w, c)


@wrong("Reads the file as bytes and never divides by 255.")
def pil_open(image_path, num_clusters):
    image = np.array(Image.open(image_path).convert("RGB"))
    pixels = image.reshape(-1, 3)
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(pixels)
    return model.cluster_centers_[model.labels_].reshape(image.shape)


@wrong("Shows the picture instead of returning it.")
def show_it(image_path, num_clusters):
    image = images.load_image(image_path)
    model = KMeans(n_clusters=num_clusters, random_state=0).fit(image.reshape(-1, 3))
    painted = model.cluster_centers_[model.labels_].reshape(image.shape)
    plots.side_by_side([image, painted], ["before", "after"], title="Before and after")


@wrong("Writes 16 clusters in and ignores num_clusters.")
def sixteen(image_path, num_clusters):
    image = images.load_image(image_path)
    X = image.reshape(-1, 3)
    model = KMeans(n_clusters=16, random_state=0).fit(X)
    return model.cluster_centers_[model.labels_].reshape(image.shape)
