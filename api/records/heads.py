"""What `intact log heads` writes and `intact log verify --heads` reads: one JSON object a line for each stream."""

import json
from collections.abc import Mapping
from pathlib import Path

import typer

from infra.embedded.record import with_record
from infra.log.audit import LogAudit
from infra.log.chain import KeptHead
from infra.settings import Settings
from schemas.errors import Invalid
from schemas.ids import StreamName


async def print_heads() -> None:
    """Print the head of every stream: version, and the hash (hex) that stands for the whole chain before it.

    Raises `Unavailable`.
    """
    async with with_record(Settings.load()) as settings:
        audit = await LogAudit.open(settings.database())
        try:
            async for stream, head in audit.heads():
                typer.echo(json.dumps({"stream": stream, "version": head.version, "hash": head.hash.hex()}))
        finally:
            await audit.close()


def read_heads(path: Path) -> Mapping[StreamName, KeptHead]:
    """The heads in a file that `print_heads` wrote. Raises `Invalid`."""
    try:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return {
            StreamName(line["stream"]): KeptHead(int(line["version"]), bytes.fromhex(line["hash"])) for line in lines
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Invalid(f"Expected a file that `intact log heads` wrote, got {path}.") from error
