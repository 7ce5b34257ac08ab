"""Lids and lips of a real mesh, moved by hand: what the detector tells of a blink and of speech."""

from dataclasses import astuple, dataclass

import pytest

from actors.detectors import mouth, openness
from actors.detectors.features import Features
from infra.models.face_mesh import FaceMesh, Mesh
from schemas.media import SessionTime, VideoFrame
from schemas.observation import FaceObservation

LIDS = [pair for eye in (openness.RIGHT, openness.LEFT) for pair in ((eye[1], eye[5]), (eye[2], eye[4]))]
"""Upper and lower, twice for each eye."""


@dataclass
class Point:
    x: float
    y: float
    z: float


@pytest.fixture
def rest(mesh: FaceMesh, portrait: VideoFrame) -> Mesh:
    return mesh.look(portrait.image)


def moved(rest: Mesh, *, lids: float = 1.0, lips: float = 0.0) -> Mesh:
    """The face with the gap between the lids a share of what it is, and the lips further apart (of the height)."""
    assert rest.landmarks is not None
    points = [Point(each.x, each.y, each.z) for each in rest.landmarks]
    for upper, lower in LIDS:
        one, other = points[upper], points[lower]
        points[upper] = Point(*(b + (a - b) * lids for a, b in zip(astuple(one), astuple(other), strict=True)))
    for _, lower in mouth.PAIRS:
        points[lower].y += lips
    return Mesh(points, rest.score)


def described(meshes: list[Mesh]) -> list[FaceObservation]:
    """What is said of these meshes at ten in a second."""
    features = Features()
    empty = [FaceObservation(SessionTime(number * 100_000), True, 1.0, "face/x") for number in range(len(meshes))]
    return [features.describe(each, mesh, 320, 240) for each, mesh in zip(empty, meshes, strict=True)]


def test_a_blink_is_told_where_it_ends(rest: Mesh) -> None:
    film = [rest] * 20 + [moved(rest, lids=0.1)] * 2 + [rest] * 3
    eyes = [each.eyes for each in described(film)]
    assert [each.blink for each in eyes if each is not None and each.blink is not None] == [pytest.approx(0.2)]
    last, shut = eyes[-1], eyes[20]
    assert last is not None
    assert shut is not None
    assert last.openness == pytest.approx(1.0)
    assert shut.openness == pytest.approx(0.1, abs=0.02)


def test_lips_that_move_speak_and_lips_at_rest_do_not(rest: Mesh) -> None:
    silent = described([rest] * 10)[-1].mouth
    loud = described([moved(rest, lips=0.04 * (number % 2)) for number in range(10)])[-1].mouth
    assert silent is not None
    assert loud is not None
    assert silent.speaking == 0
    assert loud.speaking is not None
    assert loud.speaking > 0.8


def test_what_does_not_span_a_head_is_not_described() -> None:
    point = Mesh([Point(0.5, 0.5, 0.0)] * 478, 0.9)
    (found,) = described([point])
    assert (found.pose, found.gaze, found.eyes, found.mouth) == (None, None, None, None)
