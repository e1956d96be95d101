"""The doors: what they let in, and the sentence that they say."""

import inspect
import re
import timeit

import numpy as np
import pytest
from PIL import Image

from helpers import color, compression, doors, kmeans

NAN = float("nan")


@doors.as_documented
def paint(image, idx=None, K=1, codebook=None, rng=None, share=0.5, name="x"):
    """Paint.

    Parameters
    ----------
    image : ndarray, shape (H, W, 3), values in [0, 1]
    idx : ndarray, shape (H, W) or (H * W,), integers in 0..K-1, optional
    K : int, 1 or more
    codebook : array-like, shape (K, 3), optional
        Whatever stands here is not read.
    rng : numpy.random.Generator, optional
    share : float, 0 to 1
    name : {"x", "y"}

    Returns
    -------
    tuple
    """
    return image, idx, K, codebook, rng, share, name


IMAGE = np.zeros((2, 4, 3))


class Generator:
    """As PyTorch has one, too."""

    def __repr__(self):
        return "a generator of another library"


class Lazy:
    """A number of Dask's, which is not known yet."""

    shape = ()

    def __repr__(self):
        return "lazy"


@pytest.mark.parametrize(
    ("arguments", "kind", "sentence"),
    [
        ({"image": np.zeros((2, 4, 3), dtype=np.uint8)}, ValueError,
         "image holds bytes (uint8), 0 to 255; give values in [0, 1]: image / 255."),
        ({"image": IMAGE + 254.5}, ValueError,
         "image holds values 254.5 to 254.5; give values in [0, 1]: divide by 255: image / 255."),
        ({"image": IMAGE - 0.2}, ValueError,
         "image holds values -0.2 to -0.2; give values in [0, 1]: np.clip(image, 0, 1)."),
        ({"image": IMAGE * NAN}, ValueError,
         "image holds NaN or infinite values; give finite numbers."),
        ({"image": np.zeros((2, 4, 4))}, ValueError,
         "image has shape (2, 4, 4); give (H, W, 3); leave transparency out: image[..., :3]."),
        ({"image": np.zeros((2, 4))}, ValueError, "image has shape (2, 4); give (H, W, 3); "
         "give gray three channels: np.stack([image] * 3, axis=-1)."),
        ({"image": np.zeros((8, 3))}, ValueError, "image has shape (8, 3); give (H, W, 3); "
         "fold a list of pixels to a picture: to_image(image, height, width)."),
        ({"image": np.zeros((2, 4, 1))}, ValueError, "image has shape (2, 4, 1); give (H, W, 3); "
         "give gray three channels: np.repeat(image, 3, axis=-1)."),
        ({"image": np.zeros((3, 2, 4))}, ValueError, "image has shape (3, 2, 4); give (H, W, 3); "
         "move the channels to the end: np.moveaxis(image, 0, -1)."),
        ({"image": IMAGE + 65534}, ValueError, "image holds values 6.553e+04 to 6.553e+04; "
         "give values in [0, 1]: divide by 65535: image / 65535."),
        ({"image": IMAGE + np.array([-60, 9, 90])}, ValueError,
         "image holds values -60 to 90; give values in [0, 1]."),
        ({"image": [[[255, 136, 0]]]}, ValueError, "image holds values 0 to 255; "
         "give values in [0, 1]: divide by 255: np.array(image) / 255."),
        ({"image": Image.new("RGB", (4, 2))}, ValueError, "image holds bytes (uint8), 0 to 255; "
         "give values in [0, 1]: np.array(image) / 255."),
        ({"image": [[[True, False, True]]]}, TypeError,
         "image holds bool values; give real numbers: np.array(image).astype(float)."),
        ({"image": np.zeros((0, 4, 3))}, ValueError,
         "image is empty, of shape (0, 4, 3); give some numbers."),
        ({"image": IMAGE > 0}, TypeError,
         "image holds bool values; give real numbers: image.astype(float)."),
        ({"image": IMAGE + 0j}, TypeError, "image holds complex128 values; give real numbers."),
        ({"image": "tulips"}, TypeError, "image is 'tulips'; give an array of numbers."),
        ({"image": [[1, 2], [3]]}, TypeError,
         "image is [[1, 2], [3]]; give an array of numbers."),
        ({"image": np.ma.array(IMAGE)}, TypeError,
         "image is a masked array; fill what is missing: image.filled(0)."),
        ({"image": [np.ma.array(row) for row in IMAGE]}, TypeError,
         "image is a masked array; fill what is missing: np.ma.array(image).filled(0)."),
        ({"image": IMAGE, "idx": np.zeros(7, dtype=int)}, ValueError,
         "idx has shape (7,); give (H, W) or (H * W,), where H is 2 and W is 4."),
        ({"image": IMAGE, "idx": np.arange(8), "K": 4}, ValueError,
         "idx holds 0 to 7, but 4 colors have the numbers 0 to 3."),
        ({"image": IMAGE, "idx": np.full(8, 0.5)}, ValueError,
         "idx holds fractions, NaN or infinite values; give whole numbers."),
        ({"image": IMAGE, "codebook": [[0, 0, 0]], "K": 2}, ValueError,
         "codebook has shape (1, 3); give (K, 3), where K is 2."),
        ({"image": IMAGE, "codebook": [0, 0, 0], "K": 1}, ValueError,
         "codebook has shape (3,); give (K, 3), where K is 1; "
         "as a list: np.array(codebook)[None]."),
        ({"image": IMAGE, "codebook": np.linspace(0, 1, 4), "K": 4}, ValueError,
         "codebook has shape (4,); give (K, 3), where K is 4; grays as colors: "
         "np.stack([codebook] * 3, axis=-1)."),
        ({"image": IMAGE, "K": 2.5}, ValueError, "K is 2.5; give 1 or more, a whole number."),
        ({"image": IMAGE, "K": True}, TypeError, "K is True; give 1 or more, a whole number."),
        ({"image": IMAGE, "K": None}, TypeError, "K is None; give 1 or more, a whole number."),
        ({"image": IMAGE, "rng": 0}, TypeError,
         "rng is 0; give a generator: np.random.default_rng(0)."),
        ({"image": IMAGE, "rng": Generator()}, TypeError,
         "rng is a generator of another library; give a generator: np.random.default_rng(0)."),
        ({"image": IMAGE, "share": Lazy()}, TypeError, "share is lazy; give 0 to 1, a number."),
        ({"image": IMAGE, "share": 1.5}, ValueError, "share is 1.5; give 0 to 1, a number."),
        ({"image": IMAGE, "name": "z"}, ValueError, "name is 'z'; choose one of x, y."),
    ],
)  # fmt: skip
def test_a_docstring_is_kept(arguments, kind, sentence):
    with pytest.raises(kind) as error:
        paint(**arguments)
    assert str(error.value) == sentence


