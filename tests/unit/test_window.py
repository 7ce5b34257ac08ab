"""One second summed up: shares and medians stay within what was observed, and nothing measured means None."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.summary import NO_DETECTOR
from dialogue.window import age_gender, body_windows, expression_window, sight_window
from schemas.body import BodyObservation, HandsObservation, Movement, Posture, SeenHand, Watched
from schemas.ids import ParticipantId
from schemas.media import SessionTime
from schemas.observation import ExpressionObservation, Expressions, FaceObservation, Gaze, HeadPose
from schemas.seen import AgeGenderEstimate, Seen

WHO = ParticipantId("someone")
angles = st.floats(-90, 90)
shares = st.floats(0, 1)
poses = st.builds(HeadPose, angles, angles, angles)
gazes = st.builds(Gaze, angles, angles, st.none() | st.booleans(), shares)


@st.composite
def faces(draw: st.DrawFn) -> FaceObservation:
    """An observation as a detector makes them: pose and gaze only with a face."""
    face = draw(st.booleans())
    return FaceObservation(
        at=SessionTime(draw(st.integers(0, 999_999))),
        face=face,
        confidence=draw(shares),
        detector="d/1",
        pose=draw(st.none() | poses) if face else None,
        gaze=draw(st.none() | gazes) if face else None,
        problem=draw(st.sampled_from([None, "too-dark", "unreadable"])),
    )


def seen(
    *, face: bool = True, pose: HeadPose | None = None, gaze: Gaze | None = None, problem: str | None = None
) -> Seen:
    face_seen = FaceObservation(
        at=SessionTime(0), face=face, confidence=0.9, detector="d/1", pose=pose, gaze=gaze, problem=problem
    )
    return Seen(face_seen)


@given(st.lists(faces(), max_size=30), st.integers(0, 100))
def test_a_sight_window_stays_within_what_was_observed(observations: list[FaceObservation], dropped: int) -> None:
    window = sight_window(WHO, 7, list(map(Seen, observations)), dropped)
    assert (window.participant, window.second, window.frames, window.dropped) == (WHO, 7, len(observations), dropped)
    assert 0 <= window.presence <= 1
    assert 0 <= window.confidence <= 1
    assert window.toward_screen is None or 0 <= window.toward_screen <= 1
    yaws = [o.pose.yaw for o in observations if o.pose]
    if yaws:
        assert window.yaw is not None
        assert min(yaws) - 0.01 <= window.yaw <= max(yaws) + 0.01
    else:
        assert (window.yaw, window.pitch, window.roll) == (None, None, None)
    assert (window.gaze_horizontal is None) == all(o.gaze is None for o in observations)


@given(st.lists(faces(), min_size=1, max_size=20), st.randoms())
def test_order_within_the_second_changes_nothing(observations: list[FaceObservation], random: object) -> None:
    shuffled = list(observations)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis types its Random as object
    first, second = (sight_window(WHO, 0, list(map(Seen, order)), 0) for order in (observations, shuffled))
    exact = {"confidence", "gaze_confidence"}
    assert first.model_dump(exclude=exact) == second.model_dump(exclude=exact)
    assert first.confidence == pytest.approx(second.confidence, abs=0.002)


def test_a_second_without_pictures_says_so() -> None:
    window = sight_window(WHO, 3, [], dropped=4)
    assert (window.frames, window.dropped, window.presence, window.confidence) == (0, 4, 0.0, 0.0)
    assert window.detector == NO_DETECTOR
    assert (window.yaw, window.gaze_horizontal, window.toward_screen, window.problem) == (None, None, None, None)


def test_an_outlier_does_not_move_the_median() -> None:
    turns = [HeadPose(yaw, 0, 0) for yaw in (10, 11, 12, 80)]
    assert sight_window(WHO, 0, [seen(pose=pose) for pose in turns], 0).yaw == 11.5


def test_toward_screen_is_the_share_of_the_judged_pictures() -> None:
    judged = [True, True, True, False, None]
    window = sight_window(WHO, 0, [seen(gaze=Gaze(0, 0, toward, 0.5)) for toward in judged], 0)
    assert window.toward_screen == 0.75


def test_toward_screen_is_none_before_calibration() -> None:
    assert sight_window(WHO, 0, [seen(gaze=Gaze(1, 2, None, 0.5))], 0).toward_screen is None


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (["too-dark", None, None], None),
        (["too-dark", "too-dark", None, None], "too-dark"),
        (["too-dark", "unreadable", "unreadable"], "unreadable"),
        (["unreadable", "too-dark"], "too-dark"),
    ],
)
def test_a_problem_is_named_from_half_of_the_pictures_on(codes: list[str | None], expected: str | None) -> None:
    assert sight_window(WHO, 0, [seen(face=False, problem=code) for code in codes], 0).problem == expected


FACE = FaceObservation(at=SessionTime(0), face=True, confidence=0.9, detector="d/1")
LOOK = ExpressionObservation(SessionTime(0), 0.5, "look/1", Expressions(0.5, 0.2, 0.1, 0.1, 0.05, 0.02))


def test_body_and_hands_are_two_events_and_none_where_nobody_looked() -> None:
    body = BodyObservation(SessionTime(0), 0.8, "body/1", Posture(2.0, -3.0, None, 0.4), Movement(0.1, None, None))
    hands = HandsObservation(SessionTime(0), 0.7, "hands/1", left=SeenHand(0.7, None, True))
    posture, hand = body_windows(WHO, 5, [Seen(FACE, body=Watched(body, hands)), Seen(FACE)])
    assert (posture.second, posture.pictures, posture.presence) == (5, 1, 1.0)  # type: ignore[union-attr]  # as below
    assert (posture.shoulder_tilt, posture.head_lean, posture.torso_movement) == (2.0, -3.0, 0.1)  # type: ignore[union-attr]  # the first is the posture
    assert (hand.left_visible, hand.right_visible, hand.at_face) == (1.0, 0.0, 1.0)  # type: ignore[union-attr]  # the second is the hands
    assert body_windows(WHO, 5, [Seen(FACE)]) == ()


def test_an_expression_is_told_only_where_one_was_judged() -> None:
    [told] = expression_window(WHO, 5, [Seen(FACE, expression=LOOK), Seen(FACE)])
    assert (told.pictures, told.neutral, told.fear) == (1, 0.5, 0.02)
    nothing = ExpressionObservation(SessionTime(0), 0.0, "look/1", problem="no-face")
    assert expression_window(WHO, 5, [Seen(FACE, expression=nothing)]) == ()
    assert expression_window(WHO, 5, [Seen(FACE)]) == ()


def test_age_and_gender_are_told_once_they_are_steady() -> None:
    steady = AgeGenderEstimate(31.0, 6.0, 0.7, 30, True, "age/1")
    [told] = age_gender(WHO, 5, [Seen(FACE), Seen(FACE, estimate=steady)])
    assert (told.years, told.spread, told.female, told.pictures) == (31.0, 6.0, 0.7, 30)
    assert age_gender(WHO, 5, [Seen(FACE, estimate=replace(steady, steady=False))]) == ()
