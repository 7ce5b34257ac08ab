"""`/api/v1/signals` and `/api/v1/interviews/{id}/signals`."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.auth import OpenDoor, host_or_interviewer
from api.interviews.routes import Id
from api.records.stage import FOREVER
from api.signals.history import read_signals
from api.signals.sheet import SHEET
from schemas.media import SessionTime
from schemas.sheet import SignalEntry, SignalsResponse

router = APIRouter(prefix="/api/v1", tags=["signals"])

LAST_SECOND = 10**7
Second = Annotated[int, Query(ge=0, le=LAST_SECOND)]


@router.get("/signals")
async def sheet() -> tuple[SignalEntry, ...]:
    """Every signal: unit, range, what it is and is not, and how far it was from the truth where that was measured."""
    return SHEET


@router.get(
    "/interviews/{interview}/signals",
    dependencies=[Depends(host_or_interviewer)],
    response_model_exclude_none=True,
)
async def signals(
    interview: Id,
    opened: OpenDoor,
    from_second: Second,
    to_second: Second,
    by_us: Annotated[int | None, Query(ge=0, le=FOREVER)] = None,
) -> SignalsResponse:
    """What is recorded of these seconds (600 at most, both ends included); with `by_us`, a session time, as it was
    recorded by then.
    """
    by = None if by_us is None else SessionTime(by_us)
    return await read_signals(opened.log, interview, from_second, to_second, by=by)
