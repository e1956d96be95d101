"""K-means one half-step at a time, by slider and by hand: assign, move, assign, move ..."""

import html

import ipywidgets as widgets
import numpy as np

from helpers.doors import as_documented
from helpers.explore import walk, walk_pictures, walk_words
from helpers.explore.base import Explorer, arrow, pause
from helpers.explore.canvas import encode_small
from helpers.explore.controls import button, menu, named, picture, slider, text
from helpers.explore.cube import TURN
from helpers.explore.stills import linked_stack
from helpers.explore.walk_pictures import PEN

SEED = 8  # the start of lesson 05
MOST_POINTS = 200  # that hands can make
CENTROID_REACH, POINT_REACH, CLICK = 16, 9, 4  # pixels to what a hand takes; a click stays within
MOST_FRAMES = 40  # of the still: a wrong function may walk a hundred moves, and each takes time
END = 10**6  # the number of a half-step that no run has
NEAR, FAR = 5, 25  # pixels that an arrow key goes, without Shift and with it


@as_documented
def step_through(points, pixels=None, assign=walk.COURSE[0], move=walk.COURSE[1]):
    """Walk through K-means one half-step at a time, and move its centroids and points by hand.

    Parameters
    ----------
    points : ndarray, shape (N, 2)
        Points of a plane.
    pixels : ndarray, shape (M, 3) or (H, W, 3), values in [0, 1], optional
        The colors of a picture; of many, a sample is clustered.
    assign : callable, optional
        ``assign(X, centroids)`` -> idx, such as your own `find_closest_centroids`.
    move : callable, optional
        ``move(X, idx, K)`` -> centroids, such as your own `compute_centroids`. Where both are
        the course's, a centroid without points is put where it helps most before it moves.

    Raises
    ------
    ValueError
        All points are the same.
    """
    Walk(points, pixels, assign, move).present()


