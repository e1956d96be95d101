"""The checks: every answer is judged as a good teacher would, and nothing makes them fail."""

import ast
import contextlib
import functools
import importlib.util
import inspect
import linecache
import math
import os
import re
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import unseen
from zoo import all_answers
from zoo_table import as_wanted

from helpers import call as room
from helpers import watch
from helpers.checks import CHECKS, CheckResult, check, diagnose, known, mutate, require, run
from helpers.checks.exercises import EXERCISES
from helpers.checks.report import show_call
from helpers.codebook import find_closest_centroids
from helpers.color import negative
from helpers.images import load_image
from helpers.kmeans import compute_centroids

ZOO = all_answers()
SEEN_ONCE = [answer for day in unseen.SETS for answer in unseen.answers(day)]
every_exercise = pytest.mark.parametrize("name", EXERCISES)


def each(answers):
    """A test for each of these answers."""
    return pytest.mark.parametrize("answer", answers, ids=lambda answer: answer.name)


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """Endless answers end soon, and no way to a diagnosis fails in silence."""
    monkeypatch.setattr(room, "LIMIT", 0.25)
    monkeypatch.setattr(diagnose, "FORGIVEN", ())


@pytest.fixture
def page(monkeypatch):
    """The names of a page, and what has been shown on it."""

    class Page:
        user_ns, shown = {}, []

    monkeypatch.setattr(run, "get_ipython", lambda: Page)
    monkeypatch.setattr(run, "display", Page.shown.append)
    monkeypatch.setattr(run, "_latest", {})
    monkeypatch.setattr(run, "_tries", {})
    return Page


# --- The zoo and the unseen sets -----------------------------------------------------------


