"""What every store of blobs can do."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.errors import Invalid
from schemas.ids import BlobId, SubjectId

MOST_CHUNK_BYTES = 8 * 1024 * 1024
"""The largest chunk; no more than one of them is in memory for a reader or a writer."""
NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Blob:
    """One blob of a person."""

    id: BlobId
    chunks: int
    size: int
    """Bytes as they are kept: a little more than what was put in."""


class Blobs(Protocol):
    """Blobs of persons, each a row of chunks that come one after the other.

    Errors of all methods: `Invalid` for an id that is none, `Unavailable` where the store does not answer or is full.
    """

    async def append(self, subject: SubjectId, blob: BlobId, chunk: bytes, *, number: int) -> None:
        """Add the chunk `number`, counted from 0, to the end of a blob; durable on return.

        A chunk that is there already is not added again. Raises `Invalid` where the chunk before it is missing or the
        chunk is too large, `Refused` where the person was erased.
        """
        ...

    def read(self, subject: SubjectId, blob: BlobId, *, after: int = 0) -> AsyncIterator[bytes]:
        """The chunks of a blob from the number `after` on, in order.

        Raises `NotFound`, `Refused` where the person was erased, `Invalid` where a chunk is not the one that was put
        in at its place.
        """
        ...

    async def list(self, subject: SubjectId) -> Sequence[Blob]:
        """All blobs of a person, by id."""
        ...

    async def delete(self, subject: SubjectId, blob: BlobId) -> None:
        """Remove one blob; nothing happens where there is none."""
        ...

    async def purge(self, subject: SubjectId) -> Sequence[Blob]:
        """Remove all blobs of a person; returns what they were."""
        ...


def check_names(subject: SubjectId, *blobs: BlobId) -> None:
    """Raises `Invalid` for an id that could not be a file's name."""
    for name in (subject, *blobs):
        if NAME.fullmatch(name) is None:
            raise Invalid("Expected an id of letters, digits, `-` and `_`, got another one.")


def check_chunk(chunk: bytes) -> None:
    """Raises `Invalid` for a chunk that is too large."""
    if len(chunk) > MOST_CHUNK_BYTES:
        raise Invalid(f"Expected a chunk of at most {MOST_CHUNK_BYTES} bytes, got {len(chunk)}.")
