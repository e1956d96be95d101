"""The checks: every answer in the zoo is judged as a good teacher would, and nothing is spoiled."""

import contextlib
import random
import re
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from zoo import all_answers
from zoo_table import judge

from helpers.checks import CHECKS, CheckResult, check, diagnose, require, run, trial
from helpers.checks.exercises import EXERCISES
from helpers.codebook import find_closest_centroids
from helpers.color import negative, pairwise_distances

ANSWERS = all_answers()
every_exercise = pytest.mark.parametrize("name", EXERCISES)


@pytest.fixture
def page(monkeypatch):
    """The names of a page, and what has been shown on it."""

    class Page:
        user_ns, shown = {}, []

    monkeypatch.setattr(run, "get_ipython", lambda: Page)
    monkeypatch.setattr(run, "display", Page.shown.append)
    return Page


# --- The zoo -------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name)
def test_an_answer_in_the_zoo_is_judged_as_it_should_be(answer, monkeypatch):
    monkeypatch.setattr(diagnose, "TOO_ODD", ())  # no clue fails
    fine, result = judge(answer)
    assert fine, f"wanted {answer.words or 'to pass'}: {result}"


@every_exercise
def test_the_zoo_is_large_enough(name):
    mine = [answer for answer in ANSWERS if answer.exercise == name]
    assert sum(bool(answer.words) for answer in mine) >= 15
    assert sum(not answer.words for answer in mine) >= 6


@every_exercise
def test_each_misconception_is_told_from_all_the_others(name):
    for words, wrong in EXERCISES[name].misconceptions.items():
        for function in wrong if isinstance(wrong, tuple) else (wrong,):
            result = CHECKS[name](function)
            assert not result.passed
            assert result.message.startswith(words)


@every_exercise
def test_each_single_mistake_is_named(name):
    exercise = EXERCISES[name]
    if exercise.mistakes is None:
        return
    single = [(words, wrong) for words, wrong, number in exercise.mistakes() if number == 1]
    named = (*exercise.misconceptions, *dict(single), "The size", "There is a return")
    for words, wrong in single:
        result = CHECKS[name](wrong)
        assert not result.passed, words
        assert result.message.startswith(named), words


@every_exercise
def test_the_course_passes_its_own_check(name):
    answer = EXERCISES[name].answer

    def own(*arguments):
        return answer(*arguments)

    assert CHECKS[name](own).passed


@every_exercise
def test_a_message_tells_where_to_reread_and_the_section_exists(name):
    result = CHECKS[name](lambda *arguments: "nonsense")
    section = re.search(r"Reread “(.+)”", result.message).group(1)
    sources = (Path(__file__).parent.parent / "notebooks" / "source").glob("*.md")
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    assert re.search(rf"^##+ {re.escape(section)}( ·|$)", text, flags=re.MULTILINE)


def test_only_an_empty_cluster_sends_back_to_the_section_about_it():
    def forgets_the_empty(X, idx, K):
        return np.array([X[idx == k].mean(axis=0) for k in range(K)])

    def median(X, idx, K):
        return np.array([np.median(X[idx == k], axis=0) for k in range(K)])

    def loses_a_color(X, initial_centroids, max_iters):
        centroids = np.array(initial_centroids, dtype=float)
        for _ in range(max_iters):
            idx = find_closest_centroids(X, centroids)
            for k in set(idx):
                centroids[k] = X[idx == k].mean(axis=0)
        used = np.unique(find_closest_centroids(X, centroids))
        return centroids[used], find_closest_centroids(X, centroids[used])

    section = "Reread “A color that nobody wants”"
    assert section in CHECKS["compute_centroids"](forgets_the_empty).message
    assert section not in CHECKS["compute_centroids"](median).message
    assert section in CHECKS["run_kmeans"](loses_a_color).message


# --- The states ----------------------------------------------------------------------------


@pytest.mark.parametrize("unwritten", ["...", "pass", "'Only words.'", "raise NotImplementedError"])
def test_an_empty_function_is_not_written_yet(unwritten):
    names = {}
    exec(f"def negative(image):\n    {unwritten}", names)
    result = CHECKS["negative"](names["negative"])
    assert (result.passed, result.state) == (False, "not written")


def test_a_constant_is_an_answer_though_a_wrong_one():
    assert CHECKS["nearest_color"](lambda x, C: 0).state == "not yet"


def test_a_name_that_was_never_defined_is_not_written_yet(page):
    assert check("negative") is negative
    assert "There is no function negative yet" in page.shown[0].message


def test_the_stand_in_is_not_taken_for_the_learners_own(page):
    page.user_ns["negative"] = check("negative")
    assert check("negative") is negative
    assert "the course's own version" in page.shown[1].message


