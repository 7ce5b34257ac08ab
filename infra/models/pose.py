"""MediaPipe's pose (complexity 1), loaded from its own wheel, together with the presence score it keeps to itself.

One body, followed from picture to picture. The landmarks are as the network gives them: MediaPipe's smoothing assumes
thirty pictures a second, whatever the rate is, and would drag a movement over a second at five.

Not safe to share between threads. The graph counts its own time, so the session clock may jump.
"""

from dataclasses import dataclass

import numpy as np
from mediapipe.python.solution_base import PacketDataType, SolutionBase

from infra.models import graph
from infra.models.registry import check, model
from schemas.media import Floats, Picture

VERSION = graph.VERSION
POINTS = 33
"""Landmarks of one body."""
NOSE, LEFT_EYE, RIGHT_EYE, LEFT_EAR, RIGHT_EAR, LEFT_MOUTH, RIGHT_MOUTH = 0, 2, 5, 7, 8, 9, 10
LEFT_SHOULDER, RIGHT_SHOULDER, LEFT_ELBOW, RIGHT_ELBOW, LEFT_WRIST, RIGHT_WRIST = 11, 12, 13, 14, 15, 16
LEFT_HIP, RIGHT_HIP = 23, 24
"""Left and right of the person."""
LEFT_HAND, RIGHT_HAND = (15, 17, 19, 21), (16, 18, 20, 22)
"""Wrist, and the knuckles of little finger, index and thumb."""

DETECTION, PRESENCE = 0.5, 0.5
"""From which score of the detector on the landmark model is asked, and from which presence score on there is a body
that is followed (MediaPipe's defaults)."""

WEIGHTS = ("pose-detection", "pose-landmarks")
"""What the graph opens by itself, by their names in the registry."""

_GRAPH = "pose_landmark/pose_landmark_cpu"
_LANDMARKS = "pose_landmarks"
_PART = "poselandmarkbyroicpu__tensorstoposelandmarksandsegmentation__"
_SCORE = f"{_PART}pose_presence_score"
_SIDE_INPUTS = {
    "model_complexity": 1,
    "smooth_landmarks": False,
    "enable_segmentation": False,
    "smooth_segmentation": False,
    "use_prev_landmarks": True,
}


@dataclass(frozen=True, slots=True)
class Body:
    """What the model says of one picture."""

    points: Floats | None
    """33 × 2, in fractions of the picture's width and height from the top left, or None where there is no body. Points
    outside of the picture are guesses, and may lie below 0 or above 1."""
    visibility: Floats | None
    """33, each 0..1: how likely the point lies in the picture and is not hidden."""
    score: float
    """0..1: presence; 0 where the detector found nothing to ask the landmark model about."""


class Pose:
    """The loaded models."""

    def __init__(self) -> None:
        """Raises `Misconfigured` where one of the models is missing or altered."""
        for name in WEIGHTS:
            check(model(name))
        config = graph.written_out(graph.plan(_GRAPH))
        config.output_stream.append(_SCORE)
        self._graph: SolutionBase | None = SolutionBase(
            graph_config=config,
            calculator_params={
                "posedetectioncpu__TensorsToDetectionsCalculator.min_score_thresh": DETECTION,
                f"{_PART}ThresholdingCalculator.threshold": PRESENCE,
            },
            side_inputs=_SIDE_INPUTS,
            outputs=[_LANDMARKS, _SCORE],
            stream_type_hints={_SCORE: PacketDataType.FLOAT},
        )

    def look(self, picture: Picture) -> Body:
        """Find or follow the body in a picture of height × width × 3, RGB. Raises `ValueError` once closed."""
        if self._graph is None:
            raise ValueError("expected an open model, got one that was closed")
        found = self._graph.process(np.ascontiguousarray(picture))
        score = min(max(float(getattr(found, _SCORE) or 0.0), 0.0), 1.0)
        landmarks = getattr(found, _LANDMARKS)
        if not landmarks:
            return Body(None, None, score)
        said = np.array([(point.x, point.y, point.visibility) for point in landmarks.landmark])
        return Body(said[:, :2], said[:, 2], score)

    def close(self) -> None:
        """Give the models' memory back. Closing twice changes nothing."""
        if self._graph is not None:
            self._graph.close()
            self._graph = None
