"""A learner's functions in an explorer: plain answers, or one sentence."""

import numpy as np
import pytest

from helpers.checks.exercises import EXERCISES
from helpers.codebook import find_closest_centroids
from helpers.explore import own
from helpers.explore.own import Own, Trouble, ask, colored, numbered, shaped


def double(X):
    X *= 2
    return X


def raises(X):
    return X[7]


def raises_without_a_word(X):
    raise KeyError


def stalls(X):
    while True:
        X = X + 1


def ends(X):
    raise SystemExit


@pytest.mark.parametrize("here", [False, True])
def test_an_answer_comes_back_and_the_arguments_stay_as_they_were(here):
    X = np.ones(3)
    assert ask(double, X, here=here).tolist() == [2, 2, 2]
    assert X.tolist() == [1, 1, 1]


@pytest.mark.parametrize("here", [False, True])
def test_what_it_prints_and_is_warned_of_stays_away_from_the_page(here, capfd):
    def talks(X):
        print("here")
        return X / np.zeros(3)

    assert np.isinf(ask(talks, np.ones(3), here=here)).all()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("here", [False, True])
@pytest.mark.parametrize(
    ("function", "sentence"),
    [
        (raises, r"raises raises IndexError: index 7 is out of bounds .*\.$"),
        (raises_without_a_word, r"raises_without_a_word raises KeyError\.$"),
        (stalls, r"stalls has not come back after 0\.2 seconds .*(while True:|X = X \+ 1)$"),
        (ends, "^ends raises SystemExit"),
        (lambda X: 1 / 0, "^your function raises ZeroDivisionError"),
    ],
)
def test_what_goes_wrong_is_one_sentence(function, sentence, here):
    with pytest.raises(Trouble, match=sentence):
        ask(function, np.ones(3), limit=0.2, here=here)


@pytest.mark.parametrize(
    ("got", "sentence"),
    [
        (None, r"double returns None: is a return missing\? \(wanted is rows, of shape \(2, 3\)"),
        ([[1, 2], [3]], "returns a list, no numbers"),
        ("text", "returns a str, no numbers"),
        (np.ones((3, 2)), r"returns an array of shape \(3, 2\); wanted is rows"),
        (7, "returns the number 7; wanted"),
    ],
)
def test_what_has_another_shape_is_told(got, sentence):
    with pytest.raises(Trouble, match=sentence):
        shaped(double, got, (2, 3), "rows")


@pytest.mark.parametrize("odd", [-1, 3, 0.5, np.nan])
def test_what_is_no_number_of_a_row_is_told(odd):
    with pytest.raises(Trouble, match=f"returns {odd:g} among its numbers; .* from 0 to 2"):
        numbered(double, [0.0, 2.0, odd], 3, 3)
    assert numbered(double, [0.0, 2.0, 1.0], 3, 3).tolist() == [0, 2, 1]


# --- A function that an explorer was given --------------------------------------------------


def test_the_courses_own_is_told_from_a_learners():
    assert not Own(find_closest_centroids).is_theirs
    assert not Own(EXERCISES["quantize"].answer).is_theirs, "which stands in on a page"
    assert Own(double).is_theirs and Own(np.linalg.norm).is_theirs


def test_what_a_function_does_is_judged_or_its_trouble_told():
    assert Own(double).news(lambda got: f"{got.sum():g} in all", np.ones(3)) == "6 in all"
    assert Own(raises).news(str, np.ones(3)).startswith("raises raises IndexError: index 7")
    assert Own(find_closest_centroids).news(None, np.ones(3)) == ""


def test_a_sentence_about_a_lambda_begins_with_a_capital_and_a_name_as_it_is_written(monkeypatch):
    assert Own(lambda X: 1 / 0).news(str, 1).startswith("Your function raises ZeroDivisionError")
    wrong = Own(lambda X: None)
    told = wrong.news(lambda got: shaped(wrong.function, got, (3,), "rows"), 1)
    assert told.startswith("Your function returns None")
    assert f"Your {wrong.name} says 3" == "Your function says 3"
    assert f"Your {Own(double).name} says 3" == "Your double says 3"
    monkeypatch.setattr(own, "SOON", 0.2)
    assert Own(lambda X: stalls(X)).news(str, np.ones(3)).startswith("Your function has not come")


def test_for_one_that_stalls_nobody_waits_twice(monkeypatch):
    monkeypatch.setattr(own, "SOON", 0.2)
    slow = Own(stalls)
    first = slow.news(str, np.ones(3))
    assert "has not come back after 0.2 seconds" in first
    monkeypatch.setattr(own, "call", None)
    assert slow.news(str, np.ones(3)) == first


def test_colors_are_from_0_to_1():
    assert colored(double, [[0.0, 1.0]], (1, 2), "rows").tolist() == [[0, 1]]
    for odd, told in (
        (np.nan, "from nan to nan"),
        (255.0, "from 0 to 255"),
        (-1.0, "from -1 to 0"),
    ):
        with pytest.raises(Trouble, match=f"double returns values {told}; wanted is rows, from 0"):
            colored(double, [[0.0, odd]], (1, 2), "rows")
