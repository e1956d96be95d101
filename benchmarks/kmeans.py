"""K-means side by side: helpers.fast, and the libraries people would use instead.

    python benchmarks/kmeans.py                    everything: more than half an hour
    python benchmarks/kmeans.py --starts 1         from one start: a quarter of an hour
    python benchmarks/kmeans.py --colors 16 64 --starts 1 --only photographs

Prints tables and the targets, draws two charts into build/, and exits with 1 if a target
is missed. All libraries run in turn in the same process, from the same start, so that
what disturbs one disturbs all; what is reported are ratios to scikit-learn. Peers that
are not installed are skipped:

    pip install scikit-learn opencv-python-headless faiss-cpu scipy torch threadpoolctl imagequant
"""

import argparse
import contextlib
import math
import statistics
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator
from PIL import Image, features

from helpers import fast
from helpers.codebook import find_closest_centroids
from helpers.fast import counting, grids
from helpers.images import load_photo, to_bytes, to_pixels
from helpers.kmeans import run_kmeans
from helpers.plots import MARKERS, SERIES

BUILD = Path(__file__).resolve().parent.parent / "build"
REFERENCE = "scikit-learn Lloyd float64"
OURS = ("fast, exact", "fast, quick")
BUDGETS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5)  # seconds for a palette
OURS_WITHIN = "fast, {:.0f} ms"
SLOW = 400e6  # pixels x colors x steps beyond which the lessons' versions are not waited for


def timed(function, *arguments):
    """Result, wall seconds and CPU seconds (of all threads) of a call."""
    wall, processor = time.perf_counter(), time.process_time()
    result = function(*arguments)
    return result, time.perf_counter() - wall, time.process_time() - processor


# --- The competitors: (picture, X, start, steps) -> centroids --------------------------------
# `picture` is (H, W, 3) float64 as loaded, X its pixels, `steps` what the reference took:
# those without a stopping rule like scikit-learn's are given as many.


def ours(quick):
    def run(picture, X, start, steps):
        centroids, idx = fast.cluster(picture, start, quick=quick)
        return centroids, idx.ravel()

    return run


def lesson_broadcast(picture, X, start, steps):
    return run_kmeans(X, start, steps) if X.shape[0] * len(start) * steps < SLOW else None


def lesson_loop(picture, X, start, steps):
    """One step of plain Python loops on every 400th pixel; its time is scaled up."""
    centroids = start.tolist()
    for x in X[::400].tolist():
        min(
            range(len(centroids)),
            key=lambda k: sum((x[j] - centroids[k][j]) ** 2 for j in range(3)),
        )
    return None


def peers():
    """Those that are installed, by name; and how to limit their threads."""
    found, limits = {}, []
    with contextlib.suppress(ImportError):
        from threadpoolctl import threadpool_limits

        limits.append(threadpool_limits)
    try:
        from sklearn.cluster import KMeans

        def scikit(algorithm, kind):
            def run(picture, X, start, steps):
                start = start.astype(kind)
                model = KMeans(len(start), init=start, n_init=1, algorithm=algorithm)
                model.fit(X if kind == "float64" else X.astype(kind))
                run.steps = model.n_iter_
                return model.cluster_centers_, model.labels_

            return run

        for algorithm in ("lloyd", "elkan"):
            for kind in ("float64", "float32"):
                found[f"scikit-learn {algorithm.title()} {kind}"] = scikit(algorithm, kind)
    except ImportError:
        sys.exit("scikit-learn is what the others are measured by; install it first.")
    try:
        import cv2

        def opencv(picture, X, start, steps):
            data = X.astype(np.float32)
            labels = find_closest_centroids(X, start)[:, None]
            rule = (cv2.TERM_CRITERIA_MAX_ITER, steps, 0.0)
            flags = cv2.KMEANS_USE_INITIAL_LABELS
            _, labels, centroids = cv2.kmeans(data, len(start), labels, rule, 1, flags)
            return centroids, labels.ravel()

        found["OpenCV"] = opencv
        limits.append(lambda threads: cv2.setNumThreads(threads or -1))
    except ImportError:
        print("OpenCV is not installed (pip install opencv-python-headless): skipped.")
    try:
        import faiss

        def facebook(picture, X, start, steps):
            data = X.astype(np.float32)
            rows = len(X) // len(start) + 1
            model = faiss.Kmeans(3, len(start), niter=steps, max_points_per_centroid=rows)
            model.train(data, init_centroids=start.astype(np.float32))
            return model.centroids, model.assign(data)[1]

        most = faiss.omp_get_max_threads()
        found["faiss"] = facebook
        limits.append(lambda threads: faiss.omp_set_num_threads(threads or most))
    except ImportError:
        print("faiss is not installed (pip install faiss-cpu): skipped.")
    try:
        from scipy.cluster.vq import kmeans2

        found["SciPy"] = lambda picture, X, start, steps: kmeans2(
            X, start, iter=steps, minit="matrix", missing="warn"
        )
    except ImportError:
        print("SciPy is not installed (pip install scipy): skipped.")
    try:
        import torch

        def pytorch(picture, X, start, steps):
            data, centroids = torch.from_numpy(X).float(), torch.from_numpy(start).float()
            for _ in range(steps):
                idx = torch.cdist(data, centroids).argmin(1)
                sizes = torch.bincount(idx, minlength=len(centroids)).clamp(min=1)
                sums = torch.zeros_like(centroids).index_add_(0, idx, data)
                centroids = sums / sizes[:, None]
            return centroids.numpy(), torch.cdist(data, centroids).argmin(1).numpy()

        found["PyTorch (CPU)"] = pytorch
        most_torch = torch.get_num_threads()
        limits.append(lambda threads: torch.set_num_threads(threads or most_torch))
    except ImportError:
        print("PyTorch is not installed (pip install torch): skipped.")
    found["lesson 05, broadcast"] = lesson_broadcast
    found["lesson 05, loop"] = lesson_loop
    return {
        REFERENCE: found.pop(REFERENCE),
        OURS[0]: ours(quick=False),
        OURS[1]: ours(quick=True),
        **found,
    }, limits


