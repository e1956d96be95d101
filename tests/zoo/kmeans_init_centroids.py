import random

import numpy as np
from zoo import right, variants, wrong

points = np.round(np.random.default_rng(1).random((60, 2)), 2)
X = points
K = 3
rng = np.random.default_rng(8)
seed = 3
generator = np.random.default_rng(5)


# --- Right ---------------------------------------------------------------------------------


@right
def as_on_the_page(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    left = np.ones(len(X), dtype=bool)
    for k in range(K):
        if not left.any():
            raise ValueError(f"K = {K}, but the picture has only {k} different colors.")
        centroids[k] = X[rng.choice(np.flatnonzero(left))]
        left &= (X != centroids[k]).any(axis=1)
    return centroids


@right
def unique_and_choice(X, K, rng):
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("There are fewer than K different colors.")
    return colors[rng.choice(len(colors), K, replace=False)]


@right
def choice_along_an_axis(X, K, rng):
    colors = np.unique(X, axis=0)
    if K > len(colors):
        raise ValueError(f"Only {len(colors)} different colors for K = {K}.")
    return rng.choice(colors, size=K, replace=False, axis=0)


@right
def permutation_of_unique(X, K, rng):
    different = np.unique(X, axis=0)
    if different.shape[0] < K:
        raise ValueError("too few different colors")
    return rng.permutation(different)[:K]


@right
def draws_until_different(X, K, rng):
    if len(np.unique(X, axis=0)) < K:
        raise ValueError("fewer colors than K")
    while True:
        rows = X[rng.choice(len(X), K, replace=False)]
        if len(np.unique(rows, axis=0)) == K:
            return rows


@right
def set_of_tuples(X, K, rng):
    colors = sorted(set(map(tuple, X.tolist())))
    if len(colors) < K:
        raise ValueError("K is larger than the number of different colors")
    rng.shuffle(colors)
    return np.array(colors[:K])


@right
def one_after_the_other(X, K, rng):
    chosen = []
    tries = 0
    while len(chosen) < K:
        candidate = X[rng.integers(len(X))].tolist()
        if candidate not in chosen:
            chosen.append(candidate)
        tries += 1
        if tries > 10000:
            raise ValueError("There are not enough different colors for this K.")
    return np.array(chosen)


@right
def walk_through_a_permutation(X, K, rng):
    found = {}
    for n in rng.permutation(len(X)):
        found.setdefault(X[n].tobytes(), n)
        if len(found) == K:
            return X[list(found.values())].astype(float)
    raise ValueError("Fewer than K different colors.")


@right
def float32_result(X, K, rng):
    u = np.unique(X.astype(np.float32), axis=0)
    if len(u) < K:
        raise ValueError("not enough colors")
    order = np.argsort(rng.random(len(u)))
    return u[order[:K]]


@right
def shuffled_copy(X, K, rng):
    mixed = X.copy()
    rng.shuffle(mixed)
    rows = []
    for x in mixed:
        if not any((x == r).all() for r in rows):
            rows.append(x)
        if len(rows) == K:
            return np.array(rows)
    raise ValueError(f"K = {K} is too many: there are {len(rows)} different colors.")


@right
def first_occurrences(X, K, rng):
    _, first = np.unique(X, axis=0, return_index=True)
    if len(first) < K:
        raise ValueError("K is too large for the colors there are")
    rng.shuffle(first)
    return X[first[:K]]


@right
def plus_plus(X, K, rng):
    centroids = [X[rng.integers(len(X))]]
    while len(centroids) < K:
        squared = np.min([((X - c) ** 2).sum(axis=1) for c in centroids], axis=0)
        if squared.sum() == 0:
            raise ValueError("There are fewer than K different colors.")
        centroids.append(X[rng.choice(len(X), p=squared / squared.sum())])
    return np.array(centroids, dtype=float)


@right
def removes_what_is_drawn(X, K, rng):
    left = X
    picked = np.zeros((0, X.shape[1]))
    for _ in range(K):
        if len(left) == 0:
            raise ValueError("no color is left to draw")
        row = left[int(rng.random() * len(left))]
        picked = np.vstack([picked, row])
        left = left[(left != row).any(axis=1)]
    return picked


# --- Wrong ---------------------------------------------------------------------------------


@wrong("same color")
def rows_only(X, K, rng):
    return X[rng.choice(len(X), size=K, replace=False)]


@wrong("same color")
def permutation_only(X, K, rng):
    return X[rng.permutation(len(X))[:K]]


@wrong("same color")
def choice_axis_only(X, K, rng):
    return rng.choice(X, K, replace=False)


variants(
    """
def NAME(X, K, rng):
    colors = np.unique(X, axis=0)
    LINE
""",
    no_value_error=("return rng.permutation(colors)[:K]",),
    unique_but_with_replacement=(
        "return colors[rng.integers(len(colors), size=K)]",
        "replace=False",
    ),
    one_row_too_few=("return rng.permutation(colors)[: K - 1]", "K rows"),
    three_rows=("return rng.permutation(colors)[:3]", "K rows"),
    printed=("print(rng.permutation(colors)[:K])", "print"),
    forgotten=("centroids = colors[rng.choice(len(colors), K, replace=False)]", "return"),
    minus_one_of_the_different=(
        "return colors[rng.permutation(len(colors) - 1)[:K]]",
        "can never be drawn",
    ),
)


@right
def endless_with_few_colors(X, K, rng):
    chosen = []
    while len(chosen) < K:
        x = X[rng.integers(len(X))].tolist()
        if x not in chosen:
            chosen.append(x)
    return np.array(chosen)


@right
def returns_none_with_few_colors(X, K, rng):
    colors = np.unique(X, axis=0)
    if len(colors) >= K:
        return colors[rng.choice(len(colors), K, replace=False)]


@right
def prints_with_few_colors(X, K, rng):
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        print("Too few colors!")
        K = len(colors)
    return colors[rng.choice(len(colors), K, replace=False)]


@wrong("replace=False")
def with_replacement(X, K, rng):
    return X[rng.integers(0, len(X), size=K)]


@wrong("replace=False")
def choice_with_replacement(X, K, rng):
    return X[rng.choice(len(X), K)]


@wrong("twice")
def integers_in_a_loop(X, K, rng):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        centroids[k] = X[rng.integers(len(X))]
    return centroids


@wrong("never drawn")
def never_the_last_row(X, K, rng):
    order = rng.permutation(len(X) - 1)
    rows = []
    for n in list(order) + [len(X) - 1]:
        if not any((X[n] == r).all() for r in rows):
            rows.append(X[n])
        if len(rows) == K:
            return np.array(rows)
    raise ValueError("fewer than K different colors")


@wrong("never drawn")
def never_the_first_row(X, K, rng):
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    if len(colors) > K:
        colors = colors[1:]
    return rng.permutation(colors)[:K]


@wrong("every rng")
def first_rows(X, K, rng):
    return X[:K].copy()


@wrong("every rng")
def first_different_rows(X, K, rng):
    _, first = np.unique(X, axis=0, return_index=True)
    if len(first) < K:
        raise ValueError("fewer than K different colors")
    return X[np.sort(first)[:K]]


variants(
    """
def NAME(X, K, rng):
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    LINE
""",
    evenly_spaced=("return colors[np.linspace(0, len(colors) - 1, K).astype(int)]", "every rng"),
    np_random_choice=(
        "return colors[np.random.choice(len(colors), K, replace=False)]",
        "repeatable",
    ),
    one_offset=(
        "return np.roll(colors, rng.integers(len(colors)), axis=0)[:K].copy()",
        "neighbors",
    ),
    returns_a_list=(
        "return [colors[n] for n in rng.choice(len(colors), K, replace=False)]",
        "np.array",
    ),
)


@wrong("every rng")
def own_seed(X, K, rng):
    rng = np.random.default_rng(0)
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    return colors[rng.choice(len(colors), K, replace=False)]


@wrong("every rng")
def np_random_seed_zero(X, K, rng):
    np.random.seed(0)
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    return colors[np.random.permutation(len(colors))[:K]]


@wrong("every rng")
def random_module_with_a_seed(X, K, rng):
    random.seed(42)
    colors = np.unique(X, axis=0).tolist()
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    return np.array(random.sample(colors, K))


@wrong("every rng")
def random_state(X, K, rng):
    state = np.random.RandomState(1)
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    return colors[state.choice(len(colors), K, replace=False)]


@wrong("repeatable")
def own_generator(X, K, rng):
    rng = np.random.default_rng()
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    return colors[rng.choice(len(colors), K, replace=False)]


@wrong("repeatable")
def random_module(X, K, rng):
    colors = np.unique(X, axis=0).tolist()
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    return np.array(random.sample(colors, K))


@wrong("repeatable")
def half_of_the_chance(X, K, rng):
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    np.random.shuffle(colors)
    return colors[rng.choice(len(colors), K, replace=False)]


@wrong("same color")
def np_random_choice_of_rows(X, K, rng):  # two mistakes
    return X[np.random.choice(len(X), K, replace=False)]


@wrong("twice")
def old_randint(X, K, rng):  # three mistakes
    return X[np.random.randint(0, len(X), K)]


@wrong("page")
def rng_of_the_page(X, K, generator_given):
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    return colors[rng.choice(len(colors), K, replace=False)]


@wrong("page")
def k_of_the_page(X, number, rng):
    colors = np.unique(X, axis=0)
    return colors[rng.choice(len(colors), K, replace=False)]


@wrong("page")
def points_of_the_page(X, K, rng):
    return points[rng.choice(len(points), K, replace=False)]


@wrong("rows of X")
def random_colors(X, K, rng):
    return rng.random((K, X.shape[1]))


@wrong("rows of X")
def uniform_in_the_box(X, K, rng):
    return rng.uniform(X.min(axis=0), X.max(axis=0), size=(K, X.shape[1]))


@wrong("rows of X")
def normal_colors(X, K, rng):
    return X.mean(axis=0) + X.std(axis=0) * rng.standard_normal((K, X.shape[1]))


@wrong("rows of X")
def rows_with_noise(X, K, rng):
    colors = np.unique(X, axis=0)
    rows = colors[rng.choice(len(colors), K, replace=False)]
    return rows + 0.01 * rng.random(rows.shape)


@wrong("rows of X")
def random_means(X, K, rng):
    groups = rng.integers(K, size=len(X))
    return np.array([X[groups == k].mean(axis=0) for k in range(K)])


@wrong("whole rows")
def channels_mixed(X, K, rng):
    return np.column_stack([rng.choice(X[:, j], K) for j in range(X.shape[1])])


@wrong("whole rows")
def values_mixed(X, K, rng):
    return rng.choice(X.ravel(), (K, X.shape[1]))


@wrong("X")
def shuffles_x_in_place(X, K, rng):
    rng.shuffle(X)
    rows = []
    for x in X:
        if not any((x == r).all() for r in rows):
            rows.append(x)
        if len(rows) == K:
            return np.array(rows)
    raise ValueError("fewer than K different colors")


@wrong("neighbors")
def contiguous_run(X, K, rng):
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    first = rng.integers(len(colors) - K + 1)
    return colors[first : first + K]


@wrong("every time")
def always_the_first_and_random_others(X, K, rng):
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    others = rng.permutation(len(colors) - 1)[: K - 1] + 1
    return colors[np.append(0, others).astype(int)]


@wrong("numbers")
def returns_row_numbers(X, K, rng):
    return rng.choice(len(X), K, replace=False)


@wrong("K rows")
def one_row_only(X, K, rng):
    return X[rng.integers(len(X))].copy()


@wrong("drop the doubles after drawing")
def too_few_when_colors_repeat(X, K, rng):
    return np.unique(X[rng.choice(len(X), K, replace=False)], axis=0)


@wrong("return", "loop")
def return_in_the_loop(X, K, rng):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        centroids[k] = X[rng.integers(len(X))]
        return centroids


@wrong("never ends")
def endless(X, K, rng):
    chosen = []
    while len(chosen) < K:
        x = X[rng.integers(len(X))]
        if not any((x != c).any() for c in [x] + chosen):
            continue
        chosen.append(x)
    return np.array(chosen)


@wrong("not defined")
def undefined_name(X, K, rng):
    return X[numpy.random.choice(len(X), K)]


@wrong("rng")
def calls_rng(X, K, rng):
    return X[rng(len(X), K)]


@wrong("rng.integers")
def old_method_name(X, K, rng):
    return X[rng.randint(0, len(X), K)]


@wrong("replace=False")
def sample_larger_than_x(X, K, rng):
    return X[rng.choice(K, size=len(X), replace=False)]


@wrong("every pixel", "never drawn")
def first_hundred_only(X, K, rng):
    colors = np.unique(X[: K + 2], axis=0)
    if len(colors) < K:
        colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    return rng.permutation(colors)[:K]


@wrong("decimals")
def integers(X, K, rng):
    colors = np.unique(X, axis=0)
    if len(colors) < K:
        raise ValueError("fewer than K different colors")
    centroids = np.zeros((K, X.shape[1]), dtype=int)
    centroids[:] = rng.permutation(colors)[:K]
    return centroids


@wrong("three dots")
def stub(X, K, rng):
    rows = rng.choice(len(X), K, replace=False)
    return ...


@wrong("row")
def half_done(X, K, rng):
    centroids = np.zeros((K, X.shape[1]))
    for k in range(K):
        row = rng.integers(len(X))
        # TODO: put X[row] into centroids
    return centroids


@wrong("any channel differs")
def all_for_any(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    left = np.ones(len(X), dtype=bool)
    for k in range(K):
        centroids[k] = X[rng.choice(np.flatnonzero(left))]
        left &= (X != centroids[k]).all(axis=1)
    return centroids


@wrong("nearly equal")
def rounded_colors(X, K, rng):
    return rng.choice(np.unique(X.round(2), axis=0), K, replace=False)


@wrong("just before")
def forgets_earlier_ones(X, K, rng):
    centroids = np.empty((K, X.shape[1]))
    left = np.ones(len(X), dtype=bool)
    for k in range(K):
        centroids[k] = X[rng.choice(np.flatnonzero(left))]
        left = (X != centroids[k]).any(axis=1)
    return centroids


@wrong("drop the doubles after drawing")
def unique_after_drawing(X, K, rng):
    return np.unique(X[rng.choice(len(X), K, replace=False)], axis=0)


@wrong("double again")
def draws_once_more(X, K, rng):
    drawn = X[rng.choice(len(X), K, replace=False)]
    if len(np.unique(drawn, axis=0)) < K:
        drawn = X[rng.choice(len(X), K, replace=False)]
    return drawn


@wrong("a loop that never ends")
def waits_for_the_last(X, K, rng):
    colors, chosen = np.unique(X, axis=0), []
    while len(chosen) < K:
        row = int(rng.integers(len(colors) - 1))
        if row not in chosen:
            chosen.append(row)
    return colors[chosen]


@wrong("single numbers")
def unique_numbers(X, K, rng):
    return rng.choice(np.unique(X), K)


@wrong("run of neighbors")
def cut_off_at_the_end(X, K, rng):
    colors = np.unique(X, axis=0)
    first = int(rng.integers(len(colors)))
    return colors[first : first + K]


@wrong("same for every rng")
def a_view_of_the_first_rows(X, K, rng):
    return X[:K]


@wrong("only near to them")
def through_bytes(X, K, rng):
    colors = np.unique((X * 255).astype(np.uint8), axis=0)
    return colors[rng.choice(len(colors), K, replace=False)] / 255
