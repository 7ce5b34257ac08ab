"""One to five applicants at once over real WebRTC: what the server needs, and whether it keeps up.

Run: `python -m bench.capacity`, or in pieces: `python -m bench.capacity measure 5 research`, `… report`. What was
measured is kept in `--samples` as JSON lines, of which the newest of each kind counts. Writes
`bench/results/capacity.md`.
"""

import argparse
import asyncio
import json
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from asyncio.subprocess import Process
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psutil
from websockets.asyncio.client import connect

from bench.page import Page, met
from bench.processes import cores, memory, usage
from bench.speakers import write_clips
from tests.system.server import RunningServer, running_server
from tests.waiting import eventually

MOST = 5
PROFILES = ("standard", "research")
SETTLE_SECONDS, MEASURED_SECONDS = 15.0, 60.0
"""The first after everybody has been seen: the gaze is calibrated, caches are warm."""
LOAD_SECONDS = 180.0
CORES, RATIO, DROPPED = 2.0, 1.25, 0.01
"""The aims: cores for five applicants, server against bare loops, share of pictures."""
PER_APPLICANT = ("sight actor", "prosody actor", "hearing actor", "recogniser", "peer actor")


@dataclass(frozen=True, slots=True)
class Measured:
    """One number of applicants under one profile."""

    applicants: int
    profile: str
    cores: Mapping[str, float]
    """By kind of process."""
    senders: float
    idle: float
    """Cores of a server without an interview."""
    bare: float
    """Cores of bare loops, one for each applicant."""
    frames: int
    dropped: int
    expected_seconds: int
    seen_seconds: int
    heard_seconds: int
    live_ms: tuple[float, ...]
    """p50 and p95 from a picture's departure to its live signal at the interviewer's socket."""
    second_ms: tuple[float, ...]
    """Likewise from the last picture of a second to that second's event."""
    words_ms: tuple[float, ...]
    """Likewise from the end of a piece of speech to its words."""
    segments: int
    unheard: int
    """Of these, those dropped or failed."""
    memory: Mapping[str, float]
    """MB, shared pages shared out, by kind of process."""
    load: float
    """Load of the machine (one minute) just before."""


class Screen:
    """What the interviewer's socket was told, and when."""

    def __init__(self) -> None:
        self.epoch_us = 0
        self.live: dict[tuple[str, int], float] = {}
        self.sight: dict[tuple[str, int], tuple[float, dict[str, Any]]] = {}
        self.prosody: dict[tuple[str, int], float] = {}
        self.segments: dict[str, tuple[float, dict[str, Any]]] = {}

    async def read(self, server: RunningServer, interview: str) -> None:
        """Until cancelled."""
        url = server.url.replace("http", "ws", 1) + f"/api/v1/interviews/{interview}/screen"
        async with connect(url, proxy=None, max_size=None) as socket:
            await socket.send(json.dumps({"type": "hello", "token": server.host_key, "claim": "c" * 32}))
            async for text in socket:
                self._take(json.loads(text), time.time())

    def _take(self, message: dict[str, Any], now: float) -> None:
        match message["type"]:
            case "snapshot":
                self.epoch_us = message["view"]["epoch_us"]
            case "live-sight":
                self.live[message["participant"], round(message["media_time"] / 90)] = now
            case "change":
                for who, seat in message["patch"].get("participants", {}).items():
                    self._take_seat(who, seat, now)

    def _take_seat(self, who: str, seat: dict[str, Any], now: float) -> None:
        for second, seen in seat.get("sight", {}).items():
            if seen is not None:
                self.sight.setdefault((who, int(second)), (now, seen))
        for second, heard in seat.get("prosody", {}).items():
            if heard is not None:
                self.prosody.setdefault((who, int(second)), now)
        for answer in seat.get("answers", {}).values():
            for name, segment in ((answer or {}).get("segments") or {}).items():
                if segment is not None:
                    self.segments.setdefault(name, (now, segment))


