"""Live messages that wait for one reader: bounded, the oldest goes first."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator

from infra.bus.port import Message

MOST_WAITING = 1000
"""Live messages that wait for a slow reader before the oldest are dropped."""


class Inbox:
    """Filled by a bus, read by one listener."""

    def __init__(self) -> None:
        self._waiting: deque[Message] = deque(maxlen=MOST_WAITING)
        self._filled = asyncio.Event()

    def put(self, message: Message) -> None:
        """Add a message, dropping the oldest where too many wait."""
        self._waiting.append(message)
        self._filled.set()

    async def messages(self) -> AsyncIterator[Message]:
        """Messages as they come, for ever."""
        while True:
            await self._filled.wait()
            while self._waiting:
                yield self._waiting.popleft()
            self._filled.clear()
