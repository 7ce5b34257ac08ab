"""Destroys what PostgreSQL keeps of older rows: an update leaves the old row in its table's file until the file is
rewritten, and in the write-ahead log until the segment is.

The log's own table needs none of it: its rows are never changed.
"""

import asyncio
from typing import Any

import psycopg
from psycopg import sql

TABLES = ("subject_key", "view_row")
MOST_REWRITTEN_BYTES = 256 * 1024 * 1024
"""A larger table is not rewritten: everything that reads it would wait for longer than a screen may."""
LOCK_SECONDS = 5
LOOKS = 500
LOOK_PERIOD = 0.01
"""Seconds between looks at whether the server has taken up a setting, `LOOKS` times at most."""

SIZE = "select pg_total_relation_size(%s::regclass)"
AHEAD = "select count(*) from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$' and name > pg_walfile_name(%s::pg_lsn)"

Connection = psycopg.AsyncConnection[Any]


async def scrub(url: str) -> list[str]:
    """Rewrite the files of what changes, and the write-ahead log; returns what may be left, a sentence each.

    Raises the driver's errors where the server does not answer.
    """
    left = []
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(f"set lock_timeout = '{LOCK_SECONDS}s'".encode())
        for table in TABLES:
            try:
                left += await _rewrite(connection, table)
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.LockNotAvailable):
                left.append(f"The file of the table {table} may hold older rows until it is rewritten (VACUUM FULL).")
        try:
            await _overwrite_journal(connection)
        except psycopg.errors.InsufficientPrivilege:
            left.append("The write-ahead log may hold older rows until its segments are used again.")
    return left


async def _rewrite(connection: Connection, table: str) -> list[str]:
    [(size,)] = await (await connection.execute(SIZE, [table])).fetchall()
    small = size <= MOST_REWRITTEN_BYTES
    await connection.execute(sql.SQL("vacuum (full {}) {}").format(sql.SQL(str(small)), sql.Identifier(table)))
    if small:
        return []
    return [f"The file of the table {table} may hold older rows in unused room, until that is used again."]


async def _overwrite_journal(connection: Connection) -> None:
    """Go through the segments that wait to be used again, and have the old ones removed instead of kept for reuse."""
    if await _recycles(connection):
        await _set(connection, "off")
        try:
            await _write_through(connection)
        finally:
            await _set(connection, "on")
    else:
        await _write_through(connection)


async def _write_through(connection: Connection) -> None:
    [(here,)] = await (await connection.execute("select pg_current_wal_lsn()")).fetchall()
    [(ahead,)] = await (await connection.execute(AHEAD, [here])).fetchall()
    for _ in range(ahead + 1):
        await connection.execute("select pg_logical_emit_message(false, 'intact', '')")
        await connection.execute("select pg_switch_wal()")  # fills what is left of the segment with zeros
    await connection.execute("checkpoint")


async def _recycles(connection: Connection) -> bool:
    return (await (await connection.execute("show wal_recycle")).fetchall()) == [("on",)]


async def _set(connection: Connection, value: str) -> None:
    statement = "alter system set wal_recycle = off" if value == "off" else "alter system reset wal_recycle"
    await connection.execute(statement.encode())
    await connection.execute("select pg_reload_conf()")
    for _ in range(LOOKS):
        if await _recycles(connection) == (value == "on"):
            return
        await asyncio.sleep(LOOK_PERIOD)
