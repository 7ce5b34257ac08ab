"""A log that was written before a migration is whole after it."""

import psycopg
import pytest

from infra.log.audit import LogAudit
from infra.log.postgres import PostgresLog
from infra.postgres import migrate
from infra.sql import migrations
from schemas.envelope import NewEvent
from schemas.errors import Refused
from schemas.ids import StreamName
from schemas.media import SessionTime
from schemas.refusal import Refusal

S = StreamName("interview-s")
FIRST_FORM = "0004"
"""The migration that brought the second form of the hash."""
BEFORE_REFUSALS = "0012"
"""The migration that brought refusals."""
APPEND_WITHOUT_REFUSALS = (
    "select * from append_events(%s, null, '{}', array[(gen_random_uuid(), 'test.happened', 1, 0, 'test', null, null,"
    " null, null, '{}')::new_event], sha256(''))"
)
OLD_APPEND = """
    select * from append_events(
        %(stream)s, %(expected)s, array[%(id)s]::uuid[], array['test.happened'], array[1], array[7]::bigint[],
        array['test'], array[null]::uuid[], array[null]::uuid[], array['ann'], array[null]::uuid[],
        array['{"number":1}']::bytea[],
        array[
            hash_field(uuid_send(%(id)s)) || hash_field('test.happened') || hash_field(int4send(1))
            || hash_field(int8send(7))
        ],
        array[hash_field('test') || hash_field(null) || hash_field(null) || hash_field('ann') || hash_field(null)]
    )
"""


async def migrate_as_before(database: str, first_left_out: str) -> None:
    async with await psycopg.AsyncConnection.connect(database) as connection:
        await connection.execute("create table migration (name text primary key, applied_at timestamptz default now())")
        for name, text in migrations():
            if name < first_left_out:
                await connection.execute(text.encode())
                await connection.execute("insert into migration (name) values (%s)", [name])


async def write_an_old_log(database: str) -> None:
    await migrate_as_before(database, FIRST_FORM)
    for number in range(3):
        async with await psycopg.AsyncConnection.connect(database) as connection:
            new = NewEvent("test.happened", 1, {}, SessionTime(0), "test")
            await connection.execute(OLD_APPEND, {"stream": S, "expected": number, "id": new.id})


async def test_events_with_the_first_form_of_the_hash_are_read_added_to_and_verified(database: str) -> None:
    await write_an_old_log(database)
    log = await PostgresLog.open(database, bytes(32))
    assert [(one.version, one.payload, one.subject) async for one in log.read(S)] == [
        (version, {"number": 1}, "ann") for version in (1, 2, 3)
    ]
    await log.append(S, [NewEvent("test.happened", 1, {"number": 1}, SessionTime(0), "test")], expected=3)
    times = [one.recorded_at async for one in log.read(S)]
    assert times == sorted(times)
    await log.close()
    audit = await LogAudit.open(database)
    assert await audit.verify(S) == (4, None)
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as owner:
        await owner.execute("set session_replication_role = replica")  # no triggers
        await owner.execute("update event set hash_form = 2 where version = 2")
    _, broken = await audit.verify(S)
    assert broken is not None
    assert broken.version == 2
    await audit.close()


async def test_the_migrations_of_an_old_log_end_where_those_of_a_new_one_do(database: str) -> None:
    await write_an_old_log(database)
    names = [name for name, _ in migrations()]
    assert await migrate(database) == [name for name in names if name >= FIRST_FORM]
    assert await migrate(database) == []


async def test_a_stream_from_before_refusals_refuses_nothing_until_it_is_told_to(database: str) -> None:
    await migrate_as_before(database, BEFORE_REFUSALS)
    async with await psycopg.AsyncConnection.connect(database) as old_version:
        await old_version.execute(APPEND_WITHOUT_REFUSALS, [S])
        await old_version.commit()
        log = await PostgresLog.open(database, bytes(32))
        new = [NewEvent("test.happened", 1, {}, SessionTime(0), "test") for _ in range(2)]
        await log.append(S, [new[0]], expected=1)
        await old_version.execute(APPEND_WITHOUT_REFUSALS, [S])
        await old_version.commit()
        other = NewEvent("test.other", 1, {}, SessionTime(0), "test")
        await log.append(S, [other], expected=3, refusals=frozenset({Refusal("test.happened")}))
        with pytest.raises(Refused):
            await log.append(S, [new[1]], expected=4)
        with pytest.raises(psycopg.DatabaseError, match="refuses"):
            await old_version.execute(APPEND_WITHOUT_REFUSALS, [S])
    assert [recorded.version async for recorded in log.read(S)] == [1, 2, 3, 4]
    await log.close()
