"""What `intact log export` does: the events of one interview, or of all, in a file with a manifest beside it.

Events pass through one batch at a time. The file is called `….part` until it is whole, and the manifest is written
last: an export that broke off is seen to have.
"""

import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from api.bootstrap import open_log
from api.records.entry import Entry, entry_of
from api.records.manifest import MANIFEST, Manifest, Tally, sha256_of
from infra.embedded.record import with_record
from infra.log import LogReader
from infra.settings import Settings
from schemas.envelope import START, RecordedEvent
from schemas.errors import Invalid, NotFound
from schemas.ids import InterviewId, StreamName, interview_stream

BATCH = 500
"""Events that are held in memory at once, beside what a format gathers."""

Told = Callable[[int], None]
"""Told how many events were written so far."""


class Writer(Protocol):
    """Writes events into a file in one format."""

    def write(self, entries: Sequence[Entry]) -> None:
        """Take further events."""
        ...

    def close(self) -> None:
        """Write what was held back. The file itself stays open."""
        ...


class Format(Protocol):
    """Makes writers."""

    @property
    def file_name(self) -> str:
        """How the file is called."""
        ...

    def __call__(self, file: BinaryIO) -> Writer: ...


async def export_log(interview: InterviewId | None, folder: Path, format_: Format, *, as_written: bool) -> None:
    """Write the events of an interview, or of all, into `folder`, readable; say how many.

    Raises `Invalid` where the folder holds an export or cannot be written, `NotFound`, `Unavailable`.
    """
    stream = interview_stream(interview) if interview else None
    async with with_record(Settings.load()) as settings:
        log = await open_log(settings)
        console = Console(stderr=True)
        try:
            with Progress(
                *(SpinnerColumn(), TextColumn("{task.completed} events"), TimeElapsedColumn()),
                console=console,
                disable=not console.is_terminal,
                transient=True,
            ) as bar:
                task = bar.add_task("", total=None)
                written = await export(
                    log,
                    stream,
                    folder,
                    format_,
                    as_written=as_written,
                    told=lambda count: bar.update(task, completed=count),
                )
        finally:
            await log.close()
    typer.echo(f"{written.contents.events} events of {len(written.contents.streams)} streams written to {folder}")


async def export(
    log: LogReader,
    stream: StreamName | None,
    folder: Path,
    format_: Format,
    *,
    as_written: bool = False,
    told: Told = lambda count: None,
) -> Manifest:
    """Write the events of `stream`, in the order of its versions, or those of all streams, in the order of the log.

    Of all streams it takes what is settled when it gets there; what is appended later is left out. Returns the
    manifest, as it was written. Raises as `export_log`, and `Invalid` for an event of an unknown type or version unless
    they are wanted `as_written`.
    """
    begun_at, tally = datetime.now(UTC), Tally()
    with _in_our_words(folder):
        part = _claimed(folder, format_.file_name)
        with part.open("xb") as file:
            with closing(format_(file)) as writer:
                async for events in _batches(log, stream):
                    entries = [entry_of(event, as_written=as_written) for event in events]
                    tally.add(entries)
                    writer.write(entries)
                    told(tally.events)
            file.flush()
            os.fsync(file.fileno())
        if not tally.events:
            part.unlink()
            raise NotFound("There is no such interview in the log." if stream else "There is nothing in the log yet.")
        manifest = Manifest(
            begun_at=begun_at,
            payloads="as written" if as_written else "newest",
            file=format_.file_name,
            bytes=part.stat().st_size,
            sha256=sha256_of(part),
            contents=tally.contents(),
        )
        part.rename(folder / format_.file_name)
        (folder / MANIFEST).write_text(manifest.model_dump_json(indent=2) + "\n", "utf-8")
    return manifest


async def _batches(log: LogReader, stream: StreamName | None) -> AsyncIterator[Sequence[RecordedEvent]]:
    if stream is None:
        after = START
        while events := await log.follow(after, limit=BATCH):
            yield events
            after = events[-1].place
            if len(events) < BATCH:
                return
        return
    batch: list[RecordedEvent] = []
    async for event in log.read(stream):
        batch.append(event)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _claimed(folder: Path, file_name: str) -> Path:
    """Where to write. Raises `FileExistsError` where an export, or a part of one, lies."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.glob("events.*")) or (folder / MANIFEST).exists():
        raise FileExistsError
    return folder / f"{file_name}.part"


@contextmanager
def _in_our_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        raise Invalid(f"Expected a folder without an export, {folder} has one, or a part of one.") from error
    except OSError as error:
        raise Invalid(f"Expected a folder that can be written, got {folder} ({error.strerror}).") from error
