"""Projects the log into views, and tells the screens what changed.

A view's rows and its position change in one transaction, so that each event takes effect exactly once, whatever dies.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress

from actors import names
from actors.follower import Follower
from actors.projections import PROJECTIONS
from actors.projections.fold import Folded, fold, told
from actors.projections.port import Projection
from infra.log import Log
from infra.views import Views
from infra.views.port import Row
from schemas.envelope import RecordedEvent
from schemas.errors import Unavailable
from schemas.ids import InterviewId


class Projector(Follower):
    """The actor `projector`."""

    async def _advance(self) -> bool:
        moved = [await self._project(projection) for projection in PROJECTIONS]
        return any(moved)

    async def _project(self, projection: Projection) -> bool:
        folded = await project(projection, self._log, self._views)
        if folded is None:
            return False
        if projection.told:
            await self._tell(folded)
        return True

    async def _tell(self, folded: Mapping[str, Folded]) -> None:
        for key, change in folded.items():
            with suppress(Unavailable):  # the screen sees the gap and takes a new snapshot
                await self._bus.send(names.view_subject(InterviewId(key)), told(change).model_dump_json().encode())


async def project(projection: Projection, log: Log, views: Views) -> Mapping[str, Folded] | None:
    """Take the next batch of the log into a view.

    Returns the rows that changed (none where another projector was faster), or None where there was no batch. Raises
    `Unavailable`.
    """
    before = await views.position(projection.name)
    events = await log.follow(before)
    if not events:
        return None
    rows = await views.load(projection.name, _keys(projection, events))
    folded = fold(projection, rows, events)
    written = [Row(key, change.after, change.place) for key, change in folded.items()]
    committed = await views.commit(projection.name, written, before=before, after=events[-1].place)
    return folded if committed else {}


def _keys(projection: Projection, events: Sequence[RecordedEvent]) -> list[str]:
    return sorted({key for event in events if (key := projection.key(event)) is not None})
