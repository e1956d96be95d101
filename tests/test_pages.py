"""The pages: built from their sources, run in order, in one voice, and safe to publish."""

import re
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest
from lessons import ROOT, build, code, data_of, exercises, names_defined

from helpers.checks.exercises import EXERCISES

SOURCES = build.sources()
PAGES = [(source, which) for source in SOURCES for which in build.EDITIONS]
PAGE_NAMES = [f"{source.stem}-{which}" for source, which in PAGES]


def kept(source, which):
    return nbformat.read(build.edition_path(source, which), as_version=4)


def prose(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


every_page = pytest.mark.parametrize(("source", "which"), PAGES, ids=PAGE_NAMES)
every_lesson = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.stem)


# --- What is kept is what the sources build ------------------------------------------------


def test_the_lessons_are_in_the_order_of_the_course():
    numbers = [source.stem.partition("_")[0] for source in SOURCES]
    assert numbers == "00 01 02 03 04 05 05b 06 07 08 08b 09 10 11 12".split()


@every_page
def test_the_kept_page_is_what_its_source_builds(source, which):
    assert build.without_outputs(kept(source, which)) == build.without_outputs(
        build.edition(source, which)
    ), "run `python tools/build.py`"


def test_no_page_lies_about_without_a_source():
    built = {build.edition_path(*page) for page in PAGES}
    assert set((ROOT / "notebooks").rglob("*.ipynb")) - built == {
        path for path in (ROOT / "notebooks").rglob(".ipynb_checkpoints/*.ipynb")
    }


@every_lesson
def test_ids_stay_when_a_cell_is_added_at_the_top(source, tmp_path):
    text = source.read_text(encoding="utf-8")
    longer = tmp_path / source.name
    longer.write_text(text.replace("\n# ", "\nA new first cell.\n\n+++\n\n# ", 1), encoding="utf-8")
    before = [cell.id for cell in build.edition(source, "student").cells]
    after = [cell.id for cell in build.edition(longer, "student").cells]
    assert after[1:] == before
    assert len(set(after)) == len(after)


@every_page
def test_under_the_title_a_folded_cell_fetches_the_course(source, which):
    page = build.edition(source, which)
    assert [n for n, cell in enumerate(page.cells) if cell.source == build.FETCH] == [1]
    assert page.cells[0].source.startswith("# ") and page.cells[1].metadata == build.FOLDED


# --- Every page has run, from the top, without a surprise ----------------------------------


@every_page
def test_every_cell_has_run_in_order(source, which):
    counts = [cell.execution_count for cell in code(kept(source, which))]
    assert counts == list(range(1, len(counts) + 1))


@every_page
def test_the_only_errors_are_those_made_on_purpose(source, which):
    for cell in code(kept(source, which)):
        kinds = [output.output_type for output in cell.outputs]
        assert "error" not in kinds or "raises-exception" in cell.metadata.get("tags", [])
        assert not [o for o in cell.outputs if o.get("name") == "stderr"], cell.source


@every_page
def test_a_page_holds_no_path_of_the_machine_that_built_it(source, which):
    text = build.edition_path(source, which).read_text(encoding="utf-8")
    for trace in (str(ROOT), str(Path.home()) + "/", "site-packages", "/tmp/", "C:\\\\Users"):
        assert trace not in text


@every_page
def test_a_page_is_small_enough_to_hand_out(source, which):
    assert build.edition_path(source, which).stat().st_size < 4e6


@every_page
def test_no_dead_widget_is_saved(source, which):
    assert "widgets" not in kept(source, which).metadata, "the state of views that are gone"
    for cell in code(kept(source, which)):
        assert not data_of(cell, build.WIDGET_VIEW)


# --- Figures -------------------------------------------------------------------------------


@every_page
def test_a_page_opens_with_a_picture_of_where_it_goes(source, which):
    cells = kept(source, which).cells
    [box] = [n for n, cell in enumerate(cells) if cell.source.startswith("| In this lesson")]
    assert data_of(cells[box - 1], "image/png", "image/jpeg")


@every_page
def test_every_picture_has_words_for_those_who_cannot_see_it(source, which):
    for cell in code(kept(source, which)):
        for page_html in data_of(cell, "text/html"):
            for tag in re.findall(r"<img [^>]*>", page_html):
                alt = re.search(r'alt="([^"]*)"', tag).group(1)
                assert len(alt.split()) >= 8
        pictures = data_of(cell, "image/png", "image/jpeg")
        assert len(pictures) <= len([h for h in data_of(cell, "text/html") if "<img " in h])


