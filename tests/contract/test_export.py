"""An export holds what the log holds, and says by which hash."""

import hashlib
import json
from pathlib import Path

import pytest

from api.records.export import EVENTS, MANIFEST, export
from infra.log import Log
from schemas.envelope import NewEvent
from schemas.errors import Invalid, NotFound
from schemas.ids import StreamName, SubjectId
from schemas.media import SessionTime

S = StreamName("interview-s")


async def test_an_export_holds_every_event_and_the_head_of_the_chain(log: Log, tmp_path: Path) -> None:
    events = [
        NewEvent("test.happened", 1, {"text": f"가{number}\n"}, SessionTime(number), "test", subject=SubjectId("ann"))
        for number in range(600)
    ]
    await log.append(S, events, expected="no stream")
    assert await export(log, S, tmp_path / "out") == 600
    recorded = [event async for event in log.read(S)]
    text = (tmp_path / "out" / EVENTS).read_bytes()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [(line["version"], line["id"], line["payload"]) for line in lines] == [
        (event.version, str(event.id), event.payload) for event in recorded
    ]
    assert json.loads((tmp_path / "out" / MANIFEST).read_text()) == {
        "stream": S,
        "events": 600,
        "file": EVENTS,
        "sha256": hashlib.sha256(text).hexdigest(),
        "chain_head": recorded[-1].hash.hex(),
    }
    with pytest.raises(Invalid, match="without an export"):
        await export(log, S, tmp_path / "out")
    assert (tmp_path / "out" / EVENTS).read_bytes() == text


async def test_nothing_is_left_of_an_export_of_nothing(log: Log, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        await export(log, S, tmp_path)
    assert not (tmp_path / EVENTS).exists()
    assert not (tmp_path / MANIFEST).exists()
    (tmp_path / "file").touch()
    with pytest.raises(Invalid, match="can be written"):
        await export(log, S, tmp_path / "file" / "out")
