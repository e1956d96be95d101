import numpy as np
from zoo import right, wrong

from helpers.color import pairwise_distances

points = np.full((60, 2), 0.5)
X = points
K = 3
idx = np.zeros(60, dtype=int)
centroids = points[:3].copy()


# --- Right ---------------------------------------------------------------------------------


@right
def as_on_the_page(X, centroids, idx):
    return float(sum(((X[idx == k] - c) ** 2).sum() for k, c in enumerate(centroids)))


@right
def look_up(X, centroids, idx):
    return float(((X - centroids[idx]) ** 2).sum())


@right
def numpy_functions(points, C, labels):
    return np.sum(np.square(np.subtract(points, C[labels])))


@right
def loop_over_points(X, centroids, idx):
    total = 0
    for n in range(len(X)):
        total += ((X[n] - centroids[idx[n]]) ** 2).sum()
    return total


@right
def pure_python(X, centroids, idx):
    C = centroids.tolist()
    total = 0.0
    for x, k in zip(X.tolist(), idx.tolist()):
        for a, b in zip(x, C[k]):
            total += (a - b) ** 2
    return total


@right
def groups_with_guard(X, centroids, idx):
    total = 0
    for k in range(len(centroids)):
        group = X[idx == k]
        if len(group) > 0:
            total = total + np.sum((group - centroids[k]) ** 2)
    return total


@right
def norms_squared(X, centroids, idx):
    return sum(np.linalg.norm(X[i] - centroids[k]) ** 2 for i, k in enumerate(idx))


@right
def frobenius(X, centroids, idx):
    return np.linalg.norm(X - centroids[idx]) ** 2


@right
def with_einsum(X, centroids, idx):
    d = X - centroids[idx]
    return np.einsum("ij,ij", d, d)


@right
def dot_of_itself(X, centroids, idx):
    d = np.ravel(X - np.take(centroids, idx, axis=0))
    return d.dot(d)


@right
def from_the_table(X, centroids, idx):
    squared = pairwise_distances(X, centroids) ** 2
    return squared[np.arange(len(X)), idx].sum()


@right
def take_along_axis(X, centroids, idx):
    squared = ((X[:, None] - centroids) ** 2).sum(axis=2)
    return np.take_along_axis(squared, idx[:, None].astype(int), axis=1).sum()


@right
def one_hot(X, centroids, idx):
    return float(((X - np.eye(len(centroids))[idx] @ centroids) ** 2).sum())


@right
def float32_result(X, centroids, idx):
    d = np.float32(X) - np.float32(centroids)[idx]
    return np.sum(d * d, dtype=np.float32)


@right
def mean_times_size(X, centroids, idx):
    return ((X - centroids[idx]) ** 2).mean() * X.size


@right
def channel_by_channel(X, centroids, idx):
    return sum(((X[:, j] - centroids[idx, j]) ** 2).sum() for j in range(X.shape[1]))


@right
def one_number_array(X, centroids, idx):
    total = np.array(0.0)
    for x, c in zip(X, centroids[idx]):
        total += np.sum((x - c) ** 2)
    return total


# --- Wrong ---------------------------------------------------------------------------------


@wrong("average", "sum is wanted")
def mean_of_everything(X, centroids, idx):
    return ((X - centroids[idx]) ** 2).mean()


@wrong("sum", "divide")
def mean_over_points(X, centroids, idx):
    return ((X - centroids[idx]) ** 2).sum(axis=1).mean()


@wrong("divide", "K")
def divided_by_k(X, centroids, idx):
    return ((X - centroids[idx]) ** 2).sum() / len(centroids)


@wrong("root")
def distances(X, centroids, idx):
    return np.linalg.norm(X - centroids[idx], axis=1).sum()


@wrong("root")
def distances_in_a_loop(X, centroids, idx):
    total = 0
    for x, k in zip(X, idx):
        total += np.sqrt(((x - centroids[k]) ** 2).sum())
    return total


@wrong("root")
def root_of_everything(X, centroids, idx):
    return np.sqrt(((X - centroids[idx]) ** 2).sum())


@wrong("root")
def norm_of_everything(X, centroids, idx):
    return np.linalg.norm(X - centroids[idx])


@wrong("root")
def norm_of_each_group(X, centroids, idx):
    return sum(np.linalg.norm(X[idx == k] - centroids[k]) for k in range(len(centroids)))


@wrong("absolute")
def absolute(X, centroids, idx):
    return np.abs(X - centroids[idx]).sum()


@wrong("cancel")
def signed(X, centroids, idx):
    return (X - centroids[idx]).sum()


@wrong("cancel")
def signed_other_way(X, centroids, idx):
    total = 0
    for n in range(len(X)):
        total += (centroids[idx[n]] - X[n]).sum()
    return total


@wrong("square")
def square_of_the_sum(X, centroids, idx):
    return (X - centroids[idx]).sum() ** 2


