"""The direction of the eyes, from eyeballs that were turned by known angles."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.eyes import DEPTH, RADIUS, EyeAngles, gaze_angles, gaze_confidence
from schemas.media import Floats
from schemas.observation import HeadPose

AHEAD = np.array([0.0, 0.0, 1.0])
FISSURE = 30.0
"""Pixels between the corners."""
STRAIGHT = HeadPose(0, 0, 0)
looks = st.floats(-40, 40)


def eyes_looking(horizontal: float, vertical: float, *, lids: float = 0.3, right_lids: float | None = None) -> Floats:
    """Both eyes of a head that faces the camera: outer corner, inner corner, iris, upper lid, lower lid."""
    upward, across = np.radians((vertical, horizontal))
    gaze = np.array([np.sin(across) * np.cos(upward), np.sin(upward), np.cos(across) * np.cos(upward)])
    points = []
    for side, gap in ((-1, lids if right_lids is None else right_lids), (1, lids)):
        outer, inner = np.array([side * 60.0, 0, 0]), np.array([side * (60.0 - FISSURE), 0, 0])
        middle = (outer + inner) / 2
        iris = middle - DEPTH * FISSURE * AHEAD + RADIUS * FISSURE * gaze
        half = np.array([0, gap * FISSURE / 2, 0])
        points += [outer, inner, iris, middle + half, middle - half]
    return np.array(points)


def measured(points: Floats) -> EyeAngles:
    angles = gaze_angles(points, AHEAD)
    assert angles is not None
    return angles


@given(looks, looks)
def test_known_directions_are_found(horizontal: float, vertical: float) -> None:
    found = measured(eyes_looking(horizontal, vertical))
    assert (found.horizontal, found.vertical) == pytest.approx((horizontal, vertical), abs=1e-6)


@given(looks, looks, st.floats(-40, 40))
def test_a_turned_head_with_the_same_gaze_gives_the_same_angles(
    horizontal: float, vertical: float, turn: float
) -> None:
    angle = np.radians(turn)
    matrix = np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]])
    points = eyes_looking(0, 0) @ matrix.T
    forward = matrix @ AHEAD
    kept = eyes_looking(horizontal, vertical)
    for first in (0, 5):
        middle = points[first : first + 2].mean(axis=0) - DEPTH * FISSURE * forward
        straight = kept[first : first + 2].mean(axis=0) - DEPTH * FISSURE * AHEAD
        points[first + 2] = middle + (kept[first + 2] - straight)
    found = gaze_angles(points, forward)
    assert found is not None
    assert (found.horizontal, found.vertical) == pytest.approx((horizontal, vertical), abs=1e-6)


def test_shut_eyes_look_nowhere() -> None:
    assert gaze_angles(eyes_looking(5, 5, lids=0.05), AHEAD) is None


def test_one_shut_eye_is_left_out() -> None:
    points = eyes_looking(10, 0, right_lids=0.05)
    points[2] += 100
    assert measured(points).horizontal == pytest.approx(10, abs=1e-6)


def test_an_iris_outside_the_eye_gives_a_finite_angle() -> None:
    points = eyes_looking(0, 0)
    points[[2, 7]] += (1000, 1000, 0)
    found = measured(points)
    assert abs(found.horizontal) < 90
    assert abs(found.vertical) < 90


def test_points_on_one_spot_give_nothing() -> None:
    assert gaze_angles(np.zeros((10, 3)), AHEAD) is None


SEEN = EyeAngles(horizontal=0, vertical=0, openness=1.0, width=30.0)


def test_confidence_is_that_of_the_face_where_the_eyes_are_seen_well() -> None:
    assert gaze_confidence(0.9, STRAIGHT, SEEN) == pytest.approx(0.9)


@given(st.floats(0, 90), st.floats(0, 90))
def test_confidence_falls_as_the_head_turns(one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert gaze_confidence(1, HeadPose(less, 0, 0), SEEN) >= gaze_confidence(1, HeadPose(more, 0, 0), SEEN)
    assert gaze_confidence(1, HeadPose(0, -less, 0), SEEN) >= gaze_confidence(1, HeadPose(0, -more, 0), SEEN)
    assert gaze_confidence(1, HeadPose(60, 0, 0), SEEN) == 0


@given(st.floats(0, 1), st.floats(0, 60), st.floats(0, 1))
def test_confidence_lies_between_none_and_that_of_the_face(openness: float, width: float, presence: float) -> None:
    seen = replace(SEEN, openness=openness, width=width)
    assert 0 <= gaze_confidence(presence, STRAIGHT, seen) <= presence
    assert gaze_confidence(presence, STRAIGHT, replace(seen, width=3.0)) == 0
    assert gaze_confidence(presence, STRAIGHT, replace(seen, openness=0.0)) == 0
