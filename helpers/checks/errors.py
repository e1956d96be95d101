"""What an error of Python means here: one table."""

import difflib
import re

import numpy as np

from helpers.checks.exercise import table

ORDER = "are the parameters, or the arguments of a function that you call, in the wrong order?"

# What an error usually means here -> parts of its name and text. The first that fits is told.
MEANS = table(
    """
While it is checked, nobody is there to type an answer: everything comes in as a parameter.
    input() asks
exit() and quit() end the whole page; return ends a function.
    SystemExit
It asks for more memory than there is: is an array begun with a number that should be its value?
    MemoryError
The numbers in the brackets have to be whole numbers: / makes decimals, // and % do not.
    valid indices
Three dots are left in your code: put something in their place.
    ellipsis
What you store has another shape than its place: the message shows both.
    could not broadcast input array
Write the two shapes below each other, aligned at the right: where do they differ?
    broadcast
For a product, the last axis of the first has to fit the other: image @ weights, X @ C.T. Write the two shapes side by side.
    matmul
    not aligned
Count the numbers: H x W pixels with 3 channels are H x W x 3. Is a size written into your code, or are the three channels missing?
    cannot reshape
A number is no list: for i in range(number) goes round so many times.
    'int' object is not iterable
A size or a number of rounds has to be a whole number.
    cannot be interpreted as an integer
Lists of different lengths make no array: is one of them not begun anew in each round, or one part shorter or no row at all, as the mean of nothing?
    inhomogeneous
A place of an array takes one number, and here several are put into one, such as the channels of a pixel: give the array an axis for them.
    setting an array element with a sequence
A dictionary knows only what was put into it, and here something else is asked of it: compute it instead of looking it up, or put it in first.
    KeyError
That package is not needed here: NumPy is enough (PyTorch comes with lesson 10).
    No module named
An if has to decide between True and False, once, and an array holds many numbers: compare single numbers, make one answer of many (np.array_equal, .all(), .any()), or choose with np.where.
    truth value of an array
The math functions take one number; np.sqrt, np.log2 ... take whole arrays.
    0-dimensional
    size-1
    only length-1
An array has no index(...); argmin() gives the place of the smallest.
    attribute 'index'
An array can't grow; begin with a list, and turn it into an array at the end.
    attribute 'append'
~ and bitwise_not turn around the bits of whole numbers; these are decimals from 0 to 1: subtract instead.
    'invert'
    unary ~
In Python a power is **; ^ means something else.
    bitwise_xor
    for ^
An array of integers can't hold decimals: write (+=, -=, *=, /=) into an array of floats, or compute a new one.
    casting rule
That array has no such axis: it was added up already, or was never made. The first is axis 0.
    out of bounds for array of dimension
A byte (uint8) holds 0 to 255 only: turn the levels into int before you compute with them.
    out of bounds for uint8
A shape has fewer numbers than you ask for: ORDER
    tuple index out of range
A number is too large for its axis: the last one is the size minus 1. Are two sizes mixed up, is one written into your code, or is a neighbor asked for that isn't there?
    out of bounds
Here a whole number is wanted, and an array came: ORDER
    only integer scalar arrays
The numbers in the brackets have to be whole numbers: ORDER
    used as indices
The question in the brackets has to be asked of an array of the same length: ORDER
    boolean index
A group without members has no mean: its weights add up to 0. Ask for this case first.
    Weights sum to zero
The smallest or largest of nothing is asked for: something is empty here.
    zero-size array
rng is no function, but a generator; call one of its methods: rng.integers, rng.choice, rng.permutation, rng.random.
    Generator' object is not callable
    Generator' object has no attribute
You draw more rows than there are: draw K of the len(X) rows.
    larger sample than population
The chances are not normalized: together they have to be 1. Divide the squared distances by their sum, and round nothing.
    do not sum to 1
A chance can't be negative: square the differences before you add them.
    not non-negative
Some chances are no numbers (nan). Is something divided by a sum that is 0, or are distances measured to centroids that have not been drawn yet?
    probabilities contain nan
There has to be one chance for each row of X: p needs shape (len(X),), a distance to the nearest of the centroids drawn so far.
    must have same size
p has two axes; there has to be one chance for each row of X. With K distances for each row, take the smallest: .min(axis=1).
    p must be 1-dimensional
You draw all the others at once; draw one at a time: each new centroid changes the chances.
    fewer non-zero entries
There are more numbers in the brackets than the array has axes.
    too many indices
Think of the case in which a number is 0.
    math domain
    ZeroDivisionError
A name is used before it has got a value. A variable with the name of a function hides that function: call it something else.
    UnboundLocalError
The function calls itself, and never stops doing so.
    RecursionError
A number is too large for its axis: the last one is the size minus 1.
    IndexError
This is a tuple, several things at once (np.where(...) and a shape are such): take the one that you want out of it, [0].
    'tuple' object has no attribute
A list can't do that, nor compute; turn it into an array with np.array(...).
    'list' object has no attribute
    can't multiply sequence
    for /: 'list'
    for -: 'list'
What stands before the dot does not have what stands after it: is it what you think it is?
    AttributeError
Are parentheses ( ) where brackets [ ] should be, or is a * missing?
    not callable
There is nothing (None) here: what changes something in place, such as shuffle, sort or append, returns nothing; or a return is missing in a function of yours.
    NoneType
Are brackets [ ] where parentheses ( ) should be, or is this one number already?
    object is not subscriptable
It may come as a plain list, which takes one whole number in the brackets: turn it into an array with np.array(...) first.
    list indices
The function that you call here takes one more value: the message says which.
    required positional argument
The function that you call here takes another number of values. A * in front, as in *image.shape, hands over all of them: a picture's shape has three, height, width and channels.
    positional argument
The function that you call has no parameter of that name.
    unexpected keyword
""".replace("ORDER", ORDER)
)

