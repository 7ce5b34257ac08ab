"""Any actor may be killed during an interview: it goes on, and nothing that was acknowledged is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from tests.media.fake_camera import PORTRAIT
from tests.system.screen import ScreenListener, listening
from tests.system.server import RunningServer
from tests.waiting import eventually

RECOVERY_SECONDS = 45
"""An actor comes back in three to five seconds on an idle machine."""


@dataclass(frozen=True, slots=True)
class LiveInterview:
    """An interview with one applicant who plays a clip."""

    id: str
    applicant: str
    screen: ScreenListener

    async def goes_on(self, after: int) -> None:
        """Wait for signals of seconds well behind `after`."""

        async def two_more() -> bool:
            return len([second for second in self.screen.seconds(self.applicant) if second > after + 2]) >= 2

        await eventually(two_more, seconds=RECOVERY_SECONDS, what=f"signals later than second {after}")


@asynccontextmanager
async def live_interview(server: RunningServer) -> AsyncIterator[LiveInterview]:
    """From the applicant's first signals until the interview is ended."""
    with server.client() as client:
        made = client.post("/api/v1/interviews", json={"title": "Killed actors"}).raise_for_status().json()
        [link] = [link for link in made["links"] if link["role"] == "applicant"]
        attendee = server.attend(link["url"], PORTRAIT, "--loop")
        try:
            async with listening(server, made["interview"]) as screen:
                interview = LiveInterview(made["interview"], link["participant"], screen)
                await interview.goes_on(after=0)
                yield interview
        finally:
            client.post(f"/api/v1/interviews/{made['interview']}/end").raise_for_status()
            said, _ = attendee.communicate(timeout=30)
    assert attendee.returncode == 0, said
    assert "the interview is over" in said


@pytest.mark.timeout(400)
async def test_an_interview_survives_the_death_of_every_actor(server: RunningServer) -> None:
    async with live_interview(server) as interview:
        for kind in ("sight", "prosody", "peer", "session"):
            newest = interview.screen.seconds(interview.applicant)[-1]
            await server.kill(kind, interview.id)
            await interview.goes_on(after=newest)
        told = set(interview.screen.told)

    with server.client() as client:
        shown = client.get(f"/api/v1/interviews/{interview.id}").raise_for_status().json()["view"]
    seat = shown["participants"][interview.applicant]
    kept = {(interview.applicant, what, second) for what in ("sight", "prosody") for second in seat[what]}
    assert told <= kept
    verified = await asyncio.to_thread(server.intact, "log", "verify", interview.id)
    assert verified.returncode == 0, verified.stdout