@functools.cache
def examined(answer):
    """What its check says of an answer, and the attempts and findings from which it says so."""
    behind, find = [], diagnose.find

    def remembered(attempt):
        behind.append((attempt, find(attempt)))
        return behind[-1][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(diagnose, "find", remembered)
        return CHECKS[answer.exercise](answer.function), behind


@each([answer for answer in ZOO if not answer.words])
def test_a_right_answer_passes(answer):
    result, _ = examined(answer)
    assert result.passed, result


# Wrong answers that are caught, and whose mistake is told only generally: rare, or two at once.
NOT_NAMED = {
    "add_counts:first_index",
    "add_counts:mean",
    "add_counts:only_one_moves_on",
    "add_counts:union_of_counters",
    "all_differences:shortcut_for_equal_shapes",
    "count_colors:rounded_colors",
    "find_closest_centroids:slices_to_the_size_of_a_block",
    "find_closest_centroids:two_mistakes_axis_and_l1",
    "find_closest_centroids:two_mistakes_signed_and_from_one",
    "lloyd_step:one_after_the_other",
    "lloyd_step:sixteen_sizes",
    "mse:one_row_is_enough",
    "negative:guesses_the_white",
    "pairwise_distances:colors_first_without_root",
    "pairwise_distances:half_of_the_table",
    "pairwise_distances:wrong_axis_and_no_root",
    "run_kmeans:scaled_and_not_back",
    "to_gray:weighs_only_what_is_green",
    "to_image:long_side_second",
    "to_pixels:guesses_where_the_channels_are",
    "to_pixels:mean_of_rows",
    "to_pixels:with_places",
    "wcss:half_done",
    "wcss:leaves_at_the_empty_group",
    "quantize:weighted_mixture",
    "quantize:passes_its_error_on",
    "compression_ratio:two_mistakes_base_and_bytes",
    "kmeans_plus_plus:best_of_three_tries",
}


@pytest.mark.spread(16)
@each([answer for answer in ZOO if answer.words])
def test_a_wrong_answer_is_caught_and_its_mistake_is_named(answer):
    result, _ = examined(answer)
    assert not result.passed
    named = as_wanted(answer, result)
    assert named == (answer.name not in NOT_NAMED), f"wanted {answer.words}: {result}"


# Labeled right by their writers, who were told that a list will do; the page asks for an array,
# and the cells below it need one.
LISTS = {"compute_centroids:list_of_means", "pairwise_distances:pure_python"}


@pytest.mark.spread(16)
@each(SEEN_ONCE)
def test_an_answer_of_an_unseen_set_is_judged_right_or_wrong_as_it_is(answer):
    result, _ = examined(answer)
    if answer.name in LISTS:
        assert "Turn it into an array" in result.message
    else:
        assert result.passed == (not answer.misconception), result


# Once a week all of them, and every twelfth else: what runs is the same but for who watches it.
SOME_IN_PLACE = [
    pytest.param(answer, id=answer.name, marks=[pytest.mark.weekly] if n % 12 else [])
    for n, answer in enumerate(ZOO)
]


@pytest.mark.spread(4)
@pytest.mark.parametrize("answer", SOME_IN_PLACE)
def test_where_no_thread_can_start_an_answer_is_judged_as_elsewhere(answer, no_threads):
    result = CHECKS[answer.exercise](answer.function)
    assert as_wanted(answer, result) == (answer.name not in NOT_NAMED), (
        f"wanted {answer.words}: {result}"
    )


@every_exercise
def test_the_zoo_is_large_enough(name):
    mine = [answer for answer in ZOO if answer.exercise == name]
    assert sum(bool(answer.words) for answer in mine) >= 15
    assert sum(not answer.words for answer in mine) >= 6


# --- The first law: what is said is true -----------------------------------------------------


WRONG = [a for a in ZOO if a.words] + [a for a in SEEN_ONCE if a.misconception]


@pytest.mark.spread(24)
@each(WRONG)
def test_what_is_said_is_true_of_every_case_and_of_the_example(answer):
    result, behind = examined(answer)
    message = result.message.rpartition("\nReread")[0]
    for attempt, finding in behind:
        if finding is not None:
            assert finding.words in message
            _what_is_said_is_true(attempt, finding, message.replace(finding.words, ""))


def _what_is_said_is_true(attempt, finding, example):
    exercise = attempt.exercise
    about = finding.about or range(len(attempt.cases))
    assert any(n in attempt.failures for n in about), "it speaks of cases that are all right"
    shown = [show_call(exercise.parameters, attempt.cases[n].arguments) for n in about]
    assert any(call in example for call in shown), "the example is none that it speaks of"
    for said in _what_is_said_of_one_case(exercise, finding.words):
        assert said in example, f"the example has no {said}"
    if finding.twin is None:
        return
    for n in about:
        case, trial = attempt.cases[n], attempt.trials[n]
        theirs = finding.twin.result(n, case)
        if isinstance(theirs, Exception) or theirs is None:
            assert trial.error is not None or finding.twin.loose
        elif trial.error is None:
            assert known.alike_in(exercise, case, theirs, trial.got), finding.words


# What makes a tag true of a case: asked of its arguments by name, and of nothing that set the tag.
TAGS = {
    "square": lambda g: g.height == g.width,
    "wider than high": lambda g: g.height < g.width,
    "higher than wide": lambda g: g.height > g.width,
    "one row": lambda g: g.height == 1,
    "one column": lambda g: g.width == 1,
    "one pixel": lambda g: g.N == 1,
    "one color": lambda g: g.K == 1,
    **{f"K = {K}": lambda g, K=K: g.K == K for K in range(2, 302)},
    **{f"{d} channels": lambda g, d=d: g.first.shape[-1] == d for d in (1, 2, 3, 5)},
    "N = K": lambda g: g.N == g.K,
    "float32": lambda g: g.first.dtype == np.float32,
    "whole numbers": lambda g: g.first.dtype.kind == "i",
    "whole X": lambda g: g.first.dtype.kind == "i" and g.second.dtype.kind == "f",
    "whole C": lambda g: g.first.dtype.kind == "f" and g.second.dtype.kind == "i",
    "tie": lambda g: _has_a_tie(g.first, g.second),
    "empty": lambda g: len(set(g.idx.tolist())) < g.K,
    "equal": lambda g: np.array_equal(g.first, g.second),
    "one step": lambda g: g.given["max_iters"] == 1,
    "no picture": lambda g: 0 in (len(g.first), len(g.second)),
    "same colors": lambda g: {*g.first[:, 0]} == {*g.second[:, 0]},
    "no common color": lambda g: (
        g.first.size and g.second.size and not {*g.first[:, 0]} & {*g.second[:, 0]}
    ),
    "billions": lambda g: max(g.first.max(initial=0), g.second.max(initial=0)) > 1e9,
}  # fmt: skip

# Marks of single cases, no properties: that they are hard, and how.
MARKS = {"nearly a tie", "two starts", "until the end", "many pixels",
         "nearly equal colors", "shared values"}  # fmt: skip


def _has_a_tie(X, C):
    X = X.reshape(-1, C.shape[1])
    distances = [sorted(((x - c) ** 2).sum() for c in C) for x in X]
    return any(len(some) > 1 and some[0] == some[1] for some in distances)


def _given(exercise, case):
    """What is asked of a case: its parameters by name, its first two arrays, its sizes."""
    given = dict(zip(exercise.parameters, case.arguments, strict=True))
    if "image_path" in given:
        given = {"image": load_image(given["image_path"]), "K": given["num_clusters"]}
    arrays = [np.asarray(a) for a in given.values() if np.ndim(a)] or [np.empty(0)]
    first, second = arrays[0], arrays[1] if len(arrays) > 1 else np.empty((0, 1))
    height, width = (
        first.shape[:2] if first.ndim == 3 else (given.get("height"), given.get("width"))
    )
    N = len(first) if height is None else height * width
    K = given.get("K", len(second))
    idx = given.get("idx")
    if exercise.parameters == ("X", "centroids") and not exercise.whole:  # one step of K-means
        idx = find_closest_centroids(first, second)
    return SimpleNamespace(
        given=given, first=first, second=second, height=height, width=width, N=N, K=K, idx=idx
    )  # fmt: skip


@every_exercise
def test_a_tag_stands_at_every_case_that_has_the_property_and_at_no_other(name):
    """Or it would be untrue that nothing else has it."""
    exercise = EXERCISES[name]
    cases = diagnose.all_cases(exercise)
    for tag in set().union(*(case.tags for case in cases)) - MARKS:
        if (name, tag) == ("dither", "tie"):
            continue  # a picture that is nothing but one: what errors lead to, nobody can see
        tagged = [tag in case.tags for case in cases]
        assert tagged == [bool(TAGS[tag](_given(exercise, case))) for case in cases], tag


def _what_is_said_of_one_case(exercise, words):
    """The arguments, files and colors of a single call of which a sentence speaks."""
    for parameter in exercise.parameters:
        for value in re.findall(rf"where {parameter} is (\d+)\b", words):
            if value not in ("0", "1"):
                yield f"{parameter} = {value}"
    yield from re.findall(r"'\w+\.(?:png|jpg)'", words)
    for color, in_a, in_b in re.findall(r"color (\d+) has (\d+) pixels in a and (\d+) in b", words):
        yield from (f"[{color}, {n}]" for n in (in_a, in_b) if n != "0")


@every_exercise
def test_no_wrong_function_is_right(name):
    """Each sentence written by hand has at least one function, and none of them is right."""
    exercise = EXERCISES[name]
    cases = diagnose.all_cases(exercise)
    for words, code_or_codes in exercise.wrong.items():
        made = list(known._makers(exercise, code_or_codes))
        assert made, f"no style holds what is replaced: {words}"
        twins = map(known.WrongFunction, made)
        answers = [[twin.result(n, c) for n, c in enumerate(cases)] for twin in twins]
        assert not any(isinstance(a, (NameError, SyntaxError)) for some in answers for a in some)
        if exercise.judge is None and exercise.rule is None:
            assert not all(
                known.alike_in(exercise, case, case.expected, answer)
                for some in answers
                for case, answer in zip(cases, some, strict=True)
            ), words


@every_exercise
def test_every_style_is_right(name):
    exercise = EXERCISES[name]
    for style in exercise.styles:
        function = exercise.build(style)
        attempt, unfinished = diagnose.ask(exercise, function)
        assert not attempt.failures and not unfinished, style


# --- The second law: nothing makes a check fail ----------------------------------------------


class Odd:
    """Does nothing as it is told."""

    def __repr__(self):
        raise ValueError

    __str__ = __len__ = __eq__ = __array__ = __iter__ = __repr__


def ragged():
    return [[1.0, 2.0], [3.0]]


RETURNS = {
    "None": lambda *a: None,
    "an empty list": lambda *a: [],
    "an empty tuple": lambda *a: (),
    "a dict": lambda *a: {"a": 1},
    "a set": lambda *a: {1, 2},
    "a text": lambda *a: "inf",
    "bytes": lambda *a: b"abc",
    "True": lambda *a: True,
    "3": lambda *a: 3,
    "a huge int": lambda *a: 10**400,
    "nan": lambda *a: math.nan,
    "inf": lambda *a: math.inf,
    "complex": lambda *a: 1j,
    "three dots": lambda *a: ...,
    "a function": lambda *a: len,
    "a type": lambda *a: int,
    "a generator": lambda *a: (n for n in range(3)),
    "a map": lambda *a: map(abs, [1]),
    "an object": lambda *a: object(),
    "an odd object": lambda *a: Odd(),
    "a list of odd objects": lambda *a: [Odd(), Odd()],
    "an odd array": lambda *a: np.array([Odd()], dtype=object),
    "a ragged list": lambda *a: ragged(),
    "a ragged tuple of arrays": lambda *a: (np.zeros(2), np.zeros((3, 2))),
    "a flat list": lambda *a: [0.5, 0.5, 0.5],
    "a nested list": lambda *a: [[[0.5]]],
    "a list of Nones": lambda *a: [None, None],
    "np.where": lambda *a: np.where(np.array([True])),
    "rows and their numbers": lambda *a: (np.asarray(a[0])[:1], [0]) if np.ndim(a[0]) else (0, [0]),
    "the first argument": lambda *a: a[0],
    "the last argument": lambda *a: a[-1],
    "all arguments": lambda *a: a,
    "no numbers": lambda *a: np.zeros(0),
    "no rows": lambda *a: np.zeros((0, 3)),
    "one number in an array": lambda *a: np.array(1.0),
    "texts in an array": lambda *a: np.array(["a", "b"]),
    "complex array": lambda *a: np.array([1j]),
    "masked": lambda *a: np.ma.masked_array([1.0, 2.0], [True, False]),
    "dates": lambda *a: np.array(["2026-01-01"], dtype="datetime64[D]"),
    "five axes": lambda *a: np.zeros((1, 2, 1, 2, 1)),
    "many numbers": lambda *a: np.zeros(10**6),
    "nan in an array": lambda *a: np.full((2, 3), np.nan),
    "negative": lambda *a: np.full(3, -1),
    "unsigned": lambda *a: np.full((2, 2), 200, dtype=np.uint8),
    "a record": lambda *a: np.zeros(2, dtype=[("a", int)]),
    "an error": lambda *a: ValueError("returned, not raised"),
    "raises an odd error": lambda *a: (_ for _ in ()).throw(OddError()),
    "raises": lambda *a: 1 / 0,
    "recursion": lambda *a: RETURNS["recursion"](*a),
    "exit": lambda *a: sys.exit(3),
}


@pytest.mark.parametrize(
    ("name", "wrap", "words"),
    [
        (
            "pairwise_distances",
            np.asmatrix,
            "a matrix; it should be an array of .* another product",
        ),
        ("pairwise_distances", np.ma.asarray, "a masked array; it should .* Numbers hide in one"),
        ("run_kmeans", lambda got: tuple(map(np.ma.asarray, got)), "a masked array; it should be"),
        ("mse", np.ma.asarray, "a masked array; it should be one number"),
    ],
)
def test_right_numbers_that_count_otherwise_are_told_from_plain_ones(name, wrap, words):
    right = EXERCISES[name].right
    result = CHECKS[name](lambda *given: wrap(right(*given)))
    assert not result.passed and re.search(f"You return {words}", result.message)
    assert CHECKS[name](lambda *given: right(*given)).passed


class OddError(Exception):
    def __str__(self):
        raise ValueError


@pytest.mark.spread(11)
@pytest.mark.parametrize("returned", RETURNS)
@every_exercise
def test_no_return_value_makes_a_check_fail(name, returned):
    function = RETURNS[returned]

    def odd(*arguments):
        return function(*arguments)

    result = CHECKS[name](odd)
    assert isinstance(result, CheckResult) and not result.passed
    assert result.message and "0x" not in result.message


@pytest.mark.spread(7)
@pytest.mark.parametrize("returned", RETURNS)
def test_no_return_value_makes_a_check_fail_where_no_thread_can_start(returned, no_threads):
    test_no_return_value_makes_a_check_fail("compute_centroids", returned)


@pytest.mark.parametrize("name", ["negative", "kmeans_init_centroids", "run_kmeans"])
def test_what_a_function_patches_does_not_change_the_next_verdict(name):
    (right,) = [a.function for a in ZOO if a.exercise == name and not a.words][:1]

    def patches(*arguments):
        np.array_equal = np.allclose = lambda *a, **k: True
        np.asarray = None
        sys.modules["helpers.codebook"].find_closest_centroids = None
        return 0

    first = CHECKS[name](patches)
    assert not first.passed and CHECKS[name](patches) == first
    assert CHECKS[name](right).passed


def test_a_check_that_stumbles_says_so_and_asks_for_a_person(monkeypatch):
    def stumbles(*arguments):
        raise ZeroDivisionError("by the check")

    monkeypatch.setattr(diagnose, "FORGIVEN", (Exception,))
    monkeypatch.setattr(diagnose, "diagnose", stumbles)
    result = CHECKS["negative"](lambda image: 1 - image)
    assert (result.passed, result.state) == (False, "not judged")
    assert "stumbled over what your function returns (ZeroDivisionError: by the check)" in str(
        result
    )


def test_who_draws_too_slowly_is_not_judged(monkeypatch):
    def kmeans_plus_plus(X, K, rng):
        rows = [rng.integers(len(X))]
        while len(rows) < K:
            squared = ((X[:, None] - X[rows]) ** 2).sum(axis=-1).min(axis=1)
            rows.append(rng.choice(len(X), p=squared / squared.sum()))
            time.sleep(0.003 * (len(X) == 6))
        return X[rows]

    monkeypatch.setattr(room, "LIMIT", 0.02)
    assert CHECKS["kmeans_plus_plus"](kmeans_plus_plus).state == "not judged"


# --- Whose work is it? -----------------------------------------------------------------------


@every_exercise
def test_the_course_own_function_is_no_answer_however_it_is_reached(name):
    answer = EXERCISES[name].answer
    page = {"theirs": answer, "room": inspect.getmodule(answer)}
    own = answer.__name__
    listed = ", ".join(EXERCISES[name].parameters)
    for call in (
        f"return theirs({listed})",
        f"return room.{own}({listed})",
        f"from {answer.__module__} import {own} as other\n    return other({listed})",
    ):
        exec(f"def mine({listed}):\n    {call}", page)
        assert "hands the work back to the course" in CHECKS[name](page["mine"]).message


def test_a_function_of_an_earlier_lesson_is_welcome():
    def quantize(image, codebook):
        idx = find_closest_centroids(image.reshape(-1, 3), codebook)
        return codebook[idx].reshape(image.shape)

    assert CHECKS["quantize"](quantize).passed


def test_memory_that_nobody_wrote_to_is_no_answer():
    def compute_centroids(X, idx, K):
        centroids = np.empty((K, X.shape[1]))
        for k in range(K):
            if (idx == k).any():
                centroids[k] = X[idx == k].mean(axis=0)
        return centroids

    for _ in range(5):
        result = CHECKS["compute_centroids"](compute_centroids)
        assert "np.empty hands out whatever the memory held" in result.message


# --- Not judged ------------------------------------------------------------------------------


def endless(image):
    while True:
        image = image + 0


def test_what_never_ends_is_not_judged_and_asks_whether_a_loop_never_ends():
    result = CHECKS["negative"](endless)
    assert (result.passed, result.state) == (False, "not judged")
    assert "a loop that never ends" in result.message
    assert "The line is: " in result.message


@pytest.mark.skipif(sys.platform != "linux", reason="a process is copied on Linux only")
def test_what_ends_python_is_not_judged_and_not_said_to_be_computing_still(monkeypatch):
    monkeypatch.setattr(watch, "can_copy", lambda: True)
    result = CHECKS["negative"](lambda image: os._exit(0))
    assert (result.passed, result.state) == (False, "not judged")
    assert "ended Python itself" in result.message and "computing" not in result.message


def test_a_wrong_answer_before_the_time_was_over_is_told():
    def negative(image):
        while image.shape[0] > 2:
            pass
        return image * 1.0

    assert CHECKS["negative"](negative).state == "not yet"


def test_a_slow_answer_has_four_times_the_time_before_it_is_given_up(monkeypatch):
    limits = []
    real = room.call

    def recorded(function, cases, limit=None, fill=None):
        limits.append(limit)
        return real(function, cases, limit, fill)

    monkeypatch.setattr(room, "call", recorded)
    CHECKS["negative"](endless)
    assert limits == [None, 4 * room.LIMIT]


def test_grading_asks_for_a_person_where_nothing_was_judged(page):
    page.user_ns["negative"] = endless
    check("negative")
    with pytest.raises(run.NotJudged, match="Not judged"):
        require("negative")


# --- Where to reread -------------------------------------------------------------------------


@every_exercise
def test_a_message_tells_where_to_reread_and_the_section_exists(name):
    result = CHECKS[name](lambda *arguments: "nonsense")
    told = re.search(r"Reread “(.+)”", result.message).group(1)
    sources = (Path(__file__).parent.parent / "notebooks" / "source").glob("*.md")
    text = "\n".join(source.read_text(encoding="utf-8") for source in sources)
    for section in (told, *EXERCISES[name].sections.values()):
        assert re.search(rf"^##+ {re.escape(section)}( ·|$)", text, flags=re.MULTILINE)


def test_only_an_empty_cluster_sends_back_to_the_section_about_it():
    def forgets_the_empty(X, idx, K):
        return np.array([X[idx == k].mean(axis=0) for k in range(K)])

    def median(X, idx, K):
        return np.array([np.median(X[idx == k], axis=0) for k in range(K)])

    section = "Reread “A color that nobody wants”"
    assert section in CHECKS["compute_centroids"](forgets_the_empty).message
    assert section not in CHECKS["compute_centroids"](median).message


SHAPES = {
    "pairwise_distances": "X - C; np.linalg.norm(X - C); np.linalg.norm(X[:, None] - C)",
    "tint": "image * color[:, None]; image.reshape(-1, 3) * color",
    "quantize": "codebook[find(image.reshape(-1, 3), codebook)]",
}
VALUES = {
    "pairwise_distances": "(X[:, None] - C).sum(axis=-1); ((X[:, None] - C) ** 2).sum(axis=-1)",
    "tint": "image + color; image / 2",
    "quantize": "image * 1.0",
}


@pytest.mark.parametrize("name", SHAPES)
def test_where_shapes_do_not_fit_the_section_about_them_is_told(name):
    exercise = EXERCISES[name]
    for codes, section in ((SHAPES, exercise.sections["shape"]), (VALUES, exercise.reread)):
        for code in codes[name].split("; "):
            wrong = f"lambda {', '.join(exercise.parameters)}: {code}"
            message = CHECKS[name](eval(wrong, {"np": np, "find": find_closest_centroids})).message
            assert message.endswith(f"Reread “{section}”."), message


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


def test_nor_is_it_by_checks_that_were_imported_anew_as_in_grading(page):
    spec = importlib.util.find_spec("helpers.color")
    before = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(before)
    page.user_ns["negative"] = before.negative
    assert before.negative is not negative
    assert check("negative") is negative
    assert "the course's own version" in page.shown[0].message


@pytest.mark.parametrize("wrong", [lambda image: -image, print, 3, lambda image: [*(1 - image)]])
def test_pressed_again_a_check_repeats_in_short_what_it_has_found(page, wrong):
    page.user_ns["negative"] = wrong
    for _ in range(3):
        page.user_ns["negative"] = check("negative")
    first, *again = page.shown
    assert first.state in ("not yet", "almost")
    for result in again:
        new, told, after = result.message.split("\n")
        assert result.state == first.state
        assert new == "Nothing new since the last check, which found:"
        assert told == first.message.split("\n")[0]
        assert after.startswith("Change your function, run its cell, and check again")
    with pytest.raises(AssertionError, match=re.escape(first.message.split("\n")[0])):
        require("negative")


def test_one_that_is_right_and_very_slow_stays_right_when_its_check_is_pressed_again(
    page, monkeypatch
):
    monkeypatch.setattr(run.pace, "wait", lambda name, f: 0.1 if f is negative else 1000)
    page.user_ns["negative"] = lambda image: 1 - image
    for _ in range(2):
        page.user_ns["negative"] = check("negative")
        require("negative")
    assert page.user_ns["negative"] is negative
    assert [result.state for result in page.shown] == ["right", "right"]
    assert "Nothing new since the last check.\n(Yours counts." in page.shown[1].message


def test_something_else_than_a_function_is_explained():
    assert "not a function: begin with def mse(a, b):" in CHECKS["mse"](3).message


def test_the_wrong_number_of_parameters_is_explained():
    message = CHECKS["mse"](lambda a: 0).message
    assert "takes (a); it should take (a, b), in this order" in message
    message = CHECKS["mse"](lambda *, a, b=1: 0).message
    assert "takes (*, a, b); it should take (a, b), in this order" in message


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
    with pytest.raises(run.NotJudged, match="psnr has not been checked"):
        require("psnr")


def test_what_ipython_hangs_on_the_nodes_that_all_trees_share_is_copied_by_no_check(monkeypatch):
    """Where it has shown an error, a check of a wrong function did not end within minutes."""

    class Grown:
        def __deepcopy__(self, memo):
            raise MemoryError("This would take minutes.")

    shared = [ast.parse(code).body[0].value for code in ("a + a", "a - a", "-a", "a * a", "not a")]
    for node in [part for tree in shared for part in ast.walk(tree) if not part._attributes]:
        monkeypatch.setattr(node, "parent", Grown(), raising=False)
    made = 0
    for _, make in mutate.mutants(EXERCISES["all_differences"]):
        with contextlib.suppress(Exception):  # not every change of a line makes sense
            made += callable(make())
    assert made > 20


# --- What a message says, and what it does not -----------------------------------------------


def message_of(name, code, **names):
    """The message for a function that is written in a page of its own."""
    page = {"np": np, **names}
    file = f"<cell {hash(code)}>"
    linecache.cache[file] = (len(code), None, code.splitlines(keepends=True), file)
    exec(compile(code, file, "exec"), page)
    return CHECKS[name](page[name]).message


def test_a_mistyped_name_gets_a_suggestion_and_is_not_blamed_on_the_page():
    message = message_of("negative", "def negative(image):\n    return 1 - img")
    assert "name 'img' is not defined" in message
    assert "Did you mean image?" in message
    assert "from the page" not in message


@pytest.mark.parametrize(
    ("names", "told", "remedy"),
    [
        ({"np": 3}, "np is 3", "run import numpy as np"),
        ({"sum": 5}, "sum is 5", "call that something else, and run del sum"),
        ({"half": [1]}, "half is [1]", "run the cell that defines it again"),
    ],
)
def test_a_name_that_the_page_has_given_away_is_told(names, told, remedy):
    code = "def mse(a, b):\n    return half(sum(np.ravel(a - b) ** 2)) * 2 / a.size"
    words, _ = message_of("mse", code, **({"half": lambda x: x / 2} | names)).split("\n")
    assert words == (
        f"On this page {told} by now: some cell has given the name away. To get it back, {remedy}."
    )


def test_a_variable_of_a_function_may_have_such_a_name():
    code = "def mse(a, b):\n    sum = 0\n    for x in (a - b).ravel():\n        sum += x(0)"
    assert "On this page" not in message_of("mse", code, sum=5, x=3)


def test_an_error_without_words_ends_with_a_period():
    message = message_of("mse", "def mse(a, b):\n    if a.size == b.size:\n        raise KeyError")
    assert message.startswith("Your function stops with KeyError.\nThe line is: raise KeyError\n")


def test_a_comparison_is_told_as_it_is():
    assert message_of("mse", "def mse(a, b):\n    return (a == a).any()").startswith(
        "You return True whatever you are given"
    )


def test_the_values_of_decoys_are_never_shown():
    code = "def mse(a, b):\n    return ((photo - b.mean()) ** 2).mean()"
    assert "expected" not in message_of("mse", code, photo=np.ones((2, 2, 3)))


def test_a_parameter_that_is_never_used_is_named_also_if_only_a_lambda_uses_the_others():
    code = "def mse(a, b):\n    return sum(map(lambda v: (v * a).sum(), [1.7])) / a.size"
    assert message_of("mse", code).startswith("Your function never uses b.")


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("mse", "def mse(a, b):\n    a = 0.5\n    return ((a - b) ** 2).mean()", "a"),
        ("to_pixels", "def to_pixels(image):\n    image = np.ones((4, 4, 3))\n"
         "    return image.reshape(-1, 3)", "image"),
        ("compute_centroids", "def compute_centroids(X, idx, K):\n    K = 3\n"
         "    return np.array([X[idx == k].mean(axis=0) for k in range(K)])", "K"),
    ],
)  # fmt: skip
def test_a_parameter_that_gets_another_value_before_it_is_used_is_named(name, code, told):
    assert message_of(name, code).startswith(f"{told} gets another value in your function (")


