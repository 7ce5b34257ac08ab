"""MediaPipe's face mesh with irises, loaded from its own wheel, together with the scores it keeps to itself.

The Solutions API gives landmarks and no measure of how sure it is. The graph underneath computes two: the detector's
score for a candidate box, and the landmark model's presence score for what is in the box. This module runs the same
graph (`face_landmark_front_cpu`) and reads both. One face, tracked from picture to picture.

Not safe to share between threads.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import mediapipe
import numpy as np
from mediapipe.framework.calculator_pb2 import CalculatorGraphConfig
from mediapipe.python._framework_bindings import resource_util, validated_graph_config
from mediapipe.python.solution_base import PacketDataType, SolutionBase

from schemas.media import Floats, Picture

VERSION: str = mediapipe.__version__
POINTS = 478
"""Landmarks of one face: 468 of the mesh, then five of each iris."""

CANDIDATE_SCORE = 0.1
"""From which score of the detector on the landmark model is asked. Low: the presence score decides what is a face, and
the detector's score then also tells how close to a face the picture came."""
PRESENCE_SCORE = 0.5
"""From which presence score on there is a face, and the tracker goes on (MediaPipe's own default)."""

_GRAPH = "mediapipe/modules/face_landmark/face_landmark_front_cpu.binarypb"
_PRESENCE = "facelandmarkcpu__face_presence_score"
_OPTIONS = {
    "facedetectionshortrangecpu__facedetectionshortrange__facedetection__TensorsToDetectionsCalculator"
    ".min_score_thresh": CANDIDATE_SCORE,
    "facelandmarkcpu__ThresholdingCalculator.threshold": PRESENCE_SCORE,
}
_INPUTS = {"num_faces": 1, "with_attention": True, "use_prev_landmarks": True}


@dataclass(frozen=True, slots=True)
class Mesh:
    """What the model says of one picture."""

    landmarks: Any | None
    """478 normalised landmarks with `x`, `y` (fractions of width and height) and `z` (fraction of the width, smaller is
    nearer), or None where there is no face."""
    score: float
    """0..1: presence of a face, by the model that gave the landmarks; without a face, how close the picture came
    to one: the mean of the best candidate's score and of the presence found in it, since it takes both."""

    def points(self, indices: tuple[int, ...], width: int, height: int) -> Floats:
        """The landmarks at `indices`, n × 3, in pixels: right, up, towards the camera."""
        if self.landmarks is None:
            raise ValueError("expected a face, got none")
        scale = (width, -height, -width)
        return np.array([(p.x, p.y, p.z) for p in map(self.landmarks.__getitem__, indices)], dtype=np.float64) * scale


class FaceMesh:
    """The loaded model. Loading takes about half a second."""

    def __init__(self) -> None:
        self._graph = SolutionBase(
            graph_config=_graph_with_presence(),
            calculator_params=_OPTIONS,
            side_inputs=_INPUTS,
            outputs=["multi_face_landmarks", "face_detections", _PRESENCE],
            stream_type_hints={_PRESENCE: PacketDataType.FLOAT},
        )

    def look(self, picture: Picture) -> Mesh:
        """Find or follow the face in a picture of height × width × 3, RGB, at least two pixels high and wide."""
        found = self._graph.process(np.ascontiguousarray(picture))
        presence = float(getattr(found, _PRESENCE) or 0.0)
        if found.multi_face_landmarks:
            return Mesh(found.multi_face_landmarks[0].landmark, min(presence, 1.0))
        candidate = max((float(each.score[0]) for each in found.face_detections or ()), default=0.0)
        return Mesh(None, min((candidate + presence) / 2, 1.0))

    def close(self) -> None:
        """Give the model's memory back. Closing twice changes nothing."""
        if self._graph is not None:
            self._graph.close()
            self._graph = None


def _graph_with_presence() -> CalculatorGraphConfig:
    """The graph with its subgraphs written out, and the presence score among its outputs."""
    root = Path(mediapipe.__file__).parents[1]
    resource_util.set_resource_dir(str(root))
    expanded = validated_graph_config.ValidatedGraphConfig()
    expanded.initialize(binary_graph_path=str(root / _GRAPH))
    config = CalculatorGraphConfig()
    config.ParseFromString(expanded.binary_config)
    config.output_stream.append(_PRESENCE)
    return config
