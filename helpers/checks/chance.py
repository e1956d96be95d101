"""For functions that draw: what every draw must hold; and chance where none belongs."""

from helpers import call
from helpers.checks import known

_CHANCE = {"random", "choice", "shuffle", "default_rng", "randint", "rng", "permutation", "sample"}


def where_none_belongs(answers):
    """Whether the same call gives now this answer, now that, in words.

    Parameters
    ----------
    answers : Answers

    Returns
    -------
    str or None
    """
    if "rng" in answers.exercise.parameters:
        return None
    names = {name for code in call.codes(answers.function) for name in code.co_names}
    if not names & _CHANCE:
        return None
    some = [answers.cases[n].arguments for n in answers.wrong[:6]]
    trials = call.call(answers.function, [arguments for arguments in some for _ in range(12)])
    for n in range(0, len(trials), 12):
        one, *others = (trial.got for trial in trials[n : n + 12])
        if one is not None and not all(known.alike(one, other) for other in others):
            return (
                "There is chance in your function: the same call gives now this answer, now that, where it "
                "should always give the same."
            )
    return None