def test_a_parameter_that_is_made_from_itself_or_was_read_before_is_not_called_lost():
    code = "def mse(a, b):\n    a = np.asarray(a)\n    n = b.size\n    b = n * b\n    return n"
    assert "gets another value" not in message_of("mse", code)


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
    assert "written into your code" in message


IN_ORDER = "The arguments of compute_centroids come in another order: it takes (X, idx, K)."
HELPERS = {
    "idx, X, K": IN_ORDER,
    "X, K, idx": IN_ORDER,
    "X, centroids, K": "takes one single row of numbers as its idx. It got a list of rows",
    "X, idx, centroids": "takes one number as its K. It got a list of rows",
    "X, idx[:2], K": "takes a number for each row. It got 5 rows and 2 numbers",
    "X[0], idx, K": "It got one single row of numbers: put it into a list of one row first",
    "X[None], idx, K": "It got a picture: make a list of its pixels first",
}


@pytest.mark.parametrize("handed", HELPERS)
def test_what_a_function_of_an_earlier_lesson_is_handed_wrongly_is_told(handed):
    code = f"""def run_kmeans(X, initial_centroids, max_iters):
    centroids, K = initial_centroids, len(initial_centroids)
    for step in range(max_iters):
        idx = find_closest_centroids(X, centroids)
        centroids = compute_centroids({handed})
    return centroids, find_closest_centroids(X, centroids)"""
    page = {
        "find_closest_centroids": find_closest_centroids,
        "compute_centroids": compute_centroids,
    }
    assert HELPERS[handed] in message_of("run_kmeans", code, **page)


