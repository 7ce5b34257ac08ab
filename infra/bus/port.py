"""What every bus can do."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from schemas.envelope import RecordedEvent
from schemas.ids import SubjectId


@dataclass(frozen=True, slots=True)
class Message:
    """Something that came over the bus."""

    subject: str
    data: bytes


class Bus(Protocol):
    """Two kinds of carriage: recorded events (kept, at least once) and live messages (may be lost)."""

    async def publish(self, events: Sequence[RecordedEvent]) -> None:
        """Put recorded events on the durable stream, in their order; the same event id is kept once.

        What concerns a person is kept without its payload: the envelope alone, whoever is to know more asks the log.
        Returns when all are kept. Raises `Unavailable`: then the first few may be kept, and the whole is to be
        repeated before anything that comes after it is published.
        """
        ...

    async def purge(self, subject: SubjectId) -> int:
        """Destroy what the durable stream keeps about a person; returns how many events it were.

        Raises `Unavailable`; then it is to be repeated.
        """
        ...

    async def send(self, subject: str, data: bytes) -> None:
        """Send a live message; it reaches who listens now, and may be lost."""
        ...

    def listen(self, subject: str) -> AbstractAsyncContextManager[AsyncIterator[Message]]:
        """Live messages under `subject` (NATS wildcards), from the moment the context is entered.

        Bounded: drops the oldest where the reader is slow.
        """
        ...

    async def close(self) -> None:
        """Drain and disconnect."""
        ...
