"""Blinks, from lids whose movement is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.blink import BlinkCounter
from schemas.media import SessionTime

OPEN, SHUT = 1.0, 0.1


def shown(counter: BlinkCounter, *openness: float, every: int = 100_000, first: int = 0) -> list[float]:
    """Durations of the blinks that were told (seconds)."""
    times = (SessionTime(first + number * every) for number in range(len(openness)))
    told = [counter.take(at, each) for at, each in zip(times, openness, strict=True)]
    return [each for each in told if each is not None]


@pytest.mark.parametrize(
    ("lids", "durations"),
    [
        ([OPEN, OPEN, SHUT, OPEN], [0.1]),
        ([OPEN, SHUT, SHUT, SHUT, OPEN], [0.3]),
        ([OPEN, SHUT, OPEN, SHUT, SHUT, OPEN], [0.1, 0.2]),
        ([OPEN, SHUT, 0.55, SHUT, 0.55, OPEN], [0.1]),
        ([OPEN, SHUT, 0.55, 0.55, SHUT, OPEN], [0.1]),
        ([OPEN, 0.7, 0.6, 0.7, OPEN], []),
        ([OPEN, SHUT, SHUT, SHUT, SHUT, SHUT, SHUT, OPEN], []),
        ([SHUT, SHUT, OPEN], []),
        ([OPEN, SHUT], []),
        ([], []),
    ],
    ids=[
        "one",
        "a long one",
        "two",
        "flutter",
        "half open between",
        "a glance down",
        "closed",
        "shut before",
        "not yet",
        "none",
    ],
)
def test_what_lids_do_and_what_is_told(lids: list[float], durations: list[float]) -> None:
    assert shown(BlinkCounter(), *lids) == pytest.approx(durations)


def test_a_blink_across_a_gap_is_not_told() -> None:
    counter = BlinkCounter()
    assert shown(counter, OPEN, OPEN, SHUT) == []
    assert shown(counter, OPEN, OPEN, first=1_000_000) == []
    assert shown(counter, SHUT, OPEN, first=1_200_000) == pytest.approx([0.1])


def test_the_rate_is_per_minute_of_eyes_that_were_seen() -> None:
    counter = BlinkCounter()
    lids = [SHUT if number % 40 == 39 else OPEN for number in range(400)]
    shown(counter, *lids[:190])
    assert counter.rate() is None
    shown(counter, *lids[190:], first=19_000_000)
    shown(counter, OPEN, first=40_000_000)
    assert counter.rate() == pytest.approx(15, rel=0.02)


def test_the_rate_forgets_what_is_older_than_a_minute() -> None:
    counter = BlinkCounter()
    shown(counter, *[OPEN, SHUT] * 50, OPEN)
    shown(counter, *[OPEN] * 620, first=10_100_000)
    assert counter.rate() == 0


def test_time_in_which_nothing_was_seen_does_not_count() -> None:
    counter = BlinkCounter()
    for minute in range(3):
        shown(counter, *[OPEN] * 60, first=minute * 20_000_000)
    assert counter.rate() is None


@given(st.lists(st.sampled_from([OPEN, SHUT, 0.55]), max_size=120))
def test_no_blink_is_longer_than_half_a_second_nor_told_twice(lids: list[float]) -> None:
    durations = shown(BlinkCounter(), *lids)
    assert all(0 < each <= 0.5 for each in durations)
    assert len(durations) <= lids.count(SHUT)
