"""call: one call of somebody's function. Plain values come out, and nothing else is changed."""

import builtins
import copy
import inspect
import io
import itertools
import os
import random
import select
import sys
import threading
import time
import warnings

import numpy as np
import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display
from matplotlib import pyplot

from helpers import call as room
from helpers import color, kmeans, watch
from helpers.call import call
from helpers.plain import MOST_PRINTED, Thing

CASES = [(np.array([0.0, 0.5]),), (np.array([1.0]),)]


@pytest.fixture(params=["a copy", "a thread", "in place"])
def way(request, monkeypatch):
    """Each of the ways to run, where this system has it."""
    if request.param == "in place":
        request.getfixturevalue("no_threads")
    elif request.param == "a thread":
        monkeypatch.setattr(watch, "can_copy", lambda: False)
    elif sys.platform != "linux":
        pytest.skip("a process is copied on Linux only")
    return request.param


# --- What comes back -----------------------------------------------------------------------


def test_every_case_is_called_with_a_copy_of_its_arguments(way):
    def spoils(x):
        x += 1
        return x

    trials = call(spoils, CASES)
    assert [trial.got.tolist() for trial in trials] == [[1.0, 1.5], [2.0]]
    assert [trial.changed for trial in trials] == [[0], [0]]
    assert [trial.shared for trial in trials] == [[0], [0]]
    assert CASES[0][0].tolist() == [0.0, 0.5]


def test_what_is_printed_is_caught_and_only_its_beginning_kept(way, capsys):
    def chatters(x):
        for _ in range(1000):
            print("so far so good" * 10)
        print("oh", file=sys.stderr)

    (trial, _) = call(chatters, CASES)
    assert trial.printed.startswith("so far so good")
    assert len(trial.printed) <= MOST_PRINTED
    assert capsys.readouterr() == ("", "")


def test_an_error_comes_back_as_plain_data_with_the_learners_own_line(way):
    def fails(x):
        total = x
        return color.to_hex(total.average())

    (trial, _) = call(fails, CASES)
    assert trial.error.name == "AttributeError"
    assert "Exception" in trial.error.kinds
    assert trial.error.line == "return color.to_hex(total.average())"


def test_an_error_inside_the_course_tells_what_was_handed_over(way):
    (trial, _) = call(lambda x: color.pairwise_distances(x, x[None]), CASES)
    names = [name for name, shapes in trial.error.helpers if shapes.get("X") == (2,)]
    assert names[0] == "pairwise_distances"


class Odd:
    def __repr__(self):
        raise ValueError

    def __eq__(self, other):
        raise ValueError

    def __len__(self):
        raise ValueError


class Numbers(list):
    def __iter__(self):
        raise ValueError


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda: (n for n in range(3)), "a generator"),
        (lambda: len, "a function (are its parentheses missing?)"),
        (lambda: int, "the type int"),
        (lambda: ..., "three dots"),
        (lambda: {}, "a dict"),
        (lambda: {1}, "a set"),
        (lambda: Odd(), "an Odd"),
        (lambda: Numbers([1]), "a Numbers"),
        (lambda: np.array([{}, 1]), "an array of shape (2,) that holds object, not numbers"),
        (
            lambda: np.array([None, 1]),
            "an array of shape (2,) with None (nothing) in it "
            "(is a return missing in a function that you call?)",
        ),
        (lambda: np.zeros((10**4, 10**4)), "an array of shape (10000, 10000)"),
        (lambda: np.datetime64("2026-01-01"), "a datetime64"),
        (lambda: np.asmatrix([[1.0]]), "a matrix"),
        (lambda: np.ma.array([1.0]), "a masked array"),
        (lambda: np.ma.masked, "a masked array"),
    ],
)
def test_what_is_neither_numbers_nor_text_comes_back_as_a_thing_that_says_its_kind(way, make, kind):
    (trial, _) = call(lambda x: make(), CASES)
    assert trial.got == Thing(kind)
    (trial, _) = call(lambda x: [1, (make(), "a")], CASES)
    assert trial.got == [1, (Thing(kind), "a")]


def test_numbers_texts_and_lists_of_them_come_back_as_they_are(way):
    values = [None, True, 3, 10**30, 1.5, 1j, "text", [1, [2.5]], (np.float32(0.5), np.int64(3))]
    (trial, _) = call(lambda x: values, CASES)
    assert trial.got == values
    assert type(trial.got[8][0]) is np.float32


