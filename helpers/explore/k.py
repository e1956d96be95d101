"""How many colors does a picture need? A slider for K, with K-means really run."""

import numpy as np

from helpers import fast, images
from helpers.color import colors_in_words
from helpers.doors import as_documented
from helpers.explore.controls import named, picture, row, slider, text, toggles
from helpers.explore.own import Own, Trouble, called, colored
from helpers.explore.painted import paint
from helpers.explore.photos import THIS_PAGES, PhotoExplorer, page_share, photo_parts
from helpers.explore.stills import facts_html, linked_stack, palette_html, sentence_html
from helpers.kmeans import kmeans_init_centroids, run_kmeans

LAYOUTS = ("beside the original", "alone")
LONG_REST = 0.5  # seconds more, before the file is packed as small as it gets
MOVING, RESTING = "moving: K-means on a coarse grid", "at rest: K-means to its end"
PACKING = "resting: the file is still packed quickly"
STACK = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)  # the K of the still pictures
STACK_SIDE = 768  # pixels: eleven of them stay below 1 MB
SAMPLE, MOST_THEIRS, MOVES = 2500, 32, 20  # pixels, K and moves for a learner's own K-means


@as_documented
def explore_k(image, K=16, largest=64, upload=True, show="costs", kmeans=run_kmeans):
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
    show : {"costs", "palette"}
        What stands below the pictures: the palette alone, or what it costs as well.
    kmeans : callable
        ``kmeans(X, initial_centroids, max_iters)`` -> (centroids, idx). One of your own runs
        when the slider rests, on 2,500 pixels from K of them, for up to 32 colors.
    """
    explorer = Colors(image, K, largest, upload, show, kmeans)
    explorer.finish()
    explorer.present()


class Colors(PhotoExplorer):
    """The explorer of `explore_k`; `answers` holds by K what has been shown at rest."""

    def __init__(self, image, K, largest, upload=True, show="costs", kmeans=run_kmeans):
        self.largest, self.with_costs = largest, show == "costs"
        self.kmeans = Own(kmeans)
        parts = {
            "K": named("Number of colors K", slider("Colors K", K, 1, largest, label="")),
            **photo_parts(upload),
            "layout": named("Where the repainted picture stands", toggles(LAYOUTS)),
            # Two halves and the gap between them are more than the row: both give way.
            "original": picture("jpeg", min_width="0"),
            "picture": picture(min_width="0"),
            "facts": text(),
        }
        both = row(parts["original"], parts["picture"], flex_flow="row nowrap")
        super().__init__(["K", "photo upload layout", "said", both, "facts"], parts)
        self.when("K", self.move)
        self.when("layout", self.lay_out)
        self.offer(image)

    def show_photo(self, image):
        """Another picture, and whether it has fewer colors than the slider."""
        self.image, self.answers = image, {}
        self.palettes = fast.Palettes(image, self.largest)
        self.sample = images.some_of(images.to_pixels(image), SAMPLE)
        many = len(self.palettes.colors)
        few = self.end_at(self.largest, many)
        self.lay_out()
        self.put(original=images.encode_jpeg(images.in_sight(image)))
        self.rename(original=f"The original: {colors_in_words(many)}")
        self.move()
        return few

    def move(self):
        """A coarse answer at once, and the rest at rest."""
        self.drop_work()
        K = self.value("K")
        if K in self.answers:
            self.show(*self.answers[K])
            self.say_at_rest(self.result(K))
            return
        centroids = self.palettes.choose(K)
        self.show(paint(self.palettes, centroids), MOVING)
        self.when_resting(self.improve(K, centroids))

    def improve(self, K, centroids):
        """K-means to its end, step by step; then, after another rest, the smallest file."""
        ready, news = RESTING, ""
        try:
            if self.kmeans.is_theirs:
                centroids, ready = self.theirs(K), f"at rest: your {self.kmeans.name} on a sample"
        except Trouble as trouble:
            news = trouble.sentence
        if ready == RESTING:
            for better in self.palettes.refine(centroids, tol=0):
                centroids = better.centroids
                yield
        self.show(paint(self.palettes, centroids), PACKING, news)
        yield LONG_REST
        self.answers[K] = paint(self.palettes, centroids, compress_level=9), ready, news
        self.show(*self.answers[K])
        self.say(self.result(K))

    def result(self, K):
        """What has come out for K, in words."""
        painted, _, news = self.answers[K]
        return f"{self.words_of(painted)} {news}".strip()

    def theirs(self, K):
        """The palette that the learner's own K-means finds."""
        X, name = self.sample, f"your {self.kmeans.name}"
        if K > MOST_THEIRS:
            raise Trouble(f"From {MOST_THEIRS + 1} colors on the course's K-means goes on alone.")
        if len(np.unique(X, axis=0)) < K:
            raise Trouble(
                f"The {len(X):,} pixels for {name} have too few colors: the course's ran."
            )
        start = kmeans_init_centroids(X, K, np.random.default_rng(0))
        got = self.kmeans(X, start, MOVES)
        if type(got) not in (tuple, list) or len(got) != 2:
            came = "None" if got is None else "something else"
            raise Trouble(
                f"{called(self.kmeans.function)} returns {came}; wanted are centroids and idx."
            )
        return colored(self.kmeans.function, got[0], (K, 3), "a color for each centroid")

    def show(self, painted, state, news=""):
        """A picture, its palette, what it costs and how it was found."""
        self.painted = painted
        facts = painted.costs() if self.with_costs else {"Colors": f"K = {painted.K}"}
        how = state if self.with_costs or self.kmeans.is_theirs else ""
        told = sentence_html(news, bold=True) if news else ""
        below = told + facts_html(facts, how) + palette_html(painted.codebook)
        self.put(picture=painted.shown, facts=below)
        self.rename(picture=f"The picture repainted: {self.words()}")

    def lay_out(self):
        """Both pictures side by side, or the repainted one alone."""
        alone = self.value("layout") == "alone"
        self.parts["original"].layout.display = "none" if alone else None
        for name in ("original", "picture"):
            self.parts[name].layout.width = page_share(self.image, 100 if alone else 50)

    def words(self):
        """What the picture costs."""
        return self.words_of(self.painted)

    def words_of(self, painted):
        """What a picture costs, or which colors make most of it."""
        return painted.words() if self.with_costs else f"K = {painted.K}. {painted.most()}"

    def still(self):
        """A slider for some K that works without a kernel."""
        frames = still_frames(self.own[THIS_PAGES], self.words_of)
        nearest = min(range(len(frames)), key=lambda n: abs(int(frames[n][0]) - self.value("K")))
        return linked_stack("Colors K", frames, nearest)


def still_frames(image, words):
    """The pictures that a page without a kernel shows, one for each K of `STACK` that there is."""
    palettes = fast.Palettes(images.shrink(image, STACK_SIDE))
    frames = []
    for K in sorted({min(K, len(palettes.colors)) for K in STACK}):
        painted = paint(palettes, palettes.quick(K).centroids, compress_level=6)
        frames.append((str(K), painted.shown, words(painted)))
    return frames
