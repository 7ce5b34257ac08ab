"""What a person, a browser or a script may get wrong: a clear answer, and nothing is lost."""

import asyncio
import hashlib
import json
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer
from pydantic import SecretStr
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from api.link import SALT
from infra.settings import Settings
from tests.media.fake_camera import PORTRAIT, write_wav, write_y4m
from tests.system.server import RunningServer
from tests.waiting import eventually

CLAIM, OTHER_CLAIM = "a" * 32, "b" * 32


def create(server: RunningServer) -> tuple[str, dict[str, str]]:
    """A new interview and its links' tokens by role."""
    with server.client() as client:
        made = client.post("/api/v1/interviews", json={"title": "Bad input"}).raise_for_status().json()
    return made["interview"], {link["role"]: link["url"].partition("#link=")[2] for link in made["links"]}


def join(server: RunningServer, token: str, claim: str = CLAIM) -> httpx.Response:
    return httpx.post(f"{server.url}/api/v1/join", json={"token": token, "claim": claim}, trust_env=False, timeout=30)


def consent(server: RunningServer, token: str, purposes: list[str], claim: str = CLAIM) -> None:
    version = join(server, token, claim).raise_for_status().json()["consent"]["version"]
    body = {"token": token, "claim": claim, "text_version": version, "language": "en", "purposes": purposes}
    httpx.post(f"{server.url}/api/v1/consent", json=body, trust_env=False, timeout=30).raise_for_status()


def signalling(server: RunningServer) -> connect:
    return connect(server.url.replace("http", "ws", 1) + "/api/v1/signal", proxy=None)


async def hello(socket: ClientConnection, token: str, claim: str = CLAIM) -> dict[str, Any]:
    await socket.send(json.dumps({"type": "hello", "token": token, "claim": claim}))
    return await receive(socket)


async def receive(socket: ClientConnection) -> dict[str, Any]:
    """The next message; what the applicant agreed to just before may be told once more."""
    while True:
        answer: dict[str, Any] = json.loads(await asyncio.wait_for(socket.recv(), 30))
        if answer["type"] != "consent-changed":
            return answer


def presence(server: RunningServer, interview: str) -> str:
    with server.client() as client:
        view = client.get(f"/api/v1/interviews/{interview}").raise_for_status().json()["view"]
    [seat] = [seat for seat in view["participants"].values() if seat["role"] == "applicant"]
    return str(seat["presence"])


class SignerOfLastMonth(TimestampSigner):
    """Signs as the server did a month ago."""

    def get_timestamp(self) -> int:
        return int(time.time()) - 30 * 24 * 3600


def forged(server: RunningServer, interview: str, participant: str, signer: type[TimestampSigner]) -> str:
    """A token signed with this server's own key."""
    key = Settings(link_key=SecretStr((server.data / "keys" / "link_key").read_text())).link_key_bytes()
    serializer = URLSafeTimedSerializer(key, salt=SALT, signer=signer, signer_kwargs={"digest_method": hashlib.sha256})
    return str(serializer.dumps([interview, participant, "applicant"]))


async def test_a_wrong_link_is_refused(server: RunningServer) -> None:
    answer = join(server, "nonsense")
    assert (answer.status_code, answer.json()["code"]) == (401, "link-invalid")
    assert answer.headers["content-type"] == "application/problem+json"
    async with signalling(server) as socket:
        told = await hello(socket, "nonsense")
        assert (told["type"], told["fatal"], told["problem"]["code"]) == ("problem", True, "link-invalid")
        with pytest.raises(ConnectionClosed):
            await receive(socket)


async def test_a_link_for_a_seat_that_does_not_exist_is_refused(server: RunningServer) -> None:
    interview, _ = create(server)
    answer = join(server, forged(server, interview, "0" * 32, TimestampSigner))
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    answer = join(server, forged(server, "0" * 32, "0" * 32, TimestampSigner))
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_an_expired_link_is_refused(server: RunningServer) -> None:
    interview, _ = create(server)
    answer = join(server, forged(server, interview, "0" * 32, SignerOfLastMonth))
    assert (answer.status_code, answer.json()["code"]) == (401, "link-expired")


async def test_a_link_works_in_the_browser_that_used_it_first_and_in_no_other(server: RunningServer) -> None:
    _, tokens = create(server)
    consent(server, tokens["applicant"], ["visual-signals"])
    answer = join(server, tokens["applicant"], OTHER_CLAIM)
    assert (answer.status_code, answer.json()["code"]) == (409, "link-used")
    async with signalling(server) as socket:
        told = await hello(socket, tokens["applicant"], OTHER_CLAIM)
        assert told["problem"]["code"] == "link-used"
    async with signalling(server) as socket:
        assert (await hello(socket, tokens["applicant"]))["type"] == "welcome"


async def test_a_second_window_of_the_same_browser_takes_over(server: RunningServer) -> None:
    _, tokens = create(server)
    consent(server, tokens["applicant"], [])
    async with signalling(server) as first:
        assert (await hello(first, tokens["applicant"]))["type"] == "welcome"
        async with signalling(server) as second:
            assert (await hello(second, tokens["applicant"]))["type"] == "welcome"
            assert (await receive(first))["type"] == "replaced"
            with pytest.raises(ConnectionClosed):
                await receive(first)


