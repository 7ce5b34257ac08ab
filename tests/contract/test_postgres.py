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
