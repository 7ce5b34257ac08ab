"""Child processes that do not outlive the process that started them."""

import asyncio
import contextlib
import ctypes
import signal
from asyncio.subprocess import Process
from collections.abc import Mapping, Sequence
from pathlib import Path
from subprocess import DEVNULL

import psutil

GENTLE_SECONDS = 8.0
"""How long a process may take to end itself before it is killed."""
LEFTOVER_SECONDS = 2.0
PR_SET_PDEATHSIG = 1
"""Linux, prctl(2): the signal a process gets when its parent dies."""

_libc = ctypes.CDLL(None, use_errno=True)


def _die_with_parent() -> None:
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


async def spawn(*command: str, env: Mapping[str, str] | None = None, output: Path | None = None) -> Process:
    """Start `command`, its output appended to the file `output`; Ctrl-C on the terminal does not reach it.

    Raises `OSError` where there is no such program.
    """
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(output.open("ab")) if output else DEVNULL
        return await asyncio.create_subprocess_exec(
            *command,
            env=env,
            stdin=DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )


async def end(process: Process, *, gentle_seconds: float = GENTLE_SECONDS) -> None:
    """End a process gently, or else not."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(gentle_seconds):
            await process.wait()
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


def descendants(process: Process) -> list[psutil.Process]:
    """All processes that `process` started, and those that they started."""
    try:
        return psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def name_of(process: psutil.Process) -> str:
    """The name of the program that a process runs; empty where it has ended."""
    try:
        name: str = process.name()
        return "" if process.status() == psutil.STATUS_ZOMBIE else name
    except psutil.NoSuchProcess:
        return ""


async def end_all(processes: Sequence[psutil.Process]) -> None:
    """End what is left of `processes`: gently, then not."""
    for kill in (psutil.Process.terminate, psutil.Process.kill):
        for process in processes:
            with contextlib.suppress(psutil.NoSuchProcess):
                kill(process)
        _, processes = await asyncio.to_thread(psutil.wait_procs, processes, LEFTOVER_SECONDS)
