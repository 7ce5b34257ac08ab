"""The session actor: owns a stream, and is rebuilt from it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial

import pytest

from actors import names
from actors.parts import Parts
from actors.session import Outcome, Session
from api.subjects.writer import RestingWriter, SessionWriter
from dialogue.voice_window import prosody_window
from infra.bus.memory import MemoryBus
from infra.views.memory import MemoryViews
from schemas.commands import (
    Calibrate,
    ClaimLink,
    Command,
    CreateInterview,
    EndInterview,
    EraseSubject,
    GiveConsent,
    InviteParticipant,
    Join,
    WithdrawConsent,
)
from schemas.envelope import NewEvent, enveloped
from schemas.errors import Invalid, NotFound, Refused
from schemas.events import ConsentWithdrawn, Event, GazeCalibrated, InterviewEnded
from schemas.ids import ConnectionId, InterviewId, ParticipantId, SubjectId, interview_stream
from schemas.media import SessionTime
from schemas.observation import RestingGaze
from tests.fakes.parts import SharedLog, fake_parts
from tests.fakes.runtime import LocalRuntime
from tests.fakes.voices import voice
from tests.waiting import eventually

IV = InterviewId("0" * 32)
ANN, HOST = ParticipantId("ann"), ParticipantId("host")
SEATED: list[Command] = [
    CreateInterview(interview=IV, title="Analyst", epoch_us=0),
    InviteParticipant(HOST, "interviewer"),
    InviteParticipant(ANN, "applicant"),
    ClaimLink(ANN, "d1"),
    GiveConsent(ANN, "1", "en", ("visual-signals",)),
    Join(ANN, ConnectionId("one"), "d1"),
]


@dataclass
class House:
    """A session and what it works with."""

    log: SharedLog = field(default_factory=SharedLog)
    bus: MemoryBus = field(default_factory=MemoryBus)
    runtime: LocalRuntime = field(default_factory=LocalRuntime)

    def parts(self) -> Parts:
        return fake_parts(self.log, self.bus, MemoryViews())

    async def execute(self, *commands: Command) -> Outcome:
        session = await self.runtime.ensure(names.session(IV), partial(Session, IV, self.parts()))
        outcome = Outcome(0, ())
        for command in commands:
            outcome = await session.call("execute", command)
        return outcome


@pytest.fixture
async def house() -> AsyncIterator[House]:
    built = House()
    yield built
    await built.runtime.close()


async def test_an_acknowledged_command_is_in_the_log(house: House) -> None:
    outcome = await house.execute(*SEATED)
    recorded = [event async for event in house.log.read(interview_stream(IV))]
    assert outcome.version == len(recorded) == len(SEATED)
    assert {str(event.subject) for event in recorded} == {"None", HOST, ANN}


async def test_a_session_that_was_killed_knows_all_again(house: House) -> None:
    await house.execute(*SEATED, Calibrate(ANN, RestingGaze(1.0, 2.0, 60)))
    session = await house.runtime.find(names.session(IV))
    assert session is not None
    before = await session.call("state")
    await house.runtime.kill(names.session(IV))
    assert await session.call("state") == before
    assert await session.call("resting", ANN) == RestingGaze(1.0, 2.0, 60)


async def test_a_session_that_was_overtaken_reads_on_and_decides_anew(house: House) -> None:
    await house.execute(*SEATED)
    ended = NewEvent("interview.ended", 1, {"by": "interviewer"}, SessionTime(0), "session")
    await house.log.append(interview_stream(IV), [ended], expected=len(SEATED))
    with pytest.raises(Refused):
        await house.execute(Join(ANN, ConnectionId("two"), "d1"))


async def test_an_append_that_the_log_did_not_answer_is_repeated_and_counted_once(house: House) -> None:
    await house.execute(*SEATED)
    house.log.forgetful = 2
    outcome = await house.execute(EndInterview())
    assert outcome.events == (InterviewEnded(by="interviewer"),)
    assert len([event async for event in house.log.read(interview_stream(IV))]) == len(SEATED) + 1


async def test_those_concerned_are_told_at_once(house: House) -> None:
    await house.execute(*SEATED)
    async with house.bus.listen("signal.>") as signals, house.bus.listen("owner.>") as owners:
        await house.execute(ClaimLink(HOST, "d2"), Join(HOST, ConnectionId("two"), "d2"))
        assert (await anext(owners)).data == b"two"
        told = await anext(signals)
    assert told.subject == names.signal_subject(IV, ANN)
    assert b"peer-joined" in told.data


async def test_an_interview_that_does_not_exist_has_no_state(house: House) -> None:
    with pytest.raises(NotFound):
        await house.execute(EndInterview())


async def test_an_offer_needs_consent_and_a_running_interview(house: House) -> None:
    await house.execute(*SEATED[:4])
    session = await house.runtime.find(names.session(IV))
    assert session is not None
    with pytest.raises(Refused):
        await session.call("offer", ANN, "sdp")
    await house.execute(*SEATED[4:])
    with pytest.raises(Invalid):
        await session.call("offer", ANN, "not what the fake takes")
    with pytest.raises(Refused):
        await session.call("offer", HOST, "sdp")
    await house.execute(EndInterview())
    with pytest.raises(Refused):
        await session.call("offer", ANN, "sdp")


async def seat_all(house: House) -> None:
    """Seat everybody, and wait for the actors below."""
    await house.execute(*SEATED)

    async def watched() -> bool:
        return names.sight(IV, ANN) in await house.runtime.running()

    await eventually(watched, seconds=5, what="the actor that watches the applicant")


async def test_the_end_stops_what_stood_below(house: House) -> None:
    await seat_all(house)
    running = await house.runtime.running()
    assert names.peer(IV, ANN) in running
    assert names.prosody(IV, ANN) not in running, "the applicant did not agree to it"
    await house.execute(EndInterview())
    assert list(await house.runtime.running()) == [names.session(IV)]


async def test_a_session_forgets_a_person_who_is_erased_and_tells_those_concerned(house: House) -> None:
    await house.execute(*SEATED, ClaimLink(HOST, "d2"), Join(HOST, ConnectionId("two"), "d2"))
    async with house.bus.listen("signal.>") as signals:
        await house.execute(EraseSubject(ANN))
        told = {(await anext(signals)).subject: None for _ in range(2)}
    assert set(told) == {names.signal_subject(IV, ANN), names.signal_subject(IV, HOST)}
    session = await house.runtime.find(names.session(IV))
    assert session is not None
    state = await session.call("state")
    assert list(state.seats) == [HOST]
    assert list(await house.runtime.running()) == [names.session(IV)]
    with pytest.raises(Refused):
        await house.execute(Join(ANN, ConnectionId("three"), "d1"))
    with pytest.raises(Refused):
        await session.call("offer", ANN, "sdp")

    house.log.shred(SubjectId(ANN))
    await house.runtime.kill(names.session(IV))
    assert await session.call("state") == state
    await house.execute(EndInterview())


async def test_an_erasure_is_written_by_the_session_that_runs_and_else_beside_it(house: House) -> None:
    await house.execute(*SEATED)
    resting = RestingWriter(house.log, lambda: 0)
    await SessionWriter(house.runtime, resting).erase(IV, ANN)
    session = await house.runtime.find(names.session(IV))
    assert session is not None
    assert list((await session.call("state")).seats) == [HOST]

    await house.runtime.stop(names.session(IV))
    await SessionWriter(house.runtime, resting).erase(IV, HOST)
    await SessionWriter(house.runtime, resting).erase(IV, HOST)
    recorded = [event async for event in house.log.read(interview_stream(IV))]
    assert [event.actor for event in recorded if event.type == "subject.erased"] == ["session", "eraser"]


async def test_a_session_that_was_passed_by_reads_on_when_it_is_told(house: House) -> None:
    await house.execute(*SEATED)
    await RestingWriter(house.log, lambda: 0).erase(IV, ANN)
    session = await house.runtime.find(names.session(IV))
    assert session is not None
    assert ANN in (await session.call("state")).seats
    assert (await house.execute(EraseSubject(ANN))).events == ()
    assert list((await session.call("state")).seats) == [HOST]
    assert names.sight(IV, ANN) not in await house.runtime.running()


async def test_consent_is_acknowledged_before_the_models_are_loaded(house: House) -> None:
    await house.execute(*SEATED[:4])
    house.runtime.slow.clear()
    await asyncio.wait_for(house.execute(SEATED[4]), 2)
    assert names.sight(IV, ANN) not in await house.runtime.running()
    house.runtime.slow.set()

    await seat_all(house)


async def only_the_session_runs(house: House) -> bool:
    return list(await house.runtime.running()) == [names.session(IV)]


async def test_children_that_could_not_be_stopped_at_the_end_are_stopped_later(house: House) -> None:
    await seat_all(house)
    house.runtime.unreachable = 1
    assert (await house.execute(EndInterview())).events == (InterviewEnded(by="interviewer"),)
    assert not await only_the_session_runs(house)
    await eventually(lambda: only_the_session_runs(house), seconds=5, what="no child")


async def test_the_successor_of_a_session_that_was_killed_as_it_ended_stops_the_children(house: House) -> None:
    await seat_all(house)
    ended = NewEvent("interview.ended", 1, {"by": "interviewer"}, SessionTime(0), "session")
    await house.runtime.kill(names.session(IV))
    await house.log.append(interview_stream(IV), [ended], expected=len(SEATED))
    session = await house.runtime.find(names.session(IV))
    assert session is not None
    assert (await session.call("state")).ended
    await eventually(lambda: only_the_session_runs(house), seconds=5, what="no child")


async def test_what_is_prepared_as_the_interview_ends_is_not_left(house: House) -> None:
    await house.execute(*SEATED[:4])
    house.runtime.slow.clear()
    await house.execute(SEATED[4], EndInterview())
    house.runtime.slow.set()
    await eventually(lambda: only_the_session_runs(house), seconds=5, what="no child")
    await asyncio.sleep(0.1)
    assert await only_the_session_runs(house)


async def test_what_is_withdrawn_is_observed_no_more(house: House) -> None:
    await house.execute(*SEATED, GiveConsent(ANN, "1", "en", ("visual-signals", "voice-signals")))

    async def both() -> bool:
        return {names.sight(IV, ANN), names.prosody(IV, ANN)} <= set(await house.runtime.running())

    await eventually(both, seconds=5, what="actors that watch and listen")
    await house.execute(WithdrawConsent(ANN, ("voice-signals",)))

    async def watched_alone() -> bool:
        running = await house.runtime.running()
        return names.prosody(IV, ANN) not in running and names.sight(IV, ANN) in running

    await eventually(watched_alone, seconds=1, what="nobody who listens")


async def test_what_is_withdrawn_as_the_session_dies_is_stopped_by_its_successor(house: House) -> None:
    await seat_all(house)
    await house.runtime.kill(names.session(IV))
    withdrawn = ConsentWithdrawn(participant=ANN, purposes=("visual-signals",))
    await house.log.append(
        interview_stream(IV), [enveloped(withdrawn, at=SessionTime(0), actor="session")], expected=len(SEATED)
    )
    session = await house.runtime.find(names.session(IV))
    assert session is not None
    await session.call("state")

    async def unwatched() -> bool:
        return names.sight(IV, ANN) not in await house.runtime.running()

    await eventually(unwatched, seconds=5, what="nobody who watches")


async def test_who_changes_their_mind_is_told_what_holds(house: House) -> None:
    await house.execute(*SEATED)
    async with house.bus.listen(names.signal_subject(IV, ANN)) as signals:
        await house.execute(WithdrawConsent(ANN, ("visual-signals",)))
        assert (await anext(signals)).data == b'{"type":"consent-changed","purposes":[]}'


async def test_the_log_refuses_what_was_withdrawn_whoever_writes(house: House) -> None:
    await house.execute(*SEATED)
    observed = GazeCalibrated(participant=ANN, horizontal=1.0, vertical=2.0, samples=60)
    heard = prosody_window(ANN, 1, [voice(1)])

    async def write(event: Event) -> None:
        new = enveloped(event, at=SessionTime(0), actor="another")
        await house.log.append(interview_stream(IV), [new], expected="any")

    with pytest.raises(Refused, match=r"prosody\.observed"):
        await write(heard)
    await write(observed)
    await house.execute(WithdrawConsent(ANN, ("visual-signals",)))
    with pytest.raises(Refused, match=r"gaze\.calibrated"):
        await write(observed)


async def test_a_recogniser_is_told_the_language_of_the_interview(house: House) -> None:
    await house.execute(CreateInterview(interview=IV, title="Analyst", epoch_us=0, language="ko"))
    session = await house.runtime.find(names.session(IV))
    assert session is not None
    assert (await session.call("vocabulary")).language == "ko"
