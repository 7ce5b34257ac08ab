"""Carries recorded events from the log to the bus, in order, at least once; the bus keeps each event id once.

What concerned a person who was erased is carried no more.
"""

from actors.follower import Follower
from actors.names import RELAY


class Relay(Follower):
    """The actor `relay`."""

    async def _advance(self) -> bool:
        before = await self._views.position(RELAY)
        events = await self._log.follow(before)
        if not events:
            return False
        await self._bus.publish([event for event in events if event.payload is not None])
        await self._views.commit(RELAY, [], before=before, after=events[-1].place)
        return True
