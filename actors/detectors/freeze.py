"""Whether a picture stands still: a camera that hangs, a photograph in its place.

A live picture never does: the sensor's noise and a person's breath change more of it between any two pictures than a
codec changes of one that is sent again and again (measured through VP8 at 250 kbit/s: `bench/bad_pictures.py`).
"""

import numpy as np
import numpy.typing as npt

from schemas.media import MICROSECONDS, Picture, SessionTime

STILL = 3.0
"""Seconds without a change from which on a picture is called frozen."""
LEVELS = 8
"""Levels of brightness (0..255) above which a pixel counts as changed: a codec's own corrections lie below."""
GAP = 1.0
"""Seconds between two pictures above which nobody knows what the camera showed."""
CHANGED = 0.002
"""Share of the pixels that change in a live picture at least."""
_EVERY = 4
"""Only every so many pixels are looked at, across and down."""


class FreezeWatch:
    """Compares each picture with the first of those that were like it."""

    def __init__(self, still: float = STILL) -> None:
        """Call a picture frozen that has not changed for `still` seconds."""
        self._still = still * MICROSECONDS
        self._first: npt.NDArray[np.int16] | None = None
        self._since = self._last = SessionTime(0)

    def frozen(self, at: SessionTime, picture: Picture) -> bool:
        """Whether `picture` (height × width × 3) shows what has been shown for so long. Times must not fall."""
        seen = picture[::_EVERY, ::_EVERY].astype(np.int16)
        gap, self._last = at - self._last > GAP * MICROSECONDS, at
        if gap or self._first is None or self._first.shape != seen.shape or _changed(self._first, seen) > CHANGED:
            self._first, self._since = seen, at
        return at - self._since >= self._still


def _changed(one: npt.NDArray[np.int16], other: npt.NDArray[np.int16]) -> float:
    return float((np.abs(one - other).max(axis=2) > LEVELS).mean())
