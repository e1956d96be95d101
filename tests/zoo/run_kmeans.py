import numpy as np
from zoo import right, variants, wrong

from helpers.kmeans import compute_centroids, find_closest_centroids, use_every_color, wcss

points = np.round(np.random.default_rng(1).random((60, 2)), 2)
start = points[:3].copy()
X = points
K = 3
max_iters = 20
centroids = start.copy()
idx = np.zeros(60, dtype=int)
initial_centroids = start


# --- Right ---------------------------------------------------------------------------------


@right
def as_on_the_page(X, initial_centroids, max_iters=10):
    centroids = np.array(initial_centroids, dtype=float)
    centroids, idx = use_every_color(X, centroids, find_closest_centroids(X, centroids))
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            break
        centroids, idx = use_every_color(X, moved, find_closest_centroids(X, moved))
    return centroids, idx


@right
def without_the_net(X, initial_centroids, max_iters):
    centroids = np.array(initial_centroids, dtype=float)
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@right
def all_the_steps(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for step in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, centroids.shape[0])
    idx = find_closest_centroids(X, centroids)
    return centroids, idx


@right
def stops_when_idx_stays(X, initial_centroids, max_iters=100):
    centroids = initial_centroids
    idx = find_closest_centroids(X, centroids)
    n = 0
    while n < max_iters:
        n += 1
        centroids = compute_centroids(X, idx, len(initial_centroids))
        new_idx = find_closest_centroids(X, centroids)
        if (new_idx == idx).all():
            break
        idx = new_idx
    return centroids, new_idx


@right
def tolerance(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, float)
    for _ in range(max_iters):
        old = C
        C = compute_centroids(X, find_closest_centroids(X, C), len(C))
        if np.abs(C - old).max() < 1e-9:
            break
    return C, find_closest_centroids(X, C)


@right
def with_allclose(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, dtype=float)
    labels = find_closest_centroids(X, C)
    while max_iters > 0:
        new = compute_centroids(X, labels, len(C))
        if np.allclose(new, C, rtol=0, atol=1e-10):
            break
        C, labels = new, find_closest_centroids(X, new)
        max_iters -= 1
    return C, labels


@right
def recursion(X, initial_centroids, max_iters):
    idx = find_closest_centroids(X, initial_centroids)
    if max_iters == 0:
        return np.array(initial_centroids, dtype=float), idx
    return recursion(X, compute_centroids(X, idx, len(initial_centroids)), max_iters - 1)


@right
def everything_inside(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        d = ((X[:, None] - C) ** 2).sum(axis=2)
        idx = d.argmin(axis=1)
        for k in range(len(C)):
            if (idx == k).any():
                C[k] = X[idx == k].mean(axis=0)
    return C, ((X[:, None] - C) ** 2).sum(axis=2).argmin(axis=1)


@right
def returns_a_list_of_two(X, initial_centroids, max_iters):
    c = initial_centroids
    for _ in range(max_iters):
        c = compute_centroids(X, find_closest_centroids(X, c), len(c))
    return [c, find_closest_centroids(X, c)]


@right
def float32_and_int64(X, initial_centroids, max_iters):
    c = initial_centroids.astype(np.float64)
    for _ in range(max_iters):
        idx = find_closest_centroids(X, c)
        c = compute_centroids(X, idx, len(c))
    return c.astype(np.float32), find_closest_centroids(X, c).astype(np.int64)


@right
def stops_when_wcss_stays(X, initial_centroids, max_iters):
    c = np.copy(initial_centroids).astype(float)
    idx = find_closest_centroids(X, c)
    last = wcss(X, c, idx)
    for _ in range(max_iters):
        c = compute_centroids(X, idx, c.shape[0])
        idx = find_closest_centroids(X, c)
        now = wcss(X, c, idx)
        if now == last:
            break
        last = now
    return c, idx


@right
def history_in_a_list(X, initial_centroids, max_iters):
    history = [initial_centroids]
    for i in range(max_iters):
        idx = find_closest_centroids(X, history[-1])
        history.append(compute_centroids(X, idx, len(initial_centroids)))
    return history[-1], find_closest_centroids(X, history[-1])


@right
def python_means(X, initial_centroids, max_iters):
    C = [list(map(float, c)) for c in initial_centroids]

    def nearest(x):
        return min(range(len(C)), key=lambda k: sum((a - b) ** 2 for a, b in zip(x, C[k])))

    for _ in range(max_iters):
        labels = [nearest(x) for x in X]
        for k in range(len(C)):
            group = [x for x, l in zip(X, labels) if l == k]
            if group:
                C[k] = [sum(v) / len(group) for v in zip(*group)]
    return np.array(C), np.array([nearest(x) for x in X])


# --- Wrong ---------------------------------------------------------------------------------


@wrong("one step")
def only_one_step(X, initial_centroids, max_iters):
    idx = find_closest_centroids(X, initial_centroids)
    centroids = compute_centroids(X, idx, len(initial_centroids))
    idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("one step")
def starts_again_each_time(X, initial_centroids, max_iters):
    for _ in range(max_iters):
        idx = find_closest_centroids(X, initial_centroids)
        centroids = compute_centroids(X, idx, len(initial_centroids))
    idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("return", "loop")
def return_in_the_loop(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))
        return centroids, find_closest_centroids(X, centroids)


