"""What answers: is this function right, and if not, which misconception is it?

`CHECKS` maps the name of each function that a lesson asks for to a callable: give it
the learner's function, get a `CheckResult`. `check` shows that result in the page and
hands back a function that works, the learner's own or the course's, so that the cells
below run in any case.

    trial        one call of a learner's function: copies in, a time limit, output caught
    compare      is this answer right, and if not, what kind of wrong is it?
    diagnose     from all the calls together: which misconception is it?
    clues        what the code and the answers give away without any list
    cases        small, odd inputs, and how wrong functions are made from formulas
    exercises    the functions that the lessons ask for (colors: lessons 00 to 04, with
                 wrong_colors; clustering: 05 and 06)

A check knows the right answer through the course's own function, which it runs on the
same small inputs. It knows a misconception as a wrong function: whoever's answers are
those of the wrong function on every input has that misconception.
"""

from helpers.checks.report import CheckResult
from helpers.checks.run import CHECKS, check, require

__all__ = ["CHECKS", "CheckResult", "check", "require"]
