"""One second summed up: shares and medians stay within what was observed, and nothing measured means None."""

from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.summary import NO_DETECTOR
from dialogue.window import SILENCE, prosody_window, sight_window
from schemas.ids import ParticipantId
from schemas.media import SessionTime
from schemas.observation import FaceObservation, Gaze, HeadPose, SoundObservation

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


sounds = st.builds(
    SoundObservation,
    at=st.integers(0, 999_999).map(SessionTime),
    duration=st.floats(0.001, 0.1),
    loudness=st.floats(-100, 0),
    clipped=shares,
    detector=st.just("d/1"),
)


def seen(
    *, face: bool = True, pose: HeadPose | None = None, gaze: Gaze | None = None, problem: str | None = None
) -> FaceObservation:
    return FaceObservation(
        at=SessionTime(0), face=face, confidence=0.9, detector="d/1", pose=pose, gaze=gaze, problem=problem
    )


def heard(duration: float, loudness: float, clipped: float = 0.0) -> SoundObservation:
    return SoundObservation(SessionTime(0), duration, loudness, clipped, "d/1")


@given(st.lists(faces(), max_size=30), st.integers(0, 100))
def test_a_sight_window_stays_within_what_was_observed(observations: list[FaceObservation], dropped: int) -> None:
    window = sight_window(WHO, 7, observations, dropped)
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
    first, second = sight_window(WHO, 0, observations, 0), sight_window(WHO, 0, shuffled, 0)
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


@given(st.lists(sounds, min_size=1, max_size=20))
def test_loudness_lies_between_the_quietest_and_the_loudest(observations: list[SoundObservation]) -> None:
    window = prosody_window(WHO, 2, observations)
    levels = [o.loudness for o in observations]
    assert min(levels) - 0.01 <= window.loudness <= max(levels) + 0.01
    assert 0 <= window.clipped <= 1
    assert window.heard == pytest.approx(min(1, sum(o.duration for o in observations)), abs=0.001)


def test_loudness_is_the_mean_of_power_and_not_of_decibels() -> None:
    assert prosody_window(WHO, 0, [heard(0.5, 0.0), heard(0.5, -100.0)]).loudness == pytest.approx(
        10 * log10(0.5), abs=0.01
    )


def test_clipping_is_weighted_by_duration() -> None:
    assert prosody_window(WHO, 0, [heard(0.75, -10, 0.0), heard(0.25, -10, 1.0)]).clipped == 0.25


def test_a_second_without_sound_says_so() -> None:
    window = prosody_window(WHO, 0, [])
    assert (window.loudness, window.clipped, window.heard, window.detector) == (SILENCE, 0.0, 0.0, NO_DETECTOR)
