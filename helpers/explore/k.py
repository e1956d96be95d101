"""What moves: sliders for K.

An explorer is made of ipywidgets controls and a picture that is fed with encoded
bytes. Beside the live view its output holds a still picture of the answer, which is
what a page without a running kernel shows.
"""

import base64
import html

import ipywidgets as widgets
import numpy as np
from IPython.display import display

from helpers.codebook import find_closest_centroids
from helpers.color import GRAY_WEIGHTS, to_hex
from helpers.compression import bits_on_paper, mse, psnr
from helpers.images import encode_indexed_png, to_bytes, to_pixels
from helpers.kmeans import kmeans_plus_plus, run_kmeans

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
SAMPLE = 6000  # pixels that choose the palette while a slider moves


def explore_k(image, K=16, largest=64):
    """A slider for the number of colors, with the picture, its palette and its cost.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    K : int
        Where the slider starts.
    largest : int, at most 256
        Where it ends.
    """
    display_explorer(k_view(image, K, largest), *k_colors(image, K))


def k_view(image, K, largest):
    """The live part of `explore_k`: slider, picture, facts.

    Parameters
    ----------
    image, K, largest
        As in `explore_k`.

    Returns
    -------
    ipywidgets.VBox
        Its children are the slider, the picture, and the facts in words.
    """
    answers = {}

    slider = widgets.IntSlider(
        value=K, min=1, max=largest, description="Colors K", layout=widgets.Layout(width="100%")
    )
    picture = widgets.Image(format="png", layout=widgets.Layout(max_width="100%"))
    facts = widgets.HTML()

    def paint(K):
        if K not in answers:
            answers[K] = k_colors(image, K)
        png, words, swatches = answers[K]
        picture.value = png
        facts.value = f"{swatches}<p>{words}</p>"

    slider.observe(lambda change: paint(change["new"]), names="value")
    paint(K)
    return widgets.VBox([slider, picture, facts])


def k_colors(image, K):
    """Repaint a picture with K colors of its own, fast.

    K-means runs on an even sample of the pixels; then every pixel takes its nearest
    color.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    K : int, 1 to 256

    Returns
    -------
    png : bytes
        The repainted picture as an indexed PNG.
    words : str
        What it costs: MSE, PSNR, bits and bytes.
    swatches : str
        The palette as HTML, each color with its hex name.
    """
    X = to_pixels(image)
    sample = X[:: max(1, len(X) // SAMPLE)]
    start = kmeans_plus_plus(sample, K, np.random.default_rng(0))
    centroids, _ = run_kmeans(sample, start, max_iters=20)
    centroids = to_bytes(centroids) / 255  # as the file stores them, so that the numbers are its
    idx = find_closest_centroids(X, centroids)
    height, width = image.shape[:2]
    idx_map = idx.reshape(height, width)
    png = encode_indexed_png(idx_map, centroids, compress_level=1)
    error = mse(X, centroids[idx])
    bits = bits_on_paper(height, width, K)
    words = (
        f"K = {K}: MSE {error:.5f}, PSNR {psnr(X, centroids[idx]):.2f} dB; on paper "
        f"{bits / (height * width):.2f} bits per pixel, {bits // 8:,} bytes, "
        f"{24 * height * width / bits:.1f} times smaller than 24 bits per pixel; as an indexed PNG "
        f"{len(encode_indexed_png(idx_map, centroids)):,} bytes."
    )
    return png, words, palette_html(centroids)


def palette_html(codebook):
    """A palette as HTML swatches that carry their hex names.

    Parameters
    ----------
    codebook : ndarray, shape (K, 3), values in [0, 1]

    Returns
    -------
    str
    """
    swatches = []
    for color in codebook:
        name = to_hex(color)
        ink = "#000" if color @ GRAY_WEIGHTS > 0.5 else "#fff"
        swatches.append(
            f'<span style="display: inline-block; width: 5.2em; padding: 0.3em 0; '
            f'text-align: center; font-size: 80%; background: {name}; color: {ink}">{name}</span>'
        )
    return f'<div style="line-height: 1.2">{"".join(swatches)}</div>'


def display_explorer(view, png, words, swatches):
    """Show an explorer, with a still picture for pages without a kernel.

    Parameters
    ----------
    view : ipywidgets.DOMWidget
        What moves.
    png, words, swatches
        What stands still: as from `k_colors`.
    """
    alt = html.escape(f"The picture repainted. {words}", quote=True)
    encoded = base64.b64encode(png).decode("ascii")
    still = (
        f'<figure style="margin: 0.5em 0"><img src="data:image/png;base64,{encoded}" alt="{alt}" '
        f'style="max-width: 100%"><figcaption>{html.escape(words)} <em>Run this cell to get the '
        f"slider.</em></figcaption></figure>{swatches}"
    )
    display(
        {
            WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": view.model_id},
            "text/html": still,
            "text/plain": f"[Explorer] {words}",
        },
        raw=True,
    )
