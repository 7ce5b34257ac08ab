"""Events as a log would give them."""

from collections.abc import Iterable
from datetime import UTC, datetime

from schemas.envelope import LogPosition, RecordedEvent
from schemas.events import Event
from schemas.ids import InterviewId, SubjectId, interview_stream, new_event_id
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
