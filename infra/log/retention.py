"""Drops whole streams at the end of their retention: `await drop_streams(url, before=...)`.

Not a part of the log itself: the application's role has no right to remove anything. This is done by whoever owns the
database, and each stream leaves its head behind.
"""

from collections.abc import AsyncIterator
from datetime import datetime

from infra.postgres import connect, in_our_words
from schemas.ids import StreamName

DUE = "select stream from stream_head where recorded_at < %s and dropped_at is null order by recorded_at"
DROP = "select drop_stream(%s, %s)"


async def drop_streams(url: str, *, before: datetime) -> AsyncIterator[StreamName]:
    """Drop every stream whose newest event was recorded before then, each in a transaction of its own; names them.

    Stopped in between it has dropped some streams wholly and the others not at all. Raises `Unavailable`.
    """
    async with in_our_words(), await connect(url, autocommit=True) as connection:
        due = await (await connection.execute(DUE, [before])).fetchall()
        for (stream,) in due:
            [(dropped,)] = await (await connection.execute(DROP, [stream, before])).fetchall()
            if dropped:
                yield StreamName(stream)
