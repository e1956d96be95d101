"""How many times as fast: ratios, because seconds differ from machine to machine."""

import time

from helpers.doors import as_documented

LONG_ENOUGH = 0.005  # seconds: what takes less is called again


@as_documented
def times_as_fast(slow, fast, repeats=3):
    """Ratio of the times of two functions, called without arguments.

    Parameters
    ----------
    slow, fast : callable
    repeats : int, 1 or more
        Times of each; the shortest counts, being the least disturbed. What takes less than some
        milliseconds is called several times for each.

    Returns
    -------
    float
        2.0 means that ``fast`` takes half the time of ``slow``.
    """
    return _shortest(slow, repeats) / _shortest(fast, repeats)


def _shortest(function, repeats):
    return min(_seconds(function) for _ in range(repeats))


def _seconds(function):
    """Of one call: the mean of as many as the clock needs, which steps by 0.1 ms in a browser."""
    calls, start = 0, time.perf_counter()
    while True:
        function()
        calls += 1
        seconds = time.perf_counter() - start
        if seconds >= LONG_ENOUGH:
            return seconds / calls
