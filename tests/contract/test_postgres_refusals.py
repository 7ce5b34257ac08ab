"""What only the log in PostgreSQL does with refusals: the database itself holds to them, and forgets them in time."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from infra.log.postgres import PostgresLog
from infra.log.retention import drop_streams
from infra.postgres import APP_ROLE
from infra.subjects.postgres import PostgresSubjects
from schemas.envelope import NewEvent
from schemas.errors import Refused
from schemas.ids import StreamName, SubjectId
from schemas.media import SessionTime
from schemas.refusal import Refusal
from tests.contract.conftest import MASTER_KEY

S, T = StreamName("interview-s"), StreamName("interview-t")
ANN, BEN = SubjectId("ann"), SubjectId("ben")
FOR_ALL = frozenset({Refusal("test.happened")})

# As any program may that has the password of the application.
APPEND_ONE = (
    "select * from append_events(%(stream)s, null, '{}', array[(gen_random_uuid(), %(type)s, 1, 0, 'test', null, null,"
    " %(subject)s, null, '{}')::new_event], sha256(''), %(refused)s)"
)
REFUSED = "IN006"


def event(type_: str = "test.begun", subject: SubjectId | None = None) -> NewEvent:
    return NewEvent(type_, 1, {}, SessionTime(0), "test", subject=subject)


def one(type_: str, refused: str | None = None, stream: str = S, subject: str | None = None) -> dict[str, str | None]:
    return {"type": type_, "refused": refused, "stream": stream, "subject": subject}


async def application(database: str) -> psycopg.AsyncConnection:
    """A connection in the application's role, its transactions begun by themselves."""
    connection = await psycopg.AsyncConnection.connect(database)
    await connection.execute(f"set role {APP_ROLE}")
    await connection.commit()
    return connection


@pytest.fixture
async def log(database: str) -> AsyncIterator[PostgresLog]:
    """A log with a stream of one event, which refuses nothing."""
    opened = await PostgresLog.open(database, MASTER_KEY)
    await opened.append(S, [event()], expected="no stream")
    yield opened
    await opened.close()


async def refused_of(database: str) -> dict[str, object]:
    """What lies in the table, by stream."""
    async with await psycopg.AsyncConnection.connect(database) as owner:
        return dict(await (await owner.execute("select stream, refused from refusal")).fetchall())


async def versions(log: PostgresLog) -> list[int]:
    return [recorded.version async for recorded in log.read(S)]


async def test_another_program_in_the_role_of_the_application_is_held_to_them(database: str, log: PostgresLog) -> None:
    await log.append(S, [event()], expected=1, refusals=FOR_ALL | {Refusal("test.other", ANN)})
    async with await application(database) as other:
        for type_, subject in (("test.happened", None), ("test.other", ANN)):
            with pytest.raises(psycopg.DatabaseError) as told:
                await other.execute(APPEND_ONE, one(type_, subject=subject))
            assert (told.value.sqlstate, told.value.diag.message_detail) == (REFUSED, type_)
            await other.rollback()
        await other.execute(APPEND_ONE, one("test.other", subject=BEN))
        await other.commit()
    assert await versions(log) == [1, 2, 3]


@pytest.mark.parametrize(
    "statement",
    [
        "insert into event select * from event",
        "insert into refusal values ('interview-t', '{}')",
        "update refusal set refused = '{}'",
        "delete from refusal",
        "truncate refusal",
        "select from refusal",
    ],
)
async def test_the_application_gets_around_them_by_no_statement_of_its_own(
    database: str, log: PostgresLog, statement: str
) -> None:
    async with await application(database) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await connection.execute(statement.encode())


@pytest.mark.parametrize("stream", [S, T])
async def test_an_append_that_waits_for_a_replacement_is_held_to_it(
    database: str, log: PostgresLog, stream: StreamName
) -> None:
    """Two transactions: the second asks while the first has replaced, and not committed."""
    async with (
        await application(database) as first,
        await psycopg.AsyncConnection.connect(database, autocommit=True) as onlooker,
    ):
        await first.execute(APPEND_ONE, one("test.begun", '{"test.happened": null}', stream))
        appending = asyncio.create_task(log.append(stream, [event("test.happened")], expected="any"))
        waiting = "select from pg_locks where locktype = 'advisory' and not granted"
        while not await (await onlooker.execute(waiting)).fetchall():
            assert not appending.done()
        await first.commit()
        with pytest.raises(Refused):
            await appending


