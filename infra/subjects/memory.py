"""Persons in a log in memory, for tests."""

from collections.abc import Sequence
from datetime import UTC, datetime

from infra.log.memory import MemoryLog
from infra.subjects.port import Shredded
from schemas.errors import NotFound
from schemas.ids import StreamName, SubjectId


class MemorySubjects:
    """See `infra.subjects.port.Subjects`. Nothing is encrypted here: a key stands for the right to read."""

    def __init__(self, log: MemoryLog) -> None:
        self._log = log
        self._shredded: dict[SubjectId, datetime] = {}

    async def streams(self, subject: SubjectId) -> Sequence[StreamName]:
        """See `infra.subjects.port.Subjects.streams`."""
        return sorted({event.stream for event in await self._log.follow(limit=1_000_000) if event.subject == subject})

    async def shred(self, subject: SubjectId) -> Shredded:
        """See `infra.subjects.port.Subjects.shred`."""
        if not await self.streams(subject):
            raise NotFound("There is no such person in the record.")
        before = subject in self._shredded
        at = self._shredded.setdefault(subject, datetime.now(UTC))
        self._log.shred(subject)
        return Shredded(subject, at, before)

    async def scrub(self) -> Sequence[str]:
        """See `infra.subjects.port.Subjects.scrub`."""
        return ()

    async def close(self) -> None:
        """See `infra.subjects.port.Subjects.close`."""
