"""What all explorers stand on: named controls, work at rest, a still, a clean exit.

The parts are plain ipywidgets, and a picture is an image widget that is fed with
encoded bytes. One small anywidget, `Voice`, adds what ipywidgets cannot say: the names
of slider handles, alternative texts, a line that a screen reader announces, and the
place of a click on a picture. Without it everything still moves by keyboard.
"""

import asyncio
import base64
import gc
import html
import json
from pathlib import Path

import anywidget
import ipywidgets as widgets
import traitlets
from IPython import get_ipython
from IPython.display import display

from helpers.color import srgb_to_lab, to_hex

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
REST = 0.25  # seconds without a move after which a slider counts as resting

_explorers = {}  # by page and cell: the explorers that the cell's last run has shown


class Voice(anywidget.AnyWidget):
    """What the explorer around it is called, and what it says.

    Attributes
    ----------
    names : dict
        By the short name of a part, the name of the control or the alternative text of
        the picture.
    said : str
        Announced to screen readers when it changes.
    """

    # The text, not the path: anywidget would watch a file, and hold every Voice for ever.
    _esm = (Path(__file__).parent / "voice.js").read_text(encoding="utf-8")
    names = traitlets.Dict().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)


class Explorer(widgets.VBox):
    """Rows of controls and pictures that move together.

    Parameters
    ----------
    rows : list of ipywidgets.Widget
        From top to bottom.
    parts : dict
        The widgets that a person moves or looks at, by a short name: each gets the CSS
        class ``sixteen-`` and that name.
    names : dict
        What assistive technology calls a part, or the alternative text of a picture, by
        its short name.
    """

    def __init__(self, rows, parts, names):
        self.parts = parts
        self.links = []  # of `jslink`: closed with the explorer, though in none of its rows
        self._voice = Voice()
        self._work, self._steps = None, iter(())
        super().__init__([*rows, self._voice])
        self.add_class("sixteen-explorer")
        for name, widget in parts.items():
            widget.add_class(f"sixteen-{name}")
        self.rename(**names)

    def rename(self, **names):
        """Give some parts new names or alternative texts; the others keep theirs."""
        self._voice.names = {**self._voice.names, **names}

    def say(self, words):
        """Announce a sentence to those who do not see the picture change."""
        self._voice.said = words

    def on_click(self, answer):
        """Call ``answer(name, x, y)`` for a click on a picture, x and y in 0..1."""
        self._voice.on_msg(lambda _, message, __: answer(**message))

    def when_resting(self, steps):
        """Do a piece of work in small steps, once nothing has moved for a moment.

        Work that has not been finished is dropped, never queued. Where no event loop
        runs (a script, a test) nothing is done: `finish` does it.

        Parameters
        ----------
        steps : iterator
            Each step takes less than a tenth of a second, and may yield the seconds to
            wait before the next.
        """
        self.drop_work()
        self._steps = steps
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        self._work = loop.call_later(REST, self._one_step, loop)

    def _one_step(self, loop):
        try:
            pause = next(self._steps)
        except StopIteration:
            self.drop_work()
            return
        # Even without a pause the keys that were pressed meanwhile come first.
        self._work = loop.call_later(pause or 0, self._one_step, loop)

    def finish(self):
        """Do all the work that waits for a rest, now."""
        steps = self._steps
        self.drop_work()
        for _ in steps:
            pass

    def drop_work(self):
        """Forget the work that waits for a rest."""
        if self._work is not None:
            self._work.cancel()
        self._work, self._steps = None, iter(())

    def close(self):
        """Take the explorer and all its parts off the page and out of memory."""
        self.drop_work()
        for widget in [*_all_widgets(self), *self.links]:
            widget.unobserve_all()
            widgets.Widget.close(widget)


def row(*children, wrap=True):
    """Widgets beside one another, on more lines where the page is narrow.

    Parameters
    ----------
    children : ipywidgets.Widget
    wrap : bool

    Returns
    -------
    ipywidgets.HBox
    """
    layout = widgets.Layout(
        flex_flow="row wrap" if wrap else "row nowrap",
        align_items="flex-start",
        overflow="hidden",  # nothing to scroll, and so nothing that the keys can't reach
    )
    return widgets.HBox(children, layout=layout)


def _all_widgets(widget):
    """A widget, all that it contains, and their layouts and styles."""
    found = [widget]
    for child in getattr(widget, "children", ()):
        found += _all_widgets(child)
    for extra in ("layout", "style"):
        if isinstance(getattr(widget, extra, None), widgets.Widget):
            found.append(getattr(widget, extra))
    return found