@pytest.mark.parametrize("kind", ["bfloat16", "float16", "sparse", "meta", "list"])
def test_lloyd_step_tells_what_a_strange_tensor_is(kind):
    torch = pytest.importorskip("torch")
    change = {
        "sparse": lambda moved: moved.to_sparse(),
        "meta": lambda moved: moved.to("meta"),
        "list": lambda moved: list(moved.bfloat16()),
    }.get(kind, lambda moved: moved.to(getattr(torch, kind)))

    def lloyd_step(X, centroids):
        return change(centroids)

    message = CHECKS["lloyd_step"](lloyd_step).message
    assert kind in message and "the type of X" in message


def test_expected_and_got_never_look_the_same():
    code = "def mse(a, b):\n    return ((a - b) ** 2).mean() + 0.00004"
    lines = message_of("mse", code).splitlines()
    texts = [
        line.partition(": ")[2] for line in lines if line.startswith(("expected", "you return"))
    ]
    assert len(texts) == 2
    assert texts[0] != texts[1]


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


# --- Odd callables ---------------------------------------------------------------------------


def test_a_method_a_partial_and_a_callable_object_can_be_checked():
    import functools

    def distances(X, C):
        return np.linalg.norm(X[:, None] - C[None], axis=-1)

    class Distances:
        def __call__(self, X, C):
            return distances(X, C)

        def method(self, X, C):
            return distances(X, C)

    for function in (Distances(), Distances().method, functools.partial(distances)):
        assert CHECKS["pairwise_distances"](function).passed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("class wcss:\n    pass", "is a class; a function is wanted"),
        ("async def wcss(X, centroids, idx):\n    return 0", "is an async function"),
        ("def wcss(X, idx, centroids):\n    return 0", "come in another order"),
        ("def wcss(X, centroids, idx):\n    return '0'", "You return a text"),
        ("def wcss(X, centroids, idx):\n    return 'inf'", "You return a text"),
        ("def wcss(X, centroids, idx):\n    import seaborn_", "NumPy is enough"),
        ("def wcss(X, centroids, idx):\n    return float(input())", "nobody is there to type"),
        ("def wcss(X, centroids, idx):\n    print(len(X))", "prints its answer"),
        ("def wcss(X, centroids, idx):\n    yield 0", "a generator"),
    ],
)
def test_what_is_no_plain_function_gets_its_own_plain_sentence(text, words):
    page = {"np": np}
    exec(text, page)
    assert words in CHECKS["wcss"](page["wcss"]).message


def test_a_constant_of_the_page_may_be_used():
    page = {"np": np, "GRAY_WEIGHTS": np.array([0.299, 0.587, 0.114])}
    exec("def to_gray(image):\n    return image @ GRAY_WEIGHTS", page)
    assert CHECKS["to_gray"](page["to_gray"]).passed


def test_a_variable_of_the_page_is_told_and_is_whole_afterward():
    page = {"np": np, "K": 3, "image": np.zeros((2, 2, 3))}
    exec("def compute_centroids(X, idx, k):\n    return np.zeros((K, 2)) + image.sum()", page)
    message = CHECKS["compute_centroids"](page["compute_centroids"]).message
    assert "uses K and image from the page around it" in message
    assert page["K"] == 3 and page["image"].shape == (2, 2, 3)