def test_something_else_than_a_function_is_explained():
    assert "not a function: begin with def mse(a, b):" in CHECKS["mse"](3).message


def test_the_wrong_number_of_parameters_is_explained():
    message = CHECKS["mse"](lambda a: 0).message
    assert "takes (a); it should take (a, b), in this order" in message


def test_a_right_function_goes_on_and_a_wrong_one_is_stood_in_for(page):
    page.user_ns["negative"] = right = lambda image: 1 - image
    assert check("negative") is right
    page.user_ns["negative"] = lambda image: -image
    assert check("negative") is negative
    assert page.shown[0].state == "right"
    assert "stands in" in page.shown[1].message


def test_check_takes_the_function_itself_too(page):
    def pairwise_distances(X, C):
        return np.linalg.norm(X[:, None] - C[None], axis=-1)

    assert check(pairwise_distances) is pairwise_distances


def test_a_function_that_no_lesson_asks_for_is_refused_with_the_list():
    with pytest.raises(ValueError, match="no check for 'sorted'; there is one for negative, "):
        check(sorted)


def test_almost_is_said_when_the_numbers_are_right_and_a_side_effect_is_not():
    def spoils(image):
        image[...] = 1 - image
        return image

    result = CHECKS["negative"](spoils)
    assert result.state == "almost"
    assert "image has changed after the call" in result.message


def test_grading_requires_the_latest_check_to_have_passed(page):
    page.user_ns["mse"] = lambda a, b: ((a - b) ** 2).mean()
    check("mse")
    require("mse")
    page.user_ns["mse"] = lambda a, b: (a - b).mean()
    check("mse")
    with pytest.raises(AssertionError, match="Not yet. You average the differences themselves"):
        require("mse")


def test_grading_requires_a_check(monkeypatch):
    monkeypatch.setattr(run, "_latest", {})
    with pytest.raises(AssertionError, match="psnr has not been checked"):
        require("psnr")


# --- What a message says, and what it does not -----------------------------------------------


def message_of(name, code, **names):
    """The message for a function that is written in a page of its own."""
    page = {"np": np, **names}
    exec(code, page)
    return CHECKS[name](page[name]).message


def test_a_mistyped_name_gets_a_suggestion_and_is_not_blamed_on_the_page():
    message = message_of("negative", "def negative(image):\n    return 1 - img")
    assert "name 'img' is not defined" in message
    assert "Did you mean image?" in message
    assert "from the page" not in message


def test_the_values_of_decoys_are_never_shown():
    code = "def mse(a, b):\n    return ((photo - b.mean()) ** 2).mean()"
    assert "expected" not in message_of("mse", code, photo=np.ones((2, 2, 3)))


def test_a_parameter_that_is_never_used_is_named_also_if_only_a_lambda_uses_the_others():
    code = "def mse(a, b):\n    return sum(map(lambda v: (v * a).sum(), [1.7])) / a.size"
    assert message_of("mse", code).startswith("Your function never uses b.")


def test_writing_into_integers_that_were_given_is_told_before_the_error():
    code = "def all_differences(X, C):\n    C *= -1.0\n    return X[:, None] + C[None]"
    assert "writes into C, which it was given" in message_of("all_differences", code)


def test_a_way_without_return_is_told_from_a_missing_return():
    code = "def mse(a, b):\n    if (a != b).any():\n        return ((a - b) ** 2).mean()"
    message = message_of("mse", code)
    assert "sometimes returns nothing" in message
    assert "It was called with a =" in message


def test_a_size_written_into_the_code_is_named():
    code = "def to_pixels(image):\n    return image[:, :, :] .reshape(6, 3)"
    message = message_of("to_pixels", code)  # its source is out of reach: by its error alone
    assert "Is a size written into your code" in message


def test_expected_and_got_never_look_the_same():
    code = "def mse(a, b):\n    return ((a - b) ** 2).mean() + 0.00004"
    lines = message_of("mse", code).splitlines()
    texts = [
        line.partition(": ")[2] for line in lines if line.startswith(("expected", "you return"))
    ]
    assert len(texts) == 2
    assert texts[0] != texts[1]


def test_the_line_of_the_function_itself_is_shown_for_an_endless_loop(monkeypatch):
    monkeypatch.setattr(trial, "TIME_LIMIT", 0.3)

    def darker(image):
        return image.copy() * 0.5

    def negative(image):
        while True:
            image = darker(image)

    message = CHECKS["negative"](negative).message
    assert "The line is: " in message
    assert "return image.copy()" not in message