def present(explorer, still, words):
    """Show an explorer, with a still for pages without a kernel.

    Running a cell again closes the explorers that it showed before.

    Parameters
    ----------
    explorer : Explorer
    still : str
        HTML: from `still_picture` or `linked_stack`.
    words : str
        What it shows, in numbers: what a plain text page says, and what nbval compares.
    """
    _close_the_former(explorer)
    view = {"version_major": 2, "version_minor": 0, "model_id": explorer.model_id}
    bundle = {WIDGET_VIEW: view, "text/html": still, "text/plain": f"[Explorer] {words}"}
    display(bundle, raw=True)


def _close_the_former(explorer):
    cell, run = _where_we_are()
    former_run, explorers = _explorers.get(cell, (None, []))
    if former_run != run and explorers:
        for old in explorers:
            old.close()
        explorers = []
        gc.collect()  # its pictures are large, and Python might keep them for a while
    _explorers[cell] = (run, [*explorers, explorer])


def _where_we_are():
    """The cell that is running, and the number of this run of it."""
    shell = get_ipython()
    if shell is None or not hasattr(shell, "get_parent"):
        return None, None
    request = shell.get_parent()
    cell = request.get("metadata", {}).get("cellId") or request.get("content", {}).get("code")
    return cell, request.get("header", {}).get("msg_id")


def still_picture(png, words, below=""):
    """A picture that stands for an explorer where no kernel runs, as HTML.

    Parameters
    ----------
    png : bytes
    words : str
        What it shows; also its alternative text.
    below : str
        HTML to stand under it, such as a palette.
    """
    return (
        f'<figure style="margin: 0.5em 0">{_img(png, words)}<figcaption>{html.escape(words)} '
        f"<em>Run this cell to move it.</em></figcaption></figure>{below}"
    )


def linked_stack(name, frames, start):
    """Pictures that a slider moves without Python, as HTML.

    Where scripts are not allowed (a page that has not been trusted yet, a repository's
    viewer) the first picture stands still.

    Parameters
    ----------
    name : str
        What the slider chooses.
    frames : list of (label, png, words)
        In order.
    start : int
        The frame to begin with.
    """
    label, png, words = frames[start]
    stack = [[label, _data_url(png), words] for label, png, words in frames]
    data = json.dumps(stack).replace("</", "<\\/")
    return (
        f'<figure style="margin: 0.5em 0">{_img(png, words)}'
        f"<figcaption>{html.escape(words)} <em>Run this cell for more.</em></figcaption></figure>"
        f"<script>{STACK.read_text().strip()}"
        f"({json.dumps(name)}, {start}, {data}, document.currentScript);</script>"
    )


STACK = Path(__file__).parent / "stack.js"


def _img(png, words):
    alt = html.escape(words, quote=True)
    return f'<img src="{_data_url(png)}" alt="{alt}" style="max-width: 100%">'


def _data_url(png):
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


def facts_html(facts, state=""):
    """Numbers in a row, each under its name, as HTML.

    Parameters
    ----------
    facts : dict
        Name -> number, in words.
    state : str
        How they were found; stands below, small.

    Returns
    -------
    str
    """
    cells = "".join(
        f'<div><div style="font-size: 85%">{html.escape(name)}</div>'
        f'<div style="font-weight: 600">{html.escape(number)}</div></div>'
        for name, number in facts.items()
    )
    return (
        '<div style="display: flex; flex-wrap: wrap; gap: 0.2em 1.6em; line-height: 1.35; '
        f'font-variant-numeric: tabular-nums; margin: 0.3em 0">{cells}</div>'
        f'<div style="font-size: 85%; min-height: 1.35em">{html.escape(state)}</div>'
    )


def palette_html(codebook):
    """A palette as HTML swatches that carry their hex names.

    Parameters
    ----------
    codebook : ndarray, shape (K, 3), values in [0, 1]

    Returns
    -------
    str
    """
    swatches = []
    for color in codebook:
        name = to_hex(color)
        # Of black and white the one with more contrast: at least 4.5 to 1 (WCAG 2.2).
        ink = "#000" if srgb_to_lab(color)[0] > 49.5 else "#fff"
        swatches.append(
            f'<span style="display: inline-block; width: 5.2em; padding: 0.3em 0; '
            f'text-align: center; font-size: 80%; background: {name}; color: {ink}">{name}</span>'
        )
    return f'<div style="line-height: 1.2">{"".join(swatches)}</div>'
