"""What every log does."""

import asyncio
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.log import Log
from infra.log.port import MOST_PAYLOAD_BYTES, Lag, Wanted
from schemas.envelope import START, LogPosition, NewEvent, RecordedEvent
from schemas.errors import Invalid, Unavailable, WrongVersion
from schemas.ids import EventId, StreamName, SubjectId
from schemas.media import SessionTime

S, T = StreamName("interview-s"), StreamName("interview-t")


def event(number: int = 0, *, subject: str | None = None) -> NewEvent:
    return NewEvent(
        type="test.happened",
        schema_version=1,
        payload={"number": number, "text": "가나다 „ü“"},
        at=SessionTime(number),
        actor="test",
        subject=SubjectId(subject) if subject else None,
    )


async def read(log: Log, stream: StreamName, after: int = 0) -> list[RecordedEvent]:
    return [recorded async for recorded in log.read(stream, after=after)]


async def follow_all(log: Log, limit: int = 7) -> list[RecordedEvent]:
    found: list[RecordedEvent] = []
    place = START
    while batch := await log.follow(place, limit=limit):
        found += batch
        place = batch[-1].place
    return found


async def test_what_was_appended_is_read_as_it_was(log: Log) -> None:
    new = [event(1), event(2, subject="ann")]
    appended = await log.append(S, new, expected="no stream")
    recorded = await read(log, S)
    assert appended.version == 2
    assert appended.place == recorded[-1].place
    for version, (one, other) in enumerate(zip(new, recorded, strict=True), start=1):
        assert (other.stream, other.version, other.id, other.type) == (S, version, one.id, one.type)
        assert (other.payload, other.at, other.actor, other.subject) == (one.payload, one.at, one.actor, one.subject)
    assert [one.version for one in await read(log, S, after=1)] == [2]
    assert await read(log, T) == []


async def test_a_log_of_certain_types_refuses_all_others_and_keeps_nothing_of_them(choosy_log: Log) -> None:
    known = replace(event(), type="interview.ended")
    with pytest.raises(Invalid, match=r"`test\.happened`"):
        await choosy_log.append(S, [known, event()], expected="no stream")
    assert await read(choosy_log, S) == []
    assert (await choosy_log.append(S, [known], expected="no stream")).version == 1


async def test_the_expected_version_must_hold(log: Log) -> None:
    with pytest.raises(WrongVersion):
        await log.append(S, [event()], expected=1)
    await log.append(S, [event()], expected="no stream")
    for wrong in ("no stream", 2, 0):
        with pytest.raises(WrongVersion):
            await log.append(S, [event()], expected=wrong)
    assert (await log.append(S, [event()], expected=1)).version == 2
    assert (await log.append(S, [event()], expected="any")).version == 3
    assert (await log.append(T, [event()], expected="any")).version == 1


async def test_a_repeated_append_adds_nothing(log: Log) -> None:
    new = [event(1), event(2)]
    first = await log.append(S, new, expected="no stream")
    await log.append(S, [event(3)], expected=2)
    assert await log.append(S, new, expected="no stream") == first
    assert len(await read(log, S)) == 3
    with pytest.raises(Invalid):
        await log.append(S, [new[0], event(4)], expected="no stream")


async def test_events_that_cannot_be_kept_leave_nothing_behind(log: Log) -> None:
    large = NewEvent("test.happened", 1, {"text": "x" * MOST_PAYLOAD_BYTES}, SessionTime(0), "test")
    for events in ([], [event(), large]):
        with pytest.raises(Invalid):
            await log.append(S, events, expected="no stream")
    assert await read(log, S) == []


async def test_followers_see_all_streams_in_one_order(log: Log) -> None:
    for number in range(20):
        await log.append((S, T)[number % 2], [event(number), event(number)], expected="any")
    found = await follow_all(log)
    assert found == await follow_all(log, limit=1000)
    assert [one.place for one in found] == sorted({one.place for one in found})
    for stream in (S, T):
        assert [one.version for one in found if one.stream == stream] == list(range(1, 21))


async def test_the_order_is_that_of_numbers_and_not_of_their_digits(log: Log) -> None:
    """A database a few hundred transactions old passes from three digits to four: sorted as text, events were lost."""
    for number in range(400):
        await log.append(S, [event(number)], expected=number or "no stream")
    assert [one.version for one in await follow_all(log, limit=50)] == list(range(1, 401))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    writers=st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5), st.integers(0, 5)), max_size=12),
        min_size=2,
        max_size=6,
    ),
    readers=st.lists(st.tuples(st.integers(1, 50), st.integers(0, 5)), min_size=1, max_size=3),
)
async def test_writers_and_readers_at_once_find_no_gap_no_repetition_and_no_other_order(
    log: Log, writers: list[list[tuple[int, int, int]]], readers: list[tuple[int, int]]
) -> None:
    """Each writer appends so many events to one of four streams, and waits so many milliseconds, again and again."""
    streams = [StreamName(f"interview-{uuid4().hex}") for _ in range(4)]
    before = await follow_all(log, limit=1000)
    begin = before[-1].place if before else START
    appended: list[EventId] = []

    async def write(turns: list[tuple[int, int, int]]) -> None:
        for number, count, delay in turns:
            new = [event(number) for _ in range(count)]
            await log.append(streams[number], new, expected="any")
            appended.extend(one.id for one in new)
            await asyncio.sleep(delay / 1000)

    async def follow(limit: int, delay: int, writing: "asyncio.Future[list[None]]") -> list[RecordedEvent]:
        found: list[RecordedEvent] = []
        while True:
            over = writing.done()
            batch = await log.follow(found[-1].place if found else begin, limit=limit)
            found += batch
            if over and not batch:
                return found
            await asyncio.sleep(delay / 1000)

    writing = asyncio.gather(*(write(turns) for turns in writers))
    readings = await asyncio.gather(*(follow(limit, delay, writing) for limit, delay in readers))
    await writing
    for found in readings:
        assert found == readings[0]
        assert sorted(one.id for one in found) == sorted(appended)
        for stream in streams:
            versions = [one.version for one in found if one.stream == stream]
            assert versions == list(range(1, len(versions) + 1))


