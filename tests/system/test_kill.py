"""Any actor may be killed during an interview: it goes on, and nothing that was acknowledged is lost."""

import asyncio

import pytest

from tests.system.interview import live_interview
from tests.system.server import RunningServer


@pytest.mark.timeout(400)
async def test_an_interview_survives_the_death_of_every_actor(server: RunningServer) -> None:
    async with live_interview(server) as interview:
        for kind in ("sight", "prosody", "peer", "session"):
            newest = interview.screen.seconds(interview.applicant)[-1]
            await server.kill(kind, interview.id)
            await interview.goes_on(after=newest)
        told = set(interview.screen.told)

    with server.client() as client:
        whole = {"from_second": 0, "to_second": 599}
        recorded = client.get(f"/api/v1/interviews/{interview.id}/signals", params=whole).raise_for_status().json()
    seat = recorded["participants"][interview.applicant]
    kept = {(interview.applicant, what, second) for what in ("sight", "prosody") for second in seat[what]}
    assert told <= kept
    verified = await asyncio.to_thread(server.intact, "log", "verify", interview.id)
    assert verified.returncode == 0, verified.stdout
