"""`intact analyze` from the file to the report, on a real PostgreSQL."""

import asyncio
import os
import secrets
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from actors.parts import SightDetector
from api.analysis.analysis import analyze
from api.analysis.command import analysis_with, analyze_into
from api.analysis.report import Report, Span
from infra.clock import wall_clock
from infra.embedded.postgres import EmbeddedPostgres
from infra.embedded.record import with_record
from infra.embedded.secret import kept_secret
from infra.log import Log
from infra.log.postgres import PostgresLog
from infra.settings import Settings
from schemas.envelope import fact_of
from schemas.errors import Invalid, MediaUnreadable
from schemas.events import Event, InterviewCreated, InterviewEnded, StreamStarted
from schemas.ids import interview_stream
from schemas.policy import Policy, Purpose
from tests.media.fake_camera import PORTRAIT
from tests.unit.test_recording import sound_file, video_file

MADE = analysis_with(Settings(), job="application-software-engineering")
MASTER_KEY = secrets.token_bytes(32)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = EmbeddedPostgres(tmp_path_factory.mktemp("postgres"))
    yield asyncio.run(server.start())
    asyncio.run(server.stop())


@pytest.fixture
async def log(database: str) -> AsyncIterator[Log]:
    log = await PostgresLog.open(database, MASTER_KEY)
    yield log
    await log.close()


async def analyzed(path: Path, log: Log) -> Report:
    return await analyze(path, log, MADE, now_us=wall_clock(), progress=lambda seconds, of: None)


async def recorded(log: Log, report: Report) -> list[Event]:
    read = log.read(interview_stream(report.interview))
    return [fact async for event in read if (fact := fact_of(event)) is not None]


async def test_a_clip_with_a_face_and_a_voice(log: Log) -> None:
    report = await analyzed(PORTRAIT, log)
    assert report.summary.face == 1.0
    assert report.summary.face_spans == (Span(first=0, last=11),)
    assert report.summary.resting_gaze is not None
    assert report.summary.loudness is not None
    assert -40 < report.summary.loudness < -10
    assert report.notes == ()
    assert [entry.second for entry in report.seconds] == list(range(12))
    assert all(entry.sight is not None and entry.prosody is not None for entry in report.seconds)
    assert set(report.detectors) == {"sight", "prosody", "hearing"}
    assert report.said[0].text
    assert all(answer.end is not None for answer in report.said)


async def test_the_record_is_a_whole_interview(log: Log) -> None:
    events = await recorded(log, await analyzed(PORTRAIT, log))
    assert isinstance(events[0], InterviewCreated)
    assert events[0].source == "file"
    assert isinstance(events[-1], InterviewEnded)
    assert events[-1].by == "source"
    kinds = [event.kinds for event in events if isinstance(event, StreamStarted)]
    assert kinds == [("video", "audio")]


async def test_the_times_of_the_record_are_those_of_the_file(log: Log) -> None:
    report = await analyzed(PORTRAIT, log)
    times = [event.at async for event in log.read(interview_stream(report.interview))]
    assert times == sorted(times)
    assert 11_000_000 < times[-1] < 13_000_000


async def test_progress_is_told_up_to_the_end(log: Log) -> None:
    told: list[tuple[float, float | None]] = []
    await analyze(PORTRAIT, log, MADE, now_us=wall_clock(), progress=lambda seconds, of: told.append((seconds, of)))
    assert told[-1][0] == pytest.approx(12, abs=0.1)
    assert all(of == pytest.approx(12, abs=0.1) for _, of in told)


async def test_a_video_without_sound(log: Log, tmp_path: Path) -> None:
    report = await analyzed(video_file(tmp_path / "silent.mp4"), log)
    assert "The file has no sound: nothing is said about the voice." in report.notes
    assert "No face was seen." in report.notes
    assert [entry.prosody for entry in report.seconds] == [None]


async def test_sound_without_video(log: Log, tmp_path: Path) -> None:
    report = await analyzed(sound_file(tmp_path / "voice.wav", seconds=2.0), log)
    assert report.notes == ("The file has no picture: nothing is said about the face.",)
    assert [entry.sight for entry in report.seconds] == [None, None]
    assert report.summary.loudness == pytest.approx(-9.2, abs=0.3)


async def test_a_file_that_is_cut_off_is_analysed_as_far_as_it_goes(log: Log, tmp_path: Path) -> None:
    part = tmp_path / "part.mp4"
    part.write_bytes(PORTRAIT.read_bytes()[:100_000])
    report = await analyzed(part, log)
    assert 2 <= report.summary.seconds < 11
    assert report.summary.face == 1.0
    assert any("cut off" in note for note in report.notes)


