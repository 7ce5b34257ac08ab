"""MediaPipe's hands (complexity 1), loaded from its own wheel, together with the presence score it keeps to itself.

Up to two hands, followed from picture to picture. Not safe to share between threads. The graph counts its own time, so
the session clock may jump.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from mediapipe.framework.calculator_pb2 import CalculatorGraphConfig
from mediapipe.python.solution_base import PacketDataType, SolutionBase

from infra.models import graph
from infra.models.registry import check, model
from schemas.media import Floats, Picture

VERSION = graph.VERSION
POINTS = 21
"""Landmarks of one hand: the wrist, then four of each finger from the thumb on, the tip last."""
MOST = 2
"""Hands that are followed."""

Side = Literal["left", "right"]

DETECTION, PRESENCE = 0.5, 0.5
"""From which score of the palm detector on the landmark model is asked, and from which presence score on there is a
hand that is followed (MediaPipe's defaults)."""

WEIGHTS = ("palm-detection", "hand-landmarks")
"""What the graph opens by itself, by their names in the registry."""

_GRAPH = "hand_landmark/hand_landmark_tracking_cpu"
_LANDMARKS, _SPACE, _SIDES = "multi_hand_landmarks", "multi_hand_world_landmarks", "multi_handedness"
_SCORE, _SCORES, _LOOP_END = "handlandmarkcpu__hand_presence_score", "hand_presence_scores", "hand_rects_timestamp"
_SIDE_INPUTS = {"model_complexity": 1, "num_hands": MOST, "use_prev_landmarks": True}
_OTHER: dict[str, Side] = {"Left": "right", "Right": "left"}
"""MediaPipe names the hands of a mirrored picture, as a mirror shows them; a camera's picture is not mirrored."""


@dataclass(frozen=True, slots=True)
class Hand:
    """What the models say of one hand in one picture."""

    points: Floats
    """21 × 2, in fractions of the picture's width and height from the top left."""
    space: Floats
    """21 × 3, metres from about the hand's middle: right, down, away from the camera; good for angles, since its size
    is that of a usual hand."""
    score: float
    """0.5..1: presence."""
    side: Side
    """Of the person, by the hand's own look."""
    side_score: float
    """0.5..1: how sure that is."""


class Hands:
    """The loaded models."""

    def __init__(self) -> None:
        """Raises `Misconfigured` where one of the models is missing or altered."""
        for name in WEIGHTS:
            check(model(name))
        self._graph: SolutionBase | None = SolutionBase(
            graph_config=_with_scores(graph.written_out(graph.plan(_GRAPH))),
            calculator_params={
                "palmdetectioncpu__TensorsToDetectionsCalculator.min_score_thresh": DETECTION,
                "handlandmarkcpu__ThresholdingCalculator.threshold": PRESENCE,
            },
            side_inputs=_SIDE_INPUTS,
            outputs=[_LANDMARKS, _SPACE, _SIDES, _SCORES],
            stream_type_hints={_SCORES: PacketDataType.FLOAT_LIST},
        )

    def look(self, picture: Picture) -> tuple[Hand, ...]:
        """Find or follow hands in a picture of height × width × 3, RGB. Raises `ValueError` once closed."""
        if self._graph is None:
            raise ValueError("expected an open model, got one that was closed")
        found = self._graph.process(np.ascontiguousarray(picture))
        flat, space, sides = (getattr(found, name) or () for name in (_LANDMARKS, _SPACE, _SIDES))
        scores = [score for score in getattr(found, _SCORES) or () if score > PRESENCE]
        return tuple(
            Hand(
                points=np.array([(point.x, point.y) for point in in_picture.landmark]),
                space=np.array([(point.x, point.y, point.z) for point in in_space.landmark]),
                score=min(float(score), 1.0),
                side=_OTHER[side.classification[0].label],
                side_score=min(float(side.classification[0].score), 1.0),
            )
            for in_picture, in_space, side, score in zip(flat, space, sides, scores, strict=True)
        )

    def close(self) -> None:
        """Give the models' memory back. Closing twice changes nothing."""
        if self._graph is not None:
            self._graph.close()
            self._graph = None


def _with_scores(config: CalculatorGraphConfig) -> CalculatorGraphConfig:
    """The graph with a node that gathers the presence scores of all hands asked about, in the order of the hands."""
    gatherer = config.node.add()
    gatherer.calculator = "EndLoopFloatCalculator"
    gatherer.input_stream.extend([f"ITEM:{_SCORE}", f"BATCH_END:{_LOOP_END}"])
    gatherer.output_stream.append(f"ITERABLE:{_SCORES}")
    config.output_stream.append(_SCORES)
    return config
