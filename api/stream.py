"""`/api/v1/interviews/{id}/screen`: the interviewer's screen: a snapshot, then what changes, and live signals."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

from fastapi import APIRouter
from starlette.websockets import WebSocket, WebSocketDisconnect

from actors import names
from api.auth import check_interviewer, is_host
from api.door import Door, door
from api.interviews.routes import Id, snapshot
from api.link import digest
from api.socket import receive_hello, receive_text, send_problem, until_first
from infra.bus import Message
from schemas.errors import IntactError, LinkUsed, NotFound, Refused, Unavailable
from schemas.ids import InterviewId
from schemas.wire import Change, Hello

router = APIRouter()

FIRST_VIEW_SECONDS = 10.0
"""How long a new interview's first view may take to be projected."""
LOOK_PERIOD = 2.0
"""Seconds without a change after which a screen looks whether it missed the last one: no later one shows the gap."""


@router.websocket("/api/v1/interviews/{interview}/screen")
async def screen(socket: WebSocket, interview: Id) -> None:
    """Speak `schemas.wire.ScreenMessage` to the interviewer, or to the host."""
    await socket.accept()
    with suppress(WebSocketDisconnect):
        try:
            hello = await receive_hello(socket)
            await authorize(door(socket), interview, hello)
            await Screen(socket, door(socket), interview).run()
        except IntactError as error:
            await send_problem(socket, error, fatal=True)


async def authorize(opened: Door, interview: InterviewId, hello: Hello) -> None:
    """Let the host and the interviewer's browser through. Raises `LinkInvalid`, `LinkExpired`, `LinkUsed`."""
    if is_host(opened, hello.token):
        return
    claims = opened.links.read(hello.token)
    check_interviewer(claims, interview)
    seat = (await opened.state(interview)).seats.get(claims.participant)
    if seat is None:
        raise Refused("There is no such seat in this interview any more.")
    if seat.claim_digest != digest(hello.claim):
        raise LinkUsed


@dataclass(slots=True)
class Screen:
    """One screen. What it shows is true up to `position`."""

    socket: WebSocket
    door: Door
    interview: InterviewId
    position: int = 0
    told_at: float = 0.0
    """When the last change came, in the time of the event loop."""
    showing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """What is sent and `position` change together."""

    async def run(self) -> None:
        """Serve the screen until its client leaves. Raises `NotFound`."""
        bus = self.door.bus
        async with (
            bus.listen(names.view_subject(self.interview)) as changes,
            bus.listen(names.live_subject(self.interview)) as signals,
        ):
            await self._send_first()
            await until_first(
                self._until_gone(), self._send_changes(changes), self._send_missed(), self._send_signals(signals)
            )

    async def _send_first(self) -> None:
        deadline = asyncio.get_running_loop().time() + FIRST_VIEW_SECONDS
        while True:
            try:
                return await self._send_snapshot()
            except NotFound:
                if asyncio.get_running_loop().time() > deadline:
                    raise
            await asyncio.sleep(0.1)

    async def _send_snapshot(self) -> None:
        shown = await snapshot(self.door, self.interview)
        await self.socket.send_text(shown.model_dump_json(exclude_none=True))
        self.position = shown.position

    async def _send_changes(self, changes: AsyncIterator[Message]) -> None:
        async for message in changes:
            self.told_at = asyncio.get_running_loop().time()
            async with self.showing:
                await self._send_change(message)

    async def _send_change(self, message: Message) -> None:
        change = Change.model_validate_json(message.data)
        if change.position <= self.position:
            return
        if change.after == self.position:
            await self.socket.send_text(message.data.decode())
            self.position = change.position
        else:
            await self._send_snapshot()

    async def _send_missed(self) -> None:
        """The bus may lose a change, and the projector may die before it tells of one."""
        while True:
            await asyncio.sleep(LOOK_PERIOD)
            if asyncio.get_running_loop().time() - self.told_at < LOOK_PERIOD:
                continue
            with suppress(Unavailable):  # the next look will do
                async with self.showing:
                    if (await snapshot(self.door, self.interview)).position > self.position:
                        await self._send_snapshot()

    async def _send_signals(self, signals: AsyncIterator[Message]) -> None:
        async for message in signals:
            await self.socket.send_text(message.data.decode())

    async def _until_gone(self) -> None:
        while True:
            await receive_text(self.socket)
