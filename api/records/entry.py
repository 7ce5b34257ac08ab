"""One event as it leaves the log: a line of `intact log show`, a row of an export."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schemas.envelope import RecordedEvent, fact_of
from schemas.media import MICROSECONDS


@dataclass(frozen=True, slots=True)
class Entry:
    """An event's envelope and its payload as JSON text; the fields are the columns of an export, in their order."""

    stream: str
    version: int
    position: int
    transaction: int
    id: str
    type: str
    schema_version: int
    """Version of the payload as it stands here."""
    written_version: int
    """Version in which the log holds it."""
    at_us: int
    recorded_at: datetime
    actor: str
    causation: str | None
    correlation: str | None
    subject: str | None
    payload: str | None
    """A JSON object; None where the person was erased."""
    previous_hash: bytes
    hash: bytes


def entry_of(event: RecordedEvent, *, as_written: bool = False) -> Entry:
    """`event` with its payload in the newest form, or in the one that the log holds.

    Raises `Invalid` for a type or a version that is unknown here, unless it is asked for as it was written.
    """
    payload, schema_version = event.payload, event.schema_version
    fact = None if as_written else fact_of(event)
    if fact is not None:
        payload, schema_version = fact.model_dump(mode="json", exclude={"type"}), fact.schema_version
    return Entry(
        stream=event.stream,
        version=event.version,
        position=event.place.position,
        transaction=event.place.transaction,
        id=str(event.id),
        type=event.type,
        schema_version=schema_version,
        written_version=event.schema_version,
        at_us=event.at,
        recorded_at=event.recorded_at,
        actor=event.actor,
        causation=str(event.causation) if event.causation else None,
        correlation=str(event.correlation) if event.correlation else None,
        subject=event.subject,
        payload=None if payload is None else json.dumps(payload, ensure_ascii=False),
        previous_hash=event.previous_hash,
        hash=event.hash,
    )


def line(entry: Entry) -> str:
    """One event for a person."""
    payload = "(erased)" if entry.payload is None else entry.payload
    return f"{entry.version:>6}  {entry.at_us / MICROSECONDS:>10.3f} s  {entry.type:<20}  {payload}"


def json_line(entry: Entry) -> str:
    """One event for a program: an object with the fields of `Entry`, hashes as hex, the payload as an object."""
    fields: dict[str, Any] = {name: getattr(entry, name) for name in Entry.__slots__}
    fields["recorded_at"] = entry.recorded_at.isoformat()
    fields["payload"] = None if entry.payload is None else json.loads(entry.payload)
    fields["previous_hash"], fields["hash"] = entry.previous_hash.hex(), entry.hash.hex()
    return json.dumps(fields, ensure_ascii=False)


def read_json_line(text: str | bytes) -> Entry:
    """What `json_line` wrote. Raises `ValueError`, `KeyError` or `TypeError` for anything else."""
    fields: dict[str, Any] = json.loads(text)
    fields["recorded_at"] = datetime.fromisoformat(fields["recorded_at"])
    fields["payload"] = None if fields["payload"] is None else json.dumps(fields["payload"], ensure_ascii=False)
    fields["previous_hash"], fields["hash"] = bytes.fromhex(fields["previous_hash"]), bytes.fromhex(fields["hash"])
    return Entry(**fields)
