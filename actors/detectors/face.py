"""Whether there is a face in a picture, how the head is turned, where the eyes look, and how lids and lips move."""

from dataclasses import dataclass, replace

import numpy as np

from actors.detectors import picture
from actors.detectors.face_check import FaceCheck
from actors.detectors.features import Features
from actors.detectors.freeze import FreezeWatch
from actors.detectors.resting import toward_screen
from infra.models.face_mesh import VERSION, FaceMesh, Mesh
from schemas.media import Floats, Picture, SessionTime, VideoFrame
from schemas.observation import Box, FaceObservation, RestingGaze

NAME = f"face/2 mediapipe-face-mesh/{VERSION}"

OUTSIDE = 0.3
"""Share of the face's outline beyond the picture from which on the rest of it is the mesh's guess. A quarter of a face
cut off on its side is 0.35 of its outline."""
UNSEEN = ("frozen", "out-of-frame", "upside-down")
"""Problems with which a face is there, and what it does cannot be measured."""

OVAL = (10, 297, 284, 389, 454, 361, 397, 378, 152, 149, 172, 132, 234, 162, 54, 67, 1)
"""Points around the outline of the mesh, and the tip of the nose, which stands out of it when the head is turned."""


@dataclass(frozen=True, slots=True)
class FaceLook:
    """What was observed, and the mesh that it rests on, for those who look on: the face is searched once."""

    observation: FaceObservation
    mesh: Mesh


class FaceDetector:
    """Follows one face from picture to picture and learns its resting gaze and its open eye on the way.

    Takes the pictures of one camera; where their times fall it begins anew. Not safe to share between threads.
    """

    def __init__(self) -> None:
        """Raises `Misconfigured` where a model is missing or altered."""
        self.resting: RestingGaze | None = None
        """The zero of `toward_screen`: None until it is learnt; may be set, and is then kept."""
        self._mesh = FaceMesh()
        self._check = FaceCheck()
        self._features = Features()
        self._freeze = FreezeWatch()
        self._last: SessionTime | None = None

    def observe(self, frame: VideoFrame) -> FaceObservation:
        """What `frame` says. Any array is answered with an observation, what is not a picture with `unreadable`."""
        return self.look(frame).observation

    def look(self, frame: VideoFrame) -> FaceLook:
        """What `frame` says, and the mesh of the face in it."""
        jumped = self._jumped(frame.at)
        nothing = FaceObservation(
            at=frame.at, face=False, confidence=0.0, detector=NAME, media_time=frame.media_time, problem="unreadable"
        )
        if not picture.is_picture(frame.image):
            return FaceLook(nothing, Mesh(None, 0.0))
        mesh = self._mesh.look(frame.image)
        problem = self._told(frame, jumped, mesh.landmarks is not None)
        if mesh.landmarks is None:
            problem = picture.problem(frame.image) or problem
            return FaceLook(replace(nothing, confidence=1 - mesh.score, problem=problem), mesh)
        found = replace(nothing, face=True, confidence=mesh.score, problem=problem)
        return FaceLook(self._describe(found, frame.image, mesh), mesh)

    def begin(self) -> None:
        """Another connection begins: all is forgotten but the resting gaze."""
        self._last = None
        self._features, self._freeze = Features(), FreezeWatch()

    def close(self) -> None:
        """Give the models' memory back."""
        self._mesh.close()
        self._check.close()

    def _jumped(self, at: SessionTime) -> bool:
        """Whether the clock went back; what was learnt by it is then forgotten, but for the resting gaze."""
        jumped = self._last is not None and at < self._last
        self._last = at
        if jumped:
            self.begin()
            self._last = at
        return jumped

    def _told(self, frame: VideoFrame, jumped: bool, face: bool) -> str | None:
        """What is wrong by more than this picture's mesh."""
        checked = self._check.problem(frame.at, frame.image, face)
        if self._freeze.frozen(frame.at, frame.image):
            return "frozen"
        return checked or ("clock-jump" if jumped else None)

    def _describe(self, found: FaceObservation, image: Picture, mesh: Mesh) -> FaceObservation:
        height, width = image.shape[:2]
        outline = mesh.points(OVAL, 1, 1)
        x, y = outline[:, 0], -outline[:, 1]
        problem = "out-of-frame" if found.problem != "frozen" and _outside(x, y) > OUTSIDE else found.problem
        found = replace(found, box=_box(x, y), problem=problem)
        if problem in UNSEEN:
            return found
        return self._judge(self._features.describe(found, mesh, width, height))

    def _judge(self, found: FaceObservation) -> FaceObservation:
        if found.gaze is None:
            return found
        if self.resting is None:
            self.resting = self._features.learn_resting(found.at, found.gaze)
        if self.resting is None:
            return found
        toward = toward_screen(found.gaze.horizontal, found.gaze.vertical, self.resting)
        return replace(found, gaze=replace(found.gaze, toward_screen=toward))


def _outside(x: Floats, y: Floats) -> float:
    """Share of the points that lie beyond the picture."""
    return float(((x < 0) | (x > 1) | (y < 0) | (y > 1)).mean())


def _box(x: Floats, y: Floats) -> Box:
    left, right = np.clip((x.min(), x.max()), 0, 1)
    top, bottom = np.clip((y.min(), y.max()), 0, 1)
    return Box(float(left), float(top), float(right), float(bottom))
