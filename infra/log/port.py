"""What every log can do."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from schemas.envelope import START, Appended, ExpectedVersion, LogPosition, NewEvent, RecordedEvent
from schemas.ids import StreamName, SubjectId
from schemas.refusal import Refusals

MOST_PAYLOAD_BYTES = 256 * 1024
"""The largest payload a log takes; what is larger belongs into a blob."""
MOST_LAG = 100_000
"""Events that are counted as waiting for a follower, at most."""


@dataclass(frozen=True, slots=True)
class Lag:
    """How far a follower is behind the log."""

    events: int
    """Recorded and not taken yet; `MOST_LAG` where there are more."""
    seconds: float
    """Since the oldest of them was recorded, by the log's clock; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events a search looks for: those that are all of what is said here."""

    type: str | None = None
    subject: SubjectId | None = None
    since: datetime | None = None
    """Recorded then or later; with a time zone."""
    until: datetime | None = None
    """Recorded before then; with a time zone."""


class LogReader(Protocol):
    """What most readers need of a log."""

    def read(self, stream: StreamName, *, after: int = 0) -> AsyncIterator[RecordedEvent]:
        """The events of `stream` with a version above `after`, in order."""
        ...

    async def follow(self, after: LogPosition = START, *, limit: int = 500) -> Sequence[RecordedEvent]:
        """Up to `limit` settled events behind `after`, of all streams, in the one order all followers see.

        Never passes an event by: stops before the oldest transaction that is still running.
        """
        ...


class Log(LogReader, Protocol):
    """Appends are durable when they return, in order within a stream, and never lost or repeated."""

    async def append(
        self,
        stream: StreamName,
        events: Sequence[NewEvent],
        *,
        expected: ExpectedVersion,
        refusals: Refusals | None = None,
    ) -> Appended:
        """Add `events` to the end of `stream`, all or none. An event id that is already there is not added again.

        The time of recording never goes back within a stream.

        Where `refusals` are given, the stream refuses them from here on, and nothing else: they replace those before
        in the transaction of the append, and hold for its own events, too. An append with one refused event is
        refused as a whole, whoever makes it, and replaces nothing; nor does one whose events are there already, as
        it did when it was made.

        Raises `WrongVersion` where `expected` does not hold, `Invalid` for events the log cannot keep or whose type it
        does not know, `Refused` where the stream refuses an event, the person was erased or the stream dropped,
        `Unavailable` where the store does not answer or has no room: the same events may then be appended again,
        whether or not they are there already.
        """
        ...

    def read_back(self, stream: StreamName, *, before: int | None = None) -> AsyncIterator[RecordedEvent]:
        """The events of `stream` with a version below `before`, the newest first."""
        ...

    def search(self, wanted: Wanted) -> AsyncGenerator[RecordedEvent, None]:
        """The events of all streams that are `wanted`, in the order of `follow`, as the log was when the search began.

        Not for following: what was not committed then is not in it, even where it lies before an event that is. Whoever
        leaves it early closes it (`contextlib.aclosing`).
        """
        ...

    async def lag(self, place: LogPosition) -> Lag:
        """How far a follower that has taken all up to `place` is behind.

        Counts what is not settled, too: a follower waits for that as well.
        """
        ...

    async def close(self) -> None:
        """Give back connections. Further calls raise `Unavailable`."""
        ...
