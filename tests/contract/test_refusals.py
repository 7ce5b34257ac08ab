"""What a stream refuses is recorded by nobody: it is held against every append, in the turn of its writers."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.log import Log
from infra.log.memory import MemoryLog
from infra.log.postgres import PostgresLog
from infra.subjects import Subjects
from infra.subjects.memory import MemorySubjects
from infra.subjects.postgres import PostgresSubjects
from schemas.envelope import ExpectedVersion, NewEvent
from schemas.errors import Invalid, Refused, WrongVersion
from schemas.ids import StreamName, SubjectId
from schemas.media import SessionTime
from schemas.refusal import Refusal, Refusals
from tests.contract.conftest import BACKENDS, MASTER_KEY

S, T = StreamName("interview-s"), StreamName("interview-t")
ANN, BEN = SubjectId("ann"), SubjectId("ben")
NOTHING: Refusals = frozenset()
KINDS, PERSONS = ("test.happened", "test.other"), (None, ANN, BEN)


def event(type_: str = "test.happened", subject: SubjectId | None = ANN) -> NewEvent:
    return NewEvent(type_, 1, {"text": "words that a person said"}, SessionTime(0), "test", subject=subject)


def everybody(*types: str) -> Refusals:
    return frozenset(Refusal(type_) for type_ in types)


def of(person: SubjectId, *types: str) -> Refusals:
    return frozenset(Refusal(type_, person) for type_ in types)


async def count(log: Log, stream: StreamName = S) -> int:
    return len([one async for one in log.read(stream)])


async def holds(log: Log, new: NewEvent, stream: StreamName = S) -> bool:
    """Whether the stream takes `new`; where it refuses it, nothing of the append may be there."""
    before, taken = await count(log, stream), True
    try:
        await log.append(stream, [new], expected="any")
    except Refused:
        taken = False
    assert await count(log, stream) == before + taken
    return taken


async def test_a_refusal_names_the_type_and_says_nothing_of_the_person(log: Log) -> None:
    await log.append(S, [event("test.begun")], expected="any", refusals=of(ANN, "test.happened"))
    with pytest.raises(Refused, match=r"`test\.happened`") as told:
        await log.append(S, [event("test.other"), event("test.happened")], expected="any")
    assert not told.value.retryable
    assert "words" not in told.value.message
    assert ANN not in told.value.message


async def test_a_refused_type_is_refused_whomever_it_is_about_and_others_are_not(log: Log) -> None:
    await log.append(S, [event("test.begun")], expected="no stream", refusals=everybody("test.happened"))
    for subject in PERSONS:
        assert not await holds(log, event(subject=subject))
        assert await holds(log, event("test.other", subject))
    assert not await holds(log, event(subject=SubjectId("somebody-new")))


async def test_what_is_refused_for_one_person_is_taken_of_others_and_of_nobody(log: Log) -> None:
    await log.append(S, [event("test.begun")], expected="no stream", refusals=of(ANN, "test.happened"))
    assert not await holds(log, event(subject=ANN))
    assert await holds(log, event(subject=BEN))
    assert await holds(log, event(subject=None))
    assert await holds(log, event("test.other", ANN))


@pytest.mark.parametrize("place", [0, 50, 99])
async def test_an_append_with_one_refused_event_is_refused_as_a_whole(log: Log, place: int) -> None:
    await log.append(S, [event("test.begun")], expected="no stream", refusals=of(ANN, "test.happened"))
    new = [event("test.other") for _ in range(100)]
    new[place] = event("test.happened")
    with pytest.raises(Refused, match=r"`test\.happened`"):
        await log.append(S, new, expected=1)
    assert await count(log) == 1
    assert (await log.append(S, [event("test.other")], expected=1)).version == 2


async def test_refusals_hold_for_the_events_they_come_with(log: Log) -> None:
    with pytest.raises(Refused):
        await log.append(S, [event()], expected="no stream", refusals=everybody("test.happened"))
    assert await count(log) == 0
    assert await holds(log, event()), "an append that was refused replaced nothing"
    await log.append(S, [event("test.other")], expected="any", refusals=everybody("test.happened"))
    await log.append(S, [event()], expected="any", refusals=NOTHING)
    assert await holds(log, event())


async def test_what_was_refused_is_replaced_wholly_and_kept_where_nothing_is_said(log: Log) -> None:
    begun = event("test.begun", None)
    before = everybody("test.happened") | of(BEN, "test.other")
    await log.append(S, [begun], expected="any", refusals=before)
    await log.append(S, [event("test.begun")], expected="any")
    assert [await holds(log, event(type_, BEN)) for type_ in KINDS] == [False, False]
    await log.append(S, [event("test.begun")], expected="any", refusals=before | everybody("test.other"))
    assert not await holds(log, event("test.other", ANN))
    await log.append(S, [event("test.begun")], expected="any", refusals=of(ANN, "test.other"))
    assert [await holds(log, event(type_, BEN)) for type_ in KINDS] == [True, True]
    assert [await holds(log, event(type_, ANN)) for type_ in KINDS] == [True, False]
    await log.append(S, [event("test.begun")], expected="any", refusals=NOTHING)
    assert await holds(log, event("test.other", ANN))


async def test_a_type_may_be_refused_for_everybody_and_for_one_person_at_once(log: Log) -> None:
    await log.append(S, [event("x")], expected="any", refusals=everybody("test.other") | of(ANN, "test.other"))
    assert not await holds(log, event("test.other", BEN))
    await log.append(S, [event("x")], expected="any", refusals=of(BEN, "test.other") | of(ANN, "test.other"))
    assert [await holds(log, event("test.other", person)) for person in (None, ANN, BEN)] == [True, False, False]


async def test_each_stream_has_its_own(log: Log) -> None:
    await log.append(S, [event("test.begun")], expected="any", refusals=everybody("test.happened"))
    await log.append(T, [event("test.begun")], expected="any", refusals=everybody("test.other"))
    assert [await holds(log, event(type_), S) for type_ in KINDS] == [False, True]
    assert [await holds(log, event(type_), T) for type_ in KINDS] == [True, False]


@pytest.mark.parametrize("again", ["no stream", "any"])
async def test_an_event_that_was_recorded_before_it_was_refused_is_acknowledged_again(
    log: Log, again: ExpectedVersion
) -> None:
    new = [event(), event("test.other")]
    first = await log.append(S, new, expected="no stream", refusals=of(BEN, "test.other"))
    await log.append(S, [event("test.begun")], expected=2, refusals=everybody(*KINDS))
    assert await log.append(S, new, expected=again, refusals=of(BEN, "test.other")) == first
    assert not await holds(log, event()), "the repetition brought back what had been replaced"
    with pytest.raises(Invalid):
        await log.append(S, [new[0], event()], expected=again)


async def test_an_append_at_another_version_replaces_nothing(log: Log) -> None:
    await log.append(S, [event("test.begun")], expected="no stream", refusals=everybody("test.happened"))
    with pytest.raises(WrongVersion):
        await log.append(S, [event()], expected=7, refusals=NOTHING)
    assert not await holds(log, event())


async def test_hundreds_of_refusals_are_held_to_the_letter(log: Log) -> None:
    persons = [SubjectId(uuid4().hex) for _ in range(600)]
    refusals = frozenset(Refusal(f"test.{n % 7}", person) for n, person in enumerate(persons))
    await log.append(S, [event("test.begun")], expected="any", refusals=refusals)
    for n in (0, 1, 299, 598, 599):
        assert not await holds(log, event(f"test.{n % 7}", persons[n]))
        assert await holds(log, event(f"test.{(n + 1) % 7}", persons[n]))


async def test_what_is_no_text_cannot_be_refused(log: Log) -> None:
    with pytest.raises(Invalid):
        await log.append(S, [event()], expected="any", refusals=everybody("\ud800"))
    assert await count(log) == 0


@dataclass(frozen=True, slots=True)
class Turn:
    """One append."""

    events: Sequence[NewEvent]
    refusals: Refusals | None


@dataclass(slots=True)
class Model:
    """What a stream has to do, said anew in three lines."""

    in_force: Refusals = NOTHING
    recorded: list[NewEvent] = field(default_factory=list)

    def takes(self, turn: Turn) -> bool:
        in_force = self.in_force if turn.refusals is None else turn.refusals
        barred = {(one.type, one.subject) for one in in_force}
        if any({(one.type, None), (one.type, one.subject)} & barred for one in turn.events):
            return False
        self.in_force = in_force
        self.recorded += turn.events
        return True


events = st.builds(event, st.sampled_from(KINDS), st.sampled_from(PERSONS))
turns = st.builds(
    Turn,
    st.lists(events, min_size=1, max_size=3),
    st.none() | st.frozensets(st.builds(Refusal, st.sampled_from(KINDS), st.sampled_from(PERSONS)), max_size=3),
)
property_settings = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@property_settings
@given(st.lists(turns, max_size=12))
async def test_a_stream_takes_what_it_does_not_refuse_and_nothing_else(log: Log, turns: list[Turn]) -> None:
    stream, model = StreamName(f"interview-{uuid4().hex}"), Model()
    for turn in turns:
        taken = model.takes(turn)
        try:
            await log.append(stream, turn.events, expected="any", refusals=turn.refusals)
            assert taken
        except Refused:
            assert not taken
    assert [one.id async for one in log.read(stream)] == [one.id for one in model.recorded]


@property_settings
@given(st.lists(st.lists(turns, max_size=8), min_size=2, max_size=4))
async def test_whoever_writes_at_once_is_held_to_what_was_acknowledged_before(
    log: Log, writers: list[list[Turn]]
) -> None:
    """The stream, read in its order, is one that a single writer could have written."""
    stream = StreamName(f"interview-{uuid4().hex}")
    made: dict[str, Turn] = {}

    async def write(turns: list[Turn]) -> None:
        for turn in turns:
            new = [event(one.type, one.subject) for one in turn.events]
            try:
                appended = await log.append(stream, new, expected="any", refusals=turn.refusals)
            except Refused:
                continue
            made[str(new[0].id)] = Turn(new, turn.refusals)
            assert appended.version >= len(new)

    await asyncio.gather(*(write(turns) for turns in writers))
    recorded = [one.id async for one in log.read(stream)]
    model = Model()
    for id_ in recorded:
        if str(id_) in made:
            assert model.takes(made[str(id_)])
    assert recorded == [one.id for one in model.recorded]


@pytest.fixture(params=BACKENDS)
async def held(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Log, Subjects]]:
    """Every log, with the persons in it."""
    if request.param == "memory":
        memory = MemoryLog()
        yield memory, MemorySubjects(memory)
        return
    url = request.getfixturevalue("database")
    log, subjects = await PostgresLog.open(url, MASTER_KEY), await PostgresSubjects.open(url)
    yield log, subjects
    await log.close()
    await subjects.close()


async def test_an_erasure_keeps_what_is_refused_for_everybody_and_for_others(held: tuple[Log, Subjects]) -> None:
    log, subjects = held
    refusals = of(ANN, *KINDS) | of(BEN, "test.other") | everybody("test.third")
    await log.append(S, [event("test.begun"), event("test.begun", BEN)], expected="any", refusals=refusals)
    await subjects.shred(ANN)
    for type_ in ("test.begun", *KINDS):
        with pytest.raises(Refused, match="erased"):
            await log.append(S, [event(type_)], expected="any")
    assert [await holds(log, event(type_, BEN)) for type_ in (*KINDS, "test.third")] == [True, False, False]
    assert [await holds(log, event(type_, None)) for type_ in (*KINDS, "test.third")] == [True, True, False]
