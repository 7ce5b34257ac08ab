"""One second of pictures, summed up for the record.

A window is what is kept of a second; the observations themselves are not. A value is None where nothing was measured,
never a guess.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from dialogue.body_window import body_window, hands_window
from dialogue.face_window import expression_second, face_second
from dialogue.summary import NO_DETECTOR, mean, middle, prevailing, rounded, share
from schemas.ids import ParticipantId
from schemas.seen import Seen
from schemas.signals import AgeGenderObserved, ExpressionObserved, HandsObserved, PostureObserved, SightObserved

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def sight_window(participant: ParticipantId, second: int, observations: Sequence[Seen], dropped: int) -> SightObserved:
    """Sum up the pictures of one second: shares over all pictures, medians over those in which a value was measured."""
    faces = [seen.face for seen in observations]
    poses = [face.pose for face in faces if face.pose is not None]
    gazes = [face.gaze for face in faces if face.gaze is not None]
    lids_and_lips = face_second(faces)
    return SightObserved(
        participant=participant,
        second=second,
        frames=len(faces),
        dropped=dropped,
        presence=share([face.face for face in faces]) or 0.0,
        confidence=mean([face.confidence for face in faces]) or 0.0,
        yaw=middle((pose.yaw for pose in poses), 2),
        pitch=middle((pose.pitch for pose in poses), 2),
        roll=middle((pose.roll for pose in poses), 2),
        gaze_horizontal=middle((gaze.horizontal for gaze in gazes), 2),
        gaze_vertical=middle((gaze.vertical for gaze in gazes), 2),
        gaze_confidence=mean([gaze.confidence for gaze in gazes]),
        toward_screen=share([gaze.toward_screen for gaze in gazes if gaze.toward_screen is not None]),
        eye_openness=lids_and_lips.openness,
        blinks=lids_and_lips.blinks,
        blink_rate=lids_and_lips.blink_rate,
        mouth_moves=lids_and_lips.mouth_moves,
        problem=prevailing([face.problem for face in faces]),
        detector=faces[-1].detector if faces else NO_DETECTOR,
    )


def body_windows(
    participant: ParticipantId, second: int, observations: Sequence[Seen]
) -> Sequence[PostureObserved | HandsObserved]:
    """Sum up posture, movement and hands; nothing where nobody looked at them."""
    watched = [seen.body for seen in observations if seen.body is not None]
    if not watched:
        return ()
    body, hands = body_window([each.body for each in watched]), hands_window([each.hands for each in watched])
    whose = {"participant": participant, "second": second}
    return (
        PostureObserved(**whose, pictures=body.frames, **_without(body, "frames")),
        HandsObserved(**whose, pictures=hands.frames, **_without(hands, "frames")),
    )


def expression_window(
    participant: ParticipantId, second: int, observations: Sequence[Seen]
) -> Sequence[ExpressionObserved]:
    """Sum up the look on a face; nothing where none was judged."""
    said = expression_second([seen.expression for seen in observations if seen.expression is not None])
    if said is None or said.expressions is None:
        return ()
    return (
        ExpressionObserved(
            participant=participant,
            second=second,
            pictures=said.pictures,
            confidence=said.confidence,
            **asdict(said.expressions),
            detector=said.detector,
        ),
    )


def age_gender(participant: ParticipantId, second: int, observations: Sequence[Seen]) -> Sequence[AgeGenderObserved]:
    """The estimate of age and gender, once it is steady."""
    steady = [seen.estimate for seen in observations if seen.estimate is not None and seen.estimate.steady]
    if not steady:
        return ()
    said = steady[-1]
    return (
        AgeGenderObserved(
            participant=participant,
            second=second,
            years=rounded(said.years, 1),
            spread=rounded(said.spread, 1),
            female=rounded(said.female, 3),
            pictures=said.pictures,
            detector=said.detector,
        ),
    )


def _without(values: "DataclassInstance", field: str) -> dict[str, Any]:
    return {name: value for name, value in asdict(values).items() if name != field}
