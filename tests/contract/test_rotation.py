"""The keys of persons come under another master key, whole or not at all, under whoever reads and writes."""

import asyncio
import os
from collections.abc import Sequence

import psycopg
import pytest

from infra.crypto import key_id
from infra.log.postgres import PostgresLog
from infra.log.rotation import Rotated, rotate
from infra.master_keys import MasterKeys
from schemas.envelope import NewEvent
from schemas.errors import Misconfigured
from schemas.ids import StreamName, SubjectId
from schemas.media import SessionTime

S = StreamName("interview-s")
OLD, NEW = os.urandom(32), os.urandom(32)


class KeyFile:
    """A file of master keys that somebody may replace."""

    def __init__(self, *keys: bytes) -> None:
        self.keys: Sequence[bytes] = keys

    def read(self) -> Sequence[bytes]:
        """What it holds."""
        return self.keys


def event(subject: str) -> NewEvent:
    return NewEvent("test.happened", 1, {"of": subject}, SessionTime(0), "test", subject=SubjectId(subject))


async def payloads(log: PostgresLog) -> list[object]:
    return [one.payload async for one in log.read(S)]


async def masters(database: str) -> set[str]:
    """The ids of the master keys that wrap the keys of persons."""
    async with await psycopg.AsyncConnection.connect(database) as connection:
        found = await connection.execute("select distinct master from subject_key where wrapped is not null")
        return {master for (master,) in await found.fetchall()}


async def test_a_log_that_is_open_reads_and_writes_on_through_a_rotation(database: str) -> None:
    file = KeyFile(OLD)
    log, idle = [await PostgresLog.open(database, MasterKeys(file.read)) for _ in range(2)]
    await log.append(S, [event("ann")], expected="any")
    file.keys = (NEW, OLD)
    assert await rotate(database, MasterKeys(file.read)) == Rotated(key_id(NEW), (key_id(OLD),), 1)
    file.keys = (NEW,)
    for user in (log, idle):
        await user.append(S, [event("ann"), event(f"new-to-{id(user)}")], expected="any")
        assert None not in await payloads(user)
    assert await masters(database) == {key_id(NEW)}
    assert len(await payloads(idle)) == 5
    await log.close()
    await idle.close()


async def test_a_process_that_has_the_new_key_beside_the_old_one_goes_on_with_the_old_until_the_rotation(
    database: str,
) -> None:
    old, both = await PostgresLog.open(database, OLD), await PostgresLog.open(database, MasterKeys(lambda: [NEW, OLD]))
    await both.append(S, [event("ann")], expected="any")
    assert await masters(database) == {key_id(OLD)}
    assert await payloads(old) == [{"of": "ann"}]
    await rotate(database, MasterKeys(lambda: [NEW, OLD]))
    assert await payloads(both) == [{"of": "ann"}]
    await old.close()
    await both.close()


async def test_keys_that_are_made_during_a_rotation_come_under_the_new_one(database: str) -> None:
    file = KeyFile(OLD)
    log = await PostgresLog.open(database, MasterKeys(file.read))
    begun = asyncio.Event()

    async def write() -> None:
        for number in range(60):
            await log.append(S, [event(f"person-{number}")], expected="any")
            if number == 20:
                begun.set()

    writing = asyncio.create_task(write())
    await begun.wait()
    file.keys = (NEW, OLD)
    rotated = await rotate(database, MasterKeys(file.read))
    file.keys = (NEW,)
    await writing
    assert 20 < rotated.rewrapped <= 60
    assert await masters(database) == {key_id(NEW)}
    assert None not in await payloads(log)
    await log.close()


async def test_a_rotation_that_cannot_be_changes_nothing(database: str) -> None:
    log = await PostgresLog.open(database, OLD)
    await log.append(S, [event("ann")], expected="any")
    with pytest.raises(Misconfigured, match="wrapped the keys"):
        await rotate(database, MasterKeys(lambda: [NEW]))
    assert await masters(database) == {key_id(OLD)}
    await rotate(database, MasterKeys(lambda: [NEW, OLD]))
    with pytest.raises(Misconfigured, match="retired before"):
        await rotate(database, MasterKeys(lambda: [OLD, NEW]))
    assert await masters(database) == {key_id(NEW)}
    await log.close()


async def test_a_repeated_rotation_changes_nothing(database: str) -> None:
    log = await PostgresLog.open(database, OLD)
    await log.append(S, [event("ann")], expected="any")
    keys = MasterKeys(lambda: [NEW, OLD])
    assert (await rotate(database, keys)).rewrapped == 1
    assert (await rotate(database, keys)).rewrapped == 0
    await log.close()


async def test_keys_from_before_master_keys_had_ids_are_taken_over(database: str) -> None:
    log = await PostgresLog.open(database, OLD)
    await log.append(S, [event("ann")], expected="any")
    await log.close()
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute("update subject_key set master = null")
        await connection.execute("delete from master_key")
    with pytest.raises(Misconfigured):
        await PostgresLog.open(database, NEW)
    log = await PostgresLog.open(database, OLD)
    await rotate(database, MasterKeys(lambda: [NEW, OLD]))
    await log.close()
    log = await PostgresLog.open(database, NEW)
    assert await payloads(log) == [{"of": "ann"}]
    await log.close()


async def test_an_erased_person_is_passed_over(database: str) -> None:
    log = await PostgresLog.open(database, OLD)
    await log.append(S, [event("ann"), event("ben")], expected="any")
    async with await psycopg.AsyncConnection.connect(database, autocommit=True) as connection:
        await connection.execute("update subject_key set wrapped = null where subject = 'ann'")
    assert (await rotate(database, MasterKeys(lambda: [NEW, OLD]))).rewrapped == 1
    await log.close()
