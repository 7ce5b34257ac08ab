"""What every store of persons can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from schemas.ids import StreamName, SubjectId


@dataclass(frozen=True, slots=True)
class Shredded:
    """A key that is gone for good."""

    key: str
    """The id of the key; never the key."""
    at: datetime
    before: bool
    """Whether it was gone already."""


class Subjects(Protocol):
    """Errors of all methods: `Unavailable`."""

    async def streams(self, subject: SubjectId) -> Sequence[StreamName]:
        """The streams with an event about a person, readable or not."""
        ...

    async def shred(self, subject: SubjectId) -> Shredded:
        """Destroy the key of a person: from its return on nobody reads what was encrypted with it.

        Raises `NotFound` where there never was a key.
        """
        ...

    async def scrub(self) -> Sequence[str]:
        """Destroy older copies of what was changed or removed, as far as the store allows it.

        Returns what may be left, a sentence each; none where nothing is.
        """
        ...

    async def close(self) -> None:
        """Give back connections."""
        ...