# Functions that lessons call: how many axes their first parameters have.
AXES = {
    "all_differences": (2, 2),
    "pairwise_distances": (2, 2),
    "squared_distances": (2, 2),
    "nearest_color": (1, 2),
    "find_closest_centroids": (2, 2),
    "compute_centroids": (2, 1, 0),
    "wcss": (2, 2, 1),
    "weighted_centroids": (2, 1, 1, 0),
    "to_image": (2, 0, 0),
    "quantize": (3, 2),
}
_TAKES = ("one number", "one single row of numbers", "a list of rows", "a picture")
_TO_ROWS = {
    1: ": put it into a list of one row first, with [None, :].",
    3: ": make a list of its pixels first (to_pixels).",
}


def about(trial, exercise, shown):
    """An error, and what it means here, in lines."""
    failure = trial.error
    if failure.name == "NotImplementedError":
        return "Your function raises NotImplementedError: put your own lines in its place."
    line = f"\nThe line is: {failure.line}" if failure.line else ""
    advice = _about_helper(failure) or _about_axes(trial, exercise) or meaning(failure, exercise)
    said = f": {failure.text}" if failure.text.strip() else "."
    lines = [f"Your function stops with {failure.name}{said}{line}", advice]
    return "\n".join([*filter(None, lines), f"It was called with {shown}."])


def meaning(failure, exercise):
    """What an error usually means here, in words; empty if that is not known."""
    text = f"{failure.name}: {failure.text}"
    if failure.name == "NameError":
        return _about_name(failure, exercise)
    if "to unpack" in text:
        return _about_unpacking(failure.line, exercise)
    fits = (
        words
        for words, parts in (exercise.errors | MEANS).items()
        if any(part.lower() in text.lower() for part in parts)
    )
    return next(fits, "")


