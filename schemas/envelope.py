"""The envelope around an event: who, when, where in the log, and the proof that it was not changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple

from schemas.events import Event, parse_event
from schemas.ids import EventId, StreamName, SubjectId, new_event_id
from schemas.media import SessionTime

Payload = Mapping[str, Any]
"""JSON object."""

ExpectedVersion = int | Literal["no stream", "any"]
"""What the writer believes: the version of the stream's last event, that there is none yet, or nothing at all."""


@dataclass(frozen=True, slots=True, order=True)
class LogPosition:
    """A place in the order in which followers read the whole log.

    Ordered by transaction first: a position alone is given out before its transaction commits.
    """

    transaction: int
    position: int


START = LogPosition(0, 0)
"""Before the first event."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event on its way into the log."""

    type: str
    schema_version: int
    payload: Payload
    at: SessionTime
    actor: str
    """Which part of the system wrote it (`session`, `cli`); never a person's name."""
    id: EventId = field(default_factory=new_event_id)
    causation: EventId | None = None
    correlation: EventId | None = None
    subject: SubjectId | None = None
    """The person this event is about; its payload is encrypted with that person's key."""


class RecordedEvent(NamedTuple):
    """An event as the log keeps it, its payload readable.

    A tuple, because logs are read by the million events and a frozen dataclass takes four times as long to make.
    """

    place: LogPosition
    stream: StreamName
    version: int
    """1, 2, 3 … within the stream, without gaps."""
    id: EventId
    type: str
    schema_version: int
    at: SessionTime
    recorded_at: datetime
    actor: str
    causation: EventId | None
    correlation: EventId | None
    subject: SubjectId | None
    key_id: str | None
    payload: Payload | None
    """None where the person's key was destroyed."""
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Appended:
    """The log's word that events are durable."""

    stream: StreamName
    version: int
    """Version of the last event of the append."""
    place: LogPosition
    """Place of the last event of the append."""


def enveloped(event: Event, *, at: SessionTime, actor: str) -> NewEvent:
    """`event`, which happened at session time `at`, as `actor` hands it to the log.

    Its subject is the participant it is about.
    """
    participant = getattr(event, "participant", None)
    return NewEvent(
        type=event.type,
        schema_version=event.schema_version,
        payload=event.model_dump(mode="json", exclude={"type"}),
        at=at,
        actor=actor,
        subject=SubjectId(participant) if participant else None,
    )


def fact_of(recorded: RecordedEvent) -> Event | None:
    """What happened, in the newest form of its type, however old; None where the person's key was destroyed.

    The way from the log to every reader. Raises `Invalid` for a type or a version that is unknown here.
    """
    if recorded.payload is None:
        return None
    return parse_event(recorded.type, recorded.schema_version, recorded.payload)
