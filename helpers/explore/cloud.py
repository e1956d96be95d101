"""The colors of a picture as points in a cube, to be turned."""

from helpers.codebook import find_closest_centroids
from helpers.color import to_hex
from helpers.doors import as_documented, few_enough
from helpers.explore.base import Explorer, arrow, pause
from helpers.explore.canvas import encode_small
from helpers.explore.controls import box, button, named, picture, slider, text
from helpers.explore.cube import HEIGHT, TILT, TURN, WIDTH, draw_cloud, project, view_words
from helpers.explore.stills import color_chips, still_picture
from helpers.images import some_of, to_pixels
from helpers.plots import MOST_COLORS

POINTS = 5000  # more points than this hide one another
SWEEP = 280  # degrees for a drag over the whole picture: so the near points keep to the hand
NAMED = 8  # more centroids than this have no room for their hex names in the cube
VIEWS = {  # by a short name: what its button says, turn, tilt
    "first": ("First view", TURN, TILT),
    "blue": ("Down the blue axis", -90, 90),
    "grays": ("Along the grays", 45, 35),
}


@as_documented
def cloud(X, centroids=None):
    """Turn the cloud of a picture's colors.

    Parameters
    ----------
    X : ndarray, shape (N, 3) or (H, W, 3), values in [0, 1]
        Of many pixels, a sample is drawn, the same each time.
    centroids : ndarray, shape (K, 3), values in [0, 1], optional
        Drawn large, numbered, with their hex names.
    """
    Cloud(X, centroids).present()


class Cloud(Explorer):
    """The explorer of `cloud`: it is turned by hand, by sliders, by a spin, or to three views."""

    def __init__(self, X, centroids=None):
        if centroids is not None:
            few_enough(centroids, MOST_COLORS)
        self.X = to_pixels(X)
        self.mean = to_hex(self.X.mean(axis=0))  # once: it takes as long as a picture
        self.points, self.own = some_of(self.X, POINTS), None
        self.centroids = centroids
        parts = {
            "turn": _angle("Turn", TURN, 180),
            "tilt": _angle("Tilt", TILT, 90),
            "spin": button("Spin"),
        }
        parts |= {view: button(words) for view, (words, *_) in VIEWS.items()}
        if centroids is not None:
            self.own = self.centroids[find_closest_centroids(self.points, self.centroids)]
            parts["repaint"] = box("Paint every pixel with its nearest centroid")
        parts["picture"] = picture(align_self="flex-start")
        parts["names"] = text()
        buttons = " ".join(["spin", *VIEWS])
        super().__init__(["turn tilt", buttons, "repaint", "picture", "names"], parts)
        self.player = self.add_player(
            "turn", "spin", "Stop", value=TURN, min=-180, max=180, step=2, interval=50, repeat=True
        )
        self.when("turn tilt", self.paint)
        if centroids is not None:
            self.when("repaint", self.paint)
        for view, (_, *angles) in VIEWS.items():
            self.when(view, lambda angles=angles: self.look(*angles))
        self.when_dragged("picture", self.drag, self.press)
        self.put(names=self._chips())
        self.paint()

    def look(self, turn, tilt):
        """From another side: one picture for both sliders, not one for each."""
        pause(self.player)
        with self.parts["turn"].hold_sync(), self.parts["tilt"].hold_sync():  # the picture first
            self.put(turn=(turn + 180) % 360 - 180, tilt=min(max(tilt, -90), 90))
            self.paint()

    def drag(self, _, phase, x, y):
        """A hand turns the cube: what is near goes where the hand goes."""
        if phase == "down":
            self.held = x, y, self.value("turn"), self.value("tilt")
        elif phase == "move":
            from_x, from_y, turn, tilt = self.held
            self.look(round(turn - SWEEP * (x - from_x)), round(tilt + SWEEP * (y - from_y)))
        else:
            self.paint()

    def press(self, _, key):
        """So do the arrow keys, with Shift in longer steps."""
        if way := arrow(key, near=3, far=15):
            self.look(self.value("turn") - way[0], self.value("tilt") + way[1])

    def paint(self):
        """What the sliders and the box ask for."""
        view = self.value("turn"), self.value("tilt")
        colors = self.own if self.repainted() else None
        self.draw("picture", cloud_picture(self.points, self.centroids, *view, colors))
        self.aside(self.tell)

    def repainted(self):
        """Whether every point has the color of its nearest centroid."""
        return self.own is not None and self.value("repaint")

    def tell(self):
        """The same in words."""
        painted = " Every pixel is painted with its nearest centroid." if self.repainted() else ""
        seen = view_words(self.value("turn"), self.value("tilt"))
        self.rename(picture=f"{self.words()}{painted} {seen}")
        self.hold(picture=f"{seen} Arrow keys turn it.")
        self.say_at_rest(seen)

    def words(self):
        """What the cloud holds."""
        N = len(self.X)
        drawn = f"{POINTS:,} of {N:,} pixels" if N > POINTS else f"{N:,} pixels"
        words = f"The cube of red, green and blue, and in it {drawn} as points, each in its own "
        words += f"color. Their mean is {self.mean}."
        if self.centroids is not None:
            names = ", ".join(f"{k} {to_hex(color)}" for k, color in enumerate(self.centroids))
            words += f" The numbered disks are the {len(self.centroids)} centroids: {names}."
        return words

    def still(self):
        """The first view."""
        drawn = cloud_picture(self.points, self.centroids, TURN, TILT)
        return still_picture(encode_small(drawn), self.words(), self._chips())

    def _chips(self):
        return "" if self.centroids is None else color_chips(self.centroids)


def _angle(way, value, reach):
    control = slider(f"{way}, degrees", value, -reach, reach, flex="1 1 260px")
    return named(f"{way} the cube, in degrees", control)


def cloud_picture(points, centroids, turn, tilt, colors=None):
    """`helpers.explore.cube.draw_cloud` with numbered centroids, as a Pillow picture."""
    canvas = draw_cloud(points, turn, tilt, colors)
    if centroids is not None:
        places, near = project(centroids, turn, tilt, WIDTH, HEIGHT)
        for k in near.argsort():
            canvas.disk(places[k], k, centroids[k])
            if len(centroids) <= NAMED:
                canvas.text(places[k] + (15, 0), to_hex(centroids[k]), "lm", size=12, halo=2)
    return canvas.picture()
