"""The interviewer's screen as it was: at one moment (`…/view`), and played (`…/replay`), read-only.

What stands at a moment is what was recorded by then on the session clock; see `actors.projections.scene`.
"""

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from actors.projections.interview import InterviewProjection
from api.auth import OpenDoor, host_or_interviewer
from api.door import door
from api.interviews.routes import Id, snapshot_of
from api.records.player import Player
from api.records.stage import FOREVER, Stage
from api.socket import receive_hello, receive_text, send_problem, until_first
from api.stream import authorize
from schemas.errors import IntactError, Invalid, NotFound
from schemas.media import SessionTime
from schemas.wire import Snapshot, replay_command_adapter

router = APIRouter(prefix="/api/v1/interviews", tags=["replay"])

Moment = Annotated[int, Query(ge=0, le=FOREVER)]
"""Session time, microseconds."""


@router.get("/{interview}/view", dependencies=[Depends(host_or_interviewer)])
async def view_at(interview: Id, opened: OpenDoor, at_us: Moment) -> Snapshot:
    """The interview as its interviewer's screen showed it at `at_us`."""
    scene = await Stage(opened.log, interview).seek(SessionTime(at_us))
    row = scene.row(InterviewProjection.name, interview)
    if row is None:
        raise NotFound("There was no such interview at that time.")
    return snapshot_of(row)


@router.websocket("/{interview}/replay")
async def replay(
    socket: WebSocket,
    interview: Id,
    from_us: Moment = 0,
    until_us: Moment = FOREVER,
    speed: Annotated[float, Query(ge=0)] = 1.0,
) -> None:
    """Speak `schemas.wire.ReplayMessage` to the host, or to the interviewer; take `ReplayCommand`s meanwhile.

    Begins at `from_us` and ends at `until_us`, `speed` times as fast as it was; 0 begins standing still, `inf` goes as
    fast as can be.
    """
    await socket.accept()
    with suppress(WebSocketDisconnect):
        try:
            hello = await receive_hello(socket)
            await authorize(door(socket), interview, hello)
            stage = Stage(door(socket).log, interview)
            span = await stage.span()
            if span is None:
                raise NotFound("There is no such interview.")
            first, last = span
            player = Player(stage, interview, first, max(first, min(SessionTime(until_us), last)), socket.send_text)
            await until_first(_read(socket, player), player.play(SessionTime(from_us), speed))
        except IntactError as error:
            await send_problem(socket, error, fatal=True)


async def _read(socket: WebSocket, player: Player) -> None:
    """Hand on what the client asks for, until it is gone."""
    while True:
        try:
            player.commands.put_nowait(replay_command_adapter.validate_json(await receive_text(socket)))
        except ValidationError:
            said = Invalid("Expected seek, play or pause, got something else.")
            await send_problem(socket, said, fatal=False)
        except IntactError as error:
            await send_problem(socket, error, fatal=False)
