"""The head's angles, from points that were rotated by known ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors.head import LANDMARKS, PAIRS, head_axes, head_pose
from schemas.media import Floats
from schemas.observation import HeadPose

turns = st.floats(-80, 80)
angles = st.builds(HeadPose, yaw=turns, pitch=turns, roll=st.floats(-179, 179))


def straight_head() -> Floats:
    """Points of a symmetric head that looks into the camera; right, up, towards the camera."""
    random = np.random.default_rng(5)
    points = []
    for _ in PAIRS:
        x, y, z = random.uniform((2, -8, -3), (8, 8, 6))
        points += [(-x, y, z), (x, y, z)]
    return np.array([*points, (0, 8, 4), (0, -9, 4)], dtype=np.float64)


def rotated(points: Floats, pose: HeadPose) -> Floats:
    """Nod, then turn, then tilt, written out as matrices with the signs that `HeadPose` names."""
    yaw, pitch, roll = np.radians((pose.yaw, pose.pitch, pose.roll))
    nod = np.array([[1, 0, 0], [0, np.cos(pitch), np.sin(pitch)], [0, -np.sin(pitch), np.cos(pitch)]])
    turn = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    tilt = np.array([[np.cos(roll), np.sin(roll), 0], [-np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    return np.asarray(points @ (tilt @ turn @ nod).T)


def measured(points: Floats) -> HeadPose:
    axes = head_axes(points)
    assert axes is not None
    return head_pose(axes)


def test_every_landmark_has_its_place() -> None:
    assert len(straight_head()) == len(LANDMARKS)


@given(angles, st.floats(0.01, 500), st.tuples(turns, turns, turns))
def test_known_rotations_are_found_at_any_size_and_place(pose: HeadPose, size: float, place: tuple[float, ...]) -> None:
    found = measured(rotated(straight_head(), pose) * size + np.array(place))
    assert (found.yaw, found.pitch, found.roll) == pytest.approx((pose.yaw, pose.pitch, pose.roll), abs=1e-6)


@given(angles)
def test_a_mirrored_picture_turns_and_tilts_the_other_way(pose: HeadPose) -> None:
    points = rotated(straight_head(), pose) * (-1, 1, 1)
    swapped = points[[*(n ^ 1 for n in range(2 * len(PAIRS))), -2, -1]]
    found = measured(swapped)
    assert (found.yaw, found.pitch, found.roll) == pytest.approx((-pose.yaw, pose.pitch, -pose.roll), abs=1e-6)


def test_the_signs_are_those_of_the_contract() -> None:
    nose = np.array([[0.0, 0.0, 1.0]])
    crown = np.array([[0.0, 1.0, 0.0]])
    assert rotated(nose, HeadPose(20, 0, 0))[0, 0] > 0  # to the person's left is the picture's right
    assert rotated(nose, HeadPose(0, 20, 0))[0, 1] > 0  # up
    assert rotated(crown, HeadPose(0, 0, 20))[0, 0] > 0  # towards the left shoulder, the picture's right


@pytest.mark.parametrize("points", [np.zeros((20, 3)), np.outer(np.arange(20.0), (1.0, 0.0, 0.0))])
def test_points_that_span_no_head(points: Floats) -> None:
    assert head_axes(points) is None
