"""Stands at any moment of one recorded interview."""

import sys
from bisect import bisect_right
from collections import deque

from actors.projections.scene import BEFORE, Scene, after
from infra.log import LogReader
from schemas.envelope import RecordedEvent
from schemas.ids import InterviewId, interview_stream
from schemas.media import SessionTime

PAGE = 500
"""Events that are read ahead, and folded at once."""
KEPT_EVERY = 2000
"""Events between scenes that are kept, so that going anywhere does not begin at the beginning."""
FOREVER = SessionTime(sys.maxsize)
"""Behind every moment."""


class Stage:
    """One interview, and the scene it stands at: at first the one before the first event.

    All methods raise what the log raises, and `Invalid` for an event of an unknown type or version.
    """

    def __init__(self, log: LogReader, interview: InterviewId) -> None:
        self._log = log
        self._stream = interview_stream(interview)
        self._kept = [Scene()]
        self._ahead: deque[RecordedEvent] = deque()
        self.scene = self._kept[0]

    async def seek(self, until: SessionTime) -> Scene:
        """Stand at `until`: behind all that was recorded by then, and nothing else."""
        kept = self._kept[bisect_right(self._kept, until, key=lambda scene: scene.at) - 1]
        if until < self.scene.at or kept.version > self.scene.version:
            self.scene = kept
            self._ahead.clear()
        while events := await self._take(until, most=PAGE):
            self._go_on(events)
        return self.scene

    async def span(self) -> tuple[SessionTime, SessionTime] | None:
        """The first and the last moment there is, None where nothing is recorded; stands before the first then."""
        last = (await self.seek(FOREVER)).at
        await self.seek(BEFORE)
        first = await self.next_at()
        return None if first is None else (first, last)

    async def next_at(self) -> SessionTime | None:
        """When the next scene begins; None where nothing more is recorded."""
        event = await self._peek(self.scene.version)
        return None if event is None else SessionTime(max(self.scene.at, event.at))

    async def step(self) -> list[RecordedEvent]:
        """Go on to the next scene. Returns the events, all of one moment, that lead to it; none at the end."""
        at = await self.next_at()
        events = [] if at is None else await self._take(at, most=sys.maxsize)
        if events:
            self._go_on(events)
        return events

    async def _take(self, until: SessionTime, *, most: int) -> list[RecordedEvent]:
        events: list[RecordedEvent] = []
        version = self.scene.version
        while len(events) < most:
            event = await self._peek(version)
            if event is None or event.at > until:
                break
            events.append(self._ahead.popleft())
            version = event.version
        return events

    async def _peek(self, version: int) -> RecordedEvent | None:
        """The event after `version`, which is where the events ahead begin."""
        if not self._ahead:
            async for event in self._log.read(self._stream, after=version):
                self._ahead.append(event)
                if len(self._ahead) == PAGE:
                    break
        return self._ahead[0] if self._ahead else None

    def _go_on(self, events: list[RecordedEvent]) -> None:
        self.scene = after(self.scene, events)
        if self.scene.version >= self._kept[-1].version + KEPT_EVERY:
            self._kept.append(self.scene)
