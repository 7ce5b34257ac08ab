"""An applicant without a browser: joins by a link over real WebRTC, playing a media file.

Sends one stream to the server's analysis peer, and one to the interviewer's browser, as a browser would.
"""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import websockets
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack
from aiortc.sdp import candidate_from_sdp
from pydantic import ValidationError
from websockets.asyncio.client import ClientConnection, connect

from infra.rtc.player import PlayedTrack, media_kinds
from schemas.errors import IntactError, Invalid, LinkInvalid, Refused, Unavailable
from schemas.wire import (
    SERVER,
    Bye,
    Candidate,
    ConsentRequest,
    Description,
    Ended,
    Hello,
    JoinRequest,
    JoinResponse,
    PeerJoined,
    PeerLeft,
    Problem,
    ProblemSignal,
    Reoffer,
    Replaced,
    ServerSignal,
    Welcome,
    Wire,
    server_signal_adapter,
)

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 4.0
"""Seconds between tries to connect again."""
MOST_TRIES = 20
"""In a row, without having been welcomed."""
REOFFER_PAUSE = 1.0
"""Seconds before an offer that the server could not take, or whose connection broke, is made anew."""

Say = Callable[[str], None]


def split_link(link: str) -> tuple[str, str]:
    """Where the server is, and the token, of an applicant's link. Raises `LinkInvalid`."""
    parts = urlsplit(link)
    name, _, token = parts.fragment.partition("=")
    if parts.scheme not in ("http", "https") or not parts.netloc or name != "link" or not token:
        raise LinkInvalid("Expected an applicant's link such as https://host/applicant/#link=…, got something else.")
    return f"{parts.scheme}://{parts.netloc}", token


