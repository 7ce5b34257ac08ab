"""What a replay shows at a moment is what the interviewer's screen showed then.

A live interview runs in this process: a real session, a real projector and the code of the real screen, over every log.
What the screen received is written down, and held against the replay by time and by position.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from math import inf
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI

from actors import names
from actors import session as session_module
from actors.projector import Projector
from actors.session import Session
from api import problem, replay
from api.auth import host_or_interviewer
from api.door import Door
from api.interviews.routes import snapshot_of
from api.records.player import Player
from api.records.stage import Stage
from api.stream import Screen
from infra.bus.memory import MemoryBus
from infra.log import Log
from infra.views import Views
from schemas.commands import (
    Calibrate,
    ClaimLink,
    Command,
    CreateInterview,
    EndInterview,
    GiveConsent,
    InviteParticipant,
    Join,
    Leave,
    LoseStream,
    RecordProsody,
    RecordSight,
    StartStream,
)
from schemas.ids import ConnectionId, InterviewId, ParticipantId, interview_stream
from schemas.media import MICROSECONDS, SessionTime
from schemas.observation import FaceObservation, HeadPose, RestingGaze
from schemas.seen import Seen
from schemas.views import SIGNAL_SECONDS
from schemas.wire import Snapshot, replay_message_adapter
from tests.fakes.parts import fake_parts
from tests.fakes.runtime import LocalRuntime
from tests.fakes.voices import voice
from tests.merge_patch import patched

IV = InterviewId("0" * 32)
ANN, HOST = ParticipantId("ann"), ParticipantId("host")
ONE, TWO = ConnectionId("one"), ConnectionId("two")
EPOCH_US = 1_700_000_000_000_000


def sight(second: int, *, face: bool) -> RecordSight:
    seen = FaceObservation(
        at=SessionTime(second * MICROSECONDS),
        face=face,
        confidence=0.9,
        detector="test",
        pose=HeadPose(1.0 + second, 2.0, 3.0) if face else None,
    )
    return RecordSight(ANN, second, (Seen(seen),), dropped=second)


def prosody(second: int) -> RecordProsody:
    return RecordProsody(ANN, second, (voice(second, loudness=-20.0 - second / 10),))


SCRIPT: list[tuple[float, Command]] = [
    (0.0, CreateInterview(interview=IV, title="Analyst", epoch_us=EPOCH_US)),
    (0.2, InviteParticipant(HOST, "interviewer")),
    (0.4, InviteParticipant(ANN, "applicant")),
    (1.0, ClaimLink(ANN, "d")),
    (1.5, GiveConsent(ANN, "1", "en", ("visual-signals", "voice-signals"), "…")),
    (2.0, Join(ANN, ONE, "d")),
    (2.5, StartStream(ANN, ("video", "audio"))),
    *((3.1 + second, sight(second, face=second % 3 > 0)) for second in range(3, 8)),
    (11.2, Calibrate(ANN, RestingGaze(1.0, 2.0, 60))),
    (11.4, LoseStream(ANN, "silent")),
    (12.0, Join(ANN, TWO, "d")),  # two events at one moment: the older connection is replaced
    (12.5, StartStream(ANN, ("audio",))),
    (13.0, prosody(12)),
    (200.0, sight(199, face=True)),  # older seconds leave the screen
    (200.0 + SIGNAL_SECONDS, prosody(199 + SIGNAL_SECONDS)),
    (330.0, Leave(ANN, TWO, vanished=True)),
    (331.0, EndInterview()),
]


class Socket:
    """The screen's other end: keeps what it receives, and never leaves."""

    def __init__(self) -> None:
        self.shown: dict[int, Any] = {}
        """What the screen showed, by position."""
        self.messages: list[dict[str, Any]] = []
        self.position = 0
        self._came = asyncio.Event()

    async def reach(self, position: int) -> None:
        """Wait until the screen is at `position`."""
        while self.position != position:
            self._came.clear()
            await self._came.wait()

    async def send_text(self, text: str) -> None:
        """What the server sends."""
        message = replay_message_adapter.validate_json(text)
        match message.type:
            case "snapshot":
                body = message.view.model_dump(mode="json", exclude_none=True)
            case "change":
                assert message.after == self.position
                body = patched(self.shown[self.position], message.patch)
            case _:
                return
        self.position = message.position
        self.shown[message.position] = body
        self.messages.append(message.model_dump(mode="json", exclude_none=message.type == "snapshot"))
        self._came.set()

    async def receive(self) -> dict[str, Any]:
        """What the client sends: nothing."""
        return cast(dict[str, Any], await asyncio.get_running_loop().create_future())


