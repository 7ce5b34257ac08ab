"""One second of body and hands, summed up: never more than was measured."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.body_window import body_window, hands_window
from dialogue.summary import NO_DETECTOR
from schemas.body import (
    BodyObservation,
    BodyWindow,
    Gesture,
    HandForm,
    HandsObservation,
    HandsWindow,
    Movement,
    Posture,
    SeenHand,
)
from schemas.media import SessionTime

AT = SessionTime(0)
POSTURE = Posture(shoulder_tilt=2.0, head_lean=-1.0, torso_lean=None, shoulder_width=0.4)
DARK = BodyObservation(AT, 0.0, "b/1", problem="too-dark")


def body(tilt: float = 2.0, speed: float = 0.1, fidgeting: float | None = None) -> BodyObservation:
    posture = replace(POSTURE, shoulder_tilt=tilt)
    return BodyObservation(AT, 0.9, "b/1", posture, Movement(speed, None, fidgeting))


def hand(gesture: Gesture | None = None, at_face: bool | None = False) -> SeenHand:
    return SeenHand(0.9, HandForm(gesture, 0.8, None), at_face)


def hands(left: SeenHand | None = None, right: SeenHand | None = None, rate: float | None = None) -> HandsObservation:
    return HandsObservation(AT, 0.9 if left or right else 0.0, "h/1", left=left, right=right, gesture_rate=rate)


def test_a_second_without_pictures_says_nothing() -> None:
    assert body_window([]) == BodyWindow(frames=0, presence=0.0, confidence=0.0, detector=NO_DETECTOR)
    assert hands_window([]) == HandsWindow(frames=0, confidence=0.0, detector=NO_DETECTOR)


def test_a_body_is_its_middle_and_its_energy() -> None:
    window = body_window([body(1, 0.3), body(2, 0.4), body(9, 0.0, fidgeting=0.5)])
    assert (window.frames, window.presence, window.confidence, window.detector) == (3, 1.0, 0.9, "b/1")
    assert (window.shoulder_tilt, window.head_lean) == (2.0, -1.0)
    assert window.torso_movement == pytest.approx(0.289, abs=0.001)
    assert (window.fidgeting, window.arm_movement) == (0.5, None)


def test_what_was_not_measured_is_none() -> None:
    window = body_window([body(), body()])
    assert (window.torso_lean, window.distance, window.slouch, window.drop) == (None, None, None, None)


def test_a_body_that_was_not_seen_is_absent_for_its_share() -> None:
    window = body_window([body(), DARK, DARK, DARK])
    assert (window.presence, window.shoulder_tilt, window.problem) == (0.25, 2.0, "too-dark")
    assert body_window([body(), body(), DARK]).problem is None


def test_hands_are_shares_of_the_pictures() -> None:
    window = hands_window(
        [
            hands(left=hand("fist")),
            hands(left=hand("fist"), right=hand("fist", at_face=True)),
            hands(right=hand("open-palm")),
            hands(rate=12.0),
        ]
    )
    assert (window.left_visible, window.right_visible) == (0.5, 0.5)
    assert window.at_face == 0.25
    assert window.gestures == {"fist": 0.5, "open-palm": 0.25}
    assert (window.gesture_rate, window.confidence, window.problem) == (12.0, 0.9, None)


def test_a_hand_without_a_face_to_compare_tells_nothing_of_faces() -> None:
    assert hands_window([hands(left=hand(at_face=None))]).at_face is None
    assert hands_window([hands(left=hand(at_face=None)), hands()]).at_face == 0.0


def test_a_picture_that_could_not_be_looked_at_is_no_picture_without_hands() -> None:
    dark = HandsObservation(AT, 0.0, "h/1", looked=False, problem="too-dark")
    window = hands_window([dark, dark, hands(left=hand())])
    assert (window.left_visible, window.right_visible, window.problem) == (1.0, 0.0, "too-dark")
    assert hands_window([dark]).left_visible is None


@given(st.lists(st.builds(body, st.floats(-90, 90), st.floats(0, 9), st.none() | st.floats(0, 3)) | st.just(DARK)))
def test_every_second_of_a_body_has_a_sound_window(observations: list[BodyObservation]) -> None:
    window = body_window(observations)
    assert 0 <= window.presence <= 1
    assert (window.shoulder_tilt is None) == (window.presence == 0)
    tilts = [each.posture.shoulder_tilt for each in observations if each.posture]
    assert window.shoulder_tilt is None or min(tilts) - 0.001 <= window.shoulder_tilt <= max(tilts) + 0.001


@given(st.lists(st.builds(hands, st.none() | st.builds(hand, st.sampled_from(["fist", "three", None])))))
def test_every_second_of_hands_has_shares(observations: list[HandsObservation]) -> None:
    window = hands_window(observations)
    assert all(0 < share <= 1 for share in window.gestures.values())
    assert sum(window.gestures.values()) <= (window.left_visible or 0) + 0.01
