"""What `intact log …` does."""

from collections.abc import Mapping

import typer

from api.bootstrap import open_log
from api.records.entry import entry_of, json_line, line
from infra.embedded.record import with_record
from infra.log.audit import LogAudit
from infra.log.chain import KeptHead
from infra.settings import Settings
from schemas.errors import NotFound
from schemas.ids import InterviewId, StreamName, interview_stream


async def show_log(interview: InterviewId, *, as_json: bool, as_written: bool) -> None:
    """Print the events of an interview, one line each.

    Raises `NotFound`, `Unavailable`, and `Invalid` for an event of an unknown type or version unless they are wanted
    `as_written`.
    """
    async with with_record(Settings.load()) as settings:
        log = await open_log(settings)
        try:
            found = False
            async for event in log.read(interview_stream(interview)):
                found = True
                entry = entry_of(event, as_written=as_written)
                typer.echo(json_line(entry) if as_json else line(entry))
        finally:
            await log.close()
    if not found:
        raise NotFound("There is no such interview in the log.")


async def verify_log(interview: InterviewId | None, kept: Mapping[StreamName, KeptHead]) -> bool:
    """Check the chain of one interview, or of all streams, and whether the `kept` heads are still in it.

    Says what was found. Raises `NotFound`, `Unavailable`.
    """
    async with with_record(Settings.load()) as settings:
        audit = await LogAudit.open(settings.database())
        try:
            streams = [interview_stream(interview)] if interview else sorted({*await audit.streams(), *kept})
            whole = [await _verify(audit, stream, kept.get(stream), named=interview is not None) for stream in streams]
        finally:
            await audit.close()
    typer.echo(f"{sum(whole)} of {len(whole)} streams are whole")
    return all(whole)


async def _verify(audit: LogAudit, stream: StreamName, kept: KeptHead | None, *, named: bool) -> bool:
    events, broken = await audit.verify(stream, kept)
    if broken is not None:
        typer.echo(f"{stream}: broken at version {broken.version}: {broken.found}")
        return False
    head = await audit.head(stream)
    if head is not None and head.dropped_at is not None:
        typer.echo(f"{stream}: {events} events, dropped at {head.dropped_at.isoformat(timespec='seconds')}")
    elif named and not events:
        raise NotFound("There is no such interview in the log.")
    elif named:
        typer.echo(f"{stream}: {events} events, whole")
    return True
