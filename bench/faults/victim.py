"""Processes of one server that can be killed: found by their titles, and by the mark that tells servers apart."""

import os
import signal
from pathlib import Path

import psutil

from infra.embedded.leftover import Leftovers


class Victims:
    """The processes of the server whose data is in one folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._mark = Leftovers(data).mark

    def actors(self, kind: str) -> list[int]:
        """The pids of the actors of a kind (`Session`, `Relay`, …), in order."""
        return self._titled(f"ray::{kind}")

    def api(self) -> list[int]:
        """The pid of the API process."""
        return self._titled("uvicorn")

    def _titled(self, part: str) -> list[int]:
        return sorted(
            process.pid
            for process in psutil.process_iter(["cmdline"])
            if part in " ".join(process.info["cmdline"] or []) and self._is_ours(process)
        )

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            environment = process.environ()
            status: str = process.status()
        except (psutil.Error, OSError):  # it has ended, or is somebody else's
            return False
        return status != psutil.STATUS_ZOMBIE and self._mark.items() <= environment.items()


def kill_one(pids: list[int], choice: float) -> bool:
    """`kill -9` of one of `pids`, chosen by a number in 0..1; whether one was there."""
    if not pids:
        return False
    try:
        os.kill(pids[min(int(choice * len(pids)), len(pids) - 1)], signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True