def pictures():
    """The photographs, by name."""
    from sklearn.datasets import load_sample_image

    found = {name: load_photo(name) for name in ("tulips", "harbour_dusk", "pencils")}
    with contextlib.suppress(ImportError, OSError):
        for name in ("china", "flower"):
            found[name] = load_sample_image(f"{name}.jpg") / 255
    return found


def start_of(picture, K, seed):
    """k-means++, and a millionth of noise, so that no color is equally far from two."""
    colors, counts, _ = fast.count_colors(picture)
    rng = np.random.default_rng(seed)
    return fast.kmeans_plus_plus(colors, counts, K, rng) + rng.normal(0, 1e-6, (K, 3))


def wcss_of(picture, centroids, idx):
    return float(((to_pixels(picture) - np.asarray(centroids, dtype=float)[idx]) ** 2).sum())


def mean(values):
    """Geometric: a ratio and its inverse cancel."""
    return math.exp(statistics.fmean(map(math.log, values)))


# --- 1. Photographs --------------------------------------------------------------------------


def photographs(colors, starts, only, beside):
    """Rows (threads, K, library, speed by wall, speed by CPU, WCSS), all by the reference."""
    competitors, limits = peers()
    if beside:
        kept = (REFERENCE, *OURS)
        competitors = {
            name: run
            for name, run in competitors.items()
            if name in kept or any(word in name for word in beside)
        }
    rows = []
    for threads in (None, 1):
        print(f"\n{'as many threads as they like' if threads is None else 'one thread each'}")
        print(f"{'':4} {'':29} {'wall':>8} {'CPU':>8} {'WCSS':>9}   times as fast; WCSS by it")
        with contextlib.ExitStack() as stack:
            for limit in limits:
                held = limit(threads)
                if hasattr(held, "restore_original_limits"):
                    stack.callback(held.restore_original_limits)
            for K in colors:
                rows += one_table(competitors, threads, K, starts, only)
    for limit in limits:
        limit(None)
    return rows


def one_table(competitors, threads, K, starts, only):
    ratios = {name: [] for name in competitors}
    for picture_name, picture in pictures().items():
        if only and picture_name not in only:
            continue
        X = to_pixels(picture)
        for seed in range(starts):
            start, steps = start_of(picture, K, seed), None
            for name, run in competitors.items():
                repeats = 3 if name in OURS or name == REFERENCE and K < 100 else 1
                if name == "lesson 05, loop" and seed or name.startswith("lesson") and threads:
                    continue
                runs = [timed(run, picture, X, start, steps) for _ in range(repeats)]
                result = runs[0][0]
                wall, cpu = (statistics.median(one[i] for one in runs) for i in (1, 2))
                if name == REFERENCE:
                    steps, base = run.steps, (wall, cpu, wcss_of(picture, *result))
                if name == "lesson 05, loop":
                    wall, cpu, result = 400 * steps * wall, 400 * steps * cpu, base
                    ratios[name].append((base[0] / wall, base[1] / cpu, float("nan")))
                elif result is not None:
                    within = wcss_of(picture, *result) / base[2]
                    ratios[name].append((base[0] / wall, base[1] / cpu, within))
    rows = []
    for name, found in ratios.items():
        if found:
            walls, cpus, withins = zip(*found, strict=True)
            row = (threads, K, name, mean(walls), mean(cpus), statistics.fmean(withins))
            rows.append(row)
            print(f"{K:4} {name:29} {row[3]:8.3g} {row[4]:8.3g} {row[5]:9.5f}", flush=True)
    return rows