class Walk(Explorer):
    """The explorer of `step_through`.

    Its `clouds` are what can be clustered, by what the menu calls it; `cloud` is what is, as
    hands have left it; `steps` are the run that is shown, and `trouble` how it ended too early.
    """

    def __init__(self, points, pixels=None, assign=walk.COURSE[0], move=walk.COURSE[1]):
        self.clouds = {cloud.what: cloud for cloud in walk.clouds(points, pixels)}
        self.functions = (assign, move)
        self.steps, self.trouble, self.stuck = [], "", False
        self.hand, self.taken, self.begun = walk_pictures.NO_HAND, None, False
        parts = _controls(list(self.clouds))
        controls = ["what K start seed again", "back play forward step over"]
        super().__init__([*controls, "words", "picture curve", "turn", "hint", "groups"], parts)
        self.player = self.add_player("step", "play", "Pause", value=0, min=0, max=1, interval=700)
        self.when("what", self.other_cloud)
        self.when("over", self.all_over)
        self.when("K seed start", self.restart)
        self.when("again", self.other_seed)
        self.when("step", self.paint)
        self.when("turn", self.paint_points)
        self.when("back", lambda: self.go(-1))
        self.when("forward", lambda: self.go(+1))
        self.when_dragged("picture", self.handle, self.key, hover=True, late="step start")
        self.other_cloud()
        self.first = self.steps, self.trouble

    # The run

    def other_cloud(self):
        """Points or colors as they came, with the K and the start that suit them."""
        self.cloud, K = self.clouds[self.value("what")], self.parts["K"]
        self.parts["turn"].layout.display = "none" if self.cloud.flat else None
        with self.quietly(), K.hold_sync(), K.hold_trait_notifications():
            K.min, K.max, K.value = min(2, self.cloud.most), self.cloud.most, self.cloud.K
        self.put(start=self.cloud.start)
        self.restart()

    def all_over(self):
        """As it was in the beginning."""
        self.put(seed=SEED)
        self.other_cloud()

    def other_seed(self):
        """The next one."""
        self.put(seed=self.value("seed") + 1, start=walk.DRAWN)
        self.restart()

    def restart(self):
        """A new run, from the start that the controls name."""
        K, how = self.value("K"), self.value("start")
        if how == walk.BY_HAND and len(self.steps[0].centroids) == K:
            start = self.steps[0].centroids
        else:
            how = walk.DRAWN if how == walk.BY_HAND else how
            self.put(start=how)
            start = walk.first_centroids(self.cloud.X, K, self.value("seed"), how)
        self.hand = walk_pictures.NO_HAND
        self.walk_from(start, 0, safely=True)

    def walk_from(self, start, n, safely=False):
        """A new run, shown at half-step n; under a hand that carries a centroid, its beginning."""
        pause(self.player)
        self.begun = self.moving and self.taken[0] == "centroid"
        if self.begun and self.stuck:  # the hand does not wait for it again and again
            self.steps = [walk.HalfStep("start", start, None, None)]
        else:
            moves, here = 0 if self.begun else walk.MOST_MOVES, not (safely or self.stuck)
            self.steps, self.trouble = walk.run(self.cloud.X, start, self.functions, moves, here)
            self.stuck = bool(self.trouble) and len(self.steps) == 1
        last, step = len(self.steps) - 1, self.parts["step"]
        with self.quietly():
            step.max = max(last, 1)
            step.value = min(n, last)
        self.paint()

    def go(self, way):
        """One half-step back or forward."""
        pause(self.player)
        n = self.value("step") + way
        self.parts["step"].value = min(max(n, 0), len(self.steps) - 1)

    def paint(self):
        """The half-step that the slider names, in words and pictures."""
        words = self.words_now()
        heading, rest = words.split(":", 1)
        more = f" <b>{html.escape(self.trouble)}</b>" if self.trouble else ""
        self.put(words=f"<p style='margin: 0'><b>{heading}:</b>{rest}{more}</p>")
        self.paint_points()
        self.aside(self.paint_curve)

    def paint_points(self):
        """The points alone: a turn changes nothing else."""
        n, turn = self.value("step"), self.value("turn")
        picture = walk_pictures.picture_of(self.cloud, self.steps, n, turn, self.hand)
        self.draw("picture", picture)
        self.aside(self.name_points)

    def paint_curve(self):
        """What stands around the points."""
        n, last = self.value("step"), len(self.steps) - 1
        span = self.span if self.begun else None
        self.draw("curve", walk_pictures.curve_picture(self.steps, n, span))
        self.player.max = max(last, 1)
        self.put(groups=walk_words.group_chips(self.cloud, self.steps[n]))
        self.parts["back"].disabled, self.parts["forward"].disabled = n == 0, n == last
        self.rename(curve=walk_words.curve_words(self.steps, n))
        self.say_at_rest(f"{self.words_now()} {self.trouble}".strip())

    def name_points(self):
        """What the points are called, and what a hand can do with them."""
        step = self.steps[self.value("step")]
        self.put(hint=walk_words.hint_words(self.cloud, step, self.hand, self.functions))
        self.rename(picture=walk_words.picture_words(self.cloud, step))
        self.hold(picture=walk_words.hand_words(self.cloud, step, self.hand))

    def words_now(self):
        """What the half-step that is shown did."""
        if self.begun:
            return walk_words.begun_words(self.steps)
        return self.told(self.steps, self.value("step"))

    def told(self, steps, n):
        """What a half-step did."""
        how = walk_words.start_words(
            self.cloud, len(steps[0].centroids), *map(self.value, ("start", "seed"))
        )
        return walk_words.step_words(self.cloud, steps, n, how)

    # By hand

    def handle(self, _, phase, x, y):
        """A hand takes, carries and lets go what is there, or looks at it."""
        place = np.array([x, y]) * walk_pictures.SIZE
        if phase == "down":
            self.taken, self.down, self.moved = self.thing_at(place), place, False
            self.span = walk_pictures.span_of(self.steps)
        elif phase == "move" and self.taken:
            self.carry(place)
        elif phase == "up" and self.taken:
            self.let_go(place)
        elif not self.taken:
            self.look_at(place if phase == "hover" else None)

    def thing_at(self, place):
        """What lies there on the sheet: ("centroid", k), ("point", row) or ("nothing", None)."""
        things = [("centroid", self.steps[self.value("step")].centroids, CENTROID_REACH)]
        things += [("point", self.cloud.X, POINT_REACH)] * self.cloud.flat
        for kind, X, reach in things:
            ways = self.ways_to(X, place)
            if ways.min() <= reach:
                return kind, int(ways.argmin())
        return "nothing", None

    def ways_to(self, X, place):
        """How far it is on the sheet from each row of X, endless from what is nowhere."""
        ways = np.hypot(*(self.on_the_sheet(X) - place).T)
        return np.where(np.isnan(ways), np.inf, ways)

    def on_the_sheet(self, X):
        """Where rows are seen."""
        return walk_pictures.on_the_sheet(self.cloud, X, self.value("turn"))

    def carry(self, place):
        """What has been taken goes there; where nothing was, the cube turns."""
        self.moved |= bool(np.hypot(*(place - self.down)) >= CLICK)
        kind, which = self.taken
        if not self.moved:
            return
        if kind == "centroid":
            self.put_centroid(which, place)
        elif kind == "point":
            X = self.cloud.X.copy()
            X[which] = self.seen_at(place, X[which])
            self.put_points(X)
        elif not self.cloud.flat:
            way, self.down = int(place[0] - self.down[0]), place
            self.put(turn=(self.value("turn") - way + 180) % 360 - 180)
            self.paint_points()

    def let_go(self, place):
        """From here the walk goes to its end; where nothing has moved it was a click."""
        (kind, which), moved = self.taken, self.moved
        if moved:
            self.carry(place)
        elif kind == "centroid":
            self.hand = self.hand._replace(held=which)
            self.paint_points()
        elif self.cloud.flat:
            self.hand = self.hand._replace(pen=place)
            self.remove(which) if kind == "point" else self.add()
        self.taken = None

    def put_centroid(self, k, place):
        """A start of one's own: all centroids where they are, and one at a place of the sheet."""
        start = self.steps[self.value("step")].centroids.copy()
        start[k] = self.seen_at(place, start[k])
        self.hand = self.hand._replace(held=k, over=None)
        self.put(start=walk.BY_HAND)
        self.walk_from(start, 1)

    def put_points(self, X):
        """Other points, and the walk from where it began: at its end, if it was there."""
        n, refused = self.value("step"), ""
        if walk.different(X) < self.cloud.most:
            refused = f"At least {self.cloud.most} different points are needed here."
        elif len(X) > MOST_POINTS:
            refused = f"{MOST_POINTS} points are enough: take one away first."
        else:
            self.cloud = self.cloud._replace(X=X)
        held = PEN if self.hand.held == PEN else None
        self.hand = self.hand._replace(held=held, over=None, refused=refused)
        self.walk_from(self.steps[0].centroids, END if n == len(self.steps) - 1 else n)

    def add(self):
        """One point more, where the pen is."""
        x = self.seen_at(self.hand.pen, self.cloud.X[0])
        self.put_points(np.vstack([self.cloud.X, x]))

    def remove(self, row):
        """One point less."""
        self.put_points(np.delete(self.cloud.X, row, axis=0))

    def seen_at(self, place, x):
        """What is seen at a place of the sheet, as near as x is."""
        return walk_pictures.seen_at(self.cloud, place, x, self.value("turn"))

    def look_at(self, place):
        """The distances to all centroids of the point that is there."""
        kind, which = ("nothing", None) if place is None else self.thing_at(place)
        over = which if kind == "point" else None
        if over != self.hand.over:
            self.hand = self.hand._replace(over=over, refused="")
            self.paint_points()

    def key(self, _, key):
        """Keys say what the hand holds, and move it, or what lies below it."""
        way, key = arrow(key, NEAR, FAR), key.removeprefix("Shift+").lower()
        held = self.chosen(key)
        held = 0 if way and held is None else held
        self.hand = self.hand._replace(held=held, refused="")
        if way and held != PEN:
            x = self.steps[self.value("step")].centroids[held]
            (place,) = self.on_the_sheet(x[None])
            place = place if np.isfinite(place).all() else self.hand.pen
            self.put_centroid(held, place + way)
        elif way:
            self.hand = self.hand._replace(pen=self.hand.pen + way)
            self.look_at(self.hand.pen)
            self.paint_points()
        elif held == PEN and key in ("enter", " "):
            self.add()
        elif held == PEN and key in ("delete", "backspace"):
            self.remove(int(self.ways_to(self.cloud.X, self.hand.pen).argmin()))
        else:
            self.paint_points()

    def chosen(self, key):
        """What the hand holds after a key: a centroid by its number, P the pen, N the next."""
        held, things = self.hand.held, list(range(len(self.steps[0].centroids)))
        things += [PEN] * self.cloud.flat
        if key == "n":
            return things[(things.index(held) + 1) % len(things)] if held in things else 0
        named = PEN if key == "p" else int(key) if key.isdigit() else held
        return named if named in things else held

    # Without a kernel

    def words(self):
        """Where the walk through the page's points ends."""
        steps, trouble = self.first
        last = f"{self.told(steps, len(steps) - 1)} {trouble}".strip()
        return f"K-means on {len(self.cloud.X)} points, seed {SEED}, in half-steps. {last}"

    def still(self):
        """Every half-step of this walk, or of a long one some, its ends among them."""
        steps, trouble = self.first
        last, frames = len(steps) - 1, []
        for n in np.unique(np.linspace(0, last, min(len(steps), MOST_FRAMES)).round().astype(int)):
            both = (
                walk_pictures.picture_of(self.cloud, steps, n, TURN),
                walk_pictures.curve_picture(steps, n),
            )
            label = f"{n} of {last}: {steps[n].kind}"
            words = f"{self.told(steps, n)} {trouble}".strip()
            frames.append((label, encode_small(*both, colors=128), words))
        # The last frame stands where no script runs: it has the whole curve and all trails.
        return linked_stack("Half-step", frames, len(frames) - 1)


def _controls(clouds):
    K = slider("K", 3, 2, 6, width=None, flex="1 1 140px")
    seed = widgets.BoundedIntText(
        SEED,
        min=0,
        max=9999,
        description="Seed",
        style={"description_width": "initial"},
        layout={"width": "8.5em"},
    )
    turn = slider("Turn, degrees", TURN, -180, 180, 2, width="100%", max_width="500px")
    short = {"label": "initial", "width": "auto", "flex": "0 1 auto"}
    return {
        "what": menu("Show", clouds, **short),
        "K": named("K, the number of centroids", K),
        "start": menu("Start", walk.STARTS, **short),
        "seed": named("Seed of the start", seed),
        "again": button("Another seed"),
        "over": button("All as it was"),
        "back": button("Back"),
        "play": button("Play"),
        "forward": button("Forward"),
        "step": slider("Half-step", 0, 0, 1, width=None, flex="1 1 200px"),
        "words": text(min_height="3.2em", width="100%", margin="0"),
        "picture": picture(),
        "curve": picture(),
        "turn": named("Turn the cube, in degrees", turn),
        "hint": text(width="100%", margin="0"),
        "groups": text(),
    }