@pytest.mark.parametrize(
    "sdp", ["", "garbage", "v=0\r\n", "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=video x", "\x00" * 2000]
)
async def test_a_garbage_offer_is_answered_with_a_problem_and_the_socket_stays(server: RunningServer, sdp: str) -> None:
    _, tokens = create(server)
    consent(server, tokens["applicant"], ["visual-signals", "voice-signals"])
    async with signalling(server) as socket:
        await hello(socket, tokens["applicant"])
        await socket.send(json.dumps({"type": "description", "peer": "server", "kind": "offer", "sdp": sdp}))
        told = await receive(socket)
        assert (told["type"], told["fatal"], told["problem"]["code"]) == ("problem", False, "invalid")
        await socket.send("no json at all")
        assert (await receive(socket))["problem"]["code"] == "invalid"
        await socket.send(json.dumps({"type": "bye"}))


async def test_an_applicant_who_did_not_agree_is_not_analysed(server: RunningServer) -> None:
    _, tokens = create(server)
    consent(server, tokens["applicant"], [])
    async with signalling(server) as socket:
        await hello(socket, tokens["applicant"])
        await socket.send(json.dumps({"type": "description", "peer": "server", "kind": "offer", "sdp": "v=0"}))
        assert (await receive(socket))["problem"]["code"] == "refused"


@pytest.mark.timeout(180)
async def test_an_applicant_who_vanishes_is_seen_to_have_vanished(server: RunningServer) -> None:
    interview, tokens = create(server)
    attendee = server.attend(f"{server.url}/applicant/#link={tokens['applicant']}", PORTRAIT, "--loop")

    async def is_present() -> bool:
        return presence(server, interview) == "present"

    async def has_vanished() -> bool:
        return presence(server, interview) == "vanished"

    await eventually(is_present, what="an applicant who is present")
    attendee.kill()
    attendee.communicate()
    await eventually(has_vanished, what="an applicant who has vanished")


async def test_after_the_end_a_link_leads_nowhere(server: RunningServer) -> None:
    interview, tokens = create(server)
    with server.client() as client:
        assert client.post(f"/api/v1/interviews/{interview}/end").status_code == 204
        assert client.post(f"/api/v1/interviews/{interview}/end").status_code == 204

    async def is_refused() -> bool:
        return join(server, tokens["applicant"]).status_code == 409

    await eventually(is_refused, what="a link that is refused")


def test_strangers_are_not_let_in(server: RunningServer) -> None:
    interview, tokens = create(server)
    with httpx.Client(base_url=server.url, trust_env=False, timeout=30) as stranger:
        for method, path in (
            ("GET", "/api/v1/interviews"),
            ("POST", "/api/v1/interviews"),
            ("GET", f"/api/v1/interviews/{interview}"),
            ("POST", f"/api/v1/interviews/{interview}/participants"),
            ("POST", f"/api/v1/interviews/{interview}/links"),
            ("POST", f"/api/v1/interviews/{interview}/end"),
        ):
            applicant = {"Authorization": f"Bearer {tokens['applicant']}"}
            assert stranger.request(method, path, json={"title": "x"}).status_code == 401, path
            assert stranger.request(method, path, json={"title": "x"}, headers=applicant).status_code == 401, path


@pytest.mark.parametrize("content", [b"", b"not a video at all" * 100])
def test_a_file_that_cannot_be_played_is_refused_before_joining(
    server: RunningServer, tmp_path: Path, content: bytes
) -> None:
    _, tokens = create(server)
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(content)
    link = f"{server.url}/applicant/#link={tokens['applicant']}"
    done = server.intact("attend", link, "--media", str(broken), check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "broken.mp4" in done.stderr
    assert join(server, tokens["applicant"], OTHER_CLAIM).status_code == 200


@pytest.mark.timeout(120)
@pytest.mark.parametrize("kind", ["video", "audio"])
async def test_a_clip_with_only_pictures_or_only_sound_is_attended_with(
    server: RunningServer, tmp_path: Path, kind: str
) -> None:
    interview, tokens = create(server)
    clip = tmp_path / ("clip.y4m" if kind == "video" else "clip.wav")
    (write_y4m if kind == "video" else write_wav)(PORTRAIT, clip)
    attendee = server.attend(f"{server.url}/applicant/#link={tokens['applicant']}", clip, "--loop")

    async def measured() -> tuple[int, int] | None:
        with server.client() as client:
            view = client.get(f"/api/v1/interviews/{interview}").raise_for_status().json()["view"]
        [seat] = [seat for seat in view["participants"].values() if seat["role"] == "applicant"]
        seen = int(seat["seconds_seen"]), int(seat["seconds_heard"])
        return seen if max(seen) >= 3 else None

    try:
        seen, heard = await eventually(measured, what="three seconds of signals")
    finally:
        attendee.terminate()
        attendee.communicate(timeout=20)
    assert (seen == 0) == (kind == "audio")
    assert (heard == 0) == (kind == "video")
