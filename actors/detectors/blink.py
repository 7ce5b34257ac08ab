"""Blinks: the lids shut, and open again before half a second is over.

Lids are shut for 0.1 to 0.3 s (Stern, Walrath & Goldstein 1984): one to three pictures at ten in a second. A blink of
which no picture was taken while the lids were shut is missed, and the shortest ones are, at that rate; `bench/blink.py`
measures how many. A duration is exact to one interval between pictures.
"""

from collections import deque

from schemas.media import MICROSECONDS, SessionTime

SHUT = 0.5
"""Openness below which the lids are shut: half of the way."""
AGAIN = 0.6
"""Openness that must be reached before lids can shut again: what flutters about `SHUT` is one blink."""
LONGEST = 0.5
"""Seconds; lids that stay shut for longer do not blink but are closed (Caffier, Erdmann & Ullsperger 2003)."""
GAP = 0.5
"""Seconds between two pictures above which nobody knows what the lids did."""
SPAN, ENOUGH = 60.0, 20.0
"""Seconds over which a rate is told, and how many of them must have been seen."""


class BlinkCounter:
    """Follows the openness of one person's eyes from picture to picture."""

    def __init__(self) -> None:
        self._last: SessionTime | None = None
        self._shut_since: SessionTime | None = None
        self._ready = False
        """Whether the lids were open, so that their shutting will be seen."""
        self._seen: deque[tuple[SessionTime, int]] = deque()
        """Pictures, and the microseconds before each in which the eyes were followed."""
        self._blinks: deque[SessionTime] = deque()

    def take(self, at: SessionTime, openness: float) -> float | None:
        """The openness in one picture; how many seconds the lids were shut, where they have just opened from a blink.

        Times must not fall.
        """
        self._follow(at)
        if openness < SHUT:
            if self._ready:
                self._shut_since, self._ready = at, False
            return None
        self._ready = self._ready or openness >= AGAIN
        since, self._shut_since = self._shut_since, None
        if since is None or at - since > LONGEST * MICROSECONDS:
            return None
        self._blinks.append(at)
        return (at - since) / MICROSECONDS

    def rate(self) -> float | None:
        """Blinks per minute over the last `SPAN` of pictures; None where less than `ENOUGH` of it was seen."""
        seen = sum(each for _, each in self._seen) / MICROSECONDS
        return len(self._blinks) * 60 / seen if seen >= ENOUGH else None

    def _follow(self, at: SessionTime) -> None:
        passed = 0 if self._last is None else at - self._last
        self._last = at
        if passed > GAP * MICROSECONDS:
            self._shut_since, self._ready, passed = None, False, 0
        self._seen.append((at, passed))
        oldest = at - SPAN * MICROSECONDS
        while self._seen[0][0] <= oldest:
            self._seen.popleft()
        while self._blinks and self._blinks[0] <= oldest:
            self._blinks.popleft()
