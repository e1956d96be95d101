"""What explorers leave in a page, and write into it, as HTML."""

import base64
import html
import json
from pathlib import Path

from helpers.color import to_hex
from helpers.explore.canvas import ink_on
from helpers.explore.controls import columns_css

STACK = (Path(__file__).parent / "stack.js").read_text(encoding="utf-8").strip()


def still_picture(png, words, below="", what="move it"):
    """A picture that stands for an explorer where no kernel runs; its words are its alt, too."""
    return still_figure(_img(png, words), words, f"Run this cell to {what}.") + below


def still_figure(content, words, hint):
    """A figure of any HTML, its words below it, and what to do."""
    return (
        f'<figure style="margin: 0.5em 0">{content}<figcaption>{html.escape(words)} '
        f"<em>{hint}</em></figcaption></figure>"
    )


def linked_stack(name, frames, start):
    """Frames, each (label, png, words), that a slider of that name moves without Python.

    Where scripts are not allowed (a page that has not been trusted yet, a repository's
    viewer) the frame to start with stands still.
    """
    label, png, words = frames[start]
    stack = [[label, _data_url(png), words] for label, png, words in frames]
    data = json.dumps(stack).replace("</", "<\\/")
    still = still_figure(_img(png, words), words, "Run this cell for all its controls.")
    return (
        f"{still}<script>{STACK}"
        f"({json.dumps(name)}, {start}, {data}, document.currentScript);</script>"
    )


def _img(png, words):
    alt = html.escape(words, quote=True)
    return f'<img src="{_data_url(png)}" alt="{alt}" style="max-width: 100%">'


def _data_url(png):
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


def facts_html(facts, state=""):
    """Facts, name -> number in words, in a row, and below, small, how they were found."""
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


def sentence_html(words, bold=False):
    """A sentence below a picture."""
    weight = "; font-weight: bold" if bold else ""
    return f'<div style="line-height: 1.5{weight}">{html.escape(words)}</div>'


def table_html(rows, cell, table, names="left"):
    """Rows of cells as a table: the first row names its columns, the first cell of each the row.

    Of a row with too few cells the last one takes the rest of the line.
    """
    lines = []
    for name, *values in rows:
        first = f'<th scope="row" style="{cell}; text-align: {names}">{name}</th>'
        line = first if name else "<td></td>"
        spans = [*[1] * (len(values) - 1), len(rows[0]) - len(values)]
        for value, span in zip(values, spans, strict=True):
            is_head = value and not lines
            kind, wrap = ('th scope="col"', "normal") if is_head else ("td", "nowrap")
            look = f'colspan="{span}" style="{cell}; white-space: {wrap}"'
            line += f"<{kind} {look}>{value}</{kind[:2]}>"
        lines.append(f"<tr>{line}</tr>")
    table = f"border-collapse: collapse; line-height: 1.4; {table}"
    return f'<table style="{table}">{"".join(lines)}</table>'


def palette_html(codebook):
    """A palette, shape (K, 3), as swatches of one size that carry their hex names."""
    look = "line-height: 1.8; font-size: 80%"
    return on_colors(codebook, [to_hex(color) for color in codebook], look, 4.6, 16, 8, 4)


def chips(colors, texts):
    """Labels side by side, each on a color."""
    width = 0.6 * max(map(len, texts), default=0) + 1
    return on_colors(
        colors, texts, "line-height: 1.8; font-size: 90%; gap: 3px 0", width, 8, 4, 2, 1
    )


def color_chips(centroids, shares=None):
    """Numbered centroids, shape (K, 3), with their hex names, and their shares if given."""
    texts = [f"{k} · {to_hex(color)}" for k, color in enumerate(centroids)]
    if shares is not None:
        texts = [f"{text} · {share:.1%}" for text, share in zip(texts, shares, strict=True)]
    return chips(centroids, texts)


def on_colors(colors, texts, look, width, *counts):
    """Texts of so many em on their colors, in rows of the first of these counts with room."""
    cells = "".join(
        f'<span style="white-space: nowrap; background: {to_hex(color)}; '
        f'color: {ink_on(color)}">{text}</span>'
        for color, text in zip(colors, texts, strict=True)
    )
    # As wide as its room, and never the reason that the room is wide.
    room = "width: 0; min-width: 100%"
    grid = f"{room}; display: grid; grid-template-columns: {columns_css(width, *counts)}"
    return f'<div style="{grid}; text-align: center; {look}">{cells}</div>'
