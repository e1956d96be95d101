"""Lesson 05b: `kmeans_init_centroids` and `run_kmeans`."""

import numpy as np

from helpers import codebook, kmeans
from helpers.checks import chance, known
from helpers.checks.answers import Unfinished
from helpers.checks.cases import cases, pixel_tags, sq
from helpers.checks.compare import difference
from helpers.checks.exercise import Exercise, table
from helpers.checks.report import show, show_call

KMEANS_INIT_CENTROIDS = Exercise(
    kmeans.kmeans_init_centroids,
    ("X", "K", "rng"),
    "A random start",
    lambda: chance.row_cases(kmeans.kmeans_init_centroids),
    "equal pixels, as many colors as pixels, nearly equal colors, colors that share values, one "
    "color, 1, 2, 3 and 5 channels, 60 seeds",
    meaning="K rows of X",
    judge=chance.judge_rows,
    rule=chance.rows_by_chance,
    betrays=(chance.wrong_rows,),
)

# --- run_kmeans ----------------------------------------------------------------------------


def _run_cases():
    X = np.array([[0.0, 0.0], [0.0, 1.0], [4.0, 4.0], [4.0, 5.0], [9.0, 0.0]])
    # From its first three rows, these points take six steps, and no cluster is ever empty.
    Y = np.array([[3, 9], [0, 8], [2, 9], [8, 4], [8, 1], [8, 5], [6, 9], [7, 8]]) / 10
    # Here a step changes groups of 3 and 4 into others of 3 and 4, and more steps follow.
    V = np.array([[7, 7], [9, 3], [3, 3], [5, 2], [0, 3], [5, 4], [2, 3]]) / 10
    Z = np.round(np.random.default_rng(4).random((10, 3)), 1)
    # What counts happens in the third digit, beside a large cluster that never moves: whoever stops
    # where little moves, or where the WCSS falls slowly, stops too early.
    slow = np.concatenate([Y * 0.001 + [0, 0.5], [[0.5, 0.0], [0.5, 1.0]]])
    # Mirrored, each move to the left meets one to the right: their sum is 0 in every step.
    half = np.array([[0.1], [0.2], [0.4], [0.7], [1.1], [1.6], [2.2]])
    mirrored = np.concatenate([half, -half])
    # Beside two pixels that are far away, each fall of the WCSS is small; the moves are not.
    far = np.concatenate([10 * Y, [[-900.0, 900.0], [900.0, 900.0]]])
    settled = np.array([[0.0, 0.5], [4.0, 4.5], [9.0, 0.0]])
    calls = [((X, X[[0, 2]], 1), {"one step"})]
    for max_iters, tags in ((1, {"one step"}), (2, set()), (60, {"until the end"})):
        calls.append(((Y, Y[:3], max_iters), tags))
    calls.append(((Y, Y[[0, 3, 5]], 2), set()))  # another start, and all else as above
    for start in (Y[:3], Y[[0, 3, 5]]):  # far too large for a tolerance to stop
        calls.append(((10 * Y, 10 * start, 3), set()))
    calls.append(((V, V[:2], 20), {"until the end"}))
    calls.append(((slow, np.concatenate([slow[:3], [[0.5, 0.5]]]), 20), {"until the end"}))
    calls.append(((far, np.concatenate([far[:3], [[0.0, 900.0]]]), 20), {"until the end"}))
    calls.append(((mirrored, mirrored[[0, 1, 7, 8]], 20), {"until the end"}))
    calls.append(((Z, Z[[9, 3, 5, 7]], 2), set()))
    calls.append(((Y[:, :1], Y[:1, :1], 5), {"until the end"}))
    calls.append(((X, settled, 5), {"until the end"}))
    return cases(kmeans.run_kmeans, [(c, t | pixel_tags(c[0], len(c[1]))) for c, t in calls])


