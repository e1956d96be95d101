"""A library of one's own: what a check finds right is kept, used later, and never lost."""

import os
import re
import subprocess
import sys
from types import SimpleNamespace

import nbformat
import pytest
from nbclient import NotebookClient

from helpers import mine
from helpers.checks import CHECKS, check, own, run
from helpers.checks import mine as take
from helpers.checks.exercises import EXERCISES
from helpers.checks.report import CheckResult
from helpers.excerpts import CannotExcerpt, excerpt
from helpers.kmeans import find_closest_centroids

RIGHT = {
    "to_pixels": "def to_pixels(image):\n    return image.reshape(-1, 3)",
    "wcss": "def wcss(X, centroids, idx):\n    return ((X - centroids[idx]) ** 2).sum()",
    "find_closest_centroids": """
def squared(X, C):
    return ((X[:, None] - C) ** 2).sum(axis=-1)

def find_closest_centroids(X, centroids):
    return squared(X, centroids).argmin(axis=1)
""",
}


@pytest.fixture
def page(monkeypatch):
    """A page: runs cells, and shows what checks find."""

    class Page:
        def __init__(self):
            self.user_ns, self.shown = {"__name__": "__main__"}, []
            self.history_manager = SimpleNamespace(input_hist_parsed=[])
            self.run("import numpy as np")

        def run(self, *cells):
            for cell in cells:
                self.history_manager.input_hist_parsed.append(cell)
                exec(cell, self.user_ns)

        def check(self, name, *cells):
            self.run(*cells)
            self.user_ns[name] = check(name)
            self.history_manager.input_hist_parsed.append(f'{name} = check("{name}")')
            return self.shown[-1].message

    page = Page()
    monkeypatch.setattr(run, "get_ipython", lambda: page)
    monkeypatch.setattr(run, "display", page.shown.append)
    monkeypatch.setattr(run, "_latest", {})
    monkeypatch.setattr(run, "_tries", {})
    return page


def library(folder, name=mine.LIBRARY):
    return (folder / name).read_text(encoding="utf-8")


def names(folder, name=mine.LIBRARY):
    return list(mine.parts(library(folder, name))[1])


# --- Kept ----------------------------------------------------------------------------------


def test_a_function_that_is_right_is_kept_with_what_it_needs(folder, page):
    message = page.check("find_closest_centroids", RIGHT["find_closest_centroids"])
    assert "Kept in my_colors.py" in message
    assert "1 of 24 functions are yours; next: negative, in lesson 00." in message
    text = library(folder)
    assert "import numpy" not in text  # it needs none
    assert text.index("def squared") < text.index("def find_closest_centroids")
    alone = {}
    exec(text, alone)
    assert CHECKS["find_closest_centroids"](alone["find_closest_centroids"]).passed


def test_what_is_not_right_is_not_kept(folder, page):
    page.check("wcss", "def wcss(X, centroids, idx):\n    return 1.0")
    assert not [*folder.iterdir()]


def test_functions_stand_in_the_order_of_the_lessons(folder, page):
    for name in ("wcss", "find_closest_centroids", "to_pixels"):
        page.check(name, RIGHT[name])
    assert names(folder) == ["to_pixels", "find_closest_centroids", "wcss"]


def test_constants_and_imports_come_along_once(folder, page):
    page.run("import math\nfrom math import inf as endless, floor")
    page.run("PEAK = 1.0", "SCALE = 10 * PEAK")
    page.check(
        "psnr",
        "def psnr(a, b):\n    error = np.mean((a - b) ** 2)\n"
        "    return endless if error == 0 else SCALE * math.log10(PEAK / error)",
    )
    text = library(folder)
    assert text.count("import math\n") == 1
    assert "from math import inf as endless\n" in text
    assert "floor" not in text
    assert text.index("PEAK = 1.0") < text.index("SCALE = 10 * PEAK") < text.index("def psnr")


