"""The head's rotation, from the face mesh.

The mesh is a body in space under weak perspective (its depth has the scale of its width), so the head's own axes can be
read from it: across from pairs of points that are mirror images of each other, up from chin to forehead, forward at
right angles to both. No face model of another person is fitted, and mirroring the picture mirrors the result exactly.
Angles are relative to the line of sight from the camera: a face that looks into the camera from the picture's edge has
the angles of one that does so from its middle.
"""

from dataclasses import dataclass
from math import atan2, degrees, hypot

import numpy as np

from schemas.media import Floats
from schemas.observation import HeadPose

PAIRS = (
    (33, 263),  # outer corners of the eyes
    (133, 362),  # inner corners of the eyes
    (127, 356),  # temples
    (234, 454),  # in front of the ears
    (70, 300),  # outer ends of the brows
    (105, 334),  # middles of the brows
    (103, 332),  # corners of the forehead
    (98, 327),  # wings of the nose
    (58, 288),  # corners of the jaw
)
"""Mirror points of the mesh (right, left of the person) that the face's expression moves little."""
FOREHEAD, CHIN = 10, 152
LANDMARKS = (*(point for pair in PAIRS for point in pair), FOREHEAD, CHIN)
"""Which points `head_axes` wants, in this order."""


@dataclass(frozen=True, slots=True)
class HeadAxes:
    """Unit vectors in camera space (right, up, towards the camera)."""

    across: Floats
    """Towards the person's left."""
    up: Floats
    forward: Floats


def head_axes(points: Floats) -> HeadAxes | None:
    """The axes of a head whose `LANDMARKS` lie at `points` (n × 3: right, up, towards the camera; any one unit).

    None where the points do not span a head (all on one spot or line).
    """
    sides = points[1:-2:2] - points[0:-2:2]
    across = _unit(np.sum(sides, axis=0))
    upwards = points[-2] - points[-1]
    if across is None:
        return None
    up = _unit(upwards - (upwards @ across) * across)
    if up is None:
        return None
    return HeadAxes(across, up, np.cross(across, up))


def head_pose(axes: HeadAxes) -> HeadPose:
    """The angles of `axes`: first nod (pitch), then turn (yaw), then tilt in the picture's plane (roll).

    Rotating the picture changes the roll alone.
    """
    across = axes.across
    return HeadPose(
        yaw=degrees(atan2(-across[2], hypot(across[0], across[1]))),
        pitch=degrees(atan2(-axes.up[2], axes.forward[2])),
        roll=degrees(atan2(-across[1], across[0])),
    )


def _unit(vector: Floats) -> Floats | None:
    length = float(np.linalg.norm(vector))
    return vector / length if length > 1e-9 else None
