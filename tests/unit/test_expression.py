"""The expression network and its detector."""

from dataclasses import astuple

import numpy as np
import pytest

from actors.detectors.expression import NAME, ExpressionDetector
from infra.models.expression import CLASSES, SIDE, ExpressionNetwork
from infra.models.face_mesh import FaceMesh, Mesh
from schemas.media import Picture, SessionTime, VideoFrame


@pytest.fixture(scope="module")
def network() -> ExpressionNetwork:
    return ExpressionNetwork()


@pytest.fixture(scope="module")
def detector() -> ExpressionDetector:
    return ExpressionDetector()


def noise(seed: int) -> Picture:
    return np.random.default_rng(seed).integers(0, 256, (SIDE, SIDE), np.uint8)


@pytest.mark.parametrize("seed", range(3))
def test_it_gives_probabilities_of_seven_classes(network: ExpressionNetwork, seed: int) -> None:
    said = network.look(noise(seed))
    assert said.shape == (len(CLASSES),)
    assert (said >= 0).all()
    assert said.sum() == pytest.approx(1, abs=1e-5)


def test_a_mirrored_face_has_the_same_expression(network: ExpressionNetwork) -> None:
    assert network.look(noise(1)[:, ::-1]) == pytest.approx(network.look(noise(1)), abs=0.02)


def test_dim_light_changes_little(network: ExpressionNetwork, portrait: VideoFrame) -> None:
    face = portrait.image[: portrait.image.shape[0], :, 0]
    small = np.asarray(face[::5, ::5][:SIDE, :SIDE])
    small = np.pad(small, ((0, SIDE - small.shape[0]), (0, SIDE - small.shape[1])), "edge")
    dim = (small.astype(float) * 0.6 + 20).astype(np.uint8)
    assert network.look(dim) == pytest.approx(network.look(small), abs=0.15)


def test_a_picture_of_another_size_is_refused(network: ExpressionNetwork) -> None:
    with pytest.raises(ValueError, match="48 × 48"):
        network.look(np.zeros((64, 64), np.uint8))


def test_a_face_is_given_six_expressions(detector: ExpressionDetector, mesh: FaceMesh, portrait: VideoFrame) -> None:
    seen = detector.observe(portrait, mesh.look(portrait.image))
    assert seen.problem is None
    assert seen.expressions is not None
    six = astuple(seen.expressions)
    assert len(six) == 6
    assert all(0 <= each <= 1 for each in six)
    assert 0 < sum(six) <= 1 + 1e-6
    assert seen.at == portrait.at
    assert 0 < seen.confidence <= 1
    assert seen.detector == NAME


def test_a_tilted_picture_shows_the_same_expression(
    detector: ExpressionDetector, mesh: FaceMesh, portrait: VideoFrame
) -> None:
    upright = detector.observe(portrait, mesh.look(portrait.image))
    mirrored = VideoFrame(portrait.at, np.ascontiguousarray(portrait.image[:, ::-1]))
    other = FaceMesh()
    seen = detector.observe(mirrored, other.look(mirrored.image))
    other.close()
    assert upright.expressions is not None
    assert seen.expressions is not None
    assert astuple(seen.expressions) == pytest.approx(astuple(upright.expressions), abs=0.15)


def test_no_face_gives_no_expression(detector: ExpressionDetector) -> None:
    frame = VideoFrame(SessionTime(7), np.zeros((240, 320, 3), np.uint8))
    seen = detector.observe(frame, Mesh(None, 0.1))
    assert seen.expressions is None
    assert seen.confidence == 0
    assert seen.problem == "no-face"


def test_a_face_in_the_dark_gives_no_expression(
    detector: ExpressionDetector, mesh: FaceMesh, portrait: VideoFrame
) -> None:
    seen = detector.observe(
        VideoFrame(portrait.at, np.zeros_like(portrait.image)),
        mesh.look(portrait.image),
    )
    assert seen.expressions is None
    assert seen.problem == "too-dark"
