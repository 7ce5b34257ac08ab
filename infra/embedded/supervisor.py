"""Keeps the parts of an embedded server running: PostgreSQL, NATS, Ray and the API process.

A part that dies is started again; Ctrl-C stops all in the reverse order. A part that settings point elsewhere is not
started here.
"""

import asyncio
import logging
import os
import signal
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import httpx

from infra.embedded.child import end, spawn
from infra.embedded.folder import claimed
from infra.embedded.keeper import Part, Say, keep
from infra.embedded.leftover import Leftovers
from infra.embedded.nats import NATS_ADDRESS, EmbeddedNats, find_binary
from infra.embedded.port import check_free
from infra.embedded.postgres import EmbeddedPostgres
from infra.embedded.ray_head import RayHead
from infra.embedded.secret import has_database, kept_master_key, kept_secret
from infra.log.keyring import check_keys
from infra.master_keys import MasterKeys
from infra.settings import Settings
from schemas.errors import Unavailable

READY_SECONDS = 60.0
PING_SECONDS = 5
"""A browser that does not answer a WebSocket ping for this long is gone."""

log = logging.getLogger(__name__)


class Server:
    """One embedded server."""

    def __init__(self, settings: Settings, say: Say) -> None:
        self._settings = settings
        self._say = say
        self._environment: dict[str, str] = {}
        self._postgres: EmbeddedPostgres | None = None
        self._nats: EmbeddedNats | None = None
        self._ray: RayHead | None = None
        self._api: Process | None = None
        self._leftovers: Leftovers | None = None

    @property
    def host_link(self) -> str:
        """Opens the host's page."""
        return f"{self._settings.url}/interviewer/#key={self._environment['INTACT_HOST_KEY']}"

    @property
    def data(self) -> Path:
        """The data folder."""
        return self._settings.data

    @property
    def environment(self) -> dict[str, str]:
        """What a command needs to reach the parts."""
        return dict(self._environment)

    @property
    def local_url(self) -> str:
        """Where this machine reaches the API."""
        return f"http://{self._settings.host}:{self._settings.port}"

    @property
    def host_key(self) -> str:
        """What the host's page shows to the API."""
        return self._environment["INTACT_HOST_KEY"]

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """All parts, from ready until the context ends. Raises `Misconfigured`, `Unavailable`."""
        settings = self._settings
        async with AsyncExitStack() as stack:
            folder = stack.enter_context(claimed(settings.data))
            self._leftovers = Leftovers(folder)
            await self._leftovers.end()
            check_free(settings.host, settings.port)
            settings = kept_master_key(settings, folder)
            self._environment = {**os.environ, **_secrets(settings, folder), **self._leftovers.mark}
            stack.push_async_callback(self._stop)
            await self._start_parts(folder, settings.master_keys())
            await self._start_api()
            await self._until_ready()
            yield

    async def watch(self) -> None:
        """Start again whatever dies, until cancelled."""
        groups: list[list[Part]] = [[]]
        if self._postgres is not None:
            groups.append([Part("PostgreSQL", self._postgres.runs, self._postgres.start)])
        if self._nats is not None:
            groups.append([Part("NATS", self._nats.runs, self._nats.start)])
        if self._ray is not None:
            groups[0].append(Part("Ray", self._ray.runs, self._restart_ray))
        groups[0].append(Part("The API process", lambda: not _ended(self._api), self._start_api))
        await asyncio.gather(*(keep(*group, tell=self._tell) for group in groups))

    async def _restart_ray(self) -> None:
        assert self._ray is not None
        await self._ray.stop()
        await self._ray.start()
        if self._api is not None:
            await end(self._api)

    async def _start_parts(self, folder: Path, master_keys: MasterKeys) -> None:
        """The record before all else where there is one: without its keys nothing else is to start."""
        record = self._start_record(folder, master_keys)
        if self._settings.database_url is not None or has_database(folder):
            await record
            await _together(self._start_nats(folder), self._start_ray(folder))
        else:
            await _together(record, self._start_nats(folder), self._start_ray(folder))

    async def _start_record(self, folder: Path, master_keys: MasterKeys) -> None:
        await self._start_postgres(folder)
        await check_keys(self._environment["INTACT_DATABASE_URL"], master_keys)

    async def _start_postgres(self, folder: Path) -> None:
        if self._settings.database_url is None:
            self._postgres = EmbeddedPostgres(folder / "postgres")
            self._environment["INTACT_DATABASE_URL"] = await self._postgres.start()

    async def _start_nats(self, folder: Path) -> None:
        if self._settings.nats_url is None:
            self._nats = EmbeddedNats(
                folder / "nats", find_binary(self._settings.nats_server), environment=self._environment
            )
            self._environment["INTACT_NATS_URL"] = await self._nats.start()
            (folder / NATS_ADDRESS).write_text(self._nats.url)

    async def _start_ray(self, folder: Path) -> None:
        if self._settings.ray_address is None:
            self._ray = RayHead(folder, kept_secret(folder / "keys", "ray"), self._environment)
            self._environment.update(self._ray.environment)
            self._environment["INTACT_RAY_ADDRESS"] = await self._ray.start()

    async def _start_api(self) -> None:
        settings = self._settings
        self._api = await spawn(
            *(sys.executable, "-m", "uvicorn", "--factory", "api.main:create_app"),
            *("--host", settings.host, "--port", str(settings.port), "--no-access-log", "--log-level", "warning"),
            *("--ws-max-size", str(256 * 1024), "--timeout-graceful-shutdown", "3"),
            *("--ws-ping-interval", str(PING_SECONDS), "--ws-ping-timeout", str(PING_SECONDS)),
            env=self._environment,
            output=settings.data / "api.log",
        )

    async def _until_ready(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        async with httpx.AsyncClient(trust_env=False) as client:
            while time.monotonic() < deadline and not _ended(self._api):
                with suppress(httpx.HTTPError):
                    if (await client.get(f"{self.local_url}/readyz", timeout=5)).is_success:
                        return
                await asyncio.sleep(0.1)
        raise Unavailable(f"Expected the API to start; {self._settings.data / 'api.log'} says why it did not.")

    def _tell(self, line: str) -> None:
        with suppress(OSError):  # whoever read it may be gone with the terminal: no reason to leave the parts alone
            self._say(line)

    async def _stop(self) -> None:
        self._tell("Stopping …")
        async with AsyncExitStack() as parts:  # the last one first; one that fails holds up no other
            if self._leftovers is not None:
                parts.push_async_callback(self._leftovers.end)
            if self._postgres is not None:
                parts.push_async_callback(self._postgres.stop)
            if self._nats is not None:
                parts.push_async_callback(self._nats.stop)
            if self._ray is not None:
                parts.push_async_callback(self._ray.stop)
            if self._api is not None:
                parts.push_async_callback(end, self._api)


def _ended(process: Process | None) -> bool:
    return process is not None and process.returncode is not None


def _secrets(settings: Settings, folder: Path) -> dict[str, str]:
    given = {"INTACT_LINK_KEY": settings.link_key, "INTACT_HOST_KEY": settings.host_key}
    made = {
        name: value.get_secret_value() or kept_secret(folder / "keys", name.removeprefix("INTACT_").lower())
        for name, value in given.items()
    }
    if settings.master_key_file is not None:
        made["INTACT_MASTER_KEY_FILE"] = str(settings.master_key_file.absolute())
    return {**made, "INTACT_BLOBS": str(settings.blob_folder())}


async def _together(*works: Awaitable[None]) -> None:
    """All at once; where one fails, the others are let finish, so that they can be stopped."""
    results = await asyncio.gather(*works, return_exceptions=True)
    for result in results:
        if isinstance(result, BaseException):
            raise result


async def until_told_to_stop(work: Awaitable[None]) -> None:
    """Await `work` until it ends, or this process is told to stop (Ctrl-C, SIGTERM, a terminal that is closed)."""
    loop = asyncio.get_running_loop()
    told = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # nohup: stay when it closes
            loop.add_signal_handler(number, told.set)
    tasks = [asyncio.ensure_future(work), asyncio.create_task(told.wait())]
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in pending:
        task.cancel()
    await asyncio.gather(*pending, return_exceptions=True)
    for task in done:
        task.result()
