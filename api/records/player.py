"""Plays one interview again to one screen: what the screen received then, at the pace that is asked for."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from math import inf, isinf

from actors.projections.interview import InterviewProjection
from actors.projections.scene import change
from api.interviews.routes import snapshot_of
from api.records.pace import Pace
from api.records.stage import Stage
from infra.views.port import Row
from schemas.ids import InterviewId
from schemas.media import SessionTime
from schemas.wire import Change, Pause, Play, Playhead, ReplayCommand, Seek, Snapshot


class Player:
    """A replay of what was recorded from `first` to `until`; obeys `commands`, hands messages to `send`."""

    def __init__(
        self,
        stage: Stage,
        interview: InterviewId,
        first: SessionTime,
        until: SessionTime,
        send: Callable[[str], Awaitable[None]],
    ) -> None:
        self.commands: asyncio.Queue[ReplayCommand] = asyncio.Queue()
        self._stage = stage
        self._interview = interview
        self._first = first
        self._until = until
        self._send_text = send
        self._pace = Pace(first, 0.0, 1.0)

    async def play(self, begin: SessionTime, speed: float) -> None:
        """Play from `begin`, until cancelled; stands still where `speed` is 0. Raises what `Stage` raises."""
        self._pace = Pace(begin, _now(), speed or 1.0, playing=speed > 0)
        await self._seek(begin)
        while True:
            at = await self._stage.next_at()
            due = self._until if at is None else min(at, self._until)
            command = await self._command(self._pace.wait(due, _now()))
            if command is not None:
                await self._obey(command)
            elif at is not None and at <= self._until:
                await self._step()
            else:
                await self._stand(self._until)

    async def _command(self, seconds: float) -> ReplayCommand | None:
        """The next command; None where `seconds` pass without one. Of seeks that follow each other, the last counts."""
        command: ReplayCommand | None = None
        with suppress(TimeoutError):
            async with asyncio.timeout(None if isinf(seconds) else seconds):
                command = await self.commands.get()
        while isinstance(command, Seek) and not self.commands.empty():
            following = self.commands.get_nowait()
            if not isinstance(following, Seek):
                await self._obey(command)
            command = following
        return command

    async def _obey(self, command: ReplayCommand) -> None:
        at = self._here()
        match command:
            case Seek(at_us=at_us):
                await self._seek(SessionTime(at_us))
            case Pause():
                await self._stand(at)
            case Play(speed=speed):
                self._pace = Pace(at, _now(), speed or inf)
                await self._tell()

    async def _seek(self, moment: SessionTime) -> None:
        """Show `moment`, or the first one: before it there was no screen."""
        moment = max(self._first, min(moment, self._until))
        await self._stage.seek(moment)
        row = self._shown()
        assert row is not None
        await self._send(snapshot_of(row))
        self._pace = Pace(moment, _now(), self._pace.speed, self._pace.playing)
        await self._tell()

    async def _step(self) -> None:
        before = self._shown()
        await self._stage.step()
        row = self._shown()
        if row is not None and row != before:
            await self._send(change(before, row))

    def _here(self) -> SessionTime:
        if isinf(self._pace.speed) and self._pace.playing:
            return self._stage.scene.at
        return self._pace.moment(_now(), until=self._until)

    async def _stand(self, at: SessionTime) -> None:
        """Stop at `at`, with all shown that had happened by then: at a high speed some may be due still."""
        while (due := await self._stage.next_at()) is not None and due <= at:
            await self._step()
        self._pace = Pace(at, _now(), self._pace.speed, playing=False)
        await self._tell()

    async def _tell(self) -> None:
        pace = self._pace
        speed = None if isinf(pace.speed) else pace.speed
        await self._send(Playhead(at_us=pace.at, until_us=self._until, playing=pace.playing, speed=speed))

    async def _send(self, message: Snapshot | Change | Playhead) -> None:
        # A patch says with null what goes, a snapshot leaves out what was not measured.
        await self._send_text(message.model_dump_json(exclude_none=isinstance(message, Snapshot)))

    def _shown(self) -> Row | None:
        return self._stage.scene.row(InterviewProjection.name, self._interview)


def _now() -> float:
    return asyncio.get_running_loop().time()
