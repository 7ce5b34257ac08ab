"""Whether a mouth moves as one that speaks: how far the lips are apart, and how much that changes.

Syllables come four to five in a second, so half a second holds two or three openings. Ten pictures in a second do not
follow each of them, but the spread of the openings does not need that. A laugh, a yawn and a bite move the lips too:
this is about movement, and what is said is decided by the ear.
"""

from collections import deque
from statistics import pstdev

import numpy as np

from schemas.media import MICROSECONDS, Floats, SessionTime

PAIRS = ((13, 14), (82, 87), (312, 317))
"""Inner edges of the upper and the lower lip: in the middle, and to its right and left."""
CORNERS = (33, 263)
"""Outer corners of the eyes: what lengths are measured by, since the jaw does not move it."""
LANDMARKS = (*(point for pair in PAIRS for point in pair), *CORNERS)
"""Which points `opening` wants, in this order."""

SMALL = 20.0
"""Pixels between the corners below which a movement of the lips is lost in that of the mesh."""
WINDOW = 0.5
"""Seconds over which movement is told. Of 0.5, 0.7 and 1 s the shortest tells best when speech begins and ends."""
FEWEST = 4
"""Pictures that the window must hold."""
EVEN, STEEPNESS = 0.015, 1.6
"""Movement at which speech is as probable as silence, and how steeply it grows: logistic in the logarithm of the
movement, fitted to four talking people (`bench/mouth.py`)."""


def opening(points: Floats) -> float | None:
    """How far the lips with `LANDMARKS` at `points` (8 × 3 pixels) are apart; None where the face is too small."""
    size = float(np.linalg.norm(points[-1] - points[-2]))
    if size < SMALL:
        return None
    gaps = np.linalg.norm(points[0:-2:2] - points[1:-2:2], axis=1)
    return float(gaps.mean()) / size


def speaking(movement: float) -> float:
    """How probable speech is at this movement, 0..1."""
    return 1 / (1 + (EVEN / movement) ** STEEPNESS) if movement > 1e-6 else 0.0


class MouthMovement:
    """Follows the opening of one person's mouth from picture to picture."""

    def __init__(self) -> None:
        self._openings: deque[tuple[SessionTime, float]] = deque()

    def take(self, at: SessionTime, gap: float) -> float | None:
        """The movement with the opening of one picture; None until most of `WINDOW` was seen. Times must not fall."""
        self._openings.append((at, gap))
        while self._openings[0][0] <= at - WINDOW * MICROSECONDS:
            self._openings.popleft()
        if len(self._openings) < FEWEST or at - self._openings[0][0] < 0.5 * WINDOW * MICROSECONDS:
            return None
        return pstdev(each for _, each in self._openings)
