"""What every log does."""

import asyncio
import random

import pytest

from infra.log import Log
from infra.log.port import MOST_PAYLOAD_BYTES, Lag
from schemas.envelope import START, LogPosition, NewEvent, RecordedEvent
from schemas.errors import Invalid, Unavailable, WrongVersion
from schemas.ids import StreamName, SubjectId
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


@pytest.mark.parametrize("seed", range(3))
async def test_many_writers_and_readers_find_no_gap_and_no_repetition(log: Log, seed: int) -> None:
    chance = random.Random(seed)
    streams = [StreamName(f"interview-{number}") for number in range(4)]
    written = 0

    async def write(stream: StreamName) -> None:
        nonlocal written
        for number in range(25):
            batch = [event(number) for _ in range(chance.randint(1, 3))]
            await log.append(stream, batch, expected="any")
            written += len(batch)
            await asyncio.sleep(chance.random() / 200)

    async def follow(writers: "asyncio.Future[list[None]]") -> list[RecordedEvent]:
        found: list[RecordedEvent] = []
        while True:
            over = writers.done()
            batch = await log.follow(found[-1].place if found else START, limit=chance.randint(1, 40))
            found += batch
            if over and not batch:
                return found
            await asyncio.sleep(chance.random() / 200)

    writers = asyncio.gather(*(write(stream) for stream in streams for _ in range(2)))
    readings = await asyncio.gather(*(follow(writers) for _ in range(3)))
    await writers
    for found in readings:
        assert len(found) == written
        assert len({one.id for one in found}) == written
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


@pytest.mark.parametrize("value", [float("nan"), {1}, "\ud800"])
async def test_what_is_no_json_is_refused_without_being_quoted(log: Log, value: object) -> None:
    strange = NewEvent("test.happened", 1, {"said": value}, SessionTime(0), "test")
    with pytest.raises(Invalid, match="JSON"):
        await log.append(S, [strange], expected="any")
    assert await read(log, S) == []


async def test_a_follower_knows_how_far_it_is_behind(log: Log) -> None:
    assert await log.lag(START) == Lag(0, 0.0)
    first = await log.append(S, [event(1), event(2)], expected="no stream")
    last = await log.append(T, [event(3)], expected="no stream")
    before, after = await log.lag(START), await log.lag(START)
    assert before.events == 3
    assert 0 < before.seconds < after.seconds < 60
    assert (await log.lag(first.place)).events == 1
    assert await log.lag(last.place) == Lag(0, 0.0)
