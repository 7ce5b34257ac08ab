"""How far the followers of the log are behind."""

from collections.abc import AsyncIterator
from functools import partial

import pytest

from actors import names
from actors.lag import follower_lags
from actors.parts import Parts
from actors.projector import Projector
from actors.relay import Relay
from infra.bus.memory import MemoryBus
from infra.log.port import Lag
from infra.views.memory import MemoryViews
from schemas.envelope import enveloped
from schemas.events import InterviewCreated
from schemas.ids import interview_stream, new_interview_id
from schemas.media import SessionTime
from tests.fakes.parts import SharedLog, fake_parts
from tests.fakes.runtime import LocalRuntime
from tests.waiting import eventually

NONE = Lag(0, 0.0)


class House:
    """A log and its followers."""

    def __init__(self) -> None:
        self.log = SharedLog()
        self.views = MemoryViews()
        self.runtime = LocalRuntime()
        self._parts: Parts = fake_parts(self.log, MemoryBus(), self.views)

    async def run(self, name: str) -> None:
        kind = {names.RELAY: Relay, names.PROJECTOR: Projector}[name]
        await self.runtime.ensure(name, partial(kind, self._parts))
        await self.runtime.started(name)

    async def write(self, interviews: int) -> None:
        for _ in range(interviews):
            interview = new_interview_id()
            created = InterviewCreated(interview=interview, title="Analyst", epoch_us=1)
            new = enveloped(created, at=SessionTime(0), actor="test")
            await self.log.append(interview_stream(interview), [new], expected="no stream")

    async def lags(self) -> dict[str, Lag]:
        return await follower_lags(self.log, self.views)

    async def until_level(self, *followers: str) -> None:
        async def level() -> bool:
            lags = await self.lags()
            return all(lags[follower] == NONE for follower in followers)

        await eventually(level, seconds=10, what="no lag")


@pytest.fixture
async def house() -> AsyncIterator[House]:
    built = House()
    yield built
    await built.runtime.close()


async def test_the_lag_of_a_stopped_projector_grows_and_returns_to_zero(house: House) -> None:
    await house.run(names.RELAY)
    await house.run(names.PROJECTOR)
    await house.write(2)
    await house.until_level(names.RELAY, names.PROJECTOR)

    await house.runtime.stop(names.PROJECTOR)
    await house.write(3)
    await house.until_level(names.RELAY)
    early = (await house.lags())[names.PROJECTOR]
    await house.write(1)
    late = (await house.lags())[names.PROJECTOR]
    assert (early.events, late.events) == (3, 4)
    assert 0 < early.seconds < late.seconds

    await house.run(names.PROJECTOR)
    await house.until_level(names.PROJECTOR)


async def test_a_projector_is_as_far_as_its_view_that_is_furthest_behind(house: House) -> None:
    await house.write(2)
    first = (await house.log.follow(limit=1))[0].place
    await house.run(names.PROJECTOR)
    await house.until_level(names.PROJECTOR)
    await house.runtime.stop(names.PROJECTOR)
    await house.views.reset("summary")
    await house.views.commit("summary", [], before=await house.views.position("summary"), after=first)
    assert (await house.lags())[names.PROJECTOR].events == 1
