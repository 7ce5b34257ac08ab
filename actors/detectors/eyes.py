"""The direction of the eyes, from the irises and the corners of the eyes.

Model: an eyeball is a sphere whose centre lies a little behind the middle between the two corners of the eye, and the
iris sits on its surface. How far the iris stands from the centre, in the picture, divided by the sphere's radius, is
the sine of the angle between the gaze and the line of sight from the camera. Lengths are measured by the distance
between the corners (palpebral fissure, about 29 mm in adults). Where the corners lie differs between people, so an
angle is good for comparison with the same person's resting gaze, not as an absolute direction.
"""

from dataclasses import dataclass
from math import asin, atan2, degrees, sqrt

import numpy as np

from schemas.media import Floats
from schemas.observation import HeadPose

RIGHT = (33, 133, 468, 159, 145)
"""Of the person's right eye: outer corner, inner corner, middle of the iris, upper lid, lower lid."""
LEFT = (263, 362, 473, 386, 374)
LANDMARKS = (*RIGHT, *LEFT)
"""Which points `gaze_angles` wants, in this order."""

RADIUS = 0.37
"""From the eyeball's centre of rotation to the iris, in lengths of the fissure: about 10.7 mm of 29 mm."""
DEPTH = 0.15
"""How far the centre lies behind the middle of the corners, in lengths of the fissure: about 4 mm. With it the gaze of
a person who turns the head and keeps looking into the camera moves least."""

SHUT, OPEN = 0.10, 0.20
"""Gap between the lids in lengths of the fissure: nothing is seen of the iris below the first, enough above the
second. Resting eyes are at about 0.3; blinks go below 0.1."""
NEAR_TURN, FAR_TURN = 25.0, 60.0
"""Degrees of yaw or pitch up to which the irises are seen well, and from which they are not seen at all."""
COARSE, FINE = 4.0, 16.0
"""Pixels between the corners of an eye: below the first an iris is about one pixel, above the second about six."""


@dataclass(frozen=True, slots=True)
class EyeAngles:
    """Degrees, with the signs of `schemas.observation.Gaze`."""

    horizontal: float
    vertical: float
    openness: float
    """0 shut, 1 open."""
    width: float
    """Pixels between the corners of the wider eye."""


def gaze_angles(points: Floats, forward: Floats) -> EyeAngles | None:
    """Where eyes with `LANDMARKS` at `points` (10 × 3 pixels: right, up, towards the camera) look.

    `forward` is the unit vector out of the face. An eye counts as much as can be seen of it; None where both are shut
    or too small to be told from a point.
    """
    looks = [_one_eye(points[:5], forward), _one_eye(points[5:], forward)]
    weight = sum(look.weight for look in looks)
    if weight <= 0:
        return None
    x = sum(look.x * look.weight for look in looks) / weight
    y = sum(look.y * look.weight for look in looks) / weight
    length = sqrt(x * x + y * y)
    if length > 0.95:
        x, y = 0.95 * x / length, 0.95 * y / length
    return EyeAngles(
        horizontal=degrees(atan2(x, sqrt(1 - x * x - y * y))),
        vertical=degrees(asin(y)),
        openness=max(look.openness for look in looks),
        width=max(look.width for look in looks),
    )


def gaze_confidence(presence: float, pose: HeadPose, eyes: EyeAngles) -> float:
    """0..1: the confidence in the face, less what a turned head, shut eyes and a small face take from it.

    A rule of thumb that falls with each of them, not a probability.
    """
    turn = max(abs(pose.yaw), abs(pose.pitch))
    return presence * (1 - _ramp(turn, NEAR_TURN, FAR_TURN)) * eyes.openness * _ramp(eyes.width, COARSE, FINE)


@dataclass(frozen=True, slots=True)
class _Look:
    """Sine of the angle to the right and upwards, and how much of the eye is seen."""

    x: float
    y: float
    weight: float
    openness: float
    width: float


def _one_eye(points: Floats, forward: Floats) -> _Look:
    outer, inner, iris, upper, lower = points
    fissure = float(np.linalg.norm(outer - inner))
    width = float(np.linalg.norm((outer - inner)[:2]))
    if width < 1e-6:
        return _Look(0.0, 0.0, 0.0, 0.0, 0.0)
    openness = _ramp(float(np.linalg.norm(upper - lower)) / fissure, SHUT, OPEN)
    centre = (outer + inner) / 2 - DEPTH * fissure * forward
    x, y = (iris - centre)[:2] / (RADIUS * fissure)
    return _Look(float(x), float(y), openness * width, openness, width)


def _ramp(value: float, low: float, high: float) -> float:
    """0 up to `low`, 1 from `high` on, straight between."""
    return min(max((value - low) / (high - low), 0.0), 1.0)
