"""PostgreSQL: connections in the application's role, migrations, and errors in our words."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, LiteralString

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow
from psycopg.types.numeric import Int8BinaryLoader
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

from infra.sql import migrations
from schemas.errors import Unavailable

Connection = psycopg.AsyncConnection[TupleRow]
Pool = AsyncConnectionPool[Connection]

APP_ROLE = "intact_app"
"""The role in which everything but migrations runs; it can neither change nor remove an event."""
MIGRATION_LOCK = 7_403_418_001
"""Advisory lock key; any number that nothing else in the database uses."""
XID8_OID = 5069
"""A transaction's number, of PostgreSQL's catalogue (`pg_type.dat`); the driver knows no loader for it."""
psycopg.adapters.register_loader(XID8_OID, Int8BinaryLoader)

WAIT_SECONDS = 5.0
"""How long a caller waits for a connection."""
SILENCE = {"keepalives_idle": 5, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 15_000}
"""When a connection over TCP counts as dead, in libpq's words (seconds, the last in milliseconds).

A server that lost its power, or a middlebox its table, says no goodbye: Linux would look after a waiting connection
only after two hours, and send a question again for a quarter of an hour. Asked after 5 s without a word and again every
5 s, such a connection ends within 20 s of its last word. That is above the some 6 s in which a lost packet is sent
again five times, and near the 15 s for which callers are patient. The server's kernel answers, so a long query is not
cut off. Unix sockets have no such silence, and libpq ignores all of this there.
"""


def conninfo(url: str) -> str:
    """`url` with `SILENCE`, save for what it says of that itself."""
    said = conninfo_to_dict(url)
    return make_conninfo(url, **{name: value for name, value in SILENCE.items() if name not in said})


async def connect(url: str, *, autocommit: bool = False) -> Connection:
    """A connection of one's own to the database at `url`, in the role of its owner."""
    return await psycopg.AsyncConnection.connect(conninfo(url), autocommit=autocommit)


async def open_pool(url: str, *, most: int = 4, prepare: Sequence[LiteralString] = ()) -> Pool:
    """Connections to the database at `url`, up to `most`; reconnects by itself. Raises `Unavailable`.

    On each connection the statements of `prepare` are run once.
    """

    async def configure(connection: Connection) -> None:
        for statement in (f"set role {APP_ROLE}", *prepare):
            await connection.execute(statement)

    pool: Pool = AsyncConnectionPool(
        conninfo(url),
        min_size=1,
        max_size=most,
        timeout=WAIT_SECONDS,
        kwargs={"autocommit": True},
        configure=configure,
        reconnect_timeout=3600,
        open=False,
    )
    async with in_our_words():
        try:
            await pool.open(wait=True, timeout=WAIT_SECONDS)
        except BaseException:
            await pool.close()
            raise
    return pool


@asynccontextmanager
async def in_our_words() -> AsyncIterator[None]:
    """Turns the driver's trouble with reaching the server, and the server's with its disk, into `Unavailable`."""
    try:
        yield
    except psycopg.errors.DiskFull as error:
        raise Unavailable("Expected the database to have room on its disk, it is full.") from error
    except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout, PoolClosed) as error:
        raise Unavailable("Expected the database to answer, got no connection.") from error


@asynccontextmanager
async def borrowed(pool: Pool) -> AsyncIterator[Connection]:
    """A connection of the pool; raises `Unavailable` as by `in_our_words`.

    The pool's own context would end a transaction each time, at the cost of a tenth of an append: here every statement
    is a transaction of its own, or stands in a `transaction()` that ends within.
    """
    async with in_our_words():
        connection = await pool.getconn()
        try:
            yield connection
        finally:
            await pool.putconn(connection)


async def migrate(url: str) -> list[str]:
    """Bring the database at `url` to the newest shape; returns what was applied. Raises `Unavailable`.

    Several processes may do so at once: they take turns.
    """
    applied: list[str] = []
    async with in_our_words(), await connect(url) as connection:
        await connection.execute("select pg_advisory_xact_lock(%s)", [MIGRATION_LOCK])
        await connection.execute(
            "create table if not exists migration"
            " (name text primary key, applied_at timestamptz not null default clock_timestamp())"
        )
        done = {name async for (name,) in await connection.execute("select name from migration")}
        for name, text in migrations():
            if name not in done:
                await _apply(connection, name, text)
                applied.append(name)
    return applied


async def _apply(connection: psycopg.AsyncConnection[Any], name: str, text: str) -> None:
    await connection.execute(text.encode())
    await connection.execute("insert into migration (name) values (%s)", [name])
