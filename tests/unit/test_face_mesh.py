"""The model's own scores, and the two ranges in which it looks for a face."""

import numpy as np
import pytest

from infra.models.face_mesh import DISTANT_EVERY, POINTS, PRESENCE, FaceMesh
from infra.rtc.recording import open_recording
from schemas.media import Picture, VideoFrame
from tests.media.fake_camera import PORTRAIT


@pytest.fixture(scope="module")
def face() -> Picture:
    first = next(iter(open_recording(PORTRAIT).read()))
    assert isinstance(first, VideoFrame)
    return first.image


def wall() -> Picture:
    return np.full((480, 640, 3), (150, 140, 130), dtype=np.uint8)


def distant(face: Picture) -> Picture:
    """The person, half as large, before a wall: a face of about 60 of 640 pixels."""
    picture = wall()
    picture[100:220, 200:360] = face[::2, ::2]
    return picture


def test_a_face_scores_above_the_gate_and_gives_all_landmarks(mesh: FaceMesh, face: Picture) -> None:
    seen = mesh.look(face)
    assert seen.landmarks is not None
    assert len(seen.landmarks) == POINTS
    assert PRESENCE < seen.score <= 1
    points = seen.points((1, 10, 152), 320, 240)
    nose, forehead, chin = points
    assert forehead[1] > nose[1] > chin[1]
    assert nose[2] > max(forehead[2], chin[2])


def test_a_wall_scores_below_it(mesh: FaceMesh) -> None:
    for _ in range(2 * DISTANT_EVERY):
        seen = mesh.look(wall())
        assert seen.landmarks is None
        assert 0 <= seen.score < 0.3


def test_a_distant_face_is_found_and_followed(mesh: FaceMesh, face: Picture) -> None:
    seen = [mesh.look(distant(face)) for _ in range(3 * DISTANT_EVERY)]
    assert all(each.landmarks is not None for each in seen[DISTANT_EVERY:])


def test_a_face_is_found_near_again_after_it_was_far_and_gone(mesh: FaceMesh, face: Picture) -> None:
    for _ in range(2 * DISTANT_EVERY):
        mesh.look(distant(face))
    assert mesh.look(np.full((240, 320, 3), 140, dtype=np.uint8)).landmarks is None
    assert mesh.look(face).landmarks is not None


def test_no_face_has_no_points(mesh: FaceMesh) -> None:
    with pytest.raises(ValueError, match="expected a face"):
        mesh.look(wall()).points((1,), 640, 480)


def test_a_closed_model_says_so(face: Picture) -> None:
    mesh = FaceMesh()
    mesh.close()
    mesh.close()
    with pytest.raises(ValueError, match="closed"):
        mesh.look(face)
