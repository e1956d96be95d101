from collections import Counter

import numpy as np
from zoo import right, variants, wrong

counts = np.array([[3, 10], [5, 1]])
total = counts.copy()
pixels = np.array([[4, 2]])
colors = np.array([3, 5])


# --- Right ---------------------------------------------------------------------------------


@right
def as_on_the_page(a, b):
    both = np.concatenate([a, b])
    colors, row = np.unique(both[:, 0], return_inverse=True)
    pixels = np.bincount(row, weights=both[:, 1])
    return np.stack([colors, pixels.astype(np.int64)], axis=1)


@right
def dictionary(a, b):
    pixels = {}
    for color, n in a:
        pixels[color] = n
    for color, n in b:
        if color in pixels:
            pixels[color] = pixels[color] + n
        else:
            pixels[color] = n
    return np.array([[color, pixels[color]] for color in sorted(pixels)])


@right
def counter(a, b):
    both = Counter(dict(a.tolist())) + Counter(dict(b.tolist()))
    return np.array(sorted(both.items()))


@right
def add_at(a, b):
    both = np.vstack((a, b))
    colors, place = np.unique(both[:, 0], return_inverse=True)
    pixels = np.zeros(len(colors), dtype=int)
    np.add.at(pixels, place, both[:, 1])
    return np.column_stack((colors, pixels))


variants(
    """
def NAME(a, b):
    both = np.concatenate([a, b])
    colors, row = np.unique(both[:, 0], return_inverse=True)
    LINE
""",
    decimals=("return np.column_stack([colors, np.bincount(row, weights=both[:, 1])])",),
    columns_swapped=(
        "return np.stack([np.bincount(row, weights=both[:, 1]), colors], axis=1)",
        "swapped",
    ),
    not_transposed=(
        "return np.array([colors, np.bincount(row, weights=both[:, 1])])",
        "two columns",
    ),
    two_results=("return colors, np.bincount(row, weights=both[:, 1])", "a tuple", "one"),
    as_float32=(
        "return np.stack([colors, np.bincount(row, weights=both[:, 1])], axis=1).astype(np.float32)",
        "float32",
    ),
    weights_from_column_0=(
        "return np.stack([colors, np.bincount(row, weights=both[:, 0]).astype(int)], axis=1)",
        "color numbers are added up",
    ),
)


@right
def reduceat(a, b):
    both = np.concatenate([a, b])
    both = both[both[:, 0].argsort()]
    first = np.flatnonzero(np.diff(both[:, 0], prepend=-1))
    return np.stack([both[first, 0], np.add.reduceat(both[:, 1], first)], axis=1)


@right
def a_loop_over_colors(a, b):
    rows = []
    for color in np.union1d(a[:, 0], b[:, 0]):
        rows.append([color, a[a[:, 0] == color, 1].sum() + b[b[:, 0] == color, 1].sum()])
    return np.array(rows)


@right
def searchsorted(a, b):
    colors = np.union1d(a[:, 0], b[:, 0])
    result = np.zeros((len(colors), 2), dtype=np.int64)
    result[:, 0] = colors
    for counts in (a, b):
        result[np.searchsorted(colors, counts[:, 0]), 1] += counts[:, 1]
    return result


@right
def two_fingers(a, b):
    a, b, rows = a.tolist(), b.tolist(), []
    i = j = 0
    while i < len(a) or j < len(b):
        if j == len(b) or (i < len(a) and a[i][0] < b[j][0]):
            rows.append(a[i])
            i += 1
        elif i == len(a) or b[j][0] < a[i][0]:
            rows.append(b[j])
            j += 1
        else:
            rows.append([a[i][0], a[i][1] + b[j][1]])
            i, j = i + 1, j + 1
    return np.array(rows)


@right
def nothing_first(a, b):
    if len(a) == 0:
        return b
    if len(b) == 0:
        return a
    return as_on_the_page(a, b)


# --- Wrong ---------------------------------------------------------------------------------


@wrong("comes twice")
def concatenated(a, b):
    return np.concatenate([a, b])


@wrong("comes twice")
def stacked_and_sorted(a, b):
    both = np.vstack([a, b])
    return both[both[:, 0].argsort(kind="stable")]


