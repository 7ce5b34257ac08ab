"""A real nats-server with JetStream, in a folder of its own, on a loopback port."""

import asyncio
import os
import shutil
from asyncio.subprocess import Process
from collections.abc import Mapping
from pathlib import Path

from infra.embedded.child import end, spawn
from infra.embedded.port import HOST, free_port
from schemas.errors import Misconfigured, Unavailable

START_SECONDS = 10.0
IN_ENVIRONMENT = Path(".venv") / "nats" / "nats-server"
"""Where the set-up puts the binary, below the project's folder."""
NATS_ADDRESS = "nats.address"
"""The file in the data folder that says where the server's bus is reached."""


def find_binary(configured: Path | None = None) -> Path:
    """The nats-server to run: the configured one, the one of the set-up, or one on PATH. Raises `Misconfigured`."""
    project = Path(__file__).resolve().parents[2]
    found = shutil.which("nats-server")
    for candidate in (configured, project / IN_ENVIRONMENT, Path(found) if found else None):
        if candidate is not None and candidate.is_file() and os.access(candidate, os.X_OK):
            return candidate
    raise Misconfigured("Expected a nats-server binary, found none; `make run` fetches it, or set INTACT_NATS_SERVER.")


class EmbeddedNats:
    """One nats-server and its JetStream folder."""

    def __init__(
        self, folder: Path, binary: Path, port: int | None = None, environment: Mapping[str, str] | None = None
    ) -> None:
        self._folder = folder.resolve()
        self._binary = binary
        self._port = port or free_port()
        self._environment = environment
        self.process: Process | None = None

    @property
    def url(self) -> str:
        """How other processes reach it, while it runs."""
        return f"nats://{HOST}:{self._port}"

    async def start(self) -> str:
        """Start the server; returns its URL. Raises `Unavailable` where it does not come up in time."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self.process = await spawn(
            str(self._binary),
            *("-a", HOST, "-p", str(self._port), "-js", "-sd", str(self._folder)),
            *("-l", str(self._folder / "nats.log")),
            env=self._environment,
        )
        await self._until_ready()
        return self.url

    async def _until_ready(self) -> None:
        assert self.process is not None
        deadline = asyncio.get_running_loop().time() + START_SECONDS
        while asyncio.get_running_loop().time() < deadline and self.process.returncode is None:
            try:
                _, writer = await asyncio.open_connection(HOST, self._port)
            except OSError:
                await asyncio.sleep(0.05)
                continue
            writer.close()
            return
        raise Unavailable(f"Expected nats-server to start; {self._folder / 'nats.log'} says why it did not.")

    def runs(self) -> bool:
        """Whether the server's process is there."""
        return self.process is not None and self.process.returncode is None

    async def stop(self) -> None:
        """Stop the server; what JetStream kept stays."""
        if self.process is not None:
            await end(self.process)
