"""How many times as fast: a ratio, whatever the clock."""

import time

import pytest

from helpers import timing


class Clock:
    """A clock that steps by 0.1 ms, as that of a browser, and functions that take a known time."""

    now = 0.0

    def read(self):
        self.now += 1e-9
        return self.now // 1e-4 * 1e-4

    def function(self, seconds):
        def takes():
            self.now += seconds
            self.calls = getattr(self, "calls", 0) + 1

        return takes


@pytest.mark.parametrize(
    ("slow", "fast"), [(3e-5, 1e-5), (2e-7, 1e-7), (0.3, 0.1), (0.1, 2e-6), (1e-6, 1e-3)]
)
def test_the_ratio_is_that_of_the_times_though_the_clock_steps(monkeypatch, slow, fast):
    clock = Clock()
    monkeypatch.setattr(time, "perf_counter", clock.read)
    found = timing.times_as_fast(clock.function(slow), clock.function(fast))
    assert found == pytest.approx(slow / fast, rel=0.05)


def test_what_takes_long_enough_is_called_once_for_each_time(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(time, "perf_counter", clock.read)
    timing.times_as_fast(clock.function(0.1), clock.function(0.1), repeats=4)
    assert clock.calls == 8
