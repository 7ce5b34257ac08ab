"""What the parts on PostgreSQL do when the server goes away, and when several of them prepare it at once."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from infra.embedded.postgres import EmbeddedPostgres
from infra.log.postgres import PostgresLog
from infra.postgres import migrate
from infra.sql import migrations
from infra.views.postgres import PostgresViews
from schemas.envelope import START, Appended, NewEvent
from schemas.errors import Unavailable
from schemas.ids import StreamName
from schemas.media import SessionTime

S = StreamName("interview-s")
SECONDS = 20.0
"""For how long a connection may be on its way back."""


def event() -> NewEvent:
    return NewEvent("test.happened", 1, {"text": "가"}, SessionTime(0), "test")


async def append_until_it_is_there(log: PostgresLog, new: NewEvent) -> Appended:
    """What a caller does: say the same again until it is kept."""
    async with asyncio.timeout(SECONDS):
        while True:
            try:
                return await log.append(S, [new], expected=1)
            except Unavailable:
                continue


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not below pytest's own folder: another pytest closes that to the user that PostgreSQL runs as."""
    with TemporaryDirectory() as name:
        yield Path(name) / "postgres"


async def test_a_database_that_comes_back_is_used_again(folder: Path) -> None:
    server = EmbeddedPostgres(folder)
    url = await server.start()
    log, views = await PostgresLog.open(url, bytes(32)), await PostgresViews.open(url)
    try:
        await log.append(S, [event()], expected="no stream")
        await server.stop()
        with pytest.raises(Unavailable):
            await log.append(S, [event()], expected=1)
        with pytest.raises(Unavailable):
            await log.follow()
        with pytest.raises(Unavailable):
            await views.position("v")
        await server.start()
        new = event()
        assert (await append_until_it_is_there(log, new)).version == 2
        assert [one.version async for one in log.read(S)] == [1, 2]
    finally:
        await log.close()
        await views.close()
        await server.stop()


async def test_several_may_prepare_the_database_at_once(database: str) -> None:
    applied = await asyncio.gather(*(migrate(database) for _ in range(4)))
    names = [name for name, _ in migrations()]
    assert sorted(applied) == sorted([names, [], [], []])
    async with await psycopg.AsyncConnection.connect(database) as connection:
        found = await (await connection.execute("select name from migration order by name")).fetchall()
    assert [name for (name,) in found] == names
    log = await PostgresLog.open(database, bytes(32))
    assert await log.follow(START) == []
    await log.close()


FULL_DISK = """
    create function fill_disk() returns trigger language plpgsql as $$
    begin
        if new.version = {version} then
            raise exception 'could not extend file' using errcode = 'disk_full';
        end if;
        return new;
    end
    $$;
    create trigger full_disk before insert on event for each row execute function fill_disk()
"""


@pytest.mark.parametrize("version", [2, 4])
async def test_a_full_disk_leaves_nothing_half_written_and_the_caller_is_told(database: str, version: int) -> None:
    """With the server's own error in the midst of the rows; `bench/full_disk.py` does it with a real disk."""
    log = await PostgresLog.open(database, bytes(32))
    await log.append(S, [event()], expected="no stream")
    new = [event() for _ in range(4)]
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as owner:
        await owner.execute(FULL_DISK.format(version=version).encode())
        with pytest.raises(Unavailable, match="disk") as told:
            await log.append(S, new, expected=1)
        assert told.value.retryable
        assert [one.version async for one in log.read(S)] == [1]
        await owner.execute("drop trigger full_disk on event")
    assert (await log.append(S, new, expected=1)).version == 5
    assert [one.id async for one in log.read(S)][1:] == [one.id for one in new]
    await log.close()


async def test_a_server_process_that_dies_during_an_append_leaves_it_undone_or_done(database: str) -> None:
    log = await PostgresLog.open(database, bytes(32))
    await log.append(S, [event()], expected="no stream")
    new = event()
    async with (
        await psycopg.AsyncConnection.connect(database) as first,
        await psycopg.AsyncConnection.connect(database, autocommit=True) as owner,
    ):
        await first.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [S])  # the turn of a writer
        appending = asyncio.create_task(log.append(S, [new], expected=1))
        terminate = "select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and not granted"
        async with asyncio.timeout(SECONDS):
            while not await (await owner.execute(terminate)).fetchall():
                pass
        with pytest.raises(Unavailable):
            await appending
    assert (await append_until_it_is_there(log, new)).version == 2
    assert await log.append(S, [new], expected=1) == await append_until_it_is_there(log, new)
    assert [one.version async for one in log.read(S)] == [1, 2]
    await log.close()


async def test_a_server_clock_that_goes_back_does_not_turn_the_times_of_a_stream_round(database: str) -> None:
    log = await PostgresLog.open(database, bytes(32))
    await log.append(S, [event()], expected="no stream")
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as owner:
        ahead = "update stream_head set recorded_at = now() + interval '1 hour' where stream = %s returning recorded_at"
        [(before,)] = await (await owner.execute(ahead, [S])).fetchall()
    await log.append(S, [event(), event()], expected=1)
    assert [one.recorded_at async for one in log.read(S, after=1)] == [before, before]
    await log.close()
