"""What every store of views can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from schemas.envelope import LogPosition

Body = Mapping[str, Any]
"""JSON object."""


@dataclass(frozen=True, slots=True)
class Row:
    """One view and the position up to which it is true."""

    key: str
    body: Body
    place: LogPosition


class Views(Protocol):
    """Rows by view name and key, and the position of each view's projector, which change together."""

    async def position(self, view: str) -> LogPosition:
        """How far `view` has been projected; the start where it never was."""
        ...

    async def load(self, view: str, keys: Sequence[str]) -> Mapping[str, Row]:
        """The rows of `view` that exist among `keys`."""
        ...

    async def commit(self, view: str, rows: Sequence[Row], *, before: LogPosition, after: LogPosition) -> bool:
        """Write `rows` and move the position from `before` to `after`, in one transaction.

        Returns False, having written nothing, where the position is no longer `before` (another projector was faster).
        """
        ...

    async def list(self, view: str, *, limit: int = 100) -> Sequence[Row]:
        """The rows of `view`, newest position first."""
        ...

    async def reset(self, view: str) -> None:
        """Forget all rows of `view` and its position, in one transaction."""
        ...

    async def replace(self, view: str, rows: Sequence[Row], *, at: LogPosition) -> bool:
        """Make `rows` all there are of `view`, in one transaction; its position stays.

        Returns False, having written nothing, where the position is no longer `at`.
        """
        ...

    async def close(self) -> None:
        """Give back connections."""
        ...
