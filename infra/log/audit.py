"""Reads the log as it lies in the table, to check that it is whole."""

from collections.abc import AsyncIterator

from psycopg import sql

from infra.log.chain import Break, Head, StoredEvent, first_break
from infra.log.postgres import IN_INDEX_ORDER
from infra.postgres import Pool, in_our_words, open_pool
from schemas.ids import StreamName

BATCH = 1000
STORED = sql.SQL(
    "select position, transaction_id, stream, version, id, type, schema_version, at_us, recorded_at, actor,"
    " causation, correlation, subject, key_id, payload, previous_hash, hash, hash_form"
    " from event where stream = %s and version > %s order by version limit %s"
)
STREAMS = sql.SQL("select stream from stream_head union select distinct stream from event order by stream")
HEAD = sql.SQL("select version, position, hash from stream_head where stream = %s")


class LogAudit:
    """Checks the chains in one database."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @classmethod
    async def open(cls, url: str) -> "LogAudit":
        """An audit of the database at `url`. Raises `Unavailable`."""
        return cls(await open_pool(url, most=1, prepare=IN_INDEX_ORDER))

    async def streams(self) -> list[StreamName]:
        """All streams that have an event or an anchor."""
        async with in_our_words(), self._pool.connection() as connection:
            found = await connection.execute(STREAMS)
            return [StreamName(name) for (name,) in await found.fetchall()]

    async def verify(self, stream: StreamName) -> tuple[int, Break | None]:
        """How many events `stream` has, and the first place at which it is not what was written."""
        head = await self._head(stream)
        broken = await first_break(stream, self.stored(stream), head)
        return head.version if head else 0, broken

    async def stored(self, stream: StreamName) -> AsyncIterator[StoredEvent]:
        """The events of `stream` as they lie in the table, in the order of their versions."""
        after = 0
        while True:
            async with in_our_words(), self._pool.connection() as connection:
                found = await connection.execute(STORED, [stream, after, BATCH], binary=True)
                rows = await found.fetchall()
            for row in rows:
                yield StoredEvent._make(row)
            if len(rows) < BATCH:
                return
            after = rows[-1][3]

    async def close(self) -> None:
        """Give back the connection."""
        await self._pool.close()

    async def _head(self, stream: StreamName) -> Head | None:
        async with in_our_words(), self._pool.connection() as connection:
            found = await connection.execute(HEAD, [stream])
            row = await found.fetchone()
        return Head(row[0], row[1], bytes(row[2])) if row else None
