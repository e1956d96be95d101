import math

import numpy as np
from zoo import right, variants, wrong

from helpers import codebook
from helpers.color import pairwise_distances

X = np.full((6, 3), 0.25)
C = np.eye(3)
K = 16
petal = np.array([0.8, 0.4, 0.5])


def distance(a, b):
    return np.sqrt(((a - b) ** 2).sum())


# --- Right ---------------------------------------------------------------------------------


variants(
    """
def NAME(x, C):
    squared = ((C - x) ** 2).sum(axis=1)
    LINE
""",
    squared_argmin=("return int(squared.argmin())",),
    forgot_return=("k = squared.argmin()", "return"),
    a_random_one_of_the_nearest=(
        "return int(np.random.choice(np.flatnonzero(squared == squared.min())))",
        "chance",
        "now this answer, now that",
    ),
)


@right
def norm_argmin(x, C):
    return np.argmin(np.linalg.norm(C - x, axis=1))


@right
def loop_with_best(x, C):
    best = 0
    best_distance = float("inf")
    for k in range(len(C)):
        d = distance(x, C[k])
        if d < best_distance:
            best_distance = d
            best = k
    return best


@right
def loop_that_starts_with_the_first(pixel, colors):
    number = 0
    smallest = sum((pixel - colors[0]) ** 2)
    for k in range(1, len(colors)):
        squared = sum((pixel - colors[k]) ** 2)
        if squared < smallest:
            smallest, number = squared, k
    return number


@right
def list_index(x, C):
    distances = [math.dist(x, c) for c in C]
    return distances.index(min(distances))


@right
def min_with_key(x, C):
    return min(range(len(C)), key=lambda k: sum((a - b) ** 2 for a, b in zip(x, C[k])))


@right
def argsort_first(x, C):
    return np.argsort(((C - x) ** 2).sum(axis=1), kind="stable")[0]


variants(
    """
def NAME(x, C):
    d = ((C - x) ** 2).sum(axis=1)
    LINE
""",
    where_first=("return np.where(d == d.min())[0][0]",),
    last_of_equals=("return int(np.where(d == d.min())[0][-1])", "lowest"),
    array_of_all_nearest=("return np.where(d == d.min())[0]", "one number"),
    tuple_of_where=("return np.where(d == d.min())", "one number"),
    index_of_an_array=("return d.index(min(d))", "argmin"),
    all_places=("return np.where(d == d.min())[0]", "all equally near colors"),
)


@right
def flatnonzero_first(x, C):
    d = np.sqrt(((C - x) ** 2).sum(axis=-1))
    return np.flatnonzero(d == np.min(d))[0].astype(np.int16)


@right
def with_pairwise(x, C):
    distances = np.sqrt(((x[None, :][:, None] - C[None]) ** 2).sum(axis=-1))
    return int(distances.argmin(axis=1)[0])


@right
def matrix_trick(x, C):
    return np.int32(((C**2).sum(axis=1) - 2 * C @ x).argmin())


@right
def sorted_pairs(x, C):
    pairs = sorted((float(((x - c) ** 2).sum()), k) for k, c in enumerate(C))
    return pairs[0][1]


@right
def einsum(x, C):
    D = x - C
    return np.einsum("kd,kd->k", D, D).argmin()


@right
def while_loop(x, C):
    k, best = 0, 0
    while k < len(C):
        if distance(x, C[k]) < distance(x, C[best]):
            best = k
        k += 1
    return best


@right
def zero_dimensional(x, C):
    return np.array(np.linalg.norm(np.asarray(C) - np.asarray(x), axis=1).argmin())


# --- Wrong ---------------------------------------------------------------------------------


@wrong("farthest")
def argmax(x, C):
    return int(((C - x) ** 2).sum(axis=1).argmax())


@wrong("farthest")
def wrong_comparison(x, C):
    best, best_distance = 0, 0
    for k in range(len(C)):
        if distance(x, C[k]) > best_distance:
            best, best_distance = k, distance(x, C[k])
    return best


@wrong("lowest")
def less_or_equal(x, C):
    best, best_distance = 0, float("inf")
    for k in range(len(C)):
        d = distance(x, C[k])
        if d <= best_distance:
            best, best_distance = k, d
    return best


@wrong("city-block")
def manhattan(x, C):
    return int(np.abs(C - x).sum(axis=1).argmin())


@wrong("cancel")
def signed_sum(x, C):
    return int((C - x).sum(axis=1).argmin())