class Attendee:
    """One visit; ends when the interview does, when told to, or when another browser takes the seat."""

    def __init__(self, link: str, media: Path, *, repeat: bool, claim: str | None, say: Say) -> None:
        self._base, self._token = split_link(link)
        self._media = media
        self._kinds = media_kinds(media)
        self._repeat = repeat
        self._claim = claim or secrets.token_urlsafe(32)
        self._say = say
        self._connections: dict[str, RTCPeerConnection] = {}
        self._tries = 0
        self._unanswered = 0
        """Offers that the server has not answered; it answers them in their order."""
        self._reoffers: set[asyncio.Task[None]] = set()
        self._played_out = asyncio.Event()

    async def attend(self, seconds: float | None) -> None:
        """Join, play, leave. Raises what the server refuses the link with, and `Unavailable`."""
        await self._enter()
        stay = asyncio.create_task(self._stay())
        played_out = asyncio.create_task(self._played_out.wait())
        try:
            done, _ = await asyncio.wait((stay, played_out), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if stay in done:
                stay.result()
            else:
                self._say("left: the file is over" if played_out in done else "left: the time is over")
        finally:
            for task in (stay, played_out):
                task.cancel()
            await asyncio.gather(stay, played_out, return_exceptions=True)
            await self._hang_up()

    async def _enter(self) -> None:
        async with httpx.AsyncClient(base_url=self._base, timeout=30, trust_env=False) as client:
            joined = JoinResponse.model_validate(
                await _post(client, "/api/v1/join", JoinRequest(token=self._token, claim=self._claim))
            )
            consent = ConsentRequest(
                token=self._token,
                claim=self._claim,
                text_version=joined.consent.version,
                language=joined.consent.language,
                purposes=[item.purpose for item in joined.consent.items],
            )
            await _post(client, "/api/v1/consent", consent)
        self._say(f"joined as {joined.label}")

    async def _stay(self) -> None:
        while True:
            try:
                async with connect(f"{self._base.replace('http', 'ws', 1)}/api/v1/signal", proxy=None) as socket:
                    if await self._converse(socket):
                        return
            except (OSError, websockets.WebSocketException, Unavailable) as error:
                if self._tries >= MOST_TRIES:
                    raise Unavailable("Expected the server to answer, it did not for a long time.") from error
            self._say("connection lost; trying again")
            await asyncio.sleep(min(FIRST_PAUSE * 2**self._tries, LONGEST_PAUSE))
            self._tries += 1

    async def _converse(self, socket: ClientConnection) -> bool:
        """Speak until the socket closes (False) or the visit is over (True). Raises what the server refuses with."""
        self._unanswered = 0
        await _send(socket, Hello(token=self._token, claim=self._claim))
        try:
            async for text in socket:
                if await self._take(socket, server_signal_adapter.validate_json(text)):
                    return True
        except asyncio.CancelledError:
            with suppress(websockets.ConnectionClosed):
                await _send(socket, Bye())
                await socket.wait_closed()
            raise
        finally:
            for reoffer in self._reoffers:
                reoffer.cancel()
        return False

    async def _take(self, socket: ClientConnection, signal: ServerSignal) -> bool:
        """Answer one message; True where the visit is over."""
        match signal:
            case Welcome(peers=peers):
                self._tries = 0
                await self._offer(socket, SERVER)
                for peer in peers:
                    await self._offer(socket, peer.participant)
            case Reoffer():
                self._say("the server asked for a new connection")
                await self._offer(socket, SERVER)
            case PeerJoined(peer=peer):
                await self._offer(socket, peer.participant)
            case PeerLeft(participant=participant):
                await self._close(participant)
            case Description(peer=peer_name, kind="answer", sdp=sdp):
                await self._take_answer(peer_name, sdp)
            case Candidate(peer=peer_name):
                await self._take_candidate(peer_name, signal)
            case ProblemSignal():
                self._take_problem(socket, signal)
            case Replaced():
                raise Refused("This participant connected elsewhere.")
            case Ended():
                self._say("the interview is over")
                return True
            case _:
                # The interviewer's own offer: ours goes first (the interviewer is the polite peer).
                return False
        return False

    def _take_problem(self, socket: ClientConnection, signal: ProblemSignal) -> None:
        if signal.fatal:
            raise _error(signal.problem)
        self._unanswered = max(0, self._unanswered - 1)
        self._say(f"the server says: {signal.problem.detail}")
        if signal.problem.retryable:
            self._offer_again(socket)

    async def _offer(self, socket: ClientConnection, peer: str) -> None:
        await self._close(peer)
        connection = RTCPeerConnection(RTCConfiguration(iceServers=[]))
        self._connections[peer] = connection
        for kind in self._kinds:
            at_end = self._played_out.set if peer == SERVER else _nothing
            track = PlayedTrack(kind, self._media, repeat=self._repeat, at_end=at_end)
            direction = "sendonly" if peer == SERVER else "sendrecv"
            connection.addTransceiver(track, direction=direction)
        _discard_incoming(connection)
        if peer == SERVER:
            self._follow(socket, connection)
        await connection.setLocalDescription(await connection.createOffer())
        self._unanswered += peer == SERVER
        await _send(socket, Description(peer=peer, kind="offer", sdp=connection.localDescription.sdp))

    def _follow(self, socket: ClientConnection, connection: RTCPeerConnection) -> None:
        """Make the connection anew when it breaks: whoever was to ask for that may have died with it."""

        def changed() -> None:
            broken = connection.connectionState in ("failed", "closed")
            if broken and self._connections.get(SERVER) is connection:
                self._offer_again(socket)

        connection.on("connectionstatechange", changed)

    def _offer_again(self, socket: ClientConnection) -> None:
        async def offer() -> None:
            await asyncio.sleep(REOFFER_PAUSE)
            with suppress(websockets.ConnectionClosed):  # the next one begins with an offer
                await self._offer(socket, SERVER)

        task = asyncio.create_task(offer())
        self._reoffers.add(task)
        task.add_done_callback(self._reoffers.discard)

    async def _take_answer(self, peer: str, sdp: str) -> None:
        connection = self._connections.get(peer)
        if peer == SERVER:
            self._unanswered = max(0, self._unanswered - 1)
        stale = peer == SERVER and self._unanswered > 0
        if connection is None or stale or connection.signalingState != "have-local-offer":
            return
        await connection.setRemoteDescription(RTCSessionDescription(sdp, "answer"))
        if peer == SERVER:
            self._say(f"streaming {' and '.join(self._kinds)}")

    async def _take_candidate(self, peer: str, message: Candidate) -> None:
        connection = self._connections.get(peer)
        if connection is None or not message.candidate:
            return
        candidate = candidate_from_sdp(message.candidate.removeprefix("candidate:"))
        candidate.sdpMid, candidate.sdpMLineIndex = message.sdp_mid, message.sdp_m_line_index
        await connection.addIceCandidate(candidate)

    async def _close(self, peer: str) -> None:
        connection = self._connections.pop(peer, None)
        if connection is not None:
            await connection.close()

    async def _hang_up(self) -> None:
        for peer in list(self._connections):
            await self._close(peer)


def _nothing() -> None:
    """The visit ends with what the server is sent, not with what the interviewer is."""


def _discard_incoming(connection: RTCPeerConnection) -> None:
    """Read what comes, since aiortc queues without bound what is not read."""
    readers: set[asyncio.Task[None]] = set()

    def take(track: MediaStreamTrack) -> None:
        reader = asyncio.create_task(_drain(track))
        readers.add(reader)
        reader.add_done_callback(readers.discard)

    connection.on("track", take)


async def _drain(track: MediaStreamTrack) -> None:
    with suppress(MediaStreamError):
        while True:
            await track.recv()


async def _send(socket: ClientConnection, message: Wire) -> None:
    await socket.send(message.model_dump_json())


async def _post(client: httpx.AsyncClient, path: str, body: Wire) -> object:
    try:
        response = await client.post(path, json=body.model_dump(mode="json"))
    except httpx.HTTPError as error:
        raise Unavailable("Expected the server to answer, got no connection.") from error
    if response.is_success:
        return response.json() if response.content else None
    try:
        raise _error(Problem.model_validate(response.json()))
    except (ValidationError, ValueError):
        raise Invalid(f"Expected an answer of Intact, got HTTP status {response.status_code}.") from None


def _error(problem: Problem) -> IntactError:
    """The server's problem as an error of ours, with the server's words."""
    return Unavailable(problem.detail) if problem.retryable else Refused(problem.detail)