def test_a_function_of_the_course_is_imported_until_there_is_ones_own(folder, page):
    page.run("from helpers.checks import mine")
    page.run('find_closest_centroids = mine("find_closest_centroids")')
    page.run('compute_centroids = mine("compute_centroids")')
    page.check(
        "run_kmeans",
        "def run_kmeans(X, initial_centroids, max_iters):\n"
        "    centroids = np.array(initial_centroids)\n"
        "    for _ in range(max_iters):\n"
        "        idx = find_closest_centroids(X, centroids)\n"
        "        centroids = compute_centroids(X, idx, len(centroids))\n"
        "    return centroids, find_closest_centroids(X, centroids)",
    )
    assert "from helpers.codebook import find_closest_centroids\n" in library(folder)
    page.check("find_closest_centroids", RIGHT["find_closest_centroids"])
    assert "import find_closest_centroids" not in library(folder)
    assert "from helpers.kmeans import compute_centroids\n" in library(folder)


def test_two_helpers_of_one_name_live_side_by_side(folder, page):
    page.check("find_closest_centroids", RIGHT["find_closest_centroids"])
    page.check(
        "wcss",
        "def squared(x):\n    return x * x",
        "def wcss(X, centroids, idx):\n    return squared(X - centroids[idx]).sum()",
    )
    assert "def squared_05(x)" in library(folder)
    for name in ("find_closest_centroids", "wcss"):
        function, whose = own.own_or_course(name, CHECKS[name])
        assert whose == "yours, from lesson 05"


def test_a_shared_helper_stands_there_once(folder, page):
    page.check("find_closest_centroids", RIGHT["find_closest_centroids"])
    page.check(
        "wcss",
        "def wcss(X, centroids, idx):\n"
        "    return sum(squared(x[None], centroids[[k]])[0, 0] for x, k in zip(X, idx))",
    )
    assert library(folder).count("def squared(") == 1


def test_what_cannot_stand_alone_is_told_and_still_counts(folder, page):
    page.user_ns["secret"] = 1.0  # no line of the page says where it comes from
    message = page.check("negative", "def negative(image):\n    return secret - image")
    assert (
        "Not kept in my_colors.py, for it can't stand alone: no line tells where secret" in message
    )
    assert "1 of 24" in message
    assert not (folder / mine.LIBRARY).exists()


def test_functions_of_other_libraries_go_into_a_second_file():
    assert mine.file_of("10") == mine.file_of("09") == "my_colors_more.py"
    assert mine.file_of("11") == mine.file_of("05b") == "my_colors.py"


# --- Nothing is lost -----------------------------------------------------------------------


def test_a_newer_version_takes_the_place_and_the_old_one_is_kept(folder, page):
    page.check("to_pixels", RIGHT["to_pixels"])
    page.check(
        "to_pixels",
        "def to_pixels(image):\n    h, w, c = image.shape\n    return image.reshape(h * w, c)",
    )
    assert "h * w" in library(folder)
    assert "return image.reshape(-1, 3)" in library(folder, mine.OLD)


def test_running_a_page_again_leaves_what_was_edited(folder, page):
    page.check("to_pixels", RIGHT["to_pixels"])
    edited = library(folder).replace("return", "# of any width\n    return") + "\n\nMY_OWN = 3\n"
    (folder / mine.LIBRARY).write_text(edited, encoding="utf-8")
    message = page.check("to_pixels", RIGHT["to_pixels"])
    assert library(folder) == edited
    assert "Yours, in my_colors.py" in message
    page.check("wcss", RIGHT["wcss"])
    assert "# of any width" in library(folder)
    assert "MY_OWN = 3" in library(folder)


def test_a_function_that_was_deleted_from_the_library_comes_back(folder, page):
    page.check("to_pixels", RIGHT["to_pixels"])
    (folder / mine.LIBRARY).unlink()
    page.check("to_pixels", RIGHT["to_pixels"])
    assert names(folder) == ["to_pixels"]


