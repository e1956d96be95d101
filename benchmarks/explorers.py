"""How soon a picture follows the key: the slider for K beside the floor and the usual way.

    python benchmarks/explorers.py

Opens four pages in JupyterLab, in headless Chromium, and presses arrow keys on each
page's slider, in turns, so that a busy moment of the machine falls on all alike:

floor        an image widget of the same size, fed with bytes made beforehand
explore_k    the course's explorer, K-means included
usual        `interact`, a Matplotlib figure, scikit-learn's KMeans on every pixel
usual_kind  the same with KMeans on 10,000 pixels

Prints a table of the times from key press to painted picture and their ratios, and how
the MSEs that `explore_k` showed stand to those of K-means run until nothing moves.
Exits with 1 if a ratio misses its target.
"""

import re
import sys
import tempfile
from pathlib import Path

import nbformat
import numpy as np
from playwright.sync_api import sync_playwright
from tqdm import tqdm

from helpers import fast, images
from helpers.explore.k import RESTING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
from browsing import BROWSER, jupyterlab, run_all

PAUSE = 50  # milliseconds between a paint and the next key
MOST_OVER_FLOOR, LEAST_FASTER = 1.5, 5
MOST_MSE_MOVING, MOST_MSE_AT_REST = 1.02, 1.001

PAGES = {
    "floor": """
import ipywidgets as widgets
import numpy as np
from IPython.display import display
from helpers import codebook, images
photo = images.load_photo("tulips")
ready = []
for K in range(2, 65):
    colors = np.random.default_rng(K).random((K, 3))
    idx = codebook.find_closest_centroids(images.to_pixels(photo), colors).reshape(512, 768)
    ready.append(images.encode_indexed_png(idx, colors, compress_level=1))
slider = widgets.IntSlider(value=2, min=2, max=64)
picture = widgets.Image(value=ready[0], format="png")
def paint(change):
    picture.value = ready[change["new"] - 2]
slider.observe(paint, names="value")
display(widgets.VBox([slider, picture]))
""",
    "explore_k": """
from helpers import explore, images
explore.explore_k(images.load_photo("tulips"), K=2)
""",
    "usual": """
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import IntSlider, interact
from sklearn.cluster import KMeans
from helpers import images
%matplotlib inline
photo = images.load_photo("tulips")
X = photo.reshape(-1, 3)
sample = X
def paint(K):
    model = KMeans(K, n_init=1, random_state=0).fit(sample)
    plt.figure(figsize=(7.68, 5.12), dpi=100)
    plt.imshow(model.cluster_centers_[model.predict(X)].reshape(photo.shape))
    plt.axis("off")
    plt.show()
interact(paint, K=IntSlider(value=2, min=2, max=64));
""",
}
PAGES["usual_kind"] = PAGES["usual"].replace(
    "sample = X", "sample = X[np.random.default_rng(0).choice(len(X), 10_000, replace=False)]"
)

# Both moments are taken in the page: that of the key, and that of the picture, which is on
# the screen when the frame after its decoding has been drawn.
WATCH = """
() => {
  document.addEventListener("keydown", () => {
    window.keyed = performance.now();
    window.painted = null;
  }, true);
  document.addEventListener("load", (event) => {
    if (event.target.tagName !== "IMG") return;
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window.painted ??= performance.now();
    }));
  }, true);
}
"""


def route():
    """The keys that lead from K = 2 to 64 and back in 60 moves: [(key, K after it), ...]."""
    steps = [1, 1, 5] * 8 + [1] * 6
    up = [("PageUp" if step == 5 else "ArrowRight", step) for step in steps]
    down = [("PageDown" if step == 5 else "ArrowLeft", -step) for step in reversed(steps)]
    places = 2 + np.cumsum([step for _, step in up + down])
    return [(key, int(K)) for (key, _), K in zip(up + down, places, strict=True)]


def open_slider(browser, address):
    """A page that has run, its slider in focus, its watch running."""
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    run_all(page, address)
    page.locator(".noUi-handle").first.focus()
    page.evaluate(WATCH)
    return page


def press(page, key):
    """Press a key and wait for the picture: milliseconds between the two."""
    page.keyboard.press(key)
    page.wait_for_function("() => window.painted", timeout=300_000)
    milliseconds = page.evaluate("() => window.painted - window.keyed")
    page.wait_for_timeout(PAUSE)
    return milliseconds


