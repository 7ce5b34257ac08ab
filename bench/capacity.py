"""One to five applicants at once over real WebRTC: what it costs, what is lost, how late it is, beside a bare loop.

Run: `python -m bench.capacity`. Writes `bench/results/capacity.md`. The first applicant speaks, the others are silent.
"""

import argparse
import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from websockets.asyncio.client import connect

from bench.page import Page, met
from bench.processes import cores, memory, usage
from bench.silent import silent
from tests.media.fake_camera import PORTRAIT
from tests.system.server import RunningServer, running_server

SETTLE, MEASURED = 40.0, 60.0
"""Seconds until models are loaded, and measured after that."""
MODALITIES = ("sight", "posture", "hands", "prosody", "expression")
AIM_RATIO, AIM_DROPPED = 1.25, 1.0
AIM_CORES = 2.0


@dataclass(slots=True)
class Screen:
    """The interviewer's socket: when each second of each applicant came."""

    came: dict[tuple[str, str, int], float] = field(default_factory=dict)
    """By applicant, modality and second: Unix time."""
    frames: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)
    """Pictures analysed and dropped."""
    words: list[float] = field(default_factory=list)
    """Seconds from the end of a piece of speech to its words."""
    epoch_us: int = 0

    async def read(self, server: RunningServer, interview: str) -> None:
        """Until cancelled."""
        url = server.url.replace("http", "ws", 1) + f"/api/v1/interviews/{interview}/screen"
        async with connect(url, proxy=None, max_size=None) as socket:
            await socket.send(json.dumps({"type": "hello", "token": server.host_key, "claim": "c" * 32}))
            async for text in socket:
                self._take(json.loads(text), time.time())

    def _take(self, message: dict[str, Any], now: float) -> None:
        if message["type"] == "snapshot":
            self.epoch_us = message["view"]["epoch_us"]
        for who, seat in (message.get("patch") or {}).get("participants", {}).items():
            self._take_seat(who, seat or {}, now)

    def _take_seat(self, who: str, seat: dict[str, Any], now: float) -> None:
        for modality in MODALITIES:
            for second, told in seat.get(modality, {}).items():
                if told is not None:
                    self.came.setdefault((who, modality, int(second)), now)
                if told is not None and modality == "sight" and "frames" in told:
                    self.frames[who, int(second)] = (told["frames"], told["dropped"])
        for answer in seat.get("answers", {}).values():
            for segment in ((answer or {}).get("segments") or {}).values():
                if segment and "end" in segment:
                    self.words.append(now - (self.epoch_us + segment["end"]) / 1e6)


@dataclass(frozen=True, slots=True)
class Costs:
    """What a server and its clients use."""

    busy: dict[str, float]
    """Cores by kind of process."""
    senders: float
    memory: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Load:
    """What some applicants at once cost."""

    profile: str
    applicants: int
    costs: Costs
    frames: int
    dropped: int
    lacking: dict[str, int]
    """Seconds that were not recorded, by modality, of `MEASURED` times `applicants`."""
    late: dict[str, list[float]]
    """Seconds from the end of a second to its values at the interviewer's socket."""
    words: list[float]

    @property
    def cores(self) -> float:
        """Of the server, all together."""
        return sum(self.costs.busy.values())


async def measure(server: RunningServer, profile: str, applicants: int, clips: Sequence[Path]) -> Load:
    """`applicants` at once, the first of whom speaks."""
    interview, links = _set_up(server, profile, applicants)
    screen = Screen()
    async with AsyncExitStack() as stack:
        reading = asyncio.create_task(screen.read(server, interview))
        stack.callback(reading.cancel)
        senders = [
            server.attend(link, clips[0] if number == 0 else clips[1], "--loop") for number, link in enumerate(links)
        ]
        for sender in senders:
            stack.callback(_end, sender)
        await asyncio.sleep(SETTLE)
        begin, before = time.time(), usage(server.process.pid, server.data)
        spent = [_spent(sender) for sender in senders]
        await asyncio.sleep(MEASURED)
        end, after = time.time(), usage(server.process.pid, server.data)
        senders_cores = sum(_spent(sender) for sender in senders) - sum(spent)
        held = memory(server.process.pid, server.data)
        await asyncio.sleep(4)  # the last seconds are on their way
    with server.client() as client:
        client.post(f"/api/v1/interviews/{interview}/end").raise_for_status()
    costs = Costs(cores(before, after), senders_cores / MEASURED, held)
    return _evaluated(screen, (begin, end), profile, applicants, costs)


def _set_up(server: RunningServer, profile: str, applicants: int) -> tuple[str, list[str]]:
    with server.client() as client:
        asked = {"title": "Capacity", "profile": profile, "job": "application-software-engineering"}
        made = client.post("/api/v1/interviews", json=asked).raise_for_status().json()
        links = [link["url"] for link in made["links"] if link["role"] == "applicant"]
        for _ in range(applicants - 1):
            added = client.post(f"/api/v1/interviews/{made['interview']}/participants").raise_for_status().json()
            links.append(added["url"])
    return made["interview"], links


def _end(sender: subprocess.Popen[str]) -> None:
    sender.terminate()
    sender.wait()


def _spent(sender: subprocess.Popen[str]) -> float:
    times = psutil.Process(sender.pid).cpu_times()
    return times.user + times.system


