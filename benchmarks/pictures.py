"""Quick K-means on pictures of every kind: is its palette as good as scikit-learn's?

    python benchmarks/pictures.py                  six minutes
    python benchmarks/pictures.py --colors 16      fifteen seconds

Each function below makes a picture, (H, W, 3) uint8, the same every time; the course's own
photographs and the sample pictures of the libraries that are installed join them. Reported is
the WCSS of `fast.cluster` with ``quick=True`` by the mean of five of scikit-learn's: the mean of
three runs, and the worst of them. Exits with 1 if the mean of all pictures is more than 1.001,
or any single run more than 1.02.
"""

import argparse
import contextlib
import statistics
import sys
import warnings
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from helpers import fast
from helpers.images import load_photo, to_bytes

COLORS = (4, 16, 64, 256)
ON_AVERAGE, AT_MOST = 1.001, 1.02

HEIGHT, WIDTH = 400, 600
Y, X = np.mgrid[0 : 1 : HEIGHT * 1j, 0 : 1.5 : WIDTH * 1j]  # both in heights of the picture


def levels(values):
    """Values in [0, 1], or beyond, as bytes."""
    return np.rint(np.clip(values, 0, 1) * 255).astype(np.uint8)


def clouds(rng, sizes=(64, 32, 16, 8, 4)):
    """Smooth noise in [0, 1], shape (HEIGHT, WIDTH): coarse shapes, and finer ones on them."""
    total = np.zeros((HEIGHT, WIDTH))
    for size in sizes:
        coarse = Image.fromarray(rng.random((HEIGHT // size + 2, WIDTH // size + 2)))
        total += size * np.asarray(coarse.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC))
    low, high = total.min(), total.max()
    return (total - low) / (high - low)


def between(dark, bright, share):
    """Colors from one to another."""
    return np.array(dark) + share[..., None] * (np.array(bright) - dark)


def night_sky(rng):
    """Nearly black, with a band of faint light and some bright stars of every hue."""
    glow = np.exp(-(((Y - 0.3 - 0.3 * X) / 0.12) ** 2)) * clouds(rng)
    sky = between((0.01, 0.012, 0.03), (0.16, 0.13, 0.12), glow)
    sky += rng.normal(0, 0.008, sky.shape)
    stars = np.zeros_like(sky)
    for row, column in zip(
        rng.integers(HEIGHT, size=500), rng.integers(WIDTH, size=500), strict=True
    ):
        stars[row, column] = rng.pareto(1.5) * (rng.random(3) * 0.6 + 0.4)
    halo = Image.fromarray(levels(stars / 8)).filter(ImageFilter.BoxBlur(1))
    return levels(sky + stars + 8 * np.asarray(halo) / 255)


def fog(rng):
    """A narrow band of grays with a breath of blue."""
    haze = between((0.62, 0.64, 0.66), (0.8, 0.81, 0.82), 0.5 * clouds(rng) + 0.5 * Y)
    return levels(haze + rng.normal(0, 0.006, haze.shape))


def two_tones(rng):
    """Ink and paper, and all that lies between."""
    shade = clouds(rng) ** 2 + rng.normal(0, 0.02, Y.shape)
    return levels(between((0.05, 0.1, 0.35), (0.98, 0.9, 0.75), shade))


def neon(rng):
    """Glowing lines of pure colors on black."""
    picture = Image.new("RGB", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(picture)
    for color in ("#ff0055", "#00ffcc", "#ffee00", "#7700ff", "#00aaff", "#ff6600") * 3:
        corners = [(int(x), int(y)) for x, y in rng.random((4, 2)) * (WIDTH, HEIGHT)]
        draw.line(corners, color, 4)
    glow = picture.filter(ImageFilter.GaussianBlur(14))
    light = np.asarray(picture, float) + 4 * np.asarray(glow, float)
    return levels(light / 255 + rng.normal(0, 0.004, light.shape))


def drawing(rng):
    """Flat shapes with smooth edges."""
    large = Image.new("RGB", (2 * WIDTH, 2 * HEIGHT), "#fdf6e3")
    draw = ImageDraw.Draw(large)
    for _ in range(60):
        x, y = rng.random(2) * (2 * WIDTH, 2 * HEIGHT)
        side, fill = 40 + 200 * rng.random(), tuple(map(int, rng.integers(256, size=3)))
        box = (x - side, y - side, x + side, y + side)
        (draw.ellipse if rng.random() < 0.5 else draw.rectangle)(box, fill, "black", 5)
    return np.asarray(large.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS))


def screenshot(rng):
    """Text, bars and buttons on white."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(13)
    draw.rectangle((0, 0, WIDTH, 30), "#24292e")
    for row in range(40, HEIGHT, 18):
        for word in range(8):
            ink = ("#24292e", "#0366d6", "#d73a49", "#6f42c1", "#22863a")[rng.integers(5)]
            draw.text((10 + 72 * word, row), "word " * 2, ink, font)
    for x in range(20, WIDTH, 120):
        draw.rounded_rectangle((x, 6, x + 80, 24), 6, "#2ea44f", "#1b7c36")
    return np.asarray(picture)


def slide(rng):
    """Stained tissue: pinks, and purple kernels."""
    stain = between((0.95, 0.85, 0.92), (0.85, 0.5, 0.72), clouds(rng))
    kernels = Image.new("L", (WIDTH, HEIGHT))
    draw = ImageDraw.Draw(kernels)
    for x, y in rng.random((700, 2)) * (WIDTH, HEIGHT):
        a, b = rng.integers(3, 8, size=2)
        draw.ellipse((x - a, y - b, x + a, y + b), int(rng.integers(140, 255)))
    strength = np.asarray(kernels.filter(ImageFilter.GaussianBlur(1)))[..., None] / 255
    picture = stain * (1 - strength) + np.array([0.38, 0.22, 0.55]) * strength
    return levels(picture + rng.normal(0, 0.015, picture.shape))


def x_ray(rng):
    """Gray in all its levels, bright bones on black."""
    bones = np.exp(-(((X - 0.75) / 0.3) ** 2)) * (0.3 + 0.7 * clouds(rng))
    return levels(np.repeat((bones + rng.normal(0, 0.01, bones.shape))[..., None], 3, axis=2))


def gradient(rng):
    """Every hue from dark to light, without a grain."""
    hue = np.stack([np.cos(2 * np.pi * (X / 1.5 + third / 3)) for third in range(3)], axis=2)
    return levels((0.5 + 0.5 * hue) * (0.15 + 0.85 * Y[..., None]))


def slow_gradient(rng):
    """A sky at dusk: two colors and what lies between, without a grain."""
    return levels(between((0.1, 0.12, 0.3), (0.95, 0.6, 0.4), Y**1.5))


def noise(rng):
    """Every color as likely as any other."""
    return rng.integers(256, size=(HEIGHT, WIDTH, 3), dtype=np.uint8)


def one_hue(rng):
    """Greens, from nearly black to nearly white."""
    light = np.clip(clouds(rng) + rng.normal(0, 0.02, Y.shape), 0, 1)
    strong = clouds(rng)[..., None]
    green = np.stack([0.25 * light, 0.75 * light, 0.35 * light], axis=2)
    return levels(strong * green + (1 - strong) * light[..., None] ** 0.7)


def flower_bed(rng):
    """Leaves, and many small blossoms of strong colors."""
    leaves = between((0.03, 0.12, 0.03), (0.45, 0.7, 0.25), clouds(rng))
    picture = Image.fromarray(levels(leaves + rng.normal(0, 0.03, leaves.shape)))
    draw = ImageDraw.Draw(picture)
    for x, y in rng.random((900, 2)) * (WIDTH, HEIGHT):
        color = tuple(
            map(int, levels(rng.choice([0.1, 0.5, 0.9], size=3) + rng.normal(0, 0.05, 3)))
        )
        draw.ellipse((x - 4, y - 4, x + 4, y + 4), color)
    soft = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.7)), float) / 255
    return levels(soft + rng.normal(0, 0.01, soft.shape))


def snow(rng):
    """Nearly all white, a few dark trees and one red coat."""
    white = 0.93 + 0.06 * clouds(rng)
    picture = between((0.9, 0.93, 1.0), (1, 1, 1), clouds(rng)) * white[..., None]
    picture[np.abs(X - 0.3) < 0.02] = 0.15
    picture[np.abs(X - 1.1) < 0.01] = 0.2
    picture[(np.abs(X - 0.7) < 0.015) & (np.abs(Y - 0.6) < 0.04)] = (0.8, 0.1, 0.12)
    return levels(picture + rng.normal(0, 0.012, picture.shape))


def dark_room(rng):
    """Next to nothing to see, and two lamps."""
    room = 0.04 * clouds(rng)[..., None] * (1, 0.8, 0.6)
    room += np.exp(-((X - 1.1) ** 2 + (Y - 0.3) ** 2) / 0.003)[..., None] * (1, 0.9, 0.5)
    room += np.exp(-((X - 0.3) ** 2 + (Y - 0.7) ** 2) / 0.001)[..., None] * (0.2, 0.3, 1)
    return levels(room + rng.normal(0, 0.006, room.shape))


def confetti(rng):
    """Forty colors, far apart, a few of them nearly everywhere."""
    share = rng.pareto(0.8, 40) + 0.02
    which = rng.choice(40, Y.shape, p=share / share.sum())
    return levels(rng.random((40, 3))[which] + rng.normal(0, 0.008, (HEIGHT, WIDTH, 3)))


def autumn(rng):
    """Leaves from brown to orange, and blue where the sky comes through."""
    leaves = between((0.2, 0.1, 0.02), (0.95, 0.6, 0.1), clouds(rng, (16, 8, 4, 2)))
    picture = leaves + 0.5 * clouds(rng)[..., None] * ((0.4, 0.5, 0.9) - leaves)
    return levels(picture + rng.normal(0, 0.02, picture.shape))


def sea(rng):
    """Deep water, darker and bluer further down."""
    water = between((0, 0.05, 0.15), (0.1, 0.5, 0.6), 0.7 * Y + 0.3 * clouds(rng))
    return levels(water + rng.normal(0, 0.01, water.shape))


MADE = (
    night_sky, fog, two_tones, neon, drawing, screenshot, slide, x_ray, gradient, slow_gradient,
    noise, one_hue, flower_bed, snow, dark_room, confetti, autumn, sea,
)  # fmt: skip


def every_kind():
    """All pictures by name: made here, and the samples of libraries that are installed."""
    found = {make.__name__: make(np.random.default_rng(16)) for make in MADE}
    found |= {name: to_bytes(load_photo(name)) for name in ("tulips", "harbour_dusk", "pencils")}
    with contextlib.suppress(ImportError):
        from sklearn.datasets import load_sample_images

        sample = load_sample_images()
        names = (Path(name).stem for name in sample.filenames)
        found |= dict(zip(names, sample.images, strict=True))
    with contextlib.suppress(ImportError):
        from matplotlib import cbook

        for name in ("grace_hopper.jpg", "Minduka_Present_Blue_Pack.png"):
            with cbook.get_sample_data(name) as file, Image.open(file) as picture:
                found[name.partition(".")[0]] = np.asarray(picture.convert("RGB"))
    return found


def ours(picture, K, seed):
    """The WCSS of `fast.cluster`, quick."""
    centroids, idx = fast.cluster(picture, K, np.random.default_rng(seed), quick=True)
    return float(((picture / 255 - centroids[idx]) ** 2).sum())


def theirs(colors, counts, K, seed):
    """That of scikit-learn, which may count each color once, too: the same, sooner."""
    from sklearn.cluster import KMeans

    return KMeans(K, n_init=1, random_state=seed).fit(colors, sample_weight=counts).inertia_


def main():
    """Compare, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--colors", type=int, nargs="+", default=COLORS, metavar="K")
    warnings.filterwarnings("ignore")  # scikit-learn's, of clusters that are empty at the end
    pictures, kept = every_kind(), True
    for K in parser.parse_args().colors:
        ratios, worst = {}, {}
        for name, picture in pictures.items():
            colors, counts, _ = fast.count_colors(picture)
            if len(colors) > K:
                base = statistics.fmean(theirs(colors, counts, K, seed) for seed in range(5))
                runs = [ours(picture, K, seed) / base for seed in range(3)]
                ratios[name], worst[name] = statistics.fmean(runs), max(runs)
                print(f"K = {K:3} {name:26} {ratios[name]:.4f} {worst[name]:.4f}", flush=True)
        mean, most = statistics.fmean(ratios.values()), max(worst.values())
        kept &= mean <= ON_AVERAGE and most <= AT_MOST
        print(f"K = {K}: {mean:.4f} on average (to be <= {ON_AVERAGE}), at most {most:.4f} "
              f"(to be <= {AT_MOST})")  # fmt: skip
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
