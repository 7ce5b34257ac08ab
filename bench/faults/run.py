"""One fault run, from the start of a server to the verdict."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults.backing import Backing
from bench.faults.crowd import Crowd
from bench.faults.plan import Fault, Kind, Step
from bench.faults.rest import Calm, judge
from bench.faults.verdict import Verdict
from bench.faults.victim import Victims, kill_one
from infra.embedded.leftover import Leftovers
from tests.system.server import RunningServer, running_server

RECOVERY_SECONDS = 90.0
"""After this, a fault counts as not recovered from."""
VICTIM_SECONDS = 30.0
"""How long a fault waits for its victim, which may be on its way back from another."""
LOOK_PERIOD = 0.02
MOST_UNRECOVERED = 3
"""After as many faults without recovery, the run is given up."""

Say = Callable[[str], None]


@dataclass(slots=True)
class Recovery:
    """How long after a fault everything went on, in seconds; None where it did not in time."""

    kind: Kind
    view: float | None = None
    """Until, in every interview of the load, a command that was sent after the fault is acknowledged and shown."""
    bus: float | None = None
    """Until their events are on the bus."""
    applicant: float | None = None
    """Until a second that began after the fault is shown of every applicant who plays over WebRTC."""


@dataclass(slots=True)
class Result:
    """What a run gave."""

    recoveries: list[Recovery]
    verdict: Verdict
    seconds: float
    events: int
    acknowledged: int
    load_average: float
    """Of the machine in the minute before the run: what else ran there."""
    relay_ms: list[float] = field(default_factory=list)
    """Appended → kept by JetStream, for each event of the calm before the faults."""
    projector_ms: list[float] = field(default_factory=list)
    """Appended → the change of its view told, for each change of the calm before the faults."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a run is."""

    loads: int = 3
    """Interviews that take commands."""
    rate: float = 10.0
    """Commands per second in each."""
    applicants: int = 1
    """Interviews with an applicant over WebRTC."""
    calm_seconds: float = 20.0
    """Load without faults, at the beginning."""


class Run:
    """A server with its backing and its crowd, and the faults that are done to it."""

    def __init__(self, backing: Backing, victims: Victims, crowd: Crowd, say: Say) -> None:
        self._backing = backing
        self._victims = victims
        self._crowd = crowd
        self._say = say
        self.recoveries: list[Recovery] = []

    async def do(self, steps: Sequence[Step]) -> None:
        """All steps, one after the other; gives up where too much does not recover."""
        total = sum(map(len, steps))
        for step in steps:
            found = await self._step(step)
            self.recoveries += found
            said = "; ".join(f"{one.kind} {_seconds(one.view)}" for one in found)
            self._say(f"[{len(self.recoveries):>3}/{total}] {said}")
            if sum(one.view is None for one in self.recoveries) >= MOST_UNRECOVERED:
                self._say("given up: it does not recover")
                return

    async def _step(self, step: Step) -> list[Recovery]:
        waiting: list[asyncio.Task[Recovery]] = []
        async with asyncio.TaskGroup() as stalls:
            for fault in step:
                await asyncio.sleep(fault.offset)
                await self._cause(fault, stalls)
                waiting.append(asyncio.create_task(self._recovery(fault.kind)))
        return list(await asyncio.gather(*waiting))

    async def _cause(self, fault: Fault, stalls: asyncio.TaskGroup) -> None:
        match fault.kind:
            case "cut PostgreSQL's connections":
                self._backing.postgres_proxy.cut()
            case "cut NATS's connections":
                self._backing.nats_proxy.cut()
            case "stall PostgreSQL's connections":
                stalls.create_task(self._backing.postgres_proxy.stall(fault.seconds))
            case "stall NATS's connections":
                stalls.create_task(self._backing.nats_proxy.stall(fault.seconds))
            case kind:
                await self._kill(kind, fault.choice)

    async def _kill(self, kind: Kind, choice: float) -> None:
        find: dict[Kind, Callable[[], list[int]]] = {
            "kill session": lambda: self._victims.actors("Session"),
            "kill relay": lambda: self._victims.actors("Relay"),
            "kill projector": lambda: self._victims.actors("Projector"),
            "kill API": self._victims.api,
            "kill NATS": self._backing.nats_process,
            "kill PostgreSQL": self._backing.postmaster,
            "kill a backend of PostgreSQL": self._backing.backends,
        }
        deadline = time.monotonic() + VICTIM_SECONDS
        while not kill_one(await asyncio.to_thread(find[kind]), choice):
            if time.monotonic() > deadline:
                raise RuntimeError(f"expected a process to {kind}, found none within {VICTIM_SECONDS:.0f} s")
            await asyncio.sleep(LOOK_PERIOD)

    async def _recovery(self, kind: Kind) -> Recovery:
        at = time.monotonic()
        recovery = Recovery(kind)
        clocks = self._crowd.clocks()

        async def until(there: Callable[[], bool]) -> float | None:
            while not there():
                if time.monotonic() - at > RECOVERY_SECONDS:
                    return None
                await asyncio.sleep(LOOK_PERIOD)
            return time.monotonic() - at

        recovery.view, recovery.bus, recovery.applicant = await asyncio.gather(
            until(lambda: self._crowd.shows_commands_since(at)),
            until(lambda: self._crowd.carries_commands_since(at)),
            until(lambda: self._crowd.shows_applicants_since(clocks)),
        )
        return recovery


