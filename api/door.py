"""What the handlers of one API process work with."""

from dataclasses import dataclass
from functools import partial
from typing import cast

from starlette.requests import HTTPConnection

from actors import names
from actors.parts import Parts
from actors.patience import patiently
from actors.port import Ref, Runtime
from actors.session import Outcome, Session
from api.link import LinkOffice
from dialogue.state import Interview
from infra.bus import Bus
from infra.clock import NowUs
from infra.log import Log
from infra.settings import Settings
from infra.views import Views
from schemas.commands import Command, CreateInterview
from schemas.errors import NotFound
from schemas.ids import InterviewId, ParticipantId, interview_stream


@dataclass(frozen=True, slots=True)
class Door:
    """Built once by the composition root, kept in `app.state.door`."""

    settings: Settings
    runtime: Runtime
    parts: Parts
    log: Log
    bus: Bus
    views: Views
    links: LinkOffice
    now_us: NowUs

    async def session(self, interview: InterviewId, *, new: bool = False) -> Ref:
        """The actor that owns `interview`; started from the log where it does not run.

        Raises `NotFound` for an interview that the log does not know, unless it is to be a new one.
        """
        name = names.session(interview)
        found = await self.runtime.find(name)
        if found is not None:
            return found
        if not new and not await self._recorded(interview):
            raise NotFound("There is no such interview.")
        return await self.runtime.ensure(name, partial(Session, interview, self.parts))

    async def _recorded(self, interview: InterviewId) -> bool:
        async for _ in self.log.read(interview_stream(interview)):
            return True
        return False

    async def execute(self, interview: InterviewId, command: Command) -> Outcome:
        """Have `command` executed and acknowledged, asking again while the session is being restarted."""

        async def ask() -> Outcome:
            session = await self.session(interview, new=isinstance(command, CreateInterview))
            outcome: Outcome = await session.call("execute", command)
            return outcome

        return await patiently(ask)

    async def state(self, interview: InterviewId) -> Interview:
        """The interview as its owner knows it. Raises `NotFound`."""

        async def ask() -> Interview:
            state: Interview = await (await self.session(interview)).call("state")
            return state

        return await patiently(ask)

    async def offer(self, interview: InterviewId, participant: ParticipantId, sdp: str) -> str:
        """Connect a participant's analysis stream; the SDP answer. See `actors.session.Session.offer`."""

        async def ask() -> str:
            answer: str = await (await self.session(interview)).call("offer", participant, sdp)
            return answer

        return await patiently(ask)


def door(connection: HTTPConnection) -> Door:
    """The door of the process that serves `connection`."""
    return cast(Door, connection.app.state.door)
