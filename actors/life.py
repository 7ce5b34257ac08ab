"""The life of one actor inside its process: started, also again until what it needs is there; called; stopped."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from actors.port import Actor
from schemas.errors import IntactError

FIRST_PAUSE = 0.2
LONGEST_PAUSE = 2.0
"""Seconds between tries to start, growing from the first to the longest."""

log = logging.getLogger(__name__)


class Life:
    """Starts an actor once, whoever asks first."""

    def __init__(self, name: str, actor: Actor) -> None:
        self._name = name
        self._actor = actor
        self._started = False
        self._starting = asyncio.Lock()

    async def wake(self) -> None:
        """Start the actor, again while it raises what may pass: nobody may ever call one that works by itself."""
        pause = FIRST_PAUSE
        while True:
            try:
                return await self._start()
            except IntactError as error:
                log.warning("%s is not started: %s", self._name, error.code)
                if not error.retryable:
                    return None
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    async def call(self, method: str, arguments: Sequence[Any]) -> Any:
        """Run `method` of the actor, started before. Raises what either raises."""
        await self._start()
        return await getattr(self._actor, method)(*arguments)

    async def halt(self) -> None:
        """Stop the actor where it was started."""
        if self._started:
            await self._actor.stop()

    async def _start(self) -> None:
        async with self._starting:
            if not self._started:
                await self._actor.start()
                self._started = True
