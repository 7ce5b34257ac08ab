"""A local Ray, as a process of its own: the actors outlive the API process that asked for them."""

import asyncio
import os
import shutil
import sys
import tempfile
from asyncio.subprocess import Process
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from infra.embedded.child import descendants, end, end_all, name_of, spawn
from infra.embedded.port import HOST, free_port
from infra.embedded.secret import kept_secret
from infra.settings import Settings
from schemas.errors import Unavailable

START_SECONDS = 40.0
GENTLE_SECONDS = 1.0
OBJECT_STORE_BYTES = 200 * 1024 * 1024
"""Holds frames on their way between actors; a hundred times what five applicants need."""
ADDRESS_FILE = "ray.address"
LOGICAL_CPUS = 64
"""Actors ask for none; a task that did would find one."""


def ray_environment(token: str) -> dict[str, str]:
    """What a process that joins the local Ray needs in its environment."""
    return {
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": token,
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_DEDUP_LOGS": "0",
        # Ray is made for batches and steps back behind everything else; here people wait for what actors do.
        "RAY_worker_niceness": "0",
        # Bytes up to which arguments travel inside a call: the object store costs more than our largest ones do.
        "RAY_max_direct_call_object_size": "1048576",
        # Milliseconds between reports of every call to the head, which keeps 100,000 of them for a dashboard that does
        # not run; 0 reports none.
        "RAY_task_events_report_interval_ms": "0",
        "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    }


def prepare_to_join(settings: Settings) -> str:
    """Where the Ray of the settings, or of the server that uses their data folder, is reached.

    Puts what Ray needs into this process's environment: to be called before Ray is imported. Raises `Unavailable`
    where no server runs.
    """
    if settings.ray_address is not None:
        return settings.ray_address
    try:
        address = (settings.data / ADDRESS_FILE).read_text()
    except OSError:
        raise Unavailable(f"Expected a server that uses {settings.data.resolve()} to run, found none.") from None
    os.environ.update(ray_environment(kept_secret(settings.data / "keys", "ray")))
    return address


class RayHead:
    """One Ray head node. `token` is asked of whoever connects: Ray's ports are not bound to loopback alone.

    `around` is the environment of its processes, but for what Ray itself needs.
    """

    def __init__(self, folder: Path, token: str, around: Mapping[str, str]) -> None:
        # Ray keeps Unix sockets below its folder, and their paths may not be longer than 107 characters.
        name = sha256(str(folder.resolve()).encode()).hexdigest()[:12]
        self._folder = Path(tempfile.gettempdir()) / f"intact-ray-{os.getuid()}-{name}"
        self._output = folder / "ray.log"
        self._address_file = folder / ADDRESS_FILE
        self._port = free_port()
        self._token = token
        self._around = dict(around)
        self.process: Process | None = None

    @property
    def address(self) -> str:
        """How drivers reach it, while it runs."""
        return f"{HOST}:{self._port}"

    @property
    def environment(self) -> dict[str, str]:
        """What drivers need in their environment."""
        return ray_environment(self._token)

    async def start(self) -> str:
        """Start the node; returns its address. Raises `Unavailable` where it does not come up in time."""
        shutil.rmtree(self._folder, ignore_errors=True)
        self._output.parent.mkdir(parents=True, exist_ok=True)
        self._output.unlink(missing_ok=True)  # what it said the last time would be taken for what it says now
        self.process = await spawn(
            *(str(Path(sys.executable).with_name("ray")), "start", "--head", "--block"),
            *(f"--port={self._port}", f"--node-ip-address={HOST}", "--include-dashboard=false"),
            *(f"--num-cpus={LOGICAL_CPUS}", f"--object-store-memory={OBJECT_STORE_BYTES}"),
            *(f"--temp-dir={self._folder}", "--disable-usage-stats", "--no-monitor"),
            env={**self._around, **self.environment},
            output=self._output,
        )
        await self._until_ready()
        self._address_file.write_text(self.address)
        return self.address

    async def _until_ready(self) -> None:
        assert self.process is not None
        deadline = asyncio.get_running_loop().time() + START_SECONDS
        while asyncio.get_running_loop().time() < deadline and self.process.returncode is None:
            if "Ray runtime started" in self._output.read_text(errors="replace"):
                return
            await asyncio.sleep(0.1)
        raise Unavailable(f"Expected Ray to start; {self._output} says why it did not.")

    def runs(self) -> bool:
        """Whether the node and what makes it one are there; Ray's own command does not end with them."""
        if self.process is None or self.process.returncode is not None:
            return False
        names = {name_of(process) for process in descendants(self.process)}
        return {"gcs_server", "raylet"} <= names

    async def stop(self) -> None:
        """End the node and every actor on it."""
        if self.process is not None:
            below = descendants(self.process)
            # It would first wait for actors to end, which are made to be killed.
            await end(self.process, gentle_seconds=GENTLE_SECONDS)
            # Actors notice only after a while that their node is gone.
            await end_all(below)
        self._address_file.unlink(missing_ok=True)
        shutil.rmtree(self._folder, ignore_errors=True)
