"""Whose hands they are, when they are looked for, and the network itself."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from actors.detectors.hands import EVERY, HandsDetector, assign, shows_hands
from infra.models import graph, hands, pose
from infra.models.hands import WEIGHTS, Hand, Hands, Side
from infra.models.pose import Body
from infra.models.registry import model
from schemas.media import VideoFrame
from tests.unit.figure import body, hand, torso

NOBODY = Body(None, None, 0.0)
WRISTLESS = replace(torso(), left_wrist=None, right_wrist=None)


@pytest.fixture
def detector() -> Iterator[HandsDetector]:
    opened = HandsDetector()
    yield opened
    opened.close()


def at(x: float, y: float, side: Side = "right", score: float = 0.9) -> Hand:
    """A hand whose wrist lies at (x, y)."""
    return replace(hand([True] * 5, size=0.2, at=(x, y)), side=side, score=score)


def test_hands_belong_to_the_nearer_wrist_whatever_they_look_like() -> None:
    left, right = at(0.7, 0.8, "right"), at(0.3, 0.8, "right")
    assert assign((left, right), torso(), 1.0) == {"left": left, "right": right}
    assert assign((right, left), torso(), 1.0) == {"left": left, "right": right}
    assert assign((left,), torso(), 1.0) == {"left": left}


def test_without_wrists_hands_are_what_they_look_like() -> None:
    one, other = at(0.7, 0.8, "left"), at(0.3, 0.8, "right")
    for body_seen in (WRISTLESS, None):
        assert assign((other, one), body_seen, 1.0) == {"left": one, "right": other}
        assert assign((one,), body_seen, 1.0) == {"left": one}


def test_two_hands_that_look_alike_are_still_two() -> None:
    assert set(assign((at(0.7, 0.8), at(0.3, 0.8)), WRISTLESS, 1.0)) == {"left", "right"}


def test_a_hand_far_from_both_wrists_is_somebody_elses() -> None:
    assert assign((at(0.02, 0.1),), torso(0.25, (0.75, 0.6)), 1.0) == {}
    assert assign((at(0.02, 0.1),), WRISTLESS, 1.0) != {}


def test_the_same_hand_found_twice_is_one() -> None:
    surer, other = at(0.7, 0.8, score=0.9), at(0.71, 0.81, score=0.8)
    assert assign((other, surer), torso(), 1.0) == {"left": surer}


def test_a_body_shows_hands_where_one_of_their_points_may_be_in_the_picture() -> None:
    assert not shows_hands(NOBODY)
    assert not shows_hands(body(0.3))
    assert shows_hands(body(0.3, wrists=True))
    low = body(wrists=True, at=(0.5, 0.9))
    assert not shows_hands(low)
    assert low.points is not None
    assert low.visibility is not None
    low.points[pose.LEFT_HAND[1]], low.visibility[pose.LEFT_HAND[1]] = (0.6, 0.98), 0.2
    assert shows_hands(low)


def test_without_hands_in_the_body_every_fifth_picture_is_searched(
    detector: HandsDetector, portrait: VideoFrame
) -> None:
    looked = [detector.observe(portrait, NOBODY, None).looked for _ in range(2 * EVERY)]
    assert looked == ([False] * (EVERY - 1) + [True]) * 2


def test_with_hands_in_the_body_every_picture_is_searched(detector: HandsDetector, portrait: VideoFrame) -> None:
    said = [detector.observe(portrait, body(0.3, wrists=True), torso(0.3)) for _ in range(3)]
    assert all(each.looked for each in said)
    assert {(each.left, each.right, each.confidence, each.problem) for each in said} == {(None, None, 0.0, None)}


def test_a_closed_network_says_so(portrait: VideoFrame) -> None:
    network = Hands()
    assert network.look(portrait.image) == ()
    network.close()
    network.close()
    with pytest.raises(ValueError, match="closed"):
        network.look(portrait.image)


def test_it_opens_no_model_that_is_not_registered() -> None:
    """Its graph names two sizes of each network; those of complexity 1 are what is opened."""
    opened = set(re.findall(r"mediapipe/(modules/[\w/]+\.tflite)", str(graph.written_out(graph.plan(hands._GRAPH)))))
    others = {"modules/palm_detection/palm_detection_lite.tflite", "modules/hand_landmark/hand_landmark_lite.tflite"}
    assert opened - others == {model(name).file for name in WEIGHTS}
