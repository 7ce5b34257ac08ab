"""Applies a run of events to the rows they change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actors.projections.patch import merge_patch
from actors.projections.port import Projection
from infra.views.port import Body, Row
from schemas.envelope import LogPosition, RecordedEvent
from schemas.wire import Change


@dataclass(frozen=True, slots=True)
class Folded:
    """How one row changed."""

    before: Body
    """Empty where there was no row."""
    after: Body
    since: int
    """Global position up to which `before` was true; 0 where there was no row."""
    place: LogPosition
    """Place up to which `after` is true."""


def fold(projection: Projection, rows: Mapping[str, Row], events: Sequence[RecordedEvent]) -> dict[str, Folded]:
    """The rows that `events` change, by key."""
    bodies: dict[str, Body] = {key: row.body for key, row in rows.items()}
    places: dict[str, LogPosition] = {}
    for event in events:
        key = projection.key(event)
        if key is not None:
            bodies[key] = projection.apply(bodies.get(key), event)
            places[key] = event.place
    return {
        key: Folded(
            before=rows[key].body if key in rows else {},
            after=bodies[key],
            since=rows[key].place.position if key in rows else 0,
            place=place,
        )
        for key, place in places.items()
    }


def told(folded: Folded) -> Change:
    """What a screen that shows the row as it was is told."""
    patch = merge_patch(folded.before, folded.after)
    return Change(after=folded.since, position=folded.place.position, patch=patch)
