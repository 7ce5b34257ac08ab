"""The log in PostgreSQL: `await PostgresLog.open(url, master_key)`.

One function call of the database appends; it takes the stream's head as a lock, so the chain of hashes is made where
it is kept. What concerns a person is encrypted before it leaves this process.
"""

import json
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from infra.log.chain import hashed_after, hashed_before
from infra.log.keyring import Keyring
from infra.log.payload import payload_bytes
from infra.log.port import MOST_LAG, Lag
from infra.postgres import Pool, in_our_words, migrate, open_pool
from schemas.envelope import START, Appended, ExpectedVersion, LogPosition, NewEvent, RecordedEvent
from schemas.errors import Invalid, Refused, WrongVersion
from schemas.ids import EventId, StreamName, SubjectId
from schemas.media import SessionTime

READ_BATCH = 500

COLUMNS = sql.SQL(
    "transaction_id::text as transaction_text, position, stream, version, event.id, type, schema_version, at_us,"
    " recorded_at, actor, causation, correlation, event.subject, key_id, payload, previous_hash, hash, wrapped"
    " from event left join subject_key on subject_key.id = key_id"
)
# %b: in binary, where an array is large and its type is known even if every item is null.
APPEND = sql.SQL("select * from append_events(%s, %s, %b, %s, %s, %s, %s, %s, %s, %s, %s, %b, %b, %b)")
READ = sql.SQL("select {} where stream = %s and version > %s order by version limit %s").format(COLUMNS)
# Below the oldest running transaction nothing can appear any more: a position alone is given out before its
# transaction commits, and a reader that trusts it passes events by.
FOLLOW = sql.SQL(
    "select {} where (transaction_id, position) > (%s::text::xid8, %s)"
    " and transaction_id < pg_snapshot_xmin(pg_current_snapshot())"
    " order by event.transaction_id, event.position limit %s"
).format(COLUMNS)
LAG = (
    "select count(*), coalesce(extract(epoch from clock_timestamp() - min(recorded_at)), 0)::float8 from ("
    "select recorded_at from event where (transaction_id, position) > (%s::text::xid8, %s)"
    " order by transaction_id, position limit %s) as waiting"
)

WRONG_VERSION = "IN001"
PARTLY_THERE = "IN002"
KEY_DESTROYED = "IN004"


class PostgresLog:
    """See `infra.log.port.Log`."""

    def __init__(self, pool: Pool, keyring: Keyring) -> None:
        self._pool = pool
        self._keyring = keyring

    @classmethod
    async def open(cls, url: str, master_key: bytes) -> "PostgresLog":
        """The log in the database at `url`, brought to its newest shape. Raises `Unavailable`."""
        await migrate(url)
        pool = await open_pool(url)
        return cls(pool, Keyring(pool, master_key))

    async def append(self, stream: StreamName, events: Sequence[NewEvent], *, expected: ExpectedVersion) -> Appended:
        """See `infra.log.port.Log.append`."""
        if not events:
            raise Invalid("Expected at least one event to append, got none.")
        sealed = [await self._seal(event) for event in events]
        parameters = [
            stream,
            None if expected == "any" else 0 if expected == "no stream" else expected,
            [event.id for event in events],
            [event.type for event in events],
            [event.schema_version for event in events],
            [event.at for event in events],
            [event.actor for event in events],
            [event.causation for event in events],
            [event.correlation for event in events],
            [event.subject for event in events],
            [key_id for key_id, _ in sealed],
            [payload for _, payload in sealed],
            [hashed_before(event) for event in events],
            [hashed_after(event, key_id) for event, (key_id, _) in zip(events, sealed, strict=True)],
        ]
        try:
            async with in_our_words(), self._pool.connection() as connection:
                found = await connection.execute(APPEND, parameters, binary=True)
                row = await found.fetchone()
        except psycopg.DatabaseError as error:
            if error.sqlstate == KEY_DESTROYED:
                self._keyring.forget()
            raise _refusal(error, expected) from error
        assert row is not None
        version, position, transaction = row
        return Appended(stream, version, LogPosition(int(transaction), position))

    async def _seal(self, event: NewEvent) -> tuple[UUID | None, bytes]:
        payload = payload_bytes(event)
        if event.subject is None:
            return None, payload
        key = await self._keyring.of(event.subject)
        return key.id, key.cipher.encrypt(payload, event.id.bytes)

    async def read(self, stream: StreamName, *, after: int = 0) -> AsyncIterator[RecordedEvent]:
        """See `infra.log.port.Log.read`."""
        while True:
            events = await self._select(READ, [stream, after, READ_BATCH])
            for event in events:
                yield event
            if len(events) < READ_BATCH:
                return
            after = events[-1].version

    async def follow(self, after: LogPosition = START, *, limit: int = 500) -> Sequence[RecordedEvent]:
        """See `infra.log.port.Log.follow`."""
        return await self._select(FOLLOW, [str(after.transaction), after.position, limit])

    async def lag(self, place: LogPosition) -> Lag:
        """See `infra.log.port.Log.lag`."""
        async with in_our_words(), self._pool.connection() as connection:
            found = await connection.execute(LAG, [str(place.transaction), place.position, MOST_LAG])
            row = await found.fetchone()
        assert row is not None
        return Lag(*row)

    async def close(self) -> None:
        """See `infra.log.port.Log.close`."""
        await self._pool.close()

    async def _select(self, query: sql.Composed, parameters: Sequence[Any]) -> list[RecordedEvent]:
        async with in_our_words(), self._pool.connection() as connection:
            found = await connection.execute(query, parameters, binary=True)
            rows = await found.fetchall()
        return [self._opened(row) for row in rows]

    def _opened(self, row: tuple[Any, ...]) -> RecordedEvent:
        id_, key_id, payload, wrapped = row[4], row[13], bytes(row[14]), row[17]
        readable: bytes | None = payload
        if key_id is not None:
            # The key comes with the event: one that was destroyed meanwhile is not remembered here.
            readable = self._keyring.unwrapped(bytes(wrapped)).decrypt(payload, id_.bytes) if wrapped else None
        return RecordedEvent(
            place=LogPosition(int(row[0]), row[1]),
            stream=StreamName(row[2]),
            version=row[3],
            id=EventId(id_),
            type=row[5],
            schema_version=row[6],
            at=SessionTime(row[7]),
            recorded_at=row[8],
            actor=row[9],
            causation=row[10],
            correlation=row[11],
            subject=SubjectId(row[12]) if row[12] else None,
            key_id=str(key_id) if key_id else None,
            payload=json.loads(readable) if readable is not None else None,
            previous_hash=bytes(row[15]),
            hash=bytes(row[16]),
        )


def _refusal(error: psycopg.DatabaseError, expected: ExpectedVersion) -> Exception:
    if error.sqlstate == WRONG_VERSION:
        return WrongVersion(f"Expected the stream at version {expected}, it is at another one.")
    if error.sqlstate == PARTLY_THERE:
        return Invalid("Expected events that are all new or all recorded, got some of each.")
    if error.sqlstate == KEY_DESTROYED:
        return Refused("This person was erased; nothing more is recorded about them.")
    return Invalid(f"Expected events that the log can keep, the database refused them ({error.sqlstate}).")
