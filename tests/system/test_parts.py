"""Any part of an embedded server may be killed in mid-interview: it is started again, and the interview goes on."""

import asyncio
import os
import signal
from pathlib import Path

import psutil
import pytest

from tests.system.interview import live_interview
from tests.system.server import running_server


def process_of(server_pid: int, data: Path, part: str) -> int:
    """The process of one part."""
    if part == "postgres":
        return int((data / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    children = psutil.Process(server_pid).children(recursive=True)
    [found] = [child.pid for child in children if part in " ".join(child.cmdline()[:4])]
    return found


@pytest.mark.timeout(400)
async def test_an_interview_survives_the_death_of_every_part(tmp_path: Path) -> None:
    with running_server(tmp_path / "var") as server:
        async with live_interview(server) as interview:
            for part in ("uvicorn", "nats-server", "postgres", "gcs_server"):
                newest = interview.screen.seconds(interview.applicant)[-1]
                os.kill(process_of(server.process.pid, server.data, part), signal.SIGKILL)
                await interview.goes_on(after=newest)
        verified = await asyncio.to_thread(server.intact, "log", "verify", interview.id)
        assert "1 of 1 streams are whole" in verified.stdout
        views = await asyncio.to_thread(server.intact, "views", "check")
        assert "different" not in views.stdout