def _about_name(failure, exercise):
    """A name that stands for nothing: misspelled, of another language, or not handed in, in words."""
    missing = re.search(r"'(\w+)'", failure.text)
    name = missing.group(1) if missing else "That name"
    if name.lower() in _ELSEWHERE:
        return f"There is no {name} in Python: it is {_ELSEWHERE[name.lower()]}."
    alike = difflib.get_close_matches(name, [*exercise.parameters, *failure.own], 1, 0.6)
    if alike and alike[0] not in exercise.parameters:
        return f"There is no {name}. Is it misspelled: did you mean {alike[0]}?"
    meant = f" Did you mean {alike[0]}?" if alike else ""
    return f"{name} is not defined inside the function, and is none of its parameters ({', '.join(exercise.parameters)}): what the function works on has to come in through these.{meant} If it is a function or a value of an earlier cell or lesson: each page starts fresh, so run or write its definition on this page."


_ELSEWHERE = dict(true="True", false="False", null="None", none="None", nan="np.nan", pi="np.pi")
_ELSEWHERE |= dict.fromkeys(("inf", "infinity"), "np.inf or math.inf")


def _about_unpacking(line, exercise):
    """What is taken apart where names and values are not equally many, in words."""
    if "shape" in line:
        return "Left of = there have to be as many names as the shape has numbers: a picture's has three (height, width, channels), that of a list of pixels two."
    several = (
        "Several names at once (left of =, or after for) take an array apart along its first axis"
    )
    if exercise.parameters[0] in ("image", "a"):
        return f"{several}: a picture into its rows, a row into its pixels, and only a single pixel into its channels."
    return f"{several}, and have to be as many as its values: the number of pixels, colors or channels differs from call to call."


def _about_helper(failure):
    """What was handed to a function of a lesson that takes something else, in words."""
    for name, shapes in failure.helpers:
        wanted, shapes = AXES.get(name, ()), [*shapes.items()]
        came = [len(shape) for _, shape in shapes[: len(wanted)]]
        if len(came) == len(wanted) > 1 and came != [*wanted] and sorted(came) == sorted(wanted):
            order = ", ".join(parameter for parameter, _ in shapes)
            return f"The arguments of {name} come in another order: it takes ({order})."
        for (parameter, shape), axes in zip(shapes, wanted, strict=False):
            if len(shape) != axes:
                got = _TAKES[len(shape)] if len(shape) < 4 else "more"
                first = parameter == shapes[0][0]
                advice = _TO_ROWS.get(len(shape), ".") if axes == 2 and first else f": {ORDER}"
                return f"{name} takes {_TAKES[axes]} as its {parameter}. It got {got}{advice}"
        if len(wanted) > 1 and wanted[:2] == (2, 1) and shapes[0][1][:1] != shapes[1][1]:
            (rows, _), (numbers,) = shapes[0][1], shapes[1][1]
            return f"{name} takes a number for each row. It got {rows} rows and {numbers} numbers: {ORDER}"
    return None


def _about_axes(trial, exercise):
    """For two shapes that do not fit: how they came from the arguments, in words."""
    given = zip(exercise.parameters, trial.arguments, strict=True)
    given = {name: np.shape(a) for name, a in given if np.ndim(a) == 2}
    if "broadcast together" not in trial.error.text or {"b", "idx"} & {*exercise.parameters}:
        return None
    came = [
        tuple(map(int, text.split(",")))
        for text in re.findall(r"\((\d+,[\d,]*\d)\)", trial.error.text)
    ]
    if len(given) == 2 and came == [*given.values()]:
        return (
            "{} and {} meet as they are, row by row, so that both lists lie along one axis. Each pixel has to meet every color: pixels and colors need an axis each (None makes one)."
        ).format(*given)
    words = (
        f"The new axis of {name} stands at the end, in the place of the channels: shape {(*shape, 1)}. The channels have to stay the last axis."
        for name, shape in given.items()
        if (*shape, 1) in came
    )
    return next(words, None)
