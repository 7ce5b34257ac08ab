"""The projector takes every event, or waits in front of it: it passes nothing by."""

from functools import partial

import pytest

from actors import names
from actors.projections.interview import InterviewProjection
from actors.projector import Projector
from infra.bus.memory import MemoryBus
from infra.views.memory import MemoryViews
from schemas.envelope import START, NewEvent, enveloped
from schemas.events import InterviewCreated
from schemas.ids import InterviewId, interview_stream
from schemas.media import SessionTime
from tests.fakes.parts import SharedLog, fake_parts
from tests.fakes.runtime import LocalRuntime
from tests.waiting import eventually

IV = InterviewId("0" * 32)


@pytest.mark.parametrize(
    ("type_", "version", "said"),
    [("interview.ended", 9, "got version 9"), ("interview.forgotten", 1, "interview.forgotten")],
)
async def test_what_a_newer_intact_wrote_is_waited_for_and_said(
    caplog: pytest.LogCaptureFixture, type_: str, version: int, said: str
) -> None:
    log, views, runtime = SharedLog(), MemoryViews(), LocalRuntime()
    created = enveloped(InterviewCreated(interview=IV, title="Analyst", epoch_us=1), at=SessionTime(0), actor="test")
    newer = NewEvent(type_, version, {"by": "nobody"}, SessionTime(1), "test")
    await log.append(interview_stream(IV), [created, newer], expected="no stream")
    await runtime.ensure(names.PROJECTOR, partial(Projector, fake_parts(log, MemoryBus(), views)))
    await runtime.started(names.PROJECTOR)

    async def told() -> bool:
        return said in caplog.text

    await eventually(told, seconds=5, what="a projector that says what it waits for")
    assert await views.position(InterviewProjection.name) == START
    await runtime.close()
