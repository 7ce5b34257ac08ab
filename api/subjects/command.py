"""What `intact subject …` does."""

from contextlib import AsyncExitStack
from pathlib import Path

import typer

from api.bootstrap import open_blobs, open_holdings, open_log, open_subjects, open_views
from api.subjects.certificate import lines
from api.subjects.erasure import Erasure
from api.subjects.export import write_export
from api.subjects.reading import read_interview
from api.subjects.record import read_record
from infra.embedded.record import with_record
from infra.settings import Settings
from schemas.errors import NotFound
from schemas.ids import InterviewId, SubjectId


async def list_subjects(interview: InterviewId) -> None:
    """Print the persons in an interview, one a line: id, seat, label. Raises `NotFound`, `Unavailable`."""
    async with with_record(Settings.load()) as settings:
        log = await open_log(settings)
        try:
            state, _ = await read_interview(log, interview)
        finally:
            await log.close()
    if state is None:
        raise NotFound("There is no such interview in the log.")
    for participant, seat in state.seats.items():
        typer.echo(f"{participant}  {seat.role:<11}  {seat.label}")
    for participant, role in state.erased.items():
        typer.echo(f"{participant}  {role or '':<11}  (erased)")


async def erase_subject(subject: SubjectId, settings: Settings, *, as_json: bool) -> None:
    """Erase a person, telling each step on standard error, and print the certificate.

    Raises `NotFound`, `Misconfigured`, `Unavailable`; then it is to be run again.
    """
    async with open_holdings(settings) as holdings:
        erasure = Erasure(subject, holdings)
        async for step in erasure.steps():
            typer.echo(f"… {step}", err=True)
    certificate = erasure.certificate
    typer.echo(certificate.model_dump_json(indent=2) if as_json else "\n".join(lines(certificate)))


async def export_subject(subject: SubjectId, folder: Path) -> None:
    """Write everything recorded about a person into `folder`, readable; say what was found.

    Raises `NotFound`, `Invalid` where the folder is not empty or cannot be written, `Unavailable`.
    """
    async with with_record(Settings.load()) as settings, AsyncExitStack() as stack:
        log = await open_log(settings)
        stack.push_async_callback(log.close)
        views = await open_views(settings)
        stack.push_async_callback(views.close)
        subjects = await open_subjects(settings)
        stack.push_async_callback(subjects.close)
        blobs = await stack.enter_async_context(open_blobs(settings))
        record = await read_record(subject, log, views, blobs, subjects)
        await write_export(record, blobs, folder)
    typer.echo(f"{len(record.events)} events and {len(record.blobs)} files written to {folder}")
