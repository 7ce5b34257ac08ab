"""At most so many in a second, by the times of the pictures themselves and not by any clock of the machine."""

from schemas.media import MICROSECONDS, SessionTime

EARLY = 0.25
"""Share of an interval by which a picture may come before its time and be taken: of 15 in a second, ten are then taken
where ten are wanted, and not every second one."""


class Cadence:
    """Says of each time whether it is one's turn."""

    def __init__(self, per_second: float) -> None:
        """Take `per_second` at most, on average over any stretch of a few intervals."""
        self._interval = MICROSECONDS / per_second
        self._due: float | None = None
        self._last: SessionTime | None = None

    def take(self, at: SessionTime) -> bool:
        """Whether what comes at `at` is to be taken. A time that falls begins anew."""
        if self._last is not None and at < self._last:
            self._due = None
        self._last = at
        if self._due is not None and at < self._due - EARLY * self._interval:
            return False
        self._due = max(at if self._due is None else self._due, at - self._interval) + self._interval
        return True
