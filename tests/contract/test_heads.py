"""`intact log heads`, `intact log verify --heads` and `intact log retain`, over a real database."""

from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from api.records.command import verify_log
from api.records.heads import print_heads, read_heads
from api.records.retention import retain_log
from infra.log.postgres import PostgresLog
from schemas.envelope import NewEvent
from schemas.errors import Invalid
from schemas.ids import StreamName
from schemas.media import SessionTime

S, T = StreamName("interview-s"), StreamName("interview-t")


@pytest.fixture
async def owner(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[psycopg.AsyncConnection]:
    """The owner's connection to a log of two streams, which is the one that the settings name."""
    monkeypatch.setenv("INTACT_DATABASE_URL", database)
    log = await PostgresLog.open(database, bytes(32))
    for stream in (S, T):
        await log.append(
            stream, [NewEvent("test.happened", 1, {}, SessionTime(n), "test") for n in range(3)], expected="any"
        )
    await log.close()
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute("set session_replication_role = replica")  # no triggers
        yield connection


async def test_heads_that_were_kept_find_what_the_database_cannot(
    owner: psycopg.AsyncConnection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await print_heads()
    (tmp_path / "heads").write_text(capsys.readouterr().out)
    kept = read_heads(tmp_path / "heads")
    assert {stream: head.version for stream, head in kept.items()} == {S: 3, T: 3}
    assert await verify_log(None, kept)
    assert "2 of 2 streams are whole" in capsys.readouterr().out

    await owner.execute("delete from event where stream = %s", [S])
    await owner.execute("delete from stream_head where stream = %s", [S])
    assert await verify_log(None, {})
    assert not await verify_log(None, kept)
    assert f"{S}: broken at version 1: the stream ends at 0, it had 3 events" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["no json", "[1]", '{"stream": "s", "version": 1, "hash": "xyz"}', '{"stream": "s"}'])
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "heads").write_text(text)
    with pytest.raises(Invalid, match="intact log heads"):
        read_heads(tmp_path / "heads")
    with pytest.raises(Invalid, match="intact log heads"):
        read_heads(tmp_path / "nothing")


async def test_what_is_past_its_retention_is_dropped_and_said_to_be(
    owner: psycopg.AsyncConnection, capsys: pytest.CaptureFixture[str]
) -> None:
    await owner.execute("update stream_head set recorded_at = now() - interval '11 days' where stream = %s", [S])
    await retain_log(12)
    assert capsys.readouterr().out == "0 streams dropped\n"
    await retain_log(10)
    assert capsys.readouterr().out == f"{S}: dropped\n1 streams dropped\n"
    assert await verify_log(None, {})
    out = capsys.readouterr().out
    assert f"{S}: 3 events, dropped at 20" in out
    assert "2 of 2 streams are whole" in out