@wrong("square")
def square_of_each_sum(X, centroids, idx):
    return ((X - centroids[idx]).sum(axis=1) ** 2).sum()


@wrong("square")
def distance_sum_squared(X, centroids, idx):
    return np.linalg.norm(X - centroids[idx], axis=1).sum() ** 2


@wrong("all centroids")
def all_centroids(X, centroids, idx):
    total = 0
    for x in X:
        for c in centroids:
            total += ((x - c) ** 2).sum()
    return total


@wrong("nearest")
def nearest_centroid(X, centroids, idx):
    return (pairwise_distances(X, centroids) ** 2).min(axis=1).sum()


@wrong("mean of each group")
def own_means(X, centroids, idx):
    total = 0
    for k in range(len(centroids)):
        group = X[idx == k]
        if len(group):
            total += ((group - group.mean(axis=0)) ** 2).sum()
    return total


@wrong("mean of all points")
def mean_of_all_points(X, centroids, idx):
    return ((X - X.mean(axis=0)) ** 2).sum()


@wrong("average")
def average_in_each_group(X, centroids, idx):
    total = 0
    for k in range(len(centroids)):
        group = X[idx == k]
        if len(group):
            total += ((group - centroids[k]) ** 2).sum(axis=1).mean()
    return total


@wrong("without pixels is nan")
def average_in_each_group_nan(X, centroids, idx):
    total = 0
    for k in range(len(centroids)):
        n = (idx == k).sum()
        total += ((X[idx == k] - centroids[k]) ** 2).sum() * n / n
    return total


@wrong("overwrit")
def overwritten(X, centroids, idx):
    for k in range(len(centroids)):
        total = ((X[idx == k] - centroids[k]) ** 2).sum()
    return total


@wrong("overwrit")
def overwritten_by_point(X, centroids, idx):
    for n in range(len(X)):
        total = ((X[n] - centroids[idx[n]]) ** 2).sum()
    return total


@wrong("return", "loop")
def return_in_the_loop(X, centroids, idx):
    total = 0
    for k in range(len(centroids)):
        total += ((X[idx == k] - centroids[k]) ** 2).sum()
        return total


@wrong("return", "loop")
def return_after_the_first_point(X, centroids, idx):
    total = 0
    for n in range(len(X)):
        total += ((X[n] - centroids[idx[n]]) ** 2).sum()
        return total


@wrong("number for each point", "add them up")
def one_for_each_point(X, centroids, idx):
    return ((X - centroids[idx]) ** 2).sum(axis=1)


@wrong("for each channel", "add them up")
def one_for_each_channel(X, centroids, idx):
    return sum((X - centroids[idx]) ** 2)


@wrong("for each group", "add them up")
def one_for_each_group(X, centroids, idx):
    totals = np.zeros(len(centroids))
    for n in range(len(X)):
        totals[idx[n]] += ((X[n] - centroids[idx[n]]) ** 2).sum()
    return totals


@wrong("add")
def table_of_squares(X, centroids, idx):
    return (X - centroids[idx]) ** 2


@wrong("list", "one number")
def list_for_each_group(X, centroids, idx):
    return [((X[idx == k] - centroids[k]) ** 2).sum() for k in range(len(centroids))]


@wrong("0.5 times", "division too many")
def half(X, centroids, idx):
    return 0.5 * ((X - centroids[idx]) ** 2).sum()


@wrong("first of the channels only")
def first_channel(X, centroids, idx):
    return ((X[:, 0] - centroids[idx, 0]) ** 2).sum()


@wrong("channels")
def x_and_y_only(X, centroids, idx):
    total = 0
    for n in range(len(X)):
        c = centroids[idx[n]]
        total += (X[n, 0] - c[0]) ** 2 + (X[n, -1] - c[-1]) ** 2
    return total


@wrong("channels")
def three_channels_only(X, centroids, idx):
    total = 0
    for n in range(len(X)):
        for j in range(3):
            total += (X[n, j] - centroids[idx[n], j]) ** 2
    return total


@wrong("largest")
def largest(X, centroids, idx):
    return ((X - centroids[idx]) ** 2).max()


@wrong("decimals")
def integer_total(X, centroids, idx):
    return int(((X - centroids[idx]) ** 2).sum())


@wrong("decimals")
def integer_accumulator(X, centroids, idx):
    total = np.zeros(1, dtype=int)[0]
    for n in range(len(X)):
        total += int(((X[n] - centroids[idx[n]]) ** 2).sum())
    return total


@wrong("round")
def rounded(X, centroids, idx):
    return round(float(((X - centroids[idx]) ** 2).sum()), 1)


@wrong("bytes")
def wraps_around(X, centroids, idx):
    d = (255 * X).astype(np.uint8) - (255 * centroids).astype(np.uint8)[idx]
    return (d**2).sum() / 255**2


