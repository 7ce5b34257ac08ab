"""`/api/v1/signal`: one WebSocket per participant carries who is there and how to reach them.

Messages between participants go over the bus, so that any API process, and any actor, can reach any participant.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from actors import names
from actors.announcement import counterparts, peer_info
from api.door import Door, door
from api.link import LinkClaims, digest
from api.problem import problem_of
from api.socket import receive_hello, receive_text, send_problem, until_first
from dialogue.interview import served
from dialogue.state import Interview
from dialogue.typed_answer import typed_answer
from infra.bus import Message
from infra.clock import session_time
from schemas.commands import Join, Leave
from schemas.errors import IntactError, Invalid, NotFound, Refused, Unavailable
from schemas.ids import ConnectionId, ParticipantId, new_connection_id
from schemas.media import MICROSECONDS, SessionTime
from schemas.wire import (
    SERVER,
    AnswerReceipt,
    Bye,
    Candidate,
    Description,
    Hello,
    IceServer,
    Replaced,
    TypedAnswer,
    Welcome,
    client_signal_adapter,
)

log = logging.getLogger(__name__)
router = APIRouter()


@router.websocket("/api/v1/signal")
async def signal(socket: WebSocket) -> None:
    """Speak `schemas.wire.ClientSignal` and `ServerSignal` with one participant."""
    await socket.accept()
    with suppress(WebSocketDisconnect):
        try:
            hello = await receive_hello(socket)
            claims = door(socket).links.read(hello.token)
            await Signaling(socket, door(socket), claims, new_connection_id()).run(hello)
        except IntactError as error:
            await send_problem(socket, error, fatal=True)


@dataclass(slots=True)
class Signaling:
    """One participant's connection."""

    socket: WebSocket
    door: Door
    claims: LinkClaims
    connection: ConnectionId
    said_bye: bool = False
    offers: set[asyncio.Task[None]] = field(default_factory=set)
    answering: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Offers to the server are answered in their order: a client takes the answer to its newest one by counting."""

    async def run(self, hello: Hello) -> None:
        """Serve the connection until it ends. Raises what `Join` is refused with."""
        interview, participant = self.claims.interview, self.claims.participant
        bus = self.door.bus
        async with (
            bus.listen(names.signal_subject(interview, participant)) as signals,
            bus.listen(names.owner_subject(interview, participant)) as owners,
        ):
            await self.door.execute(interview, Join(participant, self.connection, digest(hello.claim)))
            try:
                await self._welcome(await self.door.state(interview))
                await until_first(self._read(), self._forward(signals), self._watch_owner(owners))
            finally:
                await asyncio.shield(self._leave())

    async def _welcome(self, state: Interview) -> None:
        others = counterparts(state, self.claims.participant)
        welcome = Welcome(
            participant=self.claims.participant,
            connection=self.connection,
            role=self.claims.role,
            title=state.title,
            epoch_us=state.epoch_us,
            server_time_us=self.door.now_us(),
            ice_servers=[IceServer.model_validate(server) for server in self.door.settings.ice_servers],
            peers=[peer_info(other, state.seats[other]) for other in others],
        )
        await self.socket.send_text(welcome.model_dump_json())

    async def _read(self) -> None:
        while not self.said_bye:
            try:
                await self._take(await receive_text(self.socket))
            except IntactError as error:
                await send_problem(self.socket, error, fatal=False)

    async def _take(self, text: str) -> None:
        try:
            message = client_signal_adapter.validate_json(text)
        except ValidationError:
            raise Invalid("Expected a signalling message (description, candidate, bye), got something else.") from None
        match message:
            case Bye():
                self.said_bye = True
            case Description(peer=peer, kind="offer", sdp=sdp) if peer == SERVER:
                # The first answer waits for actors to start; what the participants say to each other does not.
                offer = asyncio.create_task(self._connect_server(sdp))
                self.offers.add(offer)
                offer.add_done_callback(self.offers.discard)
            case TypedAnswer():
                await self._receive_typed(message)
            case Description() | Candidate() if message.peer != SERVER:
                await self._pass_on(message)
            case Hello():
                raise Invalid("Expected one hello, got another.")
            case _:
                return  # candidates for the server: it reads them from the offer

    async def _receive_typed(self, message: TypedAnswer) -> None:
        problem = None
        try:
            await self._record_typed(message)
        except IntactError as error:
            problem = problem_of(error)
        await self.socket.send_text(AnswerReceipt(id=message.id, problem=problem).model_dump_json())

    async def _record_typed(self, message: TypedAnswer) -> None:
        state = await self.door.state(self.claims.interview)
        seat = state.seats.get(self.claims.participant)
        if seat is None or "transcript" not in served(state, seat):
            raise Refused("Expected an applicant who agreed to have their words written down.")
        sent = session_time(self.door.now_us(), state.epoch_us)
        begun = SessionTime(max(0, sent - round(message.seconds * MICROSECONDS)))
        for command in typed_answer(
            self.claims.participant, message.id, message.text, begun=begun, sent=sent, language=message.language
        ):
            await self.door.execute(self.claims.interview, command)

    async def _connect_server(self, sdp: str) -> None:
        async with self.answering:
            try:
                answer = await self.door.offer(self.claims.interview, self.claims.participant, sdp)
                await self.socket.send_text(Description(peer=SERVER, kind="answer", sdp=answer).model_dump_json())
            except IntactError as error:
                await send_problem(self.socket, error, fatal=False)

    async def _pass_on(self, message: Description | Candidate) -> None:
        addressee = ParticipantId(message.peer)
        state = await self.door.state(self.claims.interview)
        if addressee not in counterparts(state, self.claims.participant):
            raise NotFound("Expected a participant who is connected as addressee.")
        passed = message.model_copy(update={"peer": self.claims.participant})
        subject = names.signal_subject(self.claims.interview, addressee)
        await self.door.bus.send(subject, passed.model_dump_json().encode())

    async def _forward(self, signals: AsyncIterator[Message]) -> None:
        async for message in signals:
            await self.socket.send_text(message.data.decode())

    async def _watch_owner(self, owners: AsyncIterator[Message]) -> None:
        """Ends this connection when a newer one of the same participant counts."""
        async for message in owners:
            if message.data.decode() != self.connection:
                await self.socket.send_text(Replaced().model_dump_json())
                return

    async def _leave(self) -> None:
        for offer in tuple(self.offers):
            offer.cancel()
        await asyncio.gather(*self.offers, return_exceptions=True)
        leave = Leave(self.claims.participant, self.connection, vanished=not self.said_bye)
        try:
            await self.door.execute(self.claims.interview, leave)
        except Unavailable:
            log.warning("a departure was not recorded: the session did not answer")
        with suppress(RuntimeError):  # the client may have closed it already
            if self.socket.application_state is WebSocketState.CONNECTED:
                await self.socket.close()
