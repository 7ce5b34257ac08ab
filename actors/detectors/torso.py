"""The points of an upper body that posture and movement are read from, in one unit for both directions."""

from dataclasses import dataclass
from math import hypot

import numpy as np

from infra.models.pose import (
    LEFT_EAR,
    LEFT_ELBOW,
    LEFT_EYE,
    LEFT_HIP,
    LEFT_MOUTH,
    LEFT_SHOULDER,
    LEFT_WRIST,
    NOSE,
    RIGHT_EAR,
    RIGHT_ELBOW,
    RIGHT_EYE,
    RIGHT_HIP,
    RIGHT_MOUTH,
    RIGHT_SHOULDER,
    RIGHT_WRIST,
    Body,
)
from schemas.media import Floats
from schemas.observation import Box

Point = tuple[float, float]
"""To the right and down from the picture's upper left corner, in widths of the picture."""

SEEN = 0.5
"""Visibility from which on a point counts."""
MARGIN = 0.05
"""How far out of the picture a shoulder's joint may lie, in widths and heights of it: what shows of the shoulder then
still tells where the joint is. Farther out it is a guess, and the distance up to a fifth off."""
NARROW = 2.5
"""Shoulder widths per distance from eyes to mouth below which the body is turned away: it is 4 to 5 from the front,
and half of that when turned by 60 degrees."""
SMALLEST = 24.0
"""Pixels from shoulder to shoulder below which a body is a shape like any other."""
FACE_MARGIN = 0.5
"""In sizes of the face's box: how far out of it the nose may lie for face and body to be one person's."""

FACE_WIDTH, FACE_HEIGHT = 2.15, 2.65
"""Of a face's box, in distances from eyes to mouth: medians over nine clips against the face mesh's box."""
_FACE = (LEFT_EYE, RIGHT_EYE, LEFT_MOUTH, RIGHT_MOUTH)


@dataclass(frozen=True, slots=True)
class Torso:
    """An upper body, seen from the front. Points that were not seen are None."""

    head: Point
    """The middle between the ears, which nodding moves least."""
    nose: Point
    left_shoulder: Point
    right_shoulder: Point
    hips: Point | None
    """The middle between them."""
    left_elbow: Point | None
    right_elbow: Point | None
    left_wrist: Point | None
    right_wrist: Point | None
    horizon: float
    """How far the picture's middle lies below its upper edge."""
    face_height: float
    """From the middle between the eyes to the middle of the mouth."""
    confidence: float
    """0..1: presence, times the visibility of the less visible shoulder."""

    @property
    def shoulders(self) -> Point:
        """The middle between them."""
        return _middle(self.left_shoulder, self.right_shoulder)

    @property
    def width(self) -> float:
        """From shoulder to shoulder."""
        return distance(self.left_shoulder, self.right_shoulder)

    @property
    def neck(self) -> float:
        """Height of the head over the line through the shoulders, in shoulder widths; not above 0 where it hangs."""
        (lx, ly), (rx, ry), (hx, hy) = self.left_shoulder, self.right_shoulder, self.head
        return ((lx - rx) * (ry - hy) - (rx - hx) * (ly - ry)) / self.width**2


def torso_of(body: Body, width: int, height: int, face: Box | None) -> Torso | str:
    """The upper body in a picture of `width` × `height` pixels, or why there is none, as a code.

    `face` is where the person's face is known to be: a body whose nose lies far from it is somebody else's.
    """
    if body.points is None or body.visibility is None:
        return "no-body"
    if face is not None and not _near(body.points[NOSE], face):
        return "other-person"
    if not _is_framed(body.points, body.visibility):
        return "out-of-frame"
    torso = _torso(body.points, body.visibility, body.score, height / width)
    if torso.width * width < SMALLEST:
        return "too-small"
    if not _is_upright(torso):
        return "not-upright"
    return "turned-away" if torso.width < NARROW * torso.face_height else torso


def face_box(body: Body, width: int, height: int) -> Box | None:
    """Where the face is, by the body's eyes and mouth, in a picture of `width` × `height` pixels; None where no face is
    seen. Accurate to about a tenth of its size."""
    if body.points is None or body.visibility is None or (body.visibility[list(_FACE)] < SEEN).any():
        return None
    left_eye, right_eye, left_mouth, right_mouth = (body.points[index] * (width, height) for index in _FACE)
    eyes, mouth = (left_eye + right_eye) / 2, (left_mouth + right_mouth) / 2
    x, y = ((eyes + mouth) / 2).tolist()
    tall = float(np.linalg.norm(eyes - mouth))
    across, down = FACE_WIDTH * tall / 2, FACE_HEIGHT * tall / 2
    return Box((x - across) / width, (y - down) / height, (x + across) / width, (y + down) / height)


def distance(one: Point, other: Point) -> float:
    """Between two points."""
    return hypot(one[0] - other[0], one[1] - other[1])


def _torso(shares: Floats, visibility: Floats, score: float, shape: float) -> Torso:
    """`shares` in fractions of a picture of `shape` (height over width)."""
    points = shares * (1.0, shape)

    def seen(index: int) -> Point | None:
        inside = bool(((shares[index] >= 0) & (shares[index] <= 1)).all())
        return _point(points[index]) if inside and visibility[index] >= SEEN else None

    hips = seen(LEFT_HIP), seen(RIGHT_HIP)
    return Torso(
        head=_middle(_point(points[LEFT_EAR]), _point(points[RIGHT_EAR])),
        nose=_point(points[NOSE]),
        left_shoulder=_point(points[LEFT_SHOULDER]),
        right_shoulder=_point(points[RIGHT_SHOULDER]),
        hips=_middle(hips[0], hips[1]) if hips[0] and hips[1] else None,
        left_elbow=seen(LEFT_ELBOW),
        right_elbow=seen(RIGHT_ELBOW),
        left_wrist=seen(LEFT_WRIST),
        right_wrist=seen(RIGHT_WRIST),
        horizon=shape / 2,
        face_height=distance(
            _middle(_point(points[LEFT_EYE]), _point(points[RIGHT_EYE])),
            _middle(_point(points[LEFT_MOUTH]), _point(points[RIGHT_MOUTH])),
        ),
        confidence=float(score * min(visibility[LEFT_SHOULDER], visibility[RIGHT_SHOULDER])),
    )


def _is_upright(torso: Torso) -> bool:
    """Whether the head is over the shoulders, the person faces the camera, and the shoulders are about level."""
    (lx, ly), (rx, ry) = torso.left_shoulder, torso.right_shoulder
    return torso.head[1] < torso.shoulders[1] and torso.neck > 0 and abs(ly - ry) < lx - rx


def _is_framed(points: Floats, visibility: Floats) -> bool:
    """Whether head and both shoulders are in the picture."""
    needed = [NOSE, LEFT_SHOULDER, RIGHT_SHOULDER]
    if (visibility[needed] < SEEN).any() or not ((points[NOSE] >= 0) & (points[NOSE] <= 1)).all():
        return False
    return bool(((points[needed] >= -MARGIN) & (points[needed] <= 1 + MARGIN)).all())


def _near(nose: Floats, face: Box) -> bool:
    across, down = FACE_MARGIN * (face.right - face.left), FACE_MARGIN * (face.bottom - face.top)
    inside = face.left - across <= nose[0] <= face.right + across and face.top - down <= nose[1] <= face.bottom + down
    return bool(inside)


def _point(pair: Floats) -> Point:
    x, y = np.asarray(pair, np.float64).tolist()
    return x, y


def _middle(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2
