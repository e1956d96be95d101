"""All the functions that the lessons ask for, in the order of the lessons."""

from importlib import import_module

LESSONS = "00 01 02 03 04 05 05b 06 07 08 09 10 11".split()
EXERCISES, LESSON_OF = {}, {}
for lesson in LESSONS:
    asked = import_module(f"helpers.checks.lesson_{lesson}").EXERCISES
    EXERCISES |= asked
    LESSON_OF |= dict.fromkeys(asked, lesson)
