"""Waiting for a condition, not for a time."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def eventually(look: Callable[[], Awaitable[T | None]], *, seconds: float = 30, what: str) -> T:
    """The first truthy answer of `look`; fails, naming `what`, after `seconds`."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while True:
        found = await look()
        if found:
            return found
        assert loop.time() < deadline, f"expected {what} within {seconds:.0f} s, got {found!r}"
        await asyncio.sleep(0.1)
