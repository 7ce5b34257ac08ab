"""Which of six expressions people would call the one on a face. Not what the person feels: that cannot be seen."""

import cv2
import numpy as np

from actors.detectors.alignment import Template, cut
from infra.models.expression import CLASSES, SIDE, WEIGHT, ExpressionNetwork
from infra.models.face_mesh import Mesh
from schemas.media import VideoFrame
from schemas.observation import ExpressionObservation, Expressions

NAME = f"expression/1 {WEIGHT.name}/{WEIGHT.version}"

TEMPLATE = Template(right_eye=(0.33, 0.375), left_eye=(0.67, 0.37), mouth=(0.51, 0.725), side=SIDE, smallest=10.0)
"""Means over 113 of FER2013's training pictures, those of 600 in which the face mesh found a face."""


class ExpressionDetector:
    """Judges the face that the face mesh found. Not safe to share between threads."""

    def __init__(self) -> None:
        """Load the network. Raises `Misconfigured` where its weight is missing or altered."""
        self._network = ExpressionNetwork()

    def observe(self, frame: VideoFrame, mesh: Mesh) -> ExpressionObservation:
        """What the face in `frame` shows, where `mesh` is what the face mesh said of the same picture."""
        found = cut(frame.image, mesh, TEMPLATE)
        if found.face is None:
            return ExpressionObservation(at=frame.at, confidence=0.0, detector=NAME, problem=found.problem)
        grey = np.asarray(cv2.cvtColor(found.face, cv2.COLOR_RGB2GRAY), np.uint8)
        said = dict(zip(CLASSES, self._network.look(grey).tolist(), strict=True))
        return ExpressionObservation(
            at=frame.at,
            confidence=mesh.score * max(said.values()),
            detector=NAME,
            expressions=Expressions(
                neutral=said["neutral"],
                joy=said["happy"],
                sadness=said["sad"],
                anger=said["angry"],
                surprise=said["surprise"],
                fear=said["fear"],
            ),
        )
