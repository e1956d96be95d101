"""Names that pages of an earlier edition use, and where they live now.

A page that a learner has changed is never renewed, so it goes on asking for a name where
that name was. To move a name, add a line to `MOVED`; a room that loses its first name gets
one line as well, ``__getattr__ = old_names.of(__name__)``.
"""

import importlib

MOVED = {  # room.name then -> room.name now
    "plots.number_of_colors": "color.number_of_colors",
    "plots.poster": "poster.poster",
    "plots.poster_figure": "poster.poster_figure",
}


def of(module):
    """The function by which Python asks a module for a name that it does not have.

    Parameters
    ----------
    module : str
        The ``__name__`` of the room that names have left.

    Returns
    -------
    callable
        To be called ``__getattr__`` there (PEP 562).
    """

    def find(name):
        now = MOVED.get(f"{module.removeprefix('helpers.')}.{name}")
        if now is None:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        room, name_now = now.rsplit(".", 1)
        return getattr(importlib.import_module(f"helpers.{room}"), name_now)

    return find
