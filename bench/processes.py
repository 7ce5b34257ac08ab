"""CPU time of a running server: all its processes, by what they are."""

import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import psutil

KINDS = (
    ("ray::Sight", "sight actor"),
    ("ray::Prosody", "prosody actor"),
    ("ray::Hearing", "hearing actor"),
    ("infra.models.apart", "recogniser"),
    ("ray::Peer", "peer actor"),
    ("ray::Session", "session actor"),
    ("ray::Projector", "projector"),
    ("ray::Relay", "relay"),
    ("uvicorn", "API"),
    ("postgres", "PostgreSQL"),
    ("nats-server", "NATS"),
    ("api.cli", "supervisor"),
    ("ray", "Ray itself"),
)
"""Part of a command line, and what such a process is; the first that fits."""


@dataclass(frozen=True, slots=True)
class Usage:
    """CPU time spent up to a moment, in seconds, by process."""

    at: float
    by_process: dict[int, tuple[str, float]]


def processes(server_pid: int, data: Path) -> list[psutil.Process]:
    """All of a running server; PostgreSQL, nobody's child, is found by its data folder."""
    server = psutil.Process(server_pid)
    found = [server, *server.children(recursive=True)]
    for process in psutil.process_iter(["cmdline"]):
        if str(data / "postgres") in " ".join(process.info["cmdline"] or []):
            found += [process, *process.children(recursive=True)]
    return found


def memory(server_pid: int, data: Path) -> dict[str, dict[str, float]]:
    """MB by kind of process, shared pages shared out (`pss`) and own pages alone (`uss`), with threads and files."""
    found: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(("pss", "uss", "threads", "files"), 0.0))
    for process in processes(server_pid, data):
        try:
            full, kind = process.memory_full_info(), _kind(" ".join(process.cmdline()))
            found[kind]["pss"] += full.pss / 1e6
            found[kind]["uss"] += full.uss / 1e6
            found[kind]["threads"] += process.num_threads()
            found[kind]["files"] += process.num_fds()
        except psutil.NoSuchProcess:
            continue
    return found


def usage(server_pid: int, data: Path) -> Usage:
    """What the server's processes have used so far."""
    spent: dict[int, tuple[str, float]] = {}
    for process in processes(server_pid, data):
        try:
            times = process.cpu_times()
            spent[process.pid] = (_kind(" ".join(process.cmdline())), times.user + times.system)
        except psutil.NoSuchProcess:
            continue
    return Usage(time.monotonic(), spent)


def cores(before: Usage, after: Usage) -> dict[str, float]:
    """Cores used between two moments, by kind of process; processes that came between them count from zero."""
    spent: dict[str, float] = defaultdict(float)
    for pid, (kind, seconds) in after.by_process.items():
        spent[kind] += seconds - before.by_process.get(pid, (kind, 0.0))[1]
    return {kind: seconds / (after.at - before.at) for kind, seconds in spent.items()}


def _kind(command: str) -> str:
    return next((kind for part, kind in KINDS if part in command), "other")
