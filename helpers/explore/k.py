"""How many colors does a picture need? A slider for K, with K-means really run."""

import html

from helpers import fast, images
from helpers.color import colors_in_words
from helpers.doors import as_documented
from helpers.explore.base import Explorer
from helpers.explore.controls import named, picture, row, slider, text, toggles
from helpers.explore.painted import paint
from helpers.explore.photos import (
    COURSE,
    THIS_PAGES,
    end_at,
    page_share,
    photo_called,
    photo_menu,
    upload_button,
)
from helpers.explore.stills import facts_html, linked_stack, palette_html
from helpers.plots import in_sight

UPLOADED = "your own photo"
LAYOUTS = ("beside the original", "alone")
LONGEST_SIDE = 768  # pixels of an uploaded picture, so that it moves as fast as the others
LONG_REST = 0.5  # seconds more, before the file is packed as small as it gets
MOVING, RESTING = "moving: K-means on a coarse grid", "at rest: K-means to its end"
PACKING = "resting: the file is still packed quickly"
STACK = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)  # the K of the still pictures
STACK_SIDE = 768  # pixels: eleven of them stay below 1 MB


@as_documented
def explore_k(image, K=16, largest=64, upload=True):
    """A slider for the number of colors, with the picture, its palette and its cost.

    Each move runs K-means on the picture's colors, coarsely; when the slider rests,
    K-means goes on to its end, and the file is packed as small as it gets.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    K : int, 1 or more
        Where the slider starts.
    largest : int, 1 to 256
        Where it ends; a picture of fewer colors ends it earlier.
    upload : bool
        Whether it offers to upload a photo: False on a page that has a place for that.
    """
    explorer = Colors(image, K, largest, upload)
    explorer.finish()
    explorer.present()


class Colors(Explorer):
    """The explorer of `explore_k`.

    Attributes
    ----------
    own : dict
        The pictures that are not the course's, by the name in the menu.
    image : ndarray, shape (H, W, 3)
        The picture that is shown.
    palettes : fast.Palettes
        Of this picture.
    painted : Painted
        What is shown.
    answers : dict
        What has been shown at rest, by K.
    """

    def __init__(self, image, K, largest, upload=True):
        self.own, self.largest = {THIS_PAGES: image}, largest
        parts = {
            "K": named("Number of colors K", slider("Colors K", K, 1, largest, label="")),
            "photo": photo_menu(),
            "upload": upload_button(UPLOADED.capitalize()),
            "layout": named("Where the repainted picture stands", toggles(LAYOUTS)),
            "said": text(),
            "original": picture("jpeg"),
            "picture": picture(),
            "facts": text(),
        }
        if not upload:
            del parts["upload"]
        choices = [parts[name] for name in ("photo", "upload", "layout") if name in parts]
        rows = [
            parts["K"],
            row(*choices),
            parts["said"],
            row(parts["original"], parts["picture"], flex_flow="row nowrap"),
            parts["facts"],
        ]
        super().__init__(rows, parts)
        self.when("K", self.move)
        self.when("photo", self.take_photo)
        self.when("layout", self.lay_out)
        if upload:
            self.when_uploaded(self.take_upload)
        self.take_photo()

    def take_photo(self, notes=""):
        """The picture that the menu names, and notes on how it was read."""
        image = photo_called(self.value("photo"), self.own)
        self.palettes, self.answers = fast.Palettes(image, self.largest), {}
        many = len(self.palettes.colors)
        with self.quietly():
            few = end_at(self.parts["K"], self.largest, many)
        self.image = image
        self.lay_out()
        said = html.escape(f"{notes} {few}".strip())
        self.put(original=images.encode_jpeg(in_sight(image)), said=said)
        self.rename(original=f"The original: {colors_in_words(many)}")
        self.move()

    def take_upload(self, name, content):
        """A picture from the learner's machine, which the menu then offers as well."""
        try:
            photo, notes = images.with_notes(lambda: images.load_image(content, LONGEST_SIDE, name))
        except ValueError as error:
            self.put(said=html.escape(str(error)))
            self.say(str(error))
            return
        self.own[UPLOADED] = photo
        with self.quietly():
            self.parts["photo"].options = [THIS_PAGES, *COURSE, UPLOADED]
            self.parts["photo"].value = UPLOADED
        self.take_photo(notes)

    def move(self):
        """A coarse answer at once, and the rest at rest."""
        self.drop_work()
        K = self.value("K")
        if K in self.answers:
            self.show(self.answers[K], RESTING)
            return
        centroids = self.palettes.choose(K)
        self.show(paint(self.palettes, centroids), MOVING)
        self.when_resting(self.improve(K, centroids))

    def improve(self, K, centroids):
        """K-means to its end, step by step; then, after another rest, the smallest file."""
        for better in self.palettes.refine(centroids, tol=0):
            centroids = better.centroids
            yield
        self.show(paint(self.palettes, centroids), PACKING)
        yield LONG_REST
        self.answers[K] = paint(self.palettes, centroids, compress_level=9)
        self.show(self.answers[K], RESTING)
        self.say(self.words())

    def show(self, painted, state):
        """A picture, what it costs and how it was found."""
        self.painted = painted
        self.put(picture=painted.shown, facts=cost_html(painted, state))
        self.rename(picture=f"The picture repainted: {self.words()}")

    def lay_out(self):
        """Both pictures side by side, or the repainted one alone."""
        alone = self.value("layout") == "alone"
        self.parts["original"].layout.display = "none" if alone else None
        for name in ("original", "picture"):
            self.parts[name].layout.width = page_share(self.image, 100 if alone else 50)

    def words(self):
        """What the picture costs."""
        return self.painted.words()

    def still(self):
        """A slider for some K that works without a kernel."""
        frames = still_frames(self.own[THIS_PAGES])
        nearest = min(range(len(frames)), key=lambda n: abs(int(frames[n][0]) - self.value("K")))
        return linked_stack("Colors K", frames, nearest)


def cost_html(painted, state):
    """What a repainted picture costs, and its palette, as HTML."""
    pixels, size = painted.idx.size, len(painted.png)
    facts = {
        "Colors": f"K = {painted.K}",
        "MSE": f"{painted.mse:.7f}",
        "PSNR": f"{painted.psnr:.2f} dB",
        "On paper": f"{painted.bits / pixels:.2f} bits per pixel",
        "Smaller on paper": f"{24 * pixels / painted.bits:.1f} times",
        "Indexed PNG": f"{size:,} bytes",
        "Smaller on disk": f"{3 * pixels / size:.1f} times",
    }
    return facts_html(facts, state) + palette_html(painted.codebook)


def still_frames(image):
    """The pictures that a page without a kernel shows, one for each K of `STACK` that there is."""
    palettes = fast.Palettes(images.shrink(image, STACK_SIDE))
    frames = []
    for K in sorted({min(K, len(palettes.colors)) for K in STACK}):
        painted = paint(palettes, palettes.quick(K).centroids, compress_level=6)
        frames.append((str(K), painted.shown, painted.words()))
    return frames
