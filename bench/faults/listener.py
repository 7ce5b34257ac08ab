"""Listens to NATS itself, beside the proxies: what has reached the bus, and when."""

import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import nats
from nats.aio.msg import Msg

from actors import names
from schemas.ids import InterviewId, interview_stream

EVENTS = "events.>"


class Listener:
    """Recorded events and changes of views as they pass."""

    def __init__(self) -> None:
        self._newest: dict[str, int] = {}
        self.changes: dict[int, float] = {}
        """Global position of the event that a change ends with, and when it was told, in Unix time."""

    def has(self, interview: str, version: int) -> bool:
        """Whether an event of the interview with this version, or a later one, has come."""
        return self._newest.get(interview_stream(InterviewId(interview)), 0) >= version

    @asynccontextmanager
    async def listening(self, url: str) -> AsyncIterator[None]:
        """Until the context ends."""
        client = await nats.connect(url, max_reconnect_attempts=-1, reconnect_time_wait=0.2, error_cb=_quiet)
        try:
            await client.subscribe(EVENTS, cb=_noting(self._take_event))
            await client.subscribe(names.view_subject(InterviewId("*")), cb=_noting(self._take_change))
            yield
        finally:
            await client.close()

    def _take_event(self, message: Msg) -> None:
        event = json.loads(message.data)
        stream = event["stream"]
        self._newest[stream] = max(event["version"], self._newest.get(stream, 0))

    def _take_change(self, message: Msg) -> None:
        self.changes.setdefault(json.loads(message.data)["position"], time.time())


def _noting(take: Callable[[Msg], None]) -> Callable[[Msg], Awaitable[None]]:
    async def note(message: Msg) -> None:
        take(message)

    return note


async def _quiet(error: Exception) -> None:
    """NATS is killed again and again here."""
