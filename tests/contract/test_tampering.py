"""Whatever is changed in a stored log, also by somebody with the database's own password, is found.

One database serves all cases: each is undone from a copy of both tables.
"""

from collections.abc import AsyncIterator

import psycopg
import pytest

from infra.log.audit import LogAudit
from infra.log.chain import KeptHead
from infra.log.postgres import PostgresLog
from schemas.envelope import NewEvent
from schemas.ids import StreamName, SubjectId, new_event_id
from schemas.media import SessionTime

S, T = StreamName("interview-s"), StreamName("interview-t")
EVENTS = 5
OTHERS = {
    "bigint": ["{} + 1", "{} - 1", "0"],
    "integer": ["{} + 1", "{} + 1000", "0"],
    "smallint": ["1", "3"],
    "xid8": ["'1'", "({}::text::bigint + 1)::text::xid8"],
    "text": ["'other'", "{} || ' '", "''", "null"],
    "uuid": ["gen_random_uuid()", "null"],
    "timestamp with time zone": ["{} + interval '1 microsecond'", "'1999-12-31'", "'infinity'"],
    "bytea": ["substr({}, 2)", "'\\x01' || {}", "{} || '\\x00'", "''", "null", "sha256('x')"],
}
"""By type: what stands in the place of a value."""


class Store:
    """The log's tables, in the hands of somebody with the owner's password."""

    def __init__(self, connection: psycopg.AsyncConnection, audit: LogAudit) -> None:
        self._connection = connection
        self.audit = audit

    async def run(self, statement: str) -> int:
        """How many rows it changed; none where the table cannot hold such a row."""
        try:
            return (await self._connection.execute(statement.encode())).rowcount
        except psycopg.IntegrityError:
            return 0

    async def rows(self, query: str) -> list[tuple[str, ...]]:
        return await (await self._connection.execute(query.encode())).fetchall()

    async def restore(self) -> None:
        for table in ("event", "stream_head"):
            await self.run(f"delete from {table}")
            await self.run(f"insert into {table} select * from {table}_as_written")

    async def break_of(self, stream: StreamName, kept: KeptHead | None = None) -> int | None:
        """The version of the first break."""
        _, broken = await self.audit.verify(stream, kept)
        return broken.version if broken else None

    async def whole(self) -> bool:
        """Whether nothing is found, in no stream."""
        return [await self.break_of(stream) for stream in await self.audit.streams()] == [None, None]


def event(number: int, *, full: bool) -> NewEvent:
    return NewEvent(
        "test.happened",
        1,
        {"number": number},
        SessionTime(number + 1),
        "test",
        causation=new_event_id() if full else None,
        correlation=new_event_id() if full else None,
        subject=SubjectId("ann") if full else None,
    )


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    """Five events in one stream, one in another; every second has all fields."""
    log = await PostgresLog.open(database, bytes(32))
    for number in range(EVENTS):
        await log.append(S, [event(number, full=number % 2 == 0)], expected=number or "no stream")
    await log.append(T, [event(0, full=True)], expected="no stream")
    await log.close()
    audit = await LogAudit.open(database)
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute("set session_replication_role = replica")  # no triggers
        for table in ("event", "stream_head"):
            await connection.execute(f"create table {table}_as_written as table {table}".encode())
        yield Store(connection, audit)
    await audit.close()


async def columns(store: Store, table: str) -> list[tuple[str, ...]]:
    return await store.rows(
        f"select attname, format_type(atttypid, null) from pg_attribute"
        f" where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped"
    )


async def test_an_untouched_log_is_whole(store: Store) -> None:
    assert await store.whole()
    await store.restore()
    assert await store.whole()


async def test_every_change_of_one_field_of_one_event_is_found(store: Store) -> None:
    changes = 0
    for name, type_ in await columns(store, "event"):
        for other in OTHERS[type_]:
            value = other.format(f"coalesce({name}, '')" if type_ in ("bytea", "text") else name)
            for version in range(1, EVENTS + 1):
                changed = await store.run(
                    f"update event set {name} = {value} where stream = '{S}' and version = {version}"
                    f" and {name} is distinct from ({value})"
                )
                if changed:
                    changes += 1
                    assert not await store.whole(), f"{name} = {value} in version {version}"
                    await store.restore()
    assert changes > 150