def _never_loses_a_color(function):
    """A rule: where a color loses its pixels, and from whole numbers, K finite centroids come back."""
    square = np.array([[0.0, 0.0], [0.0, 1.0], [4.0, 4.0], [4.0, 5.0]])
    lost = np.array([[0.0, 0.0], [4.0, 4.0], [99.0, 99.0]])
    # The second of these colors loses its pixels in the second step.
    X = np.array([[1.0, 0], [4, 1], [9, 2], [0, 6], [6, 9], [7, 9], [5, 9]])
    for points, start in ((square, lost), (X, X[:3])):
        words = _incomplete(function, points, start)
        if words:
            return words
    W = np.array([[0, 0], [1, 0], [10, 9], [9, 9], [5, 0], [4, 1]])
    arguments = W, W[[0, 2, 3]], 20
    (trial,) = chance.patiently(function, [arguments])
    shown = show_call(("X", "initial_centroids", "max_iters"), arguments)
    if trial.error is not None:
        return (
            "It fails when the start consists of whole numbers: "
            f"{trial.error.name}: {trial.error.text}\nIt was called with {shown}."
        )
    problem = difference(kmeans.run_kmeans(*arguments), trial.got, shown, "centroids, idx")
    return problem and (
        "It goes wrong when the start consists of whole numbers: a copy of it holds integers, and the "
        f"means that you write into it lose their decimals. Copy it as float.\n{problem.words}"
    )


def _incomplete(function, X, start):
    """What is wrong with the result where a color loses its pixels, in words."""
    (trial,) = chance.patiently(function, [(X, start, 10)])
    shown = show_call(("X", "initial_centroids", "max_iters"), (X, start, 10))
    when = "When a color has no pixels"
    mind = "Mind the empty cluster, as in compute_centroids."
    if trial.out_of_time:
        return Unfinished(
            f"{when}, your function does not come to an end: does it wait until nan equals nan, which it "
            f"never does?\n{mind}\nIt was called with {shown}."
        )
    if trial.error is not None:
        return (
            f"{when}, your function fails: {trial.error.name}: {trial.error.text}\n{mind}\n"
            f"It was called with {shown}."
        )
    words = _lacks(trial.got, X, start)
    return words and f"{when}, {words} {mind}\nFor {shown}\nyou return: {show(trial.got)}"


def _lacks(got, X, start):
    """What centroids and idx lack, in words."""
    parts = [known.numbers(part) for part in got] if isinstance(got, (tuple, list)) else []
    if len(parts) != 2 or any(part is None for part in parts):
        return "you do not return centroids and idx."
    centroids, idx = parts
    if centroids.shape != start.shape:
        return f"you return {len(centroids)} centroids; it should be K = {len(start)} again."
    if not np.isfinite(centroids).all():
        return "it turns to nan, not a number."
    if idx.shape != (len(X),):
        return f"idx has shape {idx.shape}; it should be {(len(X),)}."
    if not np.isin(idx, range(len(centroids))).all():
        return "there are numbers in idx that no centroid has."
    squared = sq(X, centroids)
    if (squared[np.arange(len(X)), idx.astype(int)] > squared.min(axis=1) + 1e-3).any():
        return "idx is not the nearest of the centroids that you return."
    return None


def _steps_made(answers):
    """How many steps were made, read off the centroids."""
    readings = []
    for case, trial in zip(answers.cases, answers.trials, strict=True):
        if (
            trial.error is not None
            or not isinstance(trial.got, (tuple, list))
            or len(trial.got) != 2
        ):
            return None
        idx = known.numbers(trial.got[1])
        if idx is None or idx.shape != case.expected[1].shape or idx.dtype.kind not in "iu":
            return None
        readings.append(_read(case, trial.got))
    if not any(m == asked for m, _, asked, _ in readings) and None in {m for m, *_ in readings}:
        return None
    for words, holds in _READINGS.items():
        if all(m is not None and holds(m, n, asked, end) for m, n, asked, end in readings):
            return words
    return None


def _read(case, got):
    """Steps made (None if unknown), max_iters, steps asked for, steps until nothing moves."""
    X, start, limit = case.arguments
    history = [np.array(start, dtype=float)]
    while len(history) < 30:
        idx = codebook.find_closest_centroids(X, history[-1])
        history.append(kmeans.compute_centroids(X, idx, len(start)))
        if np.allclose(history[-1], history[-2]):
            break
    end = len(history) - 2
    centroids = known.numbers(got[0])
    fits = [m for m, C in enumerate(history) if centroids is not None and known.close(C, centroids)]
    return fits[0] if fits else None, limit, min(limit, end), end


_NO_STEP = (
    "The colors never move: is what compute_centroids returns ever kept, or do you leave the loop before a "
    "move is kept (is your question the wrong way around, or answered with yes too soon)?"
)
_ONE_STEP = (
    "You make one step, whatever max_iters is: is there no loop over both steps, to assign and to move, does "
    "each round begin again from initial_centroids or from the first idx, or is the loop left too soon "
    "(old = centroids is no copy, but a second name for the same numbers; or one of them that stays is "
    "enough for you)?"
)

