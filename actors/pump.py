"""Takes media from a connection to a modality, one at a time."""

import asyncio
from collections.abc import Awaitable, Callable

from actors.port import Ref
from infra.feed import FeedSender
from schemas.errors import Unavailable
from schemas.media import Medium

AWAY_PAUSE = 0.1
"""Seconds to wait for a modality that is being restarted."""


async def pump(
    take: Callable[[], Awaitable[Medium]], take_dropped: Callable[[], int], modality: Ref, *, fresh: bool
) -> None:
    """Until `take` raises `StreamClosed`.

    While the modality is busy or away, newer media supersede older ones as the source has it, and are counted. Where
    `fresh`, the modality is told that a new connection begins.
    """
    sender: FeedSender | None = None
    lost = 0
    try:
        while True:
            medium = await take()
            lost += take_dropped()
            try:
                if sender is None:
                    sender = await FeedSender.connect(await modality.call("begin" if fresh else "address"))
                    fresh = False
                await sender.send(medium, lost)
                lost = 0
            except Unavailable:
                if sender is not None:
                    await sender.close()
                sender, lost = None, lost + 1
                await asyncio.sleep(AWAY_PAUSE)
    finally:
        if sender is not None:
            await sender.close()