# --- Time ----------------------------------------------------------------------------------


def endless(x):
    while True:
        x = x + 0


def endless_and_deaf(x):
    while True:
        try:  # noqa: SIM105
            x = x + 0
        except:  # noqa: E722
            pass


def endless_to_the_last(x):
    while True:
        try:
            x = x + 0
        finally:
            continue  # noqa: B012


def endless_after_an_endless_one(x):
    try:
        endless(x)
    finally:
        endless_and_deaf(x)


def endless_recursion(x):
    try:
        return endless_recursion(x)
    except RecursionError:
        return endless_recursion(x)


def endless_list(x):
    return [n for n in itertools.count() if n < 0]


def endless_generator(x):
    return sum(n < 0 for n in itertools.count())


def endless_key(x):
    return max(itertools.count(), key=lambda n: -n)


class Endless:
    def __init__(self, x):
        self.x = x

    def __len__(self):
        return endless(self.x)


def endless_method(x):
    return len(Endless(x))


def endless_result(x):
    class Never(list):
        def __len__(self):
            return endless(x)

    return Never()


def long_work_of_the_course(x):
    X = np.random.default_rng(0).random((30_000, 3))
    return kmeans.run_kmeans(X, X[:300], 10**6)


def naps(x):
    while True:
        time.sleep(0.01)


@pytest.mark.spread(3)
@pytest.mark.parametrize(
    "function",
    [
        endless,
        endless_and_deaf,
        endless_to_the_last,
        endless_after_an_endless_one,
        endless_recursion,
        endless_list,
        endless_generator,
        endless_key,
        endless_method,
        endless_result,
        long_work_of_the_course,
        naps,
    ],
)
def test_what_never_ends_is_stopped_with_its_line_and_leaves_nothing_behind(
    way, function, monkeypatch, capsys
):
    monkeypatch.setattr(watch, "PATIENCE", 2)
    threads = threading.active_count()
    trials = call(function, CASES, limit=0.1)
    assert len(trials) == 1 and trials[0].out_of_time and trials[0].got is None
    assert trials[0].error.line
    assert threading.active_count() == threads
    assert capsys.readouterr() == ("", "")
    if hasattr(sys, "monitoring"):
        assert not any(map(sys.monitoring.get_tool, range(6)))


def test_the_line_of_a_function_that_only_begins_is_that_which_calls_it(no_threads):
    (trial,) = call(endless_key, CASES, limit=0.1)
    assert trial.error.line == "return max(itertools.count(), key=lambda n: -n)"


def test_who_catches_the_end_of_its_time_is_out_of_time_all_the_same(way):
    def pretends(x):
        try:
            endless(x)
        except:  # noqa: E722
            return x + 1

    (trial,) = call(pretends, CASES, limit=0.1)
    assert trial.out_of_time and trial.got is None


@pytest.mark.parametrize("way", ["a copy", "a thread"], indirect=True)
def test_a_long_sleep_is_stopped_by_the_clock_on_the_wall(way, monkeypatch):
    monkeypatch.setattr(watch, "PATIENCE", 2)
    begin = time.monotonic()
    (trial,) = call(lambda x: time.sleep(60), CASES, limit=0.2)
    assert trial.out_of_time
    assert time.monotonic() - begin < (50 if way == "a copy" else 62)


def test_in_place_an_answer_that_comes_late_counts_and_none_after_it(no_threads, monkeypatch):
    monkeypatch.setattr(watch, "PATIENCE", 1000)
    answered, stopped = call(lambda x: sum(range(10**7)), [*CASES, *CASES], limit=0.02)
    assert answered.got == 49_999_995_000_000
    assert stopped.out_of_time


@pytest.mark.skipif(hasattr(sys, "monitoring"), reason="Python 3.12 can watch in place")
def test_where_nobody_could_stop_it_nothing_is_begun(monkeypatch):
    def cant_start(thread):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(watch, "can_copy", lambda: False)
    monkeypatch.setattr(threading.Thread, "start", cant_start)
    with pytest.raises(RuntimeError, match="can't start new thread"):
        call(lambda x: pytest.fail("it was called"), CASES)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a process is copied on Linux only")
