"""`intact attend`: join an interview as an applicant, playing a media file."""

import asyncio
from pathlib import Path

import typer

from infra.rtc.attendee import Attendee


async def attend(link: str, media: Path, *, loop: bool, seconds: float | None, claim: str | None) -> None:
    """Join by `link` and stay until the interview, the file or `seconds` are over, or Ctrl-C.

    Raises `MediaUnreadable` before joining, and what the server refuses the link with.
    """
    attendee = Attendee(link, media, repeat=loop, claim=claim, say=typer.echo)
    visit = asyncio.create_task(attendee.attend(seconds))
    try:
        await visit
    except asyncio.CancelledError:
        visit.cancel()
        await asyncio.gather(visit, return_exceptions=True)
        raise
