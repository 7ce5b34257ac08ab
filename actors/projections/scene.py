"""What all views of one interview were at one moment: a fold of its recorded stream, pure.

The moment of an event is its time on the session clock, and never earlier than that of the event before it: where a
clock was set back, the record goes on at the moment it had reached. So what stands at a moment is always the beginning
of the stream, up to some version.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from actors.projections import PROJECTIONS
from actors.projections.fold import Folded, fold, told
from infra.views.port import Row
from schemas.envelope import RecordedEvent
from schemas.media import SessionTime
from schemas.wire import Change

BEFORE = SessionTime(-1)
"""Before the first event."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The views after the first `version` events of a stream."""

    at: SessionTime = BEFORE
    """The moment of the newest of them."""
    version: int = 0
    views: Mapping[str, Mapping[str, Row]] = field(default_factory=dict)
    """Rows by view and key."""

    def row(self, view: str, key: str) -> Row | None:
        """One row, None where it was not there yet."""
        return self.views.get(view, {}).get(key)


def after(scene: Scene, events: Sequence[RecordedEvent]) -> Scene:
    """The scene after `events`, the next ones of the stream; projected as the projector does."""
    views = dict(scene.views)
    for projection in PROJECTIONS:
        rows = views.get(projection.name, {})
        folded = fold(projection, rows, events)
        views[projection.name] = {
            **rows,
            **{key: Row(key, change.after, change.place) for key, change in folded.items()},
        }
    return Scene(SessionTime(max(scene.at, *(event.at for event in events))), events[-1].version, views)


def change(before: Row | None, row: Row) -> Change:
    """What a screen that shows `before` is told, so that it shows `row`."""
    known, since = (before.body, before.place.position) if before else ({}, 0)
    return told(Folded(before=known, after=row.body, since=since, place=row.place))
