"""How many times as fast: ratios, because seconds differ from machine to machine."""

import time

from helpers.doors import as_documented


@as_documented
def times_as_fast(slow, fast, repeats=3):
    """Ratio of the times of two functions, called without arguments.

    Parameters
    ----------
    slow, fast : callable
    repeats : int, 1 or more
        Runs of each; the shortest counts, being the least disturbed.

    Returns
    -------
    float
        2.0 means that ``fast`` takes half the time of ``slow``.
    """
    return _shortest(slow, repeats) / _shortest(fast, repeats)


def _shortest(function, repeats):
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        seconds.append(time.perf_counter() - start)
    return max(min(seconds), time.get_clock_info("perf_counter").resolution)  # never 0