async def test_every_change_of_an_anchor_is_found(store: Store) -> None:
    for name, other in (
        ("stream", "'interview-u'"),
        ("version", "version + 1"),
        ("version", "version - 1"),
        ("position", "position + 1"),
        ("hash", "sha256('x')"),
        ("dropped_at", "now()"),
    ):
        assert await store.run(f"update stream_head set {name} = {other} where stream = '{S}'") == 1
        assert not await store.whole(), name
        await store.restore()
    await store.run(f"delete from stream_head where stream = '{S}'")
    assert await store.break_of(S) == EVENTS


async def test_every_event_that_is_missing_is_found_where_it_is_missing(store: Store) -> None:
    for version in range(1, EVENTS + 1):
        await store.run(f"delete from event where stream = '{S}' and version = {version}")
        assert await store.break_of(S) == version
        await store.restore()


async def test_every_tail_that_was_cut_off_is_found(store: Store) -> None:
    for version in range(EVENTS):
        await store.run(f"delete from event where stream = '{S}' and version > {version}")
        assert await store.break_of(S) == version + 1
        await store.restore()


async def test_every_pair_that_was_swapped_is_found(store: Store) -> None:
    for first in range(1, EVENTS):
        for second in range(first + 1, EVENTS + 1):
            for old, new in ((first, 99), (second, first), (99, second)):
                await store.run(f"update event set version = {new} where stream = '{S}' and version = {old}")
            assert await store.break_of(S) == first
            await store.restore()


async def test_an_event_that_was_moved_or_added_is_found(store: Store) -> None:
    await store.run(f"update event set stream = '{S}', version = {EVENTS + 1} where stream = '{T}'")
    assert await store.break_of(S) == EVENTS + 1
    assert await store.break_of(T) == 1
    await store.restore()
    names = [name for name, _ in await columns(store, "event")]
    taken = {"id": "gen_random_uuid()", "version": str(EVENTS + 1), "position": "position + 1000"}
    copied = ", ".join(taken.get(name, name) for name in names)
    await store.run(f"insert into event select {copied} from event where stream = '{S}' and version = {EVENTS}")
    assert await store.break_of(S) == EVENTS + 1


async def test_a_tail_cut_off_with_its_anchor_is_found_where_the_head_was_kept_elsewhere(store: Store) -> None:
    head = await store.audit.head(S)
    assert head is not None
    kept = KeptHead(head.version, head.hash)
    assert await store.break_of(S, kept) is None
    await store.run(f"delete from event where stream = '{S}' and version > 3")
    await store.run(
        "update stream_head set (version, position, hash) = (select version, position, hash from event"
        f" where stream = '{S}' and version = 3) where stream = '{S}'"
    )
    assert await store.break_of(S) is None, "the database alone cannot tell"
    assert await store.break_of(S, kept) == 4
    await store.run(f"delete from event where stream = '{S}'")
    await store.run(f"delete from stream_head where stream = '{S}'")
    assert await store.break_of(S, kept) == 1


async def test_a_chain_that_was_written_anew_is_found_where_the_head_was_kept_elsewhere(
    store: Store, database: str
) -> None:
    head = await store.audit.head(S)
    assert head is not None
    await store.run(f"delete from event where stream = '{S}'")
    await store.run(f"delete from stream_head where stream = '{S}'")
    log = await PostgresLog.open(database, bytes(32))
    for number in range(EVENTS):
        await log.append(S, [event(number + 7, full=True)], expected=number or "no stream")
    await log.close()
    assert await store.break_of(S) is None, "the database alone cannot tell"
    assert await store.break_of(S, KeptHead(head.version, head.hash)) == EVENTS
    assert await store.break_of(S, KeptHead(2, head.hash)) == 2