def shown(page):
    """The K and the MSE that the explorer tells at this moment."""
    words = page.locator(".sixteen-facts").inner_text()
    K, mse = re.search(r"K = (\d+)\D.*?MSE\s+([\d.]+)", words, flags=re.DOTALL).groups()
    return int(K), float(mse)


def measure(folder):
    """Press all keys on all pages, in turns.

    Returns
    -------
    milliseconds : dict
        Page -> one number for each move.
    moving, resting : list of (K, MSE)
        What `explore_k` told while it moved, and at rest.
    """
    for name, code in PAGES.items():
        page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code.strip())])
        page.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(page, folder / f"{name}.ipynb")
    milliseconds, moving, resting = {name: [] for name in PAGES}, [], []
    with jupyterlab(folder) as address_of, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"])
        pages = {name: open_slider(browser, address_of(name)) for name in PAGES}
        for key, K in tqdm(route(), desc="moves"):
            for name, page in pages.items():
                page.bring_to_front()
                milliseconds[name].append(press(page, key))
            moving.append(shown(pages["explore_k"]))
            assert moving[-1][0] == K, f"the key leads to K = {K}, the page tells {moving[-1]}"
        for key, _ in tqdm(route()[: len(route()) // 2], desc="at rest"):
            press(pages["explore_k"], key)
            pages["explore_k"].get_by_text(RESTING).wait_for(timeout=60_000)
            resting.append(shown(pages["explore_k"]))
        browser.close()
    return milliseconds, moving, resting


def ends(X, K):
    """MSEs of K-means run until nothing moves: from explore_k's own palette, and on average.

    The average is over five starts by k-means++.
    """
    palettes = fast.Palettes(X[None])
    colors, counts = palettes.colors, palettes.counts
    rng = np.random.default_rng(0)
    starts = [fast.kmeans_plus_plus(colors, counts, K, rng) for _ in range(5)]
    errors = []
    for start in (palettes.quick(K).centroids, *starts):
        centroids, idx = fast.kmeans(colors, counts, start, tol=0, max_iter=2000)
        squared = ((colors - centroids[idx]) ** 2).sum(axis=1)
        errors.append(counts @ squared / X.size)
    return errors[0], float(np.mean(errors[1:]))


def compared(name, shown_mses, end_by_K):
    """Print how MSEs that were shown stand to those at the ends; the largest ratios."""
    ratios = np.array([np.divide(mse, end_by_K[K]) for K, mse in shown_mses])
    (own, others), (own_mean, others_mean) = ratios.max(axis=0), ratios.mean(axis=0)
    print(f"{name:14} {own_mean:8.4f} {own:8.4f} {others_mean:10.4f} {others:8.4f}")
    return own, others


def main():
    """Measure, print, judge."""
    with tempfile.TemporaryDirectory() as folder:
        milliseconds, moving, resting = measure(Path(folder))
    p95 = {name: np.percentile(times, 95) for name, times in milliseconds.items()}
    print(f"{'page':14} {'median':>8} {'p95':>8} {'p95 / floor':>12}")
    for name, times in milliseconds.items():
        ratio = p95[name] / p95["floor"]
        print(f"{name:14} {np.median(times):5.0f} ms {p95[name]:5.0f} ms {ratio:12.2f}")
    faster = p95["usual"] / p95["explore_k"]
    print(f"p95 of the usual way: {faster:.1f} times that of explore_k")
    X = images.to_pixels(images.load_photo("tulips"))
    end_by_K = {K: ends(X, K) for K in tqdm(sorted({K for K, _ in moving}), desc="to the end")}
    print("MSE shown / MSE of K-means at its end: from the same start, and from others")
    print(f"{'':14} {'mean':>8} {'largest':>8} {'mean':>10} {'largest':>8}")
    moving_own, moving_others = compared("while it moves", moving, end_by_K)
    resting_own, _ = compared("at rest", resting, end_by_K)
    kept = (
        p95["explore_k"] <= MOST_OVER_FLOOR * p95["floor"]
        and faster >= LEAST_FASTER
        and max(moving_own, moving_others) <= MOST_MSE_MOVING
        and resting_own <= MOST_MSE_AT_REST
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
