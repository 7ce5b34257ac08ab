"""Strokes of hands that move by known amounts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.strokes import SHORTEST, StrokeCounter, strokes
from actors.detectors.torso import Torso
from schemas.media import MICROSECONDS, SessionTime
from tests.unit.figure import torso
from tests.unit.swing import Moving, moving, swinging, waving


def rate(pictures: Moving) -> float | None:
    counter = StrokeCounter()
    return [counter.observe(at, each) for at, each in pictures][-1]


def raised(begin: float, end: float) -> Moving:
    """Twelve seconds in which both hands are up from `begin` to `end`."""

    def place(at: float) -> Torso:
        still = torso()
        assert still.left_wrist is not None
        assert still.right_wrist is not None
        up = 0.2 if begin <= at < end else 0.0
        (lx, ly), (rx, ry) = still.left_wrist, still.right_wrist
        return replace(still, left_wrist=(lx - up, ly - up), right_wrist=(rx + up, ry - up))

    return moving(place, 12)


def test_raising_and_lowering_both_hands_are_two_strokes() -> None:
    assert [end / MICROSECONDS for end in strokes(raised(3, 5))] == pytest.approx([3, 5])
    assert rate(raised(3, 5)) == pytest.approx(2 * 60 / 12)


@given(st.floats(0.4, 0.5), st.sampled_from([0.5, 0.75, 1.0]))
def test_waving_up_and_down_is_two_strokes_a_wave(amplitude: float, frequency: float) -> None:
    assert rate(moving(waving(amplitude, frequency), 30)) == pytest.approx(2 * 60 * frequency, rel=0.06)


def test_small_and_slow_movements_are_none() -> None:
    assert rate(moving(waving(0.1, 1), 30)) == 0
    assert rate(moving(waving(0.5, 0.05), 30)) == 0


def test_hands_that_swing_with_the_body_make_none() -> None:
    assert rate(moving(swinging(0.4, 0.7), 30)) == 0


def test_a_rate_needs_ten_seconds() -> None:
    assert rate(moving(waving(0.4, 1), SHORTEST - 0.5)) is None
    assert rate(moving(waving(0.4, 1), SHORTEST)) is not None


def test_hands_that_are_not_seen_make_none() -> None:
    hidden = replace(torso(), left_wrist=None, right_wrist=None)
    assert rate(moving(lambda _: hidden, 12)) == 0


def test_a_hand_that_comes_back_elsewhere_made_no_stroke() -> None:
    pictures = raised(5, 20)
    gone = [
        (at, replace(each, left_wrist=None, right_wrist=None) if 4 < at / 1e6 < 6 else each) for at, each in pictures
    ]
    assert strokes(gone) == []


def test_a_clock_that_jumps_back_begins_anew() -> None:
    counter = StrokeCounter()
    for at, each in moving(waving(0.4, 1), 20):
        counter.observe(at, each)
    assert counter.observe(SessionTime(0), torso()) is None
