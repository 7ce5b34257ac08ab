"""What `intact log check-export` does: whether an export is what its manifest says, and the log still what it was."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import typer

from api.bootstrap import open_log
from api.records.entry import Entry
from api.records.jsonl import JsonLines, read_json_lines
from api.records.manifest import Contents, Manifest, Tally, read_manifest, sha256_of
from api.records.parquet import Parquet, read_parquet
from infra.embedded.record import with_record
from infra.log import LogReader
from infra.settings import Settings
from schemas.errors import Invalid
from schemas.ids import StreamName

READERS: Mapping[str, Callable[[Path], Iterator[Entry]]] = {
    JsonLines.file_name: read_json_lines,
    Parquet.file_name: read_parquet,
}


async def check_export(folder: Path, *, against_log: bool) -> bool:
    """Compute anew what the manifest in `folder` says; say what was found. Raises `Invalid`, `Unavailable`."""
    manifest = read_manifest(folder)
    found = differences(folder, manifest)
    if against_log and not found:
        async with with_record(Settings.load()) as settings:
            log = await open_log(settings)
            try:
                found = await departures(log, manifest.contents)
            finally:
                await log.close()
    for what in found:
        typer.echo(what)
    if not found:
        said = "what its manifest says, and the log still holds it" if against_log else "what its manifest says"
        typer.echo(f"{manifest.contents.events} events of {len(manifest.contents.streams)} streams: {said}")
    return not found


def differences(folder: Path, manifest: Manifest) -> list[str]:
    """How the file in `folder` is not what `manifest` says, in words."""
    path = folder / manifest.file
    if manifest.file not in READERS or not path.is_file():
        return [f"{manifest.file}: there is no such file of events"]
    if (path.stat().st_size, sha256_of(path)) != (manifest.bytes, manifest.sha256):
        return [f"{manifest.file}: the file was changed after it was written"]
    tally = Tally()
    try:
        for entry in READERS[manifest.file](path):
            tally.add([entry])
    except Invalid as error:
        return [f"{manifest.file}: {error.message}"]
    counted, said = tally.contents().model_dump(), manifest.contents.model_dump()
    return [f"the manifest says other {name} than the file holds" for name in said if said[name] != counted[name]]


async def departures(log: LogReader, contents: Contents) -> list[str]:
    """Streams whose log is no longer the one that was exported, in words. Raises `Unavailable`."""
    found = []
    for name, extent in contents.streams.items():
        head = await _hash_of(log, StreamName(name), extent.events)
        if head is None:
            found.append(f"{name}: the log no longer holds version {extent.events}")
        elif head.hex() != extent.chain_head:
            found.append(f"{name}: the log holds another event as version {extent.events}")
    return found


async def _hash_of(log: LogReader, stream: StreamName, version: int) -> bytes | None:
    async for event in log.read(stream, after=version - 1):
        return event.hash if event.version == version else None
    return None
