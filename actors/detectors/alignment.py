"""A face cut out of a picture so that eyes and mouth lie where they lay in the pictures that a network learnt from."""

from dataclasses import dataclass
from math import ceil

import cv2
import numpy as np
import numpy.typing as npt

from actors.detectors import head
from actors.detectors.picture import is_picture
from infra.models.face_mesh import Mesh
from schemas.media import Picture

Spots = npt.NDArray[np.complex128]
"""Places in a picture: pixels to the right, and i times pixels down."""

RIGHT_EYE = (33, 133, 159, 145)
"""Of the person: corners and lids; their mean is the eye's middle."""
LEFT_EYE = (263, 362, 386, 374)
MOUTH = (61, 291, 13, 14)
_GROUPS = (RIGHT_EYE, LEFT_EYE, MOUTH)
_POINTS = (*RIGHT_EYE, *LEFT_EYE, *MOUTH)

TURNED = 50.0
"""Degrees of yaw or pitch from which less than half of a face is seen."""
OUTSIDE = 0.1
"""Share of the cut that may lie outside of the picture."""
DARK = 24.0
"""Mean brightness (0..255) of a face below which it is too dark to be judged."""
FLAT = 4.0
"""Standard deviation of a face's brightness below which there is nothing to be seen in it."""


@dataclass(frozen=True, slots=True)
class Template:
    """Where eyes and mouth lie in a network's pictures, in fractions of their side, from the top left."""

    right_eye: tuple[float, float]
    left_eye: tuple[float, float]
    mouth: tuple[float, float]
    side: int
    """Pixels."""
    smallest: float
    """Pixels between the eyes' middles below which a face says too little."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A face as a network wants it, or why there is none."""

    face: Picture | None
    """Side × side × 3, RGB."""
    problem: str | None
    """`unreadable`, `no-face`, `too-small`, `turned-away`, `out-of-frame`, `too-dark`; None where there is a face."""


def cut(picture: Picture, mesh: Mesh, template: Template) -> Cut:
    """The face that `mesh` found in `picture` (height × width × 3, RGB), turned upright and scaled to `template`."""
    if mesh.landmarks is None or not is_picture(picture):
        return Cut(None, "no-face" if is_picture(picture) else "unreadable")
    height, width = picture.shape[:2]
    found = _middles(mesh, width, height)
    if abs(found[1] - found[0]) < template.smallest:
        return Cut(None, "too-small")
    axes = head.head_axes(mesh.points(head.LANDMARKS, width, height))
    pose = None if axes is None else head.head_pose(axes)
    if pose is None or max(abs(pose.yaw), abs(pose.pitch)) > TURNED:
        return Cut(None, "turned-away")
    factor, shift = _similarity(found, _wanted(template))
    if _outside(factor, shift, template.side, width, height) > OUTSIDE:
        return Cut(None, "out-of-frame")
    face = _warped(picture, factor, shift, template.side)
    if float(face.mean()) < DARK or float(face.mean(axis=2).std()) < FLAT:
        return Cut(None, "too-dark")
    return Cut(face, None)


def _middles(mesh: Mesh, width: int, height: int) -> Spots:
    """Right eye, left eye and mouth."""
    points = mesh.points(_POINTS, width, height)
    flat = points[:, 0] - 1j * points[:, 1]
    return np.asarray(flat.reshape(len(_GROUPS), -1).mean(axis=1), np.complex128)


def _wanted(template: Template) -> Spots:
    shares = (template.right_eye, template.left_eye, template.mouth)
    return np.array([complex(x, y) * template.side for x, y in shares], np.complex128)


def _similarity(found: Spots, wanted: Spots) -> tuple[complex, complex]:
    """Turn and scale (one factor) and shift that bring `found` closest to `wanted` in the sense of least squares."""
    centred = found - found.mean()
    factor = np.vdot(centred, wanted - wanted.mean()) / np.vdot(centred, centred).real
    return complex(factor), complex(wanted.mean() - factor * found.mean())


def _outside(factor: complex, shift: complex, side: int, width: int, height: int) -> float:
    """Share of the cut for which there is no picture, by a grid of 12 × 12 of its points."""
    steps = (np.arange(12) + 0.5) * side / 12
    spots = (steps[np.newaxis, :] + 1j * steps[:, np.newaxis] - shift) / factor
    inside = (spots.real >= 0) & (spots.real < width) & (spots.imag >= 0) & (spots.imag < height)
    return float(1 - inside.mean())


def _warped(picture: Picture, factor: complex, shift: complex, side: int) -> Picture:
    """The cut; taken at a multiple of its size where the face is larger, so that no pixel of it is left out."""
    finer = max(1, ceil(0.75 / abs(factor)))
    a, middle = factor * finer, 0.5 + 0.5j
    b = shift * finer + a * middle - middle  # OpenCV counts from the middle of the first pixel
    matrix = np.array([[a.real, -a.imag, b.real], [a.imag, a.real, b.imag]])
    large = cv2.warpAffine(
        picture, matrix, (side * finer, side * finer), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    face = cv2.resize(large, (side, side), interpolation=cv2.INTER_AREA) if finer > 1 else large
    return np.asarray(face, np.uint8)
