"""What all modalities share: media in one at a time, observations gathered by the second, each second told to the
session until it is acknowledged.

May lose: media that arrive while the actor is away (the peer counts them), and the seconds that a session which stays
away for longer than `OUTBOX_SECONDS` was not told.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import deque
from typing import Any, Generic, TypeVar

from actors.batch import Batch, Closed
from actors.parts import Parts
from actors.port import Runtime
from actors.session_ref import SessionRef
from infra.feed import FeedAddress, FeedReceiver
from schemas.commands import Command
from schemas.errors import IntactError
from schemas.ids import InterviewId, ParticipantId
from schemas.media import SessionTime
from schemas.policy import Purpose

log = logging.getLogger(__name__)

Observation = TypeVar("Observation")

OUTBOX_SECONDS = 300
"""How many seconds of observations wait for a session that does not answer."""
IDLE_SECONDS = 1.5
"""A second that is followed by nothing is closed after this long, in seconds."""


class Modality(ABC, Generic[Observation]):
    """An actor below a peer."""

    def __init__(
        self,
        interview: InterviewId,
        participant: ParticipantId,
        purposes: frozenset[Purpose],
        parts: Parts,
        runtime: Runtime,
    ) -> None:
        self._interview = interview
        self._participant = participant
        self._purposes = purposes
        self._parts = parts
        self._session = SessionRef(interview, runtime)
        self._batch: Batch[Observation] = Batch()
        self._outbox: deque[Command] = deque(maxlen=OUTBOX_SECONDS)
        self._waiting = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._idle: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Begin to take media and to tell the session."""
        await self._open()
        self._receiver = FeedReceiver(self.observe)
        self._address = await self._receiver.open(loopback=self._parts.one_machine)
        self._tasks.append(asyncio.create_task(self._deliver()))

    async def stop(self) -> None:
        """Tell what was gathered, as far as the session still wants it."""
        await self._receiver.close()
        self._close_second()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._release()

    async def address(self) -> FeedAddress:
        """Where to send media to; they are then taken as by `observe`."""
        return self._address

    async def begin(self) -> FeedAddress:
        """A new connection begins: what was learnt of the old line does not hold. Returns where to send media to."""
        await self._begin()
        return self._address

    async def purposes(self) -> frozenset[Purpose]:
        """For what it observes; it has loaded nothing that serves anything else."""
        return self._purposes

    @abstractmethod
    async def observe(self, medium: Any, lost: int) -> None:
        """Take one medium of the kind that this modality is for; `lost` counts those since the last one that were not
        observed."""

    @abstractmethod
    async def _open(self) -> None:
        """Load the models, take up what the record knows."""

    @abstractmethod
    async def _begin(self) -> None:
        """Forget what holds for one connection alone."""

    @abstractmethod
    async def _release(self) -> None:
        """Give back models and connections."""

    @abstractmethod
    def _command(self, closed: Closed[Observation]) -> Command:
        """How a second of observations is told to the session."""

    def _gather(self, at: SessionTime, observation: Observation, lost: int) -> None:
        closed = self._batch.add(at, observation, lost)
        if closed is not None:
            self._tell(self._command(closed))
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._close_second)

    def _close_second(self) -> None:
        closed = self._batch.close()
        if closed is not None:
            self._tell(self._command(closed))

    def _tell(self, command: Command) -> None:
        self._outbox.append(command)
        self._waiting.set()

    async def _deliver(self) -> None:
        while True:
            await self._waiting.wait()
            while self._outbox:
                await self._tell_first()
            self._waiting.clear()

    async def _tell_first(self) -> None:
        command = self._outbox[0]
        try:
            await self._session.execute(command)
        except IntactError as error:
            if error.retryable:
                return  # it stays the first to be told
            log.warning("a second of observations was not recorded: %s", error.code)
        if self._outbox and self._outbox[0] is command:
            self._outbox.popleft()
