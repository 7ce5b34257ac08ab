"""Reads the log as it lies in the table, to check that it is whole."""

from collections.abc import AsyncIterator

from psycopg import sql

from infra.log.chain import Break, Head, KeptHead, StoredEvent, first_break
from infra.log.postgres import IN_INDEX_ORDER
from infra.postgres import Pool, borrowed, open_pool
from schemas.ids import StreamName

BATCH = 1000
STORED = sql.SQL(
    "select position, transaction_id, stream, version, id, type, schema_version, at_us,"
    " case when isfinite(recorded_at) then (extract(epoch from recorded_at) * 1000000)::bigint end, actor,"
    " causation, correlation, subject, key_id, payload, previous_hash, hash, hash_form"
    " from event where stream = %s and version > %s order by version limit %s"
)
STREAMS = sql.SQL("select stream from stream_head union select distinct stream from event order by stream")
HEAD = "select version, position, hash, dropped_at from stream_head where stream = %s"
HEADS = "select version, position, hash, dropped_at, stream from stream_head where stream > %s order by stream limit %s"


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
        async with borrowed(self._pool) as connection:
            found = await connection.execute(STREAMS)
            return [StreamName(name) for (name,) in await found.fetchall()]

    async def heads(self) -> AsyncIterator[tuple[StreamName, Head]]:
        """The head of every stream, in the order of their names."""
        after = ""
        while True:
            async with borrowed(self._pool) as connection:
                rows = await (await connection.execute(HEADS, [after, BATCH], binary=True)).fetchall()
            for row in rows:
                yield StreamName(row[4]), Head(*row[:4])
            if len(rows) < BATCH:
                return
            after = rows[-1][4]

    async def verify(self, stream: StreamName, kept: KeptHead | None = None) -> tuple[int, Break | None]:
        """How many events `stream` has had, and the first place at which it is not what was written.

        `kept` is the stream's head as it was noted down elsewhere at an earlier time.
        """
        head = await self.head(stream)
        broken = await first_break(stream, self.stored(stream), head, kept)
        return head.version if head else 0, broken

    async def head(self, stream: StreamName) -> Head | None:
        """The anchor of `stream`; None where there is none."""
        async with borrowed(self._pool) as connection:
            row = await (await connection.execute(HEAD, [stream], binary=True)).fetchone()
        return Head(*row) if row else None

    async def stored(self, stream: StreamName) -> AsyncIterator[StoredEvent]:
        """The events of `stream` as they lie in the table, in the order of their versions."""
        after = 0
        while True:
            async with borrowed(self._pool) as connection:
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