@wrong("compared whole")
def unique_rows(a, b):
    return np.unique(np.vstack([a, b]), axis=0)


@wrong("replaces", "add")
def update(a, b):
    pixels = dict(a)
    pixels.update(dict(b))
    return np.array(sorted(pixels.items()))


@wrong("written twice")
def fancy_plus(a, b):
    both = np.concatenate([a, b])
    colors, row = np.unique(both[:, 0], return_inverse=True)
    pixels = np.zeros(len(colors), dtype=int)
    pixels[row] += both[:, 1]
    return np.stack([colors, pixels], axis=1)


@wrong("pixels of b are forgotten")
def first_index(a, b):
    both = np.concatenate([a, b])
    colors, first = np.unique(both[:, 0], return_index=True)
    return np.stack([colors, both[first, 1]], axis=1)


@wrong("larger")
def union_of_counters(a, b):
    both = Counter(dict(a.tolist())) | Counter(dict(b.tolist()))
    return np.array(sorted(both.items()))


@wrong("no row in your result: it is lost")
def intersection(a, b):
    colors, i, j = np.intersect1d(a[:, 0], b[:, 0], return_indices=True)
    return np.stack([colors, a[i, 1] + b[j, 1]], axis=1)


@wrong("no row in your result: it is lost")
def only_colors_of_a(a, b):
    result = a.copy()
    for color, n in b:
        result[a[:, 0] == color, 1] += n
    return result


@wrong("rows, 1 or 2")
def counts_rows(a, b):
    colors, pixels = np.unique(np.concatenate([a, b])[:, 0], return_counts=True)
    return np.stack([colors, pixels], axis=1)


@wrong("color numbers are added")
def plus(a, b):
    return a + b


@wrong("by their place")
def zipped(a, b):
    return np.array([[x[0], x[1] + y[1]] for x, y in zip(a, b)]).reshape(-1, 2)


@wrong("sort them by the color")
def order_of_appearance(a, b):
    pixels = {}
    for color, n in np.concatenate([a, b]).tolist():
        pixels[color] = pixels.get(color, 0) + n
    return np.array(list(pixels.items()))


@wrong("sort them by the color")
def most_common(a, b):
    both = Counter(dict(a.tolist())) + Counter(dict(b.tolist()))
    return np.array(both.most_common())


@wrong("color numbers that neither a nor b has")
def table_with_zeros(a, b):
    both = np.concatenate([a, b])
    table = np.bincount(both[:, 0], weights=both[:, 1])
    return np.stack([np.arange(len(table)), table], axis=1)


@wrong("swapped")
def counts_the_wrong_column(a, b):
    both = np.concatenate([a, b])
    pixels, row = np.unique(both[:, 1], return_inverse=True)
    return np.stack([pixels, np.bincount(row, weights=both[:, 0])], axis=1)


@wrong("only the pixels come back")
def pixels_alone(a, b):
    both = np.concatenate([a, b])
    _, row = np.unique(both[:, 0], return_inverse=True)
    return np.bincount(row, weights=both[:, 1])


@wrong("only the color numbers")
def colors_alone(a, b):
    return np.unique(np.concatenate([a[:, 0], b[:, 0]]))


@wrong("dict")
def returns_the_dictionary(a, b):
    pixels = dict(a.tolist())
    for color, n in b.tolist():
        pixels[color] = pixels.get(color, 0) + n
    return pixels


@wrong("list", "np.array")
def returns_a_list(a, b):
    pixels = dict(a.tolist())
    for color, n in b.tolist():
        pixels[color] = pixels.get(color, 0) + n
    return sorted(pixels.items())


@wrong("32 bits")
def thirty_two_bits(a, b):
    both = np.concatenate([a, b])
    colors, row = np.unique(both[:, 0], return_inverse=True)
    pixels = np.bincount(row, weights=both[:, 1]).astype(np.int64)
    return np.stack([colors, pixels], axis=1).astype(np.int32)


@wrong("no rows at all")
def cannot_begin(a, b):
    if a[0, 0] == b[0, 0]:
        pass
    return as_on_the_page(a, b)


@wrong("no rows at all")
def nothing_for_nothing(a, b):
    if len(a) == 0 or len(b) == 0:
        return np.zeros((0, 2))
    return as_on_the_page(a, b)


