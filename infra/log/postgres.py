"""The log in PostgreSQL: `await PostgresLog.open(url, master_key)`.

One function call of the database appends: it gives the writers of a stream their turns, and chains the digests that
are made here. What concerns a person is encrypted before it leaves this process.
"""

import struct
from collections.abc import AsyncGenerator, AsyncIterator, Container, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson
import psycopg
from psycopg import sql

from infra.crypto import Cipher
from infra.log.chain import digest
from infra.log.keyring import Keyring, SubjectKey
from infra.log.payload import check_types, payload_bytes
from infra.log.port import MOST_LAG, Lag, Wanted
from infra.log.record import UUID_OID, binary_array, binary_record
from infra.log.refusal import refusals_json, refused
from infra.master_keys import MasterKeys
from infra.postgres import Connection, Pool, borrowed, in_our_words, migrate, open_pool
from schemas.envelope import START, Appended, ExpectedVersion, LogPosition, NewEvent, RecordedEvent
from schemas.errors import Invalid, Refused, WrongVersion
from schemas.ids import StreamName
from schemas.refusal import Refusals

READ_BATCH = 500
NEWEST = 2**31 - 1
"""Above every version."""

COLUMNS = sql.SQL(
    "transaction_id, position, stream, version, id, type, schema_version, at_us, recorded_at, actor,"
    " causation, correlation, subject, uuid_send(key_id), payload, previous_hash, hash from event"
)
# %b: in binary, as it was written for the server.
APPEND = "select * from append_events(%s, %s, %b, %b, %b, %s)"
KEYS = "select uuid_send(id), wrapped from subject_key where id = any (%b)"
RECORD_OID = "select 'new_event'::regtype::oid"
# Without statistics the planner would rather sort all that is left of a stream, batch after batch.
IN_INDEX_ORDER = ("set enable_sort = off",)
READ = sql.SQL("select {} where stream = %s and version > %s order by version limit %s").format(COLUMNS)
READ_BACK = sql.SQL("select {} where stream = %s and version < %s order by version desc limit %s").format(COLUMNS)
# By the block ranges of `event_search`, never through the whole log in its order.
SEARCH_BY_RANGES = "set local enable_sort = on; set local enable_indexscan = off"
SEARCH = sql.SQL("select {} where {} order by transaction_id, position")
CONDITIONS = {
    "type": sql.SQL("type = %(type)s"),
    "subject": sql.SQL("subject = %(subject)s"),
    "since": sql.SQL("recorded_at >= %(since)s"),
    "until": sql.SQL("recorded_at < %(until)s"),
}
# Below the oldest running transaction nothing can appear any more: a position alone is given out before its
# transaction commits, and a reader that trusts it passes events by.
FOLLOW = sql.SQL(
    "select {} where (transaction_id, position) > (%s::text::xid8, %s)"
    " and transaction_id < pg_snapshot_xmin(pg_current_snapshot())"
    " order by transaction_id, position limit %s"
).format(COLUMNS)
LAG = (
    "select count(*), coalesce(extract(epoch from clock_timestamp() - min(recorded_at)), 0)::float8 from ("
    "select recorded_at from event where (transaction_id, position) > (%s::text::xid8, %s)"
    " order by transaction_id, position limit %s) as waiting"
)

Keys = Mapping[bytes, tuple[str, Cipher | None]]
"""By the bytes of a key's id: the id as text, and what decrypts; None where the key was destroyed."""

WRONG_VERSION = "IN001"
PARTLY_THERE = "IN002"
KEY_DESTROYED = "IN004"
DROPPED = "IN005"
REFUSED = "IN006"


