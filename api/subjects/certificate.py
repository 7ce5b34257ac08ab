"""What is said after an erasure: what was destroyed, when, and by what the rest proves to be whole."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from schemas.ids import StreamName, SubjectId

WHAT_REMAINS = (
    "Of the person the log keeps envelopes without content: random ids, types and times of events, and ciphertext that"
    " no key opens.",
    "Copies of the database made before (backups, replicas, archived write-ahead logs) are not reached from here.",
)


class ErasedStream(BaseModel):
    """One interview from which the person was erased."""

    model_config = ConfigDict(frozen=True)

    stream: StreamName
    events: int
    """Events about the person; none can be read."""
    tombstone: int
    """Version of the event that says so."""
    version: int
    """Version of the newest event."""
    head: str
    """Its hash (hex): that of the whole chain."""


class Certificate(BaseModel):
    """The outcome of one run of an erasure. Counts of blobs and messages are of this run."""

    model_config = ConfigDict(frozen=True)

    subject: SubjectId
    key: str
    """The id of the key that was destroyed."""
    destroyed_at: datetime
    repeated: bool
    """Whether the key was destroyed before this run."""
    completed_at: datetime
    streams: Sequence[ErasedStream]
    views: Sequence[str]
    """Views in which nothing of the person is left."""
    blobs: int
    blob_bytes: int
    messages: int
    """Messages that were destroyed on the bus."""
    remains: Sequence[str]
    """What is or may be left, a sentence each."""


def lines(certificate: Certificate) -> Iterator[str]:
    """The certificate for a person to read."""
    yield f"Erased: {certificate.subject}"
    if certificate.repeated:
        yield "The key had been destroyed before; everything was gone through again."
    yield f"Key {certificate.key} destroyed {certificate.destroyed_at.isoformat(timespec='seconds')}"
    for stream in certificate.streams:
        yield (
            f"{stream.stream}: {stream.events} events unreadable, tombstone at version {stream.tombstone},"
            f" chain head {stream.version} {stream.head}"
        )
    yield f"Views without the person: {', '.join(certificate.views)}"
    yield f"Blobs destroyed: {certificate.blobs} ({certificate.blob_bytes} bytes)"
    yield f"Messages destroyed on the bus: {certificate.messages}"
    for sentence in certificate.remains:
        yield f"Remains: {sentence}"
    yield f"Completed {certificate.completed_at.isoformat(timespec='seconds')}"
