"""Predictions: a guess is read as it was meant, and stands beside what is so."""

import ipywidgets as widgets
import numpy as np
import pytest

from helpers.explore.predict import Prediction


def said(capsys, guess, so, choices=(), unit=""):
    prediction = Prediction("How many?", choices, unit)
    prediction.parts["guess"].value = guess
    prediction.compare(so)
    return capsys.readouterr().out.strip()


@pytest.mark.parametrize(
    "typed, number",
    {
        "6": 6,
        " 158,287 ": 158_287,
        "158 287 colors": 158_287,
        "1'000'000": 1_000_000,
        "5.999": 5.999,
        "2,5": 2.5,
        "0,018": 0.018,
        "18 %": 18,
        "18%": 18,
        "1e5": 100_000,
        ".5": 0.5,
        "-3": -3,
        "": None,
        "many": None,
        "3 or 4": None,
        "1.2.3": None,
        "nan": None,
        "1e999": None,
    }.items(),
)
def test_a_typed_number_is_read_as_it_was_meant(typed, number):
    prediction = Prediction("How many?", (), "")
    prediction.parts["guess"].value = typed
    assert prediction.guess == number


def test_a_number_stands_beside_what_is_so(capsys):
    assert said(capsys, "6", 5.999) == "You said 6; it is 5.999."
    assert said(capsys, "40,000", 158_287, unit="colors") == (
        "You said 40,000 colors; it is 158,287 colors."
    )


def test_what_is_so_may_be_infinite(capsys):
    assert said(capsys, "3", float("inf")) == "You said 3; it is inf."


def test_no_choice_is_made_when_the_page_first_hears_of_it(monkeypatch):
    opened, tell = [], widgets.ToggleButtons.open

    def note(widget):
        opened.append(widget.index)
        tell(widget)

    monkeypatch.setattr(widgets.ToggleButtons, "open", note)
    Prediction("Which?", ("top", "bottom"), "")
    assert opened == [None]  # a later None would be lost in a browser, and a click on the first


def test_a_choice_stands_beside_what_is_so(capsys):
    assert said(capsys, "top", "bottom", ("top", "bottom")) == "You said top; it is bottom."
    assert said(capsys, "top", "top", ("top", "bottom")) == "You said top, and that is right."


@pytest.mark.parametrize("so", [True, np.True_, 1, np.array([7, 2]).argmin()], ids=repr)
def test_a_choice_may_be_told_by_its_place(capsys, so):
    assert said(capsys, "top", so, ("top", "bottom")) == "You said top; it is bottom."


def test_without_a_guess_only_what_is_so_is_told(capsys):
    assert said(capsys, "", 5.999) == "It is 5.999."
    assert said(capsys, None, "top", ("top", "bottom")) == "It is top."


def test_what_is_no_number_is_told_at_once():
    prediction = Prediction("How many?", (), "")
    prediction.parts["guess"].value = "a lot"
    assert "is not a number: type digits" in prediction.parts["told"].value


@pytest.mark.parametrize("so", ["left", 2, -1])
def test_an_answer_that_is_no_choice_is_refused(so):
    with pytest.raises(ValueError, match=f"{so!r} is none of the choices: top, bottom"):
        Prediction("Where?", ("top", "bottom"), "").compare(so)


def test_what_is_so_stands_neither_in_its_words_nor_in_its_still():
    prediction = Prediction("Where?", ("top", "bottom"), "")
    assert prediction.words() == "Where? / top / bottom"
    assert "top / bottom" in prediction.still()
