"""What the fingers of a hand do, and whether it lies on the face.

A finger is stretched, bent or neither by the angles at its joints, measured in space, so that it matters little how the
hand is held. A hand has a form where all its fingers are one or the other, and is as sure as its least sure finger.
"""

from collections.abc import Sequence
from math import exp, hypot

import numpy as np

from infra.models.hands import Hand
from schemas.body import Gesture, HandForm
from schemas.media import Floats
from schemas.observation import Box

THUMB, INDEX, MIDDLE, RING, LITTLE = (1, 2, 3, 4), (5, 6, 7, 8), (9, 10, 11, 12), (13, 14, 15, 16), (17, 18, 19, 20)
WRIST = 0
RESTS = (9, 10, 13)
"""Where a folded thumb's tip comes to lie: roots of middle and ring finger, middle joint of the middle finger."""
FINGERS = (THUMB, INDEX, MIDDLE, RING, LITTLE)

STRETCHED, BENT, SOFT = 92.0, 125.0, 8.0
"""Degrees that a finger is bent by in all, from the palm's bone to its last one: below the first it is as likely
stretched as not, above the second bent, and how fast that turns over. A hand that hangs relaxed has about 100, which is
neither; a fist has 180 and more."""
FOLDED, AWAY, THUMB_SOFT = 0.65, 0.8, 0.06
"""The same of a thumb, which bends little but is laid over the others: distance of its tip from the nearest of the
places where it may lie, in palm widths (root of index to root of little finger)."""
SMALL = 10.0
"""Pixels from wrist to the root of the middle finger below which the fingers of a hand cannot be told."""
UPRIGHT = 45.0
"""Degrees between a thumb and upright up to which it points up."""
ON_FACE = 1.1
"""Radii of the ellipse that fills a face's box within which a hand's point lies on the face: the point of a fingertip
is inside of it, so a tip that touches the chin has its point outside of the face."""
NEARER = 1.6
"""How much larger than the face's own scale a hand may be and still be as far away as the face. A hand at 60 of 100 cm
is seen 1.7 times as large; people's hands differ by a tenth."""
FACE_WIDTH = 0.14
"""Metres across a face from cheek to cheek (bizygomatic breadth of adults, about 13 to 14 cm)."""

_LONE_THUMB = (True, False, False, False, False)
_FORMS: dict[tuple[bool, ...], Gesture] = {
    (True, True, True, True, True): "open-palm",
    (False, False, False, False, False): "fist",
    (False, True, False, False, False): "pointing",
    (False, True, True, False, False): "victory",
    (False, True, True, True, False): "three",
    (True, True, True, False, False): "three",
    (False, True, True, True, True): "four",
}
"""By thumb, index, middle, ring and little finger; a lone thumb is `thumb-up` where it points up."""


def form(hand: Hand, width: int, height: int) -> HandForm | None:
    """What the fingers do, in a picture of `width` × `height` pixels; None where the hand is too small to tell."""
    pixels = hand.points * (width, height)
    if float(np.linalg.norm(pixels[MIDDLE[0]] - pixels[WRIST])) < SMALL:
        return None
    fingers = _fingers(hand.space)
    confidence = hand.score * min(max(each) for each in fingers)
    if min(max(each) for each in fingers) < 0.5:
        return HandForm(None, confidence, None)
    known = tuple(stretched > bent for stretched, bent in fingers)
    gesture = "thumb-up" if known == _LONE_THUMB and _is_up(pixels) else _FORMS.get(known)
    return HandForm(gesture, confidence, sum(known))


def _fingers(space: Floats) -> list[tuple[float, float]]:
    """From thumb to little finger, how likely each is stretched, and bent."""
    bends = [_bend(space, finger) for finger in FINGERS[1:]]
    reach = _reach(space)
    thumb = _logistic((reach - AWAY) / THUMB_SOFT), _logistic((FOLDED - reach) / THUMB_SOFT)
    return [thumb, *((_logistic((STRETCHED - bend) / SOFT), _logistic((bend - BENT) / SOFT)) for bend in bends)]


def at_face(hand: Hand, face: Box, width: int, height: int) -> bool:
    """Whether the hand lies on the face in `face`, in a picture of `width` × `height` pixels.

    It does where one of its points lies within about the ellipse that fills the face's box, unless the hand is so much
    larger than the face's scale that it is clearly nearer to the camera.
    """
    across, down = (face.right - face.left) / 2, (face.bottom - face.top) / 2
    if across <= 0 or down <= 0:
        return False
    middle = ((face.left + face.right) / 2, (face.top + face.bottom) / 2)
    if float((((hand.points - middle) / (across, down)) ** 2).sum(axis=1).min()) > ON_FACE**2:
        return False
    return _scale(hand, width, height) <= NEARER * 2 * across * width / FACE_WIDTH


def _scale(hand: Hand, width: int, height: int) -> float:
    """Pixels per metre, where the hand is."""
    flat, space = hand.points * (width, height), hand.space[:, :2]
    spread = float(np.linalg.norm(space - space.mean(axis=0)))
    return float(np.linalg.norm(flat - flat.mean(axis=0))) / max(spread, 1e-6)


def _bend(space: Floats, finger: Sequence[int]) -> float:
    """Degrees by which a finger is bent over its joints, from the palm's bone to its last one."""
    chain = space[[WRIST, *finger]]
    bones = np.diff(chain, axis=0)
    lengths = np.linalg.norm(bones, axis=1)
    cosines = (bones[:-1] * bones[1:]).sum(axis=1) / np.maximum(lengths[:-1] * lengths[1:], 1e-12)
    return float(np.degrees(np.arccos(np.clip(cosines, -1, 1))).sum())


def _reach(space: Floats) -> float:
    """How far the thumb's tip is from the nearest of `RESTS`, in palm widths."""
    palm = float(np.linalg.norm(space[INDEX[0]] - space[LITTLE[0]]))
    return float(np.linalg.norm(space[list(RESTS)] - space[THUMB[-1]], axis=1).min()) / max(palm, 1e-6)


def _is_up(pixels: Floats) -> bool:
    """Whether the thumb points up in the picture."""
    across, down = pixels[THUMB[-1]] - pixels[THUMB[0]]
    return float(down) < 0 and abs(float(across)) <= hypot(across, down) * np.sin(np.radians(UPRIGHT))


def _logistic(value: float) -> float:
    return 1 / (1 + exp(-min(max(value, -30.0), 30.0)))