@pytest.mark.parametrize("code", ["sum(range(10**11))", "re.match('(a+)+$', 'a' * 40 + 'b')"])
def test_what_holds_the_lock_of_python_is_stopped_where_a_process_can_be_copied(code, monkeypatch):
    monkeypatch.setattr(watch, "can_copy", lambda: True)
    page = {}
    exec(f"import re\ndef holds(x):\n    return {code}", page)
    begin = time.monotonic()
    (trial,) = call(page["holds"], CASES, limit=0.2)
    assert trial.out_of_time
    assert time.monotonic() - begin < 30


def test_who_is_stopped_in_its_sleep_changes_nothing_when_it_wakes_up(monkeypatch):
    monkeypatch.setattr(watch, "can_copy", lambda: False)
    monkeypatch.setattr(watch, "PATIENCE", 1)
    before, filters = (sys.stdout, sys.stderr), warnings.filters
    call(lambda x: time.sleep(1.8), CASES, limit=0.1)
    sys.stdout = sys.stderr = other = io.StringIO()  # whoever shows the next output
    try:
        time.sleep(1.2)
        assert sys.stdout is sys.stderr is other
        assert warnings.filters is filters
    finally:
        sys.stdout, sys.stderr = before


def test_the_cases_that_were_answered_in_time_are_kept(way):
    def slow_for_one(x):
        while len(x) == 1:
            pass
        return x.sum()

    answered, stopped = call(slow_for_one, CASES, limit=0.2)
    assert answered.got == 0.5
    assert stopped.out_of_time


# --- Harm ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "end", ["exit()", "quit()", "sys.exit()", "raise SystemExit", "raise KeyboardInterrupt"]
)
def test_leaving_the_program_is_an_answer_like_any_other(way, end):
    page = {"sys": sys, "exit": lambda: pytest.fail("the page's own exit was called")}
    exec(f"def leaves(x):\n    {end}", page)
    (trial, _) = call(page["leaves"], CASES)
    assert trial.error.name in ("SystemExit", "KeyboardInterrupt")


def test_asking_for_input_is_refused(way):
    (trial, _) = call(lambda x: float(input("How many?")), CASES)
    assert trial.error.name == "Refused"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork")
def test_forking_is_refused_as_each_process_would_send_answers(way):
    fork = os.fork
    (trial, _) = call(lambda x: os.fork(), CASES)
    assert trial.error.name == "Refused" and "os.fork()" in trial.error.text
    assert os.fork is fork


@pytest.fixture
def page():
    """What is shown on the page of an IPython of this test's own."""
    shell = InteractiveShell.instance()
    shell.display_pub = CapturingDisplayPublisher()
    yield shell.display_pub.outputs
    InteractiveShell.clear_instance()


def test_what_a_function_shows_or_draws_is_not_on_the_page_once_for_each_case(way, page):
    def shows(x):
        display(x)
        pyplot.figure()
        return x + 1

    mine = pyplot.figure().number
    (trial, _) = call(shows, CASES)
    assert trial.error is None and page == []
    assert pyplot.get_fignums() == [mine]
    pyplot.close(mine)
    display("the page's own is shown again")
    assert len(page) == 1


copied_only = pytest.mark.skipif(
    sys.platform != "linux", reason="a process is copied on Linux only"
)


@copied_only
def test_what_another_program_prints_is_not_on_the_page(monkeypatch, capfd):
    monkeypatch.setattr(watch, "can_copy", lambda: True)
    call(lambda x: os.system("echo hello; echo oh >&2"), CASES)
    assert capfd.readouterr() == ("", "")


def who_ends(end):
    """A function that adds one, and does so much harm at the second call."""
    page = {"os": os, "np": np, "copy": copy}
    exec(f"def ends(x):\n    if len(x) == 1:\n        {end}\n    return x + 1", page)
    return page["ends"]


@copied_only
@pytest.mark.parametrize("end", ["os._exit(0)", "os.kill(os.getpid(), 9)"])
def test_who_ends_the_copy_is_not_said_to_compute_still(monkeypatch, end):
    monkeypatch.setattr(watch, "can_copy", lambda: True)
    answered, ended = call(who_ends(end), CASES)
    assert answered.got.tolist() == [1.0, 1.5]
    assert ended.error.name == "Ended" and ended.out_of_time


