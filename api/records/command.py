"""What `intact log …` does."""

import typer

from api.bootstrap import open_log
from api.records.entry import entry_of, json_line, line
from infra.embedded.record import with_record
from infra.log.audit import LogAudit
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


async def verify_log(interview: InterviewId | None) -> bool:
    """Check the chain of one interview, or of all streams; say what was found. Raises `NotFound`, `Unavailable`."""
    async with with_record(Settings.load()) as settings:
        audit = await LogAudit.open(settings.database())
        try:
            streams = [interview_stream(interview)] if interview else await audit.streams()
            whole = [await _verify(audit, stream, named=interview is not None) for stream in streams]
        finally:
            await audit.close()
    typer.echo(f"{sum(whole)} of {len(whole)} streams are whole")
    return all(whole)


async def _verify(audit: LogAudit, stream: StreamName, *, named: bool) -> bool:
    events, broken = await audit.verify(stream)
    if broken is not None:
        typer.echo(f"{stream}: broken at version {broken.version}: {broken.found}")
    elif named and not events:
        raise NotFound("There is no such interview in the log.")
    elif named:
        typer.echo(f"{stream}: {events} events, whole")
    return broken is None
