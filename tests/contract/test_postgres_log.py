"""What only the log in PostgreSQL does: it stays gap-free under concurrent transactions, append-only, encrypted, and
proves itself."""

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from psycopg import sql

from infra.log.audit import LogAudit
from infra.log.postgres import (
    COLUMNS,
    CONDITIONS,
    FOLLOW,
    IN_INDEX_ORDER,
    READ,
    READ_BACK,
    SEARCH,
    SEARCH_BY_RANGES,
    PostgresLog,
)
from infra.postgres import APP_ROLE, migrate
from infra.sql import migrations
from schemas.envelope import START, NewEvent
from schemas.errors import Invalid, Misconfigured, Refused
from schemas.ids import StreamName, SubjectId
from schemas.media import SessionTime

S, T = StreamName("interview-s"), StreamName("interview-t")
MASTER_KEY = bytes(range(32))
SECRET = "words that a person said"

APPEND_ONE = (
    "select * from append_events(%s, null, '{}', array[(gen_random_uuid(), 'test.happened', 1, 0, 'test', null, null,"
    " null, null, '{}')::new_event], sha256(''))"
)


def event(number: int = 0, subject: str | None = "ann") -> NewEvent:
    return NewEvent(
        "test.happened",
        1,
        {"number": number, "text": SECRET},
        SessionTime(number),
        "test",
        subject=SubjectId(subject) if subject else None,
    )


@pytest.fixture
async def log(database: str) -> AsyncIterator[PostgresLog]:
    """A log with five events in one stream and one in another."""
    opened = await PostgresLog.open(database, MASTER_KEY)
    for number in range(5):
        await opened.append(S, [event(number)], expected=number or "no stream")
    await opened.append(T, [event()], expected="no stream")
    yield opened
    await opened.close()


async def test_an_event_whose_transaction_commits_late_is_not_passed_by(database: str, log: PostgresLog) -> None:
    """Two transactions: the first takes its position, the second takes a later one and commits first."""
    seen = await log.follow()
    async with (
        await psycopg.AsyncConnection.connect(database) as slow,
        await psycopg.AsyncConnection.connect(database) as quick,
    ):
        await slow.execute(APPEND_ONE, ["interview-slow"])
        await quick.execute(APPEND_ONE, ["interview-quick"])
        await quick.commit()

        last = max(one.place.position for one in seen)
        naive = await (await quick.execute("select position from event where position > %s", [last])).fetchall()
        assert [position for (position,) in naive] == [last + 2], "a naive reader goes on from here, past the other"
        assert await log.follow(seen[-1].place) == [], "the fence waits for the transaction that still runs"

        await quick.commit()
        await slow.commit()
    found = await log.follow(seen[-1].place)
    assert [one.place.position for one in found] == [last + 1, last + 2]


@pytest.mark.parametrize("stream", [S, "interview-new"])
async def test_a_writer_that_waits_for_its_turn_has_no_transaction_id_yet(
    database: str, log: PostgresLog, stream: str
) -> None:
    """With one taken before its turn, a later event of a stream could come before an earlier one for followers."""
    async with (
        await psycopg.AsyncConnection.connect(database) as first,
        await psycopg.AsyncConnection.connect(database) as second,
        await psycopg.AsyncConnection.connect(database, autocommit=True) as onlooker,
    ):
        await first.execute(APPEND_ONE, [stream])
        waiting = asyncio.create_task(second.execute(APPEND_ONE, [stream]))
        state = "select wait_event_type, backend_xid from pg_stat_activity where pid = %s"
        while True:
            [row] = await (await onlooker.execute(state, [second.info.backend_pid])).fetchall()
            if row[0] == "Lock":
                break
        assert row[1] is None
        await first.commit()
        await waiting
        await second.commit()
    versions = [one.version for one in await log.follow() if one.stream == stream]
    assert versions == sorted(versions)


@pytest.mark.parametrize(
    "statement",
    ["update event set actor = 'me'", "delete from event", "truncate event", "update stream_head set version = 1"],
)
async def test_the_application_can_neither_change_nor_remove_an_event(
    database: str, log: PostgresLog, statement: str
) -> None:
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute(f"set role {APP_ROLE}".encode())
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await connection.execute(statement.encode())