# --- The rhythm of a page ------------------------------------------------------------------


@every_page
def test_cells_are_short(source, which):
    for cell in code(kept(source, which)):
        assert names_defined(cell) or len(cell.source.splitlines()) <= 15, cell.source


@every_page
def test_no_line_of_code_is_cut_off_at_the_edge_of_the_page(source, which):
    long = [
        line
        for cell in code(kept(source, which))
        for line in cell.source.splitlines()
        if len(line) > 92 and cell.source != build.FETCH  # it is folded
    ]
    assert not long


@every_lesson
def test_a_lesson_has_its_fixed_frame(source):
    text = prose(build.edition(source, "student"))
    title = rf"# {source.stem.partition('_')[0]} · .+\n\n\*\*.+\?\*\*"
    assert re.match(title, text), "a title, and the question it answers"
    for part in ("| You will write |", "| You need |", "| Minutes |", "**Predict", "## Recap"):
        assert part in text
    for part in ("**On your own", "**Next:**"):
        assert part in text


@every_lesson
def test_minutes_stand_in_the_box_and_once_more_in_the_middle_of_a_long_page(source):
    text = prose(build.edition(source, "student"))
    total = int(re.search(r"\| Minutes \| (\d+) \|", text).group(1))
    left = [int(n) for n in re.findall(r"(\d+) minutes are left", text)]
    assert len(left) <= (1 if total >= 40 else 0)
    assert all(total / 3 <= n <= 2 * total / 3 for n in left)
    assert not re.search(r"^#.*minutes", text, flags=re.MULTILINE)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"{source.stem}\.ipynb\).*\| {total} \|", readme)


@pytest.mark.parametrize(("source", "following"), list(pairwise(SOURCES)), ids=lambda s: s.stem)
def test_a_page_ends_with_the_question_of_the_next_one(source, following):
    text = prose(build.edition(source, "student"))
    assert f"({following.stem}.ipynb)" in text[text.rindex("**Next:**") :]


@every_lesson
def test_links_to_other_pages_lead_somewhere(source):
    text = prose(build.edition(source, "student"))
    for target in re.findall(r"\]\(([^)#]+\.ipynb)\)", text):
        for folder in build.EDITIONS.values():
            assert (folder / target).is_file()


@every_lesson
def test_every_prediction_of_a_page_has_its_own_name_and_is_compared_once(source):
    """Whoever answers after the whole page has run meets that question again, not the last one."""
    cells = [cell.source for cell in code(build.edition(source, "student"))]
    asked = re.findall(r"^(\w+) = explore\.predict\(", "\n".join(cells), flags=re.MULTILINE)
    compared = re.findall(r"(\w+)\.compare\(", "\n".join(cells))
    assert asked == list(dict.fromkeys(asked))
    assert compared == asked


@every_lesson
def test_the_voice_never_says_that_it_is_easy(source):
    text = prose(build.edition(source, "student"))
    assert not re.findall(r"\b(simply|just|obviously|trivial\w*)\b", text, flags=re.IGNORECASE)


# --- Exercises -----------------------------------------------------------------------------


def test_every_check_belongs_to_a_lesson():
    asked = [name for source in SOURCES for name, *_ in exercises(build.edition(source, "student"))]
    assert sorted(asked) == sorted(EXERCISES)


@every_lesson
def test_every_exercise_has_an_example_three_hints_and_its_check(source):
    for name, words, cell, after in exercises(build.edition(source, "student")):
        task = words[words.rindex(f"Your turn: {name}") :]
        assert task.count("<details><summary>Hint ") == 3
        assert "you should get" in task
        assert after.source == f'{name} = check("{name}")'
        assert "raises-exception" in cell.metadata.tags, "a typo there must not stop the page"


@every_lesson
def test_the_student_edition_gives_no_answer_away(source):
    worked = dict((e[0], e[2]) for e in exercises(build.edition(source, "worked")))
    for name, _, cell, _ in exercises(build.edition(source, "student")):
        assert cell.source.endswith(f"    {build.STUB}")
        assert build.STUB not in worked[name].source
    for which in build.EDITIONS:
        assert "### " not in "".join(c.source for c in code(build.edition(source, which)))


@every_lesson
def test_the_pages_say_right_where_answered_and_not_written_where_not(source):
    for which, heading in (("worked", "Right."), ("student", "Not written yet.")):
        for *_, after in exercises(kept(source, which)):
            assert data_of(after, "text/plain")[0].startswith(heading)
