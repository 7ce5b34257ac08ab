"""Views in PostgreSQL: `await PostgresViews.open(url)`."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg.types.json import Jsonb

from infra.postgres import Connection, Pool, in_our_words, migrate, open_pool
from infra.views.port import Row
from schemas.envelope import START, LogPosition


class PostgresViews:
    """See `infra.views.port.Views`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    @classmethod
    async def open(cls, url: str) -> "PostgresViews":
        """The views in the database at `url`, brought to its newest shape. Raises `Unavailable`."""
        await migrate(url)
        return cls(await open_pool(url))

    async def position(self, view: str) -> LogPosition:
        """See `infra.views.port.Views.position`."""
        async with in_our_words(), self._pool.connection() as connection:
            found = await connection.execute(
                "select transaction_id, position from view_position where view = %s", [view]
            )
            row = await found.fetchone()
        return LogPosition(*row) if row else START

    async def load(self, view: str, keys: Sequence[str]) -> Mapping[str, Row]:
        """See `infra.views.port.Views.load`."""
        async with in_our_words(), self._pool.connection() as connection:
            found = await connection.execute(
                "select key, body, transaction_id, position from view_row where view = %s and key = any (%s)",
                [view, list(keys)],
            )
            rows = await found.fetchall()
        return {row[0]: _row(row) for row in rows}

    async def commit(self, view: str, rows: Sequence[Row], *, before: LogPosition, after: LogPosition) -> bool:
        """See `infra.views.port.Views.commit`."""
        async with in_our_words(), self._pool.connection() as connection, connection.transaction():
            if not await _move(connection, view, before, after):
                return False
            await _write(connection, view, rows)
        return True

    async def list(self, view: str, *, limit: int = 100) -> Sequence[Row]:
        """See `infra.views.port.Views.list`."""
        async with in_our_words(), self._pool.connection() as connection:
            found = await connection.execute(
                "select key, body, transaction_id, position from view_row where view = %s"
                " order by position desc limit %s",
                [view, limit],
            )
            rows = await found.fetchall()
        return [_row(row) for row in rows]

    async def reset(self, view: str) -> None:
        """See `infra.views.port.Views.reset`."""
        async with in_our_words(), self._pool.connection() as connection, connection.transaction():
            await connection.execute("delete from view_row where view = %s", [view])
            await connection.execute("delete from view_position where view = %s", [view])

    async def replace(self, view: str, rows: Sequence[Row], *, at: LogPosition) -> bool:
        """See `infra.views.port.Views.replace`."""
        async with in_our_words(), self._pool.connection() as connection, connection.transaction():
            if not await _move(connection, view, at, at):
                return False
            await connection.execute("delete from view_row where view = %s", [view])
            await _write(connection, view, rows)
        return True

    async def close(self) -> None:
        """See `infra.views.port.Views.close`."""
        await self._pool.close()


async def _move(connection: Connection, view: str, before: LogPosition, after: LogPosition) -> bool:
    await connection.execute(
        "insert into view_position (view, transaction_id, position) values (%s, 0, 0) on conflict do nothing", [view]
    )
    moved = await connection.execute(
        "update view_position set transaction_id = %s, position = %s"
        " where view = %s and transaction_id = %s and position = %s",
        [after.transaction, after.position, view, before.transaction, before.position],
    )
    return moved.rowcount == 1


async def _write(connection: Connection, view: str, rows: Sequence[Row]) -> None:
    async with connection.cursor() as cursor:
        await cursor.executemany(
            "insert into view_row (view, key, body, transaction_id, position) values (%s, %s, %s, %s, %s)"
            " on conflict (view, key) do update set body = excluded.body,"
            " transaction_id = excluded.transaction_id, position = excluded.position",
            [(view, row.key, Jsonb(row.body), row.place.transaction, row.place.position) for row in rows],
        )


def _row(row: tuple[Any, ...]) -> Row:
    return Row(key=row[0], body=row[1], place=LogPosition(row[2], row[3]))