async def measure(server: RunningServer, folder: Path, applicants: int, profile: str) -> Measured:
    """Of a server that has just started."""
    load = psutil.getloadavg()[0]
    idle = sum((await _spent(server, 15.0)).values())
    interview, links = _set_up(server, applicants, profile)
    screen = Screen()
    reading = asyncio.create_task(screen.read(server, interview))
    clips = write_clips(folder, applicants)
    logs = {who: folder / f"{who}.json" for who in links}
    stay = LOAD_SECONDS + SETTLE_SECONDS + MEASURED_SECONDS
    senders = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bench.sender", "attend-packed", link, str(clip), str(stay), str(log))
        )
        for link, clip, log in zip(links.values(), clips, logs.values(), strict=True)
    ]

    async def all_seen() -> bool:
        return len({who for who, _ in screen.sight}) == len({who for who, _ in screen.prosody}) == applicants

    try:
        await eventually(all_seen, seconds=LOAD_SECONDS, what="signals of everybody")
        await asyncio.sleep(SETTLE_SECONDS)
        begin, sending = time.time(), _spent_by(senders)
        spent = await _spent(server, MEASURED_SECONDS)
        end, sending = time.time(), _spent_by(senders) - sending
        held = {kind: each["pss"] for kind, each in memory(server.process.pid, server.data).items()}
    finally:
        for sender in senders:
            sender.send_signal(signal.SIGINT)
        await asyncio.gather(*(sender.wait() for sender in senders))
    reading.cancel()
    sent = {
        who: {round(int(at) / 90): when for at, when in json.loads(log.read_text()).items()}
        for who, log in logs.items()
    }
    times = _delays(screen, sent, begin, end)
    told = [seen for (_, _), (at, seen) in screen.sight.items() if begin < at < end]
    words = [segment for at, segment in screen.segments.values() if begin < at < end]
    return Measured(
        applicants=applicants,
        profile=profile,
        cores=spent,
        senders=sending / (end - begin),
        idle=idle,
        bare=0.0,
        frames=sum(seen["frames"] for seen in told),
        dropped=sum(seen["dropped"] for seen in told),
        expected_seconds=applicants * len(_inner(screen, begin, end)),
        seen_seconds=sum(second in _inner(screen, begin, end) for _, second in screen.sight),
        heard_seconds=sum(second in _inner(screen, begin, end) for _, second in screen.prosody),
        live_ms=_quantiles(times["live"]),
        second_ms=_quantiles(times["second"]),
        words_ms=_quantiles(times["words"]),
        segments=len(words),
        unheard=sum(segment.get("problem") in ("dropped", "failed") for segment in words),
        memory=held,
        load=load,
    )


def _set_up(server: RunningServer, applicants: int, profile: str) -> tuple[str, dict[str, str]]:
    with server.client() as client:
        asked = {"title": "Capacity", "profile": profile, "job": "application-software-engineering"}
        made = client.post("/api/v1/interviews", json=asked).raise_for_status().json()
        links = {link["participant"]: link["url"] for link in made["links"] if link["role"] == "applicant"}
        for _ in range(applicants - 1):
            link = client.post(f"/api/v1/interviews/{made['interview']}/participants").raise_for_status().json()
            links[link["participant"]] = link["url"]
    return made["interview"], links


async def _spent(server: RunningServer, seconds: float) -> dict[str, float]:
    before = usage(server.process.pid, server.data)
    await asyncio.sleep(seconds)
    return cores(before, usage(server.process.pid, server.data))


def _spent_by(processes: Sequence[Process]) -> float:
    times = [psutil.Process(process.pid).cpu_times() for process in processes]
    return sum(each.user + each.system for each in times)


def _inner(screen: Screen, begin: float, end: float) -> range:
    """The whole seconds of the interview that lie between two moments."""
    return range(int(begin - screen.epoch_us / 1e6) + 1, int(end - screen.epoch_us / 1e6))


def _delays(
    screen: Screen, sent: Mapping[str, Mapping[int, float]], begin: float, end: float
) -> Mapping[str, Sequence[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for (who, picture), at in screen.live.items():
        left = sent[who].get(picture)
        if left is not None and begin < at < end:
            found["live"].append(1000 * (at - left))
    for (who, second), (at, _) in screen.sight.items():
        if begin < at < end:
            over = screen.epoch_us / 1e6 + second + 1
            found["second"].append(1000 * (at - max(when for when in sent[who].values() if when < over)))
    for at, segment in screen.segments.values():
        if begin < at < end:
            found["words"].append(1000 * (at - (screen.epoch_us + segment["end"]) / 1e6))
    return found


def _quantiles(values: Sequence[float]) -> tuple[float, ...]:
    if len(values) < 2:
        return ()
    return round(statistics.median(values)), round(statistics.quantiles(values, n=20)[18])


def bare(folder: Path, applicants: int, profile: str) -> float:
    """Cores of the same models on the same clips at a camera's pace, with nothing around them; see `bench.bare`."""
    loops = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.bare", "whole", str(clip), str(MEASURED_SECONDS), profile],
            stdout=subprocess.PIPE,
            text=True,
        )
        for clip in write_clips(folder, applicants)
    ]
    return sum(float(json.loads(loop.communicate()[0])[0]) for loop in loops)


