"""How far the eyes are open, against the person's own open eye.

The eye aspect ratio (Soukupová & Čech 2016, "Real-Time Eye Blink Detection using Facial Landmarks"): the mean of two
gaps between the lids, divided by the distance between the corners. Distances are taken in the mesh's space and not in
the picture, which takes out most of what a nod shortens. Eyes differ (open ones have ratios of 0.2 to 0.35), so the
ratio is told as a share of that of the same person's open eye.
"""

from collections import deque

import numpy as np

from schemas.media import MICROSECONDS, Floats, SessionTime

RIGHT = (33, 160, 158, 133, 153, 144)
"""Of the person's right eye, in the order of the paper: outer corner, upper lid twice, inner corner, lower lid twice,
from the inside out."""
LEFT = (263, 387, 385, 362, 380, 373)
LANDMARKS = (*RIGHT, *LEFT)
"""Which points `aspect_ratio` wants, in this order."""

NARROW = 5.0
"""Pixels between the corners of the wider eye below which blinks are missed (`bench/blink.py`)."""
MEMORY = 60.0
"""Seconds over which the open eye is learnt."""
FEWEST, SHORTEST = 10, 1.0
"""Pictures, and seconds between the first and the last of them, that it takes at least."""
OPEN_QUANTILE = 75
"""Per cent of the ratios that lie below that of the open eye: eyes are open most of the time, and lower in blinks and
in glances down."""
HIGHEST = 1.5
"""An openness above this is told as this: a mesh that slipped, not an eye."""


def aspect_ratio(points: Floats) -> float | None:
    """The ratio of both eyes with `LANDMARKS` at `points` (12 × 3 pixels), each counted by its width in the picture.

    None where the eyes are too small to tell.
    """
    ratios, widths = [], []
    for eye in (points[:6], points[6:]):
        outer, upper_out, upper_in, inner, lower_in, lower_out = eye
        length = float(np.linalg.norm(outer - inner))
        if length < 1e-6:
            return None
        gaps = float(np.linalg.norm(upper_out - lower_out) + np.linalg.norm(upper_in - lower_in))
        ratios.append(gaps / (2 * length))
        widths.append(float(np.linalg.norm((outer - inner)[:2])))
    if max(widths) < NARROW:
        return None
    return float(np.average(ratios, weights=widths))


class OpenEye:
    """Learns what ratio a person's open eye has, and tells others against it."""

    def __init__(self) -> None:
        self._ratios: deque[tuple[SessionTime, float]] = deque()

    def openness(self, at: SessionTime, ratio: float) -> float | None:
        """What `ratio` is against the open eye, 0..1.5; None until that is known. Times must not fall."""
        self._ratios.append((at, ratio))
        while self._ratios[0][0] < at - MEMORY * MICROSECONDS:
            self._ratios.popleft()
        if len(self._ratios) < FEWEST or at - self._ratios[0][0] < SHORTEST * MICROSECONDS:
            return None
        usual = float(np.percentile([each for _, each in self._ratios], OPEN_QUANTILE))
        return min(ratio / usual, HIGHEST) if usual > 0 else None
