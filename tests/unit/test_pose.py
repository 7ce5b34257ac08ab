"""The network for bodies, on the project's clip: one person, head and shoulders."""

import re
from collections.abc import Iterator

import numpy as np
import pytest

from infra.models import graph, pose
from infra.models.pose import POINTS, PRESENCE, WEIGHTS, Pose
from infra.models.registry import model
from schemas.media import VideoFrame


@pytest.fixture
def network() -> Iterator[Pose]:
    opened = Pose()
    yield opened
    opened.close()


def test_a_person_is_found_from_shoulder_to_shoulder(network: Pose, portrait: VideoFrame) -> None:
    for _ in range(3):
        seen = network.look(portrait.image)
        assert seen.points is not None
        assert seen.visibility is not None
        assert seen.points.shape == (POINTS, 2)
        assert PRESENCE < seen.score <= 1
        assert seen.points[pose.LEFT_SHOULDER, 0] > seen.points[pose.NOSE, 0] > seen.points[pose.RIGHT_SHOULDER, 0]
        assert seen.points[pose.NOSE, 1] < seen.points[pose.LEFT_SHOULDER, 1]
        assert (seen.visibility[[pose.LEFT_WRIST, pose.RIGHT_WRIST]] < 0.5).all()


def test_a_wall_holds_nobody(network: Pose) -> None:
    seen = network.look(np.full((240, 320, 3), (150, 140, 130), dtype=np.uint8))
    assert (seen.points, seen.visibility) == (None, None)
    assert seen.score <= PRESENCE


def test_a_closed_network_says_so(portrait: VideoFrame) -> None:
    network = Pose()
    network.close()
    network.close()
    with pytest.raises(ValueError, match="closed"):
        network.look(portrait.image)


def test_it_opens_no_model_that_is_not_registered() -> None:
    """Its graph names three sizes of one network; the one of complexity 1 is what is opened."""
    opened = set(re.findall(r"mediapipe/(modules/[\w/]+\.tflite)", str(graph.written_out(graph.plan(pose._GRAPH)))))
    others = {f"modules/pose_landmark/pose_landmark_{size}.tflite" for size in ("lite", "heavy")}
    assert opened - others == {model(name).file for name in WEIGHTS}
