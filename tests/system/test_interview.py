"""The main job, in real browsers: a person joins by a link, is seen, and signals arrive, whatever is killed."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.system.browser import open_page
from tests.system.room import room
from tests.system.server import RunningServer
from tests.waiting import eventually


async def status(page: Page) -> str:
    return await page.get_by_test_id("status").first.inner_text()


@pytest.mark.timeout(420)
async def test_an_interview_from_a_camera_to_the_interviewers_screen(server: RunningServer, tmp_path: Path) -> None:
    async with room(server, tmp_path, "From camera to screen") as live:
        await live.goes_on(after=0)
        await live.video_plays(live.interviewer)
        await live.video_plays(live.applicant)
        assert (await live.interviewer.get_by_test_id("signal-yaw").inner_text()).endswith("°")
        await live.interviewer.get_by_test_id("signal-sound").filter(has_text="dBFS").wait_for(timeout=30_000)

        for kind in ("sight", "peer", "session"):
            newest = await live.newest_second()
            await server.kill(kind, live.interview)
            await live.goes_on(after=newest)

        newest = await live.newest_second()
        await live.applicant.reload()
        await live.applicant.get_by_test_id("join").click()
        await live.goes_on(after=newest)

        await live.interviewer.get_by_test_id("end-interview").click()
        await live.interviewer.get_by_test_id("end-confirm").click()
        await live.applicant.get_by_test_id("leave").wait_for(state="detached", timeout=30_000)

    verified = await asyncio.to_thread(server.intact, "log", "verify", live.interview)
    assert "1 of 1 streams are whole" in verified.stdout
    views = await asyncio.to_thread(server.intact, "views", "check")
    assert "different" not in views.stdout


@pytest.mark.timeout(180)
async def test_a_second_browser_with_the_same_link_is_told_so(server: RunningServer, tmp_path: Path) -> None:
    async with room(server, tmp_path, "Link used twice") as live:
        await live.goes_on(after=0)
        stranger = await open_page(live.browser, live.applicant_link)

        async def is_told() -> bool:
            return "another browser" in await status(stranger)

        await eventually(is_told, what="a page that says that the link is in use")
        newest = await live.newest_second()
        await live.goes_on(after=newest)
