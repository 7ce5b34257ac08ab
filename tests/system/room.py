"""One interview in real browsers, as the people in it use them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, Page

from tests.media.fake_camera import PORTRAIT, write_wav, write_y4m
from tests.system.browser import chromium, open_page
from tests.system.server import RunningServer
from tests.waiting import eventually


@dataclass(frozen=True, slots=True)
class Room:
    """The pages of host, interviewer and applicant."""

    interview: str
    browser: Browser
    host: Page
    interviewer: Page
    applicant: Page
    applicant_link: str

    async def newest_second(self) -> int:
        """The newest recorded second that the interviewer's page shows; -1 where there is none."""
        text = await self.interviewer.get_by_test_id("signal-second").inner_text()
        return int(text) if text.isdecimal() else -1

    async def goes_on(self, *, after: int, seconds: float = 60) -> None:
        """Wait until the interviewer's page shows seconds well behind `after`, with a face."""

        async def shows() -> bool:
            face = await self.interviewer.get_by_test_id("signal-face").inner_text()
            return await self.newest_second() > after + 3 and face == "face"

        await eventually(shows, seconds=seconds, what=f"signals with a face later than second {after}")

    async def video_plays(self, page: Page) -> None:
        """Wait until the other person's video plays on `page`."""

        async def plays() -> bool:
            videos = page.get_by_test_id("remote-video")
            if await videos.count() == 0:
                return False
            return bool(await videos.first.evaluate("video => video.videoWidth > 0 && video.currentTime > 0.5"))

        await eventually(plays, what="the other person's video")


@asynccontextmanager
async def room(server: RunningServer, folder: Path, title: str) -> AsyncIterator[Room]:
    """From the host's click on "create" until the applicant has joined; the browser closes with the context."""
    camera, microphone = folder / "camera.y4m", folder / "microphone.wav"
    write_y4m(PORTRAIT, camera)
    write_wav(PORTRAIT, microphone)
    async with chromium(camera, microphone) as browser:
        host = await open_page(browser, server.host_link)
        await host.get_by_test_id("create-title").fill(title)
        await host.get_by_test_id("create-submit").click()
        applicant_link = await _text(host, "applicant-link")
        interviewer = await open_page(browser, await _text(host, "interviewer-link"))
        applicant = await open_page(browser, applicant_link)
        await applicant.get_by_test_id("consent-accept").click()
        await applicant.get_by_test_id("join").click()
        interview = await _interview_id(server, title)
        yield Room(interview, browser, host, interviewer, applicant, applicant_link)


async def _text(page: Page, test_id: str) -> str:
    found = page.get_by_test_id(test_id).first
    await found.wait_for()
    if await found.evaluate("element => element.tagName") == "INPUT":
        return await found.input_value()
    return await found.inner_text()


async def _interview_id(server: RunningServer, title: str) -> str:
    with server.client() as client:
        summaries = client.get("/api/v1/interviews").raise_for_status().json()
    return str(next(summary["interview"] for summary in summaries if summary["title"] == title))
