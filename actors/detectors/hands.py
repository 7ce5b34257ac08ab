"""Which hands a person shows, what they form, and whether they lie on the face."""

from itertools import permutations

from actors.detectors.hand import at_face, form
from actors.detectors.torso import Point, Torso, distance, face_box
from infra.models.hands import VERSION, Hand, Hands
from infra.models.pose import LEFT_HAND, RIGHT_HAND, Body
from schemas.body import HandsObservation, SeenHand, Side
from schemas.media import Floats, VideoFrame
from schemas.observation import Box

NAME = f"hands/1 mediapipe-hands/{VERSION}"

GLIMPSE, EDGE = 0.1, 0.05
"""Visibility from which on a hand's point of the body may mean a hand, and how far out of the picture it may lie, in
sizes of the picture: a hand may reach in where its wrist does not. Hands that are not in the picture have 0.05."""
EVERY = 5
"""Where the body shows no hand, every so many pictures are searched nonetheless: a hand held before the camera may hide
the arm that it belongs to."""
REACH = 1.0
"""Shoulder widths from both of the body's wrists beyond which a hand is somebody else's."""
UNKNOWN, MISMATCHED = 0.5, 0.8
"""What it costs, in shoulder widths, to take a hand for the side that it looks like, or does not look like, where the
body's own wrist is not seen."""
SAME = 0.25
"""Shoulder widths between the middles of two hands below which both are the same one, found twice."""


class HandsDetector:
    """Follows the hands of one body from picture to picture. Not safe to share between threads."""

    def __init__(self) -> None:
        """Load the models. Raises `Misconfigured` where one is missing or altered."""
        self._hands = Hands()
        self._unsearched = 0
        """Pictures since the last one that was searched."""
        self._seen = False
        """Whether there was a hand in the last picture."""

    def observe(self, frame: VideoFrame, body: Body, torso: Torso | None, face: Box | None = None) -> HandsObservation:
        """What `frame`, in which there is `body` (and of it `torso`), says about hands.

        `face` is where the person's face was found; without it, the body's own is taken.
        """
        if not (self._seen or self._unsearched + 1 >= EVERY or shows_hands(body)):
            self._unsearched += 1
            return HandsObservation(frame.at, 0.0, NAME, looked=False)
        self._unsearched = 0
        height, width = frame.image.shape[:2]
        found = assign(self._hands.look(frame.image), torso, height / width)
        self._seen = bool(found)
        where = face or face_box(body, width, height)
        seen = {
            side: SeenHand(
                confidence=hand.score,
                form=form(hand, width, height),
                at_face=None if where is None else at_face(hand, where, width, height),
            )
            for side, hand in found.items()
        }
        return HandsObservation(
            at=frame.at,
            confidence=max((each.confidence for each in seen.values()), default=0.0),
            detector=NAME,
            left=seen.get("left"),
            right=seen.get("right"),
        )

    def close(self) -> None:
        """Give the models' memory back. Closing twice changes nothing."""
        self._hands.close()


def shows_hands(body: Body) -> bool:
    """Whether a hand of `body` may be in the picture."""
    if body.points is None or body.visibility is None:
        return False
    hands = [*LEFT_HAND, *RIGHT_HAND]
    inside = ((body.points[hands] >= -EDGE) & (body.points[hands] <= 1 + EDGE)).all(axis=1)
    return bool((inside & (body.visibility[hands] >= GLIMPSE)).any())


def assign(hands: tuple[Hand, ...], torso: Torso | None, shape: float) -> dict[Side, Hand]:
    """Whose left and right the hands are, in a picture of `shape` (height over width).

    By the body's wrists where they are seen, else by what the hands look like. What is too far from both wrists, or the
    same hand once more, is left out.
    """
    kept = list(hands)
    if torso is not None:
        kept = [hand for hand in _distinct(kept, torso.width, shape) if not _is_foreign(hand, torso, shape)]
    best: dict[Side, Hand] = {}
    least = float("inf")
    for sides in permutations(_SIDES, len(kept)):
        cost = sum(_cost(hand, side, torso, shape) for hand, side in zip(kept, sides, strict=True))
        if cost < least:
            best, least = dict(zip(sides, kept, strict=True)), cost
    return best


_SIDES: tuple[Side, ...] = ("left", "right")


def _cost(hand: Hand, side: Side, torso: Torso | None, shape: float) -> float:
    if torso is not None:
        wrist = torso.left_wrist if side == "left" else torso.right_wrist
        if wrist is not None:
            return distance(_point(hand.points[0], shape), wrist) / torso.width
    return UNKNOWN if hand.side == side else MISMATCHED


def _is_foreign(hand: Hand, torso: Torso, shape: float) -> bool:
    if torso.left_wrist is None or torso.right_wrist is None:
        return False
    return all(_cost(hand, side, torso, shape) > REACH for side in _SIDES)


def _distinct(hands: list[Hand], width: float, shape: float) -> list[Hand]:
    """The surer of two hands that lie on one another."""
    surest = sorted(hands, key=lambda hand: -hand.score)
    kept: list[Hand] = []
    for hand in surest:
        middle = _point(hand.points.mean(axis=0), shape)
        if all(distance(middle, _point(other.points.mean(axis=0), shape)) > SAME * width for other in kept):
            kept.append(hand)
    return kept


def _point(pair: Floats, shape: float) -> Point:
    """From fractions of the picture to widths of it."""
    return float(pair[0]), float(pair[1]) * shape
