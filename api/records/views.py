"""What `intact views …` does: each view is what the pure projections make of the log."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer

from actors.projections import PROJECTIONS
from actors.projections.fold import fold
from actors.projections.port import Projection
from api.bootstrap import open_log, open_views
from infra.embedded.record import with_record
from infra.log import Log
from infra.settings import Settings
from infra.views import Views
from infra.views.port import Row
from schemas.envelope import START, LogPosition
from schemas.errors import NotFound

EVERYTHING = "all"
MOST_ROWS = 1_000_000
"""Rows of one view that are compared, at most; both sides are held in memory."""


async def check_views() -> bool:
    """Compare every stored view with one rebuilt from the log up to the same place; say what was found.

    Raises `Unavailable`.
    """
    async with _opened() as (log, views):
        equal = []
        for projection in PROJECTIONS:
            rows, different = await compare(log, views, projection)
            equal.append(not different)
            said = "equal to a rebuild" if not different else f"different in {len(different)} rows"
            typer.echo(f"{projection.name}: {rows} rows, {said}")
    return all(equal)


async def rebuild_views(name: str) -> None:
    """Make one view (or `all`) anew from the log and put it in the place of the stored one; the server may run.

    Raises `NotFound`, `Unavailable`.
    """
    chosen = [projection for projection in PROJECTIONS if name in (projection.name, EVERYTHING)]
    if not chosen:
        known = ", ".join(projection.name for projection in PROJECTIONS)
        raise NotFound(f"There is no such view; there are: {known} ({EVERYTHING} for every one).")
    async with _opened() as (log, views):
        for projection in chosen:
            typer.echo(f"{projection.name}: {await replace(log, views, projection)} rows rebuilt")


async def compare(log: Log, views: Views, projection: Projection) -> tuple[int, list[str]]:
    """How many rows the view has, and the keys of those that a rebuild gives otherwise, misses or has besides."""
    rebuilt = Rebuild(log, projection)
    while True:
        until = await views.position(projection.name)
        await rebuilt.advance(until)
        stored = {row.key: row for row in await views.list(projection.name, limit=MOST_ROWS)}
        if await views.position(projection.name) == until:
            break  # else a projector went on while we looked
    rows = rebuilt.rows
    return len(stored), [key for key in sorted(rows.keys() | stored.keys()) if stored.get(key) != rows.get(key)]


async def replace(log: Log, views: Views, projection: Projection) -> int:
    """Put a rebuilt view in the place of the stored one, also while a projector goes on; how many rows it has."""
    rebuilt = Rebuild(log, projection)
    while True:
        until = await views.position(projection.name)
        await rebuilt.advance(until)
        if await views.replace(projection.name, list(rebuilt.rows.values()), at=until):
            return len(rebuilt.rows)


class Rebuild:
    """The rows of a view as the log gives them, held in memory, up to a place that moves on."""

    def __init__(self, log: Log, projection: Projection) -> None:
        self._log = log
        self._projection = projection
        self._place = START
        self.rows: dict[str, Row] = {}

    async def advance(self, until: LogPosition) -> None:
        """Take what lies before and at `until`; begins anew where that lies back. Raises `Unavailable`."""
        if until < self._place:
            self._place, self.rows = START, {}
        while self._place < until:
            events = [event for event in await self._log.follow(self._place) if event.place <= until]
            if not events:
                return
            folded = fold(self._projection, self.rows, events)
            self.rows |= {key: Row(key, change.after, change.place) for key, change in folded.items()}
            self._place = events[-1].place


@asynccontextmanager
async def _opened() -> AsyncIterator[tuple[Log, Views]]:
    async with with_record(Settings.load()) as settings:
        log = await open_log(settings)
        try:
            views = await open_views(settings)
            try:
                yield log, views
            finally:
                await views.close()
        finally:
            await log.close()
