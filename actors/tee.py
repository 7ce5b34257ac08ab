"""Gives the media of one source to several readers, each at its own pace: who is slow loses its own oldest."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from schemas.errors import StreamClosed

Item = TypeVar("Item")


class Branch(Generic[Item]):
    """One reader's end."""

    def __init__(self, most: int) -> None:
        self._waiting: deque[Item] = deque(maxlen=most)
        self._arrived = asyncio.Event()
        self._closed = False
        self._dropped = 0

    def put(self, item: Item) -> None:
        """Add the newest; the oldest makes room where there is none."""
        self._dropped += len(self._waiting) == self._waiting.maxlen
        self._waiting.append(item)
        self._arrived.set()

    def close(self) -> None:
        """Nothing more comes."""
        self._closed = True
        self._arrived.set()

    async def take(self) -> Item:
        """The oldest that waits. Raises `StreamClosed` where nothing more comes."""
        while not self._waiting:
            if self._closed:
                raise StreamClosed
            self._arrived.clear()
            await self._arrived.wait()
        return self._waiting.popleft()

    def take_dropped(self) -> int:
        """How many made room since the last call."""
        dropped, self._dropped = self._dropped, 0
        return dropped


class Tee(Generic[Item]):
    """Reads a source for its branches."""

    def __init__(self, take: Callable[[], Awaitable[Item]], *, branches: int, most: int) -> None:
        self._take = take
        self.branches = tuple(Branch[Item](most) for _ in range(branches))

    async def run(self) -> None:
        """Until the source is closed; then the branches are."""
        try:
            while True:
                item = await self._take()
                for branch in self.branches:
                    branch.put(item)
        finally:
            for branch in self.branches:
                branch.close()