async def test_a_replacement_that_was_taken_back_holds_nobody(database: str, log: PostgresLog) -> None:
    async with await application(database) as first:
        await first.execute(APPEND_ONE, one("test.begun", '{"test.happened": null}'))
        with pytest.raises(psycopg.DatabaseError, match="refuses"):
            await first.execute(APPEND_ONE, one("test.happened"))
        await first.rollback()
    await log.append(S, [event("test.happened")], expected=1)
    assert await refused_of(database) == {}


@pytest.mark.parametrize("stream", [S, T])
async def test_a_transaction_that_still_sees_what_was_before_writes_nothing(
    database: str, log: PostgresLog, stream: StreamName
) -> None:
    """Its snapshot is older than the replacement, whatever turns there are."""
    async with await application(database) as late:
        await late.set_isolation_level(psycopg.IsolationLevel.REPEATABLE_READ)
        await late.execute("select from event")
        await log.append(stream, [event()], expected="any", refusals=FOR_ALL)
        with pytest.raises((psycopg.errors.SerializationFailure, psycopg.errors.UniqueViolation)):
            await late.execute(APPEND_ONE, one("test.happened", stream=stream))
        await late.rollback()
    assert "test.happened" not in [recorded.type async for recorded in log.read(stream)]


@pytest.mark.parametrize("refused", ["[]", '"test.happened"', "null", "7"])
async def test_what_is_no_set_of_refusals_is_not_taken_for_one(database: str, log: PostgresLog, refused: str) -> None:
    async with await application(database) as connection:
        with pytest.raises(psycopg.errors.CheckViolation):
            await connection.execute(APPEND_ONE, one("test.other", refused))
    assert await versions(log) == [1]


async def test_a_dropped_stream_refuses_everything_and_keeps_no_refusals(database: str, log: PostgresLog) -> None:
    for stream in (S, T):
        await log.append(stream, [event()], expected="any", refusals=FOR_ALL)
    before = [recorded.recorded_at async for recorded in log.read(T)][-1]
    assert [stream async for stream in drop_streams(database, before=before)] == [S]
    assert await refused_of(database) == {T: {"test.happened": None}}
    with pytest.raises(Refused, match="retention"):
        await log.append(S, [event()], expected="any", refusals=frozenset())
    assert [stream async for stream in drop_streams(database, before=datetime.now(UTC) + timedelta(days=1))] == [T]
    assert await refused_of(database) == {}


async def test_what_one_person_did_not_agree_to_goes_with_their_key(database: str, log: PostgresLog) -> None:
    refusals = {Refusal("test.other", ANN), Refusal("test.third", ANN), Refusal("test.third", BEN)}
    await log.append(S, [event(subject=ANN), event(subject=BEN)], expected=1, refusals=FOR_ALL | refusals)
    await log.append(T, [event(subject=ANN)], expected="any", refusals=frozenset({Refusal("test.other", ANN)}))
    subjects = await PostgresSubjects.open(database)
    await subjects.shred(ANN)
    assert await refused_of(database) == {S: {"test.happened": None, "test.third": [BEN]}, T: {}}
    await log.append(S, [event("test.other", BEN)], expected="any")
    with pytest.raises(Refused, match=r"`test\.third`"):
        await log.append(S, [event("test.third", BEN)], expected="any")
    await subjects.close()


async def test_a_key_that_is_only_wrapped_anew_forgets_nothing(database: str, log: PostgresLog) -> None:
    await log.append(S, [event(subject=ANN)], expected=1, refusals=frozenset({Refusal("test.other", ANN)}))
    async with await psycopg.AsyncConnection.connect(database) as owner:
        await owner.execute("update subject_key set wrapped = wrapped")
    assert await refused_of(database) == {S: {"test.other": [ANN]}}
