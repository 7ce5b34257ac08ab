"""What a detector saw of a person's upper body and hands. A value that could not be measured is None, never a guess.

Lengths are in the person's own shoulder widths, so they do not depend on how large the person is in the picture. Left
and right are the person's own. Nothing here says what a person feels or means by what they do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from schemas.media import SessionTime


@dataclass(frozen=True, slots=True)
class BodyBaseline:
    """How a person usually sits before the camera: the zero of all that is said relative to themselves."""

    shoulder_width: float
    """In widths of the picture."""
    shoulder_depth: float
    """How far the middle of the shoulders lies below the picture's middle, in shoulder widths."""
    head_depth: float
    """Likewise of the middle between the ears; below 0 where it lies above."""
    shoulder_tilt: float
    """Degrees, as in `Posture`."""
    head_lean: float
    """Degrees, as in `Posture`."""
    samples: int
    """How many pictures it was learnt from."""


@dataclass(frozen=True, slots=True)
class Posture:
    """How a person sits, seen from the front. Angles are in degrees against the picture's own upright.

    Positive angles are towards the person's own left. Leaning forward and pulling the chair forward look alike to one
    camera: both are a smaller `distance`.
    """

    shoulder_tilt: float
    """Positive where the left shoulder is the lower one."""
    head_lean: float
    """Of the line from the middle of the shoulders to the middle of the ears."""
    torso_lean: float | None
    """Of the line from the middle of the hips to the middle of the shoulders; None where the hips are not in the
    picture, as at a desk."""
    shoulder_width: float
    """In widths of the picture."""
    distance: float | None = None
    """From the camera, against the usual: 1 as usual, 0.8 a fifth nearer. A body that turns aside looks farther."""
    slouch: float | None = None
    """How much lower the head is against the camera's line of sight than usual, in shoulder widths; below 0 where it is
    higher. What of it is not `drop` is a shorter neck. A camera that is moved or tilted does the same."""
    drop: float | None = None
    """Likewise of the shoulders."""


@dataclass(frozen=True, slots=True)
class Movement:
    """How much a person moves, from the points of the body in the pictures of the last seconds."""

    torso: float
    """Root mean square of the speeds of head and both shoulders over the last second, in shoulder widths per second
    (about 0.4 m/s). A still person has up to about 0.1, which is the network's own unrest."""
    arms: float | None
    """Likewise of elbows and wrists; None where none was seen."""
    fidgeting: float | None
    """Small movements there and back per second over the last four, of the most restless of head, shoulders and hands:
    see `actors/detectors/fidgeting.py`. None before four seconds were seen."""


@dataclass(frozen=True, slots=True)
class BodyObservation:
    """What one picture says about the upper body in it."""

    at: SessionTime
    confidence: float
    """0..1: presence of a body, times how likely the less visible shoulder is to be seen; 0 where nothing is said."""
    detector: str
    posture: Posture | None = None
    movement: Movement | None = None
    """None in the first picture, after a gap, and where the picture stands still."""
    problem: str | None = None
    """Why there is no posture, as a code (`unreadable`, `too-dark`, `frozen`, `no-body`, `other-person`,
    `out-of-frame`, `too-small`, `not-upright`, `turned-away`), or None."""


Side = Literal["left", "right"]

Gesture = Literal["open-palm", "fist", "pointing", "thumb-up", "victory", "three", "four"]
"""Forms of a hand that its landmarks tell apart. Counted with the fingers, `pointing` is one, `victory` two and
`open-palm` five."""


@dataclass(frozen=True, slots=True)
class HandForm:
    """What the fingers of one hand do."""

    gesture: Gesture | None
    """None where the fingers form none of these."""
    confidence: float
    """0..1: how clearly each finger is stretched or bent; a rule of thumb, not a frequency."""
    fingers: int | None
    """How many are stretched, 0..5, thumb included; None where one of them cannot be told."""


@dataclass(frozen=True, slots=True)
class SeenHand:
    """One hand in one picture."""

    confidence: float
    """0..1: presence."""
    form: HandForm | None
    """None where the hand is too small to tell its fingers."""
    at_face: bool | None
    """Whether it lies on the face or so little before it that one camera cannot tell; None where no face is known."""


@dataclass(frozen=True, slots=True)
class HandsObservation:
    """What one picture says about the person's hands. A hand that is None is not to be seen."""

    at: SessionTime
    confidence: float
    """0..1: presence of the surer hand; 0 where there is none or nothing is said."""
    detector: str
    looked: bool = True
    """False where no hand was searched for, since the body had none in the picture."""
    left: SeenHand | None = None
    right: SeenHand | None = None
    gesture_rate: float | None = None
    """Strokes of the hands per minute over the last half minute: see `actors/detectors/strokes.py`. None before ten
    seconds were seen."""
    problem: str | None = None
    """Why nothing is said, as a code (`unreadable`, `too-dark`, `frozen`, `other-person`), or None."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What one picture says of body and hands."""

    body: BodyObservation
    hands: HandsObservation


@dataclass(frozen=True, slots=True)
class BodyWindow:
    """One second of observations of a body, summed up. Medians, where nothing else is said."""

    frames: int
    presence: float
    """Share of the pictures with a posture, 0..1."""
    confidence: float
    """Mean over all pictures, 0..1."""
    detector: str
    shoulder_tilt: float | None = None
    head_lean: float | None = None
    torso_lean: float | None = None
    distance: float | None = None
    slouch: float | None = None
    drop: float | None = None
    torso_movement: float | None = None
    """Shoulder widths per second: root mean square over the pictures."""
    arm_movement: float | None = None
    """Likewise."""
    fidgeting: float | None = None
    """Small movements there and back per second, the last of the window."""
    problem: str | None = None
    """The most frequent one, where at least half of the pictures have one."""


@dataclass(frozen=True, slots=True)
class HandsWindow:
    """One second of observations of hands, summed up. Shares are 0..1; None where there was nothing to share."""

    frames: int
    confidence: float
    """Mean over the pictures with a hand, 0..1; 0 where there were none."""
    detector: str
    left_visible: float | None = None
    right_visible: float | None = None
    at_face: float | None = None
    """Share of the pictures with a known face in which a hand lies on it."""
    gestures: Mapping[Gesture, float] = field(default_factory=dict)
    """For each form that occurred, the share of all pictures in which a hand had it."""
    gesture_rate: float | None = None
    """Strokes per minute, the last of the window."""
    problem: str | None = None
    """The most frequent one, where at least half of the pictures have one."""