@dataclass
class House:
    """A session, a projector and a screen."""

    log: Log
    views: Views
    bus: MemoryBus = field(default_factory=MemoryBus)
    runtime: LocalRuntime = field(default_factory=LocalRuntime)
    now_us: int = EPOCH_US

    async def execute(self, seconds: float, command: Command) -> None:
        """Have `command` executed at this time of the interview."""
        self.now_us = EPOCH_US + int(seconds * MICROSECONDS)
        parts = replace(fake_parts(self.log, self.bus, self.views), clock=lambda: lambda: self.now_us)
        await self.runtime.ensure(names.PROJECTOR, partial(Projector, parts))
        await self.runtime.started(names.PROJECTOR)
        session = await self.runtime.ensure(names.session(IV), partial(Session, IV, parts))
        await session.call("execute", command)

    async def head(self) -> int:
        """Position of the newest event."""
        return [event.place.position async for event in self.log.read(interview_stream(IV))][-1]

    def door(self) -> Door:
        """What the screen works with."""
        made: Any = type("FakeDoor", (), {"bus": self.bus, "views": self.views, "log": self.log})()
        return cast(Door, made)


@dataclass(frozen=True)
class Moment:
    """What the screen showed when everything up to a time was projected."""

    at: SessionTime
    position: int
    view: Any


@dataclass(frozen=True)
class Run:
    """A live interview that was watched."""

    house: House
    socket: Socket
    moments: list[Moment]


@asynccontextmanager
async def watching(house: House) -> AsyncIterator[Socket]:
    """A live screen."""
    socket = Socket()
    task = asyncio.create_task(Screen(cast(Any, socket), house.door(), IV).run())
    try:
        yield socket
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def run(log: Log, views: Views, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Run]:
    """The script, played live in front of a screen."""
    monkeypatch.setattr(session_module, "SUPERVISION_PERIOD", 3600)  # the script's streams have no peer to look after
    house, moments = House(log, views), []
    await house.execute(*SCRIPT[0])
    async with watching(house) as socket:
        for seconds, command in SCRIPT:
            await house.execute(seconds, command)
            head = await house.head()

            await asyncio.wait_for(socket.reach(head), 30)
            moments.append(Moment(SessionTime(int(seconds * MICROSECONDS)), head, socket.shown[head]))
    yield Run(house, socket, moments)
    await house.runtime.close()


async def played(house: House, *, begin: int = 0) -> Socket:
    """All that a replay sends at once, from `begin` on."""
    stage, socket = Stage(house.log, IV), Socket()
    span = await stage.span()
    assert span is not None
    ended = asyncio.Event()

    async def send(text: str) -> None:
        await socket.send_text(text)
        if '"playing":false' in text:
            ended.set()

    player = asyncio.create_task(Player(stage, IV, *span, send).play(SessionTime(begin), inf))
    await asyncio.wait_for(ended.wait(), 20)
    player.cancel()
    await asyncio.gather(player, return_exceptions=True)
    return socket


async def test_at_every_moment_the_replay_shows_what_the_screen_showed_then(run: Run) -> None:
    stage = Stage(run.house.log, IV)
    for moment in reversed(run.moments):
        later = next((m.at for m in run.moments if m.at > moment.at), moment.at + MICROSECONDS)
        for at in (moment.at, SessionTime((moment.at + later) // 2), SessionTime(later - 1)):
            row = (await stage.seek(at)).row("interview", IV)
            assert row is not None
            shown = snapshot_of(row)
            assert shown.view.model_dump(mode="json", exclude_none=True) == moment.view
            assert shown.position == moment.position


async def test_at_every_position_the_replay_shows_what_the_screen_showed_there(run: Run) -> None:
    assert len(run.socket.shown) == len(SCRIPT)
    replayed = await played(run.house)
    assert replayed.shown == run.socket.shown


async def test_a_replay_sends_the_very_messages_that_the_screen_received(run: Run) -> None:
    replayed = await played(run.house)
    assert replayed.messages == run.socket.messages


async def test_a_replay_of_the_last_part_begins_with_a_snapshot_of_the_first(run: Run) -> None:
    middle = len(SCRIPT) // 2
    replayed = await played(run.house, begin=run.moments[middle].at)
    assert replayed.messages[0]["type"] == "snapshot"
    assert replayed.messages[1:] == run.socket.messages[middle + 1 :]


async def test_the_view_at_a_time_is_asked_for_over_http(run: Run) -> None:
    app = FastAPI()
    app.include_router(replay.router)
    problem.install(app)
    app.state.door = run.house.door()
    app.dependency_overrides[host_or_interviewer] = lambda: None
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as client:
        url = f"/api/v1/interviews/{IV}/view"
        for moment in run.moments:
            answer = (await client.get(url, params={"at_us": moment.at})).raise_for_status().json()
            assert answer["position"] == moment.position
            assert Snapshot.model_validate(answer).view.model_dump(mode="json", exclude_none=True) == moment.view
        assert (await client.get(url, params={"at_us": -1})).status_code == 422
        nobody = await client.get(f"/api/v1/interviews/{'f' * 32}/view", params={"at_us": 0})
        assert (nobody.status_code, nobody.json()["code"]) == (404, "not-found")
