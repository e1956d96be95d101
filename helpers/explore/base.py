"""What every explorer stands on: named parts, answers to moves, work at rest, a clean exit.

The parts are plain ipywidgets, and a picture is an image widget that is fed with
encoded bytes. One small anywidget, `Voice`, adds what ipywidgets cannot say: the names
of slider handles, alternative texts, a line that a screen reader announces, and what
hands do on a picture. Without it every control still moves by keyboard.
"""

import asyncio
import contextlib
import gc
import threading
import time
from pathlib import Path

import anywidget
import ipywidgets as widgets
import traitlets
from IPython import get_ipython
from IPython.display import display

from helpers.explore.canvas import encode, encode_quickly
from helpers.explore.controls import row

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
# Whether a player is moving is said by another name in ipywidgets 7, which Colab has.
PLAYING = "playing" if hasattr(widgets.Play, "playing") else "_playing"
ARROWS = {"ArrowUp": (0, -1), "ArrowDown": (0, 1), "ArrowLeft": (-1, 0), "ArrowRight": (1, 0)}
REST = 0.25  # seconds without a move after which a slider counts as resting
STILL = 0.1  # and a hand that holds something as still
LATE = 1.0  # seconds after which even a hand that is never still sees what is aside

_explorers = {}  # by page and cell: the explorers that the cell's last run has shown


class Voice(anywidget.AnyWidget):
    """What the explorer around it is called, and what it says."""

    # The text, not the path: anywidget would watch a file, and hold every Voice for ever.
    _esm = (Path(__file__).parent / "voice.js").read_text(encoding="utf-8")
    # By the short name of a part, the name of the control, or the picture's alternative text.
    names = traitlets.Dict().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)  # announced to screen readers when it changes
    # By the short name of a picture that hands can move: what they hold, in words, and
    # whether it is told when they hover.
    hands = traitlets.Dict().tag(sync=True)

    def __init__(self):
        super().__init__(layout={"order": "-1"})  # above the explorer's rows


