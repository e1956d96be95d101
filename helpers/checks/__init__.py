"""What answers: is this function right, and if not, which misconception is it?

`CHECKS` maps the name of each function that a lesson asks for to a callable: give it
the learner's function, get a `CheckResult`. `check` shows that result in the page and
hands back a function that works, the learner's own or the course's, so that the cells
below run in any case.

What each exercise is, as data:

    exercise     what an exercise consists of, and how its code in strings becomes functions
    lesson_NN    the exercises of a lesson: the course's answer in several styles, wrong functions
    cases        small, odd inputs
    chance       functions that draw at random
    exercises    all of them

What is the same for all:

    run          check, mine, require, CHECKS
    own          what a learner has of their own: kept, used later, counted
    pace         how long the rest of a page would wait for a function that is right
    diagnose     from all the calls together: which misconception is it?
    known        the wrong functions of an exercise, and which of them gives these results;
                 mutate: the course's answer, changed in one place; transforms: its result, or
                 what it is given, changed as a whole
    relations    how the answers stand to the right ones
    where        for which inputs alone they go wrong
    code, errors what the code gives away; what an error means here
    compare      is one answer right, and if not, what kind of wrong is it?
    attempt, report     a learner's function and what came of it; how what is found shows itself

The learner's function itself runs in `helpers.call`, and `helpers.watch` stops it. A check knows
the right answer through the course's own function, and a misconception as a wrong function:
whoever's answers are those of the wrong function on every input has that misconception.
"""

from helpers.checks.own import progress
from helpers.checks.report import CheckResult
from helpers.checks.run import CHECKS, check, mine, require

__all__ = ["CHECKS", "CheckResult", "check", "mine", "progress", "require"]
