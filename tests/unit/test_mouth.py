"""How far lips are apart, and what their movement says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.mouth import EVEN, MouthMovement, opening, speaking
from schemas.media import Floats, SessionTime


def face(gap: float, *, size: float = 80.0) -> Floats:
    """Lips `gap` pixels apart below eyes whose outer corners are `size` pixels apart."""
    lips = [(x, y, 5.0) for x in (0.0, -6.0, 6.0) for y in (gap / 2 - 60, -gap / 2 - 60)]
    return np.array([*lips, (-size / 2, 0, 0), (size / 2, 0, 0)])


@given(st.floats(0, 40), st.floats(0.4, 3))
def test_the_opening_is_a_share_of_the_face_at_any_distance(gap: float, scale: float) -> None:
    assert opening(face(gap) * scale) == pytest.approx(gap / 80)


def test_a_small_face_has_none() -> None:
    assert opening(face(1, size=15)) is None


def told(openings: list[float], every: int = 100_000) -> list[float | None]:
    movement = MouthMovement()
    return [movement.take(SessionTime(number * every), each) for number, each in enumerate(openings)]


def test_lips_at_rest_do_not_move_however_far_they_are_apart() -> None:
    assert told([0.1] * 10)[-1] == pytest.approx(0)


def test_lips_that_open_and_shut_move_by_half_of_it() -> None:
    assert told([0.0, 0.1] * 6, every=50_000)[-1] == pytest.approx(0.05)


def test_movement_is_unknown_until_most_of_the_window_was_seen() -> None:
    found = told([0.1] * 8)
    assert found[:3] == [None] * 3
    assert None not in found[3:]


def test_movement_is_forgotten_when_the_lips_rest_and_after_a_gap() -> None:
    assert told([0.0, 0.1] * 5 + [0.1] * 5)[-1] == pytest.approx(0)
    movement = MouthMovement()
    assert [movement.take(SessionTime(at), 0.1) for at in (0, 100_000, 200_000, 9_000_000)][-1] is None


@given(st.floats(0, 1), st.floats(0, 1))
def test_speech_grows_more_probable_with_movement(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert 0 <= speaking(less) <= speaking(more) <= 1


def test_there_is_a_movement_at_which_it_may_be_either() -> None:
    assert speaking(EVEN) == pytest.approx(0.5)
    assert speaking(0) == 0
