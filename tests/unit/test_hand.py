"""What the fingers of hands form that were made with known ones."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from actors.detectors.hand import at_face, form
from infra.models.hands import Hand
from schemas.body import Gesture
from schemas.media import Floats
from schemas.observation import Box
from tests.unit.figure import hand

FACE = Box(0.4, 0.2, 0.6, 0.5)
FORMS: dict[str, Gesture] = {
    "-----": "fist",
    "-|---": "pointing",
    "-||--": "victory",
    "-|||-": "three",
    "|||--": "three",
    "-||||": "four",
    "|||||": "open-palm",
    "|----": "thumb-up",
}


def spun(seen: Hand, angles: tuple[float, float, float]) -> Hand:
    """Turned in space about its three axes, as the hand of another pose."""
    a, b, c = angles
    turn = (
        np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
        @ np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
        @ np.array([[1, 0, 0], [0, np.cos(c), -np.sin(c)], [0, np.sin(c), np.cos(c)]])
    )
    return Hand(seen.points, seen.space @ turn.T, seen.score, seen.side, seen.side_score)


@pytest.mark.parametrize("fingers", list(product("|-", repeat=5)), ids="".join)
def test_a_form_is_what_its_fingers_are(fingers: tuple[str, ...]) -> None:
    said = form(hand([finger == "|" for finger in fingers]), 320, 240)
    assert said is not None
    assert said.gesture == FORMS.get("".join(fingers))
    assert said.fingers == fingers.count("|")
    assert 0.5 < said.confidence <= 0.98


@given(st.sampled_from(sorted(FORMS)), st.tuples(*[st.floats(-3.1, 3.1)] * 3))
def test_how_the_hand_is_held_does_not_matter(fingers: str, angles: tuple[float, float, float]) -> None:
    said = form(spun(hand([finger == "|" for finger in fingers]), angles), 320, 240)
    assert said is not None
    assert said.gesture == FORMS[fingers]


def test_a_thumb_that_points_down_is_not_up() -> None:
    said = form(hand([True, False, False, False, False], thumb_up=False), 320, 240)
    assert said is not None
    assert (said.gesture, said.fingers) == (None, 1)


def test_half_bent_fingers_form_nothing() -> None:
    half = hand([True] * 5)
    half.space[5:9] = half.space[5] + np.array([(0, 0, 0), (0, -0.037, -0.026), (0, -0.04, -0.05), (0, -0.035, -0.069)])
    said = form(half, 320, 240)
    assert said is not None
    assert (said.gesture, said.fingers) == (None, None)
    assert said.confidence < 0.5


def test_the_fingers_of_a_far_hand_cannot_be_told() -> None:
    assert form(hand([True] * 5, size=0.06), 320, 240) is None


@given(
    arrays(np.float64, (21, 3), elements=st.floats(-0.2, 0.2)), arrays(np.float64, (21, 2), elements=st.floats(-1, 2))
)
def test_any_points_are_answered(space: Floats, points: Floats) -> None:
    strange = Hand(points, space, 0.9, "left", 0.9)
    said = form(strange, 320, 240)
    assert said is None or 0 <= said.confidence <= 0.9
    assert at_face(strange, FACE, 320, 240) in (True, False)


def test_a_hand_on_the_face_is_told_from_one_beside_it() -> None:
    assert at_face(hand([True] * 5, size=0.25, at=(0.5, 0.6)), FACE, 320, 240)
    assert not at_face(hand([True] * 5, size=0.25, at=(0.9, 0.6)), FACE, 320, 240)


def test_a_hand_far_before_the_face_is_not_on_it() -> None:
    assert not at_face(hand([True] * 5, size=0.8, at=(0.5, 0.6)), FACE, 320, 240)


def test_no_hand_is_on_a_face_without_size() -> None:
    assert not at_face(hand([True] * 5), Box(0.5, 0.5, 0.5, 0.5), 320, 240)
