"""What `intact log export` does: an interview's events as JSON Lines, with a manifest that carries the chain's head."""

import hashlib
import json
from pathlib import Path
from typing import BinaryIO

import typer

from api.bootstrap import open_log
from api.records.command import json_line
from infra.embedded.record import with_record
from infra.log import Log
from infra.settings import Settings
from schemas.errors import Invalid, NotFound
from schemas.ids import InterviewId, StreamName, interview_stream

EVENTS = "events.jsonl"
MANIFEST = "manifest.json"


async def export_log(interview: InterviewId, folder: Path) -> None:
    """Write the events of an interview into `folder`, readable; say how many.

    Raises `Invalid` where the folder holds an export or cannot be written, `NotFound`, `Unavailable`.
    """
    async with with_record(Settings.load()) as settings:
        log = await open_log(settings)
        try:
            written = await export(log, interview_stream(interview), folder)
        finally:
            await log.close()
    typer.echo(f"{written} events written to {folder}")


async def export(log: Log, stream: StreamName, folder: Path) -> int:
    """Write the events of `stream`, one JSON object a line, and the manifest last: an export without one is partial.

    Returns how many events were written. The manifest names their number, the SHA-256 of the file (hex) and the hash of
    the last event (hex), which is that of the whole chain. Raises as `export_log`.
    """
    path, digest, version, head = folder / EVENTS, hashlib.sha256(), 0, b""
    try:
        with _begun(path) as file:
            async for event in log.read(stream):
                line = json_line(event).encode() + b"\n"
                file.write(line)
                digest.update(line)
                version, head = event.version, event.hash
        if not version:
            path.unlink()
            raise NotFound("There is no such interview in the log.")
        manifest = {
            "stream": stream,
            "events": version,
            "file": EVENTS,
            "sha256": digest.hexdigest(),
            "chain_head": head.hex(),
        }
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", "utf-8")
    except FileExistsError as error:
        raise Invalid(f"Expected a folder without an export, {folder} has one.") from error
    except OSError as error:
        raise Invalid(f"Expected a folder that can be written, got {folder}.") from error
    return version


def _begun(path: Path) -> BinaryIO:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path.open("xb")
