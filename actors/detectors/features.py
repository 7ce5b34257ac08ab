"""What the mesh of one picture says of a face, with what was learnt of the same person from the pictures before it.

Everything that has a memory of times is here, so that a clock that goes backwards is met by beginning anew.
"""

from dataclasses import replace

from actors.detectors import eyes, head, mouth, openness
from actors.detectors.blink import BlinkCounter
from actors.detectors.mouth import MouthMovement
from actors.detectors.openness import OpenEye
from actors.detectors.resting import RestingGazeLearner
from infra.models.face_mesh import Mesh
from schemas.media import Floats, SessionTime
from schemas.observation import Eyes, FaceObservation, Gaze, HeadPose, Mouth, RestingGaze

SIDEWAYS = 40.0
"""Degrees of yaw or pitch from which lids and lips are not measured: the far ones are guessed by the mesh."""

_HEAD = len(head.LANDMARKS)
_GAZE = _HEAD + len(eyes.LANDMARKS)
_LIDS = _GAZE + len(openness.LANDMARKS)
_LANDMARKS = (*head.LANDMARKS, *eyes.LANDMARKS, *openness.LANDMARKS, *mouth.LANDMARKS)


class Features:
    """Measures one person's face from picture to picture. Times must not fall."""

    def __init__(self) -> None:
        self._resting = RestingGazeLearner()
        self._open_eye = OpenEye()
        self._blinks = BlinkCounter()
        self._movement = MouthMovement()

    def describe(self, found: FaceObservation, mesh: Mesh, width: int, height: int) -> FaceObservation:
        """`found` with pose, gaze, eyes and mouth as `mesh` has them, in a picture of this size (pixels)."""
        points = mesh.points(_LANDMARKS, width, height)
        axes = head.head_axes(points[:_HEAD])
        if axes is None:
            return found
        pose = head.head_pose(axes)
        frontal = max(abs(pose.yaw), abs(pose.pitch)) <= SIDEWAYS
        return replace(
            found,
            pose=pose,
            gaze=_gaze(points[_HEAD:_GAZE], axes.forward, pose, mesh.score),
            eyes=self._eyes(found.at, points[_GAZE:_LIDS]) if frontal else None,
            mouth=self._mouth(found.at, points[_LIDS:]) if frontal else None,
        )

    def learn_resting(self, at: SessionTime, gaze: Gaze) -> RestingGaze | None:
        """The resting gaze, as soon as it is known."""
        return self._resting.learn(at, gaze)

    def _eyes(self, at: SessionTime, points: Floats) -> Eyes | None:
        ratio = openness.aspect_ratio(points)
        if ratio is None:
            return None
        share = self._open_eye.openness(at, ratio)
        if share is None:
            return Eyes(ratio)
        blink = self._blinks.take(at, share)
        return Eyes(ratio, share, blink, self._blinks.rate())

    def _mouth(self, at: SessionTime, points: Floats) -> Mouth | None:
        gap = mouth.opening(points)
        if gap is None:
            return None
        movement = self._movement.take(at, gap)
        return Mouth(gap, movement, None if movement is None else mouth.speaking(movement))


def _gaze(points: Floats, forward: Floats, pose: HeadPose, score: float) -> Gaze | None:
    angles = eyes.gaze_angles(points, forward)
    if angles is None:
        return None
    return Gaze(angles.horizontal, angles.vertical, None, eyes.gaze_confidence(score, pose, angles))