variants(
    """
def NAME(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        LINE
    return centroids, idx
""",
    stale_assignment=("centroids = compute_centroids(X, idx, len(centroids))", "one step behind"),
    never_moves=("compute_centroids(X, idx, len(centroids))", "thrown away"),
    wrong_argument_order=(
        "centroids = compute_centroids(X, len(centroids), idx)",
        "compute_centroids",
    ),
    missing_argument=("centroids = compute_centroids(X, idx)", "compute_centroids"),
    half_done=("# TODO: move", "never move"),
)


@wrong("one step behind")
def stale_assignment_with_break(X, initial_centroids, max_iters):
    centroids = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            break
        centroids = moved
    return centroids, idx


@wrong("assign", "start")
def idx_of_the_start(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        centroids = compute_centroids(X, idx, len(centroids))
    return centroids, idx


@wrong("both steps")
def assigned_once(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        centroids = compute_centroids(X, idx, len(centroids))
    return centroids, find_closest_centroids(X, centroids)


@wrong("never move")
def assigned_only(X, initial_centroids, max_iters):
    idx = find_closest_centroids(X, initial_centroids)
    return initial_centroids.copy(), idx


@wrong("return the centroids after")
def returns_the_start(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))
    idx = find_closest_centroids(X, centroids)
    return initial_centroids.copy(), idx


@wrong("order")
def swapped(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))
    idx = find_closest_centroids(X, centroids)
    return idx, centroids


@wrong("max_iters")
def max_iters_ignored(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    while True:
        idx = find_closest_centroids(X, centroids)
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            return centroids, idx
        centroids = moved


@wrong("max_iters")
def always_ten_steps(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(10):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))
    return centroids, find_closest_centroids(X, centroids)


@wrong("max_iters")
def two_steps(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(2):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))
    return centroids, find_closest_centroids(X, centroids)


@wrong("one step too few")
def one_step_too_few(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    idx = find_closest_centroids(X, centroids)
    for _ in range(1, max_iters):
        centroids = compute_centroids(X, idx, len(centroids))
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("one step too many")
def one_step_too_many(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters + 1):
        centroids = compute_centroids(X, idx, len(centroids))
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("max_iters")
def stops_before_the_end(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if np.abs(moved - centroids).max() < 0.1:
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("still moves")
def stops_when_one_centroid_stays(X, initial_centroids, max_iters):
    centroids = initial_centroids.astype(float)
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if (moved == centroids).any():
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


variants(
    """
def NAME(X, initial_centroids, max_iters):
    LINE
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids[:] = compute_centroids(X, idx, len(centroids))
    return centroids, find_closest_centroids(X, centroids)
""",
    alias_of_the_start=("centroids = initial_centroids", "copy"),
    integer_centroids=("centroids = initial_centroids.astype(int)", "decimals"),
    integers_only_with_integers=("centroids = initial_centroids.copy()", "whole numbers"),
)


@wrong("copy")
def alias_in_a_loop(X, initial_centroids, max_iters):
    C = initial_centroids
    for _ in range(max_iters):
        idx = find_closest_centroids(X, C)
        for k in range(len(C)):
            if (idx == k).any():
                C[k] = X[idx == k].mean(axis=0)
    return C, find_closest_centroids(X, C)


@wrong("copy")
def hands_back_the_start_itself(X, initial_centroids, max_iters):
    centroids = initial_centroids
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if np.array_equal(moved, centroids):
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("initial_centroids")
def own_start(X, initial_centroids, max_iters):
    centroids = X[: len(initial_centroids)].astype(float)
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))
    return centroids, find_closest_centroids(X, centroids)


@wrong("initial_centroids")
def random_start(X, initial_centroids, max_iters):
    rows = np.random.default_rng(0).choice(len(X), len(initial_centroids), replace=False)
    centroids = X[rows]
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))
    return centroids, find_closest_centroids(X, centroids)


