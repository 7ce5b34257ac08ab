"""Stands between clients and a server, so that their connections can be cut and stalled."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

HOST = "127.0.0.1"
CHUNK = 64 * 1024

Reach = Callable[[], Awaitable[tuple[StreamReader, StreamWriter]]]
"""Opens a connection to the server; raises `OSError` where it does not run."""


class Proxy:
    """Carries bytes both ways, for as long as it is let."""

    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._writers: set[StreamWriter] = set()
        self._carrying: set[asyncio.Task[None]] = set()
        self._flows = asyncio.Event()
        self._flows.set()
        self._stalled_until = 0.0
        self._server: asyncio.Server

    @property
    def port(self) -> int:
        """Where clients reach it, on loopback."""
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """From ready until the context ends."""
        self._server = await asyncio.start_server(self._accept, HOST)
        try:
            yield
        finally:
            self._server.close()
            self.cut()
            self._flows.set()
            await asyncio.gather(*self._carrying, return_exceptions=True)

    def cut(self) -> int:
        """Reset every connection; how many ends there were."""
        ends = len(self._writers)
        for writer in tuple(self._writers):
            writer.transport.abort()
        return ends

    async def stall(self, seconds: float) -> None:
        """Carry nothing for `seconds`, from now on."""
        loop = asyncio.get_running_loop()
        self._stalled_until = max(self._stalled_until, loop.time() + seconds)
        self._flows.clear()
        await asyncio.sleep(seconds)
        if loop.time() >= self._stalled_until:  # else another stall goes on
            self._flows.set()

    def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.create_task(self._carry(reader, writer))
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)

    async def _carry(self, reader: StreamReader, writer: StreamWriter) -> None:
        async with self._kept(writer):
            with suppress(OSError):
                server_reader, server_writer = await self._reach()
                async with self._kept(server_writer):
                    await self._until_either_ends(self._pump(reader, server_writer), self._pump(server_reader, writer))

    @asynccontextmanager
    async def _kept(self, writer: StreamWriter) -> AsyncIterator[None]:
        """Known, so that it can be cut; reset when the context ends."""
        self._writers.add(writer)
        try:
            yield
        finally:
            self._writers.discard(writer)
            writer.transport.abort()
            with suppress(OSError):
                await writer.wait_closed()

    async def _until_either_ends(self, *pumps: Awaitable[None]) -> None:
        tasks = [asyncio.ensure_future(pump) for pump in pumps]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _pump(self, reader: StreamReader, writer: StreamWriter) -> None:
        with suppress(OSError):
            while data := await reader.read(CHUNK):
                await self._flows.wait()
                writer.write(data)
                await writer.drain()
