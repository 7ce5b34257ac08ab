"""An applicant without a browser comes through what a server may do to it."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from api.problem import problem_of
from infra.rtc import attendee
from infra.rtc.attendee import Attendee
from schemas.errors import IntactError, Refused, Unavailable
from schemas.ids import ConnectionId, InterviewId, ParticipantId
from schemas.wire import (
    ConsentText,
    Description,
    Ended,
    JoinResponse,
    ProblemSignal,
    Welcome,
    Wire,
    client_signal_adapter,
)
from tests.media.fake_camera import PORTRAIT

ANN = ParticipantId("ann")
JOINED = JoinResponse(
    interview=InterviewId("0" * 32),
    participant=ANN,
    role="applicant",
    label="Applicant A",
    title="Analyst",
    consent=ConsentText(version="1", language="en", sentence="", items=[]),
    consented=False,
    purposes=[],
)
WELCOME = Welcome(
    participant=ANN,
    connection=ConnectionId("one"),
    role="applicant",
    title="Analyst",
    epoch_us=0,
    server_time_us=0,
    ice_servers=[],
    peers=[],
)


class Server:
    """Answers each connection, and then each offer, with the next of what it was given to say."""

    def __init__(self, *script: list[Wire]) -> None:
        self._script = list(script)
        self.offers = 0
        self.connections = 0

    async def signal(self, connection: WebSocket) -> None:
        self.connections += 1
        await connection.accept()
        await connection.receive_text()
        for message in self._script.pop(0):
            if isinstance(message, Ended) or (isinstance(message, ProblemSignal) and not message.fatal):
                offer = client_signal_adapter.validate_json(await connection.receive_text())
                assert isinstance(offer, Description)
                self.offers += 1
            await connection.send_text(message.model_dump_json())
        await connection.close()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        """Where it is reached."""
        app = Starlette(
            routes=[
                Route("/api/v1/join", _join, methods=["POST"]),
                Route("/api/v1/consent", _consent, methods=["POST"]),
                WebSocketRoute("/api/v1/signal", self.signal),
            ]
        )
        with socket.socket() as listening:
            listening.bind(("127.0.0.1", 0))
            server = uvicorn.Server(uvicorn.Config(app, log_level="critical", ws="websockets-sansio"))
            serving = asyncio.create_task(server.serve([listening]))
            try:
                yield f"http://127.0.0.1:{listening.getsockname()[1]}"
            finally:
                server.should_exit = True
                await serving


async def _join(request: Request) -> Response:
    return JSONResponse(JOINED.model_dump(mode="json"))


async def _consent(request: Request) -> Response:
    return Response(status_code=204)


def problem(error: IntactError, *, fatal: bool) -> ProblemSignal:
    return ProblemSignal(problem=problem_of(error), fatal=fatal)


async def attend(server: Server) -> list[str]:
    """What the applicant says until the visit is over."""
    said: list[str] = []
    async with server.running() as url:
        visit = Attendee(f"{url}/applicant/#link=token", PORTRAIT, repeat=True, claim=None, say=said.append)
        await asyncio.wait_for(visit.attend(None), 30)
    return said


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attendee, "REOFFER_PAUSE", 0.05)
    monkeypatch.setattr(attendee, "FIRST_PAUSE", 0.01)


async def test_a_server_that_cannot_take_the_applicant_now_is_asked_again() -> None:
    server = Server(
        [problem(Unavailable(), fatal=True)], [WELCOME, problem(Unavailable(), fatal=True)], [WELCOME, Ended()]
    )
    said = await attend(server)
    assert server.connections == 3
    assert said[-1] == "the interview is over"


async def test_an_offer_that_the_server_cannot_take_now_is_made_again() -> None:
    server = Server([WELCOME, problem(Unavailable(), fatal=False), Ended()])
    await attend(server)
    assert server.offers == 2


async def test_what_the_server_refuses_for_good_ends_the_visit() -> None:
    with pytest.raises(Refused):
        await attend(Server([problem(Refused(), fatal=True)]))
