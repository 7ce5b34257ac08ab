"""Asking again while a part is being restarted."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from schemas.errors import Unavailable

T = TypeVar("T")

PATIENCE = 15.0
"""Seconds for which a caller keeps asking: an actor killed on two busy cores is back well within them."""
FIRST_PAUSE = 0.05
LONGEST_PAUSE = 1.0


async def patiently(ask: Callable[[], Awaitable[T]], *, seconds: float = PATIENCE) -> T:
    """Await `ask()`, again after growing pauses while it raises `Unavailable`, for at most `seconds`.

    `ask` may have taken effect although it raised: only use it for what may be done twice. Raises the last error.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    pause = FIRST_PAUSE
    while True:
        try:
            return await ask()
        except Unavailable:
            if loop.time() + pause > deadline:
                raise
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)
