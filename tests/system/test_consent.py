"""Consent in real browsers: purpose by purpose, taken back in the interview, and given again."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.system.browser import chromium, open_page
from tests.system.room import room
from tests.system.server import RunningServer
from tests.waiting import eventually

BETWEEN = re.compile(r"between \d+ and \d+")


def seats_of(server: RunningServer, interview: str) -> list[dict[str, Any]]:
    """What the server shows of the applicants."""
    with server.client() as client:
        view = client.get(f"/api/v1/interviews/{interview}").raise_for_status().json()["view"]
    return [seat for seat in view["participants"].values() if seat["role"] == "applicant"]


def newest(seat: dict[str, Any], modality: str) -> int:
    return max((int(second) for second in seat[modality]), default=-1)


def switch(page: Page, purpose: str) -> Locator:
    return page.get_by_test_id(f"consent-{purpose}")


@pytest.mark.timeout(120)
async def test_each_purpose_is_agreed_to_by_itself(server: RunningServer) -> None:
    async with chromium() as browser:
        host = await open_page(browser, server.host_link)
        await host.get_by_test_id("create-title").fill("Purpose by purpose")
        await host.get_by_test_id("create-profile").select_option("kr")
        await host.get_by_test_id("ask-voice-emotion").click()
        assert await host.get_by_test_id("ask-age-and-gender").count() == 0, "the profile forbids it"
        assert await host.get_by_test_id("ask-facial-expression").count() == 0, "its network is for research alone"
        await host.get_by_test_id("create-submit").click()
        link = host.get_by_test_id("applicant-link").first
        await link.wait_for()
        interview = host.url.partition("interview=")[2]

        applicant = await open_page(browser, await link.input_value())
        for purpose in ("voice-signals", "voice-emotion", "visual-signals"):
            await expect(switch(applicant, purpose)).not_to_be_checked()
        await expect(switch(applicant, "voice-emotion")).to_be_disabled()
        await switch(applicant, "voice-signals").click()
        await switch(applicant, "voice-emotion").click()
        await expect(switch(applicant, "voice-emotion")).to_be_checked()
        await switch(applicant, "voice-signals").click()
        await expect(switch(applicant, "voice-emotion")).not_to_be_checked()
        await switch(applicant, "visual-signals").click()
        await applicant.get_by_test_id("consent-accept").click()
        await applicant.get_by_test_id("join").wait_for()

        async def agreed() -> bool:
            return bool(seats_of(server, interview)[0]["purposes"] == ["visual-signals"])

        await eventually(agreed, what="consent to the picture alone")


@pytest.mark.timeout(300)
async def test_what_is_taken_back_stops_at_once_and_comes_back(server: RunningServer, tmp_path: Path) -> None:
    async with room(server, tmp_path, "Taken back") as live:
        await live.goes_on(after=0)
        await live.interviewer.get_by_test_id("toggle-plots").click()
        pitch = live.interviewer.get_by_test_id("plot-pitch")
        await expect(pitch).to_contain_text("Pitch (Hz)", timeout=60_000)
        await expect(pitch).to_contain_text("0.66 % of values more than 20 % off")
        await expect(pitch.get_by_role("img")).to_have_attribute("aria-label", BETWEEN, timeout=60_000)

        await live.applicant.get_by_test_id("change-purposes").click()
        await switch(live.applicant, "voice-signals").click()
        await switch(live.applicant, "transcript").click()
        sound = live.interviewer.get_by_test_id("signal-sound")
        await expect(sound).to_have_text("not agreed to", timeout=10_000)
        before = seats_of(server, live.interview)[0]

        async def sight_goes_on() -> bool:
            seat = seats_of(server, live.interview)[0]
            return newest(seat, "sight") > newest(before, "sight") + 3 and seat["stream"] == ["video"]

        await eventually(sight_goes_on, seconds=60, what="sight without the voice")
        assert newest(seats_of(server, live.interview)[0], "prosody") == newest(before, "prosody")

        await switch(live.applicant, "voice-signals").click()
        await expect(sound).to_contain_text("dBFS", timeout=60_000)

        async def both() -> bool:
            return sorted(seats_of(server, live.interview)[0]["stream"]) == ["audio", "video"]

        await eventually(both, what="both media again")
