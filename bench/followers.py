"""How fast relay and projector catch up with a log that went on without them.

`python -m bench.followers [--events N]`; prints the table and writes it to `bench/results/followers.md`. Real
PostgreSQL and NATS; each follower runs alone, in this process.
"""

import argparse
import asyncio
import base64
import os
import platform
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import SecretStr

from actors import names
from actors.follower import Follower
from actors.lag import VIEWS_OF
from actors.projector import Projector
from actors.relay import Relay
from api.bootstrap import open_log, open_views, parts
from infra.embedded.nats import EmbeddedNats, find_binary
from infra.embedded.postgres import EmbeddedPostgres
from infra.log import Log
from infra.settings import KEY_BYTES, Settings
from schemas.envelope import LogPosition, enveloped
from schemas.events import Event, InterviewCreated, ParticipantInvited
from schemas.ids import ParticipantId, interview_stream, new_interview_id, new_participant_id
from schemas.media import SessionTime
from schemas.signals import ProsodyObserved, SightObserved
from tests.fakes.runtime import LocalRuntime
from tests.waiting import eventually

RESULT = Path(__file__).parent / "results" / "followers.md"
PER_INTERVIEW, BATCH = 1000, 100
MOST_SECONDS = 300
FOLLOWERS: dict[str, type[Follower]] = {names.RELAY: Relay, names.PROJECTOR: Projector}


def signals(participant: ParticipantId, second: int) -> list[Event]:
    """What is recorded of one second of an applicant."""
    return [
        SightObserved(
            participant=participant, second=second, frames=15, dropped=0, presence=1.0, confidence=0.93, yaw=-3.25,
            pitch=4.5, roll=0.75, gaze_horizontal=1.5, gaze_vertical=-2.25, gaze_confidence=0.9, toward_screen=0.93,
            problem=None, detector="bench",
        ),
        ProsodyObserved(
            participant=participant, second=second, loudness=-31.5, clipped=0.0, heard=1.0, detector="bench"
        ),
    ]  # fmt: skip


async def write_interview(log: Log) -> LogPosition:
    """One interview of `PER_INTERVIEW` events; the place of its last one."""
    interview, participant = new_interview_id(), new_participant_id()
    events: list[Event] = [
        InterviewCreated(interview=interview, title="Bench", epoch_us=0),
        ParticipantInvited(participant=participant, role="applicant", label="Applicant A"),
    ]
    for second in range((PER_INTERVIEW - len(events)) // 2):
        events += signals(participant, second)
    new = [enveloped(event, at=SessionTime(0), actor="bench") for event in events]
    for first in range(0, len(new), BATCH):
        appended = await log.append(interview_stream(interview), new[first : first + BATCH], expected="any")
    return appended.place


@dataclass(frozen=True, slots=True)
class Spent:
    """What a follower needed to catch up, in seconds."""

    wall: float
    cpu: float
    """Of this process: not of PostgreSQL's and NATS's."""


async def spent_to_reach(place: LogPosition, name: str, settings: Settings) -> Spent:
    """What a follower that has taken nothing needs to take all up to `place`."""
    follower = FOLLOWERS[name](parts(settings), LocalRuntime())
    views = await open_views(settings)

    async def there() -> bool:
        return min([await views.position(view) for view in VIEWS_OF[name]]) >= place

    begun, used = time.perf_counter(), time.process_time()
    await follower.start()
    try:
        await eventually(there, seconds=MOST_SECONDS, what=f"{name} to catch up")
        return Spent(time.perf_counter() - begun, time.process_time() - used)
    finally:
        await follower.stop()
        await views.close()


async def measure(events: int) -> dict[str, Spent]:
    """What each follower needs."""
    with tempfile.TemporaryDirectory() as folder:
        postgres, nats = EmbeddedPostgres(Path(folder) / "postgres"), EmbeddedNats(Path(folder) / "nats", find_binary())
        try:
            settings = Settings(
                database_url=await postgres.start(),
                nats_url=await nats.start(),
                ray_address="127.0.0.1:0",  # not used: the followers run here
                master_key=SecretStr(base64.b64encode(os.urandom(KEY_BYTES)).decode()),
            )
            log = await open_log(settings)
            for _ in range(events // PER_INTERVIEW):
                last = await write_interview(log)
            await log.close()
            return {name: await spent_to_reach(last, name, settings) for name in FOLLOWERS}
        finally:
            await nats.stop()
            await postgres.stop()


def page(spent: dict[str, Spent], events: int) -> str:
    """The result as Markdown."""
    what = {names.RELAY: "relay, into JetStream", names.PROJECTOR: "projector, into both views"}
    lines = [
        "# Followers catching up",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, by `python -m bench.followers --events {events}`: {events:,} events of "
        f"{events // PER_INTERVIEW} interviews, recorded while no follower ran; then each follower alone, from its "
        f"start until it has taken all. The machine's load average was {os.getloadavg()[0]:.1f}: the second column, "
        "which counts the CPU time of the follower's own process, bounds what it does where nothing else runs.",
        "",
        "| follower | events per second | per second of CPU time |",
        "|---|---|---|",
        *(
            f"| {what[name]} | {events / needed.wall:,.0f} | {events / needed.cpu:,.0f} |"
            for name, needed in spent.items()
        ),
        "",
        "How far they are behind under a steady load stands in [fault runs](faults.md).",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=50_000)
    events = parser.parse_args().events
    result = page(asyncio.run(measure(events)), events)
    print(result)
    RESULT.write_text(result, encoding="utf-8")


if __name__ == "__main__":
    main()
