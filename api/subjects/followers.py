"""Waits until views and bus are as the log is."""

import asyncio
from typing import Protocol

from actors import names
from actors.projections import PROJECTIONS
from actors.projector import project
from infra.log import Log
from infra.views import Views
from schemas.envelope import LogPosition
from schemas.errors import Unavailable

FOLLOW_SECONDS = 30.0
LOOK_PERIOD = 0.1


class Followers(Protocol):
    """Relay and projector, seen from outside."""

    async def reach(self, place: LogPosition) -> None:
        """Return when all that lies up to `place` has been followed. Raises `Unavailable`."""
        ...


class RunningFollowers:
    """The actors of a running server."""

    def __init__(self, views: Views) -> None:
        self._views = views

    async def reach(self, place: LogPosition) -> None:
        """See `Followers.reach`."""
        deadline = asyncio.get_running_loop().time() + FOLLOW_SECONDS
        for name in (names.RELAY, *(projection.name for projection in PROJECTIONS)):
            while await self._views.position(name) < place:
                if asyncio.get_running_loop().time() > deadline:
                    raise Unavailable(f"Expected `{name}` to follow the log within {FOLLOW_SECONDS:.0f} s.")
                await asyncio.sleep(LOOK_PERIOD)


class RestingFollowers:
    """Projects by itself, where no server runs. The relay, once one does, carries nothing of who was erased."""

    def __init__(self, log: Log, views: Views) -> None:
        self._log = log
        self._views = views

    async def reach(self, place: LogPosition) -> None:
        """See `Followers.reach`."""
        for projection in PROJECTIONS:
            while await self._views.position(projection.name) < place:
                await project(projection, self._log, self._views)