@pytest.mark.parametrize("content", [b"", b"no film", PORTRAIT.read_bytes()[:2000]], ids=["empty", "text", "head"])
async def test_an_unreadable_file_leaves_no_trace_in_the_log(log: Log, tmp_path: Path, content: bytes) -> None:
    before = await everything(log)
    path = tmp_path / "broken.mp4"
    path.write_bytes(content)
    with pytest.raises(MediaUnreadable):
        await analyzed(path, log)
    assert await everything(log) == before


async def everything(log: Log) -> int:
    """How many events there are."""
    return len(await log.follow(limit=100_000))


def intact_analyze(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command as a person runs it, its record kept below `data`."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("INTACT_")}
    return subprocess.run(
        [sys.executable, "-m", "api.cli", "analyze", *arguments],
        env={**environment, "INTACT_DATA": str(data)},
        cwd=PORTRAIT.parents[2],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )


async def test_the_command_keeps_its_record_where_the_server_finds_it(tmp_path: Path) -> None:
    ran = await asyncio.to_thread(intact_analyze, tmp_path, str(PORTRAIT))
    assert ran.returncode == 0, ran.stderr
    report = Report.model_validate_json(ran.stdout)
    async with with_record(Settings(data=tmp_path)) as settings:
        log = await PostgresLog.open(settings.database(), settings.master_keys())
        assert isinstance((await recorded(log, report))[0], InterviewCreated)
        await log.close()


async def test_the_command_uses_the_database_of_a_server_that_runs(tmp_path: Path) -> None:
    kept_secret(tmp_path / "keys", "master_key")  # as the server that runs has one
    server = EmbeddedPostgres(tmp_path / "postgres")
    await server.start()
    try:
        silent = video_file(tmp_path / "silent.mp4")
        ran = await asyncio.to_thread(intact_analyze, tmp_path, str(silent), "--out", str(tmp_path / "report.json"))
        assert ran.returncode == 0, ran.stderr
        assert server.runs()
    finally:
        await server.stop()


async def test_the_command_says_in_one_line_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    ran = await asyncio.to_thread(intact_analyze, tmp_path, str(tmp_path / "absent.mp4"))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr == "intact: Expected a media file, found no file there.\n"
    assert os.listdir(tmp_path) == []


async def test_the_report_is_written_as_a_whole(log: Log, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.json"
    await analyze_into(log, PORTRAIT, out, MADE)
    report = Report.model_validate_json(out.read_text())
    assert os.listdir(tmp_path) == ["report.json"]
    said = capfd.readouterr()
    assert said.out == ""
    assert f"Recorded as interview {report.interview}: 12 s, face in seconds: 0 to 11 s." in said.err
    assert "W0000" not in said.err


async def test_without_a_place_the_report_is_printed(
    log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await analyze_into(log, video_file(tmp_path / "silent.mp4"), None, MADE)
    assert Report.model_validate_json(capsys.readouterr().out).media.tracks == ("video",)


async def test_a_place_that_cannot_be_written_is_refused_before_the_work(log: Log, tmp_path: Path) -> None:
    before = await everything(log)
    for out in (tmp_path, tmp_path / "nowhere" / "report.json"):
        with pytest.raises(Invalid, match="place of the report"):
            await analyze_into(log, PORTRAIT, out, MADE)
    assert await everything(log) == before


async def test_what_a_profile_forbids_is_not_looked_at(log: Log) -> None:
    def eyeless(purposes: frozenset[Purpose]) -> SightDetector:
        raise AssertionError(f"sight was made for {sorted(purposes)}")

    made = replace(MADE, policy=Policy("blind"), sight=eyeless)
    report = await analyze(PORTRAIT, log, made, now_us=wall_clock(), progress=lambda seconds, of: None)
    assert set(report.detectors) == {"prosody", "hearing"}
    assert report.said


async def test_a_file_of_which_nothing_may_be_analysed_leaves_no_trace(log: Log, tmp_path: Path) -> None:
    before, made = await everything(log), replace(MADE, policy=Policy("blind"))
    silent = video_file(tmp_path / "silent.mp4")
    with pytest.raises(Invalid, match="blind"):
        await analyze(silent, log, made, now_us=wall_clock(), progress=lambda seconds, of: None)
    assert await everything(log) == before
