"""The proof that a stream is whole: each event's hash covers all its fields and the hash of the event before it.

Computed here anew, and not by the database that is to be checked; `event_hash` in `infra/sql/0001_event.sql` is the
same in SQL.
"""

import hashlib
from collections.abc import AsyncIterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from schemas.envelope import NewEvent

GENESIS = b""
"""What the first event of a stream holds as the hash before it."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it lies in the table, its payload as it is stored."""

    position: int
    transaction: str
    stream: str
    version: int
    id: UUID
    type: str
    schema_version: int
    at_us: int
    recorded_at: datetime
    actor: str
    causation: UUID | None
    correlation: UUID | None
    subject: str | None
    key_id: UUID | None
    payload: bytes
    previous_hash: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The newest event of a stream, as it was anchored when it was written."""

    version: int
    position: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """The first place at which a stream is not what was written."""

    stream: str
    version: int
    found: str
    """What is wrong there, in words."""


def stored_hash(event: StoredEvent) -> bytes:
    """SHA-256 over all fields but the hash itself, in the order of the table, each preceded by its length."""
    fields = (
        _integer(event.position, 8),
        event.transaction.encode(),
        event.stream.encode(),
        _integer(event.version, 4),
        event.id.bytes,
        event.type.encode(),
        _integer(event.schema_version, 4),
        _integer(event.at_us, 8),
        _integer((event.recorded_at - EPOCH) // timedelta(microseconds=1), 8),
        event.actor.encode(),
        event.causation.bytes if event.causation else None,
        event.correlation.bytes if event.correlation else None,
        event.subject.encode() if event.subject is not None else None,
        event.key_id.bytes if event.key_id else None,
        event.payload,
        event.previous_hash,
    )
    return hashlib.sha256(b"".join(_field(value) for value in fields)).digest()


def hashed_before(event: NewEvent) -> bytes:
    """The fields of an event on its way into the log, from its id to its session time, as they enter its hash."""
    return (
        _field(event.id.bytes)
        + _field(event.type.encode())
        + _field(_integer(event.schema_version, 4))
        + _field(_integer(event.at, 8))
    )


def hashed_after(event: NewEvent, key_id: UUID | None) -> bytes:
    """The fields of an event on its way into the log, from its actor to its key, as they enter its hash."""
    return (
        _field(event.actor.encode())
        + _field(event.causation.bytes if event.causation else None)
        + _field(event.correlation.bytes if event.correlation else None)
        + _field(event.subject.encode() if event.subject is not None else None)
        + _field(key_id.bytes if key_id else None)
    )


async def first_break(stream: str, events: AsyncIterable[StoredEvent], head: Head | None) -> Break | None:
    """Where `events`, all of `stream` in the order of their versions, stop being what was written; None where they
    do not."""
    version, previous, position = 0, GENESIS, 0
    async for event in events:
        found = _trouble(event, version + 1, previous)
        if found is not None:
            return Break(stream, min(event.version, version + 1), found)
        version, previous, position = event.version, event.hash, event.position
    if head is None:
        return Break(stream, version, "the anchor of the newest event is missing") if version else None
    if (head.version, head.position, head.hash) != (version, position, previous):
        return Break(stream, version + 1, f"the stream ends at {version}, {head.version} events were written")
    return None


def _trouble(event: StoredEvent, version: int, previous: bytes) -> str | None:
    if event.version != version:
        return f"expected version {version}, found version {event.version}"
    if event.previous_hash != previous:
        return "it does not follow the event before it"
    if stored_hash(event) != event.hash:
        return "it was changed after it was written"
    return None


def _integer(value: int, length: int) -> bytes:
    return value.to_bytes(length, "big", signed=True)


def _field(value: bytes | None) -> bytes:
    return _integer(-1, 4) if value is None else _integer(len(value), 4) + value
