"""What applicants say and type, as the interviewer reads it."""

import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.system.browser import chromium, open_page
from tests.system.server import RunningServer

SPOKEN = Path(__file__).parents[1] / "media" / "message_queue.wav"
"""Ends with the word "bottleneck"."""
PAUSE_SECONDS = 6
"""Longer than the pause that ends an answer."""
HEARD_MS = 150_000
"""Actors start, the sentence is said, and it is transcribed; on a busy machine each takes its time."""
TYPED = "I wrote the batch job myself."
LATER = "It ran every night."

expect.set_options(timeout=30_000)


def write_spoken(path: Path) -> None:
    """The sentence, and a pause before and after it."""
    with wave.open(str(SPOKEN)) as spoken, wave.open(str(path), "wb") as file:
        file.setparams(spoken.getparams())
        silence = bytes(2 * spoken.getframerate())
        file.writeframes(silence + spoken.readframes(spoken.getnframes()) + silence * PAUSE_SECONDS)


@contextmanager
def speaking(server: RunningServer, interview: str, clip: Path) -> Iterator[str]:
    """A further applicant who says the sentence again and again; their label."""
    with server.client() as client:
        link = client.post(f"/api/v1/interviews/{interview}/participants").raise_for_status().json()
    attendee = server.attend(link["url"], clip, "--loop")
    try:
        yield link["label"]
    finally:
        attendee.terminate()
        attendee.communicate(timeout=30)


async def create(browser: Browser, server: RunningServer) -> tuple[str, dict[str, str]]:
    """Create an interview for a job on the host's page; its id, and the links by role."""
    host = await open_page(browser, server.host_link)
    await host.get_by_test_id("create-title").fill("Answers")
    await host.get_by_test_id("create-job").fill("데이터")
    await host.get_by_test_id("job-big-data-analysis").wait_for()
    await host.get_by_test_id("create-job").press("Enter")
    await expect(host.get_by_test_id("create-job")).to_have_value("Big data analysis")
    await host.get_by_test_id("create-submit").click()
    links = {
        role: await host.get_by_test_id(f"{role}-link").first.input_value() for role in ("interviewer", "applicant")
    }
    await expect(host.get_by_test_id("about")).to_have_text("Big data analysis · English")
    return host.url.partition("interview=")[2], links


async def join_without_agreeing(browser: Browser, link: str) -> Page:
    applicant = await open_page(browser, link)
    await applicant.get_by_test_id("consent-none").click()
    await applicant.get_by_test_id("join").click()
    await applicant.get_by_test_id("type-answer").click()
    return applicant


def answers(page: Page, text: str) -> Locator:
    return page.get_by_test_id("answer").filter(has_text=text)


@pytest.mark.timeout(360)
async def test_an_applicant_types_an_answer_another_speaks_and_the_interviewer_reads_both(
    server: RunningServer, tmp_path: Path
) -> None:
    write_spoken(tmp_path / "spoken.wav")
    async with chromium() as browser:
        interview, links = await create(browser, server)
        interviewer = await open_page(browser, links["interviewer"])
        applicant = await join_without_agreeing(browser, links["applicant"])
        field, outcome = applicant.get_by_test_id("typed-answer"), applicant.get_by_test_id("typed-outcome")
        await field.fill(TYPED)
        await field.press("Control+Enter")
        await expect(applicant.get_by_test_id("send-answer")).to_be_disabled()
        await expect(outcome).to_be_empty()

        await applicant.get_by_test_id("typing").get_by_test_id("consent-transcript").click()
        await expect(applicant.get_by_test_id("send-answer")).to_be_enabled()
        await field.press("Control+Enter")
        await expect(outcome).to_have_text("Your answer was recorded.")
        await expect(field).to_be_empty()
        await expect(answers(interviewer, TYPED)).to_have_attribute("data-typed", "true")

        await applicant.context.set_offline(True)
        await field.fill(LATER)
        await applicant.get_by_test_id("send-answer").click()
        await expect(outcome).to_have_text("It is sent as soon as the connection is back.")
        await expect(field).to_have_value(LATER)
        await applicant.context.set_offline(False)
        await expect(outcome).to_have_text("Your answer was recorded.", timeout=30_000)
        await expect(answers(interviewer, LATER)).to_have_count(1)

        with speaking(server, interview, tmp_path / "spoken.wav") as speaker:
            spoken = answers(interviewer, "bottleneck").first
            await expect(spoken).to_contain_text(speaker, timeout=HEARD_MS)
            await expect(spoken).to_have_attribute("data-typed", "false")

        await interviewer.reload()
        await expect(answers(interviewer, TYPED)).to_have_count(1)
        await interviewer.get_by_test_id("toggle-transcript").click()
        await interviewer.reload()
        await interviewer.get_by_test_id("toggle-transcript").click()
        await expect(answers(interviewer, TYPED)).to_have_count(1)
    with server.client() as client:
        client.post(f"/api/v1/interviews/{interview}/end").raise_for_status()


def test_jobs_and_answers_are_told_to_neither_strangers_nor_applicants(server: RunningServer) -> None:
    with server.client() as client:
        made = client.post("/api/v1/interviews", json={"title": "Strangers"}).raise_for_status().json()
        tokens = {link["role"]: link["url"].partition("#link=")[2] for link in made["links"]}
        for path in ("/api/v1/jobs", f"/api/v1/interviews/{made['interview']}/answers"):
            assert client.get(path).status_code == 200
            asked = {
                role: httpx.get(server.url + path, headers={"Authorization": f"Bearer {token}"}, trust_env=False)
                for role, token in {**tokens, "stranger": "nobody"}.items()
            }
            assert {role: answer.status_code for role, answer in asked.items()} == {
                "interviewer": 200,
                "applicant": 401,
                "stranger": 401,
            }
            assert httpx.get(server.url + path, trust_env=False).status_code == 401
