"""The proof that a stream is whole: each event's hash covers all its fields and the hash of the event before it.

Computed here anew, and not by the database that is to be checked. The hash has two forms, and each event names its
own: form 1 is `event_hash` of `infra/sql/0001_event.sql`; form 2 is made half by the writer, as a digest of all that it
says, and half by the database (`append_events`), over that digest and what the database adds.
"""

import hashlib
from collections.abc import AsyncIterable
from dataclasses import dataclass
from datetime import datetime
from struct import Struct
from typing import NamedTuple
from uuid import UUID

from infra.log.record import binary_record

GENESIS = b""
"""What the first event of a stream holds as the hash before it."""
ANOTHER_EVENT = "it is another event than the one whose hash was kept elsewhere"
FORM = b"\x02"
"""What a hash of form 2 begins with."""

_added = Struct("!qqiq").pack


class StoredEvent(NamedTuple):
    """An event as it lies in the table, its payload as it is stored."""

    position: int
    transaction: int
    stream: str
    version: int
    id: UUID
    type: str
    schema_version: int
    at_us: int
    recorded_us: int | None
    """Unix time in microseconds; None where the table holds no finite time, which the log never writes."""
    actor: str
    causation: UUID | None
    correlation: UUID | None
    subject: str | None
    key_id: UUID | None
    payload: bytes
    previous_hash: bytes
    hash: bytes
    hash_form: int


@dataclass(frozen=True, slots=True)
class Head:
    """The newest event of a stream, as it was anchored when it was written."""

    version: int
    position: int
    hash: bytes
    dropped_at: datetime | None = None
    """When the stream's events were dropped, at the end of their retention; its head stays."""


@dataclass(frozen=True, slots=True)
class KeptHead:
    """The newest event of a stream, as somebody noted it down elsewhere."""

    version: int
    hash: bytes


@dataclass(frozen=True, slots=True)
class Break:
    """The first place at which a stream is not what was written."""

    stream: str
    version: int
    found: str
    """What is wrong there, in words."""


def digest(stream: str, record: bytes) -> bytes:
    """SHA-256 over all that a writer says of an event: the stream, and the event as by `binary_record`."""
    return hashlib.sha256(_field(stream.encode()) + record).digest()


def stored_hash(event: StoredEvent) -> bytes | None:
    """The hash that `event` should have; None where no hash can be right."""
    if event.recorded_us is None:
        return None
    if event.hash_form == 1:
        return _first_form(event, event.recorded_us)
    return _second_form(event, event.recorded_us) if event.hash_form == 2 else None


def _second_form(event: StoredEvent, recorded_us: int) -> bytes:
    """SHA-256 over the form, what the database adds (big-endian), the writer's digest and the hash before."""
    record = binary_record(
        id_=event.id,
        type_=event.type,
        schema_version=event.schema_version,
        at_us=event.at_us,
        actor=event.actor,
        causation=event.causation,
        correlation=event.correlation,
        subject=event.subject,
        key_id=event.key_id,
        payload=event.payload,
    )
    added = _added(event.position, event.transaction, event.version, recorded_us)
    return hashlib.sha256(FORM + added + digest(event.stream, record) + event.previous_hash).digest()


def _first_form(event: StoredEvent, recorded_us: int) -> bytes:
    """SHA-256 over all fields but the hash itself, in the order of the table, each preceded by its length."""
    fields = (
        _integer(event.position, 8),
        str(event.transaction).encode(),
        event.stream.encode(),
        _integer(event.version, 4),
        event.id.bytes,
        event.type.encode(),
        _integer(event.schema_version, 4),
        _integer(event.at_us, 8),
        _integer(recorded_us, 8),
        event.actor.encode(),
        event.causation.bytes if event.causation else None,
        event.correlation.bytes if event.correlation else None,
        event.subject.encode() if event.subject is not None else None,
        event.key_id.bytes if event.key_id else None,
        event.payload,
        event.previous_hash,
    )
    return hashlib.sha256(b"".join(_field(value) for value in fields)).digest()


async def first_break(
    stream: str, events: AsyncIterable[StoredEvent], head: Head | None, kept: KeptHead | None = None
) -> Break | None:
    """Where `events`, all of `stream` in the order of their versions, stop being what was written; None where they
    do not.

    `kept` finds also what the anchor in the same database cannot: a tail that was cut off, or written anew, together
    with its anchor.
    """
    version, previous, position = 0, GENESIS, 0
    async for event in events:
        found = _trouble(event, version + 1, previous)
        if found is None and kept is not None and event.version == kept.version and event.hash != kept.hash:
            found = ANOTHER_EVENT
        if found is not None:
            return Break(stream, min(event.version, version + 1), found)
        version, previous, position = event.version, event.hash, event.position
    trouble = _trouble_at_end(Head(version, position, previous), head, kept)
    return Break(stream, *trouble) if trouble else None


def _trouble_at_end(last: Head, head: Head | None, kept: KeptHead | None) -> tuple[int, str] | None:
    """`last` is what the events say of the newest; `head` the anchor."""
    if head is None:
        if last.version:
            return last.version, "the anchor of the newest event is missing"
    elif head.dropped_at is not None:
        if last.version:
            return 1, "the stream was dropped, and there are events of it"
        last = head
    elif head != last:
        return last.version + 1, f"the stream ends at {last.version}, {head.version} events were written"
    if kept is not None and last.version < kept.version:
        return last.version + 1, f"the stream ends at {last.version}, it had {kept.version} events"
    if kept is not None and last.version == kept.version and last.hash != kept.hash:
        return last.version, ANOTHER_EVENT
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