@wrong("page")
def k_of_the_page(X, C, idx):
    return sum(((X[idx == k] - C[k]) ** 2).sum() for k in range(K))


@wrong("page")
def idx_of_the_page(X, C, labels):
    return ((X - C[idx]) ** 2).sum()


@wrong("page")
def centroids_of_the_page(X, C, idx):
    return ((X - centroids[idx]) ** 2).sum()


@wrong("page")
def points_of_the_page(X, centroids, idx):
    return ((points - centroids[idx]) ** 2).sum()


@wrong("3 groups, whatever their number is")
def three_groups_only(X, centroids, idx):
    total = 0
    for k in range(3):
        total += ((X[idx == k] - centroids[k]) ** 2).sum()
    return total


@wrong("own centroid")
def without_idx(X, centroids, idx):
    return ((X - centroids) ** 2).sum()


@wrong("idx", "pixel")
def idx_on_x(X, centroids, idx):
    return ((X[idx] - centroids[idx]) ** 2).sum()


@wrong("own centroid")
def idx_on_the_wrong_one(X, centroids, idx):
    return ((X[idx] - centroids) ** 2).sum()


@wrong("copy")
def in_place(X, centroids, idx):
    for k in range(len(centroids)):
        X[idx == k] = X[idx == k] - centroids[k]
    return (X**2).sum()


@wrong("last")
def last_group_left_out(X, centroids, idx):
    total = 0
    for k in range(len(centroids) - 1):
        total += ((X[idx == k] - centroids[k]) ** 2).sum()
    return total


@wrong("first")
def groups_from_one(X, centroids, idx):
    total = 0
    for k in range(1, len(centroids)):
        total += ((X[idx == k] - centroids[k]) ** 2).sum()
    return total


@wrong("last")
def last_point_left_out(X, centroids, idx):
    total = 0
    for n in range(len(X) - 1):
        total += ((X[n] - centroids[idx[n]]) ** 2).sum()
    return total


@wrong("in idx")
def up_to_the_number_of_used(X, centroids, idx):
    total = 0
    for k in range(len(np.unique(idx))):
        total += ((X[idx == k] - centroids[k]) ** 2).sum()
    return total


@wrong("number does not occur")
def kth_of_used(X, centroids, idx):
    total = 0
    for i, k in enumerate(np.unique(idx)):
        total += ((X[idx == k] - centroids[i]) ** 2).sum()
    return total


@wrong("print")
def printed(X, centroids, idx):
    print(((X - centroids[idx]) ** 2).sum())


@wrong("return")
def forgotten(X, centroids, idx):
    total = 0
    for k in range(len(centroids)):
        total += ((X[idx == k] - centroids[k]) ** 2).sum()


@wrong("never ends")
def endless(X, centroids, idx):
    total, n = 0, 0
    while n < len(X):
        total += ((X[n] - centroids[idx[n]]) ** 2).sum()
    return total


@wrong("square")
def subtracts_squares(X, centroids, idx):
    return (X**2 - centroids[idx] ** 2).sum()


@wrong("subtract")
def adds(X, centroids, idx):
    return ((X + centroids[idx]) ** 2).sum()


@wrong("cancel")
def two_mistakes_signed_mean(X, centroids, idx):
    return (X - centroids[idx]).mean()


@wrong("root")
def two_mistakes_mean_distance(X, centroids, idx):
    return np.linalg.norm(X - centroids[idx], axis=1).mean()


@wrong("parameters come in another order")
def parameters_swapped(X, idx, centroids):
    return ((X - centroids[idx]) ** 2).sum()


@wrong("not defined")
def undefined_name(X, centroids, idx):
    return ((X - c[idx]) ** 2).sum()


@wrong("three dots")
def stub(X, centroids, idx):
    own = centroids[idx]
    return ...


@wrong("square")
def half_done(X, centroids, idx):
    difference = X - centroids[idx]
    return difference


@wrong("add up first", "differences of a group")
def squares_what_a_group_adds_up_to(X, centroids, idx):
    return sum(((X[idx == k] - c).sum(axis=0) ** 2).sum() for k, c in enumerate(centroids))


@wrong("tables of different sizes")
def tables_added(X, centroids, idx):
    total = 0
    for k in range(len(centroids)):
        total += (X[idx == k] - centroids[k]) ** 2
    return total


@wrong("first 2 groups")
def two_groups_only(X, centroids, idx):
    first = ((X[idx == 0] - centroids[0]) ** 2).sum()
    second = ((X[idx == 1] - centroids[1]) ** 2).sum()
    return first + second


@wrong("after the first one without")
def leaves_at_the_empty_group(X, centroids, idx):
    total = 0.0
    for k in range(len(centroids)):
        if not (idx == k).any():
            break
        total += ((X[idx == k] - centroids[k]) ** 2).sum()
    return total
