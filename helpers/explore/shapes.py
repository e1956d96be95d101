"""Two shapes under each other, right-aligned: what broadcasting makes of them."""

import math
import re
from itertools import combinations
from typing import NamedTuple

import ipywidgets as widgets

from helpers.doors import as_documented
from helpers.explore import stills
from helpers.explore.base import Explorer
from helpers.explore.controls import button, in_columns, named, text
from helpers.explore.stills import sentence_html, still_figure

MOST_AXES = 8  # as many boxes as stand side by side on a page
MOST_ITEMS = 10**9  # along one axis
EXAMPLES = {
    "photo × glass": ("512, 768, 3", "3"),
    "photo × gray": ("512, 768, 3", "512, 768"),
    "column and row": ("4, 1", "1, 5"),
    "pixels − colors": ("4, 3", "2, 3"),
    "every pixel, every color": ("4, 1, 3", "1, 2, 3"),
    "rows − their means": ("3, 3", "3"),
    "photo and one number": ("512, 768, 3", "()"),
}


class Axis(NamedTuple):
    """What happens at one axis."""

    number: int  # counted from the right: -1 is the last
    a: int | None  # the sizes that meet; None where a shape has no such axis
    b: int | None

    @property
    def size(self):
        """That of the result; None where the two do not fit."""
        large = {size for size in (self.a, self.b) if size not in (1, None)}
        return max(large, default=1) if len(large) < 2 else None

    def stretches(self, name):
        """Whether "a" or "b" is: a missing axis always, a 1 where the result is not 1."""
        size = getattr(self, name)
        return self.size is not None and (size is None or (size == 1 and self.size != 1))


@as_documented
def align_shapes(a="512, 768, 3", b="3"):
    """Type two shapes, and see whether and how they broadcast.

    Parameters
    ----------
    a, b : str
        To begin with: sizes with commas between them, such as ``"512, 768, 3"``.

    Raises
    ------
    ValueError
        One of them is no shape.
    """
    Shapes(a, b).present()


class Shapes(Explorer):
    """The explorer of `align_shapes`: two fields, examples to press, the table."""

    def __init__(self, a, b):
        self.shapes = parse(a), parse(b)
        examples = {
            _short(name): named(f"Example {name}: {one}, and {other}", button(name))
            for name, (one, other) in EXAMPLES.items()
        }
        parts = {"a": _field("a", a), "b": _field("b", b), **examples}
        parts |= {"answer": text(), "table": text(overflow="auto")}
        buttons = in_columns(list(examples.values()), 13)
        super().__init__(["a b", buttons, "answer", "table"], parts)
        self.when("a b", self.show)
        for name, example in EXAMPLES.items():
            self.when(_short(name), lambda example=example: self.take(*example))
        self.show()

    def take(self, a, b):
        """Both shapes of an example."""
        self.put(a=a, b=b)
        self.show()

    def show(self):
        """What becomes of the shapes typed; below it stay the last that could be read."""
        try:
            self.shapes = [self.read(name) for name in "ab"]
        except ValueError as error:
            words, more = str(error), "Below is the last pair that could be read."
        else:
            words, more = self.words(), advice(*self.shapes)
        self.put(
            answer=sentence_html(words, bold=True) + sentence_html(more),
            table=table_html(*self.shapes),
        )
        self.say_at_rest(f"{words} {more}")

    def read(self, name):
        """One of the shapes, from its field."""
        try:
            return parse(self.value(name))
        except ValueError as error:
            raise ValueError(f"Shape {name}: {error}") from None

    def words(self):
        """What becomes of the two shapes."""
        return outcome(*self.shapes)

    def still(self):
        """The table."""
        hint = "Run this cell to type other shapes."
        return still_figure(table_html(*self.shapes), self.words(), hint)


def _field(name, shape):
    field = widgets.Text(
        shape,
        description=f"Shape of {name}",
        placeholder="such as 512, 768, 3",
        style={"description_width": "6em"},
        layout={"flex": "1 1 16em", "max_width": "26em", "width": "auto"},
    )
    return named(f"Shape of array {name}", field)


def _short(name):
    """The short name of an example's button: letters and hyphens only."""
    return "-".join(re.findall("[a-z]+", name))


# --- The rule ------------------------------------------------------------------------------


def parse(text):
    """A shape from what a person typed."""
    bare = text.strip()
    if bare.startswith("(") and bare.endswith(")"):
        bare = bare[1:-1]
    parts = re.split(r"\s*,\s*|\s+", bare.strip()) if bare.strip() else []
    if len(parts) > 1 and not parts[-1]:
        parts.pop()  # Python writes the shape (3,) with such a comma
    for part in parts:
        if not part:
            raise ValueError("There is a comma too many; write sizes such as 512, 768, 3.")
        if re.fullmatch(r"-[0-9]+", part):
            raise ValueError(f"{part} is negative, and a size is 0 or more.")
        if not re.fullmatch(r"[0-9]+", part):
            raise ValueError(f"“{part}” is no size; write whole numbers, such as 512, 768, 3.")
    if len(parts) > MOST_AXES:
        raise ValueError(f"These are {len(parts)} axes, and {MOST_AXES} have room on this page.")
    digits = [part.lstrip("0") or "0" for part in parts]
    # Python refuses to read numbers of thousands of digits: look at their length first.
    if any(len(d) > 10 or int(d) > MOST_ITEMS for d in digits):
        raise ValueError(f"A size of more than {MOST_ITEMS:,} is more than this page can take.")
    return tuple(map(int, digits))


