"""Bodies and hands made of points, whose posture and form are known."""

from collections.abc import Sequence

import numpy as np

from actors.detectors.torso import Torso, torso_of
from infra.models import pose
from infra.models.hands import Hand
from infra.models.pose import Body
from schemas.media import Floats

STRETCHED, BENT = (8.0, 8.0, 8.0), (60.0, 80.0, 50.0)
"""Degrees at a finger's three joints."""


def body(
    width: float = 0.4,
    at: tuple[float, float] = (0.5, 0.55),
    *,
    neck: float = 0.6,
    turned: float = 0.0,
    wrists: bool = False,
    hips: bool = False,
) -> Body:
    """Somebody who sits upright before the camera of a square picture, turned clockwise by degrees about the shoulders.

    `at` is the middle of the shoulders; lengths are in widths of the picture, `neck` in shoulder widths.
    """
    places = {
        pose.NOSE: (0.0, -neck + 0.05),
        pose.LEFT_EYE: (0.1, -neck - 0.05),
        pose.RIGHT_EYE: (-0.1, -neck - 0.05),
        pose.LEFT_EAR: (0.2, -neck),
        pose.RIGHT_EAR: (-0.2, -neck),
        pose.LEFT_MOUTH: (0.08, -neck + 0.16),
        pose.RIGHT_MOUTH: (-0.08, -neck + 0.16),
        pose.LEFT_SHOULDER: (0.5, 0.0),
        pose.RIGHT_SHOULDER: (-0.5, 0.0),
        pose.LEFT_WRIST: (0.5, 0.7),
        pose.RIGHT_WRIST: (-0.5, 0.7),
        pose.LEFT_HIP: (0.3, 1.0),
        pose.RIGHT_HIP: (-0.3, 1.0),
    }
    angle = np.radians(turned)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    points = np.full((pose.POINTS, 2), 2.0)
    visibility = np.zeros(pose.POINTS)
    for index, place in places.items():
        points[index] = np.array(place) * width @ turn + at
        visibility[index] = 0.99
    if not wrists:
        visibility[[pose.LEFT_WRIST, pose.RIGHT_WRIST]] = 0.02
    if not hips:
        visibility[[pose.LEFT_HIP, pose.RIGHT_HIP]] = 0.02
    return Body(points, visibility, 1.0)


def torso(width: float = 0.4, at: tuple[float, float] = (0.5, 0.55), neck: float = 0.6, turned: float = 0.0) -> Torso:
    """The torso of such a body, with wrists."""
    found = torso_of(body(width, at, neck=neck, turned=turned, wrists=True), 200, 200, None)
    assert isinstance(found, Torso), found
    return found


def hand(
    fingers: Sequence[bool], thumb_up: bool = True, size: float = 0.3, at: tuple[float, float] = (0.5, 0.5)
) -> Hand:
    """A right hand, fingers upwards, its palm to the camera, of which thumb to little finger are stretched or bent.

    Bent fingers curl towards the camera. A stretched thumb points up, or down where `thumb_up` is false.
    """
    space = np.zeros((21, 3))
    for finger, (across, stretched) in enumerate(zip((0.03, 0.01, -0.01, -0.03), fingers[1:], strict=True)):
        space[5 + 4 * finger : 9 + 4 * finger] = _finger(across, STRETCHED if stretched else BENT)
    if not fingers[0]:
        space[1:5] = [(0.03, 0.03, 0), (0.035, 0.06, -0.01), (0.02, 0.085, -0.025), (0.0, 0.1, -0.025)]
    elif thumb_up:
        space[1:5] = [(0.03, 0.03, 0), (0.06, 0.06, 0), (0.085, 0.1, 0), (0.1, 0.14, 0)]
    else:
        space[1:5] = [(0.03, 0.03, 0), (0.06, 0.0, 0), (0.085, -0.04, 0), (0.1, -0.08, 0)]
    space[:, 1] *= -1  # down
    return Hand(space[:, :2] / 0.2 * size + at, space, 0.98, "right", 0.99)


def _finger(across: float, bends: Sequence[float]) -> Floats:
    """Four joints of a finger from its root on, right, up and away from the camera, in metres."""
    angles = np.radians(np.cumsum(bends))
    bones = np.array([(0.0, np.cos(angle), -np.sin(angle)) for angle in angles]) * np.array([[0.045], [0.025], [0.02]])
    root = np.array([across, 0.09, 0.0])
    return np.vstack([root, root + np.cumsum(bones, axis=0)])
