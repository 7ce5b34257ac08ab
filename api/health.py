"""`/healthz` (this process runs) and `/readyz` (everything it needs answers)."""

from typing import Literal

from fastapi import APIRouter, Response
from pydantic import BaseModel

from actors import names
from actors.projections.interview import InterviewProjection
from api.auth import OpenDoor
from api.door import Door
from schemas.errors import Unavailable

router = APIRouter(tags=["operations"])


class Health(BaseModel):
    """How a process is."""

    status: Literal["ok", "not ready"]
    waiting_for: list[str] = []
    """Parts that do not answer."""


@router.get("/healthz")
async def healthz() -> Health:
    """This process answers."""
    return Health(status="ok")


@router.get("/readyz")
async def readyz(response: Response, opened: OpenDoor) -> Health:
    """Log, views, bus and the followers of the log answer; 503 where one does not."""
    waiting = [part for part, answers in (await _answers(opened)).items() if not answers]
    if waiting:
        response.status_code = 503
        return Health(status="not ready", waiting_for=waiting)
    return Health(status="ok")


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
