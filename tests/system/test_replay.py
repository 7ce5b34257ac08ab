"""A recorded interview is seen again in a real browser, and shows at every moment what the log says."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page
from websockets.asyncio.client import ClientConnection, connect

from tests.media.fake_camera import PORTRAIT
from tests.merge_patch import patched
from tests.system.browser import chromium, open_page
from tests.system.interview import live_interview
from tests.system.server import RunningServer
from tests.waiting import eventually

SECOND = 1_000_000


def events_of(server: RunningServer, interview: str) -> list[dict[str, Any]]:
    """What the log says, by the command line."""
    shown = server.intact("log", "show", interview, "--json").stdout
    return [json.loads(line) for line in shown.splitlines()]


def seen_by(events: list[dict[str, Any]], second: int) -> list[dict[str, Any]]:
    """Seconds of sight that were recorded by then."""
    return [e["payload"] for e in events if e["type"] == "sight.observed" and e["at_us"] <= second * SECOND]


def degrees(value: float) -> str:
    return f"{round(value)}°".replace("-", "−")


async def text(page: Page, test_id: str) -> str:
    return await page.get_by_test_id(test_id).inner_text()


@pytest.mark.timeout(180)
async def test_the_hosts_page_shows_a_recorded_interview_as_it_was(server: RunningServer, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    await asyncio.to_thread(server.intact, "analyze", str(PORTRAIT), "--out", str(report))
    interview = json.loads(report.read_text())["interview"]
    events = events_of(server, interview)

    async with chromium() as browser:
        page = await open_page(browser, server.host_link)
        await page.get_by_test_id(f"replay-{interview}").click()
        await page.get_by_test_id("replay-play").click()  # it plays by itself; from here on it stands
        for second in (9, 4, 7):
            await page.get_by_test_id("replay-place").fill(str(second))
            expected = seen_by(events, second)[-1]

            async def shows(wanted: str = str(expected["second"])) -> bool:
                return await text(page, "signal-second") == wanted

            await eventually(shows, what=f"the screen as it was after {second} s")
            assert await text(page, "signal-yaw") == degrees(expected["yaw"])
            assert (await text(page, "replay-time")).startswith(f"00:0{second}")

        await page.get_by_test_id("replay-speed").select_option("16")
        await page.get_by_test_id("replay-play").click()
        last = seen_by(events, 3600)[-1]["second"]

        async def at_the_end() -> bool:
            return await text(page, "signal-second") == str(last) and await text(page, "replay-play") == "Play"

        await eventually(at_the_end, what="the end of the replay")


async def hello(socket: ClientConnection, token: str) -> dict[str, Any]:
    await socket.send(json.dumps({"type": "hello", "token": token, "claim": "c" * 32}))
    answer: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), 30))
    return answer


async def replayed(server: RunningServer, interview: str) -> dict[int, Any]:
    """What a replay shows, by position, from the first moment to the last."""
    url = server.url.replace("http", "ws", 1) + f"/api/v1/interviews/{interview}/replay?speed=inf"
    shown: dict[int, Any] = {}
    async with connect(url, proxy=None) as socket:
        message = await hello(socket, server.host_key)
        position = message["position"]
        shown[position] = message["view"]
        while message["type"] != "playhead" or message["playing"]:
            message = json.loads(await asyncio.wait_for(socket.recv(), 30))
            if message["type"] == "change":
                assert message["after"] == position
                shown[message["position"]] = patched(shown[position], message["patch"])
                position = message["position"]
    return shown


@pytest.mark.timeout(240)
async def test_a_replay_shows_what_the_live_screen_was_told(server: RunningServer) -> None:
    async with live_interview(server) as interview:
        await interview.goes_on(after=interview.screen.seconds(interview.applicant)[-1])
    live = interview.screen.views
    replay = await replayed(server, interview.id)
    common = sorted(live.keys() & replay.keys())
    assert len(common) > 10
    assert [replay[position] for position in common] == [live[position] for position in common]
    assert set(live) <= set(replay), "every position that was shown live is a moment of the replay"

    events = {event["position"]: event["at_us"] for event in events_of(server, interview.id)}
    with server.client() as client:
        for position in common[:: len(common) // 5]:
            answer = client.get(f"/api/v1/interviews/{interview.id}/view", params={"at_us": events[position]})
            assert answer.raise_for_status().json()["position"] == position


async def test_strangers_see_no_replay(server: RunningServer) -> None:
    with server.client() as client:
        made = client.post("/api/v1/interviews", json={"title": "Not for you"}).raise_for_status().json()
    [applicant] = [link["url"].partition("#link=")[2] for link in made["links"] if link["role"] == "applicant"]
    url = server.url.replace("http", "ws", 1) + f"/api/v1/interviews/{made['interview']}/replay"
    for token in ("nonsense", applicant):
        async with connect(url, proxy=None) as socket:
            told = await hello(socket, token)
            assert (told["type"], told["fatal"], told["problem"]["code"]) == ("problem", True, "link-invalid")
    with server.client() as client:
        for headers in ({}, {"Authorization": f"Bearer {applicant}"}):
            client.headers.pop("Authorization", None)
            answer = client.get(f"/api/v1/interviews/{made['interview']}/view?at_us=1", headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (401, "link-invalid")


async def test_a_replay_of_nothing_says_so_and_one_that_is_misled_goes_on(server: RunningServer) -> None:
    nothing = server.url.replace("http", "ws", 1) + f"/api/v1/interviews/{'0' * 32}/replay"
    async with connect(nothing, proxy=None) as socket:
        assert (await hello(socket, server.host_key))["problem"]["code"] == "not-found"
    with server.client() as client:
        made = client.post("/api/v1/interviews", json={"title": "Misled"}).raise_for_status().json()
    url = server.url.replace("http", "ws", 1) + f"/api/v1/interviews/{made['interview']}/replay?speed=0"
    async with connect(url, proxy=None) as socket:
        assert (await hello(socket, server.host_key))["type"] == "snapshot"
        assert json.loads(await socket.recv())["playing"] is False
        for nonsense in ("no json", '{"type":"play","speed":0}', '{"type":"seek","at_us":-1}', '{"type":"end"}'):
            await socket.send(nonsense)
            told = json.loads(await asyncio.wait_for(socket.recv(), 10))
            assert (told["type"], told["fatal"], told["problem"]["code"]) == ("problem", False, "invalid")
        await socket.send('{"type":"seek","at_us":5}')
        assert json.loads(await asyncio.wait_for(socket.recv(), 10))["type"] == "snapshot"


async def test_the_command_line_replays_and_exports(server: RunningServer, tmp_path: Path) -> None:
    with server.client() as client:
        made = client.post("/api/v1/interviews", json={"title": "By command"}).raise_for_status().json()
    interview = made["interview"]
    said = server.intact("log", "replay", interview, "--speed", "inf").stdout
    assert said.count("participant.invited") == 2
    assert "Applicant A: invited" in said
    view = json.loads(server.intact("log", "replay", interview, "--until", "3600", "--json").stdout)
    assert view["views"]["interview"][interview]["body"]["title"] == "By command"
    assert server.intact("log", "replay", interview, "--speed", "0", check=False).returncode == 1
    server.intact("log", "export", interview, "--out", str(tmp_path / "out"), "--format", "parquet")
    checked = server.intact("log", "check-export", str(tmp_path / "out"), "--log").stdout
    assert "3 events of 1 streams: what its manifest says, and the log still holds it" in checked
