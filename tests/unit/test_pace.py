"""A replay is where its speed has brought it."""

from math import inf

from hypothesis import given
from hypothesis import strategies as st

from api.records.pace import Pace
from schemas.media import SessionTime

END = SessionTime(10**12)


def test_session_time_goes_on_as_fast_as_the_speed_says() -> None:
    pace = Pace(SessionTime(5_000_000), since=100.0, speed=2.0)
    assert pace.moment(103.0, until=END) == 11_000_000
    assert pace.moment(103.0, until=SessionTime(6_000_000)) == 6_000_000
    assert pace.wait(SessionTime(11_000_000), 100.0) == 3.0
    assert pace.wait(SessionTime(11_000_000), 104.0) == 0.0


def test_what_stands_still_waits_for_ever() -> None:
    pace = Pace(SessionTime(5), since=0.0, speed=2.0, playing=False)
    assert (pace.moment(100.0, until=END), pace.wait(SessionTime(6), 100.0)) == (5, inf)


def test_at_once_means_without_waiting() -> None:
    pace = Pace(SessionTime(5), since=0.0, speed=inf)
    assert (pace.moment(0.0, until=END), pace.wait(END, 0.0)) == (END, 0.0)


@given(st.integers(0, 10**10), st.floats(0, 1e6), st.floats(0.01, 1000), st.integers(0, 10**10))
def test_who_waits_as_long_as_told_is_there(at: int, since: float, speed: float, ahead: int) -> None:
    pace = Pace(SessionTime(at), since, speed)
    moment = SessionTime(at + ahead)
    reached = pace.moment(since + pace.wait(moment, since), until=END)
    assert abs(reached - moment) <= 1 + speed  # a microsecond of the clock
