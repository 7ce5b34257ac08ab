"""A person is erased in mid-interview: no file holds a trace of them, and for the others the interview goes on."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx
import psycopg
import pytest

from actors.projections import PROJECTIONS
from api.bootstrap import open_blobs, open_log, open_subjects, open_views
from api.records.views import compare
from api.subjects.page import page
from api.subjects.reading import read_interview
from api.subjects.record import read_record
from dialogue.interview import decide
from dialogue.refusal import refusals
from dialogue.state import evolved
from infra.embedded.record import with_record
from infra.log.audit import LogAudit
from infra.settings import Settings
from schemas.commands import Command, GiveConsent, RecordSight
from schemas.envelope import enveloped
from schemas.errors import WrongVersion
from schemas.ids import BlobId, InterviewId, ParticipantId, SubjectId, interview_stream
from schemas.media import SessionTime
from schemas.observation import FaceObservation
from schemas.seen import Seen
from tests.media.fake_camera import PORTRAIT
from tests.system.server import RunningServer, running_server
from tests.waiting import eventually

PURPOSES: Any = ("visual-signals", "voice-signals")
LATE = 100_000
"""A second that no attendee reaches."""


def mark(participant: str) -> str:
    """Words of one person, found nowhere else."""
    return f"said-by-{participant[::-1]}"


def invited(server: RunningServer) -> tuple[InterviewId, dict[str, str]]:
    """An interview with two applicants, and their links by participant."""
    with server.client() as client:
        made = client.post("/api/v1/interviews", json={"title": "Erasure"}).raise_for_status().json()
        more = client.post(f"/api/v1/interviews/{made['interview']}/participants").raise_for_status().json()
    links = [link for link in [*made["links"], more] if link["role"] == "applicant"]
    return InterviewId(made["interview"]), {link["participant"]: link["url"] for link in links}


def view(server: RunningServer, interview: str) -> dict[str, Any]:
    with server.client() as client:
        shown: dict[str, Any] = client.get(f"/api/v1/interviews/{interview}").raise_for_status().json()["view"]
    return shown


async def record(settings: Settings, interview: InterviewId, participant: str, second: int) -> None:
    """Have a person's own words in events, in the view and in a blob."""
    who, words = ParticipantId(participant), mark(participant)
    seen = FaceObservation(at=SessionTime(0), face=False, confidence=1.0, detector=words, problem=words)
    commands: list[Command] = [
        GiveConsent(who, text_version=words, language=words, purposes=PURPOSES[: 1 + second % 2]),
        RecordSight(who, second, (Seen(seen),), 0),
    ]
    log = await open_log(settings)
    for command in commands:
        while True:
            state, version = await read_interview(log, interview)
            events = decide(state, command)
            assert events
            new = [enveloped(event, at=SessionTime(1), actor="test") for event in events]
            refused = refusals(evolved(state, events))
            try:
                await log.append(interview_stream(interview), new, expected=version, refusals=refused)
                break
            except WrongVersion:  # the session was faster
                continue
    await log.close()
    async with open_blobs(settings) as blobs:
        await blobs.append(SubjectId(participant), BlobId(f"part-{second}"), words.encode() * 100, number=0)