@pytest.mark.parametrize("broken", ["def (", "import numpi", "1 / 0", "raise KeyError", "\xff"])
def test_a_library_that_does_not_run_is_left_as_it_is(folder, page, broken):
    (folder / mine.LIBRARY).write_bytes(b"# mine\n" + broken.encode("latin-1"))
    before = (folder / mine.LIBRARY).read_bytes()
    message = page.check("to_pixels", RIGHT["to_pixels"])
    assert "Not kept in my_colors.py, for my_colors.py" in message
    assert "mend it" in message
    assert (folder / mine.LIBRARY).read_bytes() == before


def test_progress_that_somebody_wrote_into_is_begun_anew(folder, page):
    for text in ("[", "3", '{"to_pixels": 3}', '["to_pixels"]'):
        (folder / mine.PROGRESS).write_text(text, encoding="utf-8")
        assert "1 of 24" in page.check("to_pixels", RIGHT["to_pixels"])


def test_a_line_of_it_that_makes_no_sense_costs_none_of_the_others(folder):
    text = '{"mse": {"on": "2026-01-01"}, "psnr": 3, "wcss": [["on", 1]]}'
    (folder / mine.PROGRESS).write_text(text, encoding="utf-8")
    assert list(mine.progress(folder)) == ["mse"]


def test_two_pages_that_keep_at_the_same_time_lose_nothing(folder):
    script = """
import sys
from types import SimpleNamespace
from helpers.checks import own
name = sys.argv[1]
code = sys.argv[2]
space = {}
exec(code, space)
shell = SimpleNamespace(history_manager=SimpleNamespace(input_hist_parsed=[code]), user_ns=space)
print(own.kept(name, shell, lambda function: True))
"""
    asked = {name: f"def {name}(a):\n    return a" for name in list(EXERCISES)[:8]}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, name, code], stdout=subprocess.PIPE, cwd=folder
        )
        for name, code in asked.items()
    ]
    assert all(b"Kept" in process.communicate()[0] for process in running)
    assert names(folder) == list(asked)
    assert list(mine.progress(folder)) == sorted(asked)


# --- Used on a later page ------------------------------------------------------------------


def test_a_later_page_takes_ones_own_version_and_says_so(folder, page, capsys):
    page.check("find_closest_centroids", RIGHT["find_closest_centroids"])
    function = take("find_closest_centroids")
    assert function is not find_closest_centroids
    assert function.__module__ == "my_colors"
    assert capsys.readouterr().out == "find_closest_centroids: yours, from lesson 05.\n"


def test_without_one_the_course_lends_its_own(folder, capsys):
    assert take("find_closest_centroids") is find_closest_centroids
    assert capsys.readouterr().out == "find_closest_centroids: the course's.\n"


def test_a_version_that_became_wrong_is_not_used_and_the_page_says_why(folder, page, capsys):
    page.check("find_closest_centroids", RIGHT["find_closest_centroids"])
    path = folder / mine.LIBRARY
    path.write_text(library(folder).replace("argmin", "argmax"), encoding="utf-8")
    assert take("find_closest_centroids") is find_closest_centroids
    said = capsys.readouterr().out
    assert said.startswith(
        "find_closest_centroids: the course's, for yours in my_colors.py is not right"
    )
    assert "farthest" in said


def test_a_version_that_is_too_slow_is_not_used(folder, page, capsys, monkeypatch):
    page.check("to_pixels", RIGHT["to_pixels"])
    monkeypatch.setattr(own.pace, "wait", lambda name, f: 0.1 if "helpers" in f.__module__ else 60)
    assert take("to_pixels").__module__ == "helpers.images"
    assert "yours is right, and too slow" in capsys.readouterr().out


def test_a_library_that_does_not_run_costs_no_page(folder, capsys):
    text = mine.joined("", {"to_pixels": ("01", "def to_pixels(image)\n    pass")})
    (folder / mine.LIBRARY).write_text(text, encoding="utf-8")
    assert take("to_pixels").__module__ == "helpers.images"
    assert "my_colors.py does not run (line 6: SyntaxError: expected" in capsys.readouterr().out


