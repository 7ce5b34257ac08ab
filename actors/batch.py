"""Gathers observations by the second of the interview in which they were made."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from schemas.media import SessionTime, second_of

O = TypeVar("O")  # noqa: E741  the conventional name for what is observed


@dataclass(frozen=True, slots=True)
class Closed(Generic[O]):
    """One whole second of observations."""

    second: int
    observations: tuple[O, ...]
    dropped: int
    """Items that were superseded before they were observed."""


@dataclass(slots=True)
class Batch(Generic[O]):
    """The second that is being gathered. Observations of an earlier second are counted as dropped."""

    second: int | None = None
    observations: list[O] = field(default_factory=list)
    dropped: int = 0

    def add(self, at: SessionTime, observation: O, dropped: int) -> Closed[O] | None:
        """Take an observation; returns the second before, where this one begins a new one."""
        second = second_of(at)
        if self.second is not None and second < self.second:
            self.dropped += dropped + 1
            return None
        closed = self.close() if self.second is not None and second > self.second else None
        self.second = second
        self.observations.append(observation)
        self.dropped += dropped
        return closed

    def close(self) -> Closed[O] | None:
        """End the second that is being gathered; None where nothing was."""
        if self.second is None or not self.observations:
            return None
        closed = Closed(self.second, tuple(self.observations), self.dropped)
        self.second, self.observations, self.dropped = None, [], 0
        return closed
