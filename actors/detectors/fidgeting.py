"""Repeated small movements of hands and torso.

Psychology calls what they often are self-adaptors (Ekman & Friesen 1969, The repertoire of nonverbal behavior) and
fidgeting: movements that are no part of what one is doing (Mehrabian & Friedman 1986, An analysis of fidgeting). A
camera cannot tell what is part of what: here it is the movement alone, there and back, small, and repeated. It is no
sign of a state of mind.
"""

from collections.abc import Iterable, Iterator, Sequence

from actors.detectors.legs import Sample, legs
from actors.detectors.torso import Point, Torso
from schemas.media import MICROSECONDS, SessionTime

SPAN = 4.0
"""Seconds that are looked back on."""
FULL = 0.85
"""Share of `SPAN` that must have been seen, and of its pictures in which a wrist must have been."""
DENSE = 4.0
"""Pictures per second that must have been seen: with fewer, a movement there and back falls between them."""
SMALL, LARGE = 0.05, 0.3
"""Shoulder widths: what is smaller than the first (2 cm) may be the network's own unrest, what is larger than the
second (11 cm) is a gesture or another way of sitting."""
REPEATED = 3
"""Small movements in one direction and back again from which on they are repeated."""

History = Sequence[tuple[SessionTime, Torso]]


def fidgeting(history: History, width: float) -> float | None:
    """Small movements there and back per second in the last `SPAN` of `history`, of the most restless point.

    `width` is that of the shoulders. None where too little was seen.
    """
    if not history:
        return None
    recent = [(at, torso) for at, torso in history if at >= history[-1][0] - SPAN * MICROSECONDS]
    seconds = (recent[-1][0] - recent[0][0]) / MICROSECONDS
    if seconds < FULL * SPAN or len(recent) - 1 < DENSE * seconds:
        return None
    return max(_repeated(track, width) for track in _tracks(recent)) / 2 / seconds


def _repeated(track: Sequence[Sample], width: float) -> int:
    small = sum(leg.size < LARGE * width for leg in legs(track, SMALL * width))
    return small if small >= REPEATED else 0


def _tracks(history: History) -> Iterator[list[Sample]]:
    """Across and down, of the shoulders and of each wrist that was seen enough."""
    for points in (
        [(at, torso.shoulders) for at, torso in history],
        list(_seen((at, torso.left_wrist) for at, torso in history)),
        list(_seen((at, torso.right_wrist) for at, torso in history)),
    ):
        if len(points) >= FULL * len(history):
            yield [(at, x) for at, (x, _) in points]
            yield [(at, y) for at, (_, y) in points]


def _seen(points: Iterable[tuple[SessionTime, Point | None]]) -> Iterator[tuple[SessionTime, Point]]:
    return ((at, point) for at, point in points if point is not None)