def test_a_library_that_exits_costs_no_page(folder, page, capsys):
    page.check("to_pixels", RIGHT["to_pixels"])
    path = folder / mine.LIBRARY
    path.write_text(path.read_text(encoding="utf-8") + "\nexit()\n", encoding="utf-8")
    assert take("to_pixels").__module__ == "helpers.images"
    assert "my_colors.py does not run (line" in capsys.readouterr().out


ENDLESS = {
    "while True:\n    pass": ("does not come to its end (the line is “while True:”): mend it",),
    "import time\ntime.sleep(100)": (
        "does not come to its end (the line is “time.sleep(100)”): mend",
    ),
    "sum(range(10**12))": ("does not come to its end",),
    "input()": ("does not run (line", "Refused: input() asks a person"),
    "import os\nos._exit(3)": ("ends Python itself",),
    "print('much' * 10**7)": (),
    "exit()": ("does not run (line", "SystemExit"),
    "x = '\\0'.join('ab')": (),
    "class Odd(Exception):\n    __str__ = None\nraise Odd": ("does not run",),
}


@pytest.mark.parametrize("line", ENDLESS)
def test_whatever_stands_in_a_library_a_page_goes_on(folder, page, capfd, monkeypatch, line):
    monkeypatch.setattr(mine.call.watch, "PATIENCE", 1)
    monkeypatch.setitem(mine.LIMITS, mine.LIBRARY, 0.5)
    for name in ("to_pixels", "wcss"):
        page.check(name, RIGHT[name])
    path = folder / mine.LIBRARY
    path.write_text(f"{library(folder)}\n{line}\n", encoding="utf-8")
    if line.startswith(("sum", "import os")) and not mine.call.watch.can_copy():
        pytest.skip("only a copy of the process can be stopped in this")
    runs, really = [], mine._loaded
    monkeypatch.setattr(mine, "_loaded", lambda *a: runs.append(a) or really(*a))
    taken = take("to_pixels"), take("wcss")
    assert len(runs) == 1, "the second page line waits no second time"
    told = capfd.readouterr().out
    assert len(told) < 600
    for words in ENDLESS[line]:
        assert told.count(words) == 2
    assert {f.__module__ for f in taken} == (
        {"helpers.images", "helpers.kmeans"} if ENDLESS[line] else {"my_colors"}
    )


def test_where_no_copy_can_be_had_an_endless_library_is_stopped_too(no_threads, folder, capsys):
    text = mine.joined("while True:\n    pass\n", {"to_pixels": ("01", RIGHT["to_pixels"])})
    (folder / mine.LIBRARY).write_text(text, encoding="utf-8")
    assert take("to_pixels").__module__ == "helpers.images"
    assert "my_colors.py does not come to its end" in capsys.readouterr().out


def test_a_library_with_a_byte_that_no_code_has_is_told(folder, capsys):
    text = mine.joined("", {"to_pixels": ("01", RIGHT["to_pixels"] + "\0")})
    (folder / mine.LIBRARY).write_text(text, encoding="utf-8")
    take("to_pixels")
    assert "my_colors.py does not run (SyntaxError: source code" in capsys.readouterr().out


@pytest.mark.parametrize(
    "change, told",
    [
        (lambda text: re.sub("# --- lesson 01.*", "", text), "the line # --- lesson 01: to_pixels"),
        (lambda text: text[: text.index("# --- lesson 01")], "no longer has yours"),
        (lambda text: " \n", "which had yours, is gone or empty"),
        (
            lambda text: text.replace("return", "pass #"),
            "the part to_pixels of my_colors.py has none",
        ),
    ],
)
def test_what_was_there_and_is_gone_is_told(folder, page, capsys, change, told):
    page.check("to_pixels", RIGHT["to_pixels"])
    (folder / mine.LIBRARY).write_text(change(library(folder)), encoding="utf-8")
    take("to_pixels")
    said = capsys.readouterr().out
    assert said.startswith("to_pixels: the course's, for ") and told in said


