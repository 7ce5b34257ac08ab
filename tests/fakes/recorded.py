"""Events as a log would give them."""

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import UTC, datetime

from schemas.envelope import START, LogPosition, RecordedEvent
from schemas.events import Event
from schemas.ids import InterviewId, StreamName, SubjectId, interview_stream, new_event_id
from schemas.media import MICROSECONDS, SessionTime


def recorded(interview: InterviewId, events: Iterable[Event], *, first: int = 1) -> list[RecordedEvent]:
    """`events` as the stream of `interview` from version `first` on, one second apart."""
    return [_recorded(interview, event, version) for version, event in enumerate(events, start=first)]


def _recorded(interview: InterviewId, event: Event, version: int) -> RecordedEvent:
    participant = getattr(event, "participant", None)
    return RecordedEvent(
        place=LogPosition(version, version),
        stream=interview_stream(interview),
        version=version,
        id=new_event_id(),
        type=event.type,
        schema_version=event.schema_version,
        at=SessionTime(version * MICROSECONDS),
        recorded_at=datetime(2026, 1, 1, tzinfo=UTC),
        actor="session",
        causation=None,
        correlation=None,
        subject=SubjectId(participant) if participant else None,
        key_id=None,
        payload=event.model_dump(mode="json", exclude={"type"}),
        previous_hash=b"",
        hash=b"",
    )


class RecordedLog:
    """A log that holds these events, of one stream, and takes no others."""

    def __init__(self, events: Sequence[RecordedEvent]) -> None:
        self.events = list(events)

    async def read(self, stream: StreamName, *, after: int = 0) -> AsyncIterator[RecordedEvent]:
        """See `infra.log.port.Log.read`."""
        for event in self.events[after:]:
            yield event

    async def follow(self, after: LogPosition = START, *, limit: int = 500) -> Sequence[RecordedEvent]:
        """See `infra.log.port.Log.follow`."""
        return [event for event in self.events if event.place > after][:limit]