def _evaluated(screen: Screen, span: tuple[float, float], profile: str, applicants: int, costs: Costs) -> Load:
    first, last = (int(at - screen.epoch_us / 1e6) for at in span)
    wanted = range(first, last)
    late: dict[str, list[float]] = defaultdict(list)
    found: dict[str, int] = defaultdict(int)
    for (_, modality, second), at in screen.came.items():
        if second in wanted:
            found[modality] += 1
            late[modality].append(at - (screen.epoch_us / 1e6 + second + 1))
    pictures = [counts for (_, second), counts in screen.frames.items() if second in wanted]
    expected = len(wanted) * applicants
    return Load(
        profile=profile,
        applicants=applicants,
        costs=costs,
        frames=sum(frames for frames, _ in pictures),
        dropped=sum(dropped for _, dropped in pictures),
        lacking={modality: expected - found[modality] for modality in MODALITIES if found[modality]},
        late=dict(late),
        words=screen.words,
    )


def bare(profile: str, clip: Path) -> float:
    """Cores of the same detectors on a clip from a file, at a camera's pace, with nothing around them."""
    command = [sys.executable, "-m", "bench.bare_watch", profile, str(clip), str(MEASURED)]
    spent: float = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return spent


def table(loads: Sequence[Load], alone: dict[str, tuple[float, float]]) -> str:
    """One row a load."""
    rows = [
        "| profile | applicants | server, cores | of it observing | bare loop, cores | ratio | senders, cores |"
        " pictures dropped | seconds lacking | MB an applicant |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for load in loads:
        speaking, silent_one = alone[load.profile]
        reference = speaking + (load.applicants - 1) * silent_one
        observing = sum(load.costs.busy.get(kind, 0.0) for kind in OBSERVING)
        ratio = load.cores / reference
        share = 100 * load.dropped / max(1, load.dropped + load.frames)
        lacking = ", ".join(f"{modality} {count}" for modality, count in load.lacking.items() if count) or "none"
        each = sum(found["pss"] for kind, found in load.costs.memory.items() if kind in (*OBSERVING, "peer actor"))
        rows.append(
            f"| {load.profile} | {load.applicants} | {load.cores:.2f} | {observing:.2f} | {reference:.2f} |"
            f" {ratio:.2f} {met(ratio <= AIM_RATIO)} | {load.costs.senders:.2f} |"
            f" {share:.2f} % {met(share <= AIM_DROPPED)} | {lacking} | {each / load.applicants:.0f} |"
        )
    return "\n".join(rows)


OBSERVING = ("sight actor", "prosody actor", "hearing actor", "recogniser")


def delays(loads: Sequence[Load]) -> str:
    """One row a load: p50 and p95."""
    rows = ["| profile | applicants | sight, s | posture, s | voice, s | words, s |", "|---|---|---|---|---|---|"]
    for load in loads:
        told = [_percentiles(load.late.get(modality, [])) for modality in ("sight", "posture", "prosody")]
        rows.append(f"| {load.profile} | {load.applicants} | {' | '.join([*told, _percentiles(load.words)])} |")
    return "\n".join(rows)


def processes(load: Load) -> str:
    """Cores and memory by kind of process."""
    rows = ["| process | cores | MB |", "|---|---|---|"]
    for kind, spent in sorted(load.costs.busy.items(), key=lambda item: -item[1]):
        rows.append(f"| {kind} | {spent:.3f} | {load.costs.memory.get(kind, {}).get('pss', 0.0):.0f} |")
    return "\n".join(rows)


def _percentiles(values: Sequence[float]) -> str:
    if len(values) < 2:
        return "–"
    cut = statistics.quantiles(values, n=20, method="inclusive")
    return f"{statistics.median(values):.2f} / {cut[-1]:.2f}"


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        clips = (PORTRAIT, silent(PORTRAIT, Path(folder) / "silent.mp4"))
        alone = {profile: (bare(profile, clips[0]), bare(profile, clips[1])) for profile in options.profiles}
        print(f"bare: {alone}", flush=True)
        loads = []
        for profile in options.profiles:
            for applicants in options.applicants:
                with running_server(Path(folder) / f"{profile}{applicants}") as server:
                    load = asyncio.run(measure(server, profile, applicants, clips))
                loads.append(load)
                print(table([load], alone), delays([load]), processes(load), sep="\n", flush=True)
    _write(loads, alone, options.beside)


def _write(loads: Sequence[Load], alone: dict[str, tuple[float, float]], beside: str) -> None:
    page = Page("capacity", "Capacity", f"each number of applicants for {MEASURED:.0f} s after {SETTLE:.0f} s")
    page.say(
        "Applicants are `intact attend` over WebRTC on loopback, each with camera and microphone; the first speaks all "
        "the time, the others are silent. Face 10, body and hands 5 pictures a second, expression 3, age until it is "
        "steady (both in research alone), all sound, words of whoever speaks by PocketSphinx. The bare loop decodes "
        "the same clips from files at a camera's pace and runs the same detectors in one process; its figure is one "
        "that speaks and as many silent ones as there are others, each measured alone.",
        *([beside] if beside else []),
        table(loads, alone),
        f"Aims: server at most {AIM_RATIO} times the bare loop, at most {AIM_DROPPED:.0f} % of pictures dropped, five "
        f"applicants within {AIM_CORES:.0f} cores. MB: proportional set size of the actors of one applicant.",
        "From the end of a second (words: of a piece of speech) to the interviewer's socket, p50 / p95:",
        delays(loads),
        *(
            f"By process, {load.profile}, {load.applicants} applicants:\n\n{processes(load)}"
            for load in loads
            if load.applicants in (1, max(each.applicants for each in loads))
        ),
    )
    page.write()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--applicants", type=int, nargs="+", default=[1, 2, 3, 4, 5])
    parser.add_argument("--profiles", nargs="+", default=["standard"])
    parser.add_argument("--beside", default="", help="a sentence on what else the machine did meanwhile")
    return parser.parse_args()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
