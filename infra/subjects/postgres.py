"""Persons in a log in PostgreSQL: `await PostgresSubjects.open(url)`."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from infra.postgres import Pool, in_our_words, migrate, open_pool
from infra.subjects.port import Shredded
from infra.subjects.scrubbing import scrub
from schemas.errors import NotFound
from schemas.ids import StreamName, SubjectId

STREAMS = "select distinct stream from event where subject = %s order by stream"
SHRED = (
    "update subject_key set wrapped = null, destroyed_at = clock_timestamp()"
    " where subject = %s and wrapped is not null returning id, destroyed_at"
)
SHREDDED = "select id, coalesce(destroyed_at, created_at) from subject_key where subject = %s"


class PostgresSubjects:
    """See `infra.subjects.port.Subjects`."""

    def __init__(self, url: str, pool: Pool) -> None:
        self._url = url
        self._pool = pool

    @classmethod
    async def open(cls, url: str) -> "PostgresSubjects":
        """The persons in the database at `url`, brought to its newest shape. Raises `Unavailable`."""
        await migrate(url)
        return cls(url, await open_pool(url, most=1))

    async def streams(self, subject: SubjectId) -> Sequence[StreamName]:
        """See `infra.subjects.port.Subjects.streams`."""
        return [StreamName(stream) for (stream,) in await self._rows(STREAMS, subject)]

    async def shred(self, subject: SubjectId) -> Shredded:
        """See `infra.subjects.port.Subjects.shred`."""
        now = await self._rows(SHRED, subject)
        rows: Sequence[tuple[Any, datetime]] = now or await self._rows(SHREDDED, subject)
        if not rows:
            raise NotFound("There is no such person in the record.")
        [(key, at)] = rows
        return Shredded(str(key), at, before=not now)

    async def scrub(self) -> Sequence[str]:
        """See `infra.subjects.port.Subjects.scrub`."""
        return await scrub(self._url)

    async def close(self) -> None:
        """See `infra.subjects.port.Subjects.close`."""
        await self._pool.close()

    async def _rows(self, query: str, subject: SubjectId) -> Sequence[tuple[Any, ...]]:
        async with in_our_words(), self._pool.connection() as connection:
            return await (await connection.execute(query.encode(), [subject])).fetchall()