def test_what_means_something_comes_in():
    given = [IMAGE, np.array([0.0, 1] * 4), np.int8(2), [[0, 0, 1], [1, 0, 0]], None, 1, "y"]
    image, idx, K, codebook, *rest = paint(*given)
    assert image is IMAGE
    assert idx.tolist() == [0, 1] * 4 and idx.dtype == int
    assert (K, type(K)) == (2, int)
    assert codebook.dtype == float and codebook.tolist() == given[3]
    assert rest == given[4:]
    assert paint(IMAGE - 1e-9)[0].max() == -1e-9  # a rounding error is none


@pytest.mark.filterwarnings("ignore::PendingDeprecationWarning")
def test_a_matrix_comes_in_as_a_plain_array():
    _, _, _, codebook, *_ = paint(IMAGE, K=2, codebook=np.asmatrix([[0.0, 0, 1], [1, 0, 0]]))
    assert type(codebook) is np.ndarray and (codebook * codebook).tolist() == codebook.tolist()


WORDS = {
    "of type int": 10**9999,
    "[0, 1, 2, 3, 4, 5, ...]": list(range(99)),
    "array([1., 2.])": np.array([1.0, 2]),
}


@pytest.mark.parametrize("words", WORDS)
def test_whatever_came_is_told_in_a_few_words(words):
    with pytest.raises((TypeError, ValueError)) as error:
        doors.whole("K", WORDS[words], 1, 9)
    assert str(error.value) == f"K is {words}; give 1 to 9, a whole number."


def test_bytes_beside_values_in_0_to_1_are_refused():
    X, C = np.array([[0, 3], [255, 7]], dtype=np.uint8), np.array([[0.2, 0.4]])
    assert color.squared_distances(X, X).tolist() == [[0, 65041], [65041, 0]]
    with pytest.raises(ValueError, match="divide the bytes by 255: X / 255"):
        color.squared_distances(X, C)
    with pytest.raises(ValueError, match="divide the bytes by 255: C / 255"):
        color.squared_distances(C, X)


@doors.as_documented
def tell(start, series=None, tol=0, pictures=(), labels=()):
    """Tell.

    Parameters
    ----------
    start : int, 1 or more, or array-like, shape (K, 3)
    series : dict of tuple of 2 ndarray, shape (n,), numbers of any type, optional
    tol : float, 0 or more
    pictures : list of n ndarray, shape (H, W, 3) or (H, W), values in [0, 1]
    labels : list of n str
    """
    return start, series, tol


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"series": [1, 2]}, "series is [1, 2]; give a dictionary."),
        ({"series": {"a": [1, 2]}}, "series['a'][0] has shape (); give (n,)."),
        ({"series": {"a": ([1, 2], [3, None])}},
         "series['a'][1] is [3, None]; give an array of numbers."),
        ({"tol": 10**400}, "tol is 100000000000000000...0000000000000000000; "
         "give 0 or more, a number."),
        ({"pictures": IMAGE, "labels": ["one"]},
         "labels has length 1; give length 2, as many as pictures has; one alone as a list: "
         "[pictures]."),
    ],
)  # fmt: skip
def test_what_a_list_or_a_dictionary_holds_is_looked_at_too(arguments, sentence):
    with pytest.raises((TypeError, ValueError)) as error:
        tell(1, **arguments)
    assert str(error.value) == sentence


