"""When nothing happens any more: everything is read and compared."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from pydantic import SecretStr

from actors.lag import follower_lags
from actors.projections import PROJECTIONS
from api.bootstrap import open_log, open_views
from api.records.views import compare
from bench.faults.backing import Backing
from bench.faults.crowd import Crowd
from bench.faults.evidence import Recorded, read_log
from bench.faults.verdict import Verdict, judge_bus, judge_log, judge_screens
from bench.faults.victim import Victims
from infra.log import Log
from infra.log.audit import LogAudit
from infra.settings import Settings
from infra.views import Views
from schemas.views import InterviewView
from tests.jetstream import Held, held_by
from tests.waiting import eventually

REST_SECONDS = 60.0
MILLISECONDS = 1000.0
CHILDREN = ("Peer", "Sight", "Prosody")
"""Actors that are nobody's when their interview is over."""


@dataclass(frozen=True, slots=True)
class Calm:
    """The span of Unix time before the first fault."""

    begin: float
    end: float

    def covers(self, moment: datetime) -> bool:
        """Whether `moment` lies in it."""
        return self.begin <= moment.timestamp() < self.end


@dataclass(frozen=True, slots=True)
class Rest:
    """What was found besides the verdict."""

    events: int
    relay_ms: list[float]
    projector_ms: list[float]


async def judge(verdict: Verdict, backing: Backing, crowd: Crowd, victims: Victims, calm: Calm) -> Rest:
    """Wait until the followers have taken everything; add what breaks a guarantee to `verdict`."""
    settings = Settings(
        database_url=backing.direct_database_url,
        master_key=SecretStr((victims.data / "keys" / "master_key").read_text()),
    )
    log, views = await open_log(settings), await open_views(settings)
    try:
        verdict.add("followers that do not reach the end of the log", await _until_taken(log, views))
        verdict.add("screens that do not show the view", await _until_shown(crowd, views))
        recorded = await read_log(log)
        different = [key for projection in PROJECTIONS for key in (await compare(log, views, projection))[1]]
        verdict.add("rows of views that differ from a rebuild", different)
    finally:
        await views.close()
        await log.close()
    carried = await held_by(backing.direct_nats_url)
    judge_log(verdict, crowd.ledger, recorded, list(crowd.screens.values()))
    judge_bus(verdict, recorded, carried)
    judge_screens(verdict, list(crowd.screens.values()))
    verdict.add("chains broken", await _broken(backing.direct_database_url))
    verdict.add("actors left by interviews that are over", await _until_gone(victims))
    return Rest(recorded.count, _relay_ms(recorded, carried, calm), _projector_ms(recorded, crowd, calm))


async def _until_taken(log: Log, views: Views) -> list[str]:
    behind: list[str] = []

    async def taken() -> bool:
        behind[:] = [name for name, lag in (await follower_lags(log, views)).items() if lag.events]
        return not behind

    return await _patiently(taken, behind)


async def _until_shown(crowd: Crowd, views: Views) -> list[str]:
    stale: list[str] = []

    async def shown() -> bool:
        rows = await views.load("interview", list(crowd.screens))
        stale[:] = [
            f"{interview} at {screen.position} of {rows[interview].place.position}"
            for interview, screen in crowd.screens.items()
            if screen.position != rows[interview].place.position
            or InterviewView.model_validate(screen.view) != InterviewView.model_validate(rows[interview].body)
        ]
        return not stale

    return await _patiently(shown, stale)


async def _until_gone(victims: Victims) -> list[str]:
    left: list[str] = []

    async def gone() -> bool:
        left[:] = [f"{kind} {pid}" for kind in CHILDREN for pid in victims.actors(kind)]
        return not left

    return await _patiently(gone, left)


async def _broken(url: str) -> list[str]:
    audit = await LogAudit.open(url)
    try:
        found = [(stream, (await audit.verify(stream))[1]) for stream in await audit.streams()]
    finally:
        await audit.close()
    return [f"{stream} at {broken.version}: {broken.found}" for stream, broken in found if broken]


async def _patiently(settled: Callable[[], Awaitable[bool]], left: list[str]) -> list[str]:
    """What is `left` when it is settled, or after a while."""
    with suppress(AssertionError):
        await eventually(settled, seconds=REST_SECONDS, what="rest")
    return left


def _relay_ms(recorded: Recorded, carried: Sequence[Held], calm: Calm) -> list[float]:
    return [
        (message.stored_at - appended_at).total_seconds() * MILLISECONDS
        for message in carried
        if (appended_at := recorded.recorded_at_of.get(message.id)) is not None and calm.covers(appended_at)
    ]


def _projector_ms(recorded: Recorded, crowd: Crowd, calm: Calm) -> list[float]:
    return [
        (told - recorded.recorded_at[position].timestamp()) * MILLISECONDS
        for position, told in crowd.listener.changes.items()
        if position in recorded.recorded_at and calm.covers(recorded.recorded_at[position])
    ]
