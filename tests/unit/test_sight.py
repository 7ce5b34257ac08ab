"""From a picture to a recorded second: peer, sight and session in one process."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial

import pytest

from actors import names
from actors.port import Ref
from actors.session import Session
from infra.bus.memory import MemoryBus
from infra.views.memory import MemoryViews
from schemas.commands import ClaimLink, CreateInterview, GiveConsent, InviteParticipant, Join
from schemas.errors import Invalid
from schemas.ids import ConnectionId, InterviewId, ParticipantId, interview_stream
from schemas.media import MICROSECONDS
from tests.fakes.parts import OFFER, FakePeer, SharedLog, fake_parts
from tests.fakes.runtime import LocalRuntime
from tests.waiting import eventually

IV = InterviewId("0" * 32)
ANN = ParticipantId("ann")


@dataclass
class Stage:
    """An interview with one applicant whose stream is connected."""

    session: Ref
    log: SharedLog
    bus: MemoryBus
    runtime: LocalRuntime
    peers: list[FakePeer] = field(default_factory=list)
    clock: int = 0

    def show(self, pictures: int) -> None:
        """Pictures arrive, ten a second."""
        for _ in range(pictures):
            self.peers[-1].show(self.clock)
            self.clock += MICROSECONDS // 10

    async def recorded(self, type_: str) -> list[int]:
        """Seconds (or counts) of the events of a type."""
        found = [event async for event in self.log.read(interview_stream(IV)) if event.type == type_]
        return [event.payload["second"] if event.payload and "second" in event.payload else 0 for event in found]

    async def until_recorded(self, type_: str, seconds: list[int]) -> None:
        async def is_there() -> bool:
            return set(seconds) <= set(await self.recorded(type_))

        await eventually(is_there, seconds=10, what=f"{type_} of {seconds}")


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    log, bus, runtime = SharedLog(), MemoryBus(), LocalRuntime()
    peers: list[FakePeer] = []
    parts = fake_parts(log, bus, MemoryViews(), peers)
    session = await runtime.ensure(names.session(IV), partial(Session, IV, parts))
    for command in (
        CreateInterview(interview=IV, title="Analyst", epoch_us=0),
        InviteParticipant(ANN, "applicant"),
        ClaimLink(ANN, "d1"),
        GiveConsent(ANN, "1", "en", ("visual-signals",)),
        Join(ANN, ConnectionId("one"), "d1"),
    ):
        await session.call("execute", command)
    assert await session.call("offer", ANN, OFFER) == "an answer"
    yield Stage(session, log, bus, runtime, peers)
    await runtime.close()


async def test_pictures_become_one_event_a_second_and_live_signals(stage: Stage) -> None:
    async with stage.bus.listen(names.live_subject(IV)) as live:
        stage.show(31)
        await stage.until_recorded("sight.observed", [0, 1, 2])
        assert b'"live-sight"' in (await anext(live)).data
    assert await stage.recorded("sight.observed") == [0, 1, 2]
    await stage.until_recorded("gaze.calibrated", [0])


async def test_a_sight_that_was_killed_is_given_what_the_record_knows(stage: Stage) -> None:
    stage.show(11)
    await stage.until_recorded("sight.observed", [0])
    await stage.until_recorded("gaze.calibrated", [0])
    await stage.runtime.kill(names.sight(IV, ANN))
    stage.clock = 5 * MICROSECONDS
    stage.show(21)
    await stage.until_recorded("sight.observed", [5, 6])
    assert await stage.recorded("gaze.calibrated") == [0], "the resting gaze is not learnt again"


async def test_a_session_that_was_killed_is_told_what_it_missed(stage: Stage) -> None:
    await stage.runtime.kill(names.session(IV))
    stage.show(31)
    await stage.until_recorded("sight.observed", [0, 1, 2])


async def test_a_peer_that_was_killed_is_missed_and_the_browser_asked_for_a_new_offer(stage: Stage) -> None:
    async with stage.bus.listen(names.signal_subject(IV, ANN)) as signals:
        await stage.runtime.kill(names.peer(IV, ANN))
        assert b'"reoffer"' in (await anext(signals)).data
    assert await stage.recorded("stream.lost") == [0]
    await stage.session.call("offer", ANN, OFFER)
    stage.clock = 9 * MICROSECONDS
    stage.show(11)
    await stage.until_recorded("sight.observed", [9])


async def test_an_offer_that_is_none_leaves_the_older_connection(stage: Stage) -> None:
    with pytest.raises(Invalid):
        await stage.session.call("offer", ANN, "garbage")
    stage.show(11)
    await stage.until_recorded("sight.observed", [0])
