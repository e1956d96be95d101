"""Lesson 05b: `kmeans_init_centroids` and `run_kmeans`."""

import numpy as np

from helpers import codebook, kmeans
from helpers.checks import chance, known
from helpers.checks.attempt import Unfinished, patiently
from helpers.checks.cases import cases, pixel_tags, sq
from helpers.checks.compare import difference
from helpers.checks.exercise import Exercise, answered, questions, table
from helpers.checks.report import show, show_call

KMEANS_INIT_CENTROIDS = Exercise(
    kmeans.kmeans_init_centroids,
    ("X", "K", "rng"),
    "A random start",
    lambda: chance.row_cases(kmeans.kmeans_init_centroids),
    "equal pixels, as many colors as pixels, nearly equal colors, colors that share values, one color, 1, 2, 3 and 5 channels, 60 seeds",
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
    calls = [(X, X[[0, 2]], 1, {"one step"}), (Y, Y[:3], 1, {"one step"})]
    for scale, steps in ((1, 2), (10, 3)):  # ten times as large, no tolerance stops
        for start in (Y[:3], Y[[0, 3, 5]]):
            calls.append((scale * Y, scale * start, steps, {"two starts"}))
    calls.append((Z, Z[[9, 3, 5, 7]], 2))
    calls += [
        (*call, {"until the end"})
        for call in (
            (Y, Y[:3], 60),
            (V, V[:2], 20),
            (slow, np.concatenate([slow[:3], [[0.5, 0.5]]]), 20),
            (far, np.concatenate([far[:3], [[0.0, 900.0]]]), 20),
            (mirrored, mirrored[[0, 1, 7, 8]], 20),
            (Y[:, :1], Y[:1, :1], 5),
            (X, np.array([[0.0, 0.5], [4.0, 4.5], [9.0, 0.0]]), 5),  # the end already
        )
    ]
    return cases(kmeans.run_kmeans, calls, lambda X, start, steps: pixel_tags(X, len(start)))


def _never_loses_a_color(function):
    """A rule: where a color loses its pixels, and from whole numbers, K finite centroids come back."""
    square = np.array([[0.0, 0.0], [0.0, 1.0], [4.0, 4.0], [4.0, 5.0]])
    lost = np.array([[0.0, 0.0], [4.0, 4.0], [99.0, 99.0]])
    # The second of these colors loses its pixels in the second step.
    X = np.array([[1.0, 0], [4, 1], [9, 2], [0, 6], [6, 9], [7, 9], [5, 9]])
    W = np.array([[0, 0], [1, 0], [10, 9], [9, 9], [5, 0], [4, 1]])
    whole = W, W[[0, 2, 3]], 20
    for arguments in ((square, lost, 10), (X, X[:3], 10), whole):
        (trial,) = patiently(function, [arguments])
        shown = show_call(("X", "initial_centroids", "max_iters"), arguments)
        where, mind = "from a start of whole numbers", ""
        if arguments is not whole:
            where = "when a color has no pixels"
            mind = "\nMind the empty cluster, as in compute_centroids."
        if trial.out_of_time:
            raise Unfinished(
                f"Your function does not come to an end {where}. (Nothing is equal to nan, not even nan.){mind}\nIt was called with {shown}."
            )
        if trial.error is not None:
            return (
                f"It fails {where}: {chance.failed(trial.error)}{mind}\nIt was called with {shown}."
            )
        words = "" if arguments is whole else _lacks(trial.got, *arguments[:2])
        if words:
            return (
                f"It goes wrong {where}: {words}{mind}\nFor {shown}\nyou return: {show(trial.got)}"
            )
    problem = difference(kmeans.run_kmeans(*whole), trial.got, shown, "centroids, idx")
    return problem and (
        f"It goes wrong {where}: a copy of it holds integers, and the means that you write into it lose their decimals. Copy it as float.\n{problem.words}"
    )


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
    squared = sq(X, centroids)
    fits = idx.shape == (len(X),) and np.isin(idx, range(len(start))).all()
    if not fits or (np.choose(idx.astype(int), squared.T) > squared.min(axis=1) + 1e-3).any():
        return "idx does not name the nearest of the centroids that you return."
    return None


def _centroids(attempt):
    """The centroids of each call; None if one of them did not come back with a sound idx."""
    found = []
    for case, trial in zip(attempt.cases, attempt.trials, strict=True):
        pair = isinstance(trial.got, (tuple, list)) and len(trial.got) == 2 and not trial.error
        idx = known.numbers(trial.got[1]) if pair else None
        if idx is None or idx.shape != case.expected[1].shape or idx.dtype.kind not in "iu":
            return None
        found.append(known.numbers(trial.got[0]))
    return found


def _steps_made(attempt):
    """How many steps were made, read off the centroids."""
    found = _centroids(attempt)
    if found is None:
        return None
    read = [_read(case, C) for case, C in zip(attempt.cases, found, strict=True)]
    if any(made is None for made, _ in read):
        return None
    return answered(_READINGS, read)


def _read(case, centroids):
    """How many steps were made (None if unknown), and how many were asked for."""
    X, start, limit = case.arguments
    history = [np.array(start, dtype=float)]
    while len(history) < 2 or not np.allclose(history[-1], history[-2]):
        idx = codebook.find_closest_centroids(X, history[-1])
        history.append(kmeans.compute_centroids(X, idx, len(start)))
    fits = (m for m, C in enumerate(history) if centroids is not None and known.close(C, centroids))
    return next(fits, None), min(limit, len(history) - 2)


# What to say of the steps made and the steps asked for.
_READINGS = questions("made, asked", """
Your centroids are right, and your idx is not: it should be the assignment to the centroids that you return.
    made == asked
You stop while something still moves, if only a little (a tolerance, a WCSS that falls slowly, moves taken with their signs, so that opposite ones cancel or those to lower values count as none, one number or one color of several that stays, sums or sizes of groups that agree?): go on until nothing moves at all, or max_iters is reached.
    made <= asked
The number of your steps is not max_iters: make that many, or fewer if nothing moves.
    True
""")  # fmt: skip


def _own_start(attempt):
    """Whether calls that differ in their start only come to the same centroids."""
    found = _centroids(attempt) or []
    pairs = [C for C, case in zip(found, attempt.cases, strict=False) if "two starts" in case.tags]
    if pairs and all(map(known.alike, pairs[::2], pairs[1::2])):
        return "It makes no difference which initial_centroids you are given: do you draw a start of your own? Begin with these."
    return None


_SAME = "np.array_equal(moved, centroids)"
_MOVED = "compute_centroids(X, idx, len(centroids))"

RUN_KMEANS = Exercise(
    kmeans.run_kmeans,
    ("X", "initial_centroids", "max_iters"),
    "Assign, move, repeat",
    _run_cases,
    "1, 2, 3 and many steps, small ones, some that cancel, K = 1, 1, 2 and 3 channels, whole numbers, a start that is the end, a start with a lost color",
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
    wrong=table(f"""
Your assignment is one step behind: assign once more after the last move.
    return centroids, find_closest_centroids(X, centroids) => return centroids, idx
The two results are in the wrong order: centroids first, then idx.
    right(X, initial_centroids, max_iters)[::-1]
You return the start; return the centroids after the last move.
    initial_centroids, right(X, initial_centroids, max_iters)[1]
You return the result of one step too few: range(max_iters) makes max_iters steps; and is it the last result that you return?
    range(max_iters) => range(max_iters - 1)
The number of your centroids is max_iters; it should be that of initial_centroids.
    len(centroids) => max_iters
The colors move, but the assignment stays that of the start: assign in every step, and to the colors where they are by then, not to initial_centroids.
    (idx := find_closest_centroids(X, initial_centroids), compute_centroids(X, idx, len(initial_centroids)))[::-1]
You assign anew after each single color has moved; move all K first, and assign once then.
    centroids = {_MOVED} => centroids = np.where(np.arange(len(centroids))[:, None] == step, {_MOVED}, centroids) ;; range(max_iters) => list(range(len(centroids))) * max_iters
Decimals are cut off on the way, of the centroids or before you begin (.astype(int), dtype=int, a result stored as integers): keep them all.
    {_MOVED} => np.trunc({_MOVED})
    {_MOVED} => np.trunc({_MOVED}) ;; np.array(initial_centroids, dtype=float) => np.trunc(initial_centroids)
    np.array(initial_centroids, dtype=float) => np.trunc(initial_centroids)
    (np.trunc(right(X, initial_centroids, max_iters)[0]), right(X, initial_centroids, max_iters)[1])
You move each centroid to a pixel, one of the rows of X; go to the mean itself.
    {_MOVED} => X[find_closest_centroids({_MOVED}, X)]
You move each centroid only a part of the way to the mean (half, say), or too far: go to the new place.
    {_MOVED} => centroids + <0.1|0.2|0.25|0.3|0.5|0.7|0.75|0.8|0.9|0.95|0.99|1.5|2> * ({_MOVED} - centroids)
The colors never move: is what compute_centroids returns ever kept, or do you leave the loop before a move is kept (is your question the wrong way around, or answered with yes too soon)?
    initial_centroids, find_closest_centroids(X, initial_centroids)
You make one step, whatever max_iters is: is there no loop over both steps, to assign and to move, does each round begin again from initial_centroids or from the first idx, or is the loop left too soon (old = centroids is no copy, but a second name for the same numbers; or one of them that stays is enough for you)?
    right(X, initial_centroids, min(max_iters, 1))
You count from 1 in idx; the numbers of centroids begin with 0.
    (right(X, initial_centroids, max_iters)[0], right(X, initial_centroids, max_iters)[1] + 1)
Your centroids come in another order: centroid k stays in row k, so do not sort them.
    (C := np.array(sorted(map(list, right(X, initial_centroids, max_iters)[0]), key=<list|sum|min>)), find_closest_centroids(X, C))
Your idx holds a color for each row of X, as in a picture; it should be numbers, one for each row.
    (C := right(X, initial_centroids, max_iters)[0], C[find_closest_centroids(X, C)])
With a single color (K = 1) you stop before the first move: do you compare with an idx full of zeros, to begin with? Here that is the real one, and nothing seems to change.
    right(X, initial_centroids, max_iters * (len(initial_centroids) > 1))
"""),
    meaning="centroids, idx",
    rule=_never_loses_a_color,
    betrays=(_own_start, _steps_made),
    sections={"empty": "A color that nobody wants"},
    names={
        "find_closest_centroids": codebook.find_closest_centroids,
        "compute_centroids": kmeans.compute_centroids,
    },
)


EXERCISES = {"kmeans_init_centroids": KMEANS_INIT_CENTROIDS, "run_kmeans": RUN_KMEANS}