class Explorer(widgets.VBox):
    """Rows of controls and pictures that move together: the base of every explorer.

    Each explorer is one class in one file. It makes its parts and hands them over, says
    `when` a part is moved what is to be done, and answers two questions for `present`:
    its `words` and its `still`.

    `parts` are the widgets that a person moves or looks at, by a short name: each gets the CSS
    class ``sixteen-`` and that name. `rows` stand from top to bottom: each is a widget, or the
    names of those parts that stand beside one another ("K photo"); what is no part is left out.
    """

    parts = None  # until it has been made: one that is refused its input never is
    moving = False  # whether a hand that moves is being answered: `when_dragged`

    def __init__(self, rows, parts):
        self.parts = parts
        self.voice = Voice()
        self._links = []  # of `jslink`: closed with the explorer, though in none of its rows
        self._cells = threading.get_ident(), _loop()  # where the page's cells run: `_in_turn`
        self._quiet = False
        self._aside = {}  # as a set that keeps its order: what waits until a hand is still
        self._work = self._steps = None
        self.hear("asked", lambda *_: self.voice.send("here"))  # whether somebody answers
        super().__init__([*_in_rows(rows, parts), self.voice])
        self.add_class("sixteen-explorer")
        for name, widget in parts.items():
            widget.add_class(f"sixteen-{name}")
        self.rename(
            **{name: part.spoken for name, part in parts.items() if hasattr(part, "spoken")}
        )

    # What it shows in a page

    def words(self):
        """What it shows, in numbers: what a plain text page says, and what nbval compares."""
        raise NotImplementedError

    def still(self):
        """What stands for it where no kernel runs, as HTML: see `helpers.explore.stills`."""
        raise NotImplementedError

    def present(self):
        """Show it, with a still for pages without a kernel.

        Running a cell again closes the explorers that it showed before.
        """
        _close_the_former(self)
        self._display()

    def _ipython_display_(self):
        """As the last line of the cell that has shown it, it is not shown twice."""
        cell, run = _where_we_are()
        shown_in, explorers = _explorers.get(cell, (None, []))
        if shown_in != run or self not in explorers:
            self._display()

    def _display(self):
        display(
            {
                WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": self.model_id},
                "text/html": self.still(),
                "text/plain": f"[Explorer] {self.words()}",
            },
            raw=True,
        )

    # What it is called, and what it says

    def rename(self, **names):
        """Give some parts new names or alternative texts; the others keep theirs."""
        self.voice.names = {**self.voice.names, **names}

    def say(self, words):
        """Announce a sentence to those who do not see the picture change."""
        self.voice.said = words

    def say_at_rest(self, words, more=lambda: ""):
        """Announce a sentence once nothing has moved for a moment, then what takes a while."""

        def work():
            self.say(words)
            yield
            if news := more():
                self.say(f"{words} {news}")

        self.when_resting(work())

    # What moves it

    def value(self, name):
        """What a part holds right now."""
        return self.parts[name].value

    def put(self, **values):
        """Give parts new values: no move of a person, so nobody answers."""
        with self.quietly():
            for name, value in values.items():
                self.parts[name].value = value

    def draw(self, name, picture, photo=False):
        """Show a Pillow picture in a part; under a hand that moves, in a format soon made."""
        part, soon = self.parts[name], photo or self.moving
        with part.hold_sync():
            part.format = "jpeg" if soon else "png"
            part.value = encode_quickly(picture) if soon else encode(picture)

    @contextlib.contextmanager
    def quietly(self):
        """What the program itself moves meanwhile is not answered."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def when(self, names, answer):
        """Call ``answer()`` when a person moves or presses one of these parts: "K photo"."""
        waiting = []

        def now():
            waiting.clear()
            if not self._quiet:
                answer()

        def moved(_):
            if not waiting:  # an answer to come finds the newest value
                waiting.append(now)
                self._in_turn(now)

        for part in map(self.parts.get, names.split()):
            if isinstance(part, widgets.Button):
                part.on_click(lambda _: self._in_turn(now))
            else:
                part.observe(moved, names="value")

    def hear(self, kind, answer):
        """Call ``answer(told, buffers)`` for what the page tells of this kind."""

        def heard(_, told, buffers):
            if kind in told:
                self._in_turn(answer, told, buffers)

        self.voice.on_msg(heard)

    def _in_turn(self, answer, *given):
        """Call it where the page's cells run, between two of them.

        JupyterLab sends moves to a thread of their own, a subshell. Answered there, they would
        meet a cell half-way, whose variables a trial of a learner's function replaces for a
        moment, or a step of the explorer's own work at rest.
        """
        thread, loop = self._cells
        if loop is None or thread == threading.get_ident():
            answer(*given)
        else:
            loop.call_soon_threadsafe(lambda: self.comm and answer(*given))  # unless it is closed

    def when_clicked(self, answer):
        """Call ``answer(name, x, y)`` for a click on a picture, x and y in 0..1."""
        self.hear("name", lambda told, _: answer(told["name"], told["x"], told["y"]))

    def when_dragged(self, names, answer, keyed=lambda name, key: None, hover=False, late=""):
        """Let hands and keys move these pictures: "picture".

        ``answer(name, phase, x, y)`` is called with the phases "down", "move" and "up", and
        for a hand that hovers with "hover" and "leave"; x and y are shares of the sides, and
        beyond 0..1 where a hand that holds something has left the picture. ``keyed(name, key)``
        is called with "ArrowUp", "Shift+ArrowUp", "Enter", "Delete", "a" ... Until an answer
        has come to its end, no other is asked for, and of the moves meanwhile only the newest
        is kept. What a hand holds is said by `hold`. What nobody looks at while it moves is
        done `aside`; of the parts that are ``late``, such as "step", the page hears then, too.
        """
        waiting, late = contextlib.ExitStack(), [self.parts[name] for name in late.split()]
        self.hold(**dict.fromkeys(names.split(), ""))
        self.voice.hands = {n: {**hand, "hover": hover} for n, hand in self.voice.hands.items()}

        def moved(told, _):
            self.moving = told.get("phase") == "move"
            if self.moving and late:
                for part in late:
                    waiting.enter_context(part.hold_sync())
                self.aside(waiting.close)
            try:
                if "key" in told:
                    keyed(told["hand"], told["key"])
                else:
                    answer(told["hand"], told["phase"], told["x"], told["y"])
            finally:
                moving, self.moving = self.moving, False
                self.voice.send("done")
            if moving and self._aside:
                left = self._aside_since + LATE - time.monotonic()
                self.when_resting(self._follow(), min(STILL, max(0, left)))
            elif not moving:
                list(self._follow())

        self.hear("hand", moved)

    def aside(self, work):
        """Call a method now; under a hand that moves, once it is still, or after a second."""
        if not self._aside:
            self._aside_since = time.monotonic()
        self._aside[work] = True
        if not self.moving:
            del self._aside[work]
            work()

    def _follow(self):
        """Do what is aside, as one step: some of it may ask for other work at rest."""
        for work in list(self._aside):
            self.aside(work)
        yield

    def hold(self, **words):
        """Say what a hand holds on a picture, for those who do not see it."""
        hands = self.voice.hands
        holds = {name: {**hands.get(name, {}), "holds": words[name]} for name in words}
        self.voice.hands = {**hands, **holds}

    def when_uploaded(self, answer):
        """Call ``answer(name, content)`` for a file from the learner's machine.

        It comes by the voice, in pieces: in one message a server takes 10 MB, and a phone's
        photo is larger. Without the voice it comes whole, by the widget.
        """
        pieces = []

        def take_piece(told, buffers):
            if told["start"] == 0:
                pieces.clear()
            pieces.extend(map(bytes, buffers))
            if sum(map(len, pieces)) == told["size"]:
                answer(told["file"], b"".join(pieces))
                pieces.clear()

        def take_whole():
            files = self.value("upload")
            if isinstance(files, dict):  # by name in ipywidgets 7, which Colab has
                files = [{"name": name, **file} for name, file in files.items()]
            for file in files:
                answer(file["name"], bytes(file["content"]))

        self.hear("file", take_piece)
        self.when("upload", take_whole)

    def add_player(self, slider, button, stop, **numbers):
        """Let a button start an `ipywidgets.Play` that moves a slider, and stop it by that word.

        The slider follows in the page itself, so that Python can never fall behind. The
        player is out of sight, for its own buttons have no names.
        """
        player = widgets.Play(**numbers, layout={"display": "none"})
        go = self.parts[button].description

        def rename(_):
            self.parts[button].description = stop if getattr(player, PLAYING) else go

        def press():
            player.set_trait(PLAYING, not getattr(player, PLAYING))

        self.when(button, press)
        player.observe(rename, names=PLAYING)
        self._links.append(widgets.jslink((player, "value"), (self.parts[slider], "value")))
        self.children += (player,)
        return player

    # Work at rest

    def when_resting(self, steps, after=REST):
        """Do a piece of work in small steps, once nothing has moved for so many seconds.

        Work that has not been finished is dropped, never queued. Where no event loop
        runs (a script, a test) nothing is done: `finish` does it. Each step takes less
        than a tenth of a second, and may yield the seconds to wait before the next.
        """
        self.drop_work()
        self._steps = steps
        loop = _loop()
        if loop is None:
            return
        self._work = loop.call_later(after, self._one_step, loop)

    def _one_step(self, loop):
        steps = self._steps
        try:
            pause = next(steps)
        except StopIteration:
            if steps is self._steps:
                self.drop_work()
            return
        if steps is self._steps:  # the step may have put other work in its place
            # Even without a pause the keys that were pressed meanwhile come first.
            self._work = loop.call_later(pause or 0, self._one_step, loop)

    def finish(self):
        """Do all the work that waits for a rest, and what comes of it, now."""
        while self._steps is not None:
            steps = self._steps
            self.drop_work()
            for _ in steps:
                pass

    def drop_work(self):
        """Forget the work that waits for a rest."""
        if self._work is not None:
            self._work.cancel()
        self._work = self._steps = None

    def close(self):
        """Take the explorer and all its parts off the page and out of memory."""
        if self.parts is None:  # Python closes it when it forgets it
            return
        self.drop_work()
        for widget in [*_all_widgets(self), *self._links]:
            widget.unobserve_all()
            widgets.Widget.close(widget)


def _loop():
    """The event loop that runs in this thread, if there is one."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _in_rows(rows, parts):
    for names in rows:
        found = [names]
        if isinstance(names, str):
            found = [parts[name] for name in names.split() if name in parts]
        if found:
            yield row(*found) if len(found) > 1 else found[0]