def draw_photographs(rows):
    """Speed by K, a line for each library."""
    figure = Figure(figsize=(10, 5), layout="constrained")
    axes = figure.subplots()
    names = list(dict.fromkeys(row[2] for row in rows))
    for number, name in enumerate(names):
        line = [(row[1], row[3]) for row in rows if row[2] == name and row[0] is None]
        axes.loglog(
            *zip(*line, strict=True),
            color=SERIES[number % len(SERIES)],
            marker=MARKERS[number % len(MARKERS)],
            linestyle="-" if number < len(SERIES) else "--",
            label=name,
        )
    axes.set_xticks(sorted({row[1] for row in rows}), sorted({row[1] for row in rows}))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.yaxis.set_major_formatter("{x:g}")
    axes.set_xlabel("colors K")
    axes.set_ylabel("times as fast as scikit-learn")
    axes.set_title("Counting each color once puts NumPy ahead of compiled K-means")
    figure.legend(fontsize=8, loc="outside right center")
    save(figure, "kmeans_speed.png")


def save(figure, name):
    BUILD.mkdir(exist_ok=True)
    figure.savefig(BUILD / name, dpi=100)
    print(f"drawn: {BUILD / name}")


# --- 2. Megapixels ---------------------------------------------------------------------------


def enlarged(photo, times, rng):
    """A photograph `times` as wide and high, with a camera's noise, as bytes."""
    large = to_bytes(photo).repeat(times, axis=0).repeat(times, axis=1)
    noise = np.rint(rng.normal(0, 2, large.shape))
    return np.clip(large + noise, 0, 255).astype(np.uint8)


def count_strips(strips):
    """Keys and counts of a picture that comes in strips, too large to be had at once.

    Memory holds a strip and a table of the 2^24 colors there are (128 MB), however many
    pixels pass by.
    """
    table = np.zeros(2**24, dtype=np.int64)
    for strip in strips:
        keys, counts = counting.counted(counting.keys_of(strip))
        table[keys] += counts
    found = np.flatnonzero(table)
    return found, table[found]


def paint_strips(strips, keys, idx):
    """The number of the centroid of every pixel, strip by strip."""
    table = np.zeros(2**24, dtype=idx.dtype)
    table[keys] = idx
    for strip in strips:
        yield table[counting.keys_of(strip)].reshape(strip.shape[:-1])


def megapixels():
    """Speed at 12 megapixels, by K; and at 100, by the time of counting alone."""
    competitors, _ = peers()
    rng, photo = np.random.default_rng(0), load_photo("tulips")
    picture = enlarged(photo, 6, rng)[:2832, :4248] / 255
    X, result = to_pixels(picture), {}
    print(f"\n{len(X) / 1e6:.1f} megapixels, {len(fast.count_colors(picture).colors):,} colors")
    for K in (16, 64):
        start = start_of(picture, K, 0)
        _, base, _ = timed(competitors[REFERENCE], picture, X, start, None)
        for name in OURS:
            runs = [timed(competitors[name], picture, X, start, None)[1] for _ in range(3)]
            result[K, name] = base / statistics.median(runs)
            print(f"{K:4} {name:29} {result[K, name]:8.3g} times as fast as scikit-learn")
    del picture, X
    strips = [enlarged(photo[row : row + 64], 4, rng) for row in range(0, 512, 64)]
    strips *= math.ceil(100e6 / sum(strip[..., 0].size for strip in strips))
    keys, counts = count_strips(strips)
    alone = statistics.median(timed(count_strips, strips)[1] for _ in range(3))
    colors = counting.unpacked(keys)
    start = fast.kmeans_plus_plus(colors, counts, 64, rng)

    def everything():
        keys, counts = count_strips(strips)
        centroids, idx = fast.quick_kmeans(counting.unpacked(keys), counts, start)
        for painted in paint_strips(strips, keys, idx.astype(np.uint8)):  # noqa: B007, the last
            pass
        return centroids, painted

    whole = statistics.median(timed(everything)[1] for _ in range(3))
    centroids, painted = everything()
    nearest = find_closest_centroids(to_pixels(strips[-1] / 255), centroids)
    assert np.array_equal(painted.ravel(), nearest) and counts.sum() >= 100e6
    result["strips"] = whole / alone
    print(f"{counts.sum() / 1e6:.0f} megapixels, {len(colors):,} colors, K = 64, in strips:")
    print(f"     count, palette and index map take {whole / alone:.2f} times the counting alone")
    return result


