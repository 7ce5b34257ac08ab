"""MediaPipe's face mesh with irises, loaded from its own wheel, together with the scores it keeps to itself.

The Solutions API gives landmarks and no measure of how sure it is. The graph underneath computes two: the detector's
score for a candidate box, and the landmark model's presence score for what is in the box. This module runs the same
graph (`face_landmark_front_cpu`) and reads both. It also runs it with the detector for distant faces, which finds
those that the usual one, made for faces at arm's length, does not. One face, followed from picture to picture.

Not safe to share between threads.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from mediapipe.framework.calculator_pb2 import CalculatorGraphConfig
from mediapipe.python.solution_base import PacketDataType, SolutionBase

from infra.models import graph
from infra.models.registry import check, model
from schemas.media import Floats, Picture

VERSION = graph.VERSION
POINTS = 478
"""Landmarks of one face: 468 of the mesh, then five of each iris."""

Range = Literal["ShortRange", "FullRange"]
GATE: dict[Range, float] = {"ShortRange": 0.5, "FullRange": 0.75}
"""From which score of a detector on the landmark model is asked. The first is MediaPipe's default. The second is
higher: that detector gives up to 0.7 to lettering, which the landmark model then takes for a small face."""
CANDIDATE = 0.05
"""From which score on a candidate is heard of at all."""
PRESENCE = 0.5
"""From which presence score on there is a face, and it is followed (MediaPipe's default)."""
DISTANT_EVERY = 5
"""While there is no face, every so many pictures are searched for a distant one."""

WEIGHTS = ("face-detection-near", "face-detection-far", "face-landmarks")
"""What the graphs open by themselves, by their names in the registry."""

_GRAPH = "face_landmark/face_landmark_front_cpu"
_LANDMARKS = "multi_face_landmarks"
_PRESENCE = "facelandmarkcpu__face_presence_score"
_CANDIDATES = "candidates"
_DETECTOR = "TensorsToDetectionsCalculator"
_SIDE_INPUTS = {"num_faces": 1, "with_attention": True, "use_prev_landmarks": True}


@dataclass(frozen=True, slots=True)
class Mesh:
    """What the model says of one picture."""

    landmarks: Any | None
    """478 normalised landmarks with `x`, `y` (fractions of width and height) and `z` (fraction of the width, smaller is
    nearer), or None where there is no face."""
    score: float
    """0..1, above 0.5 with a face and not above it without: the presence score where the landmark model was asked,
    else the score of the detector's best candidate."""

    def points(self, indices: tuple[int, ...], width: int, height: int) -> Floats:
        """The landmarks at `indices`, n × 3, in pixels: right, up, towards the camera."""
        if self.landmarks is None:
            raise ValueError("expected a face, got none")
        scale = (width, -height, -width)
        return np.array([(p.x, p.y, p.z) for p in map(self.landmarks.__getitem__, indices)], dtype=np.float64) * scale


class FaceMesh:
    """The loaded models."""

    def __init__(self) -> None:
        """Raises `Misconfigured` where one of the models is missing or altered."""
        for name in WEIGHTS:
            check(model(name))
        self._near = _Graph("ShortRange")
        self._far = _Graph("FullRange")
        self._following = self._near
        self._empty = 0
        """Pictures without a face since the last one with a face."""

    def look(self, picture: Picture) -> Mesh:
        """Find or follow the face in a picture of height × width × 3, RGB, at least two pixels high and wide."""
        picture = np.ascontiguousarray(picture)
        mesh = self._following.look(picture)
        if mesh.landmarks is None and self._following is self._far:
            self._following = self._near
            mesh = self._near.look(picture)
        if mesh.landmarks is None and self._empty % DISTANT_EVERY == 0:
            distant = self._far.look(picture)
            if distant.landmarks is not None:
                self._following, mesh = self._far, distant
        self._empty = 0 if mesh.landmarks is not None else self._empty + 1
        return mesh

    def close(self) -> None:
        """Give the models' memory back. Closing twice changes nothing."""
        self._near.close()
        self._far.close()


class _Graph:
    """Detector, landmark model and tracker, of one range."""

    def __init__(self, reach: Range) -> None:
        config, detector = _expanded(reach)
        self._graph: SolutionBase | None = SolutionBase(
            graph_config=config,
            calculator_params={
                f"{detector}.min_score_thresh": GATE[reach],
                f"{_CANDIDATES}.min_score_thresh": CANDIDATE,
                "facelandmarkcpu__ThresholdingCalculator.threshold": PRESENCE,
            },
            side_inputs=_SIDE_INPUTS,
            outputs=[_LANDMARKS, _PRESENCE, _CANDIDATES],
            stream_type_hints={_PRESENCE: PacketDataType.FLOAT, _CANDIDATES: PacketDataType.PROTO_LIST},
        )

    def look(self, picture: Picture) -> Mesh:
        if self._graph is None:
            raise ValueError("expected an open model, got one that was closed")
        found = self._graph.process(picture)
        presence = getattr(found, _PRESENCE)
        landmarks = getattr(found, _LANDMARKS)
        if landmarks:
            return Mesh(landmarks[0].landmark, min(float(presence), 1.0))
        if presence is not None:
            return Mesh(None, float(presence))
        candidates = getattr(found, _CANDIDATES) or ()
        return Mesh(None, min(max((float(each.score[0]) for each in candidates), default=0.0), PRESENCE))

    def close(self) -> None:
        if self._graph is not None:
            self._graph.close()
            self._graph = None


def _expanded(reach: Range) -> tuple[CalculatorGraphConfig, str]:
    """The graph with its subgraphs written out and both scores among its outputs, and the name of its detector's node.

    The node that makes boxes of the detector's output is there twice: behind the gate for the landmark model, as it
    was, and with a lower one to tell the best candidate's score.
    """
    plan = graph.plan(_GRAPH)
    for node in plan.node:
        if node.calculator == "FaceDetectionShortRangeCpu":
            node.calculator = f"FaceDetection{reach}Cpu"
    config = graph.written_out(plan)
    detector = next(node for node in config.node if node.calculator == _DETECTOR)
    teller = config.node.add()
    teller.CopyFrom(detector)
    teller.name = _CANDIDATES
    teller.output_stream[:] = [f"DETECTIONS:{_CANDIDATES}"]
    config.output_stream.extend([_PRESENCE, _CANDIDATES])
    return config, detector.name
