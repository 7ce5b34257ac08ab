"""How much an upper body moves."""

from collections import deque
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import sqrt
from statistics import fmean, median

from actors.detectors.fidgeting import SPAN, History, fidgeting
from actors.detectors.torso import Point, Torso, distance
from schemas.body import Movement
from schemas.media import MICROSECONDS, SessionTime

ENERGY = 1.0
"""Seconds over which the energy is taken."""
GAP = 1.0
"""Seconds without a body after which what was before says nothing."""
HOP = 1.5
"""Shoulder widths from one picture to the next, and ratio of their widths, from which on it is not the same body: at
five pictures a second the first is 3 m/s."""


class MovementMeter:
    """Remembers the last seconds of one body."""

    def __init__(self) -> None:
        self._history: deque[tuple[SessionTime, Torso]] = deque()

    def observe(self, at: SessionTime, torso: Torso) -> Movement | None:
        """Take the body of one picture; None where there is none before it to compare with."""
        if self._history and not follows(self._history[-1], (at, torso)):
            self._history.clear()
        self._history.append((at, torso))
        while self._history[0][0] < at - SPAN * MICROSECONDS:
            self._history.popleft()
        if len(self._history) < 2:
            return None
        return movement(list(self._history))


def follows(before: tuple[SessionTime, Torso], now: tuple[SessionTime, Torso]) -> bool:
    """Whether `now` is the same body a little later: not after a gap, a jump of the clock or a hop to somebody else."""
    if not 0 < now[0] - before[0] <= GAP * MICROSECONDS:
        return False
    smaller, larger = sorted((before[1].width, now[1].width))
    return larger < HOP * smaller and distance(before[1].shoulders, now[1].shoulders) < HOP * smaller


def movement(history: History) -> Movement:
    """What the pictures in `history` (two at least, rising times) say of movement up to the last of them."""
    width = median(torso.width for _, torso in history)
    since = max(history[-1][0] - round(ENERGY * MICROSECONDS), history[0][0])
    recent = [each for each in history if each[0] >= since]
    if len(recent) < 2:
        recent = list(history[-2:])
    torso = [
        _speed(recent, [each[1].head for each in recent]),
        _speed(recent, [each[1].left_shoulder for each in recent]),
        _speed(recent, [each[1].right_shoulder for each in recent]),
    ]
    arms = [
        _speed(recent, [each[1].left_elbow for each in recent]),
        _speed(recent, [each[1].right_elbow for each in recent]),
        _speed(recent, [each[1].left_wrist for each in recent]),
        _speed(recent, [each[1].right_wrist for each in recent]),
    ]
    return Movement(
        torso=(_together(torso) or 0.0) / width,
        arms=None if (energy := _together(arms)) is None else energy / width,
        fidgeting=fidgeting(history, width),
    )


def _together(squares: Sequence[float | None]) -> float | None:
    seen = [each for each in squares if each is not None]
    return sqrt(fmean(seen)) if seen else None


def _speed(history: History, points: Sequence[Point | None]) -> float | None:
    """Mean square of the speed of a point, in widths of the picture per second; None where it was not seen twice."""
    steps = list(_steps(history, points))
    return fmean(steps) if steps else None


def _steps(history: History, points: Sequence[Point | None]) -> Iterator[float]:
    times = [at for at, _ in history]
    for (begin, one), (end, other) in pairwise(zip(times, points, strict=True)):
        if one is not None and other is not None:
            yield (distance(one, other) * MICROSECONDS / (end - begin)) ** 2