def test_almost_is_not_said_of_numbers_that_are_wrong():
    def nearest_color(x, C):
        return float(((C - x) ** 2).sum(axis=1).argmax()) / 2

    assert CHECKS["nearest_color"](nearest_color).state == "not yet"


def test_every_check_is_quick():
    def nonsense(*arguments):
        return np.zeros((2, 2))

    begin = time.perf_counter()
    for name in EXERCISES:
        CHECKS[name](nonsense)
    assert time.perf_counter() - begin < 1.0 * len(EXERCISES)


# --- How it shows itself -------------------------------------------------------------------


def test_a_result_is_text_for_the_eye_and_for_the_screen_reader_and_never_markup():
    result = CheckResult(False, "K < 3 & more\nsecond line", "not yet")
    bundle = result._repr_mimebundle_()
    assert bundle["text/plain"] == str(result) == "Not yet. K < 3 & more\nsecond line"
    assert 'role="status"' in bundle["text/html"]
    assert "<strong>Not yet.</strong> K &lt; 3 &amp; more<br>second line" in bundle["text/html"]


@every_exercise
def test_a_message_is_the_same_each_time_and_names_no_place_in_memory(name):
    def nonsense(*arguments):
        return object()

    messages = {CHECKS[name](nonsense).message for _ in range(3)}
    assert len(messages) == 1
    assert "0x" not in messages.pop()


# --- Nothing is spoiled --------------------------------------------------------------------


def test_an_endless_loop_is_stopped_and_its_line_is_shown(monkeypatch):
    monkeypatch.setattr(trial, "TIME_LIMIT", 0.5)

    def negative(image):
        while True:
            image = image + 0

    threads, begin = threading.active_count(), time.perf_counter()
    message = CHECKS["negative"](negative).message
    assert time.perf_counter() - begin < 5
    assert "a loop that never ends" in message
    assert threading.active_count() == threads


def test_an_endless_loop_that_catches_every_exception_is_stopped_too(monkeypatch):
    monkeypatch.setattr(trial, "TIME_LIMIT", 0.5)

    def negative(image):
        while True:
            with contextlib.suppress(Exception):
                image = image + 0

    threads = threading.active_count()
    assert "a loop that never ends" in CHECKS["negative"](negative).message
    assert threading.active_count() == threads


def test_the_learners_own_line_is_shown_when_it_fails():
    def mse(a, b):
        total = a - b
        return total.average()

    message = CHECKS["mse"](mse).message
    assert "AttributeError" in message
    assert "The line is: return total.average()" in message


def test_leaving_the_program_is_an_answer_like_any_other():
    def negative(image):
        sys.exit("done")

    assert "SystemExit" in CHECKS["negative"](negative).message


def test_global_random_states_and_error_settings_stay_as_they_were():
    def kmeans_init_centroids(X, K, rng):
        np.random.seed(0)
        random.seed(0)
        np.seterr(all="raise")
        return X[np.random.permutation(len(X))[:K]]

    np.random.seed(123)
    random.seed(123)
    state, python_state, settings = np.random.get_state(), random.getstate(), np.geterr()
    CHECKS["kmeans_init_centroids"](kmeans_init_centroids)
    assert np.array_equal(np.random.get_state()[1], state[1])
    assert random.getstate() == python_state
    assert np.geterr() == settings


def test_nothing_that_a_function_prints_reaches_the_page(capsys):
    def negative(image):
        print("so far so good")
        print("oh", file=sys.stderr)
        return 1 - image

    assert CHECKS["negative"](negative).passed
    assert capsys.readouterr() == ("", "")


def test_variables_of_the_page_are_decoys_during_the_check_and_whole_after_it():
    page = {"np": np, "K": 3, "image": np.zeros((2, 2, 3))}
    exec("def compute_centroids(X, idx, k):\n    return np.zeros((K, 2)) + image.sum()", page)
    message = CHECKS["compute_centroids"](page["compute_centroids"]).message
    assert "uses K and image from the page around it" in message
    assert page["K"] == 3 and page["image"].shape == (2, 2, 3)


def test_a_constant_of_the_page_may_be_used():
    page = {"np": np, "GRAY_WEIGHTS": np.array([0.299, 0.587, 0.114])}
    exec("def to_gray(image):\n    return image @ GRAY_WEIGHTS", page)
    assert CHECKS["to_gray"](page["to_gray"]).passed


def test_a_method_a_partial_and_a_callable_object_can_be_checked():
    import functools

    class Distances:
        def __call__(self, X, C):
            return pairwise_distances(X, C)

        def method(self, X, C):
            return pairwise_distances(X, C)

    for function in (Distances(), Distances().method, functools.partial(pairwise_distances)):
        assert CHECKS["pairwise_distances"](function).passed
