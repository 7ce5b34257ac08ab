"""PostgreSQL and NATS of a fault run, each behind a proxy, and started again when they die."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil

from bench.faults.proxy import HOST, Proxy
from infra.embedded.keeper import Part, keep
from infra.embedded.nats import EmbeddedNats, find_binary
from infra.embedded.postgres import EmbeddedPostgres

CLIENT = "[local]"
"""What PostgreSQL puts into the title of a process that serves a client of its Unix socket."""


class Backing:
    """The services behind a server."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._postgres_folder = folder / "postgres"
        self._postgres = EmbeddedPostgres(self._postgres_folder)
        self._nats = EmbeddedNats(folder / "nats", find_binary(), environment=environment)
        self.postgres_proxy = Proxy(self._reach_postgres)
        self.nats_proxy = Proxy(self._reach_nats)

    @property
    def database_url(self) -> str:
        """PostgreSQL through the proxy."""
        return f"postgresql://postgres@{HOST}:{self.postgres_proxy.port}/postgres"

    @property
    def nats_url(self) -> str:
        """NATS through the proxy."""
        return f"nats://{HOST}:{self.nats_proxy.port}"

    @property
    def direct_database_url(self) -> str:
        """PostgreSQL itself."""
        return self._postgres.url

    @property
    def direct_nats_url(self) -> str:
        """NATS itself."""
        return self._nats.url

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Both, and their proxies, from ready until the context ends."""
        async with AsyncExitStack() as stack:
            stack.push_async_callback(self._nats.stop)
            stack.push_async_callback(self._postgres.stop)
            await self._postgres.start()
            await self._nats.start()
            await stack.enter_async_context(self.postgres_proxy.running())
            await stack.enter_async_context(self.nats_proxy.running())
            keepers = [
                asyncio.create_task(keep(Part("PostgreSQL", self._postgres.runs, self._postgres.start), tell=_say)),
                asyncio.create_task(keep(Part("NATS", self._nats.runs, self._nats.start), tell=_say)),
            ]
            try:
                yield
            finally:
                for keeper in keepers:
                    keeper.cancel()
                await asyncio.gather(*keepers, return_exceptions=True)

    def nats_process(self) -> list[int]:
        """The pid of NATS, where it runs."""
        return [self._nats.process.pid] if self._nats.process is not None and self._nats.runs() else []

    def postmaster(self) -> list[int]:
        """The pid of PostgreSQL's first process, where it runs."""
        if not self._postgres.runs():
            return []
        return [int((self._postgres_folder / "postmaster.pid").read_text().split()[0])]

    def backends(self) -> list[int]:
        """The pids of the processes of PostgreSQL that serve clients."""
        return sorted(
            child.pid
            for pid in self.postmaster()
            for child in psutil.Process(pid).children()
            if CLIENT in " ".join(child.cmdline())
        )

    async def _reach_postgres(self) -> tuple[StreamReader, StreamWriter]:
        [folder] = parse_qs(urlsplit(self._postgres.url).query)["host"]
        return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.5432")

    async def _reach_nats(self) -> tuple[StreamReader, StreamWriter]:
        parts = urlsplit(self._nats.url)
        return await asyncio.open_connection(parts.hostname, parts.port)


def _say(line: str) -> None:
    """That a part ended is no news here; that it does not start is."""
    if "starting it again" not in line:
        print(f"  {line}", flush=True)