@wrong("cancel")
def signed_sum_other_way(x, C):
    return int((x - C).sum(axis=1).argmin())


@wrong("cancel")
def absolute_of_the_sum(x, C):
    return int(abs((x - C).sum(axis=1)).argmin())


@wrong("cancel")
def square_of_the_sum(x, C):
    return int(((C - x).sum(axis=1) ** 2).argmin())


@wrong("brightness")
def brightness(x, C):
    return int(np.abs(C.mean(axis=1) - x.mean()).argmin())


@wrong("brightness")
def brightness_as_sum(x, C):
    sums = [sum(c) for c in C]
    gaps = [abs(s - sum(x)) for s in sums]
    return gaps.index(min(gaps))


@wrong("first of the channels")
def red_only(x, C):
    return int(np.abs(C[:, 0] - x[0]).argmin())


@wrong("largest difference", "their squares", "root of the sum")
def chessboard(x, C):
    return int(np.abs(C - x).max(axis=1).argmin())


@wrong("argmin gives the number")
def smallest_distance(x, C):
    return np.linalg.norm(C - x, axis=1).min()


@wrong("argmin gives the number")
def smallest_squared_distance(x, C):
    return ((C - x) ** 2).sum(axis=1).min()


@wrong("number")
def the_color_itself(x, C):
    return C[((C - x) ** 2).sum(axis=1).argmin()]


@wrong("number")
def the_color_as_list(x, C):
    k = ((C - x) ** 2).sum(axis=1).argmin()
    return C[k].tolist()


@wrong("argmin")
def all_distances(x, C):
    return np.sqrt(((C - x) ** 2).sum(axis=1))


@wrong("argmin")
def all_squared_distances(x, C):
    return ((C - x) ** 2).sum(axis=1)


@wrong("add up")
def no_sum(x, C):
    return int(((C - x) ** 2).argmin())


@wrong("along")
def wrong_axis(x, C):
    return int(((C - x) ** 2).sum(axis=0).argmin())


@wrong("argmin needs one number")
def argmin_with_axis(x, C):
    return ((C - x) ** 2).argmin(axis=0)


@wrong("always", "sum without axis")
def summed_everything(x, C):
    return int(((C - x) ** 2).sum().argmin())


@wrong("from 1")
def counts_from_one(x, C):
    return int(((C - x) ** 2).sum(axis=1).argmin()) + 1


@wrong("from 1")
def counts_from_one_in_the_loop(x, C):
    best, best_distance = 1, float("inf")
    number = 1
    for c in C:
        if distance(x, c) < best_distance:
            best, best_distance = number, distance(x, c)
        number += 1
    return best


@wrong("whole number")
def float_number(x, C):
    return float(((C - x) ** 2).sum(axis=1).argmin())


@wrong("one number")
def list_with_one(x, C):
    return [int(((C - x) ** 2).sum(axis=1).argmin())]


@wrong("one number")
def array_with_one(x, C):
    return np.linalg.norm(x[None, None] - C[None], axis=-1).argmin(axis=1)


variants(
    """
def NAME(x, C):
    d = np.linalg.norm(C - x, axis=1)
    LINE
""",
    number_and_distance=("return int(d.argmin()), d.min()", "one number"),
    argmin_not_returned=("np.argmin(d)", "return"),
    without_parentheses=("return d.argmin", "parentheses"),
)


@wrong("order")
def argsort_all(x, C):
    return ((C - x) ** 2).sum(axis=1).argsort()


@wrong("text")
def as_text(x, C):
    return "color " + str(((C - x) ** 2).sum(axis=1).argmin())


@wrong("first color")
def never_compares(x, C):
    best = 0
    for k in range(len(C)):
        d = distance(x, C[k])
        if d < 0:
            best = k
    return best


@wrong("first color")
def returns_in_loop(x, C):
    best = math.inf
    for k in range(len(C)):
        if distance(x, C[k]) < best:
            best = distance(x, C[k])
            return k


@wrong("last color")
def always_the_last(x, C):
    for k in range(len(C)):
        best = k
    return best


@wrong("so far")
def best_distance_never_updated(x, C):
    best = 0
    best_distance = distance(x, C[0])
    for k in range(1, len(C)):
        if distance(x, C[k]) < best_distance:
            best = k
    return best


@wrong("start")
def starts_with_one(x, C):
    best = 0
    smallest = 1
    for k in range(len(C)):
        if distance(x, C[k]) < smallest:
            smallest = distance(x, C[k])
            best = k
    return best


