"""Observations by the second."""

from hypothesis import given
from hypothesis import strategies as st

from actors.batch import Batch, Closed
from schemas.media import MICROSECONDS, SessionTime, second_of

TIMES = st.lists(st.integers(min_value=0, max_value=20 * MICROSECONDS), max_size=60)


def gather(times: list[int]) -> tuple[list[Closed[int]], Batch[int]]:
    batch: Batch[int] = Batch()
    closed = [batch.add(SessionTime(at), at, 0) for at in times]
    return [second for second in closed if second is not None], batch


def test_a_second_is_closed_by_the_first_observation_of_a_later_one() -> None:
    batch: Batch[str] = Batch()
    assert batch.add(SessionTime(1_000_000), "a", 1) is None
    assert batch.add(SessionTime(1_999_999), "b", 2) is None
    assert batch.add(SessionTime(3_000_000), "c", 0) == Closed(1, ("a", "b"), 3)
    assert batch.close() == Closed(3, ("c",), 0)
    assert batch.close() is None


def test_an_observation_that_comes_too_late_counts_as_dropped() -> None:
    batch: Batch[str] = Batch()
    batch.add(SessionTime(2_000_000), "a", 0)
    assert batch.add(SessionTime(1_000_000), "late", 0) is None
    assert batch.close() == Closed(2, ("a",), 1)


@given(TIMES)
def test_seconds_rise_and_nothing_is_lost(times: list[int]) -> None:
    closed, batch = gather(times)
    last = batch.close()
    seconds = closed + ([last] if last else [])
    assert [second.second for second in seconds] == sorted({second.second for second in seconds})
    assert sum(len(second.observations) + second.dropped for second in seconds) == len(times)
    for second in seconds:
        assert {second_of(SessionTime(at)) for at in second.observations} == {second.second}
