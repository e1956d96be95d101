"""The doors: what they let in, and the sentence that they say."""

import numpy as np
import pytest

from helpers import doors

NAN = np.array([0.5, np.nan])


@pytest.mark.parametrize(
    ("door", "arguments", "sentence"),
    [
        (doors.whole, ("K", 0, 1), "K is 0; give 1 or more, a whole number."),
        (doors.whole, ("K", 2.5, 1), "K is 2.5; give 1 or more, a whole number."),
        (doors.whole, ("bits", 9, 1, 8), "bits is 9; give 1 to 8, a whole number."),
        (doors.whole, ("K", float("nan"), 1), "K is nan; give 1 or more, a whole number."),
        (doors.whole, ("K", float("inf"), 1), "K is inf; give 1 or more, a whole number."),
        (doors.whole, ("K", "16", 1), "K is 16; give 1 or more, a whole number."),
        (doors.known, ("There is no day", "Yay", ["Mon", "Tue"]),
         "There is no day 'Yay'; choose one of Mon, Tue."),
        (doors.shaped, ("A palette", np.zeros((2, 4)), "K", 3),
         "A palette has shape (K, 3); this has (2, 4)."),
        (doors.shaped, ("A palette", np.zeros(3), "K", 3),
         "A palette has shape (K, 3); this has (3,)."),
        (doors.shaped, ("A picture", np.zeros((2, 4)), "...", 3),
         "A picture has shape (..., 3); this has (2, 4)."),
        (doors.shaped, ("A picture", 1.0, "...", 3),
         "A picture has shape (..., 3); this has ()."),
        (doors.finite, ("The list", NAN),
         "The list holds NaN or infinite values; give finite numbers."),
        (doors.fractions, ("A picture", np.array([0.0, 255.0])),
         "A picture holds values in [0, 1], and this 0 to 255; divide bytes by 255 first."),
        (doors.fractions, ("A picture", NAN),
         "A picture holds values in [0, 1], and this nan to nan; divide bytes by 255 first."),
        (doors.numbers, (np.array([0, 4]), 4),
         "idx holds 0 to 4, but 4 colors have the numbers 0 to 3."),
    ],
)  # fmt: skip
def test_a_door_says_what_was_wanted_and_what_came(door, arguments, sentence):
    with pytest.raises(ValueError) as error:
        door(*arguments)
    assert str(error.value) == sentence


def test_a_door_lets_in_what_means_something():
    doors.whole("K", np.int64(3), 1)
    doors.whole("K", 8, 1, 8)
    doors.whole("K", 8.0, 1, 8)
    doors.known("There is no day", "Mon", ["Mon"])
    doors.shaped("A picture", np.zeros((5, 7, 3)), "height", "width", 3)
    doors.shaped("A picture", [[0, 0, 0]], "...", 3)
    doors.shaped("A color", (0, 0, 0), "...", 3)
    doors.finite("The list", [])
    doors.fractions("A picture", np.array([-1e-9, 1 + 1e-9]))
    doors.fractions("A picture", np.zeros((0, 3)))
    doors.numbers(np.array([], dtype=int), 1)
    doors.numbers(np.array([0, 3]), 4)


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
