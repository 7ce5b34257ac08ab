"""Who gives way where the processor does not keep up, and that nobody does where it does."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.shedding import CALM, FACTORS, LoadShedding
from schemas.media import MICROSECONDS, SessionTime


def factors(losses: list[int], *, shedding: LoadShedding | None = None, first: float = 100.0) -> list[int]:
    """Of ten pictures a second, before each of which so many were lost."""
    followed = shedding or LoadShedding()
    times = (SessionTime(round((first + number / 10) * MICROSECONDS)) for number in range(len(losses)))
    return [followed.factor(at, lost) for at, lost in zip(times, losses, strict=True)]


def test_nothing_gives_way_while_nothing_is_lost() -> None:
    assert set(factors([0] * 100)) == {1}


def test_a_single_loss_now_and_then_is_no_overload() -> None:
    assert set(factors(([1] + [0] * 10) * 10)) == {1}


def test_more_and_more_gives_way_while_pictures_are_lost() -> None:
    assert factors([1, 1, 1, 1, 1, 1, 1]) == [1, 2, 2, 4, 4, 4, 4]
    assert factors([5, 0, 0]) == [2, 2, 2]


def test_step_by_step_it_comes_back_when_nothing_is_lost_any_more() -> None:
    said = factors([2, 2] + [0] * 120)
    assert said[1] == 4
    calm = round(CALM * 10)
    assert (said[1 + calm - 1], said[1 + calm], said[1 + 2 * calm - 1], said[1 + 2 * calm]) == (4, 2, 2, 1)


def test_under_a_load_that_stays_it_tries_to_come_back_more_and_more_seldom() -> None:
    shedding, tries, factor = LoadShedding(), [], 1
    for number in range(3000):  # five minutes in which the processor bears half of the pictures of the body and no more
        before, factor = factor, shedding.factor(SessionTime(number * MICROSECONDS // 10), 2 if factor == 1 else 0)
        if factor < before:
            tries.append(number / 10)
    waits = [after - before for before, after in pairwise(tries)]
    assert waits == sorted(waits)
    assert len(tries) <= 6
    assert waits[-1] > 10 * CALM


def test_once_the_load_is_gone_for_good_the_next_one_is_met_as_the_first() -> None:
    shedding = LoadShedding()
    factors([2, 0] + [0] * 60 + [2], shedding=shedding)
    calm = factors([0] * 600 + [2], shedding=shedding, first=107.0)
    assert (calm[0], calm[-2], calm[-1]) == (2, 1, 2)
    assert factors([0] * round(CALM * 10 + 1), shedding=shedding, first=168.0)[-1] == 1


def test_a_clock_that_falls_does_not_keep_it_from_coming_back() -> None:
    shedding = LoadShedding()
    assert factors([2], shedding=shedding, first=1000.0) == [2]
    assert factors([0] * 60, shedding=shedding, first=3.0)[-1] == 1


@given(st.lists(st.integers(0, 20), max_size=200))
def test_it_is_always_one_of_the_steps_and_never_jumps(losses: list[int]) -> None:
    said = [1, *factors(losses)]
    steps = [FACTORS.index(each) for each in said]
    assert all(abs(now - before) <= 1 for before, now in pairwise(steps))
