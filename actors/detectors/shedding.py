"""Load shedding: what is left out where the processor does not keep up with a camera, by the pictures' own times.

Pictures that were superseded before anybody looked at them are the sign of it. The body costs four times as much as the
face and changes more slowly, so it gives way; the face, the words and the record go on as they were.
"""

from collections import deque

from schemas.media import MICROSECONDS, SessionTime

FACTORS = (1, 2, 4)
"""By how much the body is looked at more seldom, from one step to the next: at 5, 2.5 and 1.25 pictures in a second."""
TOO_MANY = 2
"""Pictures lost within a second from which on a step is taken: a single one is lost to any pause of the machine."""
CALM = 5.0
"""Seconds without a loss after which a step is taken back: at first, and twice as many after each step back that the
processor did not bear, up to `LONGEST_CALM`. Under a load that stays, each try costs a few pictures."""
LONGEST_CALM = 160.0
RELAPSE = 10.0
"""Seconds within which a loss is put down to the step back before it."""


class LoadShedding:
    """Follows the losses of one camera."""

    def __init__(self) -> None:
        self._step = 0
        self._losses: deque[tuple[SessionTime, int]] = deque()
        """Of the last second, since the last step."""
        self._calm_since = SessionTime(0)
        self._calm = CALM
        self._back_at: SessionTime | None = None
        """When the newest step back was taken, until it has proved right or wrong."""

    def factor(self, at: SessionTime, lost: int) -> int:
        """One of `FACTORS`, for the picture of `at`, before which `lost` were lost."""
        if lost or at < self._calm_since:  # also where the clock fell
            self._calm_since = at
        self._losses.append((at, lost))
        while not 0 <= at - self._losses[0][0] < MICROSECONDS:
            self._losses.popleft()
        if sum(count for _, count in self._losses) >= TOO_MANY:
            self._give_way(at)
        elif self._step and at - self._calm_since >= self._calm * MICROSECONDS:
            self._step, self._calm_since, self._back_at = self._step - 1, at, at
        return FACTORS[self._step]

    def _give_way(self, at: SessionTime) -> None:
        self._step = min(self._step + 1, len(FACTORS) - 1)
        self._losses.clear()
        relapsed = self._back_at is not None and 0 <= at - self._back_at < RELAPSE * MICROSECONDS
        self._calm = min(2 * self._calm, LONGEST_CALM) if relapsed else CALM
        self._back_at = None
