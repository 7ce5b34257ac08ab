"""Which bodies are worth measuring, and why the others are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from actors.detectors.torso import Torso, face_box, torso_of
from infra.models import pose
from infra.models.pose import Body
from schemas.media import Floats
from schemas.observation import Box
from tests.unit.figure import body, torso

FACE = Box(0.42, 0.2, 0.58, 0.42)


def test_a_body_from_the_front_is_measured() -> None:
    found = torso()
    assert found.width == pytest.approx(0.4)
    assert found.shoulders == pytest.approx((0.5, 0.55))
    assert found.neck == pytest.approx(0.6)
    assert found.confidence == pytest.approx(0.99)


@given(st.floats(-40, 40))
def test_the_neck_is_as_long_in_a_turned_picture(degrees: float) -> None:
    assert torso(turned=degrees).neck == pytest.approx(0.6)


def test_heights_are_in_widths_of_the_picture() -> None:
    found = torso_of(body(width=0.3), 200, 100, None)
    assert isinstance(found, Torso)
    assert found.shoulders[1] == pytest.approx(0.275)


def test_what_is_not_seen_is_not_there() -> None:
    plain, whole = torso_of(body(), 100, 100, None), torso_of(body(0.3, wrists=True, hips=True), 100, 100, None)
    assert isinstance(plain, Torso)
    assert isinstance(whole, Torso)
    assert (plain.left_wrist, plain.right_wrist, plain.hips, plain.left_elbow) == (None, None, None, None)
    assert whole.left_wrist == pytest.approx((0.65, 0.76))
    assert whole.hips == pytest.approx((0.5, 0.85))


@pytest.mark.parametrize(
    ("seen", "problem"),
    [
        (Body(None, None, 0.1), "no-body"),
        (body(at=(0.9, 0.55)), "out-of-frame"),
        (body(at=(0.5, 1.2)), "out-of-frame"),
        (body(at=(0.5, 0.1)), "out-of-frame"),
        (body(width=0.1), "too-small"),
        (body(turned=180, at=(0.5, 0.4)), "not-upright"),
        (body(turned=70), "not-upright"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_body_that_cannot_be_measured_is_told_why(seen: Body, problem: str) -> None:
    assert torso_of(seen, 100, 100, None) == problem


def test_a_body_from_behind_is_not_measured() -> None:
    seen = body()
    assert seen.points is not None
    seen.points[:, 0] = 1 - seen.points[:, 0]
    assert torso_of(seen, 100, 100, None) == "not-upright"


def test_a_body_from_the_side_is_turned_away() -> None:
    seen = body()
    assert seen.points is not None
    seen.points[pose.LEFT_SHOULDER, 0], seen.points[pose.RIGHT_SHOULDER, 0] = 0.57, 0.43
    assert torso_of(seen, 300, 300, None) == "turned-away"


def test_shoulders_that_are_hidden_are_out_of_frame() -> None:
    seen = body()
    assert seen.visibility is not None
    seen.visibility[pose.LEFT_SHOULDER] = 0.3
    assert torso_of(seen, 100, 100, None) == "out-of-frame"


def test_the_body_of_somebody_else_is_not_the_persons() -> None:
    assert isinstance(torso_of(body(), 100, 100, FACE), Torso)
    assert torso_of(body(), 100, 100, Box(0.02, 0.2, 0.18, 0.42)) == "other-person"


def test_the_face_is_where_eyes_and_mouth_are() -> None:
    box = face_box(body(), 100, 100)
    assert box is not None
    assert (box.left + box.right) / 2 == pytest.approx(0.5)
    assert box.top < 0.3 < box.bottom
    hidden = body()
    assert hidden.visibility is not None
    hidden.visibility[pose.LEFT_MOUTH] = 0.2
    assert face_box(hidden, 100, 100) is None
    assert face_box(Body(None, None, 0.0), 100, 100) is None


@given(arrays(np.float64, (33, 2), elements=st.floats(-2, 3)), arrays(np.float64, 33, elements=st.floats(0, 1)))
def test_any_points_are_answered(points: Floats, visibility: Floats) -> None:
    found = torso_of(Body(points, visibility, 0.9), 320, 240, None)
    assert isinstance(found, str) or (found.width > 0 and 0 <= found.confidence <= 0.9)