class PostgresLog:
    """See `infra.log.port.Log`."""

    def __init__(self, pool: Pool, keyring: Keyring, record_oid: int, types: Container[str] | None) -> None:
        self._pool = pool
        self._keyring = keyring
        self._record_oid = record_oid
        self._types = types
        self._kept: Connection | None = None

    @classmethod
    async def open(
        cls, url: str, master_key: bytes | MasterKeys, *, types: Container[str] | None = None
    ) -> "PostgresLog":
        """The log in the database at `url`, brought to its newest shape; takes events of these `types`, or of all.

        Raises `Misconfigured` where the keys in it are wrapped by another master key, `Unavailable`.
        """
        await migrate(url)
        pool = await open_pool(url, prepare=IN_INDEX_ORDER)
        try:
            async with borrowed(pool) as connection:
                [(record_oid,)] = await (await connection.execute(RECORD_OID)).fetchall()
            return cls(pool, await Keyring.open(pool, master_key), record_oid, types)
        except BaseException:
            await pool.close()
            raise

    async def append(
        self,
        stream: StreamName,
        events: Sequence[NewEvent],
        *,
        expected: ExpectedVersion,
        refusals: Refusals | None = None,
    ) -> Appended:
        """See `infra.log.port.Log.append`."""
        if not events:
            raise Invalid("Expected at least one event to append, got none.")
        check_types(events, self._types)
        payloads = [payload_bytes(event) for event in events]
        keys = {event.subject: await self._keyring.of(event.subject) for event in events if event.subject is not None}
        records = [
            _record(event, payload, keys[event.subject] if event.subject is not None else None)
            for event, payload in zip(events, payloads, strict=True)
        ]
        parameters = [
            stream,
            None if expected == "any" else 0 if expected == "no stream" else expected,
            binary_array(UUID_OID, [key.id.bytes for key in keys.values()]),
            binary_array(self._record_oid, records),
            b"".join([digest(stream, record) for record in records]),
            None if refusals is None else refusals_json(refusals),
        ]
        try:
            row = await self._call(APPEND, parameters)
        except psycopg.DatabaseError as error:
            if error.sqlstate == KEY_DESTROYED:
                self._keyring.forget()
            raise _refusal(error, expected) from error
        assert row is not None
        version, position, transaction = row
        return Appended(stream, version, LogPosition(int(transaction), position))

    async def _call(self, query: str, parameters: Sequence[Any]) -> tuple[Any, ...] | None:
        # An append borrows the connection of the append before it: to give it back to the pool and to take it again
        # would cost it an eighth of its time.
        async with in_our_words():
            connection, self._kept = self._kept, None
            if connection is None:
                connection = await self._pool.getconn()
            try:
                row = await (await connection.execute(query, parameters, binary=True)).fetchone()
            except BaseException:
                await self._pool.putconn(connection)
                raise
            if self._kept is None and not self._pool.closed:
                self._kept = connection
            else:
                await self._pool.putconn(connection)
            return row

    async def read(self, stream: StreamName, *, after: int = 0) -> AsyncIterator[RecordedEvent]:
        """See `infra.log.port.Log.read`."""
        while True:
            events = await self._select(READ, [stream, after, READ_BATCH])
            for event in events:
                yield event
            if len(events) < READ_BATCH:
                return
            after = events[-1].version

    async def read_back(self, stream: StreamName, *, before: int | None = None) -> AsyncIterator[RecordedEvent]:
        """See `infra.log.port.Log.read_back`."""
        before = NEWEST if before is None else before
        while True:
            events = await self._select(READ_BACK, [stream, before, READ_BATCH])
            for event in events:
                yield event
            if len(events) < READ_BATCH:
                return
            before = events[-1].version

    async def search(self, wanted: Wanted) -> AsyncGenerator[RecordedEvent, None]:
        """See `infra.log.port.Log.search`. Holds a connection until it is over."""
        said = {name: value for name in CONDITIONS if (value := getattr(wanted, name)) is not None}
        conditions = sql.SQL(" and ").join([CONDITIONS[name] for name in said] or [sql.SQL("true")])
        async with borrowed(self._pool) as connection, connection.transaction():
            await connection.execute(SEARCH_BY_RANGES)
            async with connection.cursor("search", binary=True) as cursor:
                await cursor.execute(SEARCH.format(COLUMNS, conditions), said)
                while rows := await cursor.fetchmany(READ_BATCH):
                    for event in await self._opened(connection, rows):
                        yield event

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
        kept, self._kept = self._kept, None
        if kept is not None:
            await self._pool.putconn(kept)
        await self._pool.close()

    async def _select(self, query: sql.Composed, parameters: Sequence[Any]) -> list[RecordedEvent]:
        async with borrowed(self._pool) as connection:
            found = await connection.execute(query, parameters, binary=True)
            return await self._opened(connection, await found.fetchall())

    async def _opened(self, connection: Connection, rows: Sequence[tuple[Any, ...]]) -> list[RecordedEvent]:
        # The keys are asked for after the events: one that was destroyed meanwhile is not remembered here.
        keys = await self._keys(connection, {row[13] for row in rows} - {None})
        return [_recorded(row, keys) for row in rows]

    async def _keys(self, connection: Connection, ids: set[bytes]) -> Keys:
        if not ids:
            return {}
        found = await connection.execute(KEYS, [binary_array(UUID_OID, list(ids))], binary=True)
        there = {id_: self._keyring.unwrapped(wrapped) for id_, wrapped in await found.fetchall() if wrapped}
        return {id_: (str(UUID(bytes=id_)), there.get(id_)) for id_ in ids}


def _record(event: NewEvent, payload: bytes, key: SubjectKey | None) -> bytes:
    try:
        return binary_record(
            id_=event.id,
            type_=event.type,
            schema_version=event.schema_version,
            at_us=event.at,
            actor=event.actor,
            causation=event.causation,
            correlation=event.correlation,
            subject=event.subject,
            key_id=key.id if key else None,
            payload=key.cipher.encrypt(payload, event.id.bytes) if key else payload,
        )
    except (struct.error, UnicodeEncodeError):
        raise Invalid("Expected events with numbers and text that the log can keep, got others.") from None


def _recorded(row: tuple[Any, ...], ciphers: Keys) -> RecordedEvent:
    (
        transaction,
        position,
        stream,
        version,
        id_,
        type_,
        schema_version,
        at,
        recorded_at,
        actor,
        causation,
        correlation,
        subject,
        key,
        payload,
        previous_hash,
        hash_,
    ) = row
    readable: bytes | None = payload
    key_id = None
    if key is not None:
        key_id, cipher = ciphers[key]
        readable = cipher.decrypt(payload, id_.bytes) if cipher else None
    return RecordedEvent(
        LogPosition(transaction, position),
        stream,
        version,
        id_,
        type_,
        schema_version,
        at,
        recorded_at,
        actor,
        causation,
        correlation,
        subject,
        key_id,
        orjson.loads(readable) if readable is not None else None,
        previous_hash,
        hash_,
    )


def _refusal(error: psycopg.DatabaseError, expected: ExpectedVersion) -> Exception:
    if error.sqlstate == WRONG_VERSION:
        return WrongVersion(f"Expected the stream at version {expected}, it is at another one.")
    if error.sqlstate == PARTLY_THERE:
        return Invalid("Expected events that are all new or all recorded, got some of each.")
    if error.sqlstate == KEY_DESTROYED:
        return Refused("This person was erased; nothing more is recorded about them.")
    if error.sqlstate == REFUSED:
        return refused(str(error.diag.message_detail))
    if error.sqlstate == DROPPED:
        return Refused("This stream was dropped at the end of its retention; nothing more is recorded in it.")
    return Invalid(f"Expected events that the log can keep, the database refused them ({error.sqlstate}).")
