"""An erasure destroys what there is of a person and nothing else, and may be interrupted anywhere."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest

from actors.projections import PROJECTIONS
from api.records.views import compare
from api.subjects.certificate import Certificate, lines
from api.subjects.erasure import Erasure
from api.subjects.export import PAGE, write_export
from api.subjects.followers import RestingFollowers
from api.subjects.holdings import Holdings
from api.subjects.record import read_record
from api.subjects.writer import RestingWriter
from infra.blobs.folder import FolderBlobs
from infra.blobs.memory import MemoryBlobs
from infra.bus.jetstream import JetStreamBus
from infra.bus.memory import MemoryBus
from infra.log.keyring import Keyring
from infra.log.memory import MemoryLog
from infra.log.postgres import PostgresLog
from infra.postgres import open_pool
from infra.subjects.memory import MemorySubjects
from infra.subjects.postgres import PostgresSubjects
from infra.views.memory import MemoryViews
from infra.views.postgres import PostgresViews
from schemas.envelope import enveloped
from schemas.errors import Invalid, NotFound, Refused
from schemas.events import ConsentGiven, Event, InterviewCreated, ParticipantInvited
from schemas.ids import BlobId, ParticipantId, SubjectId, interview_stream, new_interview_id, new_participant_id
from schemas.media import SessionTime
from schemas.signals import ProsodyObserved
from tests.contract.conftest import BACKENDS, MASTER_KEY

MARKS = ("<script>ann", "<script>ben")
STEPS = 6
BLOB = BlobId("recording")


@dataclass(frozen=True, slots=True)
class Room:
    """An interview with two applicants, projected and on the bus."""

    holdings: Holdings
    ann: ParticipantId
    ben: ParticipantId

    async def erase(self, *, until: int | None = None) -> Certificate | None:
        """Erase Ann; a process that dies after the step `until` does nothing of what comes after it."""
        erasure = Erasure(SubjectId(self.ann), self.holdings)
        steps = erasure.steps()
        count = 0
        async for _ in steps:
            count += 1
            if count == until:
                await steps.aclose()  # type: ignore[attr-defined]  # an async generator is one
                return None
        assert count == STEPS
        return erasure.certificate

    async def exported(self, participant: ParticipantId, folder: Path) -> str:
        """The page of a person's export."""
        held = self.holdings
        record = await read_record(SubjectId(participant), held.log, held.views, held.blobs, held.subjects)
        await write_export(record, held.blobs, folder)
        return (folder / PAGE).read_text()


@pytest.fixture(params=BACKENDS)
async def holdings(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Holdings]:
    """All there is while no server runs."""
    if request.param == "memory":
        kept = MemoryLog()
        seen = MemoryViews()
        yield Holdings(
            log=kept,
            views=seen,
            bus=MemoryBus(),
            blobs=MemoryBlobs(),
            subjects=MemorySubjects(kept),
            writer=RestingWriter(kept, lambda: 2_000_000),
            followers=RestingFollowers(kept, seen),
        )
        return
    url = request.getfixturevalue("database")
    async with AsyncExitStack() as stack:
        log = await PostgresLog.open(url, MASTER_KEY)
        views = await PostgresViews.open(url)
        subjects = await PostgresSubjects.open(url)
        bus = await JetStreamBus.open(request.getfixturevalue("nats"))
        pool = await open_pool(url)
        for close in (log.close, views.close, subjects.close, bus.close, pool.close):
            stack.push_async_callback(close)
        yield Holdings(
            log=log,
            views=views,
            bus=bus,
            blobs=FolderBlobs(tmp_path / "blobs", await Keyring.open(pool, MASTER_KEY)),
            subjects=subjects,
            writer=RestingWriter(log, lambda: 2_000_000),
            followers=RestingFollowers(log, views),
        )


@pytest.fixture
async def room(holdings: Holdings) -> Room:
    """Two applicants of whom something lies everywhere."""
    interview, ann, ben = new_interview_id(), new_participant_id(), new_participant_id()
    events: list[Event] = [InterviewCreated(interview=interview, title="Analyst", epoch_us=1)]
    for number, participant in enumerate((ann, ben)):
        events += [
            ParticipantInvited(participant=participant, role="applicant", label=MARKS[number]),
            ConsentGiven(participant=participant, text_version=MARKS[number], language="en", purposes=()),
            ProsodyObserved(
                participant=participant, second=9 - number, loudness=-20, clipped=0, heard=1, detector=MARKS[number]
            ),
        ]
        for chunk in range(2):
            await holdings.blobs.append(SubjectId(participant), BLOB, MARKS[number].encode(), number=chunk)
    new = [enveloped(event, at=SessionTime(1), actor="session") for event in events]
    appended = await holdings.log.append(interview_stream(interview), new, expected="no stream")
    await holdings.followers.reach(appended.place)
    await holdings.bus.publish([event async for event in holdings.log.read(interview_stream(interview))])
    return Room(holdings, ann, ben)