def run(applicants: int, profile: str, samples: Path, *, with_bare: bool) -> None:
    """Measure one piece and keep it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        alone = bare(place, applicants, profile) if with_bare else 0.0
        with running_server(place / "var") as server:
            found = asyncio.run(measure(server, place, applicants, profile))
    kept = {**asdict(found), "bare": alone}
    with samples.open("a") as file:
        file.write(json.dumps(kept) + "\n")
    print(json.dumps(kept, indent=1), flush=True)


def report(samples: Path) -> None:
    """Make the page of what was measured."""
    found: dict[tuple[str, int], Measured] = {}
    for line in samples.read_text().splitlines():
        read = Measured(**json.loads(line))
        found[read.profile, read.applicants] = read
    page = Page("capacity", "One to five applicants at once", f"{MEASURED_SECONDS:.0f} s for each number of applicants")
    page.say(
        "Real WebRTC on one machine: pictures of 320×240, 15 a second, and sound; one applicant speaks, the others are "
        "heard to breathe. Face at 10, body and hands at up to 5 pictures a second. The senders send what was encoded "
        "before; their cost is counted apart."
    )
    for profile in PROFILES:
        rows = [measured for (name, _), measured in sorted(found.items()) if name == profile]
        if rows:
            page.say(f"## Profile {profile}", _overview(rows), _by_process(rows))
    page.write()


def _overview(rows: Sequence[Measured]) -> str:
    lines = [
        "| applicants | server, cores | bare loops, cores | ratio | senders | pictures dropped | seconds seen, heard | "
        "live signal p50, p95 | second p50, p95 | words p50, p95 | MB per applicant | MB for the rest |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        total, own = sum(row.cores.values()), sum(row.memory.get(kind, 0.0) for kind in PER_APPLICANT)
        share = row.dropped / max(row.frames + row.dropped, 1)
        seconds = f"{row.seen_seconds} and {row.heard_seconds} of {row.expected_seconds}"
        loops = f"{row.bare:.2f} | {total / row.bare:.2f}" if row.bare else "– | –"
        aims = (f" {met(total <= CORES)}", f" {met(share <= DROPPED)}") if row.applicants == MOST else ("", "")
        lines.append(
            f"| {row.applicants} | {total:.2f}{aims[0]} | {loops} | {row.senders:.2f} | "
            f"{100 * share:.1f} %{aims[1]} | {seconds} | {_times(row.live_ms)} | {_times(row.second_ms)} | "
            f"{_times(row.words_ms)} ({row.segments}, {row.unheard} unheard) | {own / row.applicants:.0f} | "
            f"{sum(row.memory.values()) - own:.0f} |"
        )
    return "\n".join(lines)


def _times(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.0f} ms" for value in values) or "–"


def _by_process(rows: Sequence[Measured]) -> str:
    kinds = sorted(rows[-1].cores, key=lambda kind: -rows[-1].cores[kind])
    head = "| cores by process | " + " | ".join(f"{row.applicants}" for row in rows) + " |"
    lines = [head, "|---|" + "---|" * len(rows)]
    for kind in kinds:
        lines.append(f"| {kind} | " + " | ".join(f"{row.cores.get(kind, 0.0):.3f}" for row in rows) + " |")
    lines.append("| idle server | " + " | ".join(f"{row.idle:.3f}" for row in rows) + " |")
    lines.append("| load of the machine before | " + " | ".join(f"{row.load:.1f}" for row in rows) + " |")
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path, default=Path("capacity.jsonl"))
    parser.add_argument("--without-bare", action="store_true")
    parser.add_argument("do", nargs="*", help="measure N PROFILE, or report; without it, all")
    options = parser.parse_args()
    match options.do:
        case ["measure", applicants, profile]:
            run(int(applicants), profile, options.samples, with_bare=not options.without_bare)
        case ["report"]:
            report(options.samples)
        case _:
            for profile in PROFILES:
                for applicants in range(1, MOST + 1):
                    run(applicants, profile, options.samples, with_bare=not options.without_bare)
            report(options.samples)


if __name__ == "__main__":
    main()