async def test_nothing_lies_behind_the_last_place(log: Log) -> None:
    appended = await log.append(S, [event()], expected="any")
    assert await log.follow(appended.place) == []
    beyond = LogPosition(appended.place.transaction, appended.place.position + 1)
    assert await log.follow(beyond) == []


async def test_a_closed_log_is_unavailable(log: Log) -> None:
    await log.close()
    with pytest.raises(Unavailable):
        await log.append(S, [event()], expected="any")
    with pytest.raises(Unavailable):
        await log.follow()


async def test_a_repeated_append_at_any_version_adds_nothing(log: Log) -> None:
    new = [event(1), event(2)]
    first = await log.append(S, new, expected="any")
    assert await log.append(S, new, expected="any") == first
    with pytest.raises(Invalid):
        await log.append(S, [new[0], event(4)], expected="any")
    with pytest.raises(Invalid):
        await log.append(T, new, expected="any")
    assert len(await follow_all(log)) == 2


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), [None, {"deep": float("-inf")}], {1}, {1: 2}, "\ud800", 2**64]
)
async def test_what_is_no_json_is_refused_without_being_quoted(log: Log, value: object) -> None:
    strange = NewEvent("test.happened", 1, {"none": None, "text": "null", "said": value}, SessionTime(0), "test")
    with pytest.raises(Invalid, match="JSON"):
        await log.append(S, [strange], expected="any")
    assert await read(log, S) == []


async def test_what_is_json_is_read_as_it_was(log: Log) -> None:
    payload = {"none": None, "text": "null", "deep": [None, {"null": [1.5, -(2**63), True, "가"]}], "float": 0.1}
    await log.append(S, [NewEvent("test.happened", 1, payload, SessionTime(0), "test")], expected="any")
    assert [one.payload for one in await read(log, S)] == [payload]


async def search(log: Log, wanted: Wanted) -> list[RecordedEvent]:
    return [recorded async for recorded in log.search(wanted)]


async def test_a_stream_is_read_backwards(log: Log) -> None:
    await log.append(S, [event(number) for number in range(1200)], expected="no stream")
    forward = await read(log, S)
    assert [one async for one in log.read_back(S)] == forward[::-1]
    assert [one.version async for one in log.read_back(S, before=3)] == [2, 1]
    assert [one async for one in log.read_back(T)] == []
    async for one in log.read_back(S):
        assert one == forward[-1]
        break


async def test_events_are_found_by_type_subject_and_time(log: Log) -> None:
    for number in range(3):
        other = replace(event(number, subject="ann"), type="test.other")
        await log.append(S, [event(number), other], expected="any")
        await log.append(T, [event(number, subject="ben"), event(number, subject="ann")], expected="any")
    everything = await follow_all(log)
    middle = everything[5].recorded_at
    for wanted, right in (
        (Wanted(), [True] * 12),
        (Wanted(type="test.other"), [one.type == "test.other" for one in everything]),
        (Wanted(type="test.unheard"), [False] * 12),
        (Wanted(subject=SubjectId("ann")), [one.subject == "ann" for one in everything]),
        (Wanted(since=middle), [one.recorded_at >= middle for one in everything]),
        (Wanted(until=middle), [one.recorded_at < middle for one in everything]),
        (
            Wanted("test.happened", SubjectId("ann"), middle, everything[-1].recorded_at + timedelta(seconds=1)),
            [(one.type, one.subject) == ("test.happened", "ann") and one.recorded_at >= middle for one in everything],
        ),
    ):
        assert await search(log, wanted) == [one for one, is_right in zip(everything, right, strict=True) if is_right]


async def test_a_search_gives_more_than_one_batch_and_may_be_left(log: Log) -> None:
    for number in range(3):
        await log.append((S, T)[number % 2], [event(n, subject="ann") for n in range(500)], expected="any")
    found = await search(log, Wanted(subject=SubjectId("ann")))
    assert found == await follow_all(log, limit=1000)
    async with aclosing(log.search(Wanted(subject=SubjectId("ann")))) as searching:
        assert [await anext(searching) for _ in range(501)] == found[:501]
    await log.append(S, [event()], expected="any")


async def test_the_time_of_recording_never_goes_back_within_a_stream(log: Log) -> None:
    for number in range(20):
        await log.append(S, [event(100 - number)], expected="any")
    recorded = await read(log, S)
    times = [one.recorded_at for one in recorded]
    assert times == sorted(times)
    assert [one.at for one in recorded] == [100 - number for number in range(20)], "session time is the writer's word"


async def test_a_follower_knows_how_far_it_is_behind(log: Log) -> None:
    assert await log.lag(START) == Lag(0, 0.0)
    first = await log.append(S, [event(1), event(2)], expected="no stream")
    last = await log.append(T, [event(3)], expected="no stream")
    before, after = await log.lag(START), await log.lag(START)
    assert before.events == 3
    assert 0 < before.seconds < after.seconds < 60
    assert (await log.lag(first.place)).events == 1
    assert await log.lag(last.place) == Lag(0, 0.0)