# --- 3. Palettes: speed against quality ------------------------------------------------------


def palette_within(image, K, seconds):
    """The best palette that there is time for; the first one is always made."""
    begun = time.perf_counter()
    ended, last = begun, 0.0
    for palette in better_and_better(to_pixels(image), K, np.random.default_rng(0)):  # noqa: B007
        now = time.perf_counter()
        ended, last = now, now - ended
        if now + 3 * last > begun + seconds:  # that long the next may take
            break
    return palette


def better_and_better(X, K, rng):
    """Palettes for pixels, each of more of them, or with more steps, than the last."""
    centroids = None
    for pixels in (2**13, 2**16):
        if pixels > len(X) // 2:
            break
        found, counts = counting.counted(counting.keys_of(X[rng.integers(len(X), size=pixels)]))
        cells = grids.Cells(*grids.coarse_cells(found, counting.unpacked(found), counts, 5))
        if len(cells.means) < 2 * K:
            continue
        if centroids is None:
            start = fast.kmeans_plus_plus(cells.means, cells.sizes, K, rng)
            centroids = cells.lloyd(start, 4)
            yield centroids
        centroids = cells.relocated(cells.lloyd(centroids, 2))
        yield centroids
    found, counts = counting.counted(counting.keys_of(X))
    colors = counting.unpacked(found)
    if centroids is None:
        centroids = fast.kmeans_plus_plus(colors, counts, K, rng)
    centroids = grids.quick_palette(grids.grids_for(K, found, colors, counts), centroids)
    yield centroids
    for step in fast.steps(colors, counts, centroids, 1e-6):
        yield step.centroids


def error_of(image, centroids):
    """Mean squared error in levels, every pixel painted with its nearest color."""
    colors, counts, _ = fast.count_colors(image)
    idx = find_closest_centroids(colors, centroids)
    return counts @ ((colors - centroids[idx]) ** 2).sum(axis=1) * 255**2 / image.size


def palettes(K=64):
    """Milliseconds and MSE of every way to make a palette, on average over the pictures."""
    from sklearn.cluster import KMeans, MiniBatchKMeans

    def palette_of(indexed):
        return np.array(indexed.getpalette()[: 3 * K]).reshape(-1, 3) / 255

    def pillow(method, kmeans):
        none = Image.Dither.NONE
        return lambda image: palette_of(
            Image.fromarray(image).quantize(K, method, kmeans, dither=none)
        )

    def scikit(model):
        return lambda image: model.fit(to_pixels(image) / 255).cluster_centers_

    ways = {}
    for name, method in (
        ("median cut", Image.Quantize.MEDIANCUT),
        ("max coverage", Image.Quantize.MAXCOVERAGE),
        ("octree", Image.Quantize.FASTOCTREE),
    ):
        ways[f"Pillow {name}"] = pillow(method, 0)
        ways[f"Pillow {name} + k-means"] = pillow(method, 1)
    if features.check("libimagequant"):
        ways["libimagequant"] = pillow(Image.Quantize.LIBIMAGEQUANT, 0)
    else:  # most builds of Pillow leave it out
        with contextlib.suppress(ImportError):
            from imagequant import quantize_pil_image

            ways["libimagequant"] = lambda image: palette_of(
                quantize_pil_image(Image.fromarray(image), dithering_level=0, max_colors=K)
            )
    if "libimagequant" not in ways:
        print("libimagequant is not installed (pip install imagequant): skipped.")
    ways["scikit-learn KMeans"] = scikit(KMeans(K, n_init=1, random_state=0))
    ways["MiniBatchKMeans"] = scikit(MiniBatchKMeans(K, n_init=1, random_state=0))
    for budget in BUDGETS:
        ways[OURS_WITHIN.format(1000 * budget)] = lambda image, b=budget: palette_within(
            image, K, b
        )
    points = []
    print(
        f"\n{'K = ' + str(K):36} {'ms':>8} {'MSE':>9}   (levels of 255, squared; all painted alike)"
    )
    for name, run in ways.items():
        seconds, errors = [], []
        for picture in pictures().values():
            image = to_bytes(picture)
            repeats = 1 if "KMeans" in name else 5
            runs = [timed(run, image) for _ in range(repeats)]
            seconds.append(statistics.median(wall for _, wall, _ in runs))
            errors.append(statistics.median(error_of(image, run[0]) for run in runs))
        points.append((name, 1000 * mean(seconds), mean(errors)))
        print(f"{name:36} {points[-1][1]:8.1f} {points[-1][2]:9.2f}", flush=True)
    return points


