"""Views in memory, for tests: same answers, gone with the process."""

import json
from collections.abc import Mapping, Sequence

from infra.views.port import Row
from schemas.envelope import START, LogPosition


class MemoryViews:
    """See `infra.views.port.Views`."""

    def __init__(self) -> None:
        self._positions: dict[str, LogPosition] = {}
        self._rows: dict[tuple[str, str], Row] = {}

    async def position(self, view: str) -> LogPosition:
        """See `infra.views.port.Views.position`."""
        return self._positions.get(view, START)

    async def load(self, view: str, keys: Sequence[str]) -> Mapping[str, Row]:
        """See `infra.views.port.Views.load`."""
        return {key: self._rows[view, key] for key in keys if (view, key) in self._rows}

    async def commit(self, view: str, rows: Sequence[Row], *, before: LogPosition, after: LogPosition) -> bool:
        """See `infra.views.port.Views.commit`."""
        if await self.position(view) != before:
            return False
        for row in rows:
            self._rows[view, row.key] = Row(row.key, json.loads(json.dumps(row.body)), row.place)
        self._positions[view] = after
        return True

    async def list(self, view: str, *, limit: int = 100) -> Sequence[Row]:
        """See `infra.views.port.Views.list`."""
        found = [row for (name, _), row in self._rows.items() if name == view]
        return sorted(found, key=lambda row: row.place.position, reverse=True)[:limit]

    async def reset(self, view: str) -> None:
        """See `infra.views.port.Views.reset`."""
        self._positions.pop(view, None)
        self._rows = {key: row for key, row in self._rows.items() if key[0] != view}

    async def replace(self, view: str, rows: Sequence[Row], *, at: LogPosition) -> bool:
        """See `infra.views.port.Views.replace`."""
        if await self.position(view) != at:
            return False
        await self.reset(view)
        return await self.commit(view, rows, before=START, after=at)

    async def close(self) -> None:
        """See `infra.views.port.Views.close`."""
