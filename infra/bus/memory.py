"""The bus in memory, for tests: same answers, inside one process."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from infra.bus.inbox import Inbox
from infra.bus.port import Message
from schemas.envelope import RecordedEvent
from schemas.ids import EventId, SubjectId


class MemoryBus:
    """See `infra.bus.port.Bus`. May be shared: closing it does nothing."""

    def __init__(self) -> None:
        self.published: dict[EventId, RecordedEvent] = {}
        """What the durable stream holds, in order."""
        self._listeners: list[tuple[str, Inbox]] = []

    async def publish(self, events: Sequence[RecordedEvent]) -> None:
        """See `infra.bus.port.Bus.publish`."""
        for event in events:
            kept = event._replace(payload=None) if event.subject is not None else event
            self.published.setdefault(event.id, kept)

    async def purge(self, subject: SubjectId) -> int:
        """See `infra.bus.port.Bus.purge`."""
        found = [id_ for id_, event in self.published.items() if event.subject == subject]
        for id_ in found:
            del self.published[id_]
        return len(found)

    async def send(self, subject: str, data: bytes) -> None:
        """See `infra.bus.port.Bus.send`."""
        for pattern, inbox in self._listeners:
            if matches(pattern, subject):
                inbox.put(Message(subject, data))

    @asynccontextmanager
    async def listen(self, subject: str) -> AsyncIterator[AsyncIterator[Message]]:
        """See `infra.bus.port.Bus.listen`."""
        entry = (subject, Inbox())
        self._listeners.append(entry)
        try:
            yield entry[1].messages()
        finally:
            self._listeners.remove(entry)

    async def close(self) -> None:
        """See `infra.bus.port.Bus.close`."""


def matches(pattern: str, subject: str) -> bool:
    """Whether `subject` falls under `pattern`: `*` is one word, `>` at the end is one or more (NATS)."""
    wanted, found = pattern.split("."), subject.split(".")
    for place, word in enumerate(wanted):
        if word == ">":
            return len(found) > place
        if place >= len(found) or word not in ("*", found[place]):
            return False
    return len(wanted) == len(found)
