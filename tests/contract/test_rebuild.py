"""A view that is rebuilt from the log is the one that was projected live."""

import asyncio

import pytest

from actors.projections import PROJECTIONS
from actors.projections.fold import fold
from actors.projections.port import Projection
from api.records.views import compare, replace
from infra.log import Log
from infra.views import Views
from infra.views.port import Row
from schemas.envelope import LogPosition, enveloped
from schemas.events import Event, InterviewCreated, InterviewEnded, ParticipantInvited
from schemas.ids import InterviewId, ParticipantId, interview_stream
from schemas.media import SessionTime
from schemas.signals import ProsodyObserved
from tests.waiting import eventually

INTERVIEWS = (InterviewId("a" * 32), InterviewId("b" * 32))


async def write(log: Log, interview: InterviewId, event: Event) -> None:
    await log.append(
        interview_stream(interview), [enveloped(event, at=SessionTime(1), actor="session")], expected="any"
    )


async def project(log: Log, views: Views, projection: Projection) -> None:
    """One step of a live projector."""
    before = await views.position(projection.name)
    events = await log.follow(before, limit=3)
    rows = await views.load(projection.name, INTERVIEWS)
    written = [Row(key, change.after, change.place) for key, change in fold(projection, rows, events).items()]
    assert await views.commit(projection.name, written, before=before, after=events[-1].place)


@pytest.fixture(params=PROJECTIONS, ids=lambda projection: projection.name)
def projection(request: pytest.FixtureRequest) -> Projection:
    """Every projection."""
    found: Projection = request.param
    return found


async def test_a_view_equals_its_rebuild_and_what_differs_is_named(
    log: Log, views: Views, projection: Projection
) -> None:
    for interview in INTERVIEWS:
        await write(log, interview, InterviewCreated(interview=interview, title="Analyst", epoch_us=1))
        await write(
            log,
            interview,
            ParticipantInvited(participant=ParticipantId(interview[0]), role="applicant", label="Applicant A"),
        )
    assert await compare(log, views, projection) == (0, [])
    await project(log, views, projection)
    assert await compare(log, views, projection) == (2, [])
    await project(log, views, projection)
    assert await compare(log, views, projection) == (2, [])

    place = await views.position(projection.name)
    [row] = (await views.load(projection.name, INTERVIEWS[:1])).values()
    beyond = LogPosition(place.transaction, place.position + 1)
    wrong = [Row(row.key, {**row.body, "title": "Other"}, row.place), Row("nobody", {}, row.place)]
    assert await views.commit(projection.name, wrong, before=place, after=beyond)
    assert await compare(log, views, projection) == (3, [row.key, "nobody"])

    assert await replace(log, views, projection) == 2
    assert await views.position(projection.name) == beyond
    assert await compare(log, views, projection) == (2, [])
    await write(log, INTERVIEWS[0], InterviewEnded(by="interviewer"))
    await project(log, views, projection)
    assert await compare(log, views, projection) == (2, [])


async def test_a_rebuild_while_events_keep_coming_equals_the_live_view(
    log: Log, views: Views, projection: Projection
) -> None:
    """A writer, a projector and a rebuilder at once: whoever puts rows in place, they are those of the log."""
    for interview in INTERVIEWS:
        await write(log, interview, InterviewCreated(interview=interview, title="Analyst", epoch_us=1))
    enough = asyncio.Event()
    writing = asyncio.create_task(write_seconds(log, enough))
    projecting = asyncio.create_task(follow(log, views, projection))
    for _ in range(5):
        await replace(log, views, projection)
    enough.set()
    await writing

    async def level() -> bool:
        return await views.position(projection.name) == (await log.follow(limit=10_000))[-1].place

    await eventually(level, what="a view that is level with the log")
    projecting.cancel()
    await asyncio.gather(projecting, return_exceptions=True)
    assert await compare(log, views, projection) == (2, [])
    await replace(log, views, projection)
    rows = await views.load(projection.name, INTERVIEWS)
    events = await log.follow(limit=10_000)
    assert {key: row.body for key, row in rows.items()} == {
        key: change.after for key, change in fold(projection, {}, events).items()
    }


async def write_seconds(log: Log, enough: asyncio.Event) -> None:
    """At least ten, then until it is `enough`: a hundred times as fast as an interview, and slow enough to be raced."""
    ann = ParticipantId("ann")
    for interview in INTERVIEWS:
        await write(log, interview, ParticipantInvited(participant=ann, role="applicant", label="Applicant A"))
    second = 0
    while second < 10 or not enough.is_set():
        for interview in INTERVIEWS:
            heard = ProsodyObserved(
                participant=ann, second=second, loudness=-20.0, clipped=0.0, heard=1.0, detector="test"
            )
            await write(log, interview, heard)
        second += 1
        await asyncio.sleep(0.01)


async def follow(log: Log, views: Views, projection: Projection) -> None:
    """A live projector, until cancelled."""
    while True:
        before = await views.position(projection.name)
        events = await log.follow(before, limit=3)
        if events:
            rows = await views.load(projection.name, INTERVIEWS)
            written = [Row(key, change.after, change.place) for key, change in fold(projection, rows, events).items()]
            await views.commit(projection.name, written, before=before, after=events[-1].place)
        await asyncio.sleep(0)
