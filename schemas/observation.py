"""What a detector saw or heard at one moment. A value that could not be measured is None, never a guess."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from schemas.media import SessionTime


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in fractions of the picture's width and height, 0..1 from the top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class HeadPose:
    """Rotation of the head against the camera, in degrees; (0, 0, 0) looks straight into it.

    Yaw is positive when the person turns to their own left (the picture's right), pitch is positive upwards,
    roll is positive when the head tilts towards the person's own left shoulder.
    """

    yaw: float
    pitch: float
    roll: float


@dataclass(frozen=True, slots=True)
class Gaze:
    """Direction of the eyes, in degrees, with the same signs as `HeadPose`."""

    horizontal: float
    vertical: float
    toward_screen: bool | None
    """Whether the person looks at the screen, judged against their own resting gaze; None until that is learnt."""
    confidence: float
    """0..1."""


@dataclass(frozen=True, slots=True)
class RestingGaze:
    """Where a person's eyes rest while they look at the screen, in degrees: the zero of `Gaze.toward_screen`."""

    horizontal: float
    vertical: float
    samples: int
    """How many frames it was learnt from."""


@dataclass(frozen=True, slots=True)
class Eyes:
    """How far the lids are apart."""

    ratio: float
    """Eye aspect ratio: the gap between the lids, in lengths of the eye."""
    openness: float | None = None
    """The ratio against that of the person's own open eye: 1 open, about 0.2 shut, at most 1.5; None until that is
    known."""
    blink: float | None = None
    """Seconds that the lids were shut, where this picture is the first after a blink."""
    blink_rate: float | None = None
    """Blinks per minute over the last minute; None until enough of it was seen."""


@dataclass(frozen=True, slots=True)
class Mouth:
    """How the lips move."""

    opening: float
    """Gap between the lips, in distances between the outer corners of the eyes."""
    movement: float | None = None
    """Standard deviation of the opening over the last half second; None until that was seen."""
    speaking: float | None = None
    """How probable it is, by the movement alone, that the person speaks, 0..1."""


@dataclass(frozen=True, slots=True)
class FaceObservation:
    """What one picture says about the face in it."""

    at: SessionTime
    face: bool
    confidence: float
    """0..1: how sure the detector is of `face`."""
    detector: str
    """Name and version of what made this observation."""
    media_time: int = 0
    box: Box | None = None
    pose: HeadPose | None = None
    gaze: Gaze | None = None
    problem: str | None = None
    """What is wrong, as a code, or None. With the picture: `too-dark`, `unreadable`, `frozen`; with the face in it:
    `out-of-frame`, `upside-down`, `two-faces`; with its time: `clock-jump`. Only with the last two is the face
    described none the less."""
    eyes: Eyes | None = None
    mouth: Mouth | None = None


@dataclass(frozen=True, slots=True)
class SoundObservation:
    """What a short piece of sound says."""

    at: SessionTime
    duration: float
    """Seconds."""
    loudness: float
    """Root mean square in dBFS (0 is a full-scale square wave, EBU Tech 3341), not below -100."""
    clipped: float
    """Share of samples at full scale, 0..1."""
    detector: str


@dataclass(frozen=True, slots=True)
class PitchObservation:
    """The tone of a voice over a span of sound. Values are None where too little voice was heard."""

    at: SessionTime
    duration: float
    """Seconds."""
    confidence: float
    """0..1: how periodic the voiced frames were (mean normalised autocorrelation); 0 where there are no values."""
    detector: str
    voiced: float = 0.0
    """Share of the time in which the vocal folds swung, 0..1."""
    median: float | None = None
    """Hz."""
    low: float | None = None
    """Hz; a tenth of the voiced time lies below."""
    high: float | None = None
    """Hz; a tenth of the voiced time lies above."""
    contour: tuple[float | None, ...] = ()
    """Hz every 10 ms from `at` on; None where there was no voice."""
    problem: str | None = None
    """What is wrong with the sound, as a code (`empty`, `silent`, `clipped`), or None."""


@dataclass(frozen=True, slots=True)
class SpeechObservation:
    """Whether somebody spoke in a span of sound."""

    at: SessionTime
    duration: float
    """Seconds."""
    confidence: float
    """0..1: the mean distance of the speech probability from a coin's, twice."""
    detector: str
    speech: float = 0.0
    """Share of the time with speech, 0..1."""
    segments: tuple[tuple[SessionTime, SessionTime], ...] = ()
    """Start and end of each piece of speech."""
    problem: str | None = None
    """What is wrong with the sound, as a code (`empty`, `silent`, `clipped`), or None."""


@dataclass(frozen=True, slots=True)
class SpeechRateObservation:
    """How fast somebody spoke. Not a measure of anything but speed; a pause is a pause."""

    at: SessionTime
    duration: float
    """Seconds."""
    confidence: float
    """0..1: grows with the syllables heard; 0 where there is no rate."""
    detector: str
    syllables: int = 0
    rate: float | None = None
    """Syllables per second of the last seconds, pauses left out; None where too few were heard."""
    pauses: tuple[float, ...] = ()
    """Seconds from syllable to syllable across each pause that ended in the span."""
    problem: str | None = None
    """What is wrong with the sound, as a code (`empty`, `silent`, `clipped`), or None."""


@dataclass(frozen=True, slots=True)
class VoiceQualityObservation:
    """How even the voice is from one period to the next. Values are None where too little voice was heard."""

    at: SessionTime
    duration: float
    """Seconds."""
    confidence: float
    """0..1: the share of the span that the values rest on."""
    detector: str
    jitter: float | None = None
    """Mean difference between the lengths of neighbouring periods, as a share of their length."""
    shimmer: float | None = None
    """Mean difference between the heights of neighbouring periods, as a share of their height."""
    harmonicity: float | None = None
    """Harmonics-to-noise ratio in dB."""
    problem: str | None = None
    """What is wrong with the sound, as a code (`empty`, `silent`, `clipped`), or None."""


@dataclass(frozen=True, slots=True)
class VoiceBaseline:
    """How a person usually sounds: the zero of all that is said relative to themselves."""

    pitch: float
    """Hz, the median of the voiced time."""
    pitch_spread: float
    """Semitones, the standard deviation over spans, estimated robustly."""
    loudness: float
    """dBFS, the median over spans with speech."""
    loudness_spread: float
    """dB, likewise."""
    rate: float | None
    """Syllables per second, the median; None where it was not measured."""
    rate_spread: float
    """Share of the rate, likewise."""
    seconds: float
    """Of speech that it was learnt from."""


VoiceEmotion = Literal[
    "tiredness", "joy", "excitement", "relaxation", "comfortable", "tension", "lethargy", "stability", "anxiety"
]


@dataclass(frozen=True, slots=True)
class VoiceEmotionObservation:
    """The nine-emotion map: what a voice sounds like by a fixed table. Not what a person feels."""

    at: SessionTime
    duration: float
    """Seconds."""
    confidence: float
    """0..1: how far the probabilities are from all being equal, scaled by the confidence in pitch and rate."""
    detector: str
    probabilities: Mapping[VoiceEmotion, float] | None = None
    """One for each of the nine, summing to 1; None where there is no baseline or too little voice."""
    problem: str | None = None
    """Why there are none, as a code (`empty`, `silent`, `clipped`, `no-baseline`, `no-voice`), or None."""


@dataclass(frozen=True, slots=True)
class Expressions:
    """How probable it is that people would give a face's expression this name, each 0..1.

    What is left to 1 is the probability of disgust, which is not among the six: it is not shared out to them, since a
    face of disgust would then pass for one of anger.
    """

    neutral: float
    joy: float
    sadness: float
    anger: float
    surprise: float
    fear: float


@dataclass(frozen=True, slots=True)
class ExpressionObservation:
    """What one picture says about the expression on the face in it."""

    at: SessionTime
    confidence: float
    """0..1: that there is a face, times the probability of the most probable expression."""
    detector: str
    expressions: Expressions | None = None
    problem: str | None = None
    """Why there is nothing to say, as a code (`unreadable`, `no-face`, `too-small`, `turned-away`, `out-of-frame`,
    `too-dark`)."""


@dataclass(frozen=True, slots=True)
class Age:
    """How old a face looks."""

    years: float
    spread: float
    """Years: standard deviation of the error to be expected."""


@dataclass(frozen=True, slots=True)
class AgeGenderObservation:
    """What one picture says about the age and gender that people would guess from the face in it."""

    at: SessionTime
    confidence: float
    """0..1: that there is a face, times the probability of the more probable gender."""
    detector: str
    age: Age | None = None
    female: float | None = None
    """Probability that people would call the face a woman's, 0..1; that of a man's is the rest."""
    problem: str | None = None
    """As in `ExpressionObservation`."""
