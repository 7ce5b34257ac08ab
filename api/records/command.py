"""What `intact log …` does."""

import json
from collections.abc import Mapping

import typer

from api.bootstrap import open_log
from infra.embedded.record import with_record
from infra.log.audit import LogAudit
from infra.log.chain import KeptHead
from infra.settings import Settings
from schemas.envelope import RecordedEvent
from schemas.errors import NotFound
from schemas.ids import InterviewId, StreamName, interview_stream
from schemas.media import MICROSECONDS


async def show_log(interview: InterviewId, *, as_json: bool) -> None:
    """Print the events of an interview, one line each. Raises `NotFound`, `Unavailable`."""
    async with with_record(Settings.load()) as settings:
        log = await open_log(settings)
        try:
            found = False
            async for event in log.read(interview_stream(interview)):
                found = True
                typer.echo(json_line(event) if as_json else line(event))
        finally:
            await log.close()
    if not found:
        raise NotFound("There is no such interview in the log.")


def line(event: RecordedEvent) -> str:
    """One event for a person."""
    payload = "(erased)" if event.payload is None else json.dumps(event.payload, ensure_ascii=False)
    return f"{event.version:>6}  {event.at / MICROSECONDS:>10.3f} s  {event.type:<20}  {payload}"


def json_line(event: RecordedEvent) -> str:
    """One event for a program."""
    return json.dumps(
        {
            "stream": event.stream,
            "version": event.version,
            "position": event.place.position,
            "id": str(event.id),
            "type": event.type,
            "schema_version": event.schema_version,
            "at_us": event.at,
            "recorded_at": event.recorded_at.isoformat(),
            "actor": event.actor,
            "subject": event.subject,
            "payload": event.payload,
            "hash": event.hash.hex(),
        },
        ensure_ascii=False,
    )


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
