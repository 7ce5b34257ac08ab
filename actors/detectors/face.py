"""Whether there is a face in a picture, how the head is turned, and where the eyes look."""

from dataclasses import replace

import numpy as np

from actors.detectors import eyes, head, picture
from actors.detectors.resting import RestingGazeLearner, toward_screen
from infra.models.face_mesh import VERSION, FaceMesh, Mesh
from schemas.media import Floats, Picture, VideoFrame
from schemas.observation import Box, FaceObservation, Gaze, RestingGaze

NAME = f"face/1 mediapipe-face-mesh/{VERSION}"

OVAL = (10, 297, 284, 389, 454, 361, 397, 378, 152, 149, 172, 132, 234, 162, 54, 67, 1)
"""Points around the outline of the mesh, and the tip of the nose, which stands out of it when the head is turned."""
_EDGES = len(OVAL)
_HEAD = _EDGES + len(head.LANDMARKS)
_LANDMARKS = (*OVAL, *head.LANDMARKS, *eyes.LANDMARKS)


class FaceDetector:
    """Follows one face from picture to picture and learns its resting gaze on the way.

    Takes the pictures of one camera with rising times; not safe to share between threads.
    """

    def __init__(self) -> None:
        self.resting: RestingGaze | None = None
        """The zero of `toward_screen`: None until it is learnt; may be set, and is then kept."""
        self._mesh = FaceMesh()
        self._learner = RestingGazeLearner()

    def observe(self, frame: VideoFrame) -> FaceObservation:
        """What `frame` says. Any array is answered with an observation, what is not a picture with `unreadable`."""
        nothing = FaceObservation(
            at=frame.at, face=False, confidence=0.0, detector=NAME, media_time=frame.media_time, problem="unreadable"
        )
        if not picture.is_picture(frame.image):
            return nothing
        mesh = self._mesh.look(frame.image)
        if mesh.landmarks is None:
            return replace(nothing, confidence=1 - mesh.score, problem=picture.problem(frame.image))
        return self._describe(replace(nothing, face=True, confidence=mesh.score, problem=None), frame.image, mesh)

    def close(self) -> None:
        """Give the model's memory back."""
        self._mesh.close()

    def _describe(self, found: FaceObservation, image: Picture, mesh: Mesh) -> FaceObservation:
        height, width = image.shape[:2]
        points = mesh.points(_LANDMARKS, width, height)
        axes = head.head_axes(points[_EDGES:_HEAD])
        if axes is None:
            return found
        pose = head.head_pose(axes)
        angles = eyes.gaze_angles(points[_HEAD:], axes.forward)
        gaze = None
        if angles is not None:
            confidence = eyes.gaze_confidence(mesh.score, pose, angles)
            gaze = self._judge(found, Gaze(angles.horizontal, angles.vertical, None, confidence))
        return replace(found, box=_box(points[:_EDGES, 0] / width, -points[:_EDGES, 1] / height), pose=pose, gaze=gaze)

    def _judge(self, found: FaceObservation, gaze: Gaze) -> Gaze:
        if self.resting is None:
            self.resting = self._learner.learn(found.at, gaze)
        if self.resting is None:
            return gaze
        return replace(gaze, toward_screen=toward_screen(gaze.horizontal, gaze.vertical, self.resting))


def _box(x: Floats, y: Floats) -> Box:
    left, right = np.clip((x.min(), x.max()), 0, 1)
    top, bottom = np.clip((y.min(), y.max()), 0, 1)
    return Box(float(left), float(top), float(right), float(bottom))
