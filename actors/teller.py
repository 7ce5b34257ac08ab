"""What all actors below a peer share: media come in one at a time, and what is made of them is told to the session
until it is acknowledged.

May lose: media that arrive while the actor is away (the peer counts them), and what a session that stays away was not
told, beyond the newest `OUTBOX` commands.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import deque
from typing import Any

from actors.port import Runtime
from actors.session_ref import SessionRef
from infra.feed import FeedAddress, FeedReceiver
from schemas.commands import Command
from schemas.errors import IntactError
from schemas.ids import InterviewId, ParticipantId
from schemas.policy import Purpose

log = logging.getLogger(__name__)

OUTBOX = 300
"""How many commands wait for a session that does not answer: five minutes of one a second."""


class Teller(ABC):
    """An actor below a peer."""

    def __init__(
        self,
        interview: InterviewId,
        participant: ParticipantId,
        purposes: frozenset[Purpose],
        runtime: Runtime,
        *,
        one_machine: bool,
    ) -> None:
        self._participant = participant
        self._purposes = purposes
        self._one_machine = one_machine
        self._session = SessionRef(interview, runtime)
        self._outbox: deque[Command] = deque(maxlen=OUTBOX)
        self._waiting = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to take media and to tell the session."""
        await self._open()
        self._receiver = FeedReceiver(self.observe)
        self._address = await self._receiver.open(loopback=self._one_machine)
        self._tasks.append(asyncio.create_task(self._deliver()))

    async def stop(self) -> None:
        """Tell what was gathered, as far as the session still wants it."""
        await self._receiver.close()
        self._finish()
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
        """Take one medium of the kind that this actor is for; `lost` counts those since the last one that were not
        observed."""

    @abstractmethod
    async def _open(self) -> None:
        """Load the models, take up what the record knows."""

    @abstractmethod
    async def _begin(self) -> None:
        """Forget what holds for one connection alone."""

    @abstractmethod
    def _finish(self) -> None:
        """No more media come: tell what is left."""

    @abstractmethod
    async def _release(self) -> None:
        """Give back models and connections."""

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
            log.warning("what was observed was not recorded: %s", error.code)
        if self._outbox and self._outbox[0] is command:
            self._outbox.popleft()
