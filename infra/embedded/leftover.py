"""Processes of a server that was killed: remembered in its data folder, ended by the next one."""

import json
from asyncio.subprocess import Process
from pathlib import Path

import psutil

from infra.embedded.child import end_all

FILE = "processes.json"


class Leftovers:
    """The processes that the server of one data folder started."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._noted: list[tuple[int, float]] = []

    def note(self, process: Process) -> None:
        """Remember a process by its id and the time it was made: ids are used again."""
        try:
            self._noted.append((process.pid, psutil.Process(process.pid).create_time()))
        except psutil.NoSuchProcess:
            return
        self._path.write_text(json.dumps(self._noted))

    async def end(self) -> None:
        """End what a predecessor left running, with all that it started."""
        if not self._path.exists():
            return
        found = [process for pid, made in json.loads(self._path.read_text()) if (process := _still_there(pid, made))]
        await end_all([one for process in found for one in (process, *process.children(recursive=True))])
        self._path.unlink()

    def forget(self) -> None:
        """All were ended in order."""
        self._path.unlink(missing_ok=True)


def _still_there(pid: int, made: float) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        return process if process.create_time() == made else None
    except psutil.NoSuchProcess:
        return None
