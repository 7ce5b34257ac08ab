"""Small movements there and back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.fidgeting import LARGE, REPEATED, SMALL, SPAN, fidgeting
from tests.unit.figure import torso
from tests.unit.swing import WIDTH, moving, swinging, waving

amplitudes = st.floats(SMALL * 0.7, LARGE * 0.45)
frequencies = st.floats(0.5, 1.5)


@given(amplitudes, frequencies)
def test_a_small_swing_is_counted(amplitude: float, frequency: float) -> None:
    found = fidgeting(moving(swinging(amplitude, frequency), SPAN), WIDTH)
    assert found == pytest.approx(frequency, abs=1 / SPAN + 0.01)


@given(amplitudes, frequencies)
def test_a_hand_may_fidget_alone(amplitude: float, frequency: float) -> None:
    found = fidgeting(moving(waving(amplitude, frequency), SPAN), WIDTH)
    assert found == pytest.approx(frequency, abs=1 / SPAN + 0.01)


@given(st.floats(0, SMALL * 0.45) | st.floats(LARGE * 0.65, 0.4), st.floats(0.3, 1.0))
def test_unrest_and_great_movements_are_no_fidgeting(amplitude: float, frequency: float) -> None:
    found = fidgeting(moving(swinging(amplitude, frequency), SPAN), WIDTH)
    assert found is not None
    assert found * 2 * SPAN <= REPEATED + 0.1


def test_one_small_movement_is_not_repeated() -> None:
    found = fidgeting(moving(lambda at: torso(at=(0.54 if 1 < at < 2 else 0.5, 0.55)), SPAN), WIDTH)
    assert found == 0


def test_too_short_and_too_rare_pictures_tell_nothing() -> None:
    assert fidgeting([], WIDTH) is None
    assert fidgeting(moving(swinging(0.1, 1), 2), WIDTH) is None
    assert fidgeting(moving(swinging(0.1, 1), SPAN, rate=2), WIDTH) is None


def test_a_hand_that_is_seen_now_and_then_tells_nothing() -> None:
    pictures = moving(waving(0.1, 1), SPAN)
    seldom = [(at, replace(each, right_wrist=None) if n % 2 else each) for n, (at, each) in enumerate(pictures)]
    assert fidgeting(seldom, WIDTH) == 0
