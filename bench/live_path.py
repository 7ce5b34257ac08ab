"""From a picture to the interviewer's screen: how long, at what cost, and what is lost. One applicant.

Run: `python -m bench.live_path`. Writes `bench/results/live_path.md`.
"""

import asyncio
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect

from bench.processes import cores, usage
from tests.media.fake_camera import PORTRAIT
from tests.system.server import RunningServer, running_server

RESULT = Path(__file__).parent / "results" / "live_path.md"
IDLE_SECONDS = 15.0
SETTLE_SECONDS = 15.0
"""Until models are loaded and the gaze is calibrated."""
MEASURED_SECONDS = 60.0
AIM_MS, AIM_RATIO = 250.0, 1.25


@dataclass(frozen=True, slots=True)
class Measured:
    """One run of the live path."""

    live_ms: list[float]
    """Picture handed to the encoder → its live signal at the interviewer's socket."""
    durable_ms: list[float]
    """Last picture of a second → the recorded second at the interviewer's socket."""
    idle: dict[str, float]
    busy: dict[str, float]
    """Cores by kind of process."""
    frames: int
    dropped: int


class Screen:
    """The interviewer's socket: when what arrived."""

    def __init__(self) -> None:
        self.live: dict[int, float] = {}
        self.seconds: dict[int, tuple[float, dict[str, Any]]] = {}
        self.epoch_us = 0

    async def read(self, server: RunningServer, interview: str) -> None:
        """Until cancelled."""
        url = server.url.replace("http", "ws", 1) + f"/api/v1/interviews/{interview}/screen"
        async with connect(url, proxy=None) as socket:
            await socket.send(json.dumps({"type": "hello", "token": server.host_key, "claim": "c" * 32}))
            async for text in socket:
                self._take(json.loads(text), time.time())

    def _take(self, message: dict[str, Any], now: float) -> None:
        match message["type"]:
            case "snapshot":
                self.epoch_us = message["view"]["epoch_us"]
            case "live-sight":
                self.live[_millisecond(message["media_time"])] = now
            case "change":
                for seat in message["patch"].get("participants", {}).values():
                    for second, seen in seat.get("sight", {}).items():
                        if seen is not None:
                            self.seconds[int(second)] = (now, seen)


async def measure(server: RunningServer) -> Measured:
    """One applicant, `MEASURED_SECONDS` long."""
    idle = await _between(server, IDLE_SECONDS)
    with server.client() as client:
        made = client.post("/api/v1/interviews", json={"title": "Live path"}).raise_for_status().json()
    [link] = [link["url"] for link in made["links"] if link["role"] == "applicant"]
    screen = Screen()
    reading = asyncio.create_task(screen.read(server, made["interview"]))
    log = server.data / "sent.json"
    total = SETTLE_SECONDS + MEASURED_SECONDS + 5
    command = [sys.executable, "-m", "bench.sender", "attend", link, str(PORTRAIT), str(total), str(log)]
    sender = await asyncio.create_subprocess_exec(*command)
    await asyncio.sleep(SETTLE_SECONDS)
    begin = time.time()
    busy = await _between(server, MEASURED_SECONDS)
    end = time.time()
    await sender.wait()
    reading.cancel()
    sent = {_millisecond(int(timestamp)): at for timestamp, at in json.loads(log.read_text()).items()}
    return _evaluated(screen, sent, (begin, end), idle=idle, busy=busy)


def _millisecond(timestamp: int) -> int:
    """Of an RTP timestamp of video (90 kHz): what comes out of an encoder may be one tick less than what went in."""
    return round(timestamp / 90)


async def _between(server: RunningServer, seconds: float) -> dict[str, float]:
    before = usage(server.process.pid, server.data)
    await asyncio.sleep(seconds)
    return cores(before, usage(server.process.pid, server.data))


def _evaluated(
    screen: Screen, sent: dict[int, float], span: tuple[float, float], *, idle: dict[str, float], busy: dict[str, float]
) -> Measured:
    begin, end = span
    live = [
        1000 * (at - sent[timestamp]) for timestamp, at in screen.live.items() if timestamp in sent and begin < at < end
    ]
    seconds = {number: told for number, told in screen.seconds.items() if begin < told[0] < end}
    durable = []
    for number, (at, _) in seconds.items():
        over = screen.epoch_us / 1e6 + number + 1
        durable.append(1000 * (at - max(when for when in sent.values() if when < over)))
    frames = sum(seen["frames"] for _, seen in seconds.values())
    dropped = sum(seen["dropped"] for _, seen in seconds.values())
    return Measured(live, durable, idle, busy, frames, dropped)


def bare(kind: str) -> tuple[float, int]:
    """Cores, and pictures, of a bare loop; see `bench.bare`."""
    command = [sys.executable, "-m", "bench.bare", kind, str(PORTRAIT), str(MEASURED_SECONDS)]
    spent, seen = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return spent, seen


def text(found: Measured, file: float, paced: float, stream: float) -> str:
    """The page of results."""
    added = {kind: found.busy[kind] - found.idle.get(kind, 0.0) for kind in found.busy}
    total = sum(added.values())
    lines = [
        "# The live path, one applicant",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, by `python -m bench.live_path`: the project's clip (320×240, 15 pictures per "
        f"second, with sound) over real WebRTC on one machine, {MEASURED_SECONDS:.0f} s.",
        "",
        "| from a picture handed to the encoder to the interviewer's WebSocket | n | p50 | p95 | aim p95 |",
        "|---|---|---|---|---|",
        f"| its live signal | {len(found.live_ms)} | {_quantiles(found.live_ms)} | {AIM_MS:.0f} ms |",
        f"| the recorded second whose last picture it is | {len(found.durable_ms)} | {_quantiles(found.durable_ms)} | "
        f"{AIM_MS:.0f} ms |",
        "",
        "A recorded second is closed by the first picture of the next one, which comes 67 ms later.",
        "",
        f"Pictures analysed: {found.frames}; dropped: {found.dropped}.",
        "",
        "| CPU of the server | cores |",
        "|---|---|",
        *(f"| {kind} | {spent:.3f} |" for kind, spent in sorted(added.items(), key=lambda item: -item[1])),
        f"| **all, above idle** | **{total:.3f}** |",
        f"| idle server (subtracted above) | {sum(found.idle.values()):.3f} |",
        "",
        f"| against | cores | ratio (aim {AIM_RATIO}) |",
        "|---|---|---|",
        f"| bare loop: decodes the file, runs the same detectors | {file:.3f} | {total / file:.2f} |",
        f"| the same, at the pace of a camera | {paced:.3f} | {total / paced:.2f} |",
        f"| bare receiver: one process that takes the same WebRTC stream and runs them | {stream:.3f} | "
        f"{total / stream:.2f} |",
        "",
        "What was tried to lower the cost, and what it gave, stands in `docs/decisions/0008-media-by-socket.md`.",
    ]
    return "\n".join(lines) + "\n"


def _quantiles(values: Sequence[float]) -> str:
    cut = statistics.quantiles(values, n=20)
    return f"{statistics.median(values):.0f} ms | {cut[18]:.0f} ms"


def main() -> None:
    """Measure, print, write."""
    file, _ = bare("file")
    paced, _ = bare("paced")
    stream, _ = bare("stream")
    with tempfile.TemporaryDirectory() as folder, running_server(Path(folder) / "var") as server:
        found = asyncio.run(measure(server))
    page = text(found, file, paced, stream)
    RESULT.write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
