"""All processes of one server: those it started, and those they started, known by a mark in their environment.

Parents tell nothing here: a process whose parent was killed is given to another one.
"""

import os
from collections.abc import Mapping
from pathlib import Path

import psutil

from infra.embedded.child import end_all

MARK = "INTACT_SERVED_FROM"
ROUNDS = 5
"""A process that is being ended may still start another."""


class Leftovers:
    """What the server of one data folder started and did not end: it was killed, or interrupted as it started."""

    def __init__(self, folder: Path) -> None:
        self._name = str(folder.resolve())

    @property
    def mark(self) -> Mapping[str, str]:
        """Belongs in the environment of every process that the server starts and that is to end with it."""
        return {MARK: self._name}

    async def end(self) -> None:
        """End all that bears the mark."""
        for _ in range(ROUNDS):
            if not (found := self._find()):
                return
            await end_all(found)

    def _find(self) -> list[psutil.Process]:
        return [process for process in psutil.process_iter() if process.pid != os.getpid() and self._is_ours(process)]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            return process.environ().get(MARK) == self._name
        except (psutil.Error, OSError):  # it has ended, or is somebody else's
            return False