def test_the_line_that_was_gone_helps_as_it_is_told(folder, page, capsys):
    page.check("to_pixels", RIGHT["to_pixels"])
    bare = re.sub("# --- lesson 01.*\n+", "", library(folder))
    (folder / mine.LIBRARY).write_text(bare, encoding="utf-8")
    take("to_pixels")
    line = re.search("# --- lesson 01: to_pixels", capsys.readouterr().out).group()
    mended = bare.replace("def to_pixels", f"{line}\ndef to_pixels")
    (folder / mine.LIBRARY).write_text(mended, encoding="utf-8")
    take("to_pixels")
    assert capsys.readouterr().out == "to_pixels: yours, from lesson 01.\n"


def test_what_was_right_and_could_not_be_kept_is_told_later(folder, page, capsys):
    page.user_ns["secret"] = 1.0
    page.check("negative", "def negative(image):\n    return secret - image")
    take("negative")
    assert "for my_colors.py could not keep yours, which was right." in capsys.readouterr().out


def test_of_one_that_does_not_come_back_nobody_says_that_it_is_wrong(
    folder, page, capsys, monkeypatch
):
    monkeypatch.setattr(mine.call, "LIMIT", 0.1)
    page.check("to_pixels", RIGHT["to_pixels"])
    slow = library(folder).replace("return", "while True:\n        pass\n    return")
    (folder / mine.LIBRARY).write_text(slow, encoding="utf-8")
    take("to_pixels")
    assert "for yours in my_colors.py can't be judged: Your function" in capsys.readouterr().out


def test_a_function_that_was_renamed_in_the_library_is_missed(folder, page, capsys):
    page.check("to_pixels", RIGHT["to_pixels"])
    path = folder / mine.LIBRARY
    text = path.read_text(encoding="utf-8").replace("def to_pixels", "def pixels_of")
    path.write_text(text, encoding="utf-8")
    assert take("to_pixels").__module__ == "helpers.images"
    assert "my_colors.py has a part to_pixels that defines no to_pixels" in capsys.readouterr().out


def test_a_sentence_that_asks_ends_with_its_own_mark(folder, page, capsys, monkeypatch):
    page.check("to_pixels", RIGHT["to_pixels"])
    asks = CheckResult(False, "Is there a loop that never ends?", "not judged")
    monkeypatch.setitem(run.CHECKS, "to_pixels", lambda function: asks)
    take("to_pixels")
    assert capsys.readouterr().out.endswith("Is there a loop that never ends?\n")


def test_a_name_that_is_mistyped_gets_a_suggestion():
    with pytest.raises(ValueError, match="for 'find_closest_centroid': is find_closest_c"):
        take("find_closest_centroid")


def test_a_name_that_no_lesson_asks_for_is_refused(folder):
    with pytest.raises(ValueError, match="no check for 'kmeans'"):
        take("kmeans")


# --- Where there is no library -------------------------------------------------------------


@pytest.mark.parametrize(
    "opened, began_in",
    {
        None: ".",
        "my_lessons/solutions/05.ipynb": "my_lessons/solutions",
        "notebooks/05.ipynb": "notebooks",
        "05.ipynb": ".",
        "my_lessons/05.ipynb": "notebooks",  # a build that a page has started
    }.items(),
)
def test_only_a_persons_own_pages_have_a_library(tmp_path, monkeypatch, page, opened, began_in):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setattr(mine, "_BEGAN_IN", os.path.realpath(tmp_path / began_in))
    if opened:
        (tmp_path / opened).parent.mkdir(parents=True, exist_ok=True)
        monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / opened))
    monkeypatch.chdir(tmp_path)
    message = page.check("to_pixels", RIGHT["to_pixels"])
    assert "my_colors" not in message and "of 24" not in message
    assert take("to_pixels").__module__ == "helpers.images"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


CELLS = [
    "import numpy as np\nfrom helpers.checks import check, mine",
    RIGHT["wcss"],
    'wcss = check("wcss")',
    'to_pixels = mine("to_pixels")',
]


