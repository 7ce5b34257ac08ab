"""The network for age and gender, and its detector."""

import numpy as np
import pytest

from actors.detectors.age_gender import NAME, AgeGenderDetector
from infra.models.age_gender import SIDE, AgeGenderNetwork
from infra.models.face_mesh import FaceMesh, Mesh
from schemas.media import Picture, SessionTime, VideoFrame


@pytest.fixture(scope="module")
def network() -> AgeGenderNetwork:
    return AgeGenderNetwork()


@pytest.fixture(scope="module")
def detector() -> AgeGenderDetector:
    return AgeGenderDetector()


def noise(seed: int) -> Picture:
    return np.random.default_rng(seed).integers(0, 256, (SIDE, SIDE, 3), np.uint8)


@pytest.mark.parametrize("seed", range(3))
def test_it_gives_years_a_spread_and_a_probability(network: AgeGenderNetwork, seed: int) -> None:
    said = network.look(noise(seed))
    assert 0 <= said.years <= 100
    assert said.spread > 0
    assert 0 <= said.female <= 1


def test_a_mirrored_face_is_as_old(network: AgeGenderNetwork) -> None:
    one, other = network.look(noise(1)), network.look(noise(1)[:, ::-1])
    assert other.years == pytest.approx(one.years, abs=0.1)
    assert other.female == pytest.approx(one.female, abs=0.01)


@pytest.mark.parametrize("shape", [(SIDE, SIDE), (48, 48, 3), (SIDE, SIDE, 1)])
def test_a_picture_of_another_shape_is_refused(network: AgeGenderNetwork, shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="96 × 96 × 3"):
        network.look(np.zeros(shape, np.uint8))


def test_a_face_is_given_an_age_and_a_gender(detector: AgeGenderDetector, mesh: FaceMesh, portrait: VideoFrame) -> None:
    seen = detector.observe(portrait, mesh.look(portrait.image))
    assert seen.problem is None
    assert seen.age is not None
    assert seen.age.spread > 0
    assert seen.female is not None
    assert 0 < seen.confidence <= 1
    assert seen.detector == NAME


def test_no_face_gives_neither(detector: AgeGenderDetector) -> None:
    seen = detector.observe(VideoFrame(SessionTime(7), np.zeros((240, 320, 3), np.uint8)), Mesh(None, 0.1))
    assert (seen.age, seen.female, seen.confidence, seen.problem) == (None, None, 0, "no-face")
