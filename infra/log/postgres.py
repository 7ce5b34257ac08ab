"""The log in PostgreSQL: `await PostgresLog.open(url, master_key)`.

One function call of the database appends; it takes the stream's head as a lock, so the chain of hashes is made where
it is kept. What concerns a person is encrypted before it leaves this process.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
import psycopg
from psycopg import sql

from infra.crypto import Cipher
from infra.log.chain import digest
from infra.log.keyring import Keyring
from infra.log.payload import payload_bytes
from infra.log.record import UUID_OID, binary_array, binary_record
from infra.postgres import Connection, Pool, in_our_words, migrate, open_pool
from schemas.envelope import START, Appended, ExpectedVersion, LogPosition, NewEvent, RecordedEvent
from schemas.errors import Invalid, Refused, WrongVersion
from schemas.ids import EventId, StreamName, SubjectId
from schemas.media import SessionTime

READ_BATCH = 500

COLUMNS = sql.SQL(
    "transaction_id::text as transaction_text, position, stream, version, id, type, schema_version, at_us, recorded_at,"
    " actor, causation, correlation, subject, key_id, payload, previous_hash, hash from event"
)
# %b: in binary, as it was written for the server.
APPEND = "select * from append_events(%s, %s, %b, %b, %b)"
KEYS = "select id, wrapped from subject_key where id = any (%b)"
RECORD_OID = "select 'new_event'::regtype::oid"
READ = sql.SQL("select {} where stream = %s and version > %s order by version limit %s").format(COLUMNS)
# Below the oldest running transaction nothing can appear any more: a position alone is given out before its
# transaction commits, and a reader that trusts it passes events by.
FOLLOW = sql.SQL(
    "select {} where (transaction_id, position) > (%s::text::xid8, %s)"
    " and transaction_id < pg_snapshot_xmin(pg_current_snapshot())"
    " order by event.transaction_id, event.position limit %s"
).format(COLUMNS)

WRONG_VERSION = "IN001"
PARTLY_THERE = "IN002"
KEY_DESTROYED = "IN004"


class PostgresLog:
    """See `infra.log.port.Log`."""

    def __init__(self, pool: Pool, keyring: Keyring, record_oid: int) -> None:
        self._pool = pool
        self._keyring = keyring
        self._record_oid = record_oid

    @classmethod
    async def open(cls, url: str, master_key: bytes) -> "PostgresLog":
        """The log in the database at `url`, brought to its newest shape. Raises `Unavailable`."""
        await migrate(url)
        pool = await open_pool(url)
        async with in_our_words(), pool.connection() as connection:
            [(record_oid,)] = await (await connection.execute(RECORD_OID)).fetchall()
        return cls(pool, Keyring(pool, master_key), record_oid)

    async def append(self, stream: StreamName, events: Sequence[NewEvent], *, expected: ExpectedVersion) -> Appended:
        """See `infra.log.port.Log.append`."""
        if not events:
            raise Invalid("Expected at least one event to append, got none.")
        payloads = [payload_bytes(event) for event in events]
        keys = {event.subject: await self._keyring.of(event.subject) for event in events if event.subject is not None}
        records, digests = [], []
        for event, payload in zip(events, payloads, strict=True):
            key = keys[event.subject] if event.subject is not None else None
            stored = key.cipher.encrypt(payload, event.id.bytes) if key else payload
            records.append(binary_record(event, key.id if key else None, stored))
            digests.append(digest(stream, event, key.id if key else None, stored))
        parameters = [
            stream,
            None if expected == "any" else 0 if expected == "no stream" else expected,
            binary_array(UUID_OID, [key.id.bytes for key in keys.values()]),
            binary_array(self._record_oid, records),
            b"".join(digests),
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

    async def close(self) -> None:
        """See `infra.log.port.Log.close`."""
        await self._pool.close()

    async def _select(self, query: sql.Composed, parameters: Sequence[Any]) -> list[RecordedEvent]:
        async with in_our_words(), self._pool.connection() as connection:
            found = await connection.execute(query, parameters, binary=True)
            rows = await found.fetchall()
            # The keys are asked for after the events: one that was destroyed meanwhile is not remembered here.
            ciphers = await self._ciphers(connection, {row[13] for row in rows})
        return [_recorded(row, ciphers) for row in rows]

    async def _ciphers(self, connection: Connection, key_ids: set[UUID | None]) -> Mapping[UUID | None, Cipher]:
        named = [key_id.bytes for key_id in key_ids if key_id is not None]
        if not named:
            return {}
        found = await connection.execute(KEYS, [binary_array(UUID_OID, named)], binary=True)
        return {id_: self._keyring.unwrapped(wrapped) for id_, wrapped in await found.fetchall() if wrapped}


def _recorded(row: tuple[Any, ...], ciphers: Mapping[UUID | None, Cipher]) -> RecordedEvent:
    id_, key_id, payload = row[4], row[13], row[14]
    readable: bytes | None = payload
    if key_id is not None:
        cipher = ciphers.get(key_id)
        readable = cipher.decrypt(payload, id_.bytes) if cipher else None
    return RecordedEvent(
        LogPosition(int(row[0]), row[1]),
        row[2],
        row[3],
        id_,
        row[5],
        row[6],
        row[7],
        row[8],
        row[9],
        row[10],
        row[11],
        row[12],
        str(key_id) if key_id else None,
        orjson.loads(readable) if readable is not None else None,
        row[15],
        row[16],
    )


def _refusal(error: psycopg.DatabaseError, expected: ExpectedVersion) -> Exception:
    if error.sqlstate == WRONG_VERSION:
        return WrongVersion(f"Expected the stream at version {expected}, it is at another one.")
    if error.sqlstate == PARTLY_THERE:
        return Invalid("Expected events that are all new or all recorded, got some of each.")
    if error.sqlstate == KEY_DESTROYED:
        return Refused("This person was erased; nothing more is recorded about them.")
    return Invalid(f"Expected events that the log can keep, the database refused them ({error.sqlstate}).")
