"""Later pages run to their last cell with whatever right functions a learner has of their own."""

import pytest
from lessons import ROOT, build
from nbclient import NotebookClient

from helpers import mine
from helpers.checks import CHECKS
from helpers.checks.exercises import LESSON_OF

HEAD = '"""Mine."""\n\nimport math\n\nimport numpy as np\n'
LOOPS = {
    "to_pixels": "def to_pixels(image):\n    return np.array([p for row in image for p in row])",
    "pairwise_distances": (
        "def pairwise_distances(X, C):\n"
        "    return np.array([[math.dist(x, c) for c in C] for x in X]).reshape(len(X), len(C))"
    ),
    "find_closest_centroids": (
        "def find_closest_centroids(X, centroids):\n"
        "    idx = []\n"
        "    for x in X:\n"
        "        idx.append(((centroids - x) ** 2).sum(axis=1).argmin())\n"
        "    return np.array(idx)"
    ),
    "compute_centroids": (
        "def compute_centroids(X, idx, K):\n"
        "    sums, counts = [[0.0] * X.shape[1] for k in range(K)], [0] * K\n"
        "    for x, k in zip(X, idx):\n"
        "        counts[k] += 1\n"
        "        for c in range(X.shape[1]):\n"
        "            sums[k][c] += x[c]\n"
        "    return np.array([[s / max(n, 1) for s in row] for row, n in zip(sums, counts)])"
    ),
    "wcss": (
        "def wcss(X, centroids, idx):\n"
        "    return sum(((X[i] - centroids[idx[i]]) ** 2).sum() for i in range(len(X)))"
    ),
    "mse": (
        "def mse(a, b):\n"
        "    total = 0.0\n"
        "    for p, q in zip(a.ravel(), b.ravel()):\n"
        "        total += (p - q) ** 2\n"
        "    return total / a.size"
    ),
}
STEPS = """
def run_kmeans(X, initial_centroids, max_iters):
    centroids = np.array(initial_centroids)
    idx = find_closest_centroids(X, centroids)
    for _ in range(max_iters):
        centroids = np.array(compute_centroids(X, idx, len(centroids)))
        idx = find_closest_centroids(X, centroids)
    return centroids, idx
"""
FLOAT32 = {
    "to_pixels": (
        "def to_pixels(image):\n    return np.asarray(image, dtype=np.float32).reshape(-1, 3)"
    ),
    "pairwise_distances": (
        "def pairwise_distances(X, C):\n"
        "    difference = X[:, None].astype(np.float32) - C.astype(np.float32)\n"
        "    return np.sqrt((difference**2).sum(axis=-1))"
    ),
    "compute_centroids": (
        "def compute_centroids(X, idx, K):\n"
        "    centroids = np.zeros((K, X.shape[1]), dtype=np.float32)\n"
        "    for k in range(K):\n"
        "        if (idx == k).any():\n"
        "            centroids[k] = X[idx == k].mean(axis=0)\n"
        "    return centroids"
    ),
    "mse": "def mse(a, b):\n    return np.float32(((a - b) ** 2).mean())",
}
OTHER_DRAWS = {
    "kmeans_init_centroids": (
        "def kmeans_init_centroids(X, K, rng):\n"
        "    colors = np.unique(X, axis=0)\n"
        "    return colors[rng.choice(len(colors), K, replace=False)]"
    ),
    "kmeans_plus_plus": (
        "def kmeans_plus_plus(X, K, rng):\n"
        "    rows = [int(rng.random() * len(X))]\n"
        "    nearest = ((X - X[rows[0]]) ** 2).sum(axis=1)\n"
        "    while len(rows) < K:\n"
        "        at = rng.random() * nearest.sum()\n"
        "        rows.append(int(np.searchsorted(nearest.cumsum(), at, side='right')))\n"
        "        nearest = np.minimum(nearest, ((X - X[rows[-1]]) ** 2).sum(axis=1))\n"
        "    return X[rows]"
    ),
}
OTHER_RULE = {
    "compute_centroids": (
        "def compute_centroids(X, idx, K):\n"
        "    centroids = np.empty((K, X.shape[1]))\n"
        "    for k in range(K):\n"
        "        group = X[idx == k]\n"
        "        centroids[k] = group.mean(axis=0) if len(group) else 0.5\n"
        "    return centroids"
    ),
}
LIBRARIES = {
    "loops": LOOPS | {"run_kmeans": STEPS},
    "float32": FLOAT32 | {"run_kmeans": STEPS},
    "other draws": OTHER_DRAWS,
    "another rule for empty clusters": OTHER_RULE | {"run_kmeans": STEPS},
}
PAGES = [
    source
    for source in sorted((ROOT / "notebooks" / "source").glob("*.md"))
    if " = mine(" in source.read_text(encoding="utf-8")
]


def write_library(folder, codes):
    order = {name: (LESSON_OF[name], codes[name]) for name in LESSON_OF if name in codes}
    head = HEAD
    for name, room in {"find_closest_centroids": "codebook", "compute_centroids": "kmeans"}.items():
        if "run_kmeans" in codes and name not in codes:
            head += f"from helpers.{room} import {name}\n"
    (folder / mine.LIBRARY).write_text(mine.joined(head, order), encoding="utf-8")


def test_there_are_such_pages():
    assert len(PAGES) > 3


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_function_of_a_library_is_right(library, folder):
    write_library(folder, LIBRARIES[library])
    for name in LIBRARIES[library]:
        assert CHECKS[name](mine.find(name, LESSON_OF[name])).passed, name


@pytest.mark.weekly
@pytest.mark.parametrize("source", PAGES, ids=lambda source: source.stem)
@pytest.mark.parametrize("library", LIBRARIES)
def test_a_later_page_runs_to_its_end(library, source, tmp_path, monkeypatch):
    folder = tmp_path / "my_lessons"
    folder.mkdir()
    write_library(folder, LIBRARIES[library])
    page = build.edition(source, "worked")
    monkeypatch.setenv("JPY_SESSION_NAME", str(folder / f"{source.stem}.ipynb"))
    NotebookClient(page, timeout=300, resources={"metadata": {"path": folder}}).execute()
    printed = "".join(
        output.get("text", "")
        for cell in page.cells
        for output in cell.get("outputs", [])
        if "= mine(" in cell.source
    )
    for name in LIBRARIES[library]:
        if f"{name}: " in printed:
            whose = printed.partition(f"{name}: ")[2].partition(".\n")[0]
            slow = "the course's, for yours is right, and too slow for this page"
            assert whose in (f"yours, from lesson {LESSON_OF[name]}", slow)