async def nothing_is_left(room: Room) -> None:
    """Nobody reads anything of Ann, whichever way; all of Ben is there."""
    held, ann, ben = room.holdings, SubjectId(room.ann), SubjectId(room.ben)
    [stream] = await held.subjects.streams(ann)
    events = [event async for event in held.log.read(stream)]
    assert [event.payload for event in events if event.subject == ann] == [None] * 3
    assert all(event.payload is not None for event in events if event.subject == ben)
    assert [event.type for event in events].count("subject.erased") == 1
    assert MARKS[0] not in repr([event.payload for event in events])
    for projection in PROJECTIONS:
        assert await compare(held.log, held.views, projection) == (1, [])
        [row] = await held.views.list(projection.name)
        assert room.ann not in repr(row.body)
        assert room.ben in repr(row.body)
    assert list(await held.blobs.list(ann)) == []
    assert [blob.chunks for blob in await held.blobs.list(ben)] == [2]
    assert await held.bus.purge(ann) == 0
    late = ConsentGiven(participant=room.ann, text_version="1", language="en", purposes=())
    with pytest.raises(Refused):
        await held.log.append(stream, [enveloped(late, at=SessionTime(1), actor="session")], expected="any")


async def test_an_erasure_leaves_nothing_of_the_person_and_all_of_the_other(room: Room) -> None:
    certificate = await room.erase()
    assert certificate is not None
    [stream] = certificate.streams
    assert (stream.events, stream.tombstone, stream.version) == (3, 8, 8)
    assert (certificate.repeated, certificate.blobs, certificate.messages) == (False, 1, 3)
    assert certificate.remains
    assert any(stream.head in line for line in lines(certificate))
    await nothing_is_left(room)


async def test_a_second_erasure_says_that_it_is_one_and_adds_nothing(room: Room) -> None:
    first, second = await room.erase(), await room.erase()
    assert first is not None
    assert second is not None
    assert (second.repeated, second.destroyed_at, second.streams) == (True, first.destroyed_at, first.streams)
    assert (second.blobs, second.messages) == (0, 0)
    await nothing_is_left(room)


@pytest.mark.parametrize("step", range(1, STEPS))
async def test_an_erasure_that_was_interrupted_is_completed_by_the_next(room: Room, step: int) -> None:
    assert await room.erase(until=step) is None
    assert await room.erase() is not None
    await nothing_is_left(room)


async def test_somebody_unknown_is_not_found(room: Room) -> None:
    with pytest.raises(NotFound):
        await anext(Erasure(SubjectId("0" * 32), room.holdings).steps())


async def test_an_export_holds_all_of_a_person_and_nothing_of_another(room: Room, tmp_path: Path) -> None:
    for own, other, folder in ((0, 1, tmp_path / "ann"), (1, 0, tmp_path / "ben")):
        participant = (room.ann, room.ben)[own]
        page = await room.exported(participant, folder)
        told = (folder / "subject.json").read_text()
        assert [event["type"] for event in json.loads(told)["events"]] == [
            "participant.invited",
            "consent.given",
            "prosody.observed",
        ]
        assert json.loads(told)["detectors"] == [{"name": MARKS[own], "event": "prosody.observed", "seconds": 1}]
        for text in (unescape(page), told):
            assert MARKS[own] in text
            assert MARKS[other] not in text
            assert (room.ann, room.ben)[other] not in text
        assert (folder / "blobs" / BLOB).read_text() == MARKS[own] * 2
        assert "<script" not in page
        assert folder.stat().st_mode & 0o777 == 0o700
        with pytest.raises(Invalid, match="empty folder"):
            await room.exported(participant, folder)


async def test_an_export_of_somebody_who_was_erased_says_so_and_shows_nothing(room: Room, tmp_path: Path) -> None:
    await room.erase()
    page = await room.exported(room.ann, tmp_path / "out")
    assert page.count("(erased)") == 3
    assert MARKS[0] not in unescape(page)