@wrong("no pixels")
def nan_for_a_lost_color(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        idx = find_closest_centroids(X, C)
        C = np.array([X[idx == k].mean(axis=0) for k in range(len(C))])
    return C, find_closest_centroids(X, C)


@wrong("no pixels")
def lost_color_dropped(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        idx = find_closest_centroids(X, C)
        C = np.array([X[idx == k].mean(axis=0) for k in np.unique(idx)])
    return C, find_closest_centroids(X, C)


@wrong("no pixels")
def lost_color_fails(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        idx = find_closest_centroids(X, C)
        for k in range(len(C)):
            members = [x for x, i in zip(X, idx) if i == k]
            C[k] = sum(members) / len(members)
    return C, find_closest_centroids(X, C)


variants(
    """
def NAME(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        centroids = compute_centroids(X, find_closest_centroids(X, centroids), len(centroids))
    LINE
""",
    centroids_only=("return centroids", "centroids, idx"),
    idx_only=("return find_closest_centroids(X, centroids)", "centroids, idx"),
    returns_painted_pixels=(
        "return centroids, centroids[find_closest_centroids(X, centroids)]",
        "picture",
        "numbers",
    ),
    idx_from_one=("return centroids, find_closest_centroids(X, centroids) + 1", "from 1"),
)


@wrong("should be 2")
def three_results(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        centroids = compute_centroids(X, find_closest_centroids(X, centroids), len(centroids))
    idx = find_closest_centroids(X, centroids)
    return centroids, idx, wcss(X, centroids, idx)


@wrong("page")
def start_of_the_page(X, first_guess, max_iters):
    centroids = start.copy()
    for _ in range(max_iters):
        centroids = compute_centroids(X, find_closest_centroids(X, centroids), len(centroids))
    return centroids, find_closest_centroids(X, centroids)


@wrong("page")
def k_of_the_page(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, K)
    return centroids, find_closest_centroids(X, centroids)


@wrong("page")
def max_iters_of_the_page(X, initial_centroids, steps):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        centroids = compute_centroids(X, find_closest_centroids(X, centroids), len(centroids))
    return centroids, find_closest_centroids(X, centroids)


@wrong("page")
def points_of_the_page(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        idx = find_closest_centroids(points, centroids)
        centroids = compute_centroids(points, idx, len(centroids))
    return centroids, idx


@wrong("page")
def idx_of_the_page(X, initial_centroids, max_iters):
    C = initial_centroids.copy()
    for _ in range(max_iters):
        C = compute_centroids(X, idx, len(C))
    return C, find_closest_centroids(X, C)


@wrong("print")
def printed(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))
        print(centroids)


@wrong("return")
def forgotten(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))


@wrong("never ends")
def endless(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    moved = True
    while moved:
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))
    return centroids, idx


@wrong("never ends")
def endless_comparison(X, initial_centroids, max_iters):
    old = initial_centroids
    new = compute_centroids(X, find_closest_centroids(X, old), len(old))
    while (old != new).any() or max_iters > 0:
        old = new
        new = compute_centroids(X, find_closest_centroids(X, old), len(old))
    return new, find_closest_centroids(X, new)


@wrong("wrong order")
def arguments_swapped(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        idx = find_closest_centroids(centroids, X)
        centroids = compute_centroids(X, idx, len(centroids))
    return centroids, find_closest_centroids(X, centroids)


@wrong("value")
def break_before_assign(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        moved = compute_centroids(X, idx_now, len(centroids))
        idx_now = find_closest_centroids(X, moved)
        centroids = moved
    return centroids, idx_now


@wrong("all()", "array_equal")
def compares_arrays_with_if(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if moved == centroids:
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("range")
def loops_over_an_int(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in max_iters:
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))
    return centroids, idx


@wrong("half")
def mean_of_old_and_new(X, initial_centroids, max_iters):
    centroids = initial_centroids.astype(float)
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = (centroids + compute_centroids(X, idx, len(centroids))) / 2
    return centroids, find_closest_centroids(X, centroids)


@wrong("rows of X")
def snaps_to_pixels(X, initial_centroids, max_iters):
    centroids = initial_centroids.astype(float)
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, len(centroids))
        centroids = X[find_closest_centroids(centroids, X)].astype(float)
    return centroids, find_closest_centroids(X, centroids)


@wrong("assign in every step")
def two_mistakes_one_step_and_stale(X, initial_centroids, max_iters):
    idx = find_closest_centroids(X, initial_centroids)
    centroids = compute_centroids(X, idx, len(initial_centroids))
    return centroids, idx


@wrong("three dots")
def stub(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
    return ...


@wrong("sort")
def sorted_centroids(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        centroids = compute_centroids(X, find_closest_centroids(X, centroids), len(centroids))
    centroids = centroids[centroids.sum(axis=1).argsort()]
    return centroids, find_closest_centroids(X, centroids)


@wrong("still moves", "a tolerance")
def loose_tolerance(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        new = compute_centroids(X, find_closest_centroids(X, C), len(C))
        shift, C = np.linalg.norm(new - C), new
        if shift < 1e-3:
            break
    return C, find_closest_centroids(X, C)


@wrong("still moves", "with their signs")
def moves_that_cancel(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        new = compute_centroids(X, find_closest_centroids(X, C), len(C))
        if abs((new - C).sum()) < 1e-12:
            break
        C = new
    return C, find_closest_centroids(X, C)


@wrong("K = 1", "zeros")
def compares_with_zeros(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, dtype=float)
    idx = np.zeros(len(X), dtype=int)
    for _ in range(max_iters):
        new = find_closest_centroids(X, C)
        if (new == idx).all():
            break
        idx = new
        C = compute_centroids(X, idx, len(C))
    return C, find_closest_centroids(X, C)


@wrong("second name")
def old_is_no_copy(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        old = C
        C[:] = compute_centroids(X, find_closest_centroids(X, C), len(C))
        if np.array_equal(old, C):
            break
    return C, find_closest_centroids(X, C)


@wrong("wrong way around")
def stops_when_something_moves(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        new = compute_centroids(X, find_closest_centroids(X, C), len(C))
        if not np.array_equal(new, C):
            break
        C = new
    return C, find_closest_centroids(X, C)


@wrong("no difference which initial_centroids")
def own_rows(X, initial_centroids, max_iters):
    C = X[:: max(1, len(X) // len(initial_centroids))][: len(initial_centroids)].astype(float)
    for _ in range(max_iters):
        C = compute_centroids(X, find_closest_centroids(X, C), len(C))
    return C, find_closest_centroids(X, C)


@wrong("There is chance in your function")
def own_chance(X, initial_centroids, max_iters):
    C = X[np.random.permutation(len(X))[: len(initial_centroids)]].astype(float)
    C = C + np.random.random(C.shape)
    for _ in range(max_iters):
        C = compute_centroids(X, find_closest_centroids(X, C), len(C))
    return C, find_closest_centroids(X, C)


@wrong("each single color")
def one_color_at_a_time(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, dtype=float)
    idx = find_closest_centroids(X, C)
    for _ in range(max_iters):
        for k in range(len(C)):
            if (idx == k).any():
                C[k] = X[idx == k].mean(axis=0)
            idx = find_closest_centroids(X, C)
    return C, idx


@wrong("a part of the way")
def a_step_of_nine_tenths(X, initial_centroids, max_iters):
    C = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        C = C + 0.9 * (compute_centroids(X, find_closest_centroids(X, C), len(C)) - C)
    return C, find_closest_centroids(X, C)


@wrong("number of your centroids is max_iters")
def as_many_colors_as_steps(X, initial_centroids, max_iters):
    centroids = initial_centroids.copy()
    for _ in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids(X, idx, max_iters)
    return centroids, find_closest_centroids(X, centroids)


@wrong("two single answers")
def all_equals_all(X, initial_centroids, max_iters):
    centroids = np.array(initial_centroids, dtype=float)
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        moved = compute_centroids(X, idx, len(centroids))
        if moved.all() == centroids.all():
            break
        centroids = moved
        idx = find_closest_centroids(X, centroids)
    return centroids, idx


@wrong("still moves", "sizes of groups")
def stops_when_sizes_agree(X, initial_centroids, max_iters=10):
    C = np.array(initial_centroids, dtype=float)
    idx = find_closest_centroids(X, C)
    for _ in range(max_iters):
        C = compute_centroids(X, idx, len(C))
        new = find_closest_centroids(X, C)
        same = (np.bincount(new, minlength=len(C)) == np.bincount(idx, minlength=len(C))).all()
        idx = new
        if same:
            break
    return C, idx


@wrong("still moves", "with their signs")
def largest_move_with_its_sign(X, initial_centroids, max_iters=10):
    C = np.array(initial_centroids, dtype=float)
    for _ in range(max_iters):
        idx = find_closest_centroids(X, C)
        new = compute_centroids(X, idx, len(C))
        stop = (new - C).max() <= 0
        C = new
        if stop:
            break
    return C, find_closest_centroids(X, C)


@wrong("another scale", "return the centroids in the scale of X")
def scaled_and_not_back(X, initial_centroids, max_iters=10):
    low, size = X.min(axis=0), X.max(axis=0) - X.min(axis=0)
    scaled, centroids = (X - low) / size, (initial_centroids - low) / size
    for _ in range(max_iters):
        idx = find_closest_centroids(scaled, centroids)
        centroids = compute_centroids(scaled, idx, len(centroids))
    return centroids, find_closest_centroids(scaled, centroids)
