"""`/healthz` (this process runs) and `/readyz` (everything it needs answers)."""

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from actors import names
from actors.lag import follower_lags
from actors.projections.interview import InterviewProjection
from api.auth import OpenDoor
from api.door import Door
from schemas.errors import Unavailable

router = APIRouter(tags=["operations"])


class FollowerLag(BaseModel):
    """How far a follower is behind the log."""

    events: int
    """Recorded and not taken yet; counting ends at `infra.log.port.MOST_LAG`."""
    seconds: float
    """Since the oldest of them was recorded."""


class Health(BaseModel):
    """How a process is."""

    status: Literal["ok", "not ready"]
    waiting_for: list[str] = []
    """Parts that do not answer."""
    lag: dict[str, FollowerLag] = {}
    """By follower of the log; empty where the database does not answer."""


@router.get("/healthz")
async def healthz() -> Health:
    """This process answers."""
    return Health(status="ok")


@router.get("/readyz")
async def readyz(response: Response, opened: OpenDoor) -> Health:
    """Log, views, bus and the followers of the log answer; 503 where one does not. A lag is no reason for that."""
    waiting = [part for part, answers in (await _answers(opened)).items() if not answers]
    lag = await _lag(opened)
    if waiting:
        response.status_code = 503
        return Health(status="not ready", waiting_for=waiting, lag=lag)
    return Health(status="ok", lag=lag)


async def _lag(opened: Door) -> dict[str, FollowerLag]:
    try:
        lags = await follower_lags(opened.log, opened.views)
    except Unavailable:
        return {}
    return {name: FollowerLag(events=lag.events, seconds=round(lag.seconds, 3)) for name, lag in lags.items()}


async def _answers(opened: Door) -> dict[str, bool]:
    running = await opened.runtime.running((names.RELAY, names.PROJECTOR))
    return {
        "database": await _database_answers(opened),
        "bus": await _bus_answers(opened),
        names.RELAY: names.RELAY in running,
        names.PROJECTOR: names.PROJECTOR in running,
    }


async def _database_answers(opened: Door) -> bool:
    try:
        await opened.views.position(InterviewProjection.name)
    except Unavailable:
        return False
    return True


async def _bus_answers(opened: Door) -> bool:
    try:
        await opened.bus.send("health", b"")
    except Unavailable:
        return False
    return True
