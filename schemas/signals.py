"""Facts about one second of what was seen and heard of a participant: windows, not single pictures."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from schemas.body import Gesture
from schemas.fact import Fact
from schemas.ids import ParticipantId
from schemas.observation import VoiceEmotion


class Values(BaseModel):
    """What one second says, without whose it is and which: the part of a fact that a screen shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SightSecond(Values):
    """What was seen in one second. Angles are medians in degrees; what was not measured is None."""

    frames: int
    """Pictures analysed in this second."""
    dropped: int
    """Pictures that arrived and were superseded by a newer one before they were analysed."""
    presence: float
    """Share of the pictures with a face, 0..1."""
    confidence: float
    """Mean confidence of the detector in what it says about presence, 0..1."""
    yaw: float | None = None
    pitch: float | None = None
    roll: float | None = None
    gaze_horizontal: float | None = None
    gaze_vertical: float | None = None
    gaze_confidence: float | None = None
    toward_screen: float | None = None
    """Share of the pictures with open eyes in which the gaze is towards the screen; None before calibration."""
    eye_openness: float | None = None
    """Median: 1 open, about 0.2 shut."""
    blinks: int | None = None
    """That ended in this second."""
    blink_rate: float | None = None
    """Per minute, over the last minute."""
    mouth_moves: float | None = None
    """Share of the pictures in which the mouth moves as one that speaks, 0..1."""
    problem: str | None = None


class SightObserved(SightSecond, Fact):
    """One second of what the camera saw of a participant. Angles are medians in degrees."""

    schema_version: ClassVar[int] = 2

    type: Literal["sight.observed"] = "sight.observed"
    participant: ParticipantId
    second: int
    detector: str


class ExpressionSecond(Values):
    """Means over the pictures of a second that were judged; see `schemas.observation.Expressions`."""

    pictures: int
    """How many were judged."""
    confidence: float
    """Mean, 0..1."""
    neutral: float
    joy: float
    sadness: float
    anger: float
    surprise: float
    fear: float


class ExpressionObserved(ExpressionSecond, Fact):
    """One second of what people would call the look on a participant's face: means over the pictures that were judged.

    See `schemas.observation.Expressions`.
    """

    type: Literal["expression.observed"] = "expression.observed"
    participant: ParticipantId
    second: int
    detector: str


class AgeGenderValues(Values):
    """How old a face looks and how people would call it, by all pictures so far."""

    years: float
    spread: float
    """Years: standard deviation of the error to be expected."""
    female: float
    """Probability that people would call the face a woman's, 0..1."""
    pictures: int


class AgeGenderObserved(AgeGenderValues, Fact):
    """The estimate of a participant's age and gender is steady."""

    type: Literal["age-gender.observed"] = "age-gender.observed"
    participant: ParticipantId
    second: int
    detector: str


class PostureSecond(Values):
    """How somebody sat and moved in one second; see `schemas.body`. Angles in degrees, lengths in shoulder widths."""

    pictures: int
    presence: float
    """Share of the pictures with a posture, 0..1."""
    confidence: float
    shoulder_tilt: float | None = None
    head_lean: float | None = None
    torso_lean: float | None = None
    distance: float | None = None
    """Against the usual: 1 as usual, 0.8 a fifth nearer."""
    slouch: float | None = None
    """How much lower the head is than usual, in usual shoulder widths; below 0 where it is raised."""
    drop: float | None = None
    torso_movement: float | None = None
    """Shoulder widths per second."""
    arm_movement: float | None = None
    fidgeting: float | None = None
    """Small movements there and back per second."""
    problem: str | None = None


class PostureObserved(PostureSecond, Fact):
    """One second of a participant's posture and movement."""

    type: Literal["posture.observed"] = "posture.observed"
    participant: ParticipantId
    second: int
    detector: str


class HandsSecond(Values):
    """What hands did in one second; see `schemas.body`. Shares are 0..1."""

    pictures: int
    confidence: float
    left_visible: float | None = None
    right_visible: float | None = None
    at_face: float | None = None
    gestures: Mapping[Gesture, float] = {}
    """The share of the pictures in which a hand had each form that occurred."""
    gesture_rate: float | None = None
    """Strokes per minute."""
    problem: str | None = None


class HandsObserved(HandsSecond, Fact):
    """One second of a participant's hands."""

    type: Literal["hands.observed"] = "hands.observed"
    participant: ParticipantId
    second: int
    detector: str


class ProsodySecond(Values):
    """How somebody sounded in one second. What could not be measured is None."""

    loudness: float
    """dBFS over the second."""
    clipped: float
    heard: float
    """Seconds of sound that arrived, 0..1."""
    loudness_above_usual: float | None = None
    """dB above the person's own usual speech."""
    speech: float | None = None
    """Share of the second with speech, 0..1."""
    speech_confidence: float | None = None
    pitch: float | None = None
    """Hz, the median of the voiced time."""
    pitch_low: float | None = None
    """Hz; a tenth of the voiced time lies below."""
    pitch_high: float | None = None
    """Hz; a tenth of the voiced time lies above."""
    pitch_above_usual: float | None = None
    """Semitones above the person's own usual pitch."""
    pitch_confidence: float | None = None
    contour: tuple[float | None, ...] = ()
    """Hz, the medians of tenths of the second; None where there was no voice."""
    rate: float | None = None
    """Syllables per second over the last ten seconds, pauses left out."""
    rate_confidence: float | None = None
    pauses: tuple[float, ...] = ()
    """Seconds of each pause that ended in this second."""
    jitter: float | None = None
    """Share of the period."""
    shimmer: float | None = None
    """Share of the height."""
    harmonicity: float | None = None
    """dB."""
    usual_known: bool = False
    """Whether the person's baseline was learnt."""
    problem: str | None = None
    """What was wrong with the sound, as a code (`empty`, `silent`, `clipped`)."""


class ProsodyObserved(ProsodySecond, Fact):
    """One second of how a participant sounded. What could not be measured is None."""

    schema_version: ClassVar[int] = 2

    type: Literal["prosody.observed"] = "prosody.observed"
    participant: ParticipantId
    second: int
    detector: str


class VoiceEmotionSecond(Values):
    """One second in the words of the nine-emotion map; not what a person feels."""

    confidence: float
    probabilities: Mapping[VoiceEmotion, float]
    """One for each of the nine, summing to 1."""


class VoiceEmotionObserved(VoiceEmotionSecond, Fact):
    """One second in the words of the nine-emotion map (`actors.detectors.voice_emotion`), not what a person feels."""

    type: Literal["voice-emotion.observed"] = "voice-emotion.observed"
    participant: ParticipantId
    second: int
    detector: str


Signal = (
    SightObserved
    | ExpressionObserved
    | AgeGenderObserved
    | PostureObserved
    | HandsObserved
    | ProsodyObserved
    | VoiceEmotionObserved
)


def shown(fact: Signal) -> dict[str, Any]:
    """The values of a fact, without those that are None, as JSON has them."""
    return fact.model_dump(mode="json", exclude_none=True, exclude={"type", "participant", "second", "detector"})
