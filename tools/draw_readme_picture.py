"""Draw the picture at the top of the README: the tulips, sixteen colors, and the palette.

python tools/draw_readme_picture.py
"""

import matplotlib
import numpy as np

from helpers import images, kmeans, plots


def main():
    """Repaint the photograph as lesson 00 does, and write the figure."""
    photo = images.load_photo("tulips")
    X = images.to_pixels(photo)
    start = kmeans.kmeans_init_centroids(X, 16, np.random.default_rng(2))
    palette, idx = kmeans.run_kmeans(X, start, max_iters=30)
    sixteen = images.to_image(palette[idx], *photo.shape[:2])
    title = "Sixteen colors keep the petals and lose the sky"
    with matplotlib.rc_context(plots.STYLE):
        figure = plots.hero_figure(photo, sixteen, palette, title)
        picture = plots.encode_figure(figure, "png")
    images.save_files({images.DATA / "sixteen_colors.png": picture}, overwrite=True)


if __name__ == "__main__":
    main()
