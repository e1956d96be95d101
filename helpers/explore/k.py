"""How many colors does a picture need? A slider for K, with K-means really run."""

import html

import ipywidgets as widgets

from helpers import fast, images
from helpers.explore import repaint, stage

THIS_PAGES = "this page's picture"
PHOTOS = {"tulips": "tulips", "harbor at dusk": "harbour_dusk", "pencils": "pencils"}
UPLOADED = "your own photo"
LONGEST_SIDE = 768  # pixels of an uploaded picture, so that it moves as fast as the others
LONG_REST = 0.5  # seconds more, before the file is packed as small as it gets
MOVING, RESTING = "moving: K-means on a coarse grid", "at rest: K-means to its end"
PACKING = "resting: the file is still packed quickly"
STACK = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)  # the K of the still pictures
STACK_SIDE = 768  # pixels: eleven of them stay below 1 MB


def explore_k(image, K=16, largest=64, upload=True):
    """A slider for the number of colors, with the picture, its palette and its cost.

    Each move runs K-means on the picture's colors, coarsely; when the slider rests,
    K-means goes on to its end, and the file is packed as small as it gets.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    K : int
        Where the slider starts.
    largest : int, at most 256
        Where it ends.
    upload : bool
        Whether it offers to upload a photo: False on a page that has a place for that.
    """
    explorer = k_explorer(image, K, largest, upload)
    explorer.finish()
    still = stage.linked_stack("Colors K", still_frames(image), STACK.index(_nearest(K)))
    stage.present(explorer, still, repaint.words(explorer.answers[K]))


def k_explorer(image, K, largest, upload=True):
    """The live part of `explore_k`.

    Parameters
    ----------
    image, K, largest, upload
        As in `explore_k`.

    Returns
    -------
    stage.Explorer
        Its parts are "K", "photo", "upload" (if it is offered), "layout", "original",
        "picture", "facts", "said".
    """
    parts = {
        "K": widgets.IntSlider(
            value=K, min=1, max=largest, description="Colors K", layout={"width": "auto"}
        ),
        "photo": widgets.Dropdown(
            options=[THIS_PAGES, *PHOTOS], description="Picture", layout={"width": "20em"}
        ),
        "layout": widgets.ToggleButtons(
            options=["beside the original", "alone"], style={"button_width": "auto"}
        ),
        "said": widgets.HTML(),
        "original": widgets.Image(format="jpeg"),
        "picture": widgets.Image(format="png"),
        "facts": widgets.HTML(),
    }
    names = {
        "K": "Number of colors K",
        "photo": "Picture to repaint",
        "layout": "Where the repainted picture stands",
    }
    if upload:
        parts["upload"] = widgets.FileUpload(
            accept="image/*", description=UPLOADED.capitalize(), layout={"width": "auto"}
        )
        names["upload"] = "Upload a photo of your own"
    choices = [parts[name] for name in ("photo", "upload", "layout") if name in parts]
    rows = [
        parts["K"],
        stage.row(*choices),
        parts["said"],
        stage.row(parts["original"], parts["picture"], wrap=False),
        parts["facts"],
    ]
    explorer = stage.Explorer(rows, parts, names)
    _make_it_move(explorer, image, largest)
    return explorer


def _make_it_move(explorer, image, largest):
    parts, photos = explorer.parts, {THIS_PAGES: image}

    def take_photo(name):
        if name not in photos:
            photos[name] = images.load_photo(PHOTOS[name])
        explorer.palettes, explorer.answers = fast.Palettes(photos[name], largest), {}
        parts["original"].value = images.encode_jpeg(photos[name])
        move(parts["K"].value)

    def move(K):
        explorer.drop_work()
        if K in explorer.answers:
            show(explorer.answers[K], RESTING)
            return
        centroids = explorer.palettes.choose(min(K, len(explorer.palettes.colors)))
        show(repaint.paint(explorer.palettes, centroids), MOVING)
        explorer.when_resting(improve(K, centroids))

    def improve(K, centroids):
        for better in explorer.palettes.refine(centroids, tol=0):
            centroids = better.centroids
            yield
        show(repaint.paint(explorer.palettes, centroids), PACKING)
        yield LONG_REST
        explorer.answers[K] = repaint.paint(explorer.palettes, centroids, compress_level=9)
        show(explorer.answers[K], RESTING)
        explorer.say(repaint.words(explorer.answers[K]))

    def show(painted, state):
        parts["picture"].value = painted.png
        parts["facts"].value = facts_html(painted, state)
        explorer.rename(
            original=f"The original: {len(explorer.palettes.colors):,} colors",
            picture=f"The picture repainted: {repaint.words(painted)}",
        )

    def lay_out(layout):
        alone = layout == "alone"
        parts["original"].layout.display = "none" if alone else None
        for name in ("original", "picture"):
            parts[name].layout.width = "100%" if alone else "50%"

    def take_upload(files):
        if not files:
            return
        try:
            photo = images.load_image(bytes(files[0]["content"]), longest_side=LONGEST_SIDE)
        except ValueError as error:
            parts["said"].value = html.escape(str(error))
            return
        parts["said"].value = ""
        photos[UPLOADED] = photo
        if parts["photo"].value == UPLOADED:
            take_photo(UPLOADED)
        parts["photo"].options = [*parts["photo"].options[: 1 + len(PHOTOS)], UPLOADED]
        parts["photo"].value = UPLOADED

    parts["K"].observe(lambda change: move(change["new"]), names="value")
    parts["photo"].observe(lambda change: take_photo(change["new"]), names="value")
    if "upload" in parts:
        parts["upload"].observe(lambda change: take_upload(change["new"]), names="value")
    parts["layout"].observe(lambda change: lay_out(change["new"]), names="value")
    lay_out(parts["layout"].value)
    take_photo(THIS_PAGES)


def facts_html(painted, state):
    """What a repainted picture costs, as HTML: K, MSE, PSNR, bits, bytes, and the palette.

    Parameters
    ----------
    painted : repaint.Painted
    state : str
        How the numbers were found.

    Returns
    -------
    str
    """
    raw = 3 * painted.pixels
    facts = {
        "Colors": f"K = {painted.K}",
        "MSE": f"{painted.mse:.7f}",
        "PSNR": f"{painted.psnr:.2f} dB",
        "On paper": f"{painted.bits / painted.pixels:.2f} bits per pixel",
        "Smaller on paper": f"{8 * raw / painted.bits:.1f} times",
        "Indexed PNG": f"{len(painted.png):,} bytes",
        "Smaller on disk": f"{raw / len(painted.png):.1f} times",
    }
    return stage.facts_html(facts, state) + stage.palette_html(painted.codebook)


def still_frames(image):
    """The pictures that a page without a kernel shows: a frame for each K of ``STACK``.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]

    Returns
    -------
    list of (label, png, words)
    """
    palettes = fast.Palettes(images.shrink(image, STACK_SIDE))
    frames = []
    for K in STACK:
        painted = repaint.paint(palettes, palettes.quick(K).centroids, compress_level=6)
        frames.append((str(K), painted.png, repaint.words(painted)))
    return frames


def _nearest(K):
    return min(STACK, key=lambda other: abs(other - K))
