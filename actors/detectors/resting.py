"""Learning where a person's eyes rest, and judging gaze against it."""

from collections import deque
from collections.abc import Iterable
from math import hypot
from statistics import median

from schemas.media import MICROSECONDS, SessionTime
from schemas.observation import Gaze, RestingGaze

WINDOW = 5.0
"""Seconds of looking that a resting gaze is learnt from."""
SAMPLES = 20
"""Pictures with a sure gaze that the window must hold at least: four in a second."""
SURE = 0.25
"""Confidence from which on a gaze counts."""
SPREAD = 6.0
"""Degrees: eyes whose median deviation, scaled to a standard deviation, is above this did not rest."""
CONE = 15.0
"""Degrees around the resting gaze that count as the screen: a screen 34 cm wide seen from 60 cm spans 16 to either
side."""

_TO_DEVIATION = 1.4826
"""Median absolute deviation to standard deviation, for a normal distribution (Rousseeuw & Croux 1993)."""


class RestingGazeLearner:
    """Collects gazes until `WINDOW` seconds of them lie close together; forgets the oldest and goes on until then."""

    def __init__(self) -> None:
        self._gazes: deque[tuple[SessionTime, Gaze]] = deque()
        self._since: SessionTime | None = None

    def learn(self, at: SessionTime, gaze: Gaze | None) -> RestingGaze | None:
        """Take the gaze of one picture; the resting gaze as soon as it is known. Times must not fall."""
        if gaze is None or gaze.confidence < SURE:
            return None
        if self._since is None:
            self._since = at
        self._gazes.append((at, gaze))
        while self._gazes[0][0] < at - WINDOW * MICROSECONDS:
            self._gazes.popleft()
        if at - self._since < WINDOW * MICROSECONDS or len(self._gazes) < SAMPLES:
            return None
        return resting_gaze([gaze for _, gaze in self._gazes])


def resting_gaze(gazes: Iterable[Gaze]) -> RestingGaze | None:
    """The middle of `gazes`, robust against glances aside; None where they are spread too widely or are none at all."""
    known = list(gazes)
    if not known:
        return None
    across, spread_across = _middle([gaze.horizontal for gaze in known])
    upward, spread_upward = _middle([gaze.vertical for gaze in known])
    if max(spread_across, spread_upward) > SPREAD:
        return None
    return RestingGaze(round(across, 2), round(upward, 2), len(known))


def toward_screen(horizontal: float, vertical: float, resting: RestingGaze) -> bool:
    """Whether a gaze (degrees) lies within `CONE` of where this person's eyes rest."""
    return hypot(horizontal - resting.horizontal, vertical - resting.vertical) <= CONE


def _middle(angles: list[float]) -> tuple[float, float]:
    """Median and deviation around it."""
    middle = median(angles)
    return middle, _TO_DEVIATION * median(abs(angle - middle) for angle in angles)