def align(a, b):
    """Put two shapes under each other, aligned at the right."""
    count = max(len(a), len(b))
    a, b = [(None,) * (count - len(shape)) + shape for shape in (a, b)]
    return [Axis(n - count, *sizes) for n, sizes in enumerate(zip(a, b, strict=True))]


def fits(a, b):
    """Whether two shapes broadcast."""
    return all(axis.size is not None for axis in align(a, b))


def new_axis_that_helps(a, b):
    """One or two new axes that make two shapes fit: (array, its index, its shape), or None."""
    for count in (1, 2):
        for name, shape, other in (("a", a, b), ("b", b, a)):
            length = len(shape) + count
            # New axes at the right first: those at the left NumPy adds by itself.
            for places in sorted(combinations(range(length), count), reverse=True):
                sizes = iter(shape)
                longer = tuple(1 if n in places else next(sizes) for n in range(length))
                if length <= MOST_AXES and fits(longer, other):
                    index = ", ".join("None" if n in places else ":" for n in range(length))
                    return name, index, longer
    return None


# --- What is said --------------------------------------------------------------------------


def outcome(a, b):
    """What becomes of two shapes, in one sentence, and why."""
    axes = align(a, b)
    failing = [axis for axis in axes if axis.size is None]
    if failing:
        where = "; ".join(f"at axis {_n(x)}, {x.a} meets {x.b}" for x in reversed(failing))
        return f"{a} and {b} do not fit: {where}, and neither is 1."
    result = tuple(axis.size for axis in axes)
    stretched = [words for words in (_stretched("a", axes), _stretched("b", axes)) if words]
    why = " and ".join(stretched) or ("all sizes are equal" if axes else "both are single numbers")
    return f"{a} and {b} fit: the result has shape {result}, because {why}."


def _stretched(name, axes):
    """Which axes of one array are stretched, as a part of a sentence, or nothing."""
    numbers = [_n(axis) for axis in axes if axis.stretches(name)]
    if not numbers:
        return ""
    which = " and ".join(filter(None, [", ".join(numbers[:-1]), numbers[-1]]))
    return f"{name} is stretched along {'axis' if len(numbers) == 1 else 'axes'} {which}"


def advice(a, b):
    """What it costs where it fits, or what would help where it does not."""
    if fits(a, b):
        count = math.prod(axis.size for axis in align(a, b))
        number = "1 number" if count == 1 else f"{count:,} numbers"
        return f"The result holds {number}: {_bytes(8 * count)} as float64."
    found = new_axis_that_helps(a, b)
    if found is None:
        return "It would take more than two new axes to make them fit."
    name, index, shape = found
    new = "one more axis" if index.count("None") == 1 else "two more axes"
    return f"With {new} it would fit: {name}[{index}] has shape {shape}."


def _bytes(count):
    for unit in ("bytes", "kB", "MB", "GB", "TB"):
        if count < 1000 or unit == "TB":
            break
        count /= 1000
    return f"{count:,.0f} {unit}" if unit == "bytes" else f"{count:,.1f} {unit}"


def _n(axis):
    """The number of an axis, with a true minus sign."""
    return f"−{-axis.number}"


# --- How it is drawn -----------------------------------------------------------------------

BOX = "display: inline-block; min-width: 4.2em; padding: 0.35em 0.5em; border: 2px"


def table_html(a, b):
    """The two shapes and the result as rows of boxes, aligned at the right."""
    axes = align(a, b)
    rows = [
        ["axis", *map(_n, axes)],
        ["a", *(_box("a", axis) for axis in axes)],
        ["b", *(_box("b", axis) for axis in axes)],
        ["", *(f'<span style="font-size: 80%">{_what_happens(x)}</span>' for x in axes)],
        ["result", *map(_result_box, axes)],
    ]
    if not axes:
        rows = [[name, "" if name in ("axis", "") else "( )  a single number"] for (name,) in rows]
    note = (
        '<div style="font-size: 85%">Dashed: stretched, from the size before the arrow to the '
        "one behind it. – : no such axis; it counts as 1. ✗ : does not fit.</div>"
    )
    cell = "padding: 0.15em 0.2em; text-align: center; background: none; white-space: nowrap"
    table = stills.table_html(rows, cell, "margin: 0.3em 0; font-size: 115%", names="right")
    return f'<div style="overflow-x: auto; line-height: 1.4">{table}{note}</div>'


def _box(name, axis):
    size = getattr(axis, name)
    shown = "–" if size is None else str(size)
    if axis.stretches(name):
        return f'<span style="{BOX} dashed currentColor">{shown} → {axis.size}</span>'
    return f'<span style="{BOX} solid currentColor">{shown}</span>'


def _what_happens(axis):
    if axis.size is None:
        return "✗ neither is 1"
    return next((f"↔ {name} stretched" for name in "ab" if axis.stretches(name)), "= equal")


def _result_box(axis):
    if axis.size is None:
        return f'<b style="{BOX} double currentColor">✗ error</b>'
    return f'<b style="{BOX} solid currentColor">{axis.size}</b>'
