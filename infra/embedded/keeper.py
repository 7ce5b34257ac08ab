"""Starts the parts of a server again when they have ended."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from schemas.errors import IntactError

LOOK_PERIOD = 0.5

Say = Callable[[str], None]
"""Tells a person, in one line."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that is to run."""

    name: str
    """As it stands at the beginning of a sentence."""
    runs: Callable[[], bool]
    start: Callable[[], Awaitable[object]]
    """Raises an `IntactError` where it does not start; it is then tried again."""


async def keep(*parts: Part, tell: Say) -> None:
    """Start again whichever of `parts` does not run, until cancelled.

    One after the other: where one cannot be started, those behind it, which need it, are not tried.
    """
    while True:
        await asyncio.sleep(LOOK_PERIOD)
        try:
            await _revive(parts, tell)
        except IntactError as error:
            tell(f"! {error.message} Trying again.")


async def _revive(parts: tuple[Part, ...], tell: Say) -> None:
    for part in parts:
        if not part.runs():
            tell(f"! {part.name} ended; starting it again.")
            await part.start()