@pytest.mark.parametrize("statement", ["update event set actor = 'me'", "delete from event", "truncate event"])
async def test_not_even_the_owner_changes_an_event_by_mistake(database: str, log: PostgresLog, statement: str) -> None:
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        with pytest.raises(psycopg.Error, match="append-only"):
            await connection.execute(statement.encode())


async def test_what_concerns_a_person_is_not_readable_in_the_table(database: str, log: PostgresLog) -> None:
    async with await psycopg.AsyncConnection.connect(database) as connection:
        rows = await (await connection.execute("select payload from event")).fetchall()
    assert rows
    assert all(SECRET.encode() not in bytes(payload) for (payload,) in rows)


async def test_another_master_key_reads_nothing_and_says_so(database: str, log: PostgresLog) -> None:
    with pytest.raises(Misconfigured, match="put it back"):
        await PostgresLog.open(database, os.urandom(32))


async def test_a_destroyed_key_leaves_the_event_without_its_payload(database: str, log: PostgresLog) -> None:
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute("update subject_key set wrapped = null where subject = 'ann'")
    again = await PostgresLog.open(database, MASTER_KEY)
    assert {one.payload for one in await again.follow()} == {None}
    await again.close()
    assert await breaks(database) == {S: None, T: None}


async def test_a_log_that_is_open_uses_a_destroyed_key_no_more(database: str, log: PostgresLog) -> None:
    await log.follow()
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute("update subject_key set wrapped = null where subject = 'ann'")
    assert {one.payload for one in await log.follow()} == {None}
    for _ in range(2):
        with pytest.raises(Refused):
            await log.append(S, [event()], expected="any")
    assert len([one async for one in log.read(S)]) == 5
    assert await breaks(database) == {S: None, T: None}


async def breaks(database: str) -> dict[str, int | None]:
    """The version of the first break, by stream."""
    audit = await LogAudit.open(database)
    try:
        found = {stream: (await audit.verify(stream))[1] for stream in await audit.streams()}
    finally:
        await audit.close()
    return {stream: broken.version if broken else None for stream, broken in found.items()}


@pytest.mark.parametrize(
    "strange", [{"at": SessionTime(2**63)}, {"schema_version": 2**31}, {"actor": "\ud800"}, {"actor": "\0"}]
)
async def test_what_the_table_cannot_hold_is_refused(log: PostgresLog, strange: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        await log.append(S, [event(), replace(event(), **strange)], expected="any")
    assert len([one async for one in log.read(S)]) == 5


async def plan(database: str, settings: str, query: sql.Composed, parameters: Any) -> str:
    async with await psycopg.AsyncConnection.connect(database) as connection:
        await connection.execute(settings.encode())
        rows = await (await connection.execute(sql.SQL("explain ") + query, parameters)).fetchall()
    return "\n".join(line for (line,) in rows)


@pytest.mark.parametrize(
    ("query", "parameters", "index"),
    [
        (READ, [S, 2, 500], "event_stream_version_key"),
        (READ_BACK, [S, 4, 500], "event_stream_version_key"),
        (FOLLOW, ["1", 1, 500], "event_follow"),
    ],
)
async def test_what_is_read_in_order_is_never_sorted(
    database: str, log: PostgresLog, query: sql.Composed, parameters: list[object], index: str
) -> None:
    """In a table without statistics the planner sorted all the rest of a stream for each batch of it."""
    found = await plan(database, ";".join(IN_INDEX_ORDER), query, parameters)
    assert "Sort" not in found
    assert f"Index Scan using {index}" in found or f"Index Scan Backward using {index}" in found


async def test_a_search_reads_block_ranges(database: str, log: PostgresLog) -> None:
    """Of so few events the whole table would be read; without that choice it is the ranges, not the log in order."""
    query = SEARCH.format(COLUMNS, CONDITIONS["subject"])
    found = await plan(database, f"{SEARCH_BY_RANGES}; set enable_seqscan = off", query, {"subject": "ann"})
    assert "Bitmap Index Scan on event_search" in found


async def test_migrations_are_applied_once(database: str) -> None:
    assert await migrate(database) == [name for name, _ in migrations()]
    assert await migrate(database) == []
    log = await PostgresLog.open(database, MASTER_KEY)
    assert await log.follow(START) == []
    await log.close()
