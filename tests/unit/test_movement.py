"""How much bodies move that move by known amounts."""

from dataclasses import replace
from math import pi, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.movement import MovementMeter
from schemas.body import Movement
from schemas.media import MICROSECONDS, SessionTime
from tests.unit.figure import torso
from tests.unit.swing import Moving, moving, swinging, waving


def observed(pictures: Moving) -> list[Movement | None]:
    meter = MovementMeter()
    return [meter.observe(at, each) for at, each in pictures]


def last(pictures: Moving) -> Movement:
    found = observed(pictures)[-1]
    assert found is not None
    return found


def test_one_picture_says_nothing_of_movement() -> None:
    assert observed([(SessionTime(0), torso())]) == [None]


def test_a_still_body_does_not_move() -> None:
    said = last(moving(lambda _: torso(), 5))
    assert (said.torso, said.arms, said.fidgeting) == (0, 0, 0)


@given(st.floats(0.1, 1))
def test_an_even_movement_has_its_speed(speed: float) -> None:
    said = last(moving(lambda at: torso(at=(0.3 + 0.2 * speed * 0.4 * at, 0.55)), 3))
    assert said.torso == pytest.approx(0.2 * speed)
    assert said.arms == pytest.approx(0.2 * speed)


@given(st.floats(0.02, 0.15), st.sampled_from([0.5, 1.0]))
def test_a_swing_has_the_speed_of_a_sine(amplitude: float, frequency: float) -> None:
    """Over whole periods; along the chords of its pictures it is a little less."""
    said = [each.torso for each in observed(moving(swinging(amplitude, frequency), 12))[5:] if each is not None]
    energy = sqrt(sum(each**2 for each in said) / len(said))
    assert energy == pytest.approx(amplitude * 2 * pi * frequency / sqrt(2), rel=0.1)


def test_arms_are_told_apart_from_the_torso() -> None:
    said = last(moving(waving(0.3, 1.0), 5))
    assert said.torso == 0
    assert said.arms is not None
    assert said.arms > 0.5


def test_arms_that_are_not_seen_are_not_told() -> None:
    hidden = replace(torso(), left_wrist=None, right_wrist=None)
    assert last([(SessionTime(0), hidden), (SessionTime(200_000), hidden)]).arms is None


@pytest.mark.parametrize("second", [-1, 0, 5])
def test_after_a_gap_or_a_jump_of_the_clock_it_begins_anew(second: int) -> None:
    before = (SessionTime(MICROSECONDS), torso())
    after = (SessionTime((1 + second) * MICROSECONDS), torso(at=(0.55, 0.55)))
    assert observed([before, after]) == [None, None]


@pytest.mark.parametrize("other", [torso(0.12, (0.1, 0.3)), torso(0.2)], ids=["elsewhere", "another size"])
def test_a_hop_to_somebody_else_is_no_movement(other: object) -> None:
    found = observed([(SessionTime(0), torso()), (SessionTime(200_000), other)])  # type: ignore[list-item]  # a torso
    assert found == [None, None]


def test_pictures_that_come_rarely_are_compared_nonetheless() -> None:
    said = last(moving(lambda at: torso(at=(0.4 + 0.04 * at, 0.55)), 3, rate=1))
    assert said.torso == pytest.approx(0.1)
    assert said.fidgeting is None
