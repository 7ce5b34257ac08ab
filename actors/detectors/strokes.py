"""How often a person's hands make a stroke: the gesture rate.

A stroke is a movement of a wrist in one direction, against the shoulders, that is long and fast enough to be seen as a
gesture; both hands at once make one. Raising a hand and lowering it are two. Whether a stroke goes with words, as the
stroke of a gesture does (McNeill 1992, Hand and Mind), a camera cannot tell.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from actors.detectors.legs import Leg, Sample, legs
from actors.detectors.movement import follows
from actors.detectors.torso import Torso
from schemas.media import MICROSECONDS, SessionTime

SPAN = 30.0
"""Seconds that are looked back on."""
SHORTEST = 10.0
"""Seconds with a body that a rate needs at least."""
LEAST = 0.3
"""Shoulder widths (about 11 cm) that a stroke is long at least."""
FAST = 1.0
"""Shoulder widths per second that it reaches at least: slower is another way of sitting."""
TOGETHER = 0.3
"""Seconds at most between the ends of two strokes that count as one: of both hands, or across and down."""
GAP = 0.5
"""Seconds without a wrist after which what was before is another movement."""


class StrokeCounter:
    """Remembers the last half minute of one person's wrists."""

    def __init__(self) -> None:
        self._history: deque[tuple[SessionTime, Torso]] = deque()

    def observe(self, at: SessionTime, torso: Torso) -> float | None:
        """Take the body of one picture; strokes per minute, or None before `SHORTEST` seconds of it were seen."""
        if self._history and not follows(self._history[-1], (at, torso)):
            self._history.clear()
        self._history.append((at, torso))
        while self._history[0][0] < at - SPAN * MICROSECONDS:
            self._history.popleft()
        seconds = (at - self._history[0][0]) / MICROSECONDS
        return 60 * len(strokes(self._history)) / seconds if seconds >= SHORTEST else None


def strokes(history: Iterable[tuple[SessionTime, Torso]]) -> list[SessionTime]:
    """When strokes ended, in order. Times must rise."""
    known = list(history)
    tracks = [
        [(at, (wrist[axis] - torso.shoulders[axis]) / torso.width) for at, torso, wrist in seen]
        for seen in (
            [(at, torso, torso.left_wrist) for at, torso in known if torso.left_wrist is not None],
            [(at, torso, torso.right_wrist) for at, torso in known if torso.right_wrist is not None],
        )
        for axis in (0, 1)
    ]
    ends = sorted(end for track in tracks for piece in _pieces(track) for end in _ends(piece))
    return [end for number, end in enumerate(ends) if number == 0 or end - ends[number - 1] > TOGETHER * MICROSECONDS]


def _ends(track: Sequence[Sample]) -> Iterator[SessionTime]:
    return (leg.end for leg in legs(track, LEAST) if _fastest(track, leg) >= FAST)


def _fastest(track: Sequence[Sample], leg: Leg) -> float:
    """Shoulder widths per second."""
    inside = [sample for sample in track if leg.begin <= sample[0] <= leg.end]
    return max(abs(y - x) * MICROSECONDS / (end - begin) for (begin, x), (end, y) in pairwise(inside))


def _pieces(track: Sequence[Sample]) -> Iterator[Sequence[Sample]]:
    """The track, cut where the wrist was not seen."""
    begin = 0
    for now in range(1, len(track)):
        if track[now][0] - track[now - 1][0] > GAP * MICROSECONDS:
            yield track[begin:now]
            begin = now
    yield track[begin:]
