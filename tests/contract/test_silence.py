"""A connection whose other end is gone without a word is found to be dead, and another one is used."""

import asyncio
import ctypes
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from actors.patience import patiently
from infra.log.postgres import PostgresLog
from infra.postgres import SILENCE, borrowed, connect, conninfo, open_pool
from schemas.envelope import NewEvent
from schemas.errors import Unavailable
from schemas.ids import StreamName
from schemas.media import SessionTime
from tests.contract.conftest import MASTER_KEY

S = StreamName("interview-s")
SECONDS = 30.0
"""For how long a dead connection may go unnoticed; without limits of its own it would for many minutes."""
SHORT = {"keepalives_idle": 1, "keepalives_interval": 1, "tcp_user_timeout": 1000}
SO_ATTACH_FILTER = 26
"""Of Linux (`asm-generic/socket.h`); Python has no name for it."""
DROP_ALL = ctypes.create_string_buffer(struct.pack("HBBI", 0x06, 0, 0, 0))
"""A packet filter of one instruction: return 0, which keeps nothing of a packet, no acknowledgement either."""


class Wire:
    """A way over TCP to a server that has a Unix socket alone, and that can fall silent."""

    def __init__(self, database: str) -> None:
        self._database = database
        said = conninfo_to_dict(database)
        self._path = Path(str(said["host"])) / f".s.PGSQL.{said.get('port', 5432)}"
        self._ends: list[socket.socket] = []
        self._server: asyncio.Server
        self._writers: list[asyncio.StreamWriter] = []
        self._carrying: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._take, "127.0.0.1", 0)

    def url(self, **settings: int) -> str:
        """How the database is reached over the wire."""
        port = self._server.sockets[0].getsockname()[1]
        return make_conninfo(self._database, host="127.0.0.1", port=port, **settings)

    def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._carrying.append(asyncio.create_task(self._carry(reader, writer)))

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(self._path)
        self._ends.append(writer.get_extra_info("socket"))
        self._writers += [writer, back]
        with suppress(ConnectionError):
            await asyncio.gather(_pump(reader, back), _pump(there, writer))

    def fall_silent(self) -> None:
        """Have the other ends of all connections that there are hear nothing, and say nothing, any more."""
        program = struct.pack("HL", 1, ctypes.addressof(DROP_ALL))
        for end in self._ends:
            if end.fileno() >= 0:
                end.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, program)

    async def close(self) -> None:
        """Hang up."""
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        await asyncio.gather(*self._carrying)
        await self._server.wait_closed()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()


@pytest.fixture
async def wire(database: str) -> AsyncIterator[Wire]:
    opened = Wire(database)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
async def log(wire: Wire) -> AsyncIterator[PostgresLog]:
    """A log over the wire, with one event."""
    opened = await PostgresLog.open(wire.url(**SHORT), MASTER_KEY)
    await opened.append(S, [event()], expected="no stream")
    yield opened
    await opened.close()


def event() -> NewEvent:
    return NewEvent("test.happened", 1, {}, SessionTime(0), "test")


async def test_a_question_that_nobody_hears_is_given_up_and_asked_anew(log: PostgresLog, wire: Wire) -> None:
    wire.fall_silent()
    new = event()
    async with asyncio.timeout(SECONDS):
        with pytest.raises(Unavailable):
            await log.append(S, [new], expected=1)
        assert (await patiently(lambda: log.append(S, [new], expected=1))).version == 2


async def test_an_answer_that_never_comes_is_not_waited_for(log: PostgresLog, wire: Wire, database: str) -> None:
    """The server has heard the question, and is gone before it answers."""
    new = event()
    async with (
        await psycopg.AsyncConnection.connect(database) as first,
        await psycopg.AsyncConnection.connect(database, autocommit=True) as onlooker,
    ):
        await first.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [S])  # the turn of a writer
        appending = asyncio.create_task(log.append(S, [new], expected=1))
        waiting = "select from pg_locks where locktype = 'advisory' and not granted"
        while not await (await onlooker.execute(waiting)).fetchall():
            assert not appending.done()
        wire.fall_silent()
        async with asyncio.timeout(SECONDS):
            with pytest.raises(Unavailable):
                await appending
    assert (await patiently(lambda: log.append(S, [new], expected=1))).version == 2
    assert [one.version async for one in log.read(S)] == [1, 2]


def options(connection: psycopg.AsyncConnection) -> dict[str, int]:
    """What the kernel was told of a connection's silence, in libpq's words."""
    with socket.fromfd(connection.pgconn.socket, socket.AF_INET, socket.SOCK_STREAM) as end:
        assert end.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        return {
            "keepalives_idle": end.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE),
            "keepalives_interval": end.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL),
            "keepalives_count": end.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT),
            "tcp_user_timeout": end.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT),
        }


async def test_every_connection_over_tcp_has_its_limits(wire: Wire) -> None:
    pool = await open_pool(wire.url(), most=1)
    async with borrowed(pool) as connection:
        assert options(connection) == SILENCE
    await pool.close()
    async with await connect(wire.url()) as connection:
        assert options(connection) == SILENCE


async def test_what_the_url_says_itself_holds(wire: Wire) -> None:
    async with await connect(wire.url(tcp_user_timeout=60_000)) as connection:
        assert options(connection) == SILENCE | {"tcp_user_timeout": 60_000}


async def test_a_unix_socket_takes_them_without_a_word(database: str) -> None:
    assert conninfo_to_dict(conninfo(database)).items() >= {name: str(n) for name, n in SILENCE.items()}.items()
    async with await connect(database) as connection:
        assert await (await connection.execute("select 1")).fetchall() == [(1,)]
