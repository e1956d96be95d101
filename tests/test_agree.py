"""NumPy, scikit-learn and PyTorch reach the same centroids from the same start."""

import warnings

import numpy as np
import pytest
from helpers.checks.bridges import lloyd_step
from hypothesis import given
from hypothesis import strategies as st

from helpers import fast
from helpers.codebook import find_closest_centroids
from helpers.images import load_photo, to_pixels
from helpers.kmeans import compute_centroids, kmeans_init_centroids, kmeans_plus_plus, run_kmeans


def by_scikit_learn(X, start, steps):
    cluster = pytest.importorskip("sklearn.cluster", reason="python lab.py --more installs it")
    model = cluster.KMeans(len(start), init=start, n_init=1, max_iter=steps, tol=0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # so few colors that some are equal
        return model.fit(X).cluster_centers_


def by_pytorch(X, start, steps):
    torch = pytest.importorskip("torch", reason="python lab.py --more installs it")
    X, centroids = torch.tensor(X), torch.tensor(start)
    for _ in range(steps):
        centroids = lloyd_step(X, centroids)
    return centroids.numpy()


PEERS = {"scikit-learn": by_scikit_learn, "PyTorch": by_pytorch}
every_peer = pytest.mark.parametrize("peer", PEERS)


def one_step_on(X, start):
    """A start that no pixel lies in the middle of: means have long decimals, pixels have not."""
    return compute_centroids(X, find_closest_centroids(X, start), len(start))


@every_peer
@pytest.mark.parametrize("draw", [kmeans_init_centroids, kmeans_plus_plus])
@pytest.mark.parametrize("name", ["tulips", "harbour_dusk", "pencils"])
def test_a_photographs_palette_is_the_same(name, draw, peer):
    X = to_pixels(load_photo(name))[::16]
    start = one_step_on(X, draw(X, 16, np.random.default_rng(3)))
    ours, _ = run_kmeans(X, start, max_iters=20)
    assert np.allclose(PEERS[peer](X, start, 20), ours, rtol=0, atol=1e-9)


@every_peer
@given(seed=st.integers(0, 10**6), d=st.integers(1, 5), K=st.integers(1, 9))
def test_points_of_any_number_of_channels_end_in_the_same_places(peer, seed, d, K):
    rng = np.random.default_rng(seed)
    X = rng.random((60, d))
    start = X[rng.choice(60, K, replace=False)]
    ours, _ = run_kmeans(X, start, max_iters=6)
    assert np.allclose(PEERS[peer](X, start, 6), ours, rtol=0, atol=1e-9)


@every_peer
def test_the_engineered_kmeans_agrees_as_well(peer):
    photo = load_photo("tulips")[::8, ::8]
    X = to_pixels(photo)
    start = one_step_on(X, kmeans_plus_plus(X, 8, np.random.default_rng(0)))
    colors, counts, _ = fast.count_colors(photo)
    ours, _ = fast.kmeans(colors, counts, start, tol=0)
    assert np.allclose(PEERS[peer](X, start, 200), ours, rtol=0, atol=1e-9)


def test_in_pytorch_a_centroid_without_pixels_stays_where_it_is():
    torch = pytest.importorskip("torch", reason="python lab.py --more installs it")
    X = torch.tensor([[0.0, 0.0], [1.0, 1.0]])
    moved = lloyd_step(X, torch.tensor([[0.4, 0.4], [9.0, 9.0]]))
    assert torch.equal(moved, torch.tensor([[0.5, 0.5], [9.0, 9.0]]))


def test_the_checks_import_neither_library_before_they_are_used():
    import subprocess
    import sys

    code = "import sys, helpers.checks; print({'torch', 'sklearn', 'dask'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert done.stdout.strip() == "set()", done.stdout + done.stderr
