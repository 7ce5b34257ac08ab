"""What a detector saw or heard at one moment. A value that could not be measured is None, never a guess."""

from dataclasses import dataclass

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
    """What is wrong with the picture, as a code (`too-dark`, `unreadable`), or None."""


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