@wrong("last color")
def forgets_the_last_color(x, C):
    best, best_distance = 0, math.inf
    for k in range(len(C) - 1):
        if distance(x, C[k]) < best_distance:
            best, best_distance = k, distance(x, C[k])
    return best


@wrong("first color")
def forgets_the_first_color(x, C):
    best, best_distance = 0, math.inf
    for k in range(1, len(C)):
        if distance(x, C[k]) < best_distance:
            best, best_distance = k, distance(x, C[k])
    return best


@wrong("16")
def always_sixteen(x, C):
    distances = []
    for k in range(16):
        distances.append(distance(x, C[k]))
    return int(np.argmin(distances))


@wrong("3 channels")
def by_hand(x, C):
    d = (C[:, 0] - x[0]) ** 2 + (C[:, 1] - x[1]) ** 2 + (C[:, 2] - x[2]) ** 2
    return int(d.argmin())


@wrong("K", "the page")
def K_from_the_page(x, C):
    best = 0
    for k in range(K):
        if distance(x, C[k]) < distance(x, C[best]):
            best = k
    return best


@wrong("C", "the page")
def colors_of_the_page(x, colors):
    return int(((C - x) ** 2).sum(axis=1).argmin())


@wrong("X", "the page")
def pixels_of_the_page(x, C):
    return int(((C - X[0]) ** 2).sum(axis=1).argmin())


@wrong("never", "x")
def petal_of_the_page(x, C):
    return int(((C - petal) ** 2).sum(axis=1).argmin())


@wrong("never", "C")
def terminal_of_the_page(x, C):
    return int(((codebook.TERMINAL - x) ** 2).sum(axis=1).argmin())


@wrong("print")
def printed(x, C):
    print(((C - x) ** 2).sum(axis=1).argmin())


@wrong("return")
def half_done(x, C):
    differences = C - x
    squared = (differences**2).sum(axis=1)


@wrong("integers")
def pixel_of_integers(x, C):
    x = x.astype(int)
    return int(((C - x) ** 2).sum(axis=1).argmin())


@wrong("copy")
def in_place(x, C):
    C -= x
    return int((C**2).sum(axis=1).argmin())


@wrong("product")
def dot_product(x, C):
    return int((C @ x).argmax())


@wrong("channels")
def one_axis_for_norm(x, C):
    return int(np.linalg.norm(C - x, axis=0).argmin())


@wrong("UnboundLocalError")
def best_without_a_start(x, C):
    for k in range(len(C)):
        if distance(x, C[k]) < best_distance:
            best_distance = distance(x, C[k])
            best = k
    return best


@wrong("never ends")
def endless(x, C):
    k, best = 0, 0
    while k < len(C):
        if distance(x, C[k]) < distance(x, C[best]):
            best = k
            k += 1
    return best


@wrong("one single row")
def pixel_for_a_table(x, C):
    return int(pairwise_distances(x, C).argmin())


@wrong("round on the way")
def rounded_distances(x, C):
    return int(np.linalg.norm(C - x, axis=1).round(2).argmin())


@wrong("how long the two are")
def compares_lengths(x, C):
    return int(np.abs(np.linalg.norm(C, axis=1) - np.linalg.norm(x)).argmin())


@wrong("the same color, or nearly the same")
def exact_match(x, C):
    for k, c in enumerate(C):
        if np.allclose(c, x, atol=0.05):
            return k
    return 0


@wrong("first 16 of C")
def terminal_only(x, C):
    return int(((C[:16] - x) ** 2).sum(axis=1).argmin())


@wrong("one and the same thing in memory")
def is_for_equal(x, C):
    squared = ((C - x) ** 2).sum(axis=1)
    for k in range(len(C)):
        if squared[k] is squared.min():
            return k
    return 0


@wrong("nothing yet")
def zero_is_no_best(x, C):
    best = None
    for k, c in enumerate(C):
        distance = np.linalg.norm(c - x)
        if not best or distance < best:
            best, number = distance, k
    return number


@wrong("grows for the first time")
def walks_downhill(x, C):
    distances = np.linalg.norm(C - x, axis=1)
    k = 0
    while k + 1 < len(C) and distances[k + 1] < distances[k]:
        k += 1
    return k


@wrong("0 are left out")
def skips_channels_of_zero(x, C):
    sums = [sum((a - b) ** 2 for a, b in zip(x, c) if a and b) for c in C]
    return sums.index(min(sums))