def arrow(key, near, far):
    """How far a key leads to the right and down, with Shift further; None if it is no arrow."""
    steps = far if key.startswith("Shift+") else near
    way = ARROWS.get(key.removeprefix("Shift+"))
    return way and (steps * way[0], steps * way[1])


def pause(player):
    """Let what `Explorer.add_player` has made move its slider no further."""
    player.set_trait(PLAYING, False)


def _all_widgets(widget):
    """A widget, all that it contains, and their layouts and styles."""
    found = [widget]
    for child in getattr(widget, "children", ()):
        found += _all_widgets(child)
    for extra in ("layout", "style"):
        if isinstance(getattr(widget, extra, None), widgets.Widget):
            found.append(getattr(widget, extra))
    return found


def _close_the_former(explorer):
    cell, run = _where_we_are()
    former_run, explorers = _explorers.get(cell, (None, []))
    if former_run != run and explorers:
        while explorers:
            explorers.pop().close()
        gc.collect()  # their pictures are large, and Python might keep them for a while
    _explorers[cell] = (run, [*explorers, explorer])


def _where_we_are():
    """The cell that is running, and the number of this run of it."""
    shell = get_ipython()
    if shell is None or not hasattr(shell, "get_parent"):
        return None, None
    request = shell.get_parent()
    cell = request.get("metadata", {}).get("cellId") or request.get("content", {}).get("code")
    return cell, request.get("header", {}).get("msg_id")
