"""Old streams leave the log as a whole, by its owner alone, and never without a trace."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from infra.log.audit import LogAudit
from infra.log.chain import KeptHead
from infra.log.postgres import PostgresLog
from infra.log.retention import drop_streams
from infra.postgres import APP_ROLE
from schemas.envelope import NewEvent
from schemas.errors import Refused
from schemas.ids import StreamName
from schemas.media import SessionTime

OLD, YOUNG = StreamName("interview-old"), StreamName("interview-young")
EVENTS = 3


def event() -> NewEvent:
    return NewEvent("test.happened", 1, {"number": 1}, SessionTime(0), "test")


@pytest.fixture
async def log(database: str) -> AsyncIterator[PostgresLog]:
    """A log with three events in an old stream and three in a young one."""
    opened = await PostgresLog.open(database, bytes(32))
    for stream in (OLD, YOUNG):
        await opened.append(stream, [event() for _ in range(EVENTS)], expected="no stream")
    yield opened
    await opened.close()


@pytest.fixture
async def audit(database: str, log: PostgresLog) -> AsyncIterator[LogAudit]:
    opened = await LogAudit.open(database)
    yield opened
    await opened.close()


async def between(log: PostgresLog) -> datetime:
    """A moment after the old stream's last event and not after the young one's."""
    return [one.recorded_at async for one in log.read(YOUNG)][-1]


async def dropped(database: str, before: datetime) -> list[StreamName]:
    return [stream async for stream in drop_streams(database, before=before)]


async def test_a_stream_past_its_retention_is_dropped_as_a_whole(database: str, log: PostgresLog) -> None:
    before = await between(log)
    assert await dropped(database, before) == [OLD]
    assert await dropped(database, before) == []
    assert [one async for one in log.read(OLD)] == []
    assert [one.stream for one in await log.follow()] == [YOUNG] * EVENTS


async def test_what_is_left_still_verifies_and_the_head_of_the_dropped_stays(
    database: str, log: PostgresLog, audit: LogAudit
) -> None:
    head = await audit.head(OLD)
    assert head is not None
    await dropped(database, await between(log))
    after = await audit.head(OLD)
    assert after is not None
    assert (after.version, after.position, after.hash) == (head.version, head.position, head.hash)
    assert after.dropped_at is not None
    assert await audit.verify(YOUNG) == (EVENTS, None)
    assert await audit.verify(OLD) == (EVENTS, None)
    assert await audit.verify(OLD, KeptHead(EVENTS, head.hash)) == (EVENTS, None)
    assert (await audit.verify(OLD, KeptHead(EVENTS, bytes(32))))[1] is not None


async def test_nothing_is_added_to_a_dropped_stream(database: str, log: PostgresLog) -> None:
    await dropped(database, datetime.now(UTC) + timedelta(days=1))
    for expected in (EVENTS, 0, "no stream", "any"):
        with pytest.raises(Refused):
            await log.append(OLD, [event()], expected=expected)


async def test_the_application_cannot_drop_a_stream(database: str, log: PostgresLog) -> None:
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute(f"set role {APP_ROLE}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await connection.execute("select drop_stream(%s, now() + interval '1 day')", [OLD])


async def test_a_part_of_a_stream_cannot_be_dropped(database: str, log: PostgresLog) -> None:
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        with pytest.raises(psycopg.Error, match="append-only"):
            await connection.execute("delete from event where stream = %s and version = 1", [OLD])


async def test_events_of_a_dropped_stream_that_come_back_are_found(
    database: str, log: PostgresLog, audit: LogAudit
) -> None:
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute("create table kept as select * from event where stream = %s and version = 2", [OLD])
        await dropped(database, await between(log))
        await connection.execute("insert into event select * from kept")
    _, broken = await audit.verify(OLD)
    assert broken is not None
    assert broken.version == 1
