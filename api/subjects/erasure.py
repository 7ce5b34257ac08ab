"""Erases a person, in steps of which each may be repeated: an erasure that was interrupted is simply run again.

First the tombstones: from then on nothing more is recorded about the person. Then the key: from then on nobody reads
what was. What comes after it destroys what others had made of it.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

from actors.projections import PROJECTIONS
from api.subjects.certificate import WHAT_REMAINS, Certificate, ErasedStream
from api.subjects.holdings import Holdings
from schemas.envelope import START, LogPosition
from schemas.events import SubjectErased
from schemas.ids import ParticipantId, StreamName, SubjectId, interview_of

TOMBSTONE = SubjectErased.model_fields["type"].default


class Erasure:
    """The erasure of one person."""

    def __init__(self, subject: SubjectId, holdings: Holdings) -> None:
        self._subject = subject
        self._holdings = holdings
        self._certificate: Certificate | None = None

    @property
    def certificate(self) -> Certificate:
        """What was done; there once all steps are."""
        assert self._certificate is not None
        return self._certificate

    async def steps(self) -> AsyncIterator[str]:
        """Erase, saying after each step what is done.

        Raises `NotFound` where the record does not know the person, `Unavailable`: then it is to be run again.
        """
        held, subject = self._holdings, self._subject
        streams = await held.subjects.streams(subject)
        for stream in streams:
            await held.writer.erase(interview_of(stream), ParticipantId(subject))
        if streams:
            yield f"the tombstones are written ({len(streams)})"
        shredded = await held.subjects.shred(subject)
        yield "the key is destroyed"
        blobs = await held.blobs.purge(subject)
        yield "the blobs are destroyed"
        surveyed = [await self._survey(stream) for stream in streams]
        await held.followers.reach(max((place for _, place in surveyed), default=START))
        yield "the views hold nothing of the person"
        messages = await held.bus.purge(subject)
        yield "the bus keeps nothing of the person"
        left = await held.subjects.scrub()
        yield "older copies in the database are destroyed"
        self._certificate = Certificate(
            subject=subject,
            key=shredded.key,
            destroyed_at=shredded.at,
            repeated=shredded.before,
            completed_at=datetime.now(UTC),
            streams=[found for found, _ in surveyed],
            views=[projection.name for projection in PROJECTIONS],
            blobs=len(blobs),
            blob_bytes=sum(blob.size for blob in blobs),
            messages=messages,
            remains=[*left, *WHAT_REMAINS],
        )

    async def _survey(self, stream: StreamName) -> tuple[ErasedStream, LogPosition]:
        """What the stream holds, and where its tombstone lies."""
        events, tombstone, version, head, place = 0, 0, 0, b"", START
        async for event in self._holdings.log.read(stream):
            events += event.subject == self._subject
            if event.type == TOMBSTONE and event.payload is not None and event.payload["erased"] == self._subject:
                tombstone, place = event.version, event.place
            version, head = event.version, event.hash
        found = ErasedStream(stream=stream, events=events, tombstone=tombstone, version=version, head=head.hex())
        return found, place