# What to say -> whether a reading (steps made, max_iters, steps asked for, steps to the end) shows it.
_READINGS = {
    _NO_STEP: lambda made, limit, asked, end: made == 0,
    _ONE_STEP: lambda made, limit, asked, end: made == min(1, end),
    "You go on to the end, or make a number of steps of your own, whatever max_iters is: make that many steps, or fewer if nothing moves.": (
        lambda made, limit, asked, end: made == end
    ),
    "Your centroids are right, and your idx is not: it should be the assignment to the centroids that "
    "you return.": lambda made, limit, asked, end: made == asked,
    "You stop while something still moves, if only a little (a tolerance, a WCSS that falls slowly, one "
    "number or one color of several that stays, sums or sizes of groups that agree?): go on until nothing "
    "moves at all, or max_iters is reached.": lambda made, limit, asked, end: made <= asked,
    "The number of your steps is not max_iters: make that many, or fewer if nothing moves.": (
        lambda made, limit, asked, end: True
    ),
}


def _own_start(answers):
    """Whether it makes no difference with which centroids the function begins."""
    told = [
        (case.arguments, case.expected[0], known.numbers(trial.got[0]))
        for case, trial in zip(answers.cases, answers.trials, strict=True)
        if trial.error is None and isinstance(trial.got, (tuple, list)) and len(trial.got) == 2
    ]
    alike = [
        got is not None and known.alike(got, again)
        for (X, one, n), e, got in told
        for (Y, other, m), expected, again in told
        if np.array_equal(X, Y)
        and n == m
        and one.shape == other.shape
        and not known.close(e, expected)
    ]
    if alike and all(alike):
        return (
            "It makes no difference which initial_centroids you are given: do you draw a start of your own? "
            "Begin with these."
        )
    return None


_SAME = "np.array_equal(moved, centroids)"
_TOLERANCES = (0.5, 0.1, 0.05, 0.01, 1e-3, 1e-4, 1e-5)


def _asked(*questions):
    """Wrong functions that ask something else to know when to stop."""
    return tuple(f"{_SAME} => {question}" for question in questions)


_MOVED = "compute_centroids(X, idx, len(centroids))"


def _going(*places):
    """Wrong functions whose centroids go elsewhere; NEW stands for the means."""
    return tuple(f"{_MOVED} => {place.replace('NEW', _MOVED)}" for place in places)


