"""Participants whose browser went away while no API process was there to see it.

A socket that ends tells the session so. When the process that held it was killed, nobody did: after its successor has
given browsers time to come back, whoever did not is recorded as vanished. Holds for one API process per log.
"""

import asyncio
import logging
from collections.abc import Mapping

from actors.projections.interview import InterviewProjection
from api.door import Door
from dialogue.state import Interview
from infra.views.port import Body
from schemas.commands import Leave
from schemas.errors import IntactError
from schemas.ids import ConnectionId, InterviewId, ParticipantId

GRACE_SECONDS = 30.0
"""How long browsers have to connect again after a start; their longest pause between tries is well below it."""
MOST_INTERVIEWS = 500

log = logging.getLogger(__name__)


async def record_absences(opened: Door) -> None:
    """Once, after the grace: record who did not come back to the interviews that are still open."""
    found = await _connections(opened)
    await asyncio.sleep(GRACE_SECONDS)
    for interview, connections in found.items():
        try:
            state = await opened.state(interview)
            for participant, connection in still_connected(state, connections).items():
                await opened.execute(interview, Leave(participant, connection, vanished=True))
        except IntactError as error:
            log.warning("absences of an interview were not recorded: %s", error.code)


def still_connected(
    state: Interview, connections: Mapping[ParticipantId, ConnectionId]
) -> dict[ParticipantId, ConnectionId]:
    """Those of `connections` that count still: nobody replaced or ended them since."""
    return {
        participant: connection
        for participant, connection in connections.items()
        if participant in state.seats and state.seats[participant].connection == connection
    }


async def _connections(opened: Door) -> dict[InterviewId, dict[ParticipantId, ConnectionId]]:
    """The connections that the record takes for living, of open interviews, at the start of this process."""
    rows = await opened.views.list(InterviewProjection.name, limit=MOST_INTERVIEWS)
    found: dict[InterviewId, dict[ParticipantId, ConnectionId]] = {}
    for row in rows:
        if not _seems_attended(row.body):
            continue
        try:
            seats = (await opened.state(InterviewId(row.key))).seats
        except IntactError as error:
            log.warning("an open interview was not looked at: %s", error.code)
            continue
        found[InterviewId(row.key)] = {
            id_: seat.connection for id_, seat in seats.items() if seat.connection is not None
        }
    return found


def _seems_attended(body: Body) -> bool:
    seats = body.get("participants", {}).values()
    return body["status"] == "open" and any(seat["presence"] == "present" for seat in seats)
