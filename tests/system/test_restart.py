"""The server is stopped in mid-interview and started again: the interview goes on where it was."""

import subprocess
from pathlib import Path

import pytest

from tests.media.fake_camera import PORTRAIT
from tests.system.screen import listening
from tests.system.server import RunningServer, running_server
from tests.waiting import eventually


async def seconds_of(server: RunningServer, interview: str, applicant: str, *, after: int) -> list[int]:
    """Wait for a second behind `after`; all seconds that the screen was told of."""
    async with listening(server, interview) as screen:

        async def told() -> bool:
            return bool(seconds := screen.seconds(applicant)) and seconds[-1] > after

        await eventually(told, seconds=60, what=f"a second later than {after}")
        return screen.seconds(applicant)


@pytest.mark.timeout(240)
async def test_an_interview_survives_a_stop_of_the_whole_server(tmp_path: Path) -> None:
    data = tmp_path / "var"
    attendee: subprocess.Popen[str] | None = None
    try:
        with running_server(data) as server:
            with server.client() as client:
                made = client.post("/api/v1/interviews", json={"title": "Stopped"}).raise_for_status().json()
            [link] = [link for link in made["links"] if link["role"] == "applicant"]
            interview, applicant = made["interview"], link["participant"]
            attendee = server.attend(link["url"], PORTRAIT, "--loop")
            before = await seconds_of(server, interview, applicant, after=1)
            port = server.environment["INTACT_PORT"]

        with running_server(data, port=port) as again:
            kept = await seconds_of(again, interview, applicant, after=before[-1] - 1)
            assert set(before) <= set(kept)
            await seconds_of(again, interview, applicant, after=kept[-1])
            with again.client() as client:
                client.post(f"/api/v1/interviews/{interview}/end").raise_for_status()
            said, _ = attendee.communicate(timeout=30)
            assert attendee.returncode == 0, said
            assert "connection lost; trying again" in said
            assert again.intact("log", "verify", interview).returncode == 0
    finally:
        if attendee is not None and attendee.poll() is None:
            attendee.kill()
            attendee.communicate()
