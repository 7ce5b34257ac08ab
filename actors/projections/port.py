"""What a projection is."""

from typing import Any, Protocol

from infra.views.port import Body
from schemas.envelope import RecordedEvent


class Projection(Protocol):
    """Turns events into the rows of one view; pure, so that a rebuild gives the same rows."""

    name: str
    told: bool
    """Whether screens are told of each change."""

    def key(self, event: RecordedEvent) -> str | None:
        """The row that `event` changes; None where it changes none."""
        ...

    def apply(self, body: Body | None, event: RecordedEvent) -> dict[str, Any]:
        """The row after `event`; the given one is left as it is."""
        ...
