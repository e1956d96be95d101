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
        "overflow": "hidden",  # nothing to scroll, and so nothing that the keys can't reach
    }
    return widgets.HBox(children, layout=usual | layout)


def column(*children, width):
    """Widgets below one another, about so wide, to stand in a row."""
    layout = {"flex": f"1 1 {width}", "min_width": "0", "overflow": "hidden"}
    return widgets.VBox(children, layout=layout)


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


def toggles(options, width="auto"):
    """Buttons of which one is pressed."""
    return widgets.ToggleButtons(options=options, style={"button_width": width})


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
