"""An export that broke off, or was changed, is seen to be; none is written over another."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from api.records.check import differences
from api.records.export import export
from api.records.jsonl import JsonLines
from api.records.manifest import MANIFEST, read_manifest, sha256_of
from api.records.parquet import Parquet
from infra.log import LogReader
from schemas.errors import Invalid, NotFound
from schemas.ids import StreamName
from tests.fakes.synthetic_log import SyntheticLog

S = StreamName("interview-s")
FORMATS = (JsonLines, Parquet)


@pytest.fixture(params=FORMATS, ids=lambda kind: kind.file_name)
def kind(request: pytest.FixtureRequest) -> Any:
    """Every format."""
    return request.param


@pytest.fixture
def log() -> LogReader:
    """More than one batch of events."""
    return SyntheticLog(700, 10)


class Breaking:
    """A format whose disk gives up after the first batch."""

    file_name = "events.jsonl"

    def __init__(self, file: Any) -> None:
        self._inner = JsonLines(file)
        self._batches = 0

    def write(self, entries: Any) -> None:
        """See `api.records.export.Writer`."""
        if self._batches:
            raise OSError(28, "No space left on device")
        self._batches += 1
        self._inner.write(entries)

    def close(self) -> None:
        """See `api.records.export.Writer`."""


async def test_an_export_that_broke_off_is_seen_to_have(log: LogReader, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="No space left"):
        await export(log, S, tmp_path, Breaking)
    assert os.listdir(tmp_path) == ["events.jsonl.part"]
    with pytest.raises(Invalid, match="broke off"):
        read_manifest(tmp_path)
    with pytest.raises(Invalid, match="part of one"):
        await export(log, S, tmp_path, JsonLines)


async def test_an_export_is_never_written_over(log: LogReader, tmp_path: Path, kind: Any) -> None:
    manifest = await export(log, S, tmp_path, kind)
    for other in FORMATS:
        with pytest.raises(Invalid, match="without an export"):
            await export(log, S, tmp_path, other)
    assert differences(tmp_path, manifest) == []


async def test_nothing_is_left_of_an_export_of_nothing(tmp_path: Path, kind: Any) -> None:
    log = SyntheticLog(0, 0)
    for stream in (S, None):
        with pytest.raises(NotFound):
            await export(log, stream, tmp_path, kind)
    assert os.listdir(tmp_path) == []
    (tmp_path / "file").touch()
    with pytest.raises(Invalid, match="can be written"):
        await export(log, S, tmp_path / "file" / "out", kind)


def change_file(folder: Path, name: str) -> None:
    text = (folder / name).read_bytes()
    (folder / name).write_bytes(text[:-1])


def change_manifest(field: str, value: Any) -> Callable[[Path, str], None]:
    def change(folder: Path, name: str) -> None:
        said = json.loads((folder / MANIFEST).read_text())
        said["contents"][field] = value
        (folder / MANIFEST).write_text(json.dumps(said))

    return change


@pytest.mark.parametrize(
    ("tamper", "found"),
    [
        (change_file, "changed after it was written"),
        (lambda folder, name: (folder / name).unlink(), "no such file"),
        (change_manifest("events", 4), "other events"),
        (change_manifest("erased", 1), "other erased"),
        (change_manifest("streams", {S: {"events": 5, "chain_head": "00"}}), "other streams"),
        (change_manifest("types", {"sight.observed": {1: 3}}), "other types"),
    ],
)
async def test_what_was_tampered_with_is_found(
    log: LogReader, tmp_path: Path, kind: Any, tamper: Callable[[Path, str], None], found: str
) -> None:
    manifest = await export(log, S, tmp_path, kind)
    tamper(tmp_path, manifest.file)
    [said] = differences(tmp_path, read_manifest(tmp_path))
    assert found in said


async def test_an_event_that_was_taken_out_is_found_even_under_a_new_hash(log: LogReader, tmp_path: Path) -> None:
    manifest = await export(log, S, tmp_path, JsonLines)
    path = tmp_path / manifest.file
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:2] + lines[3:]))
    forged = manifest.model_copy(update={"sha256": sha256_of(path), "bytes": path.stat().st_size})
    [said] = differences(tmp_path, forged)
    assert "after version 2" in said