def draw_palettes(points):
    """Time against error: nearer to the lower left is better."""
    figure = Figure(figsize=(10, 5), layout="constrained")
    axes = figure.subplots()
    mine = [point for point in points if point[0].startswith("fast")]
    axes.plot(*zip(*[p[1:] for p in mine], strict=True), marker="o", color=SERIES[0], label="fast")
    for number, (name, milliseconds, error) in enumerate(p for p in points if p not in mine):
        color, marker = SERIES[1 + number % 5], MARKERS[1 + number // 5 % 5]
        axes.plot(milliseconds, error, marker=marker, color=color, linestyle="", label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_yticks([30, 40, 50, 70, 100, 130])
    axes.yaxis.set_minor_locator(NullLocator())
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter("{x:g}")
    axes.set_xlabel("milliseconds for a palette of 64")
    axes.set_ylabel("mean squared error, in levels of 255")
    axes.set_title("From ten milliseconds up, no other palette is as near for its time")
    figure.legend(fontsize=8, loc="outside right center")
    save(figure, "kmeans_palettes.png")


# --- The targets -----------------------------------------------------------------------------


def judge(rows, large, points):
    """Print each target with what was reached, and say whether all are kept."""
    by = {row[:3]: row[3:] for row in rows}
    targets = []

    def target(words, reached, limit, most=False):
        kept = reached <= limit if most else reached >= limit
        targets.append(kept)
        sign = "<=" if most else ">="
        print(f"{'kept  ' if kept else 'MISSED'} {words}: {reached:.4g} (to be {sign} {limit:g})")

    print("\nThe targets")
    for threads in (None, 1):
        how = "threads as they like" if threads is None else "one thread each"
        for mode, needed in (
            (OURS[1], {16: 10, 64: 20, 256: 20}),
            (OURS[0], {16: 5, 64: 8, 256: 8}),
        ):
            for K, times in needed.items():
                if (threads, K, mode) in by:
                    target(f"{mode}, K = {K}, {how}, wall", by[threads, K, mode][0], times)
    for (threads, K, mode), (_, _, within) in by.items():
        if mode == OURS[1] and threads is None:
            target(f"{mode}, K = {K}, WCSS", within, 1.001, most=True)
        if mode == OURS[0] and threads is None:
            target(f"{mode}, K = {K}, WCSS off by", abs(within - 1), 1e-6, most=True)
    for (threads, K, name), (wall, _, _) in by.items():
        if name not in OURS and threads is None:
            target(f"exact beside {name}, K = {K}", by[threads, K, OURS[0]][0] / wall, 1)
    for key, reached in large.items():
        if key == "strips":
            target("100 megapixels, times the counting", reached, 3, most=True)
        elif key[1] == OURS[1]:
            target(f"12 megapixels, quick, K = {key[0]}", reached, 30)
    reached = {name: (milliseconds, error) for name, milliseconds, error in points}
    for budget in BUDGETS if points else ():
        milliseconds, error = reached[OURS_WITHIN.format(1000 * budget)]
        target(f"palette in {1000 * budget:.0f} ms, ms", milliseconds, 1000 * budget, most=True)
        for name, (others, theirs) in reached.items():
            if not name.startswith("fast") and others <= 1000 * budget:
                target(
                    f"palette in {1000 * budget:.0f} ms beside {name}, MSE",
                    error / theirs,
                    1,
                    most=True,
                )
    return all(targets)


def main():
    """Run what is asked for, print, draw, and judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--colors", type=int, nargs="+", default=[4, 16, 64, 256], metavar="K")
    parser.add_argument("--starts", type=int, default=3)
    parser.add_argument("--pictures", nargs="+", help="only these photographs")
    parser.add_argument("--beside", nargs="+", help="only libraries with such words in their names")
    sections = ["photographs", "megapixels", "palettes"]
    parser.add_argument("--only", nargs="+", choices=sections, default=sections)
    options = parser.parse_args()
    warnings.filterwarnings("ignore")  # scikit-learn's, of clusters that are empty at the end
    rows, large, points = [], {}, []
    if "photographs" in options.only:
        rows = photographs(options.colors, options.starts, options.pictures, options.beside)
        draw_photographs(rows)
    if "megapixels" in options.only:
        large = megapixels()
    if "palettes" in options.only:
        points = palettes()
        draw_palettes(points)
    return 0 if judge(rows, large, points) else 1


if __name__ == "__main__":
    sys.exit(main())
