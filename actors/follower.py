"""Follows the whole log: what relay and projector have in common."""

import asyncio
import logging
from abc import ABC, abstractmethod
from contextlib import AsyncExitStack, suppress

from actors import names
from actors.parts import Parts, opened
from actors.port import Runtime
from infra.bus import Bus
from infra.log import Log
from infra.views import Views
from schemas.errors import IntactError, Unavailable

LOOK_PERIOD = 1.0
"""Seconds after which the log is looked at without having been told of an append."""
TROUBLE_PAUSE = 0.5
"""Seconds to wait after the log, the bus or the views did not answer."""

log = logging.getLogger(__name__)


class Follower(ABC):
    """An actor that takes every event of the log in order, and remembers how far it came in the store of views."""

    def __init__(self, parts: Parts, runtime: Runtime) -> None:
        self._parts = parts
        self._runtime = runtime
        self._news = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._open = AsyncExitStack()
        self._log: Log
        self._bus: Bus
        self._views: Views

    async def start(self) -> None:
        """Open connections and begin. Raises `Unavailable`."""
        async with AsyncExitStack() as stack:  # closes what is open where the next one cannot be opened
            self._log = await opened(stack, self._parts.open_log)
            self._bus = await opened(stack, self._parts.open_bus)
            self._views = await opened(stack, self._parts.open_views)
            self._open = stack.pop_all()
        self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._follow())]

    async def stop(self) -> None:
        """Stop between two batches."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._open.aclose()

    @abstractmethod
    async def _advance(self) -> bool:
        """Take the next batch; whether there was one. Raises retryable errors."""

    async def _listen(self) -> None:
        while True:
            with suppress(Unavailable):
                async with self._bus.listen(names.APPENDED) as messages:
                    async for _ in messages:
                        self._news.set()
            await asyncio.sleep(TROUBLE_PAUSE)

    async def _follow(self) -> None:
        while True:
            self._news.clear()
            try:
                while await self._advance():
                    pass
            except IntactError as error:
                await self._pause(error.message)
            except Exception as error:  # a follower that ended here would be missed by nobody
                await self._pause(type(error).__name__)
            else:
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_PERIOD):
                        await self._news.wait()

    async def _pause(self, trouble: str) -> None:
        """The next try begins at the kept place; a trouble that stays shows as a lag that grows."""
        log.warning("%s goes on after: %s", type(self).__name__, trouble)
        await asyncio.sleep(TROUBLE_PAUSE)