RUN_KMEANS = Exercise(
    kmeans.run_kmeans,
    ("X", "initial_centroids", "max_iters"),
    "Assign, move, repeat",
    _run_cases,
    "1, 2, 3 and many steps, small ones, some that cancel, K = 1, 1, 2 and 3 channels, whole numbers, a "
    "start that is the end, a start with a lost color",
    styles=(
        f"""
centroids = np.array(initial_centroids, dtype=float)
idx = find_closest_centroids(X, centroids)
for step in range(max_iters):
    moved = compute_centroids(X, idx, len(centroids))
    if {_SAME}:
        break
    centroids = moved
    idx = find_closest_centroids(X, centroids)
return centroids, idx
""",
        """
centroids = np.array(initial_centroids, dtype=float)
for step in range(max_iters):
    idx = find_closest_centroids(X, centroids)
    centroids = compute_centroids(X, idx, len(centroids))
return centroids, find_closest_centroids(X, centroids)
""",
        f"""
centroids = np.array(initial_centroids, dtype=float)
for step in range(max_iters):
    idx = find_closest_centroids(X, centroids)
    moved = compute_centroids(X, idx, len(centroids))
    done = {_SAME}
    centroids = moved
    if done:
        break
return centroids, find_closest_centroids(X, centroids)
""",
    ),
    nouns={"step": "step"},
    wrong=table("""
Your idx is that of the start: return the assignment to the centroids that you return.
    right(X, initial_centroids, max_iters)[0], find_closest_centroids(X, initial_centroids)
Your assignment is one step behind: assign once more after the last move.
    return centroids, find_closest_centroids(X, centroids) => return centroids, idx
The two results are in the wrong order: centroids first, then idx.
    right(X, initial_centroids, max_iters)[::-1]
You return the start; return the centroids after the last move.
    initial_centroids, right(X, initial_centroids, max_iters)[1]
You draw a start of your own (the first K rows of X); begin with initial_centroids.
    right(X, X[: len(initial_centroids)], max_iters)
You return the result of one step too few: range(max_iters) makes max_iters steps; and is it the last result that you return?
    range(max_iters) => range(max_iters - 1)
You make one step too many: range(max_iters) makes max_iters steps.
    range(max_iters) => range(max_iters + 1)
The number of your centroids is max_iters; it should be that of initial_centroids.
    len(centroids) => max_iters
""")
    | {
        "You assign anew after each single color has moved; move all K first, and assign once then.": (
            """
centroids = np.array(initial_centroids, dtype=float)
idx = find_closest_centroids(X, centroids)
for k in list(range(len(centroids))) * max_iters:
    if (idx == k).any():
        centroids[k] = X[idx == k].mean(axis=0)
    idx = find_closest_centroids(X, centroids)
return centroids, idx
"""
        ),
        (
            "The colors move, but the assignment stays that of the start: assign in every step, and to the "
            "colors where they are by then, not to initial_centroids."
        ): (
            """
idx = find_closest_centroids(X, initial_centroids)
return compute_centroids(X, idx, len(initial_centroids)), idx
"""
        ),
        (
            "The decimals of initial_centroids, or of X, are cut off before you begin (.astype(int), dtype=int): "
            "take the values as they are."
        ): (
            tuple(
                f"centroids = np.array(initial_centroids, dtype=float) => {what}"
                for what in (
                    "centroids = np.trunc(initial_centroids)",
                    "X, centroids = np.trunc(X), np.array(initial_centroids, dtype=float)",
                    "X, centroids = np.trunc(X), np.trunc(initial_centroids)",
                )
            )
        ),
        "The decimals of the centroids are gone: they are stored as integers.": (
            (
                *_going("np.trunc(NEW)"),
                "C, idx = right(X, initial_centroids, max_iters)\nreturn np.trunc(C), idx",
                """
C = np.trunc(initial_centroids)
for step in range(max_iters):
    C = np.trunc(compute_centroids(X, find_closest_centroids(X, C), len(C)))
return C, find_closest_centroids(X, C)
""",
            )
        ),
        "You average the channels, too; each channel has its own mean (axis=0).": (
            _going("NEW.mean(axis=1, keepdims=True) + 0 * NEW")
        ),
        (
            "The first centroid, or the last, never moves: does a loop or a slice begin too late, or stop one too "
            "early?"
        ): (_going("np.vstack([centroids[:1], NEW[1:]])", "np.vstack([NEW[:-1], centroids[-1:]])")),
        "You move each centroid to the median of its points; K-means moves to the mean.": (
            _going("np.array([np.median(X[idx == k], axis=0) for k in range(len(centroids))])")
        ),
        "You move each centroid to a pixel, one of the rows of X; go to the mean itself.": (
            _going("X[find_closest_centroids(NEW, X)]")
        ),
        (
            "You move each centroid only a part of the way to the mean (half, say), or too far: go to the new "
            "place."
        ): (
            _going(
                *(
                    f"centroids + {part} * (NEW - centroids)"
                    for part in (0.1, 0.2, 0.25, 0.3, 0.5, 0.7, 0.75, 0.8, 0.9, 0.95, 0.99, 1.5, 2)
                ),
            )
        ),
        "You round the centroids; keep all of their decimals.": (
            _going(*(f"np.round(NEW, {digits})" for digits in range(5)))
        ),
        _NO_STEP: ("initial_centroids, find_closest_centroids(X, initial_centroids)"),
        _ONE_STEP: ("right(X, initial_centroids, min(max_iters, 1))"),
        (
            "The numbers in your idx are right, but they come as a column: there is an axis of size 1 too many. "
            "Flatten it with .ravel()."
        ): ("C, idx = right(X, initial_centroids, max_iters)\nreturn C, idx[:, None]"),
        "You count from 1 in idx; the numbers of centroids begin with 0.": (
            "C, idx = right(X, initial_centroids, max_iters)\nreturn C, idx + 1"
        ),
        "Your centroids come in another order: centroid k stays in row k, so do not sort them.": (
            tuple(
                "C, _ = right(X, initial_centroids, max_iters)\n"
                f"C = C[{order}]\nreturn C, find_closest_centroids(X, C)"
                for order in (
                    "np.lexsort(C.T[::-1])",
                    "C.sum(axis=1).argsort()",
                    "C[:, 0].argsort()",
                )
            )
        ),
        "Your idx holds a color for each row of X, as in a picture; it should be numbers, one for each row.": (
            "C, idx = right(X, initial_centroids, max_iters)\nreturn C, C[idx]"
        ),
        "You give each row of X its centroid; it should be K centroids and one number for each row.": (
            "C, idx = right(X, initial_centroids, max_iters)\nreturn C[idx], idx"
        ),
        "You return all the steps, one after the other; it should be the centroids of the last one.": (
            tuple(
                f"steps = range({first}, max_iters + 1)\n"
                "return np.array([right(X, initial_centroids, n)[0] for n in steps]), "
                "right(X, initial_centroids, max_iters)[1]"
                for first in (0, 1)
            )
        ),
        (
            "You bring X and initial_centroids to another scale before you begin (by the range, the largest value or "
            "the spread of X): take the values as they are, and return the centroids in the scale of X."
        ): (
            tuple(
                f"low, size = {low}, {size}\nsize = np.where(size, size, 1)\n"
                f"C, idx = right((X - low) / size, (initial_centroids - low) / size, max_iters)\nreturn {C}, idx"
                for low, size in (
                    ("X.min(axis=0)", "np.ptp(X, axis=0)"),
                    ("0", "X.max(axis=0)"),
                    ("X.mean(axis=0)", "X.std(axis=0)"),
                )
                for C in ("C", "C * size + low")
            )
        ),
        (
            "You stop while something still moves: small changes count as none for you (a tolerance, rounding "
            "before you compare, or a WCSS that falls by little). Go on until nothing moves at all."
        ): (
            _asked(
                *(
                    f"{measure} < {t}"
                    for t in _TOLERANCES
                    for measure in (
                        "abs(moved - centroids).max()",
                        "abs(moved - centroids).sum()",
                        "abs(moved - centroids).mean()",
                        "np.linalg.norm(moved - centroids)",
                        "np.linalg.norm(moved - centroids, axis=1).max()",
                        "((moved - centroids) ** 2).sum()",
                        "((moved - centroids) ** 2).mean()",
                        "wcss(X, centroids, idx) - wcss(X, moved, find_closest_centroids(X, moved))",
                    )
                ),
                *(f"np.allclose(moved, centroids, atol={t})" for t in (*_TOLERANCES, 1e-8)),
                *(f"np.array_equal(moved.round({d}), centroids.round({d}))" for d in range(6)),
            )
        ),
        (
            "You stop while something still moves: you add up the moves with their signs (or look for the "
            "largest with its sign), so those to lower values, or opposite ones, count as none. Go on until "
            "nothing moves at all."
        ): (
            _asked(
                *(
                    f"{measure} < {t}"
                    for t in (*_TOLERANCES, 1e-10)
                    for measure in (
                        "(moved - centroids).sum()",
                        "abs((moved - centroids).sum())",
                        "(moved - centroids).max()",
                    )
                ),
                "(moved - centroids).max() <= 0",
                "moved.sum() == centroids.sum()",
            )
        ),
        (
            "You stop while something still moves: you compare how many pixels each color has, or add up the "
            "numbers in idx, and other pixels can give the same. Go on until nothing moves at all."
        ): (
            _asked(
                "np.array_equal(*(np.bincount(a, minlength=99) for a in (idx, find_closest_centroids(X, moved))))",
                "find_closest_centroids(X, moved).sum() == idx.sum()",
            )
        ),
        (
            "You stop while something still moves: one number or one color that stays is enough for "
            "you, and the others may still change. Go on until nothing moves at all."
        ): (
            _asked(
                "(moved == centroids).any()",
                "(moved == centroids).all(axis=1).any()",
                "np.array_equal(moved[0], centroids[0])",
                "np.array_equal(moved[-1], centroids[-1])",
                "np.array_equal(moved[:, 0], centroids[:, 0])",
            )
        ),
        (
            "With a single color (K = 1) you stop before the first move: do you compare with an idx full of "
            "zeros, to begin with? Here that is the real one, and nothing seems to change."
        ): (
            """
if len(initial_centroids) == 1:
    return initial_centroids, np.zeros(len(X), dtype=int)
return right(X, initial_centroids, max_iters)
"""
        ),
    },
    meaning="centroids, idx",
    rule=_never_loses_a_color,
    betrays=(_own_start, _steps_made),
    sections={"empty": "A color that nobody wants"},
    names={
        "find_closest_centroids": codebook.find_closest_centroids,
        "compute_centroids": kmeans.compute_centroids,
        "wcss": kmeans.wcss,
    },
)

EXERCISES = {"kmeans_init_centroids": KMEANS_INIT_CENTROIDS, "run_kmeans": RUN_KMEANS}