def test_a_number_of_arrays_own_is_a_number():
    assert tell(np.array(16))[0] == 16
    _, series, _ = tell(1, {"a": (range(2), [0.5, float("inf")])})
    assert series["a"][1].tolist() == [0.5, float("inf")]
    of = {8: 0.25, 16: 0.125}
    _, series, _ = tell(1, {"a": (of.keys(), of.values())})
    assert [part.tolist() for part in series["a"]] == [[8, 16], [0.25, 0.125]]


def test_where_nothing_is_known_of_the_axes_before_none_is_made_up():
    with pytest.raises(ValueError, match=re.escape("give (2, 4, 3).")):
        compression.mse(IMAGE, IMAGE[0])
    with pytest.raises(ValueError, match=re.escape("give (3,).")):
        color.color_difference(IMAGE[0, 0], IMAGE[0])


def test_what_does_not_fit_the_signature_is_pythons_to_say():
    for wrong in (lambda: paint(), lambda: paint(IMAGE, image=IMAGE), lambda: paint(IMAGE, k=1),
                  lambda: paint(IMAGE, *[None] * 9)):  # fmt: skip
        with pytest.raises(TypeError, match="paint()"):
            wrong()


def test_a_learner_reads_of_the_call_and_of_the_door_alone():
    with pytest.raises(ValueError) as error:
        color.negative(IMAGE + 254.5)
    assert [entry.name for entry in error.traceback][1:] == ["behind_a_door"]


def test_behind_a_door_a_function_is_still_itself():
    assert inspect.getsource(color.negative).splitlines()[1] == "def negative(image):"
    assert str(inspect.signature(kmeans.run_kmeans)) == "(X, initial_centroids, max_iters=10)"


@pytest.mark.parametrize(
    ("value", "kind"),
    [(0, ValueError), (2.5, ValueError), (NAN, ValueError), (float("inf"), ValueError),
     (np.int64(-3), ValueError), ("16", TypeError), (True, TypeError), (np.True_, TypeError),
     (1j, TypeError), ([1], TypeError), (None, TypeError)],
)  # fmt: skip
def test_what_is_no_whole_number_is_refused(value, kind):
    with pytest.raises(kind, match=r"^K is .*; give 1 or more, a whole number\.$"):
        doors.whole("K", value, 1)


def test_bounds_of_a_whole_number():
    assert [doors.whole("K", value, 1) for value in (np.int64(3), 8.0, np.array(5))] == [3, 8, 5]
    assert doors.whole("K", 8, 1, 8) == 8
    with pytest.raises(ValueError, match=r"bits is 9; give 1 to 8, a whole number\."):
        doors.whole("bits", 9, 1, 8)


def test_a_name_that_is_none():
    doors.one_of("There is no day", "Mon", ["Mon"])
    with pytest.raises(ValueError, match=r"There is no day 'Yay'; choose one of Mon, Tue\."):
        doors.one_of("There is no day", "Yay", ["Mon", "Tue"])


def microseconds(function, *arguments):
    """Of a call: the shortest of many, the least disturbed."""
    run = timeit.Timer(lambda: function(*arguments))
    return min(run.repeat(200, 20)) / 20 * 1e6


def test_a_door_takes_microseconds():
    a, b = np.zeros((2, 2, 3)), np.ones((2, 2, 3))
    door = microseconds(compression.mse, a, b) - microseconds(compression.mse.__wrapped__, a, b)
    assert door < 100  # about 8 on an idle machine


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("夕方 é.jpg", "夕方 é.jpg"),
        ("caf\udce9.jpg", r"caf\udce9.jpg"),
        ("a\nb\x1b[2J", r"a\nb\x1b[2J"),
        ("", ""),
    ],
)
def test_what_cant_be_printed_is_told_by_its_number(name, shown):
    assert doors.printable(name) == shown
    assert shown.encode("utf-8").decode() == shown


@pytest.mark.parametrize("kind", [np.uint8, np.int64, float])
def test_numbers_of_colors_come_in_a_type_that_numpy_can_look_up_with(kind, monkeypatch):
    """Where NumPy counts with 32 bits (a browser), `np.bincount` takes no more."""
    monkeypatch.setattr(doors, "PLACES", (np.dtype(np.int32), np.dtype(np.int32)))

    @doors.as_documented
    def places(idx, counts, K):
        """Two arrays of whole numbers.

        Parameters
        ----------
        idx : ndarray, shape (N,), integers in 0..K-1
        counts : ndarray, shape (N,), integers, 1 or more
        K : int, 1 or more
        """
        return idx.dtype, counts.dtype

    given = np.array([1, 2], dtype=kind)
    assert places(given, given, 3) == (np.int32, np.int64)
