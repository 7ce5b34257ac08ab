"""After a scrub no file of the database holds what a row held before."""

import asyncio
from pathlib import Path

import psycopg
import pytest

from infra.log.postgres import PostgresLog
from infra.postgres import migrate
from infra.subjects.postgres import PostgresSubjects
from infra.subjects.scrubbing import scrub
from schemas.envelope import NewEvent
from schemas.ids import StreamName, SubjectId
from schemas.media import SessionTime
from schemas.refusal import Refusal

WORDS = "words-of-an-older-row-{}"


async def overwritten(database: str, words: str) -> None:
    """A row that held `words`, and holds them no more."""
    await migrate(database)
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute(
            "insert into view_row select 'v', n::text, to_jsonb(%s::text), 1, 1 from generate_series(1, 500) n", [words]
        )
        await connection.execute("checkpoint")
        await connection.execute("update view_row set body = '{}'")
        await connection.execute("checkpoint")


async def files_with(database: str, words: str) -> set[str]:
    """The folders among a server's files that hold `words`."""
    async with await psycopg.AsyncConnection.connect(database) as connection:
        [(name,)] = await (await connection.execute("show data_directory")).fetchall()
    return await asyncio.to_thread(_searched, Path(name), words.encode())


def _searched(folder: Path, words: bytes) -> set[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).parts[0] for path in files if words in path.read_bytes()}


async def test_older_rows_are_gone_from_tables_and_write_ahead_log(database: str) -> None:
    words = WORDS.format(1)
    await overwritten(database, words)
    assert await files_with(database, words) == {"base", "pg_wal"}
    subjects = await PostgresSubjects.open(database)
    assert list(await subjects.scrub()) == []
    assert await files_with(database, words) == set()
    await subjects.close()


async def test_what_a_person_did_not_agree_to_is_gone_from_the_files(database: str) -> None:
    person, type_ = SubjectId("ann"), WORDS.format(3)
    log = await PostgresLog.open(database, bytes(32))
    new = NewEvent("test.happened", 1, {}, SessionTime(0), "test", subject=person)
    await log.append(StreamName("s"), [new], expected="any", refusals=frozenset({Refusal(type_, person)}))
    subjects = await PostgresSubjects.open(database)
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute("checkpoint")
    assert await files_with(database, type_) == {"base", "pg_wal"}
    await subjects.shred(person)
    assert list(await subjects.scrub()) == []
    assert await files_with(database, type_) == set()
    await subjects.close()
    await log.close()


async def test_what_a_replica_still_needs_is_said_to_be_left(database: str) -> None:
    subjects = await PostgresSubjects.open(database)
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute("select pg_create_physical_replication_slot('replica', true)")
        try:
            [left] = await subjects.scrub()
        finally:
            await connection.execute("select pg_drop_replication_slot('replica')")
    assert "replica" in left
    await subjects.close()


async def test_a_table_that_somebody_holds_is_said_to_be_left(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infra.subjects.scrubbing.LOCK_SECONDS", 0.1)
    subjects = await PostgresSubjects.open(database)
    async with await psycopg.AsyncConnection.connect(database) as connection:
        await connection.execute("select from view_row")
        [left] = await subjects.scrub()
    assert "view_row" in left
    await subjects.close()


async def test_a_large_table_is_not_rewritten_and_said_to_be_left(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("infra.subjects.scrubbing.MOST_REWRITTEN_BYTES", 16 * 1024)
    await overwritten(database, WORDS.format(2))
    subjects = await PostgresSubjects.open(database)
    left = await subjects.scrub()
    assert any("view_row" in sentence for sentence in left)
    await subjects.close()


async def test_an_owner_who_is_no_superuser_is_told_of_the_write_ahead_log(database: str) -> None:
    await migrate(database)
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute("drop role if exists owner_only")
        await connection.execute("create role owner_only login")
        for table in ("subject_key", "view_row"):
            await connection.execute(f"alter table {table} owner to owner_only".encode())
        try:
            left = await scrub(database.replace("postgresql://postgres:@", "postgresql://owner_only:@"))
        finally:
            await connection.execute("drop owned by owner_only; drop role owner_only")
    assert [("write-ahead log" in sentence) for sentence in left] == [True]
