"""An export holds what the log holds, says by which hashes, and can be checked later."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from api.records.check import READERS, departures, differences
from api.records.entry import Entry, entry_of
from api.records.export import export
from api.records.jsonl import JsonLines
from api.records.manifest import read_manifest, sha256_of
from api.records.parquet import Parquet
from infra.log import Log
from schemas.envelope import START, NewEvent, RecordedEvent, enveloped
from schemas.errors import Invalid
from schemas.events import InterviewCreated, InterviewEnded
from schemas.ids import InterviewId, SubjectId, interview_stream
from schemas.media import SessionTime

ONE, TWO = InterviewId("a" * 32), InterviewId("b" * 32)
S, OTHER = interview_stream(ONE), interview_stream(TWO)
OLD_CONSENT = {"participant": "ann", "text_version": "1", "language": "en", "purposes": []}
FORMATS = (JsonLines, Parquet)


@pytest.fixture(params=FORMATS, ids=lambda kind: kind.file_name)
def kind(request: pytest.FixtureRequest) -> Any:
    """Every format."""
    return request.param


def sight(number: int) -> NewEvent:
    observed = dict.fromkeys(("yaw", "pitch", "roll", "gaze_horizontal", "gaze_vertical", "gaze_confidence"))
    payload = {
        **{"participant": "ann", "second": number, "frames": 1, "dropped": 0, "presence": 0.0, "confidence": 0.5},
        **observed,
        **{"toward_screen": None, "problem": "가\n", "detector": "test"},
    }
    return NewEvent("sight.observed", 1, payload, SessionTime(number), "test", subject=SubjectId("ann"))


async def fill(log: Log, seconds: int) -> None:
    """Two interviews; in the first, a consent of version 1 and `seconds` of signals."""
    for interview in (ONE, TWO):
        created = InterviewCreated(interview=interview, title="Analyst", epoch_us=1)
        await log.append(
            interview_stream(interview), [enveloped(created, at=SessionTime(0), actor="test")], expected="no stream"
        )
    consent = NewEvent("consent.given", 1, OLD_CONSENT, SessionTime(1), "test", subject=SubjectId("ann"))
    await log.append(S, [consent, *(sight(number) for number in range(seconds))], expected=1)
    await log.append(OTHER, [enveloped(InterviewEnded(by="source"), at=SessionTime(9), actor="test")], expected=1)


async def everything(log: Log) -> list[RecordedEvent]:
    found: list[RecordedEvent] = []
    while events := await log.follow(found[-1].place if found else START):
        found += events
    return found


async def test_an_export_of_one_interview_is_what_the_log_holds_of_it(log: Log, tmp_path: Path, kind: Any) -> None:
    await fill(log, 700)
    told: list[int] = []
    manifest = await export(log, S, tmp_path / "out", kind, told=told.append)
    recorded = [event async for event in log.read(S)]
    path = tmp_path / "out" / manifest.file
    assert list(READERS[manifest.file](path)) == [entry_of(event) for event in recorded]
    assert told == [500, 702]
    assert manifest.sha256 == sha256_of(path)
    assert manifest.contents.model_dump() == {
        "events": 702,
        "erased": 0,
        "streams": {S: {"events": 702, "chain_head": recorded[-1].hash.hex()}},
        "types": {"consent.given": {1: 1}, "interview.created": {2: 1}, "sight.observed": {1: 700}},
    }
    assert read_manifest(tmp_path / "out") == manifest
    assert differences(tmp_path / "out", manifest) == []
    assert await departures(log, manifest.contents) == []


async def test_an_export_of_all_is_in_the_order_of_the_log(log: Log, tmp_path: Path, kind: Any) -> None:
    await fill(log, 700)
    manifest = await export(log, None, tmp_path, kind)
    entries = list(READERS[manifest.file](tmp_path / manifest.file))
    assert entries == [entry_of(event) for event in await everything(log)]
    assert {stream: extent.events for stream, extent in manifest.contents.streams.items()} == {S: 702, OTHER: 2}


async def test_payloads_are_in_the_newest_form_unless_wanted_as_written(log: Log, tmp_path: Path, kind: Any) -> None:
    await fill(log, 1)
    found: dict[str, Entry] = {}
    for name, as_written in (("newest", False), ("as written", True)):
        manifest = await export(log, S, tmp_path / name, kind, as_written=as_written)
        assert manifest.payloads == name
        [found[name]] = [
            e for e in READERS[manifest.file](tmp_path / name / manifest.file) if e.type == "consent.given"
        ]
    assert json.loads(found["newest"].payload or "") == {**OLD_CONSENT, "sentence": None}
    assert json.loads(found["as written"].payload or "") == OLD_CONSENT
    assert [(e.schema_version, e.written_version) for e in found.values()] == [(3, 1), (1, 1)]
    assert found["newest"].hash == found["as written"].hash


async def test_what_cannot_be_read_is_refused_by_name_and_exported_as_written(
    log: Log, tmp_path: Path, kind: Any
) -> None:
    await log.append(S, [NewEvent("test.happened", 7, {}, SessionTime(0), "test")], expected="no stream")
    with pytest.raises(Invalid, match=r"test\.happened"):
        await export(log, S, tmp_path / "newest", kind)
    manifest = await export(log, S, tmp_path / "as written", kind, as_written=True)
    assert manifest.contents.types == {"test.happened": {7: 1}}


async def test_a_parquet_file_is_read_by_any_reader_of_parquet(log: Log, tmp_path: Path) -> None:
    await fill(log, 3)
    await export(log, None, tmp_path, Parquet)
    table = pq.read_table(tmp_path / Parquet.file_name)
    assert table.to_pylist() == [asdict(entry_of(event)) for event in await everything(log)]


async def test_a_log_that_is_another_one_than_was_exported_is_found(log: Log, tmp_path: Path) -> None:
    await fill(log, 3)
    contents = (await export(log, None, tmp_path, JsonLines)).contents
    assert await departures(log, contents) == []
    await log.append(OTHER, [sight(4)], expected=2)
    assert await departures(log, contents) == []
    extent = contents.streams[S]
    other = {S: extent.model_copy(update={"chain_head": "00"}), OTHER: extent}
    found = await departures(log, contents.model_copy(update={"streams": other}))
    assert ["another event" in found[0], "no longer" in found[1]] == [True, True]
