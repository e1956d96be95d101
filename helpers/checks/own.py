"""How far a learner has come, and the functions that they have of their own."""

from pathlib import Path

from helpers import mine
from helpers.checks import pace
from helpers.checks.exercises import EXERCISES, LESSON_OF

COURSES = "the course's"
TOO_SLOW = 5  # seconds that the page for which it was written would wait for it


def kept(name, shell, verify):
    """Keep a function that is right, and say what there is now.

    Parameters
    ----------
    name : str
    shell : IPython.core.interactiveshell.InteractiveShell
        It knows the code that the page has run, and its variables.
    verify : callable
        ``verify(function)`` -> whether it is right.

    Returns
    -------
    str
        A line for the learner; empty where nobody works on a page of their own.
    """
    page = mine.page()
    if page is None:
        return ""
    file = mine.file_of(LESSON_OF[name])
    try:
        found = list(shell.history_manager.input_hist_parsed), shell.user_ns
        courses = {other: exercise.answer.__module__ for other, exercise in EXERCISES.items()}
        changed = mine.keep(name, LESSON_OF[name], courses, verify, found)
        words = f"Kept in {file}, your own library" if changed else f"Yours, in {file}"
    except (mine.NotKept, OSError) as error:
        words = f"Not kept in {file}, for {error}"
    try:
        mine.record(page.parent, name)
    except OSError as error:
        words += f"; nor is it written down in {mine.PROGRESS} ({error})"
    return f"{words}. {so_far(page.parent)}"


def so_far(folder):
    """One line: how many functions are right, and which is next."""
    done = mine.progress(folder)
    left = [name for name in EXERCISES if name not in done]
    count = f"{len(EXERCISES) - len(left)} of {len(EXERCISES)} functions are yours"
    if not left:
        return f"{count}: all that the course asks for."
    return f"{count}; next: {left[0]}, in lesson {LESSON_OF[left[0]]}."


def progress(folder=None):
    """Print how far a learner has come: for each lesson, which of its functions are right.

    Parameters
    ----------
    folder : path, optional
        The folder of their pages; that of the page that is open, if not given.
    """
    page = mine.page()
    folder = Path(folder) if folder else page and page.parent
    done = mine.progress(folder) if folder else {}
    for lesson in dict.fromkeys(LESSON_OF.values()):
        names = [name for name in EXERCISES if LESSON_OF[name] == lesson]
        marks = [f"{'[x]' if name in done else '[ ]'} {name}" for name in names]
        print(f"{lesson:4}" + "  ".join(marks))
    print(so_far(folder) if folder else "On your own pages, in my_lessons, a right one gets an x.")


def own_or_course(name, verify):
    """The learner's version of a function, if it is right and quick enough; else the course's.

    Parameters
    ----------
    name : str
    verify : callable
        ``verify(function)`` -> `CheckResult`.

    Returns
    -------
    function : callable
    whose : str
        Whose it is, in words, and why it is not the learner's where there is one.
    """
    lesson, courses = LESSON_OF[name], EXERCISES[name].answer
    try:
        function = mine.find(name, lesson)
    except mine.NotKept as error:
        return courses, f"{COURSES}, for {error}"
    if function is None:
        return courses, COURSES
    result = verify(function)
    if not result.passed:
        file, first = mine.file_of(lesson), result.message.partition("\n")[0].rstrip(".")
        if result.state == "not written":
            return courses, f"{COURSES}, for the part {name} of {file} has none of yours in it"
        found = "can't be judged" if result.state == "not judged" else "is not right now"
        return courses, f"{COURSES}, for yours in {file} {found}: {first}"
    seconds = pace.wait(name, function)
    if seconds > TOO_SLOW and pace.is_slow(seconds, name, courses):
        return courses, f"{COURSES}, for yours is right, and too slow for this page"
    return function, f"yours, from lesson {lesson}"


def way_out(name):
    """Where a learner who is stuck finds an answer; empty where nobody works on a page of theirs."""
    page = mine.page()
    worked = page and sorted((page.parent / "solutions").glob(f"{LESSON_OF[name]}_*.ipynb"))
    if not worked:
        return ""
    return f"(Stuck? An answer to compare with is in solutions/{worked[0].name}, in the list on the left.)"
