"""Media on the session clock."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from infra.clock import session_time, wall_clock
from infra.rtc.clock import WINDOW_US, WRAP, MediaClock
from schemas.media import MICROSECONDS, SessionTime

RATE = 90_000
STEP = RATE // 15
"""Ticks between two pictures at 15 per second."""


def test_jitter_is_taken_away() -> None:
    clock = MediaClock(RATE)
    jitter = [0, 9_000, 40_000, 3_000, 0, 25_000]
    placed = [
        clock.place(number * STEP, SessionTime(1_000_000 + number * MICROSECONDS // 15 + late))
        for number, late in enumerate(jitter)
    ]
    steps = [later - earlier for earlier, later in pairwise(placed)]
    assert all(abs(step - MICROSECONDS // 15) <= 1 for step in steps)


def test_a_drift_of_the_senders_clock_is_followed() -> None:
    clock = MediaClock(RATE)
    fast = 1.001
    for number in range(15 * 120):
        arrival = SessionTime(1_000_000 + number * MICROSECONDS // 15)
        placed = clock.place(int(number * STEP * fast), arrival)
        assert abs(placed - arrival) <= WINDOW_US * (fast - 1) + 1000


@given(st.integers(0, WRAP - 1), st.lists(st.tuples(st.integers(0, 10), st.integers(0, 200_000)), max_size=60))
def test_time_never_goes_backwards_nor_into_the_future(origin: int, steps: list[tuple[int, int]]) -> None:
    clock = MediaClock(RATE)
    ticks, arrival, last = 0, 0, 0
    for pictures, late in steps:
        ticks += pictures * STEP
        arrival = max(arrival, ticks * MICROSECONDS // RATE + late)
        placed = clock.place((origin + ticks) % WRAP, SessionTime(arrival))
        assert last <= placed <= arrival
        last = placed


@given(st.integers(0, WRAP - 1))
def test_where_timestamps_begin_makes_no_difference(origin: int) -> None:
    one, other = MediaClock(RATE), MediaClock(RATE)
    for number in range(40):
        arrival = SessionTime(500_000 + number * MICROSECONDS // 15)
        assert one.place(number * STEP, arrival) == other.place((origin + number * STEP) % WRAP, arrival)


def test_the_session_clock_begins_at_the_interviews_creation() -> None:
    assert session_time(1_000, 400) == 600
    assert session_time(400, 1_000) == 0


def test_the_wall_clock_does_not_go_backwards() -> None:
    now_us = wall_clock()
    times = [now_us() for _ in range(1000)]
    assert times == sorted(times)
