"""An actor that gathers observations by the second; each second is one command to the session."""

import asyncio
from abc import abstractmethod
from typing import Generic, TypeVar

from actors.batch import Batch, Closed
from actors.parts import Parts
from actors.port import Runtime
from actors.teller import Teller
from schemas.commands import Command
from schemas.ids import InterviewId, ParticipantId
from schemas.media import SessionTime
from schemas.policy import Purpose

Observation = TypeVar("Observation")

IDLE_SECONDS = 1.5
"""A second that is followed by nothing is closed after this long, in seconds."""


class Modality(Teller, Generic[Observation]):
    """An actor below a peer that observes one thing."""

    def __init__(
        self,
        interview: InterviewId,
        participant: ParticipantId,
        purposes: frozenset[Purpose],
        parts: Parts,
        runtime: Runtime,
    ) -> None:
        super().__init__(interview, participant, purposes, runtime, one_machine=parts.one_machine)
        self._interview = interview
        self._parts = parts
        self._batch: Batch[Observation] = Batch()
        self._idle: asyncio.TimerHandle | None = None

    @abstractmethod
    def _command(self, closed: Closed[Observation]) -> Command:
        """How a second of observations is told to the session."""

    def _gather(self, at: SessionTime, observation: Observation, lost: int) -> None:
        closed = self._batch.add(at, observation, lost)
        if closed is not None:
            self._tell(self._command(closed))
        if self._idle is not None:
            self._idle.cancel()
        self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._finish)

    def _finish(self) -> None:
        closed = self._batch.close()
        if closed is not None:
            self._tell(self._command(closed))
