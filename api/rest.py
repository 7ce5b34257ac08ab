"""Sends sessions that nobody needs to rest: the log has all that they know, and the next command wakes them."""

import asyncio
import logging

from actors import names
from actors.port import Runtime
from schemas.errors import IntactError

PERIOD_SECONDS = 60.0

log = logging.getLogger(__name__)


async def rest_idle_sessions(runtime: Runtime) -> None:
    """Look every minute, until cancelled."""
    while True:
        await asyncio.sleep(PERIOD_SECONDS)
        try:
            await stop_idle_sessions(runtime)
        except IntactError as error:
            log.warning("idle sessions were not looked for: %s", error.code)


async def stop_idle_sessions(runtime: Runtime) -> None:
    """Stop the sessions that say they are idle. Raises `Unavailable`."""
    for name in await runtime.running():
        if not names.is_session(name):
            continue
        session = await runtime.find(name)
        if session is not None and await session.call("idle"):
            await runtime.stop(name)
