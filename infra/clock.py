"""The time of day, as the one outside thing it is."""

import time
from collections.abc import Callable

from schemas.media import SessionTime

NowUs = Callable[[], int]
"""Gives Unix time in microseconds."""


def wall_clock() -> NowUs:
    """Unix time that never goes backwards within this process: the wall clock at the start, advanced monotonically."""
    start_wall, start_monotonic = time.time_ns(), time.monotonic_ns()

    def now_us() -> int:
        return (start_wall + time.monotonic_ns() - start_monotonic) // 1000

    return now_us


def session_time(now_us: int, epoch_us: int) -> SessionTime:
    """The session clock at `now_us` for an interview whose clock stood at zero at `epoch_us`; never negative."""
    return SessionTime(max(0, now_us - epoch_us))
