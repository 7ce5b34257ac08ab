"""What relay and projector have in common."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from actors import names
from actors.follower import Follower
from actors.session import Session
from infra.bus import Bus, Message
from infra.bus.memory import MemoryBus
from infra.log import Log
from infra.views.memory import MemoryViews
from schemas.errors import Unavailable
from schemas.ids import InterviewId
from tests.fakes.parts import SharedLog, fake_parts
from tests.fakes.runtime import LocalRuntime
from tests.waiting import eventually

IV = InterviewId("0" * 32)


class CountedLog(SharedLog):
    """Knows how many owners have not closed it."""

    owners = 0

    async def opened(self) -> Log:
        self.owners += 1
        return self

    async def close(self) -> None:
        self.owners -= 1


class DeafBus(MemoryBus):
    """Loses its first listener."""

    listened = 0

    @asynccontextmanager
    async def listen(self, subject: str) -> AsyncIterator[AsyncIterator[Message]]:
        self.listened += 1
        if self.listened == 1:
            raise Unavailable
        async with super().listen(subject) as messages:
            yield messages


class Counting(Follower):
    """Takes nothing, and counts how often it tried."""

    tries = 0

    async def _advance(self) -> bool:
        self.tries += 1
        return False


class Stumbling(Counting):
    """Fails in a way that nobody foresaw, once."""

    async def _advance(self) -> bool:
        await super()._advance()
        if self.tries == 1:
            raise KeyError("a name")
        return False


@asynccontextmanager
async def running(kind: type[Counting], bus: Bus) -> AsyncIterator[Counting]:
    follower = kind(fake_parts(SharedLog(), bus, MemoryViews()), LocalRuntime())
    await follower.start()
    try:
        yield follower
    finally:
        await follower.stop()


@pytest.mark.parametrize("kind", ["follower", "session"])
async def test_a_start_that_fails_leaves_nothing_open(kind: str) -> None:
    log = CountedLog()

    async def no_bus() -> Bus:
        raise Unavailable

    parts = replace(fake_parts(log, MemoryBus(), MemoryViews()), open_log=log.opened, open_bus=no_bus)
    actor = Counting(parts, LocalRuntime()) if kind == "follower" else Session(IV, parts, LocalRuntime())
    for _ in range(3):
        with pytest.raises(Unavailable):
            await actor.start()
    assert log.owners == 0


async def test_a_follower_goes_on_after_what_nobody_foresaw(caplog: pytest.LogCaptureFixture) -> None:
    async with running(Stumbling, MemoryBus()) as follower:

        async def tried_again() -> bool:
            return follower.tries > 1

        await eventually(tried_again, seconds=5, what="another try")
    assert "KeyError" in caplog.text
    assert "a name" not in caplog.text


async def test_a_follower_whose_bus_was_away_hears_of_appends_again() -> None:
    bus = DeafBus()
    async with running(Counting, bus) as follower:

        async def listens() -> bool:
            return bus.listened > 1

        await eventually(listens, seconds=5, what="another listener")
        await asyncio.sleep(0)  # the listener has entered
        before = follower.tries
        await bus.send(names.APPENDED, b"")

        async def told() -> bool:
            return follower.tries > before

        await eventually(told, seconds=0.5, what="a look well before the period of looks")


@pytest.mark.parametrize("turns", range(8))
async def test_news_that_come_while_a_follower_is_stopped_do_not_keep_it(turns: int) -> None:
    bus = MemoryBus()
    follower = Counting(fake_parts(SharedLog(), bus, MemoryViews()), LocalRuntime())
    await follower.start()

    async def looked() -> bool:
        return follower.tries > 0

    await eventually(looked, seconds=5, what="a first look")

    await bus.send(names.APPENDED, b"")
    for _ in range(turns):  # of the event loop: in one of them the news have just arrived
        await asyncio.sleep(0)

    async with asyncio.timeout(5):
        await follower.stop()
