"""Where an answer goes wrong: for which inputs alone, or for which inputs not."""

from helpers.checks.exercise import keyed

# Property of a case: what to say if it is right for these cases only.
ONLY_RIGHT = keyed("""
square: It is right for square pictures only: somewhere height and width are mixed up, or one of them stands for both.
N = K: It is right only when there are as many pixels as colors: pixels and colors need an axis each, or one is mistaken for the other.
K = 3: It is right for K = 3 only: the 3 of the channels or of an example is written into your code; take the number of colors from what you are given.
K = 16: It is right for K = 16 only: is the number, or a palette of 16, written into your code? Take it from what you are given.
3 channels: It is right for 3 channels only: the channels are counted by hand somewhere; take their number from the shape, or let axis=-1 find it.
2 channels: It is right for 2 channels only, as in the plane; a color has 3: take their number from the shape, or let axis=-1 find it.
one step: It is right for max_iters = 1 only: the steps have to be repeated in a loop.
""")

# Property of a case: what to say if it is wrong for these cases only.
ONLY_WRONG = keyed("""
tie: It goes wrong where several colors are equally near: the rule is the lowest number.
empty: It goes wrong where a cluster has no pixels: where a number does not occur in idx.
one color: It goes wrong for K = 1, a single color.
whole numbers: It goes wrong when the values given are whole numbers: is a result stored in an array of integers, which cuts off the decimals?
whole X: It goes wrong when the pixels are whole numbers and the colors decimals: is something stored in an array of integers (of the type of X), which cuts off the decimals?
whole C: It goes wrong when the colors are whole numbers and the rest decimals: is something stored in an array of integers (of the type of the colors), which cuts off the decimals?
until the end: It goes wrong where it may go on to the end: mind when it stops.
shared values: It goes wrong where colors share the value of a channel, or have the same sum: two colors are different if any channel differs, not only if all of them do, whatever else agrees.
nearly equal colors: It goes wrong where colors are nearly equal: do you round them, or call them equal too soon? Compare and return them as they are.
no picture: It goes wrong where a or b has no rows at all, shape (0, 2): no picture has been counted yet, and the result is the other one.
billions: It goes wrong where a color has billions of pixels: 32 bits, or float32, can't tell such numbers apart. Use np.int64.
""")

# Cases so simple that a wrong answer can be right by accident.
TRIVIAL = {"one pixel", "one color", "one row", "one column", "equal"}


def goes_wrong(attempt):
    """The inputs for which alone an answer is right, or wrong."""
    return _only_right(attempt) or only_wrong(attempt) or _in_a_corner(attempt)


def _only_right(attempt):
    """A property of the inputs without which nothing is right, in words."""
    hard = [n for n, case in enumerate(attempt.cases) if not case.tags & TRIVIAL]
    right = {n for n in hard if attempt.problems[n] is None}
    luck = 0.4 if attempt.exercise.whole else 0  # one of few numbers is soon right by accident
    fits = {}
    for tag, words in ONLY_RIGHT.items():
        tagged = {n for n in hard if tag in attempt.cases[n].tags}
        others = len(hard) - len(tagged)
        enough = 3 if attempt.exercise.whole and tag == "N = K" else 1
        lucky = len(right - tagged)
        if len(tagged) >= enough and tagged <= right and others > 1 and lucky <= luck * others:
            fits[words] = lucky
    return min(fits, key=fits.get) if fits else None


def only_wrong(attempt):
    """A property of the inputs with which alone something is wrong, in words."""
    wrong, fits = set(attempt.failures), {}
    for tag, words in ONLY_WRONG.items():
        tagged = {n for n, case in enumerate(attempt.cases) if tag in case.tags}
        if wrong and wrong <= tagged and len(tagged) < len(attempt.cases) / 2:
            fits[words] = len(tagged - wrong)
    if fits and min(fits.values()) <= len(wrong):
        return min(fits, key=fits.get)
    return None


def _in_a_corner(attempt):
    """A property of just those inputs with which something is wrong, in words."""
    wrong = set(attempt.failures)
    for tag in sorted(set().union(*(case.tags for case in attempt.cases))):
        tagged = {n for n, case in enumerate(attempt.cases) if tag in case.tags}
        if tagged == wrong and len(wrong) > 1 and len(wrong) <= 2 / 3 * len(attempt.cases):
            return f"All that goes wrong has this in common, and nothing else has it: {tag}."
    return None
