"""One screen: shows the view, and misses nothing of it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from starlette.websockets import WebSocket

from actors import names
from api import stream
from api.door import Door
from api.link import LinkOffice
from api.stream import Screen
from infra.bus.memory import MemoryBus
from infra.settings import Settings
from infra.views.memory import MemoryViews
from infra.views.port import Row
from schemas.envelope import START, LogPosition
from schemas.ids import InterviewId
from schemas.views import InterviewView
from schemas.wire import Change
from tests.fakes.parts import SharedLog, fake_parts
from tests.fakes.runtime import LocalRuntime
from tests.waiting import eventually

IV = InterviewId("0" * 32)


@dataclass
class Client:
    """A browser that never speaks, and remembers what it was sent."""

    sent: list[dict[str, Any]] = field(default_factory=list)

    async def send_text(self, text: str) -> None:
        self.sent.append(json.loads(text))

    async def receive(self) -> dict[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    @property
    def kinds(self) -> list[tuple[str, int]]:
        return [(message["type"], message["position"]) for message in self.sent]


@dataclass
class Stage:
    """A view, the bus that tells of its changes, and a screen."""

    views: MemoryViews = field(default_factory=MemoryViews)
    bus: MemoryBus = field(default_factory=MemoryBus)
    client: Client = field(default_factory=Client)
    position: int = 0

    async def change(self, *, told: bool) -> None:
        """The view moves on by one position; the screen may be told or not."""
        before, self.position = self.position, self.position + 1
        body = InterviewView(interview=IV, title=str(self.position), source="live", epoch_us=0).model_dump(mode="json")
        await self.views.commit(
            "interview",
            [Row(IV, body, LogPosition(1, self.position))],
            before=LogPosition(1, before) if before else START,
            after=LogPosition(1, self.position),
        )
        if told:
            change = Change(after=before, position=self.position, patch={"title": str(self.position)})
            await self.bus.send(names.view_subject(IV), change.model_dump_json().encode())

    async def shown(self, *kinds: tuple[str, int]) -> None:
        async def are_there() -> bool:
            return self.client.kinds == list(kinds)

        await eventually(are_there, seconds=5, what=f"{kinds}, and nothing else")


@asynccontextmanager
async def showing(stage: Stage) -> AsyncIterator[None]:
    log, runtime = SharedLog(), LocalRuntime()
    door = Door(
        settings=Settings(),
        runtime=runtime,
        parts=fake_parts(log, stage.bus, stage.views),
        log=log,
        bus=stage.bus,
        views=stage.views,
        links=LinkOffice(bytes(32), public_url="", ttl_seconds=60),
        now_us=lambda: 0,
    )
    screen = asyncio.create_task(Screen(cast(WebSocket, stage.client), door, IV).run())
    try:
        yield
    finally:
        screen.cancel()
        await asyncio.gather(screen, return_exceptions=True)


async def test_a_screen_shows_the_view_and_then_each_change_once() -> None:
    stage = Stage()
    await stage.change(told=False)
    async with showing(stage):
        await stage.shown(("snapshot", 1))
        await stage.change(told=True)
        await stage.change(told=True)
        await stage.shown(("snapshot", 1), ("change", 2), ("change", 3))


async def test_a_change_after_one_that_was_lost_brings_a_snapshot() -> None:
    stage = Stage()
    await stage.change(told=False)
    async with showing(stage):
        await stage.shown(("snapshot", 1))
        await stage.change(told=False)
        await stage.change(told=True)
        await stage.shown(("snapshot", 1), ("snapshot", 3))


async def test_the_last_change_is_shown_even_where_nobody_tells_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "LOOK_PERIOD", 0.05)
    stage = Stage()
    await stage.change(told=False)
    async with showing(stage):
        await stage.shown(("snapshot", 1))
        await stage.change(told=False)
        await stage.shown(("snapshot", 1), ("snapshot", 2))
        await asyncio.sleep(0.2)
        await stage.shown(("snapshot", 1), ("snapshot", 2))