@wrong("averaged")
def mean(a, b):
    colors = np.union1d(a[:, 0], b[:, 0])
    rows = np.concatenate([a, b])
    return np.array([[c, rows[rows[:, 0] == c, 1].mean() // 1] for c in colors])


@wrong("changed")
def into_a(a, b):
    result = as_on_the_page(a, b)
    for row, (color, n) in enumerate(a):
        a[row, 1] = result[result[:, 0] == color, 1][0]
    return result


@wrong("page")
def pixels_of_the_page(a, b):
    return as_on_the_page(a, pixels)


@wrong("return")
def forgotten(a, b):
    both = np.concatenate([a, b])
    colors, row = np.unique(both[:, 0], return_inverse=True)
    result = np.stack([colors, np.bincount(row, weights=both[:, 1])], axis=1)


@wrong("print")
def printed(a, b):
    print(as_on_the_page(a, b))


@wrong("never ends")
def endless(a, b):
    i = 0
    while i < len(a) + 1:
        color = i
    return a


@wrong("return", "loop")
def return_in_the_loop(a, b):
    pixels = dict(a.tolist())
    for color, n in np.concatenate([b, [[-1, 0]]]).tolist():
        pixels[color] = pixels.get(color, 0) + n
        return np.array(sorted(pixels.items()))


@wrong("first row")
def returns_one_row(a, b):
    return as_on_the_page(a, b)[0]


@wrong("you subtract, where you should add")
def subtracts(a, b):
    colors = np.union1d(a[:, 0], b[:, 0])
    rows = []
    for c in colors:
        x, y = a[a[:, 0] == c, 1].sum(), b[b[:, 0] == c, 1].sum()
        rows.append([c, x - y if x and y else x + y])
    return np.array(rows)


@wrong("smallest comes first")
def descending(a, b):
    return as_on_the_page(a, b)[::-1]


@wrong("not defined")
def undefined_name(a, b):
    both = np.concatenate([a, b])
    return np.unique(bothe[:, 0])


@wrong("beyond the last color")
def forgets_the_tail(a, b):
    out, i, j = [], 0, 0
    while i < len(a) and j < len(b):
        if a[i, 0] == b[j, 0]:
            out.append((a[i, 0], a[i, 1] + b[j, 1]))
            i, j = i + 1, j + 1
        elif a[i, 0] < b[j, 0]:
            out.append(tuple(a[i]))
            i += 1
        else:
            out.append(tuple(b[j]))
            j += 1
    return np.array(out, dtype=np.int64).reshape(-1, 2)


@wrong("equal rows are counted once")
def a_set_of_rows(a, b):
    pixels = {}
    for color, n in set(map(tuple, a.tolist())) | set(map(tuple, b.tolist())):
        pixels[color] = pixels.get(color, 0) + n
    return np.array(sorted(pixels.items()))


@wrong("once more")
def only_one_moves_on(a, b):
    rows, i, j = [], 0, 0
    while i < len(a) or j < len(b):
        if i == len(a) or (j < len(b) and b[j, 0] < a[i, 0]):
            rows.append(b[j])
            j += 1
        elif j == len(b) or a[i, 0] < b[j, 0]:
            rows.append(a[i])
            i += 1
        else:
            rows.append([a[i, 0], a[i, 1] + b[j, 1]])
            j += 1
    return np.array(rows)


@wrong("only b has", "column 0 only")
def looked_up_in_the_whole_table(a, b):
    result = a.copy()
    for color, n in b:
        if color in result:
            result[result[:, 0] == color, 1] += n
        else:
            result = np.vstack([result, [color, n]])
    return result[np.argsort(result[:, 0])]


@wrong("searchsorted", "Ask whether")
def found_without_asking(a, b):
    colors = np.union1d(a[:, 0], b[:, 0])
    return np.stack([colors, sum(c[np.searchsorted(c[:, 0], colors), 1] for c in (a, b))], axis=1)


@wrong("rows of zeros")
def not_cut_off(a, b):
    rows = np.zeros((len(a) + len(b), 2), dtype=int)
    pixels = dict(a.tolist())
    for color, n in b.tolist():
        pixels[color] = pixels.get(color, 0) + n
    for i, color in enumerate(sorted(pixels)):
        rows[i] = color, pixels[color]
    return rows
