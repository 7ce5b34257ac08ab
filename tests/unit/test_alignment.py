"""A face comes to lie as its network learnt it, however it stood in the picture; one that cannot be judged is named."""

from cmath import exp
from dataclasses import dataclass
from math import radians

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.detectors import head
from actors.detectors.alignment import LEFT_EYE, MOUTH, RIGHT_EYE, Template, cut
from infra.models.face_mesh import POINTS, Mesh
from schemas.media import Picture

TEMPLATE = Template(right_eye=(0.3, 0.35), left_eye=(0.7, 0.35), mouth=(0.5, 0.75), side=48, smallest=10.0)
WIDTH, HEIGHT = 320, 240
SPOTS = (*RIGHT_EYE, *LEFT_EYE, *MOUTH)


@dataclass(frozen=True)
class Spot:
    """A landmark as MediaPipe gives it."""

    x: float
    y: float
    z: float = 0.0


def placed(centre: complex, eyes: float, roll: float, yaw: float = 0.0) -> tuple[complex, complex, complex]:
    """Right eye, left eye and mouth in pixels: `eyes` apart, tilted by `roll` degrees, turned by `yaw`."""
    narrow = np.cos(radians(yaw))
    turn = exp(1j * radians(roll)) * eyes
    spots = [centre + (complex(x * narrow, y)) * turn for x, y in ((-0.5, -0.5), (0.5, -0.5), (0.0, 0.5))]
    return spots[0], spots[1], spots[2]


def mesh_of(spots: tuple[complex, complex, complex], yaw: float = 0.0) -> Mesh:
    """A mesh whose eyes and mouth lie at `spots`, on a head that is turned by `yaw` degrees."""
    right, left, mouth = spots
    across, down = left - right, mouth - (left + right) / 2
    points = {index: Spot(right.real / WIDTH, right.imag / HEIGHT) for index in range(POINTS)}
    for indices, spot in ((RIGHT_EYE, right), (LEFT_EYE, left), (MOUTH, mouth)):
        points.update({index: Spot(spot.real / WIDTH, spot.imag / HEIGHT) for index in indices})
    depth = abs(across) * np.tan(radians(yaw)) / WIDTH
    for one, other in head.PAIRS:
        for index, side, z in ((one, right, -depth / 2), (other, left, depth / 2)):
            if index not in SPOTS:
                points[index] = Spot(side.real / WIDTH, side.imag / HEIGHT, z)
            else:
                points[index] = Spot(points[index].x, points[index].y, z)
    for index, at in ((head.FOREHEAD, right + across / 2 - down), (head.CHIN, right + across / 2 + 1.5 * down)):
        points[index] = Spot(at.real / WIDTH, at.imag / HEIGHT)
    return Mesh([points[index] for index in range(POINTS)], 0.9)


def picture_of(spots: tuple[complex, complex, complex], size: float) -> Picture:
    """Eyes in red and green, a mouth in blue, each a soft dot, on grey."""
    y, x = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    picture = np.full((HEIGHT, WIDTH, 3), 60.0)
    for channel, spot in enumerate(spots):
        picture[:, :, channel] += 190 * np.exp(-((x - spot.real) ** 2 + (y - spot.imag) ** 2) / (2 * size**2))
    return picture.clip(0, 255).astype(np.uint8)


def middle(face: Picture, channel: int) -> complex:
    """Where the dot of one channel lies, in fractions of the side."""
    weight = (face[:, :, channel].astype(float) - 70).clip(min=0)
    y, x = np.mgrid[: face.shape[0], : face.shape[1]] + 0.5
    total = float(weight.sum()) * face.shape[0]
    return complex(float((weight * x).sum()) / total, float((weight * y).sum()) / total)


@given(
    x=st.floats(130, 190), y=st.floats(100, 140), eyes=st.floats(12, 60), roll=st.floats(-40, 40), sharp=st.booleans()
)
def test_eyes_and_mouth_come_to_lie_where_they_were_learnt(
    x: float, y: float, eyes: float, roll: float, sharp: bool
) -> None:
    spots = placed(complex(x, y), eyes, roll)
    found = cut(picture_of(spots, eyes * (0.08 if sharp else 0.12)), mesh_of(spots), TEMPLATE)
    assert found.problem is None
    assert found.face is not None
    assert found.face.shape == (48, 48, 3)
    wanted = [complex(*spot) for spot in (TEMPLATE.right_eye, TEMPLATE.left_eye, TEMPLATE.mouth)]
    for channel, spot in enumerate(wanted):
        assert abs(middle(found.face, channel) - spot) < 0.02


def test_no_face_gives_no_cut() -> None:
    assert cut(np.zeros((240, 320, 3), np.uint8), Mesh(None, 0.3), TEMPLATE).problem == "no-face"


@pytest.mark.parametrize(
    ("centre", "eyes", "yaw", "problem"),
    [
        (160 + 120j, 9.0, 0.0, "too-small"),
        (5 + 120j, 60.0, 0.0, "out-of-frame"),
        (160 + 235j, 60.0, 0.0, "out-of-frame"),
        (160 + 120j, 60.0, 60.0, "turned-away"),
        (160 + 120j, 60.0, -60.0, "turned-away"),
    ],
)
def test_a_face_that_cannot_be_judged_is_named(centre: complex, eyes: float, yaw: float, problem: str) -> None:
    spots = placed(centre, eyes, 0.0)
    found = cut(picture_of(spots, 4.0), mesh_of(spots, yaw), TEMPLATE)
    assert found.face is None
    assert found.problem == problem


@pytest.mark.parametrize("grey", [0, 12, 128, 255])
def test_a_black_or_an_empty_picture_is_not_judged(grey: int) -> None:
    found = cut(np.full((240, 320, 3), grey, np.uint8), mesh_of(placed(160 + 120j, 60.0, 0.0)), TEMPLATE)
    assert found.face is None
    assert found.problem == "too-dark"


def test_a_mesh_without_extent_is_too_small() -> None:
    point = Mesh([Spot(0.5, 0.5)] * POINTS, 0.9)
    assert cut(np.full((240, 320, 3), 128, np.uint8), point, TEMPLATE).problem == "too-small"
