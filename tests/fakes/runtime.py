"""A runtime of actors inside one process: same port, no Ray. `kill` loses an actor's memory, as a dead process does."""

import asyncio
import os
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from actors.port import Actor, Recipe, Running
from schemas.errors import Unavailable


class LocalRef:
    """Reaches an actor of a `LocalRuntime`."""

    def __init__(self, runtime: "LocalRuntime", name: str) -> None:
        self._runtime = runtime
        self._name = name

    async def call(self, method: str, *args: Any) -> Any:
        """See `actors.port.Ref.call`."""
        actor = await self._runtime.started(self._name)
        return await getattr(actor, method)(*args)


class LocalRuntime:
    """See `actors.port.Runtime`."""

    def __init__(self) -> None:
        self.unreachable = 0
        """How many stops fail before one succeeds."""
        self.slow = asyncio.Event()
        """New actors are waited for until this is set."""
        self.slow.set()
        self._recipes: dict[str, Recipe] = {}
        self._actors: dict[str, Actor] = {}
        self._starting: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def ensure(self, name: str, recipe: Recipe) -> LocalRef:
        """See `actors.port.Runtime.ensure`."""
        if name not in self._recipes:
            await self.slow.wait()
        self._recipes.setdefault(name, recipe)
        return LocalRef(self, name)

    async def find(self, name: str) -> LocalRef | None:
        """See `actors.port.Runtime.find`."""
        return LocalRef(self, name) if name in self._recipes else None

    async def stop(self, name: str) -> None:
        """See `actors.port.Runtime.stop`."""
        if self.unreachable:
            self.unreachable -= 1
            raise Unavailable
        self._recipes.pop(name, None)
        actor = self._actors.pop(name, None)
        if actor is not None:
            await actor.stop()

    async def running(self, only: Collection[str] | None = None) -> Mapping[str, Running]:
        """See `actors.port.Runtime.running`."""
        return {name: Running(name, os.getpid()) for name in self._recipes if only is None or name in only}

    async def started(self, name: str) -> Actor:
        """The actor called `name`, built and started where it is not yet. Raises `Unavailable` for a stopped one."""
        if name not in self._recipes:
            raise Unavailable("Expected a running actor, got one that was stopped.")
        async with self._starting[name]:
            if name not in self._actors:
                actor = self._recipes[name](self)
                await actor.start()
                self._actors[name] = actor
        return self._actors[name]

    async def kill(self, name: str) -> None:
        """End the actor's work at once; the next call finds one that was built anew."""
        actor = self._actors.pop(name)
        await actor.stop()

    async def close(self) -> None:
        """Stop all actors."""
        for name in list(self._recipes):
            await self.stop(name)
