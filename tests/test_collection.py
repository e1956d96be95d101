"""A collection by its counts: brute force over all pixels says what is right."""

import os
import time
import tracemalloc
from collections import Counter
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import collection, fast, images
from helpers.kmeans import run_kmeans

SHARE = 2  # pictures
TINY = (6, 7, 3)


def tiny(number):
    """A picture of few pixels and few colors."""
    levels = np.random.default_rng(number).integers(0, 5, TINY)
    return (levels * 50 + levels // 3).astype(np.uint8)


def count_by_hand(photos, bits=8):
    """Pixel by pixel, in plain Python."""
    pixels = Counter()
    for photo in photos:
        for red, green, blue in photo.reshape(-1, 3).tolist():
            red, green, blue = (level >> 8 - bits for level in (red, green, blue))
            pixels[(red * 2**bits + green) * 2**bits + blue] += 1
    return np.array(sorted(pixels.items())).reshape(-1, 2)


def tables():
    """Counts of up to 12 of 20 colors."""
    rows = st.dictionaries(st.integers(0, 19), st.integers(1, 10**12), max_size=12)
    return rows.map(lambda d: np.array(sorted(d.items()), dtype=np.int64).reshape(-1, 2))


# --- The pictures --------------------------------------------------------------------------


def test_a_picture_has_04_megapixels_and_comes_again_by_its_number():
    photo = collection.picture(5)
    assert photo.shape == (512, 768, 3) and photo.dtype == np.uint8
    assert np.array_equal(photo, collection.picture(5))


def test_pictures_differ_and_all_photographs_are_among_them():
    means = [collection.picture(number).mean() for number in range(12)]
    assert len(set(means)) == 12
    drawn = [np.random.default_rng([16, number]).integers(3) for number in range(12)]
    assert set(drawn) == {0, 1, 2}


def test_light_and_noise_stay_between_black_and_white():
    for number in range(8):
        photo = collection.picture(number)
        assert np.ptp(photo) > 100  # neither wrapped around nor washed out
        assert abs(np.diff(photo[:, :, 0].astype(int), axis=0)).mean() < 40


def test_there_is_no_picture_before_the_first():
    with pytest.raises(ValueError, match="number is -1; give 0 or more"):
        collection.picture(-1)


# --- Counting ------------------------------------------------------------------------------


@pytest.mark.parametrize("bits", range(1, 9))
def test_counts_are_those_of_plain_python(bits):
    photo = tiny(3)
    counts = collection.count_photo(photo, bits)
    assert counts.dtype == np.int64
    assert np.array_equal(counts, count_by_hand([photo], bits))


def test_a_whole_picture_agrees_with_the_other_way_to_count():
    photo = collection.picture(0)
    colors, pixels = collection.colors_of(collection.count_photo(photo))
    expected = fast.count_colors(photo)
    assert np.array_equal(pixels, expected.counts)
    assert np.array_equal(colors, expected.colors)


def test_counts_held_as_decimals_are_whole_numbers_all_the_same():
    """As a learner's add_counts may give them: np.bincount with weights makes decimals."""
    counts = collection.count_photo(np.full((2, 3, 3), 0.2))
    for one, other in zip(
        collection.colors_of(counts), collection.colors_of(counts.astype(float)), strict=True
    ):
        assert np.array_equal(one, other) and one.dtype == other.dtype


def test_float_pictures_count_as_their_bytes():
    photo = tiny(1)
    assert np.array_equal(collection.count_photo(photo / 255), collection.count_photo(photo))


@pytest.mark.parametrize("bits", range(1, 9))
def test_a_color_is_in_the_middle_of_the_levels_that_count_as_one(bits):
    every = np.arange(256, dtype=np.uint8)
    photo = np.stack([every, every[::-1], np.roll(every, 7)], axis=-1)[None]
    colors, pixels = collection.colors_of(collection.count_photo(photo, bits), bits)
    assert pixels.sum() == 256
    width = 2 ** (8 - bits)
    for color in np.rint(colors * 255 * 2).astype(int):
        first = (color - (width - 1)) // 2
        inside = ((photo[0] >= first) & (photo[0] < first + width)).all(axis=1)
        assert inside.any()
    assert len(colors) == len(np.unique(photo[0] // width, axis=0))


@pytest.mark.parametrize("bits", [0, 9])
def test_bits_out_of_range_are_refused(bits):
    with pytest.raises(ValueError, match="give 1 to 8"):
        collection.count_photo(tiny(0), bits)


@pytest.mark.parametrize("photo", [np.zeros((4, 3)), np.zeros((2, 2, 4)), np.full((2, 2, 3), 255)])
def test_what_is_no_picture_is_refused(photo):
    with pytest.raises(ValueError, match="^photo (has shape|holds values)"):
        collection.count_photo(photo)


def test_colors_counted_with_more_bits_are_refused():
    with pytest.raises(ValueError, match="not counted with 2 bits"):
        collection.colors_of(collection.count_photo(tiny(0), 8), 2)


# --- Adding up -----------------------------------------------------------------------------


@given(a=tables(), b=tables())
def test_a_sum_is_that_of_counters(a, b):
    expected = Counter(dict(a.tolist())) + Counter(dict(b.tolist()))
    rows = collection.add_counts(a, b)
    assert rows.dtype == np.int64
    assert rows.tolist() == [list(row) for row in sorted(expected.items())]


@given(a=tables(), b=tables(), c=tables())
def test_the_order_of_adding_does_not_matter(a, b, c):
    add = collection.add_counts
    assert np.array_equal(add(a, b), add(b, a))
    assert np.array_equal(add(add(a, b), c), add(a, add(b, c)))
    assert np.array_equal(add(a, collection.nothing()), a)


def test_the_counts_of_a_batch_are_those_of_all_its_pixels():
    batch = collection.count_batch(range(7), load=tiny)
    assert np.array_equal(batch.counts, count_by_hand(map(tiny, range(7))))
    assert (batch.pictures, batch.broken) == (7, [])


def test_shares_cover_the_collection_once():
    shares = collection.batches(range(53), 25)
    assert [len(share) for share in shares] == [25, 25, 3]
    assert [number for share in shares for number in share] == list(range(53))


def test_kmeans_over_counts_is_kmeans_over_all_pixels():
    photos = [collection.picture(number)[::4, ::4] for number in range(6)]
    counts = collection.count_batch(photos, load=lambda photo: photo).counts
    colors, pixels = collection.colors_of(counts)
    start = fast.kmeans_plus_plus(colors, pixels, 8, np.random.default_rng(1))
    centroids, _ = fast.kmeans(colors, pixels, start, tol=0, max_iter=12)
    X = np.concatenate([photo.reshape(-1, 3) for photo in photos]) / 255
    expected, _ = run_kmeans(X, start, max_iters=12)
    np.testing.assert_allclose(centroids, expected, rtol=0, atol=1e-10)


def test_a_broken_file_is_reported_and_skipped(tmp_path):
    whole, cut, missing = tmp_path / "whole.png", tmp_path / "cut.jpg", tmp_path / "missing.jpg"
    whole.write_bytes(images.encode_png(tiny(2) / 255))
    cut.write_bytes(images.encode_jpeg(collection.picture(1) / 255)[:9000])
    batch = collection.count_batch([cut, whole, missing], load=images.load_image)
    assert np.array_equal(batch.counts, collection.count_photo(tiny(2)))
    assert batch.pictures == 1
    assert [name for name, _ in batch.broken] == [str(cut), str(missing)]
    assert "damaged or cut short" in batch.broken[0][1]
    assert "no file" in batch.broken[1][1]


def test_a_mistake_in_the_program_is_not_taken_for_a_broken_file():
    with pytest.raises(TypeError):
        collection.count_batch(["1"])


def test_a_batch_never_holds_more_than_two_pictures():
    collection.picture(0)
    tracemalloc.start()
    collection.count_batch(range(20), bits=5)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20 * 512 * 768 * 3 / 2


# --- On Dask -------------------------------------------------------------------------------


def logged(folder, number):
    """Load a picture, and leave a mark that it was loaded."""
    descriptor = os.open(folder / str(number), os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.write(descriptor, b".")
    os.close(descriptor)
    if number == 5:
        raise ValueError("This one is broken.")
    return tiny(number)


def loads(folder):
    """How often each picture was loaded."""
    return {int(path.name): path.stat().st_size for path in folder.iterdir()}


@pytest.fixture(scope="module")
def client():
    distributed = pytest.importorskip("distributed", reason="dask[distributed] is not installed")
    here = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": "127.0.0.1:0"}
    with distributed.Client(**here, silence_logs=50) as client:
        yield client


def count_all(client, numbers, load, after_three=lambda: None):
    from distributed import as_completed

    count = partial(collection.count_batch, load=load)
    shares = client.map(count, collection.batches(numbers, SHARE), pure=False)
    counts, broken = collection.nothing(), []
    for done, (_, batch) in enumerate(as_completed(shares, with_results=True), 1):
        counts = collection.add_counts(counts, batch.counts)
        broken += batch.broken
        if done == 3:
            after_three()
    return counts, broken


def test_workers_count_what_one_loop_counts(client, tmp_path):
    counts, broken = count_all(client, range(21), partial(logged, tmp_path))
    whole = [tiny(number) for number in range(21) if number != 5]
    assert np.array_equal(counts, count_by_hand(whole))
    assert broken == [("5", "This one is broken.")]
    assert loads(tmp_path) == dict.fromkeys(range(21), 1)


def test_a_lost_worker_costs_only_its_share(client, tmp_path):
    def pull_the_plug():
        victim = list(client.nthreads())[:1]
        client.run(os._exit, 1, workers=victim, on_error="return")

    def slow(number):
        time.sleep(0.02)
        return logged(tmp_path, number)

    before = set(client.nthreads())
    counts, broken = count_all(client, range(60), slow, pull_the_plug)
    assert len(before & set(client.nthreads())) == 1  # one is gone; its place may be taken
    whole = [tiny(number) for number in range(60) if number != 5]
    assert np.array_equal(counts, count_by_hand(whole))
    assert broken == [("5", "This one is broken.")]
    again = sum(loads(tmp_path).values()) - 60
    assert again <= 4 * SHARE  # in its hands, or counted and not yet sent: never all of its half


def test_only_counts_travel(client):
    size = client.submit(
        lambda: len(__import__("pickle").dumps(collection.count_batch(range(25), bits=5)))
    ).result()
    assert size < 25 * 512 * 768 * 3 / 50
