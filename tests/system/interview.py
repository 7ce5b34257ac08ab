"""An interview with one applicant who plays a clip, seen on a screen without a browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

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
