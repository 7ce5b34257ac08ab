"""How fast a replay goes: where it stands at which time, pure. Time is given in seconds of any steady clock."""

from dataclasses import dataclass
from math import inf, isinf

from schemas.media import MICROSECONDS, SessionTime


@dataclass(frozen=True, slots=True)
class Pace:
    """From `since` on, session time goes on from `at`, `speed` times as fast as the clock."""

    at: SessionTime
    since: float
    speed: float
    """Above 0; infinite: each moment is reached at once."""
    playing: bool = True

    def moment(self, now: float, *, until: SessionTime) -> SessionTime:
        """Where the replay stands, not behind `until`; with an infinite speed, there."""
        if not self.playing:
            return self.at
        if isinf(self.speed):
            return until
        return SessionTime(min(until, self.at + int((now - self.since) * self.speed * MICROSECONDS)))

    def wait(self, moment: SessionTime, now: float) -> float:
        """Seconds from `now` until `moment` is reached; infinite where the replay stands still."""
        if not self.playing:
            return inf
        if isinf(self.speed):
            return 0.0
        return max(0.0, self.since + (moment - self.at) / (self.speed * MICROSECONDS) - now)