@pytest.mark.parametrize("end", ["np.array_equal = None", "copy.deepcopy = None"])
def test_who_replaces_what_a_call_stands_on_is_not_right_by_its_first_answers(way, end):
    answered, *ended = call(who_ends(end), [*CASES, *CASES])
    assert answered.got.tolist() == [1.0, 1.5]
    assert ended[-1].error.name == "Ended"


def test_what_a_function_patches_is_as_it_was(way):
    def patches(x):
        np.mean, np.linalg.norm, builtins.sum = np.zeros(3), None, None
        np.new_name, color.to_gray = 1, None
        inspect.unwrap = threading.Thread = io.StringIO = select.select = None
        copy.deepcopy = lambda x: x
        np.seterr(all="raise")
        sys.stdout = None
        return 1

    def whole():
        ours = copy.deepcopy, inspect.unwrap, threading.Thread, io.StringIO, select.select
        return np.mean, np.linalg.norm, builtins.sum, color.to_gray, sys.stdout, *ours

    before, errors = whole(), np.geterr()
    call(patches, CASES)
    assert all(a is b for a, b in zip(before, whole(), strict=True)) and errors == np.geterr()
    assert not hasattr(np, "new_name")


def test_numpys_error_settings_of_the_page_are_not_those_of_a_trial(way):
    with np.errstate(all="raise"):
        (trial, _) = call(lambda x: np.log(x * 0), CASES)
        assert np.geterr()["divide"] == "raise"
    assert trial.error is None


def test_global_chance_goes_on_where_it_was(way):
    def seeds(x):
        np.random.seed(0)
        random.seed(0)

    np.random.seed(123)
    random.seed(123)
    state, python_state = np.random.get_state()[1].copy(), random.getstate()
    call(seeds, CASES)
    assert np.array_equal(np.random.get_state()[1], state)
    assert random.getstate() == python_state


def test_the_folder_and_the_depth_of_calls_are_those_of_before(way, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()

    def wanders(x):
        sys.setrecursionlimit(12_345)
        os.chdir(tmp_path)

    monkeypatch.chdir(tmp_path.parent)
    before = os.getcwd(), sys.getrecursionlimit()
    call(wanders, CASES)
    assert (os.getcwd(), sys.getrecursionlimit()) == before
    if os.name != "nt":  # there a folder in use can't be deleted
        monkeypatch.chdir(gone)
        gone.rmdir()
        assert len(call(wanders, CASES)) == len(CASES)


def test_variables_of_the_page_are_decoys_meanwhile_and_whole_after(way):
    page = {"np": np, "K": 3, "image": np.ones((2, 2, 3)), "GRAY": 0.5}
    exec("def uses(x):\n    return helper() * GRAY\ndef helper():\n    return K", page)
    (trial, _) = call(page["uses"], CASES)
    assert trial.got == 3.5
    assert page["K"] == 3
    assert room.page_variables_used(page["uses"]) == ["K"]


def test_a_library_of_the_learner_is_their_code_too(way, monkeypatch):
    library = {"np": np, "K": 3, "__name__": "my_colors"}
    exec("def mine(x):\n    return x.nothing", library)
    monkeypatch.setattr(room, "LIBRARIES", [library])
    page = {"mine": library["mine"]}
    exec("def uses(x):\n    return mine(x)", page)
    (trial, _) = call(page["uses"], CASES)
    assert trial.error.name == "AttributeError"
    assert library["mine"].__code__ in room.codes(page["uses"])


def test_empty_memory_can_be_filled_with_what_is_known(way):
    def unwritten(x):
        return np.empty(2), np.empty_like(x, dtype=int)

    (trial, _) = call(unwritten, CASES, fill=7.5)
    assert [part.tolist() for part in trial.got] == [[7.5, 7.5], [7, 7]]
    assert np.empty.__module__ == "numpy"


@pytest.mark.skipif(sys.platform != "linux", reason="a process is copied on Linux only")
def test_a_copy_that_asks_for_too_much_memory_gets_an_error(monkeypatch):
    monkeypatch.setattr(watch, "can_copy", lambda: True)
    (trial, _) = call(lambda x: np.ones((10**5, 10**5)), CASES)
    assert trial.error.name == "MemoryError"
