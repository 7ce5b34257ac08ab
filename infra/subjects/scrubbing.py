"""Destroys what PostgreSQL keeps of older rows: an update leaves the old row in its table's file until the file is
rewritten, and in the write-ahead log until the segment is.

The log's own table needs none of it: its rows are never changed.
"""

import psycopg
from psycopg import sql

from infra.postgres import Connection, connect, in_our_words

TABLES = ("subject_key", "view_row", "refusal")
MOST_REWRITTEN_BYTES = 256 * 1024 * 1024
"""A larger table is not rewritten: everything that reads it would wait for longer than a screen may."""
LOCK_SECONDS = 5

SIZE = "select pg_total_relation_size(%s::regclass)"
SEGMENTS = "select count(*) from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'"
AHEAD = f"{SEGMENTS} and name > pg_walfile_name(%s::pg_lsn)"
KEPT = f"{SEGMENTS} and name <= pg_walfile_name(%s::pg_lsn)"


async def scrub(url: str) -> list[str]:
    """Rewrite the files of what changes, and the write-ahead log; returns what may be left, a sentence each.

    `url` names the owner of the tables: whoever migrated the database. The write-ahead log needs a superuser, or one
    who may call `pg_ls_waldir`, `pg_switch_wal`, `pg_logical_emit_message` and CHECKPOINT.
    Raises `Unavailable`.
    """
    left = []
    async with in_our_words(), await connect(url, autocommit=True) as connection:
        await connection.execute(f"set lock_timeout = '{LOCK_SECONDS}s'".encode())
        for table in TABLES:
            try:
                left += await _rewrite(connection, table)
            except psycopg.errors.LockNotAvailable:
                left.append(f"The file of the table {table} may hold older rows until it is rewritten (VACUUM FULL).")
        try:
            left += await _overwrite_journal(connection)
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


async def _overwrite_journal(connection: Connection) -> list[str]:
    """Write through all segments there are: once those that wait to be used again, and once those that then do.

    A checkpoint takes what lies behind it out of use: such a segment is removed, or kept under a later name with what
    is in it.
    """
    [(begin,)] = await (await connection.execute("select pg_current_wal_lsn()")).fetchall()
    for _ in range(2):
        await _write_through(connection)
        await connection.execute("checkpoint")
    [(kept,)] = await (await connection.execute(KEPT, [begin])).fetchall()
    return [f"{kept} segments of the write-ahead log are kept for a replica or an archive."] if kept else []


async def _write_through(connection: Connection) -> None:
    [(here,)] = await (await connection.execute("select pg_current_wal_lsn()")).fetchall()
    [(ahead,)] = await (await connection.execute(AHEAD, [here])).fetchall()
    for _ in range(ahead + 1):
        await connection.execute("select pg_logical_emit_message(false, 'intact', '')")
        await connection.execute("select pg_switch_wal()")  # fills what is left of the segment with zeros
