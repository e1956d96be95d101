"""The controls and pictures of explorers, with the looks that they share."""

import ipywidgets as widgets


def named(name, widget):
    """A control, or a picture, and what assistive technology calls it."""
    widget.spoken = name
    return widget


def row(*children, **layout):
    """Widgets beside one another, on more lines where the page is narrow."""
    usual = {
        "flex_flow": "row wrap",
        "align_items": "flex-start",
        "grid_gap": "0.2em 0.5em",
        "overflow": "hidden",  # nothing to scroll, and so nothing that the keys can't reach
    }
    return widgets.HBox(children, layout=usual | layout)


def column(*children, width):
    """Widgets below one another, about so wide, to stand in a row."""
    layout = {"flex": f"1 1 {width}", "min_width": "0", "overflow": "hidden"}
    return widgets.VBox(children, layout=layout)


def captioned(picture, words):
    """A picture below a line of words, to stand in a row."""
    caption = text()
    caption.value = f'<div style="line-height: 1.4">{words}</div>'
    return column(caption, picture, width="11em")


def in_columns(children, width):
    """Widgets in rows of 4, 2 or 1, as many as have room for so many em each."""
    layout = {"grid_template_columns": columns_css(width, 4, 2, 1), "width": "100%"}
    return widgets.GridBox(children, layout=layout)


def columns_css(width, *counts):
    """Columns of a grid, as CSS: the first of these counts that has room for so many em each.

    Of sixteen things fifteen never stand in one line, and the last alone in the next.
    """
    # What stands in brackets is negative where there is room, and otherwise very large.
    wider = [
        f"min({100 / few}%, ({many * width}em - 100%) * 999)"
        for many, few in zip(counts, counts[1:], strict=False)
    ]
    return f"repeat(auto-fill, minmax(max({', '.join([f'{100 / counts[0]}%', *wider])}), 1fr))"


def color_picker(name, words="", label="initial"):
    """A color to choose, with a label of that width."""
    picker = widgets.ColorPicker(
        description=words, style={"description_width": label}, layout={"width": "auto"}
    )
    return named(name, picker)


def slider(words, value, low, high, step=1, label="initial", **layout):
    """A slider for whole numbers, its words in a label of that width."""
    control = widgets.IntSlider(
        value,
        low,
        high,
        step,
        description=words,
        style={"description_width": label},
        layout={"width": "auto"} | layout,
    )
    return named(words, control)


def menu(words, options, value=None, label="", **layout):
    """A list to choose from; the first is chosen if no value is given."""
    control = widgets.Dropdown(
        options=options,
        value=value or options[0],
        description=words,
        style={"description_width": label},
        layout=layout,
    )
    return named(words, control)


def toggles(options, width="auto", **chosen):
    """Buttons of which one is pressed: the first, unless ``value=None`` says none."""
    return widgets.ToggleButtons(options=options, style={"button_width": width}, **chosen)


def button(words):
    """A button as wide as its words."""
    return widgets.Button(description=words, layout={"width": "auto"})


def box(words, **layout):
    """A box to tick."""
    return widgets.Checkbox(description=words, indent=False, layout={"width": "auto"} | layout)


def text(**layout):
    """Words, as HTML."""
    return widgets.HTML(layout=layout)


def picture(format="png", **layout):
    """An encoded picture, never wider than its room: 2 pixels of margin stand on each side."""
    return widgets.Image(format=format, layout={"max_width": "calc(100% - 4px)"} | layout)