def _seconds(value: float | None) -> str:
    return "not recovered" if value is None else f"{value:.1f} s"


@asynccontextmanager
async def _serving(data: Path, backing: Backing) -> AsyncIterator[RunningServer]:
    """`intact serve` on the backing; its start and its end are waited for in a thread, since the proxies run here."""
    serving = running_server(data, database_url=backing.database_url, nats_url=backing.nats_url)
    starting = asyncio.create_task(asyncio.to_thread(serving.__enter__))
    try:
        yield await asyncio.shield(starting)
    finally:
        await starting  # a start that is interrupted goes on in its thread, and is to be ended
        await asyncio.to_thread(serving.__exit__, None, None, None)


async def run(folder: Path, steps: Sequence[Step], size: Size, say: Say) -> Result:
    """Start everything in `folder`, do `steps`, come to rest, judge, stop everything."""
    begun = time.monotonic()
    load_average = os.getloadavg()[0]
    async with AsyncExitStack() as stack:
        data = folder / "var"
        backing = Backing(folder, Leftovers(data).mark)
        await stack.enter_async_context(backing.running())
        server = await stack.enter_async_context(_serving(data, backing))
        crowd = Crowd(server, backing)
        await stack.enter_async_context(crowd.present(size.loads, size.rate, size.applicants))
        victims = Victims(data)
        say(f"ready after {time.monotonic() - begun:.0f} s; {size.calm_seconds:.0f} s of calm")
        calm = Calm(time.time(), time.time() + size.calm_seconds)
        await asyncio.sleep(size.calm_seconds)
        faults = Run(backing, victims, crowd, say)
        faults_begun = time.monotonic()
        await faults.do(steps)
        seconds = time.monotonic() - faults_begun
        say("coming to rest")
        verdict = Verdict()
        verdict.add("faults not recovered from", [one.kind for one in faults.recoveries if _failed(one)])
        verdict.add("faults not done", ["one"] * (sum(map(len, steps)) - len(faults.recoveries)))
        verdict.add("participants who did not come through", await crowd.leave())
        rest = await judge(verdict, backing, crowd, victims, calm)
        return Result(
            recoveries=faults.recoveries,
            verdict=verdict,
            seconds=seconds,
            events=rest.events,
            acknowledged=len(crowd.ledger.acknowledged),
            load_average=load_average,
            relay_ms=rest.relay_ms,
            projector_ms=rest.projector_ms,
        )


def _failed(recovery: Recovery) -> bool:
    return None in (recovery.view, recovery.bus, recovery.applicant)
