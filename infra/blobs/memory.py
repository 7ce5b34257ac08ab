"""Blobs in memory, for tests: same answers, gone with the process."""

from collections.abc import AsyncIterator, Sequence

from infra.blobs.port import Blob, check_chunk, check_names
from schemas.errors import Invalid, NotFound
from schemas.ids import BlobId, SubjectId


class MemoryBlobs:
    """See `infra.blobs.port.Blobs`. Nothing is encrypted here."""

    def __init__(self) -> None:
        self._chunks: dict[tuple[SubjectId, BlobId], list[bytes]] = {}

    async def append(self, subject: SubjectId, blob: BlobId, chunk: bytes, *, number: int) -> None:
        """See `infra.blobs.port.Blobs.append`."""
        check_names(subject, blob)
        check_chunk(chunk)
        chunks = self._chunks.get((subject, blob), [])
        if number > len(chunks):
            raise Invalid(f"Expected the chunk {len(chunks)}, got the chunk {number}.")
        if number == len(chunks):
            self._chunks[subject, blob] = [*chunks, chunk]

    async def read(self, subject: SubjectId, blob: BlobId, *, after: int = 0) -> AsyncIterator[bytes]:
        """See `infra.blobs.port.Blobs.read`."""
        check_names(subject, blob)
        if (subject, blob) not in self._chunks:
            raise NotFound("There is no such blob.")
        for chunk in self._chunks[subject, blob][after:]:
            yield chunk

    async def list(self, subject: SubjectId) -> Sequence[Blob]:
        """See `infra.blobs.port.Blobs.list`."""
        check_names(subject)
        found = [(blob, chunks) for (owner, blob), chunks in self._chunks.items() if owner == subject]
        return sorted(
            (Blob(blob, len(chunks), sum(map(len, chunks))) for blob, chunks in found), key=lambda blob: blob.id
        )

    async def delete(self, subject: SubjectId, blob: BlobId) -> None:
        """See `infra.blobs.port.Blobs.delete`."""
        check_names(subject, blob)
        self._chunks.pop((subject, blob), None)

    async def purge(self, subject: SubjectId) -> Sequence[Blob]:
        """See `infra.blobs.port.Blobs.purge`."""
        found = await self.list(subject)
        for blob in found:
            del self._chunks[subject, blob.id]
        return found