def files_with(folder: Path, *words: str) -> set[str]:
    """Which files hold any of `words`."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    }


def dump(url: str) -> Iterator[bytes]:
    """Every row of every table, as text."""
    with psycopg.connect(url) as connection:
        tables = connection.execute("select relid::regclass::text from pg_stat_user_tables").fetchall()
        for (table,) in tables:
            with connection.cursor().copy(f"copy {table} to stdout".encode()) as rows:
                yield from (bytes(row) for row in rows)


def keep_searchable(url: str) -> None:
    """Have rows of views kept uncompressed: what PostgreSQL compresses, a search of its files would not find."""
    with psycopg.connect(url) as connection:
        connection.execute("alter table view_row alter column body set storage external")


async def is_shown(server: RunningServer, interview: str, participant: str, second: int) -> None:
    async def shown() -> bool:
        return str(second) in view(server, interview)["participants"][participant]["sight"]

    await eventually(shown, what=f"second {second} in the view")


def interrupted(server: RunningServer, participant: str, step: str) -> None:
    """Begin an erasure and kill it after a step."""
    erasing = subprocess.Popen(
        [sys.executable, "-m", "api.cli", "subject", "erase", participant],
        env=server.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert erasing.stderr is not None
    assert any(step in line for line in erasing.stderr)
    erasing.send_signal(signal.SIGKILL)
    erasing.wait()
    erasing.stderr.close()


def erase(server: RunningServer, participant: str) -> dict[str, Any]:
    certificate: dict[str, Any] = json.loads(server.intact("subject", "erase", participant, "--json").stdout)
    return certificate


def may_join(link: str) -> httpx.Response:
    url, _, token = link.partition("/applicant/#link=")
    return httpx.post(f"{url}/api/v1/join", json={"token": token, "claim": "a" * 32}, trust_env=False, timeout=30)


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not below pytest's own folder: another pytest closes that to the user that PostgreSQL runs as."""
    with TemporaryDirectory() as made:
        yield Path(made)


@pytest.mark.timeout(300)
async def test_nothing_of_a_person_is_found_after_an_erasure(folder: Path, tmp_path: Path) -> None:
    data = folder / "var"
    with running_server(data) as server:
        interview, links = invited(server)
        ann, ben = links
        attendee = server.attend(links[ann], PORTRAIT, "--loop")
        async with with_record(Settings(data=data)) as reached:
            keep_searchable(reached.database())
            await is_seen(server, interview, ann)
            for participant in links:
                await record(reached, interview, participant, LATE)
                await is_shown(server, interview, participant, LATE)
            assert mark(ann).encode() in b"".join(dump(reached.database()))
            assert files_with(data, mark(ann)), "the search finds what is there"

            await asyncio.to_thread(interrupted, server, ann, "the key is destroyed")
            certificate = await asyncio.to_thread(erase, server, ann)
            said, _ = await asyncio.to_thread(attendee.communicate, timeout=30)
            assert "the interview is over" in said
            assert may_join(links[ann]).status_code == 409

            await record(reached, interview, ben, LATE + 1)
            await is_shown(server, interview, ben, LATE + 1)
            assert ann not in view(server, interview)["participants"]
            await all_is_whole(reached)
            text = b"".join(dump(reached.database()))
            assert mark(ann).encode() not in text
            assert mark(ben).encode() in text
            assert mark(ben) in await exported(reached, ben)
            assert mark(ann) not in await exported(reached, ann)
            assert not files_with(data, mark(ann), "Applicant A")
        assert certificate["repeated"] is True
        assert certificate["streams"][0]["events"] > 5

    at_rest = erase(server, ben)
    assert (at_rest["repeated"], at_rest["blobs"]) == (False, 2)
    assert not files_with(data, mark(ann), mark(ben), "Applicant A", "Applicant B")
    assert server.intact("log", "verify", interview).returncode == 0
    assert server.intact("views", "check").returncode == 0


async def all_is_whole(settings: Settings) -> None:
    """Every chain is whole and every view is what a rebuild gives."""
    audit = await LogAudit.open(settings.database())
    for stream in await audit.streams():
        assert (await audit.verify(stream))[1] is None
    await audit.close()
    log, views = await open_log(settings), await open_views(settings)
    for projection in PROJECTIONS:
        assert await compare(log, views, projection) == (1, [])
    await views.close()
    await log.close()


async def exported(settings: Settings, participant: str) -> str:
    """The page of a person's export."""
    log, views, subjects = await open_log(settings), await open_views(settings), await open_subjects(settings)
    async with open_blobs(settings) as blobs:
        record = await read_record(SubjectId(participant), log, views, blobs, subjects)
    for part in (log, views, subjects):
        await part.close()
    return page(record)


async def is_seen(server: RunningServer, interview: str, participant: str) -> None:
    """Wait for the attendee's first second of signals."""

    async def seen() -> bool:
        return bool(view(server, interview)["participants"][participant]["sight"])

    await eventually(seen, seconds=60, what="a second of signals")
