"""Who writes that a person was erased: the interview's own session where it runs, else whoever erases."""

from typing import Protocol

from actors import names
from actors.patience import patiently
from actors.port import Runtime
from api.subjects.reading import read_interview
from dialogue.interview import decide
from infra.clock import NowUs, session_time
from infra.log import Log
from schemas.commands import EraseSubject
from schemas.envelope import enveloped
from schemas.errors import NotFound, WrongVersion
from schemas.ids import InterviewId, ParticipantId, interview_stream


class Writer(Protocol):
    """Writes the tombstone."""

    async def erase(self, interview: InterviewId, participant: ParticipantId) -> None:
        """Record in an interview that a participant is erased; nothing where it is recorded.

        Raises `NotFound` where there is no such interview, `Unavailable`.
        """
        ...


class RestingWriter:
    """Writes into the stream of an interview whose session does not run.

    The version it expects keeps the stream to one writer at a time: a session that starts meanwhile is found to have
    been faster, or finds so itself and reads on.
    """

    def __init__(self, log: Log, now_us: NowUs) -> None:
        self._log = log
        self._now_us = now_us

    async def erase(self, interview: InterviewId, participant: ParticipantId) -> None:
        """See `Writer.erase`."""
        while True:
            try:
                return await self._erase(interview, participant)
            except WrongVersion:
                continue

    async def _erase(self, interview: InterviewId, participant: ParticipantId) -> None:
        state, version = await read_interview(self._log, interview)
        if state is None:
            raise NotFound("There is no such interview.")
        at = session_time(self._now_us(), state.epoch_us)
        events = [enveloped(event, at=at, actor="eraser") for event in decide(state, EraseSubject(participant))]
        if events:
            await self._log.append(interview_stream(interview), events, expected=version)


class SessionWriter:
    """Has the interview's session write, so that it forgets the person at once."""

    def __init__(self, runtime: Runtime, resting: Writer) -> None:
        self._runtime = runtime
        self._resting = resting

    async def erase(self, interview: InterviewId, participant: ParticipantId) -> None:
        """See `Writer.erase`."""
        name = names.session(interview)

        async def ask() -> None:
            session = await self._runtime.find(name)
            if session is None:
                await self._resting.erase(interview, participant)
                session = await self._runtime.find(name)  # one that started meanwhile may have read too early
            if session is not None:
                await session.call("execute", EraseSubject(participant))

        await patiently(ask)
