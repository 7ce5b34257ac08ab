"""At most so many in a second, whatever comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.cadence import Cadence
from schemas.media import MICROSECONDS, SessionTime


def taken(cadence: Cadence, rate: float, seconds: float) -> list[float]:
    """Which of pictures that come `rate` times in a second are taken (seconds)."""
    times = [SessionTime(round(number * MICROSECONDS / rate)) for number in range(round(rate * seconds))]
    return [at / MICROSECONDS for at in times if cadence.take(at)]


@pytest.mark.parametrize(("rate", "wanted"), [(30, 10), (25, 10), (15, 10), (15, 3), (10, 10), (10, 3), (7, 10)])
def test_as_many_are_taken_as_are_wanted_or_come(rate: float, wanted: float) -> None:
    found = taken(Cadence(wanted), rate, 30)
    assert len(found) == pytest.approx(30 * min(rate, wanted), abs=1)


@given(st.lists(st.integers(0, 300_000), min_size=1, max_size=200), st.sampled_from([1.0, 3.0, 10.0]))
def test_never_more_than_are_wanted(steps: list[int], wanted: float) -> None:
    cadence, at, found = Cadence(wanted), 0, []
    for step in steps:
        at += step
        if cadence.take(SessionTime(at)):
            found.append(at)
    passed = (found[-1] - found[0]) / MICROSECONDS
    assert len(found) - 1 <= (passed + 0.25 / wanted) * wanted + 1e-6


def test_a_clock_that_goes_back_begins_anew() -> None:
    cadence = Cadence(1.0)
    assert cadence.take(SessionTime(90_000_000))
    assert cadence.take(SessionTime(5_000_000))
    assert not cadence.take(SessionTime(5_100_000))
    assert cadence.take(SessionTime(6_000_000))


def test_after_a_gap_nothing_is_made_up_for() -> None:
    cadence = Cadence(10.0)
    assert cadence.take(SessionTime(0))
    assert [cadence.take(SessionTime(60_000_000 + n * 10_000)) for n in range(8)].count(True) == 2