def printed_by(folder, began_in):
    """What a page prints that no person runs, though an open page of theirs has started it."""
    page = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    resources = {"metadata": {"path": began_in}}
    NotebookClient(page, kernel_name="python3", resources=resources).execute()
    outputs = [output for cell in page.cells for output in cell.get("outputs", [])]
    return "".join(o.get("text") or o["data"]["text/plain"] for o in outputs)


@pytest.mark.parametrize("began_in", ["my_lessons/solutions", "notebooks", "autograded/ann/05"])
def test_a_page_that_nobody_opened_neither_reads_nor_writes_a_library(folder, page, began_in):
    page.check("to_pixels", RIGHT["to_pixels"])
    before = {path: path.read_bytes() for path in folder.glob("my_*")}
    began_in = folder.parent / began_in
    began_in.mkdir(parents=True)
    printed = printed_by(folder, began_in)
    assert "my_colors" not in printed and "of 24" not in printed
    assert printed.endswith("to_pixels: the course's.\n")
    assert {path: path.read_bytes() for path in folder.glob("my_*")} == before
    assert not [*began_in.iterdir()]


# --- How far am I? -------------------------------------------------------------------------


def test_the_overview_marks_what_is_right(folder, page, capsys):
    page.check("to_pixels", RIGHT["to_pixels"])
    own.progress()
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "01  [x] to_pixels  [ ] to_image"
    assert lines[-1] == "1 of 24 functions are yours; next: negative, in lesson 00."
    assert sum(line.count("[") for line in lines) == 24


def test_all_that_the_course_asks_for(folder):
    for name in EXERCISES:
        mine.record(folder, name)
    assert own.so_far(folder) == "24 of 24 functions are yours: all that the course asks for."


OFFER = "solutions/05_kmeans_by_hand.ipynb"


@pytest.fixture
def stuck(folder, page):
    """Runs a cell with a function and its check: whether the worked page is offered."""
    (folder / "solutions").mkdir()
    (folder / OFFER).touch()
    return lambda *cells: OFFER in page.check("wcss", *cells)


def test_after_three_failed_checks_a_way_out_is_offered(stuck):
    wrong = [f"def wcss(X, centroids, idx):\n    return {n}.0" for n in range(4)]
    assert [*map(stuck, wrong)] == [False, False, True, True]
    assert stuck(), "a check that is pressed again takes the offer back"


def test_a_check_without_a_change_is_no_further_try(stuck):
    wrong = "def wcss(X, centroids, idx):\n    return 1.0"
    assert not any(stuck(wrong) for _ in range(4)), "the same once more"
    assert not any(stuck() for _ in range(4)), "the check alone"
    assert not stuck(wrong.replace("1.0", "2.0"))
    assert stuck("def half(x):\n    return x / 2", wrong.replace("1.0", "half(3)"))


def test_what_nobody_has_written_is_no_try(stuck):
    assert not any(stuck("def wcss(X, centroids, idx):\n    ...") for _ in range(4))


# --- Excerpts ------------------------------------------------------------------------------


def test_of_what_is_defined_twice_the_last_counts():
    found = excerpt("f", ["A = 1\ndef f():\n    return A", "A = 2", "not python ("])
    assert list(found.pieces.values()) == ["A = 2", "def f():\n    return A"]


def test_names_inside_a_function_are_its_own():
    texts = ["idx = load()", "def f(X):\n    idx = [c for c in X]\n    return idx"]
    assert list(excerpt("f", texts).pieces) == ["f"]


def test_recursion_decorators_defaults_and_comments_come_along():
    texts = [
        "from functools import cache",
        "N = 3",
        "# counts down\n@cache\ndef f(n=N):\n    return f(n - 1) if n else 0",
    ]
    found = excerpt("f", texts)
    assert found.imports == {"cache": "from functools import cache"}
    assert list(found.pieces) == ["N", "f"]
    assert found.pieces["f"].startswith("# counts down\n@cache")


def test_what_comes_from_nowhere_is_told():
    with pytest.raises(CannotExcerpt, match="where gone comes from"):
        excerpt("f", ["def f():\n    return gone"])
