"""A log of any length that is nowhere: its events are made as they are read."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime

from schemas.envelope import START, LogPosition, RecordedEvent
from schemas.ids import StreamName, new_event_id
from schemas.media import SessionTime


class SyntheticLog:
    """See `infra.log.port.Log`: `length` events with payloads of about `characters`, in one stream."""

    def __init__(self, length: int, characters: int) -> None:
        self._length = length
        self._sentence = "x" * characters

    async def read(self, stream: StreamName, *, after: int = 0) -> AsyncIterator[RecordedEvent]:
        """See `infra.log.port.Log.read`."""
        for number in range(after + 1, self._length + 1):
            yield self._event(stream, number)

    async def follow(self, after: LogPosition = START, *, limit: int = 500) -> Sequence[RecordedEvent]:
        """See `infra.log.port.Log.follow`."""
        until = min(after.position + limit, self._length)
        return [self._event(StreamName("interview-s"), number) for number in range(after.position + 1, until + 1)]

    def _event(self, stream: StreamName, number: int) -> RecordedEvent:
        sentence = f"{number}{self._sentence}"
        return RecordedEvent(
            place=LogPosition(number, number),
            stream=stream,
            version=number,
            id=new_event_id(),
            type="consent.given",
            schema_version=2,
            at=SessionTime(number),
            recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
            actor="test",
            causation=None,
            correlation=None,
            subject=None,
            key_id=None,
            payload={
                **{"participant": "ann", "text_version": "1", "language": "en"},
                **{"purposes": [], "sentence": sentence},
            },
            previous_hash=(number - 1).to_bytes(32, "big"),
            hash=number.to_bytes(32, "big"),
        )
